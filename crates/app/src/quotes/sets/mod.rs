//! Lists of one's own (常用清单): kept from a quotation, looked after, shared with the region, put into drafts.

mod fill;
mod keep;

pub use fill::{FillAsked, FilledSet, fill_quote_set};
pub use keep::{
    SetChange, SetText, change_quote_set, delete_quote_set, keep_quote_set, order_quote_sets,
    restore_quote_set,
};
pub use store::quotes::{SetHead, SharedWith};

use domain::access::{AccessRefused, Actor, Right};
use domain::base::QuoteSetId;
use domain::quotes::{QuotedProduct, SetLine};
use store::Tx;

use super::price::quoted;
use crate::config::{Live, live};
use crate::{AppError, Ctx};

/// A list as one person sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetView {
    pub head: SetHead,
    /// It is the person's own.
    pub mine: bool,
    /// Whether the person may change and delete it.
    pub may_change: bool,
}

/// A list with its lines, each with what it names today.
#[derive(Clone, Debug)]
pub struct SetDetail {
    pub view: SetView,
    pub lines: Vec<(SetLine, QuotedProduct)>,
}

/// The person's own lists in their order, then those that others share with them, by name.
pub async fn quote_sets(ctx: &Ctx, actor: &Actor) -> Result<Vec<SetView>, AppError> {
    let reach = actor.scope(Right::QuoteWrite)?.like();
    let (person, path) = (actor.person, actor.org_path.clone());
    let heads = ctx.store.read(|tx| {
        Box::pin(async move {
            let mut heads = store::quotes::own_sets(tx, person).await?;
            heads.extend(store::quotes::shared_sets(tx, person, &path, &reach).await?);
            Ok::<_, AppError>(heads)
        })
    });
    Ok(heads.await?.into_iter().map(|head| view_of(actor, head)).collect())
}

/// One list with its lines.
pub async fn quote_set(ctx: &Ctx, actor: &Actor, id: QuoteSetId) -> Result<SetDetail, AppError> {
    let reader = actor.clone();
    let (view, lines) = ctx
        .store
        .read(|tx| {
            Box::pin(async move {
                let view = visible_set(tx, &reader, id).await?;
                Ok::<_, AppError>((view, store::quotes::set_lines(tx, id).await?))
            })
        })
        .await?;
    let live = live(ctx, ctx.moment().await?.now).await?;
    let lines = lines.into_iter().filter_map(|line| Some((named(&line, &live)?, line)));
    Ok(SetDetail { view, lines: lines.map(|(product, line)| (line, product)).collect() })
}

/// What a line names today; products are never deleted, so there is always something.
fn named(line: &SetLine, live: &Live) -> Option<QuotedProduct> {
    line.own_product().or_else(|| live.goods.get(&line.product).map(|goods| quoted(goods)))
}

/// The list, when it is there and the actor sees it.
async fn visible_set(tx: &mut Tx<'_>, actor: &Actor, id: QuoteSetId) -> Result<SetView, AppError> {
    actor.need(Right::QuoteWrite)?;
    let head = store::quotes::set_head(tx, id).await?.filter(|head| !head.deleted && sees(actor, head));
    Ok(view_of(actor, head.ok_or(AccessRefused::NotFound)?))
}

/// One's own, and what is shared with one's region or lies within one's reach.
fn sees(actor: &Actor, head: &SetHead) -> bool {
    let within = |shared: &SharedWith| {
        let scope = actor.scope(Right::QuoteWrite);
        actor.org_path.starts_with(&shared.path) || scope.is_ok_and(|it| it.holds(head.owner.0, &shared.path))
    };
    head.owner.0 == actor.person || head.shared.as_ref().is_some_and(within)
}

/// One's own may be changed always; what others share, by whoever looks after shared lists there.
fn may_change(actor: &Actor, head: &SetHead) -> bool {
    let looks_after = |shared: &SharedWith| {
        actor.scope(Right::QuoteSetShare).is_ok_and(|scope| scope.holds(head.owner.0, &shared.path))
    };
    head.owner.0 == actor.person || head.shared.as_ref().is_some_and(looks_after)
}

fn view_of(actor: &Actor, head: SetHead) -> SetView {
    SetView { mine: head.owner.0 == actor.person, may_change: may_change(actor, &head), head }
}
