//! What a message says: which record it is about and when it happened; no figures and no names of people.

use serde_json::{Value, json};

use crate::base::{Instant, Watched};

/// The kind of a message that only asks whether somebody is there.
pub const PING: &str = "ping";

/// A message as it is kept; the same each time it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookMessage {
    /// The same for every try, so that the other side knows a repetition.
    pub id: String,
    /// What happened: the name of a `WebhookEvent`, or `PING`.
    pub kind: String,
    pub at: Instant,
    /// What it happened to: `quote`, `order`, `customer`, `task`; empty for a ping.
    pub entity: String,
    pub entity_id: i64,
    /// The number on the document, where there is one.
    pub number: Option<String>,
    /// The branch that the record belongs to.
    pub org: Option<i64>,
}

/// The JSON that is sent. `public_url`, without a slash at its end, begins the link to the record.
pub fn body(message: &WebhookMessage, public_url: Option<&str>) -> String {
    let link = public_url.zip(page_of(message)).map(|(url, page)| format!("{url}{page}"));
    let about = match message.entity.as_str() {
        "" => Value::Null,
        entity => json!({
            "kind": entity, "id": message.entity_id, "number": message.number, "org_id": message.org,
        }),
    };
    let body = json!({
        "type": message.kind,
        "timestamp": written(message.at),
        "data": {"record": about, "link": link},
    });
    body.to_string()
}

/// The page on which people see the record.
fn page_of(message: &WebhookMessage) -> Option<String> {
    let page = match Watched::from_key(&message.entity)? {
        Watched::Quote => format!("/quotes/{}", message.entity_id),
        Watched::Order => format!("/orders/{}", message.entity_id),
        Watched::Customer => format!("/customers/{}", message.entity_id),
        Watched::Task => "/tasks".to_string(),
    };
    Some(page)
}

/// `2026-11-24T01:00:00Z`; a moment that no calendar has stays empty.
fn written(at: Instant) -> String {
    jiff::Timestamp::from_millisecond(at.0).map(|at| at.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(kind: &str, entity: &str) -> WebhookMessage {
        WebhookMessage {
            id: "msg_1".into(),
            kind: kind.into(),
            at: Instant(1_795_482_000_000),
            entity: entity.into(),
            entity_id: 7,
            number: (entity == "quote").then(|| "SZ26-000001".to_string()),
            org: Some(3),
        }
    }

    #[test]
    fn a_message_says_what_happened_to_which_record_and_nothing_else() {
        let said = body(&message("quote.issued", "quote"), Some("https://huxi.example.cn"));
        let wanted = json!({
            "type": "quote.issued",
            "timestamp": "2026-11-24T01:00:00Z",
            "data": {
                "record": {"kind": "quote", "id": 7, "number": "SZ26-000001", "org_id": 3},
                "link": "https://huxi.example.cn/quotes/7",
            },
        });
        assert_eq!(serde_json::from_str::<Value>(&said).unwrap(), wanted);
        assert_eq!(body(&message("quote.issued", "quote"), Some("https://huxi.example.cn")), said);
    }

    #[test]
    fn without_a_public_address_there_is_no_link_and_a_ping_is_about_nothing() {
        let said: Value = serde_json::from_str(&body(&message("order.made", "order"), None)).unwrap();
        assert_eq!(said["data"]["link"], Value::Null);
        let said = body(&message(PING, ""), Some("https://huxi.example.cn"));
        let said: Value = serde_json::from_str(&said).unwrap();
        assert_eq!(said["data"], json!({"record": null, "link": null}));
    }
}
