//! A contract of purchase and sale (购销合同) as it is printed from an order: what was signed, with its clauses.

use serde::{Deserialize, Serialize};

use super::printed::PrintedQuote;
use super::refusals::PrintRefused;
use crate::base::Date;

/// One clause: what it is about, and what is agreed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clause {
    pub title: String,
    pub body: String,
}

/// A contract as it is printed; goods, figures and both sides are those of the signed quotation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintedContract {
    /// The number of the order; it is the contract's.
    pub number: String,
    pub signed_day: Date,
    pub quote: PrintedQuote,
    pub clauses: Vec<Clause>,
}

impl PrintedContract {
    /// Refuses what must not reach paper, as `PrintedQuote::check` does.
    pub fn check(&self) -> Result<(), PrintRefused> {
        self.quote.check()
    }
}
