//! Configuration with a history: drafts, releases, what is in force when, withdrawing and rolling back; generic over kinds.

pub mod kinds;

pub use kinds::Kind;
