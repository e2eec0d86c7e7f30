//! The versions of one number.

use domain::base::{Date, Fen, Instant, OrderId, QuoteId};
use domain::quotes::{OrderRef, QuoteState};

use super::head::{QuoteHead, opt_day, state_of};
use crate::{Ask, Row, StoreError, Tx, params};

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

/// An alternative beside the others of its set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionVersion {
    pub chain: i64,
    /// A, B, C …
    pub name: String,
    pub number: Option<String>,
    pub version: ChainVersion,
}

/// What stands under one number, and beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberOf {
    /// All versions, oldest first.
    pub versions: Vec<ChainVersion>,
    /// The newest version of each alternative of its set; empty when it stands alone.
    pub options: Vec<OptionVersion>,
    /// What one of the versions, or of the versions of an alternative, became.
    pub order: Option<OrderRef>,
}

/// The draft of the next version, when somebody began one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenDraft {
    pub id: QuoteId,
}

const CHAIN: &str = "
    SELECT q.id, q.revision, q.state, q.valid_until, q.issued_at, q.net, o.id AS order_id, o.number AS order_number
    FROM quote q LEFT JOIN sales_order o ON o.quote_id = q.id
    WHERE q.chain_id = $1 ORDER BY q.revision";
const OPEN_DRAFT: &str = "
    SELECT id FROM quote WHERE chain_id = $1 AND state = 'draft' ORDER BY revision DESC LIMIT 1";
/// The numbers first, so that their versions are found by an index: an `OR` over both made PostgreSQL look through all
/// quotations.
const ORDER_OF_CHAIN: &str = "
    SELECT o.id, o.number FROM sales_order o JOIN quote q ON q.id = o.quote_id
    WHERE q.chain_id IN (
        SELECT m.id FROM quote_chain m WHERE m.id = $1
        UNION SELECT k.id FROM quote_chain m JOIN quote_chain k ON k.option_of = m.option_of WHERE m.id = $1)
    ORDER BY o.id LIMIT 1";
const OPTION_SET: &str = "SELECT option_of FROM quote_chain WHERE id = $1";
const BEGIN_OPTIONS: &str = "
    UPDATE quote_chain SET option_of = $1, option_name = $2 WHERE id = $1 AND option_of IS NULL";
const JOIN_OPTIONS: &str = "UPDATE quote_chain SET option_of = $2, option_name = $3 WHERE id = $1";
const OPTIONS: &str = "
    SELECT k.id AS chain_id, k.option_name, k.number, q.id, q.revision, q.state, q.valid_until, q.issued_at, q.net
    FROM quote_chain k JOIN quote q ON q.chain_id = k.id
    WHERE k.option_of = $1 AND q.revision = (SELECT MAX(r.revision) FROM quote r WHERE r.chain_id = k.id)
    ORDER BY k.id";
const ISSUED_OPTIONS: &str = "
    SELECT q.id FROM quote q JOIN quote_chain k ON k.id = q.chain_id
    WHERE k.option_of = $1 AND k.id <> $2 AND q.state = 'issued' ORDER BY q.id";

impl ChainVersion {
    /// The version as its number shows it.
    pub fn of(head: &QuoteHead) -> ChainVersion {
        ChainVersion {
            id: head.id,
            revision: head.revision,
            state: head.state,
            valid_until: head.valid_until,
            issued_at: head.issued_at,
            net: head.amounts.net,
        }
    }
}

/// Keeps every version of the number for this transaction alone. After the heads, before the series of numbers.
pub async fn lock_chain(tx: &mut Tx<'_>, chain: i64) -> Result<(), StoreError> {
    tx.lock_row("quote_chain", "id", chain).await
}

/// What `lock_chain` locks, for whoever asks more at once.
pub fn asks_locked_chain(chain: i64) -> Ask {
    Ask::lock_row("quote_chain", "id", chain)
}

/// What `order_of_chain` asks, for whoever asks more at once.
pub fn asks_order(chain: i64) -> Ask {
    Ask::of(ORDER_OF_CHAIN, params![chain])
}

/// What `number_of` asks, for whoever asks more at once.
pub fn asks_number(head: &QuoteHead) -> Vec<Ask> {
    let mut asks = Vec::new();
    if !head.is_alone() {
        asks.push(Ask::of(CHAIN, params![head.chain]));
    }
    if let Some(set) = head.option_set {
        asks.extend([Ask::of(OPTIONS, params![set]), asks_order(head.chain)]);
    }
    asks
}

/// What stands beside the quotation under its number and in its set. Of one that nothing stands beside nothing is asked.
pub async fn number_of(tx: &mut Tx<'_>, head: &QuoteHead) -> Result<NumberOf, StoreError> {
    let rows = if head.is_alone() { Vec::new() } else { tx.query(CHAIN, params![head.chain]).await? };
    let mut versions: Vec<ChainVersion> = rows.iter().map(version_of).collect::<Result<_, _>>()?;
    if rows.is_empty() {
        versions.push(ChainVersion::of(head));
    }
    let mut orders: Vec<OrderRef> = Vec::new();
    for row in &rows {
        let order = row.opt_int("order_id")?.zip(row.opt_text("order_number")?);
        orders.extend(order.map(|(id, number)| OrderRef { id: OrderId(id), number }));
    }
    let own = orders.into_iter().min_by_key(|order| order.id);
    let Some(set) = head.option_set else {
        return Ok(NumberOf { versions, options: Vec::new(), order: own });
    };
    let (options, order) = (options(tx, set).await?, order_of_chain(tx, head.chain).await?);
    Ok(NumberOf { versions, options, order })
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

/// The set of alternatives that the number belongs to, by the number that began it; `None`: it stands alone.
pub async fn option_set(tx: &mut Tx<'_>, chain: i64) -> Result<Option<i64>, StoreError> {
    tx.query_one(OPTION_SET, params![chain]).await?.opt_int("option_of")
}

/// The number begins a set of alternatives under `name`; nothing happens when it belongs to one.
pub async fn begin_options(tx: &mut Tx<'_>, chain: i64, name: &str) -> Result<(), StoreError> {
    tx.exec(BEGIN_OPTIONS, params![chain, name]).await.map(|_| ())
}

/// The number becomes the alternative `name` of the set.
pub async fn join_options(tx: &mut Tx<'_>, chain: i64, set: i64, name: &str) -> Result<(), StoreError> {
    tx.exec(JOIN_OPTIONS, params![chain, set, name]).await.map(|_| ())
}

/// The newest version of each alternative of the set, in their order.
pub async fn options(tx: &mut Tx<'_>, set: i64) -> Result<Vec<OptionVersion>, StoreError> {
    let rows = tx.query(OPTIONS, params![set]).await?;
    let option = |row: &Row| {
        let name = row.opt_text("option_name")?.unwrap_or_default();
        let chain = row.int("chain_id")?;
        Ok(OptionVersion { chain, name, number: row.opt_text("number")?, version: version_of(row)? })
    };
    rows.iter().map(option).collect()
}

/// What is issued of the other alternatives of the set.
pub async fn issued_options(tx: &mut Tx<'_>, set: i64, chosen: i64) -> Result<Vec<QuoteId>, StoreError> {
    let rows = tx.query(ISSUED_OPTIONS, params![set, chosen]).await?;
    rows.iter().map(|row| Ok(QuoteId(row.int("id")?))).collect()
}

/// The order that one of the versions, or of the versions of an alternative, became.
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
