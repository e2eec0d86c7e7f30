//! Questions that are asked ahead of their turn. On PostgreSQL they travel together, so that many cost the wait of one.

use std::borrow::Cow;

use super::dialect;
use super::value::Value;

/// A question, or a lock, that a use-case is about to need: see `Tx::ahead`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    pub(super) sql: Cow<'static, str>,
    pub(super) params: Vec<Value>,
    /// The table of which it locks rows.
    pub(super) locks: Option<&'static str>,
}

impl Ask {
    /// A `SELECT` with the very text and parameters with which `Tx::query` will be asked.
    pub(crate) fn of(sql: &'static str, params: &[Value]) -> Ask {
        Ask { sql: Cow::Borrowed(sql), params: params.to_vec(), locks: None }
    }

    /// What `Tx::clock_beside` asks.
    pub(crate) fn clock_beside(number: &str) -> Ask {
        Ask { sql: Cow::Owned(dialect::now_beside_sql(number)), params: Vec::new(), locks: None }
    }

    /// What `Tx::lock_shared` does, before whatever stands after it in the list.
    pub fn lock_shared(table: &'static str, key: &str, value: impl Into<Value>) -> Ask {
        let sql = Cow::Owned(dialect::lock_sql(table, key, true));
        Ask { sql, params: vec![value.into()], locks: Some(table) }
    }

    /// What `Tx::lock_row` does, before whatever stands after it in the list.
    pub fn lock_row(table: &'static str, key: &str, value: impl Into<Value>) -> Ask {
        let sql = Cow::Owned(dialect::lock_sql(table, key, false));
        Ask { sql, params: vec![value.into()], locks: Some(table) }
    }

    /// Shared locks on the rows with these ids, by their id; before whatever stands after it in the list.
    pub(crate) fn lock_all_shared(table: &'static str, ids: &[i64]) -> Ask {
        let sql = Cow::Owned(dialect::lock_all_sql(table));
        Ask { sql, params: vec![dialect::ids(ids)], locks: Some(table) }
    }
}
