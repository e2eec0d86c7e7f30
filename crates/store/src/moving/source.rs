//! The SQLite folder that is moved: kept from every writer meanwhile, and only read.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags, Row, Statement};
use tokio_postgres::types::Type;

use super::table::Table;
use super::{MoveFault, Unfit};
use crate::engine::folder::{check_as_left, check_unmixed};
use crate::engine::{DATABASE, VERSION_TABLE, faults_of, keep_writers_out, known_migration, migration_of};
use crate::{StoreError, Value, files};

/// A program that looks something up beside us is waited for so long.
const PATIENCE: Duration = Duration::from_secs(30);
const TABLES: &str = "
    SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name";
const FILES: &str = "SELECT hash FROM file ORDER BY hash";
const KEY: &str = "SELECT name FROM pragma_table_info(?1) WHERE pk > 0 ORDER BY pk";
/// Of a text that names a record so many letters are told.
const KEY_LETTERS_MAX: usize = 60;

pub(super) struct Source {
    /// Stands before the lock, so that it is closed first.
    connection: Connection,
    folder: PathBuf,
    _lock: File,
}

impl Source {
    /// Opens the folder to read it as it is at this moment.
    pub(super) fn open(folder: &Path) -> Result<Source, MoveFault> {
        let database = folder.join(DATABASE);
        let none = || MoveFault::NoDatabase(folder.display().to_string());
        if !database.is_file() {
            return Err(none());
        }
        let lock = keep_writers_out(folder)?;
        check_unmixed(folder)?;
        check_as_left(folder)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&database, flags)?;
        connection.busy_timeout(PATIENCE)?;
        // What a killed program has left in the log is read, and stays there.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        connection.execute_batch("BEGIN")?;
        let source = Source { connection, folder: folder.to_path_buf(), _lock: lock };
        if !source.tables()?.iter().any(|table| table == VERSION_TABLE) {
            return Err(none());
        }
        let (found, known) = (migration_of(&source.connection)?, known_migration());
        if found == known { Ok(source) } else { Err(MoveFault::SourceVersion { found, known }) }
    }

    /// Refuses a database that is broken: what is wrong in it would be wrong for ever.
    pub(super) fn sound(&self) -> Result<(), MoveFault> {
        match faults_of(&self.connection)?.into_iter().next() {
            Some(fault) => Err(MoveFault::Unsound(fault)),
            None => Ok(()),
        }
    }

    pub(super) fn tables(&self) -> Result<Vec<String>, MoveFault> {
        self.names(TABLES, [])
    }

    pub(super) fn columns(&self, table: &str) -> Result<Vec<String>, MoveFault> {
        let asked = self.connection.prepare(&format!("SELECT * FROM \"{table}\""))?;
        Ok(asked.column_names().map(str::to_string).collect())
    }

    pub(super) fn count(&self, table: &str) -> Result<u64, MoveFault> {
        let sql = format!("SELECT COUNT(*) FROM \"{table}\"");
        let rows: i64 = self.connection.query_row(&sql, [], |row| row.get(0))?;
        Ok(u64::try_from(rows).unwrap_or_default())
    }

    /// The highest `id` that the table has, or that it has given to what is gone and will not give again.
    pub(super) fn highest(&self, table: &str) -> Result<i64, MoveFault> {
        let sql = format!(
            "SELECT MAX(COALESCE((SELECT MAX(id) FROM \"{table}\"), 0),
                COALESCE((SELECT seq FROM sqlite_sequence WHERE name = '{table}'), 0))"
        );
        Ok(self.connection.query_row(&sql, [], |row| row.get(0))?)
    }

    /// The hashes of all files that the database names.
    pub(super) fn file_hashes(&self) -> Result<Vec<String>, MoveFault> {
        self.names(FILES, [])
    }

    /// The content of a file; `None` when it is not there, or no longer what its name says.
    pub(super) fn file(&self, hash: &str) -> Result<Option<Vec<u8>>, MoveFault> {
        let Some(path) = files::place(&self.folder, hash) else { return Ok(None) };
        match std::fs::read(path) {
            Ok(content) => Ok(Some(content).filter(|content| files::hash_of(content) == hash)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(StoreError::from(error).into()),
        }
    }

    /// What reads all rows of a table.
    pub(super) fn select(&self, table: &Table) -> Result<Statement<'_>, MoveFault> {
        Ok(self.connection.prepare(&table.select())?)
    }

    /// A row as PostgreSQL is to keep it: the very values, or the record and the column that no PostgreSQL can keep.
    pub(super) fn values(&self, table: &Table, row: &Row<'_>) -> Result<Vec<Value>, MoveFault> {
        let mut values = Vec::with_capacity(table.columns.len());
        for (at, column) in table.columns.iter().enumerate() {
            match value(row.get_ref(at)?, &column.ty) {
                Ok(value) => values.push(value),
                Err(why) => {
                    let (table_name, column) = (table.name.clone(), column.name.clone());
                    let record = self.record(table, row)?;
                    return Err(MoveFault::Unfit { table: table_name, record, column, why });
                }
            }
        }
        Ok(values)
    }

    /// What tells a row from all others: `id=12`, `customer_id=3, product_id=8`.
    fn record(&self, table: &Table, row: &Row<'_>) -> Result<String, MoveFault> {
        let mut told = Vec::new();
        for name in self.names(KEY, [&table.name])? {
            let Some(at) = table.columns.iter().position(|column| column.name == name) else { continue };
            let value = match row.get_ref(at)? {
                ValueRef::Integer(value) => value.to_string(),
                ValueRef::Text(bytes) => shown(&String::from_utf8_lossy(bytes)),
                ValueRef::Null | ValueRef::Real(_) | ValueRef::Blob(_) => "?".to_string(),
            };
            told.push(format!("{name}={value}"));
        }
        Ok(told.join(", "))
    }

    fn names(&self, sql: &str, params: impl rusqlite::Params) -> Result<Vec<String>, MoveFault> {
        let mut asked = self.connection.prepare(sql)?;
        let mut rows = asked.query(params)?;
        let mut names = Vec::new();
        while let Some(row) = rows.next()? {
            names.push(row.get(0)?);
        }
        Ok(names)
    }
}

