//! A price list as a workbook that goes out and comes back: every sort of row, each under its key.

use domain::base::{CategoryId, Date, ItemId};
use domain::config::Rows;
use domain::config::kinds::KindFacts;
use domain::pricing::import::grid::{Cell, Grid};
use domain::pricing::{EntryGoods, EntryRow, FormulaOf, Gives, LIST_ROW_KEY};
use domain::words::price_rows::formula_of;
use domain::words::price_sheet as words;
use serde_json::{Map, Value, json};

use super::cost::CostSight;

/// A row of such a workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SheetRow {
    /// As people count it: the row below the heads is 2.
    pub number: usize,
    /// The key that the row had when it went out; a new one has none.
    pub key: Option<String>,
    /// Its content, or why it cannot be read.
    pub content: Result<String, String>,
}

/// Which list a workbook went out from, and on which revision it stood: 0 before the first one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Origin {
    pub item: ItemId,
    pub n: i64,
}

/// The heads of the columns; the last one says where the workbook comes from.
pub(super) fn heads(origin: Origin) -> Vec<String> {
    let heads = words::HEADS.iter().map(|head| head.to_string());
    heads.chain([words::origin(origin.item.0, origin.n)]).collect()
}

/// Where the sheet comes from; `None` of one that went out before that was written, or from which it was taken away.
pub(super) fn origin_of(grid: &Grid) -> Option<Origin> {
    let (item, n) = words::origin_of(&text(grid, 0, words::HEADS.len()))?;
    Some(Origin { item: ItemId(item), n })
}

/// Whether something stands there that says where the sheet comes from, and cannot be read.
pub(super) fn is_origin_unread(grid: &Grid) -> bool {
    origin_of(grid).is_none() && words::is_origin(&text(grid, 0, words::HEADS.len()))
}

/// The rows below the heads, in the order of their keys.
pub(super) fn sheet_rows(rows: &Rows, facts: &KindFacts, cost: CostSight) -> Vec<Vec<Cell>> {
    let entries = rows.iter().filter(|(key, _)| *key != LIST_ROW_KEY);
    let entries = entries.filter_map(|(key, content)| Some((key, EntryRow::read(content).ok()?)));
    entries.map(|(key, row)| cells(key, &row, facts, cost)).collect()
}

/// Whether the sheet is one that went out from here.
pub(super) fn is_price_sheet(grid: &Grid) -> bool {
    let said = |(column, head): (usize, &&str)| grid.cell(0, column).text().trim() == *head;
    words::HEADS.iter().enumerate().all(said)
}

/// Its rows, read as they were written; blank ones are none.
pub(super) fn read_price_sheet(grid: &Grid, facts: &KindFacts) -> Vec<SheetRow> {
    let filled = |row: &usize| (0..words::HEADS.len()).any(|column| !text(grid, *row, column).is_empty());
    let rows = (1..grid.rows.len()).filter(filled);
    rows.map(|row| SheetRow {
        number: row + 1,
        key: Some(text(grid, row, KEY)).filter(|key| !key.is_empty()),
        content: content(grid, row, facts),
    })
    .collect()
}

// The columns, in the order of the heads.
const SORT: usize = 0;
const CODE: usize = 1;
const UNIT: usize = 4;
const MIN_QTY: usize = 5;
const PRICE: usize = 6;
const FORMULA_OF: usize = 7;
const FORMULA_PERCENT: usize = 8;
const FORMULA_PLUS: usize = 9;
const FROM: usize = 10;
const TO: usize = 11;
const NOTE: usize = 12;
const KEY: usize = 13;

