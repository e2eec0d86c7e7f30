//! The products as configuration speaks of them.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use domain::access::Right;
use domain::base::{BasisPoints, CategoryId, CustomerId, Factor, ItemId, OrgId, ProductId, UnitPrice};
use domain::catalog::Units;
use domain::config::Kind;
use domain::config::kinds::{CategoryFacts, Goods, KindFacts, Names, RoleFacts};
use domain::pricing::import::KnownProduct;
use domain::pricing::{COSTS_INCLUDE_TAX, ProductFacts};

use super::rows::{KEYS_AT_ONCE, key_places, with_keys};
use crate::{Row, StoreError, Tx, params};

const PRODUCTS: &str = "
    SELECT id, code, name, spec, category_id, series, base_unit, tax_rate, cost, floor_price, price_decimals, archived
    FROM product";
const UNITS: &str = "SELECT product_id, unit, numerator, denominator FROM product_unit";
const UNITS_IN_ORDER: &str = "ORDER BY product_id, ord, unit";
const BARCODES: &str = "SELECT product_id, code, unit FROM product_barcode ORDER BY product_id, ord, code";
const BARCODE_KEYS: &str = "SELECT product_id, code FROM product_barcode";
const BARCODE_KEYS_IN_ORDER: &str = "ORDER BY product_id, ord, code";
const TIER_CUSTOMERS: &str =
    "SELECT tier, COUNT(*) AS customers FROM customer WHERE tier IS NOT NULL GROUP BY tier ORDER BY tier";
const ROLES: &str = "
    SELECT r.role_key, r.name,
        (SELECT COUNT(*) FROM role_right g WHERE g.role_id = r.id AND g.right_key = $1) AS issues
    FROM role r ORDER BY r.id";
const STAMP: &str =
    "SELECT COUNT(*) AS products, CAST(COALESCE(SUM(version), 0) AS BIGINT) AS versions FROM product";
const VERSIONS: &str = "SELECT id, version FROM product";

// Prices lean on these: one that is left out would be priced as if it were not there.
const CATEGORIES: &str = "SELECT id, parent_id, name FROM category ORDER BY ord, name, id";
const REGIONS: &str = "SELECT id, name FROM org_unit WHERE kind = 'region' ORDER BY id";
const LISTS: &str = "SELECT id, name FROM config_item WHERE kind = 'price_list' AND archived = 0 ORDER BY id";

/// Changes whenever a product is made or changed; the default is that of no product.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ProductStamp {
    products: i64,
    versions: i64,
}

/// What the products are at; cheap enough to ask every second.
pub async fn product_stamp(tx: &mut Tx<'_>) -> Result<ProductStamp, StoreError> {
    let row = tx.query_one(STAMP, &[]).await?;
    Ok(ProductStamp { products: row.int("products")?, versions: row.int("versions")? })
}

/// The version of every product.
pub async fn product_versions(tx: &mut Tx<'_>) -> Result<HashMap<ProductId, i64>, StoreError> {
    let rows = tx.query(VERSIONS, &[]).await?;
    rows.iter().map(|row| Ok((ProductId(row.int("id")?), row.int("version")?))).collect()
}

/// Every product with its units and barcodes, archived ones too, by id.
pub async fn goods(tx: &mut Tx<'_>) -> Result<Vec<Goods>, StoreError> {
    let units = tx.query(&format!("{UNITS} {UNITS_IN_ORDER}"), &[]).await?;
    let barcodes = tx.query(&format!("{BARCODE_KEYS} {BARCODE_KEYS_IN_ORDER}"), &[]).await?;
    let products = tx.query(&format!("{PRODUCTS} ORDER BY id"), &[]).await?;
    put_together(&products, &units, &barcodes)
}

