//! What is configured now, what waits, and how it came about.

use std::cmp::Reverse;
use std::sync::Arc;

use domain::access::{AccessRefused, Actor, Right};
use domain::base::{CustomerId, Instant, ItemId, Limit, ProductId};
use domain::config::kinds::{Difference, KindFacts};
use domain::config::{Change, ChangeSort, Counts, History, Kind, RevisionState};
use domain::pricing::ListRow;
use serde_json::{Value, json};
use store::config::{Item, OnShelf, PersonRef, RevisionRow, RowPage, ShelfQueued, Sight};
use store::{StoreError, Tx};

use super::checks::CheckView;
use super::cost::CostSight;
use super::kept_risks::Risks;
use super::sight::{item_for, may, sight};
use super::whom::{hidden_at, readable, readable_at};
use crate::{AppError, Ctx};

/// An item with what is in force and what waits.
#[derive(Clone, Debug)]
pub struct ItemView {
    pub item: Item,
    pub rows: i64,
    pub in_force: Option<InForceView>,
    pub queued: Vec<QueuedView>,
    pub open_drafts: i64,
    /// Of a price list: its class, whom it is for, and until when; empty for other kinds.
    pub about: String,
    pub actions: Vec<&'static str>,
}

/// The revision in force.
#[derive(Clone, Debug)]
pub struct InForceView {
    pub n: i64,
    pub effective_at: Instant,
    pub author: PersonRef,
    pub note: String,
}

/// A revision that waits for its moment.
#[derive(Clone, Debug)]
pub struct QueuedView {
    pub n: i64,
    pub effective_at: Instant,
    pub release: domain::base::ReleaseId,
}

/// A revision with where it stands and what may be done with it.
#[derive(Clone, Debug)]
pub struct RevisionView {
    pub row: RevisionRow,
    pub state: RevisionState,
    pub actions: Vec<&'static str>,
}

/// A row as people read it.
#[derive(Clone, Debug)]
pub struct RowView {
    pub key: String,
    pub content: Value,
    pub shown: Value,
}

/// A page of rows of one revision.
#[derive(Clone, Debug)]
pub struct RowsView {
    pub rows: Vec<RowView>,
    pub next: Option<String>,
    pub total: i64,
    pub n: i64,
}

/// Which rows are asked for.
#[derive(Clone, Debug)]
pub struct RowsAsked {
    /// A revision, else what is in force at `at`, else now.
    pub rev: Option<i64>,
    pub at: Option<Instant>,
    pub search: String,
    pub after: Option<String>,
    pub limit: Limit,
}

/// What differs between two revisions, or between a draft and its base.
#[derive(Clone, Debug)]
pub struct DiffView {
    pub from_n: Option<i64>,
    pub to_n: Option<i64>,
    pub counts: Counts,
    pub same: i64,
    pub sentences: Vec<String>,
    pub changes: Vec<ChangeView>,
    pub next: Option<String>,
}

/// One changed row as people read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeView {
    pub change: Change,
    /// What has become of the row; its contents may look alike to those who do not see all of them.
    pub sort: ChangeSort,
    pub shown: Value,
    pub difference: Option<Difference>,
    /// That the new row sells below cost, in words; only for those who may see costs.
    pub below_cost: Option<String>,
    /// Of an open draft: what must be acknowledged of the row before it goes on, the largest first.
    pub risks: Vec<CheckView>,
}

/// Which page of a difference, and for whom.
#[derive(Clone, Debug)]
pub(super) struct DiffAsked {
    pub after: Option<String>,
    pub limit: Limit,
    pub actor: Actor,
    /// The tax basis of the price list with the changes.
    pub includes_tax: bool,
    /// What was found of an open draft: the rows that block it stand first.
    pub first: Option<Arc<Risks>>,
}

/// Every item that the person sees.
pub async fn items(ctx: &Ctx, actor: &Actor, kind: Option<Kind>) -> Result<Vec<ItemView>, AppError> {
    let mut sight = sight(actor)?;
    sight.kinds.retain(|seen| kind.is_none_or(|kind| kind == *seen));
    let actor = actor.clone();
    let read = ctx.store.read(|tx| Box::pin(async move { item_views(tx, &actor, &sight, None).await }));
    Ok(read.await?)
}

