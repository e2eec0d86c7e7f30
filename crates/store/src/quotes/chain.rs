//! The versions of one number.

use domain::base::{Date, Fen, Instant, OrderId, QuoteId};
use domain::quotes::{OrderRef, QuoteState};

use super::head::{opt_day, state_of};
use crate::{Row, StoreError, Tx, params};

/// One version beside the others of its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainVersion {
    pub id: QuoteId,
    pub revision: i64,
    pub state: QuoteState,
    pub valid_until: Option<Date>,
    pub issued_at: Option<Instant>,
    pub net: Fen,
}

/// The draft of the next version, when somebody began one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenDraft {
    pub id: QuoteId,
}

const CHAIN_OF: &str = "SELECT chain_id FROM quote WHERE id = $1";
const CHAIN: &str = "
    SELECT id, revision, state, valid_until, issued_at, net FROM quote WHERE chain_id = $1 ORDER BY revision";
const OPEN_DRAFT: &str = "
    SELECT id FROM quote WHERE chain_id = $1 AND state = 'draft' ORDER BY revision DESC LIMIT 1";
const ORDER_OF_CHAIN: &str = "
    SELECT o.id, o.number FROM sales_order o JOIN quote q ON q.id = o.quote_id WHERE q.chain_id = $1";

/// Which number the version belongs to; it never changes.
pub async fn chain_of(tx: &mut Tx<'_>, id: QuoteId) -> Result<Option<i64>, StoreError> {
    tx.query_opt(CHAIN_OF, params![id]).await?.map(|row| row.int("chain_id")).transpose()
}

/// Keeps every version of the number for this transaction alone. After the heads, before the series of numbers.
pub async fn lock_chain(tx: &mut Tx<'_>, chain: i64) -> Result<(), StoreError> {
    tx.lock_row("quote_chain", "id", chain).await
}

/// All versions, oldest first.
pub async fn chain(tx: &mut Tx<'_>, chain: i64) -> Result<Vec<ChainVersion>, StoreError> {
    tx.query(CHAIN, params![chain]).await?.iter().map(version_of).collect()
}

/// The draft of the next version, when there is one.
pub async fn open_draft(tx: &mut Tx<'_>, chain: i64) -> Result<Option<OpenDraft>, StoreError> {
    let row = tx.query_opt(OPEN_DRAFT, params![chain]).await?;
    row.map(|row| Ok(OpenDraft { id: QuoteId(row.int("id")?) })).transpose()
}

/// The order that one of the versions became.
pub async fn order_of_chain(tx: &mut Tx<'_>, chain: i64) -> Result<Option<OrderRef>, StoreError> {
    let row = tx.query_opt(ORDER_OF_CHAIN, params![chain]).await?;
    row.map(|row| Ok(OrderRef { id: OrderId(row.int("id")?), number: row.text("number")? })).transpose()
}

fn version_of(row: &Row) -> Result<ChainVersion, StoreError> {
    Ok(ChainVersion {
        id: QuoteId(row.int("id")?),
        revision: row.int("revision")?,
        state: state_of(row)?,
        valid_until: opt_day(row, "valid_until")?,
        issued_at: row.opt_int("issued_at")?.map(Instant),
        net: Fen(row.int("net")?),
    })
}
