//! What is true of a company with a long history, and planted on purpose: docs/demo.md says where each can be found, and
//! `tests/truths.rs` finds it.

use domain::base::Date;

/// Signed of a thousand premium quotations in 苏州大区.
pub const PREMIUM_SIGNED_SUZHOU: i64 = 560;
/// The same in 南京大区: 22 % below, because premium goods come from 苏州 within a week and a local dealer has them in stock.
pub const PREMIUM_SIGNED_NANJING: i64 = 437;
/// The same everywhere else.
pub const PREMIUM_SIGNED: i64 = 500;
/// Who has them in stock.
pub const NANJING_DEALER: &str = "宁饰高端建材";
/// Signed of a thousand other quotations.
pub const USUAL_SIGNED: i64 = 520;

/// The seller who gives something away on every line.
pub const GIVER: &str = "ks02";
/// What he gives: all that a seller may.
pub const GIVEN_PERCENT: &str = "4.8";

/// Customers who come often; every tenth of them drifts away.
pub const REGULAR_EVERY: usize = 16;
/// From so many days before today on a drifting customer comes half as often …
pub const DRIFT_DAYS: i64 = 330;
/// … and from so many days on not at all.
pub const GONE_DAYS: i64 = 150;

/// The kind of customer that buys nothing from December to February.
pub const SEASONAL_KIND: &str = "园林工程";
/// Who undercuts us in 淮海大区, and by how many percent.
pub const CHEAP_DEALER: (&str, i64) = ("徐淮建材城", 7);

/// Quotations of a usual day, by month, in percent: nobody builds around the Spring Festival.
const MONTHS: [i64; 12] = [70, 35, 105, 120, 125, 105, 90, 85, 115, 110, 115, 100];

/// How busy the month of a day is, in percent of a usual one.
pub fn busy_percent(day: Date) -> i64 {
    usize::try_from(day.month() - 1).ok().and_then(|month| MONTHS.get(month)).copied().unwrap_or(100)
}

/// Whether it is too cold for walls and gardens.
pub fn is_winter(day: Date) -> bool {
    matches!(day.month(), 12 | 1 | 2)
}

/// Whether it is the season of façades.
pub fn is_high_season(day: Date) -> bool {
    matches!(day.month(), 4 | 5 | 9 | 10)
}

/// Whether the customer at that place of the book comes often.
pub fn is_regular(place: usize) -> bool {
    place.is_multiple_of(REGULAR_EVERY)
}

/// Whether the customer at that place drifts away.
pub fn drifts(place: usize) -> bool {
    is_regular(place) && place / REGULAR_EVERY % 10 == 3
}
