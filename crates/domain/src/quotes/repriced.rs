//! Old figures beside new ones, line by line, so that nobody signs or issues at a figure that was not shown.

use super::amounts::Amounts;
use super::priced::{LineRefusal, PricedDraft, PricedDraftLine};
use crate::base::{BasisPoints, Fen, OutOfRange, Qty, UnitPrice};
use crate::documents::sha256_hex;
use crate::pricing::{Above, Depth, ManualAsk};

/// So many hex digits tell one set of figures from another.
const CODE_DIGITS: usize = 16;

/// What a line cost when it was last shown. `None`: it had no price.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ShownLine {
    pub unit_price: Option<UnitPrice>,
    /// Tax included.
    pub net: Option<Fen>,
}

/// What a whole quotation came to when it was last shown; lines in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShownFigures {
    pub amounts: Amounts,
    pub lines: Vec<ShownLine>,
}

/// The same goods then and now; only the lines that differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repriced {
    /// As it was shown; where no line moved, `net` is the total that the person says they saw.
    pub old: Amounts,
    pub new: Amounts,
    pub lines: Vec<RepricedLine>,
    /// The code of the new figures; whoever sends it back has seen every one of them.
    pub code: String,
}

/// One line whose figures differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RepricedLine {
    pub id: String,
    pub product: String,
    pub customer: String,
    pub qty: Qty,
    pub unit: String,
    pub old_unit_price: Option<UnitPrice>,
    pub new_unit_price: Option<UnitPrice>,
    /// New minus old, tax included.
    pub difference: Option<Fen>,
    pub refusal: Option<LineRefusal>,
    /// The unit price that somebody set by hand, which stays whatever the rules say.
    pub hand: Option<HandPrice>,
}

/// A unit price set by hand, beside what the rules gave then and give now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HandPrice {
    pub unit_price: UnitPrice,
    /// How far it lay below the price of the rules, and how far it lies below it now; zero where it does not.
    pub old_below: BasisPoints,
    pub new_below: BasisPoints,
    /// How far it lies above the price of the rules now.
    pub new_above: Option<Above>,
    /// The limit of whoever looks, where the price lies further below than that now.
    pub beyond: Option<BasisPoints>,
}

impl HandPrice {
    fn of(line: &PricedDraftLine, old: Option<UnitPrice>, new: Option<UnitPrice>) -> Option<HandPrice> {
        let Some(ManualAsk::UnitPrice(unit_price)) = line.line.extra.manual else { return None };
        let below = |rules: UnitPrice| {
            let off = rules.0.saturating_sub(unit_price.0).max(0);
            Depth { off: Fen(off), of: Fen(rules.0) }.share()
        };
        let (old, new) = (old?, new?);
        let (old_below, new_below) = (below(old), below(new));
        Some(HandPrice {
            unit_price,
            old_below,
            new_below,
            new_above: Above::of(unit_price, new),
            beyond: None,
        })
    }
}

impl ShownFigures {
    /// The figures of a draft as it is priced now.
    pub fn of(priced: &PricedDraft) -> ShownFigures {
        let lines = priced.lines.iter().map(|line| match &line.outcome {
            Ok(figures) => ShownLine {
                unit_price: Some(figures.unit_price),
                net: Amounts::of_line(figures).ok().map(|amounts| amounts.net),
            },
            Err(_) => ShownLine::default(),
        });
        ShownFigures { amounts: priced.amounts, lines: lines.collect() }
    }

    /// Names these very figures, line by line.
    pub fn code(&self) -> String {
        let Amounts { net, net_ex_tax, tax } = self.amounts;
        let mut figures: Vec<Option<i64>> = vec![Some(net.0), Some(net_ex_tax.0), Some(tax.0)];
        for line in &self.lines {
            figures.extend([line.unit_price.map(|price| price.0), line.net.map(|net| net.0)]);
        }
        sha256_hex(format!("{figures:?}").as_bytes()).chars().take(CODE_DIGITS).collect()
    }
}

impl Repriced {
    /// Compares what was shown with what is priced now.
    pub fn between(shown: &ShownFigures, priced: &PricedDraft) -> Repriced {
        let now = ShownFigures::of(priced);
        let mut lines = Vec::new();
        for (place, (line, new)) in priced.lines.iter().zip(&now.lines).enumerate() {
            let old = shown.lines.get(place).copied().unwrap_or_default();
            if old == *new {
                continue;
            }
            lines.push(RepricedLine {
                id: line.line.id.clone(),
                product: line.product.name.clone(),
                customer: priced.customer.clone(),
                qty: line.line.qty,
                unit: line.line.unit.clone(),
                old_unit_price: old.unit_price,
                new_unit_price: new.unit_price,
                difference: old.net.zip(new.net).and_then(|(old, new)| new.minus(old).ok()),
                refusal: line.outcome.as_ref().err().cloned(),
                hand: HandPrice::of(line, old.unit_price, new.unit_price),
            });
        }
        Repriced { old: shown.amounts, new: now.amounts, lines, code: now.code() }
    }

    /// The same where any figure is not as it was.
    pub fn moved(shown: &ShownFigures, priced: &PricedDraft) -> Option<Repriced> {
        // Hardly ever; then there are no figures to name.
        let differs = ShownFigures::of(priced) != *shown;
        differs.then(|| Repriced::between(shown, priced)).filter(|moved| !moved.same())
    }

    /// The same for whoever may go so far below the price of the rules.
    pub fn beside(mut self, limit: Option<BasisPoints>) -> Repriced {
        for hand in self.lines.iter_mut().filter_map(|line| line.hand.as_mut()) {
            hand.beyond = limit.filter(|limit| hand.new_below > *limit);
        }
        self
    }

    /// Whether every figure is as it was.
    pub fn same(&self) -> bool {
        self.lines.is_empty() && self.old == self.new
    }

    /// New total minus old, tax included.
    pub fn difference(&self) -> Result<Fen, OutOfRange> {
        self.new.net.minus(self.old.net)
    }
}
