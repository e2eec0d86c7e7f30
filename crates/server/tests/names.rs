//! Whatever somebody names is one line that reads as it is written: of every text of every body it is decided here.

use std::collections::BTreeSet;

use app::config;
use domain::base::DraftId;
use domain::config::Kind;
use domain::pricing::PriceClass;
use serde_json::{Value, json};
use store::config::DeltaRow;
use testkit::each_engine;

use crate::who_may::{ROLES, Sent, lines, request};
use crate::world::{Answer, Place, World, browser_of, ctx_of, server_of, set_up_body};

/// Names: neither a line break nor a sign that turns the direction of the text is taken.
const NAMES: &[&str] = &[
    "barcodes.code",
    "base_unit",
    "code",
    "company.name",
    "competitor",
    "lines.group",
    "lines.own.name",
    "lines.own.supplier",
    "name",
    "put.code",
    "put.key",
    "signer",
    "spec",
    "supplier",
    "title",
    "units.unit",
];

/// Written in one line: of what a phone copies around it nothing is kept.
const LINES: &[&str] = &[
    "bank_account",
    "bank_name",
    "city",
    "company.address",
    "company.bank_account",
    "company.bank_name",
    "company.phone",
    "company.tax_no",
    "contact",
    "lines.own.spec",
    "lines.unit",
    "phone",
    "tax_no",
    "terms.site_contact",
    "terms.site_phone",
];

/// Of one operation only: an address that is one line there, and codes that are compared and not kept.
const OF_ONE: &[(&str, &str, Kept)] = &[
    ("PATCH /api/company/profile", "address", Kept::Line),
    ("POST /api/public/shares/{token}/accept", "code", Kept::Otherwise),
    ("POST /api/setup", "code", Kept::Otherwise),
];

/// Neither: texts that may have lines, and what is looked up, chosen or counted, so that nothing new gets in.
const OTHERWISE: &[&str] = &[
    "account",
    "address",
    "agree",
    "area",
    "barcodes.unit",
    "columns",
    "competitor_price",
    "cost",
    "current",
    "day",
    "decisions.price",
    "decisions.sheet",
    "decisions.unit",
    "delete",
    "digest_at",
    "events.id",
    "events.kind",
    "expected_net",
    "file",
    "files",
    "filters",
    "floor_price",
    "held",
    "kind",
    "last_day",
    "lines.id",
    "lines.manual.amount_off",
    "lines.manual.percent_off",
    "lines.manual.unit_price",
    "lines.note",
    "lines.own.cost",
    "lines.own.kind",
    "lines.own.price",
    "lines.own.tax_rate",
    "lines.qty",
    "list",
    "next",
    "note",
    "notes",
    "password",
    "put.product_code",
    "quiet_from",
    "quiet_to",
    "reason",
    "rights",
    "role_ids",
    "seal_file",
    "seen",
    "sheets.sheet",
    "signed_day",
    "sort",
    "tax_rate",
    "terms.delivery_day",
    "terms.delivery_words",
    "terms.deposit_amount",
    "terms.deposit_percent",
    "terms.invoice",
    "terms.payment",
    "terms.payment_words",
    "terms.site_address",
    "text",
    "tier",
    "topics",
    "type",
    "units.factor",
    "until",
    "valid_until",
    "whole.amount_off",
    "whole.percent_off",
    "whole.rounding",
    "why",
    "words",
];

/// Nothing of these bodies is kept, so that a draft of old is priced too.
const KEEPS_NOTHING: &[&str] = &["POST /api/quotes/price"];

const BROKEN: &str = "甲\n乙";
const TURNED: &str = "甲\u{202E}乙";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kept {
    Name,
    Line,
    Otherwise,
}

/// How that text of the operation is kept; `None` when nobody has decided.
fn kept(operation: &str, path: &str) -> Option<Kept> {
    let of_one = OF_ONE.iter().find(|(of, at, _)| (*of, *at) == (operation, path));
    if let Some((_, _, kept)) = of_one {
        return Some(*kept);
    }
    let decided = [(NAMES, Kept::Name), (LINES, Kept::Line), (OTHERWISE, Kept::Otherwise)];
    decided.into_iter().find(|(paths, _)| paths.contains(&path)).map(|(_, kept)| kept)
}

