//! Issuing: prices are decided before, and everything that they lean on is read again where the number is taken.

use domain::access::{AccessRefused, Actor, Right};
use domain::base::{Date, QuoteId, company_day};
use domain::config::Kind;
use domain::documents::VerifyCode;
use domain::quotes::{
    AskOutcome, FrozenBranch, FrozenCustomer, FrozenLine, FrozenSalesperson, FrozenSeller, IssueRule,
    LineCost, Margin, PricedDraft, QuoteRefused, SNAPSHOT_FORMAT, Seen, ShownFigures, Snapshot, UsedRevision,
    decide_issue, quote_series, written_number,
};
use jiff::tz::TimeZone;
use serde_json::json;
use store::events::{self, Event, Moment};
use store::quotes::{Issue, QuoteHead};
use store::{Ask, Command, StoreError, Tx, numbers, outbox};

use super::ask::tell_asker;
use super::draft::{log, search_text};
use super::hidden_floor;
use super::leaned::LeanedOn;
use super::load::{Loaded, company, load_to_issue, need};
use super::pictured::with_pictures;
use super::price::{Priced, price_to_issue, rule, used};
use super::view::{QuoteView, read_quote};
use crate::documents::{Paper, paper_of};
use crate::jobs::PDF_EFFECT;
use crate::{AppError, Ctx};

/// When prices move while a quotation is being issued, it is decided again so often.
const ATTEMPTS_MAX: usize = 3;

/// Issues a draft at the prices in force now, at figures that were shown; `seen` is what the person had in sight.
pub async fn issue_quote(
    ctx: &Ctx,
    actor: &Actor,
    id: QuoteId,
    version: Option<i64>,
    seen: &Seen,
) -> Result<QuoteView, AppError> {
    for _ in 0..ATTEMPTS_MAX {
        let decided = decide(ctx, actor, id, version, seen).await?;
        match ctx.write(decided).await {
            Ok(()) => return read_quote(ctx, actor, id).await,
            Err(error) if error.code() == MOVED => ctx.live.expire(),
            // Whoever named no version means the draft as it stands: saved a moment ago, it is decided anew.
            Err(AppError::Stale { .. }) if version.is_none() => {}
            Err(error) => return Err(error),
        }
    }
    Err(QuoteRefused::PricesKeepMoving.into())
}

/// Code of a refusal that says: decide again.
pub(super) const MOVED: &str = "prices_keep_moving";

/// Loads, prices and lets the domain decide.
pub(super) async fn decide(
    ctx: &Ctx,
    actor: &Actor,
    id: QuoteId,
    version: Option<i64>,
    seen: &Seen,
) -> Result<IssueQuote, AppError> {
    let loaded = load_to_issue(ctx, actor, id).await?;
    need(actor, Right::QuoteIssue, &loaded.head)?;
    loaded.head.state.must_be_draft()?;
    loaded.not_taken_by_another(actor)?;
    if version.is_some_and(|version| version != loaded.head.version) {
        return Err(AppError::Stale { version: loaded.head.version });
    }
    if let Some(order) = &loaded.order {
        return Err(QuoteRefused::AlreadySigned { order: order.clone() }.into());
    }
    // Products are compared below with what was loaded before this, so the snapshot must hold the same.
    let priced = price_to_issue(ctx, &loaded).await?;
    decide_priced(ctx, actor, loaded, priced, seen).await
}

/// Lets the domain decide on what was loaded and priced.
pub(super) async fn decide_priced(
    ctx: &Ctx,
    actor: &Actor,
    loaded: Loaded,
    priced: Priced,
    seen: &Seen,
) -> Result<IssueQuote, AppError> {
    let rule = rule(ctx, &loaded, &priced, actor).await?;
    decide_issue(&priced.draft, &rule, &loaded.shown, seen)?;
    hidden_floor::hold(ctx, actor, &loaded.head, &priced.draft, &rule).await?;
    let frozen = FrozenLine::freeze(&priced.draft);
    let (lines, costs) = frozen.ok_or_else(|| StoreError::Decode("a line has no price".to_string()))?;
    Ok(IssueQuote {
        used: used(&priced.draft, &priced.live),
        leaned: LeanedOn::of(&loaded, priced.context.customer.clone(), priced.live),
        context: priced.context,
        verify_code: VerifyCode::from_random(u128::from_be_bytes(ctx.random.bytes()?)),
        zone: ctx.zone.clone(),
        actor: actor.clone(),
        priced: priced.draft,
        rule,
        loaded,
        lines,
        costs,
    })
}

/// A decided issue on its way into the database.
#[derive(Clone)]
pub(super) struct IssueQuote {
    actor: Actor,
    loaded: Loaded,
    priced: PricedDraft,
    rule: IssueRule,
    lines: Vec<FrozenLine>,
    costs: Vec<LineCost>,
    used: Vec<UsedRevision>,
    leaned: LeanedOn,
    context: domain::pricing::PricingContext,
    verify_code: VerifyCode,
    zone: TimeZone,
}

