//! What becomes of each row.

use proptest::prelude::*;

use super::*;

/// Reads one row beneath a full head and expects what is wrong, as column and code.
#[track_caller]
fn check(row: &str, expected: &[(&str, &str)]) {
    let grid = sheet(&format!("编码|条码|名称|规格|单位|含税单价|起订量|生效日期|失效日期|备注\n{row}"));
    let mapping = inspected(&sheet(
        "编码|条码|名称|规格|单位|含税单价|起订量|生效日期|失效日期|备注\nP1|6900000000001|外墙乳胶漆|20kg|桶|1|1|2026-05-01|2026-05-01|",
    ))
    .mapping;
    let head = Some(HeadRows { first: 0, last: 0 });
    let outcome = read_sheet(&grid, head, &mapping, &shop(), AS_LIST).unwrap();
    let faults = outcome.refused.iter().flat_map(|refused| &refused.faults);
    let found: Vec<_> =
        faults.map(|fault| (fault.column.as_deref().unwrap_or("-"), fault.what.code())).collect();
    assert_eq!(found, expected, "{outcome:#?}");
    assert_eq!(outcome.read.len(), usize::from(expected.is_empty()));
    assert!(outcome.refused.iter().all(|refused| refused.row == 2));
}

fn only_row(text: &str) -> PriceRow {
    let outcome = read(&sheet(text));
    assert_eq!(outcome.refused, vec![]);
    outcome.read[0].price_row.clone()
}

#[test]
fn each_fault_is_named_by_its_column() {
    check("P1||||桶|128", &[]);
    check("P1||||桶|￥1,280.00", &[]);
    check("P9||||桶|128", &[("A", "unknown_product")]);
    check("P4||||桶|128", &[("A", "archived_product")]);
    check("||||桶|128", &[("A", "product_missing")]);
    check("P1|6900000000002|||桶|128", &[("B", "products_disagree")]);
    check("|6999999999999|||桶|128", &[("B", "unknown_product")]);
    check("||不知名的漆||桶|128", &[("C", "unknown_product")]);
    check("P1||||桶|", &[("F", "price_missing")]);
    check("P1||||桶|面议", &[("F", "not_a_number")]);
    check("P1||||桶|-1", &[("F", "negative")]);
    check("P1||||桶|0", &[("F", "price_zero")]);
    check("P1||||桶|1.00001", &[("F", "too_many_decimals")]);
    check("P1||||桶|200000000", &[("F", "too_large")]);
    check("P1||||桶|#N/A", &[("F", "formula_error")]);
    check("P1||||吨|128", &[("E", "unknown_unit")]);
    check("P1|||||128", &[("E", "unit_missing")]);
    check("0073|||||12", &[]);
    check("P1||||桶|512/箱", &[("F", "units_disagree")]);
    check("P1||||箱|512/箱", &[]);
    check("P1||||桶|128|很多", &[("G", "not_a_number")]);
    check("P1||||桶|128||五一", &[("H", "date_wrong")]);
    check("P1||||桶|128|||2026-02-30", &[("I", "date_wrong")]);
    check("P1||||桶|128||2026-05-02|2026-05-01", &[("I", "from_after_to")]);
    check("P1||||桶|128||2026-05-01|2026-05-01", &[]);
    check(&format!("P1||||桶|128||||{}", "长".repeat(200)), &[]);
    check(&format!("P1||||桶|128||||{}", "长".repeat(201)), &[("J", "note_too_long")]);
}

#[test]
fn all_faults_of_a_row_are_named_at_once_with_head_and_text() {
    check("P9||||桶|面议||五一", &[("F", "not_a_number"), ("H", "date_wrong"), ("A", "unknown_product")]);
    let outcome = read(&sheet("编码|单价\nP1|面议"));
    let fault = &outcome.refused[0].faults[0];
    assert_eq!((fault.head.as_str(), fault.text.as_str()), ("单价", "面议"));
}

