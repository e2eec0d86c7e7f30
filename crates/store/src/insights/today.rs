//! What waits for a person today: quotations by the money at stake, fresh orders, and changes of configuration.

use domain::access::Scope;
use domain::base::{Date, DraftId, Fen, Instant, ItemId, NoticeId, OrderId, PersonId, QuoteId};
use domain::quotes::FollowUp;

use crate::config::Sight;
use crate::config::sight::item_seen;
use crate::quotes::{Listed, opt_day};
use crate::sight::document_seen;
use crate::sums::bounded;
use crate::{Row, StoreError, Tx, params};

/// Why a quotation stands on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StakeKind {
    /// Its last valid day is near.
    Expiring,
    /// Its last valid day is just over.
    Expired,
    Draft,
    /// Prices that it leans on were withdrawn, and it is not released.
    Void,
    /// The day to ask the customer again has come.
    FollowUp,
    /// The customer opened its link these days and has not signed.
    Opened,
    /// One's own draft that somebody else took over these days.
    TakenOver,
    /// One's own quotation that somebody else issued these days.
    IssuedByOther,
}

/// A quotation that waits for somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TodayQuote {
    pub kind: StakeKind,
    pub id: QuoteId,
    pub number: Option<String>,
    pub customer: String,
    pub owner: String,
    /// Who took the draft over, or who issued it.
    pub hand: Option<String>,
    pub net: Fen,
    pub line_count: i64,
    pub valid_until: Option<Date>,
    pub updated_at: Instant,
    /// When to ask again, and about what.
    pub follow_up: Option<FollowUp>,
    /// When the customer last looked.
    pub seen_at: Option<Instant>,
}

/// An order of these days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedOrder {
    pub id: OrderId,
    pub number: String,
    pub customer: String,
    pub owner: String,
    pub net: Fen,
    pub signed_day: Date,
    pub created_at: Instant,
    /// The message by which the reader was told that the customer accepted on a link, while it is not read.
    pub unread: Option<NoticeId>,
}

/// Why a change of configuration stands on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TodayConfigKind {
    /// A draft of somebody else that a second person must confirm.
    Confirm,
    /// A draft of one's own that came back.
    Returned,
    /// A draft of one's own that was handed on and that a newer revision has overtaken: nobody else can go on with it.
    Overtaken,
    /// Published, and its moment has not come.
    Upcoming,
    /// It came into force these days.
    InForce,
}

/// A draft, or a revision by its item, that waits for somebody or that people should know of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TodayConfig {
    pub kind: TodayConfigKind,
    /// `None` for a revision.
    pub draft: Option<DraftId>,
    pub item: ItemId,
    pub name: String,
    /// Why a draft was submitted, its title where that was not said; why it came back; or note of the release.
    pub title: String,
    pub person: String,
    /// The revision; of a draft that was overtaken the newest, `None` for another draft.
    pub n: Option<i64>,
    pub at: Instant,
}

/// The four sums at the head of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    pub open: Listed,
    pub expiring: Listed,
    pub signed_month: Listed,
    pub drafts: Listed,
}

/// `$1` person, `$2` pattern of the reach.
macro_rules! quotes_where {
    ($condition:literal) => {
        quotes_where!($condition, "q.net DESC, q.id DESC")
    };
    ($condition:literal, $order:literal) => {
        concat!(
            "SELECT q.id, k.number, c.name AS customer_name, o.name AS owner_name, h.name AS hand_name, q.net, q.line_count, q.valid_until,
        q.updated_at, k.follow_day, k.follow_note,
        (SELECT MAX(v.at) FROM share_view v JOIN share_link l ON l.id = v.share_id WHERE l.quote_id = q.id) AS seen_at
    FROM quote q
    JOIN quote_chain k ON k.id = q.chain_id
    JOIN customer c ON c.id = q.customer_id
    JOIN org_unit b ON b.id = q.branch_id
    JOIN person o ON o.id = q.owner_id
    LEFT JOIN person h ON h.id = CASE WHEN q.state = 'draft' THEN q.taken_by ELSE q.issued_by END
    WHERE ",
            document_seen!("q", "$1", "$2"),
            " AND ",
            $condition,
            " ORDER BY ",
            $order,
            " LIMIT $5"
        )
    };
}

