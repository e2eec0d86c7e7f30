//! What rules that fire leave behind: tasks, messages and set fields, each under a key that is given once.

use std::collections::{BTreeMap, BTreeSet};

use domain::automation::actions::{Notify, SetField, SettableField, Task};
use domain::automation::{
    Action, Due, Place, Recipient, Rule, Trigger, WatchedEvent, is_too_old, missed_ms, triggers,
};
use domain::base::{Date, Instant, PersonId, company_day};
use domain::tasks::TaskProof;
use domain::words::automation::{action_text, rule_name};
use serde_json::json;
use store::automation::{QuoteSubject, RolePerson};
use store::events::{self, Event};
use store::tasks::{self, NewTask};
use store::timers::Timer;
use store::{StoreError, Tx};

use super::about::About;
use super::telling::{Told, tell};
use crate::notices::{about_acceptance, key_of};

/// Who steps in where nobody of the named ones is there: first those who manage the record's region, then the owner.
const STAND_INS: [&str; 2] = ["region_manager", "owner"];

/// A timer that fires: its rule, its record, and how late it is.
#[derive(Clone, Copy)]
pub(super) struct Fired<'a> {
    pub timer: &'a Timer,
    pub rule: &'a Rule,
    pub subject: Option<&'a QuoteSubject>,
    pub late_ms: i64,
}

/// Whom effects may be for.
struct People {
    of_roles: Vec<RolePerson>,
    active: BTreeSet<PersonId>,
}

/// Everything that a set of timers leaves behind.
#[derive(Default)]
struct Effects {
    tasks: Vec<NewTask>,
    notices: Vec<(Told, PersonId)>,
    events: Vec<Event>,
    /// When tasks of so many minutes are due that are made now: the same for all of them.
    dues: BTreeMap<i64, Due>,
}

