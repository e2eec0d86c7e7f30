//! Backups: the whole database and its files in one archive, made beside a running server, read back and checked.

mod archive;
mod fault;
mod leftovers;
mod lite;
mod out;
mod pg;

use std::path::{Path, PathBuf};

use domain::base::Instant;
use serde::{Deserialize, Serialize};

use crate::engine::{known_migration, private};
use crate::{Place, StoreError};
pub use archive::Packed;
use archive::{Packer, Shelf};
pub use fault::{BackupFault, Unread};

/// Shape of the archive; a later program still reads the earlier ones.
const FORMAT: u32 = 1;
/// The database of a SQLite folder, in the archive.
const DATABASE: &str = "huxi.db";

/// What an archive says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub format: u32,
    /// The version of the program that made it.
    pub program: String,
    pub made_at: Instant,
    /// `sqlite` or `postgres`: what it can be restored to.
    pub engine: String,
    /// The newest migration of the database.
    pub migration: i64,
    /// Everything but the files, with its hash: a file's name is its hash.
    pub parts: Vec<Packed>,
    pub files: u64,
    pub file_bytes: u64,
    /// Files that the database names and that were not there, or no longer what they were, when the archive was made.
    pub missing: Vec<String>,
    /// Where each table of PostgreSQL counts on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub counters: Vec<(String, i64)>,
}

/// A backup that was made and read back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    pub path: PathBuf,
    pub bytes: u64,
    pub manifest: Manifest,
}

/// Writes the whole of `place` to the new file `target`, beside whoever writes there, and reads it back. Until it is
/// whole it lies under another name, which is gone after a failure. What a killed backup left in that folder goes too.
pub async fn make(place: &Place, target: &Path, now: Instant) -> Result<Made, BackupFault> {
    let (place, target) = (place.clone(), target.to_path_buf());
    on_blocking(move |runtime| {
        if target.exists() {
            return Err(BackupFault::Exists(target.display().to_string()));
        }
        leftovers::clear(&target, now);
        let unfinished = beside(&target, "part");
        let made = write(&runtime, &place, &unfinished, now).and_then(|()| {
            let manifest = Shelf::open(&unfinished)?.examine()?;
            std::fs::rename(&unfinished, &target).map_err(StoreError::from)?;
            sync_folder(&target)?;
            Ok(Made { bytes: size_of(&target)?, path: target.clone(), manifest })
        });
        if made.is_err() {
            // What could not be finished is of no use to anybody, and may be what fills the disk.
            let _ = std::fs::remove_file(&unfinished);
        }
        made
    })
    .await
}

fn write(
    runtime: &tokio::runtime::Handle,
    place: &Place,
    unfinished: &Path,
    now: Instant,
) -> Result<(), BackupFault> {
    let mut packer = Packer::create(unfinished)?;
    let begun = Manifest {
        format: FORMAT,
        program: env!("CARGO_PKG_VERSION").to_string(),
        made_at: now,
        engine: String::new(),
        migration: 0,
        parts: Vec::new(),
        files: 0,
        file_bytes: 0,
        missing: Vec::new(),
        counters: Vec::new(),
    };
    let manifest = match place {
        Place::Folder(folder) => lite::pack(folder, &beside(unfinished, "db"), &mut packer, begun)?,
        Place::Url(url) => runtime.block_on(pg::pack(url, &mut packer, begun))?,
    };
    let known = known_migration();
    if manifest.migration > known {
        // A newer program may keep what this one does not know to look for: such a backup could not be whole.
        return Err(StoreError::NewerDatabase { found: manifest.migration, known }.into());
    }
    packer.finish(manifest)
}

/// Reads the whole archive and compares every hash; what it says of itself.
pub async fn examine(archive: &Path) -> Result<Manifest, BackupFault> {
    let archive = archive.to_path_buf();
    on_blocking(move |_| Shelf::open(&archive)?.examine()).await
}

/// Restores an archive to a place that holds nothing yet. Every hash is compared on the way; the database counts only
/// when all of it is there.
pub async fn restore(archive: &Path, place: &Place) -> Result<Manifest, BackupFault> {
    let (archive, place) = (archive.to_path_buf(), place.clone());
    on_blocking(move |runtime| {
        let mut shelf = Shelf::open(&archive)?;
        let manifest = shelf.manifest()?;
        let known = known_migration();
        if manifest.format > FORMAT || manifest.migration > known {
            return Err(BackupFault::Newer { found: manifest.migration, known });
        }
        match (&place, manifest.engine.as_str()) {
            (Place::Folder(folder), lite::ENGINE) => lite::unpack(&mut shelf, &manifest, folder)?,
            (Place::Url(url), pg::ENGINE) => runtime.block_on(pg::unpack(&mut shelf, &manifest, url))?,
            _ => return Err(BackupFault::OtherEngine { archive: manifest.engine }),
        }
        Ok(manifest)
    })
    .await
}

/// Makes the folder that backups lie in, closed to other accounts; one that is there stays as it is.
pub fn make_folder(folder: &Path) -> Result<(), StoreError> {
    if !folder.exists() {
        private::folder(folder)?;
    }
    Ok(())
}

/// Packing takes minutes and blocks; it has a thread of its own.
async fn on_blocking<T, F>(work: F) -> Result<T, BackupFault>
where
    T: Send + 'static,
    F: FnOnce(tokio::runtime::Handle) -> Result<T, BackupFault> + Send + 'static,
{
    let runtime = tokio::runtime::Handle::current();
    let done = tokio::task::spawn_blocking(move || work(runtime)).await;
    done.map_err(|error| BackupFault::Store(StoreError::Unavailable(error.to_string())))?
}

/// `name` with one more ending.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".");
    name.push(ending);
    path.with_file_name(name)
}

fn size_of(path: &Path) -> Result<u64, StoreError> {
    Ok(std::fs::metadata(path)?.len())
}

/// A new name is durable only when the folder that holds it is.
fn sync_folder(path: &Path) -> Result<(), StoreError> {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    std::fs::File::open(parent.unwrap_or(Path::new("."))).and_then(|folder| folder.sync_all())?;
    Ok(())
}