/// The texts of every body of the description, each with its operation and its path without places of lists.
fn texts() -> BTreeSet<(String, String)> {
    let document = serde_json::to_value(server::document()).unwrap();
    let mut found = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in ["post", "put", "patch"] {
            let schema = &item[method]["requestBody"]["content"]["application/json"]["schema"];
            let mut texts = BTreeSet::new();
            if schema.is_object() {
                texts_of(schema, &document, "", &mut texts);
            }
            let operation = format!("{} {path}", method.to_uppercase());
            found.extend(texts.into_iter().map(|text| (operation.clone(), text)));
        }
    }
    found
}

fn texts_of(schema: &Value, document: &Value, path: &str, found: &mut BTreeSet<String>) {
    if let Some(reference) = schema["$ref"].as_str() {
        let schema = document.pointer(reference.trim_start_matches('#')).unwrap();
        return texts_of(schema, document, path, found);
    }
    let kind = &schema["type"];
    let is_text = kind == "string" || kind.as_array().is_some_and(|kinds| kinds.contains(&json!("string")));
    if is_text && !path.is_empty() && schema["enum"].is_null() {
        found.insert(path.to_string());
    }
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        let below = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        texts_of(field, document, &below, found);
    }
    for inner in ["oneOf", "allOf", "anyOf"] {
        for schema in schema[inner].as_array().into_iter().flatten() {
            texts_of(schema, document, path, found);
        }
    }
    for inner in ["items", "additionalProperties"] {
        if schema[inner].is_object() {
            texts_of(&schema[inner], document, path, found);
        }
    }
}

/// The body with that text in it, and with what stands around it.
fn put(body: &mut Value, path: &str, text: &str) {
    match path.split_once('.') {
        Some(("barcodes", _)) => body["barcodes"] = json!([{"code": "690", "unit": "桶"}]),
        Some(("units", _)) => body["units"] = json!([{"unit": "箱", "factor": "4"}]),
        Some(("put", "code")) => body["put"] = json!([{"product_code": "P1", "code": "A"}]),
        Some(("lines", of)) if of.starts_with("own.") => {
            body["lines"][0]["product_id"] = json!(0);
            body["lines"][0]["own"] = json!({"kind": "goods", "name": "岩板", "price": "1"});
        }
        _ => {}
    }
    let mut at = body;
    for part in path.split('.') {
        if at.is_array() {
            at = &mut at[0];
        }
        at = &mut at[part];
    }
    *at = json!(text);
}

/// Where a refusal names it: the first of each list; units are told together.
fn told_at(path: &str) -> String {
    match path {
        "base_unit" | "units.unit" => "units".to_string(),
        _ => ["barcodes.", "lines.", "put."].iter().fold(path.to_string(), |told, list| {
            told.replacen(list, &format!("{}[0].", list.trim_end_matches('.')), 1)
        }),
    }
}

/// Who may do that, so that nothing but the text can be wrong; else whoever is told of something else in the body.
fn who(operation: &str) -> &'static str {
    let line = lines().into_iter().find(|(named, _)| *named == operation).unwrap().1;
    let begun = |with: &str| line.split_whitespace().position(|status| status.starts_with(with));
    let column = begun("2").or_else(|| begun("422")).unwrap();
    ROLES.get(column).copied().unwrap()
}

async fn sent_with(world: &World, operation: &str, path: &str, text: &str) -> Answer {
    let Sent { path: to, version, mut body } = request(world, operation, Place::Suzhou).await;
    put(&mut body, path, text);
    let browser = world.of(who(operation));
    match operation.split_once(' ').unwrap().0 {
        "POST" => browser.post(&to, body).await,
        "PUT" => browser.put(&to, version, body).await,
        _ => browser.patch(&to, version, body).await,
    }
}

/// Whether the answer refuses the text at that path.
fn refuses(answer: &Answer, path: &str) -> bool {
    let problem = answer.json();
    let mut fields = problem["facts"]["fields"].as_array().into_iter().flatten();
    (answer.status, answer.code().as_str()) == (422, "invalid")
        && fields.any(|it| it["path"] == told_at(path))
}

