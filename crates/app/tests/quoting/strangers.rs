//! Customers who went to another region, and lists of other regions: nobody brings them back, nobody reads their names.

use app::config::{self, DraftRowsAsked, RowsAsked, Submission};
use domain::access::{Reach, Right};
use domain::base::{ItemId, Limit, OrgId};
use domain::pricing::PriceClass;
use serde_json::{Value, json};
use store::config::DeltaRow;
use testkit::each_engine;

use crate::quoting::handing_over::give_to;
use crate::quoting::sight::others;
use crate::support::{World, code, reasons, row};

/// What a refusal says.
fn sentence<T>(refused: Result<T, app::AppError>) -> String {
    match refused {
        Err(app::AppError::Refused(refusal)) => refusal.sentence(),
        _ => String::new(),
    }
}

#[tokio::test]
async fn a_revision_for_customers_who_went_to_another_region_is_not_brought_back() {
    each_engine("gone", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let [_, _, seller3] = others(&world).await;
        let customer = world.customer("恒泰建材", "A").await;
        let head =
            |whom: Value| row(Some(""), json!({ "includes_tax": true, "class": "region", "for": whom }));
        let own = head(json!({ "customers": [customer] }));
        let item = world.region_list(vec![own, world.paint_at("126")]).await;
        let draft = config::create_draft(&world.ctx, &world.manager, item, "给所有客户").await.unwrap();
        world.puts(&world.manager, draft, vec![head(json!({}))]).await;
        assert_eq!(world.brings_out(&world.manager, draft).await.unwrap(), 2);
        give_to(&world, customer, &seller3).await;
        // Head office, which sees the customer, is told who it is; the region only that somebody has left.
        let back = config::roll_back(&world.ctx, &world.second, item, 1, "错了", None).await;
        assert_eq!(code(&back), "restores_strangers", "{}", db.engine);
        assert!(sentence(back).contains("「恒泰建材」"));
        let mut local = world.manager.clone();
        local.grants.insert(Right::ConfigPublish, Reach::Org);
        let back = config::roll_back(&world.ctx, &local, item, 1, "错了", None).await;
        assert_eq!(code(&back), "restores_strangers", "{}", db.engine);
        let told = sentence(back);
        assert!(told.contains("1 家客户") && !told.contains("恒泰"), "{told}");
        assert_eq!(config::item(&world.ctx, &world.manager, item).await.unwrap().in_force.unwrap().n, 2);
        // Back again, he may be named again.
        give_to(&world, customer, &world.seller).await;
        assert_eq!(code(&config::roll_back(&world.ctx, &world.second, item, 1, "错了", None).await), "ok");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_who_leaves_while_the_revision_is_brought_back_is_seen_by_whichever_comes_second() {
    each_engine("gone meanwhile", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let [_, _, seller3] = others(&world).await;
        let elsewhere = world.elsewhere(&db).await;
        let customer = world.customer("恒泰建材", "A").await;
        let head =
            |whom: Value| row(Some(""), json!({ "includes_tax": true, "class": "region", "for": whom }));
        let own = head(json!({ "customers": [customer] }));
        let item = world.region_list(vec![own, world.paint_at("126")]).await;
        let mut names_him = true;
        for round in 0..8 {
            if names_him {
                let draft = config::create_draft(&world.ctx, &world.manager, item, "给所有").await.unwrap();
                world.puts(&world.manager, draft, vec![head(json!({}))]).await;
                world.brings_out(&world.manager, draft).await.unwrap();
            }
            let leaving = tokio::spawn({
                let (world, seller3) = (elsewhere.clone(), seller3.clone());
                async move { give_to(&world, customer, &seller3).await }
            });
            let back = config::roll_back(&world.ctx, &world.second, item, 1, "错了", None).await;
            leaving.await.unwrap();
            let left = testkit::last_event(&world.ctx.store, "customer.changed").await;
            let restored = testkit::last_event(&world.ctx.store, "release.published").await;
            names_him = back.is_ok();
            match code(&back) {
                "ok" => assert!(restored < left, "{} round {round}: back for one who had left", db.engine),
                refused => assert_eq!(refused, "restores_strangers", "{} round {round}", db.engine),
            }
            give_to(&world, customer, &world.seller).await;
        }
    })
    .await;
}

#[tokio::test]
async fn the_checks_of_head_offices_corridor_name_the_lists_that_the_reader_sees_and_count_the_others() {
    each_engine("corridor of others", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        world.corridor_of("90", "110").await;
        world.region_list(vec![world.paint_at("118")]).await;
        let (elsewhere, region) = world.manager_elsewhere().await;
        let (_, own) = world.made(&elsewhere, PriceClass::Region, region, "南京大区价目表").await;
        world.puts(&elsewhere, own, vec![world.paint_at("119")]).await;
        world.brings_out(&elsewhere, own).await.unwrap();
        let corridor = world.corridor().await;
        let draft = config::create_draft(&world.ctx, &world.author, corridor, "收窄").await.unwrap();
        let narrow = row(Some("*|*"), json!({ "min": "95", "max": "105" }));
        let suzhou = json!({ "region": world.region.id, "category": null, "min": "96", "max": "106" });
        world.puts(&world.author, draft, vec![narrow, row(None, suzhou)]).await;
        for (reader, named, other) in [
            (&world.manager, "苏州大区价目表", "南京大区价目表"),
            (&elsewhere, "南京大区价目表", "苏州大区价目表"),
        ] {
            let told = world.checked(reader, draft).await;
            let codes: Vec<_> = told.items.iter().map(|it| it.code).collect();
            assert_eq!(codes, ["puts_outside_corridor", "puts_others_outside_corridor"], "{}", db.engine);
            assert_eq!(told.warns, 2);
            assert!(told.items[0].sentence.contains(named), "{told:?}");
            assert!(told.items[1].sentence.contains("1 张你看不到"), "{told:?}");
            assert!(!format!("{told:?}").contains(other), "{told:?}");
        }
        let told = world.checked(&world.author, draft).await;
        assert_eq!((told.warns, told.items.len()), (2, 2));
        assert!(
            format!("{told:?}").contains("苏州大区价目表") && format!("{told:?}").contains("南京大区价目表")
        );
    })
    .await;
}

