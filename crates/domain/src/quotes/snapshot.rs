//! The frozen document: what was promised to the customer, why, and by which revisions; it recomputes for ever.

use serde::{Deserialize, Serialize};

use super::amounts::Amounts;
use super::draft::DraftLine;
use super::extra::{LineExtra, Whole, manual_asks};
use super::priced::{PricedDraft, PricedDraftLine, QuotedProduct};
use super::repriced::{ShownFigures, ShownLine};
use super::terms::Terms;
use crate::base::{
    BasisPoints, CustomerId, Date, Instant, ItemId, OrgId, OutOfRange, PersonId, ProductId, UnitPrice,
};
use crate::catalog::Units;
use crate::documents::template::{SHIPPED_FIRST, shipped_newest};
use crate::documents::{canonical_json, sha256_hex};
use crate::pricing::{PricedLine, PricingContext, Totals, apply_manual, replay, totals};

/// Shape of the frozen document; a later program still reads the earlier ones.
pub const SNAPSHOT_FORMAT: u32 = 1;

/// A quotation as it was issued. Its hash is taken over this, without what the goods cost us.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    pub format: u32,
    pub number: String,
    pub revision: i64,
    pub issued_at: Instant,
    pub issued_day: Date,
    pub valid_until: Date,
    pub seller: FrozenSeller,
    pub branch: FrozenBranch,
    pub customer: FrozenCustomer,
    pub salesperson: FrozenSalesperson,
    /// For whom, when and on which tax basis it was priced.
    pub context: PricingContext,
    pub lines: Vec<FrozenLine>,
    pub totals: Totals,
    /// Every revision that a price leans on.
    pub used: Vec<UsedRevision>,
    pub notes: String,
    #[serde(default, skip_serializing_if = "Terms::is_empty")]
    pub terms: Terms,
    #[serde(default, skip_serializing_if = "Whole::is_empty")]
    pub whole: Whole,
    /// Which alternative it is; empty: the only one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub option: String,
    /// How it is printed; `None`: by the first shipped template.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<FrozenTemplate>,
}

/// The company as it stood on the document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenSeller {
    pub name: String,
    pub address: String,
    pub phone: String,
    pub tax_no: String,
    pub bank_name: String,
    pub bank_account: String,
    /// Content hash of the seal's picture that the PDF carries.
    pub seal_file: Option<String>,
}

/// The branch whose document it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenBranch {
    pub id: OrgId,
    pub name: String,
}

/// The customer as he was on the day of issue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenCustomer {
    pub id: CustomerId,
    pub code: String,
    pub name: String,
    pub contact: String,
    pub phone: String,
    pub address: String,
}

/// Whom the customer may call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenSalesperson {
    pub id: PersonId,
    pub name: String,
    pub phone: String,
}

/// A revision by the name under which people know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsedRevision {
    pub item: ItemId,
    pub kind: String,
    pub name: String,
    pub n: i64,
}

/// The template by which a document is printed for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum FrozenTemplate {
    /// A published revision.
    Published { item: ItemId, n: i64 },
    /// The shipped template of that number, where none was published.
    Shipped { shipped: u32 },
}

impl FrozenTemplate {
    /// What a document remembers where no template is published: nothing while there is one shipped template only.
    pub fn shipped_now() -> Option<FrozenTemplate> {
        match shipped_newest() {
            SHIPPED_FIRST => None,
            shipped => Some(FrozenTemplate::Shipped { shipped }),
        }
    }
}

/// One line with its product, figures and trace; `priced.cost` and `priced.floor` are left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenLine {
    pub id: String,
    pub product: FrozenProduct,
    pub note: String,
    /// A manual price, the room, goods outside the catalogue; without their cost.
    #[serde(default, skip_serializing_if = "LineExtra::is_empty")]
    pub extra: LineExtra,
    pub priced: PricedLine,
}

/// The product as it was called and sold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenProduct {
    pub id: ProductId,
    pub code: String,
    pub name: String,
    pub spec: String,
    pub units: Units,
    pub tax_rate: BasisPoints,
    /// What the customer calls it; printed beside our own code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_code: Option<String>,
    /// Its main picture, where the document shows pictures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<FrozenPicture>,
}

/// A picture by the hashes of its files, so that it stays what the customer saw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenPicture {
    pub file: String,
    /// The small one, which is printed.
    pub thumb: String,
}

/// What one unit of a line cost us and its floor, on the day of issue; kept beside the document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineCost {
    pub cost: Option<UnitPrice>,
    pub floor: Option<UnitPrice>,
}

/// A frozen document whose figures do not follow from it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SnapshotFault {
    #[error("line {line} has no price that follows from its trace")]
    UnitPrice { line: usize },
    #[error("line {line} does not come to its amounts")]
    Amounts { line: usize },
    #[error("the totals are not the sums of the lines")]
    Totals,
    #[error("a figure is too large to compute")]
    TooLarge,
}

