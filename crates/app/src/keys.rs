//! Keys with which programs work in a person's name: made, shown once, seen, revoked, recognised.

use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::access::{
    AccessRefused, AccountRefused, Actor, KEYS_MAX, NewKey, Reach, Right, accept_key, rights_for_keys,
    sign_in_delay_ms, through_key,
};
use domain::base::{FieldFault, Instant, Invalid};
use domain::documents::sha256_hex;
use domain::words::keys as words;
use serde_json::json;
pub use store::keys::ApiKey;
use store::keys::{self, NewApiKey};
use store::{Command, Tx, access, events, sessions};

use crate::{AppError, Ctx};

/// How every key begins, so that one that lies around is known for what it is.
const BEGINNING: &str = "huxi_";
/// So many of its last letters are kept to know it again.
const HINT_LETTERS: usize = 4;
const DAY_MS: i64 = 24 * 3_600 * 1_000;
/// When a key was used is noted at most this often.
const USED_EVERY_MS: i64 = 60 * 1_000;
/// An address may be wrong so often for each time that an account may.
const TRIES_PER_ADDRESS: u32 = 5;
const FROM: &str = "key:";

/// A key that was just made; it is never shown again.
#[derive(Clone, Debug)]
pub struct MadeKey {
    pub key: ApiKey,
    pub secret: String,
}

/// What a person may do about keys.
#[derive(Clone, Debug)]
pub struct Keys {
    pub keys: Vec<ApiKey>,
    /// What one may give to a key of one's own.
    pub rights: Vec<Right>,
    /// Those of everybody are listed.
    pub everybodys: bool,
    pub now: Instant,
}

/// One's own keys; with the widest reach those of everybody.
pub async fn list(ctx: &Ctx, actor: &Actor) -> Result<Keys, AppError> {
    actor.need(Right::KeysWrite)?;
    let everybodys = sees_all(actor);
    let whose = (!everybodys).then_some(actor.person);
    let read = ctx.store.read(|tx| {
        Box::pin(
            async move { Ok::<_, AppError>((keys::list(tx, whose).await?, events::moment(tx).await?.now)) },
        )
    });
    let (keys, now) = read.await?;
    Ok(Keys { keys, rights: rights_for_keys(actor).collect(), everybodys, now })
}

/// Makes a key that works in one's own name for so many days.
pub async fn make(
    ctx: &Ctx,
    actor: &Actor,
    name: &str,
    rights: &[String],
    days: i64,
) -> Result<MadeKey, AppError> {
    actor.need(Right::KeysWrite)?;
    let new = accept_key(actor, name, rights, days)?;
    let secret = format!("{BEGINNING}{}", URL_SAFE_NO_PAD.encode(ctx.random.bytes::<32>()?));
    let hint = secret.get(secret.len() - HINT_LETTERS..).unwrap_or_default().to_string();
    let token_hash = sha256_hex(secret.as_bytes());
    let key = ctx.write(Make { actor: actor.clone(), new, token_hash, hint }).await?;
    Ok(MadeKey { key, secret })
}

/// Ends a key at once: one's own, or with the widest reach anybody's.
pub async fn revoke(ctx: &Ctx, actor: &Actor, id: i64) -> Result<ApiKey, AppError> {
    actor.need(Right::KeysWrite)?;
    ctx.write(Revoke { actor: actor.clone(), id }).await
}

/// Who works with the key that came from `address`, with the rights that both the key and its person have. A key that
/// is unknown, over or revoked counts as a wrong try of the address, which has to wait longer after each.
pub async fn who_holds(ctx: &Ctx, secret: &str, address: &str) -> Result<(Actor, i64), AppError> {
    let (token_hash, from) = (sha256_hex(secret.as_bytes()), format!("{FROM}{address}"));
    let (wanted, tried) = (token_hash, from.clone());
    let read = ctx.store.read(|tx| {
        Box::pin(async move {
            let now = events::moment(tx).await?.now;
            let (failures, last_at) = sessions::failures(tx, &tried).await?;
            let free_at = last_at.plus_ms(sign_in_delay_ms(failures / TRIES_PER_ADDRESS));
            let Some(key) = keys::find(tx, &wanted, now).await? else {
                let retry_after_seconds = (free_at.0 - now.0 + 999) / 1_000;
                return if now < free_at {
                    Err(AppError::refused(AccountRefused::WrongKeys { retry_after_seconds }))
                } else {
                    Ok((None, now))
                };
            };
            let actor = access::actor(tx, key.person.0).await?;
            Ok((actor.map(|actor| (actor, key)), now))
        })
    });
    let (found, now) = read.await?;
    let Some((actor, key)) = found else {
        tracing::warn!(address, "a key was refused");
        ctx.store.write(CountWrong { from }).await?;
        return Err(AppError::refused(AccountRefused::WrongKey));
    };
    if key.used_at.is_none_or(|used| now.0 - used.0 >= USED_EVERY_MS)
        && let Err(error) = ctx.store.write(NoteUse { id: key.id }).await
    {
        // The disk may be full while reading works.
        tracing::warn!(?error, "the use of a key could not be noted");
    }
    let rights: BTreeSet<Right> = key.rights.iter().copied().collect();
    Ok((through_key(actor, &rights), key.id))
}

