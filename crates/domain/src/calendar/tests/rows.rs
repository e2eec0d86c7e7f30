//! Rows of the company's calendar: what people type, and what it comes to.

use super::*;

fn read(key: &str, hours: &str, from: &str) -> Result<CalendarRow, CalendarRowFault> {
    let content = serde_json::json!({ "hours": hours, "from": from, "note": " 春节 " }).to_string();
    CalendarRow::read(key, &content)
}

#[test]
fn hours_are_read_as_people_type_them_and_kept_in_one_way() {
    for typed in [
        "8:30-12:00 13:00-17:30",
        "08:30–12:00、13:00–17:30",
        "０８：３０至12:00，13:00~17:30",
        "13:00-17:30 08:30-12:00",
    ] {
        let row = read("sat", typed, "company").unwrap();
        let kept = serde_json::from_str::<serde_json::Value>(&row.content()).unwrap();
        assert_eq!(kept["hours"], "08:30-12:00 13:00-17:30", "{typed}");
        assert_eq!(CalendarRow::read("sat", &row.content()).unwrap(), row);
    }
    assert_eq!(read("2027-02-05", "", "notice").unwrap().sort, DaySort::Off);
    assert_eq!(
        read("2027-02-20", "9:00-18:00", "notice").unwrap().sort,
        DaySort::Hours(vec![hours("09:00", "18:00")])
    );
}

#[test]
fn what_cannot_be_meant_is_refused() {
    assert_eq!(read("2027-02-30", "", "company"), Err(CalendarRowFault::KeyWrong));
    assert_eq!(read("monday", "", "company"), Err(CalendarRowFault::KeyWrong));
    assert_eq!(read("sun", "", "notice"), Err(CalendarRowFault::OnlyOfDates));
    for wrong in ["九点", "09:00", "09:00-09:00", "9-12", "25:00-26:00", "、"] {
        assert!(matches!(read("mon", wrong, "company"), Err(CalendarRowFault::HoursWrong { .. })), "{wrong}");
    }
    let many = ["01:00-01:10"; HOURS_A_DAY_MAX + 1].join(" ");
    assert!(matches!(read("mon", &many, "company"), Err(CalendarRowFault::TooManyHours { .. })));
    assert_eq!(CalendarRow::read("mon", "{}"), Err(CalendarRowFault::NotReadable));
    let long = serde_json::json!({ "hours": "", "note": "字".repeat(NOTE_LETTERS_MAX + 1) }).to_string();
    assert!(matches!(CalendarRow::read("mon", &long), Err(CalendarRowFault::NoteTooLong { .. })));
}

#[test]
fn the_companys_rows_stand_before_the_announced_days() {
    let rows = [
        read("sat", "09:00-12:00", "company").unwrap(),
        read("mon", "", "company").unwrap(),
        read("2026-10-02", "10:00-16:00", "company").unwrap(),
        read("2026-11-25", "", "company").unwrap(),
    ];
    let calendar = Calendar::of_company(&rows, zone());
    assert_eq!(calendar.hours_of(day("2026-11-28")), [hours("09:00", "12:00")]);
    assert!(!calendar.is_workday(day("2026-11-30")));
    assert_eq!(calendar.hours_of(day("2026-10-02")), [hours("10:00", "16:00")]);
    assert!(!calendar.is_workday(day("2026-11-25")));
    assert!(!calendar.is_workday(day("2026-10-01")), "announced");
    // A make-up Saturday has Saturday's own hours here.
    assert_eq!(calendar.hours_of(day("2026-10-10")), [hours("09:00", "12:00")]);
}

#[test]
fn a_year_is_known_once_a_day_of_its_notice_is_told_and_not_by_a_day_of_the_companys_own() {
    let off = |key, from| [read(key, "", from).unwrap()];
    assert!(!Calendar::of_company(&off("2027-02-05", "company"), zone()).knows(2027));
    let told = Calendar::of_company(&off("2027-02-05", "notice"), zone());
    assert!(told.knows(2027) && !told.knows(2028));
    let over = told.add_work(at("2026-12-31 17:00"), work("2h"), &[]).unwrap();
    assert_eq!(over.unknown_years, Vec::<i16>::new());
}
