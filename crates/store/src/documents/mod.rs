//! PDFs of issued quotations, made once, and the public question whether one is genuine.

use domain::base::{Instant, QuoteId};

use crate::{StoreError, Tx, params};

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
const BY_CODE: &str = "SELECT id FROM quote WHERE verify_code = $1";

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
