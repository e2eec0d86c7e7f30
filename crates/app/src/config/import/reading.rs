//! Reads a price file in the background: others see how far it is, and whoever lets go of it stops it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::time::Duration;

use domain::access::Actor;
use domain::base::ImportId;
use domain::config::apply;
use domain::pricing::import::ImportRefused;
use domain::words::price_import::READING_FAILED;
use store::StoreError;
use store::config::{Draft, Import, ImportState};

use super::choices::Choices;
use super::look::{Job, Looked};
use super::steps::import_for;
use crate::config::checks::read_rows;
use crate::config::returned::TURNS;
use crate::ports::Watcher;
use crate::{AppError, Ctx};

/// How far it is, is put down so often.
const BETWEEN_WORDS: Duration = Duration::from_millis(500);

/// What the reading thread and those who wait for it share.
#[derive(Default)]
struct Shared {
    percent: AtomicU8,
    stopped: AtomicBool,
}

impl Watcher for Shared {
    fn goes_on(&self, percent: u8) -> bool {
        self.percent.store(percent, Ordering::Relaxed);
        !self.stopped.load(Ordering::Relaxed)
    }
}

/// Reads the file as its choices stand and puts down what was read, or why nothing was.
pub async fn carry_out_import(ctx: &Ctx, actor: &Actor, id: ImportId) -> Result<(), AppError> {
    let (import, _) = load(ctx, actor, id).await?;
    if import.state != ImportState::Reading {
        return Ok(());
    }
    let at = (id, import.version);
    let shared = Arc::new(Shared::default());
    let mut work = std::pin::pin!(look(ctx, actor, &import, shared.clone()));
    let looked = loop {
        tokio::select! {
            looked = &mut work => break looked,
            () = tokio::time::sleep(BETWEEN_WORDS) => {
                if !note(ctx, at, &shared).await {
                    shared.stopped.store(true, Ordering::Relaxed);
                }
            }
        }
    };
    let outcome = looked.and_then(|looked| json(&looked)).map_err(|error| match error {
        AppError::Refused(refusal) => refusal.sentence(),
        error => {
            tracing::error!(?error, "a price file could not be read");
            READING_FAILED.to_string()
        }
    });
    finish(ctx, at, outcome).await
}

async fn look(ctx: &Ctx, actor: &Actor, import: &Import, shared: Arc<Shared>) -> Result<Looked, AppError> {
    let turn = TURNS.acquire().await;
    let (_, job) = job(ctx, actor, import).await?;
    let done = tokio::task::spawn_blocking(move || job.look(&*shared)).await;
    drop(turn);
    done.map_err(|error| StoreError::Decode(error.to_string()))?
}

/// The draft, and all that reading the file beside it needs.
pub(super) async fn job(ctx: &Ctx, actor: &Actor, import: &Import) -> Result<(Draft, Job), AppError> {
    let (draft, base, delta) = read_rows(ctx, actor, import.draft).await?;
    let reader = ctx.sheets.clone().ok_or(ImportRefused::NoReader)?;
    let choices = Choices::from_json(&import.choices)?;
    let (place, supplier) = (draft.scope, choices.supplier.clone());
    let (products, memory) = ctx
        .store
        .read(|tx| {
            Box::pin(async move {
                let products = store::config::known_products(tx).await?;
                Ok::<_, StoreError>((products, store::config::memory_for(tx, place, &supplier).await?))
            })
        })
        .await?;
    let bytes = store::files::whole(&ctx.store, &import.file).await?;
    let rows = apply(&base, &delta);
    let today = ctx.day(ctx.moment().await?.now);
    let file_name = import.file_name.clone();
    Ok((draft, Job { reader, file_name, bytes, choices, memory, rows, products, today }))
}

pub(super) async fn load(ctx: &Ctx, actor: &Actor, id: ImportId) -> Result<(Import, Draft), AppError> {
    let actor = actor.clone();
    ctx.store.read(|tx| Box::pin(async move { import_for(tx, &actor, id).await })).await
}

/// Puts down how far it is; `false` when nobody waits any more. A database that is away for a moment stops nothing.
async fn note(ctx: &Ctx, at: (ImportId, i64), shared: &Shared) -> bool {
    let percent = i64::from(shared.percent.load(Ordering::Relaxed));
    let noted = ctx.store.change(move |tx| {
        Box::pin(async move {
            let now = store::events::moment(tx).await?.now;
            store::config::note_progress(tx, at, percent, now).await
        })
    });
    let noted: Result<bool, StoreError> = noted.await;
    noted.unwrap_or(true)
}

async fn finish(ctx: &Ctx, at: (ImportId, i64), outcome: Result<String, String>) -> Result<(), AppError> {
    let finished = ctx.store.change(move |tx| {
        let outcome = outcome.clone();
        Box::pin(async move {
            let now = store::events::moment(tx).await?.now;
            let outcome = outcome.as_deref().map_err(String::as_str);
            store::config::finish_import(tx, at, outcome, now).await
        })
    });
    let finished: Result<(), StoreError> = finished.await;
    Ok(finished?)
}

/// What was read, as it is kept.
pub(super) fn json(looked: &Looked) -> Result<String, AppError> {
    let text = serde_json::to_string(&looked.preview);
    Ok(text.map_err(|error| StoreError::Decode(error.to_string()))?)
}
