//! A draft with its prices, and what stands in the way of issuing it.

use super::amounts::Amounts;
use super::draft::DraftLine;
use crate::base::{BasisPoints, Date, NET_MAX, ProductId, Qty};
use crate::catalog::{Product, Units};
use crate::pricing::{LineRequest, PriceBook, PricedLine, PricingContext, PricingRefused, price_lines};

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
}

/// What this person may issue, and on what day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssueRule {
    pub today: Date,
    /// The last valid day that issuing would write.
    pub valid_until: Date,
    /// The last day that may be chosen.
    pub valid_until_max: Date,
    pub may_below_floor: bool,
    /// Who may issue below the floor here, for those who may not.
    pub approvers: Vec<String>,
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
    /// Under the floor, and this person may not issue so; these may.
    BelowFloor {
        product: String,
        approvers: Vec<String>,
    },
    ValidUntilPast {
        day: Date,
    },
    ValidUntilTooFar {
        last: Date,
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

/// Prices every line; one that has no price says why and does not hide the others.
pub fn price_draft(
    book: &PriceBook,
    context: &PricingContext,
    customer: &str,
    lines: Vec<(DraftLine, QuotedProduct)>,
) -> PricedDraft {
    let sold: Vec<LineRequest> =
        lines.iter().filter(|(_, product)| !product.archived).map(|(line, _)| request(line)).collect();
    let mut outcomes = price_lines(book, context, &sold).into_iter();
    let mut amounts = Amounts::ZERO;
    let lines = lines.into_iter().map(|(line, product)| {
        let priced = if product.archived { None } else { outcomes.next() };
        let outcome = match priced {
            None => Err(LineRefusal::Archived),
            Some(Err(refused)) => Err(LineRefusal::Pricing(refused)),
            Some(Ok(priced)) => match Amounts::of_line(&priced).and_then(|line| amounts.plus(line)) {
                Ok(sum) if sum.net <= NET_MAX => {
                    amounts = sum;
                    Ok(priced)
                }
                Ok(_) | Err(_) => {
                    let refused = PricingRefused::TooLarge { product: line.product };
                    Err(LineRefusal::Pricing(refused))
                }
            },
        };
        PricedDraftLine { line, product, outcome }
    });
    let lines = lines.collect();
    PricedDraft { customer: customer.to_string(), lines, amounts }
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
        for line in &self.lines {
            if let Some(kind) = self.problem_of(line, rule) {
                problems.push(Problem { line: Some(line.line.id.clone()), kind });
            }
        }
        problems
    }

    fn problem_of(&self, line: &PricedDraftLine, rule: &IssueRule) -> Option<ProblemKind> {
        let product = line.product.name.clone();
        match &line.outcome {
            Err(refusal) => {
                let (customer, refusal) = (self.customer.clone(), refusal.clone());
                Some(ProblemKind::NoPrice { product, customer, refusal })
            }
            Ok(_) if line.line.qty == Qty::ZERO => Some(ProblemKind::ZeroQty { product }),
            Ok(priced) if priced.below_floor && !rule.may_below_floor => {
                Some(ProblemKind::BelowFloor { product, approvers: rule.approvers.clone() })
            }
            Ok(_) => None,
        }
    }
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
    pub fn code(&self) -> &'static str {
        match self {
            ProblemKind::NoLines => "empty",
            ProblemKind::ZeroQty { .. } => "zero_qty",
            ProblemKind::NoPrice { refusal, .. } => refusal.code(),
            ProblemKind::BelowFloor { .. } => "below_floor",
            ProblemKind::ValidUntilPast { .. } => "valid_until_past",
            ProblemKind::ValidUntilTooFar { .. } => "valid_until_too_far",
        }
    }
}

fn request(line: &DraftLine) -> LineRequest {
    LineRequest { product: line.product, qty: line.qty, unit: Some(line.unit.clone()) }
}
