//! A kind of configuration stands once in Rust and once in the web, under one name.

use std::collections::BTreeSet;

use crate::tree::{Fault, Tree};

const IN_RUST: &str = "crates/domain/src/config/kinds/";
/// What stands beside the kinds: the closed list, and what all kinds know of the world.
const BESIDES: &[&str] = &["mod", "facts"];
const IN_WEB: &str = "web/src/kinds/config/";

/// Names every kind that stands on one side alone, or has a file but no line in the closed list.
pub fn check(tree: &Tree) -> Vec<Fault> {
    let rust: BTreeSet<&str> = tree
        .names_in(IN_RUST)
        .into_iter()
        .filter_map(|name| name.strip_suffix(".rs"))
        .filter(|name| !BESIDES.contains(name))
        .collect();
    let web: BTreeSet<&str> = tree.names_in(IN_WEB).into_iter().filter(|name| !name.contains('.')).collect();
    let mut faults = Vec::new();
    for name in rust.difference(&web) {
        faults.push(Fault::new(&format!("{IN_RUST}{name}.rs"), 0, format!("has no folder {IN_WEB}{name}/")));
    }
    for name in web.difference(&rust) {
        faults.push(Fault::new(&format!("{IN_WEB}{name}/"), 0, format!("has no file {IN_RUST}{name}.rs")));
    }
    let list_path = format!("{IN_RUST}mod.rs");
    let list = tree.text(&list_path).unwrap_or_default();
    for name in &rust {
        if !list.contains(&format!("mod {name};")) || !list.contains(&format!("=> \"{name}\",")) {
            faults.push(Fault::new(&list_path, 0, format!("does not list `{name}`")));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: (&str, &str) =
        ("crates/domain/src/config/kinds/mod.rs", "mod tier;\nKind::Tier => \"tier\",\n");
    const RUST: (&str, &str) = ("crates/domain/src/config/kinds/tier.rs", "");
    const WEB: (&str, &str) = ("web/src/kinds/config/tier/Editor.tsx", "");

    #[test]
    fn a_kind_stands_in_rust_and_in_the_web() {
        assert_eq!(check(&Tree::of(&[LIST, RUST, WEB])), []);
        assert_eq!(check(&Tree::of(&[LIST, RUST])).len(), 1);
        assert_eq!(check(&Tree::of(&[WEB])).len(), 1);
    }

    #[test]
    fn a_kind_stands_in_the_closed_list() {
        assert_eq!(check(&Tree::of(&[("crates/domain/src/config/kinds/mod.rs", ""), RUST, WEB])).len(), 1);
        let without_arm = ("crates/domain/src/config/kinds/mod.rs", "mod tier;\n");
        assert_eq!(check(&Tree::of(&[without_arm, RUST, WEB])).len(), 1);
    }
}
