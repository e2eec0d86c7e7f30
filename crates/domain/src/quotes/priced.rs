//! A draft with its prices, and what stands in the way of issuing it.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap};

use super::amounts::Amounts;
use super::draft::DraftLine;
use super::extra::{NO_PRODUCT, OwnItem, OwnKind, Whole, manual_asks};
use super::sold::Meant;
use super::too_much::TooMuchOff;
use crate::base::{BasisPoints, Date, Fen, NET_MAX, PersonId, ProductId, Qty};
use crate::catalog::{Product, Units};
use crate::pricing::{
    Depth, LimitRow, LineRequest, Manual, ManualPart, PriceBook, PricedLine, PricingContext, PricingRefused,
    apply_manual, price_entered, price_lines,
};

/// So many of those who may are named.
const NAMED_MAX: usize = 5;

/// What a quotation shows of a product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuotedProduct {
    pub id: ProductId,
    pub code: String,
    pub name: String,
    pub spec: String,
    pub units: Units,
    pub tax_rate: BasisPoints,
    pub archived: bool,
    /// What the customer calls it.
    pub customer_code: Option<String>,
}

/// Why a line has no price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineRefusal {
    Pricing(PricingRefused),
    /// The product is no longer sold.
    Archived,
}

/// A line of a draft with its price, or why it has none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PricedDraftLine {
    pub line: DraftLine,
    pub product: QuotedProduct,
    pub outcome: Result<PricedLine, LineRefusal>,
}

/// A draft as it is priced now. `amounts` are the sums of the lines that have a price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PricedDraft {
    pub customer: String,
    pub lines: Vec<PricedDraftLine>,
    pub amounts: Amounts,
    /// What was asked of the whole document by hand.
    pub whole: Whole,
    /// Lines outside the catalogue, by their ids, that are goods of it; nothing before `hold_against` has looked.
    pub in_catalogue: BTreeMap<String, Meant>,
}

/// What this person may issue, and on what day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssueRule {
    /// Whose rule it is: whoever entered a cost outside the catalogue sees that one.
    pub person: PersonId,
    pub today: Date,
    /// The last valid day that issuing would write.
    pub valid_until: Date,
    /// The last day that may be chosen.
    pub valid_until_max: Date,
    /// When the customer wants it delivered, where a day was said.
    pub delivery_day: Option<Date>,
    /// What is to be paid ahead, where it is said as an amount.
    pub deposit: Option<Fen>,
    pub may_below_floor: bool,
    /// Whether this person sees costs and floors. Whoever does not is told of a draft only what lies beyond the own limit:
    /// the floor speaks at issuing alone, else it could be found by trying prices.
    pub sees_floor: bool,
    /// Issuing the draft as it stands was refused for the floor already: the draft says so from then on, and whoever is
    /// offered or named is one who may go below it.
    pub floor_told: bool,
    /// Who may issue below the floor here, for those who may not.
    pub approvers: Vec<String>,
    /// What this person may take off by hand; whoever may go below the floor is not bound by it.
    pub limit: LimitRow,
    /// The others who may issue this quotation.
    pub deciders: Vec<Decider>,
}

/// Somebody who may issue a quotation, and how far they may go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decider {
    pub person: PersonId,
    pub name: String,
    pub limit: LimitRow,
    pub below_floor: bool,
}

/// One thing that must be mended before a draft can be issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The id of the line that it is about.
    pub line: Option<String>,
    pub kind: ProblemKind,
}

/// What must be mended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    NoLines,
    ZeroQty {
        product: String,
    },
    NoPrice {
        product: String,
        customer: String,
        refusal: LineRefusal,
    },
    /// Under the floor, or outside the catalogue under what it costs us, and this person may not issue so; these may.
    BelowFloor {
        product: String,
        approvers: Vec<String>,
    },
    /// The same to somebody who sees no floor, once issuing was refused: neither which line nor how far.
    BelowHiddenFloor {
        deciders: Vec<String>,
    },
    /// Lowered by hand beyond what this person may; these may.
    BeyondLimit {
        product: String,
        asked: BasisPoints,
        limit: BasisPoints,
        deciders: Vec<String>,
    },
    /// The whole document is lowered beyond what this person may.
    WholeBeyondLimit {
        asked: BasisPoints,
        limit: BasisPoints,
        deciders: Vec<String>,
    },
    /// More 抹零 than this person may give.
    RoundingBeyondLimit {
        asked: Fen,
        limit: Fen,
        deciders: Vec<String>,
    },
    /// More is taken off by an amount than there is.
    TooMuchOff(TooMuchOff),
    /// Nothing is to be paid, and that is not what somebody with the right made of every line.
    ZeroTotal,
    /// Typed as standing outside the catalogue, and sold in it: nobody may issue it so.
    InCatalogue {
        own: String,
        /// The product, or the first of those of its name.
        product: Box<QuotedProduct>,
        /// So many sizes of that name come into question.
        sizes: usize,
    },
    /// Goods outside the catalogue without what they cost us.
    CostMissing {
        product: String,
    },
    /// Goods outside the catalogue without a supplier.
    SupplierMissing {
        product: String,
    },
    ValidUntilPast {
        day: Date,
    },
    ValidUntilTooFar {
        last: Date,
    },
    /// It would have to be delivered before it is issued.
    DeliveryPast {
        day: Date,
    },
    /// More is to be paid ahead than is to be paid.
    DepositAboveTotal {
        total: Fen,
    },
}

