//! Products are found, kept and hidden as the catalogue promises, on both engines.

use app::access::SetUp;
use app::catalog::{
    Barcode, ProductChange, ProductForm, ProductQuery, archive_product, create_category, create_product,
    find_products, product, restore_product, update_product,
};
use app::{AppError, Ctx, Random};
use domain::access::{Actor, Company, Reach, Right};
use domain::base::{BasisPoints, Limit, ProductId, UnitPrice};
use jiff::tz::TimeZone;
use testkit::{TestDb, each_engine};

async fn company(db: &TestDb) -> (Ctx, Actor) {
    let zone = TimeZone::fixed(jiff::tz::offset(8));
    let ctx = Ctx::new(db.store.clone(), zone, Random::seeded(1));
    let request = SetUp {
        company: Company {
            name: "江苏禾川建材有限公司".into(),
            address: String::new(),
            phone: String::new(),
            tax_no: String::new(),
            bank_name: String::new(),
            bank_account: String::new(),
            seal_file: None,
            demo: false,
            prices_include_tax: true,
            quote_valid_days: 7,
        },
        account: "first".into(),
        name: "沈若溪".into(),
        password: "a-long-password".into(),
    };
    let done = app::access::set_up(&ctx, "code", "code", request).await.unwrap();
    let person = done.administrator;
    let actor = db.store.read(|tx| Box::pin(store::access::actor(tx, person))).await.unwrap().unwrap();
    (ctx, actor)
}

fn paint(code: &str, name: &str) -> ProductForm {
    ProductForm {
        code: code.into(),
        name: name.into(),
        spec: "20kg".into(),
        base_unit: "桶".into(),
        units: vec![("箱".into(), "4".into())],
        barcodes: vec![Barcode { code: format!("69{code}"), unit: "桶".into() }],
        tax_rate: BasisPoints::of_whole(1_300).unwrap(),
        price_decimals: 2,
        cost: Some(UnitPrice(980_000)),
        floor_price: Some(UnitPrice(1_000_000)),
        ..ProductForm::default()
    }
}

async fn found(ctx: &Ctx, actor: &Actor, search: &str) -> Vec<String> {
    let query = ProductQuery { search: search.into(), archived: Some(false), ..ProductQuery::default() };
    let page = find_products(ctx, actor, query, Limit::USUAL).await.unwrap();
    page.items.into_iter().map(|seen| seen.stored.product.code).collect()
}

