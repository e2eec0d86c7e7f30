//! What the price files of suppliers have taught: heads of columns, units, and which product is meant. Each lesson belongs
//! to the place of the list that it was taught for.

use std::collections::BTreeMap;

use domain::access::OrgKind;
use domain::base::{Instant, OrgId, ProductId, SupplierId};
use domain::pricing::import::{Meaning, Memory};

use super::sight::{Sight, scope_seen};
use crate::{Row, StoreError, Tx, Value, params};

/// Suppliers that are listed at most.
const SUPPLIERS_MAX: u32 = 500;
/// Most pairs that are kept of one supplier.
const PAIRS_MAX: u32 = 50_000;

/// A supplier whose files are remembered in one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Supplier {
    pub id: SupplierId,
    /// The place of the lists that it was taught for.
    pub scope: OrgId,
    pub scope_name: String,
    pub scope_path: String,
    /// That place is head office, which lends what it knows to all regions.
    pub head_office: bool,
    pub name: String,
    /// So many files were taken over.
    pub files: i64,
    pub heads: i64,
    pub units: i64,
    pub products: i64,
    pub updated_at: Instant,
}

const COLUMNS: &str = "
    SELECT s.id, s.org_id, o.name AS org_name, o.path AS org_path, o.kind AS org_kind, s.name, s.files, s.updated_at,
        (SELECT COUNT(*) FROM import_memory m WHERE m.supplier_id = s.id AND m.kind = 'head') AS heads,
        (SELECT COUNT(*) FROM import_memory m WHERE m.supplier_id = s.id AND m.kind = 'unit') AS units,
        (SELECT COUNT(*) FROM import_memory m WHERE m.supplier_id = s.id AND m.kind = 'product') AS products
    FROM import_supplier s JOIN org_unit o ON o.id = s.org_id";
const PUT_SUPPLIER: &str = "
    INSERT INTO import_supplier (org_id, name, name_key, files, created_at, updated_at)
    VALUES ($1, $2, $3, 1, $4, $4)
    ON CONFLICT (org_id, name_key) DO UPDATE SET name = excluded.name, files = import_supplier.files + 1,
        updated_at = excluded.updated_at
    RETURNING id";
const PUT_PAIR: &str = "
    INSERT INTO import_memory (supplier_id, kind, written, meant) VALUES ($1, $2, $3, $4)
    ON CONFLICT (supplier_id, kind, written) DO UPDATE SET meant = excluded.meant";
const PAIRS: &str = "
    SELECT m.kind, m.written, m.meant FROM import_memory m JOIN import_supplier s ON s.id = m.supplier_id
    WHERE s.org_id = $1 AND s.name_key = $2 ORDER BY m.kind, m.written LIMIT $3";

/// Head office first, the place itself last.
const DOWN_TO: &str = "
    SELECT a.id FROM org_unit a JOIN org_unit o ON o.path LIKE a.path || '%'
    WHERE o.id = $1 ORDER BY LENGTH(a.path)";
/// Those of the place first.
const NAMES: &str = "
    SELECT s.name FROM import_supplier s
    JOIN org_unit a ON a.id = s.org_id JOIN org_unit o ON o.path LIKE a.path || '%'
    WHERE o.id = $1 ORDER BY LENGTH(a.path) DESC, s.updated_at DESC, s.id DESC LIMIT $2";

/// What an import into a list of that place goes by: its own lessons of the supplier of that name, and after them those
/// of the places above it, which are lent.
pub async fn memory_for(tx: &mut Tx<'_>, place: OrgId, name: &str) -> Result<Memory, StoreError> {
    let mut memory = Memory::default();
    for row in tx.query(DOWN_TO, params![place]).await? {
        let nearer = memory_of(tx, OrgId(row.int("id")?), name).await?;
        memory = nearer.before(memory);
    }
    Ok(memory)
}

/// Names of the suppliers that are remembered in that place and above it.
pub async fn supplier_names(tx: &mut Tx<'_>, place: OrgId) -> Result<Vec<String>, StoreError> {
    let rows = tx.query(NAMES, params![place, SUPPLIERS_MAX]).await?;
    rows.iter().map(|row| row.text("name")).collect()
}

