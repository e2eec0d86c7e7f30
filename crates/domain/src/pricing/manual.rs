//! Manual prices: what a person takes off a line or the whole document after every rule, spread to the fen.

use serde::{Deserialize, Serialize};

use super::checks::JUMP_PERCENT;
use super::price::{PricedDocument, PricedLine, net_per_unit, totals, with_tax};
use super::refused::{LineRefused, PricingRefused};
use super::trace::TraceStep;
use crate::base::{
    BasisPoints, Fen, NET_MAX, OutOfRange, ProductId, UnitPrice, decimal_text, round_half_away,
};

/// What a person asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ManualAsk {
    /// The line costs this much a unit, whatever the rules say.
    UnitPrice(UnitPrice),
    /// A share of what is left.
    PercentOff(BasisPoints),
    /// So much of what is left, at most all of it.
    AmountOff(Fen),
}

/// What a manual step works on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ManualPart {
    /// One line.
    Line,
    /// The whole document; the line bears its share.
    Whole,
    /// 抹零 of the whole document; the line bears its share.
    Rounding,
}

/// A manual price as it is asked for, before it is applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Manual {
    /// The place of the line; `None` for the whole document.
    pub line: Option<usize>,
    pub part: ManualPart,
    pub ask: ManualAsk,
}

/// What a manual price did to one line; both amounts are the line's net on the document's tax basis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManualStep {
    pub part: ManualPart,
    pub ask: ManualAsk,
    #[serde(rename = "in")]
    pub before: Fen,
    pub out: Fen,
}

/// Applies what is asked in its order, each on what the ones before left; the line at which a figure no longer fits.
///
/// A reduction of the whole document is spread by what is left of the lines, odd fen to the largest remainders (R4).
pub fn apply_manual(
    lines: &mut [&mut PricedLine],
    asked: &[Manual],
    includes_tax: bool,
) -> Result<(), (usize, OutOfRange)> {
    for manual in asked {
        match manual.line {
            Some(place) => {
                if let Some(line) = lines.get_mut(place) {
                    let out = left_of_line(line, manual.ask).map_err(|fault| (place, fault))?;
                    line.take(*manual, out, includes_tax).map_err(|fault| (place, fault))?;
                }
            }
            None => apply_to_all(lines, *manual, includes_tax)?,
        }
    }
    Ok(())
}

/// The document after what is asked by hand, or the line at which a figure no longer fits.
pub fn lowered_document(
    mut document: PricedDocument,
    asked: &[Manual],
    includes_tax: bool,
) -> Result<PricedDocument, LineRefused> {
    let refused = |line: usize, document: &PricedDocument| {
        let product = document.lines.get(line).map_or(ProductId(0), |line| line.product);
        LineRefused { line, refused: PricingRefused::TooLarge { product } }
    };
    let mut lines: Vec<&mut PricedLine> = document.lines.iter_mut().collect();
    if let Err((line, OutOfRange)) = apply_manual(&mut lines, asked, includes_tax) {
        return Err(refused(line, &document));
    }
    match totals(&document.lines) {
        Ok(sums) if sums.net <= NET_MAX => Ok(PricedDocument { totals: sums, ..document }),
        Ok(_) => Err(refused(0, &document)),
        Err((line, _)) => Err(refused(line, &document)),
    }
}

fn apply_to_all(
    lines: &mut [&mut PricedLine],
    manual: Manual,
    includes_tax: bool,
) -> Result<(), (usize, OutOfRange)> {
    let nets: Vec<Fen> = lines.iter().map(|line| line.net).collect();
    let total = nets.iter().try_fold(Fen::ZERO, |sum, net| sum.plus(*net)).map_err(|fault| (0, fault))?;
    let off = off_whole(manual.ask, total).map_err(|fault| (0, fault))?;
    let shares = spread(off, &nets).map_err(|fault| (0, fault))?;
    for (place, (line, share)) in lines.iter_mut().zip(shares).enumerate() {
        let out = line.net.minus(share).map_err(|fault| (place, fault))?;
        line.take(manual, out, includes_tax).map_err(|fault| (place, fault))?;
    }
    Ok(())
}

