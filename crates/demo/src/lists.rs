//! What prices beside the price list: the corridor, a region's list, a contract, breaks, boxes, a customer's own codes.

use app::config::{NewItem, RowInput, create_item};
use app::customers::{MeantProduct, NewItemCode, change_item_codes};
use app::{AppError, Ctx};
use domain::access::{AccessRefused, Actor, OrgKind, OrgUnit};
use domain::base::{CategoryId, DraftId, OrgId, ProductId, UnitPrice};
use domain::config::Kind;
use domain::pricing::PriceClass;
use serde_json::json;

use crate::company::{DemoCompany, DemoCustomer};
use crate::goods::Goods;
use crate::prices::{begin, fill, item_of, release, row};

/// All of it, on the last evening: the quotations of the months before stay as they were.
pub async fn beside(ctx: &Ctx, company: &DemoCompany, customers: &[DemoCustomer]) -> Result<(), AppError> {
    breaks_and_boxes(ctx, company).await?;
    corridor(ctx, company).await?;
    suzhou(ctx, company).await?;
    if let Some(customer) = customers.first() {
        contract(ctx, company, customer).await?;
        codes(ctx, company, customer).await?;
    }
    Ok(())
}

/// Goods of a category, the last ones of the catalogue first.
fn goods<'c>(company: &'c DemoCompany, categories: &[&str]) -> Vec<&'c (ProductId, Goods)> {
    company.products.iter().rev().filter(|(_, goods)| categories.contains(&goods.category)).collect()
}

/// From so many base units on, so many hundredths of the first list price. What got cheaper since costs 97 of them, so
/// that each step gives something.
const STEPS: [(&str, i64); 2] = [("200", 96), ("1000", 94)];

/// So many hundredths of the list price in fen, to the jiao.
fn share_fen(goods: &Goods, hundredths: i64) -> i64 {
    goods.list * hundredths / 100 / 10 * 10
}

/// The same as the workbench sends it.
fn share(goods: &Goods, hundredths: i64) -> String {
    UnitPrice(share_fen(goods, hundredths) * 100).to_yuan()
}

/// Whether no step is lost in the jiao.
fn steps_show(goods: &Goods) -> bool {
    let [(_, some), (_, many)] = STEPS;
    share_fen(goods, many) < share_fen(goods, some) && share_fen(goods, some) < share_fen(goods, 97)
}

async fn breaks_and_boxes(ctx: &Ctx, company: &DemoCompany) -> Result<(), AppError> {
    let mut rows = Vec::new();
    let pipes = goods(company, &["排水管", "给水管"]).into_iter().filter(|(_, goods)| steps_show(goods));
    for (id, goods) in pipes.take(3) {
        for (min_qty, hundredths) in STEPS {
            let price = share(goods, hundredths);
            rows.push(row(None, json!({ "product": id, "min_qty": min_qty, "price": price })));
        }
    }
    for (id, goods) in company.products.iter().rev() {
        let Some((unit, factor)) = goods.units.first() else { continue };
        let Some(factor) = factor.parse::<i64>().ok().filter(|factor| *factor > 1) else { continue };
        let price = UnitPrice(goods.list * factor * 98 / 100 / 10 * 10 * 100).to_yuan();
        rows.push(row(
            None,
            json!({ "product": id, "unit": unit, "price": price, "note": "整箱价，批次 2611" }),
        ));
        if rows.len() >= 10 {
            break;
        }
    }
    let draft = begin(ctx, company, Kind::PriceList, "量价与整箱价", rows).await?;
    release(ctx, company, draft, "管材按量让价，整箱另有价").await
}

async fn corridor(ctx: &Ctx, company: &DemoCompany) -> Result<(), AppError> {
    let tiles = category(ctx, company, "瓷砖").await?;
    let region = region(ctx, "苏州大区").await?;
    let rows = vec![
        row(None, json!({ "min": "95", "max": "110" })),
        row(None, json!({ "category": tiles, "min": "90", "max": "115" })),
        row(None, json!({ "region": region, "min": "94", "max": "112" })),
    ];
    let draft = begin(ctx, company, Kind::PriceCorridor, "区域价格走廊", rows).await?;
    release(ctx, company, draft, "大区定价的上下限").await
}

