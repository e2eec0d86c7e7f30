//! Chinese sentences are punctuated in Chinese: a half-width comma between two characters reads as a slip.

use crate::rules::words::is_han;
use crate::tree::{Fault, Tree};

/// Where the words that people read are kept.
const PLACES: &[&str] = &["web/src/text/", "crates/domain/src/words/", "docs/guide/"];

const HALF_WIDTH: &[char] = &[',', ';', ':', '?', '!'];

/// Names every half-width sign between two Chinese characters.
pub fn check(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, text) in tree.files().filter(|(path, _)| PLACES.iter().any(|place| path.starts_with(place))) {
        for (at, line) in text.lines().enumerate().filter(|(_, line)| has_slip(line)) {
            faults.push(Fault::new(path, at + 1, format!("half-width punctuation: {}", line.trim())));
        }
    }
    faults
}

fn has_slip(line: &str) -> bool {
    let signs: Vec<char> = line.chars().collect();
    signs.windows(3).any(|three| match three {
        [before, sign, after] => HALF_WIDTH.contains(sign) && is_chinese(*before) && is_chinese(*after),
        _ => false,
    })
}

fn is_chinese(sign: char) -> bool {
    is_han(sign) || "「」『』".contains(sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> usize {
        check(&Tree::of(&[("web/src/text/quotes.ts", text)])).len()
    }

    #[test]
    fn a_half_width_comma_among_chinese_is_refused() {
        assert_eq!(faults("a: \"已签，录入\","), 0);
        assert_eq!(faults("a: \"已签,录入\","), 1);
        assert_eq!(faults("a: \"点「改一版」,从现在\","), 1);
        assert_eq!(faults("a: \"例如 128.00,含税\", b: \"x\""), 0);
    }
}
