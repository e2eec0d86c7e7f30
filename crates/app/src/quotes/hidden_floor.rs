//! Issuing for whoever sees no floor: it is held there all the same, tells no figure, and cannot be found by trying.

use domain::access::Actor;
use domain::base::{Instant, PersonId, QuoteId};
use domain::quotes::{
    HIDDEN_FLOOR_TRIES, HIDDEN_FLOOR_WITHIN_MS, IssueRule, PricedDraft, Problem, ProblemKind, QuoteRefused,
};
use serde_json::json;
use store::quotes::QuoteHead;
use store::{Ask, Command, StoreError, Tx, events};

use super::step::Held;
use crate::{AppError, Ctx};

/// The event of such a refusal. It is no change of the quotation, so it stands under a name of its own.
const REFUSED: (&str, &str) = ("quote.floor_refused", "quote_issue");
/// The event beside it, of a draft that went into other hands as it was refused. It is no try.
const STILL_REFUSED: &str = "quote.floor_still_refused";

/// The version of the draft at which issuing was refused for the floor last: as long as it stands so, it is no secret.
pub(super) async fn refused_at(tx: &mut Tx<'_>, quote: QuoteId) -> Result<Option<i64>, StoreError> {
    let newest = events::of_entity(tx, REFUSED.1, quote.0, None, 1).await?;
    Ok(newest.first().and_then(|event| event.facts["version"].as_i64()))
}

/// What `refused_at` asks, for whoever asks more at once.
pub(super) fn asks_refused_at(quote: QuoteId) -> Ask {
    events::asks_newest_of(REFUSED.1, quote.0)
}

/// What `refused_at` says goes on behind a step that gave the draft into other hands, and so another version, and changed
/// nothing of what it comes to.
pub(super) async fn stays_told(tx: &mut Tx<'_>, held: &Held) -> Result<(), StoreError> {
    let head = &held.head;
    if refused_at(tx, head.id).await? != Some(head.version) {
        return Ok(());
    }
    let (place, facts) = ((REFUSED.1, head.id.0), json!({ "version": head.version + 1 }));
    crate::events::note(tx, (held.now(), held.by), STILL_REFUSED, place, facts).await
}

/// Whether the floor counts and must not be told.
fn is_hidden(rule: &IssueRule) -> bool {
    !rule.may_below_floor && !rule.sees_floor
}

/// Whether issuing this document may be a try at a floor that must not be told.
pub(super) fn may_try(rule: &IssueRule, priced: &PricedDraft) -> bool {
    is_hidden(rule) && priced.may_try_hidden_floor(rule.person)
}

/// Refuses what lies under a floor that the actor does not see, and notes it. After too many such refusals it refuses
/// without looking what may be another try, and nothing else.
pub(super) async fn hold(
    ctx: &Ctx,
    actor: &Actor,
    head: &QuoteHead,
    priced: &PricedDraft,
    rule: &IssueRule,
) -> Result<(), AppError> {
    if !is_hidden(rule) {
        return Ok(());
    }
    let (person, path, tries) = (actor.person, head.branch_path.clone(), may_try(rule, priced));
    if tries {
        let asked = ctx.store.read(|tx| {
            Box::pin(async move {
                let now = events::moment(tx).await?.now;
                not_too_often(tx, person, &path, now).await
            })
        });
        asked.await?;
    }
    if !priced.is_below_hidden_floor(rule.person) {
        return Ok(());
    }
    let (quote, version) = (head.id, head.version);
    let refusal = NoteRefusal { person, quote, version, tries, branch_path: head.branch_path.clone() };
    // Not as the work of this request: it is refused, and its key stays free.
    let deciders = ctx.store.write(refusal).await?;
    let problem = Problem { line: None, kind: ProblemKind::BelowHiddenFloor { deciders } };
    Err(QuoteRefused::CannotIssue { problems: vec![problem] }.into())
}

/// Refuses whoever was refused too often lately.
pub(super) async fn not_too_often(
    tx: &mut Tx<'_>,
    person: PersonId,
    branch_path: &str,
    now: Instant,
) -> Result<(), AppError> {
    let since = now.plus_ms(-HIDDEN_FLOOR_WITHIN_MS);
    let tries = events::count_by(tx, person, REFUSED.0, since).await?;
    if tries < HIDDEN_FLOOR_TRIES {
        return Ok(());
    }
    let who_may = store::quotes::approvers(tx, branch_path, person).await?;
    Err(QuoteRefused::FloorTriedOften { tries, who_may }.into())
}

/// Notes one refusal and names those who may; one person's are counted one after the other.
#[derive(Clone)]
struct NoteRefusal {
    person: PersonId,
    quote: QuoteId,
    /// Of the draft that was refused.
    version: i64,
    /// It may be a try, and so waits after too many of them.
    tries: bool,
    branch_path: String,
}

impl Command for NoteRefusal {
    type Out = Vec<String>;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<Vec<String>, AppError> {
        tx.lock_row("person", "id", self.person.0).await?;
        let now = events::moment(tx).await?.now;
        if self.tries {
            not_too_often(tx, self.person, &self.branch_path, now).await?;
        }
        let place = (REFUSED.1, self.quote.0);
        crate::events::note(tx, (now, self.person), REFUSED.0, place, json!({ "version": self.version }))
            .await?;
        Ok(store::quotes::approvers(tx, &self.branch_path, self.person).await?)
    }
}
