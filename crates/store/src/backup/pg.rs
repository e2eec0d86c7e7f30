//! PostgreSQL: one repeatable-read export of all tables as lines of JSON, and of the files.

use tokio_postgres::{IsolationLevel, Transaction};

use super::archive::{Packer, Shelf, file_name, hash_in, same_hash};
use super::fault::damaged;
use super::{BackupFault, Manifest};
use crate::engine::{VERSION_TABLE, applied_migration, migrate_within, whole};

pub(super) const ENGINE: &str = "postgres";
/// So many rows are fetched, or written, at once.
const ROWS_AT_ONCE: i32 = 500;
/// So many bytes of rows are written at once, or a little more.
const BYTES_AT_ONCE: usize = 1 << 20;
const PART_BYTES: usize = 1 << 20;

/// What is not exported as rows: migrations write the one, files are packed as files.
const NOT_AS_ROWS: &[&str] = &[VERSION_TABLE, "file_part"];
const FILES: &str = "SELECT hash FROM file ORDER BY hash";
const PART: &str = "SELECT content FROM file_part WHERE hash = $1 AND n = $2";
/// Filled by triggers on other tables.
const STAMP: &str = "config_stamp";
const PUT_PART: &str = "INSERT INTO file_part (hash, n, content) VALUES ($1, $2, $3)";
/// Where a table stands whose `id` counts on by itself.
const LAST: &str = "
    SELECT COALESCE(s.last_value, 0) AS last FROM pg_sequences s
    WHERE format('%I.%I', s.schemaname, s.sequencename) = pg_get_serial_sequence($1, 'id')";
const FOREIGN_KEYS: &str = "
    SELECT CAST(conname AS TEXT) AS name, CAST(CAST(conrelid AS regclass) AS TEXT) AS place FROM pg_constraint
    WHERE contype = 'f' AND connamespace = CAST(CAST(current_schema() AS TEXT) AS regnamespace) ORDER BY 2, 1";

/// Packs everything that the database holds at one moment.
pub(super) async fn pack(
    url: &str,
    packer: &mut Packer,
    manifest: Manifest,
) -> Result<Manifest, BackupFault> {
    let mut client = whole::connected(url).await?;
    let moment = client.build_transaction().isolation_level(IsolationLevel::RepeatableRead).read_only(true);
    let moment = moment.start().await?;
    let tables = whole::tables(&moment).await?;
    if !tables.iter().any(|table| table == VERSION_TABLE) {
        return Err(BackupFault::NoDatabase(ENGINE.to_string()));
    }
    let migration = applied_migration(&moment).await?;
    let mut counters = Vec::new();
    for table in tables.iter().filter(|table| !NOT_AS_ROWS.contains(&table.as_str())) {
        pack_table(&moment, table, packer).await?;
    }
    for table in whole::counted(&moment).await? {
        let last = moment.query_opt(LAST, &[&table]).await?;
        counters.push((table, last.map_or(Ok(0), |row| row.try_get(0))?));
    }
    let missing = pack_files(&moment, packer).await?;
    Ok(Manifest { engine: ENGINE.to_string(), migration, counters, missing, ..manifest })
}

async fn pack_table(moment: &Transaction<'_>, table: &str, packer: &mut Packer) -> Result<(), BackupFault> {
    packer.begin(&table_name(table), true)?;
    let rows =
        moment.prepare(&format!("SELECT CAST(row_to_json(t) AS TEXT) AS line FROM \"{table}\" t")).await?;
    let portal = moment.bind(&rows, &[]).await?;
    loop {
        let page = moment.query_portal(&portal, ROWS_AT_ONCE).await?;
        for row in &page {
            packer.write(row.try_get::<_, &str>(0)?.as_bytes())?;
            packer.write(b"\n")?;
        }
        if page.is_empty() {
            break;
        }
    }
    let part = packer.end()?;
    packer.keep(part);
    Ok(())
}

/// Packs every file; gives the hashes of those whose parts are not there or not what they were.
async fn pack_files(moment: &Transaction<'_>, packer: &mut Packer) -> Result<Vec<String>, BackupFault> {
    let (files, part) = (moment.prepare(FILES).await?, moment.prepare(PART).await?);
    let portal = moment.bind(&files, &[]).await?;
    let mut missing = Vec::new();
    loop {
        let page = moment.query_portal(&portal, ROWS_AT_ONCE).await?;
        for row in &page {
            let hash: String = row.try_get(0)?;
            let name = file_name(&hash);
            packer.begin(&name, false)?;
            for n in 0_i64.. {
                let Some(row) = moment.query_opt(&part, &[&hash, &n]).await? else { break };
                packer.write(row.try_get::<_, &[u8]>(0)?)?;
            }
            let packed = packer.end()?;
            if same_hash(&name, &packed).is_ok() {
                packer.keep_file(&packed);
            } else {
                packer.abandon()?;
                missing.push(hash);
            }
        }
        if page.is_empty() {
            return Ok(missing);
        }
    }
}

