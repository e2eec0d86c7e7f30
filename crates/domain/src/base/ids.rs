//! One type per identifier, so that a customer can never be passed where a quote is meant.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);
    )+};
}

ids! {
    /// A node of the organisation tree: head office, region or branch.
    OrgId,
    /// A person with an account.
    PersonId,
    /// A role: a named set of rights.
    RoleId,
    /// A customer.
    CustomerId,
    /// A product of the catalogue.
    ProductId,
    /// A category of products.
    CategoryId,
    /// One version of a quotation.
    QuoteId,
    /// A list of one's own (常用清单).
    QuoteSetId,
    /// A link under which a customer opens a quotation.
    ShareId,
    /// An order.
    OrderId,
    /// A config item: one thing that business people change, with its history.
    ItemId,
    /// A draft of a config item.
    DraftId,
    /// A release: revisions that come into force together at one moment.
    ReleaseId,
    /// A price file on its way into a draft, and what became of it.
    ImportId,
    /// A supplier whose price files are remembered.
    SupplierId,
    /// Something that somebody has to do.
    TaskId,
    /// A message to one person.
    NoticeId,
}

/// A map by identifier. Identifiers are given by the database and not by people, so that they need no hash that nobody
/// can foresee: one multiplication spreads them.
pub type IdMap<Id, T> = HashMap<Id, T, BuildHasherDefault<IdHasher>>;

/// Hashes one identifier.
#[derive(Clone, Copy, Debug, Default)]
pub struct IdHasher(u64);

impl Hasher for IdHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_i64(&mut self, id: i64) {
        self.write_u64(id.cast_unsigned());
    }

    fn write_u64(&mut self, part: u64) {
        // The table takes its place from the low bits and its tag from the high ones: both must differ.
        let spread = (self.0.rotate_left(5) ^ part).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = spread ^ (spread >> 32);
    }
}
