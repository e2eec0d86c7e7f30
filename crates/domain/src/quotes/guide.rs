//! The hints that a person gets while the first quotations are made.

/// So many issued quotations later nobody needs the hints.
pub const GUIDED_QUOTES: i64 = 3;

/// Where a person stands with the hints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guide {
    /// Quotations that the person has issued, counted up to `GUIDED_QUOTES`.
    pub issued: i64,
    /// The person has put the hints away.
    pub off: bool,
}

impl Guide {
    /// Whether the hints are shown.
    pub fn shown(self) -> bool {
        !self.off && self.issued < GUIDED_QUOTES
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hints_are_shown_for_the_first_three_quotations_unless_they_are_put_away() {
        let shown = |issued, off| Guide { issued, off }.shown();
        assert!(shown(0, false) && shown(2, false));
        assert!(!shown(3, false) && !shown(0, true));
    }
}
