//! A price list out to Excel and back: what comes back unchanged changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use domain::access::{AccessRefused, Actor, Right};
use domain::base::{DraftId, FieldFault, Invalid, ItemId, Refusal};
use domain::config::kinds::{AcceptedRow, KindFacts, RowRefused};
use domain::config::{Change, ConfigRefused, Kind, Rows, apply};
use domain::pricing::import::ImportRefused;
use domain::pricing::import::grid::{Cell, Grid};
use domain::pricing::{LIST_ROW_KEY, ListRow};
use domain::words::base::called;
use domain::words::config::row_refused;
use domain::words::price_import::PRICE_FILE;
use serde_json::json;
use store::config::{DeltaRow, Draft};
use store::{Command, Tx};

use super::checks::{Content, read_content};
use super::cost::CostSight;
use super::drafts::{Edit, What, draft_facts, log};
use super::import::ImportCounts;
use super::items::{ChangeView, largest_changes};
use super::price_sheet::{Origin, heads, is_origin_unread, origin_of, read_price_sheet, sheet_rows};
use super::publish::off_threads;
use super::returned::own_sheet;
use super::sight::{draft_for, item_for, need};
use super::whom::{hidden_base, readable, readable_at, strange_lists};
use crate::ports::{SheetCell, SheetTable};
use crate::{AppError, Ctx};

/// Of the rows that a workbook would change so many are shown.
pub const RETURNED_LISTED_MAX: usize = 20;

/// A workbook with its name, without ending.
#[derive(Clone, Debug)]
pub struct Workbook {
    pub name: String,
    pub content: Vec<u8>,
}

/// What a workbook that came back would change, or has changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Returned {
    /// Whether it is a workbook that went out from here; else it is a price file like any other.
    pub own: bool,
    /// That it went out from another list, in words: then somebody has to say that it is meant for this one.
    pub of_other: Option<String>,
    /// That it went out from an older revision than the newest one of this list, in words.
    pub outdated: Option<String>,
    pub added: usize,
    pub changed: usize,
    pub same: usize,
    /// Rows of the list that the file does not have; they stay.
    pub absent: usize,
    /// What would change, or has changed, what moves most first, as this person reads the draft.
    pub changes: Vec<ChangeView>,
    /// How many changes follow on those.
    pub more: usize,
    pub faults: Vec<ReturnedFault>,
}

/// What is done with a workbook that came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taking {
    Look,
    Take {
        /// Whether one that went out from another list is meant.
        of_other: bool,
    },
}

/// A row that cannot be taken, with its number in the sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnedFault {
    pub row: usize,
    pub sentence: String,
}

/// The rows of a revision, by default of what is in force, as a workbook.
pub async fn export_item(
    ctx: &Ctx,
    actor: &Actor,
    id: ItemId,
    rev: Option<i64>,
) -> Result<Workbook, AppError> {
    let (actor, cost) = (actor.clone(), CostSight::of(actor));
    let (name, n, rows, facts) = ctx
        .store
        .read(|tx| {
            Box::pin(async move {
                let item = item_for(tx, &actor, id).await?;
                only_prices(item.kind)?;
                let history = store::config::history(tx, id).await?;
                let n = match rev {
                    Some(n) => readable(tx, &actor, &item, (&history, n)).await?,
                    None => readable_at(tx, &actor, &item, (&history, None)).await?,
                };
                let rows = store::config::rows_map(tx, id, n).await?;
                let facts = store::config::kind_facts(tx).await?;
                Ok::<_, AppError>((item.name, n, rows, facts))
            })
        })
        .await?;
    let title = domain::words::price_sheet::title(&name, Some(n));
    written(ctx, (title, Origin { item: id, n }), (rows, facts), cost).await
}

