//! What is expected of each of our own files: rows read, mended, asked, refused, and all others.

use domain::pricing::import::Tally;

use crate::{Account, accounts, catalogue, folder, grids};

/// File, sheet (empty for a csv), rows, read, mended, asked, refused, all others.
type Expected = (&'static str, &'static str, [usize; 6]);

const EXPECTED: &[Expected] = &[
    ("01_title_above.csv", "", [9, 3, 0, 0, 0, 6]),
    ("02_gbk.csv", "", [3, 2, 0, 0, 0, 1]),
    ("03_utf16_tabs.csv", "", [4, 3, 0, 0, 0, 1]),
    ("04_text_prices.xlsx", "价格", [4, 1, 2, 0, 0, 1]),
    ("05_full_width.csv", "", [4, 1, 2, 0, 0, 1]),
    ("06_currency_and_words.csv", "", [5, 0, 4, 0, 0, 1]),
    ("07_remarks_in_prices.csv", "", [6, 0, 4, 1, 0, 1]),
    ("08_placeholders.csv", "", [7, 0, 2, 4, 0, 1]),
    ("09_code_twice.csv", "", [6, 2, 1, 2, 0, 1]),
    ("10_units_in_names.csv", "", [7, 0, 5, 1, 0, 1]),
    ("11_merged_cells.xlsx", "价格", [5, 2, 1, 0, 0, 2]),
    ("12_two_heads_merged.xlsx", "价格", [4, 2, 0, 0, 0, 2]),
    ("13_two_heads.csv", "", [4, 2, 0, 0, 0, 2]),
    ("14_several_sheets.xlsx", "封面", [2, 0, 0, 0, 0, 2]),
    ("14_several_sheets.xlsx", "涂料", [3, 2, 0, 0, 0, 1]),
    ("14_several_sheets.xlsx", "五金", [3, 2, 0, 0, 0, 1]),
    ("14_several_sheets.xlsx", "旧价", [2, 0, 0, 0, 0, 2]),
    ("15_pages_sums_sections.csv", "", [9, 3, 0, 0, 0, 6]),
    ("16_formula_errors.xlsx", "价格", [4, 1, 0, 0, 2, 1]),
    ("17_zeros_and_decimals.xlsx", "价格", [4, 1, 1, 0, 1, 1]),
    ("18_units_unclear.csv", "", [6, 1, 0, 4, 0, 1]),
    ("19_days_and_breaks.csv", "", [8, 3, 0, 0, 4, 1]),
    ("20_no_head.csv", "", [5, 4, 0, 0, 1, 0]),
];

/// What became of the rows of all our own files.
pub fn own_accounts() -> Vec<Account> {
    let mut names: Vec<&str> = EXPECTED.iter().map(|(name, ..)| *name).collect();
    names.dedup();
    let account = |name: &str| {
        let bytes = std::fs::read(folder().join(name)).unwrap();
        accounts(name, &grids(name, &bytes), &catalogue::shop(), true)
    };
    names.into_iter().flat_map(account).collect()
}

/// Rows that say nothing of a price, that are left out, or that stand in sheets that are not taken.
pub fn others(tally: &Tally) -> usize {
    tally.left_out + tally.head + tally.title + tally.subtotal + tally.blank + tally.not_taken
}

#[test]
fn every_row_of_our_faulty_files_is_read_mended_asked_or_refused() {
    let found = own_accounts();
    let told: Vec<_> = found
        .iter()
        .map(|account| {
            let sheet = if account.sheet == account.file { "" } else { account.sheet.as_str() };
            let Tally { rows, read, mended, asked, refused, .. } = account.tally;
            (account.file.as_str(), sheet, [rows, read, mended, asked, refused, others(&account.tally)])
        })
        .collect();
    assert_eq!(told, EXPECTED);
}
