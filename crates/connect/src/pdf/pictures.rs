//! Pictures and scans that people hand in, opened as they will be opened later: by what prints, and by whoever looks.

use std::io::Cursor;
use std::sync::{Mutex, MutexGuard, PoisonError};

use domain::documents::{FileKind, PageRefused, PrintRefused};
use hayro_syntax::{LoadPdfError, Pdf};
use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::{DynamicImage, ImageDecoder, ImageResult, Limits};

use crate::guarded::guarded;

/// Pixels a side of the largest seal that is taken.
const SEAL_SIDE_MAX: u32 = 4_000;
/// On less than so many pixels a side nobody reads a signature.
const PAGE_SIDE_MIN: u32 = 200;
/// The finest cameras of phones at their usual setting take 50 million.
const PAGE_PIXELS_MAX: u64 = 64_000_000;

/// A large picture takes some hundred MB while it is opened: they are opened one by one.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// Waits until nobody else opens a large picture.
pub(super) fn alone() -> MutexGuard<'static, ()> {
    ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether the typesetter would take this picture as a seal: it is decoded with the same decoder and the same limits.
pub fn check_seal(png: &[u8]) -> Result<(), PrintRefused> {
    let unreadable = || PrintRefused::SealUnreadable;
    let opened = guarded(|| {
        let decoder = PngDecoder::new(Cursor::new(png)).map_err(|_| unreadable())?;
        let (width, height) = decoder.dimensions();
        if width > SEAL_SIDE_MAX || height > SEAL_SIDE_MAX {
            return Err(PrintRefused::SealTooLarge { limit: SEAL_SIDE_MAX });
        }
        decoded(decoder).map_err(|_| unreadable())
    });
    opened.unwrap_or_else(|| Err(unreadable()))
}

/// Whether somebody can open this photo or scan and see a page on it.
pub fn check_page(kind: FileKind, content: Vec<u8>) -> Result<(), PageRefused> {
    let opened = guarded(|| match kind {
        FileKind::Jpeg => picture(JpegDecoder::new(Cursor::new(&content))),
        FileKind::Png => picture(PngDecoder::new(Cursor::new(&content))),
        FileKind::Webp => picture(WebPDecoder::new(Cursor::new(&content))),
        FileKind::Heic => fits(heic_size(&content).ok_or(PageRefused::Unreadable)?),
        FileKind::Pdf => pages(content),
        FileKind::Xlsx | FileKind::Xls | FileKind::Csv => Err(PageRefused::Unreadable),
    });
    opened.unwrap_or(Err(match kind {
        FileKind::Pdf => PageRefused::NoPage,
        _ => PageRefused::Unreadable,
    }))
}

fn picture(decoder: ImageResult<impl ImageDecoder>) -> Result<(), PageRefused> {
    let decoder = decoder.map_err(|_| PageRefused::Unreadable)?;
    fits(decoder.dimensions())?;
    let _alone = alone();
    decoded(decoder).map_err(|_| PageRefused::Unreadable)
}

fn decoded(mut decoder: impl ImageDecoder) -> ImageResult<()> {
    decoder.set_limits(Limits::default())?;
    DynamicImage::from_decoder(decoder).map(drop)
}

fn fits((width, height): (u32, u32)) -> Result<(), PageRefused> {
    if width.min(height) < PAGE_SIDE_MIN {
        return Err(PageRefused::TooSmall { side_min: PAGE_SIDE_MIN });
    }
    let too_large = u64::from(width) * u64::from(height) > PAGE_PIXELS_MAX;
    if too_large { Err(PageRefused::TooLarge { pixels_max: PAGE_PIXELS_MAX }) } else { Ok(()) }
}

/// Nothing here decodes the photos of iPhones: the size of the largest picture that the file describes must do. A photo
/// is kept in tiles and with a small preview, so the largest one is the photo itself.
fn heic_size(content: &[u8]) -> Option<(u32, u32)> {
    let be32 = |at: usize| {
        let four = content.get(at..at + 4)?.first_chunk()?;
        Some(u32::from_be_bytes(*four))
    };
    let sizes =
        memchr::memmem::find_iter(content, b"ispe").filter_map(|at| Some((be32(at + 8)?, be32(at + 12)?)));
    sizes.max_by_key(|(width, height)| u64::from(*width) * u64::from(*height))
}

