//! A name that is plainly not that of the code beside it.

use super::*;

/// Waterproofing, putty and paint as a supplier of several makes sells them.
fn store() -> ProductIndex {
    ProductIndex::new(vec![
        product(1, "FS0101", "JS聚合物防水涂料", "20kg"),
        product(2, "NQ0101", "内墙耐水腻子粉", "10kg"),
        product(3, "DX0104", "BV铜芯线", "4mm²"),
        product(4, "NW0101", "净味内墙乳胶漆", "18L"),
        product(5, "NW0102", "净味内墙乳胶漆", "5L"),
        product(6, "WQ0101", "净味外墙乳胶漆", "18L"),
        product(7, "LN0001", "Exterior Primer", "5L"),
        KnownProduct { archived: true, ..product(8, "JZ0101", "旧墙纸胶", "") },
    ])
}

fn rows(text: &str, memory: &Memory, decisions: &Decisions) -> ReadSheet {
    let grid = sheet(&format!("编码|名称|规格|单位|单价\n{text}"));
    let columns =
        [(Meaning::Code, 0), (Meaning::Name, 1), (Meaning::Spec, 2), (Meaning::Unit, 3), (Meaning::Price, 4)];
    let mapping = Mapping { columns: columns.into(), ..Mapping::default() };
    let head = Some(HeadRows { first: 0, last: 0 });
    let plan = SheetPlan { grid: &grid, head, mapping: &mapping, decisions };
    read_book(&[plan], &store(), AS_LIST, memory).into_iter().next().unwrap().unwrap()
}

/// Whether a row `code|name|spec` is read without a question.
#[track_caller]
fn check(row: &str, certain: bool) {
    let outcome = rows(&format!("{row}|桶|99"), &Memory::default(), &Decisions::new());
    let faults = outcome.refused.iter().flat_map(|row| &row.faults).map(|fault| fault.what.code());
    let expected: &[&str] = if certain { &[] } else { &["name_of_other"] };
    assert_eq!(faults.collect::<Vec<_>>(), expected, "{row}");
    assert_eq!(outcome.read.len(), usize::from(certain), "{row}");
    assert!(outcome.refused.iter().all(RefusedRow::asks), "{row}");
}

#[test]
fn a_name_of_another_product_beside_a_known_code_is_asked() {
    // Names that the catalogue knows, and one that it does not.
    check("FS0101|内墙耐水腻子粉|10kg", false);
    check("NQ0101|BV铜芯线|4mm²", false);
    check("FS0101|瓷砖胶|20kg", false);
    check("ｆｓ0101|内墙 耐水-腻子粉|", false);
    // Neighbours in a catalogue share most of their names.
    check("NW0101|净味外墙乳胶漆|18L", false);
    check("NW0101|净味外墙乳胶漆|", false);
    check("NW0101|净味内墙乳胶漆|5L", false);
    check("NW0101|净味内墙乳胶漆5L/桶|", false);
    check("LN0001|Paint Roller|", false);
}

#[test]
fn a_name_that_may_be_meant_for_the_product_of_its_code_is_read() {
    check("FS0101|JS聚合物防水涂料|20kg", true);
    check("fs0101|ＪＳ 聚合物（防水）涂料|20KG/桶", true);
    // Shortened, lengthened, turned round, with another size that no product has.
    check("NW0101|净味乳胶漆|18L", true);
    check("NW0101|净味漆|", true);
    check("NW0101|三合一净味内墙乳胶漆|18L", true);
    check("NQ0101|耐水内墙腻子|10kg", true);
    check("NQ0101|内墙耐水腻子粉|15kg", true);
    check("NW0101|涂料|净味内墙乳胶漆18L", true);
    // What says nothing belies nothing.
    check("NW0101||18L", true);
    check("NW0101|同上|18L", true);
    check("NW0101|未知|18L", true);
    check("NW0101|—|18L", true);
    check("NW0101|NW0101|18L", true);
    check("NW0101|Interior paint|18L", true);
    check("LN0001|外墙底漆|", true);
    check("LN0001|exterior primer white|", true);
}

