//! Which backups there are, one more when an administrator asks for it, and what became of each, written where everything
//! that happens is written.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::access::{Actor, Right};
use domain::base::{Instant, PersonId};
use serde_json::{Value, json};
use store::audit::{self, LogFilter, LogRow};
use store::events::{self, Event};
use store::{Command, StoreError, Tx};

use crate::ports::{BackupKeeper, KeptBackup};
use crate::{AppError, Ctx};

const MADE: &str = "backup.made";
const FAILED: &str = "backup.failed";
const ASKED: &str = "backup.asked";
/// More than are ever kept: what the log says of each can be found.
const NOTES_MAX: u32 = 400;

/// The backups of this server, and when the next one comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backups {
    /// The newest first.
    pub kept: Vec<(KeptBackup, Option<ReadBack>)>,
    /// One is being made, or about to be.
    pub making: bool,
    /// In which minute of the company's day one is made by itself; `None`: never.
    pub minute: Option<u32>,
    /// So many are kept.
    pub keeps: usize,
    /// When the last one that came to nothing was given up, and why in words; `None` once a later one is made.
    pub failed: Option<(Instant, String)>,
}

/// What was found when a backup was read back after it was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadBack {
    /// Files that the database names and that could not be found.
    pub missing: u64,
}

/// The backups that lie in this server's folder, with what the log says of each.
pub async fn list(ctx: &Ctx, actor: &Actor) -> Result<Backups, AppError> {
    actor.need(Right::CompanyWrite)?;
    let keeper = keeper_of(ctx)?;
    let shelf = keeper.clone();
    let kept = tokio::task::spawn_blocking(move || shelf.kept()).await;
    let kept = kept.map_err(|error| StoreError::Unavailable(error.to_string()))?;
    let (made, failed) = ctx
        .store
        .read(|tx| {
            Box::pin(async move {
                let made = notes(tx, MADE, NOTES_MAX).await?;
                let failed = notes(tx, FAILED, 1).await?;
                Ok::<_, StoreError>((made, failed))
            })
        })
        .await?;
    let newest = made.first().map(|row| row.event.at);
    let failed = failed.into_iter().next().filter(|row| newest.is_none_or(|newest| newest < row.event.at));
    let read_back = read_back(&made);
    Ok(Backups {
        kept: kept
            .into_iter()
            .map(|one| {
                let found = read_back.get(&one.name).copied();
                (one, found)
            })
            .collect(),
        making: keeper.is_making(),
        minute: keeper.minute(),
        keeps: keeper.keeps(),
        failed: failed.map(|row| (row.event.at, text(&row.event.facts, "reason"))),
    })
}

/// Has a backup made as soon as it can be; what becomes of it stands in the list and in the log.
pub async fn make_now(ctx: &Ctx, actor: &Actor) -> Result<(), AppError> {
    actor.need(Right::CompanyWrite)?;
    let keeper = keeper_of(ctx)?;
    ctx.write(Note { actor: Some(actor.person), kind: ASKED, facts: json!({}) }).await?;
    keeper.make_now();
    Ok(())
}

fn keeper_of(ctx: &Ctx) -> Result<Arc<dyn BackupKeeper>, AppError> {
    let missing = || StoreError::Unavailable("nobody keeps backups here".to_string());
    Ok(ctx.backups.clone().ok_or_else(missing)?)
}

/// The newest events of a kind.
async fn notes(tx: &mut Tx<'_>, kind: &str, limit: u32) -> Result<Vec<LogRow>, StoreError> {
    let filter = LogFilter { kind: Some(kind.to_string()), ..LogFilter::default() };
    audit::list(tx, &filter, None, limit).await
}

/// By the name of a backup.
fn read_back(made: &[LogRow]) -> BTreeMap<String, ReadBack> {
    let told = made.iter().map(|row| {
        let missing = row.event.facts.get("missing").and_then(Value::as_u64).unwrap_or_default();
        (text(&row.event.facts, "name"), ReadBack { missing })
    });
    told.collect()
}

fn text(facts: &Value, name: &str) -> String {
    facts.get(name).and_then(Value::as_str).unwrap_or_default().to_string()
}

/// Notes a backup that was made and read back, and how many files it could not find.
pub async fn note_made(ctx: &Ctx, name: &str, bytes: u64, missing: usize) -> Result<(), AppError> {
    note(ctx, MADE, json!({"name": name, "bytes": bytes, "missing": missing})).await
}

/// Notes that no backup was made, and why.
pub async fn note_failed(ctx: &Ctx, reason: &str) -> Result<(), AppError> {
    note(ctx, FAILED, json!({"reason": reason})).await
}

async fn note(ctx: &Ctx, kind: &'static str, facts: Value) -> Result<(), AppError> {
    ctx.write(Note { actor: None, kind, facts }).await
}

#[derive(Clone)]
struct Note {
    actor: Option<PersonId>,
    kind: &'static str,
    facts: Value,
}

impl Command for Note {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        let now = events::moment(tx).await?.now;
        let event =
            Event { actor: self.actor, kind: self.kind, entity: "company", entity_id: 1, facts: self.facts };
        events::append(tx, now, &event).await?;
        Ok(())
    }
}
