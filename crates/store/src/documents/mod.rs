//! PDFs of issued quotations, made once, and the public question whether one is genuine.

use domain::access::Scope;
use domain::base::{Instant, QuoteId};

use crate::sight::document_seen;
use crate::{StoreError, Tx, params};

/// An issued quotation as one picks it from a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuedDocument {
    pub id: QuoteId,
    pub number: String,
    pub revision: i64,
    pub customer: String,
}

/// The PDF that was made of an issued version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pdf {
    /// Hash of its content.
    pub file: String,
    pub sealed: bool,
}

const PDF: &str = "SELECT file, sealed FROM quote_pdf WHERE quote_id = $1";
const PUT: &str = "
    INSERT INTO quote_pdf (quote_id, file, sealed, made_at) VALUES ($1, $2, $3, $4) ON CONFLICT (quote_id) DO NOTHING";
/// `$1` person, `$2` pattern of the reach, `$3` path of the scope.
const NEWEST: &str = concat!(
    "SELECT q.id, k.number, q.revision, c.name AS customer
    FROM quote q
    JOIN quote_chain k ON k.id = q.chain_id
    JOIN customer c ON c.id = q.customer_id
    JOIN org_unit b ON b.id = q.branch_id
    WHERE q.issued_at IS NOT NULL AND k.number IS NOT NULL AND b.path LIKE $3 || '%' AND ",
    document_seen!("q", "$1", "$2"),
    "
    ORDER BY q.listed_day DESC, q.id DESC LIMIT $4"
);
const BY_CODE: &str = "SELECT id FROM quote WHERE verify_code = $1";

/// The newest issued quotations of the branches beneath this path that the person sees.
pub async fn newest_issued(
    tx: &mut Tx<'_>,
    scope: &Scope,
    path: &str,
    limit: u32,
) -> Result<Vec<IssuedDocument>, StoreError> {
    let rows = tx.query(NEWEST, params![scope.person, scope.like(), path, limit]).await?;
    let document = |row: &crate::Row| {
        Ok(IssuedDocument {
            id: QuoteId(row.int("id")?),
            number: row.text("number")?,
            revision: row.int("revision")?,
            customer: row.text("customer")?,
        })
    };
    rows.iter().map(document).collect()
}

/// The PDF of an issued version, once it was made.
pub async fn pdf(tx: &mut Tx<'_>, quote: QuoteId) -> Result<Option<Pdf>, StoreError> {
    let row = tx.query_opt(PDF, params![quote]).await?;
    row.map(|row| Ok(Pdf { file: row.text("file")?, sealed: row.flag("sealed")? })).transpose()
}

/// Keeps the PDF of an issued version; `false` when another was first, whose file stays.
pub async fn put_pdf(tx: &mut Tx<'_>, quote: QuoteId, pdf: &Pdf, now: Instant) -> Result<bool, StoreError> {
    Ok(tx.exec(PUT, params![quote, &pdf.file, pdf.sealed, now]).await? == 1)
}

/// The version with this verify code.
pub async fn by_code(tx: &mut Tx<'_>, code: &str) -> Result<Option<QuoteId>, StoreError> {
    tx.query_opt(BY_CODE, params![code]).await?.map(|row| Ok(QuoteId(row.int("id")?))).transpose()
}
