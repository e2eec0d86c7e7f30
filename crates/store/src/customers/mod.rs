//! Customers: one with all that is kept of him, lists, figures of his documents, and his timeline.

mod codes;
mod figures;
mod list;
mod record;
mod timeline;

pub(crate) use codes::asks_codes;
pub use codes::{ItemCode, clear_item_code, code_key, codes_by_product, item_codes, put_item_code};
pub use figures::{Counted, Figures, figures};
pub use list::{CustomerFilter, CustomerPlace, CustomerRow, Sight, list, total};
pub use record::{
    CustomerRecord, add_helper, find, helpers, hold_names, insert, named_alike, next_code, update,
};
pub use timeline::{TimelineEntry, timeline};
