//! Products that a row may mean when none is found: those whose code, name and specification are written alike.

use std::collections::HashMap;

use super::memory::said_at;
use super::products::{KnownProduct, ProductIndex, folded};
use super::{Mapping, grid::Grid};

/// So many products are proposed for a row.
const PROPOSED_MAX: usize = 3;
/// Less alike than this, in percent, is not alike.
const ALIKE_MIN: usize = 30;

/// Finds products by pairs of letters.
pub struct Suggester<'a> {
    products: &'a ProductIndex,
    by_pair: HashMap<(char, char), Vec<usize>>,
    pairs: Vec<usize>,
}

impl<'a> Suggester<'a> {
    /// Over all products that are still sold.
    pub fn new(products: &'a ProductIndex) -> Suggester<'a> {
        let mut by_pair: HashMap<(char, char), Vec<usize>> = HashMap::new();
        let mut pairs = Vec::new();
        for (place, product) in products.all().iter().enumerate() {
            let spec = product.spec.as_deref().unwrap_or_default();
            let own = pairs_of(&format!("{}{}{spec}", product.code, product.name));
            pairs.push(own.len());
            for pair in own {
                by_pair.entry(pair).or_default().push(place);
            }
        }
        Suggester { products, by_pair, pairs }
    }

    /// The products that a row may mean: of its code, barcode and name, then the likeliest; at most three.
    pub fn for_row(&self, grid: &Grid, mapping: &Mapping, row: usize) -> Vec<&'a KnownProduct> {
        let Some(place) = row.checked_sub(1) else { return Vec::new() };
        let said = said_at(grid, mapping, place);
        let cells = [said.code, said.name, said.spec];
        let text: String = cells.iter().flatten().map(|cell| cell.text()).collect();
        let wanted = pairs_of(&text);
        let mut shared: HashMap<usize, usize> = HashMap::new();
        for place in wanted.iter().filter_map(|pair| self.by_pair.get(pair)).flatten() {
            *shared.entry(*place).or_insert(0) += 1;
        }
        let alike = |place: usize, both: usize| {
            let all = wanted.len() + self.pairs.get(place).copied().unwrap_or_default();
            (2 * both * 100).checked_div(all).unwrap_or_default()
        };
        let mut found: Vec<(usize, usize)> =
            shared.into_iter().map(|(place, both)| (alike(place, both), place)).collect();
        found.retain(|(alike, _)| *alike >= ALIKE_MIN);
        found.sort_by_key(|(alike, place)| (std::cmp::Reverse(*alike), *place));
        let product = |(_, place): (usize, usize)| self.products.all().get(place);
        let alike = found.into_iter().filter_map(product);
        let mut proposed: Vec<&KnownProduct> = Vec::new();
        for product in self.products.named_by(&said).into_iter().chain(alike) {
            let known = proposed.iter().any(|it| it.facts.id == product.facts.id);
            if !known && !product.archived && proposed.len() < PROPOSED_MAX {
                proposed.push(product);
            }
        }
        proposed
    }
}

/// Two letters or digits that stand side by side, in order and each once.
pub(super) fn pairs_of(text: &str) -> Vec<(char, char)> {
    let letters: Vec<char> = folded(text).chars().filter(|sign| sign.is_alphanumeric()).collect();
    let mut pairs: Vec<(char, char)> = letters.iter().copied().zip(letters.iter().copied().skip(1)).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}
