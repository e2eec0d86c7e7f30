//! Keys with which programs work in a person's name.

use app::keys;
use axum::http::StatusCode;
use domain::words::access::right_name;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::{AppState, Json, Path, Ref, SignedIn};
use crate::problem::Problem;

/// A right by its key and its name.
#[derive(Serialize, ToSchema)]
pub struct NamedRight {
    pub id: String,
    pub name: String,
}

/// A key as it is listed; the key itself is shown once, when it is made.
#[derive(Serialize, ToSchema)]
pub struct ApiKey {
    pub id: i64,
    pub person: Ref,
    pub name: String,
    /// Its last letters.
    pub hint: String,
    pub rights: Vec<NamedRight>,
    pub created_at: i64,
    pub expires_at: i64,
    pub used_at: Option<i64>,
    pub revoked_at: Option<i64>,
    /// It works: neither over nor revoked.
    pub active: bool,
}

/// All keys that one sees, and what one may give to one's own.
#[derive(Serialize, ToSchema)]
pub struct ApiKeys {
    pub items: Vec<ApiKey>,
    pub rights: Vec<NamedRight>,
    /// Those of everybody are listed.
    pub everybodys: bool,
}

/// A key to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewApiKey {
    pub name: String,
    /// Keys of rights, of those that one has.
    pub rights: Vec<String>,
    /// After so many days it is over, 1 to 366.
    pub days: i64,
}

/// The key that was made; `secret` is shown this once.
#[derive(Serialize, ToSchema)]
pub struct MadeApiKey {
    pub key: ApiKey,
    pub secret: String,
}

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list, make)).routes(routes!(revoke))
}

/// One's own keys; with the widest reach those of everybody.
#[utoipa::path(get, path = "/api/keys", responses((status = 200, body = ApiKeys)))]
async fn list(who: SignedIn) -> Result<Json<ApiKeys>, Problem> {
    let found = keys::list(&who.ctx, &who.actor).await?;
    Ok(Json(ApiKeys {
        items: found.keys.into_iter().map(|key| ApiKey::at(key, found.now)).collect(),
        rights: found.rights.into_iter().map(named).collect(),
        everybodys: found.everybodys,
    }))
}

/// Make a key that works in one's own name. Not kept under an Idempotency-Key: the answer holds the key.
#[utoipa::path(post, path = "/api/keys", responses((status = 201, body = MadeApiKey)))]
async fn make(who: SignedIn, Json(body): Json<NewApiKey>) -> Result<(StatusCode, Json<MadeApiKey>), Problem> {
    let made = keys::make(&who.ctx, &who.actor, &body.name, &body.rights, body.days).await?;
    let now = made.key.created_at;
    let made = MadeApiKey { key: ApiKey::at(made.key, now), secret: made.secret };
    Ok((StatusCode::CREATED, Json(made)))
}

/// End a key at once.
#[utoipa::path(delete, path = "/api/keys/{id}", responses((status = 200, body = ApiKey)))]
async fn revoke(who: SignedIn, Path(id): Path<i64>) -> Result<Json<ApiKey>, Problem> {
    let key = keys::revoke(&who.ctx, &who.actor, id).await?;
    let now = key.revoked_at.unwrap_or(key.expires_at);
    Ok(Json(ApiKey::at(key, now)))
}

fn named(right: domain::access::Right) -> NamedRight {
    NamedRight { id: right.key().to_string(), name: right_name(right).to_string() }
}

impl ApiKey {
    fn at(key: keys::ApiKey, now: domain::base::Instant) -> ApiKey {
        ApiKey {
            id: key.id,
            person: Ref { id: key.person.0.0, name: key.person.1 },
            name: key.name,
            hint: key.hint,
            active: key.revoked_at.is_none() && now < key.expires_at,
            rights: key.rights.into_iter().map(named).collect(),
            created_at: key.created_at.0,
            expires_at: key.expires_at.0,
            used_at: key.used_at.map(|at| at.0),
            revoked_at: key.revoked_at.map(|at| at.0),
        }
    }
}
