//! A wire to PostgreSQL that can be cut in the middle of a word.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use store::{Store, StoreOptions};

use crate::{Place, TestDb};

/// Where a connection breaks: at the so-manieth sending, of all connections, that holds the word.
type CutAt = Arc<Mutex<Option<(&'static str, usize)>>>;

/// What lies between a store and its server.
pub struct Wire {
    cut_at: CutAt,
}

impl Wire {
    /// The connection breaks that is the `nth` from now to send `word`, which still arrives; its answer does not.
    pub fn cut_at(&self, word: &'static str, nth: usize) {
        *self.cut_at.lock().unwrap() = Some((word, nth));
    }

    /// Nothing breaks any more.
    pub fn mend(&self) {
        *self.cut_at.lock().unwrap() = None;
    }
}

/// The address of the same database at the other end of a wire.
pub fn wired(url: &str) -> (String, Wire) {
    let (cut_at, server) = (CutAt::default(), address_in(url));
    let port = between(server.clone(), cut_at.clone());
    (url.replacen(&server, &format!("127.0.0.1:{port}"), 1), Wire { cut_at })
}

/// The same database through a wire; `None` on SQLite, which has no connection that could break.
pub async fn through_a_wire(db: &TestDb) -> Option<(Store, Wire)> {
    let Place::Url(url) = &db.place else { return None };
    let (through, wire) = wired(url);
    let options = StoreOptions { clock: db.clock.clone(), connections: 4, ..StoreOptions::default() };
    let store = store::open_postgres(&through, options).await.unwrap();
    Some((store, wire))
}

/// Passes everything on to `server`. Says the port.
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
                    if breaks_here(&cut_at, sent) {
                        cut.store(true, Ordering::SeqCst);
                    }
                    true
                });
            });
        }
    });
    port
}

fn breaks_here(cut_at: &CutAt, sent: &[u8]) -> bool {
    let mut at = cut_at.lock().unwrap();
    let Some((word, left)) = *at else { return false };
    if !String::from_utf8_lossy(sent).contains(word) {
        return false;
    }
    *at = if left > 1 { Some((word, left - 1)) } else { None };
    left <= 1
}

fn pass(from: &mut TcpStream, to: &mut TcpStream, mut goes_on: impl FnMut(&[u8]) -> bool) {
    let mut bytes = [0; 8_192];
    while let Ok(read) = from.read(&mut bytes) {
        let sent = bytes.get(..read).unwrap_or_default();
        if read == 0 || !goes_on(sent) || to.write_all(sent).is_err() {
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
