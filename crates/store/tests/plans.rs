//! How the engines go about what is asked again and again, and about long lists: over which index, whatever stands beside.

use domain::access::Scope;
use domain::base::{CustomerId, PersonId, QuoteId, TaskId, parse_date};
use domain::insights::ConversionBy;
use domain::quotes::{QuoteSort, ShownState};
use store::audit::{self, LogFilter};
use store::quotes::{self, Listed, QuoteFilter};
use store::tasks::{self, TaskFilter};
use store::{StoreError, Tx, WriteFuture, automation, config, idempotency, insights, notices, outbox};
use store::{stream, timers, webhooks};
use testkit::{TEST_DAY, each_engine};

/// A plan, and what must stand in it: on SQLite, on PostgreSQL.
type Planned = (String, &'static str, &'static str);

fn newest(tx: &Tx<'_>) -> String {
    tx.plans().last().cloned().unwrap_or_default()
}

/// What grows with the years; places, people and rules are few.
const GROWING: [&str; 8] =
    ["event", "notice", "outbox", "quote", "quote_line", "sales_order", "task", "timer"];

/// Everything that `ask` asks has the plan that it names. PostgreSQL, whose tables are empty here, is kept from reading
/// them whole, so that it takes the index that serves best.
async fn planned<F>(name: &str, ask: F)
where
    F: for<'a, 't> Fn(&'a mut Tx<'t>) -> WriteFuture<'a, Vec<Planned>, StoreError>
        + Copy
        + Send
        + Sync
        + 'static,
{
    each_engine(name, async |db| {
        let postgres = db.engine == "postgres";
        let plans = db.store.change(move |tx| {
            Box::pin(async move {
                if postgres {
                    tx.exec("SET LOCAL enable_seqscan = off", &[]).await?;
                }
                tx.keep_plans();
                ask(tx).await
            })
        });
        let plans: Vec<Planned> = plans.await.unwrap();
        for (plan, lite, pg) in plans {
            let wanted = if postgres { pg } else { lite };
            assert!(plan.contains(wanted), "{}: no {wanted} in\n{plan}", db.engine);
            // Of empty tables PostgreSQL takes any index that serves; one that none serves it reads from end to end.
            for table in GROWING {
                let read = plan.contains(&format!("Seq Scan on {table} "));
                assert!(!read, "{}: {table} is read from end to end:\n{plan}", db.engine);
            }
        }
    })
    .await;
}

