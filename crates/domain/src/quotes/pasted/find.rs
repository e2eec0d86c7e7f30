//! Which product a few words mean: every word must be found in code, name or specification, and how sure that is.

use std::collections::HashMap;

use super::words::SAME_UNIT;
use crate::base::{ProductId, fold_width, pinyin_initials};

/// So many of the nearest are compared letter by letter.
const NEAREST_MAX: usize = 300;
/// So many are told.
const TOLD_MAX: usize = 6;
/// Out of a thousand: from here on a product is proposed, and from here on nobody need look.
const LIKELY: u32 = 520;
const SURE: u32 = 760;
/// From so many letters on a code among other words is taken for the code that it is.
const CODE_SURE_LENGTH: usize = 4;
/// So far the best stands before the second when it is sure.
const LEAD: u32 = 40;

/// What is sold, as much of it as its name needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Good {
    pub id: ProductId,
    pub code: String,
    pub name: String,
    pub spec: String,
    /// The base unit first.
    pub units: Vec<String>,
}

/// How sure it is which product is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confidence {
    Sure,
    /// Proposed, to be looked at.
    Likely,
    /// Nothing fits.
    None,
}

/// What was found, the best first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub confidence: Confidence,
    pub products: Vec<ProductId>,
    /// The unit as the best product writes it; none when it has no such unit.
    pub unit: Option<String>,
}

/// All goods, prepared for finding.
#[derive(Debug)]
pub struct Catalogue {
    goods: Vec<Prepared>,
    by_sign: HashMap<char, Vec<u32>>,
    by_code: HashMap<String, u32>,
}

#[derive(Debug)]
struct Prepared {
    good: Good,
    name: Vec<char>,
    text: String,
    letters: Vec<char>,
    initials: String,
}

impl Catalogue {
    /// Prepares the goods; the same goods and words always give the same answer.
    pub fn new(goods: impl IntoIterator<Item = Good>) -> Catalogue {
        let mut catalogue = Catalogue { goods: Vec::new(), by_sign: HashMap::new(), by_code: HashMap::new() };
        let mut goods: Vec<Good> = goods.into_iter().collect();
        goods.sort_by_key(|good| good.id);
        for (at, good) in (0_u32..).zip(goods) {
            let text = folded(&format!("{} {} {}", good.name, good.spec, good.code));
            let letters: Vec<char> = text.chars().filter(|sign| !sign.is_whitespace()).collect();
            let mut different = letters.clone();
            different.sort_unstable();
            different.dedup();
            for sign in different {
                catalogue.by_sign.entry(sign).or_default().push(at);
            }
            catalogue.by_code.insert(fold_width(&good.code).to_lowercase(), at);
            let name =
                fold_width(&good.name).to_lowercase().chars().filter(|sign| !sign.is_whitespace()).collect();
            let initials = pinyin_initials(&good.name);
            catalogue.goods.push(Prepared { good, name, text, letters, initials });
        }
        catalogue
    }

    /// The products that the words may mean; a unit that only one of them has helps to tell them apart.
    pub fn find(&self, words: &str, unit: Option<&str>) -> Found {
        let words = folded(words);
        let tokens = tokens(&words);
        // A short code may as well be a size: then it must be all that was said.
        let mut coded = tokens.iter().filter(|token| token.text.len() >= CODE_SURE_LENGTH);
        if let Some(at) =
            coded.find_map(|token| self.by_code.get(&token.text)).or_else(|| self.by_code.get(words.trim()))
        {
            return self.told(Confidence::Sure, vec![*at], unit);
        }
        let mut scored: Vec<(u32, u32)> = Vec::new();
        for at in self.nearest(&tokens) {
            let Some(prepared) = usize::try_from(at).ok().and_then(|at| self.goods.get(at)) else { continue };
            let score = score(prepared, &tokens, unit);
            if score >= LIKELY {
                scored.push((score, at));
            }
        }
        scored.sort_by_key(|(score, at)| (std::cmp::Reverse(*score), *at));
        let best = scored.first().map_or(0, |(score, _)| *score);
        let second = scored.get(1).map_or(0, |(score, _)| *score);
        let confidence = match scored.is_empty() {
            true => Confidence::None,
            false if best >= SURE && best >= second + LEAD => Confidence::Sure,
            false => Confidence::Likely,
        };
        self.told(confidence, scored.into_iter().map(|(_, at)| at).collect(), unit)
    }

    fn told(&self, confidence: Confidence, found: Vec<u32>, unit: Option<&str>) -> Found {
        let goods = found.iter().filter_map(|at| usize::try_from(*at).ok().and_then(|at| self.goods.get(at)));
        let goods: Vec<&Good> = goods.take(TOLD_MAX).map(|prepared| &prepared.good).collect();
        let unit = unit.and_then(|unit| goods.first().and_then(|good| unit_of(good, unit)));
        Found {
            confidence,
            products: goods.iter().map(|good| good.id).collect(),
            unit: unit.map(str::to_string),
        }
    }

    /// The goods that share the most signs with the words; for pinyin, all whose initials hold them.
    fn nearest(&self, tokens: &[Token]) -> Vec<u32> {
        let mut shared: HashMap<u32, u32> = HashMap::new();
        let mut signs: Vec<char> = tokens.iter().flat_map(|token| token.text.chars()).collect();
        signs.sort_unstable();
        signs.dedup();
        for sign in signs {
            // A Chinese character says more than a letter or a digit.
            let weight = if sign.is_ascii() { 1 } else { 4 };
            for at in self.by_sign.get(&sign).into_iter().flatten() {
                *shared.entry(*at).or_default() += weight;
            }
        }
        for token in tokens.iter().filter(|token| token.is_pinyin()) {
            for (at, prepared) in (0_u32..).zip(&self.goods) {
                if prepared.initials.contains(&token.text) {
                    *shared.entry(at).or_default() += 8;
                }
            }
        }
        let mut nearest: Vec<(u32, u32)> = shared.into_iter().collect();
        nearest.sort_by_key(|(at, weight)| (std::cmp::Reverse(*weight), *at));
        nearest.into_iter().take(NEAREST_MAX).map(|(at, _)| at).collect()
    }
}

