//! A connection to PostgreSQL that breaks: before the commit nothing was kept, while it is on its way nobody knows.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use domain::base::PersonId;
use store::idempotency::{self, Begun, RequestKey};
use store::{Command, StoreError, StoreOptions, Tx, numbers};
use testkit::{Place, TEST_DAY, each_engine};

#[derive(Clone)]
struct TakeNumber;

impl Command for TakeNumber {
    type Out = i64;
    type Error = StoreError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<i64, StoreError> {
        numbers::take_next(tx, "SZ26").await
    }
}

/// The word at which the next connection breaks that sends it.
type CutAt = Arc<Mutex<Option<&'static str>>>;

/// Passes everything on to `server`; what sends the word still arrives, its answer does not. Says the port.
fn between(server: String, cut_at: CutAt) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for client in listener.incoming() {
            let (mut client, mut server) = (client.unwrap(), TcpStream::connect(&server).unwrap());
            let (mut answers, mut back) = (server.try_clone().unwrap(), client.try_clone().unwrap());
            let cut = Arc::new(AtomicBool::new(false));
            let is_cut = cut.clone();
            std::thread::spawn(move || {
                pass(&mut answers, &mut back, |_| !is_cut.load(Ordering::SeqCst));
            });
            let cut_at = cut_at.clone();
            std::thread::spawn(move || {
                pass(&mut client, &mut server, |sent| {
                    let mut word = cut_at.lock().unwrap();
                    if word.is_some_and(|word| String::from_utf8_lossy(sent).contains(word)) {
                        cut.store(true, Ordering::SeqCst);
                        *word = None;
                    }
                    true
                });
            });
        }
    });
    port
}

fn pass(from: &mut TcpStream, to: &mut TcpStream, mut goes_on: impl FnMut(&[u8]) -> bool) {
    let mut bytes = [0; 8_192];
    while let Ok(read) = from.read(&mut bytes) {
        if read == 0 || !goes_on(&bytes[..read]) || to.write_all(&bytes[..read]).is_err() {
            break;
        }
    }
    let _ = (from.shutdown(Shutdown::Both), to.shutdown(Shutdown::Both));
}

/// The address in `postgres://somebody@address/database`.
fn address_in(url: &str) -> String {
    let rest = url.split_once("://").unwrap().1;
    rest.split('/').next().unwrap().rsplit('@').next().unwrap().to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_whose_answer_is_lost_is_told_from_one_that_was_never_sent() {
    each_engine("cut", async |db| {
        let Place::Url(url) = &db.place else {
            // SQLite has no connection that could break.
            assert_eq!(db.store.write(TakeNumber).await.unwrap(), 1);
            return;
        };
        let (cut_at, server) = (CutAt::default(), address_in(url));
        let port = between(server.clone(), cut_at.clone());
        let through = url.replacen(&server, &format!("127.0.0.1:{port}"), 1);
        let options = StoreOptions { clock: db.clock.clone(), connections: 4, ..StoreOptions::default() };
        let store = store::open_postgres(&through, options).await.unwrap();
        assert_eq!(store.write(TakeNumber).await.unwrap(), 1);
        *cut_at.lock().unwrap() = Some("START TRANSACTION");
        let lost = store.write(TakeNumber).await;
        assert!(matches!(lost, Err(StoreError::Unavailable(_))), "{lost:?}");
        tokio::time::sleep(Duration::from_millis(200)).await;
        assert_eq!(store.write(TakeNumber).await.unwrap(), 2, "nothing was kept");
        *cut_at.lock().unwrap() = Some("COMMIT");
        let unknown = store.write(TakeNumber).await;
        assert!(matches!(unknown, Err(StoreError::CommitUnknown(_))), "{unknown:?}");
        tokio::time::sleep(Duration::from_millis(200)).await;
        assert_eq!(store.write(TakeNumber).await.unwrap(), 4, "it was kept");
    })
    .await;
}

#[tokio::test]
async fn a_request_that_failed_after_its_change_was_durable_is_told_as_done_at_once() {
    each_engine("given up", async |db| {
        let key =
            RequestKey { actor: PersonId(1), path: "/api/quotes".to_string(), key: "key-12345".to_string() };
        let found = db.store.change(move |tx| {
            let key = key.clone();
            Box::pin(async move {
                idempotency::begin(tx, &key, "body", TEST_DAY).await?;
                idempotency::commit(tx, &key).await?;
                idempotency::forget(tx, &key).await?;
                idempotency::find(tx, &key, "body", TEST_DAY).await
            })
        });
        let found: Result<Option<Begun>, StoreError> = found.await;
        let done = Begun::DoneWithoutAnswer { record: None };
        assert_eq!(found.unwrap(), Some(done), "{}: nobody waits for an answer", db.engine);
    })
    .await;
}
