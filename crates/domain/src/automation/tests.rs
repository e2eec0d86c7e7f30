//! Rules as a sales manager would say them.

use std::collections::BTreeMap;

use jiff::civil::{Time, Weekday};
use jiff::tz::TimeZone;

use super::*;
use crate::base::{Date, Instant, company_day, parse_date};

fn zone() -> TimeZone {
    TimeZone::fixed(jiff::tz::offset(8))
}

fn moment(text: &str) -> Instant {
    let at: jiff::civil::DateTime = text.parse().unwrap();
    Instant(at.to_zoned_datetime(zone()).unwrap().timestamp().as_millisecond())
}

fn day(text: &str) -> Date {
    parse_date(text).unwrap()
}

fn with_place<T>(ask: impl FnOnce(&Place<'_>) -> T) -> T {
    let (zone, week) = (zone(), PlainWeek::new(zone()));
    ask(&Place { working: &week, zone: &zone })
}

fn shipped(key: &str) -> Rule {
    shipped_rules().into_iter().find(|rule| rule.key == key).unwrap()
}

fn issued(since: &str, progress: &str, valid_until: &str) -> Subject {
    Subject {
        id: 7,
        state: Some(WatchedState::Issued),
        since: moment(since),
        progress: moment(progress),
        dates: BTreeMap::from([(DateName::ValidUntil, day(valid_until))]),
    }
}

#[test]
fn two_working_days_of_silence_end_at_the_same_hour_two_days_later_and_skip_the_weekend() {
    let due = |since: &str| {
        let subject = issued(since, since, "2026-12-31");
        with_place(|place| expected(&shipped(QUOTE_SILENT), &subject, place)).unwrap().due
    };
    assert_eq!(due("2026-11-24T10:00:00"), moment("2026-11-26T10:00:00"));
    assert_eq!(due("2026-11-27T10:00:00"), moment("2026-12-01T10:00:00"), "a weekend lies between");
    assert_eq!(due("2026-11-28T10:00:00"), moment("2026-12-01T18:00:00"), "issued on a Saturday");
    assert_eq!(due("2026-11-24T12:30:00"), moment("2026-11-26T12:00:00"), "issued at noon");
}

#[test]
fn a_wait_by_the_clock_on_the_wall_counts_nights_and_weekends() {
    let content = r#"{"name":"等","on":true,"trigger":{"kind":"state_for","state":"issued","days":1,"minutes":30,"wall":true},
        "actions":[{"kind":"notify","to":["owner"],"text":"看"}]}"#;
    let rule = Rule::read("wait", content).unwrap();
    let subject = issued("2026-11-27T10:00:00", "2026-11-27T10:00:00", "2026-12-31");
    let timer = with_place(|place| expected(&rule, &subject, place)).unwrap();
    assert_eq!((timer.due, timer.unknown_year), (moment("2026-11-28T10:30:00"), None));
}

#[test]
fn progress_moves_the_moment_and_never_makes_another_stay() {
    let rule = shipped(QUOTE_SILENT);
    let before = issued("2026-11-24T10:00:00", "2026-11-24T10:00:00", "2026-12-31");
    let after = issued("2026-11-24T10:00:00", "2026-11-25T11:00:00", "2026-12-31");
    let (first, moved) = with_place(|place| {
        (expected(&rule, &before, place).unwrap(), expected(&rule, &after, place).unwrap())
    });
    assert_eq!(first.epoch, moved.epoch);
    assert_eq!(moved.due, moment("2026-11-27T11:00:00"));
    let asked = |subject: &Subject, now: &str| {
        with_place(|place| verdict(Some(&rule), Some(subject), (first.epoch, first.due, moment(now)), place))
    };
    assert_eq!(asked(&before, "2026-11-26T10:00:00"), Verdict::Fire { late_ms: 0 });
    assert_eq!(asked(&before, "2026-11-26T10:00:01"), Verdict::Fire { late_ms: 1_000 });
    assert_eq!(asked(&after, "2026-11-26T10:00:00"), Verdict::Move(moved));
}