/// Half width, lower case, and sizes written in one way: `800*800`, `800x800` and `800×800` are the same.
fn folded(text: &str) -> String {
    let letters: Vec<char> = fold_width(text).to_lowercase().chars().collect();
    let digit = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(char::is_ascii_digit);
    let one = |(at, sign): (usize, &char)| match sign {
        'x' | '*' if digit(at.checked_sub(1)) && digit(Some(at + 1)) => '×',
        other => *other,
    };
    letters.iter().enumerate().map(one).collect()
}

/// A run of Chinese characters, or of Latin letters and digits.
struct Token {
    text: String,
    latin: bool,
}

impl Token {
    fn is_pinyin(&self) -> bool {
        self.latin && self.text.len() >= 2 && self.text.chars().all(|sign| sign.is_ascii_lowercase())
    }
}

fn tokens(words: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut open = false;
    for sign in words.chars() {
        let inside = sign.is_alphanumeric() || (open && matches!(sign, '.' | '-' | '*' | '/' | '#' | '×'));
        if !inside {
            open = false;
            continue;
        }
        let latin = sign.is_ascii() || sign == '×';
        match tokens.last_mut() {
            Some(token) if open && token.latin == latin => token.text.push(sign),
            _ => tokens.push(Token { text: sign.to_string(), latin }),
        }
        open = true;
    }
    for token in &mut tokens {
        let end = token.text.trim_end_matches(['.', '-', '*', '/', '#']).len();
        token.text.truncate(end);
    }
    tokens.retain(|token| !token.text.is_empty());
    tokens
}

/// 0 to 1,000: how much of what was said is found, and how much of the name was said.
fn score(prepared: &Prepared, tokens: &[Token], unit: Option<&str>) -> u32 {
    let (mut said, mut found, mut named) = (0, 0, 0);
    for token in tokens {
        let letters: Vec<char> = token.text.chars().collect();
        let length = count(letters.len()) * if token.latin { 1 } else { 2 };
        said += length;
        if token.latin {
            if token.is_pinyin() && prepared.initials.contains(&token.text) {
                found += length;
                named += count(letters.len());
            } else {
                found += latin_found(&prepared.text, &token.text);
                named += common(&letters, &prepared.name);
            }
        } else {
            let shared = common(&letters, &prepared.letters);
            found += shared * 2;
            named += common(&letters, &prepared.name);
        }
    }
    if said == 0 {
        return 0;
    }
    let covered = found * 1_000 / said;
    let name = count(prepared.name.len()).max(1);
    let named = (named.min(name)) * 1_000 / name;
    let fits = match unit {
        None => 500,
        Some(unit) if unit_of(&prepared.good, unit).is_some() => 1_000,
        Some(_) => 0,
    };
    // What was said must be found; that much of the name was said, and that the unit fits, tells near ones apart.
    (covered * 70 + named * 20 + fits * 10) / 100
}

/// How many letters of a Latin word are found: all of it, or those of its parts where letters meet digits.
fn latin_found(text: &str, word: &str) -> u32 {
    if holds_whole(text, word) {
        return count(word.chars().count());
    }
    let mut parts: Vec<String> = Vec::new();
    let mut before: Option<char> = None;
    for sign in word.chars() {
        let number = |sign: char| sign.is_ascii_digit() || sign == '.';
        let begins =
            before.is_none_or(|before| number(before) != number(sign) || sign == '×' || before == '×');
        match parts.last_mut() {
            Some(part) if !begins => part.push(sign),
            _ => parts.push(sign.to_string()),
        }
        before = Some(sign);
    }
    if parts.len() < 2 {
        return 0;
    }
    parts.iter().filter(|part| holds_whole(text, part)).map(|part| count(part.chars().count())).sum()
}

/// Whether `text` holds the word, and not as a part of a longer number.
fn holds_whole(text: &str, word: &str) -> bool {
    let digit = |sign: Option<char>| sign.is_some_and(|sign| sign.is_ascii_digit());
    text.match_indices(word).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let after = text.get(at + word.len()..).and_then(|after| after.chars().next());
        let cut_before = digit(before) && digit(word.chars().next());
        let cut_after = digit(after) && digit(word.chars().next_back());
        !cut_before && !cut_after
    })
}

/// Length of the longest common subsequence.
fn common(one: &[char], other: &[char]) -> u32 {
    let mut row = vec![0_u32; other.len() + 1];
    for sign in one {
        let mut diagonal = 0;
        for (place, with) in other.iter().enumerate() {
            let above = row.get(place + 1).copied().unwrap_or(0);
            let left = row.get(place).copied().unwrap_or(0);
            let here = if sign == with { diagonal + 1 } else { above.max(left) };
            diagonal = above;
            if let Some(cell) = row.get_mut(place + 1) {
                *cell = here;
            }
        }
    }
    row.last().copied().unwrap_or(0)
}

/// The unit as the good writes it.
fn unit_of<'a>(good: &'a Good, unit: &str) -> Option<&'a str> {
    let exact = good.units.iter().find(|own| own.eq_ignore_ascii_case(unit));
    let alike = || {
        let group = SAME_UNIT.iter().find(|group| group.contains(&unit))?;
        good.units.iter().find(|own| group.contains(&own.to_lowercase().as_str()))
    };
    exact.or_else(alike).map(String::as_str)
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
