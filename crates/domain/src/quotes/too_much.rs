//! More is taken off than there is, or everything: a slip of the hand gives nothing away.

use super::draft::DraftLine;
use super::extra::Whole;
use super::priced::{IssueRule, PricedDraft};
use crate::base::{Fen, FieldFault, Invalid, Qty};
use crate::pricing::{ManualAsk, ManualPart, PricedLine};

/// An amount that is larger than what it is taken from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TooMuchOff {
    /// The place of the line; `None` for the whole document.
    pub line: Option<usize>,
    pub part: ManualPart,
    /// What the line is called; empty for the whole document.
    pub product: String,
    /// The most that can be taken off, on the document's tax basis.
    pub largest: Fen,
}

impl PricedDraft {
    /// The amounts that are larger than what they are taken from. Of the whole document only when every line has its price:
    /// what is still being typed may add to the sum.
    pub fn too_much_off(&self) -> Vec<TooMuchOff> {
        let mut found = Vec::new();
        for (place, line) in self.lines.iter().enumerate() {
            let (Some(ManualAsk::AmountOff(asked)), Ok(priced)) = (line.line.extra.manual, &line.outcome)
            else {
                continue;
            };
            if line.line.qty > Qty::ZERO && asked > priced.amount {
                let product = line.product.name.clone();
                let largest = priced.amount;
                found.push(TooMuchOff { line: Some(place), part: ManualPart::Line, product, largest });
            }
        }
        if !self.is_all_priced() {
            return found;
        }
        let over = |part, largest| TooMuchOff { line: None, part, product: String::new(), largest };
        let before = self.sum(PricedLine::net_before_whole);
        if matches!(self.whole.off, Some(ManualAsk::AmountOff(asked)) if asked > before) {
            found.push(over(ManualPart::Whole, before));
        }
        let left = self.sum(|line| Fen(line.net.0.saturating_add(line.manual_off(ManualPart::Rounding).0)));
        if self.whole.rounding > left {
            found.push(over(ManualPart::Rounding, left));
        }
        found
    }

    /// Refuses an amount that was not there before and is larger than what it is taken from. One that became too large
    /// because lines went or prices fell is kept, and stands in the way of issuing.
    pub fn refuse_new_slips(&self, lines: &[DraftLine], whole: &Whole) -> Result<(), Invalid> {
        let mut faults = Invalid::default();
        for over in self.too_much_off() {
            let path = match (over.line, over.part) {
                (Some(place), _) if self.was_asked_before(place, lines) => continue,
                (Some(place), _) => format!("lines[{place}].manual.amount_off"),
                (None, ManualPart::Rounding) if self.whole.rounding != whole.rounding => {
                    "whole.rounding".into()
                }
                (None, ManualPart::Whole) if self.whole.off != whole.off => "whole".into(),
                (None, _) => continue,
            };
            faults.add(path, FieldFault::AmountAbove { most: over.largest });
        }
        faults.or_go_on()
    }

    fn was_asked_before(&self, place: usize, lines: &[DraftLine]) -> bool {
        let line = self.lines.get(place).map(|line| &line.line);
        let same = |before: &DraftLine| {
            line.is_some_and(|line| before.id == line.id && before.extra.manual == line.extra.manual)
        };
        lines.iter().any(same)
    }

    /// Whether nothing is to be paid without anybody having meant it: goods are given away by whoever may go below every
    /// floor, line by line, and never by what is taken off the whole.
    pub(super) fn is_given_away_by_mistake(&self, rule: &IssueRule) -> bool {
        if self.amounts.net > Fen::ZERO || !self.is_all_priced() {
            return false;
        }
        let meant = self.sum(PricedLine::net_before_whole) == Fen::ZERO;
        !(rule.may_below_floor && meant)
    }

    /// Every line has its price and its quantity, and there is one.
    fn is_all_priced(&self) -> bool {
        let ready = self.lines.iter().all(|line| line.outcome.is_ok() && line.line.qty > Qty::ZERO);
        ready && !self.lines.is_empty()
    }

    fn sum(&self, of: impl Fn(&PricedLine) -> Fen) -> Fen {
        let priced = self.lines.iter().filter_map(|line| line.outcome.as_ref().ok());
        Fen(priced.map(|line| of(line).0).fold(0, i64::saturating_add))
    }
}
