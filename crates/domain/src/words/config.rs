//! The words of configuration: why a change is refused, and what a difference comes to.

use serde_json::{Value, json};

use crate::automation::RuleField;
use crate::base::{Refusal, RefusalSort};
use crate::calendar::CalendarRowFault;
use crate::config::kinds::{
    CalendarChange, FormulaChanges, LimitChange, Moves, NamedChange, PriceSummary, RowRefused, Summary,
    TierChange,
};
use crate::config::{ChangeSort, ConfigRefused, Counts, DraftState, Kind, ShownConflict};
use crate::pricing::{Gives, LimitRow, RowFault, RowField};
use crate::words::base::field_fault;
use crate::words::fields::label_of;
use crate::words::price_checks::row_fault;
use crate::words::{automation, price_rows, templates};

/// What a kind is called on the screen.
pub fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::PriceList => "价目表",
        Kind::Tier => "客户等级",
        Kind::PriceLimit => "改价权限",
        Kind::Snippet => "备注常用语",
        Kind::PriceCorridor => "区域价格走廊",
        Kind::Template => "单据模板",
        Kind::Seal => "印章",
        Kind::Calendar => "工作日历",
        Kind::Rule => "自动规则",
    }
}

/// What the first item of a kind is called.
pub fn shipped_name(kind: Kind) -> &'static str {
    match kind {
        Kind::PriceList => "标准价目表",
        Kind::Tier => "客户等级",
        Kind::PriceLimit => "改价权限",
        Kind::Snippet => "备注常用语",
        Kind::PriceCorridor => "区域价格走廊",
        Kind::Template => "报价单模板",
        Kind::Seal => "公章",
        Kind::Calendar => "工作日历",
        Kind::Rule => "自动规则",
    }
}

/// What a region's own item of a kind is called.
pub fn regional_name(kind: Kind, region: &str) -> String {
    match kind {
        Kind::PriceList => format!("{region}价目表"),
        Kind::Tier => format!("{region}客户等级"),
        Kind::PriceLimit => format!("{region}改价权限"),
        Kind::Snippet => format!("{region}备注常用语"),
        Kind::PriceCorridor => format!("{region}价格走廊"),
        Kind::Template => format!("{region}报价单模板"),
        Kind::Seal => format!("{region}印章"),
        Kind::Calendar => format!("{region}工作日历"),
        Kind::Rule => format!("{region}自动规则"),
    }
}

/// What people call a row by its key; `None` where the key itself is the name.
pub fn row_name(kind: Kind, key: &str) -> Option<String> {
    match kind {
        Kind::PriceList | Kind::Tier | Kind::PriceCorridor | Kind::PriceLimit | Kind::Snippet => None,
        Kind::Template => Some(templates::row_name(key)),
        Kind::Seal => Some(kind_name(kind).to_string()),
        Kind::Calendar => super::calendar::row_name(key),
        Kind::Rule => Some(automation::rule_name(key, "")),
    }
}

/// What somebody ticked as seen before a draft went on, for the log: what is told, and how many there were where that is
/// not all; `None` where there was nothing to tick.
pub fn passed(told: &[String], count: usize) -> Option<String> {
    let bare =
        |sentence: &String| sentence.trim_end_matches('。').trim_end_matches("，请确认没有填错").to_string();
    let said: Vec<String> = told.iter().map(bare).collect();
    match count {
        0 => None,
        count if count > told.len() => Some(format!("{}；等 {count} 处", said.join("；"))),
        _ => Some(said.join("；")),
    }
}

/// The title of the draft that a rollback makes.
pub fn rollback_title(n: i64) -> String {
    format!("回滚到 V{n}")
}

