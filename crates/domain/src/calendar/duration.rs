//! An amount of work, as rules and cases write it.

/// The most that is written: a hundred years of full days.
const SECONDS_MAX: i64 = 100 * 366 * 24 * 3_600;

/// An amount of working time, in milliseconds, never negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WorkTime(i64);

impl WorkTime {
    /// So many milliseconds; `None` below 0 and above a hundred years.
    pub fn of_ms(milliseconds: i64) -> Option<WorkTime> {
        (0..=SECONDS_MAX * 1_000).contains(&milliseconds).then_some(WorkTime(milliseconds))
    }

    /// `2h`, `90m`, `1h30m`, `45s`: whole hours, minutes and seconds in this order, each at most once. `None` for anything
    /// else and for more than a hundred years.
    pub fn parse(text: &str) -> Option<WorkTime> {
        let mut rest = text;
        let mut seconds = 0_i64;
        for (unit, worth) in [('h', 3_600), ('m', 60), ('s', 1)] {
            let Some((digits, behind)) = rest.split_once(unit) else { continue };
            let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
            if !plain {
                return None;
            }
            let part = digits.parse::<i64>().ok()?.checked_mul(worth)?;
            seconds = seconds.checked_add(part)?;
            rest = behind;
        }
        if text.is_empty() || !rest.is_empty() {
            return None;
        }
        WorkTime::of_ms(seconds.checked_mul(1_000)?)
    }

    pub fn ms(self) -> i64 {
        self.0
    }

    /// Whole seconds; what is left of one is dropped.
    pub fn seconds(self) -> i64 {
        self.0 / 1_000
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_hours_minutes_and_seconds_in_their_order() {
        for (text, seconds) in [
            ("2h", 7_200),
            ("1h30m", 5_400),
            ("90m", 5_400),
            ("45s", 45),
            ("1h0m5s", 3_605),
            ("0h", 0),
            ("100h5s", 360_005),
        ] {
            assert_eq!(WorkTime::parse(text).map(WorkTime::seconds), Some(seconds), "{text}");
        }
        for text in [
            "",
            "2",
            "h",
            "1.5h",
            "-1h",
            "+1h",
            "1h 30m",
            "30m1h",
            "1h1h",
            "2H",
            "1d",
            "1hm",
            "９h",
            "99999999999999999999h",
            "900000h",
        ] {
            assert_eq!(WorkTime::parse(text), None, "{text}");
        }
    }
}
