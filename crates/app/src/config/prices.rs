//! What a product cost, costs and will cost by the lists.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use domain::access::{AccessRefused, Actor, Right};
use domain::base::{Instant, ItemId, OrgId, ProductId, Qty, UnitPrice};
use domain::config::{Kind, RevisionFacts};
use domain::pricing::{
    CustomerFacts, EntryRow, FormulaOf, Gives, LIST_ROW_KEY, LineRequest, ListRow, Moment, PriceClass,
    PricingContext, Revision, price_lines,
};
use store::config::{PastRow, ProductRow};
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
    let actor = actor.clone();
    let (prices, region, sold, now) = ctx
        .store
        .read(|tx| {
            Box::pin(async move {
                let known = store::catalog::find(tx, product).await?.ok_or(AccessRefused::NotFound)?;
                let base_unit = known.product.units.base();
                let now = store::events::moment(tx).await?.now;
                let rows = store::config::rows_of_product(tx, product, PRICES_MAX).await?;
                let prices = told(tx, &actor, rows, (base_unit, now)).await?;
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
    (id, list): (ItemId, &ListRow),
) -> Result<bool, StoreError> {
    if list.class != PriceClass::Region && for_others(tx, actor, &list.for_whom).await? {
        return Ok(false);
    }
    if list.class == PriceClass::List {
        return Ok(true);
    }
    let Some(item) = store::config::item(tx, id).await? else { return Ok(false) };
    let own = list.class == PriceClass::Region && actor.org_path.starts_with(&item.scope_path);
    Ok(own || sees(actor, &item.scope_path, item.kind))
}

/// What is true of a whole list while a revision is in force: whom it is for may change without any of its prices.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Reign {
    n: i64,
    from: Instant,
    until: Option<Instant>,
    class: PriceClass,
    includes_tax: bool,
    /// Whether the reader may see what the list says then.
    shown: bool,
}

/// The revisions of a list by when they are in force, from the first to the last that waits.
async fn reigns(tx: &mut Tx<'_>, actor: &Actor, item: ItemId) -> Result<Vec<Reign>, StoreError> {
    let none = ListRow { includes_tax: true, ..ListRow::default() };
    let mut judged: Vec<(PastRow, ListRow, bool)> = Vec::new();
    for row in store::config::row_over_time(tx, item, LIST_ROW_KEY).await? {
        let list = ListRow::read(&row.content).unwrap_or_else(|_| none.clone());
        let shown = shown_to(tx, actor, (item, &list)).await?;
        judged.push((row, list, shown));
    }
    let shown = shown_to(tx, actor, (item, &none)).await?;
    let history = store::config::history(tx, item).await?;
    let standing: Vec<_> = history.standing().collect();
    let reign = |(place, revision): (usize, &&RevisionFacts)| {
        let found = judged.iter().find(|(row, _, _)| row.is_of(revision.n));
        let (list, shown) = found.map_or((&none, shown), |(_, list, shown)| (list, *shown));
        Reign {
            n: revision.n,
            from: revision.effective_at,
            until: standing.get(place + 1).map(|next| next.effective_at),
            class: list.class,
            includes_tax: list.includes_tax,
            shown,
        }
    };
    Ok(standing.iter().enumerate().map(reign).collect())
}

/// When the row holds and the reader may see it: revisions that follow each other are one time, as long as the price
/// means the same.
fn times(row: &ProductRow, reigns: &[Reign]) -> Vec<Reign> {
    let mut times: Vec<Reign> = Vec::new();
    let of_row = |reign: &&Reign| row.n <= reign.n && row.until_n.is_none_or(|until| reign.n < until);
    for reign in reigns.iter().filter(of_row).filter(|it| it.shown && it.until != Some(it.from)) {
        match times.last_mut() {
            Some(last)
                if last.until == Some(reign.from)
                    && (last.class, last.includes_tax) == (reign.class, reign.includes_tax) =>
            {
                last.until = reign.until;
            }
            _ => times.push(reign.clone()),
        }
    }
    times
}

/// The rows as this reader is told of them: what a list said while it was for others alone is left out.
async fn told(
    tx: &mut Tx<'_>,
    actor: &Actor,
    rows: Vec<ProductRow>,
    (base_unit, now): (&str, Instant),
) -> Result<ProductPrices, StoreError> {
    let sees_cost = actor.has(Right::PriceCost);
    let mut known: BTreeMap<ItemId, Vec<Reign>> = BTreeMap::new();
    let mut prices = ProductPrices::default();
    for row in rows.into_iter().filter(|row| row.kind == Kind::PriceList) {
        if let Entry::Vacant(place) = known.entry(row.item) {
            place.insert(reigns(tx, actor, row.item).await?);
        }
        let reigns = known.get(&row.item).map(Vec::as_slice).unwrap_or_default();
        for time in times(&row, reigns) {
            prices.place(listed(&row, time, base_unit, sees_cost)?, now);
        }
    }
    for part in [&mut prices.now, &mut prices.upcoming, &mut prices.past] {
        part.sort_by_key(|price| Reverse(price.effective_at));
    }
    Ok(prices)
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

fn listed(
    row: &ProductRow,
    time: Reign,
    base_unit: &str,
    sees_cost: bool,
) -> Result<ListedPrice, StoreError> {
    let mut price = EntryRow::read(&row.content)
        .map_err(|fault| StoreError::Decode(format!("a price of V{}: {fault:?}", row.n)))?;
    if !sees_cost && Kind::PriceList.tells_cost(&row.content) {
        // What is noted at such a price may say how it was made.
        price.note = None;
    }
    Ok(ListedPrice {
        item: row.item,
        list_name: row.item_name.clone(),
        n: time.n,
        unit: price.unit.clone().unwrap_or_else(|| base_unit.to_string()),
        formula: match price.gives {
            Gives::Price(_) => None,
            Gives::Formula(formula) if formula.of == FormulaOf::Cost && !sees_cost => {
                Some(domain::words::price_rows::BY_FORMULA.to_string())
            }
            Gives::Formula(formula) => Some(domain::words::price_rows::formula(&formula)),
        },
        row: price,
        includes_tax: time.includes_tax,
        class: time.class,
        effective_at: time.from,
        ended_at: time.until,
    })
}
