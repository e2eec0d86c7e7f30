//! What becomes of a draft: issued, replaced, ended, released, signed.

use domain::access::{Reach, Right};
use domain::base::{Date, Fen, Instant, PersonId, QuoteId};
use domain::quotes::{ShownFigures, ShownLine, UsedRevision, VoidRevision};

use crate::{Ask, StoreError, Tx, Value, params};

/// So many of those who may issue below the floor are named.
const APPROVERS_MAX: usize = 5;
/// So many roles of those who may issue are looked at.
const DECIDER_ROLES_MAX: i64 = 200;

/// An issued version as it is written.
#[derive(Clone, Debug)]
pub struct Issue {
    pub number: String,
    pub document: String,
    pub hash: String,
    /// JSON beside the document: cost and floor of each line.
    pub costs: String,
    pub verify_code: String,
    pub valid_until: Date,
    pub issued_day: Date,
    pub search: String,
    pub used: Vec<UsedRevision>,
    /// The figures of the document, lines in their order.
    pub shown: ShownFigures,
    /// What is earned; `None` when a cost is not known.
    pub margin: Option<Fen>,
    pub by: PersonId,
    pub now: Instant,
}

const ISSUE: &str = "
    UPDATE quote SET state = 'issued', valid_until = $2, hash = $3, verify_code = $4, issued_at = $5, issued_by = $6,
        listed_day = $7, search = $8, priced_at = $5, updated_by = $6, updated_at = $5, version = version + 1,
        net = $10, net_ex_tax = $11, tax = $12, margin = $13
    WHERE id = $1 AND version = $9 AND state = 'draft'";
const SHOWN_LINE: &str = "UPDATE quote_line SET unit_price = $3, net = $4 WHERE quote_id = $1 AND ord = $2";
const NUMBER: &str = "UPDATE quote_chain SET number = $2 WHERE id = $1 AND (number IS NULL OR number = $2)";
const FREEZE: &str = "INSERT INTO quote_frozen (quote_id, document, costs) VALUES ($1, $2, $3)";
const USES: &str = "INSERT INTO quote_revision (quote_id, item_id, rev_n) VALUES ($1, $2, $3)";
const SUPERSEDE: &str = "
    UPDATE quote SET state = 'superseded', updated_by = $4, updated_at = $3, version = version + 1
    WHERE chain_id = $1 AND id <> $2 AND state = 'issued'";
const CANCEL: &str = "
    UPDATE quote SET state = 'cancelled', cancelled_at = $2, cancelled_by = $3, cancel_reason = $4,
        updated_by = $3, updated_at = $2, version = version + 1
    WHERE id = $1 AND state = 'issued'";
const RELEASE: &str = "
    UPDATE quote SET released_until = $2, updated_by = $4, updated_at = $3, version = version + 1
    WHERE id = $1 AND state = 'issued'";
const RELEASE_REVISION: &str =
    "UPDATE quote_revision SET released_until = $4 WHERE quote_id = $1 AND item_id = $2 AND rev_n = $3";
const TAKE_OVER: &str = "
    UPDATE quote SET taken_by = $2, taken_at = $3, updated_by = $2, updated_at = $3, version = version + 1
    WHERE id = $1 AND state = 'draft'";
const LET_GO: &str = "
    UPDATE quote SET taken_by = NULL, taken_at = NULL, updated_by = $2, updated_at = $3, version = version + 1
    WHERE id = $1 AND state = 'draft'";
