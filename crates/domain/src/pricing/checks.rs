//! What can be found before anything of configuration is published, whatever its kind: what must be mended, and what is
//! only told. Price rows and tiers are looked at here, the other kinds in their own files.

mod computed;
mod leaning;
mod price_rows;
mod risks;
mod tier_prices;
mod tier_rows;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

use super::corridor::{Band, PriceRange};
use super::rows::RowFault;
use crate::base::{BasisPoints, Date, ItemId, UnitPrice};

pub use computed::{Computed, ComputedCheck, check_computed};
pub use leaning::{Leaning, LeaningCheck, Moved, MovedPrice, check_leaning, leaning_on};
pub use price_rows::{
    CheckedProduct, JUMP_PERCENT, PRICE_ROWS_MAX, PriceCheck, below_cost, check_price_rows,
};
pub use risks::RiskRow;
pub use tier_prices::{FallenTier, TierFall, Under, UnderPrice, check_tier_prices};
pub use tier_rows::{TierCheck, check_tier_rows, tier_jump};

/// Most findings of those that block, and most of the others, that are listed one by one; all are counted.
pub const FINDINGS_MAX: usize = 1_000;

/// The code of a region's price outside of HQ's corridor.
pub const OUTSIDE_CORRIDOR: &str = "outside_corridor";
const UNITS_APART: &str = "units_apart";
const TIER_BELOW_COST: &str = "tier_below_cost";
const TIER_BELOW_FLOOR: &str = "tier_below_floor";
const LEANING_BELOW_COST: &str = "leaning_below_cost";
const LEANING_BELOW_FLOOR: &str = "leaning_below_floor";
const LEANING_JUMP: &str = "leaning_jump";

/// One finding: the row, and what is the matter with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// `None` for the whole list.
    pub row_key: Option<String>,
    /// Whether it must be mended before publishing.
    pub blocks: bool,
    /// Of a row for many goods: of which it is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub among: Option<Among>,
    #[serde(flatten)]
    pub what: Found,
}

/// Of which of the many goods of a row something is said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Among {
    /// The name of the product with which it is worst; the facts are its own.
    pub product: String,
    /// How many goods of the row there are of which it is true, this one included.
    pub goods: usize,
}

