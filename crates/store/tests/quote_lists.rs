//! Lists of quotations are what a plain look through all of them finds, whichever way the engines go.

use std::cmp::Reverse;

use domain::access::{OrgKind, OrgUnit, Scope};
use domain::base::{CustomerId, Date, Fen, PersonId, QuoteId, parse_date};
use domain::customers::Attributes;
use domain::quotes::{LostAsked, LostWhy, QuoteSort, QuoteState, ShownState};
use store::access::{NewPerson, insert_org, insert_person};
use store::quotes::{COUNTED_MAX, Listed, QuoteFilter};
use store::{StoreError, Tx, customers, params};
use testkit::{TEST_DAY, each_engine};

const BRANCHES: usize = 7;
const PEOPLE: usize = 8;
const CUSTOMERS: usize = 14;
const QUOTES: usize = 160;
const LISTS: usize = 150;
const PAGE: usize = 23;
const STATES: [QuoteState; 5] = [
    QuoteState::Draft,
    QuoteState::Issued,
    QuoteState::Signed,
    QuoteState::Cancelled,
    QuoteState::Superseded,
];

/// The same numbers at each run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }

    fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    fn day(&mut self) -> Date {
        parse_date(&format!("2026-11-{:02}", self.below(28) + 1)).unwrap()
    }
}

struct Customer {
    id: CustomerId,
    owner: PersonId,
    path: String,
    helper: Option<PersonId>,
    search: String,
    named: [String; 2],
}

struct Quote {
    id: QuoteId,
    customer: usize,
    owner: PersonId,
    branch: OrgUnit,
    state: QuoteState,
    valid_until: Option<Date>,
    day: Date,
    net: Fen,
    lost: Option<LostWhy>,
    search: String,
}

struct World {
    orgs: Vec<OrgUnit>,
    people: Vec<PersonId>,
    customers: Vec<Customer>,
    quotes: Vec<Quote>,
}

async fn grow(tx: &mut Tx<'_>, chance: &mut Chance) -> Result<World, StoreError> {
    let mut orgs = vec![insert_org(tx, None, OrgKind::Hq, "总部", "HQ").await?];
    for n in 0..BRANCHES {
        let parent = chance.of(&orgs).clone();
        let code = format!("B{}", char::from(b'A' + u8::try_from(n).unwrap()));
        orgs.push(insert_org(tx, Some(&parent), OrgKind::Branch, &code, &code).await?);
    }
    let mut people = Vec::new();
    for n in 0..PEOPLE {
        let new = NewPerson {
            account: format!("person{n}"),
            name: "人".into(),
            org: chance.of(&orgs).id,
            password_hash: String::new(),
            roles: Vec::new(),
            search: String::new(),
        };
        people.push(insert_person(tx, &new, TEST_DAY).await?);
    }
    let mut world = World { orgs, people, customers: Vec::new(), quotes: Vec::new() };
    for n in 0..CUSTOMERS {
        let made = customer(tx, chance, &world, n).await?;
        world.customers.push(made);
    }
    for n in 0..QUOTES {
        let made = quote(tx, chance, &world, n).await?;
        world.quotes.push(made);
    }
    Ok(world)
}

async fn customer(
    tx: &mut Tx<'_>,
    chance: &mut Chance,
    world: &World,
    n: usize,
) -> Result<Customer, StoreError> {
    let (owner, branch) = (*chance.of(&world.people), chance.of(&world.orgs).clone());
    let attributes = Attributes { name: format!("客户{n}"), ..Attributes::blank(owner, branch.id) };
    let code = customers::next_code(tx).await?;
    let id = customers::insert(tx, &code, &attributes, owner, TEST_DAY).await?;
    let helper = chance.one_in(3).then(|| *chance.of(&world.people));
    if let Some(helper) = helper {
        customers::add_helper(tx, id, helper).await?;
    }
    let row =
        tx.query_one("SELECT search, name_key, initials FROM customer WHERE id = $1", params![id]).await?;
    let named = [row.text("name_key")?, row.text("initials")?];
    Ok(Customer { id, owner, path: branch.path, helper, search: row.text("search")?, named })
}

