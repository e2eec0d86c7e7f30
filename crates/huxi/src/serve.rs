//! `huxi serve`: opens the database, migrates it, and serves until it is told to stop.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use app::documents::Printing;
use app::webhooks::Outgoing;
use app::{AppError, Ctx, Random, company_zone};
use clap::Args;
use domain::base::Refusal;
use server::{AppState, Door, ServerOptions, Tls, TlsFault};
use store::backup::BackupFault;
use store::moving::MoveFault;
use store::{Store, StoreError, StoreOptions};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use crate::answer::Answer;
use crate::backup::place_of;
use crate::settings::{LogFormat, Settings, SettingsFault};
use crate::words;

/// Reads of SQLite run where they are asked for: a few long ones must leave workers for everybody else.
const WORKERS_PER_CORE: usize = 4;
const WORKERS_MIN: usize = 8;
/// What `huxi clock` ends with when the clock is behind: 1 and 2 say that it could not be looked at.
const CLOCK_BEHIND: u8 = 3;
/// PostgreSQL serves many readers at once.
const POSTGRES_CONNECTIONS: usize = 16;

/// Where the settings come from, and what the command line puts over them.
#[derive(Debug, Clone, Args)]
pub struct ServeArgs {
    /// 设置文件；不写就用启动目录里的 huxi.toml（有的话）
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// 数据目录，压过设置里的 data_dir
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// 监听的地址和端口，压过设置里的 listen
    #[arg(long, value_name = "ADDR")]
    listen: Option<SocketAddr>,
}

/// What `huxi clock` is asked.
#[derive(Debug, Clone, Args)]
pub struct ClockArgs {
    #[command(flatten)]
    serve: ServeArgs,
    /// 现在的时间没有错，以后从现在算起
    #[arg(long)]
    accept: bool,
    /// 为什么，写进日志
    #[arg(long, value_name = "TEXT", default_value = "")]
    reason: String,
}

/// Why the program does not start, or stopped.
#[derive(Debug)]
pub enum StartFault {
    Settings(SettingsFault),
    Store(StoreError),
    /// The PostgreSQL that the settings name cannot be reached, or does not let us in.
    Database(String),
    /// Nothing can be written where the data lies: in this folder, or in the PostgreSQL that the settings name.
    DiskFull(Option<PathBuf>),
    /// The address is taken or not ours.
    Listen {
        address: SocketAddr,
        reason: String,
    },
    Backup(BackupFault),
    /// Certificate and key cannot be used.
    Tls(TlsFault),
    /// The settings name a PostgreSQL, and the demo company lies in a folder only.
    DemoOnPostgres,
    /// The settings name a PostgreSQL, and a company is moved from a folder only.
    MoveFromPostgres,
    /// Nothing was moved.
    Move(MoveFault),
    /// Everything was moved and compared, and could not be looked through afterwards.
    MovedUnchecked(String),
    Failed(String),
}

impl ServeArgs {
    /// The folder that the command line names.
    pub fn data(&self) -> Option<&Path> {
        self.data.as_deref()
    }

    /// The settings of file and environment beneath those of the command line.
    pub fn settings(&self) -> Result<Settings, StartFault> {
        let mut settings = Settings::load(self.config.as_deref()).map_err(StartFault::Settings)?;
        if let Some(data) = &self.data {
            // Backups that lie in the data folder go with it.
            if settings.backup_dir == settings.data_dir.join(store::BACKUPS) {
                settings.backup_dir = data.join(store::BACKUPS);
            }
            settings.data_dir = data.clone();
        }
        if let Some(listen) = self.listen {
            settings.listen = listen;
        }
        Ok(settings)
    }
}

/// Runs `huxi serve`.
pub fn run(args: &ServeArgs) -> Answer {
    let served = args
        .settings()
        .and_then(|settings| on_runtime(async move { serve_store(&settings, open(&settings).await?).await }));
    ended(served)
}

/// Runs `huxi migrate`: brings the tables up to date and ends.
pub fn migrate(args: &ServeArgs) -> Answer {
    let opened =
        args.settings().and_then(|settings| on_runtime(async move { open(&settings).await.map(drop) }));
    match opened {
        Ok(()) => Answer { code: 0, out: format!("{}\n", words::MIGRATED), err: String::new() },
        Err(_) => ended(opened),
    }
}

