//! After sending: losses with their reason, the day to ask again, and what stands on the page 今天 for it.

use app::insights::{self, StakeKind, TodayEntry};
use app::quotes;
use domain::base::QuoteId;
use domain::quotes::{Looked, LostText, LostWhy, ShownState};
use testkit::each_engine;

use crate::support::quoting::facts;
use crate::support::{World, code};

fn lost(why: &str, words: &str, to: &str, price: &str) -> LostText {
    LostText { why: why.to_string(), words: words.to_string(), to: to.to_string(), price: price.to_string() }
}

async fn stakes(world: &World) -> Vec<(StakeKind, QuoteId)> {
    let page = insights::today(&world.ctx, &world.seller).await.unwrap();
    let quote = |entry: &TodayEntry| match entry {
        TodayEntry::Quote(quote) => Some((quote.kind, quote.id)),
        _ => None,
    };
    page.entries.iter().filter_map(quote).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_loss_says_why_to_whom_and_at_what_price() {
    each_engine("lost", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let id = world.issued().await.head.id;
        let lose = async |text: LostText| quotes::lose_quote(&world.ctx, &world.seller, id, text).await;
        let wrong = lose(lost("other", " ", &"对".repeat(61), "1,x")).await.unwrap_err();
        let fields: Vec<String> = facts(&wrong)["fields"]
            .as_array()
            .unwrap()
            .iter()
            .map(|field| field["path"].as_str().unwrap().to_string())
            .collect();
        assert_eq!(fields, ["words", "competitor", "competitor_price"], "{}", db.engine);
        assert_eq!(code(&lose(lost("", "", "", "")).await), "invalid");
        assert_eq!(code(&lose(lost("magic", "", "", "")).await), "invalid");
        let view = lose(lost("price", "", "恒泰建材", "6,800.50")).await.unwrap();
        let kept = view.head.lost.unwrap();
        assert_eq!((kept.why, kept.to.as_deref()), (LostWhy::Price, Some("恒泰建材")));
        assert_eq!(kept.price.unwrap().to_yuan(), "6800.50");
        assert_eq!(
            (view.state, view.head.cancelled.unwrap().reason.as_str()),
            (ShownState::Cancelled, "价格")
        );
        assert_eq!(code(&world.signs(id).await), "wrong_state");
        assert_eq!(code(&lose(lost("price", "", "", "")).await), "wrong_state");
        let draft = world.drafted().await.head.id;
        let of_draft = quotes::lose_quote(&world.ctx, &world.seller, draft, lost("price", "", "", "")).await;
        assert_eq!(code(&of_draft), "not_issued");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_day_to_ask_again_brings_the_quotation_onto_the_page_of_today_until_it_is_done() {
    each_engine("follow up", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let id = world.issued().await.head.id;
        let follow = async |day: Option<i64>| {
            let day = day.map(|day| world.day(day).to_string());
            quotes::follow_up_quote(&world.ctx, &world.seller, id, day, "问封顶".to_string()).await
        };
        assert_eq!(code(&follow(Some(-1)).await), "invalid");
        assert_eq!(code(&follow(Some(400)).await), "invalid");
        let view = follow(Some(2)).await.unwrap();
        assert_eq!(view.head.follow_up.unwrap().note, "问封顶");
        world.on_day(1);
        assert!(stakes(&world).await.is_empty(), "{}: not before its day", db.engine);
        world.on_day(2);
        assert_eq!(stakes(&world).await, [(StakeKind::FollowUp, id)]);
        world.on_day(3);
        assert_eq!(stakes(&world).await, [(StakeKind::FollowUp, id)], "it stays while nobody asked");
        // The next version of the number keeps the day.
        let next = quotes::revise_quote(&world.ctx, &world.seller, id).await.unwrap().head.id;
        let next = world.issues(next).await.unwrap();
        assert_eq!(next.head.follow_up.as_ref().unwrap().day, world.day(2));
        assert_eq!(stakes(&world).await, [(StakeKind::FollowUp, next.head.id)]);
        quotes::follow_up_quote(&world.ctx, &world.seller, next.head.id, None, String::new()).await.unwrap();
        assert!(stakes(&world).await.is_empty());
        let refused =
            quotes::follow_up_quote(&world.ctx, &world.author, next.head.id, None, String::new()).await;
        assert_eq!(code(&refused), "not_allowed");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_customer_opened_and_did_not_sign_stands_on_the_page_of_today() {
    each_engine("opened", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let id = world.issued().await.head.id;
        let made = quotes::share_quote(&world.ctx, &world.seller, id, None).await.unwrap();
        assert!(stakes(&world).await.is_empty(), "{}", db.engine);
        quotes::note_share_view(&world.ctx, &made.token, Looked::Page, "iPhone").await.unwrap();
        assert_eq!(stakes(&world).await, [(StakeKind::Opened, id)]);
        world.on_day(5);
        assert_eq!(stakes(&world).await, [(StakeKind::Expiring, id)], "what ends presses more");
        world.signs(id).await.unwrap();
        assert!(stakes(&world).await.is_empty());
    })
    .await;
}
