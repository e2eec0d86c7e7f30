//! What the log of who did what shows: a closed list of facts, money only to those who see money elsewhere.

use serde_json::Value;

use super::{Actor, Right};
use crate::base::DraftId;

/// How a fact of the log is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoggedAs {
    /// To everybody who sees the log.
    Value,
    /// To those who see prices.
    Price,
    /// That it changed, and never what it is.
    Named,
}

/// What is shown, by the name under which events keep it. What does not stand here is shown to nobody.
const SHOWN: &[(&str, LoggedAs)] = &[
    ("account", LoggedAs::Value),
    ("acknowledged", LoggedAs::Value),
    ("active", LoggedAs::Value),
    ("address", LoggedAs::Value),
    ("bank_account", LoggedAs::Value),
    ("bank_name", LoggedAs::Value),
    ("base_n", LoggedAs::Value),
    ("branch", LoggedAs::Value),
    ("bytes", LoggedAs::Value),
    ("city", LoggedAs::Value),
    ("code", LoggedAs::Value),
    ("company", LoggedAs::Value),
    ("competitor", LoggedAs::Value),
    ("competitor_price", LoggedAs::Price),
    ("contact", LoggedAs::Value),
    ("cost_or_floor", LoggedAs::Named),
    ("count", LoggedAs::Value),
    ("day", LoggedAs::Value),
    ("device", LoggedAs::Value),
    ("effective_at", LoggedAs::Value),
    ("file_name", LoggedAs::Value),
    ("issuer", LoggedAs::Value),
    ("lines", LoggedAs::Value),
    ("missing", LoggedAs::Value),
    ("n", LoggedAs::Value),
    ("name", LoggedAs::Value),
    ("net", LoggedAs::Price),
    ("note", LoggedAs::Value),
    ("notes", LoggedAs::Value),
    ("number", LoggedAs::Value),
    ("order_number", LoggedAs::Value),
    ("org", LoggedAs::Value),
    ("owner", LoggedAs::Value),
    ("passed", LoggedAs::Price),
    ("phone", LoggedAs::Value),
    ("prices_include_tax", LoggedAs::Value),
    ("quote_valid_days", LoggedAs::Value),
    ("quotes_handed_over", LoggedAs::Value),
    ("reason", LoggedAs::Value),
    ("restores_n", LoggedAs::Value),
    ("revision", LoggedAs::Value),
    ("rights", LoggedAs::Value),
    ("role", LoggedAs::Value),
    ("roles", LoggedAs::Value),
    ("rows", LoggedAs::Value),
    ("seal_file", LoggedAs::Named),
    ("signed_day", LoggedAs::Value),
    ("signer", LoggedAs::Value),
    ("skipped", LoggedAs::Value),
    ("spec", LoggedAs::Value),
    ("tax_no", LoggedAs::Value),
    ("tax_rate", LoggedAs::Value),
    ("tier", LoggedAs::Value),
    ("title", LoggedAs::Value),
    ("to_name", LoggedAs::Value),
    ("topics", LoggedAs::Value),
    ("type", LoggedAs::Value),
    ("units", LoggedAs::Named),
    ("until", LoggedAs::Value),
    ("voids_n", LoggedAs::Value),
    ("was", LoggedAs::Value),
];

/// Facts that are lists of names: two of them are no old and new value.
const LISTS: &[&str] = &["passed", "rights", "roles", "topics"];

/// What of it is told of a record that the reader does not see: its own number and those of its versions, to whom it was
/// given, and of configuration how much was changed, from when on, and how many warnings were let pass.
const BARE: &[&str] = &[
    "acknowledged",
    "base_n",
    "effective_at",
    "n",
    "number",
    "order_number",
    "restores_n",
    "revision",
    "rows",
    "skipped",
    "to_name",
    "voids_n",
];

/// A customer who acted on a share link, where the log keeps whoever handed the code over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnLink {
    /// The name that was typed; `None` where none was asked for.
    pub signer: Option<String>,
}

