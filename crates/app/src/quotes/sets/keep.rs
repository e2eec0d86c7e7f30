//! Making, changing, ordering, deleting lists of one's own, and bringing deleted ones back.

use domain::access::{AccessRefused, Actor, Right};
use domain::base::{FieldFault, Instant, Invalid, PersonId, Qty, QuoteId, QuoteSetId};
use domain::quotes::{SET_LINES_MAX, SETS_MAX, SetLine, set_area, set_name};
use domain::words::sets as words;
use serde_json::json;
use store::events::{self, Event};
use store::quotes::{SetContent, SetFields, SetHead};
use store::{Command, Tx};

use super::{SetDetail, SetView, may_change, named, quote_set, quote_sets, visible_set};
use crate::config::live;
use crate::quotes::load::load;
use crate::{AppError, Ctx};

/// A deleted list can be brought back for so long.
const KEPT_MS: i64 = 30 * 24 * 3_600_000;

/// A list as somebody wants to keep it.
#[derive(Clone, Debug, Default)]
pub struct SetText {
    pub name: String,
    /// The quotation whose lines it keeps.
    pub quote: i64,
    /// With the person's region.
    pub shared: bool,
    /// For how many ㎡ it is; empty: for none in particular.
    pub area: String,
}

/// What shall be changed of a list; what is left out stays.
#[derive(Clone, Debug, Default)]
pub struct SetChange {
    pub name: Option<String>,
    pub shared: Option<bool>,
    pub area: Option<String>,
    /// The quotation whose lines take the place of those that are kept.
    pub quote: Option<i64>,
}

/// Keeps the lines of a quotation, without prices, costs and customer, as a list under a name.
pub async fn keep_quote_set(ctx: &Ctx, actor: &Actor, text: SetText) -> Result<SetDetail, AppError> {
    actor.need(Right::QuoteWrite)?;
    let (name, area) = (set_name(&text.name)?, set_area(&text.area)?);
    if text.shared {
        may_share(actor)?;
    }
    let content = content_of(ctx, actor, text.quote).await?;
    let make = MakeSet { actor: actor.clone(), name, area, shared: text.shared, content };
    let id = ctx.write(make).await?;
    quote_set(ctx, actor, id).await
}

/// Changes a list while it is at `version`.
pub async fn change_quote_set(
    ctx: &Ctx,
    actor: &Actor,
    id: QuoteSetId,
    version: i64,
    change: SetChange,
) -> Result<SetDetail, AppError> {
    let reader = actor.clone();
    let seen = ctx.store.read(|tx| Box::pin(async move { visible_set(tx, &reader, id).await })).await?;
    changeable(&seen)?;
    if change.shared == Some(true) {
        may_share(actor)?;
    }
    // A form sends the name along; one that is kept already is not judged anew.
    let name = change.name.as_deref().filter(|name| name.trim() != seen.head.name);
    let name = name.map(set_name).transpose()?;
    let area = change.area.as_deref().map(set_area).transpose()?;
    let content = match change.quote {
        Some(quote) => Some(content_of(ctx, actor, quote).await?),
        None => None,
    };
    let owner = seen.head.owner.0;
    let shared = change.shared;
    ctx.write(ChangeSet { actor: actor.clone(), owner, id, version, name, area, shared, content }).await?;
    quote_set(ctx, actor, id).await
}

/// Deletes a list; for a while it can be brought back.
pub async fn delete_quote_set(ctx: &Ctx, actor: &Actor, id: QuoteSetId) -> Result<(), AppError> {
    ctx.write(MarkSet { actor: actor.clone(), id, deleted: true }).await
}

/// Brings a deleted list back.
pub async fn restore_quote_set(ctx: &Ctx, actor: &Actor, id: QuoteSetId) -> Result<SetDetail, AppError> {
    ctx.write(MarkSet { actor: actor.clone(), id, deleted: false }).await?;
    quote_set(ctx, actor, id).await
}

