//! `docs/imports.md`, made from what the files come to. `HUXI_WRITE=1` writes it anew.

use std::fmt::Write;
use std::path::PathBuf;

use crate::Account;
use crate::faulty::{others, own_accounts};
use crate::real::real_accounts;

const HEAD: &str = "\
# What becomes of every row of a price file

Made by `cargo test -p connect --test price_files` (with `HUXI_WRITE=1` it writes this page anew); do not edit. Every row
of every sheet ends in exactly one column, and the columns add up to the rows:

- **read**: taken as it stands;
- **mended**: taken after a repair that is named at the row (full-width figures, a price kept as text, words around or
  behind it, the unit from the name, a merged cell, lost zeros, a placeholder for the code), or once because another row
  says the same;
- **asked**: somebody has to say which product, which price, which unit or which of two rows is meant; settled in place;
- **refused**: to be mended in the file, named by row and column;
- **others**: heads, titles, sums and blank rows, and the rows of sheets that hold no prices in force.
";
const OWN: &str = "
## Faulty files of our own

In `crates/connect/tests/price_files/files`, made by `made.rs` beside them.

";
const REAL: &str = "
## Real price lists in dated versions

Names and counts only; read where `HUXI_DATA` names the folder, with the products of the newest version of each list.

";
const COLUMNS: &str =
    "| file | sheet | rows | read | mended | asked | refused | others |\n|---|---|--:|--:|--:|--:|--:|--:|\n";

fn table(accounts: &[Account]) -> String {
    let mut text = COLUMNS.to_string();
    for Account { file, sheet, tally } in accounts {
        let sheet = if sheet == file { "" } else { sheet.as_str() };
        let (read, mended, asked, refused) = (tally.read, tally.mended, tally.asked, tally.refused);
        let (rows, others) = (tally.rows, others(tally));
        assert_eq!(read + mended + asked + refused + others, rows);
        writeln!(text, "| {file} | {sheet} | {rows} | {read} | {mended} | {asked} | {refused} | {others} |")
            .unwrap();
    }
    text
}

#[test]
fn the_page_of_imports_lists_every_sheet() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/imports.md");
    let own = format!("{HEAD}{OWN}{}", table(&own_accounts()));
    let real = real_accounts().map(|accounts| format!("{REAL}{}", table(&accounts)));
    if let (Some(real), Some(_)) = (&real, std::env::var_os("HUXI_WRITE")) {
        std::fs::write(&path, format!("{own}{real}")).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap();
    assert!(kept.starts_with(&own), "docs/imports.md is old; write it anew with HUXI_WRITE=1");
    if let Some(real) = real {
        assert_eq!(kept, format!("{own}{real}"), "docs/imports.md is old; write it anew with HUXI_WRITE=1");
    }
}
