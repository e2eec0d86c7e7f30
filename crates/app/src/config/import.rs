//! From somebody's price file into a draft: looked at first, taken over when asked; what is published stays untouched.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::access::{AccessRefused, Actor, Right};
use domain::base::{Date, DraftId, FieldFault, Invalid};
use domain::config::{Kind, Rows, apply};
use domain::pricing::import::grid::Grid;
use domain::pricing::import::{
    Changes, Compare, FileFault, ImportRefused, Inspect, KnownProduct, Meaning, ProductIndex, Proposal,
    ReadRules, ReadSheet, changes, chosen_mapping, inspect, read_sheet,
};
use domain::pricing::{LIST_ROW_KEY, ListRow, PriceRow};
use domain::words::base::called;
use domain::words::price_import::PRICE_FILE;
use store::config::{DeltaRow, Draft};

use super::checks::read_content;
use super::drafts::{Edit, What, draft_facts};
use super::publish::off_threads;
use super::sight::need;
use crate::{AppError, Ctx};

/// What was looked at is read anew when the draft moved meanwhile, at most so often.
const ATTEMPTS_MAX: u32 = 3;

/// How a file is to be read.
#[derive(Clone, Debug, Default)]
pub struct ImportRequest {
    /// Hash of a file that the person handed in.
    pub file: String,
    pub sheet: Option<String>,
    /// The last row of the head, from 1; 0 says that there is none.
    pub head_row: Option<usize>,
    /// Which column means what, from 0.
    pub mapping: Option<BTreeMap<Meaning, usize>>,
    /// Whether prices on another tax basis may be converted.
    pub convert_tax: bool,
}

/// A file as it would be read.
#[derive(Clone, Debug)]
pub struct Inspected {
    pub file_name: String,
    /// Every sheet with its rows.
    pub sheets: Vec<(String, usize)>,
    pub grid: Grid,
    pub proposal: Proposal,
    /// What keeps the sheet from being read.
    pub faults: Vec<FileFault>,
    pub sheet: ReadSheet,
    pub changes: Changes,
}

/// How many rows of the file do what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ImportCounts {
    pub added: usize,
    pub changed: usize,
    pub same: usize,
}

/// What was taken over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    pub counts: ImportCounts,
    /// Rows that were wrong and left out.
    pub skipped: usize,
}

impl Inspected {
    pub fn counts(&self) -> ImportCounts {
        let changed = self.changes.put.iter().filter(|change| change.old.is_some()).count();
        ImportCounts { added: self.changes.put.len() - changed, changed, same: self.changes.unchanged }
    }

    /// Rows of the file that speak of a price: those that become one, and those that are wrong.
    pub fn rows(&self) -> usize {
        self.sheet.read.len() + self.sheet.refused.len()
    }
}

/// Looks at a file beside a draft and says how it would be read and what it would change. Saves nothing.
pub async fn inspect_import(
    ctx: &Ctx,
    actor: &Actor,
    draft: DraftId,
    request: ImportRequest,
) -> Result<Inspected, AppError> {
    let (_, job) = job(ctx, actor, draft, request).await?;
    off_threads(move || job.run()).await?
}

/// Takes a file over into a draft. Wrong rows stop it, unless they are to be left out.
pub async fn apply_import(
    ctx: &Ctx,
    actor: &Actor,
    id: DraftId,
    request: ImportRequest,
    skip_bad: bool,
) -> Result<Imported, AppError> {
    let mut attempt = 1;
    loop {
        let (draft, job) = job(ctx, actor, id, request.clone()).await?;
        draft_facts(&draft).may_edit(actor.person)?;
        let inspected = off_threads(move || job.run()).await??;
        let (rows, imported) = taken_over(&inspected, skip_bad)?;
        if rows.is_empty() {
            return Ok(imported);
        }
        let what = What::Rows(rows);
        let edit = Edit { actor: actor.clone(), id, version: draft.version, what };
        match ctx.write(edit).await {
            Err(AppError::Stale { .. }) if attempt < ATTEMPTS_MAX => attempt += 1,
            done => return done.map(|()| imported),
        }
    }
}

fn taken_over(inspected: &Inspected, skip_bad: bool) -> Result<(Vec<DeltaRow>, Imported), ImportRefused> {
    if !inspected.faults.is_empty() {
        return Err(ImportRefused::Sheet { faults: inspected.faults.clone() });
    }
    let skipped = inspected.sheet.refused.len();
    if skipped > 0 && !skip_bad {
        return Err(ImportRefused::BadRows { bad_rows: skipped });
    }
    let row = |change: &domain::pricing::import::Change| DeltaRow {
        key: change.key.clone(),
        about: Some(change.new.product),
        content: Some(change.new.content()),
    };
    let rows = inspected.changes.put.iter().map(row).collect();
    Ok((rows, Imported { counts: inspected.counts(), skipped }))
}