impl From<&Product> for QuotedProduct {
    fn from(product: &Product) -> QuotedProduct {
        QuotedProduct {
            id: product.id,
            code: product.code.clone(),
            name: product.name.clone(),
            spec: product.spec.clone().unwrap_or_default(),
            units: product.units.clone(),
            tax_rate: product.tax_rate,
            archived: product.archived,
            customer_code: None,
        }
    }
}

/// Prices every line, then takes off what is asked by hand; one that has no price says why and does not hide the others.
pub fn price_draft(
    book: &PriceBook,
    context: &PricingContext,
    customer: &str,
    lines: Vec<(DraftLine, QuotedProduct)>,
    whole: &Whole,
) -> PricedDraft {
    let outcomes = by_rule(book, context, &lines);
    let asked = manual_asks(lines.iter().map(|(line, _)| &line.extra).enumerate(), whole);
    let outcomes = if asked.is_empty() {
        outcomes
    } else {
        by_hand(outcomes, &asked, &lines, context.prices_include_tax)
    };
    let mut amounts = Amounts::ZERO;
    let priced = lines.into_iter().zip(outcomes).map(|((line, product), outcome)| {
        let outcome =
            outcome.and_then(|priced| match Amounts::of_line(&priced).and_then(|line| amounts.plus(line)) {
                Ok(sum) if sum.net <= NET_MAX => {
                    amounts = sum;
                    Ok(priced)
                }
                Ok(_) | Err(_) => {
                    Err(LineRefusal::Pricing(PricingRefused::TooLarge { product: line.product }))
                }
            });
        PricedDraftLine { line, product, outcome }
    });
    let lines = priced.collect();
    let in_catalogue = BTreeMap::new();
    PricedDraft { customer: customer.to_string(), lines, amounts, whole: *whole, in_catalogue }
}

/// Whether a price was set for the line as it still stands.
fn is_set_so(line: &DraftLine, was: &DraftLine) -> bool {
    let (Some(own), Some(before)) = (&line.extra.own, &was.extra.own) else { return false };
    let same = line.unit == was.unit && line.extra.manual == was.extra.manual;
    before.set_price.is_some() && same && own.agrees_with(before)
}

/// What the rules give each line; what stands outside the catalogue has the price that was entered.
fn by_rule(
    book: &PriceBook,
    context: &PricingContext,
    lines: &[(DraftLine, QuotedProduct)],
) -> Vec<Result<PricedLine, LineRefusal>> {
    let listed =
        |(line, product): &&(DraftLine, QuotedProduct)| line.extra.own.is_none() && !product.archived;
    let sold: Vec<LineRequest> = lines.iter().filter(listed).map(|(line, _)| request(line)).collect();
    let mut outcomes = price_lines(book, context, &sold).into_iter();
    let outcome = |(line, product): &(DraftLine, QuotedProduct)| match &line.extra.own {
        Some(own) => {
            let entered = own.entered(line.qty, &line.unit);
            price_entered(&entered, line.product, context.prices_include_tax).map_err(LineRefusal::Pricing)
        }
        None if product.archived => Err(LineRefusal::Archived),
        None => match outcomes.next() {
            Some(priced) => priced.map_err(LineRefusal::Pricing),
            None => Err(LineRefusal::Archived),
        },
    };
    lines.iter().map(outcome).collect()
}

