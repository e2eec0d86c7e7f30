//! `huxi price`: prices a case from lists and tiers, or checks its lists; the same case gives the same bytes.

mod case;
mod ids;
mod outcome;
#[cfg(test)]
mod tests;
mod words;

use std::io::Read;
use std::path::Path;

use clap::Args;
use domain::pricing::{PriceBook, conflicts, lowered_document, price_document};
use serde::Serialize;

use crate::answer::Answer;
use crate::strict;
use case::{Case, Purpose};
use outcome::{Checked, Priced, Refused};

/// Largest case that is read.
const CASE_BYTES_MAX: usize = 64_000_000;

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
    match load(&args.case) {
        Ok(text) => answer(&text, args.check),
        Err(sentence) => Answer::unreadable(sentence),
    }
}

/// What the case in `text` comes to.
pub fn answer(text: &str, check: bool) -> Answer {
    let purpose = if check { Purpose::Check } else { Purpose::Price };
    let case = match strict::read(text, |at| Case::read(at, purpose)) {
        Ok(case) => case,
        Err(fault) => return Answer::unreadable(words::fault(&fault)),
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

fn written(code: u8, outcome: &impl Serialize) -> Answer {
    match serde_json::to_string_pretty(outcome) {
        Ok(json) => Answer { code, out: format!("{json}\n"), err: String::new() },
        Err(error) => Answer::unreadable(error.to_string()),
    }
}

fn load(name: &str) -> Result<String, String> {
    let limit = u64::try_from(CASE_BYTES_MAX).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    let read = if name == "-" {
        std::io::stdin().lock().take(limit).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(Path::new(name)).and_then(|file| file.take(limit).read_to_end(&mut bytes))
    };
    read.map_err(|error| words::unreadable(name, &error.to_string()))?;
    if bytes.len() > CASE_BYTES_MAX {
        return Err(words::too_long(CASE_BYTES_MAX));
    }
    let text = String::from_utf8(bytes).map_err(|_| words::not_utf8())?;
    // Some editors begin a UTF-8 file with a mark.
    Ok(text.strip_prefix('\u{feff}').map(str::to_string).unwrap_or(text))
}
