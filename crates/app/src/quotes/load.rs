//! All facts of one quotation, read in one consistent transaction.

use domain::access::{AccessRefused, Actor, Company, Right, Scope};
use domain::base::{Date, PersonId, QuoteId};
use domain::quotes::{
    Ask, Draft, DraftLine, FrozenLine, LineCost, NewerVersion, OrderRef, PricedDraftLine, QuoteRefused,
    QuoteState, ShownFigures, ShownLine, SignFacts, Snapshot, VoidRevision,
};
use store::events::{self, Moment};
use store::orders::OrderHead;
use store::quotes::{
    self, ChainVersion, DraftFields, MayIssue, NewDraft, NumberOf, OptionVersion, QuoteCustomer, QuoteHead,
    UsedState,
};
use store::{StoreError, Tx};

use super::draft::{Made, World};
use super::hidden_floor;
use super::written_over::{Hand, asks_hand, hand};
use crate::{AppError, Ctx};

/// A quotation with everything that decides about it.
#[derive(Clone, Debug)]
pub(super) struct Loaded {
    pub moment: Moment,
    pub today: Date,
    pub company: Company,
    pub head: QuoteHead,
    pub customer: QuoteCustomer,
    pub lines: Vec<DraftLine>,
    pub shown: ShownFigures,
    /// Of a draft that is to be issued: its products, each with its version.
    pub products: Vec<(i64, i64)>,
    pub chain: Vec<ChainVersion>,
    /// The alternatives of its set, itself among them; empty when it stands alone.
    pub options: Vec<OptionVersion>,
    /// What one of the versions became.
    pub order: Option<OrderRef>,
    pub issued: Option<LoadedIssue>,
    /// Of a draft: who was asked to decide on it last.
    pub ask: Option<Ask>,
    /// Of a draft: the version at which issuing was refused last because of a floor that its writer does not see.
    pub floor_refused: Option<i64>,
    /// Who wrote it last; of a draft with what the reader had written before.
    pub hand: Hand,
    /// Keys of the reader's roles.
    pub roles: Vec<String>,
    /// Of a draft whose reader does not see floors: the others who may issue it. `None`: they were not asked for.
    pub others: Option<Vec<MayIssue>>,
}

/// What a quotation is loaded for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    /// To be read: of what is issued nothing is needed that only a draft made of it would need.
    Reading,
    /// To do something with it, short of issuing.
    Step,
    Issuing,
}

/// What only an issued version has.
#[derive(Clone, Debug)]
pub(super) struct LoadedIssue {
    pub snapshot: Snapshot,
    pub costs: Vec<LineCost>,
    pub used: Vec<UsedState>,
    pub void: Vec<VoidRevision>,
    /// The order that this very version became.
    pub order: Option<OrderHead>,
}

/// Loads a quotation that the actor sees.
pub(super) async fn load(ctx: &Ctx, actor: &Actor, id: QuoteId) -> Result<Loaded, AppError> {
    load_for(ctx, actor, id, Purpose::Step).await
}

/// The same to be shown: of what is issued it has no lines beside the frozen ones, no roles, and of its customer not what
/// he calls our products.
pub(super) async fn load_to_read(ctx: &Ctx, actor: &Actor, id: QuoteId) -> Result<Loaded, AppError> {
    load_for(ctx, actor, id, Purpose::Reading).await
}

/// The same with the versions of its products, on which an issue leans.
pub(super) async fn load_to_issue(ctx: &Ctx, actor: &Actor, id: QuoteId) -> Result<Loaded, AppError> {
    load_for(ctx, actor, id, Purpose::Issuing).await
}

/// A draft that is to be saved, inside a transaction.
pub(super) async fn load_to_save(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: QuoteId,
    at: (Moment, Date),
) -> Result<Loaded, AppError> {
    let purpose = (Purpose::Step, !actor.has(Right::PriceCost));
    load_in(tx, id, &visible(actor)?, at, purpose).await
}

