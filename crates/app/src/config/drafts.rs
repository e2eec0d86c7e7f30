//! Drafts: private changes on top of a revision, saved as they are typed.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::access::{AccessRefused, Actor, Right};
use domain::base::{DraftId, Instant, ItemId, Limit, visible};
use domain::config::kinds::Difference;
use domain::config::{
    Change, ChangeSort, ConfigRefused, Counts, DraftFacts, DraftState, ITEM_ROWS_MAX, Kind, NOTE_LETTERS_MAX,
    OPEN_DRAFTS_MAX, TITLE_LETTERS_MAX, limited, named,
};
use serde_json::{Value, json};
use store::config::{DeltaRow, Draft, DraftFilter, RowPage};
use store::{Command, StoreError, Tx};

use super::accepted::accepted;
use super::bases::Bases;
use super::checks::{Judged, Reader};
use super::cost::CostSight;
use super::items::{DiffAsked, DiffView, Named, cut, diff_view, json_of, simple};
use super::kept_risks::{JustJudged, Key, Risks, ToTell, to_tell};
use super::live::{Live, live};
use super::publish::off_threads;
use super::sight::{draft_for, item_for, may, need, sight};
use super::told::{ROWS_ALL, changes_at_keys, sold_with_tax, told_changes, told_counts};
use super::whom::{Within, hidden_base, hidden_draft, own_changes, rows_to_read, strange_regions};
use crate::{AppError, Ctx};

/// A draft with its counts and what this person may do with it.
#[derive(Clone, Debug)]
pub struct DraftView {
    pub draft: Draft,
    pub second_person: bool,
    /// A newer revision than the draft's base exists.
    pub behind: bool,
    pub counts: Counts,
    pub published: Option<PublishedView>,
    pub actions: Vec<&'static str>,
}

/// What became of a published draft.
#[derive(Clone, Debug)]
pub struct PublishedView {
    pub n: i64,
    pub release: domain::base::ReleaseId,
    pub effective_at: Instant,
}

/// A row of a draft beside the base's.
#[derive(Clone, Debug)]
pub struct DraftRowView {
    pub change: Change,
    /// What has become of the row; its contents may look alike to those who do not see all of them.
    pub sort: ChangeSort,
    pub shown: Value,
    pub difference: Option<Difference>,
}

/// A page of the rows of a draft.
#[derive(Clone, Debug)]
pub struct DraftRowsView {
    pub rows: Vec<DraftRowView>,
    pub next: Option<String>,
    pub total: i64,
}

/// Which rows of a draft are asked for.
#[derive(Clone, Debug)]
pub struct DraftRowsAsked {
    pub search: String,
    pub changed_only: bool,
    pub after: Option<String>,
    pub limit: Limit,
}

/// Which drafts are asked for.
#[derive(Clone, Debug, Default)]
pub struct DraftsAsked {
    /// Empty: all states.
    pub states: Vec<DraftState>,
    pub item: Option<ItemId>,
}

/// A row that somebody enters; without a key the kind makes it.
#[derive(Clone, Debug)]
pub struct RowInput {
    pub key: Option<String>,
    pub content: Value,
}

/// Begins a draft on the newest revision, the queued one where there is one.
pub async fn create_draft(ctx: &Ctx, actor: &Actor, item: ItemId, title: &str) -> Result<DraftId, AppError> {
    let title = named(title, "title", TITLE_LETTERS_MAX)?;
    ctx.write(CreateDraft { actor: actor.clone(), item, title }).await
}

#[derive(Clone)]
struct CreateDraft {
    actor: Actor,
    item: ItemId,
    title: String,
}

