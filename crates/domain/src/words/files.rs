//! Words of uploaded files.

use serde_json::{Value, json};

use crate::base::{Refusal, RefusalSort};
use crate::documents::FileRefused;

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
            FileRefused::UnknownKind => {
                "不能上传这种文件：照片请用 JPG、PNG、WebP、HEIC，扫描件用 PDF，表格用 Excel 或 CSV。".into()
            }
        }
    }
}

/// The name of a file that came without one.
pub const NAMELESS: &str = "未命名文件";
