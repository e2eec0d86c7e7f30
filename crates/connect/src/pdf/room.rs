//! The threads on which papers are set. They give way: whoever waits for an answer goes before a paper that is being made,
//! which on a machine with two cores would otherwise take half of it for a tenth of a second.

use std::sync::OnceLock;

use rayon::{ThreadPool, ThreadPoolBuilder};

/// How far behind the others, of 19.
#[cfg(unix)]
const BEHIND: i32 = 10;

/// Made at the first paper.
#[derive(Default)]
pub(super) struct Room {
    threads: OnceLock<Option<ThreadPool>>,
}

impl Room {
    /// Does the work here and waits for it; without threads of its own, where it was asked for.
    pub(super) fn run<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        match self.threads.get_or_init(threads) {
            Some(threads) => threads.install(work),
            None => work(),
        }
    }
}

fn threads() -> Option<ThreadPool> {
    let named = ThreadPoolBuilder::new().thread_name(|_| "huxi-press".to_string());
    let made = named.start_handler(|_| give_way()).build();
    made.ok()
}

/// Puts this thread behind the others; where the system does not, it stays among them.
fn give_way() {
    #[cfg(unix)]
    let _ = rustix::process::nice(BEHIND);
}
