//! The words of pictures of products: why one is not taken, and why the gallery stays as it is.

use serde_json::{Value, json};

use super::documents::file_kind;
use crate::base::{Refusal, RefusalSort};
use crate::catalog::GalleryRefused;
use crate::documents::{FileKind, PictureRefused};

/// The name under which a picture is kept.
pub const KEPT_NAME: &str = "商品图片.jpg";
/// The name under which its small one is kept.
pub const KEPT_THUMB_NAME: &str = "商品缩略图.jpg";

impl Refusal for PictureRefused {
    fn code(&self) -> &'static str {
        "picture"
    }

    fn sort(&self) -> RefusalSort {
        RefusalSort::Invalid
    }

    fn facts(&self) -> Value {
        json!({})
    }

    fn sentence(&self) -> String {
        match self {
            PictureRefused::OtherKind { found: Some(FileKind::Heic) } => {
                "这是苹果手机的 HEIC 照片，这里打不开。请在手机上存成 JPG，或截屏后再传。".into()
            }
            PictureRefused::OtherKind { found: Some(kind) } => {
                format!("这个文件是{}，不是图片。商品图片请用 JPG、PNG 或 WebP。", file_kind(*kind))
            }
            PictureRefused::OtherKind { found: None } => {
                "这个文件不是图片。商品图片请用 JPG、PNG 或 WebP。".into()
            }
            PictureRefused::Unreadable => {
                "这张图片打不开：文件不完整或已损坏。请重新拍照，或换一张再传。".into()
            }
            PictureRefused::TooSmall { side_min } => {
                format!("这张图片太小，看不清商品：每边至少 {side_min} 像素。请换一张大些的。")
            }
            PictureRefused::TooManyPixels { pixels_max } => {
                format!("这张图片太大，最多 {} 万像素。请缩小后再传。", pixels_max / 10_000)
            }
            PictureRefused::TooManyBytes { bytes_max } => {
                format!("这张图片太大，最多 {} MB。请缩小后再传。", bytes_max >> 20)
            }
        }
    }
}

impl Refusal for GalleryRefused {
    fn code(&self) -> &'static str {
        match self {
            GalleryRefused::Full { .. } => "pictures_full",
            GalleryRefused::Twice => "picture_twice",
            GalleryRefused::OtherPictures => "pictures_changed",
        }
    }

    fn sort(&self) -> RefusalSort {
        RefusalSort::State
    }

    fn facts(&self) -> Value {
        match self {
            GalleryRefused::Full { max } => json!({ "max": max }),
            GalleryRefused::Twice | GalleryRefused::OtherPictures => json!({}),
        }
    }

    fn sentence(&self) -> String {
        match self {
            GalleryRefused::Full { max } => {
                format!("一个商品最多 {max} 张图片。请先删掉一张，再传新的。")
            }
            GalleryRefused::Twice => "这个商品已经有这张图片了。".into(),
            GalleryRefused::OtherPictures => {
                "这个商品的图片刚被别人改过。请看一下现在的图片，再排一次。".into()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_names_what_the_file_is_and_what_is_taken() {
        let said = |found| PictureRefused::OtherKind { found }.sentence();
        assert!(said(Some(FileKind::Xlsx)).contains("不是图片"), "{}", said(Some(FileKind::Xlsx)));
        assert!(said(Some(FileKind::Heic)).contains("HEIC"));
        let large = PictureRefused::TooManyPixels { pixels_max: 64_000_000 }.sentence();
        assert!(large.contains("6400 万像素"), "{large}");
        assert!(PictureRefused::TooManyBytes { bytes_max: 20 << 20 }.sentence().contains("20 MB"));
        assert!(GalleryRefused::Full { max: 8 }.sentence().contains("最多 8 张"));
    }
}
