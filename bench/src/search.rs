//! Finding products over HTTP among 50,000: by a part of their names, by the beginning of a code, by pinyin initials.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, anyhow, ensure};
use domain::base::{BasisPoints, ProductId};
use domain::catalog::{Product, Units};
use serde_json::Value;
use store::catalog::Barcode;
use store::{Store, StoreError};

use crate::company::{Company, SELLER_ACCOUNT};
use crate::figure::{Figure, median, percentile};
use crate::process;
use crate::start::Running;
use crate::visitor::{Visitor, asked, escaped};

const PRODUCTS: usize = 50_000;
const AT_ONCE: usize = 1_000;
const TIMES: usize = 1_000;
const LONGEST: Duration = Duration::from_secs(60);
const SLOWEST: Duration = Duration::from_millis(15);
const BRANDS: [&str; 8] = ["立邦", "多乐士", "三棵树", "嘉宝莉", "东方雨虹", "德高", "马贝", "圣戈班"];
const MANNERS: [&str; 6] = ["净味", "耐候", "抗碱", "哑光", "弹性", "防霉"];
const KINDS: [&str; 8] =
    ["外墙乳胶漆", "内墙乳胶漆", "腻子粉", "瓷砖胶", "防水涂料", "纸面石膏板", "轻钢龙骨", "美缝剂"];
const SPECS: [&str; 5] = ["20kg", "5L", "18L", "1200x2400x9.5mm", "25mm"];
/// What is typed, and of what kind it is; the last two find nearly everything and nothing.
const TYPED: [(&str, &[&str]); 4] = [
    ("part of a Chinese name", &["乳胶漆", "防水涂料", "石膏板", "三棵树 净味", "雨虹耐候", "漆"]),
    ("beginning of a code", &["hx-0", "hx-012", "hx-04999", "hx-49"]),
    ("pinyin initials", &["lbjw", "wqrjq", "dlsnh", "czj", "qglg"]),
    ("what nearly all have, and what none has", &["h", "2", "没有的货"]),
];

/// The figures of `search`.
pub fn measure() -> anyhow::Result<Vec<Figure>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let company = runtime.block_on(async {
        let company = Company::made().await?;
        catalogue(&company.ctx.store).await?;
        anyhow::Ok(company)
    })?;
    let folder = company.closed();
    drop(runtime);
    let program = Running::start(folder.path())?;
    let seller = Visitor::signed_in(program.address(), SELLER_ACCOUNT, 1)?;
    let of_initials = found(&seller, "lbjw")?;
    ensure!(of_initials > 100, "only {of_initials} products are found by their initials");
    let mut figures = Vec::new();
    let (mut all, mut busy) = (Vec::new(), Duration::ZERO);
    for (what, typed) in TYPED {
        let paths: Vec<String> = typed.iter().map(|typed| path(typed)).collect();
        let before = process::busy(&program.id())?;
        let times = asked(TIMES, LONGEST, |nth| {
            let path = paths.get(nth % paths.len()).context("a search")?;
            seller.read(path).map(drop)
        })?;
        busy += process::busy(&program.id())?.saturating_sub(before);
        let what = format!("search in {PRODUCTS} products, {what}: p50");
        figures.push(Figure::alone(&what, median(times.clone())));
        figures.push(Figure::at_most("the same, p99", percentile(times.clone(), 99), SLOWEST));
        all.extend(times);
    }
    let each = busy / u32::try_from(all.len())?;
    figures.push(Figure::alone("processor's time of the program for one search", each));
    figures.push(Figure::at_most("all these searches, p99", percentile(all, 99), SLOWEST));
    Ok(figures)
}

fn path(typed: &str) -> String {
    format!("/api/products?limit=20&q={}", escaped(typed))
}

fn found(seller: &Visitor, typed: &str) -> anyhow::Result<i64> {
    let page = seller.get(&path(typed))?;
    page.get("total").and_then(Value::as_i64).context("how many there are")
}

/// Adds the products as the catalogue writes them: with their initials and all that they are found by.
async fn catalogue(store: &Store) -> anyhow::Result<()> {
    for from in (0..PRODUCTS).step_by(AT_ONCE) {
        let goods: Arc<Vec<(Product, Barcode)>> =
            Arc::new((from..from + AT_ONCE).map(product).collect::<anyhow::Result<_>>()?);
        let made = store.change(move |tx| {
            let goods = goods.clone();
            Box::pin(async move {
                let now = store::events::moment(tx).await?.now;
                for (product, barcode) in goods.iter() {
                    store::catalog::insert(tx, product, std::slice::from_ref(barcode), now).await?;
                }
                Ok(())
            })
        });
        let made: Result<(), StoreError> = made.await;
        made?;
    }
    Ok(())
}

fn product(nth: usize) -> anyhow::Result<(Product, Barcode)> {
    let of = |words: &[&'static str], nth: usize| words.get(nth % words.len()).copied().unwrap_or_default();
    let (brand, manner) = (of(&BRANDS, nth), of(&MANNERS, nth / 8));
    let kind = of(&KINDS, nth / 48);
    let code = format!("HX-{nth:05}");
    let barcode = Barcode { code: format!("69{nth:011}"), unit: "桶".to_owned() };
    let product = Product {
        id: ProductId(0),
        code,
        name: format!("{brand}{manner}{kind} {} 号", nth % 97),
        spec: Some(of(&SPECS, nth / 384).to_owned()),
        category: None,
        series: Some(format!("{brand}{manner}系列")),
        barcode: Some(barcode.code.clone()),
        units: Units::only("桶").map_err(|faults| anyhow!("{faults:?}"))?,
        tax_rate: BasisPoints::of_whole(1_300).context("a rate")?,
        list_price: None,
        cost: None,
        floor_price: None,
        price_decimals: 2,
        archived: false,
    };
    Ok((product, barcode))
}
