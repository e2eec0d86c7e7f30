//! Whether a picture or a PDF is whole: a file that was cut off, or is only its first bytes, proves nothing.

use super::sniff::FileKind;

/// So near its end a PDF says that it is over.
const PDF_END_LOOKED_AT: usize = 2_048;

/// Whether `bytes`, told to be of `kind`, have everything that such a file needs to be opened. Tables are looked at
/// when they are read.
pub fn is_whole(kind: FileKind, bytes: &[u8]) -> bool {
    let whole = match kind {
        FileKind::Jpeg => jpeg(bytes),
        FileKind::Png => png(bytes),
        FileKind::Webp => webp(bytes),
        FileKind::Heic => heic(bytes),
        FileKind::Pdf => Some(pdf(bytes)),
        FileKind::Xlsx | FileKind::Xls | FileKind::Csv => Some(true),
    };
    whole.unwrap_or(false)
}

/// Header with a size, data, and the end; every chunk with its right checksum.
fn png(bytes: &[u8]) -> Option<bool> {
    let mut rest = bytes.get(8..)?;
    let (mut first, mut data) = (true, false);
    loop {
        let (length, after) = (usize::try_from(be32(rest)?).ok()?, rest.get(4..)?);
        let checked = after.get(..length.checked_add(4)?)?;
        let (name, content) = (checked.get(..4)?, checked.get(4..)?);
        if be32(after.get(checked.len()..)?)? != crc32(checked) || first != (name == b"IHDR") {
            return Some(false);
        }
        if first && (be32(content)? == 0 || be32(content.get(4..)?)? == 0) {
            return Some(false);
        }
        data |= name == b"IDAT" && !content.is_empty();
        if name == b"IEND" {
            return Some(data);
        }
        first = false;
        rest = after.get(checked.len() + 4..)?;
    }
}

/// A frame with a size, a scan with data, and the end.
fn jpeg(bytes: &[u8]) -> Option<bool> {
    let mut rest = bytes.get(2..)?;
    let mut frame = false;
    loop {
        let marker = match rest {
            [0xFF, 0xFF, ..] => {
                rest = rest.get(1..)?;
                continue;
            }
            [0xFF, marker, ..] => *marker,
            _ => return Some(false),
        };
        let length = usize::from(be16(rest.get(2..)?)?);
        let content = rest.get(4..length.checked_add(2)?)?;
        match marker {
            0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => {
                frame = be16(content.get(1..)?)? > 0 && be16(content.get(3..)?)? > 0;
            }
            0xDA => {
                let scan = rest.get(length + 2..)?;
                let end = scan.windows(2).rposition(|pair| pair == [0xFF, 0xD9]);
                return Some(frame && end.is_some_and(|end| end > 0));
            }
            _ => {}
        }
        rest = rest.get(length + 2..)?;
    }
}

/// As long as it says, with a picture in it.
fn webp(bytes: &[u8]) -> Option<bool> {
    let whole = bytes.get(..usize::try_from(le32(bytes.get(4..)?)?).ok()?.checked_add(8)?)?;
    let mut rest = whole.get(12..)?;
    while !rest.is_empty() {
        let (name, length) = (rest.get(..4)?, usize::try_from(le32(rest.get(4..)?)?).ok()?);
        let content = rest.get(8..length.checked_add(8)?)?;
        match name {
            b"VP8 " => return Some(content.get(3..6)? == b"\x9D\x01\x2A"),
            b"VP8L" => return Some(content.first() == Some(&0x2F)),
            b"ANMF" => return Some(content.len() > 16),
            _ => rest = rest.get(8 + length + length % 2..)?,
        }
    }
    Some(false)
}

/// Boxes that lie whole in the file, one that describes the picture and one that holds it.
fn heic(bytes: &[u8]) -> Option<bool> {
    let mut rest = bytes;
    let (mut described, mut held) = (false, false);
    while !rest.is_empty() {
        let length = match be32(rest)? {
            0 => rest.len(),
            1 => usize::try_from(u64::from(be32(rest.get(8..)?)?) << 32 | u64::from(be32(rest.get(12..)?)?))
                .ok()?,
            length => usize::try_from(length).ok()?,
        };
        let name = rest.get(4..8)?;
        described |= name == b"meta" && length > 8;
        held |= name == b"mdat" && length > 8;
        if length < 8 {
            return Some(false);
        }
        rest = rest.get(length..)?;
    }
    Some(described && held)
}

