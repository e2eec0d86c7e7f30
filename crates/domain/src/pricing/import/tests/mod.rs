//! Price files as they come, faults and all.

mod apply;
mod mending;
mod names;
mod propose;

use std::collections::BTreeMap;

use super::grid::{Cell, GRID_ROWS_MAX, Grid};
use super::*;
use crate::base::{BasisPoints, Factor, ProductId, Qty, UnitPrice, parse_date, parse_decimal};
use crate::catalog::Units;
use crate::pricing::book::ProductFacts;
use crate::pricing::rows::PriceRow;

/// A product with a box of 4, barcode `690…id` on the pail and `790…id` on the box.
pub fn product(id: i64, code: &str, name: &str, spec: &str) -> KnownProduct {
    let boxes = vec![("箱".to_string(), Factor::new(4, 1).unwrap())];
    KnownProduct {
        facts: ProductFacts {
            id: ProductId(id),
            units: Units::new("桶", boxes).unwrap(),
            category: None,
            series: None,
            tax_rate: BasisPoints::of_whole(1_300).unwrap(),
            list_price: None,
            cost: None,
            floor_price: None,
            costs_include_tax: Some(true),
            price_decimals: 2,
        },
        code: code.to_string(),
        name: name.to_string(),
        spec: Some(spec.to_string()).filter(|spec| !spec.is_empty()),
        barcodes: vec![
            (format!("69000000000{id:02}"), None),
            (format!("79000000000{id:02}"), Some("箱".to_string())),
        ],
        archived: false,
    }
}

/// P1 to P4: wall paint in two sizes, a brush sold in one unit only, an archived primer.
pub fn shop() -> ProductIndex {
    let brush = product(3, "0073", "羊毛刷", "");
    let brush = KnownProduct {
        facts: ProductFacts { units: Units::only("把").unwrap(), ..brush.facts },
        barcodes: Vec::new(),
        ..brush
    };
    ProductIndex::new(vec![
        product(1, "P1", "外墙乳胶漆", "20kg"),
        product(2, "P2", "外墙乳胶漆", "5kg"),
        brush,
        KnownProduct { archived: true, ..product(4, "P4", "旧底漆", "") },
    ])
}

/// A sheet of texts, rows by line, cells by `|`.
pub fn sheet(text: &str) -> Grid {
    let cell = |text: &str| match text.trim() {
        "" => Cell::Empty,
        text => Cell::Text(text.to_string()),
    };
    let rows = text.lines().map(|line| line.split('|').map(cell).collect()).collect();
    Grid { sheet: "价格".to_string(), rows }
}

pub fn inspected(grid: &Grid) -> Proposal {
    inspect(grid, &shop(), &Inspect { list_includes_tax: true, ..Inspect::default() })
}

pub const AS_LIST: ReadRules = ReadRules { list_includes_tax: true, convert_tax: false };

/// Read by the mapping that is proposed.
pub fn read(grid: &Grid) -> ReadSheet {
    let proposal = inspected(grid);
    read_sheet(grid, proposal.head, &proposal.mapping, &shop(), AS_LIST).unwrap()
}

pub fn yuan(text: &str) -> UnitPrice {
    UnitPrice(parse_decimal(text, 4).unwrap())
}
