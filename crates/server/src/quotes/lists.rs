//! Lists of quotations on the wire.

use app::quotes::{Listed as Total, ListedQuote, QuoteFilter, QuoteList, QuoteListing};
use domain::base::{CategoryId, CustomerId, Date, FieldFault, Invalid, Limit, OrgId, PersonId, parse_date};
use domain::quotes::{LostAsked, LostWhy, QuoteColumn, QuoteSort, ShownState};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::terms::MarginBody;
use super::wire::OrderRefBody;
use crate::http::{QuoteColumnName, Ref, columns_of};

/// Which quotations, and which page of them.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct QuoteQuery {
    /// Number, product, the customer's name; for those who see the customer, whatever finds him.
    pub q: Option<String>,
    /// One state or several, separated by commas.
    pub state: Option<String>,
    pub customer: Option<i64>,
    pub owner: Option<i64>,
    /// A branch, or a region with all its branches.
    pub branch: Option<i64>,
    /// First day of issue; of drafts, of their last change.
    pub from: Option<String>,
    pub to: Option<String>,
    /// Whose last valid day is no later than this one.
    pub valid_to: Option<String>,
    /// Something of this category is quoted.
    pub category: Option<i64>,
    /// Ended ones only: `any` that is lost, `no` for those ended otherwise, or why: `price`, `delivery`, `quality`,
    /// `terms`, `relation`, `stopped`, `other`.
    pub lost: Option<String>,
    /// `listed` (newest first, when left out), `net` (most money first) or `valid` (what ends first on top).
    pub sort: Option<String>,
    /// How many, 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub after: Option<String>,
}

/// How many there are, and what they come to; the sum only for those who see prices, and where all are counted.
#[derive(Serialize, ToSchema)]
pub struct Listed {
    pub count: i64,
    /// There are more than `count`: so many are counted of a list of quotations, and no more.
    pub capped: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub net: Option<String>,
}

/// One quotation of a list.
#[derive(Serialize, ToSchema)]
pub struct QuoteRow {
    pub id: i64,
    pub number: Option<String>,
    pub revision: i64,
    pub state: String,
    pub customer: Ref,
    pub owner: Ref,
    pub branch: Ref,
    pub net: String,
    /// What it earns; only for those who see cost, null where a cost is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub margin: Option<Option<MarginBody>>,
    pub line_count: i64,
    pub first_product: Option<String>,
    pub issued_at: Option<i64>,
    pub valid_until: String,
    pub updated_at: i64,
    pub order: Option<OrderRefBody>,
    /// Of a draft: it comes to something else now than when it was last saved.
    pub repriced: bool,
}

/// A page of quotations.
#[derive(Serialize, ToSchema)]
pub struct QuotePage {
    pub items: Vec<QuoteRow>,
    pub next: Option<String>,
    pub total: Listed,
}

impl QuoteQuery {
    pub fn listing(self) -> Result<QuoteListing, Invalid> {
        let filter = QuoteFilter {
            search: self.q.unwrap_or_default(),
            states: states_of(self.state.as_deref().unwrap_or_default())?,
            customer: self.customer.map(CustomerId),
            owner: self.owner.map(PersonId),
            branch: self.branch.map(OrgId),
            from: day_of("from", self.from.as_deref())?,
            to: day_of("to", self.to.as_deref())?,
            valid_to: day_of("valid_to", self.valid_to.as_deref())?,
            category: self.category.map(CategoryId),
            lost: lost_of(self.lost.as_deref())?,
            sort: sort_of(self.sort.as_deref())?,
            ..QuoteFilter::default()
        };
        let limit = Limit::new(self.limit, Limit::MAX)?;
        Ok(QuoteListing { filter, limit, after: self.after.filter(|after| !after.is_empty()) })
    }
}

impl From<QuoteList> for QuotePage {
    fn from(list: QuoteList) -> QuotePage {
        QuotePage {
            items: list.items.into_iter().map(QuoteRow::from).collect(),
            next: list.next,
            total: list.total.into(),
        }
    }
}