#[test]
fn a_product_is_found_by_code_barcode_or_name_and_specification() {
    for (text, by) in [
        ("编码|单价\nｐ1|128", MatchedBy::Code),
        ("编码|条码|单价\nP1|6900000000001|128", MatchedBy::Code),
        ("条码|单价\n6900000000001|128", MatchedBy::Barcode),
        ("名称|规格|单价\n外墙 乳胶漆|20KG|128", MatchedBy::NameAndSpec),
    ] {
        let outcome = read(&sheet(text));
        assert_eq!(outcome.read[0].matched_by, by, "{text}");
        assert_eq!(outcome.read[0].price_row.product, ProductId(1));
    }
    let only_name = read(&sheet("名称|单价\n外墙乳胶漆|128\n羊毛刷|9"));
    assert_eq!(only_name.refused[0].faults[0].what, CellFaultCode::AmbiguousProduct { products: 2 });
    assert_eq!(only_name.read[0].matched_by, MatchedBy::Name);
    // A column of specifications in which nothing stands says no more of the row.
    let no_spec = read(&sheet("名称|规格|单价\n外墙乳胶漆||128\n羊毛刷||9\n螺丝||1\n外墙乳胶漆|9kg|50"));
    let told: Vec<_> = no_spec.refused.iter().map(|it| (it.row, it.faults[0].what.clone())).collect();
    let several = (2, CellFaultCode::AmbiguousProduct { products: 2 });
    assert_eq!(told, [several, (4, CellFaultCode::UnknownProduct), (5, CellFaultCode::UnknownProduct)]);
    assert_eq!(no_spec.read.iter().map(|it| it.row).collect::<Vec<_>>(), [3]);
}

#[test]
fn a_code_that_a_sheet_has_turned_into_a_number_is_found_without_its_zeros() {
    let mut grid = sheet("编码|单价\n73|12");
    assert_eq!(read(&grid).refused[0].faults[0].what, CellFaultCode::UnknownProduct);
    grid.rows[1][0] = Cell::Number("73".to_string());
    assert_eq!(read(&grid).read[0].price_row.product, ProductId(3));
}

#[test]
fn code_and_specification_joined_name_a_product() {
    let index = ProductIndex::new(vec![product(7, "YM-1001-14#", "美式转环", "14#")]);
    let grid = sheet("code|spec|price\nYM-1001|14#|0.064");
    let proposal = inspect(&grid, &index, &Inspect::default());
    let outcome = read_sheet(&grid, proposal.head, &proposal.mapping, &index, AS_LIST).unwrap();
    assert_eq!(outcome.read[0].matched_by, MatchedBy::CodeAndSpec);
}

#[test]
fn the_unit_comes_from_its_column_the_price_the_head_or_the_barcode() {
    let unit = |text: &str| only_row(text).unit;
    assert_eq!(unit("编码|单位|单价\nP1|箱|512").as_deref(), Some("箱"));
    assert_eq!(unit("编码|单价\nP1|512/箱").as_deref(), Some("箱"));
    assert_eq!(unit("编码|单价（元/箱）\nP1|512").as_deref(), Some("箱"));
    assert_eq!(unit("条码|单价\n7900000000001|512").as_deref(), Some("箱"));
    // The base unit is left out, however it is written.
    assert_eq!(unit("编码|单位|单价\nP1|桶|128"), None);
    assert_eq!(unit("编码|单价\nP1|128"), None);
}

#[test]
fn a_break_is_kept_in_base_units_and_one_unit_is_none() {
    let min_qty = |text: &str| only_row(text).min_qty;
    assert_eq!(min_qty("编码|单位|单价|起订量\nP1|箱|512|10箱以上"), Qty::whole(40));
    assert_eq!(min_qty("编码|单位|单价|起订量\nP1|桶|128|10"), Qty::whole(10));
    assert_eq!(min_qty("编码|单位|单价|起订量\nP1|箱|512|1"), Qty::ZERO);
    assert_eq!(min_qty("编码|单位|单价|起订量\nP1|桶|128|"), Qty::ZERO);
}

