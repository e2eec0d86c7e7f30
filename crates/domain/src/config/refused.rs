//! Why a change of configuration is refused.

use serde::Serialize;

use super::draft::DraftState;
use super::rows::RowConflict;
use crate::base::{Instant, ReleaseId};

/// Code and facts; the sentence is rendered by `words::config`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum ConfigRefused {
    /// A queued release of the item stands before this one.
    QueuedRelease {
        release: ReleaseId,
        n: i64,
        effective_at: Instant,
    },
    /// A newer revision than the draft's base exists.
    Behind {
        base_n: i64,
        head_n: i64,
    },
    EffectivePassed {
        effective_at: Instant,
    },
    EffectiveTooFar {
        effective_at: Instant,
    },
    /// The database's clock stands behind the newest event.
    ClockBehind {
        behind_ms: i64,
    },
    UnknownRevision {
        n: i64,
    },
    RevisionCancelled {
        n: i64,
    },
    ReleaseCancelled {
        n: i64,
    },
    /// Too late to cancel: it has come into force.
    ReleaseInForce {
        n: i64,
    },
    ReleaseNotLatest {
        n: i64,
        latest_n: i64,
    },
    AlreadyVoid {
        n: i64,
    },
    VoidNeedsSuccessor {
        n: i64,
    },
    VoidQueued {
        n: i64,
        release: ReleaseId,
    },
    /// A release withdraws only the revision whose place it takes.
    VoidNotReplaced {
        n: i64,
    },
    RestoresVoid {
        n: i64,
    },
    RestoresQueued {
        n: i64,
    },
    NothingToRestore {
        n: i64,
    },
    DraftState {
        state: DraftState,
    },
    NotAuthor,
    SelfConfirm,
    NotConfirmed,
    NothingChanged,
    /// Findings that must be mended first.
    ChecksBlock {
        blocks: i64,
    },
    /// Jumps and prices below cost that were not acknowledged, or are others by now.
    RisksUnseen {
        risks: i64,
    },
    /// The release would take away a tier that customers have.
    TierInUse {
        tier: String,
        customers: i64,
    },
    RebaseConflict {
        conflicts: Vec<ShownConflict>,
    },
    TooManyRows {
        rows: usize,
        rows_max: usize,
    },
    TooManyDrafts {
        drafts_max: i64,
    },
    /// Prices of the older revision lie outside of today's corridor.
    RestoresOutside {
        n: i64,
        rows: usize,
    },
    /// The older revision is for customers or regions that are no longer of the list's scope: their names, and how many
    /// more there are.
    RestoresStrangers {
        n: i64,
        names: Vec<String>,
        others: usize,
    },
    /// Every company has one item of this kind, and no second.
    KindFixed,
    /// A region's own list belongs to a region.
    RegionNeeded,
    /// Lists for all, contracts and what is no price list belong to head office.
    HeadOfficeOnly,
    /// Another item of the kind and scope is called so.
    NameTaken {
        name: String,
    },
    /// The first item of a kind stays.
    ItemNeeded,
    /// What still gives prices is ended first.
    ItemInForce,
    /// Another list takes this one as its base.
    ItemIsBase {
        list: String,
    },
    /// Nothing here writes workbooks.
    NoWriter,
    /// A draft is still open.
    ItemHasDrafts {
        drafts: i64,
    },
}

/// A conflict of two drafts, and what its kind shows beside it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ShownConflict {
    pub conflict: RowConflict,
    pub shown: serde_json::Value,
}

impl ConfigRefused {
    /// The stable code on the wire.
    pub fn code(&self) -> &'static str {
        match self {
            ConfigRefused::QueuedRelease { .. } => "queued_release",
            ConfigRefused::Behind { .. } => "draft_behind",
            ConfigRefused::EffectivePassed { .. } => "effective_passed",
            ConfigRefused::EffectiveTooFar { .. } => "effective_too_far",
            ConfigRefused::ClockBehind { .. } => "clock_behind",
            ConfigRefused::UnknownRevision { .. } => "unknown_revision",
            ConfigRefused::RevisionCancelled { .. } => "revision_cancelled",
            ConfigRefused::ReleaseCancelled { .. } => "release_cancelled",
            ConfigRefused::ReleaseInForce { .. } => "release_in_force",
            ConfigRefused::ReleaseNotLatest { .. } => "release_not_latest",
            ConfigRefused::RestoresOutside { .. } => "restores_outside",
            ConfigRefused::RestoresStrangers { .. } => "restores_strangers",
            ConfigRefused::KindFixed => "kind_fixed",
            ConfigRefused::RegionNeeded => "region_needed",
            ConfigRefused::HeadOfficeOnly => "head_office_only",
            ConfigRefused::NameTaken { .. } => "name_taken",
            ConfigRefused::ItemNeeded => "item_needed",
            ConfigRefused::ItemInForce => "item_in_force",
            ConfigRefused::ItemIsBase { .. } => "item_is_base",
            ConfigRefused::NoWriter => "no_writer",
            ConfigRefused::ItemHasDrafts { .. } => "item_has_drafts",
            ConfigRefused::AlreadyVoid { .. } => "already_void",
            ConfigRefused::VoidNeedsSuccessor { .. } => "void_needs_successor",
            ConfigRefused::VoidQueued { .. } => "void_queued",
            ConfigRefused::VoidNotReplaced { .. } => "void_not_replaced",
            ConfigRefused::RestoresVoid { .. } => "restores_void",
            ConfigRefused::RestoresQueued { .. } => "restores_queued",
            ConfigRefused::NothingToRestore { .. } => "nothing_to_restore",
            ConfigRefused::DraftState { .. } => "draft_state",
            ConfigRefused::NotAuthor => "not_author",
            ConfigRefused::SelfConfirm => "self_confirm",
            ConfigRefused::NotConfirmed => "not_confirmed",
            ConfigRefused::NothingChanged => "nothing_changed",
            ConfigRefused::ChecksBlock { .. } => "checks_block",
            ConfigRefused::RisksUnseen { .. } => "risks_unseen",
            ConfigRefused::TierInUse { .. } => "tier_in_use",
            ConfigRefused::RebaseConflict { .. } => "rebase_conflict",
            ConfigRefused::TooManyRows { .. } => "too_many_rows",
            ConfigRefused::TooManyDrafts { .. } => "too_many_drafts",
        }
    }
}
