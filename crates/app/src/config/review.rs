//! From the author to the second person: submit, return, confirm; and a draft brought up to date.

use std::collections::BTreeMap;

use domain::access::{Actor, Right};
use domain::base::{DraftId, Instant, ItemId};
use domain::config::{
    Choice, ConfigRefused, Delta, DraftState, NOTE_LETTERS_MAX, PublishPlan, ShownConflict, delta_between,
    limited, rebase, required,
};
use domain::pricing::LIST_ROW_KEY;
use serde_json::json;
use store::config::{DeltaRow, PersonRef, Returned};
use store::{Command, Tx};

use super::checks::{Passed, blocks_of, read_content, read_to_judge, verdict};
use super::cost::CostSight;
use super::drafts::{back_to_editing, draft_facts, locked_draft, log};
use super::publish::{ATTEMPTS_MAX, off_threads};
use super::sight::need;
use super::whom::strange_lists;
use crate::{AppError, Ctx};

/// What the author asks for with the draft.
#[derive(Clone, Debug, Default)]
pub struct Submission {
    /// `None` is at once.
    pub effective_at: Option<Instant>,
    pub note: String,
    /// The revision that is withdrawn when this one takes its place; then the note is its reason.
    pub voids_n: Option<i64>,
}

/// Hands the draft to a second person. Refuses what could not be published.
pub async fn submit(ctx: &Ctx, actor: &Actor, id: DraftId, asked: Submission) -> Result<(), AppError> {
    let note = match asked.voids_n {
        Some(_) => required(&asked.note, "note", NOTE_LETTERS_MAX)?,
        None => limited(&asked.note, "note", NOTE_LETTERS_MAX)?,
    };
    let judged = read_to_judge(ctx, actor, id).await?;
    let draft = &judged.content.draft;
    need(actor, Right::ConfigEdit, &draft.scope_path)?;
    draft_facts(draft).may_submit(actor.person)?;
    let version = draft.version;
    let (unchanged, blocks) =
        off_threads(move || (judged.content.changes().is_empty(), blocks_of(&judged))).await?;
    if unchanged {
        return Err(ConfigRefused::NothingChanged.into());
    }
    if blocks > 0 {
        return Err(ConfigRefused::ChecksBlock { blocks }.into());
    }
    let what = Review::Submit { asked: Submission { note, ..asked } };
    take(ctx, Step { actor: actor.clone(), id, version: Some(version), what }).await
}

/// Gives a submitted or confirmed draft back to its author.
pub async fn return_draft(ctx: &Ctx, actor: &Actor, id: DraftId, reason: &str) -> Result<(), AppError> {
    let reason = required(reason, "reason", NOTE_LETTERS_MAX)?;
    take(ctx, Step { actor: actor.clone(), id, version: None, what: Review::Return { reason } }).await
}

/// The second person says yes. `seen` is the mark of the risks that the person has acknowledged; any others are refused.
pub async fn confirm(ctx: &Ctx, actor: &Actor, id: DraftId, seen: Option<&str>) -> Result<(), AppError> {
    let mut attempt = 1;
    loop {
        let judged = read_to_judge(ctx, actor, id).await?;
        let draft = &judged.content.draft;
        need(actor, Right::ConfigPublish, &draft.scope_path)?;
        draft_facts(draft).may_confirm(actor.person)?;
        let (version, sees_cost) = (draft.version, actor.has(Right::PriceCost));
        let verdict = off_threads(move || verdict(&judged, sees_cost)).await?;
        verdict.acknowledged(seen)?;
        let what = Review::Confirm { passed: verdict.passed };
        match take(ctx, Step { actor: actor.clone(), id, version: Some(version), what }).await {
            Err(AppError::Stale { .. }) if attempt < ATTEMPTS_MAX => attempt += 1,
            other => return other,
        }
    }
}

