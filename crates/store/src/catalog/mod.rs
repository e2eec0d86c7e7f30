//! Products with their units and barcodes, and the tree of categories.

mod categories;
mod findable;
mod pictures;
mod products;
mod rows;
mod terms;

pub use categories::{CountedCategory, counted_categories, insert_category, tree};
pub use findable::{by_item_code, findables, findables_at, with_barcode};
pub use pictures::{
    has_picture_file, main_pictures, order_pictures, picture_of, put_picture, set_picture_removed,
};
pub use products::{
    at, barcode_taken_by, code_taken_by, find, hold_names, insert, set_archived, units_in_use, update,
};
pub use rows::{Barcode, ProductAfter, StoredProduct};
pub use terms::{CustomerTerms, customer_terms, region_at, terms_of_all};
