//! The compiled, immutable snapshot of what is in force; publishing swaps it, other servers follow within two seconds.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock, RwLock};
use std::time::{Duration, Instant as Stopwatch};

use domain::base::{Instant, ItemId, OrgId, ProductId};
use domain::calendar::CalendarRow;
use domain::config::kinds::{CategoryFacts, Compiled, Goods};
use domain::pricing::{BookList, BookParts, ListHead, PriceBook, PriceLimits, ProductFacts, Revision};
use domain::quotes::{Catalogue, Good, Sold, SoldGoods};
use store::config::{HeadStamp, InForce, ProductStamp};
use store::{StoreError, Tx};

use crate::{AppError, Ctx};

/// The database is asked for newer heads and products at most so often.
const ASK_EVERY: Duration = Duration::from_secs(1);

/// When more products than this have changed, all of them are read.
const GOODS_ONE_BY_ONE: usize = 1_000;

/// All that is priced with between two changes of configuration.
#[derive(Debug)]
pub struct Live {
    /// The revision in force of every item, in the order of their ids: what a document leans on.
    pub heads: Vec<InForce>,
    /// All lists, tiers and products of these heads.
    pub book: PriceBook,
    /// Every product, archived ones too, as the book prices it.
    pub goods: Arc<HashMap<ProductId, Arc<Goods>>>,
    /// How far each role may lower prices by hand.
    pub limits: PriceLimits,
    /// Texts kept ready for notes, by what they are called.
    pub snippets: Vec<(String, String)>,
    /// The lists that formulas of others ask, whoever they are for.
    pub bases: BTreeSet<ItemId>,
    /// All regions: lists and customers speak of them by their numbers, people by their names.
    pub regions: BTreeMap<OrgId, String>,
    /// What the company says of its working days; `Calendar::of_company` makes the calendar of it.
    pub calendar: Vec<CalendarRow>,
    /// What each of the heads was compiled to.
    compiled: Vec<Compiled>,
    products: Products,
    /// What the database had counted when the heads were read.
    noted: HeadStamp,
    from: Instant,
    until: Option<Instant>,
    categories: Vec<CategoryFacts>,
}

/// The products of a snapshot; the next one shares those that have not changed.
#[derive(Clone, Debug, Default)]
struct Products {
    goods: Arc<HashMap<ProductId, Arc<Goods>>>,
    facts: Arc<HashMap<ProductId, Arc<ProductFacts>>>,
    versions: HashMap<ProductId, i64>,
    stamp: ProductStamp,
    /// Made when it is first asked for.
    catalogue: Arc<OnceLock<Catalogue>>,
    /// The same.
    sold: Arc<OnceLock<SoldGoods>>,
}

/// Where the snapshot is held; clones share it.
#[derive(Clone, Debug, Default)]
pub struct LiveCell {
    held: Arc<RwLock<Held>>,
    loading: Arc<tokio::sync::Mutex<()>>,
    reads: Arc<AtomicU64>,
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

    /// Whether the heads that the database holds at `at` are these, by what it has counted: without reading them.
    pub fn stands(&self, noted: HeadStamp, at: Instant) -> bool {
        self.noted == noted && self.holds_at(at)
    }

    /// What is sold, prepared for finding pasted words; the next snapshot has the same while no product changes. The first
    /// who asks takes CPU time.
    pub fn catalogue(&self) -> &Catalogue {
        self.products.catalogue.get_or_init(|| {
            let sold = self.goods.values().filter(|goods| !goods.archived);
            Catalogue::new(sold.map(|goods| Good {
                id: goods.facts.id,
                code: goods.code.clone(),
                name: goods.name.clone(),
                spec: goods.spec.clone(),
                units: goods.facts.units.names().map(str::to_string).collect(),
            }))
        })
    }

    /// What is sold, by what it is called; like the catalogue it is made by the first who asks.
    pub fn sold(&self) -> &SoldGoods {
        self.products.sold.get_or_init(|| {
            let sold = self.goods.values().filter(|goods| !goods.archived);
            SoldGoods::new(sold.map(|goods| Sold {
                id: goods.facts.id,
                code: &goods.code,
                name: &goods.name,
                spec: &goods.spec,
                barcodes: &goods.barcodes,
            }))
        })
    }

