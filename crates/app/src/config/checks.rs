//! The checks of a draft: what must be mended before it is published, and what is only told.

use std::collections::BTreeSet;

use domain::access::{Actor, Right};
use domain::base::{Date, DraftId, Instant, ItemId, OrgId, UnitPrice};
use domain::config::kinds::{Around, CheckInput, KindFacts};
use domain::config::{
    Change, ConfigRefused, Counts, Delta, Kind, Rows, apply, changes_of, content_hash, delta_between,
};
use domain::pricing::checks::{Finding, Findings, Found, RiskRow};
use domain::pricing::{LIST_ROW_KEY, ListRow, PriceRange};
use serde_json::Value;
use store::config::{Draft, ProductStamp};
use store::{StoreError, Tx};

use super::around::{Known, Leaned, Place, around};
use super::live::{Live, live};
use super::publish::{Sealed, off_threads};
use super::sight::draft_for;
use super::whom::{Within, hidden_base, is_strange, strange_lists, strange_regions};
use crate::{AppError, Ctx};

/// At most so many findings are listed; all are counted.
pub const CHECKS_LISTED_MAX: usize = 500;
/// Of at most so many rows it is listed what must be acknowledged; all are counted.
pub const RISKS_LISTED_MAX: usize = 100;
/// At most so many of them are named in the log; all are counted.
const RISKS_LOGGED_MAX: usize = 20;
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

/// What a person must have seen before the draft is confirmed or published, the row with the largest first.
#[derive(Clone, Debug, Default)]
pub struct RisksView {
    /// How many reasons there are.
    pub count: i64,
    /// On how many rows.
    pub rows: i64,
    /// What is sent back once they were seen; `None` when there are none.
    pub mark: Option<String>,
    pub items: Vec<RiskView>,
}

/// One row, and every reason for which it must have been seen, the largest first.
#[derive(Clone, Debug)]
pub struct RiskView {
    /// `None` for the whole list.
    pub key: Option<String>,
    /// What people call the row; empty for the whole list.
    pub name: String,
    pub reasons: Vec<CheckView>,
}

/// How a draft is judged when somebody wants to bring it a step on.
#[derive(Clone, Debug)]
pub(super) struct Verdict {
    pub blocks: i64,
    pub risks: i64,
    pub passed: Passed,
    mark: Option<String>,
}

/// What the log tells of the risks that somebody acknowledged.
#[derive(Clone, Debug, Default)]
pub(super) struct Passed {
    /// How many they were; `None` where there were none.
    pub count: Option<i64>,
    /// What they said; nothing that tells what something costs us.
    pub told: Option<String>,
}

impl Verdict {
    /// Refuses while not just these risks were acknowledged.
    pub fn acknowledged(&self, seen: Option<&str>) -> Result<(), ConfigRefused> {
        match self.mark.as_deref() {
            Some(mark) if seen != Some(mark) => Err(ConfigRefused::RisksUnseen { risks: self.risks }),
            _ => Ok(()),
        }
    }
}

/// One finding in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckView {
    pub code: &'static str,
    pub blocks: bool,
    pub key: Option<String>,
    pub sentence: String,
    /// The same where the name of the row stands beside it.
    pub reason: String,
    pub facts: Value,
}

/// A draft and what its rows speak of.
#[derive(Clone, Debug)]
pub(super) struct Content {
    pub draft: Draft,
    pub base: Rows,
    pub delta: Delta,
    pub facts: KindFacts,
}

/// A draft with all that its rows are judged by.
#[derive(Clone, Debug)]
pub(super) struct Judged {
    pub content: Content,
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

    /// Tells the draft as if there had been nothing before it, to one who does not read what was.
    fn forget_base(&mut self) {
        let after = apply(&self.base, &self.delta);
        self.delta = delta_between(&Rows::new(), &after);
        self.base = Rows::new();
    }

    /// The row as the draft leaves it; one that it takes away as it stood.
    fn row(&self, key: &str) -> Option<String> {
        self.delta.get(key).cloned().flatten().or_else(|| self.base.get(key).cloned())
    }

    /// The content as it goes into the history.
    pub fn sealed(&self) -> Sealed {
        let after = apply(&self.base, &self.delta);
        let row_count = i64::try_from(after.len()).unwrap_or(i64::MAX);
        Sealed { hash: content_hash(&after), row_count, counts: Counts::of(&self.changes()) }
    }
}

impl Judged {
    /// That the list is for somebody outside of its scope.
    fn strangers(&self) -> Vec<Finding> {
        let found = |field: &str| match field {
            "customers" => Found::UnknownCustomer,
            _ => Found::UnknownRegion,
        };
        self.strangers.iter().copied().map(|field| Finding::of_list(found(field))).collect()
    }

