//! Folders and files that only the account of the program opens, whatever the umask is.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io;
use std::path::Path;

/// Makes the folder when it is not there, and closes it to other accounts.
pub fn folder(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)?;
    close(path, 0o700)
}

/// An empty file to write to; one that was there is emptied and closed to other accounts.
pub fn create(path: &Path) -> io::Result<File> {
    open(path, true)
}

/// The file as it is, made when it is not there, and closed to other accounts.
pub fn keep(path: &Path) -> io::Result<File> {
    open(path, false)
}

fn open(path: &Path, emptied: bool) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(emptied);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    close(path, 0o600)?;
    Ok(file)
}

/// Sets the mode of a file or folder; what belongs to another account is left to it.
#[cfg(unix)]
pub fn close(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let held = std::fs::symlink_metadata(path)?;
    if held.is_symlink() || held.permissions().mode() & 0o777 == mode {
        return Ok(());
    }
    match std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)) {
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Ok(()),
        other => other,
    }
}

/// Other systems have no modes.
#[cfg(not(unix))]
pub fn close(_: &Path, _: u32) -> io::Result<()> {
    Ok(())
}
