//! A small company for the tests of the server: one person for each role, two regions, and their browsers.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use app::access::{SetUp, search_text, write_set_up};
use app::documents::Printing;
use app::ports::{
    BackupKeeper, DocumentPrinter, KeptBackup, PageRefused, PictureRefused, PrintMarks, PrintRefused,
    ShapedPicture,
};
use app::{AppError, Ctx, Random, company_zone};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Method, Request};
use domain::access::{Actor, Company, OrgKind, OrgUnit};
use domain::base::PersonId;
use domain::documents::{FileKind, PrintedContract, PrintedQuote, sha256_hex};
use serde_json::{Value, json};
use server::{AppState, ServerOptions};
use store::access::NewPerson;
use store::{Store, Tx};
use testkit::TestDb;
use tower::ServiceExt;

/// What the set-up page must be opened with.
pub const SETUP_CODE: &str = "0123456789abcdef";
/// Largest file in tests.
pub const UPLOAD_BYTES_MAX: usize = 2 << 20;

/// The regions of the test company; head office stands for those who belong to none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Suzhou,
    Nanjing,
}

/// The roles that work in a region; all others sit in the head office.
pub const REGIONAL: &[&str] = &["seller", "new_seller", "region_manager"];

/// A company that is set up, with its server.
pub struct World {
    pub db: TestDb,
    pub ctx: Ctx,
    pub app: Router,
    /// By account: `seller`, `owner` … in Suzhou or the head office, `nanjing_seller` … in Nanjing.
    pub people: BTreeMap<String, PersonId>,
    pub suzhou: OrgUnit,
    pub nanjing: OrgUnit,
}

/// One answer of the server.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

/// A browser with or without a session.
pub struct Browser<'w> {
    app: &'w Router,
    token: Option<String>,
}

/// The answer to one of two requests with one key. The server waits some seconds for the other one; where that is slower,
/// the request is sent again, as the web does.
pub async fn settled(send: &impl AsyncFn() -> Answer) -> Answer {
    let began = Instant::now();
    loop {
        let asked = Instant::now();
        let answer = send().await;
        if answer.code() != "still_running" || began.elapsed() > Duration::from_secs(60) {
            return answer;
        }
        assert!(asked.elapsed() > Duration::from_secs(2), "the other one is not waited for");
    }
}

/// The server over `ctx`.
pub fn server_of(ctx: &Ctx) -> Router {
    server::app(AppState::new(ctx.clone(), options()))
}

/// How that server behaves.
pub fn options() -> ServerOptions {
    ServerOptions {
        trusted_proxies: Vec::new(),
        public_url: None,
        session_days: 30,
        tls: false,
        upload_bytes_max: UPLOAD_BYTES_MAX,
        metrics_from: Vec::new(),
        setup_code: Some(SETUP_CODE.to_string()),
    }
}

pub fn ctx_of(store: &Store) -> Ctx {
    let printing = Printing { printer: Some(Arc::new(PlainPrinter)), public_url: None };
    Ctx::new(store.clone(), company_zone(), Random::seeded(7))
        .with_printing(printing)
        .with_sheet_writer(Arc::new(connect::sheets::Sheets))
        .with_backups(Arc::new(Shelf::default()))
}

/// One backup lies there; whoever asks for another is remembered.
#[derive(Default)]
struct Shelf(AtomicBool);

impl BackupKeeper for Shelf {
    fn kept(&self) -> Vec<KeptBackup> {
        let name = "huxi-20261124-033000.zip".to_string();
        vec![KeptBackup { name, made_at: testkit::TEST_DAY, bytes: 4_096 }]
    }

    fn make_now(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    fn is_making(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }

    fn minute(&self) -> Option<u32> {
        Some(210)
    }

    fn keeps(&self) -> usize {
        7
    }
}

/// Prints the number as plain text.
struct PlainPrinter;

impl DocumentPrinter for PlainPrinter {
    fn print(&self, quote: &PrintedQuote, _: &PrintMarks) -> Result<Vec<u8>, PrintRefused> {
        Ok(quote.number.clone().unwrap_or_default().into_bytes())
    }

    fn pages(
        &self,
        quote: &PrintedQuote,
        marks: &PrintMarks,
        _: usize,
    ) -> Result<(Vec<String>, usize), PrintRefused> {
        Ok((vec![String::from_utf8(self.print(quote, marks)?).unwrap_or_default()], 1))
    }