/// One item.
pub async fn item(ctx: &Ctx, actor: &Actor, id: ItemId) -> Result<ItemView, AppError> {
    let actor = actor.clone();
    ctx.store
        .read(|tx| {
            Box::pin(async move {
                item_for(tx, &actor, id).await?;
                let found = item_views(tx, &actor, &sight(&actor)?, Some(id)).await?;
                Ok(found.into_iter().next().ok_or(AccessRefused::NotFound)?)
            })
        })
        .await
}

/// A page of the rows of one revision; by default of the one in force.
pub async fn rows(ctx: &Ctx, actor: &Actor, id: ItemId, asked: RowsAsked) -> Result<RowsView, AppError> {
    let actor = actor.clone();
    ctx.store
        .read(|tx| {
            Box::pin(async move {
                let item = item_for(tx, &actor, id).await?;
                let history = store::config::history(tx, id).await?;
                let n = match asked.rev {
                    Some(n) => readable(tx, &actor, &item, (&history, n)).await?,
                    None => readable_at(tx, &actor, &item, (&history, asked.at)).await?,
                };
                let pattern = store::search::holds(&asked.search.to_lowercase());
                let page =
                    RowPage { after: asked.after, pattern: simple(pattern), limit: asked.limit.and_one() };
                let (mut found, all) = read_page(tx, &actor, &item, n, &page).await?;
                // Searched rows are prices; only the whole list has its settings among them.
                let settings = if page.pattern == "%" { item.kind.settings_rows() } else { 0 };
                let total = (all - settings).max(0);
                let next = cut(&mut found, asked.limit, |(key, _)| key.clone());
                let rows = row_views(tx, item.kind, found, &actor).await?;
                Ok(RowsView { rows, next, total, n })
            })
        })
        .await
}

/// A page of the rows that the person reads, and how many there are of these: what is for others alone is neither shown
/// nor counted, nor does a page end on it.
async fn read_page(
    tx: &mut Tx<'_>,
    actor: &Actor,
    item: &Item,
    n: i64,
    page: &RowPage,
) -> Result<(Vec<(String, String)>, i64), StoreError> {
    let own = super::whom::own_rows(tx, actor, (item.id, item.kind), n, &page.pattern).await?;
    let Some(mut own) = own else {
        let found = store::config::rows_page(tx, item.id, n, page).await?;
        return Ok((found, store::config::rows_count(tx, item.id, n, &page.pattern).await?));
    };
    let all = i64::try_from(own.len()).unwrap_or(i64::MAX);
    own.retain(|(key, _)| page.after.as_ref().is_none_or(|after| key > after));
    own.truncate(usize::try_from(page.limit).unwrap_or(usize::MAX));
    Ok((own, all))
}

/// Revisions, newest first; `next` continues.
pub async fn revisions(
    ctx: &Ctx,
    actor: &Actor,
    id: ItemId,
    before: Option<i64>,
    limit: Limit,
) -> Result<(Vec<RevisionView>, Option<i64>), AppError> {
    let actor = actor.clone();
    ctx.store
        .read(|tx| {
            Box::pin(async move {
                let item = item_for(tx, &actor, id).await?;
                let now = store::events::moment(tx).await?.now;
                let history = store::config::history(tx, id).await?;
                let mut rows = store::config::revisions(tx, id, before, limit.and_one()).await?;
                let next = cut(&mut rows, limit, |row| row.n);
                let mut views = Vec::with_capacity(rows.len());
                for row in rows {
                    let place = (item.scope_path.as_str(), row.n);
                    if !hidden_at(tx, &actor, (id, item.kind), place).await? {
                        views.push(revision_view(&actor, &item, &history, row, now));
                    }
                }
                Ok((views, next))
            })
        })
        .await
}

/// One revision.
pub async fn revision(ctx: &Ctx, actor: &Actor, id: ItemId, n: i64) -> Result<RevisionView, AppError> {
    let (found, _) = revisions(ctx, actor, id, Some(n.saturating_add(1)), Limit::USUAL).await?;
    let found = found.into_iter().find(|view| view.row.n == n);
    Ok(found.ok_or(AccessRefused::NotFound)?)
}

