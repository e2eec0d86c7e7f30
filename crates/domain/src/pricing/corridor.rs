//! HQ's corridor: how far a region's prices may lie from HQ's list prices, by region and category.

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use super::base_price::Question;
use super::book::{BookEntry, BookRows, PriceBook, ProductFacts};
use super::entry_row::EntryPoint;
use super::figure::read_percent;
use super::list::{EntryGoods, Gives, PriceClass, PriceList};
use super::moment::Moment;
use super::price::PricingContext;
use super::ratio::Ratio;
use super::refused::PricingRefused;
use super::rows::{RowFault, RowField};
use super::trace::{PricePoint, price_step};
use super::who::CustomerFacts;
use crate::base::{BasisPoints, CategoryId, Date, OrgId, OutOfRange, ProductId, UnitPrice, read_fields};

/// How far the prices of a region (or of all) for a category (or for all) may go, in percent of HQ's list price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CorridorRow {
    pub region: Option<OrgId>,
    /// The category and everything beneath it that has no row of its own.
    pub category: Option<CategoryId>,
    pub band: Band,
}

/// Both ends are allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Band {
    #[serde(serialize_with = "super::written::percent")]
    pub min: BasisPoints,
    #[serde(serialize_with = "super::written::percent")]
    pub max: BasisPoints,
}

/// All rows; the most specific one counts: the region's before those for all, then the nearest category's.
#[derive(Clone, Debug, Default)]
pub struct Corridor {
    bands: HashMap<(Option<OrgId>, Option<CategoryId>), Band>,
}

/// A price outside of its corridor. Prices are per unit of the entry, on the tax basis of the region's list; where one
/// comes from the cost, both are rounded as they are paid, since what stood before rounding tells more of the cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outside {
    pub point: EntryPoint,
    pub product: ProductId,
    pub price: UnitPrice,
    pub list_price: UnitPrice,
    /// `price` in percent of `list_price`, in basis points.
    pub share: i64,
    pub band: Band,
    pub lowest: UnitPrice,
    pub highest: UnitPrice,
}

/// Between what a price may stand, both ends allowed. Prices are per unit of the entry, on the tax basis of the region's
/// list; the ends are rounded inwards to what prices of the product are written in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceRange {
    pub point: EntryPoint,
    pub list_price: UnitPrice,
    pub lowest: UnitPrice,
    pub highest: UnitPrice,
}

/// A formula that has no figure for a product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failing {
    pub point: EntryPoint,
    pub refused: PricingRefused,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct CorridorContent {
    #[serde(default)]
    region: Option<i64>,
    #[serde(default)]
    category: Option<i64>,
    min: String,
    max: String,
}

impl CorridorRow {
    /// Reads the content of a row.
    pub fn read(content: &str) -> Result<CorridorRow, RowFault> {
        let content: CorridorContent = read_fields(content).map_err(RowFault::of_reading)?;
        let percent =
            |text: &str, field| read_percent(text).map_err(|fault| RowFault::Figure { field, fault });
        let (min, max) = (percent(&content.min, RowField::Min)?, percent(&content.max, RowField::Max)?);
        if max < min {
            return Err(RowFault::BandTurned);
        }
        Ok(CorridorRow {
            region: content.region.map(OrgId),
            category: content.category.map(CategoryId),
            band: Band { min, max },
        })
    }

    /// The content that `read` reads back; equal rows have equal content.
    pub fn content(&self) -> String {
        let content = CorridorContent {
            region: self.region.map(|region| region.0),
            category: self.category.map(|category| category.0),
            min: self.band.min.to_percent(),
            max: self.band.max.to_percent(),
        };
        serde_json::to_string(&content).unwrap_or_default()
    }

    /// Region and category, `*` for all.
    pub fn key(&self) -> String {
        let text = |id: Option<i64>| id.map_or_else(|| "*".to_string(), |id| id.to_string());
        format!("{}|{}", text(self.region.map(|id| id.0)), text(self.category.map(|id| id.0)))
    }
}

