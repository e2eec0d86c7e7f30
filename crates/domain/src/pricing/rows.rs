//! Plain prices and tiers as configuration keeps them, and what pricing makes of them.

use serde::{Deserialize, Serialize};

use super::figure::{FigureFault, read_percent, read_price, read_qty};
use super::list::{Revision, Tier};
use super::moment::Window;
use crate::base::{BasisPoints, Date, ProductId, Qty, UnitPrice, is_control, parse_date, visible};
use crate::calendar::CalendarRowFault;

/// Key of the row that holds what is true of the whole list.
pub const LIST_ROW_KEY: &str = "";
/// Longest note of a price row.
pub const NOTE_LETTERS_MAX: usize = 200;
/// Longest name of a tier.
pub const TIER_NAME_LETTERS_MAX: usize = 20;

/// One plain price of a product, as price files bring it; `EntryRow` is every sort of entry.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PriceRow {
    pub product: ProductId,
    /// `None` is the base unit.
    pub unit: Option<String>,
    /// Reached at, in base units.
    pub min_qty: Qty,
    /// Price of one `unit`.
    pub price: UnitPrice,
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub note: Option<String>,
}

/// A tier; its key is its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TierRow {
    pub percent: BasisPoints,
}

/// Why the content of a row cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum RowFault {
    /// Not the JSON of this kind.
    NotReadable,
    Figure {
        field: RowField,
        fault: FigureFault,
    },
    DateWrong {
        field: RowField,
        text: String,
    },
    TooLong {
        field: RowField,
        letters_max: usize,
    },
    NameMissing,
    /// One price for all products, which nobody means.
    PriceForAll,
    /// A criterion names too many.
    TooManyWords {
        words_max: usize,
    },
    /// The lowest percent lies above the highest.
    BandTurned,
    /// A control sign, which no text may hold.
    ControlSign {
        field: RowField,
    },
    /// Of a day of the calendar.
    Calendar {
        fault: CalendarRowFault,
    },
}

/// A field of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RowField {
    Price,
    MinQty,
    From,
    To,
    Note,
    Percent,
    Name,
    /// How far below the tier price a role may go.
    Depth,
    /// How much a role may take off as 抹零.
    Rounding,
    /// The text of a snippet.
    Text,
    /// The percent of a formula.
    Formula,
    /// What a formula adds.
    Plus,
    Series,
    /// The lowest percent of a corridor.
    Min,
    /// Its highest.
    Max,
}

/// What tells two rows of one list apart: two rows that agree in it would price the same thing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowPoint {
    pub product: ProductId,
    pub unit: Option<String>,
    pub min_qty: Qty,
    pub from: Option<Date>,
}

/// `PriceRow` as JSON.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PriceContent {
    product: i64,
    #[serde(default)]
    unit: Option<String>,
    #[serde(default)]
    min_qty: Option<String>,
    price: String,
    #[serde(default)]
    from: Option<String>,
    #[serde(default)]
    to: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

/// `TierRow` as JSON.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TierContent {
    percent: String,
}

impl PriceRow {
    /// Reads the content of a row.
    pub fn read(content: &str) -> Result<PriceRow, RowFault> {
        let content: PriceContent = serde_json::from_str(content).map_err(|_| RowFault::NotReadable)?;
        let figure = |field| move |fault| RowFault::Figure { field, fault };
        let note = content.note.map(|note| visible(&note)).filter(|note| !note.is_empty());
        no_control(note.as_deref().unwrap_or_default(), RowField::Note)?;
        if note.as_ref().is_some_and(|note| note.chars().count() > NOTE_LETTERS_MAX) {
            return Err(RowFault::TooLong { field: RowField::Note, letters_max: NOTE_LETTERS_MAX });
        }
        let min_qty = content.min_qty.as_deref().unwrap_or("0");
        Ok(PriceRow {
            product: ProductId(content.product),
            unit: content.unit.map(|unit| unit.trim().to_string()).filter(|unit| !unit.is_empty()),
            min_qty: read_qty(min_qty).map_err(figure(RowField::MinQty))?,
            price: read_price(&content.price).map_err(figure(RowField::Price))?,
            from: read_day(content.from, RowField::From)?,
            to: read_day(content.to, RowField::To)?,
            note,
        })
    }

    /// The content that `read` reads back; equal rows have equal content.
    pub fn content(&self) -> String {
        let content = PriceContent {
            product: self.product.0,
            unit: self.unit.clone(),
            min_qty: (self.min_qty != Qty::ZERO).then(|| self.min_qty.to_text()),
            price: self.price.to_yuan(),
            from: self.from.map(|day| day.to_string()),
            to: self.to.map(|day| day.to_string()),
            note: self.note.clone(),
        };
        serde_json::to_string(&content).unwrap_or_default()
    }

    /// The key of the row: code, unit, break and first day, as far as they are said.
    pub fn key(&self, code: &str) -> String {
        let min_qty = if self.min_qty == Qty::ZERO { String::new() } else { self.min_qty.to_text() };
        let from = self.from.map(|day| day.to_string()).unwrap_or_default();
        let key = format!("{code}|{}|{min_qty}|{from}", self.unit.as_deref().unwrap_or_default());
        key.trim_end_matches('|').to_string()
    }

