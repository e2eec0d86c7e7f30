//! What the seller does with links: makes one, takes one back, hands a code over, reads the log of looks.

use domain::access::{AccessRefused, Actor, Right};
use domain::base::{Instant, QuoteId, ShareId, company_day};
use domain::quotes::{
    CODE_LIFE_MS, LIVE_LINKS_MAX, QuoteRefused, ShareRefused, code_hash, code_of, link_opens, may_sign,
    share_last_day,
};
use jiff::tz::TimeZone;
use serde_json::json;
use store::events::{self, Moment};
use store::quotes::{NewShare, QuoteHead, Share, ShareView};
use store::{Command, Tx};

use super::super::draft::log;
use super::super::load::{head_in, load, need, opens, visible};
use super::super::sign::sign_facts;
use super::{hash_of, new_token};
use crate::{AppError, Ctx};

/// So many looks are told.
const VIEWS_TOLD: u32 = 50;

/// The links of one version, newest first, and the looks at them.
#[derive(Clone, Debug)]
pub struct Shares {
    pub links: Vec<(Share, bool)>,
    pub views: Vec<ShareView>,
    /// Whether this person may make links and hand codes over now.
    pub may_share: bool,
    pub now: Instant,
}

/// A new link. Its token is told this once.
#[derive(Clone, Debug)]
pub struct MadeLink {
    pub token: String,
    /// The whole address, when the company's public address is known.
    pub url: Option<String>,
    pub shares: Shares,
}

/// A code on its way to the customer. It is told this once.
#[derive(Clone, Debug)]
pub struct Handed {
    pub code: String,
    pub until: Instant,
}

/// The links of a version, for those who see it.
pub async fn quote_shares(ctx: &Ctx, actor: &Actor, id: QuoteId) -> Result<Shares, AppError> {
    let loaded = load(ctx, actor, id).await?;
    let may_share = loaded.issued.is_some()
        && opens(actor, Right::QuoteSign, &loaded.head)
        && may_sign(&loaded.sign_facts()).is_ok();
    let (links, views) = ctx
        .store
        .read(|tx| {
            Box::pin(async move {
                let links = store::quotes::shares(tx, id).await?;
                let views = store::quotes::views(tx, id, VIEWS_TOLD).await?;
                Ok::<_, AppError>((links, views))
            })
        })
        .await?;
    let open = |share: &Share| link_opens(share.last_day, share.withdrawn_at.is_some(), loaded.today);
    let links = links.into_iter().map(|share| (share.clone(), open(&share))).collect();
    Ok(Shares { links, views, may_share, now: loaded.moment.now })
}

/// Makes a link that opens until `last_day`, or as long as the quotation may be signed.
pub async fn share_quote(
    ctx: &Ctx,
    actor: &Actor,
    id: QuoteId,
    last_day: Option<String>,
) -> Result<MadeLink, AppError> {
    visible(actor)?;
    let token = new_token(ctx)?;
    let token_hash = hash_of(&token);
    let zone = ctx.zone.clone();
    ctx.write(MakeLink { actor: actor.clone(), id, token_hash, last_day, zone }).await?;
    let url = ctx.printing.public_url.as_ref().map(|url| format!("{url}/s/{token}"));
    Ok(MadeLink { url, token, shares: quote_shares(ctx, actor, id).await? })
}

/// Takes a link back: it opens nothing any more.
pub async fn withdraw_share(
    ctx: &Ctx,
    actor: &Actor,
    id: QuoteId,
    share: ShareId,
) -> Result<Shares, AppError> {
    visible(actor)?;
    ctx.write(WithdrawLink { actor: actor.clone(), id, share }).await?;
    quote_shares(ctx, actor, id).await
}

/// A new one-time code for a link; the one before is dead.
pub async fn hand_over_code(
    ctx: &Ctx,
    actor: &Actor,
    id: QuoteId,
    share: ShareId,
) -> Result<Handed, AppError> {
    visible(actor)?;
    let code = code_of(ctx.random.bytes::<8>()?);
    let until =
        ctx.write(HandCode { actor: actor.clone(), id, share, code: code.clone(), zone: ctx.zone.clone() });
    Ok(Handed { until: until.await?, code })
}

