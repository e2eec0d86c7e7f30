//! SQLite: one writer thread that groups whatever has queued into one durable commit, and a pool of readers.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags, Statement, ToSql};
use tokio::sync::{Semaphore, SemaphorePermit};

use super::anchor::Anchor;
use super::carry::Carrier;
use super::error::StoreError;
use super::store::Durability;
use super::value::{Row, Value};

/// At most so many commands share one commit.
const GROUP_MAX: usize = 64;
/// At most so many commands wait for the writer; more are refused, not queued for ever.
const QUEUE_MAX: usize = 4_096;
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// More than the store has: one that is pushed out is planned again each time that it comes.
const CACHED_STATEMENTS: usize = 1_280;

/// A command on its way to the writer thread.
pub(super) trait Job: Send {
    /// Whether its rows must be on the disk before it is acknowledged.
    fn durable(&self) -> bool;
    /// Runs inside its own savepoint; `false` rolls the savepoint back.
    fn run(&mut self, connection: &mut Connection) -> bool;
    /// Called after the commit; on `Err` nothing of the group was kept.
    fn acknowledge(self: Box<Self>, commit: Result<(), StoreError>);
}

/// The writer thread's inbox. Dropping the last one ends the thread after its last commit.
pub(super) struct Writer {
    inbox: Option<mpsc::SyncSender<Box<dyn Job>>>,
    thread: Option<JoinHandle<()>>,
    counted: Arc<Counted>,
}

/// Upper bounds of the groups that are counted; the last one holds every group.
pub const GROUP_BOUNDS: [u64; 7] = [1, 2, 4, 8, 16, 32, 64];

/// What the writer has done since the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WriterStats {
    /// Commands that wait or run now.
    pub queued: u64,
    /// Commands that were carried out, kept or refused.
    pub commands: u64,
    /// Commits, each of one group.
    pub commits: u64,
    /// Commits that failed and took their group with them.
    pub failed_commits: u64,
    /// How many groups had at most 1, 2, 4, 8, 16, 32, 64 commands.
    pub groups: [u64; 7],
}

#[derive(Default)]
struct Counted {
    queued: AtomicU64,
    commands: AtomicU64,
    commits: AtomicU64,
    failed_commits: AtomicU64,
    groups: [AtomicU64; 7],
}

impl Counted {
    fn group(&self, size: usize, kept: bool) {
        let size = u64::try_from(size).unwrap_or(u64::MAX);
        self.queued.fetch_sub(size, Ordering::Relaxed);
        self.commands.fetch_add(size, Ordering::Relaxed);
        self.commits.fetch_add(1, Ordering::Relaxed);
        if !kept {
            self.failed_commits.fetch_add(1, Ordering::Relaxed);
        }
        for (bound, count) in GROUP_BOUNDS.iter().zip(&self.groups) {
            if size <= *bound {
                count.fetch_add(1, Ordering::Relaxed);
            }
        }
    }
}

impl Writer {
    pub(super) fn start(
        path: &Path,
        durability: Durability,
        anchor: Arc<Anchor>,
    ) -> Result<Writer, StoreError> {
        let mut connection = open_writer(path)?;
        // What need not wait for the disk need not be kept from it either: SQLite carries over by itself.
        let waits = durability == Durability::EachCommit;
        let carrier = if waits { Some(Carrier::beside(&mut connection, path, &anchor)?) } else { None };
        let (inbox, jobs) = mpsc::sync_channel::<Box<dyn Job>>(QUEUE_MAX);
        let counted = Arc::<Counted>::default();
        let counting = counted.clone();
        let thread = std::thread::Builder::new()
            .name("huxi-writer".to_string())
            .spawn(move || write_until_closed(connection, carrier, &anchor, &jobs, &counting))
            .map_err(|error| StoreError::Unavailable(error.to_string()))?;
        Ok(Writer { inbox: Some(inbox), thread: Some(thread), counted })
    }

    pub(super) fn stats(&self) -> WriterStats {
        let read = |count: &AtomicU64| count.load(Ordering::Relaxed);
        WriterStats {
            queued: read(&self.counted.queued),
            commands: read(&self.counted.commands),
            commits: read(&self.counted.commits),
            failed_commits: read(&self.counted.failed_commits),
            groups: std::array::from_fn(|at| self.counted.groups.get(at).map_or(0, read)),
        }
    }

