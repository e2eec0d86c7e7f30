//! What the server does not know again by its key stands in the web too: it must not be sent a second time unasked.

use std::collections::BTreeSet;

use crate::tree::{Fault, Tree};

const IN_RUST: &str = "crates/server/src/http/once.rs";
const IN_WEB: &str = "web/src/api/client.ts";

/// Names every path that one of the two lists leaves out.
pub fn check(tree: &Tree) -> Vec<Fault> {
    let server = paths(tree.text(IN_RUST).unwrap_or_default(), ("pub const WITHOUT_KEY", "&["), "];");
    let web = paths(tree.text(IN_WEB).unwrap_or_default(), ("const WITHOUT_KEY", "= {"), "};");
    if server.is_empty() && tree.text(IN_RUST).is_some() {
        return vec![Fault::new(IN_RUST, 0, "has no `WITHOUT_KEY` that this rule can read")];
    }
    let unknown = server
        .difference(&web)
        .map(|path| Fault::new(IN_WEB, 0, format!("`WITHOUT_KEY` does not say what a second `{path}` does")));
    let known = web.difference(&server).map(|path| {
        Fault::new(IN_WEB, 0, format!("`WITHOUT_KEY` names `{path}`, which the server knows again"))
    });
    unknown.chain(known).collect()
}

/// The paths between quotes of the list that begins so.
fn paths<'t>(text: &'t str, (name, opens): (&str, &str), closes: &str) -> BTreeSet<&'t str> {
    let list = text.split_once(name).and_then(|(_, rest)| rest.split_once(opens));
    let list = list.and_then(|(_, rest)| rest.split_once(closes)).map_or("", |(list, _)| list);
    list.split('"').filter(|text| text.starts_with("/api/")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONCE: (&str, &str) =
        (IN_RUST, "pub const WITHOUT_KEY: &[&str] = &[\n    \"/api/keys\",\n    \"/api/activity\",\n];\n");

    fn faults(entries: &str) -> usize {
        let client =
            format!("const WITHOUT_KEY: Partial<Record<keyof paths, \"harm\">> = {{\n{entries}}};\n");
        check(&Tree::of(&[ONCE, (IN_WEB, &client)])).len()
    }

    #[test]
    fn what_the_server_does_not_know_again_stands_in_the_web() {
        let both = "  \"/api/keys\": \"harm\",\n  \"/api/activity\": \"none\",\n";
        assert_eq!(faults(both), 0);
        assert_eq!(faults("  \"/api/keys\": \"harm\",\n"), 1);
        assert_eq!(faults(&format!("{both}  \"/api/orders\": \"none\",\n")), 1);
        assert_eq!(check(&Tree::of(&[ONCE])).len(), 2);
        assert_eq!(check(&Tree::of(&[(IN_RUST, "const OTHER: &[&str] = &[];")])).len(), 1);
    }
}
