//! Somebody who has signed in at a running program and asks it over HTTP, alone or many at once.

use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, anyhow, ensure};
use serde_json::{Value, json};
use ureq::Agent;

/// Whatever takes longer is no figure any more.
const PATIENCE: Duration = Duration::from_secs(120);
/// More than any answer holds.
const ANSWER_BYTES_MAX: u64 = 200 << 20;
/// Asked before the times count, so that everything is planned and in memory.
const WARM: usize = 5;

/// A session at a program.
pub struct Visitor {
    agent: Agent,
    address: String,
    session: String,
    keys: AtomicU64,
}

impl Visitor {
    /// Signs an account of the demo company in; so many connections stay open.
    pub fn signed_in(address: &str, account: &str, connections: usize) -> anyhow::Result<Visitor> {
        let agent: Agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_idle_connections(connections)
            .max_idle_connections_per_host(connections)
            .timeout_global(Some(PATIENCE))
            .build()
            .into();
        let body = json!({ "account": account, "password": demo::PASSWORD });
        let answer = agent.post(format!("http://{address}/api/session")).send_json(&body)?;
        let cookie = answer.headers().get("set-cookie").context("a session")?.to_str()?;
        let session = cookie.split(';').next().unwrap_or_default().to_owned();
        Ok(Visitor { agent, address: address.to_owned(), session, keys: AtomicU64::new(1) })
    }

    /// The cookie of the session.
    pub fn session(&self) -> &str {
        &self.session
    }

    /// The bytes of an answer that must be a good one.
    pub fn read(&self, path: &str) -> anyhow::Result<Vec<u8>> {
        let request = self.agent.get(self.url(path)).header("cookie", &self.session);
        taken(path, request.call()?)
    }

    /// JSON of an answer that must be a good one.
    pub fn get(&self, path: &str) -> anyhow::Result<Value> {
        Ok(serde_json::from_slice(&self.read(path)?)?)
    }

    /// The same after sending JSON, under a key of its own.
    pub fn post(&self, path: &str, body: &Value) -> anyhow::Result<Value> {
        let request = self.agent.post(self.url(path)).header("cookie", &self.session);
        let answer = request.header("idempotency-key", &self.key()).send_json(body)?;
        Ok(serde_json::from_slice(&taken(path, answer)?)?)
    }

    /// Hands a file in, as the web does; what it is called from then on.
    pub fn upload(&self, name: &str, bytes: &[u8]) -> anyhow::Result<String> {
        let request = self.agent.post(self.url("/api/files")).header("cookie", &self.session);
        let request = request.header("idempotency-key", &self.key()).header("x-file-name", &escaped(name));
        let answer = request.header("content-type", "application/octet-stream").send(bytes)?;
        let kept: Value = serde_json::from_slice(&taken("/api/files", answer)?)?;
        Ok(kept.get("file").and_then(Value::as_str).context("its hash")?.to_owned())
    }

    fn key(&self) -> String {
        format!("bench-{:08}", self.keys.fetch_add(1, Ordering::SeqCst))
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
}

/// How long each asking took: of so many, or of as many as there was time for; the first few do not count.
pub fn asked(
    count: usize,
    longest: Duration,
    ask: impl Fn(usize) -> anyhow::Result<()>,
) -> anyhow::Result<Vec<Duration>> {
    for nth in 0..WARM {
        ask(nth)?;
    }
    let (began, mut times) = (Instant::now(), Vec::with_capacity(count));
    while times.len() < count && (began.elapsed() < longest || times.is_empty()) {
        let asked = Instant::now();
        ask(times.len())?;
        times.push(asked.elapsed());
    }
    Ok(times)
}

/// So many clients ask again and again for so long; how many answers came a second, and how many in all.
pub fn together(
    clients: usize,
    long: Duration,
    ask: impl Fn() -> anyhow::Result<()> + Sync,
) -> anyhow::Result<(f64, u32)> {
    let began = Instant::now();
    let one = || {
        let mut answers = 0_u32;
        while began.elapsed() < long {
            ask()?;
            answers += 1;
        }
        anyhow::Ok(answers)
    };
    let answers: Vec<anyhow::Result<u32>> = std::thread::scope(|scope| {
        let clients: Vec<_> = (0..clients).map(|_| scope.spawn(one)).collect();
        let ended = clients
            .into_iter()
            .map(|client| client.join().unwrap_or_else(|_| Err(anyhow!("a client gave up"))));
        ended.collect()
    });
    let took = began.elapsed();
    let answers: u32 = answers.into_iter().sum::<anyhow::Result<u32>>()?;
    Ok((f64::from(answers) / took.as_secs_f64(), answers))
}

/// A text as it stands in an address.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_') {
            escaped.push(char::from(byte));
        } else {
            // A text takes whatever is written to it.
            let _ = write!(escaped, "%{byte:02X}");
        }
    }
    escaped
}

fn taken(path: &str, mut answer: ureq::http::Response<ureq::Body>) -> anyhow::Result<Vec<u8>> {
    let status = answer.status();
    let bytes = answer.body_mut().with_config().limit(ANSWER_BYTES_MAX).read_to_vec()?;
    ensure!(status.is_success(), "{path}: {status} {}", String::from_utf8_lossy(&bytes));
    Ok(bytes)
}
