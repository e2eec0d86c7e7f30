//! The compiled, immutable snapshot of what is in force; publishing swaps it, other servers follow within two seconds.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, RwLock};
use std::time::{Duration, Instant as Stopwatch};

use domain::base::{Instant, ItemId, OrgId, ProductId};
use domain::config::kinds::{CategoryFacts, Goods};
use domain::pricing::{BookRows, ListHead, PriceBook, Revision};
use store::config::{InForce, ProductStamp};
use store::{StoreError, Tx};

use crate::{AppError, Ctx};

/// The database is asked for newer heads and products at most so often.
const ASK_EVERY: Duration = Duration::from_secs(1);

/// All that is priced with between two changes of configuration.
#[derive(Debug)]
pub struct Live {
    /// The revision in force of every item, by item: what a document leans on.
    pub heads: Vec<InForce>,
    /// All lists, tiers and products of these heads.
    pub book: PriceBook,
    /// Every product, archived ones too, as the book prices it.
    pub goods: HashMap<ProductId, Goods>,
    from: Instant,
    until: Option<Instant>,
    products: ProductStamp,
    /// Regions by name: lists and customers speak of them.
    regions: BTreeMap<OrgId, String>,
}

/// Where the snapshot is held; clones share it.
#[derive(Clone, Debug, Default)]
pub struct LiveCell {
    held: Arc<RwLock<Held>>,
    loading: Arc<tokio::sync::Mutex<()>>,
}

#[derive(Debug, Default)]
struct Held {
    live: Option<Arc<Live>>,
    asked: Option<Stopwatch>,
}

impl Live {
    /// Whether these heads are the ones in force at `at`, as far as was known when they were read.
    pub fn holds_at(&self, at: Instant) -> bool {
        self.from <= at && self.until.is_none_or(|until| at < until)
    }

    /// What people call the item.
    pub fn name_of(&self, item: ItemId) -> String {
        let head = self.heads.iter().find(|head| head.item == item);
        head.map(|head| head.name.clone()).unwrap_or_default()
    }
}

impl LiveCell {
    /// The next one who asks looks into the database, whenever it was asked last.
    pub fn expire(&self) {
        if let Ok(mut held) = self.held.write() {
            held.asked = None;
        }
    }

    fn fresh_at(&self, at: Instant) -> Option<Arc<Live>> {
        let held = self.held.read().ok()?;
        let fresh = held.asked.is_some_and(|asked| asked.elapsed() < ASK_EVERY);
        held.live.clone().filter(|live| fresh && live.holds_at(at))
    }

    fn held(&self) -> Option<Arc<Live>> {
        self.held.read().ok()?.live.clone()
    }

    /// Keeps what was loaded, unless a younger one has come in meanwhile.
    fn keep(&self, live: &Arc<Live>, asked: Stopwatch) {
        if let Ok(mut held) = self.held.write() {
            let younger = held.live.as_ref().is_none_or(|held| held.from <= live.from);
            if younger {
                *held = Held { live: Some(live.clone()), asked: Some(asked) };
            }
        }
    }
}

/// The snapshot in force at `at`, read anew when a release or a product has changed or `at` lies beyond it.
///
/// It may be up to a second behind another server: whoever issues or signs reads the heads again in the transaction.
pub async fn live(ctx: &Ctx, at: Instant) -> Result<Arc<Live>, AppError> {
    if let Some(live) = ctx.live.fresh_at(at) {
        return Ok(live);
    }
    let _turn = ctx.live.loading.lock().await;
    // Somebody else may have read it while this one waited for its turn.
    if let Some(live) = ctx.live.fresh_at(at) {
        return Ok(live);
    }
    let asked = Stopwatch::now();
    let held = ctx.live.held();
    let read = ctx.store.read(|tx| Box::pin(read_changed(tx, at, held))).await?;
    let live = match read {
        Read::Same(live) => live,
        Read::Changed(parts) => {
            let compiled = tokio::task::spawn_blocking(move || compile(*parts)).await;
            Arc::new(compiled.map_err(|error| StoreError::Decode(error.to_string()))??)
        }
    };
    ctx.live.keep(&live, asked);
    Ok(live)
}

enum Read {
    Same(Arc<Live>),
    Changed(Box<Parts>),
}

/// What a snapshot is compiled from.
struct Parts {
    at: Instant,
    heads: Vec<InForce>,
    rows: Vec<Vec<(String, String)>>,
    goods: Vec<Goods>,
    categories: Vec<CategoryFacts>,
    regions: BTreeMap<OrgId, String>,
    stamp: ProductStamp,
    until: Option<Instant>,
}

async fn read_changed(tx: &mut Tx<'_>, at: Instant, held: Option<Arc<Live>>) -> Result<Read, StoreError> {
    let heads = store::config::in_force(tx, at).await?;
    let until = store::config::next_change(tx, at).await?;
    let stamp = store::config::product_stamp(tx).await?;
    let regions = store::config::regions(tx).await?;
    let unchanged = |live: &Arc<Live>| {
        live.heads == heads && live.until == until && live.products == stamp && live.regions == regions
    };
    if let Some(live) = held.filter(unchanged) {
        return Ok(Read::Same(live));
    }
    let mut rows = Vec::with_capacity(heads.len());
    for head in &heads {
        rows.push(store::config::rows_of(tx, head.item, head.n).await?);
    }
    let goods = store::config::goods(tx).await?;
    let categories = store::config::category_facts(tx).await?;
    Ok(Read::Changed(Box::new(Parts { at, heads, rows, goods, categories, regions, stamp, until })))
}

fn compile(parts: Parts) -> Result<Live, StoreError> {
    let products = parts.goods.iter().map(|goods| goods.facts.clone()).collect();
    let parents = parts.categories.iter().filter_map(|it| it.parent.map(|parent| (it.id, parent)));
    let mut book = BookRows { products, category_parents: parents.collect(), ..BookRows::default() };
    for (head, rows) in parts.heads.iter().zip(&parts.rows) {
        let revision = Revision { item: head.item, n: head.n };
        let rows = rows.iter().map(|(key, content)| (key.as_str(), content.as_str()));
        let place = ListHead { revision, name: &head.name, scope: head.scope, regions: &parts.regions };
        head.kind.compile(&place, rows, &mut book).map_err(|(key, fault)| {
            StoreError::Decode(format!("row {key} of {} V{}: {fault:?}", head.name, head.n))
        })?;
    }
    let newest = parts.heads.iter().map(|head| head.effective_at).max();
    Ok(Live {
        from: newest.unwrap_or(parts.at).min(parts.at),
        until: parts.until,
        products: parts.stamp,
        regions: parts.regions,
        book: PriceBook::new(book),
        goods: parts.goods.into_iter().map(|goods| (goods.facts.id, goods)).collect(),
        heads: parts.heads,
    })
}
