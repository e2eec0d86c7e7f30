//! Pictures of products: rows that name files. What is taken away keeps its row.

use std::collections::HashMap;

use domain::base::{Instant, ProductId};
use domain::catalog::Picture;

use crate::{Row, StoreError, Tx, Value, params};

/// `$ids` stands for the parameters of one page of products.
const OF_PRODUCTS: &str = "
    SELECT product_id, file, thumb, width, height FROM product_picture
    WHERE product_id IN ($ids) AND removed = 0 ORDER BY product_id, ord, file";
const ONE: &str = "
    SELECT product_id, file, thumb, width, height FROM product_picture WHERE product_id = $1 AND file = $2 AND removed = $3";
const KNOWN: &str =
    "SELECT COUNT(*) AS found FROM product_picture WHERE product_id = $1 AND (file = $2 OR thumb = $2)";
const PUT: &str = "
    INSERT INTO product_picture (product_id, file, thumb, width, height, ord, removed, created_at)
    VALUES ($1, $2, $3, $4, $5,
        (SELECT COALESCE(MAX(p.ord), -1) + 1 FROM product_picture p WHERE p.product_id = $1 AND p.removed = 0), 0, $6)
    ON CONFLICT (product_id, file) DO UPDATE SET
        thumb = excluded.thumb, width = excluded.width, height = excluded.height, ord = excluded.ord, removed = 0";
const SET_REMOVED: &str =
    "UPDATE product_picture SET removed = $3 WHERE product_id = $1 AND file = $2 AND removed <> $3";
const SET_PLACE: &str = "UPDATE product_picture SET ord = $3 WHERE product_id = $1 AND file = $2";

/// The pictures of these products, each in its order, the main one first.
pub(super) async fn pictures_of(
    tx: &mut Tx<'_>,
    products: &[i64],
) -> Result<HashMap<i64, Vec<Picture>>, StoreError> {
    let mut found: HashMap<i64, Vec<Picture>> = HashMap::new();
    if products.is_empty() {
        return Ok(found);
    }
    let values: Vec<Value> = products.iter().map(|id| Value::from(*id)).collect();
    let places = (1..=products.len()).map(|place| format!("${place}")).collect::<Vec<_>>().join(", ");
    for row in tx.query(&OF_PRODUCTS.replace("$ids", &places), &values).await? {
        found.entry(row.int("product_id")?).or_default().push(picture(&row)?);
    }
    Ok(found)
}

/// The main picture of each of these products that has one.
pub async fn main_pictures(
    tx: &mut Tx<'_>,
    products: &[ProductId],
) -> Result<HashMap<ProductId, Picture>, StoreError> {
    let ids: Vec<i64> = products.iter().map(|product| product.0).collect();
    let found = pictures_of(tx, &ids).await?.into_iter();
    Ok(found.filter_map(|(id, all)| Some((ProductId(id), all.into_iter().next()?))).collect())
}

/// A picture of the product that is shown, or one that was taken away.
pub async fn picture_of(
    tx: &mut Tx<'_>,
    product: ProductId,
    file: &str,
    removed: bool,
) -> Result<Option<Picture>, StoreError> {
    tx.query_opt(ONE, params![product, file, removed]).await?.as_ref().map(picture).transpose()
}

/// Whether the product has or had a picture with this file, large or small.
pub async fn has_picture_file(tx: &mut Tx<'_>, product: ProductId, file: &str) -> Result<bool, StoreError> {
    Ok(tx.query_one(KNOWN, params![product, file]).await?.int("found")? > 0)
}

/// Adds a picture behind the others; one that was taken away comes back.
pub async fn put_picture(
    tx: &mut Tx<'_>,
    product: ProductId,
    picture: &Picture,
    now: Instant,
) -> Result<(), StoreError> {
    let Picture { file, thumb, width, height } = picture;
    let sides = (i64::from(*width), i64::from(*height));
    tx.exec(PUT, params![product, file, thumb, sides.0, sides.1, now]).await?;
    Ok(())
}

/// Takes a picture away or back to its old place; `false` when it was so already.
pub async fn set_picture_removed(
    tx: &mut Tx<'_>,
    product: ProductId,
    file: &str,
    removed: bool,
) -> Result<bool, StoreError> {
    Ok(tx.exec(SET_REMOVED, params![product, file, removed]).await? == 1)
}

/// Gives the pictures the places in which `files` names them.
pub async fn order_pictures(tx: &mut Tx<'_>, product: ProductId, files: &[String]) -> Result<(), StoreError> {
    let places = (0_i64..).zip(files);
    let places: Vec<Vec<Value>> =
        places.map(|(place, file)| params![product, file, place].to_vec()).collect();
    if !places.is_empty() {
        tx.exec_many(SET_PLACE, &places).await?;
    }
    Ok(())
}

fn picture(row: &Row) -> Result<Picture, StoreError> {
    let side = |name| {
        let pixels = row.int(name)?;
        u32::try_from(pixels).map_err(|_| StoreError::Decode("a picture has an unsound size".to_string()))
    };
    Ok(Picture {
        file: row.text("file")?,
        thumb: row.text("thumb")?,
        width: side("width")?,
        height: side("height")?,
    })
}
