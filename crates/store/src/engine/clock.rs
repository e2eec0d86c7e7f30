//! Which clock the store reads: the machine's (SQLite), the database's (PostgreSQL), or one set by hand.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use domain::base::Instant;

/// The source of "now". Demo and tests set it by hand; a running server never does.
#[derive(Clone, Debug, Default)]
pub enum Clock {
    /// The machine's clock on SQLite, the database server's on PostgreSQL.
    #[default]
    Database,
    /// A clock that stands until it is moved.
    Set(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at `moment`.
    pub fn standing_at(moment: Instant) -> Clock {
        Clock::Set(Arc::new(AtomicI64::new(moment.0)))
    }

    /// Moves a standing clock; does nothing to the database's.
    pub fn set(&self, moment: Instant) {
        if let Clock::Set(held) = self {
            held.store(moment.0, Ordering::SeqCst);
        }
    }

    /// The standing moment, or `None` when the database's clock counts.
    pub(super) fn standing(&self) -> Option<Instant> {
        match self {
            Clock::Database => None,
            Clock::Set(held) => Some(Instant(held.load(Ordering::SeqCst))),
        }
    }
}

/// The machine's clock.
pub(super) fn machine_now() -> Instant {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Instant(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
