//! Views of lists: each person keeps their own; nobody sees those of others.

use domain::access::{AccessRefused, Actor, ListName, VIEWS_MAX, ViewSettings, accept_view};
use domain::base::{FieldFault, Invalid, PersonId};
pub use store::access::ListView;
use store::{Command, Tx, events};

use crate::{AppError, Ctx};

/// The actor's own views of one list.
pub async fn list_views(ctx: &Ctx, actor: &Actor, list: ListName) -> Result<Vec<ListView>, AppError> {
    let person = actor.person;
    let views = ctx.store.read(|tx| Box::pin(store::access::list_views(tx, person, list)));
    Ok(views.await?)
}

/// Keeps a view under its name; one of the same name is replaced.
pub async fn keep_list_view(
    ctx: &Ctx,
    actor: &Actor,
    list: ListName,
    name: &str,
    settings: ViewSettings,
) -> Result<Vec<ListView>, AppError> {
    let kept = list_views(ctx, actor, list).await?;
    let known: Vec<&str> = kept.iter().map(|view| view.name.as_str()).collect();
    let (name, settings) = accept_view(name, settings, &known)?;
    ctx.write(KeepView { person: actor.person, list, name, settings }).await?;
    list_views(ctx, actor, list).await
}

/// Forgets one of the actor's own views.
pub async fn forget_list_view(ctx: &Ctx, actor: &Actor, id: i64) -> Result<(), AppError> {
    ctx.write(ForgetView { person: actor.person, id }).await
}

#[derive(Clone)]
struct KeepView {
    person: PersonId,
    list: ListName,
    name: String,
    settings: ViewSettings,
}

impl Command for KeepView {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        let now = events::moment(tx).await?.now;
        // Whoever keeps two views at once counts them one after the other.
        tx.lock_row("person", "id", self.person).await?;
        let kept = store::access::list_views(tx, self.person, self.list).await?;
        let new = !kept.iter().any(|view| view.name == self.name);
        if new && kept.len() >= VIEWS_MAX {
            return Err(Invalid::one("name", FieldFault::TooMany { count_max: VIEWS_MAX }).into());
        }
        store::access::put_list_view(tx, self.person, self.list, &self.name, &self.settings, now).await?;
        Ok(())
    }
}

#[derive(Clone)]
struct ForgetView {
    person: PersonId,
    id: i64,
}

impl Command for ForgetView {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        let gone = store::access::delete_list_view(tx, self.person, self.id).await?;
        if gone { Ok(()) } else { Err(AccessRefused::NotFound.into()) }
    }
}
