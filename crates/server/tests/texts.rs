//! What people type and hand in: what cannot be kept is refused by the name of its field, and hides nothing else.

use app::config;
use axum::http::Method;
use domain::config::Kind;
use serde_json::{Value, json};
use testkit::each_engine;

use crate::who_may::request;
use crate::world::{Answer, Browser, Place, World, new_key};

/// The smallest PNG that there is.
pub const ONE_DOT_PNG: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0,
    0, 1, 8, 0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 0x0a, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9c, 0x63,
    0x68, 0, 0, 0, 0x82, 0, 0x81, 0x77, 0xcd, 0x72, 0xb6, 0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42,
    0x60, 0x82,
];
/// A PDF with everything that a PDF has, and nothing on it.
pub const PDF: &[u8] = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\nxref\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n";
const JPEG: &[u8] = b"\xFF\xD8\xFF\xC0\x00\x0B\x08\x00\x01\x00\x01\x01\x01\x11\x00\xFF\xDA\x00\x08\x01\x01\x00\x00\x3F\x00\x7F\xFF\xD9";

async fn hand_in(browser: &Browser<'_>, content: &[u8]) -> Answer {
    let key = new_key();
    let headers = [("idempotency-key", key.as_str()), ("x-file-name", "a.bin")];
    browser.send(Method::POST, "/api/files", &headers, content.to_vec()).await
}

