//! A small write, to learn whether anything can be kept at all.

use std::io::Write;
use std::path::Path;

use crate::engine::private;
use crate::{Store, StoreError, Tx, params};

const MARK: &str = "
    INSERT INTO number_series (series, last) VALUES ($1, 0)
    ON CONFLICT (series) DO UPDATE SET last = 1 - number_series.last";
const SERIES: &str = "probe";
/// SQLite writes a mark over room that it has taken before, so that a full disk shows only where new room is asked for.
const ROOM_BYTES: usize = 256 * 1_024;
/// The file that asks for it, beside the database.
pub(crate) const ROOM: &str = "probe.part";

/// Writes and commits a mark of its own; an error when the disk is full or nothing can be written.
pub async fn write(store: &Store) -> Result<(), StoreError> {
    if let Some(folder) = store.folder() {
        let place = folder.join(ROOM);
        let asked = tokio::task::spawn_blocking(move || ask_for_room(&place)).await;
        asked.map_err(|error| StoreError::Unavailable(error.to_string()))??;
    }
    store.change(|tx| Box::pin(mark(tx))).await
}

async fn mark(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    tx.exec(MARK, params![SERIES]).await.map(|_| ())
}

fn ask_for_room(place: &Path) -> Result<(), StoreError> {
    let written = private::create(place).and_then(|mut file| {
        file.write_all(&vec![1; ROOM_BYTES])?;
        file.sync_all()
    });
    let removed = std::fs::remove_file(place);
    written?;
    Ok(removed?)
}
