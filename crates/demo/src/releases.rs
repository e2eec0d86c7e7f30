//! The price releases of a long history, each on its day.

use app::{AppError, Ctx};
use domain::config::Kind;

use crate::company::DemoCompany;
use crate::goods::Goods;
use crate::prices::{begin, price, release, row};

/// One release of prices: so many days before today, at 08:20.
pub struct PriceRelease {
    pub days_before: i64,
    pub title: &'static str,
    pub note: &'static str,
    /// Categories and the percent of the price before.
    percents: &'static [(&'static [&'static str], i64)],
}

/// All of them, the oldest first. `tests/truths.rs` and docs/demo.md name the same days.
pub const RELEASES: &[PriceRelease] = &[
    PriceRelease {
        days_before: 911,
        title: "钛白粉涨价",
        note: "钛白粉、乳液涨价，涂料跟调 3%",
        percents: &[(&["内墙涂料", "外墙涂料", "腻子与底漆", "艺术涂料"], 103)],
    },
    PriceRelease {
        days_before: 730,
        title: "年度调价",
        note: "年度调价：瓷砖、水泥上调 2%",
        percents: &[(&["地砖", "墙砖", "水泥砂浆"], 102)],
    },
    PriceRelease {
        days_before: 547,
        title: "管材下调",
        note: "树脂回落，管材下调 4%",
        percents: &[(&["给水管", "排水管"], 96)],
    },
    PriceRelease {
        days_before: 365,
        title: "年度调价",
        note: "年度调价：板材、五金、电料上调 2%",
        percents: &[(&["板材龙骨", "五金辅料", "电工电料", "智能五金"], 102)],
    },
    PriceRelease {
        days_before: 62,
        title: "原材料上涨调价",
        note: "沥青、树脂涨价，防水上调 5%，管材上调 6%",
        percents: &[(&["防水涂料", "防水卷材"], 105), (&["给水管", "排水管"], 106)],
    },
];

/// Publishes the release at that place, on top of those before it.
pub async fn publish(ctx: &Ctx, company: &DemoCompany, place: usize) -> Result<(), AppError> {
    let Some(it) = RELEASES.get(place) else { return Ok(()) };
    let mut rows = Vec::new();
    for (id, goods) in &company.products {
        if percent(it, goods).is_some() {
            rows.push(row(None, price(id.0, None, list_after(goods, place))));
        }
    }
    let draft = begin(ctx, company, Kind::PriceList, it.title, rows).await?;
    release(ctx, company, draft, it.note).await
}

/// What the goods cost once the release at that place is in force, to the jiao.
fn list_after(goods: &Goods, place: usize) -> i64 {
    let percents = RELEASES.iter().take(place + 1).filter_map(|it| percent(it, goods));
    percents.fold(goods.list, |list, percent| list * percent / 100 / 10 * 10)
}

fn percent(release: &PriceRelease, goods: &Goods) -> Option<i64> {
    let found = release.percents.iter().find(|(categories, _)| categories.contains(&goods.category));
    found.map(|(_, percent)| *percent)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::goods::{goods, premium_goods};

    #[test]
    fn no_release_leads_below_the_floor_of_the_best_tier() {
        let all = goods(1_155).into_iter().chain(premium_goods());
        for goods in all {
            for (place, release) in RELEASES.iter().enumerate() {
                let list = list_after(&goods, place);
                assert!(list * 86 / 100 > goods.floor, "{} {}", goods.code, release.title);
            }
        }
    }
}
