//! The words of quotations: why one cannot be saved, issued, signed or ended, and what to do next.

use serde_json::{Value, json};

use super::documents::{thousands, with_sign};
use super::pricing::{self, Names};
use crate::base::{BasisPoints, CategoryId, Fen, ItemId, ProductId, Refusal, RefusalSort, UnitPrice};
use crate::pricing::{Above, ManualPart};
use crate::quotes::{
    Amounts, AskOutcome, Beyond, HandPrice, LineRefusal, LostWhy, OwnKind, Problem, ProblemKind,
    QuoteRefused, QuoteState, QuotedProduct, Repriced, RepricedLine, TooMuchOff, VoidRevision,
};

/// The file that a signature is recorded with.
pub const SIGNED_PAGE: &str = "签字页";

/// What people call a state in the middle of a sentence.
fn state_name(state: QuoteState) -> &'static str {
    match state {
        QuoteState::Draft => "草稿",
        QuoteState::Issued => "已出具",
        QuoteState::Signed => "已签约",
        QuoteState::Cancelled => "已取消",
        QuoteState::Superseded => "已被新版取代",
    }
}

/// Why a quotation was lost.
pub fn lost_why(why: LostWhy) -> &'static str {
    match why {
        LostWhy::Price => "价格",
        LostWhy::Delivery => "交期",
        LostWhy::Quality => "质量或品牌",
        LostWhy::Terms => "付款条件",
        LostWhy::Relation => "客户关系",
        LostWhy::Stopped => "工程停了",
        LostWhy::Other => "其他",
    }
}

