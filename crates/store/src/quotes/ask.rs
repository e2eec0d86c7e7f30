//! Drafts that somebody was asked to decide on (请处理).

use domain::base::{Fen, Instant, PersonId, QuoteId};
use domain::quotes::{Ask, AskEnd, AskOutcome, Beyond};

use super::drafts::{json_text, of_json};
use crate::{Row, StoreError, Tx, params};

/// Who is asked for what.
#[derive(Clone, Debug)]
pub struct NewAsk {
    pub quote: QuoteId,
    pub version: i64,
    pub net: Fen,
    pub beyond: Beyond,
    pub by: PersonId,
    pub to: PersonId,
    pub reason: String,
    pub now: Instant,
}

const INSERT: &str = "
    INSERT INTO quote_ask (quote_id, quote_version, net, beyond, asked_by, asked_to, reason, asked_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
const LAST: &str = "
    SELECT a.quote_version, a.net, a.beyond, a.asked_by, p.name AS by_name, a.asked_to, t.name AS to_name, a.reason,
        a.asked_at, a.outcome, a.ended_at, a.words
    FROM quote_ask a
    JOIN person p ON p.id = a.asked_by
    JOIN person t ON t.id = a.asked_to
    WHERE a.quote_id = $1 ORDER BY a.id DESC LIMIT 1";
const END: &str = "
    UPDATE quote_ask SET outcome = $2, ended_by = $3, ended_at = $4, words = $5
    WHERE quote_id = $1 AND outcome IS NULL";
const GIVE_BACK: &str = "
    UPDATE quote_ask SET outcome = $2, ended_by = $3, ended_at = $4, words = $5
    WHERE id = (SELECT MAX(n.id) FROM quote_ask n WHERE n.quote_id = $1)";

/// Writes that somebody is asked; of a draft one ask waits at most.
pub async fn insert_ask(tx: &mut Tx<'_>, ask: &NewAsk) -> Result<(), StoreError> {
    let it = ask;
    let beyond = json_text(&it.beyond)?;
    let values = params![it.quote, it.version, it.net, beyond, it.by, it.to, &it.reason, it.now];
    tx.exec(INSERT, values).await?;
    Ok(())
}

/// The newest ask of the draft, whether it waits or not.
pub async fn last_ask(tx: &mut Tx<'_>, quote: QuoteId) -> Result<Option<Ask>, StoreError> {
    tx.query_opt(LAST, params![quote]).await?.as_ref().map(ask_of).transpose()
}

/// What `last_ask` asks the database, for whoever asks more at once.
pub fn asks_last_ask(quote: QuoteId) -> crate::Ask {
    crate::Ask::of(LAST, params![quote])
}

/// Writes that the newest ask of the draft was given back with `words`, whether it waits or the draft was taken over.
pub async fn give_back(
    tx: &mut Tx<'_>,
    quote: QuoteId,
    by: PersonId,
    now: Instant,
    words: &str,
) -> Result<(), StoreError> {
    tx.exec(GIVE_BACK, params![quote, AskOutcome::GivenBack.key(), by, now, words]).await?;
    Ok(())
}

/// Ends the ask that waits; `false` when none does. `words` are said beside it, mostly none.
pub async fn end_ask(
    tx: &mut Tx<'_>,
    quote: QuoteId,
    outcome: AskOutcome,
    by: PersonId,
    now: Instant,
    words: &str,
) -> Result<bool, StoreError> {
    Ok(tx.exec(END, params![quote, outcome.key(), by, now, words]).await? == 1)
}

fn ask_of(row: &Row) -> Result<Ask, StoreError> {
    let end = match row.opt_text("outcome")? {
        None => None,
        Some(key) => {
            let outcome = AskOutcome::from_key(&key);
            Some(AskEnd {
                outcome: outcome.ok_or_else(|| StoreError::Decode(format!("no outcome {key}")))?,
                at: Instant(row.int("ended_at")?),
                words: row.opt_text("words")?.unwrap_or_default(),
            })
        }
    };
    Ok(Ask {
        by: (PersonId(row.int("asked_by")?), row.text("by_name")?),
        to: (PersonId(row.int("asked_to")?), row.text("to_name")?),
        version: row.int("quote_version")?,
        net: Fen(row.int("net")?),
        beyond: of_json(row, "beyond")?,
        reason: row.text("reason")?,
        at: Instant(row.int("asked_at")?),
        end,
    })
}
