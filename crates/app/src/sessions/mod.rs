//! Signing in and out, and who a request comes from.

mod tries;
mod viewing;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::access::{AccountRefused, Actor, Company, PasswordFault, account_key, check_new_password};
use domain::base::{Instant, PersonId};
use domain::documents::sha256_hex;
use serde_json::{Value, json};
use store::access::{self, Account, Identity};
use store::events::{self, Event};
use store::{Command, Tx, sessions};

use crate::access::passwords;
use crate::{AppError, Ctx};
pub(crate) use tries::forgive_account;
pub use tries::has_signed_in_from;
use tries::{CountFailure, Tried, may_try};
pub use viewing::{Acting, end_viewing, view_as};

/// The end of a session is moved at most this often.
const TOUCH_EVERY_MS: i64 = 5 * 60 * 1_000;
const DAY_MS: i64 = 24 * 3_600 * 1_000;
/// Of a browser's description so much is kept.
const AGENT_LETTERS_MAX: usize = 200;
/// The kind of event that says that a person signed in, and from where.
const SIGNED_IN: &str = "person.signed_in";
/// More than an account can have, even with spaces around it.
const ACCOUNT_TYPED_MAX: usize = 64;

/// How long a sign-in lasts.
#[derive(Clone, Copy, Debug)]
pub struct SessionRules {
    pub days: u32,
}

/// Somebody at the door.
#[derive(Clone, Debug)]
pub struct Attempt {
    pub account: String,
    pub password: String,
    /// Where the request comes from.
    pub address: String,
    /// How the browser describes itself.
    pub agent: String,
}

/// What a person sees of themselves.
#[derive(Clone, Debug)]
pub struct Me {
    pub identity: Identity,
    pub company: Company,
    pub now: Instant,
}

/// The token that goes into the cookie; only its hash is kept.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// The token as the browser sent it.
    pub fn of(text: &str) -> Token {
        Token(text.to_string())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn hash(&self) -> String {
        sha256_hex(self.0.as_bytes())
    }
}

/// Opens a session, or refuses; a wrong account takes as long as a wrong password.
pub async fn sign_in(ctx: &Ctx, rules: SessionRules, attempt: Attempt) -> Result<(Token, Me), AppError> {
    // Nobody has so long a name; nothing of it is kept.
    if attempt.account.chars().count() > ACCOUNT_TYPED_MAX {
        return Err(AppError::refused(AccountRefused::WrongPassword));
    }
    let account_name = account_key(&attempt.account);
    let tries = tries::at_the_door(&account_name, &attempt.address);
    let wanted = account_name.clone();
    may_try(ctx, &tries).await?;
    let account = ctx.store.read(|tx| Box::pin(async move { access::account(tx, &wanted).await })).await?;
    let account = account.filter(|account| account.active);
    let hash = account.as_ref().map(|it| it.password_hash.as_str());
    let fits = passwords::verify(&attempt.password, hash, may_try(ctx, &tries)).await?;
    let Some(account) = account.filter(|_| fits) else {
        tracing::warn!(account = %account_name, address = %attempt.address, "sign-in refused");
        ctx.store.write(CountFailure { tries }).await?;
        return Err(AppError::refused(AccountRefused::WrongPassword));
    };
    let token = Token(URL_SAFE_NO_PAD.encode(ctx.random.bytes::<32>()?));
    let agent = attempt.agent.chars().take(AGENT_LETTERS_MAX).collect();
    let (token_hash, address) = (token.hash(), attempt.address);
    let open = Open { token_hash, person: account.person, rules, agent, address, tries };
    ctx.store.write(open).await?;
    Ok((token, me(ctx, account.person).await?))
}

/// Ends one session.
pub async fn sign_out(ctx: &Ctx, actor: &Actor, token: &Token) -> Result<(), AppError> {
    ctx.store.write(Close { person: actor.person, token_hash: token.hash(), everywhere: false }).await
}

/// Ends every session of the person, this one too.
pub async fn sign_out_everywhere(ctx: &Ctx, actor: &Actor) -> Result<(), AppError> {
    ctx.store.write(Close { person: actor.person, token_hash: String::new(), everywhere: true }).await
}

/// Who holds `token`, and through whose eyes, and what the database's clock said; `None` when it is unknown, over, or of a
/// locked account.
pub async fn who_is(
    ctx: &Ctx,
    rules: SessionRules,
    token: &Token,
) -> Result<Option<(Acting, Instant)>, AppError> {
    let hash = token.hash();
    let wanted = hash.clone();
    let found = ctx
        .store
        .read(|tx| {
            Box::pin(async move {
                tx.ahead([events::asks_moment(), sessions::asks_find(&wanted)].concat()).await?;
                let moment = events::moment(tx).await?;
                let found = sessions::find(tx, &wanted).await?;
                let live = found.filter(|(session, _)| session.is_live(moment.now));
                let Some((session, own)) = live else { return Ok(None) };
                let acting = viewing::acting(tx, own, session.eyes(moment.now)).await?;
                Ok::<_, AppError>(Some((acting, session, moment)))
            })
        })
        .await?;
    let Some((acting, session, moment)) = found else { return Ok(None) };
    if moment.now.0.saturating_sub(session.seen_at.0) >= TOUCH_EVERY_MS {
        // A session that cannot be moved on is still a session: the disk may be full while reading works.
        if let Err(error) =
            ctx.store.write_unsynced(Touch { token_hash: hash, person: session.person, rules }).await
        {
            tracing::warn!(?error, "a session could not be moved on");
        }
    }
    Ok(Some((acting, moment.clock())))
}

