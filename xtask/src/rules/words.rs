//! Chinese that a user sees stands in the modules of words, never among the code.

use crate::rust::Source;
use crate::tree::{Fault, Tree};

/// Folders or files of one of these names hold words.
const WORD_NAMES: &[&str] = &["words", "text", "demo", "tests", "fixtures"];

/// Other places that hold Chinese as data rather than as a sentence to a user.
const ALLOWED: &[&str] = &[
    "xtask/",
    "bench/",
    "e2e/",
    // The numerals of 人民币大写 are what it computes.
    "crates/domain/src/documents/capital.rs",
    // Endings of company names are what it reads.
    "crates/domain/src/documents/mask.rs",
];

/// Names every Chinese string literal outside the modules of words, demo data and tests.
pub fn check(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, text) in tree.ending(&[".rs"]).filter(|(path, _)| !holds_words(path)) {
        let Ok(source) = Source::parse(text) else { continue };
        for token in source.product_tokens().iter().filter(|token| token.literal && has_han(&token.text)) {
            faults.push(Fault::new(path, token.line, format!("words among the code: {}", token.text)));
        }
    }
    for (path, text) in tree.ending(&[".ts", ".tsx"]).filter(|(path, _)| !holds_words(path)) {
        for (line, words) in script_words(text) {
            faults.push(Fault::new(path, line, format!("words among the code: {words}")));
        }
    }
    faults
}

fn holds_words(path: &str) -> bool {
    let named = path.split('/').any(|part| {
        let stem = part.split('.').next().unwrap_or(part);
        WORD_NAMES.contains(&stem) || stem.ends_with("_words") || part.contains(".test.")
    });
    named || ALLOWED.iter().any(|ok| path.starts_with(ok))
}

fn has_han(text: &str) -> bool {
    text.chars().any(is_han)
}

/// Whether `sign` is a Chinese character.
pub fn is_han(sign: char) -> bool {
    matches!(sign, '\u{3400}'..='\u{9fff}')
}

/// The lines of a script with Chinese outside comments.
fn script_words(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut in_comment = false;
    for (at, line) in text.lines().enumerate() {
        let code = without_comments(line, &mut in_comment);
        if has_han(&code) {
            found.push((at + 1, code.trim().to_owned()));
        }
    }
    found
}

fn without_comments(line: &str, in_comment: &mut bool) -> String {
    let mut code = String::new();
    let mut rest = line;
    while !rest.is_empty() {
        if *in_comment {
            let Some((_, after)) = rest.split_once("*/") else { return code };
            *in_comment = false;
            rest = after;
            continue;
        }
        let block = rest.find("/*");
        // An address such as https://… is no comment.
        let end = rest.match_indices("//").map(|(at, _)| at).find(|at| !rest[..*at].ends_with(':'));
        match (block, end) {
            (Some(block), end) if end.is_none_or(|end| block < end) => {
                code.push_str(&rest[..block]);
                *in_comment = true;
                rest = &rest[block + 2..];
            }
            (_, Some(end)) => {
                code.push_str(&rest[..end]);
                return code;
            }
            _ => {
                code.push_str(rest);
                return code;
            }
        }
    }
    code
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(path: &str, text: &str) -> usize {
        check(&Tree::of(&[(path, text)])).len()
    }

    #[test]
    fn rust_keeps_its_words_together() {
        let text = "pub fn title() -> &'static str { \"报价单\" }";
        assert_eq!(faults("crates/domain/src/words/quotes.rs", text), 0);
        assert_eq!(faults("crates/app/src/quotes.rs", text), 1);
        assert_eq!(faults("crates/app/src/quotes.rs", "fn a() { format!(\"第 {n} 行\"); }"), 1);
    }

    #[test]
    fn comments_and_tests_may_speak_chinese() {
        let text = "/// 四舍五入\nfn a() {}\n#[cfg(test)]\nmod tests { fn b() { c(\"板材\"); } }";
        assert_eq!(faults("crates/app/src/quotes.rs", text), 0);
        assert_eq!(faults("web/src/a.tsx", "// 报价\n/* 报\n价 */ const a = 1; {/* 价 */}\n"), 0);
        assert_eq!(faults("web/src/a.test.tsx", "render('报价')"), 0);
    }

    #[test]
    fn the_web_keeps_its_words_together() {
        assert_eq!(faults("web/src/text/quotes.ts", "export const a = '报价';"), 0);
        assert_eq!(faults("web/src/a.tsx", "<Title>报价</Title>"), 1);
        assert_eq!(faults("web/src/a.ts", "const a = 'https://x.cn/报价';"), 1);
    }
}
