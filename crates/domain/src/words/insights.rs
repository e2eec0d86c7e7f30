//! The words of the page 今天.

use crate::base::Date;

/// The last valid day of a quotation is near.
pub fn expiring(customer: &str, last: Date, today: Date) -> String {
    match days_between(today, last) {
        0 => format!("{customer}的报价单今天到期"),
        1 => format!("{customer}的报价单明天到期"),
        days => format!("{customer}的报价单还有 {days} 天到期"),
    }
}

/// The last valid day is over.
pub fn expired(customer: &str, last: Date) -> String {
    format!("{customer}的报价单 {}月{}日过期了，要不要修订？", last.month(), last.day())
}

/// A draft that nobody issued.
pub fn draft(customer: &str) -> String {
    format!("{customer}的报价单还没出具")
}

/// The day to ask the customer again has come, or passed.
pub fn follow_up(customer: &str, day: Date, today: Date, note: &str) -> String {
    let late = days_between(day, today);
    let when = if late > 0 { format!("（已晚 {late} 天）") } else { String::new() };
    let about = if note.is_empty() { String::new() } else { format!("：{note}") };
    format!("今天该跟进{customer}的报价{when}{about}")
}

/// The customer looked at the link and has not signed.
pub fn opened(customer: &str) -> String {
    format!("{customer}看过报价了，还没签")
}

/// Somebody else goes on with one's draft.
pub fn taken_over(customer: &str, by: &str) -> String {
    format!("{by}接手了{customer}的报价草稿")
}

/// Somebody else issued one's quotation.
pub fn issued_by_other(customer: &str, by: &str) -> String {
    format!("{by}出具了{customer}的报价单")
}

/// Prices that it leans on were withdrawn.
pub fn void(customer: &str) -> String {
    format!("{customer}的报价单用到的价格已作废，不能签")
}

/// Number, owner and size of a quotation; a draft has no number.
pub fn quote_detail(number: &str, owner: &str, lines: i64) -> String {
    let parts = [number.to_string(), owner.to_string(), format!("{lines} 行")];
    let told: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    told.join(" · ")
}

/// A fresh order.
pub fn signed(customer: &str) -> String {
    format!("{customer}签约了")
}

/// Number and owner of an order.
pub fn order_detail(number: &str, owner: &str) -> String {
    format!("{number} · {owner}")
}

/// A draft of somebody else waits for a second person.
pub fn to_confirm(name: &str, author: &str) -> String {
    format!("{author}提交了「{name}」的改动，等你确认")
}

/// A draft of one's own came back.
pub fn returned(name: &str, by: &str) -> String {
    format!("{by}退回了「{name}」的改动")
}

/// A draft of one's own was overtaken by revision `n` on its way.
pub fn overtaken(name: &str, n: i64) -> String {
    format!("「{name}」的草稿要合并 V{n}，再重新提交")
}

/// A revision will come into force.
pub fn upcoming(name: &str, n: i64) -> String {
    format!("「{name}」V{n} 即将生效")
}

/// A revision has come into force.
pub fn in_force(name: &str, n: i64) -> String {
    format!("「{name}」V{n} 已生效")
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map(|span| span.get_days()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_people_count_them() {
        let day = |text: &str| crate::base::parse_date(text).unwrap();
        let left = |last: &str| expiring("金鼎", day(last), day("2026-05-30"));
        assert_eq!(left("2026-05-30"), "金鼎的报价单今天到期");
        assert_eq!(left("2026-05-31"), "金鼎的报价单明天到期");
        assert_eq!(left("2026-06-02"), "金鼎的报价单还有 3 天到期");
        assert_eq!(quote_detail("", "小陈", 5), "小陈 · 5 行");
    }
}
