//! What lies around an item when it is checked: the other price lists, the corridor, the tiers of that day.

use std::collections::BTreeMap;

use domain::base::{BasisPoints, Instant, ItemId, OrgId};
use domain::config::Kind;
use domain::config::kinds::{Around, ScopedList, corridor_rows};
use domain::pricing::{ListHead, Revision, RowFault, price_list_of_rows, tiers_of_rows};
use store::config::{Draft, InForce};
use store::{StoreError, Tx};

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

/// What lies around the item at `at`, and the revisions that were read for it.
pub(super) async fn around(
    tx: &mut Tx<'_>,
    place: Place<'_>,
    at: Instant,
    regions: &BTreeMap<OrgId, String>,
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
    let mut leaned = Vec::new();
    for head in store::config::in_force(tx, at).await? {
        if head.item == place.item || !place.kind.looks_at(head.kind) {
            continue;
        }
        let rows = store::config::rows_of(tx, head.item, head.n).await?;
        leaned.push((head.item, head.n));
        add(&mut around, &head, &rows, regions)?;
    }
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
        Kind::Tier => tiers_of_rows(revision, rows).map(|tiers| {
            let percents = tiers.into_iter().map(|tier| tier.percent);
            around.tiers.extend(percents.collect::<Vec<BasisPoints>>());
        }),
        Kind::PriceCorridor => corridor_rows(rows).map(|rows| around.corridor.extend(rows)),
        // Other kinds are looked at by no check.
        _ => Ok(()),
    };
    read.map_err(|(key, fault)| {
        StoreError::Decode(format!("row {key} of {} V{}: {fault:?}", head.name, head.n))
    })
}
