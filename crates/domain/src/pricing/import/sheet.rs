//! Reads the rows of a sheet by a mapping: every row is read, skipped or refused, each with its reason.

use super::book::SheetPlan;
use super::cells::{ReadPrice, break_qty, day, price, unit_named};
use super::columns::size_faults;
use super::duplicates::part_duplicates;
use super::grid::{Cell, Grid, column_letters};
use super::heads::head_text;
use super::memory::{Decision, Decisions, Memory, said_at, said_key};
use super::mends::Mend;
use super::outcome::{CellFault, CellFaultCode, ReadRow, ReadSheet, RefusedRow, SkipReason, SkippedRow};
use super::products::{KnownProduct, Looked, Match, MatchedBy, NoMatch, ProductIndex, folded, unit_behind};
use super::words::{COUNTED, SUBTOTALS};
use super::{FileFault, HeadRows, Mapping, Meaning};
use crate::base::{Factor, OutOfRange, ProductId, Qty, UnitPrice, fold_width};
use crate::catalog::Units;
use crate::pricing::ratio::Ratio;
use crate::pricing::rows::{NOTE_LETTERS_MAX, PriceRow};
use crate::pricing::trace::{price_step, tax_ratio};

/// A longer text is no word of a sum.
const SUBTOTAL_LETTERS_MAX: usize = 16;

/// After so many rows it is asked whether anybody still waits.
const ROWS_BETWEEN_WORDS: usize = 1_000;

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
    let plan = SheetPlan { grid, head, mapping, decisions: &Decisions::new() };
    let read = read_rows(&plan, products, rules, &Memory::default(), &|| true);
    let mut sheet = read.unwrap_or_else(|| Ok(ReadSheet::default()))?;
    part_duplicates(&mut [(0, &mut sheet)], &[plan]);
    Ok(sheet)
}

/// Reads the rows of one sheet, each by itself: what it prices may be priced in another row too. `None` once nobody waits.
pub(super) fn read_rows(
    plan: &SheetPlan<'_>,
    products: &ProductIndex,
    rules: ReadRules,
    memory: &Memory,
    goes_on: &dyn Fn() -> bool,
) -> Option<Result<ReadSheet, Vec<FileFault>>> {
    let SheetPlan { grid, head, mapping, decisions } = *plan;
    let mut faults = size_faults(grid);
    faults.extend(mapping.faults(grid.columns()));
    let file_includes_tax = mapping.includes_tax.unwrap_or(rules.list_includes_tax);
    if file_includes_tax != rules.list_includes_tax && !rules.convert_tax {
        let list_includes_tax = rules.list_includes_tax;
        faults.push(FileFault::TaxBasisDiffers { file_includes_tax, list_includes_tax });
    }
    if !faults.is_empty() {
        return Some(Err(faults));
    }
    let keeps_numbers = grid.rows.iter().flatten().any(|cell| matches!(cell, Cell::Number(_)));
    let reader = Reader { grid, head, mapping, products, file_includes_tax, rules, memory, keeps_numbers };
    let undecided = Decision::default();
    let mut sheet = ReadSheet::default();
    // Room that grows by doubling would take twice as much while it grows.
    sheet.read.reserve_exact(grid.rows.len());
    for place in 0..grid.rows.len() {
        if place % ROWS_BETWEEN_WORDS == 0 && !goes_on() {
            return None;
        }
        let row = place + 1;
        let decision = decisions.get(&row).unwrap_or(&undecided);
        match reader.row(place, decision) {
            Outcome::Read(read) => sheet.read.push(*read),
            Outcome::Skipped(reason) => sheet.skipped.push(SkippedRow { row, reason }),
            Outcome::Refused(faults) => sheet.refused.push(RefusedRow { row, faults }),
        }
    }
    Some(Ok(sheet))
}

/// Something that is wrong with the price of a row, as it is told.
pub(super) fn price_fault(plan: &SheetPlan<'_>, row: usize, what: CellFaultCode) -> CellFault {
    cell_fault(plan, row.saturating_sub(1), Meaning::Price, what)
}

