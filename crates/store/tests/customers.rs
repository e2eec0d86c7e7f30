//! Customers in the database: who sees which, in which order, with which figures, on both engines.

use domain::access::{OrgKind, OrgUnit, Scope};
use domain::base::{CustomerId, Fen, Instant, Limit, OrgId, PersonId, parse_date};
use domain::customers::{Attributes, TimelineKind};
use serde_json::json;
use store::access::{NewPerson, insert_org, insert_person};
use store::customers::{self, CustomerFilter, CustomerRow, Figures, Sight};
use store::events::{self, Event};
use store::{StoreError, Tx, params};
use testkit::{TEST_DAY, TestDb, each_engine};

/// Two regions with a branch each, a person in each branch, one at the head office.
struct World {
    root: OrgUnit,
    suzhou: OrgUnit,
    gusu: OrgUnit,
    jianye: OrgUnit,
    chen: PersonId,
    zhou: PersonId,
}

async fn person(tx: &mut Tx<'_>, account: &str, org: OrgId) -> Result<PersonId, StoreError> {
    let new = NewPerson {
        account: account.into(),
        name: account.into(),
        org,
        password_hash: String::new(),
        roles: Vec::new(),
        search: String::new(),
    };
    insert_person(tx, &new, TEST_DAY).await
}

async fn world(tx: &mut Tx<'_>) -> Result<World, StoreError> {
    let root = insert_org(tx, None, OrgKind::Hq, "总部", "HQ").await?;
    let suzhou = insert_org(tx, Some(&root), OrgKind::Region, "苏州大区", "S").await?;
    let nanjing = insert_org(tx, Some(&root), OrgKind::Region, "南京大区", "N").await?;
    let gusu = insert_org(tx, Some(&suzhou), OrgKind::Branch, "姑苏", "SZ").await?;
    let jianye = insert_org(tx, Some(&nanjing), OrgKind::Branch, "建邺", "NJ").await?;
    let chen = person(tx, "chen", gusu.id).await?;
    let zhou = person(tx, "zhou", jianye.id).await?;
    Ok(World { root, suzhou, gusu, jianye, chen, zhou })
}

fn named(name: &str, owner: PersonId, branch: OrgId) -> Attributes {
    Attributes { name: name.into(), ..Attributes::blank(owner, branch) }
}

async fn make(tx: &mut Tx<'_>, attributes: &Attributes) -> Result<CustomerId, StoreError> {
    let code = customers::next_code(tx).await?;
    customers::insert(tx, &code, attributes, attributes.owner, TEST_DAY).await
}

fn everywhere(scope: Scope) -> Sight {
    Sight { customers: scope.clone(), orders: Some(scope.clone()), quotes: Some(scope) }
}

fn own(person: PersonId) -> Scope {
    Scope { person, path: None }
}

fn under(person: PersonId, path: &str) -> Scope {
    Scope { person, path: Some(path.into()) }
}

async fn found(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &CustomerFilter,
) -> Result<Vec<CustomerRow>, StoreError> {
    let from = parse_date("2025-11-25").unwrap();
    let limit = Limit::USUAL;
    let rows = customers::list(tx, &everywhere(scope.clone()), filter, from, None, limit.and_one()).await?;
    let total = customers::total(tx, scope, filter).await?;
    assert_eq!(i64::try_from(rows.len()).unwrap(), total);
    Ok(rows)
}

fn names(rows: &[CustomerRow]) -> Vec<&str> {
    rows.iter().map(|row| row.name.as_str()).collect()
}

