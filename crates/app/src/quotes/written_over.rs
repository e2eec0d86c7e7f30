//! Who wrote a draft last, and what it said before: whoever had written it reads what others made of it.

use domain::base::{Instant, PersonId, QuoteId};
use domain::quotes::{Stood, StoodLine};
use domain::words::changed::in_short;
use serde_json::json;
use store::events::{self, LoggedEvent};
use store::quotes::{DraftFields, QuoteCustomer, QuoteHead};
use store::{Ask, StoreError, Tx};

use super::load::Loaded;

/// The events of a save over what somebody else had written last, and of an ask for it as it stands. The save itself is no
/// event of the quotation, so they stand under a name of their own.
const BESIDE: &str = "quote_edit";
const WRITTEN_OVER: &str = "quote.written_over";
const STOOD_BY: &str = "quote.stood_by";
/// So many such events are looked through for the reader's own words.
const LOOKED_THROUGH: u32 = 200;

/// Who wrote the draft last, and what the reader had written before, where that was somebody else.
#[derive(Clone, Debug)]
pub(super) struct Hand {
    pub last: PersonId,
    pub since: Option<Since>,
}

/// What the reader had written, and who wrote over it.
#[derive(Clone, Debug)]
pub(super) struct Since {
    /// Their names, the first of them first.
    pub by: Vec<String>,
    pub stood: Stood,
}

impl Hand {
    /// The reader's own.
    pub fn of(person: PersonId) -> Hand {
        Hand { last: person, since: None }
    }
}

/// What `hand` asks first, for whoever asks more at once.
pub(super) fn asks_hand(quote: QuoteId) -> Ask {
    events::asks_newest_of(BESIDE, quote.0)
}

/// Who wrote the draft last, as `reader` stands to it.
pub(super) async fn hand(tx: &mut Tx<'_>, head: &QuoteHead, reader: PersonId) -> Result<Hand, StoreError> {
    let newest = events::of_entity(tx, BESIDE, head.id.0, None, 1).await?;
    let last = newest.first().and_then(|event| event.actor).unwrap_or(head.made_by.0);
    if newest.is_empty() || last == reader {
        return Ok(Hand::of(last));
    }
    let events = events::of_entity(tx, BESIDE, head.id.0, None, LOOKED_THROUGH).await?;
    Ok(Hand { last, since: since(&events, reader) })
}

/// What the reader had written, by the events of the draft, the newest first.
fn since(events: &[LoggedEvent], reader: PersonId) -> Option<Since> {
    let of_reader = |event: &LoggedEvent| event.facts["of"].as_i64() == Some(reader.0);
    let first = events.iter().position(of_reader)?;
    let mut by: Vec<String> = Vec::new();
    let wrote = events.iter().take(first.saturating_add(1)).rev().filter(|event| event.kind == WRITTEN_OVER);
    for name in wrote.filter_map(|event| event.actor_name.as_ref()) {
        if !by.contains(name) {
            by.push(name.clone());
        }
    }
    let stood = events.get(first).map(|event| event.facts["stood"].clone()).unwrap_or_default();
    // What a program of another version has kept is no reason not to open the draft.
    serde_json::from_value(stood).ok().map(|stood| Since { by, stood })
}

impl Loaded {
    /// The draft as it was loaded.
    pub fn stood(&self) -> Stood {
        stood_of(&self.head, StoodLine::all(&self.lines, &self.shown.lines))
    }
}

fn stood_of(head: &QuoteHead, lines: Vec<StoodLine>) -> Stood {
    Stood {
        customer: head.customer,
        customer_name: head.customer_name.clone(),
        valid_until: head.valid_until,
        notes: head.notes.clone(),
        lines,
        terms: head.terms.clone(),
        whole: head.whole,
    }
}

/// The draft as it is saved.
fn saved(customer: &QuoteCustomer, fields: &DraftFields) -> Stood {
    Stood {
        customer: customer.id,
        customer_name: customer.name.clone(),
        valid_until: fields.valid_until,
        notes: fields.notes.clone(),
        lines: StoodLine::all(&fields.lines, &fields.shown.lines),
        terms: fields.terms.clone(),
        whole: fields.whole,
    }
}

/// The draft as it stands in the database.
async fn stands(tx: &mut Tx<'_>, head: &QuoteHead) -> Result<Stood, StoreError> {
    let (lines, shown): (Vec<_>, Vec<_>) = store::quotes::lines(tx, head.id).await?.into_iter().unzip();
    Ok(stood_of(head, StoodLine::all(&lines, &shown)))
}

/// Keeps what the draft said before `by` saved it, where somebody else had written that and it says something else now;
/// who has written it last then.
pub(super) async fn note_saved(
    tx: &mut Tx<'_>,
    (now, by): (Instant, PersonId),
    before: &Loaded,
    (customer, fields): (&QuoteCustomer, &DraftFields),
) -> Result<Hand, StoreError> {
    if before.hand.last == by {
        return Ok(Hand::of(by));
    }
    let stood = before.stood();
    if stood.changes(&saved(customer, fields)).is_empty() {
        return Ok(before.hand.clone());
    }
    note(tx, (WRITTEN_OVER, now, by), (before.head.id, before.hand.last), &stood).await?;
    Ok(Hand::of(by))
}

/// Whoever asks for a draft stands by what is in it, whoever wrote it: from here on others' changes are told to them.
pub(super) async fn note_asked(
    tx: &mut Tx<'_>,
    (now, by): (Instant, PersonId),
    head: &QuoteHead,
) -> Result<(), StoreError> {
    let last = hand(tx, head, by).await?.last;
    if last == by {
        return Ok(());
    }
    let stood = stands(tx, head).await?;
    note(tx, (STOOD_BY, now, by), (head.id, last), &stood).await
}

async fn note(
    tx: &mut Tx<'_>,
    (kind, now, by): (&'static str, Instant, PersonId),
    (quote, of): (QuoteId, PersonId),
    stood: &Stood,
) -> Result<(), StoreError> {
    let facts = json!({ "of": of.0, "stood": stood });
    crate::events::note(tx, (now, by), kind, (BESIDE, quote.0), facts).await
}

/// What others changed in the draft since `reader` wrote it or asked for it, in short; `None`: nothing.
pub(super) async fn changed_in_short(
    tx: &mut Tx<'_>,
    head: &QuoteHead,
    reader: PersonId,
) -> Result<Option<String>, StoreError> {
    let Some(Since { stood, .. }) = hand(tx, head, reader).await?.since else { return Ok(None) };
    Ok(in_short(&stood, &stands(tx, head).await?))
}

/// The same of the draft of that number.
pub(crate) async fn changed_since(
    tx: &mut Tx<'_>,
    quote: QuoteId,
    reader: PersonId,
) -> Result<Option<String>, StoreError> {
    let Some(head) = store::quotes::head(tx, quote, reader).await? else { return Ok(None) };
    changed_in_short(tx, &head, reader).await
}
