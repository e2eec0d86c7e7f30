//! What is forgotten when nobody needs it any more, and what was given up and is told.

use app::automation::Runner;
use app::idempotency::{self, Begun, request_key};
use app::insights::{self, MarkText};
use app::{AppError, jobs};
use store::notices::{self, NewNotice};
use store::{StoreError, outbox};
use testkit::{each_engine, rows_where};

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

#[tokio::test(flavor = "multi_thread")]
async fn who_has_nothing_to_carry_out_does_not_ask_the_writer() {
    each_engine("idle", async |db| {
        let world = World::new(&db).await;
        let commands = || db.store.writer_stats().map(|stats| stats.commands);
        let before = commands();
        assert_eq!(jobs::run_due(&world.ctx).await.unwrap(), 0, "{}", db.engine);
        assert_eq!(commands(), before, "{}", db.engine);
    })
    .await;
}

async fn told(world: &World, n: i64, read: bool) {
    let (now, person) = (world.ctx.moment().await.unwrap().now, world.seller.person);
    let kept = world.ctx.store.change(move |tx| {
        Box::pin(async move {
            let notice = NewNotice {
                effect_key: format!("told:{n}"),
                person,
                kind: "notice",
                text: "told".to_string(),
                entity: "company".to_string(),
                entity_id: 1,
                shown_at: now,
            };
            notices::insert_many(tx, now, &[notice]).await?;
            if read { notices::mark_all_read(tx, person, now).await } else { Ok(0) }
        })
    });
    let kept: Result<u64, StoreError> = kept.await;
    kept.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_that_were_read_go_after_ninety_days_and_only_where_what_is_old_is_forgotten() {
    each_engine("read messages", async |db| {
        let world = World::new(&db).await;
        let start = world.ctx.moment().await.unwrap().now;
        let kept = async || rows_where(&db.store, "notice", "text", "told").await;
        told(&world, 1, true).await;
        told(&world, 2, false).await;
        world.clock.set(start.plus_ms(89 * DAY));
        jobs::clean(&world.ctx).await.unwrap();
        assert_eq!(kept().await, 2, "{}", db.engine);
        world.clock.set(start.plus_ms(91 * DAY));
        Runner::new(&world.ctx).unwrap().catch_up(&world.ctx).await.unwrap();
        assert_eq!(kept().await, 2, "{}: the clock forgets nothing", db.engine);
        jobs::clean(&world.ctx).await.unwrap();
        assert_eq!(kept().await, 1, "{}: what nobody has read stays", db.engine);
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
