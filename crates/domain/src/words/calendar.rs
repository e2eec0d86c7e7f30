//! The words of working time: festivals, notices, and why a calendar gives no answer.

use crate::calendar::{CalendarRefused, CalendarRowFault, Festival, Notice, WeekDay};

/// What a festival is called.
pub fn festival(festival: Festival) -> &'static str {
    match festival {
        Festival::NewYear => "元旦",
        Festival::SpringFestival => "春节",
        Festival::TombSweeping => "清明节",
        Festival::LabourDay => "劳动节",
        Festival::DragonBoat => "端午节",
        Festival::MidAutumn => "中秋节",
        Festival::NationalDay => "国庆节",
    }
}

/// Where the holidays of a year come from.
pub fn notice(year: i16, notice: Notice) -> String {
    format!("国务院办公厅关于{year}年部分节假日安排的通知（国办发明电〔{}〕{}号）", notice.year, notice.n)
}

/// What a day of the week is called.
pub fn week_day(day: WeekDay) -> &'static str {
    match day {
        WeekDay::Monday => "周一",
        WeekDay::Tuesday => "周二",
        WeekDay::Wednesday => "周三",
        WeekDay::Thursday => "周四",
        WeekDay::Friday => "周五",
        WeekDay::Saturday => "周六",
        WeekDay::Sunday => "周日",
    }
}

/// Said wherever an outcome leans on years whose holidays nobody has told; `None` when there are none.
pub fn unknown_years(years: &[i16]) -> Option<String> {
    let named: Vec<String> = years.iter().map(i16::to_string).collect();
    (!named.is_empty()).then(|| {
        format!(
            "{} 年的节假日还没有录入，先按周一到周五算；请总部在设计台「工作日历」里补上。",
            named.join("、")
        )
    })
}

/// Why a calendar gives no answer.
pub fn refused(refused: CalendarRefused) -> &'static str {
    match refused {
        CalendarRefused::NoWorkingTime => "日历里没有任何工作时间，算不出来。请至少写一天的上下班时间。",
        CalendarRefused::BeyondCalendar => "结果超出了日历能算的范围（1970 到 2199 年）。请把时长改短。",
        CalendarRefused::EndBeforeStart => "结束时刻早于开始时刻。请对调或改正。",
    }
}

/// What a row of the calendar is called: its day of the week, or its date.
pub fn row_name(key: &str) -> Option<String> {
    WeekDay::from_key(key).map(|day| week_day(day).to_string())
}

/// What is wrong with a row of the calendar.
pub fn row_fault(fault: &CalendarRowFault) -> String {
    match fault {
        CalendarRowFault::NotReadable => "这一行读不懂，请重新填写。".to_string(),
        CalendarRowFault::KeyWrong => "日期要写成 2027-02-05 这样，或者写周一到周日。".to_string(),
        CalendarRowFault::HoursWrong { text } => {
            format!("「{text}」不是上下班时间，要写成 09:00-12:00 13:00-18:00 这样。")
        }
        CalendarRowFault::TooManyHours { count_max } => format!("一天最多写 {count_max} 段时间。"),
        CalendarRowFault::OnlyOfDates => "国务院的通知只说具体日期，不说周几。".to_string(),
        CalendarRowFault::NoteTooLong { letters_max } => format!("说明最多 {letters_max} 个字。"),
        CalendarRowFault::ControlSign => "说明里有看不见的控制符，请重新填写。".to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::year_table;

    #[test]
    fn a_table_names_its_source_and_a_year_without_one_is_said() {
        let table = year_table(2026).unwrap();
        assert_eq!(
            notice(table.year, table.notice),
            "国务院办公厅关于2026年部分节假日安排的通知（国办发明电〔2025〕7号）"
        );
        assert_eq!(unknown_years(&[]), None);
        let sentence = unknown_years(&[2027, 2028]).unwrap();
        assert!(sentence.starts_with("2027、2028 年的节假日还没有录入"), "{sentence}");
    }
}