#[tokio::test]
async fn items_come_page_by_page_and_what_somebody_does_not_see_leaves_no_gap() {
    each_engine("item pages", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let customer = world.customer("恒泰建材", "A").await;
        let (elsewhere, region) = world.manager_elsewhere().await;
        let head = json!({ "includes_tax": true, "class": "contract", "for": { "customers": [customer] } });
        for name in ["合同一", "合同二", "合同三"] {
            let (_, draft) = world.made(&world.author, PriceClass::Contract, world.hq, name).await;
            world.puts(&world.author, draft, vec![row(Some(""), head.clone())]).await;
        }
        world.made(&elsewhere, PriceClass::Region, region, "南京大区价目表").await;
        for actor in [&world.author, &elsewhere] {
            let items = config::items(&world.ctx, actor, None).await.unwrap();
            let all: Vec<_> = items.iter().map(|view| view.item.id).collect();
            let (mut found, mut after) = (Vec::new(), None);
            loop {
                let page = (after, Limit::new(Some(2), 200).unwrap());
                let (items, next) = config::items_page(&world.ctx, actor, None, page).await.unwrap();
                assert!(next.is_none() || items.len() == 2, "{} {}", actor.name, db.engine);
                found.extend(items.iter().map(|view| view.item.id));
                after = next;
                if next.is_none() {
                    break;
                }
            }
            assert_eq!(found, all, "{} {}", actor.name, db.engine);
        }
    })
    .await;
}

