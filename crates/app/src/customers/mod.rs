//! Customers: making, changing, assigning and finding them, and what happened to them.

mod codes;
mod edit;
mod export;
mod find;
mod options;

pub use codes::{
    ITEM_CODE_LETTERS_MAX, ITEM_CODES_MAX, MeantProduct, NewItemCode, change_item_codes, item_codes,
};
pub use edit::{create_customer, update_customer};
pub use export::export_customers;
pub use find::{
    CustomerAction, CustomerPage, CustomerView, changed_by, customer, customer_timeline, customers,
    customers_after, sight,
};
pub use options::{Options, options};
pub use store::customers::{Counted, CustomerFilter, CustomerPlace, CustomerRow, ItemCode, TimelineEntry};
