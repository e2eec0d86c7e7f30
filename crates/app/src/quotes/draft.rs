//! Making, saving, pricing and deleting drafts.

use std::collections::{HashMap, HashSet};

use domain::access::{AccessRefused, Actor, Company, Right};
use domain::base::{CustomerId, Date, Instant, Invalid, PersonId, QuoteId, fold_width};
use domain::quotes::{
    Draft, DraftLine, DraftText, IssueRule, KnownNames, LineText, Margin, OwnItem, PricedDraft, QuoteRefused,
    QuoteState, ShownFigures, Terms, VALID_DAYS_MAX, Whole, WholeText, days_after, last_valid_day,
};
use serde_json::json;
use store::events::{self, Moment};
use store::quotes::{DraftFields, NewDraft, QuoteCustomer};
use store::{Ask, Command, Tx};

use super::load::{Loaded, company, load, need, visible};
use super::price::{Priced, Sheet, limit_of, price, with_others};
use super::step::{Held, Step, Told, take};
use super::view::{PricedView, QuoteView, draft_view, line_views, read_quote, with_room};
use crate::{AppError, Ctx};

/// Makes a draft for a customer, with lines or without. It is answered from what was written and from the prices that were
/// found for it; only when its customer has changed meanwhile it is read again.
pub async fn create_quote(
    ctx: &Ctx,
    actor: &Actor,
    customer: CustomerId,
    lines: Vec<LineText>,
) -> Result<QuoteView, AppError> {
    let lines = DraftLine::accept_all(lines, &KnownNames::none())?;
    let (facts, world) = customer_for(ctx, actor, customer).await?;
    let (terms, whole) = (Terms::default(), Whole::default());
    let mut draft = Draft { customer, valid_until: None, notes: String::new(), lines, terms, whole };
    keep_costs(&mut draft.lines, &[], actor.person);
    let (fields, priced) = fields_and_prices(ctx, &world, &facts, draft).await?;
    priced.draft.refuse_new_slips(&[], &whole)?;
    let new = NewDraft { chain: None, revision: 1, copied_from: None, by: actor.person, fields };
    let made = ctx.write(MakeDraft { new: new.clone() }).await?;
    if made.customer != facts {
        return read_quote(ctx, actor, made.id).await;
    }
    let made = Loaded::made(actor, world, made, new);
    if !made.head.within(&visible(actor)?) {
        return Err(AccessRefused::NotFound.into());
    }
    draft_view(ctx, actor, &made, priced).await
}

/// Saves the whole draft while it is at `version`, and gives it back priced. Sent again because its answer was lost,
/// it is answered with the draft as it stands.
pub async fn save_quote(
    ctx: &Ctx,
    actor: &Actor,
    id: QuoteId,
    version: i64,
    text: DraftText,
) -> Result<QuoteView, AppError> {
    let asked = text.clone();
    let saved = match decide_save(ctx, actor, id, version, text).await {
        Ok(decided) => match ctx.write(decided.command.clone()).await {
            Ok(customer) => return decided.view(ctx, actor, customer).await,
            Err(refused) => Err(refused),
        },
        Err(refused) => Err(refused),
    };
    let stale = matches!(saved, Err(AppError::Stale { .. }));
    let stands = stale && stands_already(ctx, actor, id, asked).await?;
    if stands { read_quote(ctx, actor, id).await } else { saved }
}

/// Whether the actor was the last to save this draft, with this very content.
async fn stands_already(ctx: &Ctx, actor: &Actor, id: QuoteId, text: DraftText) -> Result<bool, AppError> {
    let now = load(ctx, actor, id).await?;
    let Ok(mut draft) = Draft::accept(text, &KnownNames::of(&now.lines, &now.head.terms)) else {
        return Ok(false);
    };
    keep_costs(&mut draft.lines, &now.lines, actor.person);
    let head = now.head;
    Ok(head.state == QuoteState::Draft
        && head.updated_by == actor.person
        && draft
            == Draft {
                customer: head.customer,
                valid_until: head.valid_until,
                notes: head.notes,
                lines: now.lines,
                terms: head.terms,
                whole: head.whole,
            })
}

