//! What lies around an item when it is checked: the other price lists, the corridor, the tiers of that day.

use std::collections::{BTreeMap, BTreeSet};

use domain::base::{Instant, ItemId, OrgId};
use domain::config::Kind;
use domain::config::kinds::{Around, ScopedList, corridor_rows};
use domain::pricing::checks::leaning_on;
use domain::pricing::{
    ListHead, ListRow, PriceClass, PriceList, Revision, RowFault, price_list_of_rows, tiers_of_rows,
};
use store::config::{Draft, InForce};
use store::{StoreError, Tx};

use super::live::Live;

/// Said where a kind is looked at whose rows are read for no check.
const UNREAD: &str = "no check reads a";

/// The revisions that a check leaned on, besides the item's own.
pub(super) type Leaned = Vec<(ItemId, i64)>;

/// The item that is checked, and the number that its next revision would have.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'a> {
    pub item: ItemId,
    pub kind: Kind,
    pub name: &'a str,
    pub scope: OrgId,
    pub n: i64,
}

impl<'a> Place<'a> {
    pub fn of(draft: &'a Draft) -> Place<'a> {
        let (name, n) = (draft.item_name.as_str(), draft.base_n + 1);
        Place { item: draft.item, kind: draft.kind, name, scope: draft.scope, n }
    }
}

/// With what the surroundings are read.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    pub regions: &'a BTreeMap<OrgId, String>,
    /// The snapshot, of whatever moment: a revision that it holds is never another, and is not read again.
    pub live: &'a Live,
    /// The row of the whole list that is checked; `None` of another kind, or where it cannot be read.
    pub row: Option<&'a ListRow>,
}

impl Known<'_> {
    /// Of these lists those whose prices move with the one at this place: formulas ask no other than one of head office.
    fn leaning<'l>(
        &self,
        place: &Place<'_>,
        lists: impl IntoIterator<Item = &'l PriceList>,
    ) -> BTreeSet<ItemId> {
        match self.row {
            Some(row) if row.class == PriceClass::List => leaning_on(place.item, lists),
            _ => BTreeSet::new(),
        }
    }

    /// Whether the checks have to look at the list beside this place. What is left out is leaned on all the same.
    fn needs(&self, place: &Place<'_>, other: &PriceList) -> bool {
        let revision = Revision { item: place.item, n: place.n };
        let head = ListHead { revision, name: place.name, scope: place.scope, regions: self.regions };
        match (self.row, place.kind) {
            (Some(row), _) => row.looks_at(&head, other),
            // A contract to which no tier applies stays as it is, whatever becomes of the tiers.
            (None, Kind::Tier) => other.class != PriceClass::Contract || other.tier_applies,
            (None, _) => other.class != PriceClass::Contract,
        }
    }
}

/// What lies around the item at `at`, and the revisions on which that leans. Contracts that no customer of this list can
/// have, and whose prices do not move with it, are leaned on and left out.
pub(super) async fn around(
    tx: &mut Tx<'_>,
    place: Place<'_>,
    at: Instant,
    known: Known<'_>,
) -> Result<(Around, Leaned), StoreError> {
    let mut around = Around {
        revision: Revision { item: place.item, n: place.n },
        name: place.name.to_string(),
        scope: place.scope,
        lists: Vec::new(),
        corridor: Vec::new(),
        ask: store::config::keepers(tx).await?,
        tiers: Vec::new(),
    };
    let (mut leaned, mut held) = (Vec::new(), Vec::new());
    for head in store::config::in_force(tx, at).await? {
        if head.item == place.item || !place.kind.looks_at(head.kind) {
            continue;
        }
        leaned.push((head.item, head.n));
        if let Some(list) = known.live.list_at(&head, known.regions) {
            held.push((head.scope, list.list()));
            continue;
        }
        let rows = store::config::rows_of(tx, head.item, head.n).await?;
        add(&mut around, &head, &rows, known.regions)?;
    }
    let read = around.lists.iter().map(|other| &other.list);
    let leaning = known.leaning(&place, read.chain(held.iter().map(|(_, list)| *list)));
    let needs = |list: &PriceList| known.needs(&place, list) || leaning.contains(&list.revision.item);
    around.lists.retain(|other| needs(&other.list));
    let held = held.into_iter().filter(|it| needs(it.1));
    around.lists.extend(held.map(|(scope, list)| ScopedList { scope, list: list.clone() }));
    // Whichever of them the snapshot held, they are found in one order.
    around.lists.sort_by_key(|other| other.list.revision.item);
    Ok((around, leaned))
}

/// The revisions that a check of such an item leans on at `at`.
pub(super) async fn leaned_on(
    tx: &mut Tx<'_>,
    (item, kind): (ItemId, Kind),
    at: Instant,
) -> Result<Leaned, StoreError> {
    let heads = store::config::in_force(tx, at).await?;
    let heads = heads.iter().filter(|head| head.item != item && kind.looks_at(head.kind));
    Ok(heads.map(|head| (head.item, head.n)).collect())
}

fn add(
    around: &mut Around,
    head: &InForce,
    rows: &[(String, String)],
    regions: &BTreeMap<OrgId, String>,
) -> Result<(), StoreError> {
    let revision = Revision { item: head.item, n: head.n };
    let rows = rows.iter().map(|(key, content)| (key.as_str(), content.as_str()));
    let read: Result<(), (String, RowFault)> = match head.kind {
        Kind::PriceList => {
            let place = ListHead { revision, name: &head.name, scope: head.scope, regions };
            price_list_of_rows(&place, rows)
                .map(|list| around.lists.push(ScopedList { scope: head.scope, list }))
        }
        Kind::Tier => tiers_of_rows(revision, rows).map(|tiers| around.tiers.extend(tiers)),
        Kind::PriceCorridor => corridor_rows(rows).map(|rows| around.corridor.extend(rows)),
        // No check looks at these; one that does, and finds nothing here, would pass everything.
        Kind::PriceLimit | Kind::Snippet | Kind::Template | Kind::Seal | Kind::Calendar | Kind::Rule => {
            return Err(StoreError::Decode(format!("{UNREAD} {}", head.kind.key())));
        }
    };
    read.map_err(|(key, fault)| {
        StoreError::Decode(format!("row {key} of {} V{}: {fault:?}", head.name, head.n))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_unread(kind: Kind) -> bool {
        let (item, scope, name) = (ItemId(1), OrgId(1), String::new());
        let mut around = Around {
            revision: Revision { item, n: 1 },
            name: name.clone(),
            scope,
            lists: Vec::new(),
            corridor: Vec::new(),
            ask: Vec::new(),
            tiers: Vec::new(),
        };
        let head = InForce { item, kind, scope, name, n: 1, effective_at: Instant(0) };
        let read = add(&mut around, &head, &[], &BTreeMap::new());
        matches!(read, Err(StoreError::Decode(said)) if said.starts_with(UNREAD))
    }

    #[test]
    fn every_kind_that_a_check_looks_at_is_read_for_it() {
        for kind in Kind::ALL.iter().copied() {
            let looked_at = Kind::ALL.iter().any(|checked| checked.looks_at(kind));
            assert_eq!(is_unread(kind), !looked_at, "{}", kind.key());
        }
    }
}
