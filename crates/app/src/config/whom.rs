//! Whom lists are for. Customers and regions of elsewhere are nobody's in a region: its people neither read of them in the
//! lists of head office nor name them in their own.

use std::collections::{BTreeMap, BTreeSet};

use domain::access::{AccessRefused, Actor, OrgKind, OrgUnit, Right};
use domain::base::{CustomerId, DraftId, FieldFault, Instant, Invalid, ItemId, Limit, OrgId};
use domain::config::{
    Change, ConfigRefused, DraftState, History, ITEM_ROWS_MAX, Kind, OPEN_DRAFTS_MAX, Rows,
};
use domain::pricing::{CorridorRow, ForWhom, LIST_ROW_KEY, ListRow};
use store::config::{DeltaRow, Draft, DraftFilter, Item, Release, ReleaseItem, RowPage, Sight};
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
                    told.extend(told_of(tx, &actor, view).await?);
                }
                Ok(told)
            })
        })
        .await
}

/// The item with what of it is the person's to read; `None` where nothing is.
async fn told_of(tx: &mut Tx<'_>, actor: &Actor, mut view: ItemView) -> Result<Option<ItemView>, StoreError> {
    let of = (view.item.id, view.item.kind);
    let counting = view.in_force.iter().map(|head| head.n).chain(view.queued.iter().map(|it| it.n)).collect();
    let part = part(tx, actor, (of.0, of.1, view.item.scope_path.as_str()), counting).await?;
    if let Some(part) = &part {
        if part.is_out() {
            return Ok(None);
        }
        view.in_force = view.in_force.filter(|head| part.revisions.contains(&head.n));
        view.queued.retain(|it| part.revisions.contains(&it.n));
        if view.open_drafts > 0 {
            view.open_drafts = i64::try_from(open_drafts(tx, actor, of.0).await?.len()).unwrap_or(i64::MAX);
        }
        if view.in_force.is_none() {
            view.rows = 0;
        }
    }
    if let Some(about) = about(tx, actor, &view, part.and_then(|part| part.list)).await? {
        view.about = about;
    }
    let n = view.in_force.as_ref().map_or(0, |head| head.n);
    if let Some(own) = own_rows(tx, actor, of, n, "%").await? {
        view.rows = count(&own);
    }
    Ok(Some(view))
}