/// The name under which a quotation's PDF is saved.
pub fn pdf_name(number: &str, revision: i64, customer: &str) -> String {
    let customer: String = customer
        .chars()
        .filter(|sign| !matches!(sign, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|'))
        .collect();
    format!("报价单 {number} V{revision} {customer}.pdf")
}

/// Why a line of a quotation has no price, and what to do.
pub fn line_refusal(refusal: &LineRefusal, product: &str, customer: &str) -> String {
    match refusal {
        LineRefusal::Pricing(refused) => pricing::refused(refused, &OneLine { product, customer }),
        LineRefusal::Archived => format!("「{product}」已停售，请换一个商品或删去这一行。"),
    }
}

/// Our code of a product, and the customer's own where there is one.
pub fn code_with(code: &str, customer_code: Option<&str>) -> String {
    match customer_code {
        Some(own) => format!("{code}（贵司编码 {own}）"),
        None => code.to_string(),
    }
}

/// What must be mended before issuing.
pub fn problem(problem: &Problem) -> String {
    match &problem.kind {
        ProblemKind::NoLines => "还没有商品。请先加一行商品，再出报价单。".into(),
        ProblemKind::ZeroQty { product } => format!("「{product}」的数量是 0。请填数量，或删去这一行。"),
        ProblemKind::NoPrice { product, customer, refusal } => line_refusal(refusal, product, customer),
        ProblemKind::BelowFloor { product, approvers } if approvers.is_empty() => {
            format!("「{product}」的单价低于底价，目前没有人有权这样出具。请调高单价，或请管理员给一位同事加上能低于底价出具的岗位。")
        }
        ProblemKind::BelowFloor { product, approvers } => {
            format!("「{product}」的单价低于底价，只有{}可以出这张报价单。", approvers.join("、"))
        }
        ProblemKind::BelowHiddenFloor { deciders } => {
            format!("这张报价单的价格超出了你能出的范围。{}", who_may(deciders))
        }
        ProblemKind::BeyondLimit { product, asked, limit, deciders } => {
            let (asked, limit) = (asked.to_percent(), limit.to_percent());
            format!("「{product}」比等级价低 {asked}%，你最多可以让 {limit}%。{}", who_may(deciders))
        }
        ProblemKind::WholeBeyondLimit { asked, limit, deciders } => {
            let (asked, limit) = (asked.to_percent(), limit.to_percent());
            format!("整单优惠后最多比等级价低 {asked}%，你最多可以让 {limit}%。{}", who_may(deciders))
        }
        ProblemKind::RoundingBeyondLimit { asked, limit, deciders } => {
            let (asked, limit) = (asked.to_yuan(), limit.to_yuan());
            format!("抹零 {asked} 元，你最多可以抹 {limit} 元。{}", who_may(deciders))
        }
        ProblemKind::TooMuchOff(over) => too_much_off(over),
        ProblemKind::ZeroTotal => {
            "合计是 0 元，出具不了：请检查单价和优惠。真要整单赠送，请有权低于底价出具的人把每一行的单价改成 0，不用整单优惠。"
                .into()
        }
        ProblemKind::InCatalogue { own, product, sizes } => in_catalogue(own, product, *sizes),
        ProblemKind::CostMissing { product } => {
            format!("「{product}」不在商品目录里，请填写进货成本。")
        }
        ProblemKind::SupplierMissing { product } => {
            format!("「{product}」不在商品目录里，请填写供应商。")
        }
        ProblemKind::ValidUntilPast { day } => {
            format!("有效期 {} 已经过去。请改成今天或以后的日期。", pricing::day(*day))
        }
        ProblemKind::ValidUntilTooFar { last } => {
            format!("有效期太长，最晚到 {}。请改短一些。", pricing::day(*last))
        }
        ProblemKind::DeliveryPast { day } => {
            format!("送货日期 {} 已经过去。请改成今天或以后的日期，或清空。", pricing::day(*day))
        }
        ProblemKind::DepositAboveTotal { total } => {
            format!("订金比合计还多，合计是 {} 元。请改小，或者写成合计的百分比。", thousands(&total.to_yuan()))
        }
    }
}

/// Goods that were typed as standing outside the catalogue, and which of it they are.
fn in_catalogue(own: &str, product: &QuotedProduct, sizes: usize) -> String {
    let named = [product.code.as_str(), product.name.as_str(), product.spec.as_str()];
    let named: Vec<&str> = named.into_iter().filter(|part| !part.is_empty()).collect();
    let named = named.join(" ");
    let take = "真是目录里没有的规格，填在规格里。";
    if sizes > 1 {
        return format!(
            "「{own}」是商品目录里的商品，有 {sizes} 种规格（如 {named}），不能按目录外的出具。请从目录里选一种；{take}"
        );
    }
    format!("「{own}」是商品目录里的商品（{named}），不能按目录外的出具。请改用目录里的商品；{take}")
}

/// An amount beyond what it is taken from, and the largest that there can be.
fn too_much_off(over: &TooMuchOff) -> String {
    let most = thousands(&over.largest.to_yuan());
    match over.part {
        ManualPart::Line => {
            format!("「{}」减价的金额不能大于这一行的 {most} 元，请改小一些。", over.product)
        }
        ManualPart::Whole => format!("整单优惠不能大于合计 {most} 元，请改小一些。"),
        ManualPart::Rounding => format!("抹零不能大于合计 {most} 元，请改小一些。"),
    }
}

/// Who may go so far; the draft stays as it is.
fn who_may(deciders: &[String]) -> String {
    if deciders.is_empty() {
        return "目前没有人有权这样出具，请调高一点。".to_string();
    }
    format!("{}可以出这张报价单：草稿已经保存，可以请对方处理。", deciders.join("、"))
}

/// Somebody was asked who may not issue the draft; these may.
pub fn ask_instead(others: &[&str]) -> String {
    if others.is_empty() {
        return "目前没有人可以请，请调高一点。".to_string();
    }
    format!("这张报价单请不了这个人，可以请{}处理，请改选。", others.join("、"))
}

/// What whoever is asked is told, with the reason of whoever asks.
pub fn asked_of(by: &str, reason: &str) -> String {
    format!("{by}请你处理一张报价：{reason}")
}

/// What whoever asked is told of how it ended; `words` are those with which it was given back.
pub fn ask_ended(outcome: AskOutcome, by: &str, words: &str) -> Option<String> {
    match outcome {
        AskOutcome::TakenOver => Some(format!("{by}接手了你请人处理的报价")),
        AskOutcome::Issued => Some(format!("{by}出具了你请人处理的报价")),
        AskOutcome::GivenBack => Some(format!("{by}退回了你请人处理的报价：{words}")),
        AskOutcome::Withdrawn => None,
    }
}

/// With which words a draft was given back, and what was changed in it.
pub fn with_changes(words: &str, changed: Option<&str>) -> String {
    changed.map_or_else(|| words.to_string(), |changed| format!("{words}（{changed}）"))
}

/// How far a draft went beyond what its writer may give when somebody was asked; prices may have moved since.
pub fn beyond(beyond: &Beyond) -> String {
    let mut parts = Vec::new();
    if let Some((asked, limit)) = beyond.depth {
        parts.push(format!("比等级价低 {}%（权限 {}%）", asked.to_percent(), limit.to_percent()));
    }
    if let Some((asked, limit)) = beyond.rounding {
        let (asked, limit) = (with_sign(&asked.to_yuan()), with_sign(&limit.to_yuan()));
        parts.push(format!("抹零 {asked}（权限 {limit}）"));
    }
    if beyond.below_floor {
        parts.push("有商品低于底价".to_string());
    }
    if parts.is_empty() { String::new() } else { format!("提请时{}", parts.join("，")) }
}

/// Why an alternative ended: the customer chose another one.
pub fn option_lost(name: &str, order: &str) -> String {
    format!("客户选了方案 {name}，订单 {order}")
}

/// What people call something outside the catalogue.
pub fn own_kind(kind: OwnKind) -> &'static str {
    match kind {
        OwnKind::Freight => "运费",
        OwnKind::Unloading => "卸货费",
        OwnKind::Cutting => "加工费",
        OwnKind::Service => "服务",
        OwnKind::Goods => "目录外商品",
    }
}

/// What happened to the prices, in one sentence.
pub fn repriced(repriced: &Repriced) -> String {
    let total = |amounts: &Amounts| thousands(&amounts.net.to_yuan());
    let (old, new) = (total(&repriced.old), total(&repriced.new));
    let moved =
        if old == new { format!("合计 {new} 元不变") } else { format!("合计 {old} → {new} 元") };
    match repriced.lines.as_slice() {
        [] => format!("价格没有变，合计 {new} 元"),
        [line] => format!("{}，{moved}", repriced_line(line)),
        lines => format!("{} 行价格变了，{moved}", lines.len()),
    }
}

fn repriced_line(line: &RepricedLine) -> String {
    if let Some(hand) = &line.hand {
        return hand_kept(line, hand);
    }
    let price = |price: Option<UnitPrice>| price.map_or("无价格".to_string(), UnitPrice::to_yuan);
    format!("「{}」单价 {} → {}", line.product, price(line.old_unit_price), price(line.new_unit_price))
}

/// A price set by hand stays; what moved is how far it lies below the price of the rules, or that it lies above it now.
fn hand_kept(line: &RepricedLine, hand: &HandPrice) -> String {
    let price = |price: Option<UnitPrice>| price.map(UnitPrice::to_yuan).unwrap_or_default();
    let lies = match hand.new_above {
        Some(above) => format!("现在比等级价高 {}%", above.to_percent()),
        None => format!("让价 {}% → {}%", hand.old_below.to_percent(), hand.new_below.to_percent()),
    };
    format!(
        "「{}」手改价 {} 不变，等级价 {} → {}，{lies}",
        line.product,
        hand.unit_price.to_yuan(),
        price(line.old_unit_price),
        price(line.new_unit_price),
    )
}

/// How far the clock stands behind, in the measure that people would use.
pub fn clock_gap(behind_ms: i64) -> String {
    let minutes = (behind_ms / 60_000).max(1);
    match minutes {
        0..120 => format!("{minutes} 分钟"),
        120..2_880 => format!("{} 小时", minutes / 60),
        _ => format!("{} 天", minutes / 1_440),
    }
}

/// The clock of the server cannot be trusted: signing, issuing and publishing wait.
pub fn clock_behind(behind_ms: i64) -> String {
    let gap = clock_gap(behind_ms);
    format!(
        "服务器的时钟比最近一次操作慢了 {gap}，暂时不能出具、签约或发布。请管理员校准服务器时间；\
        如果现在的时间没有错，请管理员运行 huxi clock --accept。"
    )
}

impl Refusal for QuoteRefused {
    fn code(&self) -> &'static str {
        match self {
            QuoteRefused::Invalid(invalid) => invalid.code(),
            QuoteRefused::TooManyLines { .. } => "too_many_lines",
            QuoteRefused::CannotIssue { .. } => "cannot_issue",
            QuoteRefused::PriceChanged { .. } => "price_changed",
            QuoteRefused::PricesKeepMoving => "prices_keep_moving",
            QuoteRefused::Expired { .. } => "quote_expired",
            QuoteRefused::RevisionVoid { .. } => "revision_void",
            QuoteRefused::Superseded { .. } => "superseded",
            QuoteRefused::AlreadySigned { .. } => "already_signed",
            QuoteRefused::PageUsed { .. } => "page_used",
            QuoteRefused::TooManyOptions { .. } => "too_many_options",
            QuoteRefused::TakenOver { .. } => "taken_over",
            QuoteRefused::NothingToAsk => "nothing_to_ask",
            QuoteRefused::AlreadyAsked { .. } => "already_asked",
            QuoteRefused::NotAsked => "not_asked",
            QuoteRefused::FloorTriedOften { .. } => "refused_too_often",
            QuoteRefused::NotIssued => "not_issued",
            QuoteRefused::ClockBehind { .. } => "clock_behind",
            QuoteRefused::WrongState { .. } => "wrong_state",
            QuoteRefused::NothingToRelease => "nothing_to_release",
            QuoteRefused::CustomerFixed => "customer_fixed",
        }
    }

    fn sort(&self) -> RefusalSort {
        match self {
            QuoteRefused::Invalid(_)
            | QuoteRefused::TooManyLines { .. }
            | QuoteRefused::CannotIssue { .. }
            | QuoteRefused::CustomerFixed => RefusalSort::Invalid,
            QuoteRefused::FloorTriedOften { .. } => RefusalSort::TooMany,
            QuoteRefused::PriceChanged { .. }
            | QuoteRefused::PricesKeepMoving
            | QuoteRefused::Expired { .. }
            | QuoteRefused::RevisionVoid { .. }
            | QuoteRefused::Superseded { .. }
            | QuoteRefused::AlreadySigned { .. }
            | QuoteRefused::PageUsed { .. }
            | QuoteRefused::TooManyOptions { .. }
            | QuoteRefused::TakenOver { .. }
            | QuoteRefused::NothingToAsk
            | QuoteRefused::AlreadyAsked { .. }
            | QuoteRefused::NotAsked
            | QuoteRefused::NotIssued
            | QuoteRefused::ClockBehind { .. }
            | QuoteRefused::WrongState { .. }
            | QuoteRefused::NothingToRelease => RefusalSort::State,
        }
    }

    fn facts(&self) -> Value {
        match self {
            QuoteRefused::Invalid(invalid) => invalid.facts(),
            QuoteRefused::TooManyLines { count, limit } => json!({ "count": count, "limit": limit }),
            QuoteRefused::CannotIssue { problems } => {
                json!({ "problems": problems.iter().map(problem_facts).collect::<Vec<_>>() })
            }
            QuoteRefused::PriceChanged { repriced } => repriced_facts(repriced),
            QuoteRefused::Expired { last_day, repriced } => {
                let repriced = repriced.as_deref().map(repriced_facts);
                json!({ "last_day": last_day.to_string(), "repriced": repriced })
            }
            QuoteRefused::RevisionVoid { revisions, repriced } => {
                let revision = |it: &VoidRevision| json!({ "item_id": it.item.0, "name": it.name, "n": it.n, "reason": it.reason });
                let revisions: Vec<Value> = revisions.iter().map(revision).collect();
                json!({ "revisions": revisions, "repriced": repriced.as_deref().map(repriced_facts) })
            }
            QuoteRefused::Superseded { newer } => {
                json!({ "newer": { "id": newer.id.0, "revision": newer.revision } })
            }
            QuoteRefused::AlreadySigned { order } => {
                json!({ "order": { "id": order.id.0, "number": order.number } })
            }
            QuoteRefused::PageUsed { order } => {
                let order = order.as_ref().map(|it| json!({ "id": it.id.0, "number": it.number }));
                json!({ "order": order })
            }
            QuoteRefused::ClockBehind { behind_ms } => json!({ "behind_ms": behind_ms }),
            QuoteRefused::WrongState { state } => json!({ "state": state.key() }),
            QuoteRefused::TakenOver { by } => json!({ "by": by }),
            QuoteRefused::AlreadyAsked { to } => json!({ "to": to }),
            QuoteRefused::FloorTriedOften { tries, who_may } => json!({ "tries": tries, "who_may": who_may }),
            QuoteRefused::TooManyOptions { limit } => json!({ "limit": limit }),
            QuoteRefused::PricesKeepMoving
            | QuoteRefused::NothingToAsk
            | QuoteRefused::NotAsked
            | QuoteRefused::NotIssued
            | QuoteRefused::NothingToRelease
            | QuoteRefused::CustomerFixed => json!({}),
        }
    }

    fn sentence(&self) -> String {
        match self {
            QuoteRefused::Invalid(invalid) => invalid.sentence(),
            QuoteRefused::TooManyLines { count, limit } => {
                format!("报价单有 {count} 行，最多 {limit} 行。请拆成几张报价单。")
            }
            QuoteRefused::CannotIssue { problems } => cannot_issue(problems),
            // The lines stand as they were shown; only the total that was seen is another.
            QuoteRefused::PriceChanged { repriced: now } if now.lines.is_empty() => format!(
                "你看到的合计不是现在的合计：各行的价格没有变，现在合计 {} 元。还没有出具，请看过再决定。",
                thousands(&now.new.net.to_yuan())
            ),
            QuoteRefused::PriceChanged { repriced: now } => {
                format!("价格刚刚变了：{}。还没有出具，请看过新价格再决定。", repriced(now))
            }
            QuoteRefused::PricesKeepMoving => {
                "价目表正在连续发布，价格还没有稳定。什么也没有保存，请过一会儿再出具。".into()
            }
            QuoteRefused::Expired { last_day, repriced: now } => {
                let now = now
                    .as_deref()
                    .map(|now| format!("按今天的价格：{}。", repriced(now)))
                    .unwrap_or_default();
                format!(
                    "这张报价单的有效期到 {} 为止，已经过期。{now}请修订或复制一张，按今天的价格重新出具。",
                    pricing::day(*last_day)
                )
            }
            QuoteRefused::RevisionVoid { revisions, .. } => revision_void(revisions),
            QuoteRefused::Superseded { newer } => {
                format!("这一版已被 V{} 取代，不能再签。请打开 V{}。", newer.revision, newer.revision)
            }
            QuoteRefused::AlreadySigned { order } => {
                format!("已经签约，订单号 {}。不会再生成第二张订单。", order.number)
            }
            QuoteRefused::PageUsed { order } => {
                let other = order
                    .as_ref()
                    .map_or_else(|| "另一张订单".into(), |order| format!("订单 {} ", order.number));
                page_used(&other)
            }
            QuoteRefused::TooManyOptions { limit } => {
                format!("一张报价最多做 {limit} 个方案。请在已有的方案上修改。")
            }
            QuoteRefused::TakenOver { by } => {
                format!("{by}接手了这张草稿，现在由{by}改价和出具。要自己改，请点「接手」。")
            }
            QuoteRefused::NothingToAsk => "这张草稿没有超出你的权限，不用请别人处理，可以直接出具。".into(),
            QuoteRefused::AlreadyAsked { to } => {
                format!("已经请{to}处理了，还在等回复。要换人，请他的人或这张单的负责人先点「收回」。")
            }
            QuoteRefused::NotAsked => "没有请你处理这张草稿，或者已经有了结果。请刷新页面。".into(),
            QuoteRefused::FloorTriedOften { tries, who_may: deciders } => floor_tried(*tries, deciders),
            QuoteRefused::NotIssued => {
                "这还是草稿，没有出具过。要改、要取消，直接改它或删掉它；别的要等出具以后。".into()
            }
            QuoteRefused::ClockBehind { behind_ms } => clock_behind(*behind_ms),
            QuoteRefused::WrongState { state } => {
                format!("这张报价单{}，不能再做这个操作。请刷新页面。", state_name(*state))
            }
            QuoteRefused::NothingToRelease => "这张报价单用到的价目表没有作废，不需要放行。".into(),
            QuoteRefused::CustomerFixed => {
                "修订不能换客户，有几个方案的也不能。请复制成一张新的报价单再换。".into()
            }
        }
    }
}

