//! Lists of one's own (常用清单): what they keep, who sees them, and what of them goes into a draft.

use app::quotes::{self, FillAsked, SetChange, SetDetail, SetText};
use domain::access::Actor;
use domain::base::{CustomerId, Qty, QuoteId, QuoteSetId};
use domain::quotes::{FillNote, LineExtraText, NO_PRODUCT, OwnText, SETS_MAX};
use testkit::each_engine;

use crate::support::quoting::facts;
use crate::support::{World, code};

fn text(name: &str, quote: QuoteId) -> SetText {
    SetText { name: name.to_string(), quote: quote.0, ..SetText::default() }
}

async fn keeps(world: &World, name: &str, quote: QuoteId) -> SetDetail {
    quotes::keep_quote_set(&world.ctx, &world.seller, text(name, quote)).await.unwrap()
}

async fn names(world: &World, actor: &Actor) -> Vec<String> {
    let sets = quotes::quote_sets(&world.ctx, actor).await.unwrap();
    sets.into_iter().map(|view| view.head.name).collect()
}

fn for_customer(customer: CustomerId) -> FillAsked {
    FillAsked { customer, times: None, area: None, round_up: true }
}

/// A draft with paint in a room, a manual price, and freight.
async fn rich(world: &World) -> QuoteId {
    let customer = world.customer("恒泰", "A").await;
    let mut paint = world.line("a", world.paint, "5", "桶");
    paint.extra.group = "主卧".to_string();
    paint.note = "先到".to_string();
    let mut freight = world.line("b", NO_PRODUCT, "1", "车");
    let own =
        OwnText { kind: "freight".into(), name: "送货".into(), price: "300".into(), ..OwnText::default() };
    freight.extra = LineExtraText { own: Some(own), ..LineExtraText::default() };
    let lines = vec![paint, freight];
    quotes::create_quote(&world.ctx, &world.seller, customer, lines).await.unwrap().head.id
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_keeps_lines_without_money_and_fills_a_draft_times_so_many() {
    each_engine("sets", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let source = rich(&world).await;
        let asked = SetText { area: "100".into(), ..text(" 三居室 ", source) };
        let made = quotes::keep_quote_set(&world.ctx, &world.seller, asked).await.unwrap();
        let head = &made.view.head;
        assert_eq!((head.name.as_str(), head.line_count), ("三居室", 2), "{}", db.engine);
        assert_eq!(made.lines[0].0.extra.group, "主卧");
        assert_eq!(made.lines[0].0.note, "先到");
        let other = world.customer("别家", "B").await;
        let fill =
            async |asked: FillAsked| quotes::fill_quote_set(&world.ctx, &world.seller, head.id, asked).await;
        let three = FillAsked { times: Some("3".into()), ..for_customer(other) };
        let filled = fill(three).await.unwrap();
        let told: Vec<_> = filled.lines.iter().map(|it| (it.line.qty, it.said.clone())).collect();
        assert_eq!(
            told,
            [(Qty::whole(15), Vec::new()), (Qty::whole(3), vec![FillNote::PriceMissing])],
            "{}",
            db.engine
        );
        let area = FillAsked { area: Some("121".into()), ..for_customer(other) };
        assert_eq!(fill(area).await.unwrap().lines[0].line.qty, Qty::whole(7));
        let zero = FillAsked { times: Some("0".into()), ..for_customer(other) };
        assert_eq!(facts(&fill(zero).await.unwrap_err())["fields"][0]["path"], "times");
        let nobody = fill(for_customer(CustomerId(999_999))).await;
        assert_eq!(code(&nobody), "not_found");
        let small = keeps(&world, "小", source).await.view.head.id;
        let area = FillAsked { area: Some("90".into()), ..for_customer(other) };
        let refused = quotes::fill_quote_set(&world.ctx, &world.seller, small, area).await.unwrap_err();
        assert_eq!(
            facts(&refused)["fields"][0]["path"],
            "area",
            "the list does not say for how many ㎡ it is"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_no_price_or_is_not_sold_any_more_is_named() {
    each_engine("sets named", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let customer = world.customer("恒泰", "A").await;
        // Nobody has a price for putty yet.
        let lines = vec![world.line("a", world.paint, "5", "桶"), world.line("b", world.putty, "30", "袋")];
        let source = quotes::create_quote(&world.ctx, &world.seller, customer, lines).await.unwrap().head.id;
        let set = keeps(&world, "整套", source).await.view.head.id;
        app::catalog::archive_product(&world.ctx, &world.author, world.paint).await.unwrap();
        let filled = quotes::fill_quote_set(&world.ctx, &world.seller, set, for_customer(customer)).await;
        let filled = filled.unwrap();
        let codes: Vec<Vec<&str>> =
            filled.lines.iter().map(|it| it.said.iter().map(FillNote::code).collect()).collect();
        assert_eq!(codes, [vec!["product_archived"], vec!["no_price"]], "{}", db.engine);
        assert_eq!(filled.lines.iter().map(|it| it.usable()).collect::<Vec<_>>(), [false, true]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_ones_own_until_it_is_shared_with_the_region() {
    each_engine("sets shared", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let source = world.drafted().await.head.id;
        let made = keeps(&world, "自己用", source).await.view.head;
        assert!(names(&world, &world.manager).await.is_empty(), "{}", db.engine);
        assert_eq!(code(&quotes::quote_set(&world.ctx, &world.manager, made.id).await), "not_found");
        let share = SetChange { shared: Some(true), ..SetChange::default() };
        let change = async |actor: &Actor, version, change: SetChange| {
            quotes::change_quote_set(&world.ctx, actor, made.id, version, change).await
        };
        let mut barred = world.seller.clone();
        barred.grants.remove(&domain::access::Right::QuoteSetShare);
        let refused = change(&barred, 1, share.clone()).await.unwrap_err();
        assert_eq!(facts(&refused)["fields"][0]["path"], "shared");
        change(&world.seller, 1, share).await.unwrap();
        assert_eq!(names(&world, &world.manager).await, ["自己用"]);
        let rename = |name: &str| SetChange { name: Some(name.to_string()), ..SetChange::default() };
        assert_eq!(code(&change(&world.manager, 1, rename("本区")).await), "changed_by_other");
        change(&world.manager, 2, rename("本区")).await.unwrap();
        assert_eq!(names(&world, &world.seller).await, ["本区"]);
        assert_eq!(code(&quotes::quote_sets(&world.ctx, &world.keeper).await), "not_allowed");
        let own = SetChange { shared: Some(false), ..SetChange::default() };
        change(&world.seller, 3, own).await.unwrap();
        assert!(names(&world, &world.manager).await.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_of_old_holds_up_nobody_who_changes_something_else_of_a_list() {
    each_engine("set of old", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let id = keeps(&world, "三居室", world.drafted().await.head.id).await.view.head.id;
        testkit::set_of_two_lines(&world.ctx.store, id.0, "三居室\n北").await;
        let change = async |version, name: &str| {
            let change =
                SetChange { name: Some(name.into()), area: Some("90".into()), ..SetChange::default() };
            quotes::change_quote_set(&world.ctx, &world.seller, id, version, change).await
        };
        let refused = change(1, "三居室\n南").await.unwrap_err();
        assert_eq!(facts(&refused)["fields"][0]["path"], "name", "{}", db.engine);
        let head = change(1, "三居室\n北").await.unwrap().view.head;
        assert_eq!((head.name.as_str(), head.area), ("三居室\n北", Some(Qty::whole(90))), "{}", db.engine);
        let head = change(2, " 三居室 ").await.unwrap().view.head;
        assert_eq!(head.name, "三居室", "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_have_an_order_and_a_deleted_one_comes_back() {
    each_engine("sets order", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let source = world.drafted().await.head.id;
        let mut ids: Vec<QuoteSetId> = Vec::new();
        for name in ["甲", "乙", "丙"] {
            ids.push(keeps(&world, name, source).await.view.head.id);
        }
        assert_eq!(names(&world, &world.seller).await, ["丙", "乙", "甲"], "{}: the newest first", db.engine);
        let order = async |ids: Vec<QuoteSetId>| {
            quotes::order_quote_sets(&world.ctx, &world.seller, ids).await.unwrap();
            names(&world, &world.seller).await
        };
        assert_eq!(order(vec![ids[0], QuoteSetId(999_999), ids[2]]).await, ["甲", "丙", "乙"]);
        let again = quotes::keep_quote_set(&world.ctx, &world.seller, text("甲", source)).await;
        assert_eq!(code(&again), "invalid", "two lists have two names");
        let delete = async |actor: &Actor| quotes::delete_quote_set(&world.ctx, actor, ids[0]).await;
        assert_eq!(code(&delete(&world.manager).await), "not_found");
        delete(&world.seller).await.unwrap();
        assert_eq!(code(&delete(&world.seller).await), "not_found");
        assert_eq!(names(&world, &world.seller).await, ["丙", "乙"]);
        let restore = async || quotes::restore_quote_set(&world.ctx, &world.seller, ids[0]).await;
        assert_eq!(restore().await.unwrap().lines.len(), 1);
        assert_eq!(code(&restore().await), "ok", "what is back is back");
        assert_eq!(names(&world, &world.seller).await, ["甲", "丙", "乙"]);
        delete(&world.seller).await.unwrap();
        keeps(&world, "甲", source).await;
        assert_eq!(code(&restore().await), "invalid", "its name was taken meanwhile");
        // What was deleted long ago goes for good with the next one.
        world.on_day(31);
        quotes::delete_quote_set(&world.ctx, &world.seller, ids[1]).await.unwrap();
        assert_eq!(code(&restore().await), "not_found");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_keeps_so_many_lists_and_no_empty_one() {
    each_engine("sets most", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let source = world.drafted().await.head.id;
        for n in 0..SETS_MAX {
            keeps(&world, &format!("清单{n}"), source).await;
        }
        let refused = quotes::keep_quote_set(&world.ctx, &world.seller, text("多", source)).await;
        assert_eq!(facts(&refused.unwrap_err())["fields"][0]["path"], "name", "{}", db.engine);
        let customer = world.customer("空", "A").await;
        let empty = quotes::create_quote(&world.ctx, &world.seller, customer, Vec::new()).await.unwrap();
        let refused = quotes::keep_quote_set(&world.ctx, &world.manager, text("空", empty.head.id)).await;
        assert_eq!(facts(&refused.unwrap_err())["fields"][0]["path"], "quote_id");
        let foreign = quotes::keep_quote_set(&world.ctx, &world.manager, text("没", QuoteId(999_999))).await;
        assert_eq!(code(&foreign), "invalid");
    })
    .await;
}
