//! The list of orders as Excel: the same rows, columns and order as on the screen, and no right less.

use domain::access::{AccessRefused, Actor, Right};
use domain::base::Limit;
use domain::quotes::OrderColumn;
use domain::words::lists as words;

use super::{OrderListing, OrderRow, list_orders};
use crate::ports::{SheetCell, SheetTable};
use crate::sheets::{chosen, short_enough, write_sheet};
use crate::{AppError, Ctx};

/// Every order that the listing finds, in its order; money only for those who see prices.
pub async fn export_orders(
    ctx: &Ctx,
    actor: &Actor,
    listing: OrderListing,
    columns: &[OrderColumn],
) -> Result<Vec<u8>, AppError> {
    chosen(columns)?;
    if columns.contains(&OrderColumn::Net) && !actor.has(Right::PriceRead) {
        return Err(AccessRefused::Forbidden(Right::PriceRead).into());
    }
    let mut rows = Vec::new();
    let mut after = None;
    loop {
        let filter = listing.filter.clone();
        let page = OrderListing { filter, limit: Limit::new(Some(Limit::MAX.into()), Limit::MAX)?, after };
        let page = list_orders(ctx, actor, page).await?;
        short_enough(page.total.count)?;
        rows.extend(page.items.iter().map(|item| columns.iter().map(|it| order_cell(*it, item)).collect()));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let heads = columns.iter().map(|column| words::order_column(*column).to_string()).collect();
    write_sheet(ctx, SheetTable { title: words::ORDERS.to_string(), heads, rows }).await
}

fn order_cell(column: OrderColumn, row: &OrderRow) -> SheetCell {
    let text = |text: &str| SheetCell::Text(text.to_string());
    match column {
        OrderColumn::Number => text(&row.number),
        OrderColumn::Customer => text(&row.customer.1),
        OrderColumn::Content => SheetCell::Text(words::content(row.first_product.as_deref(), row.line_count)),
        OrderColumn::SignedDay => SheetCell::Day(row.signed_day),
        OrderColumn::Signer => text(&row.signer),
        OrderColumn::Owner => text(&row.owner.1),
        OrderColumn::Branch => text(&row.branch.1),
        OrderColumn::Quote => SheetCell::Text(format!("{} V{}", row.quote_number, row.revision)),
        OrderColumn::Lines => SheetCell::Number(row.line_count.to_string()),
        OrderColumn::Net => SheetCell::Number(row.net.to_yuan()),
    }
}
