//! How a person stands to a customer: whether he is theirs to see, and what they may do with him.

use crate::access::{AccessRefused, Actor, Right, Scope};
use crate::base::{Date, PersonId};

/// Whose a customer is, as far as rights go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing<'a> {
    pub owner: PersonId,
    pub branch_path: &'a str,
    /// The person in question helps with this customer.
    pub helped: bool,
}

impl Standing<'_> {
    /// Whether `right` of `actor` reaches this customer.
    pub fn within(&self, actor: &Actor, right: Right) -> bool {
        let Ok(scope) = actor.scope(right) else { return false };
        self.inside(&scope)
    }

    /// Whether he lies inside: owned or helped by the person, or under the branch of the reach.
    pub fn inside(&self, scope: &Scope) -> bool {
        self.helped || scope.holds(self.owner, self.branch_path)
    }

    /// Goes on when `actor` sees the customer; otherwise there is none for them.
    pub fn seen_by(&self, actor: &Actor) -> Result<(), AccessRefused> {
        if self.within(actor, Right::CustomerRead) { Ok(()) } else { Err(AccessRefused::NotFound) }
    }

    /// Goes on when `right` of `actor`, who sees the customer, reaches him.
    pub fn need(&self, actor: &Actor, right: Right) -> Result<(), AccessRefused> {
        if self.within(actor, right) { Ok(()) } else { Err(AccessRefused::Forbidden(right)) }
    }
}

/// Whose a quotation or an order is: of those with whom it was made, and of those whose the customer is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DocumentStanding<'a> {
    pub owner: PersonId,
    pub branch_path: &'a str,
    pub customer: Standing<'a>,
}

impl DocumentStanding<'_> {
    /// Whether it lies inside. `store::sight` says the same in SQL.
    pub fn inside(&self, scope: &Scope) -> bool {
        scope.holds(self.owner, self.branch_path) || self.customer.inside(scope)
    }
}

/// The first day that figures "of the last twelve months" count.
pub fn figures_from(today: Date) -> Date {
    let year_ago = today.checked_sub(jiff::Span::new().years(1)).unwrap_or(Date::MIN);
    year_ago.tomorrow().unwrap_or(year_ago)
}
