//! What an uploaded file is, told by its bytes and never by its name.

use serde::{Deserialize, Serialize};

const BMP: &[u8] = b"BM";
const ZIP: &[u8] = b"PK\x03\x04";
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
/// How much of a text file is looked at.
const TEXT_LOOKED_AT: usize = 64 * 1024;

/// The kinds of file that are taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    Jpeg,
    Png,
    Webp,
    Heic,
    Pdf,
    Xlsx,
    Xls,
    Csv,
}

impl FileKind {
    /// The media type under which the file is served.
    pub fn mime(self) -> &'static str {
        match self {
            FileKind::Jpeg => "image/jpeg",
            FileKind::Png => "image/png",
            FileKind::Webp => "image/webp",
            FileKind::Heic => "image/heic",
            FileKind::Pdf => "application/pdf",
            FileKind::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            FileKind::Xls => "application/vnd.ms-excel",
            FileKind::Csv => "text/csv",
        }
    }

    /// The kind that is served under this media type.
    pub fn of_mime(mime: &str) -> Option<FileKind> {
        use FileKind::{Csv, Heic, Jpeg, Pdf, Png, Webp, Xls, Xlsx};
        [Jpeg, Png, Webp, Heic, Pdf, Xlsx, Xls, Csv].into_iter().find(|kind| kind.mime() == mime)
    }

    /// The usual ending of the name, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            FileKind::Jpeg => "jpg",
            FileKind::Png => "png",
            FileKind::Webp => "webp",
            FileKind::Heic => "heic",
            FileKind::Pdf => "pdf",
            FileKind::Xlsx => "xlsx",
            FileKind::Xls => "xls",
            FileKind::Csv => "csv",
        }
    }

    /// A photo or scan that can prove a signature.
    pub fn is_picture_or_pdf(self) -> bool {
        match self {
            FileKind::Jpeg | FileKind::Png | FileKind::Webp | FileKind::Heic | FileKind::Pdf => true,
            FileKind::Xlsx | FileKind::Xls | FileKind::Csv => false,
        }
    }

    /// A table that can be imported.
    pub fn is_sheet(self) -> bool {
        !self.is_picture_or_pdf()
    }
}

/// The kind of file that `bytes` are; `None` for anything that is not taken in, web pages included.
pub fn sniff(bytes: &[u8]) -> Option<FileKind> {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    let at = |from: usize, magic: &[u8]| bytes.get(from..).is_some_and(|rest| rest.starts_with(magic));
    if starts(b"\xFF\xD8\xFF") {
        Some(FileKind::Jpeg)
    } else if starts(b"\x89PNG\r\n\x1A\n") {
        Some(FileKind::Png)
    } else if starts(b"RIFF") && at(8, b"WEBP") {
        Some(FileKind::Webp)
    } else if at(4, b"ftyp") {
        heic(bytes)
    } else if starts(b"%PDF-") {
        Some(FileKind::Pdf)
    } else if starts(ZIP) {
        zipped_sheet(bytes)
    } else if starts(COMPOUND) {
        compound_sheet(bytes)
    } else if is_text(bytes) {
        Some(FileKind::Csv)
    } else {
        None
    }
}

/// Kinds of file that people try, and that are not taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ForeignKind {
    Gif,
    Bmp,
    Tiff,
    Zip,
    WebPage,
    Video,
    Program,
}

/// What a file that is not taken in looks like, as far as its first bytes say.
pub fn foreign_kind(bytes: &[u8]) -> Option<ForeignKind> {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    if starts(b"GIF8") {
        Some(ForeignKind::Gif)
    } else if starts(BMP) {
        Some(ForeignKind::Bmp)
    } else if starts(b"II*\0") || starts(b"MM\0*") {
        Some(ForeignKind::Tiff)
    } else if starts(ZIP) || starts(b"Rar!") || starts(b"7z\xBC\xAF") {
        Some(ForeignKind::Zip)
    } else if bytes.get(4..8) == Some(b"ftyp") {
        Some(ForeignKind::Video)
    } else if starts(b"MZ") || starts(b"\x7FELF") {
        Some(ForeignKind::Program)
    } else if is_markup(bytes) {
        Some(ForeignKind::WebPage)
    } else {
        None
    }
}

