//! The clock: 100,000 timers armed, and 10,000 that are due in one second, carried out by the real program while it is
//! killed again and again: one server on SQLite, two on PostgreSQL where `HUXI_TEST_POSTGRES` names one.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant as Stopwatch, SystemTime};

use anyhow::{Context, ensure};
use app::config::{self, RowInput};
use app::{Ctx, Random, company_zone};
use domain::base::Instant;
use domain::config::Kind;
use rusqlite::Connection;
use serde_json::json;
use store::timers::{self, NewTimer};
use store::{Store, StoreError, StoreOptions, params};
use tokio_postgres::Client;

use crate::company::{Company, actor_of, build_folder, failed};
use crate::config::{item_of, release};
use crate::figure::Figure;
use crate::postgres::{connected, on_fresh_database};
use crate::start::Running;

const ARMED: usize = 100_000;
const DUE: usize = 10_000;
/// Timers armed in one transaction; the clock itself arms those of 200 records at once.
const AT_ONCE: usize = 1_000;
const RECORDS_MAX: i64 = 500;
const ARMED_WITHIN: Duration = Duration::from_secs(5);
const DONE_WITHIN_MS: i64 = 5_000;
/// The servers start, and compare all records with their timers, before those are due.
const LEAD_MS: i64 = 20_000;
const YEAR_MS: i64 = 365 * 86_400_000;
/// What is not done by then never is.
const PATIENCE: Duration = Duration::from_secs(120);
const LOOK_EVERY: Duration = Duration::from_millis(100);
/// A server is killed after a time of chance between these, and started again at once.
const KILLED_AFTER_MS: (u64, u64) = (400, 1_200);
/// From then on they are left alone.
const KILLED_FOR: Duration = Duration::from_secs(5);
const SEED: u64 = 7_010;
const RULE: &str = "bench";
const RECORDS: &str = "SELECT id FROM quote WHERE state = 'issued' ORDER BY id DESC LIMIT $1";

/// The figures of `timers`.
pub fn measure() -> anyhow::Result<Vec<Figure>> {
    let mut figures = on_sqlite()?;
    figures.extend(on_fresh_database(on_postgres)?);
    Ok(figures)
}

fn on_sqlite() -> anyhow::Result<Vec<Figure>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let company = runtime.block_on(Company::made())?;
    let (armed, due) = runtime.block_on(prepared(&company.ctx))?;
    let folder = company.closed();
    drop(runtime);
    let beside = Connection::open(folder.path().join("huxi.db"))?;
    let left = || -> anyhow::Result<i64> { Ok(beside.query_row(LEFT, [due.0], |row| row.get(0))?) };
    let kills = killed_until_done(vec![Server::new(folder.path(), None)], due, left)?;
    let outcome = Outcome { tasks: lite_tasks(&beside, due)?, kills, due };
    Ok(figures("SQLite, one server", armed, &outcome))
}

fn on_postgres(runtime: &tokio::runtime::Runtime, url: &str) -> anyhow::Result<Vec<Figure>> {
    let (armed, due) = runtime.block_on(async {
        Company::on_postgres(url).await?;
        let store = store::open_postgres(url, StoreOptions::default()).await?;
        prepared(&Ctx::new(store, company_zone(), Random::System)).await
    })?;
    let beside = runtime.block_on(connected(url))?;
    let folders = [tempfile::tempdir_in(build_folder()?)?, tempfile::tempdir_in(build_folder()?)?];
    let two = folders.iter().map(|folder| Server::new(folder.path(), Some(url))).collect();
    let left =
        || -> anyhow::Result<i64> { Ok(runtime.block_on(beside.query_one(LEFT, &[&due.0]))?.try_get(0)?) };
    let kills = killed_until_done(two, due, left)?;
    let outcome = Outcome { tasks: runtime.block_on(postgres_tasks(&beside, due))?, kills, due };
    Ok(figures("PostgreSQL, two servers", armed, &outcome))
}

