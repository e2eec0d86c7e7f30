//! The PostgreSQL that everything is moved to, inside one transaction that its ordinary owner may carry out.

use std::pin::{Pin, pin};

use futures::TryStreamExt;
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::types::Type;
use tokio_postgres::{Client, Transaction};

use super::MoveFault;
use super::table::{Column, Table, Tally};
use crate::engine::{
    VERSION_TABLE, applied_migration, column_of, known_migration, migrate_within, take_turn_to_migrate, whole,
};
use crate::{StoreError, Value};

/// Tables into which the migrations themselves write when there is no company yet.
const SEEDED: &[&str] = &[VERSION_TABLE, "config_stamp", "config_turn", "comparison"];
/// A move takes as long as it takes, whatever the database allows to others.
const NO_LIMITS: &str = "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0";
const ENCODING: &str = "SELECT CAST(current_setting('server_encoding') AS TEXT)";
const UTF8: &str = "UTF8";
/// Which table names which.
const KEYS: &str = "
    SELECT CAST(f.relname AS TEXT) AS below, CAST(t.relname AS TEXT) AS above
    FROM pg_constraint k JOIN pg_class f ON f.oid = k.conrelid JOIN pg_class t ON t.oid = k.confrelid
    WHERE k.contype = 'f' AND k.connamespace = CAST(CAST(current_schema() AS TEXT) AS regnamespace)";

/// A connection of its own.
pub(super) async fn connected(url: &str) -> Result<Client, MoveFault> {
    whole::connected(url).await.map_err(|error| MoveFault::Unreachable(said(&error)))
}

/// What the server or the machine says of itself.
fn said(error: &tokio_postgres::Error) -> String {
    match (error.as_db_error(), std::error::Error::source(error)) {
        (Some(db), _) => format!("{} {}", db.code().code(), db.message()),
        (None, Some(source)) => format!("{error}: {source}"),
        (None, None) => error.to_string(),
    }
}

/// Refuses a database that is not ours to fill, and makes our tables where there are none. Until the transaction ends no
/// other program makes tables there.
pub(super) async fn take(change: &Transaction<'_>) -> Result<(), MoveFault> {
    change.batch_execute(NO_LIMITS).await?;
    let encoding: String = change.query_one(ENCODING, &[]).await?.try_get(0)?;
    if encoding != UTF8 {
        return Err(MoveFault::Encoding(encoding));
    }
    take_turn_to_migrate(change).await.map_err(MoveFault::Target)?;
    free(change).await?;
    migrate_within(change, known_migration()).await.map_err(MoveFault::Target)
}

/// Refuses a database that holds anything: rows, tables of somebody else, or ours of another program.
async fn free(change: &Transaction<'_>) -> Result<(), MoveFault> {
    let there = whole::tables(change).await.map_err(MoveFault::Target)?;
    let Some(first) = there.first() else { return Ok(()) };
    if !there.iter().any(|table| table == VERSION_TABLE) {
        return Err(MoveFault::NotEmpty { table: first.clone() });
    }
    let found = applied_migration(change).await.map_err(MoveFault::Target)?;
    let known = known_migration();
    if found != known {
        return Err(MoveFault::TargetVersion { found, known });
    }
    for table in there.iter().filter(|table| !SEEDED.contains(&table.as_str())) {
        let sql = format!("SELECT EXISTS (SELECT 1 FROM \"{table}\")");
        let holds: bool = change.query_one(&sql, &[]).await?.try_get(0)?;
        if holds {
            return Err(MoveFault::NotEmpty { table: table.clone() });
        }
    }
    Ok(())
}

/// The tables in an order in which each stands behind those that it names.
pub(super) async fn in_order(
    change: &Transaction<'_>,
    tables: Vec<String>,
) -> Result<Vec<String>, MoveFault> {
    let rows = change.query(KEYS, &[]).await?;
    let keys: Result<Vec<(String, String)>, tokio_postgres::Error> =
        rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect();
    Ok(ordered(tables, &keys?)?)
}

/// `keys` are pairs of a table and one that it names; one that names itself is filled by one statement, which is checked at
/// its end.
fn ordered(tables: Vec<String>, keys: &[(String, String)]) -> Result<Vec<String>, StoreError> {
    let (mut ordered, mut waiting) = (Vec::with_capacity(tables.len()), tables);
    while !waiting.is_empty() {
        let is_ready = |table: &String| {
            let mut named = keys.iter().filter(|(below, above)| below == table && above != table);
            named.all(|(_, above)| !waiting.contains(above))
        };
        let (ready, later): (Vec<String>, Vec<String>) = waiting.iter().cloned().partition(is_ready);
        if ready.is_empty() {
            return Err(StoreError::Sql(format!(
                "tables that name one another in a ring: {}",
                later.join(", ")
            )));
        }
        ordered.extend(ready);
        waiting = later;
    }
    Ok(ordered)
}

pub(super) async fn columns(change: &Transaction<'_>, table: &str) -> Result<Vec<Column>, MoveFault> {
    let asked = change.prepare(&format!("SELECT * FROM \"{table}\"")).await?;
    let column = |column: &tokio_postgres::Column| Column {
        name: column.name().to_string(),
        ty: column.type_().clone(),
    };
    Ok(asked.columns().iter().map(column).collect())
}

