//! What a quotation is, without its lines: enough to decide who may do what with it.

use std::collections::BTreeMap;

use domain::access::Scope;
use domain::base::{CustomerId, Date, Fen, Instant, OrgId, PersonId, ProductId, QuoteId, parse_date};
use domain::customers::{DocumentStanding, Standing};
use domain::quotes::{Amounts, FollowUp, Lost, LostWhy, QuoteState, Terms, Whole};

use super::drafts::{NewDraft, of_json};
use crate::{Ask, Row, StoreError, Tx, params};

/// One version of a quotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuoteHead {
    pub id: QuoteId,
    pub chain: i64,
    pub number: Option<String>,
    /// Which alternative it is; `None`: the only one.
    pub option: Option<String>,
    /// The set of alternatives that its number belongs to, by the number that began it.
    pub option_set: Option<i64>,
    pub revision: i64,
    pub state: QuoteState,
    pub customer: CustomerId,
    pub customer_name: String,
    pub customer_owner: PersonId,
    /// Path of the branch that the customer belongs to now.
    pub customer_path: String,
    /// Whoever asked helps with this customer.
    pub helped: bool,
    pub branch: OrgId,
    pub branch_name: String,
    pub branch_code: String,
    pub branch_path: String,
    pub owner: PersonId,
    pub owner_name: String,
    pub owner_phone: String,
    /// Of a draft the chosen day, of what is issued the last valid day.
    pub valid_until: Option<Date>,
    pub notes: String,
    pub terms: Terms,
    pub whole: Whole,
    /// Who took the draft over, and does what is left to do.
    pub taken_by: Option<(PersonId, String)>,
    /// Who began the draft; the owner is whose customer it is for.
    pub made_by: (PersonId, String),
    /// Who issued it, which need not be the owner.
    pub issued_by: Option<(PersonId, String)>,
    pub amounts: Amounts,
    pub hash: Option<String>,
    pub verify_code: Option<String>,
    pub issued_at: Option<Instant>,
    pub cancelled: Option<Cancelled>,
    /// Why it was lost, when it was ended for that.
    pub lost: Option<Lost>,
    /// When to ask the customer again; of the number, whatever its version.
    pub follow_up: Option<FollowUp>,
    pub released_until: Option<Date>,
    pub priced_at: Instant,
    pub version: i64,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub updated_by: PersonId,
    pub updated_by_name: String,
}

/// Who ended a quotation, when and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cancelled {
    pub reason: String,
    pub by: PersonId,
    pub by_name: String,
    pub at: Instant,
}

/// The customer as a quotation needs him.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuoteCustomer {
    pub id: CustomerId,
    pub version: i64,
    pub code: String,
    pub name: String,
    pub contact: String,
    pub phone: String,
    pub address: String,
    pub kind: Option<String>,
    pub tier: Option<String>,
    pub owner: PersonId,
    pub owner_name: String,
    pub owner_phone: String,
    /// Whoever asked helps with this customer.
    pub helped: bool,
    pub branch: OrgId,
    pub branch_name: String,
    pub branch_code: String,
    pub branch_path: String,
    /// The region that the branch lies in.
    pub region: Option<OrgId>,
    /// What the customer calls our products.
    pub item_codes: BTreeMap<ProductId, String>,
}

/// The names of who did what are asked apart: with each of them joined, PostgreSQL tried out the orders of eleven tables.
const HEAD: &str = "
    SELECT q.id, q.chain_id, k.number, k.option_name, k.option_of, q.revision, q.state,
        q.customer_id, c.name AS customer_name, c.owner_id AS customer_owner, w.path AS customer_path,
        (SELECT COUNT(*) FROM customer_helper h WHERE h.customer_id = q.customer_id AND h.person_id = $2) AS helped,
        q.branch_id, b.name AS branch_name, b.code AS branch_code, b.path AS branch_path,
        q.owner_id, o.name AS owner_name, o.phone AS owner_phone, q.valid_until, q.notes, q.terms, q.whole,
        q.taken_by, (SELECT t.name FROM person t WHERE t.id = q.taken_by) AS taken_by_name,
        q.created_by, (SELECT m.name FROM person m WHERE m.id = q.created_by) AS made_by_name,
        q.issued_by, (SELECT i.name FROM person i WHERE i.id = q.issued_by) AS issued_by_name,
        q.net, q.net_ex_tax, q.tax, q.hash, q.verify_code, q.issued_at, q.cancelled_at, q.cancelled_by, q.cancel_reason,
        (SELECT x.name FROM person x WHERE x.id = q.cancelled_by) AS cancelled_by_name,
        q.lost_why, q.lost_to, q.lost_price, k.follow_day, k.follow_note,
        q.released_until, q.priced_at, q.version, q.created_at, q.updated_at,
        q.updated_by, (SELECT u.name FROM person u WHERE u.id = q.updated_by) AS updated_by_name
    FROM quote q
    JOIN quote_chain k ON k.id = q.chain_id
    JOIN customer c ON c.id = q.customer_id
    JOIN org_unit b ON b.id = q.branch_id
    JOIN org_unit w ON w.id = c.branch_id
    JOIN person o ON o.id = q.owner_id
    WHERE q.id = $1";