/// A rule that makes a task, timers of it for a year from now, and those that are due in one second soon: how long the
/// first took to arm, and when the others are due.
async fn prepared(ctx: &Ctx) -> anyhow::Result<(Duration, Instant)> {
    config::ship_missing(ctx).await.map_err(failed)?;
    let (author, second) = (actor_of(&ctx.store, "yunying1").await?, actor_of(&ctx.store, "yunying2").await?);
    let item = item_of(ctx, &author, Kind::Rule).await?;
    let draft = config::create_draft(ctx, &author, item, RULE).await.map_err(failed)?;
    let content = json!({
        "name": "已查看", "on": true, "hour_max": DUE, "trigger": { "kind": "event", "event": "quote_opened" },
        "actions": [{ "kind": "task", "to": ["owner"], "text": "回电话", "minutes": 60 }],
    });
    let row = RowInput { key: Some(RULE.to_owned()), content };
    config::put_rows(ctx, &author, draft, 1, (vec![row], Vec::new())).await.map_err(failed)?;
    release(ctx, &author, &second, draft).await?;
    let records = records(&ctx.store).await?;
    ensure!(!records.is_empty(), "no quotation is issued");
    let now = ctx.moment().await?.now;
    let began = Stopwatch::now();
    arm(&ctx.store, now, of_records(&records, 0..ARMED, now.plus_ms(YEAR_MS))).await?;
    let took = began.elapsed();
    let due = now.plus_ms(LEAD_MS + i64::try_from(took.as_millis())?);
    arm(&ctx.store, now, of_records(&records, ARMED..ARMED + DUE, due)).await?;
    Ok((took, due))
}

async fn records(store: &Store) -> anyhow::Result<Vec<i64>> {
    let found = store.read(|tx| {
        Box::pin(async move {
            let rows = tx.query(RECORDS, params![RECORDS_MAX]).await?;
            rows.iter().map(|row| row.int("id")).collect()
        })
    });
    let found: Result<Vec<i64>, StoreError> = found.await;
    Ok(found?)
}

/// Timers of that rule, as if the quotations had been opened so often.
fn of_records(records: &[i64], epochs: std::ops::Range<usize>, due: Instant) -> Vec<NewTimer> {
    let ids = records.iter().cycle();
    let timer = |(epoch, id): (usize, &i64)| NewTimer {
        fire_key: format!("{RULE}:quote:{id}:{epoch}"),
        rule: RULE.to_owned(),
        entity: "quote",
        entity_id: *id,
        epoch: i64::try_from(epoch).unwrap_or(i64::MAX),
        due,
        depth: 0,
        unknown_year: None,
    };
    epochs.zip(ids).map(timer).collect()
}

async fn arm(store: &Store, now: Instant, all: Vec<NewTimer>) -> anyhow::Result<()> {
    for some in all.chunks(AT_ONCE) {
        let some = some.to_vec();
        let armed = store.change(move |tx| {
            let some = some.clone();
            Box::pin(async move { timers::arm(tx, now, &some).await })
        });
        let armed: Result<u64, StoreError> = armed.await;
        armed?;
    }
    Ok(())
}

/// What stands of the tasks of these timers.
#[derive(Clone, Copy, Debug)]
struct Tasks {
    count: i64,
    /// Of them before their timers were due.
    early: i64,
    /// Of them within the time that they may take.
    in_time: i64,
    /// When the last one was made.
    last: i64,
    /// Timers that say of themselves that they have fired.
    fired: i64,
}

/// What came of it, and how often a server was killed meanwhile.
struct Outcome {
    tasks: Tasks,
    kills: u32,
    due: Instant,
}

/// A program that is killed and started again over the same data.
struct Server {
    folder: PathBuf,
    url: Option<String>,
    running: Option<Running>,
}

impl Server {
    fn new(folder: &Path, url: Option<&str>) -> Server {
        Server { folder: folder.to_path_buf(), url: url.map(str::to_owned), running: None }
    }

    fn start(&mut self) -> anyhow::Result<()> {
        // What ran before is ended first, with signal 9: only one may write a folder.
        self.running = None;
        self.running = Some(Running::start_on(&self.folder, self.url.as_deref())?);
        Ok(())
    }
}