impl Refusal for ConfigRefused {
    fn code(&self) -> &'static str {
        ConfigRefused::code(self)
    }

    fn sort(&self) -> RefusalSort {
        match self {
            ConfigRefused::EffectivePassed { .. }
            | ConfigRefused::EffectiveTooFar { .. }
            | ConfigRefused::TooManyRows { .. }
            | ConfigRefused::ChecksBlock { .. }
            | ConfigRefused::KindFixed
            | ConfigRefused::RegionNeeded
            | ConfigRefused::NameTaken { .. }
            | ConfigRefused::NothingChanged => RefusalSort::Invalid,
            ConfigRefused::HeadOfficeOnly => RefusalSort::Forbidden,
            _ => RefusalSort::State,
        }
    }

    fn facts(&self) -> Value {
        match self {
            ConfigRefused::QueuedRelease { release, n, effective_at } => {
                json!({ "release": { "id": release, "n": n, "effective_at": effective_at } })
            }
            ConfigRefused::RebaseConflict { conflicts } => {
                json!({ "conflicts": conflicts.iter().map(conflict_facts).collect::<Vec<_>>() })
            }
            other => serde_json::to_value(other).unwrap_or_default(),
        }
    }

    fn sentence(&self) -> String {
        sentence(self)
    }
}

fn conflict_facts(conflict: &ShownConflict) -> Value {
    let content = |text: &Option<String>| {
        text.as_ref().and_then(|text| serde_json::from_str::<Value>(text).ok()).unwrap_or_default()
    };
    let ShownConflict { conflict, shown } = conflict;
    json!({
        "key": conflict.key,
        "base": content(&conflict.base),
        "mine": content(&conflict.mine),
        "theirs": content(&conflict.theirs),
        "shown": shown,
    })
}

fn sentence(refused: &ConfigRefused) -> String {
    match refused {
        ConfigRefused::QueuedRelease { n, .. } => {
            format!(
                "V{n} 已经排期、还没有生效，不能抢在它前面发布。请在 V{n} 的基础上改并晚于它生效，或先取消 V{n} 的排期。"
            )
        }
        ConfigRefused::Behind { head_n, .. } => {
            format!("这份草稿之后又发布了 V{head_n}。请写草稿的人点「合并最新版」，看过差异，再重新提交。")
        }
        ConfigRefused::EffectivePassed { .. } => {
            "生效时间已经过去。请选以后的时间；已经提交的先退回，自己写的先撤回，再选。".to_string()
        }
        ConfigRefused::EffectiveTooFar { .. } => {
            "生效时间最多可以排到两年以后，请选近一点的时间。".to_string()
        }
        ConfigRefused::ClockBehind { behind_ms } => super::quotes::clock_behind(*behind_ms),
        ConfigRefused::ChecksBlock { blocks } => {
            format!("还有 {blocks} 处必须先改正，才能提交或发布。请看检查结果。")
        }
        ConfigRefused::RisksUnseen { risks } => {
            format!("有 {risks} 处价格涨跌超过 30%、低于成本或底价，还没有逐条看过。请看过、勾选以后再继续。")
        }
        ConfigRefused::TierInUse { tier, customers } => {
            format!("还有 {customers} 位客户用着等级“{tier}”，不能去掉它。请先给这些客户换一个等级。")
        }
        ConfigRefused::TooManyRows { rows, rows_max } => {
            format!("这样会有 {rows} 行，最多 {rows_max} 行。请分开导入或先删掉不用的行。")
        }
        ConfigRefused::TooManyDrafts { drafts_max } => {
            format!("已经有 {drafts_max} 份没有完成的草稿。请先发布或放弃一些。")
        }
        ConfigRefused::NothingChanged => "这份草稿没有任何改动，不用提交。".to_string(),
        ConfigRefused::RebaseConflict { conflicts } => {
            format!("有 {} 行别人也改了，而且改得不一样。请逐行选择保留哪一个。", conflicts.len())
        }
        ConfigRefused::DraftState { state } => draft_state(*state).to_string(),
        ConfigRefused::NotAuthor => {
            "只有写这份草稿的人可以改它。请让他来改，或者点「改一版」另建一份自己的。".to_string()
        }
        ConfigRefused::SelfConfirm => {
            "自己写的草稿不能自己确认。请让另一位有发布权限的同事或老板确认。".to_string()
        }
        ConfigRefused::NotConfirmed => "发布前需要另一位有发布权限的同事或老板确认。".to_string(),
        other => of_item(other),
    }
}

