//! Pictures that rows name: looked at when they are named, and shown to whoever sees the item.

use domain::access::{AccessRefused, Actor};
use domain::base::ItemId;
use domain::config::Kind;
use domain::config::kinds::{SEAL_KEY, seal_file};
use serde_json::json;
use store::config::Draft;

use super::drafts::RowInput;
use super::sight::item_for;
use crate::{AppError, Ctx};

/// Refuses a picture that the person did not hand in, or that cannot be printed. One that the item has had is known.
pub(super) async fn check(ctx: &Ctx, actor: &Actor, draft: &Draft, put: &[RowInput]) -> Result<(), AppError> {
    if draft.kind != Kind::Seal {
        return Ok(());
    }
    for (place, row) in put.iter().enumerate() {
        let content = row.content.to_string();
        let Some(file) = seal_file(&content) else { continue };
        if names(ctx, draft.item, &file).await? {
            continue;
        }
        let path = format!("put[{place}].content.file");
        crate::access::check_seal(ctx, actor, &path, &file).await?;
    }
    Ok(())
}

/// A picture that a row of the item names, in whichever revision or open draft.
pub async fn picture(ctx: &Ctx, actor: &Actor, item: ItemId, file: &str) -> Result<Vec<u8>, AppError> {
    let asker = actor.clone();
    let known = ctx.store.read(|tx| Box::pin(async move { item_for(tx, &asker, item).await })).await?;
    if known.kind != Kind::Seal || !names(ctx, item, file).await? {
        return Err(AccessRefused::NotFound.into());
    }
    Ok(store::files::whole(&ctx.store, file).await?)
}

/// Rows are kept in one spelling, so a picture is found by the row that would name it.
async fn names(ctx: &Ctx, item: ItemId, file: &str) -> Result<bool, AppError> {
    let row = json!({ "file": file }).to_string();
    let kept = Kind::Seal.accept(Some(SEAL_KEY), &row, |_| None, &Default::default());
    let Ok(kept) = kept else { return Ok(false) };
    let found = ctx.store.read(|tx| {
        let content = kept.content.clone();
        Box::pin(async move { store::config::speaks_of(tx, item, &content).await })
    });
    Ok(found.await?)
}