async fn quote(tx: &mut Tx<'_>, chance: &mut Chance, world: &World, n: usize) -> Result<Quote, StoreError> {
    let state = *chance.of(&STATES);
    let dayless = state == QuoteState::Draft && chance.one_in(2);
    let lost = (state == QuoteState::Cancelled && chance.one_in(2))
        .then(|| *chance.of(&[LostWhy::Price, LostWhy::Delivery]));
    let mut made = Quote {
        id: QuoteId(0),
        customer: chance.below(CUSTOMERS),
        owner: *chance.of(&world.people),
        branch: chance.of(&world.orgs).clone(),
        state,
        valid_until: (!dayless).then(|| chance.day()),
        day: chance.day(),
        net: Fen(i64::try_from(chance.below(40)).unwrap() - 2),
        lost,
        search: format!("sz26-{n:04} {}", chance.of(&["内墙漆 100%", "外墙漆 50_kg", "瓷砖胶"])),
    };
    let chain = tx.insert("INSERT INTO quote_chain (number) VALUES (NULL) RETURNING id", &[]).await?;
    let id = tx
        .insert(
            "INSERT INTO quote (chain_id, revision, customer_id, branch_id, owner_id, state, valid_until, notes, net,
                net_ex_tax, tax, line_count, listed_day, search, lost_why, priced_at, version, created_by, created_at,
                updated_by, updated_at)
            VALUES ($1, 1, $2, $3, $4, $5, $6, '', $7, 1, 0, 1, $8, $9, $10, 1, 1, $4, 1, $4, 1) RETURNING id",
            params![
                chain,
                world.customers[made.customer].id,
                made.branch.id,
                made.owner,
                state.key(),
                made.valid_until,
                made.net,
                made.day,
                &made.search,
                lost.map(LostWhy::key)
            ],
        )
        .await?;
    made.id = QuoteId(id);
    Ok(made)
}

fn any_filter(chance: &mut Chance, world: &World) -> QuoteFilter {
    let states = (0..chance.below(4)).map(|_| *chance.of(&ShownState::ALL)).collect();
    let words =
        ["内墙", "sz26-00", "客户1", "100%", "50_kg 客户", "0_", "漆 sz26 客户2", "没有", "k00000", "kh1"];
    let lost = [LostAsked::Any, LostAsked::Not, LostAsked::Why(LostWhy::Price)];
    QuoteFilter {
        customers: (!chance.one_in(4)).then(|| any_scope(chance, world)),
        search: if chance.one_in(3) { (*chance.of(&words)).to_string() } else { String::new() },
        states,
        customer: chance.one_in(6).then(|| chance.of(&world.customers).id),
        owner: chance.one_in(5).then(|| *chance.of(&world.people)),
        branch: chance.one_in(4).then(|| chance.of(&world.orgs).id),
        from: chance.one_in(4).then(|| chance.day()),
        to: chance.one_in(4).then(|| chance.day()),
        valid_to: chance.one_in(5).then(|| chance.day()),
        category: None,
        lost: chance.one_in(8).then(|| *chance.of(&lost)),
        sort: *chance.of(&QuoteSort::ALL),
    }
}

/// Own records only, those beneath some place, or all.
fn any_scope(chance: &mut Chance, world: &World) -> Scope {
    let path = match chance.below(3) {
        0 => None,
        1 => Some(chance.of(&world.orgs).path.clone()),
        _ => Some("/".to_string()),
    };
    Scope { person: *chance.of(&world.people), path }
}

fn is_seen(quote: &Quote, customer: &Customer, scope: &Scope) -> bool {
    scope.holds(quote.owner, &quote.branch.path)
        || scope.holds(customer.owner, &customer.path)
        || customer.helper == Some(scope.person)
}

