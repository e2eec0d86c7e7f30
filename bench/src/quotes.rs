//! Durable quotations a second, made and issued as the program does it, beside bare rusqlite writing the same rows.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use app::quotes::{create_quote, issue_quote};
use domain::quotes::Seen;
use rusqlite::Connection;

use crate::company::{Company, failed};
use crate::figure::Figure;

const LINES: i64 = 5;
const CLIENTS: [u64; 3] = [1, 8, 64];
const FOR: Duration = Duration::from_secs(4);
/// Quotations of the bare floor.
const BARE: i64 = 400;

/// The figures of `quotes`.
pub fn measure() -> anyhow::Result<Vec<Figure>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let company = Arc::new(Company::made().await?);
        let mut rates = Vec::new();
        for clients in CLIENTS {
            rates.push((clients, rate(&company, clients).await?));
        }
        let bare = bare_rate(&company.folder().join("huxi.db"))?;
        Ok(rates.into_iter().map(|(clients, rate)| figure(clients, rate, bare)).collect())
    })
}

fn figure(clients: u64, rate: f64, bare: f64) -> Figure {
    Figure {
        what: format!("durable quotations of {LINES} lines a second, {clients} clients"),
        measured: format!("{rate:.0}"),
        floor: format!("{bare:.0} (bare rusqlite, the same rows in the same two transactions, one client)"),
        ratio: format!("{:.2}", rate / bare),
    }
}

/// Quotations a second by so many clients, each waiting for its answer before it goes on.
async fn rate(company: &Arc<Company>, clients: u64) -> anyhow::Result<f64> {
    let lines = company.lines(LINES).await?;
    let made = Arc::new(AtomicU64::new(0));
    let began = Instant::now();
    let hands = (0..clients).map(|_| {
        let (company, lines, made) = (Arc::clone(company), lines.clone(), Arc::clone(&made));
        tokio::spawn(async move {
            while began.elapsed() < FOR {
                let (ctx, seller) = (&company.ctx, &company.seller);
                let draft = create_quote(ctx, seller, company.customer, lines.clone()).await?;
                issue_quote(ctx, seller, draft.head.id, None, &Seen::default()).await?;
                made.fetch_add(1, Ordering::SeqCst);
            }
            Ok(())
        })
    });
    for hand in hands.collect::<Vec<_>>() {
        hand.await?.map_err(failed)?;
    }
    Ok(made.load(Ordering::SeqCst) as f64 / began.elapsed().as_secs_f64())
}

/// Copies the newest quotation's rows again and again in a copy of the database, with the pragmas of the program.
fn bare_rate(database: &Path) -> anyhow::Result<f64> {
    let copy = database.with_file_name("bare.db");
    Connection::open(database)?.execute("VACUUM INTO ?1", [copy.to_string_lossy()])?;
    let mut bare = Connection::open(&copy)?;
    bare.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;")?;
    let newest = bare.query_row("SELECT MAX(id) FROM quote WHERE state = 'issued'", [], |row| row.get(0))?;
    let began = Instant::now();
    for round in 0..BARE {
        one_bare(&mut bare, newest, round)?;
    }
    Ok(BARE as f64 / began.elapsed().as_secs_f64())
}

/// The rows of a draft in one transaction, those of its issue in another.
fn one_bare(bare: &mut Connection, like: i64, round: i64) -> anyhow::Result<()> {
    let of_it = format!("quote_id = {like}");
    let draft = bare.transaction()?;
    draft.execute("INSERT INTO quote_chain (number) VALUES (NULL)", [])?;
    let chain = draft.last_insert_rowid().to_string();
    let fresh = [("chain_id", chain.as_str()), ("verify_code", "NULL"), ("hash", "NULL")];
    copy(&draft, "quote", &format!("id = {like}"), &fresh)?;
    let id = draft.last_insert_rowid();
    let own = id.to_string();
    copy(&draft, "quote_line", &of_it, &[("quote_id", &own)])?;
    let drafted = format!("kind = 'quote.drafted' AND entity_id = {like} AND entity = 'quote'");
    copy(&draft, "event", &drafted, &[("entity_id", &own)])?;
    draft.commit()?;
    let issue = bare.transaction()?;
    issue.execute("UPDATE number_series SET last = last + 1 WHERE series = 'customer'", [])?;
    issue.execute("UPDATE quote_chain SET number = ?2 WHERE id = ?1", (&chain, format!("BARE-{round}")))?;
    let verify = format!("BARE{round}");
    issue
        .execute("UPDATE quote SET hash = ?2, verify_code = ?2, version = 2 WHERE id = ?1", (id, &verify))?;
    copy(&issue, "quote_frozen", &of_it, &[("quote_id", &own)])?;
    copy(&issue, "quote_revision", &of_it, &[("quote_id", &own)])?;
    let issued = format!("kind <> 'quote.drafted' AND entity_id = {like} AND entity = 'quote'");
    copy(&issue, "event", &issued, &[("entity_id", &own)])?;
    let effect = format!("effect_key = 'pdf:{like}'");
    copy(&issue, "outbox", &effect, &[("effect_key", &format!("'bare:{round}'"))])?;
    Ok(issue.commit()?)
}

/// Inserts the rows again, with some columns changed and a new id where the table makes one.
fn copy(db: &Connection, table: &str, which: &str, changed: &[(&str, &str)]) -> anyhow::Result<()> {
    let mut columns = db.prepare_cached("SELECT name FROM pragma_table_info(?1) WHERE name <> 'id'")?;
    let columns = columns.query_map([table], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
    let taken = columns.iter().map(|column| {
        changed.iter().find(|(name, _)| name == column).map_or(column.as_str(), |(_, value)| value)
    });
    let (into, from) = (columns.join(", "), taken.collect::<Vec<_>>().join(", "));
    let sql = format!("INSERT INTO {table} ({into}) SELECT {from} FROM {table} WHERE {which}");
    db.execute(&sql, [])?;
    Ok(())
}
