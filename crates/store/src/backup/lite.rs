//! A SQLite folder: a copy of the database made by SQLite itself while others write, then the files that it names.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use super::archive::{Packer, Shelf, file_name, same_hash};
use super::fault::damaged;
use super::{BackupFault, DATABASE, Manifest, beside};
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
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                manifest.missing.push(hash.to_string());
            }
            Err(error) => return Err(error.into()),
        }
        Ok(())
    })?;
    Ok(Manifest { engine: ENGINE.to_string(), migration: copied.migration()?, ..manifest })
}

/// Restores into a folder that is new or empty; the database gets its name when everything else is there.
pub(super) fn unpack(shelf: &mut Shelf, manifest: &Manifest, folder: &Path) -> Result<(), BackupFault> {
    let holds_nothing = match std::fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => true,
        Err(error) => return Err(error.into()),
    };
    if !holds_nothing {
        return Err(BackupFault::NotEmpty(folder.display().to_string()));
    }
    let unfinished = beside(&folder.join(DATABASE), "part");
    let missing = |it: &&Path| !it.as_os_str().is_empty() && !it.exists();
    let made: Vec<&Path> = folder.ancestors().take_while(missing).collect();
    let done = unpack_into(shelf, manifest, folder, &unfinished);
    if done.is_err() {
        // The folder was empty: what lies there now is ours, and of no use to anybody.
        let _ = std::fs::remove_dir_all(folder.join(FOLDER));
        let _ = std::fs::remove_file(&unfinished);
        // Of the folders only those go that were made here, and that nobody has put anything into.
        let _ = made.iter().try_for_each(std::fs::remove_dir);
    }
    done
}

fn unpack_into(
    shelf: &mut Shelf,
    manifest: &Manifest,
    folder: &Path,
    unfinished: &Path,
) -> Result<(), BackupFault> {
    private::folder(folder)?;
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
    let mut file = private::create(unfinished)?;
    let read = shelf.read(DATABASE, |bytes| Ok(file.write_all(bytes)?))?;
    if read != *known {
        return Err(damaged(DATABASE));
    }
    file.sync_all()?;
    std::fs::rename(unfinished, &database)?;
    Ok(super::sync_folder(&database)?)
}