fn cell_fault(plan: &SheetPlan<'_>, place: usize, meaning: Meaning, what: CellFaultCode) -> CellFault {
    let column = plan.mapping.column(meaning);
    let text = column.map(|column| plan.grid.cell(place, column).text().trim().to_string());
    CellFault {
        meaning,
        column: column.map(column_letters),
        head: column.map(|column| head_text(plan.grid, plan.head, column)).unwrap_or_default(),
        text: text.unwrap_or_default(),
        what,
    }
}

enum Outcome {
    Read(Box<ReadRow>),
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
    memory: &'a Memory,
    /// Some cell holds a number, so that a price kept as text is an oversight.
    keeps_numbers: bool,
}

/// What is wrong in a row, and what was repaired.
#[derive(Default)]
struct Findings {
    faults: Vec<CellFault>,
    mends: Vec<Mend>,
}

impl Reader<'_> {
    fn row(&self, place: usize, decision: &Decision) -> Outcome {
        if let Some(reason) = self.skip_reason(place) {
            return Outcome::Skipped(reason);
        }
        if decision.skip {
            return Outcome::Skipped(SkipReason::LeftOut);
        }
        let mut findings = Findings::default();
        let price = self.price(place, decision, &mut findings);
        let faults = &mut findings.faults;
        let from = self.checked(place, Meaning::From, faults, day).flatten();
        let to = self.checked(place, Meaning::To, faults, day).flatten();
        if let (Some(from), Some(to)) = (from, to)
            && to < from
        {
            faults.push(self.fault(place, Meaning::To, CellFaultCode::FromAfterTo { from, to }));
        }
        let note = self.note(place, faults);
        let found = self.product(place, decision, &mut findings);
        let price_unit = price.as_ref().and_then(|price| price.unit.as_deref());
        let unit = found
            .as_ref()
            .and_then(|found| self.unit(place, found, (price_unit, decision.unit.as_deref()), &mut findings));
        let (Some(price), Some(found), Some(unit)) = (price, found, unit) else {
            return Outcome::Refused(findings.faults);
        };
        let min_qty = self.min_qty(place, found.product, &unit, &mut findings.faults);
        let converted = self.converted(price.price, found.product);
        let (Some(min_qty), Some(in_list), true) = (min_qty, converted, findings.faults.is_empty()) else {
            if findings.faults.is_empty() {
                findings.faults.push(self.fault(place, Meaning::Price, CellFaultCode::PriceZero));
            }
            return Outcome::Refused(findings.faults);
        };
        self.note_merged(place, &mut findings.mends);
        let base = found.product.facts.units.base();
        let price_row = PriceRow {
            product: found.product.facts.id,
            unit: Some(unit).filter(|unit| unit != base),
            min_qty,
            price: in_list,
            from,
            to,
            note: note.or(price.remark).map(|note| note.chars().take(NOTE_LETTERS_MAX).collect()),
        };
        let (row, matched_by, mends, kept) = (place + 1, found.by, findings.mends, decision.keep);
        Outcome::Read(Box::new(ReadRow { row, price_row, matched_by, mends, kept }))
    }

    /// The price that somebody named, else the one of the cell.
    fn price(&self, place: usize, decision: &Decision, findings: &mut Findings) -> Option<ReadPrice> {
        if let Some(price) = decision.price {
            findings.mends.push(Mend::Decided);
            return Some(ReadPrice { price, unit: None, remark: None, mend: None });
        }
        let read = self.checked(place, Meaning::Price, &mut findings.faults, price)?;
        let is_text = matches!(self.cell(place, Meaning::Price), Some(Cell::Text(_)));
        let as_text = (is_text && self.keeps_numbers).then_some(Mend::PriceAsText);
        findings.mends.extend(read.mend.clone().or(as_text));
        Some(read)
    }

    /// Values that stand in a merged cell are read in every row of it.
    fn note_merged(&self, place: usize, mends: &mut Vec<Mend>) {
        let columns = [Meaning::Code, Meaning::Name, Meaning::Spec, Meaning::Unit, Meaning::Price];
        if columns.iter().any(|meaning| matches!(self.cell(place, *meaning), Some(Cell::Merged(_)))) {
            mends.push(Mend::Merged);
        }
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
        let title =
            one_text && !lone_figure && self.products.find(&said_at(self.grid, self.mapping, place)).is_err();
        title.then_some(SkipReason::Title)
    }

    /// A printed list repeats its head on every page.
    fn repeats(&self, place: usize, head_row: usize) -> bool {
        let mut columns = self.mapping.columns.values();
        columns.all(|column| same_text(self.grid.cell(place, *column), self.grid.cell(head_row, *column)))
    }

    /// The product that somebody chose, else the one that the row names, else the one that earlier files meant.
    fn product(&self, place: usize, decision: &Decision, findings: &mut Findings) -> Option<Match<'_>> {
        let said = said_at(self.grid, self.mapping, place);
        let known = |id: Option<ProductId>, by: MatchedBy| {
            let product = id.and_then(|id| self.products.get(id))?;
            Some(Match { product, by, unit: None })
        };
        let found = match known(decision.product, MatchedBy::Chosen) {
            Some(chosen) => Ok(chosen),
            None => {
                let found = self.products.find(&said);
                found.and_then(|found| self.products.unless_belied(&said, found)).or_else(|missed| {
                    let key = if matches!(missed, NoMatch::Nothing) { None } else { said_key(&said) };
                    let id = key.and_then(|key| self.memory.products.get(&key).copied());
                    let remembered = known(id, MatchedBy::Remembered).filter(|found| !found.product.archived);
                    remembered.ok_or(missed)
                })
            }
        };
        let (meaning, what) = match found {
            Ok(found) if found.product.archived => {
                let product_code = found.product.code.clone();
                (self.looked_meaning(found.by), CellFaultCode::ArchivedProduct { product_code })
            }
            Ok(found) => {
                findings.mends.extend(mend_of(found.by));
                return Some(found);
            }
            Err(NoMatch::Nothing) => (self.first_product_column(), CellFaultCode::ProductMissing),
            Err(NoMatch::Unknown(looked)) => (column_of(looked), CellFaultCode::UnknownProduct),
            Err(NoMatch::Ambiguous(looked, products)) => {
                (column_of(looked), CellFaultCode::AmbiguousProduct { products })
            }
            Err(NoMatch::Disagree { by_code, by_barcode }) => {
                (Meaning::Barcode, CellFaultCode::ProductsDisagree { by_code, by_barcode })
            }
            Err(NoMatch::Belied { code, name }) => {
                (Meaning::Name, CellFaultCode::NameOfOther { product_code: code, product_name: name })
            }
        };
        findings.faults.push(self.fault(place, meaning, what));
        None
    }

    /// The unit of the price: the one that somebody named, of its column, of its text, of the head, of the barcode,
    /// of the name (`20kg/桶`); else the base unit.
    fn unit(
        &self,
        place: usize,
        found: &Match<'_>,
        (price_unit, decided): (Option<&str>, Option<&str>),
        findings: &mut Findings,
    ) -> Option<String> {
        let units = &found.product.facts.units;
        let known = || units.names().map(str::to_string).collect::<Vec<_>>();
        let named = |text: &str| unit_named(text, units.names());
        if let Some(unit) = decided.and_then(named) {
            findings.mends.push(Mend::Decided);
            return Some(unit.to_string());
        }
        let in_column = self.text(place, Meaning::Unit).filter(|text| !text.is_empty());
        let in_column = in_column.map(|text| self.remembered_unit(text, units, &mut findings.mends));
        if let (Some(unit), Some(price_unit)) = (in_column.as_deref(), price_unit)
            && named(unit) != named(price_unit)
        {
            let (unit, price_unit) = (unit.to_string(), price_unit.to_string());
            let what = CellFaultCode::UnitsDisagree { unit, price_unit };
            findings.faults.push(self.fault(place, Meaning::Price, what));
            return None;
        }
        let said = in_column.as_deref().or(price_unit).or(self.mapping.price_unit.as_deref()).or(found.unit);
        let meaning = if in_column.is_some() { Meaning::Unit } else { Meaning::Price };
        let in_name = || self.unit_in_name(place).and_then(|text| named(&text).map(str::to_string));
        match said {
            Some(text) => match named(text) {
                Some(unit) => Some(unit.to_string()),
                None => {
                    let what = CellFaultCode::UnknownUnit { unit: text.to_string(), units: known() };
                    findings.faults.push(self.fault(place, meaning, what));
                    None
                }
            },
            None => match in_name() {
                Some(unit) => {
                    findings.mends.push(Mend::UnitFromName { unit: unit.clone() });
                    Some(unit)
                }
                None if self.mapping.columns.contains_key(&Meaning::Unit) && !units.others().is_empty() => {
                    let what = CellFaultCode::UnitMissing { units: known() };
                    findings.faults.push(self.fault(place, Meaning::Unit, what));
                    None
                }
                None => Some(units.base().to_string()),
            },
        }
    }

    /// What earlier files meant by a unit that the product does not have.
    fn remembered_unit(&self, text: String, units: &Units, mends: &mut Vec<Mend>) -> String {
        if unit_named(&text, units.names()).is_some() {
            return text;
        }
        match self.memory.units.get(&folded(&text)).filter(|unit| unit_named(unit, units.names()).is_some()) {
            Some(unit) => {
                mends.push(Mend::UnitRemembered { unit: unit.clone() });
                unit.clone()
            }
            None => text,
        }
    }

    fn unit_in_name(&self, place: usize) -> Option<String> {
        let texts =
            [Meaning::Spec, Meaning::Name].into_iter().filter_map(|meaning| self.text(place, meaning));
        texts.filter_map(|text| unit_behind(&text)).next()
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

    fn looked_meaning(&self, by: MatchedBy) -> Meaning {
        match by {
            MatchedBy::Code | MatchedBy::CodeAndSpec | MatchedBy::Digits => Meaning::Code,
            MatchedBy::Barcode => Meaning::Barcode,
            MatchedBy::Name
            | MatchedBy::NameAndSpec
            | MatchedBy::NameTakenApart
            | MatchedBy::PlaceholderCode => Meaning::Name,
            MatchedBy::Remembered | MatchedBy::Chosen => self.first_product_column(),
        }
    }

    fn fault(&self, place: usize, meaning: Meaning, what: CellFaultCode) -> CellFault {
        let Reader { grid, head, mapping, .. } = *self;
        let decisions = &Decisions::new();
        cell_fault(&SheetPlan { grid, head, mapping, decisions }, place, meaning, what)
    }
}

/// What a way of finding the product repairs.
fn mend_of(by: MatchedBy) -> Option<Mend> {
    match by {
        MatchedBy::Code
        | MatchedBy::CodeAndSpec
        | MatchedBy::Barcode
        | MatchedBy::Name
        | MatchedBy::NameAndSpec => None,
        MatchedBy::NameTakenApart => Some(Mend::NameTakenApart),
        MatchedBy::Digits => Some(Mend::LeadingZeros),
        MatchedBy::PlaceholderCode => Some(Mend::PlaceholderCode),
        MatchedBy::Remembered => Some(Mend::Remembered),
        MatchedBy::Chosen => Some(Mend::Decided),
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
    // A row of sums may say how many it sums. In Latin letters that would be a code.
    let word: String = bare.chars().filter(|sign| !sign.is_numeric()).collect();
    let word = word.trim_end_matches(COUNTED);
    SUBTOTALS.contains(&bare.as_str()) || (!word.is_ascii() && SUBTOTALS.contains(&word))
}

fn column_of(looked: Looked) -> Meaning {
    match looked {
        Looked::Code => Meaning::Code,
        Looked::Barcode => Meaning::Barcode,
        Looked::Name => Meaning::Name,
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
