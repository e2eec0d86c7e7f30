//! Words for what goes wrong between a browser and the server, before any area is asked.

/// The short title of a status.
pub fn title(status: u16) -> &'static str {
    match status {
        400 => "请求不完整",
        401 => "请先登录",
        403 => "没有权限",
        404 => "找不到",
        405 => "不能这样操作",
        408 | 504 => "超时",
        409 => "现在不能这样做",
        412 => "别人先改了",
        413 => "太大",
        414 | 431 => "太长",
        415 => "格式不支持",
        422 => "填写有误",
        423 => "已锁定",
        428 => "缺少版本",
        429 => "太频繁",
        507 => "磁盘满了",
        503 => "暂时不可用",
        _ => "出了问题",
    }
}

pub const SIGNED_OUT: &str = "登录已失效，请重新登录。";
pub const NOT_ALLOWED: &str = "你没有这项操作的权限，需要时请找管理员开通。";
pub const NOT_FOUND: &str = "找不到这条记录，可能已被删除，或者不在你的范围内。";
pub const NO_SUCH_ADDRESS: &str = "没有这个地址，请从首页重新进入。";
pub const METHOD_NOT_ALLOWED: &str =
    "这个地址不能这样操作。请回到上一页重新操作；用自己的程序调用时，请对照接口说明。";
pub const CHANGED_BY_OTHER: &str = "这条记录刚被别人改过，请看过新内容再改。";
pub const VERSION_MISSING: &str = "修改时没有带上版本，请刷新页面后重试。";
pub const VERSION_UNFIT: &str =
    "If-Match 里不是一个版本：要写读到的 ETag，例如 \"7\"，不能写 * 或别的。请刷新页面后重试。";
pub const KEY_MISSING: &str = "请求没有带上 Idempotency-Key，请刷新页面后重试。";
pub const KEY_UNFIT: &str = "Idempotency-Key 应为 8 到 100 个字母、数字或连字符。";
pub const KEY_REUSED: &str = "同一个 Idempotency-Key 已用于另一份内容，请刷新页面后重试。";
pub const STILL_RUNNING: &str = "上一次提交正在处理，最多一分钟左右。请留在这一页，不用重新填写，结果会自己出来；一分钟后还没有，再按一次同一个按钮。";
pub const FOREIGN_PAGE: &str =
    "这个请求不是从本系统的页面发出的，没有执行。请在浏览器里直接打开本系统再操作。";
pub const NOT_JSON: &str =
    "请求内容不是正确的 JSON，什么也没有保存。请刷新页面再试；用自己的程序调用时，请检查它发出的内容。";
pub const WANTS_JSON: &str = "请求内容应为 JSON（Content-Type: application/json）。";
pub const UNAVAILABLE: &str = "数据库暂时连不上，刚才的操作没有保存，请稍后再试。";
pub const COMMIT_UNKNOWN: &str =
    "没有等到刚才操作的结果，不知道存没存上。请先刷新看看：已经有了就不用再做，没有再做一次。";
pub const UNAVAILABLE_READING: &str = "数据库暂时连不上，没有读到内容，请稍后再试。";
pub const DATABASE_GONE: &str = "数据库不见了，或者被换掉、改写了，刚才的操作没有保存。请通知管理员停止服务，放回原来的数据库，或者从备份恢复。";
pub const DATABASE_GONE_READING: &str = "数据库不见了，或者被换掉、改写了，没有读到内容。请通知管理员停止服务，放回原来的数据库，或者从备份恢复。";
pub const DISK_FULL: &str = "服务器的磁盘满了，刚才的操作没有保存。请通知管理员清理磁盘，之后再试。";
pub const DISK_FULL_READING: &str = "服务器的磁盘满了，没有读到内容。请通知管理员清理磁盘，之后再试。";
pub const CUSTOMER_NOT_SAVED: &str =
    "系统暂时出了问题，这一步没有完成。请过一会儿再试；还不行，请告诉给你报价的业务员。";
