//! A real price list of small hardware in four versions, when it is at hand.

#![cfg(test)]

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;

use domain::base::{BasisPoints, ProductId, fold_width, parse_date};
use domain::catalog::Units;
use domain::pricing::import::grid::{Cell, Grid};
use domain::pricing::import::{
    Compare, HeadRows, Inspect, KnownProduct, Meaning, ProductIndex, ReadRules, changes, inspect, read_sheet,
};
use domain::pricing::{PriceRow, ProductFacts};

const RULES: ReadRules = ReadRules { list_includes_tax: false, convert_tax: false };

const VERSIONS: [&str; 4] = ["2023-03-26", "2023-10-19", "2024-02-21", "2024-02-22"];

/// The files by their day, or nothing when the data folder is not at hand.
fn versions() -> Vec<(&'static str, Grid)> {
    let Some(folder) = std::env::var_os("HUXI_DATA").map(PathBuf::from) else {
        println!("left out: HUXI_DATA names no folder with price_list_hardware");
        return Vec::new();
    };
    let file = |version: &str| folder.join("price_list_hardware").join(format!("price_{version}.csv"));
    VERSIONS.map(|version| (version, grid_of(&std::fs::read_to_string(file(version)).unwrap()))).to_vec()
}

/// Enough of csv for these files: fields may be quoted, no line breaks in them.
fn grid_of(text: &str) -> Grid {
    let rows = text.trim_start_matches('\u{feff}').lines().map(fields).collect();
    Grid { sheet: "price_list_hardware".to_string(), rows }
}

fn fields(line: &str) -> Vec<Cell> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    for sign in line.chars() {
        match sign {
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            sign => fields.last_mut().unwrap().push(sign),
        }
    }
    fields.into_iter().map(|field| if field.is_empty() { Cell::Empty } else { Cell::Text(field) }).collect()
}

fn product(id: i64, code: &str, name: &str, spec: &str) -> KnownProduct {
    let facts = ProductFacts {
        id: ProductId(id),
        units: Units::only("个").unwrap(),
        category: None,
        series: None,
        tax_rate: BasisPoints::of_whole(1_300).unwrap(),
        list_price: None,
        cost: None,
        floor_price: None,
        costs_include_tax: Some(true),
        price_decimals: 4,
    };
    let spec = Some(spec.to_string());
    KnownProduct {
        facts,
        code: code.to_string(),
        name: name.to_string(),
        spec,
        barcodes: Vec::new(),
        archived: false,
    }
}

/// A catalogue of everything that the last version names.
fn catalogue(grid: &Grid) -> ProductIndex {
    let mut seen = BTreeSet::new();
    let mut products = Vec::new();
    for row in grid.rows.iter().skip(1) {
        let text = |column: usize| row.get(column).map(Cell::text).unwrap_or_default().trim().to_string();
        let code = format!("{}-{}", text(0), text(2));
        let folded: String = fold_width(&code).split_whitespace().collect();
        if seen.insert(folded.to_uppercase()) {
            let id = i64::try_from(products.len()).unwrap() + 1;
            products.push(product(id, &code, &text(1), &text(2)));
        }
    }
    ProductIndex::new(products)
}

#[test]
fn a_real_list_in_four_versions_is_read_row_by_row() {
    let versions = versions();
    let Some((_, last)) = versions.last() else { return };
    let products = catalogue(last);
    let mut rows: BTreeMap<String, PriceRow> = BTreeMap::new();
    for (version, grid) in &versions {
        let proposal = inspect(grid, &products, &Inspect::default());
        assert_eq!(proposal.head, Some(HeadRows { first: 0, last: 0 }), "{version}");
        let columns: Vec<_> =
            proposal.mapping.columns.iter().map(|(meaning, column)| (*meaning, *column)).collect();
        let expected = [(Meaning::Code, 0), (Meaning::Name, 1), (Meaning::Spec, 2), (Meaning::Price, 3)];
        assert_eq!(columns, expected, "{version}: {:#?}", proposal.columns);
        let outcome = read_sheet(grid, proposal.head, &proposal.mapping, &products, RULES).unwrap();
        let total = outcome.read.len() + outcome.skipped.len() + outcome.refused.len();
        assert_eq!(total, grid.rows.len(), "{version}");
        println!("{version}: {:?}", outcome.counts());
        assert!(outcome.read.len() * 100 > grid.rows.len() * 95, "{version}: {:?}", outcome.counts());
        let today = parse_date(version).unwrap();
        let compare = |rows: &BTreeMap<String, PriceRow>| {
            changes(&outcome, &proposal.mapping, &products, Compare { rows, replace_all: false, today })
        };
        let changes = compare(&rows);
        println!(
            "{version}: {} put, {} unchanged, {} untouched",
            changes.put.len(),
            changes.unchanged,
            changes.untouched
        );
        rows.extend(changes.put.into_iter().map(|change| (change.key, change.new)));
        assert_eq!(compare(&rows).put, vec![], "{version} twice");
    }
}

#[test]
fn what_is_wrong_in_a_real_list_is_named() {
    let versions: HashMap<_, _> = versions().into_iter().collect();
    let Some(grid) = versions.get("2024-02-22") else { return };
    let products = catalogue(grid);
    let proposal = inspect(grid, &products, &Inspect::default());
    let outcome = read_sheet(grid, proposal.head, &proposal.mapping, &products, RULES).unwrap();
    let counts = outcome.counts();
    // Two rows hold a remark instead of a price, one a price of nothing.
    assert_eq!(counts.get("not_a_number"), Some(&2));
    assert_eq!(counts.get("price_zero"), Some(&1));
}