impl Corridor {
    pub fn of(rows: impl IntoIterator<Item = CorridorRow>) -> Corridor {
        Corridor { bands: rows.into_iter().map(|row| ((row.region, row.category), row.band)).collect() }
    }

    /// The band for goods in these categories, the nearest first; `None` where nothing is said.
    pub fn band(&self, region: OrgId, categories: &[CategoryId]) -> Option<Band> {
        let places = || categories.iter().copied().map(Some).chain([None]);
        let of = |region: Option<OrgId>| places().find_map(|at| self.bands.get(&(region, at)).copied());
        of(Some(region)).or_else(|| of(None))
    }
}

/// What the region's own list is compared with.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'a> {
    /// Products, categories, and the lists besides the region's own.
    pub rows: &'a BookRows,
    pub region: OrgId,
    pub corridor: &'a Corridor,
    /// The day from which it is looked at.
    pub on: Date,
}

/// Every price of `list` that lies outside of the region's corridor, each once for each product.
///
/// A product for which HQ has no price, or nothing is said, is not judged.
pub fn outside(list: &PriceList, around: Surroundings<'_>) -> Vec<Outside> {
    let mut found = Vec::new();
    each_beside(list, around, |asked, entry, (of_hq, hq_by_cost), band| {
        let figure = asked.follow(entry, list).map_err(|_| OutOfRange).and_then(|own| {
            let by_cost = hq_by_cost || own.iter().any(PricePoint::leans_on_cost);
            Ok((exact(asked, own)?, of_hq, by_cost))
        });
        if let Ok(figures) = figure
            && let Ok(Some(outside)) = judged(asked, entry, figures, band)
        {
            found.push(outside);
        }
    });
    found
}

/// Between what each price of `list` for a single product may stand. What is not judged has no range.
pub fn ranges(list: &PriceList, around: Surroundings<'_>) -> Vec<PriceRange> {
    let mut found = Vec::new();
    each_beside(list, around, |asked, entry, (of_hq, by_cost), band| {
        let single = matches!(entry.entry.goods, EntryGoods::Product(_));
        let Ok(of_hq) = told_of_hq(asked, of_hq, by_cost) else { return };
        if let (true, Ok((lowest, highest)), Ok(list_price)) =
            (single, ends(asked, of_hq, band), of_hq.rounded())
        {
            found.push(PriceRange {
                point: point_of(entry),
                list_price: UnitPrice(list_price),
                lowest,
                highest,
            });
        }
    });
    found
}

/// Every price of `list` that is judged, with HQ's price for the same, whether that comes from the cost, and the band.
fn each_beside(
    list: &PriceList,
    around: Surroundings<'_>,
    mut see: impl FnMut(&Question<'_>, BookEntry<'_>, (Ratio, bool), Band),
) {
    let hq = PriceBook::new(hq_rows(around.rows));
    let both = book_with(list, around.rows);
    each_point(list, &both, around.on, |asked, entry, context| {
        let Ok(goods) = asked.goods() else { return };
        let categories: Vec<CategoryId> = goods.iter().filter_map(|(goods, _)| goods.category()).collect();
        let Some(band) = around.corridor.band(around.region, &categories) else { return };
        let lists = hq.lists_for(context);
        let beside = Question { book: &hq, context, lists: &lists, ..*asked };
        let of_hq = beside.ask().map_err(|_| OutOfRange).and_then(|(points, _)| {
            let by_cost = points.iter().any(PricePoint::leans_on_cost);
            Ok((exact(&beside, points)?, by_cost))
        });
        if let Ok(of_hq) = of_hq {
            see(asked, entry, of_hq, band);
        }
    });
}

