//! The company as it stands on its documents; one row.

use domain::access::Company;
use domain::base::Instant;

use crate::{Ask, StoreError, Tx, params, search};

const FIND: &str = "
    SELECT name, address, phone, tax_no, bank_name, bank_account, seal_file, demo, prices_include_tax,
        quote_valid_days, version
    FROM company WHERE id = 1";
const INSERT: &str = "
    INSERT INTO company (id, name, address, phone, tax_no, bank_name, bank_account, seal_file, demo,
        prices_include_tax, quote_valid_days, version, created_at)
    VALUES (1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1, $11)";
const UPDATE: &str = "
    UPDATE company SET name = $1, address = $2, phone = $3, tax_no = $4, bank_name = $5, bank_account = $6,
        seal_file = $7, prices_include_tax = $8, quote_valid_days = $9, version = version + 1
    WHERE id = 1 AND version = $10";

const CHANGES_NAMING: &str = "
    SELECT facts FROM event WHERE entity = 'company' AND entity_id = 1 AND facts LIKE $1 ESCAPE '\\'
    ORDER BY id DESC LIMIT 100";

/// The company and the version of its row; `None` before it is set up.
pub async fn company(tx: &mut Tx<'_>) -> Result<Option<(Company, i64)>, StoreError> {
    let Some(row) = tx.query_opt(FIND, &[]).await? else { return Ok(None) };
    let days = u32::try_from(row.int("quote_valid_days")?);
    let company = Company {
        name: row.text("name")?,
        address: row.text("address")?,
        phone: row.text("phone")?,
        tax_no: row.text("tax_no")?,
        bank_name: row.text("bank_name")?,
        bank_account: row.text("bank_account")?,
        seal_file: row.opt_text("seal_file")?,
        demo: row.flag("demo")?,
        prices_include_tax: row.flag("prices_include_tax")?,
        quote_valid_days: days.map_err(|error| StoreError::Decode(error.to_string()))?,
    };
    Ok(Some((company, row.int("version")?)))
}

/// What `company` asks, for whoever asks more at once.
pub fn asks_company() -> Ask {
    Ask::of(FIND, &[])
}

/// Writes down the company at set-up; a second one is refused by the key.
pub async fn insert_company(tx: &mut Tx<'_>, company: &Company, now: Instant) -> Result<(), StoreError> {
    let c = company;
    let values = params![
        &c.name,
        &c.address,
        &c.phone,
        &c.tax_no,
        &c.bank_name,
        &c.bank_account,
        c.seal_file.clone(),
        c.demo,
        c.prices_include_tax,
        c.quote_valid_days,
        now
    ];
    tx.exec(INSERT, values).await?;
    Ok(())
}

/// Changes the company while its row is at `version`; `false` when somebody was first.
pub async fn update_company(tx: &mut Tx<'_>, company: &Company, version: i64) -> Result<bool, StoreError> {
    let c = company;
    let values = params![
        &c.name,
        &c.address,
        &c.phone,
        &c.tax_no,
        &c.bank_name,
        &c.bank_account,
        c.seal_file.clone(),
        c.prices_include_tax,
        c.quote_valid_days,
        version
    ];
    Ok(tx.exec(UPDATE, values).await? == 1)
}

/// Whether the file was the company's seal at some time.
pub async fn was_seal(tx: &mut Tx<'_>, file: &str) -> Result<bool, StoreError> {
    // The text only narrows the search: a hash can also stand in the name that somebody gave the company.
    for row in tx.query(CHANGES_NAMING, params![search::holds(file)]).await? {
        let facts: serde_json::Value = serde_json::from_str(&row.text("facts")?)
            .map_err(|error| StoreError::Decode(error.to_string()))?;
        if ["before", "after"].iter().any(|side| facts[*side]["seal_file"] == file) {
            return Ok(true);
        }
    }
    Ok(false)
}
