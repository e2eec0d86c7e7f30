//! A row of a price list as configuration keeps it: a price or a formula, for one product or for many.

use serde::{Deserialize, Serialize};

use super::figure::{read_percent, read_price, read_qty};
use super::list::{EntryGoods, Formula, FormulaOf, Gives, PriceEntry};
use super::moment::Window;
use super::rows::{NOTE_LETTERS_MAX, PriceRow, RowFault, RowField, no_control, read_day};
use crate::base::{CategoryId, Date, Misfit, ProductId, Qty, UnitPrice, read_fields, visible};

/// Longest name of a series.
const SERIES_LETTERS_MAX: usize = 60;

/// One entry of a list: what it is for, and the price or the formula that it gives.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EntryRow {
    pub goods: EntryGoods,
    /// `None` is the base unit.
    pub unit: Option<String>,
    /// Reached at, in base units; lines of one product add up.
    pub min_qty: Qty,
    /// A price per `unit`, or a formula per base unit.
    pub gives: Gives,
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub note: Option<String>,
}

/// What tells two entries of one list apart: two that agree in it would price the same thing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryPoint {
    pub goods: EntryGoods,
    pub unit: Option<String>,
    pub min_qty: Qty,
    pub from: Option<Date>,
}

/// `EntryRow` as JSON. A plain price has the very text that `PriceRow` writes.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct EntryContent {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    product: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    goods: Option<GoodsContent>,
    #[serde(default)]
    unit: Option<String>,
    #[serde(default)]
    min_qty: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    price: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    formula: Option<FormulaContent>,
    #[serde(default)]
    from: Option<String>,
    #[serde(default)]
    to: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

/// Goods other than one product: `"all"`, `{"category": 12}`, `{"series": "净味"}`.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum GoodsContent {
    All,
    Category(i64),
    Series(String),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FormulaContent {
    of: FormulaOf,
    percent: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    plus: Option<String>,
}

impl EntryRow {
    /// Reads the content of a row.
    pub fn read(content: &str) -> Result<EntryRow, RowFault> {
        let content: EntryContent = read_fields(content).map_err(RowFault::of_reading)?;
        let figure = |field| move |fault| RowFault::Figure { field, fault };
        let goods = goods_of(content.product, content.goods)?;
        let gives = match (content.price, content.formula) {
            (Some(price), None) => Gives::Price(read_price(&price).map_err(figure(RowField::Price))?),
            (None, Some(formula)) => Gives::Formula(Formula {
                of: formula.of,
                percent: read_percent(&formula.percent).map_err(figure(RowField::Formula))?,
                plus: read_price(formula.plus.as_deref().unwrap_or("0")).map_err(figure(RowField::Plus))?,
            }),
            (None, None) => return Err(RowFault::misfit("price", Misfit::Missing)),
            (Some(_), Some(_)) => return Err(RowFault::misfit("formula", Misfit::OneOnly)),
        };
        if goods == EntryGoods::All && matches!(gives, Gives::Price(_)) {
            return Err(RowFault::PriceForAll);
        }
        Ok(EntryRow {
            goods,
            unit: content.unit.map(|unit| unit.trim().to_string()).filter(|unit| !unit.is_empty()),
            min_qty: read_qty(content.min_qty.as_deref().unwrap_or("0")).map_err(figure(RowField::MinQty))?,
            gives,
            from: read_day(content.from, RowField::From)?,
            to: read_day(content.to, RowField::To)?,
            note: read_text(content.note, RowField::Note, NOTE_LETTERS_MAX)?,
        })
    }

    /// The content that `read` reads back; equal rows have equal content.
    pub fn content(&self) -> String {
        let (product, goods) = match &self.goods {
            EntryGoods::Product(id) => (Some(id.0), None),
            EntryGoods::Series(series) => (None, Some(GoodsContent::Series(series.clone()))),
            EntryGoods::Category(id) => (None, Some(GoodsContent::Category(id.0))),
            EntryGoods::All => (None, Some(GoodsContent::All)),
        };
        let (price, formula) = match self.gives {
            Gives::Price(price) => (Some(price.to_yuan()), None),
            Gives::Formula(formula) => {
                let plus = Some(formula.plus).filter(|plus| plus.0 != 0).map(UnitPrice::to_yuan);
                let percent = formula.percent.to_percent();
                (None, Some(FormulaContent { of: formula.of, percent, plus }))
            }
        };
        let content = EntryContent {
            product,
            goods,
            unit: self.unit.clone(),
            min_qty: (self.min_qty != Qty::ZERO).then(|| self.min_qty.to_text()),
            price,
            formula,
            from: self.from.map(|day| day.to_string()),
            to: self.to.map(|day| day.to_string()),
            note: self.note.clone(),
        };
        serde_json::to_string(&content).unwrap_or_default()
    }

    /// The key of the row: goods, unit, break and first day, as far as they are said. `code` is the product's.
    pub fn key(&self, code: &str) -> String {
        let goods = match &self.goods {
            EntryGoods::Product(_) => code.to_string(),
            EntryGoods::Series(series) => format!("*series:{series}"),
            EntryGoods::Category(id) => format!("*category:{}", id.0),
            EntryGoods::All => "*all".to_string(),
        };
        let min_qty = if self.min_qty == Qty::ZERO { String::new() } else { self.min_qty.to_text() };
        let from = self.from.map(|day| day.to_string()).unwrap_or_default();
        let key = format!("{goods}|{}|{min_qty}|{from}", self.unit.as_deref().unwrap_or_default());
        key.trim_end_matches('|').to_string()
    }

    pub fn point(&self) -> EntryPoint {
        let (goods, unit) = (self.goods.clone(), self.unit.clone());
        EntryPoint { goods, unit, min_qty: self.min_qty, from: self.from }
    }

