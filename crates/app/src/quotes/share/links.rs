//! What the seller does with links: makes one, takes one back, hands a code over, reads the log of looks.

use domain::access::{AccessRefused, Actor, Right};
use domain::base::{Instant, QuoteId, ShareId};
use domain::quotes::{
    CODE_LIFE_MS, LIVE_LINKS_MAX, QuoteRefused, ShareRefused, code_hash, code_of, link_opens, may_sign,
    share_last_day,
};
use domain::webhooks::opens_outside;
use serde_json::json;
use store::Tx;
use store::quotes::{NewShare, Share, ShareView};

use super::super::load::{load_to_read, opens};
use super::super::sign::sign_facts;
use super::super::step::{Held, Step, Told, take};
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
    /// Whether somebody outside can open them: the company's public address is set, and leads there.
    pub outside: bool,
    pub now: Instant,
}

/// A new link. Its token is told this once.
#[derive(Clone, Debug)]
pub struct MadeLink {
    pub id: ShareId,
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
    let loaded = load_to_read(ctx, actor, id).await?;
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
    let outside = ctx.printing.public_url.as_deref().is_some_and(opens_outside);
    Ok(Shares { links, views, may_share, outside, now: loaded.moment.now })
}

/// Makes a link that opens until `last_day`, or as long as the quotation may be signed.
pub async fn share_quote(
    ctx: &Ctx,
    actor: &Actor,
    id: QuoteId,
    last_day: Option<String>,
) -> Result<MadeLink, AppError> {
    let token = new_token(ctx)?;
    let share = take(ctx, actor, id, MakeLink { token_hash: hash_of(&token), last_day }).await?;
    let url = ctx.printing.public_url.as_ref().map(|url| format!("{url}/s/{token}"));
    Ok(MadeLink { id: share, url, token, shares: quote_shares(ctx, actor, id).await? })
}

/// Takes a link back: it opens nothing any more.
pub async fn withdraw_share(
    ctx: &Ctx,
    actor: &Actor,
    id: QuoteId,
    share: ShareId,
) -> Result<Shares, AppError> {
    take(ctx, actor, id, WithdrawLink { share }).await?;
    quote_shares(ctx, actor, id).await
}

/// A new one-time code for a version, handed over under one of its links; the one before is dead.
pub async fn hand_over_code(
    ctx: &Ctx,
    actor: &Actor,
    id: QuoteId,
    share: ShareId,
) -> Result<Handed, AppError> {
    let code = code_of(ctx.random.bytes::<8>()?);
    let until = take(ctx, actor, id, HandCode { share, code: code.clone() }).await?;
    Ok(Handed { until, code })
}

/// Only what may be signed is sent to a customer, and only for that a code is handed over.
async fn may_be_sent(tx: &mut Tx<'_>, held: &Held) -> Result<(), AppError> {
    Ok(may_sign(&sign_facts(tx, &held.head, held.moment, &held.zone).await?)?)
}

/// What a link is changed by.
const RIGHTS: &[Right] = &[Right::QuoteSign];

#[derive(Clone)]
struct MakeLink {
    token_hash: String,
    last_day: Option<String>,
}

impl Step for MakeLink {
    type Out = ShareId;
    const RIGHTS: &'static [Right] = RIGHTS;

    async fn take(self, tx: &mut Tx<'_>, held: &Held) -> Result<(ShareId, Option<Told>), AppError> {
        may_be_sent(tx, held).await?;
        let (quote, by, now, today) = (held.head.id, held.by, held.now(), held.today);
        let valid_until = held.head.valid_until.ok_or(QuoteRefused::NotIssued)?;
        let last_day = share_last_day(self.last_day.as_deref(), valid_until, today)?;
        let links = store::quotes::shares(tx, quote).await?;
        let open = links.iter().filter(|it| link_opens(it.last_day, it.withdrawn_at.is_some(), today));
        if open.count() >= LIVE_LINKS_MAX {
            return Err(ShareRefused::TooManyLinks { limit: LIVE_LINKS_MAX }.into());
        }
        let new = NewShare { quote, token_hash: self.token_hash, last_day, by, now };
        let share = store::quotes::insert_share(tx, &new).await?;
        Ok((share, Some(told("quote.shared", share))))
    }
}

#[derive(Clone)]
struct WithdrawLink {
    share: ShareId,
}

impl Step for WithdrawLink {
    type Out = ();
    const RIGHTS: &'static [Right] = RIGHTS;

    async fn take(self, tx: &mut Tx<'_>, held: &Held) -> Result<((), Option<Told>), AppError> {
        let share = store::quotes::share_of(tx, held.head.id, self.share).await?;
        share.ok_or(AccessRefused::NotFound)?;
        let withdrawn = store::quotes::withdraw_share(tx, self.share, held.by, held.now()).await?;
        Ok(((), withdrawn.then(|| told("quote.share_withdrawn", self.share))))
    }
}

#[derive(Clone)]
struct HandCode {
    share: ShareId,
    code: String,
}

impl Step for HandCode {
    type Out = Instant;
    const RIGHTS: &'static [Right] = RIGHTS;

    async fn take(self, tx: &mut Tx<'_>, held: &Held) -> Result<(Instant, Option<Told>), AppError> {
        let share = store::quotes::share_of(tx, held.head.id, self.share).await?;
        let share = share.ok_or(AccessRefused::NotFound)?;
        may_be_sent(tx, held).await?;
        if !link_opens(share.last_day, share.withdrawn_at.is_some(), held.today) {
            let (salesperson, phone) = (held.head.owner_name.clone(), held.head.owner_phone.clone());
            return Err(ShareRefused::LinkOver { salesperson, phone }.into());
        }
        let until = held.now().plus_ms(CODE_LIFE_MS);
        let hash = code_hash(&share.token_hash, &self.code);
        store::quotes::hand_code(tx, (held.head.id, self.share), &hash, until, held.by).await?;
        Ok((until, Some(told("quote.code_handed_over", self.share))))
    }
}

fn told(kind: &'static str, share: ShareId) -> Told {
    Told { kind, facts: json!({ "share_id": share.0 }) }
}
