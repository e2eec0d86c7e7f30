//! PostgreSQL: plain transactions on pooled connections, with as few waits for the server as their order allows.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::BytesMut;
use deadpool_postgres::Client;
use futures::FutureExt;
use futures::future::maybe_done;
use tokio_postgres::Statement;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};

use super::ask::Ask;
use super::dialect;
use super::error::StoreError;
use super::value::{Row, Value};

/// From so many statements on, what waits to be sent is sent.
const UNSENT_MAX: usize = 256;
/// So many rows at most go into one statement. Fewer go in a power of two at a time, so that few texts are planned.
const ROWS_MAX: usize = 64;

impl ToSql for Value {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Value::Null => Ok(IsNull::Yes),
            Value::Int(value) if *ty == Type::INT4 => i32::try_from(*value)?.to_sql(ty, out),
            Value::Int(value) if *ty == Type::INT2 => i16::try_from(*value)?.to_sql(ty, out),
            Value::Int(value) => value.to_sql(ty, out),
            Value::Text(value) => value.to_sql(ty, out),
            Value::Blob(value) => value.to_sql(ty, out),
        }
    }

    fn accepts(ty: &Type) -> bool {
        [Type::INT8, Type::INT4, Type::INT2, Type::TEXT, Type::VARCHAR, Type::UNKNOWN, Type::BYTEA]
            .contains(ty)
    }

    to_sql_checked!();
}

fn borrowed(params: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    params.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

/// One statement on its way to the server.
enum Run {
    /// A text without parameters that begins or ends the transaction.
    Whole(&'static str),
    Change(Statement, Vec<Value>),
    Question(Statement, Vec<Value>),
}

/// What became of it.
enum Ran {
    Touched(u64),
    Rows(Vec<Row>),
}

impl Run {
    /// The first time that this is polled it sends the statement; afterwards it waits for the answer.
    async fn run(&self, client: &Client) -> Result<Ran, StoreError> {
        match self {
            Run::Whole(text) => {
                client.batch_execute(text).await?;
                Ok(Ran::Touched(0))
            }
            Run::Change(statement, params) => {
                Ok(Ran::Touched(client.execute(statement, &borrowed(params)).await?))
            }
            Run::Question(statement, params) => {
                let rows = client.query(statement, &borrowed(params)).await?;
                rows_of(statement, &rows).map(Ran::Rows)
            }
        }
    }
}

/// What was asked ahead of its turn, and answered.
struct Answered {
    ask: Ask,
    rows: Vec<Row>,
}

/// One transaction on a connection of the pool. What nobody waits for is kept back and sent in one go with what somebody
/// does wait for: the beginning with the first statement, changes without an answer with the next one or the commit. The
/// server carries them out one after the other, each seeing what those before it did.
pub(super) struct PgTx<'t> {
    client: &'t Client,
    unsent: Vec<Run>,
    answered: Vec<Answered>,
    /// The beginning was sent, and no end.
    open: bool,
    /// The end was sent.
    ended: bool,
    trips: Arc<AtomicU64>,
}

impl Drop for PgTx<'_> {
    /// What was not committed is rolled back; nobody waits for that.
    fn drop(&mut self) {
        if self.open {
            let _ = self.client.batch_execute("ROLLBACK").now_or_never();
        }
    }
}

