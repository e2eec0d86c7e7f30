//! Areas carry one name on every floor, and inside `domain` use only the ones beneath them.

use crate::rust::{Source, Token};
use crate::tree::{Fault, Tree};

/// Every area and the areas it may use. An area uses its own parts and what is named here, nothing else.
const AREAS: &[(&str, &[&str])] = &[
    ("base", &[]),
    ("calendar", &["base"]),
    ("access", &["base"]),
    ("config", &["base", "access"]),
    ("automation", &["base", "access", "config"]),
    ("tasks", &["base", "access", "config"]),
    ("notices", &["base", "access"]),
    ("webhooks", &["base", "access"]),
    ("customers", &["base", "access", "config"]),
    ("catalog", &["base", "access", "config"]),
    ("pricing", &["base", "calendar", "access", "config", "customers", "catalog"]),
    ("documents", &["base", "access", "config"]),
    ("quotes", &["base", "access", "config", "customers", "catalog", "pricing", "documents"]),
    ("orders", &["base", "access", "config", "customers", "catalog", "pricing", "documents", "quotes"]),
    ("insights", &["base", "access", "config", "customers", "catalog", "pricing", "quotes", "orders"]),
];

/// The kinds of configuration stand in `config`, whose frame knows none of them; each knows the area it configures.
const KINDS: &[&str] = &["crates/domain/src/config/kinds/", "crates/domain/src/config/tests/kinds.rs"];
const KINDS_MAY_USE: &[&str] =
    &["base", "calendar", "access", "config", "automation", "customers", "catalog", "pricing", "documents"];

/// `domain` renders every area's refusals in one place; nothing in `domain` uses it.
const DOMAIN_TOP: &[&str] = &["words"];

/// A floor: its folder, and what stands there besides the areas.
const FLOORS: &[(&str, &[&str])] = &[
    ("crates/domain/src/", &["lib", "words"]),
    (
        "crates/store/src/",
        &[
            "lib",
            "audit",
            "backup",
            "engine",
            "events",
            "files",
            "idempotency",
            "integrity",
            "keys",
            "moving",
            "numbers",
            "outbox",
            "probe",
            "search",
            "sessions",
            "sight",
            "stream",
            "sums",
            "timers",
        ],
    ),
    (
        "crates/app/src/",
        &[
            "lib",
            "audit",
            "backups",
            "clock",
            "ctx",
            "error",
            "events",
            "files",
            "idempotency",
            "integrity",
            "jobs",
            "keys",
            "ports",
            "random",
            "sessions",
            "sheets",
            "stream",
        ],
    ),
    (
        "crates/server/src/",
        &[
            "lib", "audit", "backups", "files", "keys", "metrics", "sessions", "http", "health", "listen",
            "openapi", "problem", "assets", "stream", "tls", "worded",
        ],
    ),
    ("web/src/features/", &[]),
];

/// Names every module without an area, and every use of a higher area inside `domain`.
pub fn check(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (folder, besides) in FLOORS {
        for name in tree.names_in(folder) {
            let stem = name.split('.').next().unwrap_or(name);
            if !is_area(stem) && !besides.contains(&stem) {
                let what = format!("`{stem}` is neither an area nor a technical folder of this floor");
                faults.push(Fault::new(&format!("{folder}{name}"), 0, what));
            }
        }
    }
    for (path, text) in tree.ending(&[".rs"]) {
        let Some(area) = path.strip_prefix("crates/domain/src/").and_then(first_part) else { continue };
        let Some((_, allowed)) = AREAS.iter().find(|(name, _)| *name == area) else { continue };
        let allowed =
            if KINDS.iter().any(|kinds| path.starts_with(kinds)) { &KINDS_MAY_USE } else { allowed };
        // What does not parse is told by the rule of sizes.
        let Ok(source) = Source::parse(text) else { continue };
        check_uses(path, area, allowed, &source.tokens(), &mut faults);
    }
    faults
}

