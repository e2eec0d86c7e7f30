//! Pictures of products: whoever keeps products keeps them, everybody who sees the product sees them.

use domain::access::{AccessRefused, Actor, Right};
use domain::base::{FieldFault, Instant, Invalid, PersonId, ProductId};
use domain::catalog::{Picture, may_add, may_order};
use domain::documents::{FileKind, PrintRefused, ShapedPicture, may_be_picture};
use domain::words::pictures::{KEPT_NAME, KEPT_THUMB_NAME};
use serde_json::{Value, json};
use store::{Command, StoreError, Tx, catalog, files};

use super::edit::{log, need_to_change};
use crate::{AppError, Ctx};

/// Adds a picture behind those that the product has: a file that the actor has handed in, by its content hash. It is
/// opened, turned upright and made into a large and a small one; nothing else of it is shown to anybody.
pub async fn add_picture(ctx: &Ctx, actor: &Actor, product: ProductId, file: &str) -> Result<(), AppError> {
    need_to_change(actor)?;
    let (hash, person) = (file.to_string(), actor.person);
    let read = ctx.store.read(|tx| {
        Box::pin(async move {
            catalog::find(tx, product).await?.ok_or(AccessRefused::NotFound)?;
            Ok::<_, AppError>(files::uploaded_by(tx, &hash, person).await?)
        })
    });
    let missing = || Invalid::one("file", FieldFault::NoSuchRecord);
    let facts = read.await?.ok_or_else(missing)?;
    let length = usize::try_from(facts.bytes).unwrap_or(usize::MAX);
    let kind = may_be_picture(FileKind::of_mime(&facts.mime), length)?;
    let content = files::whole(&ctx.store, file).await?;
    let shaped = shaped(ctx, kind, content).await?;
    keep_picture(ctx, actor, product, shaped).await
}

/// Adds a picture that has been shaped already.
pub async fn keep_picture(
    ctx: &Ctx,
    actor: &Actor,
    product: ProductId,
    shaped: ShapedPicture,
) -> Result<(), AppError> {
    need_to_change(actor)?;
    let now = ctx.moment().await?.now;
    let mime = FileKind::Jpeg.mime();
    let large = files::put(&ctx.store, shaped.large, mime, KEPT_NAME, None, now).await?;
    let thumb = files::put(&ctx.store, shaped.thumb, mime, KEPT_THUMB_NAME, None, now).await?;
    let (width, height) = (shaped.width, shaped.height);
    let picture = Picture { file: large.hash, thumb: thumb.hash, width, height };
    let change = Change::Add(picture);
    ctx.write(ChangePictures { product, change, by: actor.person }).await
}

/// Takes a picture away; documents that were issued with it keep it.
pub async fn remove_picture(
    ctx: &Ctx,
    actor: &Actor,
    product: ProductId,
    file: &str,
) -> Result<(), AppError> {
    need_to_change(actor)?;
    let change = Change::Remove(file.to_string());
    ctx.write(ChangePictures { product, change, by: actor.person }).await
}

/// Takes a picture back that was taken away, to where it stood.
pub async fn restore_picture(
    ctx: &Ctx,
    actor: &Actor,
    product: ProductId,
    file: &str,
) -> Result<(), AppError> {
    need_to_change(actor)?;
    let change = Change::Restore(file.to_string());
    ctx.write(ChangePictures { product, change, by: actor.person }).await
}

/// Puts the pictures into this order, by their files; the first becomes the main one.
pub async fn order_pictures(
    ctx: &Ctx,
    actor: &Actor,
    product: ProductId,
    files: Vec<String>,
) -> Result<(), AppError> {
    need_to_change(actor)?;
    let change = Change::Order(files);
    ctx.write(ChangePictures { product, change, by: actor.person }).await
}

/// The content (JPEG) of a picture that the product has or had, large or small.
pub async fn picture(ctx: &Ctx, actor: &Actor, product: ProductId, file: &str) -> Result<Vec<u8>, AppError> {
    if !actor.has(Right::ProductRead) {
        return Err(AccessRefused::NotFound.into());
    }
    let hash = file.to_string();
    let known = ctx
        .store
        .read(|tx| Box::pin(async move { catalog::has_picture_file(tx, product, &hash).await }))
        .await?;
    if !known {
        return Err(AccessRefused::NotFound.into());
    }
    Ok(files::whole(&ctx.store, file).await?)
}

/// Opens the picture and makes of it what is kept.
async fn shaped(ctx: &Ctx, kind: FileKind, content: Vec<u8>) -> Result<ShapedPicture, AppError> {
    let missing = || PrintRefused::Failed { detail: "no printer is connected".to_string() };
    let printer = ctx.printing.printer.clone().ok_or_else(missing)?;
    let shaped = tokio::task::spawn_blocking(move || printer.shape_picture(kind, &content)).await;
    Ok(shaped.map_err(|error| StoreError::Unavailable(error.to_string()))??)
}

#[derive(Clone)]
enum Change {
    Add(Picture),
    Remove(String),
    Restore(String),
    Order(Vec<String>),
}

#[derive(Clone)]
struct ChangePictures {
    product: ProductId,
    change: Change,
    by: PersonId,
}

impl Command for ChangePictures {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        let now = store::events::moment(tx).await?.now;
        // Two who add at once take turns here, so that the limit holds.
        tx.lock_row("product", "id", self.product).await?;
        let found = catalog::find(tx, self.product).await?.ok_or(AccessRefused::NotFound)?;
        let done = carry_out(tx, self.product, &found.pictures, self.change, now).await?;
        match done {
            Some((kind, facts)) => log(tx, now, self.by, kind, self.product, facts).await,
            None => Ok(()),
        }
    }
}

/// What happened, for the log; `None` when all was so already.
async fn carry_out(
    tx: &mut Tx<'_>,
    product: ProductId,
    present: &[Picture],
    change: Change,
    now: Instant,
) -> Result<Option<(&'static str, Value)>, AppError> {
    let shown = |file: &str| present.iter().any(|picture| picture.file == file);
    match change {
        Change::Add(picture) => {
            may_add(present, &picture.file)?;
            catalog::put_picture(tx, product, &picture, now).await?;
            Ok(Some(("product.picture_added", json!({ "file": picture.file }))))
        }
        Change::Remove(file) => {
            if !shown(&file) && catalog::picture_of(tx, product, &file, true).await?.is_none() {
                return Err(AccessRefused::NotFound.into());
            }
            let removed = catalog::set_picture_removed(tx, product, &file, true).await?;
            Ok(removed.then(|| ("product.picture_removed", json!({ "file": file }))))
        }
        Change::Restore(file) => {
            if shown(&file) {
                return Ok(None);
            }
            catalog::picture_of(tx, product, &file, true).await?.ok_or(AccessRefused::NotFound)?;
            may_add(present, &file)?;
            catalog::set_picture_removed(tx, product, &file, false).await?;
            Ok(Some(("product.picture_restored", json!({ "file": file }))))
        }
        Change::Order(files) => {
            may_order(present, &files)?;
            catalog::order_pictures(tx, product, &files).await?;
            Ok(Some(("product.pictures_ordered", json!({ "files": files }))))
        }
    }
}
