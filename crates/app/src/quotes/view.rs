//! A quotation as people read it: prices now while it is a draft, its frozen document afterwards.

use domain::access::{Actor, Right};
use domain::base::{BasisPoints, Date, Fen, Instant, PersonId, ProductId, QuoteId, UnitPrice};
use domain::pricing::{
    Formula, FormulaOf, LimitRow, ManualPart, PointGives, PricedLine, Revision, TraceStep, WholeOff,
};
use domain::quotes::{
    Amounts, Ask, IssueRule, Margin, Opened, OrderRef, PricedDraft, PricedDraftLine, Problem, QuoteAction,
    QuoteRefused, QuoteState, Repriced, ShownState, Snapshot, Subtotal, Whole, actions, check_ask, may_sign,
    subtotals,
};
use domain::words::changed::sentences;
use store::quotes::{QuoteHead, UsedState};

use super::load::{Loaded, LoadedIssue, frozen_lines, load_to_read, opens};
use super::price::{Priced, Sheet, price, price_loaded, rule_to_ask, used};
use super::written_over::Since;
use crate::config::Live;
use crate::{AppError, Ctx};

/// So many of those who may be asked are offered.
pub(super) const ASKABLE_MAX: usize = 20;

/// So many changes of others are told one by one.
const CHANGES_MAX: usize = 30;

/// One version of a quotation, whole.
#[derive(Clone, Debug)]
pub struct QuoteView {
    pub head: QuoteHead,
    pub state: ShownState,
    pub customer_code: String,
    pub customer_name: String,
    pub customer_contact: String,
    pub customer_phone: String,
    pub customer_tier: Option<String>,
    pub priced_at: Instant,
    /// Of a draft what issuing today would write.
    pub valid_until: Date,
    pub valid_until_chosen: bool,
    pub lines: Vec<LineView>,
    pub amounts: Amounts,
    /// Why a draft cannot be issued by this person; empty when it can.
    pub problems: Vec<Problem>,
    /// Of a draft: who was asked to decide on it, while it waits or after it came back with a word.
    pub ask: Option<Ask>,
    /// Who may be asked to decide on the draft, the nearest first; empty where nobody need be.
    pub askable: Vec<(PersonId, String)>,
    /// Of a draft: what it came to when it was last saved, where that is no longer so.
    pub moved: Option<Repriced>,
    /// Of a draft: what others changed in it since the reader wrote it or asked for it.
    pub changed: Option<ChangedView>,
    pub used: Vec<UsedState>,
    pub signed: Option<SignedView>,
    /// Whether prices of this document include tax.
    pub includes_tax: bool,
    /// What was taken off the whole document, and what of it is 抹零.
    pub whole_off: (Fen, Fen),
    pub subtotals: Vec<Subtotal>,
    /// What it earns: `None` for those who do not see cost, `Some(None)` where a cost is not known.
    pub margin: Option<Option<Margin>>,
    /// Why what is issued cannot be signed now.
    pub hold: Option<QuoteRefused>,
    pub chain: Vec<ChainEntry>,
    /// The alternatives of its set, itself among them; empty when it stands alone.
    pub options: Vec<OptionEntry>,
    pub actions: Vec<QuoteAction>,
}

/// What others changed in a draft that the reader had written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedView {
    /// Their names, the first of them first.
    pub by: Vec<String>,
    /// Each change as a sentence, so many of them.
    pub changes: Vec<String>,
    /// How many more there are.
    pub more: usize,
}

