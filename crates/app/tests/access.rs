//! Whose accounts one sees: exactly what the scope holds, whatever the tree looks like.

use std::collections::{BTreeMap, BTreeSet};

use app::access::{SetUp, people, search_text, write_set_up};
use app::{AppError, Ctx, Random, company_zone};
use domain::access::{Actor, Company, OrgKind, OrgUnit, Reach, Right};
use domain::base::{Limit, PersonId};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use store::Tx;
use store::access::NewPerson;
use testkit::each_engine;

const BRANCHES: usize = 12;
const PEOPLE: usize = 60;

type Everybody = Vec<(PersonId, OrgUnit)>;

/// A company with a random tree and people at random places in it.
async fn grow(tx: &mut Tx<'_>, seed: u64) -> Result<Everybody, AppError> {
    let mut chance = ChaCha8Rng::seed_from_u64(seed);
    let company = Company {
        name: "呼吸商贸".into(),
        address: String::new(),
        phone: String::new(),
        tax_no: String::new(),
        bank_name: String::new(),
        bank_account: String::new(),
        seal_file: None,
        demo: false,
        prices_include_tax: true,
        quote_valid_days: 15,
    };
    let request =
        SetUp { company, account: "first".into(), name: "第一人".into(), password: String::new() };
    let done = write_set_up(tx, &request, "no password").await?;
    let head_office = store::access::org(tx, done.head_office).await?.unwrap();
    let mut orgs = vec![head_office.clone()];
    for n in 0..BRANCHES {
        let parent = orgs[chance.random_range(0..orgs.len())].clone();
        let code = format!("B{}", char::from(b'A' + u8::try_from(n).unwrap()));
        orgs.push(store::access::insert_org(tx, Some(&parent), OrgKind::Branch, &code, &code).await?);
    }
    let mut everybody = vec![(done.administrator, head_office)];
    for n in 0..PEOPLE {
        let org = orgs[chance.random_range(0..orgs.len())].clone();
        let account = format!("person{n}");
        let person = NewPerson {
            search: search_text("人", &account),
            account,
            name: "人".into(),
            org: org.id,
            password_hash: "no password".into(),
            roles: Vec::new(),
        };
        everybody.push((store::access::insert_person(tx, &person, testkit::TEST_DAY).await?, org));
    }
    Ok(everybody)
}

#[tokio::test]
async fn a_scope_holds_what_it_says_and_nothing_else() {
    each_engine("scope", async |db| {
        let ctx = Ctx::new(db.store.clone(), company_zone(), Random::seeded(1));
        let grown: Everybody = ctx.store.change(|tx| Box::pin(grow(tx, 20_261_124))).await.unwrap();
        for (person, org) in &grown {
            for reach in [Reach::Own, Reach::Org, Reach::All] {
                let actor = Actor {
                    person: *person,
                    name: "人".into(),
                    org: org.id,
                    org_path: org.path.clone(),
                    grants: BTreeMap::from([(Right::PeopleRead, reach)]),
                };
                let scope = actor.scope(Right::PeopleRead).unwrap();
                let held = grown.iter().filter(|(other, org)| scope.holds(*other, &org.path));
                let held: BTreeSet<PersonId> = held.map(|(other, _)| *other).collect();
                assert_eq!(seen(&ctx, &actor).await, held, "{reach:?} at {}", org.path);
                let foreign = grown.iter().find(|(other, _)| !held.contains(other));
                if let Some((foreign, _)) = foreign {
                    let refused = people::person(&ctx, &actor, *foreign).await.unwrap_err();
                    assert_eq!(refused.code(), "not_found");
                }
            }
        }
    })
    .await;
}

/// Everybody whom the actor gets, page by page.
async fn seen(ctx: &Ctx, actor: &Actor) -> BTreeSet<PersonId> {
    let limit = Limit::new(Some(7), Limit::MAX).unwrap();
    let (mut seen, mut after) = (BTreeSet::new(), None);
    loop {
        let (page, more) = people::list(ctx, actor, "", after, limit).await.unwrap();
        for person in &page {
            assert!(seen.insert(person.id), "nobody comes twice");
        }
        after = page.last().map(|last| last.id);
        if !more {
            return seen;
        }
    }
}