/// Puts the person's own lists into the order of `ids`; those that are not named come after, as they stood.
pub async fn order_quote_sets(
    ctx: &Ctx,
    actor: &Actor,
    ids: Vec<QuoteSetId>,
) -> Result<Vec<SetView>, AppError> {
    actor.need(Right::QuoteWrite)?;
    if ids.len() > SETS_MAX {
        return Err(Invalid::one("ids", FieldFault::TooMany { count_max: SETS_MAX }).into());
    }
    ctx.write(OrderSets { person: actor.person, ids }).await?;
    quote_sets(ctx, actor).await
}

/// Refuses a person without the right to share, in words that say whom to ask.
fn may_share(actor: &Actor) -> Result<(), Invalid> {
    if actor.has(Right::QuoteSetShare) {
        return Ok(());
    }
    Err(Invalid::one("shared", FieldFault::Said(words::MAY_NOT_SHARE.to_string())))
}

fn changeable(view: &SetView) -> Result<(), AccessRefused> {
    if view.may_change { Ok(()) } else { Err(AccessRefused::Forbidden(Right::QuoteSetShare)) }
}

/// What a list keeps of a quotation that the actor sees.
async fn content_of(ctx: &Ctx, actor: &Actor, quote: i64) -> Result<SetContent, AppError> {
    let loaded = load(ctx, actor, QuoteId(quote)).await.map_err(|error| match error {
        AppError::Access(_) => Invalid::one("quote_id", FieldFault::NoSuchRecord).into(),
        other => other,
    })?;
    let said = |words: String| Invalid::one("quote_id", FieldFault::Said(words));
    if loaded.lines.is_empty() {
        return Err(said(words::NO_LINES.to_string()).into());
    }
    if loaded.lines.len() > SET_LINES_MAX {
        return Err(said(words::too_many_lines(loaded.lines.len())).into());
    }
    let live = live(ctx, loaded.moment.now).await?;
    let units = |line: &domain::quotes::DraftLine| live.goods.get(&line.product).map(|it| &it.facts.units);
    let lines: Vec<SetLine> = loaded.lines.iter().map(|line| SetLine::of(line, units(line))).collect();
    let first_product = lines.first().and_then(|line| named(line, &live)).map(|product| product.name);
    Ok(SetContent { lines, first_product })
}

/// The person's name must be new among their own lists, and there must be room for one more.
async fn room_for(
    tx: &mut Tx<'_>,
    owner: PersonId,
    name: &str,
    besides: Option<QuoteSetId>,
) -> Result<(), AppError> {
    let own = store::quotes::own_sets(tx, owner).await?;
    let others = own.iter().filter(|head| Some(head.id) != besides);
    if others.clone().any(|head| head.name == name) {
        return Err(Invalid::one("name", FieldFault::Taken).into());
    }
    if others.count() >= SETS_MAX {
        let fault = FieldFault::Said(words::too_many_sets());
        return Err(Invalid::one("name", fault).into());
    }
    Ok(())
}

#[derive(Clone)]
struct MakeSet {
    actor: Actor,
    name: String,
    area: Option<Qty>,
    shared: bool,
    content: SetContent,
}

impl Command for MakeSet {
    type Out = QuoteSetId;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<QuoteSetId, AppError> {
        let (now, owner) = (events::moment(tx).await?.now, self.actor.person);
        // Whoever makes two lists at once counts them one after the other.
        tx.lock_row("person", "id", owner).await?;
        room_for(tx, owner, &self.name, None).await?;
        let shared = match self.shared {
            true => Some(store::quotes::home_of(tx, &self.actor.org_path).await?),
            false => None,
        };
        let fields = SetFields { name: self.name, area: self.area, shared };
        let id = store::quotes::insert_set(tx, owner, &fields, &self.content, now).await?;
        let facts = json!({
            "name": fields.name, "lines": self.content.lines.len(), "shared_org_id": shared.map(|org| org.0),
        });
        log(tx, now, owner, "quote_set.made", id, facts).await?;
        Ok(id)
    }
}

#[derive(Clone)]
struct ChangeSet {
    actor: Actor,
    owner: PersonId,
    id: QuoteSetId,
    version: i64,
    name: Option<String>,
    area: Option<Option<Qty>>,
    shared: Option<bool>,
    content: Option<SetContent>,
}

