//! The list of orders as Excel: the same rows, columns and order as on the screen, and no right less.

use domain::access::{AccessRefused, Actor, Right};
use domain::quotes::OrderColumn;
use domain::words::lists as words;

use super::{OrderListing, OrderRow, whole_list};
use crate::ports::SheetCell;
use crate::sheets::{chosen, table_of, write_sheet};
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
    let rows = whole_list(ctx, actor, listing.filter).await?;
    let head = |column| words::order_column(column).to_string();
    let table = table_of(words::ORDERS, columns, head, &rows, order_cell);
    write_sheet(ctx, table).await
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
