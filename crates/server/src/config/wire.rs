//! What goes over the wire for items, revisions, rows and releases.

use app::config::{
    BranchPrice as AppBranchPrice, ChangeView, DiffView, ItemView, ListedPrice, PersonRef,
    ProductPrices as AppPrices, ReleaseView, RevisionView, RowView, RowsView,
};
use domain::base::{Invalid, Limit, OrgId, Qty, UnitPrice};
use domain::config::kinds::Difference;
use domain::config::{ChangeSort, Counts as DomainCounts, Kind, PAGE_ROWS_MAX, RevisionState};
use domain::pricing::PriceClass;
use domain::words::config::kind_name;
use domain::words::price_rows::class;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use super::wire_drafts::{Draft, RiskReason};
use crate::http::{Ref, mark, mark_of};
use crate::problem::Problem;

/// A config item with what is in force and what waits.
#[derive(Debug, Serialize, ToSchema)]
pub struct ItemRow {
    pub id: i64,
    pub kind: String,
    pub kind_name: String,
    pub name: String,
    pub scope: Ref,
    /// Rows in force.
    pub rows: i64,
    pub in_force: Option<InForce>,
    pub queued: Vec<Queued>,
    pub open_drafts: i64,
    /// Of a price list its class, whom it is for and until when, in words.
    pub about: String,
    pub actions: Vec<String>,
}

/// A price list to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewItem {
    pub kind: String,
    /// `list`, `region` or `contract`.
    pub class: ListClass,
    pub name: String,
    /// Head office, or the region whose list it is.
    pub scope: i64,
}

/// Which lists are asked first: a contract's, then a region's, then the list.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ListClass {
    List,
    Region,
    Contract,
}

/// Another name.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NameGiven {
    pub name: String,
}

/// The revision in force.
#[derive(Debug, Serialize, ToSchema)]
pub struct InForce {
    pub n: i64,
    pub effective_at: i64,
    pub author: Ref,
    pub note: String,
}

/// A revision that waits for its moment.
#[derive(Debug, Serialize, ToSchema)]
pub struct Queued {
    pub n: i64,
    pub effective_at: i64,
    pub release_id: i64,
}

/// A config item with its open drafts.
#[derive(Debug, Serialize, ToSchema)]
pub struct Item {
    #[serde(flatten)]
    pub row: ItemRow,
    pub drafts: Vec<Draft>,
}

/// What a region shall have of its own.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRegionalItem {
    pub kind: String,
    pub org_id: i64,
}

/// A page of items.
#[derive(Debug, Serialize, ToSchema)]
pub struct ItemList {
    pub items: Vec<ItemRow>,
    pub next: Option<String>,
}

/// A row; `shown` is what its kind adds for reading.
#[derive(Debug, Serialize, ToSchema)]
pub struct Row {
    pub key: String,
    #[schema(value_type = BTreeMap<String, Value>)]
    pub content: Value,
    #[schema(value_type = BTreeMap<String, Value>)]
    pub shown: Value,
}

/// A page of rows of revision `n`.
#[derive(Debug, Serialize, ToSchema)]
pub struct RowPage {
    pub items: Vec<Row>,
    pub next: Option<String>,
    pub total: i64,
    pub n: i64,
}

/// How many rows differ in which way.
#[derive(Debug, Serialize, ToSchema)]
pub struct Counts {
    pub added: i64,
    pub changed: i64,
    pub removed: i64,
}

/// A revision and where it stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct Revision {
    pub n: i64,
    pub state: RevisionStanding,
    pub effective_at: i64,
    pub release_id: i64,
    pub author: Ref,
    pub confirmed_by: Option<Ref>,
    pub note: String,
    pub restores_n: Option<i64>,
    pub void: Option<Void>,
    pub counts: Counts,
    pub created_at: i64,
    pub actions: Vec<String>,
}

/// Where a revision stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RevisionStanding {
    InForce,
    Queued,
    Past,
    Cancelled,
}

/// That a revision is withdrawn (作废).
#[derive(Debug, Serialize, ToSchema)]
pub struct Void {
    pub reason: String,
    pub by: Ref,
    pub at: i64,
}

/// A page of revisions, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct RevisionPage {
    pub items: Vec<Revision>,
    pub next: Option<String>,
}

