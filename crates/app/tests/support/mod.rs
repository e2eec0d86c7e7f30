//! A small company for stories: head office, one region with a branch, people of every role, two products, a list.
#![allow(dead_code, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

pub mod quoting;

use app::access::{SetUp, write_set_up};
use app::audit::{LogEntry, LogFilter};
use app::config::{self, CheckView, RisksView, RowInput, Submission};
use app::{AppError, Ctx, Random};
use domain::access::{Actor, Company, OrgKind, OrgUnit, Reach, Right};
use domain::base::{
    BasisPoints, DraftId, Factor, Instant, ItemId, Limit, OrgId, PersonId, ProductId, UnitPrice,
};
use domain::catalog::{Product, Units};
use domain::config::Kind;
use jiff::tz::{TimeZone, offset};
use serde_json::{Value, json};
use store::access::NewPerson;
use store::{Clock, Store, StoreError, StoreOptions, Tx};
use testkit::{Place, TEST_DAY, TestDb};

pub const HOUR: i64 = 3_600_000;
pub const DAY: i64 = 24 * HOUR;

/// The company, and the people who act in it.
#[derive(Clone)]
pub struct World {
    pub ctx: Ctx,
    pub clock: Clock,
    pub hq: OrgId,
    pub region: OrgUnit,
    pub branch: OrgUnit,
    /// Two of 总部运营: one writes, the other confirms.
    pub author: Actor,
    pub second: Actor,
    pub boss: Actor,
    pub manager: Actor,
    pub seller: Actor,
    pub keeper: Actor,
    pub finance: Actor,
    pub price_list: ItemId,
    pub tiers: ItemId,
    /// P1: 外墙乳胶漆, 桶, 4 桶 = 1 箱; cost 98, floor 100.
    pub paint: ProductId,
    /// P2: 腻子粉, 袋.
    pub putty: ProductId,
}

/// What an entry of the log tells under a name; empty when it tells nothing there.
pub fn told(entry: &LogEntry, name: &str) -> String {
    let change = entry.changes.iter().find(|change| change.name == name);
    change.and_then(|change| change.after.clone()).unwrap_or_default()
}

impl World {
    pub async fn new(db: &TestDb) -> World {
        let ctx = Ctx::new(db.store.clone(), TimeZone::fixed(offset(8)), Random::seeded(7));
        let made = db.store.change(|tx| Box::pin(found(tx))).await.unwrap();
        let actor = async |id: PersonId| {
            let found = db.store.read(|tx| Box::pin(store::access::actor(tx, id))).await;
            found.unwrap().unwrap()
        };
        World {
            ctx,
            clock: db.clock.clone(),
            hq: made.hq.id,
            region: made.region.clone(),
            branch: made.branch.clone(),
            author: actor(made.people[0]).await,
            second: actor(made.people[1]).await,
            boss: actor(made.people[2]).await,
            manager: actor(made.people[3]).await,
            seller: actor(made.people[4]).await,
            keeper: actor(made.people[5]).await,
            finance: actor(made.people[6]).await,
            price_list: made.items[0].1,
            tiers: made.items[1].1,
            paint: made.products[0],
            putty: made.products[1],
        }
    }

    /// The same company as another server sees it: its own snapshot, on PostgreSQL its own connections.
    pub async fn elsewhere(&self, db: &TestDb) -> World {
        let store: Store = match &db.place {
            Place::Folder(_) => db.store.clone(),
            Place::Url(url) => {
                let options =
                    StoreOptions { clock: db.clock.clone(), connections: 4, ..StoreOptions::default() };
                store::open_postgres(url, options).await.unwrap()
            }
        };
        let ctx = Ctx::new(store, self.ctx.zone.clone(), Random::seeded(8));
        World { ctx, ..self.clone() }
    }

    /// The newest entry of the log of this kind, as the owner reads it.
    pub async fn logged(&self, kind: &str) -> LogEntry {
        let mut reader = self.boss.clone();
        reader.grants.insert(Right::AuditRead, Reach::All);
        let filter = LogFilter { kind: Some(kind.to_string()), ..LogFilter::default() };
        let page = app::audit::list(&self.ctx, &reader, filter, "", None, Limit::USUAL).await.unwrap();
        page.entries.into_iter().next().unwrap()
    }

    /// Moves the clock to so many hours after the day of the tests began.
    pub fn at_hour(&self, hour: i64) -> Instant {
        let moment = TEST_DAY.plus_ms(hour * HOUR);
        self.clock.set(moment);
        moment
    }

    /// Writes a draft with these rows and has it confirmed.
    pub async fn confirmed(
        &self,
        item: ItemId,
        rows: Vec<RowInput>,
        asked: Submission,
    ) -> Result<DraftId, AppError> {
        let id = config::create_draft(&self.ctx, &self.author, item, "调价").await?;
        config::put_rows(&self.ctx, &self.author, id, 1, (rows, Vec::new())).await?;
        config::submit(&self.ctx, &self.author, id, asked).await?;
        let seen = self.risk_mark(&self.second, id).await?;
        config::confirm(&self.ctx, &self.second, id, seen.as_deref()).await?;
        Ok(id)
    }

    /// What the person sends back of what stands out in the draft: they have seen all of it.
    pub async fn risk_mark(&self, actor: &Actor, id: DraftId) -> Result<Option<String>, AppError> {
        Ok(config::checks(&self.ctx, actor, id).await?.risks.mark)
    }

    /// Writes, confirms and publishes these rows; says which revision they became.
    pub async fn publish(
        &self,
        item: ItemId,
        rows: Vec<RowInput>,
        asked: Submission,
    ) -> Result<i64, AppError> {
        let id = self.confirmed(item, rows, asked).await?;
        let seen = self.risk_mark(&self.author, id).await?;
        config::publish(&self.ctx, &self.author, id, seen.as_deref()).await
    }