fn of_item(refused: &ConfigRefused) -> String {
    match refused {
        ConfigRefused::RestoresOutside { n, rows } => format!(
            "V{n} 有 {rows} 个价格在现在的走廊以外，不能直接回滚。请能改配置的同事改一版，把它们改到走廊以内再发布。"
        ),
        ConfigRefused::RestoresStrangers { n, names, others } => format!(
            "V{n} 写着适用{}，现在已不在这个大区，不能直接回滚。请能改配置的同事改一版，重新选择适用客户再发布。",
            strangers(names, *others)
        ),
        ConfigRefused::KindFixed => {
            "这种配置全公司只有一份，不能新建，也不能停用。请打开它改一版。".to_string()
        }
        ConfigRefused::RegionNeeded => {
            "区域价目表要建在一个大区下面。请选择大区，或改建全国价目表、合同价。".to_string()
        }
        ConfigRefused::HeadOfficeOnly => {
            "全国价目表、合同价和其他配置由总部建，大区只能建自己的区域价目表。需要时请联系总部运营。"
                .to_string()
        }
        ConfigRefused::NameTaken { name } => format!("已经有一份叫「{name}」，请换一个名称。"),
        ConfigRefused::ItemNeeded => "标准价目表是兜底的价，不能停用。".to_string(),
        ConfigRefused::ItemInForce => {
            "这张价目表现在还在给价，或已排期。排了期的先取消排期；再改一版，把结束日期定在今天以前并发布，然后停用。".to_string()
        }
        ConfigRefused::ItemIsBase { list } => {
            format!("「{list}」的公式以这张价目表为基础。请先改它的基础价目表，再停用。")
        }
        ConfigRefused::NoWriter => "这里不能导出 Excel，请联系管理员。".to_string(),
        ConfigRefused::ItemHasDrafts { drafts } => {
            format!("还有 {drafts} 份没有完成的草稿。请先发布或放弃，再停用。")
        }
        other => of_revision(other),
    }
}

/// `「恒泰建材」、「南京大区」和另外 2 家`.
fn strangers(names: &[String], others: usize) -> String {
    let named: Vec<String> = names.iter().map(|name| format!("「{name}」")).collect();
    match (named.join("、"), others) {
        (named, 0) => named,
        (named, others) if named.is_empty() => format!("的 {others} 家客户"),
        (named, others) => format!("{named}和另外 {others} 家"),
    }
}

fn of_revision(refused: &ConfigRefused) -> String {
    match refused {
        ConfigRefused::RevisionCancelled { n } => format!("V{n} 在生效前就取消了，不能用它。"),
        ConfigRefused::ReleaseCancelled { n } => format!("V{n} 的排期已经取消过了。"),
        ConfigRefused::ReleaseInForce { n } => format!("V{n} 已经生效，不能再取消。请回滚到较早的版本。"),
        ConfigRefused::ReleaseNotLatest { n, latest_n } => {
            format!("V{latest_n} 是在 V{n} 的基础上排期的。请先取消 V{latest_n}，再取消 V{n}。")
        }
        ConfigRefused::AlreadyVoid { n } => format!("V{n} 已经作废过了。"),
        ConfigRefused::VoidNeedsSuccessor { n } => {
            format!(
                "V{n} 正在使用，不能直接作废。请发布一个替换它的版本，并在提交时勾选「同时作废现在生效的 V{n}」。"
            )
        }
        ConfigRefused::VoidQueued { n, .. } => format!("V{n} 还没有生效，不用作废。请取消它的排期。"),
        ConfigRefused::VoidNotReplaced { n } => {
            format!("这次发布替换的不是 V{n}，不能在这里作废它。请在「版本历史」里直接作废。")
        }
        ConfigRefused::RestoresVoid { n } => format!("V{n} 已经作废，不能回滚到它。请选别的版本。"),
        ConfigRefused::RestoresQueued { n } => format!("V{n} 还没有生效过，不能回滚到它。"),
        ConfigRefused::NothingToRestore { n } => format!("现在的版本就是 V{n}，不用回滚。"),
        ConfigRefused::UnknownRevision { n } => format!("没有 V{n} 这个版本，请重新选择。"),
        _ => "现在不能这样做，请刷新后再试。".to_string(),
    }
}

