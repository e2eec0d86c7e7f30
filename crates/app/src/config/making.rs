//! Items that people make themselves: a new price list, another name, an end.

use domain::access::{AccessRefused, AccountRefused, Actor, OrgKind, Right};
use domain::base::{Date, DraftId, FieldFault, Instant, Invalid, ItemId, OrgId, company_day, visible};
use domain::config::{ConfigRefused, Kind, TITLE_LETTERS_MAX, named};
use domain::pricing::{LIST_ROW_KEY, ListRow, PriceClass};
use serde_json::{Value, json};
use store::config::DeltaRow;
use store::{Command, Tx};

use super::sight::{item_for, may, need};
use crate::{AppError, Ctx};

/// An item as it is asked for.
#[derive(Clone, Debug)]
pub struct NewItem {
    pub kind: Kind,
    pub class: PriceClass,
    pub name: String,
    /// Head office, or the region whose list it is.
    pub scope: OrgId,
}

/// Makes an item with its first draft; nothing of it counts before it is published.
pub async fn create_item(ctx: &Ctx, actor: &Actor, new: NewItem) -> Result<(ItemId, DraftId), AppError> {
    let name = named(&new.name, "name", TITLE_LETTERS_MAX)?;
    ctx.write(CreateItem { actor: actor.clone(), new: NewItem { name, ..new } }).await
}

/// Gives an item another name; the papers that are out keep the old one.
pub async fn rename_item(ctx: &Ctx, actor: &Actor, id: ItemId, name: &str) -> Result<(), AppError> {
    let done = ctx.write(RenameItem { actor: actor.clone(), id, name: name.to_string() }).await;
    ctx.live.expire();
    done
}

/// Takes an item out of use that gives no price any more; its history stays.
pub async fn retire_item(ctx: &Ctx, actor: &Actor, id: ItemId) -> Result<(), AppError> {
    let zone = ctx.zone.clone();
    let done = ctx.write(RetireItem { actor: actor.clone(), id, zone }).await;
    ctx.live.expire();
    done
}

#[derive(Clone)]
struct CreateItem {
    actor: Actor,
    new: NewItem,
}

impl Command for CreateItem {
    type Out = (ItemId, DraftId);
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(ItemId, DraftId), AppError> {
        let CreateItem { actor, new } = self;
        let NewItem { kind, class, name, scope } = new;
        actor.need(Right::ConfigEdit)?;
        // Those who make items of one scope take turns.
        tx.lock_row("org_unit", "id", scope).await?;
        let unknown = || AppError::from(Invalid::one("scope", FieldFault::NoSuchRecord));
        let org = store::access::org(tx, scope).await?.ok_or_else(unknown)?;
        if !may(&actor, Right::ConfigEdit, &org.path) {
            // A region's people know of head office, and may make nothing there.
            return Err(match org.kind {
                OrgKind::Hq => ConfigRefused::HeadOfficeOnly.into(),
                _ if actor.org_path.starts_with(&org.path) => {
                    AccessRefused::Forbidden(Right::ConfigEdit).into()
                }
                _ => unknown(),
            });
        }
        if org.closed {
            return Err(AppError::refused(AccountRefused::OrgClosed));
        }
        kind.may_make(class, org.kind)?;
        free_name(tx, kind, &name, None).await?;
        let now = store::events::moment(tx).await?.now;
        let key = format!("made-{}", store::config::items_had(tx, kind, scope).await? + 1);
        let item = store::config::insert_item(tx, kind, scope, &key, &name, now).await?;
        let text = (name.as_str(), "");
        let draft = store::config::insert_draft(tx, (item, 0), text, actor.person, None, now).await?;
        let rows = kind.starting_rows(class).into_iter();
        let rows: Vec<DeltaRow> =
            rows.map(|row| DeltaRow { key: row.key, about: row.about, content: Some(row.content) }).collect();
        store::config::put_delta(tx, draft, &rows).await?;
        log(tx, &actor, now, "item.made", item, json!({ "name": name, "draft": draft })).await?;
        Ok((item, draft))
    }
}

#[derive(Clone)]
struct RenameItem {
    actor: Actor,
    id: ItemId,
    /// As it was typed.
    name: String,
}

