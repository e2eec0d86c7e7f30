//! Messages inside the product: when each person wants to be told, and when a message is shown.

use jiff::civil::Time;
use jiff::tz::TimeZone;

use crate::base::{Date, FieldFault, Instant, Invalid, company_day};

/// So many messages of rules are shown to a person one by one in a day; the others wait for the next morning.
pub const DAY_MAX: i64 = 20;
/// Of the next day, in minutes since midnight.
const MORNING: i64 = 8 * 60;
const MINUTES_A_DAY: i64 = 24 * 60;

/// When a person wants to be told. Minutes count from midnight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NoticeSetting {
    /// From and to: messages wait until the end. The end may lie on the next day.
    pub quiet: Option<(i64, i64)>,
    /// Everything of a day at once, at this minute.
    pub digest: Option<i64>,
}

/// The same as somebody types it: `22:00`; empty for none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SettingText {
    pub quiet_from: String,
    pub quiet_to: String,
    pub digest_at: String,
}

impl NoticeSetting {
    /// What was typed, or which fields are wrong.
    pub fn accept(text: &SettingText) -> Result<NoticeSetting, Invalid> {
        let mut faults = Invalid::default();
        let mut minute = |path: &str, text: &str| {
            let read = if text.is_empty() { None } else { minute_of(text) };
            if read.is_none() && !text.is_empty() {
                faults.add(path, FieldFault::NoChoice);
            }
            read
        };
        let (from, to) = (minute("quiet_from", &text.quiet_from), minute("quiet_to", &text.quiet_to));
        let digest = minute("digest_at", &text.digest_at);
        match (from, to) {
            (Some(_), None) if text.quiet_to.is_empty() => faults.add("quiet_to", FieldFault::Missing),
            (None, Some(_)) if text.quiet_from.is_empty() => faults.add("quiet_from", FieldFault::Missing),
            (Some(from), Some(to)) if from == to => faults.add("quiet_to", FieldFault::Repeated),
            _ => {}
        }
        faults.or_go_on()?;
        Ok(NoticeSetting { quiet: from.zip(to), digest })
    }

    /// As somebody types it.
    pub fn text(&self) -> SettingText {
        let (from, to) = self.quiet.unzip();
        let text = |minute: Option<i64>| minute.map(time_text).unwrap_or_default();
        SettingText { quiet_from: text(from), quiet_to: text(to), digest_at: text(self.digest) }
    }

    /// When a message of `now` is shown to this person: at once, at the end of the quiet hours, or with the day's others.
    pub fn shown_at(&self, now: Instant, zone: &TimeZone) -> Instant {
        let day = company_day(now, zone);
        if let Some(at) = self.digest {
            let today = moment(day, at, zone);
            return if today >= now { today } else { moment(day.tomorrow().unwrap_or(day), at, zone) };
        }
        let Some((from, to)) = self.quiet else { return now };
        let minute = (now.0 - moment(day, 0, zone).0) / 60_000;
        let over_night = from > to;
        if over_night && minute >= from {
            return moment(day.tomorrow().unwrap_or(day), to, zone);
        }
        let quiet = if over_night { minute < to } else { (from..to).contains(&minute) };
        if quiet { moment(day, to, zone) } else { now }
    }
}

impl NoticeSetting {
    /// When a message beyond `DAY_MAX` is shown: with the others of its day on the next morning. Whoever reads one digest
    /// a day reads it there.
    pub fn shown_beyond(&self, now: Instant, zone: &TimeZone) -> Instant {
        let day = company_day(now, zone);
        let morning = moment(day.tomorrow().unwrap_or(day), MORNING, zone);
        if self.digest.is_some() { self.shown_at(now, zone) } else { self.shown_at(morning, zone) }
    }
}

/// When the day of `now` began, from which `DAY_MAX` counts.
pub fn day_began(now: Instant, zone: &TimeZone) -> Instant {
    moment(company_day(now, zone), 0, zone)
}

/// `09:30` as minutes since midnight.
fn minute_of(text: &str) -> Option<i64> {
    let (hour, minute) = text.split_once(':').filter(|_| text.len() == 5 && text.is_ascii())?;
    let (hour, minute): (i64, i64) = (hour.parse().ok()?, minute.parse().ok()?);
    ((0..24).contains(&hour) && (0..60).contains(&minute)).then_some(hour * 60 + minute)
}

