//! What people enter for a quotation, and what of it is taken.

use std::collections::HashSet;

use super::refused::{FieldFault, FieldProblem, QuoteRefused};
use crate::base::{CustomerId, Date, NumberFault, ProductId, Qty, parse_date, parse_decimal};

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

/// A quotation as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftText {
    pub customer: CustomerId,
    pub valid_until: Option<String>,
    pub notes: String,
    pub lines: Vec<LineText>,
}

/// A line as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineText {
    pub id: String,
    pub product: ProductId,
    pub qty: String,
    pub unit: String,
    pub note: String,
}

/// A quotation that can be saved. Whether it can be priced and issued is another question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub customer: CustomerId,
    /// `None`: the company's number of days, counted at issue.
    pub valid_until: Option<Date>,
    pub notes: String,
    pub lines: Vec<DraftLine>,
}

/// One line of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftLine {
    pub id: String,
    pub product: ProductId,
    pub qty: Qty,
    pub unit: String,
    pub note: String,
}

impl Draft {
    /// The draft, or every field that is wrong.
    pub fn accept(text: DraftText) -> Result<Draft, QuoteRefused> {
        let lines = DraftLine::accept_all(text.lines);
        let mut faults = match &lines {
            Err(QuoteRefused::Invalid { faults }) => faults.clone(),
            Err(other) => return Err(other.clone()),
            Ok(_) => Vec::new(),
        };
        let notes = plain(&text.notes);
        check_length("notes", &notes, NOTES_LETTERS_MAX, &mut faults);
        let valid_until = text.valid_until.as_deref().map(parse_date);
        if valid_until == Some(None) {
            faults.push(FieldFault { path: "valid_until".to_string(), problem: FieldProblem::NotADay });
        }
        match lines {
            Ok(lines) if faults.is_empty() => {
                Ok(Draft { customer: text.customer, valid_until: valid_until.flatten(), notes, lines })
            }
            _ => Err(QuoteRefused::Invalid { faults }),
        }
    }
}

impl DraftLine {
    /// The lines, or every field of them that is wrong.
    pub fn accept_all(texts: Vec<LineText>) -> Result<Vec<DraftLine>, QuoteRefused> {
        if texts.len() > LINES_MAX {
            return Err(QuoteRefused::TooManyLines { count: texts.len(), limit: LINES_MAX });
        }
        let mut seen = HashSet::with_capacity(texts.len());
        let mut faults = Vec::new();
        let mut lines = Vec::with_capacity(texts.len());
        for (place, text) in texts.into_iter().enumerate() {
            let line = accept_line(place, text, &mut faults);
            if !line.id.is_empty() && !seen.insert(line.id.clone()) {
                faults.push(fault(place, "id", FieldProblem::Repeated));
            }
            lines.push(line);
        }
        faults.truncate(FAULTS_MAX);
        if faults.is_empty() { Ok(lines) } else { Err(QuoteRefused::Invalid { faults }) }
    }
}

/// Text without control characters except line ends, and without blanks around it: no database and no paper takes them.
pub fn plain(text: &str) -> String {
    let kept: String =
        text.chars().filter(|sign| !sign.is_control() || matches!(sign, '\n' | '\t')).collect();
    kept.trim().to_string()
}

fn accept_line(place: usize, text: LineText, faults: &mut Vec<FieldFault>) -> DraftLine {
    let id = plain(&text.id);
    if id.is_empty() {
        faults.push(fault(place, "id", FieldProblem::Missing));
    }
    check_length(&path(place, "id"), &id, LINE_ID_LETTERS_MAX, faults);
    let unit = plain(&text.unit);
    if unit.is_empty() {
        faults.push(fault(place, "unit", FieldProblem::Missing));
    }
    check_length(&path(place, "unit"), &unit, UNIT_LETTERS_MAX, faults);
    let note = plain(&text.note);
    check_length(&path(place, "note"), &note, LINE_NOTE_LETTERS_MAX, faults);
    let typed = text.qty.get(..QTY_BYTES_MAX).map_or(Ok(text.qty.as_str()), |_| Err(NumberFault::TooLarge));
    let qty = match typed.and_then(|typed| parse_decimal(typed, 3)) {
        Ok(qty) => Qty(qty),
        Err(number) => {
            faults.push(fault(place, "qty", FieldProblem::Number(number)));
            Qty::ZERO
        }
    };
    DraftLine { id, product: text.product, qty, unit, note }
}

fn check_length(path: &str, text: &str, letters_max: usize, faults: &mut Vec<FieldFault>) {
    if text.chars().count() > letters_max {
        let problem = FieldProblem::TooLong { letters_max };
        faults.push(FieldFault { path: path.to_string(), problem });
    }
}

fn fault(place: usize, field: &str, problem: FieldProblem) -> FieldFault {
    FieldFault { path: path(place, field), problem }
}

fn path(place: usize, field: &str) -> String {
    format!("lines[{place}].{field}")
}