fn draft_state(state: DraftState) -> &'static str {
    match state {
        DraftState::Editing => "这份草稿还没有提交，请写它的人先提交。",
        DraftState::Submitted => "这份草稿已经提交，正在等另一个人确认。",
        DraftState::Confirmed => {
            "这份草稿已经确认，可以发布了；要改，写它的人先点「撤回」，别人先点「退回」。"
        }
        DraftState::Published => "这份草稿已经发布；要再改，请点「改一版」另建一份。",
        DraftState::Discarded => "这份草稿已经放弃；要再改，请点「改一版」另建一份。",
    }
}

/// Why a row is not kept.
pub fn row_refused(refused: &RowRefused) -> String {
    match refused {
        RowRefused::Content(fault) => row_fault(fault),
        RowRefused::KeyMissing => "请填写名称。".to_string(),
        RowRefused::KeyWrong { made } => format!("这一行的内容属于“{made}”，请删掉原来的行再新增。"),
        RowRefused::UnknownProduct { product } => format!("没有编号是 {} 的商品，请重新选择。", product.0),
        RowRefused::UnknownUnit { code, unit } => {
            format!("商品 {code} 没有单位“{unit}”。请换一个单位，或请总部先在「商品资料」里加上它的换算。")
        }
        RowRefused::UnknownCategory { category } => {
            format!("没有编号是 {} 的分类，请重新选择。", category.0)
        }
        RowRefused::UnknownRegion { region } => format!("没有编号是 {} 的大区，请重新选择。", region.0),
        RowRefused::EmptyWindow => "结束日期早于开始日期，请改正。".to_string(),
        RowRefused::RowNeeded => "这一行是必有的设置，不能删除。".to_string(),
        RowRefused::Template(fault) => templates::fault(fault),
        RowRefused::Rule(fault) => automation::fault(fault),
        RowRefused::PictureMissing => "请先选一张印章图片。".to_string(),
        RowRefused::CostUnseen => {
            "按成本定价，要由能看到成本的人来填。这一行原来的公式可以留着不动。".to_string()
        }
        RowRefused::Name { field, fault } => {
            format!("「{}」填得不对：{}", row_name_label(field), field_fault(fault))
        }
    }
}

/// What the name in a row is called on its screen.
fn row_name_label(field: &str) -> String {
    match field {
        // Of a rule.
        "text" => "文字".to_string(),
        // Of a day of the calendar.
        "note" => "说明".to_string(),
        // Of a price: other goods are chosen, a series is written.
        "goods" => label_of("series"),
        _ => label_of(field),
    }
}

