//! Password hashes (argon2id): made and compared off the async threads, few at a time.

use std::time::Duration;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use store::StoreError;
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::{AppError, Random};

/// Each takes 19 MiB and a core for a moment: so many at once.
const AT_ONCE: usize = 2;
/// Who waits longer than this is turned away rather than queued for ever.
const WAIT_MAX: Duration = Duration::from_secs(10);
/// What an unknown account is compared with, so that it takes as long as a known one.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$aHV4aS1uby1zdWNoLWFj$8nLZ5pP0P0P0P0P0P0P0P0P0P0P0P0P0P0P0P0P0P0M";

static PLACES: Semaphore = Semaphore::const_new(AT_ONCE);

/// The hash of a new password, with a salt of its own.
pub async fn hash(random: &Random, password: &str) -> Result<String, AppError> {
    let salt: [u8; 16] = random.bytes()?;
    let password = password.to_string();
    let place = place().await?;
    let hash = off_threads(move || hash_with_salt(&password, &salt)).await;
    drop(place);
    hash?.ok_or_else(|| StoreError::Decode("argon2 refused its parameters".to_string()).into())
}

/// Whether `password` belongs to `hash`; `None` stands for an account that does not exist. `may` is asked when its turn has
/// come, since others may have tried meanwhile.
pub async fn verify(
    password: &str,
    hash: Option<&str>,
    may: impl Future<Output = Result<(), AppError>>,
) -> Result<bool, AppError> {
    let password = password.to_string();
    let known = hash.is_some();
    let hash = hash.unwrap_or(NOBODY).to_string();
    let place = place().await?;
    may.await?;
    let fits = off_threads(move || fits(&password, &hash)).await;
    drop(place);
    Ok(fits? && known)
}

fn hash_with_salt(password: &str, salt: &[u8]) -> Option<String> {
    let hash: PasswordHash = Argon2::default().hash_password_with_salt(password.as_bytes(), salt).ok()?;
    Some(hash.to_string())
}

fn fits(password: &str, hash: &str) -> bool {
    let Ok(parsed) = PasswordHash::new(hash) else { return false };
    Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok()
}

/// Waits for one's turn.
async fn place() -> Result<SemaphorePermit<'static>, AppError> {
    let busy = || AppError::Store(StoreError::Unavailable("too many sign-ins at once".to_string()));
    let place = tokio::time::timeout(WAIT_MAX, PLACES.acquire()).await;
    place.map_err(|_| busy())?.map_err(|_| busy())
}

async fn off_threads<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, AppError> {
    tokio::task::spawn_blocking(work).await.map_err(|error| StoreError::Unavailable(error.to_string()).into())
}

#[cfg(test)]
mod tests {
    use std::future::ready;

    use super::*;

    #[tokio::test]
    async fn a_password_fits_its_own_hash_alone() {
        let random = Random::seeded(1);
        let first = hash(&random, "正确的密码").await.unwrap();
        let second = hash(&random, "正确的密码").await.unwrap();
        assert_ne!(first, second, "each hash has its own salt");
        assert!(verify("正确的密码", Some(&first), ready(Ok(()))).await.unwrap());
        assert!(!verify("错误的密码", Some(&first), ready(Ok(()))).await.unwrap());
        assert!(!verify("正确的密码", Some("no hash"), ready(Ok(()))).await.unwrap());
    }

    #[tokio::test]
    async fn an_unknown_account_is_compared_with_a_sound_hash_and_never_fits() {
        assert!(PasswordHash::new(NOBODY).is_ok());
        assert!(!verify("anything", None, ready(Ok(()))).await.unwrap());
    }
}
