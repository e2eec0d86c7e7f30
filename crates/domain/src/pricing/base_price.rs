//! Stage 1: which entry gives the base price.
//!
//! Of the entries that hold for customer, moment, unit and quantity the first in this order answers: class of the list
//! (contract, region, list), the most specific `for`, the narrowest goods (product, series, nearest category, all), the
//! line's own unit, the largest break that is reached, the latest first day of the entry, then of the list, the list
//! with the lower id. `Rank` is this order. A formula asks on until a price or a figure of the product ends the chain.

use std::cmp::{Ordering, Reverse};

use super::book::{BookEntry, Goods, PriceBook, ProductFacts};
use super::list::{Formula, FormulaOf, Gives, PriceClass, PriceList};
use super::moment::Moment;
use super::price::PricingContext;
use super::ratio::Ratio;
use super::refused::PricingRefused;
use super::trace::{BaseStep, PointGives, PointList, PricePoint};
use super::who::WhoRank;
use crate::base::{Factor, Qty, UnitPrice};

/// One line's question for a base price.
pub(super) struct Question<'a> {
    pub book: &'a PriceBook,
    pub context: &'a PricingContext,
    /// Places of the lists that are for this customer now: `PriceBook::lists_for`.
    pub lists: &'a [usize],
    pub product: &'a ProductFacts,
    pub unit: &'a str,
    pub factor: Factor,
    /// Quantity of this product in the whole document, in 0.001 base units.
    pub base_qty: Ratio,
}

/// What decides between two entries that answer, most important first; the greater wins.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Rank<'a> {
    class: PriceClass,
    who: WhoRank,
    /// Product, then series, then the nearest category, then all.
    goods: GoodsRank,
    own_unit: bool,
    min_qty: Qty,
    entry_from: Option<Moment>,
    list_from: Option<Moment>,
    lower_list: Reverse<usize>,
    // Two equal entries of one list are refused at publish; here the cheaper wins whatever their order.
    cheaper: Reverse<&'a Gives>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum GoodsRank {
    All,
    Category(Reverse<usize>),
    Series,
    Product,
}