impl FrozenLine {
    /// The frozen lines and their costs; `None` when a line has no price.
    pub fn freeze(priced: &PricedDraft) -> Option<(Vec<FrozenLine>, Vec<LineCost>)> {
        let mut lines = Vec::with_capacity(priced.lines.len());
        let mut costs = Vec::with_capacity(priced.lines.len());
        for PricedDraftLine { line, product, outcome } in &priced.lines {
            let mut figures = outcome.as_ref().ok()?.clone();
            costs.push(LineCost { cost: figures.cost.take(), floor: figures.floor.take() });
            lines.push(FrozenLine {
                id: line.id.clone(),
                product: FrozenProduct {
                    id: product.id,
                    code: product.code.clone(),
                    name: product.name.clone(),
                    spec: product.spec.clone(),
                    units: product.units.clone(),
                    tax_rate: product.tax_rate,
                    customer_code: product.customer_code.clone(),
                    picture: None,
                },
                note: line.note.clone(),
                extra: line.extra.without_cost(),
                priced: figures,
            });
        }
        Some((lines, costs))
    }

    /// The line as it was ordered, to copy, revise or price it again.
    pub fn as_draft(&self) -> DraftLine {
        DraftLine {
            id: self.id.clone(),
            product: self.product.id,
            qty: self.priced.qty,
            unit: self.priced.unit.clone(),
            note: self.note.clone(),
            extra: self.extra.clone(),
        }
    }

    /// The line as every line is shown, with what it cost then.
    pub fn into_shown(self, LineCost { cost, floor }: LineCost) -> PricedDraftLine {
        let FrozenLine { id, product, note, extra, priced } = self;
        let (qty, unit) = (priced.qty, priced.unit.clone());
        let line = DraftLine { id, product: product.id, qty, unit, note, extra };
        let FrozenProduct { id, code, name, spec, units, tax_rate, customer_code, picture: _ } = product;
        let product = QuotedProduct { id, code, name, spec, units, tax_rate, archived: false, customer_code };
        PricedDraftLine { line, product, outcome: Ok(PricedLine { cost, floor, ..priced }) }
    }
}

impl Snapshot {
    /// The document as it is kept, and the hash of its canonical form, by which anyone may prove it.
    pub fn sealed(&self) -> Result<(String, String), SnapshotFault> {
        let value = serde_json::to_value(self).map_err(|_| SnapshotFault::TooLarge)?;
        let text = canonical_json(&value);
        let hash = sha256_hex(text.as_bytes());
        Ok((text, hash))
    }

    pub fn amounts(&self) -> Result<Amounts, OutOfRange> {
        Amounts::of_totals(&self.totals)
    }

    /// The figures as the customer has them.
    pub fn shown(&self) -> Result<ShownFigures, OutOfRange> {
        let line = |line: &FrozenLine| {
            let net = Amounts::of_line(&line.priced)?.net;
            Ok(ShownLine { unit_price: Some(line.priced.unit_price), net: Some(net) })
        };
        let lines = self.lines.iter().map(line).collect::<Result<_, OutOfRange>>()?;
        Ok(ShownFigures { amounts: self.amounts()?, lines })
    }

    /// Takes every step of every trace again and adds everything up again; the same figures, or what differs.
    pub fn recompute(&self) -> Result<(), SnapshotFault> {
        let too_large = |OutOfRange| SnapshotFault::TooLarge;
        let includes_tax = self.context.prices_include_tax;
        let mut lines = Vec::with_capacity(self.lines.len());
        for (place, line) in self.lines.iter().enumerate() {
            self.recompute_unit_price(place, &line.priced)?;
            lines.push(line.priced.without_manual(includes_tax).map_err(too_large)?);
        }
        let asked = manual_asks(self.lines.iter().map(|line| &line.extra).enumerate(), &self.whole);
        let mut priced: Vec<&mut PricedLine> = lines.iter_mut().collect();
        apply_manual(&mut priced, &asked, includes_tax).map_err(|_| SnapshotFault::TooLarge)?;
        for (line, (frozen, again)) in self.lines.iter().map(|line| &line.priced).zip(&lines).enumerate() {
            let figures = |line: &PricedLine| (line.net, line.net_ex_tax, line.tax);
            if figures(frozen) != figures(again) || frozen.trace != again.trace {
                return Err(SnapshotFault::Amounts { line });
            }
        }
        let sums = totals(self.lines.iter().map(|line| &line.priced)).map_err(|_| SnapshotFault::TooLarge)?;
        if sums == self.totals { Ok(()) } else { Err(SnapshotFault::Totals) }
    }

    fn recompute_unit_price(&self, line: usize, priced: &PricedLine) -> Result<(), SnapshotFault> {
        let too_large = |OutOfRange| SnapshotFault::TooLarge;
        if replay(&priced.trace).map_err(too_large)? != priced.unit_price {
            return Err(SnapshotFault::UnitPrice { line });
        }
        let amount = priced.qty.times(priced.unit_price).map_err(too_large)?;
        if amount == priced.amount { Ok(()) } else { Err(SnapshotFault::Amounts { line }) }
    }
}
