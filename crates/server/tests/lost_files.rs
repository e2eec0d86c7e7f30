//! A file that is lost or was changed behind the program's back is told as such, and never handed out as if it were whole.

use testkit::each_engine;

use crate::world::{Place, World};

#[tokio::test(flavor = "multi_thread")]
async fn a_signed_page_that_is_lost_or_changed_is_said_to_be_so_and_mended_by_whoever_hands_it_in_again() {
    each_engine("lost page", async |db| {
        let world = World::new(db).await;
        let (order, seller) = (world.order(Place::Suzhou).await, world.seller_actor(Place::Suzhou).await);
        let page = app::orders::read_order(&world.ctx, &seller, order).await.unwrap().consent.hash;
        let path = format!("/api/orders/{}/consent", order.0);
        let browser = world.of("seller");
        let whole = browser.get(&path).await;
        assert_eq!(whole.status, 200);
        let half = &whole.bytes[..whole.bytes.len() / 2];
        let mut other_end = whole.bytes.clone();
        *other_end.last_mut().unwrap() ^= 1;
        for changed in [half, &other_end[..], &b""[..]] {
            testkit::replace_file(&world.db, &page, Some(changed)).await;
            let told = browser.get(&path).await;
            // Of no bytes at all it cannot be said which of the two it is.
            let code = told.code();
            assert!(code == "file_changed" || (changed.is_empty() && code == "file_missing"), "{code}");
            let told = told.refused(503, &code);
            assert!(told["detail"].as_str().unwrap().contains("从备份恢复"), "{told} {}", world.db.engine);
        }
        testkit::replace_file(&world.db, &page, None).await;
        for account in ["seller", "owner"] {
            let told = world.of(account).get(&path).await.refused(503, "file_missing");
            assert!(told["detail"].as_str().unwrap().contains("不见了"), "{told} {}", world.db.engine);
        }
        let now = world.ctx.moment().await.unwrap().now;
        for damaged in [None, Some(half)] {
            if damaged.is_some() {
                testkit::replace_file(&world.db, &page, damaged).await;
            }
            let (bytes, by) = (whole.bytes.clone(), Some(seller.person));
            store::files::put(&world.ctx.store, bytes, "image/png", "签字.png", by, now).await.unwrap();
            assert_eq!(browser.get(&path).await.bytes, whole.bytes, "{}", world.db.engine);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_who_meets_a_lost_file_is_sent_to_the_salesperson_and_to_no_administrator() {
    each_engine("lost picture", async |db| {
        let world = World::new(db).await;
        let (token, picture) = world.shared_with_picture(Place::Suzhou).await;
        let path = format!("/api/public/shares/{token}/pictures/{picture}");
        assert_eq!(world.stranger().get(&path).await.status, 200);
        testkit::replace_file(&world.db, &picture, Some(b"another")).await;
        let own = format!("/api/products/{}/pictures/{picture}", world.paint().await.0);
        let told = world.of("seller").get(&own).await.refused(503, "file_changed");
        assert!(told["detail"].as_str().unwrap().contains("内容变了"), "{told}");
        testkit::replace_file(&world.db, &picture, None).await;
        world.of("seller").get(&own).await.refused(503, "file_missing");
        let told = world.stranger().get(&path).await.refused(503, "file_missing");
        let told = told["detail"].as_str().unwrap();
        assert!(told.contains("给你报价的业务员") && !told.contains("管理员"), "{told} {}", world.db.engine);
    })
    .await;
}
