//! Whether somebody still reads a price file: when the server that read it has stopped, another one reads it anew.

use domain::base::{ImportId, PersonId};
use serde::{Deserialize, Serialize};
use store::config::ImportState;
use store::{Command, StoreError, Tx, events, outbox};

use super::reading::carry_out_import;
use super::steps::SILENT_MS_MAX;
use crate::{AppError, Ctx};

/// The effect that looks after the reading of a price file.
pub const IMPORT_EFFECT: &str = "import";
/// It looks so long after the last time; whoever reads says every half second that he does.
const LOOK_AFTER_MS: i64 = SILENT_MS_MAX + 5_000;

/// Which reading of which file, and for whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WatchedImport {
    pub import: ImportId,
    pub version: i64,
    pub person: PersonId,
}

/// Puts down, in the transaction of the change, that the reading is looked after.
pub(super) async fn look_after(tx: &mut Tx<'_>, watched: WatchedImport) -> Result<(), AppError> {
    let now = events::moment(tx).await?.now;
    let key = format!("{IMPORT_EFFECT}:{}:{}:{}", watched.import.0, watched.version, now.0);
    let payload = serde_json::to_string(&watched);
    let payload = payload.map_err(|error| StoreError::Decode(error.to_string()))?;
    let times = (now, now.plus_ms(LOOK_AFTER_MS));
    Ok(outbox::put_later(tx, times, &key, IMPORT_EFFECT, &payload).await?)
}

/// Looks whether the file is still to be read and nobody does; then reads it, behind the runner's back, and looks again
/// later. A reading that is over, or was begun anew with other choices, is let go.
pub async fn watch_import(ctx: &Ctx, watched: WatchedImport) -> Result<(), AppError> {
    let person = watched.person;
    let silent = ctx.write(TakeUp { watched }).await?;
    let actor = ctx.store.read(|tx| Box::pin(store::access::actor(tx, person))).await?;
    if let Some(actor) = actor.filter(|_| silent) {
        let (ctx, id) = (ctx.clone(), watched.import);
        tokio::spawn(async move {
            if let Err(error) = carry_out_import(&ctx, &actor, id).await {
                tracing::error!(import = id.0, ?error, "a price file was not read to its end");
            }
        });
    }
    Ok(())
}

/// Takes the reading up where it is silent, and looks after it for as long as it is not over.
#[derive(Clone)]
struct TakeUp {
    watched: WatchedImport,
}

impl Command for TakeUp {
    type Out = bool;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<bool, AppError> {
        let WatchedImport { import: id, version, .. } = self.watched;
        let Some(import) = store::config::import(tx, id).await? else { return Ok(false) };
        if import.state != ImportState::Reading || import.version != version {
            return Ok(false);
        }
        let now = events::moment(tx).await?.now;
        let since = now.plus_ms(-SILENT_MS_MAX);
        let silent = store::config::take_up_import(tx, (id, version), since, now).await?;
        look_after(tx, self.watched).await?;
        Ok(silent)
    }
}
