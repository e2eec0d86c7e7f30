//! Measures of work, and what waits for a person today.

mod activity;
mod conversion;
mod handling;
mod today;

use utoipa_axum::router::OpenApiRouter;

use crate::http::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .merge(activity::routes())
        .merge(conversion::routes())
        .merge(handling::routes())
        .merge(today::routes())
}
