//! Taking files in: told by their bytes, kept by the hash of their content.

use domain::access::{Actor, Right};
use domain::documents::{FileKind, FileRefused, broken_sheet, cut, foreign_kind, is_whole, printable, sniff};
use domain::words::files::NAMELESS;
use store::StoreError;
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
    // Large pictures are looked at whole: that must not hold up those who only read and write.
    let said = name.to_string();
    let (content, told) = tokio::task::spawn_blocking(move || {
        let told = kind_of(&said, &content);
        (content, told)
    })
    .await
    .map_err(|error| StoreError::Unavailable(error.to_string()))?;
    let kind = told.map_err(AppError::refused)?;
    let name = plain_name(name);
    let now = ctx.moment().await?.now;
    Ok(store::files::put(&ctx.store, content, kind.mime(), &name, Some(actor.person), now).await?)
}

/// The kind of a file that can be taken in and opened again.
fn kind_of(name: &str, content: &[u8]) -> Result<FileKind, FileRefused> {
    let kind = sniff(content).ok_or_else(|| match broken_sheet(name, content) {
        Some(kind) => FileRefused::Damaged { kind },
        None => FileRefused::UnknownKind { found: foreign_kind(content) },
    })?;
    if is_whole(kind, content) { Ok(kind) } else { Err(FileRefused::Damaged { kind }) }
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
        assert_eq!(plain_name("签\r\n字\t页.jpg"), "签 字 页.jpg");
        assert_eq!(domain::base::name_fault(&plain_name("签\u{7}\n\u{202E}字\t页.jpg")), None);
        assert_eq!(plain_name(" / "), NAMELESS);
        assert_eq!(plain_name(&"长".repeat(500)).chars().count(), NAME_LETTERS_MAX);
    }
}
