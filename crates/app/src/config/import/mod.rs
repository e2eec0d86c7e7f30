//! From somebody's price file into a draft: looked at first, settled in place, taken over when asked; what is
//! published stays untouched.

mod choices;
mod look;
mod preview;
mod reading;
mod steps;
mod suppliers;
mod take;
mod watch;

pub use choices::{Choices, RowDecision, SheetChoice};
pub use preview::{
    AskedRow, FirstRow, ImportCounts, LISTED_MAX, LeftOutRow, MendedRow, Preview, ProductChoice, RefusedRow,
    RowSaid, SheetPreview,
};
pub use reading::carry_out_import;
pub use steps::{ImportView, begin_import, cancel_import, change_import, import, imports_of};
pub use suppliers::{SupplierView, forget_supplier, supplier, suppliers};
pub use take::{Imported, apply_import};
pub use watch::{IMPORT_EFFECT, WatchedImport, watch_import};