/// Writes what these timers leave behind, in the transaction that settles them. Chains of quotations whose fields are
/// set are locked already.
pub(super) async fn write(
    tx: &mut Tx<'_>,
    now: Instant,
    fired: &[Fired<'_>],
    place: &Place<'_>,
) -> Result<(), StoreError> {
    let people = people(tx, fired).await?;
    let (mut effects, mut fields) = (Effects::default(), Vec::new());
    for one in fired {
        for (index, action) in one.rule.actions.iter().enumerate() {
            match action {
                Action::Task(task) => effects.task(one, (index, action, task), &people, (now, place)),
                Action::Notify(notify) => effects.notify(one, (index, action, notify), &people),
                Action::SetField(field) => fields.push((one, field)),
            }
        }
    }
    effects.events.extend(set_fields(tx, now, fields, place).await?);
    tasks::insert_many(tx, now, &effects.tasks).await?;
    tell(tx, effects.notices, (now, place)).await?;
    events::append_many(tx, now, &effects.events).await
}

impl Effects {
    fn task(
        &mut self,
        fired: &Fired<'_>,
        (index, action, task): (usize, &Action, &Task),
        people: &People,
        (now, place): (Instant, &Place<'_>),
    ) {
        let due = *self.dues.entry(task.minutes).or_insert_with(|| place.working.due(now, task.minutes));
        let text = action_text(&fired.rule.key, action);
        let (entity, entity_id) = fired.record();
        let holders = people.of(&task.to, fired);
        for holder in &holders {
            self.tasks.push(NewTask {
                effect_key: format!("{}:task{index}:{}", fired.timer.fire_key, holder.person.0),
                rule: fired.rule.key.clone(),
                rule_name: rule_name(&fired.rule.key, &fired.rule.name),
                entity,
                entity_id,
                person: holder.person,
                for_owner: holder.as_owner,
                text: text.clone(),
                proof: TaskProof::from_key(task.proof.key()).unwrap_or_default(),
                due: due.at,
                late_ms: missed_ms(fired.rule, fired.late_ms, (fired.timer.armed, now)),
                unknown_year: fired.timer.unknown_year.or(due.unknown_year.map(i64::from)),
            });
            let told = Told {
                effect_key: format!("{}:told{index}:{}", fired.timer.fire_key, holder.person.0),
                kind: "task",
                text: text.clone(),
                entity,
                entity_id,
                joins: None,
            };
            self.notices.push((told, holder.person));
        }
        let to: Vec<i64> = holders.iter().map(|holder| holder.person.0).collect();
        self.events.push(fired.event(Did::OpenedTasks, &text, to));
    }

    fn notify(
        &mut self,
        fired: &Fired<'_>,
        (index, action, notify): (usize, &Action, &Notify),
        people: &People,
    ) {
        let text = action_text(&fired.rule.key, action);
        if is_too_old(fired.late_ms) {
            self.events.push(fired.dropped(&text));
            return;
        }
        let (entity, entity_id) = fired.record();
        let readers = people.of(&notify.to, fired);
        for reader in &readers {
            let told = Told {
                effect_key: format!("{}:notice{index}:{}", fired.timer.fire_key, reader.person.0),
                kind: "notice",
                text: text.clone(),
                entity,
                entity_id,
                joins: fired.heard_by(reader.person),
            };
            self.notices.push((told, reader.person));
        }
        let to: Vec<i64> = readers.iter().map(|reader| reader.person.0).collect();
        self.events.push(fired.event(Did::Told, &text, to));
    }
}

/// What a rule did, as the log tells it.
#[derive(Clone, Copy)]
enum Did {
    OpenedTasks,
    Told,
    /// What a message spoke of is over by now.
    DroppedMessage,
}

impl Did {
    /// The kind of event, by what it was about.
    fn kind(self, about: About) -> &'static str {
        match (about, self) {
            (About::Quote, Did::OpenedTasks) => "quote.task_opened",
            (About::Quote, Did::Told) => "quote.told",
            (About::Quote, Did::DroppedMessage) => "quote.message_dropped",
            (About::Company, Did::OpenedTasks) => "company.task_opened",
            (About::Company, Did::Told) => "company.told",
            (About::Company, Did::DroppedMessage) => "company.message_dropped",
        }
    }
}

impl Fired<'_> {
    fn about(&self) -> (About, i64) {
        self.subject.map_or((About::Company, 1), |subject| (About::Quote, subject.subject.id))
    }

    fn record(&self) -> (&'static str, i64) {
        let (about, id) = self.about();
        (about.key(), id)
    }

    /// The message by which this person has heard already of what started the rule: that a customer accepted on a link.
    fn heard_by(&self, person: PersonId) -> Option<String> {
        let of_signing = |it: &triggers::Event| it.event == WatchedEvent::QuoteSigned && it.minutes == 0;
        let at_once = matches!(&self.rule.trigger, Trigger::Event(it) if of_signing(it));
        let subject = self.subject.filter(|_| at_once)?;
        Some(key_of(&about_acceptance(subject.subject.id), person))
    }

    /// Which rule did it, and how many in a row.
    fn cause(&self) -> serde_json::Value {
        json!({"rule": self.rule.key, "depth": self.timer.depth + 1})
    }

    fn event(&self, did: Did, text: &str, to: Vec<i64>) -> Event {
        let facts = json!({
            "rule": rule_name(&self.rule.key, &self.rule.name), "text": text, "to": to,
            "late_ms": self.late_ms, "cause": self.cause(),
        });
        self.logged(did, facts)
    }

    /// That a message is told no more.
    fn dropped(&self, text: &str) -> Event {
        let name = rule_name(&self.rule.key, &self.rule.name);
        let facts = json!({"name": name, "note": text, "late_ms": self.late_ms, "cause": self.cause()});
        self.logged(Did::DroppedMessage, facts)
    }

    fn logged(&self, did: Did, facts: serde_json::Value) -> Event {
        let (about, entity_id) = self.about();
        Event { actor: None, kind: did.kind(about), entity: about.key(), entity_id, facts }
    }
}

/// Somebody an effect is for.
struct Holder {
    person: PersonId,
    /// As the owner of the record, not by a role.
    as_owner: bool,
}

