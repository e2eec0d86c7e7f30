//! The list of customers as Excel: the same rows, columns and order as on the screen, and no right less.

use domain::access::Actor;
use domain::base::Fen;
use domain::customers::CustomerColumn;
use domain::words::lists as words;
use store::customers::{CustomerFilter, CustomerRow};

use super::find::whole_list;
use crate::ports::SheetCell;
use crate::sheets::{chosen, table_of, write_sheet};
use crate::{AppError, Ctx};

/// Every customer that the filter finds, in the order of the list, as an .xlsx with these columns.
pub async fn export_customers(
    ctx: &Ctx,
    actor: &Actor,
    filter: CustomerFilter,
    columns: &[CustomerColumn],
) -> Result<Vec<u8>, AppError> {
    chosen(columns)?;
    let rows = whole_list(ctx, actor, filter).await?;
    let head = |column| words::customer_column(column).to_string();
    let table = table_of(words::CUSTOMERS, columns, head, &rows, cell);
    write_sheet(ctx, table).await
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