/// Brings the draft onto the newest revision; rows that both changed apart need a choice, or are named.
pub async fn rebase_draft(
    ctx: &Ctx,
    actor: &Actor,
    id: DraftId,
    choices: BTreeMap<String, Choice>,
) -> Result<(), AppError> {
    let mut content = read_content(ctx, actor, id).await?;
    let draft = &content.draft;
    need(actor, Right::ConfigEdit, &draft.scope_path)?;
    draft_facts(draft).may_edit(actor.person)?;
    let (item, head_n, restores_n) = (draft.item, draft.head_n, draft.restores_n);
    let own = [content.base.get(LIST_ROW_KEY), content.delta.get(LIST_ROW_KEY).and_then(Option::as_ref)];
    let mut bases: Vec<ItemId> =
        own.into_iter().flatten().filter_map(|content| draft.kind.base(content)).collect();
    let (who, kind) = (actor.clone(), draft.kind);
    let (theirs, restored, strange) = ctx
        .store
        .read(|tx| {
            Box::pin(async move {
                let theirs = store::config::rows_map(tx, item, head_n).await?;
                let restored = match restores_n {
                    Some(n) => Some(store::config::rows_map(tx, item, n).await?),
                    None => None,
                };
                bases.extend(theirs.get(LIST_ROW_KEY).and_then(|content| kind.base(content)));
                let strange = strange_lists(tx, &who, bases).await?;
                Ok::<_, AppError>((theirs, restored, strange))
            })
        })
        .await?;
    content.facts = std::mem::take(&mut content.facts).without_lists(&strange);
    let merged = match restored {
        // To restore is to end with just those rows, whatever happened in between.
        Some(restored) => Ok(delta_between(&theirs, &restored)),
        None => rebase(&content.base, &content.delta, &theirs, &choices),
    };
    let delta: Delta = merged.map_err(|conflicts| {
        let cost = CostSight::of(actor);
        let conflicts = conflicts.into_iter().map(|conflict| {
            let row = conflict.mine.as_ref().or(conflict.theirs.as_ref()).or(conflict.base.as_ref());
            let place = row.map(|row| (conflict.key.as_str(), row.as_str()));
            let shown = place.map(|place| cost.shown(kind, place, &content.facts)).unwrap_or_default();
            ShownConflict { shown, conflict: cost.conflict(kind, conflict) }
        });
        ConfigRefused::RebaseConflict { conflicts: conflicts.collect() }
    })?;
    let about = |content: &Option<String>| content.as_deref().and_then(|content| kind.about(content));
    let rows = delta.into_iter().map(|(key, content)| DeltaRow { about: about(&content), key, content });
    let what = Review::Rebase { onto: head_n, rows: rows.collect() };
    take(ctx, Step { actor: actor.clone(), id, version: Some(draft.version), what }).await
}

/// Takes a step: what was found of the draft as it stood is let go.
async fn take(ctx: &Ctx, step: Step) -> Result<(), AppError> {
    let id = step.id;
    ctx.write(step).await?;
    ctx.risks.let_go(id);
    Ok(())
}

/// One step of a draft's way.
#[derive(Clone)]
struct Step {
    actor: Actor,
    id: DraftId,
    /// The version that was looked at, where the step leans on its rows.
    version: Option<i64>,
    what: Review,
}

#[derive(Clone)]
enum Review {
    Submit {
        asked: Submission,
    },
    Return {
        reason: String,
    },
    /// With these risks acknowledged.
    Confirm {
        passed: Passed,
    },
    Rebase {
        onto: i64,
        rows: Vec<DeltaRow>,
    },
}

impl Command for Step {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        let Step { actor, id, version, what } = self;
        let mut draft = locked_draft(tx, &actor, id, version).await?;
        let facts = draft_facts(&draft);
        let now = store::events::moment(tx).await?.now;
        let (mut acknowledged, mut reason, mut note) = (Passed::default(), None, None);
        let me = || PersonRef { id: actor.person, name: actor.name.clone() };
        let event = match what {
            Review::Submit { asked } => {
                need(&actor, Right::ConfigEdit, &draft.scope_path)?;
                facts.may_submit(actor.person)?;
                draft.effective_at = asked.effective_at;
                draft.voids_n = asked.voids_n;
                draft.note = asked.note;
                note = Some(draft.note.clone());
                draft.returned = None;
                draft.state = DraftState::Submitted;
                let history = store::config::history(tx, draft.item).await?;
                history.publication(&plan_of(&draft), now)?;
                "draft.submitted"
            }
            Review::Return { reason: said } => {
                need(&actor, Right::ConfigPublish, &draft.scope_path)?;
                facts.may_return()?;
                back_to_editing(&mut draft);
                draft.returned = Some(Returned { reason: said.clone(), by: me(), at: now });
                reason = Some(said);
                "draft.returned"
            }
            Review::Confirm { passed } => {
                need(&actor, Right::ConfigPublish, &draft.scope_path)?;
                facts.may_confirm(actor.person)?;
                // What could no longer be published is not worth a yes.
                let history = store::config::history(tx, draft.item).await?;
                history.publication(&plan_of(&draft), now)?;
                draft.state = DraftState::Confirmed;
                draft.confirmed_by = Some(me());
                acknowledged = passed;
                "draft.confirmed"
            }
            Review::Rebase { onto, rows } => {
                need(&actor, Right::ConfigEdit, &draft.scope_path)?;
                facts.may_edit(actor.person)?;
                if draft.head_n != onto {
                    return Err(ConfigRefused::Behind { base_n: draft.base_n, head_n: draft.head_n }.into());
                }
                draft.base_n = onto;
                back_to_editing(&mut draft);
                store::config::replace_delta(tx, id, &rows).await?;
                "draft.rebased"
            }
        };
        store::config::save_draft(tx, &draft, now).await?;
        let rows = draft.kind.counted(store::config::delta_counts(tx, id).await?, draft.base_n == 0);
        let facts = json!({
            "title": draft.title, "base_n": draft.base_n, "acknowledged": acknowledged.count,
            "passed": acknowledged.told, "rows": rows, "effective_at": draft.effective_at,
            "reason": reason, "note": note,
        });
        log(tx, &actor, now, event, (draft.item, id), facts).await
    }
}

fn plan_of(draft: &store::config::Draft) -> PublishPlan {
    PublishPlan {
        base_n: draft.base_n,
        effective_at: draft.effective_at,
        restores_n: draft.restores_n,
        voids_n: draft.voids_n,
    }
}