/// What `ask` takes off a whole document of `total`.
pub(super) fn off_whole(ask: ManualAsk, total: Fen) -> Result<Fen, OutOfRange> {
    Ok(match ask {
        // A price of one unit says nothing of a whole document.
        ManualAsk::UnitPrice(_) => Fen::ZERO,
        ManualAsk::PercentOff(share) => total.share(share)?.min(total),
        ManualAsk::AmountOff(amount) => amount.max(Fen::ZERO).min(total),
    })
}

/// What the line comes to after `ask`; never below nothing.
fn left_of_line(line: &PricedLine, ask: ManualAsk) -> Result<Fen, OutOfRange> {
    let out = match ask {
        ManualAsk::UnitPrice(price) => line.qty.times(price)?,
        ManualAsk::PercentOff(share) => line.net.minus(line.net.share(share)?.min(line.net))?,
        ManualAsk::AmountOff(amount) => line.net.minus(amount.max(Fen::ZERO).min(line.net))?,
    };
    if out > NET_MAX { Err(OutOfRange) } else { Ok(out) }
}

/// `amount` over `parts` in proportion, by largest remainder (R4); odd fen go to the first of equal remainders.
///
/// `amount` is at most the sum of `parts`, and no part gets more than it has.
pub fn spread(amount: Fen, parts: &[Fen]) -> Result<Vec<Fen>, OutOfRange> {
    let total: i128 = parts.iter().map(|part| i128::from(part.0)).sum();
    if total <= 0 || amount == Fen::ZERO {
        return Ok(vec![Fen::ZERO; parts.len()]);
    }
    let mut shares = Vec::with_capacity(parts.len());
    let mut remainders = Vec::with_capacity(parts.len());
    let mut given = 0_i64;
    for (place, part) in parts.iter().enumerate() {
        let exact = i128::from(amount.0) * i128::from(part.0);
        let share = i64::try_from(exact / total).map_err(|_| OutOfRange)?;
        given = given.checked_add(share).ok_or(OutOfRange)?;
        shares.push(Fen(share));
        remainders.push((std::cmp::Reverse(exact % total), place));
    }
    remainders.sort_unstable();
    let odd = usize::try_from(amount.0.saturating_sub(given)).map_err(|_| OutOfRange)?;
    for (_, place) in remainders.into_iter().take(odd) {
        if let Some(share) = shares.get_mut(place) {
            *share = share.plus(Fen(1))?;
        }
    }
    Ok(shares)
}

impl PricedLine {
    /// Goes down (or up) to `out`, with a step in the trace; nothing happens when nothing changes.
    fn take(&mut self, manual: Manual, out: Fen, includes_tax: bool) -> Result<(), OutOfRange> {
        if out == self.net && manual.part != ManualPart::Line {
            return Ok(());
        }
        let before = self.net;
        (self.net, self.net_ex_tax, self.tax) = with_tax(out, self.tax_rate, includes_tax)?;
        if self.net_ex_tax.plus(self.tax)? > NET_MAX {
            return Err(OutOfRange);
        }
        self.net_unit_price = net_per_unit(self.net, self.qty, self.unit_price)?;
        if let Some(floor) = self.floor {
            self.below_floor = self.net < self.qty.times(floor)?;
        }
        let step = ManualStep { part: manual.part, ask: manual.ask, before, out };
        self.trace.push(TraceStep::Manual(step));
        Ok(())
    }

    /// The line as the rules priced it.
    pub fn without_manual(&self, includes_tax: bool) -> Result<PricedLine, OutOfRange> {
        let mut line = self.clone();
        line.trace.retain(|step| !matches!(step, TraceStep::Manual(_)));
        (line.net, line.net_ex_tax, line.tax) = with_tax(line.amount, line.tax_rate, includes_tax)?;
        line.net_unit_price = net_per_unit(line.net, line.qty, line.unit_price)?;
        Ok(line)
    }

    /// The manual steps in their order.
    pub fn manual_steps(&self) -> impl Iterator<Item = &ManualStep> {
        self.trace.iter().filter_map(|step| match step {
            TraceStep::Manual(step) => Some(step),
            TraceStep::Base(_) | TraceStep::Tier(_) => None,
        })
    }

