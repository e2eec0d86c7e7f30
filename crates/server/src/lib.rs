//! The HTTP side: handlers, wire types, problem codes, the description of the interface, and the embedded web.

mod access;
mod assets;
mod catalog;
mod config;
mod customers;
mod documents;
mod files;
mod health;
pub mod http;
mod insights;
mod openapi;
mod orders;
mod problem;
mod quotes;
mod sessions;

use std::future::Future;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use tokio::net::TcpListener;
use utoipa_axum::router::OpenApiRouter;

pub use http::{AppState, ServerOptions};
pub use problem::Problem;

/// After the signal to stop, requests that run may take so long to end.
const STOP_WAIT: Duration = Duration::from_secs(20);

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
        .merge(files::routes())
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
        .fallback(assets::fallback)
        .method_not_allowed_fallback(assets::not_allowed);
    http::layered(routes, &state).with_state(state)
}

/// Serves `app` on `listener` until `stop` is ready, then lets running requests end.
pub async fn serve(
    listener: TcpListener,
    app: Router,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let (stopping, stopped) = tokio::sync::oneshot::channel();
    let stop = async move {
        stop.await;
        // Nobody may be waiting any more; then there is nothing to tell.
        let _ = stopping.send(());
    };
    let service = app.into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, service).with_graceful_shutdown(stop);
    let overdue = async move {
        if stopped.await.is_ok() {
            tokio::time::sleep(STOP_WAIT).await;
        } else {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        outcome = serving => outcome,
        () = overdue => Ok(()),
    }
}
