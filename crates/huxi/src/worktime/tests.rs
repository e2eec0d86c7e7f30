//! Cases of `huxi worktime` as an auditor writes them.

use serde_json::{Value, json};

use super::answer;

/// The case of the reference, without what is asked.
fn case(more: Value) -> Value {
    let hours = json!([["08:30", "12:00"], ["13:00", "17:30"]]);
    let mut case = json!({
        "calendar": {
            "week": {"mon": hours, "tue": hours, "wed": hours, "thu": hours, "fri": hours},
            "holidays": ["2026-10-01", "2026-10-02", "2026-10-05", "2026-10-06", "2026-10-07"],
            "workdays": ["2026-10-10"], "time_zone": "Asia/Shanghai",
        },
        "start": "2026-09-30T16:40",
    });
    case.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    case
}

#[track_caller]
fn gives(case: &Value, expected: Value) {
    let answer = answer(&case.to_string());
    assert_eq!((answer.code, answer.err.as_str()), (0, ""), "{}", answer.out);
    assert_eq!(serde_json::from_str::<Value>(&answer.out).unwrap(), expected);
}

#[track_caller]
fn unreadable(case: &Value, place: &str) {
    let answer = answer(&case.to_string());
    assert_eq!((answer.code, answer.out.as_str()), (2, ""), "{}", answer.err);
    assert!(answer.err.starts_with(&format!("{place}：")), "{}", answer.err);
    assert_eq!(answer.err.lines().count(), 1);
}

#[track_caller]
fn refused(case: &Value, code: &str) {
    let answer = answer(&case.to_string());
    assert_eq!((answer.code, answer.err.as_str()), (1, ""), "{}", answer.out);
    let outcome: Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(outcome["refused"]["code"], code);
    assert!(outcome["refused"]["sentence"].as_str().unwrap().ends_with('。'));
}

#[test]
fn the_case_of_the_reference() {
    let held = json!({"add": "2h", "holds": [["2026-10-08T08:30", "2026-10-08T09:00"]]});
    gives(&case(held), json!({"due": "2026-10-08T10:10:00", "warnings": []}));
    gives(&case(json!({"add": "2h"})), json!({"due": "2026-10-08T09:40:00", "warnings": []}));
    let answer = answer(&case(json!({"add": "2h"})).to_string());
    assert_eq!(answer.out, "{\n  \"due\": \"2026-10-08T09:40:00\",\n  \"warnings\": []\n}\n");
}

#[test]
fn work_until_a_moment_and_working_days_after_a_day() {
    gives(&case(json!({"end": "2026-10-08T09:40"})), json!({"worked_seconds": 7200, "warnings": []}));
    gives(&case(json!({"end": "2026-09-30T16:40:30"})), json!({"worked_seconds": 30, "warnings": []}));
    gives(&case(json!({"end": "2026-09-30T16:40"})), json!({"worked_seconds": 0, "warnings": []}));
    gives(&case(json!({"add_workdays": 3})), json!({"date": "2026-10-10", "warnings": []}));
    gives(&case(json!({"add_workdays": 0})), json!({"date": "2026-09-30", "warnings": []}));
    gives(
        &case(json!({"add_workdays": -2, "start": "2026-10-10"})),
        json!({"date": "2026-10-08", "warnings": []}),
    );
}

#[test]
fn closing_time_is_early_enough_and_a_moment_is_told_to_the_second() {
    gives(&case(json!({"add": "50m"})), json!({"due": "2026-09-30T17:30:00", "warnings": []}));
    gives(&case(json!({"add": "50m1s"})), json!({"due": "2026-10-08T08:30:01", "warnings": []}));
    gives(&case(json!({"add": "0s"})), json!({"due": "2026-09-30T16:40:00", "warnings": []}));
}

#[test]
fn a_make_up_day_goes_before_a_holiday_and_has_mondays_hours() {
    let both = json!({"add": "30m", "start": "2026-10-10T08:00"});
    gives(&case(both.clone()), json!({"due": "2026-10-10T09:00:00", "warnings": []}));
    let mut case = case(both);
    case["calendar"]["holidays"].as_array_mut().unwrap().push(json!("2026-10-10"));
    gives(&case, json!({"due": "2026-10-10T09:00:00", "warnings": []}));
}

