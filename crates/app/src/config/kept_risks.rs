//! What must be acknowledged of each row of a draft and which rows block it, kept as long as nothing has changed on which that leans: so whoever
//! pages through a difference has the draft judged once, also when several pages are asked for at once. Checks, submission,
//! confirmation and publication judge anew and never ask here.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration, Instant as Stopwatch};

use domain::access::Actor;
use domain::base::{Date, DraftId, Instant, ItemId};
use domain::config::kinds::RoleFacts;
use domain::pricing::checks::Finding;
use store::config::{Draft, HeadStamp, ProductStamp};
use store::{StoreError, Tx};
use tokio::sync::{Mutex as Queue, OwnedMutexGuard};

use super::checks::{Judged, Reader, judged_at, read_for, row_name, strangers_of};
use super::items::ChangeView;
use super::live::Live;
use super::whom::hidden_base;
use crate::{AppError, Ctx};

/// Of at most so many drafts.
const DRAFTS_HELD: usize = 4;
/// At most so many findings of all of them, each of a few hundred bytes; a draft with more is judged for every page.
const FINDINGS_HELD_MAX: usize = 400_000;
/// People look through a difference at most so long before it may be judged once more.
const HELD_FOR: Duration = Duration::from_secs(600);

/// What was found of the drafts whose differences were looked at last; clones share it.
#[derive(Clone, Debug, Default)]
pub struct RisksCell {
    /// The newest first.
    held: Arc<Mutex<Vec<Held>>>,
    /// Who waits to judge, by draft; nobody keeps one that nobody waits in.
    queues: Arc<Mutex<HashMap<DraftId, Weak<Queue<()>>>>>,
    judged: Arc<AtomicU64>,
}

/// As long as somebody has it, nobody else on this server judges that draft for its difference.
pub(super) type Turn = OwnedMutexGuard<()>;

#[derive(Debug)]
struct Held {
    key: Key,
    risks: Arc<Risks>,
    since: Stopwatch,
}

impl Held {
    fn is_fresh(&self, now: Stopwatch) -> bool {
        now.saturating_duration_since(self.since) < HELD_FOR
    }
}

/// All on which the check of a draft leans, as the transaction sees it that reads the page. What the database counts is here
/// by its count, everything else as it is; what a reader may see of the outcome is asked for each page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Key {
    draft: DraftId,
    /// Its rows, its base and its moment.
    version: i64,
    /// Whether it is told as if there had been nothing before it.
    base_hidden: bool,
    /// Releases, names and scopes of items; regions and categories.
    heads: HeadStamp,
    /// With `heads` it says which revisions are in force: no other release comes into force before this moment.
    until: Option<Instant>,
    products: ProductStamp,
    /// The day on which it would come into force.
    on: Date,
    /// What of `for` names somebody outside of the list's scope: customers move, and nothing counts that.
    strangers: Vec<&'static str>,
    tier_customers: Vec<(String, i64)>,
    roles: Vec<RoleFacts>,
    keepers: Vec<String>,
}

impl Key {
    async fn read(
        tx: &mut Tx<'_>,
        ctx: &Ctx,
        actor: &Actor,
        (draft, now): (&Draft, Instant),
    ) -> Result<Key, StoreError> {
        let at = judged_at(draft, now);
        Ok(Key {
            draft: draft.id,
            version: draft.version,
            base_hidden: hidden_base(tx, actor, draft).await?,
            heads: store::config::stamp(tx).await?,
            until: store::config::next_change(tx, at).await?,
            products: store::config::product_stamp(tx).await?,
            on: ctx.day(at),
            strangers: strangers_of(tx, draft).await?,
            tier_customers: store::config::tier_customers(tx).await?,
            roles: store::config::roles(tx).await?,
            keepers: store::config::keepers(tx).await?,
        })
    }

    /// What is told to the same readers of the same draft: of two only one holds.
    fn place(&self) -> (DraftId, bool) {
        (self.draft, self.base_hidden)
    }
}

impl RisksCell {
    /// How often a draft was judged for its difference, since the program started.
    pub fn judged(&self) -> u64 {
        self.judged.load(Ordering::Relaxed)
    }

    /// Waits for the turn to judge this draft; whoever judges another one is not waited for.
    pub(super) async fn turn(&self, draft: DraftId) -> Turn {
        self.queue(draft).lock_owned().await
    }

