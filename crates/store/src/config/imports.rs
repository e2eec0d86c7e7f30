//! Price files on their way into a draft: where reading stands, what was chosen, and what became of them.

use domain::base::{DraftId, ImportId, Instant, PersonId};

use super::items::{PersonRef, person_of};
use crate::{Row, StoreError, Tx, params};

/// A price file beside a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    pub id: ImportId,
    pub draft: DraftId,
    /// Hash of the file.
    pub file: String,
    pub file_name: String,
    pub person: PersonRef,
    /// Empty when nobody named one.
    pub supplier: String,
    pub state: ImportState,
    /// 0 to 100.
    pub progress: i64,
    /// What was settled by hand, as JSON.
    pub choices: String,
    /// Why it could not be read.
    pub failure: Option<String>,
    pub taken_at: Option<Instant>,
    /// Counts on with every change of the choices, so that an old look never overwrites a new one.
    pub version: i64,
    pub created_at: Instant,
    pub updated_at: Instant,
}

/// Where an import stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportState {
    Reading,
    Ready,
    Failed,
    Cancelled,
    Taken,
}

/// A file that somebody brings.
#[derive(Clone, Copy, Debug)]
pub struct NewImport<'a> {
    pub draft: DraftId,
    pub file: &'a str,
    pub file_name: &'a str,
    pub person: PersonId,
    pub supplier: &'a str,
    pub choices: &'a str,
}

const COLUMNS: &str = "
    SELECT m.id, m.draft_id, m.file, m.file_name, m.person_id, p.name AS person_name, m.supplier, m.state, m.progress,
        m.choices, m.failure, m.taken_at, m.version, m.created_at, m.updated_at
    FROM price_import m JOIN person p ON p.id = m.person_id";
/// Of what was taken over, what was read stays: it is the page of the result.
const FORGET_PREVIEWS: &str = "
    UPDATE price_import SET preview = NULL WHERE id IN (
        SELECT id FROM price_import
        WHERE preview IS NOT NULL AND state IN ('failed', 'cancelled') AND updated_at < $1
        ORDER BY updated_at, id LIMIT $2)";
/// Somebody reads on: of two who take over at once one finds that it was done.
const TAKE_UP: &str = "
    UPDATE price_import SET updated_at = $3
    WHERE id = $1 AND version = $2 AND state = 'reading' AND updated_at <= $4";
const PREVIEW: &str = "SELECT preview FROM price_import WHERE id = $1";
const INSERT: &str = "
    INSERT INTO price_import (draft_id, file, file_name, person_id, supplier, state, progress, choices, version,
        created_at, updated_at)
    VALUES ($1, $2, $3, $4, $5, 'reading', 0, $6, 1, $7, $7) RETURNING id";
const RESTART: &str = "
    UPDATE price_import SET state = 'reading', progress = 0, supplier = $3, choices = $4, failure = NULL,
        version = version + 1, updated_at = $5
    WHERE id = $1 AND version = $2 AND state <> 'taken'";
const PROGRESS: &str = "
    UPDATE price_import SET progress = $3, updated_at = $4 WHERE id = $1 AND version = $2 AND state = 'reading'";
const FINISH: &str = "
    UPDATE price_import SET state = $3, progress = 100, preview = COALESCE($4, preview), failure = $5, updated_at = $6
    WHERE id = $1 AND version = $2 AND state = 'reading'";
const CANCEL: &str = "
    UPDATE price_import SET state = 'cancelled', version = version + 1, updated_at = $2
    WHERE id = $1 AND state IN ('reading', 'ready', 'failed')";
const TAKE: &str = "
    UPDATE price_import SET state = 'taken', preview = $3, taken_at = $4, version = version + 1, updated_at = $4
    WHERE id = $1 AND version = $2 AND state = 'ready'";

/// Puts a file down to be read.
pub async fn insert_import(
    tx: &mut Tx<'_>,
    new: NewImport<'_>,
    now: Instant,
) -> Result<ImportId, StoreError> {
    let NewImport { draft, file, file_name, person, supplier, choices } = new;
    let values = params![draft, file, file_name, person, supplier, choices, now];
    Ok(ImportId(tx.insert(INSERT, values).await?))
}

/// What was read last, as JSON: it may be some hundred KB, and is asked for alone.
pub async fn import_preview(tx: &mut Tx<'_>, id: ImportId) -> Result<Option<String>, StoreError> {
    match tx.query_opt(PREVIEW, params![id]).await? {
        Some(row) => row.opt_text("preview"),
        None => Ok(None),
    }
}

/// The import, in whatever state, without what was read.
pub async fn import(tx: &mut Tx<'_>, id: ImportId) -> Result<Option<Import>, StoreError> {
    let sql = format!("{COLUMNS} WHERE m.id = $1");
    tx.query_opt(&sql, params![id]).await?.as_ref().map(import_of).transpose()
}