/// Those of these products that exist, with their units and barcodes, archived ones too, by id.
pub async fn goods_at(tx: &mut Tx<'_>, products: &[ProductId]) -> Result<Vec<Goods>, StoreError> {
    let mut found = Vec::with_capacity(products.len());
    for ids in products.chunks(KEYS_AT_ONCE) {
        let (places, ids) = (key_places(1), with_keys(&[], ids));
        let units = format!("{UNITS} WHERE product_id IN ({places}) {UNITS_IN_ORDER}");
        let units = tx.query(&units, &ids).await?;
        let barcodes = format!("{BARCODE_KEYS} WHERE product_id IN ({places}) {BARCODE_KEYS_IN_ORDER}");
        let barcodes = tx.query(&barcodes, &ids).await?;
        let products = format!("{PRODUCTS} WHERE id IN ({places}) ORDER BY id");
        found.extend(put_together(&tx.query(&products, &ids).await?, &units, &barcodes)?);
    }
    Ok(found)
}

fn put_together(products: &[Row], units: &[Row], barcodes: &[Row]) -> Result<Vec<Goods>, StoreError> {
    let mut units_of: HashMap<i64, Vec<(String, Factor)>> = HashMap::new();
    for row in units {
        let factor = Factor::new(row.int("numerator")?, row.int("denominator")?)
            .ok_or_else(|| StoreError::Decode("a factor is not positive".to_string()))?;
        units_of.entry(row.int("product_id")?).or_default().push((row.text("unit")?, factor));
    }
    let mut codes_of: HashMap<i64, Vec<String>> = HashMap::new();
    for row in barcodes {
        codes_of.entry(row.int("product_id")?).or_default().push(row.text("code")?);
    }
    let one = |row: &Row| {
        let id = row.int("id")?;
        goods_of(row, units_of.remove(&id).unwrap_or_default(), codes_of.remove(&id).unwrap_or_default())
    };
    products.iter().map(one).collect()
}

/// Every product as a row of a price file may name it.
pub async fn known_products(tx: &mut Tx<'_>) -> Result<Vec<KnownProduct>, StoreError> {
    let mut barcodes: HashMap<i64, Vec<(String, String)>> = HashMap::new();
    for row in tx.query(BARCODES, &[]).await? {
        barcodes.entry(row.int("product_id")?).or_default().push((row.text("code")?, row.text("unit")?));
    }
    let known = |goods: Goods| {
        let base = goods.facts.units.base().to_string();
        let own = barcodes.get(&goods.facts.id.0).cloned().unwrap_or_default();
        KnownProduct {
            barcodes: own
                .into_iter()
                .map(|(code, unit)| (code, Some(unit).filter(|it| *it != base)))
                .collect(),
            code: goods.code,
            name: goods.name,
            spec: Some(goods.spec).filter(|spec| !spec.is_empty()),
            archived: goods.archived,
            facts: Arc::unwrap_or_clone(goods.facts),
        }
    };
    Ok(goods(tx).await?.into_iter().map(known).collect())
}

/// How many customers have each tier.
pub async fn tier_customers(tx: &mut Tx<'_>) -> Result<Vec<(String, i64)>, StoreError> {
    let rows = tx.query(TIER_CUSTOMERS, &[]).await?;
    rows.iter().map(|row| Ok((row.text("tier")?, row.int("customers")?))).collect()
}

/// What the kinds know of these products and customers, beside all categories, regions and lists, and for limits of the
/// roles: enough to accept and to show the rows that speak of them, not to check them.
pub async fn facts_about(
    tx: &mut Tx<'_>,
    kind: Kind,
    products: &[ProductId],
    customers: &[CustomerId],
) -> Result<KindFacts, StoreError> {
    let names = Names { customers: customer_names(tx, customers).await?, ..known_names(tx).await? };
    let facts = KindFacts::new(goods_at(tx, products).await?, Vec::new()).with_names(names);
    if kind.names_roles() { Ok(facts.with_roles(roles(tx).await?)) } else { Ok(facts) }
}

