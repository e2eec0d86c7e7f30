//! What a customer sees on a link: the frozen document without anything that is ours, and its PDF.

use domain::access::AccessRefused;
use domain::base::{Date, Instant, PersonId, Qty, QuoteId, UnitPrice, company_day};
use domain::quotes::{
    Amounts, Closed, Device, FrozenPicture, Looked, QuoteRefused, ShareRefused, ShownState, Snapshot,
    VIEW_REST_MS, link_opens, may_sign,
};
use domain::words;
use jiff::tz::TimeZone;
use serde_json::json;
use store::events::{self, Event, Moment};
use store::quotes::{QuoteHead, Share, ShareView};
use store::{Command, StoreError, Tx};

use super::super::sign::sign_facts;
use super::hash_of;
use crate::documents::PdfFile;
use crate::{AppError, Ctx};

/// A quotation as its customer reads it.
#[derive(Clone, Debug)]
pub struct SharedQuote {
    pub company: String,
    pub number: String,
    pub revision: i64,
    pub state: ShownState,
    pub customer: String,
    pub contact: String,
    pub issued_day: Date,
    pub valid_until: Date,
    pub salesperson: String,
    pub salesperson_phone: String,
    pub prices_include_tax: bool,
    pub lines: Vec<SharedLine>,
    pub amounts: Amounts,
    pub notes: String,
    /// Why it cannot be accepted now; none: it can.
    pub closed: Option<Closed>,
    /// Who accepted it or signed its paper, and when that was recorded.
    pub accepted: Option<(String, Instant)>,
}

/// A line as the customer reads it.
#[derive(Clone, Debug)]
pub struct SharedLine {
    pub code: String,
    pub name: String,
    pub spec: String,
    pub unit: String,
    pub qty: Qty,
    pub unit_price: UnitPrice,
    pub net: domain::base::Fen,
    pub note: String,
    pub picture: Option<FrozenPicture>,
}

/// A link that opens, with its quotation.
pub(super) struct Opened {
    pub share: Share,
    pub head: QuoteHead,
    pub snapshot: Snapshot,
    pub moment: Moment,
    pub today: Date,
}

/// The quotation behind a token.
pub async fn open_share(ctx: &Ctx, token: &str) -> Result<SharedQuote, AppError> {
    let (hash, zone) = (hash_of(token), ctx.zone.clone());
    let read = ctx.store.read(|tx| {
        Box::pin(async move {
            let opened = opened(tx, &hash, &zone).await?;
            let facts = sign_facts(tx, &opened.head, opened.moment, &zone).await?;
            let closed = may_sign(&facts).err().map(|refused| Closed::of(&refused));
            let order = store::orders::head_of_quote(tx, opened.head.id, PersonId(0)).await?;
            let accepted = order.map(|order| (order.row.signer, order.row.created_at));
            shared(opened, closed, accepted)
        })
    });
    read.await
}

/// Logs that somebody looked at the page on a browser that describes itself as `agent`.
pub async fn note_share_view(ctx: &Ctx, token: &str, looked: Looked, agent: &str) -> Result<(), AppError> {
    let (hash, zone) = (hash_of(token), ctx.zone.clone());
    ctx.write(NoteView { hash, zone, looked, device: Device::of_agent(agent) }).await
}

/// The PDF of the quotation behind a token.
pub async fn shared_pdf(ctx: &Ctx, token: &str) -> Result<PdfFile, AppError> {
    let (hash, zone) = (hash_of(token), ctx.zone.clone());
    let opened = ctx.store.read(|tx| Box::pin(async move { opened(tx, &hash, &zone).await })).await?;
    let number = opened.head.number.ok_or(QuoteRefused::NotIssued)?;
    let pdf = crate::documents::render(ctx, opened.head.id).await?;
    let content = store::files::content(&ctx.store, &pdf.file).await?;
    let lost = || StoreError::Decode(format!("the file of the PDF of quote {} is gone", opened.head.id.0));
    let name = words::quotes::pdf_name(&number, opened.head.revision, &opened.snapshot.customer.name);
    Ok(PdfFile { content: content.ok_or_else(lost)?, name })
}