    /// Whether nobody has to wait for `sold`.
    pub fn has_sold(&self) -> bool {
        self.products.sold.get().is_some()
    }

    /// What people call the item.
    pub fn name_of(&self, item: ItemId) -> String {
        self.head(item).map(|head| head.name.clone()).unwrap_or_default()
    }

    /// The revision of the item that is in force.
    pub fn head(&self, item: ItemId) -> Option<&InForce> {
        self.heads.get(self.place(item)?)
    }

    /// The price list of this very revision, if it was compiled here while the regions were these.
    pub(super) fn list_at(
        &self,
        head: &InForce,
        regions: &BTreeMap<OrgId, String>,
    ) -> Option<&Arc<BookList>> {
        match self.compiled(head).filter(|_| self.regions == *regions)? {
            Compiled::PriceList(list) => Some(list),
            Compiled::Tier(_)
            | Compiled::PriceLimit(_)
            | Compiled::Snippet(_)
            | Compiled::PriceCorridor
            | Compiled::Template
            | Compiled::Seal
            | Compiled::Calendar(_)
            | Compiled::Rule => None,
        }
    }

    fn place(&self, item: ItemId) -> Option<usize> {
        self.heads.binary_search_by_key(&item, |head| head.item).ok()
    }

    /// What this very revision was compiled to, if it is in force here under the same name. A list speaks of regions
    /// that are there, so it holds only while they are the same ones.
    fn compiled(&self, head: &InForce) -> Option<&Compiled> {
        let place = self.place(head.item)?;
        let same = |known: &&InForce| {
            (known.kind, known.scope, known.n, &known.name) == (head.kind, head.scope, head.n, &head.name)
        };
        self.heads.get(place).filter(same)?;
        self.compiled.get(place)
    }
}

impl Products {
    /// Whether each of these is here at the same version.
    fn holds(&self, products: &[(i64, i64)]) -> bool {
        products.iter().all(|(id, version)| self.versions.get(&ProductId(*id)) == Some(version))
    }
}

impl LiveCell {
    /// The next one who asks looks into the database, whenever it was asked last.
    pub fn expire(&self) {
        if let Ok(mut held) = self.held.write() {
            held.asked = None;
        }
    }

    /// Since the database was last asked what is in force; `None` before it was, or when it is to be asked next.
    pub fn age(&self) -> Option<Duration> {
        Some(self.held.read().ok()?.asked?.elapsed())
    }

    fn fresh_at(&self, at: Instant) -> Option<Arc<Live>> {
        self.fresh().filter(|live| live.holds_at(at))
    }

    fn fresh(&self) -> Option<Arc<Live>> {
        let held = self.held.read().ok()?;
        held.live.clone().filter(|_| held.asked.is_some_and(|asked| asked.elapsed() < ASK_EVERY))
    }

    fn held(&self) -> Option<Arc<Live>> {
        self.held.read().ok()?.live.clone()
    }

    /// How often the database was asked what is in force, since the program started.
    pub fn reads(&self) -> u64 {
        self.reads.load(Ordering::Relaxed)
    }

    /// Keeps what was loaded. Those who load take turns, so it is the newest that the database knows: also where what is
    /// in force came into force earlier than what was before, as after a list is taken out of use.
    fn keep(&self, live: &Arc<Live>, asked: Option<Stopwatch>) {
        if let Ok(mut held) = self.held.write() {
            *held = Held { live: Some(live.clone()), asked };
        }
    }
}

/// The snapshot in force at `at`, read anew when a release or a product has changed or `at` lies beyond it. What is
/// still in force, and every product that has not changed, is taken over from the snapshot before.
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
    match changed(ctx, at, None).await? {
        Read::Same(live) => {
            ctx.live.keep(&live, Some(asked));
            Ok(live)
        }
        Read::Changed(parts) => compiled(ctx, *parts, Some(asked)).await,
    }
}

