//! The history of one item: which revision is in force when, and what may be published, cancelled, withdrawn, restored.

use serde::{Deserialize, Serialize};

use super::refused::ConfigRefused;
use crate::base::{Instant, ReleaseId};

/// A release may be scheduled so far ahead: two years.
pub const SCHEDULE_MS_MAX: i64 = 2 * 366 * 86_400_000;

/// One revision on the line of its item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RevisionFacts {
    pub n: i64,
    pub release: ReleaseId,
    pub effective_at: Instant,
    /// Its release was taken out of the queue.
    pub cancelled: bool,
    /// From when on it is withdrawn (作废), if it is.
    pub void_from: Option<Instant>,
}

/// Where a revision stands at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RevisionState {
    InForce,
    Queued,
    Past,
    Cancelled,
}

impl RevisionState {
    /// The name on the wire.
    pub fn key(self) -> &'static str {
        match self {
            RevisionState::InForce => "in_force",
            RevisionState::Queued => "queued",
            RevisionState::Past => "past",
            RevisionState::Cancelled => "cancelled",
        }
    }

    /// The state of that name.
    pub fn from_key(key: &str) -> Option<RevisionState> {
        use RevisionState::{Cancelled, InForce, Past, Queued};
        [InForce, Queued, Past, Cancelled].into_iter().find(|state| state.key() == key)
    }
}

/// All revisions of an item, by number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    revisions: Vec<RevisionFacts>,
}

/// What somebody asks to publish.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PublishPlan {
    /// The revision that the draft was made on; 0 when the item had none.
    pub base_n: i64,
    /// `None` is at once.
    pub effective_at: Option<Instant>,
    pub restores_n: Option<i64>,
    pub voids_n: Option<i64>,
}

/// The number and the moment of a new revision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Publication {
    pub n: i64,
    pub effective_at: Instant,
}

impl History {
    /// The history of these revisions, in whatever order they come.
    pub fn new(mut revisions: Vec<RevisionFacts>) -> History {
        revisions.sort_unstable_by_key(|revision| revision.n);
        History { revisions }
    }

    /// The highest revision that is not cancelled and has come into force.
    pub fn in_force(&self, at: Instant) -> Option<&RevisionFacts> {
        self.standing().rfind(|revision| revision.effective_at <= at)
    }

    /// The newest revision that is not cancelled, queued or not: what a new draft is made on.
    pub fn head(&self) -> Option<&RevisionFacts> {
        self.standing().next_back()
    }

    /// Revisions that are published and have not come into force, the next one first.
    pub fn queued(&self, at: Instant) -> impl Iterator<Item = &RevisionFacts> {
        self.standing().filter(move |revision| at < revision.effective_at)
    }

    /// The newest number beneath `n` that is not cancelled, 0 for none: the head once `n` is taken back.
    pub fn standing_below(&self, n: i64) -> i64 {
        self.standing().rfind(|revision| revision.n < n).map_or(0, |revision| revision.n)
    }

    /// The revision of that number, cancelled or not.
    pub fn revision(&self, n: i64) -> Option<&RevisionFacts> {
        self.revisions.iter().find(|revision| revision.n == n)
    }

    /// Where revision `n` stands at `at`.
    pub fn state(&self, n: i64, at: Instant) -> Option<RevisionState> {
        let revision = self.revision(n)?;
        Some(if revision.cancelled {
            RevisionState::Cancelled
        } else if at < revision.effective_at {
            RevisionState::Queued
        } else if self.in_force(at).is_some_and(|in_force| in_force.n == n) {
            RevisionState::InForce
        } else {
            RevisionState::Past
        })
    }

    /// The number and moment that the plan gets, or why it cannot be published now.
    pub fn publication(&self, plan: &PublishPlan, now: Instant) -> Result<Publication, ConfigRefused> {
        let effective_at = plan.effective_at.unwrap_or(now);
        if effective_at < now {
            return Err(ConfigRefused::EffectivePassed { effective_at });
        }
        if effective_at > now.plus_ms(SCHEDULE_MS_MAX) {
            return Err(ConfigRefused::EffectiveTooFar { effective_at });
        }
        self.check_base(plan.base_n, effective_at, now)?;
        if let Some(n) = plan.restores_n {
            self.may_restore(n, now)?;
        }
        if let Some(n) = plan.voids_n {
            self.check_voided(n, plan.restores_n)?;
        }
        let newest = self.revisions.last().map_or(0, |revision| revision.n);
        Ok(Publication { n: newest + 1, effective_at })
    }

