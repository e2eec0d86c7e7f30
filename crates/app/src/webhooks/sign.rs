//! Signatures by the specification of Standard Webhooks: the other side knows that it was us, and that nobody changed it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::base::Instant;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use store::StoreError;

use crate::Random;

/// How every secret begins.
const BEGINNING: &str = "whsec_";
const SECRET_BYTES: usize = 32;

/// A new secret, as it is shown once and kept.
pub(super) fn new_secret(random: &Random) -> Result<String, StoreError> {
    Ok(format!("{BEGINNING}{}", STANDARD.encode(random.bytes::<SECRET_BYTES>()?)))
}

/// The headers that carry id, moment and signatures of a message.
pub(super) fn headers(
    id: &str,
    now: Instant,
    body: &str,
    secrets: &[String],
) -> Result<Vec<(&'static str, String)>, StoreError> {
    let seconds = now.0.div_euclid(1_000).to_string();
    let signed = format!("{id}.{seconds}.{body}");
    let signatures: Result<Vec<String>, StoreError> =
        secrets.iter().map(|secret| signature(secret, signed.as_bytes())).collect();
    Ok(vec![
        ("webhook-id", id.to_string()),
        ("webhook-timestamp", seconds),
        ("webhook-signature", signatures?.join(" ")),
    ])
}

fn signature(secret: &str, signed: &[u8]) -> Result<String, StoreError> {
    let broken = || StoreError::Decode("a secret cannot be read".to_string());
    let key =
        secret.strip_prefix(BEGINNING).and_then(|text| STANDARD.decode(text).ok()).ok_or_else(broken)?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).map_err(|_| broken())?;
    mac.update(signed);
    Ok(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the specification.
    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    #[test]
    fn the_example_of_the_specification_comes_out() {
        let now = Instant(1_614_265_330_999);
        let secrets = [SECRET.to_string()];
        let told = headers("msg_p5jXN8AQM9LWM0D4loKWxJek", now, r#"{"test": 2432232314}"#, &secrets).unwrap();
        assert_eq!(told[0], ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek".to_string()));
        assert_eq!(told[1], ("webhook-timestamp", "1614265330".to_string()));
        let wanted = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=".to_string();
        assert_eq!(told[2], ("webhook-signature", wanted));
    }

    #[test]
    fn while_a_secret_changes_both_sign_and_no_secret_is_like_another() {
        let (one, other) = (new_secret(&Random::System).unwrap(), new_secret(&Random::System).unwrap());
        assert_ne!(one, other);
        let told = headers("msg_1", Instant(0), "{}", &[one, other]).unwrap();
        let signatures: Vec<&str> = told[2].1.split(' ').collect();
        assert!(signatures.len() == 2 && signatures[0] != signatures[1]);
        assert!(signatures.iter().all(|signature| signature.starts_with("v1,")));
        assert!(headers("msg_1", Instant(0), "{}", &["whsec_%".to_string()]).is_err());
    }
}
