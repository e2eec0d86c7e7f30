//! What became of the nightly backups, written where everything that happens is written.

use serde_json::{Value, json};
use store::events::{self, Event};
use store::{Command, Tx};

use crate::{AppError, Ctx};

/// Notes a backup that was made and read back, and how many files it could not find.
pub async fn note_made(ctx: &Ctx, name: &str, bytes: u64, missing: usize) -> Result<(), AppError> {
    note(ctx, "backup.made", json!({"name": name, "bytes": bytes, "missing": missing})).await
}

/// Notes that no backup was made, and why.
pub async fn note_failed(ctx: &Ctx, reason: &str) -> Result<(), AppError> {
    note(ctx, "backup.failed", json!({"reason": reason})).await
}

async fn note(ctx: &Ctx, kind: &'static str, facts: Value) -> Result<(), AppError> {
    ctx.write(Note { kind, facts }).await
}

#[derive(Clone)]
struct Note {
    kind: &'static str,
    facts: Value,
}

impl Command for Note {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        let now = events::moment(tx).await?.now;
        let event =
            Event { actor: None, kind: self.kind, entity: "company", entity_id: 1, facts: self.facts };
        events::append(tx, now, &event).await?;
        Ok(())
    }
}
