//! The closed list of kinds. The frame of `config` knows none of them; a kind knows the area it configures.

mod facts;
mod price_list;
mod seal;
mod template;
mod tier;

pub use facts::{Goods, KindFacts};
pub use price_list::PriceSummary;
pub use seal::{SEAL_KEY, seal_file};
pub use template::TemplateChange;
pub use tier::TierChange;

use serde::{Deserialize, Serialize};

use super::rows::{Change, ChangeSort, Rows};
use crate::access::Right;
use crate::base::{BasisPoints, Date, ProductId};
use crate::documents::template::TemplateFault;
use crate::pricing::checks::Findings;
use crate::pricing::{BookRows, Revision, RowFault};

/// What a config item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Prices of products, one row for each price point.
    PriceList,
    /// Price tiers of customers, one row for each tier.
    Tier,
    /// How documents look on paper, one row of settings and one for each block.
    Template,
    /// A region's own seal, one row that names its picture.
    Seal,
}

/// A row as it is kept: equal rows have the same text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AcceptedRow {
    pub key: String,
    pub content: String,
    /// The product that the row speaks of, if any.
    pub about: Option<ProductId>,
}

/// Why a row is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowRefused {
    Content(RowFault),
    KeyMissing,
    /// The content belongs under another key.
    KeyWrong {
        made: String,
    },
    UnknownProduct {
        product: ProductId,
    },
    UnknownUnit {
        code: String,
        unit: String,
    },
    /// Ends before it begins.
    EmptyWindow,
    /// The row that every list has cannot be removed.
    RowNeeded,
    Template(TemplateFault),
    /// No picture is named.
    PictureMissing,
}

/// By how much a row differs: in its own measure, and in percent with one decimal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub delta: String,
    pub percent: Option<String>,
}

/// What a set of changes comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Summary {
    PriceList(PriceSummary),
    Tier(Vec<TierChange>),
    Template(Vec<TemplateChange>),
    Seal(Vec<ChangeSort>),
}

/// Rows before they are published, beside what is there now.
#[derive(Clone, Copy, Debug)]
pub struct CheckInput<'a> {
    pub before: &'a Rows,
    pub after: &'a Rows,
    /// Percents of the tiers in force.
    pub tiers: &'a [BasisPoints],
    /// The day on which the rows would come into force.
    pub on: Date,
}

impl Kind {
    /// All kinds, in the order in which the workbench shows them.
    pub const ALL: &'static [Kind] = &[Kind::PriceList, Kind::Tier, Kind::Template, Kind::Seal];

