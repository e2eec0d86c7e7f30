//! Files by the hash of their content: beside the SQLite file, or on PostgreSQL in parts of 1 MB.

use std::io::Write;
use std::path::{Path, PathBuf};

use domain::base::{Instant, PersonId};
use domain::documents::sha256_hex;

use crate::engine::private;
use crate::{FileFault, Row, Store, StoreError, Tx, params};

const PART_BYTES: usize = 1 << 20;
/// Where files lie in a data folder.
pub(crate) const FOLDER: &str = "files";

/// What is known of a file without its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFacts {
    /// sha256 of the content, 64 hex digits.
    pub hash: String,
    pub bytes: i64,
    pub mime: String,
    pub name: String,
    pub created_by: Option<PersonId>,
}

const NOTE: &str = "
    INSERT INTO file (hash, bytes, mime, name, created_by, created_at) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (hash) DO NOTHING";
/// What was damaged in the meantime is mended by whoever hands it in again.
const PUT_PART: &str = "
    INSERT INTO file_part (hash, n, content) VALUES ($1, $2, $3)
    ON CONFLICT (hash, n) DO UPDATE SET content = excluded.content WHERE file_part.content <> excluded.content";
const FACTS: &str = "SELECT hash, bytes, mime, name, created_by FROM file WHERE hash = $1";
const UPLOADED: &str = "
    INSERT INTO file_upload (hash, person_id, uploaded_at) VALUES ($1, $2, $3)
    ON CONFLICT (hash, person_id) DO NOTHING";
const UPLOADED_BY: &str = "
    SELECT f.hash, f.bytes, f.mime, f.name, f.created_by
    FROM file f JOIN file_upload u ON u.hash = f.hash
    WHERE f.hash = $1 AND u.person_id = $2";
const PART: &str = "SELECT content FROM file_part WHERE hash = $1 AND n = $2";

/// sha256 of `content` as 64 hex digits.
pub fn hash_of(content: &[u8]) -> String {
    sha256_hex(content)
}

/// Keeps a file for ever; the same content twice is one file. Durable when this returns.
pub async fn put(
    store: &Store,
    content: Vec<u8>,
    mime: &str,
    name: &str,
    by: Option<PersonId>,
    now: Instant,
) -> Result<FileFacts, StoreError> {
    let facts = FileFacts {
        hash: hash_of(&content),
        bytes: i64::try_from(content.len()).unwrap_or(i64::MAX),
        mime: mime.to_string(),
        name: name.to_string(),
        created_by: by,
    };
    let parts = match store.folder() {
        Some(folder) => {
            let (folder, hash) = (folder.to_path_buf(), facts.hash.clone());
            let kept = tokio::task::spawn_blocking(move || keep_beside(&folder, &hash, &content)).await;
            kept.map_err(|error| StoreError::Unavailable(error.to_string()))??;
            Vec::new()
        }
        None => content.chunks(PART_BYTES).map(<[u8]>::to_vec).collect(),
    };
    let kept = facts.clone();
    store
        .change(move |tx| {
            let (facts, parts) = (kept.clone(), parts.clone());
            Box::pin(async move {
                let FileFacts { hash, bytes, mime, name, created_by } = &facts;
                tx.exec(NOTE, params![hash, *bytes, mime, name, *created_by, now]).await?;
                for (n, part) in (0_i64..).zip(parts) {
                    tx.exec(PUT_PART, params![hash, n, part]).await?;
                }
                if let Some(person) = created_by {
                    tx.exec(UPLOADED, params![hash, *person, now]).await?;
                }
                Ok::<_, StoreError>(())
            })
        })
        .await?;
    Ok(facts)
}

/// What is known of the file with this hash.
pub async fn facts(tx: &mut Tx<'_>, hash: &str) -> Result<Option<FileFacts>, StoreError> {
    tx.query_opt(FACTS, params![hash]).await?.as_ref().map(read_facts).transpose()
}

/// What is known of the file with this hash, when `person` handed it in: knowing a hash opens nobody else's file.
pub async fn uploaded_by(
    tx: &mut Tx<'_>,
    hash: &str,
    person: PersonId,
) -> Result<Option<FileFacts>, StoreError> {
    tx.query_opt(UPLOADED_BY, params![hash, person]).await?.as_ref().map(read_facts).transpose()
}

