//! What is agreed by hand: limits of roles, who takes over, 抹零, terms, goods outside the catalogue, margins.

use app::config;
use app::insights::{self, StakeKind, TodayEntry};
use app::quotes::{self, PriceText, QuoteView};
use domain::access::Actor;
use domain::config::Kind;
use domain::quotes::{
    DraftText, LineExtraText, LineText, ManualText, ProblemKind, QuoteAction, Seen, ShownState, TermsText,
    WholeText,
};
use serde_json::json;
use testkit::each_engine;

use crate::support::quoting::{bought, facts};
use crate::support::{World, code, row};

impl World {
    /// Sellers go 5 % below the tier price and round off ten yuan, managers 15 % and fifty.
    pub(super) async fn limits(&self) {
        let item = config::items(&self.ctx, &self.author, Some(Kind::PriceLimit)).await.unwrap()[0].item.id;
        let limit = |role: &str, depth: &str, rounding: &str| {
            row(Some(role), json!({"role": role, "depth": depth, "rounding": rounding}))
        };
        let rows = vec![limit("seller", "5", "10"), limit("region_manager", "15", "50")];
        self.publish(item, rows, Default::default()).await.unwrap();
    }

    /// Saves the draft with what `change` makes of it.
    pub(super) async fn agrees(&self, view: &QuoteView, change: impl FnOnce(&mut DraftText)) -> QuoteView {
        let line = self.line("a", self.paint, "60", "桶");
        let mut text = DraftText {
            customer: view.head.customer,
            valid_until: None,
            notes: String::new(),
            lines: vec![line],
            terms: TermsText::default(),
            whole: WholeText::default(),
        };
        change(&mut text);
        quotes::save_quote(&self.ctx, &self.seller, view.head.id, view.head.version, text).await.unwrap()
    }

    pub(crate) async fn events(&self, kind: &'static str) -> i64 {
        testkit::events_of(&self.ctx.store, kind).await
    }
}

