//! E10: a quotation is signed at its own old price for as long as it holds, and not a moment longer.

use app::config::{self, Submission};
use app::insights::{self, StakeKind, TodayEntry};
use app::quotes::{self, AcceptRequest, QuoteFilter, QuoteListing, SignRequest};
use domain::base::{CustomerId, Date, Limit, QuoteId, Refusal};
use domain::pricing::PriceClass;
use domain::quotes::{QuoteAction, ShownState};
use serde_json::json;
use testkit::{TestDb, each_engine};

use crate::support::quoting::facts;
use crate::support::{HOUR, World, code, row};

/// What the seller's list marks as repriced.
async fn marked(world: &World) -> Vec<QuoteId> {
    let listing = QuoteListing { filter: QuoteFilter::default(), limit: Limit::USUAL, after: None };
    let list = quotes::list_quotes(&world.ctx, &world.seller, listing).await.unwrap();
    list.items.into_iter().filter(|it| it.repriced).map(|it| it.row.id).collect()
}

/// Quoted on V1 at 128.00 on day 0, valid to day 7; V2 at 132.00 from day 5 on.
async fn quoted_before_the_rise(world: &World) -> app::quotes::QuoteView {
    world.first_prices().await;
    let issued = world.issued().await;
    world.on_day(5);
    assert_eq!(world.paint_costs("132").await.unwrap(), 2);
    issued
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_marks_a_draft_whose_goods_have_new_prices_until_it_is_priced_anew() {
    each_engine("repriced list", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let draft = world.drafted().await;
        let marked = async || marked(&world).await;
        assert!(marked().await.is_empty(), "{}", db.engine);
        world.on_day(1);
        world.publish(world.price_list, vec![world.putty_at("30")], Default::default()).await.unwrap();
        assert!(marked().await.is_empty(), "{}: other goods", db.engine);
        assert_eq!(world.paint_costs("132").await.unwrap(), 3);
        assert_eq!(marked().await, [draft.head.id], "{}", db.engine);
        world.on_day(2);
        world.saves(&draft, vec![world.line("a", world.paint, "60", "桶")]).await.unwrap();
        assert!(marked().await.is_empty(), "{}: priced anew", db.engine);
        let issued = world.issued().await.head.id;
        world.on_day(3);
        assert_eq!(world.paint_costs("135").await.unwrap(), 4);
        let now = marked().await;
        assert!(now == [draft.head.id] && !now.contains(&issued), "{}: what is issued holds", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_marks_just_what_opening_the_draft_would_tell() {
    each_engine("marks of one's own", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let draft = world.drafted().await;
        let told = async || {
            let moved = world.reads(draft.head.id).await.moved.is_some();
            assert_eq!(marked(&world).await.contains(&draft.head.id), moved, "{}", db.engine);
            moved
        };
        // A contract of somebody else for the very goods, and the tier of others.
        let theirs = world.customer("恒泰建材", "B").await;
        let contract = async |name: &str, customer: CustomerId, last_day: Date| {
            let (_, id) = world.made(&world.author, PriceClass::Contract, world.hq, name).await;
            let head =
                json!({ "includes_tax": true, "class": "contract", "for": { "customers": [customer] } });
            let paint = json!({ "product": world.paint, "price": "119", "to": last_day });
            world.puts(&world.author, id, vec![row(Some(""), head), row(None, paint)]).await;
            world.brings_out(&world.author, id).await.unwrap();
        };
        contract("恒泰年度合同", theirs, world.day(9)).await;
        let tier = vec![row(Some("B"), json!({ "percent": "94" }))];
        world.publish(world.tiers, tier, Submission::default()).await.unwrap();
        assert!(!told().await, "{}: of others", db.engine);
        // Prices that come and go by their days alone.
        contract("金鼎年度合同", draft.head.customer, world.day(2)).await;
        assert!(told().await, "{}: a contract of its own", db.engine);
        world.on_day(3);
        assert!(!told().await, "{}: the contract is over, and the price as it was", db.engine);
        let from = json!({ "product": world.paint, "price": "130", "from": world.day(5) });
        world.publish(world.price_list, vec![row(None, from)], Submission::default()).await.unwrap();
        assert!(!told().await, "{}: not yet", db.engine);
        world.on_day(5);
        assert!(told().await, "{}: its first day", db.engine);
        let lines = vec![world.line("a", world.paint, "60", "桶")];
        world.saves(&draft, lines).await.unwrap();
        assert!(!told().await, "{}: saved", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_old_price_is_honoured_until_the_last_valid_day() {
    each_engine("e10 honoured", async |db| {
        let world = World::new(&db).await;
        let issued = quoted_before_the_rise(&world).await;
        world.clock.set(testkit::TEST_DAY.plus_ms(7 * 24 * HOUR + 14 * HOUR + 59 * 60_000));
        let signed = world.signs(issued.head.id).await.unwrap();
        assert_eq!(signed.order.number, "SZ26-D000001", "{}", db.engine);
        assert_eq!(signed.quote.state, ShownState::Signed);
        let order = app::orders::read_order(&world.ctx, &world.seller, signed.order.id).await.unwrap();
        assert_eq!((order.amounts, order.used[0].revision.n), (issued.amounts, 1));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_the_last_valid_day_it_is_refused_with_the_old_and_the_new_price() {
    each_engine("e10 expired", async |db| {
        let world = World::new(&db).await;
        let issued = quoted_before_the_rise(&world).await;
        // Midnight after the last valid day.
        world.clock.set(testkit::TEST_DAY.plus_ms(7 * 24 * HOUR + 15 * HOUR));
        let refused = world.signs(issued.head.id).await.unwrap_err();
        let told = facts(&refused);
        assert_eq!(refused.code(), "quote_expired", "{}", db.engine);
        assert_eq!(told["repriced"]["lines"][0]["old_unit_price"], "117.76");
        assert_eq!(told["repriced"]["lines"][0]["new_unit_price"], "121.44");
        assert_eq!(told["repriced"]["difference"], "220.80");
        let view = world.reads(issued.head.id).await;
        assert_eq!((view.state, Refusal::code(&view.hold.unwrap())), (ShownState::Expired, "quote_expired"));
        assert!(!view.actions.contains(&QuoteAction::Sign));
        assert_eq!(world.count("sales_order").await, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawn_list_is_not_signed_unless_head_office_releases_the_quotation_until_a_day() {
    each_engine("e10 void", async |db| {
        let world = World::new(&db).await;
        let issued = quoted_before_the_rise(&world).await;
        let id = issued.head.id;
        let early =
            quotes::release_quote(&world.ctx, &world.author, id, &world.day(6).to_string(), "先放行").await;
        assert_eq!(code(&early), "nothing_to_release");
        config::void_revision(&world.ctx, &world.author, world.price_list, 1, "成本上涨").await.unwrap();
        let refused = world.signs(id).await.unwrap_err();
        assert_eq!(refused.code(), "revision_void", "{}", db.engine);
        assert_eq!(facts(&refused)["revisions"][0]["reason"], "成本上涨");
        assert_eq!(facts(&refused)["repriced"]["difference"], "220.80");
        let by_seller =
            quotes::release_quote(&world.ctx, &world.seller, id, &world.day(6).to_string(), "急").await;
        assert_eq!(code(&by_seller), "not_allowed");
        let until = world.day(6).to_string();
        let released = quotes::release_quote(&world.ctx, &world.author, id, &until, "老客户").await.unwrap();
        assert_eq!((released.hold.is_none(), released.head.released_until), (true, Some(world.day(6))));
        world.on_day(7);
        assert_eq!(code(&world.signs(id).await), "revision_void", "the release ended yesterday");
        world.on_day(7);
        let until = world.day(7).to_string();
        quotes::release_quote(&world.ctx, &world.author, id, &until, "再放一天").await.unwrap();
        assert_eq!(code(&world.signs(id).await), "ok");
    })
    .await;
}

/// The quotations that wait for the seller because their prices were withdrawn, by number.
async fn withdrawn(world: &World) -> Vec<QuoteId> {
    let page = insights::today(&world.ctx, &world.seller).await.unwrap();
    let void = page.entries.iter().filter_map(|entry| match entry {
        TodayEntry::Quote(quote) => (quote.kind == StakeKind::Void).then_some(quote.id),
        TodayEntry::Ask(_) | TodayEntry::Order(_) | TodayEntry::Config(_) => None,
    });
    let mut void: Vec<QuoteId> = void.collect();
    void.sort_unstable();
    void
}

/// Withdraws V1 of the list and V1 of the tiers, one after the other, with a release between them: on paper and by link.
/// `migrated`: the release was given before it was kept what it lets pass.
async fn withdrawn_twice(db: &TestDb, list_first: bool, migrated: bool) {
    let world = World::new(db).await;
    world.first_prices().await;
    let (paper, linked) = (world.issued().await.head.id, world.issued().await.head.id);
    let shared = quotes::share_quote(&world.ctx, &world.seller, linked, None).await.unwrap();
    let share = shared.shares.links[0].0.id;
    world.on_day(1);
    assert_eq!(world.paint_costs("132").await.unwrap(), 2);
    let tier = vec![row(Some("A"), json!({ "percent": "93" }))];
    assert_eq!(world.publish(world.tiers, tier, Submission::default()).await.unwrap(), 2);
    let void = async |list: bool| {
        let (item, why) =
            if list { (world.price_list, "成本上涨") } else { (world.tiers, "档位录错") };
        config::void_revision(&world.ctx, &world.author, item, 1, why).await.unwrap();
    };
    let release = async |id: QuoteId, day: i64| {
        let until = world.day(day).to_string();
        quotes::release_quote(&world.ctx, &world.author, id, &until, "老客户").await.unwrap()
    };
    let accept = async || {
        let handed = quotes::hand_over_code(&world.ctx, &world.seller, linked, share).await?;
        let (signer, agent) = ("王小明".to_string(), String::new());
        let request = AcceptRequest { signer, code: handed.code, agent };
        quotes::accept_share(&world.ctx, &shared.token, request).await
    };
    void(list_first).await;
    assert_eq!(withdrawn(&world).await, [paper, linked], "{}", db.engine);
    for id in [paper, linked] {
        assert!(release(id, 6).await.hold.is_none(), "{}", db.engine);
    }
    assert!(withdrawn(&world).await.is_empty());
    // The code was handed over while the release held; what is withdrawn afterwards binds all the same.
    let handed = quotes::hand_over_code(&world.ctx, &world.seller, linked, share).await.unwrap();
    world.on_day(2);
    void(!list_first).await;
    if migrated {
        testkit::released_before(&world.ctx.store).await;
    }
    let refused = world.signs(paper).await.unwrap_err();
    assert_eq!(refused.code(), "revision_void", "{}", db.engine);
    let named = facts(&refused)["revisions"].as_array().unwrap().clone();
    let reasons: Vec<_> = named.iter().map(|it| it["reason"].as_str().unwrap()).collect();
    assert_eq!(reasons, [if list_first { "档位录错" } else { "成本上涨" }], "what is not released");
    let (signer, agent) = ("王小明".to_string(), String::new());
    let request = AcceptRequest { signer, code: handed.code, agent };
    let by_link = quotes::accept_share(&world.ctx, &shared.token, request).await;
    assert_eq!(code(&by_link), "revision_void", "{}", db.engine);
    assert_eq!(code(&accept().await), "revision_void", "no new code is handed over");
    assert_eq!(withdrawn(&world).await, [paper, linked]);
    assert_eq!(world.count("sales_order").await, 0);
    let view = quotes::read_quote(&world.ctx, &world.author, paper).await.unwrap();
    assert!(view.actions.contains(&QuoteAction::Release) && view.hold.is_some());
    // Given again, it lets both pass.
    for id in [paper, linked] {
        assert!(release(id, 3).await.hold.is_none(), "{}", db.engine);
    }
    assert!(withdrawn(&world).await.is_empty());
    assert_eq!(code(&world.signs(paper).await), "ok", "{}", db.engine);
    assert_eq!(code(&accept().await), "ok", "{}", db.engine);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_release_from_a_withdrawn_list_does_not_let_a_tier_pass_that_is_withdrawn_later() {
    each_engine("e10 list, then tier", async |db| withdrawn_twice(&db, true, false).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_release_from_a_withdrawn_tier_does_not_let_a_list_pass_that_is_withdrawn_later() {
    each_engine("e10 tier, then list", async |db| withdrawn_twice(&db, false, false).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_release_that_was_given_before_it_was_kept_what_it_lets_pass_covers_what_was_void_then() {
    each_engine("e10 migrated", async |db| withdrawn_twice(&db, true, true).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_is_withdrawn_by_its_successor_holds_until_that_comes_into_force() {
    each_engine("e10 successor", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let (early, late) = (world.issued().await, world.issued().await);
        let at = testkit::TEST_DAY.plus_ms(2 * 24 * HOUR);
        let asked =
            config::Submission { effective_at: Some(at), note: "成本上涨".to_string(), voids_n: Some(1) };
        world.publish(world.price_list, vec![world.paint_at("132")], asked).await.unwrap();
        world.clock.set(at.plus_ms(-60_000));
        assert_eq!(code(&world.signs(early.head.id).await), "ok", "{}", db.engine);
        world.clock.set(at);
        assert_eq!(code(&world.signs(late.head.id).await), "revision_void");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_tabs_that_sign_at_once_make_one_order() {
    each_engine("e10 two tabs", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let elsewhere = world.elsewhere(&db).await;
        let id = world.issued().await.head.id;
        let tasks: Vec<_> = (0..8)
            .map(|tab| {
                let world = if tab % 2 == 0 { world.clone() } else { elsewhere.clone() };
                tokio::spawn(async move { world.signs(id).await })
            })
            .collect();
        let mut orders = Vec::new();
        for task in tasks {
            match task.await.unwrap() {
                Ok(signed) => orders.push(signed.order.number),
                Err(refused) => {
                    assert_eq!(refused.code(), "already_signed", "{}", db.engine);
                    assert_eq!(facts(&refused)["order"]["number"], "SZ26-D000001");
                }
            }
        }
        assert_eq!(orders, ["SZ26-D000001"]);
        assert_eq!(world.count("sales_order").await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn once_the_next_version_is_issued_in_another_tab_this_one_is_not_signed() {
    each_engine("e10 superseded", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let first = world.issued().await;
        let next = quotes::revise_quote(&world.ctx, &world.seller, first.head.id).await.unwrap();
        let second = world.issues(next.head.id).await.unwrap();
        assert_eq!(second.head.number, first.head.number, "{}", db.engine);
        let refused = world.signs(first.head.id).await.unwrap_err();
        assert_eq!(refused.code(), "superseded");
        assert_eq!(facts(&refused)["newer"]["id"], second.head.id.0);
        assert_eq!(code(&world.signs(second.head.id).await), "ok");
        assert_eq!(code(&world.signs(first.head.id).await), "already_signed");
        let hold = world.reads(first.head.id).await.hold.unwrap();
        assert_eq!(
            (hold.code(), hold.facts()["newer"]["id"].as_i64()),
            ("superseded", Some(second.head.id.0))
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_one_version_while_the_next_is_issued_ends_in_one_of_the_two() {
    each_engine("e10 sign against issue", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let elsewhere = world.elsewhere(&db).await;
        for _ in 0..8 {
            let first = world.issued().await.head.id;
            let next = quotes::revise_quote(&world.ctx, &world.seller, first).await.unwrap().head.id;
            let issuing = tokio::spawn({
                let world = elsewhere.clone();
                async move { code(&world.issues(next).await) }
            });
            let signed = code(&world.signs(first).await);
            let issued = issuing.await.unwrap();
            let both = (signed, issued);
            let serial = matches!(both, ("ok", "already_signed") | ("superseded", "ok"));
            assert!(serial, "{both:?} {}", db.engine);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn withdrawing_while_signing_ends_as_if_one_came_after_the_other() {
    each_engine("e10 void against sign", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let elsewhere = world.elsewhere(&db).await;
        for round in 1..=6_i64 {
            let issued = world.issued().await.head.id;
            world.paint_costs(&format!("{}", 130 + round)).await.unwrap();
            let voiding = tokio::spawn({
                let world = elsewhere.clone();
                async move {
                    config::void_revision(&world.ctx, &world.author, world.price_list, round, "换价")
                        .await
                        .unwrap();
                }
            });
            let signed = code(&world.signs(issued).await);
            voiding.await.unwrap();
            assert!(matches!(signed, "ok" | "revision_void"), "{signed} {}", db.engine);
            let view = world.reads(issued).await;
            assert_eq!(view.state == ShownState::Signed, signed == "ok");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_release_published_between_loading_and_signing_changes_nothing_for_the_snapshot() {
    each_engine("e10 published", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let issued = world.issued().await;
        let loaded = world.reads(issued.head.id).await;
        world.paint_costs("132").await.unwrap();
        let signed = world.signs(loaded.head.id).await.unwrap();
        assert_eq!(signed.quote.amounts, issued.amounts, "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn neither_the_browsers_nor_the_servers_clock_turned_back_brings_the_old_price_back() {
    each_engine("e10 clocks", async |db| {
        let world = World::new(&db).await;
        let issued = quoted_before_the_rise(&world).await;
        let id = issued.head.id;
        world.on_day(8);
        let file = world.photo(&world.seller, "签字页").await;
        // The browser says that it is still the last valid day.
        let request =
            SignRequest { signed_day: world.day(7).to_string(), signer: "王小明".to_string(), file };
        let refused = quotes::sign_quote(&world.ctx, &world.seller, id, request.clone()).await;
        assert_eq!(code(&refused), "quote_expired", "{}", db.engine);
        // Something happens today, then the server's clock is set back to the last valid day.
        world.customer("来得晚", "B").await;
        world.on_day(7);
        let refused = quotes::sign_quote(&world.ctx, &world.seller, id, request.clone()).await;
        assert_eq!(code(&refused), "clock_behind");
        // Back by less than two minutes: now is the newest event, and the quotation is over.
        world.clock.set(testkit::TEST_DAY.plus_ms(8 * 24 * HOUR - 90_000));
        let refused = quotes::sign_quote(&world.ctx, &world.seller, id, request).await;
        assert_eq!(code(&refused), "quote_expired");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_paper_is_there_handed_in_by_the_same_person_and_the_day_is_possible() {
    each_engine("e10 consent", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        world.on_day(1);
        let id = world.issued().await.head.id;
        world.on_day(2);
        let mine = world.photo(&world.seller, "我的").await;
        let others = world.photo(&world.manager, "别人的").await;
        let now = world.ctx.moment().await.unwrap().now;
        let (store, by) = (&world.ctx.store, Some(world.seller.person));
        let sheet = store::files::put(store, vec![1], "text/csv", "a.csv", by, now).await.unwrap().hash;
        let sign = async |day: i64, signer: &str, file: &str| {
            let request = SignRequest {
                signed_day: world.day(day).to_string(),
                signer: signer.to_string(),
                file: file.to_string(),
            };
            let outcome = quotes::sign_quote(&world.ctx, &world.seller, id, request).await;
            match &outcome {
                Ok(_) => "ok".to_string(),
                Err(refused) => facts(refused)["fields"][0]["path"].as_str().unwrap().to_string(),
            }
        };
        assert_eq!(sign(2, "王小明", "0000").await, "file");
        assert_eq!(sign(2, "王小明", &others).await, "file");
        assert_eq!(sign(2, "王小明", &sheet).await, "file");
        assert_eq!(sign(3, "王小明", &mine).await, "signed_day");
        assert_eq!(sign(0, "王小明", &mine).await, "signed_day");
        assert_eq!(sign(2, "  ", &mine).await, "signer");
        assert_eq!(world.count("sales_order").await, 0);
        assert_eq!(sign(1, "王小明", &mine).await, "ok", "{}", db.engine);
    })
    .await;
}