/// Who works with a key that was recognised before, with what it may do by now; `None` when it works no more.
pub async fn still_holds(ctx: &Ctx, id: i64) -> Result<Option<Actor>, AppError> {
    let read = ctx.store.read(|tx| {
        Box::pin(async move {
            let now = events::moment(tx).await?.now;
            let key = keys::key(tx, id).await?;
            let Some(key) = key.filter(|key| key.revoked_at.is_none() && now < key.expires_at) else {
                return Ok(None);
            };
            let actor = access::actor(tx, key.person.0).await?;
            Ok::<_, AppError>(actor.map(|actor| (actor, key)))
        })
    });
    let held = read.await?;
    Ok(held.map(|(actor, key)| through_key(actor, &key.rights.into_iter().collect())))
}

fn sees_all(actor: &Actor) -> bool {
    actor.grants.get(&Right::KeysWrite) == Some(&Reach::All)
}

#[derive(Clone)]
struct Make {
    actor: Actor,
    new: NewKey,
    token_hash: String,
    hint: String,
}

impl Command for Make {
    type Out = ApiKey;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<ApiKey, AppError> {
        let now = events::moment(tx).await?.now;
        let person = self.actor.person;
        tx.lock_row("person", "id", person).await?;
        let working = keys::working(tx, person, now).await?;
        if usize::try_from(working).is_ok_and(|working| working >= KEYS_MAX) {
            return Err(Invalid::one("name", FieldFault::Said(words::too_many(KEYS_MAX))).into());
        }
        let rights: Vec<Right> = self.new.rights.iter().copied().collect();
        let named: Vec<&str> = rights.iter().map(|right| right.key()).collect();
        let facts = json!({"name": self.new.name, "rights": named, "days": self.new.days});
        let new = NewApiKey {
            person,
            name: self.new.name.clone(),
            token_hash: self.token_hash,
            hint: self.hint,
            rights,
            expires_at: now.plus_ms(self.new.days * DAY_MS),
        };
        let id = keys::insert(tx, &new, now).await?;
        crate::events::note(tx, (now, person), "key.made", ("api_key", id), facts).await?;
        found(tx, id).await
    }
}

#[derive(Clone)]
struct Revoke {
    actor: Actor,
    id: i64,
}

impl Command for Revoke {
    type Out = ApiKey;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<ApiKey, AppError> {
        let key = found(tx, self.id).await?;
        if key.person.0 != self.actor.person && !sees_all(&self.actor) {
            return Err(AccessRefused::NotFound.into());
        }
        let now = events::moment(tx).await?.now;
        if keys::revoke(tx, self.id, self.actor.person, now).await? {
            let (by, key) = ((now, self.actor.person), ("api_key", self.id));
            crate::events::note(tx, by, "key.revoked", key, json!({})).await?;
        }
        found(tx, self.id).await
    }
}

async fn found(tx: &mut Tx<'_>, id: i64) -> Result<ApiKey, AppError> {
    keys::key(tx, id).await?.ok_or(AppError::Access(AccessRefused::NotFound))
}

#[derive(Clone)]
struct CountWrong {
    from: String,
}

impl Command for CountWrong {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        let now = events::moment(tx).await?.now;
        Ok(sessions::note_failure(tx, &self.from, now).await?)
    }
}

#[derive(Clone)]
struct NoteUse {
    id: i64,
}

impl Command for NoteUse {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        let now = events::moment(tx).await?.now;
        Ok(keys::used(tx, self.id, now).await?)
    }
}
