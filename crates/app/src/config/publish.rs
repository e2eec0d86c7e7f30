//! Publishing, at once or at a moment, and rolling back: the history grows by one revision.

use domain::access::{Actor, Right};
use domain::base::{Date, DraftId, Instant, ItemId, ReleaseId};
use domain::config::kinds::{Around, CheckInput, KindFacts};
use domain::config::{
    Change, ConfigRefused, Counts, DraftState, Kind, NOTE_LETTERS_MAX, PublishPlan, Rows, content_hash,
    delta_between, required,
};
use domain::pricing::checks::OUTSIDE_CORRIDOR;
use domain::pricing::{LIST_ROW_KEY, ListRow};
use serde_json::json;
use store::config::{DeltaRow, Draft, NewRelease, NewRevision, ProductStamp};
use store::{Command, StoreError, Tx};

use super::around::{Known, Leaned, Place, around, leaned_on};
use super::checks::{Passed, read_to_judge, verdict};
use super::drafts::{draft_facts, locked_draft, log};
use super::live::live;
use super::sight::{draft_for, item_for, need};
use super::tiers::tiers_stay;
use super::whom::none_has_left;
use crate::{AppError, Ctx};

/// What was read is decided on anew when it moved meanwhile, at most so often.
pub(super) const ATTEMPTS_MAX: u32 = 3;

/// Publishes a confirmed draft at its moment; says which revision it became. `seen` is the mark of the risks that the
/// person has acknowledged; any others are refused.
pub async fn publish(ctx: &Ctx, actor: &Actor, id: DraftId, seen: Option<&str>) -> Result<i64, AppError> {
    let mut attempt = 1;
    loop {
        let published = ctx.write(decide(ctx, actor, id, seen).await?).await;
        ctx.live.expire();
        if published.is_ok() {
            ctx.risks.let_go(id);
        }
        match published {
            Err(AppError::Stale { .. }) if attempt < ATTEMPTS_MAX => attempt += 1,
            other => return other,
        }
    }
}

/// Reads the draft and everything that its rows are judged by, and refuses what must be mended first.
pub(super) async fn decide(
    ctx: &Ctx,
    actor: &Actor,
    id: DraftId,
    seen: Option<&str>,
) -> Result<Publish, AppError> {
    let judged = read_to_judge(ctx, actor, id).await?;
    let draft = &judged.content.draft;
    need(actor, Right::ConfigPublish, &draft.scope_path)?;
    draft_facts(draft).may_publish()?;
    let (version, products) = (draft.version, judged.products);
    let leaned = LeanedOn { at: judged.at, heads: judged.leaned.clone() };
    let sees_cost = actor.has(Right::PriceCost);
    let (sealed, verdict) =
        off_threads(move || (judged.content.sealed(), verdict(&judged, sees_cost))).await?;
    if verdict.blocks > 0 {
        return Err(ConfigRefused::ChecksBlock { blocks: verdict.blocks }.into());
    }
    verdict.acknowledged(seen)?;
    let passed = verdict.passed;
    Ok(Publish { actor: actor.clone(), id, version, products, sealed, passed, leaned })
}

/// Restores the rows of revision `to` as a new revision, at once or at a moment, and says its draft.
pub async fn roll_back(
    ctx: &Ctx,
    actor: &Actor,
    item: ItemId,
    to: i64,
    reason: &str,
    effective_at: Option<Instant>,
) -> Result<DraftId, AppError> {
    let reason = required(reason, "reason", NOTE_LETTERS_MAX)?;
    let mut attempt = 1;
    loop {
        let restored = read_restored(ctx, actor, item, to, effective_at).await?;
        let (actor, reason) = (actor.clone(), reason.clone());
        let done = ctx.write(RollBack { actor, item, to, reason, effective_at, restored }).await;
        ctx.live.expire();
        match done {
            Err(AppError::Refused(refused)) if refused.code() == "draft_behind" && attempt < ATTEMPTS_MAX => {
                attempt += 1;
            }
            Err(AppError::Stale { .. }) if attempt < ATTEMPTS_MAX => attempt += 1,
            other => return other,
        }
    }
}

