//! Making and saving drafts. What a draft leans on is read, priced and written in one transaction, so that nothing moves
//! between; it is answered from what was written.

use std::sync::Arc;

use domain::access::{AccessRefused, Actor, Right};
use domain::base::{CustomerId, QuoteId};
use domain::quotes::{
    Draft, DraftLine, DraftText, KnownNames, LineText, QuoteRefused, QuoteState, Terms, Whole,
};
use jiff::tz::TimeZone;
use store::events::{self, Moment};
use store::quotes::{NewDraft, QuoteCustomer};
use store::{Ask, Command, Tx};

use super::draft::{Made, World, asks_customer_in, customer_in, fields_of, insert, keep_costs, sight};
use super::issue::MOVED;
use super::load::{Loaded, asks_first, load, load_to_save, need, others_in, visible};
use super::price::{Priced, Sheet, prepared, price_with};
use super::view::{QuoteView, draft_view, read_quote};
use super::written_over::note_saved;
use crate::config::{Live, live_now};
use crate::{AppError, Ctx, idempotency};

/// When the snapshot is another one at the moment of the transaction, the draft is priced again so often.
const ATTEMPTS_MAX: usize = 3;

/// A draft as it was written, with the prices that were found for it.
#[derive(Debug)]
pub(super) struct Written {
    loaded: Loaded,
    priced: Priced,
}

/// Makes a draft for a customer, with lines or without. Sent again because its answer was lost, it is answered with the
/// draft as it stands.
pub async fn create_quote(
    ctx: &Ctx,
    actor: &Actor,
    customer: CustomerId,
    lines: Vec<LineText>,
) -> Result<QuoteView, AppError> {
    if let Some(made) = ctx.made_before("quote") {
        return read_quote(ctx, actor, QuoteId(made)).await;
    }
    let mut lines = DraftLine::accept_all(lines, &KnownNames::none())?;
    keep_costs(&mut lines, &[], actor);
    let (terms, whole) = (Terms::default(), Whole::default());
    let draft = Draft { customer, valid_until: None, notes: String::new(), lines, terms, whole };
    let beginning = Arc::new(Beginning { actor: actor.clone(), draft, zone: ctx.zone.clone() });
    let begin = |live| BeginDraft { beginning: beginning.clone(), live };
    let written = priced_now(ctx, &beginning.draft.lines, begin).await;
    let written = match (written, idempotency::made_meanwhile(ctx, "quote").await?) {
        (Err(_), Some(made)) => return read_quote(ctx, actor, QuoteId(made)).await,
        (written, _) => written?,
    };
    if !written.loaded.head.within(&visible(actor)?) {
        return Err(AccessRefused::NotFound.into());
    }
    draft_view(ctx, actor, written.loaded, written.priced).await
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
    let saving = Arc::new(Saving::of(ctx, actor, (id, version), text));
    let lines = saving.draft.as_ref().map(|draft| draft.lines.as_slice()).unwrap_or_default();
    match priced_now(ctx, lines, |live| SaveDraft { saving: saving.clone(), live }).await {
        Ok(Some(written)) => draft_view(ctx, actor, written.loaded, written.priced).await,
        Ok(None) => read_quote(ctx, actor, id).await,
        Err(AppError::Stale { version }) => {
            if stands_already(ctx, actor, id, &saving).await? {
                read_quote(ctx, actor, id).await
            } else {
                Err(AppError::Stale { version })
            }
        }
        Err(refused) => Err(refused),
    }
}