    /// The lists that it is held against.
    pub fn lists_around(&self) -> impl Iterator<Item = ItemId> {
        self.around.lists.iter().map(|it| it.list.revision.item)
    }

    pub fn findings(&self) -> Findings {
        let Content { draft, base, delta, facts } = &self.content;
        let after = apply(base, delta);
        let (around, tiers) = (Some(&self.around), self.around.tiers.as_slice());
        let input = CheckInput { before: base, after: &after, tiers, on: self.on, around };
        draft.kind.check(input, facts).and(self.strangers())
    }
}

/// The findings about the draft as it stands. Costs are told to those who may see them, other regions' lists and rows to
/// those who read them; the rest is counted.
pub async fn checks(ctx: &Ctx, actor: &Actor, id: DraftId) -> Result<ChecksView, AppError> {
    let live = live(ctx, ctx.moment().await?.now).await?;
    let (who, within) = (actor.clone(), ctx.clone());
    let read = ctx.store.read(|tx| {
        Box::pin(async move {
            let now = store::events::moment(tx).await?.now;
            read_for(tx, &within, &live, &who, (id, now)).await
        })
    });
    let (judged, reader) = read.await?;
    Ok(off_threads(move || view(&judged, &reader)).await?)
}

/// Reads the draft with what it is judged by, as far as this person reads what was there before it, and what they read of
/// the findings.
pub(super) async fn read_for(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    live: &Live,
    actor: &Actor,
    (id, now): (DraftId, Instant),
) -> Result<(Judged, Reader), AppError> {
    let mut judged = judged_in(tx, ctx, live, actor, (id, now)).await?;
    let reader = Reader::of(tx, actor, judged.content.draft.kind, judged.lists_around().collect()).await?;
    if hidden_base(tx, actor, &judged.content.draft).await? {
        judged.content.forget_base();
    }
    Ok((judged, reader))
}

/// What somebody reads of the findings.
pub(super) struct Reader {
    sees_cost: bool,
    /// Lists around the draft that they do not see.
    lists: BTreeSet<ItemId>,
    /// Regions whose rows of the corridor they do not read; `None`: they read all.
    regions: Option<BTreeSet<OrgId>>,
}

impl Reader {
    /// What this person reads of the findings about a draft of that kind which name these lists.
    pub async fn of(
        tx: &mut Tx<'_>,
        actor: &Actor,
        kind: Kind,
        lists: Vec<ItemId>,
    ) -> Result<Reader, StoreError> {
        let lists = strange_lists(tx, actor, lists).await?;
        let regions = strange_regions(tx, actor, kind).await?;
        Ok(Reader { sees_cost: actor.has(Right::PriceCost), lists, regions })
    }

    /// Whether it shows no cost or floor to one who may not see it.
    pub fn may_see(&self, finding: &Finding) -> bool {
        self.sees_cost || !finding.what.shows_cost()
    }

    /// The findings as this person reads them, and how many were put into one.
    fn told(&self, content: &Content, found: Vec<Finding>) -> (Vec<Finding>, usize) {
        let mut told = Vec::with_capacity(found.len());
        let (mut lists, mut prices) = (0, 0);
        for mut finding in found {
            if !self.may_see(&finding) || self.is_strange(content, &finding) {
                continue;
            }
            self.unname(&mut finding);
            match &mut finding.what {
                Found::PutsOutside { item, rows, .. } if self.lists.contains(item) => {
                    (lists, prices) = (lists + 1, prices + *rows);
                    continue;
                }
                Found::OverlappingList { item, list, .. } if self.lists.contains(item) => list.clear(),
                _ => {}
            }
            told.push(finding);
        }
        if lists > 0 {
            told.push(Finding::of_list(Found::PutsOthersOutside { lists, rows: prices }));
        }
        (told, lists.saturating_sub(1))
    }

    /// A reason to acknowledge a row, as this person reads it. `name` says what people call a row.
    pub fn reason(&self, finding: &Finding, name: impl Fn(&str) -> String) -> CheckView {
        let mut finding = finding.clone();
        self.unname(&mut finding);
        check_view(finding, name)
    }

    /// Takes out prices of lists that they do not see; they stay counted.
    fn unname(&self, finding: &mut Finding) {
        finding.what.name_prices_of(|list| !self.lists.contains(&list));
    }

    /// Whether it is about a row that they do not read.
    fn is_strange(&self, content: &Content, finding: &Finding) -> bool {
        let row = finding.row_key.as_deref().and_then(|key| content.row(key));
        row.is_some_and(|row| is_strange(self.regions.as_ref(), &row))
    }
}

/// How many findings must be mended first.
pub(super) fn blocks_of(judged: &Judged) -> i64 {
    whole(judged.findings().blocks)
}

