//! The workbench over HTTP: items, drafts, releases and price files, generic over kinds.

mod drafts;
mod exchange;
mod imports;
mod items;
mod releases;
mod wire;
mod wire_drafts;
mod wire_import_choices;
mod wire_imports;
mod wire_suppliers;

use utoipa_axum::router::OpenApiRouter;

use crate::http::AppState;

/// The routes of this area.
pub fn routes() -> OpenApiRouter<AppState> {
    items::routes()
        .merge(drafts::routes())
        .merge(imports::routes())
        .merge(exchange::routes())
        .merge(releases::routes())
}