    fn queue(&self, draft: DraftId) -> Arc<Queue<()>> {
        let mut queues = self.queues.lock().unwrap_or_else(PoisonError::into_inner);
        queues.retain(|_, queue| queue.strong_count() > 0);
        let queue = queues.get(&draft).and_then(Weak::upgrade).unwrap_or_default();
        queues.insert(draft, Arc::downgrade(&queue));
        queue
    }

    /// Nobody asks any more what was found of this draft as it stood.
    pub(super) fn let_go(&self, draft: DraftId) {
        if let Ok(mut held) = self.held.lock() {
            held.retain(|it| it.key.draft != draft);
        }
    }

    /// Lets go what nobody has asked for in time.
    pub(crate) fn let_go_stale(&self) {
        self.let_go_stale_at(Stopwatch::now());
    }

    fn let_go_stale_at(&self, now: Stopwatch) {
        if let Ok(mut held) = self.held.lock() {
            held.retain(|it| it.is_fresh(now));
        }
    }

    fn of(&self, key: &Key) -> Option<Arc<Risks>> {
        self.let_go_stale();
        let held = self.held.lock().ok()?;
        held.iter().find(|it| it.key == *key).map(|it| it.risks.clone())
    }

    fn hold(&self, key: Key, risks: &Arc<Risks>) {
        self.hold_at(key, risks, Stopwatch::now());
    }

    fn hold_at(&self, key: Key, risks: &Arc<Risks>, now: Stopwatch) {
        let Ok(mut held) = self.held.lock() else { return };
        held.retain(|it| it.is_fresh(now) && it.key.place() != key.place());
        if risks.findings > FINDINGS_HELD_MAX {
            return;
        }
        held.insert(0, Held { key, risks: risks.clone(), since: now });
        held.truncate(DRAFTS_HELD);
        let mut findings = 0;
        held.retain(|it| {
            findings += it.risks.findings;
            findings <= FINDINGS_HELD_MAX
        });
    }
}

/// What must be acknowledged of a draft, whoever looks at it.
#[derive(Debug, Default)]
pub(super) struct Risks {
    rows: HashMap<String, RowRisks>,
    /// Rows that keep the draft from going on, as many as the checks list.
    blocked: HashSet<String>,
    /// Lists whose prices are named: not everybody sees all of them.
    lists: Vec<ItemId>,
    findings: usize,
}

#[derive(Debug)]
struct RowRisks {
    /// What people call the row.
    name: String,
    /// The largest first.
    reasons: Vec<Finding>,
}

impl Risks {
    fn of(judged: &Judged) -> Risks {
        let findings = judged.findings();
        let (mut risks, mut named) = (Risks::default(), BTreeSet::new());
        for row in findings.risk_rows(true) {
            let Some(key) = row.key else { continue };
            risks.findings += row.reasons.len();
            named.extend(row.reasons.iter().flat_map(|finding| finding.what.lists_named()));
            let reasons = row.reasons.into_iter().cloned().collect();
            risks.rows.insert(key.to_string(), RowRisks { name: row_name(key, &judged.content), reasons });
        }
        let blocking = findings.found.iter().filter(|finding| finding.blocks);
        risks.blocked = blocking.filter_map(|finding| finding.row_key.clone()).collect();
        risks.findings += risks.blocked.len();
        risks.lists = judged.lists_around().filter(|list| named.contains(list)).collect();
        risks
    }

    fn name(&self, key: &str) -> String {
        self.rows.get(key).map_or_else(|| key.to_string(), |row| row.name.clone())
    }

    /// Whether the row under this key keeps the draft from going on.
    pub fn blocks(&self, key: &str) -> bool {
        self.blocked.contains(key)
    }

    /// These changes, each with all that this person must have seen of its row, listed among the risks or not. Takes CPU
    /// time.
    pub fn beside(&self, mut changes: Vec<ChangeView>, reader: &Reader) -> Vec<ChangeView> {
        for change in &mut changes {
            let Some(row) = self.rows.get(&change.change.key) else { continue };
            let seen = row.reasons.iter().filter(|finding| reader.may_see(finding));
            change.risks = seen.map(|finding| reader.reason(finding, |key| self.name(key))).collect();
        }
        changes
    }
}

/// What is told beside the rows of a difference, or all by which the draft is to be judged first.
pub(super) enum ToTell {
    Known(Arc<Risks>, Reader),
    ToJudge(Box<(Key, Judged)>),
}

/// What was found of a draft as one transaction saw it; whoever has just judged it goes by it, kept or not.
pub(super) struct JustJudged {
    key: Key,
    risks: Arc<Risks>,
}

