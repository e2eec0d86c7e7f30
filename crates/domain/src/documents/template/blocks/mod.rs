//! The closed list of blocks: one file for each says what the company may choose about it.

mod bank;
mod letterhead;
mod lines;
mod notes;
mod parties;
mod signature;
mod text;
mod totals;
mod verify;

pub use text::TEXT_LETTERS_MAX;

use serde::{Deserialize, Serialize};

/// A block of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// Who sells, and what the paper is.
    Letterhead,
    /// Whom it is for, until when, and whom to call.
    Parties,
    /// The goods, one row each.
    Lines,
    /// The sums, and the amount in 大写.
    Totals,
    /// What was written on this one document.
    Notes,
    /// Where to pay.
    Bank,
    /// What the company says on every document.
    Text,
    /// Where both sides sign, and the seal goes.
    Signature,
    /// How anybody finds out whether the paper is genuine.
    Verify,
}

/// What the company may choose about a block, and whether a document needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlockRules {
    /// Takes an own heading.
    pub heading: bool,
    /// Longest own text; 0: takes none.
    pub text_letters_max: usize,
    /// What can be shown or left out, in the order in which it stands.
    pub parts: &'static [&'static str],
    /// Those of them that the shipped template leaves out, and that a row without a choice does not show.
    pub parts_off: &'static [&'static str],
    /// Stands in the shipped template.
    pub shipped: bool,
    /// There may be several.
    pub many: bool,
    pub absence: Absence,
    /// Parts without which the customer cannot follow the document: leaving them out is told.
    pub advised_parts: &'static [&'static str],
}

impl BlockRules {
    /// Whether the block is nothing but an own text, so that it says nothing without one.
    pub fn is_own_text(&self) -> bool {
        self.text_letters_max > 0 && self.parts.is_empty()
    }
}

/// What a template without the block comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absence {
    /// It is no document: not published.
    Blocks,
    /// It is told, and may be meant.
    Warns,
    /// Nobody misses it.
    Fine,
}

impl BlockKind {
    /// All kinds, in the order of the shipped template.
    pub const ALL: &'static [BlockKind] = &[
        BlockKind::Letterhead,
        BlockKind::Parties,
        BlockKind::Lines,
        BlockKind::Totals,
        BlockKind::Notes,
        BlockKind::Bank,
        BlockKind::Text,
        BlockKind::Signature,
        BlockKind::Verify,
    ];

    /// The name in rows, on the wire and in the print template.
    pub fn key(self) -> &'static str {
        match self {
            BlockKind::Letterhead => "letterhead",
            BlockKind::Parties => "parties",
            BlockKind::Lines => "lines",
            BlockKind::Totals => "totals",
            BlockKind::Notes => "notes",
            BlockKind::Bank => "bank",
            BlockKind::Text => "text",
            BlockKind::Signature => "signature",
            BlockKind::Verify => "verify",
        }
    }

    /// The kind of that name.
    pub fn from_key(key: &str) -> Option<BlockKind> {
        BlockKind::ALL.iter().copied().find(|kind| kind.key() == key)
    }

    /// The parts that are shown where nobody has chosen.
    pub fn usual_parts(self) -> Vec<&'static str> {
        let rules = self.rules();
        rules.parts.iter().copied().filter(|part| !rules.parts_off.contains(part)).collect()
    }

    pub fn rules(self) -> &'static BlockRules {
        match self {
            BlockKind::Letterhead => &letterhead::RULES,
            BlockKind::Parties => &parties::RULES,
            BlockKind::Lines => &lines::RULES,
            BlockKind::Totals => &totals::RULES,
            BlockKind::Notes => &notes::RULES,
            BlockKind::Bank => &bank::RULES,
            BlockKind::Text => &text::RULES,
            BlockKind::Signature => &signature::RULES,
            BlockKind::Verify => &verify::RULES,
        }
    }
}