/// Starts the servers, waits for the moment, and kills one of them again and again, until no timer is left or nobody
/// would wait any longer; how often that was.
fn killed_until_done(
    mut servers: Vec<Server>,
    due: Instant,
    left: impl Fn() -> anyhow::Result<i64>,
) -> anyhow::Result<u32> {
    for server in &mut servers {
        server.start()?;
    }
    ensure!(now()? < due.0, "the servers were not ready before the timers were due");
    std::thread::sleep(Duration::from_millis(u64::try_from(due.0 - now()?).unwrap_or(0)));
    let (began, mut chance, mut kills) = (Stopwatch::now(), Chance(SEED), 0_u32);
    let mut kill_at = Duration::from_millis(chance.between(KILLED_AFTER_MS));
    while left()? > 0 {
        ensure!(began.elapsed() < PATIENCE, "{} timers are left after {PATIENCE:?}", left()?);
        if began.elapsed() >= kill_at && began.elapsed() < KILLED_FOR {
            let which = usize::try_from(chance.between((0, servers.len() as u64)))?;
            servers.get_mut(which).context("a server")?.start()?;
            kills += 1;
            kill_at = began.elapsed() + Duration::from_millis(chance.between(KILLED_AFTER_MS));
        }
        std::thread::sleep(LOOK_EVERY);
    }
    Ok(kills)
}

/// The same chances in every run.
struct Chance(u64);

impl Chance {
    /// A number from the first up to, and without, the second.
    fn between(&mut self, (from, to): (u64, u64)) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        from + (self.0 >> 33) % (to - from).max(1)
    }
}

/// Milliseconds since 1970, by the clock of this machine, which is the database's too.
fn now() -> anyhow::Result<i64> {
    Ok(i64::try_from(SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?.as_millis())?)
}

const LEFT: &str = "SELECT COUNT(*) FROM timer WHERE state = 'armed' AND held = 0 AND due_at <= $1";
const TASKS: &str = "
    SELECT COUNT(*), COALESCE(SUM(CASE WHEN created_at < $1 THEN 1 ELSE 0 END), 0),
        COALESCE(SUM(CASE WHEN created_at <= $2 THEN 1 ELSE 0 END), 0), COALESCE(MAX(created_at), 0),
        (SELECT COUNT(*) FROM timer f WHERE f.rule_key = 'bench' AND f.state = 'fired')
    FROM task WHERE rule_key = 'bench'";

fn lite_tasks(beside: &Connection, due: Instant) -> anyhow::Result<Tasks> {
    Ok(beside.query_row(TASKS, (due.0, due.0 + DONE_WITHIN_MS), |row| {
        Ok(Tasks {
            count: row.get(0)?,
            early: row.get(1)?,
            in_time: row.get(2)?,
            last: row.get(3)?,
            fired: row.get(4)?,
        })
    })?)
}

async fn postgres_tasks(beside: &Client, due: Instant) -> anyhow::Result<Tasks> {
    let row = beside.query_one(TASKS, &[&due.0, &(due.0 + DONE_WITHIN_MS)]).await?;
    Ok(Tasks {
        count: row.try_get(0)?,
        early: row.try_get(1)?,
        in_time: row.try_get(2)?,
        last: row.try_get(3)?,
        fired: row.try_get(4)?,
    })
}

fn figures(on: &str, armed: Duration, Outcome { tasks, kills, due }: &Outcome) -> Vec<Figure> {
    let Tasks { count, early, in_time, last, fired } = tasks;
    let after = (last - due.0) as f64 / 1e3;
    let (wanted, within) = (DUE as i64, DONE_WITHIN_MS / 1_000);
    let what =
        format!("{on}: {DUE} due in the same second, servers killed {kills} times: done within {within} s");
    let in_time_of = Figure::said(&what, format!("{in_time}, the last after {after:.1} s"));
    let once = format!("{on}: tasks of them, timers that fired, early ones");
    let once = Figure::said(&once, format!("{count}, {fired}, {early}"));
    vec![
        Figure::at_most(&format!("{on}: {ARMED} timers armed"), armed, ARMED_WITHIN),
        in_time_of.with_budget(format!("{DUE}"), *in_time == wanted),
        once.with_budget(format!("{DUE}, {DUE}, 0"), (*count, *fired, *early) == (wanted, wanted, 0)),
    ]
}