/// The rows of a draft as a workbook.
pub async fn export_draft(ctx: &Ctx, actor: &Actor, id: DraftId) -> Result<Workbook, AppError> {
    let content = read_content(ctx, actor, id).await?;
    only_prices(content.draft.kind)?;
    let name = domain::words::price_sheet::title(&content.draft.item_name, None);
    let rows = apply(&content.base, &content.delta);
    let origin = Origin { item: content.draft.item, n: content.draft.base_n };
    written(ctx, (name, origin), (rows, content.facts), CostSight::of(actor)).await
}

/// Looks at a workbook that came back, or takes it over: all of it, or nothing and the rows that are wrong.
pub async fn take_back(
    ctx: &Ctx,
    actor: &Actor,
    id: DraftId,
    file: &str,
    taking: Taking,
) -> Result<Returned, AppError> {
    let takes = taking != Taking::Look;
    let who = actor.clone();
    let (draft, base_hidden) = ctx
        .store
        .read(|tx| {
            Box::pin(async move {
                let draft = draft_for(tx, &who, id).await?;
                let base_hidden = hidden_base(tx, &who, &draft).await?;
                Ok::<_, AppError>((draft, base_hidden))
            })
        })
        .await?;
    need(actor, Right::ConfigEdit, &draft.scope_path)?;
    only_prices(draft.kind)?;
    if takes {
        draft_facts(&draft).may_edit(actor.person)?;
    }
    if file.is_empty() {
        return Err(Invalid::one("file", called(PRICE_FILE, &FieldFault::Missing)).into());
    }
    let (hash, person) = (file.to_string(), actor.person);
    let found = ctx
        .store
        .read(|tx| Box::pin(async move { store::files::uploaded_by(tx, &hash, person).await }))
        .await?;
    let found = found.ok_or(AccessRefused::NotFound)?;
    let Some(grid) = own_sheet(ctx, &found).await? else { return Ok(Returned::default()) };
    let other = other_list(ctx, actor, &draft, &grid).await?;
    if let (Some(refused), Taking::Take { of_other: false }) = (&other, taking) {
        return Err(refused.clone().into());
    }
    let content = read_content(ctx, actor, id).await?;
    let version = content.draft.version;
    let outdated = outdated(&grid, &content.draft);
    let cost = CostSight::of(actor);
    let (mut returned, rows) = off_threads(move || {
        let (mut returned, rows) = compared(&grid, &content, cost);
        show(&mut returned, &rows, &content, (cost, base_hidden));
        (returned, rows)
    })
    .await?;
    (returned.of_other, returned.outdated) = (other.map(|refused| refused.sentence()), outdated);
    if takes && returned.faults.is_empty() {
        let counts = ImportCounts { added: returned.added, changed: returned.changed, same: returned.same };
        let edit = Edit { actor: actor.clone(), id, version, what: What::Rows(rows) };
        ctx.write(TakeBack { edit, file_name: found.name.clone(), counts }).await?;
        ctx.risks.let_go(id);
        ctx.returned.let_go(&found.hash);
    }
    Ok(returned)
}

/// Takes over what a workbook says that came back, and notes which file it was.
#[derive(Clone)]
struct TakeBack {
    edit: Edit,
    file_name: String,
    counts: ImportCounts,
}

impl Command for TakeBack {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        let TakeBack { edit, file_name, counts } = self;
        let (actor, id) = (edit.actor.clone(), edit.id);
        // A file that says what the draft says already leaves the draft as it is, and nothing is noted.
        if matches!(&edit.what, What::Rows(rows) if rows.is_empty()) {
            return Ok(());
        }
        edit.run(tx).await?;
        let draft = draft_for(tx, &actor, id).await?;
        let now = store::events::moment(tx).await?.now;
        let facts = json!({ "file_name": file_name, "rows": counts });
        log(tx, &actor, now, "draft.imported", (draft.item, id), facts).await
    }
}

