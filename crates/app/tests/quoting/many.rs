//! A company with many contracts: what is looked at for one of them does not grow with the others.

use app::config::{self, NewItem, RowInput, Submission};
use app::quotes::{self, QuoteListing};
use domain::base::{CustomerId, DraftId, Limit};
use domain::config::Kind;
use domain::pricing::PriceClass;
use domain::quotes::LineText;
use serde_json::json;
use store::quotes::QuoteFilter;
use testkit::each_engine;

use crate::support::{World, row};

/// A draft of a contract for the customer with a price of the paint.
async fn drafts(world: &World, name: &str, customer: CustomerId) -> DraftId {
    let (kind, class, name) = (Kind::PriceList, PriceClass::Contract, name.to_string());
    let new = NewItem { kind, class, name, scope: world.hq };
    let (_, draft) = config::create_item(&world.ctx, &world.author, new).await.unwrap();
    let whose = json!({ "includes_tax": true, "class": "contract", "for": { "customers": [customer] } });
    let rows: Vec<RowInput> = vec![row(Some(""), whose), world.paint_at("119")];
    config::put_rows(&world.ctx, &world.author, draft, 1, (rows, Vec::new())).await.unwrap();
    draft
}

async fn in_force(world: &World, name: &str, customer: CustomerId) {
    let draft = drafts(world, name, customer).await;
    config::submit(&world.ctx, &world.author, draft, Submission::default()).await.unwrap();
    config::confirm(&world.ctx, &world.second, draft, None).await.unwrap();
    config::publish(&world.ctx, &world.author, draft, None).await.unwrap();
}

/// How many checks block, and how often the database was waited for.
async fn checked(world: &World, draft: DraftId) -> (i64, u64) {
    config::checks(&world.ctx, &world.author, draft).await.unwrap();
    let before = world.ctx.store.trips();
    let checks = config::checks(&world.ctx, &world.author, draft).await.unwrap();
    (checks.blocks, world.ctx.store.trips() - before)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_reads_no_contract_of_others_and_finds_the_one_of_the_same_customer() {
    each_engine("many contracts", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let his = world.customer("恒泰建材", "A").await;
        let draft = drafts(&world, "恒泰合同", his).await;
        let (blocks, waited) = checked(&world, draft).await;
        assert_eq!(blocks, 0, "{}", db.engine);
        for n in 0..6 {
            let other = world.customer(&format!("金鼎装饰{n}"), "A").await;
            in_force(&world, &format!("金鼎合同{n}"), other).await;
        }
        let (blocks, again) = checked(&world, draft).await;
        assert_eq!(blocks, 0, "{}: contracts of others do not meet his", db.engine);
        // One more look at the snapshot, at most: it is asked once a second.
        assert!(
            again <= waited + 2,
            "{}: {again} waits beside six more contracts, {waited} alone",
            db.engine
        );
        in_force(&world, "恒泰老合同", his).await;
        assert!(checked(&world, draft).await.0 > 0, "{}: two contracts of one customer", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_pays_the_same_is_counted_at_one_price_and_whom_a_contract_names_by_itself() {
    each_engine("who pays what", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let mut first = None;
        for n in 0..5 {
            let customer = world.customer(&format!("恒泰{n}"), "A").await;
            first.get_or_insert(customer);
        }
        for n in 0..2 {
            world.customer(&format!("金鼎{n}"), "B").await;
        }
        in_force(&world, "恒泰合同", first.unwrap()).await;
        let paid = quotes::paid_prices(&world.ctx, &world.seller, world.paint).await.unwrap();
        let told = paid.prices.iter().map(|it| (it.unit_price.to_yuan(), it.customers));
        let told: Vec<(String, i64)> = told.collect();
        let expected = [("117.76", 4), ("121.60", 2), ("119.00", 1)];
        assert_eq!(told, expected.map(|(price, n)| (price.to_string(), n)), "{}", db.engine);
        assert_eq!(paid.prices[0].examples, ["恒泰1", "恒泰2", "恒泰3"], "{}", db.engine);
        assert_eq!(paid.without, 0, "{}", db.engine);
    })
    .await;
}

fn listing(search: &str, size: i64, after: Option<String>) -> QuoteListing {
    let filter = QuoteFilter { search: search.to_string(), ..QuoteFilter::default() };
    QuoteListing { filter, limit: Limit::new(Some(size), Limit::MAX).unwrap(), after }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quotation_is_found_by_its_last_goods_however_many_stand_before_them() {
    each_engine("sixty goods", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        testkit::many_products(&world.ctx.store, 60).await;
        world.ctx.live.expire();
        let now = world.ctx.moment().await.unwrap().now;
        let live = config::live(&world.ctx, now).await.unwrap();
        let mut goods: Vec<_> = live.goods.values().filter(|it| it.code.starts_with("L1000")).collect();
        goods.sort_by_key(|it| it.code.clone());
        let line = |it: &std::sync::Arc<domain::config::kinds::Goods>| -> LineText {
            world.line(&it.code, it.facts.id, "1", it.facts.units.base())
        };
        let lines: Vec<LineText> = goods.into_iter().map(line).collect();
        assert_eq!(lines.len(), 60, "{}", db.engine);
        let customer = world.customer("恒泰建材", "A").await;
        let made = quotes::create_quote(&world.ctx, &world.seller, customer, lines).await.unwrap().head.id;
        let found =
            quotes::list_quotes(&world.ctx, &world.seller, listing("l100059", 50, None)).await.unwrap();
        let found: Vec<_> = found.items.iter().map(|it| it.row.id).collect();
        assert_eq!(found, [made], "{}", db.engine);
        let none =
            quotes::list_quotes(&world.ctx, &world.seller, listing("l100060", 50, None)).await.unwrap();
        assert!(none.items.is_empty(), "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_list_comes_to_is_counted_for_its_first_page_and_told_on_every_page() {
    each_engine("totals of pages", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        for _ in 0..3 {
            world.drafted().await;
        }
        let page = async |after: Option<String>| {
            // Whether the prices still stand is asked once a second, by whichever page comes then: here by none.
            world.ctx.live.expire();
            config::live(&world.ctx, world.ctx.moment().await.unwrap().now).await.unwrap();
            let before = world.ctx.store.trips();
            let page = quotes::list_quotes(&world.ctx, &world.seller, listing("", 2, after)).await.unwrap();
            (page, world.ctx.store.trips() - before)
        };
        let (first, waited) = page(None).await;
        assert_eq!((first.items.len(), first.total.count), (2, 3), "{}", db.engine);
        // Somebody makes another one meanwhile: the list that was begun stays the list that it was.
        world.drafted().await;
        let (second, again) = page(first.next).await;
        assert_eq!((second.items.len(), second.total), (1, first.total), "{}", db.engine);
        assert!(second.next.is_none(), "{}", db.engine);
        assert!(db.engine == "sqlite" || again < waited, "{again} and {waited} waits");
    })
    .await;
}