/// What was found, with its facts: money and percents are decimal text, as everywhere on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Found {
    /// The content cannot be read.
    Unreadable {
        fault: RowFault,
    },
    UnknownProduct,
    ArchivedProduct,
    /// The product has no conversion for this unit.
    UnknownUnit {
        unit: String,
    },
    PriceZero,
    /// The last day lies before the first.
    EmptyRange {
        from: Date,
        to: Date,
    },
    /// Another row prices the same: product, unit, break and first day.
    OverlappingPrice {
        other_key: String,
    },
    /// The price without or with tax is not said.
    TaxBasisMissing,
    TooManyRows {
        rows: usize,
        rows_max: usize,
    },
    /// Prices that were with tax are now without, or the other way round.
    TaxBasisChanged {
        includes_tax: bool,
    },
    /// Per `unit`, the base unit.
    BelowCost {
        unit: String,
        #[serde(serialize_with = "super::written::yuan")]
        price: UnitPrice,
        #[serde(serialize_with = "super::written::yuan")]
        cost: UnitPrice,
    },
    /// Per `unit`, the base unit, at the lowest tier. `listed`: the list price itself lies below the floor, so that nobody
    /// sells at it but whoever may go below the floor.
    BelowFloor {
        unit: String,
        #[serde(serialize_with = "super::written::yuan")]
        lowest: UnitPrice,
        #[serde(serialize_with = "super::written::yuan")]
        floor: UnitPrice,
        #[serde(serialize_with = "super::written::percent")]
        tier_percent: BasisPoints,
        listed: bool,
    },
    /// More than 30 % away from what is in force; `change` in basis points, with its sign.
    PriceJump {
        #[serde(serialize_with = "super::written::yuan")]
        old: UnitPrice,
        #[serde(serialize_with = "super::written::yuan")]
        new: UnitPrice,
        #[serde(serialize_with = "super::written::signed_percent")]
        change: i64,
    },
    /// The prices of two units of one product lie more than 30 % apart, counted per base unit; `change` in basis points of
    /// the price of the base unit, with its sign.
    UnitsApart {
        unit: String,
        #[serde(serialize_with = "super::written::yuan")]
        price: UnitPrice,
        base_unit: String,
        /// What the price of `unit` is per base unit.
        #[serde(serialize_with = "super::written::yuan")]
        each: UnitPrice,
        #[serde(serialize_with = "super::written::yuan")]
        base_price: UnitPrice,
        #[serde(serialize_with = "super::written::signed_percent")]
        change: i64,
    },
    /// It is over before it comes into force.
    AlreadyEnded {
        to: Date,
    },
    /// A row with a later first day goes on winning.
    Overruled {
        by_key: String,
        until: Option<Date>,
    },
    /// The product has prices for larger quantities or other units only: a small quantity in the base unit has none.
    NoPriceForBaseUnit {
        unit: String,
    },
    /// Below 1 %.
    TierTooLow {
        #[serde(serialize_with = "super::written::percent")]
        percent: BasisPoints,
    },
    /// Above 100 %: customers of the tier pay more than the list.
    TierAboveList {
        #[serde(serialize_with = "super::written::percent")]
        percent: BasisPoints,
    },
    /// The tier goes, and customers still have it.
    TierInUse {
        customers: i64,
    },
    TierPercentChanged {
        #[serde(serialize_with = "super::written::percent")]
        old: BasisPoints,
        #[serde(serialize_with = "super::written::percent")]
        new: BasisPoints,
    },
    /// The same by more than 30 % of what it was; `change` in basis points of the old percent, with its sign.
    TierPercentJump {
        #[serde(serialize_with = "super::written::percent")]
        old: BasisPoints,
        #[serde(serialize_with = "super::written::percent")]
        new: BasisPoints,
        #[serde(serialize_with = "super::written::signed_percent")]
        change: i64,
    },
    /// At the new percent of the tier so many prices of lists come to lie below cost that did not before.
    TierBelowCost {
        #[serde(serialize_with = "super::written::percent")]
        percent: BasisPoints,
        prices: usize,
        worst: Vec<TierPrice>,
    },
    /// The same of the floor.
    TierBelowFloor {
        #[serde(serialize_with = "super::written::percent")]
        percent: BasisPoints,
        prices: usize,
        worst: Vec<TierPrice>,
    },
    /// So many prices of other lists whose formulas ask this one come to lie below cost that did not before.
    LeaningBelowCost {
        prices: usize,
        worst: Vec<LeaningPrice>,
    },
    /// The same of the floor.
    LeaningBelowFloor {
        prices: usize,
        worst: Vec<LeaningPrice>,
    },
    /// So many of them move by more than 30 %.
    LeaningJump {
        prices: usize,
        worst: Vec<LeaningPrice>,
    },
    /// A limit of a role that the company does not have.
    UnknownRole,
    /// A limit of more than 30 % below the tier price.
    DepthHigh {
        #[serde(serialize_with = "super::written::percent")]
        depth: BasisPoints,
    },
    /// The role issues quotations and has no limit: its holders may lower nothing by hand.
    RoleWithoutLimit {
        role: String,
    },
    /// The whole list is over.
    ListEnded {
        to: Date,
    },
    /// A region's own list is of class region, and only there.
    ClassMisplaced,
    /// A contract that names nobody would be for everyone.
    ContractForEveryone,
    /// The list that formulas ask is not in force, or is no list of head office.
    UnknownBase,
    /// Another list says the same for the same customers, and nothing decides between the two.
    OverlappingList {
        /// Whose name is told only to those who see it; empty: another.
        #[serde(skip)]
        item: ItemId,
        list: String,
        goods: String,
    },
    UnknownCategory,
    /// No product is of this series.
    UnknownSeries {
        series: String,
    },
    /// The formula has no figure: no cost, no price in the base list, or a circle.
    FormulaWithoutFigure {
        product: String,
        why: &'static str,
    },
    /// A region's price outside of HQ's corridor; prices per unit of the row.
    OutsideCorridor {
        product: String,
        #[serde(serialize_with = "super::written::yuan")]
        price: UnitPrice,
        #[serde(serialize_with = "super::written::yuan")]
        list_price: UnitPrice,
        /// In percent of HQ's list price, basis points.
        #[serde(serialize_with = "super::written::signed_percent")]
        share: i64,
        band: Band,
        #[serde(serialize_with = "super::written::yuan")]
        lowest: UnitPrice,
        #[serde(serialize_with = "super::written::yuan")]
        highest: UnitPrice,
        /// Who may widen the corridor.
        ask: Vec<String>,
    },
    /// What is checked puts prices of a region outside of the corridor.
    PutsOutside {
        #[serde(skip)]
        item: ItemId,
        list: String,
        rows: usize,
        /// The first of them.
        product: String,
        #[serde(serialize_with = "super::written::signed_percent")]
        share: i64,
        band: Band,
        /// HQ's price as it would be, where that is what moved and so far that a slip is likelier there than in the
        /// region.
        #[serde(serialize_with = "super::written::maybe_yuan")]
        moved_to: Option<UnitPrice>,
    },
    /// The same of lists that the reader does not see.
    PutsOthersOutside {
        lists: usize,
        rows: usize,
    },
    UnknownRegion,
    /// A document needs the block, but it came with a newer program: what is published has no row of it yet.
    BlockNew {
        block: &'static str,
    },
    /// The list names a customer that there is not, or not in its region.
    UnknownCustomer,
    /// Without this block a document is none.
    BlockNeeded {
        block: &'static str,
    },
    /// Documents go without this block.
    BlockAdvised {
        block: &'static str,
    },
    /// Documents go without this part of the block.
    PartAdvised {
        block: &'static str,
        part: &'static str,
    },
    /// A block of own text that says nothing.
    BlockEmpty,
    /// Documents are in two languages, this text in one.
    SecondLanguageMissing,
    /// The region's own seal goes: head office's is used.
    SealRemoved,
    SealExchanged,
}

