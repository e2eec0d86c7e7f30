//! Connections: so many at once, each with a time in which its request must be said.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, Semaphore, watch};
use tower::ServiceExt;

use crate::tls::Tls;

/// When no more files can be opened, the next connection waits so long.
const ACCEPT_WAIT: Duration = Duration::from_millis(200);

/// A connection that was just let in may have its first request on the way: so long it is waited for after the signal.
const FIRST_REQUEST: Duration = Duration::from_millis(500);

/// At most so many who were let in by the system, and met by nobody yet, are served after the signal.
const WAITING_MAX: usize = 4_096;

/// What a connection may take.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// From its opening, or from the answer before, until the last line of a request's headers.
    pub headers: Duration,
    /// So many are open at once; others wait in the queue of the system.
    pub connections: usize,
    /// After the signal to stop, requests that run may take so long to end.
    pub stop: Duration,
}

impl Default for Limits {
    fn default() -> Limits {
        let (headers, stop) = (Duration::from_secs(15), Duration::from_secs(20));
        Limits { headers, connections: 20_000, stop }
    }
}

/// Where browsers come in: over http, or over https where there is a certificate.
pub struct Door {
    pub listener: TcpListener,
    pub tls: Option<Arc<Tls>>,
}

impl From<TcpListener> for Door {
    fn from(listener: TcpListener) -> Door {
        Door { listener, tls: None }
    }
}

/// Serves `app` at `door` until `stop` is ready, then lets running requests end.
pub async fn serve(
    door: impl Into<Door>,
    app: Router,
    limits: Limits,
    stop: impl Future<Output = ()> + Send + 'static,
) {
    let Door { listener, tls } = door.into();
    let places = Arc::new(Semaphore::new(limits.connections));
    let (stopping, stopped) = watch::channel(false);
    tokio::pin!(stop);
    loop {
        let accepted = async {
            let place = places.clone().acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            () = &mut stop => break,
            accepted = accepted => accepted,
        };
        match accepted {
            Ok((stream, peer)) => {
                let serving = connection((stream, peer), tls.clone(), app.clone(), limits, stopped.clone());
                tokio::spawn(async move {
                    serving.await;
                    drop(place);
                });
            }
            Err(error) => {
                tracing::warn!(%error, "no connection could be taken");
                tokio::time::sleep(ACCEPT_WAIT).await;
            }
        }
    }
    for (stream, peer) in still_waiting(listener) {
        tokio::spawn(connection((stream, peer), tls.clone(), app.clone(), limits, stopped.clone()));
    }
    drop(stopped);
    // Nobody may be connected any more; then there is nothing to tell.
    let _ = stopping.send(true);
    let _ = tokio::time::timeout(limits.stop, stopping.closed()).await;
}

/// Whom the system has let in and nobody has met yet; closing the listener alone would cut them off.
fn still_waiting(listener: TcpListener) -> Vec<(TcpStream, SocketAddr)> {
    let mut waiting = Vec::new();
    let Ok(listener) = listener.into_std() else { return waiting };
    while waiting.len() < WAITING_MAX {
        let Ok((stream, peer)) = listener.accept() else { break };
        if stream.set_nonblocking(true).is_ok()
            && let Ok(stream) = TcpStream::from_std(stream)
        {
            waiting.push((stream, peer));
        }
    }
    waiting
}

async fn connection(
    (stream, peer): (TcpStream, SocketAddr),
    tls: Option<Arc<Tls>>,
    app: Router,
    limits: Limits,
    stopped: watch::Receiver<bool>,
) {
    // An answer in several pieces is sent as it comes.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection is gone already");
    }
    let Some(tls) = tls else { return spoken(stream, peer, app, limits, stopped).await };
    match tokio::time::timeout(limits.headers, tls.accept(stream)).await {
        Ok(Ok(stream)) => spoken(stream, peer, app, limits, stopped).await,
        Ok(Err(error)) => tracing::debug!(%error, %peer, "no keys were agreed on"),
        Err(_) => tracing::debug!(%peer, "keys were never agreed on"),
    }
}

/// Answers what is asked over one connection, whatever it goes through.
async fn spoken(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    peer: SocketAddr,
    app: Router,
    limits: Limits,
    mut stopped: watch::Receiver<bool>,
) {
    let begun = Arc::new(Notify::new());
    let begins = begun.clone();
    let service = app.map_request(move |mut request: Request<Incoming>| {
        begins.notify_one();
        request.extensions_mut().insert(ConnectInfo(peer));
        request.map(Body::new)
    });
    let serving = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.headers)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
    tokio::pin!(serving);
    let told = async {
        // The sender lives as long as connections do.
        drop(stopped.wait_for(|stopped| *stopped).await);
        // What has begun is the last request of this connection; without one, closing it now could lose the first.
        let _ = tokio::time::timeout(FIRST_REQUEST, begun.notified()).await;
    };
    let ended = tokio::select! {
        ended = serving.as_mut() => ended,
        () = told => {
            serving.as_mut().graceful_shutdown();
            serving.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, %peer, "a connection ended early");
    }
}
