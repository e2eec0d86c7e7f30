//! The program killed with signal 9 under load: what was acknowledged is there, the rest is there whole or not at all.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use demo::{Props, Size};
use domain::base::{Date, Instant};
use serde_json::{Value, json};
use testkit::{Place, TestDb, each_engine};

use crate::office::{Asked, Program, Seller};

const HANDS: usize = 6;
/// How long the first quotation of a life is waited for; without one the test fails.
const FIRST_ISSUE: Duration = Duration::from_secs(60);
/// How long each life of the program lasts after its first quotation was issued.
const LIVES: [Duration; 3] =
    [Duration::from_millis(900), Duration::from_millis(350), Duration::from_millis(1400)];

/// What the program said was done.
#[derive(Default)]
struct Ledger {
    /// Quotation by id as it was answered when issued.
    issued: BTreeMap<String, Value>,
    /// Order number by quotation id.
    signed: BTreeMap<String, String>,
    /// Asked for, but the program died before it answered.
    unanswered: Vec<Asked>,
}

impl Ledger {
    fn add(&mut self, other: Ledger) {
        self.issued.extend(other.issued);
        self.signed.extend(other.signed);
        self.unanswered.extend(other.unanswered);
    }
}

/// One pair of hands: quotation, issue, every other one signed, until the program is gone.
struct Hand<'a> {
    seller: &'a Seller,
    customer: &'a Value,
    lines: &'a Value,
    /// How many were issued by all hands of this life.
    issued: &'a AtomicU64,
    ledger: Ledger,
}

fn fresh_key() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    format!("killed-{:08}", NEXT.fetch_add(1, Ordering::SeqCst))
}

impl Hand<'_> {
    /// The answer, or nothing when the program is gone.
    fn ask(&mut self, path: String, body: Value) -> Option<Value> {
        let asked = Asked { path, key: fresh_key(), body };
        match self.seller.post(&asked) {
            Ok((200..300, answer)) => Some(answer),
            Ok((status, answer)) => panic!("{asked:?}: {status} {answer}"),
            Err(_) => {
                self.ledger.unanswered.push(asked);
                None
            }
        }
    }

    fn one_job(&mut self, sign: bool) -> Option<()> {
        let body = json!({ "customer_id": self.customer, "lines": self.lines });
        let draft = self.ask("/api/quotes".into(), body)?;
        let id = draft["id"].to_string();
        let seen = json!({ "expected_net": draft["totals"]["net"] });
        let quote = self.ask(format!("/api/quotes/{id}/issue"), seen)?;
        self.ledger.issued.insert(id.clone(), quote);
        self.issued.fetch_add(1, Ordering::SeqCst);
        if sign {
            let file = self.seller.upload(&fresh_key(), &testkit::photo_noted(&fresh_key())).ok()?;
            let issued_at = self.ledger.issued[&id]["issued_at"].as_i64().unwrap();
            let day = domain::base::company_day(Instant(issued_at), &app::company_zone());
            let body = json!({ "signed_day": day.to_string(), "signer": "周师傅", "file": file });
            let signed = self.ask(format!("/api/quotes/{id}/sign"), body)?;
            self.ledger.signed.insert(id, signed["order"]["number"].as_str().unwrap().to_string());
        }
        Some(())
    }
}

/// Many hands at work; `life` after the first one has issued, the program is killed.
fn one_life(place: &Place, life: Duration) -> Ledger {
    let program = Program::start(place);
    let seller = program.sign_in("xiaochen");
    let customer = seller.get("/api/customers?limit=1")["items"][0]["id"].clone();
    let products = seller.get("/api/products?limit=5")["items"].as_array().unwrap().clone();
    let line = |(nth, product): (usize, &Value)| json!({ "id": format!("line-{nth}"), "product_id": product["id"], "qty": "10", "unit": product["base_unit"] });
    let lines: Value = products.iter().enumerate().map(line).collect();
    let (issued, mut ledger) = (AtomicU64::new(0), Ledger::default());
    std::thread::scope(|scope| {
        let hands = (0..HANDS).map(|nth| {
            let (seller, customer, lines, issued) = (&seller, &customer, &lines, &issued);
            let mut hand = Hand { seller, customer, lines, issued, ledger: Ledger::default() };
            scope.spawn(move || {
                let mut sign = nth % 2 == 0;
                while hand.one_job(sign).is_some() {
                    sign = !sign;
                }
                hand.ledger
            })
        });
        let hands: Vec<_> = hands.collect();
        let patience = std::time::Instant::now() + FIRST_ISSUE;
        while issued.load(Ordering::SeqCst) == 0 && std::time::Instant::now() < patience {
            std::thread::sleep(Duration::from_millis(5));
        }
        std::thread::sleep(life);
        program.kill();
        for hand in hands {
            ledger.add(hand.join().unwrap());
        }
    });
    ledger
}

/// What was asked for and never answered is asked for again with its key: it is done once. Among several servers
/// another one may still be at it, so there its claim ends only with its lease.
fn ask_again(seller: &Seller, unanswered: &[Asked], place: &Place) {
    for asked in unanswered {
        let (status, answer) = seller.post(asked).unwrap();
        let claimed = matches!(place, Place::Url(_)) && answer["code"] == "still_running";
        assert!(status < 300 || answer["code"] == "answer_lost" || claimed, "{asked:?}: {status} {answer}");
    }
}

fn all_is_there(seller: &Seller, ledger: &Ledger) {
    for (id, told) in &ledger.issued {
        let quote = seller.get(&format!("/api/quotes/{id}"));
        for field in ["number", "hash", "totals", "verify_code", "issued_at", "lines"] {
            assert_eq!(quote[field], told[field], "{field} of {id}");
        }
        assert_eq!(quote["signed"].is_null(), quote["state"] != "signed", "{quote}");
    }
    for (id, order) in &ledger.signed {
        assert_eq!(seller.get(&format!("/api/quotes/{id}"))["signed"]["order"]["number"], **order);
    }
    let printed = ledger.issued.keys().next().unwrap();
    let (status, pdf) = seller.bytes(&format!("/api/quotes/{printed}/pdf"));
    assert!(status == 200 && pdf.starts_with(b"%PDF-"), "{status}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_survives_signal_nine() {
    each_engine("killed", async |db| {
        let TestDb { store, clock, place, engine } = db;
        let today = Date::new(2026, 11, 1).unwrap();
        demo::build(store, &clock, Size::Small, today, Props::default()).await.unwrap();
        let mut ledger = Ledger::default();
        for life in LIVES {
            let before = ledger.issued.len();
            ledger.add(tokio::task::block_in_place(|| one_life(&place, life)));
            assert!(
                ledger.issued.len() > before,
                "{engine}: nothing was issued before the program was killed"
            );
            let program = Program::start(&place);
            let seller = program.sign_in("xiaochen");
            ask_again(&seller, &std::mem::take(&mut ledger.unanswered), &place);
            all_is_there(&seller, &ledger);
            program.kill();
            assert_eq!(testkit::faults_in_books(&place).await, Vec::<&str>::new(), "{engine}");
        }
    })
    .await;
}
