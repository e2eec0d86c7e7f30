//! What a new password must be, and how long a wrong one makes people wait.

/// The shortest password that is taken.
pub const PASSWORD_CHARS_MIN: usize = 8;
/// The longest; more is cut off by nobody but refused.
pub const PASSWORD_CHARS_MAX: usize = 128;
/// So many wrong passwords cost nothing.
const FREE_FAILURES: u32 = 3;
/// The longest wait.
const WAIT_MS_MAX: i64 = 5 * 60 * 1_000;

/// Why a password is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordFault {
    #[error("shorter than {PASSWORD_CHARS_MIN} characters")]
    TooShort,
    #[error("longer than {PASSWORD_CHARS_MAX} characters")]
    TooLong,
    #[error("holds the account name")]
    HoldsAccount,
    #[error("the same as before")]
    Unchanged,
}

/// Refuses a password that is too short, too long, or holds the account's name.
pub fn check_new_password(account: &str, password: &str) -> Result<(), PasswordFault> {
    let length = password.chars().count();
    if length < PASSWORD_CHARS_MIN {
        return Err(PasswordFault::TooShort);
    }
    if length > PASSWORD_CHARS_MAX {
        return Err(PasswordFault::TooLong);
    }
    let holds = account.chars().count() >= 3 && password.to_lowercase().contains(&account.to_lowercase());
    if holds { Err(PasswordFault::HoldsAccount) } else { Ok(()) }
}

/// How long after the last of `failures` wrong passwords the next try is looked at, in milliseconds.
pub fn sign_in_delay_ms(failures: u32) -> i64 {
    match failures.checked_sub(FREE_FAILURES) {
        None | Some(0) => 0,
        Some(steps) => {
            1_000_i64.saturating_mul(1_i64.checked_shl(steps.min(20)).unwrap_or(i64::MAX)).min(WAIT_MS_MAX)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_of_every_limit() {
        assert_eq!(check_new_password("xiaochen", "1234567"), Err(PasswordFault::TooShort));
        assert_eq!(check_new_password("xiaochen", "12345678"), Ok(()));
        assert_eq!(check_new_password("xiaochen", &"长".repeat(128)), Ok(()));
        assert_eq!(check_new_password("xiaochen", &"长".repeat(129)), Err(PasswordFault::TooLong));
        assert_eq!(check_new_password("xiaochen", "my-XiaoChen-1"), Err(PasswordFault::HoldsAccount));
    }

    #[test]
    fn the_wait_doubles_and_ends_at_five_minutes() {
        assert_eq!(sign_in_delay_ms(3), 0);
        assert_eq!(sign_in_delay_ms(4), 2_000);
        assert_eq!(sign_in_delay_ms(5), 4_000);
        assert_eq!(sign_in_delay_ms(1_000), 300_000);
    }
}
