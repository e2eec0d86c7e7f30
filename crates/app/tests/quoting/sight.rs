//! Who sees and does what: own, region, all, and strangers.

use app::orders::{self, OrderFilter, OrderListing};
use app::quotes::{self, QuoteFilter, QuoteListing};
use domain::access::{Actor, OrgKind};
use domain::base::{Limit, PersonId};
use domain::quotes::QuoteAction;
use testkit::each_engine;

use crate::support::{World, code, insert_person};

/// A seller of the same branch, and a manager and a seller of another region.
pub(crate) async fn others(world: &World) -> [Actor; 3] {
    let hq = world.hq;
    let made = world.ctx.store.change(move |tx| {
        Box::pin(async move {
            let hq = store::access::org(tx, hq).await?.unwrap();
            let region = store::access::insert_org(tx, Some(&hq), OrgKind::Region, "南京大区", "NJQ").await?;
            let branch = store::access::insert_org(tx, Some(&region), OrgKind::Branch, "南京", "NJ").await?;
            let orgs = store::access::orgs(tx).await?;
            let suzhou = orgs.iter().find(|org| org.code == "SZ").unwrap().clone();
            let mut people: Vec<PersonId> = Vec::new();
            for (account, role, org) in [
                ("seller2", "seller", &suzhou),
                ("manager2", "region_manager", &region),
                ("seller3", "seller", &branch),
            ] {
                people.push(insert_person(tx, (account, role), org.id).await?);
            }
            Ok::<_, store::StoreError>(people)
        })
    });
    let made = made.await.unwrap();
    let mut actors = Vec::new();
    for id in made {
        let found = world.ctx.store.read(|tx| Box::pin(store::access::actor(tx, id))).await;
        actors.push(found.unwrap().unwrap());
    }
    actors.try_into().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quotation_is_seen_by_its_owner_the_region_and_head_office_and_by_nobody_else() {
    each_engine("sight", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let [colleague, manager2, seller3] = others(&world).await;
        let issued = world.issued().await.head.id;
        let list = async |actor: &Actor| {
            let listing = QuoteListing { filter: QuoteFilter::default(), limit: Limit::USUAL, after: None };
            quotes::list_quotes(&world.ctx, actor, listing).await
        };
        for (actor, sees) in [
            (&world.seller, true),
            (&world.manager, true),
            (&world.author, true),
            (&world.boss, true),
            (&world.finance, true),
            (&colleague, false),
            (&manager2, false),
            (&seller3, false),
            (&world.keeper, false),
        ] {
            let read = code(&quotes::read_quote(&world.ctx, actor, issued).await);
            assert_eq!(read, if sees { "ok" } else { "not_found" }, "{} {}", actor.name, db.engine);
            let listed = list(actor).await.map(|list| list.total.count).unwrap_or(0);
            assert_eq!(listed, i64::from(sees), "{}", actor.name);
            let cancel = code(&quotes::cancel_quote(&world.ctx, actor, issued, " ").await);
            let may = [&world.seller, &world.manager, &world.boss].iter().any(|it| it.person == actor.person);
            let expected = if may {
                "invalid"
            } else if sees {
                "not_allowed"
            } else {
                "not_found"
            };
            assert_eq!(cancel, expected, "{}", actor.name);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_found_by_number_and_customer_and_never_by_another_region() {
    each_engine("finding orders", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let [colleague, manager2, seller3] = others(&world).await;
        let signed = world.signs(world.issued().await.head.id).await.unwrap();
        let number = signed.order.number.to_lowercase();
        let customer = signed.quote.customer_name.clone();
        let found = async |actor: &Actor, search: &str| {
            let filter = OrderFilter { search: search.to_string(), ..OrderFilter::default() };
            let listing = OrderListing { filter, limit: Limit::USUAL, after: None };
            orders::list_orders(&world.ctx, actor, listing).await.unwrap().items.len()
        };
        let tail = number.rsplit('-').next().unwrap();
        for search in [number.as_str(), tail, customer.as_str()] {
            for actor in [&world.seller, &world.manager, &world.boss, &world.keeper] {
                assert_eq!(found(actor, search).await, 1, "{} {search} {}", actor.name, db.engine);
            }
            for actor in [&colleague, &manager2, &seller3] {
                assert_eq!(found(actor, search).await, 0, "{} {search}", actor.name);
            }
        }
        assert_eq!(found(&world.boss, "没有这个客户").await, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_helps_with_a_customer_sees_his_quotations_and_may_quote_him() {
    each_engine("helper", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let [colleague, ..] = others(&world).await;
        let issued = world.issued().await;
        let customer = issued.head.customer;
        let quote = async || quotes::create_quote(&world.ctx, &colleague, customer, vec![]).await;
        assert_eq!(code(&quote().await), "not_found");
        let person = colleague.person;
        world
            .ctx
            .store
            .change(move |tx| Box::pin(store::customers::add_helper(tx, customer, person)))
            .await
            .unwrap();
        let seen = quotes::read_quote(&world.ctx, &colleague, issued.head.id).await.unwrap();
        assert!(seen.actions.contains(&QuoteAction::Sign), "{}", db.engine);
        let made = quote().await.unwrap();
        assert_eq!(made.head.owner, world.seller.person, "the customer's owner owns the document");
        let signed = world.signs_as(&colleague, issued.head.id).await.unwrap();
        assert_eq!(signed.quote.signed.unwrap().by.0, colleague.person);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn actions_say_what_this_person_may_do_now() {
    each_engine("actions", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let issued = world.issued().await.head.id;
        let actions =
            async |actor: &Actor| quotes::read_quote(&world.ctx, actor, issued).await.unwrap().actions;
        use QuoteAction::*;
        assert_eq!(
            actions(&world.seller).await,
            [Sign, Pdf, Revise, Copy, AddOption, Cancel],
            "{}",
            db.engine
        );
        assert_eq!(actions(&world.author).await, [Pdf]);
        assert_eq!(actions(&world.finance).await, [Pdf]);
        world.paint_costs("132").await.unwrap();
        app::config::void_revision(&world.ctx, &world.author, world.price_list, 1, "换价").await.unwrap();
        assert_eq!(actions(&world.seller).await, [Pdf, Revise, Copy, AddOption, Cancel]);
        assert_eq!(actions(&world.author).await, [Pdf, Release]);
    })
    .await;
}
