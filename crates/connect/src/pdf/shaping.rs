//! Pictures of what is sold: opened with care, turned upright, and made small enough for screens and paper.

use std::io::Cursor;

use domain::documents::{
    FileKind, LARGE_SIDE_MAX, PictureRefused, ShapedPicture, THUMB_SIDE_MAX, may_be_decoded, may_be_picture,
};
use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageResult, Limits, RgbImage, imageops};

use super::pictures::alone;
use crate::guarded::guarded;

const LARGE_QUALITY: u8 = 82;
/// A small one begins at the first and goes on until it fits into `THUMB_BYTES_WANTED`.
const THUMB_QUALITIES: [u8; 5] = [80, 68, 55, 42, 30];
/// Thirty of them stand on one quotation, and its file shall stay small.
const THUMB_BYTES_WANTED: usize = 7 * 1_024;

/// What is kept of a picture; refused in words when it is none, or none that is taken.
pub fn shape(kind: FileKind, content: &[u8]) -> Result<ShapedPicture, PictureRefused> {
    let kind = may_be_picture(Some(kind), content.len())?;
    let shaped = guarded(|| match kind {
        FileKind::Jpeg => opened(JpegDecoder::new(Cursor::new(content))),
        FileKind::Png => opened(PngDecoder::new(Cursor::new(content))),
        FileKind::Webp => opened(WebPDecoder::new(Cursor::new(content))),
        FileKind::Heic | FileKind::Pdf | FileKind::Xlsx | FileKind::Xls | FileKind::Csv => {
            Err(PictureRefused::OtherKind { found: Some(kind) })
        }
    });
    shaped.unwrap_or(Err(PictureRefused::Unreadable))
}

/// Whether these bytes are a small picture as `shape` makes them, so that no paper fails on them.
pub(super) fn is_thumb(jpeg: &[u8]) -> bool {
    let opened = guarded(|| {
        let decoder = JpegDecoder::new(Cursor::new(jpeg)).ok()?;
        let (width, height) = decoder.dimensions();
        let small = width <= THUMB_SIDE_MAX && height <= THUMB_SIDE_MAX;
        if small { DynamicImage::from_decoder(decoder).ok().map(drop) } else { None }
    });
    opened.flatten().is_some()
}

fn opened(decoder: ImageResult<impl ImageDecoder>) -> Result<ShapedPicture, PictureRefused> {
    let mut decoder = decoder.map_err(|_| PictureRefused::Unreadable)?;
    may_be_decoded(decoder.dimensions())?;
    let _alone = alone();
    // What the camera noted may be damaged where the picture is not.
    let turned = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    decoder.set_limits(Limits::default()).map_err(unopened)?;
    let picture = on_white(DynamicImage::from_decoder(decoder).map_err(unopened)?);
    let mut large = DynamicImage::ImageRgb8(within(picture, LARGE_SIDE_MAX));
    large.apply_orientation(turned);
    let large = large.into_rgb8();
    let (width, height) = large.dimensions();
    let thumb = within(large.clone(), THUMB_SIDE_MAX);
    Ok(ShapedPicture { large: jpeg(&large, LARGE_QUALITY)?, thumb: small_jpeg(&thumb)?, width, height })
}

/// A picture of few pixels that needs more memory than there is to have is as large as one of many.
fn unopened(fault: ImageError) -> PictureRefused {
    match fault {
        ImageError::Limits(_) => {
            PictureRefused::TooManyPixels { pixels_max: domain::documents::PICTURE_PIXELS_MAX }
        }
        _ => PictureRefused::Unreadable,
    }
}

/// JPEG knows no transparency: what shines through is white, as the page behind it.
fn on_white(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let seen = picture.into_rgba8();
    RgbImage::from_fn(seen.width(), seen.height(), |x, y| {
        let image::Rgba([red, green, blue, opacity]) = *seen.get_pixel(x, y);
        let through = |part: u8| {
            let sum = u32::from(part) * u32::from(opacity) + 255 * (255 - u32::from(opacity));
            u8::try_from(sum / 255).unwrap_or(u8::MAX)
        };
        image::Rgb([through(red), through(green), through(blue)])
    })
}

/// The picture with at most `side` pixels on its longer side, in its proportions; a small one stays as it is.
fn within(picture: RgbImage, side: u32) -> RgbImage {
    let (width, height) = picture.dimensions();
    let longer = width.max(height);
    if longer <= side {
        return picture;
    }
    let part = |length: u32| {
        let exact = u64::from(length) * u64::from(side) / u64::from(longer);
        u32::try_from(exact).unwrap_or(side).max(1)
    };
    imageops::thumbnail(&picture, part(width), part(height))
}

fn jpeg(picture: &RgbImage, quality: u8) -> Result<Vec<u8>, PictureRefused> {
    let mut bytes = Vec::new();
    let written = JpegEncoder::new_with_quality(&mut bytes, quality).encode_image(picture);
    written.map_err(|_| PictureRefused::Unreadable)?;
    Ok(bytes)
}

/// The finest that is small enough, else the smallest.
fn small_jpeg(picture: &RgbImage) -> Result<Vec<u8>, PictureRefused> {
    let mut smallest = Vec::new();
    for quality in THUMB_QUALITIES {
        smallest = jpeg(picture, quality)?;
        if smallest.len() <= THUMB_BYTES_WANTED {
            break;
        }
    }
    Ok(smallest)
}
