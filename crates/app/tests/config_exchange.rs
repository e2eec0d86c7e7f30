//! A price list that went out to Excel comes back: told from other files by its heads, read once, and with the cost hidden
//! from those who may not see it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use app::config::{self, Returned, Submission, Taking};
use app::ports::{SheetCell, SheetReader, SheetRefused, SheetTable, SheetWriter};
use domain::access::{Actor, Right};
use domain::base::DraftId;
use domain::config::Kind;
use domain::pricing::import::grid::{Cell, Grid};
use serde_json::json;
use testkit::{TEST_DAY, each_engine};

use crate::support::{World, code, row};

/// Keeps a sheet as lines with bars, and counts how often it is read.
#[derive(Default)]
struct PlainSheets {
    reads: AtomicUsize,
    heads: AtomicUsize,
}

impl SheetReader for PlainSheets {
    fn read(&self, _: &str, bytes: &[u8]) -> Result<Vec<Grid>, SheetRefused> {
        self.reads.fetch_add(1, Ordering::SeqCst);
        Ok(vec![grid_of(bytes, usize::MAX)])
    }

    fn heads(&self, _: &str, bytes: &[u8]) -> Result<Vec<Grid>, SheetRefused> {
        self.heads.fetch_add(1, Ordering::SeqCst);
        Ok(vec![grid_of(bytes, 1)])
    }
}

impl SheetWriter for PlainSheets {
    fn write(&self, tables: &[SheetTable]) -> Result<Vec<u8>, SheetRefused> {
        let cell = |cell: &SheetCell| match cell {
            SheetCell::Empty => String::new(),
            SheetCell::Text(text) | SheetCell::Number(text) => text.clone(),
            SheetCell::Day(day) => day.to_string(),
        };
        let line = |row: &Vec<SheetCell>| row.iter().map(cell).collect::<Vec<_>>().join("|");
        let rows = tables[0].rows.iter().map(line);
        let lines: Vec<String> = [tables[0].heads.join("|")].into_iter().chain(rows).collect();
        Ok(lines.join("\n").into_bytes())
    }
}

fn grid_of(bytes: &[u8], rows_max: usize) -> Grid {
    let cell = |text: &str| if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_string()) };
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let rows = text.lines().take(rows_max).map(|line| line.split('|').map(cell).collect());
    Grid { sheet: "价目表".to_string(), rows: rows.collect() }
}

struct Desk {
    world: World,
    sheets: Arc<PlainSheets>,
    draft: DraftId,
}

impl Desk {
    /// A list with a price of the paint and a formula on the cost of the putty, and a draft of it by `author`.
    async fn new(db: &testkit::TestDb, author: impl Fn(&World) -> Actor) -> Desk {
        let sheets = Arc::new(PlainSheets::default());
        let mut world = World::new(db).await;
        world.ctx = world.ctx.clone().with_sheets(sheets.clone()).with_sheet_writer(sheets.clone());
        world.first_prices().await;
        let formula = json!({"of": "cost", "percent": "120", "plus": "1.5"});
        let putty = row(None, json!({"product": world.putty, "formula": formula}));
        world.publish(world.price_list, vec![putty], Submission::default()).await.unwrap();
        world.author = author(&world);
        let draft = config::create_draft(&world.ctx, &world.author, world.price_list, "调价").await.unwrap();
        Desk { world, sheets, draft }
    }

    async fn file(&self, content: &str) -> String {
        self.file_by(content, &self.world.author).await
    }

    async fn file_by(&self, content: &str, by: &Actor) -> String {
        let (store, by) = (&self.world.ctx.store, Some(by.person));
        let kept = store::files::put(store, content.into(), "text/csv", "价目表.csv", by, TEST_DAY).await;
        kept.unwrap().hash
    }

    async fn exported(&self) -> String {
        let book = config::export_draft(&self.world.ctx, &self.world.author, self.draft).await.unwrap();
        String::from_utf8(book.content).unwrap()
    }

