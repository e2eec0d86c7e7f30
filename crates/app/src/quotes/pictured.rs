//! Pictures of the goods on a document: whether it shows them, and which ones it keeps for ever.

use domain::base::ProductId;
use domain::quotes::{FrozenLine, FrozenPicture, Terms};
use store::Tx;

use crate::AppError;
use crate::documents::{Paper, template_at};

/// The lines as they are frozen: with the main pictures that their goods have now, where the document shows pictures.
pub(super) async fn with_pictures(
    tx: &mut Tx<'_>,
    terms: &Terms,
    paper: &Paper,
    mut lines: Vec<FrozenLine>,
) -> Result<Vec<FrozenLine>, AppError> {
    let by_template = match terms.pictures {
        Some(_) => false,
        None => template_at(tx, paper.template).await?.shows_pictures(),
    };
    if !terms.shows_pictures(by_template) {
        return Ok(lines);
    }
    let mut products: Vec<ProductId> = lines.iter().map(|line| line.product.id).collect();
    products.sort_unstable();
    products.dedup();
    let pictures = store::catalog::main_pictures(tx, &products).await?;
    for line in &mut lines {
        let main = pictures.get(&line.product.id).filter(|_| line.extra.own.is_none());
        let frozen = |main: &domain::catalog::Picture| {
            let (file, thumb) = (main.file.clone(), main.thumb.clone());
            FrozenPicture { file, thumb }
        };
        line.product.picture = main.map(frozen);
    }
    Ok(lines)
}
