//! Why a document cannot be printed, or a sheet cannot be read.

use super::sniff::{FileKind, ForeignKind};

/// Why a PDF is not made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PrintRefused {
    #[error("no Chinese font found in {looked_in:?}")]
    FontsMissing { looked_in: Vec<String> },
    #[error("the document has {count} lines, at most {limit} are printed")]
    TooManyLines { count: usize, limit: usize },
    #[error("the totals are not the sums of the lines")]
    TotalsDisagree,
    #[error("a draft carries no seal")]
    SealOnDraft,
    #[error("the seal is not a readable PNG picture")]
    SealUnreadable,
    #[error("the seal has more than {limit} pixels a side")]
    SealTooLarge { limit: u32 },
    #[error("the verify link does not fit into a code picture")]
    LinkTooLong,
    /// A fault of the typesetting itself; `detail` is for the log, never for a user.
    #[error("typesetting failed: {detail}")]
    Failed { detail: String },
}

/// Why a photo or scan proves no signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PageRefused {
    #[error("the picture cannot be decoded")]
    Unreadable,
    #[error("the PDF cannot be read, or has no page")]
    NoPage,
    #[error("the PDF is protected by a password")]
    Protected,
    #[error("the picture has less than {side_min} pixels a side")]
    TooSmall { side_min: u32 },
    #[error("the picture has more than {pixels_max} pixels")]
    TooLarge { pixels_max: u64 },
}

/// Why an uploaded sheet is not read, or an export not written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SheetRefused {
    #[error("the file is empty")]
    Empty,
    #[error("the content is no sheet; it is {found:?}")]
    NotASheet { found: Option<FileKind> },
    #[error("the file is a web page")]
    WebPage,
    #[error("the name says .{extension}, the content is {found:?}")]
    NameSaysOther { extension: String, found: FileKind },
    #[error("the file is protected by a password")]
    Protected,
    #[error("sheet {sheet} has more than {limit} rows")]
    TooManyRows { sheet: String, limit: usize },
    #[error("sheet {sheet} has more than {limit} columns")]
    TooManyColumns { sheet: String, limit: usize },
    #[error("the file has more than {limit} cells")]
    TooManyCells { limit: usize },
    #[error("the file has more than {limit} sheets")]
    TooManySheets { limit: usize },
    /// Row and column from 0; `None` where text or blanks go on for so long that nobody can say whether they stand in a
    /// cell.
    #[error("a cell ({place:?}) holds more than {limit} letters")]
    CellTooLong { place: Option<CellPlace>, limit: usize },
    #[error("unpacked the file is larger than {limit_mb} MB")]
    TooLarge { limit_mb: u64 },
    #[error("the text is in no known encoding")]
    UnknownEncoding,
    /// Whoever asked for it has let go.
    #[error("reading was stopped")]
    Stopped,
    /// The file is damaged; `detail` is for the log, never for a user.
    #[error("the file is damaged: {detail}")]
    Damaged { detail: String },
    /// An export could not be made; `detail` is for the log, never for a user.
    #[error("the sheet was not written: {detail}")]
    NotWritten { detail: String },
}

/// Where a cell stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellPlace {
    pub sheet: String,
    /// From 0.
    pub row: usize,
    /// From 0.
    pub column: usize,
}

/// Why an uploaded file is not taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileRefused {
    #[error("the file is empty")]
    Empty,
    #[error("the content is of no kind that is taken in; it looks like {found:?}")]
    UnknownKind { found: Option<ForeignKind> },
    #[error("the {kind:?} is not whole")]
    Damaged { kind: FileKind },
}
