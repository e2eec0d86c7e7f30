//! Documents: what a sales document shows on paper, how it is proved genuine, and what an uploaded file is.

mod capital;
mod contract;
mod fingerprint;
mod mask;
mod mask_words;
mod pictures;
mod printed;
mod refusals;
mod sniff;
pub mod template;
mod text;
mod whole;

pub use capital::capital_rmb;
pub use contract::{Clause, PrintedContract};
pub use fingerprint::{VerifyCode, canonical_json, document_hash, sha256_hex};
pub use mask::mask_name;
pub use pictures::{
    LARGE_SIDE_MAX, PICTURE_BYTES_MAX, PICTURE_PIXELS_MAX, PICTURE_SIDE_MIN, PictureRefused, ShapedPicture,
    THUMB_SIDE_MAX, may_be_decoded, may_be_picture,
};
pub use printed::{
    DocumentState, LINES_MAX, PrintedCustomer, PrintedLine, PrintedPack, PrintedQuote, PrintedSalesperson,
    PrintedSeller, PrintedTotals, TakenOff,
};
pub use refusals::{CellPlace, FileRefused, PageRefused, PrintRefused, SheetRefused};
pub use sniff::{FileKind, ForeignKind, broken_sheet, foreign_kind, is_markup, sniff};
pub use text::{NAME_CHARS_MAX, NOTES_CHARS_MAX, cut, printable};
pub use whole::is_whole;
