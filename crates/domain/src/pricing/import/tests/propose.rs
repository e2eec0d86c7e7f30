//! Which column means what.

use super::*;

#[track_caller]
fn check(text: &str, head: Option<(usize, usize)>, expected: &[(Meaning, &str)]) {
    let proposal = inspected(&sheet(text));
    assert_eq!(proposal.head.map(|head| (head.first, head.last)), head);
    let letters = |meaning| proposal.mapping.column(meaning).map(grid::column_letters);
    let found: Vec<_> = proposal.mapping.columns.keys().filter_map(|it| Some((*it, letters(*it)?))).collect();
    let found: Vec<_> = found.iter().map(|(meaning, letters)| (*meaning, letters.as_str())).collect();
    assert_eq!(found, expected, "{:#?}", proposal.columns);
    assert_eq!(proposal.faults, vec![]);
}

#[test]
fn a_head_beneath_title_and_remarks_is_found() {
    let text = "江南涂料 2026年5月价格表|||||
        以下价格均含税，自5月1日起执行|||||
        |||||
        序号|货号|品名|规格|单位|经销价（元）
        1|P1|外墙乳胶漆|20kg|桶|￥1,280.00
        2|P2|外墙乳胶漆|5kg|桶|340";
    check(
        text,
        Some((3, 3)),
        &[
            (Meaning::Code, "B"),
            (Meaning::Name, "C"),
            (Meaning::Spec, "D"),
            (Meaning::Unit, "E"),
            (Meaning::Price, "F"),
        ],
    );
    assert_eq!(inspected(&sheet(text)).mapping.includes_tax, Some(true));
}

#[test]
fn all_meanings_are_found_by_their_heads() {
    check(
        "商品编码|条码|名称|规格型号|单位|含税单价|起订量|生效日期|失效日期|备注
        P1|6900000000001|外墙乳胶漆|20kg|桶|128|10|2026-05-01|2026-12-31|新价",
        Some((0, 0)),
        &[
            (Meaning::Code, "A"),
            (Meaning::Barcode, "B"),
            (Meaning::Name, "C"),
            (Meaning::Spec, "D"),
            (Meaning::Unit, "E"),
            (Meaning::Price, "F"),
            (Meaning::MinQty, "G"),
            (Meaning::From, "H"),
            (Meaning::To, "I"),
            (Meaning::Note, "J"),
        ],
    );
}

#[test]
fn without_a_head_the_values_say_what_they_are() {
    check(
        "1|P1|6900000000001|桶|128.00
        2|P2|6900000000002|箱|34.50
        3|P3|6900000000003|桶|99",
        None,
        &[(Meaning::Code, "B"), (Meaning::Barcode, "C"), (Meaning::Unit, "D"), (Meaning::Price, "E")],
    );
}

#[test]
fn an_unknown_head_over_known_codes_is_taken_for_the_code() {
    let proposal = inspected(&sheet("我司内部识别|单价\nP1|128\nP2|34"));
    let guess = &proposal.columns[0];
    assert_eq!(guess.meaning, Some(Meaning::Code));
    assert_eq!(guess.reason, Some(GuessReason::Values { fitting: 2, looked_at: 2 }));
    assert!(guess.confidence < proposal.columns[1].confidence);
    assert_eq!(guess.samples, ["P1", "P2"]);
}

#[test]
fn a_head_that_its_values_belie_is_less_sure_than_one_that_they_confirm() {
    let proposal = inspected(&sheet("编码|单价|含税价格\nP1|面议|128\nP2|电议|34"));
    assert_eq!(proposal.mapping.column(Meaning::Price), Some(2));
    assert_eq!(proposal.columns[1].meaning, None);
    let unknown = inspected(&sheet("编码|单价\nX1|128\nX2|34"));
    let reason = GuessReason::HeadAgainstValues { fitting: 0, looked_at: 2 };
    assert_eq!(unknown.columns[0].reason, Some(reason));
    assert!(unknown.columns[0].confidence < inspected(&sheet("编码|单价\nP1|128")).columns[0].confidence);
}

#[test]
fn of_two_prices_the_one_on_the_tax_basis_of_the_list_is_proposed() {
    let grid = sheet("编码|不含税单价|含税单价|成本价|建议零售价\nP1|113.27|128|98|199");
    let of = |list_includes_tax| {
        let how = Inspect { list_includes_tax, ..Inspect::default() };
        inspect(&grid, &shop(), &how).mapping
    };
    assert_eq!((of(true).column(Meaning::Price), of(true).includes_tax), (Some(2), Some(true)));
    assert_eq!((of(false).column(Meaning::Price), of(false).includes_tax), (Some(1), Some(false)));
}

