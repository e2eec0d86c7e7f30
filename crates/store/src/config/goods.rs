//! The products as configuration speaks of them.

use std::collections::{BTreeMap, HashMap};

use domain::base::{BasisPoints, CategoryId, CustomerId, Factor, ItemId, OrgId, ProductId, UnitPrice};
use domain::catalog::Units;
use domain::config::kinds::{CategoryFacts, Goods, KindFacts, Names};
use domain::pricing::ProductFacts;
use domain::pricing::import::KnownProduct;

use crate::{Row, StoreError, Tx, Value};

const PRODUCTS: &str = "
    SELECT id, code, name, spec, category_id, series, base_unit, tax_rate, cost, floor_price, price_decimals, archived
    FROM product ORDER BY id";
const UNITS: &str =
    "SELECT product_id, unit, numerator, denominator FROM product_unit ORDER BY product_id, ord, unit";
const BARCODES: &str = "SELECT product_id, code, unit FROM product_barcode ORDER BY product_id, ord, code";
const TIER_CUSTOMERS: &str =
    "SELECT tier, COUNT(*) AS customers FROM customer WHERE tier IS NOT NULL GROUP BY tier ORDER BY tier";
const STAMP: &str =
    "SELECT COUNT(*) AS products, CAST(COALESCE(SUM(version), 0) AS BIGINT) AS versions FROM product";

const CATEGORIES: &str = "SELECT id, parent_id, name FROM category ORDER BY ord, name, id LIMIT 2000";
const REGIONS: &str = "SELECT id, name FROM org_unit WHERE kind = 'region' ORDER BY id LIMIT 1000";
const LISTS: &str =
    "SELECT id, name FROM config_item WHERE kind = 'price_list' AND archived = 0 ORDER BY id LIMIT 1000";
/// `$ids` stands for the parameters.
const CUSTOMERS: &str = "SELECT id, name FROM customer WHERE id IN ($ids) ORDER BY id";
/// So many customers are asked for in one statement.
const CUSTOMERS_AT_ONCE: usize = 100;

/// Changes whenever a product is made or changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProductStamp {
    products: i64,
    versions: i64,
}

/// What the products are at; cheap enough to ask every second.
pub async fn product_stamp(tx: &mut Tx<'_>) -> Result<ProductStamp, StoreError> {
    let row = tx.query_one(STAMP, &[]).await?;
    Ok(ProductStamp { products: row.int("products")?, versions: row.int("versions")? })
}

/// Every product with its units, archived ones too, by id.
pub async fn goods(tx: &mut Tx<'_>) -> Result<Vec<Goods>, StoreError> {
    let mut units: HashMap<i64, Vec<(String, Factor)>> = HashMap::new();
    for row in tx.query(UNITS, &[]).await? {
        let factor = Factor::new(row.int("numerator")?, row.int("denominator")?)
            .ok_or_else(|| StoreError::Decode("a factor is not positive".to_string()))?;
        units.entry(row.int("product_id")?).or_default().push((row.text("unit")?, factor));
    }
    let rows = tx.query(PRODUCTS, &[]).await?;
    rows.iter().map(|row| goods_of(row, units.remove(&row.int("id")?).unwrap_or_default())).collect()
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
            facts: goods.facts,
        }
    };
    Ok(goods(tx).await?.into_iter().map(known).collect())
}

/// How many customers have each tier.
pub async fn tier_customers(tx: &mut Tx<'_>) -> Result<Vec<(String, i64)>, StoreError> {
    let rows = tx.query(TIER_CUSTOMERS, &[]).await?;
    rows.iter().map(|row| Ok((row.text("tier")?, row.int("customers")?))).collect()
}

/// What the kinds know of the world; of customers only the names of these.
pub async fn kind_facts(tx: &mut Tx<'_>, customers: &[CustomerId]) -> Result<KindFacts, StoreError> {
    let lists = tx.query(LISTS, &[]).await?;
    let lists = lists.iter().map(|row| Ok((ItemId(row.int("id")?), row.text("name")?)));
    let names = Names {
        categories: category_facts(tx).await?,
        regions: regions(tx).await?,
        lists: lists.collect::<Result<_, StoreError>>()?,
        customers: customer_names(tx, customers).await?,
    };
    Ok(KindFacts::new(goods(tx).await?, tier_customers(tx).await?).with_names(names))
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
    ids: &[CustomerId],
) -> Result<BTreeMap<CustomerId, String>, StoreError> {
    let mut names = BTreeMap::new();
    for some in ids.chunks(CUSTOMERS_AT_ONCE) {
        let places: Vec<String> = (1..=some.len()).map(|place| format!("${place}")).collect();
        let values: Vec<Value> = some.iter().map(|id| Value::from(*id)).collect();
        for row in tx.query(&CUSTOMERS.replace("$ids", &places.join(", ")), &values).await? {
            names.insert(CustomerId(row.int("id")?), row.text("name")?);
        }
    }
    Ok(names)
}

fn goods_of(row: &Row, others: Vec<(String, Factor)>) -> Result<Goods, StoreError> {
    let unsound = |what: &str| StoreError::Decode(format!("a product has an unsound {what}"));
    let tax_rate = u32::try_from(row.int("tax_rate")?).ok().and_then(BasisPoints::of_whole);
    let price_decimals = u8::try_from(row.int("price_decimals")?);
    Ok(Goods {
        facts: ProductFacts {
            id: ProductId(row.int("id")?),
            units: Units::kept(row.text("base_unit")?, others),
            category: row.opt_int("category_id")?.map(CategoryId),
            series: row.opt_text("series")?,
            tax_rate: tax_rate.ok_or_else(|| unsound("tax rate"))?,
            list_price: None,
            cost: row.opt_int("cost")?.map(UnitPrice),
            floor_price: row.opt_int("floor_price")?.map(UnitPrice),
            price_decimals: price_decimals.map_err(|_| unsound("number of decimals"))?,
        },
        code: row.text("code")?,
        name: row.text("name")?,
        spec: row.text("spec")?,
        archived: row.flag("archived")?,
    })
}