    /// Publishes a price of the paint at once.
    pub async fn paint_costs(&self, price: &str) -> Result<i64, AppError> {
        self.publish(self.price_list, vec![self.paint_at(price)], Submission::default()).await
    }

    /// Publishes a price of the paint from a moment on.
    pub async fn paint_will_cost(&self, price: &str, from: Instant) -> Result<i64, AppError> {
        let asked = Submission { effective_at: Some(from), ..Submission::default() };
        self.publish(self.price_list, vec![self.paint_at(price)], asked).await
    }

    /// Tiers A (92 %) and B (95 %), and the paint at 128.00: V1 of both.
    pub async fn first_prices(&self) {
        let tier = |name: &str, percent: &str| row(Some(name), json!({ "percent": percent }));
        let tiers = vec![tier("A", "92"), tier("B", "95")];
        assert_eq!(self.publish(self.tiers, tiers, Submission::default()).await.unwrap(), 1);
        assert_eq!(self.paint_costs("128").await.unwrap(), 1);
    }

    pub fn paint_at(&self, price: &str) -> RowInput {
        row(None, json!({ "product": self.paint, "price": price }))
    }

    pub fn putty_at(&self, price: &str) -> RowInput {
        row(None, json!({ "product": self.putty, "price": price }))
    }
}

/// A row as the workbench sends it.
pub fn row(key: Option<&str>, content: Value) -> RowInput {
    RowInput { key: key.map(str::to_string), content }
}

/// All reasons for which rows must have been seen, row by row.
pub fn reasons(risks: &RisksView) -> Vec<CheckView> {
    risks.items.iter().flat_map(|row| row.reasons.clone()).collect()
}

/// The code of a refusal, or "ok".
pub fn code<T>(outcome: &Result<T, AppError>) -> &'static str {
    match outcome {
        Ok(_) => "ok",
        Err(error) => error.code(),
    }
}

#[derive(Clone)]
struct Found {
    hq: OrgUnit,
    region: OrgUnit,
    branch: OrgUnit,
    people: Vec<PersonId>,
    items: Vec<(Kind, ItemId)>,
    products: Vec<ProductId>,
}

async fn found(tx: &mut store::Tx<'_>) -> Result<Found, AppError> {
    let company = Company {
        name: "苏建材".to_string(),
        address: "苏州市".to_string(),
        phone: "0512".to_string(),
        tax_no: "1".to_string(),
        bank_name: "工行".to_string(),
        bank_account: "1".to_string(),
        seal_file: None,
        demo: false,
        prices_include_tax: true,
        quote_valid_days: 7,
    };
    let (account, name, password) = ("admin".to_string(), "管理员".to_string(), String::new());
    let done = write_set_up(tx, &SetUp { company, account, name, password }, "no password").await?;
    let hq = store::access::org(tx, done.head_office).await?.unwrap();
    let region = store::access::insert_org(tx, Some(&hq), OrgKind::Region, "苏州大区", "SZQ").await?;
    let branch = store::access::insert_org(tx, Some(&region), OrgKind::Branch, "苏州", "SZ").await?;
    let mut people = Vec::new();
    for (account, role, org) in [
        ("ops1", "hq_operations", &hq),
        ("ops2", "hq_operations", &hq),
        ("boss", "owner", &hq),
        ("manager", "region_manager", &region),
        ("seller", "seller", &branch),
        ("keeper", "warehouse_keeper", &hq),
        ("finance", "finance", &hq),
    ] {
        people.push(insert_person(tx, (account, role), org.id).await?);
    }
    let in_box = vec![("箱".to_string(), Factor::new(4, 1).unwrap())];
    let mut products = Vec::new();
    for (code, name, base, units) in [("P1", "外墙乳胶漆", "桶", in_box), ("P2", "腻子粉", "袋", Vec::new())]
    {
        let product = product(code, name, Units::new(base, units).unwrap());
        products.push(store::catalog::insert(tx, &product, &[], TEST_DAY).await?);
    }
    let sight =
        store::config::Sight { like: "%".to_string(), path: "/".to_string(), kinds: Kind::ALL.to_vec() };
    let items =
        store::config::items(tx, &sight).await?.into_iter().map(|item| (item.kind, item.id)).collect();
    Ok(Found { hq, region, branch, people, items, products })
}

/// One more person, called like the account, with one role and no password.
pub async fn insert_person(
    tx: &mut Tx<'_>,
    (account, role): (&str, &str),
    org: OrgId,
) -> Result<PersonId, StoreError> {
    let roles = store::access::roles(tx).await?;
    let role = roles.iter().find(|known| known.key == role).unwrap().id;
    let person = NewPerson {
        account: account.to_string(),
        name: account.to_string(),
        org,
        password_hash: String::new(),
        roles: vec![role],
        search: account.to_string(),
    };
    store::access::insert_person(tx, &person, TEST_DAY).await
}

/// A product with cost 98 and floor 100 per base unit.
pub fn product(code: &str, name: &str, units: Units) -> Product {
    Product {
        id: ProductId(0),
        code: code.to_string(),
        name: name.to_string(),
        spec: Some("20kg".to_string()),
        category: None,
        series: None,
        barcode: None,
        units,
        tax_rate: BasisPoints::of_whole(1_300).unwrap(),
        list_price: None,
        cost: Some(UnitPrice(980_000)),
        floor_price: Some(UnitPrice(1_000_000)),
        price_decimals: 2,
        archived: false,
    }
}