/// What differs, in counts, words and rows.
#[derive(Debug, Serialize, ToSchema)]
pub struct Diff {
    pub from_n: Option<i64>,
    pub to_n: Option<i64>,
    pub counts: DiffCounts,
    pub sentences: Vec<String>,
    pub items: Vec<DiffItem>,
    pub next: Option<String>,
}

/// How many rows differ in which way, and how many do not.
#[derive(Debug, Serialize, ToSchema)]
pub struct DiffCounts {
    pub added: i64,
    pub changed: i64,
    pub removed: i64,
    pub same: i64,
}

/// A row that differs.
#[derive(Debug, Serialize, ToSchema)]
pub struct DiffItem {
    pub key: String,
    pub change: RowChange,
    #[schema(value_type = Option<BTreeMap<String, Value>>)]
    pub before: Option<Value>,
    #[schema(value_type = Option<BTreeMap<String, Value>>)]
    pub after: Option<Value>,
    #[schema(value_type = BTreeMap<String, Value>)]
    pub shown: Value,
    pub delta: Option<String>,
    pub delta_percent: Option<String>,
    /// It moves so far that a person must have seen it.
    pub far: bool,
    /// That the new price lies below cost, in words; only for those who see costs.
    pub below_cost: Option<String>,
    /// Of an open draft: why a person must have seen the row before it goes on.
    pub risks: Vec<RiskReason>,
}

/// How a row differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RowChange {
    Same,
    Added,
    Changed,
    Removed,
}

/// A release and its items.
#[derive(Debug, Serialize, ToSchema)]
pub struct Release {
    pub id: i64,
    pub n: i64,
    pub state: ReleaseState,
    pub scope: Ref,
    pub effective_at: i64,
    pub author: Ref,
    pub confirmed_by: Option<Ref>,
    pub note: String,
    pub created_at: i64,
    pub items: Vec<ReleaseItem>,
    pub actions: Vec<String>,
}

/// Where a release stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReleaseState {
    Scheduled,
    InForce,
    Past,
    Cancelled,
}

/// An item of a release and its revision.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReleaseItem {
    pub item_id: i64,
    pub kind: String,
    pub kind_name: String,
    pub name: String,
    pub n: i64,
}

/// A page of releases, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReleasePage {
    pub items: Vec<Release>,
    pub next: Option<String>,
}

/// A price of a product, from the release that brought it to the one that ended it.
#[derive(Debug, Serialize, ToSchema)]
pub struct PriceEntry {
    pub item_id: i64,
    pub list_name: String,
    pub n: i64,
    /// What this kind of list is called: 全国价目表, 区域价目表, 合同价.
    pub class_name: String,
    pub unit: String,
    pub min_qty: Option<String>,
    /// `null` when the list gives a formula.
    pub price: Option<String>,
    /// The formula in words, as far as the reader may see it.
    pub formula: Option<String>,
    pub note: Option<String>,
    pub includes_tax: bool,
    pub effective_at: i64,
    pub ended_at: Option<i64>,
    pub from: Option<String>,
    pub to: Option<String>,
}

/// The prices of a product by when they hold.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProductPrices {
    pub now: Vec<PriceEntry>,
    pub upcoming: Vec<PriceEntry>,
    pub past: Vec<PriceEntry>,
    /// What the reader's branch quotes now, without tier and contract.
    pub branch: Option<BranchPrice>,
}

/// What a branch quotes of one base unit to somebody without tier or contract, tax included.
#[derive(Debug, Serialize, ToSchema)]
pub struct BranchPrice {
    /// Null for head office.
    pub region: Option<String>,
    pub unit: String,
    pub unit_price: String,
    pub list: Option<BranchList>,
}

/// The list that gives a branch's price.
#[derive(Debug, Serialize, ToSchema)]
pub struct BranchList {
    pub item_id: i64,
    pub name: String,
    pub n: i64,
    pub class_name: String,
}

/// Why something is taken back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReasonGiven {
    pub reason: String,
}

/// Which page of rows, 1 to 5,000 at a time.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields, default)]
pub struct RowPaging {
    pub limit: Option<i64>,
    pub after: Option<String>,
}

impl RowPaging {
    /// Size and place of the page.
    pub fn page(&self) -> Result<(Option<String>, Limit), Problem> {
        Ok((mark_of(self.after.as_deref())?, Limit::new(self.limit, PAGE_ROWS_MAX)?))
    }
}

