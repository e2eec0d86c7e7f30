//! What suppliers' files have taught: what the migration does with lessons that had no place.

use domain::access::OrgKind;
use domain::base::{OrgId, PersonId};
use domain::config::Kind;
use store::access::{NewPerson, insert_org, insert_person};
use store::config::{self, Sight};
use store::{StoreError, Tx, params};
use testkit::{Place, TEST_DAY, TestDb, each_engine};

const SQLITE: [&str; 2] = [
    include_str!("../migrations/sqlite/0003_import_memory.sql"),
    include_str!("../migrations/sqlite/0024_lessons_of_places.sql"),
];
const POSTGRES: [&str; 2] = [
    include_str!("../migrations/postgres/0003_import_memory.sql"),
    include_str!("../migrations/postgres/0024_lessons_of_places.sql"),
];
const OLD_SUPPLIER: &str = "
    INSERT INTO import_supplier (name, name_key, files, created_at, updated_at) VALUES ($1, $1, 1, 1, 1) RETURNING id";
const PAIR: &str =
    "INSERT INTO import_memory (supplier_id, kind, written, meant) VALUES ($1, 'unit', '桶装', '桶')";

/// The statements of a migration.
fn statements(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("--")).collect();
    let all = lines.join("\n");
    all.split(';').map(str::trim).filter(|one| !one.is_empty()).map(str::to_string).collect()
}

/// The tables as they were before, and how they are changed.
fn before_and_after(db: &TestDb) -> (Vec<String>, Vec<String>) {
    let [old, new] = if matches!(db.place, Place::Folder(_)) { SQLITE } else { POSTGRES };
    let mut before = vec!["DROP TABLE import_memory".to_string(), "DROP TABLE import_supplier".to_string()];
    before.extend(statements(old).into_iter().filter(|one| {
        one.starts_with("CREATE TABLE import_supplier") || one.starts_with("CREATE TABLE import_memory")
    }));
    (before, statements(new))
}

/// A file of that supplier was taken over into a list of that place.
async fn taken(tx: &mut Tx<'_>, person: PersonId, place: OrgId, supplier: &str) -> Result<(), StoreError> {
    let key = format!("{supplier} {}", place.0);
    let item = config::insert_item(tx, Kind::PriceList, place, &key, &key, TEST_DAY).await?;
    let draft = config::insert_draft(tx, (item, 0), ("导入", ""), person, None, TEST_DAY).await?;
    let new = config::NewImport { draft, file: "a", file_name: "a.csv", person, supplier, choices: "{}" };
    let id = config::insert_import(tx, new, TEST_DAY).await?;
    config::finish_import(tx, (id, 1), Ok("{}"), TEST_DAY).await?;
    assert!(config::take_import(tx, config::Taken { id, version: 1, preview: "{}" }, TEST_DAY).await?);
    Ok(())
}

/// Head office, two regions, and files that were taken over: of 恒泰 everywhere, of 立邦 in the regions.
async fn company(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    let root = insert_org(tx, None, OrgKind::Hq, "总部", "HQ").await?;
    let suzhou = insert_org(tx, Some(&root), OrgKind::Region, "苏州", "SZ").await?.id;
    let nanjing = insert_org(tx, Some(&root), OrgKind::Region, "南京", "NJ").await?.id;
    let new = NewPerson {
        account: "ops".into(),
        name: "ops".into(),
        org: root.id,
        password_hash: String::new(),
        roles: Vec::new(),
        search: String::new(),
    };
    let person = insert_person(tx, &new, TEST_DAY).await?;
    let file =
        "INSERT INTO file (hash, bytes, mime, name, created_at) VALUES ('a', 1, 'text/csv', 'a.csv', 1)";
    tx.exec(file, &[]).await?;
    for (place, supplier) in
        [(root.id, "恒泰"), (suzhou, "恒 泰"), (nanjing, "恒泰"), (nanjing, "立邦"), (suzhou, "立 邦")]
    {
        taken(tx, person, place, supplier).await?;
    }
    Ok(())
}

#[tokio::test]
async fn lessons_without_a_place_go_to_where_they_were_taught() {
    each_engine("lessons placed", async |db| {
        let (before, after) = before_and_after(&db);
        let done = db.store.change(move |tx| {
            let (before, after) = (before.clone(), after.clone());
            Box::pin(async move {
                company(tx).await?;
                for statement in &before {
                    tx.exec(statement, &[]).await?;
                }
                for name in ["恒泰", "立邦", "多乐士"] {
                    let supplier = tx.insert(OLD_SUPPLIER, params![name]).await?;
                    tx.exec(PAIR, params![supplier]).await?;
                }
                for statement in &after {
                    tx.exec(statement, &[]).await?;
                }
                let sight = Sight { like: "%".to_string(), path: "/".to_string(), kinds: Vec::new() };
                config::suppliers(tx, &sight).await
            })
        });
        let done: Result<Vec<config::Supplier>, StoreError> = done.await;
        let done = done.unwrap();
        let mut placed: Vec<(&str, &str, i64)> =
            done.iter().map(|one| (one.name.as_str(), one.scope_name.as_str(), one.units)).collect();
        placed.sort_unstable();
        let wanted = [("多乐士", "总部", 1), ("恒泰", "总部", 1), ("立邦", "苏州", 1)];
        assert_eq!(placed, wanted, "{}", db.engine);
    })
    .await;
}
