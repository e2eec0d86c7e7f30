//! The log of what happened: how use-cases write it, and as other people's screens ask for it.

use domain::base::{Instant, PersonId};
use serde_json::Value;
use store::events::{self, Event};
use store::{StoreError, Tx};

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

/// Writes down that somebody did something to a record.
pub(crate) async fn note(
    tx: &mut Tx<'_>,
    (now, by): (Instant, PersonId),
    kind: &'static str,
    (entity, entity_id): (&'static str, i64),
    facts: Value,
) -> Result<(), StoreError> {
    events::append(tx, now, &Event { actor: Some(by), kind, entity, entity_id, facts }).await?;
    Ok(())
}
