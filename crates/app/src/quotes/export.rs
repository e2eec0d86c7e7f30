//! Lists as Excel: the same rows, columns and order as on the screen, and no right less.

use domain::access::{Actor, Right};
use domain::quotes::QuoteColumn;
use domain::words::lists as words;

use super::list::{ListedQuote, QuoteListing, whole_list};
use crate::ports::SheetCell;
use crate::sheets::{chosen, table_of, write_sheet};
use crate::{AppError, Ctx};

/// Every quotation that the listing finds, in its order, as an .xlsx with these columns; the margin only for those who
/// see cost.
pub async fn export_quotes(
    ctx: &Ctx,
    actor: &Actor,
    listing: QuoteListing,
    columns: &[QuoteColumn],
) -> Result<Vec<u8>, AppError> {
    chosen(columns)?;
    if columns.contains(&QuoteColumn::Margin) {
        actor.need(Right::PriceCost)?;
    }
    let rows = whole_list(ctx, actor, listing.filter).await?;
    let head = |column| words::quote_column(column).to_string();
    let cell = |column, row: &ListedQuote| quote_cell(ctx, column, row);
    let table = table_of(words::QUOTES, columns, head, &rows, cell);
    write_sheet(ctx, table).await
}

fn quote_cell(ctx: &Ctx, column: QuoteColumn, listed: &ListedQuote) -> SheetCell {
    let row = &listed.row;
    let text = |text: &str| SheetCell::Text(text.to_string());
    match column {
        QuoteColumn::Number => match &row.number {
            Some(number) => SheetCell::Text(format!("{number} V{}", row.revision)),
            None => text(words::DRAFT),
        },
        QuoteColumn::Customer => text(&row.customer.1),
        QuoteColumn::Content => SheetCell::Text(words::content(row.first_product.as_deref(), row.line_count)),
        QuoteColumn::State => text(words::state(listed.state)),
        QuoteColumn::ValidUntil => SheetCell::Day(listed.valid_until),
        QuoteColumn::Owner => text(&row.owner.1),
        QuoteColumn::Branch => text(&row.branch.1),
        QuoteColumn::Issued => row.issued_at.map_or(SheetCell::Empty, |at| SheetCell::Day(ctx.day(at))),
        QuoteColumn::Updated => SheetCell::Day(ctx.day(row.updated_at)),
        QuoteColumn::Lines => SheetCell::Number(row.line_count.to_string()),
        QuoteColumn::Order => row.order.as_ref().map_or(SheetCell::Empty, |order| text(&order.number)),
        QuoteColumn::Net => SheetCell::Number(row.net.to_yuan()),
        QuoteColumn::Margin => {
            let margin = listed.margin.flatten();
            margin.map_or(SheetCell::Empty, |margin| SheetCell::Number(margin.amount.to_yuan()))
        }
    }
}
