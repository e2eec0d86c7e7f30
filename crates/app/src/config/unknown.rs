//! What a newer program beside this one has put in force.

use crate::{AppError, Ctx};

/// Kinds of which something is in force and that this program does not know: it works without them, and changes nothing
/// of them.
pub async fn unknown_kinds(ctx: &Ctx) -> Result<Vec<String>, AppError> {
    let now = ctx.moment().await?.now;
    Ok(ctx.store.read(|tx| Box::pin(store::config::unknown_kinds(tx, now))).await?)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

    use domain::config::Kind;
    use serde_json::json;
    use testkit::each_engine;

    use super::*;
    use crate::config::{Submission, live, product_prices};
    use crate::support::{World, row};

    async fn kinds_in_force(world: &World) -> Vec<Kind> {
        let at = world.ctx.moment().await.unwrap().now;
        live(&world.ctx, at).await.unwrap().heads.iter().map(|head| head.kind).collect()
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_kind_of_a_newer_program_stops_no_price_and_is_left_as_it_is() {
        each_engine("newer kind", async |db| {
            let world = World::new(&db).await;
            world.first_prices().await;
            let held = world.ctx.store.clone();
            let snippets = held.read(|tx| Box::pin(store::config::items_of_kind(tx, Kind::Snippet))).await;
            let snippets = snippets.unwrap()[0];
            let text = row(Some("delivery"), json!({ "text": "within three days" }));
            world.publish(snippets, vec![text], Submission::default()).await.unwrap();
            assert_eq!(unknown_kinds(&world.ctx).await.unwrap(), [""; 0], "{}", db.engine);
            testkit::rename_kind(&db.store, Kind::Snippet.key(), "promo").await;
            let older = world.elsewhere(&db).await;
            let priced = kinds_in_force(&older).await;
            assert!(priced.contains(&Kind::PriceList) && priced.contains(&Kind::Tier), "{priced:?}");
            assert!(!priced.contains(&Kind::Snippet), "{priced:?} on {}", db.engine);
            assert_eq!(unknown_kinds(&older.ctx).await.unwrap(), ["promo"], "{}", db.engine);
            product_prices(&older.ctx, &older.author, older.paint).await.unwrap();
            assert_eq!(older.paint_costs("130").await.unwrap(), 2, "{}", db.engine);
            // The program that knows the kind finds all of it as it was.
            testkit::rename_kind(&db.store, "promo", Kind::Snippet.key()).await;
            let newer = world.elsewhere(&db).await;
            assert!(kinds_in_force(&newer).await.contains(&Kind::Snippet), "{}", db.engine);
            assert_eq!(unknown_kinds(&newer.ctx).await.unwrap(), [""; 0], "{}", db.engine);
        })
        .await;
    }
}
