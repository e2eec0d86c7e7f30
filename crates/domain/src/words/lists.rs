//! The words of lists as they are exported.

use crate::customers::CustomerColumn;
use crate::quotes::{OrderColumn, QuoteColumn, ShownState};

/// The sheet, and the file without its ending.
pub const QUOTES: &str = "报价单";
pub const ORDERS: &str = "订单";
pub const CUSTOMERS: &str = "客户";

/// A draft has no number.
pub const DRAFT: &str = "草稿";

/// The head of a column of quotations.
pub fn quote_column(column: QuoteColumn) -> &'static str {
    match column {
        QuoteColumn::Number => "单号",
        QuoteColumn::Customer => "客户",
        QuoteColumn::Content => "内容",
        QuoteColumn::State => "状态",
        QuoteColumn::ValidUntil => "有效期",
        QuoteColumn::Owner => "负责人",
        QuoteColumn::Branch => "分公司",
        QuoteColumn::Issued => "出具日期",
        QuoteColumn::Updated => "更新",
        QuoteColumn::Lines => "行数",
        QuoteColumn::Order => "订单号",
        QuoteColumn::Net => "含税金额（元）",
        QuoteColumn::Margin => "毛利（元）",
    }
}

/// The head of a column of orders.
pub fn order_column(column: OrderColumn) -> &'static str {
    match column {
        OrderColumn::Number => "订单号",
        OrderColumn::Customer => "客户",
        OrderColumn::Content => "内容",
        OrderColumn::SignedDay => "签约日期",
        OrderColumn::Signer => "签字人",
        OrderColumn::Owner => "负责人",
        OrderColumn::Branch => "分公司",
        OrderColumn::Quote => "报价单",
        OrderColumn::Lines => "行数",
        OrderColumn::Net => "金额（元）",
    }
}

/// The head of a column of customers.
pub fn customer_column(column: CustomerColumn) -> &'static str {
    match column {
        CustomerColumn::Name => "客户名称",
        CustomerColumn::Code => "编号",
        CustomerColumn::Tier => "等级",
        CustomerColumn::Type => "类型",
        CustomerColumn::Contact => "联系人",
        CustomerColumn::City => "城市",
        CustomerColumn::Owner => "负责人",
        CustomerColumn::Branch => "分公司",
        CustomerColumn::LastOrder => "最近下单",
        CustomerColumn::Net12m => "近 12 个月成交（元）",
    }
}

/// What lists call a state.
pub fn state(state: ShownState) -> &'static str {
    match state {
        ShownState::Draft => "草稿",
        ShownState::Issued => "待签回",
        ShownState::Signed => "已签约",
        ShownState::Cancelled => "已取消",
        ShownState::Superseded => "已被新版取代",
        ShownState::Expired => "已过期",
    }
}

/// First product and how many there are in all.
pub fn content(first: Option<&str>, lines: i64) -> String {
    match (first, lines) {
        (None, _) => "还没有商品".into(),
        (Some(first), lines) if lines > 1 => format!("{first} 等 {lines} 项"),
        (Some(first), _) => first.to_string(),
    }
}

/// The list is longer than an export holds: `count` rows, or more.
pub fn too_many_rows(count: i64, more: bool, limit: i64) -> String {
    let rows = if more { format!("超过 {count} 行") } else { format!("有 {count} 行") };
    format!("这个列表{rows}，一次最多导出 {limit} 行。请加上筛选条件再导出。")
}
