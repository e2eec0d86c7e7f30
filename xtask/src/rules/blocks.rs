//! A block of the document template has a file, a place in the closed list, and a drawing on the paper.

use std::collections::BTreeSet;

use super::kinds::{all_of, variant};
use crate::tree::{Fault, Tree};

const FILES: &str = "crates/domain/src/documents/template/blocks/";
const PAPER: &str = "crates/connect/src/pdf/quote.typ";

/// Names every block that has a file and is left out of the list, of `BlockKind::ALL` or of the paper.
pub fn check(tree: &Tree) -> Vec<Fault> {
    let list_path = format!("{FILES}mod.rs");
    let list = tree.text(&list_path).unwrap_or_default();
    let (all, drawn) = (all_of(list, "BlockKind"), drawn(tree.text(PAPER).unwrap_or_default()));
    let names = tree.names_in(FILES).into_iter().filter_map(|name| name.strip_suffix(".rs"));
    let mut faults = Vec::new();
    for name in names.filter(|name| *name != "mod") {
        if !list.contains(&format!("mod {name};")) || !list.contains(&format!("=> \"{name}\",")) {
            faults.push(Fault::new(&list_path, 0, format!("does not list `{name}`")));
        }
        if !all.contains(&format!("BlockKind::{}", variant(name))) {
            faults.push(Fault::new(&list_path, 0, format!("`BlockKind::ALL` leaves `{name}` out")));
        }
        if !drawn.contains(name) {
            faults.push(Fault::new(PAPER, 0, format!("`blocks` does not draw `{name}`")));
        }
    }
    faults
}

/// The names in `blocks` at the end of the print template.
fn drawn(paper: &str) -> BTreeSet<&str> {
    let blocks = paper.split_once("#let blocks = (").and_then(|(_, rest)| rest.split_once("\n)"));
    let lines = blocks.map_or("", |(blocks, _)| blocks).lines();
    lines.filter_map(|line| line.split_once(':')).map(|(name, _)| name.trim()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOD: &str = "crates/domain/src/documents/template/blocks/mod.rs";
    const FILE: (&str, &str) = ("crates/domain/src/documents/template/blocks/bank.rs", "");
    const LIST: &str = "mod bank;\nBlockKind::Bank => \"bank\",\n";
    const ALL: &str = "pub const ALL: &'static [BlockKind] = &[BlockKind::Bank, BlockKind::Text];\n";
    const DRAWN: (&str, &str) = (PAPER, "#let blocks = (\n  bank: bank,\n  text: own-text,\n)\n");

    fn faults(list: &str, paper: (&str, &str)) -> Vec<Fault> {
        check(&Tree::of(&[(MOD, list), FILE, paper]))
    }

    #[test]
    fn a_block_stands_in_the_list_and_on_the_paper() {
        let whole = format!("{LIST}{ALL}");
        assert_eq!(faults(&whole, DRAWN), []);
        assert_eq!(faults(ALL, DRAWN).len(), 1);
        let without = "pub const ALL: &'static [BlockKind] = &[BlockKind::Text];\n";
        assert_eq!(faults(&format!("{LIST}{without}"), DRAWN).len(), 1);
        assert_eq!(faults(&whole, (PAPER, "#let blocks = (\n  text: own-text,\n)\n")).len(), 1);
    }
}
