//! What goes over the wire for drafts, their rows and their checks.

use std::collections::BTreeMap;

use app::config::{
    CheckView, ChecksView, DraftRowView, DraftView, DraftsAsked, RangeView, RiskView, RisksView, RowInput,
    Submission,
};
use domain::base::{Instant, Invalid};
use domain::config::{Choice, DraftState as DomainState};
use domain::words::config::kind_name;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use super::wire::{Counts, RowChange, json_of, measures, names, person};
use crate::http::Ref;

/// A draft.
#[derive(Debug, Serialize, ToSchema)]
pub struct Draft {
    pub id: i64,
    pub item: DraftItem,
    pub base_n: Option<i64>,
    pub title: String,
    pub note: String,
    pub state: DraftState,
    /// Null is at once.
    pub effective_at: Option<i64>,
    pub restores_n: Option<i64>,
    pub voids_n: Option<i64>,
    pub author: Ref,
    pub confirmed_by: Option<Ref>,
    pub returned: Option<Returned>,
    pub published: Option<Published>,
    /// Whether another person must confirm it.
    pub second_person: bool,
    /// A newer revision than the base exists.
    pub behind: bool,
    pub counts: Counts,
    pub version: i64,
    pub created_at: i64,
    pub updated_at: i64,
    pub actions: Vec<String>,
}

/// The item of a draft.
#[derive(Debug, Serialize, ToSchema)]
pub struct DraftItem {
    pub id: i64,
    pub kind: String,
    pub kind_name: String,
    pub name: String,
}

/// Where a draft stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DraftState {
    Editing,
    Submitted,
    Confirmed,
    Published,
    Discarded,
}

/// That a draft was given back to its author.
#[derive(Debug, Serialize, ToSchema)]
pub struct Returned {
    pub reason: String,
    pub by: Ref,
    pub at: i64,
}

/// What became of a draft.
#[derive(Debug, Serialize, ToSchema)]
pub struct Published {
    pub n: i64,
    pub release_id: i64,
    pub effective_at: i64,
}

/// A page of drafts, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct DraftPage {
    pub items: Vec<Draft>,
    pub next: Option<String>,
}

/// A row of a draft beside the base's; `content` null: the row goes away.
#[derive(Debug, Serialize, ToSchema)]
pub struct DraftRow {
    pub key: String,
    #[schema(value_type = Option<BTreeMap<String, Value>>)]
    pub content: Option<Value>,
    #[schema(value_type = Option<BTreeMap<String, Value>>)]
    pub before: Option<Value>,
    pub change: RowChange,
    #[schema(value_type = BTreeMap<String, Value>)]
    pub shown: Value,
    pub delta: Option<String>,
    pub delta_percent: Option<String>,
}

/// A page of the rows of a draft.
#[derive(Debug, Serialize, ToSchema)]
pub struct DraftRowPage {
    pub items: Vec<DraftRow>,
    pub next: Option<String>,
    pub total: i64,
}

/// The draft after its rows were changed, and the rows touched.
#[derive(Debug, Serialize, ToSchema)]
pub struct RowsChanged {
    pub draft: Draft,
    pub rows: Vec<DraftRow>,
}

/// A finding; those that block must be mended first.
#[derive(Debug, Serialize, ToSchema)]
pub struct Check {
    pub code: String,
    pub severity: Severity,
    pub key: Option<String>,
    pub sentence: String,
    #[schema(value_type = BTreeMap<String, Value>)]
    pub facts: Value,
}

/// Whether a finding must be mended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    Block,
    Warn,
}

/// All findings counted, at most 500 listed.
#[derive(Debug, Serialize, ToSchema)]
pub struct Checks {
    pub blocks: i64,
    pub warns: i64,
    pub items: Vec<Check>,
    pub risks: Risks,
    /// Of a region's list, for at most 5,000 rows that are judged.
    pub ranges: Vec<PriceRange>,
}

/// HQ's price for a row, and between what the region's may stand; per unit of the row, on the tax basis of the list.
#[derive(Debug, Serialize, ToSchema)]
pub struct PriceRange {
    pub key: String,
    pub list_price: String,
    pub lowest: String,
    pub highest: String,
}

