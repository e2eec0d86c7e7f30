//! A move: everything that lies in a SQLite folder is carried to a PostgreSQL that holds nothing yet, in one transaction.
//! The folder is only read; what PostgreSQL has kept is read back and compared before anything of it counts.

mod fault;
mod source;
mod table;
mod target;

use std::path::Path;

use tokio_postgres::Transaction;

use crate::engine::{VERSION_TABLE, whole};
use crate::{StoreError, Value};
pub use fault::{MoveFault, Unfit};
use source::Source;
use table::{Table, Tally};
use target::Filling;

/// Where PostgreSQL keeps the content of files; those of a folder lie beside its database.
const FILE_PARTS: &str = "file_part";
const PART_BYTES: usize = 1 << 20;
/// After so many rows, or files, it is said again how far the move has come.
const TOLD_EACH: u64 = 50_000;
const FILES_TOLD_EACH: u64 = 1_000;

/// How far a move has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The source is looked through.
    Looking,
    /// So many of the rows of the `nth` table of all are on their way; the content of files is counted as files.
    Carrying { table: String, nth: usize, of: usize, done: u64, rows: u64 },
    /// So many of the files are on their way.
    CarryingFiles { done: u64, of: u64 },
    /// What has arrived is read back and compared: these rows, and the files.
    Comparing { rows: u64 },
}

/// What was carried over and compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    /// Each table with its rows, by name.
    pub tables: Vec<(String, u64)>,
    /// The rows of all of them; the content of files is counted as files.
    pub rows: u64,
    pub files: u64,
    pub file_bytes: u64,
    /// Files that the database names and that were not there, or no longer what they were.
    pub missing: Vec<String>,
}

/// Carries everything in the folder `from` to the PostgreSQL at `to`. Nothing counts there before all of it has arrived
/// and was compared; whatever goes wrong before leaves it as it was. In the folder nothing is changed, and whoever would
/// write there is kept out meanwhile.
pub async fn carry(
    from: &Path,
    to: &str,
    mut tell: impl FnMut(Step) + Send + 'static,
) -> Result<Moved, MoveFault> {
    let (from, to) = (from.to_path_buf(), to.to_string());
    let runtime = tokio::runtime::Handle::current();
    // Reading SQLite and files blocks; it has a thread of its own.
    let done = tokio::task::spawn_blocking(move || {
        let source = Source::open(&from)?;
        runtime.block_on(carry_all(&source, &to, &mut tell))
    })
    .await;
    done.map_err(|error| StoreError::Unavailable(error.to_string()))?
}

async fn carry_all(source: &Source, url: &str, tell: &mut dyn FnMut(Step)) -> Result<Moved, MoveFault> {
    let mut client = target::connected(url).await?;
    let change = client.transaction().await?;
    target::take(&change).await?;
    tell(Step::Looking);
    source.sound()?;
    let tables = tables(source, &change).await?;
    target::triggers(&change, &tables, "DISABLE").await?;
    let mut moved = Moved::default();
    let mut arrived = Vec::with_capacity(tables.len());
    let of = tables.iter().filter(|table| table.name != FILE_PARTS).count();
    for table in &tables {
        let tally = if table.name == FILE_PARTS {
            carry_files(source, &change, table, &mut moved, tell).await?
        } else {
            let nth = moved.tables.len() + 1;
            let tally = carry_rows(source, &change, table, (nth, of), tell).await?;
            moved.rows += tally.rows;
            moved.tables.push((table.name.clone(), tally.rows));
            tally
        };
        arrived.push(tally);
    }
    tell(Step::Comparing { rows: moved.rows });
    for (table, sent) in tables.iter().zip(&arrived) {
        same(table, *sent, target::tally(&change, table).await?)?;
    }
    target::triggers(&change, &tables, "ENABLE").await?;
    target::count_on(&change, |table| source.highest(table)).await?;
    target::look_over(&change, &tables).await?;
    target::commit(change).await?;
    moved.tables.sort();
    Ok(moved)
}

