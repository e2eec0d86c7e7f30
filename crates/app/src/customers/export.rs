//! The list of customers as Excel: the same rows, columns and order as on the screen, and no right less.

use domain::access::Actor;
use domain::base::{Fen, Limit};
use domain::customers::CustomerColumn;
use domain::words::lists as words;
use store::customers::{CustomerFilter, CustomerRow};

use super::customers;
use crate::ports::{SheetCell, SheetTable};
use crate::sheets::{chosen, short_enough, write_sheet};
use crate::{AppError, Ctx};

/// Every customer that the filter finds, in the order of the list, as an .xlsx with these columns.
pub async fn export_customers(
    ctx: &Ctx,
    actor: &Actor,
    filter: CustomerFilter,
    columns: &[CustomerColumn],
) -> Result<Vec<u8>, AppError> {
    chosen(columns)?;
    let limit = Limit::new(Some(Limit::MAX.into()), Limit::MAX)?;
    let mut rows = Vec::new();
    let mut after = None;
    loop {
        let page = customers(ctx, actor, filter.clone(), after, limit).await?;
        short_enough(page.total)?;
        rows.extend(page.rows.iter().map(|row| columns.iter().map(|it| cell(*it, row)).collect()));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let heads = columns.iter().map(|column| words::customer_column(*column).to_string()).collect();
    write_sheet(ctx, SheetTable { title: words::CUSTOMERS.to_string(), heads, rows }).await
}

fn cell(column: CustomerColumn, row: &CustomerRow) -> SheetCell {
    let text =
        |text: &str| if text.is_empty() { SheetCell::Empty } else { SheetCell::Text(text.to_string()) };
    match column {
        CustomerColumn::Name => text(&row.name),
        CustomerColumn::Code => text(&row.code),
        CustomerColumn::Tier => text(row.tier.as_deref().unwrap_or_default()),
        CustomerColumn::Type => text(row.kind.as_deref().unwrap_or_default()),
        CustomerColumn::Contact => text(format!("{} {}", row.contact, row.phone).trim()),
        CustomerColumn::City => text(&row.city),
        CustomerColumn::Owner => text(&row.owner.1),
        CustomerColumn::Branch => text(&row.branch.1),
        CustomerColumn::LastOrder => row.last_order_day.map_or(SheetCell::Empty, SheetCell::Day),
        // As on the screen: who bought nothing has no figure.
        CustomerColumn::Net12m if row.net_12m == Fen::ZERO => SheetCell::Empty,
        CustomerColumn::Net12m => SheetCell::Number(row.net_12m.to_yuan()),
    }
}
