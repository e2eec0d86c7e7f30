//! Issuing: gapless numbers, frozen facts, and never at a price that nobody saw.

use app::quotes;
use domain::base::Fen;
use domain::quotes::{QuoteState, Seen, ShownState};
use testkit::each_engine;

use crate::support::quoting::facts;
use crate::support::{HOUR, World, code};

#[tokio::test(flavor = "multi_thread")]
async fn what_is_issued_has_a_number_a_hash_and_frozen_facts() {
    each_engine("issued", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let issued = world.issued().await;
        assert_eq!(issued.head.number.as_deref(), Some("SZ26-000001"), "{}", db.engine);
        assert_eq!((issued.state, issued.valid_until), (ShownState::Issued, world.day(7)));
        let used: Vec<_> =
            issued.used.iter().map(|used| (used.revision.kind.as_str(), used.revision.n)).collect();
        assert_eq!(used, [("price_list", 1), ("tier", 1)]);
        world.paint_costs("132").await.unwrap();
        let later = world.reads(issued.head.id).await;
        assert_eq!((later.amounts, &later.head.hash), (issued.amounts, &issued.head.hash));
        let id = issued.head.id;
        let frozen =
            world.ctx.store.read(|tx| Box::pin(async move { store::quotes::document(tx, id).await }));
        let frozen = frozen.await.unwrap().unwrap();
        assert_eq!(frozen.recompute(), Ok(()));
        assert_eq!(Some(frozen.sealed().unwrap().1), later.head.hash);
        assert_eq!(frozen.lines[0].priced.cost, None);
        assert_eq!(world.issued().await.head.number.as_deref(), Some("SZ26-000002"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_published_between_loading_and_issuing_is_shown_before_anything_is_saved() {
    each_engine("moved", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let draft = world.drafted().await;
        assert!(world.reads(draft.head.id).await.moved.is_none());
        world.paint_costs("132").await.unwrap();
        let moved = world.reads(draft.head.id).await.moved.unwrap();
        assert_eq!(moved.difference().unwrap().to_yuan(), "220.80", "told as soon as it is opened");
        let refused = world.issues(draft.head.id).await.unwrap_err();
        let told = facts(&refused);
        assert_eq!(refused.code(), "price_changed", "{}", db.engine);
        assert_eq!(told["lines"][0]["old_unit_price"], "117.76");
        assert_eq!(told["lines"][0]["new_unit_price"], "121.44");
        assert_eq!(told["difference"], "220.80");
        let still = world.reads(draft.head.id).await;
        assert_eq!((still.state, still.head.version, still.head.number), (ShownState::Draft, 1, None));
        let agreed = told["agree"].as_str().map(str::to_string);
        let seen = Seen { net: Some(still.amounts.net), agreed };
        let issued =
            quotes::issue_quote(&world.ctx, &world.seller, draft.head.id, None, &seen).await.unwrap();
        assert_eq!(issued.amounts.net.to_yuan(), "7286.40");
        assert_eq!(issued.head.number.as_deref(), Some("SZ26-000001"), "the refused try took no number");
        assert_eq!(issued.used[0].revision.n, 2);
        assert_eq!(issued.head.amounts, issued.amounts, "the head says what the document says");
        let order = world.signs(draft.head.id).await.unwrap().order;
        let order = app::orders::read_order(&world.ctx, &world.seller, order.id).await.unwrap();
        assert_eq!(order.head.row.net.to_yuan(), "7286.40", "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scheduled_price_that_comes_into_force_between_loading_and_issuing_counts() {
    each_engine("scheduled", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let draft = world.drafted().await;
        let at = testkit::TEST_DAY.plus_ms(5 * HOUR);
        world.paint_will_cost("132", at).await.unwrap();
        world.clock.set(at.plus_ms(-1));
        assert_eq!(world.reads(draft.head.id).await.amounts.net.to_yuan(), "7065.60");
        world.clock.set(at);
        assert_eq!(code(&world.issues(draft.head.id).await), "price_changed", "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_revision_with_the_same_figures_goes_into_the_document() {
    each_engine("same figures", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let draft = world.drafted().await;
        world.publish(world.price_list, vec![world.putty_at("20")], Default::default()).await.unwrap();
        let issued = world.issues(draft.head.id).await.unwrap();
        assert_eq!((issued.amounts, issued.used[0].revision.n), (draft.amounts, 2), "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_tier_or_product_counts_like_a_changed_price() {
    each_engine("leaned on", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let draft = world.drafted().await;
        let tier =
            domain::customers::CustomerEdit { tier: Some(Some("B".to_string())), ..Default::default() };
        app::customers::update_customer(&world.ctx, &world.manager, draft.head.customer, 1, tier)
            .await
            .unwrap();
        assert_eq!(code(&world.issues(draft.head.id).await), "price_changed", "{}", db.engine);
        let other = world.drafted().await;
        app::catalog::archive_product(&world.ctx, &world.author, world.paint).await.unwrap();
        let refused = world.issues(other.head.id).await.unwrap_err();
        assert_eq!(facts(&refused)["problems"][0]["code"], "product_archived");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn under_the_floor_only_the_boss_issues_and_the_seller_learns_who() {
    each_engine("floor", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        // Tier A of 108.00 is 99.36; the floor is 100.00.
        world.paint_costs("108").await.unwrap();
        let draft = world.drafted().await;
        assert_eq!(draft.problems, [], "sellers learn of no floor before they issue");
        assert_eq!(draft.lines[0].line.outcome.as_ref().unwrap().floor, None, "sellers do not see the floor");
        let refused = world.issues(draft.head.id).await.unwrap_err();
        assert_eq!(refused.code(), "cannot_issue");
        let detail = facts(&refused)["problems"][0]["detail"].as_str().unwrap().to_string();
        assert!(detail.contains("boss") && !detail.contains("底价"), "{detail}");
        assert_eq!(facts(&refused)["problems"][0]["code"], "beyond_limit");
        let seen = quotes::read_quote(&world.ctx, &world.manager, draft.head.id).await.unwrap();
        assert_eq!(seen.problems[0].kind.code(), "below_floor", "whoever sees floors is told as before");
        assert_eq!(world.reads(draft.head.id).await.state, ShownState::Draft);
        let issued = quotes::issue_quote(&world.ctx, &world.boss, draft.head.id, None, &Seen::default())
            .await
            .unwrap();
        assert_eq!(issued.state, ShownState::Issued, "{}", db.engine);
        assert_eq!(issued.lines[0].line.outcome.as_ref().unwrap().floor.unwrap().to_yuan(), "100.00");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_whose_clock_stands_back_issues_nothing_but_saves_drafts() {
    each_engine("clock", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let draft = world.drafted().await;
        let newest = world.ctx.moment().await.unwrap().now;
        world.clock.set(newest.plus_ms(-120_001));
        let refused = world.issues(draft.head.id).await.unwrap_err();
        assert_eq!((refused.code(), facts(&refused)["behind_ms"].as_i64()), ("clock_behind", Some(120_001)));
        let lines = vec![world.line("a", world.paint, "61", "桶")];
        let saved = world.saves(&draft, lines).await.unwrap();
        assert_eq!(saved.head.version, 2);
        world.clock.set(newest.plus_ms(-120_000));
        assert_eq!(code(&world.issues(draft.head.id).await), "ok", "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_draft_is_issued_once_however_often_it_is_asked_at_once() {
    each_engine("twice", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let id = world.drafted().await.head.id;
        let tasks: Vec<_> = (0..8)
            .map(|_| {
                let world = world.clone();
                tokio::spawn(async move { code(&world.issues(id).await) })
            })
            .collect();
        let mut outcomes = Vec::new();
        for task in tasks {
            outcomes.push(task.await.unwrap());
        }
        outcomes.sort_unstable();
        assert_eq!(outcomes.iter().filter(|it| **it == "ok").count(), 1, "{outcomes:?} {}", db.engine);
        assert!(outcomes.iter().all(|it| matches!(*it, "ok" | "wrong_state" | "changed_by_other")));
        assert_eq!(world.issued().await.head.number.as_deref(), Some("SZ26-000002"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_of_a_branch_are_gapless_when_many_issue_at_once_and_some_are_refused() {
    each_engine("many", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let mut drafts = Vec::new();
        for n in 0..24 {
            let draft = world.drafted().await;
            if n % 4 == 3 {
                world.saves(&draft, vec![]).await.unwrap();
            }
            drafts.push(draft.head.id);
        }
        let tasks: Vec<_> = drafts
            .into_iter()
            .map(|id| {
                let world = world.clone();
                tokio::spawn(async move { world.issues(id).await.ok().and_then(|it| it.head.number) })
            })
            .collect();
        let mut numbers = Vec::new();
        for task in tasks {
            numbers.extend(task.await.unwrap());
        }
        numbers.sort();
        let expected: Vec<String> = (1..=18).map(|n| format!("SZ26-{n:06}")).collect();
        assert_eq!(numbers, expected, "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_issued_as_it_was_shown_or_not_at_all() {
    each_engine("if-match", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let draft = world.drafted().await;
        let (id, first) = (draft.head.id, draft.head.version);
        world.saves(&draft, vec![world.line("a", world.paint, "600", "桶")]).await.unwrap();
        let stale = quotes::issue_quote(&world.ctx, &world.seller, id, Some(first), &Seen::default()).await;
        assert_eq!(code(&stale), "changed_by_other");
        let unseen = quotes::issue_quote(
            &world.ctx,
            &world.seller,
            id,
            None,
            &Seen { net: Some(Fen(706_560)), agreed: None },
        )
        .await;
        assert_eq!(code(&unseen), "price_changed", "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chosen_last_day_is_kept_and_one_in_the_past_is_not_issued() {
    each_engine("validity", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let draft = world.drafted().await;
        let chosen = |day: domain::base::Date| domain::quotes::DraftText {
            customer: draft.head.customer,
            valid_until: Some(day.to_string()),
            notes: String::new(),
            lines: vec![world.line("a", world.paint, "60", "桶")],
            terms: Default::default(),
            whole: Default::default(),
        };
        let (ctx, seller, id) = (&world.ctx, &world.seller, draft.head.id);
        let saved = quotes::save_quote(ctx, seller, id, 1, chosen(world.day(2))).await.unwrap();
        assert!(saved.valid_until_chosen && saved.valid_until == world.day(2));
        world.on_day(3);
        let refused = world.issues(id).await.unwrap_err();
        assert_eq!(facts(&refused)["problems"][0]["code"], "valid_until_past");
        quotes::save_quote(ctx, seller, id, 2, chosen(world.day(4))).await.unwrap();
        assert_eq!(world.issues(id).await.unwrap().valid_until, world.day(4), "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_of_delivery_that_is_over_is_kept_in_a_draft_and_not_issued() {
    each_engine("delivery day", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let draft = world.drafted().await;
        let wished = |day: &str| domain::quotes::DraftText {
            customer: draft.head.customer,
            valid_until: None,
            notes: String::new(),
            lines: vec![world.line("a", world.paint, "60", "桶")],
            terms: domain::quotes::TermsText { delivery_day: Some(day.to_string()), ..Default::default() },
            whole: Default::default(),
        };
        let (ctx, seller, id) = (&world.ctx, &world.seller, draft.head.id);
        let saved = quotes::save_quote(ctx, seller, id, 1, wished("1970-01-01")).await.unwrap();
        let told: Vec<_> = saved.problems.iter().map(|problem| problem.kind.code()).collect();
        assert_eq!(told, ["delivery_day_past"], "{}", db.engine);
        let refused = world.issues(id).await.unwrap_err();
        assert_eq!(facts(&refused)["problems"][0]["code"], "delivery_day_past");
        let today = world.day(0);
        quotes::save_quote(ctx, seller, id, 2, wished(&today.to_string())).await.unwrap();
        let issued = world.issues(id).await.unwrap();
        assert_eq!(issued.head.terms.delivery_day, Some(today), "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn publishing_while_sellers_issue_leaves_no_document_at_a_dead_price() {
    each_engine("publish against issue", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let elsewhere = world.elsewhere(&db).await;
        for round in 0..6 {
            let draft = world.drafted().await;
            let price = format!("{}", 129 + round);
            let confirmed = world
                .confirmed(world.price_list, vec![world.paint_at(&price)], Default::default())
                .await
                .unwrap();
            let publisher = world.clone();
            let publish = tokio::spawn(async move {
                app::config::publish(&publisher.ctx, &publisher.author, confirmed, None).await.unwrap()
            });
            let outcome = elsewhere.issues(draft.head.id).await;
            let n = publish.await.unwrap();
            let view = world.reads(draft.head.id).await;
            match outcome {
                Ok(issued) => {
                    // Issued before the release: the older revision; after: it would have been told the new price.
                    let used = issued.used.iter().find(|it| it.revision.kind == "price_list").unwrap();
                    assert_eq!(used.revision.n, n - 1, "{}", db.engine);
                    assert_eq!(view.head.state, QuoteState::Issued);
                    world.clock.set(world.ctx.moment().await.unwrap().now.plus_ms(1));
                }
                Err(refused) => {
                    assert_eq!(refused.code(), "price_changed", "{}", db.engine);
                    assert_eq!(view.head.state, QuoteState::Draft);
                }
            }
        }
    })
    .await;
}
