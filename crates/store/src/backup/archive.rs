//! The archive: a zip that any computer opens. What is put in is hashed on its way, what is taken out is compared.

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufReader, Read, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::fault::{Unread, damaged, unwritten};
use super::out::{Out, Wanted};
use super::{BackupFault, FORMAT, Manifest};
use crate::StoreError;
use crate::engine::private;
use crate::files::FOLDER;

/// Written last: an archive without it is not whole.
pub(super) const MANIFEST: &str = "manifest.json";
const CHUNK: usize = 64 << 10;
/// No manifest is longer.
const MANIFEST_BYTES_MAX: u64 = 64 << 20;

/// One part of an archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Packed {
    pub name: String,
    pub bytes: u64,
    /// 64 hex digits.
    pub sha256: String,
}

/// An archive that is being written.
pub(super) struct Packer {
    /// Stands before the archive, so that it is let go of first.
    wanted: Wanted,
    zip: ZipWriter<Out<File>>,
    parts: Vec<Packed>,
    files: u64,
    file_bytes: u64,
    open: Option<(String, u64, Sha256)>,
}

impl Packer {
    pub(super) fn create(path: &Path) -> Result<Packer, BackupFault> {
        let (out, wanted) = Out::new(private::create(path)?);
        Ok(Packer {
            wanted,
            zip: ZipWriter::new(out),
            parts: Vec::new(),
            files: 0,
            file_bytes: 0,
            open: None,
        })
    }

    /// Begins a part; what is written from now on belongs to it, until `end`.
    pub(super) fn begin(&mut self, name: &str, packed: bool) -> Result<(), BackupFault> {
        let method = if packed { CompressionMethod::Deflated } else { CompressionMethod::Stored };
        let options = SimpleFileOptions::default().compression_method(method).large_file(true);
        self.zip.start_file(name, options).map_err(unwritten)?;
        self.open = Some((name.to_string(), 0, Sha256::new()));
        Ok(())
    }

    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), BackupFault> {
        if let Some((_, length, hash)) = &mut self.open {
            hash.update(bytes);
            *length += u64::try_from(bytes.len()).unwrap_or_default();
        }
        Ok(self.zip.write_all(bytes)?)
    }

    /// Ends the part; what was written of it.
    pub(super) fn end(&mut self) -> Result<Packed, BackupFault> {
        let (name, bytes, hash) = self.open.take().unwrap_or_default();
        Ok(Packed { name, bytes, sha256: hex(hash) })
    }

    /// Takes the part back that was written last.
    pub(super) fn abandon(&mut self) -> Result<(), BackupFault> {
        self.zip.abort_file().map_err(unwritten)
    }

    /// A part of its own, from whatever can be read.
    pub(super) fn add(
        &mut self,
        name: &str,
        content: impl Read,
        packed: bool,
    ) -> Result<Packed, BackupFault> {
        self.begin(name, packed)?;
        let mut content = BufReader::with_capacity(CHUNK, content);
        let mut chunk = vec![0; CHUNK];
        loop {
            let read = content.read(&mut chunk)?;
            let Some(bytes) = chunk.get(..read).filter(|bytes| !bytes.is_empty()) else { break };
            self.write(bytes)?;
        }
        self.end()
    }

    /// Notes a part that the manifest names with its hash.
    pub(super) fn keep(&mut self, part: Packed) {
        self.parts.push(part);
    }

    /// Notes a file, whose name is its hash; one that is not is a fault of the place it came from.
    pub(super) fn keep_file(&mut self, part: &Packed) {
        self.files += 1;
        self.file_bytes += part.bytes;
    }

    /// Writes the manifest and makes everything durable.
    pub(super) fn finish(mut self, manifest: Manifest) -> Result<(), BackupFault> {
        let (parts, files, file_bytes) = (std::mem::take(&mut self.parts), self.files, self.file_bytes);
        let manifest = Manifest { parts, files, file_bytes, ..manifest };
        let text =
            serde_json::to_vec_pretty(&manifest).map_err(|error| StoreError::Decode(error.to_string()))?;
        self.begin(MANIFEST, true)?;
        self.write(&text)?;
        let Packer { zip, wanted, .. } = self;
        let file = zip.finish().map_err(unwritten)?.whole()?;
        drop(wanted);
        Ok(file.sync_all()?)
    }
}

