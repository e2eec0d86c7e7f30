//! The program over HTTP: one more product, a whole quotation in four calls, line by line, and 64 clients at once.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, anyhow, ensure};
use rusqlite::Connection;
use serde_json::{Value, json};
use ureq::Agent;

use crate::bare;
use crate::company::{Company, SELLER_ACCOUNT};
use crate::figure::{Figure, median, percentile};
use crate::start::Running;

const LINES: usize = 20;
/// Lines of the quotations that 64 clients make.
pub const FEW_LINES: usize = 5;
const ROUNDS: usize = 60;
const ASKED: usize = 300;
pub const CLIENTS: usize = 64;
pub const FOR: Duration = Duration::from_secs(5);
const ONE_MORE: Duration = Duration::from_millis(1);
const IN_FOUR: Duration = Duration::from_millis(10);
const BY_LINE: Duration = Duration::from_millis(25);
const SLOWEST: Duration = Duration::from_millis(50);
/// Entries of the list in the two companies that are compared.
const SMALL: i64 = 100;
const LARGE: i64 = 10_000;

/// The figures of `http`.
pub fn measure() -> anyhow::Result<Vec<Figure>> {
    let small = Office::open(SMALL)?.one_more_product()?;
    let office = Office::open(LARGE)?;
    let large = office.one_more_product()?;
    let what = format!("one more product priced over HTTP, {LARGE} entries in force");
    let empty = office.empty_request()?;
    let one_more = Figure::times(&what, large, &format!("{SMALL} entries"), small);
    let steady = large <= ONE_MORE && large.as_secs_f64() <= 1.5 * small.as_secs_f64();
    let mut figures = vec![
        Figure::alone("an empty request over HTTP", empty),
        one_more.with_budget("≤ 1 ms, ≤ 1.5 times".to_owned(), steady),
    ];
    let (four, four_busy) = office.quotation(Office::in_four_calls)?;
    let (lines, lines_busy) = office.quotation(Office::line_by_line)?;
    let in_four = format!("a {LINES}-line quotation in four calls, one client");
    let in_four = Figure::times(&in_four, four, "an empty request", empty);
    figures.push(in_four.with_budget("≤ 10 ms".to_owned(), four <= IN_FOUR));
    let by_line = format!("the same line by line, {} calls", LINES + 2);
    let by_line = Figure::times(&by_line, lines, "four calls", four);
    figures.push(by_line.with_budget("≤ 25 ms".to_owned(), lines <= BY_LINE));
    let at_work = "processor's time of the program for it, line by line (its PDF among it)";
    figures.push(Figure::times(at_work, lines_busy, "four calls", four_busy));
    figures.extend(office.many_clients()?);
    Ok(figures)
}

/// A running program with a company of so many prices, and a salesperson who has signed in.
pub struct Office {
    program: Running,
    session: String,
    agent: Agent,
    customer: i64,
    /// Id and base unit of products that have a price.
    products: Vec<(i64, String)>,
    keys: AtomicU64,
    folder: tempfile::TempDir,
}

