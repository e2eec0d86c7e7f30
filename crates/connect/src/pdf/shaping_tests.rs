//! What becomes of pictures that people hand in, sound ones and others.

use std::io::Cursor;

use domain::documents::{FileKind, PictureRefused};
use image::{DynamicImage, GenericImageView, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};

use super::shaping::{is_thumb, shape};

/// Red on the left half, blue on the right.
fn halves(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(
        width,
        height,
        |x, _| if x < width / 2 { Rgb([220, 30, 30]) } else { Rgb([30, 30, 220]) },
    )
}

fn encoded(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.into().write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// The JPEG with what a camera writes beside it: that it was held sideways, and a place.
fn with_exif(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let tiff = [
        &b"II*\0\x08\0\0\0"[..],
        &[1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0],
        b"SUZHOU 31.3N 120.6E",
    ]
    .concat();
    let body = [&b"Exif\0\0"[..], &tiff].concat();
    let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], b"\xFF\xE1", &length, &body, &jpeg[2..]].concat()
}

fn read(jpeg: &[u8]) -> DynamicImage {
    image::load_from_memory_with_format(jpeg, ImageFormat::Jpeg).unwrap()
}

fn is_red(pixel: Rgba<u8>) -> bool {
    pixel.0[0] > 150 && pixel.0[2] < 110
}

#[test]
fn every_format_becomes_a_large_and_a_small_jpeg_in_its_proportions() {
    let formats = [
        (FileKind::Jpeg, ImageFormat::Jpeg),
        (FileKind::Png, ImageFormat::Png),
        (FileKind::Webp, ImageFormat::WebP),
    ];
    for (kind, format) in formats {
        let shaped = shape(kind, &encoded(halves(2_400, 1_600), format)).unwrap();
        assert_eq!((shaped.width, shaped.height), (1_200, 800), "{kind:?}");
        assert_eq!(read(&shaped.large).dimensions(), (1_200, 800), "{kind:?}");
        assert_eq!(read(&shaped.thumb).dimensions(), (160, 106), "{kind:?}");
        assert!(is_thumb(&shaped.thumb) && !is_thumb(&shaped.large), "{kind:?}");
        assert_eq!(
            shape(kind, &encoded(halves(2_400, 1_600), format)).as_ref(),
            Ok(&shaped),
            "the same again"
        );
    }
    let small = shape(FileKind::Png, &encoded(halves(100, 120), ImageFormat::Png)).unwrap();
    assert_eq!((small.width, small.height), (100, 120), "nothing is blown up");
}

#[test]
fn a_photo_is_turned_upright_and_tells_nothing_of_where_it_was_taken() {
    let photo = encoded(halves(400, 200), ImageFormat::Jpeg);
    let upright = shape(FileKind::Jpeg, &with_exif(&photo, 6)).unwrap();
    assert_eq!((upright.width, upright.height), (200, 400));
    let seen = read(&upright.large);
    assert!(is_red(seen.get_pixel(100, 20)) && !is_red(seen.get_pixel(100, 380)), "the left is on top");
    for bytes in [&upright.large, &upright.thumb] {
        let holds = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
        assert!(!holds(b"Exif") && !holds(b"SUZHOU"));
    }
    let odd = shape(FileKind::Jpeg, &with_exif(&photo, 99)).unwrap();
    assert_eq!((odd.width, odd.height), (400, 200), "an unknown turn is none");
}

#[test]
fn what_shines_through_is_white() {
    let glass = RgbaImage::from_fn(200, 200, |x, _| Rgba([200, 0, 0, if x < 100 { 0 } else { 255 }]));
    let shaped = shape(FileKind::Png, &encoded(glass, ImageFormat::Png)).unwrap();
    let seen = read(&shaped.large);
    assert!(seen.get_pixel(20, 100).0[..3].iter().all(|part| *part > 245));
    assert!(is_red(seen.get_pixel(180, 100)));
}

#[test]
fn a_small_one_stays_small_whatever_is_on_it() {
    // As rough as gravel: neighbouring pixels have nothing to do with each other.
    let rough = RgbImage::from_fn(1_000, 1_000, |x, y| {
        let mixed = (x / 6).wrapping_mul(2_654_435_761) ^ (y / 6).wrapping_mul(2_246_822_519);
        let [red, green, blue, _] = (mixed ^ mixed >> 15).to_le_bytes();
        Rgb([red, green, blue])
    });
    let shaped = shape(FileKind::Png, &encoded(rough, ImageFormat::Png)).unwrap();
    assert!(shaped.thumb.len() <= 12 * 1_024, "{}", shaped.thumb.len());
    let plain = shape(FileKind::Png, &encoded(halves(1_000, 1_000), ImageFormat::Png)).unwrap();
    assert!(plain.thumb.len() <= 7 * 1_024, "{}", plain.thumb.len());
}

#[test]
fn what_is_damaged_or_none_is_refused_and_nothing_panics() {
    let png = encoded(halves(300, 200), ImageFormat::Png);
    let jpeg = encoded(halves(300, 200), ImageFormat::Jpeg);
    let unreadable = Err(PictureRefused::Unreadable);
    assert_eq!(shape(FileKind::Png, &png[..60]), unreadable);
    assert_eq!(shape(FileKind::Jpeg, &jpeg[..40]), unreadable);
    assert_eq!(shape(FileKind::Png, &jpeg), unreadable);
    assert_eq!(shape(FileKind::Webp, b"RIFF\x24\0\0\0WEBPVP8 "), unreadable);
    assert_eq!(shape(FileKind::Jpeg, b""), unreadable);
    let table = Err(PictureRefused::OtherKind { found: Some(FileKind::Xlsx) });
    assert_eq!(shape(FileKind::Xlsx, b"PK\x03\x04"), table);
    let tiny = encoded(halves(99, 400), ImageFormat::Png);
    assert_eq!(shape(FileKind::Png, &tiny), Err(PictureRefused::TooSmall { side_min: 100 }));
    for cut in (1..png.len() * 3 / 4).step_by(png.len() / 40 + 1) {
        assert!(shape(FileKind::Png, &png[..cut]).is_err(), "cut at {cut}");
    }
}

#[test]
fn a_bomb_is_refused_before_it_unfolds() {
    // Its first chunk claims 50,000 × 50,000 pixels, with a right checksum.
    let png = encoded(halves(300, 200), ImageFormat::Png);
    let mut bomb = png.clone();
    bomb[16..20].copy_from_slice(&50_000_u32.to_be_bytes());
    bomb[20..24].copy_from_slice(&50_000_u32.to_be_bytes());
    let crc = crc32(&bomb[12..29]);
    bomb[29..33].copy_from_slice(&crc.to_be_bytes());
    let refused = PictureRefused::TooManyPixels { pixels_max: domain::documents::PICTURE_PIXELS_MAX };
    assert_eq!(shape(FileKind::Png, &bomb), Err(refused));
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
