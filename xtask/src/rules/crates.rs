//! Layers are crates: each may use only the ones beneath it.

use crate::tree::{Fault, Tree};

/// What each crate may use of ours: in what ships, and besides that in its tests.
const ARROWS: &[(&str, &[&str], &[&str])] = &[
    ("domain", &[], &[]),
    ("store", &["domain"], &["testkit"]),
    ("app", &["domain", "store"], &["connect", "testkit"]),
    ("connect", &["app", "domain"], &["store", "testkit"]),
    ("server", &["app", "domain"], &["store", "connect", "demo", "testkit"]),
    // The demo company is built through the use-cases, as people would.
    ("demo", &["app", "domain", "store"], &["connect", "testkit"]),
    ("huxi", &["app", "connect", "demo", "domain", "server", "store"], &["testkit"]),
    // Throw-away databases for tests; nothing that ships uses it.
    ("testkit", &["domain", "store"], &[]),
];

/// Names every dependency between our crates that points the wrong way.
pub fn check(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for name in tree.names_in("crates/") {
        let path = format!("crates/{name}/Cargo.toml");
        let Some(text) = tree.text(&path) else { continue };
        match ARROWS.iter().find(|(crate_name, _, _)| *crate_name == name) {
            Some((_, ships, tests)) => check_manifest(&path, text, ships, tests, &mut faults),
            None => {
                faults.push(Fault::new(&path, 0, format!("crate `{name}` has no place among the layers")))
            }
        }
    }
    faults
}

fn check_manifest(path: &str, text: &str, ships: &[&str], tests: &[&str], faults: &mut Vec<Fault>) {
    let manifest: toml::Table = match text.parse() {
        Ok(manifest) => manifest,
        Err(error) => return faults.push(Fault::new(path, 0, format!("is not TOML: {error}"))),
    };
    for (section, more) in
        [("dependencies", &[][..]), ("build-dependencies", &[]), ("dev-dependencies", tests)]
    {
        let Some(used) = manifest.get(section).and_then(toml::Value::as_table) else { continue };
        for name in used.keys().filter(|name| ARROWS.iter().any(|(ours, _, _)| ours == name)) {
            let allowed = ships.contains(&name.as_str()) || more.contains(&name.as_str());
            if !allowed {
                faults.push(Fault::new(path, 0, format!("[{section}] may not use `{name}`")));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(crate_name: &str, manifest: &str) -> usize {
        check(&Tree::of(&[(&format!("crates/{crate_name}/Cargo.toml"), manifest)])).len()
    }

    #[test]
    fn a_crate_uses_only_what_lies_beneath() {
        assert_eq!(faults("store", "[dependencies]\ndomain.workspace = true\n"), 0);
        assert_eq!(faults("store", "[dependencies]\napp.workspace = true\n"), 1);
        assert_eq!(faults("domain", "[dependencies]\nstore = { path = \"../store\" }\n"), 1);
    }

    #[test]
    fn tests_may_reach_further_but_what_ships_may_not() {
        assert_eq!(faults("server", "[dev-dependencies]\nstore.workspace = true\n"), 0);
        assert_eq!(faults("server", "[dependencies]\nstore.workspace = true\n"), 1);
    }

    #[test]
    fn a_crate_without_a_layer_is_refused() {
        assert_eq!(faults("helpers", "[dependencies]\n"), 1);
    }
}
