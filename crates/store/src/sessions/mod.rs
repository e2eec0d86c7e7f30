//! Who is signed in, and how often somebody tried in vain.

use domain::access::Actor;
use domain::base::{Instant, PersonId};

use crate::{Ask, StoreError, Tx, access, params, search};

/// A session as it is kept: only the hash of its token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub person: PersonId,
    pub seen_at: Instant,
    pub expires_at: Instant,
    /// Through whose eyes the person looks, and until when; it may be over.
    pub views_as: Option<(PersonId, Instant)>,
}

/// Failures are forgotten when none was added for so long.
const FORGOTTEN_AFTER_MS: i64 = 30 * 60 * 1_000;

const OPEN: &str = "
    INSERT INTO session (token_hash, person_id, created_at, seen_at, expires_at, agent)
    VALUES ($1, $2, $3, $3, $4, $5)";
const FIND: &str = "
    SELECT p.id, p.name, p.org_id, o.path, s.seen_at, s.expires_at, s.views_as, s.views_until
    FROM session s JOIN person p ON p.id = s.person_id JOIN org_unit o ON o.id = p.org_id
    WHERE s.token_hash = $1 AND p.active = 1";
const GRANTS: &str = "
    SELECT g.right_key, g.reach
    FROM session s JOIN person_role h ON h.person_id = s.person_id JOIN role_right g ON g.role_id = h.role_id
    WHERE s.token_hash = $1";
const TOUCH: &str = "UPDATE session SET seen_at = $2, expires_at = $3 WHERE token_hash = $1";
const VIEW_AS: &str = "UPDATE session SET views_as = $2, views_until = $3 WHERE token_hash = $1";
const CLOSE: &str = "DELETE FROM session WHERE token_hash = $1";
const CLOSE_ALL: &str = "DELETE FROM session WHERE person_id = $1 AND token_hash <> $2";
const CLEAN: &str = "DELETE FROM session WHERE expires_at <= $1";
const FAILURES: &str = "SELECT failures, last_at FROM sign_in_failure WHERE who = $1";
const FAILED: &str = "
    INSERT INTO sign_in_failure (who, failures, last_at) VALUES ($1, 1, $2)
    ON CONFLICT (who) DO UPDATE SET last_at = $2,
        failures = CASE WHEN sign_in_failure.last_at <= $3 THEN 1 ELSE sign_in_failure.failures + 1 END";
const FORGET: &str = "DELETE FROM sign_in_failure WHERE last_at <= $1";
const FORGET_AFTER: &str = "DELETE FROM sign_in_failure WHERE last_at > $1";
const FORGIVE_LIKE: &str = "DELETE FROM sign_in_failure WHERE who LIKE $1 ESCAPE '\\'";
const FORGIVE: &str = "DELETE FROM sign_in_failure WHERE who = $1";

/// Opens a session for the token whose hash is given.
pub async fn open(
    tx: &mut Tx<'_>,
    token_hash: &str,
    person: PersonId,
    now: Instant,
    expires_at: Instant,
    agent: &str,
) -> Result<(), StoreError> {
    tx.exec(CLEAN, params![now]).await?;
    tx.exec(OPEN, params![token_hash, person, now, expires_at, agent]).await?;
    Ok(())
}

/// The session of a person who may still sign in, and the person with what their roles give. Whether it is over is for
/// `Session::is_live`.
pub async fn find(tx: &mut Tx<'_>, token_hash: &str) -> Result<Option<(Session, Actor)>, StoreError> {
    let Some(row) = tx.query_opt(FIND, params![token_hash]).await? else { return Ok(None) };
    let grants = access::grants_of(&tx.query(GRANTS, params![token_hash]).await?)?;
    let views_as = row.opt_int("views_as")?.map(PersonId);
    let session = Session {
        person: PersonId(row.int("id")?),
        seen_at: Instant(row.int("seen_at")?),
        expires_at: Instant(row.int("expires_at")?),
        views_as: views_as.zip(row.opt_int("views_until")?.map(Instant)),
    };
    Ok(Some((session, access::actor_of(&row, grants)?)))
}

/// What `find` asks, for whoever asks more at once.
pub fn asks_find(token_hash: &str) -> Vec<Ask> {
    vec![Ask::of(FIND, params![token_hash]), Ask::of(GRANTS, params![token_hash])]
}

impl Session {
    /// Whether it has not ended yet.
    pub fn is_live(&self, now: Instant) -> bool {
        self.expires_at > now
    }

    /// Through whose eyes it looks at that moment, and until when.
    pub fn eyes(&self, now: Instant) -> Option<(PersonId, Instant)> {
        self.views_as.filter(|(_, until)| now < *until)
    }
}

/// Notes that the session is in use and moves its end.
pub async fn touch(
    tx: &mut Tx<'_>,
    token_hash: &str,
    now: Instant,
    expires_at: Instant,
) -> Result<(), StoreError> {
    tx.exec(TOUCH, params![token_hash, now, expires_at]).await?;
    Ok(())
}

/// From now until `until` the session looks through the eyes of `person`; `None` ends that.
pub async fn view_as(
    tx: &mut Tx<'_>,
    token_hash: &str,
    person: Option<(PersonId, Instant)>,
) -> Result<(), StoreError> {
    let (person, until) = person.unzip();
    tx.exec(VIEW_AS, params![token_hash, person, until]).await?;
    Ok(())
}

/// Signs one session out.
pub async fn close(tx: &mut Tx<'_>, token_hash: &str) -> Result<(), StoreError> {
    tx.exec(CLOSE, params![token_hash]).await?;
    Ok(())
}

/// Signs out all sessions of a person except the one whose hash is given (empty: all), and says how many.
pub async fn close_all(tx: &mut Tx<'_>, person: PersonId, except: &str) -> Result<u64, StoreError> {
    tx.exec(CLOSE_ALL, params![person, except]).await
}

/// Wrong tries of `who` (an account or an address) and when the last was.
pub async fn failures(tx: &mut Tx<'_>, who: &str) -> Result<(u32, Instant), StoreError> {
    let row = tx.query_opt(FAILURES, params![who]).await?;
    let Some(row) = row else { return Ok((0, Instant(0))) };
    Ok((u32::try_from(row.int("failures")?).unwrap_or(u32::MAX), Instant(row.int("last_at")?)))
}

/// Counts one more wrong try, and forgets those of everybody that are old.
pub async fn note_failure(tx: &mut Tx<'_>, who: &str, now: Instant) -> Result<(), StoreError> {
    let old = now.plus_ms(-FORGOTTEN_AFTER_MS);
    tx.exec(FORGET, params![old]).await?;
    tx.exec(FAILED, params![who, now, old]).await?;
    Ok(())
}

/// Forgets wrong tries that were noted for after `now`: the clock ran ahead when they were.
pub async fn forget_failures_after(tx: &mut Tx<'_>, now: Instant) -> Result<(), StoreError> {
    tx.exec(FORGET_AFTER, params![now]).await?;
    Ok(())
}

/// Forgets the wrong tries of `who`.
pub async fn forgive(tx: &mut Tx<'_>, who: &str) -> Result<(), StoreError> {
    tx.exec(FORGIVE, params![who]).await?;
    Ok(())
}

/// Forgets the wrong tries of everybody whose name begins and ends so.
pub async fn forgive_between(tx: &mut Tx<'_>, start: &str, end: &str) -> Result<(), StoreError> {
    let pattern = search::begins(start) + &search::ends(end);
    tx.exec(FORGIVE_LIKE, params![pattern]).await?;
    Ok(())
}
