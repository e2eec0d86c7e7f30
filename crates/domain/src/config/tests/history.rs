//! What may be published, cancelled, withdrawn and restored when.

use super::*;

/// V1 past, V2 in force, V3 queued; today is day 10.
fn queued() -> History {
    History::new(vec![rev(3, 20), rev(1, 1), rev(2, 5)])
}

/// V1 void, V2 past, V3 cancelled, V4 in force.
fn plain() -> History {
    History::new(vec![void(1, 1, 6), rev(2, 3), cancelled(3, 8), rev(4, 5)])
}

fn plan(base_n: i64, effective_day: Option<i64>) -> PublishPlan {
    PublishPlan { base_n, effective_at: effective_day.map(at), ..PublishPlan::default() }
}

#[track_caller]
fn check(history: &History, plan: PublishPlan, expected: Result<(i64, i64), &str>) {
    let publication = history.publication(&plan, at(10));
    let found = publication.map(|it| (it.n, (it.effective_at.0 - DAY / 2) / DAY)).map_err(|it| it.code());
    assert_eq!(found, expected, "{plan:?}");
}

#[test]
fn the_highest_revision_that_has_come_into_force_counts() {
    let history = queued();
    for (day, expected) in [(0, None), (1, Some(1)), (4, Some(1)), (5, Some(2)), (19, Some(2)), (20, Some(3))]
    {
        assert_eq!(history.in_force(at(day)).map(|it| it.n), expected, "day {day}");
    }
    assert_eq!(history.head().map(|it| it.n), Some(3));
    assert_eq!(history.queued(at(10)).map(|it| it.n).collect::<Vec<_>>(), vec![3]);
    assert_eq!(history.state(1, at(10)), Some(RevisionState::Past));
    assert_eq!(history.state(3, at(10)), Some(RevisionState::Queued));
    assert_eq!(plain().state(3, at(10)), Some(RevisionState::Cancelled));
    assert_eq!(plain().state(9, at(10)), None);
}

#[test]
fn a_release_comes_into_force_at_its_moment_and_not_before() {
    let history = queued();
    assert_eq!(history.in_force(Instant(at(20).0 - 1)).map(|it| it.n), Some(2));
    assert_eq!(history.in_force(at(20)).map(|it| it.n), Some(3));
}

#[test]
fn a_draft_on_the_head_is_published_at_once_or_later() {
    check(&plain(), plan(4, None), Ok((5, 10)));
    check(&plain(), plan(4, Some(10)), Ok((5, 10)));
    check(&plain(), plan(4, Some(11)), Ok((5, 11)));
    check(&plain(), plan(4, Some(9)), Err("effective_passed"));
    check(&plain(), plan(4, Some(10 + 2 * 366)), Ok((5, 742)));
    check(&plain(), plan(4, Some(10 + 2 * 366 + 1)), Err("effective_too_far"));
    check(&History::default(), plan(0, None), Ok((1, 10)));
}

#[test]
fn a_draft_on_an_older_revision_is_behind() {
    check(&plain(), plan(2, None), Err("draft_behind"));
    check(&plain(), plan(3, None), Err("draft_behind"));
    check(&plain(), plan(0, None), Err("draft_behind"));
}

#[test]
fn against_a_queue_only_a_draft_on_the_queued_revision_goes_and_not_before_it() {
    check(&queued(), plan(2, None), Err("queued_release"));
    check(&queued(), plan(2, Some(30)), Err("queued_release"));
    check(&queued(), plan(3, None), Err("queued_release"));
    check(&queued(), plan(3, Some(19)), Err("queued_release"));
    check(&queued(), plan(3, Some(20)), Ok((4, 20)));
    check(&queued(), plan(3, Some(30)), Ok((4, 30)));
    let refused = queued().publication(&plan(2, None), at(10)).unwrap_err();
    let named = ConfigRefused::QueuedRelease { release: ReleaseId(103), n: 3, effective_at: at(20) };
    assert_eq!(refused, named);
}

#[test]
fn only_the_latest_queued_release_is_cancelled_and_only_before_its_moment() {
    let history = History::new(vec![rev(1, 1), rev(2, 15), rev(3, 20), cancelled(4, 30)]);
    let code = |n, day| history.may_cancel(n, at(day)).map_err(|refused| refused.code());
    assert_eq!(code(3, 10), Ok(()));
    assert_eq!(code(3, 19), Ok(()));
    assert_eq!(code(3, 20), Err("release_in_force"));
    assert_eq!(code(2, 10), Err("release_not_latest"));
    assert_eq!(code(1, 10), Err("release_in_force"));
    assert_eq!(code(4, 10), Err("release_cancelled"));
    assert_eq!(code(5, 10), Err("unknown_revision"));
}

#[test]
fn an_older_revision_is_withdrawn_at_once_and_the_one_in_force_is_not() {
    let code = |history: &History, n| history.may_void(n, at(10)).map_err(|refused| refused.code());
    assert_eq!(code(&plain(), 2), Ok(()));
    assert_eq!(code(&plain(), 1), Err("already_void"));
    assert_eq!(code(&plain(), 3), Err("revision_cancelled"));
    assert_eq!(code(&plain(), 4), Err("void_needs_successor"));
    assert_eq!(code(&queued(), 3), Err("void_queued"));
    assert_eq!(code(&queued(), 2), Err("void_needs_successor"));
    assert_eq!(code(&queued(), 7), Err("unknown_revision"));
}

#[test]
fn a_release_withdraws_only_the_revision_whose_place_it_takes() {
    let voids = |base_n, voids_n| PublishPlan { voids_n: Some(voids_n), ..plan(base_n, None) };
    check(&plain(), voids(4, 4), Ok((5, 10)));
    check(&plain(), voids(4, 2), Err("void_not_replaced"));
    check(&plain(), voids(4, 1), Err("already_void"));
    check(&plain(), voids(4, 8), Err("unknown_revision"));
}

#[test]
fn what_was_in_force_is_restored_unless_it_was_withdrawn() {
    let restores = |history: &History, n| history.may_restore(n, at(10)).map_err(|refused| refused.code());
    assert_eq!(restores(&plain(), 2), Ok(()));
    assert_eq!(restores(&plain(), 1), Err("restores_void"));
    assert_eq!(restores(&plain(), 3), Err("revision_cancelled"));
    assert_eq!(restores(&plain(), 4), Err("nothing_to_restore"));
    assert_eq!(restores(&queued(), 3), Err("restores_queued"));
    assert_eq!(restores(&plain(), 6), Err("unknown_revision"));
    let pending = History::new(vec![rev(1, 1), void(2, 3, 20), rev(3, 20)]);
    assert_eq!(restores(&pending, 2), Err("restores_void"));
    check(&plain(), PublishPlan { restores_n: Some(2), ..plan(4, None) }, Ok((5, 10)));
    check(&plain(), PublishPlan { restores_n: Some(1), ..plan(4, None) }, Err("restores_void"));
    // Against a queue a rollback is a publication like any other.
    check(&queued(), PublishPlan { restores_n: Some(1), ..plan(3, None) }, Err("queued_release"));
}