impl Command for IssueQuote {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        let (id, chain, by) = (self.loaded.head.id, self.loaded.head.chain, self.actor.person);
        let mut held = store::config::asks_held_heads(&self.leaned.items());
        held.push(store::quotes::asks_locked_chain(chain));
        tx.ahead([held, events::asks_moment()].concat()).await?;
        let moment = events::moment(tx).await?;
        if moment.clock_is_behind() {
            return Err(QuoteRefused::ClockBehind { behind_ms: moment.behind_ms }.into());
        }
        let today = company_day(moment.now, &self.zone);
        tx.ahead(self.asks(moment)).await?;
        self.prices_hold(tx, moment, today).await?;
        let head = self.still_the_draft(tx, id).await?;
        if hidden_floor::may_try(&self.rule, &self.priced) {
            hidden_floor::not_too_often(tx, by, &head.branch_path, moment.now).await?;
        }
        let paper = paper_of(tx, head.branch, self.loaded.company.seal_file.clone(), moment.now).await?;
        let lines = with_pictures(tx, &head.terms, &paper, self.lines.clone()).await?;
        // The first version of a number has none before it.
        if head.revision > 1 {
            store::quotes::supersede(tx, chain, id, by, moment.now).await?;
        }
        // The number comes last: others of the branch wait for it until this transaction ends.
        let number = match &head.number {
            Some(number) => number.clone(),
            None => {
                let series = quote_series(&head.branch_code, today);
                written_number(&series, numbers::take_next(tx, &series).await?)
            }
        };
        let net = self.priced.amounts.net;
        let issue = self.frozen(&head, &number, moment, today, (paper, lines))?;
        let before = &self.loaded.shown.lines;
        if !store::quotes::put_issued(tx, (id, head.version), chain, &issue, before).await? {
            return Err(AppError::Stale { version: head.version });
        }
        self.end_ask(tx, &head, moment).await?;
        let facts = json!({
            "customer_id": head.customer.0, "number": number, "revision": head.revision, "net": net.to_yuan(),
            "hash": issue.hash,
        });
        log(tx, moment.now, by, "quote.issued", id, facts).await?;
        if head.revision > 1 {
            self.log_superseded(tx, &number, moment).await?;
        }
        let payload = json!({ "quote": id.0 }).to_string();
        outbox::put(tx, moment.now, &format!("pdf:{}", id.0), PDF_EFFECT, &payload).await?;
        Ok(())
    }
}

impl IssueQuote {
    /// What is about to be read again, all at once.
    fn asks(&self, moment: Moment) -> Vec<Ask> {
        let (head, by, at) = (&self.loaded.head, self.actor.person, moment.now);
        let mut asks = store::quotes::asks_customer(self.loaded.customer.id, by);
        asks.extend([
            store::config::asks_stamp(),
            store::quotes::asks_products(head.id),
            store::access::asks_company(),
            store::quotes::asks_head(head.id, by),
            store::quotes::asks_order(head.chain),
        ]);
        asks.extend(self.used.iter().map(|used| store::config::asks_void(used.item, used.n, at)));
        let paper = Kind::ALL.iter().filter(|kind| kind.is_on_paper());
        asks.extend(paper.map(|kind| store::config::asks_nearest(*kind, head.branch, at)));
        asks
    }

    /// The config items that the frozen prices will lean on.
    pub(super) fn items(&self) -> Vec<domain::base::ItemId> {
        self.used.iter().map(|used| used.item).collect()
    }

    /// What it will come to.
    pub(super) fn net(&self) -> domain::base::Fen {
        self.priced.amounts.net
    }

    /// Everything that the prices were decided on is as it was; else they are decided again.
    async fn prices_hold(&self, tx: &mut Tx<'_>, moment: Moment, today: Date) -> Result<(), AppError> {
        let loaded = &self.loaded;
        let customer = store::quotes::customer_of(tx, loaded.customer.id, self.actor.person).await?;
        let products = store::quotes::product_versions(tx, loaded.head.id).await?;
        let held = self.leaned.stands(tx, moment.now).await?
            && today == self.rule.today
            && customer.as_ref() == Some(&loaded.customer)
            && products == loaded.products
            && company(tx).await? == loaded.company;
        if !held {
            return Err(QuoteRefused::PricesKeepMoving.into());
        }
        for used in &self.used {
            if store::config::is_void(tx, used.item, used.n, moment.now).await? {
                return Err(QuoteRefused::PricesKeepMoving.into());
            }
        }
        Ok(())
    }

