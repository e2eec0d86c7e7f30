//! Proof that a document is genuine: the hash of what it says, and the code under which anyone may ask.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::base::hex;

const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CODE_LETTERS: usize = 26;

/// The code of a document's public verify page: 128 random bits as 26 letters that cannot be misread.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct VerifyCode(String);

/// A text is not a verify code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a verify code")]
pub struct NotAVerifyCode;

impl VerifyCode {
    /// The code of 128 random bits; the caller draws them.
    pub fn from_random(bits: u128) -> VerifyCode {
        let letter = |index: usize| {
            let shift = 5 * (CODE_LETTERS - 1 - index);
            let value = usize::try_from((bits >> shift) & 31).unwrap_or_default();
            CROCKFORD.get(value).copied().map_or('0', char::from)
        };
        VerifyCode((0..CODE_LETTERS).map(letter).collect())
    }

    /// A code as people copy it: lower case, spaces and hyphens are fine, O is 0, I and L are 1.
    pub fn parse(text: &str) -> Option<VerifyCode> {
        if text.len() > 4 * CODE_LETTERS {
            return None;
        }
        let spaced = |letter: &char| !letter.is_whitespace() && *letter != '-';
        let code: String = text.chars().filter(spaced).map(unmistaken).collect();
        let known = code.bytes().all(|byte| CROCKFORD.contains(&byte));
        // 26 letters hold 130 bits; the first two are always zero.
        let in_range = code.bytes().next().is_some_and(|first| first <= b'7');
        if code.len() == CODE_LETTERS && known && in_range { Some(VerifyCode(code)) } else { None }
    }

    /// The 26 letters without separators, as they stand in a link.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// In groups of four for the eye: `0ABC-DEFG-…-YZ`.
    pub fn grouped(&self) -> String {
        let mut text = String::new();
        for (index, letter) in self.0.chars().enumerate() {
            if index > 0 && index % 4 == 0 {
                text.push('-');
            }
            text.push(letter);
        }
        text
    }
}

impl TryFrom<String> for VerifyCode {
    type Error = NotAVerifyCode;

    fn try_from(text: String) -> Result<VerifyCode, NotAVerifyCode> {
        VerifyCode::parse(&text).ok_or(NotAVerifyCode)
    }
}

impl From<VerifyCode> for String {
    fn from(code: VerifyCode) -> String {
        code.0
    }
}

/// The hash of a frozen document: SHA-256 in hex over its canonical JSON.
pub fn document_hash(frozen: &Value) -> String {
    sha256_hex(canonical_json(frozen).as_bytes())
}

/// One spelling per value: keys sorted at every depth, no blanks.
pub fn canonical_json(value: &Value) -> String {
    let mut text = String::new();
    write_canonical(value, &mut text);
    text
}

/// SHA-256 in 64 lower-case hex digits.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(Sha256::digest(bytes))
}

fn write_canonical(value: &Value, text: &mut String) {
    match value {
        Value::Array(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                write_canonical(item, text);
            }
            text.push(']');
        }
        Value::Object(members) => {
            let mut sorted: Vec<_> = members.iter().collect();
            sorted.sort_by(|a, b| a.0.cmp(b.0));
            text.push('{');
            for (index, (key, item)) in sorted.into_iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                text.push_str(&Value::String(key.clone()).to_string());
                text.push(':');
                write_canonical(item, text);
            }
            text.push('}');
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            text.push_str(&value.to_string())
        }
    }
}

fn unmistaken(letter: char) -> char {
    match letter.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn a_code_survives_the_hand_of_the_reader() {
        let code = VerifyCode::from_random(0x0123_4567_89ab_cdef_0123_4567_89ab_cdef);
        assert_eq!(code.as_str(), "014D2PF2DBSQQG28T5CY4TQKFF");
        assert_eq!(code.grouped(), "014D-2PF2-DBSQ-QG28-T5CY-4TQK-FF");
        assert_eq!(VerifyCode::parse(" o14d 2pf2 dbsq qg28 t5cy 4tqk ff "), Some(code.clone()));
        assert_eq!(VerifyCode::parse(&code.as_str().replace('1', "l")), Some(code));
    }

    #[test]
    fn what_is_no_code_is_not_looked_up() {
        let letters = |count: usize| "7".repeat(count);
        assert_eq!(VerifyCode::parse(&letters(26)).map(|code| code.as_str().len()), Some(26));
        let too_big = format!("8{}", letters(25));
        let strange = format!("U{}", letters(25));
        for text in ["", "'; --", &letters(25), &letters(27), &too_big, &strange, &"7".repeat(1_000_000)] {
            assert_eq!(VerifyCode::parse(text), None, "{:.40}", text);
        }
    }

    #[test]
    fn the_order_of_keys_does_not_change_the_hash_but_every_value_does() {
        let one = json!({"b": [1, {"y": "苏州", "x": null}], "a": true});
        let same = json!({"a": true, "b": [1, {"x": null, "y": "苏州"}]});
        let other = json!({"a": true, "b": [1, {"x": null, "y": "南京"}]});
        assert_eq!(canonical_json(&one), r#"{"a":true,"b":[1,{"x":null,"y":"苏州"}]}"#);
        assert_eq!(document_hash(&one), document_hash(&same));
        assert_ne!(document_hash(&one), document_hash(&other));
        assert_eq!(sha256_hex(b""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    proptest! {
        #[test]
        fn every_code_is_read_back(bits in any::<u128>()) {
            let code = VerifyCode::from_random(bits);
            prop_assert_eq!(VerifyCode::parse(&code.grouped()), Some(code.clone()));
            let wire = serde_json::to_string(&code).unwrap();
            prop_assert_eq!(serde_json::from_str::<VerifyCode>(&wire).unwrap(), code);
        }

        #[test]
        fn different_bits_are_different_codes(one in any::<u128>(), flipped in 0u32..128) {
            prop_assert_ne!(VerifyCode::from_random(one), VerifyCode::from_random(one ^ (1 << flipped)));
        }
    }
}
