//! The units of one product: its base unit, and how many base units each other unit holds.

use serde::{Deserialize, Serialize};

use crate::base::{Factor, NumberFault, name_fault, parse_decimal, visible};

/// Most units of one product besides the base unit.
pub const UNITS_MAX: usize = 20;
/// Longest name of a unit.
pub const UNIT_LETTERS_MAX: usize = 12;

/// The base unit and the others, in the order in which they were entered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Units {
    base: String,
    others: Vec<(String, Factor)>,
}

/// Why a set of units is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum UnitsFault {
    BaseMissing,
    NameMissing,
    NameTooLong {
        unit: String,
        letters_max: usize,
    },
    /// A unit is a name: one line without signs that nobody sees.
    ControlSign {
        unit: String,
    },
    Repeated {
        unit: String,
    },
    TooMany {
        units_max: usize,
    },
}

/// Why a text is not a factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactorFault {
    Number(NumberFault),
    NotPositive,
}

impl Units {
    /// Units with trimmed names; every fault is named, not only the first.
    pub fn new(base: &str, others: Vec<(String, Factor)>) -> Result<Units, Vec<UnitsFault>> {
        let mut faults = Vec::new();
        let mut typed = vec![base.to_string()];
        let base = visible(base);
        if base.is_empty() {
            faults.push(UnitsFault::BaseMissing);
        }
        if others.len() > UNITS_MAX {
            faults.push(UnitsFault::TooMany { units_max: UNITS_MAX });
        }
        let mut seen = vec![base.clone()];
        let mut kept = Vec::new();
        for (given, factor) in others.into_iter().take(UNITS_MAX) {
            let name = visible(&given);
            if name.is_empty() {
                faults.push(UnitsFault::NameMissing);
            } else if seen.contains(&name) {
                faults.push(UnitsFault::Repeated { unit: name });
            } else {
                typed.push(given);
                seen.push(name.clone());
                kept.push((name, factor));
            }
        }
        for unit in typed.iter().filter(|unit| name_fault(unit).is_some()) {
            let unit = visible(unit).replace(char::is_control, "");
            faults.push(UnitsFault::ControlSign { unit });
        }
        for unit in seen.iter().filter(|unit| unit.chars().count() > UNIT_LETTERS_MAX) {
            faults.push(UnitsFault::NameTooLong { unit: unit.clone(), letters_max: UNIT_LETTERS_MAX });
        }
        if faults.is_empty() { Ok(Units { base, others: kept }) } else { Err(faults) }
    }

    /// Units as they were once kept: what would not be taken today is left out, and hides nothing else.
    pub fn kept(base: String, mut others: Vec<(String, Factor)>) -> Units {
        others.retain(|(name, _)| !visible(name).is_empty() && *name != base);
        Units { base, others }
    }

    /// A product that is sold in one unit only.
    pub fn only(base: &str) -> Result<Units, Vec<UnitsFault>> {
        Units::new(base, Vec::new())
    }

    pub fn base(&self) -> &str {
        &self.base
    }

    pub fn others(&self) -> &[(String, Factor)] {
        &self.others
    }

    /// How many base units one `unit` holds; `None` when the product is not sold in it.
    pub fn factor(&self, unit: &str) -> Option<Factor> {
        if unit == self.base {
            return Some(Factor::ONE);
        }
        self.others.iter().find(|(name, _)| name == unit).map(|(_, factor)| *factor)
    }

    /// The base unit first, then the others.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.base.as_str()).chain(self.others.iter().map(|(name, _)| name.as_str()))
    }
}

/// `4`, `1.44` (at most three decimals) or a fraction of whole numbers, `1/12`.
pub fn parse_factor(text: &str) -> Result<Factor, FactorFault> {
    let (numerator, denominator) = match text.split_once('/') {
        Some((over, under)) => (parse_decimal(over, 0), parse_decimal(under, 0)),
        None => (parse_decimal(text, 3), Ok(1_000)),
    };
    let numerator = numerator.map_err(FactorFault::Number)?;
    let denominator = denominator.map_err(FactorFault::Number)?;
    Factor::new(numerator, denominator).ok_or(FactorFault::NotPositive)
}