/// A line as it is shown: cost and floor are left out for those who may not see them.
#[derive(Clone, Debug)]
pub struct LineView {
    pub line: PricedDraftLine,
    /// Name and revision of the list that gave the base price.
    pub list: Option<(Revision, String)>,
    pub tier: Option<(String, BasisPoints)>,
    /// Whether the floor may be shown.
    pub sees_floor: bool,
    /// Whether the cost of this line may be shown: by right, or because the reader entered it.
    pub sees_cost: bool,
    /// What the line earns, for those who see cost.
    pub margin: Option<Margin>,
    /// The lowest unit price that the reader may set by hand, beside what is taken off the whole; `None` where no limit
    /// binds.
    pub lowest: Option<UnitPrice>,
    /// The same as a share.
    pub deepest: Option<BasisPoints>,
    /// Whose price it is, for the sentence of a refusal.
    pub customer: String,
}

/// A draft's lines priced as they are typed; nothing is saved.
#[derive(Clone, Debug)]
pub struct PricedView {
    pub lines: Vec<LineView>,
    pub amounts: Amounts,
    /// What is taken off the whole: a share or an amount, and 抹零.
    pub whole_off: (Fen, Fen),
    pub problems: Vec<Problem>,
    pub priced_at: Instant,
}

/// Who recorded the consent, and what it made.
#[derive(Clone, Debug)]
pub struct SignedView {
    pub day: Date,
    pub signer: String,
    pub by: (PersonId, String),
    /// The customer accepted on a link; `by` handed over its code.
    pub by_link: bool,
    pub at: Instant,
    pub order: OrderRef,
}

/// One version beside the others of its number.
#[derive(Clone, Debug)]
pub struct ChainEntry {
    pub id: QuoteId,
    pub revision: i64,
    pub state: ShownState,
    pub issued_at: Option<Instant>,
    pub net: domain::base::Fen,
}

/// An alternative beside the others of its set: its newest version.
#[derive(Clone, Debug)]
pub struct OptionEntry {
    pub id: QuoteId,
    pub name: String,
    pub number: Option<String>,
    pub state: ShownState,
    pub net: Fen,
}

/// The quotation, for those who see it.
pub async fn read_quote(ctx: &Ctx, actor: &Actor, id: QuoteId) -> Result<QuoteView, AppError> {
    let loaded = load_to_read(ctx, actor, id).await?;
    view(ctx, actor, loaded).await
}

async fn view(ctx: &Ctx, actor: &Actor, mut loaded: Loaded) -> Result<QuoteView, AppError> {
    let hold = match &loaded.issued {
        Some(issued) => hold(ctx, &loaded, issued).await?,
        None => None,
    };
    match loaded.issued.take() {
        None => {
            let priced = price_loaded(ctx, &loaded).await?;
            draft_view(ctx, actor, loaded, priced).await
        }
        Some(issued) => issued_view(actor, loaded, issued, hold),
    }
}

/// A draft with the prices that were found for it.
pub(super) async fn draft_view(
    ctx: &Ctx,
    actor: &Actor,
    loaded: Loaded,
    priced: Priced,
) -> Result<QuoteView, AppError> {
    let rule = rule_to_ask(ctx, &loaded, &priced, actor).await?;
    let used = used(&priced.draft, &priced.live).into_iter();
    let used = used.map(|revision| UsedState { revision, void: false }).collect();
    let problems = priced.draft.problems(&rule);
    let askable = askable(&loaded, actor, (&priced.draft, &rule), &problems);
    let amounts = priced.draft.amounts;
    let limit = (!rule.may_below_floor).then_some(rule.limit);
    let moved = Repriced::moved(&loaded.shown, &priced.draft);
    let moved = moved.map(|moved| moved.beside(limit.map(|limit| limit.depth)));
    let margin = actor.has(Right::PriceCost).then(|| Margin::of_lines(&priced.draft.lines));
    let whole_off = priced.draft.whole_off();
    let parts = subtotals(&priced.draft.lines);
    let lines = line_views(priced.draft.lines, actor, &loaded.customer.name);
    let lines = with_room(lines, limit, &loaded.head.whole);
    let changed = changed(&loaded, &priced.live);
    let (now, chosen) = (loaded.moment.now, loaded.head.valid_until.is_some());
    let mut view = common(loaded, actor, None);
    (view.margin, view.whole_off, view.includes_tax) = (margin, whole_off, priced.context.prices_include_tax);
    view.subtotals = parts;
    view.priced_at = now;
    view.valid_until = rule.valid_until;
    view.valid_until_chosen = chosen;
    (view.lines, view.amounts, view.problems, view.used) = (lines, amounts, problems, used);
    (view.moved, view.askable, view.changed) = (moved, askable, changed);
    Ok(view)
}

