//! What a backup that was killed has left in its folder; the next one there clears it.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use domain::base::Instant;

use super::{DATABASE, beside};

/// No backup takes so long: what was written last before that is not being written any more.
const OLD_MS: i64 = 24 * 3_600 * 1_000;
/// Of an unfinished archive.
const PART: &str = ".part";
/// The copy of a SQLite database beside it, and what SQLite keeps beside that.
const COPIES: &[&str] = &[".part.db", ".part.db-journal", ".part.db-wal", ".part.db-shm"];
/// How the first part of a zip begins, before its name.
const HEADER: usize = 30;

/// Clears what a backup of the same name left beside `target`, and what is older than a day of any other. What is no
/// backup of ours is not touched; what cannot be removed is tried again by the next backup.
pub(super) fn clear(target: &Path, now: Instant) {
    for ending in COPIES.iter().filter_map(|ending| ending.strip_prefix('.')) {
        remove_if(beside(target, ending), is_file);
    }
    let folder = target.parent().filter(|parent| !parent.as_os_str().is_empty());
    let Ok(entries) = std::fs::read_dir(folder.unwrap_or(Path::new("."))) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let copy = COPIES.iter().any(|ending| name.ends_with(ending));
        if copy || (name.ends_with(PART) && is_ours(&path)) {
            remove_if(path, |path| is_file(path) && is_old(path, now));
        }
    }
}

fn remove_if(path: PathBuf, may: impl FnOnce(&Path) -> bool) {
    if may(&path) {
        let _ = std::fs::remove_file(&path);
    }
}

/// A file itself, and no link to one.
fn is_file(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_ok_and(|known| known.is_file())
}

fn is_old(path: &Path, now: Instant) -> bool {
    let written = std::fs::metadata(path).and_then(|known| known.modified());
    let since = written.ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    let at = since.and_then(|since| i64::try_from(since.as_millis()).ok());
    at.is_some_and(|at| now.0.saturating_sub(at) > OLD_MS)
}

/// Whether a file begins as our archives do: other programs name what they have not finished the same.
fn is_ours(path: &Path) -> bool {
    let mut begun = Vec::new();
    let read = File::open(path).and_then(|file| file.take(100).read_to_end(&mut begun));
    let first = begun.get(HEADER..).unwrap_or_default();
    read.is_ok()
        && begun.starts_with(b"PK\x03\x04")
        && (first.starts_with(DATABASE.as_bytes()) || first.starts_with(b"tables/"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::super::archive::Packer;
    use super::*;

    #[test]
    fn the_next_backup_clears_what_a_killed_one_left_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for name in ["old.zip.part", "film.zip.part", "same.zip.part"] {
            let mut packer = Packer::create(&at(name)).unwrap();
            let first = if name == "film.zip.part" { "film.mp4" } else { DATABASE };
            packer.begin(first, true).unwrap();
            packer.write(&[7; 1_000]).unwrap();
        }
        let others = ["old.zip", "letter.part", "photos.db", "same.zip.part.db-journal"];
        for name in others.iter().chain(&["old.zip.part.db", "old.zip.part.db-journal", "same.zip.part.db"]) {
            std::fs::write(at(name), "x").unwrap();
        }
        let written = std::fs::metadata(at("old.zip")).unwrap().modified().unwrap();
        let written = written.duration_since(UNIX_EPOCH).unwrap().as_millis();
        let written = Instant(i64::try_from(written).unwrap());
        let there = || {
            let names = std::fs::read_dir(folder.path()).unwrap();
            let mut names: Vec<_> =
                names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
            names.sort();
            names
        };
        let before = there().len();
        clear(&at("same.zip"), written);
        assert_eq!(there().len(), before - 2, "{:?}: of the same name at once", there());
        clear(&at("new.zip"), written.plus_ms(2 * OLD_MS));
        assert_eq!(there(), ["film.zip.part", "letter.part", "old.zip", "photos.db"]);
    }
}
