//! Finds the product that a row of a file is for: by code, by barcode, or by name and specification.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::grid::Cell;
use super::names::may_mean;
use super::words::{CLOSING, DITTOS, PLACEHOLDERS};
use crate::base::{ProductId, fold_width};
use crate::pricing::book::ProductFacts;

/// A longer text behind a slash is no unit.
const UNIT_LETTERS_MAX: usize = 3;

/// A product that a row of a file may be for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownProduct {
    pub facts: ProductFacts,
    pub code: String,
    pub name: String,
    pub spec: Option<String>,
    /// Barcodes, each with the unit it stands on; `None` is the base unit.
    pub barcodes: Vec<(String, Option<String>)>,
    pub archived: bool,
}

/// All products, found by what a file says of them. Case, width and spaces do not matter.
#[derive(Debug, Default)]
pub struct ProductIndex {
    products: Vec<KnownProduct>,
    by_id: HashMap<ProductId, usize>,
    by_code: HashMap<String, Vec<usize>>,
    /// Codes of digits only, without leading zeros: a sheet drops them from numbers.
    by_digits: HashMap<String, Vec<usize>>,
    by_barcode: HashMap<String, (usize, Option<String>)>,
    by_name: HashMap<String, Vec<usize>>,
    by_name_and_spec: HashMap<(String, String), Vec<usize>>,
    /// Name alone, letters and digits only.
    by_bare_name: HashMap<String, Vec<usize>>,
    /// Name and specification together, letters and digits only.
    by_letters: HashMap<String, Vec<usize>>,
    units: HashSet<String>,
}

/// By what a product was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MatchedBy {
    Code,
    /// By code and specification joined, as in `YM-1001-14#`.
    CodeAndSpec,
    Barcode,
    Name,
    NameAndSpec,
    /// By name and specification that stand in one cell, or with other signs between them.
    NameTakenApart,
    /// By the digits of a code that has lost its zeros.
    Digits,
    /// By name, as a word such as 未知 stands for the code.
    PlaceholderCode,
    /// As was settled in an earlier file.
    Remembered,
    /// As somebody chose.
    Chosen,
}

/// What a row says of its product.
#[derive(Clone, Debug, Default)]
pub(super) struct Said<'a> {
    pub code: Option<&'a Cell>,
    pub barcode: Option<&'a Cell>,
    pub name: Option<&'a Cell>,
    pub spec: Option<&'a Cell>,
}

/// A product that was found.
#[derive(Clone, Debug)]
pub(super) struct Match<'a> {
    pub product: &'a KnownProduct,
    pub by: MatchedBy,
    /// The unit that the barcode stands on.
    pub unit: Option<&'a str>,
}

/// Why none was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NoMatch {
    /// The row names no product.
    Nothing,
    Unknown(Looked),
    /// Several products fit.
    Ambiguous(Looked, usize),
    /// Code and barcode name two products.
    Disagree {
        by_code: String,
        by_barcode: String,
    },
    /// The code is known, and the name beside it is plainly that of another product.
    Belied {
        code: String,
        /// Name and specification of the product of that code.
        name: String,
    },
}

/// By which column the product was looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Looked {
    Code,
    Barcode,
    Name,
}

impl ProductIndex {
    pub fn new(products: Vec<KnownProduct>) -> ProductIndex {
        let mut index = ProductIndex::default();
        for (place, product) in products.iter().enumerate() {
            index.by_id.insert(product.facts.id, place);
            let code = folded(&product.code);
            if let Some(digits) = bare_digits(&code) {
                index.by_digits.entry(digits).or_default().push(place);
            }
            index.by_code.entry(code).or_default().push(place);
            for (barcode, unit) in &product.barcodes {
                index.by_barcode.insert(folded(barcode), (place, unit.clone()));
            }
            index.units.extend(product.facts.units.names().map(folded));
            let name = folded(&product.name);
            let letters =
                letters_of(&format!("{}{}", product.name, product.spec.as_deref().unwrap_or_default()));
            index.by_letters.entry(letters).or_default().push(place);
            index.by_bare_name.entry(letters_of(&product.name)).or_default().push(place);
            let spec = folded(product.spec.as_deref().unwrap_or_default());
            index.by_name_and_spec.entry((name.clone(), spec)).or_default().push(place);
            index.by_name.entry(name).or_default().push(place);
        }
        ProductIndex { products, ..index }
    }

