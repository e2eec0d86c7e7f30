//! What the price files of suppliers have taught: heads of columns, units, and which product is meant.

use std::collections::BTreeMap;

use domain::base::{Instant, ProductId, SupplierId};
use domain::pricing::import::{Meaning, Memory};

use crate::{Row, StoreError, Tx, Value, params};

/// Suppliers that are listed at most.
const SUPPLIERS_MAX: u32 = 500;
/// Most pairs that are kept of one supplier.
const PAIRS_MAX: u32 = 50_000;

/// A supplier whose files are remembered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Supplier {
    pub id: SupplierId,
    pub name: String,
    /// So many files were taken over.
    pub files: i64,
    pub heads: i64,
    pub units: i64,
    pub products: i64,
    pub updated_at: Instant,
}

const COLUMNS: &str = "
    SELECT s.id, s.name, s.files, s.updated_at,
        (SELECT COUNT(*) FROM import_memory m WHERE m.supplier_id = s.id AND m.kind = 'head') AS heads,
        (SELECT COUNT(*) FROM import_memory m WHERE m.supplier_id = s.id AND m.kind = 'unit') AS units,
        (SELECT COUNT(*) FROM import_memory m WHERE m.supplier_id = s.id AND m.kind = 'product') AS products
    FROM import_supplier s";
const PUT_SUPPLIER: &str = "
    INSERT INTO import_supplier (name, name_key, files, created_at, updated_at) VALUES ($1, $2, 1, $3, $3)
    ON CONFLICT (name_key) DO UPDATE SET name = excluded.name, files = import_supplier.files + 1,
        updated_at = excluded.updated_at
    RETURNING id";
const PUT_PAIR: &str = "
    INSERT INTO import_memory (supplier_id, kind, written, meant) VALUES ($1, $2, $3, $4)
    ON CONFLICT (supplier_id, kind, written) DO UPDATE SET meant = excluded.meant";
const PAIRS: &str = "
    SELECT m.kind, m.written, m.meant FROM import_memory m JOIN import_supplier s ON s.id = m.supplier_id
    WHERE s.name_key = $1 ORDER BY m.kind, m.written LIMIT $2";

const TAUGHT_FROM: &str = "
    SELECT DISTINCT m.supplier, o.path
    FROM price_import m
    JOIN config_draft d ON d.id = m.draft_id
    JOIN config_item i ON i.id = d.item_id
    JOIN org_unit o ON o.id = i.scope_org
    WHERE m.state = 'taken' AND m.supplier <> ''
    ORDER BY o.path, m.supplier";

/// What was taught by earlier files of the supplier of that name; nothing for a new one.
pub async fn memory_of(tx: &mut Tx<'_>, name: &str) -> Result<Memory, StoreError> {
    let rows = tx.query(PAIRS, params![name_key(name), PAIRS_MAX]).await?;
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

/// Keeps what a file of that supplier has taught, beside what earlier ones have.
pub async fn learn(tx: &mut Tx<'_>, name: &str, memory: &Memory, now: Instant) -> Result<(), StoreError> {
    let supplier = tx.insert(PUT_SUPPLIER, params![name, name_key(name), now]).await?;
    let pairs = |kind: &'static str, pairs: BTreeMap<&String, String>| -> Vec<Vec<Value>> {
        let values =
            pairs.into_iter().map(|(written, meant)| params![supplier, kind, written, meant].to_vec());
        values.collect()
    };
    let heads = memory.heads.iter().map(|(head, meaning)| (head, meaning.key().to_string())).collect();
    let units = memory.units.iter().map(|(text, unit)| (text, unit.clone())).collect();
    let products = memory.products.iter().map(|(said, product)| (said, product.0.to_string())).collect();
    for set in [pairs("head", heads), pairs("unit", units), pairs("product", products)] {
        tx.exec_many(PUT_PAIR, &set).await?;
    }
    Ok(())
}

/// All suppliers that are remembered, the newest first.
pub async fn suppliers(tx: &mut Tx<'_>) -> Result<Vec<Supplier>, StoreError> {
    let sql = format!("{COLUMNS} ORDER BY s.updated_at DESC, s.id DESC LIMIT $1");
    tx.query(&sql, params![SUPPLIERS_MAX]).await?.iter().map(supplier_of).collect()
}

/// One of them.
pub async fn supplier(tx: &mut Tx<'_>, id: SupplierId) -> Result<Option<Supplier>, StoreError> {
    let sql = format!("{COLUMNS} WHERE s.id = $1");
    tx.query_opt(&sql, params![id]).await?.as_ref().map(supplier_of).transpose()
}

/// Paths of the places into whose lists files of the supplier of that name were taken over.
pub async fn taught_from(tx: &mut Tx<'_>, name: &str) -> Result<Vec<String>, StoreError> {
    let mut paths = Vec::new();
    for row in tx.query(TAUGHT_FROM, &[]).await? {
        let path = row.text("path")?;
        if name_key(&row.text("supplier")?) == name_key(name) && !paths.contains(&path) {
            paths.push(path);
        }
    }
    Ok(paths)
}

/// Forgets a supplier and all that its files have taught.
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
        name: row.text("name")?,
        files: row.int("files")?,
        heads: row.int("heads")?,
        units: row.int("units")?,
        products: row.int("products")?,
        updated_at: Instant(row.int("updated_at")?),
    })
}
