//! What the program says on standard error, in Chinese.

pub mod moving;
mod reason;

use app::integrity::{Examined, IntegrityFault};
use domain::base::company_stamp;
use server::TlsFault;
use store::StoreError;
use store::backup::{BackupFault, Made, Manifest, Unread};

use crate::serve::StartFault;
use crate::settings::SettingsFault;
use reason::reason;

/// Said when the tables are up to date.
pub const MIGRATED: &str = "数据库表结构已是最新。";

/// How the clock stands to what was logged, and what was done about it.
pub fn clock(behind_ms: i64, accepted: bool) -> String {
    if behind_ms <= 0 {
        return "时钟没有落后，什么都不用做。".to_owned();
    }
    let gap = domain::words::quotes::clock_gap(behind_ms);
    if behind_ms <= store::events::CLOCK_SLACK_MS && !accepted {
        return format!("时钟比最近的记录慢 {gap}，不到两分钟，照常工作，什么都不用做。");
    }
    match accepted {
        true => format!("时钟比最近的记录慢 {gap}；已确认现在的时间没有错，出具、签约、发布恢复。"),
        false => format!("时钟比最近的记录慢 {gap}。先校准时间；时间没有错，就加上 --accept 再运行一次。"),
    }
}

/// Said at the start of a server that is set up.
pub fn open_at(url: &str) -> String {
    format!("Huxi 已启动，在浏览器里打开：{url}")
}

/// Said at the first start: where to set the company up.
pub fn set_up_at(url: &str) -> String {
    format!("Huxi 第一次启动。请在浏览器里打开下面的地址，填写公司和第一个管理员账号：\n{url}")
}

/// Why the program does not start, and what to do.
pub fn start_fault(fault: &StartFault) -> String {
    match fault {
        StartFault::Settings(fault) => settings_fault(fault),
        StartFault::Store(error) => store_fault(error),
        StartFault::Database(said) => format!(
            "连不上数据库。请确认 PostgreSQL 已经启动，再检查设置 database_url（或环境变量 HUXI_DATABASE_URL）里的地址、端口、库名、用户名和密码。原因：{}。",
            reason(said)
        ),
        StartFault::DiskFull(Some(folder)) => {
            format!("磁盘满了：数据目录 {} 写不进去。请清理磁盘后再启动。", folder.display())
        }
        StartFault::DiskFull(None) => {
            "磁盘满了：PostgreSQL 写不进去。请清理数据库所在的磁盘后再启动。".to_owned()
        }
        StartFault::Listen { address, reason: said } => format!(
            "不能在 {address} 上等待连接：{}。可能已有一个 huxi 在跑，或者用 --listen 换一个端口。",
            reason(said)
        ),
        StartFault::Backup(fault) => backup_fault(fault),
        StartFault::Tls(fault) => tls_fault(fault),
        StartFault::DemoOnPostgres => DEMO_ON_POSTGRES.to_owned(),
        StartFault::MoveFromPostgres => moving::FROM_POSTGRES.to_owned(),
        StartFault::Move(fault) => moving::fault(fault),
        StartFault::MovedUnchecked(said) => moving::unchecked(said),
        StartFault::Failed(reason) => format!("程序停止了：{reason}"),
    }
}

/// Why the server cannot speak HTTPS, and what to do.
pub fn tls_fault(fault: &TlsFault) -> String {
    format!("{}改好以后再启动。", fault.sentence())
}

/// What SQLite says of a file that it cannot read as a database.
const DAMAGED: [&str; 2] = ["malformed", "not a database"];