/// Runs `huxi clock`: says how far the clock stands behind, beside a running server too, and takes it for right when asked
/// to. Ends with 0 when it is not behind or was accepted, with `CLOCK_BEHIND` when it is.
pub fn clock(args: &ClockArgs) -> Answer {
    if let Err(invalid) = app::clock::check_reason(&args.reason) {
        return Answer::unreadable(invalid.sentence());
    }
    let told = args.serve.settings().and_then(|settings| {
        on_runtime(async move {
            // Where nothing lies, a wrong folder most likely, nothing is made.
            let there = store::open_to_read(&place_of(&settings), StoreOptions::default()).await;
            let there = there.map_err(StartFault::Store)?;
            let told = if args.accept {
                drop(there);
                let ctx = Ctx::new(open(&settings).await?, company_zone(), Random::System);
                app::clock::accept_clock(&ctx, &args.reason).await
            } else {
                app::clock::read_clock(&Ctx::new(there, company_zone(), Random::System)).await
            };
            told.map_err(|error| of_app(&settings, error))
        })
    });
    match told {
        Ok(told) => {
            let out = format!("{}\n", words::clock(told.behind_ms, args.accept));
            // What the program itself bears, it does not call behind.
            let behind = told.behind_ms > store::events::CLOCK_SLACK_MS;
            let code = if behind && !args.accept { CLOCK_BEHIND } else { 0 };
            Answer { code, out, err: String::new() }
        }
        Err(fault) => ended(Err(fault)),
    }
}

/// Opens the database that the settings name; another writing process on the same folder is refused.
pub async fn open(settings: &Settings) -> Result<Store, StartFault> {
    let opened = match &settings.database_url {
        Some(url) => {
            let options = StoreOptions { connections: POSTGRES_CONNECTIONS, ..StoreOptions::default() };
            store::open_postgres(url, options).await
        }
        None => store::open_sqlite(&settings.data_dir, StoreOptions::default()).await,
    };
    opened.map_err(|error| match (&settings.database_url, error) {
        (Some(_), StoreError::Unavailable(reason)) => StartFault::Database(reason),
        (_, error) => of_store(settings, error),
    })
}

/// A failure of the database by what can be done about it.
pub fn of_store(settings: &Settings, error: StoreError) -> StartFault {
    match error {
        StoreError::DiskFull(_) => {
            let folder = settings.database_url.is_none().then(|| settings.data_dir.clone());
            StartFault::DiskFull(folder)
        }
        error => StartFault::Store(error),
    }
}

/// What a use-case met while the program starts.
pub fn of_app(settings: &Settings, error: AppError) -> StartFault {
    match error {
        AppError::Store(error) => of_store(settings, error),
        error => StartFault::Failed(format!("{error:?}")),
    }
}

/// Serves an open database with everything that it needs of the outside.
pub async fn serve_store(settings: &Settings, store: Store) -> Result<(), StartFault> {
    let ctx = Ctx::new(store, company_zone(), Random::System);
    serve(settings, ctx).await
}

/// Serves `ctx` by the settings until the process is told to stop.
pub async fn serve(settings: &Settings, ctx: Ctx) -> Result<(), StartFault> {
    start_log(settings);
    let tls = tls(settings)?;
    let listener = TcpListener::bind(settings.listen)
        .await
        .map_err(|error| StartFault::Listen { address: settings.listen, reason: error.to_string() })?;
    let setup_code = setup_code(settings, &ctx).await?;
    app::idempotency::take_up(&ctx).await.map_err(|error| of_app(settings, error))?;
    app::access::ship_missing(&ctx).await.map_err(|error| of_app(settings, error))?;
    app::config::ship_missing(&ctx).await.map_err(|error| of_app(settings, error))?;
    let address = listener.local_addr().unwrap_or(settings.listen);
    let url = settings.public_url.clone().unwrap_or_else(|| {
        let scheme = if tls.is_some() { "https" } else { "http" };
        format!("{scheme}://{address}")
    });
    let greeting = match &setup_code {
        Some(code) => words::set_up_at(&format!("{url}/setup?code={code}")),
        None => words::open_at(&url),
    };
    println!("{greeting}");
    let options = ServerOptions {
        public_url: settings.public_url.clone(),
        trusted_proxies: settings.trusted_proxies.clone(),
        session_days: settings.session_days,
        tls: tls.is_some(),
        upload_bytes_max: settings.upload_bytes_max,
        metrics_from: settings.metrics_from.clone(),
        setup_code,
    };
    let ctx = ctx.with_printing(printing(settings)).with_sheets(Arc::new(connect::sheets::Sheets));
    let ctx = ctx.with_sheet_writer(Arc::new(connect::sheets::Sheets));
    let desk = Arc::new(crate::nightly::Desk::new(settings));
    let ctx = ctx.with_webhooks(outgoing(settings)?).with_backups(desk.clone());
    let stop = stopped().map_err(failed)?;
    let (stopping, told) = tokio::sync::watch::channel(false);
    let jobs = tokio::spawn(app::jobs::run(ctx.clone(), told.clone()));
    // A backup that runs when the program is told to stop is given up: what it has written goes with it.
    let nightly = tokio::spawn(crate::nightly::run(settings.clone(), ctx.clone(), desk, told.clone()));
    let telling = tokio::spawn(app::webhooks::run(ctx.clone(), told.clone()));
    let clock = tokio::spawn(app::automation::run(ctx.clone(), told.clone()));
    let news = tokio::spawn(app::stream::follow(ctx.clone(), told));
    let hub = ctx.hub.clone();
    // Streams never end by themselves: they are told before the server waits for what runs. What goes on beside requests
    // begins nothing new from then on; what waits is carried out at the next start, or by another server.
    let stop = async move {
        stop.await;
        hub.close();
        let _ = stopping.send(true);
    };
    let door = Door { listener, tls };
    server::serve(door, server::app(AppState::new(ctx, options)), server::Limits::default(), stop).await;
    // What is being carried out ends first.
    nightly.abort();
    jobs.await.map_err(failed)?;
    telling.await.map_err(failed)?;
    clock.await.map_err(failed)?;
    news.await.map_err(failed)
}

