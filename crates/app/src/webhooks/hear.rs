//! What happened is put down for every address that wants to hear of it.

use domain::base::Instant;
use domain::webhooks::{WebhookEvent, WebhookMessage};
use store::automation::Unlooked;
use store::webhooks::{self, Listener, NewDelivery};
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
    for event in events {
        let Some(what) = told(event) else { continue };
        let wanting: Vec<&Listener> =
            listeners.iter().filter(|listener| listener.events.contains(&what)).collect();
        if wanting.is_empty() {
            continue;
        }
        let Some(record) = webhooks::record_of(tx, &event.entity, event.entity_id).await? else { continue };
        for listener in wanting {
            if !record.path.starts_with(&listener.path) {
                continue;
            }
            let message = WebhookMessage {
                // A database that was restored may give the number of an event again, but not at the same moment.
                id: format!("msg_{}-{}-{:x}", listener.id, event.id, event.at.0),
                kind: event.kind.clone(),
                at: event.at,
                entity: event.entity.clone(),
                entity_id: event.entity_id,
                number: record.number.clone(),
                org: record.org,
            };
            webhooks::put(tx, now, &NewDelivery { webhook: listener.id, message }).await?;
        }
    }
    Ok(())
}

fn told(event: &Unlooked) -> Option<WebhookEvent> {
    WebhookEvent::from_key(&event.kind)
}
