//! Messages to persons, each written once by what made it, and when each person wants to be told.

use std::collections::BTreeMap;

use domain::access::Scope;
use domain::base::{Fen, Instant, NoticeId, PersonId, TaskId};
use domain::notices::NoticeSetting;
use domain::quotes::QuoteState;

use crate::config::{KEYS_AT_ONCE, key_places, with_keys};
use crate::sight::document_seen;
use crate::{Row, StoreError, Tx, params};

/// A message to be kept. The same `effect_key` twice is one message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewNotice {
    pub effect_key: String,
    pub person: PersonId,
    /// `task`, `notice`, `handed_over`, `refused`, `accepted`, `ask_ended`, `enough`.
    pub kind: &'static str,
    pub text: String,
    pub entity: String,
    pub entity_id: i64,
    pub shown_at: Instant,
}

/// A message as its reader sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeRow {
    pub id: NoticeId,
    pub kind: String,
    pub text: String,
    pub entity: String,
    pub entity_id: i64,
    /// Number and customer of the record; `None` where the reader does not see it.
    pub number: Option<String>,
    pub customer: Option<String>,
    /// Whose the record is, where it is another's; `None` where the reader does not see it.
    pub owner: Option<String>,
    /// What the record comes to; `None` where the reader does not see it.
    pub net: Option<Fen>,
    /// Where the quotation stands now; `None` where the reader does not see it.
    pub state: Option<QuoteState>,
    pub created_at: Instant,
    pub shown_at: Instant,
    pub read_at: Option<Instant>,
}

