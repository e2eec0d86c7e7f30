//! The map and the recipes name only what is there: a path between backticks is a file or a folder, `file::name` a
//! function in it.

use crate::tree::{Fault, Tree};

const MAP: &str = "docs/ARCHITECTURE.md";
const RECIPES: &str = "docs/recipes/";
/// What stands between backticks is a path of the repository when it begins with one of its folders.
const FOLDERS: &[&str] = &["crates/", "web/", "xtask/", "e2e/", "bench/", "docs/", "api/"];
/// Signs of a path that stands for many.
const PLACEHOLDER: &[char] = &['<', '…', '*', '{', ' '];

/// Names every path that the map or a recipe names and that is not there.
pub fn check(tree: &Tree) -> Vec<Fault> {
    let pages = tree.files().filter(|(path, _)| *path == MAP || path.starts_with(RECIPES));
    let mut faults = Vec::new();
    for (page, text) in pages {
        for (at, line) in text.lines().enumerate() {
            let named = line.split('`').skip(1).step_by(2).filter(|named| is_path(named));
            let lost = named.filter(|named| !is_there(tree, named));
            faults.extend(lost.map(|named| Fault::new(page, at + 1, format!("`{named}` is not there"))));
        }
    }
    faults
}

fn is_path(named: &str) -> bool {
    FOLDERS.iter().any(|folder| named.starts_with(folder)) && !named.contains(PLACEHOLDER)
}

fn is_there(tree: &Tree, named: &str) -> bool {
    let (path, function) = named.split_once("::").map_or((named, None), |(path, name)| (path, Some(name)));
    match (tree.text(path), function) {
        (Some(_), None) => true,
        (Some(text), Some(function)) => text.contains(&format!("fn {function}(")),
        (None, None) => !tree.names_in(&format!("{}/", path.trim_end_matches('/'))).is_empty(),
        (None, Some(_)) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn faults(line: &str, expected: usize) {
        let file = ("crates/domain/src/lib.rs", "fn adds_up() {}\n");
        assert_eq!(check(&Tree::of(&[file, (MAP, line)])).len(), expected, "{line}");
        assert_eq!(check(&Tree::of(&[file, ("docs/recipes/area.md", line)])).len(), expected, "{line}");
        assert_eq!(check(&Tree::of(&[file, ("docs/guide/hq.md", line)])), []);
    }

    #[test]
    fn a_path_that_is_named_is_there() {
        faults("`crates/domain/src/lib.rs` and `crates/domain`, `crates/domain/src/`", 0);
        faults("`crates/domain/src/main.rs`", 1);
        faults("`crates/store/` and `web/src`", 2);
    }

    #[test]
    fn a_function_that_is_named_stands_in_its_file() {
        faults("`crates/domain/src/lib.rs::adds_up`", 0);
        faults("`crates/domain/src/lib.rs::adds`", 1);
    }

    #[test]
    fn what_is_no_path_is_left_alone() {
        faults("`crates/<crate>/src` and crates/none and `Kind::ALL` and `cargo run crates/none`", 0);
    }
}