fn heic(bytes: &[u8]) -> Option<FileKind> {
    const BRANDS: [&[u8]; 8] = [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"];
    let brand = bytes.get(8..12)?;
    if BRANDS.contains(&brand) { Some(FileKind::Heic) } else { None }
}

/// A zip is a workbook when it holds one; names of entries are never packed.
fn zipped_sheet(bytes: &[u8]) -> Option<FileKind> {
    if contains(bytes, b"xl/workbook.") { Some(FileKind::Xlsx) } else { None }
}

/// An old Office file is a workbook when its directory names one, or when it is a workbook under a password.
fn compound_sheet(bytes: &[u8]) -> Option<FileKind> {
    let named = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        contains(bytes, &wide)
    };
    let workbook = named("Workbook") || named("Book") || named("EncryptedPackage");
    if workbook { Some(FileKind::Xls) } else { None }
}

/// The workbook that a file was before it was cut off or broken, as far as its beginning, its end and its name say.
pub fn broken_sheet(name: &str, bytes: &[u8]) -> Option<FileKind> {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    let named = |endings: &[&str]| endings.contains(&ending.as_str());
    if bytes.starts_with(ZIP) {
        // Where the directory of its parts stands at its end, a zip is whole, whatever it holds.
        let whole = contains(bytes, b"PK\x05\x06");
        let office = contains(bytes, b"[Content_Types].xml");
        let workbook = named(&["xlsx", "xlsm"]) || (office && !named(&["docx", "pptx", "zip"]));
        return (!whole && workbook).then_some(FileKind::Xlsx);
    }
    (bytes.starts_with(COMPOUND) && named(&["xls", "et"])).then_some(FileKind::Xls)
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// Text in UTF-8, UTF-16 with its mark, or GB18030; no control characters, no markup.
fn is_text(bytes: &[u8]) -> bool {
    let head = bytes.get(..TEXT_LOOKED_AT).unwrap_or(bytes);
    if head.is_empty() || is_markup(head) {
        return false;
    }
    if head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF") {
        return true;
    }
    // A table has a second column or a second row.
    let divided = head.iter().any(|byte| matches!(byte, b',' | b';' | b'\t' | b'\n' | b'\r' | b'|'));
    if head.starts_with(BMP) && !divided {
        return false;
    }
    let plain = |byte: &u8| *byte >= 0x20 || matches!(byte, b'\t' | b'\n' | b'\r');
    head.iter().all(plain) && (is_utf8(head) || is_gb18030(head))
}

/// UTF-8; a letter cut in two at the end of what is looked at does not count against it.
fn is_utf8(bytes: &[u8]) -> bool {
    match std::str::from_utf8(bytes) {
        Ok(_) => true,
        Err(fault) => fault.error_len().is_none() && bytes.len() == TEXT_LOOKED_AT,
    }
}

fn is_gb18030(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    loop {
        rest = match rest {
            [] => return true,
            [0x00..=0x7F, rest @ ..] => rest,
            [0x81..=0xFE, 0x40..=0x7E | 0x80..=0xFE, rest @ ..] => rest,
            [0x81..=0xFE, 0x30..=0x39, 0x81..=0xFE, 0x30..=0x39, rest @ ..] => rest,
            cut => return bytes.len() == TEXT_LOOKED_AT && cut.len() < 4,
        };
    }
}