/// One of the prices that a tier brings below cost or floor; both per `unit`, the base unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TierPrice {
    /// It is told only to those who see its list.
    #[serde(skip)]
    pub item: ItemId,
    pub list: String,
    pub product: String,
    pub unit: String,
    #[serde(serialize_with = "super::written::yuan")]
    pub price: UnitPrice,
    #[serde(serialize_with = "super::written::yuan")]
    pub least: UnitPrice,
}

/// One of the prices of another list that this one moves, and what is the matter with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeaningPrice {
    /// It is told only to those who see its list.
    #[serde(skip)]
    pub item: ItemId,
    pub list: String,
    pub product: String,
    #[serde(flatten)]
    pub what: Found,
}

/// The findings, those that block first, and how many of each code there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    pub found: Vec<Finding>,
    /// What is cut from that list and must be acknowledged all the same.
    pub unlisted: Vec<Finding>,
    pub counts: BTreeMap<&'static str, usize>,
    /// How many there are that block, listed or not.
    pub blocks: usize,
    /// How many only tell something.
    pub warns: usize,
    /// How many of those show cost or floor.
    pub cost_warns: usize,
    /// Of a region's list: between what the price of a row may stand, by the row's key.
    pub ranges: Vec<(String, PriceRange)>,
}

impl Found {
    pub fn blocks(&self) -> bool {
        match self {
            Found::Unreadable { .. }
            | Found::UnknownProduct
            | Found::ArchivedProduct
            | Found::UnknownUnit { .. }
            | Found::PriceZero
            | Found::EmptyRange { .. }
            | Found::OverlappingPrice { .. }
            | Found::TaxBasisMissing
            | Found::TooManyRows { .. }
            | Found::TierTooLow { .. }
            | Found::TierInUse { .. }
            | Found::UnknownRole
            | Found::ClassMisplaced
            | Found::ContractForEveryone
            | Found::UnknownBase
            | Found::OverlappingList { .. }
            | Found::UnknownCategory
            | Found::FormulaWithoutFigure { .. }
            | Found::OutsideCorridor { .. }
            | Found::UnknownRegion
            | Found::UnknownCustomer
            | Found::BlockNeeded { .. }
            | Found::BlockEmpty => true,
            Found::TaxBasisChanged { .. }
            | Found::BelowCost { .. }
            | Found::BelowFloor { .. }
            | Found::PriceJump { .. }
            | Found::UnitsApart { .. }
            | Found::AlreadyEnded { .. }
            | Found::Overruled { .. }
            | Found::NoPriceForBaseUnit { .. }
            | Found::TierAboveList { .. }
            | Found::TierPercentChanged { .. }
            | Found::TierPercentJump { .. }
            | Found::TierBelowCost { .. }
            | Found::TierBelowFloor { .. }
            | Found::LeaningBelowCost { .. }
            | Found::LeaningBelowFloor { .. }
            | Found::LeaningJump { .. }
            | Found::DepthHigh { .. }
            | Found::RoleWithoutLimit { .. }
            | Found::ListEnded { .. }
            | Found::UnknownSeries { .. }
            | Found::PutsOutside { .. }
            | Found::PutsOthersOutside { .. }
            | Found::BlockNew { .. }
            | Found::BlockAdvised { .. }
            | Found::PartAdvised { .. }
            | Found::SecondLanguageMissing
            | Found::SealRemoved
            | Found::SealExchanged => false,
        }
    }

