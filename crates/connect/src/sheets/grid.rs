//! A grid while it is filled: within the limits of rows, columns, cells and text, whatever the file claims.

use app::ports::Watcher;
use domain::documents::{CellPlace, SheetRefused};
use domain::pricing::import::grid::{Cell, GRID_COLUMNS_MAX, GRID_ROWS_MAX, Grid};

/// Most cells of one file that are kept, the empty ones between others included.
pub const CELLS_MAX: usize = 4_000_000;

/// Most cells of one file that are looked at, empty styled ones included.
const CELLS_SEEN_MAX: usize = 40_000_000;

/// Most text of one file, counted as often as it stands in a cell.
pub const TEXT_MB_MAX: u64 = 200;

/// Most letters of one cell, as Excel has it.
pub const CELL_LETTERS_MAX: usize = 32_767;

/// Most sheets of one file.
pub const SHEETS_MAX: usize = 50;

/// So many cells are made room for at once where the row before has them; rows seldom have more.
const WIDTH_AHEAD_MAX: usize = 16;

/// Whoever waits is told after so many cells.
const CELLS_BETWEEN_WORDS: usize = 8_192;

/// What is left for the sheets of one file, and who waits for it.
pub struct Budget<'w> {
    watcher: &'w dyn Watcher,
    /// Percent told last, and cells seen since.
    told: u8,
    since: usize,
    cells: usize,
    seen: usize,
    text: usize,
}

impl<'w> Budget<'w> {
    /// The allowance of one file that `watcher` waits for.
    pub fn of_file(watcher: &'w dyn Watcher) -> Budget<'w> {
        let text = usize::try_from(TEXT_MB_MAX << 20).unwrap_or(usize::MAX);
        Budget { watcher, told: 0, since: 0, cells: CELLS_MAX, seen: CELLS_SEEN_MAX, text }
    }

    fn take_cells(&mut self, count: usize) -> Result<(), SheetRefused> {
        self.cells = self.cells.checked_sub(count).ok_or(SheetRefused::TooManyCells { limit: CELLS_MAX })?;
        Ok(())
    }

    fn take_text(&mut self, bytes: usize) -> Result<(), SheetRefused> {
        self.text = self.text.checked_sub(bytes).ok_or(SheetRefused::TooLarge { limit_mb: TEXT_MB_MAX })?;
        Ok(())
    }

    /// Tells whoever waits how far the sheet is; the next sheet goes on from where the last one ended.
    fn tell(&mut self, row: usize, rows: usize) -> Result<(), SheetRefused> {
        self.since += 1;
        if self.since < CELLS_BETWEEN_WORDS {
            return Ok(());
        }
        self.since = 0;
        let percent = (row.min(rows) * 100).checked_div(rows).unwrap_or(0);
        self.told = self.told.max(u8::try_from(percent).unwrap_or(100));
        if self.watcher.goes_on(self.told) { Ok(()) } else { Err(SheetRefused::Stopped) }
    }

    fn see(&mut self) -> Result<(), SheetRefused> {
        self.seen = self.seen.checked_sub(1).ok_or(SheetRefused::TooManyCells { limit: CELLS_SEEN_MAX })?;
        Ok(())
    }
}

/// One sheet being filled.
pub struct GridBuilder<'a, 'w> {
    grid: Grid,
    budget: &'a mut Budget<'w>,
    /// Rows that the sheet says it has.
    expected: usize,
    /// Cells of the row that was filled before, which the next one has mostly too.
    width: usize,
}

impl<'a, 'w> GridBuilder<'a, 'w> {
    /// An empty sheet that draws on `budget`.
    pub fn new(sheet: &str, budget: &'a mut Budget<'w>) -> GridBuilder<'a, 'w> {
        GridBuilder {
            grid: Grid { sheet: sheet.to_string(), rows: Vec::new() },
            budget,
            expected: 0,
            width: 0,
        }
    }

