//! The checks of a price list.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};

use super::{Finding, Findings, Found};
use crate::base::{BasisPoints, Date, Factor, OutOfRange, ProductId, Qty, UnitPrice, round_half_away};
use crate::pricing::book::ProductFacts;
use crate::pricing::entry_row::EntryRow;
use crate::pricing::list::{EntryGoods, Gives, PriceClass, Tier};
use crate::pricing::list_row::ListRow;
use crate::pricing::ratio::Ratio;
use crate::pricing::trace::tiered;

/// Most rows of one price list.
pub const PRICE_ROWS_MAX: usize = 200_000;
/// A price that moves by more than so many percent is told.
pub const JUMP_PERCENT: i64 = 30;

/// What is checked.
#[derive(Clone, Copy, Debug)]
pub struct PriceCheck<'a> {
    /// The whole list as it would be, by key.
    pub rows: &'a BTreeMap<String, EntryRow>,
    pub list: Option<&'a ListRow>,
    /// The whole list as it is.
    pub in_force: &'a BTreeMap<String, EntryRow>,
    pub list_in_force: Option<&'a ListRow>,
    /// The tiers in force.
    pub tiers: &'a [Tier],
    /// The day from which the rows would be in force.
    pub on: Date,
}

/// A product as the checks need it.
#[derive(Clone, Copy, Debug)]
pub struct CheckedProduct<'a> {
    pub facts: &'a ProductFacts,
    pub archived: bool,
}

/// The findings about a price list. A row that stays as it is, is not blamed for what happened around it.
pub fn check_price_rows<'a>(
    check: PriceCheck<'_>,
    product: impl Fn(ProductId) -> Option<CheckedProduct<'a>>,
) -> Findings {
    let mut found = list_findings(&check);
    let points = Points::of(check.rows, &product);
    let old_points = Points::of(check.in_force, &product);
    // A list without its row is not published at all.
    let lowest = check.list.map_or(BasisPoints::WHOLE, |list| list.lowest_percent(check.tiers));
    let includes_tax = check.list.is_none_or(|list| list.includes_tax);
    for (key, row) in check.rows.iter().filter(|(key, row)| check.in_force.get(*key) != Some(*row)) {
        let mut tell = |what| found.push(Finding::of_row(key, what));
        row_findings(&check, row, &mut tell);
        let Some(id) = row.product() else {
            found.extend(points.beside(key, row, None, check.on));
            continue;
        };
        let Some(known) = product(id) else {
            tell(Found::UnknownProduct);
            continue;
        };
        if known.archived {
            tell(Found::ArchivedProduct);
        }
        let unit = row.unit.as_deref().unwrap_or(known.facts.units.base());
        let Some(factor) = known.facts.units.factor(unit) else {
            tell(Found::UnknownUnit { unit: unit.to_string() });
            continue;
        };
        // A figure too large to compare is far above any cost or floor.
        if let Gives::Price(price) = row.gives {
            let sold = Sold { facts: known.facts, factor, includes_tax };
            found.extend(cost_findings(key, price, sold, lowest).unwrap_or_default());
        }
        found.extend(points.beside(key, row, Some(known.facts), check.on));
        found.extend(old_points.jump(key, row, known.facts, check.on));
        found.extend(points.apart((key.as_str(), row), known.facts, &check));
    }
    found.extend(points.without_base_price(&check, product));
    Findings::of(found)
}

fn list_findings(check: &PriceCheck<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    if check.rows.len() > PRICE_ROWS_MAX {
        let (rows, rows_max) = (check.rows.len(), PRICE_ROWS_MAX);
        found.push(Finding::of_list(Found::TooManyRows { rows, rows_max }));
    }
    if let Some(list) = check.list {
        match (list.from, list.to) {
            (Some(from), Some(to)) if to < from => {
                found.push(Finding::of_list(Found::EmptyRange { from, to }));
            }
            (_, Some(to)) if to < check.on => found.push(Finding::of_list(Found::ListEnded { to })),
            _ => {}
        }
    }
    match (check.list, check.list_in_force) {
        (None, _) => found.push(Finding::of_list(Found::TaxBasisMissing)),
        (Some(new), Some(old)) if new.includes_tax != old.includes_tax => {
            found.push(Finding::of_list(Found::TaxBasisChanged { includes_tax: new.includes_tax }));
        }
        (Some(_), _) => {}
    }
    found
}

