//! The rules, one file each. A rule takes the tree and says where it is broken.

mod address;
mod again;
mod areas;
mod blocks;
mod crates;
mod forbidden;
mod kinds;
mod locks;
mod log;
mod machine;
mod migrations;
mod paths;
mod pressed;
mod punctuation;
mod purity;
mod sizes;
mod sql;
mod words;

use crate::tree::{Fault, Tree};

/// Every fault of every rule, in the order of the rules.
pub fn all(tree: &Tree) -> Vec<Fault> {
    let rules: [fn(&Tree) -> Vec<Fault>; 18] = [
        sizes::check,
        crates::check,
        areas::check,
        kinds::check,
        blocks::check,
        migrations::check,
        purity::check,
        sql::check,
        words::check,
        log::check,
        punctuation::check,
        pressed::check,
        address::check,
        forbidden::check,
        machine::check,
        paths::check,
        locks::check,
        again::check,
    ];
    rules.iter().flat_map(|rule| rule(tree)).collect()
}
