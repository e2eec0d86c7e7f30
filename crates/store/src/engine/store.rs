//! The door to the database: durable writes, consistent reads, on either engine.

use std::fs::File;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use futures::FutureExt;
use tokio::sync::oneshot;

use super::anchor::Anchor;
use super::clock::Clock;
use super::error::StoreError;
use super::lite::{Job, Readers, Writer, WriterStats};
use super::pg::PgTx;
use super::tx::{EngineTx, Tx};
use super::{dialect, folder, migrate};

/// A transaction that lost against another one is run again at most so often.
const ATTEMPTS_MAX: u32 = 8;
/// The SQLite file of a data folder.
pub(crate) const DATABASE: &str = "huxi.db";

/// How transactions of PostgreSQL begin.
const BEGIN: &str = "START TRANSACTION ISOLATION LEVEL READ COMMITTED";
const BEGIN_READ: &str = "START TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// Where backups lie in a data folder unless the settings say otherwise.
pub const BACKUPS: &str = "backups";

/// What a closure given to `read` or `change` returns.
pub type WriteFuture<'a, T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + Send + 'a>>;

/// One use-case's write. It may run several times (a lost transaction is run again), so it is `Clone`.
pub trait Command: Clone + Send + 'static {
    type Out: Send + 'static;
    type Error: From<StoreError> + Send + 'static;

    /// Reads what the decision leaned on again, and writes; must wait for nothing but `tx`.
    fn run(self, tx: &mut Tx<'_>) -> impl Future<Output = Result<Self::Out, Self::Error>> + Send;
}

/// How a store is opened.
#[derive(Clone, Debug)]
pub struct StoreOptions {
    pub clock: Clock,
    /// Read connections (SQLite) or all connections (PostgreSQL).
    pub connections: usize,
    pub durability: Durability,
}

/// When what was written is on the disk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Durability {
    /// Before a command is acknowledged: everything that people write.
    #[default]
    EachCommit,
    /// When the store is closed. Only for a SQLite folder that is thrown away unless it was closed whole, as that of a demo
    /// company in the making; PostgreSQL takes no notice.
    WhenClosed,
}

impl Default for StoreOptions {
    fn default() -> StoreOptions {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let connections = cores.saturating_sub(1).max(2);
        StoreOptions { clock: Clock::Database, connections, durability: Durability::default() }
    }
}

/// Where a database lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A data folder, with SQLite and the files in it.
    Folder(PathBuf),
    /// A PostgreSQL (`postgres://…`).
    Url(String),
}

impl Place {
    /// Refuses a folder in which something is marked as written by another program: nobody goes on with it.
    ///
    /// # Errors
    /// [`StoreError::DatabaseOverwritten`].
    pub fn check_unmixed(&self) -> Result<(), StoreError> {
        match self {
            Place::Folder(folder) => super::folder::check_unmixed(folder),
            Place::Url(_) => Ok(()),
        }
    }
}

/// A database that is open. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    engine: Engine,
    clock: Clock,
    faults: Arc<AtomicI64>,
    read_faults: AtomicI64,
    trips: Arc<AtomicU64>,
}

enum Engine {
    Lite {
        writer: Writer,
        readers: Arc<Readers>,
        anchor: Arc<Anchor>,
        folder: PathBuf,
        _lock: File,
    },
    /// A folder that another process may be writing to.
    LiteToRead {
        readers: Arc<Readers>,
        folder: PathBuf,
    },
    Pg {
        pool: deadpool_postgres::Pool,
    },
}

/// Opens (or makes) `huxi.db` in `folder`, and migrates. Refused: a second writing process, a restore that was broken off,
/// and a folder in which a company has left things but no database.
pub async fn open_sqlite(folder: &Path, options: StoreOptions) -> Result<Store, StoreError> {
    let lock = folder::claim(folder).await?;
    let path = folder.join(DATABASE);
    migrate::sqlite(&path)?;
    let anchor = Arc::new(Anchor::at(&path)?);
    let writer = Writer::start(&path, options.durability, anchor.clone())?;
    let readers = Readers::open(&path, options.connections)?;
    let engine = Engine::Lite { writer, readers, anchor, folder: folder.to_path_buf(), _lock: lock };
    Ok(Store::of(engine, options.clock))
}

