//! The corridor: how far a region's prices may lie from HQ's, one row for each region and category.

use serde_json::{Value, json};

use super::around::put_outside;
use super::rules::KindRules;
use super::{AcceptedRow, Around, CheckInput, Kind, KindFacts, RowRefused, read_rows};
use crate::pricing::checks::{Finding, Findings, Found};
use crate::pricing::{Corridor, CorridorRow, RowFault};

/// What this kind says besides its rows.
pub(super) struct Rules;

impl KindRules for Rules {
    fn prices(&self) -> bool {
        false
    }

    fn looks_at(&self, other: Kind) -> bool {
        other == Kind::PriceList
    }

    fn keys_for(&self, content: &str, _facts: &KindFacts) -> Vec<String> {
        CorridorRow::read(content).map(|row| vec![row.key()]).unwrap_or_default()
    }

    fn shown(&self, content: &str, facts: &KindFacts) -> Value {
        let Ok(row) = CorridorRow::read(content) else { return json!({}) };
        json!({
            "region": row.region.and_then(|id| facts.regions().get(&id)),
            "category": row.category.map(|id| facts.category_path(id).join(" / ")),
        })
    }
}

/// The row under the key that region and category make.
pub(super) fn accept(key: Option<&str>, content: &str, facts: &KindFacts) -> Result<AcceptedRow, RowRefused> {
    let row = CorridorRow::read(content).map_err(RowRefused::Content)?;
    if let Some(region) = row.region.filter(|region| !facts.regions().contains_key(region)) {
        return Err(RowRefused::UnknownRegion { region });
    }
    if let Some(category) = row.category.filter(|category| facts.category(*category).is_none()) {
        return Err(RowRefused::UnknownCategory { category });
    }
    let made = row.key();
    match key {
        Some(key) if key != made => Err(RowRefused::KeyWrong { made }),
        _ => Ok(AcceptedRow { key: made, content: row.content(), about: None }),
    }
}

/// What names nothing, and which regions' prices the corridor would leave outside.
pub(super) fn check(input: CheckInput<'_>, facts: &KindFacts) -> Findings {
    let (rows, mut found) = read_rows(input.after, |_, content| CorridorRow::read(content));
    for (key, row) in &rows {
        if row.region.is_some_and(|region| !facts.regions().contains_key(&region)) {
            found.push(Finding::of_row(key, Found::UnknownRegion));
        }
        if row.category.is_some_and(|category| facts.category(category).is_none()) {
            found.push(Finding::of_row(key, Found::UnknownCategory));
        }
    }
    if let Some(Around { lists, .. }) = input.around {
        let corridor = Corridor::of(rows.iter().map(|(_, row)| *row));
        let mut book = facts.book_rows();
        book.lists = lists.iter().map(|other| other.list.clone()).collect();
        found.extend(put_outside(lists, (&book, false), &corridor, facts, input.on));
    }
    Findings::of(found)
}

/// The rows of a published corridor, or the key of the one that cannot be read.
pub fn corridor_rows<'a>(
    rows: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<Vec<CorridorRow>, (String, RowFault)> {
    let read =
        |(key, content): (&str, &str)| CorridorRow::read(content).map_err(|fault| (key.to_string(), fault));
    rows.into_iter().map(read).collect()
}
