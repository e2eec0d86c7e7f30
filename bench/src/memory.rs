//! How much the program holds: after a day's work, and with five hundred open screens; and how large it is itself.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, ensure};
use demo::Size;
use serde_json::{Value, json};

use crate::company::{Company, SELLER_ACCOUNT, build_folder};
use crate::figure::Figure;
use crate::process;
use crate::start::Running;
use crate::visitor::Visitor;

const QUOTATIONS: usize = 1_000;
/// One of so many is issued, and its paper read.
const ISSUED_OF: usize = 10;
const LINES: i64 = 5;
const SCREENS: usize = 500;
const HELD_MIB: u64 = 180;
const SCREENS_MIB: u64 = 100;
const PROGRAM_MB: f64 = 90.0;
/// Two looks of the program at what happened lie between.
const HEARD_AFTER: Duration = Duration::from_secs(3);
const HEAD_BYTES_MAX: usize = 8 << 10;
/// Where `scripts/fonts` puts the fonts.
const FONTS: &str = ".cache/fonts";

/// The figures of `memory`.
pub fn measure() -> anyhow::Result<Vec<Figure>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let (company, lines) = runtime.block_on(async {
        let company = Company::made_of(Size::Full).await?;
        let lines = company.lines(LINES).await?;
        anyhow::Ok((company, lines))
    })?;
    let customer = company.customer.0;
    let line = |(nth, line): (usize, &domain::quotes::LineText)| json!({ "id": format!("l{nth}"), "product_id": line.product.0, "qty": "10", "unit": line.unit });
    let lines: Vec<Value> = lines.iter().enumerate().map(line).collect();
    let folder = company.closed();
    drop(runtime);
    let program = Running::start(folder.path())?;
    let seller = Visitor::signed_in(program.address(), SELLER_ACCOUNT, 1)?;
    work(&seller, &json!({ "customer_id": customer, "lines": lines }))?;
    let (held, peak) = (process::resident_mib(&program.id())?, process::peak_mib(&program.id())?);
    let papers = QUOTATIONS / ISSUED_OF;
    let what = format!("memory after {QUOTATIONS} quotations and {papers} PDFs, and the most of it");
    let after_work = Figure::said(&what, format!("{held} MiB, {peak} MiB"));
    let screens = with_screens(&program, &seller, customer)?;
    Ok(vec![after_work.with_budget(format!("≤ {HELD_MIB} MiB"), peak <= HELD_MIB), screens, program_size()?])
}

/// Quotations made, some of them issued, and their papers read.
fn work(seller: &Visitor, wanted: &Value) -> anyhow::Result<()> {
    for nth in 0..QUOTATIONS {
        let made = seller.post("/api/quotes", wanted)?;
        if nth % ISSUED_OF != 0 {
            continue;
        }
        let path = format!("/api/quotes/{}", made.get("id").and_then(Value::as_i64).context("an id")?);
        let priced = seller.post("/api/quotes/price", wanted)?;
        let net = priced.pointer("/totals/net").cloned().unwrap_or_default();
        seller.post(&format!("{path}/issue"), &json!({ "expected_net": net }))?;
        let paper = seller.read(&format!("{path}/pdf"))?;
        ensure!(paper.starts_with(b"%PDF"), "no paper");
    }
    Ok(())
}

/// How much more is held while so many screens listen, each of which has heard of one change.
fn with_screens(program: &Running, seller: &Visitor, customer: i64) -> anyhow::Result<Figure> {
    let before = process::resident_mib(&program.id())?;
    let open = |_| listening(program.address(), seller.session());
    let mut screens = (0..SCREENS).map(open).collect::<anyhow::Result<Vec<TcpStream>>>()?;
    seller.post("/api/quotes", &json!({ "customer_id": customer }))?;
    std::thread::sleep(HEARD_AFTER);
    let mut heard = 0;
    for screen in &mut screens {
        let mut hint = [0_u8; 512];
        let read = screen.read(&mut hint)?;
        heard += usize::from(hint.get(..read).is_some_and(|hint| holds(hint, b"hint")));
    }
    ensure!(heard == SCREENS, "only {heard} screens heard of a change");
    let more = process::resident_mib(&program.id())?.saturating_sub(before);
    let figure = Figure::said(&format!("{SCREENS} screens that listen, more"), format!("{more} MiB"));
    Ok(figure.with_budget(format!("≤ {SCREENS_MIB} MiB"), more <= SCREENS_MIB))
}

/// A stream of hints, behind the head of its answer.
fn listening(address: &str, session: &str) -> anyhow::Result<TcpStream> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    write!(stream, "GET /api/stream HTTP/1.1\r\nhost: {address}\r\ncookie: {session}\r\n\r\n")?;
    let (mut head, mut byte) = (Vec::new(), [0_u8; 1]);
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte)?;
        head.extend_from_slice(&byte);
        ensure!(head.len() < HEAD_BYTES_MAX, "no end of the head");
    }
    ensure!(head.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&head));
    Ok(stream)
}

fn holds(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|window| window == word)
}

/// The program as it is given out, with the fonts beside it; what it would be without the tables of its lines.
fn program_size() -> anyhow::Result<Figure> {
    let megabytes = |path: &Path| anyhow::Ok(std::fs::metadata(path)?.len() as f64 / 1e6);
    let program = build_folder()?.join("huxi");
    let own = megabytes(&program)?;
    let mut fonts = 0.0;
    for font in std::fs::read_dir(FONTS).into_iter().flatten() {
        let path = font?.path();
        if path.extension().is_some_and(|it| it == "ttf" || it == "otf" || it == "ttc") {
            fonts += megabytes(&path)?;
        }
    }
    let folder = tempfile::tempdir_in(build_folder()?)?;
    let copy = folder.path().join("huxi");
    let stripped = Command::new("strip").arg("-o").arg(&copy).arg(&program).status();
    let bare = match stripped {
        Ok(ended) if ended.success() => format!("{:.0} MB", megabytes(&copy)?),
        Ok(_) | Err(_) => "not known: no strip".to_owned(),
    };
    let measured =
        format!("{:.0} MB: program {own:.0}, fonts {fonts:.0}; the program stripped: {bare}", own + fonts);
    let figure = Figure::said("the program as it is given out, with its fonts", measured);
    Ok(figure.with_budget(format!("≤ {PROGRAM_MB:.0} MB"), own + fonts <= PROGRAM_MB))
}