fn fits(quote: &Quote, customer: &Customer, world: &World, filter: &QuoteFilter, today: Date) -> bool {
    let within = |branch| {
        let place = world.orgs.iter().find(|org| org.id == branch).unwrap();
        quote.branch.path.starts_with(&place.path)
    };
    let ended = quote.state == QuoteState::Cancelled;
    let lost = match filter.lost {
        None => true,
        Some(LostAsked::Any) => ended && quote.lost.is_some(),
        Some(LostAsked::Not) => ended && quote.lost.is_none(),
        Some(LostAsked::Why(why)) => ended && quote.lost == Some(why),
    };
    let known = filter.customers.as_ref().is_some_and(|scope| {
        scope.holds(customer.owner, &customer.path) || customer.helper == Some(scope.person)
    });
    let named = |word: &str| {
        let key = domain::customers::name_key(word);
        let key = if key.is_empty() { word } else { key.as_str() };
        customer.named.iter().any(|it| it.contains(key))
    };
    let of_customer = |word: &str| if known { customer.search.contains(word) } else { named(word) };
    let has = |word: &str| quote.search.contains(word) || of_customer(word);
    let shown = quote.state.shown(quote.valid_until, today);
    (filter.states.is_empty() || filter.states.contains(&shown))
        && filter.customer.is_none_or(|it| it == customer.id)
        && filter.owner.is_none_or(|it| it == quote.owner)
        && filter.branch.is_none_or(within)
        && filter.from.is_none_or(|from| from <= quote.day)
        && filter.to.is_none_or(|to| quote.day <= to)
        && filter.valid_to.is_none_or(|last| quote.valid_until.is_some_and(|it| it <= last))
        && lost
        && filter.search.split_whitespace().all(has)
}

/// What a look through all of them finds, in the order of the list, and what it comes to.
fn looked_through(world: &World, scope: &Scope, filter: &QuoteFilter, today: Date) -> (Vec<QuoteId>, Listed) {
    let asked = |quote: &&Quote| {
        let customer = &world.customers[quote.customer];
        is_seen(quote, customer, scope) && fits(quote, customer, world, filter, today)
    };
    let mut found: Vec<&Quote> = world.quotes.iter().filter(asked).collect();
    match filter.sort {
        QuoteSort::Listed => found.sort_by_key(|it| Reverse((it.day, it.id.0))),
        QuoteSort::Net => found.sort_by_key(|it| Reverse((it.net.0, it.id.0))),
        QuoteSort::ValidUntil => {
            let last = Date::constant(9999, 12, 31);
            found.sort_by_key(|it| (it.valid_until.unwrap_or(last), Reverse(it.id.0)));
        }
    }
    let net = Fen(found.iter().map(|it| it.net.0).sum());
    let count = i64::try_from(found.len()).unwrap();
    (found.iter().map(|it| it.id).collect(), Listed { count, net, capped: false })
}

/// All pages, one after another, as a list of this total goes about it.
async fn leafed(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &QuoteFilter,
    today: Date,
    total: &Listed,
) -> Result<Vec<QuoteId>, StoreError> {
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let limit = u32::try_from(PAGE).unwrap();
        let page = store::quotes::list(tx, scope, filter, today, total, after, limit).await?;
        found.extend(page.iter().map(|row| row.id));
        after = page.last().map(|row| row.place(filter.sort));
        if page.len() < PAGE {
            return Ok(found);
        }
    }
}