impl Command for RenameItem {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        let RenameItem { actor, id, name } = self;
        tx.lock_row("config_item", "id", id).await?;
        let item = item_for(tx, &actor, id).await?;
        need(&actor, Right::ConfigEdit, &item.scope_path)?;
        // What stands there already is not looked at again.
        if item.name == visible(&name) {
            return Ok(());
        }
        let name = named(&name, "name", TITLE_LETTERS_MAX)?;
        free_name(tx, item.kind, &name, Some(id)).await?;
        let now = store::events::moment(tx).await?.now;
        store::config::rename_item(tx, id, &name).await?;
        log(tx, &actor, now, "item.renamed", id, json!({ "before": item.name, "name": name })).await
    }
}

#[derive(Clone)]
struct RetireItem {
    actor: Actor,
    id: ItemId,
    zone: jiff::tz::TimeZone,
}

impl Command for RetireItem {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        let RetireItem { actor, id, zone } = self;
        tx.lock_row("config_item", "id", id).await?;
        let item = item_for(tx, &actor, id).await?;
        need(&actor, Right::ConfigEdit, &item.scope_path)?;
        if item.kind != Kind::PriceList {
            return Err(ConfigRefused::KindFixed.into());
        }
        if item.shipped {
            return Err(ConfigRefused::ItemNeeded.into());
        }
        let drafts = store::config::open_drafts(tx, id).await?;
        if drafts > 0 {
            return Err(ConfigRefused::ItemHasDrafts { drafts }.into());
        }
        let now = store::events::moment(tx).await?.now;
        let today = company_day(now, &zone);
        if gives_prices(tx, id, now, today).await? {
            return Err(ConfigRefused::ItemInForce.into());
        }
        if let Some(list) = list_over(tx, id, now).await? {
            return Err(ConfigRefused::ItemIsBase { list }.into());
        }
        store::config::retire_item(tx, id).await?;
        log(tx, &actor, now, "item.retired", id, json!({ "name": item.name })).await
    }
}

/// Whether the list is in force today or will be, by its newest revision that stands.
async fn gives_prices(tx: &mut Tx<'_>, id: ItemId, now: Instant, today: Date) -> Result<bool, AppError> {
    let history = store::config::history(tx, id).await?;
    if history.queued(now).next().is_some() {
        return Ok(true);
    }
    let Some(revision) = history.in_force(now) else { return Ok(false) };
    let list = list_row(tx, id, revision.n).await?;
    Ok(list.and_then(|list| list.to).is_none_or(|to| today <= to))
}

/// The name of a list in force whose formulas ask this one.
async fn list_over(tx: &mut Tx<'_>, id: ItemId, now: Instant) -> Result<Option<String>, AppError> {
    for head in store::config::in_force(tx, now).await? {
        if head.kind == Kind::PriceList
            && list_row(tx, head.item, head.n).await?.is_some_and(|list| list.base == Some(id))
        {
            return Ok(Some(head.name));
        }
    }
    Ok(None)
}

/// The row of the whole list, of revision `n`.
pub(crate) async fn list_row(
    tx: &mut Tx<'_>,
    item: ItemId,
    n: i64,
) -> Result<Option<ListRow>, store::StoreError> {
    let rows = store::config::rows_at_keys(tx, item, n, &[LIST_ROW_KEY.to_string()]).await?;
    Ok(rows.get(LIST_ROW_KEY).and_then(|content| ListRow::read(content).ok()))
}

async fn free_name(tx: &mut Tx<'_>, kind: Kind, name: &str, except: Option<ItemId>) -> Result<(), AppError> {
    if store::config::item_named(tx, kind, name, except).await? {
        return Err(ConfigRefused::NameTaken { name: name.to_string() }.into());
    }
    Ok(())
}

async fn log(
    tx: &mut Tx<'_>,
    actor: &Actor,
    now: Instant,
    kind: &'static str,
    item: ItemId,
    facts: Value,
) -> Result<(), AppError> {
    Ok(crate::events::note(tx, (now, actor.person), kind, ("config_item", item.0), facts).await?)
}