impl<'t> PgTx<'t> {
    /// A transaction that is begun by `text` as soon as anything is asked.
    pub(super) fn begun_by(client: &'t Client, text: &'static str, trips: Arc<AtomicU64>) -> PgTx<'t> {
        let unsent = vec![Run::Whole(text)];
        PgTx { client, unsent, answered: Vec::new(), open: false, ended: false, trips }
    }

    pub(super) async fn exec(&mut self, sql: &str, params: &[Value]) -> Result<u64, StoreError> {
        let statement = self.prepared(sql).await?;
        self.unsent.push(Run::Change(statement, params.to_vec()));
        Ok(self.flush().await?.last().map_or(0, Ran::touched))
    }

    /// Sent with whatever is waited for next.
    pub(super) async fn exec_soon(&mut self, sql: &str, params: &[Value]) -> Result<(), StoreError> {
        let statement = self.prepared(sql).await?;
        self.unsent.push(Run::Change(statement, params.to_vec()));
        self.flush_when_many().await
    }

    /// The last statement, sent with the commit. Where it is the only one and need not wait for the disk, it is a transaction
    /// by itself, without beginning and end.
    pub(super) async fn exec_last(&mut self, sql: &str, params: &[Value]) -> Result<u64, StoreError> {
        let only = matches!(self.unsent.as_slice(), [Run::Whole(begin)] if *begin == dialect::BEGIN_UNSYNCED);
        if let Some(alone) = dialect::alone_unsynced_sql(sql).filter(|_| only) {
            let statement = self.prepared(&alone).await?;
            self.unsent = vec![Run::Change(statement, params.to_vec())];
            return Ok(self.finish().await?.last().map_or(0, Ran::touched));
        }
        let statement = self.prepared(sql).await?;
        self.unsent.push(Run::Change(statement, params.to_vec()));
        let answers = self.end().await?;
        Ok(answers.iter().rev().nth(1).map_or(0, Ran::touched))
    }

    /// The last statement, sent with the commit, of which nothing is kept when it touches no row: says whether it did.
    pub(super) async fn exec_last_or_undo(
        &mut self,
        sql: &str,
        params: &[Value],
    ) -> Result<bool, StoreError> {
        let statement = self.prepared(&dialect::touches_one_sql(sql)).await?;
        self.unsent.push(Run::Question(statement, params.to_vec()));
        match self.end().await {
            Ok(_) => Ok(true),
            Err(StoreError::Sql(said)) if said.contains(dialect::NO_ROW) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// `apart`: no two of the sets change the same row.
    pub(super) async fn exec_many(
        &mut self,
        sql: &str,
        sets: &[Vec<Value>],
        apart: bool,
    ) -> Result<u64, StoreError> {
        let mut touched = 0;
        for chunk in sets.chunks(UNSENT_MAX) {
            let runs = self.runs_of(sql, chunk, apart).await?;
            let own = runs.len();
            self.unsent.extend(runs);
            let answers = self.flush().await?;
            touched += answers.iter().rev().take(own).map(Ran::touched).sum::<u64>();
        }
        Ok(touched)
    }

    pub(super) async fn exec_many_soon(&mut self, sql: &str, sets: &[Vec<Value>]) -> Result<(), StoreError> {
        for chunk in sets.chunks(UNSENT_MAX) {
            let runs = self.runs_of(sql, chunk, false).await?;
            self.unsent.extend(runs);
            self.flush_when_many().await?;
        }
        Ok(())
    }

    /// The statements that run `sql` for all these sets: what inserts a row inserts many at once.
    async fn runs_of(&self, sql: &str, sets: &[Vec<Value>], apart: bool) -> Result<Vec<Run>, StoreError> {
        let width = sets.first().map_or(0, Vec::len);
        if dialect::rows_sql(sql, width, 1, apart).is_none() {
            let statement = self.prepared(sql).await?;
            return Ok(sets.iter().map(|params| Run::Change(statement.clone(), params.clone())).collect());
        }
        let (mut runs, mut left) = (Vec::new(), sets);
        while !left.is_empty() {
            let rows = 1_usize << left.len().min(ROWS_MAX).ilog2();
            let (now, later) = left.split_at(rows);
            let text = dialect::rows_sql(sql, width, rows, apart).unwrap_or_default();
            runs.push(Run::Change(self.prepared(&text).await?, now.concat()));
            left = later;
        }
        Ok(runs)
    }

    pub(super) async fn query(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>, StoreError> {
        if let Some(place) = self.answered.iter().position(|known| known.answers(sql, params)) {
            return Ok(self.answered.swap_remove(place).rows);
        }
        let statement = self.prepared(sql).await?;
        self.unsent.push(Run::Question(statement, params.to_vec()));
        match self.flush().await?.pop() {
            Some(Ran::Rows(rows)) => Ok(rows),
            Some(Ran::Touched(_)) | None => {
                Err(StoreError::Decode("a question without an answer".to_string()))
            }
        }
    }

    /// Asks all of these in one go, and keeps the answers for `query`. A lock drops the answers that were given before it.
    pub(super) async fn ahead(&mut self, asks: Vec<Ask>) -> Result<(), StoreError> {
        let mut kept: Vec<Option<Ask>> = Vec::with_capacity(asks.len());
        for ask in asks {
            let locks = ask.locks.is_some();
            if !locks && self.answered.iter().any(|known| known.answers(&ask.sql, &ask.params)) {
                continue;
            }
            let statement = self.prepared(&ask.sql).await?;
            self.unsent.push(Run::Question(statement, ask.params.clone()));
            if locks {
                kept.iter_mut().for_each(|before| *before = None);
            }
            kept.push(Some(ask).filter(|_| !locks));
        }
        if kept.is_empty() {
            return Ok(());
        }
        let mut answers = self.flush().await?;
        let own = answers.split_off(answers.len().saturating_sub(kept.len()));
        for (ask, ran) in kept.into_iter().zip(own) {
            if let (Some(ask), Ran::Rows(rows)) = (ask, ran) {
                self.answered.push(Answered { ask, rows });
            }
        }
        Ok(())
    }

    /// Drops what was asked ahead: something is about to be locked or changed.
    pub(super) fn forget_ahead(&mut self) {
        self.answered.clear();
    }

    /// Ends the transaction with what was not sent yet; one in which nothing was asked has nothing to end.
    pub(super) async fn commit(mut self) -> Result<(), StoreError> {
        let idle = self.unsent.iter().all(|run| matches!(run, Run::Whole(_)));
        if self.ended || (!self.open && idle) {
            return Ok(());
        }
        self.end().await.map(|_| ())
    }

    async fn end(&mut self) -> Result<Vec<Ran>, StoreError> {
        self.unsent.push(Run::Whole("COMMIT"));
        self.finish().await
    }

    /// Sends what commits. From here on a connection that breaks leaves everybody in the dark, whichever answer it cuts off.
    /// A statement that the server refuses makes the commit beside it a rollback.
    async fn finish(&mut self) -> Result<Vec<Ran>, StoreError> {
        let answers = self.flush().await;
        (self.open, self.ended) = (false, true);
        answers.map_err(|error| match error {
            StoreError::Unavailable(lost) => StoreError::CommitUnknown(lost),
            error => error,
        })
    }

    async fn prepared(&self, sql: &str) -> Result<Statement, StoreError> {
        if self.ended {
            return Err(StoreError::Sql("a statement after the last one".to_string()));
        }
        Ok(self.client.prepare_cached(sql).await?)
    }

    async fn flush_when_many(&mut self) -> Result<(), StoreError> {
        if self.unsent.len() >= UNSENT_MAX {
            self.flush().await?;
        }
        Ok(())
    }

    /// Sends everything that waits, in its order, and gives the answers in that order. After the first refusal the server
    /// refuses the rest.
    async fn flush(&mut self) -> Result<Vec<Ran>, StoreError> {
        let runs = std::mem::take(&mut self.unsent);
        self.open = true;
        self.trips.fetch_add(1, Ordering::Relaxed);
        let mut sent = Vec::with_capacity(runs.len());
        for run in &runs {
            let mut run = Box::pin(maybe_done(run.run(self.client)));
            // The first poll sends; what comes back is taken below, in the same order.
            let _ = futures::poll!(run.as_mut());
            sent.push(run);
        }
        let mut answers = Vec::with_capacity(sent.len());
        for mut run in sent {
            run.as_mut().await;
            let answer = run.as_mut().take_output();
            answers.push(answer.unwrap_or_else(|| Err(StoreError::Decode("an answer is gone".to_string())))?);
        }
        Ok(answers)
    }
}

impl Answered {
    fn answers(&self, sql: &str, params: &[Value]) -> bool {
        self.ask.sql == sql && self.ask.params == params
    }
}

impl Ran {
    fn touched(&self) -> u64 {
        match self {
            Ran::Touched(rows) => *rows,
            Ran::Rows(_) => 0,
        }
    }
}

fn rows_of(statement: &Statement, rows: &[tokio_postgres::Row]) -> Result<Vec<Row>, StoreError> {
    let names: Arc<[String]> = statement.columns().iter().map(|column| column.name().to_string()).collect();
    let types: Vec<Type> = statement.columns().iter().map(|column| column.type_().clone()).collect();
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let mut values = Vec::with_capacity(types.len());
        for (index, ty) in types.iter().enumerate() {
            values.push(column(row, index, ty)?);
        }
        found.push(Row { names: names.clone(), values });
    }
    Ok(found)
}

/// One column of an answer.
pub(crate) fn column(row: &tokio_postgres::Row, index: usize, ty: &Type) -> Result<Value, StoreError> {
    Ok(match *ty {
        Type::INT8 => row.try_get::<_, Option<i64>>(index)?.map_or(Value::Null, Value::Int),
        Type::INT4 => {
            row.try_get::<_, Option<i32>>(index)?.map_or(Value::Null, |value| Value::Int(i64::from(value)))
        }
        Type::BOOL => row.try_get::<_, Option<bool>>(index)?.map_or(Value::Null, Value::from),
        Type::TEXT | Type::VARCHAR => {
            row.try_get::<_, Option<String>>(index)?.map_or(Value::Null, Value::Text)
        }
        Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(index)?.map_or(Value::Null, Value::Blob),
        _ => return Err(StoreError::Decode(format!("a column of type {ty}"))),
    })
}
