//! The sender against small servers of this machine that answer in every way they can.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

use super::*;

/// A server that answers every request with this text, and how many came.
async fn answering(text: &'static str) -> (SocketAddr, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let came = Arc::new(AtomicUsize::new(0));
    let counted = came.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            counted.fetch_add(1, Ordering::SeqCst);
            tokio::spawn(answer(stream, text));
        }
    });
    (address, came)
}

/// Reads headers and a body of two letters, then answers; without a text it never does.
async fn answer(mut stream: impl AsyncRead + AsyncWrite + Unpin, text: &'static str) {
    let mut read = Vec::new();
    while !read.windows(6).any(|part| part == b"\r\n\r\n{}") {
        let mut some = [0; 1_024];
        match stream.read(&mut some).await {
            Ok(count) if count > 0 => read.extend_from_slice(&some[..count]),
            Ok(_) | Err(_) => return,
        }
    }
    if text.is_empty() {
        std::future::pending::<()>().await;
    }
    // Whoever has read enough is gone already.
    drop(stream.write_all(text.as_bytes()).await);
    drop(stream.shutdown().await);
}

fn inside() -> Sender {
    Sender::new(true).unwrap()
}

async fn posted(sender: &Sender, address: &str) -> Result<Posted, WebhookFailure> {
    let post = WebhookPost {
        address: address.to_string(),
        headers: vec![("webhook-id", "msg_1".to_string())],
        body: "{}".to_string(),
    };
    sender.post(&post).await
}

#[tokio::test]
async fn what_is_answered_comes_back_with_its_status() {
    let (server, _) = answering("HTTP/1.1 503 Busy\r\nContent-Length: 5\r\n\r\nlater").await;
    let told = posted(&inside(), &format!("http://{server}/hooks")).await;
    assert_eq!(told, Ok(Posted { code: 503, text: "later".to_string() }));
}

#[tokio::test]
async fn nobody_is_followed_to_another_address() {
    let (other, came) = answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await;
    let text = format!("HTTP/1.1 307 There\r\nLocation: http://{other}/\r\nContent-Length: 0\r\n\r\n");
    let (server, _) = answering(text.leak()).await;
    let told = posted(&inside(), &format!("http://{server}/")).await.unwrap();
    assert_eq!((told.code, came.load(Ordering::SeqCst)), (307, 0));
}

#[tokio::test]
async fn of_an_answer_without_end_only_the_beginning_is_read() {
    let text = format!("HTTP/1.1 200 OK\r\nContent-Length: 90000000\r\n\r\n{}", "x".repeat(200_000));
    let (server, _) = answering(text.leak()).await;
    let told = posted(&inside(), &format!("http://{server}/")).await.unwrap();
    assert_eq!((told.code, told.text.len()), (200, TEXT_BYTES_MAX));
}

#[tokio::test]
async fn whoever_does_not_answer_or_speaks_otherwise_is_no_taker() {
    let (silent, _) = answering("").await;
    let sender = inside().waiting(Duration::from_millis(200));
    assert_eq!(posted(&sender, &format!("http://{silent}/")).await, Err(WebhookFailure::TimedOut));
    let (other, _) = answering("220 mail.example.cn ESMTP\r\n").await;
    assert_eq!(posted(&inside(), &format!("http://{other}/")).await, Err(WebhookFailure::Broken));
    let gone = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    assert_eq!(posted(&inside(), &format!("http://{gone}/")).await, Err(WebhookFailure::Unreachable));
}

#[tokio::test]
async fn machines_inside_are_told_nothing_unless_somebody_allowed_it() {
    let (server, came) = answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await;
    let outside = Sender::new(false).unwrap();
    let port = server.port();
    for address in [format!("https://127.0.0.1:{port}/"), format!("https://localhost:{port}/")] {
        assert_eq!(posted(&outside, &address).await, Err(WebhookFailure::Forbidden), "{address}");
    }
    assert_eq!(posted(&outside, &format!("http://{server}/")).await, Err(WebhookFailure::PlainHttp));
    // These look like names, and lead to this machine: only what they lead to can tell.
    for name in ["2130706433", "0x7f.1"] {
        let address = format!("https://{name}:{port}/");
        assert_eq!(posted(&outside, &address).await, Err(WebhookFailure::Forbidden), "{address}");
    }
    assert_eq!(came.load(Ordering::SeqCst), 0);
}

/// A server for `localhost` that speaks https, and who trusts it.
async fn secure() -> (SocketAddr, RootCertStore) {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_string()]).unwrap();
    let mut trusted = RootCertStore::empty();
    trusted.add(made.cert.der().clone()).unwrap();
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let begun = ServerConfig::builder_with_provider(Arc::new(default_provider()));
    let begun = begun.with_safe_default_protocol_versions().unwrap().with_no_client_auth();
    let config = begun.with_single_cert(vec![made.cert.der().clone()], key).unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                if let Ok(stream) = acceptor.accept(stream).await {
                    answer(stream, "HTTP/1.1 202 OK\r\nContent-Length: 2\r\n\r\nok").await;
                }
            });
        }
    });
    (address, trusted)
}

#[tokio::test]
async fn over_https_only_a_certificate_that_is_trusted_is_told_anything() {
    let (server, trusted) = secure().await;
    let address = format!("https://localhost:{}/", server.port());
    let trusting = Sender::trusting(trusted, true).unwrap();
    assert_eq!(posted(&trusting, &address).await, Ok(Posted { code: 202, text: "ok".to_string() }));
    assert_eq!(posted(&inside(), &address).await, Err(WebhookFailure::Tls));
}