/// The text that `parse_factor` reads back: a decimal when three decimals hold it, else a fraction.
pub fn factor_text(factor: Factor) -> String {
    let (numerator, denominator) = (i128::from(factor.numerator()), i128::from(factor.denominator()));
    let thousandths = numerator * 1_000;
    if thousandths % denominator != 0 {
        return format!("{numerator}/{denominator}");
    }
    let thousandths = thousandths / denominator;
    let text = format!("{}.{:03}", thousandths / 1_000, thousandths % 1_000);
    text.trim_end_matches('0').trim_end_matches('.').to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn four() -> Factor {
        Factor::new(4, 1).unwrap()
    }

    #[test]
    fn no_unit_holds_what_cannot_be_seen() {
        let named = |name: &str| Units::new("桶", vec![(name.to_string(), four())]);
        let control = |unit: &str| Err(vec![UnitsFault::ControlSign { unit: unit.to_string() }]);
        assert_eq!(named("\u{0}"), control(""));
        assert_eq!(named("箱\u{0}"), control("箱"));
        assert_eq!(named("箱\n子"), control("箱子"));
        assert_eq!(named("箱\u{202E}子"), control("箱子"));
        assert_eq!(named("\u{200B}"), Err(vec![UnitsFault::NameMissing]));
        assert_eq!(Units::only("\u{0}"), control(""));
        assert_eq!(named("箱\u{200B}").map(|units| units.factor("箱")), Ok(Some(four())));
    }

    #[test]
    fn an_unsound_unit_of_old_hides_no_other() {
        let others = vec![(String::new(), four()), ("箱".to_string(), four())];
        let units = Units::kept("桶".to_string(), others);
        assert_eq!(units.names().collect::<Vec<_>>(), ["桶", "箱"]);
    }

    #[test]
    fn a_box_of_four_pails() {
        let units = Units::new(" 桶 ", vec![("箱".to_string(), four())]).unwrap();
        assert_eq!(units.factor("桶"), Some(Factor::ONE));
        assert_eq!(units.factor("箱"), Some(four()));
        assert_eq!(units.factor("吨"), None);
        assert_eq!(units.names().collect::<Vec<_>>(), vec!["桶", "箱"]);
    }

    #[test]
    fn every_fault_of_the_units_is_named() {
        let others = vec![("桶".to_string(), four()), (" ".to_string(), four())];
        let faults = Units::new("桶", others).unwrap_err();
        assert_eq!(faults, vec![UnitsFault::Repeated { unit: "桶".to_string() }, UnitsFault::NameMissing]);
        assert_eq!(Units::only("  ").unwrap_err(), vec![UnitsFault::BaseMissing]);
        let many = (0..=UNITS_MAX).map(|n| (format!("件{n}"), four())).collect();
        assert_eq!(Units::new("桶", many).unwrap_err(), vec![UnitsFault::TooMany { units_max: UNITS_MAX }]);
    }

    #[test]
    fn a_unit_name_of_twelve_letters_is_the_longest() {
        let longest = "长".repeat(UNIT_LETTERS_MAX);
        assert!(Units::only(&longest).is_ok());
        assert!(Units::only(&format!("{longest}长")).is_err());
    }

    #[test]
    fn factors_read_back_as_they_were_written() {
        for text in ["4", "1.44", "0.5", "1/12", "1000"] {
            assert_eq!(factor_text(parse_factor(text).unwrap()), text);
        }
        assert_eq!(parse_factor("0"), Err(FactorFault::NotPositive));
        assert_eq!(parse_factor("1/0"), Err(FactorFault::NotPositive));
        assert_eq!(parse_factor("-1/-2"), Err(FactorFault::NotPositive));
        assert_eq!(parse_factor("1.2345"), Err(FactorFault::Number(NumberFault::TooManyDecimals(3))));
        assert_eq!(parse_factor("箱"), Err(FactorFault::Number(NumberFault::NotANumber)));
    }
}
