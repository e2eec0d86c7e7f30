//! The products that our own files speak of.

use domain::base::{BasisPoints, Factor, ProductId};
use domain::catalog::Units;
use domain::pricing::ProductFacts;
use domain::pricing::import::{KnownProduct, ProductIndex};

/// Paint, filler and tools, in one unit or two.
pub fn shop() -> ProductIndex {
    let products = [
        ("P1", "外墙乳胶漆", "20kg", "桶", Some(("箱", 4))),
        ("P2", "外墙乳胶漆", "5kg", "桶", Some(("箱", 4))),
        ("P3", "腻子粉", "20kg", "袋", None),
        ("P4", "羊毛刷", "4寸", "把", Some(("盒", 10))),
        ("0073", "水泥钉", "50mm", "盒", None),
        ("P6", "防水涂料", "18kg", "桶", Some(("箱", 2))),
        ("P7", "美缝剂", "400ml", "支", None),
        ("P8", "旧底漆", "10kg", "桶", None),
    ];
    let known = products.iter().enumerate().map(|(place, (code, name, spec, base, other))| {
        let others = other.iter().map(|(unit, of)| (unit.to_string(), Factor::new(*of, 1).unwrap()));
        let units = Units::new(base, others.collect()).unwrap();
        KnownProduct { archived: *code == "P8", ..product(place, (code, name, spec), units) }
    });
    ProductIndex::new(known.collect())
}

/// A product at a place of a catalogue.
pub fn product(place: usize, (code, name, spec): (&str, &str, &str), units: Units) -> KnownProduct {
    KnownProduct {
        facts: ProductFacts {
            id: ProductId(i64::try_from(place).unwrap() + 1),
            units,
            category: None,
            series: None,
            tax_rate: BasisPoints::of_whole(1_300).unwrap(),
            list_price: None,
            cost: None,
            floor_price: None,
            costs_include_tax: Some(true),
            price_decimals: 4,
        },
        code: code.to_string(),
        name: name.to_string(),
        spec: Some(spec.to_string()).filter(|spec| !spec.is_empty()),
        barcodes: Vec::new(),
        archived: false,
    }
}
