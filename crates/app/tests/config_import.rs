//! A price file becomes the rows of a draft: looked at first, taken over when asked, twice without effect.

use std::collections::BTreeMap;
use std::sync::Arc;

use app::config::{self, Choices, ImportCounts, ImportState, ImportView, Preview, RowDecision, SheetChoice};
use app::ports::{SheetReader, SheetRefused};
use domain::access::{Actor, Difference, OrgKind};
use domain::base::{DraftId, ImportId, Limit, ProductId};
use domain::config::Kind;
use domain::pricing::PriceClass;
use domain::pricing::import::grid::{Cell, Grid};
use domain::pricing::import::{Decision, Meaning};
use testkit::{TEST_DAY, each_engine};

use crate::support::{World, code, told};

/// Reads lines with commas, sheets parted by `=name`.
struct PlainReader;

impl SheetReader for PlainReader {
    fn read(&self, _: &str, bytes: &[u8]) -> Result<Vec<Grid>, SheetRefused> {
        if bytes.is_empty() {
            return Err(SheetRefused::Empty);
        }
        let mut grids: Vec<Grid> = Vec::new();
        for line in String::from_utf8_lossy(bytes).lines() {
            if let Some(sheet) = line.strip_prefix('=') {
                grids.push(Grid { sheet: sheet.to_string(), rows: Vec::new() });
                continue;
            }
            let cells = line
                .split('|')
                .map(|text| if text.is_empty() { Cell::Empty } else { Cell::Text(text.into()) });
            grids.last_mut().unwrap().rows.push(cells.collect());
        }
        Ok(grids)
    }
}

const FILE: &str = "=说明\n本价目表含税\n=价格\n苏建材价目表\n编码|品名|单位|单价\nP1|外墙乳胶漆|桶|￥1,280.00\nP2|腻子粉|袋|３０\n合计|||2\n";
const FAULTY: &str = "=价格\n编码|单位|单价\nP1|桶|132\nP9|桶|5\nP2|袋|面议\nP2|袋|-3\n";

struct Desk {
    world: World,
    draft: DraftId,
}

impl Desk {
    async fn new(db: &testkit::TestDb) -> Desk {
        let mut world = World::new(db).await;
        world.ctx = world.ctx.clone().with_sheets(Arc::new(PlainReader));
        world.first_prices().await;
        let draft = config::create_draft(&world.ctx, &world.author, world.price_list, "导入").await.unwrap();
        Desk { world, draft }
    }

    /// Hash of a file that the author has handed in.
    async fn file(&self, name: &str, text: &str) -> String {
        let by = Some(self.world.author.person);
        let content = text.as_bytes().to_vec();
        let kept = store::files::put(&self.world.ctx.store, content, "text/csv", name, by, TEST_DAY).await;
        kept.unwrap().hash
    }

    /// A file that was brought and read.
    async fn bring(&self, name: &str, text: &str) -> ImportView {
        let file = self.file(name, text).await;
        let (ctx, author) = (&self.world.ctx, &self.world.author);
        let id = config::begin_import(ctx, author, self.draft, (file, None)).await.unwrap();
        assert_eq!(self.seen(id).await.import.state, ImportState::Reading);
        self.read(id).await
    }

    async fn read(&self, id: ImportId) -> ImportView {
        config::carry_out_import(&self.world.ctx, &self.world.author, id).await.unwrap();
        self.seen(id).await
    }

    async fn seen(&self, id: ImportId) -> ImportView {
        config::import(&self.world.ctx, &self.world.author, id).await.unwrap()
    }

    /// The same file with other choices, read anew.
    async fn settle(&self, view: &ImportView, choices: Choices) -> ImportView {
        let at = (view.import.id, view.import.version);
        config::change_import(&self.world.ctx, &self.world.author, at, choices).await.unwrap();
        self.read(view.import.id).await
    }

    async fn take(&self, view: &ImportView, skip_bad: bool) -> Result<config::Imported, app::AppError> {
        config::apply_import(&self.world.ctx, &self.world.author, view.import.id, skip_bad).await
    }

