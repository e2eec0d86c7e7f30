//! Messages to the signed-in person, and when they want to be told.

mod telling;

use domain::access::{AccessRefused, Actor, Right, Scope};
use domain::base::{Instant, Limit, NoticeId};
use domain::notices::{NoticeSetting, SettingText};
pub use store::notices::NoticeRow;
use store::{Command, StoreError, Tx, events};

pub(crate) use self::telling::{Message, about_acceptance, key_of, tell};
use crate::{AppError, Ctx};

/// A page of messages, and how many are not read.
#[derive(Clone, Debug)]
pub struct NoticeList {
    pub items: Vec<NoticeRow>,
    pub next: Option<(Instant, NoticeId)>,
    pub unread: i64,
    pub now: Instant,
}

/// What stands on the bell: messages not read, open tasks, and those overdue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    pub unread: i64,
    pub open: i64,
    pub overdue: i64,
}

/// The actor's messages, newest first.
pub async fn list_notices(
    ctx: &Ctx,
    actor: &Actor,
    after: Option<(Instant, NoticeId)>,
    limit: Limit,
) -> Result<NoticeList, AppError> {
    let own = Scope { person: actor.person, path: None };
    let quotes = actor.scope(Right::QuoteRead).unwrap_or(own);
    let read = ctx.store.read(|tx| {
        Box::pin(async move {
            let now = events::moment(tx).await?.now;
            let rows = store::notices::list(tx, &quotes, now, after, limit.and_one()).await?;
            let unread = store::notices::unread(tx, quotes.person, now).await?;
            Ok::<_, StoreError>((now, rows, unread))
        })
    });
    let (now, mut items, unread) = read.await?;
    if !actor.has(Right::PriceRead) {
        items.iter_mut().for_each(|row| row.net = None);
    }
    let more = limit.cut(&mut items);
    let next = items.last().filter(|_| more).map(|row| (row.shown_at, row.id));
    Ok(NoticeList { items, next, unread, now })
}

/// What stands on the actor's bell.
pub async fn count_notices(ctx: &Ctx, actor: &Actor) -> Result<Counts, AppError> {
    let person = actor.person;
    let read = ctx.store.read(|tx| {
        Box::pin(async move {
            let now = events::moment(tx).await?.now;
            let unread = store::notices::unread(tx, person, now).await?;
            let (open, overdue) = store::tasks::count_open(tx, person, now).await?;
            Ok::<_, StoreError>(Counts { unread, open, overdue })
        })
    });
    Ok(read.await?)
}

/// Marks one of the actor's own messages as read.
pub async fn read_notice(ctx: &Ctx, actor: &Actor, id: NoticeId) -> Result<(), AppError> {
    ctx.write(Read { actor: actor.clone(), id: Some(id) }).await
}

/// Marks all of the actor's messages as read.
pub async fn read_all_notices(ctx: &Ctx, actor: &Actor) -> Result<(), AppError> {
    ctx.write(Read { actor: actor.clone(), id: None }).await
}

/// When the actor wants to be told.
pub async fn notice_setting(ctx: &Ctx, actor: &Actor) -> Result<NoticeSetting, AppError> {
    let person = actor.person;
    let read = ctx.store.read(|tx| {
        Box::pin(async move { store::notices::settings_of(tx, std::slice::from_ref(&person)).await })
    });
    Ok(read.await?.get(&person).copied().unwrap_or_default())
}

/// Keeps when the actor wants to be told: what comes from now on is held back by it.
pub async fn keep_notice_setting(
    ctx: &Ctx,
    actor: &Actor,
    text: SettingText,
) -> Result<NoticeSetting, AppError> {
    let setting = NoticeSetting::accept(&text)?;
    ctx.write(Keep { actor: actor.clone(), setting }).await?;
    Ok(setting)
}

#[derive(Clone)]
struct Read {
    actor: Actor,
    /// `None`: all of them.
    id: Option<NoticeId>,
}

impl Command for Read {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        let now = events::moment(tx).await?.now;
        let Some(id) = self.id else {
            store::notices::mark_all_read(tx, self.actor.person, now).await?;
            return Ok(());
        };
        let read = store::notices::mark_read(tx, self.actor.person, id, now).await?;
        if read { Ok(()) } else { Err(AccessRefused::NotFound.into()) }
    }
}

#[derive(Clone)]
struct Keep {
    actor: Actor,
    setting: NoticeSetting,
}

impl Command for Keep {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        Ok(store::notices::put_setting(tx, self.actor.person, &self.setting).await?)
    }
}
