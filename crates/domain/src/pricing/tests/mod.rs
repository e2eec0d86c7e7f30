//! The rules of base prices, tiers, rounding and tax, told as a sales manager would.

mod checks;
mod computed;
mod conflicts;
mod corridor;
mod figures;
mod leaning;
mod manual;
mod properties;
mod room;
mod selection;
mod tier_prices;

use super::*;
use crate::base::{
    BasisPoints, CategoryId, CustomerId, Factor, ItemId, OrgId, ProductId, Qty, UnitPrice, parse_decimal,
};
use crate::catalog::Units;

/// The region of the builder, and another one.
pub const SUZHOU: OrgId = OrgId(2);
pub const NANJING: OrgId = OrgId(3);

/// A pail of wall paint: 4 in a box, cost 98.00, floor 90.00, 13 % tax.
pub fn pail() -> ProductFacts {
    ProductFacts {
        id: ProductId(1),
        units: Units::new("桶", vec![("箱".to_string(), Factor::new(4, 1).unwrap())]).unwrap(),
        category: Some(CategoryId(12)),
        series: Some("净味".to_string()),
        tax_rate: BasisPoints::of_whole(1_300).unwrap(),
        list_price: None,
        cost: Some(yuan("98.00")),
        floor_price: Some(yuan("90.00")),
        costs_include_tax: None,
        price_decimals: 2,
    }
}

/// An empty list with item id `item`, in its revision 12, for everyone.
pub fn list(item: i64) -> PriceList {
    PriceList {
        revision: Revision { item: ItemId(item), n: 12 },
        name: format!("价目表{item}"),
        class: PriceClass::List,
        who: Who::default(),
        window: Window::default(),
        base: None,
        tier_applies: false,
        includes_tax: None,
        entries: Vec::new(),
    }
}

/// A price of the pail.
pub fn entry(price: &str) -> PriceEntry {
    PriceEntry {
        goods: EntryGoods::Product(ProductId(1)),
        unit: None,
        min_qty: Qty::ZERO,
        window: Window::default(),
        gives: Gives::Price(yuan(price)),
        note: None,
    }
}

pub fn formula(of: FormulaOf, percent: &str, plus: &str) -> Gives {
    Gives::Formula(Formula { of, percent: share(percent), plus: yuan(plus) })
}

pub fn tier(name: &str, percent: &str) -> Tier {
    Tier { name: name.to_string(), percent: share(percent), revision: Revision { item: ItemId(900), n: 3 } }
}

pub fn yuan(text: &str) -> UnitPrice {
    UnitPrice(parse_decimal(text, 4).unwrap())
}

pub fn share(text: &str) -> BasisPoints {
    BasisPoints::of_markup(u32::try_from(parse_decimal(text, 2).unwrap()).unwrap()).unwrap()
}

pub fn moment(text: &str) -> Moment {
    Moment::parse(text).unwrap().0
}

pub fn days(from: &str, to: &str) -> Window {
    Window::days(crate::base::parse_date(from), crate::base::parse_date(to))
}

/// The builder in 苏州, tier A, on 5 May; prices include tax.
pub fn context() -> PricingContext {
    PricingContext {
        at: moment("2026-05-05T10:00"),
        prices_include_tax: true,
        customer: CustomerFacts {
            id: Some(CustomerId(1)),
            kind: Some("工程商".to_string()),
            tier: Some("A".to_string()),
            tags: vec!["季节性客户".to_string()],
            region: Some(SUZHOU),
        },
        channel: Some("柜台".to_string()),
    }
}

pub fn line(qty: &str, unit: &str) -> LineRequest {
    let qty = Qty(parse_decimal(qty, 3).unwrap());
    LineRequest { product: ProductId(1), qty, unit: Some(unit.to_string()) }
}

/// Lists over the pail, without tiers.
pub fn rows(lists: Vec<PriceList>) -> BookRows {
    BookRows {
        products: vec![pail()],
        // 外墙涂料 (12) lies in 涂料 (11), that in 建材 (10).
        category_parents: vec![(CategoryId(12), CategoryId(11)), (CategoryId(11), CategoryId(10))],
        lists,
        tiers: Vec::new(),
    }
}

pub fn priced(
    rows: BookRows,
    context: &PricingContext,
    line: LineRequest,
) -> Result<PricedLine, PricingRefused> {
    price_lines(&PriceBook::new(rows), context, &[line]).pop().unwrap()
}