/// The same after what is asked by hand; a line whose figures no longer fit has no price.
fn by_hand(
    mut outcomes: Vec<Result<PricedLine, LineRefusal>>,
    asked: &[Manual],
    lines: &[(DraftLine, QuotedProduct)],
    includes_tax: bool,
) -> Vec<Result<PricedLine, LineRefusal>> {
    // Each round takes one line out, so it ends.
    for _ in 0..=lines.len() {
        match with_manual(&outcomes, asked, includes_tax) {
            Ok(after) => return after,
            Err(place) => {
                let refused = PricingRefused::TooLarge { product: product_at(lines, place) };
                if let Some(outcome) = outcomes.get_mut(place) {
                    *outcome = Err(LineRefusal::Pricing(refused));
                }
            }
        }
    }
    outcomes
}

/// The same after what is asked by hand, or the line at which a figure no longer fits.
fn with_manual(
    outcomes: &[Result<PricedLine, LineRefusal>],
    asked: &[Manual],
    includes_tax: bool,
) -> Result<Vec<Result<PricedLine, LineRefusal>>, usize> {
    let mut after = outcomes.to_vec();
    let mut places = Vec::new();
    let mut priced: Vec<&mut PricedLine> = Vec::new();
    for (place, outcome) in after.iter_mut().enumerate() {
        if let Ok(line) = outcome {
            places.push(place);
            priced.push(line);
        }
    }
    let here = |place: usize| places.iter().position(|known| *known == place);
    let asked: Vec<Manual> = asked
        .iter()
        .filter(|manual| manual.line.is_none_or(|place| here(place).is_some()))
        .map(|manual| Manual { line: manual.line.and_then(here), ..*manual })
        .collect();
    apply_manual(&mut priced, &asked, includes_tax)
        .map_err(|(place, _)| places.get(place).copied().unwrap_or_default())?;
    Ok(after)
}

fn product_at(lines: &[(DraftLine, QuotedProduct)], place: usize) -> ProductId {
    lines.get(place).map_or(NO_PRODUCT, |(line, _)| line.product)
}

impl PricedDraft {
    /// Why the draft cannot be issued by this person today; empty when it can.
    pub fn problems(&self, rule: &IssueRule) -> Vec<Problem> {
        let mut problems = Vec::new();
        if self.lines.is_empty() {
            problems.push(Problem { line: None, kind: ProblemKind::NoLines });
        }
        if rule.valid_until < rule.today {
            problems
                .push(Problem { line: None, kind: ProblemKind::ValidUntilPast { day: rule.valid_until } });
        }
        if rule.valid_until > rule.valid_until_max {
            let kind = ProblemKind::ValidUntilTooFar { last: rule.valid_until_max };
            problems.push(Problem { line: None, kind });
        }
        if let Some(day) = rule.delivery_day.filter(|day| *day < rule.today) {
            problems.push(Problem { line: None, kind: ProblemKind::DeliveryPast { day } });
        }
        if let Some(total) = self.to_pay().filter(|total| rule.deposit.is_some_and(|ahead| ahead > *total)) {
            problems.push(Problem { line: None, kind: ProblemKind::DepositAboveTotal { total } });
        }
        let too_much = self.too_much_off();
        if too_much.is_empty() && self.is_given_away_by_mistake(rule) {
            problems.push(Problem { line: None, kind: ProblemKind::ZeroTotal });
        }
        for over in too_much {
            let line = over.line.and_then(|place| self.lines.get(place)).map(|line| line.line.id.clone());
            problems.push(Problem { line, kind: ProblemKind::TooMuchOff(over) });
        }
        // Looked for once, and only where a problem names them.
        let found = OnceCell::new();
        let who = || found.get_or_init(|| self.names_who_may(rule)).clone();
        for line in &self.lines {
            if let Some(kind) = self.problem_of(line, rule, &who) {
                problems.push(Problem { line: Some(line.line.id.clone()), kind });
            }
        }
        problems.extend(self.whole_problems(rule, &who));
        if rule.floor_told
            && !rule.sees_floor
            && !rule.may_below_floor
            && self.is_below_hidden_floor(rule.person)
        {
            let kind = ProblemKind::BelowHiddenFloor { deciders: rule.approvers.clone() };
            problems.push(Problem { line: None, kind });
        }
        problems
    }

    /// What was taken off the whole document: a share or an amount, and 抹零.
    pub fn whole_off(&self) -> (Fen, Fen) {
        let sum = |part| Fen(self.priced().map(|line| line.manual_off(part).0).fold(0, i64::saturating_add));
        (sum(ManualPart::Whole), sum(ManualPart::Rounding))
    }

