//! What a quotation shows on paper: facts only, all of them decided before.

use serde::{Deserialize, Serialize};

use super::fingerprint::VerifyCode;
use super::refusals::PrintRefused;
use crate::base::{BasisPoints, Date, Fen, OutOfRange, Qty, UnitPrice};

/// The longest quotation that is printed.
pub const LINES_MAX: usize = 2_000;

/// A quotation as it is printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintedQuote {
    pub seller: PrintedSeller,
    /// `None` while it is a draft.
    pub number: Option<String>,
    pub version: i64,
    /// The day of issue; of a draft the day it is printed.
    pub issued_day: Date,
    pub valid_until: Date,
    pub customer: PrintedCustomer,
    pub salesperson: PrintedSalesperson,
    pub prices_include_tax: bool,
    pub lines: Vec<PrintedLine>,
    pub totals: PrintedTotals,
    /// Which alternative it is, as people say it; `None`: the only one.
    pub option: Option<String>,
    /// Site, delivery, invoice, payment: what each is called, and what is agreed.
    pub terms: Vec<(String, String)>,
    pub notes: String,
    pub state: DocumentState,
    /// Hash of the frozen document; `None` while it is a draft.
    pub hash: Option<String>,
    pub verify_code: Option<VerifyCode>,
}

/// Where a document stands in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentState {
    Draft,
    Issued,
    Signed,
    Superseded,
    Cancelled,
    Expired,
}

/// The company that quotes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintedSeller {
    pub name: String,
    pub address: String,
    pub phone: String,
    pub tax_no: String,
    pub bank_name: String,
    pub bank_account: String,
}

/// Whom the quotation is for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintedCustomer {
    pub name: String,
    pub contact: String,
    pub phone: String,
    pub address: String,
}

/// Whom the customer may call.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintedSalesperson {
    pub name: String,
    pub phone: String,
    pub branch: String,
}

/// One row of the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintedLine {
    pub position: i64,
    pub code: String,
    pub name: String,
    pub spec: String,
    pub unit: String,
    /// What one `unit` holds; `None` when it is the base unit.
    pub pack: Option<PrintedPack>,
    pub qty: Qty,
    pub unit_price: UnitPrice,
    pub amount: Fen,
    pub net: Fen,
    /// What the line bears of the whole document's reductions; it stands below the table, not in the row.
    pub share: Fen,
    pub tax_rate: BasisPoints,
    pub note: String,
    /// The room or building part; lines of one that follow each other stand together with their subtotal.
    pub group: String,
    /// The small picture by the hash of its content; `None`: none is shown.
    pub picture: Option<String>,
}

/// What one unit of a row holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintedPack {
    /// As products write it: `4`, `2.5`, `1/3`.
    pub holds: String,
    pub base: String,
}

/// The sums below the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintedTotals {
    pub amount: Fen,
    /// All that is taken off, of lines and of the whole.
    pub discount: Fen,
    /// What of it is taken off the whole document, 抹零 left out.
    pub whole_off: Fen,
    /// What of it is 抹零.
    pub rounding: Fen,
    pub net: Fen,
    pub net_ex_tax: Fen,
    pub tax: Fen,
}

/// Why something is taken off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TakenOff {
    /// Off single lines.
    Lines,
    /// Off the whole document.
    Whole,
    /// 抹零.
    Rounding,
}

impl TakenOff {
    /// The name on the wire.
    pub fn key(self) -> &'static str {
        match self {
            TakenOff::Lines => "lines",
            TakenOff::Whole => "whole",
            TakenOff::Rounding => "rounding",
        }
    }
}

impl PrintedLine {
    /// What the line comes to in its row: before it bears its share of what is taken off the whole document.
    pub fn before_whole(&self) -> Fen {
        Fen(self.net.0.saturating_add(self.share.0))
    }
}

impl PrintedTotals {
    /// What lies between `amount` and `net`, piece by piece; pieces of nothing are left out.
    pub fn taken_off(&self) -> Vec<(TakenOff, Fen)> {
        let whole = self.whole_off.0.saturating_add(self.rounding.0);
        let of_lines = Fen(self.discount.0.saturating_sub(whole));
        let pieces = [
            (TakenOff::Lines, of_lines),
            (TakenOff::Whole, self.whole_off),
            (TakenOff::Rounding, self.rounding),
        ];
        pieces.into_iter().filter(|(_, amount)| *amount != Fen::ZERO).collect()
    }

    /// What the customer pays, tax included.
    pub fn payable(&self) -> Result<Fen, OutOfRange> {
        self.net_ex_tax.plus(self.tax)
    }
}

impl PrintedQuote {
    /// Lines of one room that follow each other, under its name; those of no room under an empty one.
    pub fn rooms(&self) -> impl Iterator<Item = (&str, &[PrintedLine])> {
        let runs = self.lines.chunk_by(|one, next| one.group == next.group);
        runs.map(|run| (run.first().map(|line| line.group.trim()).unwrap_or_default(), run))
    }

    /// Refuses what must not reach paper: too many lines, or totals that are not the sums of the lines.
    pub fn check(&self) -> Result<(), PrintRefused> {
        if self.lines.len() > LINES_MAX {
            return Err(PrintRefused::TooManyLines { count: self.lines.len(), limit: LINES_MAX });
        }
        let adds_up = self.adds_up().unwrap_or(false);
        if adds_up { Ok(()) } else { Err(PrintRefused::TotalsDisagree) }
    }

