//! The demo company: made from a fixed seed through the same use-cases that people use.

mod buyers;
mod chance;
mod company;
mod demand;
mod goods;
mod history;
mod lists;
mod outcome;
mod prices;
mod releases;
mod scale;
mod sets;
mod staff;
mod time;
pub mod truths;

use app::{AppError, Ctx, Random, company_zone};
use domain::base::Date;
use domain::documents::ShapedPicture;
use store::{Clock, Store};

/// The password of every account of the demo company.
pub const PASSWORD: &str = "huxi-demo";
/// Codes, salts and choices of the demo company come from this.
const SEED: u64 = 7010;

/// How much company there is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// For tests: a few dozen of everything.
    Small,
    /// For tests of what is true of the whole company: its 63 people, its three years and its planted truths, with a
    /// tenth of the business.
    Sample,
    /// 63 people, 1,200 products, 5,000 customers, three years of business.
    Full,
}

/// What the outside gives to a demo company.
#[derive(Clone, Debug, Default)]
pub struct Props {
    /// PNG of the company's seal; without it nothing can be sealed.
    pub seal: Option<Vec<u8>>,
    /// PNG of a page that customers have signed.
    pub consent: Vec<u8>,
    /// Pictures of goods, each with how the codes of its products begin.
    pub goods: Vec<(&'static str, ShapedPicture)>,
}

/// Makes the company in an empty store whose clock can be set; its history ends the evening before `today`.
pub async fn build(
    store: Store,
    clock: &Clock,
    size: Size,
    today: Date,
    props: Props,
) -> Result<(), AppError> {
    let ctx = Ctx::new(store, company_zone(), Random::seeded(SEED));
    let scale = size.scale();
    let calendar = time::Calendar::until(today, &scale);
    clock.set(calendar.founding());
    let company = company::found(&ctx, &scale, &props).await?;
    clock.set(calendar.first_prices());
    prices::first(&ctx, &company).await?;
    let customers = company::customers(&ctx, &company, scale.customers).await?;
    let world = history::World {
        ctx: &ctx,
        clock,
        company: &company,
        customers: &customers,
        calendar: &calendar,
        scale,
    };
    world.play(props.consent).await?;
    app::jobs::leave_papers_before(&ctx, calendar.papers_from()).await?;
    Ok(())
}

/// The releases of prices of a long history: days before today, and what they are called.
pub fn price_releases() -> impl Iterator<Item = (i64, &'static str)> {
    releases::RELEASES.iter().map(|release| (release.days_before, release.title))
}

/// One account for each role, by role name, as the sign-in page shows them.
pub fn named_accounts() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let name = |role: &'static str| domain::words::access::role_name(role);
    staff::NAMED.iter().map(move |(account, person, _, role)| (name(role), *account, *person))
}