/// The draft as it would be saved, priced for the customer as he is now.
pub(super) async fn decide_save(
    ctx: &Ctx,
    actor: &Actor,
    id: QuoteId,
    version: i64,
    text: DraftText,
) -> Result<DecidedSave, AppError> {
    let loaded = load(ctx, actor, id).await?;
    need(actor, Right::QuoteWrite, &loaded.head)?;
    loaded.head.state.must_be_draft()?;
    loaded.not_taken_by_another(actor)?;
    if loaded.head.version != version {
        return Err(AppError::Stale { version: loaded.head.version });
    }
    let mut draft = Draft::accept(text, &KnownNames::of(&loaded.lines, &loaded.head.terms))?;
    keep_costs(&mut draft.lines, &loaded.lines, actor.person);
    let moved = draft.customer != loaded.head.customer;
    if moved && (loaded.head.revision > 1 || loaded.head.option.is_some()) {
        return Err(QuoteRefused::CustomerFixed.into());
    }
    let (fields, priced) = if moved {
        let (facts, world) = customer_for(ctx, actor, draft.customer).await?;
        fields_and_prices(ctx, &world, &facts, draft).await?
    } else {
        fields_and_prices(ctx, &loaded.world(), &loaded.customer, draft).await?
    };
    priced.draft.refuse_new_slips(&loaded.lines, &loaded.head.whole)?;
    let command = SaveDraft { actor: actor.clone(), id, version, fields };
    Ok(DecidedSave { command, before: loaded, priced })
}

/// A draft about to be saved, beside what it was before and what it comes to.
pub(super) struct DecidedSave {
    pub command: SaveDraft,
    before: Loaded,
    priced: Priced,
}

impl DecidedSave {
    /// The draft after it was saved: what was written, without reading it again. Only when it has moved with its
    /// customer, who is `customer` now, its names are others.
    async fn view(self, ctx: &Ctx, actor: &Actor, customer: QuoteCustomer) -> Result<QuoteView, AppError> {
        let SaveDraft { id, fields, .. } = self.command;
        let before = self.before;
        let stayed = (before.head.owner, before.head.branch) == (customer.owner, customer.branch);
        if customer != before.customer || !stayed {
            return read_quote(ctx, actor, id).await;
        }
        draft_view(ctx, actor, &before.saved(actor, fields), self.priced).await
    }
}

/// What was entered as cost stays with its line when it is saved by somebody who does not see it.
pub(super) fn keep_costs(lines: &mut [DraftLine], before: &[DraftLine], by: PersonId) {
    let known: HashMap<&str, &OwnItem> =
        before.iter().filter_map(|line| Some((line.id.as_str(), line.extra.own.as_ref()?))).collect();
    for line in lines {
        if let Some(own) = &mut line.extra.own {
            own.keep_cost(known.get(line.id.as_str()).copied(), by);
        }
    }
}

/// Deletes a draft that is still at `version`: what somebody has saved since stays.
pub async fn delete_quote(ctx: &Ctx, actor: &Actor, id: QuoteId, version: i64) -> Result<(), AppError> {
    take(ctx, actor, id, DeleteDraft { version }).await
}

/// What is priced while it is typed: the lines, on which tax basis (`None`: as the company quotes), and what is taken
/// off the whole.
#[derive(Clone, Debug)]
pub struct PriceText {
    pub customer: CustomerId,
    pub lines: Vec<LineText>,
    pub includes_tax: Option<bool>,
    pub whole: WholeText,
}

/// Prices lines as they are typed; saves nothing.
pub async fn price_quote(ctx: &Ctx, actor: &Actor, text: PriceText) -> Result<PricedView, AppError> {
    let mut lines = DraftLine::accept_all(text.lines, &KnownNames::All)?;
    let mut faults = Invalid::default();
    let whole = Whole::accept(&text.whole, &mut faults);
    faults.or_go_on()?;
    keep_costs(&mut lines, &[], actor.person);
    let (facts, world) = customer_for(ctx, actor, text.customer).await?;
    let sheet = Sheet { lines: &lines, includes_tax: text.includes_tax, whole: &whole };
    let priced = price(ctx, &world.company, &facts, sheet, world.moment.now).await?;
    let below = actor.scope(Right::QuoteIssueBelowFloor).is_ok_and(|scope| facts.within(&scope));
    let rule = IssueRule {
        today: world.today,
        valid_until: last_valid_day(None, world.today, world.company.quote_valid_days),
        valid_until_max: days_after(world.today, VALID_DAYS_MAX),
        delivery_day: None,
        may_below_floor: below,
        sees_floor: actor.has(Right::PriceCost),
        floor_told: false,
        approvers: Vec::new(),
        limit: limit_of(&world.roles, &priced.live),
        deciders: Vec::new(),
    };
    let rule = with_others(ctx, rule, &priced, &facts.branch_path, actor).await?;
    let problems = priced.draft.problems(&rule);
    let (amounts, whole_off) = (priced.draft.amounts, priced.draft.whole_off());
    let lines = line_views(priced.draft.lines, actor, &facts.name);
    let lines = with_room(lines, (!rule.may_below_floor).then_some(rule.limit), &whole);
    Ok(PricedView { lines, amounts, whole_off, problems, priced_at: world.moment.now })
}

