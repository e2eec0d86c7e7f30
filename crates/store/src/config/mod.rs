//! Configuration: items, their revisions and rows, drafts and releases.

mod drafts;
mod goods;
mod heads;
mod import_memory;
mod imports;
mod items;
mod releases;
mod rows;
mod shelf;
pub(crate) mod sight;
mod whom;

pub(crate) use rows::{KEYS_AT_ONCE, key_places, with_keys};

pub use drafts::{
    DeltaRow, Draft, DraftFilter, DraftRow, Returned, changed_rows_count, changed_rows_page, delta,
    delta_at_keys, delta_counts, delta_rows, draft, drafts, insert_draft, open_drafts, put_delta,
    replace_delta, save_draft,
};
pub use goods::{
    ProductStamp, category_facts, customer_names, facts_about, goods, goods_at, kind_facts, known_products,
    product_stamp, product_versions, regions, roles, tier_customers,
};
pub use heads::{
    HeadStamp, InForce, asks_held_heads, asks_held_to_publish, asks_in_force, asks_nearest, asks_stamp,
    asks_void, hold_history, in_force, in_force_of, is_void, lock_heads, nearest, next_change, stamp,
    unknown_kinds,
};
pub use import_memory::{
    Supplier, forget_supplier, learn, memory_for, memory_of, supplier, supplier_names, suppliers,
};
pub use imports::{
    Import, ImportState, NewImport, Taken, cancel_import, finish_import, forget_previews, import,
    import_preview, imports_of, insert_import, note_progress, restart_import, take_import, take_up_import,
};
pub use items::{
    Item, PersonRef, RevisionRow, SHIPPED_KEY, VoidMark, asks_item, history, insert_item, insert_void, item,
    item_at, item_named, items, items_had, items_of_kind, keepers, rename_item, retire_item, revision,
    revisions,
};
pub use releases::{
    NewRelease, NewRevision, Release, ReleaseItem, cancel_release, insert_release, insert_revision, release,
    releases, set_head,
};
pub use rows::{
    PastRow, ProductRow, RowPage, changes, publish_rows, revision_rows, row_over_time, rows_at_keys,
    rows_count, rows_map, rows_of, rows_of_product, rows_page, speaks_of, take_back_rows,
};
pub use shelf::{OnShelf, ShelfHead, ShelfQueued, shelf};
pub use sight::Sight;
pub use whom::{customers_beneath, customers_seen, hold_customers};