impl Command for CreateDraft {
    type Out = DraftId;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<DraftId, AppError> {
        store::config::lock_heads(tx, &[self.item]).await?;
        let item = item_for(tx, &self.actor, self.item).await?;
        need(&self.actor, Right::ConfigEdit, &item.scope_path)?;
        if store::config::open_drafts(tx, self.item).await? >= OPEN_DRAFTS_MAX {
            return Err(ConfigRefused::TooManyDrafts { drafts_max: OPEN_DRAFTS_MAX }.into());
        }
        let now = store::events::moment(tx).await?.now;
        let base_n = store::config::history(tx, self.item).await?.head().map_or(0, |head| head.n);
        let (author, text) = (self.actor.person, (self.title.as_str(), ""));
        let id = store::config::insert_draft(tx, (self.item, base_n), text, author, None, now).await?;
        if base_n == 0 {
            let rows = super::regional::starting_rows(tx, &item, now).await?;
            store::config::put_delta(tx, id, &rows).await?;
        }
        let facts = json!({ "title": self.title, "base_n": base_n });
        log(tx, &self.actor, now, "draft.created", (self.item, id), facts).await?;
        Ok(id)
    }
}

/// One draft.
pub async fn draft(ctx: &Ctx, actor: &Actor, id: DraftId) -> Result<DraftView, AppError> {
    let actor = actor.clone();
    ctx.store
        .read(|tx| {
            Box::pin(async move {
                let draft = draft_for(tx, &actor, id).await?;
                draft_view(tx, &actor, draft).await
            })
        })
        .await
}

/// Drafts that the person sees, newest first; `next` continues.
pub async fn drafts(
    ctx: &Ctx,
    actor: &Actor,
    asked: DraftsAsked,
    before: Option<DraftId>,
    limit: Limit,
) -> Result<(Vec<DraftView>, Option<DraftId>), AppError> {
    let sight = sight(actor)?;
    let filter = DraftFilter { states: asked.states, item: asked.item, before };
    let actor = actor.clone();
    ctx.store
        .read(|tx| {
            Box::pin(async move {
                let mut found = store::config::drafts(tx, &sight, &filter, limit.and_one()).await?;
                let next = cut(&mut found, limit, |draft| draft.id);
                let mut views = Vec::with_capacity(found.len());
                for draft in found {
                    if hidden_draft(tx, &actor, &draft).await? {
                        continue;
                    }
                    views.push(draft_view(tx, &actor, draft).await?);
                }
                Ok((views, next))
            })
        })
        .await
}

/// Gives the draft another title or note.
pub async fn retitle_draft(
    ctx: &Ctx,
    actor: &Actor,
    id: DraftId,
    version: i64,
    (title, note): (Option<String>, Option<String>),
) -> Result<(), AppError> {
    let note = note.map(|note| limited(&note, "note", NOTE_LETTERS_MAX)).transpose()?;
    let what = What::Text { title: title.clone(), note: note.clone() };
    match edit(ctx, Edit { actor: actor.clone(), id, version, what }).await {
        Err(AppError::Stale { version }) => {
            let now = draft(ctx, actor, id).await?.draft;
            let stands = now.author.id == actor.person
                && title.is_none_or(|title| visible(&title) == now.title)
                && note.is_none_or(|note| note == now.note);
            if stands { Ok(()) } else { Err(AppError::Stale { version }) }
        }
        other => other,
    }
}