/// A version in its head, objects, and at its end where they begin.
fn pdf(bytes: &[u8]) -> bool {
    let version = bytes.get(5..8).is_some_and(|text| matches!(text, [b'1' | b'2', b'.', b'0'..=b'9']));
    let bytes = bytes.trim_ascii_end();
    let end = bytes.get(bytes.len().saturating_sub(PDF_END_LOOKED_AT)..).unwrap_or_default();
    let holds = |text: &[u8], part: &[u8]| text.windows(part.len()).any(|window| window == part);
    version && holds(end, b"startxref") && holds(end, b"%%EOF") && holds(bytes, b" obj")
}

fn be16(bytes: &[u8]) -> Option<u16> {
    bytes.first_chunk().map(|pair| u16::from_be_bytes(*pair))
}

fn be32(bytes: &[u8]) -> Option<u32> {
    bytes.first_chunk().map(|four| u32::from_be_bytes(*four))
}

fn le32(bytes: &[u8]) -> Option<u32> {
    bytes.first_chunk().map(|four| u32::from_le_bytes(*four))
}

fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(
            crc ^ u32::from(*byte),
            |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 },
        )
    };
    !bytes.iter().fold(u32::MAX, step)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::sniff;

    fn chunk(name: &[u8], content: &[u8]) -> Vec<u8> {
        let checked = [name, content].concat();
        let length = u32::try_from(content.len()).unwrap().to_be_bytes();
        [&length[..], &checked, &crc32(&checked).to_be_bytes()].concat()
    }

    fn dot() -> Vec<u8> {
        let head = b"\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00";
        let data = b"\x78\x9C\x63\x68\x00\x00\x00\x82\x00\x81";
        [b"\x89PNG\r\n\x1A\n".to_vec(), chunk(b"IHDR", head), chunk(b"IDAT", data), chunk(b"IEND", b"")]
            .concat()
    }

    const JPEG: &[u8] = b"\xFF\xD8\xFF\xE0\x00\x04ab\xFF\xC0\x00\x0B\x08\x00\x01\x00\x01\x01\x01\x11\x00\xFF\xDA\x00\x08\x01\x01\x00\x00\x3F\x00\x7F\xFF\xD9";
    const WEBP: &[u8] =
        b"RIFF\x16\x00\x00\x00WEBPVP8L\x0A\x00\x00\x00\x2F\x00\x00\x00\x00\x00\x00\x00\x00\x00";
    const HEIC: &[u8] = b"\x00\x00\x00\x10ftypheic\x00\x00\x00\x00\x00\x00\x00\x0Cmeta\x00\x00\x00\x00\x00\x00\x00\x0Cmdatdata";
    const PDF: &[u8] = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\nxref\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n";

    #[test]
    fn a_whole_file_is_told_from_the_first_half_of_it() {
        for file in [dot(), JPEG.to_vec(), WEBP.to_vec(), HEIC.to_vec(), PDF.to_vec()] {
            let kind = sniff(&file).unwrap();
            assert!(is_whole(kind, &file), "{kind:?}");
            for cut in (0..file.trim_ascii_end().len()).step_by(3) {
                assert!(!is_whole(kind, &file[..cut]), "{kind:?} cut at {cut}");
            }
        }
    }

    #[test]
    fn first_bytes_alone_are_no_picture_and_no_paper() {
        assert!(!is_whole(FileKind::Png, b"\x89PNG\r\n\x1A\n"));
        assert!(!is_whole(FileKind::Jpeg, b"\xFF\xD8\xFF\xE0"));
        assert!(!is_whole(FileKind::Pdf, b"%PDF-1.4\nhello"));
        assert!(!is_whole(FileKind::Pdf, b"%PDF-x\n1 0 obj startxref %%EOF"));
        let mut spoiled = dot();
        spoiled[20] ^= 1;
        assert!(!is_whole(FileKind::Png, &spoiled), "a checksum");
    }

    #[test]
    fn blanks_after_the_end_of_a_pdf_do_no_harm() {
        assert!(is_whole(FileKind::Pdf, &[PDF, &[b' '; 9_000]].concat()));
    }
}
