//! What a quotation earns: net without tax less what the goods cost without tax. Seen by right only.

use super::priced::PricedDraftLine;
use crate::base::{Fen, OutOfRange, round_half_away};
use crate::pricing::{PricedLine, TraceStep, with_tax};

/// What is earned, and of what; both without tax.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Margin {
    pub amount: Fen,
    pub of: Fen,
}

impl Margin {
    /// What the line earns; `None` when its cost is not known.
    pub fn of_line(line: &PricedLine) -> Option<Margin> {
        let includes_tax = line.trace.iter().find_map(|step| match step {
            TraceStep::Base(base) => Some(base.includes_tax),
            TraceStep::Tier(_) | TraceStep::Manual(_) => None,
        })?;
        let cost = line.qty.times(line.cost?).ok()?;
        let (_, cost, _) = with_tax(cost, line.tax_rate, includes_tax).ok()?;
        Some(Margin { amount: line.net_ex_tax.minus(cost).ok()?, of: line.net_ex_tax })
    }

    /// What all lines earn together; `None` when the cost of one is not known or there is no line.
    pub fn of_lines(lines: &[PricedDraftLine]) -> Option<Margin> {
        let mut sum = Margin::default();
        for line in lines {
            let margin = line.outcome.as_ref().ok().and_then(Margin::of_line)?;
            sum = sum.plus(margin).ok()?;
        }
        if lines.is_empty() { None } else { Some(sum) }
    }

    fn plus(self, other: Margin) -> Result<Margin, OutOfRange> {
        Ok(Margin { amount: self.amount.plus(other.amount)?, of: self.of.plus(other.of)? })
    }

    /// Percent with one decimal, with its sign: `14.2`; `None` of nothing.
    pub fn percent(self) -> Option<String> {
        let tenths = round_half_away(i128::from(self.amount.0) * 1_000, i128::from(self.of.0)).ok()?;
        let (sign, size) = (if tenths < 0 { "-" } else { "" }, tenths.unsigned_abs());
        Some(format!("{sign}{}.{}", size / 10, size % 10))
    }
}