/// Puts and removes rows; answers with the rows touched. Sent again because its answer was lost, it is answered with
/// the same rows.
pub async fn put_rows(
    ctx: &Ctx,
    actor: &Actor,
    id: DraftId,
    version: i64,
    (put, delete): (Vec<RowInput>, Vec<String>),
) -> Result<Vec<DraftRowView>, AppError> {
    let (who, reader, cost) = (actor.clone(), actor.clone(), CostSight::of(actor));
    let (draft, put, (facts, within, bases), current) = ctx
        .store
        .read(|tx| {
            Box::pin(async move {
                let draft = draft_for(tx, &who, id).await?;
                let known: Vec<String> = put.iter().filter_map(|row| row.key.clone()).collect();
                let put = with_hidden(tx, &draft, put, cost).await?;
                let contents: Vec<String> = put.iter().map(|row| row.content.to_string()).collect();
                let named = Named::of(draft.kind, contents.iter().map(String::as_str));
                let facts = named.facts(tx).await?;
                let within =
                    Within::of(tx, (draft.kind, draft.scope_path.as_str()), &named.customers).await?;
                let bases = Bases::of(tx, &who, &draft, &named.bases).await?;
                let made = contents.iter().flat_map(|content| draft.kind.keys_for(content, &facts));
                let current = changes_at_keys(tx, &draft, known.into_iter().chain(made).collect()).await?;
                Ok::<_, AppError>((draft, put, (facts, within, bases), current))
            })
        })
        .await?;
    super::pictures::check(ctx, actor, &draft, &put).await?;
    let rows = accepted(&draft, (&put, &delete), (&current, &facts), cost)?;
    let places = put.iter().enumerate().filter_map(|(place, row)| Some((row.key.clone()?, place))).collect();
    within.check(draft.kind, &rows, &places)?;
    bases.check(draft.kind, (&rows, &current), &places)?;
    let keys: Vec<String> = rows.iter().map(|row| row.key.clone()).collect();
    let own = draft.author.id == actor.person;
    let written = edit(ctx, Edit { actor: actor.clone(), id, version, what: What::Rows(rows.clone()) }).await;
    let (touched, views) = ctx
        .store
        .read(|tx| {
            Box::pin(async move {
                let touched = changes_at_keys(tx, &draft, keys).await?;
                let changes = touched.values().cloned().collect();
                let views = draft_row_views(tx, draft.kind, changes, &reader).await?;
                Ok::<_, AppError>((touched, views))
            })
        })
        .await?;
    match written {
        // Only its author edits a draft: where the rows stand as they are asked for, they were saved by this request.
        Err(AppError::Stale { .. }) if own && stand(&rows, &touched) => {}
        other => other?,
    }
    Ok(views)
}

/// The rows with what was hidden from whoever sends them, as it stands in the draft.
async fn with_hidden(
    tx: &mut Tx<'_>,
    draft: &Draft,
    put: Vec<RowInput>,
    cost: CostSight,
) -> Result<Vec<RowInput>, StoreError> {
    if cost.sees {
        return Ok(put);
    }
    let known = put.iter().filter_map(|row| row.key.clone()).collect();
    let current = changes_at_keys(tx, draft, known).await?;
    let whole = |row: RowInput| {
        let stands = row.key.as_ref().and_then(|key| standing(&current, key));
        let content = json_of(&cost.sent(draft.kind, &row.content.to_string(), stands));
        RowInput { content, ..row }
    };
    Ok(put.into_iter().map(whole).collect())
}

/// The row as it stands in the draft; one that the draft takes away as it stands in the base, so that it can be put back.
pub(super) fn standing<'a>(current: &'a BTreeMap<String, Change>, key: &str) -> Option<&'a str> {
    let change = current.get(key)?;
    change.after.as_deref().or(change.before.as_deref())
}

/// Whether the draft holds these rows already.
fn stand(rows: &[DeltaRow], touched: &BTreeMap<String, Change>) -> bool {
    rows.iter().all(|row| touched.get(&row.key).is_some_and(|change| change.after == row.content))
}