/// The tables that are carried, those first that others name. Both databases must have the same ones with the same
/// columns: what only one of them knew would be lost.
async fn tables(source: &Source, change: &Transaction<'_>) -> Result<Vec<Table>, MoveFault> {
    let (here, there) = (source.tables()?, whole::tables(change).await.map_err(MoveFault::Target)?);
    differ(here.iter(), there.iter())?;
    whole::empty(change, &there).await.map_err(MoveFault::Target)?;
    let carried = there.into_iter().filter(|table| table != VERSION_TABLE).collect();
    let mut tables = Vec::new();
    for name in target::in_order(change, carried).await? {
        let columns = target::columns(change, &name).await?;
        let known = source.columns(&name)?;
        let whole_name = |column: &str| format!("{name}.{column}");
        let here: Vec<String> = known.iter().map(|column| whole_name(column)).collect();
        let there: Vec<String> = columns.iter().map(|column| whole_name(&column.name)).collect();
        differ(here.iter(), there.iter())?;
        let rows = source.count(&name)?;
        tables.push(Table { name, columns, rows });
    }
    Ok(tables)
}

fn differ<'a>(
    here: impl Iterator<Item = &'a String> + Clone,
    there: impl Iterator<Item = &'a String> + Clone,
) -> Result<(), MoveFault> {
    let lacks: Vec<String> =
        here.clone().filter(|one| there.clone().all(|other| other != *one)).cloned().collect();
    let besides: Vec<String> = there.filter(|one| here.clone().all(|other| other != *one)).cloned().collect();
    if lacks.is_empty() && besides.is_empty() {
        Ok(())
    } else {
        Err(MoveFault::TablesDiffer { lacks, besides })
    }
}

async fn carry_rows(
    source: &Source,
    change: &Transaction<'_>,
    table: &Table,
    (nth, of): (usize, usize),
    tell: &mut dyn FnMut(Step),
) -> Result<Tally, MoveFault> {
    let mut step = |done| {
        let (table, rows) = (table.name.clone(), table.rows);
        tell(Step::Carrying { table, nth, of, done, rows });
    };
    let mut filling = Filling::begin(change, table).await?;
    let mut asked = source.select(table)?;
    let mut rows = asked.query([])?;
    while let Some(row) = rows.next()? {
        if filling.rows().is_multiple_of(TOLD_EACH) {
            step(filling.rows());
        }
        filling.put(&source.values(table, row)?).await?;
    }
    let sent = filling.end().await?;
    if sent.rows != table.rows {
        return Err(table.differs(table.rows, sent.rows));
    }
    Ok(sent)
}

/// Carries the content of every file that the database names and that is still what it was.
async fn carry_files(
    source: &Source,
    change: &Transaction<'_>,
    table: &Table,
    moved: &mut Moved,
    tell: &mut dyn FnMut(Step),
) -> Result<Tally, MoveFault> {
    let hashes = source.file_hashes()?;
    let of = u64::try_from(hashes.len()).unwrap_or(u64::MAX);
    let mut filling = Filling::begin(change, table).await?;
    for (done, hash) in (0_u64..).zip(hashes) {
        if done.is_multiple_of(FILES_TOLD_EACH) {
            tell(Step::CarryingFiles { done, of });
        }
        let Some(content) = source.file(&hash)? else {
            moved.missing.push(hash);
            continue;
        };
        for (n, part) in (0_i64..).zip(content.chunks(PART_BYTES)) {
            let value = |column: &str| match column {
                "hash" => Value::from(&hash),
                "n" => Value::from(n),
                _ => Value::from(part.to_vec()),
            };
            let values: Vec<Value> = table.columns.iter().map(|column| value(&column.name)).collect();
            filling.put(&values).await?;
        }
        moved.files += 1;
        moved.file_bytes += u64::try_from(content.len()).unwrap_or_default();
    }
    filling.end().await
}

fn same(table: &Table, sent: Tally, found: Tally) -> Result<(), MoveFault> {
    if sent == found { Ok(()) } else { Err(table.differs(sent.rows, found.rows)) }
}
