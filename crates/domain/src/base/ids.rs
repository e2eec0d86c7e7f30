//! One type per identifier, so that a customer can never be passed where a quote is meant.

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