fn set_price(price: &str) -> LineExtraText {
    let manual = ManualText { unit_price: Some(price.to_string()), ..ManualText::default() };
    LineExtraText { manual: Some(manual), ..LineExtraText::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_would_be_taken_off_is_priced_and_judged_while_it_is_typed() {
    each_engine("typed off", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        world.limits().await;
        let customer = world.drafted().await.head.customer;
        let typed = async |extra: LineExtraText, whole: WholeText| {
            let line = LineText { extra, ..world.line("a", world.paint, "60", "桶") };
            let text = PriceText { customer, lines: vec![line], includes_tax: Some(true), whole };
            quotes::price_quote(&world.ctx, &world.seller, text).await
        };
        let percent = |off: &str| WholeText { percent_off: Some(off.to_string()), ..WholeText::default() };
        let within = typed(LineExtraText::default(), percent("5")).await.unwrap();
        assert_eq!(within.amounts.net.to_yuan(), "6712.32", "{}", db.engine);
        assert_eq!((within.whole_off.0.to_yuan(), within.problems.len()), ("353.28".to_string(), 0));
        // Three percent off the whole leave less of the five to the line itself.
        let beside = typed(LineExtraText::default(), percent("3")).await.unwrap().lines.remove(0);
        let room = (beside.lowest.unwrap().to_yuan(), beside.deepest.unwrap().to_percent());
        assert_eq!(room, ("115.34".to_string(), "2.06".to_string()), "{}", db.engine);
        for (price, problems) in [("115.34", 0), ("115.33", 1)] {
            let set = typed(set_price(price), percent("3")).await.unwrap();
            assert_eq!(set.problems.len(), problems, "{price}, {}", db.engine);
        }
        let beyond = typed(LineExtraText::default(), percent("5.5")).await.unwrap();
        let codes: Vec<_> = beyond.problems.iter().map(|it| (it.line.clone(), it.kind.code())).collect();
        assert_eq!(codes, [(None, "beyond_limit")]);
        let lowered = typed(set_price("104"), WholeText::default()).await.unwrap();
        let priced = lowered.lines[0].line.outcome.as_ref().unwrap();
        assert_eq!(
            (priced.amount.to_yuan(), priced.net.to_yuan()),
            ("7065.60".to_string(), "6240.00".to_string())
        );
        assert_eq!(priced.depth().share().to_percent(), "11.69");
        assert_eq!(lowered.problems[0].line.as_deref(), Some("a"));
        let wrong = typed(LineExtraText::default(), percent("101")).await;
        assert_eq!(code(&wrong), "invalid");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn effective_rights_say_how_far_somebody_may_go_where_a_limit_binds() {
    each_engine("limit in rights", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        world.limits().await;
        let limit = async |actor: &Actor| {
            let rights = app::audit::effective_rights(&world.ctx, actor, actor.person).await.unwrap();
            rights.price_limit.map(|limit| (limit.depth.to_percent(), limit.rounding.to_yuan()))
        };
        let seller = Some(("5".to_string(), "10.00".to_string()));
        assert_eq!(limit(&world.seller).await, seller, "{}", db.engine);
        assert_eq!(limit(&world.boss).await, None, "no limit binds: {}", db.engine);
        assert_eq!(limit(&world.keeper).await, None, "no quotations: {}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn beyond_the_limit_it_is_refused_the_draft_stays_and_who_may_takes_it_over() {
    each_engine("beyond", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        world.limits().await;
        let draft = world.drafted().await;
        let draft = world.agrees(&draft, |text| text.lines[0].extra = set_price("104")).await;
        assert_eq!(draft.amounts.net.to_yuan(), "6240.00", "{}", db.engine);
        assert_eq!(draft.lines[0].lowest.unwrap().to_yuan(), "111.88");
        assert_eq!(draft.lines[0].deepest.unwrap().to_percent(), "5");
        let refused = world.issues(draft.head.id).await.unwrap_err();
        let problem = &facts(&refused)["problems"][0];
        assert_eq!((refused.code(), &problem["code"]), ("cannot_issue", &json!("beyond_limit")));
        assert_eq!((&problem["asked"], &problem["limit"]), (&json!("11.69"), &json!("5")));
        assert_eq!(problem["who_may"], json!(["manager", "boss"]));
        let still = world.reads(draft.head.id).await;
        assert_eq!((still.state, still.head.version), (ShownState::Draft, draft.head.version));

        let seen = quotes::read_quote(&world.ctx, &world.manager, draft.head.id).await.unwrap();
        assert!(seen.actions.contains(&QuoteAction::TakeOver));
        assert!(!still.actions.contains(&QuoteAction::TakeOver), "one's own draft is in one's hands");
        let taken = quotes::take_over_quote(&world.ctx, &world.manager, draft.head.id).await.unwrap();
        assert_eq!((taken.problems.len(), world.events("quote.taken_over").await), (0, 1));
        quotes::take_over_quote(&world.ctx, &world.manager, draft.head.id).await.unwrap();
        assert_eq!(world.events("quote.taken_over").await, 1, "taken once");
        let back = world.reads(draft.head.id).await;
        assert_eq!(back.actions, [QuoteAction::TakeOver, QuoteAction::Copy]);
        assert_eq!(code(&world.saves(&back, vec![]).await), "taken_over");
        let refused = world.issues(draft.head.id).await.unwrap_err();
        assert_eq!((refused.code(), &facts(&refused)["by"]), ("taken_over", &json!("manager")));
        let (id, version) = (draft.head.id, back.head.version);
        let deleted = quotes::delete_quote(&world.ctx, &world.seller, id, version).await;
        assert_eq!(code(&deleted), "taken_over");

        let issued =
            quotes::issue_quote(&world.ctx, &world.manager, draft.head.id, None, &Seen::default()).await;
        let issued = issued.unwrap();
        assert_eq!((issued.state, issued.amounts.net.to_yuan().as_str()), (ShownState::Issued, "6240.00"));
        assert_eq!(issued.head.owner, world.seller.person, "the customer stays with his seller");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_taken_over_can_be_taken_back_and_readers_take_nothing() {
    each_engine("back", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let id = world.drafted().await.head.id;
        quotes::take_over_quote(&world.ctx, &world.manager, id).await.unwrap();
        quotes::take_over_quote(&world.ctx, &world.seller, id).await.unwrap();
        assert_eq!(world.events("quote.taken_over").await, 2, "{}", db.engine);
        let back = world.reads(id).await;
        assert_eq!(code(&world.saves(&back, vec![]).await), "ok");
        let finance = quotes::take_over_quote(&world.ctx, &world.finance, id).await;
        assert_eq!(code(&finance), "not_allowed");
        world.issues(id).await.unwrap_err();
        let issued = world.issued().await.head.id;
        let late = quotes::take_over_quote(&world.ctx, &world.manager, issued).await;
        assert_eq!(code(&late), "wrong_state");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn under_the_floor_the_manager_is_not_enough() {
    each_engine("manager floor", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        world.limits().await;
        let draft = world.drafted().await;
        // 15 % below 117.76 would be 100.10; the floor is 100.00.
        let draft = world.agrees(&draft, |text| text.lines[0].extra = set_price("99.99")).await;
        let manager = quotes::read_quote(&world.ctx, &world.manager, draft.head.id).await.unwrap();
        assert_eq!(manager.problems[0].kind.code(), "below_floor", "{}", db.engine);
        let boss = quotes::read_quote(&world.ctx, &world.boss, draft.head.id).await.unwrap();
        assert_eq!(boss.problems, []);
        assert_eq!(boss.lines[0].lowest, None, "no limit binds whoever may go below the floor");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_that_was_narrowed_meanwhile_counts() {
    each_engine("narrowed", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        world.limits().await;
        let draft = world.drafted().await;
        let draft = world.agrees(&draft, |text| text.lines[0].extra = set_price("112")).await;
        assert_eq!(draft.problems, []);
        let item = config::items(&world.ctx, &world.author, Some(Kind::PriceLimit)).await.unwrap()[0].item.id;
        let narrow = row(Some("seller"), json!({"role": "seller", "depth": "1", "rounding": "0"}));
        world.publish(item, vec![narrow], Default::default()).await.unwrap();
        assert_eq!(code(&world.issues(draft.head.id).await), "cannot_issue", "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rounding_is_its_own_row_and_the_order_adds_up() {
    each_engine("rounding", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        world.limits().await;
        let draft = world.drafted().await;
        let draft = world
            .agrees(&draft, |text| {
                text.lines.push(world.line("b", world.paint, "7", "桶"));
                text.whole.rounding = Some("9.92".to_string());
            })
            .await;
        assert_eq!(draft.amounts.net.to_yuan(), "7880.00", "{}", db.engine);
        assert_eq!(
            (draft.whole_off.0.to_yuan(), draft.whole_off.1.to_yuan()),
            ("0.00".into(), "9.92".into())
        );
        let issued = world.issues(draft.head.id).await.unwrap();
        assert_eq!(issued.amounts, draft.amounts);
        let id = issued.head.id;
        let frozen =
            world.ctx.store.read(|tx| Box::pin(async move { store::quotes::document(tx, id).await }));
        let frozen = frozen.await.unwrap().unwrap();
        assert_eq!(frozen.recompute(), Ok(()));
        let order = world.signs(id).await.unwrap().order;
        let order = app::orders::read_order(&world.ctx, &world.seller, order.id).await.unwrap();
        assert_eq!(order.head.row.net.to_yuan(), "7880.00");
        let over = world.drafted().await;
        let over = world.agrees(&over, |text| text.whole.rounding = Some("10.01".to_string())).await;
        assert_eq!(over.problems[0].kind.code(), "rounding_beyond_limit");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn terms_are_frozen_copied_revised_and_stand_on_the_order() {
    each_engine("terms", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let draft = world.drafted().await;
        let draft = world
            .agrees(&draft, |text| {
                text.terms.site_address = "园区星湖街 218 号".to_string();
                text.terms.includes_tax = Some(false);
                text.terms.deposit_percent = Some("30".to_string());
            })
            .await;
        assert!(!draft.includes_tax);
        // 128.00 without tax is 113.274…; at 92 % 104.21 a pail.
        assert_eq!(draft.lines[0].line.outcome.as_ref().unwrap().unit_price.to_yuan(), "104.21");
        let issued = world.issues(draft.head.id).await.unwrap();
        assert_eq!(issued.head.terms, draft.head.terms, "{}", db.engine);
        let next = quotes::revise_quote(&world.ctx, &world.seller, issued.head.id).await.unwrap();
        assert_eq!((next.head.terms, next.amounts), (draft.head.terms.clone(), draft.amounts));
        let copy = quotes::copy_quote(&world.ctx, &world.seller, issued.head.id).await.unwrap();
        assert_eq!(copy.head.terms.site_address, "园区星湖街 218 号");
        let order = world.signs(issued.head.id).await.unwrap().order;
        let order = app::orders::read_order(&world.ctx, &world.keeper, order.id).await.unwrap();
        assert_eq!(order.terms, draft.head.terms);
    })
    .await;
}

fn slab(cost: Option<&str>) -> LineText {
    let mut line = bought("300", cost);
    line.extra.group = "客厅".to_string();
    line
}

/// The manager writes what the slabs cost.
async fn manager_writes(world: &World, draft: &QuoteView, cost: &str) {
    let text = DraftText {
        customer: draft.head.customer,
        valid_until: None,
        notes: String::new(),
        lines: vec![world.line("a", world.paint, "60", "桶"), slab(Some(cost))],
        terms: TermsText::default(),
        whole: WholeText::default(),
    };
    let (id, version) = (draft.head.id, draft.head.version);
    quotes::save_quote(&world.ctx, &world.manager, id, version, text).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn below_a_cost_that_stays_hidden_the_seller_is_refused_and_told_no_figure() {
    each_engine("hidden cost", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let draft = world.drafted().await;
        let draft = world.agrees(&draft, |text| text.lines.push(slab(Some("250")))).await;
        // Sold at 300.00 each.
        manager_writes(&world, &draft, "300.01").await;
        let id = draft.head.id;
        let blind = world.reads(id).await;
        assert_eq!(blind.lines[1].line.line.extra.own.as_ref().unwrap().cost, None);
        assert_eq!(blind.problems, [], "{}", db.engine);
        let refused = world.issues(id).await.unwrap_err();
        let problem = facts(&refused)["problems"][0].clone();
        assert_eq!((&problem["code"], &problem["line_id"]), (&json!("beyond_limit"), &json!(null)));
        let told = problem["detail"].as_str().unwrap();
        assert!(told.contains("boss可以出这张报价单") && !told.contains("300"), "{told}");
        assert_eq!(world.events("quote.floor_refused").await, 1);
        let boss = quotes::read_quote(&world.ctx, &world.boss, id).await.unwrap();
        assert_eq!(boss.problems, []);
        manager_writes(&world, &blind, "300").await;
        let issued = world.issues(id).await.unwrap();
        assert_eq!(issued.state, ShownState::Issued, "at the cost itself it may be sold");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_floor_cannot_be_found_by_trying_to_issue() {
    each_engine("searched floor", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let id = world.drafted().await.head.id;
        // Sold at 300.00 each; the seller sees no cost.
        manager_writes(&world, &world.reads(id).await, "300.01").await;
        // At once or one after the other: five are answered, the sixth is not looked at.
        let (a, b, c) = tokio::join!(world.issues(id), world.issues(id), world.issues(id));
        let (d, e, f) = tokio::join!(world.issues(id), world.issues(id), world.issues(id));
        let tries = [a, b, c, d, e, f, world.issues(id).await];
        let told = |answer: &str| tries.iter().filter(|it| code(*it) == answer).count();
        assert_eq!((told("cannot_issue"), told("refused_too_often")), (5, 2), "{}", db.engine);
        assert_eq!(world.events("quote.floor_refused").await, 5);
        manager_writes(&world, &world.reads(id).await, "300").await;
        assert_eq!(world.reads(id).await.problems, []);
        let refused = world.issues(id).await.unwrap_err();
        assert_eq!((refused.code(), &facts(&refused)["who_may"]), ("refused_too_often", &json!(["boss"])));
        // A price that was set by hand waits as well; what the rules alone price, and a cost of one's own, do not.
        let waits = world.drafted().await;
        let waits = world.agrees(&waits, |text| text.lines[0].extra = set_price("117.80")).await;
        assert_eq!(code(&world.issues(waits.head.id).await), "refused_too_often", "{}", db.engine);
        assert_eq!(world.issued().await.state, ShownState::Issued, "{}", db.engine);
        let own = world.drafted().await;
        let own = world.agrees(&own, |text| text.lines.push(slab(Some("250")))).await;
        assert_eq!(world.issues(own.head.id).await.unwrap().state, ShownState::Issued, "{}", db.engine);
        // Who sees floors goes on; so does the seller after an hour.
        let seen = quotes::read_quote(&world.ctx, &world.manager, id).await.unwrap();
        assert_eq!(seen.problems, []);
        let now = world.ctx.moment().await.unwrap().now;
        world.clock.set(now.plus_ms(domain::quotes::HIDDEN_FLOOR_WITHIN_MS));
        assert_eq!(world.issues(id).await.unwrap().state, ShownState::Issued);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_refusal_for_the_floor_the_draft_names_and_offers_whoever_may_issue_it() {
    each_engine("refused for the floor", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        world.limits().await;
        // Tier A of 108.00 is 99.36; the floor is 100.00.
        world.paint_costs("108").await.unwrap();
        let offered =
            |view: &QuoteView| -> Vec<String> { view.askable.iter().map(|(_, name)| name.clone()).collect() };
        let draft = world.drafted().await;
        let id = draft.head.id;
        assert_eq!(
            offered(&draft),
            ["manager", "boss"],
            "before it was tried nothing is told, {}",
            db.engine
        );
        let refused = world.issues(id).await.unwrap_err();
        assert_eq!(facts(&refused)["problems"][0]["who_may"], json!(["boss"]), "{}", db.engine);
        let told = world.reads(id).await;
        assert_eq!((offered(&told), told.problems.len()), (vec!["boss".to_string()], 1), "{}", db.engine);
        let ProblemKind::BelowHiddenFloor { deciders } = &told.problems[0].kind else {
            panic!("{:?}", told.problems)
        };
        assert_eq!(deciders, &["boss"]);
        // Whoever cannot issue it is no choice as long as it stands so.
        let asked = quotes::ask_for_quote(&world.ctx, &world.seller, (id, None), world.manager.person, "急");
        let vain = facts(&asked.await.unwrap_err());
        assert_eq!(vain["fields"][0]["path"], "person_id", "{vain}");
        // Another version is another question.
        let other = world.agrees(&told, |_| {}).await;
        assert_eq!((offered(&other).len(), other.problems.len()), (2, 0), "{}", db.engine);

        // Asking looks at no hidden floor: its answers are those of any other price, and nobody is counted.
        let asked =
            |to: &Actor| quotes::ask_for_quote(&world.ctx, &world.seller, (id, None), to.person, "急");
        assert_eq!(asked(&world.manager).await.unwrap().ask.unwrap().to.1, "manager", "{}", db.engine);
        assert_eq!(asked(&world.boss).await.unwrap_err().code(), "already_asked", "{}", db.engine);
        assert_eq!(world.events("quote.floor_refused").await, 1, "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_cost_of_goods_outside_the_catalogue_is_seen_by_right_and_by_who_entered_it() {
    each_engine("own cost", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let draft = world.drafted().await;
        let draft = world.agrees(&draft, |text| text.lines.push(slab(Some("250")))).await;
        let cost = |view: &QuoteView| {
            let own = view.lines[1].line.line.extra.own.clone().unwrap();
            own.cost.map(|cost| cost.to_yuan())
        };
        assert_eq!(cost(&draft).as_deref(), Some("250.00"), "whoever entered it sees it");
        assert_eq!(draft.margin, None, "and nothing more");
        let manager = quotes::read_quote(&world.ctx, &world.manager, draft.head.id).await.unwrap();
        assert_eq!(cost(&manager).as_deref(), Some("250.00"));
        let margin = manager.margin.unwrap().unwrap();
        // 7065.60 at 98.00 and 600.00 at 250.00, each without 13 % tax.
        assert_eq!(
            (margin.amount.to_yuan().as_str(), margin.percent().unwrap().as_str()),
            ("1137.69", "16.8")
        );

        // The manager writes another cost: the seller no longer sees it, and it stays when the seller saves.
        let id = draft.head.id;
        manager_writes(&world, &draft, "260").await;
        let blind = world.reads(id).await;
        assert_eq!(cost(&blind), None, "{}", db.engine);
        let saved =
            world.saves(&blind, vec![world.line("a", world.paint, "60", "桶"), slab(None)]).await.unwrap();
        assert_eq!(saved.problems, []);
        let manager = quotes::read_quote(&world.ctx, &world.manager, id).await.unwrap();
        assert_eq!(cost(&manager).as_deref(), Some("260.00"));
        let issued = world.issues(id).await.unwrap();
        assert_eq!((cost(&issued), issued.lines[1].line.product.name.as_str()), (None, "进口岩板"));
        assert_eq!(issued.subtotals[0].amount.to_yuan(), "600.00");
        let next = quotes::revise_quote(&world.ctx, &world.seller, id).await.unwrap();
        assert_eq!(next.problems, [], "a new version keeps the cost");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn goods_outside_the_catalogue_without_a_cost_are_not_issued() {
    each_engine("no cost", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let draft = world.drafted().await;
        let draft = world.agrees(&draft, |text| text.lines.push(slab(None))).await;
        let refused = world.issues(draft.head.id).await.unwrap_err();
        assert_eq!(facts(&refused)["problems"][0]["code"], "cost_missing", "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn margins_stand_in_lists_for_those_who_see_cost() {
    each_engine("margins", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        world.issued().await;
        let listing = || quotes::QuoteListing {
            filter: Default::default(),
            limit: domain::base::Limit::new(None, domain::base::Limit::MAX).unwrap(),
            after: None,
        };
        let mine = quotes::list_quotes(&world.ctx, &world.seller, listing()).await.unwrap();
        assert_eq!(mine.items[0].margin, None);
        let managers = quotes::list_quotes(&world.ctx, &world.manager, listing()).await.unwrap();
        let margin = managers.items[0].margin.unwrap().unwrap();
        // 7065.60 − 5880.00, without tax.
        assert_eq!(
            (margin.amount.to_yuan().as_str(), margin.percent().unwrap().as_str()),
            ("1049.20", "16.8")
        );
        assert_eq!(managers.items[0].row.margin, Some(margin.amount), "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_alternatives_the_customer_signs_one_and_the_other_ends() {
    each_engine("alternatives", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let first = world.issued().await;
        let second = quotes::add_option(&world.ctx, &world.seller, first.head.id).await.unwrap();
        assert_eq!(second.head.option.as_deref(), Some("B"), "{}", db.engine);
        let names: Vec<_> = second.options.iter().map(|it| (it.name.as_str(), it.state)).collect();
        assert_eq!(names, [("A", ShownState::Issued), ("B", ShownState::Draft)]);
        let other = world.customer("另一家方案", "B").await;
        let text = DraftText {
            customer: other,
            valid_until: None,
            notes: String::new(),
            lines: vec![],
            terms: TermsText::default(),
            whole: WholeText::default(),
        };
        let moved =
            quotes::save_quote(&world.ctx, &world.seller, second.head.id, second.head.version, text).await;
        assert_eq!(code(&moved), "customer_fixed", "alternatives are for one customer");
        let issued = world.issues(second.head.id).await.unwrap();
        assert_ne!(issued.head.number, first.head.number);
        let third = quotes::add_option(&world.ctx, &world.seller, first.head.id).await.unwrap();
        assert_eq!(third.head.option.as_deref(), Some("C"));
        let order = world.signs(second.head.id).await.unwrap().order;
        let lost = world.reads(first.head.id).await;
        assert_eq!(lost.state, ShownState::Cancelled);
        let reason = lost.head.cancelled.unwrap().reason;
        assert!(reason.contains("方案 B") && reason.contains(&order.number), "{reason}");
        assert_eq!(code(&world.signs(first.head.id).await), "already_signed");
        assert_eq!(code(&world.issues(third.head.id).await), "already_signed");
        let more = quotes::add_option(&world.ctx, &world.seller, third.head.id).await;
        assert_eq!(code(&more), "already_signed");
        assert_eq!(world.count("sales_order").await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_alternatives_signed_at_once_make_one_order() {
    each_engine("alternatives at once", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let first = world.issued().await.head.id;
        let second = quotes::add_option(&world.ctx, &world.seller, first).await.unwrap().head.id;
        world.issues(second).await.unwrap();
        let there = world.elsewhere(&db).await;
        let (one, other) = tokio::join!(world.signs(first), there.signs(second));
        let codes = [code(&one), code(&other)];
        assert!(codes.contains(&"ok") && codes.contains(&"already_signed"), "{codes:?} on {}", db.engine);
        assert_eq!(world.count("sales_order").await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_owner_is_told_who_took_a_draft_over_and_who_issued_it() {
    each_engine("hands", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let told = async || {
            let page = insights::today(&world.ctx, &world.seller).await.unwrap();
            let quote = |entry: TodayEntry| match entry {
                TodayEntry::Quote(quote) => Some((quote.kind, quote.id, quote.hand)),
                TodayEntry::Ask(_) | TodayEntry::Order(_) | TodayEntry::Config(_) => None,
            };
            page.entries.into_iter().filter_map(quote).collect::<Vec<_>>()
        };
        let id = world.drafted().await.head.id;
        assert_eq!(told().await, [(StakeKind::Draft, id, None)], "{}", db.engine);
        quotes::take_over_quote(&world.ctx, &world.manager, id).await.unwrap();
        let by = Some("manager".to_string());
        assert_eq!(told().await, [(StakeKind::TakenOver, id, by.clone())], "{}", db.engine);
        let issued = quotes::issue_quote(&world.ctx, &world.manager, id, None, &Seen::default()).await;
        let head = issued.unwrap().head;
        let (seller, manager) = (world.seller.person, world.manager.person);
        let hands = (head.owner, head.made_by.0, head.issued_by.map(|it| it.0));
        assert_eq!(hands, (seller, seller, Some(manager)), "{}", db.engine);
        assert_eq!(told().await, [(StakeKind::IssuedByOther, id, by)], "{}", db.engine);
        let own = world.issued().await.head.id;
        assert!(told().await.iter().all(|(_, told, _)| *told != own), "one's own is no news");
    })
    .await;
}
