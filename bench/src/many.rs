//! Hundreds of thousands of quotations: those of the demo company again and again, each with a number, a day and an
//! amount of its own, the newest last.

use std::path::Path;

use anyhow::ensure;
use rusqlite::Connection;

/// Far beyond the numbers of the demo company.
const FIRST: i64 = 1_000_000;
const MODELS: &str = "
    CREATE TEMP TABLE model AS SELECT ROW_NUMBER() OVER (ORDER BY id) - 1 AS nth, id FROM quote
    WHERE state IN ('issued', 'signed', 'cancelled')";
const MODEL_COUNT: &str = "SELECT COUNT(*) FROM model";
const CHAINS: &str = "
    INSERT INTO quote_chain (id, number)
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
    SELECT ?2 + i, 'MANY-' || i FROM n";
const QUOTES: &str = "
    INSERT INTO quote (chain_id, revision, customer_id, branch_id, owner_id, state, valid_until, notes, net, net_ex_tax,
        tax, line_count, first_product, listed_day, search, hash, verify_code, issued_at, issued_by, priced_at, version,
        created_by, created_at, updated_by, updated_at)
    SELECT c.id, 1, q.customer_id, q.branch_id, q.owner_id, q.state,
        date('2026-11-15', '-' || ((?1 - c.id + ?2) * 1000 / ?1) || ' days'), q.notes, q.net + c.id % 9973,
        q.net_ex_tax, q.tax, q.line_count, q.first_product,
        date('2026-11-01', '-' || ((?1 - c.id + ?2) * 1000 / ?1) || ' days'), q.search, q.hash, 'M' || c.id,
        q.issued_at, q.issued_by, q.priced_at, 1, q.created_by, q.created_at, q.updated_by, q.updated_at
    FROM quote_chain c JOIN model m ON m.nth = c.id % ?3 JOIN quote q ON q.id = m.id
    WHERE c.id > ?2 ORDER BY c.id";

/// Adds so many quotations of about a thousand days to the database of a company that nobody has open.
pub fn quotations(database: &Path, count: i64) -> anyhow::Result<()> {
    let mut db = Connection::open(database)?;
    let filling = db.transaction()?;
    filling.execute(MODELS, [])?;
    let models: i64 = filling.query_row(MODEL_COUNT, [], |row| row.get(0))?;
    ensure!(models > 0, "the company has no quotation");
    filling.execute(CHAINS, (count, FIRST))?;
    let made = filling.execute(QUOTES, (count, FIRST, models))?;
    ensure!(i64::try_from(made)? == count, "{made} quotations instead of {count}");
    filling.commit()?;
    Ok(())
}
