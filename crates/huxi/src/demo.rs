//! `huxi demo`: makes the demo company in a folder, once, and serves it.

use std::path::{Path, PathBuf};

use app::AppError;
use clap::Args;
use demo::{Props, Size};
use domain::base::{Date, Instant, parse_date};
use store::{Clock, Durability, StoreOptions};

use crate::answer::Answer;
use crate::serve::{self, ServeArgs, StartFault};
use crate::settings::Settings;
use crate::words;

/// Where the demo company lies when no folder is named.
const FOLDER: &str = "data/demo";
const SMALL_FOLDER: &str = "data/demo-small";

/// What kind of demo company, and where.
#[derive(Debug, Clone, Args)]
pub struct DemoArgs {
    #[command(flatten)]
    serve: ServeArgs,
    /// 小公司：几十个商品和客户，测试用
    #[arg(long)]
    small: bool,
    /// 公司的历史到这一天的前一晚为止；不写就是今天
    #[arg(long, value_name = "DATE")]
    today: Option<String>,
    /// 边跑边有新业务（订单流程做好以后才有）
    #[arg(long)]
    live: bool,
}

/// Runs `huxi demo`.
pub fn run(args: &DemoArgs) -> Answer {
    if args.live {
        return Answer::unreadable(words::DEMO_NOT_LIVE.to_string());
    }
    let today = match args.today.as_deref().map(parse_date) {
        Some(None) => return Answer::unreadable(words::DEMO_DAY.to_string()),
        Some(Some(day)) => Some(day),
        None => None,
    };
    let size = if args.small { Size::Small } else { Size::Full };
    serve::ended(args.serve.settings().and_then(|mut settings| {
        if settings.database_url.is_some() {
            return Err(StartFault::DemoOnPostgres);
        }
        // What can be made again at any time needs no backup.
        settings.backup_at = None;
        if args.serve.data().is_none() {
            settings.data_dir = PathBuf::from(if args.small { SMALL_FOLDER } else { FOLDER });
        }
        serve::on_runtime(async move {
            make_once(&settings, size, today).await?;
            for (role, account, name) in demo::named_accounts() {
                println!("{}", words::demo_account(role, account, name));
            }
            println!("{}", words::demo_password(demo::PASSWORD));
            serve::serve_store(&settings, serve::open(&settings).await?).await
        })
    }))
}

/// Makes the company unless the folder holds a database already. It is made beside the folder and moved there when
/// it is whole, so that a stop half-way leaves nothing that looks like a company.
async fn make_once(settings: &Settings, size: Size, today: Option<Date>) -> Result<(), StartFault> {
    let folder = &settings.data_dir;
    if folder.join("huxi.db").exists() {
        return Ok(());
    }
    println!("{}", words::DEMO_MAKING);
    let unfinished = unfinished(folder);
    clear(&unfinished)?;
    let clock = Clock::standing_at(Instant(0));
    // What is made here is thrown away unless it was closed whole, so it need not wait for the disk at every step.
    let durability = Durability::WhenClosed;
    let options = StoreOptions { clock: clock.clone(), durability, ..StoreOptions::default() };
    let store = store::open_sqlite(&unfinished, options).await.map_err(StartFault::Store)?;
    let today = today.unwrap_or_else(this_day);
    demo::build(store, &clock, size, today, props(settings)).await.map_err(made)?;
    move_to(&unfinished, folder)
}

/// The seal, the signed page and the goods, drawn by what prints quotations; without fonts the company has no seal yet.
fn props(settings: &Settings) -> Props {
    let printer = connect::pdf::Printer::new(settings.fonts_dir.as_deref());
    let seal = printer.demo_seal(words::DEMO_COMPANY, words::DEMO_SEAL);
    if let Err(refused) = &seal {
        println!("{}", words::demo_without_seal(refused));
    }
    let consent = printer.demo_seal(words::DEMO_BUYER, words::DEMO_BUYER_SEAL);
    Props {
        seal: seal.ok(),
        consent: consent.unwrap_or_else(|_| ONE_DOT_PNG.to_vec()),
        goods: connect::pdf::demo_goods(),
    }
}

fn this_day() -> Date {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    let now = Instant(i64::try_from(now.as_millis()).unwrap_or(i64::MAX));
    domain::base::company_day(now, &app::company_zone())
}

fn unfinished(folder: &Path) -> PathBuf {
    let mut name = folder.file_name().unwrap_or_default().to_os_string();
    name.push(".unfinished");
    folder.with_file_name(name)
}

fn clear(folder: &Path) -> Result<(), StartFault> {
    match std::fs::remove_dir_all(folder) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(StartFault::Failed(error.to_string())),
    }
}

fn move_to(unfinished: &Path, folder: &Path) -> Result<(), StartFault> {
    let failed = |error: std::io::Error| StartFault::Failed(error.to_string());
    if folder.exists() {
        // An empty folder may have been made for us; one with files in it is not ours to replace.
        std::fs::remove_dir(folder).map_err(failed)?;
    }
    std::fs::rename(unfinished, folder).map_err(failed)
}

fn made(error: AppError) -> StartFault {
    StartFault::Failed(format!("{error:?}"))
}

/// A page of one grey dot, where nothing can be drawn.
const ONE_DOT_PNG: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0,
    0, 1, 8, 0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 0x0a, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9c, 0x63,
    0x68, 0, 0, 0, 0x82, 0, 0x81, 0x77, 0xcd, 0x72, 0xb6, 0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42,
    0x60, 0x82,
];