/// All that the kinds know of the world, but for the names of customers; it reads every product, so it is for what
/// judges a whole list.
pub async fn kind_facts(tx: &mut Tx<'_>) -> Result<KindFacts, StoreError> {
    let names = known_names(tx).await?;
    let facts = KindFacts::new(goods(tx).await?, tier_customers(tx).await?).with_names(names);
    Ok(facts.with_roles(roles(tx).await?))
}

/// The roles of the company, in the order in which they were made.
pub async fn roles(tx: &mut Tx<'_>) -> Result<Vec<RoleFacts>, StoreError> {
    let rows = tx.query(ROLES, params![Right::QuoteIssue.key()]).await?;
    let role = |row: &Row| {
        let (key, name) = (row.text("role_key")?, row.text("name")?);
        Ok(RoleFacts { key, name, issues: row.int("issues")? > 0 })
    };
    rows.iter().map(role).collect()
}

/// What rows name besides products and customers.
async fn known_names(tx: &mut Tx<'_>) -> Result<Names, StoreError> {
    let lists = tx.query(LISTS, &[]).await?;
    let lists = lists.iter().map(|row| Ok((ItemId(row.int("id")?), row.text("name")?)));
    Ok(Names {
        lists: lists.collect::<Result<_, StoreError>>()?,
        categories: category_facts(tx).await?,
        regions: regions(tx).await?,
        ..Names::default()
    })
}

/// All categories with their parents.
pub async fn category_facts(tx: &mut Tx<'_>) -> Result<Vec<CategoryFacts>, StoreError> {
    let category = |row: &Row| {
        Ok(CategoryFacts {
            id: CategoryId(row.int("id")?),
            parent: row.opt_int("parent_id")?.map(CategoryId),
            name: row.text("name")?,
        })
    };
    tx.query(CATEGORIES, &[]).await?.iter().map(category).collect()
}

/// The regions of the company by id.
pub async fn regions(tx: &mut Tx<'_>) -> Result<BTreeMap<OrgId, String>, StoreError> {
    let rows = tx.query(REGIONS, &[]).await?;
    rows.iter().map(|row| Ok((OrgId(row.int("id")?), row.text("name")?))).collect()
}

/// What these customers are called.
pub async fn customer_names(
    tx: &mut Tx<'_>,
    customers: &[CustomerId],
) -> Result<BTreeMap<CustomerId, String>, StoreError> {
    let mut names = BTreeMap::new();
    for ids in customers.chunks(KEYS_AT_ONCE) {
        let sql = format!("SELECT id, name FROM customer WHERE id IN ({}) ORDER BY id", key_places(1));
        for row in tx.query(&sql, &with_keys(&[], ids)).await? {
            names.insert(CustomerId(row.int("id")?), row.text("name")?);
        }
    }
    Ok(names)
}

fn goods_of(row: &Row, others: Vec<(String, Factor)>, barcodes: Vec<String>) -> Result<Goods, StoreError> {
    let unsound = |what: &str| StoreError::Decode(format!("a product has an unsound {what}"));
    let tax_rate = u32::try_from(row.int("tax_rate")?).ok().and_then(BasisPoints::of_whole);
    let price_decimals = u8::try_from(row.int("price_decimals")?);
    Ok(Goods {
        facts: Arc::new(ProductFacts {
            id: ProductId(row.int("id")?),
            units: Units::kept(row.text("base_unit")?, others),
            category: row.opt_int("category_id")?.map(CategoryId),
            series: row.opt_text("series")?,
            tax_rate: tax_rate.ok_or_else(|| unsound("tax rate"))?,
            list_price: None,
            cost: row.opt_int("cost")?.map(UnitPrice),
            floor_price: row.opt_int("floor_price")?.map(UnitPrice),
            costs_include_tax: Some(COSTS_INCLUDE_TAX),
            price_decimals: price_decimals.map_err(|_| unsound("number of decimals"))?,
        }),
        code: row.text("code")?,
        name: row.text("name")?,
        spec: row.text("spec")?,
        barcodes,
        archived: row.flag("archived")?,
    })
}
