//! One word for whoever reads: customers are addressed as 您, everybody inside as 你.

use crate::tree::{Fault, Tree};

/// Where the words that people read are kept.
const PLACES: &[&str] = &["web/src/text/", "crates/domain/src/words/", "docs/guide/"];

/// What customers read: the page behind a link with its refusals, and the page that verifies a document.
const CUSTOMERS: &[&str] =
    &["web/src/text/sharedPage.ts", "web/src/text/documents.ts", "crates/domain/src/words/share.rs"];

/// Names every line that addresses its reader by the other word.
pub fn check(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, text) in tree.files().filter(|(path, _)| PLACES.iter().any(|place| path.starts_with(place))) {
        let other = if CUSTOMERS.contains(&path) { '你' } else { '您' };
        for (at, line) in text.lines().enumerate().filter(|(_, line)| unquoted(line).contains(other)) {
            faults.push(Fault::new(
                path,
                at + 1,
                format!("{other} where the other word is used: {}", line.trim()),
            ));
        }
    }
    faults
}

/// The line without what stands in 「」: what somebody says to another, or what stands on another's screen.
fn unquoted(line: &str) -> String {
    let mut depth = 0_usize;
    let mut kept = String::new();
    for sign in line.chars() {
        match sign {
            '「' => depth += 1,
            '」' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(sign),
            _ => {}
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(path: &str, text: &str) -> usize {
        check(&Tree::of(&[(path, text)])).len()
    }

    #[test]
    fn inside_one_says_ni_and_to_customers_nin() {
        assert_eq!(faults("web/src/text/quotes.ts", "a: \"你看到的合计\""), 0);
        assert_eq!(faults("web/src/text/quotes.ts", "a: \"您看到的合计\""), 1);
        assert_eq!(faults("web/src/text/guide.ts", "a: \"对客户说「这个价给您留着」\""), 0);
        assert_eq!(faults("web/src/text/sharedPage.ts", "a: \"您的姓名\""), 0);
        assert_eq!(faults("web/src/text/sharedPage.ts", "a: \"你的姓名\""), 1);
        assert_eq!(faults("crates/domain/src/words/share.rs", "\"业务员给你的数字\""), 1);
        assert_eq!(faults("crates/domain/src/quotes/share.rs", "// 您"), 0);
    }
}
