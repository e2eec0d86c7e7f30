//! A price saved in a long draft, its difference page by page, and the snapshot after a change, with 10,000 products in
//! the list.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, anyhow};
use app::config::{self, RisksCell, RowInput, Submission};
use app::{Ctx, Random, company_zone};
use domain::access::Actor;
use domain::base::{DraftId, ItemId, Limit};
use domain::config::Kind;
use rusqlite::Connection;
use serde_json::json;
use store::{Store, StoreError, params};

use crate::company::{Company, failed};
use crate::figure::{Figure, median};

const PRODUCTS: i64 = 10_000;
const AT_ONCE: usize = 1_000;
const RUNS: i64 = 40;
const DIFFERENCES: usize = 9;
/// What the next page of a difference may cost of the first, which judges the draft.
const NEXT_PAGE: f64 = 0.4;
/// Far beyond the products of the demo company.
const FIRST: i64 = 1_000_000;
const MAKE_PRODUCTS: &str = "
    INSERT INTO product (id, code, name, spec, base_unit, tax_rate, price_decimals, archived, initials, search, version,
        created_at, updated_at)
    WITH RECURSIVE numbers (n) AS (SELECT $1 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < $1 + $2)
    SELECT n, 'L' || CAST(n AS TEXT), 'board', '', 'pc', 1300, 2, 0, 'board', 'board', 1, 0, 0 FROM numbers";
const CHANGE_PRODUCT: &str = "UPDATE product SET version = version + 1 WHERE id = $1";
const BARE_ROW: &str =
    "UPDATE config_draft_row SET content = content || ' ' WHERE draft_id = ?1 AND row_key = ?2";

/// The figures of `config`.
pub fn measure() -> anyhow::Result<Vec<Figure>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let company = Company::made().await?;
        let ctx = &company.ctx;
        let (author, second) = (company.actor("yunying1").await?, company.actor("yunying2").await?);
        write(&ctx.store, MAKE_PRODUCTS, params![FIRST, PRODUCTS].to_vec()).await?;
        let draft = long_draft(ctx, &author).await?;
        let saved = saved_prices(ctx, &author, draft).await?;
        let (first, next) = difference(ctx, &author, draft).await?;
        let bare = bare_rows(&company.folder().join("huxi.db"), draft)?;
        release(ctx, &author, &second, draft).await?;
        let whole = snapshot(&Ctx::new(ctx.store.clone(), company_zone(), Random::System)).await?;
        snapshot(ctx).await?;
        write(&ctx.store, CHANGE_PRODUCT, params![FIRST].to_vec()).await?;
        let after_product = snapshot(ctx).await?;
        another_tier(ctx, &author, &second).await?;
        let after_tier = snapshot(ctx).await?;
        let anew = "the whole snapshot anew";
        let page = "the next page of a difference of 10,000 rows";
        let held = next.as_secs_f64() <= NEXT_PAGE * first.as_secs_f64();
        let page = Figure::times(page, next, "the first page, which judges the draft", first);
        Ok(vec![
            Figure::times("one price saved in a draft of 10,000", saved, "the bare row, durable", bare),
            page.with_budget(format!("≤ {NEXT_PAGE} of the first"), held),
            Figure::times("snapshot of 10,000 prices after one product changed", after_product, anew, whole),
            Figure::times("the same after the tiers changed", after_tier, anew, whole),
        ])
    })
}

async fn write(store: &Store, sql: &'static str, values: Vec<store::Value>) -> anyhow::Result<()> {
    let written = store.change(move |tx| {
        let values = values.clone();
        Box::pin(async move { tx.exec(sql, &values).await })
    });
    let written: Result<u64, StoreError> = written.await;
    Ok(written.map(drop)?)
}

pub async fn item_of(ctx: &Ctx, author: &Actor, kind: Kind) -> anyhow::Result<ItemId> {
    let items = config::items(ctx, author, Some(kind)).await.map_err(failed)?;
    items.first().map(|view| view.item.id).ok_or_else(|| anyhow!("no {kind:?}"))
}

