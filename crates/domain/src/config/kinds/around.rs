//! The checks of a price list against what lies around it: other lists, HQ's corridor, the scope it belongs to.

use std::collections::{BTreeMap, HashMap};
use std::ops::RangeInclusive;

use super::KindFacts;
use crate::base::{Date, ItemId, OrgId};
use crate::pricing::checks::{
    Among, Computed, ComputedCheck, Finding, Found, Leaning, LeaningCheck, LeaningPrice, Moved,
    check_computed, check_leaning,
};
use crate::pricing::{
    BookRows, Conflict, Corridor, CorridorRow, EntryGoods, EntryPoint, EntryRow, Failing, ListHead, ListRow,
    Outside, PriceClass, PriceEntry, PriceList, PriceRange, Revision, Surroundings, Tier, failing, outside,
    overlaps_of, ranges,
};

/// A region's price between half and twice HQ's is set on purpose; beyond, HQ's new one is likelier a slip. Basis points.
const LIKELY_SHARES: RangeInclusive<i64> = 5_000..=20_000;

/// What lies around the item that is checked, of the day on which it would come into force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Around {
    /// The item that is checked, its name and its scope.
    pub revision: Revision,
    pub name: String,
    pub scope: OrgId,
    /// The price lists besides it.
    pub lists: Vec<ScopedList>,
    pub corridor: Vec<CorridorRow>,
    /// Names of those who may change the corridor.
    pub ask: Vec<String>,
    /// The tiers in force.
    pub tiers: Vec<Tier>,
}

/// A list, and the scope that it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScopedList {
    pub scope: OrgId,
    pub list: PriceList,
}

impl Around {
    /// What the list besides it is called; empty where there is none.
    fn named(&self, list: ItemId) -> String {
        let list = self.lists.iter().find(|other| other.list.revision.item == list);
        list.map(|it| it.list.name.clone()).unwrap_or_default()
    }
}

/// The findings about a price list that its own rows do not show: the list and its rows as they would be, each beside what
/// is in force.
pub fn check_around(
    around: &Around,
    (list, list_in_force): (Option<&ListRow>, Option<&ListRow>),
    (rows, in_force): (&BTreeMap<String, EntryRow>, &BTreeMap<String, EntryRow>),
    facts: &KindFacts,
    on: Date,
) -> Vec<Finding> {
    let mut found = Vec::new();
    for (key, row) in rows {
        found.extend(goods_finding(key, row, facts));
    }
    let Some(row) = list else { return found };
    let region = facts.regions().get(&around.scope);
    if (row.class == PriceClass::Region) != region.is_some() {
        found.push(Finding::of_list(Found::ClassMisplaced));
    }
    if row.class == PriceClass::Contract && row.for_whom.is_everyone() {
        found.push(Finding::of_list(Found::ContractForEveryone));
    }
    let base = |id| around.lists.iter().find(|other| other.list.revision.item == id);
    if row.base.is_some_and(|id| base(id).is_none_or(|base| base.list.class != PriceClass::List)) {
        found.push(Finding::of_list(Found::UnknownBase));
    }
    let (list, book) = list_beside(around, row, rows, facts);
    found.extend(failing_findings(&list, &book, rows, facts, on));
    let old = list_in_force.map(|row| list_of(around, row, in_force, facts));
    let check = ComputedCheck {
        rows,
        list: &list,
        in_force,
        list_in_force: old.as_ref(),
        book: &book,
        lowest_tier: row.lowest_percent(&around.tiers),
        on,
    };
    found.extend(check_computed(check).into_iter().map(|it| computed_finding(it, rows, facts)));
    let tiers = &around.tiers;
    let leaning = LeaningCheck { list: &list, list_in_force: old.as_ref(), book: &book, tiers, on };
    found.extend(leaning_findings(check_leaning(leaning), around, facts));
    found.extend(corridor_findings(around, &list, &book, rows, facts, on));
    found.extend(overlap_findings(around, list, book, rows, facts));
    found
}

