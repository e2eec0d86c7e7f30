//! Reads the rows of a sheet by a mapping: every row is read, skipped or refused, each with its reason.

use super::cells::{break_qty, day, price, unit_named};
use super::columns::size_faults;
use super::duplicates::part_duplicates;
use super::grid::{Cell, Grid, column_letters};
use super::heads::head_text;
use super::outcome::{CellFault, CellFaultCode, ReadRow, ReadSheet, RefusedRow, SkipReason, SkippedRow};
use super::products::{KnownProduct, Looked, Match, MatchedBy, NoMatch, ProductIndex, Said};
use super::words::SUBTOTALS;
use super::{FileFault, HeadRows, Mapping, Meaning};
use crate::base::{Factor, OutOfRange, Qty, UnitPrice, fold_width};
use crate::pricing::ratio::Ratio;
use crate::pricing::rows::{NOTE_LETTERS_MAX, PriceRow};
use crate::pricing::trace::{price_step, tax_ratio};

/// A longer text is no word of a sum.
const SUBTOTAL_LETTERS_MAX: usize = 16;

/// How a sheet is read besides its mapping.
#[derive(Clone, Copy, Debug)]
pub struct ReadRules {
    pub list_includes_tax: bool,
    /// Whether prices on another tax basis are converted; otherwise such a file is refused.
    pub convert_tax: bool,
}

/// Reads `grid` beneath `head` by `mapping`, or says why the file as a whole cannot be read.
pub fn read_sheet(
    grid: &Grid,
    head: Option<HeadRows>,
    mapping: &Mapping,
    products: &ProductIndex,
    rules: ReadRules,
) -> Result<ReadSheet, Vec<FileFault>> {
    let mut faults = size_faults(grid);
    faults.extend(mapping.faults(grid.columns()));
    let file_includes_tax = mapping.includes_tax.unwrap_or(rules.list_includes_tax);
    if file_includes_tax != rules.list_includes_tax && !rules.convert_tax {
        let list_includes_tax = rules.list_includes_tax;
        faults.push(FileFault::TaxBasisDiffers { file_includes_tax, list_includes_tax });
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let reader = Reader { grid, head, mapping, products, file_includes_tax, rules };
    let mut sheet = ReadSheet::default();
    for place in 0..grid.rows.len() {
        let row = place + 1;
        match reader.row(place) {
            Outcome::Read(price_row, matched_by) => sheet.read.push(ReadRow { row, price_row, matched_by }),
            Outcome::Skipped(reason) => sheet.skipped.push(SkippedRow { row, reason }),
            Outcome::Refused(faults) => sheet.refused.push(RefusedRow { row, faults }),
        }
    }
    part_duplicates(&mut sheet, |place, what| reader.fault(place, Meaning::Price, what));
    Ok(sheet)
}

enum Outcome {
    Read(PriceRow, MatchedBy),
    Skipped(SkipReason),
    Refused(Vec<CellFault>),
}

struct Reader<'a> {
    grid: &'a Grid,
    head: Option<HeadRows>,
    mapping: &'a Mapping,
    products: &'a ProductIndex,
    file_includes_tax: bool,
    rules: ReadRules,
}