const CUSTOMER: &str = "
    SELECT c.id, c.version, c.code, c.name, c.contact, c.phone, c.address, c.customer_type, c.tier, c.owner_id,
        (SELECT COUNT(*) FROM customer_helper h WHERE h.customer_id = c.id AND h.person_id = $2) AS helped,
        o.name AS owner_name, o.phone AS owner_phone,
        c.branch_id, b.name AS branch_name, b.code AS branch_code, b.path AS branch_path,
        (SELECT MIN(r.id) FROM org_unit r WHERE r.kind = 'region' AND b.path LIKE r.path || '%') AS region
    FROM customer c JOIN org_unit b ON b.id = c.branch_id JOIN person o ON o.id = c.owner_id
    WHERE c.id = $1";

/// The quotation as `reader` stands to it.
pub async fn head(tx: &mut Tx<'_>, id: QuoteId, reader: PersonId) -> Result<Option<QuoteHead>, StoreError> {
    tx.query_opt(HEAD, params![id, reader]).await?.as_ref().map(head_of).transpose()
}

/// The customer as `reader` stands to him.
pub async fn customer_of(
    tx: &mut Tx<'_>,
    id: CustomerId,
    reader: PersonId,
) -> Result<Option<QuoteCustomer>, StoreError> {
    let Some(customer) = customer_alone(tx, id, reader).await? else { return Ok(None) };
    let item_codes = crate::customers::codes_by_product(tx, id).await?;
    Ok(Some(QuoteCustomer { item_codes, ..customer }))
}

/// The same without what he calls our products: a document that has been issued has it frozen.
pub async fn customer_alone(
    tx: &mut Tx<'_>,
    id: CustomerId,
    reader: PersonId,
) -> Result<Option<QuoteCustomer>, StoreError> {
    tx.query_opt(CUSTOMER, params![id, reader]).await?.as_ref().map(customer_row).transpose()
}

/// What `head` asks, for whoever asks more at once.
pub fn asks_head(id: QuoteId, reader: PersonId) -> Ask {
    Ask::of(HEAD, params![id, reader])
}

/// What `customer_of` asks, for whoever asks more at once.
pub fn asks_customer(id: CustomerId, reader: PersonId) -> Vec<Ask> {
    vec![asks_customer_alone(id, reader), crate::customers::asks_codes(id)]
}

/// What `customer_alone` asks, for whoever asks more at once.
pub fn asks_customer_alone(id: CustomerId, reader: PersonId) -> Ask {
    Ask::of(CUSTOMER, params![id, reader])
}

impl QuoteHead {
    /// The head of a draft that was just written, under these ids, for this customer, by whoever bears this name.
    pub fn of_new(
        new: &NewDraft,
        (id, chain): (QuoteId, i64),
        customer: &QuoteCustomer,
        by_name: &str,
    ) -> QuoteHead {
        let (it, by) = (&new.fields, (new.by, by_name.to_string()));
        QuoteHead {
            id,
            chain,
            number: None,
            option: None,
            option_set: None,
            revision: new.revision,
            state: QuoteState::Draft,
            customer: customer.id,
            customer_name: customer.name.clone(),
            customer_owner: customer.owner,
            customer_path: customer.branch_path.clone(),
            helped: customer.helped,
            branch: customer.branch,
            branch_name: customer.branch_name.clone(),
            branch_code: customer.branch_code.clone(),
            branch_path: customer.branch_path.clone(),
            owner: customer.owner,
            owner_name: customer.owner_name.clone(),
            owner_phone: customer.owner_phone.clone(),
            valid_until: it.valid_until,
            notes: it.notes.clone(),
            terms: it.terms.clone(),
            whole: it.whole,
            taken_by: None,
            issued_by: None,
            amounts: it.shown.amounts,
            hash: None,
            verify_code: None,
            issued_at: None,
            cancelled: None,
            lost: None,
            follow_up: None,
            released_until: None,
            priced_at: it.now,
            version: 1,
            created_at: it.now,
            updated_at: it.now,
            updated_by: new.by,
            updated_by_name: by.1.clone(),
            made_by: by,
        }
    }

    /// Whether nothing else stands under its number: a first draft, before anything was issued.
    pub fn is_alone(&self) -> bool {
        self.state == QuoteState::Draft && self.revision == 1
    }

    /// Whether it lies inside.
    pub fn within(&self, scope: &Scope) -> bool {
        let Self { customer_owner, customer_path, helped, owner, branch_path, .. } = self;
        let customer = Standing { owner: *customer_owner, branch_path: customer_path, helped: *helped };
        DocumentStanding { owner: *owner, branch_path, customer }.inside(scope)
    }
}

impl QuoteCustomer {
    /// Whether he lies inside: owned or helped by the person, or under the branch of the reach.
    pub fn within(&self, scope: &Scope) -> bool {
        let Self { owner, branch_path, helped, .. } = self;
        Standing { owner: *owner, branch_path, helped: *helped }.inside(scope)
    }
}