/// Whether an event is the customer's own act on a link. What comes of a consent there (signing, the order, the end of
/// the other alternatives) is theirs too.
pub fn on_link(kind: &str, facts: &Value) -> Option<OnLink> {
    let signer = || facts.get("signer").and_then(Value::as_str).map(str::to_string);
    let by_link = facts.get("share_id").is_some_and(|share| !share.is_null());
    match kind {
        "quote.opened_by_customer" => Some(OnLink { signer: None }),
        "quote.accepted" | "quote.signed" | "quote.cancelled" | "order.made" if by_link => {
            Some(OnLink { signer: signer() })
        }
        _ => None,
    }
}

/// One fact of an event: what it was and what it is. An event that changed nothing has only what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoggedFact {
    pub field: String,
    pub before: Option<Value>,
    pub after: Option<Value>,
    /// The values stay untold; only that they changed is said.
    pub named_only: bool,
}

/// What `actor` may read of the facts of an event, in their order.
pub fn shown_facts(facts: &Value, actor: &Actor) -> Vec<LoggedFact> {
    let mut told = Vec::new();
    let Value::Object(all) = facts else { return told };
    let (before, after) = (all.get("before"), all.get("after"));
    match (before, after) {
        (Some(Value::Object(before)), Some(Value::Object(after))) => {
            for (field, new) in after {
                let old = before.get(field).unwrap_or(&Value::Null);
                if old != new {
                    tell(&mut told, actor, field, Some(old), Some(new));
                }
            }
        }
        (Some(Value::String(_)), Some(Value::String(_))) => tell(&mut told, actor, "name", before, after),
        _ => {}
    }
    for change in all.get("changes").and_then(Value::as_array).into_iter().flatten() {
        if let Some(field) = change.get("field").and_then(Value::as_str) {
            tell(&mut told, actor, field, change.get("before"), change.get("after"));
        }
    }
    let said = |value: &Value| !value.is_null() && value.as_str() != Some("");
    for (field, value) in all.iter().filter(|(_, value)| said(value)) {
        let pair = value.as_array().filter(|_| !LISTS.contains(&field.as_str()));
        match pair.map(Vec::as_slice) {
            Some([old @ Value::String(_), new @ Value::String(_)]) => {
                tell(&mut told, actor, field, Some(old), Some(new));
            }
            _ => tell(&mut told, actor, field, None, Some(value)),
        }
    }
    told
}

/// What is left of the facts for a reader who does not see the record: numbers and to whom it was given, nothing that
/// people wrote.
pub fn bare_facts(shown: Vec<LoggedFact>) -> Vec<LoggedFact> {
    shown.into_iter().filter(|fact| BARE.contains(&fact.field.as_str())).collect()
}

/// What is logged of a record under a name of its own, so that it is no change of it, and of which record it is.
const BESIDE: &[(&str, &str)] = &[("quote_edit", "quote"), ("quote_issue", "quote")];

/// The record that an event is about, whatever name it is logged under: the one that people know.
pub fn record_of(entity: &str) -> &str {
    BESIDE.iter().find(|(beside, _)| *beside == entity).map_or(entity, |(_, record)| record)
}

/// Under which other names something is logged of such a record.
pub fn logged_beside(record: &str) -> impl Iterator<Item = &'static str> {
    BESIDE.iter().filter(move |(_, of)| *of == record).map(|(beside, _)| *beside)
}

/// The right with which the record itself is looked at that events of this kind are about; `None` where whoever reads the
/// log reads all of them.
pub fn record_right(entity: &str) -> Option<Right> {
    match entity {
        "quote" | "task" => Some(Right::QuoteRead),
        "order" => Some(Right::OrderRead),
        "customer" => Some(Right::CustomerRead),
        "config_item" => Some(Right::ConfigRead),
        _ => None,
    }
}

