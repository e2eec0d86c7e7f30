//! The list of quotations: 50 of 100,000, as its owner and as the boss, beside the bare rows.

use std::time::{Duration, Instant};

use app::quotes::{QuoteListing, list_quotes};
use domain::access::Actor;
use domain::base::{Limit, PersonId};
use rusqlite::Connection;
use store::StoreError;
use store::quotes::QuoteFilter;

use crate::company::{Company, failed};
use crate::figure::{Figure, median};

const MANY: i64 = 100_000;
const ROUNDS: usize = 15;
const CHAINS: &str = "
    INSERT INTO quote_chain (id, number) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
    SELECT 1000000 + i, 'MANY-' || i FROM n";
const QUOTES: &str = "
    INSERT INTO quote (chain_id, revision, customer_id, branch_id, owner_id, state, valid_until, notes, net, net_ex_tax,
        tax, line_count, first_product, listed_day, search, hash, verify_code, issued_at, issued_by, priced_at, version,
        created_by, created_at, updated_by, updated_at)
    SELECT c.id, 1, q.customer_id, q.branch_id, q.owner_id, q.state, q.valid_until, q.notes, q.net, q.net_ex_tax, q.tax,
        q.line_count, q.first_product, date('2026-11-01', '-' || (c.id % 1000) || ' days'), q.search, q.hash,
        'M' || c.id, q.issued_at, q.issued_by, q.priced_at, 1, q.created_by, q.created_at, q.updated_by, q.updated_at
    FROM quote_chain c JOIN quote q ON q.id = (SELECT id FROM quote WHERE state = 'issued' AND id % 20 = c.id % 20 LIMIT 1)
    WHERE c.id > 1000000";
const BARE: &str = "SELECT * FROM quote ORDER BY listed_day DESC, id DESC LIMIT 50";
const BOSS: &str = "SELECT id FROM person WHERE account = 'laoban'";

/// The figures of `list`.
pub fn measure() -> anyhow::Result<Vec<Figure>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let company = Company::made().await?;
        let mut beside = Connection::open(company.folder().join("huxi.db"))?;
        let filling = beside.transaction()?;
        filling.execute(CHAINS, [MANY])?;
        let made = filling.execute(QUOTES, [])?;
        filling.commit()?;
        let bare = bare(&beside)?;
        let boss = boss(&company).await?;
        let mut figures = Vec::new();
        for (who, actor) in [("the boss, who sees all", &boss), ("a salesperson", &company.seller)] {
            for (what, search) in [("", ""), (", with a search word", "乳胶漆")] {
                let took = listed(&company, actor, search).await?;
                let what = format!("50 of {made} quotations with the total of all, for {who}{what}");
                figures.push(Figure::times(&what, took, "the 50 bare rows", bare));
            }
        }
        Ok(figures)
    })
}

async fn listed(company: &Company, actor: &Actor, search: &str) -> anyhow::Result<Duration> {
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        let filter = QuoteFilter { search: search.to_owned(), ..QuoteFilter::default() };
        let began = Instant::now();
        let listing = QuoteListing { filter, limit: Limit::USUAL, after: None };
        list_quotes(&company.ctx, actor, listing).await.map_err(failed)?;
        times.push(began.elapsed());
    }
    Ok(median(times))
}

fn bare(beside: &Connection) -> anyhow::Result<Duration> {
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        let began = Instant::now();
        let mut rows = beside.prepare_cached(BARE)?;
        let ids = rows.query_map([], |row| row.get::<_, i64>(0))?.collect::<Result<Vec<_>, _>>()?;
        anyhow::ensure!(ids.len() == 50, "fewer than 50 rows");
        times.push(began.elapsed());
    }
    Ok(median(times))
}

async fn boss(company: &Company) -> anyhow::Result<Actor> {
    let found = company.ctx.store.read(|tx| {
        Box::pin(async move {
            let person = PersonId(tx.query_one(BOSS, &[]).await?.int("id")?);
            store::access::actor(tx, person).await
        })
    });
    let found: Result<Option<Actor>, StoreError> = found.await;
    found?.ok_or_else(|| anyhow::anyhow!("no boss"))
}