/// A column with a day or null.
pub(crate) fn opt_day(row: &Row, name: &str) -> Result<Option<Date>, StoreError> {
    let Some(text) = row.opt_text(name)? else { return Ok(None) };
    parse_date(&text).map(Some).ok_or_else(|| StoreError::Decode(format!("{name} is no day")))
}

/// A column with the name of a state.
pub(crate) fn state_of(row: &Row) -> Result<QuoteState, StoreError> {
    let key = row.text("state")?;
    QuoteState::from_key(&key).ok_or_else(|| StoreError::Decode(format!("no state {key}")))
}

fn head_of(row: &Row) -> Result<QuoteHead, StoreError> {
    Ok(QuoteHead {
        id: QuoteId(row.int("id")?),
        chain: row.int("chain_id")?,
        number: row.opt_text("number")?,
        option: row.opt_text("option_name")?,
        option_set: row.opt_int("option_of")?,
        revision: row.int("revision")?,
        state: state_of(row)?,
        customer: CustomerId(row.int("customer_id")?),
        customer_name: row.text("customer_name")?,
        customer_owner: PersonId(row.int("customer_owner")?),
        customer_path: row.text("customer_path")?,
        helped: row.int("helped")? > 0,
        branch: OrgId(row.int("branch_id")?),
        branch_name: row.text("branch_name")?,
        branch_code: row.text("branch_code")?,
        branch_path: row.text("branch_path")?,
        owner: PersonId(row.int("owner_id")?),
        owner_name: row.text("owner_name")?,
        owner_phone: row.text("owner_phone")?,
        valid_until: opt_day(row, "valid_until")?,
        notes: row.text("notes")?,
        terms: of_json(row, "terms")?,
        whole: of_json(row, "whole")?,
        taken_by: row.opt_int("taken_by")?.map(PersonId).zip(row.opt_text("taken_by_name")?),
        made_by: (PersonId(row.int("created_by")?), row.text("made_by_name")?),
        issued_by: row.opt_int("issued_by")?.map(PersonId).zip(row.opt_text("issued_by_name")?),
        amounts: Amounts {
            net: Fen(row.int("net")?),
            net_ex_tax: Fen(row.int("net_ex_tax")?),
            tax: Fen(row.int("tax")?),
        },
        hash: row.opt_text("hash")?,
        verify_code: row.opt_text("verify_code")?,
        issued_at: row.opt_int("issued_at")?.map(Instant),
        cancelled: cancelled_of(row)?,
        lost: lost_of(row)?,
        follow_up: follow_up_of(row)?,
        released_until: opt_day(row, "released_until")?,
        priced_at: Instant(row.int("priced_at")?),
        version: row.int("version")?,
        created_at: Instant(row.int("created_at")?),
        updated_at: Instant(row.int("updated_at")?),
        updated_by: PersonId(row.int("updated_by")?),
        updated_by_name: row.text("updated_by_name")?,
    })
}

fn cancelled_of(row: &Row) -> Result<Option<Cancelled>, StoreError> {
    let Some(at) = row.opt_int("cancelled_at")? else { return Ok(None) };
    Ok(Some(Cancelled {
        reason: row.text("cancel_reason")?,
        by: PersonId(row.int("cancelled_by")?),
        by_name: row.text("cancelled_by_name")?,
        at: Instant(at),
    }))
}

fn lost_of(row: &Row) -> Result<Option<Lost>, StoreError> {
    let Some(key) = row.opt_text("lost_why")? else { return Ok(None) };
    let why = LostWhy::from_key(&key).ok_or_else(|| StoreError::Decode(format!("no reason {key}")))?;
    Ok(Some(Lost { why, to: row.opt_text("lost_to")?, price: row.opt_int("lost_price")?.map(Fen) }))
}

fn follow_up_of(row: &Row) -> Result<Option<FollowUp>, StoreError> {
    let Some(day) = opt_day(row, "follow_day")? else { return Ok(None) };
    Ok(Some(FollowUp { day, note: row.opt_text("follow_note")?.unwrap_or_default() }))
}

fn customer_row(row: &Row) -> Result<QuoteCustomer, StoreError> {
    Ok(QuoteCustomer {
        id: CustomerId(row.int("id")?),
        version: row.int("version")?,
        code: row.text("code")?,
        name: row.text("name")?,
        contact: row.text("contact")?,
        phone: row.text("phone")?,
        address: row.text("address")?,
        kind: row.opt_text("customer_type")?,
        tier: row.opt_text("tier")?,
        owner: PersonId(row.int("owner_id")?),
        owner_name: row.text("owner_name")?,
        owner_phone: row.text("owner_phone")?,
        helped: row.int("helped")? > 0,
        branch: OrgId(row.int("branch_id")?),
        branch_name: row.text("branch_name")?,
        branch_code: row.text("branch_code")?,
        branch_path: row.text("branch_path")?,
        region: row.opt_int("region")?.map(OrgId),
        item_codes: BTreeMap::new(),
    })
}