/// That the sheet went out from another list than the draft's, or from one that cannot be told. The other one is named to
/// those who see it; one that they do not see is not told from one that is not there.
async fn other_list(
    ctx: &Ctx,
    actor: &Actor,
    draft: &Draft,
    grid: &Grid,
) -> Result<Option<ImportRefused>, AppError> {
    if is_origin_unread(grid) {
        return Ok(Some(ImportRefused::OfUnknown { into: draft.item_name.clone() }));
    }
    let Some(origin) = origin_of(grid).filter(|origin| origin.item != draft.item) else { return Ok(None) };
    let actor = actor.clone();
    let named = ctx.store.read(|tx| {
        Box::pin(async move {
            let strange = strange_lists(tx, &actor, vec![origin.item]).await?;
            let item = store::config::item(tx, origin.item).await?;
            let seen = item.filter(|item| item.kind == Kind::PriceList && !strange.contains(&item.id));
            Ok::<_, AppError>(seen.map(|item| item.name))
        })
    });
    let (from, into) = (named.await?, draft.item_name.clone());
    Ok(Some(ImportRefused::OfOther { from, into }))
}

/// That newer revisions of the draft's own list were published since the sheet went out.
fn outdated(grid: &Grid, draft: &Draft) -> Option<String> {
    let origin = origin_of(grid).filter(|origin| origin.item == draft.item && origin.n < draft.base_n)?;
    Some(domain::words::price_sheet::outdated(origin.n, draft.base_n))
}

/// The file's rows beside the draft's: what it changes, in counts and in rows to keep.
fn compared(grid: &Grid, content: &Content, cost: CostSight) -> (Returned, Vec<DeltaRow>) {
    let rows = apply(&content.base, &content.delta);
    let mut returned = Returned { own: true, ..Returned::default() };
    let mut put: BTreeMap<String, DeltaRow> = BTreeMap::new();
    let mut met: BTreeMap<String, usize> = BTreeMap::new();
    let mut left: BTreeSet<String> = BTreeSet::new();
    let mut new: Vec<(usize, String, String)> = Vec::new();
    for row in read_price_sheet(grid, &content.facts) {
        let accepted = row.content.and_then(|text| {
            accept((row.key.as_deref(), &text), &rows, &content.facts, cost)
                .map_err(|refused| row_refused(&refused))
        });
        let (moved_from, accepted) = match accepted {
            Ok(accepted) => accepted,
            Err(sentence) => {
                returned.faults.push(ReturnedFault { row: row.number, sentence });
                continue;
            }
        };
        if let Some(first) = met.insert(accepted.key.clone(), row.number) {
            let sentence = domain::words::price_sheet::twice(first);
            returned.faults.push(ReturnedFault { row: row.number, sentence });
            continue;
        }
        if let Some(from) = moved_from.filter(|gone| rows.contains_key(gone)) {
            if !rows.contains_key(&accepted.key) {
                new.push((row.number, from.clone(), accepted.content.clone()));
            }
            left.insert(from);
        }
        match rows.get(&accepted.key) {
            Some(now) if *now == accepted.content => returned.same += 1,
            now => {
                if now.is_some() {
                    returned.changed += 1
                } else {
                    returned.added += 1
                }
                let (about, content) = (accepted.about, Some(accepted.content));
                put.insert(accepted.key.clone(), DeltaRow { key: accepted.key, about, content });
            }
        }
    }
    // A row that was copied down with its key and changed leaves the one that it was copied from where it stands: it is
    // a row of its own, and puts no hidden cost to other goods.
    for (row, _, content) in new.iter().filter(|(_, from, _)| met.contains_key(from)) {
        if let Err(refused) = cost.may_write(Kind::PriceList, content, None) {
            returned.faults.push(ReturnedFault { row: *row, sentence: row_refused(&refused) });
        }
    }
    left.retain(|key| !met.contains_key(key));
    let listed = rows.keys().filter(|key| !key.is_empty());
    returned.absent = listed.filter(|key| !met.contains_key(*key) && !left.contains(*key)).count();
    let gone = |key: String| (key.clone(), DeltaRow { key, about: None, content: None });
    put.extend(left.into_iter().map(gone));
    (returned, put.into_values().collect())
}