fn path_of(error: AppError) -> String {
    match error {
        AppError::Refused(refusal) => {
            refusal.facts()["fields"][0]["path"].as_str().unwrap_or_default().to_string()
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_product_is_found_by_code_barcode_name_and_pinyin_initials_the_exact_one_first() {
    each_engine("find", async |db| {
        let (ctx, actor) = company(&db).await;
        for (code, name) in [("NQ1", "净味内墙乳胶漆"), ("NQ10", "抗菌内墙漆"), ("WQ1", "弹性外墙乳胶漆")]
        {
            create_product(&ctx, &actor, paint(code, name)).await.unwrap();
        }
        assert_eq!(found(&ctx, &actor, "nq1").await, ["NQ1", "NQ10"], "{}", db.engine);
        assert_eq!(found(&ctx, &actor, "69WQ1").await, ["WQ1"], "{}", db.engine);
        assert_eq!(found(&ctx, &actor, "外墙 20kg").await, ["WQ1"], "{}", db.engine);
        assert_eq!(found(&ctx, &actor, "jwnq").await, ["NQ1"], "{}", db.engine);
        assert_eq!(found(&ctx, &actor, "100%").await, [""; 0], "{}", db.engine);
        assert_eq!(found(&ctx, &actor, "").await.len(), 3, "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_product_is_found_at_once_and_soon_on_another_server() {
    each_engine("shelf", async |db| {
        let (ctx, actor) = company(&db).await;
        let other = Ctx::new(db.store.clone(), ctx.zone.clone(), Random::seeded(2));
        let id = create_product(&ctx, &actor, paint("NQ1", "净味内墙乳胶漆")).await.unwrap();
        assert_eq!(found(&ctx, &actor, "乳胶漆").await, ["NQ1"], "{}", db.engine);
        assert_eq!(found(&other, &actor, "乳胶漆").await, ["NQ1"], "{}", db.engine);
        let rename = ProductChange { name: Some("耐候外墙漆".into()), ..ProductChange::default() };
        update_product(&ctx, &actor, id, 1, rename).await.unwrap();
        assert_eq!(found(&ctx, &actor, "乳胶漆").await, [""; 0], "{}", db.engine);
        assert_eq!(found(&ctx, &actor, "nhwq").await, ["NQ1"], "{}", db.engine);
        tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
        assert_eq!(found(&other, &actor, "nhwq").await, ["NQ1"], "{}", db.engine);
        archive_product(&ctx, &actor, id).await.unwrap();
        assert_eq!(found(&ctx, &actor, "nhwq").await, [""; 0], "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_neither_repeat_nor_lose_a_product() {
    each_engine("pages", async |db| {
        let (ctx, actor) = company(&db).await;
        for n in 0..7 {
            create_product(&ctx, &actor, paint(&format!("P{n}"), "乳胶漆")).await.unwrap();
        }
        let mut seen = Vec::new();
        let mut after = None;
        loop {
            let query = ProductQuery { search: "乳胶漆".into(), after, ..ProductQuery::default() };
            let page = find_products(&ctx, &actor, query, Limit::new(Some(3), 200).unwrap()).await.unwrap();
            assert_eq!(page.total, 7);
            seen.extend(page.items.into_iter().map(|seen| seen.stored.product.code));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(seen, ["P0", "P1", "P2", "P3", "P4", "P5", "P6"], "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn twins_stale_edits_and_unknown_products_are_refused() {
    each_engine("edit", async |db| {
        let (ctx, actor) = company(&db).await;
        let id = create_product(&ctx, &actor, paint("NQ1", "净味内墙乳胶漆")).await.unwrap();
        let twin = create_product(&ctx, &actor, paint("nq1", "另一个")).await.unwrap_err();
        assert_eq!(path_of(twin), "code", "{}", db.engine);
        let mut same_barcode = paint("NQ2", "另一个");
        same_barcode.barcodes = vec![Barcode { code: "69NQ1".into(), unit: "箱".into() }];
        let twin = create_product(&ctx, &actor, same_barcode).await.unwrap_err();
        assert_eq!(path_of(twin), "barcodes[0].code", "{}", db.engine);

        let rename = ProductChange { name: Some("净味漆".into()), ..ProductChange::default() };
        update_product(&ctx, &actor, id, 1, rename.clone()).await.unwrap();
        let stale = update_product(&ctx, &actor, id, 1, rename.clone()).await.unwrap_err();
        assert!(matches!(stale, AppError::Stale { version: 2 }), "{} {stale:?}", db.engine);
        let unknown = update_product(&ctx, &actor, ProductId(999), 1, rename).await.unwrap_err();
        assert_eq!(unknown.code(), "not_found", "{}", db.engine);

        let after = product(&ctx, &actor, id).await.unwrap();
        assert_eq!(after.stored.product.name, "净味漆", "{}", db.engine);
        assert_eq!(after.stored.product.units.factor("箱"), domain::base::Factor::new(4, 1), "{}", db.engine);
        assert_eq!(after.stored.barcodes.len(), 1, "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unsound_unit_is_refused_and_one_of_old_hides_no_other_product() {
    each_engine("units", async |db| {
        let (ctx, actor) = company(&db).await;
        let mut poison = paint("POISON", "坏");
        poison.units = vec![("\u{0}".into(), "2".into())];
        let refused = create_product(&ctx, &actor, poison).await.unwrap_err();
        assert_eq!(path_of(refused), "units", "{}", db.engine);
        let mut poison = paint("POISON", "坏");
        poison.base_unit = "\u{0}".into();
        let refused = create_product(&ctx, &actor, poison).await.unwrap_err();
        assert_eq!(path_of(refused), "units", "{}", db.engine);

        create_product(&ctx, &actor, paint("NQ1", "净味内墙乳胶漆")).await.unwrap();
        let id = create_product(&ctx, &actor, paint("OLD", "旧商品")).await.unwrap();
        testkit::nameless_unit(&db.store, id.0).await;
        assert_eq!(found(&ctx, &actor, "").await, ["NQ1", "OLD"], "{}", db.engine);
        let units = product(&ctx, &actor, id).await.unwrap().stored.product.units;
        assert_eq!(units.names().collect::<Vec<_>>(), ["桶", "箱"], "{}", db.engine);
        let goods = db.store.read(|tx| Box::pin(store::config::goods(tx))).await.unwrap();
        assert_eq!(goods.len(), 2, "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_archived_product_leaves_the_list_and_comes_back() {
    each_engine("archive", async |db| {
        let (ctx, actor) = company(&db).await;
        let id = create_product(&ctx, &actor, paint("NQ1", "净味内墙乳胶漆")).await.unwrap();
        archive_product(&ctx, &actor, id).await.unwrap();
        archive_product(&ctx, &actor, id).await.unwrap();
        assert_eq!(found(&ctx, &actor, "").await, [""; 0], "{}", db.engine);
        assert_eq!(product(&ctx, &actor, id).await.unwrap().stored.version, 2, "{}", db.engine);
        restore_product(&ctx, &actor, id).await.unwrap();
        assert_eq!(found(&ctx, &actor, "").await, ["NQ1"], "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_see_cost_gets_neither_cost_nor_floor_and_may_not_change() {
    each_engine("cost", async |db| {
        let (ctx, actor) = company(&db).await;
        let id = create_product(&ctx, &actor, paint("NQ1", "净味内墙乳胶漆")).await.unwrap();
        let mut seller = actor.clone();
        seller.grants = [(Right::ProductRead, Reach::All), (Right::PriceRead, Reach::All)].into();
        let seen = product(&ctx, &seller, id).await.unwrap();
        assert_eq!(
            (seen.stored.product.cost, seen.stored.product.floor_price),
            (None, None),
            "{}",
            db.engine
        );
        assert!(!seen.sees_cost, "{}", db.engine);
        let refused = archive_product(&ctx, &seller, id).await.unwrap_err();
        assert_eq!(refused.code(), "not_allowed", "{}", db.engine);
        seller.grants.clear();
        assert_eq!(
            archive_product(&ctx, &seller, id).await.unwrap_err().code(),
            "not_found",
            "{}",
            db.engine
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_at_any_write_leaves_the_product_as_it_was() {
    each_engine("faults", async |db| {
        let (ctx, actor) = company(&db).await;
        let id = create_product(&ctx, &actor, paint("NQ1", "净味内墙乳胶漆")).await.unwrap();
        let before = product(&ctx, &actor, id).await.unwrap();
        let change =
            ProductChange { name: Some("坏".into()), units: Some(vec![]), ..ProductChange::default() };
        let mut failures = 0;
        for nth in 1..20 {
            db.store.fail_at_write(nth);
            let outcome = update_product(&ctx, &actor, id, 1, change.clone()).await;
            db.store.fail_at_write(0);
            if outcome.is_ok() {
                break;
            }
            failures += 1;
            assert_eq!(product(&ctx, &actor, id).await.unwrap(), before, "{} write {nth}", db.engine);
        }
        assert!(failures >= 5, "{} failed {failures} times", db.engine);
        assert_eq!(product(&ctx, &actor, id).await.unwrap().stored.product.name, "坏", "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_category_shows_what_lies_beneath_it() {
    each_engine("categories", async |db| {
        let (ctx, actor) = company(&db).await;
        let paints = create_category(&ctx, &actor, None, "涂料").await.unwrap();
        let inner = create_category(&ctx, &actor, Some(paints), "内墙涂料").await.unwrap();
        assert!(create_category(&ctx, &actor, Some(paints), "内墙涂料").await.is_err(), "{}", db.engine);
        let form = ProductForm { category: Some(inner), ..paint("NQ1", "净味内墙乳胶漆") };
        create_product(&ctx, &actor, form).await.unwrap();
        create_product(&ctx, &actor, paint("WJ1", "滚筒刷")).await.unwrap();
        let query = ProductQuery { category: Some(paints), ..ProductQuery::default() };
        let page = find_products(&ctx, &actor, query, Limit::USUAL).await.unwrap();
        assert_eq!(page.items.len(), 1, "{}", db.engine);
        let nodes = app::catalog::categories(&ctx, &actor).await.unwrap();
        let shape: Vec<_> =
            nodes.iter().map(|node| (node.counted.category.name.as_str(), node.depth)).collect();
        assert_eq!(shape, [("涂料", 0), ("内墙涂料", 1)], "{}", db.engine);
    })
    .await;
}

/// Does `work` six times at once, numbered from 0, and gives what each came to.
async fn six_at_once<F>(work: impl Fn(usize) -> F) -> Vec<Result<(), AppError>>
where
    F: Future<Output = Result<(), AppError>> + Send + 'static,
{
    let tasks: Vec<_> = (0..6).map(|n| tokio::spawn(work(n))).collect();
    let mut outcomes = Vec::new();
    for task in tasks {
        outcomes.push(task.await.unwrap());
    }
    outcomes
}

/// One did it; all others are told which field is taken.
fn one_of_six(outcomes: Vec<Result<(), AppError>>, field: &str, engine: &str) {
    let refused: Vec<String> = outcomes.into_iter().filter_map(Result::err).map(path_of).collect();
    assert_eq!(refused, [field; 5], "{engine}");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_six_new_products_at_once_with_one_code_or_barcode_one_is_kept_and_five_are_told() {
    each_engine("twins made at once", async |db| {
        let (ctx, actor) = company(&db).await;
        let makes = |form: ProductForm| {
            let (ctx, actor) = (ctx.clone(), actor.clone());
            async move { create_product(&ctx, &actor, form).await.map(|_| ()) }
        };
        let code = |n: usize| {
            // In whatever case: to the key of the table these are two codes.
            let code = if n.is_multiple_of(2) { "NQ1" } else { "nq1" };
            ProductForm { barcodes: Vec::new(), ..paint(code, "净味内墙乳胶漆") }
        };
        one_of_six(six_at_once(|n| makes(code(n))).await, "code", db.engine);
        let barcode = |n: usize| {
            let barcodes = vec![Barcode { code: "6901".into(), unit: "桶".into() }];
            ProductForm { barcodes, ..paint(&format!("WQ{n}"), "弹性外墙乳胶漆") }
        };
        one_of_six(six_at_once(|n| makes(barcode(n))).await, "barcodes[0].code", db.engine);
        assert_eq!(found(&ctx, &actor, "").await.len(), 2, "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_six_products_that_take_one_code_or_barcode_at_once_one_has_it() {
    each_engine("twins changed at once", async |db| {
        let (ctx, actor) = company(&db).await;
        let mut products = Vec::new();
        for n in 0..6 {
            products.push(create_product(&ctx, &actor, paint(&format!("P{n}"), "乳胶漆")).await.unwrap());
        }
        let changes = |n: usize, change: ProductChange| {
            let (ctx, actor, id) = (ctx.clone(), actor.clone(), products[n]);
            async move {
                let version = product(&ctx, &actor, id).await?.stored.version;
                update_product(&ctx, &actor, id, version, change).await
            }
        };
        let code = ProductChange { code: Some("SAME".into()), ..ProductChange::default() };
        one_of_six(six_at_once(|n| changes(n, code.clone())).await, "code", db.engine);
        let barcodes = vec![Barcode { code: "6901".into(), unit: "桶".into() }];
        let barcode = ProductChange { barcodes: Some(barcodes), ..ProductChange::default() };
        one_of_six(six_at_once(|n| changes(n, barcode.clone())).await, "barcodes[0].code", db.engine);
        assert_eq!(found(&ctx, &actor, "SAME").await, ["SAME"], "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_six_new_categories_at_once_with_one_name_one_is_kept_and_five_are_told() {
    each_engine("categories at once", async |db| {
        let (ctx, actor) = company(&db).await;
        let paints = create_category(&ctx, &actor, None, "涂料").await.unwrap();
        for parent in [None, Some(paints)] {
            let makes = |_| {
                let (ctx, actor) = (ctx.clone(), actor.clone());
                async move { create_category(&ctx, &actor, parent, "内墙涂料").await.map(|_| ()) }
            };
            one_of_six(six_at_once(makes).await, "name", db.engine);
        }
        assert_eq!(app::catalog::categories(&ctx, &actor).await.unwrap().len(), 3, "{}", db.engine);
    })
    .await;
}
