//! Names of places: none that is open twice, and what the migration does where there were two.

use domain::access::{OrgKind, OrgUnit};
use domain::base::OrgId;
use store::access::{close_org, insert_org, orgs};
use store::{StoreError, Tx};
use testkit::{Place, TEST_DAY, TestDb, each_engine};

const SQLITE: &str = include_str!("../migrations/sqlite/0014_org_names.sql");
const POSTGRES: &str = include_str!("../migrations/postgres/0014_org_names.sql");

async fn region(tx: &mut Tx<'_>, root: &OrgUnit, name: &str, code: &str) -> Result<OrgId, StoreError> {
    Ok(insert_org(tx, Some(root), OrgKind::Region, name, code).await?.id)
}

async fn root(tx: &mut Tx<'_>) -> Result<OrgUnit, StoreError> {
    insert_org(tx, None, OrgKind::Hq, "总部", "HQ").await
}

/// The statements of the migration but for the new column, which is there.
fn statements(db: &TestDb) -> Vec<String> {
    let text = if matches!(db.place, Place::Folder(_)) { SQLITE } else { POSTGRES };
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with("--")).collect();
    let all = lines.join("\n");
    let each = all.split(';').map(str::trim).filter(|one| !one.is_empty() && !one.starts_with("ALTER"));
    each.map(str::to_string).collect()
}

#[tokio::test]
async fn two_places_that_are_open_never_have_one_name() {
    each_engine("one name", async |db| {
        let twins = db.store.change(|tx| {
            Box::pin(async move {
                let root = root(tx).await?;
                region(tx, &root, "华东", "HD").await?;
                region(tx, &root, "华东", "HE").await
            })
        });
        assert!(matches!(twins.await, Err(StoreError::Constraint(_))), "{}", db.engine);
        let closed = db.store.change(|tx| {
            Box::pin(async move {
                let root = root(tx).await?;
                let first = region(tx, &root, "华东", "HD").await?;
                close_org(tx, first, Some(TEST_DAY)).await?;
                region(tx, &root, "华东", "HE").await?;
                Ok::<_, StoreError>(first)
            })
        });
        let first = closed.await.unwrap();
        let again = db.store.change(move |tx| Box::pin(close_org(tx, first, None)));
        assert!(matches!(again.await, Err(StoreError::Constraint(_))), "{}", db.engine);
    })
    .await;
}

#[tokio::test]
async fn the_migration_gives_later_ones_of_a_name_their_code() {
    each_engine("names apart", async |db| {
        let statements = statements(&db);
        let done = db.store.change(move |tx| {
            let statements = statements.clone();
            Box::pin(async move {
                tx.exec("DROP INDEX org_unit_name", &[]).await?;
                let root = root(tx).await?;
                for (name, code) in [("华东", "HD"), ("华东（HF）", "HE"), ("华东", "HF"), ("华东", "HG")]
                {
                    region(tx, &root, name, code).await?;
                }
                for statement in &statements {
                    tx.exec(statement, &[]).await?;
                }
                orgs(tx).await
            })
        });
        let done: Result<Vec<OrgUnit>, StoreError> = done.await;
        let names: Vec<String> = done.unwrap().into_iter().map(|org| org.name).collect();
        let third = "华东（HF） 4";
        assert_eq!(names, ["总部", "华东", "华东（HF）", third, "华东（HG）"], "{}", db.engine);
    })
    .await;
}
