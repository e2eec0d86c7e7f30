//! From a draft to prices in force and back: what people do with configuration, on both engines.

use std::sync::Arc;

use app::config::{self, RowsAsked, Submission};
use domain::base::{ItemId, Limit, Qty};
use domain::config::{DraftState, Kind};
use domain::pricing::{LineRequest, Moment, PricingContext, price_lines};
use testkit::{TEST_DAY, each_engine};

use crate::support::{HOUR, World, code, reasons, row};

/// What one pail of paint costs now by the snapshot.
async fn paint_price(world: &World) -> String {
    let now = world.ctx.moment().await.unwrap().now;
    let live = config::live(&world.ctx, now).await.unwrap();
    let context = PricingContext {
        at: Moment::of(now, &world.ctx.zone),
        prices_include_tax: true,
        customer: Default::default(),
        channel: None,
    };
    let line = LineRequest { product: world.paint, qty: Qty::whole(1), unit: None };
    match &price_lines(&live.book, &context, &[line])[0] {
        Ok(line) => line.unit_price.to_yuan(),
        Err(refused) => refused.code().to_string(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_confirmed_price_holds_at_once_and_a_scheduled_one_at_its_moment() {
    each_engine("publish", async |db| {
        let world = World::new(&db).await;
        assert_eq!(paint_price(&world).await, "no_price");
        world.first_prices().await;
        assert_eq!(paint_price(&world).await, "128.00", "{}", db.engine);
        let v2 = world.paint_will_cost("132", TEST_DAY.plus_ms(5 * HOUR)).await.unwrap();
        assert_eq!(v2, 2);
        assert_eq!(paint_price(&world).await, "128.00");
        world.clock.set(TEST_DAY.plus_ms(5 * HOUR - 1));
        assert_eq!(paint_price(&world).await, "128.00");
        world.at_hour(5);
        assert_eq!(paint_price(&world).await, "132.00", "nobody did anything but wait");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_published_without_a_second_person() {
    each_engine("second person", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let id = config::create_draft(&world.ctx, &world.author, world.price_list, "涨价").await.unwrap();
        let put = (vec![world.paint_at("130")], Vec::new());
        config::put_rows(&world.ctx, &world.author, id, 1, put).await.unwrap();
        assert_eq!(code(&config::publish(&world.ctx, &world.second, id, None).await), "not_confirmed");
        assert_eq!(code(&config::confirm(&world.ctx, &world.second, id, None).await), "draft_state");
        config::submit(&world.ctx, &world.author, id, Submission::default()).await.unwrap();
        assert_eq!(code(&config::confirm(&world.ctx, &world.author, id, None).await), "self_confirm");
        assert_eq!(code(&config::confirm(&world.ctx, &world.manager, id, None).await), "not_allowed");
        assert_eq!(code(&config::confirm(&world.ctx, &world.seller, id, None).await), "not_found");
        config::confirm(&world.ctx, &world.boss, id, None).await.unwrap();
        // Editing after the confirmation voids it.
        let put = (vec![world.paint_at("131")], Vec::new());
        let version = config::draft(&world.ctx, &world.author, id).await.unwrap().draft.version;
        config::put_rows(&world.ctx, &world.author, id, version, put).await.unwrap();
        let draft = config::draft(&world.ctx, &world.author, id).await.unwrap().draft;
        assert_eq!((draft.state, draft.confirmed_by), (DraftState::Editing, None));
        assert_eq!(code(&config::publish(&world.ctx, &world.author, id, None).await), "not_confirmed");
        let other = (vec![world.paint_at("1")], Vec::new());
        let foreign = config::put_rows(&world.ctx, &world.second, id, draft.version, other).await;
        assert_eq!(code(&foreign), "not_author");
        assert_eq!(paint_price(&world).await, "128.00");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_queued_release_stands_before_every_other_until_it_is_cancelled() {
    each_engine("queue", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let early = world
            .confirmed(world.price_list, vec![world.putty_at("30")], Submission::default())
            .await
            .unwrap();
        world.paint_will_cost("132", TEST_DAY.plus_ms(5 * HOUR)).await.unwrap();
        let seen = world.risk_mark(&world.author, early).await.unwrap();
        let waits = config::publish(&world.ctx, &world.author, early, seen.as_deref()).await;
        assert_eq!(code(&waits), "queued_release");
        let back = config::roll_back(&world.ctx, &world.author, world.price_list, 1, "录错", None).await;
        assert_eq!(code(&back), "queued_release");
        assert_eq!(
            code(&world.paint_costs("140").await),
            "queued_release",
            "on the queued one, but before it"
        );
        assert_eq!(world.paint_will_cost("140", TEST_DAY.plus_ms(6 * HOUR)).await.unwrap(), 3);
        let revisions =
            config::revisions(&world.ctx, &world.author, world.price_list, None, Limit::USUAL).await;
        let (revisions, _) = revisions.unwrap();
        let (v3, v2) = (revisions[0].row.release, revisions[1].row.release);
        assert_eq!(
            code(&config::cancel_release(&world.ctx, &world.author, v2, "不涨了").await),
            "release_not_latest"
        );
        assert_eq!(
            code(&config::cancel_release(&world.ctx, &world.manager, v3, "不涨了").await),
            "not_allowed"
        );
        config::cancel_release(&world.ctx, &world.author, v3, "不涨了").await.unwrap();
        config::cancel_release(&world.ctx, &world.author, v2, "不涨了").await.unwrap();
        assert_eq!(
            code(&config::cancel_release(&world.ctx, &world.author, v2, "不涨了").await),
            "release_cancelled"
        );
        assert_eq!(
            config::publish(&world.ctx, &world.author, early, seen.as_deref()).await.unwrap(),
            4,
            "the line is as it was"
        );
        world.at_hour(9);
        assert_eq!(paint_price(&world).await, "128.00", "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rolling_back_brings_the_old_rows_as_a_new_revision() {
    each_engine("rollback", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let rows = vec![world.paint_at("132"), world.putty_at("30")];
        world.publish(world.price_list, rows, Submission::default()).await.unwrap();
        let back =
            config::roll_back(&world.ctx, &world.second, world.price_list, 1, "录错", None).await.unwrap();
        let draft = config::draft(&world.ctx, &world.author, back).await.unwrap();
        assert_eq!((draft.draft.state, draft.published.map(|it| it.n)), (DraftState::Published, Some(3)));
        assert_eq!(paint_price(&world).await, "128.00");
        let (revisions, _) =
            config::revisions(&world.ctx, &world.author, world.price_list, None, Limit::USUAL).await.unwrap();
        let hashes: Vec<&str> = revisions.iter().map(|view| view.row.hash.as_str()).collect();
        assert_eq!(hashes[0], hashes[2], "V3 = V1");
        assert_ne!(hashes[0], hashes[1]);
        assert_eq!(revisions[0].row.restores_n, Some(1));
        assert_eq!(revisions[0].row.note, "录错");
        let again = config::roll_back(&world.ctx, &world.second, world.price_list, 1, "再来", None).await;
        assert_eq!(code(&again), "nothing_to_restore", "the rows are the same");
        let no_reason = config::roll_back(&world.ctx, &world.second, world.price_list, 2, " ", None).await;
        assert_eq!(code(&no_reason), "invalid");
        let stranger = config::roll_back(&world.ctx, &world.manager, world.price_list, 2, "不该", None).await;
        assert_eq!(code(&stranger), "not_allowed");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_revision_is_withdrawn_at_once_and_the_one_in_force_with_its_successor() {
    each_engine("void", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        world.paint_costs("130").await.unwrap();
        let list = world.price_list;
        let is_void = async |n: i64| {
            let now = world.ctx.moment().await.unwrap().now;
            db.store.read(|tx| Box::pin(store::config::is_void(tx, list, n, now))).await.unwrap()
        };
        let void =
            async |n: i64| code(&config::void_revision(&world.ctx, &world.author, list, n, "成本录错").await);
        assert_eq!(void(2).await, "void_needs_successor");
        assert_eq!(void(9).await, "not_found");
        assert_eq!(void(1).await, "ok");
        assert_eq!(void(1).await, "already_void");
        assert!(is_void(1).await && !is_void(2).await, "{}", db.engine);
        let asked = Submission {
            effective_at: Some(TEST_DAY.plus_ms(2 * HOUR)),
            note: "V2 成本录错".to_string(),
            voids_n: Some(2),
        };
        world.publish(list, vec![world.paint_at("134")], asked.clone()).await.unwrap();
        assert!(!is_void(2).await, "V2 holds until V3 takes its place");
        let back = config::roll_back(&world.ctx, &world.author, list, 1, "回去", None).await;
        assert_eq!(code(&back), "queued_release");
        world.at_hour(2);
        assert!(is_void(2).await);
        assert_eq!(
            code(&config::roll_back(&world.ctx, &world.author, list, 2, "回去", None).await),
            "restores_void"
        );
        let no_reason = Submission { note: String::new(), effective_at: None, voids_n: Some(3) };
        assert_eq!(code(&world.publish(list, vec![world.paint_at("135")], no_reason).await), "invalid");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mark_that_waits_for_a_release_goes_when_the_release_is_cancelled() {
    each_engine("pending void", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let asked = Submission {
            effective_at: Some(TEST_DAY.plus_ms(2 * HOUR)),
            note: "换价".to_string(),
            voids_n: Some(1),
        };
        world.publish(world.price_list, vec![world.paint_at("134")], asked.clone()).await.unwrap();
        let revision = config::revision(&world.ctx, &world.author, world.price_list, 2).await.unwrap();
        config::cancel_release(&world.ctx, &world.author, revision.row.release, "算了").await.unwrap();
        world.at_hour(3);
        let list = world.price_list;
        let now = TEST_DAY.plus_ms(3 * HOUR);
        let void = db.store.read(|tx| Box::pin(store::config::is_void(tx, list, 1, now))).await.unwrap();
        assert!(!void);
        let asked = Submission { effective_at: None, ..asked };
        assert_eq!(world.publish(list, vec![world.paint_at("134")], asked).await.unwrap(), 3);
        let void = db.store.read(|tx| Box::pin(store::config::is_void(tx, list, 1, now))).await.unwrap();
        assert!(void, "the mark can be set again");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_was_overtaken_is_merged_by_key() {
    each_engine("rebase", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let ctx = &world.ctx;
        let rows = vec![world.paint_at("131"), world.putty_at("30")];
        let id = world.confirmed(world.price_list, rows, Submission::default()).await.unwrap();
        world.paint_costs("129").await.unwrap();
        let view = config::draft(ctx, &world.author, id).await.unwrap();
        assert!(view.behind && view.actions.contains(&"rebase") && !view.actions.contains(&"publish"));
        let seen = world.risk_mark(&world.author, id).await.unwrap();
        assert_eq!(code(&config::publish(ctx, &world.author, id, seen.as_deref()).await), "draft_behind");
        let conflict = config::rebase_draft(ctx, &world.author, id, Default::default()).await;
        assert_eq!(code(&conflict), "rebase_conflict");
        let app::AppError::Refused(refused) = conflict.unwrap_err() else { panic!("a refusal") };
        let facts = refused.facts();
        assert_eq!(facts["conflicts"][0]["key"], "P1");
        assert_eq!(facts["conflicts"][0]["mine"]["price"], "131.00");
        assert_eq!(facts["conflicts"][0]["theirs"]["price"], "129.00");
        assert_eq!(facts["conflicts"][0]["shown"]["product_name"], "外墙乳胶漆");
        let choices = [("P1".to_string(), domain::config::Choice::Theirs)].into();
        config::rebase_draft(ctx, &world.author, id, choices).await.unwrap();
        let view = config::draft(ctx, &world.author, id).await.unwrap();
        assert_eq!((view.draft.state, view.draft.base_n, view.behind), (DraftState::Editing, 2, false));
        assert_eq!((view.counts.added, view.counts.changed), (1, 0), "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_of_every_revision_and_draft_are_read_in_pages() {
    each_engine("rows", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let (ctx, actor, list) = (&world.ctx, &world.author, world.price_list);
        let boxed = row(None, serde_json::json!({ "product": world.paint, "unit": "箱", "price": "500" }));
        world.publish(list, vec![world.putty_at("30"), boxed], Submission::default()).await.unwrap();
        let limit = Limit::new(Some(2), 5_000).unwrap();
        let asked = |rev: Option<i64>, search: &str, after: Option<&str>| RowsAsked {
            rev,
            at: None,
            search: search.to_string(),
            after: after.map(str::to_string),
            limit,
        };
        let keys = async |asked: RowsAsked| {
            let page = config::rows(ctx, actor, list, asked).await.unwrap();
            let keys: Vec<String> = page.rows.into_iter().map(|row| row.key).collect();
            (keys.join(","), page.next, page.total, page.n)
        };
        let next = Some("P1".to_string());
        assert_eq!(keys(asked(None, "", None)).await, (",P1".to_string(), next, 3, 2));
        assert_eq!(keys(asked(None, "", Some("P1"))).await, ("P1|箱,P2".to_string(), None, 3, 2));
        assert_eq!(keys(asked(Some(1), "", None)).await, (",P1".to_string(), None, 1, 1));
        for search in ["乳胶", "wqrjq", "p1"] {
            assert_eq!(keys(asked(None, search, None)).await.0, "P1,P1|箱", "{search}");
        }
        assert_eq!(keys(asked(None, "%", None)).await.2, 0, "a sign of the pattern language is a letter");
        let unknown = config::rows(ctx, actor, list, asked(Some(7), "", None)).await;
        assert_eq!(code(&unknown), "not_found");
        let diff = config::diff(ctx, actor, list, (Some(1), None), None, limit).await.unwrap();
        assert_eq!((diff.counts.added, diff.same, diff.changes.len()), (2, 1, 2));
        let whole = config::diff(ctx, actor, list, (None, None), None, limit).await.unwrap();
        assert_eq!((whole.counts.added, whole.same), (3, 0), "settings are no price");
        let history = config::revisions(ctx, actor, list, None, limit).await.unwrap().0;
        let added: Vec<i64> = history.iter().map(|revision| revision.row.counts.added).collect();
        assert_eq!(added, [2, 1]);
        assert_eq!(config::item(ctx, actor, list).await.unwrap().rows, 3);
        assert_eq!(diff.sentences, ["2 个价格新增"]);
        let none = config::diff(ctx, actor, list, (Some(2), Some(2)), None, limit).await.unwrap();
        assert!(none.counts.is_zero() && none.sentences.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_keeps_only_what_differs_and_names_what_it_cannot_keep() {
    each_engine("draft rows", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let (ctx, actor) = (&world.ctx, &world.author);
        let id = config::create_draft(ctx, actor, world.price_list, "调价").await.unwrap();
        let put = async |version: i64, rows: Vec<config::RowInput>, delete: &[&str]| {
            let delete = delete.iter().map(|key| key.to_string()).collect();
            config::put_rows(ctx, actor, id, version, (rows, delete)).await
        };
        let touched = put(1, vec![world.paint_at("128.00"), world.putty_at("30")], &[]).await.unwrap();
        assert_eq!(touched.len(), 2);
        let view = config::draft(ctx, actor, id).await.unwrap();
        assert_eq!((view.counts.added, view.counts.changed, view.counts.removed), (1, 0, 0));
        assert_eq!(code(&put(1, vec![world.paint_at("1")], &[]).await), "changed_by_other");
        // The same once more: its answer was lost on the way.
        let again = put(1, vec![world.paint_at("128.00"), world.putty_at("30")], &[]).await.unwrap();
        assert_eq!((again.len(), config::draft(ctx, actor, id).await.unwrap().draft.version), (2, 2));
        put(2, Vec::new(), &["P2", "P1"]).await.unwrap();
        let view = config::draft(ctx, actor, id).await.unwrap();
        assert_eq!((view.counts.added, view.counts.changed, view.counts.removed), (0, 0, 1), "{}", db.engine);
        put(3, vec![world.paint_at("128")], &[]).await.unwrap();
        let view = config::draft(ctx, actor, id).await.unwrap();
        assert!(view.counts.is_zero());
        let submitted = config::submit(ctx, actor, id, Submission::default()).await;
        assert_eq!(code(&submitted), "nothing_changed");
        let wrong = row(None, serde_json::json!({ "product": world.paint, "price": "面议" }));
        let foreign = row(Some("P9"), serde_json::json!({ "product": world.paint, "price": "1" }));
        let refused = put(4, vec![wrong, foreign], &[""]).await.unwrap_err();
        let app::AppError::Refused(refused) = refused else { panic!("a refusal") };
        let paths: Vec<String> = refused.facts()["fields"]
            .as_array()
            .unwrap()
            .iter()
            .map(|field| field["path"].as_str().unwrap().to_string())
            .collect();
        assert_eq!(paths, ["delete[0]", "put[0].content.price", "put[1].key"]);
        config::discard_draft(ctx, actor, id, 4).await.unwrap();
        assert_eq!(code(&put(5, vec![world.paint_at("1")], &[]).await), "draft_state");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_difference_says_which_prices_lie_below_cost_to_those_who_see_costs() {
    each_engine("below cost", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let (ctx, actor, limit) = (&world.ctx, &world.author, Limit::USUAL);
        let id = config::create_draft(ctx, actor, world.price_list, "调价").await.unwrap();
        let boxed = row(None, serde_json::json!({ "product": world.paint, "unit": "箱", "price": "380" }));
        let rows = vec![world.paint_at("99"), boxed];
        config::put_rows(ctx, actor, id, 1, (rows, Vec::new())).await.unwrap();
        let told = async |actor: &domain::access::Actor| {
            let diff = config::draft_diff(ctx, actor, id, (None, limit)).await.unwrap();
            let told = diff.changes.into_iter().map(|it| (it.change.key, it.below_cost));
            told.collect::<Vec<_>>()
        };
        let sentence = "每桶 95.00 元，比成本 98.00 元低。".to_string();
        let (pail, boxes) = ("P1".to_string(), "P1|箱".to_string());
        assert_eq!(told(actor).await, [(pail.clone(), None), (boxes.clone(), Some(sentence))]);
        let mut blind = actor.clone();
        blind.grants.remove(&domain::access::Right::PriceCost);
        assert_eq!(told(&blind).await, [(pail, None), (boxes, None)], "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_jump_and_a_price_below_cost_are_confirmed_and_published_only_by_whoever_has_seen_just_these() {
    each_engine("risks", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        world.publish(world.price_list, vec![world.putty_at("30")], Submission::default()).await.unwrap();
        let (ctx, author, second) = (&world.ctx, &world.author, &world.second);
        let id = config::create_draft(ctx, author, world.price_list, "录错").await.unwrap();
        let rows = vec![world.paint_at("12.80"), world.putty_at("31")];
        config::put_rows(ctx, author, id, 1, (rows, Vec::new())).await.unwrap();
        config::submit(ctx, author, id, Submission::default()).await.unwrap();
        let told = config::checks(ctx, second, id).await.unwrap().risks;
        let codes: Vec<&str> = reasons(&told).iter().map(|it| it.code).collect();
        let all = ["price_jump", "below_floor", "below_cost", "below_floor", "below_cost"];
        assert_eq!((told.count, &codes[..]), (5, &all[..]));
        let refused = config::confirm(ctx, second, id, None).await;
        assert_eq!(code(&refused), "risks_unseen", "{}", db.engine);
        let app::AppError::Refused(refused) = refused.unwrap_err() else { panic!("a refusal") };
        assert_eq!(refused.facts(), serde_json::json!({ "risks": 5 }));
        assert_eq!(code(&config::confirm(ctx, second, id, Some("0")).await), "risks_unseen");
        assert_eq!(code(&config::confirm(ctx, author, id, told.mark.as_deref()).await), "self_confirm");
        let mut blind = second.clone();
        blind.grants.remove(&domain::access::Right::PriceCost);
        let seen = config::checks(ctx, &blind, id).await.unwrap().risks;
        assert_eq!(seen.count, 1, "a cost is told only to those who see costs");
        assert_eq!(code(&config::confirm(ctx, second, id, seen.mark.as_deref()).await), "risks_unseen");
        config::confirm(ctx, &blind, id, seen.mark.as_deref()).await.unwrap();
        assert_eq!(code(&config::publish(ctx, author, id, None).await), "risks_unseen");
        assert_eq!(config::publish(ctx, author, id, told.mark.as_deref()).await.unwrap(), 3);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_must_be_mended_stops_the_draft_before_anybody_confirms_it() {
    each_engine("checks", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let (ctx, actor) = (&world.ctx, &world.author);
        let id = config::create_draft(ctx, actor, world.price_list, "调价").await.unwrap();
        let rows = vec![world.paint_at("0"), world.putty_at("90")];
        config::put_rows(ctx, actor, id, 1, (rows, Vec::new())).await.unwrap();
        let checks = config::checks(ctx, actor, id).await.unwrap();
        assert_eq!(checks.items[0].code, "price_zero");
        assert!(checks.blocks == 1 && checks.warns >= 1, "{checks:?}");
        assert!(checks.items.iter().any(|item| item.code == "below_cost" && item.sentence.contains("98.00")));
        assert_eq!(code(&config::submit(ctx, actor, id, Submission::default()).await), "checks_block");
        let mut blind = actor.clone();
        blind.grants.remove(&domain::access::Right::PriceCost);
        let seen = config::checks(ctx, &blind, id).await.unwrap();
        assert!(seen.items.iter().all(|item| !item.sentence.contains("98.00") && item.code != "below_cost"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_behind_the_newest_event_stops_publishing() {
    each_engine("clock", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let id = world
            .confirmed(world.price_list, vec![world.paint_at("130")], Submission::default())
            .await
            .unwrap();
        world.clock.set(TEST_DAY.plus_ms(-2 * 60_000 - 1));
        assert_eq!(code(&config::publish(&world.ctx, &world.author, id, None).await), "clock_behind");
        world.clock.set(TEST_DAY.plus_ms(-2 * 60_000));
        assert_eq!(config::publish(&world.ctx, &world.author, id, None).await.unwrap(), 2, "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sellers_and_keepers_see_no_configuration_and_a_region_sees_what_applies_to_it() {
    each_engine("sight", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let id = config::create_draft(&world.ctx, &world.author, world.price_list, "调价").await.unwrap();
        for actor in [&world.seller, &world.keeper] {
            assert_eq!(code(&config::items(&world.ctx, actor, None).await), "not_allowed");
            assert_eq!(code(&config::draft(&world.ctx, actor, id).await), "not_found");
        }
        let items = config::items(&world.ctx, &world.manager, None).await.unwrap();
        let kinds: Vec<Kind> = items.iter().map(|view| view.item.kind).collect();
        let shipped: Vec<Kind> = Kind::ALL.iter().copied().filter(|kind| kind.shipped()).collect();
        assert_eq!(kinds, shipped, "one of each kind that is shipped");
        assert!(items.iter().all(|view| view.actions.is_empty()));
        let made = config::create_draft(&world.ctx, &world.manager, world.price_list, "我也改").await;
        assert_eq!(code(&made), "not_allowed");
        assert_eq!(
            code(&config::item(&world.ctx, &world.author, domain::base::ItemId(99)).await),
            "not_found"
        );
        let releases = config::releases(&world.ctx, &world.manager, None, None, Limit::USUAL).await.unwrap();
        assert_eq!(releases.0.len(), 2);
        let mut no_price = world.finance.clone();
        no_price.grants.remove(&domain::access::Right::PriceRead);
        let seen = config::items(&world.ctx, &no_price, None).await.unwrap();
        let apart = |view: &config::ItemView| view.item.kind.read_right() != domain::access::Right::PriceRead;
        assert!(seen.iter().all(apart), "nothing that comes from prices");
        assert_eq!(code(&config::draft(&world.ctx, &no_price, id).await), "not_found");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_server_follows_within_its_polling_and_a_changed_product_too() {
    each_engine("live", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let other = world.elsewhere(&db).await;
        assert_eq!(paint_price(&other).await, "128.00");
        world.paint_costs("130").await.unwrap();
        other.ctx.live.expire();
        assert_eq!(paint_price(&other).await, "130.00", "{}", db.engine);
        app::catalog::archive_product(&world.ctx, &world.author, world.putty).await.unwrap();
        let now = other.ctx.moment().await.unwrap().now;
        let before = config::live(&other.ctx, now).await.unwrap();
        other.ctx.live.expire();
        let after = config::live(&other.ctx, now).await.unwrap();
        assert!(!std::sync::Arc::ptr_eq(&before, &after));
        other.ctx.live.expire();
        let same = config::live(&other.ctx, now).await.unwrap();
        assert!(std::sync::Arc::ptr_eq(&after, &same), "nothing changed, nothing is compiled");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_saved_row_comes_back_with_the_product_that_it_names_also_when_it_goes() {
    each_engine("named", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let (ctx, author) = (&world.ctx, &world.author);
        let paint = world.paint;
        let read = db.store.read(|tx| {
            Box::pin(async move { store::config::facts_about(tx, Kind::PriceList, &[paint], &[]).await })
        });
        let facts = read.await.unwrap();
        assert_eq!(facts.goods(paint).map(|goods| goods.code.as_str()), Some("P1"), "{}", db.engine);
        assert!(facts.goods(world.putty).is_none(), "{}: nothing else is read", db.engine);
        let draft = config::create_draft(ctx, author, world.price_list, "调价").await.unwrap();
        let change = (vec![world.putty_at("20")], vec!["P1".to_string()]);
        let rows = config::put_rows(ctx, author, draft, 1, change).await.unwrap();
        let told: Vec<_> = rows.iter().map(|row| (&row.change.key, &row.shown["product_name"])).collect();
        let paint = ("P1".to_string(), serde_json::json!("外墙乳胶漆"));
        let putty = ("P2".to_string(), serde_json::json!("腻子粉"));
        assert_eq!(told, [(&paint.0, &paint.1), (&putty.0, &putty.1)], "{}", db.engine);
        let again = (vec![world.paint_at("128")], vec!["P2".to_string()]);
        config::put_rows(ctx, author, draft, 2, again).await.unwrap();
        let counts = config::draft(ctx, author, draft).await.unwrap().counts;
        assert!(counts.is_zero(), "{}: what is as the base has it is no change", db.engine);
    })
    .await;
}

/// A second price list of head office.
async fn second_list(world: &World) -> ItemId {
    let (hq, kind) = (world.hq, Kind::PriceList);
    let made = world.ctx.store.change(move |tx| {
        Box::pin(store::config::insert_item(tx, kind, hq, "second", "另一张价目表", TEST_DAY))
    });
    made.await.unwrap()
}

async fn live_now(world: &World) -> Arc<config::Live> {
    world.ctx.live.expire();
    config::live(&world.ctx, world.ctx.moment().await.unwrap().now).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_did_not_change_is_the_same_in_the_next_snapshot() {
    each_engine("kept", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let other = second_list(&world).await;
        world.publish(other, vec![world.putty_at("20")], Submission::default()).await.unwrap();
        let lists = |live: &config::Live| {
            [world.price_list, other].map(|list| live.book.list_of(list).unwrap().clone())
        };
        let first = live_now(&world).await;
        let [paint_list, putty_list] = lists(&first);

        world.publish(other, vec![world.putty_at("21")], Submission::default()).await.unwrap();
        let second = live_now(&world).await;
        let [same, changed] = lists(&second);
        assert!(Arc::ptr_eq(&paint_list, &same), "{}: another list changed", db.engine);
        assert!(!Arc::ptr_eq(&putty_list, &changed), "{}: this one did", db.engine);
        assert!(Arc::ptr_eq(&first.goods, &second.goods), "{}: no product did", db.engine);

        app::catalog::archive_product(&world.ctx, &world.author, world.putty).await.unwrap();
        let third = live_now(&world).await;
        let [still, _] = lists(&third);
        assert!(Arc::ptr_eq(&paint_list, &still), "{}: a product that is not in it changed", db.engine);
        let goods = |live: &config::Live, id| live.goods.get(&id).unwrap().clone();
        assert!(Arc::ptr_eq(&goods(&first, world.paint), &goods(&third, world.paint)), "{}", db.engine);
        assert!(goods(&third, world.putty).archived && !goods(&first, world.putty).archived, "{}", db.engine);

        testkit::tax_moves(&db.store, world.paint.0).await;
        let fourth = live_now(&world).await;
        let rate = fourth.book.product(world.paint).unwrap().tax_rate.get();
        assert_eq!(rate, 900, "{}: the book prices with the product as it is", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_product_tells_what_it_cost_costs_and_will_cost() {
    each_engine("price history", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        world.at_hour(1);
        world.paint_costs("130").await.unwrap();
        world.paint_will_cost("135", TEST_DAY.plus_ms(5 * HOUR)).await.unwrap();
        let prices = config::product_prices(&world.ctx, &world.seller, world.paint).await.unwrap();
        let told = |prices: &[config::ListedPrice]| -> Vec<String> {
            prices
                .iter()
                .map(|price| format!("V{} {}", price.n, price.row.price().unwrap().to_yuan()))
                .collect()
        };
        assert_eq!(told(&prices.now), ["V2 130.00"], "{}", db.engine);
        assert_eq!(told(&prices.upcoming), ["V3 135.00"]);
        assert_eq!(told(&prices.past), ["V1 128.00"]);
        assert_eq!(prices.now[0].ended_at, Some(TEST_DAY.plus_ms(5 * HOUR)));
        let keeper = config::product_prices(&world.ctx, &world.keeper, world.paint).await;
        assert_eq!(code(&keeper), "not_allowed");
    })
    .await;
}
