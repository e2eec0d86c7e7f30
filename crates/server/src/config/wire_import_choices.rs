//! What people send about price files.

use std::collections::BTreeMap;

use app::config::{Choices, RowDecision as Settled, SheetChoice as Chosen};
use domain::base::{FieldFault, Invalid, ProductId, UnitPrice, parse_decimal};
use domain::pricing::import::{Decision, Meaning};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// No head ends further down.
const HEAD_ROW_MAX: usize = 1_000;
const PRICE_DECIMALS: u8 = 4;

/// A file that is brought.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportStart {
    /// sha256 of a file that the person handed in. When it is missing the use-case says so by its own name.
    #[serde(default)]
    #[schema(required = true)]
    pub file: String,
    /// Whose file it is; null: as the name of the file says.
    pub supplier: Option<String>,
}

/// All that is settled for a file.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportChoices {
    /// Empty when nobody is named.
    pub supplier: String,
    /// Sheets that are not named stay as they are proposed.
    pub sheets: Vec<SheetChoice>,
    pub decisions: Vec<RowDecision>,
    /// Whether prices on another tax basis may be converted.
    pub convert_tax: bool,
}

/// How one sheet is to be read.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SheetChoice {
    pub sheet: String,
    /// Whether it is taken; null: as proposed.
    pub taken: Option<bool>,
    /// The last row of the head, from 1; 0 says that there is none.
    pub head_row: Option<usize>,
    /// Column of each field, from 0; null: no column.
    pub mapping: Option<BTreeMap<String, Option<usize>>>,
}

/// What is settled for one row.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RowDecision {
    pub sheet: String,
    /// From 1, as in the sheet.
    pub row: usize,
    pub product_id: Option<i64>,
    /// In yuan.
    pub price: Option<String>,
    pub unit: Option<String>,
    /// Of several rows for one thing this one counts.
    #[serde(default)]
    pub keep: bool,
    /// The row is left out.
    #[serde(default)]
    pub skip: bool,
}

/// A file to be taken over.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportApply {
    /// Whether wrong and undecided rows are left out.
    pub skip_bad: bool,
}

impl ImportChoices {
    /// As the use-case takes it.
    pub fn choices(self) -> Result<Choices, Invalid> {
        let sheets = self.sheets.into_iter().enumerate().map(|(place, sheet)| sheet.chosen(place));
        let decisions = self.decisions.into_iter().enumerate().map(|(place, row)| row.settled(place));
        Ok(Choices {
            supplier: self.supplier,
            sheets: sheets.collect::<Result<_, _>>()?,
            decisions: decisions.collect::<Result<_, _>>()?,
            convert_tax: self.convert_tax,
        })
    }
}

impl SheetChoice {
    fn chosen(self, place: usize) -> Result<Chosen, Invalid> {
        if self.head_row.is_some_and(|row| row > HEAD_ROW_MAX) {
            let max = i64::try_from(HEAD_ROW_MAX).unwrap_or(i64::MAX);
            let fault = FieldFault::NotInRange { min: 0, max };
            return Err(Invalid::one(format!("sheets[{place}].head_row"), fault));
        }
        let mapping = self.mapping.map(|mapping| columns(mapping, place)).transpose()?;
        Ok(Chosen { sheet: self.sheet, taken: self.taken, head_row: self.head_row, mapping })
    }
}

impl RowDecision {
    fn settled(self, place: usize) -> Result<Settled, Invalid> {
        let price = self.price.as_deref().map(|price| price_of(price, place)).transpose()?;
        let decision = Decision {
            product: self.product_id.map(ProductId),
            price,
            unit: self.unit,
            keep: self.keep,
            skip: self.skip,
        };
        Ok(Settled { sheet: self.sheet, row: self.row, decision })
    }
}

