//! Accepting on a link: name and one-time code make the order, under the same guard as a signed page.

use domain::access::{AccessRefused, Right};
use domain::base::{Instant, ItemId, PersonId, company_day};
use domain::quotes::{
    Closed, CodeCheck, Device, OrderRef, ShareRefused, Signature, accepting_name, check_code, link_opens,
    may_sign,
};
use domain::words::share::{Acceptance, acceptance, acceptance_name, accepted_notice, device_name};
use jiff::tz::TimeZone;
use serde_json::json;
use store::quotes::{QuoteHead, Share};
use store::{Command, Tx, events};

use super::super::draft::log;
use super::super::load::opens;
use super::super::options::lock_set;
use super::super::sign::{Consented, Page, become_order, sign_facts};
use super::hash_of;
use super::open::{Opened, head_of, open_share, opened};
use super::page::SharedQuote;
use crate::notices::{Message, about_acceptance, tell};
use crate::{AppError, Ctx};

/// What the customer enters, and on what.
#[derive(Clone, Debug)]
pub struct AcceptRequest {
    pub signer: String,
    pub code: String,
    pub agent: String,
}

/// The quotation after it was accepted, and the number of its order.
#[derive(Clone, Debug)]
pub struct Accepted {
    pub quote: SharedQuote,
    pub order: OrderRef,
}

/// Accepts the quotation behind a token and makes its order, once.
pub async fn accept_share(ctx: &Ctx, token: &str, request: AcceptRequest) -> Result<Accepted, AppError> {
    let hash = hash_of(token);
    let (wanted, zone) = (hash.clone(), ctx.zone.clone());
    let read = ctx.store.read(|tx| {
        Box::pin(async move {
            let opened = opened(tx, &wanted, &zone).await?;
            let used = store::quotes::used(tx, opened.head.id, opened.moment.now).await?;
            let coded = store::quotes::coded_share(tx, opened.head.id).await?;
            Ok::<_, AppError>((opened, coded, used))
        })
    });
    let (opened, coded, used) = read.await?;
    let signer = accepting_name(&request.signer)?;
    let device = Device::of_agent(&request.agent);
    let file = note_of(ctx, (&opened, coded.as_ref()), &signer, &request.code, device).await?;
    let accept = Accept {
        hash,
        signer,
        code: request.code,
        device,
        file,
        items: used.iter().map(|used| used.revision.item).collect(),
        zone: ctx.zone.clone(),
    };
    let order = match ctx.write(accept).await? {
        Outcome::Made(order) => order,
        Outcome::Missed(refused) => return Err(refused.into()),
    };
    Ok(Accepted { quote: open_share(ctx, token).await?, order })
}

/// Keeps the note that stands for the signed page, when the code is right so far; an empty hash otherwise.
async fn note_of(
    ctx: &Ctx,
    (opened, coded): (&Opened, Option<&Share>),
    signer: &str,
    code: &str,
    device: Device,
) -> Result<String, AppError> {
    let Opened { head, snapshot, moment, .. } = opened;
    let Some((coded, by)) = coded.and_then(|it| it.code_by.map(|by| (it, by))) else {
        return Ok(String::new());
    };
    if check_code(&coded.token_hash, code, coded.code.as_ref(), moment.now) != CodeCheck::Right {
        return Ok(String::new());
    }
    let by = ctx.store.read(|tx| Box::pin(store::access::person_name(tx, by))).await?;
    let at = jiff::Timestamp::from_millisecond(moment.now.0).unwrap_or_default();
    let at = at.to_zoned_datetime(ctx.zone.clone()).strftime("%Y-%m-%d %H:%M:%S").to_string();
    let note = acceptance(&Acceptance {
        company: &snapshot.seller.name,
        number: &snapshot.number,
        revision: snapshot.revision,
        customer: &snapshot.customer.name,
        net: snapshot.amounts()?.net,
        hash: head.hash.as_deref().unwrap_or_default(),
        signer,
        moment: &at,
        handed_over_by: by.as_deref().unwrap_or_default(),
        device: device_name(device),
    });
    let name = acceptance_name(&snapshot.number, snapshot.revision);
    let mime = "text/plain; charset=utf-8";
    let kept = store::files::put(&ctx.store, note.into_bytes(), mime, &name, None, moment.now).await?;
    Ok(kept.hash)
}

#[derive(Clone)]
struct Accept {
    hash: String,
    signer: String,
    code: String,
    device: Device,
    /// The note of the consent; empty when the code was not right before the transaction.
    file: String,
    items: Vec<ItemId>,
    zone: TimeZone,
}

/// A mistyped code is counted, so its transaction must be kept: it is no error of the command.
enum Outcome {
    Made(OrderRef),
    Missed(ShareRefused),
}