#[test]
fn chinas_calendar_is_named_and_a_year_without_a_table_is_said_in_all_three_answers() {
    let cn = |more: Value| {
        let mut case = case(more);
        case["calendar"] = json!("cn");
        case
    };
    gives(&cn(json!({"add": "2h"})), json!({"due": "2026-10-08T09:40:00", "warnings": []}));
    gives(
        &cn(json!({"add": "2h", "start": "2026-02-14T17:30"})),
        json!({"due": "2026-02-24T10:30:00", "warnings": []}),
    );
    let unknown = json!([{"code": "holidays_unknown", "year": 2099}]);
    let start = "2099-02-09T09:00";
    gives(
        &cn(json!({"add": "1h", "start": start})),
        json!({"due": "2099-02-09T10:00:00", "warnings": unknown}),
    );
    gives(
        &cn(json!({"end": "2099-02-09T10:00", "start": start})),
        json!({"worked_seconds": 3600, "warnings": unknown}),
    );
    gives(
        &cn(json!({"add_workdays": 1, "start": start})),
        json!({"date": "2099-02-10", "warnings": unknown}),
    );
    let over =
        json!([{"code": "holidays_unknown", "year": 2027}, {"code": "holidays_unknown", "year": 2028}]);
    let years = json!({"end": "2028-01-03T09:30", "start": "2027-12-31T17:30"});
    gives(&cn(years), json!({"worked_seconds": 3600, "warnings": over}));
}

#[test]
fn a_night_goes_on_into_the_next_day_even_when_that_is_a_holiday() {
    let mut case = case(json!({"add": "3h", "start": "2026-09-30T23:00"}));
    case["calendar"]["week"]["wed"] = json!([["22:00", "06:00"]]);
    gives(&case, json!({"due": "2026-10-01T02:00:00", "warnings": []}));
}

#[test]
fn a_calendar_without_hours_is_refused() {
    for calendar in [json!({}), json!({"week": {}}), json!({"week": {"mon": []}, "workdays": ["2026-10-10"]})]
    {
        for asked in [json!({"add": "1h"}), json!({"end": "2026-10-01T00:00"}), json!({"add_workdays": 1})] {
            let mut case = case(asked);
            case["calendar"] = calendar.clone();
            refused(&case, "no_working_time");
        }
    }
    refused(&case(json!({"add": "800000h"})), "beyond_calendar");
}

#[test]
fn what_cannot_be_read_says_where() {
    unreadable(&case(json!({})), "$");
    unreadable(&case(json!({"add": "1h", "add_workdays": 1})), "$");
    for wrong in ["2", "1.5h", "-1h", "1h 30m", "", "2d"] {
        unreadable(&case(json!({"add": wrong})), "$.add");
    }
    unreadable(&case(json!({"add": 2})), "$.add");
    unreadable(&case(json!({"add_workdays": "1.5"})), "$.add_workdays");
    unreadable(&case(json!({"add_workdays": 100_001})), "$.add_workdays");
    unreadable(&case(json!({"end": "2026-09-30T16:39"})), "$.end");
    unreadable(&case(json!({"add": "1h", "start": "2026-09-31T16:40"})), "$.start");
    unreadable(&case(json!({"add": "1h", "start": null})), "$.start");
    unreadable(&case(json!({"add": "1h", "hold": []})), "$.hold");
    unreadable(&case(json!({"add": "1h", "holds": [["2026-10-08T09:00"]]})), "$.holds[0]");
    unreadable(
        &case(json!({"add": "1h", "holds": [["2026-10-08T09:00", "2026-10-08T08:00"]]})),
        "$.holds[0]",
    );
    for (pointer, wrong, place) in [
        ("/calendar/time_zone", json!("Europe/Berlin"), "$.calendar.time_zone"),
        ("/calendar/holidays/0", json!("2026-10-1"), "$.calendar.holidays[0]"),
        ("/calendar/workdays/0", json!("2026-02-29"), "$.calendar.workdays[0]"),
        ("/calendar/week/mon/0", json!(["08:30"]), "$.calendar.week.mon[0]"),
        ("/calendar/week/mon/0/0", json!("8:30"), "$.calendar.week.mon[0][0]"),
        ("/calendar/week/mon/0/1", json!("24:01"), "$.calendar.week.mon[0][1]"),
        ("/calendar/week/mon/0/1", json!("08:30"), "$.calendar.week.mon[0]"),
        ("/calendar/week", json!({"monday": []}), "$.calendar.week.monday"),
        ("/calendar", json!("us"), "$.calendar"),
        ("/calendar", json!(null), "$.calendar"),
    ] {
        let mut case = case(json!({"add": "1h"}));
        *case.pointer_mut(pointer).unwrap() = wrong;
        unreadable(&case, place);
    }
}
