//! What `huxi move` says.

use store::StoreError;
use store::moving::{MoveFault, Moved, Step, Unfit};

use super::reason::reason;
use super::{examined, named_files, size, store_fault};
use crate::moving::Done;

/// Said when `--to` is no address of a PostgreSQL; the address may hold a password, so it is not repeated.
pub const WHERE_TO: &str =
    "--to 要写一个 PostgreSQL 库的地址，以 postgres:// 开头，例如 postgres://用户:密码@主机/库名。";
/// Said when the settings name a PostgreSQL.
pub const FROM_POSTGRES: &str = "设置里写了 database_url，这家公司用的已经是 PostgreSQL。huxi move 从 SQLite 数据目录搬出来：请先去掉 database_url（或环境变量 HUXI_DATABASE_URL），搬完再写上。";
/// Said while what has arrived is looked through.
pub const CHECKING: &str = "搬完了，两边一致。正在新的库上核对编号、单据和文件（huxi check）……";
const NOTHING_KEPT: &str = "目标库里什么也没有留下，原来的数据没有动。";
const FRESH: &str = "请新建一个空库（createdb --encoding UTF8 库名），再搬一次。";

/// How far a move has come.
pub fn step(step: &Step) -> String {
    match step {
        Step::Looking => "正在查看原来的数据库是否完好……".into(),
        Step::Carrying { table, nth, of, done: 0, rows } => format!("第 {nth}/{of} 张表 {table}：{rows} 行"),
        Step::Carrying { table, done, rows, .. } => format!("  {table} 已搬 {done}/{rows} 行"),
        Step::CarryingFiles { done: 0, of } => format!("上传的文件：{of} 个"),
        Step::CarryingFiles { done, of } => format!("  文件已搬 {done}/{of} 个"),
        Step::Comparing { rows } => format!("正在把搬过去的 {rows} 行和文件读回来，逐表核对……"),
    }
}

/// What was moved, what was found in it, and what to do next.
pub fn done(done: &Done) -> String {
    let moved = &done.moved;
    let carried = format!(
        "已把数据目录 {} 里的公司搬到 PostgreSQL：{} 张表、{} 行、{} 个文件（{}），用时 {}。每张表的行数和内容都核对过，两边一致。",
        done.from.display(),
        moved.tables.len(),
        moved.rows,
        moved.files,
        size(moved.file_bytes),
        lasted(done.seconds)
    );
    let found = examined(&done.examined);
    let old = if done.examined.is_whole() {
        ""
    } else {
        "\n这些问题搬以前就在原来的数据里：搬过去的和原来的一字不差。"
    };
    let clock = clock(done.behind_ms);
    format!("{carried}{}\n{found}{old}{clock}\n{}", missing(moved), next(done))
}

fn missing(moved: &Moved) -> String {
    match moved.missing.len() {
        0 => String::new(),
        count => format!(
            "\n但是有 {count} 个文件在数据目录里已经找不到或者已损坏，没有搬：{}",
            named_files(&moved.missing)
        ),
    }
}

fn clock(behind_ms: i64) -> String {
    if behind_ms <= store::events::CLOCK_SLACK_MS {
        return String::new();
    }
    let gap = domain::words::quotes::clock_gap(behind_ms);
    format!(
        "\nPostgreSQL 的时钟比最近的记录慢 {gap}。请先校准那台机器的时间，不然出不了单、签不了约、发布不了价格。"
    )
}

fn next(done: &Done) -> String {
    let lines = [
        "接下来：".to_string(),
        format!("1. 在 huxi.toml 里写一行（*** 换成密码）：database_url = \"{}\"", done.to),
        "2. 启动 huxi，打开几张单据看看：登录、编号、任务、没发完的通知都接着原来的。".to_string(),
        "3. 马上运行 huxi backup 做一份备份：以前的备份只能恢复到数据目录。".to_string(),
        format!(
            "原来的数据目录 {} 没有改动，请先留着；不要再用它启动，以免两边各写各的。",
            done.from.display()
        ),
    ];
    lines.join("\n")
}

/// `3 分 12 秒`.
fn lasted(seconds: u64) -> String {
    match seconds {
        0..60 => format!("{seconds} 秒"),
        _ => format!("{} 分 {} 秒", seconds / 60, seconds % 60),
    }
}

/// Everything is there, and could not be looked through.
pub fn unchecked(said: &str) -> String {
    format!(
        "已经搬完，每张表的行数和内容都核对过，两边一致；但是最后的核对没有做成：{}。请在设置里写好 database_url，再运行 huxi check。",
        reason(said)
    )
}

