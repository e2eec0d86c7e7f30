//! The closed list of kinds. The frame of `config` knows none of them; a kind knows the area it configures.

mod facts;
mod price_list;
mod tier;

pub use facts::{Goods, KindFacts};

use serde::{Deserialize, Serialize};

use crate::pricing::{BookRows, Revision, RowFault};

/// What a config item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Prices of products, one row for each price point.
    PriceList,
    /// Price tiers of customers, one row for each tier.
    Tier,
}

impl Kind {
    /// All kinds, in the order in which the workbench shows them.
    pub const ALL: &'static [Kind] = &[Kind::PriceList, Kind::Tier];

    /// The name in the database and on the wire.
    pub fn key(self) -> &'static str {
        match self {
            Kind::PriceList => "price_list",
            Kind::Tier => "tier",
        }
    }

    /// The kind of that name.
    pub fn from_key(key: &str) -> Option<Kind> {
        Kind::ALL.iter().copied().find(|kind| kind.key() == key)
    }

    /// Adds what the rows of one revision say to the price book, or names the row that cannot be read.
    pub fn compile<'a>(
        self,
        revision: Revision,
        name: &str,
        rows: impl IntoIterator<Item = (&'a str, &'a str)>,
        book: &mut BookRows,
    ) -> Result<(), (String, RowFault)> {
        match self {
            Kind::PriceList => price_list::compile(revision, name, rows, book),
            Kind::Tier => tier::compile(revision, rows, book),
        }
    }
}
