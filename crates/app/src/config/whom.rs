//! Whom lists are for. Customers and regions of elsewhere are nobody's in a region: its people neither read of them in the
//! lists of head office nor name them in their own.

use std::collections::{BTreeMap, BTreeSet};

use domain::access::{AccessRefused, Actor, OrgKind, OrgUnit, Right};
use domain::base::{CustomerId, FieldFault, Invalid, ItemId, Limit, OrgId};
use domain::config::{Change, ConfigRefused, ITEM_ROWS_MAX, Kind, Rows};
use domain::pricing::{CorridorRow, ForWhom, LIST_ROW_KEY, ListRow};
use store::config::{DeltaRow, DraftFilter, Release, ReleaseItem, RowPage, Sight};
use store::{StoreError, Tx};

use super::items::{ItemView, cut};
use super::sight::{reaches, sees};
use crate::{AppError, Ctx};

/// So many of those who have left are named.
const NAMED_MAX: usize = 10;

/// Every item that the person sees.
pub async fn items(ctx: &Ctx, actor: &Actor, kind: Option<Kind>) -> Result<Vec<ItemView>, AppError> {
    let views = super::items::items(ctx, actor, kind).await?;
    told(ctx, actor, views, usize::MAX).await
}

/// A page of them, by their number; the second says where the next page begins.
pub async fn items_page(
    ctx: &Ctx,
    actor: &Actor,
    kind: Option<Kind>,
    (after, limit): (Option<ItemId>, Limit),
) -> Result<(Vec<ItemView>, Option<ItemId>), AppError> {
    let mut views = super::items::items(ctx, actor, kind).await?;
    views.retain(|view| after.is_none_or(|after| view.item.id > after));
    let most = usize::try_from(limit.and_one()).unwrap_or(usize::MAX);
    let mut found = told(ctx, actor, views, most).await?;
    let next = cut(&mut found, limit, |view| view.item.id);
    Ok((found, next))
}

/// One item.
pub async fn item(ctx: &Ctx, actor: &Actor, id: ItemId) -> Result<ItemView, AppError> {
    let view = super::items::item(ctx, actor, id).await?;
    let told = told(ctx, actor, vec![view], 1).await?;
    Ok(told.into_iter().next().ok_or(AccessRefused::NotFound)?)
}

/// The first `most` items without those that are for others alone; what is said of the rest names only customers that the
/// person sees.
async fn told(
    ctx: &Ctx,
    actor: &Actor,
    mut views: Vec<ItemView>,
    most: usize,
) -> Result<Vec<ItemView>, AppError> {
    if sees_all(actor) {
        views.truncate(most);
        return Ok(views);
    }
    let actor = actor.clone();
    ctx.store
        .read(|tx| {
            Box::pin(async move {
                let mut told = Vec::new();
                for view in views {
                    if told.len() == most {
                        break;
                    }
                    let item = &view.item;
                    if hidden(tx, &actor, (item.id, item.kind), &item.scope_path).await? {
                        continue;
                    }
                    let about = about(tx, &actor, &view).await?;
                    let (of, n) = ((item.id, item.kind), view.in_force.as_ref().map_or(0, |head| head.n));
                    let own = own_rows(tx, &actor, of, n, "%").await?;
                    let rows = own.map_or(view.rows, |own| count(&own));
                    told.push(ItemView { about: about.unwrap_or_else(|| view.about.clone()), rows, ..view });
                }
                Ok(told)
            })
        })
        .await
}

/// What the list is, in words, where it names customers whom the person does not see.
async fn about(tx: &mut Tx<'_>, actor: &Actor, view: &ItemView) -> Result<Option<String>, StoreError> {
    if view.item.kind != Kind::PriceList {
        return Ok(None);
    }
    let list = match &view.in_force {
        Some(head) => super::making::list_row(tx, view.item.id, head.n).await?,
        None => newest(tx, view.item.id).await?,
    };
    let Some(mut list) = list else { return Ok(None) };
    let seen = seen(tx, actor, &list.for_whom.customers).await?;
    if seen.len() == list.for_whom.customers.len() {
        return Ok(None);
    }
    list.for_whom.customers.retain(|id| seen.contains(id));
    let customers = store::config::customer_names(tx, &list.for_whom.customers).await?;
    let regions = store::config::regions(tx).await?;
    let region = regions.get(&view.item.scope).map(String::as_str);
    Ok(Some(domain::words::price_rows::list_line(&list, region, &customers, &regions)))
}

