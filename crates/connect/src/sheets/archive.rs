//! The zip around an .xlsx, looked through before anything reads it: no file may unpack to more than the limit.

use std::io::{Cursor, Read};

use domain::documents::SheetRefused;
use memchr::{memchr, memchr_iter, memmem, memrchr};
use zip::ZipArchive;
use zip::result::ZipError;

use super::grid::CELL_LETTERS_MAX;

/// Most megabytes that the parts of one file may unpack to, counted and not believed.
pub const UNPACKED_MB_MAX: u64 = 200;

/// Most parts of one file.
const PARTS_MAX: usize = 10_000;

/// Most tags in the table of texts, and in any other part that is held in memory as a whole.
const TEXT_TAGS_MAX: usize = 8_000_000;
const PART_TAGS_MAX: usize = 1_000_000;

/// Most bytes without a tag. A cell holds 32,767 letters; up to here a longer one is read, so that it can be named, and
/// what goes on beyond that is a way to fill the memory.
const RUN_BYTES_MAX: usize = 16 << 20;

const MERGED: &[u8] = b"mergeCell";

/// What the look through an archive tells.
pub struct Contents {
    pub has_merged_cells: bool,
}

/// Unpacks every part once into nothing, counting.
pub fn check_archive(bytes: &[u8]) -> Result<Contents, SheetRefused> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.len() > PARTS_MAX {
        return Err(too_large());
    }
    let mut left = UNPACKED_MB_MAX << 20;
    let mut contents = Contents { has_merged_cells: false };
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(unopened)?;
        let name = part.name().map_err(damaged)?.to_ascii_lowercase();
        // Pictures and macros are never unpacked.
        if name.ends_with(".xml") || name.ends_with(".rels") {
            contents.has_merged_cells |= look_through(&mut part, &mut left, tags_max(&name))?;
        }
    }
    Ok(contents)
}

fn tags_max(name: &str) -> usize {
    if name.contains("/worksheets/") {
        // Sheets are read tag by tag and keep nothing; their cells have a limit of their own.
        usize::MAX
    } else if name.contains("sharedstrings") {
        TEXT_TAGS_MAX
    } else {
        PART_TAGS_MAX
    }
}

/// Whether the part speaks of merged cells; refused when it takes more than is left.
fn look_through(part: &mut impl Read, left: &mut u64, tags_max: usize) -> Result<bool, SheetRefused> {
    let mut buffer = vec![0; 64 * 1024];
    let mut carried = 0;
    let mut tags = 0;
    let mut run = 0;
    let mut merged = false;
    loop {
        let count = part.read(buffer.get_mut(carried..).unwrap_or_default()).map_err(damaged)?;
        if count == 0 {
            return Ok(merged);
        }
        *left = left.checked_sub(u64::try_from(count).unwrap_or(u64::MAX)).ok_or_else(too_large)?;
        let end = carried + count;
        let fresh = buffer.get(carried..end).unwrap_or_default();
        tags += memchr_iter(b'<', fresh).count();
        run += memchr(b'<', fresh).unwrap_or(fresh.len());
        if tags > tags_max {
            return Err(too_large());
        }
        if run > RUN_BYTES_MAX {
            return Err(SheetRefused::CellTooLong { place: None, limit: CELL_LETTERS_MAX });
        }
        run = memrchr(b'<', fresh).map_or(run, |last| fresh.len() - last);
        let seen = buffer.get(..end).unwrap_or_default();
        merged = merged || memmem::find(seen, MERGED).is_some();
        // The word may lie across two reads: one letter less than its length is carried over.
        carried = end.min(MERGED.len() - 1);
        buffer.copy_within(end - carried..end, 0);
    }
}

fn too_large() -> SheetRefused {
    SheetRefused::TooLarge { limit_mb: UNPACKED_MB_MAX }
}

fn unopened(fault: ZipError) -> SheetRefused {
    match fault {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => SheetRefused::Protected,
        other => damaged(other),
    }
}

fn damaged(fault: impl std::fmt::Display) -> SheetRefused {
    SheetRefused::Damaged { detail: fault.to_string() }
}