impl Question<'_> {
    /// The step from these price points to the price of one unit of the question; what it comes to is not known yet.
    pub fn base_step(&self, points: Vec<PricePoint>) -> BaseStep {
        BaseStep {
            points,
            unit: self.unit.to_string(),
            factor: self.factor,
            tax_rate: self.product.tax_rate,
            includes_tax: self.context.prices_include_tax,
            price_decimals: self.product.price_decimals,
            out: UnitPrice::default(),
        }
    }

    /// The price points of the base price, the answering entry first, and the place of its list.
    pub fn ask(&self) -> Result<(Vec<PricePoint>, Option<usize>), PricingRefused> {
        let document = self.context.prices_include_tax;
        let Some((found, list)) = self.answer()? else {
            return Ok((vec![self.list_price(document)?], None));
        };
        Ok((self.follow(found, list)?, Some(found.list)))
    }

    /// The entry, and what its formula asks, until a price or a figure of the product ends the chain.
    pub fn follow<'b>(
        &'b self,
        found: BookEntry<'b>,
        list: &'b PriceList,
    ) -> Result<Vec<PricePoint>, PricingRefused> {
        let (mut found, mut list) = (found, list);
        let mut points = Vec::with_capacity(1);
        // The lists below the first one; most prices ask none.
        let (first, mut asked) = (found.list, Vec::new());
        loop {
            let includes_tax = list.includes_tax.unwrap_or(self.context.prices_include_tax);
            points.push(self.point(found, list, includes_tax));
            let Gives::Formula(formula) = found.entry.gives else {
                return Ok(points);
            };
            match self.asked_by(formula, list, (first, &mut asked))? {
                Some(next) => (found, list) = next,
                None => {
                    points.push(self.own_figure(formula, list, includes_tax)?);
                    return Ok(points);
                }
            }
        }
    }

    /// The entry of the base list that a formula asks; `None` when it asks a figure of the product.
    fn asked_by(
        &self,
        formula: Formula,
        list: &PriceList,
        (first, asked): (usize, &mut Vec<usize>),
    ) -> Result<Option<(BookEntry<'_>, &PriceList)>, PricingRefused> {
        let place = match (formula.of, list.base) {
            (FormulaOf::Base, Some(base)) => self.book.place_of(base),
            _ => None,
        };
        let Some(place) = place else {
            return Ok(None);
        };
        if place == first || asked.contains(&place) {
            return Err(PricingRefused::Cycle { product: self.product.id, list: Some(list.revision.item) });
        }
        asked.push(place);
        self.answer_of(place)
    }

    fn own_figure(
        &self,
        formula: Formula,
        list: &PriceList,
        includes_tax: bool,
    ) -> Result<PricePoint, PricingRefused> {
        match formula.of {
            FormulaOf::Base | FormulaOf::ListPrice => self.list_price(includes_tax),
            FormulaOf::Cost => {
                let price = self.product.cost.ok_or(PricingRefused::NoCost {
                    product: self.product.id,
                    list: list.revision.item,
                    on: self.context.at.day(),
                })?;
                let includes_tax = self.product.costs_basis(includes_tax);
                Ok(PricePoint { list: None, includes_tax, gives: PointGives::Cost { price } })
            }
        }
    }

    fn list_price(&self, includes_tax: bool) -> Result<PricePoint, PricingRefused> {
        let missing = || PricingRefused::NoPrice { product: self.product.id, on: self.context.at.day() };
        let price = self.product.list_price.ok_or_else(missing)?;
        Ok(PricePoint { list: None, includes_tax, gives: PointGives::ListPrice { price } })
    }

    fn point(&self, found: BookEntry<'_>, list: &PriceList, includes_tax: bool) -> PricePoint {
        let gives = match found.entry.gives {
            Gives::Price(price) => PointGives::Price { price, per_line_unit: self.per_line_unit(found) },
            Gives::Formula(formula) => PointGives::Formula { formula },
        };
        let since = found.entry.window.from.or(list.window.from).map(Moment::day);
        let list = PointList {
            revision: list.revision,
            name: list.name.clone(),
            since,
            min_qty: found.entry.min_qty,
            note: found.entry.note.clone(),
        };
        PricePoint { list: Some(list), includes_tax, gives }
    }

    /// How many units of the entry one unit of the line holds.
    fn per_line_unit(&self, found: BookEntry<'_>) -> Factor {
        if self.entry_unit(found) == self.unit { Factor::ONE } else { self.factor }
    }

    pub fn entry_unit<'b>(&'b self, found: BookEntry<'b>) -> &'b str {
        found.entry.unit.as_deref().unwrap_or(self.product.units.base())
    }

    /// The best entry of the lists at these places. A formula's base is asked whatever its own `for` and dates say.
    fn best(&self, asked: &[usize]) -> Result<Option<(BookEntry<'_>, &PriceList)>, PricingRefused> {
        let mut best: Option<(Rank<'_>, BookEntry<'_>, &PriceList)> = None;
        for (goods, goods_rank) in self.goods()? {
            for place in asked {
                let Some(list) = self.book.list(*place) else {
                    continue;
                };
                for found in self.book.entries_of(*place, goods) {
                    if !self.answers(found)? {
                        continue;
                    }
                    let rank = self.rank(found, list, goods_rank);
                    if best.as_ref().is_none_or(|(highest, ..)| rank > *highest) {
                        best = Some((rank, found, list));
                    }
                }
            }
        }
        Ok(best.map(|(_, found, list)| (found, list)))
    }

    /// The goods that this product belongs to, the narrowest first.
    pub fn goods(&self) -> Result<Vec<(Goods<'_>, GoodsRank)>, PricingRefused> {
        goods_of(self.book, self.product)
    }

    /// The entry of the list at `place` that answers, whatever the list's own `for` and dates say.
    pub fn answer_of(&self, place: usize) -> Result<Option<(BookEntry<'_>, &PriceList)>, PricingRefused> {
        self.best(&[place])
    }

    /// The entry that answers among all lists that are for this customer now.
    pub fn answer(&self) -> Result<Option<(BookEntry<'_>, &PriceList)>, PricingRefused> {
        self.best(self.lists)
    }

    /// Whether an entry of a list that is asked answers this question.
    fn answers(&self, found: BookEntry<'_>) -> Result<bool, PricingRefused> {
        let entry_unit = self.entry_unit(found);
        let sold_so = entry_unit == self.unit || entry_unit == self.product.units.base();
        if !sold_so || !found.entry.window.holds(self.context.at) {
            return Ok(false);
        }
        let reached = self.base_qty.compare(Ratio::whole(found.entry.min_qty.0));
        let reached = reached.map_err(PricingRefused::too_large(self.product.id))?;
        Ok(reached != Ordering::Less)
    }

    fn rank<'b>(&self, found: BookEntry<'b>, list: &PriceList, goods: GoodsRank) -> Rank<'b> {
        Rank {
            class: list.class,
            who: list.who.rank(),
            goods,
            own_unit: self.entry_unit(found) == self.unit,
            min_qty: found.entry.min_qty,
            entry_from: found.entry.window.from,
            list_from: list.window.from,
            lower_list: Reverse(found.list),
            cheaper: Reverse(&found.entry.gives),
        }
    }
}

/// The goods that a product belongs to, the narrowest first.
pub(super) fn goods_of<'a>(
    book: &PriceBook,
    product: &'a ProductFacts,
) -> Result<Vec<(Goods<'a>, GoodsRank)>, PricingRefused> {
    let mut goods = Vec::with_capacity(4);
    goods.push((Goods::Product(product.id), GoodsRank::Product));
    if let Some(series) = &product.series {
        goods.push((Goods::Series(series), GoodsRank::Series));
    }
    let mut category = product.category;
    let mut steps = 0;
    while let Some(id) = category {
        if steps > book.category_steps_max() {
            return Err(PricingRefused::Cycle { product: product.id, list: None });
        }
        goods.push((Goods::Category(id), GoodsRank::Category(Reverse(steps))));
        category = book.parent(id);
        steps += 1;
    }
    goods.push((Goods::All, GoodsRank::All));
    Ok(goods)
}

/// The cost and the floor of one unit of the line, before conversion of tax.
pub(super) fn per_line_unit(price: UnitPrice, factor: Factor) -> Result<Ratio, crate::base::OutOfRange> {
    Ratio::whole(price.0).times(factor.into())
}
