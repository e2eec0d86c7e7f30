//! What a database is asked to find out whether it is whole: its own word, its numbers, its documents, its files.

use std::io::Read;

use domain::base::QuoteId;
use sha2::{Digest, Sha256};

use crate::{Store, StoreError, Tx, files, params};

/// So many records are read at once.
pub const PAGE: u32 = 200;

/// A series of numbers, and how many of them stand on documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    pub name: String,
    /// The last number that was taken.
    pub last: i64,
}

/// A document as it was frozen, beside the row that lists show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrozenRow {
    pub quote: QuoteId,
    /// `None`: an issued version whose number has no row, which is a fault of itself.
    pub number: Option<String>,
    pub revision: i64,
    pub hash: Option<String>,
    pub net: i64,
    pub net_ex_tax: i64,
    pub tax: i64,
    /// The text that the hash was taken over; `None`: the document is not there.
    pub document: Option<String>,
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileState {
    Whole,
    Missing,
    Altered,
}

const SERIES: &str = "
    SELECT series, last FROM number_series
    WHERE series NOT IN ('catalog', 'customer', 'probe') AND series NOT LIKE 'release/%' ORDER BY series";
const QUOTE_NUMBERS: &str = "
    SELECT number AS name FROM quote_chain WHERE number IS NOT NULL AND number > $1 ORDER BY number LIMIT $2";
const ORDER_NUMBERS: &str =
    "SELECT number AS name FROM sales_order WHERE number > $1 ORDER BY number LIMIT $2";
const FROZEN: &str = "
    SELECT q.id, c.number, q.revision, q.hash, q.net, q.net_ex_tax, q.tax, f.document
    FROM quote q JOIN quote_chain c ON c.id = q.chain_id LEFT JOIN quote_frozen f ON f.quote_id = q.id
    WHERE q.issued_at IS NOT NULL AND q.id > $1 ORDER BY q.id LIMIT $2";
const FILES: &str = "SELECT hash AS name FROM file WHERE hash > $1 ORDER BY hash LIMIT $2";
const PARTS: &str = "SELECT content FROM file_part WHERE hash = $1 AND n = $2";
const BYTES: &str = "SELECT bytes FROM file WHERE hash = $1";

/// Statements that find what must not be there, each with the name of what is wrong and the record it is wrong with.
const NOWHERE: &[(&str, &str)] = &[
    (
        "half_issued",
        "SELECT q.id, COALESCE(c.number, '') AS name FROM quote q JOIN quote_chain c ON c.id = q.chain_id
         WHERE (q.issued_at IS NULL) <> (q.hash IS NULL) ORDER BY q.id LIMIT $1",
    ),
    (
        "signed_without_order",
        "SELECT q.id, COALESCE(c.number, '') AS name FROM quote q JOIN quote_chain c ON c.id = q.chain_id
         WHERE q.state = 'signed' AND NOT EXISTS (SELECT 1 FROM sales_order o WHERE o.quote_id = q.id)
         ORDER BY q.id LIMIT $1",
    ),
    (
        "order_differs",
        "SELECT o.id, o.number AS name FROM sales_order o JOIN quote q ON q.id = o.quote_id
         WHERE q.state <> 'signed' OR q.net <> o.net ORDER BY o.id LIMIT $1",
    ),
    (
        "history_has_gap",
        "SELECT i.id, i.name FROM config_item i
         WHERE i.head_n <> (SELECT COUNT(*) FROM config_rev r WHERE r.item_id = i.id)
            OR i.head_n <> COALESCE((SELECT MAX(r.n) FROM config_rev r WHERE r.item_id = i.id), 0)
         ORDER BY i.id LIMIT $1",
    ),
    (
        "picture_without_file",
        "SELECT p.id, p.name FROM product p
         WHERE EXISTS (SELECT 1 FROM product_picture t WHERE t.product_id = p.id AND (
             NOT EXISTS (SELECT 1 FROM file f WHERE f.hash = t.file)
             OR NOT EXISTS (SELECT 1 FROM file f WHERE f.hash = t.thumb)))
         ORDER BY p.id LIMIT $1",
    ),
];

/// What SQLite says of the file that it keeps; PostgreSQL looks after its own.
pub async fn engine_faults(tx: &mut Tx<'_>) -> Result<Vec<String>, StoreError> {
    if !tx.is_lite() {
        return Ok(Vec::new());
    }
    let mut faults = Vec::new();
    for row in tx.query("SELECT integrity_check AS said FROM pragma_integrity_check LIMIT 20", &[]).await? {
        faults.push(row.text("said")?);
    }
    faults.retain(|said| said != "ok");
    let broken = "SELECT \"table\" AS place, parent FROM pragma_foreign_key_check LIMIT 20";
    for row in tx.query(broken, &[]).await? {
        faults.push(format!("{} → {}", row.text("place")?, row.text("parent")?));
    }
    Ok(faults)
}