/// The content of a revision as it goes into the history.
#[derive(Clone, Debug)]
pub(super) struct Sealed {
    pub hash: String,
    pub row_count: i64,
    pub counts: Counts,
}

/// Runs what takes CPU time off the async threads.
pub(super) async fn off_threads<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, StoreError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| StoreError::Decode(error.to_string()))
}

/// A draft that was checked, on its way into the database.
#[derive(Clone)]
pub(super) struct Publish {
    actor: Actor,
    id: DraftId,
    /// The version whose rows were sealed and checked.
    version: i64,
    /// What the products were at that they were checked against.
    products: ProductStamp,
    sealed: Sealed,
    /// The risks that were acknowledged.
    passed: Passed,
    leaned: LeanedOn,
}

/// Other items that the checks looked at, and of which moment: regions' prices lean on HQ's and on the corridor.
#[derive(Clone, Debug)]
struct LeanedOn {
    at: Instant,
    heads: Leaned,
}

impl LeanedOn {
    /// Locks the draft's item, and what it was checked against, in the one order of all locks.
    async fn lock(&self, tx: &mut Tx<'_>, item: ItemId) -> Result<(), StoreError> {
        let leaned: Vec<ItemId> = self.heads.iter().map(|(other, _)| *other).collect();
        tx.ahead(store::config::asks_held_to_publish(item, &leaned)).await
    }

    /// Refuses what was checked against revisions that are no longer those.
    async fn still_so(&self, tx: &mut Tx<'_>, checked: (ItemId, Kind), version: i64) -> Result<(), AppError> {
        let now = store::events::moment(tx).await?.now;
        let heads = leaned_on(tx, checked, self.at.max(now)).await?;
        if heads == self.heads { Ok(()) } else { Err(AppError::Stale { version }) }
    }
}

impl Command for Publish {
    type Out = i64;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<i64, AppError> {
        let item = draft_for(tx, &self.actor, self.id).await?.item;
        self.leaned.lock(tx, item).await?;
        let draft = locked_draft(tx, &self.actor, self.id, Some(self.version)).await?;
        need(&self.actor, Right::ConfigPublish, &draft.scope_path)?;
        draft_facts(&draft).may_publish()?;
        self.leaned.still_so(tx, (item, draft.kind), draft.version).await?;
        // A product that changed meanwhile may be archived, or have lost the unit of a row: it is checked anew.
        if store::config::product_stamp(tx).await? != self.products {
            return Err(AppError::Stale { version: draft.version });
        }
        add_revision(tx, &self.actor, draft, (&self.sealed, self.passed), None).await
    }
}

/// Writes the draft's delta as the next revision with its release. The item is locked and the draft is its newest.
async fn add_revision(
    tx: &mut Tx<'_>,
    actor: &Actor,
    mut draft: Draft,
    (sealed, passed): (&Sealed, Passed),
    back: Option<(&Restored, i64)>,
) -> Result<i64, AppError> {
    let moment = store::events::moment(tx).await?;
    if moment.clock_is_behind() {
        return Err(ConfigRefused::ClockBehind { behind_ms: moment.behind_ms }.into());
    }
    let now = moment.now;
    let history = store::config::history(tx, draft.item).await?;
    let (restores_n, voids_n) = (draft.restores_n, draft.voids_n);
    let plan = PublishPlan { base_n: draft.base_n, effective_at: draft.effective_at, restores_n, voids_n };
    let publication = history.publication(&plan, now)?;
    tiers_stay(tx, &draft).await?;
    let item = item_for(tx, actor, draft.item).await?;
    let revision = NewRevision {
        item: draft.item,
        n: publication.n,
        parent_n: draft.base_n,
        hash: sealed.hash.clone(),
        author: draft.author.id,
        note: draft.note.clone(),
        restores_n,
        row_count: sealed.row_count,
        counts: sealed.counts,
    };
    store::config::insert_revision(tx, &revision, now).await?;
    store::config::publish_rows(tx, draft.item, publication.n, draft.id).await?;
    // Up to here others issued. Whoever does so from here on finds the release, and nobody who did not has its moment
    // behind him.
    store::config::hold_history(tx).await?;
    if let Some((restored, to)) = back {
        restored.none_leaves(tx, actor, (draft.item, item.scope_path.as_str()), to).await?;
    }
    let now = store::events::moment(tx).await?.now;
    let publication = history.publication(&plan, now)?;
    let release = NewRelease {
        scope: item.scope,
        effective_at: publication.effective_at,
        author: draft.author.id,
        published_by: actor.person,
        confirmed_by: draft.confirmed_by.as_ref().map(|person| person.id),
        note: draft.note.clone(),
    };
    let release = store::config::insert_release(tx, &release, (draft.item, publication.n), now).await?;
    if let Some(voided) = voids_n {
        let (mark, times) = ((draft.item, voided), (now, publication.effective_at));
        store::config::insert_void(tx, mark, &draft.note, actor.person, times, Some(release)).await?;
    }
    draft.state = DraftState::Published;
    draft.published_n = Some(publication.n);
    store::config::save_draft(tx, &draft, now).await?;
    let told = (release, sealed.counts, passed);
    tell_published(tx, actor, &draft, told, (now, publication.effective_at)).await?;
    Ok(publication.n)
}

