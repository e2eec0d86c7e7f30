//! Why something about a customer is refused.

use crate::base::CustomerId;

/// A rule about customers said no.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CustomerRefused {
    /// There is one of this name among those that the person sees.
    #[error("a customer named {name} exists")]
    Exists { customer: CustomerId, name: String },
}
