//! The seal on a document: the one that was the company's when it was issued, or what took the place of a broken one.

use domain::base::OrgId;
use domain::documents::{FileKind, PageRefused, PrintRefused};
use domain::quotes::Snapshot;
use store::{StoreError, Tx};

use super::paper::own_seal;
use crate::{AppError, Ctx};

/// A picture that can be printed, and which file it is.
pub(super) struct Stamp {
    pub picture: Vec<u8>,
    pub file: String,
    /// The seal of the day of issue, when it cannot be printed.
    pub instead_of: Option<String>,
}

/// The seal for a document: only what was issued within authority was given one at all. When the one of that day
/// cannot be printed, and only then, the company's present seal stands for it; see `docs/decisions/0009`.
pub(super) async fn stamp_of(ctx: &Ctx, snapshot: &Snapshot) -> Result<Option<Stamp>, AppError> {
    let Some(frozen) = &snapshot.seller.seal_file else { return Ok(None) };
    let refused = match usable(ctx, frozen).await? {
        Ok(picture) => return Ok(Some(Stamp { picture, file: frozen.clone(), instead_of: None })),
        Err(refused) => refused,
    };
    let branch = snapshot.branch.id;
    let present = ctx.store.read(|tx| Box::pin(present_seal(tx, branch))).await?;
    let present = present.filter(|present| present != frozen);
    let Some(present) = present else { return Err(refused) };
    match usable(ctx, &present).await? {
        Ok(picture) => Ok(Some(Stamp { picture, file: present, instead_of: Some(frozen.clone()) })),
        Err(_) => Err(refused),
    }
}

/// The seal that would be given to a document of the branch now.
async fn present_seal(tx: &mut Tx<'_>, branch: OrgId) -> Result<Option<String>, StoreError> {
    let now = store::events::moment(tx).await?.now;
    let company = store::access::company(tx).await?.and_then(|(company, _)| company.seal_file);
    Ok(own_seal(tx, branch, now).await?.or(company))
}

/// The picture, or why this one cannot be printed: a fault of the picture, or of the store that keeps it.
async fn usable(ctx: &Ctx, file: &str) -> Result<Result<Vec<u8>, AppError>, AppError> {
    match store::files::whole(&ctx.store, file).await {
        Ok(picture) => Ok(check_seal(ctx, picture).await?.map_err(AppError::from)),
        Err(lost @ StoreError::File { .. }) => Ok(Err(lost.into())),
        Err(error) => Err(error.into()),
    }
}

/// The picture again, when what prints would take it as a seal; without a printer nothing is printed anyway.
pub(crate) async fn check_seal(
    ctx: &Ctx,
    picture: Vec<u8>,
) -> Result<Result<Vec<u8>, PrintRefused>, AppError> {
    let Some(printer) = ctx.printing.printer.clone() else { return Ok(Ok(picture)) };
    let checked = tokio::task::spawn_blocking(move || printer.check_seal(&picture).map(|()| picture)).await;
    checked.map_err(|error| StoreError::Unavailable(error.to_string()).into())
}

/// Whether a photo or scan that was handed in can be opened; without what opens pictures nothing is refused.
pub(crate) async fn check_page(
    ctx: &Ctx,
    kind: FileKind,
    content: Vec<u8>,
) -> Result<Result<(), PageRefused>, AppError> {
    let Some(printer) = ctx.printing.printer.clone() else { return Ok(Ok(())) };
    let checked = tokio::task::spawn_blocking(move || printer.check_page(kind, content)).await;
    checked.map_err(|error| StoreError::Unavailable(error.to_string()).into())
}
