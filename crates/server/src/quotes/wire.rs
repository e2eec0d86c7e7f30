//! A quotation on the wire.

use app::quotes::{OptionEntry, PriceText, PricedView, QuoteView, SignedView, UsedState};
use domain::base::{CustomerId, Refusal};
use domain::pricing::LimitRow;
use domain::quotes::{OrderRef, Problem, ProblemKind, QuoteRefused};
use domain::words;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::asks::{QuoteAsk, QuoteChanged, ask_of};
use super::lines::{LineInput, LineProduct, PricedLine, Totals, product_of};
use super::terms::{MarginBody, TermsBody, WholeBody};
use crate::http::{Ref, fields, list_of_fields};

/// A new quotation.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewQuote {
    pub customer_id: i64,
    #[serde(default, deserialize_with = "list_of_fields")]
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
    #[serde(deserialize_with = "list_of_fields")]
    pub lines: Vec<LineInput>,
    #[serde(default, deserialize_with = "fields")]
    pub terms: TermsBody,
    #[serde(default, deserialize_with = "fields")]
    pub whole: WholeBody,
}

/// Lines to price; nothing is saved.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PriceRequest {
    pub customer_id: i64,
    #[serde(deserialize_with = "list_of_fields")]
    pub lines: Vec<LineInput>,
    /// Whether the prices hold the tax. Null: as the company quotes.
    #[serde(default)]
    pub includes_tax: Option<bool>,
    #[serde(default, deserialize_with = "fields")]
    pub whole: WholeBody,
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
    /// What takes the line's place (`in_catalogue`): the product of the catalogue that it is.
    pub product: Option<LineProduct>,
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
    /// The customer accepted on a link; `by` handed over its code.
    pub by_link: bool,
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

/// Why it was lost, to whom and at what price.
#[derive(Serialize, ToSchema)]
pub struct QuoteLost {
    pub why: String,
    /// What people call the reason.
    pub why_name: String,
    pub competitor: Option<String>,
    pub competitor_price: Option<String>,
}

/// A loss as it is typed; `words` are needed for `other` alone.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LoseRequest {
    /// `price`, `delivery`, `quality`, `terms`, `relation`, `stopped` or `other`.
    pub why: String,
    #[serde(default)]
    pub words: String,
    #[serde(default)]
    pub competitor: String,
    /// Yuan, for all of it; empty when nobody knows.
    #[serde(default)]
    pub competitor_price: String,
}

/// When to ask the customer again.
#[derive(Serialize, ToSchema)]
pub struct QuoteFollowUp {
    pub day: String,
    pub note: String,
}

/// A day to ask again; null clears it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FollowUpRequest {
    pub day: Option<String>,
    #[serde(default)]
    pub note: String,
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
    /// A unit price that was set by hand: it stays, and what moved is the price of the rules.
    pub hand: Option<RepricedHand>,
}

