//! Where two steps meet: a price list with a past revision, one in force and perhaps one queued, and a quotation.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use app::{config, quotes};
use domain::base::{Instant, Limit, QuoteId};
use domain::config::{DraftState, Rows, content_hash};
use testkit::TEST_DAY;

use crate::interleave::steps::Step;
use crate::support::{HOUR, World};

/// Two servers over one database.
#[derive(Clone)]
pub struct Arena {
    pub here: World,
    pub there: World,
    /// Whether a release waits, to come into force an hour after the run begins.
    pub queue: bool,
    run: Arc<Run>,
}

/// What the present run is about.
#[derive(Default)]
struct Run {
    begins: AtomicI64,
    /// The revision in force when the run began.
    base_n: AtomicI64,
    draft: AtomicI64,
    issued: AtomicI64,
    /// Token and code of the link of what was issued.
    handed: Mutex<(String, String)>,
}

static DAYS: AtomicI64 = AtomicI64::new(1);

impl Arena {
    pub fn new(here: &World, there: &World, queue: bool) -> Arena {
        Arena { here: here.clone(), there: there.clone(), queue, run: Arc::default() }
    }

    /// When the run began.
    pub fn begins(&self) -> Instant {
        Instant(self.run.begins.load(Ordering::SeqCst))
    }

    /// The revision in force when the run began; the one before it is past, the one after it perhaps queued.
    pub fn base_n(&self) -> i64 {
        self.run.base_n.load(Ordering::SeqCst)
    }

    pub fn draft(&self) -> QuoteId {
        QuoteId(self.run.draft.load(Ordering::SeqCst))
    }

    pub fn issued(&self) -> QuoteId {
        QuoteId(self.run.issued.load(Ordering::SeqCst))
    }

    /// A new day with 128.00 past, 130.00 in force, and 135.00 waiting where there is a queue.
    pub async fn prepare(&self, first: Step, second: Step) -> (i64, i64) {
        let begins = TEST_DAY.plus_ms(DAYS.fetch_add(1, Ordering::SeqCst) * 24 * HOUR);
        let begins = begins.max(self.here.ctx.moment().await.unwrap().now.plus_ms(9 * HOUR));
        self.here.clock.set(begins);
        self.run.begins.store(begins.0, Ordering::SeqCst);
        self.throw_drafts_away().await;
        // Another price than any run ends with, so that what follows is always a change.
        self.here.paint_costs("120").await.unwrap();
        self.here.paint_costs("128").await.unwrap();
        let base_n = self.here.paint_costs("130").await.unwrap();
        self.run.base_n.store(base_n, Ordering::SeqCst);
        if first.needs_quotes() || second.needs_quotes() {
            self.run.draft.store(self.here.drafted().await.head.id.0, Ordering::SeqCst);
            self.run.issued.store(self.here.issued().await.head.id.0, Ordering::SeqCst);
            self.hand_over().await;
        }
        if self.queue {
            self.here.paint_will_cost("135", begins.plus_ms(HOUR)).await.unwrap();
        }
        // Both servers have seen the prices of the beginning: what happens now makes them stale.
        for world in [&self.here, &self.there] {
            world.ctx.live.expire();
            config::live(&world.ctx, begins).await.unwrap();
        }
        (first.prepare(self, "141").await, second.prepare(self, "142").await)
    }

    /// A link to what was issued goes to the customer, with a code.
    async fn hand_over(&self) {
        let (ctx, seller, id) = (&self.here.ctx, &self.here.seller, self.issued());
        let made = quotes::share_quote(ctx, seller, id, None).await.unwrap();
        let handed = quotes::hand_over_code(ctx, seller, id, made.shares.links[0].0.id).await.unwrap();
        *self.run.handed.lock().unwrap() = (made.token, handed.code);
    }

    /// Token and code of the link of what was issued.
    pub fn handed(&self) -> (String, String) {
        self.run.handed.lock().unwrap().clone()
    }

    /// What earlier runs refused to publish.
    async fn throw_drafts_away(&self) {
        let world = &self.here;
        let asked = config::DraftsAsked {
            states: vec![DraftState::Editing, DraftState::Submitted, DraftState::Confirmed],
            item: Some(world.price_list),
        };
        let (left, _) = config::drafts(&world.ctx, &world.author, asked, None, Limit::USUAL).await.unwrap();
        for view in left {
            let (id, version) = (view.draft.id, view.draft.version);
            config::discard_draft(&world.ctx, &world.author, id, version).await.unwrap();
        }
    }

    /// All that the run left behind, told relative to its beginning.
    pub async fn state(&self) -> String {
        let world = &self.here;
        let list = world.price_list;
        let mut told = Vec::new();
        let (revisions, _) =
            config::revisions(&world.ctx, &world.author, list, None, Limit::USUAL).await.unwrap();
        for view in revisions.iter().rev().filter(|view| view.row.n >= self.base_n() - 1) {
            let row = &view.row;
            let rows: Rows = store_rows(world, row.n).await;
            let sound = row.cancelled || content_hash(&rows) == row.hash;
            assert!(sound, "V{} is not what was published", row.n);
            let price = rows.get("P1").filter(|_| !row.cancelled);
            told.push(format!(
                "V+{} {:?} at {} void {:?} restores {:?} {:?}",
                row.n - self.base_n(),
                view.state,
                self.since(row.effective_at),
                row.void.as_ref().map(|void| self.since(void.from)),
                row.restores_n.map(|n| n - self.base_n()),
                price,
            ));
        }
        if self.draft().0 > 0 {
            for id in [self.draft(), self.issued()] {
                let view = world.reads(id).await;
                let used: Vec<i64> = view
                    .used
                    .iter()
                    .filter(|used| used.revision.item == list)
                    .map(|used| used.revision.n - self.base_n())
                    .collect();
                let chain: Vec<_> = view.chain.iter().map(|it| (it.revision, it.state)).collect();
                let listed = view.head.amounts.net.to_yuan();
                let shown = view.amounts.net.to_yuan();
                told.push(format!("{:?} {shown} listed {listed} {used:?} {chain:?}", view.state));
            }
        }
        told.join("\n")
    }

    fn since(&self, moment: Instant) -> i64 {
        moment.0 - self.begins().0
    }
}

async fn store_rows(world: &World, n: i64) -> Rows {
    let list = world.price_list;
    world.ctx.store.read(|tx| Box::pin(store::config::rows_map(tx, list, n))).await.unwrap()
}
