//! Wrong passwords: who has to wait, and who does not (`docs/decisions/0010`).

use domain::access::{AccountRefused, account_key, sign_in_delay_ms};
use domain::base::PersonId;
use serde_json::Value;
use store::events::{self, LoggedEvent};
use store::{Command, Tx, access, sessions};

use super::SIGNED_IN;
use crate::{AppError, Ctx};

/// An office behind one address may get so many passwords wrong for each that one account may.
const TRIES_PER_ADDRESS: u32 = 10;
/// From all addresses together so many are wrong for each that one address may: many machines guess as one.
const TRIES_PER_ACCOUNT: u32 = 25;
/// So many of a person's newest events are looked through for a sign-in from the same address.
const EVENTS_LOOKED_AT: u32 = 200;

/// Somebody or something that wrong passwords are counted for; so many count as one.
#[derive(Clone)]
pub(super) struct Tried {
    who: String,
    allowance: u32,
    /// Account and address: whoever has signed in from there before does not wait for what others did.
    spares: Option<(String, String)>,
    /// The right password lets it begin anew.
    forgiven: bool,
}

/// What a try at the door counts for: this account from this address, the address, the account from anywhere.
pub(super) fn at_the_door(account: &str, address: &str) -> Vec<Tried> {
    let spares = Some((account.to_string(), address.to_string()));
    let tried = |who, allowance| Tried { who, allowance, spares: spares.clone(), forgiven: true };
    vec![
        Tried { spares: None, ..tried(format!("{PAIR}{address} {account}"), 1) },
        tried(format!("address:{address}"), TRIES_PER_ADDRESS),
        Tried { forgiven: false, ..tried(format!("account:{account}"), TRIES_PER_ACCOUNT) },
    ]
}

/// What a try of somebody signed in at their own password counts for: no stranger can add to it.
pub(super) fn at_own_password(account: &str) -> Vec<Tried> {
    vec![Tried { who: own(account), allowance: 1, spares: None, forgiven: true }]
}

const PAIR: &str = "pair:";

fn own(account: &str) -> String {
    format!("own:{account}")
}

/// Refuses while the wait after wrong passwords lasts. Tries that run at the same time do not count: none is wrong yet.
pub(super) async fn may_try(ctx: &Ctx, tries: &[Tried]) -> Result<(), AppError> {
    let tries = tries.to_vec();
    let waits = ctx.store.read(|tx| {
        Box::pin(async move {
            let now = events::moment(tx).await?.now;
            for Tried { who, allowance, spares, forgiven: _ } in &tries {
                let (failures, last_at) = sessions::failures(tx, who).await?;
                let free_at = last_at.plus_ms(sign_in_delay_ms(failures / allowance));
                let known = match spares {
                    Some((account, address)) if now < free_at => is_known(tx, account, address).await?,
                    _ => false,
                };
                if now < free_at && !known {
                    let retry_after_seconds = (free_at.0 - now.0 + 999) / 1_000;
                    return Err(AppError::refused(AccountRefused::SlowDown { retry_after_seconds }));
                }
            }
            Ok(())
        })
    });
    waits.await
}

/// Whether the person of this account, as it was typed, has signed in from this address lately: such a one does not wait
/// for whoever else asks from there.
pub async fn has_signed_in_from(ctx: &Ctx, account: &str, address: &str) -> Result<bool, AppError> {
    let (account, address) = (account_key(account), address.to_string());
    ctx.store.read(|tx| Box::pin(async move { is_known(tx, &account, &address).await })).await
}

/// Whether the account's own person has signed in from this address lately.
async fn is_known(tx: &mut Tx<'_>, account: &str, address: &str) -> Result<bool, AppError> {
    let Some(account) = access::account(tx, account).await? else { return Ok(false) };
    let PersonId(person) = account.person;
    let newest = events::of_entity(tx, "person", person, None, EVENTS_LOOKED_AT).await?;
    let from_here = |event: &LoggedEvent| {
        event.kind == SIGNED_IN && event.facts.get("address").and_then(Value::as_str) == Some(address)
    };
    Ok(newest.iter().any(from_here))
}

/// After the right password at the door: this account and this address begin anew. What was wrong from elsewhere stays
/// counted, or every sign-in of a person would give those who guess another round.
pub(super) async fn forgive(tx: &mut Tx<'_>, tries: &[Tried]) -> Result<(), AppError> {
    for tried in tries.iter().filter(|tried| tried.forgiven) {
        sessions::forgive(tx, &tried.who).await?;
    }
    Ok(())
}

/// After a new password was given: the account begins anew, wherever its person signs in.
pub(crate) async fn forgive_account(tx: &mut Tx<'_>, account: &str) -> Result<(), AppError> {
    sessions::forgive(tx, &format!("account:{account}")).await?;
    sessions::forgive(tx, &own(account)).await?;
    Ok(sessions::forgive_between(tx, PAIR, &format!(" {account}")).await?)
}

/// Counts a password that was wrong.
#[derive(Clone)]
pub(super) struct CountFailure {
    pub tries: Vec<Tried>,
}

impl Command for CountFailure {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        let now = events::moment(tx).await?.now;
        for tried in &self.tries {
            sessions::note_failure(tx, &tried.who, now).await?;
        }
        Ok(())
    }
}