/// What stands against the draft, as far as this reader sees it.
pub(super) fn verdict(judged: &Judged, sees_cost: bool) -> Verdict {
    let findings = judged.findings();
    let (blocks, risks) = (whole(findings.blocks), whole(findings.risk_count(sees_cost)));
    let told = findings.risks(false).take(RISKS_LOGGED_MAX);
    let told = told.map(|finding| {
        let mut finding = finding.clone();
        // Whoever reads the log of this item may not see the lists that lean on it.
        finding.what.name_prices_of(|_| false);
        check_view(finding, |key| row_name(key, &judged.content)).sentence
    });
    let told: Vec<String> = told.collect();
    let told = domain::words::config::passed(&told, findings.risk_count(false));
    let passed = Passed { count: (risks > 0).then_some(risks), told };
    Verdict { blocks, risks, passed, mark: findings.risk_mark(sees_cost) }
}

fn view(judged: &Judged, reader: &Reader) -> ChecksView {
    let (findings, content) = (judged.findings(), &judged.content);
    let (blocks, warns) = (findings.blocks, findings.warns_for(reader.sees_cost));
    let risks = risks_view(&findings, content, reader);
    let range = |(key, range): &(String, PriceRange)| RangeView {
        key: key.clone(),
        list_price: range.list_price,
        lowest: range.lowest,
        highest: range.highest,
    };
    let ranges = findings.ranges.iter().take(RANGES_LISTED_MAX).map(range).collect();
    let (seen, put_together) = reader.told(content, findings.found);
    let (blocks, warns) = (whole(blocks), whole(warns.saturating_sub(put_together)));
    let (mut listed, mut told): (Vec<Finding>, Vec<Finding>) =
        seen.into_iter().partition(|finding| finding.blocks);
    // However many block, some of what is only told stands on the page too.
    listed.truncate(CHECKS_LISTED_MAX - told.len().min(CHECKS_LISTED_MAX / 2));
    told.truncate(CHECKS_LISTED_MAX - listed.len());
    let name = |key: &str| row_name(key, content);
    let items = listed.into_iter().chain(told).map(|finding| check_view(finding, name));
    ChecksView { blocks, warns, items: items.collect(), risks, ranges }
}

fn risks_view(findings: &Findings, content: &Content, reader: &Reader) -> RisksView {
    let rows = findings.risk_rows(reader.sees_cost);
    let name = |key: &str| row_name(key, content);
    let item = |row: &RiskRow<'_>| RiskView {
        key: row.key.map(str::to_string),
        name: row.key.map(name).unwrap_or_default(),
        reasons: row.reasons.iter().map(|finding| reader.reason(finding, name)).collect(),
    };
    RisksView {
        count: whole(findings.risk_count(reader.sees_cost)),
        rows: whole(rows.len()),
        mark: findings.risk_mark(reader.sees_cost),
        items: rows.iter().take(RISKS_LISTED_MAX).map(item).collect(),
    }
}

fn check_view(finding: Finding, name: impl Fn(&str) -> String) -> CheckView {
    let mut facts = serde_json::to_value(&finding.what).unwrap_or_default();
    if let Some(facts) = facts.as_object_mut() {
        facts.remove("code");
    }
    let row = finding.row_key.as_deref().map(&name).unwrap_or_default();
    let mut said = finding.clone();
    if let Found::OverlappingPrice { other_key: key } | Found::Overruled { by_key: key, .. } = &mut said.what
    {
        *key = name(key);
    }
    let sentence = domain::words::price_checks::finding(&said, &row);
    let reason = domain::words::price_checks::reason(&said, &row);
    let (code, blocks) = (finding.what.code(), finding.blocks);
    CheckView { code, blocks, key: finding.row_key, sentence, reason, facts }
}

/// What people call the row: its product with what tells it from other rows of that product, else its key.
pub(super) fn row_name(key: &str, content: &Content) -> String {
    let row = content.row(key);
    let of_product = row.as_deref().and_then(|row| {
        let goods = content.facts.goods(content.draft.kind.about(row)?)?;
        domain::words::price_rows::of_product(row, goods)
    });
    match of_product {
        Some(named) => named,
        None => row_words(key, content)
            .or_else(|| domain::words::config::row_name(content.draft.kind, key))
            .unwrap_or_else(|| key.to_string()),
    }
}

/// How a row is called that is no single product's: by what its kind shows of it.
fn row_words(key: &str, content: &Content) -> Option<String> {
    let row = content.row(key)?;
    let shown = super::items::shown(content.draft.kind, (key, &row), &content.facts);
    let words = |name: &str| shown.get(name).and_then(Value::as_str).map(str::to_string);
    match content.draft.kind {
        Kind::PriceList => words("goods"),
        Kind::PriceCorridor => Some(domain::words::price_rows::corridor(
            words("region").as_deref(),
            words("category").as_deref(),
        )),
        Kind::Rule => words("name").filter(|name| !name.is_empty()),
        Kind::PriceLimit => words("role_name"),
        // Others are called by their key, or as the words say.
        _ => None,
    }
}

fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Reads the draft with its rows and what these speak of.
pub(super) async fn read_content(ctx: &Ctx, actor: &Actor, id: DraftId) -> Result<Content, AppError> {
    let actor = actor.clone();
    let read = ctx.store.read(|tx| {
        Box::pin(async move {
            let (draft, base, delta) = rows_in(tx, &actor, id).await?;
            let facts = store::config::kind_facts(tx).await?;
            Ok(Content { draft, base, delta, facts })
        })
    });
    read.await
}

/// Reads the draft with its rows alone.
pub(super) async fn read_rows(
    ctx: &Ctx,
    actor: &Actor,
    id: DraftId,
) -> Result<(Draft, Rows, Delta), AppError> {
    let actor = actor.clone();
    ctx.store.read(|tx| Box::pin(async move { rows_in(tx, &actor, id).await })).await
}

/// Reads the draft, its base, and what they are judged by, all of one moment. The lists that the snapshot holds are taken
/// from there, however many there are.
pub(super) async fn read_to_judge(ctx: &Ctx, actor: &Actor, id: DraftId) -> Result<Judged, AppError> {
    let live = live(ctx, ctx.moment().await?.now).await?;
    let (who, within) = (actor.clone(), ctx.clone());
    let read = ctx.store.read(|tx| {
        Box::pin(async move {
            let now = store::events::moment(tx).await?.now;
            judged_in(tx, &within, &live, &who, (id, now)).await
        })
    });
    read.await
}

/// The moment of which a draft is judged: that of its release, at the earliest now.
pub(super) fn judged_at(draft: &Draft, now: Instant) -> Instant {
    draft.effective_at.unwrap_or(now).max(now)
}

/// Whatever is read here stands in the key of `kept_risks`, by itself or by what counts it.
async fn judged_in(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    live: &Live,
    actor: &Actor,
    (id, now): (DraftId, Instant),
) -> Result<Judged, AppError> {
    let (draft, base, delta) = rows_in(tx, actor, id).await?;
    let row = whole_list(&draft, (&base, &delta));
    let strangers = strangers(tx, &draft, row.as_ref()).await?;
    let facts = store::config::kind_facts(tx).await?;
    let products = store::config::product_stamp(tx).await?;
    let at = judged_at(&draft, now);
    let known = Known { regions: facts.regions(), live, row: row.as_ref() };
    let (around, leaned) = around(tx, Place::of(&draft), at, known).await?;
    let content = Content { draft, base, delta, facts };
    Ok(Judged { content, products, around, leaned, strangers, at, on: ctx.day(at) })
}

async fn rows_in(tx: &mut Tx<'_>, actor: &Actor, id: DraftId) -> Result<(Draft, Rows, Delta), AppError> {
    let draft = draft_for(tx, actor, id).await?;
    let base = store::config::rows_map(tx, draft.item, draft.base_n).await?;
    let delta = store::config::delta(tx, id).await?;
    let delta = delta.into_iter().map(|row| (row.key, row.content)).collect();
    Ok((draft, base, delta))
}

/// The row of the whole list as the draft leaves it; `None` of another kind, or where it cannot be read.
fn whole_list(draft: &Draft, (base, delta): (&Rows, &Delta)) -> Option<ListRow> {
    let row = delta.get(LIST_ROW_KEY).cloned().flatten().or_else(|| base.get(LIST_ROW_KEY).cloned());
    row.filter(|_| draft.kind == Kind::PriceList).and_then(|row| ListRow::read(&row).ok())
}

/// What of `for` of the whole list names somebody outside of its scope.
async fn strangers(
    tx: &mut Tx<'_>,
    draft: &Draft,
    list: Option<&ListRow>,
) -> Result<Vec<&'static str>, StoreError> {
    let Some(list) = list else { return Ok(Vec::new()) };
    let within = Within::of(tx, (draft.kind, draft.scope_path.as_str()), &list.for_whom.customers).await?;
    Ok(within.strangers(&list.for_whom))
}

/// The same of a draft of which the rows were not read.
pub(super) async fn strangers_of(tx: &mut Tx<'_>, draft: &Draft) -> Result<Vec<&'static str>, StoreError> {
    let key = [LIST_ROW_KEY.to_string()];
    let base = store::config::rows_at_keys(tx, draft.item, draft.base_n, &key).await?;
    let delta = store::config::delta_at_keys(tx, draft.id, &key).await?;
    let row = whole_list(draft, (&base, &delta));
    strangers(tx, draft, row.as_ref()).await
}