async fn long_draft(ctx: &Ctx, author: &Actor) -> anyhow::Result<DraftId> {
    let list = item_of(ctx, author, Kind::PriceList).await?;
    let draft = config::create_draft(ctx, author, list, "long").await.map_err(failed)?;
    let products: Vec<i64> = (FIRST..FIRST + PRODUCTS).collect();
    for (version, products) in (1..).zip(products.chunks(AT_ONCE)) {
        let rows = products.iter().map(|product| price(*product, 150)).collect();
        config::put_rows(ctx, author, draft, version, (rows, Vec::new())).await.map_err(failed)?;
    }
    Ok(draft)
}

fn price(product: i64, yuan: i64) -> RowInput {
    RowInput { key: None, content: json!({ "product": product, "price": yuan.to_string() }) }
}

async fn saved_prices(ctx: &Ctx, author: &Actor, draft: DraftId) -> anyhow::Result<Duration> {
    let first = config::draft(ctx, author, draft).await.map_err(failed)?.draft.version;
    let mut times = Vec::new();
    for run in 0..RUNS {
        let began = Instant::now();
        let rows = vec![price(FIRST + run * 97, 151)];
        config::put_rows(ctx, author, draft, first + run, (rows, Vec::new())).await.map_err(failed)?;
        times.push(began.elapsed());
    }
    Ok(median(times))
}

/// The first page of the draft's difference on a server that has not judged it, and the page after that.
async fn difference(ctx: &Ctx, author: &Actor, draft: DraftId) -> anyhow::Result<(Duration, Duration)> {
    let (mut firsts, mut nexts) = (Vec::new(), Vec::new());
    for _ in 0..DIFFERENCES {
        let ctx = Ctx { risks: RisksCell::default(), ..ctx.clone() };
        let began = Instant::now();
        let page = config::draft_diff(&ctx, author, draft, (None, Limit::USUAL)).await.map_err(failed)?;
        firsts.push(began.elapsed());
        let began = Instant::now();
        config::draft_diff(&ctx, author, draft, (page.next, Limit::USUAL)).await.map_err(failed)?;
        nexts.push(began.elapsed());
    }
    Ok((median(firsts), median(nexts)))
}

/// One row of the draft written durably, in a copy of the database with the pragmas of the program.
fn bare_rows(database: &Path, draft: DraftId) -> anyhow::Result<Duration> {
    let copy = database.with_file_name("bare.db");
    Connection::open(database)?.execute("VACUUM INTO ?1", [copy.to_string_lossy()])?;
    let bare = Connection::open(&copy)?;
    bare.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;")?;
    let mut times = Vec::new();
    for run in 0..RUNS {
        let began = Instant::now();
        bare.execute(BARE_ROW, (draft.0, format!("L{}", FIRST + run * 97)))?;
        times.push(began.elapsed());
    }
    Ok(median(times))
}

pub async fn release(ctx: &Ctx, author: &Actor, second: &Actor, draft: DraftId) -> anyhow::Result<()> {
    config::submit(ctx, author, draft, Submission::default()).await.map_err(failed)?;
    let seen = config::checks(ctx, second, draft).await.map_err(failed)?.risks.mark;
    config::confirm(ctx, second, draft, seen.as_deref()).await.map_err(failed)?;
    config::publish(ctx, second, draft, seen.as_deref()).await.map(drop).map_err(failed)
}

async fn another_tier(ctx: &Ctx, author: &Actor, second: &Actor) -> anyhow::Result<()> {
    let tiers = item_of(ctx, author, Kind::Tier).await?;
    let draft = config::create_draft(ctx, author, tiers, "tier").await.map_err(failed)?;
    let row = RowInput { key: Some("Z".to_owned()), content: json!({ "percent": "50" }) };
    config::put_rows(ctx, author, draft, 1, (vec![row], Vec::new())).await.map_err(failed)?;
    release(ctx, author, second, draft).await
}

/// How long the next one who asks waits for the snapshot.
async fn snapshot(ctx: &Ctx) -> anyhow::Result<Duration> {
    let now = ctx.moment().await.context("the moment")?.now;
    ctx.live.expire();
    let began = Instant::now();
    config::live(ctx, now).await.map_err(failed)?;
    Ok(began.elapsed())
}
