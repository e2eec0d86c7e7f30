//! What was repaired in a row before it could be read, and how all rows of a sheet add up.

use serde::{Deserialize, Serialize};

use super::outcome::{ReadSheet, SkipReason};

/// One repair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Mend {
    /// Full-width signs in the price.
    FullWidth,
    /// Currency, thousands or words around the figure.
    Written,
    /// A figure kept as text among sheets that keep numbers.
    PriceAsText,
    /// Digits that only the binary form of a number has.
    Noise,
    /// Words behind the price; they become the note where there is none.
    Remark { remark: String },
    /// `20kg/桶`.
    UnitFromName { unit: String },
    /// Name and specification stand in one cell, or with other signs between them.
    NameTakenApart,
    /// A number that has lost the zeros of its code.
    LeadingZeros,
    /// A word such as 未知 in place of the code: the product was found by its name.
    PlaceholderCode,
    /// The value stands in a merged cell.
    Merged,
    /// Which product is meant was settled in an earlier file.
    Remembered,
    /// Which unit is meant was settled in an earlier file.
    UnitRemembered { unit: String },
    /// Somebody settled it while looking at this file.
    Decided,
}

/// How many rows of a sheet became what; each row is counted once, so that they add up to `rows`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    pub rows: usize,
    /// Read as they stand.
    pub read: usize,
    /// Read after a repair, or once because another row says the same.
    pub mended: usize,
    /// Somebody has to decide.
    pub asked: usize,
    /// To be mended in the file.
    pub refused: usize,
    /// Left out because somebody said so.
    pub left_out: usize,
    pub head: usize,
    pub title: usize,
    pub subtotal: usize,
    pub blank: usize,
    /// Rows of sheets that are not taken.
    pub not_taken: usize,
}

impl Mend {
    pub fn code(&self) -> &'static str {
        match self {
            Mend::FullWidth => "full_width",
            Mend::Written => "written",
            Mend::PriceAsText => "price_as_text",
            Mend::Noise => "noise",
            Mend::Remark { .. } => "remark",
            Mend::UnitFromName { .. } => "unit_from_name",
            Mend::NameTakenApart => "name_taken_apart",
            Mend::LeadingZeros => "leading_zeros",
            Mend::PlaceholderCode => "placeholder_code",
            Mend::Merged => "merged",
            Mend::Remembered => "remembered",
            Mend::UnitRemembered { .. } => "unit_remembered",
            Mend::Decided => "decided",
        }
    }
}

impl Tally {
    /// The tally of a sheet of `rows` rows that was read.
    pub fn of(sheet: &ReadSheet, rows: usize) -> Tally {
        let mended = sheet.read.iter().filter(|row| !row.mends.is_empty()).count();
        let asked = sheet.refused.iter().filter(|row| row.asks()).count();
        let mut tally = Tally {
            rows,
            read: sheet.read.len() - mended,
            mended,
            asked,
            refused: sheet.refused.len() - asked,
            ..Tally::default()
        };
        for skipped in &sheet.skipped {
            *tally.place_of(skipped.reason) += 1;
        }
        tally
    }

    /// The tally of a sheet that is not taken.
    pub fn of_not_taken(rows: usize) -> Tally {
        Tally { rows, not_taken: rows, ..Tally::default() }
    }

    /// Both together.
    pub fn plus(self, other: Tally) -> Tally {
        Tally {
            rows: self.rows + other.rows,
            read: self.read + other.read,
            mended: self.mended + other.mended,
            asked: self.asked + other.asked,
            refused: self.refused + other.refused,
            left_out: self.left_out + other.left_out,
            head: self.head + other.head,
            title: self.title + other.title,
            subtotal: self.subtotal + other.subtotal,
            blank: self.blank + other.blank,
            not_taken: self.not_taken + other.not_taken,
        }
    }

    /// Whether every row is in exactly one place.
    pub fn adds_up(&self) -> bool {
        let spoken = self.read + self.mended + self.asked + self.refused + self.left_out;
        let silent = self.head + self.title + self.subtotal + self.blank + self.not_taken;
        spoken + silent == self.rows
    }

    fn place_of(&mut self, reason: SkipReason) -> &mut usize {
        match reason {
            SkipReason::Blank => &mut self.blank,
            SkipReason::Title => &mut self.title,
            SkipReason::Head => &mut self.head,
            SkipReason::Subtotal => &mut self.subtotal,
            SkipReason::SameAs { .. } => &mut self.mended,
            SkipReason::LeftOut | SkipReason::Outvoted { .. } => &mut self.left_out,
        }
    }
}
