//! Finding products, each with the price that the asker may see.

use std::collections::{BTreeMap, BTreeSet};

use domain::access::{AccessRefused, Actor, Right};
use domain::base::{CategoryId, CustomerId, Instant, Limit, ProductId, Qty, fold_width};
use domain::catalog::Wanted;
use domain::config::kinds::CategoryFacts;
use domain::pricing::{
    CustomerFacts, LineRequest, Moment, PriceClass, PricedLine, PricingContext, price_lines,
};
use store::catalog::{CountedCategory, CustomerTerms, ProductAfter, StoredProduct};
use store::{StoreError, Tx};

use super::shelf::finder;
use crate::config::Live;
use crate::{AppError, Ctx};

/// What somebody looks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProductQuery {
    pub search: String,
    pub category: Option<CategoryId>,
    /// `Some(false)` is the usual list.
    pub archived: Option<bool>,
    /// Prices after this customer's tier.
    pub customer: Option<CustomerId>,
    pub after: Option<ProductAfter>,
}

/// A product as this person may see it: cost and floor are gone without the right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenProduct {
    pub stored: StoredProduct,
    pub sees_cost: bool,
    /// Today's price of one base unit for the customer of the query, else for a customer of the asker's branch without
    /// tier; `None` without the right or without a price.
    pub price: Option<PricedLine>,
    /// The list that gives the price, and what kind of list it is.
    pub list: Option<(String, PriceClass)>,
    pub prices_include_tax: bool,
    pub may_change: bool,
    /// What the customer of the query calls it.
    pub customer_code: Option<String>,
}

/// One page of products.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductsPage {
    pub items: Vec<SeenProduct>,
    pub next: Option<ProductAfter>,
    pub total: i64,
}

/// A category with its depth in the tree, in tree order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CategoryNode {
    pub counted: CountedCategory,
    pub depth: u32,
}

/// One page of products that fit the query, the best fit first.
pub async fn find_products(
    ctx: &Ctx,
    actor: &Actor,
    query: ProductQuery,
    limit: Limit,
) -> Result<ProductsPage, AppError> {
    actor.need(Right::ProductRead)?;
    let facts = customer_facts(ctx, actor, query.customer).await?;
    let (shelf, customer) = (ctx.shelf.clone(), query.customer);
    let Place { mut rows, total, codes } = ctx
        .store
        .read(|tx| {
            Box::pin(async move {
                let finder = finder(tx, &shelf).await?;
                let after = query.after.map(|after| (after.rank, after.id));
                let wanted = wanted(tx, &query).await?;
                let found =
                    finder.find(&wanted, after, usize::try_from(limit.and_one()).unwrap_or(usize::MAX));
                let codes = match customer {
                    Some(customer) => store::customers::codes_by_product(tx, customer).await?,
                    None => BTreeMap::new(),
                };
                let total = i64::try_from(found.total).unwrap_or(i64::MAX);
                Ok::<_, AppError>(Place { rows: rows_at(tx, found.page).await?, total, codes })
            })
        })
        .await?;
    let more = limit.cut(&mut rows);
    let next = if more { rows.last().map(|(place, _)| *place) } else { None };
    let products = rows.into_iter().map(|(_, product)| product).collect();
    let mut items = seen(ctx, actor, products, facts).await?;
    for item in &mut items {
        item.customer_code = codes.get(&item.stored.product.id).cloned();
    }
    Ok(ProductsPage { items, next, total })
}

/// One page as it was read.
struct Place {
    rows: Vec<(ProductAfter, StoredProduct)>,
    total: i64,
    codes: BTreeMap<ProductId, String>,
}

/// The query with what the database knows of it.
async fn wanted(tx: &mut Tx<'_>, query: &ProductQuery) -> Result<Wanted, StoreError> {
    let typed = fold_width(&query.search).to_lowercase();
    let categories = match query.category {
        Some(category) => Some(beneath(&store::config::category_facts(tx).await?, category)),
        None => None,
    };
    let mut wanted = Wanted { categories, archived: query.archived, typed, ..Wanted::default() };
    if wanted.typed.is_empty() {
        return Ok(wanted);
    }
    wanted.barcode = store::catalog::with_barcode(tx, &wanted.typed).await?;
    if let Some(customer) = query.customer {
        wanted.item_codes = store::catalog::by_item_code(tx, customer, &wanted.typed).await?;
    }
    Ok(wanted)
}

/// The category and everything beneath it.
fn beneath(all: &[CategoryFacts], top: CategoryId) -> BTreeSet<CategoryId> {
    let mut within = BTreeSet::from([top]);
    loop {
        let known = within.len();
        let child = |it: &&CategoryFacts| it.parent.is_some_and(|parent| within.contains(&parent));
        let children: Vec<CategoryId> = all.iter().filter(child).map(|it| it.id).collect();
        within.extend(children);
        if within.len() == known {
            return within;
        }
    }
}

/// The products of these places with their places.
async fn rows_at(
    tx: &mut Tx<'_>,
    page: Vec<(i64, ProductId)>,
) -> Result<Vec<(ProductAfter, StoredProduct)>, StoreError> {
    let ids: Vec<ProductId> = page.iter().map(|(_, id)| *id).collect();
    let stored = store::catalog::at(tx, &ids).await?;
    let ranks: BTreeMap<ProductId, i64> = page.into_iter().map(|(rank, id)| (id, rank)).collect();
    let place = |stored: StoredProduct| {
        let id = stored.product.id;
        (ProductAfter { rank: ranks.get(&id).copied().unwrap_or_default(), id }, stored)
    };
    Ok(stored.into_iter().map(place).collect())
}

