//! What of configuration a document leans on when it is issued: a release of anything else does not turn it back.

use std::collections::HashMap;
use std::sync::Arc;

use domain::base::{Instant, ItemId, OrgId};
use domain::config::Kind;
use domain::pricing::{CustomerFacts, ListHead, Revision};
use store::config::InForce;
use store::{StoreError, Tx};

use super::load::Loaded;
use crate::config::{Live, list_row};

/// The heads that a document was priced with, and which others can concern it.
#[derive(Clone)]
pub(super) struct LeanedOn {
    live: Arc<Live>,
    /// As the lists choose whom they are for.
    customer: CustomerFacts,
    /// The customer's region, by which lists choose whom they are for, and the paths of his branch and the document's.
    region: Option<OrgId>,
    paths: [String; 2],
}

impl LeanedOn {
    /// What this document leans on, priced for that customer with that snapshot.
    pub fn of(loaded: &Loaded, customer: CustomerFacts, live: Arc<Live>) -> LeanedOn {
        let paths = [loaded.customer.branch_path.clone(), loaded.head.branch_path.clone()];
        LeanedOn { live, customer, region: loaded.customer.region, paths }
    }

    /// The items whose heads must stand still while the document is issued: those that price it, and those of its paper,
    /// which is chosen in the same transaction. Contracts of other customers are not among them.
    pub fn items(&self) -> Vec<ItemId> {
        let concerning =
            |head: &&InForce| self.prices(head) || (head.kind.is_on_paper() && self.is_near(head.scope));
        self.live.heads.iter().filter(concerning).map(|head| head.item).collect()
    }

    /// Whether the same revisions can price the document at `at` as those that it was priced with. The heads are read only
    /// where something was released, renamed or taken out of use since the snapshot was.
    pub async fn stands(&self, tx: &mut Tx<'_>, at: Instant) -> Result<bool, StoreError> {
        if self.live.stands(store::config::stamp(tx).await?, at) {
            return Ok(true);
        }
        let heads = store::config::in_force(tx, at).await?;
        let now: HashMap<ItemId, i64> = heads.iter().map(|head| (head.item, head.n)).collect();
        let mut priced = self.live.heads.iter().filter(|head| self.prices(head));
        if priced.any(|head| now.get(&head.item) != Some(&head.n)) {
            return Ok(false);
        }
        for head in &heads {
            let known = self.live.head(head.item).is_some_and(|known| known.n == head.n);
            if !known && self.would_price(tx, head).await? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// A list that others name as their base is asked whatever it says itself.
    fn prices(&self, head: &InForce) -> bool {
        let is_his = || self.live.book.list_of(head.item).is_none_or(|list| list.is_for(&self.customer));
        head.kind.prices() && (self.live.bases.contains(&head.item) || (self.is_near(head.scope) && is_his()))
    }

    /// The same of a revision that the snapshot does not hold: by the row of the whole list.
    async fn would_price(&self, tx: &mut Tx<'_>, head: &InForce) -> Result<bool, StoreError> {
        let near = self.is_near(head.scope) || self.live.bases.contains(&head.item);
        if !head.kind.prices() || !near || head.kind != Kind::PriceList {
            return Ok(head.kind.prices() && near);
        }
        let Some(row) = list_row(tx, head.item, head.n).await? else { return Ok(true) };
        let revision = Revision { item: head.item, n: head.n };
        let place = ListHead { revision, name: &head.name, scope: head.scope, regions: &self.live.regions };
        Ok(self.live.bases.contains(&head.item) || row.is_for(&place, &self.customer))
    }

    /// Whether what stands at this place can concern the document: everything but what is another region's own.
    fn is_near(&self, scope: OrgId) -> bool {
        let above = || self.paths.iter().any(|path| path.contains(&format!("/{}/", scope.0)));
        !self.live.regions.contains_key(&scope) || self.region == Some(scope) || above()
    }
}
