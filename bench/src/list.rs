//! The list of quotations over HTTP: 50 of 100,000 and of 1,000,000 with two filters, a sort and their count, one record
//! beside it, and eight clients at once; beside the bare rows.

use std::path::Path;
use std::time::{Duration, Instant};

use demo::Size;
use rusqlite::Connection;

use crate::company::{Company, SELLER_ACCOUNT};
use crate::figure::{Figure, median};
use crate::start::Running;
use crate::visitor::{Visitor, asked, together};
use crate::{many, process};

/// How many quotations there are, and how long the list may take.
const SIZES: [(i64, Duration); 2] =
    [(100_000, Duration::from_millis(2)), (1_000_000, Duration::from_millis(4))];
const RECORD: Duration = Duration::from_micros(500);
/// Answers a second that eight clients may expect.
const RATE: f64 = 1_000.0;
const CLIENTS: usize = 8;
const FOR: Duration = Duration::from_secs(4);
const TIMES: usize = 300;
const LONGEST: Duration = Duration::from_secs(15);
const BARE_ROUNDS: usize = 15;
const BOSS_ACCOUNT: &str = "laoban";
const BARE: &str = "SELECT * FROM quote ORDER BY listed_day DESC, id DESC LIMIT 50";
const A_WHOLE_ONE: &str =
    "SELECT q.id, q.customer_id FROM quote q JOIN person p ON p.id = q.owner_id AND p.account = ?1
    WHERE q.state = 'issued' ORDER BY q.id DESC LIMIT 1";

/// The figures of `list`.
pub fn measure() -> anyhow::Result<Vec<Figure>> {
    let mut figures = Vec::new();
    for (count, budget) in SIZES {
        figures.extend(of_size(count, budget)?);
    }
    Ok(figures)
}

fn of_size(count: i64, budget: Duration) -> anyhow::Result<Vec<Figure>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let company = runtime.block_on(Company::made_of(Size::Full))?;
    let folder = company.closed();
    drop(runtime);
    let database = folder.path().join("huxi.db");
    let (record, customer) = whole_quotation(&database)?;
    many::quotations(&database, count)?;
    let bare = bare(&database)?;
    let program = Running::start(folder.path())?;
    let boss = Visitor::signed_in(program.address(), BOSS_ACCOUNT, CLIENTS)?;
    let seller = Visitor::signed_in(program.address(), SELLER_ACCOUNT, CLIENTS)?;
    // The papers of the last week are set after the start.
    program.at_rest()?;
    let mut figures = Vec::new();
    for (what, who, path) in lists(&boss, &seller, customer) {
        let took = median(asked(TIMES, LONGEST, |_| who.read(&path).map(drop))?);
        let what = format!("50 of {count} quotations over HTTP, {what}");
        let figure = Figure::times(&what, took, "the 50 bare rows", bare);
        figures.push(figure.with_budget(format!("≤ {} ms", budget.as_millis()), took <= budget));
    }
    let one = format!("/api/quotes/{record}");
    let took = median(asked(TIMES, LONGEST, |_| seller.read(&one).map(drop))?);
    figures.push(Figure::at_most(&format!("one record among {count}"), took, RECORD));
    figures.push(at_once(&program, &boss, count)?);
    Ok(figures)
}

/// What is asked, by whom, and where: two filters and a sort each, counted.
fn lists<'v>(
    boss: &'v Visitor,
    seller: &'v Visitor,
    customer: i64,
) -> [(&'static str, &'v Visitor, String); 5] {
    let path = |asked: &str| format!("/api/quotes?limit=50&{asked}");
    let by_day = path("state=signed&from=2026-01-01");
    let by_money = path("state=signed&from=2026-01-01&sort=net");
    [
        ("the boss: state, from a day, newest first", boss, by_day.clone()),
        ("the boss: the same, most money first", boss, by_money.clone()),
        ("a salesperson: state, from a day, newest first", seller, by_day),
        ("a salesperson: the same, most money first", seller, by_money),
        ("a salesperson: customer, state", seller, path(&format!("customer={customer}&state=signed"))),
    ]
}

/// How many lists eight clients are answered a second, and how many for a second of the program's processor time.
fn at_once(program: &Running, boss: &Visitor, count: i64) -> anyhow::Result<Figure> {
    let path = "/api/quotes?limit=50&state=signed&from=2026-01-01";
    let busy = process::busy(&program.id())?;
    let (rate, answers) = together(CLIENTS, FOR, || boss.read(path).map(drop))?;
    let busy = process::busy(&program.id())?.saturating_sub(busy);
    let of_processor = f64::from(answers) / busy.as_secs_f64().max(0.01);
    let measured = format!("{rate:.0} ({of_processor:.0} for a second of the processor)");
    let what = format!("lists of {count} a second, {CLIENTS} clients");
    Ok(Figure::said(&what, measured).with_budget(format!("≥ {RATE:.0}"), rate >= RATE))
}

/// A quotation of the salesperson with all that belongs to it, and its customer.
fn whole_quotation(database: &Path) -> anyhow::Result<(i64, i64)> {
    let beside = Connection::open(database)?;
    Ok(beside.query_row(A_WHOLE_ONE, [SELLER_ACCOUNT], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

fn bare(database: &Path) -> anyhow::Result<Duration> {
    let beside = Connection::open(database)?;
    let mut times = Vec::new();
    for _ in 0..BARE_ROUNDS {
        let began = Instant::now();
        let mut rows = beside.prepare_cached(BARE)?;
        let ids = rows.query_map([], |row| row.get::<_, i64>(0))?.collect::<Result<Vec<_>, _>>()?;
        anyhow::ensure!(ids.len() == 50, "fewer than 50 rows");
        times.push(began.elapsed());
    }
    Ok(median(times))
}
