//! The worked examples of the trade, to the fen, as far as price lists, prices by hand and documents cover them: E1, E2, E9.

use app::customers;
use domain::base::CustomerId;
use domain::config::Kind;
use domain::customers::CustomerEdit;
use serde_json::{Value, json};
use testkit::{TestDb, each_engine};

use crate::world::{Browser, Place, World};

/// The paint at 128.00 that costs 98.00 and has its floor at 90.00, tier A at 92 %, and who may lower how far.
async fn shop(db: TestDb) -> World {
    let world = World::new(db).await;
    world.paint_of(980_000, 900_000, json!({"price": "128.00"})).await;
    world.publishes(Kind::Tier, vec![(Some("A"), json!({"percent": "92"}))]).await;
    let limit = |role: &'static str, depth: &str| {
        (Some(role), json!({"role": role, "depth": depth, "rounding": "0"}))
    };
    world.publishes(Kind::PriceLimit, vec![limit("seller", "2"), limit("region_manager", "5")]).await;
    world
}

/// A customer of the seller, in tier A.
async fn customer(world: &World) -> CustomerId {
    let edit = CustomerEdit {
        name: Some("恒泰建材".to_string()),
        tier: Some(Some("A".to_string())),
        owner: Some(world.seller(Place::Suzhou)),
        ..CustomerEdit::default()
    };
    let manager = world.actor("region_manager").await;
    customers::create_customer(&world.ctx, &manager, edit).await.unwrap()
}

/// A draft of sixty pails, three percent off by hand.
async fn sixty_pails(world: &World, browser: &Browser<'_>) -> Value {
    let mut line = world.line("60").await;
    line["manual"] = json!({"percent_off": "3"});
    let body = json!({"customer_id": customer(world).await.0, "lines": [line]});
    browser.post("/api/quotes", body).await.ok(201)
}

fn totals(quote: &Value) -> [&str; 3] {
    ["net", "net_ex_tax", "tax"].map(|name| quote["totals"][name].as_str().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn e1_waterfall_from_the_list_to_the_issued_document() {
    each_engine("e1", async |db| {
        let world = shop(db).await;
        let manager = world.of("region_manager");
        let draft = sixty_pails(&world, &world.of("seller")).await;
        let line = &draft["lines"][0];
        assert_eq!((&line["list_unit_price"], &line["unit_price"]), (&json!("128.00"), &json!("117.76")));
        assert_eq!((&line["amount"], &line["net"]), (&json!("7065.60"), &json!("6853.63")));
        assert_eq!(line["net_unit_price"], "114.2272");
        let outs: Vec<_> = line["trace"].as_array().unwrap().iter().map(|step| step["out"].clone()).collect();
        assert_eq!(outs, ["128.00", "117.76", "6853.63"], "{}", world.db.engine);
        let to = format!("/api/quotes/{}", draft["id"]);
        manager.post(&format!("{to}/take-over"), json!({})).await.ok(200);
        let issued = manager.post(&format!("{to}/issue"), json!({"expected_net": "6853.63"})).await.ok(200);
        assert_eq!(totals(&issued), ["6853.63", "6065.16", "788.47"], "{}", world.db.engine);
        // A new list price changes nothing about what is out.
        world.paint_costs("132").await;
        let after = manager.get(&to).await.ok(200);
        assert_eq!((totals(&after), &after["lines"][0]["unit_price"]), (totals(&issued), &json!("117.76")));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn e2_slab_of_quantity_breaks_prices_the_whole_quantity() {
    each_engine("e2", async |db| {
        let world = World::new(db).await;
        let paint = world.paint_of(200_000, 250_000, json!({"price": "36.00"})).await;
        let at = |min_qty: &str, price: &str| {
            (None, json!({"product": paint.0, "min_qty": min_qty, "price": price}))
        };
        world.publishes(Kind::PriceList, vec![at("100", "34.20"), at("300", "33.12")]).await;
        let (seller, customer) = (world.of("seller"), world.customer(Place::Suzhou).await.0);
        let net = async |quantities: &[&str]| {
            let mut lines = Vec::new();
            for (place, qty) in quantities.iter().enumerate() {
                let mut line = world.line(qty).await;
                line["id"] = json!(place.to_string());
                lines.push(line);
            }
            let body = json!({"customer_id": customer, "lines": lines});
            seller.post("/api/quotes/price", body).await.ok(200)["totals"]["net"].clone()
        };
        assert_eq!(net(&["320"]).await, "10598.40", "{}", world.db.engine);
        assert_eq!(net(&["200", "120"]).await, "10598.40", "lines of one product add up");
        assert_eq!((net(&["299"]).await, net(&["300"]).await), (json!("10225.80"), json!("9936.00")));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn e9_floor_and_limit_send_the_draft_to_the_manager_who_sees_the_margin() {
    each_engine("e9", async |db| {
        let world = shop(db).await;
        let (seller, manager) = (world.of("seller"), world.of("region_manager"));
        let draft = sixty_pails(&world, &seller).await;
        let to = format!("/api/quotes/{}", draft["id"]);
        let seen = json!({"expected_net": "6853.63"});
        let refused = seller.post(&format!("{to}/issue"), seen.clone()).await.refused(422, "cannot_issue");
        let problem = &refused["facts"]["problems"][0];
        assert_eq!((&problem["code"], &problem["limit"]), (&json!("beyond_limit"), &json!("2")));
        let who: Vec<_> = problem["who_may"].as_array().unwrap().iter().collect();
        assert!(who.contains(&&json!("苏州区域经理")), "{}: {who:?}", world.db.engine);
        // To the seller the reason speaks of prices only.
        let said = format!("{draft} {refused}");
        assert!(!said.contains("毛利") && !said.contains("98.00") && !said.contains("14.2\""), "{said}");
        let read = manager.get(&to).await.ok(200);
        assert_eq!(read["margin"]["percent"], "14.2", "{}", world.db.engine);
        assert_eq!(read["lines"][0]["trace"].as_array().unwrap().len(), 3, "with the waterfall of E1");
        manager.post(&format!("{to}/take-over"), json!({})).await.ok(200);
        let issued = manager.post(&format!("{to}/issue"), seen).await.ok(200);
        assert_eq!((&issued["state"], totals(&issued)[0]), (&json!("issued"), "6853.63"));
    })
    .await;
}