#[test]
fn what_a_state_demanded_after_its_moment_was_missed_only_since_then() {
    let rule = shipped(QUOTE_SILENT);
    let (due, now) = (moment("2026-11-26T10:00:00"), moment("2026-11-26T12:00:00"));
    let late_ms = now.0 - due.0;
    let missed = |armed: &str| missed_ms(&rule, late_ms, (moment(armed), now));
    assert_eq!(missed("2026-11-24T10:00:00"), late_ms, "it waited, and nobody looked");
    assert_eq!(missed("2026-11-26T11:59:59"), 1_000);
    assert_eq!(missed("2026-11-26T12:00:01"), 0, "a clock that was set back");
    let every_day = Schedule { every: triggers::Every::Day, day: 0, at: "09:00".to_string() };
    let trigger = Trigger::Schedule(every_day);
    let round = Rule { trigger, ..rule };
    assert_eq!(missed_ms(&round, late_ms, (now, now)), late_ms, "the calendar came round all the same");
}

#[test]
fn what_left_its_state_was_switched_off_or_belongs_to_another_stay_is_cancelled() {
    let rule = shipped(QUOTE_SILENT);
    let subject = issued("2026-11-24T10:00:00", "2026-11-24T10:00:00", "2026-12-31");
    let gone = Subject { state: None, ..subject.clone() };
    let off = Rule { on: false, ..rule.clone() };
    let now = moment("2026-11-30T10:00:00");
    let asked = |rule: Option<&Rule>, subject: Option<&Subject>, epoch| {
        with_place(|place| verdict(rule, subject, (epoch, subject_due(), now), place))
    };
    let epoch = subject.since.0;
    assert!(matches!(asked(Some(&rule), Some(&subject), epoch), Verdict::Fire { .. }));
    assert_eq!(asked(Some(&rule), Some(&gone), epoch), Verdict::Cancel);
    assert_eq!(asked(Some(&off), Some(&subject), epoch), Verdict::Cancel);
    assert_eq!(asked(None, Some(&subject), epoch), Verdict::Cancel);
    assert_eq!(asked(Some(&rule), None, epoch), Verdict::Cancel);
    assert_eq!(asked(Some(&rule), Some(&subject), epoch + 1), Verdict::Cancel);
    let impatient = Rule { skip_after_hours: 24, ..rule.clone() };
    assert!(matches!(asked(Some(&impatient), Some(&subject), epoch), Verdict::TooLate { .. }));
}

fn subject_due() -> Instant {
    moment("2026-11-26T10:00:00")
}

#[test]
fn a_quotation_about_to_expire_is_told_two_working_days_before_at_nine() {
    let due = |since: &str, valid_until: &str| {
        let subject = issued(since, since, valid_until);
        with_place(|place| expected(&shipped(QUOTE_EXPIRING), &subject, place)).map(|timer| timer.due)
    };
    assert_eq!(due("2026-11-20T10:00:00", "2026-12-03"), Some(moment("2026-12-01T09:00:00")));
    assert_eq!(due("2026-11-20T10:00:00", "2026-12-01"), Some(moment("2026-11-27T09:00:00")));
    assert_eq!(due("2026-12-01T10:00:00", "2026-12-03"), None, "whoever issued it after that saw the day");
}

#[test]
fn a_year_without_a_table_is_named() {
    let subject = issued("2099-06-01T10:00:00", "2099-06-01T10:00:00", "2099-12-31");
    let timer = with_place(|place| expected(&shipped(QUOTE_SILENT), &subject, place)).unwrap();
    assert_eq!(timer.unknown_year, Some(2099));
}

#[test]
fn a_rule_starts_on_what_people_did_and_not_on_its_own_doing() {
    let content = r#"{"name":"签约","on":true,"trigger":{"kind":"event","event":"quote_signed","minutes":5},
        "actions":[{"kind":"notify","to":["role:owner"],"text":"签了"}]}"#;
    let rule = Rule::read("signed", content).unwrap();
    let signed = Happened { id: 3, at: Instant(0), event: WatchedEvent::QuoteSigned, rule: None, depth: 0 };
    let due = |happened: &Happened| on_event(&rule, happened).map(|it| it.due.0);
    assert_eq!(due(&signed), Some(300_000));
    assert_eq!(due(&Happened { event: WatchedEvent::QuoteLost, ..signed.clone() }), None);
    assert_eq!(due(&Happened { rule: Some("signed".into()), depth: 1, ..signed.clone() }), None);
    assert!(due(&Happened { rule: Some("other".into()), depth: 7, ..signed.clone() }).is_some());
    assert_eq!(due(&Happened { rule: Some("other".into()), depth: 8, ..signed.clone() }), None);
}