/// Reads what is told beside the rows of an open draft, in the transaction that reads the rows; `None` where it is to be
/// judged and `has_turn` says that this is not the caller's turn.
pub(super) async fn to_tell(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    live: &Live,
    actor: &Actor,
    (draft, has_turn, judged): (&Draft, bool, Option<JustJudged>),
) -> Result<Option<ToTell>, AppError> {
    // One moment for both: what is kept under a day was judged by that day.
    let now = store::events::moment(tx).await?.now;
    let key = Key::read(tx, ctx, actor, (draft, now)).await?;
    let just = judged.filter(|just| just.key == key).map(|just| just.risks);
    if let Some(risks) = just.or_else(|| ctx.risks.of(&key)) {
        let reader = Reader::of(tx, actor, draft.kind, risks.lists.clone()).await?;
        return Ok(Some(ToTell::Known(risks, reader)));
    }
    if !has_turn {
        return Ok(None);
    }
    let (judged, _) = read_for(tx, ctx, live, actor, (draft.id, now)).await?;
    Ok(Some(ToTell::ToJudge(Box::new((key, judged)))))
}

impl JustJudged {
    /// Judges the draft and keeps what is found. Takes CPU time.
    pub fn of((key, judged): (Key, Judged), cell: &RisksCell) -> JustJudged {
        let risks = Arc::new(Risks::of(&judged));
        cell.judged.fetch_add(1, Ordering::Relaxed);
        cell.hold(key.clone(), &risks);
        JustJudged { key, risks }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]

    use domain::base::{Limit, company_day};
    use testkit::{TEST_DAY, each_engine};

    use super::*;
    use crate::config::{
        Submission, checks, confirm, create_draft, discard_draft, draft, draft_diff, publish, put_rows,
        retitle_draft, submit,
    };
    use crate::support::{World, code};

