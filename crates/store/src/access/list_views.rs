//! Views of lists, each person's own.

use domain::access::{ListName, ViewSettings};
use domain::base::{Instant, PersonId};

use crate::{Row, StoreError, Tx, params};

/// A view as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListView {
    pub id: i64,
    pub name: String,
    pub settings: ViewSettings,
}

const VIEWS: &str = "
    SELECT id, name, settings FROM list_view WHERE person_id = $1 AND list = $2 ORDER BY id LIMIT 100";
const PUT: &str = "
    INSERT INTO list_view (person_id, list, name, settings, updated_at) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (person_id, list, name) DO UPDATE SET settings = excluded.settings, updated_at = excluded.updated_at
    RETURNING id";
const DELETE: &str = "DELETE FROM list_view WHERE id = $1 AND person_id = $2";

/// The views of one list that a person keeps, oldest first.
pub async fn list_views(
    tx: &mut Tx<'_>,
    person: PersonId,
    list: ListName,
) -> Result<Vec<ListView>, StoreError> {
    tx.query(VIEWS, params![person, list.key()]).await?.iter().map(view_of).collect()
}

/// Keeps a view under its name; one of the same name is replaced.
pub async fn put_list_view(
    tx: &mut Tx<'_>,
    person: PersonId,
    list: ListName,
    name: &str,
    settings: &ViewSettings,
    now: Instant,
) -> Result<i64, StoreError> {
    let settings = serde_json::to_string(settings).map_err(|error| StoreError::Decode(error.to_string()))?;
    tx.insert(PUT, params![person, list.key(), name, settings, now]).await
}

/// Forgets a view; `false` when the person has none of that number.
pub async fn delete_list_view(tx: &mut Tx<'_>, person: PersonId, id: i64) -> Result<bool, StoreError> {
    Ok(tx.exec(DELETE, params![id, person]).await? == 1)
}

fn view_of(row: &Row) -> Result<ListView, StoreError> {
    let settings = serde_json::from_str(&row.text("settings")?);
    Ok(ListView {
        id: row.int("id")?,
        name: row.text("name")?,
        settings: settings.map_err(|error| StoreError::Decode(error.to_string()))?,
    })
}
