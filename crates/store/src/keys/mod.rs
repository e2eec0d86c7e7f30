//! Keys with which programs work in a person's name: hashes, rights, ends, and when each was last used.

use domain::access::Right;
use domain::base::{Instant, PersonId};

use crate::{Row, StoreError, Tx, params};

/// A key as it is kept: of the key itself only its hash and its last letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    pub id: i64,
    pub person: (PersonId, String),
    pub name: String,
    /// The last letters of the key, by which its holder knows it again.
    pub hint: String,
    pub rights: Vec<Right>,
    pub created_at: Instant,
    pub expires_at: Instant,
    pub used_at: Option<Instant>,
    pub revoked_at: Option<Instant>,
}

/// A key to be kept.
#[derive(Clone, Debug)]
pub struct NewApiKey {
    pub person: PersonId,
    pub name: String,
    pub token_hash: String,
    pub hint: String,
    pub rights: Vec<Right>,
    pub expires_at: Instant,
}

/// So many keys are listed at once.
pub const LISTED_MAX: u32 = 500;

const COLUMNS: &str = "
    SELECT k.id, k.person_id, p.name AS person_name, k.name, k.hint, k.rights, k.created_at, k.expires_at, k.used_at,
        k.revoked_at
    FROM api_key k JOIN person p ON p.id = k.person_id";
const INSERT: &str = "
    INSERT INTO api_key (person_id, name, token_hash, hint, rights, created_at, expires_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id";
const WORKING: &str = "
    SELECT COUNT(*) AS n FROM api_key WHERE person_id = $1 AND revoked_at IS NULL AND expires_at > $2";
const REVOKE: &str =
    "UPDATE api_key SET revoked_at = $2, revoked_by = $3 WHERE id = $1 AND revoked_at IS NULL";
const USED: &str = "UPDATE api_key SET used_at = $2 WHERE id = $1";

/// Keeps a key and gives its number.
pub async fn insert(tx: &mut Tx<'_>, new: &NewApiKey, now: Instant) -> Result<i64, StoreError> {
    let rights: Vec<&str> = new.rights.iter().map(|right| right.key()).collect();
    let values =
        params![new.person, &new.name, &new.token_hash, &new.hint, rights.join(","), now, new.expires_at];
    tx.insert(INSERT, values).await
}

/// How many keys of the person work at `now`.
pub async fn working(tx: &mut Tx<'_>, person: PersonId, now: Instant) -> Result<i64, StoreError> {
    tx.query_one(WORKING, params![person, now]).await?.int("n")
}

/// Keys of one person, or of everybody; the newest first.
pub async fn list(tx: &mut Tx<'_>, person: Option<PersonId>) -> Result<Vec<ApiKey>, StoreError> {
    let sql = format!(
        "{COLUMNS} WHERE (CAST($1 AS BIGINT) IS NULL OR k.person_id = $1) ORDER BY k.id DESC LIMIT $2"
    );
    tx.query(&sql, params![person, LISTED_MAX]).await?.iter().map(read).collect()
}

/// One key, whatever became of it.
pub async fn key(tx: &mut Tx<'_>, id: i64) -> Result<Option<ApiKey>, StoreError> {
    let sql = format!("{COLUMNS} WHERE k.id = $1");
    tx.query_opt(&sql, params![id]).await?.as_ref().map(read).transpose()
}

/// The key with this hash, when it works at `now`.
pub async fn find(tx: &mut Tx<'_>, token_hash: &str, now: Instant) -> Result<Option<ApiKey>, StoreError> {
    let sql = format!("{COLUMNS} WHERE k.token_hash = $1 AND k.revoked_at IS NULL AND k.expires_at > $2");
    tx.query_opt(&sql, params![token_hash, now]).await?.as_ref().map(read).transpose()
}

/// Ends a key; `false` when it was revoked before.
pub async fn revoke(tx: &mut Tx<'_>, id: i64, by: PersonId, now: Instant) -> Result<bool, StoreError> {
    Ok(tx.exec(REVOKE, params![id, now, by]).await? == 1)
}

/// Notes that a key is in use.
pub async fn used(tx: &mut Tx<'_>, id: i64, now: Instant) -> Result<(), StoreError> {
    tx.exec(USED, params![id, now]).await?;
    Ok(())
}

fn read(row: &Row) -> Result<ApiKey, StoreError> {
    Ok(ApiKey {
        id: row.int("id")?,
        person: (PersonId(row.int("person_id")?), row.text("person_name")?),
        name: row.text("name")?,
        hint: row.text("hint")?,
        // A right that this program no longer knows gives nothing.
        rights: row.text("rights")?.split(',').filter_map(Right::from_key).collect(),
        created_at: Instant(row.int("created_at")?),
        expires_at: Instant(row.int("expires_at")?),
        used_at: row.opt_int("used_at")?.map(Instant),
        revoked_at: row.opt_int("revoked_at")?.map(Instant),
    })
}
