//! The program `huxi`: one subcommand for each thing it does.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use huxi::answer::Answer;
use huxi::backup::{self, BackupArgs, CheckArgs, RestoreArgs};
use huxi::demo::{self, DemoArgs};
use huxi::moving::{self, MoveArgs};
use huxi::price::{self, PriceArgs};
use huxi::serve::{self, ClockArgs, ServeArgs};
use huxi::words;
use huxi::worktime::{self, WorktimeArgs};

/// Setting a page and answering a request make thousands of small allocations.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Huxi：从价目表到报价、订单。
#[derive(Debug, Parser)]
#[command(name = "huxi", version, disable_help_subcommand = true, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 启动服务；空的数据目录第一次启动时打印开通地址
    Serve(ServeArgs),
    /// 在一个目录里造一家演示公司，然后启动服务
    Demo(DemoArgs),
    /// 只升级数据库表结构，不启动服务
    Migrate(ServeArgs),
    /// 备份整个系统到一个文件；服务开着也可以，做完会读回来核对
    Backup(BackupArgs),
    /// 把备份恢复到一个空的数据目录或者空的 PostgreSQL 库
    Restore(RestoreArgs),
    /// 把 SQLite 数据目录里的整家公司搬到一个空的 PostgreSQL 库；先停服务，原来的数据不动
    Move(MoveArgs),
    /// 核对数据库、编号、单据和文件是否完好；服务开着也可以
    Check(CheckArgs),
    /// 看时钟比最近的记录慢多少；--accept 确认现在的时间没有错
    Clock(ClockArgs),
    /// 输出接口说明（OpenAPI JSON）
    Openapi,
    Price(PriceArgs),
    Worktime(WorktimeArgs),
}

fn main() -> ExitCode {
    keep_pages_small();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) if !error.use_stderr() => {
            return Answer { code: 0, out: error.to_string(), err: String::new() }.finish();
        }
        Err(error) => return Answer::unreadable(words::usage_fault(&error)).finish(),
    };
    match cli.command {
        Command::Serve(args) => serve::run(&args).finish(),
        Command::Demo(args) => demo::run(&args).finish(),
        Command::Migrate(args) => serve::migrate(&args).finish(),
        Command::Backup(args) => backup::back_up(&args).finish(),
        Command::Restore(args) => backup::restore(&args).finish(),
        Command::Move(args) => moving::run(&args).finish(),
        Command::Check(args) => backup::check(&args).finish(),
        Command::Clock(args) => serve::clock(&args).finish(),
        Command::Openapi => openapi().finish(),
        Command::Price(args) => price::run(&args).finish(),
        Command::Worktime(args) => worktime::run(&args).finish(),
    }
}

/// Memory in pages of 4 KiB only. In pages of 2 MiB, which the allocator asks for, a program that makes papers holds 50 MiB
/// more and is no faster. A system that does not allow it gives more memory and nothing else.
fn keep_pages_small() {
    #[cfg(target_os = "linux")]
    let _ = rustix::thread::disable_transparent_huge_pages(true);
}

fn openapi() -> Answer {
    match server::document().to_pretty_json() {
        Ok(text) => Answer { code: 0, out: format!("{text}\n"), err: String::new() },
        Err(error) => Answer { code: 1, out: String::new(), err: format!("{error}\n") },
    }
}
