use crate::base::{Instant, parse_date};
use crate::quotes::{
    CODE_TRIES_MAX, CodeCheck, Device, HandedCode, check_code, code_hash, code_of, link_opens, share_last_day,
};

const LINK: &str = "0f";

fn handed(tries: i64) -> HandedCode {
    HandedCode { hash: code_hash(LINK, "012345"), until: Instant(1_000), tries }
}

#[track_caller]
fn check(typed: &str, tries: i64, now: i64, expected: CodeCheck) {
    assert_eq!(
        check_code(LINK, typed, Some(&handed(tries)), Instant(now)),
        expected,
        "{typed} {tries} {now}"
    );
}

#[test]
fn a_code_opens_once_typed_as_people_type_and_not_after_its_time_or_tries() {
    check("012345", 0, 1_000, CodeCheck::Right);
    check(" ０１２ 345 ", 4, 0, CodeCheck::Right);
    check("12345", 0, 0, CodeCheck::Wrong { tries_left: 4 });
    check("", 0, 0, CodeCheck::Wrong { tries_left: 4 });
    check("012346", CODE_TRIES_MAX - 1, 0, CodeCheck::Wrong { tries_left: 0 });
    check("012345", CODE_TRIES_MAX, 0, CodeCheck::Spent);
    check("012345", 0, 1_001, CodeCheck::NoCode);
    assert_eq!(check_code(LINK, "012345", None, Instant(0)), CodeCheck::NoCode);
    let elsewhere = check_code("10", "012345", Some(&handed(0)), Instant(0));
    assert_eq!(elsewhere, CodeCheck::Wrong { tries_left: 4 }, "a code opens its own link alone");
}

#[test]
fn a_code_is_six_digits_whatever_chance_says() {
    assert_eq!(code_of([0; 8]), "000000");
    assert_eq!(code_of([255; 8]), "551615");
}

#[test]
fn a_link_ends_with_the_quotation_or_before_and_its_last_day_counts() {
    let day = |text: &str| parse_date(text).unwrap();
    let (today, last) = (day("2026-05-05"), day("2026-05-12"));
    assert_eq!(share_last_day(None, last, today), Ok(last));
    assert_eq!(share_last_day(Some("2026-05-05"), last, today), Ok(today));
    assert!(share_last_day(Some("2026-05-13"), last, today).is_err());
    assert!(share_last_day(Some("2026-05-04"), last, today).is_err());
    assert!(share_last_day(Some("下周"), last, today).is_err());
    assert!(link_opens(last, false, last));
    assert!(!link_opens(last, false, day("2026-05-13")));
    assert!(!link_opens(last, true, today));
}

#[test]
fn a_device_is_told_as_coarsely_as_it_helps() {
    let of = Device::of_agent;
    assert_eq!(of("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) MicroMessenger/8.0"), Device::WeChat);
    assert_eq!(of("Mozilla/5.0 (Linux; Android 14; Pixel) Mobile Safari"), Device::Phone);
    assert_eq!(of("Mozilla/5.0 (iPad; CPU OS 17_0)"), Device::Tablet);
    assert_eq!(of("Mozilla/5.0 (Windows NT 10.0; Win64; x64)"), Device::Computer);
    assert_eq!(of(""), Device::Computer);
}