fn tell(
    told: &mut Vec<LoggedFact>,
    actor: &Actor,
    field: &str,
    before: Option<&Value>,
    after: Option<&Value>,
) {
    let Some((_, shown)) = SHOWN.iter().find(|(name, _)| *name == field) else { return };
    let named_only = match shown {
        LoggedAs::Value => false,
        LoggedAs::Named => true,
        LoggedAs::Price if actor.has(Right::PriceRead) => false,
        LoggedAs::Price => return,
    };
    let kept = |value: Option<&Value>| value.filter(|value| !named_only && !value.is_null()).cloned();
    told.push(LoggedFact { field: field.to_string(), before: kept(before), after: kept(after), named_only });
}

/// Where the difference is looked at that an event of a config item made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    /// Between two revisions; `from` 0: there was none before.
    Revisions { from: i64, to: i64 },
    /// In the draft, which is no revision yet.
    Draft(DraftId),
}

/// The difference behind an event; `None` where there is none to look at.
pub fn difference(kind: &str, facts: &Value) -> Option<Difference> {
    let number = |name: &str| facts.get(name).and_then(Value::as_i64);
    match kind {
        "release.published" => {
            let to = number("n")?;
            // Events of old say nothing of what they were based on: then it was the revision before.
            let from = number("base_n").unwrap_or(to.saturating_sub(1));
            Some(Difference::Revisions { from, to })
        }
        kind if kind.starts_with("draft.") => number("draft").map(|id| Difference::Draft(DraftId(id))),
        _ => None,
    }
}

