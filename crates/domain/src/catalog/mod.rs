//! What is sold: products with their units, and the tree of categories; which entries are refused.

mod category;
mod finder;
mod pictures;
mod product;
mod units;

pub use category::{CATEGORY_DEPTH_MAX, CATEGORY_NAME_LETTERS_MAX, Category, CategoryFault, CategoryTree};
pub use finder::{Findable, Finder, Found, Wanted};
pub use pictures::{GalleryRefused, PICTURES_MAX, Picture, may_add, may_order};
pub use product::{
    BARCODE_LETTERS_MAX, CODE_LETTERS_MAX, NAME_LETTERS_MAX, NewProduct, PRICE_DECIMALS_MAX, Product,
    ProductFault, ProductField, SPEC_LETTERS_MAX,
};
pub use units::{FactorFault, UNIT_LETTERS_MAX, UNITS_MAX, Units, UnitsFault, factor_text, parse_factor};
