//! The log of SQLite is carried over into the database beside the writer, so that a commit does not wait for it: unless the
//! log has grown to `ANEW_FROM`, where the writer carries over the rest itself, or to `WAITS_FROM`, where it waits first.

use std::path::Path;
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
use std::thread::JoinHandle;

use rusqlite::Connection;
use rusqlite::hooks::Wal;

use super::anchor::Anchor;
use super::error::StoreError;
use super::lite::leave_to_writer;

/// Pages of the log, of 4 KiB, that have come together when they are carried over.
const CARRY_FROM: i32 = 1_000;
/// A log of so many pages begins anew: the writer carries over the little that has come meanwhile and goes on from its
/// beginning. Under steady load it would grow for ever otherwise, because only a log that is carried over whole begins anew.
const ANEW_FROM: i32 = 16_000;
/// From so many pages on the writer waits until the other one is ready: on a slow disk it would run away from it.
const WAITS_FROM: i32 = 32_000;

/// The thread that carries over; it ends when its writer has left it.
pub(super) struct Carrier {
    thread: JoinHandle<()>,
}

impl Carrier {
    /// Takes carrying over from this writer. From then on nobody else writes to the database that `anchor` holds.
    pub(super) fn beside(
        writer: &mut Connection,
        path: &Path,
        anchor: &Arc<Anchor>,
    ) -> Result<Carrier, StoreError> {
        let beside = Connection::open(path)?;
        beside.execute_batch("PRAGMA synchronous = FULL")?;
        leave_to_writer(&beside)?;
        let (wake, woken) = sync_channel(1);
        let over = Arc::<Over>::default();
        anchor.watch_content();
        let (carrying, held) = (over.clone(), anchor.clone());
        let thread = std::thread::Builder::new()
            .name("huxi-carrier".to_string())
            .spawn(move || carry_until_left(&beside, &woken, &carrying, &held))
            .map_err(|error| StoreError::Unavailable(error.to_string()))?;
        let mut log = Log { wake, over, anchor: anchor.clone(), looked_at: 0 };
        writer.wal_hook(Some(move |wal: &mut Wal, pages| {
            log.committed(wal, pages);
            Ok(())
        }))?;
        Ok(Carrier { thread })
    }

    /// Waits until nothing is carried over any more: the writer is about to do it to the end.
    pub(super) fn leave(self, writer: &mut Connection) {
        // The waking end lies in the hook, and the thread ends with it.
        let left = writer.wal_hook(None::<fn(&mut Wal, i32) -> rusqlite::Result<()>>);
        if left.is_ok() {
            let _ = self.thread.join();
        }
    }
}

/// What both know of carrying over.
#[derive(Default)]
struct Over {
    /// Pages from the beginning of the log that are in the database.
    pages: AtomicI32,
    /// Whose turn it is.
    turn: Mutex<()>,
}

/// The log as the writer knows it.
struct Log {
    wake: SyncSender<()>,
    over: Arc<Over>,
    anchor: Arc<Anchor>,
    /// How long it was when the writer last tried to begin it anew.
    looked_at: i32,
}

impl Log {
    /// After a commit, with the length of the log.
    fn committed(&mut self, wal: &mut Wal, pages: i32) {
        // A log that has begun anew is shorter than what was carried over of the one before.
        let carried =
            Some(self.over.pages.load(Ordering::Relaxed)).filter(|carried| *carried <= pages).unwrap_or(0);
        if pages < self.looked_at {
            self.looked_at = 0;
        }
        if pages >= ANEW_FROM {
            // Nobody else is woken meanwhile. Where the other one is still at it, or a reader needs the old pages, the next
            // thousand tries again.
            if pages - self.looked_at >= CARRY_FROM {
                self.looked_at = pages;
                self.carry_rest(wal, pages);
            }
        } else if pages - carried >= CARRY_FROM {
            // One wish is enough: it is carried out with whatever has come until then.
            let _ = self.wake.try_send(());
        }
    }

    /// Carries over all that is left, unless it is the other one's turn.
    fn carry_rest(&self, wal: &mut Wal, pages: i32) {
        let Some(_turn) = self.turn(pages) else { return };
        let carried = self.anchor.carrying(|| wal.checkpoint_v2(Default::default()));
        if let Some(Ok((_, done))) = carried {
            self.over.pages.store(done, Ordering::Relaxed);
        }
    }

    /// The turn to carry over; `None` while the other one has it, which from `WAITS_FROM` on is waited for. Whoever merely
    /// looks where the database lies has no turn, and hinders nobody.
    fn turn(&self, pages: i32) -> Option<MutexGuard<'_, ()>> {
        if pages >= WAITS_FROM {
            return Some(self.over.turn.lock().unwrap_or_else(PoisonError::into_inner));
        }
        match self.over.turn.try_lock() {
            Ok(turn) => Some(turn),
            Err(TryLockError::Poisoned(turn)) => Some(turn.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        }
    }
}

