//! Rows of the kind `price_limit`: how far each role may lower a price by hand.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::figure::{read_money, read_share};
use super::rows::{RowFault, RowField, no_control};
use crate::base::{BasisPoints, Fen, read_fields, visible};

/// The highest 抹零 that a role may be given: a thousand yuan.
pub const ROUNDING_LIMIT_MAX: Fen = Fen(100_000);

/// What one role may take off by hand; its key is the key of the role.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LimitRow {
    /// How far below the tier price a line may lie.
    pub depth: BasisPoints,
    /// How much may be taken off a document as 抹零.
    pub rounding: Fen,
}

/// The limits in force, by key of the role; a role that is not named may take off nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PriceLimits {
    roles: BTreeMap<String, LimitRow>,
}

/// `LimitRow` as JSON.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct LimitContent {
    role: String,
    depth: String,
    rounding: String,
}

impl LimitRow {
    /// Reads the content of a row: the key of its role, and what that role may take off.
    pub fn read(content: &str) -> Result<(String, LimitRow), RowFault> {
        let content: LimitContent = read_fields(content).map_err(RowFault::of_reading)?;
        let role = visible(&content.role);
        no_control(&role, RowField::Name)?;
        if role.is_empty() {
            return Err(RowFault::NameMissing);
        }
        let figure = |field| move |fault| RowFault::Figure { field, fault };
        let limit = LimitRow {
            depth: read_share(&content.depth).map_err(figure(RowField::Depth))?,
            rounding: read_money(&content.rounding, ROUNDING_LIMIT_MAX)
                .map_err(figure(RowField::Rounding))?,
        };
        Ok((role, limit))
    }

    /// The content that `read` reads back.
    pub fn content(&self, role: &str) -> String {
        let role = role.to_string();
        let content =
            LimitContent { role, depth: self.depth.to_percent(), rounding: self.rounding.to_yuan() };
        serde_json::to_string(&content).unwrap_or_default()
    }

    /// The wider of both in each measure.
    pub fn or(self, other: LimitRow) -> LimitRow {
        LimitRow { depth: self.depth.max(other.depth), rounding: self.rounding.max(other.rounding) }
    }

    /// Whether it allows all that `other` allows.
    pub fn covers(self, other: LimitRow) -> bool {
        self.depth >= other.depth && self.rounding >= other.rounding
    }
}

impl PriceLimits {
    /// What somebody with these roles may take off.
    pub fn of_roles<'a>(&self, roles: impl IntoIterator<Item = &'a str>) -> LimitRow {
        let limits = roles.into_iter().filter_map(|role| self.roles.get(role));
        limits.fold(LimitRow::default(), |widest, limit| widest.or(*limit))
    }

    /// Adds what `other` says; of two limits of one role the wider one.
    pub fn extend(&mut self, other: &PriceLimits) {
        for (role, limit) in &other.roles {
            let held = self.roles.entry(role.clone()).or_default();
            *held = held.or(*limit);
        }
    }
}

/// The limits that these rows make, or the key of the row that cannot be read.
pub fn limits_of_rows<'a>(
    rows: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<PriceLimits, (String, RowFault)> {
    let mut limits = PriceLimits::default();
    for (key, content) in rows {
        let (role, row) = LimitRow::read(content).map_err(|fault| (key.to_string(), fault))?;
        let held = limits.roles.entry(role).or_default();
        *held = held.or(row);
    }
    Ok(limits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pricing::FigureFault;

    fn limits(rows: &[(&str, &str, &str)]) -> PriceLimits {
        let rows: Vec<(String, String)> = rows
            .iter()
            .map(|(role, depth, rounding)| {
                let content = format!(r#"{{"role":"{role}","depth":"{depth}","rounding":"{rounding}"}}"#);
                (role.to_string(), content)
            })
            .collect();
        limits_of_rows(rows.iter().map(|(key, content)| (key.as_str(), content.as_str()))).unwrap()
    }

    #[test]
    fn of_several_roles_the_wider_limit_counts_and_none_is_nothing() {
        let limits = limits(&[("seller", "5", "10"), ("region_manager", "12.5", "5")]);
        assert_eq!(limits.of_roles([]), LimitRow::default());
        assert_eq!(limits.of_roles(["finance"]), LimitRow::default());
        let both = limits.of_roles(["seller", "region_manager"]);
        assert_eq!(
            (both.depth.to_percent(), both.rounding.to_yuan()),
            ("12.5".to_string(), "10.00".to_string())
        );
        assert!(both.covers(limits.of_roles(["seller"])));
        assert!(!limits.of_roles(["region_manager"]).covers(both));
    }

    #[test]
    fn a_limit_is_a_share_of_the_whole_and_a_sum_within_reason() {
        let read = |depth: &str, rounding: &str| {
            LimitRow::read(&format!(r#"{{"role":"seller","depth":"{depth}","rounding":"{rounding}"}}"#))
        };
        let (role, widest) = read("100", "1000").unwrap();
        let kept = r#"{"role":"seller","depth":"100","rounding":"1000.00"}"#;
        assert_eq!((role.as_str(), widest.content(&role).as_str()), ("seller", kept));
        let depth = |fault| Err(RowFault::Figure { field: RowField::Depth, fault });
        assert_eq!(read("100.01", "0"), depth(FigureFault::TooLarge { max: "100".to_string() }));
        assert_eq!(read("", "0"), depth(FigureFault::Missing));
        let rounding = |fault| Err(RowFault::Figure { field: RowField::Rounding, fault });
        assert_eq!(read("5", "1000.01"), rounding(FigureFault::TooLarge { max: "1000.00".to_string() }));
        assert_eq!(read("5", "0.001"), rounding(FigureFault::TooManyDecimals { decimals_max: 2 }));
    }
}