/// A picture (JPEG) that the quotation behind a token shows, large or small.
pub async fn shared_picture(ctx: &Ctx, token: &str, file: &str) -> Result<Vec<u8>, AppError> {
    let (hash, zone) = (hash_of(token), ctx.zone.clone());
    let opened = ctx.store.read(|tx| Box::pin(async move { opened(tx, &hash, &zone).await })).await?;
    let mut pictures = opened.snapshot.lines.iter().filter_map(|line| line.product.picture.as_ref());
    let shown = pictures.any(|picture| picture.file == file || picture.thumb == file);
    let content = if shown { store::files::content(&ctx.store, file).await? } else { None };
    Ok(content.ok_or(AccessRefused::NotFound)?)
}

/// The link of this token with its quotation, while it opens.
pub(super) async fn opened(tx: &mut Tx<'_>, hash: &str, zone: &TimeZone) -> Result<Opened, AppError> {
    let share = store::quotes::share_by_token(tx, hash).await?.ok_or(AccessRefused::NotFound)?;
    let moment = events::moment(tx).await?;
    let today = company_day(moment.now, zone);
    let head = head_of(tx, share.quote).await?;
    if !link_opens(share.last_day, share.withdrawn_at.is_some(), today) {
        let (salesperson, phone) = (head.owner_name, head.owner_phone);
        return Err(ShareRefused::LinkOver { salesperson, phone }.into());
    }
    let snapshot = store::quotes::document(tx, share.quote).await?;
    let lost = || StoreError::Decode(format!("quote {} has no frozen document", share.quote.0));
    Ok(Opened { snapshot: snapshot.ok_or_else(lost)?, share, head, moment, today })
}

/// Nobody asks: a stranger is no person.
pub(super) async fn head_of(tx: &mut Tx<'_>, id: QuoteId) -> Result<QuoteHead, AppError> {
    Ok(store::quotes::head(tx, id, PersonId(0)).await?.ok_or(AccessRefused::NotFound)?)
}

fn shared(
    opened: Opened,
    closed: Option<Closed>,
    accepted: Option<(String, Instant)>,
) -> Result<SharedQuote, AppError> {
    let Opened { head, snapshot, today, .. } = opened;
    let amounts = snapshot.amounts()?;
    let lines = snapshot.lines.iter().map(|line| SharedLine {
        code: line.product.code.clone(),
        name: line.product.name.clone(),
        spec: line.product.spec.clone(),
        unit: line.priced.unit.clone(),
        qty: line.priced.qty,
        unit_price: line.priced.unit_price,
        net: line.priced.net,
        note: line.note.clone(),
        picture: line.product.picture.clone(),
    });
    Ok(SharedQuote {
        lines: lines.collect(),
        amounts,
        state: head.state.shown(head.valid_until, today),
        company: snapshot.seller.name,
        number: snapshot.number,
        revision: snapshot.revision,
        customer: snapshot.customer.name,
        contact: snapshot.customer.contact,
        issued_day: snapshot.issued_day,
        valid_until: snapshot.valid_until,
        salesperson: head.owner_name,
        salesperson_phone: head.owner_phone,
        prices_include_tax: snapshot.context.prices_include_tax,
        notes: snapshot.notes,
        closed,
        accepted,
    })
}

#[derive(Clone)]
struct NoteView {
    hash: String,
    zone: TimeZone,
    looked: Looked,
    device: Device,
}

impl Command for NoteView {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        let Opened { share, head, moment, .. } = opened(tx, &self.hash, &self.zone).await?;
        let now = moment.now;
        let view = ShareView { share: share.id, at: now, looked: self.looked, device: self.device };
        let noted = store::quotes::note_view(tx, view, now.plus_ms(-VIEW_REST_MS)).await?;
        if noted && share.seen_at.is_none() {
            let facts = json!({
                "customer_id": head.customer.0, "number": head.number, "revision": head.revision,
                "share_id": share.id.0, "device": self.device.key(),
            });
            let entity_id = head.id.0;
            let event =
                Event { actor: None, kind: "quote.opened_by_customer", entity: "quote", entity_id, facts };
            events::append(tx, now, &event).await?;
        }
        Ok(())
    }
}