    /// Refuses to take revision `n` out of the queue once it has come into force or another stands behind it.
    pub fn may_cancel(&self, n: i64, now: Instant) -> Result<(), ConfigRefused> {
        let revision = self.revision(n).ok_or(ConfigRefused::UnknownRevision { n })?;
        if revision.cancelled {
            return Err(ConfigRefused::ReleaseCancelled { n });
        }
        if revision.effective_at <= now {
            return Err(ConfigRefused::ReleaseInForce { n });
        }
        match self.head() {
            Some(head) if head.n != n => Err(ConfigRefused::ReleaseNotLatest { n, latest_n: head.n }),
            _ => Ok(()),
        }
    }

    /// Refuses to withdraw revision `n` at once unless it is an older one.
    pub fn may_void(&self, n: i64, now: Instant) -> Result<(), ConfigRefused> {
        let revision = self.revision(n).ok_or(ConfigRefused::UnknownRevision { n })?;
        if revision.void_from.is_some() {
            return Err(ConfigRefused::AlreadyVoid { n });
        }
        match self.state(n, now) {
            Some(RevisionState::Past) => Ok(()),
            Some(RevisionState::InForce) => Err(ConfigRefused::VoidNeedsSuccessor { n }),
            Some(RevisionState::Queued) => Err(ConfigRefused::VoidQueued { n, release: revision.release }),
            Some(RevisionState::Cancelled) => Err(ConfigRefused::RevisionCancelled { n }),
            None => Err(ConfigRefused::UnknownRevision { n }),
        }
    }

    /// Refuses to restore what has never been in force, is withdrawn, or stands at the head anyway.
    pub fn may_restore(&self, n: i64, now: Instant) -> Result<(), ConfigRefused> {
        let revision = self.revision(n).ok_or(ConfigRefused::UnknownRevision { n })?;
        if revision.cancelled {
            return Err(ConfigRefused::RevisionCancelled { n });
        }
        if now < revision.effective_at {
            return Err(ConfigRefused::RestoresQueued { n });
        }
        // A mark that waits for its release counts too: what is about to be withdrawn is not brought back.
        if revision.void_from.is_some() {
            return Err(ConfigRefused::RestoresVoid { n });
        }
        if self.head().is_some_and(|head| head.n == n) {
            return Err(ConfigRefused::NothingToRestore { n });
        }
        Ok(())
    }

    /// A draft must stand on the head; onto a queued head only with a moment not before it.
    fn check_base(&self, base_n: i64, effective_at: Instant, now: Instant) -> Result<(), ConfigRefused> {
        let head_n = self.head().map_or(0, |head| head.n);
        if let Some(head) = self.head().filter(|head| now < head.effective_at) {
            let follows = base_n == head.n && head.effective_at <= effective_at;
            if !follows {
                let (release, effective_at) = (head.release, head.effective_at);
                return Err(ConfigRefused::QueuedRelease { release, n: head.n, effective_at });
            }
        }
        if base_n == head_n { Ok(()) } else { Err(ConfigRefused::Behind { base_n, head_n }) }
    }

    /// A release withdraws only the revision whose place it takes.
    fn check_voided(&self, n: i64, restores_n: Option<i64>) -> Result<(), ConfigRefused> {
        let revision = self.revision(n).ok_or(ConfigRefused::UnknownRevision { n })?;
        if revision.void_from.is_some() {
            return Err(ConfigRefused::AlreadyVoid { n });
        }
        let replaced = self.head().is_some_and(|head| head.n == n) && restores_n != Some(n);
        if replaced { Ok(()) } else { Err(ConfigRefused::VoidNotReplaced { n }) }
    }

    /// The revisions that are not cancelled, by number.
    pub fn standing(&self) -> impl DoubleEndedIterator<Item = &RevisionFacts> {
        self.revisions.iter().filter(|revision| !revision.cancelled)
    }
}