/// What differs between revision `from` and revision `to`, which is the one in force when it is not said.
pub async fn diff(
    ctx: &Ctx,
    actor: &Actor,
    id: ItemId,
    (from, to): (Option<i64>, Option<i64>),
    after: Option<String>,
    limit: Limit,
) -> Result<DiffView, AppError> {
    let actor = actor.clone();
    ctx.store
        .read(|tx| {
            Box::pin(async move {
                let item = item_for(tx, &actor, id).await?;
                let history = store::config::history(tx, id).await?;
                let to = match to {
                    Some(to) => readable(tx, &actor, &item, (&history, to)).await?,
                    None => readable_at(tx, &actor, &item, (&history, None)).await?,
                };
                let from = match from {
                    Some(from) => readable(tx, &actor, &item, (&history, from)).await?,
                    None => 0,
                };
                let changes = store::config::changes(tx, id, from, to).await?;
                let changes = super::whom::own_changes(tx, &actor, (item.kind, false), changes).await?;
                let rows_to = super::whom::rows_to_read(tx, &actor, (id, item.kind), to, "%").await?;
                let list = match item.kind {
                    Kind::PriceList => super::making::list_row(tx, id, to).await?,
                    _ => None,
                };
                let includes_tax = list.is_none_or(|list| list.includes_tax);
                let asked = DiffAsked { after, limit, actor, includes_tax, first: None };
                let mut view = diff_view(tx, item.kind, changes, rows_to, asked).await?;
                (view.from_n, view.to_n) = (Some(from).filter(|n| *n > 0), Some(to).filter(|n| *n > 0));
                Ok(view)
            })
        })
        .await
}

/// Counts and words of all changes, and the page of them after a key.
pub(super) async fn diff_view(
    tx: &mut Tx<'_>,
    kind: Kind,
    changes: Vec<Change>,
    rows_to: i64,
    asked: DiffAsked,
) -> Result<DiffView, StoreError> {
    let DiffAsked { after, limit, actor, includes_tax, first } = asked;
    let cost = CostSight::of(&actor);
    let all = Counts::of(&changes);
    let settings = changes.iter().find(|change| kind.is_settings(&change.key)).map(Change::sort);
    let counts = kind.counted(all, settings == Some(ChangeSort::Added));
    let settings_same = if settings.is_none() { kind.settings_rows() } else { 0 };
    let same = (rows_to - settings_same - all.added - all.changed).max(0);
    let summary = kind.summary(&changes);
    let summary = if cost.sees { summary } else { summary.without_cost() };
    let sentences = domain::words::config::summary(&summary);
    let (page, next) = in_order(kind, changes, first.as_deref(), (after.as_deref(), limit));
    let facts = Named::of(kind, page.iter().map(Change::content)).facts_for(tx, &actor).await?;
    let known = (&facts, cost, includes_tax);
    let changes = page.into_iter().map(|change| change_view(kind, change, known)).collect();
    Ok(DiffView { from_n: None, to_n: None, counts, same, sentences, changes, next })
}

/// Before the place of a row that blocks.
const BLOCKS: &str = "!";

/// The page of the changes after a place, what blocks first and then what moves most; the place of the last one when more
/// follow.
fn in_order(
    kind: Kind,
    changes: Vec<Change>,
    first: Option<&Risks>,
    (after, limit): (Option<&str>, Limit),
) -> (Vec<Change>, Option<String>) {
    let goes_on = |change: &Change| !first.is_some_and(|risks| risks.blocks(&change.key));
    let place = |change: Change| (goes_on(&change), Reverse(kind.size(&change)), change);
    let mut placed: Vec<(bool, Reverse<i64>, Change)> = changes.into_iter().map(place).collect();
    placed.sort_by(|one, other| (one.0, one.1, &one.2.key).cmp(&(other.0, other.1, &other.2.key)));
    if let Some(after) = after {
        let (goes_on, after) = after.strip_prefix(BLOCKS).map_or((true, after), |rest| (false, rest));
        let (size, key) = after.split_once(' ').unwrap_or(("0", after));
        let last = (goes_on, Reverse(size.parse::<i64>().unwrap_or(0)), key);
        placed.retain(|(goes_on, size, change)| last < (*goes_on, *size, change.key.as_str()));
    }
    let next = cut(&mut placed, limit, |(goes_on, size, change)| {
        format!("{}{} {}", if *goes_on { "" } else { BLOCKS }, size.0, change.key)
    });
    (placed.into_iter().map(|(_, _, change)| change).collect(), next)
}