/// A web page or drawing: never taken in, however it is named.
pub fn is_markup(head: &[u8]) -> bool {
    const OPENINGS: [&str; 7] = ["<!doctype", "<html", "<head", "<?xml", "<svg", "<table", "<script"];
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    let start: String = head.trim_ascii_start().iter().take(16).map(|byte| char::from(*byte)).collect();
    let lower = start.to_ascii_lowercase();
    OPENINGS.iter().any(|opening| lower.starts_with(opening))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], expected: Option<FileKind>) {
        assert_eq!(sniff(bytes), expected, "{:?}", String::from_utf8_lossy(bytes.get(..20).unwrap_or(bytes)));
    }

    #[test]
    fn pictures_and_paper_by_their_first_bytes() {
        check(b"\xFF\xD8\xFF\xE0\x00\x10JFIF", Some(FileKind::Jpeg));
        check(b"\x89PNG\r\n\x1A\n\x00\x00\x00\rIHDR", Some(FileKind::Png));
        check(b"RIFF\x24\x00\x00\x00WEBPVP8 ", Some(FileKind::Webp));
        check(b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", Some(FileKind::Heic));
        check(b"\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00", Some(FileKind::Heic));
        check(b"%PDF-1.7\n%\xE2\xE3", Some(FileKind::Pdf));
    }

    #[test]
    fn sheets_by_what_they_hold() {
        check(b"PK\x03\x04\x14\x00....xl/workbook.xml....", Some(FileKind::Xlsx));
        check(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1....W\0o\0r\0k\0b\0o\0o\0k\0", Some(FileKind::Xls));
        check("编号,名称\nP1,漆".as_bytes(), Some(FileKind::Csv));
        check(b"\xEF\xBB\xBFcode,name\n", Some(FileKind::Csv));
        check(b"\xB1\xE0\xBA\xC5,\xC3\xFB\xB3\xC6\r\n", Some(FileKind::Csv));
        check(b"\xFF\xFEa\x00,\x00", Some(FileKind::Csv));
    }

    #[test]
    fn everything_else_is_not_taken_in() {
        for bytes in [
            &b""[..],
            b"MZ\x90\x00\x03\x00",
            b"\x7FELF\x02\x01",
            b"PK\x03\x04....word/document.xml",
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1....W\0o\0r\0d\0D\0o\0c\0",
            b"<!DOCTYPE html><script>alert(1)</script>",
            b"  <svg onload=alert(1)>",
            b"\xEF\xBB\xBF<table><tr><td>1",
            b"GIF89a\x01\x00\x01\x00",
            b"BM000000000000",
            b"RIFF\x24\x00\x00\x00WAVEfmt ",
            b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00",
            b"text\x00with a hole",
            b"\x81 not gbk",
        ] {
            check(bytes, None);
        }
    }

    #[test]
    fn what_is_not_taken_in_is_named() {
        assert_eq!(foreign_kind(b"BM000000000000"), Some(ForeignKind::Bmp));
        assert_eq!(foreign_kind(b"GIF89a"), Some(ForeignKind::Gif));
        assert_eq!(foreign_kind(b"<html>"), Some(ForeignKind::WebPage));
        assert_eq!(foreign_kind(b"\x81"), None);
        check("BM编号,名称\n1,漆".as_bytes(), Some(FileKind::Csv));
    }

    #[test]
    fn a_workbook_that_was_cut_off_is_told_from_what_never_was_one() {
        let begun = b"PK\x03\x04\x14\x00....[Content_Types].xml....";
        assert_eq!((sniff(begun), broken_sheet("trunc.xlsx", begun)), (None, Some(FileKind::Xlsx)));
        assert_eq!(broken_sheet("五月", begun), Some(FileKind::Xlsx), "under another name its parts say it");
        assert_eq!(broken_sheet("合同.docx", begun), None);
        assert_eq!(broken_sheet("a.xlsx", b"PK\x03\x04....photo.jpg....PK\x05\x06...."), None, "a whole zip");
        let old = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1....";
        assert_eq!((broken_sheet("a.XLS", old), broken_sheet("a.doc", old)), (Some(FileKind::Xls), None));
        assert_eq!(broken_sheet("a.xlsx", b"GIF89a"), None);
    }

    #[test]
    fn a_letter_cut_at_the_end_of_the_look_does_not_hide_a_text() {
        for start in 0..4 {
            let utf8 = format!("{}{}", "a".repeat(start), "漆".repeat(30_000));
            check(utf8.as_bytes(), Some(FileKind::Csv));
            let gbk = [b"a".repeat(start), b"\xC6\xE1".repeat(40_000)].concat();
            check(&gbk, Some(FileKind::Csv));
        }
    }

    #[test]
    fn every_kind_is_a_picture_or_a_sheet_with_its_own_type() {
        use FileKind::{Csv, Heic, Jpeg, Pdf, Png, Webp, Xls, Xlsx};
        let kinds = [Jpeg, Png, Webp, Heic, Pdf, Xlsx, Xls, Csv];
        let types: std::collections::HashSet<_> = kinds.iter().map(|kind| kind.mime()).collect();
        let endings: std::collections::HashSet<_> = kinds.iter().map(|kind| kind.extension()).collect();
        assert_eq!((types.len(), endings.len()), (kinds.len(), kinds.len()));
        assert!(kinds.iter().all(|kind| FileKind::of_mime(kind.mime()) == Some(*kind)));
        assert_eq!(kinds.iter().filter(|kind| kind.is_picture_or_pdf()).count(), 5);
        assert!(kinds.iter().all(|kind| kind.is_sheet() != kind.is_picture_or_pdf()));
    }
}
