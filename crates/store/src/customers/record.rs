//! One customer: kept, changed, found again.

use domain::access::Scope;
use domain::base::{CustomerId, Instant, OrgId, PersonId};
use domain::customers::{Attributes, Standing, code_of, initials, name_key, reads_alike, search_text};

use crate::sight::customer_seen;
use crate::{Row, StoreError, Tx, Value, numbers, params};

/// Series of the codes of customers.
const SERIES: &str = "customer";
/// Codes that came from elsewhere are stepped over, so many at once.
const CODES_TRIED_MAX: u32 = 10_000;

/// A customer as `reader` stands to him.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerRecord {
    pub id: CustomerId,
    pub code: String,
    pub attributes: Attributes,
    pub owner_name: String,
    pub branch_name: String,
    pub branch_path: String,
    /// Name of the region that the branch lies in.
    pub region: Option<String>,
    /// The reader helps with this customer.
    pub helped: bool,
    pub version: i64,
    pub created_at: Instant,
    pub updated_at: Instant,
}

const FIND: &str = "
    SELECT c.id, c.code, c.name, c.contact, c.phone, c.city, c.address, c.notes, c.customer_type, c.tier,
        c.owner_id, o.name AS owner_name, c.branch_id, b.name AS branch_name, b.path AS branch_path,
        (SELECT MIN(r.name) FROM org_unit r WHERE r.kind = 'region' AND b.path LIKE r.path || '%') AS region,
        (SELECT COUNT(*) FROM customer_helper h WHERE h.customer_id = c.id AND h.person_id = $2) AS helped,
        c.version, c.created_at, c.updated_at
    FROM customer c
    JOIN person o ON o.id = c.owner_id
    JOIN org_unit b ON b.id = c.branch_id
    WHERE c.id = $1";
const INSERT: &str = "
    INSERT INTO customer (code, name, name_key, customer_type, tier, owner_id, branch_id, contact, phone, city,
        address, notes, initials, search, version, created_by, created_at, updated_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1, $15, $16, $16) RETURNING id";
const UPDATE: &str = "
    UPDATE customer SET code = $1, name = $2, name_key = $3, customer_type = $4, tier = $5, owner_id = $6,
        branch_id = $7, contact = $8, phone = $9, city = $10, address = $11, notes = $12, initials = $13,
        search = $14, updated_at = $17, version = version + 1
    WHERE id = $15 AND version = $16";
const NAMED_ALIKE: &str = concat!(
    "
    SELECT c.id, c.name FROM customer c JOIN org_unit b ON b.id = c.branch_id
    WHERE c.name_key = $1 AND c.id <> $2
        AND ",
    customer_seen!("b.path", "$3", "$4"),
    "
    ORDER BY c.id"
);
const CODE_TAKEN: &str = "SELECT COUNT(*) AS taken FROM customer WHERE code = $1";
const ADD_HELPER: &str = "
    INSERT INTO customer_helper (customer_id, person_id) VALUES ($1, $2)
    ON CONFLICT (customer_id, person_id) DO NOTHING";
const HELPERS: &str = "
    SELECT h.person_id FROM customer_helper h JOIN person p ON p.id = h.person_id
    WHERE h.customer_id = $1 AND p.active = 1 ORDER BY h.person_id";

/// The customer as `reader` stands to him.
pub async fn find(
    tx: &mut Tx<'_>,
    id: CustomerId,
    reader: PersonId,
) -> Result<Option<CustomerRecord>, StoreError> {
    tx.query_opt(FIND, params![id, reader]).await?.as_ref().map(record_of).transpose()
}

/// Who helps with the customer, of those who still work here.
pub async fn helpers(tx: &mut Tx<'_>, id: CustomerId) -> Result<Vec<PersonId>, StoreError> {
    let rows = tx.query(HELPERS, params![id]).await?;
    rows.iter().map(|row| Ok(PersonId(row.int("person_id")?))).collect()
}