async fn tell_published(
    tx: &mut Tx<'_>,
    actor: &Actor,
    draft: &Draft,
    (release, counts, passed): (ReleaseId, Counts, Passed),
    (now, effective_at): (Instant, Instant),
) -> Result<(), AppError> {
    // Whoever goes back or withdraws says why; of any other publication the note may be empty.
    let why = if draft.restores_n.is_some() || draft.voids_n.is_some() { "reason" } else { "note" };
    let facts = json!({
        "release": release,
        "title": draft.title,
        "acknowledged": passed.count,
        "passed": passed.told,
        "n": draft.published_n,
        "base_n": draft.base_n,
        "rows": counts,
        why: draft.note,
        "effective_at": effective_at,
        "restores_n": draft.restores_n,
        "voids_n": draft.voids_n,
    });
    log(tx, actor, now, "release.published", (draft.item, draft.id), facts).await
}

#[derive(Clone)]
struct RollBack {
    actor: Actor,
    item: ItemId,
    to: i64,
    reason: String,
    effective_at: Option<Instant>,
    restored: Restored,
}

/// What brings the head to the rows of an older revision.
#[derive(Clone, Debug)]
struct Restored {
    base_n: i64,
    rows: Vec<DeltaRow>,
    sealed: Sealed,
    title: String,
    kind: Kind,
    leaned: LeanedOn,
}

impl Restored {
    /// Refuses customers and regions who have left since this was read, and keeps the customers where they are until the
    /// transaction ends. Numbers, which stand behind customers in the order of locks, are taken after this.
    async fn none_leaves(
        &self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        (item, scope_path): (ItemId, &str),
        to: i64,
    ) -> Result<(), AppError> {
        let rows = store::config::rows_at_keys(tx, item, to, &[LIST_ROW_KEY.to_string()]).await?;
        let list = rows.get(LIST_ROW_KEY).filter(|_| self.kind == Kind::PriceList);
        let list = list.and_then(|row| ListRow::read(row).ok());
        let customers = list.map(|list| list.for_whom.customers).unwrap_or_default();
        store::config::hold_customers(tx, &customers).await?;
        none_has_left(tx, actor, (self.kind, scope_path), (to, &rows)).await
    }
}

impl Command for RollBack {
    type Out = DraftId;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<DraftId, AppError> {
        let RollBack { actor, item, to, reason, effective_at, restored } = self;
        restored.leaned.lock(tx, item).await?;
        let scope_path = item_for(tx, &actor, item).await?.scope_path;
        need(&actor, Right::ConfigPublish, &scope_path)?;
        let now = store::events::moment(tx).await?.now;
        restored.leaned.still_so(tx, (item, restored.kind), restored.base_n).await?;
        let (place, text) = ((item, restored.base_n), (restored.title.as_str(), reason.as_str()));
        let id = store::config::insert_draft(tx, place, text, actor.person, Some(to), now).await?;
        store::config::put_delta(tx, id, &restored.rows).await?;
        let mut draft = draft_for(tx, &actor, id).await?;
        draft.effective_at = effective_at;
        // What was in force once was confirmed then: going back needs a reason, and no second person.
        add_revision(tx, &actor, draft, (&restored.sealed, Passed::default()), Some((&restored, to))).await?;
        Ok(id)
    }
}