    pub fn code(&self) -> &'static str {
        match self {
            Found::Unreadable { .. } => "unreadable",
            Found::UnknownProduct => "unknown_product",
            Found::ArchivedProduct => "archived_product",
            Found::UnknownUnit { .. } => "unknown_unit",
            Found::PriceZero => "price_zero",
            Found::EmptyRange { .. } => "empty_range",
            Found::OverlappingPrice { .. } => "overlapping_price",
            Found::TaxBasisMissing => "tax_basis_missing",
            Found::TooManyRows { .. } => "too_many_rows",
            Found::TaxBasisChanged { .. } => "tax_basis_changed",
            Found::BelowCost { .. } => "below_cost",
            Found::BelowFloor { .. } => "below_floor",
            Found::PriceJump { .. } => "price_jump",
            Found::UnitsApart { .. } => UNITS_APART,
            Found::AlreadyEnded { .. } => "already_ended",
            Found::Overruled { .. } => "overruled",
            Found::NoPriceForBaseUnit { .. } => "no_price_for_base_unit",
            Found::TierTooLow { .. } => "tier_too_low",
            Found::TierAboveList { .. } => "tier_above_list",
            Found::TierInUse { .. } => "tier_in_use",
            Found::TierPercentChanged { .. } => "tier_percent_changed",
            Found::TierPercentJump { .. } => "tier_percent_jump",
            Found::TierBelowCost { .. } => TIER_BELOW_COST,
            Found::TierBelowFloor { .. } => TIER_BELOW_FLOOR,
            Found::LeaningBelowCost { .. } => LEANING_BELOW_COST,
            Found::LeaningBelowFloor { .. } => LEANING_BELOW_FLOOR,
            Found::LeaningJump { .. } => LEANING_JUMP,
            Found::UnknownRole => "unknown_role",
            Found::DepthHigh { .. } => "depth_high",
            Found::RoleWithoutLimit { .. } => "role_without_limit",
            Found::ListEnded { .. } => "list_ended",
            Found::ClassMisplaced => "class_misplaced",
            Found::ContractForEveryone => "contract_for_everyone",
            Found::UnknownBase => "unknown_base",
            Found::OverlappingList { .. } => "overlapping_list",
            Found::UnknownCategory => "unknown_category",
            Found::UnknownSeries { .. } => "unknown_series",
            Found::FormulaWithoutFigure { .. } => "formula_without_figure",
            Found::OutsideCorridor { .. } => OUTSIDE_CORRIDOR,
            Found::PutsOutside { .. } => "puts_outside_corridor",
            Found::PutsOthersOutside { .. } => "puts_others_outside_corridor",
            Found::UnknownRegion => "unknown_region",
            Found::UnknownCustomer => "unknown_customer",
            Found::BlockNeeded { .. } => "block_needed",
            Found::BlockNew { .. } => "block_new",
            Found::BlockAdvised { .. } => "block_advised",
            Found::PartAdvised { .. } => "part_advised",
            Found::BlockEmpty => "block_empty",
            Found::SecondLanguageMissing => "second_language_missing",
            Found::SealRemoved => "seal_removed",
            Found::SealExchanged => "seal_exchanged",
        }
    }

    /// Whether the facts show cost or floor, which not everybody may see.
    pub fn shows_cost(&self) -> bool {
        matches!(
            self,
            Found::BelowCost { .. }
                | Found::BelowFloor { .. }
                | Found::TierBelowCost { .. }
                | Found::TierBelowFloor { .. }
                | Found::LeaningBelowCost { .. }
                | Found::LeaningBelowFloor { .. }
        )
    }
}