fn cells(key: &str, row: &EntryRow, facts: &KindFacts, cost: CostSight) -> Vec<Cell> {
    let said = |text: &str| if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_string()) };
    let number = |text: String| Cell::Number(text);
    let mut cells = vec![Cell::Empty; words::HEADS.len()];
    let mut put = |column: usize, cell: Cell| {
        if let Some(place) = cells.get_mut(column) {
            *place = cell;
        }
    };
    put(SORT, said(words::sort(&row.goods)));
    match &row.goods {
        EntryGoods::Product(id) => {
            let goods = facts.goods(*id);
            put(CODE, said(goods.map(|it| it.code.as_str()).unwrap_or_default()));
            put(CODE + 1, said(goods.map(|it| it.name.as_str()).unwrap_or_default()));
            put(CODE + 2, said(goods.map(|it| it.spec.as_str()).unwrap_or_default()));
            let base = goods.map(|it| it.facts.units.base()).unwrap_or_default();
            put(UNIT, said(row.unit.as_deref().unwrap_or(base)));
        }
        EntryGoods::Series(series) => put(CODE, said(series)),
        EntryGoods::Category(id) => put(CODE, said(&facts.category_path(*id).join(PATH_SIGN))),
        EntryGoods::All => {}
    }
    if let (Some(unit), None) = (&row.unit, row.product()) {
        put(UNIT, said(unit));
    }
    if row.min_qty.0 != 0 {
        put(MIN_QTY, number(row.min_qty.to_text()));
    }
    match row.gives {
        Gives::Price(price) => put(PRICE, number(price.to_yuan())),
        Gives::Formula(formula) => {
            put(FORMULA_OF, said(formula_of(formula.of)));
            // With its figures and the price, the cost could be computed.
            let told = cost.sees || formula.of != FormulaOf::Cost;
            if told {
                put(FORMULA_PERCENT, number(formula.percent.to_percent()));
            }
            if told && formula.plus.0 != 0 {
                put(FORMULA_PLUS, number(formula.plus.to_yuan()));
            }
        }
    }
    let day = |day: Option<Date>| day.map_or(Cell::Empty, Cell::Day);
    put(FROM, day(row.from));
    put(TO, day(row.to));
    put(NOTE, said(row.note.as_deref().unwrap_or_default()));
    put(KEY, said(key));
    cells
}

/// Between the names of a category's path.
const PATH_SIGN: &str = " / ";

fn text(grid: &Grid, row: usize, column: usize) -> String {
    grid.cell(row, column).text().trim().to_string()
}

fn content(grid: &Grid, row: usize, facts: &KindFacts) -> Result<String, String> {
    let said = |column: usize| Some(text(grid, row, column)).filter(|text| !text.is_empty());
    let mut content = Map::new();
    let code = text(grid, row, CODE);
    match words::sort_of(&text(grid, row, SORT)) {
        Some(words::Sort::Product) => {
            let goods = facts.goods_by_code(&code).ok_or_else(|| words::no_product(&code))?;
            content.insert("product".to_string(), json!(goods.facts.id));
        }
        Some(words::Sort::Series) => drop(content.insert("goods".to_string(), json!({ "series": code }))),
        Some(words::Sort::Category) => {
            let id = category_at(&code, facts).ok_or_else(|| words::no_category(&code))?;
            content.insert("goods".to_string(), json!({ "category": id }));
        }
        Some(words::Sort::All) => drop(content.insert("goods".to_string(), json!("all"))),
        None => return Err(words::no_sort(&text(grid, row, SORT))),
    }
    let plain =
        [("unit", UNIT), ("min_qty", MIN_QTY), ("price", PRICE), ("from", FROM), ("to", TO), ("note", NOTE)];
    for (name, column) in plain {
        if let Some(text) = said(column) {
            content.insert(name.to_string(), json!(text));
        }
    }
    if let Some(of) = said(FORMULA_OF) {
        let of = formula_called(&of).ok_or_else(|| words::no_formula(&of))?;
        let percent = said(FORMULA_PERCENT).unwrap_or_default();
        let mut formula = json!({ "of": of, "percent": percent });
        if let (Some(plus), Some(formula)) = (said(FORMULA_PLUS), formula.as_object_mut()) {
            formula.insert("plus".to_string(), json!(plus));
        }
        content.insert("formula".to_string(), formula);
    }
    if content.contains_key("price") == content.contains_key("formula") {
        return Err(words::PRICE_OR_FORMULA.to_string());
    }
    Ok(Value::Object(content).to_string())
}

fn formula_called(text: &str) -> Option<FormulaOf> {
    let all = [FormulaOf::Base, FormulaOf::ListPrice, FormulaOf::Cost];
    all.into_iter().find(|of| formula_of(*of) == text)
}

fn category_at(path: &str, facts: &KindFacts) -> Option<CategoryId> {
    let same = |id: CategoryId| facts.category_path(id).join(PATH_SIGN) == path;
    facts.categories().iter().map(|category| category.id).find(|id| same(*id))
}

#[cfg(test)]
mod tests;