/// The snapshot for a transaction that is about to begin. Where it was read lately no moment is asked for: whoever prices
/// with it there looks at the moment of the transaction whether it holds (`Live::holds_at`).
pub async fn live_now(ctx: &Ctx) -> Result<Arc<Live>, AppError> {
    match ctx.live.fresh() {
        Some(live) => Ok(live),
        None => live(ctx, ctx.moment().await?.now).await,
    }
}

/// The snapshot in force at `at`, compared with the database now: everything, but of the products only these, by id and
/// version. A document leans on no others, and counting all of them costs more than pricing.
///
/// Those who issue ask side by side while nothing has changed; they take turns only to compile.
pub async fn live_with(ctx: &Ctx, at: Instant, products: &[(i64, i64)]) -> Result<Arc<Live>, AppError> {
    if let Some(held) = ctx.live.held().filter(|live| live.products.holds(products))
        && let Some(live) = still_so(ctx, at, held).await?
    {
        return Ok(live);
    }
    let _turn = ctx.live.loading.lock().await;
    let held = ctx.live.held();
    let stamp = held.filter(|live| live.products.holds(products)).map(|live| live.products.stamp);
    let asked = stamp.is_none().then(Stopwatch::now);
    match changed(ctx, at, stamp).await? {
        Read::Same(live) => Ok(live),
        Read::Changed(parts) => compiled(ctx, *parts, asked).await,
    }
}

/// What the database says beside the snapshot that is held; `stamp` stands for the products where it is known.
async fn changed(ctx: &Ctx, at: Instant, stamp: Option<ProductStamp>) -> Result<Read, StoreError> {
    ctx.live.reads.fetch_add(1, Ordering::Relaxed);
    let held = ctx.live.held();
    ctx.store.read(|tx| Box::pin(read_changed(tx, at, held, stamp))).await
}

/// The snapshot, if the database says the same of everything but the products.
async fn still_so(ctx: &Ctx, at: Instant, held: Arc<Live>) -> Result<Option<Arc<Live>>, StoreError> {
    ctx.live.reads.fetch_add(1, Ordering::Relaxed);
    ctx.store
        .read(|tx| {
            Box::pin(async move {
                let noted = store::config::stamp(tx).await?;
                Ok(Some(held).filter(|live| live.stands(noted, at)))
            })
        })
        .await
}

async fn compiled(ctx: &Ctx, parts: Parts, asked: Option<Stopwatch>) -> Result<Arc<Live>, AppError> {
    let compiled = tokio::task::spawn_blocking(move || compile(parts)).await;
    let live = Arc::new(compiled.map_err(|error| StoreError::Decode(error.to_string()))??);
    ctx.live.keep(&live, asked);
    Ok(live)
}

enum Read {
    Same(Arc<Live>),
    Changed(Box<Parts>),
}

/// What the database says is in force, and the world that it speaks of.
struct Said {
    noted: HeadStamp,
    heads: Vec<InForce>,
    until: Option<Instant>,
    stamp: ProductStamp,
    regions: BTreeMap<OrgId, String>,
    categories: Vec<CategoryFacts>,
}

impl Said {
    /// Whether the snapshot says the same.
    fn holds(&self, live: &Live) -> bool {
        live.noted == self.noted
            && live.heads == self.heads
            && (live.until, live.products.stamp) == (self.until, self.stamp)
            && live.regions == self.regions
            && live.categories == self.categories
    }
}

/// What a snapshot is compiled from.
struct Parts {
    at: Instant,
    said: Said,
    /// One for each head.
    revisions: Vec<Part>,
    goods: GoodsRead,
}

/// A revision as the snapshot before has compiled it, or the rows of one that it did not have.
enum Part {
    Kept(Compiled),
    Rows(Vec<(String, String)>),
}

/// The products that a snapshot begins with, the versions of all as they are now, and those that differ.
struct GoodsRead {
    kept: Products,
    versions: HashMap<ProductId, i64>,
    changed: Vec<Goods>,
}

