//! The three sums that people see: what is paid, what of it is without tax, and the tax.

use serde::{Deserialize, Serialize};

use crate::base::{Fen, OutOfRange};
use crate::pricing::{PricedLine, Totals};

/// `net` is what the customer pays, tax included; always `net_ex_tax + tax`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amounts {
    pub net: Fen,
    pub net_ex_tax: Fen,
    pub tax: Fen,
}

impl Amounts {
    pub const ZERO: Amounts = Amounts { net: Fen::ZERO, net_ex_tax: Fen::ZERO, tax: Fen::ZERO };

    pub fn of_line(line: &PricedLine) -> Result<Amounts, OutOfRange> {
        Ok(Amounts { net: line.net_ex_tax.plus(line.tax)?, net_ex_tax: line.net_ex_tax, tax: line.tax })
    }

    pub fn of_totals(totals: &Totals) -> Result<Amounts, OutOfRange> {
        Ok(Amounts {
            net: totals.net_ex_tax.plus(totals.tax)?,
            net_ex_tax: totals.net_ex_tax,
            tax: totals.tax,
        })
    }

    pub fn plus(self, other: Amounts) -> Result<Amounts, OutOfRange> {
        Ok(Amounts {
            net: self.net.plus(other.net)?,
            net_ex_tax: self.net_ex_tax.plus(other.net_ex_tax)?,
            tax: self.tax.plus(other.tax)?,
        })
    }
}