#[test]
fn the_series_of_a_product_may_stand_for_its_name() {
    let plain = product(1, "A1", "内墙乳胶漆", "18L");
    let facts = ProductFacts { series: Some("晴雨净味".to_string()), ..plain.facts.clone() };
    let grid = sheet("编码|名称|单价\nA1|晴雨净味|99");
    let read = |index: &ProductIndex| {
        let proposal = inspect(&grid, index, &Inspect::default());
        read_sheet(&grid, proposal.head, &proposal.mapping, index, AS_LIST).unwrap().read.len()
    };
    let of_series = KnownProduct { facts, ..plain.clone() };
    assert_eq!(read(&ProductIndex::new(vec![of_series])), 1);
    assert_eq!(read(&ProductIndex::new(vec![plain])), 0);
}

#[test]
fn what_is_asked_names_both_and_both_are_proposed() {
    let outcome = rows("FS0101|内墙耐水腻子粉|10kg|桶|250", &Memory::default(), &Decisions::new());
    let fault = &outcome.refused[0].faults[0];
    assert_eq!((fault.column.as_deref(), fault.text.as_str()), (Some("B"), "内墙耐水腻子粉"));
    assert!(fault.names_two());
    let what = CellFaultCode::NameOfOther {
        product_code: "FS0101".to_string(),
        product_name: "JS聚合物防水涂料 20kg".to_string(),
    };
    assert_eq!(fault.what, what);
    let (products, grid) = (store(), sheet("编码|名称|规格|单价\nFS0101|内墙耐水腻子粉|10kg|250"));
    let proposal = inspect(&grid, &products, &Inspect::default());
    let proposed = Suggester::new(&products).for_row(&grid, &proposal.mapping, 2);
    let codes: Vec<&str> = proposed.iter().map(|product| product.code.as_str()).collect();
    assert_eq!(codes[..2], ["FS0101", "NQ0101"]);
}

#[test]
fn what_was_decided_stays_in_force_for_this_file_and_the_next() {
    let row = "FS0101|内墙耐水腻子粉|10kg|桶|250";
    for chosen in [1, 2] {
        let decision = Decision { product: Some(ProductId(chosen)), ..Decision::default() };
        let decided = rows(row, &Memory::default(), &Decisions::from([(2, decision)]));
        assert_eq!(decided.read[0].price_row.product, ProductId(chosen));
        let key = "FS0101||内墙耐水腻子粉|10KG".to_string();
        let memory = Memory { products: [(key, ProductId(chosen))].into(), ..Memory::default() };
        let next = rows(row, &memory, &Decisions::new());
        assert_eq!(next.read[0].price_row.product, ProductId(chosen));
        assert_eq!(next.read[0].matched_by, MatchedBy::Remembered);
    }
    let skip = Decision { skip: true, ..Decision::default() };
    let skipped = rows(row, &Memory::default(), &Decisions::from([(2, skip)]));
    assert_eq!((skipped.read.len(), skipped.refused.len()), (0, 0));
}

#[test]
fn an_archived_product_is_told_as_such_whatever_its_row_calls_it() {
    let outcome = rows("JZ0101|内墙耐水腻子粉|10kg|桶|250", &Memory::default(), &Decisions::new());
    assert_eq!(outcome.refused[0].faults[0].what.code(), "archived_product");
}

#[test]
fn names_that_belie_their_codes_do_not_count_as_fitting() {
    let guess = |text: &str| {
        let proposal = inspect(&sheet(text), &store(), &Inspect::default());
        proposal.columns[1].clone()
    };
    let fits = guess("编码|名称|单价\nFS0101|JS聚合物防水涂料|99\nNQ0101|内墙耐水腻子粉|99");
    assert_eq!(fits.reason, Some(GuessReason::HeadAndValues { fitting: 2, looked_at: 2 }));
    let slipped = guess("编码|名称|单价\nFS0101|内墙耐水腻子粉|250\nNQ0101|BV铜芯线|99");
    assert_eq!(slipped.reason, Some(GuessReason::HeadAgainstValues { fitting: 0, looked_at: 2 }));
    assert_eq!(slipped.meaning, Some(Meaning::Name));
    assert!(slipped.confidence < fits.confidence);
}