async fn read_changed(
    tx: &mut Tx<'_>,
    at: Instant,
    held: Option<Arc<Live>>,
    stamp: Option<ProductStamp>,
) -> Result<Read, StoreError> {
    let stamp = match stamp {
        Some(stamp) => stamp,
        None => store::config::product_stamp(tx).await?,
    };
    let noted = store::config::stamp(tx).await?;
    let stands = |live: &&Arc<Live>| live.products.stamp == stamp && live.stands(noted, at);
    if let Some(live) = held.as_ref().filter(stands) {
        return Ok(Read::Same(live.clone()));
    }
    let said = said(tx, at, (stamp, noted)).await?;
    if let Some(live) = held.as_ref().filter(|live| said.holds(live)) {
        return Ok(Read::Same(live.clone()));
    }
    let before = held.as_ref().filter(|live| live.regions.keys().eq(said.regions.keys()));
    let mut revisions = Vec::with_capacity(said.heads.len());
    for head in &said.heads {
        revisions.push(match before.and_then(|live| live.compiled(head)) {
            Some(compiled) => Part::Kept(compiled.clone()),
            None => Part::Rows(store::config::rows_of(tx, head.item, head.n).await?),
        });
    }
    let kept = held.map(|live| live.products.clone()).unwrap_or_default();
    let goods = read_goods(tx, kept, stamp).await?;
    Ok(Read::Changed(Box::new(Parts { at, said, revisions, goods })))
}

async fn said(
    tx: &mut Tx<'_>,
    at: Instant,
    (stamp, noted): (ProductStamp, HeadStamp),
) -> Result<Said, StoreError> {
    tx.ahead(store::config::asks_in_force(at)).await?;
    Ok(Said {
        noted,
        heads: store::config::in_force(tx, at).await?,
        until: store::config::next_change(tx, at).await?,
        stamp,
        regions: store::config::regions(tx).await?,
        categories: store::config::category_facts(tx).await?,
    })
}

/// Reads the products that have changed since `kept`, or all when there are many.
async fn read_goods(tx: &mut Tx<'_>, kept: Products, stamp: ProductStamp) -> Result<GoodsRead, StoreError> {
    if kept.stamp == stamp {
        return Ok(GoodsRead { versions: HashMap::new(), changed: Vec::new(), kept });
    }
    let versions = store::config::product_versions(tx).await?;
    let differs = |(id, version): (&ProductId, &i64)| (kept.versions.get(id) != Some(version)).then_some(*id);
    let ids: Vec<ProductId> = versions.iter().filter_map(differs).collect();
    let changed = if ids.len() > GOODS_ONE_BY_ONE {
        store::config::goods(tx).await?
    } else {
        store::config::goods_at(tx, &ids).await?
    };
    Ok(GoodsRead { kept, versions, changed })
}

fn compile(parts: Parts) -> Result<Live, StoreError> {
    let Parts { at, said, revisions, goods } = parts;
    let mut compiled = Vec::with_capacity(said.heads.len());
    for (head, part) in said.heads.iter().zip(revisions) {
        compiled.push(match part {
            Part::Kept(compiled) => compiled,
            Part::Rows(rows) => compile_rows(head, &rows, &said.regions)?,
        });
    }
    let products = merged(goods, said.stamp);
    let parents = said.categories.iter().filter_map(|it| it.parent.map(|parent| (it.id, parent)));
    let mut book = BookParts {
        products: products.facts.clone(),
        category_parents: parents.collect(),
        ..BookParts::default()
    };
    let (mut limits, mut snippets, mut calendar) = (PriceLimits::default(), Vec::new(), Vec::new());
    for part in &compiled {
        part.add_to(&mut book);
        match part {
            Compiled::PriceLimit(more) => limits.extend(more),
            Compiled::Snippet(more) => snippets.extend(more.iter().cloned()),
            Compiled::Calendar(more) => calendar.extend(more.iter().cloned()),
            Compiled::PriceList(_)
            | Compiled::Tier(_)
            | Compiled::PriceCorridor
            | Compiled::Template
            | Compiled::Seal
            | Compiled::Rule => {}
        }
    }
    let newest = said.heads.iter().map(|head| head.effective_at).max();
    let book = PriceBook::of(book);
    Ok(Live {
        noted: said.noted,
        from: newest.unwrap_or(at).min(at),
        until: said.until,
        regions: said.regions,
        categories: said.categories,
        bases: book.bases(),
        book,
        limits,
        snippets,
        calendar,
        goods: products.goods.clone(),
        products,
        compiled,
        heads: said.heads,
    })
}