/// The region's manager drafts, head office confirms and publishes.
async fn suzhou(ctx: &Ctx, company: &DemoCompany) -> Result<(), AppError> {
    let manager = company.actor("suzhou")?;
    let region = region(ctx, "苏州大区").await?;
    let base = item_of(ctx, company.actor("yunying1")?, Kind::PriceList).await?;
    let outside = category(ctx, company, "外墙涂料").await?;
    let mut rows = vec![
        row(Some(""), json!({ "includes_tax": true, "class": "region", "base": base })),
        row(
            None,
            json!({ "goods": { "category": outside }, "formula": { "of": "base", "percent": "102" },
                "note": "苏州运费高" }),
        ),
    ];
    for (id, goods) in goods(company, &["五金辅料", "电工电料"]).into_iter().take(12) {
        rows.push(row(None, json!({ "product": id, "price": share(goods, 103) })));
    }
    make(ctx, company, manager, (PriceClass::Region, region, "苏州大区价目表"), rows).await
}

async fn contract(ctx: &Ctx, company: &DemoCompany, customer: &DemoCustomer) -> Result<(), AppError> {
    let operations = company.actor("yunying1")?;
    let hq = head_office(ctx).await?;
    let whom = json!({ "customers": [customer.id] });
    let mut rows = vec![row(Some(""), json!({ "includes_tax": true, "class": "contract", "for": whom }))];
    for (id, goods) in goods(company, &["水泥砂浆", "板材龙骨"]).into_iter().take(8) {
        rows.push(row(None, json!({ "product": id, "price": share(goods, 93), "note": "年度合同" })));
    }
    make(ctx, company, operations, (PriceClass::Contract, hq, "年度供货合同"), rows).await
}

async fn codes(ctx: &Ctx, company: &DemoCompany, customer: &DemoCustomer) -> Result<(), AppError> {
    let goods = goods(company, &["水泥砂浆", "板材龙骨"]).into_iter().take(5).enumerate();
    let code = |(place, (id, _)): (usize, &(ProductId, Goods))| NewItemCode {
        product: MeantProduct::Id(*id),
        code: format!("KH-{:03}", place + 1),
    };
    change_item_codes(ctx, company.actor("yunying1")?, customer.id, goods.map(code).collect(), Vec::new())
        .await
}

async fn make(
    ctx: &Ctx,
    company: &DemoCompany,
    author: &Actor,
    (class, scope, name): (PriceClass, OrgId, &str),
    rows: Vec<RowInput>,
) -> Result<(), AppError> {
    let new = NewItem { kind: Kind::PriceList, class, name: name.to_string(), scope };
    let (_, draft) = create_item(ctx, author, new).await?;
    fill(ctx, author, draft, rows).await?;
    release_of(ctx, company, author, draft, name).await
}

async fn release_of(
    ctx: &Ctx,
    company: &DemoCompany,
    author: &Actor,
    draft: DraftId,
    note: &str,
) -> Result<(), AppError> {
    let asked = app::config::Submission { note: note.to_string(), ..Default::default() };
    app::config::submit(ctx, author, draft, asked).await?;
    let second = company.actor("yunying2")?;
    let seen = app::config::checks(ctx, second, draft).await?.risks.mark;
    app::config::confirm(ctx, second, draft, seen.as_deref()).await?;
    app::config::publish(ctx, second, draft, seen.as_deref()).await?;
    Ok(())
}

async fn category(ctx: &Ctx, company: &DemoCompany, name: &str) -> Result<CategoryId, AppError> {
    let nodes = app::catalog::categories(ctx, company.actor("yunying1")?).await?;
    let found = nodes.iter().find(|node| node.counted.category.name == name);
    found.map(|node| node.counted.category.id).ok_or_else(|| AccessRefused::NotFound.into())
}

async fn region(ctx: &Ctx, name: &str) -> Result<OrgId, AppError> {
    org(ctx, |org| org.kind == OrgKind::Region && org.name == name).await
}

async fn head_office(ctx: &Ctx) -> Result<OrgId, AppError> {
    org(ctx, |org| org.kind == OrgKind::Hq).await
}

async fn org(ctx: &Ctx, wanted: impl Fn(&OrgUnit) -> bool) -> Result<OrgId, AppError> {
    let orgs = ctx.store.read(|tx| Box::pin(store::access::orgs(tx))).await?;
    orgs.iter().find(|org| wanted(org)).map(|org| org.id).ok_or_else(|| AccessRefused::NotFound.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::goods::goods;

    #[test]
    fn every_step_that_is_made_costs_less_than_the_cheapest_price_before_it() {
        let pipe = |goods: &Goods| matches!(goods.category, "排水管" | "给水管");
        let made: Vec<Goods> = goods(1_155).into_iter().filter(pipe).filter(steps_show).collect();
        assert!(made.len() >= 3, "{}", made.len());
        for goods in made {
            let cheapest = goods.list * 97 / 100 / 10 * 10;
            let [some, many] = STEPS.map(|(_, hundredths)| share_fen(&goods, hundredths));
            assert!(many < some && some < cheapest, "{} {some} {many} {cheapest}", goods.code);
        }
    }
}