/// Every series of documents.
pub async fn series(tx: &mut Tx<'_>) -> Result<Vec<Series>, StoreError> {
    let rows = tx.query(SERIES, &[]).await?;
    rows.iter().map(|row| Ok(Series { name: row.text("series")?, last: row.int("last")? })).collect()
}

/// Numbers of quotations behind `after`, in order.
pub async fn quote_numbers(tx: &mut Tx<'_>, after: &str) -> Result<Vec<String>, StoreError> {
    names(tx, QUOTE_NUMBERS, after).await
}

/// Numbers of orders behind `after`, in order.
pub async fn order_numbers(tx: &mut Tx<'_>, after: &str) -> Result<Vec<String>, StoreError> {
    names(tx, ORDER_NUMBERS, after).await
}

/// Hashes of files behind `after`, in order.
pub async fn file_hashes(tx: &mut Tx<'_>, after: &str) -> Result<Vec<String>, StoreError> {
    names(tx, FILES, after).await
}

async fn names(tx: &mut Tx<'_>, sql: &str, after: &str) -> Result<Vec<String>, StoreError> {
    tx.query(sql, params![after, PAGE]).await?.iter().map(|row| row.text("name")).collect()
}

/// Issued versions behind `after`, in order.
pub async fn frozen(tx: &mut Tx<'_>, after: QuoteId) -> Result<Vec<FrozenRow>, StoreError> {
    let rows = tx.query(FROZEN, params![after, PAGE]).await?;
    let read = rows.iter().map(|row| {
        Ok(FrozenRow {
            quote: QuoteId(row.int("id")?),
            number: row.opt_text("number")?,
            revision: row.int("revision")?,
            hash: row.opt_text("hash")?,
            net: row.int("net")?,
            net_ex_tax: row.int("net_ex_tax")?,
            tax: row.int("tax")?,
            document: row.opt_text("document")?,
        })
    });
    read.collect()
}

/// Records that must not be as they are: what is wrong, the record's id and what people call it.
pub async fn nowhere(tx: &mut Tx<'_>, most: u32) -> Result<Vec<(&'static str, i64, String)>, StoreError> {
    let mut found = Vec::new();
    for (fault, sql) in NOWHERE {
        for row in tx.query(sql, params![most]).await? {
            found.push((*fault, row.int("id")?, row.text("name")?));
        }
    }
    Ok(found)
}

/// Reads a file piece by piece: whether it is there and still what its name says, and how long it is.
pub async fn file_state(store: &Store, hash: &str) -> Result<(FileState, u64), StoreError> {
    let (digest, length) = match store.folder() {
        Some(folder) => {
            let Some(path) = files::place(folder, hash) else { return Ok((FileState::Missing, 0)) };
            let read = tokio::task::spawn_blocking(move || read_beside(&path)).await;
            match read.map_err(|error| StoreError::Unavailable(error.to_string()))?? {
                Some(read) => read,
                None => return Ok((FileState::Missing, 0)),
            }
        }
        None => match read_parts(store, hash).await? {
            Some(read) => read,
            None => return Ok((FileState::Missing, 0)),
        },
    };
    let named = hash.to_string();
    let bytes =
        store.read(|tx| Box::pin(async move { tx.query_one(BYTES, params![named]).await?.int("bytes") }));
    let bytes: Result<i64, StoreError> = bytes.await;
    let same = digest == hash && u64::try_from(bytes?).ok() == Some(length);
    Ok((if same { FileState::Whole } else { FileState::Altered }, length))
}

fn read_beside(path: &std::path::Path) -> Result<Option<(String, u64)>, StoreError> {
    let mut file = match std::fs::File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let (mut hash, mut length, mut chunk) = (Sha256::new(), 0, vec![0; 64 << 10]);
    loop {
        let read = file.read(&mut chunk)?;
        let Some(bytes) = chunk.get(..read).filter(|bytes| !bytes.is_empty()) else { break };
        hash.update(bytes);
        length += u64::try_from(read).unwrap_or_default();
    }
    Ok(Some((hex(hash), length)))
}

async fn read_parts(store: &Store, hash: &str) -> Result<Option<(String, u64)>, StoreError> {
    let (mut digest, mut length) = (Sha256::new(), 0);
    for n in 0_i64.. {
        let named = hash.to_string();
        let part = store.read(|tx| {
            Box::pin(async move {
                tx.query_opt(PARTS, params![named, n]).await?.map(|row| row.blob("content")).transpose()
            })
        });
        let part: Result<Option<Vec<u8>>, StoreError> = part.await;
        let Some(part) = part? else { break };
        digest.update(&part);
        length += u64::try_from(part.len()).unwrap_or_default();
    }
    Ok((length > 0).then(|| (hex(digest), length)))
}

fn hex(hash: Sha256) -> String {
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
