//! Messages of rules on their way to people: when each wants to be told, and no more than anybody reads in a day.

use std::collections::{BTreeMap, BTreeSet};

use domain::automation::Place;
use domain::base::{Instant, PersonId, company_day};
use domain::notices::{DAY_MAX, day_began};
use domain::words::automation::{is_told_besides, told_besides, told_enough};
use store::notices::{self, NewNotice};
use store::{StoreError, Tx, automation};

use super::about::About;

/// A message before it is known when its reader wants it.
pub(super) struct Told {
    pub effect_key: String,
    pub kind: &'static str,
    pub text: String,
    pub entity: &'static str,
    pub entity_id: i64,
    /// The key of the message by which its reader has heard of the same, if one was told: as long as that is not read, this
    /// one is no other, and its words are added there.
    pub joins: Option<String>,
}

/// Keeps these messages, each for when its reader wants it. What is more than `DAY_MAX` for somebody today waits for the
/// next morning, and one message says so today: nothing is lost, and nothing stays unsaid.
pub(super) async fn tell(
    tx: &mut Tx<'_>,
    told: Vec<(Told, PersonId)>,
    (now, place): (Instant, &Place<'_>),
) -> Result<(), StoreError> {
    let readers: BTreeSet<PersonId> = told.iter().map(|(_, person)| *person).collect();
    let readers: Vec<PersonId> = readers.into_iter().collect();
    let settings = notices::settings_of(tx, &readers).await?;
    let mut counts = automation::told_since(tx, &readers, day_began(now, place.zone), DAY_MAX).await?;
    let mut rows = Vec::with_capacity(told.len());
    let mut enough: BTreeMap<PersonId, NewNotice> = BTreeMap::new();
    for (told, person) in told {
        if let Some(key) = &told.joins
            && join(tx, key, &told.text).await?
        {
            continue;
        }
        let setting = settings.get(&person).copied().unwrap_or_default();
        let count = counts.entry(person).or_default();
        *count += 1;
        let at_once = setting.shown_at(now, place.zone);
        let beyond = *count > DAY_MAX && setting.digest.is_none();
        let shown_at = if beyond { setting.shown_beyond(now, place.zone) } else { at_once };
        if beyond {
            enough.entry(person).or_insert_with(|| said_once(person, (now, place), at_once));
        }
        let Told { effect_key, kind, text, entity, entity_id, joins: _ } = told;
        rows.push(NewNotice {
            effect_key,
            person,
            kind,
            text,
            entity: entity.to_string(),
            entity_id,
            shown_at,
        });
    }
    rows.extend(enough.into_values());
    notices::insert_many(tx, now, &rows).await?;
    Ok(())
}

/// Adds words to a message that is not read yet, unless a rule has said just these; `false` where there is none.
async fn join(tx: &mut Tx<'_>, key: &str, text: &str) -> Result<bool, StoreError> {
    match notices::unread_text(tx, key).await? {
        None => Ok(false),
        Some(told) if is_told_besides(&told, text) => Ok(true),
        Some(told) => notices::reword(tx, key, &told_besides(&told, text)).await,
    }
}

/// That the rest of the day's messages waits; its key makes it one for each person and day.
fn said_once(person: PersonId, (now, place): (Instant, &Place<'_>), shown_at: Instant) -> NewNotice {
    NewNotice {
        effect_key: format!("enough:{}:{}", company_day(now, place.zone), person.0),
        person,
        kind: "enough",
        text: told_enough(DAY_MAX),
        entity: About::Company.key().to_string(),
        entity_id: 1,
        shown_at,
    }
}
