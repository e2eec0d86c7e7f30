//! What every handler can reach.

use std::net::IpAddr;
use std::ops::Deref;
use std::sync::Arc;

use app::Ctx;
use app::sessions::SessionRules;

use super::rate::{DoorLimit, RateLimit};
use crate::health::{Said, WriteProbe};
use crate::metrics::Metrics;

/// How the server behaves towards browsers.
#[derive(Clone, Debug)]
pub struct ServerOptions {
    /// The address that customers open, without a slash at its end.
    pub public_url: Option<String>,
    /// Proxies on other machines whose word for whom they ask is taken.
    pub trusted_proxies: Vec<IpAddr>,
    pub session_days: u32,
    /// This server itself speaks HTTPS.
    pub tls: bool,
    /// The largest file that is taken in.
    pub upload_bytes_max: usize,
    /// Machines that may read `/metrics`, besides this one.
    pub metrics_from: Vec<IpAddr>,
    /// The code that opens the set-up page; `None` once the company is set up.
    pub setup_code: Option<String>,
}

/// The state of the server. Every layer of every request clones it: one pointer.
#[derive(Clone)]
pub struct AppState(Arc<Shared>);

/// What the handlers of one server share.
pub struct Shared {
    pub ctx: Ctx,
    pub options: Arc<ServerOptions>,
    /// Requests of strangers, by address.
    pub(crate) strangers: Arc<RateLimit>,
    /// Pictures that they look at, by address.
    pub(crate) pictures: Arc<RateLimit>,
    /// What the page to sign in asks before anybody is signed in, by address.
    pub(crate) front: Arc<RateLimit>,
    /// Tries to sign in.
    pub(crate) door: Arc<DoorLimit>,
    pub(crate) probe: Arc<WriteProbe>,
    pub(crate) said: Said,
    pub(crate) metrics: Arc<Metrics>,
}

impl Deref for AppState {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl AppState {
    /// A server over `ctx`.
    pub fn new(ctx: Ctx, options: ServerOptions) -> AppState {
        AppState(Arc::new(Shared {
            ctx,
            options: Arc::new(options),
            strangers: Arc::new(RateLimit::for_strangers()),
            pictures: Arc::new(RateLimit::for_pictures()),
            front: Arc::new(RateLimit::for_front()),
            door: Arc::new(DoorLimit::new()),
            probe: Arc::default(),
            said: Said::default(),
            metrics: Arc::default(),
        }))
    }

    pub(crate) fn session_rules(&self) -> SessionRules {
        SessionRules { days: self.options.session_days }
    }

    /// Browsers come over https: to this server itself, or to the public address. Then cookies go over https alone.
    pub(crate) fn is_secure(&self) -> bool {
        let public = self.options.public_url.as_deref();
        self.options.tls || public.is_some_and(|url| url.starts_with("https://"))
    }
}
