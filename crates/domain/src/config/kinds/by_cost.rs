//! Prices by a formula on the cost, for people who may not see the cost: from the formula and the price that it gives the
//! cost could be computed. They read that the price comes from the cost, and leave the formula as it stands.

use serde_json::{Value, json};

use super::{Kind, Summary};
use crate::pricing::{Formula, FormulaOf};

/// The name of the formula in a row's content.
const FORMULA: &str = "formula";

impl Kind {
    /// The formula on the cost by which the row prices, where it does.
    fn cost_formula(self, content: &str) -> Option<Formula> {
        self.rules().cost_formula(content)
    }

    /// Whether the row tells something from which the cost can be computed.
    pub fn tells_cost(self, content: &str) -> bool {
        self.cost_formula(content).is_some()
    }

    /// The content as those read it who may not see the cost; all else stays.
    pub fn without_cost(self, content: &str) -> String {
        let parsed = serde_json::from_str::<Value>(content);
        match parsed {
            Ok(Value::Object(mut row)) if self.tells_cost(content) => {
                row.insert(FORMULA.to_string(), json!({ "of": FormulaOf::Cost }));
                Value::Object(row).to_string()
            }
            _ => content.to_string(),
        }
    }

    /// The content that somebody sends who read it `without_cost`: its formula is the one that stands there.
    pub fn with_cost_of(self, content: &str, stands: Option<&str>) -> String {
        let told = stands.filter(|stands| self.tells_cost(stands));
        let told = told.and_then(|stands| serde_json::from_str::<Value>(stands).ok());
        let told = told.and_then(|row| row.get(FORMULA).cloned());
        match (serde_json::from_str::<Value>(content), told) {
            (Ok(Value::Object(mut row)), Some(formula)) if row.get(FORMULA).is_some_and(is_hidden) => {
                row.insert(FORMULA.to_string(), formula);
                Value::Object(row).to_string()
            }
            _ => content.to_string(),
        }
    }

    /// Whether the row prices by another formula on the cost than what stands there.
    pub fn prices_by_cost_anew(self, content: &str, stands: Option<&str>) -> bool {
        let formula = self.cost_formula(content);
        formula.is_some() && formula != stands.and_then(|stands| self.cost_formula(stands))
    }
}

impl Summary {
    /// The summary as those read it who may not see the cost; all else stays.
    pub fn without_cost(self) -> Summary {
        match self {
            Summary::PriceList(summary) => Summary::PriceList(Box::new(summary.without_cost())),
            other => other,
        }
    }
}

/// Says that it is on the cost, and no figure.
fn is_hidden(formula: &Value) -> bool {
    let blank = |name: &str| formula.get(name).is_none_or(|figure| figure.as_str() == Some(""));
    formula.get("of") == Some(&json!(FormulaOf::Cost)) && blank("percent") && blank("plus")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::pricing::EntryRow;

    const LIST: Kind = Kind::PriceList;

    fn by_cost(percent: u32, plus: u32) -> String {
        let percent = format!("{}.{:02}", percent / 100, percent % 100);
        let plus = format!("{}.{:02}", plus / 100, plus % 100);
        json!({"product": 17, "note": "批次", "formula": {"of": "cost", "percent": percent, "plus": plus}})
            .to_string()
    }

    proptest! {
        #[test]
        fn two_formulas_on_the_cost_read_the_same_and_come_back_as_they_stood(
            (one, other) in ((1_u32..100_000, 0_u32..100_000), (1_u32..100_000, 0_u32..100_000)),
        ) {
            let (one, other) = (by_cost(one.0, one.1), by_cost(other.0, other.1));
            let read = LIST.without_cost(&one);
            prop_assert_eq!(&read, &LIST.without_cost(&other));
            let back = LIST.with_cost_of(&read, Some(&one));
            prop_assert_eq!(EntryRow::read(&back), EntryRow::read(&one));
            prop_assert!(!LIST.prices_by_cost_anew(&back, Some(&one)));
            let same = EntryRow::read(&one) == EntryRow::read(&other);
            prop_assert_eq!(LIST.prices_by_cost_anew(&one, Some(&other)), !same);
            prop_assert!(LIST.prices_by_cost_anew(&one, None));
        }
    }

    #[test]
    fn what_tells_no_cost_is_read_and_written_as_it_is() {
        for content in [
            r#"{"product":17,"price":"128"}"#,
            r#"{"product":17,"formula":{"of":"base","percent":"95"}}"#,
            r#"{"goods":"all","formula":{"of":"list_price","percent":"95"}}"#,
            "not a row",
        ] {
            assert_eq!(LIST.without_cost(content), content);
            assert_eq!(LIST.with_cost_of(content, Some(&by_cost(11_500, 0))), content);
            assert!(!LIST.prices_by_cost_anew(content, None));
        }
        let hidden = LIST.without_cost(&by_cost(11_500, 0));
        assert_eq!(LIST.with_cost_of(&hidden, None), hidden, "where none stands, none is put");
        assert_eq!(Kind::Tier.without_cost(&by_cost(11_500, 0)), by_cost(11_500, 0));
    }

    #[test]
    fn the_rest_of_such_a_row_may_be_changed() {
        let stands = by_cost(11_500, 150);
        let sent = r#"{"product":17,"note":"新批次","formula":{"of":"cost"}}"#;
        let kept = EntryRow::read(&LIST.with_cost_of(sent, Some(&stands))).unwrap();
        assert_eq!(
            (kept.note.as_deref(), kept.gives),
            (Some("新批次"), EntryRow::read(&stands).unwrap().gives)
        );
    }
}