#[tokio::test]
async fn pages_and_totals_of_the_corridor_hold_only_what_one_reads() {
    each_engine("corridor pages", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let (elsewhere, other) = world.manager_elsewhere().await;
        let band = |region: Option<OrgId>| row(None, json!({ "region": region, "min": "80", "max": "120" }));
        let corridor = world.corridor().await;
        let bands = vec![band(None), band(Some(world.region.id)), band(Some(other))];
        world.publish(corridor, bands, Submission::default()).await.unwrap();
        for (reader, theirs) in [(&world.author, 3), (&world.manager, 2), (&elsewhere, 2)] {
            let (mut after, mut pages) = (None, Vec::new());
            loop {
                let limit = Limit::new(Some(1), Limit::MAX).unwrap();
                let asked = RowsAsked { rev: None, at: None, search: String::new(), after, limit };
                let page = config::rows(&world.ctx, reader, corridor, asked).await.unwrap();
                pages.push((page.rows.len(), page.total));
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
            let whole = usize::try_from(theirs).unwrap();
            assert_eq!(pages, vec![(1, theirs); whole], "{} {}", db.engine, reader.name);
            let shown = config::item(&world.ctx, reader, corridor).await.unwrap();
            assert_eq!(shown.rows, theirs, "{} {}", db.engine, reader.name);
        }
    })
    .await;
}

#[tokio::test]
async fn a_list_of_another_region_is_not_named_to_whoever_guesses_its_number() {
    each_engine("strange base", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let theirs = world.region_list(vec![world.paint_at("120")]).await;
        let (elsewhere, region) = world.manager_elsewhere().await;
        let (own, draft) = world.made(&elsewhere, PriceClass::Region, region, "南京大区价").await;
        let head = |base: ItemId| json!({ "includes_tax": true, "class": "region", "base": base });
        let put = async |base: ItemId| {
            let version = config::draft(&world.ctx, &elsewhere, draft).await.unwrap().draft.version;
            let rows = (vec![row(Some(""), head(base))], Vec::new());
            config::put_rows(&world.ctx, &elsewhere, draft, version, rows).await
        };
        let seen = put(world.price_list).await.unwrap().remove(0).shown;
        assert!(seen["base"].is_string(), "{} {seen}", db.engine);
        let corridor = world.corridor().await;
        let refused = sentence(put(theirs).await);
        assert!(refused.contains("已经发布的全国价目表"), "{} {refused}", db.engine);
        for base in [ItemId(999_999), own, corridor] {
            assert_eq!(sentence(put(base).await), refused, "{}: {base:?}", db.engine);
        }
        // One that stands in a draft already is not named either, and the rest of the row can be changed.
        let mut told = Vec::new();
        for base in [theirs, ItemId(999_999)] {
            let kept = DeltaRow { key: String::new(), about: None, content: Some(head(base).to_string()) };
            let keep = world.ctx.store.change(move |tx| {
                let kept = kept.clone();
                Box::pin(async move { store::config::put_delta(tx, draft, &[kept]).await })
            });
            keep.await.unwrap();
            let shown = put(base).await.unwrap().remove(0).shown;
            assert_eq!(shown["base"], json!(null), "{}", db.engine);
            let asked = DraftRowsAsked {
                search: String::new(),
                changed_only: false,
                after: None,
                limit: Limit::USUAL,
            };
            let rows = config::draft_rows(&world.ctx, &elsewhere, draft, asked).await.unwrap();
            assert!(!format!("{rows:?}").contains("苏州大区价目表"), "{} {rows:?}", db.engine);
            let diff = config::draft_diff(&world.ctx, &elsewhere, draft, (None, Limit::USUAL)).await.unwrap();
            assert!(!format!("{diff:?}").contains("苏州大区价目表"), "{} {diff:?}", db.engine);
            let checked = world.checked(&elsewhere, draft).await;
            told.push(checked.items.into_iter().map(|it| (it.code, it.sentence)).collect::<Vec<_>>());
        }
        assert_eq!(told[0], told[1], "{}: the checks do not tell one from the other", db.engine);
    })
    .await;
}

