//! Looking through another's eyes: an administrator sees what somebody else sees, changes nothing, and it is logged.

use std::collections::BTreeMap;

use domain::access::{AccessRefused, AccountRefused, Actor, Right, VIEWING_MS, through_eyes};
use domain::base::{Instant, PersonId};
use serde_json::json;
use store::{Command, Tx, access, events, sessions};

use super::Token;
use crate::{AppError, Ctx};

/// Who acts, and in whose place.
#[derive(Clone, Debug)]
pub struct Acting {
    /// Whose eyes these are.
    pub actor: Actor,
    /// Who looks through them, and until when; `None`: the person themselves.
    pub viewer: Option<(Actor, Instant)>,
    /// The account that was looked through was locked meanwhile: there is nothing to see, and the viewer does nothing as
    /// themselves before they have ended the looking.
    pub locked: Option<PersonId>,
}

/// From now on, for half an hour, the session sees what `person` sees. The viewer must see the person, and have the
/// right to look; nothing that the viewer may not see of cost is seen.
pub async fn view_as(ctx: &Ctx, viewer: &Actor, token: &Token, person: PersonId) -> Result<(), AppError> {
    viewer.need(Right::ViewAs)?;
    if viewer.person == person {
        return Err(AppError::refused(AccountRefused::OwnEyes));
    }
    ctx.write(ViewAs { viewer: viewer.clone(), token_hash: token.hash(), person }).await
}

/// The session is the viewer's own again.
pub async fn end_viewing(ctx: &Ctx, acting: &Acting, token: &Token) -> Result<(), AppError> {
    let Some((viewer, _)) = &acting.viewer else { return Ok(()) };
    let (by, person) = (viewer.person, acting.locked.unwrap_or(acting.actor.person));
    ctx.write(EndViewing { by, person, token_hash: token.hash() }).await
}

/// The person of a session as somebody who acts, through their own eyes or those of `eyes`, until then.
pub(super) async fn acting(
    tx: &mut Tx<'_>,
    own: Actor,
    eyes: Option<(PersonId, Instant)>,
) -> Result<Acting, AppError> {
    let Some((person, until)) = eyes.filter(|_| own.has(Right::ViewAs)) else {
        return Ok(Acting { actor: own, viewer: None, locked: None });
    };
    let (actor, locked) = match access::actor(tx, person).await? {
        Some(viewed) => (through_eyes(&own, viewed), None),
        None => (Actor { grants: BTreeMap::new(), ..own.clone() }, Some(person)),
    };
    Ok(Acting { actor, viewer: Some((own, until)), locked })
}

#[derive(Clone)]
struct ViewAs {
    viewer: Actor,
    token_hash: String,
    person: PersonId,
}

impl Command for ViewAs {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        let scope = self.viewer.scope(Right::PeopleRead)?;
        let found = access::person(tx, self.person, &scope).await?.ok_or(AccessRefused::NotFound)?;
        if !found.active {
            return Err(AppError::refused(AccountRefused::LockedEyes));
        }
        let now = events::moment(tx).await?.now;
        let until = now.plus_ms(VIEWING_MS);
        sessions::view_as(tx, &self.token_hash, Some((self.person, until))).await?;
        let (by, person) = ((now, self.viewer.person), ("person", self.person.0));
        Ok(crate::events::note(tx, by, "person.viewed_as", person, json!({"until": until.0})).await?)
    }
}

#[derive(Clone)]
struct EndViewing {
    by: PersonId,
    person: PersonId,
    token_hash: String,
}

impl Command for EndViewing {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        let now = events::moment(tx).await?.now;
        sessions::view_as(tx, &self.token_hash, None).await?;
        let person = ("person", self.person.0);
        Ok(crate::events::note(tx, (now, self.by), "person.viewing_ended", person, json!({})).await?)
    }
}
