//! What the prices of lists come to when tiers fall: those that come to lie below cost or floor by it.

use std::cmp::{Ordering, Reverse};

use super::Found;
use super::risks::loss;
use crate::base::{BasisPoints, Date, ItemId, OutOfRange, ProductId, UnitPrice};
use crate::pricing::base_price::Question;
use crate::pricing::book::{BookRows, PriceBook};
use crate::pricing::corridor::{answers_itself, each_entry};
use crate::pricing::list::{EntryGoods, PriceClass, PriceList};
use crate::pricing::ratio::Ratio;
use crate::pricing::trace::tiered;

/// So many of the prices are named.
pub(super) const EXAMPLES_MAX: usize = 3;

/// A tier whose customers pay less than before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FallenTier {
    pub name: String,
    /// Of a tier that is new 100 %: customers without one pay what the list says.
    pub old: BasisPoints,
    pub new: BasisPoints,
}

/// What a fallen tier brings below cost and floor. What lay there before is not counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TierFall {
    pub tier: FallenTier,
    pub cost: Under,
    pub floor: Under,
}

/// The prices below the one or the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Under {
    pub prices: usize,
    /// A few of them, the worst first.
    pub worst: Vec<UnderPrice>,
    /// Those that come next, a few of each list: of them who does not see every list is told.
    pub next: Vec<UnderPrice>,
}

/// What the tier pays for a base unit, and the cost or the floor; both on the tax basis of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnderPrice {
    pub list: ItemId,
    pub product: ProductId,
    pub price: UnitPrice,
    pub least: UnitPrice,
}

/// What these tiers bring below cost and floor in `lists`, at every unit and break, from `on`; `rows` hold the products and
/// the lists that formulas ask.
///
/// Each price is worked out once, however many tiers fall, and compared at the lowest of them first. An entry for many
/// goods counts for those that it gives the price of.
pub fn check_tier_prices<'a>(
    fallen: Vec<FallenTier>,
    lists: impl IntoIterator<Item = &'a PriceList>,
    rows: BookRows,
    on: Date,
) -> Vec<TierFall> {
    let fall = |tier| TierFall { tier, cost: Under::default(), floor: Under::default() };
    let mut falls: Vec<TierFall> = fallen.into_iter().map(fall).collect();
    if falls.is_empty() {
        return falls;
    }
    let book = PriceBook::new(rows);
    for list in lists {
        let mut paying: Vec<&mut TierFall> = falls.iter_mut().filter(|it| it.is_paid(list)).collect();
        let Some(lowest) = paying.iter().map(|it| it.tier.new).min() else { continue };
        each_entry(list, &book, on, |asked, entry, _| {
            // What cannot be converted is far above any price that could be compared with it.
            let Ok((cost, floor)) = leasts(asked) else { return };
            let Some(highest_least) = highest(cost, floor) else { return };
            let single = matches!(entry.entry.goods, EntryGoods::Product(_));
            if !single && !answers_itself(asked, entry) {
                return;
            }
            // What cannot be computed the checks of its list name.
            let Ok(points) = asked.follow(entry, list) else { return };
            let Ok(exact) = asked.base_step(points).exact() else { return };
            if under(asked, exact, lowest, highest_least).is_some() {
                paying
                    .iter_mut()
                    .for_each(|it| it.look_at(list.revision.item, asked, (exact, [cost, floor])));
            }
        });
    }
    falls.iter_mut().for_each(|it| {
        it.cost.put_worst_first();
        it.floor.put_worst_first();
    });
    falls
}

impl Found {
    /// The lists of which `name_prices_of` decides.
    pub fn lists_named(&self) -> Vec<ItemId> {
        match self {
            Found::TierBelowCost { worst, .. } | Found::TierBelowFloor { worst, .. } => {
                worst.iter().map(|price| price.item).collect()
            }
            Found::LeaningBelowCost { worst, .. }
            | Found::LeaningBelowFloor { worst, .. }
            | Found::LeaningJump { worst, .. } => worst.iter().map(|price| price.item).collect(),
            _ => Vec::new(),
        }
    }