/// A quotation of `net` fen, with an order where `signed` names its day.
async fn quote(
    tx: &mut Tx<'_>,
    customer: CustomerId,
    owner: PersonId,
    branch: OrgId,
    net: i64,
    signed: Option<&str>,
) -> Result<i64, StoreError> {
    let chain = tx.insert("INSERT INTO quote_chain (number) VALUES (NULL) RETURNING id", &[]).await?;
    let number = format!("SZ26-{chain:06}");
    tx.exec("UPDATE quote_chain SET number = $2 WHERE id = $1", params![chain, &number]).await?;
    let state = if signed.is_some() { "signed" } else { "issued" };
    let id = tx
        .insert(
            "INSERT INTO quote (chain_id, revision, customer_id, branch_id, owner_id, state, valid_until, notes, net,
                net_ex_tax, tax, line_count, listed_day, search, priced_at, version, created_by, created_at,
                updated_by, updated_at)
            VALUES ($1, 1, $2, $3, $4, $5, '2026-11-24', '', $6, $6, 0, 1, '2026-11-01', '', 1, 1, $4, 1, $4, 1)
            RETURNING id",
            params![chain, customer, branch, owner, state, net],
        )
        .await?;
    if let Some(day) = signed {
        tx.exec(
            "INSERT INTO file (hash, bytes, mime, name, created_at) VALUES ($1, 1, 'image/png', 'a', 1)",
            params![&number],
        )
        .await?;
        tx.exec(
            "INSERT INTO sales_order (number, quote_id, customer_id, branch_id, owner_id, signed_day, signer,
                consent_file, recorded_by, net, line_count, search, version, created_at)
            VALUES ($7, $1, $2, $3, $4, $5, '王', $7, $4, $6, 1, '', 1, 1)",
            params![id, customer, branch, owner, day, net, &number],
        )
        .await?;
    }
    Ok(id)
}