fn detail(problem: &Value) -> &str {
    problem["detail"].as_str().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_control_sign_is_refused_by_the_name_of_its_field_and_every_list_still_answers() {
    each_engine("control signs", async |db| {
        let world = World::new(db).await;
        let operations = world.of("hq_operations");
        world.paint().await;
        let product = |name: &str, base: &str, unit: &str| {
            json!({"code": "POISON", "name": name, "base_unit": base, "tax_rate": "13",
                "units": [{"unit": unit, "factor": "2"}]})
        };
        for (body, path) in [
            (product("n", "u", "\u{0}"), "units[0].unit"),
            (product("n", "u", "x\u{0}"), "units[0].unit"),
            (product("n", "\u{0}", "x"), "base_unit"),
            (product("\u{0}", "u", "x"), "name"),
        ] {
            let refused = operations.post("/api/products", body).await.refused(422, "invalid");
            assert_eq!(refused["facts"]["fields"][0]["path"], path, "{refused}");
        }
        let unseen = operations.post("/api/products", product("\u{200B}\u{202E}", "u", "x")).await;
        assert_eq!(unseen.refused(422, "invalid")["facts"]["fields"][0]["path"], "name");
        for path in ["/api/products", "/api/products?q=P1", "/api/config/items/1/rows", "/api/options"] {
            operations.get(path).await.ok(200);
        }
        operations.get("/api/products?q=%00").await.refused(422, "invalid");
        operations.get("/api/config/items?kind=%00").await.refused(422, "invalid");
        world.stranger().get("/api/public/verify/a%00b").await.refused(404, "not_found");
        world.of("seller").patch("/api/customers/1", 1, json!([])).await.refused(422, "invalid");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_with_a_line_break_or_a_turning_sign_is_refused_wherever_one_is_given() {
    each_engine("names", async |db| {
        let world = World::new(db).await;
        let administrator = world.of("administrator");
        let suzhou = world.suzhou.id.0;
        let person = format!("/api/people/{}", world.seller(Place::Suzhou).0);
        let place = format!("/api/orgs/{suzhou}/name");
        for (name, said) in [("周\n永年", "换行"), ("周\u{202E}永年", "控制符")] {
            let key = json!({"name": name, "rights": ["people.read"], "days": 30});
            let new = json!({
                "account": "zhouyn", "name": name, "org_id": suzhou, "role_ids": ["seller"],
                "password": "longenough1",
            });
            let customer = json!({"name": name});
            let refused = [
                administrator.patch(&person, 1, json!({"name": name})).await,
                administrator.post("/api/people", new).await,
                administrator.post(&place, json!({"name": name})).await,
                administrator.post("/api/keys", key).await,
                world.of("hq_operations").post("/api/categories", json!({"name": name})).await,
                world.of("seller").post("/api/customers", customer).await,
            ];
            for (nth, answer) in refused.into_iter().enumerate() {
                let problem = answer.refused(422, "invalid");
                assert_eq!(problem["facts"]["fields"][0]["path"], "name", "{nth}: {problem}");
                assert!(detail(&problem).contains(said), "{nth}: {problem}");
            }
        }
        administrator.patch(&person, 1, json!({"name": " 周永年 "})).await.ok(200);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_has_an_end() {
    each_engine("long search", async |db| {
        let world = World::new(db).await;
        let owner = world.of("owner");
        let long = "a".repeat(51_000);
        for list in ["quotes", "orders", "customers", "products", "config/items/1/rows"] {
            let refused = owner.get(&format!("/api/{list}?q={long}")).await.refused(422, "invalid");
            assert_eq!(detail(&refused), "「搜索」填得不对：太长，最多 100 个字。", "{list}");
            owner.get(&format!("/api/{list}?q={}", "a".repeat(100))).await.ok(200);
        }
    })
    .await;
}

/// The lists of the description that go on from a mark.
fn lists_with_marks() -> Vec<String> {
    let document = serde_json::to_value(server::document()).unwrap();
    let paths = document["paths"].as_object().unwrap().iter();
    let marked = paths.filter(|(_, item)| {
        let parameters = item["get"]["parameters"].as_array();
        parameters.into_iter().flatten().any(|it| it["in"] == "query" && it["name"] == "after")
    });
    marked.map(|(path, _)| path.clone()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mark_that_no_list_gave_is_refused_by_every_list_with_what_to_do() {
    each_engine("marks", async |db| {
        let world = World::new(db).await;
        let lists = lists_with_marks();
        assert!(lists.len() > 9, "{lists:?}");
        for path in lists {
            let sent = request(&world, &format!("GET {path}"), Place::Suzhou).await;
            let more = if sent.path.contains('?') { '&' } else { '?' };
            let asked = format!("{}{more}after=abc", sent.path);
            let refused = world.of("owner").get(&asked).await.refused(422, "invalid");
            assert_eq!(refused["facts"]["fields"][0]["path"], "after", "{path}: {refused}");
            let told = "「翻页位置」填得不对：这个位置已经用不了了。请从第一页重新打开列表，再往下翻。";
            assert_eq!(detail(&refused), told, "{path} {}", world.db.engine);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_known_in_a_row_is_named_with_the_row_as_it_was_typed() {
    each_engine("unknown items", async |db| {
        let world = World::new(db).await;
        let (seller, customer) = (world.of("seller"), world.customer(Place::Suzhou).await);
        let mut line = world.line("1").await;
        let known = line.clone();
        (line["id"], line["product_id"]) = (json!("b"), json!(987_654));
        let body = json!({"customer_id": customer.0, "lines": [known, line]});
        let refused = seller.post("/api/quotes", body).await.refused(422, "invalid");
        assert_eq!(detail(&refused), "「第 2 行的商品」填得不对：找不到「987654」，请核对后重新选择。");
        let codes =
            json!({"put": [{"product_code": "P1", "code": "A"}, {"product_code": "X-9 ", "code": "B"}]});
        let path = format!("/api/customers/{}/item_codes", customer.0);
        let refused = seller.put(&path, 1, codes).await.refused(422, "invalid");
        assert!(detail(&refused).contains("第 2 行：我们没有编码是「X-9」的商品"), "{refused}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_of_configuration_that_does_not_fit_is_named_with_its_field_and_what_it_wants() {
    each_engine("rows that do not fit", async |db| {
        let world = World::new(db).await;
        let (author, operations) = (world.actor("hq_operations").await, world.of("hq_operations"));
        let product = world.paint().await.0;
        let sound = json!({"product": product, "price": "1"});
        for (kind, key, sound, content, field, told) in [
            (
                Kind::PriceList,
                None,
                &sound,
                json!({"product": product, "price": 5}),
                "price",
                "「价格」要写文字",
            ),
            (Kind::PriceList, None, &sound, json!({"product": product}), "price", "「价格」这一项必须填写"),
            (
                Kind::PriceList,
                None,
                &sound,
                json!({"product": product, "price": "1", "bogus": 1}),
                "bogus",
                "「bogus」没有这一项",
            ),
            (
                Kind::Tier,
                Some("C"),
                &json!({"percent": "90"}),
                json!({"percent": 9}),
                "percent",
                "「折扣」要写文字",
            ),
            (
                Kind::Snippet,
                Some("送货"),
                &json!({"text": "送"}),
                json!({"text": null}),
                "text",
                "「内容」要写文字",
            ),
        ] {
            let items = config::items(&world.ctx, &author, Some(kind)).await.unwrap();
            let drafts = format!("/api/config/items/{}/drafts", items[0].item.id.0);
            let draft = operations.post(&drafts, json!({"title": "改一改"})).await.ok(201);
            let path = format!("/api/config/drafts/{}/rows", draft["id"]);
            let row = |key: Option<&str>, content: &Value| json!({"key": key, "content": content});
            let other = key.map(|_| "另一行");
            let body = json!({"put": [row(key, sound), row(other, &content)], "delete": []});
            let refused = operations.put(&path, 1, body).await.refused(422, "invalid");
            let place = format!("put[1].content.{field}");
            assert_eq!(refused["facts"]["fields"][0]["path"], place, "{}: {refused}", world.db.engine);
            assert!(detail(&refused).starts_with(&format!("第 2 行：{told}")), "{refused}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_beyond_every_measure_has_no_price_and_no_list_fails() {
    each_engine("huge lines", async |db| {
        let world = World::new(db).await;
        let seller = world.of("seller");
        let customer = world.customer(Place::Suzhou).await;
        let mut lines = Vec::new();
        for n in 0..7 {
            let mut line = world.line(if n == 0 { "10000000" } else { "1000000000" }).await;
            line["id"] = json!(n.to_string());
            lines.push(line);
        }
        let body = json!({"customer_id": customer.0, "lines": lines});
        let made = seller.post("/api/quotes", body.clone()).await.ok(201);
        assert_eq!(made["lines"][1]["refusal"]["code"], "too_large", "{made}");
        let mut beyond = body.clone();
        beyond["lines"][1]["qty"] = json!("999999999999");
        let refused = seller.post("/api/quotes", beyond).await.refused(422, "invalid");
        assert_eq!(detail(&refused), "「第 2 行的数量」填得不对：太大，不能大于 1000000000。");
        assert!(made["lines"][1]["refusal"]["detail"].as_str().unwrap().contains("10000000"), "{made}");
        seller.post("/api/quotes", body).await.ok(201);
        let issue = format!("/api/quotes/{}/issue", made["id"]);
        let seen = json!({"expected_net": made["totals"]["net"]});
        seller.post(&issue, seen).await.refused(422, "cannot_issue");

        world.draft(Place::Suzhou).await;
        for _ in 0..2 {
            world.order(Place::Suzhou).await;
        }
        testkit::huge_amounts(&world.ctx.store).await;
        for path in ["/api/quotes", "/api/today", "/api/orders", "/api/customers"] {
            seller.get(path).await.ok(200);
            world.of("owner").get(path).await.ok(200);
        }
        seller.get(&format!("/api/customers/{}", customer.0)).await.ok(200);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_that_cannot_be_opened_is_neither_a_signed_page_nor_a_seal() {
    each_engine("broken pictures", async |db| {
        let world = World::new(db).await;
        let administrator = world.of("administrator");
        let broken: [&[u8]; 4] =
            [b"\x89PNG\r\n\x1A\n", b"%PDF-1.4\nhello", b"\xFF\xD8\xFF\xE0", b"BM0000000000000000"];
        for content in broken {
            hand_in(&administrator, content).await.refused(415, "file_kind");
        }
        for (begun, told) in [
            (&b"PK\x03\x04....[Content_Types].xml...."[..], "这个表格打不开：文件不完整或已损坏"),
            (b"PK\x03\x04....word/document.xml....", "不能上传压缩包或 Word 文档"),
        ] {
            let refused = hand_in(&administrator, begun).await.refused(415, "file_kind");
            assert!(detail(&refused).starts_with(told), "{refused}");
        }
        let bmp = hand_in(&administrator, b"BM0000000000000000").await.json();
        assert!(detail(&bmp).contains("BMP"), "{bmp}");

        let profile = "/api/company/profile";
        let seal = async |content: &[u8]| {
            let file = hand_in(&administrator, content).await.ok(201)["file"].clone();
            administrator.patch(profile, 1, json!({"seal_file": file})).await
        };
        let photo = seal(JPEG).await.refused(422, "invalid");
        assert!(detail(&photo).contains("PNG"), "{photo}");
        // Whole by its chunks, but its data is no picture.
        let hollow = [&ONE_DOT_PNG[..16], &wide(4_001)].concat();
        let wide = seal(&hollow).await.refused(422, "invalid");
        assert!(detail(&wide).contains("4000"), "{wide}");
        // Its colours stand in a palette that it has not got.
        let unpainted = seal(&without_palette()).await.refused(422, "invalid");
        assert!(detail(&unpainted).contains("打不开"), "{unpainted}");
        seal(ONE_DOT_PNG).await.ok(200);

        let (id, seller) = (world.issued(Place::Suzhou).await, world.of("seller"));
        let sign = format!("/api/quotes/{}/sign", id.0);
        let csv = hand_in(&seller, "编号,名称\n".as_bytes()).await.ok(201)["file"].clone();
        let day = world.ctx.day(world.ctx.moment().await.unwrap().now).to_string();
        let refused = seller.post(&sign, json!({"signed_day": day, "signer": "王", "file": csv})).await;
        let told = refused.refused(422, "invalid");
        assert!(detail(&told).starts_with("「签字页」") && detail(&told).contains("PDF"), "{told}");
        for (content, why) in [(ONE_DOT_PNG.to_vec(), "200"), (PDF.to_vec(), "PDF"), (hollow, "200")] {
            let file = hand_in(&seller, &content).await.ok(201)["file"].clone();
            let refused = seller.post(&sign, json!({"signed_day": day, "signer": "王", "file": file})).await;
            let told = refused.refused(422, "invalid");
            assert_eq!(told["facts"]["fields"][0]["path"], "file");
            assert!(detail(&told).contains("签字页") && detail(&told).contains(why), "{told}");
        }
        let missing = seller.post(&sign, json!({"signed_day": day, "signer": "王"})).await;
        assert!(detail(&missing.refused(422, "invalid")).starts_with("「签字页」"));
    })
    .await;
}

/// The rest of a PNG of one row, so many pixels wide.
fn wide(pixels: u32) -> Vec<u8> {
    let mut head = pixels.to_be_bytes().to_vec();
    head.extend([0, 0, 0, 1, 8, 0, 0, 0, 0]);
    let checksum = crc32(&[b"IHDR", head.as_slice()].concat());
    [head, checksum.to_be_bytes().to_vec(), ONE_DOT_PNG[33..].to_vec()].concat()
}

/// A PNG of one dot with a palette's colour type and no palette.
fn without_palette() -> Vec<u8> {
    let head = [0, 0, 0, 1, 0, 0, 0, 1, 8, 3, 0, 0, 0];
    let checksum = crc32(&[&b"IHDR"[..], &head].concat()).to_be_bytes();
    [&ONE_DOT_PNG[..16], &head, &checksum, &ONE_DOT_PNG[33..]].concat()
}

fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(
            crc ^ u32::from(*byte),
            |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 },
        )
    };
    !bytes.iter().fold(u32::MAX, step)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_session_cookie_lasts_as_long_as_the_session_and_is_given_anew() {
    each_engine("cookie", async |db| {
        let world = World::new(db).await;
        let me = world.of("seller").get("/api/me").await;
        let cookie = me.headers["set-cookie"].to_str().unwrap().to_string();
        assert!(
            cookie.contains(&format!("Max-Age={};", 30 * 24 * 3_600)) || cookie.ends_with("Max-Age=2592000")
        );
        me.ok(200);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_names_what_there_is_not_is_told_what_there_is() {
    each_engine("choices", async |db| {
        let world = World::new(db).await;
        for (path, told) in [
            ("/api/insights/conversion?by=x", "person、category、month"),
            ("/api/quotes?sort=x", "listed、net、valid"),
            ("/api/quotes?state=x", "draft、issued、signed"),
            ("/api/quotes?lost=x", "any、no、price"),
            ("/api/quotes/export?columns=x", "number、customer、content"),
            ("/api/tasks?whose=x", "mine、all"),
            ("/api/tasks?show=x", "open、settled"),
            ("/api/list-views?list=x", "quotes、orders、customers"),
            ("/api/config/items?kind=x", "price_list、tier"),
        ] {
            let refused = world.of("owner").get(path).await.refused(422, "invalid");
            assert!(detail(&refused).contains(told), "{path}: {refused}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_cannot_write_is_not_ready() {
    each_engine("probe", async |db| {
        let world = World::new(db).await;
        world.ctx.store.fail_at_write(1);
        let told = world.stranger().get("/readyz").await.refused(503, "unavailable");
        assert!(detail(&told).contains("数据库"), "{told}");
        world.ctx.store.fail_at_write(0);
        world.stranger().get("/readyz").await.ok(200);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_watches_is_told_of_effects_that_were_given_up() {
    each_engine("given up", async |db| {
        let world = World::new(db).await;
        assert_eq!(world.stranger().get("/readyz").await.ok(200)["status"], "ok");
        let given_up = world.ctx.store.change(|tx| {
            Box::pin(async move {
                store::outbox::put(tx, testkit::TEST_DAY, "odd:1", "odd", "{}").await?;
                let claimed = store::outbox::claim(tx, testkit::TEST_DAY, 1).await?.pop().unwrap();
                let last = store::outbox::Effect { attempts: store::outbox::ATTEMPTS_MAX, ..claimed };
                store::outbox::failed(tx, testkit::TEST_DAY, &last, "internal").await
            })
        });
        let given_up: Result<(), store::StoreError> = given_up.await;
        given_up.unwrap();
        assert_eq!(world.stranger().get("/readyz").await.ok(200)["status"], "effects_given_up");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_watches_and_the_administrator_are_told_of_what_the_clock_laid_aside() {
    each_engine("laid aside", async |db| {
        let world = World::new(db).await;
        world.issued(Place::Suzhou).await;
        testkit::break_newest_event(&world.ctx.store).await;
        app::automation::Runner::new(&world.ctx).unwrap().catch_up(&world.ctx).await.unwrap();
        assert_eq!(world.stranger().get("/readyz").await.ok(200)["status"], "clock_laid_aside");
        let administrator = world.of("administrator");
        let aside = administrator.get("/api/clock/aside").await.ok(200);
        assert_eq!(aside, json!({"events": 1, "timers": 0}), "{}", world.db.engine);
        testkit::mend_newest_event(&world.ctx.store).await;
        assert_eq!(administrator.post("/api/clock/retry", json!({})).await.ok(200), aside);
        app::automation::Runner::new(&world.ctx).unwrap().catch_up(&world.ctx).await.unwrap();
        assert_eq!(world.stranger().get("/readyz").await.ok(200)["status"], "ok");
        assert_eq!(administrator.post("/api/clock/retry", json!({})).await.ok(200)["events"], 0);
        assert_eq!(testkit::rows_where(&world.ctx.store, "event", "kind", "clock.retried").await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_watches_is_told_of_a_kind_that_only_a_newer_program_knows() {
    each_engine("newer kind", async |db| {
        let world = World::new(db).await;
        world.publishes(Kind::Snippet, vec![(Some("送货"), json!({ "text": "三天内送到" }))]).await;
        world.issued(Place::Suzhou).await;
        assert_eq!(world.stranger().get("/readyz").await.ok(200)["status"], "ok");
        testkit::rename_kind(&world.ctx.store, Kind::Snippet.key(), "promo").await;
        assert_eq!(world.stranger().get("/readyz").await.ok(200)["status"], "newer_config");
        testkit::break_newest_event(&world.ctx.store).await;
        app::automation::Runner::new(&world.ctx).unwrap().catch_up(&world.ctx).await.unwrap();
        let told = world.stranger().get("/readyz").await.ok(200);
        let both = json!(["clock_laid_aside", "newer_config"]);
        assert_eq!((&told["status"], &told["troubles"]), (&json!("clock_laid_aside"), &both));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_watches_is_answered_while_the_database_stalls() {
    each_engine("stalled", async |db| {
        let world = World::new(db).await;
        // It does not go on before the answer is there: whoever waited for it would wait in vain.
        let stalled = testkit::stall(&world.ctx.store).await;
        let patience = std::time::Duration::from_secs(60);
        let answer = tokio::time::timeout(patience, world.stranger().get("/readyz")).await;
        stalled.end().await;
        answer.expect("an answer while the database stalls").refused(503, "unavailable");
    })
    .await;
}

/// `/dev/full` answers every byte with "no space left".
#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_program_on_a_full_disk_is_not_ready_and_says_so() {
    each_engine("full disk", async |db| {
        let testkit::Place::Folder(folder) = db.place.clone() else { return };
        let world = World::new(db).await;
        std::os::unix::fs::symlink("/dev/full", folder.join("probe.part")).unwrap();
        let told = world.stranger().get("/readyz").await.refused(503, "disk_full");
        assert!(detail(&told).contains("磁盘满了"), "{told}");
        world.stranger().get("/readyz").await.ok(200);
        world.stranger().get("/readyz").await.ok(200);
        assert!(!folder.join("probe.part").exists());
    })
    .await;
}

#[test]
fn every_field_of_the_interface_has_a_name_on_the_screen() {
    let document = serde_json::to_value(server::document()).unwrap();
    let mut names = std::collections::BTreeSet::new();
    for operation in
        document["paths"].as_object().unwrap().values().flat_map(|it| it.as_object().unwrap().values())
    {
        for content in operation["requestBody"]["content"].as_object().into_iter().flat_map(|it| it.values())
        {
            fields_of(&content["schema"], &document, &mut names);
        }
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            if parameter["in"] == "query" {
                names.insert(parameter["name"].as_str().unwrap().to_string());
            }
        }
    }
    assert!(names.len() > 60, "{names:?}");
    let nameless: Vec<_> = names.iter().filter(|name| domain::words::fields::label(name).is_none()).collect();
    assert!(nameless.is_empty(), "without a label in domain::words::fields: {nameless:?}");
}

fn fields_of(schema: &Value, document: &Value, names: &mut std::collections::BTreeSet<String>) {
    if let Some(reference) = schema["$ref"].as_str() {
        let schema = document.pointer(reference.trim_start_matches('#')).unwrap();
        return fields_of(schema, document, names);
    }
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        if names.insert(name.clone()) || field.is_object() {
            fields_of(field, document, names);
        }
    }
    for inner in ["oneOf", "allOf", "anyOf"] {
        for schema in schema[inner].as_array().into_iter().flatten() {
            fields_of(schema, document, names);
        }
    }
    for inner in ["items", "additionalProperties"] {
        if schema[inner].is_object() {
            fields_of(&schema[inner], document, names);
        }
    }
}
