//! The words of the page 今天.

use super::documents::with_sign;
use crate::base::{Date, Fen};

/// So much of what somebody said stands in a row of the page.
const ROW_LETTERS_MAX: usize = 60;

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

/// Somebody asks this person to decide on a draft.
pub fn asked(customer: &str, by: &str) -> String {
    format!("{by}请你处理{customer}的报价")
}

/// One's own draft came back from whom it was asked of.
pub fn given_back(customer: &str, by: &str) -> String {
    format!("{by}退回了{customer}的报价，要你再改")
}

/// One's own draft waits for whom it was asked of.
pub fn waits_for(customer: &str, to: &str) -> String {
    format!("{customer}的报价在等{to}处理")
}

/// What whoever asked or gave back said, what they changed, and what is known of the draft: how far it went, whether it
/// has changed since, to what it came `then` where that is another sum than now, and what it earns now (`margin`: yuan and
/// percent, for those who see it).
pub fn ask_detail(
    (words, changes, beyond): (&str, &str, &str),
    (changed, then): (bool, Option<Fen>),
    margin: Option<(String, Option<String>)>,
) -> String {
    let mut parts = Vec::new();
    if !words.is_empty() {
        parts.push(format!("「{}」", shortened(words)));
    }
    let then = then.map(|net| format!("提请时 {}", with_sign(&net.to_yuan())));
    let asked: Vec<&str> = then.as_deref().into_iter().chain([beyond]).filter(|it| !it.is_empty()).collect();
    let told = [changes, &asked.join("，")].map(str::to_string);
    parts.extend(told.into_iter().filter(|part| !part.is_empty()));
    if changed {
        parts.push("之后改过".to_string());
    }
    if let Some((amount, percent)) = margin {
        let share = percent.map(|percent| format!("（{percent}%）")).unwrap_or_default();
        parts.push(format!("毛利 {}{share}", with_sign(&amount)));
    }
    parts.join(" · ")
}

/// A text that fits into a row.
fn shortened(words: &str) -> String {
    let line: String = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= ROW_LETTERS_MAX {
        return line;
    }
    let begun: String = line.chars().take(ROW_LETTERS_MAX).collect();
    format!("{begun}…")
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

/// The customer accepted on a link.
pub fn accepted(customer: &str) -> String {
    format!("{customer}刚在链接上确认了报价")
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
    fn a_row_tells_the_words_how_far_what_it_earns_and_that_it_changed() {
        let margin = Some(("1049.20".to_string(), Some("16.8".to_string())));
        let then = Some(Fen(618_000));
        let told =
            ask_detail(("老客户\n竞标", "改了付款方式", "比等级价低 8%（权限 5%）"), (true, then), margin);
        assert_eq!(
            told,
            "「老客户 竞标」 · 改了付款方式 · 提请时 ¥6,180.00，比等级价低 8%（权限 5%） · 之后改过 · 毛利 ¥1,049.20（16.8%）"
        );
        let long = ask_detail((&"长".repeat(61), "", ""), (false, None), None);
        assert_eq!(long, format!("「{}…」", "长".repeat(60)));
    }

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
