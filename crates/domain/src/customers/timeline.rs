//! What the timeline of a customer tells; everything else in the log is not his.

use serde_json::{Value, json};

use super::attributes::{Change, Field};

/// One sort of thing that happened to a customer or a document of his.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimelineKind {
    CustomerMade,
    CustomerChanged,
    QuoteIssued,
    QuoteSigned,
    QuoteCancelled,
    QuoteReleased,
}

impl TimelineKind {
    pub const ALL: &'static [TimelineKind] = &[
        TimelineKind::CustomerMade,
        TimelineKind::CustomerChanged,
        TimelineKind::QuoteIssued,
        TimelineKind::QuoteSigned,
        TimelineKind::QuoteCancelled,
        TimelineKind::QuoteReleased,
    ];

    /// The name in the log.
    pub fn logged(self) -> &'static str {
        match self {
            TimelineKind::CustomerMade => "customer.made",
            TimelineKind::CustomerChanged => "customer.changed",
            TimelineKind::QuoteIssued => "quote.issued",
            TimelineKind::QuoteSigned => "quote.signed",
            TimelineKind::QuoteCancelled => "quote.cancelled",
            TimelineKind::QuoteReleased => "quote.released",
        }
    }

    /// The name on the wire.
    pub fn key(self) -> &'static str {
        match self {
            TimelineKind::CustomerMade => "customer_made",
            TimelineKind::CustomerChanged => "customer_changed",
            TimelineKind::QuoteIssued => "quote_issued",
            TimelineKind::QuoteSigned => "quote_signed",
            TimelineKind::QuoteCancelled => "quote_cancelled",
            TimelineKind::QuoteReleased => "quote_released",
        }
    }

    /// The kind that is logged under this name, when a timeline tells it.
    pub fn from_logged(logged: &str) -> Option<TimelineKind> {
        TimelineKind::ALL.iter().copied().find(|kind| kind.logged() == logged)
    }
}

/// One entry of a timeline as facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub kind: TimelineKind,
    /// Number of the quotation that it is about.
    pub number: Option<String>,
    pub revision: i64,
    /// Number of the order that came of it.
    pub order: Option<String>,
    pub reason: Option<String>,
    pub changes: Vec<Change>,
}

impl Told {
    /// An entry of which nothing but its kind is known.
    pub fn of(kind: TimelineKind) -> Told {
        Told { kind, number: None, revision: 1, order: None, reason: None, changes: Vec::new() }
    }
}

/// Changes as the log keeps them.
pub fn changes_logged(changes: &[Change]) -> Value {
    let one = |change: &Change| json!({"field": change.field.key(), "before": change.before, "after": change.after});
    json!({"changes": changes.iter().map(one).collect::<Vec<_>>()})
}

/// Changes read back from the log; what is not understood is left out.
pub fn changes_of(facts: &Value) -> Vec<Change> {
    let one = |change: &Value| {
        let text = |name: &str| change.get(name).and_then(Value::as_str).map(String::from);
        let field = Field::from_key(&text("field")?)?;
        Some(Change { field, before: text("before")?, after: text("after")? })
    };
    let all = facts.get("changes").and_then(Value::as_array);
    all.map(|all| all.iter().filter_map(one).collect()).unwrap_or_default()
}