fn compile_rows(
    head: &InForce,
    rows: &[(String, String)],
    regions: &BTreeMap<OrgId, String>,
) -> Result<Compiled, StoreError> {
    let revision = Revision { item: head.item, n: head.n };
    let rows = rows.iter().map(|(key, content)| (key.as_str(), content.as_str()));
    let place = ListHead { revision, name: &head.name, scope: head.scope, regions };
    head.kind.compile(&place, rows).map_err(|(key, fault)| {
        StoreError::Decode(format!("row {key} of {} V{}: {fault:?}", head.name, head.n))
    })
}

/// The products with those that changed; where none did, the same ones.
fn merged(read: GoodsRead, stamp: ProductStamp) -> Products {
    let kept = read.kept;
    if kept.stamp == stamp {
        return kept;
    }
    let (mut goods, mut facts) = ((*kept.goods).clone(), (*kept.facts).clone());
    goods.retain(|id, _| read.versions.contains_key(id));
    facts.retain(|id, _| read.versions.contains_key(id));
    for changed in read.changed {
        let id = changed.facts.id;
        if kept.versions.get(&id) != read.versions.get(&id) || !goods.contains_key(&id) {
            facts.insert(id, changed.facts.clone());
            goods.insert(id, Arc::new(changed));
        }
    }
    let (goods, facts) = (Arc::new(goods), Arc::new(facts));
    Products { goods, facts, versions: read.versions, stamp, catalogue: Arc::default(), sold: Arc::default() }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]

    use testkit::each_engine;

    use super::*;
    use crate::support::World;

    #[tokio::test(flavor = "multi_thread")]
    async fn goods_are_prepared_for_pasted_words_once_until_one_of_them_changes() {
        each_engine("catalogue", async |db| {
            let world = World::new(&db).await;
            world.first_prices().await;
            let at = world.ctx.moment().await.unwrap().now;
            let first = live(&world.ctx, at).await.unwrap();
            world.paint_costs("131").await.unwrap();
            let repriced = live(&world.ctx, at).await.unwrap();
            assert!(!Arc::ptr_eq(&first, &repriced), "{}", db.engine);
            assert!(std::ptr::eq(first.catalogue(), repriced.catalogue()), "{}", db.engine);
            testkit::tax_moves(&world.ctx.store, world.paint.0).await;
            world.ctx.live.expire();
            let changed = live(&world.ctx, at).await.unwrap();
            assert!(!std::ptr::eq(first.catalogue(), changed.catalogue()), "{}", db.engine);
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn who_issues_waits_for_nobody_while_nothing_has_changed() {
        each_engine("side by side", async |db| {
            let world = World::new(&db).await;
            world.first_prices().await;
            let at = world.ctx.moment().await.unwrap().now;
            let held = live(&world.ctx, at).await.unwrap();
            let paint = held.products.versions.get(&world.paint).copied().unwrap();
            let products = [(world.paint.0, paint)];
            let turn = world.ctx.live.loading.lock().await;
            let asked = live_with(&world.ctx, at, &products);
            let found = tokio::time::timeout(Duration::from_secs(60), asked).await;
            assert!(Arc::ptr_eq(&held, &found.unwrap().unwrap()), "{}", db.engine);
            drop(turn);
            // A release is seen by the next one who asks.
            world.paint_costs("131").await.unwrap();
            let after = live_with(&world.ctx, at, &products).await.unwrap();
            assert_eq!(after.head(world.price_list).map(|head| head.n), Some(2), "{}", db.engine);
        })
        .await;
    }
}
