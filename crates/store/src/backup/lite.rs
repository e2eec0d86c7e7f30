//! A SQLite folder: a copy of the database made by SQLite itself while others write, then the files that it names.

use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::Path;

use super::archive::{Packer, Shelf, file_name, same_hash};
use super::fault::damaged;
use super::{BackupFault, DATABASE, Manifest, beside};
use crate::engine::folder::{LOCK, UNFINISHED, check_unmixed, check_whole, keep_writers_out};
use crate::engine::{DatabaseCopy, private};
use crate::files::FOLDER;

pub(super) const ENGINE: &str = "sqlite";

/// Packs the folder. The copy of the database comes first: a file is there before the row that names it, so that every
/// file which the copy names is found whatever is written meanwhile.
pub(super) fn pack(
    folder: &Path,
    copy: &Path,
    packer: &mut Packer,
    manifest: Manifest,
) -> Result<Manifest, BackupFault> {
    check_whole(folder)?;
    check_unmixed(folder)?;
    let database = folder.join(DATABASE);
    if !database.is_file() {
        return Err(BackupFault::NoDatabase(folder.display().to_string()));
    }
    let packed = pack_copy(folder, &database, copy, packer, manifest);
    let _ = std::fs::remove_file(copy);
    packed
}

fn pack_copy(
    folder: &Path,
    database: &Path,
    copy: &Path,
    packer: &mut Packer,
    mut manifest: Manifest,
) -> Result<Manifest, BackupFault> {
    let copied = DatabaseCopy::make(database, copy)?;
    if let Some(fault) = copied.faults()?.into_iter().next() {
        return Err(BackupFault::Unsound(fault));
    }
    let part = packer.add(DATABASE, File::open(copy)?, true)?;
    packer.keep(part);
    copied.each_file::<BackupFault>(|hash| {
        let name = file_name(hash);
        match File::open(folder.join(&name)) {
            Ok(content) => {
                let part = packer.add(&name, content, false)?;
                if same_hash(&name, &part).is_ok() {
                    packer.keep_file(&part);
                } else {
                    packer.abandon()?;
                    manifest.missing.push(hash.to_string());
                }
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {
                manifest.missing.push(hash.to_string());
            }
            Err(error) => return Err(error.into()),
        }
        Ok(())
    })?;
    Ok(Manifest { engine: ENGINE.to_string(), migration: copied.migration()?, ..manifest })
}

/// Restores into a folder that is new or empty, or in which a restore was broken off: that one begins anew. Until all of it
/// is there a mark lies in the folder, and no program works with what lies beside it.
pub(super) fn unpack(shelf: &mut Shelf, manifest: &Manifest, folder: &Path) -> Result<(), BackupFault> {
    check_free(folder)?;
    let missing = |it: &&Path| !it.as_os_str().is_empty() && !it.exists();
    let made: Vec<&Path> = folder.ancestors().take_while(missing).collect();
    private::folder(folder)?;
    let lock = keep_writers_out(folder)?;
    // Before the lock somebody else may have come first.
    check_free(folder)?;
    let mark = folder.join(UNFINISHED);
    let done = begin(folder, &mark).and_then(|()| {
        unpack_into(shelf, manifest, folder)?;
        std::fs::remove_file(&mark)?;
        Ok(super::sync_folder(&mark)?)
    });
    if done.is_err() {
        // The folder was free: what lies there now is ours, and of no use to anybody. Where it cannot be taken away the mark
        // stays with it.
        if clear(folder).is_ok() {
            let _ = std::fs::remove_file(&mark);
            let _ = std::fs::remove_file(folder.join(LOCK));
        }
        // Of the folders only those go that were made here, and that nobody has put anything into.
        let _ = made.iter().try_for_each(std::fs::remove_dir);
    }
    drop(lock);
    done
}

/// Refuses a folder that holds anything but what a restore that was broken off has left.
fn check_free(folder: &Path) -> Result<(), BackupFault> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error.into()),
    };
    let broken_off = folder.join(UNFINISHED).exists();
    for entry in entries {
        let name = entry?.file_name();
        let left = broken_off && (name == FOLDER || name.to_string_lossy().starts_with(DATABASE));
        if name != LOCK && !left {
            return Err(BackupFault::NotEmpty(folder.display().to_string()));
        }
    }
    Ok(())
}

/// Marks the folder, for good, before anything else lies there, and takes away what was left of the last time.
fn begin(folder: &Path, mark: &Path) -> Result<(), BackupFault> {
    private::create(mark)?.sync_all()?;
    super::sync_folder(mark)?;
    Ok(clear(folder)?)
}

/// Takes away what a restore puts into a folder, but for the mark.
fn clear(folder: &Path) -> std::io::Result<()> {
    let there = |done: std::io::Result<()>| match done {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        done => done,
    };
    for ending in ["", "-wal", "-shm", ".part"] {
        there(std::fs::remove_file(folder.join(format!("{DATABASE}{ending}"))))?;
    }
    there(std::fs::remove_dir_all(folder.join(FOLDER)))
}

fn unpack_into(shelf: &mut Shelf, manifest: &Manifest, folder: &Path) -> Result<(), BackupFault> {
    for name in shelf.files()? {
        let path = folder.join(&name);
        private::folder(path.parent().unwrap_or(folder))?;
        let mut file = private::create(&path)?;
        let read = shelf.read(&name, |bytes| Ok(file.write_all(bytes)?))?;
        same_hash(&name, &read)?;
        file.sync_all()?;
    }
    let known = manifest.parts.iter().find(|part| part.name == DATABASE).ok_or_else(|| damaged(DATABASE))?;
    let database = folder.join(DATABASE);
    let unfinished = beside(&database, "part");
    let mut file = private::create(&unfinished)?;
    let read = shelf.read(DATABASE, |bytes| Ok(file.write_all(bytes)?))?;
    if read != *known {
        return Err(damaged(DATABASE));
    }
    file.sync_all()?;
    std::fs::rename(&unfinished, &database)?;
    Ok(super::sync_folder(&database)?)
}
