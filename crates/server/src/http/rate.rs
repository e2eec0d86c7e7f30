//! How often strangers may ask, counted by address in memory; the memory has an end.
//!
//! Not the crate `governor`: it keeps every address that it ever saw until somebody cleans up, so what is below, the end
//! of the memory, would stay to be written and tested.

use std::cmp::{Ordering, Reverse};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use domain::access::account_key;

/// So many addresses are remembered; beyond, those that are at rest are forgotten first.
const ADDRESSES_MAX: usize = 10_000;

/// Of an account that somebody types so much tells it from another one.
const ACCOUNT_LETTERS: usize = 64;

/// How often somebody may try to sign in: by account and address, so that nobody uses up what others have, and all that
/// comes from one address together, so that a machine that makes up accounts has an end. What is wrong is counted
/// elsewhere, for longer (`docs/decisions/0010`).
pub(crate) struct DoorLimit {
    pairs: RateLimit,
    addresses: RateLimit,
}

impl DoorLimit {
    /// One account from one address like a stranger; an address 300 at once, then five a second.
    pub fn new() -> DoorLimit {
        let addresses = RateLimit::new(300, Duration::from_millis(200));
        DoorLimit { pairs: RateLimit::for_strangers(), addresses }
    }

    /// Counts a try of this account from this address; `Err` says after how many seconds to try again.
    pub fn count_account(&self, address: &str, account: &str, now: Instant) -> Result<(), i64> {
        let account: String = account.chars().take(ACCOUNT_LETTERS).collect();
        self.pairs.count(&format!("{address} {}", account_key(&account)), now)
    }

    /// Counts a try from this address, whatever the account. Whose own person has signed in from there lately is let in
    /// all the same.
    pub fn count_address(&self, address: &str, now: Instant) -> Result<(), i64> {
        self.addresses.count(address, now)
    }
}

/// A bucket for each address: it holds `burst` requests and fills by one every `every`.
pub(crate) struct RateLimit {
    burst: u32,
    every: Duration,
    buckets: Mutex<HashMap<String, Bucket>>,
}

struct Bucket {
    left: u32,
    counted_at: Instant,
}

impl RateLimit {
    /// 60 at once, then one a second.
    pub fn for_strangers() -> RateLimit {
        RateLimit::new(60, Duration::from_secs(1))
    }

    /// 120 at once, then one a second: everybody of an office opens the page to sign in.
    pub fn for_front() -> RateLimit {
        RateLimit::new(120, Duration::from_secs(1))
    }

    /// 400 at once, then ten a second: the pictures of a long quotation.
    pub fn for_pictures() -> RateLimit {
        RateLimit::new(400, Duration::from_millis(100))
    }

    pub fn new(burst: u32, every: Duration) -> RateLimit {
        RateLimit { burst, every, buckets: Mutex::new(HashMap::new()) }
    }

    /// Counts a request of `address` at `now`; `Err` says after how many seconds to try again.
    pub fn count(&self, address: &str, now: Instant) -> Result<(), i64> {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= ADDRESSES_MAX && !buckets.contains_key(address) {
            self.forget_some(&mut buckets, now);
        }
        let bucket =
            buckets.entry(address.to_string()).or_insert(Bucket { left: self.burst, counted_at: now });
        let filled = self.filled(bucket, now);
        if filled > 0 {
            bucket.left = bucket.left.saturating_add(filled).min(self.burst);
            bucket.counted_at = now;
        }
        if bucket.left == 0 {
            return Err(i64::try_from(self.every.as_secs().max(1)).unwrap_or(1));
        }
        bucket.left -= 1;
        Ok(())
    }

    /// What has come into the bucket since it was counted.
    fn filled(&self, bucket: &Bucket, now: Instant) -> u32 {
        let since = now.saturating_duration_since(bucket.counted_at);
        u32::try_from(since.as_millis() / self.every.as_millis().max(1)).unwrap_or(u32::MAX)
    }