async fn polled(tx: &mut Tx<'_>) -> Result<Vec<Planned>, StoreError> {
    let mut found = Vec::new();
    stream::after(tx, 1, 500).await?;
    found.push((newest(tx), "INTEGER PRIMARY KEY (rowid>?)", "event_pkey"));
    outbox::is_due(tx, TEST_DAY).await?;
    found.push((newest(tx), "outbox_own_due (due_at<?)", "outbox_own_due"));
    outbox::claim(tx, TEST_DAY, 1).await?;
    found.push((newest(tx), "outbox_own_due (due_at<?)", "outbox_own_due"));
    webhooks::is_due(tx, TEST_DAY).await?;
    found.push((newest(tx), "outbox_webhook_next (webhook_id=? AND due_at<?)", "outbox_webhook_next"));
    found.push((newest(tx), "outbox_webhook_sending (webhook_id=? AND lease_until>?)", "outbox_webhook"));
    automation::unlooked(tx, 200).await?;
    found.push((newest(tx), "event_unlooked", "event_unlooked"));
    automation::aside(tx).await?;
    found.push((newest(tx), "event_aside", "event_aside"));
    found.push((newest(tx), "timer_dead", "timer_dead"));
    // However much waits of a rule that is paused, a look passes by what is marked, and finds what is to be marked or let go.
    automation::pause(tx, TEST_DAY, "opened", 3).await?;
    timers::follow_pauses(tx, TEST_DAY).await?;
    let let_go = tx.plans().iter().rev().nth(1).cloned().unwrap_or_default();
    found.push((let_go, "timer_held (rule_key=?)", "timer_held"));
    found.push((newest(tx), "timer_due (due_at<?)", "timer_due"));
    timers::take_due(tx, TEST_DAY, 200).await?;
    found.push((newest(tx), "timer_due (due_at<?)", "timer_due"));
    automation::held(tx, TEST_DAY, "opened").await?;
    found.push((newest(tx), "timer_held (rule_key=? AND due_at<?)", "timer_held"));
    Ok(found)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_several_times_a_second_reads_only_what_is_due() {
    planned("polled", |tx| Box::pin(polled(tx))).await;
}

async fn logs(tx: &mut Tx<'_>) -> Result<Vec<Planned>, StoreError> {
    let all = LogFilter::default;
    let entity = || Some("quote".to_string());
    let asked = [
        (all(), "event_at (at>? AND at<?)", "event_at"),
        (LogFilter { actor: Some(PersonId(1)), ..all() }, "event_actor (actor=? AND at>?", "event_actor"),
        (
            LogFilter { kind: Some("quote.issued".into()), ..all() },
            "event_kind (kind=? AND at>?",
            "event_kind",
        ),
        (LogFilter { entity: entity(), ..all() }, "event_at (at>? AND at<?)", "event_at"),
        (
            LogFilter { entity: entity(), entity_id: Some(1), ..all() },
            "event_entity (entity=? AND entity_id=?)",
            "event_entity",
        ),
        (
            LogFilter { among: Some(vec![("quote".into(), 1), ("order".into(), 2)]), ..all() },
            "event_entity (entity=? AND entity_id=?)",
            "event_",
        ),
    ];
    let mut found = Vec::new();
    for (filter, lite, pg) in asked {
        audit::list(tx, &filter, Some((TEST_DAY, 7)), 50).await?;
        found.push((newest(tx), lite, pg));
    }
    Ok(found)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_is_read_by_what_is_asked_of_it() {
    planned("log", |tx| Box::pin(logs(tx))).await;
}

async fn task_lists(tx: &mut Tx<'_>) -> Result<Vec<Planned>, StoreError> {
    let own = Scope { person: PersonId(1), path: None };
    let all = Scope { person: PersonId(1), path: Some("/".to_string()) };
    let about = Some(("quote".to_string(), 1));
    let (open, settled) = (TaskFilter::default(), TaskFilter { settled: true, ..TaskFilter::default() });
    let holder = Some(PersonId(2));
    let asked = [
        (&own, open.clone(), "task_person (person_id=? AND state=?", "task_"),
        (&all, TaskFilter { holder, ..open.clone() }, "task_person (person_id=? AND state=?", "task_"),
        (&all, TaskFilter { about: about.clone(), ..open.clone() }, "task_entity (entity=?", "task_"),
        (&all, open, "task_open (due_at>?)", "task_open"),
        (&own, settled.clone(), "task_settled_person (person_id=?", "task_settled_person"),
        (
            &all,
            TaskFilter { holder, ..settled.clone() },
            "task_settled_person (person_id=?",
            "task_settled_person",
        ),
        (&all, TaskFilter { about, ..settled.clone() }, "task_entity (entity=?", "task_"),
        (&all, settled, "task_settled (settled_at<?)", "task_settled"),
    ];
    let mut found = Vec::new();
    for (people, filter, lite, pg) in asked {
        tasks::list(tx, (people, &all), &filter, Some((TEST_DAY, TaskId(7))), 50).await?;
        found.push((newest(tx), lite, pg));
    }
    tasks::count_open(tx, PersonId(1), TEST_DAY).await?;
    found.push((newest(tx), "task_person (person_id=? AND state=?", "task_"));
    found.push((newest(tx), "task_entity (entity=? AND entity_id=? AND state=?)", "task_"));
    Ok(found)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_of_tasks_reads_those_of_whom_and_of_what_is_asked() {
    planned("tasks", |tx| Box::pin(task_lists(tx))).await;
}

async fn quotations(tx: &mut Tx<'_>) -> Result<Vec<Planned>, StoreError> {
    let scope = Scope { person: PersonId(1), path: Some("/".to_string()) };
    let (today, all) = (parse_date("2026-11-24").unwrap(), QuoteFilter::default);
    let customer = QuoteFilter { customer: Some(CustomerId(1)), ..all() };
    let owner = QuoteFilter { owner: Some(PersonId(1)), ..all() };
    let days = QuoteFilter { from: Some(today), to: Some(today), ..all() };
    let mut found = Vec::new();
    for (filter, lite, pg) in [
        (&customer, "quote_customer (customer_id=?", "quote_customer"),
        (&owner, "quote_owner (owner_id=?", "quote_owner"),
        (&days, "quote_listed (listed_day>? AND listed_day<?)", "quote_listed"),
    ] {
        let total = quotes::total(tx, &scope, filter, today).await?;
        found.push((newest(tx), lite, pg));
        quotes::list(tx, &scope, filter, today, &total, None, 50).await?;
        found.push((newest(tx), lite, pg));
    }
    insights::conversion(tx, &scope, ConversionBy::Category, (today, today), today).await?;
    found.push((newest(tx), "SEARCH d USING COVERING INDEX quote_listed", "quote_listed"));
    quotes::shown_drafts(tx, &[QuoteId(1)]).await?;
    found.push((newest(tx), "SEARCH quote_line USING INDEX", "quote_line_pkey"));
    automation::subjects_with_tasks(tx, &[CustomerId(1)], today).await?;
    found.push((newest(tx), "quote_customer (customer_id=?)", "Index Scan"));
    found.push((newest(tx), "event_entity (entity=? AND entity_id=?)", "event_entity"));
    Ok(found)
}

#[tokio::test(flavor = "multi_thread")]
async fn quotations_are_read_by_customer_owner_and_day() {
    planned("quotations", |tx| Box::pin(quotations(tx))).await;
}

/// Lists that people look at, each over the index that has all that is asked; of `capped` ones, more than are counted, no
/// row is sorted.
async fn quotation_lists(tx: &mut Tx<'_>) -> Result<Vec<Planned>, StoreError> {
    let person = PersonId(1);
    let [own, beneath, all] =
        [None, Some("/1/2/"), Some("/")].map(|path| Scope { person, path: path.map(str::to_string) });
    let today = parse_date("2026-11-24").unwrap();
    let of = |state, sort| QuoteFilter { states: vec![state], sort, ..QuoteFilter::default() };
    let since = |filter: QuoteFilter| QuoteFilter { from: Some(today), ..filter };
    let (signed, issued) = (ShownState::Signed, ShownState::Issued);
    let (day, money, end) = (QuoteSort::Listed, QuoteSort::Net, QuoteSort::ValidUntil);
    let by_day = "COVERING INDEX quote_state_listed (state=? AND listed_day>?)";
    let by_end = "COVERING INDEX quote_state (state=? AND valid_until>?)";
    let asked = [
        (&all, since(of(signed, day)), true, by_day),
        (&all, since(of(signed, day)), false, by_day),
        (&all, since(of(signed, money)), true, "SCAN q USING COVERING INDEX quote_net"),
        (&all, since(of(signed, money)), false, by_day),
        (&all, of(issued, money), false, by_end),
        (&all, of(ShownState::Expired, end), true, "COVERING INDEX quote_state (state=?"),
        (&all, QuoteFilter::default(), true, "COVERING INDEX quote_listed (listed_day>?)"),
        (&beneath, since(of(signed, day)), true, by_day),
        (&beneath, since(of(signed, day)), false, "COVERING INDEX quote_branch (branch_id=? AND state=? AND"),
        (&own, since(of(signed, day)), false, "COVERING INDEX quote_owner (owner_id=? AND listed_day>?)"),
        (&own, since(of(signed, day)), false, "COVERING INDEX quote_customer (customer_id=? AND owner_id<"),
        (&own, of(signed, day), true, "COVERING INDEX quote_owner (owner_id=?)"),
    ];
    let mut found = Vec::new();
    for (scope, filter, capped, lite) in asked {
        let total = Listed { capped, ..Listed::default() };
        quotes::list(tx, scope, &filter, today, &total, None, 50).await?;
        found.push((newest(tx), lite, "quote_"));
        if !capped {
            quotes::total(tx, scope, &filter, today).await?;
            found.push((newest(tx), lite, "quote_"));
        }
    }
    Ok(found)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_of_quotations_is_found_and_counted_over_one_index_that_has_all_that_is_asked() {
    planned("quotation lists", |tx| Box::pin(quotation_lists(tx))).await;
}

async fn order_of_number(tx: &mut Tx<'_>) -> Result<Vec<Planned>, StoreError> {
    quotes::order_of_chain(tx, 1).await?;
    Ok(vec![(newest(tx), "(chain_id=?)", "quote_chain_id_revision_key")])
}

#[tokio::test(flavor = "multi_thread")]
async fn the_order_of_a_number_is_found_by_its_versions_and_not_among_all_quotations() {
    planned("order of a number", |tx| Box::pin(order_of_number(tx))).await;
}

async fn compared(tx: &mut Tx<'_>) -> Result<Vec<Planned>, StoreError> {
    let today = parse_date("2026-11-24").unwrap();
    let mut found = Vec::new();
    automation::subjects_after(tx, (today, 7), today, 200).await?;
    // The rest of the day, then what lies behind it.
    let rest = tx.plans().iter().rev().nth(1).cloned().unwrap_or_default();
    found.push((rest, "quote_state (state=? AND valid_until=? AND id>?)", "quote_state"));
    let behind = newest(tx);
    assert!(!behind.contains("TEMP B-TREE"), "{behind}");
    found.push((behind, "quote_state (state=? AND valid_until>?)", "quote_state"));
    timers::armed_beside(tx, "quote", &[1, 2], &["opened"]).await?;
    found.push((newest(tx), "timer_entity (entity=? AND entity_id=?)", "timer_entity"));
    timers::take_one(tx, TEST_DAY, 1).await?;
    found.push((newest(tx), "INTEGER PRIMARY KEY (rowid=?)", "timer_"));
    Ok(found)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_a_comparison_goes_on_behind_the_one_before_it() {
    planned("compared", |tx| Box::pin(compared(tx))).await;
}

async fn forgotten(tx: &mut Tx<'_>) -> Result<Vec<Planned>, StoreError> {
    let mut found = Vec::new();
    notices::forget_read_before(tx, TEST_DAY, 100).await?;
    found.push((newest(tx), "notice_read (shown_at<?)", "notice_read"));
    idempotency::forget_old(tx, TEST_DAY, 100).await?;
    found.push((newest(tx), "idempotency_age (created_at<?)", "idempotency_age"));
    config::forget_previews(tx, TEST_DAY, 20).await?;
    found.push((newest(tx), "price_import_unwanted (updated_at<?)", "price_import_unwanted"));
    outbox::forget_old(tx, TEST_DAY, 100).await?;
    found.push((newest(tx), "outbox_own_settled", "outbox_own_settled"));
    webhooks::forget_before(tx, TEST_DAY, 100).await?;
    found.push((newest(tx), "webhook_delivery_age (created_at<?)", "webhook_delivery_age"));
    Ok(found)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_forgotten_is_found_without_looking_at_what_stays() {
    planned("forgotten", |tx| Box::pin(forgotten(tx))).await;
}
