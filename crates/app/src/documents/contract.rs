//! The contract of purchase and sale (购销合同), printed from an order whenever it is asked for: the same bytes each time.

use domain::access::{Actor, Right};
use domain::base::OrderId;
use domain::documents::PrintedContract;
use domain::words::contract as words;
use store::StoreError;

use super::pdf::{PdfFile, on_paper, printed};
use crate::orders::read_order_head;
use crate::{AppError, Ctx};

/// The contract of an order; it shows prices.
pub async fn contract_of_order(ctx: &Ctx, actor: &Actor, id: OrderId) -> Result<PdfFile, AppError> {
    let head = read_order_head(ctx, actor, id).await?;
    actor.need(Right::PriceRead)?;
    let quote = head.row.quote;
    let found = ctx.store.read(|tx| {
        Box::pin(async move {
            let snapshot = store::quotes::document(tx, quote).await?;
            Ok::<_, StoreError>(snapshot.zip(store::quotes::proof(tx, quote).await?))
        })
    });
    let lost = || StoreError::Decode(format!("order {} has no frozen document", id.0));
    let (snapshot, (hash, code)) = found.await?.ok_or_else(lost)?;
    let net = snapshot.amounts()?.net;
    let contract = PrintedContract {
        number: head.row.number.clone(),
        signed_day: head.row.signed_day,
        clauses: words::clauses(&snapshot.terms, net, &snapshot.notes),
        quote: printed(&snapshot, &hash, &code)?,
    };
    let name = words::file_name(&contract.number, &snapshot.customer.name);
    let content = on_paper(ctx, move |printer| printer.print_contract(&contract)).await?;
    Ok(PdfFile { content, name })
}
