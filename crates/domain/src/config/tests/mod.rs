//! The rules of histories, drafts and rows, read as sentences.

mod history;
mod kinds;
mod replay;
mod rows;

use super::*;
use crate::base::{Instant, PersonId, ReleaseId};

const DAY: i64 = 86_400_000;

/// Noon of the `day`th day.
fn at(day: i64) -> Instant {
    Instant(day * DAY + DAY / 2)
}

/// Revision `n` by release 100 + `n`, in force from `day`.
fn rev(n: i64, day: i64) -> RevisionFacts {
    RevisionFacts { n, release: ReleaseId(100 + n), effective_at: at(day), cancelled: false, void_from: None }
}

fn cancelled(n: i64, day: i64) -> RevisionFacts {
    RevisionFacts { cancelled: true, ..rev(n, day) }
}

fn void(n: i64, day: i64, from: i64) -> RevisionFacts {
    RevisionFacts { void_from: Some(at(from)), ..rev(n, day) }
}

fn draft(state: DraftState) -> DraftFacts {
    DraftFacts { state, author: PersonId(1), second_person: true }
}

#[test]
fn a_second_person_confirms_and_never_the_author() {
    let submitted = draft(DraftState::Submitted);
    assert_eq!(submitted.may_confirm(PersonId(1)), Err(ConfigRefused::SelfConfirm));
    assert_eq!(submitted.may_confirm(PersonId(2)), Ok(()));
    let editing = DraftState::Editing;
    assert_eq!(draft(editing).may_confirm(PersonId(2)), Err(ConfigRefused::DraftState { state: editing }));
}

#[test]
fn only_what_was_confirmed_is_published_where_a_second_person_is_asked() {
    for state in [DraftState::Editing, DraftState::Submitted] {
        assert_eq!(draft(state).may_publish(), Err(ConfigRefused::NotConfirmed));
    }
    assert_eq!(draft(DraftState::Confirmed).may_publish(), Ok(()));
    let alone = DraftFacts { second_person: false, ..draft(DraftState::Submitted) };
    assert_eq!(alone.may_publish(), Ok(()));
    for state in [DraftState::Published, DraftState::Discarded] {
        assert_eq!(draft(state).may_publish(), Err(ConfigRefused::DraftState { state }));
        assert_eq!(draft(state).may_edit(PersonId(1)), Err(ConfigRefused::DraftState { state }));
    }
}

#[test]
fn the_author_alone_edits_and_one_who_may_publish_discards() {
    let open = draft(DraftState::Confirmed);
    assert_eq!(open.may_edit(PersonId(1)), Ok(()));
    assert_eq!(open.may_edit(PersonId(2)), Err(ConfigRefused::NotAuthor));
    assert_eq!(open.may_discard(PersonId(2), true), Ok(()));
    assert_eq!(open.may_discard(PersonId(2), false), Err(ConfigRefused::NotAuthor));
    assert_eq!(open.may_submit(PersonId(1)), Err(ConfigRefused::DraftState { state: DraftState::Confirmed }));
    assert_eq!(draft(DraftState::Editing).may_return().map_err(|refused| refused.code()), Err("draft_state"));
}