fn store_fault(error: &StoreError) -> String {
    match error {
        StoreError::SecondWriter(folder) => {
            format!("数据目录 {folder} 正被另一个 huxi 写着。请先停掉那一个，或者用 --data 换一个目录。")
        }
        StoreError::DatabaseGone(file) => {
            format!("数据库文件 {file} 不见了，或者被换掉、改写了。请放回原来的文件，或者从备份恢复。")
        }
        StoreError::DatabaseMissing { folder, left } => format!(
            "数据目录 {folder} 里有一家公司留下的 {}，却没有数据库文件 huxi.db。没有动里面的东西。huxi.db 被移走的，请把它放回去；不在了的，用 huxi restore 把最近的备份恢复到一个空目录；要新开一家公司，请用 --data 另选一个空目录。",
            left.join("、")
        ),
        StoreError::RestoreUnfinished(folder) => format!(
            "数据目录 {folder} 里的恢复没有做完，中途断了，里面的内容不全，不能用。请再运行一次 huxi restore（同一个备份、同一个目录），会从头做起，不用先清空。"
        ),
        StoreError::DatabaseOverwritten(folder) => format!(
            "数据目录 {folder} 里的 huxi.db 或 huxi.db-wal 在程序运行时被别的程序改写过（比如把备份直接盖在上面），里面可能混着两份数据，不能接着写。请用 huxi restore 把最近的备份恢复到一个空目录，换用那个目录；huxi check 核对过、确定内容没错的，删掉里面的 huxi.db.overwritten 再启动。"
        ),
        StoreError::NewerDatabase { found: 0, .. } => {
            "那里还没有 Huxi 的数据。请检查 --data 或设置 data_dir、database_url 是不是写对了；是新装的，请先用 huxi serve 启动一次。".into()
        }
        StoreError::NewerDatabase { found, known } if found < known => {
            format!(
                "数据库的表结构还是第 {found} 版，这个程序是第 {known} 版。请先运行 huxi migrate（或启动一次新程序），再核对。"
            )
        }
        StoreError::NewerDatabase { found, known } => {
            format!("数据库的表结构（第 {found} 版）比这个程序（第 {known} 版）新，请换用更新的程序。")
        }
        StoreError::Unavailable(said) => format!(
            "数据库打不开，或者连接断了：{}。什么也没有改动，可以再试一次。",
            reason(said)
        ),
        StoreError::DiskFull(_) => "磁盘满了。请清理出空间，再启动。".into(),
        StoreError::Sql(said) if DAMAGED.iter().any(|sign| said.contains(sign)) => format!(
            "数据库文件坏了，里面的内容读不全：{}。请停下服务，用 huxi restore 把最近的备份恢复到一个空目录，换用那个目录；坏的这一份先留着。",
            reason(said)
        ),
        StoreError::Sql(said) => {
            format!("数据库出错：{}。请先运行 huxi check；还不行，把这一句告诉技术支持。", reason(said))
        }
        other => format!("数据库出错：{}。请再试一次；还不行，把这一句告诉技术支持。", reason(&other.to_string())),
    }
}

/// The sentence for a setting that stops the start: which key, what stood there, what should, and where to mend it.
pub fn settings_fault(fault: &SettingsFault) -> String {
    match fault {
        SettingsFault::Value { key, given, wanted, source } => {
            format!(
                "设置 {key} 的值「{given}」不能用：{}。请改{}后再启动。",
                settings_wanted(wanted),
                place(source)
            )
        }
        SettingsFault::UnknownKey { key, source } => {
            format!("不认识设置 {key}（在{}里）。认识的设置都写在 huxi.default.toml 里。", place(source))
        }
        SettingsFault::File { path, reason: said } => {
            format!("设置文件 {path} 读不了：{}。请改好再启动。", reason(said))
        }
    }
}

fn settings_wanted(wanted: &crate::settings::Wanted) -> String {
    use crate::settings::Wanted;
    match wanted {
        Wanted::Address => "应为「地址:端口」，例如 127.0.0.1:7010".to_owned(),
        Wanted::NotEmpty => "不能留空".to_owned(),
        Wanted::Text => "应为一段文字".to_owned(),
        Wanted::Whole { min, max } => format!("应为 {min} 到 {max} 之间的整数"),
        Wanted::OneOf(choices) => format!("应为其中之一：{}", choices.join("、")),
        Wanted::PostgresUrl => "应留空，或以 postgres:// 开头".to_owned(),
        Wanted::Addresses => "应留空，或写 IP 地址，几个之间用逗号隔开".to_owned(),
        Wanted::TimeOfDay => "应留空，或写成 03:30 这样的时刻（00:00 到 23:59）".to_owned(),
        Wanted::YesNo => "应为 true 或 false".to_owned(),
        Wanted::WithOther(other) => format!("要和 {other} 一起写，或者两个都留空"),
        Wanted::WebUrl => "应留空，或以 http:// 或 https:// 开头、末尾不带斜杠".to_owned(),
    }
}

fn place(source: &str) -> String {
    match source.strip_prefix("HUXI_") {
        Some(_) => format!("环境变量 {source} "),
        None => format!("文件 {source} "),
    }
}

/// The sentence for a command line that cannot be understood.
pub fn usage_fault(error: &clap::Error) -> String {
    use clap::error::{ContextKind, ErrorKind};
    let named = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            format!(
                "不认识子命令「{}」。用 huxi --help 查看全部子命令。",
                named(ContextKind::InvalidSubcommand)
            )
        }
        ErrorKind::UnknownArgument => {
            format!("不认识参数「{}」。用 huxi --help 查看用法。", named(ContextKind::InvalidArg))
        }
        ErrorKind::MissingRequiredArgument => {
            format!("还缺参数 {}。用 huxi --help 查看用法。", named(ContextKind::InvalidArg))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => format!(
            "参数 {} 的值「{}」不能用。用 huxi --help 查看用法。",
            named(ContextKind::InvalidArg),
            named(ContextKind::InvalidValue)
        ),
        ErrorKind::InvalidUtf8 => {
            "命令里有认不出的文字，不是 UTF-8 编码。请重新输入，或者把终端改成 UTF-8。".to_owned()
        }
        _ => "命令写得不对。用 huxi --help 查看用法。".to_owned(),
    }
}

