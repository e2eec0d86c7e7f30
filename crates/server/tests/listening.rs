//! Connections that never say what they want are closed, and leave room for the others.

use std::time::Duration;

use axum::Router;
use axum::routing::get;
use server::Limits;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

/// What is waited for comes sooner on any machine that is only slow.
const PATIENCE: Duration = Duration::from_secs(60);
/// What is to end by itself would take so long otherwise.
const LONG: Duration = Duration::from_secs(600);

/// A server with room for two, which waits so long for headers, and for a first request after the signal; its address,
/// and what stops it.
async fn small(
    headers: Duration,
    first: Duration,
) -> (std::net::SocketAddr, oneshot::Sender<()>, tokio::task::JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let app = Router::new().route("/", get(async || "here")).route(
        "/slow",
        get(async || {
            tokio::time::sleep(Duration::from_millis(300)).await;
            "late"
        }),
    );
    let limits = Limits { headers, connections: 2, first, stop: LONG };
    let (stop, stopped) = oneshot::channel();
    let stopped = async move { drop(stopped.await) };
    (address, stop, tokio::spawn(server::serve(listener, app, limits, stopped)))
}

async fn said(address: std::net::SocketAddr, text: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(text.as_bytes()).await.unwrap();
    stream
}

async fn answer(mut stream: TcpStream) -> String {
    let mut text = String::new();
    let read = tokio::time::timeout(PATIENCE, stream.read_to_string(&mut text)).await;
    read.expect("the connection is closed").unwrap();
    text
}

#[tokio::test]
async fn half_sent_headers_are_given_up_and_make_room() {
    let (address, _stop, _serving) = small(Duration::from_secs(1), LONG).await;
    let half: Vec<TcpStream> =
        vec![said(address, "GET / HTTP/1.1\r\n").await, said(address, "GET / HTTP/1.1\r\nHost").await];
    let whole = said(address, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await;
    let text = answer(whole).await;
    assert!(text.starts_with("HTTP/1.1 200") && text.ends_with("here"), "{text}");
    for stream in half {
        let text = answer(stream).await;
        assert!(text.is_empty() || text.starts_with("HTTP/1.1 408"), "{text}");
    }
}

#[tokio::test]
async fn a_request_that_runs_ends_before_the_server_does() {
    let (address, stop, serving) = small(LONG, LONG).await;
    let running = said(address, "GET /slow HTTP/1.1\r\nHost: a\r\n\r\n").await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    stop.send(()).unwrap();
    let text = answer(running).await;
    assert!(text.ends_with("late"), "{text}");
    tokio::time::timeout(PATIENCE, serving).await.unwrap().unwrap();
    assert!(TcpStream::connect(address).await.is_err(), "nobody listens any more");
}

/// What comes over `stream` until the server has no more to say, or closes it.
async fn next_answer(stream: &mut TcpStream) -> String {
    let mut bytes = vec![0; 8_192];
    let read = tokio::time::timeout(PATIENCE, stream.read(&mut bytes)).await;
    let read = read.expect("an answer").unwrap_or_default();
    String::from_utf8_lossy(&bytes[..read]).to_lowercase()
}

#[tokio::test]
async fn a_body_that_nobody_reads_ends_the_connection_with_a_word_and_a_small_one_does_not() {
    let (address, _stop, _serving) = small(LONG, LONG).await;
    let asked = |bytes: usize| {
        format!("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: {bytes}\r\n\r\n{}", "x".repeat(bytes))
    };
    let mut stream = said(address, &asked(2_000)).await;
    let text = next_answer(&mut stream).await;
    assert!(text.starts_with("http/1.1 200") && !text.contains("connection: close"), "{text}");
    stream.write_all(asked(0).as_bytes()).await.unwrap();
    assert!(next_answer(&mut stream).await.starts_with("http/1.1 200"), "it goes on");
    let mut stream = said(address, &asked(100_000)).await;
    let text = next_answer(&mut stream).await;
    assert!(text.starts_with("http/1.1 200") && text.contains("connection: close"), "{text}");
}

#[tokio::test]
async fn an_address_too_long_to_be_read_is_refused_in_words() {
    let (address, _stop, _serving) = small(LONG, LONG).await;
    let asked =
        |letters: usize| format!("GET /api/customers?q={} HTTP/1.1\r\nHost: a\r\n\r\n", "a".repeat(letters));
    let text = answer(said(address, &asked(70_000)).await).await;
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 414 ") && head.contains("application/problem+json"), "{text}");
    let problem: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!((&problem["code"], &problem["status"]), (&"address_too_long".into(), &414.into()));
    assert!(problem["detail"].as_str().unwrap().contains("太长"), "{problem}");
    // What is short enough to be read is answered as ever.
    let text = answer(said(address, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await).await;
    assert!(text.starts_with("HTTP/1.1 200") && text.ends_with("here"), "{text}");
}

#[tokio::test]
async fn whoever_was_let_in_before_the_signal_is_answered() {
    let (address, stop, serving) = small(LONG, LONG).await;
    let running = said(address, "GET /slow HTTP/1.1\r\nHost: a\r\n\r\n").await;
    let mut silent = TcpStream::connect(address).await.unwrap();
    // There is room for two: this one is let in by the system and met by nobody.
    let waiting = said(address, "GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    stop.send(()).unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    silent.write_all(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").await.unwrap();
    for (stream, expected) in [(running, "late"), (waiting, "here"), (silent, "here")] {
        let text = answer(stream).await;
        assert!(text.starts_with("HTTP/1.1 200") && text.ends_with(expected), "{text}");
    }
    tokio::time::timeout(PATIENCE, serving).await.unwrap().unwrap();
}

#[tokio::test]
async fn a_connection_that_says_nothing_does_not_hold_up_the_stop() {
    let (address, stop, serving) = small(LONG, Duration::from_millis(500)).await;
    let silent = TcpStream::connect(address).await.unwrap();
    tokio::time::sleep(Duration::from_millis(50)).await;
    stop.send(()).unwrap();
    tokio::time::timeout(PATIENCE, serving).await.unwrap().unwrap();
    assert_eq!(answer(silent).await, "");
}
