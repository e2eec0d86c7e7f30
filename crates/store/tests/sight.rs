//! Lists, heads, sums and figures agree about whose a document is, on both engines and whatever the tree looks like.

use std::collections::BTreeSet;

use domain::access::{OrgKind, OrgUnit, Scope};
use domain::base::{CustomerId, Limit, OrderId, OrgId, PersonId, QuoteId, parse_date};
use domain::customers::Attributes;
use serde_json::json;
use store::access::{NewPerson, insert_org, insert_person};
use store::customers::{self, CustomerFilter, Sight};
use store::events::{self, Event};
use store::orders::OrderFilter;
use store::quotes::QuoteFilter;
use store::{StoreError, Tx, params};
use testkit::{TEST_DAY, each_engine};

const BRANCHES: usize = 8;
const PEOPLE: usize = 12;
const CUSTOMERS: usize = 20;
const DOCUMENTS: usize = 60;

/// The same numbers at each run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }
}

struct World {
    orgs: Vec<OrgUnit>,
    people: Vec<PersonId>,
    customers: Vec<CustomerId>,
    quotes: Vec<QuoteId>,
    signed: BTreeSet<QuoteId>,
    orders: Vec<OrderId>,
}

async fn grow(tx: &mut Tx<'_>, chance: &mut Chance) -> Result<World, StoreError> {
    let mut orgs = vec![insert_org(tx, None, OrgKind::Hq, "总部", "HQ").await?];
    for n in 0..BRANCHES {
        let parent = orgs[chance.below(orgs.len())].clone();
        let code = format!("B{}", char::from(b'A' + u8::try_from(n).unwrap()));
        orgs.push(insert_org(tx, Some(&parent), OrgKind::Branch, &code, &code).await?);
    }
    let mut people = Vec::new();
    for n in 0..PEOPLE {
        let new = NewPerson {
            account: format!("person{n}"),
            name: "人".into(),
            org: orgs[chance.below(orgs.len())].id,
            password_hash: String::new(),
            roles: Vec::new(),
            search: String::new(),
        };
        people.push(insert_person(tx, &new, TEST_DAY).await?);
    }
    let mut made = Vec::new();
    for n in 0..CUSTOMERS {
        let (owner, branch) = (people[chance.below(PEOPLE)], orgs[chance.below(orgs.len())].id);
        let attributes = Attributes { name: format!("客户{n}"), ..Attributes::blank(owner, branch) };
        let code = customers::next_code(tx).await?;
        let id = customers::insert(tx, &code, &attributes, owner, TEST_DAY).await?;
        if chance.below(3) == 0 {
            customers::add_helper(tx, id, people[chance.below(PEOPLE)]).await?;
        }
        made.push(id);
    }
    let signed = BTreeSet::new();
    let mut world = World { orgs, people, customers: made, quotes: Vec::new(), signed, orders: Vec::new() };
    for _ in 0..DOCUMENTS {
        let customer = world.customers[chance.below(CUSTOMERS)];
        let owner = world.people[chance.below(PEOPLE)];
        let branch = world.orgs[chance.below(world.orgs.len())].id;
        document(tx, &mut world, customer, owner, branch, chance.below(2) == 0).await?;
    }
    Ok(world)
}

/// An issued quotation, or a signed one with its order; each comes to one fen.
async fn document(
    tx: &mut Tx<'_>,
    world: &mut World,
    customer: CustomerId,
    owner: PersonId,
    branch: OrgId,
    signed: bool,
) -> Result<(), StoreError> {
    let chain = tx.insert("INSERT INTO quote_chain (number) VALUES (NULL) RETURNING id", &[]).await?;
    let number = format!("SZ26-{chain:06}");
    tx.exec("UPDATE quote_chain SET number = $2 WHERE id = $1", params![chain, &number]).await?;
    let state = if signed { "signed" } else { "issued" };
    let id = tx
        .insert(
            "INSERT INTO quote (chain_id, revision, customer_id, branch_id, owner_id, state, valid_until, notes, net,
                net_ex_tax, tax, line_count, listed_day, search, priced_at, version, created_by, created_at,
                updated_by, updated_at)
            VALUES ($1, 1, $2, $3, $4, $5, '2027-01-01', '', 1, 1, 0, 1, '2026-11-01', '', 1, 1, $4, 1, $4, 1)
            RETURNING id",
            params![chain, customer, branch, owner, state],
        )
        .await?;
    world.quotes.push(QuoteId(id));
    let told =
        Event { actor: Some(owner), kind: "quote.issued", entity: "quote", entity_id: id, facts: json!({}) };
    events::append(tx, TEST_DAY, &told).await?;
    if signed {
        world.signed.insert(QuoteId(id));
        tx.exec(
            "INSERT INTO file (hash, bytes, mime, name, created_at) VALUES ($1, 1, 'image/png', 'a', 1)",
            params![&number],
        )
        .await?;
        let order = tx
            .insert(
                "INSERT INTO sales_order (number, quote_id, customer_id, branch_id, owner_id, signed_day, signer,
                consent_file, recorded_by, net, line_count, search, version, created_at)
            VALUES ($5, $1, $2, $3, $4, '2026-11-02', '王', $5, $4, 1, 1, '', 1, 1) RETURNING id",
                params![id, customer, branch, owner, &number],
            )
            .await?;
        world.orders.push(OrderId(order));
    }
    Ok(())
}

