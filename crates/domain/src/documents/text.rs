//! Text on its way to paper: without characters that hide or reorder others, and within limits.

use crate::base::is_hidden;

/// The longest name, address or remark that is printed whole.
pub const NAME_CHARS_MAX: usize = 500;

/// The longest notes that are printed whole.
pub const NOTES_CHARS_MAX: usize = 10_000;

/// `text` without control, direction and zero-width characters; line ends become `\n`, tabs blanks.
pub fn printable(text: &str) -> String {
    let one_line_end = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}', '\u{85}'], "\n");
    one_line_end
        .chars()
        .map(|letter| if letter == '\t' { ' ' } else { letter })
        .filter(is_printable)
        .collect()
}

/// At most `limit` characters, the last an ellipsis when something was cut.
pub fn cut(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_string();
    }
    let mut kept: String = text.chars().take(limit.saturating_sub(1)).collect();
    kept.push('…');
    kept
}

fn is_printable(letter: &char) -> bool {
    *letter == '\n' || !(letter.is_control() || is_hidden(*letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_hidden_reaches_the_paper() {
        assert_eq!(printable("单价\u{202E}001\u{202C}元\u{0}\u{7}\u{FEFF}"), "单价001元");
        assert_eq!(printable("一\r\n二\r三\t四"), "一\n二\n三 四");
        assert_eq!(printable("#let x = 1 $a$ *b* <script> 😀 ａ"), "#let x = 1 $a$ *b* <script> 😀 ａ");
    }

    #[test]
    fn a_cut_text_says_so() {
        assert_eq!(cut("外墙乳胶漆", 5), "外墙乳胶漆");
        assert_eq!(cut("外墙乳胶漆", 4), "外墙乳…");
        assert_eq!(cut("外墙", 0), "…");
    }
}
