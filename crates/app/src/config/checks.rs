//! The checks of a draft: what must be mended before it is published, and what is only told.

use domain::access::{Actor, Right};
use domain::base::{Date, DraftId, Instant, UnitPrice};
use domain::config::kinds::{Around, CheckInput, KindFacts};
use domain::config::{Change, ConfigRefused, Counts, Delta, Kind, Rows, apply, changes_of, content_hash};
use domain::pricing::checks::{Finding, Findings, Found};
use domain::pricing::{LIST_ROW_KEY, ListRow, PriceRange};
use serde_json::Value;
use store::config::{Draft, ProductStamp};
use store::{StoreError, Tx};

use super::around::{Leaned, Place, around};
use super::publish::{Sealed, off_threads};
use super::sight::draft_for;
use super::whom::Within;
use crate::{AppError, Ctx};

/// At most so many findings are listed; all are counted.
pub const CHECKS_LISTED_MAX: usize = 500;
/// At most so many of what must be acknowledged are listed; all are counted.
pub const RISKS_LISTED_MAX: usize = 100;
/// At most for so many rows it is said between what their price may stand.
const RANGES_LISTED_MAX: usize = 5_000;

/// What the checks of a draft found, those that block first.
#[derive(Clone, Debug, Default)]
pub struct ChecksView {
    pub blocks: i64,
    pub warns: i64,
    pub items: Vec<CheckView>,
    pub risks: RisksView,
    pub ranges: Vec<RangeView>,
}

/// Of a region's list: HQ's price for a row, and between what its own may stand.
#[derive(Clone, Debug)]
pub struct RangeView {
    pub key: String,
    pub list_price: UnitPrice,
    pub lowest: UnitPrice,
    pub highest: UnitPrice,
}

/// What a person must have seen before the draft is confirmed or published, the largest first.
#[derive(Clone, Debug, Default)]
pub struct RisksView {
    pub count: i64,
    /// What is sent back once they were seen; `None` when there are none.
    pub mark: Option<String>,
    pub items: Vec<CheckView>,
}

/// How a draft is judged when somebody wants to bring it a step on.
#[derive(Clone, Debug)]
pub(super) struct Judged {
    pub blocks: i64,
    pub risks: i64,
    mark: Option<String>,
}

impl Judged {
    /// Refuses while not just these risks were acknowledged.
    pub fn acknowledged(&self, seen: Option<&str>) -> Result<(), ConfigRefused> {
        match self.mark.as_deref() {
            Some(mark) if seen != Some(mark) => Err(ConfigRefused::RisksUnseen { risks: self.risks }),
            _ => Ok(()),
        }
    }
}

/// One finding in words.
#[derive(Clone, Debug)]
pub struct CheckView {
    pub code: &'static str,
    pub blocks: bool,
    pub key: Option<String>,
    pub sentence: String,
    pub facts: Value,
}

/// A draft with all that its rows are judged by.
#[derive(Clone, Debug)]
pub(super) struct Content {
    pub draft: Draft,
    pub base: Rows,
    pub delta: Delta,
    pub facts: KindFacts,
    /// What the products of `facts` were at.
    pub products: ProductStamp,
    /// Other lists, the corridor and the tiers of that day, and the revisions that say so.
    around: Around,
    pub leaned: Leaned,
    /// What of `for` names somebody outside of the list's scope.
    strangers: Vec<&'static str>,
    /// The moment at which it would come into force, and its day.
    pub at: Instant,
    on: Date,
}

impl Content {
    /// What differs from the base.
    pub fn changes(&self) -> Vec<Change> {
        changes_of(&self.base, &self.delta)
    }

    /// The content as it goes into the history.
    pub fn sealed(&self) -> Sealed {
        let after = apply(&self.base, &self.delta);
        let row_count = i64::try_from(after.len()).unwrap_or(i64::MAX);
        Sealed { hash: content_hash(&after), row_count, counts: Counts::of(&self.changes()) }
    }

    /// That the list is for somebody outside of its scope.
    fn strangers(&self) -> Vec<Finding> {
        let found = |field: &str| match field {
            "customers" => Found::UnknownCustomer,
            _ => Found::UnknownRegion,
        };
        self.strangers.iter().copied().map(|field| Finding::of_list(found(field))).collect()
    }

    fn findings(&self) -> Findings {
        let after = apply(&self.base, &self.delta);
        let (around, tiers) = (Some(&self.around), self.around.tiers.as_slice());
        let input = CheckInput { before: &self.base, after: &after, tiers, on: self.on, around };
        self.draft.kind.check(input, &self.facts).and(self.strangers())
    }
}

/// The findings about the draft as it stands. Costs are told to those who may see them.
pub async fn checks(ctx: &Ctx, actor: &Actor, id: DraftId) -> Result<ChecksView, AppError> {
    let content = read_content(ctx, actor, id).await?;
    let sees_cost = actor.has(Right::PriceCost);
    Ok(off_threads(move || view(&content, sees_cost)).await?)
}

/// How many findings must be mended first.
pub(super) fn blocks_of(content: &Content) -> i64 {
    whole(content.findings().blocks)
}

/// What stands against the draft, as far as this reader sees it.
pub(super) fn judged(content: &Content, sees_cost: bool) -> Judged {
    let findings = content.findings();
    let (blocks, risks) = (whole(findings.blocks), whole(findings.risk_count(sees_cost)));
    Judged { blocks, risks, mark: findings.risk_mark(sees_cost) }
}