impl Office {
    fn open(entries: i64) -> anyhow::Result<Office> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let company = runtime.block_on(Company::made())?;
        let customer = company.customer.0;
        let folder = company.closed();
        drop(runtime);
        let products = keep_prices(&folder.path().join("huxi.db"), entries)?;
        Office::over(folder, None, customer, products)
    }

    /// The program over this folder, or over a PostgreSQL, with its salesperson signed in.
    pub fn over(
        folder: tempfile::TempDir,
        postgres: Option<&str>,
        customer: i64,
        products: Vec<(i64, String)>,
    ) -> anyhow::Result<Office> {
        let program = Running::start_on(folder.path(), postgres)?;
        let agent: Agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_idle_connections(CLIENTS)
            .max_idle_connections_per_host(CLIENTS)
            .timeout_global(Some(Duration::from_secs(60)))
            .build()
            .into();
        let mut office = Office {
            program,
            session: String::new(),
            agent,
            customer,
            products,
            keys: AtomicU64::new(1),
            folder,
        };
        office.session = office.sign_in()?;
        Ok(office)
    }

    fn sign_in(&self) -> anyhow::Result<String> {
        let body = json!({ "account": SELLER_ACCOUNT, "password": demo::PASSWORD });
        let answer = self.agent.post(self.url("/api/session")).send_json(&body)?;
        let cookie = answer.headers().get("set-cookie").context("a session")?.to_str()?;
        Ok(cookie.split(';').next().unwrap_or_default().to_owned())
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.program.address())
    }

    fn lines(&self, from: usize, count: usize) -> Vec<Value> {
        let line = |(nth, (product, unit)): (usize, &(i64, String))| json!({ "id": format!("l{nth}"), "product_id": product, "qty": "10", "unit": unit });
        self.products.iter().cycle().skip(from).take(count).enumerate().map(line).collect()
    }

    /// JSON of an answer that must be a good one, and its version for the next edit.
    fn post(&self, path: &str, body: &Value) -> anyhow::Result<(Value, String)> {
        let key = format!("bench-{:08}", self.keys.fetch_add(1, Ordering::SeqCst));
        let request = self.agent.post(self.url(path)).header("cookie", &self.session);
        read(path, request.header("idempotency-key", &key).send_json(body)?)
    }

    fn put(&self, path: &str, version: &str, body: &Value) -> anyhow::Result<(Value, String)> {
        let request = self.agent.put(self.url(path)).header("cookie", &self.session);
        read(path, request.header("if-match", version).send_json(body)?)
    }

    fn one_more_product(&self) -> anyhow::Result<Duration> {
        let mut times = Vec::with_capacity(ASKED);
        for nth in 0..ASKED {
            let body = json!({ "customer_id": self.customer, "lines": self.lines(nth, 1) });
            let began = Instant::now();
            self.post("/api/quotes/price", &body)?;
            times.push(began.elapsed());
        }
        Ok(median(times))
    }

    /// The middle one by the clock, and how long the program was at work for one. It begins at rest: papers that were
    /// ordered before do not count.
    fn quotation(
        &self,
        make: impl Fn(&Office, usize) -> anyhow::Result<()>,
    ) -> anyhow::Result<(Duration, Duration)> {
        self.program.at_rest()?;
        let busy = self.program.busy()?;
        let mut times = Vec::with_capacity(ROUNDS);
        for nth in 0..ROUNDS {
            let began = Instant::now();
            make(self, nth * LINES)?;
            times.push(began.elapsed());
        }
        let busy = self.program.busy()?.saturating_sub(busy);
        Ok((median(times), busy / u32::try_from(ROUNDS)?))
    }

    /// What any answer costs: connection, layers, nothing behind them.
    fn empty_request(&self) -> anyhow::Result<Duration> {
        let mut times = Vec::with_capacity(ASKED);
        for _ in 0..ASKED {
            let began = Instant::now();
            ensure!(self.agent.get(self.url("/healthz")).call()?.body_mut().read_to_string()?.len() < 100);
            times.push(began.elapsed());
        }
        Ok(median(times))
    }

    fn edited(&self, lines: &[Value]) -> Value {
        json!({ "customer_id": self.customer, "notes": "", "lines": lines })
    }

    /// Create, 20 lines at once, price, issue.
    fn in_four_calls(&self, from: usize) -> anyhow::Result<()> {
        let (made, version) = self.post("/api/quotes", &json!({ "customer_id": self.customer }))?;
        let path = path_of(&made)?;
        let lines = self.lines(from, LINES);
        self.put(&path, &version, &self.edited(&lines))?;
        let asked = json!({ "customer_id": self.customer, "lines": lines });
        let (priced, _) = self.post("/api/quotes/price", &asked)?;
        self.issue(&path, &priced)
    }

    fn line_by_line(&self, from: usize) -> anyhow::Result<()> {
        let (made, mut version) = self.post("/api/quotes", &json!({ "customer_id": self.customer }))?;
        let path = path_of(&made)?;
        let lines = self.lines(from, LINES);
        let mut last = Value::Null;
        for count in 1..=LINES {
            let some = lines.get(..count).context("lines")?;
            (last, version) = self.put(&path, &version, &self.edited(some))?;
        }
        self.issue(&path, &last)
    }

    fn issue(&self, path: &str, priced: &Value) -> anyhow::Result<()> {
        let net = priced.pointer("/totals/net").cloned().unwrap_or_default();
        self.post(&format!("{path}/issue"), &json!({ "expected_net": net }))?;
        Ok(())
    }

    /// Create, price and store, by 64 clients at once: how many a second, and how long each took.
    pub fn drafts_at_once(&self) -> anyhow::Result<(f64, Vec<Duration>)> {
        let began = Instant::now();
        let times: Vec<anyhow::Result<Vec<Duration>>> = std::thread::scope(|scope| {
            let clients: Vec<_> =
                (0..CLIENTS).map(|nth| scope.spawn(move || self.one_client(nth, began))).collect();
            let ended = clients
                .into_iter()
                .map(|client| client.join().unwrap_or_else(|_| Err(anyhow!("a client gave up"))));
            ended.collect()
        });
        let took = began.elapsed();
        let times: Vec<Duration> = times.into_iter().collect::<anyhow::Result<Vec<_>>>()?.concat();
        Ok((times.len() as f64 / took.as_secs_f64(), times))
    }

    /// The same beside the same rows written bare, 64 drafts at a time.
    fn many_clients(self) -> anyhow::Result<Vec<Figure>> {
        self.program.at_rest()?;
        let busy = self.program.busy()?;
        let (rate, times) = self.drafts_at_once()?;
        let busy = self.program.busy()?.saturating_sub(busy) / u32::try_from(times.len())?;
        let Office { program, folder, .. } = self;
        drop(program);
        let bare = bare::drafts_in_groups(&folder.path().join("huxi.db"), CLIENTS)?;
        Ok(vec![
            Figure {
                what: format!("durable drafts of {FEW_LINES} lines a second over HTTP, {CLIENTS} clients"),
                measured: format!("{rate:.0}"),
                floor: format!("{bare:.0} (bare rusqlite, the same rows, {CLIENTS} in a durable commit)"),
                ratio: format!("{:.2}", rate / bare),
                budget: Some(("≥ a third of bare".to_owned(), rate * 3.0 >= bare)),
            },
            Figure::at_most("the slowest of a hundred of them", percentile(times, 99), SLOWEST),
            Figure::times(
                "processor's time of the program for one",
                busy,
                "bare",
                Duration::from_secs_f64(1.0 / bare),
            ),
        ])
    }

    fn one_client(&self, nth: usize, began: Instant) -> anyhow::Result<Vec<Duration>> {
        let body = json!({ "customer_id": self.customer, "lines": self.lines(nth, FEW_LINES) });
        let mut times = Vec::new();
        while began.elapsed() < FOR {
            let asked = Instant::now();
            self.post("/api/quotes", &body)?;
            times.push(asked.elapsed());
        }
        Ok(times)
    }
}

