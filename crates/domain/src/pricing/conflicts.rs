//! What lists must not be published with: equal overlaps, emptied criteria, empty windows, lost references, circles.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde::Serialize;

use super::book::{BookRows, PriceBook, ProductFacts};
use super::floor::{lowest_percent, lowest_under_floor};
use super::list::{EntryGoods, PriceClass, PriceEntry, PriceList};
use super::moment::{Moment, Window};
use super::price::PricingContext;
use super::who::WhoRank;
use crate::base::{CategoryId, ItemId, ProductId, Qty, UnitPrice};

/// A conflict with its facts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Conflict {
    /// Two entries that nothing but the lower id tells apart, at one moment. `lists` may be twice the same.
    OverlappingPrice {
        lists: [ItemId; 2],
        goods: EntryGoods,
        unit: Option<String>,
        min_qty: Qty,
    },
    /// A criterion of `for` that fits nobody.
    EmptyList {
        list: ItemId,
        criterion: &'static str,
    },
    /// A window that ends before it begins, of the list or of its entries for `goods`.
    EmptyRange {
        list: ItemId,
        goods: Option<EntryGoods>,
    },
    UnknownReference {
        list: ItemId,
        to: Reference,
    },
    /// Lists that name each other as base.
    Cycle {
        lists: Vec<ItemId>,
    },
    /// Categories that lie within each other.
    CategoryCycle {
        categories: Vec<CategoryId>,
    },
    /// With the deepest tier, the price may fall under the floor.
    BelowFloorPossible {
        list: ItemId,
        product: ProductId,
        lowest: UnitPrice,
        floor: UnitPrice,
    },
}

/// What a list names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reference {
    Base(ItemId),
    Product(ProductId),
}

impl Conflict {
    /// Whether it must be mended before publishing; the others warn.
    pub fn blocks(&self) -> bool {
        match self {
            Conflict::BelowFloorPossible { .. } => false,
            Conflict::OverlappingPrice { .. }
            | Conflict::EmptyList { .. }
            | Conflict::EmptyRange { .. }
            | Conflict::UnknownReference { .. }
            | Conflict::Cycle { .. }
            | Conflict::CategoryCycle { .. } => true,
        }
    }

    pub fn code(&self) -> &'static str {
        match self {
            Conflict::OverlappingPrice { .. } => "overlapping_price",
            Conflict::EmptyList { .. } => "empty_list",
            Conflict::EmptyRange { .. } => "empty_range",
            Conflict::UnknownReference { .. } => "unknown_reference",
            Conflict::Cycle { .. } | Conflict::CategoryCycle { .. } => "cycle",
            Conflict::BelowFloorPossible { .. } => "below_floor_possible",
        }
    }
}

/// Every conflict of `rows`, sorted, each once. `context` says the day and the tax basis of the floor check.
pub fn conflicts(rows: &BookRows, context: &PricingContext) -> Vec<Conflict> {
    let mut found = BTreeSet::new();
    overlaps(rows, &mut found);
    for list in &rows.lists {
        let id = list.revision.item;
        found.extend(
            list.who.emptied().into_iter().map(|criterion| Conflict::EmptyList { list: id, criterion }),
        );
        if list.window.is_empty() {
            found.insert(Conflict::EmptyRange { list: id, goods: None });
        }
        let empty = list.entries.iter().filter(|entry| entry.window.is_empty());
        found.extend(empty.map(|entry| Conflict::EmptyRange { list: id, goods: Some(entry.goods.clone()) }));
    }
    lost_references(rows, &mut found);
    found.extend(list_circles(&rows.lists).into_iter().map(|lists| Conflict::Cycle { lists }));
    found.extend(
        category_circles(&rows.category_parents)
            .into_iter()
            .map(|categories| Conflict::CategoryCycle { categories }),
    );
    below_floor(rows, context, &mut found);
    found.into_iter().collect()
}

/// What the list `item` and another list both say of the same goods, with nothing but the lower id to tell them apart.
pub fn overlaps_of(rows: &BookRows, item: ItemId) -> Vec<Conflict> {
    let mut found = BTreeSet::new();
    overlaps(rows, &mut found);
    let concerns = |conflict: &Conflict| match conflict {
        Conflict::OverlappingPrice { lists: [one, other], .. } => {
            one != other && (*one == item || *other == item)
        }
        _ => false,
    };
    found.into_iter().filter(concerns).collect()
}

/// All that decides between two entries before their ids do.
type Equal<'a> = (PriceClass, WhoRank, &'a EntryGoods, Option<&'a str>, Qty, Option<Moment>, Option<Moment>);