fn row_findings(check: &PriceCheck<'_>, row: &EntryRow, tell: &mut impl FnMut(Found)) {
    if row.price() == Some(UnitPrice(0)) {
        tell(Found::PriceZero);
    }
    match (row.from, row.to) {
        (Some(from), Some(to)) if to < from => tell(Found::EmptyRange { from, to }),
        (_, Some(to)) if to < check.on => tell(Found::AlreadyEnded { to }),
        _ => {}
    }
}

/// What a price is of: so many base units of a product, on the tax basis of the list that gives it.
#[derive(Clone, Copy)]
pub(super) struct Sold<'a> {
    pub facts: &'a ProductFacts,
    pub factor: Factor,
    pub includes_tax: bool,
}

/// Below cost, and below the floor at the lowest tier.
fn cost_findings(
    key: &str,
    price_of_unit: UnitPrice,
    sold: Sold<'_>,
    lowest_tier: BasisPoints,
) -> Result<Vec<Finding>, OutOfRange> {
    // A price of zero is told as that.
    if price_of_unit <= UnitPrice(0) {
        return Ok(Vec::new());
    }
    let under_cost = cheaper(price_of_unit, sold)?;
    let under_floor = below_floor(Ratio::whole(price_of_unit.0), sold, lowest_tier)?;
    Ok(under_cost.into_iter().chain(under_floor).map(|what| Finding::of_row(key, what)).collect())
}

/// That `exact` of one unit lies below the floor at the lowest tier. The floor is told on the tax basis of the list.
pub(super) fn below_floor(
    exact: Ratio,
    Sold { facts, factor, includes_tax }: Sold<'_>,
    lowest_tier: BasisPoints,
) -> Result<Option<Found>, OutOfRange> {
    let Some(floor) = facts.floor_on(includes_tax)? else { return Ok(None) };
    let at_lowest = tiered(exact, lowest_tier, facts.price_decimals)?;
    let lowest = Ratio::whole(at_lowest.0).over(factor.into())?;
    if lowest.compare(floor)? != Ordering::Less {
        return Ok(None);
    }
    let (unit, lowest) = (facts.units.base().to_string(), UnitPrice(lowest.rounded()?));
    let listed = exact.over(factor.into())?.compare(floor)? == Ordering::Less;
    let floor = UnitPrice(floor.rounded()?);
    Ok(Some(Found::BelowFloor { unit, lowest, floor, tier_percent: lowest_tier, listed }))
}

/// That the row of a list on this tax basis sells below cost, as the checks tell it; `None` when it does not or nothing is
/// known.
pub fn below_cost(row: &EntryRow, facts: &ProductFacts, includes_tax: bool) -> Option<Found> {
    let factor = facts.units.factor(row.unit.as_deref().unwrap_or(facts.units.base()))?;
    let price = row.price().filter(|price| *price > UnitPrice(0))?;
    cheaper(price, Sold { facts, factor, includes_tax }).ok().flatten()
}

/// That a price of one unit lies below cost. The cost is told on the tax basis of the list.
pub(super) fn cheaper(
    price_of_unit: UnitPrice,
    Sold { facts, factor, includes_tax }: Sold<'_>,
) -> Result<Option<Found>, OutOfRange> {
    let Some(cost) = facts.cost_on(includes_tax)? else { return Ok(None) };
    let price = Ratio::whole(price_of_unit.0).over(factor.into())?;
    if price.compare(cost)? != Ordering::Less {
        return Ok(None);
    }
    let (unit, price) = (facts.units.base().to_string(), UnitPrice(price.rounded()?));
    Ok(Some(Found::BelowCost { unit, price, cost: UnitPrice(cost.rounded()?) }))
}

