//! The company, its people, roles and organisation tree.

mod company;
mod list_views;
mod orgs;
mod people;

use utoipa_axum::router::OpenApiRouter;

use crate::http::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .merge(company::routes())
        .merge(people::routes())
        .merge(orgs::routes())
        .merge(list_views::routes())
}