fn page_used(other: &str) -> String {
    format!("这张签字页已经用在{other}上，没有生成第二张订单。请换成这张报价单自己的签字页。")
}

fn floor_tried(tries: i64, deciders: &[String]) -> String {
    let ask = match deciders {
        [] => "现在没有别人能替你出".to_string(),
        names => format!("请{}打开这张草稿，点「接手」，看过再出", names.join("、")),
    };
    format!("最近一小时里，你已有 {tries} 次因为价格出不了报价单，先不再核对。{ask}；一小时以后你可以再试。")
}

fn cannot_issue(problems: &[Problem]) -> String {
    match problems {
        [] => "现在不能出具。".into(),
        [only] => problem(only),
        [first, rest @ ..] => format!("{}另外还有 {} 处要处理。", problem(first), rest.len()),
    }
}

fn revision_void(revisions: &[VoidRevision]) -> String {
    let named = |it: &VoidRevision| format!("{} V{}（{}）", it.name, it.n, it.reason);
    let revisions: Vec<String> = revisions.iter().map(named).collect();
    format!(
        "这张报价单用到的{}已被总部作废，不能签。请修订后按新价出具，或请总部放行。",
        revisions.join("、")
    )
}

fn problem_facts(it: &Problem) -> Value {
    let mut facts = json!({ "code": it.kind.code(), "detail": problem(it), "line_id": it.line });
    let limit = match &it.kind {
        ProblemKind::BeyondLimit { asked, limit, deciders, .. }
        | ProblemKind::WholeBeyondLimit { asked, limit, deciders } => {
            json!({ "asked": asked.to_percent(), "limit": limit.to_percent(), "who_may": deciders })
        }
        ProblemKind::BelowHiddenFloor { deciders } => json!({ "who_may": deciders }),
        ProblemKind::InCatalogue { product, sizes: 1, .. } => {
            json!({ "product_id": product.id.0, "product_code": product.code })
        }
        ProblemKind::RoundingBeyondLimit { asked, limit, deciders } => {
            json!({ "asked": asked.to_yuan(), "limit": limit.to_yuan(), "who_may": deciders })
        }
        _ => return facts,
    };
    if let (Some(facts), Some(limit)) = (facts.as_object_mut(), limit.as_object()) {
        facts.extend(limit.clone());
    }
    facts
}