/// The mark behind a row key.
pub fn key_mark(next: Option<String>) -> Option<String> {
    next.map(|key| mark(&key))
}

/// A person by number and name.
pub fn person(person: PersonRef) -> Ref {
    Ref { id: person.id.0, name: person.name }
}

/// What the person may do, by name.
pub fn names(actions: Vec<&'static str>) -> Vec<String> {
    actions.into_iter().map(str::to_string).collect()
}

/// The content of a row as JSON; the kinds write nothing else.
pub fn json_of(content: Option<String>) -> Option<Value> {
    content.map(|content| serde_json::from_str(&content).unwrap_or_default())
}

/// Delta and percent of a difference.
pub fn measures(difference: Option<Difference>) -> (Option<String>, Option<String>) {
    difference.map_or((None, None), |difference| (Some(difference.delta), difference.percent))
}

impl From<ListClass> for PriceClass {
    fn from(class: ListClass) -> PriceClass {
        match class {
            ListClass::List => PriceClass::List,
            ListClass::Region => PriceClass::Region,
            ListClass::Contract => PriceClass::Contract,
        }
    }
}

impl NewItem {
    /// The item as it is asked for; a kind that is none is a wrong field.
    pub fn asked(self) -> Result<app::config::NewItem, Problem> {
        let unknown = || Invalid::none_of("kind", Kind::ALL.iter().map(|kind| kind.key()));
        let kind = Kind::from_key(&self.kind).ok_or_else(unknown)?;
        let (class, scope) = (self.class.into(), OrgId(self.scope));
        Ok(app::config::NewItem { kind, class, name: self.name, scope })
    }
}

impl From<ItemView> for ItemRow {
    fn from(view: ItemView) -> ItemRow {
        let in_force = view.in_force.map(|it| InForce {
            n: it.n,
            effective_at: it.effective_at.0,
            author: person(it.author),
            note: it.note,
        });
        let queued = view.queued.into_iter().map(|it| Queued {
            n: it.n,
            effective_at: it.effective_at.0,
            release_id: it.release.0,
        });
        ItemRow {
            id: view.item.id.0,
            kind: view.item.kind.key().to_string(),
            kind_name: kind_name(view.item.kind).to_string(),
            name: view.item.name,
            scope: Ref { id: view.item.scope.0, name: view.item.scope_name },
            rows: view.rows,
            in_force,
            queued: queued.collect(),
            open_drafts: view.open_drafts,
            about: view.about,
            actions: names(view.actions),
        }
    }
}

impl From<RowView> for Row {
    fn from(row: RowView) -> Row {
        Row { key: row.key, content: row.content, shown: row.shown }
    }
}

impl From<RowsView> for RowPage {
    fn from(view: RowsView) -> RowPage {
        let items = view.rows.into_iter().map(Row::from).collect();
        RowPage { items, next: key_mark(view.next), total: view.total, n: view.n }
    }
}

impl From<DomainCounts> for Counts {
    fn from(counts: DomainCounts) -> Counts {
        Counts { added: counts.added, changed: counts.changed, removed: counts.removed }
    }
}

impl From<RevisionView> for Revision {
    fn from(view: RevisionView) -> Revision {
        let row = view.row;
        Revision {
            n: row.n,
            state: match view.state {
                RevisionState::InForce => RevisionStanding::InForce,
                RevisionState::Queued => RevisionStanding::Queued,
                RevisionState::Past => RevisionStanding::Past,
                RevisionState::Cancelled => RevisionStanding::Cancelled,
            },
            effective_at: row.effective_at.0,
            release_id: row.release.0,
            author: person(row.author),
            confirmed_by: row.confirmed_by.map(person),
            note: row.note,
            restores_n: row.restores_n,
            void: row.void.map(|void| Void { reason: void.reason, by: person(void.by), at: void.at.0 }),
            counts: row.counts.into(),
            created_at: row.created_at.0,
            actions: names(view.actions),
        }
    }
}

impl From<ChangeSort> for RowChange {
    fn from(sort: ChangeSort) -> RowChange {
        match sort {
            ChangeSort::Same => RowChange::Same,
            ChangeSort::Added => RowChange::Added,
            ChangeSort::Changed => RowChange::Changed,
            ChangeSort::Removed => RowChange::Removed,
        }
    }
}

