//! Conversion: what became of what was sent, by person, category or month.

use crate::base::Fen;

/// By what quotations are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConversionBy {
    Person,
    /// A quotation counts in every category that it quotes, with the money of those lines alone.
    Category,
    /// Month of issue.
    Month,
}

/// How many, and what they come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    pub count: i64,
    pub net: Fen,
}

/// What became of the quotations of one group: the parts add up to `sent`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conversion {
    pub sent: Counted,
    pub signed: Counted,
    /// Ended with a reason why the customer bought elsewhere or not at all.
    pub lost: Counted,
    /// Ended otherwise.
    pub cancelled: Counted,
    pub expired: Counted,
    /// May still be signed.
    pub open: Counted,
}

impl ConversionBy {
    pub const ALL: [ConversionBy; 3] = [ConversionBy::Person, ConversionBy::Category, ConversionBy::Month];

    /// The name on the wire.
    pub fn key(self) -> &'static str {
        match self {
            ConversionBy::Person => "person",
            ConversionBy::Category => "category",
            ConversionBy::Month => "month",
        }
    }

    pub fn from_key(key: &str) -> Option<ConversionBy> {
        ConversionBy::ALL.into_iter().find(|by| by.key() == key)
    }
}

impl Conversion {
    /// Signed of sent by number, in tenths of a percent, 四舍五入; none when nothing was sent.
    pub fn rate_permille(&self) -> Option<i64> {
        permille(self.signed.count, self.sent.count)
    }

    /// Signed of sent by money, in tenths of a percent, 四舍五入; none when nothing was sent.
    pub fn money_permille(&self) -> Option<i64> {
        permille(self.signed.net.0, self.sent.net.0)
    }
}

fn permille(part: i64, whole: i64) -> Option<i64> {
    if whole <= 0 {
        return None;
    }
    let exact = (i128::from(part) * 2_000 + i128::from(whole)).div_euclid(i128::from(whole) * 2);
    i64::try_from(exact).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_rounded_to_tenths_of_a_percent_and_nothing_sent_has_none() {
        assert_eq!(permille(1, 3), Some(333));
        assert_eq!(permille(2, 3), Some(667));
        assert_eq!(permille(1, 2_000), Some(1));
        assert_eq!(permille(0, 5), Some(0));
        assert_eq!(permille(5, 5), Some(1_000));
        assert_eq!(permille(0, 0), None);
    }
}