/// Keeps what our triggers do from being done to rows that are carried (`DISABLE`): what they did once is carried itself.
/// Afterwards they are there again (`ENABLE`). Foreign keys hold all the time.
pub(super) async fn triggers(
    change: &Transaction<'_>,
    tables: &[Table],
    what: &str,
) -> Result<(), MoveFault> {
    let each = tables.iter().map(|table| format!("ALTER TABLE \"{}\" {what} TRIGGER USER;", table.name));
    Ok(change.batch_execute(&each.collect::<Vec<_>>().join("\n")).await?)
}

/// A table that is being filled, by one statement.
pub(super) struct Filling<'a> {
    table: &'a Table,
    writer: Pin<Box<BinaryCopyInWriter>>,
    tally: Tally,
}

impl<'a> Filling<'a> {
    pub(super) async fn begin(change: &Transaction<'_>, table: &'a Table) -> Result<Filling<'a>, MoveFault> {
        let sql = format!("COPY \"{}\" ({}) FROM STDIN (FORMAT binary)", table.name, table.listed());
        let types: Vec<Type> = table.columns.iter().map(|column| column.ty.clone()).collect();
        let sink = change.copy_in(sql.as_str()).await?;
        let writer = Box::pin(BinaryCopyInWriter::new(sink, &types));
        Ok(Filling { table, writer, tally: Tally::default() })
    }

    /// How many rows are on their way.
    pub(super) fn rows(&self) -> u64 {
        self.tally.rows
    }

    /// Sends a row: one value for each column of the table.
    pub(super) async fn put(&mut self, values: &[Value]) -> Result<(), MoveFault> {
        let sent = self.writer.as_mut().write_raw(values).await;
        sent.map_err(|error| refused(self.table, error))?;
        self.tally.add(values);
        Ok(())
    }

    /// All that was sent, once PostgreSQL has taken it.
    pub(super) async fn end(mut self) -> Result<Tally, MoveFault> {
        let taken = self.writer.as_mut().finish().await.map_err(|error| refused(self.table, error))?;
        if taken == self.tally.rows {
            Ok(self.tally)
        } else {
            Err(self.table.differs(self.tally.rows, taken))
        }
    }
}

/// What PostgreSQL has against a row, with the place that it names; anything else is a failure of the whole.
fn refused(table: &Table, error: tokio_postgres::Error) -> MoveFault {
    let place = error.as_db_error().and_then(|db| db.where_()).map(|place| format!(" ({place})"));
    match StoreError::from(error) {
        StoreError::Sql(said) | StoreError::Constraint(said) => MoveFault::Refused {
            table: table.name.clone(),
            said: format!("{}{}", said.trim_end(), place.unwrap_or_default()),
        },
        other => MoveFault::Target(other),
    }
}

/// Reads the table back, as it will be once this counts.
pub(super) async fn tally(change: &Transaction<'_>, table: &Table) -> Result<Tally, MoveFault> {
    let asked = change.prepare(&table.select()).await?;
    let stream = change.query_raw(&asked, Vec::<Value>::new()).await?;
    let mut rows = pin!(stream);
    let mut tally = Tally::default();
    while let Some(row) = rows.try_next().await? {
        let values = table.columns.iter().enumerate().map(|(at, column)| column_of(&row, at, &column.ty));
        let values: Vec<Value> = values.collect::<Result<_, _>>().map_err(MoveFault::Target)?;
        tally.add(&values);
    }
    Ok(tally)
}

/// Lets every `id` count on behind the highest that was ever given.
pub(super) async fn count_on(
    change: &Transaction<'_>,
    highest: impl Fn(&str) -> Result<i64, MoveFault>,
) -> Result<(), MoveFault> {
    for table in whole::counted(change).await.map_err(MoveFault::Target)? {
        whole::count_on(change, &table, highest(&table)?).await.map_err(MoveFault::Target)?;
    }
    Ok(())
}

/// Lets PostgreSQL look over what it has got, so that it goes about the first questions as about later ones.
pub(super) async fn look_over(change: &Transaction<'_>, tables: &[Table]) -> Result<(), MoveFault> {
    let names: Vec<String> = tables.iter().map(|table| format!("\"{}\"", table.name)).collect();
    Ok(change.batch_execute(&format!("ANALYZE {}", names.join(", "))).await?)
}

/// Makes all of it count. A connection that breaks meanwhile leaves everybody in the dark.
pub(super) async fn commit(change: Transaction<'_>) -> Result<(), MoveFault> {
    change.commit().await.map_err(|error| match StoreError::from(error) {
        StoreError::Unavailable(lost) => MoveFault::Target(StoreError::CommitUnknown(lost)),
        other => MoveFault::Target(other),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ordered_by(keys: &[(&str, &str)]) -> Option<String> {
        let tables = ["a", "b", "c", "d"].map(str::to_string).to_vec();
        let keys: Vec<_> = keys.iter().map(|(below, above)| (below.to_string(), above.to_string())).collect();
        ordered(tables, &keys).ok().map(|tables| tables.concat())
    }

    #[test]
    fn a_table_stands_behind_those_that_it_names() {
        assert_eq!(ordered_by(&[]).as_deref(), Some("abcd"));
        assert_eq!(ordered_by(&[("a", "b"), ("b", "d"), ("c", "c")]).as_deref(), Some("cdba"));
        assert_eq!(ordered_by(&[("a", "b"), ("b", "c"), ("c", "a")]), None);
    }
}
