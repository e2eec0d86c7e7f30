//! Drafting: saved as one types, priced as one types, never overwritten unseen.

use app::AppError;
use app::quotes::{self, PriceText, QuoteFilter, QuoteListing};
use domain::base::{Limit, QuoteId};
use domain::quotes::{
    DraftText, LineExtraText, LineText, NO_PRODUCT, OwnText, QuoteAction, TermsText, WholeText,
};
use testkit::{each_engine, places_of_lines};

use crate::support::quoting::facts;
use crate::support::{World, code};

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_comes_back_priced_with_its_trace() {
    each_engine("priced draft", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let draft = world.drafted().await;
        assert_eq!(draft.amounts.net.to_yuan(), "7065.60", "{}", db.engine);
        assert_eq!(draft.lines[0].list.as_ref().unwrap().0.n, 1);
        assert_eq!(draft.lines[0].tier.as_ref().unwrap().0, "A");
        assert_eq!(draft.valid_until, world.day(7));
        assert!(draft.problems.is_empty() && draft.head.number.is_none());
        assert!(draft.actions.contains(&QuoteAction::Issue));
        let boxes = vec![world.line("a", world.paint, "15", "箱")];
        let saved = world.saves(&draft, boxes).await.unwrap();
        assert_eq!((saved.amounts, saved.head.version), (draft.amounts, draft.head.version + 1));
    })
    .await;
}

