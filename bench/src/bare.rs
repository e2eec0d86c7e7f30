//! The floor that stores of quotations are judged by: bare rusqlite, the same rows, the same pragmas.

use std::path::Path;
use std::time::Instant;

use rusqlite::Connection;

/// Quotations of the floor.
const BARE: i64 = 400;
/// Durable commits of the floor of drafts.
const GROUPS: usize = 40;

/// Quotations a second: the newest one's rows again and again, as the program writes them, one after the other.
pub fn quotations_one_by_one(database: &Path) -> anyhow::Result<f64> {
    let mut bare = opened_copy(database)?;
    let newest = newest(&bare, "state = 'issued'")?;
    let began = Instant::now();
    for round in 0..BARE {
        one_bare(&mut bare, newest, round)?;
    }
    Ok(BARE as f64 / began.elapsed().as_secs_f64())
}

/// Drafts a second: the newest one's rows again and again, so many of them in each durable commit.
pub fn drafts_in_groups(database: &Path, group: usize) -> anyhow::Result<f64> {
    let mut bare = opened_copy(database)?;
    let newest = newest(&bare, "state = 'draft' AND id = (SELECT MAX(quote_id) FROM quote_line)")?;
    let began = Instant::now();
    for _ in 0..GROUPS {
        let together = bare.transaction()?;
        for _ in 0..group {
            one_draft(&together, newest)?;
        }
        together.commit()?;
    }
    Ok((GROUPS * group) as f64 / began.elapsed().as_secs_f64())
}

/// A copy with the pragmas of the program.
fn opened_copy(database: &Path) -> anyhow::Result<Connection> {
    let copy = database.with_file_name("bare.db");
    Connection::open(database)?.execute("VACUUM INTO ?1", [copy.to_string_lossy()])?;
    let bare = Connection::open(&copy)?;
    bare.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;")?;
    Ok(bare)
}

fn newest(bare: &Connection, which: &str) -> anyhow::Result<i64> {
    let newest: Option<i64> =
        bare.query_row(&format!("SELECT MAX(id) FROM quote WHERE {which}"), [], |row| row.get(0))?;
    newest.ok_or_else(|| anyhow::anyhow!("no quotation like that"))
}

/// The rows of a draft; its chain and its id.
fn one_draft(draft: &Connection, like: i64) -> anyhow::Result<(String, i64)> {
    draft.execute("INSERT INTO quote_chain (number) VALUES (NULL)", [])?;
    let chain = draft.last_insert_rowid().to_string();
    let fresh = [("chain_id", chain.as_str()), ("verify_code", "NULL"), ("hash", "NULL")];
    copy(draft, "quote", &format!("id = {like}"), &fresh)?;
    let id = draft.last_insert_rowid();
    let own = id.to_string();
    copy(draft, "quote_line", &format!("quote_id = {like}"), &[("quote_id", &own)])?;
    let drafted = format!("kind = 'quote.drafted' AND entity_id = {like} AND entity = 'quote'");
    copy(draft, "event", &drafted, &[("entity_id", &own)])?;
    Ok((chain, id))
}

/// The rows of a draft in one transaction, those of its issue in another.
fn one_bare(bare: &mut Connection, like: i64, round: i64) -> anyhow::Result<()> {
    let of_it = format!("quote_id = {like}");
    let draft = bare.transaction()?;
    let (chain, id) = one_draft(&draft, like)?;
    let own = id.to_string();
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
