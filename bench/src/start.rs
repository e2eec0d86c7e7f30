//! The program itself: how long from its start until it is ready, and how much memory it holds then and after work.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use demo::Size;

use crate::company::{Company, build_folder};
use crate::figure::{Figure, median};
use crate::process;

const STARTS: usize = 7;
const PAGES: usize = 300;
const READY_AFTER: Duration = Duration::from_millis(300);
/// How long the program is watched for being at rest, and waited for.
const REST_LOOK: Duration = Duration::from_millis(500);
const REST_MAX: Duration = Duration::from_secs(60);
/// What the sign-in page asks for first.
const HOME: &str = "/";
const READY: &str = "/readyz";

/// The figures of `start`.
pub fn measure() -> anyhow::Result<Vec<Figure>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let company = runtime.block_on(Company::made_of(Size::Full))?;
    let folder = company.folder().to_path_buf();
    // The program is the only one that may write: the company of this process is closed first, its folder stays.
    let kept = company.closed();
    let mut times = Vec::new();
    let mut memory = (0, 0);
    for _ in 0..STARTS {
        let began = Instant::now();
        let mut program = Running::start(&folder)?;
        ensure!(program.get(READY)? == 200, "not ready");
        times.push(began.elapsed());
        let idle = process::resident_mib(&program.id())?;
        for _ in 0..PAGES {
            ensure!(program.get(HOME)? == 200, "no page");
        }
        memory = (idle, process::resident_mib(&program.id())?);
        program.stop()?;
    }
    drop(kept);
    let bare = bare_start()?;
    let took = median(times);
    let started = Figure::times("start until ready, demo company", took, "`huxi --version`", bare);
    let started = started.with_budget(format!("≤ {} ms", READY_AFTER.as_millis()), took <= READY_AFTER);
    let what = format!("memory when ready, and after {PAGES} pages");
    Ok(vec![started, Figure::said(&what, format!("{} MiB, {} MiB", memory.0, memory.1))])
}

/// What the program needs to do nothing at all.
fn bare_start() -> anyhow::Result<Duration> {
    let mut times = Vec::new();
    for _ in 0..STARTS {
        let began = Instant::now();
        let ended =
            Command::new(build_folder()?.join("huxi")).arg("--version").stdout(Stdio::null()).status()?;
        ensure!(ended.success(), "huxi --version failed");
        times.push(began.elapsed());
    }
    Ok(median(times))
}

/// The program, serving a folder; it ends when this is dropped.
pub struct Running {
    child: Child,
    address: String,
}

impl Running {
    /// Starts it and waits until it says where it listens; it makes no backup meanwhile.
    pub fn start(folder: &std::path::Path) -> anyhow::Result<Running> {
        Running::start_on(folder, None)
    }

    /// The same on a PostgreSQL, where one is named.
    pub fn start_on(folder: &std::path::Path, postgres: Option<&str>) -> anyhow::Result<Running> {
        let mut command = Command::new(build_folder()?.join("huxi"));
        command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(folder);
        if let Some(url) = postgres {
            command.env("HUXI_DATABASE_URL", url);
        }
        let mut child = command
            .env("HUXI_LOG_LEVEL", "error")
            .env("HUXI_BACKUP_AT", "")
            .stdout(Stdio::piped())
            .spawn()?;
        let mut greeting = String::new();
        BufReader::new(child.stdout.take().context("its words")?).read_line(&mut greeting)?;
        let (_, address) = greeting.trim().split_once("http://").context("its address")?;
        Ok(Running { address: address.to_owned(), child })
    }

    /// Host and port.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The number of its process, as `process` asks for it.
    pub fn id(&self) -> String {
        self.child.id().to_string()
    }

    /// How long it has been at work until now.
    pub fn busy(&self) -> anyhow::Result<Duration> {
        process::busy(&self.id())
    }

    /// Waits until what was asked before is done: papers are set after their quotations are answered, and would take half
    /// of the machine from what is measured next.
    pub fn at_rest(&self) -> anyhow::Result<()> {
        let began = Instant::now();
        loop {
            let before = self.busy()?;
            std::thread::sleep(REST_LOOK);
            if self.busy()?.saturating_sub(before) < REST_LOOK / 10 {
                return Ok(());
            }
            ensure!(began.elapsed() < REST_MAX, "the program does not come to rest");
        }
    }

    /// The status of a page that was read to its end.
    fn get(&self, path: &str) -> anyhow::Result<u16> {
        let mut stream = TcpStream::connect(&self.address)?;
        write!(stream, "GET {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n", self.address)?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        let head = String::from_utf8_lossy(answer.get(..15).unwrap_or_default()).into_owned();
        head.split(' ').nth(1).and_then(|status| status.parse().ok()).context("a status")
    }

    /// Ends it with signal 9.
    pub fn stop(&mut self) -> anyhow::Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.stop();
    }
}