/// The few roles that reach so far come first, each looked up by its index, then whoever has one of them: not everybody is
/// asked for every right.
const DECIDERS: &str = "
    SELECT p.id, p.name, r.role_key,
        (SELECT COUNT(*) FROM person_role x JOIN role_right y ON y.role_id = x.role_id
            WHERE x.person_id = p.id AND y.right_key = $6
                AND (y.reach = $2 OR (y.reach = $3 AND $4 LIKE o.path || '%'))) AS below
    FROM person p
    JOIN org_unit o ON o.id = p.org_id
    JOIN person_role h ON h.person_id = p.id
    JOIN role r ON r.id = h.role_id
    WHERE p.id IN (
            SELECT j.person_id FROM person_role j WHERE j.role_id IN (
                SELECT w.id FROM role w CROSS JOIN role_right f
                WHERE f.role_id = w.id AND f.right_key = $1 AND f.reach IN ($2, $3)))
        AND p.active = 1 AND p.id <> $7 AND EXISTS (
        SELECT 1 FROM person_role i JOIN role_right g ON g.role_id = i.role_id
        WHERE i.person_id = p.id AND g.right_key = $1
            AND (g.reach = $2 OR (g.reach = $3 AND $4 LIKE o.path || '%')))
    ORDER BY LENGTH(o.path) DESC, p.id, r.id LIMIT $5";
const ROLE_KEYS: &str = "
    SELECT r.role_key FROM person_role h JOIN role r ON r.id = h.role_id WHERE h.person_id = $1 ORDER BY r.id";
const SIGN: &str = "
    UPDATE quote SET state = 'signed', updated_by = $3, updated_at = $2, version = version + 1
    WHERE id = $1 AND state = 'issued'";

/// Writes what was issued, under a number that was taken before: state, document and the figures that lists and orders
/// read, where they are not those of the draft's lines `before`. `false` when the draft is no longer at `version`.
pub async fn put_issued(
    tx: &mut Tx<'_>,
    (id, version): (QuoteId, i64),
    chain: i64,
    issue: &Issue,
    before: &[ShownLine],
) -> Result<bool, StoreError> {
    let it = issue;
    let amounts = it.shown.amounts;
    let values = params![
        id,
        it.valid_until,
        &it.hash,
        &it.verify_code,
        it.now,
        it.by,
        it.issued_day,
        &it.search,
        version,
        amounts.net,
        amounts.net_ex_tax,
        amounts.tax,
        it.margin
    ];
    if tx.exec(ISSUE, values).await? != 1 {
        return Ok(false);
    }
    if tx.exec(NUMBER, params![chain, &it.number]).await? != 1 {
        return Err(StoreError::Decode(format!("quote {} has another number", id.0)));
    }
    let lines = (0_i64..).zip(it.shown.lines.iter().enumerate());
    let moved = lines.filter(|(_, (place, line))| before.get(*place) != Some(*line));
    let moved = moved.map(|(ord, (_, line))| params![id, ord, line.unit_price, line.net].to_vec());
    let moved: Vec<Vec<Value>> = moved.collect();
    if !moved.is_empty() {
        tx.exec_many_soon(SHOWN_LINE, &moved).await?;
    }
    tx.exec_soon(FREEZE, params![id, &it.document, &it.costs]).await?;
    let uses: Vec<Vec<Value>> = it.used.iter().map(|used| params![id, used.item, used.n].to_vec()).collect();
    if !uses.is_empty() {
        tx.exec_many_soon(USES, &uses).await?;
    }
    Ok(true)
}

/// Every other issued version of the number gives way; says how many did.
pub async fn supersede(
    tx: &mut Tx<'_>,
    chain: i64,
    newest: QuoteId,
    by: PersonId,
    now: Instant,
) -> Result<u64, StoreError> {
    tx.exec(SUPERSEDE, params![chain, newest, now, by]).await
}

/// Ends an issued version; `false` when it is not issued.
pub async fn cancel(
    tx: &mut Tx<'_>,
    id: QuoteId,
    by: PersonId,
    reason: &str,
    now: Instant,
) -> Result<bool, StoreError> {
    Ok(tx.exec(CANCEL, params![id, now, by, reason]).await? == 1)
}