    /// Keeps beside each cost outside the catalogue that the writer sees what a unit of the line comes to now; `lines` are
    /// those of this very draft. Where `before`, the lines and the reductions of the whole as they were, says the same of a
    /// line, nobody has agreed to another price. `sees` says whether `by` sees costs that others entered.
    pub fn note_set_prices(
        &mut self,
        lines: &mut [DraftLine],
        (before, whole): (&[DraftLine], &Whole),
        (by, sees): (PersonId, bool),
    ) {
        let before: HashMap<&str, &DraftLine> = before.iter().map(|line| (line.id.as_str(), line)).collect();
        for (priced, line) in self.lines.iter_mut().zip(lines) {
            let was = before.get(line.id.as_str());
            if *whole == self.whole && was.is_some_and(|was| is_set_so(line, was)) {
                continue;
            }
            if let (Ok(figures), Some(own)) = (&priced.outcome, &mut line.extra.own) {
                let reduced = line.extra.manual.is_some() || self.whole != Whole::default();
                own.note_set_price(figures, reduced, (by, sees));
                priced.line.extra.own = Some(own.clone());
            }
        }
    }

    /// What the customer pays, tax included; `None` as long as a line has no price.
    fn to_pay(&self) -> Option<Fen> {
        self.lines.iter().all(|line| line.outcome.is_ok()).then_some(self.amounts.net)
    }

    fn priced(&self) -> impl Iterator<Item = &PricedLine> {
        self.lines.iter().filter_map(|line| line.outcome.as_ref().ok())
    }

    fn whole_problems(&self, rule: &IssueRule, who: &dyn Fn() -> Vec<String>) -> Vec<Problem> {
        let mut problems = Vec::new();
        if rule.may_below_floor {
            return problems;
        }
        let shares = self.priced().filter(|line| line.manual_off(ManualPart::Line) <= Fen::ZERO);
        let deepest = shares
            .map(PricedLine::depth)
            .filter(|depth| depth.exceeds(rule.limit.depth))
            .max_by_key(|depth| depth.share());
        if let Some(depth) = deepest {
            let (asked, limit) = (depth.share(), rule.limit.depth);
            let deciders = who();
            problems
                .push(Problem { line: None, kind: ProblemKind::WholeBeyondLimit { asked, limit, deciders } });
        }
        let (_, asked) = self.whole_off();
        if asked > rule.limit.rounding {
            let limit = rule.limit.rounding;
            let deciders = who();
            let kind = ProblemKind::RoundingBeyondLimit { asked, limit, deciders };
            problems.push(Problem { line: None, kind });
        }
        problems
    }

    fn problem_of(
        &self,
        line: &PricedDraftLine,
        rule: &IssueRule,
        who: &dyn Fn() -> Vec<String>,
    ) -> Option<ProblemKind> {
        let product = || line.product.name.clone();
        if let Some(sold) = self.in_catalogue.get(&line.line.id) {
            let Meant { product: meant, sizes } = sold.clone();
            return Some(ProblemKind::InCatalogue { own: product(), product: Box::new(meant), sizes });
        }
        match &line.outcome {
            Err(refusal) => {
                let (customer, refusal) = (self.customer.clone(), refusal.clone());
                Some(ProblemKind::NoPrice { product: product(), customer, refusal })
            }
            Ok(_) if line.line.qty == Qty::ZERO => Some(ProblemKind::ZeroQty { product: product() }),
            Ok(priced) if priced.below_floor && rule.sees_floor && !rule.may_below_floor => {
                Some(ProblemKind::BelowFloor { product: product(), approvers: rule.approvers.clone() })
            }
            Ok(priced) => {
                let missing =
                    line.line.extra.own.as_ref().and_then(|own| missing_of(own, &line.product.name));
                missing.or_else(|| beyond_limit(priced, &line.product.name, rule, who))
            }
        }
    }

    /// Names of those who may issue this very document: the first of those who are offered to be asked.
    fn names_who_may(&self, rule: &IssueRule) -> Vec<String> {
        let may = self.may_be_asked(rule).into_iter().take(NAMED_MAX);
        may.map(|decider| decider.name.clone()).collect()
    }
}

/// A line that was lowered by itself beyond what the person may; a share of the whole is told once for all lines.
fn beyond_limit(
    priced: &PricedLine,
    product: &str,
    rule: &IssueRule,
    who: &dyn Fn() -> Vec<String>,
) -> Option<ProblemKind> {
    let depth: Depth = priced.depth();
    let by_itself = priced.manual_off(ManualPart::Line) > Fen::ZERO;
    if rule.may_below_floor || !by_itself || !depth.exceeds(rule.limit.depth) {
        return None;
    }
    let (product, deciders) = (product.to_string(), who());
    Some(ProblemKind::BeyondLimit { product, asked: depth.share(), limit: rule.limit.depth, deciders })
}