/// What others made of what the reader had written.
fn changed(loaded: &Loaded, live: &Live) -> Option<ChangedView> {
    let Since { by, stood } = loaded.hand.since.as_ref()?;
    let name = |id: ProductId| live.goods.get(&id).map(|goods| goods.name.clone());
    let mut changes = sentences(stood, &loaded.stood(), name);
    let more = changes.len().saturating_sub(CHANGES_MAX);
    changes.truncate(CHANGES_MAX);
    (!changes.is_empty()).then(|| ChangedView { by: by.clone(), changes, more })
}

/// Who may be asked: nobody by whoever does not work on the draft, or while somebody is asked already.
fn askable(
    loaded: &Loaded,
    actor: &Actor,
    (priced, rule): (&PricedDraft, &IssueRule),
    problems: &[Problem],
) -> Vec<(PersonId, String)> {
    let works = opens(actor, Right::QuoteWrite, &loaded.head) && loaded.not_taken_by_another(actor).is_ok();
    let open = loaded.ask.as_ref().is_some_and(Ask::waits);
    if !works || open || loaded.order.is_some() || check_ask(problems, rule.sees_floor).is_err() {
        return Vec::new();
    }
    let may = priced.may_be_asked(rule).into_iter().take(ASKABLE_MAX);
    may.map(|decider| (decider.person, decider.name.clone())).collect()
}

/// What is issued, with why it cannot be signed now.
fn issued_view(
    actor: &Actor,
    loaded: Loaded,
    issued: LoadedIssue,
    hold: Option<QuoteRefused>,
) -> Result<QuoteView, AppError> {
    let LoadedIssue { snapshot, costs, used, void: _, order } = issued;
    let mut view = common(loaded, actor, hold);
    view.whole_off = whole_off(&snapshot);
    view.amounts = snapshot.amounts()?;
    let Snapshot { customer, context, lines, .. } = snapshot;
    let lines = frozen_lines(lines, &costs);
    view.margin = actor.has(Right::PriceCost).then(|| Margin::of_lines(&lines));
    view.subtotals = subtotals(&lines);
    view.includes_tax = context.prices_include_tax;
    view.lines = line_views(lines, actor, &customer.name);
    (view.customer_code, view.customer_name) = (customer.code, customer.name);
    (view.customer_contact, view.customer_phone) = (customer.contact, customer.phone);
    view.customer_tier = context.customer.tier;
    view.used = used;
    view.signed = order.map(|order| SignedView {
        day: order.row.signed_day,
        signer: order.row.signer,
        by: order.recorded_by,
        by_link: order.by_link,
        at: order.row.created_at,
        order: OrderRef { id: order.row.id, number: order.row.number },
    });
    Ok(view)
}