/// The first `most` of the changes, what moves most first, and how many more there are. `known` ends with the tax basis of
/// the price list.
pub(super) fn largest_changes(
    kind: Kind,
    mut changes: Vec<Change>,
    most: usize,
    known: (&KindFacts, CostSight, bool),
) -> (Vec<ChangeView>, usize) {
    changes.sort_by_cached_key(|change| (Reverse(kind.size(change)), change.key.clone()));
    let more = changes.len().saturating_sub(most);
    changes.truncate(most);
    (changes.into_iter().map(|change| change_view(kind, change, known)).collect(), more)
}

/// One change with what its kind shows beside it.
fn change_view(
    kind: Kind,
    change: Change,
    (facts, cost, includes_tax): (&KindFacts, CostSight, bool),
) -> ChangeView {
    let after = change.after.as_deref().filter(|_| cost.sees);
    let below_cost = after.and_then(|row| kind.below_cost(row, facts, includes_tax));
    let below_cost = below_cost.map(|what| domain::words::price_checks::found(&what));
    ChangeView {
        shown: shown_beside(kind, &change, facts, cost),
        sort: change.sort(),
        difference: kind.difference(&change),
        below_cost,
        risks: Vec::new(),
        change: cost.change(kind, change),
    }
}

/// What is shown beside a change: of the row as it is, or was before it went. Where its formula was another one or none,
/// that stands under `before`, as it is to be read of the row as it was.
fn shown_beside(kind: Kind, change: &Change, facts: &KindFacts, cost: CostSight) -> Value {
    const FORMULA: &str = "formula";
    let mut shown = cost.shown(kind, (&change.key, change.content()), facts);
    let Some(before) = change.before.as_deref().filter(|_| change.after.is_some()) else { return shown };
    let was = cost.shown(kind, (&change.key, before), facts).get(FORMULA).cloned();
    if let Some(shown) = shown.as_object_mut()
        && shown.get(FORMULA) != was.as_ref()
    {
        shown.insert("before".to_string(), json!({ FORMULA: was }));
    }
    shown
}

/// The products, the customers and the lists that rows name, each once: only their facts are read, whatever the catalogue
/// holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    kind: Kind,
    products: Vec<ProductId>,
    pub customers: Vec<CustomerId>,
    /// Those that other lists' formulas ask.
    pub bases: Vec<ItemId>,
}

impl Named {
    /// What rows with these contents name.
    pub fn of<'a>(kind: Kind, contents: impl Iterator<Item = &'a str>) -> Named {
        let mut named = Named { kind, products: Vec::new(), customers: Vec::new(), bases: Vec::new() };
        for content in contents {
            named.products.extend(kind.about(content));
            named.customers.extend(kind.customers(content));
            named.bases.extend(kind.base(content));
        }
        named.products.sort_unstable();
        named.products.dedup();
        named.customers.sort_unstable();
        named.customers.dedup();
        named.bases.sort_unstable();
        named.bases.dedup();
        named
    }

    /// What is known of them, with the names of those customers and lists alone that the person sees.
    pub async fn facts_for(mut self, tx: &mut Tx<'_>, actor: &Actor) -> Result<KindFacts, StoreError> {
        let seen = super::whom::seen(tx, actor, &self.customers).await?;
        self.customers.retain(|id| seen.contains(id));
        let facts = self.facts(tx).await?;
        let strange = super::whom::strange_lists(tx, actor, self.bases).await?;
        Ok(facts.without_lists(&strange))
    }

    /// What is known of them.
    pub async fn facts(&self, tx: &mut Tx<'_>) -> Result<KindFacts, StoreError> {
        store::config::facts_about(tx, self.kind, &self.products, &self.customers).await
    }
}

/// Items as this person finds them; what their lists name is read once for all.
async fn item_views(
    tx: &mut Tx<'_>,
    actor: &Actor,
    sight: &Sight,
    one: Option<ItemId>,
) -> Result<Vec<ItemView>, StoreError> {
    let now = store::events::moment(tx).await?.now;
    let found = store::config::shelf(tx, sight, one, now).await?;
    let list_of = |found: &OnShelf| found.list_row.as_deref().and_then(|row| ListRow::read(row).ok());
    let found: Vec<_> = found.into_iter().map(|found| (list_of(&found), found)).collect();
    let lists = found.iter().filter_map(|(list, _)| list.as_ref());
    let mut customers: Vec<CustomerId> = lists.flat_map(|list| list.for_whom.customers.clone()).collect();
    customers.sort_unstable();
    customers.dedup();
    let customers = store::config::customer_names(tx, &customers).await?;
    let regions = store::config::regions(tx).await?;
    let view = |(list, found): (Option<ListRow>, OnShelf)| {
        let about = list.map(|list| {
            let region = regions.get(&found.item.scope).map(String::as_str);
            domain::words::price_rows::list_line(&list, region, &customers, &regions)
        });
        item_view(actor, found, about.unwrap_or_default())
    };
    Ok(found.into_iter().map(view).collect())
}

