//! The link that goes to the customer: what it shows, who looked, and the order that a name and a code make, once.

use std::collections::BTreeSet;

use app::AppError;
use app::audit::LogFilter;
use app::config;
use app::insights::{self, TodayEntry};
use app::notices;
use app::quotes::{self, AcceptRequest, Accepted, QuoteView};
use domain::access::{Actor, Reach, Right, Scope};
use domain::base::{Fen, Limit, ShareId, UnitPrice};
use domain::quotes::{CODE_LIFE_MS, Closed, Device, Looked, ShownState};
use serde_json::json;
use testkit::each_engine;

use super::clock::{rule_item, tick};
use super::sight::others;
use crate::support::quoting::facts;
use crate::support::{DAY, HOUR, World, code, row};

const WECHAT: &str = "Mozilla/5.0 (iPhone) MicroMessenger/8.0";
const PC: &str = "Mozilla/5.0 (Windows NT 10.0)";

/// An issued quotation with a link; its token.
async fn shared(world: &World) -> (QuoteView, String, ShareId) {
    let issued = world.issued().await;
    let made = quotes::share_quote(&world.ctx, &world.seller, issued.head.id, None).await.unwrap();
    let share = made.shares.links[0].0.id;
    (issued, made.token, share)
}

async fn accept(world: &World, token: &str, typed: &str) -> Result<Accepted, AppError> {
    let request =
        AcceptRequest { signer: "王小明".to_string(), code: typed.to_string(), agent: WECHAT.to_string() };
    quotes::accept_share(&world.ctx, token, request).await
}