/// The person, their company and the time.
pub async fn me(ctx: &Ctx, person: PersonId) -> Result<Me, AppError> {
    ctx.store
        .read(|tx| {
            Box::pin(async move {
                let now = events::moment(tx).await?.now;
                let identity = access::identity(tx, person).await?;
                let company = access::company(tx).await?;
                match (identity, company) {
                    (Some(identity), Some((company, _))) => Ok(Me { identity, company, now }),
                    _ => Err(AppError::Access(domain::access::AccessRefused::NotFound)),
                }
            })
        })
        .await
}

/// Changes one's own password and ends all other sessions.
pub async fn change_password(
    ctx: &Ctx,
    actor: &Actor,
    token: &Token,
    current: &str,
    next: &str,
) -> Result<(), AppError> {
    let person = actor.person;
    let found =
        ctx.store.read(|tx| Box::pin(async move { access::account_of_person(tx, person).await })).await?;
    let Some(account) = found else { return Err(AppError::refused(AccountRefused::WrongPassword)) };
    check_next(&account, current, next)?;
    let tries = tries::at_own_password(&account.account);
    may_try(ctx, &tries).await?;
    if !passwords::verify(current, Some(&account.password_hash), may_try(ctx, &tries)).await? {
        ctx.store.write(CountFailure { tries }).await?;
        return Err(AppError::refused(AccountRefused::WrongPassword));
    }
    let hash = passwords::hash(&ctx.random, next).await?;
    ctx.write(ChangePassword { person, hash, keep: token.hash(), tries }).await
}

fn check_next(account: &Account, current: &str, next: &str) -> Result<(), AppError> {
    let weak = |fault| AppError::refused(AccountRefused::WeakPassword(fault));
    if current == next {
        return Err(weak(PasswordFault::Unchanged));
    }
    check_new_password(&account.account, next).map_err(weak)
}

#[derive(Clone)]
struct Open {
    token_hash: String,
    person: PersonId,
    rules: SessionRules,
    agent: String,
    address: String,
    tries: Vec<Tried>,
}

impl Command for Open {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        let now = events::moment(tx).await?.now;
        tries::forgive(tx, &self.tries).await?;
        sessions::open(tx, &self.token_hash, self.person, now, end_of(self.rules, now), &self.agent).await?;
        access::note_seen(tx, self.person, now).await?;
        note_with(tx, self.person, SIGNED_IN, json!({"address": self.address}), now).await
    }
}

#[derive(Clone)]
struct Close {
    person: PersonId,
    token_hash: String,
    everywhere: bool,
}

impl Command for Close {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        let now = events::moment(tx).await?.now;
        if self.everywhere {
            sessions::close_all(tx, self.person, "").await?;
            return note(tx, self.person, "person.signed_out_everywhere", now).await;
        }
        sessions::close(tx, &self.token_hash).await?;
        note(tx, self.person, "person.signed_out", now).await
    }
}

#[derive(Clone)]
struct Touch {
    token_hash: String,
    person: PersonId,
    rules: SessionRules,
}

impl Command for Touch {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        let now = events::moment(tx).await?.now;
        sessions::touch(tx, &self.token_hash, now, end_of(self.rules, now)).await?;
        Ok(access::note_seen(tx, self.person, now).await?)
    }
}

#[derive(Clone)]
struct ChangePassword {
    person: PersonId,
    hash: String,
    keep: String,
    tries: Vec<Tried>,
}

impl Command for ChangePassword {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        let now = events::moment(tx).await?.now;
        access::set_password(tx, self.person, &self.hash).await?;
        sessions::close_all(tx, self.person, &self.keep).await?;
        tries::forgive(tx, &self.tries).await?;
        note(tx, self.person, "person.password_changed", now).await
    }
}

fn end_of(rules: SessionRules, now: Instant) -> Instant {
    now.plus_ms(i64::from(rules.days) * DAY_MS)
}

async fn note(tx: &mut Tx<'_>, person: PersonId, kind: &'static str, now: Instant) -> Result<(), AppError> {
    note_with(tx, person, kind, json!({}), now).await
}

async fn note_with(
    tx: &mut Tx<'_>,
    person: PersonId,
    kind: &'static str,
    facts: Value,
    now: Instant,
) -> Result<(), AppError> {
    let event = Event { actor: Some(person), kind, entity: "person", entity_id: person.0, facts };
    events::append(tx, now, &event).await?;
    Ok(())
}