    /// Leaves a few named of the prices of lists that a tier brings below cost or floor, or another list moves: the worst of
    /// the lists that the reader sees. All stay counted: whoever publishes has to know that it reaches further than they
    /// see.
    pub fn name_prices_of(&mut self, sees: impl Fn(ItemId) -> bool) {
        match self {
            Found::TierBelowCost { worst, .. } | Found::TierBelowFloor { worst, .. } => {
                worst.retain(|price| sees(price.item));
                worst.truncate(EXAMPLES_MAX);
            }
            Found::LeaningBelowCost { worst, .. }
            | Found::LeaningBelowFloor { worst, .. }
            | Found::LeaningJump { worst, .. } => {
                worst.retain(|price| sees(price.item));
                worst.truncate(EXAMPLES_MAX);
            }
            _ => {}
        }
    }
}

impl TierFall {
    /// Whether customers of the tier pay less than the list says.
    fn is_paid(&self, list: &PriceList) -> bool {
        let applies = list.class != PriceClass::Contract || list.tier_applies;
        applies && list.who.tiers.as_ref().is_none_or(|named| named.contains(&self.tier.name))
    }

    /// `leasts` are the cost and the floor.
    fn look_at(&mut self, list: ItemId, asked: &Question<'_>, (exact, leasts): (Ratio, [Option<Ratio>; 2])) {
        let (old, new, product) = (self.tier.old, self.tier.new, asked.product.id);
        for (told, least) in [&mut self.cost, &mut self.floor].into_iter().zip(leasts) {
            let Some(least) = least else { continue };
            let Ok(told_least) = least.rounded().map(UnitPrice) else { continue };
            if let (None, Some(price)) = (under(asked, exact, old, least), under(asked, exact, new, least)) {
                told.add(UnderPrice { list, product, price, least: told_least });
            }
        }
    }
}

impl Under {
    fn add(&mut self, price: UnderPrice) {
        self.prices += 1;
        // Lists are walked one after the other: what is kept of this one stands at the end.
        let kept = self.worst.iter().rev().take_while(|it| it.list == price.list).count();
        let begun = self.worst.len() - kept;
        self.worst.push(price);
        if let Some(own) = self.worst.get_mut(begun..) {
            own.sort_by_key(|it| Reverse(loss(it.price, it.least)));
        }
        self.worst.truncate(begun + EXAMPLES_MAX);
    }

    fn put_worst_first(&mut self) {
        self.worst.sort_by_key(|it| Reverse(loss(it.price, it.least)));
        self.next = self.worst.split_off(self.worst.len().min(EXAMPLES_MAX));
    }
}

/// Cost and floor of a base unit, on the tax basis of the list, on which the question is asked.
fn leasts(asked: &Question<'_>) -> Result<(Option<Ratio>, Option<Ratio>), OutOfRange> {
    let includes_tax = asked.context.prices_include_tax;
    Ok((asked.product.cost_on(includes_tax)?, asked.product.floor_on(includes_tax)?))
}

/// The higher of the two.
fn highest(cost: Option<Ratio>, floor: Option<Ratio>) -> Option<Ratio> {
    match (cost, floor) {
        (Some(cost), Some(floor)) if cost.compare(floor) == Ok(Ordering::Less) => Some(floor),
        (Some(cost), _) => Some(cost),
        (None, floor) => floor,
    }
}

/// What is paid for a base unit at `percent`, where that is less than `least`. A figure too large to compare is far above.
fn under(asked: &Question<'_>, exact: Ratio, percent: BasisPoints, least: Ratio) -> Option<UnitPrice> {
    let price = || -> Result<Option<UnitPrice>, OutOfRange> {
        let of_unit = tiered(exact, percent, asked.product.price_decimals)?;
        let paid = Ratio::whole(of_unit.0).over(asked.factor.into())?;
        if paid.compare(least)? != Ordering::Less {
            return Ok(None);
        }
        Ok(Some(UnitPrice(paid.rounded()?)))
    };
    price().ok().flatten()
}