/// A page of the draft's rows, all of them or only those it changes.
pub async fn draft_rows(
    ctx: &Ctx,
    actor: &Actor,
    id: DraftId,
    asked: DraftRowsAsked,
) -> Result<DraftRowsView, AppError> {
    let actor = actor.clone();
    ctx.store
        .read(|tx| {
            Box::pin(async move {
                let draft = draft_for(tx, &actor, id).await?;
                let pattern = simple(store::search::holds(&asked.search.to_lowercase()));
                // Who does not read all rows gets pages of those that they read: they are sorted out first.
                let base_hidden = hidden_base(tx, &actor, &draft).await?;
                let sorted_out = base_hidden || strange_regions(tx, &actor, draft.kind).await?.is_some();
                let limit = if sorted_out { ROWS_ALL } else { asked.limit.and_one() };
                let after = asked.after.clone().filter(|_| !sorted_out);
                let page = RowPage { after, pattern, limit };
                let changed = store::config::changed_rows_page(tx, id, &page).await?;
                let (mut total, added) = store::config::changed_rows_count(tx, id, &page.pattern).await?;
                let changed = changed.into_iter().map(|row| (row.key, (row.before, row.after)));
                let mut rows: BTreeMap<String, (Option<String>, Option<String>)> = changed.collect();
                if base_hidden || !asked.changed_only {
                    let base = (draft.item, draft.base_n);
                    let found = store::config::rows_page(tx, base.0, base.1, &page).await?;
                    for (key, content) in found {
                        rows.entry(key).or_insert((Some(content.clone()), Some(content)));
                    }
                    total = added + store::config::rows_count(tx, base.0, base.1, &page.pattern).await?;
                }
                let change = |(key, (before, after))| Change { key, before, after };
                let mut rows: Vec<Change> = rows.into_iter().map(change).collect();
                if sorted_out {
                    rows = own_changes(tx, &actor, (draft.kind, base_hidden), rows).await?;
                    total = i64::try_from(rows.len()).unwrap_or(i64::MAX);
                    rows.retain(|row| asked.after.as_ref().is_none_or(|after| row.key > *after));
                }
                let next = cut(&mut rows, asked.limit, |row| row.key.clone());
                let rows = draft_row_views(tx, draft.kind, rows, &actor).await?;
                Ok(DraftRowsView { rows, next, total })
            })
        })
        .await
}

/// What the draft changes, in counts, words and rows; while it is open each row with what must be acknowledged of it: that
/// is judged once, until something changes on which it leans.
pub async fn draft_diff(
    ctx: &Ctx,
    actor: &Actor,
    id: DraftId,
    asked: (Option<String>, Limit),
) -> Result<DiffView, AppError> {
    let live = live(ctx, ctx.moment().await?.now).await?;
    let (mut turn, mut judged) = (None, None);
    let (mut view, told) = loop {
        let known = (turn.is_some(), judged.take());
        match read_diff(ctx, actor, (id, known), (&live, asked.clone())).await? {
            ReadDiff::Page(view, told) => break (*view, told),
            ReadDiff::NotItsTurn => turn = Some(ctx.risks.turn(id).await),
            ReadDiff::ToJudge(read) => {
                let cell = ctx.risks.clone();
                // Whoever asked may be gone by now: the next one waits for what they began all the same.
                (turn, judged) = off_threads(move || (turn, Some(JustJudged::of(*read, &cell)))).await?;
            }
        }
    };
    drop(turn);
    if let Some((risks, reader)) = told {
        let changes = std::mem::take(&mut view.changes);
        view.changes = off_threads(move || risks.beside(changes, &reader)).await?;
    }
    Ok(view)
}

/// What reading a page of a difference has come to.
enum ReadDiff {
    /// With what is told beside its rows.
    Page(Box<DiffView>, Option<(Arc<Risks>, Reader)>),
    /// The draft is to be judged, and somebody else may be about it.
    NotItsTurn,
    ToJudge(Box<(Key, Judged)>),
}

/// Reads a page of what the draft changes, and what is told beside its rows, once the draft is judged: what blocks it comes
/// first, on whichever page it would stand by its size.
async fn read_diff(
    ctx: &Ctx,
    actor: &Actor,
    (id, (has_turn, judged)): (DraftId, (bool, Option<JustJudged>)),
    (live, (after, limit)): (&Arc<Live>, (Option<String>, Limit)),
) -> Result<ReadDiff, AppError> {
    let (actor, within, live) = (actor.clone(), ctx.clone(), live.clone());
    ctx.store
        .read(|tx| {
            Box::pin(async move {
                let draft = draft_for(tx, &actor, id).await?;
                let (changes, base_n) = told_changes(tx, &actor, &draft).await?;
                let told = if draft.state.is_open() && !changes.is_empty() {
                    match to_tell(tx, &within, &live, &actor, (&draft, has_turn, judged)).await? {
                        None => return Ok::<_, AppError>(ReadDiff::NotItsTurn),
                        Some(ToTell::ToJudge(read)) => return Ok(ReadDiff::ToJudge(read)),
                        Some(ToTell::Known(risks, reader)) => Some((risks, reader)),
                    }
                } else {
                    None
                };
                let counts = Counts::of(&changes);
                let of = (draft.item, draft.kind);
                let base_rows = rows_to_read(tx, &actor, of, base_n, "%").await?;
                let rows_after = base_rows + counts.added - counts.removed;
                let includes_tax = sold_with_tax(tx, &draft).await?;
                let first = told.as_ref().map(|(risks, _)| risks.clone());
                let asked = DiffAsked { after, limit, actor, includes_tax, first };
                let mut view = diff_view(tx, draft.kind, changes, rows_after, asked).await?;
                view.from_n = Some(base_n).filter(|n| *n > 0);
                view.to_n = draft.published_n;
                Ok(ReadDiff::Page(Box::new(view), told))
            })
        })
        .await
}

