//! How much of everything a company of a size has.

use crate::Size;

/// So much there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    /// Days of history.
    pub days: i64,
    pub customers: usize,
    /// Products besides the premium goods.
    pub products: usize,
    /// Quotations of a working day in a usual month, at least and at most, in tenths.
    pub quotes_a_day: (i64, i64),
    /// Years of business with planted truths, instead of some weeks.
    pub long: bool,
    /// The most of a base unit on a line, in fives.
    pub fives_max: i64,
    /// In how many quotations of a hundred the customer is one of the sellers' whom the sign-in page offers.
    pub offered_percent: i64,
}

impl Size {
    pub fn scale(self) -> Scale {
        match self {
            Size::Small => Scale {
                days: 21,
                customers: 40,
                products: 60,
                quotes_a_day: (10, 30),
                long: false,
                fives_max: 24,
                offered_percent: 30,
            },
            Size::Sample => Scale {
                days: 1_096,
                customers: 320,
                products: 230,
                quotes_a_day: (12, 36),
                long: true,
                fives_max: 42,
                offered_percent: 8,
            },
            Size::Full => Scale {
                days: 1_096,
                customers: 5_000,
                products: 1_155,
                quotes_a_day: (190, 310),
                long: true,
                fives_max: 42,
                offered_percent: 4,
            },
        }
    }
}