impl Reader<'_> {
    fn row(&self, place: usize) -> Outcome {
        if let Some(reason) = self.skip_reason(place) {
            return Outcome::Skipped(reason);
        }
        let mut faults = Vec::new();
        let price = self.checked(place, Meaning::Price, &mut faults, price);
        let from = self.checked(place, Meaning::From, &mut faults, day).flatten();
        let to = self.checked(place, Meaning::To, &mut faults, day).flatten();
        if let (Some(from), Some(to)) = (from, to)
            && to < from
        {
            faults.push(self.fault(place, Meaning::To, CellFaultCode::FromAfterTo { from, to }));
        }
        let note = self.note(place, &mut faults);
        let found = self.product(place, &mut faults);
        let price_unit = price.as_ref().and_then(|(_, unit)| unit.as_deref());
        let unit = found.as_ref().and_then(|found| self.unit(place, found, price_unit, &mut faults));
        let (Some((price, _)), Some(found), Some(unit)) = (price, found, unit) else {
            return Outcome::Refused(faults);
        };
        let min_qty = self.min_qty(place, found.product, &unit, &mut faults);
        let converted = self.converted(price, found.product);
        let (Some(min_qty), Some(price), true) = (min_qty, converted, faults.is_empty()) else {
            if faults.is_empty() {
                faults.push(self.fault(place, Meaning::Price, CellFaultCode::PriceZero));
            }
            return Outcome::Refused(faults);
        };
        let base = found.product.facts.units.base();
        let row = PriceRow {
            product: found.product.facts.id,
            unit: Some(unit).filter(|unit| unit != base),
            min_qty,
            price,
            from,
            to,
            note,
        };
        Outcome::Read(row, found.by)
    }

    fn skip_reason(&self, place: usize) -> Option<SkipReason> {
        let cells = self.grid.rows.get(place).map(Vec::as_slice).unwrap_or_default();
        let mut filled = cells.iter().filter(|cell| !cell.is_blank());
        let Some(first) = filled.next() else {
            return Some(SkipReason::Blank);
        };
        if let Some(head) = self.head {
            if place < head.first {
                return Some(SkipReason::Title);
            }
            if place <= head.last || (head.first..=head.last).any(|row| self.repeats(place, row)) {
                return Some(SkipReason::Head);
            }
        }
        if is_subtotal(first) {
            return Some(SkipReason::Subtotal);
        }
        let said = |meaning| self.cell(place, meaning).is_some_and(|cell| !cell.is_blank());
        let says_product = [Meaning::Code, Meaning::Barcode, Meaning::Name].into_iter().any(said);
        let says_price = said(Meaning::Price);
        if !says_product && !says_price {
            return Some(SkipReason::Title);
        }
        // A title may stand in a merged cell, so that every cell says the same.
        let mut others = 0;
        let one_text = filled.inspect(|_| others += 1).all(|cell| same_text(cell, first));
        let lone_figure = others == 0 && says_price;
        let title = one_text && !lone_figure && self.products.find(&self.said(place)).is_err();
        title.then_some(SkipReason::Title)
    }

    /// A printed list repeats its head on every page.
    fn repeats(&self, place: usize, head_row: usize) -> bool {
        let mut columns = self.mapping.columns.values();
        columns.all(|column| same_text(self.grid.cell(place, *column), self.grid.cell(head_row, *column)))
    }

    fn product(&self, place: usize, faults: &mut Vec<CellFault>) -> Option<Match<'_>> {
        let (meaning, what) = match self.products.find(&self.said(place)) {
            Ok(found) if found.product.archived => {
                let product_code = found.product.code.clone();
                (looked_meaning(found.by), CellFaultCode::ArchivedProduct { product_code })
            }
            Ok(found) => return Some(found),
            Err(NoMatch::Nothing) => (self.first_product_column(), CellFaultCode::ProductMissing),
            Err(NoMatch::Unknown(looked)) => (column_of(looked), CellFaultCode::UnknownProduct),
            Err(NoMatch::Ambiguous(looked, products)) => {
                (column_of(looked), CellFaultCode::AmbiguousProduct { products })
            }
            Err(NoMatch::Disagree { by_code, by_barcode }) => {
                (Meaning::Barcode, CellFaultCode::ProductsDisagree { by_code, by_barcode })
            }
        };
        faults.push(self.fault(place, meaning, what));
        None
    }

    /// The unit of the price: of its column, of its text, of the head, of the barcode; else the base unit.
    fn unit(
        &self,
        place: usize,
        found: &Match<'_>,
        price_unit: Option<&str>,
        faults: &mut Vec<CellFault>,
    ) -> Option<String> {
        let units = &found.product.facts.units;
        let known = || units.names().map(str::to_string).collect::<Vec<_>>();
        let in_column = self.text(place, Meaning::Unit).filter(|text| !text.is_empty());
        let named = |text: &str| unit_named(text, units.names());
        if let (Some(unit), Some(price_unit)) = (in_column.as_deref(), price_unit)
            && named(unit) != named(price_unit)
        {
            let (unit, price_unit) = (unit.to_string(), price_unit.to_string());
            faults.push(self.fault(place, Meaning::Price, CellFaultCode::UnitsDisagree { unit, price_unit }));
            return None;
        }
        let said = in_column.as_deref().or(price_unit).or(self.mapping.price_unit.as_deref()).or(found.unit);
        let meaning = if in_column.is_some() { Meaning::Unit } else { Meaning::Price };
        match said {
            Some(text) => match named(text) {
                Some(unit) => Some(unit.to_string()),
                None => {
                    let what = CellFaultCode::UnknownUnit { unit: text.to_string(), units: known() };
                    faults.push(self.fault(place, meaning, what));
                    None
                }
            },
            None if self.mapping.columns.contains_key(&Meaning::Unit) && !units.others().is_empty() => {
                faults.push(self.fault(place, Meaning::Unit, CellFaultCode::UnitMissing { units: known() }));
                None
            }
            None => Some(units.base().to_string()),
        }
    }

    /// The break in base units. From one unit on is no break.
    fn min_qty(
        &self,
        place: usize,
        product: &KnownProduct,
        unit: &str,
        faults: &mut Vec<CellFault>,
    ) -> Option<Qty> {
        let in_unit = self.checked(place, Meaning::MinQty, faults, |cell| break_qty(cell, unit));
        let in_unit = match (in_unit, self.cell(place, Meaning::MinQty)) {
            (Some(qty), _) => qty,
            (None, None) => Qty::ZERO,
            (None, Some(_)) => return None,
        };
        if in_unit == Qty::whole(1) {
            return Some(Qty::ZERO);
        }
        let factor = product.facts.units.factor(unit).unwrap_or(Factor::ONE);
        let exact = exact_base_qty(in_unit, factor);
        if exact.is_none() {
            faults.push(self.fault(
                place,
                Meaning::MinQty,
                CellFaultCode::TooManyDecimals { decimals_max: 3 },
            ));
        }
        exact
    }

    fn note(&self, place: usize, faults: &mut Vec<CellFault>) -> Option<String> {
        let note = self.text(place, Meaning::Note).filter(|note| !note.is_empty())?;
        if note.chars().count() > NOTE_LETTERS_MAX {
            let what = CellFaultCode::NoteTooLong { letters_max: NOTE_LETTERS_MAX };
            faults.push(self.fault(place, Meaning::Note, what));
        }
        Some(note)
    }

    /// The price on the list's tax basis; `None` when nothing is left of it.
    fn converted(&self, price: UnitPrice, product: &KnownProduct) -> Option<UnitPrice> {
        if self.file_includes_tax == self.rules.list_includes_tax {
            return Some(price);
        }
        let convert = || -> Result<UnitPrice, OutOfRange> {
            let rate = product.facts.tax_rate;
            let ratio = tax_ratio(self.file_includes_tax, self.rules.list_includes_tax, rate)?;
            let step = price_step(product.facts.price_decimals);
            Ratio::whole(price.0).times(ratio)?.rounded_to(step).map(UnitPrice)
        };
        convert().ok().filter(|price| price.0 > 0)
    }

    fn checked<T>(
        &self,
        place: usize,
        meaning: Meaning,
        faults: &mut Vec<CellFault>,
        read: impl Fn(&Cell) -> Result<T, CellFaultCode>,
    ) -> Option<T> {
        match read(self.cell(place, meaning)?) {
            Ok(value) => Some(value),
            Err(what) => {
                faults.push(self.fault(place, meaning, what));
                None
            }
        }
    }

    fn said(&self, place: usize) -> Said<'_> {
        let cell = |meaning| self.cell(place, meaning);
        Said {
            code: cell(Meaning::Code),
            barcode: cell(Meaning::Barcode),
            name: cell(Meaning::Name),
            spec: cell(Meaning::Spec),
        }
    }

    fn first_product_column(&self) -> Meaning {
        let columns = [Meaning::Code, Meaning::Barcode, Meaning::Name];
        columns
            .into_iter()
            .find(|meaning| self.mapping.columns.contains_key(meaning))
            .unwrap_or(Meaning::Code)
    }

    /// The cell of a mapped column.
    fn cell(&self, place: usize, meaning: Meaning) -> Option<&Cell> {
        self.mapping.column(meaning).map(|column| self.grid.cell(place, column))
    }

    fn text(&self, place: usize, meaning: Meaning) -> Option<String> {
        self.cell(place, meaning).map(|cell| cell.text().trim().to_string())
    }

    fn fault(&self, place: usize, meaning: Meaning, what: CellFaultCode) -> CellFault {
        let column = self.mapping.column(meaning);
        CellFault {
            column: column.map(column_letters),
            head: column.map(|column| head_text(self.grid, self.head, column)).unwrap_or_default(),
            text: self.text(place, meaning).unwrap_or_default(),
            what,
        }
    }
}

