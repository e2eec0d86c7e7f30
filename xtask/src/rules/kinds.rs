//! A kind of configuration stands once in Rust and once in the web, under one name.

use std::collections::BTreeSet;

use crate::tree::{Fault, Tree};

const IN_RUST: &str = "crates/domain/src/config/kinds/";
/// What stands beside the kinds: the closed list, what a kind may leave unsaid, the names in rows, and what all kinds know
/// of the world.
const BESIDES: &[&str] = &["mod", "facts", "around", "by_cost", "names", "rules"];
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
        if !all_of(list, "Kind").contains(&format!("Kind::{}", variant(name))) {
            faults.push(Fault::new(&list_path, 0, format!("`Kind::ALL` leaves `{name}` out")));
        }
    }
    let shown_path = format!("{IN_WEB}list.ts");
    let shown = tree.text(&shown_path).unwrap_or_default();
    let named =
        shown.split_once("= {").and_then(|(_, rest)| rest.split_once('}')).map_or("", |(named, _)| named);
    let named: Vec<&str> = named.split(',').map(str::trim).collect();
    for name in &web {
        let imported = shown.contains(&format!("import {{ {name} }} from \"./{name}/kind\";"));
        if !imported || !named.contains(name) {
            faults.push(Fault::new(&shown_path, 0, format!("does not list `{name}`")));
        }
    }
    faults
}

/// What stands in the `ALL` of that enum.
pub(super) fn all_of(list: &str, of: &str) -> Vec<String> {
    let all = list.split_once(&format!("const ALL: &'static [{of}] ="));
    let all = all.and_then(|(_, rest)| rest.split_once("&["));
    let all = all.and_then(|(_, rest)| rest.split_once(']'));
    all.map_or("", |(all, _)| all).split(',').map(|kind| kind.trim().to_string()).collect()
}

/// `price_list` as the name of a variant: `PriceList`.
pub(super) fn variant(name: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters
            .next()
            .map(|first| first.to_ascii_uppercase().to_string() + letters.as_str())
            .unwrap_or_default()
    };
    name.split('_').map(word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOD: &str = "crates/domain/src/config/kinds/mod.rs";
    const LIST: (&str, &str) = (
        MOD,
        "mod tier;\nKind::Tier => \"tier\",\npub const ALL: &'static [Kind] = &[Kind::PriceList, Kind::Tier];\n",
    );
    const RUST: (&str, &str) = ("crates/domain/src/config/kinds/tier.rs", "");
    const WEB: (&str, &str) = ("web/src/kinds/config/tier/kind.ts", "");
    const SHOWN: (&str, &str) = (
        "web/src/kinds/config/list.ts",
        "import { tier } from \"./tier/kind\";\nconst KINDS: Record<string, ConfigKind> = { price_list, tier };\n",
    );

    fn faults(files: &[(&str, &str)]) -> usize {
        check(&Tree::of(files)).len()
    }

    #[test]
    fn a_kind_stands_in_rust_and_in_the_web() {
        assert_eq!(check(&Tree::of(&[LIST, RUST, WEB, SHOWN])), []);
        assert_eq!(faults(&[LIST, RUST]), 1);
        assert_eq!(faults(&[WEB, SHOWN]), 1);
    }

    #[test]
    fn a_kind_stands_in_the_closed_list() {
        let all = "pub const ALL: &'static [Kind] = &[Kind::Tier];\n";
        assert_eq!(faults(&[(MOD, all), RUST, WEB, SHOWN]), 1);
        assert_eq!(faults(&[(MOD, &format!("mod tier;\n{all}")), RUST, WEB, SHOWN]), 1);
        let not_in_all =
            "mod tier;\nKind::Tier => \"tier\",\npub const ALL: &'static [Kind] = &[Kind::PriceList];\n";
        assert_eq!(faults(&[(MOD, not_in_all), RUST, WEB, SHOWN]), 1);
    }

    #[test]
    fn a_kind_stands_in_the_list_of_the_web() {
        let path = SHOWN.0;
        assert_eq!(faults(&[LIST, RUST, WEB]), 1);
        assert_eq!(faults(&[LIST, RUST, WEB, (path, "import { tier } from \"./tier/kind\";\n")]), 1);
        let not_imported = "const KINDS: Record<string, ConfigKind> = { tier };\n";
        assert_eq!(faults(&[LIST, RUST, WEB, (path, not_imported)]), 1);
    }
}
