//! Everything that moves prices or leans on them, two at a time: each pair ends as one of its two serial orders would.
//!
//! A step that is added to `steps.rs` is paired with every other.

mod arena;
mod steps;

use std::time::Duration;

use testkit::{TestDb, each_engine};

use crate::support::World;
use arena::Arena;
use steps::Step;

/// Runs of each pair at once; `HUXI_SEEDS` asks for more.
fn seeds() -> u64 {
    std::env::var("HUXI_SEEDS").ok().and_then(|text| text.parse().ok()).unwrap_or(2)
}

/// How a run ended: what each of the two got, and what the database holds then.
type Ending = (String, String, String);

/// One after the other, the second on the other server.
async fn serial(arena: &Arena, first: Step, second: Step, first_leads: bool) -> Ending {
    let (a, b) = arena.prepare(first, second).await;
    let (one, two);
    if first_leads {
        one = first.take(arena, &arena.here, a).await;
        two = second.take(arena, &arena.there, b).await;
    } else {
        two = second.take(arena, &arena.there, b).await;
        one = first.take(arena, &arena.here, a).await;
    }
    (one, two, arena.state().await)
}

/// Both at once; the seed shifts which one is a little earlier.
async fn at_once(arena: &Arena, first: Step, second: Step, seed: u64) -> Ending {
    let (a, b) = arena.prepare(first, second).await;
    let (lead, lag) = (seed % 4 * 300, seed / 4 % 4 * 300);
    let one = {
        let arena = arena.clone();
        tokio::spawn(async move {
            tokio::time::sleep(Duration::from_micros(lead)).await;
            first.take(&arena, &arena.here, a).await
        })
    };
    let two = {
        let arena = arena.clone();
        tokio::spawn(async move {
            tokio::time::sleep(Duration::from_micros(lag)).await;
            second.take(&arena, &arena.there, b).await
        })
    };
    let (one, two) = (one.await.unwrap(), two.await.unwrap());
    (one, two, arena.state().await)
}

async fn each_pair(db: &TestDb, queue: bool, part: fn(usize) -> bool) {
    let world = World::new(db).await;
    world.first_prices().await;
    let there = world.elsewhere(db).await;
    let mut place = 0;
    for (nth, first) in Step::ALL.iter().enumerate() {
        for second in &Step::ALL[nth..] {
            place += 1;
            if !part(place) || !first.makes_sense(queue) || !second.makes_sense(queue) {
                continue;
            }
            let arena = Arena::new(&world, &there, queue);
            let orders =
                [serial(&arena, *first, *second, true).await, serial(&arena, *first, *second, false).await];
            for seed in 0..seeds() {
                let ending = at_once(&arena, *first, *second, seed).await;
                assert!(
                    orders.contains(&ending),
                    "{} with {first:?} and {second:?} at once, seed {seed}, queue {queue}:\n{ending:#?}\nno order of\n{orders:#?}",
                    db.engine
                );
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pairs_without_a_queue_end_as_a_serial_order_would() {
    each_engine("pairs", async |db| each_pair(&db, false, |place| place % 2 == 0).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_other_pairs_without_a_queue_end_as_a_serial_order_would() {
    each_engine("pairs", async |db| each_pair(&db, false, |place| place % 2 == 1).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pairs_against_a_queue_end_as_a_serial_order_would() {
    each_engine("queued pairs", async |db| each_pair(&db, true, |place| place % 2 == 0).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_other_pairs_against_a_queue_end_as_a_serial_order_would() {
    each_engine("queued pairs", async |db| each_pair(&db, true, |place| place % 2 == 1).await).await;
}
