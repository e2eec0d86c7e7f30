//! What the customer reads on a link is what the paper says: codes, packs, rooms, reductions, terms, languages.

use app::customers::{MeantProduct, NewItemCode, change_item_codes, update_customer};
use app::quotes::{self, QuoteView, SharedAmounts, SharedLine, SharedQuote};
use domain::base::{Fen, UnitPrice};
use domain::customers::CustomerEdit;
use domain::documents::TakenOff;
use domain::documents::template::Language;
use domain::quotes::{LineExtraText, ManualText};
use serde_json::json;
use testkit::each_engine;

use super::templates::{publishes, template};
use crate::support::{World, row};

/// Five boxes for a room and two pails with ten yuan off, 抹零 below, for a customer with a code of his own.
async fn agreed(world: &World) -> QuoteView {
    let draft = world.drafted().await;
    let named = CustomerEdit { contact: Some("吴经理".to_string()), ..CustomerEdit::default() };
    update_customer(&world.ctx, &world.manager, draft.head.customer, 1, named).await.unwrap();
    let code = NewItemCode { product: MeantProduct::Id(world.paint), code: "HT-001".to_string() };
    let customer = draft.head.customer;
    change_item_codes(&world.ctx, &world.seller, customer, vec![code], Vec::new()).await.unwrap();
    let draft = world.agrees(&draft, |text| {
        let mut boxes = world.line("a", world.paint, "5", "箱");
        boxes.extra.group = "一楼".to_string();
        let mut pails = world.line("b", world.paint, "2", "桶");
        let manual = ManualText { amount_off: Some("10".to_string()), ..ManualText::default() };
        pails.extra = LineExtraText { manual: Some(manual), ..LineExtraText::default() };
        text.lines = vec![boxes, pails];
        text.whole.rounding = Some("0.72".to_string());
        text.terms.site_address = "园区星湖街 218 号".to_string();
        text.notes = "货到三日内验收".to_string();
    });
    let draft = draft.await;
    world.issues(draft.head.id).await.unwrap()
}

async fn page(world: &World, issued: &QuoteView) -> SharedQuote {
    let made = quotes::share_quote(&world.ctx, &world.seller, issued.head.id, None).await.unwrap();
    quotes::open_share(&world.ctx, &made.token).await.unwrap()
}

/// Code, pack, unit price, amount, what is left, sum of the room; a dash for what is not shown.
fn reads(line: &SharedLine) -> String {
    let money = |fen: Option<Fen>| fen.map_or("-".to_string(), Fen::to_yuan);
    let pack = line.pack.as_ref().map_or("-".to_string(), |pack| format!("{} {}", pack.holds, pack.base));
    let price = line.unit_price.map_or("-".to_string(), UnitPrice::to_yuan);
    let figures = [money(line.amount), money(line.net), money(line.room_sum)].join(" ");
    format!("{}|{pack}|{price} {figures}", line.code)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_of_a_link_says_what_the_paper_says() {
    each_engine("share page", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        world.limits().await;
        let seen = page(&world, &agreed(&world).await).await;
        let lines: Vec<String> = seen.lines.iter().map(reads).collect();
        assert_eq!(lines[0], "P1（贵司编码 HT-001）|4 桶|471.04 2355.20 2355.20 2355.20", "{}", db.engine);
        assert_eq!(lines[1], "P1（贵司编码 HT-001）|-|117.76 235.52 225.52 -");
        assert_eq!((seen.lines[0].room.as_str(), seen.lines[1].room.as_str()), ("一楼", ""));
        assert_eq!(seen.amount, Some(Fen(259_072)));
        assert_eq!(seen.taken_off, [(TakenOff::Lines, Fen(1_000)), (TakenOff::Rounding, Fen(72))]);
        let SharedAmounts { net, net_ex_tax, tax } = seen.amounts;
        assert_eq!(net, Fen(258_000));
        assert_eq!(net_ex_tax.unwrap().0 + tax.unwrap().0, net.0);
        assert_eq!((seen.contact.as_str(), seen.prices_include_tax), ("吴经理", Some(true)));
        assert_eq!(seen.terms[0], ("工地地址".to_string(), "园区星湖街 218 号".to_string()));
        assert_eq!((seen.language, seen.notes.as_str()), (Language::Zh, "货到三日内验收"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_template_leaves_out_the_page_leaves_out() {
    each_engine("share page template", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        world.limits().await;
        let before = agreed(&world).await;
        let english = row(Some(""), json!({"page": "a4", "language": "zh_en", "accent": true}));
        let parts = ["qty", "net"];
        let lines = row(Some("lines"), json!({"order": 3, "on": true, "parts": parts}));
        let parties = row(Some("parties"), json!({"order": 2, "on": true, "parts": ["address"]}));
        let totals = row(Some("totals"), json!({"order": 4, "on": true, "parts": ["capital"]}));
        let notes = row(Some("notes"), json!({"order": 5, "on": false}));
        publishes(&world, template(&world).await, vec![english, parties, lines, totals, notes]).await;
        let issued = agreed(&world).await;
        let after = page(&world, &issued).await;
        assert_eq!(reads(&after.lines[0]), "|-|- - 2355.20 2355.20", "{}", db.engine);
        assert_eq!(reads(&after.lines[1]), "|-|- - 225.52 -");
        assert_eq!((after.lines[0].spec.as_str(), after.language), ("", Language::ZhEn));
        assert_eq!(after.taken_off, []);
        assert_eq!(after.amount, None, "{}", db.engine);
        assert_eq!((after.terms.len(), after.notes.as_str()), (0, ""));
        let told = SharedAmounts { net: Fen(258_000), net_ex_tax: None, tax: None };
        assert_eq!(after.amounts, told, "what is paid is always told, tax is not");
        assert_eq!((after.contact.as_str(), after.prices_include_tax), ("", None));
        // What accepting needs is there, whatever the paper says.
        let first = page(&world, &before).await;
        assert_eq!((after.number.as_str(), after.revision), ("SZ26-000002", 1));
        assert_eq!(Some(after.valid_until), issued.head.valid_until);
        assert_eq!((after.issued_day, &after.company), (first.issued_day, &first.company));
        assert_eq!(after.salesperson, world.seller.name);
        assert_eq!(after.salesperson_phone, first.salesperson_phone);
        let goods = |page: &SharedQuote| {
            page.lines.iter().map(|line| (line.name.clone(), line.qty, line.unit.clone())).collect::<Vec<_>>()
        };
        assert_eq!(goods(&after), goods(&first));
        assert_eq!(first.language, Language::Zh, "what was issued before stays as it was");
        assert_eq!(first.terms.len(), 1);
    })
    .await;
}
