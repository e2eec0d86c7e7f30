//! Which lists the formulas of another list may ask.

use std::collections::{BTreeMap, BTreeSet};

use domain::access::Actor;
use domain::base::{FieldFault, Invalid, ItemId};
use domain::config::{Change, Kind};
use domain::pricing::PriceClass;
use domain::words::price_rows::NO_BASE;
use store::config::{DeltaRow, Draft};
use store::{StoreError, Tx};

use super::drafts::standing;
use super::making::list_row;
use super::whom::strange_lists;

/// Of the lists that rows take as their base, those that are none for this person: unseen, not there, never published, or
/// no list of head office for all. They are refused alike, so that no number tells whether there is a list.
#[derive(Clone, Debug, Default)]
pub(super) struct Bases {
    unfit: BTreeSet<ItemId>,
}

impl Bases {
    /// Looks at the lists that rows of this draft name.
    pub async fn of(
        tx: &mut Tx<'_>,
        actor: &Actor,
        draft: &Draft,
        named: &[ItemId],
    ) -> Result<Bases, StoreError> {
        let mut unfit = strange_lists(tx, actor, named.to_vec()).await?;
        for id in named {
            let fits = *id != draft.item && !unfit.contains(id) && is_for_all(tx, *id).await?;
            if !fits {
                unfit.insert(*id);
            }
        }
        Ok(Bases { unfit })
    }

    /// Refuses rows that take one of them, unless it stands there already: whoever may not see it may change the rest.
    /// `places` says which row of the request stands under a key.
    pub fn check(
        &self,
        kind: Kind,
        (rows, current): (&[DeltaRow], &BTreeMap<String, Change>),
        places: &BTreeMap<String, usize>,
    ) -> Result<(), Invalid> {
        let mut faults = Invalid::default();
        for row in rows {
            let base = row.content.as_deref().and_then(|content| kind.base(content));
            let stands = standing(current, &row.key).and_then(|content| kind.base(content));
            if base != stands && base.is_some_and(|base| self.unfit.contains(&base)) {
                let place = places.get(&row.key).copied().unwrap_or_default();
                faults.add(format!("put[{place}].content.base"), FieldFault::Said(NO_BASE.to_string()));
            }
        }
        faults.or_go_on()
    }
}

/// Whether it is a list of head office for all that was published.
async fn is_for_all(tx: &mut Tx<'_>, id: ItemId) -> Result<bool, StoreError> {
    if store::config::item(tx, id).await?.is_none_or(|item| item.kind != Kind::PriceList) {
        return Ok(false);
    }
    let head = store::config::history(tx, id).await?.head().map(|head| head.n);
    let Some(n) = head else { return Ok(false) };
    Ok(list_row(tx, id, n).await?.is_some_and(|list| list.class == PriceClass::List))
}