    /// Queues a job; refused when the queue is full or the writer has ended.
    pub(super) fn send(&self, job: Box<dyn Job>) {
        let Some(inbox) = &self.inbox else { return };
        // Counted before it is sent: the writer may have carried it out before this thread goes on.
        self.counted.queued.fetch_add(1, Ordering::Relaxed);
        match inbox.try_send(job) {
            Ok(()) => {}
            Err(mpsc::TrySendError::Full(job) | mpsc::TrySendError::Disconnected(job)) => {
                self.counted.queued.fetch_sub(1, Ordering::Relaxed);
                job.acknowledge(Err(StoreError::Unavailable("the write queue is full".to_string())));
            }
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.inbox = None;
        if let Some(thread) = self.thread.take() {
            // The thread only ends after its last commit; a panic in it has nothing left to save.
            let _ = thread.join();
        }
    }
}

fn write_until_closed(
    mut connection: Connection,
    carrier: Option<Carrier>,
    anchor: &Anchor,
    jobs: &mpsc::Receiver<Box<dyn Job>>,
    counted: &Counted,
) {
    let mut synced = true;
    let waits = carrier.is_some();
    if !waits {
        let _ = connection.execute_batch("PRAGMA synchronous = OFF");
    }
    while let Ok(first) = jobs.recv() {
        let mut group = vec![first];
        while group.len() < GROUP_MAX {
            match jobs.try_recv() {
                Ok(job) => group.push(job),
                Err(_) => break,
            }
        }
        let durable = group.iter().any(|job| job.durable());
        // What would be written where nobody finds it again is not even begun.
        let placed = anchor.holds();
        let ready = placed
            .and_then(|()| if waits { sync_commits(&connection, &mut synced, durable) } else { Ok(()) });
        let commit = ready.and_then(|()| commit_group(&mut connection, &mut group));
        let commit = commit.and_then(|()| anchor.held());
        if commit.is_err() && !connection.is_autocommit() {
            let _ = connection.execute_batch("ROLLBACK");
        }
        counted.group(group.len(), commit.is_ok());
        for job in group {
            job.acknowledge(commit.clone());
        }
    }
    if let Some(carrier) = carrier {
        carrier.leave(&mut connection);
    }
    // What was written without waiting for the disk gets there now: not over what somebody else has written there.
    let carried = anchor
        .carrying(|| connection.execute_batch("PRAGMA synchronous = FULL; PRAGMA wal_checkpoint(TRUNCATE)"));
    if carried.is_none() {
        let _ = connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true);
    }
}

/// Whether a commit waits for the disk. What was committed without waiting lies before it in the log, so that the next
/// commit that waits makes it durable too, and a power failure never keeps a later one without an earlier one.
fn sync_commits(connection: &Connection, synced: &mut bool, wanted: bool) -> Result<(), StoreError> {
    if *synced != wanted {
        let mode = if wanted { "PRAGMA synchronous = FULL" } else { "PRAGMA synchronous = NORMAL" };
        connection.execute_batch(mode)?;
        *synced = wanted;
    }
    Ok(())
}

fn commit_group(connection: &mut Connection, group: &mut [Box<dyn Job>]) -> Result<(), StoreError> {
    exec(connection, "BEGIN IMMEDIATE", &[])?;
    if let [alone] = group {
        // Its own beginning and end are the transaction's: without a savepoint no page that it changes is put aside.
        let kept = runs(alone.as_mut(), connection);
        return match (kept, connection.is_autocommit()) {
            (true, true) => Err(rolled_back()),
            (false, true) => Ok(()),
            (true, false) => exec(connection, "COMMIT", &[]).map(drop),
            (false, false) => exec(connection, "ROLLBACK", &[]).map(drop),
        };
    }
    for job in group.iter_mut() {
        exec(connection, "SAVEPOINT command", &[])?;
        let kept = runs(job.as_mut(), connection);
        if connection.is_autocommit() {
            return Err(rolled_back());
        }
        if !kept {
            exec(connection, "ROLLBACK TO command", &[])?;
        }
        exec(connection, "RELEASE command", &[])?;
    }
    exec(connection, "COMMIT", &[])?;
    Ok(())
}

/// The engine has rolled everything back by itself, as it may where the disk is full or fails.
fn rolled_back() -> StoreError {
    StoreError::Unavailable("the engine has rolled the commands back".to_string())
}

/// Whether what the job did is to be kept; a panic is not.
fn runs(job: &mut dyn Job, connection: &mut Connection) -> bool {
    catch_unwind(AssertUnwindSafe(|| job.run(connection))).unwrap_or(false)
}

fn open_writer(path: &Path) -> Result<Connection, StoreError> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
         PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -32000; PRAGMA temp_store = MEMORY;",
    )?;
    keep_statements(&connection)?;
    Ok(connection)
}

