//! A price list that goes out to Excel comes back as it was.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use super::*;
use domain::base::{BasisPoints, Factor, ProductId};
use domain::catalog::Units;
use domain::config::Kind;
use domain::config::kinds::{CategoryFacts, Goods, Names};
use domain::pricing::ProductFacts;

const ORIGIN: Origin = Origin { item: ItemId(9), n: 3 };

fn facts() -> KindFacts {
    let units = Units::new("桶", vec![("箱".to_string(), Factor::new(4, 1).unwrap())]).unwrap();
    let facts = ProductFacts {
        id: ProductId(17),
        units,
        category: Some(CategoryId(12)),
        series: Some("净味".to_string()),
        tax_rate: BasisPoints::of_whole(1_300).unwrap(),
        list_price: None,
        cost: None,
        floor_price: None,
        costs_include_tax: Some(true),
        price_decimals: 2,
    };
    let (code, name, spec) = ("00123".to_string(), "外墙乳胶漆".to_string(), "20kg".to_string());
    let category = |id, parent: Option<i64>, name: &str| CategoryFacts {
        id: CategoryId(id),
        parent: parent.map(CategoryId),
        name: name.to_string(),
    };
    let categories = vec![category(11, None, "涂料"), category(12, Some(11), "外墙涂料")];
    let goods = Goods { facts: facts.into(), code, name, spec, barcodes: Vec::new(), archived: false };
    KindFacts::new(vec![goods], Vec::new()).with_names(Names { categories, ..Names::default() })
}

#[test]
fn a_workbook_says_from_which_list_and_revision_it_came_and_an_older_one_says_nothing() {
    let mut book = workbook();
    assert_eq!((is_price_sheet(&book), origin_of(&book)), (true, Some(ORIGIN)));
    assert!(!is_origin_unread(&book));
    for unread in
        ["价目表 10000000000000000000000000 V1（请勿改）", "价目表 九 V3（请勿改）", "价目表9（请勿改）"]
    {
        *book.rows[0].last_mut().unwrap() = Cell::Text(unread.to_string());
        assert_eq!((origin_of(&book), is_origin_unread(&book)), (None, true), "{unread}");
    }
    for nothing in ["", "价目表", "备注"] {
        *book.rows[0].last_mut().unwrap() = Cell::Text(nothing.to_string());
        assert_eq!((origin_of(&book), is_origin_unread(&book)), (None, false), "{nothing}");
    }
    for unreadable in ["", "价目表", "价目表 九 V3（请勿改）", "价目表 9（请勿改）"] {
        *book.rows[0].last_mut().unwrap() = Cell::Text(unreadable.to_string());
        assert_eq!((is_price_sheet(&book), origin_of(&book)), (true, None), "{unreadable}");
    }
    book.rows[0].pop();
    assert_eq!((is_price_sheet(&book), origin_of(&book)), (true, None));
}

/// Every sort of row: price, unit, break, window, note, formula, series, category, all.
fn rows() -> Rows {
    let contents = [
        r#"{"product":17,"price":"128"}"#,
        r#"{"product":17,"unit":"箱","price":"500.1234","note":"整箱，批次 0426"}"#,
        r#"{"product":17,"min_qty":"40.5","price":"120"}"#,
        r#"{"product":17,"from":"2026-06-01","to":"2026-06-30","price":"99.9"}"#,
        r#"{"product":17,"min_qty":"100","formula":{"of":"cost","percent":"115.25","plus":"1.5"}}"#,
        r#"{"goods":{"series":"净味"},"formula":{"of":"base","percent":"95"}}"#,
        r#"{"goods":{"category":12},"unit":"箱","formula":{"of":"list_price","percent":"100"}}"#,
        r#"{"goods":"all","formula":{"of":"base","percent":"102"}}"#,
    ];
    let accepted = contents.iter().map(|content| {
        let row = Kind::PriceList.accept(None, content, |_| None, &facts()).unwrap();
        (row.key, row.content)
    });
    let list = [("".to_string(), r#"{"includes_tax":true}"#.to_string())];
    accepted.chain(list).collect()
}

/// The workbook as it comes back; Excel writes numbers as short as they are.
fn workbook() -> Grid {
    let head = heads(ORIGIN).into_iter().map(Cell::Text).collect();
    let short = |cell: Cell| match cell {
        Cell::Number(text) if text.contains('.') => {
            Cell::Number(text.trim_end_matches('0').trim_end_matches('.').to_string())
        }
        other => other,
    };
    let rows = sheet_rows(&rows(), &facts(), CostSight { sees: true }).into_iter();
    let rows = rows.map(|row| row.into_iter().map(short).collect::<Vec<_>>());
    Grid { sheet: "标准价目表 V1".to_string(), rows: std::iter::once(head).chain(rows).collect() }
}

#[test]
fn what_comes_back_from_excel_is_what_went_out() {
    let (grid, rows, facts) = (workbook(), rows(), facts());
    assert!(is_price_sheet(&grid));
    let read = read_price_sheet(&grid, &facts);
    assert_eq!(read.len(), rows.len() - 1, "all but the row of the whole list");
    for row in read {
        let now = |key: &str| rows.get(key).map(String::as_str);
        let content = row.content.unwrap();
        let accepted = Kind::PriceList.accept(row.key.as_deref(), &content, now, &facts).unwrap();
        assert_eq!(rows.get(&accepted.key), Some(&accepted.content), "row {}", row.number);
    }
}

#[test]
fn a_row_that_cannot_be_read_says_why_and_a_price_file_is_none_of_ours() {
    let mut grid = workbook();
    let mut put = |row: usize, column: usize, text: &str| {
        grid.rows[row][column] = if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_string()) };
    };
    put(1, 0, "商品组");
    put(2, 7, "进价");
    put(3, 0, "分类");
    put(4, 1, "P9");
    put(5, 7, "");
    let faults: Vec<String> =
        read_price_sheet(&grid, &facts()).into_iter().filter_map(|row| row.content.err()).collect();
    assert_eq!(faults.len(), 5, "{faults:?}");
    let other = Grid { sheet: "价格".to_string(), rows: vec![vec![Cell::Text("编码".to_string())]] };
    assert!(!is_price_sheet(&other));
}

#[test]
fn without_the_right_the_figures_of_a_formula_on_the_cost_stay_behind() {
    let told = |sees| format!("{:?}", sheet_rows(&rows(), &facts(), CostSight { sees }));
    for figure in ["115.25", "1.5"] {
        assert!(
            told(true).contains(&format!("\"{figure}")) && !told(false).contains(&format!("\"{figure}")),
            "{figure}"
        );
    }
    assert!(
        told(false).contains("成本") && told(false).contains("102"),
        "that it is by the cost is told, and all else"
    );
}