/// Adds a customer.
pub async fn insert(
    tx: &mut Tx<'_>,
    code: &str,
    attributes: &Attributes,
    by: PersonId,
    now: Instant,
) -> Result<CustomerId, StoreError> {
    let mut values = columns(code, attributes);
    values.extend_from_slice(params![by, now]);
    tx.insert(INSERT, &values).await.map(CustomerId)
}

/// Changes a customer that is still at `version`; `false` when somebody else was first.
pub async fn update(
    tx: &mut Tx<'_>,
    record: &CustomerRecord,
    attributes: &Attributes,
    now: Instant,
) -> Result<bool, StoreError> {
    let mut values = columns(&record.code, attributes);
    values.extend_from_slice(params![record.id, record.version, now]);
    Ok(tx.exec(UPDATE, &values).await? == 1)
}

/// Another customer than `except` inside `scope` whose name reads the same.
pub async fn named_alike(
    tx: &mut Tx<'_>,
    name: &str,
    except: Option<CustomerId>,
    scope: &Scope,
) -> Result<Option<(CustomerId, String)>, StoreError> {
    let except = except.map_or(0, |id| id.0);
    for row in tx.query(NAMED_ALIKE, params![name_key(name), except, scope.person, scope.like()]).await? {
        let known = row.text("name")?;
        if reads_alike(&known, name) {
            return Ok(Some((CustomerId(row.int("id")?), known)));
        }
    }
    Ok(None)
}

/// The code of the next customer. Who holds it holds the series: names are compared after it is taken.
pub async fn next_code(tx: &mut Tx<'_>) -> Result<String, StoreError> {
    for _ in 0..CODES_TRIED_MAX {
        let code = code_of(numbers::take_next(tx, SERIES).await?);
        if tx.query_one(CODE_TAKEN, params![&code]).await?.int("taken")? == 0 {
            return Ok(code);
        }
    }
    Err(StoreError::Decode(format!("{CODES_TRIED_MAX} codes of customers in a row are taken")))
}

/// Keeps others from making or renaming customers until this transaction ends, so that two never take one name.
pub async fn hold_names(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    tx.lock_row("number_series", "series", SERIES).await
}

/// Lets `person` see the customer and his documents as if they were their own.
pub async fn add_helper(tx: &mut Tx<'_>, id: CustomerId, person: PersonId) -> Result<(), StoreError> {
    tx.exec(ADD_HELPER, params![id, person]).await?;
    Ok(())
}

impl CustomerRecord {
    /// How the reader stands to him.
    pub fn standing(&self) -> Standing<'_> {
        Standing { owner: self.attributes.owner, branch_path: &self.branch_path, helped: self.helped }
    }
}

fn columns(code: &str, of: &Attributes) -> Vec<Value> {
    params![
        code,
        &of.name,
        name_key(&of.name),
        of.kind.clone(),
        of.tier.clone(),
        of.owner,
        of.branch,
        &of.contact,
        &of.phone,
        &of.city,
        &of.address,
        &of.notes,
        initials(&of.name),
        search_text(code, of),
    ]
    .to_vec()
}

fn record_of(row: &Row) -> Result<CustomerRecord, StoreError> {
    Ok(CustomerRecord {
        id: CustomerId(row.int("id")?),
        code: row.text("code")?,
        attributes: Attributes {
            name: row.text("name")?,
            contact: row.text("contact")?,
            phone: row.text("phone")?,
            city: row.text("city")?,
            address: row.text("address")?,
            notes: row.text("notes")?,
            kind: row.opt_text("customer_type")?,
            tier: row.opt_text("tier")?,
            owner: PersonId(row.int("owner_id")?),
            branch: OrgId(row.int("branch_id")?),
        },
        owner_name: row.text("owner_name")?,
        branch_name: row.text("branch_name")?,
        branch_path: row.text("branch_path")?,
        region: row.opt_text("region")?,
        helped: row.int("helped")? > 0,
        version: row.int("version")?,
        created_at: Instant(row.int("created_at")?),
        updated_at: Instant(row.int("updated_at")?),
    })
}
