//! The closed list of kinds. The frame of `config` knows none of them; a kind knows the area it configures.

mod around;
mod by_cost;
mod calendar;
mod facts;
mod names;
mod price_corridor;
mod price_limit;
mod price_list;
mod rule;
mod rules;
mod seal;
mod snippet;
mod template;
mod tier;

pub use around::{Around, ScopedList};
pub use calendar::{CalendarChange, CalendarRows};
pub use facts::{CategoryFacts, Goods, KindFacts, Names, RoleFacts};
pub use price_corridor::corridor_rows;
pub use price_limit::LimitChange;
pub use price_list::{FormulaChanges, Moves, PriceSummary};
pub use rule::RuleChange;
pub use seal::{SEAL_KEY, seal_file};
pub use snippet::SnippetRow;
pub use template::TemplateChange;
pub use tier::TierChange;

use std::sync::Arc;

use rules::KindRules;
use serde::{Deserialize, Serialize};

use super::refused::ConfigRefused;
use super::rows::{Change, ChangeSort, Counts, Rows};
use crate::access::{OrgKind, Right};
use crate::automation::RuleFault;
use crate::base::{CategoryId, CustomerId, Date, FieldFault, ItemId, OrgId, ProductId};
use crate::documents::template::TemplateFault;
use crate::pricing::checks::{Finding, Findings, Found};
use crate::pricing::{BookList, BookParts, ListHead, PriceClass, PriceLimits, RowFault, Tier};

/// What a config item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Prices of products, one row for each price point.
    PriceList,
    /// Price tiers of customers, one row for each tier.
    Tier,
    /// How far each role may lower prices by hand, one row for each role.
    PriceLimit,
    /// Texts kept ready for notes, one row for each.
    Snippet,
    /// How far regions' prices may lie from HQ's, one row for each region and category.
    PriceCorridor,
    /// How documents look on paper, one row of settings and one for each block.
    Template,
    /// A region's own seal, one row that names its picture.
    Seal,
    /// When the company works, one row for each day of the week and each date that is not as usual.
    Calendar,
    /// What happens by itself, one row for each rule.
    Rule,
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
    UnknownCategory {
        category: CategoryId,
    },
    UnknownRegion {
        region: OrgId,
    },
    /// Ends before it begins.
    EmptyWindow,
    /// The row that every list has cannot be removed.
    RowNeeded,
    Template(TemplateFault),
    Rule(RuleFault),
    /// No picture is named.
    PictureMissing,
    /// It prices by the cost, which the person may not see.
    CostUnseen,
    /// What is written there is no name.
    Name {
        field: &'static str,
        fault: FieldFault,
    },
}

/// By how much a row differs: in its own measure, and in percent with one decimal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub delta: String,
    pub percent: Option<String>,
    /// It moves so far that a person must have seen it.
    pub far: bool,
}

/// A row whose key is its name, and what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedChange {
    pub name: String,
    pub sort: ChangeSort,
}

/// What a set of changes comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Summary {
    PriceList(Box<PriceSummary>),
    Tier(Vec<TierChange>),
    PriceLimit(Vec<LimitChange>),
    Snippet(Vec<NamedChange>),
    PriceCorridor(Counts),
    Template(Vec<TemplateChange>),
    Seal(Vec<ChangeSort>),
    Calendar(Vec<CalendarChange>),
    Rule(Vec<RuleChange>),
}

/// What the rows of one revision become when the system runs on them: made once, shared by every snapshot in which the
/// revision is in force.
#[derive(Clone, Debug)]
pub enum Compiled {
    PriceList(Arc<BookList>),
    Tier(Arc<[Tier]>),
    PriceLimit(Arc<PriceLimits>),
    Snippet(snippet::Snippets),
    /// It says what may be published, not what is priced.
    PriceCorridor,
    /// Documents remember the revision and read its rows: they must come out the same for ever.
    Template,
    /// What is issued reads the row, then remembers the picture.
    Seal,
    /// Working time leans on it, no price.
    Calendar(CalendarRows),
    /// The clock reads the rows in the transaction in which it acts.
    Rule,
}

/// Rows before they are published, beside what is there now.
#[derive(Clone, Copy, Debug)]
pub struct CheckInput<'a> {
    pub before: &'a Rows,
    pub after: &'a Rows,
    /// The tiers in force.
    pub tiers: &'a [Tier],
    /// The day on which the rows would come into force.
    pub on: Date,
    /// What lies around the item; without it only its own rows are looked at.
    pub around: Option<&'a Around>,
}

