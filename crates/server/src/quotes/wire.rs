//! A quotation on the wire.

use app::quotes::{PricedView, QuoteView, UsedState};
use domain::base::Refusal;
use domain::quotes::{OrderRef, Problem, QuoteRefused};
use domain::words;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::lines::{LineInput, PricedLine, Totals};
use crate::http::Ref;

/// A new quotation.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewQuote {
    pub customer_id: i64,
    #[serde(default)]
    pub lines: Vec<LineInput>,
}

/// The whole draft as it is saved.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuoteDraft {
    pub customer_id: i64,
    /// Null: the company's default, counted anew at issue.
    pub valid_until: Option<String>,
    pub notes: String,
    pub lines: Vec<LineInput>,
}

/// Lines to price; nothing is saved.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PriceRequest {
    pub customer_id: i64,
    pub lines: Vec<LineInput>,
}

/// What was in sight: the total, and after `price_changed` the code of the new figures that one agrees to.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IssueRequest {
    pub expected_net: String,
    pub agree: Option<String>,
}

/// Why something is ended.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReasonRequest {
    pub reason: String,
}

/// Until when a quotation may be signed on withdrawn prices, and why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReleaseRequest {
    pub until: String,
    pub reason: String,
}

/// A customer's consent.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignBody {
    pub signed_day: String,
    pub signer: String,
    /// sha256 of the scan or photo, handed in before. When it is missing the use-case says so by its own name.
    #[serde(default)]
    #[schema(required = true)]
    pub file: String,
}

/// The customer on a quotation.
#[derive(Serialize, ToSchema)]
pub struct QuoteCustomer {
    pub id: i64,
    pub code: String,
    pub name: String,
    pub contact: String,
    pub phone: String,
    pub tier: Option<String>,
}

/// What stands in the way of issuing.
#[derive(Serialize, ToSchema)]
pub struct QuoteProblem {
    pub code: String,
    pub detail: String,
    pub line_id: Option<String>,
}

/// A revision that the prices lean on.
#[derive(Serialize, ToSchema)]
pub struct UsedRevision {
    pub item_id: i64,
    pub kind: String,
    pub name: String,
    pub n: i64,
    pub void: bool,
}

/// An order by its number.
#[derive(Clone, Serialize, ToSchema)]
#[schema(as = OrderRef)]
pub struct OrderRefBody {
    pub id: i64,
    pub number: String,
}

/// Who recorded the consent, and what it made.
#[derive(Serialize, ToSchema)]
pub struct QuoteSigned {
    pub day: String,
    pub signer: String,
    pub by: Ref,
    pub at: i64,
    pub order: OrderRefBody,
}

/// Who ended it, when and why.
#[derive(Serialize, ToSchema)]
pub struct QuoteCancelled {
    pub reason: String,
    pub by: Ref,
    pub at: i64,
}

/// The version that took this one's place.
#[derive(Serialize, ToSchema)]
pub struct NewerQuote {
    pub id: i64,
    pub revision: i64,
}

/// Why an issued quotation cannot be signed now.
#[derive(Serialize, ToSchema)]
pub struct Hold {
    pub code: String,
    pub detail: String,
    #[schema(value_type = Option<Repriced>)]
    pub repriced: Option<Value>,
    pub newer: Option<NewerQuote>,
}

/// Old figures beside new ones; only the lines that changed.
#[derive(Serialize, ToSchema)]
#[allow(dead_code, reason = "describes what the words of quotations write as facts")]
pub struct Repriced {
    pub old: Totals,
    pub new: Totals,
    pub difference: String,
    pub lines: Vec<RepricedLine>,
    /// To be sent back with the next issue by whoever agrees to the new figures.
    pub agree: String,
}

/// One line whose figures changed.
#[derive(Serialize, ToSchema)]
#[allow(dead_code, reason = "describes what the words of quotations write as facts")]
pub struct RepricedLine {
    pub id: String,
    pub name: String,
    pub qty: String,
    pub unit: String,
    pub old_unit_price: Option<String>,
    pub new_unit_price: Option<String>,
    pub difference: Option<String>,
    pub refusal: Option<super::lines::LineRefusalBody>,
}

/// One version beside the others of its number.
#[derive(Serialize, ToSchema)]
pub struct QuoteVersion {
    pub id: i64,
    pub revision: i64,
    pub state: String,
    pub number: Option<String>,
    pub issued_at: Option<i64>,
    pub net: String,
}

/// One version of a quotation, whole.
#[derive(Serialize, ToSchema)]
pub struct Quote {
    pub id: i64,
    pub version: i64,
    pub state: String,
    pub number: Option<String>,
    pub revision: i64,
    pub customer: QuoteCustomer,
    pub branch: Ref,
    pub owner: Ref,
    pub created_at: i64,
    pub updated_at: i64,
    pub priced_at: i64,
    pub issued_at: Option<i64>,
    /// Of a draft what issuing today would write.
    pub valid_until: String,
    pub valid_until_chosen: bool,
    pub notes: String,
    pub lines: Vec<PricedLine>,
    pub totals: Totals,
    pub can_issue: bool,
    pub problems: Vec<QuoteProblem>,
    /// Of a draft: what it came to when it was last saved, where prices have moved since.
    #[schema(value_type = Option<Repriced>)]
    pub moved: Option<Value>,
    pub used: Vec<UsedRevision>,
    pub hash: Option<String>,
    pub verify_code: Option<String>,
    pub signed: Option<QuoteSigned>,
    pub cancelled: Option<QuoteCancelled>,
    pub hold: Option<Hold>,
    pub released_until: Option<String>,
    pub chain: Vec<QuoteVersion>,
    pub actions: Vec<String>,
}

