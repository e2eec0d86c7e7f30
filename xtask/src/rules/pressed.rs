//! What a sentence tells people to press, to tick or to open stands on a screen under that very name.

use crate::tree::{Fault, Tree};

/// The sentences with which the program refuses, warns and tells.
const SENTENCES: &str = "crates/domain/src/words/";
/// Where the names on the screens are kept; some come from the server.
const SCREENS: &[&str] = &["web/src/text/", SENTENCES];

/// What stands before such a name.
const BEFORE: &[&str] = &["点「", "勾选「", "在「", "到「"];

/// Names every one that is on no screen.
pub fn check(tree: &Tree) -> Vec<Fault> {
    let screens: Vec<&str> =
        tree.files().filter(|(path, _)| beneath(path, SCREENS)).map(|(_, text)| text).collect();
    let mut faults = Vec::new();
    for (path, text) in tree.files().filter(|(path, _)| beneath(path, &[SENTENCES])) {
        for (at, line) in text.lines().enumerate() {
            for name in pressed(line).filter(|name| !on_a_screen(name, &screens)) {
                faults.push(Fault::new(path, at + 1, format!("no screen has 「{name}」")));
            }
        }
    }
    faults
}

fn beneath(path: &str, places: &[&str]) -> bool {
    places.iter().any(|place| path.starts_with(place))
}

/// The names in a line that are to be pressed, ticked or opened; what is filled in whole is none.
fn pressed(line: &str) -> impl Iterator<Item = &str> {
    let behind =
        BEFORE.iter().flat_map(move |before| line.match_indices(*before).map(|(at, sign)| at + sign.len()));
    let name =
        move |from: usize| line.get(from..).and_then(|rest| rest.split_once('」')).map(|(name, _)| name);
    behind.filter_map(name).filter(|name| !name.is_empty() && !name.starts_with('{'))
}

/// A name stands on a screen as it is; one that ends in something filled in, by what it begins with.
fn on_a_screen(name: &str, screens: &[&str]) -> bool {
    let written = match name.split_once('{') {
        Some((begun, _)) => format!("`{begun}"),
        None => format!("\"{name}\""),
    };
    screens.iter().any(|text| text.contains(&written))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCREEN: (&str, &str) = (
        "web/src/text/config.ts",
        "newDraft: \"改一版\",\nvoidsToo: (n: number) => `同时作废 V${n}（旧价）`,",
    );

    fn faults(sentence: &str) -> usize {
        check(&Tree::of(&[("crates/domain/src/words/config.rs", sentence), SCREEN])).len()
    }

    #[test]
    fn what_is_to_be_pressed_is_on_a_screen_under_that_name() {
        assert_eq!(faults("=> \"请点「改一版」。\""), 0);
        assert_eq!(faults("=> \"请点「改一版」，再点「新建草稿」。\""), 1);
        assert_eq!(faults("=> format!(\"请勾选「同时作废 V{n}」，在「{list}」里看。\")"), 0);
        assert_eq!(faults("=> format!(\"请勾选「作废 V{n}」。\")"), 1);
        assert_eq!(faults("=> \"没有「红色」这一项。\""), 0);
    }

    #[test]
    fn what_a_kind_is_called_comes_from_the_server() {
        assert_eq!(faults("Kind::Calendar => \"工作日历\",\n=> \"请到「工作日历」里补上。\""), 0);
    }
}
