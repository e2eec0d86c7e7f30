//! How far figures may go: sums over ten million documents still fit into 64 bits.

use super::money::{Fen, UnitPrice};
use super::quantity::Qty;

/// Highest quantity of one line, in base units: 10 million.
pub const QTY_MAX: Qty = Qty(10_000_000_000);
/// Highest price, cost or floor of one unit: 100 million yuan.
pub const UNIT_PRICE_MAX: UnitPrice = UnitPrice(1_000_000_000_000);
/// Highest amount of one line, and of one document: 1,000 million yuan.
pub const NET_MAX: Fen = Fen(100_000_000_000);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_million_of_the_largest_documents_can_be_added_up() {
        assert!(NET_MAX.0.checked_mul(10_000_000).is_some());
    }
}
