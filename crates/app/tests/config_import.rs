//! A price file becomes the rows of a draft: looked at first, taken over when asked, twice without effect.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use std::sync::Arc;

use app::config::{self, ImportCounts, ImportRequest};
use app::ports::{SheetReader, SheetRefused};
use domain::base::{DraftId, Limit};
use domain::pricing::import::Meaning;
use domain::pricing::import::grid::{Cell, Grid};
use support::{World, code};
use testkit::{TEST_DAY, each_engine};

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
const FAULTY: &str = "=价格\n编码|单位|单价\nP1|桶|132\nP9|桶|5\nP2|袋|面议\n";

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

    async fn file(&self, text: &str) -> ImportRequest {
        let by = Some(self.world.author.person);
        let content = text.as_bytes().to_vec();
        let kept =
            store::files::put(&self.world.ctx.store, content, "text/csv", "价格.csv", by, TEST_DAY).await;
        ImportRequest { file: kept.unwrap().hash, ..ImportRequest::default() }
    }

    async fn look(&self, request: ImportRequest) -> Result<config::Inspected, app::AppError> {
        config::inspect_import(&self.world.ctx, &self.world.author, self.draft, request).await
    }

    async fn take(&self, request: ImportRequest, skip_bad: bool) -> Result<config::Imported, app::AppError> {
        config::apply_import(&self.world.ctx, &self.world.author, self.draft, request, skip_bad).await
    }

    async fn version(&self) -> i64 {
        config::draft(&self.world.ctx, &self.world.author, self.draft).await.unwrap().draft.version
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn looking_saves_nothing_and_taking_over_twice_changes_nothing_more() {
    each_engine("import", async |db| {
        let desk = Desk::new(&db).await;
        let request = desk.file(FILE).await;
        let seen = desk.look(request.clone()).await.unwrap();
        assert_eq!(seen.proposal.sheet, "价格", "the sheet that can be read");
        assert_eq!((seen.sheets.len(), seen.rows()), (2, 2));
        assert_eq!(seen.counts(), ImportCounts { added: 1, changed: 1, same: 0 });
        assert!(seen.faults.is_empty());
        assert_eq!(desk.version().await, 1, "{}", db.engine);
        let taken = desk.take(request.clone(), false).await.unwrap();
        assert_eq!((taken.counts, taken.skipped), (seen.counts(), 0));
        let version = desk.version().await;
        let again = desk.take(request.clone(), false).await.unwrap();
        assert_eq!(again.counts, ImportCounts { added: 0, changed: 0, same: 2 });
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
async fn every_row_of_the_file_is_added_changed_the_same_or_bad() {
    each_engine("import adds up", async |db| {
        let desk = Desk::new(&db).await;
        let request = desk.file(FAULTY).await;
        let seen = desk.look(request.clone()).await.unwrap();
        let counts = seen.counts();
        assert_eq!(counts.added + counts.changed + counts.same + seen.sheet.refused.len(), seen.rows());
        let codes: Vec<(usize, &str)> =
            seen.sheet.refused.iter().map(|row| (row.row, row.faults[0].what.code())).collect();
        assert_eq!(codes, [(3, "unknown_product"), (4, "not_a_number")]);
        assert_eq!(code(&desk.take(request.clone(), false).await), "bad_rows");
        assert_eq!(desk.version().await, 1);
        let taken = desk.take(request, true).await.unwrap();
        assert_eq!((taken.counts.changed, taken.skipped), (1, 2), "{}", db.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_read_only_for_whom_handed_it_in_and_only_by_the_author() {
    each_engine("import rights", async |db| {
        let desk = Desk::new(&db).await;
        let request = desk.file(FILE).await;
        let (ctx, draft) = (&desk.world.ctx, desk.draft);
        let other = config::inspect_import(ctx, &desk.world.second, draft, request.clone()).await;
        assert_eq!(code(&other), "not_found", "somebody else's file");
        let unknown = ImportRequest { file: "0".repeat(64), ..request.clone() };
        assert_eq!(code(&desk.look(unknown).await), "not_found");
        let manager = config::inspect_import(ctx, &desk.world.manager, draft, request.clone()).await;
        assert_eq!(code(&manager), "not_allowed");
        let tiers = config::create_draft(ctx, &desk.world.author, desk.world.tiers, "等级").await.unwrap();
        let tier = config::inspect_import(ctx, &desk.world.author, tiers, request.clone()).await;
        assert_eq!(code(&tier), "no_import");
        let sheet = ImportRequest { sheet: Some("没有".to_string()), ..request.clone() };
        assert_eq!(code(&desk.look(sheet).await), "unknown_sheet");
        let empty = ImportRequest { sheet: Some("说明".to_string()), ..request };
        let seen = desk.look(empty.clone()).await.unwrap();
        assert!(!seen.faults.is_empty());
        assert_eq!(code(&desk.take(empty, true).await), "sheet_refused");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chosen_column_counts_and_another_tax_basis_asks_first() {
    each_engine("import mapping", async |db| {
        let desk = Desk::new(&db).await;
        let file = "=价格\n编码|单价（不含税）|单价（含税）\nP1|100|113\n";
        let request = desk.file(file).await;
        let seen = desk.look(request.clone()).await.unwrap();
        assert_eq!(seen.proposal.mapping.column(Meaning::Price), Some(2), "the list includes tax");
        let columns = [(Meaning::Code, 0), (Meaning::Price, 1)].into();
        let chosen = ImportRequest { mapping: Some(columns), ..request };
        let seen = desk.look(chosen.clone()).await.unwrap();
        assert_eq!(seen.faults.len(), 1, "{:?}", seen.faults);
        assert_eq!(code(&desk.take(chosen.clone(), false).await), "sheet_refused");
        let converted = ImportRequest { convert_tax: true, ..chosen };
        let seen = desk.look(converted).await.unwrap();
        assert!(seen.faults.is_empty());
        assert_eq!(seen.changes.put[0].new.price.to_yuan(), "113.00", "{}", db.engine);
    })
    .await;
}
