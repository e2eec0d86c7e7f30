//! What waits: messages to many addresses, tasks of what is in flight, and what is forgotten a little at a time.

use domain::access::{OrgKind, OrgUnit, Scope};
use domain::automation::DateName;
use domain::base::{CustomerId, Instant, PersonId, parse_date};
use domain::customers::Attributes;
use domain::tasks::TaskProof;
use domain::webhooks::WebhookMessage;
use store::access::{NewPerson, insert_org, insert_person};
use store::idempotency::{self, Begun, RequestKey};
use store::notices::{self, NewNotice};
use store::tasks::{self, NewTask, TaskFilter};
use store::webhooks::{self, NewDelivery, WebhookContent};
use store::{StoreError, Tx, WriteFuture, automation, customers, outbox, params};
use testkit::{Place, TEST_DAY, TestDb, each_engine, rows_in};

const SQLITE: &str = include_str!("../migrations/sqlite/0016_indexes.sql");
const POSTGRES: &str = include_str!("../migrations/postgres/0016_indexes.sql");

async fn on_each_engine<F>(name: &str, test: F)
where
    F: for<'a, 't> Fn(&'a mut Tx<'t>) -> WriteFuture<'a, (), StoreError> + Copy + Send + Sync + 'static,
{
    each_engine(name, async |db: TestDb| db.store.change(test).await.unwrap()).await;
}

async fn person(tx: &mut Tx<'_>, org: &OrgUnit, name: &str) -> Result<PersonId, StoreError> {
    let new = NewPerson {
        account: name.into(),
        name: name.into(),
        org: org.id,
        password_hash: String::new(),
        roles: Vec::new(),
        search: name.into(),
    };
    insert_person(tx, &new, TEST_DAY).await
}

async fn company(tx: &mut Tx<'_>) -> Result<(OrgUnit, PersonId), StoreError> {
    let root = insert_org(tx, None, OrgKind::Hq, "总部", "HQ").await?;
    let chen = person(tx, &root, "chen").await?;
    Ok((root, chen))
}

/// So many addresses, by number.
async fn addresses(tx: &mut Tx<'_>, by: PersonId, count: usize) -> Result<Vec<i64>, StoreError> {
    let mut found = Vec::new();
    for n in 0..count {
        let (name, address) = (format!("系统{n}"), "https://erp.example.com".to_string());
        let content = WebhookContent { name, address, events: Vec::new(), org: None, active: true };
        found.push(webhooks::insert(tx, &content, "secret", (TEST_DAY, by)).await?);
    }
    Ok(found)
}

fn message(webhook: i64, n: usize) -> NewDelivery {
    let message = WebhookMessage {
        id: format!("msg_{webhook}-{n}"),
        kind: "quote.issued".into(),
        at: TEST_DAY,
        entity: "quote".into(),
        entity_id: 1,
        number: None,
        org: None,
    };
    NewDelivery { webhook, message }
}

fn minutes(n: i64) -> Instant {
    TEST_DAY.plus_ms(n * 60_000)
}

