//! Products and categories over HTTP.

mod handlers;
mod pictures;
mod wire;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::AppState;

/// The routes of this area.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(handlers::list, handlers::create))
        .routes(routes!(handlers::read, handlers::update))
        .routes(routes!(handlers::archive))
        .routes(routes!(handlers::restore))
        .routes(routes!(handlers::categories, handlers::create_category))
        .merge(pictures::routes())
}
