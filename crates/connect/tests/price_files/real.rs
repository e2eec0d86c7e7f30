//! Real price lists in several dated versions, when they are at hand; nothing of them is kept but counts.

use std::collections::BTreeSet;
use std::path::PathBuf;

use domain::base::fold_width;
use domain::catalog::Units;
use domain::pricing::import::ProductIndex;
use domain::pricing::import::grid::Grid;

use crate::catalogue::product;
use crate::{Account, accounts, grids};

/// A list of prices, by the columns of code, name and specification (from 0), and the row behind its head.
struct List {
    files: &'static [&'static str],
    columns: [Option<usize>; 3],
    first_row: usize,
}

/// Every price list of the folder; those of one maker share the catalogue of the last version.
const LISTS: &[List] = &[
    List {
        files: &[
            "price_list_hardware/price_2023-03-26.csv",
            "price_list_hardware/price_2023-10-19.csv",
            "price_list_hardware/price_2024-02-21.csv",
            "price_list_hardware/price_2024-02-22.csv",
        ],
        columns: [Some(0), Some(1), Some(2)],
        first_row: 1,
    },
    List { files: &["crm_pipeline/products.csv"], columns: [None, Some(0), None], first_row: 1 },
    List { files: &["adventureworks_reseller/Product.csv"], columns: [Some(0), Some(1), None], first_row: 1 },
    List {
        files: &["adventureworks_tables/ProductListPriceHistory.csv"],
        columns: [Some(0), None, None],
        first_row: 0,
    },
];

/// What became of the rows of all real lists; `None` when none is at hand.
pub fn real_accounts() -> Option<Vec<Account>> {
    let folder = PathBuf::from(std::env::var_os("HUXI_DATA")?);
    let mut found = Vec::new();
    for list in LISTS {
        let read = |file: &&'static str| (*file, grids(file, &std::fs::read(folder.join(file)).unwrap()));
        let books: Vec<(&str, Vec<Grid>)> = list.files.iter().map(read).collect();
        let (_, newest) = books.last().unwrap();
        let products = catalogue(&newest[0], list);
        for (file, grids) in &books {
            found.extend(accounts(file, grids, &products, false));
        }
    }
    Some(found)
}

/// Everything that a list names; with a specification the code is both together, as the maker orders by.
fn catalogue(grid: &Grid, list: &List) -> ProductIndex {
    let mut seen = BTreeSet::new();
    let mut products = Vec::new();
    for row in grid.rows.iter().skip(list.first_row) {
        let text = |column: Option<usize>| {
            let cell = column.and_then(|column| row.get(column));
            cell.map(|cell| cell.text().trim().to_string()).unwrap_or_default()
        };
        let [code, name, spec] = list.columns.map(text);
        let code = if spec.is_empty() { code } else { format!("{code}-{spec}") };
        let code = if code.is_empty() { name.clone() } else { code };
        let folded: String = fold_width(&code).split_whitespace().collect();
        if !code.is_empty() && seen.insert(folded.to_uppercase()) {
            products.push(product(products.len(), (&code, &name, &spec), Units::only("个").unwrap()));
        }
    }
    ProductIndex::new(products)
}

#[test]
fn every_row_of_the_real_lists_is_accounted_for() {
    let Some(accounts) = real_accounts() else {
        println!("left out: HUXI_DATA names no folder");
        return;
    };
    for account in &accounts {
        let tally = account.tally;
        println!("{}: {tally:?}", account.file);
        assert!(tally.adds_up(), "{}", account.file);
        let said = tally.read + tally.mended + tally.asked + tally.refused + tally.head;
        assert!(said * 100 >= tally.rows * 95, "{}: {tally:?}", account.file);
    }
}