/// Why what is issued cannot be signed now, with what the goods cost today where that helps.
pub(super) async fn hold(
    ctx: &Ctx,
    loaded: &Loaded,
    issued: &LoadedIssue,
) -> Result<Option<QuoteRefused>, AppError> {
    let Err(refused) = may_sign(&loaded.sign_facts()) else { return Ok(None) };
    match refused {
        QuoteRefused::Expired { .. } | QuoteRefused::RevisionVoid { .. } => {
            let lines: Vec<_> = issued.snapshot.lines.iter().map(|line| line.as_draft()).collect();
            let snapshot = &issued.snapshot;
            let includes_tax = Some(snapshot.context.prices_include_tax);
            let sheet = Sheet { lines: &lines, includes_tax, whole: &snapshot.whole };
            let now = price(ctx, &loaded.company, &loaded.customer, sheet, loaded.moment.now).await?;
            let repriced = Repriced::between(&issued.snapshot.shown()?, &now.draft);
            Ok(Some(refused.with_repriced(repriced)))
        }
        QuoteRefused::Superseded { .. } => Ok(Some(refused)),
        // The version that took its place may have been signed already; the way to it stays open.
        QuoteRefused::AlreadySigned { .. } if loaded.head.state == QuoteState::Superseded => {
            Ok(loaded.sign_facts().newer.map(|newer| QuoteRefused::Superseded { newer }))
        }
        // Signed, cancelled and the like are states of their own, not something that holds it up.
        _ => Ok(None),
    }
}

/// What draft and issued version share.
fn common(loaded: Loaded, actor: &Actor, hold: Option<QuoteRefused>) -> QuoteView {
    let Loaded { head, customer, today, ask, order, .. } = loaded;
    let state = head.state.shown(head.valid_until, today);
    let taken = head.taken_by.as_ref().map(|(person, _)| *person);
    let opened = opened(&head, ask.as_ref(), actor);
    let void = matches!(hold, Some(QuoteRefused::RevisionVoid { .. }));
    let chain = loaded.chain.into_iter().map(|it| ChainEntry {
        id: it.id,
        revision: it.revision,
        state: it.state.shown(it.valid_until, today),
        issued_at: it.issued_at,
        net: it.net,
    });
    let options = loaded.options.into_iter().map(|it| OptionEntry {
        id: it.version.id,
        name: it.name,
        number: it.number,
        state: it.version.state.shown(it.version.valid_until, today),
        net: it.version.net,
    });
    QuoteView {
        state,
        customer_code: customer.code,
        customer_name: customer.name,
        customer_contact: customer.contact,
        customer_phone: customer.phone,
        customer_tier: customer.tier,
        priced_at: head.priced_at,
        valid_until: head.valid_until.unwrap_or(today),
        valid_until_chosen: true,
        lines: Vec::new(),
        amounts: head.amounts,
        problems: Vec::new(),
        ask: ask.filter(|ask| ask.is_told(taken)),
        askable: Vec::new(),
        moved: None,
        changed: None,
        used: Vec::new(),
        signed: None,
        includes_tax: loaded.company.prices_include_tax,
        whole_off: (Fen::ZERO, Fen::ZERO),
        subtotals: Vec::new(),
        margin: None,
        actions: actions(state, opened, hold.is_some(), void, order.is_some()),
        hold,
        chain: chain.collect(),
        options: options.collect(),
        head,
    }
}

/// What the reader's rights, and whoever took the draft over, open of it.
fn opened(head: &QuoteHead, ask: Option<&Ask>, actor: &Actor) -> Opened {
    let taken = head.taken_by.as_ref().map(|(person, _)| *person);
    Opened {
        write: opens(actor, Right::QuoteWrite, head),
        issue: opens(actor, Right::QuoteIssue, head),
        sign: opens(actor, Right::QuoteSign, head),
        release: opens(actor, Right::QuoteReleaseVoid, head),
        taken: taken.is_some_and(|person| person != actor.person),
        take: taken.unwrap_or(head.owner) != actor.person,
        give_back: ask.is_some_and(|ask| ask.check_give_back(actor.person, taken).is_ok()),
        withdraw_ask: ask.is_some_and(|ask| ask.check_withdraw(actor.person, head.owner).is_ok()),
    }
}