/// Said while the demo company is made.
pub const DEMO_MAKING: &str = "正在造演示公司，大约半分钟……";
/// Said when business in real time is asked for.
pub const DEMO_NOT_LIVE: &str = "--live 要等订单流程做好以后才有，现在请不带它启动。\n";
/// Said when the settings name a PostgreSQL.
pub const DEMO_ON_POSTGRES: &str = "演示公司只放在数据目录里（SQLite），不用 PostgreSQL，设置里却写了 database_url。请去掉 database_url（或环境变量 HUXI_DATABASE_URL）再运行 huxi demo；自己的公司用 huxi serve。";
/// Said when the day cannot be read.
pub const DEMO_DAY: &str = "--today 要写成 2026-11-24 这样的日期。\n";
/// The company of the demo, as on its seal.
pub const DEMO_COMPANY: &str = "江苏禾川建材有限公司";
/// What stands under the star of its seal.
pub const DEMO_SEAL: &str = "报价专用章";
/// Whose seal stands on the pages that customers have signed.
pub const DEMO_BUYER: &str = "苏州恒泰建设工程有限公司";
/// What stands under the star of that one.
pub const DEMO_BUYER_SEAL: &str = "采购专用章";

/// One account of the demo company.
pub fn demo_account(role: &str, account: &str, name: &str) -> String {
    format!("  {role}\t{account}\t{name}")
}

/// The password of all of them.
pub fn demo_password(password: &str) -> String {
    format!("以上账号的密码都是 {password}")
}

/// Said when no seal can be drawn.
pub fn demo_without_seal(refused: &domain::documents::PrintRefused) -> String {
    use domain::base::Refusal;
    format!("演示公司暂时没有公章：{}", refused.sentence())
}

/// Why a backup was not made or not restored, and what to do.
pub fn backup_fault(fault: &BackupFault) -> String {
    match fault {
        BackupFault::Store(StoreError::DiskFull(_)) => {
            "磁盘满了，没有做完，写了一半的已经删掉，原来的数据没有动。请清理出空间再试。".into()
        }
        BackupFault::Store(error) => store_fault(error),
        BackupFault::NoDatabase(place) => format!("{} 里没有 Huxi 的数据库，请检查 --data 或设置。", named(place)),
        BackupFault::Exists(path) => format!("文件 {path} 已经在了，备份不会覆盖别的文件。请换一个名字。"),
        BackupFault::NotEmpty(place) => format!(
            "{} 不是空的，恢复不会覆盖已有的数据。请换一个空的目录或新建一个空库（原来的先留着，确认无误再删）。",
            named(place)
        ),
        BackupFault::Newer { found, known } => format!(
            "这份备份来自更新版本的程序（表结构第 {found} 版，这个程序只认到第 {known} 版）。请换用做备份时的程序或更新的。"
        ),
        BackupFault::OtherEngine { archive } => match archive.as_str() {
            "postgres" => "这份备份是从 PostgreSQL 做的，只能恢复到 PostgreSQL。请在设置 database_url 里写一个空库的地址。".into(),
            _ => "这份备份是从 SQLite 数据目录做的，只能恢复到一个空的数据目录。请去掉设置 database_url，用 --data 指定目录。".into(),
        },
        BackupFault::NoArchive { path, why } => no_archive(path, why),
        BackupFault::Damaged { part } => format!("备份已损坏（{part} 和做备份时不一样），不能用。请换另一份备份。"),
        BackupFault::Unsound(said) => {
            format!("数据库本身已经损坏，没有做备份：{said}。请运行 huxi check 看全部问题，并保留以前的备份。")
        }
    }
}

/// Why a file is read as no archive of ours, and what to do.
fn no_archive(path: &str, why: &Unread) -> String {
    match why {
        Unread::Missing => format!("没有 {path} 这个文件，打不开。请检查路径。"),
        Unread::Closed(said) => format!("{path} 打不开：{}。", reason(said)),
        Unread::NotOurs => format!(
            "{path} 不是一份完整的 Huxi 备份，打不开：可能没有做完、没有拷完，或者是别的文件。请重新拷一次，或者换另一份备份。"
        ),
    }
}

fn named(place: &str) -> String {
    if place == "postgres" { "这个 PostgreSQL 库".into() } else { format!("目录 {place}") }
}

