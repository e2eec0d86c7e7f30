//! Random bytes: from the system, or from a seed so that the demo company comes out the same each time.

use std::sync::{Arc, Mutex};

use rand::{Rng, SeedableRng, TryRng, rngs::SysRng};
use rand_chacha::ChaCha20Rng;
use store::StoreError;

/// Where tokens, salts and verify codes come from.
#[derive(Clone, Debug)]
pub enum Random {
    System,
    Seeded(Arc<Mutex<ChaCha20Rng>>),
}

impl Random {
    /// The same sequence for the same seed. For the demo company only: its codes can be guessed.
    pub fn seeded(seed: u64) -> Random {
        Random::Seeded(Arc::new(Mutex::new(ChaCha20Rng::seed_from_u64(seed))))
    }

    /// `N` random bytes.
    pub fn bytes<const N: usize>(&self) -> Result<[u8; N], StoreError> {
        let mut bytes = [0; N];
        match self {
            Random::System => {
                SysRng
                    .try_fill_bytes(&mut bytes)
                    .map_err(|error| StoreError::Unavailable(error.to_string()))?;
            }
            Random::Seeded(held) => {
                let mut held =
                    held.lock().map_err(|_| StoreError::Unavailable("random is poisoned".to_string()))?;
                held.fill_bytes(&mut bytes);
            }
        }
        Ok(bytes)
    }
}
