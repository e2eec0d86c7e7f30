//! The shipped template of every program so far, word for word: what was printed by one is printed by it for ever.

use super::Template;

/// By which documents print that remember neither a revision nor a number.
pub const SHIPPED_FIRST: u32 = 1;

/// A row: its key and its content.
type Row = (&'static str, &'static str);

/// Their rows, the first one first. A line that was released never changes; another template is one more list.
const VERSIONS: &[&[Row]] = &[&[
    ("", r#"{"page":"a4","language":"zh","accent":true}"#),
    ("letterhead", r#"{"order":1,"on":true,"parts":["address","phone","tax_no"]}"#),
    (
        "parties",
        r#"{"order":2,"on":true,"parts":["contact","phone","address","valid_until","salesperson","price_basis"]}"#,
    ),
    (
        "lines",
        r#"{"order":3,"on":true,"parts":["code","spec","unit","qty","unit_price","amount","net","tax_rate","note"]}"#,
    ),
    ("totals", r#"{"order":4,"on":true,"parts":["subtotal","tax","capital"]}"#),
    ("notes", r#"{"order":5,"on":true}"#),
    ("bank", r#"{"order":6,"on":true}"#),
    ("signature", r#"{"order":7,"on":true,"parts":["customer","seller"]}"#),
    ("verify", r#"{"order":8,"on":true,"parts":["code","hash"]}"#),
]];

/// The number of this program's shipped template.
pub fn shipped_newest() -> u32 {
    u32::try_from(VERSIONS.len()).unwrap_or(u32::MAX)
}

impl Template {
    /// The shipped template of that number, counted from `SHIPPED_FIRST`; `None`: a newer program's.
    pub fn shipped(version: u32) -> Option<Template> {
        let at = usize::try_from(version.checked_sub(SHIPPED_FIRST)?).ok()?;
        Template::of_rows(VERSIONS.get(at)?.iter().copied()).ok()
    }
}
