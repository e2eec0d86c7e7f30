//! A customer goes to another branch: what is in flight goes with him.

use app::customers::{self, customer};
use app::quotes;
use domain::access::Actor;
use domain::base::CustomerId;
use domain::customers::CustomerEdit;
use domain::quotes::Seen;
use testkit::each_engine;

use crate::quoting::sight::others;
use crate::support::{World, code};

pub(crate) async fn give_to(world: &World, id: CustomerId, owner: &Actor) {
    let version = customer(&world.ctx, &world.author, id).await.unwrap().record.version;
    let edit = CustomerEdit { owner: Some(owner.person), ..CustomerEdit::default() };
    customers::update_customer(&world.ctx, &world.author, id, version, edit).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn drafts_and_issued_quotations_go_with_the_customer_and_keep_their_number() {
    each_engine("handing over", async |db| {
        let world = World::new(&db).await;
        world.first_prices().await;
        let [_, manager2, seller3] = others(&world).await;
        let issued = world.issued().await;
        let customer = issued.head.customer;
        let lines = || vec![world.line("a", world.paint, "10", "桶")];
        let draft = quotes::create_quote(&world.ctx, &world.seller, customer, lines()).await.unwrap();
        let signed =
            quotes::create_quote(&world.ctx, &world.seller, customer, lines()).await.unwrap().head.id;
        world.issues(signed).await.unwrap();
        world.signs(signed).await.unwrap();
        let sees = async |actor: &Actor, id| code(&quotes::read_quote(&world.ctx, actor, id).await) == "ok";
        assert!(
            !sees(&manager2, issued.head.id).await && !sees(&seller3, draft.head.id).await,
            "{}",
            db.engine
        );
        give_to(&world, customer, &seller3).await;
        for actor in [&manager2, &seller3] {
            for id in [issued.head.id, draft.head.id, signed] {
                assert!(sees(actor, id).await, "{} {id:?}", actor.name);
            }
        }
        // Those who had him see what became an order with them, and nothing that is in flight.
        for actor in [&world.seller, &world.manager] {
            assert!(sees(actor, signed).await);
            assert!(!sees(actor, issued.head.id).await && !sees(actor, draft.head.id).await);
        }
        assert_eq!(code(&world.issues(draft.head.id).await), "not_found");
        assert_eq!(code(&world.saves(&draft, lines()).await), "not_found");
        assert_eq!(code(&quotes::revise_quote(&world.ctx, &world.seller, issued.head.id).await), "not_found");
        assert_eq!(code(&world.signs(issued.head.id).await), "not_found");
        let made = world.signs_as(&seller3, issued.head.id).await.unwrap();
        assert_eq!(made.quote.head.number, issued.head.number);
        assert!(made.order.number.contains("NJ"), "the order is of the new branch: {}", made.order.number);
        let next =
            quotes::issue_quote(&world.ctx, &seller3, draft.head.id, None, &Seen::default()).await.unwrap();
        assert!(next.head.number.unwrap().starts_with("NJ"));
        let figures = app::customers::customer(&world.ctx, &manager2, customer).await.unwrap().figures;
        assert_eq!((figures.quotes_open.count, figures.orders_12m.count), (1, 2));
    })
    .await;
}
