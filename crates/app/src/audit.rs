//! The log of who did what, as those read it who may: searched, told in words, exported.

mod sight;

use std::collections::BTreeMap;

use domain::access::{
    Actor, Difference, LoggedFact, OnLink, OrgUnit, Reach, Right, bare_facts, difference, logged_beside,
    on_link, record_of, shown_facts,
};
use domain::base::{Instant, Limit, fold_width};
use domain::pricing::LimitRow;
use domain::words::audit as words;
use jiff::tz::TimeZone;
use serde_json::Value;
pub use store::audit::LogFilter;
use store::audit::{self, LogRow};
use store::{StoreError, Tx, access, events};

use self::sight::{Reader, Sight};
use crate::config::live;
use crate::ports::{SheetCell, SheetTable};
use crate::sheets::write_sheet;
use crate::{AppError, Ctx};

/// So many entries are exported at once; the newest.
pub const EXPORTED_MAX: usize = 5_000;

/// One entry of the log in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogEntry {
    pub id: i64,
    pub at: Instant,
    /// `None`: the program itself, or a customer on a link.
    pub actor: Option<(i64, String)>,
    /// The customer who acted on a link, in words; `None` where it was somebody of the company or the program.
    pub customer: Option<String>,
    pub kind: String,
    /// What was done, in words.
    pub kind_name: String,
    pub entity: String,
    pub entity_id: i64,
    /// What people call the record; `None` when it has no name, or is gone. Of one that the reader does not see only its
    /// number.
    pub object: Option<String>,
    pub changes: Vec<LogChange>,
    /// Whether the reader sees the record itself; without that only numbers are told of what was done with it.
    pub opens: bool,
    /// Where the difference is looked at that it made, for those who see it.
    pub difference: Option<Difference>,
}

/// One field of an entry in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogChange {
    pub name: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// A page of the log.
#[derive(Clone, Debug)]
pub struct LogPage {
    pub entries: Vec<LogEntry>,
    pub next: Option<(Instant, i64)>,
}

/// Entries by the filter, newest first; `text` finds records by their number or name.
pub async fn list(
    ctx: &Ctx,
    actor: &Actor,
    filter: LogFilter,
    text: &str,
    after: Option<(Instant, i64)>,
    limit: Limit,
) -> Result<LogPage, AppError> {
    actor.need(Right::AuditRead)?;
    let (reader, text, zone) =
        (Reader::new(actor.clone()), fold_width(text).trim().to_lowercase(), ctx.zone.clone());
    ctx.store
        .read(|tx| {
            Box::pin(async move {
                let (mut filter, mut reader) = (filter, reader);
                if !text.is_empty() {
                    let found = audit::objects(tx, &text).await?;
                    filter.among = Some(with_beside(reader.found(tx, found).await?));
                }
                let mut rows = audit::list(tx, &filter, after, limit.and_one()).await?;
                let more = limit.cut(&mut rows);
                for row in &mut rows {
                    row.entity = record_of(&row.entity).to_string();
                }
                let next = rows.last().filter(|_| more).map(|row| (row.event.at, row.event.id));
                let orgs = access::orgs(tx).await?;
                tx.ahead(reader.asks(&rows)).await?;
                let mut names = BTreeMap::new();
                let mut entries = Vec::with_capacity(rows.len());
                for row in rows {
                    entries.push(entry(tx, &mut reader, row, &orgs, &mut names, &zone).await?);
                }
                Ok(LogPage { entries, next })
            })
        })
        .await
}

/// These records, with what is logged of them under other names.
fn with_beside(mut found: Vec<(String, i64)>) -> Vec<(String, i64)> {
    let beside =
        found.iter().flat_map(|(record, id)| logged_beside(record).map(move |name| (name.to_string(), *id)));
    let beside: Vec<_> = beside.collect();
    found.extend(beside);
    found
}

