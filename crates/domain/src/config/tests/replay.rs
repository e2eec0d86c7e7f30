//! Whatever is published, scheduled, cancelled, withdrawn and restored in whatever order: one revision is in force at a time.

use proptest::prelude::*;

use super::*;

#[derive(Clone, Debug)]
enum Step {
    Publish { after_days: i64, on_head: bool, delta: Delta, voids: bool },
    Cancel { back: usize },
    RollBack { back: usize, after_days: i64 },
    Void { back: usize },
    Wait { days: i64 },
}

fn any_step() -> impl Strategy<Value = Step> {
    let content = prop::option::of("[1-3]");
    let delta = prop::collection::btree_map("[a-d]", content, 1..3);
    prop_oneof![
        4 => (0i64..4, any::<bool>(), delta, any::<bool>()).prop_map(|(after_days, on_head, delta, voids)| {
            Step::Publish { after_days, on_head, delta, voids }
        }),
        2 => (0usize..3).prop_map(|back| Step::Cancel { back }),
        2 => (0usize..5, 0i64..4).prop_map(|(back, after_days)| Step::RollBack { back, after_days }),
        2 => (0usize..4).prop_map(|back| Step::Void { back }),
        3 => (0i64..3).prop_map(|days| Step::Wait { days }),
    ]
}

/// A history, and beside each revision the rows that were published with it.
#[derive(Default)]
struct World {
    revisions: Vec<RevisionFacts>,
    rows: Vec<Rows>,
    day: i64,
}

impl World {
    fn history(&self) -> History {
        History::new(self.revisions.clone())
    }

    fn rows_of(&self, n: i64) -> Rows {
        usize::try_from(n)
            .ok()
            .and_then(|n| n.checked_sub(1))
            .map(|at| self.rows[at].clone())
            .unwrap_or_default()
    }

    /// The number of the revision `back` steps from the newest.
    fn back(&self, back: usize) -> i64 {
        i64::try_from(self.revisions.len().saturating_sub(back)).unwrap()
    }

    fn publish(&mut self, plan: PublishPlan, rows: Rows) -> Result<(), ConfigRefused> {
        let publication = self.history().publication(&plan, at(self.day))?;
        if let Some(voided) = plan.voids_n {
            self.revisions[usize::try_from(voided).unwrap() - 1].void_from = Some(publication.effective_at);
        }
        self.revisions
            .push(RevisionFacts { effective_at: publication.effective_at, ..rev(publication.n, 0) });
        self.rows.push(rows);
        Ok(())
    }

    fn take(&mut self, step: &Step) -> Result<(), ConfigRefused> {
        let head_n = self.history().head().map_or(0, |head| head.n);
        let later = |days: i64| if days == 0 { None } else { Some(at(self.day + days)) };
        match step {
            Step::Wait { days } => {
                self.day += days;
                Ok(())
            }
            Step::Publish { after_days, on_head, delta, voids } => {
                let base_n = if *on_head { head_n } else { self.back(1) };
                let voids_n = Some(head_n).filter(|n| *voids && *n > 0);
                let plan =
                    PublishPlan { base_n, effective_at: later(*after_days), restores_n: None, voids_n };
                self.publish(plan, apply(&self.rows_of(base_n), delta))
            }
            Step::RollBack { back, after_days } => {
                let n = self.back(*back);
                let effective_at = later(*after_days);
                let plan = PublishPlan { base_n: head_n, effective_at, restores_n: Some(n), voids_n: None };
                self.publish(plan, self.rows_of(n))
            }
            Step::Cancel { back } => {
                let n = self.back(*back);
                self.history().may_cancel(n, at(self.day))?;
                self.revisions[usize::try_from(n).unwrap() - 1].cancelled = true;
                for revision in &mut self.revisions {
                    // The mark that waited for the cancelled release goes with it.
                    if revision.void_from.is_some_and(|from| at(self.day) < from) {
                        revision.void_from = None;
                    }
                }
                Ok(())
            }
            Step::Void { back } => {
                let n = self.back(*back);
                self.history().may_void(n, at(self.day))?;
                self.revisions[usize::try_from(n).unwrap() - 1].void_from = Some(at(self.day));
                Ok(())
            }
        }
    }
}

proptest! {
    #[test]
    fn at_every_moment_exactly_one_revision_is_in_force_and_it_is_not_void(
        steps in prop::collection::vec(any_step(), 1..40)
    ) {
        let mut world = World::default();
        // What was in force at the end of each day, as it was seen on that day.
        let mut seen: Vec<(i64, i64)> = Vec::new();
        for step in &steps {
            let before = world.day;
            let held = world.history().in_force(at(before)).map(|it| it.n);
            let _ = world.take(step);
            let history = world.history();
            for day in 0..world.day + 8 {
                let states = (1..=world.back(0)).filter(|n| history.state(*n, at(day)) == Some(RevisionState::InForce));
                let begun = history.in_force(at(day)).is_some();
                prop_assert_eq!(states.count(), usize::from(begun), "day {}", day);
                let in_force = history.in_force(at(day));
                let void = in_force.and_then(|it| it.void_from).is_some_and(|from| from <= at(day));
                prop_assert!(!void, "V{:?} is in force and void on day {}", in_force, day);
            }
            // The moments never go back along the line, so what was in force stays what was in force.
            let standing: Vec<Instant> = world.revisions.iter().filter(|it| !it.cancelled).map(|it| it.effective_at).collect();
            prop_assert!(standing.is_sorted());
            if let Some(n) = held.filter(|_| before < world.day) {
                seen.push((before, n));
            }
            for (day, n) in &seen {
                prop_assert_eq!(history.in_force(at(*day)).map(|it| it.n), Some(*n));
            }
        }
    }

    #[test]
    fn rolling_back_brings_the_old_rows(steps in prop::collection::vec(any_step(), 1..30), back in 0usize..5) {
        let mut world = World::default();
        for step in &steps {
            let _ = world.take(step);
        }
        let n = world.back(back);
        if world.take(&Step::RollBack { back, after_days: 0 }).is_ok() {
            let in_force = world.history().in_force(at(world.day)).map(|it| it.n).unwrap();
            prop_assert_eq!(content_hash(&world.rows_of(in_force)), content_hash(&world.rows_of(n)));
        }
    }
}