    /// The name in the database and on the wire.
    pub fn key(self) -> &'static str {
        match self {
            Kind::PriceList => "price_list",
            Kind::Tier => "tier",
            Kind::Template => "template",
            Kind::Seal => "seal",
        }
    }

    /// The kind of that name.
    pub fn from_key(key: &str) -> Option<Kind> {
        Kind::ALL.iter().copied().find(|kind| kind.key() == key)
    }

    /// Whether a release of this kind needs the confirmation of a second person.
    pub fn needs_second_person(self) -> bool {
        match self {
            Kind::PriceList | Kind::Tier | Kind::Template | Kind::Seal => true,
        }
    }

    /// Whether a company has an item of this kind at head office from the start. The seal of head office stands in the
    /// company's profile.
    pub fn shipped(self) -> bool {
        match self {
            Kind::PriceList | Kind::Tier | Kind::Template => true,
            Kind::Seal => false,
        }
    }

    /// Whether a region may have an item of its own, which then stands before head office's.
    pub fn regional(self) -> bool {
        match self {
            Kind::PriceList | Kind::Tier => false,
            Kind::Template | Kind::Seal => true,
        }
    }

    /// The right, besides that of seeing configuration, without which the items of this kind stay hidden.
    pub fn read_right(self) -> Right {
        match self {
            // A template is previewed on a document with its prices.
            Kind::PriceList | Kind::Tier | Kind::Template | Kind::Seal => Right::PriceRead,
        }
    }

    /// The keys under which a row with this content may stand, besides the one it came with.
    pub fn keys_for(self, content: &str, facts: &KindFacts) -> Vec<String> {
        match self {
            Kind::PriceList => price_list::keys_for(content, facts),
            Kind::Tier | Kind::Template | Kind::Seal => Vec::new(),
        }
    }

    /// The row as it is kept. `key` is `None` when the kind is to make it; `current` says what stands under a key now.
    pub fn accept<'a>(
        self,
        key: Option<&str>,
        content: &str,
        current: impl Fn(&str) -> Option<&'a str>,
        facts: &KindFacts,
    ) -> Result<AcceptedRow, RowRefused> {
        match self {
            Kind::PriceList => price_list::accept(key, content, current, facts),
            Kind::Tier => tier::accept(key, content),
            Kind::Template => template::accept(key, content),
            Kind::Seal => seal::accept(key, content),
        }
    }

    /// The product that a kept row speaks of.
    pub fn about(self, content: &str) -> Option<ProductId> {
        match self {
            Kind::PriceList => price_list::about(content),
            Kind::Tier | Kind::Template | Kind::Seal => None,
        }
    }

    /// What the very first draft of an item begins with.
    pub fn starting_rows(self) -> Vec<AcceptedRow> {
        match self {
            Kind::PriceList => vec![price_list::starting_row()],
            Kind::Template => template::starting_rows(),
            Kind::Tier | Kind::Seal => Vec::new(),
        }
    }

    /// Refuses to remove a row that every item of the kind has.
    pub fn may_remove(self, key: &str) -> Result<(), RowRefused> {
        match self {
            Kind::PriceList => price_list::may_remove(key),
            Kind::Template => template::may_remove(key),
            Kind::Tier | Kind::Seal => Ok(()),
        }
    }

    /// What is shown beside a row's content.
    pub fn shown(self, content: &str, facts: &KindFacts) -> serde_json::Value {
        match self {
            Kind::PriceList => price_list::shown(content, facts),
            Kind::Tier | Kind::Template | Kind::Seal => serde_json::json!({}),
        }
    }

    /// By how much a changed row differs.
    pub fn difference(self, change: &Change) -> Option<Difference> {
        match self {
            Kind::PriceList => price_list::difference(change),
            Kind::Tier => tier::difference(change),
            Kind::Template | Kind::Seal => None,
        }
    }

    /// What all changes come to.
    pub fn summary(self, changes: &[Change]) -> Summary {
        match self {
            Kind::PriceList => Summary::PriceList(price_list::summary(changes)),
            Kind::Tier => Summary::Tier(tier::summary(changes)),
            Kind::Template => Summary::Template(template::summary(changes)),
            Kind::Seal => Summary::Seal(seal::summary(changes)),
        }
    }

    /// What must be mended before the rows are published, and what is only told.
    pub fn check(self, input: CheckInput<'_>, facts: &KindFacts) -> Findings {
        match self {
            Kind::PriceList => price_list::check(input, facts),
            Kind::Tier => tier::check(input, facts),
            Kind::Template => template::check(input),
            Kind::Seal => seal::check(input),
        }
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
            // They say nothing of a price: documents read them by their revision.
            Kind::Template | Kind::Seal => Ok(()),
        }
    }
}

/// `part / whole` as signed percent with one decimal, 四舍五入; `None` when there is no whole.
fn percent_of(part: i128, whole: i128) -> Option<String> {
    let tenths = i128::from(crate::base::round_half_away(part.checked_mul(1_000)?, whole).ok()?);
    let (sign, size) = (if tenths < 0 { "-" } else { "+" }, tenths.unsigned_abs());
    Some(format!("{sign}{}.{}", size / 10, size % 10))
}

/// With its sign: `+4.24`, `-0.50`.
fn signed(text: String) -> String {
    if text.starts_with('-') { text } else { format!("+{text}") }
}