/// What a person must have seen before the draft is confirmed or published: prices that move by more than 30 % or lie
/// below cost or floor. Row by row, the row with the largest first; all counted, at most 100 rows listed.
#[derive(Debug, Serialize, ToSchema)]
pub struct Risks {
    /// How many reasons there are.
    pub count: i64,
    /// On how many rows.
    pub rows: i64,
    /// What confirming and publishing send as `seen`; null when there are none. It stands for every reason: another one makes
    /// another mark.
    pub mark: Option<String>,
    pub items: Vec<Risk>,
}

/// One row, and every reason for which it must have been seen, the largest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct Risk {
    /// Null for the whole list.
    pub key: Option<String>,
    /// What people call the row.
    pub name: String,
    pub reasons: Vec<RiskReason>,
}

/// Why a row must have been seen, without the name of the row.
#[derive(Debug, Serialize, ToSchema)]
pub struct RiskReason {
    pub code: String,
    pub sentence: String,
    #[schema(value_type = BTreeMap<String, Value>)]
    pub facts: Value,
}

/// That a person has seen every risk of the draft.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RisksSeen {
    /// The mark of the risks that were acknowledged; left out when there are none.
    #[serde(default)]
    pub seen: Option<String>,
}

/// A new draft.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDraft {
    pub title: String,
}

/// Another title or note.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftEdit {
    pub title: Option<String>,
    pub note: Option<String>,
}

/// Rows to put and keys to take away.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RowsChange {
    #[serde(default)]
    pub put: Vec<PutRow>,
    #[serde(default)]
    pub delete: Vec<String>,
}

/// A row to put; without a key its kind makes it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PutRow {
    pub key: Option<String>,
    #[schema(value_type = BTreeMap<String, Value>)]
    pub content: Value,
}

/// What the author asks for with the draft.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Submitted {
    /// Null is at once.
    pub effective_at: Option<i64>,
    #[serde(default)]
    pub note: String,
    /// The revision that is withdrawn when this one takes its place.
    pub voids: Option<i64>,
}

/// Whose row stands where both changed it, by key.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RebaseChoices {
    #[serde(default)]
    pub choices: BTreeMap<String, RebaseChoice>,
}

/// Mine or theirs.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RebaseChoice {
    Mine,
    Theirs,
}

/// A rollback to an older revision.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Rollback {
    pub to: i64,
    pub reason: String,
    pub effective_at: Option<i64>,
}

/// Which drafts.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields, default)]
pub struct DraftsWanted {
    /// States, parted by commas; when left out, those that are neither published nor discarded.
    pub state: Option<String>,
    pub item: Option<i64>,
    pub limit: Option<i64>,
    pub after: Option<String>,
}

/// Which rows of a draft.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields, default)]
pub struct DraftRowsWanted {
    /// Words of key, product code, name or pinyin initials.
    pub q: Option<String>,
    pub changed_only: Option<bool>,
    pub limit: Option<i64>,
    pub after: Option<String>,
}

impl DraftsWanted {
    /// The states and the item that are asked for.
    pub fn asked(&self) -> Result<DraftsAsked, Invalid> {
        let states = self.state.as_deref().unwrap_or("editing,submitted,confirmed");
        let unknown = || Invalid::none_of("state", DomainState::ALL.map(DomainState::key));
        let state = |name: &str| DomainState::from_key(name.trim()).ok_or_else(unknown);
        let states = states.split(',').map(state).collect::<Result<_, _>>()?;
        Ok(DraftsAsked { states, item: self.item.map(domain::base::ItemId) })
    }
}

impl RowsChange {
    /// As the use-case takes it.
    pub fn split(self) -> (Vec<RowInput>, Vec<String>) {
        let put = self.put.into_iter().map(|row| RowInput { key: row.key, content: row.content });
        (put.collect(), self.delete)
    }
}

