//! How addresses and messages look on the wire. Moments are milliseconds.

use app::webhooks;
use domain::webhooks::WebhookEvent;
use domain::words::webhooks as words;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::http::Ref;

/// Something that an address can be told.
#[derive(Serialize, ToSchema)]
pub struct WebhookTopic {
    /// `quote.issued`; also the `type` of the message.
    pub id: String,
    pub name: String,
    /// Under which heading it is offered.
    pub group: String,
}

/// An address; its secret is shown when it is made, and never again.
#[derive(Serialize, ToSchema)]
pub struct Webhook {
    pub id: i64,
    pub name: String,
    pub address: String,
    pub topics: Vec<WebhookTopic>,
    /// Whose records it hears of; null: the whole company's.
    pub org: Option<Ref>,
    pub active: bool,
    /// Why it is switched off, in words.
    pub off_reason: Option<String>,
    /// Since when it has taken nothing.
    pub failing_since: Option<i64>,
    /// Messages that were given up, and those that wait.
    pub dead: i64,
    pub waiting: i64,
    pub created_at: i64,
    pub version: i64,
}

/// All addresses, and what they can be told.
#[derive(Serialize, ToSchema)]
pub struct Webhooks {
    pub items: Vec<Webhook>,
    pub topics: Vec<WebhookTopic>,
    /// Addresses may lead to machines inside, and then without https.
    pub inside_allowed: bool,
}

/// An address as somebody types it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WebhookEdit {
    pub name: String,
    pub address: String,
    /// Ids of topics.
    pub topics: Vec<String>,
    /// Whose records it hears of; null or left out: the whole company's.
    pub org_id: Option<i64>,
    pub active: bool,
}

/// An address with its secret, shown this once.
#[derive(Serialize, ToSchema)]
pub struct MadeWebhook {
    pub webhook: Webhook,
    pub secret: String,
}

/// The record that a message is about.
#[derive(Serialize, ToSchema)]
pub struct WebhookRecord {
    /// `quote`, `order`, `customer` or `task`.
    pub kind: String,
    pub id: i64,
    pub number: Option<String>,
}

/// One message to one address, and what came of it.
#[derive(Serialize, ToSchema)]
pub struct WebhookDelivery {
    pub id: i64,
    /// The same for every try.
    pub message_id: String,
    /// The id of a topic, or `ping`.
    pub topic: String,
    pub topic_name: String,
    /// Null for a ping.
    pub record: Option<WebhookRecord>,
    pub happened_at: i64,
    /// `waiting`, `done` or `dead`.
    pub state: String,
    pub attempts: i64,
    /// When it is sent next, while it waits.
    pub next_at: Option<i64>,
    /// It is on its way just now.
    pub sending: bool,
    pub tried_at: Option<i64>,
    /// Status and first letters of the last answer.
    pub code: Option<i64>,
    pub answer: Option<String>,
    /// Why the last try failed, in words.
    pub failure: Option<String>,
}

/// A page of messages; `now` is the server's clock.
#[derive(Serialize, ToSchema)]
pub struct DeliveryPage {
    pub items: Vec<WebhookDelivery>,
    pub next: Option<String>,
    pub now: i64,
}

/// Which messages, and which page of them.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct DeliveryQuery {
    /// `waiting`, `done` or `dead`; all when left out.
    pub state: Option<String>,
    /// How many, 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub after: Option<String>,
}

/// How many messages are sent once more.
#[derive(Serialize, ToSchema)]
pub struct Resent {
    pub count: u64,
}

/// Everything that can be told, in the order of the list.
pub(super) fn topics() -> Vec<WebhookTopic> {
    WebhookEvent::ALL.iter().copied().map(WebhookTopic::from).collect()
}

impl From<WebhookEvent> for WebhookTopic {
    fn from(event: WebhookEvent) -> WebhookTopic {
        WebhookTopic {
            id: event.key().to_string(),
            name: words::event_name(event).to_string(),
            group: words::event_group(event).to_string(),
        }
    }
}

impl From<WebhookEdit> for webhooks::WebhookText {
    fn from(edit: WebhookEdit) -> webhooks::WebhookText {
        let WebhookEdit { name, address, topics, org_id, active } = edit;
        webhooks::WebhookText { name, address, topics, org: org_id, active }
    }
}

impl From<webhooks::Webhook> for Webhook {
    fn from(webhook: webhooks::Webhook) -> Webhook {
        Webhook {
            id: webhook.id,
            name: webhook.name,
            address: webhook.address,
            topics: webhook.events.into_iter().map(WebhookTopic::from).collect(),
            org: webhook.org.map(|(id, name)| Ref { id: id.0, name }),
            active: webhook.active,
            off_reason: webhook.off_reason.map(|reason| words::off_reason(reason).to_string()),
            failing_since: webhook.failing_since.map(|at| at.0),
            dead: webhook.dead,
            waiting: webhook.waiting,
            created_at: webhook.created_at.0,
            version: webhook.version,
        }
    }
}

impl From<webhooks::MadeWebhook> for MadeWebhook {
    fn from(made: webhooks::MadeWebhook) -> MadeWebhook {
        MadeWebhook { webhook: made.webhook.into(), secret: made.secret }
    }
}

impl From<webhooks::Delivery> for WebhookDelivery {
    fn from(delivery: webhooks::Delivery) -> WebhookDelivery {
        let message = delivery.message;
        let record = (!message.entity.is_empty()).then_some(WebhookRecord {
            kind: message.entity,
            id: message.entity_id,
            number: message.number,
        });
        WebhookDelivery {
            id: delivery.id,
            message_id: message.id,
            topic_name: words::kind_name(&message.kind).to_string(),
            topic: message.kind,
            record,
            happened_at: message.at.0,
            state: delivery.state.key().to_string(),
            attempts: delivery.attempts,
            next_at: delivery.next_at.map(|at| at.0),
            sending: delivery.sending,
            tried_at: delivery.tried_at.map(|at| at.0),
            code: delivery.code,
            answer: delivery.answer,
            failure: delivery.failure.map(|failure| words::failure(failure).to_string()),
        }
    }
}
