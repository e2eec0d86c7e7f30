//! Pages of a list, and the mark from which the next one goes on.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::base::{FieldFault, Invalid, Limit};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// One page of a list; `next` is what `after` must be for the following one, null at the end.
#[derive(Serialize, ToSchema)]
pub struct Page<T> {
    pub items: Vec<T>,
    pub next: Option<String>,
}

/// A record by its number and name.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Ref {
    pub id: i64,
    pub name: String,
}

/// Which page of a list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Paging {
    /// How many, 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub after: Option<String>,
}

impl Paging {
    pub fn limit(&self) -> Result<Limit, Invalid> {
        Limit::new(self.limit, Limit::MAX)
    }

    /// The mark inside `after`.
    pub fn after<T: DeserializeOwned>(&self) -> Result<Option<T>, Invalid> {
        mark_of(self.after.as_deref())
    }
}

/// Writes the place of a record in its order as an opaque mark.
pub fn mark<T: Serialize>(place: &T) -> String {
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(place).unwrap_or_default())
}

/// Reads a mark back; one that we did not write is refused.
pub fn mark_of<T: DeserializeOwned>(after: Option<&str>) -> Result<Option<T>, Invalid> {
    let Some(after) = after.filter(|after| !after.is_empty()) else { return Ok(None) };
    let refused = || Invalid::one("after", FieldFault::NoMark);
    let bytes = URL_SAFE_NO_PAD.decode(after).map_err(|_| refused())?;
    serde_json::from_slice(&bytes).map(Some).map_err(|_| refused())
}

/// Columns by their names, separated by commas; of another name it is said which there are.
pub fn columns_of<T: Copy, const N: usize>(
    text: &str,
    all: [T; N],
    key: fn(T) -> &'static str,
) -> Result<Vec<T>, Invalid> {
    let names = text.split(',').map(str::trim).filter(|name| !name.is_empty());
    let column = |name: &str| {
        let found = all.into_iter().find(|column| key(*column) == name);
        found.ok_or_else(|| Invalid::none_of("columns", all.map(key)))
    };
    names.map(column).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_column_that_there_is_not_it_is_said_which_there_are() {
        let (all, key) = ([true, false], |it: bool| if it { "number" } else { "net" });
        assert_eq!(columns_of("net, number,", all, key), Ok(vec![false, true]));
        let refused = columns_of("number,price", all, key).unwrap_err();
        assert!(domain::base::Refusal::sentence(&refused).contains("number、net。"), "{refused:?}");
    }

    #[test]
    fn a_mark_reads_back_and_a_foreign_one_is_refused() {
        assert_eq!(mark_of::<(i64, String)>(Some(&mark(&(7, "晨光")))), Ok(Some((7, "晨光".to_string()))));
        assert_eq!(mark_of::<i64>(None), Ok(None));
        let refused = mark_of::<i64>(Some("abc")).unwrap_err();
        assert!(domain::base::Refusal::sentence(&refused).contains("第一页"));
        assert!(mark_of::<i64>(Some("%%%")).is_err());
        assert!(mark_of::<i64>(Some(&mark(&"text"))).is_err());
    }
}
