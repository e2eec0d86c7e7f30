//! Nothing is found by what the asker is not shown: every search of the interface, asked by everybody who may not read
//! customers for what stands on a customer's page alone.

use domain::access::Right;
use serde_json::Value;
use testkit::each_engine;

use crate::hidden_cost::{everything_but, read};
use crate::who_may::request;
use crate::world::{Place, World};

const PHONE: &str = "13911824065";
const CONTACT: &str = "欧阳修文";
/// Stands nowhere.
const NOTHING: &str = "没有这样的字眼";

/// Every operation that takes words to look for.
fn searches() -> Vec<String> {
    let document = serde_json::to_value(server::document()).unwrap();
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        let mut parameters = item["get"]["parameters"].as_array().into_iter().flatten();
        if parameters.any(|parameter| parameter["name"] == "q") {
            found.push(format!("GET {path}"));
        }
    }
    found
}

/// The address with these words instead of those that it asks for.
fn asking(path: &str, words: &str) -> String {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let kept = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("q="));
    let words: String = form_urlencoded::byte_serialize(words.as_bytes()).collect();
    let pairs: Vec<String> = kept.map(str::to_string).chain([format!("q={words}")]).collect();
    format!("{path}?{}", pairs.join("&"))
}

/// An order of a customer whose page says more than the order does; the customer.
async fn sold(world: &World) -> Value {
    world.order(Place::Suzhou).await;
    let seller = world.of("seller");
    let orders = seller.get("/api/orders?limit=1").await.ok(200);
    let path = format!("/api/customers/{}", orders["items"][0]["customer"]["id"]);
    let version = seller.get(&path).await.ok(200)["version"].as_i64().unwrap();
    let edit = serde_json::json!({"phone": PHONE, "contact": CONTACT, "city": "昆山"});
    seller.patch(&path, version, edit).await.ok(200)
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_may_not_read_customers_finds_nothing_by_what_stands_on_their_page_alone() {
    each_engine("searches", async |db| {
        let mut world = World::new(db).await;
        everything_but(&mut world, Right::CustomerRead).await;
        let customer = sold(&world).await;
        let code = customer["code"].as_str().unwrap();
        let mut paths = Vec::new();
        for operation in searches() {
            paths.push(request(&world, &operation, Place::Suzhou).await.path);
        }
        assert!(paths.iter().any(|path| path.starts_with("/api/orders")), "{paths:?}");
        let mut asked = 0;
        for account in world.people.keys() {
            if world.actor(account).await.has(Right::CustomerRead) {
                continue;
            }
            let browser = world.of(account);
            for path in &paths {
                let nothing = read(&browser.get(&asking(path, NOTHING)).await);
                for secret in [PHONE, "139", "4065", CONTACT, "oyxw", "昆山", code] {
                    let told = read(&browser.get(&asking(path, secret)).await);
                    assert_eq!(told, nothing, "{account} {path} {secret} {}", world.db.engine);
                }
                asked += 1;
            }
        }
        assert!(
            asked >= 4 * paths.len(),
            "the keeper, the carrier, the administrator and the blind: {asked}"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_list_shows_of_a_customer_finds_it_and_the_page_finds_it_for_those_who_read_it() {
    each_engine("found", async |db| {
        let mut world = World::new(db).await;
        everything_but(&mut world, Right::CustomerRead).await;
        let customer = sold(&world).await;
        let (name, code) = (customer["name"].as_str().unwrap(), customer["code"].as_str().unwrap());
        let count = async |account: &str, list: &str, words: &str| {
            let path = asking(&format!("/api/{list}"), words);
            world.of(account).get(&path).await.ok(200)["total"]["count"].as_i64().unwrap()
        };
        let upper = name.to_uppercase();
        for account in ["warehouse_keeper", "logistics_lead", "blind", "owner", "seller", "nanjing_seller"] {
            let expected = i64::from(account != "nanjing_seller");
            for words in [name, upper.as_str(), "kh"] {
                assert_eq!(count(account, "orders", words).await, expected, "{account} {words}");
            }
        }
        for list in ["orders", "quotes"] {
            assert_eq!(count("blind", list, name).await, 1, "{list} {}", world.db.engine);
            for words in [PHONE, "4065", CONTACT, code] {
                for account in ["owner", "seller", "region_manager"] {
                    assert_eq!(count(account, list, words).await, 1, "{account} {list} {words}");
                }
                assert_eq!(count("blind", list, words).await, 0, "{list} {words} {}", world.db.engine);
            }
        }
    })
    .await;
}
