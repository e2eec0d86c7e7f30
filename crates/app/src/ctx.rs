//! What every use-case is given.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use domain::automation::WorkingTime;
use domain::base::{Date, Instant, company_day};
use jiff::tz::TimeZone;
use store::events::Moment;
use store::idempotency::{self, Record, RequestKey};
use store::{Command, Store, StoreError, Tx, WriterStats};

use crate::catalog::ShelfCell;
use crate::config::{LiveCell, ReturnedCell, RisksCell};
use crate::documents::Printing;
use crate::jobs::Pulse;
use crate::ports::{BackupKeeper, SheetReader, SheetWriter};
use crate::stream::Hub;
use crate::webhooks::Outgoing;
use crate::{AppError, Random};

/// The database, the clock's zone, and the outside world behind ports. Cheap to clone.
#[derive(Clone)]
pub struct Ctx {
    pub store: Store,
    /// The company's time zone.
    pub zone: TimeZone,
    pub random: Random,
    /// The snapshot of configuration; ask it through `config::live`.
    pub live: LiveCell,
    /// What must be acknowledged of the drafts that were looked at last.
    pub risks: RisksCell,
    /// Every product as it is found.
    pub shelf: ShelfCell,
    /// The workbook of ours that came back last.
    pub returned: ReturnedCell,
    /// What prints documents, and the address on their code pictures.
    pub printing: Printing,
    /// When the runner of effects last looked for work.
    pub pulse: Pulse,
    /// When the clock last looked for timers.
    pub ticks: Pulse,
    /// What this server tells open screens.
    pub hub: Hub,
    /// Working days and hours as rules count them, instead of the company's calendar.
    pub working: Option<Arc<dyn WorkingTime>>,
    /// What reads uploaded spreadsheets; without it imports are refused.
    pub sheets: Option<Arc<dyn SheetReader>>,
    /// What writes tables for Excel; without it exports are refused.
    pub sheet_writer: Option<Arc<dyn SheetWriter>>,
    /// What sends messages to other systems.
    pub webhooks: Outgoing,
    /// Where the backups of this server lie; without it none are shown or made.
    pub backups: Option<Arc<dyn BackupKeeper>>,
    /// The request that is being carried out, when it came with an Idempotency-Key.
    pub request: Option<Arc<Request>>,
    /// Whether a change of the request that is being carried out is durable already.
    pub changed: Changed,
}

/// A request with an Idempotency-Key, and how it is known again.
#[derive(Debug)]
pub struct Request {
    pub key: RequestKey,
    pub mark: Mark,
}

/// How a request is known again.
#[derive(Debug)]
pub enum Mark {
    /// Its key was claimed before: the change marks it as done.
    Claimed,
    /// Nothing was claimed: the change notes the key, unless another request with the same key did so first.
    WithChange { body_hash: String, now: Instant, second: AtomicBool },
    /// It was carried out before, and made or changed this record: nothing is to be done any more.
    Done(Record),
}

/// Whether something was changed for good: from then on no failure may say that nothing was saved. Cheap to clone; all
/// clones tell the same.
#[derive(Clone, Debug, Default)]
pub struct Changed(Arc<AtomicBool>);

