//! A photo as small as one that is taken for a signed page may be.

/// Pixels a side.
const SIDE: usize = 200;

/// A white PNG, 200 × 200.
pub fn photo() -> Vec<u8> {
    let side = u32::try_from(SIDE).unwrap();
    photo_claiming(side, side)
}

/// The same picture as another file: something is noted in it.
pub fn photo_noted(note: &str) -> Vec<u8> {
    let photo = photo();
    let (start, rest) = photo.split_at(8 + 12 + 13);
    [start, &chunk(b"tEXt", &[&b"Comment\0"[..], note.as_bytes()].concat()), rest].concat()
}

/// The same PNG, whole by all its checksums, whose head claims another size.
pub fn photo_claiming(width: u32, height: u32) -> Vec<u8> {
    let row = [&[0_u8][..], &[0xFF; SIDE / 8]].concat();
    let rows = row.repeat(SIDE);
    let length = u16::try_from(rows.len()).unwrap();
    let stored = [&[1][..], &length.to_le_bytes(), &(!length).to_le_bytes(), &rows].concat();
    let data = [&b"\x78\x01"[..], &stored, &adler32(&rows).to_be_bytes()].concat();
    let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[1, 0, 0, 0, 0]].concat();
    let start = b"\x89PNG\r\n\x1A\n".to_vec();
    [start, chunk(b"IHDR", &head), chunk(b"IDAT", &data), chunk(b"IEND", b"")].concat()
}

fn chunk(name: &[u8], content: &[u8]) -> Vec<u8> {
    let checked = [name, content].concat();
    let length = u32::try_from(content.len()).unwrap();
    [&length.to_be_bytes()[..], &checked, &crc32(&checked).to_be_bytes()].concat()
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

fn adler32(bytes: &[u8]) -> u32 {
    let (low, high) = bytes.iter().fold((1_u32, 0_u32), |(low, high), byte| {
        let low = (low + u32::from(*byte)) % 65_521;
        (low, (high + low) % 65_521)
    });
    high << 16 | low
}