    pub fn get(&self, id: ProductId) -> Option<&KnownProduct> {
        self.by_id.get(&id).and_then(|place| self.products.get(*place))
    }

    /// All products, in the order in which they were given.
    pub fn all(&self) -> &[KnownProduct] {
        &self.products
    }

    /// Whether some product is sold in that unit.
    pub(super) fn known_unit(&self, unit: &str) -> bool {
        self.units.contains(&folded(unit))
    }

    /// No product at all is known.
    pub fn is_empty(&self) -> bool {
        self.products.is_empty()
    }

    pub(super) fn knows_code(&self, cell: &Cell) -> bool {
        !self.of_code(cell).is_empty()
    }

    pub(super) fn knows_barcode(&self, cell: &Cell) -> bool {
        self.by_barcode.contains_key(&folded(&cell.text()))
    }

    pub(super) fn knows_name(&self, cell: &Cell) -> bool {
        self.by_name.contains_key(&folded(&cell.text()))
    }

    pub(super) fn knows_unit(&self, cell: &Cell) -> bool {
        self.units.contains(&folded(&cell.text()))
    }

    /// The product of a row, by the surest of what it says.
    pub(super) fn find(&self, said: &Said<'_>) -> Result<Match<'_>, NoMatch> {
        let filled = |cell: Option<&'_ Cell>| cell.is_some_and(|cell| !cell.is_blank());
        let by_barcode = said.barcode.and_then(|cell| self.by_barcode.get(&folded(&cell.text())));
        let barcode =
            by_barcode.and_then(|(place, unit)| self.matched(*place, MatchedBy::Barcode, unit.as_deref()));
        let by_code = self.find_by_code(said)?;
        match (by_code, barcode) {
            (Some(code), Some(barcode)) if code.product.facts.id != barcode.product.facts.id => {
                let (by_code, by_barcode) = (code.product.code.clone(), barcode.product.code.clone());
                Err(NoMatch::Disagree { by_code, by_barcode })
            }
            (Some(code), barcode) => Ok(Match { unit: barcode.and_then(|found| found.unit), ..code }),
            (None, Some(barcode)) => Ok(barcode),
            (None, None) if said.code.is_some_and(is_placeholder) && filled(said.name) => {
                let found = self.find_by_name(said)?;
                Ok(Match { by: MatchedBy::PlaceholderCode, ..found })
            }
            (None, None) if filled(said.code) => Err(NoMatch::Unknown(Looked::Code)),
            (None, None) if filled(said.barcode) => Err(NoMatch::Unknown(Looked::Barcode)),
            (None, None) => self.find_by_name(said),
        }
    }

    /// What was found, unless by a code beside which the name of another product stands.
    pub(super) fn unless_belied<'a>(
        &'a self,
        said: &Said<'_>,
        found: Match<'a>,
    ) -> Result<Match<'a>, NoMatch> {
        let by_code = matches!(found.by, MatchedBy::Code | MatchedBy::CodeAndSpec | MatchedBy::Digits);
        if by_code && !found.product.archived && self.names_another(said, found.product) {
            let spec = found.product.spec.as_deref().unwrap_or_default();
            let name = format!("{} {spec}", found.product.name).trim().to_string();
            return Err(NoMatch::Belied { code: found.product.code.clone(), name });
        }
        Ok(found)
    }

    /// Whether the name of a row belies its code.
    pub(super) fn is_belied(&self, said: &Said<'_>) -> bool {
        let found = self.find(said).and_then(|found| self.unless_belied(said, found));
        matches!(found, Err(NoMatch::Belied { .. }))
    }

    /// The products that code, barcode and name of a row stand for, each by itself.
    pub(super) fn named_by(&self, said: &Said<'_>) -> Vec<&KnownProduct> {
        let by_code = self.find_by_code(said).ok().flatten().map(|found| found.product);
        let by_barcode = said.barcode.and_then(|cell| self.by_barcode.get(&folded(&cell.text())));
        let by_barcode = by_barcode.and_then(|(place, _)| self.products.get(*place));
        let by_name = self.find_by_name(said).ok().map(|found| found.product);
        [by_code, by_barcode, by_name].into_iter().flatten().collect()
    }

    /// Whether the name of a row is plainly not that of `product`: it is known as the name of another one, or it has
    /// too little in common. A row without a name says nothing against it.
    fn names_another(&self, said: &Said<'_>, product: &KnownProduct) -> bool {
        let Some(cell) = said.name.filter(|cell| !is_placeholder(cell)) else { return false };
        let text = cell.text();
        let name = letters_of(&text);
        let spec = said.spec.map(Cell::text).unwrap_or_default();
        if !name.chars().any(char::is_alphabetic) || DITTOS.contains(&name.as_str()) {
            return false;
        }
        let own_spec = product.spec.as_deref().unwrap_or_default();
        if letters_of(&format!("{text}{spec}")) == letters_of(&format!("{}{own_spec}", product.name)) {
            return false;
        }
        if let Ok(found) = self.find_by_name(said)
            && !found.product.archived
        {
            if found.product.facts.id == product.facts.id {
                return false;
            }
            // Name and specification are both those of the other.
            if found.by != MatchedBy::Name && found.product.spec.is_some() {
                return true;
            }
        }
        let bearers = self.by_bare_name.get(&name).map(Vec::as_slice).unwrap_or_default();
        let bearers = bearers.iter().filter_map(|place| self.products.get(*place));
        let mut bearers = bearers.filter(|bearer| !bearer.archived).peekable();
        let others = bearers.peek().is_some() && bearers.all(|it| it.facts.id != product.facts.id);
        // A name that is part of the product's own may be short for it.
        if others && !letters_of(&product.name).contains(&name) {
            return true;
        }
        !may_mean(&text, &spec, product)
    }

    fn find_by_code(&self, said: &Said<'_>) -> Result<Option<Match<'_>>, NoMatch> {
        let Some(cell) = said.code.filter(|cell| !cell.is_blank()) else {
            return Ok(None);
        };
        if let Some(place) = one_of(self.of_code(cell), Looked::Code)? {
            let exact = self.by_code.contains_key(&folded(&cell.text()));
            let by = if exact { MatchedBy::Code } else { MatchedBy::Digits };
            return Ok(self.matched(place, by, None));
        }
        let Some(spec) = said.spec.map(Cell::text).filter(|spec| !spec.trim().is_empty()) else {
            return Ok(None);
        };
        for joint in ["-", "/", "_", ""] {
            let joined = folded(&format!("{}{joint}{}", cell.text(), spec));
            let places = self.by_code.get(&joined).map(Vec::as_slice).unwrap_or_default();
            if let Some(place) = one_of(places, Looked::Code)? {
                return Ok(self.matched(place, MatchedBy::CodeAndSpec, None));
            }
        }
        Ok(None)
    }

    fn find_by_name(&self, said: &Said<'_>) -> Result<Match<'_>, NoMatch> {
        let name = said.name.map(|cell| folded(&cell.text())).unwrap_or_default();
        if name.is_empty() {
            return Err(NoMatch::Nothing);
        }
        let (places, by) = match said.spec {
            Some(spec) => {
                let key = (name, folded(&spec.text()));
                (self.by_name_and_spec.get(&key), MatchedBy::NameAndSpec)
            }
            None => (self.by_name.get(&name), MatchedBy::Name),
        };
        let place = one_of(places.map(Vec::as_slice).unwrap_or_default(), Looked::Name)?;
        match place.and_then(|place| self.matched(place, by, None)) {
            Some(found) => Ok(found),
            None => self.find_by_letters(said).map_err(|missed| self.bare_name(said).unwrap_or(missed)),
        }
    }

    /// Why none is found by a name beside which no specification stands, where goods of that name have several.
    fn bare_name(&self, said: &Said<'_>) -> Option<NoMatch> {
        let name = said.name.filter(|_| said.spec.is_some_and(Cell::is_blank))?;
        let bearers = self.by_name.get(&folded(&name.text())).map(Vec::as_slice).unwrap_or_default();
        one_of(bearers, Looked::Name).err()
    }

    /// By name and specification together, without signs and without a unit behind them.
    fn find_by_letters(&self, said: &Said<'_>) -> Result<Match<'_>, NoMatch> {
        let cells = [said.name, said.spec];
        let texts = cells.iter().flatten().map(|cell| letters_of(without_unit(&fold_width(&cell.text()))));
        let letters: String = texts.collect();
        let places = self.by_letters.get(&letters).filter(|_| !letters.is_empty());
        let places = places.map(Vec::as_slice).unwrap_or_default();
        let place = one_of(places, Looked::Name)?;
        let found = place.and_then(|place| self.matched(place, MatchedBy::NameTakenApart, None));
        found.ok_or(NoMatch::Unknown(Looked::Name))
    }

    fn of_code(&self, cell: &Cell) -> &[usize] {
        let code = folded(&cell.text());
        let exact = self.by_code.get(&code);
        let found = match cell {
            Cell::Number(_) => {
                exact.or_else(|| bare_digits(&code).and_then(|digits| self.by_digits.get(&digits)))
            }
            _ => exact,
        };
        found.map(Vec::as_slice).unwrap_or_default()
    }

    fn matched<'a>(&'a self, place: usize, by: MatchedBy, unit: Option<&'a str>) -> Option<Match<'a>> {
        self.products.get(place).map(|product| Match { product, by, unit })
    }
}

fn one_of(places: &[usize], looked: Looked) -> Result<Option<usize>, NoMatch> {
    match places {
        [] => Ok(None),
        [place] => Ok(Some(*place)),
        several => Err(NoMatch::Ambiguous(looked, several.len())),
    }
}

/// Upper case, half width, without spaces.
pub(super) fn folded(text: &str) -> String {
    fold_width(text).chars().filter(|sign| !sign.is_whitespace()).flat_map(char::to_uppercase).collect()
}

/// Letters and digits of a text, upper case, half width.
pub(super) fn letters_of(text: &str) -> String {
    folded(text).chars().filter(|sign| sign.is_alphanumeric()).collect()
}

/// A word that stands where a code should: 未知, 未知12, 待定.
fn is_placeholder(cell: &Cell) -> bool {
    let text = folded(&cell.text());
    let bare = text.trim_end_matches(|sign: char| sign.is_ascii_digit());
    PLACEHOLDERS.contains(&bare)
}

/// The unit behind a slash at the end of a name or a specification: `20kg/桶`.
pub(super) fn unit_behind(text: &str) -> Option<String> {
    let folded = fold_width(text);
    let (_, unit) = folded.rsplit_once('/')?;
    let unit = unit.trim().trim_end_matches(CLOSING).trim();
    let short = (1..=UNIT_LETTERS_MAX).contains(&unit.chars().count());
    let word = unit.chars().all(char::is_alphabetic);
    (short && word).then(|| unit.to_string())
}

fn without_unit(text: &str) -> &str {
    match text.rsplit_once('/') {
        Some((before, _)) if unit_behind(text).is_some() => before,
        _ => text,
    }
}

fn bare_digits(code: &str) -> Option<String> {
    let digits = !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| code.trim_start_matches('0').to_string())
}
