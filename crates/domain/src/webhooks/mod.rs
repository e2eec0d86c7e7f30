//! Other systems that are told what happened here: which addresses may be told, of what, and when again.

mod address;
mod event;
mod message;

pub use address::{
    ADDRESS_LETTERS_MAX, AddressFault, TargetPlace, WebhookAddress, may_send, opens_outside, place_of,
};
pub use event::WebhookEvent;
pub use message::{PING, WebhookMessage, body};

/// Longest name of an address.
pub const NAME_LETTERS_MAX: usize = 40;
/// A company has at most so many addresses.
pub const WEBHOOKS_MAX: usize = 20;
/// So often a message is sent before it is laid aside: over a day and some hours.
pub const ATTEMPTS_MAX: i64 = 10;
/// An address that has taken nothing for so long is switched off …
pub const FAILING_MS_MAX: i64 = 3 * 24 * 3_600_000;
/// … when so many tries failed in that time.
pub const FAILURES_MAX: i64 = 10;
/// After a new secret the old one signs too for so long, so that the other side can change in peace.
pub const OLD_SECRET_MS: i64 = 24 * 3_600_000;
/// What is kept of an answer.
pub const ANSWER_LETTERS_MAX: usize = 200;

const FIRST_WAIT_MS: i64 = 10_000;
const FIRST_HOLD_MS: i64 = 5_000;
const HOLD_MS_MAX: i64 = 10 * 60_000;

/// Why a message did not arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WebhookFailure {
    /// The name is not known.
    Unresolved,
    /// The name leads to a machine inside, or to none that may be told anything.
    Forbidden,
    /// Without https over the open net.
    PlainHttp,
    /// Nobody answers there.
    Unreachable,
    /// The certificate is not to be trusted, or no keys were agreed on.
    Tls,
    /// No answer in time.
    TimedOut,
    /// The connection ended before the answer.
    Broken,
    /// The answer names another address; nobody goes there.
    Redirected,
    /// The answer says that it was not taken.
    Answered,
    /// The answer says that nobody wants to be told any more.
    Gone,
    /// The address was switched off meanwhile.
    SwitchedOff,
}

/// Why an address is switched off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OffReason {
    /// Somebody switched it off.
    Person,
    /// It took nothing for days.
    Failing,
    /// It answered that it wants nothing any more.
    Gone,
}

/// Why something is not done with an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WebhookRefused {
    /// Nothing is sent to an address that is switched off.
    Off,
    /// The message is on its way just now.
    Sending,
}

impl WebhookFailure {
    const ALL: [WebhookFailure; 11] = [
        WebhookFailure::Unresolved,
        WebhookFailure::Forbidden,
        WebhookFailure::PlainHttp,
        WebhookFailure::Unreachable,
        WebhookFailure::Tls,
        WebhookFailure::TimedOut,
        WebhookFailure::Broken,
        WebhookFailure::Redirected,
        WebhookFailure::Answered,
        WebhookFailure::Gone,
        WebhookFailure::SwitchedOff,
    ];

    /// The name in the database.
    pub fn key(self) -> &'static str {
        match self {
            WebhookFailure::Unresolved => "unresolved",
            WebhookFailure::Forbidden => "forbidden",
            WebhookFailure::PlainHttp => "plain_http",
            WebhookFailure::Unreachable => "unreachable",
            WebhookFailure::Tls => "tls",
            WebhookFailure::TimedOut => "timed_out",
            WebhookFailure::Broken => "broken",
            WebhookFailure::Redirected => "redirected",
            WebhookFailure::Answered => "answered",
            WebhookFailure::Gone => "gone",
            WebhookFailure::SwitchedOff => "switched_off",
        }
    }

    /// The failure of that name.
    pub fn from_key(key: &str) -> Option<WebhookFailure> {
        WebhookFailure::ALL.into_iter().find(|failure| failure.key() == key)
    }
}

impl OffReason {
    const ALL: [OffReason; 3] = [OffReason::Person, OffReason::Failing, OffReason::Gone];

    /// The name in the database and on the wire.
    pub fn key(self) -> &'static str {
        match self {
            OffReason::Person => "person",
            OffReason::Failing => "failing",
            OffReason::Gone => "gone",
        }
    }

    /// The reason of that name.
    pub fn from_key(key: &str) -> Option<OffReason> {
        OffReason::ALL.into_iter().find(|reason| reason.key() == key)
    }
}

/// What an answer with this status comes to; `None`: it was taken.
pub fn failure_of(code: u16) -> Option<WebhookFailure> {
    match code {
        200..=299 => None,
        300..=399 => Some(WebhookFailure::Redirected),
        410 => Some(WebhookFailure::Gone),
        _ => Some(WebhookFailure::Answered),
    }
}

