//! What a customer calls our products: kept at the customer, found when quoting, printed beside our code.

use app::catalog::{ProductQuery, find_products};
use app::customers::{MeantProduct, NewItemCode, change_item_codes, item_codes};
use app::quotes;
use domain::base::{CustomerId, Limit, ProductId};
use testkit::each_engine;

use crate::support::{World, code};

fn new(product: MeantProduct, code: &str) -> NewItemCode {
    NewItemCode { product, code: code.to_string() }
}

impl World {
    async fn codes(&self, customer: CustomerId) -> Vec<(String, String)> {
        let codes = item_codes(&self.ctx, &self.seller, customer).await.unwrap();
        codes.into_iter().map(|it| (it.product_code, it.code)).collect()
    }

    async fn renames(
        &self,
        customer: CustomerId,
        put: Vec<NewItemCode>,
        delete: Vec<ProductId>,
    ) -> &'static str {
        code(&change_item_codes(&self.ctx, &self.seller, customer, put, delete).await)
    }
}

#[tokio::test]
async fn a_customers_codes_are_put_exchanged_and_taken_away_and_no_code_means_two_things() {
    each_engine("item_codes", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let customer = world.customer("恒泰建材", "A").await;
        let (paint, putty) = (MeantProduct::Id(world.paint), MeantProduct::Code("p2".to_string()));
        let put = vec![new(paint.clone(), " HT-001 "), new(putty.clone(), "HT-002")];
        assert_eq!(world.renames(customer, put, Vec::new()).await, "ok");
        let listed = |paint: &str, putty: &str| {
            let mut listed =
                vec![("P1".to_string(), paint.to_string()), ("P2".to_string(), putty.to_string())];
            listed.sort_by(|a, b| a.1.cmp(&b.1));
            listed
        };
        assert_eq!(world.codes(customer).await, listed("HT-001", "HT-002"));
        // Two codes may change places in one go.
        let put = vec![new(paint.clone(), "HT-002"), new(putty.clone(), "HT-001")];
        assert_eq!(world.renames(customer, put, Vec::new()).await, "ok");
        assert_eq!(world.codes(customer).await, listed("HT-002", "HT-001"));
        let twin = vec![new(paint.clone(), "ｈｔ-001")];
        assert_eq!(world.renames(customer, twin, Vec::new()).await, "invalid", "in whatever width and case");
        let unknown = vec![new(MeantProduct::Code("P9".to_string()), "X")];
        assert_eq!(world.renames(customer, unknown, Vec::new()).await, "invalid");
        assert_eq!(world.renames(customer, vec![new(paint, "")], Vec::new()).await, "invalid");
        assert_eq!(world.renames(customer, Vec::new(), vec![world.putty]).await, "ok");
        assert_eq!(world.codes(customer).await, [("P1".to_string(), "HT-002".to_string())]);
        // Only who sees the customer learns of them, only who may change him changes them.
        let keeper = item_codes(&world.ctx, &world.keeper, customer).await;
        assert_eq!(code(&keeper), "not_found");
        let finance = change_item_codes(&world.ctx, &world.finance, customer, Vec::new(), Vec::new()).await;
        assert_eq!(code(&finance), "not_allowed");
    })
    .await;
}

#[tokio::test]
async fn a_customers_own_code_finds_the_product_and_stands_on_the_quotation() {
    each_engine("item_code_found", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let (customer, other) =
            (world.customer("恒泰建材", "A").await, world.customer("金鼎装饰", "A").await);
        let put = vec![new(MeantProduct::Id(world.paint), "HT-001")];
        assert_eq!(world.renames(customer, put, Vec::new()).await, "ok");
        let found = async |search: &str, customer| {
            let query = ProductQuery {
                search: search.to_string(),
                archived: Some(false),
                customer: Some(customer),
                ..ProductQuery::default()
            };
            let page = find_products(&world.ctx, &world.seller, query, Limit::USUAL).await.unwrap();
            let item = page.items.first().map(|it| (it.stored.product.id, it.customer_code.clone()));
            (page.total, item)
        };
        let hit = (1, Some((world.paint, Some("HT-001".to_string()))));
        assert_eq!(found("ht-001", customer).await, hit);
        assert_eq!(found("HT", customer).await, hit, "as far as it is typed");
        assert_eq!(found("ht-001", other).await, (0, None), "another customer's code says nothing");
        let lines = vec![world.line("a", world.paint, "60", "桶")];
        let view = quotes::create_quote(&world.ctx, &world.seller, customer, lines).await.unwrap();
        assert_eq!(view.lines[0].line.product.customer_code.as_deref(), Some("HT-001"));
        let issued = world.issues(view.head.id).await.unwrap();
        // What was issued keeps the code as it was.
        let put = vec![new(MeantProduct::Id(world.paint), "HT-9")];
        assert_eq!(world.renames(customer, put, Vec::new()).await, "ok");
        let read = world.reads(issued.head.id).await;
        assert_eq!(read.lines[0].line.product.customer_code.as_deref(), Some("HT-001"));
        assert_eq!(
            domain::words::quotes::code_with("P1", Some("HT-001")),
            "P1（贵司编码 HT-001）",
            "as the paper says it"
        );
    })
    .await;
}