/// Whether the actor was the last to save this draft, with this very content.
async fn stands_already(ctx: &Ctx, actor: &Actor, id: QuoteId, saving: &Saving) -> Result<bool, AppError> {
    let now = load(ctx, actor, id).await?;
    let Ok(mut draft) = saving.read_over(&now) else { return Ok(false) };
    keep_costs(&mut draft.lines, &now.lines, actor);
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

/// Carries out what prices these lines with a snapshot: where that is no longer in force in its transaction, with the next
/// one.
async fn priced_now<C>(
    ctx: &Ctx,
    lines: &[DraftLine],
    command: impl Fn(Arc<Live>) -> C,
) -> Result<C::Out, AppError>
where
    C: Command<Error = AppError>,
{
    for _ in 0..ATTEMPTS_MAX {
        let live = prepared(live_now(ctx).await?, lines).await?;
        match ctx.write(command(live)).await {
            Err(error) if error.code() == MOVED => ctx.live.expire(),
            outcome => return outcome,
        }
    }
    Err(QuoteRefused::PricesKeepMoving.into())
}

/// The draft priced with the snapshot, if that is in force then; it may be up to a second behind another server.
fn priced(
    live: &Arc<Live>,
    (world, zone): (&World, &TimeZone),
    customer: &QuoteCustomer,
    draft: &Draft,
) -> Result<Priced, AppError> {
    let at = world.moment.now;
    if !live.holds_at(at) {
        return Err(QuoteRefused::PricesKeepMoving.into());
    }
    price_with(live.clone(), (&world.company, zone), customer, Sheet::of(draft), at)
}

/// What a draft begins with, and who begins it.
struct Beginning {
    actor: Actor,
    draft: Draft,
    zone: TimeZone,
}

#[derive(Clone)]
struct BeginDraft {
    beginning: Arc<Beginning>,
    live: Arc<Live>,
}

impl Command for BeginDraft {
    type Out = Written;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<Written, AppError> {
        let Beginning { actor, draft, zone } = self.beginning.as_ref();
        // A draft belongs to its customer's owner: nobody gives him away meanwhile.
        let held = vec![Ask::lock_shared("customer", "id", draft.customer)];
        tx.ahead([held, asks_customer_in(draft.customer, actor.person)].concat()).await?;
        let (customer, world) = customer_in(tx, actor, draft.customer, zone).await?;
        let mut draft = draft.clone();
        let mut priced = priced(&self.live, (&world, zone), &customer, &draft)?;
        let whole = Whole::default();
        priced.draft.refuse_new_slips(&[], &whole)?;
        priced.draft.note_set_prices(&mut draft.lines, (&[], &whole), sight(actor));
        let others = others_in(tx, actor, &customer.branch_path, !draft.lines.is_empty()).await?;
        let now = world.moment.now;
        let fields = fields_of(&priced.draft, (now, world.today), &customer, draft);
        let new = NewDraft { chain: None, revision: 1, copied_from: None, by: actor.person, fields };
        let (id, chain) = insert(tx, &new, now).await?;
        let loaded = Loaded::made(actor, world, Made { id, chain, customer }, new);
        Ok(Written { loaded: Loaded { others, ..loaded }, priced })
    }
}

/// What is to be saved, by whom, and over which version.
pub(super) struct Saving {
    actor: Actor,
    id: QuoteId,
    version: i64,
    customer: CustomerId,
    /// What it was read as, or the words of which something may stand only because it stands in the draft already.
    draft: Result<Draft, DraftText>,
    zone: TimeZone,
}

impl Saving {
    pub fn of(ctx: &Ctx, actor: &Actor, (id, version): (QuoteId, i64), text: DraftText) -> Saving {
        let (actor, customer, zone) = (actor.clone(), text.customer, ctx.zone.clone());
        let draft = Draft::accept(text.clone(), &KnownNames::none()).map_err(|_| text);
        Saving { actor, id, version, customer, draft, zone }
    }

    /// What is to be saved over the draft that stands there, or every field that is wrong.
    fn read_over(&self, before: &Loaded) -> Result<Draft, QuoteRefused> {
        match &self.draft {
            Ok(draft) => Ok(draft.clone()),
            Err(text) => Draft::accept(text.clone(), &KnownNames::of(&before.lines, &before.head.terms)),
        }
    }
}

/// Saves a draft. Without an outcome it was saved for a customer who is another's, so that its names are others.
#[derive(Clone)]
pub(super) struct SaveDraft {
    pub saving: Arc<Saving>,
    pub live: Arc<Live>,
}

impl Command for SaveDraft {
    type Out = Option<Written>;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<Option<Written>, AppError> {
        let Saving { actor, id, version, customer, zone, .. } = self.saving.as_ref();
        let (id, version, person) = (*id, *version, actor.person);
        // A draft goes with its customer, who is given to nobody else meanwhile.
        // Who wrote it last decides what is told: nobody asks for it or saves it in between.
        let held = vec![Ask::lock_shared("customer", "id", *customer), Ask::lock_row("quote", "id", id)];
        let his = store::quotes::asks_customer(*customer, person);
        tx.ahead([held, events::asks_moment(), asks_first(id, person), his].concat()).await?;
        let moment = events::moment(tx).await?;
        let before = load_to_save(tx, actor, id, self.at(moment)).await?;
        let mut draft = self.draft_over(&before)?;
        let moved = draft.customer != before.head.customer;
        let (customer, world) = if moved {
            customer_in(tx, actor, draft.customer, zone).await?
        } else {
            (before.customer.clone(), before.world())
        };
        if !actor.scope(Right::QuoteWrite).is_ok_and(|scope| customer.within(&scope)) {
            return Err(AccessRefused::NotFound.into());
        }
        let mut priced = priced(&self.live, (&world, zone), &customer, &draft)?;
        priced.draft.refuse_new_slips(&before.lines, &before.head.whole)?;
        let stood = (before.lines.as_slice(), &before.head.whole);
        priced.draft.note_set_prices(&mut draft.lines, stood, sight(actor));
        let fields = fields_of(&priced.draft, (world.moment.now, world.today), &customer, draft);
        let lines = (before.lines.as_slice(), before.shown.lines.as_slice());
        if !store::quotes::save_draft(tx, (id, version), person, &fields, lines).await? {
            let head = store::quotes::head(tx, id, person).await?.ok_or(AccessRefused::NotFound)?;
            head.state.must_be_draft()?;
            return Err(AppError::Stale { version: head.version });
        }
        let hand = note_saved(tx, (world.moment.now, person), &before, (&customer, &fields)).await?;
        let stayed = (before.head.owner, before.head.branch) == (customer.owner, customer.branch);
        if moved || !stayed {
            return Ok(None);
        }
        Ok(Some(Written { loaded: before.saved(actor, fields, hand), priced }))
    }
}

impl SaveDraft {
    /// The moment with the company's day.
    fn at(&self, moment: Moment) -> (Moment, domain::base::Date) {
        (moment, domain::base::company_day(moment.now, &self.saving.zone))
    }

    /// The draft that is to be saved over the one that stands there, if it may be.
    fn draft_over(&self, before: &Loaded) -> Result<Draft, AppError> {
        let Saving { actor, version, .. } = self.saving.as_ref();
        need(actor, Right::QuoteWrite, &before.head)?;
        before.head.state.must_be_draft()?;
        before.not_taken_by_another(actor)?;
        if before.head.version != *version {
            return Err(AppError::Stale { version: before.head.version });
        }
        let mut draft = self.saving.read_over(before)?;
        keep_costs(&mut draft.lines, &before.lines, actor);
        let moved = draft.customer != before.head.customer;
        if moved && (before.head.revision > 1 || before.head.option.is_some()) {
            return Err(QuoteRefused::CustomerFixed.into());
        }
        Ok(draft)
    }
}
