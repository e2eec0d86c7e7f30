//! What is done with a price file before it is taken over: brought, settled, let go; and how it is seen.

use domain::access::{AccessRefused, Actor, Right};
use domain::base::{DraftId, FieldFault, ImportId, Instant, Invalid, ItemId, OrgId};
use domain::config::{DraftState, Kind};
use domain::pricing::import::{ImportRefused, supplier_of};
use domain::words::base::called;
use domain::words::price_import::PRICE_FILE;
use store::config::{Draft, Import, ImportState, NewImport};
use store::{Command, StoreError, Tx};

use super::choices::Choices;
use super::preview::Preview;
use super::watch::{WatchedImport, look_after};
use crate::config::drafts::draft_facts;
use crate::config::sight::{draft_for, may, need};
use crate::{AppError, Ctx};

/// Reading tells every second how far it is: after so long without a word nobody reads any more.
pub(super) const SILENT_MS_MAX: i64 = 60_000;
/// So many imports of a draft are listed.
const LISTED_MAX: u32 = 50;

/// A price file beside a draft, as people see it.
#[derive(Clone, Debug)]
pub struct ImportView {
    pub import: Import,
    pub choices: Choices,
    /// What was read last; `None` while it is read for the first time, and in lists.
    pub preview: Option<Preview>,
    /// The server that read it is gone: it must be read again.
    pub stalled: bool,
    pub draft_title: String,
    pub draft_state: DraftState,
    pub item: ItemId,
    pub item_name: String,
    /// The place of the item: what its files teach is remembered there.
    pub scope: OrgId,
    /// The revision that the draft has become.
    pub published_n: Option<i64>,
    /// Whether this person may settle and take it over.
    pub editable: bool,
}

/// Brings a file beside a draft. It is read by `carry_out_import`, which the caller starts.
pub async fn begin_import(
    ctx: &Ctx,
    actor: &Actor,
    draft: DraftId,
    (file, supplier): (String, Option<String>),
) -> Result<ImportId, AppError> {
    let choices = Choices { supplier: supplier.clone().unwrap_or_default(), ..Choices::default() };
    let choices = choices.checked("")?;
    let named = supplier.map(|_| choices.supplier.clone());
    ctx.write(Begin { actor: actor.clone(), draft, file, named, choices }).await
}

#[derive(Clone)]
struct Begin {
    actor: Actor,
    draft: DraftId,
    file: String,
    /// The supplier that somebody named.
    named: Option<String>,
    choices: Choices,
}

impl Command for Begin {
    type Out = ImportId;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<ImportId, AppError> {
        let draft = draft_for(tx, &self.actor, self.draft).await?;
        need(&self.actor, Right::ConfigEdit, &draft.scope_path)?;
        match draft.kind {
            Kind::PriceList => {}
            Kind::Tier
            | Kind::PriceCorridor
            | Kind::PriceLimit
            | Kind::Snippet
            | Kind::Template
            | Kind::Seal
            | Kind::Calendar
            | Kind::Rule => {
                return Err(ImportRefused::KindWithoutImport.into());
            }
        }
        if self.file.is_empty() {
            let missing = called(PRICE_FILE, &FieldFault::Missing);
            return Err(Invalid::one("file", missing).into());
        }
        let file = store::files::uploaded_by(tx, &self.file, self.actor.person).await?;
        let file = file.ok_or(AccessRefused::NotFound)?;
        draft_facts(&draft).may_edit(self.actor.person)?;
        let known = store::config::supplier_names(tx, draft.scope).await?;
        let supplier = self.named.or_else(|| supplier_of(&file.name, &known)).unwrap_or_default();
        let choices = Choices { supplier, ..self.choices };
        let new = NewImport {
            draft: draft.id,
            file: &file.hash,
            file_name: &file.name,
            person: self.actor.person,
            supplier: &choices.supplier,
            choices: &choices.to_json()?,
        };
        let now = store::events::moment(tx).await?.now;
        let import = store::config::insert_import(tx, new, now).await?;
        look_after(tx, WatchedImport { import, version: 1, person: self.actor.person }).await?;
        Ok(import)
    }
}

