//! What others can be told: a closed list.

macro_rules! events {
    ($($(#[$doc:meta])* $name:ident = $key:literal),+ $(,)?) => {
        /// Something that happened and that other systems may be told.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum WebhookEvent { $($(#[$doc])* $name),+ }

        impl WebhookEvent {
            /// All of them, in the order of the list.
            pub const ALL: &'static [WebhookEvent] = &[$(WebhookEvent::$name),+];

            /// The name in the log and on the wire.
            pub fn key(self) -> &'static str {
                match self { $(WebhookEvent::$name => $key),+ }
            }

            /// The event of that name.
            pub fn from_key(key: &str) -> Option<WebhookEvent> {
                WebhookEvent::ALL.iter().copied().find(|event| event.key() == key)
            }
        }
    };
}

events! {
    /// A quotation was issued.
    QuoteIssued = "quote.issued",
    /// Its page was given to the customer.
    QuoteShared = "quote.shared",
    /// The customer opened the page.
    QuoteOpened = "quote.opened_by_customer",
    /// The customer agreed on the page.
    QuoteAccepted = "quote.accepted",
    /// The customer's signature was recorded.
    QuoteSigned = "quote.signed",
    /// A newer revision took its place.
    QuoteSuperseded = "quote.superseded",
    /// It was cancelled.
    QuoteCancelled = "quote.cancelled",
    /// The customer bought elsewhere, or not at all.
    QuoteLost = "quote.lost",
    /// An order came about.
    OrderMade = "order.made",
    /// A customer was made.
    CustomerMade = "customer.made",
    /// A customer was changed.
    CustomerChanged = "customer.changed",
    /// A rule gave somebody a task about a quotation.
    TaskOpened = "quote.task_opened",
    /// A task was done.
    TaskDone = "task.done",
    /// A task was refused with a reason.
    TaskRefused = "task.refused",
    /// A task settled itself.
    TaskOver = "task.over",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_event_is_found_by_its_name() {
        for event in WebhookEvent::ALL {
            assert_eq!(WebhookEvent::from_key(event.key()), Some(*event));
        }
        assert_eq!(WebhookEvent::from_key("person.signed_in"), None);
    }
}
