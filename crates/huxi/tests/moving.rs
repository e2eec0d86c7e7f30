//! `huxi move` by the program itself: the company is carried whole, work goes on there, and what stands in the way is said.

use std::path::Path;

use crate::office::{Asked, Program, Seller, huxi, small_company, told};
use serde_json::{Value, json};
use store::{Store, StoreOptions};
use testkit::{Place, beside_postgres, lines_of_all, tables_at, wired};

fn folder_of(place: &Place) -> &Path {
    match place {
        Place::Folder(folder) => folder,
        Place::Url(url) => panic!("{url} is no folder"),
    }
}

/// Database and log of a folder, byte by byte.
fn bytes_of(place: &Place) -> Vec<Vec<u8>> {
    ["huxi.db", "huxi.db-wal"]
        .map(|name| std::fs::read(folder_of(place).join(name)).unwrap_or_default())
        .to_vec()
}

async fn opened(place: &Place) -> Store {
    store::open_to_read(place, StoreOptions::default()).await.unwrap()
}

/// What a seller asks for, under keys that begin with a name.
struct Order {
    customer: Value,
    lines: Value,
}

impl Order {
    fn found_by(seller: &Seller) -> Order {
        let customer = seller.get("/api/customers?limit=1")["items"][0]["id"].clone();
        let product = seller.get("/api/products?limit=1")["items"][0].clone();
        let lines =
            json!([{"id": "a", "product_id": product["id"], "qty": "10", "unit": product["base_unit"]}]);
        Order { customer, lines }
    }

    /// A quotation is made and issued: how it was asked for, and the answer.
    fn issued(&self, seller: &Seller, name: &str) -> (Asked, Value) {
        let body = json!({"customer_id": self.customer, "lines": self.lines});
        let draft =
            done(seller, &Asked { path: "/api/quotes".into(), key: format!("move-draft-{name}"), body });
        let path = format!("/api/quotes/{}/issue", draft["id"]);
        let body = json!({"expected_net": draft["totals"]["net"]});
        let asked = Asked { path, key: format!("move-issue-{name}"), body };
        let answer = done(seller, &asked);
        (asked, answer)
    }
}

fn done(seller: &Seller, asked: &Asked) -> Value {
    let (status, answer) = seller.post(asked).unwrap();
    assert!(status < 300, "{asked:?}: {status} {answer}");
    answer
}

/// The number that follows.
fn next(number: &Value) -> Value {
    let (series, n) = number.as_str().unwrap().rsplit_once('-').unwrap();
    json!(format!("{series}-{:06}", n.parse::<u64>().unwrap() + 1))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_small_company_is_carried_whole_and_work_goes_on_there() {
    beside_postgres("move", async |db, url| {
        let place = small_company(db).await;
        let (seller, order, asked, issued) = tokio::task::block_in_place(|| {
            let program = Program::start(&place);
            let seller = program.sign_in("xiaochen");
            let order = Order::found_by(&seller);
            let (asked, issued) = order.issued(&seller, "before");
            assert_eq!(done(&seller, &asked), issued, "its answer is kept");
            let busy = told(&huxi(&place, &["move", "--to", &url]), 1);
            assert!(busy.contains("正被另一个 huxi 写着") && busy.contains("先停掉"), "{busy}");
            // Signal 9: what it wrote last lies in the log beside the database.
            program.kill();
            (seller, order, asked, issued)
        });
        let before = bytes_of(&place);
        let (through, wire) = wired(&url);
        wire.cut_at("COPY \"quote_line\"", 1);
        let cut = told(&huxi(&place, &["move", "--to", &through]), 1);
        assert!(
            cut.contains("连接断了") && cut.contains("什么也没有留下") && !cut.contains("closed"),
            "{cut}"
        );
        assert_eq!(tables_at(&url).await, Vec::<String>::new());

        let said = told(&huxi(&place, &["move", "--to", &url]), 0);
        for part in ["quote_line", "两边一致", "全部完好", "database_url = \"postgres://", "没有改动"]
        {
            assert!(said.contains(part), "{part}: {said}");
        }
        let password = url.split([':', '@']).nth(2).unwrap();
        assert!(!said.contains(&format!(":{password}@")), "the password is not repeated: {said}");
        assert!(before == bytes_of(&place), "not a byte of the folder was written");
        let target = Place::Url(url.clone());
        let (here, there) =
            (lines_of_all(&opened(&place).await).await, lines_of_all(&opened(&target).await).await);
        for (table, lines) in &here {
            assert!(there.get(table) == Some(lines), "{table} differs");
        }
        assert!(here.len() == there.len() && here["quote"].len() > 20);
        assert!(
            !here["session"].is_empty() && !here["idempotency"].is_empty(),
            "what is in flight goes along"
        );

        tokio::task::block_in_place(|| {
            let program = Program::start(&target);
            let seller = program.same_session(&seller);
            assert_eq!(done(&seller, &asked), issued, "what was asked before is not done again");
            let kept = seller.get(&format!("/api/quotes/{}", issued["id"]));
            assert_eq!((&kept["hash"], &kept["totals"]), (&issued["hash"], &issued["totals"]));
            let (_, after) = order.issued(&seller, "after");
            assert_eq!(after["number"], next(&issued["number"]), "numbers go on without a gap");
        });
        assert_eq!(testkit::faults_in_books(&target).await, Vec::<&str>::new());
        assert!(told(&huxi(&target, &["check"]), 0).contains("全部完好"));
        let again = told(&huxi(&place, &["move", "--to", &url]), 1);
        assert!(again.contains("不是空的") && again.contains("空库"), "{again}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_moved_is_told_as_json_and_how_far_it_has_come_beside_it() {
    beside_postgres("move as json", async |db, url| {
        let place = db.place.clone();
        drop(db);
        let output = huxi(&place, &["move", "--to", &url, "--json"]);
        told(&output, 0);
        let said: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!((&said["tables"]["config_stamp"], &said["check"]["fault_count"]), (&json!(2), &json!(0)));
        assert!(String::from_utf8_lossy(&output.stderr).contains("逐表核对"));
    })
    .await;
}

#[test]
fn what_is_no_place_to_move_from_or_to_is_told_before_anything_is_done() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::Folder(folder.path().join("nothing"));
    let said = told(&huxi(&place, &["move"]), 2);
    assert!(said.contains("--to"), "{said}");
    let said = told(&huxi(&place, &["move", "--to", "mysql://huxi:secret@db/huxi"]), 2);
    assert!(said.contains("postgres://") && !said.contains("secret"), "{said}");
    let nowhere = "postgres://nobody@127.0.0.1:1/none";
    let said = told(&huxi(&Place::Url(nowhere.to_string()), &["move", "--to", nowhere]), 2);
    assert!(said.contains("database_url"), "{said}");
    let said = told(&huxi(&place, &["move", "--to", nowhere]), 1);
    assert!(said.contains("没有 Huxi 的数据库"), "{said}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing was made");
}
