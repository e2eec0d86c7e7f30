//! The clock: what happened arms and moves timers, what is due is carried out, once, by whichever server comes first.

mod about;
mod aside;
mod circuit;
mod compare;
mod demand;
mod effects;
mod fire;
mod look;
mod paused;
mod rules;
mod runner;
mod telling;
mod working;

pub use aside::{aside, count_aside, try_again};
pub use paused::{Held, PausedRule, PausedRules, paused_rules, resume_rule};
pub use runner::{Runner, run};
pub use store::automation::Aside;

use std::sync::Arc;

use domain::automation::{Place, WorkingTime};
use domain::base::{Date, Instant, company_day};
use jiff::tz::TimeZone;
use store::{StoreError, Tx};

use self::rules::Stamp;
use self::working::company_time;
use crate::Ctx;

/// What commands of the clock carry along of the context.
#[derive(Clone)]
struct Parts {
    /// Instead of the company's calendar.
    working: Option<Arc<dyn WorkingTime>>,
    zone: TimeZone,
}

impl Parts {
    fn of(ctx: &Ctx) -> Parts {
        Parts { working: ctx.working.clone(), zone: ctx.zone.clone() }
    }

    /// The calendar of that stamp.
    async fn working(&self, tx: &mut Tx<'_>, stamp: Stamp) -> Result<Arc<dyn WorkingTime>, StoreError> {
        match &self.working {
            Some(working) => Ok(working.clone()),
            None => Ok(Arc::new(company_time(tx, stamp, &self.zone).await?)),
        }
    }

    fn place<'p>(&'p self, working: &'p Arc<dyn WorkingTime>) -> Place<'p> {
        Place { working: working.as_ref(), zone: &self.zone }
    }

    fn day(&self, moment: Instant) -> Date {
        company_day(moment, &self.zone)
    }
}
