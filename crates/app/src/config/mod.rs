//! Configuration: what people draft, confirm, publish, withdraw and roll back, and the snapshot that the system runs on.

mod accepted;
mod around;
mod bases;
mod checks;
mod cost;
mod drafts;
mod exchange;
mod import;
mod items;
mod kept_risks;
mod live;
mod making;
mod pictures;
mod price_sheet;
mod prices;
mod publish;
#[cfg(test)]
mod races;
mod regional;
mod releases;
mod returned;
mod review;
mod shipped;
mod sight;
mod tiers;
mod told;
mod unknown;
mod whom;
mod withdraw;

pub use checks::{
    CHECKS_LISTED_MAX, CheckView, ChecksView, RISKS_LISTED_MAX, RangeView, RiskView, RisksView, checks,
};
pub use drafts::{
    DraftRowView, DraftRowsAsked, DraftRowsView, DraftView, DraftsAsked, PublishedView, RowInput,
    create_draft, discard_draft, draft, draft_diff, draft_rows, drafts, put_rows, retitle_draft,
};
pub use exchange::{
    RETURNED_LISTED_MAX, Returned, ReturnedFault, Taking, Workbook, export_draft, export_item, take_back,
};
pub use import::{
    AskedRow, Choices, FirstRow, IMPORT_EFFECT, ImportCounts, ImportView, Imported, LISTED_MAX, LeftOutRow,
    MendedRow, Preview, ProductChoice, RefusedRow, RowDecision, RowSaid, SheetChoice, SheetPreview,
    SupplierView, WatchedImport, apply_import, begin_import, cancel_import, carry_out_import, change_import,
    forget_supplier, import, imports_of, supplier, suppliers, watch_import,
};
pub use items::{
    ChangeView, DiffView, InForceView, ItemView, QueuedView, RevisionView, RowView, RowsAsked, RowsView,
    diff, revision, revisions, rows,
};
pub use kept_risks::RisksCell;
pub use live::{Live, LiveCell, live, live_now, live_with};
pub(crate) use making::list_row;
pub use making::{NewItem, create_item, rename_item, retire_item};
pub use pictures::picture;
pub use prices::{BranchPrice, ListedPrice, ProductPrices, product_prices};
pub use publish::{publish, roll_back};
pub use regional::create_regional;
pub use releases::{ReleaseView, release, releases};
pub use returned::ReturnedCell;
pub use review::{Submission, confirm, rebase_draft, return_draft, submit};
pub use shipped::{ship_items, ship_missing};
pub(crate) use sight::{draft_for, name_in_log, reads, sight};
pub use store::config::{ImportState, PersonRef, Supplier};
pub(crate) use tiers::{hold_tiers, tiers_to_give};
pub use unknown::unknown_kinds;
pub(crate) use whom::out_of_sight;
pub use whom::{item, items, items_page};
pub use withdraw::{cancel_release, void_revision};
