//! What must be acknowledged of each row of a draft, kept as long as nothing has changed on which that leans: so whoever
//! pages through a difference has the draft judged once. Checks, submission, confirmation and publication judge anew and
//! never ask here.

use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant as Stopwatch};

use domain::access::Actor;
use domain::base::{Date, DraftId, Instant, ItemId};
use domain::config::kinds::RoleFacts;
use domain::pricing::checks::Finding;
use store::config::{Draft, HeadStamp, ProductStamp};
use store::{StoreError, Tx};

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
    judged: Arc<AtomicU64>,
}

#[derive(Debug)]
struct Held {
    key: Key,
    risks: Arc<Risks>,
    since: Stopwatch,
}

/// All on which the check of a draft leans, as the transaction sees it that reads the page. What the database counts is here
/// by its count, everything else as it is; what a reader may see of the outcome is asked for each page.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Key {
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

    fn of(&self, key: &Key) -> Option<Arc<Risks>> {
        let mut held = self.held.lock().ok()?;
        held.retain(|it| it.since.elapsed() < HELD_FOR);
        held.iter().find(|it| it.key == *key).map(|it| it.risks.clone())
    }

    fn hold(&self, key: Key, risks: &Arc<Risks>) {
        if let (true, Ok(mut held)) = (risks.findings <= FINDINGS_HELD_MAX, self.held.lock()) {
            held.retain(|it| it.key.place() != key.place());
            held.insert(0, Held { key, risks: risks.clone(), since: Stopwatch::now() });
            held.truncate(DRAFTS_HELD);
            let mut findings = 0;
            held.retain(|it| {
                findings += it.risks.findings;
                findings <= FINDINGS_HELD_MAX
            });
        }
    }
}

/// What must be acknowledged of a draft, whoever looks at it.
#[derive(Debug, Default)]
struct Risks {
    rows: HashMap<String, RowRisks>,
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
        risks.lists = judged.lists_around().filter(|list| named.contains(list)).collect();
        risks
    }

    fn name(&self, key: &str) -> String {
        self.rows.get(key).map_or_else(|| key.to_string(), |row| row.name.clone())
    }

    /// These changes, each with all that this person must have seen of its row, listed among the risks or not.
    fn beside(&self, mut changes: Vec<ChangeView>, reader: &Reader) -> Vec<ChangeView> {
        for change in &mut changes {
            let Some(row) = self.rows.get(&change.change.key) else { continue };
            let seen = row.reasons.iter().filter(|finding| reader.may_see(finding));
            change.risks = seen.map(|finding| reader.reason(finding, |key| self.name(key))).collect();
        }
        changes
    }
}

/// What is told beside the rows of a difference: as it is kept, or with all by which it is to be judged.
pub(super) enum ToTell {
    Kept(Arc<Risks>, Reader),
    ToJudge(Box<(Key, Judged)>, Reader),
}

/// Reads what is told beside the rows of an open draft, in the transaction that reads the rows.
pub(super) async fn to_tell(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    live: &Live,
    actor: &Actor,
    draft: &Draft,
) -> Result<ToTell, AppError> {
    // One moment for both: what is kept under a day was judged by that day.
    let now = store::events::moment(tx).await?.now;
    let key = Key::read(tx, ctx, actor, (draft, now)).await?;
    if let Some(risks) = ctx.risks.of(&key) {
        let reader = Reader::of(tx, actor, draft.kind, risks.lists.clone()).await?;
        return Ok(ToTell::Kept(risks, reader));
    }
    let (judged, reader) = read_for(tx, ctx, live, actor, (draft.id, now)).await?;
    Ok(ToTell::ToJudge(Box::new((key, judged)), reader))
}

impl ToTell {
    /// Tells it beside these changes; what had to be judged for it is kept. Takes CPU time.
    pub fn beside(self, changes: Vec<ChangeView>, cell: &RisksCell) -> Vec<ChangeView> {
        let (risks, reader) = match self {
            ToTell::Kept(risks, reader) => (risks, reader),
            ToTell::ToJudge(read, reader) => {
                let (key, judged) = *read;
                let risks = Arc::new(Risks::of(&judged));
                cell.judged.fetch_add(1, Ordering::Relaxed);
                cell.hold(key, &risks);
                (risks, reader)
            }
        };
        risks.beside(changes, &reader)
    }
}