    fn print_contract(&self, contract: &PrintedContract) -> Result<Vec<u8>, PrintRefused> {
        Ok(contract.number.clone().into_bytes())
    }

    fn check_seal(&self, png: &[u8]) -> Result<(), PrintRefused> {
        connect::pdf::Printer::new(None).check_seal(png)
    }

    fn check_page(&self, kind: FileKind, content: Vec<u8>) -> Result<(), PageRefused> {
        connect::pdf::Printer::new(None).check_page(kind, content)
    }

    fn shape_picture(&self, kind: FileKind, content: &[u8]) -> Result<ShapedPicture, PictureRefused> {
        connect::pdf::Printer::new(None).shape_picture(kind, content)
    }
}

impl World {
    /// Company, regions and one person for each role; the regional roles once in each region.
    pub async fn new(db: TestDb) -> World {
        let ctx = ctx_of(&db.store);
        let made = ctx.store.change(|tx| Box::pin(make_company(tx))).await.unwrap();
        let (people, [suzhou, nanjing]) = made;
        let app = server_of(&ctx);
        World { db, ctx, app, people, suzhou, nanjing }
    }

    /// The browser of a person who is signed in.
    pub fn of(&self, account: &str) -> Browser<'_> {
        assert!(self.people.contains_key(account), "nobody has the account {account}");
        Browser { app: &self.app, token: Some(token_of(account)) }
    }

    /// The browser of somebody who is not signed in.
    pub fn stranger(&self) -> Browser<'_> {
        Browser { app: &self.app, token: None }
    }

    pub fn with_token(&self, token: &str) -> Browser<'_> {
        Browser { app: &self.app, token: Some(token.to_string()) }
    }

    /// The seller of a region.
    pub fn seller(&self, place: Place) -> PersonId {
        match place {
            Place::Suzhou => self.people["seller"],
            Place::Nanjing => self.people["nanjing_seller"],
        }
    }

    pub fn org(&self, place: Place) -> &OrgUnit {
        match place {
            Place::Suzhou => &self.suzhou,
            Place::Nanjing => &self.nanjing,
        }
    }

    /// The person as use-cases see them.
    pub async fn actor(&self, account: &str) -> Actor {
        let person = self.people[account];
        let found = self.ctx.store.read(|tx| Box::pin(store::access::actor(tx, person))).await;
        found.unwrap().unwrap()
    }
}

impl World {
    /// Signs everybody in again who was signed out.
    pub async fn open_sessions(&self) {
        let people = self.people.clone();
        let opened = self.ctx.store.change(move |tx| {
            let people = people.clone();
            Box::pin(async move {
                for (account, person) in people {
                    store::sessions::close_all(tx, person, "").await?;
                    open_session(tx, &account, person).await?;
                }
                Ok::<_, AppError>(())
            })
        });
        opened.await.unwrap();
    }

    /// One more seller of a region.
    pub async fn new_person(&self, place: Place) -> PersonId {
        let org = self.org(place).id;
        let made = self.ctx.store.change(move |tx| {
            let account = new_key();
            Box::pin(async move {
                let roles = store::access::roles(tx).await?;
                let role = roles.iter().find(|role| role.key == "seller").unwrap();
                let person = NewPerson {
                    search: search_text("一人", &account),
                    account,
                    name: "一人".into(),
                    org,
                    password_hash: "no password".into(),
                    roles: vec![role.id],
                };
                Ok::<_, AppError>(store::access::insert_person(tx, &person, testkit::TEST_DAY).await?)
            })
        });
        made.await.unwrap()
    }
}

/// Sessions of tests carry the account's name as their token.
/// What the browser of an account carries.
pub fn token_of(account: &str) -> String {
    format!("token-of-{account}")
}

type Made = (BTreeMap<String, PersonId>, [OrgUnit; 2]);