impl Kind {
    /// All kinds, in the order in which they are shipped. In which the workbench shows them, its own list says.
    pub const ALL: &'static [Kind] = &[
        Kind::PriceList,
        Kind::Tier,
        Kind::PriceCorridor,
        Kind::PriceLimit,
        Kind::Snippet,
        Kind::Template,
        Kind::Seal,
        Kind::Calendar,
        Kind::Rule,
    ];

    /// The name in the database and on the wire.
    pub fn key(self) -> &'static str {
        match self {
            Kind::PriceList => "price_list",
            Kind::Tier => "tier",
            Kind::PriceLimit => "price_limit",
            Kind::Snippet => "snippet",
            Kind::PriceCorridor => "price_corridor",
            Kind::Template => "template",
            Kind::Seal => "seal",
            Kind::Calendar => "calendar",
            Kind::Rule => "rule",
        }
    }

    /// The kind of that name.
    pub fn from_key(key: &str) -> Option<Kind> {
        Kind::ALL.iter().copied().find(|kind| kind.key() == key)
    }

    /// The kind's own answers; a kind that says nothing in its file needs nothing but its line here.
    fn rules(self) -> &'static dyn KindRules {
        match self {
            Kind::PriceList => &price_list::Rules,
            Kind::Tier => &tier::Rules,
            Kind::PriceLimit => &price_limit::Rules,
            Kind::Snippet => &snippet::Rules,
            Kind::PriceCorridor => &price_corridor::Rules,
            Kind::Template => &template::Rules,
            Kind::Seal => &seal::Rules,
            Kind::Calendar => &calendar::Rules,
            Kind::Rule => &rule::Rules,
        }
    }

    /// Whether a release of this kind needs the confirmation of a second person.
    pub fn needs_second_person(self) -> bool {
        self.rules().needs_second_person()
    }

    /// Whether a company has an item of this kind at head office from the start. The seal of head office stands in the
    /// company's profile.
    pub fn shipped(self) -> bool {
        self.rules().shipped()
    }

    /// Whether a price, or how far it may be lowered, can depend on its rows: a release then turns back what is being
    /// issued.
    pub fn prices(self) -> bool {
        self.rules().prices()
    }

    /// Whether the paper of a document can depend on its rows.
    pub fn is_on_paper(self) -> bool {
        self.rules().is_on_paper()
    }

    /// Whether a region may have an item of its own, which then stands before head office's.
    pub fn regional(self) -> bool {
        self.rules().regional()
    }

    /// The right, besides that of seeing configuration, without which the items of this kind stay hidden.
    pub fn read_right(self) -> Right {
        self.rules().read_right()
    }

    /// Whether its rows name roles, so that they are read and shown with the roles of the company.
    pub fn names_roles(self) -> bool {
        self.rules().names_roles()
    }

    /// Whether a check of this kind looks at items of the other, so that a publication leans on them.
    pub fn looks_at(self, other: Kind) -> bool {
        self.rules().looks_at(other)
    }

    /// The keys under which a row with this content may stand, besides the one it came with.
    pub fn keys_for(self, content: &str, facts: &KindFacts) -> Vec<String> {
        self.rules().keys_for(content, facts)
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
            Kind::PriceLimit => price_limit::accept(key, content),
            Kind::Snippet => snippet::accept(key, content),
            Kind::PriceCorridor => price_corridor::accept(key, content, facts),
            Kind::Template => template::accept(key, content),
            Kind::Seal => seal::accept(key, content),
            Kind::Calendar => calendar::accept(key, content),
            Kind::Rule => rule::accept(key, content),
        }
    }

    /// The product that a kept row speaks of.
    pub fn about(self, content: &str) -> Option<ProductId> {
        self.rules().about(content)
    }

    /// The customers that a kept row names.
    pub fn customers(self, content: &str) -> Vec<CustomerId> {
        self.rules().customers(content)
    }

    /// The list that the formulas of the list ask whose row this is.
    pub fn base(self, content: &str) -> Option<ItemId> {
        self.rules().base(content)
    }

    /// Refuses to make an item of this kind and class in a scope of that sort.
    ///
    /// Price lists only are made by people: HQ's lists and contracts at head office, a region's own list in the region.
    pub fn may_make(self, class: PriceClass, scope: OrgKind) -> Result<(), ConfigRefused> {
        self.rules().may_make(class, scope)
    }

    /// What the very first draft of an item begins with.
    pub fn starting_rows(self, class: PriceClass) -> Vec<AcceptedRow> {
        self.rules().starting_rows(class)
    }

    /// How many rows of every revision are settings, not what people count: nobody speaks of them as prices.
    pub fn settings_rows(self) -> i64 {
        self.rules().settings_rows()
    }

    /// Whether a row is a setting of the whole item.
    pub fn is_settings(self, key: &str) -> bool {
        self.may_remove(key).is_err()
    }

    /// Of what a draft or revision changes, what people count. The first revision brings the settings with it.
    pub fn counted(self, counts: Counts, first: bool) -> Counts {
        let settings = if first { self.settings_rows() } else { 0 };
        Counts { added: (counts.added - settings).max(0), ..counts }
    }

    /// That a row of a list on this tax basis sells below cost; to be told only to those who may see costs.
    pub fn below_cost(self, content: &str, facts: &KindFacts, list_includes_tax: bool) -> Option<Found> {
        self.rules().below_cost(content, facts, list_includes_tax)
    }

    /// Refuses to remove a row that every item of the kind has.
    pub fn may_remove(self, key: &str) -> Result<(), RowRefused> {
        self.rules().may_remove(key)
    }

    /// What is shown beside a row's content.
    pub fn shown(self, content: &str, facts: &KindFacts) -> serde_json::Value {
        self.rules().shown(content, facts)
    }

    /// By how much a changed row differs.
    pub fn difference(self, change: &Change) -> Option<Difference> {
        self.rules().difference(change)
    }

    /// By how much a row moves either way, in millionths of what it was: a difference lists the largest first. 0 where
    /// nothing is measured.
    pub fn size(self, change: &Change) -> i64 {
        self.rules().size(change)
    }

    /// What all changes come to.
    pub fn summary(self, changes: &[Change]) -> Summary {
        match self {
            Kind::PriceList => Summary::PriceList(Box::new(price_list::summary(changes))),
            Kind::Tier => Summary::Tier(tier::summary(changes)),
            Kind::PriceLimit => Summary::PriceLimit(price_limit::summary(changes)),
            Kind::Snippet => Summary::Snippet(named_changes(changes)),
            Kind::PriceCorridor => Summary::PriceCorridor(Counts::of(changes)),
            Kind::Template => Summary::Template(template::summary(changes)),
            Kind::Seal => Summary::Seal(seal::summary(changes)),
            Kind::Calendar => Summary::Calendar(calendar::summary(changes)),
            Kind::Rule => Summary::Rule(rule::summary(changes)),
        }
    }

    /// What must be mended before the rows are published, and what is only told.
    pub fn check(self, input: CheckInput<'_>, facts: &KindFacts) -> Findings {
        match self {
            Kind::PriceList => price_list::check(input, facts),
            Kind::Tier => tier::check(input, facts),
            Kind::PriceLimit => price_limit::check(input, facts),
            Kind::Snippet => snippet::check(input),
            Kind::PriceCorridor => price_corridor::check(input, facts),
            Kind::Template => template::check(input),
            Kind::Seal => seal::check(input),
            Kind::Calendar => calendar::check(input),
            Kind::Rule => rule::check(input, facts),
        }
    }

    /// What the rows of one revision become under `head`, or the key of the row that cannot be read.
    pub fn compile<'a>(
        self,
        head: &ListHead<'_>,
        rows: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Compiled, (String, RowFault)> {
        match self {
            Kind::PriceList => price_list::compile(head, rows).map(Compiled::PriceList),
            Kind::Tier => tier::compile(head.revision, rows).map(Compiled::Tier),
            Kind::PriceCorridor => Ok(Compiled::PriceCorridor),
            Kind::PriceLimit => price_limit::compile(rows).map(Compiled::PriceLimit),
            Kind::Snippet => snippet::compile(rows).map(Compiled::Snippet),
            // They say nothing of a price: documents read them by their revision.
            Kind::Template => Ok(Compiled::Template),
            Kind::Seal => Ok(Compiled::Seal),
            Kind::Calendar => calendar::compile(rows).map(Compiled::Calendar),
            Kind::Rule => Ok(Compiled::Rule),
        }
    }
}

