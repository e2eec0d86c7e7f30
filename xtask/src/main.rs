//! Chores of the repository: `cargo xtask tidy` says where it has left its own rules.

mod rules;
mod rust;
mod tree;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, bail};

use tree::Tree;

fn main() -> anyhow::Result<ExitCode> {
    let command = std::env::args().nth(1).unwrap_or_default();
    if command != "tidy" {
        bail!("usage: cargo xtask tidy");
    }
    let faults = rules::all(&Tree::read(&root()?)?);
    for fault in &faults {
        println!("{fault}");
    }
    println!("{} fault(s)", faults.len());
    Ok(if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The folder of the repository: the one above this crate.
fn root() -> anyhow::Result<PathBuf> {
    let crate_dir = std::env::var("CARGO_MANIFEST_DIR").context("run this through cargo")?;
    let above = PathBuf::from(crate_dir).parent().map(PathBuf::from);
    above.context("xtask lies in the repository's folder")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_repository_keeps_its_own_rules() {
        let tree = Tree::read(&root().unwrap()).unwrap();
        assert!(tree.files().count() > 20, "the walk found the repository");
        let faults = rules::all(&tree);
        let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert!(told.is_empty(), "\n{}\n", told.join("\n"));
    }
}
