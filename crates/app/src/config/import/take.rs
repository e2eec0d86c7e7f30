//! Takes a price file over into its draft, and keeps what it has taught.

use domain::access::{Actor, Right};
use domain::base::ImportId;
use domain::pricing::import::{Change, ImportRefused, Memory};
use serde_json::json;
use store::config::{DeltaRow, ImportState, Taken};
use store::{Command, Tx};

use super::look::Looked;
use super::preview::ImportCounts;
use super::reading::{job, json as kept, load};
use super::steps::import_for;
use crate::config::drafts::{Edit, What, draft_facts, log};
use crate::config::publish::off_threads;
use crate::config::sight::need;
use crate::{AppError, Ctx};

/// What was looked at is read anew when the draft moved meanwhile, at most so often.
const ATTEMPTS_MAX: u32 = 3;

/// What was taken over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    pub counts: ImportCounts,
    /// Rows that were wrong or undecided, and left out.
    pub skipped: usize,
}

/// Takes a file over that was looked at. Rows that are wrong or undecided stop it, unless they are to be left out.
pub async fn apply_import(
    ctx: &Ctx,
    actor: &Actor,
    id: ImportId,
    skip_bad: bool,
) -> Result<Imported, AppError> {
    let mut attempt = 1;
    loop {
        let (import, draft) = load(ctx, actor, id).await?;
        need(actor, Right::ConfigEdit, &draft.scope_path)?;
        draft_facts(&draft).may_edit(actor.person)?;
        match import.state {
            ImportState::Ready => {}
            ImportState::Taken => return Err(ImportRefused::AlreadyTaken.into()),
            ImportState::Reading | ImportState::Failed | ImportState::Cancelled => {
                return Err(ImportRefused::NotRead.into());
            }
        }
        let (draft, job) = job(ctx, actor, &import).await?;
        let (looked, put) = off_threads(move || job.take()).await??;
        let (rows, imported) = taken_over(&looked, &put, skip_bad)?;
        let what = What::Rows(rows);
        let edit = Edit { actor: actor.clone(), id: draft.id, version: draft.version, what };
        let preview = kept(&looked)?;
        let (supplier, taught) = (import.supplier, looked.taught);
        let take = Take { edit, import: (id, import.version), preview, imported, supplier, taught };
        match ctx.write(take).await {
            Err(AppError::Stale { .. }) if attempt < ATTEMPTS_MAX => attempt += 1,
            done => {
                done?;
                ctx.risks.let_go(draft.id);
                return Ok(imported);
            }
        }
    }
}

fn taken_over(
    looked: &Looked,
    put: &[Change],
    skip_bad: bool,
) -> Result<(Vec<DeltaRow>, Imported), ImportRefused> {
    if !looked.faults.is_empty() {
        return Err(ImportRefused::Sheet { faults: looked.faults.clone() });
    }
    let skipped = looked.preview.tally.asked + looked.preview.tally.refused;
    if skipped > 0 && !skip_bad {
        return Err(ImportRefused::BadRows { bad_rows: skipped });
    }
    let row = |change: &Change| DeltaRow {
        key: change.key.clone(),
        about: Some(change.new.product),
        content: Some(change.new.content()),
    };
    let rows = put.iter().map(row).collect();
    Ok((rows, Imported { counts: looked.preview.counts, skipped }))
}

#[derive(Clone)]
struct Take {
    edit: Edit,
    import: (ImportId, i64),
    preview: String,
    imported: Imported,
    supplier: String,
    taught: Memory,
}

impl Command for Take {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        let Take { edit, import: (id, version), preview, imported, supplier, taught } = self;
        let actor = edit.actor.clone();
        // A file that says what the draft says already leaves the draft as it is.
        if matches!(&edit.what, What::Rows(rows) if !rows.is_empty()) {
            edit.run(tx).await?;
        }
        let (import, draft) = import_for(tx, &actor, id).await?;
        let now = store::events::moment(tx).await?.now;
        let taken = Taken { id, version, preview: &preview };
        if !store::config::take_import(tx, taken, now).await? {
            return Err(AppError::Stale { version: import.version });
        }
        if !supplier.is_empty() {
            store::config::learn(tx, (draft.scope, &supplier), &taught, now).await?;
        }
        let facts = json!({
            "import": id, "file_name": import.file_name, "rows": imported.counts, "skipped": imported.skipped,
        });
        log(tx, &actor, now, "draft.imported", (draft.item, draft.id), facts).await
    }
}
