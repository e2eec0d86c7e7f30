//! Products and categories: found by everybody who sells, kept by head office.

mod edit;
mod find;
mod form;
mod pictures;
mod shelf;

pub use edit::{archive_product, create_category, create_product, restore_product, update_product};
pub use find::{CategoryNode, ProductQuery, ProductsPage, SeenProduct, categories, find_products, product};
pub use form::{ProductChange, ProductForm};
pub use pictures::{add_picture, keep_picture, order_pictures, picture, remove_picture, restore_picture};
pub use shelf::ShelfCell;
pub use store::catalog::{Barcode, ProductAfter};
