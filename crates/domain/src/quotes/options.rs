//! Alternatives of one offer (方案 A, B …): the customer chooses one, and the others end.

use super::refused::QuoteRefused;

/// So many alternatives may stand beside each other.
pub const OPTIONS_MAX: usize = 5;

/// What the first of a set is called.
pub const FIRST_OPTION: &str = "A";

/// What the next alternative is called, beside those that are there; a name that was given is not given again.
pub fn next_option(taken: &[String]) -> Result<String, QuoteRefused> {
    let letters = ["A", "B", "C", "D", "E"];
    let last = letters.iter().rposition(|letter| taken.iter().any(|name| name == letter));
    match letters.get(last.map_or(0, |last| last + 1)) {
        Some(letter) => Ok((*letter).to_string()),
        None => Err(QuoteRefused::TooManyOptions { limit: OPTIONS_MAX }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alternatives_are_named_in_their_order_up_to_the_limit() {
        let names = |names: &[&str]| names.iter().map(|name| name.to_string()).collect::<Vec<_>>();
        assert_eq!(next_option(&names(&["A"])), Ok("B".to_string()));
        assert_eq!(next_option(&names(&["A", "C"])), Ok("D".to_string()), "B was there once");
        let all = names(&["A", "B", "C", "D", "E"]);
        assert_eq!(next_option(&all), Err(QuoteRefused::TooManyOptions { limit: 5 }));
        assert_eq!(next_option(&[]), Ok(FIRST_OPTION.to_string()));
    }
}