    pub fn point(&self) -> RowPoint {
        RowPoint { product: self.product, unit: self.unit.clone(), min_qty: self.min_qty, from: self.from }
    }

    pub fn window(&self) -> Window {
        Window::days(self.from, self.to)
    }
}

impl TierRow {
    /// Reads the content of the tier `name`.
    pub fn read(name: &str, content: &str) -> Result<TierRow, RowFault> {
        let name = visible(name);
        no_control(&name, RowField::Name)?;
        let letters = name.chars().count();
        if letters == 0 {
            return Err(RowFault::NameMissing);
        }
        if letters > TIER_NAME_LETTERS_MAX {
            return Err(RowFault::TooLong { field: RowField::Name, letters_max: TIER_NAME_LETTERS_MAX });
        }
        let content: TierContent = serde_json::from_str(content).map_err(|_| RowFault::NotReadable)?;
        let percent = read_percent(&content.percent);
        let percent = percent.map_err(|fault| RowFault::Figure { field: RowField::Percent, fault })?;
        Ok(TierRow { percent })
    }

    pub fn content(&self) -> String {
        serde_json::to_string(&TierContent { percent: self.percent.to_percent() }).unwrap_or_default()
    }
}

/// The tiers that these rows make, or the name of the tier that cannot be read.
pub fn tiers_of_rows<'a>(
    revision: Revision,
    rows: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<Vec<Tier>, (String, RowFault)> {
    let tier = |(name, content): (&str, &str)| {
        let row = TierRow::read(name, content).map_err(|fault| (name.to_string(), fault))?;
        Ok(Tier { name: name.to_string(), percent: row.percent, revision })
    };
    rows.into_iter().map(tier).collect()
}

pub(super) fn no_control(text: &str, field: RowField) -> Result<(), RowFault> {
    if text.chars().any(is_control) { Err(RowFault::ControlSign { field }) } else { Ok(()) }
}

pub(super) fn read_day(text: Option<String>, field: RowField) -> Result<Option<Date>, RowFault> {
    let Some(text) = text else {
        return Ok(None);
    };
    match parse_date(&text) {
        Some(day) => Ok(Some(day)),
        None => Err(RowFault::DateWrong { field, text }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::ItemId;

    const REVISION: Revision = Revision { item: ItemId(1), n: 13 };

    #[test]
    fn a_price_row_reads_back_as_it_was_written() {
        let content =
            r#"{"product":17,"unit":"箱","min_qty":"40","price":"512.00","from":"2026-05-01","to":null}"#;
        let row = PriceRow::read(content).unwrap();
        assert_eq!(row.content(), content);
        assert_eq!(row.key("P1"), "P1|箱|40|2026-05-01");
        let plain = PriceRow::read(r#"{"product":17,"price":"￥1,280"}"#).unwrap();
        assert_eq!(plain.key("P1"), "P1");
        let written = r#"{"product":17,"unit":null,"min_qty":null,"price":"1280.00","from":null,"to":null}"#;
        assert_eq!(plain.content(), written);
    }

    #[test]
    fn a_row_that_cannot_be_read_says_where() {
        let fault = |content: &str| PriceRow::read(content).unwrap_err();
        assert_eq!(fault("{}"), RowFault::NotReadable);
        assert_eq!(fault(r#"{"product":1,"price":"1","colour":"red"}"#), RowFault::NotReadable);
        let negative = RowFault::Figure { field: RowField::Price, fault: FigureFault::Negative };
        assert_eq!(fault(r#"{"product":1,"price":"-1"}"#), negative);
        let wrong = RowFault::DateWrong { field: RowField::To, text: "2026-13-01".to_string() };
        assert_eq!(fault(r#"{"product":1,"price":"1","to":"2026-13-01"}"#), wrong);
    }

    #[test]
    fn no_text_of_a_row_holds_a_control_sign() {
        let noted = PriceRow::read(r#"{"product":1,"price":"1","note":"a\u0000"}"#);
        assert_eq!(noted, Err(RowFault::ControlSign { field: RowField::Note }));
        let percent = r#"{"percent":"92"}"#;
        assert_eq!(TierRow::read("A\u{0}", percent), Err(RowFault::ControlSign { field: RowField::Name }));
        assert_eq!(TierRow::read("\u{200B}", percent), Err(RowFault::NameMissing));
    }

    #[test]
    fn tiers_are_named_percents() {
        let tiers = tiers_of_rows(REVISION, [("A", r#"{"percent":"92"}"#)]).unwrap();
        assert_eq!(tiers.first().map(|tier| tier.percent.get()), Some(9_200));
        assert_eq!(TierRow::read(" ", r#"{"percent":"92"}"#), Err(RowFault::NameMissing));
        let long = "长".repeat(TIER_NAME_LETTERS_MAX + 1);
        assert!(matches!(TierRow::read(&long, r#"{"percent":"92"}"#), Err(RowFault::TooLong { .. })));
        assert_eq!(TierRow { percent: tiers[0].percent }.content(), r#"{"percent":"92"}"#);
    }
}