/// Restores into a database without a table of any kind, all of it in one transaction.
pub(super) async fn unpack(shelf: &mut Shelf, manifest: &Manifest, url: &str) -> Result<(), BackupFault> {
    let mut client = whole::connected(url).await?;
    let change = client.transaction().await?;
    if !whole::tables(&change).await?.is_empty() {
        return Err(BackupFault::NotEmpty(ENGINE.to_string()));
    }
    migrate_within(&change, manifest.migration).await?;
    let tables = whole::tables(&change).await?;
    whole::empty(&change, &tables).await?;
    // Rows name others that come later: the names are compared when all are there.
    let keys = foreign_keys(&change).await?;
    alter(&change, &keys, "DEFERRABLE INITIALLY DEFERRED").await?;
    // What the database counts by itself comes last: what is put back before it is not counted again.
    let counted = table_name(STAMP);
    let mut parts: Vec<_> = manifest.parts.iter().collect();
    parts.sort_by_key(|part| part.name == counted);
    for part in parts {
        let table = tables.iter().find(|table| table_name(table) == part.name);
        let table = table.ok_or_else(|| damaged(&part.name))?;
        let lines = unpack_lines(shelf, &part.name)?;
        if lines.1 != *part {
            return Err(damaged(&part.name));
        }
        put_rows(&change, table, lines.0).await?;
    }
    put_files(&change, shelf).await?;
    change.batch_execute("SET CONSTRAINTS ALL IMMEDIATE").await?;
    alter(&change, &keys, "NOT DEFERRABLE").await?;
    for (table, last) in &manifest.counters {
        whole::count_on(&change, table, *last).await?;
    }
    change.commit().await?;
    Ok(())
}

/// The rows of a table, laid aside in a file without a name: it is read from the archive without waiting for the
/// database, and written to the database without holding it in memory.
fn unpack_lines(shelf: &mut Shelf, name: &str) -> Result<(std::fs::File, super::Packed), BackupFault> {
    use std::io::{Seek, Write};
    let mut lines = tempfile::tempfile()?;
    let read = shelf.read(name, |bytes| Ok(lines.write_all(bytes)?))?;
    lines.rewind()?;
    Ok((lines, read))
}

async fn put_rows(change: &Transaction<'_>, table: &str, lines: std::fs::File) -> Result<(), BackupFault> {
    use std::io::BufRead;
    let sql = format!(
        "INSERT INTO \"{table}\" SELECT * FROM json_populate_recordset(CAST(NULL AS \"{table}\"), CAST(CAST($1 AS TEXT) AS JSON))"
    );
    let put = change.prepare(&sql).await?;
    let mut waiting = String::new();
    for line in std::io::BufReader::new(lines).lines() {
        waiting.push(if waiting.is_empty() { '[' } else { ',' });
        waiting.push_str(&line?);
        if waiting.len() >= BYTES_AT_ONCE {
            waiting.push(']');
            change.execute(&put, &[&waiting]).await?;
            waiting.clear();
        }
    }
    if !waiting.is_empty() {
        waiting.push(']');
        change.execute(&put, &[&waiting]).await?;
    }
    Ok(())
}

async fn put_files(change: &Transaction<'_>, shelf: &mut Shelf) -> Result<(), BackupFault> {
    let put = change.prepare(PUT_PART).await?;
    for name in shelf.files()? {
        let hash = hash_in(&name).ok_or_else(|| damaged(&name))?;
        let (content, read) = unpack_lines(shelf, &name)?;
        same_hash(&name, &read)?;
        let mut content = std::io::BufReader::new(content);
        for n in 0_i64.. {
            let mut part = Vec::new();
            std::io::Read::read_to_end(
                &mut std::io::Read::take(&mut content, u64::try_from(PART_BYTES).unwrap_or(u64::MAX)),
                &mut part,
            )?;
            if part.is_empty() {
                break;
            }
            change.execute(&put, &[&hash, &n, &part]).await?;
        }
    }
    Ok(())
}

async fn foreign_keys(change: &Transaction<'_>) -> Result<Vec<(String, String)>, BackupFault> {
    let rows = change.query(FOREIGN_KEYS, &[]).await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
}

async fn alter(change: &Transaction<'_>, keys: &[(String, String)], to: &str) -> Result<(), BackupFault> {
    for (name, place) in keys {
        change.batch_execute(&format!("ALTER TABLE {place} ALTER CONSTRAINT \"{name}\" {to}")).await?;
    }
    Ok(())
}

fn table_name(table: &str) -> String {
    format!("tables/{table}.jsonl")
}
