//! Messages on their way to people: each reader is told when they want to be told.

use domain::base::{Instant, PersonId};
use jiff::tz::TimeZone;
use store::notices::{self, NewNotice};
use store::{StoreError, Tx};

/// What several people are told alike.
pub(crate) struct Message<'a> {
    /// What it is about, never given twice: with the reader behind it, it is the key of the message.
    pub about: String,
    pub kind: &'static str,
    pub text: String,
    pub entity: &'a str,
    pub entity_id: i64,
}

/// Keeps the message for each of these people, for when they want to be told; what is there already stays.
pub(crate) async fn tell(
    tx: &mut Tx<'_>,
    people: &[PersonId],
    message: Message<'_>,
    (now, zone): (Instant, &TimeZone),
) -> Result<(), StoreError> {
    let settings = notices::settings_of(tx, people).await?;
    let Message { about, kind, text, entity, entity_id } = message;
    let notice = |person: &PersonId| NewNotice {
        effect_key: key_of(&about, *person),
        person: *person,
        kind,
        text: text.clone(),
        entity: entity.to_string(),
        entity_id,
        shown_at: settings.get(person).copied().unwrap_or_default().shown_at(now, zone),
    };
    let told: Vec<NewNotice> = people.iter().map(notice).collect();
    notices::insert_many(tx, now, &told).await?;
    Ok(())
}

/// What a message about the acceptance of a quotation is about.
pub(crate) fn about_acceptance(quote: i64) -> String {
    format!("accepted:{quote}")
}

/// The key of what somebody is told about something.
pub(crate) fn key_of(about: &str, person: PersonId) -> String {
    format!("{about}:{}", person.0)
}