    fn adds_up(&self) -> Result<bool, OutOfRange> {
        let mut amount = Fen::ZERO;
        let mut net = Fen::ZERO;
        let mut shares = Fen::ZERO;
        for line in &self.lines {
            shares = shares.plus(line.share)?;
            amount = amount.plus(line.amount)?;
            net = net.plus(line.net)?;
        }
        let totals = &self.totals;
        let untaxed = if self.prices_include_tax { totals.payable()? } else { totals.net_ex_tax };
        let whole = totals.whole_off.plus(totals.rounding)?;
        let sums = amount == totals.amount && net == totals.net && shares == whole;
        Ok(sums && amount.minus(totals.discount)? == net && untaxed == net)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn e1() -> PrintedQuote {
        let day = crate::base::parse_date("2026-05-05").unwrap();
        let line = PrintedLine {
            position: 1,
            code: "P1".into(),
            name: "外墙乳胶漆".into(),
            spec: "20kg".into(),
            unit: "桶".into(),
            pack: None,
            qty: Qty::whole(60),
            unit_price: UnitPrice(1_177_600),
            amount: Fen(706_560),
            net: Fen(685_363),
            share: Fen::ZERO,
            tax_rate: BasisPoints::of_whole(1_300).unwrap(),
            note: String::new(),
            group: String::new(),
            picture: None,
        };
        PrintedQuote {
            seller: PrintedSeller::default(),
            number: Some("SZ26-000123".into()),
            version: 1,
            issued_day: day,
            valid_until: day,
            customer: PrintedCustomer::default(),
            salesperson: PrintedSalesperson::default(),
            prices_include_tax: true,
            lines: vec![line],
            totals: PrintedTotals {
                amount: Fen(706_560),
                discount: Fen(21_197),
                whole_off: Fen::ZERO,
                rounding: Fen::ZERO,
                net: Fen(685_363),
                net_ex_tax: Fen(606_516),
                tax: Fen(78_847),
            },
            option: None,
            terms: Vec::new(),
            notes: String::new(),
            state: DocumentState::Issued,
            hash: None,
            verify_code: None,
        }
    }

    #[test]
    fn e1_is_printed_and_one_fen_more_is_not() {
        assert_eq!(e1().check(), Ok(()));
        for wrong in 0..4 {
            let mut quote = e1();
            let totals = &mut quote.totals;
            let figures = [&mut totals.amount, &mut totals.discount, &mut totals.net, &mut totals.tax];
            let figure = figures.into_iter().nth(wrong).unwrap();
            *figure = Fen(figure.0 + 1);
            assert_eq!(quote.check(), Err(PrintRefused::TotalsDisagree), "figure {wrong}");
        }
    }

    #[test]
    fn what_is_taken_off_the_whole_is_borne_by_the_lines_to_the_fen() {
        let mut quote = e1();
        quote.totals.rounding = Fen(363);
        assert_eq!(quote.check(), Err(PrintRefused::TotalsDisagree));
        quote.lines[0].share = Fen(363);
        assert_eq!(quote.check(), Ok(()));
    }

    #[test]
    fn what_is_taken_off_is_told_piece_by_piece_without_pieces_of_nothing() {
        let mut totals = e1().totals;
        assert_eq!(totals.taken_off(), [(TakenOff::Lines, Fen(21_197))]);
        (totals.whole_off, totals.rounding) = (Fen(20_834), Fen(363));
        assert_eq!(totals.taken_off(), [(TakenOff::Whole, Fen(20_834)), (TakenOff::Rounding, Fen(363))]);
        totals.discount = Fen(21_000);
        let dearer = (TakenOff::Lines, Fen(-197));
        assert_eq!(totals.taken_off().first(), Some(&dearer), "a line may have become dearer by hand");
    }

    #[test]
    fn lines_of_one_room_stand_together_only_where_they_follow_each_other() {
        let mut quote = e1();
        let of = |group: &str| PrintedLine { group: group.to_string(), ..e1().lines.remove(0) };
        quote.lines = vec![of("一楼"), of("一楼"), of(" "), of(""), of("一楼")];
        let rooms: Vec<(&str, usize)> = quote.rooms().map(|(room, run)| (room, run.len())).collect();
        assert_eq!(rooms, [("一楼", 2), ("", 1), ("", 1), ("一楼", 1)]);
    }

    #[test]
    fn prices_without_tax_add_the_tax_below() {
        let mut quote = e1();
        quote.prices_include_tax = false;
        assert_eq!(quote.check(), Err(PrintRefused::TotalsDisagree));
        quote.totals.net_ex_tax = quote.totals.net;
        quote.totals.tax = Fen(89_097);
        assert_eq!(quote.check(), Ok(()));
        assert_eq!(quote.totals.payable(), Ok(Fen(774_460)));
    }

    #[test]
    fn two_thousand_lines_are_the_limit() {
        let mut quote = e1();
        let line = PrintedLine { amount: Fen(1), net: Fen(1), ..quote.lines.remove(0) };
        quote.lines = vec![line.clone(); LINES_MAX];
        let sum = Fen(2_000);
        quote.totals = PrintedTotals { amount: sum, net: sum, net_ex_tax: sum, ..PrintedTotals::default() };
        assert_eq!(quote.check(), Ok(()));
        quote.lines.push(line);
        assert_eq!(quote.check(), Err(PrintRefused::TooManyLines { count: 2_001, limit: 2_000 }));
    }

    #[test]
    fn sums_that_do_not_fit_are_refused_and_not_wrapped() {
        let mut quote = e1();
        let line = PrintedLine { amount: Fen(i64::MAX), net: Fen(i64::MAX), ..quote.lines.remove(0) };
        quote.lines = vec![line.clone(), line];
        assert_eq!(quote.check(), Err(PrintRefused::TotalsDisagree));
    }
}
