//! The PDF, made once; the public question; the order and its consent.

use std::sync::atomic::Ordering;

use app::orders::{self, OrderFilter, OrderListing};
use app::quotes::{self, SignRequest};
use app::{documents, jobs};
use domain::access::{Actor, Right};
use domain::base::{Limit, QuoteId};
use domain::quotes::ShownState;
use testkit::each_engine;

use crate::support::quoting::facts;
use crate::support::{World, code};

#[tokio::test(flavor = "multi_thread")]
async fn the_pdf_is_made_once_by_the_runner_and_given_out_as_the_same_bytes() {
    each_engine("pdf", async |db| {
        let (world, printer) = World::new(&db).await.with_printer();
        world.first_prices().await;
        let id = world.issued().await.head.id;
        assert_eq!(jobs::run_due(&world.ctx).await.unwrap(), 1);
        assert_eq!(jobs::run_due(&world.ctx).await.unwrap(), 0, "once is enough");
        let first = documents::pdf_of_quote(&world.ctx, &world.seller, id).await.unwrap();
        world.on_day(9);
        let again = documents::pdf_of_quote(&world.ctx, &world.seller, id).await.unwrap();
        assert_eq!(
            (&first.content, printer.prints.load(Ordering::SeqCst)),
            (&again.content, 1),
            "{}",
            db.engine
        );
        assert!(first.name.starts_with("报价单 SZ26-000001 V1 苏州金鼎"), "{}", first.name);
        let text = String::from_utf8(first.content).unwrap();
        assert!(text.contains("https://huxi.example.cn/v/"), "{text}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_runner_that_is_told_to_stop_begins_no_paper_any_more() {
    each_engine("pdf stopped", async |db| {
        let (world, printer) = World::new(&db).await.with_printer();
        world.first_prices().await;
        world.issued().await;
        let (stop, told) = tokio::sync::watch::channel(true);
        jobs::run(world.ctx.clone(), told).await;
        assert_eq!(printer.prints.load(Ordering::SeqCst), 0, "{}", db.engine);
        drop(stop);
        assert_eq!(jobs::run_due(&world.ctx).await.unwrap(), 1, "{}: it waits for the next one", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_ask_at_once_get_the_same_paper() {
    each_engine("pdf twice", async |db| {
        let (world, _) = World::new(&db).await.with_printer();
        world.first_prices().await;
        let id = world.issued().await.head.id;
        let tasks: Vec<_> = (0..6)
            .map(|_| {
                let world = world.clone();
                tokio::spawn(async move { documents::pdf_of_quote(&world.ctx, &world.seller, id).await })
            })
            .collect();
        let mut papers = Vec::new();
        for task in tasks {
            papers.push(task.await.unwrap().unwrap().content);
        }
        papers.dedup();
        assert_eq!((papers.len(), world.count("quote_pdf").await), (1, 1), "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_has_no_paper_and_the_seal_is_on_what_is_issued_and_logged() {
    each_engine("seal", async |db| {
        let (world, _) = World::new(&db).await.with_printer();
        world.first_prices().await;
        world.gives_seal(&[7; 11]).await;
        let draft = world.drafted().await.head.id;
        let refused = documents::pdf_of_quote(&world.ctx, &world.seller, draft).await;
        assert_eq!(refused.err().unwrap().code(), "not_issued", "{}", db.engine);
        let used = async || {
            let log = world
                .ctx
                .store
                .read(|tx| Box::pin(store::events::of_entity(tx, "quote", draft.0, None, 100)));
            log.await.unwrap().into_iter().filter(|event| event.kind == "seal.used").collect::<Vec<_>>()
        };
        let seals = async || used().await.len();
        world.issues(draft).await.unwrap();
        assert_eq!(seals().await, 0);
        let paper = documents::pdf_of_quote(&world.ctx, &world.seller, draft).await.unwrap();
        assert!(String::from_utf8(paper.content).unwrap().contains("seal 11"));
        documents::pdf_of_quote(&world.ctx, &world.seller, draft).await.unwrap();
        assert_eq!(seals().await, 1);
        let sealed = used().await.remove(0);
        assert!(sealed.actor.is_none(), "the program made the paper, whenever it was wanted");
        let told = (&sealed.facts["issuer"], &sealed.facts["revision"]);
        assert_eq!(told, (&serde_json::json!("seller"), &serde_json::json!(1)), "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seal_that_cannot_be_printed_gives_way_to_the_present_one_and_a_sound_one_never() {
    each_engine("broken seal", async |db| {
        let (world, _) = World::new(&db).await.with_printer();
        world.first_prices().await;
        world.gives_seal(b"sound").await;
        let sound = world.issued().await.head.id;
        world.gives_seal(b"broken").await;
        let lost = world.issued().await.head.id;
        let refused = documents::pdf_of_quote(&world.ctx, &world.seller, lost).await;
        assert_eq!(code(&refused), "seal_unreadable", "{}", db.engine);

        world.gives_seal(b"a new one").await;
        let paper = documents::pdf_of_quote(&world.ctx, &world.seller, lost).await.unwrap();
        assert!(String::from_utf8(paper.content).unwrap().contains("seal 9"), "{}", db.engine);
        let log =
            world.ctx.store.read(|tx| Box::pin(store::events::of_entity(tx, "quote", lost.0, None, 100)));
        let log = log.await.unwrap();
        let used = log.iter().find(|event| event.kind == "seal.used").unwrap();
        assert_eq!(used.facts["instead_of"], domain::documents::sha256_hex(b"broken"));
        let paper = documents::pdf_of_quote(&world.ctx, &world.seller, sound).await.unwrap();
        assert!(String::from_utf8(paper.content).unwrap().contains("seal 5"), "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signed_page_that_cannot_be_opened_makes_no_order() {
    each_engine("broken page", async |db| {
        let (world, _) = World::new(&db).await.with_printer();
        world.first_prices().await;
        let id = world.issued().await.head.id;
        let request = SignRequest {
            signed_day: world.day(0).to_string(),
            signer: "王小明".to_string(),
            file: world.photo(&world.seller, "broken").await,
        };
        let refused = quotes::sign_quote(&world.ctx, &world.seller, id, request).await;
        assert_eq!(code(&refused), "invalid", "{}", db.engine);
        assert_eq!(facts(&refused.err().unwrap())["fields"][0]["path"], "file");
        assert_eq!(world.count("sales_order").await, 0, "{}", db.engine);
        world.signs(id).await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_effect_that_fails_is_tried_again_later() {
    each_engine("effects", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let id = world.issued().await.head.id;
        assert_eq!(jobs::run_due(&world.ctx).await.unwrap(), 1, "no printer is connected");
        assert_eq!(jobs::run_due(&world.ctx).await.unwrap(), 0, "not at once");
        let (world, printer) = world.with_printer();
        world.at_hour(1);
        assert_eq!(jobs::run_due(&world.ctx).await.unwrap(), 1);
        assert_eq!(printer.prints.load(Ordering::SeqCst), 1, "{}", db.engine);
        documents::pdf_of_quote(&world.ctx, &world.seller, id).await.unwrap();
        assert_eq!(printer.prints.load(Ordering::SeqCst), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn anyone_with_the_code_learns_what_the_paper_should_say_and_nothing_more() {
    each_engine("verify", async |db| {
        let (world, _) = World::new(&db).await.with_printer();
        world.first_prices().await;
        let issued = world.issued().await;
        let code_text = issued.head.verify_code.clone().unwrap();
        let found = documents::verify(&world.ctx, &code_text.to_lowercase()).await.unwrap();
        assert_eq!((found.number.as_str(), found.total.to_yuan().as_str()), ("SZ26-000001", "7065.60"));
        assert!(found.customer_masked.contains("**") && !found.customer_masked.contains("金鼎"));
        assert_eq!((found.state, found.pdf_sha256), (ShownState::Issued, None), "{}", db.engine);
        jobs::run_due(&world.ctx).await.unwrap();
        let paper = documents::pdf_of_quote(&world.ctx, &world.seller, issued.head.id).await.unwrap();
        let found = documents::verify(&world.ctx, &code_text).await.unwrap();
        assert_eq!(found.pdf_sha256, Some(domain::documents::sha256_hex(&paper.content)));
        world.on_day(8);
        assert_eq!(documents::verify(&world.ctx, &code_text).await.unwrap().state, ShownState::Expired);
        for wrong in ["", "0", "00000000000000000000000000", "'; --"] {
            let refused = documents::verify(&world.ctx, wrong).await;
            assert_eq!(refused.err().unwrap().code(), "not_found", "{wrong}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_shows_the_frozen_lines_and_its_paper_and_a_keeper_no_prices() {
    each_engine("order", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let issued = world.issued().await;
        let order = world.signs(issued.head.id).await.unwrap().order;
        let seen = orders::read_order(&world.ctx, &world.seller, order.id).await.unwrap();
        assert!(seen.sees_prices && seen.amounts == issued.amounts, "{}", db.engine);
        let paper = orders::consent_of_order(&world.ctx, &world.seller, order.id).await.unwrap();
        let page = format!("签字页 {}", issued.head.id.0);
        assert_eq!((paper.content.as_slice(), paper.mime.as_str()), (page.as_bytes(), "image/jpeg"));
        let kept = orders::read_order(&world.ctx, &world.keeper, order.id).await.unwrap();
        assert!(!kept.sees_prices);
        let paper = orders::consent_of_order(&world.ctx, &world.keeper, order.id).await;
        assert_eq!(code(&paper), "not_allowed");
        let listing = || OrderListing {
            filter: OrderFilter { search: "sz26-d000001 szjd".to_string(), ..OrderFilter::default() },
            limit: Limit::USUAL,
            after: None,
        };
        let list = orders::list_orders(&world.ctx, &world.seller, listing()).await.unwrap();
        assert_eq!((list.items.len(), list.total.net), (1, issued.amounts.net));
        assert!(!orders::list_orders(&world.ctx, &world.keeper, listing()).await.unwrap().sees_prices);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_signed_page_makes_one_order_and_the_other_is_named_to_those_who_see_it() {
    each_engine("page twice", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let file = world.photo(&world.seller, "同一页").await;
        let sign = async |actor: &Actor, id: QuoteId| {
            let (file, signer) = (file.clone(), "王小明".to_string());
            let request = SignRequest { signed_day: world.day(0).to_string(), signer, file };
            quotes::sign_quote(&world.ctx, actor, id, request).await
        };
        let (first, second) = (world.issued().await.head.id, world.issued().await.head.id);
        let other = quotes::add_option(&world.ctx, &world.seller, second).await.unwrap().head.id;
        world.issues(other).await.unwrap();
        let order = sign(&world.seller, first).await.unwrap().order;
        // A quotation of its own, an alternative, and the same one sent again.
        for id in [second, other] {
            let refused = sign(&world.seller, id).await;
            assert_eq!(code(&refused), "page_used", "{}", db.engine);
            assert_eq!(facts(&refused.err().unwrap())["order"]["number"], order.number);
        }
        assert_eq!(code(&sign(&world.seller, first).await), "already_signed", "{}", db.engine);
        // Somebody who sees no orders is not told which one it is.
        let mut without = world.seller.clone();
        without.grants.remove(&Right::OrderRead);
        let refused = sign(&without, second).await;
        assert_eq!(code(&refused), "page_used", "{}", db.engine);
        assert!(facts(&refused.err().unwrap())["order"].is_null(), "{}", db.engine);
        assert_eq!(world.count("sales_order").await, 1, "{}", db.engine);
        // Nothing was lost: another page signs, and its order has the next number.
        assert_eq!(world.signs(second).await.unwrap().order.number, "SZ26-D000002", "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_that_cannot_be_kept_is_given_out_and_kept_by_the_next_who_asks() {
    each_engine("unkept", async |db| {
        let (world, _) = World::new(&db).await.with_printer();
        world.first_prices().await;
        let id = world.issued().await.head.id;
        let mut failed = 0;
        for nth in 1.. {
            world.ctx.store.fail_at_write(nth);
            let paper = documents::pdf_of_quote(&world.ctx, &world.seller, id).await;
            world.ctx.store.fail_at_write(0);
            let paper = String::from_utf8(paper.unwrap().content).unwrap();
            assert!(paper.contains("SZ26-000001"), "write {nth} {}: {paper}", db.engine);
            if world.count("quote_pdf").await == 1 {
                break;
            }
            failed = nth;
        }
        assert!(failed >= 2, "only {failed} writes were tried on {}", db.engine);
        let kept = documents::pdf_of_quote(&world.ctx, &world.seller, id).await.unwrap();
        let again = documents::pdf_of_quote(&world.ctx, &world.seller, id).await.unwrap();
        assert_eq!(kept.content, again.content, "{}", db.engine);
    })
    .await;
}

/// The folder of files takes nothing, as on a full disk.
#[tokio::test(flavor = "multi_thread")]
async fn a_paper_is_given_out_where_no_file_can_be_written() {
    each_engine("no file", async |db| {
        let testkit::Place::Folder(folder) = db.place.clone() else { return };
        let (world, _) = World::new(&db).await.with_printer();
        world.first_prices().await;
        let id = world.issued().await.head.id;
        // What stands where the folder should be makes every file in it fail.
        let files = folder.join("files");
        drop(std::fs::remove_dir_all(&files));
        std::fs::write(&files, b"full").unwrap();
        let paper = documents::pdf_of_quote(&world.ctx, &world.seller, id).await.unwrap();
        assert!(String::from_utf8(paper.content).unwrap().contains("SZ26-000001"), "{}", db.engine);
        assert_eq!(world.count("quote_pdf").await, 0, "{}", db.engine);
        std::fs::remove_file(&files).unwrap();
        std::fs::create_dir(&files).unwrap();
        documents::pdf_of_quote(&world.ctx, &world.seller, id).await.unwrap();
        assert_eq!(world.count("quote_pdf").await, 1, "{}", db.engine);
    })
    .await;
}
