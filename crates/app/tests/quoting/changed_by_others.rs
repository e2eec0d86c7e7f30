//! What others change in one's draft is told to whoever wrote it, until they write it again.

use app::insights::{self, TodayEntry};
use app::notices;
use app::quotes::{self, ChangedView, QuoteView};
use domain::access::Actor;
use domain::base::{Limit, QuoteId};
use domain::quotes::{DraftText, LineExtraText, LineText, ManualText, OwnText, TermsText, WholeText};
use testkit::each_engine;

use crate::support::{World, code};

fn set_price(price: &str) -> LineExtraText {
    let manual = ManualText { unit_price: Some(price.to_string()), ..ManualText::default() };
    LineExtraText { manual: Some(manual), ..LineExtraText::default() }
}

impl World {
    /// The draft as `who` saves it with what `change` makes of two lines of paint, the first beyond what a seller may give.
    async fn writes(&self, who: &Actor, id: QuoteId, change: impl FnOnce(&mut DraftText)) -> QuoteView {
        let before = quotes::read_quote(&self.ctx, who, id).await.unwrap();
        let line = |id: &str| self.line(id, self.paint, "60", "桶");
        let mut text = DraftText {
            customer: before.head.customer,
            valid_until: None,
            notes: String::new(),
            lines: vec![LineText { extra: set_price("104"), ..line("a") }, line("b")],
            terms: TermsText::default(),
            whole: WholeText::default(),
        };
        change(&mut text);
        quotes::save_quote(&self.ctx, who, id, before.head.version, text).await.unwrap()
    }

    async fn changed_for(&self, who: &Actor, id: QuoteId) -> Option<ChangedView> {
        quotes::read_quote(&self.ctx, who, id).await.unwrap().changed
    }

