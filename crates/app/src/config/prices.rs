//! What a product cost, costs and will cost by the lists.

use domain::access::{AccessRefused, Actor, Right};
use domain::base::{Instant, ItemId, OrgId, ProductId, Qty, UnitPrice};
use domain::config::Kind;
use domain::pricing::{
    CustomerFacts, EntryRow, ForWhom, FormulaOf, Gives, LIST_ROW_KEY, LineRequest, ListRow, Moment,
    PriceClass, PricingContext, Revision, price_lines,
};
use store::config::ProductRow;
use store::{StoreError, Tx};

use super::live::live;
use super::sight::sees;
use super::whom::for_others;
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
    pub row: EntryRow,
    /// In words, of a row that gives no price; nothing of one that comes from a cost the reader may not see.
    pub formula: Option<String>,
    pub includes_tax: bool,
    pub class: PriceClass,
    pub effective_at: Instant,
    pub ended_at: Option<Instant>,
}

/// The prices of a product by when they hold.
#[derive(Clone, Debug, Default)]
pub struct ProductPrices {
    pub now: Vec<ListedPrice>,
    pub upcoming: Vec<ListedPrice>,
    pub past: Vec<ListedPrice>,
    /// What the reader's own branch quotes now; `None` where it has no price.
    pub branch: Option<BranchPrice>,
}

/// What a branch quotes of one base unit to somebody without tier or contract, tax included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BranchPrice {
    /// Name of the region of the branch; `None` for head office.
    pub region: Option<String>,
    pub unit: String,
    pub unit_price: UnitPrice,
    /// The list that gives it, its name and what kind of list it is.
    pub list: Option<(Revision, String, PriceClass)>,
}

/// Every price of the product that was ever published, youngest first.
pub async fn product_prices(ctx: &Ctx, actor: &Actor, product: ProductId) -> Result<ProductPrices, AppError> {
    if !actor.has(Right::ProductRead) {
        return Err(domain::access::AccessRefused::NotFound.into());
    }
    actor.need(Right::PriceRead)?;
    let sees_cost = actor.has(Right::PriceCost);
    let actor = actor.clone();
    let (prices, region, sold, now) = ctx
        .store
        .read(|tx| {
            Box::pin(async move {
                let known = store::catalog::find(tx, product).await?.ok_or(AccessRefused::NotFound)?;
                let base_unit = known.product.units.base();
                let now = store::events::moment(tx).await?.now;
                let mut prices = ProductPrices::default();
                for row in store::config::rows_of_product(tx, product, PRICES_MAX).await? {
                    if row.kind == Kind::PriceList {
                        let (price, whom) = listed(tx, row, base_unit, sees_cost).await?;
                        if shown_to(tx, &actor, (&price, &whom)).await? {
                            prices.place(price, now);
                        }
                    }
                }
                let region = store::catalog::region_at(tx, &actor.org_path).await?;
                Ok::<_, AppError>((prices, region, !known.product.archived, now))
            })
        })
        .await?;
    let branch = if sold { branch_price(ctx, product, region, now).await? } else { None };
    Ok(ProductPrices { branch, ..prices })
}

/// What would be quoted now where that region is.
async fn branch_price(
    ctx: &Ctx,
    product: ProductId,
    region: Option<(OrgId, String)>,
    now: Instant,
) -> Result<Option<BranchPrice>, AppError> {
    let live = live(ctx, now).await?;
    let context = PricingContext {
        at: Moment::of(now, &ctx.zone),
        prices_include_tax: true,
        customer: CustomerFacts { region: region.as_ref().map(|(id, _)| *id), ..CustomerFacts::default() },
        channel: None,
    };
    let line = LineRequest { product, qty: Qty::whole(1), unit: None };
    let priced = price_lines(&live.book, &context, &[line]).into_iter().next();
    let Some(Ok(line)) = priced else { return Ok(None) };
    let list = line.list.and_then(|revision| {
        let name = live.head(revision.item)?.name.clone();
        Some((revision, name, live.book.class_of(revision.item)?))
    });
    let region = region.map(|(_, name)| name);
    Ok(Some(BranchPrice { region, unit: line.unit, unit_price: line.unit_price, list }))
}

/// Lists for all are everybody's to see, a region's its people's; contracts only theirs who see configuration, and of
/// those only theirs who see one of the customers.
async fn shown_to(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (price, whom): (&ListedPrice, &ForWhom),
) -> Result<bool, StoreError> {
    if price.class != PriceClass::Region && for_others(tx, actor, whom).await? {
        return Ok(false);
    }
    if price.class == PriceClass::List {
        return Ok(true);
    }
    let Some(item) = store::config::item(tx, price.item).await? else { return Ok(false) };
    let own = price.class == PriceClass::Region && actor.org_path.starts_with(&item.scope_path);
    Ok(own || sees(actor, &item.scope_path, item.kind))
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

async fn listed(
    tx: &mut Tx<'_>,
    row: ProductRow,
    base_unit: &str,
    sees_cost: bool,
) -> Result<(ListedPrice, ForWhom), StoreError> {
    let mut price = EntryRow::read(&row.content)
        .map_err(|fault| StoreError::Decode(format!("a price of V{}: {fault:?}", row.n)))?;
    if !sees_cost && Kind::PriceList.tells_cost(&row.content) {
        // What is noted at such a price may say how it was made.
        price.note = None;
    }
    let list = store::config::rows_at_keys(tx, row.item, row.n, &[LIST_ROW_KEY.to_string()]).await?;
    let list = list.get(LIST_ROW_KEY).and_then(|content| ListRow::read(content).ok());
    let whom = list.as_ref().map(|list| list.for_whom.clone()).unwrap_or_default();
    let listed = ListedPrice {
        item: row.item,
        list_name: row.item_name,
        n: row.n,
        unit: price.unit.clone().unwrap_or_else(|| base_unit.to_string()),
        formula: match price.gives {
            Gives::Price(_) => None,
            Gives::Formula(formula) if formula.of == FormulaOf::Cost && !sees_cost => {
                Some(domain::words::price_rows::BY_FORMULA.to_string())
            }
            Gives::Formula(formula) => Some(domain::words::price_rows::formula(&formula)),
        },
        row: price,
        class: list.as_ref().map(|list| list.class).unwrap_or_default(),
        includes_tax: list.is_none_or(|list| list.includes_tax),
        effective_at: row.effective_at,
        ended_at: row.ended_at,
    };
    Ok((listed, whom))
}
