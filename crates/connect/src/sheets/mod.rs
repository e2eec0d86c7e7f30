//! Spreadsheets: what people upload becomes text cells, what they export becomes a workbook.

mod archive;
mod compound;
mod delimited;
mod grid;
mod records;
#[cfg(test)]
mod tests;
mod value;
mod workbook;
mod writer;

use app::ports::{SheetReader, SheetTable, SheetWriter, Watcher};
use domain::documents::{FileKind, SheetRefused, is_markup, sniff};
use domain::pricing::import::grid::Grid;

use self::workbook::ALL_ROWS;
use crate::guarded::guarded;

/// Nobody waits.
struct Nobody;

impl Watcher for Nobody {
    fn goes_on(&self, _: u8) -> bool {
        true
    }
}

/// Reads and writes spreadsheets.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sheets;

impl SheetReader for Sheets {
    fn read(&self, name: &str, bytes: &[u8]) -> Result<Vec<Grid>, SheetRefused> {
        self.read_watched(name, bytes, &Nobody)
    }

    fn heads(&self, name: &str, bytes: &[u8]) -> Result<Vec<Grid>, SheetRefused> {
        match checked(name, bytes)? {
            Format::Xlsx => sound(|| workbook::read_xlsx(bytes, &Nobody, 1)),
            Format::Csv => delimited::heads(name, bytes, &Nobody).map(|grid| vec![grid]),
            // The old format is small, and gives its rows only all at once.
            Format::Xls => {
                let mut grids = self.read(name, bytes)?;
                grids.iter_mut().for_each(|grid| grid.rows.truncate(1));
                Ok(grids)
            }
        }
    }

    fn read_watched(
        &self,
        name: &str,
        bytes: &[u8],
        watcher: &dyn Watcher,
    ) -> Result<Vec<Grid>, SheetRefused> {
        match checked(name, bytes)? {
            Format::Xlsx => sound(|| workbook::read_xlsx(bytes, watcher, ALL_ROWS)),
            Format::Xls => sound(|| workbook::read_xls(bytes, watcher)),
            Format::Csv => delimited::read(name, bytes, watcher).map(|grid| vec![grid]),
        }
    }
}

/// How a file keeps its sheets.
enum Format {
    Xlsx,
    Xls,
    Csv,
}

/// How the file keeps its sheets, where its name promises nothing else.
fn checked(name: &str, bytes: &[u8]) -> Result<Format, SheetRefused> {
    if bytes.is_empty() {
        return Err(SheetRefused::Empty);
    }
    if is_markup(bytes) {
        return Err(SheetRefused::WebPage);
    }
    let found = sniff(bytes).ok_or(SheetRefused::NotASheet { found: None })?;
    check_name(name, found)?;
    match found {
        FileKind::Xlsx => Ok(Format::Xlsx),
        FileKind::Xls => Ok(Format::Xls),
        FileKind::Csv => Ok(Format::Csv),
        FileKind::Jpeg | FileKind::Png | FileKind::Webp | FileKind::Heic | FileKind::Pdf => {
            Err(SheetRefused::NotASheet { found: Some(found) })
        }
    }
}

impl SheetWriter for Sheets {
    fn write(&self, tables: &[SheetTable]) -> Result<Vec<u8>, SheetRefused> {
        writer::write(tables)
    }
}

/// A name that promises something else than the content is refused: somebody has mixed up files.
fn check_name(name: &str, found: FileKind) -> Result<(), SheetRefused> {
    const WORKBOOKS: [&str; 4] = ["xlsx", "xlsm", "xls", "et"];
    const TEXTS: [&str; 3] = ["csv", "txt", "tsv"];
    const OTHERS: [&str; 7] = ["png", "jpg", "jpeg", "webp", "heic", "pdf", "html"];
    let Some((_, extension)) = name.rsplit_once('.') else { return Ok(()) };
    let extension = extension.to_ascii_lowercase();
    let promises = |endings: &[&str]| endings.contains(&extension.as_str());
    let contradicts = match found {
        FileKind::Csv => promises(&WORKBOOKS) || promises(&OTHERS),
        FileKind::Xlsx | FileKind::Xls => promises(&TEXTS) || promises(&OTHERS),
        // What is no sheet at all is refused as such.
        FileKind::Jpeg | FileKind::Png | FileKind::Webp | FileKind::Heic | FileKind::Pdf => false,
    };
    if contradicts { Err(SheetRefused::NameSaysOther { extension, found }) } else { Ok(()) }
}

/// Should the library panic on some bytes, that file is damaged and nothing else.
fn sound<T>(read: impl FnOnce() -> Result<T, SheetRefused>) -> Result<T, SheetRefused> {
    let damaged = || SheetRefused::Damaged { detail: "the reader panicked".into() };
    guarded(read).unwrap_or_else(|| Err(damaged()))
}
