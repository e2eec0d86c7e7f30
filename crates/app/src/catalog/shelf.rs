//! Every product as it is found, held in memory: looking through fifty thousand takes two milliseconds, where a pattern
//! over their rows takes a hundred.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};
use std::time::{Duration, Instant as Stopwatch};

use domain::base::ProductId;
use domain::catalog::{Findable, Finder};
use store::config::ProductStamp;
use store::{StoreError, Tx};

/// The database is asked for changed products at most so often; after a change of this server at once.
const ASK_EVERY: Duration = Duration::from_secs(1);
/// When more products than this have changed, all of them are read.
const ONE_BY_ONE: usize = 1_000;

/// The products as they were last read.
#[derive(Debug, Default)]
struct Known {
    stamp: ProductStamp,
    versions: HashMap<ProductId, i64>,
    finder: Arc<Finder>,
}

/// Where the products are held; clones share it.
#[derive(Clone, Debug, Default)]
pub struct ShelfCell {
    held: Arc<RwLock<Held>>,
}

#[derive(Debug, Default)]
struct Held {
    known: Arc<Known>,
    asked: Option<Stopwatch>,
    /// How often this server has changed a product: what was read before a change is not taken for new after it.
    changes: u64,
}

impl ShelfCell {
    /// A product was changed here: the next one who looks asks the database.
    pub fn expire(&self) {
        if let Ok(mut held) = self.held.write() {
            held.asked = None;
            held.changes += 1;
        }
    }

    /// What is held, whether it is fresh, and how many changes there were.
    fn held(&self) -> (Arc<Known>, bool, u64) {
        let Ok(held) = self.held.read() else { return (Arc::default(), false, 0) };
        let fresh = held.asked.is_some_and(|asked| asked.elapsed() < ASK_EVERY);
        (held.known.clone(), fresh, held.changes)
    }

    fn keep(&self, known: Arc<Known>, asked: Stopwatch, changes: u64) {
        if let Ok(mut held) = self.held.write()
            && held.changes == changes
        {
            (held.known, held.asked) = (known, Some(asked));
        }
    }
}

/// All products, as they are on this server, and as another one left them a second ago. It must be the first that a
/// transaction reads, so that it sees no less than what was changed before it was asked.
pub(super) async fn finder(tx: &mut Tx<'_>, cell: &ShelfCell) -> Result<Arc<Finder>, StoreError> {
    let (known, fresh, changes) = cell.held();
    if fresh {
        return Ok(known.finder.clone());
    }
    let asked = Stopwatch::now();
    let stamp = store::config::product_stamp(tx).await?;
    let known = if known.stamp == stamp { known } else { Arc::new(read(tx, &known, stamp).await?) };
    cell.keep(known.clone(), asked, changes);
    Ok(known.finder.clone())
}

/// The products with those that changed since `before`, or all of them anew when there are many.
async fn read(tx: &mut Tx<'_>, before: &Known, stamp: ProductStamp) -> Result<Known, StoreError> {
    let versions = store::config::product_versions(tx).await?;
    let differs =
        |(id, version): (&ProductId, &i64)| (before.versions.get(id) != Some(version)).then_some(*id);
    let changed: Vec<ProductId> = versions.iter().filter_map(differs).collect();
    let changed = if changed.len() > ONE_BY_ONE {
        store::catalog::findables(tx).await?
    } else {
        store::catalog::findables_at(tx, &changed).await?
    };
    let mut products: HashMap<ProductId, Arc<Findable>> =
        before.finder.products().iter().map(|product| (product.id, product.clone())).collect();
    products.retain(|id, _| versions.contains_key(id));
    products.extend(changed.into_iter().map(|product| (product.id, Arc::new(product))));
    let finder = Arc::new(Finder::new(products.into_values().collect()));
    Ok(Known { stamp, versions, finder })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]

    use testkit::each_engine;

    use super::*;
    use crate::support::World;

    #[tokio::test(flavor = "multi_thread")]
    async fn a_changed_product_is_read_alone_and_what_was_read_before_a_change_is_not_kept() {
        each_engine("shelf", async |db| {
            let world = World::new(&db).await;
            let cell = ShelfCell::default();
            let look = async || {
                let cell = cell.clone();
                let found = world.ctx.store.read(|tx| Box::pin(async move { finder(tx, &cell).await }));
                let found: Result<Arc<Finder>, StoreError> = found.await;
                found.unwrap()
            };
            let begun = Stopwatch::now();
            let first = look().await;
            testkit::tax_moves(&world.ctx.store, world.paint.0).await;
            let again = look().await;
            let moment = begun.elapsed() < ASK_EVERY;
            assert!(Arc::ptr_eq(&first, &again) || !moment, "{}: asked a moment ago", db.engine);
            cell.expire();
            let second = look().await;
            assert!(!Arc::ptr_eq(&first, &second), "{}", db.engine);
            let same = first.products().iter().zip(second.products());
            let read_anew: Vec<_> = same.filter(|(one, other)| !Arc::ptr_eq(one, other)).collect();
            assert_eq!(read_anew.len(), 1, "{}", db.engine);
            assert_eq!(read_anew.first().map(|(_, product)| product.id), Some(world.paint), "{}", db.engine);
            let (known, _, changes) = cell.held();
            cell.expire();
            cell.keep(known, Stopwatch::now(), changes);
            assert!(!cell.held().1, "{}: somebody changed a product meanwhile", db.engine);
        })
        .await;
    }
}
