//! Signing: the customer's consent makes an order, once, on the frozen prices of a version that may still be signed.

use domain::access::{Actor, Right, Scope};
use domain::base::{FieldFault, ItemId, OrderId, PersonId, QuoteId, ShareId, company_day};
use domain::documents::{FileKind, PageRefused};
use domain::quotes::{
    OrderRef, QuoteRefused, SignFacts, Signature, check_signature, may_sign, order_series, written_number,
};
use domain::words::base::called;
use domain::words::documents::page_refused;
use domain::words::quotes::SIGNED_PAGE;
use jiff::tz::TimeZone;
use serde_json::json;
use store::events::{self, Event, Moment};
use store::orders::NewOrder;
use store::quotes::QuoteHead;
use store::{StoreError, Tx, numbers};

use super::draft::log;
use super::load::{load, need, newer};
use super::options::end_others;
use super::step::{Held, Holds, Step, Told, take};
use super::view::{QuoteView, hold, read_quote};
use crate::documents::check_page;
use crate::{AppError, Ctx};

/// What the salesperson records.
#[derive(Clone, Debug)]
pub struct SignRequest {
    /// `2026-05-05`, as it was typed.
    pub signed_day: String,
    pub signer: String,
    /// Content hash of the scan or photo, handed in before by the same person.
    pub file: String,
}

/// The quotation after signing, and the order that it became.
#[derive(Clone, Debug)]
pub struct Signed {
    pub quote: QuoteView,
    pub order: OrderRef,
}

/// Records a customer's consent and makes the order.
pub async fn sign_quote(
    ctx: &Ctx,
    actor: &Actor,
    id: QuoteId,
    request: SignRequest,
) -> Result<Signed, AppError> {
    let loaded = load(ctx, actor, id).await?;
    need(actor, Right::QuoteSign, &loaded.head)?;
    let issued = loaded.issued.as_ref().ok_or(QuoteRefused::NotIssued)?;
    let paper = look_at_paper(ctx, actor, &request.file).await?;
    let items = issued.used.iter().map(|used| used.revision.item).collect();
    let page = Page::Once { names: actor.scope(Right::OrderRead).ok() };
    match take(ctx, actor, id, SignQuote { request, paper, items, page }).await {
        Ok(order) => Ok(Signed { quote: read_quote(ctx, actor, id).await?, order }),
        Err(error) if matches!(error.code(), "quote_expired" | "revision_void") => {
            Err(with_todays_prices(ctx, actor, id, error).await)
        }
        Err(error) => Err(error),
    }
}

/// `sign_quote` for a page that was looked at before, on prices that lean on these items; shows nothing afterwards.
pub(super) async fn sign_looked_at(
    ctx: &Ctx,
    actor: &Actor,
    id: QuoteId,
    request: SignRequest,
    items: Vec<ItemId>,
) -> Result<OrderRef, AppError> {
    take(ctx, actor, id, SignQuote { request, paper: Ok(()), items, page: Page::AsItIs }).await
}

/// What is wrong with the paper as a picture; whether it may be named at all is looked at where it is written.
async fn look_at_paper(ctx: &Ctx, actor: &Actor, file: &str) -> Result<Result<(), PageRefused>, AppError> {
    let (hash, person) = (file.to_string(), actor.person);
    let read = ctx
        .store
        .read(|tx| Box::pin(async move { store::files::uploaded_by(tx, &hash, person).await }))
        .await?;
    let kind = read.and_then(|file| FileKind::of_mime(&file.mime)).filter(|kind| kind.is_picture_or_pdf());
    let Some(kind) = kind else { return Ok(Ok(())) };
    let content = store::files::whole(&ctx.store, file).await?;
    check_page(ctx, kind, content).await
}

/// The refusal with what the goods cost today; the bare refusal when even that cannot be said.
async fn with_todays_prices(ctx: &Ctx, actor: &Actor, id: QuoteId, refused: AppError) -> AppError {
    let Ok(loaded) = load(ctx, actor, id).await else { return refused };
    let Some(issued) = &loaded.issued else { return refused };
    match hold(ctx, &loaded, issued).await {
        Ok(Some(held)) => held.into(),
        Ok(None) | Err(_) => refused,
    }
}

#[derive(Clone)]
struct SignQuote {
    request: SignRequest,
    /// What is wrong with the picture of the paper.
    paper: Result<(), PageRefused>,
    /// The config items that the frozen prices lean on; fixed since the issue.
    items: Vec<ItemId>,
    page: Page,
}

impl Step for SignQuote {
    type Out = OrderRef;
    const RIGHTS: &'static [Right] = &[Right::QuoteSign];
    // The order belongs to one owner.
    const HOLDS: Holds = Holds::SetAndCustomer;

    fn items(&self) -> &[ItemId] {
        &self.items
    }

    async fn take(self, tx: &mut Tx<'_>, held: &Held) -> Result<(OrderRef, Option<Told>), AppError> {
        may_sign(&sign_facts(tx, &held.head, held.moment, &held.zone).await?)?;
        let signature = self.signature(held)?;
        self.consent(tx, held.by).await?;
        let (file, page, by) = (self.request.file, self.page, held.by);
        let consented = Consented { signature, file, page, by, share: None, set: held.set };
        let order = become_order(tx, &held.head, &consented, held.moment, &held.zone).await?;
        Ok((order, None))
    }
}

impl SignQuote {
    fn signature(&self, held: &Held) -> Result<Signature, AppError> {
        let issued_day = held.head.issued_at.map_or(held.today, |at| company_day(at, &held.zone));
        Ok(check_signature(&self.request.signed_day, &self.request.signer, issued_day, held.today)?)
    }

