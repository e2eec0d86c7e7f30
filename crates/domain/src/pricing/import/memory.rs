//! What people settle while they look at a file, and what is kept of it for the next file of the same supplier.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::grid::Grid;
use super::heads::{bare_head, head_text};
use super::products::{ProductIndex, Said, folded};
use super::{HeadRows, Mapping, Meaning};
use crate::base::{ProductId, UnitPrice};

/// Parts of what a row says of its product are kept with this between them.
const BETWEEN: &str = "|";

/// What somebody settled for one row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<ProductId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<UnitPrice>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Of several rows with different prices for one thing this one counts.
    #[serde(default, skip_serializing_if = "is_no")]
    pub keep: bool,
    /// The row is left out.
    #[serde(default, skip_serializing_if = "is_no")]
    pub skip: bool,
}

/// What was settled for the rows of one sheet, by row from 1.
pub type Decisions = BTreeMap<usize, Decision>;

/// What earlier files of one supplier have taught.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memory {
    /// Heads without signs and spaces.
    pub heads: BTreeMap<String, Meaning>,
    /// What the files write for a unit.
    pub units: BTreeMap<String, String>,
    /// What the files say of a product: code, barcode, name and specification.
    pub products: BTreeMap<String, ProductId>,
}

impl Memory {
    /// Nothing was taught yet.
    pub fn is_empty(&self) -> bool {
        self.heads.is_empty() && self.units.is_empty() && self.products.is_empty()
    }

    /// Takes in what `other` says; where both say something, `other` counts.
    pub fn learn(&mut self, other: Memory) {
        self.heads.extend(other.heads);
        self.units.extend(other.units);
        self.products.extend(other.products);
    }

    /// These lessons first, and after them what is lent: of that, neither another word on the same thing nor another head
    /// for a column that is known here.
    pub fn before(self, mut lent: Memory) -> Memory {
        lent.heads.retain(|_, meaning| !self.heads.values().any(|known| *known == *meaning));
        lent.learn(self);
        lent
    }

    /// What a sheet teaches that was read by `mapping` and with these decisions.
    pub fn taught_by(
        grid: &Grid,
        head: Option<HeadRows>,
        mapping: &Mapping,
        decisions: &Decisions,
        products: &ProductIndex,
    ) -> Memory {
        let mut memory = Memory::default();
        for (meaning, column) in &mapping.columns {
            let text = bare_head(&head_text(grid, head, *column));
            if !text.is_empty() {
                memory.heads.insert(text, *meaning);
            }
        }
        for (row, decision) in decisions {
            let Some(place) = row.checked_sub(1) else { continue };
            let said = said_at(grid, mapping, place);
            if let (Some(product), Some(key)) = (decision.product, said_key(&said)) {
                memory.products.insert(key, product);
            }
            let written =
                mapping.column(Meaning::Unit).map(|column| folded(&grid.cell(place, column).text()));
            let known = |unit: &String| products.known_unit(unit);
            if let (Some(unit), Some(text)) = (decision.unit.clone().filter(known), written)
                && !text.is_empty()
                && text != folded(&unit)
            {
                memory.units.insert(text, unit);
            }
        }
        memory
    }
}

/// The cells of a row that say which product it is for.
pub(super) fn said_at<'a>(grid: &'a Grid, mapping: &Mapping, place: usize) -> Said<'a> {
    let cell = |meaning| mapping.column(meaning).map(|column| grid.cell(place, column));
    Said {
        code: cell(Meaning::Code),
        barcode: cell(Meaning::Barcode),
        name: cell(Meaning::Name),
        spec: cell(Meaning::Spec),
    }
}

/// What a row says of its product, as it is remembered; `None` when it says nothing.
pub(super) fn said_key(said: &Said<'_>) -> Option<String> {
    let parts = [said.code, said.barcode, said.name, said.spec];
    let texts: Vec<String> =
        parts.iter().map(|cell| cell.map(|cell| folded(&cell.text())).unwrap_or_default()).collect();
    let empty = texts.iter().all(String::is_empty);
    if empty { None } else { Some(texts.join(BETWEEN)) }
}

fn is_no(flag: &bool) -> bool {
    !*flag
}

/// The supplier that a file's name speaks of: the words before day, version and what every price file is called. A word
/// in Latin letters (`price`, `sheet`) may be anything: it counts only as the name of a supplier that is known.
pub fn supplier_of(file_name: &str, known: &[String]) -> Option<String> {
    let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
    let mut kept = String::new();
    for part in stem.split(|sign: char| !sign.is_alphanumeric()) {
        let mut word: String = part.chars().take_while(|sign| !sign.is_numeric()).collect();
        for noise in super::words::FILE_NAME_NOISE {
            word = word.replace(noise, "");
        }
        if !word.is_empty() {
            kept = word;
            break;
        }
    }
    let same = |name: &&String| name.to_lowercase() == kept.to_lowercase();
    if let Some(name) = known.iter().find(same) {
        return Some(name.clone());
    }
    let letters = kept.chars().count();
    let chinese = kept.chars().any(|sign| matches!(sign, '\u{4e00}'..='\u{9fff}'));
    if chinese && (2..=SUPPLIER_LETTERS_MAX).contains(&letters) { Some(kept) } else { None }
}

/// Longest name of a supplier.
pub const SUPPLIER_LETTERS_MAX: usize = 40;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_lent_counts_only_where_nothing_else_was_taught() {
        let memory = |heads: &[(&str, Meaning)], product: i64| Memory {
            heads: heads.iter().map(|(head, meaning)| ((*head).to_string(), *meaning)).collect(),
            units: BTreeMap::new(),
            products: BTreeMap::from([("HT-01".to_string(), ProductId(product))]),
        };
        let own = memory(&[("批发价", Meaning::Price)], 1);
        let lent = memory(&[("单价", Meaning::Price), ("货号", Meaning::Code)], 3);
        let both = own.clone().before(lent.clone());
        assert_eq!(both, memory(&[("批发价", Meaning::Price), ("货号", Meaning::Code)], 1));
        assert_eq!(Memory::default().before(lent.clone()), lent);
        assert_eq!(own.clone().before(Memory::default()), own);
    }

    #[test]
    fn the_supplier_is_proposed_from_the_name_of_the_file() {
        for (file, supplier) in [
            ("恒泰建材2026年5月价格表.xlsx", Some("恒泰建材")),
            ("2026-05 恒泰_报价单.xls", Some("恒泰")),
            ("立邦-工程价目表 v3.csv", Some("立邦")),
            ("价目表.xlsx", None),
            ("20260501.csv", None),
            ("Book1.xlsx", None),
            ("price.xlsx", None),
            ("Sheet 3.xlsx", None),
            ("henkel 2026.xlsx", Some("Henkel")),
        ] {
            let known = ["Henkel".to_string(), "恒泰".to_string()];
            assert_eq!(supplier_of(file, &known).as_deref(), supplier, "{file}");
        }
    }
}
