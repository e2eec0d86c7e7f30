//! Asking somebody who may (请处理): a draft beyond what its writer may give waits for them, with a reason.

use serde::{Deserialize, Serialize};

use super::priced::{Decider, IssueRule, PricedDraft, Problem, ProblemKind};
use super::refused::QuoteRefused;
use crate::base::{BasisPoints, Fen, Instant, PersonId};

/// How far a draft goes beyond what its writer may give.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beyond {
    /// The deepest share below the tier price, and the writer's limit.
    pub depth: Option<(BasisPoints, BasisPoints)>,
    /// What is taken off as 抹零, and the writer's limit.
    pub rounding: Option<(Fen, Fen)>,
    pub below_floor: bool,
}

/// A draft that somebody asked another to decide on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    pub by: (PersonId, String),
    pub to: (PersonId, String),
    /// The version of the draft that was asked for, and its total.
    pub version: i64,
    pub net: Fen,
    pub beyond: Beyond,
    pub reason: String,
    pub at: Instant,
    /// `None` while it waits.
    pub end: Option<AskEnd>,
}

/// How an ask ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskEnd {
    pub outcome: AskOutcome,
    pub at: Instant,
    /// What was said when it was given back; else empty.
    pub words: String,
}

/// What became of an ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskOutcome {
    /// Somebody took the draft over.
    TakenOver,
    /// Somebody issued it.
    Issued,
    /// Whoever was asked gave it back with a word.
    GivenBack,
    /// Whoever asked took it back.
    Withdrawn,
}

impl AskOutcome {
    pub const ALL: [AskOutcome; 4] =
        [AskOutcome::TakenOver, AskOutcome::Issued, AskOutcome::GivenBack, AskOutcome::Withdrawn];

    /// The name in the database and on the wire.
    pub fn key(self) -> &'static str {
        match self {
            AskOutcome::TakenOver => "taken_over",
            AskOutcome::Issued => "issued",
            AskOutcome::GivenBack => "given_back",
            AskOutcome::Withdrawn => "withdrawn",
        }
    }

    pub fn from_key(key: &str) -> Option<AskOutcome> {
        AskOutcome::ALL.into_iter().find(|outcome| outcome.key() == key)
    }
}

impl Ask {
    /// Whether it still waits.
    pub fn waits(&self) -> bool {
        self.end.is_none()
    }

    /// Whether the draft has changed since it was asked for; once it ended nobody is told so any more.
    pub fn changed(&self, version: i64) -> bool {
        self.waits() && self.version != version
    }

    /// Whether it is told beside the draft: it waits, came back with a word, or the draft is in the hands of `taken`,
    /// who took it over because of it and has not issued it yet.
    pub fn is_told(&self, taken: Option<PersonId>) -> bool {
        match self.end.as_ref().map(|end| end.outcome) {
            None | Some(AskOutcome::GivenBack) => true,
            Some(AskOutcome::TakenOver) => taken.is_some_and(|person| person != self.by.0),
            Some(AskOutcome::Issued | AskOutcome::Withdrawn) => false,
        }
    }

    /// Refuses whoever was not asked, and, once somebody took the draft over because of it, whoever is not `taken`.
    pub fn check_give_back(&self, by: PersonId, taken: Option<PersonId>) -> Result<(), QuoteRefused> {
        let theirs = if self.waits() {
            self.to.0 == by
        } else {
            let taken_over = self.end.as_ref().is_some_and(|end| end.outcome == AskOutcome::TakenOver);
            taken_over && taken == Some(by) && self.by.0 != by
        };
        if theirs { Ok(()) } else { Err(QuoteRefused::NotAsked) }
    }

    /// Refuses whoever neither asked nor owns the document.
    pub fn check_withdraw(&self, by: PersonId, owner: PersonId) -> Result<(), QuoteRefused> {
        let theirs = self.by.0 == by || owner == by;
        if self.waits() && theirs { Ok(()) } else { Err(QuoteRefused::NotAsked) }
    }
}

impl Beyond {
    /// What these problems come to; `None` when nothing goes beyond a limit.
    pub fn of(problems: &[Problem]) -> Option<Beyond> {
        let mut beyond = Beyond::default();
        for problem in problems {
            match &problem.kind {
                ProblemKind::BeyondLimit { asked, limit, .. }
                | ProblemKind::WholeBeyondLimit { asked, limit, .. } => {
                    beyond.depth = beyond.depth.max(Some((*asked, *limit)));
                }
                ProblemKind::RoundingBeyondLimit { asked, limit, .. } => {
                    beyond.rounding = Some((*asked, *limit));
                }
                ProblemKind::BelowFloor { .. } => beyond.below_floor = true,
                ProblemKind::NoLines
                | ProblemKind::BelowHiddenFloor { .. }
                | ProblemKind::TooMuchOff(_)
                | ProblemKind::ZeroTotal
                | ProblemKind::ZeroQty { .. }
                | ProblemKind::NoPrice { .. }
                | ProblemKind::InCatalogue { .. }
                | ProblemKind::CostMissing { .. }
                | ProblemKind::SupplierMissing { .. }
                | ProblemKind::ValidUntilPast { .. }
                | ProblemKind::ValidUntilTooFar { .. }
                | ProblemKind::DeliveryPast { .. }
                | ProblemKind::DepositAboveTotal { .. } => {}
            }
        }
        Some(beyond).filter(|beyond| *beyond != Beyond::default())
    }
}

/// How far a draft with these problems goes beyond what its writer may give. What the writer can mend alone is mended
/// first, and what they may issue themselves is asked of nobody; whoever does not see the floor may always ask, else the
/// refusal would tell where it lies.
pub fn check_ask(problems: &[Problem], sees_floor: bool) -> Result<Beyond, QuoteRefused> {
    let own: Vec<Problem> = problems.iter().filter(|problem| !problem.kind.names_others()).cloned().collect();
    if !own.is_empty() {
        return Err(QuoteRefused::CannotIssue { problems: own });
    }
    let unseen = (!sees_floor).then(Beyond::default);
    Beyond::of(problems).or(unseen).ok_or(QuoteRefused::NothingToAsk)
}

impl PricedDraft {
    /// Those who may issue all of it as it stands, the nearest first. What the writer must mend alone (no goods, a day that
    /// has passed) hinders nobody here. Who is offered, preselected and named in a refusal all come from this list.
    pub fn may_be_asked<'r>(&self, rule: &'r IssueRule) -> Vec<&'r Decider> {
        let may = |decider: &&Decider| {
            let theirs = IssueRule {
                person: rule.person,
                today: rule.today,
                valid_until: rule.valid_until,
                valid_until_max: rule.valid_until_max,
                delivery_day: rule.delivery_day,
                deposit: rule.deposit,
                may_below_floor: decider.below_floor,
                // Judged by what the writer knows: else trying prices would find out the floor.
                sees_floor: rule.sees_floor,
                floor_told: rule.floor_told,
                approvers: Vec::new(),
                limit: decider.limit,
                deciders: Vec::new(),
            };
            self.problems(&theirs).iter().all(|problem| !problem.kind.names_others())
        };
        rule.deciders.iter().filter(may).collect()
    }
}