/// Goods that are bought for this customer need their cost and their supplier.
fn missing_of(own: &OwnItem, product: &str) -> Option<ProblemKind> {
    let product = product.to_string();
    match own.kind {
        OwnKind::Goods if own.cost.is_none() => Some(ProblemKind::CostMissing { product }),
        OwnKind::Goods if own.supplier.is_empty() => Some(ProblemKind::SupplierMissing { product }),
        _ => None,
    }
}

impl QuotedProduct {
    /// What a quotation shows of something outside the catalogue.
    pub fn of_own(own: &OwnItem, unit: &str) -> QuotedProduct {
        QuotedProduct {
            id: NO_PRODUCT,
            code: String::new(),
            name: own.name.clone(),
            spec: own.spec.clone(),
            units: Units::kept(unit.to_string(), Vec::new()),
            tax_rate: own.tax_rate,
            archived: false,
            customer_code: None,
        }
    }
}

/// What the lines of one room or building part come to, told after the last of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subtotal {
    pub name: String,
    /// The id of the line after which it stands.
    pub after: String,
    /// Before what is taken off the whole document, on the document's tax basis.
    pub amount: Fen,
}

/// The subtotals of lines of one group that follow each other; lines without a group have none.
pub fn subtotals(lines: &[PricedDraftLine]) -> Vec<Subtotal> {
    let same = |one: &PricedDraftLine, next: &PricedDraftLine| one.line.extra.group == next.line.extra.group;
    let of_run = |run: &[PricedDraftLine]| {
        let last = run.last().filter(|last| !last.line.extra.group.is_empty())?;
        let nets =
            run.iter().filter_map(|line| line.outcome.as_ref().ok()).map(|line| line.net_before_whole().0);
        Some(Subtotal {
            name: last.line.extra.group.clone(),
            after: last.line.id.clone(),
            amount: Fen(nets.fold(0, i64::saturating_add)),
        })
    };
    lines.chunk_by(same).filter_map(of_run).collect()
}

impl LineRefusal {
    pub fn code(&self) -> &'static str {
        match self {
            LineRefusal::Pricing(refused) => refused.code(),
            LineRefusal::Archived => "product_archived",
        }
    }
}

impl ProblemKind {
    /// Whether it says who else may issue the quotation: only then must anybody look for them.
    pub fn names_others(&self) -> bool {
        match self {
            ProblemKind::BelowFloor { .. }
            | ProblemKind::BelowHiddenFloor { .. }
            | ProblemKind::BeyondLimit { .. }
            | ProblemKind::WholeBeyondLimit { .. }
            | ProblemKind::RoundingBeyondLimit { .. } => true,
            ProblemKind::NoLines
            | ProblemKind::TooMuchOff(_)
            | ProblemKind::ZeroTotal
            | ProblemKind::ZeroQty { .. }
            | ProblemKind::NoPrice { .. }
            | ProblemKind::InCatalogue { .. }
            | ProblemKind::CostMissing { .. }
            | ProblemKind::SupplierMissing { .. }
            | ProblemKind::ValidUntilPast { .. }
            | ProblemKind::ValidUntilTooFar { .. }
            | ProblemKind::DeliveryPast { .. }
            | ProblemKind::DepositAboveTotal { .. } => false,
        }
    }

    pub fn code(&self) -> &'static str {
        match self {
            ProblemKind::NoLines => "empty",
            ProblemKind::ZeroQty { .. } => "zero_qty",
            ProblemKind::NoPrice { refusal, .. } => refusal.code(),
            ProblemKind::BelowFloor { .. } => "below_floor",
            ProblemKind::BelowHiddenFloor { .. }
            | ProblemKind::BeyondLimit { .. }
            | ProblemKind::WholeBeyondLimit { .. } => "beyond_limit",
            ProblemKind::RoundingBeyondLimit { .. } => "rounding_beyond_limit",
            ProblemKind::TooMuchOff(_) => "too_much_off",
            ProblemKind::ZeroTotal => "zero_total",
            ProblemKind::InCatalogue { .. } => "in_catalogue",
            ProblemKind::CostMissing { .. } => "cost_missing",
            ProblemKind::SupplierMissing { .. } => "supplier_missing",
            ProblemKind::ValidUntilPast { .. } => "valid_until_past",
            ProblemKind::ValidUntilTooFar { .. } => "valid_until_too_far",
            ProblemKind::DeliveryPast { .. } => "delivery_day_past",
            ProblemKind::DepositAboveTotal { .. } => "deposit_above_total",
        }
    }
}

fn request(line: &DraftLine) -> LineRequest {
    LineRequest { product: line.product, qty: line.qty, unit: Some(line.unit.clone()) }
}
