//! Workbooks of ours that come back: told from other files by their heads, and read once, however often they are looked
//! at before they are taken over.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant as Stopwatch};

use domain::pricing::import::ImportRefused;
use domain::pricing::import::grid::Grid;
use store::files::FileFacts;
use tokio::sync::Semaphore;

use super::price_sheet::is_price_sheet;
use super::publish::off_threads;
use crate::{AppError, Ctx};

/// Large files take memory: so many are read at once by one server.
const READERS: usize = 2;
/// A sheet of more cells is not held, but read again.
const HELD_CELLS_MAX: usize = 300_000;
/// Between looking at a sheet and taking it over, people think at most so long.
const HELD_FOR: Duration = Duration::from_secs(600);

/// Whoever reads a file that somebody handed in waits for a turn.
pub(super) static TURNS: Semaphore = Semaphore::const_new(READERS);

/// The sheet that was read last, for whoever asks about its file again; clones share it.
#[derive(Clone, Debug, Default)]
pub struct ReturnedCell {
    held: Arc<Mutex<Option<Held>>>,
}

#[derive(Debug)]
struct Held {
    /// Hash of the file.
    file: String,
    grid: Arc<Grid>,
    since: Stopwatch,
}

impl ReturnedCell {
    fn of(&self, file: &str) -> Option<Arc<Grid>> {
        let mut held = self.held.lock().ok()?;
        held.take_if(|held| held.since.elapsed() >= HELD_FOR);
        held.as_ref().filter(|held| held.file == file).map(|held| held.grid.clone())
    }

    fn hold(&self, file: &str, grid: &Arc<Grid>) {
        let cells: usize = grid.rows.iter().map(Vec::len).sum();
        if let (true, Ok(mut held)) = (cells <= HELD_CELLS_MAX, self.held.lock()) {
            *held = Some(Held { file: file.to_string(), grid: grid.clone(), since: Stopwatch::now() });
        }
    }

    /// Nobody asks about this file any more.
    pub(super) fn let_go(&self, file: &str) {
        if let Ok(mut held) = self.held.lock() {
            held.take_if(|held| held.file == file);
        }
    }
}

/// The sheet of a workbook that went out from here; `None` for any other file, of which only the heads are read.
pub(super) async fn own_sheet(ctx: &Ctx, file: &FileFacts) -> Result<Option<Arc<Grid>>, AppError> {
    if let Some(grid) = ctx.returned.of(&file.hash) {
        return Ok(Some(grid));
    }
    let reader = ctx.sheets.clone().ok_or(ImportRefused::NoReader)?;
    let _turn = TURNS.acquire().await;
    // Somebody else may have read it while this one waited for a turn.
    if let Some(grid) = ctx.returned.of(&file.hash) {
        return Ok(Some(grid));
    }
    let bytes = store::files::whole(&ctx.store, &file.hash).await?;
    let name = file.name.clone();
    let read = off_threads(move || {
        if !reader.heads(&name, &bytes)?.iter().any(is_price_sheet) {
            return Ok::<_, AppError>(None);
        }
        let grids = reader.read(&name, &bytes)?;
        Ok(grids.into_iter().find(is_price_sheet).map(Arc::new))
    });
    let grid = read.await??;
    if let Some(grid) = &grid {
        ctx.returned.hold(&file.hash, grid);
    }
    Ok(grid)
}