    /// Drops the addresses whose bucket is full again: one that comes back is given the same. When all are busy, drops the
    /// half that has asked least, of several alike those that have been quiet for longest: else whoever makes up ten
    /// thousand would have what is hammered forgotten too.
    fn forget_some(&self, buckets: &mut HashMap<String, Bucket>, now: Instant) {
        let left = |bucket: &Bucket| bucket.left.saturating_add(self.filled(bucket, now));
        buckets.retain(|_, bucket| left(bucket) < self.burst);
        if buckets.len() < ADDRESSES_MAX {
            return;
        }
        let rank = |bucket: &Bucket| (left(bucket), Reverse(bucket.counted_at));
        let mut ranks: Vec<_> = buckets.values().map(rank).collect();
        ranks.sort_unstable();
        let kept = ranks.len() / 2;
        let Some(middle) = ranks.get(kept).copied() else { return };
        // Many may stand in the middle: of those as many stay as the half has room for.
        let mut room = kept - ranks.partition_point(|rank| *rank < middle);
        buckets.retain(|_, bucket| match rank(bucket).cmp(&middle) {
            Ordering::Less => true,
            Ordering::Greater => false,
            Ordering::Equal => {
                let stays = room > 0;
                room = room.saturating_sub(1);
                stays
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_passes_then_one_for_each_step() {
        let limit = RateLimit::new(3, Duration::from_secs(1));
        let start = Instant::now();
        for _ in 0..3 {
            assert_eq!(limit.count("a", start), Ok(()));
        }
        assert_eq!(limit.count("a", start), Err(1));
        assert_eq!(limit.count("b", start), Ok(()), "another address has its own");
        assert_eq!(limit.count("a", start + Duration::from_secs(1)), Ok(()));
        assert_eq!(limit.count("a", start + Duration::from_secs(1)), Err(1));
    }

    #[test]
    fn a_whole_office_signs_in_at_once_and_whoever_hammers_one_account_stands_in_nobodys_way() {
        let (door, now) = (DoorLimit::new(), Instant::now());
        for n in 0..60 {
            let account = format!("person{n}");
            assert_eq!(door.count_account("10.0.0.1", &account, now), Ok(()));
            assert_eq!(door.count_address("10.0.0.1", now), Ok(()));
        }
        let hammered = (0..).take_while(|_| door.count_account("10.0.0.1", " Victim", now).is_ok()).count();
        assert_eq!(hammered, 60);
        assert_eq!(door.count_account("10.0.0.1", "victim", now), Err(1), "however it is written");
        assert_eq!(door.count_account("10.0.0.2", "victim", now), Ok(()));
        assert_eq!(door.count_account("10.0.0.1", "person1", now), Ok(()));
        let made_up = (0..).take_while(|_| door.count_address("10.0.0.1", now).is_ok()).count();
        assert_eq!(made_up, 300 - 60, "a machine that makes up accounts has an end");
        assert_eq!(door.count_address("10.0.0.2", now), Ok(()));
    }

    #[test]
    fn who_is_hammered_stays_remembered_however_many_names_are_made_up() {
        let (door, now) = (DoorLimit::new(), Instant::now());
        while door.count_account("10.0.0.1", "victim", now).is_ok() {}
        for n in 0..2 * ADDRESSES_MAX {
            assert_eq!(door.count_account("10.0.0.1", &format!("made_up{n}"), now), Ok(()));
        }
        assert_eq!(door.count_account("10.0.0.1", "victim", now), Err(1));
        assert!(door.pairs.buckets.lock().unwrap().len() <= ADDRESSES_MAX);
    }

    #[test]
    fn the_memory_has_an_end() {
        let limit = RateLimit::new(1, Duration::from_secs(1));
        let now = Instant::now();
        for n in 0..ADDRESSES_MAX + 5 {
            assert_eq!(limit.count(&n.to_string(), now), Ok(()));
        }
        assert!(limit.buckets.lock().unwrap().len() <= ADDRESSES_MAX);
    }

    #[test]
    fn where_most_are_used_up_those_that_are_full_again_go_and_who_is_used_up_stays() {
        let (limit, start) = (RateLimit::new(2, Duration::from_secs(1)), Instant::now());
        let used_up = ADDRESSES_MAX * 3 / 4;
        for n in used_up..ADDRESSES_MAX {
            assert_eq!(limit.count(&n.to_string(), start), Ok(()));
        }
        let now = start + Duration::from_secs(1);
        for n in 0..used_up {
            while limit.count(&n.to_string(), now).is_ok() {}
        }
        assert_eq!(limit.count("newcomer", now), Ok(()));
        assert_eq!(limit.buckets.lock().unwrap().len(), used_up + 1);
        assert!((0..used_up).all(|n| limit.count(&n.to_string(), now) == Err(1)));
    }

    #[test]
    fn where_all_are_used_up_who_asked_last_stays() {
        let (limit, start) = (RateLimit::new(1, Duration::from_secs(1)), Instant::now());
        for n in 1..ADDRESSES_MAX {
            assert_eq!(limit.count(&n.to_string(), start), Ok(()));
        }
        let now = start + Duration::from_millis(500);
        assert_eq!(limit.count("hammered", now), Ok(()));
        assert_eq!(limit.count("newcomer", now), Ok(()));
        assert_eq!(limit.count("hammered", now), Err(1));
        assert_eq!(limit.buckets.lock().unwrap().len(), ADDRESSES_MAX / 2 + 1);
    }
}