/// Lines for this reader; without the right the floor stays hidden.
pub(crate) fn line_views(lines: Vec<PricedDraftLine>, actor: &Actor, customer: &str) -> Vec<LineView> {
    let sees_floor = actor.has(Right::PriceCost);
    let view = |mut line: PricedDraftLine| {
        let mut list = None;
        let mut tier = None;
        let own = line.line.extra.own.as_mut();
        let sees_cost = sees_floor || own.as_ref().is_some_and(|own| own.cost_by == Some(actor.person));
        if let Some(own) = own.filter(|_| !sees_cost) {
            own.cost = None;
        }
        let mut margin = None;
        if let Ok(priced) = &mut line.outcome {
            for step in &priced.trace {
                match step {
                    TraceStep::Base(base) => {
                        let first = base.points.first().and_then(|point| point.list.as_ref());
                        list = first.map(|list| (list.revision, list.name.clone()));
                    }
                    TraceStep::Tier(step) => tier = Some((step.tier.clone(), step.percent)),
                    TraceStep::Manual(_) => {}
                }
            }
            if sees_floor {
                margin = Margin::of_line(priced);
            } else {
                hide_cost(priced);
            }
        }
        let customer = customer.to_string();
        LineView { line, list, tier, sees_floor, sees_cost, margin, lowest: None, deepest: None, customer }
    };
    lines.into_iter().map(view).collect()
}

/// Takes away what tells the cost: the figures, and the steps of the trace that lead back to it. Of a price that comes
/// from the cost the rounded one alone is left: what stood before the tier and the rounding is nearer to the cost.
fn hide_cost(priced: &mut PricedLine) {
    (priced.cost, priced.floor) = (None, None);
    let by_cost = |step: &TraceStep| matches!(step, TraceStep::Base(base) if base.leans_on_cost());
    if priced.trace.iter().any(by_cost) {
        priced.list_unit_price = priced.unit_price;
        priced.trace.retain(|step| !matches!(step, TraceStep::Tier(_)));
    }
    for step in &mut priced.trace {
        let TraceStep::Base(base) = step else { continue };
        if base.leans_on_cost() {
            base.out = priced.unit_price;
            base.points.truncate(1);
            // That it is a formula over the cost may be told, and nothing of it.
            let formula = Formula { of: FormulaOf::Cost, percent: BasisPoints::WHOLE, plus: UnitPrice(0) };
            for point in &mut base.points {
                // What is noted at such a price may say how it was made.
                if let Some(list) = &mut point.list {
                    list.note = None;
                }
                point.gives = PointGives::Formula { formula };
            }
        }
    }
}

/// How far `limit` lets each line be lowered by hand, while `whole` is taken off all of them.
pub(super) fn with_room(lines: Vec<LineView>, limit: Option<LimitRow>, whole: &Whole) -> Vec<LineView> {
    let Some(limit) = limit else { return lines };
    let net = |view: &LineView| view.line.outcome.as_ref().map_or(0, |priced| priced.net_before_whole().0);
    let total = lines.iter().map(net).fold(0, i64::saturating_add);
    let room = |view: LineView| {
        let others = Fen(total.saturating_sub(net(&view)));
        let priced = view.line.outcome.as_ref().ok().filter(|_| view.line.line.extra.own.is_none());
        let room = priced.map(|priced| {
            let decimals = priced.trace.iter().find_map(|step| match step {
                TraceStep::Base(base) => Some(base.price_decimals),
                TraceStep::Tier(_) | TraceStep::Manual(_) => None,
            });
            let whole = whole.off.map(|ask| WholeOff { ask, others });
            priced.room(limit.depth, decimals.unwrap_or(2), whole)
        });
        LineView { lowest: room.map(|room| room.lowest), deepest: room.map(|room| room.share), ..view }
    };
    lines.into_iter().map(room).collect()
}

/// What was taken off the whole of what is frozen, and what of it is 抹零.
fn whole_off(snapshot: &Snapshot) -> (Fen, Fen) {
    let sum = |part| {
        let off = snapshot.lines.iter().map(|line| line.priced.manual_off(part).0);
        Fen(off.fold(0, i64::saturating_add))
    };
    (sum(ManualPart::Whole), sum(ManualPart::Rounding))
}

#[cfg(test)]
mod tests;
