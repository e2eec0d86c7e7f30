//! The price of a 20-line quotation over a list of 1,200 products, beside a loop that only looks up and multiplies.

use std::collections::HashMap;
use std::hint::black_box;

use anyhow::Context;
use domain::base::{BasisPoints, Factor, ItemId, ProductId, Qty, UnitPrice};
use domain::catalog::Units;
use domain::pricing::{
    BookRows, CustomerFacts, EntryGoods, Gives, LineRequest, Moment, PriceBook, PriceClass, PriceEntry,
    PriceList, PricingContext, ProductFacts, Revision, Tier, Who, Window, price_document,
};

use crate::figure::{Figure, time};

const PRODUCTS: i64 = 1_200;
const LINES: i64 = 20;
const RUNS: u32 = 2_000;

/// The figure of `price`.
pub fn measure() -> anyhow::Result<Vec<Figure>> {
    let book = PriceBook::new(BookRows {
        products: (1..=PRODUCTS).map(product).collect::<Option<_>>().context("products")?,
        category_parents: Vec::new(),
        lists: vec![list()],
        tiers: vec![tier().context("tier")?],
    });
    let lines: Vec<LineRequest> = (0..LINES).map(line).collect();
    let context = context().context("moment")?;
    price_document(&book, &context, &lines).map_err(|refused| anyhow::anyhow!("{refused:?}"))?;
    let measured = time(RUNS, || {
        black_box(price_document(&book, &context, black_box(&lines)).is_ok());
    });
    let prices: HashMap<i64, i64> = (1..=PRODUCTS).map(|id| (id, price_of(id))).collect();
    let floor = time(RUNS, || {
        black_box(plain_sum(&prices, black_box(&lines)));
    });
    Ok(vec![Figure::times("price of a 20-line quotation, with trace", measured, "plain loop", floor)])
}

fn plain_sum(prices: &HashMap<i64, i64>, lines: &[LineRequest]) -> i64 {
    lines.iter().filter_map(|line| Some(prices.get(&line.product.0)? * line.qty.0 / 1_000)).sum()
}

fn price_of(id: i64) -> i64 {
    (id * 7_919) % 3_000_000 + 10_000
}

fn product(id: i64) -> Option<ProductFacts> {
    Some(ProductFacts {
        id: ProductId(id),
        units: Units::new("桶", vec![("箱".to_owned(), Factor::new(4, 1)?)]).ok()?,
        category: None,
        series: None,
        tax_rate: BasisPoints::of_whole(1_300)?,
        list_price: None,
        cost: None,
        floor_price: Some(UnitPrice(5_000)),
        price_decimals: 2,
    })
}

fn list() -> PriceList {
    PriceList {
        revision: Revision { item: ItemId(1), n: 12 },
        name: "价目表".to_owned(),
        class: PriceClass::List,
        who: Who::default(),
        window: Window::default(),
        base: None,
        tier_applies: false,
        includes_tax: None,
        entries: (1..=PRODUCTS).map(entry).collect(),
    }
}

fn entry(id: i64) -> PriceEntry {
    PriceEntry {
        goods: EntryGoods::Product(ProductId(id)),
        unit: None,
        min_qty: Qty::ZERO,
        window: Window::default(),
        gives: Gives::Price(UnitPrice(price_of(id))),
        note: None,
    }
}

fn tier() -> Option<Tier> {
    let percent = BasisPoints::of_markup(9_200)?;
    Some(Tier { name: "A".to_owned(), percent, revision: Revision { item: ItemId(2), n: 1 } })
}

fn line(at: i64) -> LineRequest {
    LineRequest { product: ProductId(at * 57 + 1), qty: Qty(60_000), unit: Some("桶".to_owned()) }
}

fn context() -> Option<PricingContext> {
    Some(PricingContext {
        at: Moment::parse("2026-05-05T10:00")?.0,
        prices_include_tax: true,
        customer: CustomerFacts { tier: Some("A".to_owned()), ..CustomerFacts::default() },
        channel: None,
    })
}