impl Compiled {
    /// Puts the part into a price book; what says nothing of a price adds nothing.
    pub fn add_to(&self, book: &mut BookParts) {
        match self {
            Compiled::PriceList(list) => book.lists.push(list.clone()),
            Compiled::Tier(tiers) => book.tiers.extend(tiers.iter().cloned()),
            Compiled::PriceCorridor
            | Compiled::PriceLimit(_)
            | Compiled::Snippet(_)
            | Compiled::Template
            | Compiled::Seal
            | Compiled::Calendar(_)
            | Compiled::Rule => {}
        }
    }
}

fn named_changes(changes: &[Change]) -> Vec<NamedChange> {
    changes.iter().map(|change| NamedChange { name: change.key.clone(), sort: change.sort() }).collect()
}

/// The rows that can be read, in the order of their keys, and what is found about the others.
fn read_rows<R>(
    rows: &Rows,
    read: impl Fn(&str, &str) -> Result<R, RowFault>,
) -> (Vec<(String, R)>, Vec<Finding>) {
    let mut readable = Vec::with_capacity(rows.len());
    let mut unreadable = Vec::new();
    for (key, content) in rows {
        match read(key, content) {
            Ok(row) => readable.push((key.clone(), row)),
            Err(fault) => unreadable.push(Finding::unreadable(key, fault)),
        }
    }
    (readable, unreadable)
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
