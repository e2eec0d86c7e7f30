//! Which field of a JSON text does not fit, told from the reader's own English words.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// What a field is made of, for whoever sent something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Wanted {
    Text,
    Number,
    /// True or false.
    YesNo,
    List,
    /// Fields with names.
    Fields,
    /// What the description of the interface says.
    Other,
}

/// Why a field does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Misfit {
    Missing,
    /// There is no such field.
    Unknown,
    /// None of the values that can be chosen.
    NoChoice,
    /// Given beside another one of which only one may be given.
    OneOnly,
    Wants(Wanted),
}

impl Wanted {
    /// What the reader says that it expected instead of what was sent.
    pub fn expected_by(message: &str) -> Wanted {
        const NUMBERS: [&str; 9] = ["i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64", "usize"];
        let expected = message.rsplit("expected ").next().unwrap_or_default();
        let begins = |words: &[&str]| words.iter().any(|word| expected.starts_with(word));
        if begins(&["a string", "a borrowed string", "string"]) {
            Wanted::Text
        } else if begins(&["a boolean"]) {
            Wanted::YesNo
        } else if begins(&["a sequence"]) {
            Wanted::List
        } else if begins(&["a map", "struct "]) {
            Wanted::Fields
        } else if begins(&NUMBERS) {
            Wanted::Number
        } else {
            Wanted::Other
        }
    }
}

/// Reads a JSON object; else its field that does not fit, and why. `None` for what is no object at all.
pub fn read_fields<T: DeserializeOwned>(text: &str) -> Result<T, Option<(String, Misfit)>> {
    // A list would be read as the fields in their order.
    if !text.trim_start().starts_with('{') {
        return Err(None);
    }
    let whole = match serde_json::from_str(text) {
        Ok(read) => return Ok(read),
        Err(fault) => fault.to_string(),
    };
    let Ok(Value::Object(fields)) = serde_json::from_str::<Value>(text) else { return Err(None) };
    // Each field by itself: what is wrong with it then is its own.
    let alone = |(name, value): (&String, &Value)| {
        let field = Value::Object(std::iter::once((name.clone(), value.clone())).collect());
        let fault = serde_json::from_value::<T>(field).err()?.to_string();
        misfit(name, &fault)
    };
    Err(fields.iter().find_map(alone).or_else(|| missing(&whole)))
}

fn misfit(name: &str, fault: &str) -> Option<(String, Misfit)> {
    if fault.starts_with("missing field") {
        None
    } else if fault.starts_with("unknown field") {
        Some((named(fault).unwrap_or(name).to_string(), Misfit::Unknown))
    } else if fault.starts_with("unknown variant") {
        Some((name.to_string(), Misfit::NoChoice))
    } else {
        Some((name.to_string(), Misfit::Wants(Wanted::expected_by(fault))))
    }
}

fn missing(fault: &str) -> Option<(String, Misfit)> {
    let name = named(fault).filter(|_| fault.starts_with("missing field"))?;
    Some((name.to_string(), Misfit::Missing))
}

/// The name between the first two backticks.
fn named(fault: &str) -> Option<&str> {
    fault.split('`').nth(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Sent {
        product: i64,
        price: String,
        #[serde(default)]
        on: bool,
        #[serde(default)]
        within: Option<Within>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Within {
        percent: String,
    }

    #[test]
    fn the_field_that_does_not_fit_is_found_whatever_else_is_sent() {
        let fault = |text: &str| read_fields::<Sent>(text).unwrap_err();
        let found = |name: &str, what| Some((name.to_string(), what));
        assert_eq!(fault(r#"{"product":1,"price":5}"#), found("price", Misfit::Wants(Wanted::Text)));
        assert_eq!(fault(r#"{"product":1,"price":null}"#), found("price", Misfit::Wants(Wanted::Text)));
        assert_eq!(fault(r#"{"product":"P1","price":"5"}"#), found("product", Misfit::Wants(Wanted::Number)));
        assert_eq!(fault(r#"{"product":1,"price":"1","on":"x"}"#), found("on", Misfit::Wants(Wanted::YesNo)));
        assert_eq!(fault(r#"{"product":1,"price":"1","bogus":1}"#), found("bogus", Misfit::Unknown));
        assert_eq!(fault(r#"{"product":1}"#), found("price", Misfit::Missing));
        assert_eq!(fault(r#"{"product":1,"price":"1","within":{}}"#), found("percent", Misfit::Missing));
        let deep = r#"{"product":1,"price":"1","within":{"percent":"1","x":2}}"#;
        assert_eq!(fault(deep), found("x", Misfit::Unknown));
        assert_eq!((fault("[]"), fault("{")), (None, None));
        assert_eq!(read_fields::<Sent>(r#"{"product":1,"price":"1"}"#).map(|sent| sent.product), Ok(1));
    }
}