/// What a quotation is asked for first, for whoever asks more at once.
pub(super) fn asks_first(id: QuoteId, person: PersonId) -> Vec<store::Ask> {
    vec![
        quotes::asks_head(id, person),
        quotes::asks_lines(id),
        quotes::asks_last_ask(id),
        hidden_floor::asks_refused_at(id),
        asks_hand(id),
        quotes::asks_role_keys(person),
        store::access::asks_company(),
    ]
}

/// The others who may issue a draft in the branch: of one with goods, for whoever does not see floors.
pub(super) async fn others_in(
    tx: &mut Tx<'_>,
    actor: &Actor,
    branch_path: &str,
    has_lines: bool,
) -> Result<Option<Vec<MayIssue>>, StoreError> {
    if actor.has(Right::PriceCost) || !has_lines {
        return Ok(None);
    }
    Ok(Some(quotes::deciders(tx, branch_path, actor.person).await?))
}

async fn load_for(ctx: &Ctx, actor: &Actor, id: QuoteId, purpose: Purpose) -> Result<Loaded, AppError> {
    let scope = visible(actor)?;
    let zone = ctx.zone.clone();
    let names_others = !actor.has(Right::PriceCost) && purpose != Purpose::Issuing;
    let loaded = ctx.store.read(move |tx| {
        Box::pin(async move {
            let person = scope.person;
            let mut own = asks_first(id, person);
            if purpose == Purpose::Issuing {
                own.push(quotes::asks_products(id));
            }
            tx.ahead([events::asks_moment(), own].concat()).await?;
            let moment = events::moment(tx).await?;
            let today = domain::base::company_day(moment.now, &zone);
            load_in(tx, id, &scope, (moment, today), (purpose, names_others)).await
        })
    });
    loaded.await
}

/// What the quotation is, without its lines.
pub(crate) async fn read_quote_head(ctx: &Ctx, actor: &Actor, id: QuoteId) -> Result<QuoteHead, AppError> {
    let scope = visible(actor)?;
    ctx.store.read(|tx| Box::pin(async move { head_in(tx, id, &scope).await })).await
}

/// The quotation inside `scope`, or that there is none.
pub(super) async fn head_in(tx: &mut Tx<'_>, id: QuoteId, scope: &Scope) -> Result<QuoteHead, AppError> {
    let head = store::quotes::head(tx, id, scope.person).await?.filter(|head| head.within(scope));
    Ok(head.ok_or(AccessRefused::NotFound)?)
}

/// What the actor sees; nobody learns of quotations without the right.
pub(super) fn visible(actor: &Actor) -> Result<Scope, AppError> {
    Ok(actor.scope(Right::QuoteRead).map_err(|_| AccessRefused::NotFound)?)
}

/// Refuses an actor whose right does not open this quotation, which they see.
pub(super) fn need(actor: &Actor, right: Right, head: &QuoteHead) -> Result<(), AppError> {
    if opens(actor, right, head) { Ok(()) } else { Err(AccessRefused::Forbidden(right).into()) }
}

/// Whether the right opens this quotation.
pub(super) fn opens(actor: &Actor, right: Right, head: &QuoteHead) -> bool {
    actor.scope(right).is_ok_and(|scope| head.within(&scope))
}

/// The company; an error before it is set up.
pub(crate) async fn company(tx: &mut Tx<'_>) -> Result<Company, StoreError> {
    let found = store::access::company(tx).await?;
    let missing = || StoreError::Decode("the company is not set up".to_string());
    found.map(|(company, _)| company).ok_or_else(missing)
}

