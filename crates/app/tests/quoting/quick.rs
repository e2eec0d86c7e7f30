//! Speed of hands and what is counted afterwards: pasted lines, what was bought last, copies, views, exports, conversion.

use std::sync::{Arc, Mutex};

use app::access::{forget_list_view, keep_list_view, list_views};
use app::customers::{CustomerFilter, export_customers};
use app::insights::conversion;
use app::orders::{OrderFilter, OrderListing, export_orders, list_orders};
use app::ports::{SheetCell, SheetRefused, SheetTable, SheetWriter};
use app::quotes::{self, QuoteFilter, QuoteListing, QuoteView};
use domain::access::{ListName, ViewSettings};
use domain::base::{CustomerId, Fen, Limit, QuoteId};
use domain::customers::CustomerColumn;
use domain::insights::ConversionBy;
use domain::quotes::{
    Confidence, LostAsked, LostText, LostWhy, OrderColumn, QuoteColumn, QuoteSort, Seen, ShownState,
};
use testkit::each_engine;

use crate::support::quoting::{bought, facts};
use crate::support::{World, code};

/// Keeps the table instead of writing it.
#[derive(Default)]
struct Kept(Mutex<Vec<SheetTable>>);

impl SheetWriter for Kept {
    fn write(&self, tables: &[SheetTable]) -> Result<Vec<u8>, SheetRefused> {
        self.0.lock().unwrap().extend_from_slice(tables);
        Ok(Vec::new())
    }
}

fn with_writer(world: &World) -> (World, Arc<Kept>) {
    let kept = Arc::new(Kept::default());
    (World { ctx: world.ctx.clone().with_sheet_writer(kept.clone()), ..world.clone() }, kept)
}