/// What was taught in that place itself by earlier files of the supplier of that name; nothing for a new one.
pub async fn memory_of(tx: &mut Tx<'_>, place: OrgId, name: &str) -> Result<Memory, StoreError> {
    let rows = tx.query(PAIRS, params![place, name_key(name), PAIRS_MAX]).await?;
    let mut memory = Memory::default();
    for row in rows {
        let (written, meant) = (row.text("written")?, row.text("meant")?);
        match row.text("kind")?.as_str() {
            "head" => {
                let meaning = Meaning::from_key(&meant);
                memory.heads.extend(meaning.map(|meaning| (written, meaning)));
            }
            "unit" => drop(memory.units.insert(written, meant)),
            _ => {
                let product = meant.parse().map_err(|_| StoreError::Decode("no product".to_string()))?;
                memory.products.insert(written, ProductId(product));
            }
        }
    }
    Ok(memory)
}

/// Keeps in that place what a file of that supplier has taught, beside what earlier ones have.
pub async fn learn(
    tx: &mut Tx<'_>,
    (place, name): (OrgId, &str),
    memory: &Memory,
    now: Instant,
) -> Result<(), StoreError> {
    let supplier = tx.insert(PUT_SUPPLIER, params![place, name, name_key(name), now]).await?;
    let pairs = |kind: &'static str, pairs: BTreeMap<&String, String>| -> Vec<Vec<Value>> {
        let values =
            pairs.into_iter().map(|(written, meant)| params![supplier, kind, written, meant].to_vec());
        values.collect()
    };
    let heads = memory.heads.iter().map(|(head, meaning)| (head, meaning.key().to_string())).collect();
    let units = memory.units.iter().map(|(text, unit)| (text, unit.clone())).collect();
    let products = memory.products.iter().map(|(said, product)| (said, product.0.to_string())).collect();
    for set in [pairs("head", heads), pairs("unit", units), pairs("product", products)] {
        tx.exec_many_apart(PUT_PAIR, &set).await?;
    }
    Ok(())
}

/// The suppliers that are remembered in places in sight, the newest first. Kinds play no part.
pub async fn suppliers(tx: &mut Tx<'_>, sight: &Sight) -> Result<Vec<Supplier>, StoreError> {
    let seen = scope_seen!("o.path", "$1", "$2");
    let sql = format!("{COLUMNS} WHERE {seen} ORDER BY s.updated_at DESC, s.id DESC LIMIT $3");
    tx.query(&sql, params![&sight.like, &sight.path, SUPPLIERS_MAX]).await?.iter().map(supplier_of).collect()
}

/// One of all that are remembered.
pub async fn supplier(tx: &mut Tx<'_>, id: SupplierId) -> Result<Option<Supplier>, StoreError> {
    let sql = format!("{COLUMNS} WHERE s.id = $1");
    tx.query_opt(&sql, params![id]).await?.as_ref().map(supplier_of).transpose()
}

/// Forgets a supplier and all that its files have taught in that place.
pub async fn forget_supplier(tx: &mut Tx<'_>, id: SupplierId) -> Result<(), StoreError> {
    tx.exec("DELETE FROM import_memory WHERE supplier_id = $1", params![id]).await?;
    tx.exec("DELETE FROM import_supplier WHERE id = $1", params![id]).await?;
    Ok(())
}

/// One supplier, however its name is typed.
fn name_key(name: &str) -> String {
    let folded = domain::base::fold_width(name).to_lowercase();
    folded.split_whitespace().collect()
}

fn supplier_of(row: &Row) -> Result<Supplier, StoreError> {
    Ok(Supplier {
        id: SupplierId(row.int("id")?),
        scope: OrgId(row.int("org_id")?),
        scope_name: row.text("org_name")?,
        scope_path: row.text("org_path")?,
        head_office: row.text("org_kind")? == OrgKind::Hq.key(),
        name: row.text("name")?,
        files: row.int("files")?,
        heads: row.int("heads")?,
        units: row.int("units")?,
        products: row.int("products")?,
        updated_at: Instant(row.int("updated_at")?),
    })
}
