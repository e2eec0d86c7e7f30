//! Connections: so many at once, each with a time in which its request must be said.

use std::convert::Infallible;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderValue, Request, header};
use axum::response::Response;
use futures::{StreamExt, stream};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, Semaphore, watch};
use tower::ServiceExt;

use crate::tls::Tls;
use crate::worded::Worded;

/// When no more files can be opened, the next connection waits so long.
const ACCEPT_WAIT: Duration = Duration::from_millis(200);

/// At most so many who were let in by the system, and met by nobody yet, are served after the signal.
const WAITING_MAX: usize = 4_096;

/// A body of so few bytes is read before anything is decided, and may take so long to come.
const SMALL_BODY: usize = 64 << 10;
const BODY_TIME: Duration = Duration::from_secs(60);

/// What a connection may take.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// From its opening, or from the answer before, until the last line of a request's headers.
    pub headers: Duration,
    /// So many are open at once; others wait in the queue of the system.
    pub connections: usize,
    /// A connection that was just let in may have its first request on the way: so long it is waited for after the signal.
    pub first: Duration,
    /// After the signal to stop, requests that run may take so long to end.
    pub stop: Duration,
}

impl Default for Limits {
    fn default() -> Limits {
        let (headers, stop) = (Duration::from_secs(15), Duration::from_secs(20));
        Limits { headers, connections: 20_000, first: Duration::from_millis(500), stop }
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
    let service = service_fn(move |mut request: Request<Incoming>| {
        begins.notify_one();
        request.extensions_mut().insert(ConnectInfo(peer));
        answered(app.clone(), request)
    });
    let serving = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.headers)
        .serve_connection(TokioIo::new(Worded::over(stream)), service);
    tokio::pin!(serving);
    let told = async {
        // The sender lives as long as connections do.
        drop(stopped.wait_for(|stopped| *stopped).await);
        // What has begun is the last request of this connection; without one, closing it now could lose the first.
        let _ = tokio::time::timeout(limits.first, begun.notified()).await;
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

/// The answer to one request. Where the rest of what was sent is not read any more, the connection ends with it and the
/// answer says so: else the next request over it would be lost without a word.
async fn answered(app: Router, request: Request<Incoming>) -> Result<Response, Infallible> {
    let (parts, body) = request.into_parts();
    let (body, read) = taken_in(Body::new(body)).await;
    let mut response = app.oneshot(Request::from_parts(parts, body)).await?;
    if !read.load(Ordering::Relaxed) {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    Ok(response)
}

/// A small body is read before anything is decided; of a large one it is noted whether it was read to its end.
async fn taken_in(body: Body) -> (Body, Arc<AtomicBool>) {
    let read = Arc::new(AtomicBool::new(true));
    if body.is_end_stream() {
        return (body, read);
    }
    let whole = read.clone();
    let small = body.size_hint().exact().and_then(|bytes| usize::try_from(bytes).ok());
    if small.is_some_and(|bytes| bytes <= SMALL_BODY) {
        let bytes = tokio::time::timeout(BODY_TIME, to_bytes(body, SMALL_BODY)).await;
        let error = match bytes {
            Ok(Ok(bytes)) => return (Body::from(bytes), read),
            Ok(Err(error)) => error,
            Err(late) => axum::Error::new(late),
        };
        // It breaks off: whoever wants to read it is told.
        read.store(false, Ordering::Relaxed);
        return (Body::from_stream(stream::once(async { Err::<Bytes, axum::Error>(error) })), read);
    }
    read.store(false, Ordering::Relaxed);
    let end = stream::once(async move {
        whole.store(true, Ordering::Relaxed);
        Ok(Bytes::new())
    });
    (Body::from_stream(body.into_data_stream().chain(end)), read)
}
