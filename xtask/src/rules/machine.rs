//! Nothing in the repository names one machine: no absolute path of somebody's disk, no registry's address.

use crate::tree::{Fault, Tree};

/// Beginnings of paths that exist on one machine only, in two halves so that this file passes its own rule.
const PATHS: &[(&str, &str)] =
    &[("/wo", "rk/"), ("/tm", "p/"), ("/ho", "me/"), ("/ro", "ot/"), ("/Us", "ers/"), ("/fa", "rm/")];

/// Registries, in two halves for the same reason.
const HOSTS: &[(&str, &str)] = &[
    ("registry.npm", "js.org"),
    ("registry.npm", "mirror.com"),
    ("index.crates", ".io"),
    ("static.crates", ".io"),
    ("files.python", "hosted.org"),
    ("py", "pi.org"),
    ("deb.deb", "ian.org"),
];

/// Names every line with a machine's path or a registry's address.
pub fn check(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, text) in tree.files() {
        for (at, line) in text.lines().enumerate() {
            if let Some(found) = PATHS.iter().map(join).find(|it| names_path(line, it)) {
                faults.push(Fault::new(path, at + 1, format!("names a path of one machine: {found}")));
            }
            if let Some(found) = HOSTS.iter().map(join).find(|it| line.contains(it)) {
                faults.push(Fault::new(path, at + 1, format!("names a registry: {found}")));
            }
        }
    }
    faults
}

fn join((left, right): &(&str, &str)) -> String {
    format!("{left}{right}")
}

/// A path begins where no word, dot or brace stands before its slash.
fn names_path(line: &str, path: &str) -> bool {
    line.match_indices(path).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let part_of_longer = before.is_some_and(|sign| sign.is_alphanumeric() || "_.-}$)".contains(sign));
        let goes_on = line[at + path.len()..].chars().next().is_some_and(char::is_alphabetic);
        !part_of_longer && goes_on
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> usize {
        check(&Tree::of(&[("a.md", text)])).len()
    }

    #[test]
    fn a_path_of_one_machine_is_refused() {
        assert_eq!(faults(&["cd /wo", "rk/main"].concat()), 1);
        assert_eq!(faults(&["dir = \"/tm", "p/x\""].concat()), 1);
        assert_eq!(faults("cd target/debug; ls /usr/bin; GET /api/me"), 0);
        assert_eq!(faults(&["\"$HERE/wo", "rk/x\" https://x.cn/ho", "me/x"].concat()), 0);
    }

    #[test]
    fn a_registry_is_refused() {
        assert_eq!(faults(&["https://registry.npm", "js.org/a"].concat()), 1);
    }
}