/// A code that is not `code`.
fn other_than(code: &str) -> String {
    let number: u32 = code.parse().unwrap();
    format!("{:06}", (number + 1) % 1_000_000)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_shows_the_frozen_document_until_the_last_valid_day_and_nothing_of_ours() {
    each_engine("share open", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let (issued, token, _) = shared(&world).await;
        assert!(token.len() >= 43, "32 random bytes");
        world.paint_costs("132").await.unwrap();
        let seen = quotes::open_share(&world.ctx, &token).await.unwrap();
        let amounts = (seen.amounts.net, seen.amounts.net_ex_tax, seen.amounts.tax);
        let of_issued = issued.amounts;
        let wanted = (of_issued.net, Some(of_issued.net_ex_tax), Some(of_issued.tax));
        assert_eq!(amounts, wanted, "{}", db.engine);
        assert_eq!((seen.number.as_str(), seen.lines.len(), seen.closed), ("SZ26-000001", 1, None));
        assert_eq!(seen.lines[0].unit_price.map(UnitPrice::to_yuan).as_deref(), Some("117.76"));
        assert!(!format!("{seen:?}").contains("98.0"), "no cost");
        let stored = world
            .ctx
            .store
            .read(|tx| Box::pin(async move { store::quotes::shares(tx, issued.head.id).await }));
        assert_ne!(stored.await.unwrap()[0].token_hash, token, "only the hash is kept");
        world.clock.set(testkit::TEST_DAY.plus_ms(7 * DAY + 14 * HOUR));
        assert_eq!(code(&quotes::open_share(&world.ctx, &token).await), "ok");
        world.clock.set(testkit::TEST_DAY.plus_ms(7 * DAY + 15 * HOUR));
        assert_eq!(code(&quotes::open_share(&world.ctx, &token).await), "link_over");
        assert_eq!(code(&quotes::open_share(&world.ctx, "nothing").await), "not_found");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_may_end_earlier_is_taken_back_and_there_are_not_more_than_five() {
    each_engine("share ends", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let id = world.issued().await.head.id;
        let share = async |day: Option<i64>| {
            let day = day.map(|day| world.day(day).to_string());
            quotes::share_quote(&world.ctx, &world.seller, id, day).await
        };
        assert_eq!(code(&share(Some(8)).await), "invalid", "later than the quotation");
        assert_eq!(code(&share(Some(-1)).await), "invalid");
        let (printed, _) = world.with_printer();
        let tomorrow = Some(world.day(1).to_string());
        let early = quotes::share_quote(&printed.ctx, &world.seller, id, tomorrow).await.unwrap();
        assert!(early.shares.outside, "its public address leads outside");
        world.on_day(2);
        assert_eq!(code(&quotes::open_share(&world.ctx, &early.token).await), "link_over", "{}", db.engine);
        let mut last = share(None).await.unwrap();
        for _ in 0..4 {
            last = share(None).await.unwrap();
        }
        assert_eq!(code(&share(None).await), "too_many_links");
        let newest = last.shares.links[0].0.id;
        assert_eq!((last.id, last.shares.outside), (newest, false), "no public address is set");
        let left = quotes::withdraw_share(&world.ctx, &world.seller, id, newest).await.unwrap();
        assert!(!left.links[0].1, "it opens no more");
        assert_eq!(code(&quotes::open_share(&world.ctx, &last.token).await), "link_over");
        assert_eq!(code(&quotes::hand_over_code(&world.ctx, &world.seller, id, newest).await), "link_over");
        assert_eq!(code(&share(None).await), "ok", "one has become free");
        let draft = world.drafted().await.head.id;
        let of_draft = quotes::share_quote(&world.ctx, &world.seller, draft, None).await;
        assert_eq!(code(&of_draft), "not_issued");
        let foreign = quotes::share_quote(&world.ctx, &world.author, id, None).await;
        assert_eq!(code(&foreign), "not_allowed");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn looks_are_logged_by_device_and_the_same_device_counts_once_in_ten_minutes() {
    each_engine("share looks", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let (issued, token, _) = shared(&world).await;
        let look = async |looked, agent| {
            quotes::note_share_view(&world.ctx, &token, looked, agent).await.unwrap();
        };
        look(Looked::Page, WECHAT).await;
        look(Looked::Page, WECHAT).await;
        look(Looked::Page, PC).await;
        look(Looked::Pdf, WECHAT).await;
        world.clock.set(testkit::TEST_DAY.plus_ms(HOUR));
        look(Looked::Page, WECHAT).await;
        let shares = quotes::quote_shares(&world.ctx, &world.seller, issued.head.id).await.unwrap();
        let link = &shares.links[0].0;
        assert_eq!((link.pages, link.pdfs), (3, 1), "{}", db.engine);
        assert_eq!(link.seen_at, Some(testkit::TEST_DAY.plus_ms(HOUR)));
        let devices: Vec<Device> = shares.views.iter().map(|view| view.device).collect();
        assert_eq!(devices, [Device::WeChat, Device::WeChat, Device::Computer, Device::WeChat]);
        let opened = events_of(&world, &issued, "quote.opened_by_customer").await;
        assert_eq!(opened, 1, "the first look is an event, the others are the log's");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_and_the_code_that_was_handed_over_make_the_order_once() {
    each_engine("share accept", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let (issued, token, share) = shared(&world).await;
        let id = issued.head.id;
        assert_eq!(code(&accept(&world, &token, "000000").await), "no_code", "none was handed over");
        let handed = quotes::hand_over_code(&world.ctx, &world.seller, id, share).await.unwrap();
        let nameless = AcceptRequest { signer: " ".into(), code: handed.code.clone(), agent: PC.into() };
        assert_eq!(code(&quotes::accept_share(&world.ctx, &token, nameless).await), "invalid");
        let done = accept(&world, &token, &handed.code).await.unwrap();
        assert_eq!(done.order.number, "SZ26-D000001", "{}", db.engine);
        assert_eq!((done.quote.state, done.quote.closed), (ShownState::Signed, Some(Closed::Accepted)));
        let accepted = done.quote.accepted.unwrap();
        assert_eq!((accepted.signer.as_str(), accepted.order.as_str()), ("王小明", "SZ26-D000001"));
        let later = quotes::open_share(&world.ctx, &token).await.unwrap();
        assert_eq!(later.accepted, Some(accepted), "the page tells it again whenever it is opened");
        assert_eq!(code(&accept(&world, &token, &handed.code).await), "already_signed");
        assert_eq!(code(&world.signs(id).await), "already_signed");
        assert_eq!(world.count("sales_order").await, 1);
        let order = app::orders::read_order(&world.ctx, &world.seller, done.order.id).await.unwrap();
        assert_eq!(order.amounts, issued.amounts);
        assert_eq!(
            (order.head.row.signer.as_str(), order.head.recorded_by.0),
            ("王小明", world.seller.person)
        );
        let signed = quotes::read_quote(&world.ctx, &world.seller, id).await.unwrap().signed.unwrap();
        assert!(order.head.by_link && signed.by_link, "the customer's own act is not called a paper");
        let note = app::orders::consent_of_order(&world.ctx, &world.seller, done.order.id).await.unwrap();
        let note = String::from_utf8(note.content).unwrap();
        for said in
            ["SZ26-000001 V1", "王小明", issued.head.hash.as_deref().unwrap(), "不是法律意义上的电子签名"]
        {
            assert!(note.contains(said), "{said} in {note}");
        }
        for kind in ["quote.shared", "quote.code_handed_over", "quote.accepted", "quote.signed"] {
            assert_eq!(events_of(&world, &issued, kind).await, 1, "{kind}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_books_a_consent_on_a_link_on_the_customer_and_names_who_gave_the_code() {
    each_engine("share log", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let (issued, token, share) = shared(&world).await;
        quotes::open_share(&world.ctx, &token).await.unwrap();
        let handed = quotes::hand_over_code(&world.ctx, &world.seller, issued.head.id, share).await.unwrap();
        accept(&world, &token, &handed.code).await.unwrap();
        let paper = world.issued().await.head.id;
        world.signs(paper).await.unwrap();
        let mut reader = world.boss.clone();
        reader.grants.insert(Right::AuditRead, Reach::All);
        let limit = Limit::new(None, Limit::MAX).unwrap();
        let told = async |kind: &str| {
            let filter = LogFilter { kind: Some(kind.to_string()), ..LogFilter::default() };
            let page = app::audit::list(&world.ctx, &reader, filter, "", None, limit).await.unwrap();
            page.entries
        };
        for (kind, name) in
            [("quote.accepted", "客户线上确认"), ("quote.signed", "客户签约"), ("order.made", "生成订单")]
        {
            let entry = told(kind).await.pop().unwrap();
            let giver = entry.changes.iter().find(|change| change.name == "确认码给出人");
            assert_eq!((entry.actor, entry.kind_name.as_str()), (None, name), "{}", db.engine);
            assert_eq!(entry.customer.as_deref(), Some("客户 王小明（客户链接）"), "{kind}");
            assert_eq!(giver.and_then(|change| change.after.as_deref()), Some("seller"), "{kind}");
        }
        for kind in ["quote.signed", "order.made"] {
            let newest = told(kind).await.remove(0);
            assert_eq!(newest.actor.map(|(_, name)| name).as_deref(), Some("seller"), "a paper, {kind}");
            assert_eq!(newest.customer, None, "{}", db.engine);
        }
        let code = told("quote.code_handed_over").await.remove(0);
        assert_eq!((code.actor.is_some(), code.customer), (true, None), "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_dies_after_five_wrong_tries_after_two_hours_and_when_the_next_is_handed_over() {
    each_engine("share codes", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let (issued, token, share) = shared(&world).await;
        let hand = async || {
            let handed = quotes::hand_over_code(&world.ctx, &world.seller, issued.head.id, share).await;
            handed.unwrap().code
        };
        let first = hand().await;
        for left in (0..5).rev() {
            let wrong = accept(&world, &token, &other_than(&first)).await.unwrap_err();
            assert_eq!(wrong.code(), "wrong_code", "{}", db.engine);
            assert_eq!(facts(&wrong)["tries_left"], left);
        }
        assert_eq!(code(&accept(&world, &token, &first).await), "code_spent", "even the right one");
        let second = hand().await;
        let third = hand().await;
        if second != third {
            assert_eq!(code(&accept(&world, &token, &second).await), "wrong_code");
        }
        world.clock.set(testkit::TEST_DAY.plus_ms(CODE_LIFE_MS + 1));
        assert_eq!(code(&accept(&world, &token, &third).await), "no_code", "two hours are over");
        assert_eq!(world.count("sales_order").await, 0);
        let last = hand().await;
        assert_eq!(code(&accept(&world, &token, &last).await), "ok");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_holds_on_every_open_link_of_its_version_once_and_its_wrong_tries_are_counted_together() {
    each_engine("share code of version", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let (issued, first, first_id) = shared(&world).await;
        let (_, elsewhere, _) = shared(&world).await;
        let id = issued.head.id;
        let made = quotes::share_quote(&world.ctx, &world.seller, id, None).await.unwrap();
        let (second, second_id) = (made.token, made.id);
        let hand =
            async |share| quotes::hand_over_code(&world.ctx, &world.seller, id, share).await.unwrap().code;
        let typed = hand(first_id).await;
        assert_eq!(code(&accept(&world, &elsewhere, &typed).await), "no_code", "of another quotation");
        // Two links are no more tries than one.
        for (token, left) in [(&first, 4), (&second, 3), (&first, 2), (&second, 1), (&first, 0)] {
            let wrong = accept(&world, token, &other_than(&typed)).await.unwrap_err();
            assert_eq!(wrong.code(), "wrong_code", "{}", db.engine);
            assert_eq!(facts(&wrong)["tries_left"], left, "{}", db.engine);
        }
        for token in [&first, &second] {
            assert_eq!(code(&accept(&world, token, &typed).await), "code_spent", "{}", db.engine);
        }
        // A new code under the other link kills the one before; it holds although its link was taken back.
        let before = hand(first_id).await;
        let typed = hand(second_id).await;
        if before != typed {
            assert_eq!(code(&accept(&world, &first, &before).await), "wrong_code", "{}", db.engine);
        }
        quotes::withdraw_share(&world.ctx, &world.seller, id, second_id).await.unwrap();
        assert_eq!(code(&accept(&world, &second, &typed).await), "link_over", "{}", db.engine);
        assert_eq!(code(&accept(&world, &first, &typed).await), "ok", "{}", db.engine);
        assert_eq!(code(&accept(&world, &first, &typed).await), "already_signed", "{}", db.engine);
        let links = quotes::quote_shares(&world.ctx, &world.seller, id).await.unwrap().links;
        assert!(links.iter().all(|(link, _)| link.code.is_none()), "{}: used up on every link", db.engine);
        let accepted: Vec<ShareId> =
            links.iter().filter(|(link, _)| link.accepted_at.is_some()).map(|(link, _)| link.id).collect();
        assert_eq!(accepted, [first_id], "{}", db.engine);
        assert_eq!(code(&accept(&world, &elsewhere, &typed).await), "no_code", "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_owner_and_who_helps_are_told_of_a_consent_and_see_it_first_until_it_is_read() {
    each_engine("share told", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let [helper, stranger, ..] = others(&world).await;
        let (issued, token, share) = shared(&world).await;
        let (customer, person) = (issued.head.customer, helper.person);
        let helps =
            world.ctx.store.change(move |tx| Box::pin(store::customers::add_helper(tx, customer, person)));
        helps.await.unwrap();
        // Another quotation of as much money, which ends soon.
        world.issued().await;
        let handed = quotes::hand_over_code(&world.ctx, &world.seller, issued.head.id, share).await.unwrap();
        let wrong = accept(&world, &token, &other_than(&handed.code)).await;
        assert_eq!(code(&wrong), "wrong_code");
        let told = async |actor: &Actor| {
            let list = notices::list_notices(&world.ctx, actor, None, Limit::USUAL).await.unwrap();
            list.items.into_iter().filter(|row| row.kind == "accepted").collect::<Vec<_>>()
        };
        assert!(told(&world.seller).await.is_empty(), "{}: nothing was accepted yet", db.engine);
        accept(&world, &token, &handed.code).await.unwrap();
        let text =
            format!("{}刚在链接上确认了报价 SZ26-000001，订单 SZ26-D000001", issued.head.customer_name);
        for reader in [&world.seller, &helper] {
            let said: Vec<_> =
                told(reader).await.into_iter().map(|row| (row.text, row.net.map(Fen::to_yuan))).collect();
            assert_eq!(said, [(text.clone(), Some("7065.60".to_string()))], "{}", db.engine);
        }
        assert!(told(&stranger).await.is_empty(), "{}", db.engine);
        world.on_day(4);
        let first =
            async |actor: &Actor| match insights::today(&world.ctx, actor).await.unwrap().entries.first() {
                Some(TodayEntry::Order(order)) => order.unread,
                _ => None,
            };
        let notice = first(&world.seller).await.unwrap();
        assert_eq!(
            notice,
            told(&world.seller).await[0].id,
            "{}: days later it still stands first",
            db.engine
        );
        notices::read_notice(&world.ctx, &world.seller, notice).await.unwrap();
        assert_eq!(first(&world.seller).await, None, "{}", db.engine);
        assert!(first(&helper).await.is_some(), "{}: each reads their own", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_rule_says_of_the_signing_stands_in_the_message_of_the_consent_until_that_is_read() {
    each_engine("share told once", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        // The last one's words stand in those of the consent too, as a part of them.
        let says = |text: &str| {
            json!({
                "name": "签了", "on": true, "trigger": {"kind": "event", "event": "quote_signed"},
                "actions": [{"kind": "notify", "to": ["owner"], "text": text}],
            })
        };
        let texts = [("a", "请通知仓库备货"), ("b", "请通知仓库备货"), ("c", "订单")];
        let rows = texts.map(|(key, text)| row(Some(key), says(text))).into_iter().collect();
        world.publish(rule_item(&world).await, rows, config::Submission::default()).await.unwrap();
        let accepts = async || {
            let (issued, token, share) = shared(&world).await;
            tick(&world.ctx).await;
            let handed =
                quotes::hand_over_code(&world.ctx, &world.seller, issued.head.id, share).await.unwrap();
            accept(&world, &token, &handed.code).await.unwrap();
        };
        let said = async || {
            let list = notices::list_notices(&world.ctx, &world.seller, None, Limit::USUAL).await.unwrap();
            list.items.into_iter().map(|row| row.text).collect::<Vec<_>>()
        };
        accepts().await;
        tick(&world.ctx).await;
        let told = said().await;
        let [only] = told.as_slice() else { panic!("{}: {told:?}", db.engine) };
        let (consent, besides) = only.split_once('；').unwrap();
        assert!(consent.ends_with("订单 SZ26-D000001"), "{}: {only}", db.engine);
        let besides: BTreeSet<&str> = besides.split('；').collect();
        assert_eq!(besides, BTreeSet::from(["请通知仓库备货", "订单"]), "{}: {only}", db.engine);
        assert_eq!(only.matches("备货").count(), 1, "{}: {only}", db.engine);
        accepts().await;
        notices::read_all_notices(&world.ctx, &world.seller).await.unwrap();
        tick(&world.ctx).await;
        let told = said().await;
        let anew = |text: &str| told.iter().filter(|told| *told == text).count();
        let found = (told.len(), anew("请通知仓库备货"), anew("订单"));
        assert_eq!(found, (5, 2, 1), "{}: {told:?}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_not_be_signed_is_not_accepted_either() {
    each_engine("share e10", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let handed = async |token: &str, id, share| {
            let code = quotes::hand_over_code(&world.ctx, &world.seller, id, share).await.unwrap().code;
            (token.to_string(), code)
        };
        // Replaced by its next version.
        let (first, token, share) = shared(&world).await;
        let (token, typed) = handed(&token, first.head.id, share).await;
        let next = quotes::revise_quote(&world.ctx, &world.seller, first.head.id).await.unwrap();
        world.issues(next.head.id).await.unwrap();
        assert_eq!(code(&accept(&world, &token, &typed).await), "superseded", "{}", db.engine);
        // Ended.
        let (ended, token, share) = shared(&world).await;
        let (token, typed) = handed(&token, ended.head.id, share).await;
        quotes::cancel_quote(&world.ctx, &world.seller, ended.head.id, "不要了").await.unwrap();
        assert_eq!(code(&accept(&world, &token, &typed).await), "wrong_state");
        // The link was taken back.
        let (taken, token, share) = shared(&world).await;
        let (token, typed) = handed(&token, taken.head.id, share).await;
        quotes::withdraw_share(&world.ctx, &world.seller, taken.head.id, share).await.unwrap();
        assert_eq!(code(&accept(&world, &token, &typed).await), "link_over");
        // Head office withdrew the list; its reason is nothing for the customer.
        let (void, token, share) = shared(&world).await;
        let (token, typed) = handed(&token, void.head.id, share).await;
        world.paint_costs("132").await.unwrap();
        config::void_revision(&world.ctx, &world.author, world.price_list, 1, "成本上涨").await.unwrap();
        let refused = accept(&world, &token, &typed).await.unwrap_err();
        assert_eq!(refused.code(), "revision_void");
        assert!(!format!("{refused:?}").contains("成本"));
        let shares = quotes::quote_shares(&world.ctx, &world.seller, void.head.id).await.unwrap();
        assert!(!shares.may_share, "what cannot be signed is not sent");
        // Its last valid day is over: the link went with it.
        let (late, token, share) = shared(&world).await;
        world.clock.set(testkit::TEST_DAY.plus_ms(7 * DAY + 14 * HOUR + 59 * 60_000));
        let (token, typed) = handed(&token, late.head.id, share).await;
        world.clock.set(testkit::TEST_DAY.plus_ms(7 * DAY + 15 * HOUR));
        assert_eq!(code(&accept(&world, &token, &typed).await), "link_over");
        assert_eq!(world.count("sales_order").await, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_of_somebody_who_left_opens_nothing() {
    each_engine("share leaver", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let (issued, token, share) = shared(&world).await;
        let typed =
            quotes::hand_over_code(&world.ctx, &world.seller, issued.head.id, share).await.unwrap().code;
        let person = world.seller.person;
        let everywhere = Scope { person, path: Some("/".to_string()) };
        let locked = world.ctx.store.change(move |tx| {
            let everywhere = everywhere.clone();
            Box::pin(async move {
                let mut leaver = store::access::person(tx, person, &everywhere).await?.unwrap();
                leaver.active = false;
                store::access::update_person(tx, &leaver, "").await
            })
        });
        assert!(locked.await.unwrap());
        assert_eq!(code(&accept(&world, &token, &typed).await), "no_code", "{}", db.engine);
        assert_eq!(world.count("sales_order").await, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_phones_and_the_counter_at_once_make_one_order() {
    each_engine("share race", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let elsewhere = world.elsewhere(&db).await;
        let (issued, token, share) = shared(&world).await;
        let id = issued.head.id;
        let typed = quotes::hand_over_code(&world.ctx, &world.seller, id, share).await.unwrap().code;
        let tasks: Vec<_> = (0..6)
            .map(|tab| {
                let world = if tab % 2 == 0 { world.clone() } else { elsewhere.clone() };
                let (token, typed) = (token.clone(), typed.clone());
                tokio::spawn(async move {
                    if tab < 4 {
                        code(&accept(&world, &token, &typed).await)
                    } else {
                        code(&world.signs(id).await)
                    }
                })
            })
            .collect();
        let mut ended = Vec::new();
        for task in tasks {
            ended.push(task.await.unwrap());
        }
        ended.sort_unstable();
        assert_eq!(
            ended,
            ["already_signed"; 5].into_iter().chain(["ok"]).collect::<Vec<_>>(),
            "{}",
            db.engine
        );
        assert_eq!(world.count("sales_order").await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_at_any_write_of_accepting_leaves_the_quotation_unsigned_and_the_code_good() {
    each_engine("share faults", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let (issued, token, share) = shared(&world).await;
        let typed =
            quotes::hand_over_code(&world.ctx, &world.seller, issued.head.id, share).await.unwrap().code;
        let mut failed = 0;
        for nth in 1.. {
            world.ctx.store.fail_at_write(nth);
            let outcome = accept(&world, &token, &typed).await;
            world.ctx.store.fail_at_write(0);
            if outcome.is_ok() {
                break;
            }
            assert_eq!(code(&outcome), "internal", "write {nth}");
            failed = nth;
            assert_eq!(world.count("sales_order").await, 0, "write {nth} {}", db.engine);
            assert_eq!(world.reads(issued.head.id).await.state, ShownState::Issued);
        }
        assert!(failed >= 6, "only {failed} writes were tried");
        assert_eq!(world.count("sales_order").await, 1);
    })
    .await;
}

async fn events_of(world: &World, quote: &QuoteView, kind: &'static str) -> usize {
    let id = quote.head.id.0;
    let events = world
        .ctx
        .store
        .read(|tx| Box::pin(async move { store::events::of_entity(tx, "quote", id, None, 100).await }));
    events.await.unwrap().iter().filter(|event| event.kind == kind).count()
}