/// What was backed up, and what could not be.
pub fn backed_up(made: &Made) -> String {
    let said = format!(
        "已备份到 {}（{}，含 {} 个文件），读回来逐项核对无误。",
        made.path.display(),
        size(made.bytes),
        made.manifest.files
    );
    said + &missing(&made.manifest)
}

/// The archive was read and is as it was made.
pub fn archive_is_whole(manifest: &Manifest) -> String {
    let made = company_stamp(manifest.made_at, &app::company_zone());
    format!("备份完好：做于 {made}，{} 个文件，逐项核对无误。", manifest.files) + &missing(manifest)
}

/// What is back, and whether it is whole.
pub fn restored(manifest: &Manifest, checked: &Examined) -> String {
    let made = company_stamp(manifest.made_at, &app::company_zone());
    format!("已恢复 {made} 的备份，{} 个文件。", manifest.files)
        + &missing(manifest)
        + "\n"
        + &examined(checked)
}

fn missing(manifest: &Manifest) -> String {
    match manifest.missing.len() {
        0 => String::new(),
        count => format!(
            "\n但是有 {count} 个文件在做备份时已经找不到或者已损坏，备份里没有它们：{}",
            named_files(&manifest.missing)
        ),
    }
}

fn named_files(hashes: &[String]) -> String {
    let named: Vec<&str> = hashes.iter().take(NAMED_FILES_MAX).map(String::as_str).collect();
    let more = if hashes.len() > NAMED_FILES_MAX { "……" } else { "" };
    format!("{}{more}", named.join("、"))
}

const NAMED_FILES_MAX: usize = 20;

/// What is told besides of a folder that the program does not go on with.
pub const MARKED: &str = "\n目录里有 huxi.db.overwritten：程序运行时 huxi.db 或 huxi.db-wal 被别的程序改写过，上面核对的是现在文件里的内容，最近的几笔可能不在里面。有备份的，用 huxi restore 恢复到一个空目录；确定这就是要的内容，删掉 huxi.db.overwritten 再启动。";

/// What was looked through, and what is wrong.
pub fn examined(examined: &Examined) -> String {
    let looked = format!(
        "核对了 {} 个编号、{} 份单据、{} 个文件（{}）",
        examined.numbers,
        examined.documents,
        examined.files,
        size(examined.file_bytes)
    );
    if examined.is_whole() {
        return format!("{looked}，全部完好。");
    }
    let faults: Vec<String> = examined.faults.iter().map(integrity_fault).collect();
    let more = examined.fault_count.saturating_sub(u64::try_from(faults.len()).unwrap_or(u64::MAX));
    let more = if more > 0 { format!("\n……还有 {more} 个") } else { String::new() };
    format!("{looked}，有 {} 个问题：\n{}{more}", examined.fault_count, faults.join("\n"))
}

/// One thing that is not as it must be.
pub fn integrity_fault(fault: &IntegrityFault) -> String {
    match fault {
        IntegrityFault::Database(said) => format!("数据库文件损坏：{said}"),
        IntegrityFault::Numbers { series, taken, given, first } => {
            let first = first.as_ref().map(|first| format!("，第一个缺的是 {first}")).unwrap_or_default();
            format!("编号 {series}：取用过 {taken} 个，单据上有 {given} 个{first}")
        }
        IntegrityFault::DocumentMissing { document } => format!("报价单 {document}：出具时的内容不在了"),
        IntegrityFault::DocumentAltered { document } => {
            format!("报价单 {document}：内容和内容指纹对不上，被改动过")
        }
        IntegrityFault::Figures { document } => format!("报价单 {document}：合计不等于各行之和"),
        IntegrityFault::RowDiffers { document } => format!("报价单 {document}：列表上的金额和单据上的不一样"),
        IntegrityFault::Record { fault, name } => record_fault(fault, name),
        IntegrityFault::FileMissing { hash } => format!("文件 {hash} 不在了"),
        IntegrityFault::FileAltered { hash } => format!("文件 {hash} 的内容变了"),
    }
}

fn record_fault(fault: &str, name: &str) -> String {
    match fault {
        "half_issued" => format!("报价单 {name}：只出具了一半"),
        "signed_without_order" => format!("报价单 {name}：已签约，却没有订单"),
        "order_differs" => format!("订单 {name}：金额或状态和它的报价单不一致"),
        "history_has_gap" => format!("配置「{name}」：版本号不连续"),
        "picture_without_file" => format!("商品「{name}」：图片的文件没有登记"),
        other => format!("{name}：{other}"),
    }
}

/// `12.3 MB`.
fn size(bytes: u64) -> String {
    match bytes {
        0..=999_999 => format!("{} KB", bytes.div_ceil(1_000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}
