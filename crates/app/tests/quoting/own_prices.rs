//! Goods outside the catalogue whose cost somebody else entered: the price that was set beside it holds, not the cost.

use app::quotes::{self, QuoteView};
use domain::access::Actor;
use domain::base::QuoteId;
use domain::quotes::{DraftText, ShownState};
use serde_json::json;
use testkit::each_engine;

use crate::support::World;
use crate::support::quoting::{bought, facts};

impl World {
    async fn writes_slab(&self, by: &Actor, id: QuoteId, price: &str, cost: Option<&str>) -> QuoteView {
        let now = quotes::read_quote(&self.ctx, by, id).await.unwrap();
        let text = DraftText {
            customer: now.head.customer,
            valid_until: None,
            notes: String::new(),
            lines: vec![bought(price, cost)],
            terms: Default::default(),
            whole: Default::default(),
        };
        quotes::save_quote(&self.ctx, by, id, now.head.version, text).await.unwrap()
    }

    /// The seller writes this price and tries to issue it: refused without a figure, or issued.
    async fn tries_slab(&self, id: QuoteId, price: &str) -> ShownState {
        let saved = self.writes_slab(&self.seller, id, price, None).await;
        assert_eq!(saved.problems, [], "nothing is told before issuing");
        match self.issues(id).await {
            Ok(issued) => issued.state,
            Err(refused) => {
                let problem = facts(&refused)["problems"][0].clone();
                assert_eq!(refused.code(), "cannot_issue");
                assert_eq!((&problem["code"], &problem["line_id"]), (&json!("beyond_limit"), &json!(null)));
                assert_eq!(problem["who_may"], json!(["boss"]));
                let told = problem["detail"].as_str().unwrap();
                assert!(!told.chars().any(|letter| letter.is_ascii_digit()), "{told}");
                self.reads(id).await.state
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cost_that_somebody_else_entered_cannot_be_found_by_lowering_the_price_of_copies() {
    each_engine("price beside a hidden cost", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let id = world.drafted().await.head.id;
        world.writes_slab(&world.boss, id, "100", Some("60")).await;
        assert_eq!(world.tries_slab(id, "99").await, ShownState::Draft, "{}", db.engine);
        // As long as it stands so the draft says who may, though the cost lies far below.
        let problems = world.reads(id).await.problems;
        assert_eq!((problems.len(), problems[0].kind.code()), (1, "beyond_limit"), "{}", db.engine);
        let copy = quotes::copy_quote(&world.ctx, &world.seller, id).await.unwrap().head.id;
        assert_eq!(world.tries_slab(copy, "99.99").await, ShownState::Draft, "{}", db.engine);
        assert_eq!(world.tries_slab(copy, "130").await, ShownState::Issued, "above it, {}", db.engine);
        assert_eq!(world.tries_slab(id, "100").await, ShownState::Issued, "{}", db.engine);

        let next = quotes::revise_quote(&world.ctx, &world.seller, id).await.unwrap().head.id;
        assert_eq!(world.tries_slab(next, "99.99").await, ShownState::Draft, "a version, {}", db.engine);
        // Whoever sees the cost saves it so: from then on the seller may.
        world.writes_slab(&world.manager, next, "90", None).await;
        assert_eq!(world.tries_slab(next, "90").await, ShownState::Issued, "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn set_below_its_cost_it_is_answered_alike_at_every_price() {
    each_engine("set below a hidden cost", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let id = world.drafted().await.head.id;
        world.writes_slab(&world.boss, id, "100", Some("100.01")).await;
        assert_eq!(world.tries_slab(id, "100").await, ShownState::Draft, "{}", db.engine);
        assert_eq!(world.tries_slab(id, "100.01").await, ShownState::Draft, "{}", db.engine);
        world.writes_slab(&world.manager, id, "101", None).await;
        assert_eq!(world.tries_slab(id, "101").await, ShownState::Issued, "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_entered_the_cost_goes_down_to_it() {
    each_engine("own cost, own price", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let id = world.drafted().await.head.id;
        world.writes_slab(&world.seller, id, "100", Some("60")).await;
        assert_eq!(world.tries_slab(id, "59.99").await, ShownState::Draft, "{}", db.engine);
        assert_eq!(world.tries_slab(id, "60").await, ShownState::Issued, "{}", db.engine);
    })
    .await;
}