/// Which field of a row's content is wrong; `None` for the row as a whole.
pub fn row_field(refused: &RowRefused) -> Option<&str> {
    match refused {
        RowRefused::Content(RowFault::Figure { field, .. })
        | RowRefused::Content(RowFault::DateWrong { field, .. })
        | RowRefused::Content(RowFault::ControlSign { field })
        | RowRefused::Content(RowFault::TooLong { field, .. }) => Some(match field {
            RowField::Price => "price",
            RowField::MinQty => "min_qty",
            RowField::From => "from",
            RowField::To => "to",
            RowField::Note => "note",
            RowField::Percent => "percent",
            RowField::Name => "key",
            RowField::Depth => "depth",
            RowField::Rounding => "rounding",
            RowField::Text => "text",
            RowField::Formula => "formula.percent",
            RowField::Plus => "formula.plus",
            RowField::Series => "goods",
            RowField::Min => "min",
            RowField::Max => "max",
        }),
        RowRefused::Content(RowFault::NameMissing) | RowRefused::KeyMissing | RowRefused::KeyWrong { .. } => {
            Some("key")
        }
        RowRefused::CostUnseen => Some("formula"),
        RowRefused::Name { field, .. } => Some(*field),
        RowRefused::UnknownProduct { .. } => Some("product"),
        RowRefused::UnknownUnit { .. } => Some("unit"),
        RowRefused::UnknownCategory { .. } => Some("category"),
        RowRefused::UnknownRegion { .. } => Some("region"),
        RowRefused::Content(RowFault::Calendar { fault }) => calendar_field(fault),
        RowRefused::Content(RowFault::BandTurned) => Some("max"),
        RowRefused::Content(RowFault::PriceForAll) => Some("price"),
        RowRefused::Content(RowFault::TooManyWords { .. }) => Some("for"),
        RowRefused::EmptyWindow => Some("to"),
        RowRefused::PictureMissing => Some("file"),
        RowRefused::Template(fault) => templates::fault_field(fault),
        RowRefused::Rule(fault) => fault.field().map(RuleField::key),
        RowRefused::Content(RowFault::Misfit { field, .. }) => Some(field.as_str()),
        RowRefused::Content(RowFault::NotReadable) | RowRefused::RowNeeded => None,
    }
}

/// What a difference comes to, one sentence for each thing.
pub fn summary(summary: &Summary) -> Vec<String> {
    match summary {
        Summary::PriceList(summary) => price_summary(summary),
        Summary::Tier(changes) => changes.iter().map(tier_change).collect(),
        Summary::PriceLimit(changes) => changes.iter().map(limit_change).collect(),
        Summary::Snippet(changes) => changes.iter().map(named_change).collect(),
        Summary::PriceCorridor(summary) => corridor_summary(*summary),
        Summary::Template(changes) => changes.iter().map(templates::change).collect(),
        Summary::Calendar(changes) => changes.iter().map(calendar_change).collect(),
        Summary::Seal(changes) => changes.iter().map(|sort| templates::seal_change(*sort)).collect(),
        Summary::Rule(changes) => changes.iter().map(automation::change).collect(),
    }
}

fn limit_change(change: &LimitChange) -> String {
    let role = super::access::role_name(&change.role);
    let limit = |limit: &LimitRow| {
        format!("让价 {}%、抹零 {} 元", limit.depth.to_percent(), limit.rounding.to_yuan())
    };
    match (&change.before, &change.after) {
        (Some(before), Some(after)) => format!("{role}：{} → {}", limit(before), limit(after)),
        (None, Some(after)) => format!("新增{role}：{}", limit(after)),
        (_, None) => format!("删除{role}的改价权限"),
    }
}

/// The field of a calendar's row that is wrong.
fn calendar_field(fault: &CalendarRowFault) -> Option<&'static str> {
    match fault {
        CalendarRowFault::KeyWrong => Some("key"),
        CalendarRowFault::HoursWrong { .. } | CalendarRowFault::TooManyHours { .. } => Some("hours"),
        CalendarRowFault::OnlyOfDates => Some("from"),
        CalendarRowFault::NoteTooLong { .. } | CalendarRowFault::ControlSign => Some("note"),
        CalendarRowFault::NotReadable => None,
    }
}

fn calendar_change(change: &CalendarChange) -> String {
    let named = super::calendar::row_name(&change.key).unwrap_or_else(|| change.key.clone());
    match change.sort {
        ChangeSort::Added => format!("新增 {named}"),
        ChangeSort::Removed => format!("去掉 {named}，照平常"),
        ChangeSort::Changed | ChangeSort::Same => format!("改 {named}"),
    }
}

