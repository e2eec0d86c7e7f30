//! Price lists, tiers and paper of the demo company: a first revision of each, a rise after half the time, a draft that waits.

use app::config::{
    RowInput, Submission, checks, confirm, create_draft, draft, items, publish, put_rows, submit,
};
use app::{AppError, Ctx};
use domain::access::{AccessRefused, Actor};
use domain::base::{DraftId, ItemId, UnitPrice};
use domain::config::Kind;
use serde_json::{Value, json};

use crate::buyers::TIERS;
use crate::company::DemoCompany;
use crate::goods::Goods;

/// The most rows that one call of the workbench takes.
const ROWS_AT_ONCE: usize = 200;

/// How far below the tier price each role goes in percent, and how much it rounds off in yuan.
const LIMITS: &[(&str, &str, &str)] = &[
    ("seller", "5", "10.00"),
    ("new_seller", "2", "5.00"),
    ("region_manager", "12", "50.00"),
    ("owner", "30", "200.00"),
];

/// What stands under many quotations.
const SNIPPETS: &[(&str, &str)] = &[
    ("市区送货", "市区内免费送货到楼下，卸货和上楼另计。"),
    ("现场验收", "货到现场请当场清点验收，外观破损请在签收单上注明。"),
    ("色差说明", "瓷砖、涂料不同批次有轻微色差属正常，请按面积一次备足。"),
    ("退货约定", "未拆封、不影响二次销售的整箱商品，30 天内可退；已开封、调色的不退。"),
];

/// The first price list, tiers, limits and texts kept ready, and the template with which quotations are printed.
pub async fn first(ctx: &Ctx, company: &DemoCompany) -> Result<(), AppError> {
    let mut rows = vec![row(Some(""), json!({"includes_tax": true}))];
    for (id, goods) in &company.products {
        rows.push(row(None, price(id.0, None, goods.list)));
    }
    let draft = begin(ctx, company, Kind::PriceList, "年度价目表", rows).await?;
    release(ctx, company, draft, "年度价目表首发").await?;
    let tiers = TIERS.iter().map(|(name, first, _)| row(Some(name), json!({"percent": first}))).collect();
    let draft = begin(ctx, company, Kind::Tier, "客户等级折扣", tiers).await?;
    release(ctx, company, draft, "客户等级折扣首发").await?;
    let limits = LIMITS.iter().map(|(role, depth, rounding)| {
        row(Some(role), json!({"role": role, "depth": depth, "rounding": rounding}))
    });
    let draft = begin(ctx, company, Kind::PriceLimit, "各岗位改价权限", limits.collect()).await?;
    release(ctx, company, draft, "销售让 5 个点，区域经理让 12 个点").await?;
    let snippets = SNIPPETS.iter().map(|(name, text)| row(Some(name), json!({"text": text})));
    let draft = begin(ctx, company, Kind::Snippet, "备注常用语", snippets.collect()).await?;
    release(ctx, company, draft, "送货、验收、质保的常用说法").await?;
    let hours = json!({"hours": "08:30-12:00 13:00-18:00", "from": "company", "note": ""});
    let mut days: Vec<RowInput> =
        ["mon", "tue", "wed", "thu", "fri", "sat"].iter().map(|day| row(Some(day), hours.clone())).collect();
    let counted = json!({"hours": "", "from": "company", "note": "年终盘点，门店不营业"});
    days.push(row(Some("2026-12-31"), counted));
    let draft = begin(ctx, company, Kind::Calendar, "工作日历", days).await?;
    release(ctx, company, draft, "周一到周六上班，年底盘点一天").await?;
    let draft = begin(ctx, company, Kind::Template, "报价单模板", Vec::new()).await?;
    release(ctx, company, draft, "报价单模板首发").await?;
    let draft = begin(ctx, company, Kind::Rule, "自动规则", Vec::new()).await?;
    release(ctx, company, draft, "报价快到期、没有进展时提醒").await
}