fn time_text(minute: i64) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

fn moment(day: Date, minute: i64, zone: &TimeZone) -> Instant {
    let minute = minute.clamp(0, MINUTES_A_DAY - 1);
    let part = |value: i64| i8::try_from(value).unwrap_or(0);
    let time = Time::new(part(minute / 60), part(minute % 60), 0, 0).unwrap_or(Time::midnight());
    let zoned = day.to_datetime(time).to_zoned_datetime(zone.clone());
    zoned.map_or(Instant(i64::MAX), |zoned| Instant(zoned.timestamp().as_millisecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone() -> TimeZone {
        TimeZone::fixed(jiff::tz::offset(8))
    }

    fn at(text: &str) -> Instant {
        let at: jiff::civil::DateTime = text.parse().unwrap();
        Instant(at.to_zoned_datetime(zone()).unwrap().timestamp().as_millisecond())
    }

    fn typed(from: &str, to: &str, digest: &str) -> Result<NoticeSetting, Invalid> {
        let text = SettingText {
            quiet_from: from.to_string(),
            quiet_to: to.to_string(),
            digest_at: digest.to_string(),
        };
        NoticeSetting::accept(&text)
    }

    #[track_caller]
    fn check(setting: NoticeSetting, now: &str, shown: &str) {
        assert_eq!(setting.shown_at(at(now), &zone()), at(shown), "{now}");
    }

    #[test]
    fn quiet_hours_hold_a_message_back_until_their_end_and_both_ends_count() {
        let night = typed("22:00", "07:30", "").unwrap();
        check(night, "2026-11-24T21:59:59", "2026-11-24T21:59:59");
        check(night, "2026-11-24T22:00:00", "2026-11-25T07:30:00");
        check(night, "2026-11-25T07:29:59", "2026-11-25T07:30:00");
        check(night, "2026-11-25T07:30:00", "2026-11-25T07:30:00");
        let noon = typed("12:00", "13:00", "").unwrap();
        check(noon, "2026-11-24T12:30:00", "2026-11-24T13:00:00");
        check(noon, "2026-11-24T11:59:00", "2026-11-24T11:59:00");
        check(NoticeSetting::default(), "2026-11-24T03:00:00", "2026-11-24T03:00:00");
    }

    #[test]
    fn a_digest_gathers_what_came_since_the_day_before() {
        let evening = typed("22:00", "07:30", "18:00").unwrap();
        check(evening, "2026-11-24T09:00:00", "2026-11-24T18:00:00");
        check(evening, "2026-11-24T18:00:00", "2026-11-24T18:00:00");
        check(evening, "2026-11-24T18:00:01", "2026-11-25T18:00:00");
    }

    #[test]
    fn what_is_too_much_for_a_day_waits_for_the_next_morning_and_for_the_end_of_the_quiet_hours() {
        let beyond = |setting: NoticeSetting, now: &str| setting.shown_beyond(at(now), &zone());
        let next = at("2026-11-25T08:00:00");
        assert_eq!(beyond(NoticeSetting::default(), "2026-11-24T00:00:00"), next);
        assert_eq!(beyond(NoticeSetting::default(), "2026-11-24T23:59:59"), next);
        let late = typed("22:00", "09:30", "").unwrap();
        assert_eq!(beyond(late, "2026-11-24T10:00:00"), at("2026-11-25T09:30:00"));
        let evening = typed("", "", "18:00").unwrap();
        assert_eq!(beyond(evening, "2026-11-24T10:00:00"), at("2026-11-24T18:00:00"));
        assert_eq!(day_began(at("2026-11-24T23:59:59"), &zone()), at("2026-11-24T00:00:00"));
    }

    #[test]
    fn half_a_time_is_refused_and_a_whole_one_reads_back() {
        for (from, to, digest) in [
            ("22:00", "", ""),
            ("", "07:00", ""),
            ("24:00", "07:00", ""),
            ("07:00", "07:00", ""),
            ("", "", "9:00"),
        ] {
            assert!(typed(from, to, digest).is_err(), "{from} {to} {digest}");
        }
        let setting = typed("22:00", "07:30", "18:05").unwrap();
        assert_eq!(NoticeSetting::accept(&setting.text()), Ok(setting));
        assert_eq!(typed("", "", ""), Ok(NoticeSetting::default()));
    }
}
