//! The order of locks stands once in the store and once on the page that says what each is for: the same.

use crate::tree::{Fault, Tree};

const IN_STORE: &str = "crates/store/src/engine/tx.rs";
const PAGE: &str = "docs/ARCHITECTURE.md";

/// Says where the table of the page leaves the order of the store.
pub fn check(tree: &Tree) -> Vec<Fault> {
    let (Some(store), Some(page)) = (tree.text(IN_STORE), tree.text(PAGE)) else { return Vec::new() };
    let order = store.split_once("const LOCK_ORDER").and_then(|(_, rest)| rest.split_once("];"));
    let order: Vec<&str> = order.map_or("", |(order, _)| order).split('"').skip(1).step_by(2).collect();
    let table = page.split_once("### The order of locks").map_or("", |(_, rest)| rest);
    let table = table.split("\n#").next().unwrap_or_default();
    let cells = table.lines().filter_map(|line| line.strip_prefix("| ")?.split(" |").next());
    let told: Vec<&str> = cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).collect();
    if !order.is_empty() && order == told {
        return Vec::new();
    }
    let what = format!("tells the order of locks as {told:?}, `LOCK_ORDER` in {IN_STORE} is {order:?}");
    vec![Fault::new(PAGE, 0, what)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(rows: &str) -> usize {
        let order = "pub const LOCK_ORDER: &[&str] = &[\n    \"config_item\",\n    \"product\",\n    \"person\",\n];\n";
        let page = format!(
            "### The order of locks\n\n| row | held by |\n| --- | --- |\n{rows}\n## Else\n| `task` | x |\n"
        );
        check(&Tree::of(&[(IN_STORE, order), (PAGE, &page)])).len()
    }

    #[test]
    fn the_page_tells_the_locks_in_the_order_of_the_store() {
        let head = "| `config_item` (\"head\") | shared: `x` |\n";
        assert_eq!(faults(&format!("{head}| `product`, `person` | their own |\n")), 0);
        assert_eq!(faults(&format!("{head}| `person` | own |\n| `product` | own |\n")), 1);
        assert_eq!(faults(head), 1);
        assert_eq!(check(&Tree::of(&[(IN_STORE, ""), (PAGE, "")])).len(), 1);
    }
}
