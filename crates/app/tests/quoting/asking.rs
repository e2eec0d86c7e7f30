//! What goes beyond one's limit is asked of somebody who may (请处理), and ends one way or another.

use app::insights::{self, AskKind, TodayAsk, TodayEntry};
use app::quotes::{self, PriceText, QuoteView};
use app::{AppError, config, notices};
use domain::access::Actor;
use domain::base::{Limit, QuoteId, Refusal};
use domain::config::Kind;
use domain::quotes::{
    LineExtraText, ManualText, ProblemKind, QuoteAction, QuoteRefused, Seen, ShownState, WholeText,
};
use serde_json::json;
use testkit::{TEST_DAY, each_engine};

use super::sight::others;
use crate::support::quoting::facts;
use crate::support::{World, code, told};

fn set_price(price: &str) -> LineExtraText {
    let manual = ManualText { unit_price: Some(price.to_string()), ..ManualText::default() };
    LineExtraText { manual: Some(manual), ..LineExtraText::default() }
}

impl World {
    /// A draft at 104.00 a pail: 11.69 % below the tier price, where the seller may give 5 % and the manager 15 %.
    async fn beyond(&self) -> QuoteView {
        let draft = self.drafted().await;
        self.agrees(&draft, |text| text.lines[0].extra = set_price("104")).await
    }

    async fn asks(&self, id: QuoteId, to: &Actor, reason: &str) -> Result<QuoteView, AppError> {
        quotes::ask_for_quote(&self.ctx, &self.seller, (id, None), to.person, reason).await
    }