#[tokio::test]
async fn of_the_prices_that_a_tier_brings_below_the_floor_the_worst_of_the_lists_that_one_sees_are_named() {
    each_engine("worst of what one sees", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let many = |from: &str, price: &str| {
            row(None, json!({ "product": world.paint, "min_qty": from, "price": price }))
        };
        world.region_list(vec![world.paint_at("112"), many("10", "111.5"), many("20", "111")]).await;
        let (elsewhere, _) = world.manager_elsewhere().await;
        let draft = config::create_draft(&world.ctx, &world.author, world.tiers, "B 让利").await.unwrap();
        // All lie below the floor of 100 then; the three of the region lie deeper than the 128 of the list for all.
        let lower = row(Some("B"), json!({ "percent": "70" }));
        config::put_rows(&world.ctx, &world.author, draft, 1, (vec![lower], Vec::new())).await.unwrap();
        for (reader, region) in [(&world.author, 3), (&elsewhere, 0)] {
            let told = config::checks(&world.ctx, reader, draft).await.unwrap();
            for items in [&told.items, &reasons(&told.risks)] {
                let floor = items.iter().find(|it| it.code == "tier_below_floor").unwrap();
                let named = |list: &str| floor.sentence.matches(list).count();
                let expected = (region, usize::from(region == 0));
                let found = (named("苏州大区价目表"), named("标准价目表"));
                assert_eq!(found, expected, "{} {}: {floor:?}", db.engine, reader.name);
                let facts = floor.facts["worst"].as_array().unwrap().len();
                assert_eq!(facts, expected.0 + expected.1, "{} {}", db.engine, reader.name);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn prices_of_a_strange_list_that_a_tier_brings_below_the_floor_are_counted_and_not_named() {
    each_engine("strange tier prices", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        world.region_list(vec![world.paint_at("112")]).await;
        let (elsewhere, _) = world.manager_elsewhere().await;
        let draft = config::create_draft(&world.ctx, &world.author, world.tiers, "B 让利").await.unwrap();
        // 98.56 of the region's 112 lies below the floor of 100, 112.64 of the list's 128 does not.
        let lower = row(Some("B"), json!({ "percent": "88" }));
        config::put_rows(&world.ctx, &world.author, draft, 1, (vec![lower], Vec::new())).await.unwrap();
        for (reader, sees) in [(&world.author, true), (&world.manager, true), (&elsewhere, false)] {
            let told = config::checks(&world.ctx, reader, draft).await.unwrap();
            for items in [&told.items, &reasons(&told.risks)] {
                let floor = items.iter().find(|it| it.code == "tier_below_floor").unwrap();
                assert!(floor.sentence.contains("有 1 个价格变得低于底价"), "{} {floor:?}", db.engine);
                assert_eq!(floor.sentence.contains("苏州大区价目表"), sees, "{} {floor:?}", reader.name);
                assert_eq!(floor.facts.to_string().contains("苏州"), sees, "{} {floor:?}", reader.name);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn prices_of_a_strange_list_that_follow_a_cut_are_counted_and_not_named() {
    each_engine("strange leaning prices", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let head = json!({ "includes_tax": true, "class": "region", "base": world.price_list });
        let by = json!({ "product": world.paint, "formula": { "of": "base", "percent": "95" } });
        world.region_list(vec![row(Some(""), head), row(None, by)]).await;
        let (elsewhere, _) = world.manager_elsewhere().await;
        // 101.20 of the list's 110 at 92 % lies above the floor of 100, 96.14 of the region's 104.50 does not.
        let draft = config::create_draft(&world.ctx, &world.author, world.price_list, "让利").await.unwrap();
        world.puts(&world.author, draft, vec![world.paint_at("110")]).await;
        for (reader, sees) in [(&world.author, true), (&world.manager, true), (&elsewhere, false)] {
            let told = config::checks(&world.ctx, reader, draft).await.unwrap();
            for items in [&told.items, &reasons(&told.risks)] {
                let floor = items.iter().find(|it| it.code == "leaning_below_floor").unwrap();
                assert!(floor.sentence.contains("有 1 个按公式"), "{} {floor:?}", db.engine);
                assert_eq!(floor.sentence.contains("苏州大区价目表"), sees, "{} {floor:?}", reader.name);
                assert_eq!(floor.facts.to_string().contains("苏州"), sees, "{} {floor:?}", reader.name);
            }
        }
    })
    .await;
}