async fn issued_for(world: &World, customer: CustomerId, qty: &str) -> QuoteView {
    let lines = vec![world.line("a", world.paint, qty, "桶")];
    let draft = quotes::create_quote(&world.ctx, &world.seller, customer, lines).await.unwrap();
    world.issues(draft.head.id).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chat_becomes_lines_of_what_is_sold() {
    each_engine("paste", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let text = "外墙乳胶漆 20 桶, 腻子粉50袋，笔记本电脑 1 台";
        let read = quotes::read_pasted_lines(&world.ctx, &world.seller, text).await.unwrap();
        let told: Vec<_> = read
            .iter()
            .map(|it| {
                let product = it.products.first().map(|product| product.code.as_str());
                (it.confidence, product, it.line.qty.map(|qty| qty.to_text()), it.unit.clone())
            })
            .collect();
        let twenty = Some("20".to_string());
        assert_eq!(told[0], (Confidence::Sure, Some("P1"), twenty, Some("桶".to_string())), "{}", db.engine);
        assert_eq!((told[1].0, told[1].1), (Confidence::Sure, Some("P2")));
        assert_eq!((told[2].0, told[2].1), (Confidence::None, None));
        let none = quotes::read_pasted_lines(&world.ctx, &world.seller, " \n ").await.unwrap();
        assert!(none.is_empty());
        let long = "桶".repeat(20_001);
        assert_eq!(code(&quotes::read_pasted_lines(&world.ctx, &world.seller, &long).await), "invalid");
        assert_eq!(code(&quotes::read_pasted_lines(&world.ctx, &world.keeper, text).await), "not_allowed");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_bought_last_comes_with_the_price_then_and_now() {
    each_engine("bought last", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let customer = world.customer("恒泰", "A").await;
        let first = issued_for(&world, customer, "60").await;
        world.signs(first.head.id).await.unwrap();
        // What stands outside the catalogue is no product that can be taken again.
        let own = quotes::create_quote(&world.ctx, &world.seller, customer, vec![bought("300", Some("250"))]);
        let own = own.await.unwrap();
        world.issues(own.head.id).await.unwrap();
        world.signs(own.head.id).await.unwrap();
        world.on_day(1);
        let second = issued_for(&world, customer, "24").await;
        world.signs(second.head.id).await.unwrap();
        // What was only quoted was not bought.
        issued_for(&world, customer, "7").await;
        world.paint_costs("132").await.unwrap();
        let recent = quotes::recent_products(&world.ctx, &world.seller, customer).await.unwrap();
        let [bought] = recent.bought.as_slice() else { panic!("{:?}", recent.bought) };
        assert_eq!(
            (bought.qty.to_text().as_str(), bought.day, Some(&bought.number)),
            ("24", world.day(1), second.head.number.as_ref()),
            "{}",
            db.engine
        );
        assert_eq!(bought.then.unwrap().to_yuan(), "117.76");
        assert_eq!(bought.now.unwrap().to_yuan(), "121.44");
        assert_eq!(recent.own.len(), 1);
        let others = world.customer("别家", "B").await;
        let recent = quotes::recent_products(&world.ctx, &world.seller, others).await.unwrap();
        assert!(recent.bought.is_empty());
        let foreign = quotes::recent_products(&world.ctx, &world.keeper, customer).await;
        assert_eq!(code(&foreign), "not_allowed");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_quotation_for_several_customers_is_a_draft_each_at_their_own_price() {
    each_engine("copies", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let source = world.issued().await.head.id;
        let (one, two) = (world.customer("甲", "B").await, world.customer("乙", "A").await);
        let copies = async |to: Vec<CustomerId>| {
            quotes::copy_for_customers(&world.ctx, &world.seller, source, to).await
        };
        let made = copies(vec![two, one]).await.unwrap();
        let customers: Vec<CustomerId> = made.iter().map(|copy| copy.customer.0).collect();
        assert_eq!(customers, [two, one], "{}: in the order that was asked for", db.engine);
        let price = async |at: usize| world.reads(made[at].id).await.amounts.net.to_yuan();
        assert_eq!((price(0).await.as_str(), price(1).await.as_str()), ("7065.60", "7296.00"));
        let before = world.count("quote").await;
        let nobody = CustomerId(999_999);
        let refused = copies(vec![one, nobody]).await.unwrap_err();
        assert_eq!(facts(&refused)["fields"][0]["path"], "customer_ids[1]");
        assert_eq!(code(&copies(vec![one, one]).await), "invalid");
        assert_eq!(code(&copies(Vec::new()).await), "invalid");
        assert_eq!(code(&copies(vec![one; 21]).await), "invalid");
        assert_eq!(world.count("quote").await, before, "all of them or none");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_view_is_kept_under_its_name_and_is_nobodys_but_ones_own() {
    each_engine("views", async |db| {
        let world = World::new(&db).await;
        let settings = |columns: &[&str]| ViewSettings {
            columns: columns.iter().map(|column| column.to_string()).collect(),
            filters: [("state".to_string(), "issued".to_string())].into(),
            sort: Some("valid".to_string()),
        };
        let keep = async |name: &str, columns: &[&str]| {
            keep_list_view(&world.ctx, &world.seller, ListName::Quotes, name, settings(columns)).await
        };
        keep("催", &["number"]).await.unwrap();
        let kept = keep("催", &["net", "number"]).await.unwrap();
        let [view] = kept.as_slice() else { panic!("{kept:?}") };
        assert_eq!(view.settings, settings(&["net", "number"]), "{}", db.engine);
        let of_others = list_views(&world.ctx, &world.manager, ListName::Quotes).await.unwrap();
        assert!(of_others.is_empty());
        assert!(list_views(&world.ctx, &world.seller, ListName::Orders).await.unwrap().is_empty());
        assert_eq!(code(&forget_list_view(&world.ctx, &world.manager, view.id).await), "not_found");
        for n in 1..20 {
            keep(&format!("视图{n}"), &["number"]).await.unwrap();
        }
        assert_eq!(code(&keep("太多", &["number"]).await), "invalid");
        assert_eq!(code(&keep("催", &["number"]).await), "ok", "one that is there may be replaced");
        assert_eq!(code(&forget_list_view(&world.ctx, &world.seller, view.id).await), "ok");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_totals_and_exports_carry_the_figures_of_the_frozen_document() {
    each_engine("frozen figures", async |db| {
        let (world, kept) = with_writer(&World::new(&db).await);
        world.first_prices().await;
        let customer = world.customer("恒泰建材", "A").await;
        let first = issued_for(&world, customer, "60").await;
        // A price that came in between is agreed to: what is issued differs from what was drafted.
        let draft = quotes::create_quote(
            &world.ctx,
            &world.seller,
            customer,
            vec![world.line("a", world.paint, "60", "桶")],
        );
        let draft = draft.await.unwrap();
        world.paint_costs("132").await.unwrap();
        let told = facts(&world.issues(draft.head.id).await.unwrap_err());
        let agreed = told["agree"].as_str().map(String::from);
        let still = world.reads(draft.head.id).await;
        let seen = Seen { net: Some(still.amounts.net), agreed };
        let second =
            quotes::issue_quote(&world.ctx, &world.seller, draft.head.id, None, &seen).await.unwrap();
        for signed in [&first, &second] {
            world.signs(signed.head.id).await.unwrap();
        }
        world.paint_costs("140").await.unwrap();
        let frozen = async |id: QuoteId| {
            let read =
                world.ctx.store.read(|tx| Box::pin(async move { store::quotes::document(tx, id).await }));
            read.await.unwrap().unwrap().amounts().unwrap().net
        };
        let figures = [frozen(second.head.id).await, frozen(first.head.id).await];
        assert_eq!(figures.map(Fen::to_yuan), ["7286.40", "7065.60"], "{}", db.engine);
        let told = figures.map(|net| SheetCell::Number(net.to_yuan()));
        let quotes_asked =
            || QuoteListing { filter: QuoteFilter::default(), limit: Limit::USUAL, after: None };
        let listed = quotes::list_quotes(&world.ctx, &world.seller, quotes_asked()).await.unwrap();
        assert_eq!(listed.items.iter().map(|it| it.row.net).collect::<Vec<_>>(), figures, "{}", db.engine);
        assert_eq!((listed.total.count, listed.total.net.to_yuan()), (2, "14352.00".to_string()));
        quotes::export_quotes(&world.ctx, &world.seller, quotes_asked(), &[QuoteColumn::Net]).await.unwrap();
        let orders_asked =
            || OrderListing { filter: OrderFilter::default(), limit: Limit::USUAL, after: None };
        let orders = list_orders(&world.ctx, &world.seller, orders_asked()).await.unwrap();
        assert_eq!(orders.items.iter().map(|it| it.net).collect::<Vec<_>>(), figures, "{}", db.engine);
        assert_eq!((orders.total.count, orders.total.net.to_yuan()), (2, "14352.00".to_string()));
        export_orders(&world.ctx, &world.seller, orders_asked(), &[OrderColumn::Net]).await.unwrap();
        let written: Vec<_> =
            kept.0.lock().unwrap().drain(..).flat_map(|table| table.rows.concat()).collect();
        assert_eq!(written, [told.clone(), told].concat(), "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_has_the_rows_columns_and_order_of_the_screen_and_no_right_less() {
    each_engine("export", async |db| {
        let (world, kept) = with_writer(&World::new(&db).await);
        world.first_prices().await;
        let customer = world.customer("=cmd|恒泰", "A").await;
        let small = issued_for(&world, customer, "1").await;
        let large = issued_for(&world, customer, "60").await;
        let listing = || QuoteListing {
            filter: QuoteFilter { sort: QuoteSort::Net, ..QuoteFilter::default() },
            limit: Limit::USUAL,
            after: None,
        };
        let columns = [QuoteColumn::Net, QuoteColumn::Customer, QuoteColumn::Number, QuoteColumn::State];
        quotes::export_quotes(&world.ctx, &world.seller, listing(), &columns).await.unwrap();
        let table = kept.0.lock().unwrap().pop().unwrap();
        assert_eq!(table.heads, ["含税金额（元）", "客户", "单号", "状态"], "{}", db.engine);
        let number = |view: &QuoteView| SheetCell::Text(format!("{} V1", view.head.number.clone().unwrap()));
        let name = SheetCell::Text("=cmd|恒泰".to_string());
        let state = SheetCell::Text("待签回".to_string());
        assert_eq!(
            table.rows,
            [
                vec![SheetCell::Number("7065.60".into()), name.clone(), number(&large), state.clone()],
                vec![SheetCell::Number("117.76".into()), name, number(&small), state],
            ],
            "what begins with = is text"
        );
        let earned = [QuoteColumn::Number, QuoteColumn::Margin];
        let seller = quotes::export_quotes(&world.ctx, &world.seller, listing(), &earned).await;
        assert_eq!(code(&seller), "not_allowed", "the margin is not for sellers");
        quotes::export_quotes(&world.ctx, &world.manager, listing(), &earned).await.unwrap();
        let table = kept.0.lock().unwrap().pop().unwrap();
        assert_eq!(table.heads, ["单号", "毛利（元）"]);
        let shown = quotes::list_quotes(&world.ctx, &world.manager, listing()).await.unwrap();
        let shown = shown.items[0].margin.flatten().unwrap().amount.to_yuan();
        assert_eq!(table.rows[0][1], SheetCell::Number(shown), "as on the screen");
        let none = quotes::export_quotes(&world.ctx, &world.seller, listing(), &[]).await;
        assert_eq!(code(&none), "invalid");
        let twice = [QuoteColumn::Net, QuoteColumn::Number, QuoteColumn::Net];
        let twice = quotes::export_quotes(&world.ctx, &world.seller, listing(), &twice).await;
        assert_eq!(code(&twice), "invalid", "a column stands once");
        let keeper = quotes::export_quotes(&world.ctx, &world.keeper, listing(), &columns).await;
        assert_eq!(code(&keeper), "not_allowed");
        world.signs(large.head.id).await.unwrap();
        let orders = async |columns: &[OrderColumn]| {
            let listing = OrderListing { filter: OrderFilter::default(), limit: Limit::USUAL, after: None };
            export_orders(&world.ctx, &world.keeper, listing, columns).await
        };
        assert_eq!(code(&orders(&[OrderColumn::Number]).await), "ok", "a keeper sees orders");
        assert_eq!(
            code(&orders(&[OrderColumn::Number, OrderColumn::Net]).await),
            "not_allowed",
            "and no money"
        );
        let unwritten = World { ctx: app::Ctx { sheet_writer: None, ..world.ctx.clone() }, ..world.clone() };
        let refused = quotes::export_quotes(&unwritten.ctx, &world.seller, listing(), &columns).await;
        assert!(refused.is_err());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn customers_are_exported_as_they_are_seen_and_a_name_is_no_formula() {
    each_engine("customers exported", async |db| {
        let (world, kept) = with_writer(&World::new(&db).await);
        world.first_prices().await;
        let first = world.customer("=cmd()", "A").await;
        world.customer("恒泰", "B").await;
        let signed = issued_for(&world, first, "60").await;
        world.signs(signed.head.id).await.unwrap();
        let columns =
            [CustomerColumn::Name, CustomerColumn::Tier, CustomerColumn::LastOrder, CustomerColumn::Net12m];
        let export = async |actor, filter, columns: &[CustomerColumn]| {
            export_customers(&world.ctx, actor, filter, columns).await
        };
        export(&world.seller, CustomerFilter::default(), &columns).await.unwrap();
        let table = kept.0.lock().unwrap().pop().unwrap();
        assert_eq!(table.heads, ["客户名称", "等级", "最近下单", "近 12 个月成交（元）"], "{}", db.engine);
        let text = |text: &str| SheetCell::Text(text.to_string());
        assert_eq!(
            table.rows,
            [
                vec![text("恒泰"), text("B"), SheetCell::Empty, SheetCell::Empty],
                vec![
                    text("=cmd()"),
                    text("A"),
                    SheetCell::Day(world.day(0)),
                    SheetCell::Number("7065.60".into())
                ],
            ],
            "the newest first, and what begins with = is text"
        );
        let tier = CustomerFilter { tier: Some("A".to_string()), ..CustomerFilter::default() };
        export(&world.seller, tier, &columns).await.unwrap();
        assert_eq!(kept.0.lock().unwrap().pop().unwrap().rows.len(), 1, "the filters of the screen");
        assert_eq!(code(&export(&world.seller, CustomerFilter::default(), &[]).await), "invalid");
        assert_eq!(code(&export(&world.keeper, CustomerFilter::default(), &columns).await), "not_allowed");
        let settings = ViewSettings { columns: vec!["name".to_string()], ..ViewSettings::default() };
        keep_list_view(&world.ctx, &world.seller, ListName::Customers, "大客户", settings).await.unwrap();
        assert_eq!(list_views(&world.ctx, &world.seller, ListName::Customers).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_paged_in_every_order_without_losing_or_repeating_a_row() {
    each_engine("sorted", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let customer = world.customer("恒泰", "A").await;
        for qty in ["5", "1", "5", "3"] {
            issued_for(&world, customer, qty).await;
        }
        world.drafted().await;
        for sort in QuoteSort::ALL {
            let (mut seen, mut nets, mut after) = (Vec::new(), Vec::new(), None);
            loop {
                let filter = QuoteFilter { sort, ..QuoteFilter::default() };
                let listing = QuoteListing { filter, limit: Limit::new(Some(2), Limit::MAX).unwrap(), after };
                let page = quotes::list_quotes(&world.ctx, &world.seller, listing).await.unwrap();
                seen.extend(page.items.iter().map(|item| item.row.id));
                nets.extend(page.items.iter().map(|item| item.row.net));
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
            let mut different = seen.clone();
            different.sort_unstable();
            different.dedup();
            assert_eq!((seen.len(), different.len()), (5, 5), "{sort:?} {}", db.engine);
            if sort == QuoteSort::Net {
                assert!(nets.windows(2).all(|pair| pair[0] >= pair[1]), "{nets:?}");
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn conversion_counts_each_number_once_and_its_parts_add_up() {
    each_engine("conversion", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let customer = world.customer("恒泰", "A").await;
        let signed = issued_for(&world, customer, "60").await;
        world.signs(signed.head.id).await.unwrap();
        let lost = issued_for(&world, customer, "2").await;
        let why = LostText { why: "price".to_string(), ..LostText::default() };
        quotes::lose_quote(&world.ctx, &world.seller, lost.head.id, why).await.unwrap();
        let ended = issued_for(&world, customer, "3").await;
        quotes::cancel_quote(&world.ctx, &world.seller, ended.head.id, "填错了").await.unwrap();
        // Two versions of one number count once, by the newer.
        let first = issued_for(&world, customer, "1").await;
        let next = quotes::revise_quote(&world.ctx, &world.seller, first.head.id).await.unwrap();
        world.issues(next.head.id).await.unwrap();
        world.drafted().await;
        let asked =
            async |by| conversion(&world.ctx, &world.seller, by, world.day(-1), world.day(30)).await.unwrap();
        for by in ConversionBy::ALL {
            let rows = asked(by).await;
            let [row] = rows.as_slice() else { panic!("{by:?}: {rows:?}") };
            let it = &row.figures;
            let counts = [it.sent, it.signed, it.lost, it.cancelled, it.expired, it.open].map(|it| it.count);
            assert_eq!(counts, [4, 1, 1, 1, 0, 1], "{by:?} {}", db.engine);
            let parts = [it.signed, it.lost, it.cancelled, it.expired, it.open];
            assert_eq!(parts.iter().map(|part| part.net.0).sum::<i64>(), it.sent.net.0, "{by:?}");
            assert_eq!(it.rate_permille(), Some(250));
        }
        let month = asked(ConversionBy::Month).await[0].name.clone();
        assert_eq!(month, world.day(0).to_string()[..7]);
        world.on_day(8);
        assert_eq!(asked(ConversionBy::Person).await[0].figures.expired.count, 1);
        // Each figure leads to the quotations behind it, and to no other.
        let behind = async |states: &[ShownState], lost: Option<LostAsked>| {
            let filter = QuoteFilter {
                owner: Some(world.seller.person),
                states: states.to_vec(),
                lost,
                ..QuoteFilter::default()
            };
            let listing = QuoteListing { filter, limit: Limit::USUAL, after: None };
            let page = quotes::list_quotes(&world.ctx, &world.seller, listing).await.unwrap();
            page.items.iter().map(|item| item.row.id).collect::<Vec<_>>()
        };
        let over = [ShownState::Cancelled];
        assert_eq!(behind(&over, Some(LostAsked::Any)).await, [lost.head.id], "{}", db.engine);
        assert_eq!(behind(&over, Some(LostAsked::Not)).await, [ended.head.id]);
        assert_eq!(behind(&over, Some(LostAsked::Why(LostWhy::Price))).await, [lost.head.id]);
        assert!(behind(&over, Some(LostAsked::Why(LostWhy::Delivery))).await.is_empty());
        assert!(behind(&[ShownState::Signed], Some(LostAsked::Not)).await.is_empty());
        assert_eq!(behind(&over, None).await.len(), 2);
        assert_eq!(behind(&[ShownState::Expired], None).await.len(), 1);
        let keeper = conversion(&world.ctx, &world.keeper, ConversionBy::Month, world.day(0), world.day(1));
        assert_eq!(code(&keeper.await), "not_allowed");
        let back = conversion(&world.ctx, &world.seller, ConversionBy::Month, world.day(1), world.day(0));
        assert_eq!(code(&back.await), "invalid");
    })
    .await;
}