/// Paint, waterproofing and pipes rise; two things get cheaper.
pub async fn rise(ctx: &Ctx, company: &DemoCompany) -> Result<(), AppError> {
    let mut rows = Vec::new();
    for (place, (id, goods)) in company.products.iter().enumerate() {
        let raised = match (goods.category, place % 11) {
            (_, 7) => goods.list * 97 / 100,
            ("内墙涂料" | "外墙涂料" | "防水涂料", _) => goods.list * 104 / 100,
            ("给水管" | "排水管", _) => goods.list * 106 / 100,
            _ => continue,
        };
        rows.push(row(None, price(id.0, None, raised / 10 * 10)));
    }
    let draft = begin(ctx, company, Kind::PriceList, "原材料上涨调价", rows).await?;
    release(ctx, company, draft, "钛白粉、树脂涨价，涂料和管材跟调").await?;
    let tiers = TIERS.iter().filter(|(_, first, second)| first != second);
    let tiers = tiers.map(|(name, _, second)| row(Some(name), json!({"percent": second}))).collect();
    let draft = begin(ctx, company, Kind::Tier, "B 级让利", tiers).await?;
    release(ctx, company, draft, "B 级客户多让一个点，换回款").await
}

/// A change that waits for the second person this morning.
pub async fn waiting(ctx: &Ctx, company: &DemoCompany) -> Result<(), AppError> {
    let tiles = company.products.iter().filter(|(_, goods)| matches!(goods.category, "地砖" | "墙砖"));
    let rows = tiles.take(12).map(|(id, goods)| row(None, price(id.0, None, promoted(goods)))).collect();
    let draft = begin(ctx, company, Kind::PriceList, "年底瓷砖清仓价", rows).await?;
    let note = "年底清仓，元旦后恢复".to_string();
    submit(ctx, company.actor("yunying1")?, draft, Submission { note, ..Submission::default() }).await
}

fn promoted(goods: &Goods) -> i64 {
    goods.list * 95 / 100 / 10 * 10
}

/// A price of a product in fen, as the workbench sends it.
pub fn price(product: i64, unit: Option<&str>, fen: i64) -> Value {
    json!({
        "product": product, "unit": unit, "min_qty": null, "price": UnitPrice(fen * 100).to_yuan(),
        "from": null, "to": null,
    })
}

/// A row as the workbench sends it.
pub fn row(key: Option<&str>, content: Value) -> RowInput {
    RowInput { key: key.map(str::to_string), content }
}

/// A draft of the first item of the kind, with these rows.
pub async fn begin(
    ctx: &Ctx,
    company: &DemoCompany,
    kind: Kind,
    title: &str,
    rows: Vec<RowInput>,
) -> Result<DraftId, AppError> {
    let author = company.actor("yunying1")?;
    let item = item_of(ctx, author, kind).await?;
    let id = create_draft(ctx, author, item, title).await?;
    fill(ctx, author, id, rows).await?;
    Ok(id)
}

/// Puts the rows into the draft, so many at a time.
pub async fn fill(ctx: &Ctx, author: &Actor, id: DraftId, mut rows: Vec<RowInput>) -> Result<(), AppError> {
    while !rows.is_empty() {
        let rest = rows.split_off(rows.len().min(ROWS_AT_ONCE));
        let version = draft(ctx, author, id).await?.draft.version;
        put_rows(ctx, author, id, version, (rows, Vec::new())).await?;
        rows = rest;
    }
    Ok(())
}

/// Has the draft confirmed and published by the second person.
pub async fn release(ctx: &Ctx, company: &DemoCompany, draft: DraftId, note: &str) -> Result<(), AppError> {
    let asked = Submission { note: note.to_string(), ..Submission::default() };
    submit(ctx, company.actor("yunying1")?, draft, asked).await?;
    let second = company.actor("yunying2")?;
    let seen = checks(ctx, second, draft).await?.risks.mark;
    confirm(ctx, second, draft, seen.as_deref()).await?;
    publish(ctx, second, draft, seen.as_deref()).await?;
    Ok(())
}

/// The item of the kind that every company has.
pub async fn item_of(ctx: &Ctx, actor: &Actor, kind: Kind) -> Result<ItemId, AppError> {
    let found = items(ctx, actor, Some(kind)).await?;
    found.first().map(|view| view.item.id).ok_or_else(|| AccessRefused::NotFound.into())
}
