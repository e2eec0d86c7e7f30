//! What people settle while they look at a price file.

use std::collections::BTreeMap;

use domain::base::{FieldFault, Invalid, visible};
use domain::pricing::import::{Decision, Decisions, Meaning, SUPPLIER_LETTERS_MAX};
use serde::{Deserialize, Serialize};
use store::StoreError;

/// So many rows of one file may be settled by hand; what is more is mended in the file.
const DECISIONS_MAX: usize = 5_000;
/// So many sheets are chosen among; no file has more.
const SHEETS_MAX: usize = 50;

/// All that was settled for one file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    /// Whose file it is; empty when nobody named one.
    pub supplier: String,
    /// Sheets that are not named stay as they are proposed.
    pub sheets: Vec<SheetChoice>,
    pub decisions: Vec<RowDecision>,
    /// Whether prices on another tax basis may be converted.
    pub convert_tax: bool,
}

/// How one sheet is to be read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetChoice {
    pub sheet: String,
    /// Whether it is taken; `None` is as proposed.
    pub taken: Option<bool>,
    /// The last row of the head, from 1; 0 says that there is none.
    pub head_row: Option<usize>,
    /// Which column means what, from 0.
    pub mapping: Option<BTreeMap<Meaning, usize>>,
}

/// What was settled for one row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowDecision {
    pub sheet: String,
    /// From 1, as in the sheet.
    pub row: usize,
    pub decision: Decision,
}

impl Choices {
    /// The same, or every field that is wrong. `stands` is the supplier that the file has already: it is not looked at again.
    pub fn checked(self, stands: &str) -> Result<Choices, Invalid> {
        let mut faults = Invalid::default();
        let supplier = match visible(&self.supplier) {
            same if same == stands => same,
            _ => faults.name_or_none("supplier", &self.supplier, SUPPLIER_LETTERS_MAX),
        };
        if self.sheets.len() > SHEETS_MAX {
            faults.add("sheets", FieldFault::TooMany { count_max: SHEETS_MAX });
        }
        if self.decisions.len() > DECISIONS_MAX {
            faults.add("decisions", FieldFault::TooMany { count_max: DECISIONS_MAX });
        }
        faults.or_go_on().map(|()| Choices { supplier, ..self })
    }

    /// What was settled for the rows of a sheet.
    pub fn decisions_of(&self, sheet: &str) -> Decisions {
        let own = self.decisions.iter().filter(|settled| settled.sheet == sheet);
        own.map(|settled| (settled.row, settled.decision.clone())).collect()
    }

    /// What was chosen for a sheet.
    pub fn of_sheet(&self, sheet: &str) -> Option<&SheetChoice> {
        self.sheets.iter().find(|choice| choice.sheet == sheet)
    }

    pub(super) fn to_json(&self) -> Result<String, StoreError> {
        serde_json::to_string(self).map_err(|error| StoreError::Decode(error.to_string()))
    }

    pub(super) fn from_json(text: &str) -> Result<Choices, StoreError> {
        serde_json::from_str(text).map_err(|error| StoreError::Decode(error.to_string()))
    }
}