/// A service outside the catalogue.
fn service(world: &World, name: &str, price: &str) -> LineText {
    let (kind, name, price) = ("service".to_string(), name.to_string(), price.to_string());
    let own = OwnText { kind, name, price, ..OwnText::default() };
    let extra = LineExtraText { own: Some(own), ..LineExtraText::default() };
    LineText { extra, ..world.line("a", NO_PRODUCT, "1", "次") }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_of_old_holds_up_nobody_who_changes_something_else() {
    each_engine("name of old", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let draft = world.drafted().await;
        let draft = world.saves(&draft, vec![service(&world, "石材养护", "300")]).await.unwrap();
        testkit::own_of_two_lines(&world.ctx.store, draft.head.id.0, "石材养护").await;
        let dearer = || vec![service(&world, "石材养护\n2", "310")];
        let text = PriceText {
            customer: draft.head.customer,
            lines: dearer(),
            includes_tax: None,
            whole: WholeText::default(),
        };
        let priced = quotes::price_quote(&world.ctx, &world.seller, text).await.unwrap();
        let saved = world.saves(&draft, dearer()).await.unwrap();
        assert_eq!((priced.amounts, saved.amounts.net.to_yuan()), (saved.amounts, "310.00".to_string()));
        let kept = world.reads(draft.head.id).await.lines[0].line.line.extra.own.clone().unwrap();
        assert_eq!(kept.name, "石材养护\n2", "{}", db.engine);
        let again = world.saves(&draft, dearer()).await;
        assert_eq!(code(&again), "ok", "its answer was lost, {}", db.engine);
        let other = world.saves(&saved, vec![service(&world, "石材养护\n三", "310")]).await.unwrap_err();
        assert_eq!(facts(&other)["fields"][0]["path"], "lines[0].own.name", "{}", db.engine);
        let anew = quotes::create_quote(&world.ctx, &world.seller, draft.head.customer, dearer()).await;
        assert_eq!(code(&anew), "invalid", "a new line is judged, {}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_for_the_customer_of_somebody_else_is_answered_as_it_reads() {
    each_engine("answered for another", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let customer = world.drafted().await.head.customer;
        for lines in [Vec::new(), vec![world.line("a", world.paint, "60", "桶")]] {
            let made = quotes::create_quote(&world.ctx, &world.manager, customer, lines).await.unwrap();
            assert_eq!((made.head.owner, made.head.made_by.0), (world.seller.person, world.manager.person));
            let read = quotes::read_quote(&world.ctx, &world.manager, made.head.id).await.unwrap();
            assert_eq!(format!("{made:?}"), format!("{read:?}"), "{}", db.engine);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_making_and_saving_answer_is_what_reading_answers() {
    each_engine("answered", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let made = world.drafted().await;
        assert_eq!(format!("{made:?}"), format!("{:?}", world.reads(made.head.id).await), "{}", db.engine);
        // Another version beside it, so that what stands beside it is told too.
        world.issues(made.head.id).await.unwrap();
        let draft = quotes::revise_quote(&world.ctx, &world.seller, made.head.id).await.unwrap();
        let terms = TermsText { site_address: "工地".to_string(), ..TermsText::default() };
        let text = DraftText {
            customer: draft.head.customer,
            valid_until: Some(world.day(9).to_string()),
            notes: "送到三楼".to_string(),
            lines: vec![world.line("b", world.paint, "61", "桶"), world.line("c", world.paint, "2", "箱")],
            terms,
            whole: WholeText::default(),
        };
        let (id, version) = (draft.head.id, draft.head.version);
        let saved = quotes::save_quote(&world.ctx, &world.seller, id, version, text).await.unwrap();
        assert_eq!(saved.chain.len(), 2);
        assert_eq!(format!("{saved:?}"), format!("{:?}", world.reads(id).await), "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_tabs_do_not_overwrite_each_other() {
    each_engine("two tabs", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let draft = world.drafted().await;
        let one = world.saves(&draft, vec![world.line("a", world.paint, "61", "桶")]).await.unwrap();
        let other = world.saves(&draft, vec![world.line("a", world.paint, "62", "桶")]).await;
        assert_eq!(code(&other), "changed_by_other");
        assert_eq!(world.reads(draft.head.id).await.amounts, one.amounts);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_save_that_comes_again_because_its_answer_was_lost_is_no_conflict() {
    each_engine("save again", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let draft = world.drafted().await;
        let lines = || vec![world.line("a", world.paint, "61", "桶")];
        let first = world.saves(&draft, lines()).await.unwrap();
        let again = world.saves(&draft, lines()).await.unwrap();
        assert_eq!((again.head.version, again.amounts), (first.head.version, first.amounts), "{}", db.engine);
        let by_another = DraftText {
            customer: draft.head.customer,
            valid_until: None,
            notes: draft.head.notes.clone(),
            lines: lines(),
            terms: TermsText::default(),
            whole: WholeText::default(),
        };
        let (id, version) = (draft.head.id, draft.head.version);
        let other = quotes::save_quote(&world.ctx, &world.manager, id, version, by_another).await;
        assert_eq!(code(&other), "changed_by_other", "whoever did not save it looks first: {}", db.engine);
        world.saves(&first, vec![world.line("a", world.paint, "62", "桶")]).await.unwrap();
        assert_eq!(code(&world.saves(&draft, lines()).await), "changed_by_other", "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_done_to_its_lines_a_saved_draft_reads_as_it_was_saved() {
    each_engine("lines", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let line = |id: &str, qty: &str| world.line(id, world.paint, qty, "桶");
        let named = |ids: &str| ids.chars().map(|id| line(&id.to_string(), "6")).collect::<Vec<_>>();
        let many = |qty: &str| (0..30).map(|n| line(&format!("l{n}"), qty)).collect::<Vec<_>>();
        let mut draft = world.drafted().await;
        let steps = [
            named("abcde"),
            named("abcdef"),
            named("abXdef"),
            named("abXde"),
            named("aNbXde"),
            named("edXbNa"),
            vec![line("a", "7"), line("b", "6")],
            Vec::new(),
            many("1"),
            many("2"),
            many("2").into_iter().skip(3).collect(),
            many("2"),
            named("a"),
        ];
        for (step, lines) in steps.into_iter().enumerate() {
            let wanted: Vec<(String, String)> =
                lines.iter().map(|line| (line.id.clone(), line.qty.clone())).collect();
            draft = world.saves(&draft, lines).await.unwrap();
            let read = world.reads(draft.head.id).await;
            assert_eq!(format!("{draft:?}"), format!("{read:?}"), "{} {step}", db.engine);
            let kept =
                read.lines.iter().map(|line| (line.line.line.id.clone(), line.line.line.qty.to_text()));
            assert_eq!(kept.collect::<Vec<_>>(), wanted, "{} {step}", db.engine);
            assert!(read.moved.is_none(), "{} {step}: what each cost is saved with it", db.engine);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_is_the_same_is_not_written_again() {
    each_engine("same lines", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let line = |id: &str, qty: &str| world.line(id, world.paint, qty, "桶");
        let draft = world.drafted().await;
        let id = draft.head.id;
        let four = vec![line("a", "1"), line("b", "1"), line("c", "1"), line("d", "1")];
        let draft = world.saves(&draft, four).await.unwrap();
        let before = places_of_lines(&db, id.0).await;
        // The last rows of the table are another's by now, so that what is written anew lies elsewhere.
        world.drafted().await;
        let more = ["a", "b", "c", "d", "e"].map(|id| line(id, "1")).to_vec();
        let draft = world.saves(&draft, more).await.unwrap();
        let longer = places_of_lines(&db, id.0).await;
        assert_eq!(longer.len(), 5, "{}", db.engine);
        assert!(
            before.iter().all(|(line, place)| longer.get(line) == Some(place)),
            "{} {longer:?}",
            db.engine
        );
        let other = vec![line("a", "1"), line("b", "2"), line("c", "1")];
        world.saves(&draft, other).await.unwrap();
        let changed = places_of_lines(&db, id.0).await;
        let same = ["a", "c"].map(|line| changed.get(line) == before.get(line));
        assert_eq!((changed.len(), same), (3, [true, true]), "{} {changed:?}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn zero_lines_and_two_thousand_lines_are_quoted() {
    each_engine("sizes", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let draft = world.drafted().await;
        let empty = world.saves(&draft, vec![]).await.unwrap();
        assert_eq!(empty.problems[0].kind.code(), "empty");
        assert_eq!(code(&world.issues(draft.head.id).await), "cannot_issue");
        let many: Vec<LineText> =
            (0..2_000).map(|n| world.line(&format!("l{n}"), world.paint, "1", "桶")).collect();
        let full = world.saves(&empty, many.clone()).await.unwrap();
        assert_eq!((full.lines.len(), full.amounts.net.to_yuan()), (2_000, "235520.00".to_string()));
        let issued = world.issues(draft.head.id).await.unwrap();
        assert_eq!((issued.lines.len(), issued.amounts), (2_000, full.amounts));
        let one_more = many.into_iter().chain([world.line("x", world.paint, "1", "桶")]).collect();
        let copy = quotes::copy_quote(&world.ctx, &world.seller, draft.head.id).await.unwrap();
        assert_eq!(code(&world.saves(&copy, one_more).await), "too_many_lines");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_priced_is_named_and_the_rest_keeps_its_price() {
    each_engine("refused lines", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let draft = world.drafted().await;
        let lines = vec![
            world.line("a", world.paint, "60", "桶"),
            world.line("b", world.paint, "1", "吨"),
            world.line("c", world.putty, "1", "袋"),
        ];
        let saved = world.saves(&draft, lines).await.unwrap();
        let codes: Vec<_> = saved.problems.iter().map(|problem| problem.kind.code()).collect();
        assert_eq!(codes, ["unknown_unit", "no_price"]);
        assert_eq!(saved.amounts.net.to_yuan(), "7065.60");
        let refused = world.issues(draft.head.id).await.unwrap_err();
        assert_eq!(refused.code(), "cannot_issue");
        let unknown = vec![world.line("a", domain::base::ProductId(999_999), "1", "桶")];
        let refused = world.saves(&saved, unknown).await.unwrap_err();
        let fields = crate::support::quoting::facts(&refused);
        assert_eq!(fields["fields"][0]["path"], "lines[0].product_id");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn scripts_emoji_and_ten_megabytes_are_text_like_any_other_until_it_is_too_long() {
    each_engine("texts", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let draft = world.drafted().await;
        let save = async |notes: String, version: i64| {
            let text = DraftText {
                customer: draft.head.customer,
                valid_until: None,
                notes,
                terms: Default::default(),
                whole: Default::default(),
                lines: vec![LineText {
                    note: "😀 <b>".to_string(),
                    ..world.line("😀", world.paint, "1", "桶")
                }],
            };
            quotes::save_quote(&world.ctx, &world.seller, draft.head.id, version, text).await
        };
        let notes = "<script>alert('1')</script> 😀 '; DROP TABLE quote; --\n\u{0}第二行".to_string();
        let saved = save(notes.clone(), 1).await.unwrap();
        assert_eq!(saved.head.notes, notes.replace('\u{0}', ""));
        assert_eq!(saved.lines[0].line.line.note, "😀 <b>");
        let refused = save("长".repeat(3_500_000), 2).await;
        assert_eq!(code(&refused), "invalid");
        let issued = world.issues(draft.head.id).await.unwrap();
        assert_eq!(issued.head.notes, saved.head.notes);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn prices_as_one_types_save_nothing() {
    each_engine("typed", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let draft = world.drafted().await;
        let before = (world.count("quote").await, world.count("event").await);
        let text = PriceText {
            customer: draft.head.customer,
            lines: vec![world.line("a", world.paint, "1", "箱")],
            includes_tax: None,
            whole: WholeText::default(),
        };
        let priced = quotes::price_quote(&world.ctx, &world.seller, text).await;
        assert_eq!(priced.unwrap().amounts.net.to_yuan(), "471.04");
        assert_eq!((world.count("quote").await, world.count("event").await), before);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_draft_is_gone_and_its_id_is_not_given_again() {
    each_engine("deleted", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let draft = world.drafted().await;
        quotes::delete_quote(&world.ctx, &world.seller, draft.head.id, 1).await.unwrap();
        let gone = quotes::read_quote(&world.ctx, &world.seller, draft.head.id).await;
        assert_eq!(code(&gone), "not_found");
        assert_ne!(world.drafted().await.head.id, draft.head.id);
        let issued = world.issued().await;
        let (id, version) = (issued.head.id, issued.head.version);
        let refused = quotes::delete_quote(&world.ctx, &world.seller, id, version).await.unwrap_err();
        assert_eq!(refused.code(), "wrong_state");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_another_tab_has_saved_meanwhile_is_not_deleted() {
    each_engine("deleted stale", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let draft = world.drafted().await;
        let id = draft.head.id;
        world.saves(&draft, vec![world.line("b", world.paint, "61", "桶")]).await.unwrap();
        let refused = quotes::delete_quote(&world.ctx, &world.seller, id, 1).await.unwrap_err();
        assert!(matches!(refused, AppError::Stale { version: 2 }), "{} {refused:?}", db.engine);
        let kept = world.reads(id).await;
        assert_eq!((kept.head.version, kept.lines[0].line.line.id.as_str()), (2, "b"), "{}", db.engine);
        assert_eq!(world.events("quote.deleted").await, 0, "{}", db.engine);

        // At once: whoever saves comes too late, or what was saved is there.
        for _ in 0..6 {
            let draft = world.drafted().await;
            let saving = {
                let (world, draft) = (world.clone(), draft.clone());
                tokio::spawn(async move { code(&world.saves(&draft, vec![]).await) })
            };
            let deleted = code(&quotes::delete_quote(&world.ctx, &world.seller, draft.head.id, 1).await);
            let both = (saving.await.unwrap(), deleted);
            assert!(
                matches!(both, ("ok", "changed_by_other") | ("not_found", "ok")),
                "{} {both:?}",
                db.engine
            );
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_finds_by_state_customer_number_product_and_day_and_pages_without_gaps() {
    each_engine("list", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let mut ids: Vec<QuoteId> = Vec::new();
        for _ in 0..5 {
            ids.push(world.issued().await.head.id);
        }
        world.on_day(1);
        ids.push(world.drafted().await.head.id);
        let list = async |filter: QuoteFilter, limit: i64, after: Option<String>| {
            let limit = Limit::new(Some(limit), 200).unwrap();
            let listing = QuoteListing { filter, limit, after };
            quotes::list_quotes(&world.ctx, &world.seller, listing).await.unwrap()
        };
        let mut seen = Vec::new();
        let mut after = None;
        loop {
            let page = list(QuoteFilter::default(), 2, after).await;
            assert_eq!((page.total.count, page.total.net.to_yuan()), (6, "42393.60".to_string()));
            seen.extend(page.items.iter().map(|item| item.row.id));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        ids.reverse();
        assert_eq!(seen, ids, "{}", db.engine);
        let found = async |filter: QuoteFilter| list(filter, 200, None).await.items.len();
        let search = |text: &str| QuoteFilter { search: text.to_string(), ..QuoteFilter::default() };
        assert_eq!(found(search("sz26-000003")).await, 1);
        assert_eq!(found(search("szjd")).await, 6, "pinyin initials of the customer");
        assert_eq!(found(search("乳胶 金鼎")).await, 6);
        assert_eq!(found(search("100%")).await, 0);
        let state = |state| QuoteFilter { states: vec![state], ..QuoteFilter::default() };
        assert_eq!(found(state(domain::quotes::ShownState::Draft)).await, 1);
        assert_eq!(found(state(domain::quotes::ShownState::Expired)).await, 0);
        let first_day = QuoteFilter { to: Some(world.day(0)), ..QuoteFilter::default() };
        assert_eq!(found(first_day).await, 5);
        let ending = |days| QuoteFilter { valid_to: Some(world.day(days)), ..QuoteFilter::default() };
        assert_eq!((found(ending(6)).await, found(ending(7)).await), (0, 5), "issued for seven days");
        world.on_day(8);
        assert_eq!(found(state(domain::quotes::ShownState::Expired)).await, 5);
    })
    .await;
}
