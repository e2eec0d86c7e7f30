//! The HTTP side: handlers, wire types, problem codes, the description of the interface, and the embedded web.

mod access;
mod assets;
mod audit;
mod automation;
mod backups;
mod catalog;
mod config;
mod customers;
mod documents;
mod files;
mod health;
pub mod http;
mod insights;
mod keys;
mod listen;
mod metrics;
mod notices;
mod openapi;
mod orders;
mod problem;
mod quotes;
mod sessions;
mod stream;
mod tasks;
mod tls;
mod webhooks;
mod worded;

use axum::Router;
use axum::routing::get;
use utoipa_axum::router::OpenApiRouter;

pub use http::{AppState, ServerOptions};
pub use listen::{Door, Limits, serve};
pub use problem::Problem;
pub use tls::{Tls, TlsFault};

/// Every operation, with its description. An area adds itself here.
fn operations() -> OpenApiRouter<AppState> {
    OpenApiRouter::with_openapi(openapi::begun())
        .merge(health::routes())
        .merge(sessions::routes())
        .merge(access::routes())
        .merge(catalog::routes())
        .merge(config::routes())
        .merge(customers::routes())
        .merge(quotes::routes())
        .merge(orders::routes())
        .merge(documents::routes())
        .merge(insights::routes())
        .merge(automation::routes())
        .merge(tasks::routes())
        .merge(notices::routes())
        .merge(stream::routes())
        .merge(files::routes())
        .merge(keys::routes())
        .merge(audit::routes())
        .merge(webhooks::routes())
        .merge(backups::routes())
}

/// The description of the interface (OpenAPI 3.1).
pub fn document() -> utoipa::openapi::OpenApi {
    openapi::completed(operations().into_openapi())
}

/// The whole server: the interface under `/api`, the web under everything else.
pub fn app(state: AppState) -> Router {
    let (routes, document) = operations().split_for_parts();
    let document = openapi::served(&openapi::completed(document));
    let routes = routes
        .route("/api/openapi.json", get(async move || document.clone()))
        .route("/api/docs", get(assets::page))
        .route("/metrics", get(metrics::metrics))
        .fallback(assets::fallback)
        .method_not_allowed_fallback(assets::not_allowed);
    http::layered(routes, &state).with_state(state)
}
