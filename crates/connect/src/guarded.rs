//! Libraries that read hostile bytes: one that panics refuses that file, and the log stays as it was.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    /// Whether a panic of this thread is expected and caught.
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

static HOOK: Once = Once::new();

/// What `read` gives; `None` when it panicked, which is neither printed nor logged.
pub fn guarded<T>(read: impl FnOnce() -> T) -> Option<T> {
    HOOK.call_once(|| {
        let before = take_hook();
        set_hook(Box::new(move |panic| {
            if !QUIET.get() {
                before(panic);
            }
        }));
    });
    let before = QUIET.replace(true);
    let outcome = catch_unwind(AssertUnwindSafe(read));
    QUIET.set(before);
    outcome.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_inside_is_no_answer_and_one_outside_stays_loud() {
        assert_eq!(guarded(|| 7), Some(7));
        assert_eq!(guarded(|| -> u8 { panic!("hostile") }), None);
        assert!(!QUIET.get(), "the next panic of this thread is told");
        assert_eq!(guarded(|| (guarded(|| -> u8 { panic!("inner") }), QUIET.get())), Some((None, true)));
    }
}
