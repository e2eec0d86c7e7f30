//! Drafts that wait for somebody who was asked, and those that came back (请处理).

use domain::access::Scope;
use domain::base::{Fen, Instant, QuoteId};
use domain::quotes::Beyond;

use crate::quotes::of_json;
use crate::sight::document_seen;
use crate::{Row, StoreError, Tx, params};

/// How a person stands to what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskKind {
    /// It waits for this person.
    ToMe,
    /// One's own draft that came back with a word.
    GivenBack,
    /// One's own draft that waits for another.
    Waiting,
}

/// A draft that somebody was asked to decide on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TodayAsk {
    pub kind: AskKind,
    pub id: QuoteId,
    pub customer: String,
    pub by: String,
    pub to: String,
    /// What it came to when it was asked for.
    pub asked_net: Fen,
    /// What it comes to now, with and without tax.
    pub net: Fen,
    pub net_ex_tax: Fen,
    /// What it earns; `None` when a cost is not known, or the reader may not see it.
    pub margin: Option<Fen>,
    pub beyond: Beyond,
    /// Why it was asked, or with which words it came back.
    pub words: String,
    /// What others changed in a draft that came back, in short: no column says it, whoever reads the log adds it.
    pub changes: Option<String>,
    /// The draft that waits is another since.
    pub changed: bool,
    /// When it was asked, or came back.
    pub at: Instant,
}

/// `$1` person, `$2` pattern of the reach, `$3` how many.
macro_rules! asks_where {
    ($condition:literal) => {
        concat!(
            "SELECT q.id, c.name AS customer_name, p.name AS by_name, t.name AS to_name, q.net, q.net_ex_tax, q.margin,
        q.version, a.quote_version, a.net AS asked_net, a.beyond, a.reason, a.words, a.asked_at, a.ended_at
    FROM quote_ask a
    JOIN quote q ON q.id = a.quote_id
    JOIN customer c ON c.id = q.customer_id
    JOIN org_unit b ON b.id = q.branch_id
    JOIN person p ON p.id = a.asked_by
    JOIN person t ON t.id = a.asked_to
    WHERE q.state = 'draft' AND ",
            document_seen!("q", "$1", "$2"),
            " AND ",
            $condition,
            " ORDER BY q.net DESC, a.id DESC LIMIT $3"
        )
    };
}

const TO_ME: &str = asks_where!("a.outcome IS NULL AND a.asked_to = $1");
const WAITING: &str = asks_where!("a.outcome IS NULL AND a.asked_by = $1");
const GIVEN_BACK: &str = asks_where!(
    "a.outcome = 'given_back' AND a.asked_by = $1 AND a.ended_at >= $4
        AND NOT EXISTS (SELECT 1 FROM quote_ask n WHERE n.quote_id = a.quote_id AND n.id > a.id)"
);

/// The asks of one kind within the reach, most money first; `since`: what came back before is no news any more.
pub async fn asks(
    tx: &mut Tx<'_>,
    scope: &Scope,
    kind: AskKind,
    since: Instant,
    limit: u32,
) -> Result<Vec<TodayAsk>, StoreError> {
    let rows = match kind {
        AskKind::ToMe => tx.query(TO_ME, params![scope.person, scope.like(), limit]).await?,
        AskKind::Waiting => tx.query(WAITING, params![scope.person, scope.like(), limit]).await?,
        AskKind::GivenBack => tx.query(GIVEN_BACK, params![scope.person, scope.like(), limit, since]).await?,
    };
    rows.iter().map(|row| ask_of(row, kind)).collect()
}

fn ask_of(row: &Row, kind: AskKind) -> Result<TodayAsk, StoreError> {
    let (words, at) = match kind {
        AskKind::ToMe | AskKind::Waiting => (row.text("reason")?, row.int("asked_at")?),
        AskKind::GivenBack => (row.opt_text("words")?.unwrap_or_default(), row.int("ended_at")?),
    };
    Ok(TodayAsk {
        kind,
        id: QuoteId(row.int("id")?),
        customer: row.text("customer_name")?,
        by: row.text("by_name")?,
        to: row.text("to_name")?,
        asked_net: Fen(row.int("asked_net")?),
        net: Fen(row.int("net")?),
        net_ex_tax: Fen(row.int("net_ex_tax")?),
        margin: row.opt_int("margin")?.map(Fen),
        beyond: of_json(row, "beyond")?,
        words,
        changes: None,
        // Taking it over and giving it back make a version too; once it came back, nobody is told so any more.
        changed: kind != AskKind::GivenBack && row.int("version")? != row.int("quote_version")?,
        at: Instant(at),
    })
}
