//! The server itself speaks HTTPS: to browsers that trust its certificate, with the files as they are now.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use server::{AppState, Door, Limits, ServerOptions, Tls, TlsFault};
use tempfile::TempDir;
use testkit::each_engine;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use crate::world::{World, options, token_of};

const PATIENCE: Duration = Duration::from_secs(60);

/// A certificate for `localhost`, and its key.
struct Pair {
    certificate: rcgen::Certificate,
    key: rcgen::KeyPair,
}

impl Pair {
    fn new() -> Pair {
        let made = rcgen::generate_simple_self_signed(vec!["localhost".to_string()]).unwrap();
        Pair { certificate: made.cert, key: made.signing_key }
    }

    fn put(&self, files: &Files) {
        std::fs::write(&files.certificate, self.certificate.pem()).unwrap();
        std::fs::write(&files.key, self.key.serialize_pem()).unwrap();
    }

    /// A browser that trusts this certificate and no other.
    fn browser(&self) -> TlsConnector {
        let mut trusted = RootCertStore::empty();
        trusted.add(self.certificate.der().clone()).unwrap();
        let begun = ClientConfig::builder_with_provider(Arc::new(default_provider()));
        let begun = begun.with_safe_default_protocol_versions().unwrap();
        TlsConnector::from(Arc::new(begun.with_root_certificates(trusted).with_no_client_auth()))
    }
}

struct Files {
    _folder: TempDir,
    certificate: PathBuf,
    key: PathBuf,
}

impl Files {
    fn of(pair: &Pair) -> Files {
        let folder = tempfile::tempdir().unwrap();
        let certificate = folder.path().join("fullchain.pem");
        let key = folder.path().join("privkey.pem");
        let files = Files { _folder: folder, certificate, key };
        pair.put(&files);
        files
    }

    fn open(&self) -> Result<Tls, TlsFault> {
        Tls::open(&self.certificate, &self.key).map(|tls| tls.looking_every(Duration::ZERO))
    }
}

/// Serves until the sender is dropped.
async fn serving(files: &Files, app: Router, headers: Duration) -> (SocketAddr, oneshot::Sender<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let stopped = async move { drop(stopped.await) };
    let limits = Limits { headers, connections: 2, first: PATIENCE, stop: PATIENCE };
    let door = Door { listener, tls: Some(Arc::new(files.open().unwrap())) };
    tokio::spawn(server::serve(door, app, limits, stopped));
    (address, stop)
}

/// What the server answers to `request`, or why there was no connection.
async fn asked(browser: &TlsConnector, address: SocketAddr, request: &str) -> std::io::Result<String> {
    let stream = TcpStream::connect(address).await?;
    let name = ServerName::try_from("localhost").unwrap();
    let mut stream = browser.connect(name, stream).await?;
    stream.write_all(request.as_bytes()).await?;
    let mut text = String::new();
    let read = tokio::time::timeout(PATIENCE, stream.read_to_string(&mut text)).await;
    read.expect("the connection is closed")?;
    Ok(text)
}

fn here() -> Router {
    Router::new().route("/", get(async || "here"))
}

const ASK: &str = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

#[tokio::test]
async fn over_https_cookies_are_for_https_alone_and_browsers_stay_with_it() {
    each_engine("tls", async |db| {
        let world = World::new(db).await;
        let pair = Pair::new();
        let files = Files::of(&pair);
        let secure = ServerOptions { tls: true, ..options() };
        let app = server::app(AppState::new(world.ctx.clone(), secure));
        let (address, _stop) = serving(&files, app, PATIENCE).await;
        let request = format!(
            "DELETE /api/session HTTP/1.1\r\nHost: localhost\r\nCookie: huxi_session={}\r\nConnection: close\r\n\r\n",
            token_of("seller")
        );
        let text = asked(&pair.browser(), address, &request).await.unwrap().to_lowercase();
        assert!(text.starts_with("http/1.1 204"), "{text}");
        let cookie = text.lines().find(|line| line.starts_with("set-cookie:")).unwrap();
        assert!(cookie.contains("; secure"), "{cookie}");
        assert!(text.contains("strict-transport-security: max-age="), "{text}");
        let plain = world.stranger().get("/api/company").await;
        assert!(plain.headers.get("strict-transport-security").is_none(), "without tls nothing is promised");
    })
    .await;
}

#[tokio::test]
async fn a_replaced_certificate_is_used_without_a_restart_and_a_damaged_one_is_not() {
    let (first, second) = (Pair::new(), Pair::new());
    let files = Files::of(&first);
    let (address, _stop) = serving(&files, here(), PATIENCE).await;
    assert!(asked(&first.browser(), address, ASK).await.unwrap().ends_with("here"));
    assert!(asked(&second.browser(), address, ASK).await.is_err(), "nobody trusts what they do not know");
    // Half replaced: the new certificate stands beside the old key.
    std::fs::write(&files.certificate, format!("{}\n", second.certificate.pem())).unwrap();
    assert!(asked(&first.browser(), address, ASK).await.unwrap().ends_with("here"));
    std::fs::write(&files.key, format!("{}\n", second.key.serialize_pem())).unwrap();
    assert!(asked(&second.browser(), address, ASK).await.unwrap().ends_with("here"));
    assert!(asked(&first.browser(), address, ASK).await.is_err());
    std::fs::write(&files.certificate, "-----BEGIN CERTIFICATE-----\nhalf").unwrap();
    assert!(asked(&second.browser(), address, ASK).await.unwrap().ends_with("here"));
    std::fs::remove_file(&files.certificate).unwrap();
    assert!(asked(&second.browser(), address, ASK).await.unwrap().ends_with("here"));
}

#[tokio::test]
async fn whoever_speaks_http_or_nothing_makes_room_for_others() {
    let pair = Pair::new();
    let files = Files::of(&pair);
    let (address, _stop) = serving(&files, here(), Duration::from_secs(2)).await;
    let mut plain = TcpStream::connect(address).await.unwrap();
    plain.write_all(ASK.as_bytes()).await.unwrap();
    let silent = TcpStream::connect(address).await.unwrap();
    assert!(asked(&pair.browser(), address, ASK).await.unwrap().ends_with("here"));
    let mut told = Vec::new();
    // The connection may be reset rather than ended; either way nothing is answered in the open.
    drop(tokio::time::timeout(PATIENCE, plain.read_to_end(&mut told)).await.unwrap());
    assert!(!String::from_utf8_lossy(&told).contains("here"));
    drop(silent);
}

#[track_caller]
fn refused(files: &Files, named: &Path, advice: &str) {
    let sentence = files.open().err().expect("the pair is refused").sentence();
    assert!(sentence.contains(&named.display().to_string()) && sentence.contains(advice), "{sentence}");
}

#[test]
fn a_pair_that_cannot_be_used_is_refused_with_its_file_and_what_to_do() {
    let (pair, other) = (Pair::new(), Pair::new());
    let files = Files::of(&pair);
    std::fs::write(&files.key, other.key.serialize_pem()).unwrap();
    refused(&files, &files.key, "不是一对");
    std::fs::write(&files.key, "no key").unwrap();
    refused(&files, &files.key, "tls_key");
    std::fs::write(
        &files.key,
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n",
    )
    .unwrap();
    refused(&files, &files.key, "openssl pkey");
    pair.put(&files);
    let damaged = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    for content in ["", "no certificate", damaged] {
        std::fs::write(&files.certificate, content).unwrap();
        refused(&files, &files.certificate, "fullchain.pem");
    }
    std::fs::remove_file(&files.certificate).unwrap();
    refused(&files, &files.certificate, "打不开");
}
