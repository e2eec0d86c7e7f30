//! Words of uploaded files.

use serde_json::{Value, json};

use crate::base::{Refusal, RefusalSort};
use crate::documents::{FileKind, FileRefused, ForeignKind};

impl Refusal for FileRefused {
    fn code(&self) -> &'static str {
        "file_kind"
    }

    fn sort(&self) -> RefusalSort {
        RefusalSort::Invalid
    }

    fn facts(&self) -> Value {
        json!({})
    }

    fn sentence(&self) -> String {
        match self {
            FileRefused::Empty => "文件是空的，请重新选择。".into(),
            FileRefused::UnknownKind { found } => {
                let what = found.map_or("这种文件", foreign_name);
                format!("不能上传{what}：照片请用 JPG、PNG、WebP、HEIC，扫描件用 PDF，表格用 Excel 或 CSV。")
            }
            FileRefused::Damaged { kind } if *kind == FileKind::Pdf => {
                "这个 PDF 打不开：文件不完整或已损坏。请重新扫描，或换一个文件再上传。".into()
            }
            FileRefused::Damaged { kind } if kind.is_sheet() => {
                "这个表格打不开：文件不完整或已损坏。请用 Excel 或 WPS 打开，另存一份后再上传。".into()
            }
            FileRefused::Damaged { .. } => {
                "这张图片打不开：文件不完整或已损坏。请重新拍照，或换一张再上传。".into()
            }
        }
    }
}

fn foreign_name(kind: ForeignKind) -> &'static str {
    match kind {
        ForeignKind::Gif => "GIF 动图",
        ForeignKind::Bmp => "BMP 图片",
        ForeignKind::Tiff => "TIFF 图片",
        ForeignKind::Zip => "压缩包或 Word 文档",
        ForeignKind::WebPage => "网页",
        ForeignKind::Video => "视频",
        ForeignKind::Program => "程序",
    }
}

/// The name of a file that came without one.
pub const NAMELESS: &str = "未命名文件";
