//! What a draft changes, as far as the person reads what it stands on.

use std::collections::BTreeMap;

use domain::access::Actor;
use domain::config::{Change, Counts, Delta, Kind, Rows, apply, changes_of, delta_between};
use store::config::{Draft, RowPage};
use store::{StoreError, Tx};

use super::whom::{hidden_base, list_of_draft, own_changes, strange_regions};

/// More rows than any item has.
pub(super) const ROWS_ALL: u32 = 1_000_000;
/// More keys than this are not looked up one by one: then all rows are read.
const KEYS_ONE_BY_ONE: usize = 1_000;

/// What the draft changes of what the person reads, and the revision beside which it is told: 0 where its base is for
/// others alone, so that all it holds is new.
pub(super) async fn told_changes(
    tx: &mut Tx<'_>,
    actor: &Actor,
    draft: &Draft,
) -> Result<(Vec<Change>, i64), StoreError> {
    let base_hidden = hidden_base(tx, actor, draft).await?;
    let changes = if base_hidden {
        let base = store::config::rows_map(tx, draft.item, draft.base_n).await?;
        let delta = store::config::delta(tx, draft.id).await?;
        let delta: Delta = delta.into_iter().map(|row| (row.key, row.content)).collect();
        changes_of(&Rows::new(), &delta_between(&Rows::new(), &apply(&base, &delta)))
    } else {
        let all = RowPage { after: None, pattern: "%".to_string(), limit: ROWS_ALL };
        let changed = store::config::changed_rows_page(tx, draft.id, &all).await?;
        let change =
            |row: store::config::DraftRow| Change { key: row.key, before: row.before, after: row.after };
        changed.into_iter().map(change).collect()
    };
    let changes = own_changes(tx, actor, (draft.kind, base_hidden), changes).await?;
    Ok((changes, if base_hidden { 0 } else { draft.base_n }))
}

/// How much the draft changes of what the person reads.
pub(super) async fn told_counts(tx: &mut Tx<'_>, actor: &Actor, draft: &Draft) -> Result<Counts, StoreError> {
    let whole = strange_regions(tx, actor, draft.kind).await?.is_none();
    let (counts, base_n) = if whole && !hidden_base(tx, actor, draft).await? {
        (store::config::delta_counts(tx, draft.id).await?, draft.base_n)
    } else {
        let (changes, base_n) = told_changes(tx, actor, draft).await?;
        (Counts::of(&changes), base_n)
    };
    Ok(draft.kind.counted(counts, base_n == 0))
}

/// Whether the prices of the list as the draft makes it include tax.
pub(super) async fn sold_with_tax(tx: &mut Tx<'_>, draft: &Draft) -> Result<bool, StoreError> {
    if draft.kind != Kind::PriceList {
        return Ok(true);
    }
    Ok(list_of_draft(tx, draft).await?.is_none_or(|list| list.includes_tax))
}

/// What the draft has under these keys, beside its base.
pub(super) async fn changes_at_keys(
    tx: &mut Tx<'_>,
    draft: &Draft,
    keys: Vec<String>,
) -> Result<BTreeMap<String, Change>, StoreError> {
    let (base, delta) = if keys.len() > KEYS_ONE_BY_ONE {
        let delta = store::config::delta(tx, draft.id).await?;
        let delta: Delta = delta.into_iter().map(|row| (row.key, row.content)).collect();
        (store::config::rows_map(tx, draft.item, draft.base_n).await?, delta)
    } else {
        let base = store::config::rows_at_keys(tx, draft.item, draft.base_n, &keys).await?;
        (base, store::config::delta_at_keys(tx, draft.id, &keys).await?)
    };
    let change = |key: String| {
        let before = base.get(&key).cloned();
        let after = delta.get(&key).cloned().unwrap_or(before.clone());
        (key.clone(), Change { key, before, after })
    };
    Ok(keys.into_iter().map(change).collect())
}