/// What the list is, in words, where it names customers whom the person does not see. `list` is what they read of it;
/// without one it is theirs to read whole.
async fn about(
    tx: &mut Tx<'_>,
    actor: &Actor,
    view: &ItemView,
    list: Option<ListRow>,
) -> Result<Option<String>, StoreError> {
    if view.item.kind != Kind::PriceList {
        return Ok(None);
    }
    let (part, list) = match (list, &view.in_force) {
        (Some(list), _) => (true, Some(list)),
        (None, Some(head)) => (false, super::making::list_row(tx, view.item.id, head.n).await?),
        (None, None) => (false, newest(tx, view.item.id).await?),
    };
    let Some(mut list) = list else { return Ok(None) };
    let seen = seen(tx, actor, &list.for_whom.customers).await?;
    if !part && seen.len() == list.for_whom.customers.len() {
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

/// What of a list of head office the person reads, of what counts or may count: each revision and each draft is judged by
/// its own `for`.
struct Part {
    revisions: Vec<i64>,
    drafts: Vec<DraftId>,
    /// Whether there is anything that is for others alone.
    withheld: bool,
    /// What the first of them says of the whole list.
    list: Option<ListRow>,
}

impl Part {
    /// Whether all of it is for others alone.
    fn is_out(&self) -> bool {
        self.withheld && self.revisions.is_empty() && self.drafts.is_empty()
    }
}

/// What the person reads of an item of which these revisions are in force or wait; `None`: whatever there is of it. Drafts
/// are looked at only where no revision is theirs.
async fn part(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (item, kind, scope_path): (ItemId, Kind, &str),
    counting: Vec<i64>,
) -> Result<Option<Part>, StoreError> {
    if kind != Kind::PriceList || reaches(actor, scope_path) {
        return Ok(None);
    }
    let mut part = Part { revisions: Vec::new(), drafts: Vec::new(), withheld: false, list: None };
    let published = !counting.is_empty();
    for n in counting {
        let list = super::making::list_row(tx, item, n).await?;
        if for_others_by(tx, actor, list.as_ref()).await? {
            part.withheld = true;
        } else {
            part.list = part.list.or(list);
            part.revisions.push(n);
        }
    }
    if part.revisions.is_empty() {
        for (draft, list) in open_drafts(tx, actor, item).await? {
            part.list = part.list.or(list);
            part.drafts.push(draft);
        }
    }
    if !published && part.drafts.is_empty() {
        let list = newest(tx, item).await?;
        part.withheld = for_others_by(tx, actor, list.as_ref()).await?;
        part.list = list;
    }
    Ok(Some(part))
}

/// The open drafts of the item that the person reads, the newest first, with what each says of the whole list.
async fn open_drafts(
    tx: &mut Tx<'_>,
    actor: &Actor,
    item: ItemId,
) -> Result<Vec<(DraftId, Option<ListRow>)>, StoreError> {
    let states = vec![DraftState::Editing, DraftState::Submitted, DraftState::Confirmed];
    let filter = DraftFilter { item: Some(item), states, ..DraftFilter::default() };
    let most = u32::try_from(OPEN_DRAFTS_MAX).unwrap_or(u32::MAX);
    let mut read = Vec::new();
    for draft in store::config::drafts(tx, &everything(), &filter, most).await? {
        let list = list_of_draft(tx, &draft).await?;
        if !for_others_by(tx, actor, list.as_ref()).await? {
            read.push((draft.id, list));
        }
    }
    Ok(read)
}

/// Whether an item is for others alone in all that is in force, waits or is being drafted of it.
pub(super) async fn hidden(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (item, kind): (ItemId, Kind),
    scope_path: &str,
) -> Result<bool, StoreError> {
    if kind != Kind::PriceList || reaches(actor, scope_path) {
        return Ok(false);
    }
    let now = store::events::moment(tx).await?.now;
    let history = store::config::history(tx, item).await?;
    let counting = history.in_force(now).into_iter().chain(history.queued(now)).map(|it| it.n).collect();
    let part = part(tx, actor, (item, kind, scope_path), counting).await?;
    Ok(part.is_some_and(|part| part.is_out()))
}

/// Whether revision `n` of an item is for others alone, by what it says itself; 0 is the time before the first.
pub(super) async fn hidden_at(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (item, kind): (ItemId, Kind),
    (scope_path, n): (&str, i64),
) -> Result<bool, StoreError> {
    if n == 0 || kind != Kind::PriceList || reaches(actor, scope_path) {
        return Ok(false);
    }
    // One that was cancelled has taken its row back, and was for those whom the row named all the same.
    let said = store::config::row_over_time(tx, item, LIST_ROW_KEY).await?;
    let row = said.iter().find(|row| row.n == n).or_else(|| said.iter().find(|row| row.is_of(n)));
    let list = row.and_then(|row| ListRow::read(&row.content).ok());
    for_others_by(tx, actor, list.as_ref()).await
}

/// The number of a revision whose rows the person reads: a cancelled one never was, and one that is for others alone is
/// not there.
pub(super) async fn readable(
    tx: &mut Tx<'_>,
    actor: &Actor,
    item: &Item,
    (history, n): (&History, i64),
) -> Result<i64, AppError> {
    let revision = history.revision(n).ok_or(AccessRefused::NotFound)?;
    if hidden_at(tx, actor, (item.id, item.kind), (item.scope_path.as_str(), n)).await? {
        return Err(AccessRefused::NotFound.into());
    }
    if revision.cancelled { Err(ConfigRefused::RevisionCancelled { n }.into()) } else { Ok(n) }
}

/// The number of the revision that is in force at `asked`, or now when nothing is asked: there it is none where it is for
/// others alone.
pub(super) async fn readable_at(
    tx: &mut Tx<'_>,
    actor: &Actor,
    item: &Item,
    (history, asked): (&History, Option<Instant>),
) -> Result<i64, AppError> {
    let at = match asked {
        Some(at) => at,
        None => store::events::moment(tx).await?.now,
    };
    let n = history.in_force(at).map_or(0, |revision| revision.n);
    let out = hidden_at(tx, actor, (item.id, item.kind), (item.scope_path.as_str(), n)).await?;
    match asked {
        Some(_) if out => Err(AccessRefused::NotFound.into()),
        _ => Ok(if out { 0 } else { n }),
    }
}

/// Whether a draft is for others alone, by what it would make of the list, whatever is in force.
pub(super) async fn hidden_draft(tx: &mut Tx<'_>, actor: &Actor, draft: &Draft) -> Result<bool, StoreError> {
    if draft.kind != Kind::PriceList || reaches(actor, &draft.scope_path) {
        return Ok(false);
    }
    let list = list_of_draft(tx, draft).await?;
    for_others_by(tx, actor, list.as_ref()).await
}

/// Whether the revision that a draft stands on is for others alone: then what was there before is not told, and all that
/// the draft holds is new.
pub(super) async fn hidden_base(tx: &mut Tx<'_>, actor: &Actor, draft: &Draft) -> Result<bool, StoreError> {
    hidden_at(tx, actor, (draft.item, draft.kind), (draft.scope_path.as_str(), draft.base_n)).await
}

async fn for_others_by(tx: &mut Tx<'_>, actor: &Actor, list: Option<&ListRow>) -> Result<bool, StoreError> {
    match list {
        Some(list) => for_others(tx, actor, &list.for_whom).await,
        None => Ok(false),
    }
}

/// What a draft says of the whole list: as it changes it, else as its base has it.
pub(super) async fn list_of_draft(tx: &mut Tx<'_>, draft: &Draft) -> Result<Option<ListRow>, StoreError> {
    let rows = store::config::delta_at_keys(tx, draft.id, &[LIST_ROW_KEY.to_string()]).await?;
    match rows.get(LIST_ROW_KEY) {
        Some(content) => Ok(content.as_deref().and_then(|content| ListRow::read(content).ok())),
        None => super::making::list_row(tx, draft.item, draft.base_n).await,
    }
}

/// The same of what is told of an item: by the draft or the revision that it is about.
pub(crate) async fn out_of_sight(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ItemId,
    (draft, n): (Option<DraftId>, Option<i64>),
) -> Result<bool, StoreError> {
    if sees_all(actor) {
        return Ok(false);
    }
    let Some(item) = store::config::item(tx, id).await? else { return Ok(false) };
    if let Some(draft) = draft {
        let Some(draft) = store::config::draft(tx, draft).await? else { return Ok(false) };
        return hidden_draft(tx, actor, &draft).await;
    }
    match n {
        Some(n) => hidden_at(tx, actor, (id, item.kind), (item.scope_path.as_str(), n)).await,
        None => hidden(tx, actor, (id, item.kind), &item.scope_path).await,
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
    let filter = DraftFilter { item: Some(item), ..DraftFilter::default() };
    let drafts = store::config::drafts(tx, &everything(), &filter, 1).await?;
    match drafts.first() {
        Some(draft) => list_of_draft(tx, draft).await,
        None => Ok(None),
    }
}

/// What the rules look at, whoever asks: what of it is told is decided afterwards.
fn everything() -> Sight {
    Sight { like: "%".to_string(), path: "/".to_string(), kinds: vec![Kind::PriceList] }
}

/// The release without the lists that are for others alone.
pub(super) async fn of_release(
    tx: &mut Tx<'_>,
    actor: &Actor,
    release: Release,
) -> Result<Release, StoreError> {
    let mut items: Vec<ReleaseItem> = Vec::with_capacity(release.items.len());
    for line in &release.items {
        if !hidden_at(tx, actor, (line.item, line.kind), (release.scope_path.as_str(), line.n)).await? {
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

/// Leaves out the changes of rows of the corridor that are for regions of elsewhere; with a hidden base also all that was
/// there before.
pub(super) async fn own_changes(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (kind, base_hidden): (Kind, bool),
    mut changes: Vec<Change>,
) -> Result<Vec<Change>, StoreError> {
    if base_hidden {
        changes.retain(|change| change.after.is_some());
        for change in &mut changes {
            change.before = None;
        }
    }
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
