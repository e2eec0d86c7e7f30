//! Who a request comes from: a signed-in person, or a stranger at an address.

use std::net::{IpAddr, SocketAddr};
use std::ops::Deref;
use std::sync::Arc;
use std::time::{Duration, Instant as Stopwatch};

use app::keys::who_holds;
use app::sessions::{Acting, Token, who_is};
use app::{Changed, Ctx};
use axum::extract::{ConnectInfo, FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use domain::access::Actor;
use domain::base::{Instant, PersonId};

use super::state::AppState;
use crate::problem::Problem;

/// The name of the session cookie.
pub const COOKIE: &str = "huxi_session";
/// Behind a proxy on the same machine, whom it speaks for.
const FORWARDED: &str = "x-forwarded-for";
/// For so long what the clock said counts as now.
const CLOCK_HOLDS: Duration = Duration::from_secs(1);

/// A signed-in person, with the context of this request. A handler without it does not get a person. Every layer looks at
/// it, so that a clone is one pointer.
#[derive(Clone)]
pub struct SignedIn(Arc<Who>);

/// What a request that comes from somebody signed in knows of them.
#[derive(Clone)]
pub struct Who {
    pub ctx: Ctx,
    pub actor: Actor,
    pub token: Token,
    /// Who looks through the actor's eyes, and until when; `None`: the actor themselves.
    pub viewer: Option<(Actor, Instant)>,
    /// A program works here, with the key of this number.
    pub key: Option<i64>,
    /// The account that is looked through was locked meanwhile; see `Acting`.
    pub locked: Option<PersonId>,
    /// What the database's clock said when the person was looked up, and when that was.
    pub(super) looked: Option<(Instant, Stopwatch)>,
}

impl Deref for SignedIn {
    type Target = Who;

    fn deref(&self) -> &Who {
        &self.0
    }
}

impl SignedIn {
    /// The same person with another context.
    pub(super) fn with_ctx(&self, ctx: Ctx) -> SignedIn {
        SignedIn(Arc::new(Who { ctx, ..self.0.as_ref().clone() }))
    }

    /// The same sign-in, with who acts in it now.
    pub(crate) fn becomes(&mut self, actor: Actor, viewer: Option<(Actor, Instant)>) {
        let who = Arc::make_mut(&mut self.0);
        (who.actor, who.viewer) = (actor, viewer);
    }

    /// Who acts, and in whose place.
    pub fn acting(&self) -> Acting {
        Acting { actor: self.actor.clone(), viewer: self.viewer.clone(), locked: self.locked }
    }

    /// What the database's clock says now; `None` when it was asked too long ago, or not at all.
    pub(super) fn clock(&self) -> Option<Instant> {
        let (clock, asked) = self.looked?;
        (asked.elapsed() < CLOCK_HOLDS).then_some(clock)
    }
}

/// Anybody, signed in or not.
#[derive(Clone)]
pub struct Visitor {
    pub ctx: Ctx,
    /// Where the request comes from.
    pub address: String,
    /// How the browser describes itself.
    pub agent: String,
}

impl FromRequestParts<AppState> for SignedIn {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<SignedIn, Problem> {
        identify(parts, state).await?.ok_or_else(Problem::signed_out)
    }
}

impl OptionalFromRequestParts<AppState> for SignedIn {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Option<SignedIn>, Problem> {
        identify(parts, state).await
    }
}

impl FromRequestParts<AppState> for Visitor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Visitor, Problem> {
        let agent = parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
        let agent = agent.unwrap_or_default().to_string();
        Ok(Visitor {
            ctx: ctx_of(parts, state),
            address: address_of(parts, &state.options.trusted_proxies),
            agent,
        })
    }
}

/// The person of the request's cookie; looked up once, then remembered with the request.
pub(super) async fn identify(parts: &mut Parts, state: &AppState) -> Result<Option<SignedIn>, Problem> {
    if let Some(known) = parts.extensions.get::<SignedIn>() {
        return Ok(Some(known.clone()));
    }
    let signed_in = match key_of(&parts.headers) {
        Some(secret) => Some(of_key(parts, state, secret).await?),
        None => of_cookie(parts, state).await?,
    };
    if let Some(signed_in) = &signed_in {
        parts.extensions.insert(signed_in.clone());
    }
    Ok(signed_in)
}

