//! What a kind may say besides how its rows are read, checked and told. What it does not say is as usual.

use serde_json::{Value, json};

use super::names::RowNames;
use super::{AcceptedRow, Difference, Kind, KindFacts, RowRefused};
use crate::access::{OrgKind, Right};
use crate::base::{CustomerId, ItemId, ProductId};
use crate::config::refused::ConfigRefused;
use crate::config::rows::Change;
use crate::pricing::checks::Found;
use crate::pricing::{Formula, PriceClass};

/// One kind's own answers; each method is described at the one of `Kind` with the same name.
pub(super) trait KindRules {
    fn needs_second_person(&self) -> bool {
        true
    }

    fn shipped(&self) -> bool {
        true
    }

    /// Whoever forgets it turns back too much, never too little.
    fn prices(&self) -> bool {
        true
    }

    fn is_on_paper(&self) -> bool {
        false
    }

    fn regional(&self) -> bool {
        false
    }

    /// Every kind so far shows prices or says how they come about; a template is previewed on a document with its own.
    fn read_right(&self) -> Right {
        Right::PriceRead
    }

    fn names_roles(&self) -> bool {
        false
    }

    /// What of its rows `check_names` looks at.
    fn names(&self) -> RowNames {
        RowNames::default()
    }

    fn looks_at(&self, _other: Kind) -> bool {
        false
    }

    fn keys_for(&self, _content: &str, _facts: &KindFacts) -> Vec<String> {
        Vec::new()
    }

    fn about(&self, _content: &str) -> Option<ProductId> {
        None
    }

    fn customers(&self, _content: &str) -> Vec<CustomerId> {
        Vec::new()
    }

    fn base(&self, _content: &str) -> Option<ItemId> {
        None
    }

    fn may_make(&self, _class: PriceClass, _scope: OrgKind) -> Result<(), ConfigRefused> {
        Err(ConfigRefused::KindFixed)
    }

    fn starting_rows(&self, _class: PriceClass) -> Vec<AcceptedRow> {
        Vec::new()
    }

    fn settings_rows(&self) -> i64 {
        0
    }

    fn below_cost(&self, _content: &str, _facts: &KindFacts, _list_includes_tax: bool) -> Option<Found> {
        None
    }

    fn cost_formula(&self, _content: &str) -> Option<Formula> {
        None
    }

    fn may_remove(&self, _key: &str) -> Result<(), RowRefused> {
        Ok(())
    }

    fn shown(&self, _content: &str, _facts: &KindFacts) -> Value {
        json!({})
    }

    fn difference(&self, _change: &Change) -> Option<Difference> {
        None
    }

    fn size(&self, _change: &Change) -> i64 {
        0
    }
}
