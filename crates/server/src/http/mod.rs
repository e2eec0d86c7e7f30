//! What all handlers share: who asks, what was sent, and the layers that every request passes.

mod columns;
mod extract;
mod guard;
mod keyed;
mod once;
mod page;
mod rate;
mod state;
mod trace;
mod version;
mod who;

pub use columns::{CustomerColumnName, OrderColumnName, QuoteColumnName};
pub use extract::{
    BareJson, Empty, Json, Path, Query, fields, given, list_of_fields, maybe_fields, read_json, read_query,
};
pub use guard::PUBLIC;
pub use keyed::NOT_WITH_KEY;
pub use once::WITHOUT_KEY;
pub use page::{Page, Paging, Ref, columns_of, mark, mark_of};
pub use state::{AppState, ServerOptions};
pub use trace::TRACE_ID;
pub(crate) use trace::new_trace_id;
pub use version::{IfMatch, IfMatchMaybe, Versioned, WITHOUT_VERSION, changed_by, or_current};
pub use who::{COOKIE, SignedIn, Visitor};

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::response::IntoResponse;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};

use crate::problem::Problem;

/// The largest JSON body.
pub const JSON_BYTES_MAX: usize = 1 << 20;
const COMPRESSED_FROM_BYTES: u64 = 1_024;

/// Puts the layers around the routes of the interface.
pub(crate) fn layered(routes: Router<AppState>, state: &AppState) -> Router<AppState> {
    let worth = SizeAbove::new(COMPRESSED_FROM_BYTES)
        .and(NotForContentType::const_new("application/pdf"))
        .and(NotForContentType::IMAGES)
        .and(NotForContentType::SSE);
    routes
        .route_layer(from_fn_with_state(state.clone(), once::once))
        .route_layer(from_fn_with_state(state.clone(), guard::acting))
        .route_layer(from_fn_with_state(state.clone(), guard::strangers))
        .layer(DefaultBodyLimit::max(JSON_BYTES_MAX))
        .layer(from_fn_with_state(state.clone(), guard::same_origin))
        .layer(CatchPanicLayer::custom(|_| Problem::internal("a handler panicked").into_response()))
        .layer(from_fn_with_state(state.clone(), trace::trace))
        .layer(CompressionLayer::new().compress_when(worth))
}
