//! What happened is put down for every address that wants to hear of it.

use std::collections::{BTreeMap, BTreeSet};

use domain::base::Instant;
use domain::webhooks::{WebhookEvent, WebhookMessage};
use store::automation::Unlooked;
use store::webhooks::{self, Listener, NewDelivery, RecordPlace};
use store::{StoreError, Tx};

/// Puts down what is to be told of these events, in the transaction that marks them as looked at: so each address is told
/// of each of them once, whichever server looks. Branch and number are those of this moment, a fraction of a second after
/// the event: a customer who was handed over in between is told to the address of the new region.
pub(crate) async fn hear(tx: &mut Tx<'_>, now: Instant, events: &[Unlooked]) -> Result<(), StoreError> {
    if !events.iter().any(|event| told(event).is_some()) {
        return Ok(());
    }
    let listeners = webhooks::listeners(tx).await?;
    if listeners.is_empty() {
        return Ok(());
    }
    let heard: Vec<&Unlooked> =
        events.iter().filter(|event| listeners.iter().any(|listener| wants(listener, event))).collect();
    let mut asked: BTreeMap<&str, BTreeSet<i64>> = BTreeMap::new();
    for event in &heard {
        asked.entry(&event.entity).or_default().insert(event.entity_id);
    }
    let mut records = BTreeMap::new();
    for (entity, ids) in asked {
        let ids: Vec<i64> = ids.into_iter().collect();
        records.insert(entity, webhooks::records_of(tx, entity, &ids).await?);
    }
    let mut messages = Vec::new();
    for event in heard {
        let of_entity = records.get(event.entity.as_str());
        let Some(record) = of_entity.and_then(|of| of.get(&event.entity_id)) else { continue };
        let listening = listeners.iter().filter(|listener| wants(listener, event));
        for listener in listening.filter(|listener| record.path.starts_with(&listener.path)) {
            messages.push(NewDelivery { webhook: listener.id, message: message(listener, event, record) });
        }
    }
    if messages.is_empty() { Ok(()) } else { webhooks::put_many(tx, now, &messages).await }
}

fn wants(listener: &Listener, event: &Unlooked) -> bool {
    told(event).is_some_and(|what| listener.events.contains(&what))
}

fn message(listener: &Listener, event: &Unlooked, record: &RecordPlace) -> WebhookMessage {
    WebhookMessage {
        // A database that was restored may give the number of an event again, but not at the same moment.
        id: format!("msg_{}-{}-{:x}", listener.id, event.id, event.at.0),
        kind: event.kind.clone(),
        at: event.at,
        entity: event.entity.clone(),
        entity_id: event.entity_id,
        number: record.number.clone(),
        org: record.org,
    }
}

fn told(event: &Unlooked) -> Option<WebhookEvent> {
    WebhookEvent::from_key(&event.kind)
}
