//! Messages to other systems over http: one POST, to the machine that was looked at, answered soon or not at all.

#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::Duration;

use app::ports::{Posted, Posting, WebhookPost, WebhookSender};
use domain::webhooks::{AddressFault, WebhookAddress, WebhookFailure, may_send, place_of};
use http_body_util::{BodyExt, Full};
use hyper::Request;
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1;
use hyper::header::{CONNECTION, CONTENT_TYPE, HOST, USER_AGENT};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, Error, RootCertStore};

/// From looking the name up to the status of the answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// The beginning of an answer is waited for so long, once its status is known.
const TEXT_PATIENCE: Duration = Duration::from_secs(2);
/// So much of an answer is read.
const TEXT_BYTES_MAX: usize = 4_096;
/// So many machines behind one name are tried.
const MACHINES_MAX: usize = 4;
const AGENT: &str = concat!("Huxi/", env!("CARGO_PKG_VERSION"));

/// Sends messages. It looks every name up itself and connects to the very machine that it looked at, so that a name
/// cannot lead somewhere else in between; it follows nobody to another address.
pub struct Sender {
    tls: TlsConnector,
    inside_allowed: bool,
    patience: Duration,
}

impl Sender {
    /// Trusts the authorities that browsers trust; `inside_allowed`: messages may go to machines inside.
    pub fn new(inside_allowed: bool) -> Result<Sender, Error> {
        let trusted = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        Sender::trusting(trusted, inside_allowed)
    }

    /// Trusts these authorities and no others.
    pub fn trusting(trusted: RootCertStore, inside_allowed: bool) -> Result<Sender, Error> {
        let begun = ClientConfig::builder_with_provider(Arc::new(default_provider()));
        let begun = begun.with_safe_default_protocol_versions()?;
        let config = begun.with_root_certificates(trusted).with_no_client_auth();
        Ok(Sender { tls: TlsConnector::from(Arc::new(config)), inside_allowed, patience: PATIENCE })
    }

    /// The same, waiting so long for an answer.
    pub fn waiting(self, patience: Duration) -> Sender {
        Sender { patience, ..self }
    }

    async fn send(&self, post: &WebhookPost) -> Result<Posted, WebhookFailure> {
        let address = WebhookAddress::parse(&post.address, self.inside_allowed);
        // It was accepted once; the setting may have changed since.
        let address = address.map_err(|fault| match fault {
            AddressFault::NotSecure => WebhookFailure::PlainHttp,
            AddressFault::NotWeb | AddressFault::WithPassword | AddressFault::Inside => {
                WebhookFailure::Forbidden
            }
        })?;
        let stream = self.connect(&address).await?;
        if !address.secure {
            return exchange(stream, &address, post).await;
        }
        let name = ServerName::try_from(address.host.clone()).map_err(|_| WebhookFailure::Unresolved)?;
        let stream = self.tls.connect(name, stream).await.map_err(|error| {
            let refused = error.get_ref().is_some_and(|inner| inner.is::<Error>());
            if refused { WebhookFailure::Tls } else { WebhookFailure::Broken }
        })?;
        exchange(stream, &address, post).await
    }

    /// A connection to one of the machines behind the name to which a message may go.
    async fn connect(&self, address: &WebhookAddress) -> Result<TcpStream, WebhookFailure> {
        let found = tokio::net::lookup_host((address.host.as_str(), address.port)).await;
        let found = found.map_err(|_| WebhookFailure::Unresolved)?;
        let mut failure = WebhookFailure::Unresolved;
        for machine in found.take(MACHINES_MAX) {
            if let Err(refused) = may_send(address.secure, place_of(machine.ip()), self.inside_allowed) {
                failure = refused;
                continue;
            }
            match TcpStream::connect(machine).await {
                Ok(stream) => return Ok(stream),
                Err(_) => failure = WebhookFailure::Unreachable,
            }
        }
        Err(failure)
    }
}

impl WebhookSender for Sender {
    fn post<'p>(&'p self, post: &'p WebhookPost) -> Posting<'p> {
        Box::pin(async move {
            let sent = tokio::time::timeout(self.patience, self.send(post)).await;
            sent.unwrap_or(Err(WebhookFailure::TimedOut))
        })
    }
}

/// One request and its answer over a connection that ends with it.
async fn exchange(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    address: &WebhookAddress,
    post: &WebhookPost,
) -> Result<Posted, WebhookFailure> {
    let begun = http1::handshake::<_, Full<Bytes>>(TokioIo::new(stream)).await;
    let (mut sender, connection) = begun.map_err(|_| WebhookFailure::Broken)?;
    // Whatever still runs when this function ends is ended with it.
    let mut running = JoinSet::new();
    running.spawn(connection);
    let mut request = Request::post(address.path.as_str())
        .header(HOST, address.authority())
        .header(CONTENT_TYPE, "application/json")
        .header(USER_AGENT, AGENT)
        .header(CONNECTION, "close");
    for (name, value) in &post.headers {
        request = request.header(*name, value);
    }
    let request = request.body(Full::new(Bytes::from(post.body.clone())));
    let request = request.map_err(|_| WebhookFailure::Broken)?;
    let answer = sender.send_request(request).await.map_err(|_| WebhookFailure::Broken)?;
    let code = answer.status().as_u16();
    Ok(Posted { code, text: beginning(answer.into_body()).await })
}

/// The first letters of an answer; a body that comes slowly, breaks off or never ends is cut.
async fn beginning(mut body: Incoming) -> String {
    let mut bytes = Vec::new();
    let reading = async {
        while let Some(Ok(frame)) = body.frame().await {
            let Some(data) = frame.data_ref() else { continue };
            bytes.extend(data.iter().copied().take(TEXT_BYTES_MAX - bytes.len()));
            if bytes.len() >= TEXT_BYTES_MAX {
                return;
            }
        }
    };
    // What came until then is what there is.
    drop(tokio::time::timeout(TEXT_PATIENCE, reading).await);
    String::from_utf8_lossy(&bytes).into_owned()
}
