//! The same drafts on PostgreSQL, where `HUXI_TEST_POSTGRES` names a server: the program over HTTP beside bare
//! tokio-postgres writing the same rows, each draft in a durable transaction of its own.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use anyhow::Context;
use tokio_postgres::{Client, NoTls, Statement};

use crate::company::{Company, build_folder};
use crate::figure::{Figure, percentile};
use crate::http::{CLIENTS, FEW_LINES, FOR, Office};

/// As many connections as the program has.
const CONNECTIONS: usize = 16;

/// The figures of `postgres`; none without a server.
pub fn measure() -> anyhow::Result<Vec<Figure>> {
    on_fresh_database(measured)
}

/// What is measured on a database of its own, which is gone afterwards; nothing without a server.
pub fn on_fresh_database(
    measured: impl FnOnce(&tokio::runtime::Runtime, &str) -> anyhow::Result<Vec<Figure>>,
) -> anyhow::Result<Vec<Figure>> {
    let Ok(server) = std::env::var("HUXI_TEST_POSTGRES") else { return Ok(Vec::new()) };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let name = format!("huxi_bench_{}", std::process::id());
    let url = match server.rsplit_once('/') {
        Some((before, _)) => format!("{before}/{name}"),
        None => server.clone(),
    };
    runtime.block_on(on_server(&server, &format!("CREATE DATABASE {name}")))?;
    let figures = measured(&runtime, &url);
    runtime.block_on(on_server(&server, &format!("DROP DATABASE {name} WITH (FORCE)")))?;
    figures
}

fn measured(runtime: &tokio::runtime::Runtime, url: &str) -> anyhow::Result<Vec<Figure>> {
    let (customer, products) = runtime.block_on(Company::on_postgres(url))?;
    let folder = tempfile::tempdir_in(build_folder()?)?;
    let office = Office::over(folder, Some(url), customer, products)?;
    let (rate, times) = office.drafts_at_once()?;
    drop(office);
    let bare = runtime.block_on(bare(url))?;
    Ok(vec![
        Figure {
            what: format!(
                "PostgreSQL: durable drafts of {FEW_LINES} lines a second over HTTP, {CLIENTS} clients"
            ),
            measured: format!("{rate:.0}"),
            floor: format!("{bare:.0} (bare tokio-postgres, the same rows, {CONNECTIONS} connections)"),
            ratio: format!("{:.2}", rate / bare),
            budget: Some(("≥ half of bare".to_owned(), rate * 2.0 >= bare)),
        },
        Figure::alone("PostgreSQL: the slowest of a hundred of them", percentile(times, 99)),
    ])
}

/// Drafts a second: the newest one's rows again and again, on as many connections as the program has.
async fn bare(url: &str) -> anyhow::Result<f64> {
    let made = Arc::new(AtomicU64::new(0));
    let began = Instant::now();
    let mut hands = Vec::new();
    for _ in 0..CONNECTIONS {
        let (mut client, made) = (connected(url).await?, Arc::clone(&made));
        hands.push(tokio::spawn(async move {
            let bare = Bare::prepared(&client).await?;
            while began.elapsed() < FOR {
                bare.draft(&mut client).await?;
                made.fetch_add(1, Ordering::SeqCst);
            }
            anyhow::Ok(())
        }));
    }
    for hand in hands {
        hand.await??;
    }
    Ok(made.load(Ordering::SeqCst) as f64 / began.elapsed().as_secs_f64())
}

/// The statements that write a draft like the newest one.
struct Bare {
    like: i64,
    chain: Statement,
    quote: Statement,
    lines: Statement,
    event: Statement,
}

impl Bare {
    async fn prepared(client: &Client) -> anyhow::Result<Bare> {
        let like: i64 =
            client.query_one("SELECT MAX(id) FROM quote WHERE state = 'draft'", &[]).await?.get(0);
        let quote = again(client, "quote", "id = $1", &[("chain_id", "$2"), ("verify_code", "NULL")]).await?;
        let lines = again(client, "quote_line", "quote_id = $1", &[("quote_id", "$2")]).await?;
        let drafted = "kind = 'quote.drafted' AND entity = 'quote' AND entity_id = $1";
        let event = again(client, "event", drafted, &[("entity_id", "$2")]).await?;
        Ok(Bare {
            like,
            chain: client.prepare("INSERT INTO quote_chain (number) VALUES (NULL) RETURNING id").await?,
            quote: client.prepare(&format!("{quote} RETURNING id")).await?,
            lines: client.prepare(&lines).await?,
            event: client.prepare(&event).await?,
        })
    }

    async fn draft(&self, client: &mut Client) -> anyhow::Result<()> {
        let draft = client.transaction().await?;
        let chain: i64 = draft.query_one(&self.chain, &[]).await?.get(0);
        let quote: i64 = draft.query_one(&self.quote, &[&self.like, &chain]).await?.get(0);
        draft.execute(&self.lines, &[&self.like, &quote]).await?;
        draft.execute(&self.event, &[&self.like, &quote]).await?;
        Ok(draft.commit().await?)
    }
}

/// The text that inserts rows again, with some columns changed and a new id where the table makes one.
async fn again(
    client: &Client,
    table: &str,
    which: &str,
    changed: &[(&str, &str)],
) -> anyhow::Result<String> {
    let columns = "SELECT column_name FROM information_schema.columns
        WHERE table_name = $1 AND table_schema = 'public' AND column_name <> 'id'";
    let columns: Vec<String> = client.query(columns, &[&table]).await?.iter().map(|row| row.get(0)).collect();
    let taken = columns.iter().map(|column| {
        changed.iter().find(|(name, _)| name == column).map_or(column.as_str(), |(_, value)| value)
    });
    let taken: Vec<&str> = taken.collect();
    let (into, from) = (columns.join(", "), taken.join(", "));
    Ok(format!("INSERT INTO {table} ({into}) SELECT {from} FROM {table} WHERE {which}"))
}

pub async fn connected(url: &str) -> anyhow::Result<Client> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.context("PostgreSQL")?;
    tokio::spawn(connection);
    Ok(client)
}

async fn on_server(server: &str, sql: &str) -> anyhow::Result<()> {
    Ok(connected(server).await?.batch_execute(sql).await?)
}
