//! How far a line may be lowered by hand within somebody's limit, beside what is taken off the whole document.

use super::manual::{ManualAsk, lowest_within, off_whole};
use super::price::PricedLine;
use super::trace::price_step;
use crate::base::{BasisPoints, Fen, OutOfRange, Qty, UnitPrice};

/// How far a line may be lowered by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// The lowest unit price.
    pub lowest: UnitPrice,
    /// The largest share.
    pub share: BasisPoints,
}

/// What is taken off the whole document, as one line of it meets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WholeOff {
    pub ask: ManualAsk,
    /// What the other lines come to before it.
    pub others: Fen,
}

impl WholeOff {
    /// What is left at least of a line of `net`: an odd fen that may fall on another line counts as its own.
    fn left_of(self, net: Fen) -> Result<Fen, OutOfRange> {
        let total = net.plus(self.others)?;
        if total <= Fen::ZERO {
            return Ok(net);
        }
        let (off, total) = (off_whole(self.ask, total)?, i128::from(total.0));
        let share = (i128::from(off.0) * i128::from(net.0) + total - 1) / total;
        net.minus(Fen(i64::try_from(share).map_err(|_| OutOfRange)?))
    }
}

impl PricedLine {
    /// How far the line may be lowered by hand within `limit`, by a price with at most `decimals` decimals or by a share. Its
    /// share of what is taken off the whole document counts against the limit: where that alone uses it up, there is no
    /// room.
    pub fn room(&self, limit: BasisPoints, decimals: u8, whole: Option<WholeOff>) -> Room {
        let alone = Room { lowest: lowest_within(self.unit_price, limit, decimals), share: limit };
        let whole = whole.filter(|_| self.amount > Fen::ZERO && self.qty > Qty::ZERO);
        whole.and_then(|whole| self.room_beside(limit, decimals, whole).ok()).unwrap_or(alone)
    }

    fn room_beside(&self, limit: BasisPoints, decimals: u8, whole: WholeOff) -> Result<Room, OutOfRange> {
        let amount = self.amount;
        let must_stay = amount.minus(amount.share(limit)?)?;
        let within = |net: Fen| whole.left_of(net).is_ok_and(|left| left >= must_stay);
        if !within(amount) {
            return Ok(Room { lowest: self.unit_price, share: BasisPoints::default() });
        }
        let net = i128::from(first(amount.0, |net| within(Fen(net))));
        // 0.001 unit × 0.0001 yuan = 10^-5 fen.
        let step = i128::from(price_step(decimals));
        let of_step = i128::from(self.qty.0) * step;
        let lowest = (net * 100_000 + of_step - 1) / of_step * step;
        let lowest = i64::try_from(lowest).map(UnitPrice).map_err(|_| OutOfRange)?;
        let most = i64::from(limit.get());
        let spared = first(most, |spared| after(amount, most - spared).is_ok_and(within));
        Ok(Room { lowest: lowest.min(self.unit_price), share: basis_points(most - spared) })
    }
}

/// What is left of `amount` after a share of so many basis points.
fn after(amount: Fen, points: i64) -> Result<Fen, OutOfRange> {
    amount.minus(amount.share(basis_points(points))?)
}

fn basis_points(points: i64) -> BasisPoints {
    u32::try_from(points).ok().and_then(BasisPoints::of_whole).unwrap_or_default()
}

/// The first of 0, 1 and so on up to `most` that fits. `most` does, and so does all behind one that does.
fn first(most: i64, fits: impl Fn(i64) -> bool) -> i64 {
    let (mut low, mut high) = (0, most);
    while low < high {
        let middle = low + (high - low) / 2;
        if fits(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    high
}
