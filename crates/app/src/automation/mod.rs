//! The clock: what happened arms and moves timers, what is due is carried out, once, by whichever server comes first.

mod demand;
mod effects;
mod fire;
mod look;
mod rules;
mod runner;

pub use runner::{Runner, run};

use std::sync::Arc;

use domain::automation::{Place, WorkingTime};
use domain::base::{Date, Instant, company_day};
use jiff::tz::TimeZone;

use crate::Ctx;

/// What commands of the clock carry along of the context.
#[derive(Clone)]
struct Parts {
    working: Arc<dyn WorkingTime>,
    zone: TimeZone,
}

impl Parts {
    fn of(ctx: &Ctx) -> Parts {
        Parts { working: ctx.working.clone(), zone: ctx.zone.clone() }
    }

    fn place(&self) -> Place<'_> {
        Place { working: self.working.as_ref(), zone: &self.zone }
    }

    fn day(&self, moment: Instant) -> Date {
        company_day(moment, &self.zone)
    }
}
