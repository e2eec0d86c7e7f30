//! Views of lists as a person keeps them: which columns in which order, which filters, sorted by what.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::base::{FieldFault, Invalid, visible};

/// So many views of one list a person keeps.
pub const VIEWS_MAX: usize = 20;
/// The longest name of a view.
pub const VIEW_NAME_LETTERS_MAX: usize = 30;
const COLUMNS_MAX: usize = 30;
const FILTERS_MAX: usize = 20;
const KEY_LETTERS_MAX: usize = 40;
const VALUE_LETTERS_MAX: usize = 100;

/// Which list a view is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListName {
    Quotes,
    Orders,
    Customers,
}

/// What a view shows. Names of columns and filters are the list's own; a list leaves out what it does not know.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewSettings {
    pub columns: Vec<String>,
    pub filters: BTreeMap<String, String>,
    pub sort: Option<String>,
}

impl ListName {
    pub const ALL: [ListName; 3] = [ListName::Quotes, ListName::Orders, ListName::Customers];

    /// The name in the database and on the wire.
    pub fn key(self) -> &'static str {
        match self {
            ListName::Quotes => "quotes",
            ListName::Orders => "orders",
            ListName::Customers => "customers",
        }
    }

    pub fn from_key(key: &str) -> Option<ListName> {
        ListName::ALL.into_iter().find(|list| list.key() == key)
    }
}

/// The name of a view and its settings, when both can be kept. `known` are the names that the person's views have already:
/// one that stands is not looked at again.
pub fn accept_view(
    name: &str,
    settings: ViewSettings,
    known: &[&str],
) -> Result<(String, ViewSettings), Invalid> {
    let mut faults = Invalid::default();
    let name = match known.iter().find(|known| **known == visible(name)) {
        Some(known) => (*known).to_string(),
        None => faults.name("name", name, VIEW_NAME_LETTERS_MAX),
    };
    let long = |text: &str, max: usize| text.chars().count() > max;
    if settings.columns.len() > COLUMNS_MAX {
        faults.add("columns", FieldFault::TooMany { count_max: COLUMNS_MAX });
    }
    let different: BTreeSet<&String> = settings.columns.iter().collect();
    if different.len() < settings.columns.len() {
        faults.add("columns", FieldFault::Repeated);
    }
    if settings.columns.iter().any(|column| long(column, KEY_LETTERS_MAX)) {
        faults.add("columns", FieldFault::TooLong { letters_max: KEY_LETTERS_MAX });
    }
    if settings.filters.len() > FILTERS_MAX {
        faults.add("filters", FieldFault::TooMany { count_max: FILTERS_MAX });
    }
    let filters = settings.filters.iter();
    if filters.clone().any(|(key, value)| long(key, KEY_LETTERS_MAX) || long(value, VALUE_LETTERS_MAX)) {
        faults.add("filters", FieldFault::TooLong { letters_max: VALUE_LETTERS_MAX });
    }
    if settings.sort.as_deref().is_some_and(|sort| long(sort, KEY_LETTERS_MAX)) {
        faults.add("sort", FieldFault::TooLong { letters_max: KEY_LETTERS_MAX });
    }
    faults.or_go_on()?;
    Ok((name, settings))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(columns: &[&str]) -> ViewSettings {
        ViewSettings { columns: columns.iter().map(|it| it.to_string()).collect(), ..ViewSettings::default() }
    }

    #[test]
    fn a_view_has_a_name_and_no_column_twice() {
        assert!(
            accept_view(" 本月要催的 ", settings(&["number", "net"]), &[])
                .is_ok_and(|(name, _)| name == "本月要催的")
        );
        assert!(accept_view(" ", settings(&[]), &[]).is_err());
        assert!(accept_view(&"长".repeat(31), settings(&[]), &[]).is_err());
        assert!(accept_view("a", settings(&["net", "net"]), &[]).is_err());
        assert!(accept_view("a", settings(&["x"; 31]), &[]).is_err());
        assert!(accept_view("催\n款", settings(&[]), &["催", "款"]).is_err());
        let old = accept_view("催\n款", settings(&[]), &["催\n款"]).map(|(name, _)| name);
        assert_eq!(old.as_deref(), Ok("催\n款"), "the view of old is changed under its name");
    }
}
