//! What every refusal can say of itself: a stable code, facts as data, and a Chinese sentence rendered at the edge.

/// What sort of refusal it is; the server turns it into a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusalSort {
    /// The request itself is wrong: 422.
    Invalid,
    /// The person has no right to this: 403.
    Forbidden,
    /// The record is in a state in which this cannot be done: 409.
    State,
    /// The record is locked: 423.
    Locked,
    /// Too often or too much: 429.
    TooMany,
    /// Something outside is not to be had now: 503.
    Unavailable,
}

/// A rule said no. Each area has its own enum; all of them can be shown in the same way.
pub trait Refusal: std::fmt::Debug + Send + Sync + 'static {
    /// Stable, snake_case: `quote_expired`.
    fn code(&self) -> &'static str;
    fn sort(&self) -> RefusalSort;
    /// What the sentence was made of, as data.
    fn facts(&self) -> serde_json::Value;
    /// What happened and what to do next, in Chinese; from `domain::words`.
    fn sentence(&self) -> String;
}