async fn make_company(tx: &mut Tx<'_>) -> Result<Made, AppError> {
    let company = Company {
        name: "呼吸商贸".into(),
        address: String::new(),
        phone: String::new(),
        tax_no: String::new(),
        bank_name: String::new(),
        bank_account: String::new(),
        seal_file: None,
        demo: false,
        prices_include_tax: true,
        quote_valid_days: 15,
    };
    let (account, name) = ("first".to_string(), "第一人".to_string());
    let request = SetUp { company, account, name, password: String::new() };
    let done = write_set_up(tx, &request, "no password").await?;
    let head_office = store::access::org(tx, done.head_office).await?.unwrap();
    let suzhou = store::access::insert_org(tx, Some(&head_office), OrgKind::Region, "苏州", "SZ").await?;
    let nanjing = store::access::insert_org(tx, Some(&head_office), OrgKind::Region, "南京", "NJ").await?;
    let mut people = BTreeMap::from([("first".to_string(), done.administrator)]);
    open_session(tx, "first", done.administrator).await?;
    for role in store::access::roles(tx).await? {
        let places = match REGIONAL.contains(&role.key.as_str()) {
            true => vec![("", &suzhou), ("nanjing_", &nanjing)],
            false => vec![("", &head_office)],
        };
        for (prefix, org) in places {
            let account = format!("{prefix}{}", role.key);
            let person = NewPerson {
                account: account.clone(),
                name: format!("{}{}", org.name, role.name),
                org: org.id,
                password_hash: "no password".into(),
                roles: vec![role.id],
                search: search_text(&role.name, &account),
            };
            let id = store::access::insert_person(tx, &person, testkit::TEST_DAY).await?;
            open_session(tx, &account, id).await?;
            people.insert(account, id);
        }
    }
    Ok((people, [suzhou, nanjing]))
}

async fn open_session(tx: &mut Tx<'_>, account: &str, person: PersonId) -> Result<(), AppError> {
    let hash = sha256_hex(token_of(account).as_bytes());
    let end = testkit::TEST_DAY.plus_ms(30 * 24 * 3_600_000);
    store::sessions::open(tx, &hash, person, testkit::TEST_DAY, end, "test").await?;
    Ok(())
}

impl Browser<'_> {
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], Vec::new()).await
    }

    /// A POST with a key of its own.
    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.post_once(path, &new_key(), body).await
    }

    pub async fn post_once(&self, path: &str, key: &str, body: Value) -> Answer {
        let headers = [("content-type", "application/json"), ("idempotency-key", key)];
        self.send(Method::POST, path, &headers, body.to_string().into_bytes()).await
    }

    pub async fn put(&self, path: &str, version: i64, body: Value) -> Answer {
        self.edit(Method::PUT, path, version, body).await
    }

    pub async fn patch(&self, path: &str, version: i64, body: Value) -> Answer {
        self.edit(Method::PATCH, path, version, body).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.send(Method::DELETE, path, &[], Vec::new()).await
    }

    async fn edit(&self, method: Method, path: &str, version: i64, body: Value) -> Answer {
        let tag = format!("\"{version}\"");
        let headers = [("content-type", "application/json"), ("if-match", tag.as_str())];
        self.send(method, path, &headers, body.to_string().into_bytes()).await
    }

    pub async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header("host", "huxi.test");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(token) = &self.token {
            request = request.header("cookie", format!("other=1; huxi_session={token}"));
        }
        let mut request = request.body(Body::from(body)).unwrap();
        // A proxy on the same machine: `x-forwarded-for` says who is behind it.
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 9))));
        let response = self.app.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Answer { status: parts.status.as_u16(), headers: parts.headers, bytes }
    }
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or(Value::Null)
    }

    /// The stable code of a problem; empty for anything else.
    pub fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_string()
    }

    #[track_caller]
    pub fn ok(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", String::from_utf8_lossy(&self.bytes));
        self.json()
    }

    #[track_caller]
    pub fn refused(self, status: u16, code: &str) -> Value {
        let json = self.json();
        assert_eq!((self.status, self.code().as_str()), (status, code), "{json}");
        for name in ["type", "title", "status", "code", "detail", "facts", "trace_id"] {
            assert!(!json[name].is_null(), "a problem names its {name}: {json}");
        }
        assert_eq!(self.headers["content-type"], "application/problem+json");
        json
    }
}

/// A key that no other request of the tests has.
pub fn new_key() -> String {
    static NEXT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
    format!("key-{:08}", NEXT.fetch_add(1, std::sync::atomic::Ordering::SeqCst))
}

/// Set-up as the first page sends it.
pub fn set_up_body() -> Value {
    json!({
        "code": SETUP_CODE,
        "company": {"name": "呼吸商贸"},
        "account": "Boss", "name": "陈总", "password": "这一个是很长的密码",
    })
}

/// The browser of somebody at the door of any server.
pub fn browser_of(app: &Router) -> Browser<'_> {
    Browser { app, token: None }
}