/// Between what the prices of a region's own list may stand, by the key of their row; of other lists nothing.
pub fn ranges_around(
    around: &Around,
    list: Option<&ListRow>,
    rows: &BTreeMap<String, EntryRow>,
    facts: &KindFacts,
    on: Date,
) -> Vec<(String, PriceRange)> {
    let Some(row) = list.filter(|row| row.class == PriceClass::Region) else { return Vec::new() };
    let (list, book) = list_beside(around, row, rows, facts);
    let corridor = Corridor::of(around.corridor.iter().copied());
    let around_it = Surroundings { rows: &book, region: around.scope, corridor: &corridor, on };
    let keys = keys_of(rows);
    let keyed = |range: PriceRange| Some((keys.get(&range.point)?.to_string(), range));
    ranges(&list, around_it).into_iter().filter_map(keyed).collect()
}

/// The list that the rows make, and the lists around it.
fn list_beside(
    around: &Around,
    row: &ListRow,
    rows: &BTreeMap<String, EntryRow>,
    facts: &KindFacts,
) -> (PriceList, BookRows) {
    let list = list_of(around, row, rows, facts);
    let mut book = facts.book_rows();
    book.lists = around.lists.iter().map(|other| other.list.clone()).collect();
    (list, book)
}

fn list_of(
    around: &Around,
    row: &ListRow,
    rows: &BTreeMap<String, EntryRow>,
    facts: &KindFacts,
) -> PriceList {
    let head = ListHead {
        revision: around.revision,
        name: &around.name,
        scope: around.scope,
        regions: facts.regions(),
    };
    row.list(&head, rows.values().cloned().map(PriceEntry::from).collect())
}

/// What a price comes to; of a row for many goods with the product of which it is said.
fn computed_finding(found: Computed, rows: &BTreeMap<String, EntryRow>, facts: &KindFacts) -> Finding {
    let Computed { key, what, product, goods } = found;
    let of_many = rows.get(&key).is_some_and(|row| row.product().is_none());
    let among = of_many.then(|| Among { product: facts.named(product), goods });
    Finding { among, ..Finding::of_row(&key, what) }
}

/// What becomes of prices of lists that lean on this one.
fn leaning_findings(leaning: Leaning, around: &Around, facts: &KindFacts) -> Vec<Finding> {
    let told = |moved: Moved, found: fn(usize, Vec<LeaningPrice>) -> Found| {
        let named = moved.worst.into_iter().map(|it| LeaningPrice {
            item: it.list,
            list: around.named(it.list),
            product: facts.named(it.product),
            what: it.what,
        });
        (moved.prices > 0).then(|| Finding::of_list(found(moved.prices, named.collect())))
    };
    let Leaning { cost, floor, jump } = leaning;
    let found = [
        told(cost, |prices, worst| Found::LeaningBelowCost { prices, worst }),
        told(floor, |prices, worst| Found::LeaningBelowFloor { prices, worst }),
        told(jump, |prices, worst| Found::LeaningJump { prices, worst }),
    ];
    found.into_iter().flatten().collect()
}

fn goods_finding(key: &str, row: &EntryRow, facts: &KindFacts) -> Option<Finding> {
    match &row.goods {
        EntryGoods::Category(id) if facts.category(*id).is_none() => {
            Some(Finding::of_row(key, Found::UnknownCategory))
        }
        EntryGoods::Series(series) if !facts.has_series(series) => {
            Some(Finding::of_row(key, Found::UnknownSeries { series: series.clone() }))
        }
        _ => None,
    }
}

fn failing_findings(
    list: &PriceList,
    book: &BookRows,
    rows: &BTreeMap<String, EntryRow>,
    facts: &KindFacts,
    on: Date,
) -> Vec<Finding> {
    let keys = keys_of(rows);
    let finding = |Failing { point, refused }: Failing| {
        let (product, why) = (facts.named(refused.product()), refused.code());
        finding_at(&keys, &point, Found::FormulaWithoutFigure { product, why })
    };
    failing(list, book, on).into_iter().map(finding).collect()
}