/// Whoever is the last to close would carry the log over, into a file that somebody else may have written to meanwhile.
pub(super) fn leave_to_writer(connection: &Connection) -> Result<(), StoreError> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    Ok(())
}

/// A statement is planned once and kept. Without the guarantee of a stable plan SQLite looks at the bound values of many
/// statements and plans them anew each time that they run, which costs more than running them.
fn keep_statements(connection: &Connection) -> Result<(), StoreError> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(CACHED_STATEMENTS);
    Ok(())
}

/// Read-only connections, lent one at a time.
pub(super) struct Readers {
    idle: Mutex<Vec<Connection>>,
    places: Semaphore,
}

/// A lent connection; goes back when dropped.
pub(super) struct Reader<'p> {
    pool: &'p Readers,
    connection: Option<Connection>,
    _place: SemaphorePermit<'p>,
}

impl Readers {
    pub(super) fn open(path: &Path, count: usize) -> Result<Arc<Readers>, StoreError> {
        let mut idle = Vec::with_capacity(count);
        for _ in 0..count {
            let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            let connection = Connection::open_with_flags(path, flags)?;
            connection.busy_timeout(BUSY_TIMEOUT)?;
            connection.execute_batch(
                "PRAGMA query_only = ON; PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY;",
            )?;
            keep_statements(&connection)?;
            leave_to_writer(&connection)?;
            idle.push(connection);
        }
        Ok(Arc::new(Readers { idle: Mutex::new(idle), places: Semaphore::new(count) }))
    }

    pub(super) async fn lend(&self) -> Result<Reader<'_>, StoreError> {
        let closed = |_| StoreError::Unavailable("the reader pool is closed".to_string());
        let place = self.places.acquire().await.map_err(closed)?;
        let connection = self.idle.lock().map(|mut idle| idle.pop()).unwrap_or_default();
        match connection {
            Some(connection) => Ok(Reader { pool: self, connection: Some(connection), _place: place }),
            None => Err(StoreError::Unavailable("no idle reader".to_string())),
        }
    }
}

impl Reader<'_> {
    /// The connection, at the start of a read transaction of its own.
    pub(super) fn begin(&mut self) -> Result<&mut Connection, StoreError> {
        let connection = self.connection.as_mut();
        let connection =
            connection.ok_or_else(|| StoreError::Unavailable("reader already returned".to_string()))?;
        exec(connection, "BEGIN", &[])?;
        Ok(connection)
    }
}

impl Drop for Reader<'_> {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            if !connection.is_autocommit() {
                let _ = exec(&connection, "ROLLBACK", &[]);
            }
            if let Ok(mut idle) = self.pool.idle.lock() {
                idle.push(connection);
            }
        }
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Value::Null => ValueRef::Null,
            Value::Int(value) => ValueRef::Integer(*value),
            Value::Text(value) => ValueRef::Text(value.as_bytes()),
            Value::Blob(value) => ValueRef::Blob(value),
        }))
    }
}

/// `$2` is bound to the second value whatever the order of appearance: SQLite numbers by appearance, so bind by name.
fn bind(statement: &mut Statement<'_>, params: &[Value]) -> Result<(), StoreError> {
    for index in 1..=statement.parameter_count() {
        let name = statement.parameter_name(index).unwrap_or_default();
        let place: Option<usize> = name.strip_prefix('$').and_then(|digits| digits.parse().ok());
        let value = place.and_then(|place| place.checked_sub(1)).and_then(|place| params.get(place));
        let value = value.ok_or_else(|| StoreError::Sql(format!("no value for parameter {name}")))?;
        statement.raw_bind_parameter(index, value)?;
    }
    Ok(())
}

pub(super) fn exec(connection: &Connection, sql: &str, params: &[Value]) -> Result<u64, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    bind(&mut statement, params)?;
    Ok(statement.raw_execute()? as u64)
}

pub(super) fn exec_many(connection: &Connection, sql: &str, sets: &[Vec<Value>]) -> Result<u64, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut touched = 0;
    for params in sets {
        bind(&mut statement, params)?;
        touched += statement.raw_execute()? as u64;
    }
    Ok(touched)
}