impl People {
    /// The active people that `to` means for this record, each once; where nobody is there, who stands in.
    fn of(&self, to: &[Recipient], fired: &Fired<'_>) -> Vec<Holder> {
        let mut found: Vec<Holder> = Vec::new();
        for recipient in to {
            match recipient {
                Recipient::Owner => {
                    let owner = fired.subject.map(|subject| subject.owner);
                    if let Some(person) = owner.filter(|owner| self.active.contains(owner)) {
                        add(&mut found, person, true);
                    }
                }
                Recipient::Role(role) => self.add_role(&mut found, role, fired),
            }
        }
        for role in STAND_INS {
            if found.is_empty() {
                self.add_role(&mut found, role, fired);
            }
        }
        found
    }

    /// Everybody of the role who stands over the record's branch; without a record everybody of the role.
    fn add_role(&self, found: &mut Vec<Holder>, role: &str, fired: &Fired<'_>) {
        let path = fired.subject.map(|subject| subject.path.as_str());
        let over = |it: &&RolePerson| it.role == role && path.is_none_or(|path| path.starts_with(&it.path));
        for person in self.of_roles.iter().filter(over) {
            add(found, person.person, false);
        }
    }
}

fn add(found: &mut Vec<Holder>, person: PersonId, as_owner: bool) {
    if found.iter().all(|known| known.person != person) {
        found.push(Holder { person, as_owner });
    }
}

async fn people(tx: &mut Tx<'_>, fired: &[Fired<'_>]) -> Result<People, StoreError> {
    let recipients = fired.iter().flat_map(|one| &one.rule.actions).flat_map(|action| action.recipients());
    let mut roles: BTreeSet<String> = recipients.filter_map(|it| it.role()).map(str::to_string).collect();
    roles.extend(STAND_INS.map(str::to_string));
    let roles: Vec<String> = roles.into_iter().collect();
    let owners: BTreeSet<PersonId> =
        fired.iter().filter_map(|one| one.subject).map(|subject| subject.owner).collect();
    let owners: Vec<PersonId> = owners.into_iter().collect();
    let active = store::automation::active_people(tx, &owners).await?;
    let of_roles = store::automation::people_of_roles(tx, &roles).await?;
    Ok(People { of_roles, active: active.into_iter().collect() })
}

/// Sets fields that people left empty, and says which rule did it: where several want the same one, the first.
async fn set_fields(
    tx: &mut Tx<'_>,
    now: Instant,
    fields: Vec<(&Fired<'_>, &SetField)>,
    place: &Place<'_>,
) -> Result<Vec<Event>, StoreError> {
    let today = company_day(now, place.zone);
    let mut chains = BTreeSet::new();
    let mut wanted: BTreeMap<(Date, String), BTreeMap<i64, &Fired<'_>>> = BTreeMap::new();
    for (fired, field) in fields {
        let SettableField::FollowDay = field.field;
        let Some(subject) = fired.subject.filter(|subject| chains.insert(subject.chain)) else { continue };
        let (day, _) = place.working.workday(today, i32::try_from(field.days).unwrap_or(0));
        let name = rule_name(&fired.rule.key, &fired.rule.name);
        wanted.entry((day, name)).or_default().insert(subject.chain, fired);
    }
    let mut logged = Vec::new();
    for ((day, name), fired) in wanted {
        let chains: Vec<i64> = fired.keys().copied().collect();
        for chain in store::automation::set_follow_days(tx, &chains, day, &name).await? {
            let Some(one) = fired.get(&chain) else { continue };
            let Some(subject) = one.subject else { continue };
            let facts = json!({"day": day.to_string(), "note": name, "cause": one.cause()});
            // Only quotations have such a field.
            let (kind, entity, entity_id) = ("quote.follow_up_set", About::Quote.key(), subject.subject.id);
            logged.push(Event { actor: None, kind, entity, entity_id, facts });
        }
    }
    Ok(logged)
}