/// Whether the person reads all configuration of the company, whomever it is for.
fn sees_all(actor: &Actor) -> bool {
    actor.scope(Right::ConfigRead).is_ok_and(|scope| scope.path.as_deref() == Some("/"))
}

/// Those of these customers whom the person sees.
pub(super) async fn seen(
    tx: &mut Tx<'_>,
    actor: &Actor,
    customers: &[CustomerId],
) -> Result<BTreeSet<CustomerId>, StoreError> {
    if sees_all(actor) {
        return Ok(customers.iter().copied().collect());
    }
    match actor.scope(Right::CustomerRead) {
        Ok(scope) => store::config::customers_seen(tx, customers, &scope).await,
        Err(_) => Ok(BTreeSet::new()),
    }
}

/// Whether an item of head office is a list for others alone.
pub(super) async fn hidden(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (item, kind): (ItemId, Kind),
    scope_path: &str,
) -> Result<bool, StoreError> {
    if kind != Kind::PriceList || reaches(actor, scope_path) {
        return Ok(false);
    }
    match newest(tx, item).await? {
        Some(list) => for_others(tx, actor, &list.for_whom).await,
        None => Ok(false),
    }
}

/// The same by the item alone.
pub(crate) async fn out_of_sight(tx: &mut Tx<'_>, actor: &Actor, id: ItemId) -> Result<bool, StoreError> {
    if sees_all(actor) {
        return Ok(false);
    }
    match store::config::item(tx, id).await? {
        Some(item) => hidden(tx, actor, (id, item.kind), &item.scope_path).await,
        None => Ok(false),
    }
}

/// Whether a list is for customers of whom the person sees none, or for regions of elsewhere.
pub(super) async fn for_others(tx: &mut Tx<'_>, actor: &Actor, whom: &ForWhom) -> Result<bool, StoreError> {
    if sees_all(actor) {
        return Ok(false);
    }
    if !whom.customers.is_empty() && seen(tx, actor, &whom.customers).await?.is_empty() {
        return Ok(true);
    }
    if whom.regions.is_empty() {
        return Ok(false);
    }
    let own = own_regions(tx, actor).await?;
    Ok(!whom.regions.iter().any(|region| own.contains(region)))
}

/// The regions that the person belongs to, or that lie beneath.
async fn own_regions(tx: &mut Tx<'_>, actor: &Actor) -> Result<BTreeSet<OrgId>, StoreError> {
    let regions = regions(tx).await?;
    Ok(regions.iter().filter(|region| is_own(actor, region)).map(|region| region.id).collect())
}

fn is_own(actor: &Actor, region: &OrgUnit) -> bool {
    region.path.starts_with(&actor.org_path) || actor.org_path.starts_with(&region.path)
}

async fn regions(tx: &mut Tx<'_>) -> Result<Vec<OrgUnit>, StoreError> {
    let mut orgs = store::access::orgs(tx).await?;
    orgs.retain(|org| org.kind == OrgKind::Region);
    Ok(orgs)
}

/// What is true of the whole list by its newest revision; of one that is not published yet, by its newest draft.
async fn newest(tx: &mut Tx<'_>, item: ItemId) -> Result<Option<ListRow>, StoreError> {
    if let Some(head) = store::config::history(tx, item).await?.head() {
        return super::making::list_row(tx, item, head.n).await;
    }
    let everything = Sight { like: "%".to_string(), path: "/".to_string(), kinds: vec![Kind::PriceList] };
    let filter = DraftFilter { item: Some(item), ..DraftFilter::default() };
    let drafts = store::config::drafts(tx, &everything, &filter, 1).await?;
    let Some(draft) = drafts.first() else { return Ok(None) };
    let rows = store::config::delta_at_keys(tx, draft.id, &[LIST_ROW_KEY.to_string()]).await?;
    let content = rows.get(LIST_ROW_KEY).cloned().flatten();
    Ok(content.and_then(|content| ListRow::read(&content).ok()))
}

