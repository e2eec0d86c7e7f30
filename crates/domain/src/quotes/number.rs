//! Numbers of documents: gapless by branch and year.

use crate::base::Date;

/// The series from which a quotation issued on `day` takes its number: branch code and year.
pub fn quote_series(branch_code: &str, day: Date) -> String {
    format!("{branch_code}{:02}", day.year().rem_euclid(100))
}

/// The series of orders: the same branch and year, counted by itself.
pub fn order_series(branch_code: &str, day: Date) -> String {
    format!("{}-D", quote_series(branch_code, day))
}

/// `SZ26-000123`, `SZ26-D000045`.
pub fn written_number(series: &str, n: i64) -> String {
    match series.strip_suffix("-D") {
        Some(branch_and_year) => format!("{branch_and_year}-D{n:06}"),
        None => format!("{series}-{n:06}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_names_branch_year_and_place() {
        let day = crate::base::parse_date("2026-05-05").unwrap();
        assert_eq!(written_number(&quote_series("SZ", day), 123), "SZ26-000123");
        assert_eq!(written_number(&order_series("SZ", day), 45), "SZ26-D000045");
        let early = crate::base::parse_date("2105-01-01").unwrap();
        assert_eq!(written_number(&quote_series("NJ", early), 1_234_567), "NJ05-1234567");
    }
}