/// A region's own list: each price outside blocks. HQ's list: each region that it puts outside is told.
fn corridor_findings(
    around: &Around,
    list: &PriceList,
    book: &BookRows,
    rows: &BTreeMap<String, EntryRow>,
    facts: &KindFacts,
    on: Date,
) -> Vec<Finding> {
    let corridor = Corridor::of(around.corridor.iter().copied());
    match list.class {
        PriceClass::Contract => Vec::new(),
        PriceClass::Region => {
            let around_it = Surroundings { rows: book, region: around.scope, corridor: &corridor, on };
            let keys = keys_of(rows);
            let finding = |outside: Outside| {
                let what = Found::OutsideCorridor {
                    product: facts.named(outside.product),
                    price: outside.price,
                    list_price: outside.list_price,
                    share: outside.share,
                    band: outside.band,
                    lowest: outside.lowest,
                    highest: outside.highest,
                    ask: around.ask.clone(),
                };
                finding_at(&keys, &outside.point, what)
            };
            outside(list, around_it).into_iter().map(finding).collect()
        }
        PriceClass::List => {
            let mut with = book.clone();
            with.lists.retain(|other| other.revision.item != list.revision.item);
            with.lists.push(list.clone());
            put_outside(&around.lists, (&with, true), &corridor, facts, on)
        }
    }
}

/// The regions' lists of which some prices lie outside of `corridor` beside these lists of HQ; `moves`: it is HQ's prices
/// that change, and not the corridor.
pub(super) fn put_outside(
    lists: &[ScopedList],
    (book, moves): (&BookRows, bool),
    corridor: &Corridor,
    facts: &KindFacts,
    on: Date,
) -> Vec<Finding> {
    let mut found = Vec::new();
    for ScopedList { scope, list } in lists.iter().filter(|it| it.list.class == PriceClass::Region) {
        let beside = Surroundings { rows: book, region: *scope, corridor, on };
        let out = outside(list, beside);
        if let Some(first) = out.first() {
            found.push(Finding::of_list(Found::PutsOutside {
                item: list.revision.item,
                list: list.name.clone(),
                rows: out.len(),
                product: facts.named(first.product),
                share: first.share,
                band: first.band,
                moved_to: (moves && !LIKELY_SHARES.contains(&first.share)).then_some(first.list_price),
            }));
        }
    }
    found
}

fn overlap_findings(
    around: &Around,
    list: PriceList,
    mut book: BookRows,
    rows: &BTreeMap<String, EntryRow>,
    facts: &KindFacts,
) -> Vec<Finding> {
    let keys = keys_of(rows);
    let item = list.revision.item;
    book.lists.retain(|other| other.revision.item != item);
    book.lists.push(list);
    let mut found = Vec::new();
    for conflict in overlaps_of(&book, item) {
        let Conflict::OverlappingPrice { lists: [one, other], goods, unit, min_qty } = conflict else {
            continue;
        };
        let other = if one == item { other } else { one };
        let what = Found::OverlappingList {
            item: other,
            list: around.named(other),
            goods: facts.goods_named(&goods),
        };
        let at = keys.iter().find(|(point, _)| {
            point.goods == goods && point.min_qty == min_qty && (point.unit == unit || point.unit.is_none())
        });
        found.push(match at {
            Some((_, key)) => Finding::of_row(key, what),
            None => Finding::of_list(what),
        });
    }
    found
}

fn keys_of(rows: &BTreeMap<String, EntryRow>) -> HashMap<EntryPoint, &str> {
    rows.iter().map(|(key, row)| (row.point(), key.as_str())).collect()
}

fn finding_at(keys: &HashMap<EntryPoint, &str>, point: &EntryPoint, what: Found) -> Finding {
    match keys.get(point) {
        Some(key) => Finding::of_row(key, what),
        None => Finding::of_list(what),
    }
}