#[test]
fn the_calendar_comes_round() {
    let next = |every: &str, on: i64, now: &str| {
        let schedule = Schedule {
            every: serde_json::from_str(&format!("\"{every}\"")).unwrap(),
            day: on,
            at: "09:00".to_string(),
        };
        with_place(|place| schedule.next_after(moment(now), place)).unwrap()
    };
    assert_eq!(next("day", 0, "2026-11-27T09:00:00"), moment("2026-11-28T09:00:00"));
    assert_eq!(next("day", 0, "2026-11-27T08:59:59"), moment("2026-11-27T09:00:00"));
    assert_eq!(next("workday", 0, "2026-11-27T09:00:00"), moment("2026-11-30T09:00:00"));
    assert_eq!(next("week", 1, "2026-11-27T09:00:00"), moment("2026-11-30T09:00:00"));
    assert_eq!(next("month", 28, "2027-02-01T00:00:00"), moment("2027-02-28T09:00:00"));
}

#[test]
fn a_rule_that_cannot_be_meant_is_refused_by_its_field() {
    let fault = |key: &str, content: &str| Rule::read(key, content).unwrap_err();
    let task = r#"[{"kind":"task","to":["owner"],"text":"打电话","minutes":60}]"#;
    let rule = |name: &str, trigger: &str, actions: &str| {
        format!(r#"{{"name":"{name}","on":true,"trigger":{trigger},"actions":{actions}}}"#)
    };
    let wait = r#"{"kind":"state_for","state":"issued","days":1}"#;
    assert!(Rule::read("a_1", &rule("等", wait, task)).is_ok());
    for key in ["A", "a:told", ":told0:1"] {
        assert_eq!(fault(key, &rule("等", wait, task)), RuleFault::KeyWrong, "{key}");
    }
    assert_eq!(fault("a", &rule(" ", wait, task)), RuleFault::Missing { field: RuleField::Name });
    assert!(Rule::read(QUOTE_SILENT, &rule("", wait, task)).is_ok(), "it has its usual name");
    let never = r#"{"kind":"state_for","state":"issued"}"#;
    assert_eq!(fault("a", &rule("等", never, task)).field(), Some(RuleField::Minutes));
    assert_eq!(fault("a", &rule("等", wait, "[]")), RuleFault::Missing { field: RuleField::Actions });
    let nobody = r#"[{"kind":"notify","to":[],"text":"看"}]"#;
    assert_eq!(fault("a", &rule("等", wait, nobody)), RuleFault::Missing { field: RuleField::To });
    let weekly = r#"{"kind":"schedule","every":"week","day":1,"at":"09:00"}"#;
    assert_eq!(fault("a", &rule("周会", weekly, task)), RuleFault::NoRecord { field: RuleField::To });
    let late = r#"{"kind":"schedule","every":"week","day":8,"at":"09:00"}"#;
    assert_eq!(fault("a", &rule("周会", late, task)).field(), Some(RuleField::Day));
    let each = rule("等", wait, task).replace(r#""on":true"#, r#""on":true,"each_missed":true"#);
    assert_eq!(fault("a", &each), RuleFault::OnlyByCalendar { field: RuleField::EachMissed });
    let odd = r#"{"kind":"schedule","every":"day","at":"9:00"}"#;
    assert_eq!(fault("a", &rule("周会", odd, task)), RuleFault::TimeWrong { text: "9:00".to_string() });
    let unknown = r#"{"kind":"state_for","state":"issued","days":1,"hours":2}"#;
    assert_eq!(fault("a", &rule("等", unknown, task)), RuleFault::NotReadable);
}

#[test]
fn a_row_that_calls_the_day_as_it_was_called_once_is_the_same_rule() {
    let of_row = |day: &str| {
        let notify = r#"[{"kind":"notify","to":["role:owner"],"text":"对账"}]"#;
        let trigger = format!(r#"{{"kind":"schedule","every":"month",{day},"at":"09:00"}}"#);
        Rule::read("a", &format!(r#"{{"name":"对账","on":true,"trigger":{trigger},"actions":{notify}}}"#))
    };
    let rule = of_row(r#""day":25"#).unwrap();
    assert_eq!(of_row(r#""weekday":25"#).unwrap(), rule);
    assert!(rule.content().contains(r#""day":25"#), "{}", rule.content());
    assert_eq!(of_row(r#""day":25,"weekday":25"#), Err(RuleFault::NotReadable));
}

#[test]
fn whatever_a_date_rule_may_say_comes_due_while_the_record_is_waited_for() {
    let rule = |field: &str, days: i64| {
        let trigger = format!(r#"{{"kind":"date_field","field":"{field}","days":{days},"at":"09:00"}}"#);
        let notify = r#"[{"kind":"notify","to":["owner"],"text":"看"}]"#;
        Rule::read("a", &format!(r#"{{"name":"到期","on":true,"trigger":{trigger},"actions":{notify}}}"#))
    };
    let subject = issued("2026-11-20T10:00:00", "2026-11-20T10:00:00", "2026-12-03");
    for days in [-2, 0] {
        let due =
            with_place(|place| expected(&rule("valid_until", days).unwrap(), &subject, place)).unwrap().due;
        assert!(company_day(due, &zone()) <= day("2026-12-03"), "{days}");
    }
    assert_eq!(rule("valid_until", 1), Err(RuleFault::AfterLastDay));
    assert_eq!(rule("valid_until", 1).unwrap_err().field(), Some(RuleField::Days));
    assert!(rule("follow_day", 1).is_ok(), "the day to ask again lies within the validity");
}

#[test]
fn the_shipped_rules_are_kept_as_they_are_written() {
    for rule in shipped_rules() {
        assert_eq!(Rule::read(&rule.key, &rule.content()), Ok(rule));
    }
}

/// Monday to Friday, 09:00 to 12:00 and 13:00 to 18:00, without any holiday: every year is one without a table.
#[derive(Clone, Debug)]
struct PlainWeek {
    zone: TimeZone,
}

const WINDOWS: [(i8, i8); 2] = [(9, 12), (13, 18)];
const MINUTES_A_DAY: i64 = 480;
/// Nobody waits longer than this many days: beyond it a moment is given as it stands.
const DAYS_MAX: i64 = 3_660;

impl PlainWeek {
    fn new(zone: TimeZone) -> PlainWeek {
        PlainWeek { zone }
    }

    fn at(&self, day: Date, hour: i8) -> Instant {
        let zoned = day.to_datetime(Time::constant(hour, 0, 0, 0)).to_zoned_datetime(self.zone.clone());
        zoned.map_or(Instant(i64::MAX), |zoned| Instant(zoned.timestamp().as_millisecond()))
    }
}

impl WorkingTime for PlainWeek {
    fn due(&self, start: Instant, minutes: i64) -> Due {
        let mut left = minutes.max(0).saturating_mul(60_000);
        let mut day = company_day(start, &self.zone);
        let unknown_year = Some(day.year());
        if left == 0 {
            return Due { at: start, unknown_year };
        }
        for _ in 0..DAYS_MAX {
            for (from, to) in WINDOWS.into_iter().filter(|_| self.works(day)) {
                let (from, to) = (self.at(day, from).max(start), self.at(day, to));
                let here = (to.0 - from.0).max(0);
                if left <= here {
                    return Due { at: from.plus_ms(left), unknown_year };
                }
                left -= here;
            }
            day = day.tomorrow().unwrap_or(day);
        }
        Due { at: self.at(day, 9), unknown_year }
    }

    fn workday(&self, day: Date, days: i32) -> (Date, Option<i16>) {
        let (mut at, mut left) = (day, days.unsigned_abs());
        while left > 0 {
            let next = if days > 0 { at.tomorrow() } else { at.yesterday() };
            let Ok(next) = next else { break };
            at = next;
            if self.works(at) {
                left -= 1;
            }
        }
        (at, Some(day.year()))
    }

    fn works(&self, day: Date) -> bool {
        !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
    }

    fn minutes_a_day(&self) -> i64 {
        MINUTES_A_DAY
    }
}

/// A trigger of each kind, as rules keep it, and what demands its timer.
const KINDS: [(&str, DemandedBy); 4] = [
    (r#"{"kind":"event","event":"quote_signed"}"#, DemandedBy::Happening),
    (r#"{"kind":"state_for","state":"issued","days":1}"#, DemandedBy::State),
    (r#"{"kind":"date_field","field":"valid_until","days":-1,"at":"09:00"}"#, DemandedBy::State),
    (r#"{"kind":"schedule","every":"day","at":"09:00"}"#, DemandedBy::Round),
];

#[test]
fn every_trigger_says_what_demands_its_timer_and_is_armed_by_that_alone() {
    let subject = issued("2026-11-20T10:00:00", "2026-11-20T10:00:00", "2026-12-03");
    let signed = Happened { id: 3, at: Instant(0), event: WatchedEvent::QuoteSigned, rule: None, depth: 0 };
    for (trigger, demanded_by) in KINDS {
        let content = format!(
            r#"{{"name":"一条","on":true,"trigger":{trigger},
            "actions":[{{"kind":"notify","to":["role:owner"],"text":"看"}}]}}"#
        );
        let rule = Rule::read("one", &content).unwrap();
        assert_eq!(rule.trigger.demanded_by(), demanded_by, "{trigger}");
        let by_state = with_place(|place| expected(&rule, &subject, place)).is_some();
        let by_happening = on_event(&rule, &signed).is_some();
        let by_round = with_place(|place| rule.trigger.next_after(Instant(0), place)).is_some();
        let armed = (by_state, by_happening, by_round);
        let only = |by: DemandedBy| demanded_by == by;
        let wanted = (only(DemandedBy::State), only(DemandedBy::Happening), only(DemandedBy::Round));
        assert_eq!(armed, wanted, "{trigger}");
        // What comes round by the calendar goes on without a record; nothing else does.
        let alone = with_place(|place| verdict(Some(&rule), None, (0, Instant(0), Instant(0)), place));
        assert_eq!(alone == Verdict::Fire { late_ms: 0 }, only(DemandedBy::Round), "{trigger}");
    }
}

#[test]
fn a_rule_runs_as_often_as_it_may_in_an_hour_and_what_a_person_let_go_on_does_not_count() {
    let mut counted = Counted { fires: 199, hour_max: HOUR_MAX, counts_from: Instant(100) };
    assert_eq!(counted.passes(Instant(101)), Passage::Runs);
    assert_eq!(counted.passes(Instant(101)), Passage::Stops);
    assert_eq!(counted.passes(Instant(100)), Passage::Runs);
    assert_eq!(counted.fires, HOUR_MAX);
    assert!(!is_too_old(MESSAGE_TTL_MS));
    assert!(is_too_old(MESSAGE_TTL_MS + 1));
    let limited = |hour_max: i64| {
        let content = format!(
            r#"{{"name":"一条","on":true,"trigger":{{"kind":"event","event":"quote_signed"}},"hour_max":{hour_max},
            "actions":[{{"kind":"notify","to":["role:owner"],"text":"看"}}]}}"#
        );
        Rule::read("one", &content)
    };
    assert_eq!(limited(0).unwrap_err().field(), Some(RuleField::HourMax));
    assert_eq!(limited(10_001).unwrap_err().field(), Some(RuleField::HourMax));
    let (usual, own) = (limited(HOUR_MAX).unwrap(), limited(10_000).unwrap());
    assert!(!usual.content().contains("hour_max"), "what is usual is not said");
    assert_eq!(Rule::read("one", &own.content()), Ok(own));
}
