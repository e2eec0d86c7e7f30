//! Money in fen, unit prices in 0.0001 yuan, shares in basis points; the only place that rounds.

use std::fmt::Write;

use serde::{Deserialize, Serialize};

/// Nearly every figure of a document is no longer.
const TEXT_BYTES: usize = 16;

/// Money in fen (0.01 yuan). Never a float.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fen(pub i64);

/// Price of one unit, in 0.0001 yuan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UnitPrice(pub i64);

/// A share in basis points: 300 is 3 %.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct BasisPoints(u32);

/// A value left the range that the type can hold (beyond about 9 × 10^16 yuan).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a figure is too large to compute")]
pub struct OutOfRange;

/// `numerator / denominator`, 四舍五入 (half away from zero).
///
/// `denominator` must be positive; `Err(OutOfRange)` when it is not or the result does not fit 64 bits.
pub fn round_half_away(numerator: i128, denominator: i128) -> Result<i64, OutOfRange> {
    if denominator <= 0 {
        return Err(OutOfRange);
    }
    // Nearly every figure of a document is this small, and a division of 128 bits costs several of 64.
    if let (Ok(small), Ok(by)) = (i64::try_from(numerator), i64::try_from(denominator)) {
        let up = (small % by).unsigned_abs().saturating_mul(2) >= by.unsigned_abs();
        return (small / by).checked_add(if up { small.signum() } else { 0 }).ok_or(OutOfRange);
    }
    let whole = numerator / denominator;
    let rest = (numerator % denominator).unsigned_abs();
    let up = rest.saturating_mul(2) >= denominator.unsigned_abs();
    let rounded = if up { whole + numerator.signum() } else { whole };
    i64::try_from(rounded).map_err(|_| OutOfRange)
}

impl Fen {
    pub const ZERO: Fen = Fen(0);

    /// `share` of this amount, rounded to the fen.
    pub fn share(self, share: BasisPoints) -> Result<Fen, OutOfRange> {
        round_half_away(i128::from(self.0) * i128::from(share.0), 10_000).map(Fen)
    }

    /// The sum, or `OutOfRange` when it does not fit.
    pub fn plus(self, other: Fen) -> Result<Fen, OutOfRange> {
        self.0.checked_add(other.0).map(Fen).ok_or(OutOfRange)
    }

    /// The difference, or `OutOfRange` when it does not fit.
    pub fn minus(self, other: Fen) -> Result<Fen, OutOfRange> {
        self.0.checked_sub(other.0).map(Fen).ok_or(OutOfRange)
    }

    /// Yuan with two decimals, without grouping: `-0.05`, `1280.00`.
    pub fn to_yuan(self) -> String {
        decimal_text(self.0, 2, 2)
    }
}

impl UnitPrice {
    /// Yuan with at least two and at most four decimals: `128.00`, `0.1234`.
    pub fn to_yuan(self) -> String {
        decimal_text(self.0, 4, 2)
    }
}

impl BasisPoints {
    pub const WHOLE: BasisPoints = BasisPoints(10_000);

    /// 0 to 10,000 (100 %); `None` above.
    pub fn of_whole(value: u32) -> Option<BasisPoints> {
        if value <= 10_000 { Some(BasisPoints(value)) } else { None }
    }

    /// 0 to 100,000 (1,000 %), for tiers, markups and formulas; `None` above.
    pub fn of_markup(value: u32) -> Option<BasisPoints> {
        if value <= 100_000 { Some(BasisPoints(value)) } else { None }
    }

    pub fn get(self) -> u32 {
        self.0
    }

    /// Percent with up to two decimals, without trailing zeros: `92`, `92.5`.
    pub fn to_percent(self) -> String {
        decimal_text(i64::from(self.0), 2, 0)
    }
}

impl From<BasisPoints> for u32 {
    fn from(share: BasisPoints) -> u32 {
        share.0
    }
}

impl TryFrom<u32> for BasisPoints {
    type Error = OutOfRange;

    fn try_from(value: u32) -> Result<BasisPoints, OutOfRange> {
        BasisPoints::of_markup(value).ok_or(OutOfRange)
    }
}

/// `value / 10^scale` as decimal text with at least `keep` decimals and no further trailing zeros.
pub(crate) fn decimal_text(value: i64, scale: usize, keep: usize) -> String {
    // Every figure of every line of an answer is written here, so it is written into one text, once.
    let unit = (0..scale).fold(1_u64, |unit, _| unit * 10);
    let (whole, mut fraction) = (value.unsigned_abs() / unit, value.unsigned_abs() % unit);
    let mut decimals = scale;
    while decimals > keep && fraction.is_multiple_of(10) {
        fraction /= 10;
        decimals -= 1;
    }
    let mut text = String::with_capacity(TEXT_BYTES);
    if value < 0 {
        text.push('-');
    }
    // Writing into a text does not fail.
    let _ = write!(text, "{whole}");
    if decimals > 0 {
        let _ = write!(text, ".{fraction:0decimals$}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn halves_round_away_from_zero() {
        assert_eq!(round_half_away(5, 10), Ok(1));
        assert_eq!(round_half_away(-5, 10), Ok(-1));
        assert_eq!(round_half_away(49, 100), Ok(0));
        assert_eq!(round_half_away(1, 0), Err(OutOfRange));
    }

    #[test]
    fn text_keeps_the_decimals_that_matter() {
        assert_eq!(Fen(-5).to_yuan(), "-0.05");
        assert_eq!(UnitPrice(1_142_272).to_yuan(), "114.2272");
        assert_eq!(UnitPrice(1_280_000).to_yuan(), "128.00");
        assert_eq!(BasisPoints(9_250).to_percent(), "92.5");
        assert_eq!(BasisPoints(9_200).to_percent(), "92");
        assert_eq!(BasisPoints(9_205).to_percent(), "92.05");
        assert_eq!(Fen(i64::MIN).to_yuan(), "-92233720368547758.08");
        assert_eq!(UnitPrice(i64::MAX).to_yuan(), "922337203685477.5807");
        assert_eq!((Fen(0).to_yuan(), UnitPrice(50).to_yuan()), ("0.00".to_string(), "0.005".to_string()));
    }

    proptest! {
        #[test]
        fn rounding_is_odd_and_close(numerator in -1_000_000_000_000i128..1_000_000_000_000, denominator in 1i128..1_000_000) {
            let rounded = i128::from(round_half_away(numerator, denominator).unwrap());
            prop_assert!((rounded * denominator - numerator).abs() * 2 <= denominator);
            prop_assert_eq!(i128::from(round_half_away(-numerator, denominator).unwrap()), -rounded);
        }
    }
}