    /// The desk of the region's manager, at a list of the region.
    async fn of_region(&self) -> Desk {
        let new = config::NewItem {
            kind: Kind::PriceList,
            class: PriceClass::Region,
            name: "苏州大区价目表".to_string(),
            scope: self.world.region.id,
        };
        let manager = self.world.manager.clone();
        let (_, draft) = config::create_item(&self.world.ctx, &manager, new).await.unwrap();
        Desk { world: World { author: manager, ..self.world.clone() }, draft }
    }

    /// Takes over a file of 恒泰建材 whose one row, which says HT-01 and this price, is for that product.
    async fn teaches(&self, price: &str, product: ProductId) {
        let seen = self.bring("恒泰建材2026年5月价格表.csv", &one_row(price)).await;
        let decision = Decision { product: Some(product), ..Decision::default() };
        let decisions = vec![decided("价格", 2, decision)];
        let settled = self.settle(&seen, Choices { decisions, ..seen.choices.clone() }).await;
        self.take(&settled, false).await.unwrap();
    }

    /// The product that such a row is for when nobody is asked about it; the file is taken over.
    async fn takes_for(&self, price: &str) -> ProductId {
        let seen = self.bring("恒泰建材2026年6月价格表.csv", &one_row(price)).await;
        let tally = &preview(&seen).tally;
        assert_eq!((tally.mended, tally.asked), (1, 0), "{price}");
        self.take(&seen, false).await.unwrap();
        let asked = config::DraftRowsAsked {
            search: String::new(),
            changed_only: true,
            after: None,
            limit: Limit::USUAL,
        };
        let (ctx, author) = (&self.world.ctx, &self.world.author);
        let rows = config::draft_rows(ctx, author, self.draft, asked).await.unwrap().rows;
        let contents = rows.into_iter().filter_map(|row| row.change.after);
        let content = contents.into_iter().find(|content| content.contains(price)).unwrap();
        let content: serde_json::Value = serde_json::from_str(&content).unwrap();
        ProductId(content["product"].as_i64().unwrap())
    }

    async fn version(&self) -> i64 {
        config::draft(&self.world.ctx, &self.world.author, self.draft).await.unwrap().draft.version
    }
}

fn preview(view: &ImportView) -> &Preview {
    view.preview.as_ref().unwrap_or_else(|| panic!("not read: {:?}", view.import.failure))
}

fn one_row(price: &str) -> String {
    format!("=价格\n编码|单价\nHT-01|{price}\n")
}

fn decided(sheet: &str, row: usize, decision: Decision) -> RowDecision {
    RowDecision { sheet: sheet.to_string(), row, decision }
}