#[test]
fn of_every_text_of_a_body_it_is_decided_how_it_is_kept() {
    let texts = texts();
    assert!(texts.len() > 120, "{}", texts.len());
    let undecided: Vec<_> = texts.iter().filter(|(of, path)| kept(of, path).is_none()).collect();
    assert!(undecided.is_empty(), "is it a name, a line, or neither? {undecided:#?}");
    let paths: BTreeSet<&str> = texts.iter().map(|(_, path)| path.as_str()).collect();
    let decided = [NAMES, LINES, OTHERWISE].concat();
    let gone: Vec<_> = decided.iter().filter(|path| !paths.contains(*path)).collect();
    assert!(gone.is_empty(), "no body has {gone:?}");
    let of_one = |(of, path, _): &&(&str, &str, Kept)| !texts.contains(&(of.to_string(), path.to_string()));
    assert_eq!(OF_ONE.iter().find(of_one), None);
    assert_eq!(decided.iter().collect::<BTreeSet<_>>().len(), decided.len(), "decided twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_name_has_two_lines_or_a_sign_that_turns_it_wherever_it_is_given() {
    each_engine("every name", async |db| {
        let world = World::new(db).await;
        let mut wrong = Vec::new();
        for (operation, path) in texts() {
            let kept = kept(&operation, &path).unwrap();
            let elsewhere = operation == "POST /api/setup" || KEEPS_NOTHING.contains(&operation.as_str());
            if kept == Kept::Otherwise || elsewhere {
                continue;
            }
            let broken = sent_with(&world, &operation, &path, BROKEN).await;
            if !refuses(&broken, &path) {
                wrong.push(format!("{operation} {path} with two lines: {} {}", broken.status, broken.json()));
            }
            let turned = sent_with(&world, &operation, &path, TURNED).await;
            let told = String::from_utf8_lossy(&turned.bytes).contains('\u{202E}');
            let left_out = kept == Kept::Line && turned.status < 300 && !told;
            if !left_out && !refuses(&turned, &path) {
                wrong.push(format!("{operation} {path} turned: {} {}", turned.status, turned.json()));
            }
        }
        assert!(wrong.is_empty(), "{}:\n{}", world.db.engine, wrong.join("\n"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nor_has_one_that_is_given_at_the_first_start() {
    each_engine("names at the first start", async |db| {
        let ctx = ctx_of(&db.store);
        let app = server_of(&ctx);
        let browser = browser_of(&app);
        for (operation, path) in texts() {
            if operation != "POST /api/setup" || kept(&operation, &path) == Some(Kept::Otherwise) {
                continue;
            }
            let mut body = set_up_body();
            put(&mut body, &path, BROKEN);
            let broken = browser.post("/api/setup", body).await;
            assert!(refuses(&broken, &path), "{path}: {} {}", broken.status, broken.json());
        }
        browser.post("/api/setup", set_up_body()).await.ok(204);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_of_old_with_a_name_of_two_lines_can_be_switched_off() {
    each_engine("rule of old", async |db| {
        let world = World::new(db).await;
        let (author, operations) = (world.actor("hq_operations").await, world.of("hq_operations"));
        let items = config::items(&world.ctx, &author, Some(Kind::Rule)).await.unwrap();
        let drafts = format!("/api/config/items/{}/drafts", items[0].item.id.0);
        let draft =
            operations.post(&drafts, json!({"title": "关掉一条"})).await.ok(201)["id"].as_i64().unwrap();
        let shipped = Kind::Rule.starting_rows(PriceClass::List).remove(0);
        let mut rule: Value = serde_json::from_str(&shipped.content).unwrap();
        rule["name"] = json!("两行的\n规则");
        let old = DeltaRow { key: shipped.key.clone(), about: None, content: Some(rule.to_string()) };
        let kept = world.ctx.store.change(move |tx| {
            let old = old.clone();
            Box::pin(async move { store::config::put_delta(tx, DraftId(draft), &[old]).await })
        });
        let kept: Result<(), store::StoreError> = kept.await;
        kept.unwrap();
        let path = format!("/api/config/drafts/{draft}/rows");
        let with = |rule: &Value| json!({"put": [{"key": shipped.key, "content": rule}], "delete": []});
        rule["on"] = json!(false);
        let mut other = rule.clone();
        other["name"] = json!("另外的\n规则");
        let refused = operations.put(&path, 1, with(&other)).await.refused(422, "invalid");
        assert_eq!(refused["facts"]["fields"][0]["path"], "put[0].content.name", "{refused}");
        assert_eq!(refused["detail"], "第 1 行：「名称」填得不对：要写在一行里，请去掉换行。");
        let off = operations.put(&path, 1, with(&rule)).await.ok(200);
        assert_eq!(off["rows"][0]["content"]["on"], json!(false), "{off}");
    })
    .await;
}
