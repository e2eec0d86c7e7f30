//! Pictures of what is sold: which are taken, and what is made of them.

use super::sniff::FileKind;

/// On less than so many pixels a side nobody recognises anything.
pub const PICTURE_SIDE_MIN: u32 = 100;
/// The finest cameras of phones at their usual setting take 50 million.
pub const PICTURE_PIXELS_MAX: u64 = 64_000_000;
/// The largest file that is opened.
pub const PICTURE_BYTES_MAX: usize = 20 << 20;
/// Pixels of the longer side of a picture that is shown large.
pub const LARGE_SIDE_MAX: u32 = 1_200;
/// Pixels of the longer side of a picture that is shown small, or printed in a column of 14 mm.
pub const THUMB_SIDE_MAX: u32 = 160;

/// What is made of a picture once, when it is taken in: upright, without what the camera wrote beside it (place, day,
/// owner), on white where it was transparent. Both are JPEG.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShapedPicture {
    /// At most `LARGE_SIDE_MAX` a side.
    pub large: Vec<u8>,
    /// At most `THUMB_SIDE_MAX` a side.
    pub thumb: Vec<u8>,
    /// Pixels of the large one.
    pub width: u32,
    pub height: u32,
}

/// Why a file becomes no picture of a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PictureRefused {
    #[error("the content is no picture that is taken; it is {found:?}")]
    OtherKind { found: Option<FileKind> },
    #[error("the picture cannot be decoded")]
    Unreadable,
    #[error("the picture has less than {side_min} pixels a side")]
    TooSmall { side_min: u32 },
    #[error("the picture has more than {pixels_max} pixels")]
    TooManyPixels { pixels_max: u64 },
    #[error("the file has more than {bytes_max} bytes")]
    TooManyBytes { bytes_max: usize },
}

/// Whether a file of this kind and length is opened as a picture of a product.
pub fn may_be_picture(kind: Option<FileKind>, bytes: usize) -> Result<FileKind, PictureRefused> {
    let taken = kind.filter(|kind| matches!(kind, FileKind::Jpeg | FileKind::Png | FileKind::Webp));
    let kind = taken.ok_or(PictureRefused::OtherKind { found: kind })?;
    if bytes > PICTURE_BYTES_MAX {
        return Err(PictureRefused::TooManyBytes { bytes_max: PICTURE_BYTES_MAX });
    }
    Ok(kind)
}

/// Whether a picture of this size is decoded: what claims more than any camera takes would only fill the memory.
pub fn may_be_decoded((width, height): (u32, u32)) -> Result<(), PictureRefused> {
    if width.min(height) < PICTURE_SIDE_MIN {
        return Err(PictureRefused::TooSmall { side_min: PICTURE_SIDE_MIN });
    }
    if u64::from(width) * u64::from(height) > PICTURE_PIXELS_MAX {
        return Err(PictureRefused::TooManyPixels { pixels_max: PICTURE_PIXELS_MAX });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn photos_are_taken_and_what_is_only_named_so_is_not() {
        for kind in [FileKind::Jpeg, FileKind::Png, FileKind::Webp] {
            assert_eq!(may_be_picture(Some(kind), PICTURE_BYTES_MAX), Ok(kind));
            let refused = PictureRefused::TooManyBytes { bytes_max: PICTURE_BYTES_MAX };
            assert_eq!(may_be_picture(Some(kind), PICTURE_BYTES_MAX + 1), Err(refused));
        }
        for found in [Some(FileKind::Xlsx), Some(FileKind::Heic), Some(FileKind::Pdf), None] {
            assert_eq!(may_be_picture(found, 1), Err(PictureRefused::OtherKind { found }));
        }
    }

    #[test]
    fn both_sides_count_and_so_does_their_product() {
        let (small, large) = (
            PictureRefused::TooSmall { side_min: 100 },
            PictureRefused::TooManyPixels { pixels_max: 64_000_000 },
        );
        assert_eq!(may_be_decoded((100, 100)), Ok(()));
        assert_eq!(may_be_decoded((99, 5_000)), Err(small));
        assert_eq!(may_be_decoded((5_000, 0)), Err(small));
        assert_eq!(may_be_decoded((8_000, 8_000)), Ok(()));
        assert_eq!(may_be_decoded((8_001, 8_000)), Err(large));
        assert_eq!(may_be_decoded((u32::MAX, u32::MAX)), Err(large));
    }
}