/// Throws a draft away.
pub async fn discard_draft(ctx: &Ctx, actor: &Actor, id: DraftId, version: i64) -> Result<(), AppError> {
    edit(ctx, Edit { actor: actor.clone(), id, version, what: What::Discard }).await
}

/// Changes a draft: what was found of it as it stood is let go.
async fn edit(ctx: &Ctx, edit: Edit) -> Result<(), AppError> {
    let id = edit.id;
    ctx.write(edit).await?;
    ctx.risks.let_go(id);
    Ok(())
}

/// An edit of a draft, guarded by the version that the person saw.
#[derive(Clone)]
pub(super) struct Edit {
    pub actor: Actor,
    pub id: DraftId,
    pub version: i64,
    pub what: What,
}

#[derive(Clone)]
pub(super) enum What {
    /// The title as it was typed.
    Text {
        title: Option<String>,
        note: Option<String>,
    },
    Rows(Vec<DeltaRow>),
    Discard,
}

impl Command for Edit {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        let Edit { actor, id, version, what } = self;
        let mut draft = locked_draft(tx, &actor, id, Some(version)).await?;
        let facts = draft_facts(&draft);
        let now = store::events::moment(tx).await?.now;
        if matches!(what, What::Discard) {
            let publishes = may(&actor, Right::ConfigPublish, &draft.scope_path);
            if !publishes {
                need(&actor, Right::ConfigEdit, &draft.scope_path)?;
            }
            facts.may_discard(actor.person, publishes)?;
            draft.state = DraftState::Discarded;
            store::config::save_draft(tx, &draft, now).await?;
            return log(tx, &actor, now, "draft.discarded", (draft.item, id), json!({})).await;
        }
        need(&actor, Right::ConfigEdit, &draft.scope_path)?;
        facts.may_edit(actor.person)?;
        match what {
            What::Text { title, note } => {
                // What stands there already is not looked at again: the screen sends it along.
                if let Some(title) = title.filter(|title| visible(title) != draft.title) {
                    draft.title = named(&title, "title", TITLE_LETTERS_MAX)?;
                }
                draft.note = note.unwrap_or(draft.note);
            }
            What::Rows(rows) => {
                store::config::put_delta(tx, id, &rows).await?;
                let base_rows = store::config::revision_rows(tx, draft.item, draft.base_n).await?;
                // Most drafts stay beneath the limit even if every row of theirs were a new one.
                if check_size(base_rows + store::config::delta_rows(tx, id).await?).is_err() {
                    let counts = store::config::delta_counts(tx, id).await?;
                    check_size(base_rows + counts.added - counts.removed)?;
                }
                // Edited rows are no longer the restored ones.
                draft.restores_n = None;
            }
            What::Discard => {}
        }
        back_to_editing(&mut draft);
        Ok(store::config::save_draft(tx, &draft, now).await?)
    }
}

/// Whatever was submitted or confirmed was another content.
pub(super) fn back_to_editing(draft: &mut Draft) {
    draft.state = DraftState::Editing;
    draft.confirmed_by = None;
}