fn chosen(sheet: &str) -> SheetChoice {
    SheetChoice { sheet: sheet.to_string(), ..SheetChoice::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn looking_saves_nothing_and_taking_over_twice_changes_nothing_more() {
    each_engine("import", async |db| {
        let desk = Desk::new(&db).await;
        let seen = desk.bring("价格.csv", FILE).await;
        let read = preview(&seen);
        let taken: Vec<_> =
            read.sheets.iter().map(|it| (it.proposal.sheet.as_str(), it.guess.taken)).collect();
        assert_eq!(taken, [("说明", false), ("价格", true)], "the sheet that can be read");
        assert_eq!((read.tally.read, read.tally.mended, read.tally.not_taken), (0, 2, 1));
        assert!(read.tally.adds_up());
        assert_eq!(read.counts, ImportCounts { added: 1, changed: 1, same: 0 });
        assert_eq!(desk.version().await, 1, "{}", db.engine);
        let taken = desk.take(&seen, false).await.unwrap();
        assert_eq!((taken.counts, taken.skipped), (read.counts, 0));
        assert_eq!(code(&desk.take(&seen, false).await), "already_taken");
        let version = desk.version().await;
        let again = desk.bring("价格.csv", FILE).await;
        assert_eq!(preview(&again).counts, ImportCounts { added: 0, changed: 0, same: 2 });
        desk.take(&again, false).await.unwrap();
        assert_eq!(desk.version().await, version, "nothing changed, nothing was written");
        let asked = config::DraftRowsAsked {
            search: String::new(),
            changed_only: true,
            after: None,
            limit: Limit::USUAL,
        };
        let rows = config::draft_rows(&desk.world.ctx, &desk.world.author, desk.draft, asked).await.unwrap();
        let keys: Vec<&str> = rows.rows.iter().map(|row| row.change.key.as_str()).collect();
        assert_eq!(keys, ["P1", "P2"]);
        assert!(rows.rows[0].change.after.as_ref().unwrap().contains("1280.00"));
        assert_eq!(rows.rows[0].difference.as_ref().unwrap().delta, "+1152.00");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_row_of_the_file_is_read_asked_or_refused_and_asked_ones_are_settled_in_place() {
    each_engine("import adds up", async |db| {
        let desk = Desk::new(&db).await;
        let seen = desk.bring("价格.csv", FAULTY).await;
        let read = preview(&seen);
        assert!(read.tally.adds_up());
        assert_eq!((read.tally.rows, read.tally.read, read.tally.asked, read.tally.refused), (5, 1, 2, 1));
        let asked: Vec<(usize, &str)> =
            read.asked.iter().map(|row| (row.row, row.faults[0].what.code())).collect();
        assert_eq!(asked, [(3, "unknown_product"), (4, "not_a_number")]);
        assert_eq!(read.refused[0].row, 5);
        assert_eq!(code(&desk.take(&seen, false).await), "bad_rows");
        assert_eq!(desk.version().await, 1);
        let price = Decision { price: Some(domain::base::UnitPrice(290_000)), ..Decision::default() };
        let skip = Decision { skip: true, ..Decision::default() };
        let decisions = vec![decided("价格", 4, price), decided("价格", 3, skip)];
        let settled = desk.settle(&seen, Choices { decisions, ..seen.choices.clone() }).await;
        let read = preview(&settled);
        assert_eq!((read.tally.asked, read.tally.mended, read.tally.left_out), (0, 1, 1), "{}", db.engine);
        let taken = desk.take(&settled, true).await.unwrap();
        assert_eq!((taken.counts.added, taken.counts.changed, taken.skipped), (1, 1, 1), "{}", db.engine);
        let logged = desk.world.logged("draft.imported").await;
        let facts = ["文件名", "改动", "跳过行数"].map(|name| told(&logged, name));
        assert_eq!(facts, ["价格.csv", "新增 1 行、修改 1 行", "1"], "{}", db.engine);
        assert_eq!(logged.difference, Some(Difference::Draft(desk.draft)));
        let page = desk.seen(settled.import.id).await;
        assert_eq!(page.import.state, ImportState::Taken);
        assert_eq!(preview(&page).tally, read.tally, "the page keeps what was taken");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn several_sheets_are_taken_together_and_each_may_be_left_out() {
    each_engine("import sheets", async |db| {
        let desk = Desk::new(&db).await;
        let text = "=漆\n编码|单价\nP1|132\n=粉\n编码|单价\nP2|31\n=旧价\n编码|单价\nP1|100\n";
        let seen = desk.bring("价格.csv", text).await;
        assert_eq!(preview(&seen).counts, ImportCounts { added: 1, changed: 1, same: 0 }, "{}", db.engine);
        assert_eq!(preview(&seen).tally.not_taken, 2);
        let off = SheetChoice { taken: Some(false), ..chosen("粉") };
        let seen = desk.settle(&seen, Choices { sheets: vec![off], ..seen.choices.clone() }).await;
        assert_eq!((preview(&seen).counts.changed, preview(&seen).tally.not_taken), (1, 4));
        let both = SheetChoice { taken: Some(true), ..chosen("旧价") };
        let seen = desk.settle(&seen, Choices { sheets: vec![both], ..seen.choices.clone() }).await;
        let told: Vec<_> = preview(&seen).asked.iter().map(|row| (row.sheet.as_str(), row.row)).collect();
        assert_eq!(told, [("漆", 2), ("旧价", 2)], "two prices for one thing in two sheets");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_settled_for_a_supplier_is_remembered_seen_and_forgotten() {
    each_engine("import memory", async |db| {
        let desk = Desk::new(&db).await;
        let (ctx, author) = (&desk.world.ctx, &desk.world.author);
        let seen = desk.bring("恒泰建材2026年5月价格表.csv", "=价格\n编码|单价\nHT-01|132\n").await;
        assert_eq!(seen.import.supplier, "恒泰建材");
        assert_eq!(preview(&seen).tally.asked, 1);
        let product = store_product(&desk, "P1").await;
        let decision = Decision { product: Some(product), ..Decision::default() };
        let decisions = vec![decided("价格", 2, decision)];
        let settled = desk.settle(&seen, Choices { decisions, ..seen.choices.clone() }).await;
        desk.take(&settled, false).await.unwrap();
        let next = desk.bring("恒泰建材2026年6月价格表.csv", "=价格\n编码|单价\nHT-01|135\n").await;
        let read = preview(&next);
        assert_eq!((read.tally.mended, read.tally.asked, read.counts.changed), (1, 0, 1), "{}", db.engine);
        assert_eq!(read.mended[0].mends[0].code(), "remembered");
        let (suppliers, rights): (Vec<_>, Vec<bool>) =
            config::suppliers(ctx, author).await.unwrap().into_iter().unzip();
        assert_eq!(rights, [true]);
        assert_eq!((suppliers.len(), suppliers[0].products, suppliers[0].files), (1, 1, 1));
        let memory = config::supplier(ctx, author, suppliers[0].id).await.unwrap();
        assert!(memory.products[&product.0].starts_with("P1"));
        let manager = config::forget_supplier(ctx, &desk.world.manager, suppliers[0].id).await;
        assert_eq!(code(&manager), "not_allowed");
        config::forget_supplier(ctx, author, suppliers[0].id).await.unwrap();
        assert!(config::suppliers(ctx, author).await.unwrap().is_empty());
        let again = desk.settle(&next, next.choices.clone()).await;
        assert_eq!(preview(&again).tally.asked, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_region_teaches_leads_no_file_of_head_office_to_another_product() {
    each_engine("lessons apart", async |db| {
        let hq = Desk::new(&db).await;
        let region = hq.of_region().await;
        let (paint, putty) = (hq.world.paint, hq.world.putty);
        hq.teaches("131.01", putty).await;
        assert_eq!(region.takes_for("131.02").await, putty, "{}: head office lends", db.engine);
        region.teaches("131.03", paint).await;
        assert_eq!(hq.takes_for("131.04").await, putty, "{}", db.engine);
        assert_eq!(region.takes_for("131.05").await, paint, "{}: the own lesson first", db.engine);
        let listed = config::suppliers(&hq.world.ctx, &region.world.author).await.unwrap();
        let by_place = |head_office: bool| {
            let of = listed.iter().find(|(one, _)| one.head_office == head_office).unwrap();
            (of.0.id, of.1)
        };
        assert_eq!(listed.len(), 2);
        let ((lent, lent_editable), (own, own_editable)) = (by_place(true), by_place(false));
        assert_eq!((lent_editable, own_editable), (false, true));
        let forget = async |id| code(&config::forget_supplier(&hq.world.ctx, &region.world.author, id).await);
        assert_eq!(forget(lent).await, "not_allowed", "{}", db.engine);
        assert_eq!(forget(own).await, "ok");
        assert_eq!(region.takes_for("131.06").await, putty, "{}: lent again", db.engine);
        assert_eq!(hq.takes_for("131.07").await, putty);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_region_has_taught_is_nothing_to_another_one() {
    each_engine("lessons of others", async |db| {
        let hq = Desk::new(&db).await;
        let region = hq.of_region().await;
        region.teaches("131.01", hq.world.paint).await;
        let ctx = &hq.world.ctx;
        let nanjing = ctx.store.change(|tx| {
            Box::pin(async move {
                let orgs = store::access::orgs(tx).await?;
                store::access::insert_org(tx, orgs.first(), OrgKind::Region, "南京大区", "NJQ").await
            })
        });
        let nanjing: Result<domain::access::OrgUnit, store::StoreError> = nanjing.await;
        let nanjing = nanjing.unwrap();
        let other = Actor { org: nanjing.id, org_path: nanjing.path, ..hq.world.manager.clone() };
        let listed = config::suppliers(ctx, &region.world.author).await.unwrap();
        assert_eq!(listed.len(), 1, "{}", db.engine);
        let id = listed[0].0.id;
        assert_eq!(code(&config::supplier(ctx, &region.world.author, id).await), "ok");
        assert!(config::suppliers(ctx, &other).await.unwrap().is_empty(), "{}", db.engine);
        assert_eq!(code(&config::supplier(ctx, &other, id).await), "not_found");
        assert_eq!(code(&config::forget_supplier(ctx, &other, id).await), "not_found");
        // Head office sees it and goes by none of it.
        assert_eq!(code(&config::supplier(ctx, &hq.world.author, id).await), "ok");
        let seen = hq.bring("恒泰建材2026年6月价格表.csv", &one_row("131.02")).await;
        assert_eq!((preview(&seen).tally.asked, seen.scope), (1, hq.world.hq), "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_that_slipped_by_a_row_is_asked_about_until_somebody_has_chosen() {
    each_engine("import slipped", async |db| {
        let desk = Desk::new(&db).await;
        let slipped = "=价格\n编码|品名|规格|单位|单价\nP1|腻子粉|20kg||30\nP2|外墙乳胶漆|20kg||250\n";
        let seen = desk.bring("恒泰建材2026年5月价格表.csv", slipped).await;
        let read = preview(&seen);
        assert_eq!((read.tally.read, read.tally.mended, read.tally.asked), (0, 0, 2), "{}", db.engine);
        let codes: Vec<_> = read.asked.iter().map(|row| row.faults[0].what.code()).collect();
        assert_eq!(codes, ["name_of_other", "name_of_other"]);
        let proposed: Vec<&str> = read.asked[0].products.iter().map(|it| it.code.as_str()).collect();
        assert_eq!(proposed, ["P1", "P2"], "what the code is, and what the name finds");
        assert_eq!(code(&desk.take(&seen, false).await), "bad_rows");
        let (paint, putty) = (store_product(&desk, "P1").await, store_product(&desk, "P2").await);
        let mean = |row, product, unit: &str| {
            let unit = Some(unit.to_string());
            decided("价格", row, Decision { product: Some(product), unit, ..Decision::default() })
        };
        let decisions = vec![mean(2, putty, "袋"), mean(3, paint, "桶")];
        let settled = desk.settle(&seen, Choices { decisions, ..seen.choices.clone() }).await;
        let taken = desk.take(&settled, false).await.unwrap();
        assert_eq!((taken.counts.added, taken.counts.changed, taken.skipped), (1, 1, 0), "{}", db.engine);
        let next = "=价格\n编码|品名|规格|单位|单价\nP1|腻子粉|20kg|袋|31\n";
        let next = desk.bring("恒泰建材2026年6月价格表.csv", next).await;
        assert_eq!((preview(&next).tally.asked, preview(&next).tally.mended), (0, 1), "not asked again");
    })
    .await;
}

async fn store_product(desk: &Desk, code: &str) -> domain::base::ProductId {
    let code = code.to_string();
    let goods = desk.world.ctx.store.read(|tx| Box::pin(store::config::goods(tx))).await.unwrap();
    goods.into_iter().find(|goods| goods.code == code).unwrap().facts.id
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_look_never_overwrites_a_new_one_and_letting_go_stops_it() {
    each_engine("import versions", async |db| {
        let desk = Desk::new(&db).await;
        let (ctx, author) = (&desk.world.ctx, &desk.world.author);
        let seen = desk.bring("价格.csv", FILE).await;
        let at = (seen.import.id, seen.import.version);
        config::change_import(ctx, author, at, seen.choices.clone()).await.unwrap();
        let stale = config::change_import(ctx, author, at, seen.choices.clone()).await;
        assert_eq!(code(&stale), "changed_by_other");
        assert_eq!(code(&desk.take(&seen, false).await), "not_read");
        config::cancel_import(ctx, author, seen.import.id).await.unwrap();
        let gone = desk.read(seen.import.id).await;
        assert_eq!(gone.import.state, ImportState::Cancelled, "{}", db.engine);
        let other = config::cancel_import(ctx, &desk.world.manager, seen.import.id).await;
        assert_eq!(code(&other), "not_allowed");
        let listed = config::imports_of(ctx, &desk.world.manager, desk.draft).await.unwrap();
        assert_eq!(listed.iter().map(|view| view.editable).collect::<Vec<_>>(), [false]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_read_only_for_whom_handed_it_in_and_only_by_the_author() {
    each_engine("import rights", async |db| {
        let desk = Desk::new(&db).await;
        let file = desk.file("价格.csv", FILE).await;
        let (ctx, draft) = (&desk.world.ctx, desk.draft);
        let begin = async |actor: &Actor, draft: DraftId, file: String| {
            config::begin_import(ctx, actor, draft, (file, None)).await
        };
        let other = begin(&desk.world.second, draft, file.clone()).await;
        assert_eq!(code(&other), "not_found", "somebody else's file");
        assert_eq!(code(&begin(&desk.world.author, draft, "0".repeat(64)).await), "not_found");
        assert_eq!(code(&begin(&desk.world.manager, draft, file.clone()).await), "not_allowed");
        let tiers = config::create_draft(ctx, &desk.world.author, desk.world.tiers, "等级").await.unwrap();
        assert_eq!(code(&begin(&desk.world.author, tiers, file).await), "no_import");
        let seen = desk.bring("价格.csv", FILE).await;
        let unknown = Choices { sheets: vec![chosen("没有")], ..seen.choices.clone() };
        let failed = desk.settle(&seen, unknown).await;
        assert_eq!(failed.import.state, ImportState::Failed);
        assert!(failed.import.failure.as_ref().unwrap().contains("没有"));
        let only = |sheet: &str, taken| SheetChoice { taken: Some(taken), ..chosen(sheet) };
        let sheets = vec![only("说明", true), only("价格", false)];
        let empty = desk.settle(&failed, Choices { sheets, ..seen.choices.clone() }).await;
        assert!(!preview(&empty).sheets[0].faults.is_empty());
        assert_eq!(code(&desk.take(&empty, true).await), "sheet_refused");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chosen_column_counts_and_another_tax_basis_asks_first() {
    each_engine("import mapping", async |db| {
        let desk = Desk::new(&db).await;
        let seen = desk.bring("价格.csv", "=价格\n编码|单价（不含税）|单价（含税）\nP1|100|113\n").await;
        let mapping = &preview(&seen).sheets[0].proposal.mapping;
        assert_eq!(mapping.column(Meaning::Price), Some(2), "the list includes tax");
        let columns = BTreeMap::from([(Meaning::Code, 0), (Meaning::Price, 1)]);
        let sheets = vec![SheetChoice { mapping: Some(columns), ..chosen("价格") }];
        let choices = Choices { sheets, ..seen.choices.clone() };
        let seen = desk.settle(&seen, choices.clone()).await;
        assert_eq!(preview(&seen).sheets[0].faults.len(), 1);
        assert_eq!(code(&desk.take(&seen, false).await), "sheet_refused");
        let seen = desk.settle(&seen, Choices { convert_tax: true, ..choices }).await;
        assert!(preview(&seen).sheets[0].faults.is_empty());
        desk.take(&seen, false).await.unwrap();
        let asked = config::DraftRowsAsked {
            search: String::new(),
            changed_only: true,
            after: None,
            limit: Limit::USUAL,
        };
        let rows = config::draft_rows(&desk.world.ctx, &desk.world.author, desk.draft, asked).await.unwrap();
        assert!(rows.rows[0].change.after.as_ref().unwrap().contains("113.00"), "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_whose_server_stopped_is_read_by_the_next_one() {
    each_engine("taken up", async |db| {
        let desk = Desk::new(&db).await;
        let file = desk.file("苏建材.csv", FILE).await;
        let (ctx, author) = (&desk.world.ctx, &desk.world.author);
        let id = config::begin_import(ctx, author, desk.draft, (file, None)).await.unwrap();
        // The server that took the request stops before it has read anything.
        assert_eq!(app::jobs::run_due(ctx).await.unwrap(), 0, "{}: it may still be reading", db.engine);
        desk.world.clock.set(TEST_DAY.plus_ms(66_000));
        assert_eq!(app::jobs::run_due(ctx).await.unwrap(), 1, "{}", db.engine);
        let mut seen = desk.seen(id).await;
        for _ in 0..1_200 {
            if seen.import.state != ImportState::Reading {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            seen = desk.seen(id).await;
        }
        assert_eq!(seen.import.state, ImportState::Ready, "{}", db.engine);
        assert!(seen.preview.is_some() && !seen.stalled, "{}", db.engine);
        desk.world.clock.set(TEST_DAY.plus_ms(200_000));
        assert_eq!(app::jobs::run_due(ctx).await.unwrap(), 1, "{}: it looks once more", db.engine);
        desk.world.clock.set(TEST_DAY.plus_ms(400_000));
        assert_eq!(app::jobs::run_due(ctx).await.unwrap(), 0, "{}: and no more when it is read", db.engine);
    })
    .await;
}