fn carry_until_left(beside: &Connection, woken: &Receiver<()>, over: &Over, anchor: &Anchor) {
    while let Ok(()) = woken.recv() {
        let _turn = over.turn.lock().unwrap_or_else(PoisonError::into_inner);
        // Asks nobody to wait: readers and the writer go on meanwhile.
        let done = anchor
            .carrying(|| beside.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |row| row.get::<_, i32>(2)));
        // Where it fails, on a full disk for one, the log keeps everything, and the next commit wishes for it again.
        if let Some(Ok(done)) = done {
            over.pages.store(done, Ordering::Relaxed);
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::sync::atomic::AtomicBool;
    use std::sync::mpsc::RecvTimeoutError;
    use std::time::Duration;

    use super::*;

    const PAGE: u64 = 4_096;
    /// A writer that does not wait writes the rest of its pages within less.
    const STANDS: Duration = Duration::from_secs(3);

    fn writer(path: &Path) -> Connection {
        let writer = Connection::open(path).unwrap();
        writer.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL").unwrap();
        writer.execute_batch("CREATE TABLE kept (id INTEGER PRIMARY KEY, what BLOB NOT NULL)").unwrap();
        writer
    }

    fn anchor(path: &Path) -> Arc<Anchor> {
        Arc::new(Anchor::at(path).unwrap())
    }

    fn keep(writer: &Connection, pages: u32) {
        writer.execute("INSERT INTO kept (what) VALUES (zeroblob(?1 * 4096))", [pages]).unwrap();
    }

    fn length(path: &Path) -> u64 {
        std::fs::metadata(path).map_or(0, |it| it.len())
    }

    #[test]
    fn what_is_committed_reaches_the_database_without_its_writer() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("huxi.db");
        let mut writer = writer(&path);
        let carrier = Carrier::beside(&mut writer, &path, &anchor(&path)).unwrap();
        keep(&writer, 1_200);
        testkit::wait_until("what was committed is in the database", || length(&path) >= 1_200 * PAGE);
        carrier.leave(&mut writer);
    }

    #[test]
    fn a_writer_waits_for_whoever_carries_over_before_the_log_grows_too_long() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("huxi.db");
        let mut writer = writer(&path);
        let (wake, _woken) = sync_channel(1);
        let over = Arc::<Over>::default();
        let mut log = Log { wake, over: over.clone(), anchor: anchor(&path), looked_at: 0 };
        writer
            .wal_hook(Some(move |wal: &mut Wal, pages| {
                log.committed(wal, pages);
                Ok(())
            }))
            .unwrap();
        let turn = over.turn.lock().unwrap();
        // Somebody carries over and is slow: the log grows past the point where it would begin anew.
        let slow = Connection::open(&path).unwrap();
        slow.execute_batch("BEGIN; SELECT COUNT(*) FROM kept").unwrap();
        let (committed, (ended, end)) = (Arc::new(AtomicI32::new(0)), sync_channel(1));
        let counted = committed.clone();
        let at_work = std::thread::spawn(move || {
            for _ in 0..400 {
                keep(&writer, 100);
                counted.fetch_add(1, Ordering::SeqCst);
            }
            ended.send(()).unwrap();
            writer
        });
        let wal = folder.path().join("huxi.db-wal");
        let too_long = u64::try_from(WAITS_FROM).unwrap() * PAGE;
        testkit::wait_until("the log is too long", || length(&wal) >= too_long);
        // There it stands still, thousands of pages before its end, as long as the turn is not its own.
        assert_eq!(end.recv_timeout(STANDS), Err(RecvTimeoutError::Timeout));
        let stood = committed.load(Ordering::SeqCst);
        assert!(stood < WAITS_FROM / 100 + 20, "{stood} commits went past whoever carries over");
        slow.execute_batch("COMMIT").unwrap();
        drop(turn);
        let writer = at_work.join().unwrap();
        assert_eq!(committed.load(Ordering::SeqCst), 400);
        assert!(length(&wal) < too_long + 2_000 * PAGE, "{} bytes", length(&wal));
        drop(writer);
    }

    #[test]
    fn whoever_looks_where_the_database_lies_does_not_keep_the_log_from_beginning_anew() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("huxi.db");
        let mut writer = writer(&path);
        let (wake, _woken) = sync_channel(1);
        let (over, anchor) = (Arc::<Over>::default(), anchor(&path));
        let mut log = Log { wake, over: over.clone(), anchor: anchor.clone(), looked_at: 0 };
        let (long, (tries, trying), (tried, done)) =
            (Arc::<AtomicBool>::default(), sync_channel(1), sync_channel(1));
        let is_long = long.clone();
        writer
            .wal_hook(Some(move |wal: &mut Wal, pages| {
                let anew = pages >= ANEW_FROM;
                if anew {
                    long.store(true, Ordering::SeqCst);
                    tries.send(()).unwrap();
                }
                log.committed(wal, pages);
                if anew {
                    tried.send(()).unwrap();
                }
                Ok(())
            }))
            .unwrap();
        let looking = anchor.look_on();
        let at_work = std::thread::spawn(move || {
            while !is_long.load(Ordering::SeqCst) {
                keep(&writer, 100);
            }
        });
        trying.recv().unwrap();
        // Whoever gives up does so within less, and what is waited for is over then.
        let _ = done.recv_timeout(STANDS / 3);
        drop(looking);
        at_work.join().unwrap();
        assert!(over.pages.load(Ordering::SeqCst) >= ANEW_FROM, "it gave up beside somebody who looks");
    }

    #[test]
    fn the_log_begins_anew_under_steady_load_and_keeps_every_row() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("huxi.db");
        let mut writer = writer(&path);
        let carrier = Carrier::beside(&mut writer, &path, &anchor(&path)).unwrap();
        for _ in 0..900 {
            keep(&writer, 100);
        }
        let log = length(&folder.path().join("huxi.db-wal"));
        assert!(log < 40_000 * PAGE, "a log of {log} bytes of 90,000 pages");
        carrier.leave(&mut writer);
        let rows: i64 = writer.query_row("SELECT COUNT(*) FROM kept", [], |row| row.get(0)).unwrap();
        assert_eq!(rows, 900);
        let sound: String = writer.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(sound, "ok");
    }
}
