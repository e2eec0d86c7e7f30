//! Requests that are wrong in themselves: each fault names its field.

use super::days::Date;
use super::misfit::Wanted;
use super::money::Fen;
use super::quantity::Qty;
use super::text::{NumberFault, is_control, is_hidden, is_line_end, is_turning, visible};

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldFault {
    Missing,
    /// The request names something that nobody asked for.
    UnknownName,
    /// Another type than the field has; what it should be.
    WrongType(Wanted),
    TooLong {
        letters_max: usize,
    },
    TooMany {
        count_max: usize,
    },
    Number(NumberFault),
    Negative,
    NotPositive,
    NotInRange {
        min: i64,
        max: i64,
    },
    /// An amount of money beyond what it is taken from.
    AmountAbove {
        most: Fen,
    },
    /// A quantity beyond all that is sold.
    QtyAbove {
        most: Qty,
    },
    NotADay,
    DayBefore {
        first: Date,
    },
    DayAfter {
        last: Date,
    },
    /// A period of more days than are looked at together; the last day that would do.
    PeriodTooLong {
        days_max: u32,
        last: Date,
    },
    /// A line break where one line is written.
    LineBreak,
    /// Several of what only one may be given of.
    OneOnly,
    /// Two entries that must differ.
    Repeated,
    /// Neither a picture nor a PDF.
    NotAPaper,
    /// A line of a document that names neither a product nor what stands outside the catalogue.
    NoProduct,
    /// A line of a document that names a product and what stands outside the catalogue besides.
    ProductAndOwn,
    /// No such record, or not for this person.
    NoSuchRecord,
    /// The same, and what was typed.
    NoSuch {
        text: String,
    },
    /// None of the values that can be chosen.
    NoChoice,
    /// None of these, which are all that can be written there.
    NoneOf {
        choices: Vec<String>,
    },
    /// The mark from which a list goes on is none that this program wrote for it.
    NoMark,
    /// Taken by another record.
    Taken,
    /// Signs that cannot be kept.
    BadSign,
    /// A control sign, which no text may hold.
    ControlSign,
    /// A fault of an area, already in its words.
    Said(String),
}

/// A request with the faults of its fields, by path: `lines[2].qty`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Invalid {
    pub fields: Vec<(String, FieldFault)>,
}

impl Invalid {
    /// A request with one fault.
    pub fn one(path: impl Into<String>, fault: FieldFault) -> Invalid {
        Invalid { fields: vec![(path.into(), fault)] }
    }

    /// A request that names, in one field, none of `choices`, which are all that there are.
    pub fn none_of(path: impl Into<String>, choices: impl IntoIterator<Item = &'static str>) -> Invalid {
        let choices = choices.into_iter().map(str::to_string).collect();
        Invalid::one(path, FieldFault::NoneOf { choices })
    }

    /// Notes one more fault.
    pub fn add(&mut self, path: impl Into<String>, fault: FieldFault) {
        self.fields.push((path.into(), fault));
    }

    /// Goes on only when no fault was noted.
    pub fn or_go_on(self) -> Result<(), Invalid> {
        if self.fields.is_empty() { Ok(()) } else { Err(self) }
    }

    /// `text` as it is kept; notes it when nothing of it can be seen or it is longer than `letters_max`.
    pub fn required(&mut self, path: &str, text: &str, letters_max: usize) -> String {
        if visible(text).is_empty() {
            self.add(path, FieldFault::Missing);
        }
        self.optional(path, text, letters_max)
    }

    /// `text` as it is kept, control signs refused; notes it when it is longer than `letters_max`.
    pub fn optional(&mut self, path: &str, text: &str, letters_max: usize) -> String {
        let text = visible(text);
        if text.chars().count() > letters_max {
            self.add(path, FieldFault::TooLong { letters_max });
        }
        if text.chars().any(is_control) {
            self.add(path, FieldFault::ControlSign);
        }
        text
    }

    /// One line as it is kept, which may be empty: as `optional`, line breaks refused.
    pub fn line(&mut self, path: &str, text: &str, letters_max: usize) -> String {
        self.judged(path, text, letters_max, line_fault)
    }

    /// A name as it is kept, not empty; what is no name is noted (`name_fault`).
    pub fn name(&mut self, path: &str, text: &str, letters_max: usize) -> String {
        let kept = self.name_or_none(path, text, letters_max);
        if kept.is_empty() {
            self.add(path, FieldFault::Missing);
        }
        kept
    }

    /// As `name`, where nobody need be named.
    pub fn name_or_none(&mut self, path: &str, text: &str, letters_max: usize) -> String {
        self.judged(path, text, letters_max, name_fault)
    }

