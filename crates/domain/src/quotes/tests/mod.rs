//! The life of a quotation, told as a sales manager would.

mod agreeing;
mod changing;
mod drafting;
mod issuing;
mod set_prices;
mod sets;
mod share;
mod signing;
mod snapshots;
mod sold;

use crate::base::{
    BasisPoints, CustomerId, Date, Factor, ItemId, ProductId, UnitPrice, parse_date, parse_decimal,
};
use crate::catalog::Units;
use crate::pricing::{
    BookRows, CustomerFacts, EntryGoods, Gives, LimitRow, Moment, PriceBook, PriceClass, PriceEntry,
    PriceList, PricingContext, ProductFacts, Revision, Tier, Who, Window,
};
use crate::quotes::*;

pub fn day(text: &str) -> Date {
    parse_date(text).unwrap()
}

pub fn yuan(text: &str) -> UnitPrice {
    UnitPrice(parse_decimal(text, 4).unwrap())
}

/// A pail of wall paint, four in a box, floor 90.00.
pub fn pail() -> QuotedProduct {
    QuotedProduct {
        id: ProductId(1),
        code: "P1".to_string(),
        name: "外墙乳胶漆".to_string(),
        spec: "20kg".to_string(),
        units: Units::new("桶", vec![("箱".to_string(), Factor::new(4, 1).unwrap())]).unwrap(),
        tax_rate: BasisPoints::of_whole(1_300).unwrap(),
        archived: false,
        customer_code: None,
    }
}

/// The list in its revision `n`, at `price`, and tier A at 92 %.
pub fn book(n: i64, price: &str) -> PriceBook {
    let product = ProductFacts {
        id: ProductId(1),
        units: pail().units,
        category: None,
        series: None,
        tax_rate: pail().tax_rate,
        list_price: None,
        cost: Some(yuan("80.00")),
        floor_price: Some(yuan("90.00")),
        costs_include_tax: Some(true),
        price_decimals: 2,
    };
    let entry = PriceEntry {
        goods: EntryGoods::Product(ProductId(1)),
        unit: None,
        min_qty: crate::base::Qty::ZERO,
        window: Window::default(),
        gives: Gives::Price(yuan(price)),
        note: None,
    };
    let list = PriceList {
        revision: Revision { item: ItemId(5), n },
        name: "全国价目表".to_string(),
        class: PriceClass::List,
        who: Who::default(),
        window: Window::default(),
        base: None,
        tier_applies: false,
        includes_tax: Some(true),
        entries: vec![entry],
    };
    let percent = BasisPoints::of_markup(9_200).unwrap();
    let tier = Tier { name: "A".to_string(), percent, revision: Revision { item: ItemId(6), n: 1 } };
    PriceBook::new(BookRows {
        products: vec![product],
        lists: vec![list],
        tiers: vec![tier],
        ..BookRows::default()
    })
}

pub fn context(moment: &str) -> PricingContext {
    PricingContext {
        at: Moment::parse(moment).unwrap().0,
        prices_include_tax: true,
        customer: CustomerFacts {
            id: Some(CustomerId(1)),
            tier: Some("A".to_string()),
            ..CustomerFacts::default()
        },
        channel: None,
    }
}

pub fn line(id: &str, qty: &str, unit: &str) -> (DraftLine, QuotedProduct) {
    let qty = crate::base::Qty(parse_decimal(qty, 3).unwrap());
    let line = DraftLine {
        id: id.to_string(),
        product: ProductId(1),
        qty,
        unit: unit.to_string(),
        note: String::new(),
        extra: LineExtra::default(),
    };
    (line, pail())
}

/// E1's sixty pails at `price` before the tier.
pub fn sixty_pails(n: i64, price: &str) -> PricedDraft {
    price_draft(
        &book(n, price),
        &context("2026-05-05T10:00"),
        "苏州金鼎",
        vec![line("a", "60", "桶")],
        &Whole::default(),
    )
}

pub fn rule() -> IssueRule {
    let today = day("2026-05-05");
    IssueRule {
        person: crate::base::PersonId(9),
        today,
        valid_until: last_valid_day(None, today, 7),
        valid_until_max: days_after(today, VALID_DAYS_MAX),
        delivery_day: None,
        deposit: None,
        may_below_floor: false,
        sees_floor: true,
        floor_told: false,
        approvers: vec!["王建国".to_string()],
        limit: LimitRow::default(),
        deciders: Vec::new(),
    }
}