    /// The draft whose lines were priced, and no version of its number signed meanwhile.
    async fn still_the_draft(&self, tx: &mut Tx<'_>, id: QuoteId) -> Result<QuoteHead, AppError> {
        let head = store::quotes::head(tx, id, self.actor.person).await?.ok_or(AccessRefused::NotFound)?;
        head.state.must_be_draft()?;
        if head.version != self.loaded.head.version {
            return Err(AppError::Stale { version: head.version });
        }
        match store::quotes::order_of_chain(tx, head.chain).await? {
            Some(order) => Err(QuoteRefused::AlreadySigned { order }.into()),
            None => Ok(head),
        }
    }

    /// The document with its number, day and hash.
    fn frozen(
        &self,
        head: &QuoteHead,
        number: &str,
        moment: Moment,
        today: Date,
        (paper, lines): (Paper, Vec<FrozenLine>),
    ) -> Result<Issue, AppError> {
        let priced = self.lines.iter().map(|line| &line.priced);
        let totals = domain::pricing::totals(priced).map_err(|_| domain::base::OutOfRange)?;
        let (company, customer) = (&self.loaded.company, &self.loaded.customer);
        let snapshot = Snapshot {
            format: SNAPSHOT_FORMAT,
            number: number.to_string(),
            revision: head.revision,
            issued_at: moment.now,
            issued_day: today,
            valid_until: self.rule.valid_until,
            seller: FrozenSeller {
                name: company.name.clone(),
                address: company.address.clone(),
                phone: company.phone.clone(),
                tax_no: company.tax_no.clone(),
                bank_name: company.bank_name.clone(),
                bank_account: company.bank_account.clone(),
                seal_file: paper.seal,
            },
            branch: FrozenBranch { id: head.branch, name: head.branch_name.clone() },
            customer: FrozenCustomer {
                id: customer.id,
                code: customer.code.clone(),
                name: customer.name.clone(),
                contact: customer.contact.clone(),
                phone: customer.phone.clone(),
                address: customer.address.clone(),
            },
            salesperson: FrozenSalesperson {
                id: head.owner,
                name: head.owner_name.clone(),
                phone: head.owner_phone.clone(),
            },
            context: self.context.clone(),
            lines,
            totals,
            used: self.used.clone(),
            notes: head.notes.clone(),
            terms: head.terms.clone(),
            whole: head.whole,
            option: head.option.clone().unwrap_or_default(),
            template: paper.template,
        };
        let unreadable = |error: domain::quotes::SnapshotFault| StoreError::Decode(error.to_string());
        let (document, hash) = snapshot.sealed().map_err(unreadable)?;
        let costs = serde_json::to_string(&self.costs);
        Ok(Issue {
            number: number.to_string(),
            document,
            hash,
            costs: costs.map_err(|error| StoreError::Decode(error.to_string()))?,
            verify_code: self.verify_code.as_str().to_string(),
            valid_until: self.rule.valid_until,
            issued_day: today,
            search: search_text(Some(number), &self.priced),
            used: self.used.clone(),
            shown: ShownFigures::of(&self.priced),
            margin: Margin::of_lines(&self.priced.lines).map(|margin| margin.amount),
            by: self.actor.person,
            now: moment.now,
        })
    }

    /// Ends the ask that waits, and tells whoever asked, also where somebody took the draft over to issue it.
    async fn end_ask(&self, tx: &mut Tx<'_>, head: &QuoteHead, moment: Moment) -> Result<(), StoreError> {
        let (by, now, ended) = (self.actor.person, moment.now, AskOutcome::Issued);
        let waited = store::quotes::end_ask(tx, head.id, ended, by, now, "").await?;
        if !waited && head.taken_by.is_none() {
            return Ok(());
        }
        let ask = store::quotes::last_ask(tx, head.id).await?;
        let taken = |ask: &domain::quotes::Ask| {
            ask.end.as_ref().is_some_and(|end| end.outcome == AskOutcome::TakenOver)
        };
        match ask.filter(|ask| waited || taken(ask)) {
            Some(ask) => tell_asker(tx, (head.id, &ask), (ended, ""), by, (now, &self.zone)).await,
            None => Ok(()),
        }
    }

    /// What happened to the versions that gave way.
    async fn log_superseded(&self, tx: &mut Tx<'_>, number: &str, moment: Moment) -> Result<(), AppError> {
        let newest = self.loaded.head.id;
        for older in store::quotes::chain(tx, self.loaded.head.chain).await? {
            let gave_way = older.state == domain::quotes::QuoteState::Superseded;
            let just_now = self
                .loaded
                .chain
                .iter()
                .any(|it| it.id == older.id && it.state == domain::quotes::QuoteState::Issued);
            if older.id != newest && gave_way && just_now {
                let facts = json!({"number": number, "revision": older.revision, "by_quote": newest.0});
                let event = Event {
                    actor: Some(self.actor.person),
                    kind: "quote.superseded",
                    entity: "quote",
                    entity_id: older.id.0,
                    facts,
                };
                events::append(tx, moment.now, &event).await?;
            }
        }
        Ok(())
    }
}
