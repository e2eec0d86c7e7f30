//! What of configuration a document leans on when it is issued: a release of anything else does not turn it back.

use std::sync::Arc;

use domain::base::{ItemId, OrgId};
use store::config::InForce;

use super::load::Loaded;
use crate::config::Live;

/// The heads that a document was priced with, and which others can concern it.
#[derive(Clone)]
pub(super) struct LeanedOn {
    live: Arc<Live>,
    /// The customer's region, by which lists choose whom they are for, and the paths of his branch and the document's.
    region: Option<OrgId>,
    paths: [String; 2],
}

impl LeanedOn {
    /// What this document leans on, priced with that snapshot.
    pub fn of(loaded: &Loaded, live: Arc<Live>) -> LeanedOn {
        let paths = [loaded.customer.branch_path.clone(), loaded.head.branch_path.clone()];
        LeanedOn { live, region: loaded.customer.region, paths }
    }

    /// The items whose heads must stand still while the document is issued: those that price it, and those of its paper,
    /// which is chosen in the same transaction.
    pub fn items(&self) -> Vec<ItemId> {
        let concerning =
            |head: &&InForce| self.prices(head) || (head.kind.is_on_paper() && self.is_near(head.scope));
        self.live.heads.iter().filter(concerning).map(|head| head.item).collect()
    }

    /// Whether the same revisions can price the document among these heads as among those that it was priced with.
    pub fn same_among(&self, heads: &[InForce]) -> bool {
        let pricing = |head: &&InForce| self.prices(head);
        let revision = |head: &InForce| (head.item, head.n);
        let then = self.live.heads.iter().filter(pricing).map(revision);
        then.eq(heads.iter().filter(pricing).map(revision))
    }

    /// A list that others name as their base is asked whatever its own region says.
    fn prices(&self, head: &InForce) -> bool {
        head.kind.prices() && (self.is_near(head.scope) || self.live.bases.contains(&head.item))
    }

    /// Whether what stands at this place can concern the document: everything but what is another region's own.
    fn is_near(&self, scope: OrgId) -> bool {
        let above = || self.paths.iter().any(|path| path.contains(&format!("/{}/", scope.0)));
        !self.live.regions.contains_key(&scope) || self.region == Some(scope) || above()
    }
}