/// After so many tries the next one waits so long; `None`: there is none. `chance` (0 to 255) moves it by a fifth, so that
/// messages that failed together do not come back together.
pub fn retry_wait_ms(attempts: i64, chance: u8) -> Option<i64> {
    if attempts >= ATTEMPTS_MAX {
        return None;
    }
    let exponent = u32::try_from(attempts.max(1) - 1).unwrap_or(0);
    let wait = FIRST_WAIT_MS * 3_i64.pow(exponent);
    Some(wait * (800 + 400 * i64::from(chance) / 255) / 1_000)
}

/// After so many failures in a row nothing else is tried at the address for so long: not every message has to find out by
/// itself that nobody takes anything. Shorter than any message waits by itself.
pub fn hold_ms(failures: i64) -> i64 {
    let doubled = u32::try_from((failures - 1).clamp(0, 7)).unwrap_or(0);
    (FIRST_HOLD_MS * 2_i64.pow(doubled)).min(HOLD_MS_MAX)
}

/// Whether an address that has failed since then, so often, is to be switched off.
pub fn failed_too_long(failing_ms: i64, failures: i64) -> bool {
    failing_ms >= FAILING_MS_MAX && failures >= FAILURES_MAX
}

/// What is kept of an answer: its first letters, without signs that cannot be shown.
pub fn answer_start(text: &str) -> String {
    let shown = |sign: char| if sign.is_control() { ' ' } else { sign };
    text.trim().chars().take(ANSWER_LETTERS_MAX).map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tries_go_on_for_about_a_day_and_then_end() {
        let waits: Vec<i64> = (1..ATTEMPTS_MAX).filter_map(|tried| retry_wait_ms(tried, 128)).collect();
        assert_eq!(waits.len(), 9);
        assert!(waits.is_sorted());
        let hours = waits.iter().sum::<i64>() / 3_600_000;
        assert!((24..=30).contains(&hours), "{hours}");
        assert_eq!(retry_wait_ms(ATTEMPTS_MAX, 0), None);
    }

    #[test]
    fn chance_moves_a_wait_by_a_fifth_at_most() {
        assert_eq!(retry_wait_ms(1, 0), Some(8_000));
        assert_eq!(retry_wait_ms(1, 255), Some(12_000));
        assert_eq!(retry_wait_ms(0, 255), Some(12_000));
    }

    #[test]
    fn an_address_that_fails_is_left_alone_longer_and_longer_but_never_long() {
        assert_eq!((hold_ms(0), hold_ms(1), hold_ms(2)), (5_000, 5_000, 10_000));
        assert_eq!((hold_ms(8), hold_ms(1_000_000)), (HOLD_MS_MAX, HOLD_MS_MAX));
        for tried in 1..ATTEMPTS_MAX {
            assert!(Some(hold_ms(tried)) < retry_wait_ms(tried, 0), "{tried}");
        }
    }

    #[test]
    fn only_answers_of_success_count_as_taken() {
        for code in [200, 202, 204, 299] {
            assert_eq!(failure_of(code), None, "{code}");
        }
        assert_eq!(failure_of(302), Some(WebhookFailure::Redirected));
        assert_eq!(failure_of(410), Some(WebhookFailure::Gone));
        for code in [100, 199, 400, 404, 500] {
            assert_eq!(failure_of(code), Some(WebhookFailure::Answered), "{code}");
        }
    }

    #[test]
    fn an_address_is_given_up_after_days_and_not_after_one_bad_try() {
        assert!(failed_too_long(FAILING_MS_MAX, FAILURES_MAX));
        assert!(!failed_too_long(FAILING_MS_MAX - 1, FAILURES_MAX));
        assert!(!failed_too_long(FAILING_MS_MAX, FAILURES_MAX - 1));
    }

    #[test]
    fn names_in_the_database_read_back() {
        for failure in WebhookFailure::ALL {
            assert_eq!(WebhookFailure::from_key(failure.key()), Some(failure));
        }
        for reason in OffReason::ALL {
            assert_eq!(OffReason::from_key(reason.key()), Some(reason));
        }
    }

    #[test]
    fn an_answer_is_kept_short_and_can_be_shown() {
        let long = "好".repeat(ANSWER_LETTERS_MAX + 1);
        assert_eq!(answer_start(&long).chars().count(), ANSWER_LETTERS_MAX);
        assert_eq!(answer_start(" a\u{0}b\n"), "a b");
    }
}