async fn of_cookie(parts: &Parts, state: &AppState) -> Result<Option<SignedIn>, Problem> {
    let Some(token) = token_of(&parts.headers) else { return Ok(None) };
    let asked = Stopwatch::now();
    let found = who_is(&state.ctx, state.session_rules(), &token).await?;
    Ok(found.map(|(Acting { actor, viewer, locked }, clock)| {
        let (ctx, looked) = (ctx_of(parts, state), Some((clock, asked)));
        SignedIn(Arc::new(Who { ctx, actor, token, viewer, key: None, locked, looked }))
    }))
}

/// A program with a key is that person with fewer rights, or nobody: a cookie beside it does not count.
async fn of_key(parts: &Parts, state: &AppState, secret: &str) -> Result<SignedIn, Problem> {
    let address = address_of(parts, &state.options.trusted_proxies);
    let held = who_holds(&state.ctx, secret, &address).await;
    let (actor, key) =
        held.map_err(|refused| Problem::from(refused).with_status_of("wrong_key", StatusCode::UNAUTHORIZED))?;
    let (ctx, token) = (ctx_of(parts, state), Token::of(""));
    let key = Some(key);
    Ok(SignedIn(Arc::new(Who { ctx, actor, token, viewer: None, key, locked: None, looked: None })))
}

/// `Authorization: Bearer huxi_…`
fn key_of(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, secret) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| secret.trim())
}

/// The context of this request: it notes what the request makes durable, for the outermost layer.
fn ctx_of(parts: &Parts, state: &AppState) -> Ctx {
    state.ctx.noting(parts.extensions.get::<Changed>().cloned().unwrap_or_default())
}

/// Where a request comes from. A proxy is believed only when it runs on this machine, or is one of `trusted`.
pub(super) fn address_of(parts: &Parts, trusted: &[IpAddr]) -> String {
    let peer: Option<IpAddr> =
        parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip());
    let forwarded = parts.headers.get(FORWARDED).and_then(|value| value.to_str().ok());
    let forwarded = forwarded.and_then(|list| list.rsplit(',').next()).map(str::trim);
    match (peer, forwarded.and_then(|text| text.parse::<IpAddr>().ok())) {
        (Some(peer), Some(client)) if peer.is_loopback() || trusted.contains(&peer) => client.to_string(),
        (Some(peer), _) => peer.to_string(),
        (None, _) => String::new(),
    }
}

/// The one cookie that is read, as `sessions` wrote it: a token of letters, digits, `-` and `_`, so nothing is quoted
/// or encoded, which is what a library for cookies would be there for.
fn token_of(headers: &HeaderMap) -> Option<Token> {
    let cookies = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    cookies
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == COOKIE)
        .map(|(_, value)| Token::of(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(peer: &str, forwarded: &str, trusted: &[&str]) -> String {
        let request = axum::http::Request::builder().header(FORWARDED, forwarded).body(()).unwrap();
        let (mut parts, ()) = request.into_parts();
        parts.extensions.insert(ConnectInfo(SocketAddr::new(peer.parse().unwrap(), 5_000)));
        let trusted: Vec<IpAddr> = trusted.iter().map(|text| text.parse().unwrap()).collect();
        address_of(&parts, &trusted)
    }

    #[test]
    fn only_a_proxy_that_is_trusted_says_for_whom_it_asks() {
        assert_eq!(address("127.0.0.1", "1.2.3.4", &[]), "1.2.3.4");
        assert_eq!(address("10.0.0.5", "1.2.3.4", &[]), "10.0.0.5");
        assert_eq!(address("10.0.0.5", "9.9.9.9, 1.2.3.4", &["10.0.0.5"]), "1.2.3.4");
        assert_eq!(address("10.0.0.6", "1.2.3.4", &["10.0.0.5"]), "10.0.0.6");
        assert_eq!(address("10.0.0.5", "somewhere", &["10.0.0.5"]), "10.0.0.5");
    }
}