    /// What somebody's day says of asks, and whether it lists the draft in another way too.
    async fn told(&self, actor: &Actor, id: QuoteId) -> (Vec<TodayAsk>, bool) {
        let page = insights::today(&self.ctx, actor).await.unwrap();
        let mut asks = Vec::new();
        let mut otherwise = false;
        for entry in page.entries {
            match entry {
                TodayEntry::Ask(ask) if ask.id == id => asks.push(ask),
                TodayEntry::Quote(quote) => otherwise |= quote.id == id,
                TodayEntry::Ask(_) | TodayEntry::Order(_) | TodayEntry::Config(_) => {}
            }
        }
        (asks, otherwise)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn how_far_others_may_go_is_told_by_names_and_by_no_figure() {
    each_engine("limits of others", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        world.limits().await;
        let customer = world.drafted().await.head.customer;
        let refused = async |off: &str| {
            let lines = vec![world.line("a", world.paint, "60", "桶")];
            let whole = WholeText { percent_off: Some(off.to_string()), ..WholeText::default() };
            let text = PriceText { customer, lines, includes_tax: Some(true), whole };
            let problems = quotes::price_quote(&world.ctx, &world.seller, text).await.unwrap().problems;
            QuoteRefused::CannotIssue { problems }.facts()["problems"].clone()
        };
        // The manager may give 15 %. Who may not is not named, however near.
        for (off, named) in
            [("15", json!(["manager", "boss"])), ("15.01", json!(["boss"])), ("90", json!(["boss"]))]
        {
            let told = refused(off).await;
            assert_eq!(
                (&told[0]["who_may"], &told[0]["limit"]),
                (&named, &json!("5")),
                "{off} {}",
                db.engine
            );
            assert_eq!(told.as_array().map(Vec::len), Some(1), "{told}");
        }
        let told = refused("90").await.to_string();
        assert!(!told.contains("15"), "{told}");

        let limit = async |reader: &Actor| {
            let rights = app::audit::effective_rights(&world.ctx, reader, world.manager.person).await;
            rights.map(|rights| rights.price_limit.map(|limit| limit.depth.to_percent()))
        };
        assert_eq!(code(&limit(&world.seller).await), "not_allowed", "{}", db.engine);
        let rules = config::items(&world.ctx, &world.seller, Some(Kind::PriceLimit)).await;
        assert_eq!(code(&rules), "not_allowed", "{}", db.engine);
        for reader in [&world.manager, &world.boss] {
            assert_eq!(limit(reader).await.unwrap().as_deref(), Some("15"), "{}", db.engine);
            let rules = config::items(&world.ctx, reader, Some(Kind::PriceLimit)).await.unwrap();
            assert_eq!(rules.len(), 1, "{}", db.engine);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_asked_sees_it_today_and_ends_it_by_taking_the_draft_over() {
    each_engine("asked", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        world.limits().await;
        let draft = world.beyond().await;
        let (id, version) = (draft.head.id, draft.head.version);
        let names: Vec<&str> = draft.askable.iter().map(|(_, name)| name.as_str()).collect();
        assert_eq!(names, ["manager", "boss"], "the nearest first, {}", db.engine);
        let asked = world.asks(id, &world.manager, " 老客户竞标 ").await.unwrap();
        assert_eq!((asked.head.version, asked.askable.len()), (version, 0), "asking changes no draft");
        let ask = asked.ask.unwrap();
        assert_eq!((ask.to.1.as_str(), ask.reason.as_str(), ask.version), ("manager", "老客户竞标", version));
        assert_eq!(ask.beyond.depth.unwrap().0.to_percent(), "11.69");
        assert!(asked.actions.contains(&QuoteAction::WithdrawAsk));
        assert_eq!(code(&world.asks(id, &world.boss, "急").await), "already_asked");
        assert_eq!(told(&world.logged("quote.asked").await, "交给谁"), "manager", "{}", db.engine);

        let (asks, otherwise) = world.told(&world.manager, id).await;
        let [waiting] = &asks[..] else { panic!("{asks:?} on {}", db.engine) };
        assert_eq!((waiting.kind, waiting.by.as_str(), otherwise), (AskKind::ToMe, "seller", false));
        assert_eq!((waiting.net, waiting.words.as_str()), (draft.amounts.net, "老客户竞标"));
        assert!(waiting.margin.is_some() && !waiting.changed);
        let (own, _) = world.told(&world.seller, id).await;
        assert_eq!((own[0].kind, own[0].margin), (AskKind::Waiting, None), "a seller sees no margin");
        assert_eq!(world.told(&world.boss, id).await.0, [], "who was not asked");

        world.agrees(&world.reads(id).await, |text| text.lines[0].extra = set_price("103")).await;
        let changed = &world.told(&world.manager, id).await.0[0];
        assert!(changed.changed, "{}", db.engine);
        assert_eq!(changed.asked_net, draft.amounts.net, "the sum of the moment of its percentage");
        assert!(changed.net < changed.asked_net, "{}", db.engine);
        assert_eq!(TodayEntry::Ask(changed.clone()).net(), Some(changed.net), "{}", db.engine);
        let seen = quotes::read_quote(&world.ctx, &world.manager, id).await.unwrap();
        assert!(seen.ask.unwrap().changed(seen.head.version));
        let taken = quotes::take_over_quote(&world.ctx, &world.manager, id).await.unwrap();
        assert_eq!(taken.ask.unwrap().reason, "老客户竞标", "it stays beside the draft");
        assert!(taken.actions.contains(&QuoteAction::GiveBack), "{}", db.engine);
        let own = world.reads(id).await;
        assert!(own.ask.is_some() && !own.actions.contains(&QuoteAction::WithdrawAsk));
        for person in [&world.manager, &world.seller] {
            assert_eq!(world.told(person, id).await.0, [], "{}", db.engine);
        }
        assert_eq!(testkit::events_of(&world.ctx.store, "quote.asked").await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn given_back_with_a_word_it_is_told_to_who_asked_until_it_is_asked_anew() {
    each_engine("given back", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        world.limits().await;
        let id = world.beyond().await.head.id;
        let give_back =
            async |actor: &Actor, words: &str| quotes::give_back_quote(&world.ctx, actor, id, words).await;
        assert_eq!(code(&give_back(&world.manager, "不行").await), "not_asked");
        world.asks(id, &world.manager, "老客户").await.unwrap();
        assert_eq!(code(&give_back(&world.boss, "不行").await), "not_asked", "{}", db.engine);
        assert_eq!(code(&give_back(&world.manager, " ").await), "invalid");
        let back = give_back(&world.manager, "最多让到 106").await.unwrap();
        assert!(!back.actions.contains(&QuoteAction::GiveBack));
        assert_eq!(code(&give_back(&world.manager, "不行").await), "not_asked", "once");
        let (told, otherwise) = world.told(&world.seller, id).await;
        let [news] = &told[..] else { panic!("{told:?} on {}", db.engine) };
        assert_eq!((news.kind, news.words.as_str(), otherwise), (AskKind::GivenBack, "最多让到 106", false));
        let seen = world.reads(id).await;
        assert_eq!(seen.ask.unwrap().end.unwrap().words, "最多让到 106");
        assert_eq!(seen.askable.len(), 2, "it may be asked again");
        world.asks(id, &world.boss, "再请老板看").await.unwrap();
        let kinds = |asks: Vec<TodayAsk>| asks.into_iter().map(|ask| ask.kind).collect::<Vec<_>>();
        assert_eq!(kinds(world.told(&world.seller, id).await.0), [AskKind::Waiting], "{}", db.engine);
        assert_eq!(kinds(world.told(&world.manager, id).await.0), []);
        let issued = quotes::issue_quote(&world.ctx, &world.boss, id, None, &Seen::default()).await.unwrap();
        assert_eq!((issued.state, issued.ask), (ShownState::Issued, None));
        assert_eq!(kinds(world.told(&world.boss, id).await.0), []);
        assert_eq!(testkit::events_of(&world.ctx.store, "quote.ask_given_back").await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_taken_over_is_given_back_with_a_word_into_its_owners_hands() {
    each_engine("taken and given back", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        world.limits().await;
        let id = world.beyond().await.head.id;
        let give_back =
            async |actor: &Actor, words: &str| quotes::give_back_quote(&world.ctx, actor, id, words).await;
        world.asks(id, &world.manager, "老客户").await.unwrap();
        let taken = quotes::take_over_quote(&world.ctx, &world.manager, id).await.unwrap();
        assert_eq!(code(&give_back(&world.boss, "不行").await), "not_asked", "{}", db.engine);
        assert_eq!(code(&give_back(&world.manager, " ").await), "invalid");
        let back = give_back(&world.manager, "最多让到 106").await.unwrap();
        assert_eq!((back.head.taken_by, back.head.version), (None, taken.head.version + 1));
        let own = world.reads(id).await;
        assert_eq!(own.ask.unwrap().end.unwrap().words, "最多让到 106", "{}", db.engine);
        assert!(own.actions.contains(&QuoteAction::Edit) && own.askable.len() == 2);
        let (told, otherwise) = world.told(&world.seller, id).await;
        assert_eq!((told.len(), told[0].kind, otherwise), (1, AskKind::GivenBack, false));
        assert!(!told[0].changed, "only hands changed, {}", db.engine);
        assert_eq!(code(&give_back(&world.manager, "不行").await), "not_asked", "once");

        world.asks(id, &world.manager, "再看看").await.unwrap();
        quotes::take_over_quote(&world.ctx, &world.manager, id).await.unwrap();
        let mine = quotes::take_over_quote(&world.ctx, &world.seller, id).await.unwrap();
        assert_eq!(mine.ask, None, "in the hands of whoever asked it is over");
        assert_eq!(code(&give_back(&world.manager, "不行").await), "not_asked", "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_asked_has_a_message_of_what_became_of_it_and_nobody_of_what_they_did_themselves() {
    each_engine("ask told", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        world.limits().await;
        let id = world.beyond().await.head.id;
        let messages = async |actor: &Actor| {
            let list = notices::list_notices(&world.ctx, actor, None, Limit::USUAL).await.unwrap();
            let of_asks = list.items.into_iter().filter(|row| row.kind == "ask_ended");
            of_asks.map(|row| (row.text, row.entity_id, row.read_at)).collect::<Vec<_>>()
        };
        let asked = async || {
            let list = notices::list_notices(&world.ctx, &world.manager, None, Limit::USUAL).await.unwrap();
            let of_asks = list.items.into_iter().filter(|row| row.kind == "asked");
            of_asks.map(|row| (row.text, row.read_at.is_some())).collect::<Vec<_>>()
        };
        let told = |reason: &str, read: bool| (format!("seller请你处理一张报价：{reason}"), read);
        world.asks(id, &world.manager, "老客户").await.unwrap();
        assert_eq!(asked().await, [told("老客户", false)], "{}", db.engine);
        quotes::withdraw_ask(&world.ctx, &world.seller, id).await.unwrap();
        assert_eq!(asked().await, [told("老客户", true)], "{}: nothing waits any more", db.engine);
        assert_eq!(messages(&world.seller).await, [], "{}: taken back by oneself", db.engine);
        world.clock.set(TEST_DAY.plus_ms(1));
        world.asks(id, &world.manager, "老客户").await.unwrap();
        quotes::give_back_quote(&world.ctx, &world.manager, id, "最多让到 106").await.unwrap();
        let back = ("manager退回了你请人处理的报价：最多让到 106".to_string(), id.0, None);
        assert_eq!(messages(&world.seller).await, std::slice::from_ref(&back), "{}", db.engine);
        world.clock.set(TEST_DAY.plus_ms(2));
        world.asks(id, &world.manager, "再看看").await.unwrap();
        quotes::take_over_quote(&world.ctx, &world.manager, id).await.unwrap();
        quotes::issue_quote(&world.ctx, &world.manager, id, None, &Seen::default()).await.unwrap();
        let said = |what: &str| (format!("manager{what}了你请人处理的报价"), id.0, None);
        assert_eq!(messages(&world.seller).await, [said("出具"), said("接手"), back], "{}", db.engine);
        assert_eq!(messages(&world.manager).await, [], "{}", db.engine);
        let all = [told("再看看", true), told("老客户", true), told("老客户", true)];
        assert_eq!(asked().await, all, "{}: whatever became of it", db.engine);
    })
    .await;
}

/// Who may issue a draft that was refused for the floor, as the draft itself says it, and who is offered.
fn told_of_floor(view: &QuoteView) -> (Vec<String>, Vec<String>) {
    let named = view.problems.iter().find_map(|problem| match &problem.kind {
        ProblemKind::BelowHiddenFloor { deciders } => Some(deciders.clone()),
        _ => None,
    });
    (named.unwrap_or_default(), view.askable.iter().map(|(_, name)| name.clone()).collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_refusal_for_the_floor_told_is_told_still_when_the_draft_comes_back_as_it_was() {
    each_engine("still refused", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        world.limits().await;
        // Tier A of 108.00 is 99.36; the floor is 100.00.
        world.paint_costs("108").await.unwrap();
        let id = world.drafted().await.head.id;
        world.issues(id).await.unwrap_err();
        let boss = || vec!["boss".to_string()];
        assert_eq!(told_of_floor(&world.reads(id).await), (boss(), boss()), "{}", db.engine);
        let vain = world.asks(id, &world.manager, "老客户").await.unwrap_err();
        let field = facts(&vain)["fields"][0].clone();
        assert_eq!(field["path"], "person_id", "{}", db.engine);
        assert_eq!(field["detail"], "这张报价单请不了这个人，可以请boss处理，请改选。");

        world.asks(id, &world.boss, "老客户").await.unwrap();
        quotes::take_over_quote(&world.ctx, &world.boss, id).await.unwrap();
        let waits = world.reads(id).await;
        assert_eq!(told_of_floor(&waits).0, boss(), "in other hands it is told too, {}", db.engine);
        quotes::give_back_quote(&world.ctx, &world.boss, id, "这次不行").await.unwrap();
        assert_eq!(told_of_floor(&world.reads(id).await), (boss(), boss()), "given back, {}", db.engine);
        quotes::take_over_quote(&world.ctx, &world.manager, id).await.unwrap();
        quotes::take_over_quote(&world.ctx, &world.seller, id).await.unwrap();
        let back = world.reads(id).await;
        assert_eq!(told_of_floor(&back), (boss(), boss()), "taken back, {}", db.engine);
        assert_eq!(world.events("quote.floor_refused").await, 1, "going round is no try");

        // What somebody saves is another question, in whosever hands it comes back.
        let other = world.agrees(&back, |_| {}).await;
        assert_eq!(told_of_floor(&other).0, Vec::<String>::new(), "{}", db.engine);
        quotes::take_over_quote(&world.ctx, &world.manager, id).await.unwrap();
        quotes::take_over_quote(&world.ctx, &world.seller, id).await.unwrap();
        assert_eq!(told_of_floor(&world.reads(id).await).0, Vec::<String>::new(), "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_asked_in_vain_and_what_was_asked_can_be_taken_back_or_deleted() {
    each_engine("asked in vain", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        world.limits().await;
        let [_, manager2, _] = others(&world).await;
        let within = world.drafted().await;
        let own = quotes::ask_for_quote(
            &world.ctx,
            &world.manager,
            (within.head.id, None),
            world.boss.person,
            "急",
        )
        .await;
        assert_eq!(code(&own), "nothing_to_ask", "who sees the floor sees that nothing is beyond it");
        assert_eq!(within.askable.len(), 2, "who does not see the floor may always ask");
        let id = world.beyond().await.head.id;
        for nobody in [&world.keeper, &world.seller, &manager2] {
            let refused = world.asks(id, nobody, "急").await.unwrap_err();
            assert_eq!(
                (refused.code(), &facts(&refused)["fields"][0]["path"]),
                ("invalid", &"person_id".into())
            );
        }
        assert_eq!(code(&world.asks(id, &world.manager, "").await), "invalid", "no reason, {}", db.engine);
        let foreign = quotes::ask_for_quote(&world.ctx, &manager2, (id, None), world.boss.person, "急").await;
        assert_eq!(code(&foreign), "not_found");
        let reader =
            quotes::ask_for_quote(&world.ctx, &world.finance, (id, None), world.boss.person, "急").await;
        assert_eq!(code(&reader), "not_allowed");

        world.asks(id, &world.manager, "急").await.unwrap();
        let others = quotes::withdraw_ask(&world.ctx, &world.manager, id).await;
        assert_eq!(code(&others), "not_asked", "who was asked gives it back instead");
        let back = quotes::withdraw_ask(&world.ctx, &world.seller, id).await.unwrap();
        assert_eq!((back.ask, back.askable.len()), (None, 2));
        assert_eq!(world.told(&world.manager, id).await.0, [], "{}", db.engine);
        world.asks(id, &world.manager, "急").await.unwrap();
        let version = world.reads(id).await.head.version;
        quotes::delete_quote(&world.ctx, &world.seller, id, version).await.unwrap();
        assert_eq!(world.count("quote_ask").await, 0, "{}", db.engine);
        assert_eq!(world.told(&world.manager, id).await.0, []);
        assert_eq!(testkit::events_of(&world.ctx.store, "quote.ask_withdrawn").await, 1);
    })
    .await;
}
