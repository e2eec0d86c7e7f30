//! What people enter for a quotation, and what of it is taken.

use std::collections::HashSet;

use super::extra::{LineExtra, LineExtraText, NO_PRODUCT, Whole, WholeText};
use super::names::KnownNames;
use super::reading::check_length;
use super::refused::QuoteRefused;
use super::terms::{Terms, TermsText};
use crate::base::{
    CustomerId, Date, FieldFault, Invalid, NumberFault, ProductId, Qty, line_fault, parse_date,
    parse_decimal, visible,
};

/// The longest quotation.
pub const LINES_MAX: usize = 2_000;
/// The longest id that a browser gives a line.
pub const LINE_ID_LETTERS_MAX: usize = 40;
/// The longest notes.
pub const NOTES_LETTERS_MAX: usize = 2_000;
/// The longest remark on one line.
pub const LINE_NOTE_LETTERS_MAX: usize = 200;
/// The longest unit that is looked up.
pub const UNIT_LETTERS_MAX: usize = crate::catalog::UNIT_LETTERS_MAX;
/// So many field faults are named, then no more: nobody reads further.
const FAULTS_MAX: usize = 100;
/// No quantity is longer, in full-width digits either.
const QTY_BYTES_MAX: usize = 100;
/// The largest quantity that is kept while somebody types, either way: a thousand million. What is half typed is never so
/// large; what lies below nothing or beyond what can be sold is kept, and hinders issuing.
pub const QTY_TYPED_MAX: Qty = Qty(1_000_000_000_000);

/// A quotation as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftText {
    pub customer: CustomerId,
    pub valid_until: Option<String>,
    pub notes: String,
    pub lines: Vec<LineText>,
    pub terms: TermsText,
    pub whole: WholeText,
}

/// A line as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineText {
    pub id: String,
    pub product: ProductId,
    pub qty: String,
    pub unit: String,
    pub note: String,
    pub extra: LineExtraText,
}

/// A quotation that can be saved. Whether it can be priced and issued is another question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub customer: CustomerId,
    /// `None`: the company's number of days, counted at issue.
    pub valid_until: Option<Date>,
    pub notes: String,
    pub lines: Vec<DraftLine>,
    pub terms: Terms,
    pub whole: Whole,
}

/// One line of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftLine {
    pub id: String,
    pub product: ProductId,
    pub qty: Qty,
    pub unit: String,
    pub note: String,
    pub extra: LineExtra,
}

impl Draft {
    /// The draft, or every field that is wrong; `known` are the names that it holds already.
    pub fn accept(text: DraftText, known: &KnownNames) -> Result<Draft, QuoteRefused> {
        let lines = DraftLine::accept_all(text.lines, known);
        let mut faults = match &lines {
            Err(QuoteRefused::Invalid(faults)) => faults.clone(),
            Err(other) => return Err(other.clone()),
            Ok(_) => Invalid::default(),
        };
        let notes = plain(&text.notes);
        check_length(|| "notes".to_string(), &notes, NOTES_LETTERS_MAX, &mut faults);
        let valid_until = text.valid_until.as_deref().map(parse_date);
        if valid_until == Some(None) {
            faults.add("valid_until", FieldFault::NotADay);
        }
        let valid_until = valid_until.flatten();
        let terms = Terms::accept(text.terms, known, &mut faults);
        let whole = Whole::accept(&text.whole, &mut faults);
        faults.or_go_on().map_err(QuoteRefused::Invalid)?;
        Ok(Draft { customer: text.customer, valid_until, notes, lines: lines?, terms, whole })
    }
}

impl DraftLine {
    /// The lines, or every field of them that is wrong; `known` are the names that they hold already.
    pub fn accept_all(texts: Vec<LineText>, known: &KnownNames) -> Result<Vec<DraftLine>, QuoteRefused> {
        if texts.len() > LINES_MAX {
            return Err(QuoteRefused::TooManyLines { count: texts.len(), limit: LINES_MAX });
        }
        let mut seen = HashSet::with_capacity(texts.len());
        let mut faults = Invalid::default();
        let mut lines = Vec::with_capacity(texts.len());
        for (place, text) in texts.into_iter().enumerate() {
            let line = accept_line(place, text, known, &mut faults);
            if !line.id.is_empty() && !seen.insert(line.id.clone()) {
                faults.add(path(place, "id"), FieldFault::Repeated);
            }
            lines.push(line);
        }
        faults.fields.truncate(FAULTS_MAX);
        faults.or_go_on().map_err(QuoteRefused::Invalid)?;
        Ok(lines)
    }
}

/// Text without control and hidden characters except line ends, and without blanks around it: no database and no paper takes them.
pub fn plain(text: &str) -> String {
    let unfit = |sign: char| sign.is_control() && !matches!(sign, '\n' | '\t');
    // Hardly any text holds one.
    if !text.contains(unfit) {
        return visible(text);
    }
    visible(&text.replace(unfit, ""))
}

fn accept_line(place: usize, text: LineText, known: &KnownNames, faults: &mut Invalid) -> DraftLine {
    let id = plain(&text.id);
    if id.is_empty() {
        faults.add(path(place, "id"), FieldFault::Missing);
    }
    check_length(|| path(place, "id"), &id, LINE_ID_LETTERS_MAX, faults);
    let unit = plain(&text.unit);
    if unit.is_empty() {
        faults.add(path(place, "unit"), FieldFault::Missing);
    }
    check_length(|| path(place, "unit"), &unit, UNIT_LETTERS_MAX, faults);
    known.check(|| path(place, "unit"), &text.unit, line_fault, faults);
    let note = plain(&text.note);
    check_length(|| path(place, "note"), &note, LINE_NOTE_LETTERS_MAX, faults);
    let qty = read_qty(&text.qty).unwrap_or_else(|fault| {
        faults.add(path(place, "qty"), fault);
        Qty::ZERO
    });
    let extra = LineExtra::accept(|| format!("lines[{place}]"), text.extra, known, faults);
    let product = if extra.own.is_some() { NO_PRODUCT } else { text.product };
    if extra.own.is_none() && product == NO_PRODUCT {
        faults.add(path(place, "product_id"), FieldFault::NoProduct);
    }
    // Nobody guesses which of the two was meant. What is stored never has both.
    if extra.own.is_some() && text.product != NO_PRODUCT {
        faults.add(path(place, "product_id"), FieldFault::ProductAndOwn);
    }
    DraftLine { id, product, qty, unit, note, extra }
}

/// A text that is longer than any quantity is told by what it begins with.
fn read_qty(typed: &str) -> Result<Qty, FieldFault> {
    if typed.len() > QTY_BYTES_MAX {
        let begun: String = typed.chars().take(QTY_BYTES_MAX).collect();
        return Err(FieldFault::Number(parse_decimal(&begun, 3).err().unwrap_or(NumberFault::TooLarge)));
    }
    match parse_decimal(typed, 3).map(Qty).map_err(FieldFault::Number)? {
        qty if qty > QTY_TYPED_MAX => Err(FieldFault::QtyAbove { most: QTY_TYPED_MAX }),
        qty if qty < Qty(-QTY_TYPED_MAX.0) => Err(FieldFault::Negative),
        qty => Ok(qty),
    }
}

fn path(place: usize, field: &str) -> String {
    format!("lines[{place}].{field}")
}
