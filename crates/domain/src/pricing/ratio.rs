//! Exact fractions for the one step of pricing that must not round before its end.

use std::cmp::Ordering;

use crate::base::{Factor, OutOfRange, round_half_away};

/// An exact fraction; the denominator is positive. Reduced only when a product would not fit.
#[derive(Clone, Copy, Debug)]
pub struct Ratio {
    numerator: i128,
    denominator: i128,
}

impl Ratio {
    pub const ZERO: Ratio = Ratio { numerator: 0, denominator: 1 };
    pub const ONE: Ratio = Ratio { numerator: 1, denominator: 1 };

    pub fn whole(value: i64) -> Ratio {
        Ratio { numerator: i128::from(value), denominator: 1 }
    }

    /// `numerator / denominator`; a denominator of 0 counts as out of range.
    pub fn of(numerator: u32, denominator: u32) -> Result<Ratio, OutOfRange> {
        if denominator == 0 {
            return Err(OutOfRange);
        }
        Ok(Ratio { numerator: i128::from(numerator), denominator: i128::from(denominator) })
    }

    pub fn times(self, other: Ratio) -> Result<Ratio, OutOfRange> {
        let product = |a: Ratio, b: Ratio| {
            let numerator = a.numerator.checked_mul(b.numerator)?;
            let denominator = a.denominator.checked_mul(b.denominator)?;
            Some(Ratio { numerator, denominator })
        };
        product(self, other).or_else(|| product(self.reduced(), other.reduced())).ok_or(OutOfRange)
    }

    /// Divided by a positive fraction.
    pub fn over(self, other: Ratio) -> Result<Ratio, OutOfRange> {
        if other.numerator <= 0 {
            return Err(OutOfRange);
        }
        self.times(Ratio { numerator: other.denominator, denominator: other.numerator })
    }

    pub fn plus(self, other: Ratio) -> Result<Ratio, OutOfRange> {
        let sum = |a: Ratio, b: Ratio| {
            let left = a.numerator.checked_mul(b.denominator)?;
            let right = b.numerator.checked_mul(a.denominator)?;
            let denominator = a.denominator.checked_mul(b.denominator)?;
            Some(Ratio { numerator: left.checked_add(right)?, denominator })
        };
        if self.denominator == other.denominator {
            let numerator = self.numerator.checked_add(other.numerator).ok_or(OutOfRange)?;
            return Ok(Ratio { numerator, denominator: self.denominator });
        }
        sum(self, other).or_else(|| sum(self.reduced(), other.reduced())).ok_or(OutOfRange)
    }

    pub fn compare(self, other: Ratio) -> Result<Ordering, OutOfRange> {
        let compared = |a: Ratio, b: Ratio| {
            let left = a.numerator.checked_mul(b.denominator)?;
            let right = b.numerator.checked_mul(a.denominator)?;
            Some(left.cmp(&right))
        };
        compared(self, other).or_else(|| compared(self.reduced(), other.reduced())).ok_or(OutOfRange)
    }

    /// The nearest whole number, 四舍五入.
    pub fn rounded(self) -> Result<i64, OutOfRange> {
        // Rounding doubles the remainder, so a huge denominator is reduced first.
        let fits = self.denominator < i128::MAX / 4;
        let exact = if fits { self } else { self.reduced() };
        round_half_away(exact.numerator, exact.denominator)
    }

    /// The nearest multiple of `step`, 四舍五入.
    pub fn rounded_to(self, step: u32) -> Result<i64, OutOfRange> {
        let steps = self.times(Ratio::of(1, step)?)?.rounded()?;
        steps.checked_mul(i64::from(step)).ok_or(OutOfRange)
    }

    fn reduced(self) -> Ratio {
        let divisor = greatest_common_divisor(self.numerator.unsigned_abs(), self.denominator.unsigned_abs());
        match i128::try_from(divisor) {
            Ok(divisor) if divisor > 1 => {
                Ratio { numerator: self.numerator / divisor, denominator: self.denominator / divisor }
            }
            _ => self,
        }
    }
}

impl From<Factor> for Ratio {
    fn from(factor: Factor) -> Ratio {
        Ratio { numerator: i128::from(factor.numerator()), denominator: i128::from(factor.denominator()) }
    }
}

fn greatest_common_divisor(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_third_times_three_is_one() {
        let third = Ratio::of(1, 3).unwrap();
        assert_eq!(third.times(Ratio::whole(3)).unwrap().compare(Ratio::ONE), Ok(Ordering::Equal));
        let sum = third.plus(third).unwrap().plus(third).unwrap();
        assert_eq!(sum.compare(Ratio::ONE), Ok(Ordering::Equal));
    }

    #[test]
    fn rounding_to_a_step_is_half_away_from_zero() {
        assert_eq!(Ratio::whole(1_177_650).rounded_to(100), Ok(1_177_700));
        assert_eq!(Ratio::whole(1_177_649).rounded_to(100), Ok(1_177_600));
        assert_eq!(Ratio::whole(5).rounded_to(1), Ok(5));
        assert_eq!(Ratio::of(1, 0).err(), Some(OutOfRange));
    }

    #[test]
    fn what_fits_after_reducing_is_computed_and_what_never_fits_is_refused() {
        let mut grown = Ratio::whole(7);
        for _ in 0..40 {
            let up = Ratio::of(4_000_000_000, 3).unwrap();
            let down = Ratio::of(3, 4_000_000_000).unwrap();
            grown = grown.times(up).unwrap().times(down).unwrap();
        }
        assert_eq!(grown.rounded(), Ok(7));
        let huge = Ratio::whole(i64::MAX);
        let squared = huge.times(huge).unwrap();
        assert_eq!(squared.times(huge).err(), Some(OutOfRange));
        assert_eq!(squared.rounded(), Err(OutOfRange));
    }
}