impl From<Total> for Listed {
    fn from(total: Total) -> Listed {
        let net = (!total.capped).then(|| total.net.to_yuan());
        Listed { count: total.count, capped: total.capped, net }
    }
}

impl From<ListedQuote> for QuoteRow {
    fn from(listed: ListedQuote) -> QuoteRow {
        let ListedQuote { row, state, valid_until, margin, repriced } = listed;
        QuoteRow {
            id: row.id.0,
            number: row.number,
            revision: row.revision,
            state: state.key().to_string(),
            customer: Ref { id: row.customer.0.0, name: row.customer.1 },
            owner: Ref { id: row.owner.0.0, name: row.owner.1 },
            branch: Ref { id: row.branch.0.0, name: row.branch.1 },
            net: row.net.to_yuan(),
            margin: margin.map(|margin| margin.map(MarginBody::from)),
            repriced,
            line_count: row.line_count,
            first_product: row.first_product,
            issued_at: row.issued_at.map(|at| at.0),
            valid_until: valid_until.to_string(),
            updated_at: row.updated_at.0,
            order: row.order.map(OrderRefBody::from),
        }
    }
}

/// Which quotations are exported, and with which columns.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct QuoteExportQuery {
    pub q: Option<String>,
    pub state: Option<String>,
    pub customer: Option<i64>,
    pub owner: Option<i64>,
    pub branch: Option<i64>,
    pub from: Option<String>,
    pub to: Option<String>,
    pub valid_to: Option<String>,
    pub category: Option<i64>,
    pub lost: Option<String>,
    pub sort: Option<String>,
    /// Names of columns in their order, separated by commas.
    #[param(inline, style = Form, explode = false, value_type = Vec<QuoteColumnName>)]
    pub columns: String,
}

impl QuoteExportQuery {
    pub fn listing(self) -> Result<(QuoteListing, Vec<QuoteColumn>), Invalid> {
        let columns = columns_of(&self.columns, QuoteColumn::ALL, QuoteColumn::key)?;
        let QuoteExportQuery {
            q,
            state,
            customer,
            owner,
            branch,
            from,
            to,
            valid_to,
            category,
            lost,
            sort,
            ..
        } = self;
        let query = QuoteQuery {
            q,
            state,
            customer,
            owner,
            branch,
            from,
            to,
            valid_to,
            category,
            lost,
            sort,
            ..QuoteQuery::default()
        };
        Ok((query.listing()?, columns))
    }
}

fn sort_of(text: Option<&str>) -> Result<QuoteSort, Invalid> {
    let Some(text) = text.filter(|text| !text.is_empty()) else { return Ok(QuoteSort::default()) };
    QuoteSort::from_key(text).ok_or_else(|| Invalid::none_of("sort", QuoteSort::ALL.map(QuoteSort::key)))
}

fn lost_of(text: Option<&str>) -> Result<Option<LostAsked>, Invalid> {
    let Some(text) = text.filter(|text| !text.is_empty()) else { return Ok(None) };
    let choices = || ["any", "no"].into_iter().chain(LostWhy::ALL.map(LostWhy::key));
    LostAsked::from_key(text).map(Some).ok_or_else(|| Invalid::none_of("lost", choices()))
}

/// A day of the query; an empty one asks nothing.
pub(crate) fn day_of(field: &str, text: Option<&str>) -> Result<Option<Date>, Invalid> {
    let Some(text) = text.filter(|text| !text.is_empty()) else { return Ok(None) };
    parse_date(text).map(Some).ok_or_else(|| Invalid::one(field, FieldFault::NotADay))
}

fn states_of(text: &str) -> Result<Vec<ShownState>, Invalid> {
    let keys = text.split(',').map(str::trim).filter(|key| !key.is_empty());
    let unknown = || Invalid::none_of("state", ShownState::ALL.map(ShownState::key));
    let state = |key: &str| ShownState::from_key(key).ok_or_else(unknown);
    keys.map(state).collect()
}