async fn load_in(
    tx: &mut Tx<'_>,
    id: QuoteId,
    scope: &Scope,
    (moment, today): (Moment, Date),
    (purpose, names_others): (Purpose, bool),
) -> Result<Loaded, AppError> {
    let head = head_in(tx, id, scope).await?;
    let (person, is_draft) = (scope.person, head.state == QuoteState::Draft);
    // What is issued is read from its frozen document alone.
    let for_draft = is_draft || purpose != Purpose::Reading;
    let (lines, figures) = if for_draft { lines_of(tx, id).await? } else { (Vec::new(), Vec::new()) };
    // Whoever is shown a draft without goods has nobody to ask; one that is saved may get its first.
    let names_others = names_others && is_draft && (purpose == Purpose::Step || !lines.is_empty());
    let mut beside = if for_draft {
        quotes::asks_customer(head.customer, person)
    } else {
        vec![quotes::asks_customer_alone(head.customer, person)]
    };
    beside.extend(quotes::asks_number(&head));
    if !is_draft {
        beside.extend(quotes::asks_frozen(id, moment.now));
        beside.push(store::orders::asks_of_quote(id));
    }
    if names_others {
        beside.push(quotes::asks_deciders(&head.branch_path, person));
    }
    tx.ahead(beside).await?;
    let customer = if for_draft {
        quotes::customer_of(tx, head.customer, person).await?
    } else {
        quotes::customer_alone(tx, head.customer, person).await?
    };
    let customer = customer.ok_or(AccessRefused::NotFound)?;
    let NumberOf { versions, options, order } = quotes::number_of(tx, &head).await?;
    let (issued, ask, floor_refused) = if is_draft {
        (None, quotes::last_ask(tx, id).await?, hidden_floor::refused_at(tx, id).await?)
    } else {
        (Some(load_issue(tx, id, (person, order.is_some()), moment).await?), None, None)
    };
    let hand = if is_draft { hand(tx, &head, person).await? } else { Hand::of(person) };
    let wants_products = is_draft && purpose == Purpose::Issuing;
    Ok(Loaded {
        moment,
        today,
        company: company(tx).await?,
        customer,
        shown: ShownFigures { amounts: head.amounts, lines: figures },
        products: if wants_products { quotes::product_versions(tx, id).await? } else { Vec::new() },
        lines,
        chain: versions,
        options,
        order,
        issued,
        ask,
        floor_refused,
        hand,
        roles: if for_draft { quotes::role_keys(tx, person).await? } else { Vec::new() },
        others: if names_others {
            Some(quotes::deciders(tx, &head.branch_path, person).await?)
        } else {
            None
        },
        head,
    })
}

async fn lines_of(tx: &mut Tx<'_>, id: QuoteId) -> Result<(Vec<DraftLine>, Vec<ShownLine>), StoreError> {
    Ok(quotes::lines(tx, id).await?.into_iter().unzip())
}

/// `ordered`: one of the versions, or of their alternatives, became an order.
async fn load_issue(
    tx: &mut Tx<'_>,
    id: QuoteId,
    (reader, ordered): (PersonId, bool),
    moment: Moment,
) -> Result<LoadedIssue, AppError> {
    let frozen = store::quotes::frozen(tx, id).await?;
    let (snapshot, costs) =
        frozen.ok_or_else(|| StoreError::Decode(format!("quote {} has no frozen document", id.0)))?;
    let used = store::quotes::used(tx, id, moment.now).await?;
    // Hardly ever is one of them withdrawn, or is there an order: then nothing more is asked.
    let void = if used.iter().any(|it| it.void) {
        store::quotes::void_of(tx, id, moment.now).await?
    } else {
        Vec::new()
    };
    let order = if ordered { store::orders::head_of_quote(tx, id, reader).await? } else { None };
    Ok(LoadedIssue { snapshot, costs, used, void, order })
}

impl Loaded {
    /// What it was loaded in.
    pub fn world(&self) -> World {
        World {
            moment: self.moment,
            today: self.today,
            company: self.company.clone(),
            roles: self.roles.clone(),
        }
    }

