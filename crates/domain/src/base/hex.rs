//! Bytes as people and files name them.

/// Two lower-case hex digits for each byte.
pub fn hex(bytes: impl AsRef<[u8]>) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or_default();
    let bytes = bytes.as_ref();
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        text.push(digit(byte >> 4));
        text.push(digit(byte & 15));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_has_two_digits() {
        assert_eq!(hex([0, 10, 255]), "000aff");
        assert_eq!(hex([]), "");
    }
}