fn overlaps(rows: &BookRows, found: &mut BTreeSet<Conflict>) {
    let base_units: HashMap<ProductId, &str> =
        rows.products.iter().map(|product| (product.id, product.units.base())).collect();
    let mut equals: BTreeMap<Equal<'_>, Vec<(&PriceList, &PriceEntry)>> = BTreeMap::new();
    for list in &rows.lists {
        for entry in list.entries.iter().filter(|entry| !effective(list, entry).is_empty()) {
            let base = match &entry.goods {
                EntryGoods::Product(id) => base_units.get(id).copied(),
                EntryGoods::All | EntryGoods::Category(_) | EntryGoods::Series(_) => None,
            };
            let unit = entry.unit.as_deref().filter(|unit| Some(*unit) != base);
            let (entry_from, list_from) = (entry.window.from, list.window.from);
            let key = (list.class, list.who.rank(), &entry.goods, unit, entry.min_qty, entry_from, list_from);
            equals.entry(key).or_default().push((list, entry));
        }
    }
    for ((_, _, goods, unit, min_qty, ..), same) in equals.iter().filter(|(_, same)| same.len() > 1) {
        let mut by_list: BTreeMap<ItemId, Vec<&(&PriceList, &PriceEntry)>> = BTreeMap::new();
        for entry in same {
            by_list.entry(entry.0.revision.item).or_default().push(entry);
        }
        let mut report = |one: ItemId, other: ItemId| {
            let lists = [one.min(other), one.max(other)];
            let unit = unit.map(str::to_string);
            found.insert(Conflict::OverlappingPrice {
                lists,
                goods: (*goods).clone(),
                unit,
                min_qty: *min_qty,
            });
        };
        // Their windows begin together and none is empty, so they overlap.
        for (id, _) in by_list.iter().filter(|(_, entries)| entries.len() > 1) {
            report(*id, *id);
        }
        let firsts: Vec<&PriceList> =
            by_list.values().filter_map(|entries| entries.first()).map(|it| it.0).collect();
        for (place, one) in firsts.iter().enumerate() {
            for other in firsts.iter().skip(place + 1).filter(|other| one.who.may_meet(&other.who)) {
                report(one.revision.item, other.revision.item);
            }
        }
    }
}

/// When both the list and its entry hold.
fn effective(list: &PriceList, entry: &PriceEntry) -> Window {
    let from = list.window.from.max(entry.window.from);
    let to = match (list.window.to, entry.window.to) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    };
    Window { from, to }
}

fn lost_references(rows: &BookRows, found: &mut BTreeSet<Conflict>) {
    let products: HashSet<ProductId> = rows.products.iter().map(|product| product.id).collect();
    let lists: HashSet<ItemId> = rows.lists.iter().map(|list| list.revision.item).collect();
    for list in &rows.lists {
        let id = list.revision.item;
        if let Some(base) = list.base.filter(|base| !lists.contains(base)) {
            found.insert(Conflict::UnknownReference { list: id, to: Reference::Base(base) });
        }
        for entry in &list.entries {
            if let EntryGoods::Product(product) = entry.goods
                && !products.contains(&product)
            {
                found.insert(Conflict::UnknownReference { list: id, to: Reference::Product(product) });
            }
        }
    }
}

fn list_circles(lists: &[PriceList]) -> Vec<Vec<ItemId>> {
    circles(lists.iter().filter_map(|list| list.base.map(|base| (list.revision.item, base))).collect())
}

fn category_circles(parents: &[(CategoryId, CategoryId)]) -> Vec<Vec<CategoryId>> {
    circles(parents.iter().copied().collect())
}

/// Every circle of "points to", each once, beginning with its lowest member.
fn circles<T: Copy + Ord + std::hash::Hash>(next: BTreeMap<T, T>) -> Vec<Vec<T>> {
    let mut done = HashSet::new();
    let mut circles = Vec::new();
    for start in next.keys() {
        let mut path = Vec::new();
        let mut on_path = HashSet::new();
        let mut at = *start;
        while done.insert(at) {
            path.push(at);
            on_path.insert(at);
            match next.get(&at) {
                Some(to) => at = *to,
                None => break,
            }
        }
        if !on_path.contains(&at) || !next.contains_key(&at) {
            continue;
        }
        let mut circle: Vec<T> = path.into_iter().skip_while(|member| *member != at).collect();
        let lowest =
            circle.iter().enumerate().min_by_key(|(_, member)| **member).map_or(0, |(place, _)| place);
        circle.rotate_left(lowest);
        circles.push(circle);
    }
    circles
}

fn below_floor(rows: &BookRows, context: &PricingContext, found: &mut BTreeSet<Conflict>) {
    let book = PriceBook::new(rows.clone());
    let floored: Vec<&ProductFacts> = rows.products.iter().filter(|it| it.floor_price.is_some()).collect();
    for list in &rows.lists {
        let named = list.who.tiers.as_deref();
        let tier = lowest_percent(&rows.tiers, (list.class, list.tier_applies), named);
        for product in &floored {
            if let Some((lowest, floor)) = lowest_under_floor(&book, context, product, list, tier) {
                let (list, product) = (list.revision.item, product.id);
                found.insert(Conflict::BelowFloorPossible { list, product, lowest, floor });
            }
        }
    }
}