fn named_change(change: &NamedChange) -> String {
    format!("{}「{}」", sort_name(change.sort), change.name)
}

fn sort_name(sort: ChangeSort) -> &'static str {
    match sort {
        ChangeSort::Added => "新增",
        ChangeSort::Removed => "删除",
        ChangeSort::Changed | ChangeSort::Same => "修改",
    }
}

fn price_summary(summary: &PriceSummary) -> Vec<String> {
    let by_formula = [
        formula_changes(&summary.to_formula, "改成按公式"),
        formula_changes(&summary.to_price, "由公式改成价格"),
        formula_changes(&summary.other_formula, "改了公式"),
    ];
    let mut sentences: Vec<String> = by_formula.into_iter().flatten().collect();
    let mut tell = |count: i64, what: &str, by: &Option<Moves>| {
        if count > 0 {
            let by = by.as_ref().map(moves).unwrap_or_default();
            sentences.push(format!("{count} 个{what}{by}"));
        }
    };
    tell(summary.raised, "价格上调", &summary.raised_by);
    tell(summary.lowered, "价格下调", &summary.lowered_by);
    tell(summary.otherwise, "价格不变、日期等有改动", &None);
    tell(summary.added, "价格新增", &None);
    tell(summary.removed, "价格删除", &None);
    match summary.includes_tax {
        Some(true) => sentences.push("价格改为含税".to_string()),
        Some(false) => sentences.push("价格改为不含税".to_string()),
        None => {}
    }
    if summary.settings {
        sentences.push("适用客户、起止日期等设置有改动".to_string());
    }
    sentences
}

/// How many change so, and the first with what it was and is, as far as the reader may see it.
fn formula_changes(changes: &FormulaChanges, what: &str) -> Option<String> {
    let FormulaChanges { count, first } = changes;
    let told = first.map(|sides| sides.map(gives)).filter(|[was, is]| was != is);
    match told {
        _ if *count == 0 => None,
        None => Some(format!("{count} 个{what}")),
        Some([was, is]) if *count == 1 => Some(format!("1 个{what}：{was} → {is}")),
        Some([was, is]) => Some(format!("{count} 个{what}，如 {was} → {is}")),
    }
}

fn gives(gives: Option<Gives>) -> String {
    match gives {
        Some(Gives::Price(price)) => format!("{} 元", price.to_yuan()),
        Some(Gives::Formula(formula)) => price_rows::formula(&formula),
        None => price_rows::BY_FORMULA.to_string(),
    }
}

/// One figure where all move alike, else the middle one and how far they reach.
fn moves(by: &Moves) -> String {
    let Moves { least, median, most } = by;
    if least == most {
        format!(" {most}%")
    } else {
        format!("，一般在 {median}% 左右，从 {least}% 到 {most}%")
    }
}

fn corridor_summary(summary: Counts) -> Vec<String> {
    let Counts { added, changed, removed } = summary;
    let counts = [(added, ChangeSort::Added), (changed, ChangeSort::Changed), (removed, ChangeSort::Removed)];
    let told = counts.into_iter().filter(|(count, _)| *count > 0);
    told.map(|(count, sort)| format!("{} {count} 条走廊", sort_name(sort))).collect()
}

