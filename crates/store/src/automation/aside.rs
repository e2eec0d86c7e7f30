//! What the clock could not do and has laid aside: nobody tries it again until a person says so.

use crate::{StoreError, Tx};

/// How much lies aside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Aside {
    /// Events that could not be looked at: no rule was started by them, and nobody outside was told.
    pub events: i64,
    /// Timers that could not be carried out.
    pub timers: i64,
}

impl Aside {
    /// Whether nothing does.
    pub fn is_empty(self) -> bool {
        self == Aside::default()
    }
}

const COUNT: &str = "
    SELECT (SELECT COUNT(*) FROM event WHERE looked = 2) AS events,
        (SELECT COUNT(*) FROM timer WHERE state = 'dead') AS timers";
const LOOK_AGAIN: &str = "UPDATE event SET looked = 0 WHERE looked = 2";
/// What is due long since is carried out as late as it is, unless its rule or its record no longer asks for it.
const ARM_AGAIN: &str = "
    UPDATE timer SET state = 'armed', owner = '', lease_until = 0, attempts = 0, failure = NULL,
        settled_at = NULL, held = 0
    WHERE state = 'dead'";

/// How much lies aside now.
pub async fn aside(tx: &mut Tx<'_>) -> Result<Aside, StoreError> {
    let row = tx.query_one(COUNT, &[]).await?;
    Ok(Aside { events: row.int("events")?, timers: row.int("timers")? })
}

/// Takes up again all that lies aside, and says how much it was.
pub async fn take_up_again(tx: &mut Tx<'_>) -> Result<Aside, StoreError> {
    let events = tx.exec(LOOK_AGAIN, &[]).await?;
    let timers = tx.exec(ARM_AGAIN, &[]).await?;
    let count = |rows: u64| i64::try_from(rows).unwrap_or(i64::MAX);
    Ok(Aside { events: count(events), timers: count(timers) })
}