/// Old figures beside new ones, as every answer carries them.
pub fn repriced_facts(it: &Repriced) -> Value {
    let difference = it.difference().map(Fen::to_yuan).unwrap_or_default();
    let lines: Vec<Value> = it.lines.iter().map(repriced_line_facts).collect();
    json!({ "old": amounts(&it.old), "new": amounts(&it.new), "difference": difference, "lines": lines, "agree": it.code })
}

fn repriced_line_facts(it: &RepricedLine) -> Value {
    let refusal = it.refusal.as_ref().map(|refusal| {
        let detail = line_refusal(refusal, &it.product, &it.customer);
        json!({ "code": refusal.code(), "detail": detail, "facts": {} })
    });
    json!({
        "id": it.id, "name": it.product, "qty": it.qty.to_text(), "unit": it.unit,
        "old_unit_price": it.old_unit_price.map(UnitPrice::to_yuan),
        "new_unit_price": it.new_unit_price.map(UnitPrice::to_yuan),
        "difference": it.difference.map(Fen::to_yuan), "refusal": refusal,
        "hand": it.hand.as_ref().map(|hand| json!({
            "unit_price": hand.unit_price.to_yuan(), "old_below": hand.old_below.to_percent(),
            "new_below": hand.new_below.to_percent(), "new_above": hand.new_above.map(Above::to_percent),
            "beyond": hand.beyond.map(BasisPoints::to_percent),
        })),
    })
}