#[tokio::test]
async fn every_list_is_what_a_look_through_all_of_them_finds_whichever_way_it_goes() {
    each_engine("lists of quotations", async |db| {
        let engine = db.engine;
        let checked = db.store.change(move |tx| {
            Box::pin(async move {
                let mut chance = Chance(20_261_130);
                let world = grow(tx, &mut chance).await?;
                let today = parse_date("2026-11-15").unwrap();
                let mut some = 0;
                for _ in 0..LISTS {
                    let (scope, filter) = (any_scope(&mut chance, &world), any_filter(&mut chance, &world));
                    let (ids, total) = looked_through(&world, &scope, &filter, today);
                    let counted = store::quotes::total(tx, &scope, &filter, today).await?;
                    assert_eq!(counted, total, "{engine}: {scope:?} {filter:?}");
                    for capped in [false, true] {
                        let total = Listed { capped, ..total };
                        let found = leafed(tx, &scope, &filter, today, &total).await?;
                        assert_eq!(found, ids, "{engine}: {capped} {scope:?} {filter:?}");
                    }
                    some += usize::from(!ids.is_empty());
                }
                Ok::<_, StoreError>(some)
            })
        });
        let some = checked.await.unwrap();
        assert!(some > LISTS / 4, "{engine}: lists that find something: {some}");
    })
    .await;
}

/// Adds as many signed quotations of one fen as there are chains from `skip` on, at most `count`.
async fn add_signed(tx: &mut Tx<'_>, world: &World, skip: i64, count: i64) -> Result<u64, StoreError> {
    tx.exec(
        "INSERT INTO quote (chain_id, revision, customer_id, branch_id, owner_id, state, valid_until, notes, net,
            net_ex_tax, tax, line_count, listed_day, search, priced_at, version, created_by, created_at, updated_by,
            updated_at)
        SELECT k.id, 2, CAST($1 AS BIGINT), CAST($2 AS BIGINT), CAST($3 AS BIGINT), 'signed', '2026-12-31', '', 1, 1,
            0, 1, '2026-12-01', 'many', 1, 1, CAST($3 AS BIGINT), 1, CAST($3 AS BIGINT), 1
        FROM quote_chain k ORDER BY k.id LIMIT $5 OFFSET $4",
        params![world.customers[0].id, world.orgs[1].id, world.people[0], skip, count],
    )
    .await
}

#[tokio::test]
async fn ten_thousand_are_counted_and_added_up_and_of_one_more_it_is_said_that_there_are_more() {
    each_engine("more than are counted", async |db| {
        let engine = db.engine;
        let checked = db.store.change(move |tx| {
            Box::pin(async move {
                let world = grow(tx, &mut Chance(3)).await?;
                for _ in 0..7 {
                    tx.exec("INSERT INTO quote_chain (number) SELECT NULL FROM quote_chain", &[]).await?;
                }
                assert_eq!(add_signed(tx, &world, 0, COUNTED_MAX).await?, COUNTED_MAX.unsigned_abs());
                let from = parse_date("2026-12-01");
                let plain = QuoteFilter { from, states: vec![ShownState::Signed], ..QuoteFilter::default() };
                let found = QuoteFilter { search: "many".into(), ..plain.clone() };
                let owned = QuoteFilter { owner: Some(world.people[0]), ..plain.clone() };
                let path = |path: &str| Scope { person: world.people[0], path: Some(path.to_string()) };
                let own = Scope { person: world.people[0], path: None };
                let asked = [
                    (path("/"), &plain),
                    (path("/"), &found),
                    (path("/"), &owned),
                    (path(&world.orgs[1].path), &plain),
                    (own, &plain),
                ];
                let today = parse_date("2026-12-02").unwrap();
                for (scope, filter) in &asked {
                    let total = store::quotes::total(tx, scope, filter, today).await?;
                    let all = Listed { count: COUNTED_MAX, net: Fen(COUNTED_MAX), capped: false };
                    assert_eq!(total, all, "{engine}: {scope:?} {filter:?}");
                }
                assert_eq!(add_signed(tx, &world, COUNTED_MAX, 1).await?, 1);
                for (scope, filter) in &asked {
                    let total = store::quotes::total(tx, scope, filter, today).await?;
                    let more = Listed { count: COUNTED_MAX, net: Fen::ZERO, capped: true };
                    assert_eq!(total, more, "{engine}: {scope:?} {filter:?}");
                }
                Ok::<_, StoreError>(())
            })
        });
        checked.await.unwrap();
    })
    .await;
}