pub const CUSTOMER_NOT_READ: &str = "这份内容暂时打不开。请过一会儿再试；还不行，请告诉给你报价的业务员。";
pub const NOT_READY_DATABASE: &str = "数据库连不上，或者写不进去。";
pub const NOT_READY_GONE: &str =
    "数据库不见了，或者被换掉、改写了，什么都不再保存。请停止服务，放回原来的数据库，或者从备份恢复。";
pub const NOT_READY_DISK: &str = "服务器的磁盘满了，什么都保存不了。请清理磁盘。";
pub const NOT_READY_JOBS: &str = "后台任务没有在跑，PDF 不会自动生成。请重启程序。";
pub const INTERNAL_READING: &str = "系统出了问题，没有读到内容。请刷新再试；还不行，请把追踪号告诉管理员。";
pub const INTERNAL: &str = "系统出了问题，刚才的操作没有保存。请稍后再试；还不行，请把追踪号告诉管理员。";
pub const SLOW_DOWN: &str = "操作太频繁，请稍后再试。";
pub const TIMED_OUT: &str = "处理时间太长，已停止等待，没有读到内容。请刷新页面再试；还不行，请告诉管理员。";

/// A file that was kept is not there any more (`missing`), or its content is another one.
pub fn file_fault(missing: bool) -> &'static str {
    if missing {
        "要用到的一个文件在服务器上不见了，所以打不开。请找管理员从备份恢复，之后再试。"
    } else {
        "要用到的一个文件内容变了，和存进来时不一样，所以没有打开。请找管理员从备份恢复，之后再试。"
    }
}

/// A body beyond the limit.
pub fn body_too_big(bytes_max: usize) -> String {
    format!("内容太大，最多 {}，没有保存。请删减一些，或分几次提交。", size(bytes_max))
}

/// A file beyond the limit.
pub fn file_too_big(bytes_max: usize) -> String {
    format!(
        "文件太大，最多 {}，没有上传。照片请拍小一些或压缩后再传；扫描件请降低清晰度，或分成几份。",
        size(bytes_max)
    )
}

fn size(bytes: usize) -> String {
    let kib = bytes / 1024;
    if kib >= 1024 { format!("{} MB", kib / 1024) } else { format!("{kib} KB") }
}

/// An address with more in it than is read.
pub const ADDRESS_TOO_LONG: &str =
    "要找的内容太长，没有去找。请只写几个字再搜；用自己的程序调用时，请缩短地址里的条件。";

/// Nobody knows whether it was saved; `again`: the same request under the same key finds out.
pub fn commit_unknown(again: bool) -> String {
    if again { format!("{COMMIT_UNKNOWN}{SAME_KEY}") } else { COMMIT_UNKNOWN.to_string() }
}

const SAME_KEY: &str = "用自己的程序调用时，用同一个 Idempotency-Key 再发一次就知道，不会做两遍。";

/// A change that was waited for too long; `again`: the same request under the same key finds out.
pub fn timed_out(again: bool) -> String {
    let told = "处理时间太长，已停止等待，不知道存没存上。请先刷新看看：已经有了就不用再做，没有再做一次；还不行，请告诉管理员。";
    if again { format!("{told}{SAME_KEY}") } else { told.to_string() }
}

/// What was asked for is done, but its answer is gone: where to look, by kind of record and its number or name.
pub fn answer_lost(record: Option<(&str, Option<&str>)>) -> String {
    let kind = record.and_then(|(entity, _)| record_kind(entity));
    let place = match (kind, record.and_then(|(_, name)| name)) {
        (Some(kind), Some(name)) => format!("打开{kind}「{name}」就能看到"),
        (Some(kind), None) => format!("到{kind}里就能看到"),
        (None, _) => "到列表里就能看到".to_string(),
    };
    format!("这次操作已经做完，只是结果没有传回来。请不要再提交，{place}。")
}

/// A kind of record of the event log as people call it.
fn record_kind(entity: &str) -> Option<&'static str> {
    Some(match entity {
        "quote" => "报价单",
        "order" => "订单",
        "customer" => "客户",
        "product" => "商品",
        "category" => "商品分类",
        "person" => "账号",
        "org_unit" => "组织",
        "config_item" => "设计台",
        "company" => "公司资料",
        _ => return None,
    })
}
