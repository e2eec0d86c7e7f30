//! Pasted lines: what a text from a chat or a sheet asks for, among what may be quoted; saves nothing.

use domain::access::{Actor, Right};
use domain::base::{FieldFault, Invalid};
use domain::quotes::{Confidence, PASTED_LETTERS_MAX, PastedLine, QuotedProduct, read_pasted};

use super::price::quoted;
use crate::config::live;
use crate::{AppError, Ctx};

/// One thing of the text, with the products that it may mean, the best first.
#[derive(Clone, Debug)]
pub struct PastedView {
    pub line: PastedLine,
    pub confidence: Confidence,
    pub products: Vec<QuotedProduct>,
    /// The unit as the best product writes it; none: its base unit.
    pub unit: Option<String>,
}

/// Reads a pasted text and looks its things up.
pub async fn read_pasted_lines(ctx: &Ctx, actor: &Actor, text: &str) -> Result<Vec<PastedView>, AppError> {
    actor.need(Right::QuoteWrite)?;
    actor.need(Right::ProductRead)?;
    if text.chars().count() > PASTED_LETTERS_MAX {
        let fault = FieldFault::TooLong { letters_max: PASTED_LETTERS_MAX };
        return Err(Invalid::one("text", fault).into());
    }
    let lines = read_pasted(text);
    if lines.is_empty() {
        return Ok(Vec::new());
    }
    let live = live(ctx, ctx.moment().await?.now).await?;
    // Comparing with every product takes CPU time and must not hold up those who only read and write.
    let found = tokio::task::spawn_blocking(move || {
        let catalogue = live.catalogue();
        let view = |line: PastedLine| {
            let found = catalogue.find(&line.words, line.unit.as_deref());
            let products =
                found.products.iter().filter_map(|id| live.goods.get(id)).map(|goods| quoted(goods));
            PastedView { products: products.collect(), confidence: found.confidence, unit: found.unit, line }
        };
        lines.into_iter().map(view).collect()
    });
    Ok(found.await.map_err(|error| store::StoreError::Decode(error.to_string()))?)
}
