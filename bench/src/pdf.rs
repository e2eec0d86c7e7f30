//! PDF: the first print of a process, which reads the fonts, and the ones after it.

use std::time::{Duration, Instant};

use anyhow::Context;
use app::ports::{DocumentPrinter, PrintMarks};
use connect::pdf::Printer;
use domain::base::{BasisPoints, Date, Fen, Qty, UnitPrice, parse_date, round_half_away};
use domain::documents::{
    DocumentState, PrintedCustomer, PrintedLine, PrintedQuote, PrintedSalesperson, PrintedSeller,
    PrintedTotals, sha256_hex,
};

use crate::figure::Figure;
use crate::process::{self, OURSELVES};

/// Lines of the quotation that has a budget, and what it may take: the first of a process, and from then on.
const BUDGET_LINES: i64 = 30;
const FIRST: Duration = Duration::from_millis(150);
const WARM: Duration = Duration::from_millis(25);
const KILOBYTES: usize = 100;
const COMPANY: &str = "江苏呼吸建材有限公司";

/// The figures of `pdf`; each print is of another quotation, with seal and code.
pub fn measure() -> anyhow::Result<Vec<Figure>> {
    let marks = PrintMarks {
        seal: Some(Printer::new(None).demo_seal(COMPANY, "报价专用章")?),
        verify_url: Some("https://huxi.example.com/v/014D2PF2DBSQQG28T5CY4TQKFF".into()),
        watermark: None,
        ..PrintMarks::default()
    };
    let printer = Printer::new(None);
    let first = print(&printer, &marks, BUDGET_LINES, 0)?;
    let mut figures = Vec::new();
    for (lines, rounds) in [(5, 50), (BUDGET_LINES, 50), (200, 10), (2_000, 3)] {
        let bare = median(&printer, &marks, 0, 20)?;
        let busy = process::busy(OURSELVES)?;
        let then = median(&printer, &marks, lines, rounds)?;
        let busy = process::busy(OURSELVES)?.saturating_sub(busy) / u32::try_from(rounds)?;
        let kilobytes = printer.print(&sample(lines, 0)?, &marks)?.len() / 1024;
        let what = format!("PDF of {lines} lines, warm ({kilobytes} KB)");
        let warm = Figure::times(&what, then, "the same page without lines", bare);
        let of_processor = format!("the same by the processor's time, {lines} lines");
        if lines == BUDGET_LINES {
            let what = "PDF of 30 lines, the first of the process";
            let first_one = Figure::times(what, first, "the next one", then);
            figures.push(first_one.with_budget("≤ 150 ms".to_owned(), first <= FIRST));
            let held = then <= WARM && kilobytes <= KILOBYTES;
            figures.push(warm.with_budget(format!("≤ 25 ms, ≤ {KILOBYTES} KB"), held));
            figures.push(Figure::at_most(&of_processor, busy, WARM));
        } else {
            figures.extend([warm, Figure::alone(&of_processor, busy)]);
        }
    }
    Ok(figures)
}

fn median(printer: &Printer, marks: &PrintMarks, lines: i64, rounds: i64) -> anyhow::Result<Duration> {
    let mut times =
        (1..=rounds).map(|round| print(printer, marks, lines, round)).collect::<anyhow::Result<Vec<_>>>()?;
    times.sort();
    times.get(times.len() / 2).copied().context("at least one round")
}

fn print(printer: &Printer, marks: &PrintMarks, lines: i64, round: i64) -> anyhow::Result<Duration> {
    let quote = sample(lines, round)?;
    let began = Instant::now();
    printer.print(&quote, marks)?;
    Ok(began.elapsed())
}

/// A quotation whose every line is new in each round, so that no layout can be taken from a cache.
fn sample(lines: i64, round: i64) -> anyhow::Result<PrintedQuote> {
    let day = parse_date("2026-11-23").context("a day")?;
    let lines = (1..=lines).map(|position| line(position, round)).collect::<anyhow::Result<Vec<_>>>()?;
    let mut totals = PrintedTotals::default();
    for line in &lines {
        totals.amount = totals.amount.plus(line.amount)?;
        totals.net_ex_tax =
            totals.net_ex_tax.plus(Fen(round_half_away(i128::from(line.net.0) * 100, 113)?))?;
    }
    totals.net = totals.amount;
    totals.tax = totals.net.minus(totals.net_ex_tax)?;
    Ok(quote(day, lines, totals, round))
}

fn quote(day: Date, lines: Vec<PrintedLine>, totals: PrintedTotals, round: i64) -> PrintedQuote {
    PrintedQuote {
        seller: PrintedSeller {
            name: COMPANY.into(),
            address: "江苏省苏州市吴中区东方大道 1188 号".into(),
            phone: "0512-6588 0000".into(),
            tax_no: "91320506MA1P8K2T0R".into(),
            bank_name: "中国建设银行苏州吴中支行".into(),
            bank_account: "3220 1997 5360 5000 0123".into(),
        },
        number: Some(format!("SZ26-{round:06}")),
        version: 1,
        issued_day: day,
        valid_until: day,
        customer: PrintedCustomer {
            name: format!("苏州第{round}装饰工程有限公司"),
            contact: "王建国".into(),
            phone: "138 0000 1234".into(),
            address: "苏州市姑苏区平江路 66 号 3 幢 201 室".into(),
        },
        salesperson: PrintedSalesperson {
            name: "陈晓".into(),
            phone: "139 0000 5678".into(),
            branch: "苏州分公司".into(),
        },
        prices_include_tax: true,
        lines,
        totals,
        option: None,
        terms: Vec::new(),
        notes:
            "1. 以上价格含增值税专用发票，含市区内送货，不含卸货上楼。\n2. 付款方式：货到验收后 30 天内付清。"
                .into(),
        state: DocumentState::Issued,
        hash: Some(sha256_hex(&round.to_be_bytes())),
        verify_code: None,
    }
}

fn line(position: i64, round: i64) -> anyhow::Result<PrintedLine> {
    let qty = Qty::whole(position + round);
    let unit_price = UnitPrice(1_177_600 + position * 137 + round);
    let amount = qty.times(unit_price)?;
    Ok(PrintedLine {
        position,
        code: format!("QJ-{:05}", position * 100 + round),
        name: format!("外墙乳胶漆 {round}-{position} 号色"),
        spec: "20kg/桶 哑光".into(),
        unit: "桶".into(),
        pack: None,
        qty,
        unit_price,
        amount,
        net: amount,
        share: Fen(0),
        tax_rate: BasisPoints::of_whole(1_300).context("a rate")?,
        note: String::new(),
        group: String::new(),
        picture: None,
    })
}