impl From<ChangeView> for DiffItem {
    fn from(view: ChangeView) -> DiffItem {
        let far = view.difference.as_ref().is_some_and(|difference| difference.far);
        let (delta, delta_percent) = measures(view.difference);
        DiffItem {
            change: view.sort.into(),
            key: view.change.key,
            before: json_of(view.change.before),
            after: json_of(view.change.after),
            shown: view.shown,
            delta,
            delta_percent,
            far,
            below_cost: view.below_cost,
            risks: view.risks.into_iter().map(RiskReason::from).collect(),
        }
    }
}

impl From<DiffView> for Diff {
    fn from(view: DiffView) -> Diff {
        let DomainCounts { added, changed, removed } = view.counts;
        Diff {
            from_n: view.from_n,
            to_n: view.to_n,
            counts: DiffCounts { added, changed, removed, same: view.same },
            sentences: view.sentences,
            items: view.changes.into_iter().map(DiffItem::from).collect(),
            next: key_mark(view.next),
        }
    }
}

impl From<RevisionState> for ReleaseState {
    fn from(state: RevisionState) -> ReleaseState {
        match state {
            RevisionState::InForce => ReleaseState::InForce,
            RevisionState::Queued => ReleaseState::Scheduled,
            RevisionState::Past => ReleaseState::Past,
            RevisionState::Cancelled => ReleaseState::Cancelled,
        }
    }
}

impl From<ReleaseState> for RevisionState {
    fn from(state: ReleaseState) -> RevisionState {
        match state {
            ReleaseState::InForce => RevisionState::InForce,
            ReleaseState::Scheduled => RevisionState::Queued,
            ReleaseState::Past => RevisionState::Past,
            ReleaseState::Cancelled => RevisionState::Cancelled,
        }
    }
}

impl From<ReleaseView> for Release {
    fn from(view: ReleaseView) -> Release {
        let release = view.release;
        let items = release.items.into_iter().map(|item| ReleaseItem {
            item_id: item.item.0,
            kind: item.kind.key().to_string(),
            kind_name: kind_name(item.kind).to_string(),
            name: item.name,
            n: item.n,
        });
        Release {
            id: release.id.0,
            n: release.n,
            state: release.state.into(),
            scope: Ref { id: release.scope.0, name: release.scope_name },
            effective_at: release.effective_at.0,
            author: person(release.author),
            confirmed_by: release.confirmed_by.map(person),
            note: release.note,
            created_at: release.published_at.0,
            items: items.collect(),
            actions: names(view.actions),
        }
    }
}

impl From<ListedPrice> for PriceEntry {
    fn from(price: ListedPrice) -> PriceEntry {
        let row = price.row;
        PriceEntry {
            item_id: price.item.0,
            list_name: price.list_name,
            n: price.n,
            class_name: class(price.class).to_string(),
            unit: price.unit,
            min_qty: Some(row.min_qty).filter(|qty| *qty != Qty::ZERO).map(Qty::to_text),
            price: row.price().map(UnitPrice::to_yuan),
            formula: price.formula,
            note: row.note,
            includes_tax: price.includes_tax,
            effective_at: price.effective_at.0,
            ended_at: price.ended_at.map(|at| at.0),
            from: row.from.map(|day| day.to_string()),
            to: row.to.map(|day| day.to_string()),
        }
    }
}

impl From<AppBranchPrice> for BranchPrice {
    fn from(price: AppBranchPrice) -> BranchPrice {
        let list = price.list.map(|(revision, name, kind)| BranchList {
            item_id: revision.item.0,
            name,
            n: revision.n,
            class_name: class(kind).to_string(),
        });
        BranchPrice { region: price.region, unit: price.unit, unit_price: price.unit_price.to_yuan(), list }
    }
}

impl From<AppPrices> for ProductPrices {
    fn from(prices: AppPrices) -> ProductPrices {
        let entries = |prices: Vec<ListedPrice>| prices.into_iter().map(PriceEntry::from).collect();
        ProductPrices {
            now: entries(prices.now),
            upcoming: entries(prices.upcoming),
            past: entries(prices.past),
            branch: prices.branch.map(BranchPrice::from),
        }
    }
}