/// The draft of a command: its item's line stands still, itself nobody else changes, and it is of the version seen.
pub(super) async fn locked_draft(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: DraftId,
    version: Option<i64>,
) -> Result<Draft, AppError> {
    let item = draft_for(tx, actor, id).await?.item;
    store::config::lock_heads(tx, &[item]).await?;
    tx.lock_row("config_draft", "id", id).await?;
    let draft = draft_for(tx, actor, id).await?;
    match version {
        Some(version) if version != draft.version => Err(AppError::Stale { version: draft.version }),
        _ => Ok(draft),
    }
}

/// What decides about the draft.
pub(super) fn draft_facts(draft: &Draft) -> DraftFacts {
    DraftFacts {
        state: draft.state,
        author: draft.author.id,
        second_person: draft.kind.needs_second_person(),
    }
}

/// Logs what happened to an item through a draft.
pub(super) async fn log(
    tx: &mut Tx<'_>,
    actor: &Actor,
    now: Instant,
    kind: &'static str,
    (item, draft): (ItemId, DraftId),
    mut facts: Value,
) -> Result<(), AppError> {
    if let Some(facts) = facts.as_object_mut() {
        facts.insert("draft".to_string(), json!(draft));
    }
    Ok(crate::events::note(tx, (now, actor.person), kind, ("config_item", item.0), facts).await?)
}

/// Refuses more rows than an item may have.
pub(super) fn check_size(rows: i64) -> Result<(), ConfigRefused> {
    match usize::try_from(rows) {
        Ok(rows) if rows > ITEM_ROWS_MAX => Err(ConfigRefused::TooManyRows { rows, rows_max: ITEM_ROWS_MAX }),
        _ => Ok(()),
    }
}

async fn draft_row_views(
    tx: &mut Tx<'_>,
    kind: Kind,
    changes: Vec<Change>,
    actor: &Actor,
) -> Result<Vec<DraftRowView>, AppError> {
    let cost = CostSight::of(actor);
    let facts = Named::of(kind, changes.iter().map(Change::content)).facts_for(tx, actor).await?;
    let view = |change: Change| {
        let sort = change.sort();
        let difference = if sort == ChangeSort::Same { None } else { kind.difference(&change) };
        let shown = cost.shown(kind, (&change.key, change.content()), &facts);
        DraftRowView { shown, sort, difference, change: cost.change(kind, change) }
    };
    Ok(changes.into_iter().map(view).collect())
}

/// The draft as this person sees it.
pub(super) async fn draft_view(tx: &mut Tx<'_>, actor: &Actor, draft: Draft) -> Result<DraftView, AppError> {
    let facts = draft_facts(&draft);
    let counts = told_counts(tx, actor, &draft).await?;
    let published = match draft.published_n {
        Some(n) => {
            let revision = store::config::revision(tx, draft.item, n).await?;
            let revision = revision.ok_or(AccessRefused::NotFound)?;
            Some(PublishedView { n, release: revision.release, effective_at: revision.effective_at })
        }
        None => None,
    };
    let behind = draft.state.is_open() && draft.base_n != draft.head_n;
    let edits = may(actor, Right::ConfigEdit, &draft.scope_path) && facts.may_edit(actor.person).is_ok();
    let publishes = may(actor, Right::ConfigPublish, &draft.scope_path);
    let ready = facts.may_publish().is_ok();
    let allowed = [
        ("edit", edits),
        ("submit", edits && facts.may_submit(actor.person).is_ok() && !behind),
        ("return", publishes && facts.may_return().is_ok()),
        ("confirm", publishes && facts.may_confirm(actor.person).is_ok() && !behind),
        ("publish", publishes && ready && !behind),
        ("rebase", edits && behind),
        ("discard", facts.may_discard(actor.person, publishes).is_ok()),
    ];
    let actions = allowed.iter().filter(|(_, may)| *may).map(|(action, _)| *action).collect();
    Ok(DraftView { second_person: facts.second_person, behind, counts, published, actions, draft })
}