fn value(found: ValueRef<'_>, ty: &Type) -> Result<Value, Unfit> {
    match found {
        ValueRef::Null => Ok(Value::Null),
        ValueRef::Integer(value) if *ty == Type::INT8 => Ok(Value::Int(value)),
        ValueRef::Text(bytes) if *ty == Type::TEXT => match std::str::from_utf8(bytes) {
            Ok(text) if text.contains('\0') => Err(Unfit::Nul),
            Ok(text) => Ok(Value::from(text)),
            Err(_) => Err(Unfit::NoText),
        },
        ValueRef::Blob(bytes) if *ty == Type::BYTEA => Ok(Value::from(bytes.to_vec())),
        ValueRef::Integer(_) | ValueRef::Real(_) | ValueRef::Text(_) | ValueRef::Blob(_) => Err(Unfit::Other),
    }
}

/// A text that can be told on one line.
fn shown(text: &str) -> String {
    text.chars().take(KEY_LETTERS_MAX).map(|sign| if sign.is_control() { '?' } else { sign }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_carried_as_it_is_or_not_at_all() {
        let text = ValueRef::Text("价格 ☕".as_bytes());
        assert_eq!(value(ValueRef::Null, &Type::INT8), Ok(Value::Null));
        assert_eq!(value(ValueRef::Integer(i64::MIN), &Type::INT8), Ok(Value::Int(i64::MIN)));
        assert_eq!(value(text, &Type::TEXT), Ok(Value::from("价格 ☕")));
        assert_eq!(value(ValueRef::Blob(&[0, 255]), &Type::BYTEA), Ok(Value::Blob(vec![0, 255])));
        assert_eq!(value(ValueRef::Text(b"a\0b"), &Type::TEXT), Err(Unfit::Nul));
        assert_eq!(value(ValueRef::Text(&[0xED, 0xA0, 0x80]), &Type::TEXT), Err(Unfit::NoText));
        for (found, ty) in [
            (ValueRef::Real(0.5), Type::INT8),
            (ValueRef::Integer(1), Type::TEXT),
            (text, Type::INT8),
            (ValueRef::Blob(b"a"), Type::TEXT),
            (ValueRef::Integer(1), Type::BOOL),
        ] {
            assert_eq!(value(found, &ty), Err(Unfit::Other), "{found:?}");
        }
        assert_eq!(shown("a\nb"), "a?b");
    }
}
