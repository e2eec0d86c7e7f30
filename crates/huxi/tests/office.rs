//! The program on a database of its own, and a salesperson who works with it over HTTP.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use demo::{Props, Size};
use domain::base::Date;
use serde_json::{Value, json};
use testkit::{Place, TestDb};
use ureq::Agent;

/// A program that says nothing for so long does not start.
const STARTS_WITHIN: Duration = Duration::from_secs(120);

/// The whole server process; it is killed with signal 9 when this is dropped.
pub struct Program {
    child: Child,
    base: String,
}

/// `huxi` with these arguments, on a database.
pub fn huxi_on(place: &Place, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_huxi"));
    command.args(arguments);
    match place {
        Place::Folder(folder) => command.arg("--data").arg(folder),
        Place::Url(url) => command.env("HUXI_DATABASE_URL", url),
    };
    command
}

/// `huxi` on a database, waited for.
pub fn huxi(place: &Place, arguments: &[&str]) -> Output {
    huxi_on(place, arguments).output().unwrap()
}

/// All that a command said, which ended with that code.
#[track_caller]
pub fn told(output: &Output, code: i32) -> String {
    let said =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{said}");
    said
}

/// The small demo company, on the database of a test.
pub async fn small_company(db: TestDb) -> Place {
    let today = Date::new(2026, 11, 1).unwrap();
    let props = Props { consent: testkit::photo(), ..Props::default() };
    demo::build(db.store, &db.clock, Size::Small, today, props).await.unwrap();
    db.place
}

impl Program {
    /// Starts the program on the database and waits until it says where it listens.
    pub fn start(place: &Place) -> Program {
        let mut command = huxi_on(place, &["serve", "--listen", "127.0.0.1:0"]);
        command.stdout(Stdio::piped()).env("HUXI_LOG_LEVEL", "error");
        // From here on it ends with the test, whatever it says.
        let mut program = Program { child: command.spawn().unwrap(), base: String::new() };
        let out = program.child.stdout.take().unwrap();
        let (says, said) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            let mut greeting = String::new();
            let read = BufReader::new(out).read_line(&mut greeting);
            // Nobody may be listening any more.
            let _ = says.send(read.map(|_| greeting));
        });
        let greeting = said.recv_timeout(STARTS_WITHIN).unwrap().unwrap();
        program.base = greeting[greeting.find("http://").unwrap()..].trim().to_string();
        program
    }

    /// Signal 9: nothing is finished, nothing is tidied up.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// The session of somebody who has signed in elsewhere, as a browser brings it along.
    #[allow(dead_code, reason = "only where a company moves does somebody come back to another program")]
    pub fn same_session(&self, seller: &Seller) -> Seller {
        Seller { base: self.base.clone(), ..seller.clone() }
    }

    /// A salesperson who has signed in.
    pub fn sign_in(&self, account: &str) -> Seller {
        let agent: Agent = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(60)))
            .build()
            .into();
        let body = json!({ "account": account, "password": demo::PASSWORD });
        let answer = agent.post(format!("{}/api/session", self.base)).send_json(&body).unwrap();
        let cookie = answer.headers()["set-cookie"].to_str().unwrap();
        let session = cookie.split(';').next().unwrap().to_string();
        Seller { agent, base: self.base.clone(), session }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A POST that can be sent again as it was.
#[derive(Clone, Debug)]
pub struct Asked {
    pub path: String,
    pub key: String,
    pub body: Value,
}

/// One browser's session; a clone shares it.
#[derive(Clone)]
pub struct Seller {
    agent: Agent,
    base: String,
    session: String,
}

impl Seller {
    /// Status and JSON; an error when the program is gone.
    pub fn post(&self, asked: &Asked) -> Result<(u16, Value), ureq::Error> {
        let request = self.agent.post(format!("{}{}", self.base, asked.path));
        let request = request.header("cookie", &self.session).header("idempotency-key", &asked.key);
        let mut answer = request.send_json(&asked.body)?;
        let status = answer.status().as_u16();
        let text = answer.body_mut().read_to_string()?;
        Ok((status, serde_json::from_str(&text).unwrap_or(Value::Null)))
    }

    /// JSON of what must be there.
    pub fn get(&self, path: &str) -> Value {
        let mut answer = self.ask(path);
        assert_eq!(answer.status().as_u16(), 200, "{path}");
        answer.body_mut().read_json().unwrap()
    }

    /// Status and bytes of a file.
    pub fn bytes(&self, path: &str) -> (u16, Vec<u8>) {
        let mut answer = self.ask(path);
        (answer.status().as_u16(), answer.body_mut().read_to_vec().unwrap())
    }

    fn ask(&self, path: &str) -> ureq::http::Response<ureq::Body> {
        self.agent.get(format!("{}{path}", self.base)).header("cookie", &self.session).call().unwrap()
    }

    /// Hands in a picture of the signed page; its hash.
    pub fn upload(&self, key: &str, content: &[u8]) -> Result<String, ureq::Error> {
        let request = self.agent.post(format!("{}/api/files", self.base));
        let mut answer = request
            .header("cookie", &self.session)
            .header("idempotency-key", key)
            .header("x-file-name", "signed.png")
            .header("content-type", "image/png")
            .send(content)?;
        let file: Value = answer.body_mut().read_json()?;
        Ok(file["file"].as_str().unwrap().to_string())
    }
}
