//! Lists of one's own (常用清单) of the seller whom the sign-in page offers, so that the screen shows something.

use app::quotes::{QuoteFilter, QuoteListing, SetText, keep_quote_set, list_quotes};
use app::{AppError, Ctx};
use domain::base::Limit;

use crate::company::DemoCompany;

/// Name, area in ㎡, and whether the region may use it.
const SETS: &[(&str, &str, bool)] =
    &[("三居室墙面一遍底两遍面", "100", true), ("老客户常拿的几样", "", false), ("样板间标配", "60", false)];

/// Keeps the lines of the seller's newest quotations as lists.
pub async fn keep(ctx: &Ctx, company: &DemoCompany) -> Result<(), AppError> {
    let seller = company.actor("xiaochen")?;
    let listing = QuoteListing { filter: QuoteFilter::default(), limit: Limit::USUAL, after: None };
    let quotes = list_quotes(ctx, seller, listing).await?.items;
    let long = quotes.iter().filter(|quote| quote.row.line_count >= 2);
    for (quote, (name, area, shared)) in long.zip(SETS) {
        let text = SetText {
            name: (*name).to_string(),
            quote: quote.row.id.0,
            shared: *shared,
            area: (*area).to_string(),
        };
        keep_quote_set(ctx, seller, text).await?;
    }
    Ok(())
}
