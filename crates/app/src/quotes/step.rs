//! The frame of whatever a person does to one quotation: its locks are taken, the right is asked for, the rule decides
//! on what stands there now, and the event is written. A new step is its right, its rule and its event.

use domain::access::{Actor, Right};
use domain::base::{Date, Instant, ItemId, PersonId, QuoteId, company_day};
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use store::events::{self, Moment};
use store::quotes::QuoteHead;
use store::{Command, Tx};

use super::draft::log;
use super::load::{head_in, need, visible};
use super::options::lock_set;
use super::view::{QuoteView, read_quote};
use crate::{AppError, Ctx};

/// What else must stand still while the step is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// The number alone.
    Number,
    /// With all alternatives of its set.
    Set,
    /// And the customer: whoever gives him to somebody else meanwhile waits.
    SetAndCustomer,
}

/// What a person does to one quotation.
pub(super) trait Step: Clone + Send + 'static {
    type Out: Send + 'static;

    /// The rights that must open the quotation, all of them.
    const RIGHTS: &'static [Right];

    /// What stands still beside the quotation.
    const HOLDS: Holds = Holds::Number;

    /// The config items whose history must not change meanwhile.
    fn items(&self) -> &[ItemId] {
        &[]
    }

    /// Decides on the quotation as it stands under its locks, and changes it. Without an event nothing has happened,
    /// or it is told elsewhere.
    fn take(
        self,
        tx: &mut Tx<'_>,
        held: &Held,
    ) -> impl Future<Output = Result<(Self::Out, Option<Told>), AppError>> + Send;
}

/// The quotation under its locks, who acts on it, and when.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub head: QuoteHead,
    /// The set of alternatives that is held; `None`: the number stands alone, or its set was not asked for.
    pub set: Option<i64>,
    pub by: PersonId,
    pub moment: Moment,
    /// The company's day at that moment.
    pub today: Date,
    pub zone: TimeZone,
}

/// What the log says of a step, beside whose quotation it was.
#[derive(Clone, Debug)]
pub(super) struct Told {
    /// `quote.cancelled` …
    pub kind: &'static str,
    /// What is its own.
    pub facts: Value,
}

impl Held {
    pub fn now(&self) -> Instant {
        self.moment.now
    }
}

/// Does `step` to a quotation that the actor sees.
pub(super) async fn take<S: Step>(
    ctx: &Ctx,
    actor: &Actor,
    id: QuoteId,
    step: S,
) -> Result<S::Out, AppError> {
    visible(actor)?;
    ctx.write(Taken { actor: actor.clone(), id, zone: ctx.zone.clone(), step }).await
}

/// Does `step`, and gives the quotation as it then stands.
pub(super) async fn take_and_show<S: Step<Out = ()>>(
    ctx: &Ctx,
    actor: &Actor,
    id: QuoteId,
    step: S,
) -> Result<QuoteView, AppError> {
    take(ctx, actor, id, step).await?;
    read_quote(ctx, actor, id).await
}

/// A step on its way into the database.
#[derive(Clone)]
pub(super) struct Taken<S> {
    pub actor: Actor,
    pub id: QuoteId,
    pub zone: TimeZone,
    pub step: S,
}

impl<S: Step> Command for Taken<S> {
    type Out = S::Out;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<S::Out, AppError> {
        let Taken { actor, id, zone, step } = self;
        let held = hold(tx, (&actor, id), (S::HOLDS, step.items()), zone).await?;
        for right in S::RIGHTS {
            need(&actor, *right, &held.head)?;
        }
        let (out, told) = step.take(tx, &held).await?;
        if let Some(Told { kind, facts }) = told {
            let head = &held.head;
            let mut whole =
                json!({"customer_id": head.customer.0, "number": head.number, "revision": head.revision});
            if let (Some(whole), Value::Object(own)) = (whole.as_object_mut(), facts) {
                whole.extend(own);
            }
            log(tx, held.now(), held.by, kind, id, whole).await?;
        }
        Ok(out)
    }
}

/// Locks what must stand still, in the one order of locks, and reads the quotation under it.
async fn hold(
    tx: &mut Tx<'_>,
    (actor, id): (&Actor, QuoteId),
    (holds, items): (Holds, &[ItemId]),
    zone: TimeZone,
) -> Result<Held, AppError> {
    let scope = visible(actor)?;
    let seen = head_in(tx, id, &scope).await?;
    if !items.is_empty() {
        store::config::lock_heads(tx, items).await?;
    }
    let set = match holds {
        Holds::Number => {
            let held = vec![
                store::quotes::asks_locked_chain(seen.chain),
                store::quotes::asks_head(id, scope.person),
            ];
            tx.ahead([held, events::asks_moment()].concat()).await?;
            None
        }
        Holds::Set | Holds::SetAndCustomer => lock_set(tx, seen.chain).await?,
    };
    if holds == Holds::SetAndCustomer {
        let customer = head_in(tx, id, &scope).await?.customer;
        tx.lock_row("customer", "id", customer).await?;
    }
    let head = head_in(tx, id, &scope).await?;
    let moment = events::moment(tx).await?;
    let today = company_day(moment.now, &zone);
    Ok(Held { head, set, by: actor.person, moment, today, zone })
}