fn amounts(it: &Amounts) -> Value {
    json!({ "net": it.net.to_yuan(), "net_ex_tax": it.net_ex_tax.to_yuan(), "tax": it.tax.to_yuan() })
}

/// The names that a refused line needs.
struct OneLine<'a> {
    product: &'a str,
    customer: &'a str,
}

impl Names for OneLine<'_> {
    fn product(&self, _: ProductId) -> String {
        self.product.to_string()
    }

    fn list(&self, id: ItemId) -> String {
        id.0.to_string()
    }

    fn category(&self, id: CategoryId) -> String {
        id.0.to_string()
    }

    fn customer(&self) -> Option<String> {
        (!self.customer.is_empty()).then(|| self.customer.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::BasisPoints;

    fn beyond(deciders: &[&str]) -> String {
        let share = |basis_points| BasisPoints::of_whole(basis_points).unwrap();
        let deciders = deciders.iter().map(|name| name.to_string()).collect();
        let kind = ProblemKind::BeyondLimit {
            product: "墙面漆".to_string(),
            asked: share(829),
            limit: share(500),
            deciders,
        };
        problem(&Problem { line: Some("a".to_string()), kind })
    }

    #[test]
    fn beyond_the_limit_it_is_said_how_far_and_who_may() {
        let sentence = beyond(&["王建国", "老板"]);
        assert!(["8.29%", "5%", "王建国"].iter().all(|word| sentence.contains(word)), "{sentence}");
        assert!(beyond(&[]).contains("没有人有权"));
    }

    #[test]
    fn how_far_a_draft_goes_is_told_with_money_as_the_screens_write_it() {
        let rounding = Some((Fen(123_450), Fen(10_000)));
        let told = super::beyond(&Beyond { depth: None, rounding, below_floor: true });
        assert_eq!(told, "提请时抹零 ¥1,234.50（权限 ¥100.00），有商品低于底价");
    }

    #[test]
    fn a_gap_is_told_in_minutes_hours_or_days() {
        let minute = 60_000;
        assert_eq!(clock_gap(1), "1 分钟");
        assert_eq!(clock_gap(119 * minute), "119 分钟");
        assert_eq!(clock_gap(121 * minute), "2 小时");
        assert_eq!(clock_gap(137_972 * minute), "95 天");
    }
}
