//! After sending: when to ask the customer again, and why a quotation was lost, to whom and at what price.

use super::draft::plain;
use super::issue::days_after;
use super::refused::QuoteRefused;
use crate::base::{Date, Fen, FieldFault, Invalid, NET_MAX, parse_date, parse_decimal};

/// The longest note beside a day to ask again.
pub const FOLLOW_NOTE_LETTERS_MAX: usize = 200;
/// The longest name of a competitor.
pub const COMPETITOR_LETTERS_MAX: usize = 60;
/// So many days ahead somebody may be reminded.
pub const FOLLOW_DAYS_MAX: u32 = 366;
/// The longest words beside the reason of a loss.
pub const LOST_WORDS_LETTERS_MAX: usize = 500;

/// Why a quotation was lost: a closed list, so that losses can be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LostWhy {
    Price,
    Delivery,
    Quality,
    /// Deposit, terms of payment, invoice.
    Terms,
    /// The customer buys from whom he knows.
    Relation,
    /// The building site stopped or the need went away.
    Stopped,
    Other,
}

/// A loss as it is recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    pub why: LostWhy,
    /// Who got it; none when nobody knows.
    pub to: Option<String>,
    /// What the other asked for all of it.
    pub price: Option<Fen>,
}

/// A loss as it was typed.
#[derive(Clone, Debug, Default)]
pub struct LostText {
    pub why: String,
    pub words: String,
    pub to: String,
    /// Yuan, or nothing.
    pub price: String,
}

/// When to ask the customer again, and about what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowUp {
    pub day: Date,
    pub note: String,
}

impl LostWhy {
    pub const ALL: [LostWhy; 7] = [
        LostWhy::Price,
        LostWhy::Delivery,
        LostWhy::Quality,
        LostWhy::Terms,
        LostWhy::Relation,
        LostWhy::Stopped,
        LostWhy::Other,
    ];

    /// The name in the database and on the wire.
    pub fn key(self) -> &'static str {
        match self {
            LostWhy::Price => "price",
            LostWhy::Delivery => "delivery",
            LostWhy::Quality => "quality",
            LostWhy::Terms => "terms",
            LostWhy::Relation => "relation",
            LostWhy::Stopped => "stopped",
            LostWhy::Other => "other",
        }
    }

    pub fn from_key(key: &str) -> Option<LostWhy> {
        LostWhy::ALL.into_iter().find(|why| why.key() == key)
    }
}

impl Lost {
    /// What was typed, and the words beside it; 其他 needs words.
    pub fn accept(text: &LostText) -> Result<(Lost, String), QuoteRefused> {
        let mut faults = Invalid::default();
        let why = LostWhy::from_key(&text.why);
        if why.is_none() {
            let fault = if text.why.is_empty() { FieldFault::Missing } else { FieldFault::NoChoice };
            faults.add("why", fault);
        }
        let words = plain(&text.words);
        if why == Some(LostWhy::Other) && words.is_empty() {
            faults.add("words", FieldFault::Missing);
        }
        if words.chars().count() > LOST_WORDS_LETTERS_MAX {
            faults.add("words", FieldFault::TooLong { letters_max: LOST_WORDS_LETTERS_MAX });
        }
        let to = faults.name_or_none("competitor", &text.to, COMPETITOR_LETTERS_MAX);
        let price = price_of(&text.price, &mut faults);
        match why {
            Some(why) if faults.fields.is_empty() => {
                Ok((Lost { why, to: Some(to).filter(|to| !to.is_empty()), price }, words))
            }
            _ => Err(QuoteRefused::Invalid(faults)),
        }
    }
}

/// What the other asked, in yuan; nothing typed is nothing known.
fn price_of(typed: &str, faults: &mut Invalid) -> Option<Fen> {
    let typed = typed.trim();
    if typed.is_empty() {
        return None;
    }
    let fault = match parse_decimal(typed, 2) {
        Ok(fen) if fen < 0 => FieldFault::Negative,
        Ok(fen) if fen > NET_MAX.0 => FieldFault::NotInRange { min: 0, max: NET_MAX.0 / 100 },
        Ok(fen) => return Some(Fen(fen)),
        Err(fault) => FieldFault::Number(fault),
    };
    faults.add("competitor_price", fault);
    None
}

impl FollowUp {
    /// What was typed: not in the past, not further than a year; no day clears it.
    pub fn accept(day: Option<&str>, note: &str, today: Date) -> Result<Option<FollowUp>, QuoteRefused> {
        let Some(day) = day.filter(|day| !day.is_empty()) else { return Ok(None) };
        let day = parse_date(day).ok_or_else(|| QuoteRefused::field("day", FieldFault::NotADay))?;
        let last = days_after(today, FOLLOW_DAYS_MAX);
        if day < today {
            return Err(QuoteRefused::field("day", FieldFault::DayBefore { first: today }));
        }
        if day > last {
            return Err(QuoteRefused::field("day", FieldFault::DayAfter { last }));
        }
        let note = plain(note);
        if note.chars().count() > FOLLOW_NOTE_LETTERS_MAX {
            let fault = FieldFault::TooLong { letters_max: FOLLOW_NOTE_LETTERS_MAX };
            return Err(QuoteRefused::field("note", fault));
        }
        Ok(Some(FollowUp { day, note }))
    }
}
