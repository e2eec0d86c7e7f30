//! One transaction, on either engine.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use domain::base::Instant;

use super::ask::Ask;
use super::clock::{Clock, machine_now};
use super::error::StoreError;
use super::pg::PgTx;
use super::value::{Row, Value};
use super::{dialect, lite};

/// An open transaction. SQL is written once, with `$1`, `$2` … bound in order.
pub struct Tx<'t> {
    pub(super) engine: EngineTx<'t>,
    pub(super) clock: Clock,
    pub(super) faults: Arc<AtomicI64>,
    pub(super) retry: bool,
    /// The record of the first event that was logged.
    pub(super) changed: Option<(&'static str, i64)>,
    /// How far down `LOCK_ORDER` this transaction has locked.
    pub(super) locked: usize,
    /// How the engine went about each statement, where somebody asked for it.
    plans: Option<Vec<String>>,
}

impl<'t> Tx<'t> {
    /// A transaction in which nothing has happened yet.
    pub(super) fn begun(engine: EngineTx<'t>, clock: Clock, faults: Arc<AtomicI64>) -> Tx<'t> {
        Tx { engine, clock, faults, retry: false, changed: None, locked: 0, plans: None }
    }
}

/// The one order in which a transaction locks rows, so that no two ever wait for each other. Rows of one table are
/// locked by their id, and `docs/ARCHITECTURE.md` says what each lock stands for.
pub const LOCK_ORDER: &[&str] = &[
    "org_unit",
    "config_turn",
    "config_item",
    "config_draft",
    "config_stamp",
    "quote_chain",
    "rule_standing",
    "customer",
    "quote",
    "share_link",
    "product",
    "person",
    "task",
    "webhook",
    "number_series",
];

pub(super) enum EngineTx<'t> {
    Lite(&'t mut rusqlite::Connection),
    Pg(PgTx<'t>),
}

impl Tx<'_> {
    /// Runs one statement and says how many rows it touched.
    pub async fn exec(&mut self, sql: &str, params: &[Value]) -> Result<u64, StoreError> {
        self.about_to_change()?;
        storable(params)?;
        self.note_plan(sql, params).await?;
        let done = match &mut self.engine {
            EngineTx::Lite(connection) => lite::exec(connection, sql, params),
            EngineTx::Pg(transaction) => transaction.exec(sql, params).await,
        };
        self.noted(done)
    }

    /// Runs one statement of which nobody asks what became of it. On PostgreSQL it travels with whatever is waited for
    /// next, the commit at the latest, and a refusal comes from there: for statements that nobody expects to be refused.
    pub async fn exec_soon(&mut self, sql: &str, params: &[Value]) -> Result<(), StoreError> {
        self.about_to_change()?;
        storable(params)?;
        self.note_plan(sql, params).await?;
        let done = match &mut self.engine {
            EngineTx::Lite(connection) => lite::exec(connection, sql, params).map(|_| ()),
            EngineTx::Pg(transaction) => transaction.exec_soon(sql, params).await,
        };
        self.noted(done)
    }

    /// Runs the last statement of a command that is to be kept however many rows this touches. On PostgreSQL it travels with
    /// the commit, so that nothing may follow it.
    pub async fn exec_last(&mut self, sql: &str, params: &[Value]) -> Result<u64, StoreError> {
        self.about_to_change()?;
        storable(params)?;
        let done = match &mut self.engine {
            EngineTx::Lite(connection) => lite::exec(connection, sql, params),
            EngineTx::Pg(transaction) => transaction.exec_last(sql, params).await,
        };
        self.noted(done)
    }

    /// Runs the last statement of a command that is to be kept only when this touches a row; says whether it did. A command
    /// that hears `false` must fail, which rolls it back on SQLite. On PostgreSQL it travels with the commit, so that nothing
    /// may follow it, and touching nothing makes the commit a rollback.
    pub async fn exec_last_or_undo(&mut self, sql: &str, params: &[Value]) -> Result<bool, StoreError> {
        self.about_to_change()?;
        storable(params)?;
        let done = match &mut self.engine {
            EngineTx::Lite(connection) => lite::exec(connection, sql, params).map(|touched| touched > 0),
            EngineTx::Pg(transaction) => transaction.exec_last_or_undo(sql, params).await,
        };
        self.noted(done)
    }

    /// Runs one statement once for each set of parameters.
    pub async fn exec_many(&mut self, sql: &str, sets: &[Vec<Value>]) -> Result<u64, StoreError> {
        self.exec_sets(sql, sets, false).await
    }

    /// `exec_many` where no two sets change the same row: PostgreSQL puts many rows by one statement even over those that
    /// are there. Two sets under one key are refused, on either engine.
    pub async fn exec_many_apart(&mut self, sql: &str, sets: &[Vec<Value>]) -> Result<u64, StoreError> {
        if dialect::meet(sql, sets) {
            return Err(StoreError::Sql("two rows are put under one key".to_string()));
        }
        self.exec_sets(sql, sets, true).await
    }

    async fn exec_sets(&mut self, sql: &str, sets: &[Vec<Value>], apart: bool) -> Result<u64, StoreError> {
        self.about_to_change()?;
        sets.iter().try_for_each(|params| storable(params))?;
        let done = match &mut self.engine {
            EngineTx::Lite(connection) => lite::exec_many(connection, sql, sets),
            EngineTx::Pg(transaction) => transaction.exec_many(sql, sets, apart).await,
        };
        self.noted(done)
    }

    /// `exec_soon` once for each set of parameters.
    pub async fn exec_many_soon(&mut self, sql: &str, sets: &[Vec<Value>]) -> Result<(), StoreError> {
        self.about_to_change()?;
        sets.iter().try_for_each(|params| storable(params))?;
        let done = match &mut self.engine {
            EngineTx::Lite(connection) => lite::exec_many(connection, sql, sets).map(|_| ()),
            EngineTx::Pg(transaction) => transaction.exec_many_soon(sql, sets).await,
        };
        self.noted(done)
    }

    /// Asks what is about to be asked, and locks what is about to be locked. On PostgreSQL all of it travels at once, in
    /// this order, and whoever asks the same afterwards is answered from here, until something is locked or changed. On
    /// SQLite, where nothing travels, each is asked in its turn.
    pub async fn ahead(&mut self, asks: Vec<Ask>) -> Result<(), StoreError> {
        for ask in &asks {
            storable(&ask.params)?;
            if let Some(table) = ask.locks {
                self.next_lock(table)?;
            }
        }
        let done = match &mut self.engine {
            EngineTx::Lite(_) => Ok(()),
            EngineTx::Pg(transaction) => transaction.ahead(asks).await,
        };
        self.noted(done)
    }

    /// All rows that the statement answers with.
    pub async fn query(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>, StoreError> {
        if !sql.trim_start().starts_with("SELECT") && !sql.trim_start().starts_with("WITH") {
            self.about_to_change()?;
        }
        storable(params)?;
        self.note_plan(sql, params).await?;
        let rows = match &mut self.engine {
            EngineTx::Lite(connection) => lite::query(connection, sql, params),
            EngineTx::Pg(transaction) => transaction.query(sql, params).await,
        };
        self.noted(rows)
    }

    /// The first row, or `None`.
    pub async fn query_opt(&mut self, sql: &str, params: &[Value]) -> Result<Option<Row>, StoreError> {
        Ok(self.query(sql, params).await?.into_iter().next())
    }

    /// The first row; an error when there is none.
    pub async fn query_one(&mut self, sql: &str, params: &[Value]) -> Result<Row, StoreError> {
        self.query_opt(sql, params).await?.ok_or_else(|| StoreError::Decode("no row".to_string()))
    }

    /// Runs `INSERT … RETURNING id` and gives the new id.
    pub async fn insert(&mut self, sql: &str, params: &[Value]) -> Result<i64, StoreError> {
        self.query_one(sql, params).await?.int("id")
    }

    /// Runs `INSERT … RETURNING id` without parameters and another one, whose last parameter is the id of the first; gives
    /// both ids. On PostgreSQL both are one statement.
    pub async fn insert_under(
        &mut self,
        above: &str,
        below: &str,
        params: &[Value],
    ) -> Result<(i64, i64), StoreError> {
        if self.is_lite() {
            let above = self.insert(above, &[]).await?;
            let mut params = params.to_vec();
            params.push(Value::from(above));
            return Ok((above, self.insert(below, &params).await?));
        }
        // Two writes, as on the other engine.
        self.about_to_change()?;
        self.about_to_change()?;
        let both = dialect::under_sql(above, below, params.len() + 1);
        let row = self.query_one(&both, params).await?;
        Ok((row.int("above")?, row.int("id")?))
    }

    /// Keeps a row as it is until this transaction ends (`FOR SHARE`); nothing to do on SQLite, whose writer is alone.
    pub async fn lock_shared(
        &mut self,
        table: &str,
        key: &str,
        value: impl Into<Value>,
    ) -> Result<(), StoreError> {
        self.lock(table, key, value.into(), true).await
    }

    /// Keeps the rows with these ids as they are until this transaction ends, as `lock_shared` does: one statement, which
    /// locks them by their id.
    pub(crate) async fn lock_all_shared(&mut self, table: &str, ids: &[i64]) -> Result<(), StoreError> {
        self.next_lock(table)?;
        if matches!(self.engine, EngineTx::Pg(_)) && !ids.is_empty() {
            self.query(&dialect::lock_all_sql(table), &[dialect::ids(ids)]).await?;
        }
        Ok(())
    }

    /// The rows of a `SELECT` that no other transaction works on, kept for this one alone; on SQLite, whose writer is
    /// alone, all of them.
    pub(crate) async fn query_free(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>, StoreError> {
        match self.engine {
            EngineTx::Lite(_) => self.query(sql, params).await,
            EngineTx::Pg(_) => {
                self.forget_ahead();
                self.query(&dialect::free_sql(sql), params).await
            }
        }
    }

    /// Lets the database give up what this transaction holds when nothing is heard of its server for `ms` milliseconds, as
    /// when the machine is gone from the network; a program that is killed is noticed at once. Nothing to do on SQLite,
    /// where a transaction ends with its program.
    pub(crate) async fn silent_at_most(&mut self, ms: i64) -> Result<(), StoreError> {
        let done = match &mut self.engine {
            EngineTx::Lite(_) => Ok(()),
            EngineTx::Pg(transaction) => {
                transaction.exec_soon(dialect::SILENT_AT_MOST, &[Value::Text(ms.to_string())]).await
            }
        };
        self.noted(done)
    }

    /// Keeps a row for this transaction alone (`FOR UPDATE`); nothing to do on SQLite, whose writer is alone.
    pub async fn lock_row(
        &mut self,
        table: &str,
        key: &str,
        value: impl Into<Value>,
    ) -> Result<(), StoreError> {
        self.lock(table, key, value.into(), false).await
    }

    async fn lock(&mut self, table: &str, key: &str, value: Value, shared: bool) -> Result<(), StoreError> {
        self.next_lock(table)?;
        if matches!(self.engine, EngineTx::Pg(_)) {
            self.query(&dialect::lock_sql(table, key, shared), &[value]).await?;
        }
        Ok(())
    }

    /// Refuses a lock out of `LOCK_ORDER`, on either engine: a command that took it could wait for ever on PostgreSQL.
    pub(crate) fn next_lock(&mut self, table: &str) -> Result<(), StoreError> {
        let place = LOCK_ORDER.iter().position(|known| *known == table);
        match place.filter(|place| self.locked <= *place) {
            Some(place) => self.locked = place,
            None => return Err(StoreError::Sql(format!("{table} is locked out of order"))),
        }
        self.forget_ahead();
        Ok(())
    }

    /// The clock as it stands: the machine's on SQLite, the server's on PostgreSQL, or the one set by hand.
    pub async fn clock_now(&mut self) -> Result<Instant, StoreError> {
        if let Some(moment) = self.clock.standing() {
            return Ok(moment);
        }
        if matches!(self.engine, EngineTx::Lite(_)) {
            return Ok(machine_now());
        }
        let row = self.query_one(dialect::POSTGRES_NOW, &[]).await?;
        Ok(Instant(row.int("now")?))
    }

    /// What `clock_now` says, and the number that `number` answers with, a `SELECT` of the one column `at` without
    /// parameters; one question on PostgreSQL.
    pub(crate) async fn clock_beside(&mut self, number: &str) -> Result<(Instant, Option<i64>), StoreError> {
        if self.is_lite() {
            let found = self.query_opt(number, &[]).await?;
            return Ok((self.clock_now().await?, found.map(|row| row.int("at")).transpose()?));
        }
        let row = self.query_one(&dialect::now_beside_sql(number), &[]).await?;
        let now = Instant(row.int("now")?);
        Ok((self.clock.standing().unwrap_or(now), row.opt_int("beside")?))
    }

    /// What stands behind a subquery that takes rows to work on, so that no two servers take the same.
    pub(crate) fn skip_locked(&self) -> &'static str {
        dialect::skip_locked(matches!(self.engine, EngineTx::Pg(_)))
    }

    /// Whether this is SQLite, for what only one of the engines can be asked.
    pub(crate) fn is_lite(&self) -> bool {
        matches!(self.engine, EngineTx::Lite(_))
    }

    /// Notes that something happened to a record.
    pub(crate) fn note_change(&mut self, entity: &'static str, id: i64) {
        self.changed.get_or_insert((entity, id));
    }

    /// The record that this transaction is about: what its first event happened to.
    pub(crate) fn changed(&self) -> Option<(&'static str, i64)> {
        self.changed
    }

    /// For tests of plans: from now on it is kept how the engine goes about each statement that is waited for, or travels with
    /// one that is.
    pub fn keep_plans(&mut self) {
        self.plans = Some(Vec::new());
    }

    /// The plans that were kept, one for each statement, in the engine's own words.
    pub fn plans(&self) -> &[String] {
        self.plans.as_deref().unwrap_or_default()
    }

    async fn note_plan(&mut self, sql: &str, params: &[Value]) -> Result<(), StoreError> {
        let Some(plans) = &mut self.plans else { return Ok(()) };
        let (explain, column) = dialect::explain(matches!(self.engine, EngineTx::Pg(_)));
        let asked = format!("{explain} {sql}");
        let rows = match &mut self.engine {
            EngineTx::Lite(connection) => lite::query(connection, &asked, params)?,
            EngineTx::Pg(transaction) => transaction.query(&asked, params).await?,
        };
        let lines: Vec<String> = rows.iter().map(|row| row.text(column)).collect::<Result<_, _>>()?;
        plans.push(lines.join("\n"));
        Ok(())
    }

    fn noted<T>(&mut self, outcome: Result<T, StoreError>) -> Result<T, StoreError> {
        self.retry |= matches!(outcome, Err(StoreError::Retry(_)));
        outcome
    }

    /// What was asked ahead need not be so any more.
    fn forget_ahead(&mut self) {
        if let EngineTx::Pg(transaction) = &mut self.engine {
            transaction.forget_ahead();
        }
    }

    fn about_to_change(&mut self) -> Result<(), StoreError> {
        self.forget_ahead();
        let armed = self.faults.load(Ordering::Relaxed) > 0;
        if armed && self.faults.fetch_sub(1, Ordering::SeqCst) == 1 {
            return Err(StoreError::Injected);
        }
        Ok(())
    }
}

/// PostgreSQL takes no NUL in a text, so that SQLite may take none either.
fn storable(params: &[Value]) -> Result<(), StoreError> {
    let holds_nul = |value: &Value| matches!(value, Value::Text(text) if text.contains('\0'));
    if params.iter().any(holds_nul) {
        return Err(StoreError::Sql("a text holds NUL".to_string()));
    }
    Ok(())
}
