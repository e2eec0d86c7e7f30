//! The log of what happened, as other people's screens ask for it.

use store::events;

use crate::{AppError, Ctx};

/// Name of who last did something to a record; `None` when it was the program itself, or nobody.
pub async fn last_actor(ctx: &Ctx, entity: &str, id: i64) -> Result<Option<String>, AppError> {
    let entity = entity.to_string();
    let newest = ctx
        .store
        .read(|tx| Box::pin(async move { events::of_entity(tx, &entity, id, None, 1).await }))
        .await?;
    Ok(newest.into_iter().next().and_then(|event| event.actor_name))
}
