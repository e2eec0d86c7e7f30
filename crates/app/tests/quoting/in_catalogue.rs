//! Goods of the catalogue that somebody types as standing outside it: they are told at once, and nobody issues them so.

use app::catalog::{Barcode, ProductChange, archive_product, restore_product, update_product};
use app::quotes::{self, QuoteView};
use domain::access::Actor;
use domain::base::QuoteId;
use domain::quotes::{LineText, Seen, ShownState};
use serde_json::json;
use testkit::each_engine;

use crate::support::quoting::{bought, facts};
use crate::support::{World, code};

/// Two of these at 60.00, with a cost of 50.00 of one's own.
fn outside(name: &str, spec: &str) -> LineText {
    let mut line = bought("60", Some("50"));
    let own = line.extra.own.as_mut().unwrap();
    (own.name, own.spec) = (name.to_string(), spec.to_string());
    line
}

impl World {
    async fn types(&self, id: QuoteId, name: &str, spec: &str) -> QuoteView {
        self.saves(&self.reads(id).await, vec![outside(name, spec)]).await.unwrap()
    }
}

fn told(view: &QuoteView) -> Vec<&'static str> {
    view.problems.iter().map(|problem| problem.kind.code()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_told_however_it_is_written_and_nobody_issues_it() {
    each_engine("typed as outside", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let barcodes = Some(vec![Barcode { code: "6901234567892".to_string(), unit: "桶".to_string() }]);
        let change = ProductChange { barcodes, ..ProductChange::default() };
        update_product(&world.ctx, &world.author, world.paint, 1, change).await.unwrap();
        let id = world.drafted().await.head.id;
        for (name, spec) in [
            ("外墙乳胶漆", ""),
            ("外墙　乳胶漆", "２０ＫＧ"),
            ("外墙-乳胶漆 20 Kg", ""),
            ("ｐ1", ""),
            ("690 1234 567892", ""),
        ] {
            let saved = world.types(id, name, spec).await;
            assert_eq!(told(&saved), ["in_catalogue"], "{name} {spec}, {}", db.engine);
            assert_eq!(saved.problems, world.reads(id).await.problems, "{}", db.engine);
        }
        let tries = async |by: &Actor| {
            quotes::issue_quote(&world.ctx, by, id, None, &Seen::default()).await.unwrap_err()
        };
        for by in [&world.seller, &world.boss] {
            let refused = tries(by).await;
            let problem = facts(&refused)["problems"][0].clone();
            assert_eq!((&problem["code"], &problem["product_code"]), (&json!("in_catalogue"), &json!("P1")));
            assert_eq!(problem["product_id"], json!(world.paint.0), "{}", db.engine);
        }
        let asked =
            quotes::ask_for_quote(&world.ctx, &world.seller, (id, None), world.boss.person, "急").await;
        assert_eq!(code(&asked), "cannot_issue", "{}", db.engine);
        for (name, spec) in [("进口岩板", ""), ("外墙乳胶漆 25", "")] {
            assert_eq!(told(&world.types(id, name, spec).await), [""; 0], "{name}, {}", db.engine);
        }
        let taken = vec![world.line("o", world.paint, "2", "桶")];
        world.saves(&world.reads(id).await, taken).await.unwrap();
        assert_eq!(world.issues(id).await.unwrap().state, ShownState::Issued, "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_longer_sold_may_stand_outside_until_it_is_sold_again() {
    each_engine("outside and archived", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let id = world.drafted().await.head.id;
        archive_product(&world.ctx, &world.author, world.paint).await.unwrap();
        assert_eq!(told(&world.types(id, "外墙乳胶漆", "20kg").await), [""; 0], "{}", db.engine);
        restore_product(&world.ctx, &world.author, world.paint).await.unwrap();
        let refused = world.issues(id).await.unwrap_err();
        assert_eq!(facts(&refused)["problems"][0]["code"], "in_catalogue", "{}", db.engine);
        archive_product(&world.ctx, &world.author, world.paint).await.unwrap();
        assert_eq!(world.issues(id).await.unwrap().state, ShownState::Issued, "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_no_price_for_the_customer_may_stand_outside_until_it_has_one() {
    each_engine("outside and unpriced", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let id = world.drafted().await.head.id;
        assert_eq!(told(&world.types(id, "腻子粉", "20kg").await), [""; 0], "{}", db.engine);
        let rows = vec![world.putty_at("128")];
        world.publish(world.price_list, rows, Default::default()).await.unwrap();
        assert_eq!(told(&world.reads(id).await), ["in_catalogue"], "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quantity_that_cannot_be_sold_is_told_and_one_that_nobody_sells_is_not_kept() {
    each_engine("odd quantities", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let id = world.drafted().await.head.id;
        let own = LineText { qty: "-1".to_string(), ..bought("60", Some("50")) };
        let lines = vec![world.line("a", world.paint, "-1", "桶"), own];
        let saved = world.saves(&world.reads(id).await, lines).await.unwrap();
        assert_eq!(told(&saved), ["negative_qty", "negative_qty"], "{}", db.engine);
        let lines = vec![world.line("a", world.paint, "20000000", "桶")];
        let saved = world.saves(&world.reads(id).await, lines).await.unwrap();
        assert_eq!(told(&saved), ["too_large"], "{}", db.engine);
        let lines = vec![world.line("a", world.paint, "999999999999", "桶")];
        let refused = world.saves(&saved, lines).await.unwrap_err();
        assert_eq!(facts(&refused)["fields"][0]["path"], "lines[0].qty", "{}", db.engine);
        assert_eq!(world.reads(id).await.head.version, saved.head.version, "{}", db.engine);
    })
    .await;
}