#[tokio::test(flavor = "multi_thread")]
async fn of_each_address_the_first_that_is_due_is_claimed_and_none_beside_one_on_its_way() {
    on_each_engine("next of each", |tx| {
        Box::pin(async move {
            let (_, chen) = company(tx).await?;
            let all = addresses(tx, chen, 3).await?;
            for n in 0..3_u8 {
                let of_each: Vec<_> = all.iter().map(|id| message(*id, n.into())).collect();
                webhooks::put_many(tx, minutes(n.into()), &of_each).await?;
                webhooks::put_many(tx, minutes(n.into()), &of_each).await?;
            }
            webhooks::hold(tx, all[2], Some(minutes(60))).await?;
            let claimed = webhooks::claim(tx, minutes(10), 16).await?;
            let first = webhooks::deliveries(tx, all[0], None, (None, 9), minutes(10)).await?;
            let told: Vec<i64> = claimed.iter().map(|(_, delivery)| *delivery).collect();
            assert_eq!((told.len(), first.len()), (2, 3), "the third is left alone; each is told once");
            assert_eq!(told[0], first[2].id, "the oldest");
            assert!(!webhooks::is_due(tx, minutes(10)).await?, "both are on their way");
            outbox::done(tx, minutes(10), claimed[0].0.id).await?;
            let next = webhooks::claim(tx, minutes(10), 16).await?;
            assert_eq!(next.iter().map(|(_, id)| *id).collect::<Vec<_>>(), [first[1].id]);
            assert_eq!(webhooks::give_up_waiting(tx, all[1], minutes(10)).await?, 3);
            let known = webhooks::webhook(tx, all[1]).await?.unwrap();
            assert_eq!((known.waiting, known.dead), (0, 3));
            assert_eq!(webhooks::resend_dead(tx, all[1], minutes(10)).await?, 3);
            Ok(())
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_to_many_addresses_are_not_waited_for_one_by_one() {
    each_engine("many addresses", async |db| {
        let made = db.store.change(|tx| {
            Box::pin(async move {
                let (_, chen) = company(tx).await?;
                addresses(tx, chen, 20).await
            })
        });
        let all: Vec<i64> = made.await.unwrap();
        let put = async |n: usize| {
            let all = all.clone();
            let put = db.store.change(move |tx| {
                let new: Vec<_> = all.iter().map(|id| message(*id, n)).collect();
                Box::pin(async move { webhooks::put_many(tx, TEST_DAY, &new).await })
            });
            put.await.unwrap();
        };
        put(0).await;
        let before = db.store.trips();
        put(1).await;
        assert!(db.store.trips() - before <= 2, "{}: {}", db.engine, db.store.trips() - before);
        assert_eq!(rows_in(&db.store, "outbox").await, 40, "{}", db.engine);
    })
    .await;
}

/// What the migration does with messages that were put down before it.
fn mends(db: &TestDb) -> String {
    let text = if matches!(db.place, Place::Folder(_)) { SQLITE } else { POSTGRES };
    text.split(';').map(str::trim).find(|one| one.starts_with("UPDATE")).unwrap().to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waited_before_the_migration_is_sent_after_it() {
    each_engine("waited before", async |db| {
        let mends = mends(&db);
        let claimed = db.store.change(move |tx| {
            let mends = mends.clone();
            Box::pin(async move {
                let (_, chen) = company(tx).await?;
                let all = addresses(tx, chen, 1).await?;
                webhooks::put(tx, TEST_DAY, &message(all[0], 1)).await?;
                tx.exec("UPDATE outbox SET webhook_id = NULL", &[]).await?;
                assert!(!webhooks::is_due(tx, TEST_DAY).await?);
                tx.exec(&mends, &[]).await?;
                webhooks::claim(tx, TEST_DAY, 1).await
            })
        });
        let claimed: Result<Vec<_>, StoreError> = claimed.await;
        assert_eq!(claimed.unwrap().len(), 1, "{}", db.engine);
    })
    .await;
}

async fn quotation(tx: &mut Tx<'_>, customer: CustomerId, valid: &str) -> Result<i64, StoreError> {
    let chain = tx.insert("INSERT INTO quote_chain (number) VALUES (NULL) RETURNING id", &[]).await?;
    tx.insert(
        "INSERT INTO quote (chain_id, revision, customer_id, branch_id, owner_id, state, valid_until, notes, net,
            net_ex_tax, tax, line_count, listed_day, search, priced_at, version, created_by, created_at,
            updated_by, updated_at)
        SELECT CAST($1 AS BIGINT), 1, c.id, c.branch_id, c.owner_id, 'issued', CAST($3 AS TEXT), '', 1, 1, 0, 1, '2026-11-01', '', 1, 1,
            c.owner_id, 1, c.owner_id, 1
        FROM customer c WHERE c.id = $2 RETURNING id",
        params![chain, customer, valid],
    )
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_what_is_in_flight_hold_each_quotation_once_by_its_last_day() {
    on_each_engine("pages", |tx| {
        Box::pin(async move {
            let (root, chen) = company(tx).await?;
            let today = parse_date("2026-11-24").unwrap();
            let attributes = Attributes { name: "恒泰".into(), ..Attributes::blank(chen, root.id) };
            let code = customers::next_code(tx).await?;
            let customer = customers::insert(tx, &code, &attributes, chen, TEST_DAY).await?;
            let days = ["2026-12-02", "2026-11-23", "2026-11-24", "2026-12-02", "2026-11-24", "2026-12-01"];
            let mut wanted = Vec::new();
            for day in days.iter().chain(&days) {
                wanted.push((*day, quotation(tx, customer, day).await?));
            }
            wanted.retain(|(day, _)| *day >= "2026-11-24");
            wanted.sort_unstable();
            for limit in [1, 2, 3, 20] {
                let (mut found, mut behind) = (Vec::new(), (today, 0));
                loop {
                    let page = automation::subjects_after(tx, behind, today, limit).await?;
                    let Some(last) = page.last() else { break };
                    behind = (last.subject.dates[&DateName::ValidUntil], last.subject.id);
                    found.extend(page.iter().map(|it| it.subject.id));
                }
                assert_eq!(found, wanted.iter().map(|(_, id)| *id).collect::<Vec<_>>(), "{limit}");
            }
            Ok(())
        })
    })
    .await;
}

fn task(quote: i64, person: PersonId) -> NewTask {
    NewTask {
        effect_key: format!("task:{quote}"),
        rule: "rule".into(),
        rule_name: "rule".into(),
        entity: automation::QUOTE,
        entity_id: quote,
        person,
        for_owner: true,
        text: "call".into(),
        proof: TaskProof::None,
        due: TEST_DAY,
        late_ms: 0,
        unknown_year: None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn tasks_of_what_is_in_flight_are_found_behind_hundreds_of_old_quotations() {
    on_each_engine("in flight", |tx| {
        Box::pin(async move {
            let (root, chen) = company(tx).await?;
            let today = parse_date("2026-11-24").unwrap();
            let attributes = Attributes { name: "恒泰".into(), ..Attributes::blank(chen, root.id) };
            let code = customers::next_code(tx).await?;
            let customer = customers::insert(tx, &code, &attributes, chen, TEST_DAY).await?;
            for _ in 0..501 {
                quotation(tx, customer, "2025-01-31").await?;
            }
            let (first, second) =
                (quotation(tx, customer, "2026-12-31").await?, quotation(tx, customer, "2026-12-31").await?);
            tasks::insert_many(tx, TEST_DAY, &[task(first, chen), task(second, chen)]).await?;
            let found = automation::subjects_with_tasks(tx, &[customer], today).await?;
            assert_eq!(found.keys().copied().collect::<Vec<_>>(), [first, second]);
            let open = tasks::open_of(tx, automation::QUOTE, &[first, second, 1]).await?;
            assert_eq!(open.keys().copied().collect::<Vec<_>>(), [first, second]);
            tasks::end(tx, TEST_DAY, open[&first][0].id).await?;
            let left = automation::subjects_with_tasks(tx, &[customer], today).await?;
            assert_eq!(left.keys().copied().collect::<Vec<_>>(), [second]);
            Ok(())
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_has_to_do_about_one_quotation_comes_together_and_counts_once() {
    on_each_engine("together", |tx| {
        Box::pin(async move {
            let (root, chen) = company(tx).await?;
            let wang = person(tx, &root, "wang").await?;
            let due = |key: &str, (entity, id): (&'static str, i64), person, after| NewTask {
                effect_key: key.into(),
                text: key.into(),
                entity,
                due: minutes(after),
                ..task(id, person)
            };
            let (one, two, company) = ((automation::QUOTE, 1), (automation::QUOTE, 2), ("company", 1));
            let made = [
                due("a", one, chen, 10),
                due("b", two, chen, 20),
                due("c", one, chen, 30),
                due("d", one, wang, 5),
                due("e", one, chen, 10),
                due("f", company, chen, 40),
                due("g", company, chen, 40),
            ];
            tasks::insert_many(tx, TEST_DAY, &made).await?;
            let own = Scope { person: chen, path: None };
            let all = Scope { person: chen, path: Some("/".to_string()) };
            for (people, pages) in [(&own, "aec b|f g"), (&all, "d aec|b f|g")] {
                let (mut found, mut behind) = (Vec::new(), None);
                loop {
                    let scopes = (people, &all);
                    let firsts = tasks::list(tx, scopes, &TaskFilter::default(), behind, 2).await?;
                    let Some(last) = firsts.last() else { break };
                    behind = Some((last.due_at, last.id));
                    let page = tasks::with_others(tx, scopes, firsts).await?;
                    found.push(page.into_iter().map(|row| row.text).collect::<String>());
                }
                let wanted: Vec<String> = pages.split('|').map(|page| page.replace(' ', "")).collect();
                assert_eq!(found, wanted);
            }
            assert_eq!(tasks::count_open(tx, chen, minutes(15)).await?, (4, 1));
            assert_eq!(tasks::count_open(tx, chen, minutes(35)).await?, (4, 2), "what is overdue is so once");
            assert_eq!((tasks::count_team(tx, &own).await?, tasks::count_team(tx, &all).await?), (4, 5));
            let open = tasks::open_of(tx, automation::QUOTE, &[1]).await?;
            tasks::end(tx, TEST_DAY, open[&1][0].id).await?;
            let firsts = tasks::list(tx, (&own, &all), &TaskFilter::default(), None, 1).await?;
            let left = tasks::with_others(tx, (&own, &all), firsts).await?;
            assert_eq!(left.into_iter().map(|row| row.text).collect::<String>(), "ec");
            Ok(())
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_may_take_a_task_is_found_however_many_others_may() {
    on_each_engine("takers", |tx| {
        Box::pin(async move {
            let (root, chen) = company(tx).await?;
            let mut last = chen;
            for n in 0..220 {
                last = person(tx, &root, &format!("p{n:03}")).await?;
            }
            let about = ("company", 1);
            let page = tasks::takers(tx, about, ("", chen), 51).await?;
            assert!(page.len() == 51 && page.iter().all(|taker| taker.id != last && taker.id != chen));
            let found = tasks::takers(tx, about, ("p219", chen), 51).await?;
            assert_eq!(found.iter().map(|taker| taker.id).collect::<Vec<_>>(), [last]);
            assert_eq!(found[0].org, "总部");
            assert!(tasks::takers(tx, about, ("%", chen), 51).await?.is_empty());
            assert_eq!(tasks::taker(tx, about, last).await?.map(|taker| taker.id), Some(last));
            assert_eq!(tasks::taker(tx, ("quote", 404), last).await?, None, "nobody sees what is not there");
            assert_eq!(tasks::taker(tx, about, PersonId(404)).await?, None);
            Ok(())
        })
    })
    .await;
}

async fn forgets_messages(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    let (_, chen) = company(tx).await?;
    let notice = |n: i64| NewNotice {
        effect_key: format!("notice:{n}"),
        person: chen,
        kind: "notice",
        text: String::new(),
        entity: "quote".into(),
        entity_id: 1,
        shown_at: minutes(n),
    };
    let told: Vec<_> = (0..5).map(notice).collect();
    notices::insert_many(tx, TEST_DAY, &told).await?;
    notices::mark_all_read(tx, chen, minutes(3)).await?;
    for left in [2, 1, 0] {
        assert_eq!(notices::forget_read_before(tx, minutes(3), 2).await?, left);
    }
    let all = addresses(tx, chen, 1).await?;
    for n in 0..4_u8 {
        webhooks::put(tx, minutes(n.into()), &message(all[0], n.into())).await?;
    }
    let (first, _) = webhooks::claim(tx, minutes(9), 1).await?.remove(0);
    webhooks::give_up_waiting(tx, all[0], minutes(9)).await?;
    // The oldest waits again, and holds up none behind it.
    outbox::put_off(tx, first.id, minutes(99), "timeout", None).await?;
    for left in [2, 1, 0] {
        assert_eq!(webhooks::forget_before(tx, minutes(9), 2).await?, left);
    }
    assert_eq!(webhooks::deliveries(tx, all[0], None, (None, 9), minutes(9)).await?.len(), 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_are_forgotten_a_few_at_a_time_and_what_waits_or_is_unread_stays() {
    on_each_engine("forgets messages", |tx| Box::pin(forgets_messages(tx))).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_are_forgotten_a_few_at_a_time() {
    on_each_engine("forgets answers", |tx| {
        Box::pin(async move {
            for n in 0..5 {
                let (path, key) = ("/api/quotes".to_string(), format!("key-{n}"));
                let key = RequestKey { actor: PersonId(1), path, key };
                assert_eq!(idempotency::begin(tx, &key, "body", minutes(n)).await?, Begun::Fresh);
            }
            let later = minutes(3).plus_ms(idempotency::KEPT_MS);
            for left in [2, 1, 0] {
                assert_eq!(idempotency::forget_old(tx, later, 2).await?, left);
            }
            Ok(())
        })
    })
    .await;
}