fn read_facts(row: &Row) -> Result<FileFacts, StoreError> {
    Ok(FileFacts {
        hash: row.text("hash")?,
        bytes: row.int("bytes")?,
        mime: row.text("mime")?,
        name: row.text("name")?,
        created_by: row.opt_int("created_by")?.map(PersonId),
    })
}

/// The content of a file that is known, byte for byte as it came; what is lost or changed is told as such.
pub async fn whole(store: &Store, hash: &str) -> Result<Vec<u8>, StoreError> {
    let missing = || StoreError::File { hash: hash.to_string(), fault: FileFault::Missing };
    content(store, hash).await?.ok_or_else(missing)
}

/// The content of the file with this hash; `None` when there is none. Bytes that no longer have the hash are given to
/// nobody.
pub async fn content(store: &Store, hash: &str) -> Result<Option<Vec<u8>>, StoreError> {
    if let Some(folder) = store.folder() {
        let Some(path) = place(folder, hash) else { return Ok(None) };
        // A slow disk holds up nobody else.
        let hash = hash.to_string();
        return off_threads(move || match std::fs::read(path) {
            Ok(content) => as_kept(hash, content).map(Some),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        })
        .await;
    }
    let Some(content) = parts_of(store, hash).await? else { return Ok(None) };
    let hash = hash.to_string();
    off_threads(move || as_kept(hash, content).map(Some)).await
}

/// The bytes, if they are those that were kept under this hash.
fn as_kept(hash: String, content: Vec<u8>) -> Result<Vec<u8>, StoreError> {
    if hash_of(&content) == hash {
        return Ok(content);
    }
    Err(StoreError::File { hash, fault: FileFault::Changed })
}

async fn off_threads<T: Send + 'static>(
    read: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    let read = tokio::task::spawn_blocking(read).await;
    read.map_err(|error| StoreError::Unavailable(error.to_string()))?
}

/// What the database holds of a file, one part after another; `None` when it holds nothing of it.
async fn parts_of(store: &Store, hash: &str) -> Result<Option<Vec<u8>>, StoreError> {
    let hash = hash.to_string();
    store
        .read(|tx| {
            Box::pin(async move {
                let Some(known) = facts(tx, &hash).await? else { return Ok(None) };
                let mut content = Vec::new();
                for n in 0_i64.. {
                    let Some(row) = tx.query_opt(PART, params![&hash, n]).await? else { break };
                    content.extend(row.blob("content")?);
                }
                Ok(if content.is_empty() && known.bytes > 0 { None } else { Some(content) })
            })
        })
        .await
}

/// `files/ab/abcdef…` under the data folder; `None` for what is no hash, so that no path can be smuggled in.
pub(crate) fn place(folder: &Path, hash: &str) -> Option<PathBuf> {
    let lower_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    let sound = hash.len() == 64 && hash.bytes().all(lower_hex);
    sound.then(|| folder.join(FOLDER).join(hash.get(..2).unwrap_or_default()).join(hash))
}

/// Writes beside the database: a new name, synced, then renamed, so that a crash leaves a whole file or none.
fn keep_beside(folder: &Path, hash: &str, content: &[u8]) -> Result<(), StoreError> {
    let path = place(folder, hash).ok_or_else(|| StoreError::Decode("not a hash".to_string()))?;
    // What was damaged in the meantime is mended by whoever hands it in again.
    if std::fs::read(&path).is_ok_and(|kept| kept == content) {
        return Ok(());
    }
    let parent = path.parent().unwrap_or(folder).to_path_buf();
    if !parent.exists() {
        private::folder(&parent)?;
        // A new folder is durable only when the one that names it is.
        let above = parent.parent().unwrap_or(folder);
        for named_in in [above, folder] {
            std::fs::File::open(named_in).and_then(|folder| folder.sync_all())?;
        }
    }
    let unfinished = parent.join(format!("{hash}.{:?}.part", std::thread::current().id()));
    let mut file = private::create(&unfinished)?;
    file.write_all(content).and_then(|()| file.sync_all())?;
    std::fs::rename(&unfinished, &path)?;
    std::fs::File::open(&parent).and_then(|folder| folder.sync_all())?;
    Ok(())
}