#[test]
fn a_row_of_sums_may_say_how_many_it_sums_and_a_code_is_none() {
    let outcome = read(&sheet(
        "编码|单价
        P1|128
        合计 1 项|128
        SUM30|12",
    ));
    let skipped: Vec<_> = outcome.skipped.iter().map(|it| (it.row, it.reason.code())).collect();
    assert_eq!(skipped, [(1, "head"), (3, "subtotal")]);
}

#[test]
fn blank_rows_titles_sections_repeated_heads_and_sums_are_skipped() {
    let outcome = read(&sheet(
        "价格表|
        |
        编码|单价
        外墙系列|
        P1|128
        |
        编码|单价
        P2|34
        合计：|162
        注：以上价格含税|",
    ));
    let skipped: Vec<_> = outcome.skipped.iter().map(|it| (it.row, it.reason.code())).collect();
    assert_eq!(
        skipped,
        [
            (1, "title"),
            (2, "blank"),
            (3, "head"),
            (4, "title"),
            (6, "blank"),
            (7, "head"),
            (9, "subtotal"),
            (10, "title")
        ]
    );
    assert_eq!(outcome.read.iter().map(|read| read.row).collect::<Vec<_>>(), [5, 8]);
    assert_eq!(
        outcome.counts(),
        BTreeMap::from([("read", 2), ("title", 3), ("blank", 2), ("head", 2), ("subtotal", 1)])
    );
}

#[test]
fn a_known_product_without_a_price_is_refused_and_not_taken_for_a_title() {
    let outcome = read(&sheet("编码|单价\nP1|\nP2|34"));
    assert_eq!(outcome.refused[0].faults[0].what, CellFaultCode::PriceMissing);
}

