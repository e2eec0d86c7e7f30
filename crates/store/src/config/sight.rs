//! What part of configuration somebody sees: scopes above and beneath the own place, and kinds by right.

use domain::config::Kind;

/// Bound to the lists of configuration; none of them goes without.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sight {
    /// A pattern for the paths of scopes that the right reaches.
    pub like: String,
    /// The person's own place in the tree: what stands above applies to it, and so is seen.
    pub path: String,
    pub kinds: Vec<Kind>,
}

impl Sight {
    /// The kinds as one text: `,price_list,tier,`.
    pub(crate) fn kinds_text(&self) -> String {
        self.kinds.iter().fold(",".to_string(), |text, kind| text + kind.key() + ",")
    }
}