#[test]
fn a_head_of_two_rows_under_a_merged_cell_is_read_as_one() {
    let mut grid = sheet("编码|名称|单价||备注\n|||含税|\nP1|外墙乳胶漆|100|113|");
    grid.rows[0][3] = Cell::Merged("单价".to_string());
    grid.rows[1] = vec![
        Cell::Merged("编码".to_string()),
        Cell::Merged("名称".to_string()),
        Cell::Text("不含税".to_string()),
        Cell::Text("含税".to_string()),
        Cell::Empty,
    ];
    let proposal = inspected(&grid);
    assert_eq!(proposal.head, Some(HeadRows { first: 0, last: 1 }));
    assert_eq!(proposal.columns[3].head, "单价 含税");
    assert_eq!(
        (proposal.mapping.column(Meaning::Price), proposal.mapping.includes_tax),
        (Some(3), Some(true))
    );
}

#[test]
fn a_title_that_speaks_of_both_says_nothing() {
    let of = |title: &str| inspected(&sheet(&format!("{title}|\n编码|单价\nP1|128"))).mapping.includes_tax;
    assert_eq!(of("本表为不含税价"), Some(false));
    assert_eq!(of("含税价另议，本表不含税"), None);
    assert_eq!(of("2026年价格"), None);
}

#[test]
fn a_chosen_head_and_mapping_are_kept() {
    let grid = sheet("说明|单价|单位\n编码|单价|其他\nP1|128|x");
    let how = Inspect { head_row: Some(2), ..Inspect::default() };
    assert_eq!(inspect(&grid, &shop(), &how).head, Some(HeadRows { first: 1, last: 1 }));
    let none = Inspect { head_row: Some(0), ..Inspect::default() };
    assert_eq!(inspect(&grid, &shop(), &none).head, None);
    let columns = BTreeMap::from([(Meaning::Code, 2), (Meaning::Price, 1)]);
    let mapping = Mapping { columns, ..Mapping::default() };
    let chosen = inspect(&grid, &shop(), &Inspect { mapping: Some(mapping.clone()), ..Inspect::default() });
    assert_eq!(chosen.mapping, mapping);
    assert_eq!(chosen.columns[2].reason, Some(GuessReason::Chosen));
}

#[test]
fn what_keeps_a_sheet_from_being_read_is_named() {
    let faults = |grid: &Grid| inspected(grid).faults;
    assert_eq!(
        faults(&sheet("")),
        vec![FileFault::EmptySheet, FileFault::NoProductColumn, FileFault::NoPriceColumn]
    );
    assert_eq!(faults(&sheet("编码|名称\nP1|漆")), vec![FileFault::NoPriceColumn]);
    let wide = Grid { rows: vec![vec![Cell::Text("1".to_string()); 101]], ..Grid::default() };
    assert!(faults(&wide).contains(&FileFault::TooManyColumns { columns: 101, columns_max: 100 }));
    let long = Grid { rows: vec![vec![Cell::Text("P1".to_string())]; 200_001], ..Grid::default() };
    assert!(faults(&long).contains(&FileFault::TooManyRows { rows: 200_001, rows_max: 200_000 }));
    let columns = BTreeMap::from([(Meaning::Code, 0), (Meaning::Price, 9), (Meaning::Note, 0)]);
    let mapping = Some(Mapping { columns, ..Mapping::default() });
    let chosen = inspect(&sheet("编码|单价\nP1|1"), &shop(), &Inspect { mapping, ..Inspect::default() });
    let outside = FileFault::ColumnOutside { meaning: Meaning::Price, column: 9 };
    assert_eq!(chosen.faults, vec![outside, FileFault::ColumnTwice { column: 0 }]);
}

#[test]
fn one_known_head_over_prices_is_a_head_and_over_texts_is_a_title() {
    check("型号|5月\nP1|128", Some((0, 0)), &[(Meaning::Code, "A"), (Meaning::Price, "B")]);
    assert_eq!(inspected(&sheet("价格表|客户版\n江南涂料|苏州")).head, None);
}

#[test]
fn a_number_beside_a_price_is_never_taken_for_it() {
    let proposal = inspected(&sheet("货号|库存|单价|重量\nP1|40|128|20\nP2|7|34|5"));
    assert_eq!(proposal.mapping.column(Meaning::Price), Some(2));
    assert_eq!(proposal.columns[1].meaning, None);
}