/// Settles the file otherwise, on the version that the person saw; it is to be read anew by `carry_out_import`.
pub async fn change_import(
    ctx: &Ctx,
    actor: &Actor,
    (id, version): (ImportId, i64),
    choices: Choices,
) -> Result<(), AppError> {
    ctx.write(Settle { actor: actor.clone(), id, version, choices: Some(choices) }).await
}

/// Lets go of a file; reading stops.
pub async fn cancel_import(ctx: &Ctx, actor: &Actor, id: ImportId) -> Result<(), AppError> {
    ctx.write(Settle { actor: actor.clone(), id, version: 0, choices: None }).await
}

#[derive(Clone)]
struct Settle {
    actor: Actor,
    id: ImportId,
    version: i64,
    /// As they were sent; `None` lets go of the file.
    choices: Option<Choices>,
}

impl Command for Settle {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        let (import, draft) = import_for(tx, &self.actor, self.id).await?;
        need(&self.actor, Right::ConfigEdit, &draft.scope_path)?;
        draft_facts(&draft).may_edit(self.actor.person)?;
        let now = store::events::moment(tx).await?.now;
        let done = match self.choices {
            None => store::config::cancel_import(tx, self.id, now).await?,
            Some(choices) => {
                if import.state != ImportState::Taken && import.version != self.version {
                    return Err(AppError::Stale { version: import.version });
                }
                let choices = choices.checked(&import.supplier)?;
                let texts = (choices.supplier.as_str(), choices.to_json()?);
                let at = (self.id, self.version);
                let begun = store::config::restart_import(tx, at, (texts.0, &texts.1), now).await?;
                if begun {
                    let (version, person) = (self.version + 1, self.actor.person);
                    look_after(tx, WatchedImport { import: self.id, version, person }).await?;
                }
                begun
            }
        };
        if done { Ok(()) } else { Err(ImportRefused::AlreadyTaken.into()) }
    }
}

/// One import with what was read of it.
pub async fn import(ctx: &Ctx, actor: &Actor, id: ImportId) -> Result<ImportView, AppError> {
    let actor = actor.clone();
    ctx.store
        .read(|tx| {
            Box::pin(async move {
                let (import, draft) = import_for(tx, &actor, id).await?;
                let now = store::events::moment(tx).await?.now;
                let text = store::config::import_preview(tx, id).await?;
                let preview = text.map(|text| serde_json::from_str(&text)).transpose();
                let preview = preview.map_err(|error| StoreError::Decode(error.to_string()))?;
                view(&actor, import, &draft, preview, now)
            })
        })
        .await
}

/// The imports of a draft, newest first, without what was read of them.
pub async fn imports_of(ctx: &Ctx, actor: &Actor, draft: DraftId) -> Result<Vec<ImportView>, AppError> {
    let actor = actor.clone();
    ctx.store
        .read(|tx| {
            Box::pin(async move {
                let draft = draft_for(tx, &actor, draft).await?;
                let now = store::events::moment(tx).await?.now;
                let imports = store::config::imports_of(tx, draft.id, LISTED_MAX).await?;
                imports.into_iter().map(|import| view(&actor, import, &draft, None, now)).collect()
            })
        })
        .await
}

/// The import and its draft, or "no such record" for whoever does not see the draft.
pub(super) async fn import_for(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ImportId,
) -> Result<(Import, Draft), AppError> {
    let import = store::config::import(tx, id).await?.ok_or(AccessRefused::NotFound)?;
    let draft = draft_for(tx, actor, import.draft).await?;
    Ok((import, draft))
}

fn view(
    actor: &Actor,
    import: Import,
    draft: &Draft,
    preview: Option<Preview>,
    now: Instant,
) -> Result<ImportView, AppError> {
    let silent = now.0.saturating_sub(import.updated_at.0) > SILENT_MS_MAX;
    let edits = may(actor, Right::ConfigEdit, &draft.scope_path);
    Ok(ImportView {
        choices: Choices::from_json(&import.choices)?,
        preview,
        stalled: import.state == ImportState::Reading && silent,
        draft_title: draft.title.clone(),
        draft_state: draft.state,
        item: draft.item,
        item_name: draft.item_name.clone(),
        scope: draft.scope,
        published_n: draft.published_n,
        editable: edits && draft_facts(draft).may_edit(actor.person).is_ok(),
        import,
    })
}
