//! What is read in the names of customers.

/// What a figure counts that may lie below the ground.
pub(super) const FLOORS: [char; 2] = ['层', '楼'];