pub(super) fn query(connection: &Connection, sql: &str, params: &[Value]) -> Result<Vec<Row>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    bind(&mut statement, params)?;
    let mut found = Vec::new();
    let mut rows = statement.raw_query();
    // Much of what is asked finds nothing: names are needed from the first row on.
    let mut known: Option<Arc<[String]>> = None;
    while let Some(row) = rows.next()? {
        let asked: &Statement<'_> = row.as_ref();
        let names = known.get_or_insert_with(|| asked.column_names().map(str::to_string).collect());
        let mut values = Vec::with_capacity(names.len());
        for column in 0..names.len() {
            values.push(match row.get_ref(column)? {
                ValueRef::Null => Value::Null,
                ValueRef::Integer(value) => Value::Int(value),
                ValueRef::Text(bytes) => Value::Text(text_of(bytes)),
                ValueRef::Blob(bytes) => Value::Blob(bytes.to_vec()),
                ValueRef::Real(_) => {
                    return Err(StoreError::Decode("a float came out of the database".to_string()));
                }
            });
        }
        found.push(Row { names: names.clone(), values });
    }
    Ok(found)
}

/// The text as it stands; what is no text in it is replaced. Looking at it as a whole first is several times as fast.
fn text_of(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_string(),
        Err(_) => String::from_utf8_lossy(bytes).into_owned(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use rusqlite::StatementStatus;

    use super::*;

    #[test]
    fn as_many_statements_as_the_store_has_are_kept_however_often_they_go_round() {
        let folder = tempfile::tempdir().unwrap();
        let writer = open_writer(&folder.path().join("huxi.db")).unwrap();
        writer.execute_batch(TABLE).unwrap();
        let statements: Vec<String> = (0..CACHED_STATEMENTS)
            .map(|n| format!("SELECT id + {n} AS id FROM seen WHERE kind = $1"))
            .collect();
        for _ in 0..2 {
            for sql in &statements {
                query(&writer, sql, &[Value::from("first")]).unwrap();
            }
        }
        for sql in &statements {
            let kept = writer.prepare_cached(sql).unwrap();
            assert_eq!(kept.get_status(StatementStatus::Run), 2, "{sql} was planned again");
        }
    }

    /// The statements of the store, by the constants and texts that its source holds: twice as many find room.
    #[test]
    fn the_cache_has_room_for_twice_the_statements_of_the_store() {
        fn statements_in(folder: &Path) -> usize {
            let mut found = 0;
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    found += statements_in(&path);
                } else {
                    let text = std::fs::read_to_string(&path).unwrap();
                    let begins = |line: &&str| {
                        let line = line.trim_start_matches([' ', '"', '(']);
                        ["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH "]
                            .iter()
                            .any(|word| line.starts_with(word))
                    };
                    found += text.lines().filter(begins).count();
                    found += text.matches("= \"SELECT ").count() + text.matches("= \"UPDATE ").count();
                    found += text.matches("= \"DELETE ").count() + text.matches("= \"INSERT ").count();
                }
            }
            found
        }
        let found = statements_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
        assert!(
            (200..=CACHED_STATEMENTS / 2).contains(&found),
            "{found} statements, room for {CACHED_STATEMENTS}"
        );
    }

    #[test]
    fn rows_have_their_names_and_bytes_that_are_no_text_are_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let writer = open_writer(&folder.path().join("huxi.db")).unwrap();
        writer.execute_batch(TABLE).unwrap();
        assert!(query(&writer, SEEN, &[Value::from("first"), Value::from("a%")]).unwrap().is_empty());
        let two = "SELECT 1 AS id, '漆' AS name UNION ALL SELECT 2, CAST(x'61ff62' AS TEXT) ORDER BY id";
        let rows = query(&writer, two, &[]).unwrap();
        let said: Vec<(i64, String)> =
            rows.iter().map(|row| (row.int("id").unwrap(), row.text("name").unwrap())).collect();
        assert_eq!(said, [(1, "漆".to_string()), (2, "a\u{fffd}b".to_string())]);
    }

    /// With a partial index on the column SQLite would look at each bound value again.
    const TABLE: &str = "CREATE TABLE seen (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL);
        CREATE INDEX seen_first ON seen (id) WHERE kind = 'first'";
    const SEEN: &str = "SELECT id FROM seen WHERE kind = $1 AND name LIKE $2 ORDER BY id";

    #[test]
    fn a_statement_is_planned_once_however_often_it_runs() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("huxi.db");
        let writer = open_writer(&path).unwrap();
        writer.execute_batch(TABLE).unwrap();
        let readers = Readers::open(&path, 1).unwrap();
        let reader = readers.idle.lock().unwrap().pop().unwrap();
        for connection in [&writer, &reader] {
            for kind in ["first", "second", "first"] {
                query(connection, SEEN, &[Value::from(kind), Value::from("a%")]).unwrap();
            }
            let kept = connection.prepare_cached(SEEN).unwrap();
            assert_eq!(kept.get_status(StatementStatus::Run), 3);
            assert_eq!(kept.get_status(StatementStatus::RePrepare), 0);
        }
    }
}