/// The name of a file in the archive: as it lies in a data folder.
pub(super) fn file_name(hash: &str) -> String {
    format!("{FOLDER}/{}/{hash}", hash.get(..2).unwrap_or_default())
}

/// The hash in the name of a file, when it is one.
pub(super) fn hash_in(name: &str) -> Option<&str> {
    let hash = name.rsplit('/').next()?;
    let lower_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    let sound = hash.len() == 64 && hash.bytes().all(lower_hex) && name == file_name(hash);
    sound.then_some(hash)
}

/// An archive that is being read.
pub(super) struct Shelf {
    zip: ZipArchive<BufReader<File>>,
}

impl Shelf {
    pub(super) fn open(path: &Path) -> Result<Shelf, BackupFault> {
        let unread = |why| BackupFault::NoArchive { path: path.display().to_string(), why };
        let file = File::open(path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => unread(Unread::Missing),
            _ => unread(Unread::Closed(error.to_string())),
        })?;
        let zip = ZipArchive::new(BufReader::new(file)).map_err(|_| unread(Unread::NotOurs))?;
        Ok(Shelf { zip })
    }

    pub(super) fn manifest(&mut self) -> Result<Manifest, BackupFault> {
        let part = self.zip.by_name(MANIFEST).map_err(|_| damaged(MANIFEST))?;
        let read = serde_json::from_reader(part.take(MANIFEST_BYTES_MAX));
        read.map_err(|_| damaged(MANIFEST))
    }

    /// The names of all parts.
    pub(super) fn names(&self) -> Result<Vec<String>, BackupFault> {
        let names = self.zip.file_names();
        names.map(|name| name.map(Cow::into_owned).map_err(|_| damaged(MANIFEST))).collect()
    }

    /// Hands a part on piece by piece, and gives its length and hash.
    pub(super) fn read(
        &mut self,
        name: &str,
        mut take: impl FnMut(&[u8]) -> Result<(), BackupFault>,
    ) -> Result<Packed, BackupFault> {
        let mut part = self.zip.by_name(name).map_err(|_| damaged(name))?;
        let (mut length, mut hash) = (0, Sha256::new());
        let mut chunk = vec![0; CHUNK];
        loop {
            let read = part.read(&mut chunk).map_err(|_| damaged(name))?;
            let Some(bytes) = chunk.get(..read).filter(|bytes| !bytes.is_empty()) else { break };
            hash.update(bytes);
            length += u64::try_from(read).unwrap_or_default();
            take(bytes)?;
        }
        Ok(Packed { name: name.to_string(), bytes: length, sha256: hex(hash) })
    }

    /// Reads everything once and compares every hash.
    pub(super) fn examine(&mut self) -> Result<Manifest, BackupFault> {
        let manifest = self.manifest()?;
        if manifest.format > FORMAT {
            return Ok(manifest);
        }
        for part in &manifest.parts {
            if self.read(&part.name, |_| Ok(()))? != *part {
                return Err(damaged(&part.name));
            }
        }
        let files = self.files()?;
        for name in &files {
            let read = self.read(name, |_| Ok(()))?;
            same_hash(name, &read)?;
        }
        if u64::try_from(files.len()).ok() != Some(manifest.files) {
            return Err(damaged(FOLDER));
        }
        Ok(manifest)
    }

    /// The names of all files; a name that is neither a part nor a file is not ours.
    pub(super) fn files(&mut self) -> Result<Vec<String>, BackupFault> {
        let manifest = self.manifest()?;
        let mut files = Vec::new();
        for name in self.names()? {
            if hash_in(&name).is_some() {
                files.push(name);
            } else if name != MANIFEST && !manifest.parts.iter().any(|part| part.name == name) {
                return Err(damaged(&name));
            }
        }
        Ok(files)
    }
}

/// A file's content is what its name says.
pub(super) fn same_hash(name: &str, read: &Packed) -> Result<(), BackupFault> {
    if hash_in(name) == Some(read.sha256.as_str()) { Ok(()) } else { Err(damaged(name)) }
}

fn hex(hash: Sha256) -> String {
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
