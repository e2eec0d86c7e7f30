//! The company and its organisation tree.

use serde::{Deserialize, Serialize};

use crate::base::OrgId;

/// What a node of the organisation tree is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrgKind {
    Hq,
    Region,
    Branch,
}

impl OrgKind {
    /// The name in the database and on the wire.
    pub fn key(self) -> &'static str {
        match self {
            OrgKind::Hq => "hq",
            OrgKind::Region => "region",
            OrgKind::Branch => "branch",
        }
    }

    /// The kind of that name.
    pub fn from_key(key: &str) -> Option<OrgKind> {
        [OrgKind::Hq, OrgKind::Region, OrgKind::Branch].into_iter().find(|kind| kind.key() == key)
    }
}

/// One node: head office, a region, or a branch. `code` begins the numbers of its documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrgUnit {
    pub id: OrgId,
    pub parent: Option<OrgId>,
    pub kind: OrgKind,
    pub name: String,
    pub code: String,
    /// Ids from the root to this node: `/1/3/7/`.
    pub path: String,
    /// Nobody works there any more and nothing new comes there; its documents stay.
    pub closed: bool,
}

/// What still hangs on a node, by which it cannot be closed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OrgInUse {
    /// Nodes beneath it that are open.
    pub orgs: i64,
    /// People with an open account.
    pub people: i64,
    pub customers: i64,
    /// Drafts and issued quotations, expired ones too.
    pub open_quotes: i64,
    /// Price lists of its own that are not taken out of use.
    pub price_lists: i64,
}

/// The company as it stands on its documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Company {
    pub name: String,
    pub address: String,
    pub phone: String,
    pub tax_no: String,
    pub bank_name: String,
    pub bank_account: String,
    /// Content hash of the seal's picture; `None` until one is loaded.
    pub seal_file: Option<String>,
    /// A demo company, whose accounts may be named on the sign-in page.
    pub demo: bool,
    pub prices_include_tax: bool,
    /// How many days a quotation is valid, the day of issue not counted.
    pub quote_valid_days: u32,
}