/// Releases an issued version from these withdrawn revisions, and no other, until the end of `until`; `false` when it is not
/// issued.
pub async fn release(
    tx: &mut Tx<'_>,
    (id, void): (QuoteId, &[VoidRevision]),
    by: PersonId,
    until: Date,
    now: Instant,
) -> Result<bool, StoreError> {
    if tx.exec(RELEASE, params![id, until, now, by]).await? != 1 {
        return Ok(false);
    }
    let revisions = void.iter().map(|it| params![id, it.item, it.n, until].to_vec());
    tx.exec_many_soon(RELEASE_REVISION, &revisions.collect::<Vec<Vec<Value>>>()).await?;
    Ok(true)
}

/// The draft goes on in the hands of `by`; `false` when it is no draft.
pub async fn take_over(tx: &mut Tx<'_>, id: QuoteId, by: PersonId, now: Instant) -> Result<bool, StoreError> {
    Ok(tx.exec(TAKE_OVER, params![id, by, now]).await? == 1)
}

/// Gives a draft back into the hands of its owner; `false` when it is none any more.
pub async fn let_go(tx: &mut Tx<'_>, id: QuoteId, by: PersonId, now: Instant) -> Result<bool, StoreError> {
    Ok(tx.exec(LET_GO, params![id, by, now]).await? == 1)
}

/// Somebody who may issue in a branch: the keys of their roles, and whether they may go below the floor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MayIssue {
    pub person: PersonId,
    pub name: String,
    pub roles: Vec<String>,
    pub below_floor: bool,
}

/// Who but `asking` may issue what others drafted in the branch at `branch_path`; the nearest first.
pub async fn deciders(
    tx: &mut Tx<'_>,
    branch_path: &str,
    asking: PersonId,
) -> Result<Vec<MayIssue>, StoreError> {
    let mut found: Vec<MayIssue> = Vec::new();
    for row in tx.query(DECIDERS, &decider_values(branch_path, asking)).await? {
        let (person, role) = (PersonId(row.int("id")?), row.text("role_key")?);
        match found.last_mut().filter(|last| last.person == person) {
            Some(last) => last.roles.push(role),
            None => found.push(MayIssue {
                person,
                name: row.text("name")?,
                roles: vec![role],
                below_floor: row.int("below")? > 0,
            }),
        }
    }
    Ok(found)
}

/// What `deciders` asks, for whoever asks more at once.
pub fn asks_deciders(branch_path: &str, asking: PersonId) -> Ask {
    Ask::of(DECIDERS, &decider_values(branch_path, asking))
}

/// Keys of a person's roles.
pub async fn role_keys(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<String>, StoreError> {
    tx.query(ROLE_KEYS, params![person]).await?.iter().map(|row| row.text("role_key")).collect()
}

/// What `role_keys` asks, for whoever asks more at once.
pub fn asks_role_keys(person: PersonId) -> Ask {
    Ask::of(ROLE_KEYS, params![person])
}

/// The version has become an order; `false` when it is not issued.
pub async fn mark_signed(
    tx: &mut Tx<'_>,
    id: QuoteId,
    by: PersonId,
    now: Instant,
) -> Result<bool, StoreError> {
    Ok(tx.exec(SIGN, params![id, now, by]).await? == 1)
}

/// Names of those who but `asking` may issue below the floor in the branch at `branch_path`; the nearest first.
pub async fn approvers(
    tx: &mut Tx<'_>,
    branch_path: &str,
    asking: PersonId,
) -> Result<Vec<String>, StoreError> {
    Ok(names_below_floor(&deciders(tx, branch_path, asking).await?))
}

/// Names of those among `others` who may issue below the floor.
pub fn names_below_floor(others: &[MayIssue]) -> Vec<String> {
    let may = others.iter().filter(|other| other.below_floor).take(APPROVERS_MAX);
    may.map(|other| other.name.clone()).collect()
}

fn decider_values(branch_path: &str, asking: PersonId) -> Vec<Value> {
    let (issue, below) = (Right::QuoteIssue.key(), Right::QuoteIssueBelowFloor.key());
    params![issue, Reach::All.key(), Reach::Org.key(), branch_path, DECIDER_ROLES_MAX, below, asking].to_vec()
}
