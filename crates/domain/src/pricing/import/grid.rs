//! A sheet as text cells: what a reader of xlsx, xls or csv hands over, whatever the file was.

use crate::base::Date;

/// Most rows of one sheet that an import reads.
pub const GRID_ROWS_MAX: usize = 200_000;
/// Most columns of one sheet that an import reads.
pub const GRID_COLUMNS_MAX: usize = 100;

/// One sheet. `rows[0]` is row 1 of the sheet: a reader keeps blank rows, so that row numbers are those people see.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grid {
    /// Name of the sheet; of a csv the file name.
    pub sheet: String,
    pub rows: Vec<Vec<Cell>>,
}

/// One cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Cell {
    #[default]
    Empty,
    /// Text as typed, or any field of a csv.
    Text(String),
    /// A number as plain decimal text without grouping, the shortest that reads back as the cell's value: `1280.5`.
    Number(String),
    /// A cell that the sheet formats as a date.
    Day(Date),
    /// What a formula failed with: `#N/A`, `#REF!`.
    Error(String),
    /// A cell covered by a merged one: the text of the merged cell.
    Merged(String),
}

impl Grid {
    /// The cell at `row` and `column`, both from 0; beyond the end it is empty.
    pub fn cell(&self, row: usize, column: usize) -> &Cell {
        self.rows.get(row).and_then(|cells| cells.get(column)).unwrap_or(&Cell::Empty)
    }

    /// Width of the widest row.
    pub fn columns(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or(0)
    }
}

impl Cell {
    /// The cell as people see it; empty when there is nothing.
    pub fn text(&self) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Text(text) | Cell::Number(text) | Cell::Error(text) | Cell::Merged(text) => text.clone(),
            Cell::Day(day) => day.to_string(),
        }
    }

    /// The text of a cell that has one as written; nothing for days and empty cells.
    pub fn written(&self) -> Option<&str> {
        match self {
            Cell::Text(text) | Cell::Number(text) | Cell::Error(text) | Cell::Merged(text) => Some(text),
            Cell::Empty | Cell::Day(_) => None,
        }
    }

    /// Nothing, or only spaces.
    pub fn is_blank(&self) -> bool {
        match self {
            Cell::Day(_) => false,
            _ => self.written().is_none_or(|text| text.trim().is_empty()),
        }
    }
}

/// `A` for column 0, `AA` for column 26, as a sheet names its columns.
pub fn column_letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    loop {
        let letter = u8::try_from(rest % 26).unwrap_or(0);
        letters.push(char::from(b'A' + letter));
        if rest < 26 {
            break;
        }
        rest = rest / 26 - 1;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_in_a_sheet() {
        for (column, letters) in
            [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")]
        {
            assert_eq!(column_letters(column), letters);
        }
    }

    #[test]
    fn beyond_the_end_everything_is_empty() {
        let grid =
            Grid { sheet: "价格".to_string(), rows: vec![vec![Cell::Text("编码".to_string())], vec![]] };
        assert_eq!(grid.cell(0, 0).text(), "编码");
        assert!(grid.cell(0, 1).is_blank() && grid.cell(1, 0).is_blank() && grid.cell(9, 9).is_blank());
        assert_eq!(grid.columns(), 1);
    }
}