/// The release without the lists that are for others alone.
pub(super) async fn of_release(
    tx: &mut Tx<'_>,
    actor: &Actor,
    release: Release,
) -> Result<Release, StoreError> {
    let mut items: Vec<ReleaseItem> = Vec::with_capacity(release.items.len());
    for line in &release.items {
        if !hidden(tx, actor, (line.item, line.kind), &release.scope_path).await? {
            items.push(line.clone());
        }
    }
    Ok(Release { items, ..release })
}

/// The regions of elsewhere whose rows of the corridor the person does not read; `None` where they read all of it.
pub(super) async fn strange_regions(
    tx: &mut Tx<'_>,
    actor: &Actor,
    kind: Kind,
) -> Result<Option<BTreeSet<OrgId>>, StoreError> {
    if kind != Kind::PriceCorridor || sees_all(actor) {
        return Ok(None);
    }
    let regions = regions(tx).await?;
    Ok(Some(regions.iter().filter(|region| !is_own(actor, region)).map(|region| region.id).collect()))
}

/// Whether a row of the corridor is for one of these regions.
pub(super) fn is_strange(strange: Option<&BTreeSet<OrgId>>, content: &str) -> bool {
    let Some(strange) = strange else { return false };
    let region = CorridorRow::read(content).ok().and_then(|row| row.region);
    region.is_some_and(|region| strange.contains(&region))
}

/// The rows of revision `n` that hold the pattern and are the person's to read, by key; `None` where they read all of
/// it, so that the database pages and counts.
pub(super) async fn own_rows(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (item, kind): (ItemId, Kind),
    n: i64,
    pattern: &str,
) -> Result<Option<Vec<(String, String)>>, StoreError> {
    let strange = strange_regions(tx, actor, kind).await?;
    if strange.is_none() {
        return Ok(None);
    }
    let limit = u32::try_from(ITEM_ROWS_MAX).unwrap_or(u32::MAX);
    let all = RowPage { after: None, pattern: pattern.to_string(), limit };
    let mut rows = store::config::rows_page(tx, item, n, &all).await?;
    rows.retain(|(_, content)| !is_strange(strange.as_ref(), content));
    Ok(Some(rows))
}

/// How many rows of revision `n` hold the pattern, of those that the person reads.
pub(super) async fn rows_to_read(
    tx: &mut Tx<'_>,
    actor: &Actor,
    of: (ItemId, Kind),
    n: i64,
    pattern: &str,
) -> Result<i64, StoreError> {
    match own_rows(tx, actor, of, n, pattern).await? {
        Some(own) => Ok(count(&own)),
        None => store::config::rows_count(tx, of.0, n, pattern).await,
    }
}

fn count<T>(rows: &[T]) -> i64 {
    i64::try_from(rows.len()).unwrap_or(i64::MAX)
}

/// Leaves out the changes of rows of the corridor that are for regions of elsewhere.
pub(super) async fn own_changes(
    tx: &mut Tx<'_>,
    actor: &Actor,
    kind: Kind,
    mut changes: Vec<Change>,
) -> Result<Vec<Change>, StoreError> {
    let strange = strange_regions(tx, actor, kind).await?;
    changes.retain(|change| !is_strange(strange.as_ref(), change.content()));
    Ok(changes)
}