impl Finding {
    /// The finding `what` about a row.
    pub fn of_row(key: &str, what: Found) -> Finding {
        Finding { row_key: Some(key.to_string()), ..Finding::of_list(what) }
    }

    /// The finding `what` about the whole list.
    pub fn of_list(what: Found) -> Finding {
        Finding { row_key: None, blocks: what.blocks(), among: None, what }
    }

    /// The finding about a row that cannot be read.
    pub fn unreadable(key: &str, fault: RowFault) -> Finding {
        Finding::of_row(key, Found::Unreadable { fault })
    }
}

impl Findings {
    /// Sorts, counts and cuts.
    pub fn of(found: Vec<Finding>) -> Findings {
        Findings::default().and(found)
    }

    /// These findings and `more`, sorted and cut anew.
    pub fn and(mut self, more: Vec<Finding>) -> Findings {
        for finding in &more {
            *self.counts.entry(finding.what.code()).or_insert(0) += 1;
            let (blocks, cost) = (finding.blocks, finding.what.shows_cost());
            self.blocks += usize::from(blocks);
            self.warns += usize::from(!blocks);
            self.cost_warns += usize::from(!blocks && cost);
        }
        self.found.extend(more);
        self.found.sort_by_cached_key(place);
        let mut warns = self.found.split_off(self.found.partition_point(|finding| finding.blocks));
        self.found.truncate(FINDINGS_MAX);
        let cut = warns.split_off(warns.len().min(FINDINGS_MAX));
        self.found.extend(warns);
        self.unlisted.extend(cut.into_iter().filter(|finding| finding.what.risk().is_some()));
        self.unlisted.sort_by_cached_key(place);
        self
    }

    /// How many only tell something that this reader may see.
    pub fn warns_for(&self, sees_cost: bool) -> usize {
        if sees_cost { self.warns } else { self.warns.saturating_sub(self.cost_warns) }
    }
}

/// Where a finding stands: what blocks comes first, and of what is only told the largest risks, so that none is cut before
/// what matters less.
fn place(finding: &Finding) -> (bool, Reverse<i64>, Option<String>, &'static str) {
    let risk = finding.what.risk().unwrap_or(-1);
    (!finding.blocks, Reverse(risk), finding.row_key.clone(), finding.what.code())
}