impl Command for ChangeSet {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        let now = events::moment(tx).await?.now;
        tx.lock_row("person", "id", self.owner).await?;
        let view = visible_set(tx, &self.actor, self.id).await?;
        changeable(&view)?;
        let before = view.head;
        if before.version != self.version {
            return Err(AppError::Stale { version: before.version });
        }
        let kept = before.shared.as_ref().map(|shared| shared.org);
        let fields = SetFields {
            name: self.name.unwrap_or_else(|| before.name.clone()),
            area: self.area.unwrap_or(before.area),
            shared: match (self.shared, kept) {
                (Some(false), _) => None,
                (Some(true), None) => Some(store::quotes::home_of(tx, &self.actor.org_path).await?),
                (Some(true) | None, kept) => kept,
            },
        };
        if fields.name != before.name {
            room_for(tx, self.owner, &fields.name, Some(self.id)).await?;
        }
        let at = (self.id, self.version);
        if !store::quotes::save_set(tx, at, &fields, self.content.as_ref(), now).await? {
            return Err(AppError::Stale { version: before.version });
        }
        let facts = json!({
            "name": fields.name, "was": before.name, "shared_org_id": fields.shared.map(|org| org.0),
            "lines": self.content.map(|content| content.lines.len()),
        });
        log(tx, now, self.actor.person, "quote_set.changed", self.id, facts).await
    }
}

#[derive(Clone)]
struct MarkSet {
    actor: Actor,
    id: QuoteSetId,
    deleted: bool,
}

impl MarkSet {
    /// The list as it stands, deleted or not, when the actor may delete it and bring it back.
    async fn head(&self, tx: &mut Tx<'_>) -> Result<SetHead, AppError> {
        self.actor.need(Right::QuoteWrite)?;
        let head = store::quotes::set_head(tx, self.id).await?;
        let head = head.filter(|head| super::sees(&self.actor, head)).ok_or(AccessRefused::NotFound)?;
        if !may_change(&self.actor, &head) {
            return Err(AccessRefused::Forbidden(Right::QuoteSetShare).into());
        }
        Ok(head)
    }
}

impl Command for MarkSet {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        let now = events::moment(tx).await?.now;
        let owner = self.head(tx).await?.owner.0;
        tx.lock_row("person", "id", owner).await?;
        let head = self.head(tx).await?;
        if head.deleted == self.deleted {
            // Asked for twice: what is gone is not found, what is back is back.
            return if self.deleted { Err(AccessRefused::NotFound.into()) } else { Ok(()) };
        }
        if self.deleted {
            store::quotes::forget_old_sets(tx, owner, before(now)).await?;
        } else {
            room_for(tx, owner, &head.name, None).await?;
        }
        store::quotes::mark_set(tx, self.id, self.deleted.then_some(now), now).await?;
        let kind = if self.deleted { "quote_set.deleted" } else { "quote_set.restored" };
        log(tx, now, self.actor.person, kind, self.id, json!({"name": head.name})).await
    }
}

fn before(now: Instant) -> Instant {
    now.plus_ms(-KEPT_MS)
}

#[derive(Clone)]
struct OrderSets {
    person: PersonId,
    ids: Vec<QuoteSetId>,
}

impl Command for OrderSets {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        tx.lock_row("person", "id", self.person).await?;
        let own = store::quotes::own_sets(tx, self.person).await?;
        let mut order: Vec<QuoteSetId> = Vec::with_capacity(own.len());
        let known = self.ids.iter().filter(|id| own.iter().any(|head| head.id == **id));
        for id in known.chain(own.iter().map(|head| &head.id)) {
            if !order.contains(id) {
                order.push(*id);
            }
        }
        store::quotes::order_sets(tx, self.person, &order).await?;
        Ok(())
    }
}

/// Logs what happened to a list.
async fn log(
    tx: &mut Tx<'_>,
    now: Instant,
    by: PersonId,
    kind: &'static str,
    id: QuoteSetId,
    facts: serde_json::Value,
) -> Result<(), AppError> {
    let event = Event { actor: Some(by), kind, entity: "quote_set", entity_id: id.0, facts };
    events::append(tx, now, &event).await?;
    Ok(())
}
