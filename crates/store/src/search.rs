//! Patterns for `LIKE … ESCAPE '\'` from what people type.

use domain::customers::name_key;

/// So many words of a search are looked at.
pub const WORDS_MAX: usize = 4;

/// A pattern for texts that hold `word`, taken literally; an empty word matches everything.
pub fn holds(word: &str) -> String {
    format!("%{}%", literal(word))
}

/// A pattern for texts that begin with `word`, taken literally.
pub fn begins(word: &str) -> String {
    format!("{}%", literal(word))
}

/// A pattern for texts that end with `word`, taken literally.
pub fn ends(word: &str) -> String {
    format!("%{}", literal(word))
}

/// One pattern for each of the first words of a search, `%` for those that are not there: all must match.
pub fn all_words(search: &str) -> [String; WORDS_MAX] {
    let mut words = search.split_whitespace();
    std::array::from_fn(|_| words.next().map_or_else(|| "%".to_string(), holds))
}

/// A pattern for names of customers as they are compared (`name_key`) that hold `word`. A word of signs alone is in none.
pub fn in_name(word: &str) -> String {
    let key = name_key(word);
    holds(if key.is_empty() { word } else { &key })
}

/// The same for each of the first words of a search, `%` for those that are not there.
pub fn all_in_names(search: &str) -> [String; WORDS_MAX] {
    let mut words = search.split_whitespace();
    std::array::from_fn(|_| words.next().map_or_else(|| "%".to_string(), in_name))
}

fn literal(word: &str) -> String {
    let mut text = String::with_capacity(word.len());
    for sign in word.chars() {
        if matches!(sign, '%' | '_' | '\\') {
            text.push('\\');
        }
        text.push(sign);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_the_pattern_language_are_taken_literally() {
        assert_eq!(holds("50%_\\"), "%50\\%\\_\\\\%");
        assert_eq!(begins("a"), "a%");
        assert_eq!(all_words(" 外墙  20kg"), ["%外墙%", "%20kg%", "%", "%"].map(String::from));
        assert_eq!(all_in_names("B-12 _"), ["%b12%", "%\\_%", "%", "%"].map(String::from));
    }
}
