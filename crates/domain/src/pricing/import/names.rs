//! Whether a name that a row says may be meant for a product.

use super::products::{KnownProduct, letters_of};
use super::suggest::pairs_of;

/// Names that share so much of the pairs of the shorter one, in percent, may be meant for the same.
const SHARED_MIN: usize = 50;
/// So much of a cell is looked at; it may hold a whole book.
const LOOKED_AT_MAX: usize = 200;

/// Whether a name with its specification may be meant for that product: one is part or short form of the other, or they
/// share enough. Names of which only one is in Chinese cannot be held against each other, and may.
pub(super) fn may_mean(name: &str, spec: &str, product: &KnownProduct) -> bool {
    let own = letters_of(&product.name);
    let first = |text: &str| text.chars().take(LOOKED_AT_MAX).collect::<String>();
    let said = letters_of(&first(name));
    let said_whole = format!("{said}{}", letters_of(&first(spec)));
    let series = product.facts.series.as_deref().unwrap_or_default();
    let whole =
        letters_of(&format!("{series}{}{}", product.name, product.spec.as_deref().unwrap_or_default()));
    said == letters_of(&product.code)
        || said_whole.contains(&own)
        || alike(&said, &own)
        || alike(&said, &whole)
}

fn alike(one: &str, other: &str) -> bool {
    let chinese = (chinese_of(one), chinese_of(other));
    match (chinese.0.is_empty(), chinese.1.is_empty()) {
        (false, false) => is_short_for(&chinese.0, &chinese.1) || share(&chinese.0, &chinese.1),
        (true, true) => one.contains(other) || other.contains(one) || share(one, other),
        _ => true,
    }
}

/// All signs of the shorter one stand in the longer one, in the same order.
fn is_short_for(one: &str, other: &str) -> bool {
    let (short, long) =
        if one.chars().count() <= other.chars().count() { (one, other) } else { (other, one) };
    let mut signs = long.chars();
    short.chars().all(|wanted| signs.any(|sign| sign == wanted))
}

fn share(one: &str, other: &str) -> bool {
    let (one, other) = (pairs_of(one), pairs_of(other));
    let shorter = one.len().min(other.len());
    let both = one.iter().filter(|pair| other.binary_search(pair).is_ok()).count();
    shorter > 0 && both * 100 >= shorter * SHARED_MIN
}

fn chinese_of(text: &str) -> String {
    text.chars().filter(|sign| matches!(sign, '\u{3400}'..='\u{9fff}')).collect()
}
