//! What goes over the wire for customers.

use app::customers::{Counted, CustomerAction as Action, CustomerView, TimelineEntry as Entry};
use domain::base::{OrgId, PersonId};
use domain::customers::CustomerEdit as Edit;
use domain::words;
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

use crate::http::Ref;

/// A customer; texts are empty where nothing is known.
#[derive(Debug, Serialize, ToSchema)]
pub struct Customer {
    pub id: i64,
    pub code: String,
    pub name: String,
    pub contact: String,
    pub phone: String,
    pub city: String,
    pub address: String,
    pub notes: String,
    #[serde(rename = "type")]
    pub kind: Option<String>,
    pub tier: Option<String>,
    pub branch: Ref,
    pub owner: Ref,
    pub version: i64,
    pub created_at: i64,
    pub updated_at: i64,
    pub actions: Vec<CustomerAction>,
    pub figures: CustomerFigures,
}

/// What this person may do with a customer now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CustomerAction {
    Edit,
    Assign,
    Quote,
}

/// Figures of the documents that this person sees.
#[derive(Debug, Serialize, ToSchema)]
pub struct CustomerFigures {
    pub quotes_open: CountedNet,
    pub orders_12m: CountedNet,
    pub last_order_day: Option<String>,
}

/// So many documents, and what they come to in yuan.
#[derive(Debug, Serialize, ToSchema)]
pub struct CountedNet {
    pub count: i64,
    pub net: String,
}

/// A customer in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct CustomerRow {
    pub id: i64,
    pub code: String,
    pub name: String,
    pub contact: String,
    pub phone: String,
    pub city: String,
    #[serde(rename = "type")]
    pub kind: Option<String>,
    pub tier: Option<String>,
    pub branch: Ref,
    pub owner: Ref,
    pub last_order_day: Option<String>,
    pub net_12m: String,
}

/// One page of customers.
#[derive(Debug, Serialize, ToSchema)]
pub struct CustomerPage {
    pub items: Vec<CustomerRow>,
    pub next: Option<String>,
    pub total: i64,
}

/// One thing that happened to a customer or to a document of his.
#[derive(Debug, Serialize, ToSchema)]
pub struct TimelineItem {
    pub at: i64,
    pub kind: String,
    pub sentence: String,
    pub by: Option<Ref>,
    pub quote_id: Option<i64>,
    pub order_id: Option<i64>,
    pub net: Option<String>,
}

/// A new customer; only the name is needed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCustomer {
    pub name: String,
    #[serde(default)]
    pub contact: String,
    #[serde(default)]
    pub phone: String,
    #[serde(default)]
    pub city: String,
    #[serde(default)]
    pub address: String,
    #[serde(rename = "type")]
    pub kind: Option<String>,
    pub tier: Option<String>,
    pub owner_id: Option<i64>,
    #[serde(default)]
    pub notes: String,
}

/// What shall be changed; what is left out stays, `null` empties type and tier.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CustomerChange {
    pub name: Option<String>,
    pub contact: Option<String>,
    pub phone: Option<String>,
    pub city: Option<String>,
    pub address: Option<String>,
    pub notes: Option<String>,
    #[serde(rename = "type", deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub kind: Option<Option<String>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub tier: Option<Option<String>>,
    pub owner_id: Option<i64>,
    pub branch_id: Option<i64>,
}

/// Tells "null" from "left out".
fn given<'d, D: Deserializer<'d>>(reader: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(reader).map(Some)
}

impl From<NewCustomer> for Edit {
    fn from(new: NewCustomer) -> Edit {
        Edit {
            name: Some(new.name),
            contact: Some(new.contact),
            phone: Some(new.phone),
            city: Some(new.city),
            address: Some(new.address),
            notes: Some(new.notes),
            kind: Some(new.kind),
            tier: Some(new.tier),
            owner: new.owner_id.map(PersonId),
            branch: None,
        }
    }
}

impl From<CustomerChange> for Edit {
    fn from(edit: CustomerChange) -> Edit {
        Edit {
            name: edit.name,
            contact: edit.contact,
            phone: edit.phone,
            city: edit.city,
            address: edit.address,
            notes: edit.notes,
            kind: edit.kind,
            tier: edit.tier,
            owner: edit.owner_id.map(PersonId),
            branch: edit.branch_id.map(OrgId),
        }
    }
}

impl Customer {
    pub fn of(view: CustomerView) -> Customer {
        let (record, figures) = (view.record, view.figures);
        let of = record.attributes;
        Customer {
            id: record.id.0,
            code: record.code,
            name: of.name,
            contact: of.contact,
            phone: of.phone,
            city: of.city,
            address: of.address,
            notes: of.notes,
            kind: of.kind,
            tier: of.tier,
            branch: Ref { id: of.branch.0, name: record.branch_name },
            owner: Ref { id: of.owner.0, name: record.owner_name },
            version: record.version,
            created_at: record.created_at.0,
            updated_at: record.updated_at.0,
            actions: view.actions.into_iter().map(CustomerAction::of).collect(),
            figures: CustomerFigures {
                quotes_open: CountedNet::of(figures.quotes_open),
                orders_12m: CountedNet::of(figures.orders_12m),
                last_order_day: figures.last_order_day.map(|day| day.to_string()),
            },
        }
    }
}

impl CustomerAction {
    fn of(action: Action) -> CustomerAction {
        match action {
            Action::Edit => CustomerAction::Edit,
            Action::Assign => CustomerAction::Assign,
            Action::Quote => CustomerAction::Quote,
        }
    }
}

impl CountedNet {
    fn of(counted: Counted) -> CountedNet {
        CountedNet { count: counted.count, net: counted.net.to_yuan() }
    }
}

impl CustomerRow {
    pub fn of(row: app::customers::CustomerRow) -> CustomerRow {
        CustomerRow {
            id: row.place.id.0,
            code: row.code,
            name: row.name,
            contact: row.contact,
            phone: row.phone,
            city: row.city,
            kind: row.kind,
            tier: row.tier,
            branch: Ref { id: row.branch.0.0, name: row.branch.1 },
            owner: Ref { id: row.owner.0.0, name: row.owner.1 },
            last_order_day: row.last_order_day.map(|day| day.to_string()),
            net_12m: row.net_12m.to_yuan(),
        }
    }
}

impl TimelineItem {
    pub fn of(entry: Entry) -> TimelineItem {
        TimelineItem {
            at: entry.at.0,
            kind: entry.told.kind.key().to_string(),
            sentence: words::customers::told(&entry.told),
            by: entry.by.map(|(id, name)| Ref { id: id.0, name }),
            quote_id: entry.quote.map(|id| id.0),
            order_id: entry.order.map(|id| id.0),
            net: entry.net.map(|net| net.to_yuan()),
        }
    }
}
