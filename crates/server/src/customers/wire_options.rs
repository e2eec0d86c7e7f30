//! What one may choose from, over the wire.

use serde::Serialize;
use utoipa::ToSchema;

use crate::http::Ref;

/// Choices of forms and filters, as far as one's rights reach.
#[derive(Debug, Serialize, ToSchema)]
pub struct Options {
    pub customer_types: Vec<String>,
    pub tiers: Vec<TierOption>,
    pub branches: Vec<Ref>,
    pub people: Vec<PersonOption>,
    pub units: Vec<String>,
}

/// A tier and the percent of the list price that it pays.
#[derive(Debug, Serialize, ToSchema)]
pub struct TierOption {
    pub name: String,
    pub percent: String,
}

/// Somebody who may look after customers.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonOption {
    pub id: i64,
    pub name: String,
    pub org_id: i64,
}

impl Options {
    pub fn of(options: app::customers::Options) -> Options {
        let tiers = options.tiers.into_iter();
        let people = options.people.into_iter();
        Options {
            customer_types: options.customer_types,
            tiers: tiers.map(|(name, percent)| TierOption { name, percent }).collect(),
            branches: options.branches.into_iter().map(|(id, name)| Ref { id: id.0, name }).collect(),
            people: people.map(|(id, name, org)| PersonOption { id: id.0, name, org_id: org.0 }).collect(),
            units: options.units,
        }
    }
}