/// Opens what is there to read it, beside whoever writes; nothing is made, migrated or locked. A database that this
/// program would have to migrate first is refused like a newer one.
pub async fn open_to_read(place: &Place, options: StoreOptions) -> Result<Store, StoreError> {
    let engine = match place {
        Place::Folder(folder) => {
            folder::check_whole(folder)?;
            let path = folder.join(DATABASE);
            if !path.is_file() {
                return Err(StoreError::NewerDatabase { found: 0, known: migrate::known() });
            }
            let readers = Readers::open(&path, options.connections)?;
            Engine::LiteToRead { readers, folder: folder.clone() }
        }
        Place::Url(url) => Engine::Pg { pool: pool(url, &options)? },
    };
    let store = Store::of(engine, options.clock);
    let found = match store.read(|tx| Box::pin(migrate::found(tx))).await {
        // Nothing of ours lies there yet.
        Err(StoreError::Sql(said) | StoreError::DatabaseGone(said)) if said.contains(migrate::TABLE) => 0,
        found => found?,
    };
    let known = migrate::known();
    if found == known { Ok(store) } else { Err(StoreError::NewerDatabase { found, known }) }
}

/// Connects to PostgreSQL (`postgres://…`) and migrates.
pub async fn open_postgres(url: &str, options: StoreOptions) -> Result<Store, StoreError> {
    let pool = pool(url, &options)?;
    migrate::postgres(&pool).await?;
    Ok(Store::of(Engine::Pg { pool }, options.clock))
}

fn pool(url: &str, options: &StoreOptions) -> Result<deadpool_postgres::Pool, StoreError> {
    let config: tokio_postgres::Config =
        url.parse().map_err(|error: tokio_postgres::Error| StoreError::Unavailable(error.to_string()))?;
    let manager = deadpool_postgres::Manager::from_config(
        config,
        tokio_postgres::NoTls,
        deadpool_postgres::ManagerConfig { recycling_method: deadpool_postgres::RecyclingMethod::Fast },
    );
    let pool = deadpool_postgres::Pool::builder(manager)
        .max_size(options.connections.max(4))
        .runtime(deadpool_postgres::Runtime::Tokio1)
        .wait_timeout(Some(Duration::from_secs(10)))
        .create_timeout(Some(Duration::from_secs(10)))
        .build();
    pool.map_err(|error| StoreError::Unavailable(error.to_string()))
}

impl Store {
    fn of(engine: Engine, clock: Clock) -> Store {
        let (faults, trips) = (Arc::default(), Arc::default());
        let inner = Inner { engine, clock, faults, read_faults: AtomicI64::default(), trips };
        Store { inner: Arc::new(inner) }
    }

    /// Runs one command; its rows are durable when this returns `Ok`. A caller that goes away does not stop it.
    pub async fn write<C: Command>(&self, command: C) -> Result<C::Out, C::Error> {
        self.write_as(command, true).await
    }

    /// Like `write`, but does not wait for the disk: everybody sees the rows when this returns, a killed program keeps
    /// them, and the next durable write makes them durable too; only a power failure before it loses them. For marks
    /// that a later durable write leans on, or whose loss costs nobody anything.
    pub async fn write_unsynced<C: Command>(&self, command: C) -> Result<C::Out, C::Error> {
        self.write_as(command, false).await
    }

    async fn write_as<C: Command>(&self, command: C, durable: bool) -> Result<C::Out, C::Error> {
        let (reply, answer) = oneshot::channel();
        self.carry_out(Box::new(Asked { command: Some(command), outcome: None, reply }), durable);
        answer.await.unwrap_or_else(|_| Err(self.unanswered().into()))
    }

    /// Has it carried out beside whoever asked, who may go away.
    fn carry_out(&self, mut work: Box<dyn Work>, durable: bool) {
        match &self.inner.engine {
            Engine::Lite { writer, .. } => {
                let (clock, faults) = (self.inner.clock.clone(), self.inner.faults.clone());
                writer.send(Box::new(LiteJob { work, durable, clock, faults, own: None }));
            }
            Engine::LiteToRead { .. } => work.answer(Err(only_to_read())),
            Engine::Pg { .. } => {
                let store = self.clone();
                tokio::spawn(async move {
                    let ended = store.write_pg(work.as_mut(), durable).await;
                    work.answer(ended);
                });
            }
        }
    }

    /// What is said when whoever carried it out is gone without an answer.
    fn unanswered(&self) -> StoreError {
        match &self.inner.engine {
            Engine::Lite { .. } | Engine::LiteToRead { .. } => {
                StoreError::Unavailable("the writer has ended".to_string())
            }
            Engine::Pg { .. } => StoreError::Panicked,
        }
    }

