//! Taking files in: told by their bytes, kept by the hash of their content.

use domain::access::{Actor, Right};
use domain::documents::{FileRefused, cut, printable, sniff};
use domain::words::files::NAMELESS;
pub use store::files::FileFacts;

use crate::{AppError, Ctx};

/// Longest name of a file.
const NAME_LETTERS_MAX: usize = 200;

/// Keeps a file that `actor` hands in; the same content twice is one file.
pub async fn upload(ctx: &Ctx, actor: &Actor, name: &str, content: Vec<u8>) -> Result<FileFacts, AppError> {
    actor.need(Right::FilesWrite)?;
    if content.is_empty() {
        return Err(AppError::refused(FileRefused::Empty));
    }
    let kind = sniff(&content).ok_or_else(|| AppError::refused(FileRefused::UnknownKind))?;
    let name = plain_name(name);
    let now = ctx.moment().await?.now;
    Ok(store::files::put(&ctx.store, content, kind.mime(), &name, Some(actor.person), now).await?)
}

/// The last part of a path, without signs that hide or reorder others.
fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name = printable(last).replace('\n', " ");
    let name = cut(name.trim(), NAME_LETTERS_MAX);
    if name.is_empty() { NAMELESS.to_string() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_last_part_of_its_path_and_hides_nothing() {
        assert_eq!(plain_name("C:\\照片\\签字页.jpg"), "签字页.jpg");
        assert_eq!(plain_name("../../etc/passwd"), "passwd");
        assert_eq!(plain_name("a\u{202E}gpj.exe"), "agpj.exe");
        assert_eq!(plain_name(" / "), NAMELESS);
        assert_eq!(plain_name(&"长".repeat(500)).chars().count(), NAME_LETTERS_MAX);
    }
}