fn read(path: &str, mut answer: ureq::http::Response<ureq::Body>) -> anyhow::Result<(Value, String)> {
    let status = answer.status();
    let version =
        answer.headers().get("etag").and_then(|tag| tag.to_str().ok()).unwrap_or_default().to_owned();
    let text = answer.body_mut().read_to_string()?;
    ensure!(status.is_success(), "{path}: {status} {text}");
    Ok((serde_json::from_str(&text)?, version))
}

fn path_of(made: &Value) -> anyhow::Result<String> {
    let id = made.get("id").context("an id")?;
    Ok(format!("/api/quotes/{}", id.as_str().map_or_else(|| id.to_string(), str::to_owned)))
}

/// The list in force, brought to exactly so many prices by copies of its products; the products that it prices.
fn keep_prices(database: &Path, entries: i64) -> anyhow::Result<Vec<(i64, String)>> {
    let mut db = Connection::open(database)?;
    let item: i64 = db.query_row(LIST, [], |row| row.get(0))?;
    let change = db.transaction()?;
    change.execute(ONLY_ONE_PRICE_EACH, [item])?;
    let now: i64 = change.query_row(PRICES, [item], |row| row.get(0))?;
    if now > entries {
        change.execute(FEWER, (item, now - entries))?;
    } else {
        change.execute(MORE_PRODUCTS, [entries - now])?;
        change.execute(MORE_PRICES, [item])?;
    }
    let count: i64 = change.query_row(PRICES, [item], |row| row.get(0))?;
    ensure!(count == entries, "{count} prices instead of {entries}");
    change.commit()?;
    let mut products = db.prepare(PRICED)?;
    let products = products.query_map([item], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(products.collect::<Result<_, _>>()?)
}

const LIST: &str = "SELECT id FROM config_item WHERE kind = 'price_list' ORDER BY id LIMIT 1";
const PRICES: &str =
    "SELECT COUNT(*) FROM config_row WHERE item_id = ?1 AND rev_to IS NULL AND about IS NOT NULL";
/// Breaks and other units go: what is measured is the number of products.
const ONLY_ONE_PRICE_EACH: &str = "
    DELETE FROM config_row WHERE item_id = ?1 AND rev_to IS NULL AND about IS NOT NULL AND row_key NOT IN
        (SELECT MIN(row_key) FROM config_row WHERE item_id = ?1 AND rev_to IS NULL AND about IS NOT NULL GROUP BY about)";
const FEWER: &str = "
    DELETE FROM config_row WHERE item_id = ?1 AND row_key IN (SELECT row_key FROM config_row
        WHERE item_id = ?1 AND rev_to IS NULL AND about IS NOT NULL ORDER BY row_key DESC LIMIT ?2)";
const MORE_PRODUCTS: &str = "
    WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ?1)
    INSERT INTO product (code, name, spec, category_id, series, base_unit, tax_rate, cost, floor_price,
        price_decimals, archived, initials, search, version, created_at, updated_at)
    SELECT 'BENCH' || n, 'bench ' || n, spec, category_id, series, base_unit, tax_rate, cost, floor_price,
        price_decimals, 0, initials, 'bench' || n, 1, created_at, updated_at
    FROM n, (SELECT * FROM product WHERE archived = 0 ORDER BY id LIMIT 1)";
const MORE_PRICES: &str = "
    INSERT INTO config_row (item_id, row_key, rev_from, rev_to, about, content)
    SELECT ?1, code, (SELECT head_n FROM config_item WHERE id = ?1), NULL, id,
        json_object('product', id, 'price', '128.00')
    FROM product WHERE code LIKE 'BENCH%'";
const PRICED: &str = "
    SELECT id, base_unit FROM product JOIN config_row ON about = id AND item_id = ?1 AND rev_to IS NULL
    WHERE archived = 0 ORDER BY id LIMIT 2000";