/// That the new price lies too far from the old one.
pub(super) fn jumped(old: UnitPrice, new: UnitPrice) -> Option<Found> {
    let moved = i128::from(new.0) - i128::from(old.0);
    let far = moved.abs() * 100 > i128::from(old.0) * i128::from(JUMP_PERCENT);
    if old.0 <= 0 || !far {
        return None;
    }
    let change = round_half_away(moved * 10_000, i128::from(old.0)).ok()?;
    Some(Found::PriceJump { old, new, change })
}

/// That the price of one `unit` lies too far from that of as many base units.
fn units_apart(
    (unit, factor, price): (&str, Factor, UnitPrice),
    (base_unit, base_price): (&str, UnitPrice),
) -> Result<Option<Found>, OutOfRange> {
    // A price of zero is told as that.
    if price <= UnitPrice(0) || base_price <= UnitPrice(0) {
        return Ok(None);
    }
    let each = Ratio::whole(price.0).over(factor.into())?;
    let base = Ratio::whole(base_price.0);
    let at = |percent: i64| base.times(Ratio::whole(percent));
    let hundredfold = each.times(Ratio::whole(100))?;
    let above = hundredfold.compare(at(100 + JUMP_PERCENT)?)? == Ordering::Greater;
    let below = hundredfold.compare(at(100 - JUMP_PERCENT)?)? == Ordering::Less;
    if !above && !below {
        return Ok(None);
    }
    let moved = each.plus(Ratio::whole(-base_price.0))?;
    let change = moved.times(Ratio::whole(10_000))?.over(base)?.rounded()?;
    let (unit, base_unit, each) = (unit.to_string(), base_unit.to_string(), UnitPrice(each.rounded()?));
    Ok(Some(Found::UnitsApart { unit, price, base_unit, each, base_price, change }))
}

/// Goods, unit (`None` is the base unit of a product, however it is written) and break.
type Point<'a> = (&'a EntryGoods, Option<&'a str>, Qty);

/// The rows of a list by what they price, whatever their days.
struct Points<'a> {
    rows: HashMap<Point<'a>, Vec<(&'a str, &'a EntryRow)>>,
}