/// Quotations and orders that lie inside by the rule of the domain, asked one by one.
async fn by_the_rule(
    tx: &mut Tx<'_>,
    world: &World,
    scope: &Scope,
) -> Result<(BTreeSet<QuoteId>, BTreeSet<OrderId>), StoreError> {
    let (mut quotes, mut orders) = (BTreeSet::new(), BTreeSet::new());
    for id in &world.quotes {
        if store::quotes::head(tx, *id, scope.person).await?.unwrap().within(scope) {
            quotes.insert(*id);
        }
    }
    for id in &world.orders {
        if store::orders::head(tx, *id, scope.person).await?.unwrap().within(scope) {
            orders.insert(*id);
        }
    }
    Ok((quotes, orders))
}

async fn agree(tx: &mut Tx<'_>, world: &World, scope: &Scope) -> Result<(usize, usize), StoreError> {
    let today = parse_date("2026-11-24").unwrap();
    let (quotes, orders) = by_the_rule(tx, world, scope).await?;
    let filter = QuoteFilter::default();
    let total = store::quotes::total(tx, scope, &filter, today).await?;
    let listed = store::quotes::list(tx, scope, &filter, today, &total, None, 1_000).await?;
    assert_eq!(listed.iter().map(|row| row.id).collect::<BTreeSet<_>>(), quotes, "{scope:?}");
    assert_eq!(usize::try_from(total.count).unwrap(), quotes.len());
    let listed = store::orders::list(tx, scope, &OrderFilter::default(), None, 1_000).await?;
    assert_eq!(listed.iter().map(|row| row.id).collect::<BTreeSet<_>>(), orders, "{scope:?}");
    let open: Vec<QuoteId> = quotes.iter().copied().filter(|id| !world.signed.contains(id)).collect();
    let figures = store::insights::figures(tx, scope, today, today).await?;
    assert_eq!(usize::try_from(figures.open.count).unwrap(), open.len(), "{scope:?}");
    let signed = store::insights::signed_between(tx, scope, parse_date("2026-11-01").unwrap(), today).await?;
    assert_eq!(usize::try_from(signed.count).unwrap(), orders.len(), "{scope:?}");
    customers_agree(tx, scope, (open.len(), orders.len())).await?;
    Ok((quotes.len(), orders.len()))
}

/// The figures of all customers together come to what the lists show.
async fn customers_agree(
    tx: &mut Tx<'_>,
    scope: &Scope,
    (open, orders): (usize, usize),
) -> Result<(), StoreError> {
    let everybody = Scope { person: PersonId(0), path: Some("/".into()) };
    let sight = Sight { customers: everybody, orders: Some(scope.clone()), quotes: Some(scope.clone()) };
    let (today, from) = (parse_date("2026-11-24").unwrap(), parse_date("2025-11-25").unwrap());
    let limit = Limit::new(Some(200), Limit::MAX).unwrap();
    let rows = customers::list(tx, &sight, &CustomerFilter::default(), from, None, limit.and_one()).await?;
    let (mut quoted, mut bought, mut told) = (0, 0, 0);
    for row in &rows {
        let figures = customers::figures(tx, row.place.id, &sight, today, from).await?;
        quoted += figures.quotes_open.count;
        bought += figures.orders_12m.count;
        assert_eq!(row.net_12m, figures.orders_12m.net, "each order comes to one fen");
        told += customers::timeline(tx, row.place.id, &sight, None, limit).await?.len();
    }
    assert_eq!((usize::try_from(quoted).unwrap(), usize::try_from(bought).unwrap()), (open, orders));
    assert_eq!(told, open + orders, "one entry for each quotation");
    Ok(())
}

#[tokio::test]
async fn every_list_and_every_sum_holds_what_the_rule_says_and_nothing_else() {
    each_engine("document sight", async |db| {
        let checked = db.store.change(|tx| {
            Box::pin(async move {
                let world = grow(tx, &mut Chance(20_261_124)).await?;
                let mut some = 0;
                for person in &world.people {
                    let mut scopes = vec![Scope { person: *person, path: None }];
                    let under = |org: &OrgUnit| Scope { person: *person, path: Some(org.path.clone()) };
                    scopes.extend(world.orgs.iter().map(under));
                    for scope in scopes {
                        let (quotes, orders) = agree(tx, &world, &scope).await?;
                        some += usize::from(quotes > 0 && quotes < DOCUMENTS && orders > 0);
                    }
                }
                Ok::<_, StoreError>(some)
            })
        });
        let some = checked.await.unwrap();
        assert!(some > PEOPLE, "scopes that hold some and not all: {some}");
    })
    .await;
}

#[tokio::test]
async fn what_is_in_flight_goes_with_its_customer_and_what_is_over_stays() {
    each_engine("hand over", async |db| {
        let checked = db.store.change(|tx| {
            Box::pin(async move {
                let world = grow(tx, &mut Chance(7)).await?;
                let (owner, branch) = (world.people[0], world.orgs[1].clone());
                for customer in &world.customers {
                    store::quotes::hand_over(tx, *customer, owner, branch.id).await?;
                    assert_eq!(store::quotes::hand_over(tx, *customer, owner, branch.id).await?, 0);
                }
                let mut stayed = 0;
                for id in &world.quotes {
                    let head = store::quotes::head(tx, *id, owner).await?.unwrap();
                    let moved = (head.owner, head.branch) == (owner, branch.id);
                    stayed += usize::from(!moved);
                    assert!(moved || world.signed.contains(id), "{id:?}");
                }
                assert!(stayed > 0);
                Ok::<_, StoreError>(())
            })
        });
        checked.await.unwrap();
    })
    .await;
}
