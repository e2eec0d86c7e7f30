//! What is forgotten when nobody needs it any more, and what was given up and is told.

use app::idempotency::{self, Begun, request_key};
use app::insights::{self, MarkText};
use app::{AppError, jobs};
use store::{StoreError, outbox};
use testkit::each_engine;

use crate::support::{DAY, HOUR, World};

/// An effect that no program knows, tried until nobody tries it any more.
async fn given_up(world: &World) {
    let now = world.ctx.moment().await.unwrap().now;
    let put = world.ctx.store.change(move |tx| Box::pin(outbox::put(tx, now, "odd:1", "odd", "{}")));
    let put: Result<(), StoreError> = put.await;
    put.unwrap();
    for tried in 0..outbox::ATTEMPTS_MAX {
        assert_eq!(jobs::dead(&world.ctx).await.unwrap(), 0, "try {tried}");
        world.clock.set(world.ctx.moment().await.unwrap().now.plus_ms((tried + 1) * 10 * HOUR));
        assert_eq!(jobs::run_due(&world.ctx).await.unwrap(), 1, "try {tried}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_effect_that_is_given_up_is_told_until_it_is_forgotten() {
    each_engine("given up", async |db| {
        let world = World::new(&db).await;
        given_up(&world).await;
        assert_eq!(jobs::dead(&world.ctx).await.unwrap(), 1, "{}", db.engine);
        assert_eq!(jobs::run_due(&world.ctx).await.unwrap(), 0, "{}: nobody tries it again", db.engine);
        jobs::clean(&world.ctx).await.unwrap();
        assert_eq!(jobs::dead(&world.ctx).await.unwrap(), 1, "{}", db.engine);
        world.clock.set(world.ctx.moment().await.unwrap().now.plus_ms(40 * DAY));
        jobs::clean(&world.ctx).await.unwrap();
        assert_eq!(jobs::dead(&world.ctx).await.unwrap(), 0, "{}", db.engine);
    })
    .await;
}

async fn begins(world: &World) -> Result<Begun, AppError> {
    let key = request_key(world.seller.person, "/api/quotes", "key-12345");
    idempotency::begin(&world.ctx, &key, "body", None).await
}

#[tokio::test(flavor = "multi_thread")]
async fn marks_and_answers_go_after_their_time_and_the_log_stays() {
    each_engine("forgotten", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let (printed, _) = world.with_printer();
        let quote = world.issued().await.head.id;
        let start = world.ctx.moment().await.unwrap().now;
        let (key, kind) = ("m1".to_string(), "opened".to_string());
        let marks = vec![MarkText { key, kind, quote, at: start, active_ms: None }];
        insights::note_activity(&world.ctx, &world.seller, marks).await.unwrap();
        assert_eq!(begins(&world).await.unwrap(), Begun::Fresh, "{}", db.engine);
        jobs::run_due(&printed.ctx).await.unwrap();
        let events = world.count("event").await;
        let counts = async || {
            (world.count("idempotency").await, world.count("outbox").await, world.count("activity").await)
        };
        for (days, left) in
            [(6, (1, 1, 1)), (8, (0, 1, 1)), (40, (0, 0, 1)), (729, (0, 0, 1)), (731, (0, 0, 0))]
        {
            world.clock.set(start.plus_ms(days * DAY));
            jobs::clean(&world.ctx).await.unwrap();
            assert_eq!(counts().await, left, "{} after {days} days", db.engine);
        }
        assert_eq!(world.count("event").await, events, "{}", db.engine);
    })
    .await;
}