/// A unit price set by hand, and how far it lay and lies below the price of the rules, in percent.
#[derive(Serialize, ToSchema)]
#[allow(dead_code, reason = "describes what the words of quotations write as facts")]
pub struct RepricedHand {
    pub unit_price: String,
    pub old_below: String,
    pub new_below: String,
    /// How far it lies above that now; null where it does not.
    pub new_above: Option<String>,
    /// The limit of whoever looks, where it lies further below than that now.
    pub beyond: Option<String>,
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

/// An alternative beside the others of its set.
#[derive(Serialize, ToSchema)]
pub struct QuoteAlternative {
    pub id: i64,
    /// A, B, C …
    pub name: String,
    pub number: Option<String>,
    pub state: String,
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
    pub terms: TermsBody,
    /// Whether prices of this document include tax.
    pub includes_tax: bool,
    pub whole: WholeBody,
    /// What was taken off the whole document by percent or amount, and as 抹零; on the document's tax basis.
    pub whole_off: String,
    pub rounding_off: String,
    /// What rooms or building parts come to, each after its last line.
    pub subtotals: Vec<QuoteSubtotal>,
    /// Who took the draft over.
    pub taken_by: Option<Ref>,
    /// Who began the draft; `owner` is whose customer it is for.
    pub made_by: Ref,
    /// Who issued it, which need not be the owner.
    pub issued_by: Option<Ref>,
    /// What it earns; only for those who see cost, null where a cost is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub margin: Option<Option<MarginBody>>,
    pub lines: Vec<PricedLine>,
    pub totals: Totals,
    pub can_issue: bool,
    pub problems: Vec<QuoteProblem>,
    /// Who was asked to decide on the draft, while it waits or after it came back.
    pub ask: Option<QuoteAsk>,
    /// Who may be asked to decide on it, the nearest first; empty where nobody need be.
    pub askable: Vec<Ref>,
    /// Of a draft: what it came to when it was last saved, where prices have moved since.
    #[schema(value_type = Option<Repriced>)]
    pub moved: Option<Value>,
    /// Of a draft: what others changed in it since the reader wrote it or asked for it.
    pub changed: Option<QuoteChanged>,
    pub used: Vec<UsedRevision>,
    pub hash: Option<String>,
    pub verify_code: Option<String>,
    pub signed: Option<QuoteSigned>,
    pub cancelled: Option<QuoteCancelled>,
    pub lost: Option<QuoteLost>,
    pub follow_up: Option<QuoteFollowUp>,
    pub hold: Option<Hold>,
    pub released_until: Option<String>,
    pub chain: Vec<QuoteVersion>,
    /// Which alternative it is.
    pub option: Option<String>,
    /// The newest version of each alternative, itself among them; empty when it stands alone.
    pub options: Vec<QuoteAlternative>,
    pub actions: Vec<String>,
}

/// Lines priced as they are typed.
#[derive(Serialize, ToSchema)]
pub struct Priced {
    pub lines: Vec<PricedLine>,
    pub totals: Totals,
    /// What is taken off the whole by percent or amount, in yuan.
    pub whole_off: String,
    /// What is taken off the whole as 抹零, in yuan.
    pub rounding_off: String,
    pub can_issue: bool,
    pub problems: Vec<QuoteProblem>,
    pub priced_at: i64,
}

/// What the lines of one room come to, before what is taken off the whole document.
#[derive(Serialize, ToSchema)]
pub struct QuoteSubtotal {
    pub name: String,
    /// The id of the line after which it stands.
    pub after: String,
    pub amount: String,
}

impl From<domain::quotes::Subtotal> for QuoteSubtotal {
    fn from(subtotal: domain::quotes::Subtotal) -> QuoteSubtotal {
        let domain::quotes::Subtotal { name, after, amount } = subtotal;
        QuoteSubtotal { name, after, amount: amount.to_yuan() }
    }
}

/// What somebody may take off by hand.
#[derive(Serialize, ToSchema)]
pub struct PriceLimit {
    /// How far below the tier price a line may lie, in percent.
    pub depth: String,
    /// How much may be taken off a document as 抹零, in yuan.
    pub rounding: String,
}

/// A text kept ready for notes.
#[derive(Serialize, ToSchema)]
pub struct Snippet {
    pub name: String,
    pub text: String,
}

/// What an editor of quotations offers its user.
#[derive(Serialize, ToSchema)]
pub struct QuoteOptions {
    /// Null: no limit binds.
    pub limit: Option<PriceLimit>,
    pub snippets: Vec<Snippet>,
}

impl From<LimitRow> for PriceLimit {
    fn from(limit: LimitRow) -> PriceLimit {
        PriceLimit { depth: limit.depth.to_percent(), rounding: limit.rounding.to_yuan() }
    }
}

impl From<app::quotes::WriterAids> for QuoteOptions {
    fn from(options: app::quotes::WriterAids) -> QuoteOptions {
        let limit = options.limit.map(PriceLimit::from);
        let snippet = |(name, text)| Snippet { name, text };
        QuoteOptions { limit, snippets: options.snippets.into_iter().map(snippet).collect() }
    }
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

impl From<PriceRequest> for PriceText {
    fn from(body: PriceRequest) -> PriceText {
        let PriceRequest { customer_id, lines, includes_tax, whole } = body;
        let lines = lines.into_iter().map(Into::into).collect();
        PriceText { customer: CustomerId(customer_id), lines, includes_tax, whole: whole.into() }
    }
}

impl From<PricedView> for Priced {
    fn from(view: PricedView) -> Priced {
        let (whole_off, rounding_off) = view.whole_off;
        Priced {
            whole_off: whole_off.to_yuan(),
            rounding_off: rounding_off.to_yuan(),
            lines: view.lines.into_iter().map(PricedLine::from).collect(),
            totals: view.amounts.into(),
            can_issue: view.problems.is_empty(),
            problems: view.problems.iter().map(problem_of).collect(),
            priced_at: view.priced_at.0,
        }
    }
}

impl From<OptionEntry> for QuoteAlternative {
    fn from(it: OptionEntry) -> QuoteAlternative {
        QuoteAlternative {
            id: it.id.0,
            name: it.name,
            number: it.number,
            state: it.state.key().to_string(),
            net: it.net.to_yuan(),
        }
    }
}

impl From<SignedView> for QuoteSigned {
    fn from(signed: SignedView) -> QuoteSigned {
        QuoteSigned {
            day: signed.day.to_string(),
            signer: signed.signer,
            by: Ref { id: signed.by.0.0, name: signed.by.1 },
            by_link: signed.by_link,
            at: signed.at.0,
            order: signed.order.into(),
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
            option: head.option,
            options: view.options.into_iter().map(QuoteAlternative::from).collect(),
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
            terms: head.terms.into(),
            includes_tax: view.includes_tax,
            whole: head.whole.into(),
            whole_off: view.whole_off.0.to_yuan(),
            rounding_off: view.whole_off.1.to_yuan(),
            subtotals: view.subtotals.into_iter().map(QuoteSubtotal::from).collect(),
            taken_by: head.taken_by.map(|(id, name)| Ref { id: id.0, name }),
            made_by: Ref { id: head.made_by.0.0, name: head.made_by.1 },
            issued_by: head.issued_by.map(|(id, name)| Ref { id: id.0, name }),
            margin: view.margin.map(|margin| margin.map(MarginBody::from)),
            lines: view.lines.into_iter().map(PricedLine::from).collect(),
            totals: view.amounts.into(),
            can_issue: draft && view.problems.is_empty(),
            problems: view.problems.iter().map(problem_of).collect(),
            ask: view.ask.map(|ask| ask_of(ask, head.version)),
            askable: view.askable.into_iter().map(|(id, name)| Ref { id: id.0, name }).collect(),
            moved: view.moved.as_ref().map(domain::words::quotes::repriced_facts),
            changed: view.changed.map(QuoteChanged::from),
            used: view.used.into_iter().map(used_of).collect(),
            hash: head.hash,
            verify_code: head.verify_code,
            signed: view.signed.map(QuoteSigned::from),
            cancelled: head.cancelled.map(cancelled_of),
            lost: head.lost.map(lost_of),
            follow_up: head.follow_up.map(|it| QuoteFollowUp { day: it.day.to_string(), note: it.note }),
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

fn cancelled_of(it: app::quotes::Cancelled) -> QuoteCancelled {
    QuoteCancelled { reason: it.reason, by: Ref { id: it.by.0, name: it.by_name }, at: it.at.0 }
}

fn lost_of(lost: domain::quotes::Lost) -> QuoteLost {
    QuoteLost {
        why: lost.why.key().to_string(),
        why_name: words::quotes::lost_why(lost.why).to_string(),
        competitor: lost.to,
        competitor_price: lost.price.map(domain::base::Fen::to_yuan),
    }
}

fn problem_of(problem: &Problem) -> QuoteProblem {
    QuoteProblem {
        code: problem.kind.code().to_string(),
        detail: words::quotes::problem(problem),
        line_id: problem.line.clone(),
        product: match &problem.kind {
            ProblemKind::InCatalogue { product, sizes: 1, .. } => Some(product_of(product)),
            _ => None,
        },
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
