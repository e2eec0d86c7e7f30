//! What part of configuration somebody sees: scopes above and beneath the own place, and kinds by right.

use domain::config::Kind;

/// Whether configuration of the scope with the path `$path` is seen: `$like` and `$own` are `like` and `path` of
/// `Sight`.
macro_rules! scope_seen {
    ($path:literal, $like:literal, $own:literal) => {
        concat!("(", $path, " LIKE ", $like, " OR ", $own, " LIKE ", $path, " || '%')")
    };
}

/// Whether the kind in the column `$kind` is seen: `$kinds` is `Sight::kinds_text`.
macro_rules! kind_seen {
    ($kind:literal, $kinds:literal) => {
        concat!("(", $kinds, " LIKE '%,' || ", $kind, " || ',%')")
    };
}

/// Whether an item is seen: alias `i`, that of its scope `o`. For one item `app::config::sight::sees` says the same.
macro_rules! item_seen {
    ($like:literal, $own:literal, $kinds:literal) => {
        concat!(
            crate::config::sight::scope_seen!("o.path", $like, $own),
            " AND ",
            crate::config::sight::kind_seen!("i.kind", $kinds)
        )
    };
}

pub(crate) use {item_seen, kind_seen, scope_seen};

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
        kinds_text(&self.kinds)
    }
}

/// These kinds as `kind_seen` compares them.
pub(super) fn kinds_text(kinds: &[Kind]) -> String {
    kinds.iter().fold(",".to_string(), |text, kind| text + kind.key() + ",")
}
