//! Backups by the program itself: made under writing load, restored, checked; and what is no good is refused.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value, json};
use testkit::{Place, each_engine, wait_until, with_empty_place};

use crate::office::{Asked, Program, Seller, huxi, huxi_on, small_company, told};

/// Quotations are made and issued until `stop`; what was acknowledged is noted at once.
fn work(seller: &Seller, stop: &AtomicBool, done: &Mutex<Vec<Value>>) {
    let customer = seller.get("/api/customers?limit=1")["items"][0]["id"].clone();
    let product = seller.get("/api/products?limit=1")["items"][0].clone();
    let line = json!({"id": "a", "product_id": product["id"], "qty": "10", "unit": product["base_unit"]});
    for nth in 0.. {
        if stop.load(Ordering::SeqCst) {
            return;
        }
        let ask = |step: &str, path: String, body: Value| {
            let key = format!("backup-{step}-{nth:06}-{:?}", std::thread::current().id());
            let key = key.replace(['(', ')'], "");
            let (status, answer) = seller.post(&Asked { path, key, body }).unwrap();
            assert!(status < 300, "{status} {answer}");
            answer
        };
        let draft = ask("draft", "/api/quotes".into(), json!({"customer_id": customer, "lines": [line]}));
        let seen = json!({"expected_net": draft["totals"]["net"]});
        let issued = ask("issue", format!("/api/quotes/{}/issue", draft["id"]), seen);
        done.lock().unwrap().push(issued);
    }
}

/// Ends the work that goes on beside, also when a test fails: whoever waits for the hands would wait for ever.
struct Ends<'a>(&'a AtomicBool);

impl Drop for Ends<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// So often at most is a backup made that nobody wrote beside.
const TRIES: usize = 30;

/// Works with six hands, and backs up while they do; what was acknowledged before the backup began. One that fell between
/// two acknowledged quotations shows nothing and is made again.
fn back_up_under_load(place: &Place, target: &Path) -> Vec<Value> {
    let program = Program::start(place);
    let seller = program.sign_in("xiaochen");
    let (stop, done) = (AtomicBool::new(false), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| work(&seller, &stop, &done));
        }
        let _ends = Ends(&stop);
        wait_until("twelve quotations", || done.lock().unwrap().len() >= 12);
        for _ in 0..TRIES {
            let before = done.lock().unwrap().clone();
            let said = told(&huxi(place, &["backup", "--to", target.to_str().unwrap()]), 0);
            assert!(said.contains("核对无误"), "{said}");
            if done.lock().unwrap().len() > before.len() {
                return before;
            }
            std::fs::remove_file(target).unwrap();
        }
        panic!("nobody wrote while {TRIES} backups were made");
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_under_writing_load_restores_whole_with_everything_acknowledged_before_it() {
    each_engine("backup under load", async |db| {
        let folder = tempfile::tempdir().unwrap();
        let archive = folder.path().join("b.zip");
        let place = small_company(db).await;
        let before = tokio::task::block_in_place(|| back_up_under_load(&place, &archive));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing else is left");
        let name = archive.to_str().unwrap();
        assert!(told(&huxi(&place, &["check", name]), 0).contains("完好"));
        with_empty_place(&place, async |empty| {
            let said = told(&huxi(&empty, &["restore", name]), 0);
            assert!(said.contains("全部完好"), "{said}");
            assert_eq!(testkit::faults_in_books(&empty).await, Vec::<&str>::new());
            tokio::task::block_in_place(|| {
                let program = Program::start(&empty);
                let seller = program.sign_in("xiaochen");
                for told in &before {
                    let quote = seller.get(&format!("/api/quotes/{}", told["id"]));
                    for field in ["number", "hash", "totals", "verify_code", "lines"] {
                        assert_eq!(quote[field], told[field], "{field}");
                    }
                }
                goes_on(&seller);
            });
            let again = told(&huxi(&empty, &["restore", name]), 1);
            assert!(again.contains("不是空的"), "{again}");
        })
        .await;
    })
    .await;
}