    async fn comes_back(&self, file: &str, takes: bool) -> Result<Returned, app::AppError> {
        let taking = if takes { Taking::Take { of_other: false } } else { Taking::Look };
        config::take_back(&self.world.ctx, &self.world.author, self.draft, file, taking).await
    }

    fn counted(&self) -> (usize, usize) {
        (self.sheets.heads.load(Ordering::SeqCst), self.sheets.reads.load(Ordering::SeqCst))
    }
}

fn blind(world: &World) -> Actor {
    let mut actor = world.author.clone();
    actor.grants.remove(&Right::PriceCost);
    actor
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workbook_of_ours_is_read_once_from_the_first_look_until_it_is_taken_over() {
    each_engine("read once", async |db| {
        let desk = Desk::new(&db, |world| world.author.clone()).await;
        let text = desk.exported().await;
        let same = desk.file(&text).await;
        let looked = desk.comes_back(&same, false).await.unwrap();
        assert_eq!(
            (looked.own, looked.same, looked.changed, looked.absent),
            (true, 2, 0, 0),
            "{}",
            db.engine
        );
        let file = desk.file(&text.replace("128.00", "131.00")).await;
        for _ in 0..3 {
            let looked = desk.comes_back(&file, false).await.unwrap();
            assert_eq!((looked.changed, looked.same), (1, 1));
        }
        assert_eq!(desk.comes_back(&file, true).await.unwrap().changed, 1);
        let noted = desk.world.logged("draft.imported").await;
        let told = |name: &str| crate::support::told(&noted, name).to_string();
        assert_eq!((told("文件名"), told("改动")), ("价目表.csv".into(), "修改 1 行、不变 1 行".into()));
        assert_eq!(desk.counted(), (2, 2), "{}: heads and whole, each file once", db.engine);
        let after = desk.comes_back(&file, false).await.unwrap();
        assert_eq!((after.changed, after.same), (0, 2));
        assert_eq!(desk.counted(), (3, 3), "what was taken over is not held any more");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_another_file_only_the_heads_are_read() {
    each_engine("heads only", async |db| {
        let desk = Desk::new(&db, |world| world.author.clone()).await;
        let file = desk.file(&format!("编码|单位|单价\n{}", "P1|桶|132\n".repeat(1_000))).await;
        let looked = desk.comes_back(&file, false).await.unwrap();
        assert_eq!((looked, desk.counted()), (Returned::default(), (1, 0)), "{}", db.engine);
        assert_eq!(code(&desk.comes_back("", false).await), "invalid");
        assert_eq!(code(&desk.comes_back(&"0".repeat(64), false).await), "not_found");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_was_exchanged_or_copied_down_neither_refuses_a_row_nor_takes_one_away() {
    each_engine("foreign keys", async |db| {
        foreign_keys(&Desk::new(&db, |world| world.author.clone()).await).await;
    })
    .await;
}

async fn foreign_keys(desk: &Desk) {
    let text = desk.exported().await;
    let lines: Vec<&str> = text.lines().collect();
    let [head, one, other] = lines.as_slice() else { panic!("{text}") };
    let (one_row, one_key) = one.rsplit_once('|').unwrap();
    let (other_row, other_key) = other.rsplit_once('|').unwrap();
    let exchanged = format!("{head}\n{one_row}|{other_key}\n{other_row}|{one_key}");
    let looked = desk.comes_back(&desk.file(&exchanged).await, false).await.unwrap();
    assert_eq!((looked.same, looked.absent, looked.faults), (2, 0, vec![]), "{exchanged}");
    let paint = if one_key == "P1" { one } else { other };
    let mut cells: Vec<&str> = paint.split('|').collect();
    cells[5] = "10";
    let copied = format!("{text}\n{}", cells.join("|"));
    // In the place of the one that it was, it has left that one.
    let moved = copied.replace(&format!("{paint}\n"), "");
    let looked = desk.comes_back(&desk.file(&moved).await, false).await.unwrap();
    assert_eq!((looked.added, looked.absent, looked.faults), (1, 0, vec![]), "{moved}");
    let taken = desk.comes_back(&desk.file(&copied).await, true).await.unwrap();
    assert_eq!((taken.added, taken.same, taken.faults), (1, 2, vec![]), "{copied}");
    let (ctx, second) = (&desk.world.ctx, &desk.world.second);
    let page = (None, domain::base::Limit::USUAL);
    let diff = config::draft_diff(ctx, second, desk.draft, page).await.unwrap();
    let [only] = diff.changes.as_slice() else { panic!("{:?}", diff.changes) };
    assert!(only.change.before.is_none(), "the row that it was copied from stands: {:?}", only.change);
    shifted_breaks(desk, &text).await;
}

/// Beside the row without a break there is one from 10 on by now. Its breaks moved on by one in the file, the row without a
/// break is left, and its price with it.
async fn shifted_breaks(desk: &Desk, text: &str) {
    let paint = text.lines().find(|line| line.ends_with("|P1")).unwrap();
    let from = |qty: &str, key: &str| {
        let mut cells: Vec<&str> = paint.split('|').collect();
        let last = cells.len() - 1;
        (cells[5], cells[last]) = (qty, key);
        cells.join("|")
    };
    let shifted = text.replace(paint, &format!("{}\n{}", from("10", "P1"), from("20", "")));
    let taken = desk.comes_back(&desk.file(&shifted).await, true).await.unwrap();
    assert_eq!((taken.added, taken.same, taken.absent, taken.faults), (1, 2, 0, vec![]), "{shifted}");
    let page = (None, domain::base::Limit::USUAL);
    let diff = config::draft_diff(&desk.world.ctx, &desk.world.second, desk.draft, page).await.unwrap();
    let gone = diff.changes.iter().filter(|it| it.change.after.is_none());
    let gone: Vec<&str> = gone.map(|it| it.change.key.as_str()).collect();
    assert_eq!((gone, diff.changes.len()), (vec!["P1"], 3), "{:?}", diff.changes);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_series_whose_name_would_read_as_another_is_told_with_its_row_and_what_it_is() {
    each_engine("turned series", async |db| {
        let desk = Desk::new(&db, |world| world.author.clone()).await;
        let text = desk.exported().await;
        let with = |series: &str| format!("{text}\n系列|{series}|||||12");
        let back = desk.comes_back(&desk.file(&with("净\u{202E}味")).await, true).await.unwrap();
        let said: Vec<_> = back.faults.iter().map(|fault| (fault.row, fault.sentence.as_str())).collect();
        let row = text.lines().count() + 1;
        let told = "「系列」填得不对：里面有看不见的控制符，请删掉重新填写。";
        assert_eq!(said, [(row, told)], "{}", db.engine);
        let sound = desk.comes_back(&desk.file(&with("净味")).await, true).await.unwrap();
        assert_eq!((sound.added, sound.faults), (1, vec![]), "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_may_not_see_the_cost_takes_a_list_out_and_back_without_its_formulas() {
    each_engine("blind export", async |db| {
        let desk = Desk::new(&db, blind).await;
        let text = desk.exported().await;
        assert!(
            text.contains("成本") && !text.contains("120") && !text.contains("1.5"),
            "{}: {text}",
            db.engine
        );
        let file = desk.file(&text.replace("128.00", "131.00")).await;
        let taken = desk.comes_back(&file, true).await.unwrap();
        assert_eq!((taken.changed, taken.same, taken.faults.len()), (1, 1, 0), "{}", db.engine);
        let line = text.lines().find(|line| line.contains("成本")).unwrap();
        // Copied down with its key, and from another quantity on: a second row would stand on the cost.
        let mut copy: Vec<&str> = line.split('|').collect();
        copy[5] = "10";
        let copied = desk.file(&format!("{text}\n{}", copy.join("|"))).await;
        let copied = desk.comes_back(&copied, true).await.unwrap();
        let said: Vec<&str> = copied.faults.iter().map(|fault| fault.sentence.as_str()).collect();
        assert!(said.len() == 1 && said[0].contains("按成本定价"), "{}: {said:?}", db.engine);
        let guessed = text.replace(line, &line.replacen("成本|", "成本|100", 1));
        let guessed = desk.comes_back(&desk.file(&guessed).await, true).await.unwrap();
        assert_eq!(guessed.faults.len(), 1, "{}", db.engine);
        assert!(guessed.faults[0].sentence.contains("按成本定价"), "{}", guessed.faults[0].sentence);
        let (ctx, seeing) = (&desk.world.ctx, &desk.world.second);
        let diff =
            config::draft_diff(ctx, seeing, desk.draft, (None, domain::base::Limit::USUAL)).await.unwrap();
        let changed: Vec<_> = diff.changes.iter().map(|change| change.change.key.as_str()).collect();
        assert_eq!(changed, ["P1"], "{}: the formula stands as it stood", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workbook_of_another_list_is_asked_about_and_one_that_is_not_seen_is_not_named() {
    each_engine("another list", async |db| {
        let desk = Desk::new(&db, |world| world.author.clone()).await;
        let (ctx, world) = (&desk.world.ctx, &desk.world);
        let text = desk.exported().await;
        let own = desk.comes_back(&desk.file(&text).await, false).await.unwrap();
        assert_eq!((own.own, own.of_other), (true, None), "{}", db.engine);
        let new = config::NewItem {
            kind: Kind::PriceList,
            class: domain::pricing::PriceClass::Region,
            name: "苏州大区价目表".to_string(),
            scope: world.region.id,
        };
        let (_, draft) = config::create_item(ctx, &world.manager, new).await.unwrap();
        let file = desk.file_by(&text, &world.manager).await;
        let back =
            async |file: &str, taking| config::take_back(ctx, &world.manager, draft, file, taking).await;
        let looked = back(&file, Taking::Look).await.unwrap();
        let said = looked.of_other.unwrap();
        assert!(said.contains("从「标准价目表」导出") && said.contains("「苏州大区价目表」"), "{said}");
        let refused = back(&file, Taking::Take { of_other: false }).await;
        assert_eq!(code(&refused), "of_other_list", "{}", db.engine);
        let taken = back(&file, Taking::Take { of_other: true }).await.unwrap();
        assert_eq!((taken.added, taken.faults), (2, vec![]), "{}", db.engine);
        // One that is not there, and the tiers: neither is named.
        let mark = domain::words::price_sheet::origin(world.price_list.0, 2);
        assert!(text.contains(&mark), "{text}");
        for other in [999_999, world.tiers.0] {
            let strange = text.replace(&mark, &domain::words::price_sheet::origin(other, 2));
            let file = desk.file_by(&strange, &world.manager).await;
            let said = back(&file, Taking::Look).await.unwrap().of_other.unwrap();
            assert!(said.contains("从另一张价目表导出"), "{said}");
        }
        let oversized = format!("价目表 1{} V1（请勿改）", "0".repeat(25));
        let unread = desk.file_by(&text.replace(&mark, &oversized), &world.manager).await;
        let said = back(&unread, Taking::Look).await.unwrap().of_other.unwrap();
        assert!(said.contains("认不出来") && said.contains("「苏州大区价目表」"), "{said}");
        let refused = back(&unread, Taking::Take { of_other: false }).await;
        assert_eq!(code(&refused), "of_other_list", "{}", db.engine);
        assert!(back(&unread, Taking::Take { of_other: true }).await.is_ok(), "{}", db.engine);
        // What went out before that was written comes back as it did.
        let old = desk.file_by(&text.replace(&format!("|{mark}"), ""), &world.manager).await;
        let looked = back(&old, Taking::Look).await.unwrap();
        assert_eq!((looked.own, looked.of_other), (true, None), "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_workbook_of_another_list_would_change_is_shown_before_anybody_says_that_it_is_meant() {
    each_engine("first changes", async |db| {
        let desk = Desk::new(&db, |world| world.author.clone()).await;
        let (ctx, world) = (&desk.world.ctx, &desk.world);
        let text = desk.exported().await;
        let new = config::NewItem {
            kind: Kind::PriceList,
            class: domain::pricing::PriceClass::Region,
            name: "苏州大区价目表".to_string(),
            scope: world.region.id,
        };
        let (_, draft) = config::create_item(ctx, &world.manager, new).await.unwrap();
        let back =
            async |file: &str, taking| config::take_back(ctx, &world.manager, draft, file, taking).await;
        // It names a list that the manager does not see: its name comes with no row either.
        let mark = |item| domain::words::price_sheet::origin(item, 2);
        let strange = text.replace(&mark(world.price_list.0), &mark(999_999));
        let file = desk.file_by(&strange, &world.manager).await;
        let looked = back(&file, Taking::Look).await.unwrap();
        let of = |returned: &Returned| -> Vec<(String, bool)> {
            let row = |it: &config::ChangeView| (it.change.key.clone(), it.change.before.is_none());
            returned.changes.iter().map(row).collect()
        };
        assert!(looked.of_other.is_some() && looked.more == 0, "{}: {looked:?}", db.engine);
        assert_eq!(of(&looked), [("P1".to_string(), true), ("P2".to_string(), true)], "{}", db.engine);
        assert_eq!(looked.changes[0].shown["product_name"], json!("外墙乳胶漆"));
        assert!(!format!("{looked:?}").contains("标准价目表"), "{}: {looked:?}", db.engine);
        assert_eq!(code(&back(&file, Taking::Take { of_other: false }).await), "of_other_list");
        back(&file, Taking::Take { of_other: true }).await.unwrap();
        assert!(of(&back(&file, Taking::Look).await.unwrap()).is_empty(), "{}", db.engine);
        // Of many the first are shown, and how many follow is said.
        let paint = strange.lines().find(|line| line.ends_with("|P1")).unwrap();
        let break_of = |qty: usize| {
            let qty = qty.to_string();
            let mut cells: Vec<&str> = paint.split('|').collect();
            let last = cells.len() - 1;
            (cells[5], cells[last]) = (qty.as_str(), "");
            cells.join("|")
        };
        let breaks: Vec<String> = (1..=24).map(break_of).collect();
        let many = desk.file_by(&format!("{strange}\n{}", breaks.join("\n")), &world.manager).await;
        let looked = back(&many, Taking::Look).await.unwrap();
        let counted = (looked.added, looked.same, looked.changes.len(), looked.more);
        assert_eq!(counted, (24, 2, config::RETURNED_LISTED_MAX, 4), "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_rows_that_a_workbook_would_change_tell_no_cost_to_those_who_may_not_see_it() {
    each_engine("blind changes", async |db| {
        let desk = Desk::new(&db, blind).await;
        let text = desk.exported().await;
        let line = text.lines().find(|line| line.contains("成本")).unwrap();
        let mut cells: Vec<&str> = line.split('|').collect();
        cells[12] = "新批次";
        let noted = text.replace(line, &cells.join("|")).replace("128.00", "131.00");
        let looked = desk.comes_back(&desk.file(&noted).await, false).await.unwrap();
        let [price, formula] = &looked.changes[..] else { panic!("{looked:?} on {}", db.engine) };
        let moved = price.difference.as_ref().map(|difference| difference.delta.as_str());
        assert_eq!((price.change.key.as_str(), moved), ("P1", Some("+3.00")), "{}", db.engine);
        let told = format!("{:?} {:?}", formula.change, formula.shown);
        assert!(told.contains("新批次") && !told.contains("120") && !told.contains("1.5"), "{told}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workbook_says_that_newer_prices_were_published_since_it_went_out() {
    each_engine("old workbook", async |db| {
        let desk = Desk::new(&db, |world| world.author.clone()).await;
        let text = desk.exported().await;
        let file = desk.file(&text).await;
        assert_eq!(desk.comes_back(&file, false).await.unwrap().outdated, None, "{}", db.engine);
        assert_eq!(desk.world.paint_costs("132").await.unwrap(), 3);
        let said = desk.comes_back(&file, false).await.unwrap().outdated;
        assert_eq!(
            said, None,
            "{}: the draft stands on V2 as the file does, it puts nothing back",
            db.engine
        );
        let mark = |n| domain::words::price_sheet::origin(desk.world.price_list.0, n);
        let older = desk.file(&text.replace(&mark(2), &mark(1))).await;
        let said = desk.comes_back(&older, false).await.unwrap().outdated.unwrap();
        assert!(said.contains("从 V1 导出") && said.contains("在 V2 上"), "{}: {said}", db.engine);
        let first = desk.file(&text.replace(&mark(2), &mark(0))).await;
        let said = desk.comes_back(&first, false).await.unwrap().outdated.unwrap();
        assert!(said.contains("第一版发布以前"), "{}: {said}", db.engine);
        assert_eq!(
            desk.comes_back(&file, true).await.unwrap().faults,
            vec![],
            "{}: it may be meant",
            db.engine
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_regions_files_have_taught_is_the_regions_to_forget_and_what_head_offices_have_is_not() {
    each_engine("forgetting", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let new = config::NewItem {
            kind: Kind::PriceList,
            class: domain::pricing::PriceClass::Region,
            name: "苏州大区价目表".to_string(),
            scope: world.region.id,
        };
        let (_, own) = config::create_item(&world.ctx, &world.manager, new).await.unwrap();
        let hq = config::create_draft(&world.ctx, &world.author, world.price_list, "调价").await.unwrap();
        let of = async |supplier: &'static str, draft: DraftId, by: &Actor| {
            taught(&world, supplier, draft, by).await
        };
        of("恒泰", own, &world.manager).await;
        of("立邦", own, &world.manager).await;
        of("立 邦", hq, &world.author).await;
        let suppliers = config::suppliers(&world.ctx, &world.manager).await.unwrap();
        let placed = |name: &str, head_office: bool| {
            let is = |it: &config::Supplier| it.name == name && it.head_office == head_office;
            suppliers.iter().find(|(it, _)| is(it)).unwrap().0.id
        };
        let forget = async |actor: &Actor, name: &str| {
            let id = placed(name, name.contains(' '));
            code(&config::forget_supplier(&world.ctx, actor, id).await)
        };
        assert_eq!(forget(&world.seller, "恒泰").await, "not_found", "{}", db.engine);
        assert_eq!(forget(&world.finance, "恒泰").await, "not_allowed");
        assert_eq!(forget(&world.manager, "立 邦").await, "not_allowed", "head office has learnt it too");
        assert_eq!(forget(&world.manager, "立邦").await, "ok", "{}: the region's own", db.engine);
        assert_eq!(forget(&world.manager, "恒泰").await, "ok", "{}", db.engine);
        assert_eq!(forget(&world.manager, "恒泰").await, "not_found");
        assert_eq!(forget(&world.author, "立 邦").await, "ok");
    })
    .await;
}

/// A file of that supplier was taken over into the draft.
async fn taught(world: &World, supplier: &'static str, draft: DraftId, by: &Actor) {
    let (store, person) = (&world.ctx.store, by.person);
    let file = store::files::put(store, supplier.into(), "text/csv", "a.csv", Some(person), TEST_DAY).await;
    let file = file.unwrap().hash;
    let taught = store.change(move |tx| {
        let file = file.clone();
        Box::pin(async move {
            let new = store::config::NewImport {
                draft,
                file: &file,
                file_name: "a.csv",
                person,
                supplier,
                choices: "{}",
            };
            let id = store::config::insert_import(tx, new, TEST_DAY).await?;
            store::config::finish_import(tx, (id, 1), Ok("{}"), TEST_DAY).await?;
            let taken = store::config::Taken { id, version: 1, preview: "{}" };
            assert!(store::config::take_import(tx, taken, TEST_DAY).await?);
            let place = store::config::draft(tx, draft).await?.unwrap().scope;
            store::config::learn(tx, (place, supplier), &Default::default(), TEST_DAY).await
        })
    });
    let taught: Result<(), store::StoreError> = taught.await;
    taught.unwrap();
}