fn item_view(actor: &Actor, found: OnShelf, about: String) -> ItemView {
    let OnShelf { item, in_force, queued, open_drafts, list_row: _ } = found;
    let rights =
        [(Right::ConfigEdit, "edit"), (Right::ConfigPublish, "publish"), (Right::ConfigVoid, "void")];
    let allowed = rights.iter().filter(|(right, _)| may(actor, *right, &item.scope_path));
    let mut actions: Vec<&'static str> = allowed.map(|(_, action)| *action).collect();
    if item.kind == Kind::PriceList && may(actor, Right::ConfigEdit, &item.scope_path) {
        actions.push("rename");
        if !item.shipped {
            actions.push("retire");
        }
    }
    let rows = in_force.as_ref().map_or(0, |head| (head.row_count - item.kind.settings_rows()).max(0));
    let in_force = in_force.map(|head| InForceView {
        n: head.n,
        effective_at: head.effective_at,
        author: head.author,
        note: head.note,
    });
    let waits = |it: ShelfQueued| QueuedView { n: it.n, effective_at: it.effective_at, release: it.release };
    let queued = queued.into_iter().map(waits).collect();
    ItemView { item, rows, in_force, queued, open_drafts, about, actions }
}

/// A revision, and what this person may do with it now.
pub(super) fn revision_view(
    actor: &Actor,
    item: &Item,
    history: &History,
    mut row: RevisionRow,
    now: Instant,
) -> RevisionView {
    row.counts = item.kind.counted(row.counts, row.n == 1);
    let publishes = may(actor, Right::ConfigPublish, &item.scope_path);
    let voids = may(actor, Right::ConfigVoid, &item.scope_path);
    let mut actions = Vec::new();
    // Against a queue a rollback would be refused: the queued release is cancelled first.
    let queue = history.queued(now).next().is_some();
    if publishes && !queue && history.may_restore(row.n, now).is_ok() {
        actions.push("rollback");
    }
    if voids && history.may_void(row.n, now).is_ok() {
        actions.push("void");
    }
    if publishes && history.may_cancel(row.n, now).is_ok() {
        actions.push("cancel");
    }
    let state = history.state(row.n, now).unwrap_or(RevisionState::Past);
    RevisionView { row, state, actions }
}

/// Rows with what their kind shows beside them.
async fn row_views(
    tx: &mut Tx<'_>,
    kind: Kind,
    rows: Vec<(String, String)>,
    actor: &Actor,
) -> Result<Vec<RowView>, StoreError> {
    let cost = CostSight::of(actor);
    let named = Named::of(kind, rows.iter().map(|(_, content)| content.as_str()));
    let facts = named.facts_for(tx, actor).await?;
    let view = |(key, content): (String, String)| RowView {
        shown: cost.shown(kind, (&key, &content), &facts),
        content: json_of(&cost.content(kind, content)),
        key,
    };
    Ok(rows.into_iter().map(view).collect())
}

/// What is shown beside a row's content, in words where its kind has none.
pub(super) fn shown(kind: Kind, (key, content): (&str, &str), facts: &KindFacts) -> Value {
    let mut shown = kind.shown(content, facts);
    match kind {
        Kind::PriceList => domain::words::price_rows::add_words(&mut shown, content, facts),
        Kind::Template => domain::words::templates::add_words(&mut shown, key),
        // What others show says itself.
        _ => {}
    }
    shown
}

/// Kept content is JSON that its kind wrote.
pub(super) fn json_of(content: &str) -> Value {
    serde_json::from_str(content).unwrap_or_default()
}

/// The pattern of an empty search matches everything at once.
pub(super) fn simple(pattern: String) -> String {
    if pattern == "%%" { "%".to_string() } else { pattern }
}

/// Cuts to the page what was read with one more; the key of the last one kept when more follow.
pub(super) fn cut<T, K>(rows: &mut Vec<T>, limit: Limit, key: impl Fn(&T) -> K) -> Option<K> {
    let more = limit.cut(rows);
    rows.last().filter(|_| more).map(key)
}
