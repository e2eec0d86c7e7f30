//! `huxi price`: prices a case from lists and tiers, or checks its lists; the same case gives the same bytes.

mod case;
mod ids;
mod outcome;
#[cfg(test)]
mod tests;

use clap::Args;
use domain::pricing::{PriceBook, conflicts, lowered_document, price_document};

use crate::answer::Answer;
use crate::strict::{self, written};
use case::{Case, Purpose};
use outcome::{Checked, Priced, Refused};

/// 按价目表和等级给一个算例计价：读入 JSON，写出 JSON。
#[derive(Debug, Args)]
pub struct PriceArgs {
    /// 算例文件；- 表示标准输入
    case: String,
    /// 不计价，只检查价目表能否发布；有必须改正的问题时退出码为 1
    #[arg(long)]
    check: bool,
    /// 输出 JSON（总是如此，写上也无妨）
    #[arg(long)]
    json: bool,
}

/// Runs the command: 0 with an outcome, 1 when a rule refuses, 2 when the case cannot be read.
pub fn run(args: &PriceArgs) -> Answer {
    strict::answered(&args.case, |text| answer(text, args.check))
}

/// What the case in `text` comes to.
pub fn answer(text: &str, check: bool) -> Answer {
    let purpose = if check { Purpose::Check } else { Purpose::Price };
    let case = match strict::read(text, |at| Case::read(at, purpose)) {
        Ok(case) => case,
        Err(fault) => return strict::unreadable(&fault),
    };
    if check { checked(&case) } else { priced(case) }
}

fn priced(mut case: Case) -> Answer {
    let book = PriceBook::new(std::mem::take(&mut case.rows));
    let requests: Vec<_> = case.lines.iter().map(|line| line.request.clone()).collect();
    let includes_tax = case.context.prices_include_tax;
    let priced = price_document(&book, &case.context, &requests);
    match priced.and_then(|document| lowered_document(document, &case.manual, includes_tax)) {
        Ok(document) => written(0, &Priced::of(&case, &book, &document.lines, document.totals)),
        Err(refused) => written(1, &Refused::of(&case, &refused)),
    }
}

fn checked(case: &Case) -> Answer {
    let found = conflicts(&case.rows, &case.context);
    let blocked = found.iter().any(|conflict| conflict.blocks());
    written(u8::from(blocked), &Checked::of(&case.ids, &found))
}
