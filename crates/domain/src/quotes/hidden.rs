//! Floors and costs that whoever issues does not see: they hold all the same, and are not found by trying.

use super::extra::Whole;
use super::priced::PricedDraft;
use crate::base::PersonId;

impl PricedDraft {
    /// Whether `person`, who sees no floors, may not issue some line at its price: under its floor, or outside the catalogue
    /// under the own cost or under what was set by somebody who sees the cost.
    pub fn is_below_hidden_floor(&self, person: PersonId) -> bool {
        self.lines.iter().any(|line| match (&line.outcome, &line.line.extra.own) {
            (Ok(priced), Some(own)) => own.is_held(priced, person),
            (Ok(priced), None) => priced.below_floor,
            (Err(_), _) => false,
        })
    }

    /// Whether issuing the draft could tell `person`, who sees no floors, where one lies: a price was set by hand, so that
    /// another one may be tried next, or a line outside the catalogue costs what somebody else entered. At the prices of
    /// the rules nothing can be tried. Whether there is a floor is not looked at: waiting would tell it.
    pub fn may_try_hidden_floor(&self, person: PersonId) -> bool {
        let by_hand = self.whole != Whole::default();
        self.lines.iter().any(|line| match &line.line.extra.own {
            Some(own) => own.cost.is_some() && own.cost_by != Some(person),
            None => by_hand || line.line.extra.manual.is_some(),
        })
    }
}