/// Work goes on where it stood: ids and numbers follow, none comes twice.
fn goes_on(seller: &Seller) {
    let (stop, done) = (AtomicBool::new(false), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        scope.spawn(|| work(seller, &stop, &done));
        let _ends = Ends(&stop);
        wait_until("a quotation after the restore", || !done.lock().unwrap().is_empty());
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_archive_is_refused_and_nothing_is_restored_of_it() {
    each_engine("damaged backup", async |db| {
        let folder = tempfile::tempdir().unwrap();
        let place = small_company(db).await;
        let whole = folder.path().join("b.zip");
        told(&huxi(&place, &["backup", "--to", whole.to_str().unwrap()]), 0);
        let bytes = std::fs::read(&whole).unwrap();
        let none = folder.path().join("none.zip");
        let said = told(&huxi(&place, &["check", none.to_str().unwrap()]), 1);
        assert!(said.contains("没有") && said.contains("请检查路径") && !said.contains("error"), "{said}");
        for (name, bytes) in [
            ("sector.zip", bad_sector(&bytes, bytes.len() / 3)),
            ("cut.zip", bytes[..bytes.len() / 2].to_vec()),
            ("empty.zip", Vec::new()),
            ("photo.zip", testkit::photo()),
        ] {
            let damaged = folder.path().join(name);
            std::fs::write(&damaged, bytes).unwrap();
            let said = told(&huxi(&place, &["check", damaged.to_str().unwrap()]), 1);
            assert!(said.contains("损坏") || said.contains("打不开"), "{said}");
            assert!(
                said.contains("请") && !said.contains("invalid") && !said.contains("zip archive"),
                "{said}"
            );
            with_empty_place(&place, async |empty| {
                told(&huxi(&empty, &["restore", damaged.to_str().unwrap()]), 1);
                if let Place::Folder(folder) = &empty {
                    assert!(!folder.exists(), "{name}: the folder that was made for it is gone again");
                }
                // What was refused is not in the way of the next one.
                told(&huxi(&empty, &["restore", whole.to_str().unwrap()]), 0);
            })
            .await;
        }
        let over = told(&huxi(&place, &["backup", "--to", whole.to_str().unwrap()]), 1);
        assert!(over.contains("不会覆盖"), "{over}");
    })
    .await;
}

/// With a bad sector from `at` on, or to the end of what is shorter: longer than the head of an entry, whose times and
/// flags nobody needs.
fn bad_sector(bytes: &[u8], at: usize) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let end = bytes.len().min(at + 512);
    bytes[at..end].iter_mut().for_each(|byte| *byte ^= 0x20);
    bytes
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_changed_behind_the_programs_back_is_found() {
    each_engine("check", async |db| {
        let store = db.store.clone();
        let place = small_company(db).await;
        with_empty_place(&place, async |empty| {
            let said = told(&huxi(&empty, &["check"]), 1);
            assert!(said.contains("还没有 Huxi 的数据") && said.contains("database_url"), "{said}");
        })
        .await;
        let fine = told(&huxi(&place, &["check"]), 0);
        assert!(fine.contains("全部完好"), "{fine}");
        if let Place::Folder(folder) = &place {
            let mark = folder.join("huxi.db.overwritten");
            std::fs::write(&mark, "").unwrap();
            let marked = told(&huxi(&place, &["check"]), 1);
            assert!(marked.contains("全部完好") && marked.contains("huxi.db.overwritten"), "{marked}");
            std::fs::remove_file(&mark).unwrap();
        }
        testkit::tamper(&store).await;
        testkit::lose_a_number(&store).await;
        testkit::add_a_fen(&store).await;
        let said = told(&huxi(&place, &["check"]), 1);
        for fault in ["内容指纹对不上", "第一个缺的是", "金额或状态"] {
            assert!(said.contains(fault), "{fault}: {said}");
        }
        let said: Value = serde_json::from_str(&told(&huxi(&place, &["check", "--json"]), 1)).unwrap();
        assert_eq!(said["fault_count"], 3, "{said}");
    })
    .await;
}

/// The data folder of a place; PostgreSQL has none.
fn folder_of(place: &Place) -> Option<PathBuf> {
    match place {
        Place::Folder(folder) => Some(folder.clone()),
        Place::Url(_) => None,
    }
}

/// The smallest of the files that are kept: which one a folder names first differs from disk to disk.
fn some_file(folder: &Path) -> PathBuf {
    let (mut waiting, mut found) = (vec![folder.join("files")], Vec::new());
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                found.push((path.metadata().unwrap().len(), path));
            }
        }
    }
    found.into_iter().min().map(|(_, path)| path).expect("no file is kept")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_gone_or_altered_is_named_and_the_rest_is_backed_up_all_the_same() {
    each_engine("file missing", async |db| {
        let Some(data) = folder_of(&small_company(db).await) else { return };
        let (folder, place) = (tempfile::tempdir().unwrap(), Place::Folder(data.clone()));
        let file = some_file(&data);
        let (hash, content) =
            (file.file_name().unwrap().to_str().unwrap().to_string(), std::fs::read(&file).unwrap());
        let altered = bad_sector(&content, content.len() / 2);
        for (nth, left) in [None, Some(altered)].into_iter().enumerate() {
            match left {
                None => std::fs::remove_file(&file).unwrap(),
                Some(bytes) => std::fs::write(&file, bytes).unwrap(),
            }
            let archive = folder.path().join(format!("{nth}.zip"));
            let said = told(&huxi(&place, &["backup", "--to", archive.to_str().unwrap()]), 1);
            assert!(said.contains(&hash) && said.contains("已备份到"), "{said}");
            assert!(told(&huxi(&place, &["check"]), 1).contains(&hash));
            with_empty_place(&place, async |empty| {
                let said = told(&huxi(&empty, &["restore", archive.to_str().unwrap()]), 1);
                assert!(said.contains("已恢复") && said.contains(&hash), "{said}");
            })
            .await;
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restore_that_was_killed_is_told_and_done_again_and_no_company_is_begun_over_a_lost_one() {
    each_engine("killed restore", async |db| {
        let folder = tempfile::tempdir().unwrap();
        let place = small_company(db).await;
        let archive = folder.path().join("b.zip");
        let name = archive.to_str().unwrap();
        told(&huxi(&place, &["backup", "--to", name]), 0);
        with_empty_place(&place, async |empty| {
            let Some(data) = folder_of(&empty) else { return };
            let mark = data.join("huxi.db.restore");
            let mut restoring = huxi_on(&empty, &["restore", name]).stdout(Stdio::null()).spawn().unwrap();
            wait_until("the restore has begun or ended", || {
                mark.exists() || restoring.try_wait().unwrap().is_some()
            });
            // It may have ended meanwhile: then the mark is put where the kill came too late to leave it.
            let _ = restoring.kill();
            restoring.wait().unwrap();
            std::fs::write(&mark, "").unwrap();
            for command in ["check", "migrate"] {
                let said = told(&huxi(&empty, &[command]), 1);
                assert!(said.contains("恢复没有做完") && said.contains("huxi restore"), "{command}: {said}");
            }
            assert!(told(&huxi(&empty, &["restore", name]), 0).contains("全部完好"));
            assert!(!mark.exists());
            assert!(told(&huxi(&empty, &["check"]), 0).contains("全部完好"));
            std::fs::remove_file(data.join("huxi.db")).unwrap();
            for command in ["check", "migrate"] {
                let said = told(&huxi(&empty, &[command]), 1);
                for part in ["files", "没有数据库文件", "huxi restore", "另选一个空目录"] {
                    assert!(said.contains(part), "{command}: {said}");
                }
            }
            assert!(!data.join("huxi.db").exists(), "no company was begun");
        })
        .await;
    })
    .await;
}

/// `/dev/full` answers every byte with "no space left".
#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn on_a_full_disk_no_backup_is_made_nothing_is_left_and_it_is_said() {
    each_engine("full disk", async |db| {
        let folder = tempfile::tempdir().unwrap();
        let place = small_company(db).await;
        let target = folder.path().join("b.zip");
        std::os::unix::fs::symlink("/dev/full", folder.path().join("b.zip.part")).unwrap();
        let said = told(&huxi(&place, &["backup", "--to", target.to_str().unwrap()]), 1);
        assert!(said.contains("磁盘满了"), "{said}");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        told(&huxi(&place, &["backup", "--to", target.to_str().unwrap()]), 0);
    })
    .await;
}

#[test]
fn a_folder_without_a_database_is_not_backed_up_and_not_made() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::Folder(folder.path().join("nothing"));
    let target = folder.path().join("b.zip");
    let said = told(&huxi(&place, &["backup", "--to", target.to_str().unwrap()]), 1);
    assert!(said.contains("没有 Huxi 的数据库"), "{said}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}