    pub fn window(&self) -> Window {
        Window::days(self.from, self.to)
    }

    /// The product that the row is for, when it is for one.
    pub fn product(&self) -> Option<ProductId> {
        match self.goods {
            EntryGoods::Product(id) => Some(id),
            EntryGoods::Series(_) | EntryGoods::Category(_) | EntryGoods::All => None,
        }
    }

    /// The price per `unit`, when the row gives one.
    pub fn price(&self) -> Option<UnitPrice> {
        match self.gives {
            Gives::Price(price) => Some(price),
            Gives::Formula(_) => None,
        }
    }
}

impl From<PriceRow> for EntryRow {
    fn from(row: PriceRow) -> EntryRow {
        EntryRow {
            goods: EntryGoods::Product(row.product),
            unit: row.unit,
            min_qty: row.min_qty,
            gives: Gives::Price(row.price),
            from: row.from,
            to: row.to,
            note: row.note,
        }
    }
}

impl From<EntryRow> for PriceEntry {
    fn from(row: EntryRow) -> PriceEntry {
        PriceEntry {
            window: row.window(),
            goods: row.goods,
            unit: row.unit,
            min_qty: row.min_qty,
            gives: row.gives,
            note: row.note,
        }
    }
}

fn goods_of(product: Option<i64>, goods: Option<GoodsContent>) -> Result<EntryGoods, RowFault> {
    match (product, goods) {
        (Some(product), None) => Ok(EntryGoods::Product(ProductId(product))),
        (None, Some(GoodsContent::All)) => Ok(EntryGoods::All),
        (None, Some(GoodsContent::Category(id))) => Ok(EntryGoods::Category(CategoryId(id))),
        (None, Some(GoodsContent::Series(series))) => {
            let series = read_text(Some(series), RowField::Series, SERIES_LETTERS_MAX)?;
            series.map(EntryGoods::Series).ok_or_else(|| RowFault::misfit("goods", Misfit::Missing))
        }
        (None, None) => Err(RowFault::misfit("product", Misfit::Missing)),
        (Some(_), Some(_)) => Err(RowFault::misfit("goods", Misfit::OneOnly)),
    }
}

/// Text without control signs, at most so long; empty text is none.
fn read_text(text: Option<String>, field: RowField, letters_max: usize) -> Result<Option<String>, RowFault> {
    let text = text.map(|text| visible(&text)).filter(|text| !text.is_empty());
    no_control(text.as_deref().unwrap_or_default(), field)?;
    if text.as_ref().is_some_and(|text| text.chars().count() > letters_max) {
        return Err(RowFault::TooLong { field, letters_max });
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Wanted;

    #[track_caller]
    fn reads_back(content: &str, key: &str) {
        let row = EntryRow::read(content).unwrap();
        assert_eq!(row.content(), content);
        assert_eq!(row.key("P1"), key);
    }

    #[test]
    fn every_sort_of_entry_reads_back_as_it_was_written() {
        reads_back(
            r#"{"product":17,"unit":"箱","min_qty":"40","price":"512.00","from":"2026-05-01","to":null,"note":"批次 0426"}"#,
            "P1|箱|40|2026-05-01",
        );
        reads_back(
            r#"{"goods":{"series":"净味"},"unit":null,"min_qty":null,"formula":{"of":"base","percent":"95"},"from":null,"to":null}"#,
            "*series:净味",
        );
        reads_back(
            r#"{"goods":{"category":12},"unit":null,"min_qty":"40","formula":{"of":"cost","percent":"115","plus":"1.50"},"from":null,"to":null}"#,
            "*category:12||40",
        );
        reads_back(
            r#"{"goods":"all","unit":null,"min_qty":null,"formula":{"of":"list_price","percent":"100"},"from":null,"to":null}"#,
            "*all",
        );
    }

    #[test]
    fn a_plain_price_has_the_text_of_a_price_row() {
        let content = r#"{"product":17,"price":"￥1,280","note":"x"}"#;
        let plain = PriceRow::read(content).unwrap();
        assert_eq!(EntryRow::read(content).unwrap().content(), plain.content());
        assert_eq!(EntryRow::from(plain.clone()).key("P1"), plain.key("P1"));
    }

    #[test]
    fn a_row_without_goods_or_with_two_figures_is_refused() {
        let fault = |content: &str| EntryRow::read(content).unwrap_err();
        let misfit = RowFault::misfit;
        let nothing = misfit("product", Misfit::Missing);
        assert_eq!(fault(r#"{"price":"1"}"#), nothing, "never silently for everything");
        assert_eq!(fault(r#"{"product":1}"#), misfit("price", Misfit::Missing));
        assert_eq!(fault(r#"{"product":1,"price":5}"#), misfit("price", Misfit::Wants(Wanted::Text)));
        assert_eq!(
            fault(r#"{"product":1,"formula":{"of":"x","percent":"1"}}"#),
            misfit("formula", Misfit::NoChoice)
        );
        let both = r#"{"product":1,"price":"1","formula":{"of":"base","percent":"95"}}"#;
        assert_eq!(fault(both), misfit("formula", Misfit::OneOnly));
        assert_eq!(fault(r#"{"product":1,"goods":"all","price":"1"}"#), misfit("goods", Misfit::OneOnly));
        assert_eq!(fault(r#"{"goods":"all","price":"1"}"#), RowFault::PriceForAll);
        assert_eq!(fault(r#"{"goods":{"series":" "},"price":"1"}"#), misfit("goods", Misfit::Missing));
        assert!(matches!(
            fault(r#"{"product":1,"formula":{"of":"base","percent":"-5"}}"#),
            RowFault::Figure { field: RowField::Formula, .. }
        ));
    }
}