/// Reads what the rollback changes, and refuses early what the rules refuse.
async fn read_restored(
    ctx: &Ctx,
    actor: &Actor,
    item: ItemId,
    to: i64,
    effective_at: Option<Instant>,
) -> Result<Restored, AppError> {
    let actor = actor.clone();
    let live = live(ctx, ctx.moment().await?.now).await?;
    let read = ctx
        .store
        .read(|tx| {
            Box::pin(async move {
                let item = item_for(tx, &actor, item).await?;
                need(&actor, Right::ConfigPublish, &item.scope_path)?;
                let now = store::events::moment(tx).await?.now;
                let history = store::config::history(tx, item.id).await?;
                let base_n = history.head().map_or(0, |head| head.n);
                let plan = PublishPlan { base_n, effective_at, restores_n: Some(to), voids_n: None };
                history.publication(&plan, now)?;
                let head = store::config::rows_map(tx, item.id, base_n).await?;
                let old = store::config::rows_map(tx, item.id, to).await?;
                none_has_left(tx, &actor, (item.kind, item.scope_path.as_str()), (to, &old)).await?;
                let facts = store::config::kind_facts(tx).await?;
                let at = effective_at.unwrap_or(now).max(now);
                let (kind, scope, n) = (item.kind, item.scope, base_n + 1);
                let place = Place { item: item.id, kind, name: &item.name, scope, n };
                let row = old.get(LIST_ROW_KEY).filter(|_| kind == Kind::PriceList);
                let row = row.and_then(|row| ListRow::read(row).ok());
                let known = Known { regions: facts.regions(), live: &live, row: row.as_ref() };
                let (around, heads) = around(tx, place, at, known).await?;
                Ok::<_, AppError>(ReadBack { kind, base_n, head, old, facts, around, heads, at })
            })
        })
        .await?;
    let on = ctx.day(read.at);
    let (read, outside) = off_threads(move || {
        let outside = read.outside(on);
        (read, outside)
    })
    .await?;
    if outside > 0 {
        return Err(ConfigRefused::RestoresOutside { n: to, rows: outside }.into());
    }
    let ReadBack { kind, base_n, head, old, heads, at, .. } = read;
    let delta = delta_between(&head, &old);
    if delta.is_empty() {
        return Err(ConfigRefused::NothingToRestore { n: to }.into());
    }
    let change = |(key, after): (&String, &Option<String>)| Change {
        key: key.clone(),
        before: head.get(key).cloned(),
        after: after.clone(),
    };
    let counts = Counts::of(&delta.iter().map(change).collect::<Vec<_>>());
    let row_count = i64::try_from(old.len()).unwrap_or(i64::MAX);
    let sealed = Sealed { hash: content_hash(&old), row_count, counts };
    let about = |content: &Option<String>| content.as_deref().and_then(|content| kind.about(content));
    let rows = delta.into_iter().map(|(key, content)| DeltaRow { about: about(&content), key, content });
    let title = domain::words::config::rollback_title(to);
    let leaned = LeanedOn { at, heads };
    Ok(Restored { base_n, rows: rows.collect(), sealed, title, kind, leaned })
}

/// What a rollback is decided on.
struct ReadBack {
    kind: Kind,
    base_n: i64,
    head: Rows,
    old: Rows,
    facts: KindFacts,
    around: Around,
    heads: Leaned,
    at: Instant,
}

impl ReadBack {
    /// How many of the restored prices lie outside of today's corridor.
    fn outside(&self, on: Date) -> usize {
        let (around, tiers) = (Some(&self.around), self.around.tiers.as_slice());
        let input = CheckInput { before: &self.old, after: &self.old, tiers, on, around };
        let findings = self.kind.check(input, &self.facts);
        findings.counts.get(OUTSIDE_CORRIDOR).copied().unwrap_or(0)
    }
}