fn view(content: &Content, sees_cost: bool) -> ChecksView {
    let findings = content.findings();
    let (blocks, warns) = (whole(findings.blocks), whole(findings.warns_for(sees_cost)));
    let risks = RisksView {
        count: whole(findings.risk_count(sees_cost)),
        mark: findings.risk_mark(sees_cost),
        items: findings
            .risks(sees_cost)
            .take(RISKS_LISTED_MAX)
            .map(|finding| check_view(finding.clone(), content))
            .collect(),
    };
    let range = |(key, range): &(String, PriceRange)| RangeView {
        key: key.clone(),
        list_price: range.list_price,
        lowest: range.lowest,
        highest: range.highest,
    };
    let ranges = findings.ranges.iter().take(RANGES_LISTED_MAX).map(range).collect();
    let seen = findings.found.into_iter().filter(|finding| sees_cost || !finding.what.shows_cost());
    let (mut listed, mut told): (Vec<Finding>, Vec<Finding>) = seen.partition(|finding| finding.blocks);
    // However many block, some of what is only told stands on the page too.
    listed.truncate(CHECKS_LISTED_MAX - told.len().min(CHECKS_LISTED_MAX / 2));
    told.truncate(CHECKS_LISTED_MAX - listed.len());
    let items = listed.into_iter().chain(told).map(|finding| check_view(finding, content));
    ChecksView { blocks, warns, items: items.collect(), risks, ranges }
}

fn check_view(finding: Finding, content: &Content) -> CheckView {
    let mut facts = serde_json::to_value(&finding.what).unwrap_or_default();
    if let Some(facts) = facts.as_object_mut() {
        facts.remove("code");
    }
    let row = finding.row_key.as_deref().map(|key| row_name(key, content)).unwrap_or_default();
    let sentence = domain::words::price_checks::finding(&finding, &row);
    CheckView { code: finding.what.code(), blocks: finding.blocks, key: finding.row_key, sentence, facts }
}

/// What people call the row: the product and its code, else its key.
fn row_name(key: &str, content: &Content) -> String {
    let row = content.delta.get(key).cloned().flatten().or_else(|| content.base.get(key).cloned());
    let product = row.and_then(|row| content.draft.kind.about(&row));
    match product.and_then(|id| content.facts.goods(id)) {
        Some(goods) => format!("{} {}", key, goods.name),
        None => row_words(key, content)
            .or_else(|| domain::words::config::row_name(content.draft.kind, key))
            .unwrap_or_else(|| key.to_string()),
    }
}

/// How a row is called that is no single product's: by what its kind shows of it.
fn row_words(key: &str, content: &Content) -> Option<String> {
    let row = content.delta.get(key).cloned().flatten().or_else(|| content.base.get(key).cloned())?;
    let shown = super::items::shown(content.draft.kind, &row, &content.facts);
    let words = |name: &str| shown.get(name).and_then(Value::as_str).map(str::to_string);
    match content.draft.kind {
        Kind::PriceList => words("goods"),
        Kind::PriceCorridor => Some(domain::words::price_rows::corridor(
            words("region").as_deref(),
            words("category").as_deref(),
        )),
        Kind::PriceLimit => words("role_name"),
        // Others are called by their key, or as the words say.
        _ => None,
    }
}

fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Reads the draft, its base, and what they are judged by, all of one moment.
pub(super) async fn read_content(ctx: &Ctx, actor: &Actor, id: DraftId) -> Result<Content, AppError> {
    let (actor, ctx) = (actor.clone(), ctx.clone());
    let store = ctx.store.clone();
    store
        .read(|tx| {
            Box::pin(async move {
                let draft = draft_for(tx, &actor, id).await?;
                let now = store::events::moment(tx).await?.now;
                let base = store::config::rows_map(tx, draft.item, draft.base_n).await?;
                let delta = store::config::delta(tx, id).await?;
                let delta: Delta = delta.into_iter().map(|row| (row.key, row.content)).collect();
                let strangers = strangers(tx, &draft, (&base, &delta)).await?;
                let facts = store::config::kind_facts(tx).await?;
                let products = store::config::product_stamp(tx).await?;
                let at = draft.effective_at.unwrap_or(now).max(now);
                let (around, leaned) = around(tx, Place::of(&draft), at, facts.regions()).await?;
                let on = ctx.day(at);
                Ok(Content { draft, base, delta, facts, products, around, leaned, strangers, at, on })
            })
        })
        .await
}

/// What of `for` of the whole list names somebody outside of its scope, as the draft leaves it.
async fn strangers(
    tx: &mut Tx<'_>,
    draft: &Draft,
    (base, delta): (&Rows, &Delta),
) -> Result<Vec<&'static str>, StoreError> {
    let row = delta.get(LIST_ROW_KEY).cloned().flatten().or_else(|| base.get(LIST_ROW_KEY).cloned());
    let list = row.filter(|_| draft.kind == Kind::PriceList).and_then(|row| ListRow::read(&row).ok());
    let Some(list) = list else { return Ok(Vec::new()) };
    let within = Within::of(tx, draft, &list.for_whom.customers).await?;
    Ok(within.strangers(&list.for_whom))
}