fn is_area(name: &str) -> bool {
    AREAS.iter().any(|(area, _)| *area == name)
}

fn first_part(path: &str) -> Option<&str> {
    path.split(['/', '.']).next()
}

fn check_uses(path: &str, area: &str, allowed: &[&str], tokens: &[Token], faults: &mut Vec<Fault>) {
    for (used, line) in crate_paths(tokens) {
        let concerns = is_area(&used) || DOMAIN_TOP.contains(&used.as_str());
        let may = used == area || allowed.contains(&used.as_str());
        if concerns && !may {
            faults.push(Fault::new(path, line, format!("area `{area}` may not use `{used}`")));
        }
    }
}

/// The first name after each `crate::`, also of `crate::{a::…, b::…}`.
fn crate_paths(tokens: &[Token]) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    let mut depth = 0usize;
    let mut inside = false;
    for (at, token) in tokens.iter().enumerate() {
        let before =
            |back: usize| at.checked_sub(back).and_then(|at| tokens.get(at)).map(|it| it.text.as_str());
        if before(1) == Some("::") && before(2) == Some("crate") {
            inside = token.text == "{";
            depth = 0;
            if !inside {
                found.push((token.text.clone(), token.line));
            }
        } else if inside {
            match token.text.as_str() {
                "{" => depth += 1,
                "}" if depth == 0 => inside = false,
                "}" => depth -= 1,
                _ if depth == 0 && matches!(before(1), Some("{" | ",")) => {
                    found.push((token.text.clone(), token.line));
                }
                _ => {}
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(path: &str, text: &str) -> usize {
        check(&Tree::of(&[(path, text)])).len()
    }

    #[test]
    fn a_lower_area_does_not_use_a_higher_one() {
        let path = "crates/domain/src/pricing/mod.rs";
        assert_eq!(faults(path, "use crate::catalog::Product;"), 0);
        assert_eq!(faults(path, "use crate::quotes::Quote;"), 1);
        assert_eq!(faults(path, "use crate::{base::Fen, catalog::{Product, Unit}, orders::Order};"), 1);
        assert_eq!(faults(path, "fn a() { crate::orders::sign(); }"), 1);
    }

    #[test]
    fn a_kind_of_configuration_knows_its_area_but_the_frame_does_not() {
        let text = "use crate::pricing::PriceRow;";
        assert_eq!(faults("crates/domain/src/config/kinds/price_list.rs", text), 0);
        assert_eq!(faults("crates/domain/src/config/history.rs", text), 1);
        assert_eq!(faults("crates/domain/src/config/kinds/price_list.rs", "use crate::quotes::Quote;"), 1);
    }

    #[test]
    fn areas_on_one_step_do_not_use_each_other() {
        assert_eq!(faults("crates/domain/src/customers.rs", "use crate::catalog::Product;"), 1);
        assert_eq!(faults("crates/domain/src/documents.rs", "use crate::quotes::Quote;"), 1);
    }

    #[test]
    fn no_area_reaches_up_to_the_words() {
        assert_eq!(faults("crates/domain/src/quotes/mod.rs", "use crate::words::zh;"), 1);
        assert_eq!(faults("crates/domain/src/words/zh.rs", "use crate::quotes::QuoteRefused;"), 0);
    }

    #[test]
    fn every_floor_uses_the_areas_names() {
        assert_eq!(faults("crates/store/src/quotes.rs", ""), 0);
        assert_eq!(faults("crates/store/src/quotations.rs", ""), 1);
        assert_eq!(faults("crates/app/src/quotes/issue.rs", ""), 0);
        assert_eq!(faults("crates/app/src/util/mod.rs", ""), 1);
        assert_eq!(faults("web/src/features/quotes/QuotePage.tsx", ""), 0);
        assert_eq!(faults("web/src/features/quote/QuotePage.tsx", ""), 1);
    }
}