const INSERT: &str = "
    INSERT INTO notice (effect_key, person_id, kind, text, entity, entity_id, created_at, shown_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (effect_key) DO NOTHING";
const LIST: &str = concat!(
    "SELECT n.id, n.kind, n.text, n.entity, n.entity_id, n.created_at, n.shown_at, n.read_at,
        CASE WHEN ",
    document_seen!("q", "$1", "$2"),
    " THEN k.number END AS number, CASE WHEN ",
    document_seen!("q", "$1", "$2"),
    " THEN c.name END AS customer, CASE WHEN q.owner_id <> $1 AND ",
    document_seen!("q", "$1", "$2"),
    " THEN o.name END AS owner, CASE WHEN ",
    document_seen!("q", "$1", "$2"),
    " THEN q.net END AS net, CASE WHEN ",
    document_seen!("q", "$1", "$2"),
    " THEN q.state END AS state
    FROM notice n
    LEFT JOIN quote q ON n.entity = 'quote' AND q.id = n.entity_id
    LEFT JOIN quote_chain k ON k.id = q.chain_id
    LEFT JOIN customer c ON c.id = q.customer_id
    LEFT JOIN org_unit b ON b.id = q.branch_id
    LEFT JOIN person o ON o.id = q.owner_id
    WHERE n.person_id = $1 AND n.shown_at <= $3
        AND (n.shown_at < $4 OR (n.shown_at = $4 AND n.id < $5))
    ORDER BY n.shown_at DESC, n.id DESC LIMIT $6"
);
const UNREAD: &str =
    "SELECT COUNT(*) AS n FROM notice WHERE person_id = $1 AND shown_at <= $2 AND read_at IS NULL";
const READ_ONE: &str = "
    UPDATE notice SET read_at = COALESCE(read_at, $3) WHERE id = $1 AND person_id = $2 AND shown_at <= $3";
const READ_ALL: &str = "
    UPDATE notice SET read_at = $2 WHERE person_id = $1 AND shown_at <= $2 AND read_at IS NULL";
/// One that is still held back is never shown as new. What a rule leaves behind is known by its key: that of the message
/// differs from that of its task in one word (`effects.rs` of the rules). The word stands there once: the key of a rule has
/// no colon (`rule_key_is_sound`), and its name stands in no key.
const READ_OF_TASK: &str = "
    UPDATE notice SET read_at = $4 WHERE person_id = $1 AND read_at IS NULL
        AND ((kind = 'task' AND REPLACE(effect_key, ':told', ':task') = (SELECT t.effect_key FROM task t WHERE t.id = $2))
            OR (kind = 'handed_over' AND effect_key LIKE $3))";
const UNREAD_TEXT: &str = "SELECT text FROM notice WHERE effect_key = $1 AND read_at IS NULL";
const READ_BY_KEY: &str = "UPDATE notice SET read_at = $2 WHERE effect_key = $1 AND read_at IS NULL";
const REWORD: &str = "UPDATE notice SET text = $2 WHERE effect_key = $1 AND read_at IS NULL";
const PUT_SETTING: &str = "
    INSERT INTO notice_setting (person_id, quiet_from, quiet_to, digest_at) VALUES ($1, $2, $3, $4)
    ON CONFLICT (person_id) DO UPDATE SET quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to,
        digest_at = excluded.digest_at";
const FORGET: &str = "
    DELETE FROM notice WHERE id IN (
        SELECT id FROM notice WHERE read_at IS NOT NULL AND shown_at < $1 ORDER BY shown_at, id LIMIT $2)";

/// Keeps messages; those that are there already stay as they are.
pub async fn insert_many(tx: &mut Tx<'_>, now: Instant, notices: &[NewNotice]) -> Result<u64, StoreError> {
    let values = |notice: &NewNotice| {
        let NewNotice { effect_key, person, kind, text, entity, entity_id, shown_at } = notice;
        params![effect_key, *person, *kind, text, entity, *entity_id, now, *shown_at].to_vec()
    };
    let values: Vec<_> = notices.iter().map(values).collect();
    if values.is_empty() { Ok(0) } else { tx.exec_many(INSERT, &values).await }
}

/// Up to `limit` messages that are shown to a person at `now`, after the place `after` (moment and id), newest first.
pub async fn list(
    tx: &mut Tx<'_>,
    quotes: &Scope,
    now: Instant,
    after: Option<(Instant, NoticeId)>,
    limit: u32,
) -> Result<Vec<NoticeRow>, StoreError> {
    let (at, id) = after.unwrap_or((Instant(i64::MAX), NoticeId(i64::MAX)));
    let values = params![quotes.person, quotes.like(), now, at, id, limit];
    tx.query(LIST, values).await?.iter().map(row_of).collect()
}

/// Marks the messages that brought a person this task as read, the one with which it was handed over included.
pub async fn mark_task_read(
    tx: &mut Tx<'_>,
    (person, task): (PersonId, TaskId),
    now: Instant,
) -> Result<u64, StoreError> {
    let handed_over = format!("task:{}:%:handed_over:%", task.0);
    tx.exec(READ_OF_TASK, params![person, task, handed_over, now]).await
}

/// What the message of that key says, as long as nobody has read it.
pub async fn unread_text(tx: &mut Tx<'_>, effect_key: &str) -> Result<Option<String>, StoreError> {
    tx.query_opt(UNREAD_TEXT, params![effect_key]).await?.map(|row| row.text("text")).transpose()
}

/// Lets that message say something else; `false` when it was read meanwhile.
pub async fn reword(tx: &mut Tx<'_>, effect_key: &str, text: &str) -> Result<bool, StoreError> {
    Ok(tx.exec(REWORD, params![effect_key, text]).await? == 1)
}

/// How many messages a person has not read at `now`.
pub async fn unread(tx: &mut Tx<'_>, person: PersonId, now: Instant) -> Result<i64, StoreError> {
    tx.query_one(UNREAD, params![person, now]).await?.int("n")
}

/// Marks one message as read; `false` when the person has none of that number.
pub async fn mark_read(
    tx: &mut Tx<'_>,
    person: PersonId,
    id: NoticeId,
    now: Instant,
) -> Result<bool, StoreError> {
    Ok(tx.exec(READ_ONE, params![id, person, now]).await? == 1)
}

/// Marks all messages of a person as read, and says how many.
pub async fn mark_all_read(tx: &mut Tx<'_>, person: PersonId, now: Instant) -> Result<u64, StoreError> {
    tx.exec(READ_ALL, params![person, now]).await
}

/// When these people want to be told; whoever never said so is not in it.
pub async fn settings_of(
    tx: &mut Tx<'_>,
    people: &[PersonId],
) -> Result<BTreeMap<PersonId, NoticeSetting>, StoreError> {
    let mut found = BTreeMap::new();
    for people in people.chunks(KEYS_AT_ONCE) {
        let sql = format!(
            "SELECT person_id, quiet_from, quiet_to, digest_at FROM notice_setting WHERE person_id IN ({})",
            key_places(1)
        );
        for row in tx.query(&sql, &with_keys(&[], people)).await? {
            let quiet = row.opt_int("quiet_from")?.zip(row.opt_int("quiet_to")?);
            let setting = NoticeSetting { quiet, digest: row.opt_int("digest_at")? };
            found.insert(PersonId(row.int("person_id")?), setting);
        }
    }
    Ok(found)
}

/// The message with this key is read: what it told of is settled. Nothing where there is none.
pub async fn read_by_key(tx: &mut Tx<'_>, key: &str, now: Instant) -> Result<(), StoreError> {
    tx.exec(READ_BY_KEY, params![key, now]).await?;
    Ok(())
}

/// Keeps when a person wants to be told.
pub async fn put_setting(
    tx: &mut Tx<'_>,
    person: PersonId,
    setting: &NoticeSetting,
) -> Result<(), StoreError> {
    let (from, to) = setting.quiet.unzip();
    tx.exec(PUT_SETTING, params![person, from, to, setting.digest]).await?;
    Ok(())
}

/// Forgets up to `limit` messages that were read and shown before `before`, the oldest first; says how many.
pub async fn forget_read_before(tx: &mut Tx<'_>, before: Instant, limit: u32) -> Result<u64, StoreError> {
    tx.exec(FORGET, params![before, limit]).await
}

fn row_of(row: &Row) -> Result<NoticeRow, StoreError> {
    Ok(NoticeRow {
        id: NoticeId(row.int("id")?),
        kind: row.text("kind")?,
        text: row.text("text")?,
        entity: row.text("entity")?,
        entity_id: row.int("entity_id")?,
        number: row.opt_text("number")?,
        customer: row.opt_text("customer")?,
        owner: row.opt_text("owner")?,
        net: row.opt_int("net")?.map(Fen),
        state: row.opt_text("state")?.as_deref().and_then(QuoteState::from_key),
        created_at: Instant(row.int("created_at")?),
        shown_at: Instant(row.int("shown_at")?),
        read_at: row.opt_int("read_at")?.map(Instant),
    })
}
