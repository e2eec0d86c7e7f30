//! Pictures of products: eight in an order, taken back when taken away, and on documents what was there on the day.

use app::catalog;
use app::config::Submission;
use app::quotes::{self, QuoteView};
use app::{AppError, documents};
use domain::base::ProductId;
use domain::config::Kind;
use domain::quotes::{DraftText, TermsText};
use serde_json::json;
use testkit::each_engine;

use crate::support::{World, code, row};

/// Head office hands in a picture of the product.
async fn adds(world: &World, product: ProductId, content: &str) -> Result<(), AppError> {
    let file = world.photo(&world.author, content).await;
    catalog::add_picture(&world.ctx, &world.author, product, &file).await
}

async fn files(world: &World, product: ProductId) -> Vec<String> {
    let seen = catalog::product(&world.ctx, &world.seller, product).await.unwrap();
    seen.stored.pictures.into_iter().map(|picture| picture.file).collect()
}

/// Saves the paint of a draft with the switch for pictures, and issues it.
async fn issues_with(world: &World, pictures: Option<bool>) -> QuoteView {
    let head = world.drafted().await.head;
    let text = DraftText {
        customer: head.customer,
        valid_until: None,
        notes: String::new(),
        lines: vec![world.line("a", world.paint, "60", "桶"), world.line("b", world.putty, "1", "袋")],
        terms: TermsText { pictures, ..TermsText::default() },
        whole: Default::default(),
    };
    quotes::save_quote(&world.ctx, &world.seller, head.id, head.version, text).await.unwrap();
    world.issues(head.id).await.unwrap()
}

async fn paper(world: &World, issued: &QuoteView) -> String {
    let file = documents::pdf_of_quote(&world.ctx, &world.seller, issued.head.id).await.unwrap();
    String::from_utf8(file.content).unwrap()
}

