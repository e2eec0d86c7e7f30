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
pub const METHOD_NOT_ALLOWED: &str = "这个地址不能这样操作。";
pub const CHANGED_BY_OTHER: &str = "这条记录刚被别人改过，请看过新内容再改。";
pub const VERSION_MISSING: &str = "修改时没有带上版本，请刷新页面后重试。";
pub const KEY_MISSING: &str = "请求没有带上 Idempotency-Key，请刷新页面后重试。";
pub const KEY_UNFIT: &str = "Idempotency-Key 应为 8 到 100 个字母、数字或连字符。";
pub const KEY_REUSED: &str = "同一个 Idempotency-Key 已用于另一份内容，请刷新页面后重试。";
pub const STILL_RUNNING: &str =
    "上一次提交还在处理，最多要等一分钟左右。请稍后刷新页面看结果，不用重新填写。";
pub const ANSWER_LOST: &str = "这次操作已经做完，只是结果没有传回来。请不要再提交，到列表里就能看到。";
pub const FOREIGN_PAGE: &str = "这个请求不是从本系统的页面发出的，已被拒绝。";
pub const NOT_JSON: &str = "请求内容不是正确的 JSON。";
pub const WANTS_JSON: &str = "请求内容应为 JSON（Content-Type: application/json）。";
pub const UNAVAILABLE: &str = "数据库暂时连不上，刚才的操作没有保存，请稍后再试。";
pub const UNAVAILABLE_READING: &str = "数据库暂时连不上，没有读到内容，请稍后再试。";
pub const DISK_FULL: &str = "服务器的磁盘满了，刚才的操作没有保存。请通知管理员清理磁盘，之后再试。";
pub const DISK_FULL_READING: &str = "服务器的磁盘满了，没有读到内容。请通知管理员清理磁盘，之后再试。";
pub const INTERNAL_READING: &str = "系统出了问题，没有读到内容。请刷新再试；还不行，请把追踪号告诉管理员。";
pub const INTERNAL: &str = "系统出了问题，刚才的操作没有保存。请稍后再试；还不行，请把追踪号告诉管理员。";
pub const SLOW_DOWN: &str = "操作太频繁，请稍后再试。";
pub const TIMED_OUT: &str = "处理时间太长，已停止等待，请稍后刷新查看结果。";

/// A body beyond the limit.
pub fn body_too_big(bytes_max: usize) -> String {
    let kib = bytes_max / 1024;
    if kib >= 1024 {
        format!("内容太大，最多 {} MB。", kib / 1024)
    } else {
        format!("内容太大，最多 {kib} KB。")
    }
}