/// The newest entries by the filter as Excel: the same rows and words as on the screen.
pub async fn export(ctx: &Ctx, actor: &Actor, filter: LogFilter, text: &str) -> Result<Vec<u8>, AppError> {
    let mut rows = Vec::new();
    let mut after = None;
    while rows.len() < EXPORTED_MAX {
        let limit = Limit::new(Some(Limit::MAX.into()), Limit::MAX)?;
        let page = list(ctx, actor, filter.clone(), text, after, limit).await?;
        rows.extend(page.entries.iter().map(|entry| cells(entry, &ctx.zone)));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let heads = words::HEADS.iter().map(ToString::to_string).collect();
    write_sheet(ctx, SheetTable { title: words::SHEET.to_string(), heads, rows }).await
}

fn cells(entry: &LogEntry, zone: &TimeZone) -> Vec<SheetCell> {
    let changes = entry.changes.iter();
    let changes: Vec<String> = changes
        .map(|change| words::change(&change.name, change.before.as_deref(), change.after.as_deref()))
        .collect();
    let object = entry.object.clone().unwrap_or_default();
    [
        written(entry.at, zone),
        who(entry).to_string(),
        entry.kind_name.clone(),
        format!("{} {object}", words::entity_name(&entry.entity)).trim().to_string(),
        changes.join("；"),
        entry.id.to_string(),
    ]
    .into_iter()
    .map(SheetCell::Text)
    .collect()
}

/// Who did it: a person, a customer on a link, or the program.
fn who(entry: &LogEntry) -> &str {
    let actor = entry.actor.as_ref().map(|(_, name)| name.as_str());
    actor.or(entry.customer.as_deref()).unwrap_or(words::PROGRAM)
}

/// Names of records that were looked up; several entries are about the same.
type Names = BTreeMap<(String, i64), Option<String>>;

async fn entry(
    tx: &mut Tx<'_>,
    reader: &mut Reader,
    row: LogRow,
    orgs: &[OrgUnit],
    names: &mut Names,
    zone: &TimeZone,
) -> Result<LogEntry, AppError> {
    let sight = reader.of(tx, &row).await?;
    let object = object(tx, &row, &sight, names).await?;
    let mut changes = changes(reader.actor(), &row, sight.told, orgs, zone);
    let mut actor = row.event.actor.map(|by| by.0).zip(row.event.actor_name);
    // The name that a customer typed is part of the record.
    let customer = on_link(&row.event.kind, &row.event.facts)
        .map(|who| if sight.told { who } else { OnLink { signer: None } });
    let difference = difference(&row.event.kind, &row.event.facts).filter(|_| sight.opens);
    let kind_name = match customer {
        Some(_) => words::kind_on_link(&row.event.kind).to_string(),
        None => words::kind_name(&row.event.kind).to_string(),
    };
    // The log keeps whoever handed the code over; the act is the customer's.
    if customer.is_some()
        && let Some((_, giver)) = actor.take()
    {
        changes.push(LogChange { name: words::CODE_GIVEN_BY.to_string(), before: None, after: Some(giver) });
    }
    Ok(LogEntry {
        id: row.event.id,
        at: row.event.at,
        actor,
        customer: customer.as_ref().map(words::customer_on_link),
        kind: row.event.kind,
        kind_name,
        entity: row.entity,
        entity_id: row.entity_id,
        object,
        changes,
        opens: sight.opens,
        difference,
    })
}

/// What the reader is told that the record is called.
async fn object(
    tx: &mut Tx<'_>,
    row: &LogRow,
    sight: &Sight,
    names: &mut Names,
) -> Result<Option<String>, StoreError> {
    if !sight.told {
        return Ok(sight.number.clone());
    }
    let key = (row.entity.clone(), row.entity_id);
    if let Some(known) = names.get(&key) {
        return Ok(known.clone());
    }
    let found = events::name_of(tx, &row.entity, row.entity_id).await?;
    names.insert(key, found.clone());
    Ok(found)
}

/// What was changed, in words; of a record that is not told only its numbers.
fn changes(
    actor: &Actor,
    row: &LogRow,
    told_whole: bool,
    orgs: &[OrgUnit],
    zone: &TimeZone,
) -> Vec<LogChange> {
    let mut shown = shown_facts(&row.event.facts, actor);
    if !told_whole {
        shown = bare_facts(shown);
    }
    let in_words = |field: &str, value: Option<&Value>| value.map(|value| told(field, value, orgs, zone));
    let change = |fact: LoggedFact| LogChange {
        name: words::field_name(&fact.field).to_string(),
        before: in_words(&fact.field, fact.before.as_ref()),
        after: in_words(&fact.field, fact.after.as_ref()),
    };
    shown.into_iter().map(change).collect()
}

/// A value in words: places by their names, moments by the company's clock.
fn told(field: &str, value: &Value, orgs: &[OrgUnit], zone: &TimeZone) -> String {
    match (field, value.as_i64()) {
        ("org", Some(id)) => {
            let org = orgs.iter().find(|org| org.id.0 == id);
            org.map_or_else(|| id.to_string(), |org| org.name.clone())
        }
        ("effective_at" | "until", Some(at)) => written(Instant(at), zone),
        _ => words::value_text(field, value),
    }
}

/// `2026-11-24 09:00:00` by the company's clock.
fn written(at: Instant, zone: &TimeZone) -> String {
    let moment = jiff::Timestamp::from_millisecond(at.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    moment.to_zoned_datetime(zone.clone()).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// What a person may do, how far, and which of their roles gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EffectiveRights {
    pub person: (i64, String),
    pub active: bool,
    /// Where the reach `org` begins.
    pub org_name: String,
    pub roles: Vec<String>,
    pub rights: Vec<EffectiveRight>,
    /// What nobody of these roles gives.
    pub missing: Vec<Right>,
    /// What they may take off by hand; `None` where they write no quotations, or no limit binds.
    pub price_limit: Option<LimitRow>,
}

/// One right that a person has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EffectiveRight {
    pub right: Right,
    /// The widest of what the roles give.
    pub reach: Reach,
    /// Names of the roles that give it, each with how far.
    pub from: Vec<(String, Reach)>,
}

/// The rights of one person whom the actor sees; of oneself always.
pub async fn effective_rights(
    ctx: &Ctx,
    actor: &Actor,
    person: domain::base::PersonId,
) -> Result<EffectiveRights, AppError> {
    let own = actor.person == person;
    let scope = match own {
        true => domain::access::Scope { person, path: None },
        false => actor.scope(Right::PeopleRead)?,
    };
    let limits = live(ctx, ctx.moment().await?.now).await?.limits.clone();
    ctx.store
        .read(|tx| {
            Box::pin(async move {
                let found = access::person(tx, person, &scope).await?;
                let found = found.ok_or(domain::access::AccessRefused::NotFound)?;
                let mut rights: BTreeMap<Right, Vec<(String, Reach)>> = BTreeMap::new();
                for role in access::roles(tx).await? {
                    if !found.roles.iter().any(|(key, _)| *key == role.key) {
                        continue;
                    }
                    for (right, reach) in access::rights_of(tx, role.id).await? {
                        rights.entry(right).or_default().push((role.name.clone(), reach));
                    }
                }
                let bound = rights.contains_key(&Right::QuoteWrite)
                    && !rights.contains_key(&Right::QuoteIssueBelowFloor);
                let keys = found.roles.iter().map(|(key, _)| key.as_str());
                let price_limit = bound.then(|| limits.of_roles(keys));
                let missing = Right::ALL.iter().copied().filter(|right| !rights.contains_key(right));
                let missing = missing.collect();
                let widest = |from: &[(String, Reach)]| from.iter().map(|(_, reach)| *reach).max();
                let rights = rights.into_iter().map(|(right, from)| EffectiveRight {
                    right,
                    reach: widest(&from).unwrap_or(Reach::Own),
                    from,
                });
                Ok(EffectiveRights {
                    person: (found.id.0, found.name),
                    active: found.active,
                    org_name: found.org_name,
                    roles: found.roles.into_iter().map(|(_, name)| name).collect(),
                    rights: rights.collect(),
                    missing,
                    price_limit,
                })
            })
        })
        .await
}
