//! The operations on price files: brought beside a draft, settled, followed, taken over; and what they have taught.

use app::AppError;
use app::config;
use axum::http::StatusCode;
use domain::base::{DraftId, ImportId, SupplierId};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::drafts::seen;
use super::wire_import_choices::{ImportApply, ImportChoices, ImportStart};
use super::wire_imports::{Import, ImportList, ImportResult};
use super::wire_suppliers::{ImportSupplier, ImportSupplierList, SupplierMemory};
use crate::http::{AppState, IfMatch, Json, Path, SignedIn, Versioned, or_current};
use crate::problem::Problem;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, begin))
        .routes(routes!(read, settle))
        .routes(routes!(cancel))
        .routes(routes!(apply))
        .routes(routes!(suppliers))
        .routes(routes!(supplier, forget))
}

/// The price files that were brought beside a draft, newest first.
#[utoipa::path(get, path = "/api/config/drafts/{id}/imports", params(("id" = i64, Path)),
    responses((status = 200, body = ImportList)))]
async fn list(who: SignedIn, Path(id): Path<i64>) -> Result<Json<ImportList>, Problem> {
    let found = config::imports_of(&who.ctx, &who.actor, DraftId(id)).await?;
    Ok(Json(ImportList { items: found.into_iter().map(Import::from).collect() }))
}

/// Bring a price file beside a draft; it is read in the background.
#[utoipa::path(post, path = "/api/config/drafts/{id}/imports", params(("id" = i64, Path)),
    request_body = ImportStart, responses((status = 201, body = Import)))]
async fn begin(
    who: SignedIn,
    Path(id): Path<i64>,
    Json(body): Json<ImportStart>,
) -> Result<(StatusCode, Versioned<Import>), Problem> {
    let brought = (body.file, body.supplier);
    let import = config::begin_import(&who.ctx, &who.actor, DraftId(id), brought).await?;
    read_behind(&who, import);
    Ok((StatusCode::CREATED, now(&who, import).await?))
}

/// One price file: how far it is, what was read of it, what became of it.
#[utoipa::path(get, path = "/api/config/imports/{id}", params(("id" = i64, Path)),
    responses((status = 200, body = Import)))]
async fn read(who: SignedIn, Path(id): Path<i64>) -> Result<Versioned<Import>, Problem> {
    now(&who, ImportId(id)).await
}

/// Settle a price file otherwise: supplier, sheets, columns, rows; it is read anew in the background.
#[utoipa::path(patch, path = "/api/config/imports/{id}", params(("id" = i64, Path)),
    request_body = ImportChoices, responses((status = 200, body = Import)))]
async fn settle(
    who: SignedIn,
    Path(id): Path<i64>,
    IfMatch(version): IfMatch,
    Json(body): Json<ImportChoices>,
) -> Result<Versioned<Import>, Problem> {
    let (id, choices) = (ImportId(id), body.choices()?);
    let outcome = config::change_import(&who.ctx, &who.actor, (id, version), choices).await;
    or_now(&who, id, outcome).await?;
    read_behind(&who, id);
    now(&who, id).await
}

/// Let go of a price file; reading stops.
#[utoipa::path(post, path = "/api/config/imports/{id}/cancel", params(("id" = i64, Path)),
    responses((status = 200, body = Import)))]
async fn cancel(who: SignedIn, Path(id): Path<i64>) -> Result<Versioned<Import>, Problem> {
    config::cancel_import(&who.ctx, &who.actor, ImportId(id)).await?;
    now(&who, ImportId(id)).await
}

/// Take a price file over into its draft.
#[utoipa::path(post, path = "/api/config/imports/{id}/apply", params(("id" = i64, Path)),
    request_body = ImportApply, responses((status = 200, body = ImportResult)))]
async fn apply(
    who: SignedIn,
    Path(id): Path<i64>,
    Json(body): Json<ImportApply>,
) -> Result<Versioned<ImportResult>, Problem> {
    let taken = config::apply_import(&who.ctx, &who.actor, ImportId(id), body.skip_bad).await?;
    let import = config::import(&who.ctx, &who.actor, ImportId(id)).await?;
    let Versioned(version, draft) = seen(&who, import.import.draft).await?;
    Ok(Versioned(version, ImportResult { draft, counts: taken.counts.into(), skipped: taken.skipped }))
}

/// The suppliers whose price files are remembered, newest first.
#[utoipa::path(get, path = "/api/config/suppliers", responses((status = 200, body = ImportSupplierList)))]
async fn suppliers(who: SignedIn) -> Result<Json<ImportSupplierList>, Problem> {
    let found = config::suppliers(&who.ctx, &who.actor).await?;
    Ok(Json(ImportSupplierList { items: found.into_iter().map(ImportSupplier::from).collect() }))
}

/// What the price files of one supplier have taught.
#[utoipa::path(get, path = "/api/config/suppliers/{id}", params(("id" = i64, Path)),
    responses((status = 200, body = SupplierMemory)))]
async fn supplier(who: SignedIn, Path(id): Path<i64>) -> Result<Json<SupplierMemory>, Problem> {
    Ok(Json(config::supplier(&who.ctx, &who.actor, SupplierId(id)).await?.into()))
}

/// Forget what the price files of a supplier have taught.
#[utoipa::path(delete, path = "/api/config/suppliers/{id}", params(("id" = i64, Path)),
    responses((status = 204)))]
async fn forget(who: SignedIn, Path(id): Path<i64>) -> Result<StatusCode, Problem> {
    config::forget_supplier(&who.ctx, &who.actor, SupplierId(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Reads the file in the background; what goes wrong there is put down at the import.
fn read_behind(who: &SignedIn, id: ImportId) {
    let (ctx, actor) = (who.ctx.clone(), who.actor.clone());
    tokio::spawn(async move {
        if let Err(error) = config::carry_out_import(&ctx, &actor, id).await {
            tracing::error!(import = id.0, ?error, "a price file was not read to its end");
        }
    });
}

async fn now(who: &SignedIn, id: ImportId) -> Result<Versioned<Import>, Problem> {
    let view = config::import(&who.ctx, &who.actor, id).await?;
    Ok(Versioned(view.import.version, view.into()))
}

async fn or_now<T>(who: &SignedIn, id: ImportId, outcome: Result<T, AppError>) -> Result<T, Problem> {
    or_current(outcome, async {
        let Versioned(_, import) = now(who, id).await?;
        let changed_by = Some(import.by.name.clone());
        Ok((import, changed_by))
    })
    .await
}