    /// The sheet says that it has so many rows: only for telling how far reading is.
    pub fn expect_rows(&mut self, rows: u32) {
        self.expected = index(rows);
    }

    /// Puts `cell` at row and column, both from 0. Empty cells take no place, wherever they are.
    pub fn put(&mut self, row: u32, column: u32, cell: Cell) -> Result<(), SheetRefused> {
        self.budget.see()?;
        if cell == Cell::Empty {
            return Ok(());
        }
        let (row, column) = (index(row), index(column));
        self.check_place(row, column)?;
        self.check_text(row, column, &cell)?;
        self.budget.tell(row, self.expected)?;
        self.budget.take_text(text_bytes(&cell))?;
        self.set(row, column, cell)
    }

    /// The cells of a merged area, from its first to its last corner, say what the first one says.
    pub fn merge(&mut self, first: (u32, u32), last: (u32, u32)) -> Result<(), SheetRefused> {
        let (top, left) = (index(first.0), index(first.1));
        let bottom = index(last.0).min(self.grid.rows.len().saturating_sub(1));
        let right = index(last.1).min(GRID_COLUMNS_MAX - 1);
        let text = self.grid.cell(top, left).text();
        if text.is_empty() {
            return Ok(());
        }
        for row in top..=bottom {
            for column in left..=right {
                self.budget.see()?;
                if (row, column) != (top, left) {
                    self.budget.take_text(text.len())?;
                    self.set(row, column, Cell::Merged(text.clone()))?;
                }
            }
        }
        Ok(())
    }

    /// The filled sheet.
    pub fn finish(self) -> Grid {
        self.grid
    }

    fn check_place(&self, row: usize, column: usize) -> Result<(), SheetRefused> {
        let sheet = || self.grid.sheet.clone();
        if row >= GRID_ROWS_MAX {
            return Err(SheetRefused::TooManyRows { sheet: sheet(), limit: GRID_ROWS_MAX });
        }
        if column >= GRID_COLUMNS_MAX {
            return Err(SheetRefused::TooManyColumns { sheet: sheet(), limit: GRID_COLUMNS_MAX });
        }
        Ok(())
    }

    fn check_text(&self, row: usize, column: usize, cell: &Cell) -> Result<(), SheetRefused> {
        let letters = cell.written().filter(|text| text.len() > CELL_LETTERS_MAX);
        if letters.is_none_or(|text| text.chars().count() <= CELL_LETTERS_MAX) {
            return Ok(());
        }
        let place = Some(CellPlace { sheet: self.grid.sheet.clone(), row, column });
        Err(SheetRefused::CellTooLong { place, limit: CELL_LETTERS_MAX })
    }

    fn set(&mut self, row: usize, column: usize, cell: Cell) -> Result<(), SheetRefused> {
        let missing_rows = (row + 1).saturating_sub(self.grid.rows.len());
        if missing_rows > 0 {
            self.budget.take_cells(missing_rows)?;
            self.width = self.grid.rows.last().map_or(0, Vec::len);
            self.grid.rows.resize_with(row + 1, Vec::new);
        }
        let Some(cells) = self.grid.rows.get_mut(row) else { return Ok(()) };
        let missing_cells = (column + 1).saturating_sub(cells.len());
        if missing_cells > 0 {
            self.budget.take_cells(missing_cells)?;
            if cells.is_empty() {
                cells.reserve_exact(self.width.min(WIDTH_AHEAD_MAX).max(column + 1));
            }
            cells.resize(column + 1, Cell::Empty);
        }
        if let Some(place) = cells.get_mut(column) {
            *place = cell;
        }
        Ok(())
    }
}

fn index(position: u32) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}

fn text_bytes(cell: &Cell) -> usize {
    match cell {
        Cell::Empty | Cell::Day(_) => 0,
        Cell::Text(text) | Cell::Number(text) | Cell::Error(text) | Cell::Merged(text) => text.len(),
    }
}
