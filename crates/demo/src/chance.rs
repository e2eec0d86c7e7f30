//! Chance from a fixed seed: the same demo company each time.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// A stream of choices; the same name gives the same stream, whatever others drew before.
pub struct Chance {
    stream: ChaCha8Rng,
}

impl Chance {
    /// The stream of that name.
    pub fn named(name: &str) -> Chance {
        let seed = name.bytes().fold(0x4875_7869_u64, |seed, byte| {
            seed.wrapping_mul(0x0100_0000_01b3).wrapping_add(u64::from(byte))
        });
        Chance { stream: ChaCha8Rng::seed_from_u64(seed) }
    }

    /// A whole number from `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = high.saturating_sub(low).max(0).unsigned_abs() + 1;
        low + i64::try_from(self.stream.next_u64() % width).unwrap_or(0)
    }

    /// True so often in a hundred.
    pub fn percent(&mut self, share: i64) -> bool {
        self.between(1, 100) <= share
    }

    /// One of a list that is not empty.
    pub fn one_of<'t, T>(&mut self, list: &'t [T]) -> Option<&'t T> {
        let last = i64::try_from(list.len()).unwrap_or(i64::MAX).checked_sub(1)?;
        let index = usize::try_from(self.between(0, last.max(0))).unwrap_or(0);
        list.get(index)
    }

    /// A place in a list of that length; 0 for an empty one.
    pub fn place(&mut self, length: usize) -> usize {
        let last = i64::try_from(length).unwrap_or(i64::MAX).saturating_sub(1).max(0);
        usize::try_from(self.between(0, last)).unwrap_or(0)
    }
}
