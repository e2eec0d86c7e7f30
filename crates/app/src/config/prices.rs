//! What a product cost, costs and will cost by the lists.

use domain::access::{AccessRefused, Actor, Right};
use domain::base::{Instant, ItemId, ProductId};
use domain::config::Kind;
use domain::pricing::{LIST_ROW_KEY, ListRow, PriceRow};
use store::config::ProductRow;
use store::{StoreError, Tx};

use crate::{AppError, Ctx};

/// At most so many prices of one product are looked back at.
const PRICES_MAX: u32 = 500;

/// One price of a list, from the release that brought it to the one that ended it.
#[derive(Clone, Debug)]
pub struct ListedPrice {
    pub item: ItemId,
    pub list_name: String,
    pub n: i64,
    pub unit: String,
    pub row: PriceRow,
    pub includes_tax: bool,
    pub effective_at: Instant,
    pub ended_at: Option<Instant>,
}

/// The prices of a product by when they hold.
#[derive(Clone, Debug, Default)]
pub struct ProductPrices {
    pub now: Vec<ListedPrice>,
    pub upcoming: Vec<ListedPrice>,
    pub past: Vec<ListedPrice>,
}

/// Every price of the product that was ever published, youngest first.
pub async fn product_prices(ctx: &Ctx, actor: &Actor, product: ProductId) -> Result<ProductPrices, AppError> {
    if !actor.has(Right::ProductRead) {
        return Err(domain::access::AccessRefused::NotFound.into());
    }
    actor.need(Right::PriceRead)?;
    ctx.store
        .read(|tx| {
            Box::pin(async move {
                let known = store::catalog::find(tx, product).await?.ok_or(AccessRefused::NotFound)?;
                let base_unit = known.product.units.base();
                let now = store::events::moment(tx).await?.now;
                let mut prices = ProductPrices::default();
                for row in store::config::rows_of_product(tx, product, PRICES_MAX).await? {
                    if row.kind == Kind::PriceList {
                        let price = listed(tx, row, base_unit).await?;
                        prices.place(price, now);
                    }
                }
                Ok(prices)
            })
        })
        .await
}

impl ProductPrices {
    fn place(&mut self, price: ListedPrice, now: Instant) {
        if now < price.effective_at {
            self.upcoming.push(price);
        } else if price.ended_at.is_none_or(|ended| now < ended) {
            self.now.push(price);
        } else {
            self.past.push(price);
        }
    }
}

async fn listed(tx: &mut Tx<'_>, row: ProductRow, base_unit: &str) -> Result<ListedPrice, StoreError> {
    let price = PriceRow::read(&row.content)
        .map_err(|fault| StoreError::Decode(format!("a price of V{}: {fault:?}", row.n)))?;
    let list = store::config::rows_at_keys(tx, row.item, row.n, &[LIST_ROW_KEY.to_string()]).await?;
    let list = list.get(LIST_ROW_KEY).and_then(|content| ListRow::read(content).ok());
    Ok(ListedPrice {
        item: row.item,
        list_name: row.item_name,
        n: row.n,
        unit: price.unit.clone().unwrap_or_else(|| base_unit.to_string()),
        row: price,
        includes_tax: list.is_none_or(|list| list.includes_tax),
        effective_at: row.effective_at,
        ended_at: row.ended_at,
    })
}