/// Were they cut by money, what ends today could be left out.
const EXPIRING: &str = quotes_where!(
    "q.state = 'issued' AND q.valid_until >= $3 AND q.valid_until <= $4",
    "q.valid_until, q.net DESC, q.id DESC"
);
const EXPIRED: &str = quotes_where!("q.state = 'issued' AND q.valid_until >= $4 AND q.valid_until < $3");
/// Another's draft only once its hands have left it.
const DRAFTS: &str = quotes_where!(
    "q.state = 'draft' AND q.line_count > 0 AND q.listed_day >= $4 AND q.listed_day <= $3
        AND (q.owner_id = $1 OR q.created_by = $1 OR q.taken_by = $1 OR q.updated_at <= $6)"
);
const VOID: &str = quotes_where!(
    "q.state = 'issued' AND q.valid_until >= $3
        AND EXISTS (SELECT 1 FROM quote_revision r JOIN config_void v ON v.item_id = r.item_id AND v.n = r.rev_n
            WHERE r.quote_id = q.id AND v.from_at <= $4 AND (r.released_until IS NULL OR r.released_until < $3))"
);
const FOLLOW_UP: &str = quotes_where!("q.state = 'issued' AND k.follow_day <= $3 AND k.follow_day >= $4");
const OPENED: &str = quotes_where!(
    "q.state = 'issued' AND q.valid_until >= $3
        AND EXISTS (SELECT 1 FROM share_link l JOIN share_view v ON v.share_id = l.id
            WHERE l.quote_id = q.id AND v.at >= $4)"
);
const TAKEN_OVER: &str = quotes_where!(
    "q.state = 'draft' AND q.owner_id = $1 AND q.taken_by <> $1 AND q.taken_at >= $4 AND q.listed_day <= $3"
);
const ISSUED_BY_OTHER: &str = quotes_where!(
    "q.state = 'issued' AND q.owner_id = $1 AND q.issued_by <> $1 AND q.issued_at >= $4 AND q.valid_until >= $3"
);
const ORDERS: &str = concat!(
    "SELECT s.id, s.number, c.name AS customer_name, o.name AS owner_name, s.net, s.signed_day, s.created_at
    FROM sales_order s
    JOIN customer c ON c.id = s.customer_id
    JOIN org_unit b ON b.id = s.branch_id
    JOIN person o ON o.id = s.owner_id
    WHERE ",
    document_seen!("s", "$1", "$2"),
    " AND s.created_at >= $3 ORDER BY s.net DESC, s.id DESC LIMIT $4"
);
/// However long ago: it stands on the page until it is seen.
const ACCEPTED: &str = concat!(
    "SELECT s.id, s.number, c.name AS customer_name, o.name AS owner_name, s.net, s.signed_day, s.created_at,
        n.id AS notice_id
    FROM notice n
    JOIN sales_order s ON s.quote_id = n.entity_id
    JOIN customer c ON c.id = s.customer_id
    JOIN org_unit b ON b.id = s.branch_id
    JOIN person o ON o.id = s.owner_id
    WHERE n.person_id = $1 AND n.shown_at <= $3 AND n.read_at IS NULL AND n.kind = 'accepted' AND n.entity = 'quote' AND ",
    document_seen!("s", "$1", "$2"),
    " ORDER BY s.created_at DESC, s.id DESC LIMIT $4"
);
const FIGURES: &str = concat!(
    "SELECT
        CAST(COALESCE(SUM(CASE WHEN q.state = 'issued' AND q.valid_until >= $3 THEN 1 ELSE 0 END), 0) AS BIGINT) AS open_count,
        CAST(COALESCE(SUM(CASE WHEN q.state = 'issued' AND q.valid_until >= $3 THEN ",
    bounded!("q.net"),
    " ELSE 0 END), 0) AS BIGINT) AS open_net,
        CAST(COALESCE(SUM(CASE WHEN q.state = 'issued' AND q.valid_until >= $3 AND q.valid_until <= $4 THEN 1 ELSE 0 END), 0) AS BIGINT) AS expiring_count,
        CAST(COALESCE(SUM(CASE WHEN q.state = 'issued' AND q.valid_until >= $3 AND q.valid_until <= $4 THEN ",
    bounded!("q.net"),
    " ELSE 0 END), 0) AS BIGINT) AS expiring_net,
        CAST(COALESCE(SUM(CASE WHEN q.state = 'draft' THEN 1 ELSE 0 END), 0) AS BIGINT) AS drafts_count,
        CAST(COALESCE(SUM(CASE WHEN q.state = 'draft' THEN ",
    bounded!("q.net"),
    " ELSE 0 END), 0) AS BIGINT) AS drafts_net
    FROM quote q JOIN customer c ON c.id = q.customer_id JOIN org_unit b ON b.id = q.branch_id
    WHERE ((q.state = 'draft' AND q.line_count > 0) OR (q.state = 'issued' AND q.valid_until >= $3)) AND ",
    document_seen!("q", "$1", "$2")
);
const SIGNED: &str = concat!(
    "SELECT COUNT(*) AS count, CAST(COALESCE(SUM(",
    bounded!("s.net"),
    "), 0) AS BIGINT) AS net
    FROM sales_order s JOIN customer c ON c.id = s.customer_id JOIN org_unit b ON b.id = s.branch_id
    WHERE s.signed_day >= $3 AND s.signed_day <= $4 AND ",
    document_seen!("s", "$1", "$2")
);
const TO_CONFIRM: &str = concat!(
    "SELECT d.id AS draft_id, i.id AS item_id, i.name, CASE WHEN d.note = '' THEN d.title ELSE d.note END AS title,
        p.name AS person_name, d.updated_at AS at
    FROM config_draft d JOIN config_item i ON i.id = d.item_id JOIN org_unit o ON o.id = i.scope_org
    JOIN person p ON p.id = d.author
    WHERE d.state = 'submitted' AND d.base_n = i.head_n AND d.author <> $4 AND o.path LIKE $6 AND i.archived = 0 AND ",
    item_seen!("$1", "$2", "$3"),
    " ORDER BY d.updated_at DESC, d.id DESC LIMIT $5"
);
const RETURNED: &str = concat!(
    "SELECT d.id AS draft_id, i.id AS item_id, i.name,
        CASE WHEN COALESCE(d.returned_reason, '') = '' THEN d.title ELSE d.returned_reason END AS title,
        p.name AS person_name, d.returned_at AS at
    FROM config_draft d JOIN config_item i ON i.id = d.item_id JOIN org_unit o ON o.id = i.scope_org
    JOIN person p ON p.id = d.returned_by
    WHERE d.state = 'editing' AND d.returned_at IS NOT NULL AND d.author = $4 AND i.archived = 0 AND ",
    item_seen!("$1", "$2", "$3"),
    " ORDER BY d.returned_at DESC, d.id DESC LIMIT $5"
);
const OVERTAKEN: &str = concat!(
    "SELECT d.id AS draft_id, i.id AS item_id, i.name, d.title, p.name AS person_name, d.updated_at AS at,
        i.head_n AS rev_n
    FROM config_draft d JOIN config_item i ON i.id = d.item_id JOIN org_unit o ON o.id = i.scope_org
    JOIN person p ON p.id = d.author
    WHERE d.state IN ('submitted', 'confirmed') AND d.base_n <> i.head_n AND d.author = $4 AND i.archived = 0 AND ",
    item_seen!("$1", "$2", "$3"),
    " ORDER BY d.updated_at DESC, d.id DESC LIMIT $5"
);
const RELEASED: &str = concat!(
    "SELECT x.item_id, i.name, r.note AS title, p.name AS person_name, r.effective_at AS at, x.rev_n
    FROM release r JOIN release_item x ON x.release_id = r.id
    JOIN config_item i ON i.id = x.item_id JOIN org_unit o ON o.id = i.scope_org JOIN person p ON p.id = r.author
    WHERE r.state = 'published' AND r.effective_at > $4 AND r.effective_at <= $5 AND i.archived = 0 AND ",
    item_seen!("$1", "$2", "$3"),
    " ORDER BY r.effective_at DESC, x.item_id LIMIT $6"
);

/// The quotations of one kind within the reach, most money first; what is about to end by its last valid day, then most
/// money first. `edge` is the first or last day that still counts,
/// `moment` now, of what happened at a moment the first one that counts, or of others' drafts the last one that counts.
pub async fn quotes_at_stake(
    tx: &mut Tx<'_>,
    scope: &Scope,
    kind: StakeKind,
    today: Date,
    edge: Date,
    moment: Instant,
    limit: u32,
) -> Result<Vec<TodayQuote>, StoreError> {
    let sql = match kind {
        StakeKind::Expiring => EXPIRING,
        StakeKind::Expired => EXPIRED,
        StakeKind::Draft => DRAFTS,
        StakeKind::Void => VOID,
        StakeKind::FollowUp => FOLLOW_UP,
        StakeKind::Opened => OPENED,
        StakeKind::TakenOver => TAKEN_OVER,
        StakeKind::IssuedByOther => ISSUED_BY_OTHER,
    };
    let rows = match kind {
        StakeKind::Void | StakeKind::Opened | StakeKind::TakenOver | StakeKind::IssuedByOther => {
            tx.query(sql, params![scope.person, scope.like(), today, moment, limit]).await?
        }
        StakeKind::Draft => {
            tx.query(sql, params![scope.person, scope.like(), today, edge, limit, moment]).await?
        }
        StakeKind::Expiring | StakeKind::Expired | StakeKind::FollowUp => {
            tx.query(sql, params![scope.person, scope.like(), today, edge, limit]).await?
        }
    };
    rows.iter().map(|row| quote_of(row, kind)).collect()
}

/// Orders made since `since` within the reach, most money first.
pub async fn signed_orders(
    tx: &mut Tx<'_>,
    scope: &Scope,
    since: Instant,
    limit: u32,
) -> Result<Vec<SignedOrder>, StoreError> {
    let rows = tx.query(ORDERS, params![scope.person, scope.like(), since, limit]).await?;
    rows.iter().map(|row| order_of(row, None)).collect()
}

/// Orders that customers made on a link, of which the person was told by `now` and has not read it; the newest first.
pub async fn accepted_orders(
    tx: &mut Tx<'_>,
    scope: &Scope,
    now: Instant,
    limit: u32,
) -> Result<Vec<SignedOrder>, StoreError> {
    let rows = tx.query(ACCEPTED, params![scope.person, scope.like(), now, limit]).await?;
    rows.iter().map(|row| order_of(row, Some(NoticeId(row.int("notice_id")?)))).collect()
}

/// The sums of quotations at the head of the page; `soon` is the last day that counts as expiring.
pub async fn figures(tx: &mut Tx<'_>, scope: &Scope, today: Date, soon: Date) -> Result<Figures, StoreError> {
    let quotes = tx.query_one(FIGURES, params![scope.person, scope.like(), today, soon]).await?;
    Ok(Figures {
        open: listed(&quotes, "open_count", "open_net")?,
        expiring: listed(&quotes, "expiring_count", "expiring_net")?,
        drafts: listed(&quotes, "drafts_count", "drafts_net")?,
        signed_month: Listed::default(),
    })
}

/// What was signed from `month`, the first of the month, to `today`.
pub async fn signed_between(
    tx: &mut Tx<'_>,
    scope: &Scope,
    month: Date,
    today: Date,
) -> Result<Listed, StoreError> {
    let signed = tx.query_one(SIGNED, params![scope.person, scope.like(), month, today]).await?;
    listed(&signed, "count", "net")
}

fn listed(row: &Row, count: &str, net: &str) -> Result<Listed, StoreError> {
    Ok(Listed { count: row.int(count)?, net: Fen(row.int(net)?), capped: false })
}

/// Drafts that wait for `person`: of others where the pattern `confirms` reaches, of their own that came back or were
/// overtaken by another publication.
pub async fn config_waiting(
    tx: &mut Tx<'_>,
    sight: &Sight,
    person: PersonId,
    confirms: Option<&str>,
    limit: u32,
) -> Result<Vec<TodayConfig>, StoreError> {
    let (like, path, kinds) = (&sight.like, &sight.path, sight.kinds_text());
    let mut waiting = Vec::new();
    if let Some(confirms) = confirms {
        let values = params![like, path, &kinds, person, limit, confirms];
        for row in tx.query(TO_CONFIRM, values).await? {
            waiting.push(config_of(&row, TodayConfigKind::Confirm)?);
        }
    }
    for row in tx.query(RETURNED, params![like, path, &kinds, person, limit]).await? {
        waiting.push(config_of(&row, TodayConfigKind::Returned)?);
    }
    for row in tx.query(OVERTAKEN, params![like, path, &kinds, person, limit]).await? {
        waiting.push(config_of(&row, TodayConfigKind::Overtaken)?);
    }
    Ok(waiting)
}

/// Revisions that come into force until `until`, and those that came since `since`.
pub async fn price_changes(
    tx: &mut Tx<'_>,
    sight: &Sight,
    since: Instant,
    now: Instant,
    until: Instant,
    limit: u32,
) -> Result<Vec<TodayConfig>, StoreError> {
    let kinds = sight.kinds_text();
    let mut changes = Vec::new();
    for (from, to, kind) in [(now, until, TodayConfigKind::Upcoming), (since, now, TodayConfigKind::InForce)]
    {
        let values = params![&sight.like, &sight.path, &kinds, from, to, limit];
        for row in tx.query(RELEASED, values).await? {
            changes.push(config_of(&row, kind)?);
        }
    }
    Ok(changes)
}

fn quote_of(row: &Row, kind: StakeKind) -> Result<TodayQuote, StoreError> {
    let (follow_day, note) = (opt_day(row, "follow_day")?, row.opt_text("follow_note")?);
    Ok(TodayQuote {
        kind,
        id: QuoteId(row.int("id")?),
        number: row.opt_text("number")?,
        customer: row.text("customer_name")?,
        owner: row.text("owner_name")?,
        hand: row.opt_text("hand_name")?,
        net: Fen(row.int("net")?),
        line_count: row.int("line_count")?,
        valid_until: opt_day(row, "valid_until")?,
        updated_at: Instant(row.int("updated_at")?),
        follow_up: follow_day.map(|day| FollowUp { day, note: note.unwrap_or_default() }),
        seen_at: row.opt_int("seen_at")?.map(Instant),
    })
}

fn order_of(row: &Row, unread: Option<NoticeId>) -> Result<SignedOrder, StoreError> {
    let signed_day = opt_day(row, "signed_day")?;
    Ok(SignedOrder {
        id: OrderId(row.int("id")?),
        number: row.text("number")?,
        customer: row.text("customer_name")?,
        owner: row.text("owner_name")?,
        net: Fen(row.int("net")?),
        signed_day: signed_day.ok_or_else(|| StoreError::Decode("signed_day is null".to_string()))?,
        created_at: Instant(row.int("created_at")?),
        unread,
    })
}

fn config_of(row: &Row, kind: TodayConfigKind) -> Result<TodayConfig, StoreError> {
    let (drafted, numbered) = match kind {
        TodayConfigKind::Confirm | TodayConfigKind::Returned => (true, false),
        TodayConfigKind::Overtaken => (true, true),
        TodayConfigKind::Upcoming | TodayConfigKind::InForce => (false, true),
    };
    Ok(TodayConfig {
        kind,
        draft: if drafted { Some(DraftId(row.int("draft_id")?)) } else { None },
        item: ItemId(row.int("item_id")?),
        name: row.text("name")?,
        title: row.text("title")?,
        person: row.text("person_name")?,
        n: if numbered { Some(row.int("rev_n")?) } else { None },
        at: Instant(row.int("at")?),
    })
}