    /// What this part took off the line; negative where it added.
    pub fn manual_off(&self, part: ManualPart) -> Fen {
        let off = |step: &ManualStep| step.before.0.saturating_sub(step.out.0);
        Fen(self.manual_steps().filter(|step| step.part == part).map(off).fold(0, i64::saturating_add))
    }

    /// What the line comes to before the whole document's reductions.
    pub fn net_before_whole(&self) -> Fen {
        let whole =
            self.manual_off(ManualPart::Whole).0.saturating_add(self.manual_off(ManualPart::Rounding).0);
        Fen(self.net.0.saturating_add(whole))
    }

    /// The unit price that somebody set by hand.
    pub fn set_unit_price(&self) -> Option<UnitPrice> {
        self.manual_steps().filter(|step| step.part == ManualPart::Line).last().and_then(|step| {
            match step.ask {
                ManualAsk::UnitPrice(price) => Some(price),
                ManualAsk::PercentOff(_) | ManualAsk::AmountOff(_) => None,
            }
        })
    }

    /// How far the unit price that somebody set by hand lies above what the rules gave.
    pub fn above(&self) -> Option<Above> {
        self.set_unit_price().and_then(|price| Above::of(price, self.unit_price))
    }

    /// How far the line lies below what the rules gave, 抹零 left out; nothing where it lies above.
    pub fn depth(&self) -> Depth {
        let off = self.manual_off(ManualPart::Line).0.saturating_add(self.manual_off(ManualPart::Whole).0);
        Depth { off: Fen(off.max(0)), of: self.amount }
    }
}

/// A reduction beside what it is taken from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Depth {
    pub off: Fen,
    pub of: Fen,
}

impl Depth {
    /// Whether it goes beyond `limit` of what it is taken from, rounded to the fen.
    pub fn exceeds(self, limit: BasisPoints) -> bool {
        match self.of.share(limit) {
            Ok(allowed) => self.off > allowed,
            Err(OutOfRange) => true,
        }
    }

    /// The share in basis points, rounded up, so that what exceeds a limit also reads so.
    pub fn share(self) -> BasisPoints {
        if self.of <= Fen::ZERO {
            return BasisPoints::default();
        }
        let (off, of) = (i128::from(self.off.0), i128::from(self.of.0));
        let share = (off * 10_000 + of - 1) / of;
        u32::try_from(share).ok().and_then(BasisPoints::of_whole).unwrap_or(BasisPoints::WHOLE)
    }
}

/// How far a unit price by hand lies above what the rules gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Above {
    /// Hundredths of a percent, of which there may be any number.
    basis_points: i64,
}

impl Above {
    /// Rounded up, so that what lies above also reads so; `None` where it does not, or where the rules gave nothing.
    pub fn of(price: UnitPrice, rules: UnitPrice) -> Option<Above> {
        if rules.0 <= 0 || price.0 <= rules.0 {
            return None;
        }
        let (more, of) = (i128::from(price.0) - i128::from(rules.0), i128::from(rules.0));
        let basis_points = i64::try_from((more * 10_000 + of - 1) / of).ok()?;
        Some(Above { basis_points })
    }

    /// Percent with up to two decimals, without trailing zeros: `8.5`, `984.97`.
    pub fn to_percent(self) -> String {
        decimal_text(self.basis_points, 2, 0)
    }
}

/// The unit price by hand above which it is asked before issue whether it is meant; `None` where the rules gave nothing.
pub fn asked_above(rules: UnitPrice) -> Option<UnitPrice> {
    let far = i128::from(rules.0) * i128::from(100 + JUMP_PERCENT) / 100;
    i64::try_from(far).ok().filter(|far| *far > 0).map(UnitPrice)
}

/// The lowest unit price that stays within `limit` below `price`, with at most `decimals` decimals, rounded up.
pub fn lowest_within(price: UnitPrice, limit: BasisPoints, decimals: u8) -> UnitPrice {
    let kept = 10_000_i128 - i128::from(limit.get().min(10_000));
    let step = i128::from(super::trace::price_step(decimals));
    let exact = i128::from(price.0) * kept;
    let steps = (exact + 10_000 * step - 1) / (10_000 * step);
    round_half_away(steps * step, 1).map_or(price, UnitPrice)
}
