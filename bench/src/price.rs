//! The price of a 20-line quotation over a list of 1,200 products, beside a loop that only looks up and multiplies.

use std::collections::{BTreeMap, HashMap};
use std::hint::black_box;
use std::time::{Duration, Instant};

use anyhow::Context;
use domain::base::{BasisPoints, CustomerId, Factor, ItemId, OrgId, ProductId, Qty, UnitPrice};
use domain::catalog::Units;
use domain::pricing::{
    BookRows, CustomerFacts, LineRequest, ListHead, Moment, PriceBook, PriceClass, PriceList, PricingContext,
    ProductFacts, Revision, Tier, Who, price_document, price_list_of_rows,
};

use crate::figure::{Figure, time};

const PRODUCTS: i64 = 1_200;
const MANY_PRODUCTS: i64 = 5_000;
const LINES: i64 = 20;
const RUNS: u32 = 2_000;
const WARM: Duration = Duration::from_micros(20);
const COMPILED: Duration = Duration::from_secs(1);

/// The figures of `price`.
pub fn measure() -> anyhow::Result<Vec<Figure>> {
    let lines: Vec<LineRequest> = (0..LINES).map(line).collect();
    let context = context().context("moment")?;
    let prices: HashMap<i64, i64> = (1..=PRODUCTS).map(|id| (id, price_of(id))).collect();
    let floor = time(RUNS, || {
        black_box(plain_sum(&prices, black_box(&lines)));
    });
    let one_list = priced(&book(PRODUCTS, 1)?, &context, &lines)?;
    let some = priced(&book(MANY_PRODUCTS, 10)?, &context, &lines)?;
    let began = Instant::now();
    let large = book(MANY_PRODUCTS, 100)?;
    let compiled = began.elapsed();
    let many = priced(&large, &context, &lines)?;
    let what = |entries: &str| format!("price of a 20-line quotation, with trace, {entries} in force");
    let one = "1,200 prices";
    let few = "50,000 prices in 10 lists";
    let some_of = Figure::times(&what(few), some, one, one_list);
    let many_of = Figure::times(&what("500,000 prices in 100 lists, 95 of them contracts"), many, few, some);
    let steady = many.as_secs_f64() <= 1.3 * some.as_secs_f64();
    let compiling = "500,000 prices made into a book, from their rows as text";
    Ok(vec![
        Figure::times(&what(one), one_list, "plain loop", floor),
        some_of.with_budget("≤ 20 µs".to_owned(), some <= WARM),
        many_of.with_budget("≤ 1.3 times".to_owned(), steady),
        Figure::at_most(compiling, compiled, COMPILED),
    ])
}

fn priced(book: &PriceBook, context: &PricingContext, lines: &[LineRequest]) -> anyhow::Result<Duration> {
    price_document(book, context, lines).map_err(|refused| anyhow::anyhow!("{refused:?}"))?;
    Ok(time(RUNS, || {
        black_box(price_document(book, context, black_box(lines)).is_ok());
    }))
}

/// So many products in so many lists that each price all of them: the first for everybody, four for a region each,
/// the others contracts of a customer each. Read from the rows as they are stored.
fn book(products: i64, lists: i64) -> anyhow::Result<PriceBook> {
    let rows: Vec<(String, String)> = (1..=products).map(row).collect();
    let regions = BTreeMap::new();
    let list = |nth: i64| {
        let rows = rows.iter().map(|(key, content)| (key.as_str(), content.as_str()));
        let revision = Revision { item: ItemId(nth), n: 12 };
        let head = ListHead { revision, name: "list", scope: OrgId(1), regions: &regions };
        let list = price_list_of_rows(&head, rows).map_err(|bad| anyhow::anyhow!("{bad:?}"))?;
        Ok(addressed(list, nth))
    };
    let lists = (1..=lists).map(list).collect::<anyhow::Result<Vec<PriceList>>>()?;
    Ok(PriceBook::new(BookRows {
        products: (1..=products).map(product).collect::<Option<_>>().context("products")?,
        category_parents: Vec::new(),
        lists,
        tiers: vec![tier().context("tier")?],
    }))
}

fn row(id: i64) -> (String, String) {
    let price = UnitPrice(price_of(id)).to_yuan();
    (format!("P{id}"), format!(r#"{{"product":{id},"price":"{price}"}}"#))
}

fn addressed(list: PriceList, nth: i64) -> PriceList {
    match nth {
        1 => list,
        2..=5 => {
            let who = Who { regions: Some(vec![OrgId(nth)]), ..Who::default() };
            PriceList { class: PriceClass::Region, who, ..list }
        }
        _ => {
            let who = Who { customers: Some(vec![CustomerId(nth)]), ..Who::default() };
            PriceList { class: PriceClass::Contract, who, ..list }
        }
    }
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
        costs_include_tax: Some(true),
        price_decimals: 2,
    })
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
        customer: CustomerFacts {
            id: Some(CustomerId(6)),
            region: Some(OrgId(2)),
            tier: Some("A".to_owned()),
            ..CustomerFacts::default()
        },
        channel: None,
    })
}
