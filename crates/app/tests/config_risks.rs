//! What a second person must have seen of a draft before it goes on.

use std::collections::BTreeMap;

use app::config::{self, Submission};
use domain::access::Actor;
use domain::base::{DraftId, Limit};
use domain::config::PAGE_ROWS_MAX;
use domain::pricing::PriceClass;
use serde_json::json;
use testkit::each_engine;

use crate::support::{World, code, reasons, row, told};

#[tokio::test(flavor = "multi_thread")]
async fn a_price_that_the_lowest_tier_brings_below_the_floor_is_acknowledged_by_whoever_sees_floors() {
    each_engine("floor", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let (ctx, author, second) = (&world.ctx, &world.author, &world.second);
        let id = config::create_draft(ctx, author, world.price_list, "让一点").await.unwrap();
        // No jump and above the cost of 98, but 99.36 at 92 %, where the floor is 100.
        config::put_rows(ctx, author, id, 1, (vec![world.paint_at("108")], Vec::new())).await.unwrap();
        config::submit(ctx, author, id, Submission::default()).await.unwrap();
        let told = config::checks(ctx, second, id).await.unwrap().risks;
        let all = reasons(&told);
        let [risk] = &all[..] else { panic!("{told:?} on {}", db.engine) };
        assert!(risk.sentence.contains("99.36") && risk.sentence.contains("比底价 100.00 元低"), "{risk:?}");
        assert!(!risk.sentence.contains("谁都出不了"), "108 itself is above the floor: {risk:?}");
        assert_eq!(code(&config::confirm(ctx, second, id, None).await), "risks_unseen", "{}", db.engine);
        let mut blind = second.clone();
        blind.grants.remove(&domain::access::Right::PriceCost);
        let seen = config::checks(ctx, &blind, id).await.unwrap();
        assert_eq!((seen.risks.count, seen.risks.mark), (0, None), "a floor is no secret told by a box");
        assert!(seen.items.iter().all(|it| !it.sentence.contains("底价")), "{}", db.engine);
        config::confirm(ctx, second, id, told.mark.as_deref()).await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_without_tax_is_held_against_costs_and_floors_with_tax() {
    each_engine("costs with tax", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let (ctx, author) = (&world.ctx, &world.author);
        let head = || row(Some(""), json!({ "includes_tax": false }));
        let id = config::create_draft(ctx, author, world.price_list, "不含税").await.unwrap();
        // Cost 98 and floor 100 with tax are 86.7257 and 88.4956 without: 96.50 lies above both, 88.78 at 92 % too.
        let rows = vec![head(), world.paint_at("96.50"), world.putty_at("86.50")];
        config::put_rows(ctx, author, id, 1, (rows, Vec::new())).await.unwrap();
        let told = reasons(&config::checks(ctx, author, id).await.unwrap().risks);
        let below: Vec<_> = told.iter().filter(|it| it.code.starts_with("below")).collect();
        assert_eq!(below.len(), 2, "{below:?} on {}", db.engine);
        assert!(below.iter().all(|it| it.sentence.starts_with("P2 腻子粉")), "{below:?}");
        assert!(below.iter().any(|it| it.sentence.contains("比成本 86.7257 元低")), "{below:?}");
        let diff = config::draft_diff(ctx, author, id, (None, Limit::USUAL)).await.unwrap();
        let mut marked = diff.changes.iter().filter(|it| it.below_cost.is_some());
        assert_eq!(marked.next().map(|it| it.change.key.as_str()), Some("P2"), "{}", db.engine);
        assert!(marked.next().is_none());
        // Published, 96.50 is quoted at 100.32 with tax, above the floor; 95.90 would be 99.70.
        let rows = vec![head(), world.paint_at("96.50")];
        world.publish(world.price_list, rows, Submission::default()).await.unwrap();
        let draft = world.drafted().await.head.id;
        assert_eq!(code(&world.issues(draft).await), "ok", "{}", db.engine);
        world.paint_costs("95.90").await.unwrap();
        let draft = world.drafted().await.head.id;
        assert_eq!(code(&world.issues(draft).await), "cannot_issue", "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_risk_names_its_row_in_words_and_says_when_nobody_could_sell_at_the_price() {
    each_engine("risks in words", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let (ctx, author) = (&world.ctx, &world.author);
        let id = config::create_draft(ctx, author, world.price_list, "量大从优").await.unwrap();
        let many = json!({ "product": world.paint, "min_qty": "200", "price": "99" });
        config::put_rows(ctx, author, id, 1, (vec![row(None, many)], Vec::new())).await.unwrap();
        let told = config::checks(ctx, author, id).await.unwrap().risks;
        assert!(told.count > 0, "{told:?} on {}", db.engine);
        let all = reasons(&told);
        for risk in &all {
            assert!(risk.sentence.starts_with("P1 外墙乳胶漆"), "{risk:?}");
            assert!(risk.sentence.contains("，满 200 桶：") && !risk.sentence.contains('|'), "{risk:?}");
        }
        let floor = all.iter().find(|risk| risk.code == "below_floor").unwrap();
        let consequence = "除了有权低于底价出具的人，谁都出不了这个价。";
        assert!(floor.sentence.ends_with(consequence), "{floor:?} on {}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_formula_and_a_price_of_all_goods_are_acknowledged_by_what_they_come_to() {
    each_engine("formula risks", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let (ctx, author, second) = (&world.ctx, &world.author, &world.second);
        let by_cost = json!({ "of": "cost", "percent": "5" });
        let all = row(None, json!({ "goods": "all", "formula": by_cost }));
        let one = row(Some("P1"), json!({ "product": world.paint, "formula": by_cost }));
        let id = config::create_draft(ctx, author, world.price_list, "按成本").await.unwrap();
        config::put_rows(ctx, author, id, 1, (vec![all], vec!["P1".to_string()])).await.unwrap();
        let told = reasons(&config::checks(ctx, second, id).await.unwrap().risks);
        let jump = told.iter().find(|risk| risk.code == "price_jump").unwrap();
        assert!(jump.sentence.starts_with("全部商品：「外墙乳胶漆」由 128.00 元改为 4.90 元"), "{jump:?}");
        config::put_rows(ctx, author, id, 2, (vec![one], vec!["*all".to_string()])).await.unwrap();
        config::submit(ctx, author, id, Submission::default()).await.unwrap();
        let diff = config::draft_diff(ctx, second, id, (None, Limit::USUAL)).await.unwrap();
        assert_eq!(diff.sentences, ["1 个改成按公式：128.00 元 → 成本 5%"], "{}", db.engine);
        let shown = &diff.changes[0].shown;
        assert_eq!((&shown["formula"], &shown["before"]), (&json!("成本 5%"), &json!({ "formula": null })));
        let mut blind = second.clone();
        blind.grants.remove(&domain::access::Right::PriceCost);
        let diff = config::draft_diff(ctx, &blind, id, (None, Limit::USUAL)).await.unwrap();
        assert_eq!(diff.sentences, ["1 个改成按公式：128.00 元 → 按公式计算"], "{}", db.engine);
        let told = config::checks(ctx, second, id).await.unwrap().risks;
        let all = reasons(&told);
        let mut codes: Vec<&str> = all.iter().map(|risk| risk.code).collect();
        codes.sort_unstable();
        assert_eq!(codes, ["below_cost", "below_floor", "price_jump"], "{told:?} on {}", db.engine);
        let jump = all.iter().find(|risk| risk.code == "price_jump").unwrap();
        assert!(jump.sentence.contains("由 128.00 元改为 4.90 元"), "{jump:?}");
        assert_eq!(code(&config::confirm(ctx, second, id, None).await), "risks_unseen", "{}", db.engine);
        config::confirm(ctx, second, id, told.mark.as_deref()).await.unwrap();
        assert_eq!(code(&config::publish(ctx, author, id, None).await), "risks_unseen", "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tier_that_is_cut_to_a_tenth_goes_on_only_with_whoever_has_seen_it() {
    each_engine("tier jumps", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let (ctx, author, second) = (&world.ctx, &world.author, &world.second);
        let id = config::create_draft(ctx, author, world.tiers, "B 少写一位").await.unwrap();
        let slip = row(Some("B"), serde_json::json!({ "percent": "9.45" }));
        config::put_rows(ctx, author, id, 1, (vec![slip], Vec::new())).await.unwrap();
        config::submit(ctx, author, id, Submission::default()).await.unwrap();
        let told = config::checks(ctx, second, id).await.unwrap().risks;
        let all = reasons(&told);
        let [risk, floor, cost] = &all[..] else { panic!("{told:?} on {}", db.engine) };
        assert!(risk.sentence.contains("由 95% 改为 9.45%"), "{risk:?}");
        assert!(floor.sentence.contains("有 1 个价格变得低于底价"), "{floor:?}");
        assert!(cost.sentence.contains("12.10 元，成本 98.00 元"), "{cost:?}");
        assert_eq!(code(&config::confirm(ctx, second, id, None).await), "risks_unseen", "{}", db.engine);
        config::confirm(ctx, second, id, told.mark.as_deref()).await.unwrap();
        assert_eq!(code(&config::publish(ctx, author, id, None).await), "risks_unseen", "{}", db.engine);
        config::publish(ctx, author, id, told.mark.as_deref()).await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tiers_and_lists_that_are_published_beside_each_other_are_held_against_each_other() {
    each_engine("tiers beside lists", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let (ctx, author, second) = (&world.ctx, &world.author, &world.second);
        let id = config::create_draft(ctx, author, world.tiers, "B 让利").await.unwrap();
        let lower = row(Some("B"), json!({ "percent": "90" }));
        config::put_rows(ctx, author, id, 1, (vec![lower], Vec::new())).await.unwrap();
        config::submit(ctx, author, id, Submission::default()).await.unwrap();
        assert_eq!(world.risk_mark(second, id).await.unwrap(), None, "{}: 115.20 at 90 %", db.engine);
        config::confirm(ctx, second, id, None).await.unwrap();
        // 101.20 at 92 %, the lowest tier in force: nothing to be seen of the list either.
        world.paint_costs("110").await.unwrap();
        assert_eq!(code(&config::publish(ctx, author, id, None).await), "risks_unseen", "{}", db.engine);
        let told = config::checks(ctx, author, id).await.unwrap().risks;
        let all = reasons(&told);
        let [floor] = &all[..] else { panic!("{told:?} on {}", db.engine) };
        assert!(floor.sentence.contains("99.00 元，底价 100.00 元"), "{floor:?}");
        let mut blind = author.clone();
        blind.grants.remove(&domain::access::Right::PriceCost);
        let seen = config::checks(ctx, &blind, id).await.unwrap();
        assert_eq!((seen.risks.count, seen.risks.mark), (0, None), "{}", db.engine);
        config::publish(ctx, author, id, told.mark.as_deref()).await.unwrap();
        // From here on a list is held against the tier that fell.
        let list = config::create_draft(ctx, author, world.price_list, "调价").await.unwrap();
        config::put_rows(ctx, author, list, 1, (vec![world.paint_at("111")], Vec::new())).await.unwrap();
        let told = config::checks(ctx, second, list).await.unwrap().risks;
        let all = reasons(&told);
        let [floor] = &all[..] else { panic!("{told:?} on {}", db.engine) };
        assert!(floor.sentence.contains("99.90") && floor.code == "below_floor", "{floor:?}");
    })
    .await;
}

/// A contract of one customer, published: so many percent of the list of head office.
async fn contract_by(world: &World, percent: &str) {
    let customer = world.customer("恒泰建材", "A").await;
    let (_, draft) = world.made(&world.author, PriceClass::Contract, world.hq, "恒泰年度合同").await;
    let whom = json!({ "customers": [customer] });
    let head = json!({ "includes_tax": true, "class": "contract", "for": whom, "base": world.price_list });
    let by = json!({ "product": world.paint, "formula": { "of": "base", "percent": percent } });
    world.puts(&world.author, draft, vec![row(Some(""), head), row(None, by)]).await;
    world.brings_out(&world.author, draft).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn prices_that_a_list_brings_about_in_a_contract_are_acknowledged_with_it() {
    each_engine("leaning", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let (ctx, author, second) = (&world.ctx, &world.author, &world.second);
        contract_by(&world, "85").await;
        let id = config::create_draft(ctx, author, world.price_list, "让一点").await.unwrap();
        // Above cost and floor at every tier; 85 % of it is 93.50, where the cost is 98 and the floor 100.
        config::put_rows(ctx, author, id, 1, (vec![world.paint_at("110")], Vec::new())).await.unwrap();
        config::submit(ctx, author, id, Submission::default()).await.unwrap();
        let told = config::checks(ctx, second, id).await.unwrap().risks;
        let all = reasons(&told);
        let [floor, cost] = &all[..] else { panic!("{told:?} on {}", db.engine) };
        assert_eq!((floor.code, cost.code), ("leaning_below_floor", "leaning_below_cost"), "{}", db.engine);
        let said =
            "有 1 个按公式跟着这张表算的价格变得低于成本，例如「恒泰年度合同」的外墙乳胶漆每桶 93.50 元";
        assert!(cost.sentence.contains(said), "{cost:?}");
        let mut blind = second.clone();
        blind.grants.remove(&domain::access::Right::PriceCost);
        let seen = config::checks(ctx, &blind, id).await.unwrap();
        assert_eq!((seen.risks.count, seen.risks.mark), (0, None), "{}", db.engine);
        assert!(seen.items.iter().all(|it| !it.sentence.contains("成本")), "{:?}", seen.items);
        assert_eq!(code(&config::confirm(ctx, second, id, None).await), "risks_unseen", "{}", db.engine);
        config::confirm(ctx, second, id, told.mark.as_deref()).await.unwrap();
        assert_eq!(code(&config::publish(ctx, author, id, None).await), "risks_unseen", "{}", db.engine);
        config::publish(ctx, author, id, told.mark.as_deref()).await.unwrap();
        // A jump is told to all, and counted in the log, whose readers may not see the contract.
        world.paint_costs("76").await.unwrap();
        let passed = crate::support::told(&world.logged("release.published").await, "勾选放行");
        assert!(passed.contains("有 1 个按公式跟着这张表算的价格涨跌超过 30%"), "{passed} on {}", db.engine);
        assert!(!passed.contains("恒泰"), "{passed} on {}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contract_that_is_published_beside_its_base_is_held_against_it() {
    each_engine("leaning beside", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let (ctx, author, second) = (&world.ctx, &world.author, &world.second);
        let id = config::create_draft(ctx, author, world.price_list, "让一点").await.unwrap();
        config::put_rows(ctx, author, id, 1, (vec![world.paint_at("110")], Vec::new())).await.unwrap();
        config::submit(ctx, author, id, Submission::default()).await.unwrap();
        assert_eq!(world.risk_mark(second, id).await.unwrap(), None, "{}: nothing leans on it", db.engine);
        config::confirm(ctx, second, id, None).await.unwrap();
        // 108.80 of the 128 that are in force: nothing to be seen of the contract either.
        contract_by(&world, "85").await;
        assert_eq!(code(&config::publish(ctx, author, id, None).await), "risks_unseen", "{}", db.engine);
        let told = config::checks(ctx, author, id).await.unwrap().risks;
        assert_eq!((told.count, told.rows), (2, 1), "{told:?} on {}", db.engine);
        config::publish(ctx, author, id, told.mark.as_deref()).await.unwrap();
    })
    .await;
}

/// The codes of what must be acknowledged of each row of the difference, by its key.
async fn marks(world: &World, actor: &Actor, id: DraftId) -> BTreeMap<String, Vec<&'static str>> {
    let limit = Limit::new(Some(2_000), PAGE_ROWS_MAX).unwrap();
    let diff = config::draft_diff(&world.ctx, actor, id, (None, limit)).await.unwrap();
    let codes = |row: config::ChangeView| {
        let codes: Vec<&'static str> = row.risks.iter().map(|risk| risk.code).collect();
        (row.change.key, codes)
    };
    diff.changes.into_iter().map(codes).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_is_one_item_with_every_reason_and_a_reason_that_comes_later_asks_for_it_anew() {
    each_engine("one item", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let (ctx, author, second) = (&world.ctx, &world.author, &world.second);
        let id = config::create_draft(ctx, author, world.price_list, "涨价").await.unwrap();
        config::put_rows(ctx, author, id, 1, (vec![world.paint_at("175")], Vec::new())).await.unwrap();
        config::submit(ctx, author, id, Submission::default()).await.unwrap();
        let first = config::checks(ctx, second, id).await.unwrap().risks;
        assert_eq!((first.count, first.rows, first.items.len()), (1, 1, 1), "{}: {first:?}", db.engine);
        assert_eq!(marks(&world, second, id).await["P1"], ["price_jump"], "{}", db.engine);
        // 96.25 at 55 %, where the floor is 100.
        let tier = row(Some("A"), json!({ "percent": "55" }));
        world.publish(world.tiers, vec![tier], Submission::default()).await.unwrap();
        let confirmed = config::confirm(ctx, second, id, first.mark.as_deref()).await;
        assert_eq!(code(&confirmed), "risks_unseen", "{}", db.engine);
        let risks = config::checks(ctx, second, id).await.unwrap().risks;
        let [price] = &risks.items[..] else { panic!("{risks:?} on {}", db.engine) };
        assert_eq!((risks.count, risks.rows, price.key.as_deref()), (2, 1, Some("P1")), "{}", db.engine);
        assert!(price.name.starts_with("P1 外墙乳胶漆"), "{price:?}");
        let codes: Vec<&str> = price.reasons.iter().map(|it| it.code).collect();
        assert_eq!(codes, ["price_jump", "below_floor"], "{}: the largest first", db.engine);
        for it in &price.reasons {
            assert_eq!(it.sentence, format!("{}：{}", price.name, it.reason));
        }
        assert_eq!(marks(&world, second, id).await["P1"], codes, "{}", db.engine);
        config::confirm(ctx, second, id, risks.mark.as_deref()).await.unwrap();
        let entry = world.logged("draft.confirmed").await;
        assert_eq!(told(&entry, "勾选放行几处"), "2", "{}: each reason is noted", db.engine);
        assert!(told(&entry, "勾选放行").contains("由 128.00 元改为 175.00 元"), "{}", db.engine);
        assert_eq!(code(&config::publish(ctx, author, id, first.mark.as_deref()).await), "risks_unseen");
        config::publish(ctx, author, id, risks.mark.as_deref()).await.unwrap();
        assert!(marks(&world, second, id).await["P1"].is_empty(), "{}: it has been published", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_row_of_the_difference_says_what_must_be_acknowledged_of_it_however_many_there_are() {
    each_engine("all marked", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let (ctx, author) = (&world.ctx, &world.author);
        let id = config::create_draft(ctx, author, world.price_list, "量价").await.unwrap();
        // More than the checks list: each above the cost of 98, and at 92 % below the floor of 100.
        let from = |n: i32| json!({ "product": world.paint, "min_qty": n.to_string(), "price": "99" });
        let rows = (1..=1_100).map(|n| row(None, from(n))).chain([world.paint_at("130")]).collect();
        config::put_rows(ctx, author, id, 1, (rows, Vec::new())).await.unwrap();
        let told = config::checks(ctx, author, id).await.unwrap().risks;
        let listed = config::RISKS_LISTED_MAX;
        assert_eq!((told.count, told.rows, told.items.len()), (1_100, 1_100, listed), "{}", db.engine);
        let mut marked = marks(&world, author, id).await;
        assert_eq!(marked.remove("P1"), Some(Vec::new()), "{}: 119.60 at 92 %", db.engine);
        let unlike = marked.values().filter(|codes| **codes != ["below_floor"]).count();
        assert_eq!((marked.len(), unlike), (1_100, 0), "{}", db.engine);
        let mut blind = author.clone();
        blind.grants.remove(&domain::access::Right::PriceCost);
        let seen = marks(&world, &blind, id).await;
        assert!(seen.values().all(Vec::is_empty), "{}: a floor is no secret told by a mark", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_becomes_a_formula_says_in_the_difference_what_it_comes_to() {
    each_engine("marked formula", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let (ctx, author) = (&world.ctx, &world.author);
        let by_cost = json!({ "of": "cost", "percent": "5" });
        let id = config::create_draft(ctx, author, world.price_list, "按成本").await.unwrap();
        let one = row(Some("P1"), json!({ "product": world.paint, "formula": by_cost }));
        config::put_rows(ctx, author, id, 1, (vec![one], Vec::new())).await.unwrap();
        let diff = config::draft_diff(ctx, author, id, (None, Limit::USUAL)).await.unwrap();
        let [change] = &diff.changes[..] else { panic!("{:?} on {}", diff.changes, db.engine) };
        assert!(change.difference.is_none() && change.below_cost.is_none(), "its content shows no figure");
        let said: Vec<&str> = change.risks.iter().map(|risk| risk.reason.as_str()).collect();
        let [jump, floor, cost] = &said[..] else { panic!("{said:?} on {}", db.engine) };
        assert!(jump.starts_with("由 128.00 元改为 4.90 元"), "{jump}");
        assert!(floor.contains("比底价 100.00 元低") && cost.contains("比成本 98.00 元低"), "{said:?}");
        let all = row(None, json!({ "goods": "all", "formula": by_cost }));
        config::put_rows(ctx, author, id, 2, (vec![all], vec!["P1".to_string()])).await.unwrap();
        let diff = config::draft_diff(ctx, author, id, (None, Limit::USUAL)).await.unwrap();
        let reasons = |key: &str| {
            let change = diff.changes.iter().find(|change| change.change.key == key).unwrap();
            change.risks.iter().map(|risk| risk.reason.clone()).collect::<Vec<_>>()
        };
        assert!(reasons("*all").iter().any(|it| it.starts_with("「外墙乳胶漆」由 128.00 元改为 4.90 元")));
        assert!(reasons("P1").is_empty(), "{}: of a row that goes nothing is to be acknowledged", db.engine);
    })
    .await;
}