    /// `write` for a closure instead of a named command.
    pub async fn change<F, T, E>(&self, change: F) -> Result<T, E>
    where
        F: for<'a, 't> Fn(&'a mut Tx<'t>) -> WriteFuture<'a, T, E> + Clone + Send + Sync + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.write(Change { change, marker: std::marker::PhantomData }).await
    }

    /// Reads in one consistent, read-only transaction.
    pub async fn read<F, T, E>(&self, read: F) -> Result<T, E>
    where
        F: for<'a, 't> FnOnce(&'a mut Tx<'t>) -> WriteFuture<'a, T, E>,
        E: From<StoreError>,
    {
        if self.read_fails() {
            return Err(StoreError::Unavailable("injected failure".to_string()).into());
        }
        // Who went on reading what is no longer there would learn of it when it is too late.
        self.in_place()?;
        let (clock, faults) = (self.inner.clock.clone(), Arc::default());
        match &self.inner.engine {
            Engine::Lite { readers, .. } | Engine::LiteToRead { readers, .. } => {
                let mut reader = readers.lend().await?;
                let connection = reader.begin()?;
                let mut tx = Tx::begun(EngineTx::Lite(connection), clock, faults);
                read(&mut tx).await
            }
            Engine::Pg { pool } => {
                let client = pool.get().await.map_err(StoreError::from)?;
                let transaction = PgTx::begun_by(&client, BEGIN_READ, self.inner.trips.clone());
                let mut tx = Tx::begun(EngineTx::Pg(transaction), clock, faults);
                read(&mut tx).await
            }
        }
    }

    /// Refuses while the file of the SQLite database that is open is gone from its place; never on PostgreSQL.
    pub fn in_place(&self) -> Result<(), StoreError> {
        match &self.inner.engine {
            Engine::Lite { anchor, .. } => anchor.holds(),
            Engine::LiteToRead { .. } | Engine::Pg { .. } => Ok(()),
        }
    }

    /// Where files lie beside the SQLite database; `None` on PostgreSQL, which keeps them in a table.
    pub fn folder(&self) -> Option<&Path> {
        match &self.inner.engine {
            Engine::Lite { folder, .. } | Engine::LiteToRead { folder, .. } => Some(folder),
            Engine::Pg { .. } => None,
        }
    }

    /// How often answers of PostgreSQL were waited for since the store was opened, planning left out; 0 on SQLite.
    pub fn trips(&self) -> u64 {
        self.inner.trips.load(Ordering::Relaxed)
    }

    /// What the writer of a SQLite folder has done since the start; nothing on PostgreSQL.
    pub fn writer_stats(&self) -> Option<WriterStats> {
        match &self.inner.engine {
            Engine::Lite { writer, .. } => Some(writer.stats()),
            Engine::LiteToRead { .. } | Engine::Pg { .. } => None,
        }
    }

    /// Connections of PostgreSQL: open, idle, and how many callers wait for one; nothing on SQLite.
    pub fn pool_stats(&self) -> Option<(usize, usize, usize)> {
        let Engine::Pg { pool } = &self.inner.engine else { return None };
        let status = pool.status();
        Some((status.size, status.available, status.waiting))
    }

    /// For fault tests: the `nth` write statement from now on fails, whoever makes it; 0 disarms.
    pub fn fail_at_write(&self, nth: i64) {
        self.inner.faults.store(nth, Ordering::SeqCst);
    }

    /// For fault tests: at the `nth` read from now on the database is away, whoever reads; 0 disarms.
    pub fn fail_at_read(&self, nth: i64) {
        self.inner.read_faults.store(nth, Ordering::SeqCst);
    }

    fn read_fails(&self) -> bool {
        let faults = &self.inner.read_faults;
        faults.load(Ordering::SeqCst) > 0 && faults.fetch_sub(1, Ordering::SeqCst) == 1
    }

    /// Runs it until it stands, is refused, or has lost too often against others; an error is what PostgreSQL says instead.
    async fn write_pg(&self, work: &mut dyn Work, durable: bool) -> Result<(), StoreError> {
        let Engine::Pg { pool } = &self.inner.engine else {
            return Err(StoreError::Unavailable("no pool".to_string()));
        };
        let begin = if durable { BEGIN } else { dialect::BEGIN_UNSYNCED };
        let mut attempt = 0;
        loop {
            attempt += 1;
            let again = attempt < ATTEMPTS_MAX;
            let client = pool.get().await?;
            let transaction = PgTx::begun_by(&client, begin, self.inner.trips.clone());
            let (clock, faults) = (self.inner.clock.clone(), self.inner.faults.clone());
            let mut tx = Tx::begun(EngineTx::Pg(transaction), clock, faults);
            let kept = work.run(&mut tx, again).await;
            let lost = tx.retry;
            let EngineTx::Pg(transaction) = tx.engine else {
                return Err(StoreError::ForeignWait);
            };
            if kept {
                match transaction.commit().await {
                    Err(StoreError::Retry(_)) if again => {}
                    ended => return ended,
                }
            } else if lost && again {
                // What is dropped is rolled back.
                drop(transaction);
            } else {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(u64::from(attempt) * 3)).await;
        }
    }
}