/// Now, today, the company, and the keys of the roles of whoever asks.
#[derive(Clone, Debug)]
pub(super) struct World {
    pub moment: Moment,
    pub today: Date,
    pub company: Company,
    pub roles: Vec<String>,
}

/// A customer for whom the actor may quote.
pub(super) async fn customer_for(
    ctx: &Ctx,
    actor: &Actor,
    customer: CustomerId,
) -> Result<(QuoteCustomer, World), AppError> {
    let write = actor.scope(Right::QuoteWrite)?;
    let sees = actor.scope(Right::CustomerRead).map_err(|_| AccessRefused::NotFound)?;
    let (person, zone) = (actor.person, ctx.zone.clone());
    let (found, world) = ctx
        .store
        .read(|tx| {
            Box::pin(async move {
                let own = vec![store::quotes::asks_role_keys(person), store::access::asks_company()];
                let his = store::quotes::asks_customer(customer, person);
                tx.ahead([events::asks_moment(), own, his].concat()).await?;
                let moment = events::moment(tx).await?;
                let today = domain::base::company_day(moment.now, &zone);
                let roles = store::quotes::role_keys(tx, person).await?;
                let world = World { moment, today, company: company(tx).await?, roles };
                let found = store::quotes::customer_of(tx, customer, person).await?;
                Ok::<_, AppError>((found, world))
            })
        })
        .await?;
    let found = found.filter(|found| found.within(&sees)).ok_or(AccessRefused::NotFound)?;
    if !found.within(&write) {
        return Err(AccessRefused::Forbidden(Right::QuoteWrite).into());
    }
    Ok((found, world))
}

/// The draft as it is saved: for the customer's owner and branch, with what the lines cost now.
pub(super) async fn priced_fields(
    ctx: &Ctx,
    world: &World,
    customer: &QuoteCustomer,
    draft: Draft,
) -> Result<DraftFields, AppError> {
    Ok(fields_and_prices(ctx, world, customer, draft).await?.0)
}

/// The same, beside the prices that it was made of.
async fn fields_and_prices(
    ctx: &Ctx,
    world: &World,
    customer: &QuoteCustomer,
    draft: Draft,
) -> Result<(DraftFields, Priced), AppError> {
    let sheet = Sheet { lines: &draft.lines, includes_tax: draft.terms.includes_tax, whole: &draft.whole };
    let all = price(ctx, &world.company, customer, sheet, world.moment.now).await?;
    let priced = &all.draft;
    let fields = DraftFields {
        customer: customer.id,
        owner: customer.owner,
        branch: customer.branch,
        valid_until: draft.valid_until,
        notes: draft.notes,
        shown: ShownFigures::of(priced),
        first_product: priced.lines.first().map(|line| line.product.name.clone()),
        search: search_text(None, priced),
        margin: Margin::of_lines(&priced.lines).map(|margin| margin.amount),
        lines: draft.lines,
        terms: draft.terms,
        whole: draft.whole,
        today: world.today,
        now: world.moment.now,
    };
    Ok((fields, all))
}

/// What a search for quotations looks into, besides the customer: the number and all that is quoted, each thing once.
pub(super) fn search_text(number: Option<&str>, priced: &PricedDraft) -> String {
    let mut text = number.unwrap_or_default().to_string();
    let mut told = HashSet::new();
    for line in &priced.lines {
        if told.insert((&line.product.code, &line.product.name)) {
            text.push(' ');
            text.push_str(&line.product.code);
            text.push(' ');
            text.push_str(&line.product.name);
        }
    }
    fold_width(&text).to_lowercase()
}