async fn priced(world: &World) {
    world.first_prices().await;
    let putty = row(None, json!({ "product": world.putty, "price": "128" }));
    world.publish(world.price_list, vec![putty], Submission::default()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_product_has_eight_pictures_in_an_order_and_what_is_taken_away_comes_back_to_its_place() {
    each_engine("gallery", async |db| {
        let (world, _) = World::new(&db).await.with_printer();
        let paint = world.paint;
        for n in 0..8 {
            adds(&world, paint, &format!("p{n}")).await.unwrap();
        }
        let first = files(&world, paint).await;
        assert_eq!(first.len(), 8, "{}", db.engine);
        assert_eq!(code(&adds(&world, paint, "p8").await), "pictures_full");
        assert_eq!(code(&adds(&world, paint, "p0").await), "picture_twice");
        let (ctx, by) = (&world.ctx, &world.author);
        catalog::remove_picture(ctx, by, paint, &first[2]).await.unwrap();
        catalog::remove_picture(ctx, by, paint, &first[2]).await.unwrap();
        assert_eq!(files(&world, paint).await.len(), 7, "once is enough");
        catalog::restore_picture(ctx, by, paint, &first[2]).await.unwrap();
        assert_eq!(files(&world, paint).await, first, "{}", db.engine);
        catalog::remove_picture(ctx, by, paint, &first[0]).await.unwrap();
        adds(&world, paint, "p8").await.unwrap();
        assert_eq!(code(&catalog::restore_picture(ctx, by, paint, &first[0]).await), "pictures_full");
        let mut order = files(&world, paint).await;
        order.reverse();
        catalog::order_pictures(ctx, by, paint, order.clone()).await.unwrap();
        assert_eq!(files(&world, paint).await, order, "{}", db.engine);
        order.pop();
        assert_eq!(code(&catalog::order_pictures(ctx, by, paint, order).await), "pictures_changed");
        assert_eq!(code(&catalog::remove_picture(ctx, by, world.putty, &first[1]).await), "not_found");
        let log = ctx.store.read(|tx| Box::pin(store::events::of_entity(tx, "product", paint.0, None, 100)));
        let kinds: Vec<String> = log.await.unwrap().into_iter().map(|event| event.kind).collect();
        let count = |kind: &str| kinds.iter().filter(|it| *it == kind).count();
        assert_eq!(
            (
                count("product.picture_added"),
                count("product.picture_removed"),
                count("product.pictures_ordered")
            ),
            (9, 2, 1)
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_sees_the_product_sees_its_pictures_and_only_who_keeps_it_changes_them() {
    each_engine("gallery rights", async |db| {
        let (world, _) = World::new(&db).await.with_printer();
        let (ctx, paint) = (&world.ctx, world.paint);
        adds(&world, paint, "one").await.unwrap();
        let file = files(&world, paint).await.remove(0);
        for reader in [&world.seller, &world.keeper, &world.finance] {
            let seen = catalog::picture(ctx, reader, paint, &file).await.unwrap();
            assert_eq!(seen, b"large one", "{}", db.engine);
            assert_eq!(code(&catalog::remove_picture(ctx, reader, paint, &file).await), "not_allowed");
            let own = world.photo(reader, "two").await;
            assert_eq!(code(&catalog::add_picture(ctx, reader, paint, &own).await), "not_allowed");
        }
        assert_eq!(code(&catalog::picture(ctx, &world.seller, world.putty, &file).await), "not_found");
        // What one has not handed in oneself opens nothing.
        let foreign = world.photo(&world.seller, "three").await;
        assert_eq!(code(&catalog::add_picture(ctx, &world.author, paint, &foreign).await), "invalid");
        assert_eq!(code(&adds(&world, paint, "broken").await), "picture");
        assert_eq!(code(&adds(&world, ProductId(987_654), "four").await), "not_found");
        catalog::remove_picture(ctx, &world.author, paint, &file).await.unwrap();
        let kept = catalog::picture(ctx, &world.seller, paint, &file).await;
        assert_eq!(kept.unwrap(), b"large one", "to be taken back");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_add_at_once_do_not_pass_the_limit() {
    each_engine("gallery race", async |db| {
        let (world, _) = World::new(&db).await.with_printer();
        for n in 0..7 {
            adds(&world, world.paint, &format!("p{n}")).await.unwrap();
        }
        let tasks = [8, 9, 10].map(|n| {
            let world = world.clone();
            tokio::spawn(async move { adds(&world, world.paint, &format!("p{n}")).await })
        });
        let mut done = Vec::new();
        for task in tasks {
            done.push(code(&task.await.unwrap()));
        }
        done.sort_unstable();
        assert_eq!(done, ["ok", "pictures_full", "pictures_full"], "{}", db.engine);
        assert_eq!(files(&world, world.paint).await.len(), 8);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_keeps_the_picture_of_the_day_of_its_issue() {
    each_engine("frozen picture", async |db| {
        let (world, _) = World::new(&db).await.with_printer();
        priced(&world).await;
        adds(&world, world.paint, "old").await.unwrap();
        let (with, without) = (issues_with(&world, Some(true)).await, issues_with(&world, None).await);
        let old = files(&world, world.paint).await.remove(0);
        catalog::remove_picture(&world.ctx, &world.author, world.paint, &old).await.unwrap();
        adds(&world, world.paint, "new").await.unwrap();
        // Both are printed only now; the putty has no picture and takes none.
        assert!(paper(&world, &with).await.ends_with("] small old"), "{}", db.engine);
        assert!(paper(&world, &without).await.ends_with(']'), "{}", db.engine);
        let made = quotes::share_quote(&world.ctx, &world.seller, with.head.id, None).await.unwrap();
        let seen = quotes::open_share(&world.ctx, &made.token).await.unwrap();
        assert_eq!(seen.lines[0].picture.as_ref().map(|picture| picture.file.as_str()), Some(old.as_str()));
        assert_eq!(seen.lines[1].picture, None);
        let large = quotes::shared_picture(&world.ctx, &made.token, &old).await.unwrap();
        assert_eq!(large, b"large old");
        let new = files(&world, world.paint).await.remove(0);
        assert_eq!(code(&quotes::shared_picture(&world.ctx, &made.token, &new).await), "not_found");
        assert_eq!(code(&quotes::shared_picture(&world.ctx, "nothing", &old).await), "not_found");
        let next = quotes::revise_quote(&world.ctx, &world.seller, with.head.id).await.unwrap();
        let next = world.issues(next.head.id).await.unwrap();
        assert!(paper(&world, &next).await.ends_with("] small new"), "the switch goes along: {}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_template_shows_pictures_by_itself_the_document_may_say_otherwise_and_no_form_prints_them() {
    each_engine("template picture", async |db| {
        let (world, _) = World::new(&db).await.with_printer();
        priced(&world).await;
        adds(&world, world.paint, "pail").await.unwrap();
        let items = app::config::items(&world.ctx, &world.author, Some(Kind::Template)).await.unwrap();
        let item = items[0].item.id;
        let lines = json!({"order": 3, "on": true, "parts": ["picture", "code", "qty", "amount", "net"]});
        let rows = vec![row(Some("lines"), lines)];
        world.publish(item, rows, Submission::default()).await.unwrap();
        let facts = documents::paper_facts(&world.ctx, world.branch.id).await.unwrap();
        assert!(facts.pictures_usual && facts.pictures_printed, "{}", db.engine);
        let (usual, never) = (issues_with(&world, None).await, issues_with(&world, Some(false)).await);
        assert!(paper(&world, &usual).await.ends_with("] small pail"), "{}", db.engine);
        assert!(paper(&world, &never).await.ends_with(']'), "{}", db.engine);
        let form = json!({"page": "form_140", "language": "zh", "accent": false});
        world.publish(item, vec![row(Some(""), form)], Submission::default()).await.unwrap();
        let facts = documents::paper_facts(&world.ctx, world.branch.id).await.unwrap();
        assert!(!facts.pictures_printed, "{}", db.engine);
        let on_form = issues_with(&world, Some(true)).await;
        assert!(paper(&world, &on_form).await.ends_with(']'), "{}", db.engine);
        let made = quotes::share_quote(&world.ctx, &world.seller, on_form.head.id, None).await.unwrap();
        let seen = quotes::open_share(&world.ctx, &made.token).await.unwrap();
        assert!(seen.lines[0].picture.is_some(), "the customer's page shows it: {}", db.engine);
    })
    .await;
}