    /// Has it kept that nothing must be acknowledged of the draft as it stands.
    async fn lie_about(world: &World, id: DraftId) {
        let (ctx, actor) = (world.ctx.clone(), world.second.clone());
        let read = world.ctx.store.read(|tx| {
            Box::pin(async move {
                let draft = crate::config::draft_for(tx, &actor, id).await?;
                let now = store::events::moment(tx).await?.now;
                let key = Key::read(tx, &ctx, &actor, (&draft, now)).await?;
                Ok::<_, AppError>(key)
            })
        });
        world.ctx.risks.hold(read.await.unwrap(), &Arc::default());
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn whoever_brings_a_draft_on_is_judged_anew_whatever_is_kept() {
        each_engine("never asked", async |db| {
            let world = World::new(&db).await;
            world.first_prices().await;
            let (ctx, author, second) = (&world.ctx, &world.author, &world.second);
            let id = create_draft(ctx, author, world.price_list, "175").await.unwrap();
            put_rows(ctx, author, id, 1, (vec![world.paint_at("175")], Vec::new())).await.unwrap();
            submit(ctx, author, id, Submission::default()).await.unwrap();
            lie_about(&world, id).await;
            let diff = draft_diff(ctx, second, id, (None, Limit::USUAL)).await.unwrap();
            assert!(diff.changes.iter().all(|row| row.risks.is_empty()), "{}: it is told", db.engine);
            let told = checks(ctx, second, id).await.unwrap().risks;
            assert_eq!(told.count, 1, "{}", db.engine);
            assert_eq!(code(&confirm(ctx, second, id, None).await), "risks_unseen", "{}", db.engine);
            confirm(ctx, second, id, told.mark.as_deref()).await.unwrap();
            lie_about(&world, id).await;
            assert_eq!(code(&publish(ctx, author, id, None).await), "risks_unseen", "{}", db.engine);
            publish(ctx, author, id, told.mark.as_deref()).await.unwrap();
            assert_eq!(ctx.risks.judged(), 0, "{}", db.engine);
            assert_eq!(count(ctx), 0, "{}: nobody pages through what is published", db.engine);
        })
        .await;
    }

    /// Of how many drafts something is held.
    fn count(ctx: &Ctx) -> usize {
        ctx.risks.held.lock().unwrap().len()
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_was_found_of_a_draft_is_let_go_when_it_changes() {
        each_engine("let go", async |db| {
            let world = World::new(&db).await;
            world.first_prices().await;
            let (ctx, author) = (&world.ctx, &world.author);
            let id = create_draft(ctx, author, world.price_list, "175").await.unwrap();
            put_rows(ctx, author, id, 1, (vec![world.paint_at("175")], Vec::new())).await.unwrap();
            let version = async || draft(ctx, author, id).await.unwrap().draft.version;
            let looks = async || {
                draft_diff(ctx, author, id, (None, Limit::USUAL)).await.unwrap();
                assert_eq!(count(ctx), 1, "{}", db.engine);
            };
            looks().await;
            let rows = (vec![world.paint_at("176")], Vec::new());
            put_rows(ctx, author, id, version().await, rows).await.unwrap();
            assert_eq!(count(ctx), 0, "{}: saved", db.engine);
            looks().await;
            let title = (Some("176".to_string()), None);
            retitle_draft(ctx, author, id, version().await, title).await.unwrap();
            assert_eq!(count(ctx), 0, "{}: another title", db.engine);
            looks().await;
            discard_draft(ctx, author, id, version().await).await.unwrap();
            assert_eq!(count(ctx), 0, "{}: thrown away", db.engine);
        })
        .await;
    }

    fn key(draft: i64, version: i64) -> Key {
        Key {
            draft: DraftId(draft),
            version,
            base_hidden: false,
            heads: HeadStamp::default(),
            until: None,
            products: ProductStamp::default(),
            on: company_day(TEST_DAY, &crate::company_zone()),
            strangers: Vec::new(),
            tier_customers: Vec::new(),
            roles: Vec::new(),
            keepers: Vec::new(),
        }
    }

    fn held(cell: &RisksCell, drafts: std::ops::RangeInclusive<i64>) -> Vec<i64> {
        drafts.filter(|draft| cell.of(&key(*draft, 1)).is_some()).collect()
    }

    #[test]
    fn few_drafts_are_held_and_of_all_together_so_many_findings() {
        let (cell, small) = (RisksCell::default(), Arc::<Risks>::default());
        for draft in 1..=5 {
            cell.hold(key(draft, 1), &small);
        }
        assert_eq!(held(&cell, 1..=5), [2, 3, 4, 5]);
        cell.hold(key(5, 2), &small);
        assert_eq!(held(&cell, 1..=5), [2, 3, 4], "of a draft the newest alone is held");
        let of = |findings: usize| Arc::new(Risks { findings, ..Risks::default() });
        cell.hold(key(6, 1), &of(FINDINGS_HELD_MAX));
        cell.hold(key(7, 1), &of(1));
        assert_eq!(held(&cell, 1..=7), [7], "what is older makes room");
        cell.hold(key(8, 1), &of(FINDINGS_HELD_MAX + 1));
        assert_eq!(held(&cell, 1..=8), [7], "one that is too long is not held");
    }

    #[test]
    fn what_is_stale_is_let_go_by_whoever_keeps_something_and_by_whoever_cleans() {
        let (cell, small, start) = (RisksCell::default(), Arc::<Risks>::default(), Stopwatch::now());
        let drafts = || cell.held.lock().unwrap().iter().map(|it| it.key.draft.0).collect::<Vec<_>>();
        cell.hold_at(key(1, 1), &small, start);
        cell.hold_at(key(2, 1), &small, start + HELD_FOR / 2);
        assert_eq!(drafts(), [2, 1]);
        cell.hold_at(key(3, 1), &small, start + HELD_FOR);
        assert_eq!(drafts(), [3, 2]);
        let long = Arc::new(Risks { findings: FINDINGS_HELD_MAX + 1, ..Risks::default() });
        cell.hold_at(key(4, 1), &long, start + HELD_FOR + HELD_FOR / 2);
        assert_eq!(drafts(), [3], "also where it is too long to be kept");
        cell.let_go_stale_at(start + 2 * HELD_FOR);
        assert!(drafts().is_empty());
    }

    #[tokio::test]
    async fn a_draft_is_judged_by_one_at_a_time_and_another_one_beside_it() {
        let cell = RisksCell::default();
        let first = cell.turn(DraftId(1)).await;
        let _other = cell.turn(DraftId(2)).await;
        assert!(cell.queue(DraftId(1)).try_lock().is_err());
        drop(first);
        assert!(cell.queue(DraftId(1)).try_lock().is_ok());
        assert_eq!(cell.queues.lock().unwrap().len(), 2);
        let _third = cell.turn(DraftId(3)).await;
        assert_eq!(cell.queues.lock().unwrap().len(), 2, "nobody waits for the first any more");
    }
}