impl Changed {
    /// Something is durable.
    fn note(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    /// Whether anything is.
    pub fn is_durable(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

impl Ctx {
    /// The context of a program that has just opened its database.
    pub fn new(store: Store, zone: TimeZone, random: Random) -> Ctx {
        Ctx {
            working: None,
            store,
            zone,
            random,
            live: LiveCell::default(),
            risks: RisksCell::default(),
            shelf: ShelfCell::default(),
            returned: ReturnedCell::default(),
            printing: Printing::default(),
            pulse: Pulse::default(),
            ticks: Pulse::default(),
            hub: Hub::default(),
            sheets: None,
            sheet_writer: None,
            webhooks: Outgoing::default(),
            backups: None,
            request: None,
            changed: Changed::default(),
        }
    }

    /// This context with something that prints.
    pub fn with_printing(self, printing: Printing) -> Ctx {
        Ctx { printing, ..self }
    }

    /// This context with something that reads spreadsheets.
    pub fn with_sheets(self, sheets: Arc<dyn SheetReader>) -> Ctx {
        Ctx { sheets: Some(sheets), ..self }
    }

    /// This context with something that writes tables for Excel.
    pub fn with_sheet_writer(self, writer: Arc<dyn SheetWriter>) -> Ctx {
        Ctx { sheet_writer: Some(writer), ..self }
    }

    /// This context with something that sends messages to other systems.
    pub fn with_webhooks(self, webhooks: Outgoing) -> Ctx {
        Ctx { webhooks, ..self }
    }

    /// This context with somebody who keeps backups.
    pub fn with_backups(self, keeper: Arc<dyn BackupKeeper>) -> Ctx {
        Ctx { backups: Some(keeper), ..self }
    }

    /// Now, as commands see it, and whether the clock can be trusted with it.
    pub async fn moment(&self) -> Result<Moment, StoreError> {
        self.store.read(|tx| Box::pin(store::events::moment(tx))).await
    }

    /// What the writer of a SQLite folder has done since the start; nothing on PostgreSQL.
    pub fn writer_stats(&self) -> Option<WriterStats> {
        self.store.writer_stats()
    }

    /// Connections of PostgreSQL: open, idle, and how many callers wait for one; nothing on SQLite.
    pub fn pool_stats(&self) -> Option<(usize, usize, usize)> {
        self.store.pool_stats()
    }

    /// Whether the file of a SQLite database lies where it was opened; nothing on PostgreSQL.
    pub fn is_in_place(&self) -> Option<bool> {
        self.store.folder().map(|_| self.store.in_place().is_ok())
    }

    /// Writes a mark and keeps it: whether anything can be kept now.
    pub async fn probe_write(&self) -> Result<(), AppError> {
        Ok(store::probe::write(&self.store).await?)
    }

    /// The company's calendar day at `moment`.
    pub fn day(&self, moment: Instant) -> Date {
        company_day(moment, &self.zone)
    }

    /// This context for one request with an Idempotency-Key.
    pub fn for_request(&self, key: RequestKey, mark: Mark) -> Ctx {
        Ctx { request: Some(Arc::new(Request { key, mark })), ..self.clone() }
    }

    /// The record of this kind that the request made when it was sent the first time.
    pub fn made_before(&self, entity: &str) -> Option<i64> {
        match &self.request.as_ref()?.mark {
            Mark::Done(record) if record.entity == entity => Some(record.id),
            Mark::Done(_) | Mark::Claimed | Mark::WithChange { .. } => None,
        }
    }

    /// This context, noting in `changed` what is made durable through it.
    pub fn noting(&self, changed: Changed) -> Ctx {
        Ctx { changed, ..self.clone() }
    }

    /// Writes a command; its request counts as done in the very transaction that makes it durable.
    pub async fn write<C>(&self, command: C) -> Result<C::Out, AppError>
    where
        C: Command<Error = AppError>,
    {
        let written = self.store.write(Once { command, request: self.request.clone() }).await;
        if written.is_ok() {
            self.changed.note();
        }
        written
    }
}

/// The one time zone of a company: China's, without daylight saving, wherever the server stands.
pub fn company_zone() -> TimeZone {
    TimeZone::fixed(jiff::tz::offset(8))
}

/// A command and the request that it answers.
#[derive(Clone)]
struct Once<C> {
    command: C,
    request: Option<Arc<Request>>,
}

impl Mark {
    /// Of a request that claims nothing: what it was fingerprinted by, and what the database's clock said a moment ago.
    pub fn with_change(body_hash: String, now: Instant) -> Mark {
        Mark::WithChange { body_hash, now, second: AtomicBool::default() }
    }
}

impl Request {
    /// Marks in the change's own transaction that it is done; `false` where it was carried out by another.
    async fn marked(&self, tx: &mut Tx<'_>) -> Result<bool, StoreError> {
        match &self.mark {
            Mark::Claimed => idempotency::commit(tx, &self.key).await,
            Mark::WithChange { body_hash, now, second } => {
                let first = idempotency::commit_unclaimed(tx, &self.key, body_hash, *now).await?;
                second.store(!first, Ordering::SeqCst);
                Ok(first)
            }
            Mark::Done(_) => Ok(false),
        }
    }
}

impl<C: Command<Error = AppError>> Command for Once<C> {
    type Out = C::Out;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<C::Out, AppError> {
        let out = self.command.run(tx).await?;
        if let Some(request) = &self.request
            && !request.marked(tx).await?
        {
            return Err(StoreError::Retry("the request was carried out elsewhere".to_string()).into());
        }
        Ok(out)
    }
}
