//! A price file of 200,000 rows as people bring it: uploaded over HTTP, read by the program, waited for until its preview
//! stands; with the most memory that the program held meanwhile.

use std::time::{Duration, Instant};

use anyhow::{Context, anyhow, ensure};
use app::config;
use domain::config::Kind;
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::company::{Company, failed};
use crate::figure::{Figure, median, shown};
use crate::imports::{BREAKS, MADE, PRODUCTS, text, workbook};
use crate::process;
use crate::start::Running;
use crate::visitor::Visitor;

const ROUNDS: usize = 3;
const PREVIEW: Duration = Duration::from_secs(6);
const PEAK_MIB: u64 = 300;
/// The web asks less often; a figure should not wait for that.
const LOOK_EVERY: Duration = Duration::from_millis(20);
const PATIENCE: Duration = Duration::from_secs(120);
const AUTHOR_ACCOUNT: &str = "yunying1";

/// The figures of `upload`.
pub fn measure() -> anyhow::Result<Vec<Figure>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let (company, draft) = runtime.block_on(async {
        let company = Company::made().await?;
        let author = company.actor(AUTHOR_ACCOUNT).await?;
        let item = config::items(&company.ctx, &author, Some(Kind::PriceList)).await.map_err(failed)?;
        let item = item.first().ok_or_else(|| anyhow!("no price list"))?.item.id;
        let draft = config::create_draft(&company.ctx, &author, item, "bench").await.map_err(failed)?;
        anyhow::Ok((company, draft))
    })?;
    let folder = company.closed();
    drop(runtime);
    Connection::open(folder.path().join("huxi.db"))?.execute(MADE, [i64::try_from(PRODUCTS)?])?;
    let program = Running::start(folder.path())?;
    let author = Visitor::signed_in(program.address(), AUTHOR_ACCOUNT, 1)?;
    let mut figures = Vec::new();
    for (name, bytes) in [("prices.xlsx", workbook()?), ("prices.csv", text()?)] {
        figures.extend(brought(&program, &author, draft.0, (name, bytes.as_slice()))?);
    }
    Ok(figures)
}

fn brought(
    program: &Running,
    author: &Visitor,
    draft: i64,
    (name, bytes): (&str, &[u8]),
) -> anyhow::Result<[Figure; 2]> {
    let idle = process::resident_mib(&program.id())?;
    process::forget_peak(&program.id());
    let busy = program.busy()?;
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        let began = Instant::now();
        let file = author.upload(name, bytes)?;
        let body = json!({ "file": file, "supplier": "" });
        let import = author.post(&format!("/api/config/drafts/{draft}/imports"), &body)?;
        let id = import.get("id").and_then(Value::as_i64).context("an import")?;
        preview(author, id)?;
        times.push(began.elapsed());
    }
    let busy = program.busy()?.saturating_sub(busy) / u32::try_from(ROUNDS)?;
    let peak = process::peak_mib(&program.id())?;
    let what = format!(
        "{name} of {} rows ({} MB) over HTTP to the preview; {} of the processor",
        PRODUCTS * BREAKS,
        bytes.len() / 1_000_000,
        shown(busy)
    );
    let held = format!("{peak} MiB, {idle} before");
    let memory = Figure::said("most memory that the program held meanwhile", held);
    Ok([
        Figure::at_most(&what, median(times), PREVIEW),
        memory.with_budget(format!("≤ {PEAK_MIB} MiB"), peak <= PEAK_MIB),
    ])
}

/// Waits until the file was read, all of it.
fn preview(author: &Visitor, id: i64) -> anyhow::Result<()> {
    let (path, began) = (format!("/api/config/imports/{id}"), Instant::now());
    loop {
        let import = author.get(&path)?;
        match import.get("state").and_then(Value::as_str) {
            Some("reading") => {}
            Some("ready") => {
                let added = import.pointer("/preview/counts/added").and_then(Value::as_u64);
                ensure!(added == Some(u64::try_from(PRODUCTS * BREAKS - 1)?), "{added:?} rows were read");
                return Ok(());
            }
            state => return Err(anyhow!("the file is {state:?}: {:?}", import.get("failure"))),
        }
        ensure!(began.elapsed() < PATIENCE, "no preview after {PATIENCE:?}");
        std::thread::sleep(LOOK_EVERY);
    }
}
