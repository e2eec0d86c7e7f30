//! How paper looks: the template and the seal of the branch's region, remembered by what was issued.

use app::config::{self, RowInput, Submission};
use app::{documents, quotes};
use domain::access::{OrgKind, OrgUnit};
use domain::base::{ItemId, OrgId, QuoteId};
use domain::config::Kind;
use serde_json::{Value, json};
use testkit::each_engine;

use crate::support::{World, code, row};

/// What the paper of an issued quotation says, as the printer of tests writes it.
async fn paper(world: &World, id: QuoteId) -> String {
    let file = documents::pdf_of_quote(&world.ctx, &world.seller, id).await.unwrap();
    String::from_utf8(file.content).unwrap()
}

pub(super) async fn template(world: &World) -> ItemId {
    let items = config::items(&world.ctx, &world.author, Some(Kind::Template)).await.unwrap();
    items[0].item.id
}

fn settings(title: &str) -> RowInput {
    row(Some(""), json!({"page": "a4", "language": "zh", "title": title, "accent": true}))
}

fn off(block: &str, order: u32) -> RowInput {
    row(Some(block), json!({"order": order, "on": false}))
}

pub(super) async fn publishes(world: &World, item: ItemId, rows: Vec<RowInput>) -> i64 {
    world.publish(item, rows, Submission::default()).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_issued_prints_by_the_template_of_its_day_for_ever() {
    each_engine("template", async |db| {
        let (world, _) = World::new(&db).await.with_printer();
        world.first_prices().await;
        let before = world.issued().await.head.id;
        let item = template(&world).await;
        assert_eq!(publishes(&world, item, vec![off("bank", 6), settings("产品报价单")]).await, 1);
        let first = world.issued().await.head.id;
        assert_eq!(publishes(&world, item, vec![settings("报价函")]).await, 2);
        let second = world.issued().await.head.id;
        // All three are printed now, each by its own.
        let paper_before = paper(&world, before).await;
        assert!(paper_before.contains("notes,bank,signature,verify]"), "{} {paper_before}", db.engine);
        let paper_first = paper(&world, first).await;
        assert!(paper_first.contains("产品报价单 [letterhead,parties,lines,totals,notes,signature,verify]"));
        let paper_second = paper(&world, second).await;
        assert!(paper_second.contains("报价函 [letterhead,parties,lines,totals,notes,signature,verify]"));
        let rolled = config::roll_back(&world.ctx, &world.author, item, 1, "改回去", None).await;
        assert_eq!(code(&rolled), "ok", "{}", db.engine);
        assert!(paper(&world, world.issued().await.head.id).await.contains("产品报价单"), "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_region_s_own_template_stands_before_head_offices_and_begins_as_a_copy_of_it() {
    each_engine("regional template", async |db| {
        let (world, _) = World::new(&db).await.with_printer();
        world.first_prices().await;
        publishes(&world, template(&world).await, vec![settings("总部报价单")]).await;
        let own = config::create_regional(&world.ctx, &world.author, Kind::Template, world.region.id).await;
        let own = own.unwrap();
        let again = config::create_regional(&world.ctx, &world.author, Kind::Template, world.region.id).await;
        assert_eq!(again.unwrap(), own, "{}: one for each region", db.engine);
        assert!(paper(&world, world.issued().await.head.id).await.contains("总部报价单"));
        let draft = config::create_draft(&world.ctx, &world.author, own, "改一版").await.unwrap();
        let view = config::draft_diff(&world.ctx, &world.author, draft, (None, domain::base::Limit::USUAL));
        let titled = view.await.unwrap().changes.into_iter().find(|row| row.change.key.is_empty()).unwrap();
        assert!(titled.change.after.unwrap().contains("总部报价单"), "{}", db.engine);
        config::discard_draft(&world.ctx, &world.author, draft, 1).await.unwrap();
        publishes(&world, own, vec![settings("苏州报价单")]).await;
        assert!(paper(&world, world.issued().await.head.id).await.contains("苏州报价单"), "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_region_gets_items_of_its_own_and_only_of_kinds_that_allow_it() {
    each_engine("regional items", async |db| {
        let world = World::new(&db).await;
        let create = |kind, org| config::create_regional(&world.ctx, &world.author, kind, org);
        let at_hq = create(Kind::Template, world.hq).await;
        assert_eq!(code(&at_hq), "invalid", "{}", db.engine);
        assert_eq!(code(&create(Kind::Template, world.branch.id).await), "invalid", "{}", db.engine);
        assert_eq!(code(&create(Kind::Tier, world.region.id).await), "invalid", "{}", db.engine);
        assert_eq!(code(&create(Kind::Seal, OrgId(999)).await), "not_found", "{}", db.engine);
        let manager = config::create_regional(&world.ctx, &world.manager, Kind::Seal, world.region.id).await;
        assert_eq!(code(&manager), "head_office_only", "{}: no administrator can give that", db.engine);
        let sends_to_head_office =
            matches!(&manager, Err(app::AppError::Refused(why)) if why.sentence().contains("由总部建"));
        assert!(sends_to_head_office, "{manager:?}");
        let seller = config::create_regional(&world.ctx, &world.seller, Kind::Seal, world.region.id).await;
        assert_eq!(code(&seller), "not_allowed", "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_template_without_totals_is_not_published_and_one_without_a_seal_place_seals_nothing() {
    each_engine("template checks", async |db| {
        let (world, _) = World::new(&db).await.with_printer();
        world.first_prices().await;
        world.gives_seal(&[7; 11]).await;
        let item = template(&world).await;
        let without = world.confirmed(item, vec![off("totals", 4)], Submission::default()).await;
        assert_eq!(code(&without), "checks_block", "{}", db.engine);
        let signature = json!({"order": 7, "on": true, "parts": ["customer"]});
        let sealed = async || documents::paper_facts(&world.ctx, world.branch.id).await.unwrap().sealed;
        assert!(sealed().await, "{}", db.engine);
        publishes(&world, item, vec![row(Some("signature"), signature)]).await;
        assert!(!sealed().await, "{}: those who issue are told", db.engine);
        let id = world.issued().await.head.id;
        let printed = paper(&world, id).await;
        assert!(printed.contains(" seal 0 "), "{} {printed}", db.engine);
        let log =
            world.ctx.store.read(|tx| Box::pin(store::events::of_entity(tx, "quote", id.0, None, 100))).await;
        assert!(log.unwrap().iter().all(|event| event.kind != "seal.used"), "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_block_does_not_take_is_refused_at_its_field() {
    each_engine("template fields", async |db| {
        let world = World::new(&db).await;
        let item = template(&world).await;
        let draft = config::create_draft(&world.ctx, &world.author, item, "改").await.unwrap();
        let put = async |key: &str, content: Value| {
            let rows = (vec![row(Some(key), content)], Vec::new());
            let refused = config::put_rows(&world.ctx, &world.author, draft, 1, rows).await;
            match refused.unwrap_err() {
                app::AppError::Refused(refusal) => format!("{} {}", refusal.facts(), refusal.sentence()),
                other => panic!("{other:?}"),
            }
        };
        let column = put("lines", json!({"order": 3, "on": true, "parts": ["colour"]})).await;
        assert!(column.contains("put[0].content.parts") && column.contains("colour"), "{column}");
        let long = put("text", json!({"order": 3, "on": true, "text": "长".repeat(1_001)})).await;
        assert!(long.contains("put[0].content.text") && long.contains("1000"), "{} {long}", db.engine);
        let block = put("poem", json!({"order": 3, "on": true})).await;
        assert!(block.contains("poem"), "{block}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_previewed_on_a_real_document_without_a_seal_and_only_on_what_one_may_see() {
    each_engine("preview", async |db| {
        let (world, _) = World::new(&db).await.with_printer();
        world.first_prices().await;
        world.gives_seal(&[7; 11]).await;
        let draft =
            config::create_draft(&world.ctx, &world.author, template(&world).await, "改").await.unwrap();
        let rows = (vec![off("bank", 6), settings("试一试")], Vec::new());
        config::put_rows(&world.ctx, &world.author, draft, 1, rows).await.unwrap();
        let made = documents::template_preview(&world.ctx, &world.author, draft, None).await.unwrap();
        assert!(made.shown.is_none() && made.pages[0].contains("样张"), "{} {:?}", db.engine, made.pages);
        let id = world.issued().await.head.id;
        let real = documents::template_preview(&world.ctx, &world.author, draft, None).await.unwrap();
        assert_eq!((real.shown, real.choices.len()), (Some(id), 1), "{}", db.engine);
        let page = &real.pages[0];
        assert!(
            page.starts_with("预览") && page.contains("SZ26-000001") && page.contains(" seal 0 "),
            "{page}"
        );
        assert!(page.contains("试一试") && !page.contains("bank"), "{page}");
        assert_eq!(world.count("quote_pdf").await, 0, "a preview is not kept");
        let unseen = world.drafted().await.head.id;
        let refused = documents::template_preview(&world.ctx, &world.author, draft, Some(unseen)).await;
        assert_eq!(refused.err().unwrap().code(), "not_found", "{}", db.engine);
        let seller = documents::template_preview(&world.ctx, &world.seller, draft, None).await;
        assert_eq!(seller.err().unwrap().code(), "not_found", "{}", db.engine);
        let prices = config::create_draft(&world.ctx, &world.author, world.price_list, "改").await.unwrap();
        let refused = documents::template_preview(&world.ctx, &world.author, prices, None).await;
        assert_eq!(refused.err().unwrap().code(), "not_found", "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_region_uses_its_own_seal_once_a_second_person_has_confirmed_it() {
    each_engine("regional seal", async |db| {
        let (world, _) = World::new(&db).await.with_printer();
        world.first_prices().await;
        world.gives_seal(&[7; 11]).await;
        let item =
            config::create_regional(&world.ctx, &world.author, Kind::Seal, world.region.id).await.unwrap();
        let seal = picture(&world, &[8; 13]).await;
        let other = world.photo(&world.second, "a page").await;
        let rows = |file: &str| (vec![row(Some("seal"), json!({ "file": file }))], Vec::new());
        let draft = config::create_draft(&world.ctx, &world.author, item, "启用").await.unwrap();
        let put = config::put_rows(&world.ctx, &world.author, draft, 1, rows(&other)).await;
        assert_eq!(code(&put), "invalid", "{}: somebody else's file is none", db.engine);
        let broken = picture(&world, b"broken").await;
        let put = config::put_rows(&world.ctx, &world.author, draft, 1, rows(&broken)).await;
        assert_eq!(code(&put), "invalid", "{}: what cannot be printed is none", db.engine);
        config::put_rows(&world.ctx, &world.author, draft, 1, rows(&seal)).await.unwrap();
        config::submit(&world.ctx, &world.author, draft, Submission::default()).await.unwrap();
        let own = config::confirm(&world.ctx, &world.author, draft, None).await;
        assert_eq!(code(&own), "self_confirm", "{}", db.engine);
        assert!(paper(&world, world.issued().await.head.id).await.contains(" seal 11 "), "{}", db.engine);
        let shown = config::picture(&world.ctx, &world.second, item, &seal).await.unwrap();
        assert_eq!(shown, [8; 13], "the second person looks at it");
        assert_eq!(code(&config::picture(&world.ctx, &world.second, item, &broken).await), "not_found");
        assert_eq!(code(&config::picture(&world.ctx, &world.seller, item, &seal).await), "not_found");
        config::confirm(&world.ctx, &world.second, draft, None).await.unwrap();
        config::publish(&world.ctx, &world.author, draft, None).await.unwrap();
        let sealed = world.issued().await.head.id;
        assert!(paper(&world, sealed).await.contains(" seal 13 "), "{}", db.engine);
        let log =
            world.ctx.store.read(|tx| Box::pin(store::events::of_entity(tx, "quote", sealed.0, None, 100)));
        let log = log.await.unwrap();
        let used = log.iter().find(|event| event.kind == "seal.used").unwrap();
        assert_eq!(used.facts["seal"], seal, "{}", db.engine);
        let draft = config::create_draft(&world.ctx, &world.author, item, "停用").await.unwrap();
        let gone = (Vec::new(), vec!["seal".to_string()]);
        config::put_rows(&world.ctx, &world.author, draft, 1, gone).await.unwrap();
        config::submit(&world.ctx, &world.author, draft, Submission::default()).await.unwrap();
        config::confirm(&world.ctx, &world.second, draft, None).await.unwrap();
        config::publish(&world.ctx, &world.author, draft, None).await.unwrap();
        assert!(paper(&world, world.issued().await.head.id).await.contains(" seal 11 "), "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_region_keeps_head_offices_paper() {
    each_engine("other region", async |db| {
        let world = World::new(&db).await;
        let region = world.ctx.store.change(|tx| {
            Box::pin(async move {
                let orgs = store::access::orgs(tx).await?;
                let hq = orgs.iter().find(|org| org.kind == OrgKind::Hq).unwrap();
                store::access::insert_org(tx, Some(hq), OrgKind::Region, "南京大区", "NJ").await
            })
        });
        let other: OrgUnit = region.await.unwrap();
        let own = config::create_regional(&world.ctx, &world.author, Kind::Template, other.id).await.unwrap();
        publishes(&world, own, vec![settings("南京报价单")]).await;
        let now = world.ctx.moment().await.unwrap().now;
        let nearest = async |org: OrgId| {
            let read = world.ctx.store.read(|tx| {
                Box::pin(async move { store::config::nearest(tx, Kind::Template, org, now).await })
            });
            read.await.unwrap()
        };
        assert_eq!(nearest(other.id).await, [(own, 1)], "{}", db.engine);
        assert_eq!(nearest(world.branch.id).await, [], "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_hints_end_with_the_third_quotation_or_when_they_are_put_away() {
    each_engine("guide", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let of = async || quotes::guide(&world.ctx, &world.seller).await.unwrap();
        assert!(of().await.shown(), "{}", db.engine);
        let off = quotes::put_guide(&world.ctx, &world.seller, true).await.unwrap();
        assert!(!off.shown() && !of().await.shown(), "{}", db.engine);
        quotes::put_guide(&world.ctx, &world.seller, false).await.unwrap();
        for issued in 1..=3 {
            world.issued().await;
            assert_eq!((of().await.issued, of().await.shown()), (issued, issued < 3), "{}", db.engine);
        }
        world.issued().await;
        assert_eq!(of().await.issued, 3, "{}: nobody counts further", db.engine);
        let keeper = quotes::guide(&world.ctx, &world.keeper).await.unwrap();
        assert!(!keeper.shown(), "{}: who issues nothing needs no hints", db.engine);
        assert_eq!(code(&quotes::put_guide(&world.ctx, &world.keeper, true).await), "not_allowed");
        let manager = quotes::guide(&world.ctx, &world.manager).await.unwrap();
        assert_eq!((manager.issued, manager.shown()), (0, false), "{}: looks into others' drafts", db.engine);
    })
    .await;
}

/// A PNG that the author hands in; its hash.
async fn picture(world: &World, content: &[u8]) -> String {
    let now = world.ctx.moment().await.unwrap().now;
    let by = Some(world.author.person);
    let put = store::files::put(&world.ctx.store, content.to_vec(), "image/png", "章.png", by, now).await;
    put.unwrap().hash
}

#[tokio::test(flavor = "multi_thread")]
async fn the_rows_of_a_template_tell_which_blocks_there_are_and_how_they_are_called() {
    each_engine("blocks told", async |db| {
        let world = World::new(&db).await;
        let item = template(&world).await;
        let draft = config::create_draft(&world.ctx, &world.author, item, "版式").await.unwrap();
        let asked = config::DraftRowsAsked {
            search: String::new(),
            changed_only: false,
            after: None,
            limit: domain::base::Limit::USUAL,
        };
        let rows = config::draft_rows(&world.ctx, &world.author, draft, asked).await.unwrap().rows;
        let shown = |key: &str| &rows.iter().find(|row| row.change.key == key).unwrap().shown;
        let blocks = shown("")["blocks"].as_array().unwrap();
        let told: Vec<_> = blocks.iter().map(|block| block["key"].as_str().unwrap()).collect();
        let all: Vec<_> = domain::documents::template::BlockKind::ALL.iter().map(|kind| kind.key()).collect();
        assert_eq!(told, all, "{}", db.engine);
        assert_eq!(shown("bank")["name"], json!("收款账户"));
        let lines = blocks.iter().find(|block| block["key"] == "lines").unwrap();
        assert_eq!((&lines["needed"], &lines["most"]), (&json!(true), &json!(1)));
    })
    .await;
}