/// Lines priced as they are typed.
#[derive(Serialize, ToSchema)]
pub struct Priced {
    pub lines: Vec<PricedLine>,
    pub totals: Totals,
    pub can_issue: bool,
    pub problems: Vec<QuoteProblem>,
    pub priced_at: i64,
}

/// The quotation after signing, and the order that it became.
#[derive(Serialize, ToSchema)]
pub struct SignAnswer {
    pub quote: Quote,
    pub order: OrderRefBody,
}

impl From<OrderRef> for OrderRefBody {
    fn from(order: OrderRef) -> OrderRefBody {
        OrderRefBody { id: order.id.0, number: order.number }
    }
}

impl From<PricedView> for Priced {
    fn from(view: PricedView) -> Priced {
        Priced {
            lines: view.lines.into_iter().map(PricedLine::from).collect(),
            totals: view.amounts.into(),
            can_issue: view.problems.is_empty(),
            problems: view.problems.iter().map(problem_of).collect(),
            priced_at: view.priced_at.0,
        }
    }
}

impl From<QuoteView> for Quote {
    fn from(view: QuoteView) -> Quote {
        let QuoteView { head, state, .. } = view;
        let draft = state == domain::quotes::ShownState::Draft;
        let number = head.number.clone();
        let chain = view.chain.into_iter().map(|it| QuoteVersion {
            id: it.id.0,
            revision: it.revision,
            state: it.state.key().to_string(),
            number: number.clone().filter(|_| it.issued_at.is_some()),
            issued_at: it.issued_at.map(|at| at.0),
            net: it.net.to_yuan(),
        });
        Quote {
            chain: chain.collect(),
            id: head.id.0,
            version: head.version,
            state: state.key().to_string(),
            number: head.number,
            revision: head.revision,
            customer: QuoteCustomer {
                id: head.customer.0,
                code: view.customer_code,
                name: view.customer_name,
                contact: view.customer_contact,
                phone: view.customer_phone,
                tier: view.customer_tier,
            },
            branch: Ref { id: head.branch.0, name: head.branch_name },
            owner: Ref { id: head.owner.0, name: head.owner_name },
            created_at: head.created_at.0,
            updated_at: head.updated_at.0,
            priced_at: view.priced_at.0,
            issued_at: head.issued_at.map(|at| at.0),
            valid_until: view.valid_until.to_string(),
            valid_until_chosen: view.valid_until_chosen,
            notes: head.notes,
            lines: view.lines.into_iter().map(PricedLine::from).collect(),
            totals: view.amounts.into(),
            can_issue: draft && view.problems.is_empty(),
            problems: view.problems.iter().map(problem_of).collect(),
            moved: view.moved.as_ref().map(domain::words::quotes::repriced_facts),
            used: view.used.into_iter().map(used_of).collect(),
            hash: head.hash,
            verify_code: head.verify_code,
            signed: view.signed.map(|signed| QuoteSigned {
                day: signed.day.to_string(),
                signer: signed.signer,
                by: Ref { id: signed.by.0.0, name: signed.by.1 },
                at: signed.at.0,
                order: signed.order.into(),
            }),
            cancelled: head.cancelled.map(|it| QuoteCancelled {
                reason: it.reason,
                by: Ref { id: it.by.0, name: it.by_name },
                at: it.at.0,
            }),
            hold: view.hold.as_ref().map(hold_of),
            released_until: head.released_until.map(|day| day.to_string()),
            actions: view.actions.iter().map(|action| action.key().to_string()).collect(),
        }
    }
}

/// A revision that the prices lean on.
pub(crate) fn used_of(used: UsedState) -> UsedRevision {
    let UsedState { revision, void } = used;
    UsedRevision { item_id: revision.item.0, kind: revision.kind, name: revision.name, n: revision.n, void }
}

fn problem_of(problem: &Problem) -> QuoteProblem {
    QuoteProblem {
        code: problem.kind.code().to_string(),
        detail: words::quotes::problem(problem),
        line_id: problem.line.clone(),
    }
}

fn hold_of(refused: &QuoteRefused) -> Hold {
    let facts = refused.facts();
    let newer = match refused {
        QuoteRefused::Superseded { newer } => Some(NewerQuote { id: newer.id.0, revision: newer.revision }),
        _ => None,
    };
    Hold {
        code: refused.code().to_string(),
        detail: refused.sentence(),
        repriced: facts.get("repriced").filter(|repriced| !repriced.is_null()).cloned(),
        newer,
    }
}