/// The imports of a draft, newest first, without what was read.
pub async fn imports_of(tx: &mut Tx<'_>, draft: DraftId, limit: u32) -> Result<Vec<Import>, StoreError> {
    let sql = format!("{COLUMNS} WHERE m.draft_id = $1 ORDER BY m.id DESC LIMIT $2");
    tx.query(&sql, params![draft, limit]).await?.iter().map(import_of).collect()
}

/// To be read anew with other choices; `false` when somebody was first, or it is taken.
pub async fn restart_import(
    tx: &mut Tx<'_>,
    (id, version): (ImportId, i64),
    (supplier, choices): (&str, &str),
    now: Instant,
) -> Result<bool, StoreError> {
    Ok(tx.exec(RESTART, params![id, version, supplier, choices, now]).await? > 0)
}

/// How far reading is; `false` when nobody waits for this look any more.
pub async fn note_progress(
    tx: &mut Tx<'_>,
    (id, version): (ImportId, i64),
    percent: i64,
    now: Instant,
) -> Result<bool, StoreError> {
    Ok(tx.exec(PROGRESS, params![id, version, percent, now]).await? > 0)
}

/// What was read, or why nothing was; nothing happens when nobody waits for this look any more.
pub async fn finish_import(
    tx: &mut Tx<'_>,
    (id, version): (ImportId, i64),
    outcome: Result<&str, &str>,
    now: Instant,
) -> Result<(), StoreError> {
    let (state, preview, failure) = match outcome {
        Ok(preview) => ("ready", Some(preview.to_string()), None),
        Err(failure) => ("failed", None, Some(failure.to_string())),
    };
    tx.exec(FINISH, params![id, version, state, preview, failure, now]).await?;
    Ok(())
}

/// Takes a reading up of which nobody has said anything since `silent_since`; `false` when somebody has, or it is over.
pub async fn take_up_import(
    tx: &mut Tx<'_>,
    (id, version): (ImportId, i64),
    silent_since: Instant,
    now: Instant,
) -> Result<bool, StoreError> {
    Ok(tx.exec(TAKE_UP, params![id, version, now, silent_since]).await? > 0)
}

/// Forgets what was read of up to `limit` files that were let go or could not be read before `before`; says of how many.
pub async fn forget_previews(tx: &mut Tx<'_>, before: Instant, limit: u32) -> Result<u64, StoreError> {
    tx.exec(FORGET_PREVIEWS, params![before, limit]).await
}

/// Lets go of a file; `false` when it is taken already.
pub async fn cancel_import(tx: &mut Tx<'_>, id: ImportId, now: Instant) -> Result<bool, StoreError> {
    Ok(tx.exec(CANCEL, params![id, now]).await? > 0)
}

/// What is kept of a file that was taken over.
#[derive(Clone, Copy, Debug)]
pub struct Taken<'a> {
    pub id: ImportId,
    /// The version that was looked at.
    pub version: i64,
    /// The preview as JSON.
    pub preview: &'a str,
}

/// The file was taken over into the draft; `false` when its choices have changed since.
pub async fn take_import(tx: &mut Tx<'_>, taken: Taken<'_>, now: Instant) -> Result<bool, StoreError> {
    Ok(tx.exec(TAKE, params![taken.id, taken.version, taken.preview, now]).await? > 0)
}

impl ImportState {
    /// The name on the wire.
    pub fn key(self) -> &'static str {
        match self {
            ImportState::Reading => "reading",
            ImportState::Ready => "ready",
            ImportState::Failed => "failed",
            ImportState::Cancelled => "cancelled",
            ImportState::Taken => "taken",
        }
    }

    fn from_key(key: &str) -> Option<ImportState> {
        use ImportState::{Cancelled, Failed, Reading, Ready, Taken};
        [Reading, Ready, Failed, Cancelled, Taken].into_iter().find(|state| state.key() == key)
    }
}

fn import_of(row: &Row) -> Result<Import, StoreError> {
    let state = row.text("state")?;
    Ok(Import {
        id: ImportId(row.int("id")?),
        draft: DraftId(row.int("draft_id")?),
        file: row.text("file")?,
        file_name: row.text("file_name")?,
        person: person_of(row, "person_id", "person_name")?,
        supplier: row.text("supplier")?,
        state: ImportState::from_key(&state)
            .ok_or_else(|| StoreError::Decode(format!("no import state {state}")))?,
        progress: row.int("progress")?,
        choices: row.text("choices")?,
        failure: row.opt_text("failure")?,
        taken_at: row.opt_int("taken_at")?.map(Instant),
        version: row.int("version")?,
        created_at: Instant(row.int("created_at")?),
        updated_at: Instant(row.int("updated_at")?),
    })
}