/// The quotation under the lock of its number, when this person may share it.
async fn locked(tx: &mut Tx<'_>, actor: &Actor, id: QuoteId) -> Result<QuoteHead, AppError> {
    let scope = visible(actor)?;
    let head = head_in(tx, id, &scope).await?;
    store::quotes::lock_chain(tx, head.chain).await?;
    let head = head_in(tx, id, &scope).await?;
    need(actor, Right::QuoteSign, &head)?;
    Ok(head)
}

/// Only what may be signed is sent to a customer, and only for that a code is handed over.
async fn may_be_sent(
    tx: &mut Tx<'_>,
    head: &QuoteHead,
    moment: Moment,
    zone: &TimeZone,
) -> Result<(), AppError> {
    Ok(may_sign(&sign_facts(tx, head, moment, zone).await?)?)
}

#[derive(Clone)]
struct MakeLink {
    actor: Actor,
    id: QuoteId,
    token_hash: String,
    last_day: Option<String>,
    zone: TimeZone,
}

impl Command for MakeLink {
    type Out = ShareId;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<ShareId, AppError> {
        let head = locked(tx, &self.actor, self.id).await?;
        let moment = events::moment(tx).await?;
        may_be_sent(tx, &head, moment, &self.zone).await?;
        let today = company_day(moment.now, &self.zone);
        let valid_until = head.valid_until.ok_or(QuoteRefused::NotIssued)?;
        let last_day = share_last_day(self.last_day.as_deref(), valid_until, today)?;
        let links = store::quotes::shares(tx, self.id).await?;
        let open = links.iter().filter(|it| link_opens(it.last_day, it.withdrawn_at.is_some(), today));
        if open.count() >= LIVE_LINKS_MAX {
            return Err(ShareRefused::TooManyLinks { limit: LIVE_LINKS_MAX }.into());
        }
        let (by, now) = (self.actor.person, moment.now);
        let new = NewShare { quote: self.id, token_hash: self.token_hash, last_day, by, now };
        let share = store::quotes::insert_share(tx, &new).await?;
        let facts = facts(&head, share);
        log(tx, now, by, "quote.shared", self.id, facts).await?;
        Ok(share)
    }
}

#[derive(Clone)]
struct WithdrawLink {
    actor: Actor,
    id: QuoteId,
    share: ShareId,
}

impl Command for WithdrawLink {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        let head = locked(tx, &self.actor, self.id).await?;
        store::quotes::share_of(tx, self.id, self.share).await?.ok_or(AccessRefused::NotFound)?;
        let (by, now) = (self.actor.person, events::moment(tx).await?.now);
        if store::quotes::withdraw_share(tx, self.share, by, now).await? {
            let facts = facts(&head, self.share);
            log(tx, now, by, "quote.share_withdrawn", self.id, facts).await?;
        }
        Ok(())
    }
}

#[derive(Clone)]
struct HandCode {
    actor: Actor,
    id: QuoteId,
    share: ShareId,
    code: String,
    zone: TimeZone,
}

impl Command for HandCode {
    type Out = Instant;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<Instant, AppError> {
        let head = locked(tx, &self.actor, self.id).await?;
        let share = store::quotes::share_of(tx, self.id, self.share).await?;
        let share = share.ok_or(AccessRefused::NotFound)?;
        let moment = events::moment(tx).await?;
        may_be_sent(tx, &head, moment, &self.zone).await?;
        let today = company_day(moment.now, &self.zone);
        if !link_opens(share.last_day, share.withdrawn_at.is_some(), today) {
            let (salesperson, phone) = (head.owner_name, head.owner_phone);
            return Err(ShareRefused::LinkOver { salesperson, phone }.into());
        }
        let until = moment.now.plus_ms(CODE_LIFE_MS);
        let hash = code_hash(&share.token_hash, &self.code);
        store::quotes::hand_code(tx, self.share, &hash, until, self.actor.person).await?;
        let facts = facts(&head, self.share);
        log(tx, moment.now, self.actor.person, "quote.code_handed_over", self.id, facts).await?;
        Ok(until)
    }
}

fn facts(head: &QuoteHead, share: ShareId) -> serde_json::Value {
    json!({
        "customer_id": head.customer.0, "number": head.number, "revision": head.revision, "share_id": share.0,
    })
}