/// HQ's price as it is told: one that comes from the cost is told as it is paid, else the cost could be worked out.
fn told_of_hq(asked: &Question<'_>, of_hq: Ratio, by_cost: bool) -> Result<Ratio, OutOfRange> {
    if !by_cost {
        return Ok(of_hq);
    }
    let rounded = of_hq.rounded_to(price_step(asked.product.price_decimals))?;
    Ok(Ratio::whole(rounded))
}

/// The lowest and the highest price within the band.
fn ends(asked: &Question<'_>, of_hq: Ratio, band: Band) -> Result<(UnitPrice, UnitPrice), OutOfRange> {
    let step = price_step(asked.product.price_decimals);
    let of = |percent: BasisPoints| of_hq.times(Ratio::of(percent.get(), 10_000)?);
    let (min, max) = (of(band.min)?, of(band.max)?);
    let (low, high) = (min.rounded_to(step)?, max.rounded_to(step)?);
    let below = Ratio::whole(low).compare(min)? == Ordering::Less;
    let above = Ratio::whole(high).compare(max)? == Ordering::Greater;
    let lowest = if below { low.saturating_add(i64::from(step)) } else { low };
    let highest = if above { high.saturating_sub(i64::from(step)) } else { high };
    Ok((UnitPrice(lowest), UnitPrice(highest)))
}

/// The formulas of `list` that have no figure for a product they are for, each with the first such product.
pub fn failing(list: &PriceList, rows: &BookRows, on: Date) -> Vec<Failing> {
    let book = book_with(list, rows);
    let mut found: Vec<Failing> = Vec::new();
    each_point(list, &book, on, |asked, entry, _| {
        let point = point_of(entry);
        if matches!(entry.entry.gives, Gives::Price(_)) || found.iter().any(|it| it.point == point) {
            return;
        }
        if let Err(refused) = asked.follow(entry, list) {
            found.push(Failing { point, refused });
        }
    });
    found
}

/// Asks for each product and each entry of `list` that answers it, at the entry's own unit, quantity and first day.
fn each_point(
    list: &PriceList,
    book: &PriceBook,
    on: Date,
    mut see: impl FnMut(&Question<'_>, BookEntry<'_>, &PricingContext),
) {
    each_entry(list, book, on, |asked, entry, context| {
        // What another entry of the list wins is judged where that one stands.
        if answers_itself(asked, entry) {
            see(asked, entry, context);
        }
    });
}

/// Whether no other entry of its list wins what the entry is asked.
pub(super) fn answers_itself(asked: &Question<'_>, found: BookEntry<'_>) -> bool {
    matches!(asked.answer_of(found.list), Ok(Some((best, _))) if std::ptr::eq(best.entry, found.entry))
}

/// Asks for each product and each entry of `list` that is for it, whichever wins, at the entry's own unit, quantity and
/// first day.
pub(super) fn each_entry(
    list: &PriceList,
    book: &PriceBook,
    on: Date,
    see: impl FnMut(&Question<'_>, BookEntry<'_>, &PricingContext),
) {
    each_entry_of(list, (book, products_of(list, book)), Moment::start_of(on), see);
}

/// The same for these products alone, and from a moment on.
pub(super) fn each_entry_of<'b>(
    list: &PriceList,
    (book, products): (&'b PriceBook, Vec<&'b ProductFacts>),
    since: Moment,
    mut see: impl FnMut(&Question<'_>, BookEntry<'_>, &PricingContext),
) {
    let Some(place) = book.place_of(list.revision.item) else { return };
    for product in products {
        for found in own_entries(book, product, place) {
            let at = [Some(since), list.window.from, found.entry.window.from];
            let at = at.into_iter().flatten().max().unwrap_or_default();
            if !found.entry.window.holds(at) || list.window.to.is_some_and(|to| to < at) {
                continue;
            }
            let region = list.who.regions.as_ref().and_then(|regions| regions.first().copied());
            let context = PricingContext {
                at,
                prices_include_tax: list.includes_tax.unwrap_or(true),
                customer: CustomerFacts { region, ..CustomerFacts::default() },
                channel: None,
            };
            let unit = found.entry.unit.as_deref().unwrap_or(product.units.base());
            let Some(factor) = product.units.factor(unit) else { continue };
            let base_qty = Ratio::whole(found.entry.min_qty.0);
            // Only this one list is asked, whatever its days, and the base lists of its formulas.
            let asked = Question { book, context: &context, lists: &[], product, unit, factor, base_qty };
            see(&asked, found, &context);
        }
    }
}