fn only_to_read() -> StoreError {
    StoreError::Unavailable("the database was opened to be read".to_string())
}

struct Change<F, T, E> {
    change: F,
    marker: std::marker::PhantomData<fn() -> (T, E)>,
}

impl<F: Clone, T, E> Clone for Change<F, T, E> {
    fn clone(&self) -> Self {
        Change { change: self.change.clone(), marker: std::marker::PhantomData }
    }
}

impl<F, T, E> Command for Change<F, T, E>
where
    F: for<'a, 't> Fn(&'a mut Tx<'t>) -> WriteFuture<'a, T, E> + Clone + Send + Sync + 'static,
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
{
    type Out = T;
    type Error = E;

    async fn run(self, tx: &mut Tx<'_>) -> Result<T, E> {
        (self.change)(tx).await
    }
}

/// Whether what runs is to be kept.
type Running<'a> = Pin<Box<dyn Future<Output = bool> + Send + 'a>>;

/// A command on its way through an engine. The engines know no more of it, so that what they do with a command is compiled
/// once and not once for each of them.
trait Work: Send {
    /// Runs in a transaction that has begun. What is run with `again` may have to run once more.
    fn run<'a>(&'a mut self, tx: &'a mut Tx<'_>, again: bool) -> Running<'a>;
    /// Answers whoever asked: what it came to by itself, or what the engine says instead.
    fn answer(self: Box<Self>, ended: Result<(), StoreError>);
}

/// A command that somebody waits for.
struct Asked<C: Command> {
    command: Option<C>,
    outcome: Option<Result<C::Out, C::Error>>,
    reply: oneshot::Sender<Result<C::Out, C::Error>>,
}

impl<C: Command> Work for Asked<C> {
    fn run<'a>(&'a mut self, tx: &'a mut Tx<'_>, again: bool) -> Running<'a> {
        Box::pin(async move {
            let command = if again { self.command.clone() } else { self.command.take() };
            let Some(command) = command else { return false };
            let outcome = command.run(tx).await;
            let kept = outcome.is_ok();
            self.outcome = Some(outcome);
            kept
        })
    }

    fn answer(self: Box<Self>, ended: Result<(), StoreError>) {
        let Asked { outcome, reply, .. } = *self;
        let answer = match ended {
            Ok(()) => outcome.unwrap_or_else(|| Err(StoreError::Panicked.into())),
            Err(error) => Err(error.into()),
        };
        // The caller may have gone away; its command stands all the same.
        let _ = reply.send(answer);
    }
}

/// On its way to the writer thread.
struct LiteJob {
    work: Box<dyn Work>,
    durable: bool,
    clock: Clock,
    faults: Arc<AtomicI64>,
    /// How it ended by itself, whatever becomes of its group; none while it is to be kept with the group.
    own: Option<Result<(), StoreError>>,
}

impl Job for LiteJob {
    fn durable(&self) -> bool {
        self.durable
    }

    fn run(&mut self, connection: &mut rusqlite::Connection) -> bool {
        let (clock, faults) = (self.clock.clone(), self.faults.clone());
        let mut tx = Tx::begun(EngineTx::Lite(connection), clock, faults);
        let future = AssertUnwindSafe(self.work.run(&mut tx, false)).catch_unwind();
        let ended = pin!(future).poll(&mut Context::from_waker(Waker::noop()));
        self.own = match ended {
            Poll::Ready(Ok(true)) => None,
            // What a command refused by itself stays its own refusal, whatever became of the group.
            Poll::Ready(Ok(false)) => Some(Ok(())),
            Poll::Ready(Err(_)) => Some(Err(StoreError::Panicked)),
            Poll::Pending => Some(Err(StoreError::ForeignWait)),
        };
        self.own.is_none()
    }

    fn acknowledge(self: Box<Self>, commit: Result<(), StoreError>) {
        let LiteJob { work, own, .. } = *self;
        work.answer(own.unwrap_or(commit));
    }
}