impl Command for Accept {
    type Out = Outcome;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<Outcome, AppError> {
        let share = store::quotes::share_by_token(tx, &self.hash).await?.ok_or(AccessRefused::NotFound)?;
        store::config::lock_heads(tx, &self.items).await?;
        let moment = events::moment(tx).await?;
        let head = head_of(tx, share.quote).await?;
        let set = lock_set(tx, head.chain).await?;
        // Whoever gives the customer to somebody else meanwhile waits: the order belongs to one of them.
        tx.lock_row("customer", "id", head.customer).await?;
        tx.lock_row("share_link", "id", share.id).await?;
        let head = head_of(tx, share.quote).await?;
        let share = store::quotes::share_by_token(tx, &self.hash).await?.ok_or(AccessRefused::NotFound)?;
        let today = company_day(moment.now, &self.zone);
        let (salesperson, phone) = (head.owner_name.clone(), head.owner_phone.clone());
        if !link_opens(share.last_day, share.withdrawn_at.is_some(), today) {
            return Err(ShareRefused::LinkOver { salesperson, phone }.into());
        }
        if let Err(refused) = may_sign(&sign_facts(tx, &head, moment, &self.zone).await?) {
            return Err(ShareRefused::Closed { why: Closed::of(&refused), salesperson, phone }.into());
        }
        let by = match self.code_from(tx, &head, moment.now).await? {
            Ok(by) => by,
            Err(missed) => return Ok(Outcome::Missed(missed)),
        };
        let signature = Signature { day: today, signer: self.signer };
        let (file, page) = (self.file, Page::AsItIs);
        let consented = Consented { signature, file, page, by, share: Some(share.id), set };
        let mut readers = store::customers::helpers(tx, head.customer).await?;
        readers.retain(|person| *person != head.owner);
        readers.insert(0, head.owner);
        let to: Vec<i64> = readers.iter().map(|person| person.0).collect();
        let facts = json!({
            "customer_id": head.customer.0, "number": head.number, "revision": head.revision,
            "share_id": share.id.0, "signer": consented.signature.signer, "device": self.device.key(),
            "to": to,
        });
        log(tx, moment.now, by, "quote.accepted", head.id, facts).await?;
        let order = become_order(tx, &head, &consented, moment, &self.zone).await?;
        store::quotes::mark_accepted(tx, (head.id, share.id), moment.now).await?;
        tell(tx, &readers, told_of(&head, &order), (moment.now, &self.zone)).await?;
        Ok(Outcome::Made(order))
    }
}

/// What whose quotation it is, and who helps with the customer, are told.
fn told_of(head: &QuoteHead, order: &OrderRef) -> Message<'static> {
    let number = head.number.as_deref().unwrap_or_default();
    Message {
        about: about_acceptance(head.id.0),
        kind: "accepted",
        text: accepted_notice(&head.customer_name, number, &order.number),
        entity: "quote",
        entity_id: head.id.0,
    }
}

impl Accept {
    /// Who handed the code over, or why it does not open the way. It is the code of the version, under whichever link it
    /// was handed over, so that wrong tries are counted once for all links. Whoever handed it over must still be allowed
    /// to sign.
    async fn code_from(
        &self,
        tx: &mut Tx<'_>,
        head: &QuoteHead,
        now: Instant,
    ) -> Result<Result<PersonId, ShareRefused>, AppError> {
        let coded = store::quotes::coded_share(tx, head.id).await?;
        let Some((coded, by)) = coded.and_then(|it| it.code_by.map(|by| (it, by))) else {
            return Ok(Err(ShareRefused::NoCode));
        };
        match check_code(&coded.token_hash, &self.code, coded.code.as_ref(), now) {
            CodeCheck::Wrong { tries_left } => {
                store::quotes::miss_code(tx, coded.id).await?;
                return Ok(Err(ShareRefused::WrongCode { tries_left }));
            }
            CodeCheck::NoCode => return Ok(Err(ShareRefused::NoCode)),
            CodeCheck::Spent => return Ok(Err(ShareRefused::CodeSpent)),
            CodeCheck::Right => {}
        }
        // The actor decides over the quotation as he stands to it, not as a stranger does.
        let actor = store::access::actor(tx, by).await?;
        let own = store::quotes::head(tx, head.id, by).await?;
        let may = actor.zip(own).is_some_and(|(actor, own)| opens(&actor, Right::QuoteSign, &own));
        // Without its note nothing is accepted: the code came in between; the next try finds it.
        Ok(if may && !self.file.is_empty() { Ok(by) } else { Err(ShareRefused::NoCode) })
    }
}