    /// The paper must be there, handed in by this very person, and be a picture or a PDF.
    async fn consent(&self, tx: &mut Tx<'_>, by: PersonId) -> Result<(), AppError> {
        let file = store::files::uploaded_by(tx, &self.request.file, by).await?;
        let wrong = |fault| QuoteRefused::field("file", called(SIGNED_PAGE, &fault));
        if self.request.file.is_empty() {
            return Err(wrong(FieldFault::Missing).into());
        }
        let file = file.ok_or_else(|| wrong(FieldFault::NoSuchRecord))?;
        let paper = file.mime.starts_with("image/") || file.mime == "application/pdf";
        if !paper {
            return Err(wrong(FieldFault::NotAPaper).into());
        }
        self.paper.map_err(|refused| wrong(FieldFault::Said(page_refused(refused))).into())
    }
}

/// Whether the page of a consent may stand on other orders too.
#[derive(Clone, Debug)]
pub(super) enum Page {
    /// On one order alone; another is named to those who see it among these.
    Once { names: Option<Scope> },
    /// It is not looked at: the note of what was accepted on a link, and a history that is told anew.
    AsItIs,
}

impl Page {
    /// Refuses a page that stands on an order already. Asked when the number is taken: whoever signs for the same
    /// customer or takes a number of the same branch has come before or comes after.
    async fn check(&self, tx: &mut Tx<'_>, file: &str) -> Result<(), AppError> {
        let Page::Once { names } = self else { return Ok(()) };
        let Some(id) = store::orders::with_page(tx, file).await? else { return Ok(()) };
        let order = match names {
            Some(scope) => store::orders::head(tx, id, scope.person).await?.filter(|head| head.within(scope)),
            None => None,
        };
        let order = order.map(|head| OrderRef { id, number: head.row.number });
        Err(QuoteRefused::PageUsed { order }.into())
    }
}

/// A customer's consent, however it was given.
#[derive(Clone, Debug)]
pub(super) struct Consented {
    pub signature: Signature,
    /// The signed page, or the note of what was accepted on a link.
    pub file: String,
    pub page: Page,
    /// Who recorded it, or handed the code over.
    pub by: PersonId,
    /// The link on which it was given.
    pub share: Option<ShareId>,
    /// The set of alternatives of which this one was chosen, locked whole.
    pub set: Option<i64>,
}

/// What decides whether the version may be signed, read under the lock of its number.
pub(super) async fn sign_facts(
    tx: &mut Tx<'_>,
    head: &QuoteHead,
    moment: Moment,
    zone: &TimeZone,
) -> Result<SignFacts, AppError> {
    let today = company_day(moment.now, zone);
    let versions = store::quotes::chain(tx, head.chain).await?;
    Ok(SignFacts {
        state: head.state,
        order: store::quotes::order_of_chain(tx, head.chain).await?,
        newer: newer(&versions, head.revision),
        valid_until: head.valid_until.unwrap_or(today),
        today,
        clock_behind_ms: moment.clock_is_behind().then_some(moment.behind_ms),
        void: store::quotes::void_of(tx, head.id, moment.now).await?,
    })
}

/// Makes the order of a version that may be signed, marks it signed, and logs both.
pub(super) async fn become_order(
    tx: &mut Tx<'_>,
    head: &QuoteHead,
    consented: &Consented,
    moment: Moment,
    zone: &TimeZone,
) -> Result<OrderRef, AppError> {
    let Consented { signature, file, page: _, by, share, set } = consented;
    let order = make_order(tx, head, consented, moment, zone).await?;
    if !store::quotes::mark_signed(tx, head.id, *by, moment.now).await? {
        return Err(StoreError::Decode(format!("quote {} is not issued", head.id.0)).into());
    }
    let facts = json!({
        "customer_id": head.customer.0, "number": head.number, "revision": head.revision,
        "net": head.amounts.net.to_yuan(), "order_id": order.id.0, "order_number": order.number,
        "signed_day": signature.day.to_string(), "signer": signature.signer, "file": file,
        "share_id": share.map(|share| share.0),
    });
    log(tx, moment.now, *by, "quote.signed", head.id, facts).await?;
    if let Some(set) = set {
        end_others(tx, consented, *set, head, &order.number).await?;
    }
    let facts = json!({
        "customer_id": head.customer.0, "number": order.number, "quote_id": head.id.0,
        "net": head.amounts.net.to_yuan(), "share_id": share.map(|share| share.0),
        "signer": share.map(|_| &signature.signer),
    });
    let made = Event { actor: Some(*by), kind: "order.made", entity: "order", entity_id: order.id.0, facts };
    events::append(tx, moment.now, &made).await?;
    Ok(order)
}

async fn make_order(
    tx: &mut Tx<'_>,
    head: &QuoteHead,
    consented: &Consented,
    moment: Moment,
    zone: &TimeZone,
) -> Result<OrderRef, AppError> {
    let listed = store::quotes::listed_facts(tx, head.id).await?;
    let series = order_series(&head.branch_code, company_day(moment.now, zone));
    let number = written_number(&series, numbers::take_next(tx, &series).await?);
    consented.page.check(tx, &consented.file).await?;
    let order = NewOrder {
        number: number.clone(),
        quote: head.id,
        customer: head.customer,
        branch: head.branch,
        owner: head.owner,
        signed_day: consented.signature.day,
        signer: consented.signature.signer.clone(),
        consent_file: consented.file.clone(),
        recorded_by: consented.by,
        net: head.amounts.net,
        line_count: listed.line_count,
        first_product: listed.first_product,
        search: format!("{} {}", number.to_lowercase(), listed.search),
        now: moment.now,
    };
    let id: OrderId = store::orders::insert_order(tx, &order).await?;
    Ok(OrderRef { id, number })
}