/// The names of all facts that are shown, for the words.
pub fn logged_fields() -> impl Iterator<Item = &'static str> {
    SHOWN.iter().map(|(name, _)| *name)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    use super::super::Reach;
    use super::*;
    use crate::base::{OrgId, PersonId};

    fn reader(rights: &[Right]) -> Actor {
        let grants: BTreeMap<_, _> = rights.iter().map(|right| (*right, Reach::All)).collect();
        Actor { person: PersonId(1), name: "管理员".into(), org: OrgId(1), org_path: "/1/".into(), grants }
    }

    fn told(facts: Value, rights: &[Right]) -> Vec<(String, Option<Value>, Option<Value>)> {
        let shown = shown_facts(&facts, &reader(rights));
        shown.into_iter().map(|fact| (fact.field, fact.before, fact.after)).collect()
    }

    #[test]
    fn only_what_changed_is_told_from_both_sides() {
        let facts = json!({
            "before": {"name": "小陈", "active": true, "password_hash": "a"},
            "after": {"name": "陈师傅", "active": true, "password_hash": "b"},
        });
        let changed = ("name".to_string(), Some(json!("小陈")), Some(json!("陈师傅")));
        assert_eq!(told(facts, &[]), [changed]);
        let renamed = told(json!({"before": "苏州", "after": "苏州园区"}), &[]);
        assert_eq!(renamed, [("name".to_string(), Some(json!("苏州")), Some(json!("苏州园区")))]);
        let listed = json!({"changes": [{"field": "tier", "before": null, "after": "金牌"}]});
        assert_eq!(told(listed, &[]), [("tier".to_string(), None, Some(json!("金牌")))]);
        let list = json!(["people_read", "audit_read"]);
        let listed = told(json!({"rights": list}), &[]);
        assert_eq!(
            listed,
            [("rights".to_string(), None, Some(list))],
            "a list is no change from one to the other"
        );
        let pair = told(json!({"code": ["A-1", "A-2"]}), &[]);
        assert_eq!(pair, [("code".to_string(), Some(json!("A-1")), Some(json!("A-2")))]);
    }

    #[test]
    fn what_says_nothing_is_not_told() {
        assert!(told(json!({"note": "", "reason": null}), &[]).is_empty());
    }

    #[test]
    fn a_publication_leads_to_its_difference_and_what_is_done_with_a_draft_to_the_draft() {
        let revisions = |from, to| Some(Difference::Revisions { from, to });
        let published = |facts: Value| difference("release.published", &facts);
        assert_eq!(published(json!({"n": 8, "base_n": 6, "draft": 4})), revisions(6, 8));
        assert_eq!(published(json!({"n": 8, "draft": 4})), revisions(7, 8), "an event of old");
        assert_eq!(published(json!({})), None);
        for kind in ["draft.imported", "draft.submitted", "draft.returned"] {
            let found = difference(kind, &json!({"draft": 4, "n": 8}));
            assert_eq!(found, Some(Difference::Draft(DraftId(4))), "{kind}");
        }
        assert_eq!(difference("quote.issued", &json!({"n": 8, "draft": 4})), None);
    }

    #[test]
    fn money_is_told_to_those_who_see_prices_and_cost_to_nobody() {
        let facts = json!({"number": "SZ26-000001", "net": "128.00", "cost": "90.00", "margin": "38.00"});
        let fields = |rights: &[Right]| -> Vec<String> {
            told(facts.clone(), rights).into_iter().map(|(field, ..)| field).collect()
        };
        assert_eq!(fields(&[Right::AuditRead]), ["number"]);
        assert_eq!(fields(&[Right::PriceRead, Right::PriceCost]), ["number", "net"]);
        let money = told(json!({"cost_or_floor": true}), &[Right::PriceCost]);
        assert_eq!(money, [("cost_or_floor".to_string(), None, None)]);
    }

    #[test]
    fn of_a_record_that_is_not_seen_only_numbers_are_told() {
        let facts = json!({
            "number": "SZ26-000001", "revision": 2, "net": "128.00", "reason": "对手卖 55.55", "competitor": "对手A",
            "note": "请核对", "file_name": "恒泰.xlsx", "signer": "吴经理", "cost_or_floor": true,
        });
        let shown = shown_facts(&facts, &reader(&[Right::PriceRead]));
        assert_eq!(shown.len(), 9);
        let mut left: Vec<_> = bare_facts(shown).into_iter().map(|fact| fact.field).collect();
        left.sort();
        assert_eq!(left, ["number", "revision"]);
        assert!(BARE.iter().all(|bare| SHOWN.iter().any(|(name, _)| name == bare)));
    }

    #[test]
    fn what_comes_of_a_consent_on_a_link_is_the_customers_act_and_of_a_paper_it_is_not() {
        let facts = json!({"number": "SZ26-000007", "share_id": 3, "signer": "吴经理"});
        for kind in ["quote.accepted", "quote.signed", "order.made", "quote.cancelled"] {
            let told = on_link(kind, &facts);
            assert_eq!(told, Some(OnLink { signer: Some("吴经理".to_string()) }), "{kind}");
        }
        assert_eq!(on_link("quote.opened_by_customer", &json!({})), Some(OnLink { signer: None }));
        assert_eq!(on_link("quote.signed", &json!({"share_id": null, "signer": "吴经理"})), None);
        assert_eq!(on_link("order.made", &json!({"number": "SZ26-D000001"})), None);
        for ours in ["quote.shared", "quote.share_withdrawn", "quote.code_handed_over"] {
            assert_eq!(on_link(ours, &facts), None, "{ours}");
        }
    }

    #[test]
    fn what_is_logged_beside_a_record_is_read_as_of_that_record() {
        assert_eq!(
            (record_of("quote_issue"), record_of("quote"), record_of("webhook")),
            ("quote", "quote", "webhook")
        );
        assert_eq!(logged_beside("quote").collect::<Vec<_>>(), ["quote_edit", "quote_issue"]);
        assert_eq!(logged_beside("order").count(), 0);
    }

    #[test]
    fn the_list_is_sorted_and_names_nothing_twice() {
        assert!(SHOWN.is_sorted_by(|one, next| one.0 < next.0));
    }
}