impl From<Submitted> for Submission {
    fn from(body: Submitted) -> Submission {
        let effective_at = body.effective_at.map(Instant);
        Submission { effective_at, note: body.note, voids_n: body.voids }
    }
}

impl From<RebaseChoice> for Choice {
    fn from(choice: RebaseChoice) -> Choice {
        match choice {
            RebaseChoice::Mine => Choice::Mine,
            RebaseChoice::Theirs => Choice::Theirs,
        }
    }
}

impl From<DomainState> for DraftState {
    fn from(state: DomainState) -> DraftState {
        match state {
            DomainState::Editing => DraftState::Editing,
            DomainState::Submitted => DraftState::Submitted,
            DomainState::Confirmed => DraftState::Confirmed,
            DomainState::Published => DraftState::Published,
            DomainState::Discarded => DraftState::Discarded,
        }
    }
}

impl From<DraftView> for Draft {
    fn from(view: DraftView) -> Draft {
        let draft = view.draft;
        let item = DraftItem {
            id: draft.item.0,
            kind: draft.kind.key().to_string(),
            kind_name: kind_name(draft.kind).to_string(),
            name: draft.item_name,
        };
        let returned =
            draft.returned.map(|it| Returned { reason: it.reason, by: person(it.by), at: it.at.0 });
        let published = view.published.map(|it| Published {
            n: it.n,
            release_id: it.release.0,
            effective_at: it.effective_at.0,
        });
        Draft {
            id: draft.id.0,
            item,
            base_n: Some(draft.base_n).filter(|n| *n > 0),
            title: draft.title,
            note: draft.note,
            state: draft.state.into(),
            effective_at: draft.effective_at.map(|at| at.0),
            restores_n: draft.restores_n,
            voids_n: draft.voids_n,
            author: person(draft.author),
            confirmed_by: draft.confirmed_by.map(person),
            returned,
            published,
            second_person: view.second_person,
            behind: view.behind,
            counts: view.counts.into(),
            version: draft.version,
            created_at: draft.created_at.0,
            updated_at: draft.updated_at.0,
            actions: names(view.actions),
        }
    }
}

impl From<DraftRowView> for DraftRow {
    fn from(view: DraftRowView) -> DraftRow {
        let (delta, delta_percent) = measures(view.difference);
        DraftRow {
            change: view.sort.into(),
            key: view.change.key,
            content: json_of(view.change.after),
            before: json_of(view.change.before),
            shown: view.shown,
            delta,
            delta_percent,
        }
    }
}

impl From<CheckView> for Check {
    fn from(view: CheckView) -> Check {
        Check {
            code: view.code.to_string(),
            severity: if view.blocks { Severity::Block } else { Severity::Warn },
            key: view.key,
            sentence: view.sentence,
            facts: view.facts,
        }
    }
}

impl From<ChecksView> for Checks {
    fn from(view: ChecksView) -> Checks {
        let items = view.items.into_iter().map(Check::from).collect();
        let ranges = view.ranges.into_iter().map(PriceRange::from).collect();
        Checks { blocks: view.blocks, warns: view.warns, items, risks: view.risks.into(), ranges }
    }
}

impl From<RangeView> for PriceRange {
    fn from(view: RangeView) -> PriceRange {
        PriceRange {
            key: view.key,
            list_price: view.list_price.to_yuan(),
            lowest: view.lowest.to_yuan(),
            highest: view.highest.to_yuan(),
        }
    }
}

impl From<RisksView> for Risks {
    fn from(view: RisksView) -> Risks {
        let items = view.items.into_iter().map(Risk::from).collect();
        Risks { count: view.count, rows: view.rows, mark: view.mark, items }
    }
}

impl From<RiskView> for Risk {
    fn from(view: RiskView) -> Risk {
        let reasons = view.reasons.into_iter().map(RiskReason::from).collect();
        Risk { key: view.key, name: view.name, reasons }
    }
}

impl From<CheckView> for RiskReason {
    fn from(view: CheckView) -> RiskReason {
        RiskReason { code: view.code.to_string(), sentence: view.reason, facts: view.facts }
    }
}