/// The products that entries of `list` can be for, by id: only those that it names, unless an entry is for many. A contract
/// of a few prices is looked at as fast whatever the catalogue holds.
pub(super) fn products_of<'b>(list: &PriceList, book: &'b PriceBook) -> Vec<&'b ProductFacts> {
    let mut named = BTreeSet::new();
    for entry in &list.entries {
        match &entry.goods {
            EntryGoods::Product(id) => named.insert(*id),
            EntryGoods::Series(_) | EntryGoods::Category(_) | EntryGoods::All => return book.products(),
        };
    }
    named.into_iter().filter_map(|id| book.product(id)).collect()
}

fn own_entries<'b>(
    book: &'b PriceBook,
    product: &'b ProductFacts,
    place: usize,
) -> impl Iterator<Item = BookEntry<'b>> {
    let goods = super::base_price::goods_of(book, product).unwrap_or_default();
    goods.into_iter().flat_map(move |(goods, _)| book.entries_of(place, goods))
}

fn judged(
    asked: &Question<'_>,
    entry: BookEntry<'_>,
    (price, of_hq, by_cost): (Ratio, Ratio, bool),
    band: Band,
) -> Result<Option<Outside>, OutOfRange> {
    let of = |percent: BasisPoints| of_hq.times(Ratio::of(percent.get(), 10_000)?);
    let too_low = price.compare(of(band.min)?)? == Ordering::Less;
    let too_high = price.compare(of(band.max)?)? == Ordering::Greater;
    if !too_low && !too_high {
        return Ok(None);
    }
    let step = if by_cost { price_step(asked.product.price_decimals) } else { 1 };
    let list_price = match of_hq.rounded_to(step)? {
        // A share of nothing cannot be told.
        0 => UnitPrice(of_hq.rounded()?),
        rounded => UnitPrice(rounded),
    };
    let price = UnitPrice(price.rounded_to(step)?);
    let share = crate::base::round_half_away(i128::from(price.0) * 10_000, i128::from(list_price.0))?;
    let (lowest, highest) = ends(asked, told_of_hq(asked, of_hq, by_cost)?, band)?;
    let (point, product) = (point_of(entry), asked.product.id);
    Ok(Some(Outside { point, product, price, list_price, share, band, lowest, highest }))
}

fn exact(asked: &Question<'_>, points: Vec<PricePoint>) -> Result<Ratio, OutOfRange> {
    asked.base_step(points).exact()
}

pub(super) fn point_of(found: BookEntry<'_>) -> EntryPoint {
    let entry = found.entry;
    EntryPoint {
        goods: entry.goods.clone(),
        unit: entry.unit.clone(),
        min_qty: entry.min_qty,
        from: entry.window.from.map(Moment::day),
    }
}

/// HQ's own list prices: no region's, no contract's.
fn hq_rows(rows: &BookRows) -> BookRows {
    let lists = rows.lists.iter().filter(|list| list.class == PriceClass::List).cloned().collect();
    BookRows { lists, ..rows.clone() }
}

/// HQ's lists and this one in place of its older self.
pub(super) fn book_with(list: &PriceList, rows: &BookRows) -> PriceBook {
    let mut rows = hq_rows(rows);
    rows.lists.retain(|other| other.revision.item != list.revision.item);
    rows.lists.push(list.clone());
    PriceBook::new(rows)
}