/// One product.
pub async fn product(ctx: &Ctx, actor: &Actor, id: ProductId) -> Result<SeenProduct, AppError> {
    if !actor.has(Right::ProductRead) {
        return Err(AccessRefused::NotFound.into());
    }
    let stored = ctx.store.read(|tx| Box::pin(store::catalog::find(tx, id))).await?;
    let stored = stored.ok_or(AccessRefused::NotFound)?;
    let facts = customer_facts(ctx, actor, None).await?;
    let seen = seen(ctx, actor, vec![stored], facts).await?;
    seen.into_iter().next().ok_or_else(|| AccessRefused::NotFound.into())
}

/// All categories in tree order.
pub async fn categories(ctx: &Ctx, actor: &Actor) -> Result<Vec<CategoryNode>, AppError> {
    actor.need(Right::ProductRead)?;
    let all = ctx.store.read(|tx| Box::pin(store::catalog::counted_categories(tx))).await?;
    let mut nodes = Vec::with_capacity(all.len());
    let mut open: Vec<(Option<CategoryId>, u32)> = vec![(None, 0)];
    while let Some((parent, depth)) = open.pop() {
        if let Some(node) = parent.and_then(|id| all.iter().find(|counted| counted.category.id == id)) {
            nodes.push(CategoryNode { counted: node.clone(), depth: depth.saturating_sub(1) });
        }
        let children = all.iter().filter(|counted| counted.category.parent == parent).rev();
        open.extend(children.map(|counted| (Some(counted.category.id), depth + 1)));
    }
    Ok(nodes)
}

async fn customer_facts(
    ctx: &Ctx,
    actor: &Actor,
    customer: Option<CustomerId>,
) -> Result<CustomerFacts, AppError> {
    let Some(id) = customer else { return of_branch(ctx, actor).await };
    let scope = actor.scope(Right::CustomerRead)?;
    let terms = ctx
        .store
        .read(|tx| Box::pin(async move { store::catalog::customer_terms(tx, id, &scope).await }))
        .await?;
    let terms = terms.ok_or(AccessRefused::NotFound)?;
    let CustomerTerms { id, customer_type, tier, region } = terms;
    Ok(CustomerFacts { id: Some(id), kind: customer_type, tier, region, ..CustomerFacts::default() })
}

/// Somebody of the actor's branch, of whom nothing else is known: his region decides which lists are his.
async fn of_branch(ctx: &Ctx, actor: &Actor) -> Result<CustomerFacts, AppError> {
    let path = actor.org_path.clone();
    let region =
        ctx.store.read(|tx| Box::pin(async move { store::catalog::region_at(tx, &path).await })).await?;
    let region = region.map(|(id, _)| id);
    Ok(CustomerFacts { region, ..CustomerFacts::default() })
}

async fn seen(
    ctx: &Ctx,
    actor: &Actor,
    products: Vec<StoredProduct>,
    customer: CustomerFacts,
) -> Result<Vec<SeenProduct>, AppError> {
    let now = ctx.moment().await?.now;
    let prices =
        if actor.has(Right::PriceRead) { prices(ctx, now, &products, customer).await? } else { Vec::new() };
    let mut prices = prices.into_iter();
    let (sees_cost, may_change) = (actor.has(Right::PriceCost), actor.has(Right::ProductWrite));
    let see = |mut stored: StoredProduct| {
        if !sees_cost {
            stored.product.cost = None;
            stored.product.floor_price = None;
        }
        let (price, list) = prices.next().flatten().unzip();
        let list = list.flatten();
        SeenProduct {
            stored,
            sees_cost,
            price,
            list,
            prices_include_tax: true,
            may_change,
            customer_code: None,
        }
    };
    Ok(products.into_iter().map(see).collect())
}

/// A price, and the list that gives it.
type FromList = (PricedLine, Option<(String, PriceClass)>);

/// Today's price of one base unit of each product, where it has one.
async fn prices(
    ctx: &Ctx,
    now: Instant,
    products: &[StoredProduct],
    customer: CustomerFacts,
) -> Result<Vec<Option<FromList>>, AppError> {
    let live = crate::config::live(ctx, now).await?;
    let at = Moment::of(now, &ctx.zone);
    let context = PricingContext { at, prices_include_tax: true, customer, channel: None };
    let one =
        |stored: &StoredProduct| LineRequest { product: stored.product.id, qty: Qty::whole(1), unit: None };
    let lines: Vec<LineRequest> = products.iter().map(one).collect();
    let priced = price_lines(&live.book, &context, &lines).into_iter();
    let with_list = |line: PricedLine| {
        let list = list_of(&live, &line);
        (line, list)
    };
    Ok(priced.map(|line| line.ok().map(with_list)).collect())
}

/// Name and kind of the list that gives the line's base price.
fn list_of(live: &Live, line: &PricedLine) -> Option<(String, PriceClass)> {
    let list = line.list?;
    Some((live.head(list.item)?.name.clone(), live.book.class_of(list.item)?))
}