impl<'a> Points<'a> {
    fn of<'p>(
        rows: &'a BTreeMap<String, EntryRow>,
        product: &impl Fn(ProductId) -> Option<CheckedProduct<'p>>,
    ) -> Points<'a> {
        let mut points: HashMap<Point<'a>, Vec<(&'a str, &'a EntryRow)>> = HashMap::with_capacity(rows.len());
        for (key, row) in rows {
            let facts = row.product().and_then(product).map(|known| known.facts);
            points.entry(point(row, facts)).or_default().push((key, row));
        }
        Points { rows: points }
    }

    fn same<'s>(&'s self, row: &'s EntryRow, facts: Option<&ProductFacts>) -> &'s [(&'s str, &'s EntryRow)] {
        self.rows.get(&point(row, facts)).map(Vec::as_slice).unwrap_or_default()
    }

    /// Rows of the same point: an equal first day overlaps, a later one that has begun goes on winning.
    fn beside(&self, key: &str, row: &EntryRow, facts: Option<&ProductFacts>, on: Date) -> Vec<Finding> {
        let mut found = Vec::new();
        for (other_key, other) in self.same(row, facts).iter().filter(|(other_key, _)| *other_key != key) {
            if other.from == row.from && !row.window().is_empty() && !other.window().is_empty() {
                let other_key = other_key.to_string();
                found.push(Finding::of_row(key, Found::OverlappingPrice { other_key }));
            }
            let begins = row.from.map_or(on, |from| from.max(on));
            let wins = other.from > row.from && holds(other, begins);
            if wins && row.to.is_none_or(|to| to >= begins) {
                let by_key = other_key.to_string();
                found.push(Finding::of_row(key, Found::Overruled { by_key, until: other.to }));
            }
        }
        found
    }

    /// How far the row moves from what these rows give on its first day.
    fn jump(&self, key: &str, row: &EntryRow, facts: &ProductFacts, on: Date) -> Option<Finding> {
        let begins = row.from.map_or(on, |from| from.max(on));
        let holding = self.same(row, Some(facts)).iter().filter(|(_, old)| holds(old, begins));
        let (_, old) = holding.max_by_key(|(_, old)| old.from)?;
        // A price of zero is told as that.
        let new = row.price().filter(|price| *price > UnitPrice(0))?;
        jumped(old.price()?, new).map(|what| Finding::of_row(key, what))
    }

    /// The row without a break that gives the price of this unit on that day.
    fn holding<'s>(
        &'s self,
        goods: &'s EntryGoods,
        unit: Option<&'s str>,
        day: Date,
    ) -> Option<(&'s str, &'s EntryRow)> {
        let rows = self.rows.get(&(goods, unit, Qty::ZERO))?;
        rows.iter().filter(|(_, row)| holds(row, day)).max_by_key(|(_, row)| row.from).copied()
    }

    /// How far the price of a packaging unit lies from that of the base unit on the first day of the row; at a row of the
    /// base unit it is told where the other row stays as it is, so that a pair is told once.
    fn apart(
        &self,
        (key, row): (&str, &EntryRow),
        facts: &ProductFacts,
        check: &PriceCheck<'_>,
    ) -> Option<Finding> {
        let price = row.price().filter(|_| row.min_qty == Qty::ZERO)?;
        let begins = row.from.map_or(check.on, |from| from.max(check.on));
        let base = facts.units.base();
        let found = match row.unit.as_deref().filter(|unit| *unit != base) {
            Some(unit) => {
                let base_price = self.holding(&row.goods, None, begins)?.1.price()?;
                units_apart((unit, facts.units.factor(unit)?, price), (base, base_price)).ok()?
            }
            None => facts.units.others().iter().find_map(|(unit, factor)| {
                let stays = |(key, other): &(&str, &EntryRow)| check.in_force.get(*key) == Some(*other);
                let other = self.holding(&row.goods, Some(unit.as_str()), begins).filter(stays)?.1.price()?;
                units_apart((unit.as_str(), *factor, other), (base, price)).ok().flatten()
            }),
        };
        found.map(|what| Finding::of_row(key, what))
    }

    /// Changed products that no row prices from the first base unit on.
    fn without_base_price<'p>(
        &self,
        check: &PriceCheck<'_>,
        product: impl Fn(ProductId) -> Option<CheckedProduct<'p>>,
    ) -> Vec<Finding> {
        // What is said of many goods may price them, and a region's or a customer's list leaves the rest to the list.
        let of_many = check.rows.values().any(|row| row.product().is_none());
        if of_many || check.list.is_some_and(|list| list.class != PriceClass::List) {
            return Vec::new();
        }
        let mut first_keys: BTreeMap<ProductId, &str> = BTreeMap::new();
        for (key, row) in check.rows.iter().filter(|(key, row)| check.in_force.get(*key) != Some(*row)) {
            if let Some(id) = row.product() {
                first_keys.entry(id).or_insert(key);
            }
        }
        let mut found = Vec::new();
        for (id, key) in first_keys {
            let priced = self.rows.contains_key(&(&EntryGoods::Product(id), None, Qty::ZERO));
            let facts = product(id).map(|known| known.facts).filter(|facts| facts.list_price.is_none());
            if let Some(facts) = facts.filter(|_| !priced) {
                let unit = facts.units.base().to_string();
                found.push(Finding::of_row(key, Found::NoPriceForBaseUnit { unit }));
            }
        }
        found
    }
}

fn point<'a>(row: &'a EntryRow, facts: Option<&ProductFacts>) -> Point<'a> {
    let base = facts.map(|facts| facts.units.base());
    (&row.goods, row.unit.as_deref().filter(|unit| Some(*unit) != base), row.min_qty)
}

fn holds(row: &EntryRow, day: Date) -> bool {
    row.from.is_none_or(|from| from <= day) && row.to.is_none_or(|to| day <= to)
}