    async fn told_of_asks(&self) -> Vec<String> {
        let list = notices::list_notices(&self.ctx, &self.seller, None, Limit::USUAL).await.unwrap();
        list.items.into_iter().filter(|row| row.kind == "ask_ended").map(|row| row.text).collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_manager_changed_before_giving_it_back_stands_on_the_draft_and_in_the_message() {
    each_engine("changed and given back", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        world.limits().await;
        let id = world.drafted().await.head.id;
        let own = world.writes(&world.seller, id, |_| {}).await;
        assert_eq!(own.changed, None, "one's own change, {}", db.engine);
        quotes::ask_for_quote(&world.ctx, &world.seller, (id, None), world.manager.person, "老客户")
            .await
            .unwrap();
        quotes::take_over_quote(&world.ctx, &world.manager, id).await.unwrap();
        assert_eq!(world.changed_for(&world.seller, id).await, None, "only hands changed, {}", db.engine);
        let theirs = world
            .writes(&world.manager, id, |text| {
                text.lines[0].extra = set_price("106");
                text.lines.truncate(1);
                text.terms.payment = Some("prepaid".to_string());
            })
            .await;
        assert_eq!(theirs.changed, None, "whoever changed it, {}", db.engine);
        quotes::give_back_quote(&world.ctx, &world.manager, id, "最多让到 106").await.unwrap();
        let told = world.changed_for(&world.seller, id).await.unwrap();
        let [price, gone, payment] = &told.changes[..] else { panic!("{told:?} on {}", db.engine) };
        assert!(price.contains("单价 104.00 → 106.00") && price.starts_with("第 1 行「"), "{price}");
        assert!(gone.starts_with("去掉了原来的第 2 行「") && gone.ends_with("60 桶"), "{gone}");
        assert_eq!(payment, "付款方式 没有 → 款到发货");
        assert_eq!((told.by, told.more), (vec!["manager".to_string()], 0));
        let message =
            "manager退回了你请人处理的报价：最多让到 106（改了第 1 行单价、原来的第 2 行（去掉）、付款方式）";
        let taken = "manager接手了你请人处理的报价";
        assert_eq!(world.told_of_asks().await, [message, taken], "{}", db.engine);
        let page = insights::today(&world.ctx, &world.seller).await.unwrap();
        let news = page.entries.into_iter().find_map(|entry| match entry {
            TodayEntry::Ask(ask) if ask.id == id => Some(ask),
            _ => None,
        });
        let news = news.and_then(|ask| ask.changes);
        assert_eq!(
            news.as_deref(),
            Some("改了第 1 行单价、原来的第 2 行（去掉）、付款方式"),
            "{}",
            db.engine
        );
        assert_eq!(world.changed_for(&world.boss, id).await, None, "who never wrote it, {}", db.engine);

        let mine = world.writes(&world.seller, id, |text| text.lines.truncate(1)).await;
        assert_eq!(mine.changed, None, "written again, {}", db.engine);
        assert_eq!(world.changed_for(&world.seller, id).await, None, "{}", db.engine);
        let back = world.changed_for(&world.manager, id).await.unwrap();
        assert_eq!(back.by, ["seller"], "the manager's words were written over too, {}", db.engine);
        assert_eq!(world.events("quote.written_over").await, 2, "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_merely_asks_is_not_named_and_nobody_asks_for_what_they_did_not_see() {
    each_engine("merely asked", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        world.limits().await;
        let id = world.drafted().await.head.id;
        let own = world.writes(&world.seller, id, |_| {}).await;
        let beyond = |text: &mut DraftText| text.lines[0].extra = set_price("90");
        world.writes(&world.boss, id, beyond).await;
        let asks = async |who: &Actor, seen: Option<i64>, to: &Actor| {
            quotes::ask_for_quote(&world.ctx, who, (id, seen), to.person, "老客户").await
        };
        let unseen = asks(&world.seller, Some(own.head.version), &world.manager).await;
        assert_eq!(code(&unseen), "changed_by_other", "{}", db.engine);
        asks(&world.manager, None, &world.boss).await.unwrap();
        let told = world.changed_for(&world.seller, id).await.unwrap();
        assert_eq!((told.by, told.changes.len()), (vec!["boss".to_string()], 1), "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_asks_again_stands_by_what_is_there_and_is_told_what_comes_after() {
    each_engine("changed twice", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        world.limits().await;
        let id = world.drafted().await.head.id;
        world.writes(&world.seller, id, |_| {}).await;
        let asks = async |to: &Actor| {
            quotes::ask_for_quote(&world.ctx, &world.seller, (id, None), to.person, "老客户").await.unwrap();
            quotes::take_over_quote(&world.ctx, to, id).await.unwrap();
        };
        asks(&world.boss).await;
        let price = |price: &'static str| move |text: &mut DraftText| text.lines[0].extra = set_price(price);
        world.writes(&world.boss, id, price("105")).await;
        quotes::give_back_quote(&world.ctx, &world.boss, id, "再问问").await.unwrap();
        assert_eq!(world.changed_for(&world.seller, id).await.unwrap().changes.len(), 1, "{}", db.engine);
        asks(&world.boss).await;
        assert_eq!(world.changed_for(&world.seller, id).await, None, "asked for as it stands, {}", db.engine);
        world.writes(&world.boss, id, price("104")).await;
        quotes::give_back_quote(&world.ctx, &world.boss, id, "可以").await.unwrap();
        let told = world.changed_for(&world.seller, id).await.unwrap();
        assert!(told.changes[0].contains("单价 105.00 → 104.00"), "{:?} on {}", told.changes, db.engine);

        // Several hands one after the other are told together, in their order.
        quotes::take_over_quote(&world.ctx, &world.manager, id).await.unwrap();
        world.writes(&world.manager, id, |text| text.notes = "先付三成".to_string()).await;
        quotes::take_over_quote(&world.ctx, &world.seller, id).await.unwrap();
        let told = world.changed_for(&world.seller, id).await.unwrap();
        assert_eq!(told.by, ["boss", "manager"], "{}", db.engine);
        assert_eq!(told.changes.last().map(String::as_str), Some("备注 没有 → 先付三成"), "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goods_cost_us_is_neither_told_nor_kept_beside_the_draft() {
    each_engine("changed cost", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let id = world.drafted().await.head.id;
        let with_cost = |price: &str, cost: Option<&str>| {
            let own = OwnText {
                kind: "goods".to_string(),
                name: "定制辅料".to_string(),
                price: price.to_string(),
                cost: cost.map(str::to_string),
                supplier: "建材城".to_string(),
                ..OwnText::default()
            };
            LineText {
                product: domain::quotes::NO_PRODUCT,
                extra: LineExtraText { own: Some(own), ..LineExtraText::default() },
                ..world.line("own", world.paint, "1", "套")
            }
        };
        let line = with_cost("500", None);
        world.writes(&world.seller, id, |text| text.lines = vec![line]).await;
        quotes::take_over_quote(&world.ctx, &world.manager, id).await.unwrap();
        let line = with_cost("500", Some("417.39"));
        world.writes(&world.manager, id, |text| text.lines = vec![line]).await;
        assert_eq!(world.changed_for(&world.seller, id).await, None, "a cost is not theirs, {}", db.engine);
        let line = with_cost("520", Some("431.17"));
        world.writes(&world.manager, id, |text| text.lines = vec![line]).await;
        let told = world.changed_for(&world.seller, id).await.unwrap();
        assert_eq!(told.changes, ["第 1 行「定制辅料」 单价 500.00 → 520.00"], "{}", db.engine);
        let kept = world.ctx.store.read(|tx| {
            Box::pin(async move { store::events::of_entity(tx, "quote_edit", id.0, None, 9).await })
        });
        let kept: Vec<String> =
            kept.await.unwrap().into_iter().map(|event| event.facts.to_string()).collect();
        assert_eq!(kept.len(), 1, "{}", db.engine);
        assert!(!kept[0].contains("cost") && !kept[0].contains("4173900"), "{} on {}", kept[0], db.engine);
    })
    .await;
}
