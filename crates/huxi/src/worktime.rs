//! `huxi worktime`: when so much work is done, or how much lies between two moments; the same case gives the same bytes.

mod case;
mod outcome;
#[cfg(test)]
mod tests;

use clap::Args;
use domain::calendar::CalendarRefused;

use crate::answer::Answer;
use crate::strict::{self, written};
use case::{Asked, Case};
use outcome::{DateOf, Due, Refused, Worked, warnings};

/// 按工作时间算到期时刻、已用时间或第几个工作日：读入 JSON，写出 JSON。
#[derive(Debug, Args)]
pub struct WorktimeArgs {
    /// 算例文件；- 表示标准输入
    case: String,
    /// 输出 JSON（总是如此，写上也无妨）
    #[arg(long)]
    json: bool,
}

/// Runs the command: 0 with an outcome, 1 when the calendar gives none, 2 when the case cannot be read.
pub fn run(args: &WorktimeArgs) -> Answer {
    strict::answered(&args.case, answer)
}

/// What the case in `text` comes to.
pub fn answer(text: &str) -> Answer {
    let answered = match strict::read(text, Case::read) {
        Ok(case) => answered(&case),
        Err(fault) => return strict::unreadable(&fault),
    };
    answered.unwrap_or_else(|refused| written(1, &Refused::of(refused)))
}

fn answered(case: &Case) -> Result<Answer, CalendarRefused> {
    let Case { calendar, start, holds, .. } = case;
    Ok(match case.asked {
        Asked::Add(work) => {
            let told = calendar.add_work(*start, work, holds)?;
            let due = case.shown(told.value);
            written(0, &Due { due, warnings: warnings(&told.unknown_years) })
        }
        Asked::Until(end) => {
            let told = calendar.work_between(*start, end, holds)?;
            let worked_seconds = told.value.seconds();
            written(0, &Worked { worked_seconds, warnings: warnings(&told.unknown_years) })
        }
        Asked::Workdays(count) => {
            let told = calendar.add_workdays(case.start_day(), count)?;
            written(0, &DateOf { date: told.value.to_string(), warnings: warnings(&told.unknown_years) })
        }
    })
}