fn tier_change(change: &TierChange) -> String {
    let name = &change.name;
    match (change.before, change.after) {
        (Some(before), Some(after)) => {
            format!("等级 {name}：{}% → {}%", before.to_percent(), after.to_percent())
        }
        (None, Some(after)) => format!("新增等级 {name}：{}%", after.to_percent()),
        (_, None) => format!("删除等级 {name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Instant, ReleaseId, UnitPrice};
    use crate::pricing::{Formula, FormulaOf};

    #[test]
    fn what_was_ticked_is_told_and_how_many_there_were_where_not_all_is_said() {
        let told = ["NQ0101 涨 933.5%，请确认没有填错。".to_string(), "NQ0102 跌 40%。".to_string()];
        assert_eq!(passed(&told, 2).as_deref(), Some("NQ0101 涨 933.5%；NQ0102 跌 40%"));
        assert_eq!(passed(&told, 31).as_deref(), Some("NQ0101 涨 933.5%；NQ0102 跌 40%；等 31 处"));
        assert_eq!(passed(&[], 0), None);
    }

    #[test]
    fn a_refusal_names_what_stands_in_the_way_and_what_to_do() {
        let refused = ConfigRefused::QueuedRelease { release: ReleaseId(7), n: 14, effective_at: Instant(5) };
        assert!(refused.sentence().contains("V14") && refused.sentence().contains("取消"));
        assert_eq!(refused.facts(), json!({ "release": { "id": 7, "n": 14, "effective_at": 5 } }));
        assert_eq!(ConfigRefused::VoidNeedsSuccessor { n: 3 }.facts(), json!({ "n": 3 }));
    }

    #[test]
    fn a_difference_is_told_in_whole_sentences() {
        let by = |least: &str, median: &str, most: &str| Moves {
            least: least.to_string(),
            median: median.to_string(),
            most: most.to_string(),
        };
        let prices = PriceSummary {
            raised: 28,
            raised_by: Some(by("+0.8", "+2.4", "+923.0")),
            lowered: 1,
            lowered_by: Some(by("-3.1", "-3.1", "-3.1")),
            added: 2,
            includes_tax: Some(true),
            ..PriceSummary::default()
        };
        let added = NamedChange { name: "送货".to_string(), sort: ChangeSort::Added };
        assert_eq!(summary(&Summary::Snippet(vec![added])), ["新增「送货」"]);
        let told = summary(&Summary::PriceList(Box::new(prices)));
        assert_eq!(
            told,
            [
                "28 个价格上调，一般在 +2.4% 左右，从 +0.8% 到 +923.0%",
                "1 个价格下调 -3.1%",
                "2 个价格新增",
                "价格改为含税"
            ]
        );
        assert!(summary(&Summary::PriceList(Box::default())).is_empty());
    }

    #[test]
    fn a_price_that_becomes_a_formula_is_told_with_both_and_the_cost_to_those_who_see_it() {
        let by = |of| {
            let percent = crate::base::BasisPoints::of_markup(500).unwrap();
            Some(Gives::Formula(Formula { of, percent, plus: UnitPrice(0) }))
        };
        let (price, cost, base) =
            (Some(Gives::Price(UnitPrice(3_100_000))), by(FormulaOf::Cost), by(FormulaOf::Base));
        let of = |count, was, is| FormulaChanges { count, first: Some([was, is]) };
        let prices = Summary::PriceList(Box::new(PriceSummary {
            to_formula: of(1, price, cost),
            to_price: of(12, base, price),
            other_formula: of(1, base, cost),
            ..PriceSummary::default()
        }));
        let seen = ["1 个改成按公式：310.00 元 → 成本 5%", "12 个由公式改成价格，如 基础价 5% → 310.00 元"];
        assert_eq!(summary(&prices)[..2], seen);
        assert_eq!(summary(&prices)[2], "1 个改了公式：基础价 5% → 成本 5%");
        let hidden = summary(&prices.without_cost());
        assert_eq!(hidden[0], "1 个改成按公式：310.00 元 → 按公式计算");
        assert_eq!(hidden[2], "1 个改了公式：基础价 5% → 按公式计算");
        let only = PriceSummary { other_formula: of(2, cost, cost), ..PriceSummary::default() };
        assert_eq!(summary(&Summary::PriceList(Box::new(only)).without_cost()), ["2 个改了公式"]);
    }
}
