//! Customers over HTTP.

mod codes;
mod handlers;
mod wire;
mod wire_options;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) use handlers::CustomersWanted;

use crate::http::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(handlers::list, handlers::create))
        .routes(routes!(handlers::export))
        .routes(routes!(handlers::read, handlers::update))
        .routes(routes!(handlers::timeline))
        .routes(routes!(handlers::options))
        .routes(routes!(codes::read, codes::change))
}