fn pages(content: Vec<u8>) -> Result<(), PageRefused> {
    let pdf = Pdf::new(content).map_err(|fault| match fault {
        LoadPdfError::Decryption(_) => PageRefused::Protected,
        LoadPdfError::Invalid => PageRefused::NoPage,
    })?;
    if pdf.pages().is_empty() { Err(PageRefused::NoPage) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{ImageFormat, Rgb, RgbImage};

    fn photo(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        let picture = RgbImage::from_pixel(width, height, Rgb([200, 180, 160]));
        picture.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    fn chunk(name: &[u8], content: &[u8]) -> Vec<u8> {
        let checked = [name, content].concat();
        let step = |crc: u32, byte: &u8| {
            (0..8).fold(
                crc ^ u32::from(*byte),
                |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 },
            )
        };
        let crc = !checked.iter().fold(u32::MAX, step);
        [&u32::try_from(content.len()).unwrap().to_be_bytes()[..], &checked, &crc.to_be_bytes()].concat()
    }

    /// One dot of colour 0 of a palette; the palette itself only when it is given.
    fn palette_dot(palette: Option<&[u8]>) -> Vec<u8> {
        let head = b"\x00\x00\x00\x01\x00\x00\x00\x01\x08\x03\x00\x00\x00";
        let data = b"\x78\x9C\x63\x60\x00\x00\x00\x02\x00\x01";
        let palette = palette.map(|colours| chunk(b"PLTE", colours)).unwrap_or_default();
        let start = b"\x89PNG\r\n\x1A\n".to_vec();
        [start, chunk(b"IHDR", head), palette, chunk(b"IDAT", data), chunk(b"IEND", b"")].concat()
    }

    const PDF: &str = "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>\nendobj\ntrailer\n<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n";

    #[test]
    fn a_palette_picture_without_its_palette_is_no_seal() {
        assert_eq!(check_seal(&palette_dot(Some(&[212, 30, 38]))), Ok(()));
        assert_eq!(check_seal(&palette_dot(None)), Err(PrintRefused::SealUnreadable));
    }

    #[test]
    fn a_photo_that_opens_is_a_page_in_every_format_and_a_broken_one_in_none() {
        let kinds = [
            (FileKind::Jpeg, ImageFormat::Jpeg),
            (FileKind::Png, ImageFormat::Png),
            (FileKind::Webp, ImageFormat::WebP),
        ];
        for (kind, format) in kinds {
            assert_eq!(check_page(kind, photo(300, 200, format)), Ok(()), "{kind:?}");
            let small = PageRefused::TooSmall { side_min: PAGE_SIDE_MIN };
            assert_eq!(check_page(kind, photo(300, 199, format)), Err(small), "{kind:?}");
            let broken = photo(300, 200, format)[..40].to_vec();
            assert_eq!(check_page(kind, broken), Err(PageRefused::Unreadable), "{kind:?}");
        }
        assert_eq!(
            check_page(FileKind::Png, palette_dot(None)),
            Err(PageRefused::TooSmall { side_min: 200 })
        );
    }

    #[test]
    fn a_picture_that_claims_more_than_any_camera_takes_is_refused_before_it_is_opened() {
        let mut claims = photo(300, 200, ImageFormat::Png)[..8].to_vec();
        let head = [&9_000_u32.to_be_bytes()[..], &9_000_u32.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
        claims.extend([chunk(b"IHDR", &head), chunk(b"IDAT", b"x"), chunk(b"IEND", b"")].concat());
        let refused = PageRefused::TooLarge { pixels_max: PAGE_PIXELS_MAX };
        assert_eq!(check_page(FileKind::Png, claims), Err(refused));
    }

    #[test]
    fn a_scan_needs_a_page() {
        assert_eq!(check_page(FileKind::Pdf, PDF.as_bytes().to_vec()), Ok(()));
        let empty =
            PDF.replace("/Kids[3 0 R]/Count 1", "/Kids[]/Count 0").replace("/Type/Page/", "/Type/None/");
        assert_eq!(check_page(FileKind::Pdf, empty.into_bytes()), Err(PageRefused::NoPage));
        let hollow = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n".to_vec();
        assert_eq!(check_page(FileKind::Pdf, hollow), Err(PageRefused::NoPage));
    }

    #[test]
    fn of_a_photo_of_an_iphone_the_largest_picture_counts() {
        let size = |width: u32, height: u32| {
            [&b"\x00\x00\x00\x14ispe\x00\x00\x00\x00"[..], &width.to_be_bytes(), &height.to_be_bytes()]
                .concat()
        };
        let photo = [size(512, 512), size(4_032, 3_024), size(320, 240)].concat();
        assert_eq!(check_page(FileKind::Heic, photo), Ok(()));
        assert_eq!(check_page(FileKind::Heic, size(1, 1)), Err(PageRefused::TooSmall { side_min: 200 }));
        assert_eq!(check_page(FileKind::Heic, b"nothing".to_vec()), Err(PageRefused::Unreadable));
    }
}
