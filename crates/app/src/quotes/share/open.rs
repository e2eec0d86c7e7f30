//! What a customer does on a link: opens the frozen document and its PDF; every look is noted.

use domain::access::AccessRefused;
use domain::base::{Date, PersonId, QuoteId, company_day};
use domain::quotes::{
    Closed, Device, Looked, QuoteRefused, ShareRefused, Snapshot, VIEW_REST_MS, link_opens, may_sign,
};
use domain::words;
use jiff::tz::TimeZone;
use serde_json::json;
use store::events::{self, Event, Moment};
use store::quotes::{QuoteHead, Share, ShareView};
use store::{Command, StoreError, Tx};

use super::super::sign::sign_facts;
use super::hash_of;
use super::page::{AcceptedBy, SharedQuote, page_of};
use crate::documents::{PdfFile, template_at};
use crate::{AppError, Ctx};

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
            let accepted = order.map(|order| AcceptedBy {
                signer: order.row.signer,
                at: order.row.created_at,
                order: order.row.number,
            });
            let template = template_at(tx, opened.snapshot.template).await?;
            page_of(opened, &template, closed, accepted)
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
    let content = crate::documents::pdf_content(ctx, opened.head.id).await?;
    let name = words::quotes::pdf_name(&number, opened.head.revision, &opened.snapshot.customer.name);
    Ok(PdfFile { content, name })
}

/// A picture (JPEG) that the quotation behind a token shows, large or small.
pub async fn shared_picture(ctx: &Ctx, token: &str, file: &str) -> Result<Vec<u8>, AppError> {
    let (hash, zone) = (hash_of(token), ctx.zone.clone());
    let opened = ctx.store.read(|tx| Box::pin(async move { opened(tx, &hash, &zone).await })).await?;
    let mut pictures = opened.snapshot.lines.iter().filter_map(|line| line.product.picture.as_ref());
    let shown = pictures.any(|picture| picture.file == file || picture.thumb == file);
    if !shown {
        return Err(AccessRefused::NotFound.into());
    }
    Ok(store::files::whole(&ctx.store, file).await?)
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
