//! Active time from marks, and the page 今天.

use app::insights::{self, MarkText, StakeKind, TodayConfigKind, TodayEntry};
use app::quotes;
use domain::access::{Actor, Reach, Right};
use domain::base::{Instant, QuoteId};
use testkit::each_engine;

use crate::support::{HOUR, World, code};

fn mark(key: &str, kind: &str, quote: QuoteId, at: Instant, active_ms: Option<i64>) -> MarkText {
    MarkText { key: key.to_string(), kind: kind.to_string(), quote, at, active_ms }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_known_log_gives_the_known_answer_and_repeated_marks_count_once() {
    each_engine("handling", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        for minutes in 1..=10_i64 {
            let start = world.ctx.moment().await.unwrap().now.plus_ms(HOUR);
            world.clock.set(start);
            let id = world.drafted().await.head.id;
            let end = start.plus_ms(minutes * 60_000);
            world.clock.set(end);
            let marks = vec![
                mark(&format!("o{minutes}"), "opened", id, start, None),
                mark(&format!("a{minutes}"), "active", id, end, Some(minutes * 60_000)),
                mark(&format!("u{minutes}"), "focus", QuoteId(999_999), end, None),
            ];
            insights::note_activity(&world.ctx, &world.seller, marks.clone()).await.unwrap();
            insights::note_activity(&world.ctx, &world.seller, marks).await.unwrap();
            world.issues(id).await.unwrap();
        }
        let measured =
            insights::handling_times(&world.ctx, &world.seller, world.day(0), world.day(1), 7).await.unwrap();
        assert_eq!((measured.figures.population, measured.sample.len()), (10, 10), "{}", db.engine);
        assert_eq!(measured.figures.p50_ms, Some(5 * 60_000));
        assert_eq!(measured.figures.p90_ms, Some(9 * 60_000));
        assert_eq!(world.count("activity").await, 20);
        let again =
            insights::handling_times(&world.ctx, &world.seller, world.day(0), world.day(1), 7).await.unwrap();
        assert_eq!(again.figures, measured.figures, "the same seed draws the same sample");
        let none = insights::handling_times(&world.ctx, &world.keeper, world.day(0), world.day(1), 7).await;
        assert_eq!(code(&none), "not_allowed");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_quotations_all_are_counted_and_the_marks_of_the_sample_alone_are_read() {
    each_engine("sample", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let start = world.ctx.moment().await.unwrap().now;
        for n in 0..3 {
            let id = world.drafted().await.head.id;
            world.clock.set(start.plus_ms((n + 1) * HOUR));
            let opened = start.plus_ms(if n == 2 { 10 } else { n } * HOUR);
            world.issues(id).await.unwrap();
            world.clock.set(start.plus_ms(12 * HOUR));
            let marks = vec![mark(&format!("o{n}"), "opened", id, opened, None)];
            insights::note_activity(&world.ctx, &world.seller, marks).await.unwrap();
            world.clock.set(start.plus_ms((n + 1) * HOUR));
        }
        let day = world.day(0);
        let measured = insights::handling_times(&world.ctx, &world.seller, day, world.day(1), 7).await;
        let measured = measured.unwrap();
        assert_eq!((measured.figures.population, measured.sample.len()), (2, 2), "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn marks_from_a_fast_clock_are_set_back_and_those_of_strangers_are_nobodys() {
    each_engine("marks", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let id = world.drafted().await.head.id;
        let now = world.ctx.moment().await.unwrap().now;
        let fast = now.plus_ms(3 * HOUR);
        let marks = vec![mark("fast", "opened", id, fast, None)];
        insights::note_activity(&world.ctx, &world.seller, marks).await.unwrap();
        let marks = vec![mark("foreign", "opened", id, now, None)];
        insights::note_activity(&world.ctx, &world.keeper, marks).await.unwrap();
        assert_eq!(world.count("activity").await, 1);
        let many = (0..101).map(|n| mark(&format!("m{n}"), "focus", id, now, None)).collect();
        assert_eq!(code(&insights::note_activity(&world.ctx, &world.seller, many).await), "invalid");
        let odd = vec![mark("odd", "asleep", id, now, None)];
        assert_eq!(code(&insights::note_activity(&world.ctx, &world.seller, odd).await), "invalid");
        world.issues(id).await.unwrap();
        let day = world.day(0);
        let measured = insights::handling_times(&world.ctx, &world.seller, day, day, 7).await.unwrap();
        assert_eq!(measured.sample[0].measured.opened_at, now, "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn today_begins_with_what_presses_and_holds_the_most_money() {
    each_engine("today", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let small = world.issued().await.head.id;
        let draft = world.drafted().await;
        let big = world.saves(&draft, vec![world.line("a", world.paint, "600", "桶")]).await.unwrap();
        let big = world.issues(big.head.id).await.unwrap().head.id;
        let open = world.drafted().await.head.id;
        let empty = world.drafted().await;
        world.saves(&empty, Vec::new()).await.unwrap();
        let quotes = async |world: &World| -> Vec<(StakeKind, QuoteId)> {
            let page = insights::today(&world.ctx, &world.seller).await.unwrap();
            let quote = |entry: &TodayEntry| match entry {
                TodayEntry::Quote(quote) => Some((quote.kind, quote.id)),
                TodayEntry::Ask(_) | TodayEntry::Order(_) | TodayEntry::Config(_) => None,
            };
            page.entries.iter().filter_map(quote).collect()
        };
        assert_eq!(quotes(&world).await, [(StakeKind::Draft, open)], "{}", db.engine);
        world.on_day(4);
        let expected = [(StakeKind::Expiring, big), (StakeKind::Expiring, small), (StakeKind::Draft, open)];
        assert_eq!(quotes(&world).await, expected);
        world.signs(small).await.unwrap();
        let page = insights::today(&world.ctx, &world.seller).await.unwrap();
        assert!(page.entries.iter().any(|entry| matches!(entry, TodayEntry::Order(_))));
        assert_eq!(
            (page.figures.open.count, page.figures.drafts.count),
            (1, 1),
            "an empty draft is no draft yet"
        );
        assert_eq!(page.figures.expiring.net.to_yuan(), "70656.00");
        world.on_day(8);
        assert_eq!(quotes(&world).await, [(StakeKind::Expired, big), (StakeKind::Draft, open)]);
        let keeper = insights::today(&world.ctx, &world.keeper).await.unwrap();
        assert!(keeper.entries.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn anothers_draft_waits_for_the_manager_only_once_it_was_left_for_a_day() {
    each_engine("today left", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let draft = world.drafted().await;
        let listed = async |actor: &Actor| {
            let page = insights::today(&world.ctx, actor).await.unwrap();
            let it = |entry: &TodayEntry| matches!(entry, TodayEntry::Quote(it) if it.id == draft.head.id);
            page.entries.iter().any(it)
        };
        let begun = world.ctx.moment().await.unwrap().now;
        assert!(listed(&world.seller).await, "one's own at once: {}", db.engine);
        assert!(!listed(&world.manager).await, "{}", db.engine);
        world.clock.set(begun.plus_ms(24 * HOUR - 1_000));
        assert!(!listed(&world.manager).await, "{}", db.engine);
        world.clock.set(begun.plus_ms(24 * HOUR + 1_000));
        assert!(listed(&world.manager).await, "{}", db.engine);
        quotes::take_over_quote(&world.ctx, &world.manager, draft.head.id).await.unwrap();
        assert!(listed(&world.manager).await, "in one's own hands: {}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_ends_first_stands_first_and_is_not_cut_off_for_more_money_that_ends_later() {
    each_engine("today ends", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let small = world.issued().await.head.id;
        world.on_day(2);
        for _ in 0..20 {
            let draft = world.drafted().await;
            let big = world.saves(&draft, vec![world.line("a", world.paint, "600", "桶")]).await.unwrap();
            world.issues(big.head.id).await.unwrap();
        }
        world.on_day(6);
        let page = insights::today(&world.ctx, &world.seller).await.unwrap();
        let ending = |entry: &TodayEntry| match entry {
            TodayEntry::Quote(quote) if quote.kind == StakeKind::Expiring => Some(quote.id),
            TodayEntry::Quote(_) | TodayEntry::Ask(_) | TodayEntry::Order(_) | TodayEntry::Config(_) => None,
        };
        let listed: Vec<QuoteId> = page.entries.iter().filter_map(ending).collect();
        assert_eq!((listed.first(), listed.len()), (Some(&small), 20), "{}", db.engine);
        assert_eq!(page.figures.expiring.count, 21);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_was_overtaken_waits_for_its_author_and_no_longer_for_the_second_person() {
    each_engine("today overtaken", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let (ctx, author) = (&world.ctx, &world.author);
        let id = app::config::create_draft(ctx, author, world.price_list, "清仓").await.unwrap();
        app::config::put_rows(ctx, author, id, 1, (vec![world.paint_at("120")], Vec::new())).await.unwrap();
        let asked = app::config::Submission { note: "年底清仓".to_string(), ..Default::default() };
        app::config::submit(ctx, author, id, asked).await.unwrap();
        let waits = async |actor: &Actor| {
            let page = insights::today(ctx, actor).await.unwrap();
            page.entries.into_iter().find_map(|entry| match entry {
                TodayEntry::Config(it) if it.draft == Some(id) => Some((it.kind, it.title, it.n)),
                _ => None,
            })
        };
        let reason = "年底清仓".to_string();
        assert_eq!(waits(&world.second).await, Some((TodayConfigKind::Confirm, reason, None)));
        assert_eq!(waits(author).await, None, "{}", db.engine);
        // Somebody else's prices come first.
        world.publish(world.price_list, vec![world.putty_at("30")], Default::default()).await.unwrap();
        assert_eq!(waits(&world.second).await, None, "nothing to confirm: {}", db.engine);
        let overtaken = (TodayConfigKind::Overtaken, "清仓".to_string(), Some(2));
        assert_eq!(waits(author).await, Some(overtaken), "{}", db.engine);
        app::config::rebase_draft(ctx, author, id, Default::default()).await.unwrap();
        assert_eq!(waits(author).await, None, "it is edited again");
        app::config::submit(ctx, author, id, Default::default()).await.unwrap();
        let again = waits(&world.second).await.map(|(kind, title, _)| (kind, title));
        assert_eq!(again, Some((TodayConfigKind::Confirm, "清仓".to_string())), "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_came_back_says_why() {
    each_engine("today returned", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let (ctx, author) = (&world.ctx, &world.author);
        let id = app::config::create_draft(ctx, author, world.price_list, "春季调价").await.unwrap();
        app::config::put_rows(ctx, author, id, 1, (vec![world.paint_at("120")], Vec::new())).await.unwrap();
        app::config::submit(ctx, author, id, Default::default()).await.unwrap();
        app::config::return_draft(ctx, &world.second, id, "两个价错").await.unwrap();
        let page = insights::today(ctx, author).await.unwrap();
        let told = page.entries.into_iter().find_map(|entry| match entry {
            TodayEntry::Config(it) if it.draft == Some(id) => Some((it.kind, it.title)),
            _ => None,
        });
        assert_eq!(told, Some((TodayConfigKind::Returned, "两个价错".to_string())), "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_second_person_finds_what_waits_for_confirmation() {
    each_engine("today config", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let id =
            app::config::create_draft(&world.ctx, &world.author, world.price_list, "五月调价").await.unwrap();
        let rows = (vec![world.paint_at("130")], Vec::new());
        app::config::put_rows(&world.ctx, &world.author, id, 1, rows).await.unwrap();
        app::config::submit(&world.ctx, &world.author, id, Default::default()).await.unwrap();
        world.issued().await;
        let waits = async |world: &World, actor| {
            let page = insights::today(&world.ctx, actor).await.unwrap();
            let draft = |entry: &TodayEntry| matches!(entry, TodayEntry::Config(it) if it.draft == Some(id));
            page.entries.iter().any(draft)
        };
        assert!(waits(&world, &world.second).await && !waits(&world, &world.author).await, "{}", db.engine);
        assert!(!waits(&world, &world.seller).await);
        // Money at stake does not push aside what everybody's prices wait for.
        world.on_day(4);
        let page = insights::today(&world.ctx, &world.second).await.unwrap();
        assert!(matches!(&page.entries[0], TodayEntry::Config(it) if it.draft == Some(id)), "{}", db.engine);
        // Whose right to publish ends at a region is not asked about what holds for the whole company.
        let regional = |rights: &[(Right, Reach)]| Actor {
            grants: rights.iter().copied().collect(),
            ..world.manager.clone()
        };
        let (read, prices) = ((Right::ConfigRead, Reach::Org), (Right::PriceRead, Reach::All));
        let of_region = regional(&[read, prices, (Right::ConfigPublish, Reach::Org)]);
        let of_all = regional(&[read, prices, (Right::ConfigPublish, Reach::All)]);
        let blind = regional(&[read, (Right::ConfigPublish, Reach::All)]);
        assert!(!waits(&world, &of_region).await);
        assert!(waits(&world, &of_all).await);
        assert!(!waits(&world, &blind).await, "no right to its kind");
        app::config::return_draft(&world.ctx, &world.second, id, "太急").await.unwrap();
        assert!(waits(&world, &world.author).await && !waits(&world, &world.second).await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_signed_is_summed_for_those_who_see_orders_only() {
    each_engine("signed month", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let id = world.issued().await.head.id;
        world.signs(id).await.unwrap();
        let figures = async |actor: &Actor| insights::today(&world.ctx, actor).await.unwrap().figures;
        assert_eq!(figures(&world.seller).await.signed_month.count, 1, "{}", db.engine);
        let mut blind = world.seller.clone();
        blind.grants.remove(&Right::OrderRead);
        assert_eq!(figures(&blind).await.signed_month, Default::default());
    })
    .await;
}