    fn judged(&mut self, path: &str, text: &str, letters_max: usize, judge: Judge) -> String {
        let kept = visible(text);
        if kept.chars().count() > letters_max {
            self.add(path, FieldFault::TooLong { letters_max });
        }
        if let Some(fault) = judge(text) {
            self.add(path, fault);
        }
        kept
    }
}

/// What keeps a text from being kept as it is, if anything: `line_fault` or `name_fault`.
pub type Judge = fn(&str) -> Option<FieldFault>;

/// What keeps `text` from being one line. What stands around it and what cannot be seen is not kept, and counts for nothing.
pub fn line_fault(text: &str) -> Option<FieldFault> {
    let kept = visible(text);
    // Some of what ends a line cannot be seen: two lines would become one word.
    let around = |sign: char| sign.is_whitespace() || is_hidden(sign);
    if !kept.is_empty() && text.trim_matches(around).contains(is_line_end) {
        return Some(FieldFault::LineBreak);
    }
    kept.contains(is_control).then_some(FieldFault::ControlSign)
}

/// What keeps `text` from being a name: that it is no one line, or holds a tab or a sign that turns the direction of the
/// text, with which it would read as another. Whether it may be empty, and how long it may be, is asked elsewhere.
pub fn name_fault(text: &str) -> Option<FieldFault> {
    let kept = visible(text);
    let turned = !kept.is_empty() && text.contains(is_turning);
    line_fault(text).or_else(|| (turned || kept.contains('\t')).then_some(FieldFault::ControlSign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_trimmed_and_both_ends_of_their_length_hold() {
        let mut faults = Invalid::default();
        assert_eq!(faults.required("name", " 晨光 ", 2), "晨光");
        assert_eq!(faults.optional("notes", "", 2), "");
        assert_eq!(faults, Invalid::default());
        faults.required("name", " ", 2);
        faults.optional("notes", "三个字", 2);
        assert_eq!(faults.required("name", "晨\u{200B}光", 2), "晨光");
        faults.required("name", "\u{202E}", 2);
        faults.optional("city", "a\u{7}", 9);
        let told: Vec<&str> = faults.fields.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(told, ["name", "notes", "name", "city"]);
        assert!(faults.or_go_on().is_err());
    }

    #[test]
    fn a_name_is_one_line_that_reads_as_it_is_written() {
        let name = |text: &str| {
            let mut faults = Invalid::default();
            let kept = faults.name("name", text, 5);
            faults.or_go_on().map(|()| kept)
        };
        for kept in ["周永年", " 周永年\n", "周\u{200B}永年", "\u{2028}周永年\u{200B}\u{2029}"] {
            assert_eq!(name(kept), Ok("周永年".to_string()), "{kept:?}");
        }
        for (text, fault) in [
            (" \n ", FieldFault::Missing),
            ("\u{202E}", FieldFault::Missing),
            ("周永年周永年", FieldFault::TooLong { letters_max: 5 }),
            ("周\n永年", FieldFault::LineBreak),
            ("周\r永年", FieldFault::LineBreak),
            ("周\u{2028}永年", FieldFault::LineBreak),
            ("周\u{2029}永年", FieldFault::LineBreak),
            ("周\u{85}永年", FieldFault::LineBreak),
            ("周\u{7}永年", FieldFault::ControlSign),
            ("周\t永年", FieldFault::ControlSign),
            ("周\u{202E}永年", FieldFault::ControlSign),
            ("\u{2066}周永年", FieldFault::ControlSign),
        ] {
            assert_eq!(name(text), Err(Invalid::one("name", fault)), "{text:?}");
        }
    }

    #[test]
    fn a_name_that_nobody_needs_may_be_empty_and_is_judged_like_any_other() {
        let mut faults = Invalid::default();
        assert_eq!(faults.name_or_none("supplier", " \u{202E}", 5), "");
        assert_eq!(faults, Invalid::default());
        faults.name_or_none("supplier", "恒\u{202E}泰", 5);
        assert_eq!(faults, Invalid::one("supplier", FieldFault::ControlSign));
    }

    #[test]
    fn a_line_may_be_empty_and_loses_what_a_phone_copies_around_a_number() {
        let mut faults = Invalid::default();
        assert_eq!(faults.line("phone", "", 20), "");
        assert_eq!(faults.line("phone", "\u{202D}13800000000\u{202C}", 20), "13800000000");
        assert_eq!(faults, Invalid::default());
        faults.line("phone", "139\r138", 20);
        assert_eq!(faults, Invalid::one("phone", FieldFault::LineBreak));
    }
}