async fn on_each_engine<F>(name: &str, test: F)
where
    F: for<'a, 't> Fn(&'a mut Tx<'t>) -> store::WriteFuture<'a, (), StoreError>
        + Copy
        + Send
        + Sync
        + 'static,
{
    each_engine(name, async |db: TestDb| db.store.change(test).await.unwrap()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_finds_own_helped_and_reached_customers_and_no_others() {
    on_each_engine("customers_reach", |tx| {
        Box::pin(async move {
            let w = world(tx).await?;
            make(tx, &named("姑苏客户", w.chen, w.gusu.id)).await?;
            let helped = make(tx, &named("建邺客户", w.zhou, w.jianye.id)).await?;
            make(tx, &named("建邺另一家", w.zhou, w.jianye.id)).await?;
            let all = CustomerFilter::default();
            assert_eq!(names(&found(tx, &own(w.chen), &all).await?), ["姑苏客户"]);
            customers::add_helper(tx, helped, w.chen).await?;
            customers::add_helper(tx, helped, w.chen).await?;
            assert_eq!(names(&found(tx, &own(w.chen), &all).await?), ["建邺客户", "姑苏客户"]);
            let region = under(PersonId(0), &w.suzhou.path);
            assert_eq!(names(&found(tx, &region, &all).await?), ["姑苏客户"]);
            let company = under(PersonId(0), "/");
            assert_eq!(found(tx, &company, &all).await?.len(), 3);
            assert!(found(tx, &own(PersonId(0)), &all).await?.is_empty());
            let record = customers::find(tx, helped, w.chen).await?.unwrap();
            assert_eq!((record.helped, record.region.as_deref()), (true, Some("南京大区")));
            assert!(!customers::find(tx, helped, w.zhou).await?.unwrap().helped);
            Ok(())
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_best_fit_comes_first_and_every_filter_narrows() {
    on_each_engine("customers_search", |tx| {
        Box::pin(async move {
            let w = world(tx).await?;
            make(tx, &named("恒达", w.chen, w.gusu.id)).await?;
            let tiered = Attributes {
                tier: Some("A".into()),
                kind: Some("工程商".into()),
                contact: "王强".into(),
                phone: "138-0000-1234".into(),
                ..named("苏州恒达装饰", w.chen, w.gusu.id)
            };
            make(tx, &tiered).await?;
            make(tx, &named("恒达建材100%", w.zhou, w.jianye.id)).await?;
            let company = under(PersonId(0), "/");
            let search = |text: &str| CustomerFilter { search: text.into(), ..CustomerFilter::default() };
            let order = ["恒达", "恒达建材100%", "苏州恒达装饰"];
            assert_eq!(names(&found(tx, &company, &search("恒达")).await?), order);
            for text in ["szhdzs", "k000002", "王强", "13800001234", "苏州 装饰", "wq"] {
                assert_eq!(names(&found(tx, &company, &search(text)).await?), ["苏州恒达装饰"], "{text}");
            }
            assert_eq!(names(&found(tx, &company, &search("100%")).await?), ["恒达建材100%"]);
            assert!(found(tx, &company, &search("_达")).await?.is_empty());
            let narrowed = [
                CustomerFilter { tier: Some("A".into()), ..CustomerFilter::default() },
                CustomerFilter { kind: Some("工程商".into()), ..CustomerFilter::default() },
            ];
            for filter in narrowed {
                assert_eq!(names(&found(tx, &company, &filter).await?), ["苏州恒达装饰"]);
            }
            let of_zhou = CustomerFilter { owner: Some(w.zhou), ..CustomerFilter::default() };
            assert_eq!(names(&found(tx, &company, &of_zhou).await?), ["恒达建材100%"]);
            let in_region = |org| CustomerFilter { branch: Some(org), ..CustomerFilter::default() };
            assert_eq!(found(tx, &company, &in_region(w.suzhou.id)).await?.len(), 2);
            assert_eq!(found(tx, &company, &in_region(w.root.id)).await?.len(), 3);
            assert!(found(tx, &company, &in_region(OrgId(99))).await?.is_empty());
            Ok(())
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_follow_one_another_without_gap_or_twin() {
    on_each_engine("customers_pages", |tx| {
        Box::pin(async move {
            let w = world(tx).await?;
            for n in 0..7 {
                let name = if n % 3 == 0 { format!("恒{n}") } else { format!("老恒{n}") };
                make(tx, &named(&name, w.chen, w.gusu.id)).await?;
            }
            let sight = everywhere(own(w.chen));
            let filter = CustomerFilter { search: "恒".into(), ..CustomerFilter::default() };
            let limit = Limit::new(Some(2), Limit::MAX).unwrap();
            let from = parse_date("2025-11-25").unwrap();
            let (mut seen, mut after) = (Vec::new(), None);
            loop {
                let mut rows = customers::list(tx, &sight, &filter, from, after, limit.and_one()).await?;
                let more = limit.cut(&mut rows);
                seen.extend(rows.iter().map(|row| row.name.clone()));
                after = rows.last().map(|row| row.place);
                if !more {
                    break;
                }
            }
            assert_eq!(seen, ["恒6", "恒3", "恒0", "老恒5", "老恒4", "老恒2", "老恒1"]);
            Ok(())
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_count_the_documents_that_the_reader_sees_from_the_first_day_on() {
    on_each_engine("customers_figures", |tx| {
        Box::pin(async move {
            let w = world(tx).await?;
            let id = make(tx, &named("恒达", w.chen, w.gusu.id)).await?;
            quote(tx, id, w.chen, w.gusu.id, 100, Some("2025-11-24")).await?;
            quote(tx, id, w.chen, w.gusu.id, 1_000, Some("2025-11-25")).await?;
            quote(tx, id, w.zhou, w.jianye.id, 10_000, Some("2026-11-24")).await?;
            quote(tx, id, w.chen, w.gusu.id, 7, None).await?;
            let (today, from) = (parse_date("2026-11-24").unwrap(), parse_date("2025-11-25").unwrap());
            let day = parse_date("2026-11-24");
            let owner = customers::figures(tx, id, &everywhere(own(w.chen)), today, from).await?;
            assert_eq!(
                (owner.orders_12m.count, owner.orders_12m.net, owner.last_order_day),
                (2, Fen(11_000), day)
            );
            assert_eq!((owner.quotes_open.count, owner.quotes_open.net), (1, Fen(7)));
            let tomorrow = today.tomorrow().unwrap();
            let later = customers::figures(tx, id, &everywhere(own(w.chen)), tomorrow, from).await?;
            assert_eq!(later.quotes_open.count, 0);
            let region = everywhere(under(PersonId(0), &w.suzhou.path));
            let seen = customers::figures(tx, id, &region, today, from).await?;
            // Who sees the customer sees all that was sold to him, wherever it was sold.
            assert_eq!((seen.orders_12m.net, seen.last_order_day), (Fen(11_000), day));
            let elsewhere = everywhere(under(PersonId(0), &w.jianye.path));
            let seen = customers::figures(tx, id, &elsewhere, today, from).await?;
            assert_eq!((seen.orders_12m.count, seen.orders_12m.net), (1, Fen(10_000)), "only its own");
            let blind = Sight { orders: None, quotes: None, ..everywhere(own(w.chen)) };
            assert_eq!(customers::figures(tx, id, &blind, today, from).await?, Figures::default());
            let rows =
                customers::list(tx, &region, &CustomerFilter::default(), from, None, Limit::USUAL.and_one())
                    .await?;
            let row = rows.first().unwrap();
            assert_eq!((row.net_12m, row.last_order_day), (Fen(11_000), day));
            let rows =
                customers::list(tx, &blind, &CustomerFilter::default(), from, None, Limit::USUAL.and_one())
                    .await?;
            assert_eq!(rows.first().map(|row| (row.net_12m, row.last_order_day)), Some((Fen(0), None)));
            Ok(())
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_timeline_tells_what_happened_newest_first_and_only_what_the_reader_sees() {
    on_each_engine("customers_timeline", |tx| {
        Box::pin(async move {
            let w = world(tx).await?;
            let id = make(tx, &named("恒达", w.chen, w.gusu.id)).await?;
            let signed = quote(tx, id, w.chen, w.gusu.id, 500, Some("2026-11-01")).await?;
            let foreign = quote(tx, id, w.zhou, w.jianye.id, 900, None).await?;
            let log = [
                ("customer.made", "customer", id.0, json!({})),
                ("quote.issued", "quote", signed, json!({})),
                ("quote.saved", "quote", signed, json!({})),
                ("quote.signed", "quote", signed, json!({})),
                ("quote.cancelled", "quote", foreign, json!({"reason": "改期"})),
                ("customer.changed", "customer", id.0 + 1, json!({})),
            ];
            for (at, (kind, entity, entity_id, facts)) in (1..).zip(log) {
                let event = Event { actor: Some(w.chen), kind, entity, entity_id, facts };
                events::append(tx, Instant(at), &event).await?;
            }
            let everything = everywhere(under(PersonId(0), "/"));
            let all = customers::timeline(tx, id, &everything, None, Limit::USUAL).await?;
            let kinds: Vec<TimelineKind> = all.iter().map(|entry| entry.told.kind).collect();
            let wanted = [
                TimelineKind::QuoteCancelled,
                TimelineKind::QuoteSigned,
                TimelineKind::QuoteIssued,
                TimelineKind::CustomerMade,
            ];
            assert_eq!(kinds, wanted);
            assert_eq!(all[0].told.reason.as_deref(), Some("改期"));
            assert_eq!((all[1].net, all[1].order.is_some(), all[2].order), (Some(Fen(500)), true, None));
            assert_eq!(all[1].told.order, all[1].told.number);
            let region = everywhere(under(PersonId(0), &w.suzhou.path));
            assert_eq!(customers::timeline(tx, id, &region, None, Limit::USUAL).await?.len(), 4);
            let elsewhere = everywhere(under(PersonId(0), &w.jianye.path));
            let theirs = customers::timeline(tx, id, &elsewhere, None, Limit::USUAL).await?;
            let theirs: Vec<TimelineKind> = theirs.iter().map(|entry| entry.told.kind).collect();
            assert_eq!(theirs, [TimelineKind::QuoteCancelled, TimelineKind::CustomerMade]);
            let blind = Sight { quotes: None, ..everything.clone() };
            assert_eq!(customers::timeline(tx, id, &blind, None, Limit::USUAL).await?.len(), 1);
            let two = Limit::new(Some(2), Limit::MAX).unwrap();
            let rest = customers::timeline(tx, id, &everything, Some(all[1].event), two).await?;
            assert_eq!(rest, all[2..]);
            Ok(())
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_step_over_those_that_came_from_elsewhere() {
    on_each_engine("customers_codes", |tx| {
        Box::pin(async move {
            let w = world(tx).await?;
            customers::insert(tx, "K000001", &named("老客户", w.chen, w.gusu.id), w.chen, TEST_DAY).await?;
            assert_eq!(customers::next_code(tx).await?, "K000002");
            Ok(())
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_on_an_old_version_changes_nothing() {
    on_each_engine("customers_version", |tx| {
        Box::pin(async move {
            let w = world(tx).await?;
            let id = make(tx, &named("恒达", w.chen, w.gusu.id)).await?;
            let before = customers::find(tx, id, w.chen).await?.unwrap();
            let renamed = named("恒达二", w.chen, w.gusu.id);
            assert!(customers::update(tx, &before, &renamed, TEST_DAY).await?);
            assert!(!customers::update(tx, &before, &named("恒达三", w.chen, w.gusu.id), TEST_DAY).await?);
            let after = customers::find(tx, id, w.chen).await?.unwrap();
            assert_eq!((after.attributes, after.version), (renamed, 2));
            Ok(())
        })
    })
    .await;
}