/// Why nothing was moved, and what to do.
pub fn fault(fault: &MoveFault) -> String {
    match fault {
        MoveFault::Store(StoreError::SecondWriter(folder)) => format!(
            "数据目录 {folder} 正被另一个 huxi 写着，搬的时候谁都不能写。请先停掉它，再搬一次。什么也没有改动。"
        ),
        MoveFault::Store(error) => format!("{}{NOTHING_KEPT}", store_fault(error)),
        MoveFault::NoDatabase(folder) => {
            format!("目录 {folder} 里没有 Huxi 的数据库，请检查 --data 或设置 data_dir。")
        }
        MoveFault::SourceVersion { found, known } => source_version(*found, *known),
        MoveFault::Unsound(said) => format!(
            "数据库本身已经损坏，没有搬：{said}。请运行 huxi check 看全部问题，先修好（或恢复一份好的备份）再搬。{NOTHING_KEPT}"
        ),
        MoveFault::Unreachable(said) => format!(
            "连不上要搬去的 PostgreSQL。请确认它已经启动，再检查 --to 里的地址、端口、库名、用户名和密码。原因：{}。",
            reason(said)
        ),
        MoveFault::Target(error) => target(error),
        MoveFault::NotEmpty { table } => {
            format!("要搬去的库不是空的（表 {table} 在那里），不会覆盖已有的东西。{FRESH}")
        }
        MoveFault::TargetVersion { found, known } => {
            format!("要搬去的库里已经有 Huxi 的表，是第 {found} 版，这个程序是第 {known} 版。{FRESH}")
        }
        MoveFault::Encoding(found) => format!("要搬去的库的字符集是 {found}，要用 UTF8。{FRESH}"),
        MoveFault::TablesDiffer { lacks, besides } => differ(lacks, besides),
        MoveFault::Unfit { table, record, column, why } => unfit(table, record, column, *why),
        MoveFault::Refused { table, said } => format!(
            "PostgreSQL 不收表 {table} 的一行，原文是「{said}」。请把这一句告诉技术支持。{NOTHING_KEPT}"
        ),
        MoveFault::Differs { table, sent, found } if sent == found => format!(
            "表 {table} 搬过去以后读回来，内容和原来的不一样，所以没有提交。{NOTHING_KEPT}请再搬一次；还不行，告诉技术支持。"
        ),
        MoveFault::Differs { table, sent, found } => format!(
            "表 {table} 原来有 {sent} 行，搬过去读回来是 {found} 行，所以没有提交。{NOTHING_KEPT}请再搬一次；还不行，告诉技术支持。"
        ),
    }
}

fn source_version(found: i64, known: i64) -> String {
    if found < known {
        return format!(
            "数据目录的表结构还是第 {found} 版，这个程序是第 {known} 版。请先用这个程序启动一次（或运行 huxi migrate），看过没有问题，停下来再搬。什么也没有改动。"
        );
    }
    format!(
        "数据目录的表结构（第 {found} 版）比这个程序（第 {known} 版）新，请换用更新的程序来搬。什么也没有改动。"
    )
}

fn target(error: &StoreError) -> String {
    match error {
        StoreError::DiskFull(_) => {
            format!("PostgreSQL 的磁盘满了，没有搬完。{NOTHING_KEPT}请清理出空间，再搬一次。")
        }
        StoreError::Unavailable(said) => {
            format!("和 PostgreSQL 的连接断了，没有搬完：{}。{NOTHING_KEPT}请再搬一次。", reason(said))
        }
        StoreError::CommitUnknown(_) => {
            format!("最后提交的时候连接断了，不知道新的库里存下了没有。原来的数据没有动。{FRESH}")
        }
        other => format!("PostgreSQL 出错，没有搬完：{}。{NOTHING_KEPT}", reason(&other.to_string())),
    }
}

fn differ(lacks: &[String], besides: &[String]) -> String {
    let part = |what: &str, names: &[String]| match names.is_empty() {
        true => String::new(),
        false => format!("{what} {}；", names.join("、")),
    };
    format!(
        "两边的表不一样，没有搬：{}{}多半是库里还有别的程序的表。{NOTHING_KEPT}{FRESH}",
        part("要搬去的库少", lacks),
        part("要搬去的库多", besides)
    )
}

fn unfit(table: &str, record: &str, column: &str, why: Unfit) -> String {
    let why = match why {
        Unfit::Nul => "里面有一个空字符（NUL），PostgreSQL 存不了",
        Unfit::NoText => "里面有不是 UTF-8 的文字，PostgreSQL 存不了",
        Unfit::Other => "不是这一栏该有的东西（例如整数栏里的小数），PostgreSQL 存不了",
    };
    format!(
        "表 {table} 的记录 {record}：{column} {why}。多半是有人用别的工具改过数据库；请启动 huxi，打开这条记录把这一项重新填一遍（填不了就告诉技术支持），再搬。{NOTHING_KEPT}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_the_way_is_told_with_what_to_do_and_that_nothing_is_lost() {
        let name = || "customer".to_string();
        let older = fault(&MoveFault::SourceVersion { found: 23, known: 24 });
        assert!(older.contains("第 23 版") && older.contains("启动一次"), "{older}");
        let newer = fault(&MoveFault::SourceVersion { found: 25, known: 24 });
        assert!(newer.contains("更新的程序"), "{newer}");
        let why = Unfit::Nul;
        let (record, column) = ("id=12".to_string(), "notes".to_string());
        let nul = fault(&MoveFault::Unfit { table: name(), record, column, why });
        assert!(nul.contains("customer") && nul.contains("id=12") && nul.contains("NUL"), "{nul}");
        let broken = fault(&MoveFault::Target(StoreError::Unavailable("connection closed".to_string())));
        assert!(broken.contains(NOTHING_KEPT) && !broken.contains("closed"), "{broken}");
        let unknown = fault(&MoveFault::Target(StoreError::CommitUnknown(String::new())));
        assert!(!unknown.contains(NOTHING_KEPT) && unknown.contains("空库"), "{unknown}");
        let same = fault(&MoveFault::Differs { table: name(), sent: 3, found: 3 });
        let fewer = fault(&MoveFault::Differs { table: name(), sent: 3, found: 2 });
        assert!(same.contains("内容") && fewer.contains("是 2 行"), "{same} {fewer}");
        let refused = fault(&MoveFault::Unreachable("28P01 password authentication failed".to_string()));
        assert!(refused.contains("密码不对"), "{refused}");
        assert_eq!((lasted(59), lasted(192)), ("59 秒".to_string(), "3 分 12 秒".to_string()));
    }
}
