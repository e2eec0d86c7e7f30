//! Who asks for what, and when.

use domain::base::{Date, ProductId};
use domain::quotes::{LineExtraText, LineText, ManualText};

use crate::chance::Chance;
use crate::company::{DemoCompany, DemoCustomer};
use crate::goods::{Goods, PREMIUM_CATEGORIES};
use crate::scale::Scale;
use crate::time::Calendar;
use crate::truths;

/// What is sold outdoors.
const OUTDOORS: &[&str] = &["外墙涂料", "防水涂料", "防水卷材"];

/// One customer asks for a quotation: at which place he stands, when, and how long writing it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    pub customer: usize,
    pub day: i64,
    /// Minutes after midnight.
    pub at: i64,
    pub minutes: i64,
}

/// The places of customers, by how often they come.
pub struct Demand<'d> {
    company: &'d DemoCompany,
    customers: &'d [DemoCustomer],
    scale: Scale,
    regular: Vec<usize>,
    occasional: Vec<usize>,
    /// Of the sellers whose accounts the sign-in page offers.
    offered: Vec<usize>,
    premium: Vec<usize>,
    outdoors: Vec<usize>,
}

impl<'d> Demand<'d> {
    pub fn of(company: &'d DemoCompany, customers: &'d [DemoCustomer], scale: Scale) -> Demand<'d> {
        let places = |wanted: &dyn Fn(usize) -> bool| -> Vec<usize> {
            (0..customers.len()).filter(|place| wanted(*place)).collect()
        };
        let offered = |place: usize| {
            let owner = customers.get(place).map(|customer| customer.owner.person);
            let accounts = ["xiaochen", "xinren"];
            accounts.iter().any(|name| company.actor(name).is_ok_and(|it| Some(it.person) == owner))
        };
        let goods = |wanted: &dyn Fn(&Goods) -> bool| -> Vec<usize> {
            let places = company.products.iter().enumerate();
            places.filter(|(_, (_, goods))| wanted(goods)).map(|(place, _)| place).collect()
        };
        Demand {
            company,
            customers,
            scale,
            regular: places(&truths::is_regular),
            // Of the others a quarter ever asks: the rest of the book are addresses.
            occasional: places(&|place| (1..=4).contains(&(place % truths::REGULAR_EVERY))),
            offered: places(&offered),
            premium: goods(&is_premium),
            outdoors: goods(&|goods| OUTDOORS.contains(&goods.category)),
        }
    }

    /// Everybody who asks, day by day.
    pub fn all(&self, calendar: &Calendar, chance: &mut Chance) -> Vec<Asked> {
        let mut all = Vec::new();
        let mut tenths = 0;
        for day in calendar.working_days() {
            let date = calendar.date(day);
            let (low, high) = self.scale.quotes_a_day;
            let busy = if self.scale.long { truths::busy_percent(date) } else { 100 };
            // A company that grows by a tenth in three years.
            let grown = if self.scale.long { 95 + day * 10 / self.scale.days } else { 100 };
            tenths += chance.between(low, high) * busy * grown / 10_000;
            let days_left = calendar.length() - day;
            while tenths >= 10 {
                tenths -= 10;
                let Some(customer) = self.who(date, days_left, chance) else { continue };
                // Quotations got quicker over the last months, as people got used to it.
                let minutes = chance.between(2, 6) + days_left.min(124) * chance.between(2, 9) / 60;
                all.push(Asked { customer, day, at: chance.between(510, 1_060), minutes });
            }
        }
        all
    }

    /// The place of the next customer; `None` when the one who comes to mind buys nothing now.
    fn who(&self, date: Date, days_left: i64, chance: &mut Chance) -> Option<usize> {
        for _ in 0..8 {
            let place = self.anybody(chance)?;
            let gone = truths::drifts(place)
                && (days_left <= truths::GONE_DAYS
                    || (days_left <= truths::DRIFT_DAYS && chance.percent(50)));
            let kind = self.customers.get(place).map(|customer| customer.kind);
            let rests = truths::is_winter(date) && kind == Some(truths::SEASONAL_KIND);
            if !self.scale.long || (!gone && !rests) {
                return Some(place);
            }
        }
        None
    }

    fn anybody(&self, chance: &mut Chance) -> Option<usize> {
        if chance.percent(self.scale.offered_percent) {
            return chance.one_of(&self.offered).copied();
        }
        if !self.scale.long {
            return Some(chance.place(self.customers.len()));
        }
        let among = if chance.percent(62) { &self.regular } else { &self.occasional };
        chance.one_of(among).copied()
    }

    /// Whether this quotation is about premium goods: often in the two first regions, sometimes elsewhere.
    pub fn wants_premium(&self, region: &str, chance: &mut Chance) -> bool {
        let percent = if matches!(region, "RSZ" | "RNJ") { 16 } else { 6 };
        !self.premium.is_empty() && chance.percent(percent)
    }

    /// What is asked for on that day.
    pub fn lines(&self, date: Date, premium: bool, chance: &mut Chance) -> Vec<LineText> {
        let count = if self.scale.long { chance.between(1, 8) } else { chance.between(2, 11) };
        let mut lines: Vec<LineText> = Vec::new();
        for nth in 0..count {
            let from_premium = premium && nth < 3;
            let Some((product, goods)) = self.product(date, from_premium, chance) else { continue };
            if lines.iter().any(|line| line.product == *product) {
                continue;
            }
            let nth = lines.len() + 1;
            lines.push(line(nth, (*product, goods), self.scale.fives_max, chance));
        }
        lines
    }

    fn product(&self, date: Date, premium: bool, chance: &mut Chance) -> Option<&(ProductId, Goods)> {
        let products = &self.company.products;
        if !self.scale.long {
            return chance.one_of(products);
        }
        if premium {
            return chance.one_of(&self.premium).and_then(|place| products.get(*place));
        }
        if truths::is_high_season(date) && chance.percent(30) {
            return chance.one_of(&self.outdoors).and_then(|place| products.get(*place));
        }
        for _ in 0..6 {
            let found = chance.one_of(products)?;
            let goods = &found.1;
            let frozen = truths::is_winter(date) && OUTDOORS.contains(&goods.category) && chance.percent(80);
            if !frozen && !is_premium(goods) {
                return Some(found);
            }
        }
        None
    }

    /// What the seller takes off by hand before the quotation goes out.
    pub fn give_away(&self, customer: &DemoCustomer, lines: &mut [LineText], chance: &mut Chance) {
        if !self.scale.long {
            return;
        }
        let is =
            |account: &str| self.company.actor(account).is_ok_and(|it| it.person == customer.owner.person);
        if is(truths::GIVER) {
            lines.iter_mut().for_each(|line| line.extra = off(truths::GIVEN_PERCENT));
        } else if chance.percent(10) && !is("xinren") {
            let percent = chance.one_of(&["1", "1.5", "2", "3"]).copied().unwrap_or("1");
            lines.iter_mut().take(1).for_each(|line| line.extra = off(percent));
        }
    }
}

/// Whether the product belongs to the premium goods.
pub fn is_premium(goods: &Goods) -> bool {
    PREMIUM_CATEGORIES.iter().any(|(name, _)| *name == goods.category)
}

fn off(percent: &str) -> LineExtraText {
    let manual = ManualText { percent_off: Some(percent.to_string()), ..ManualText::default() };
    LineExtraText { manual: Some(manual), ..LineExtraText::default() }
}

fn line(nth: usize, (product, goods): (ProductId, &Goods), fives_max: i64, chance: &mut Chance) -> LineText {
    let other = goods.units.first().filter(|(unit, _)| *unit != "吨" && *unit != "㎡").map(|(unit, _)| *unit);
    let unit = if chance.percent(25) { other.unwrap_or(goods.base_unit) } else { goods.base_unit };
    let qty = match (is_premium(goods), unit == goods.base_unit) {
        (true, true) => chance.between(2, 16),
        (true, false) => chance.between(1, 2),
        (false, true) => chance.between(1, fives_max) * 5,
        (false, false) => chance.between(1, 12),
    };
    LineText {
        id: format!("l{nth}"),
        product,
        qty: qty.to_string(),
        unit: unit.to_string(),
        note: String::new(),
        extra: LineExtraText::default(),
    }
}