impl From<Choices> for ImportChoices {
    fn from(choices: Choices) -> ImportChoices {
        let sheet = |chosen: Chosen| SheetChoice {
            sheet: chosen.sheet,
            taken: chosen.taken,
            head_row: chosen.head_row,
            mapping: chosen.mapping.map(|columns| {
                let named = |(meaning, column): (Meaning, usize)| (meaning.key().to_string(), Some(column));
                columns.into_iter().map(named).collect()
            }),
        };
        let row = |settled: Settled| RowDecision {
            sheet: settled.sheet,
            row: settled.row,
            product_id: settled.decision.product.map(|product| product.0),
            price: settled.decision.price.map(UnitPrice::to_yuan),
            unit: settled.decision.unit,
            keep: settled.decision.keep,
            skip: settled.decision.skip,
        };
        ImportChoices {
            supplier: choices.supplier,
            sheets: choices.sheets.into_iter().map(sheet).collect(),
            decisions: choices.decisions.into_iter().map(row).collect(),
            convert_tax: choices.convert_tax,
        }
    }
}

fn price_of(text: &str, place: usize) -> Result<UnitPrice, Invalid> {
    let path = || format!("decisions[{place}].price");
    match parse_decimal(text.trim(), PRICE_DECIMALS) {
        Ok(price) if price > 0 => Ok(UnitPrice(price)),
        Ok(_) => Err(Invalid::one(path(), FieldFault::NotPositive)),
        Err(fault) => Err(Invalid::one(path(), FieldFault::Number(fault))),
    }
}

fn columns(
    mapping: BTreeMap<String, Option<usize>>,
    place: usize,
) -> Result<BTreeMap<Meaning, usize>, Invalid> {
    let mut columns = BTreeMap::new();
    for (field, column) in mapping {
        let unknown = || Invalid::one(format!("sheets[{place}].mapping.{field}"), FieldFault::UnknownName);
        let meaning = Meaning::from_key(&field).ok_or_else(unknown)?;
        if let Some(column) = column {
            columns.insert(meaning, column);
        }
    }
    Ok(columns)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(head_row: usize) -> ImportChoices {
        let sheet =
            SheetChoice { sheet: "价格".into(), head_row: Some(head_row), ..SheetChoice::default() };
        ImportChoices { sheets: vec![sheet], ..ImportChoices::default() }
    }

    fn row(price: &str) -> ImportChoices {
        let row = RowDecision { row: 2, price: Some(price.into()), ..RowDecision::default() };
        ImportChoices { decisions: vec![row], ..ImportChoices::default() }
    }

    #[test]
    fn the_row_of_the_head_has_an_end() {
        assert!(sheet(HEAD_ROW_MAX).choices().is_ok());
        let refused = sheet(999_999_999).choices().unwrap_err();
        let fault = FieldFault::NotInRange { min: 0, max: 1_000 };
        assert_eq!(refused, Invalid::one("sheets[0].head_row", fault));
    }

    #[test]
    fn a_price_that_is_named_is_a_price() {
        assert_eq!(row("128.5").choices().unwrap().decisions[0].decision.price, Some(UnitPrice(1_285_000)));
        assert_eq!(row("0").choices(), Err(Invalid::one("decisions[0].price", FieldFault::NotPositive)));
        assert!(row("面议").choices().is_err());
    }

    #[test]
    fn what_was_settled_comes_back_as_it_was_sent() {
        let sent = || ImportChoices {
            supplier: "恒泰".into(),
            sheets: vec![SheetChoice {
                sheet: "价格".into(),
                taken: Some(true),
                head_row: Some(2),
                mapping: Some([("code".to_string(), Some(0)), ("price".to_string(), Some(3))].into()),
            }],
            decisions: vec![RowDecision {
                sheet: "价格".into(),
                row: 7,
                product_id: Some(3),
                price: Some("128.00".into()),
                unit: Some("箱".into()),
                keep: true,
                skip: false,
            }],
            convert_tax: true,
        };
        assert_eq!(ImportChoices::from(sent().choices().unwrap()), sent());
    }
}