    /// The draft that the actor has just made of `new`, alone under its number: as it is shown. What its prices lean on is
    /// not among it, so that nothing is issued of it.
    pub fn made(actor: &Actor, world: World, made: Made, new: NewDraft) -> Loaded {
        let head = QuoteHead::of_new(&new, (made.id, made.chain), &made.customer, &actor.name);
        let own = ChainVersion::of(&head);
        Loaded {
            moment: world.moment,
            today: world.today,
            company: world.company,
            roles: world.roles,
            head,
            customer: made.customer,
            lines: new.fields.lines,
            shown: new.fields.shown,
            products: Vec::new(),
            chain: vec![own],
            options: Vec::new(),
            order: None,
            issued: None,
            ask: None,
            floor_refused: None,
            hand: Hand::of(actor.person),
            others: None,
        }
    }

    /// The draft after the actor saved `fields` over it, for the same customer, owner and branch; `hand` wrote it last.
    pub fn saved(self, actor: &Actor, fields: DraftFields, hand: Hand) -> Loaded {
        let (net, valid_until) = (fields.shown.amounts.net, fields.valid_until);
        let id = self.head.id;
        let own = |it: ChainVersion| if it.id == id { ChainVersion { net, valid_until, ..it } } else { it };
        let option = |it: OptionVersion| OptionVersion { version: own(it.version.clone()), ..it };
        let head = QuoteHead {
            valid_until,
            notes: fields.notes,
            terms: fields.terms,
            whole: fields.whole,
            amounts: fields.shown.amounts,
            priced_at: fields.now,
            version: self.head.version + 1,
            updated_at: fields.now,
            updated_by: actor.person,
            updated_by_name: actor.name.clone(),
            ..self.head
        };
        Loaded {
            head,
            lines: fields.lines,
            shown: fields.shown,
            hand,
            chain: self.chain.into_iter().map(own).collect(),
            options: self.options.into_iter().map(option).collect(),
            ..self
        }
    }

    /// Refuses what only whoever took the draft over may do.
    pub fn not_taken_by_another(&self, actor: &Actor) -> Result<(), QuoteRefused> {
        match &self.head.taken_by {
            Some((person, name)) if *person != actor.person => {
                Err(QuoteRefused::TakenOver { by: name.clone() })
            }
            Some(_) | None => Ok(()),
        }
    }

    /// The same goods on the same terms for the same customer, as a draft that begins now.
    pub fn begun_anew(&self) -> Draft {
        Draft {
            customer: self.customer.id,
            valid_until: None,
            notes: self.head.notes.clone(),
            lines: self.lines.clone(),
            terms: self.head.terms.clone(),
            whole: self.head.whole,
        }
    }

    /// What decides whether this version may be signed, as of when it was loaded.
    pub fn sign_facts(&self) -> SignFacts {
        SignFacts {
            state: self.head.state,
            order: self.order.clone(),
            newer: newer(&self.chain, self.head.revision),
            valid_until: self.head.valid_until.unwrap_or(self.today),
            today: self.today,
            clock_behind_ms: None,
            void: self.issued.as_ref().map(|issued| issued.void.clone()).unwrap_or_default(),
        }
    }
}

/// The newest version of the number that was issued after `revision`.
pub(super) fn newer(chain: &[ChainVersion], revision: i64) -> Option<NewerVersion> {
    let later = chain.iter().rev().find(|it| it.revision > revision && it.issued_at.is_some());
    later.map(|it| NewerVersion { id: it.id, revision: it.revision })
}

/// Frozen lines as every line is shown, each with its cost and floor.
pub(crate) fn frozen_lines(lines: Vec<FrozenLine>, costs: &[LineCost]) -> Vec<PricedDraftLine> {
    let shown =
        |(place, line): (usize, FrozenLine)| line.into_shown(costs.get(place).copied().unwrap_or_default());
    lines.into_iter().enumerate().map(shown).collect()
}