/// Certificate and key, where the settings name them.
fn tls(settings: &Settings) -> Result<Option<Arc<Tls>>, StartFault> {
    let Some((certificate, key)) = &settings.tls else { return Ok(None) };
    Tls::open(certificate, key).map(|tls| Some(Arc::new(tls))).map_err(StartFault::Tls)
}

/// What prints documents: fonts are looked for when the first one is printed.
fn printing(settings: &Settings) -> Printing {
    let printer = connect::pdf::Printer::new(settings.fonts_dir.as_deref());
    Printing { printer: Some(Arc::new(printer)), public_url: settings.public_url.clone() }
}

/// What sends messages to other systems.
fn outgoing(settings: &Settings) -> Result<Outgoing, StartFault> {
    let inside_allowed = settings.webhook_private_targets;
    let sender = connect::webhooks::Sender::new(inside_allowed).map_err(failed)?;
    Ok(Outgoing { sender: Some(Arc::new(sender)), inside_allowed })
}

/// Runs `work` on a runtime of its own.
pub fn on_runtime<T>(work: impl Future<Output = Result<T, StartFault>>) -> Result<T, StartFault> {
    let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    let workers = (cores * WORKERS_PER_CORE).max(WORKERS_MIN);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(workers).enable_all().build();
    runtime.map_err(failed)?.block_on(work)
}

/// What a command that served ends with: 2 for settings that cannot be used, 1 for everything else.
pub fn ended(outcome: Result<(), StartFault>) -> Answer {
    match outcome {
        Ok(()) => Answer { code: 0, out: String::new(), err: String::new() },
        Err(StartFault::Settings(fault)) => Answer::unreadable(words::settings_fault(&fault)),
        Err(StartFault::Tls(fault)) => Answer::unreadable(words::tls_fault(&fault)),
        Err(StartFault::DemoOnPostgres) => Answer::unreadable(words::DEMO_ON_POSTGRES.to_string()),
        Err(StartFault::MoveFromPostgres) => Answer::unreadable(words::moving::FROM_POSTGRES.to_string()),
        Err(fault) => {
            Answer { code: 1, out: String::new(), err: format!("{}\n", words::start_fault(&fault)) }
        }
    }
}

/// A code for the set-up page while there is no company; whoever sees the program's output may use it.
async fn setup_code(settings: &Settings, ctx: &Ctx) -> Result<Option<String>, StartFault> {
    let set_up = app::access::is_set_up(ctx).await.map_err(|error| of_app(settings, error))?;
    if set_up {
        return Ok(None);
    }
    let bytes = ctx.random.bytes::<16>().map_err(StartFault::Store)?;
    Ok(Some(domain::base::hex(bytes)))
}

fn start_log(settings: &Settings) {
    let filter = tracing_subscriber::EnvFilter::new(format!("{},tokio_postgres=warn", settings.log_level));
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let started = match settings.log {
        LogFormat::Json => lines.json().try_init(),
        LogFormat::Text => lines.try_init(),
    };
    // A second start in one process keeps the first log.
    drop(started);
}

/// Ready when the process is told to stop, by Ctrl-C or by the service manager.
fn stopped() -> std::io::Result<impl Future<Output = ()> + Send + 'static> {
    let mut asked = signal(SignalKind::terminate())?;
    let mut interrupted = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = asked.recv() => {}
            _ = interrupted.recv() => {}
        }
    })
}

fn failed(error: impl std::fmt::Display) -> StartFault {
    StartFault::Failed(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_told_with_its_folder_and_what_to_do_whoever_meets_it() {
        let full = || StoreError::DiskFull("database or disk is full".to_string());
        let mut settings = Settings::load(None).unwrap();
        (settings.data_dir, settings.database_url) = (PathBuf::from("/srv/huxi"), None);
        let told = "磁盘满了：数据目录 /srv/huxi 写不进去。请清理磁盘后再启动。";
        assert_eq!(words::start_fault(&of_store(&settings, full())), told);
        assert_eq!(words::start_fault(&of_app(&settings, AppError::Store(full()))), told);
        settings.database_url = Some("postgres://huxi@db/huxi".to_string());
        let told = "磁盘满了：PostgreSQL 写不进去。请清理数据库所在的磁盘后再启动。";
        assert_eq!(words::start_fault(&of_app(&settings, AppError::Store(full()))), told);
    }
}