fn same_text(one: &Cell, other: &Cell) -> bool {
    match (one.written(), other.written()) {
        (Some(one), Some(other)) => one.trim() == other.trim(),
        (None, None) => one == other,
        _ => false,
    }
}

fn is_subtotal(first: &Cell) -> bool {
    let text = first.written().filter(|text| text.chars().count() <= SUBTOTAL_LETTERS_MAX);
    let folded = text.map(|text| fold_width(text).to_lowercase()).unwrap_or_default();
    let bare: String = folded.chars().filter(|sign| sign.is_alphanumeric()).collect();
    SUBTOTALS.contains(&bare.as_str())
}

fn column_of(looked: Looked) -> Meaning {
    match looked {
        Looked::Code => Meaning::Code,
        Looked::Barcode => Meaning::Barcode,
        Looked::Name => Meaning::Name,
    }
}

fn looked_meaning(by: MatchedBy) -> Meaning {
    match by {
        MatchedBy::Code | MatchedBy::CodeAndSpec => Meaning::Code,
        MatchedBy::Barcode => Meaning::Barcode,
        MatchedBy::Name | MatchedBy::NameAndSpec => Meaning::Name,
    }
}

fn exact_base_qty(qty: Qty, factor: Factor) -> Option<Qty> {
    let exact = i128::from(qty.0) * i128::from(factor.numerator());
    let under = i128::from(factor.denominator());
    if exact % under != 0 {
        return None;
    }
    i64::try_from(exact / under).ok().map(Qty)
}
