//! Rows of a draft as they were typed: what of them is kept, and what is wrong with the others.

use std::collections::BTreeMap;

use domain::base::{FieldFault, Invalid};
use domain::config::Change;
use domain::config::kinds::{AcceptedRow, KindFacts, RowRefused};
use store::config::{DeltaRow, Draft};

use super::cost::CostSight;
use super::drafts::{RowInput, standing};

/// The rows as they are kept, or every one that cannot be, by its place in the request.
pub(super) fn accepted(
    draft: &Draft,
    (put, delete): (&[RowInput], &[String]),
    (current, facts): (&BTreeMap<String, Change>, &KindFacts),
    cost: CostSight,
) -> Result<Vec<DeltaRow>, Invalid> {
    let mut rows = BTreeMap::new();
    let mut faults = Invalid::default();
    for (place, key) in delete.iter().enumerate() {
        match draft.kind.may_remove(key) {
            Ok(()) => {
                drop(rows.insert(key.clone(), DeltaRow { key: key.clone(), about: None, content: None }))
            }
            Err(refused) => add_fault(&mut faults, format!("delete[{place}]"), &refused),
        }
    }
    for (place, row) in put.iter().enumerate() {
        let content = row.content.to_string();
        let key = row.key.as_deref();
        let now = |key: &str| current.get(key).and_then(|change| change.after.as_deref());
        let accepted = draft.kind.accept(key, &content, now, facts);
        let allowed = |row: AcceptedRow| {
            let stands = standing(current, &row.key);
            draft.kind.check_names(key, &content, stands)?;
            cost.may_write(draft.kind, &row.content, stands).map(|()| row)
        };
        match accepted.and_then(allowed) {
            Ok(row) => {
                let row = DeltaRow { key: row.key, about: row.about, content: Some(row.content) };
                rows.insert(row.key.clone(), row);
            }
            Err(refused) => add_fault(&mut faults, format!("put[{place}]"), &refused),
        }
    }
    faults.or_go_on().map(|()| rows.into_values().collect())
}

fn add_fault(faults: &mut Invalid, path: String, refused: &RowRefused) {
    let path = match domain::words::config::row_field(refused) {
        Some("key") => format!("{path}.key"),
        Some(field) => format!("{path}.content.{field}"),
        None => path,
    };
    faults.add(path, FieldFault::Said(domain::words::config::row_refused(refused)));
}
