//! A price file of 200,000 rows from its bytes to the preview inside one process, as time and as memory, beside reading
//! its cells alone. As people bring it, over HTTP: `upload`.

use std::fmt::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{anyhow, ensure};
use app::Ctx;
use app::config::{self, ImportState};
use app::ports::{SheetCell, SheetReader, SheetTable, SheetWriter};
use connect::sheets::Sheets;
use domain::access::Actor;
use domain::base::{DraftId, PersonId};
use domain::config::Kind;
use rusqlite::Connection;
use store::StoreError;

use crate::company::{Company, failed};
use crate::figure::{Figure, median};
use crate::process::{self, OURSELVES};

/// Products of the catalogue, each with so many quantity breaks in the file.
pub const PRODUCTS: usize = 50_000;
pub const BREAKS: usize = 4;
const ROUNDS: usize = 3;
const PREVIEW: Duration = Duration::from_secs(6);
const PEAK_MIB: u64 = 300;
pub const MADE: &str = "
    INSERT INTO product (code, name, spec, category_id, series, base_unit, tax_rate, cost, floor_price, price_decimals,
        archived, initials, search, version, created_at, updated_at)
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
    SELECT 'BENCH-' || i, 'product ' || i, '20kg', NULL, NULL, p.base_unit, p.tax_rate, NULL, NULL, p.price_decimals, 0,
        '', 'bench', 1, p.created_at, p.updated_at
    FROM n CROSS JOIN (SELECT * FROM product ORDER BY id LIMIT 1) p";
const AUTHOR: &str = "
    SELECT x.person_id AS id FROM person_role x JOIN role r ON r.id = x.role_id
    WHERE r.role_key = 'hq_operations' ORDER BY x.person_id LIMIT 1";

/// The figures of `imports`.
pub fn measure() -> anyhow::Result<Vec<Figure>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let company = Company::made().await?;
        let beside = Connection::open(company.folder().join("huxi.db"))?;
        beside.execute(MADE, [i64::try_from(PRODUCTS)?])?;
        let ctx = company.ctx.clone().with_sheets(Arc::new(Sheets));
        let author = author(&ctx).await?;
        let item = config::items(&ctx, &author, Some(Kind::PriceList)).await.map_err(failed)?;
        let item = item.first().ok_or_else(|| anyhow!("no price list"))?.item.id;
        let draft = config::create_draft(&ctx, &author, item, "bench").await.map_err(failed)?;
        let mut figures = Vec::new();
        for (name, bytes) in [("prices.xlsx", workbook()?), ("prices.csv", text()?)] {
            let bare = bare(name, &bytes)?;
            let (took, peak_mib) = looked_at(&ctx, &author, draft, (name, bytes)).await?;
            let rows = PRODUCTS * BREAKS;
            let what =
                format!("{name} of {rows} rows to the preview, {PRODUCTS} products, peak {peak_mib} MiB");
            let figure = Figure::times(&what, took, "reading its cells alone", bare);
            figures.push(
                figure.with_budget("≤ 6 s, ≤ 300 MiB".to_owned(), took <= PREVIEW && peak_mib <= PEAK_MIB),
            );
        }
        Ok(figures)
    })
}

async fn looked_at(
    ctx: &Ctx,
    author: &Actor,
    draft: DraftId,
    (name, bytes): (&str, Vec<u8>),
) -> anyhow::Result<(Duration, u64)> {
    let now = ctx.moment().await?.now;
    let kept = store::files::put(&ctx.store, bytes, "", name, Some(author.person), now).await?;
    let mut times = Vec::new();
    process::forget_peak(OURSELVES);
    for _ in 0..ROUNDS {
        let began = Instant::now();
        let brought = (kept.hash.clone(), Some(String::new()));
        let id = config::begin_import(ctx, author, draft, brought).await.map_err(failed)?;
        config::carry_out_import(ctx, author, id).await.map_err(failed)?;
        let seen = config::import(ctx, author, id).await.map_err(failed)?;
        times.push(began.elapsed());
        ensure!(seen.import.state == ImportState::Ready, "{:?}", seen.import.failure);
        let added = seen.preview.map_or(0, |preview| preview.counts.added);
        ensure!(added == PRODUCTS * BREAKS - 1, "only {added} rows were read");
    }
    Ok((median(times), process::peak_mib(OURSELVES)?))
}

fn bare(name: &str, bytes: &[u8]) -> anyhow::Result<Duration> {
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        let began = Instant::now();
        let grids = Sheets.read(name, bytes).map_err(|refused| anyhow!("{refused:?}"))?;
        times.push(began.elapsed());
        ensure!(
            grids.iter().map(|grid| grid.rows.len()).sum::<usize>() == PRODUCTS * BREAKS,
            "rows are missing"
        );
    }
    Ok(median(times))
}

/// Code, name, specification, price and break of each row; with the head they are 200,000.
fn rows() -> impl Iterator<Item = [String; 5]> {
    (0..PRODUCTS * BREAKS - 1).map(|row| {
        let (product, nth) = (row / BREAKS + 1, row % BREAKS);
        let price = format!("{}.{:02}", product % 900 + 10 - nth, row % 100);
        let from = if nth == 0 { String::new() } else { format!("{}", nth * 10) };
        [format!("BENCH-{product}"), format!("product {product}"), "20kg".to_owned(), price, from]
    })
}

pub fn workbook() -> anyhow::Result<Vec<u8>> {
    let cells = |[code, name, spec, price, from]: [String; 5]| {
        let from = if from.is_empty() { SheetCell::Empty } else { SheetCell::Number(from) };
        vec![
            SheetCell::Text(code),
            SheetCell::Text(name),
            SheetCell::Text(spec),
            SheetCell::Number(price),
            from,
        ]
    };
    let heads = ["编码", "名称", "规格", "含税单价", "起订量"].map(str::to_owned).to_vec();
    let table = SheetTable { title: "价格".to_owned(), heads, rows: rows().map(cells).collect() };
    Sheets.write(&[table]).map_err(|refused| anyhow!("{refused:?}"))
}

pub fn text() -> anyhow::Result<Vec<u8>> {
    let mut text = "编码,名称,规格,含税单价,起订量\n".to_owned();
    for row in rows() {
        writeln!(text, "{}", row.join(","))?;
    }
    Ok(text.into_bytes())
}

async fn author(ctx: &Ctx) -> anyhow::Result<Actor> {
    let found = ctx.store.read(|tx| {
        Box::pin(async move {
            let person = PersonId(tx.query_one(AUTHOR, &[]).await?.int("id")?);
            store::access::actor(tx, person).await
        })
    });
    let found: Result<Option<Actor>, StoreError> = found.await;
    found?.ok_or_else(|| anyhow!("nobody drafts prices"))
}