#[derive(Clone)]
pub(super) struct MakeDraft {
    pub new: NewDraft,
}

/// A draft that was written, with its number and the customer as he was then.
#[derive(Clone, Debug)]
pub(super) struct Made {
    pub id: QuoteId,
    pub chain: i64,
    pub customer: QuoteCustomer,
}

impl Command for MakeDraft {
    type Out = Made;
    type Error = AppError;

    async fn run(mut self, tx: &mut Tx<'_>) -> Result<Made, AppError> {
        // The customer may have been given to somebody else since his prices were looked up.
        let (customer, fields) = (self.new.fields.customer, &mut self.new.fields);
        let held = vec![Ask::lock_shared("customer", "id", customer)];
        let his = store::quotes::asks_customer(customer, self.new.by);
        tx.ahead([held, events::asks_moment(), his].concat()).await?;
        let now = events::moment(tx).await?.now;
        let customer = store::quotes::customer_of(tx, customer, self.new.by).await?;
        let customer = customer.ok_or(AccessRefused::NotFound)?;
        (fields.owner, fields.branch) = (customer.owner, customer.branch);
        let (id, chain) = store::quotes::insert_draft(tx, &self.new).await?;
        let copied_from = self.new.copied_from.map(|id| id.0);
        let facts = json!({
            "customer_id": self.new.fields.customer.0, "revision": self.new.revision, "copied_from": copied_from,
        });
        log(tx, now, self.new.by, "quote.drafted", id, facts).await?;
        Ok(Made { id, chain, customer })
    }
}

#[derive(Clone)]
pub(super) struct SaveDraft {
    actor: Actor,
    id: QuoteId,
    version: i64,
    fields: DraftFields,
}

impl Command for SaveDraft {
    /// The customer as he is now.
    type Out = QuoteCustomer;
    type Error = AppError;

    async fn run(mut self, tx: &mut Tx<'_>) -> Result<QuoteCustomer, AppError> {
        let by = self.actor.person;
        // A draft goes with its customer, who may have been given to somebody else since he was looked up.
        let held = vec![Ask::lock_shared("customer", "id", self.fields.customer)];
        tx.ahead([held, store::quotes::asks_customer(self.fields.customer, by)].concat()).await?;
        let customer = store::quotes::customer_of(tx, self.fields.customer, by).await?;
        let customer = customer.filter(|customer| {
            self.actor.scope(Right::QuoteWrite).is_ok_and(|scope| customer.within(&scope))
        });
        let customer = customer.ok_or(AccessRefused::NotFound)?;
        (self.fields.owner, self.fields.branch) = (customer.owner, customer.branch);
        let saved = store::quotes::save_draft(tx, (self.id, self.version), by, &self.fields).await?;
        if saved {
            return Ok(customer);
        }
        let head = store::quotes::head(tx, self.id, by).await?.ok_or(AccessRefused::NotFound)?;
        head.state.must_be_draft()?;
        Err(AppError::Stale { version: head.version })
    }
}

#[derive(Clone)]
struct DeleteDraft {
    version: i64,
}

impl Step for DeleteDraft {
    type Out = ();
    const RIGHTS: &'static [Right] = &[Right::QuoteWrite];

    async fn take(self, tx: &mut Tx<'_>, held: &Held) -> Result<((), Option<Told>), AppError> {
        let head = &held.head;
        head.state.must_be_draft()?;
        if let Some((_, by)) = head.taken_by.clone().filter(|(person, _)| *person != held.by) {
            return Err(QuoteRefused::TakenOver { by }.into());
        }
        if !store::quotes::delete_draft(tx, (head.id, self.version), head.chain).await? {
            let head = store::quotes::head(tx, head.id, held.by).await?.ok_or(AccessRefused::NotFound)?;
            head.state.must_be_draft()?;
            return Err(AppError::Stale { version: head.version });
        }
        Ok(((), Some(Told { kind: "quote.deleted", facts: json!({}) })))
    }
}

/// Logs what happened to a quotation.
pub(super) async fn log(
    tx: &mut Tx<'_>,
    now: Instant,
    by: PersonId,
    kind: &'static str,
    id: QuoteId,
    facts: serde_json::Value,
) -> Result<(), AppError> {
    Ok(crate::events::note(tx, (now, by), kind, ("quote", id.0), facts).await?)
}