#[test]
fn a_merged_cell_gives_its_value_to_every_row() {
    let mut grid = sheet("名称|规格|单价\n外墙乳胶漆|20kg|128\n|5kg|34");
    grid.rows[2][0] = Cell::Merged("外墙乳胶漆".to_string());
    let outcome = read(&grid);
    assert_eq!(outcome.read.iter().map(|read| read.price_row.product.0).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn the_same_price_twice_is_read_once_and_two_prices_for_one_thing_are_refused_both() {
    let outcome = read(&sheet("编码|单位|单价\nP1|桶|128\nP2|桶|34\nP1|桶|128.00"));
    assert_eq!(outcome.read.len(), 2);
    let same = SkippedRow { row: 4, reason: SkipReason::SameAs { other_row: 2, other_sheet: None } };
    assert!(outcome.skipped.contains(&same));
    let outcome = read(&sheet("编码|单位|单价\nP1|桶|128\nP1|箱|500\nP1|桶|127"));
    let told: Vec<_> = outcome.refused.iter().map(|it| (it.row, it.faults[0].what.clone())).collect();
    let other = |other_row, price| CellFaultCode::OtherPriceIn {
        other_row,
        other_price: yuan(price),
        other_sheet: None,
    };
    assert_eq!(told, [(2, other(4, "127")), (4, other(2, "128"))]);
    assert_eq!(outcome.read.len(), 1);
}

#[test]
fn a_file_on_another_tax_basis_is_refused_unless_it_may_be_converted() {
    let grid = sheet("编码|不含税单价\nP1|100\nP2|0.001");
    let proposal = inspected(&grid);
    let with = |convert_tax| {
        let rules = ReadRules { list_includes_tax: true, convert_tax };
        read_sheet(&grid, proposal.head, &proposal.mapping, &shop(), rules)
    };
    let differs = FileFault::TaxBasisDiffers { file_includes_tax: false, list_includes_tax: true };
    assert_eq!(with(false), Err(vec![differs]));
    let converted = with(true).unwrap();
    assert_eq!(converted.read[0].price_row.price, yuan("113"));
    assert_eq!(converted.refused[0].faults[0].what, CellFaultCode::PriceZero);
}

/// What a sheet changes in `rows` on 5 May.
fn changed(text: &str, rows: &BTreeMap<String, PriceRow>, replace_all: bool) -> Changes {
    let grid = sheet(text);
    let proposal = inspected(&grid);
    let today = parse_date("2026-05-05").unwrap();
    changes(&read(&grid), &proposal.mapping, &shop(), Compare { rows, replace_all, today })
}

fn applied(rows: &BTreeMap<String, PriceRow>, changes: &Changes) -> BTreeMap<String, PriceRow> {
    let mut rows = rows.clone();
    rows.extend(changes.put.iter().map(|change| (change.key.clone(), change.new.clone())));
    rows.retain(|key, _| !changes.delete.contains(key));
    rows
}

#[test]
fn the_same_file_twice_changes_nothing() {
    let text = "编码|单位|单价|起订量|生效日期|备注\nP1|桶|128|||新\nP1|箱|500|10||\nP2|桶|34||2026-06-01|";
    let first = changed(text, &BTreeMap::new(), false);
    let keys: Vec<_> = first.put.iter().map(|change| change.key.as_str()).collect();
    assert_eq!(keys, ["P1", "P1|箱|40", "P2|||2026-06-01"]);
    let rows = applied(&BTreeMap::new(), &first);
    for replace_all in [false, true] {
        let second = changed(text, &rows, replace_all);
        assert_eq!((second.put.len(), second.delete.len(), second.unchanged, second.untouched), (0, 0, 3, 0));
    }
}

#[test]
fn rows_that_the_file_does_not_name_stay_unless_all_are_replaced() {
    let rows = applied(&BTreeMap::new(), &changed("编码|单价\nP1|128\nP2|34", &BTreeMap::new(), false));
    let some = changed("编码|单价\nP1|129", &rows, false);
    assert_eq!((some.put.len(), some.untouched, some.delete.len()), (1, 1, 0));
    assert_eq!(some.put[0].old.as_ref().map(|old| old.price), Some(yuan("128")));
    let all = changed("编码|单价\nP1|129", &rows, true);
    assert_eq!((all.put.len(), all.delete), (1, vec!["P2".to_string()]));
}

#[test]
fn a_new_day_adds_a_price_and_leaves_the_one_before_it() {
    let rows = applied(&BTreeMap::new(), &changed("编码|单价\nP1|128", &BTreeMap::new(), false));
    let june = changed("编码|单价|生效日期\nP1|132|2026-06-01", &rows, false);
    assert_eq!((june.put[0].key.as_str(), june.put[0].old.as_ref()), ("P1|||2026-06-01", None));
    assert_eq!(june.untouched, 1);
}

#[test]
fn a_file_without_days_changes_the_standing_price_and_keeps_its_days_and_note() {
    let dated = "编码|单价|生效日期|失效日期|备注\nP1|128|2026-04-01||老价\nP1|120|2026-05-01|2026-05-31|五月\nP1|140|2026-07-01||";
    let rows = applied(&BTreeMap::new(), &changed(dated, &BTreeMap::new(), false));
    let plain = changed("编码|单价\nP1|129", &rows, false);
    let change = &plain.put[0];
    assert_eq!((change.key.as_str(), plain.put.len(), plain.untouched), ("P1|||2026-04-01", 1, 2));
    assert_eq!(change.new.from, parse_date("2026-04-01"));
    assert_eq!(change.new.note.as_deref(), Some("老价"));
    assert_eq!(changed("编码|单价\nP1|129", &applied(&rows, &plain), false).put, vec![]);
}

#[test]
fn a_row_in_the_base_unit_is_the_same_however_its_unit_is_written() {
    let mut rows = applied(&BTreeMap::new(), &changed("编码|单价\nP1|128", &BTreeMap::new(), false));
    rows.values_mut().for_each(|row| row.unit = Some("桶".to_string()));
    assert_eq!(changed("编码|单价\nP1|128", &rows, false).unchanged, 1);
}

#[test]
fn a_key_that_another_product_holds_is_not_taken_away() {
    let mut rows = applied(&BTreeMap::new(), &changed("编码|单价\nP1|128", &BTreeMap::new(), false));
    rows.values_mut().for_each(|row| row.product = ProductId(2));
    let changes = changed("编码|单价\nP1|128", &rows, false);
    assert_eq!(changes.put[0].key, "P1#1");
    assert_eq!(changes.untouched, 1);
}

fn any_cell() -> impl Strategy<Value = Cell> {
    let words = prop::sample::select(vec![
        "P1",
        "P2",
        "P4",
        "0073",
        "X",
        "桶",
        "箱",
        "128",
        "0",
        "-1",
        "1,280.00",
        "512/箱",
        "面议",
        "#N/A",
        "合计",
        "单价",
        "编码",
        "2026-05-01",
        "6900000000001",
        "外墙乳胶漆",
        "20kg",
        "👍",
        "<script>",
        "\u{202e}",
    ]);
    prop_oneof![
        2 => Just(Cell::Empty),
        6 => words.prop_map(|word| Cell::Text(word.to_string())),
        1 => "\\PC{0,12}".prop_map(Cell::Text),
        1 => (0i64..1_000_000).prop_map(|value| Cell::Number(value.to_string())),
        1 => Just(Cell::Error("#REF!".to_string())),
        1 => Just(Cell::Day(parse_date("2026-05-01").unwrap())),
        1 => Just(Cell::Merged("P1".to_string())),
    ]
}

fn any_grid() -> impl Strategy<Value = Grid> {
    let rows = prop::collection::vec(prop::collection::vec(any_cell(), 0..6), 0..12);
    rows.prop_map(|rows| Grid { sheet: String::new(), rows })
}

fn any_mapping() -> impl Strategy<Value = Mapping> {
    let meanings =
        vec![Meaning::Code, Meaning::Barcode, Meaning::Name, Meaning::Price, Meaning::Unit, Meaning::MinQty];
    let columns = prop::collection::btree_map(prop::sample::select(meanings), 0usize..6, 0..6);
    columns.prop_map(|columns| Mapping { columns, ..Mapping::default() })
}

proptest! {
    #[test]
    fn every_row_ends_in_exactly_one_place(grid in any_grid(), chosen in any_mapping(), by_proposal in any::<bool>()) {
        let proposal = inspected(&grid);
        let mapping = if by_proposal { proposal.mapping } else { chosen };
        if let Ok(outcome) = read_sheet(&grid, proposal.head, &mapping, &shop(), AS_LIST) {
            let mut rows: Vec<usize> = outcome.read.iter().map(|it| it.row).collect();
            rows.extend(outcome.skipped.iter().map(|it| it.row));
            rows.extend(outcome.refused.iter().map(|it| it.row));
            rows.sort();
            prop_assert_eq!(rows, (1..=grid.rows.len()).collect::<Vec<_>>());
            prop_assert!(outcome.refused.iter().all(|it| !it.faults.is_empty()));
            prop_assert!(outcome.read.iter().all(|it| it.price_row.price > UnitPrice(0)));
        }
    }

    #[test]
    fn whatever_the_file_taking_it_twice_changes_nothing(grid in any_grid()) {
        let proposal = inspected(&grid);
        if let Ok(outcome) = read_sheet(&grid, proposal.head, &proposal.mapping, &shop(), AS_LIST) {
            let today = parse_date("2026-05-05").unwrap();
            let nothing = BTreeMap::new();
            let compare = |rows| changes(&outcome, &proposal.mapping, &shop(), Compare { rows, replace_all: true, today });
            let rows = applied(&nothing, &compare(&nothing));
            prop_assert_eq!(rows.len(), outcome.read.len());
            let again = compare(&rows);
            prop_assert_eq!((again.put, again.delete), (vec![], vec![]));
        }
    }
}
