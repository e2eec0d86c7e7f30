//! Signing in and out, and what a person sees of themselves.

use std::time::Instant;

use app::sessions::{self, Attempt, Me as Known, Token};
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::{AppState, COOKIE, Json, Ref, SignedIn, Visitor};
use crate::problem::Problem;

const DAY_SECONDS: u64 = 24 * 3_600;

/// Account and password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    pub account: String,
    pub password: String,
}

/// The signed-in person.
#[derive(Serialize, ToSchema)]
pub struct Me {
    pub id: i64,
    pub name: String,
    pub account: String,
    pub role_names: Vec<String>,
    pub org: Ref,
    pub rights: Vec<String>,
    pub company: MyCompany,
    pub server_now: i64,
    /// Null: nobody else looks through this person's eyes.
    pub viewing: Option<Viewing>,
}

/// Who looks, and until when.
#[derive(Serialize, ToSchema)]
pub struct Viewing {
    pub by: Ref,
    pub until: i64,
    /// The account that is looked through was locked meanwhile: nothing is seen and nothing is done before the looking
    /// is ended.
    pub locked: bool,
    /// Rights of the person through whose eyes one looks whose content is not shown, since whoever looks does not have
    /// them.
    pub hidden: Vec<String>,
}

/// The company in one line.
#[derive(Serialize, ToSchema)]
pub struct MyCompany {
    pub name: String,
    pub demo: bool,
}

/// The password in use and the one that shall be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordChange {
    pub current: String,
    pub next: String,
}

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(sign_in, sign_out))
        .routes(routes!(sign_out_everywhere))
        .routes(routes!(me))
        .routes(routes!(change_password))
}

/// Sign in; the answer sets the session cookie.
#[utoipa::path(post, path = "/api/session", responses((status = 200, body = Me)))]
async fn sign_in(
    State(state): State<AppState>,
    who: Visitor,
    Json(body): Json<SignIn>,
) -> Result<Response, Problem> {
    may_knock(&state, &who, &body.account).await?;
    let attempt =
        Attempt { account: body.account, password: body.password, address: who.address, agent: who.agent };
    let opened = sessions::sign_in(&who.ctx, state.session_rules(), attempt).await;
    // At the door a wrong password is no wrong field: 401.
    let (token, me) = opened.map_err(|refused| {
        Problem::from(refused).with_status_of("wrong_password", StatusCode::UNAUTHORIZED)
    })?;
    let answer = Json(Me::from(me)).into_response();
    Ok(with_session(answer, &token, &state))
}

/// Who tries without end waits. A person who has signed in from there before does not wait for what others at their
/// address try: they may share it with a whole office.
async fn may_knock(state: &AppState, who: &Visitor, account: &str) -> Result<(), Problem> {
    let now = Instant::now();
    // The address first: what it may not try is not remembered by account, so that made-up accounts do not fill that memory.
    if let Err(seconds) = state.door.count_address(&who.address, now)
        && !sessions::has_signed_in_from(&who.ctx, account, &who.address).await?
    {
        return Err(Problem::slow_down(seconds));
    }
    state.door.count_account(&who.address, account, now).map_err(Problem::slow_down)
}

/// Sign out on this device.
#[utoipa::path(delete, path = "/api/session", responses((status = 204)))]
async fn sign_out(State(state): State<AppState>, who: SignedIn) -> Result<Response, Problem> {
    sessions::sign_out(&who.ctx, &who.actor, &who.token).await?;
    Ok(with_cookie(StatusCode::NO_CONTENT.into_response(), "", 0, state.is_secure()))
}

/// Sign out on all devices.
#[utoipa::path(delete, path = "/api/sessions", responses((status = 204)))]
async fn sign_out_everywhere(State(state): State<AppState>, who: SignedIn) -> Result<Response, Problem> {
    sessions::sign_out_everywhere(&who.ctx, &who.actor).await?;
    Ok(with_cookie(StatusCode::NO_CONTENT.into_response(), "", 0, state.is_secure()))
}

/// The signed-in person; the browser keeps the session for as long again.
#[utoipa::path(get, path = "/api/me", responses((status = 200, body = Me)))]
async fn me(State(state): State<AppState>, who: SignedIn) -> Result<Response, Problem> {
    let mut me = Me::from(sessions::me(&who.ctx, who.actor.person).await?);
    // Through a key, or another's eyes, there are fewer than the person has.
    let rights = who.actor.grants.keys().map(|right| right.key().to_string()).collect();
    let own = std::mem::replace(&mut me.rights, rights);
    let hidden = own.into_iter().filter(|right| who.locked.is_none() && !me.rights.contains(right)).collect();
    me.viewing = who.viewer.as_ref().map(|(viewer, until)| Viewing {
        by: Ref { id: viewer.person.0, name: viewer.name.clone() },
        until: until.0,
        locked: who.locked.is_some(),
        hidden,
    });
    if who.key.is_some() {
        return Ok(Json(me).into_response());
    }
    Ok(with_session(Json(me).into_response(), &who.token, &state))
}

/// Change one's own password; other devices are signed out.
#[utoipa::path(post, path = "/api/me/password", responses((status = 204)))]
async fn change_password(who: SignedIn, Json(body): Json<PasswordChange>) -> Result<StatusCode, Problem> {
    sessions::change_password(&who.ctx, &who.actor, &who.token, &body.current, &body.next).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The browser forgets a session when the server does.
fn with_session(response: Response, token: &Token, state: &AppState) -> Response {
    let seconds = u64::from(state.options.session_days) * DAY_SECONDS;
    with_cookie(response, token.as_str(), seconds, state.is_secure())
}

fn with_cookie(mut response: Response, token: &str, seconds: u64, secure: bool) -> Response {
    let secure = if secure { "; Secure" } else { "" };
    let cookie = format!("{COOKIE}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}");
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

impl From<Known> for Me {
    fn from(known: Known) -> Me {
        let actor = known.identity.actor;
        Me {
            id: actor.person.0,
            name: actor.name,
            account: known.identity.account,
            role_names: known.identity.role_names,
            org: Ref { id: actor.org.0, name: known.identity.org_name },
            rights: actor.grants.keys().map(|right| right.key().to_string()).collect(),
            company: MyCompany { name: known.company.name, demo: known.company.demo },
            server_now: known.now.0,
            viewing: None,
        }
    }
}