/// Shows the first of the rows that change. Where what the draft stands on is for others alone, nothing is told of what was.
fn show(
    returned: &mut Returned,
    rows: &[DeltaRow],
    content: &Content,
    (cost, base_hidden): (CostSight, bool),
) {
    let now = |key: &str| match content.delta.get(key) {
        Some(now) => now.as_ref(),
        None => content.base.get(key),
    };
    let change = |row: &DeltaRow| Change {
        key: row.key.clone(),
        before: now(&row.key).filter(|_| !base_hidden).cloned(),
        after: row.content.clone(),
    };
    let changes = rows.iter().map(change).filter(|change| change.before != change.after).collect();
    let list = now(LIST_ROW_KEY).and_then(|row| ListRow::read(row).ok());
    let known = (&content.facts, cost, list.is_none_or(|list| list.includes_tax));
    (returned.changes, returned.more) =
        largest_changes(content.draft.kind, changes, RETURNED_LISTED_MAX, known);
}

/// The row as it is kept; one whose unit, break or first day was changed leaves its old key.
fn accept(
    (key, sent): (Option<&str>, &str),
    rows: &Rows,
    facts: &KindFacts,
    cost: CostSight,
) -> Result<(Option<String>, AcceptedRow), RowRefused> {
    let kind = Kind::PriceList;
    let now = |key: &str| rows.get(key).map(String::as_str);
    let content = cost.sent(kind, sent, key.and_then(now));
    let named = |key: &str| kind.check_names(None, sent, now(key));
    let (moved_from, accepted) = match kind.accept(key, &content, now, facts) {
        // It stands in the list under its own key. The one beside it was moved away from, unless the file says it elsewhere:
        // then it was copied or exchanged.
        Err(RowRefused::KeyWrong { made }) if rows.contains_key(&made) => {
            let accepted = kind.accept(Some(&made), &cost.sent(kind, sent, now(&made)), now, facts)?;
            named(&made)?;
            cost.may_write(kind, &accepted.content, now(&made))?;
            return Ok((key.map(str::to_string), accepted));
        }
        Err(RowRefused::KeyWrong { .. }) => {
            (key.map(str::to_string), kind.accept(None, &content, now, facts)?)
        }
        accepted => (None, accepted?),
    };
    let from = moved_from.as_deref().unwrap_or(&accepted.key);
    named(from)?;
    cost.may_write(kind, &accepted.content, now(from))?;
    Ok((moved_from, accepted))
}

fn only_prices(kind: Kind) -> Result<(), ImportRefused> {
    if kind == Kind::PriceList { Ok(()) } else { Err(ImportRefused::KindWithoutImport) }
}

async fn written(
    ctx: &Ctx,
    (name, origin): (String, Origin),
    (rows, facts): (Rows, KindFacts),
    cost: CostSight,
) -> Result<Workbook, AppError> {
    let writer = ctx.sheet_writer.clone().ok_or(ConfigRefused::NoWriter)?;
    let title = name.clone();
    let content = off_threads(move || {
        let cells = |row: Vec<Cell>| row.into_iter().map(sheet_cell).collect();
        let rows = sheet_rows(&rows, &facts, cost).into_iter().map(cells).collect();
        writer.write(&[SheetTable { title, heads: heads(origin), rows }])
    })
    .await??;
    Ok(Workbook { name, content })
}

fn sheet_cell(cell: Cell) -> SheetCell {
    match cell {
        Cell::Empty => SheetCell::Empty,
        Cell::Number(number) => SheetCell::Number(number),
        Cell::Day(day) => SheetCell::Day(day),
        Cell::Text(text) | Cell::Error(text) | Cell::Merged(text) => SheetCell::Text(text),
    }
}
