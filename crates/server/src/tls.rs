//! HTTPS by a certificate and a key in two files, read anew when they are replaced.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use domain::words::tls as words;
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{Error, InconsistentKeys, ServerConfig};
use tokio_rustls::server::TlsStream;

/// The files are looked at again at most this often, and only when somebody connects.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// How a key begins that is itself locked with a password.
const LOCKED_KEY: &str = "-----BEGIN ENCRYPTED PRIVATE KEY-----";
/// The same in the older form.
const LOCKED_KEY_OLD: &str = "Proc-Type: 4,ENCRYPTED";

/// Certificate and key of this server. What is in use changes with the files; a pair that cannot be used changes nothing.
pub struct Tls {
    certificate: PathBuf,
    key: PathBuf,
    every: Duration,
    held: Mutex<Held>,
}

struct Held {
    config: Arc<ServerConfig>,
    /// The files as they were when they were last read, whatever came of it.
    seen: Stamp,
    looked: Instant,
}

/// By which a replaced file is known: when it was written, and how long it is.
type Stamp = [Option<(SystemTime, u64)>; 2];

/// Why a certificate and a key cannot be used together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TlsFault {
    /// The file cannot be opened.
    Unreadable { file: String, reason: String },
    /// No certificate stands in the file, or what stands there cannot be read.
    NoCertificate { file: String },
    /// No private key stands in the file, or what stands there cannot be read.
    NoKey { file: String },
    /// The private key is locked with a password.
    LockedKey { file: String },
    /// The key belongs to another certificate.
    NoPair { certificate: String, key: String },
}

impl TlsFault {
    /// What is wrong with which file, and what to do.
    pub fn sentence(&self) -> String {
        match self {
            TlsFault::Unreadable { file, reason } => words::unreadable(file, reason),
            TlsFault::NoCertificate { file } => words::no_certificate(file),
            TlsFault::NoKey { file } => words::no_key(file),
            TlsFault::LockedKey { file } => words::locked_key(file),
            TlsFault::NoPair { certificate, key } => words::no_pair(certificate, key),
        }
    }
}

impl Tls {
    /// Reads both files (PEM; the certificate first in its chain); refused when they cannot be used together.
    pub fn open(certificate: &Path, key: &Path) -> Result<Tls, TlsFault> {
        let seen = [stamp(certificate), stamp(key)];
        let held = Held { config: read(certificate, key)?, seen, looked: Instant::now() };
        let (certificate, key) = (certificate.to_path_buf(), key.to_path_buf());
        Ok(Tls { certificate, key, every: LOOK_EVERY, held: Mutex::new(held) })
    }

    /// The same, looking at the files not more often than this.
    pub fn looking_every(self, every: Duration) -> Tls {
        Tls { every, ..self }
    }

    /// Agrees with a browser on keys; what it then says is inside the stream.
    pub(crate) async fn accept(&self, stream: TcpStream) -> io::Result<TlsStream<TcpStream>> {
        TlsAcceptor::from(self.config()).accept(stream).await
    }

    /// What new connections use: of the files as they are now, where these can be used.
    fn config(&self) -> Arc<ServerConfig> {
        // A lock is held for two small files at most; whoever panicked with it has left the old pair.
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if held.looked.elapsed() < self.every {
            return held.config.clone();
        }
        held.looked = Instant::now();
        let seen = [stamp(&self.certificate), stamp(&self.key)];
        if seen != held.seen {
            held.seen = seen;
            match read(&self.certificate, &self.key) {
                Ok(config) => {
                    held.config = config;
                    tracing::info!("{}", words::replaced(&shown(&self.certificate)));
                }
                // Said once for each state of the files: whoever replaces two of them is between the first and the second.
                Err(fault) => tracing::warn!("{}", words::kept(&fault.sentence())),
            }
        }
        held.config.clone()
    }
}

fn stamp(file: &Path) -> Option<(SystemTime, u64)> {
    let found = std::fs::metadata(file).ok()?;
    Some((found.modified().ok()?, found.len()))
}

fn read(certificate: &Path, key: &Path) -> Result<Arc<ServerConfig>, TlsFault> {
    let no_certificate = || TlsFault::NoCertificate { file: shown(certificate) };
    let no_key = || TlsFault::NoKey { file: shown(key) };
    let text = content(certificate)?;
    let chain: Result<Vec<CertificateDer<'static>>, _> = CertificateDer::pem_slice_iter(&text).collect();
    let chain = chain.ok().filter(|chain| !chain.is_empty()).ok_or_else(no_certificate)?;
    let text = content(key)?;
    let Ok(secret) = PrivateKeyDer::from_pem_slice(&text) else {
        let text = String::from_utf8_lossy(&text);
        let locked = text.contains(LOCKED_KEY) || text.contains(LOCKED_KEY_OLD);
        return Err(if locked { TlsFault::LockedKey { file: shown(key) } } else { no_key() });
    };
    let begun = ServerConfig::builder_with_provider(Arc::new(default_provider()));
    let made = begun
        .with_safe_default_protocol_versions()
        .and_then(|begun| begun.with_no_client_auth().with_single_cert(chain, secret));
    made.map(Arc::new).map_err(|error| match error {
        Error::InconsistentKeys(InconsistentKeys::KeyMismatch) => {
            TlsFault::NoPair { certificate: shown(certificate), key: shown(key) }
        }
        Error::InvalidCertificate(_) => no_certificate(),
        // What ring says of a key that it cannot use.
        _ => no_key(),
    })
}

fn content(file: &Path) -> Result<Vec<u8>, TlsFault> {
    std::fs::read(file).map_err(|error| TlsFault::Unreadable { file: shown(file), reason: error.to_string() })
}

fn shown(file: &Path) -> String {
    file.display().to_string()
}