/// All that reading a file needs, so that it can be done off the async threads.
struct Job {
    reader: Arc<dyn crate::ports::SheetReader>,
    file_name: String,
    bytes: Vec<u8>,
    request: ImportRequest,
    /// The draft's rows as they stand.
    rows: Rows,
    products: Vec<KnownProduct>,
    today: Date,
}

async fn job(
    ctx: &Ctx,
    actor: &Actor,
    id: DraftId,
    request: ImportRequest,
) -> Result<(Draft, Job), AppError> {
    let content = read_content(ctx, actor, id).await?;
    need(actor, Right::ConfigEdit, &content.draft.scope_path)?;
    match content.draft.kind {
        Kind::PriceList => {}
        Kind::Tier | Kind::Template | Kind::Seal => return Err(ImportRefused::KindWithoutImport.into()),
    }
    if request.file.is_empty() {
        let missing = called(PRICE_FILE, &FieldFault::Missing);
        return Err(Invalid::one("file", missing).into());
    }
    let reader = ctx.sheets.clone().ok_or(ImportRefused::NoReader)?;
    let (hash, person) = (request.file.clone(), actor.person);
    let (file, products) = ctx
        .store
        .read(|tx| {
            Box::pin(async move {
                let file = store::files::uploaded_by(tx, &hash, person).await?;
                let file = file.ok_or(AccessRefused::NotFound)?;
                Ok::<_, AppError>((file, store::config::known_products(tx).await?))
            })
        })
        .await?;
    let bytes = store::files::content(&ctx.store, &file.hash).await?.ok_or(AccessRefused::NotFound)?;
    let rows = apply(&content.base, &content.delta);
    let today = ctx.day(ctx.moment().await?.now);
    let job = Job { reader, file_name: file.name, bytes, request, rows, products, today };
    Ok((content.draft, job))
}

impl Job {
    fn run(self) -> Result<Inspected, AppError> {
        let grids = self.reader.read(&self.file_name, &self.bytes)?;
        let sheets = grids.iter().map(|grid| (grid.sheet.clone(), grid.rows.len())).collect();
        let index = ProductIndex::new(self.products);
        let list_includes_tax = includes_tax(&self.rows);
        let head_row = self.request.head_row;
        let look = |grid: &Grid| {
            let mapping = self.request.mapping.clone().map(|columns| chosen_mapping(grid, head_row, columns));
            inspect(grid, &index, &Inspect { list_includes_tax, head_row, mapping })
        };
        let (proposal, grid) = match &self.request.sheet {
            Some(sheet) => {
                let grid = grids.into_iter().find(|grid| grid.sheet == *sheet);
                let grid = grid.ok_or_else(|| ImportRefused::UnknownSheet { sheet: sheet.clone() })?;
                (look(&grid), grid)
            }
            None => likeliest(grids, look)?,
        };
        let rules = ReadRules { list_includes_tax, convert_tax: self.request.convert_tax };
        let read = read_sheet(&grid, proposal.head, &proposal.mapping, &index, rules);
        let (sheet, faults) = match read {
            Ok(sheet) => (sheet, Vec::new()),
            Err(faults) => (ReadSheet::default(), faults),
        };
        let rows = price_rows(&self.rows);
        let with = Compare { rows: &rows, replace_all: false, today: self.today };
        let changes = changes(&sheet, &proposal.mapping, &index, with);
        Ok(Inspected { file_name: self.file_name, sheets, grid, proposal, faults, sheet, changes })
    }
}

/// The first sheet that can be read, else the first that is not empty, else the first.
fn likeliest(grids: Vec<Grid>, look: impl Fn(&Grid) -> Proposal) -> Result<(Proposal, Grid), ImportRefused> {
    let looked: Vec<(Proposal, Grid)> = grids.into_iter().map(|grid| (look(&grid), grid)).collect();
    let readable = looked.iter().position(|(proposal, _)| proposal.faults.is_empty());
    let filled = || looked.iter().position(|(proposal, _)| !proposal.faults.contains(&FileFault::EmptySheet));
    let place = readable.or_else(filled).unwrap_or(0);
    let found = looked.into_iter().nth(place);
    found.ok_or(ImportRefused::Sheet { faults: vec![FileFault::EmptySheet] })
}

fn includes_tax(rows: &Rows) -> bool {
    let list = rows.get(LIST_ROW_KEY).and_then(|content| ListRow::read(content).ok());
    list.is_none_or(|list| list.includes_tax)
}

fn price_rows(rows: &Rows) -> BTreeMap<String, PriceRow> {
    let read = |(key, content): (&String, &String)| Some((key.clone(), PriceRow::read(content).ok()?));
    rows.iter().filter(|(key, _)| *key != LIST_ROW_KEY).filter_map(read).collect()
}
