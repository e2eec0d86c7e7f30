//! A grid while it is filled: within the limits of rows, columns, cells and text, whatever the file claims.

use domain::documents::SheetRefused;
use domain::pricing::import::grid::{Cell, GRID_COLUMNS_MAX, GRID_ROWS_MAX, Grid};

/// Most cells of one file that are kept, the empty ones between others included.
pub const CELLS_MAX: usize = 4_000_000;

/// Most cells of one file that are looked at, empty styled ones included.
const CELLS_SEEN_MAX: usize = 40_000_000;

/// Most text of one file, counted as often as it stands in a cell.
pub const TEXT_MB_MAX: u64 = 200;

/// Most sheets of one file.
pub const SHEETS_MAX: usize = 50;

/// What is left for the sheets of one file.
pub struct Budget {
    cells: usize,
    seen: usize,
    text: usize,
}

impl Budget {
    /// The allowance of one file.
    pub fn of_file() -> Budget {
        let text = usize::try_from(TEXT_MB_MAX << 20).unwrap_or(usize::MAX);
        Budget { cells: CELLS_MAX, seen: CELLS_SEEN_MAX, text }
    }

    fn take_cells(&mut self, count: usize) -> Result<(), SheetRefused> {
        self.cells = self.cells.checked_sub(count).ok_or(SheetRefused::TooManyCells { limit: CELLS_MAX })?;
        Ok(())
    }

    fn take_text(&mut self, bytes: usize) -> Result<(), SheetRefused> {
        self.text = self.text.checked_sub(bytes).ok_or(SheetRefused::TooLarge { limit_mb: TEXT_MB_MAX })?;
        Ok(())
    }

    fn see(&mut self) -> Result<(), SheetRefused> {
        self.seen = self.seen.checked_sub(1).ok_or(SheetRefused::TooManyCells { limit: CELLS_SEEN_MAX })?;
        Ok(())
    }
}

/// One sheet being filled.
pub struct GridBuilder<'a> {
    grid: Grid,
    budget: &'a mut Budget,
}

impl<'a> GridBuilder<'a> {
    /// An empty sheet that draws on `budget`.
    pub fn new(sheet: &str, budget: &'a mut Budget) -> GridBuilder<'a> {
        GridBuilder { grid: Grid { sheet: sheet.to_string(), rows: Vec::new() }, budget }
    }

    /// Puts `cell` at row and column, both from 0. Empty cells take no place, wherever they are.
    pub fn put(&mut self, row: u32, column: u32, cell: Cell) -> Result<(), SheetRefused> {
        self.budget.see()?;
        if cell == Cell::Empty {
            return Ok(());
        }
        let (row, column) = (index(row), index(column));
        self.check_place(row, column)?;
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

    fn set(&mut self, row: usize, column: usize, cell: Cell) -> Result<(), SheetRefused> {
        let missing_rows = (row + 1).saturating_sub(self.grid.rows.len());
        if missing_rows > 0 {
            self.budget.take_cells(missing_rows)?;
            self.grid.rows.resize_with(row + 1, Vec::new);
        }
        let Some(cells) = self.grid.rows.get_mut(row) else { return Ok(()) };
        let missing_cells = (column + 1).saturating_sub(cells.len());
        if missing_cells > 0 {
            self.budget.take_cells(missing_cells)?;
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
