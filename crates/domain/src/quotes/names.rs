//! Names that a draft holds, each in one line; those that it holds already stay.

use std::collections::HashSet;

use super::draft::{DraftLine, plain};
use super::terms::Terms;
use crate::base::{Invalid, Judge, name_fault};

/// Names that are not looked at again when a draft is read as it was typed.
#[derive(Clone, Debug)]
pub enum KnownNames {
    /// Nothing is kept of what is read: no name matters.
    All,
    /// These stand in the draft already.
    Of(HashSet<String>),
}

impl KnownNames {
    /// Of a draft that nobody has saved yet.
    pub fn none() -> KnownNames {
        KnownNames::Of(HashSet::new())
    }

    /// Of a draft with these lines and terms: what no new name may be, kept since a time when it might.
    pub fn of(lines: &[DraftLine], terms: &Terms) -> KnownNames {
        let of_lines = lines.iter().flat_map(|line| {
            let own = line.extra.own.iter().flat_map(|own| [&own.name, &own.spec, &own.supplier]);
            [&line.unit, &line.extra.group].into_iter().chain(own)
        });
        let names = of_lines.chain([&terms.site_contact, &terms.site_phone]);
        KnownNames::Of(names.filter(|name| name_fault(name).is_some()).cloned().collect())
    }

    /// Notes what keeps `typed` from standing at `path`.
    pub(super) fn check(
        &self,
        path: impl FnOnce() -> String,
        typed: &str,
        judge: Judge,
        faults: &mut Invalid,
    ) {
        let known = match self {
            KnownNames::All => true,
            KnownNames::Of(names) => names.contains(&plain(typed)),
        };
        if let Some(fault) = judge(typed).filter(|_| !known) {
            faults.add(path(), fault);
        }
    }
}