/// Refuses to bring back the rows of revision `n` where the list would be for customers or regions that are no longer of
/// its scope; named are those whom the person sees.
pub(super) async fn none_has_left(
    tx: &mut Tx<'_>,
    actor: &Actor,
    place: (Kind, &str),
    (n, rows): (i64, &Rows),
) -> Result<(), AppError> {
    let list = rows.get(LIST_ROW_KEY).filter(|_| place.0 == Kind::PriceList);
    let Some(list) = list.and_then(|row| ListRow::read(row).ok()) else { return Ok(()) };
    let within = Within::of(tx, place, &list.for_whom.customers).await?;
    let (customers, regions) = within.others(&list.for_whom);
    let all = customers.len() + regions.len();
    if all == 0 {
        return Ok(());
    }
    let seen: Vec<CustomerId> = seen(tx, actor, &customers).await?.into_iter().collect();
    let mut names: Vec<String> = store::config::customer_names(tx, &seen).await?.into_values().collect();
    let known = store::config::regions(tx).await?;
    names.extend(regions.iter().filter_map(|id| known.get(id).cloned()));
    names.truncate(NAMED_MAX);
    let others = all - names.len();
    Err(ConfigRefused::RestoresStrangers { n, names, others }.into())
}

/// Of these lists those that the person does not see.
pub(super) async fn strange_lists(
    tx: &mut Tx<'_>,
    actor: &Actor,
    lists: Vec<ItemId>,
) -> Result<BTreeSet<ItemId>, StoreError> {
    let mut strange = BTreeSet::new();
    if sees_all(actor) {
        return Ok(strange);
    }
    for id in lists {
        let seen = match store::config::item(tx, id).await? {
            Some(item) => {
                let place = (item.id, item.kind);
                sees(actor, &item.scope_path, item.kind)
                    && !hidden(tx, actor, place, &item.scope_path).await?
            }
            None => false,
        };
        if !seen {
            strange.insert(id);
        }
    }
    Ok(strange)
}

/// Whom a list may name: the customers and the regions of its own scope. Others are answered as if there were none.
#[derive(Clone, Debug, Default)]
pub(super) struct Within {
    customers: BTreeSet<CustomerId>,
    regions: BTreeSet<OrgId>,
}

impl Within {
    /// Of these customers, and of all regions, those beneath the scope at this path.
    pub async fn of(
        tx: &mut Tx<'_>,
        (kind, path): (Kind, &str),
        customers: &[CustomerId],
    ) -> Result<Within, StoreError> {
        if kind != Kind::PriceList {
            return Ok(Within::default());
        }
        let customers = store::config::customers_beneath(tx, customers, path).await?;
        let regions = regions(tx).await?;
        let regions = regions.iter().filter(|region| region.path.starts_with(path));
        Ok(Within { customers, regions: regions.map(|region| region.id).collect() })
    }

    /// The fields of `whom` that name somebody else.
    pub fn strangers(&self, whom: &ForWhom) -> Vec<&'static str> {
        let (customers, regions) = self.others(whom);
        let fields = [("customers", customers.is_empty()), ("regions", regions.is_empty())];
        fields.into_iter().filter(|(_, none)| !none).map(|(field, _)| field).collect()
    }

    /// Whom `whom` names besides those.
    fn others(&self, whom: &ForWhom) -> (Vec<CustomerId>, Vec<OrgId>) {
        let customers = whom.customers.iter().copied().filter(|id| !self.customers.contains(id));
        let regions = whom.regions.iter().copied().filter(|id| !self.regions.contains(id));
        (customers.collect(), regions.collect())
    }

    /// Refuses rows of a whole list that name somebody else; `places` says which row of the request stands under a key.
    pub fn check(
        &self,
        kind: Kind,
        rows: &[DeltaRow],
        places: &BTreeMap<String, usize>,
    ) -> Result<(), Invalid> {
        let mut faults = Invalid::default();
        for row in rows.iter().filter(|row| kind == Kind::PriceList && row.key == LIST_ROW_KEY) {
            let list = row.content.as_deref().and_then(|content| ListRow::read(content).ok());
            let strangers = list.map(|list| self.strangers(&list.for_whom)).unwrap_or_default();
            let place = places.get(&row.key).copied().unwrap_or_default();
            for field in strangers {
                faults.add(format!("put[{place}].content.for.{field}"), FieldFault::NoSuchRecord);
            }
        }
        faults.or_go_on()
    }
}
