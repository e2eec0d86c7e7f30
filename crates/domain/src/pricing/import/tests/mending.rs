//! What is repaired, what is asked, and what earlier files have taught.

use proptest::prelude::*;

use super::*;

/// The repairs of the row of `line`, from 1.
fn mends(grid: &Grid, line: usize) -> Vec<&'static str> {
    let outcome = read(grid);
    let row = outcome.read.iter().find(|read| read.row == line);
    row.map(|read| read.mends.iter().map(Mend::code).collect()).unwrap_or_else(|| panic!("{outcome:#?}"))
}

fn plan<'a>(grid: &'a Grid, proposal: &'a Proposal, decisions: &'a Decisions) -> SheetPlan<'a> {
    SheetPlan { grid, head: proposal.head, mapping: &proposal.mapping, decisions }
}

/// Reads one sheet with what was settled for it and for earlier files.
fn settled(grid: &Grid, decisions: &Decisions, memory: &Memory) -> ReadSheet {
    let proposal = inspected(grid);
    let read = read_book(&[plan(grid, &proposal, decisions)], &shop(), AS_LIST, memory);
    read.into_iter().next().unwrap().unwrap()
}

#[test]
fn every_repair_is_named_at_its_row() {
    for (text, expected) in [
        ("编码|单价\nP1|128", &[][..]),
        ("编码|单价\nP1|１２８", &["full_width"]),
        ("编码|单价\nP1|￥1,280.00", &["written"]),
        ("编码|单价\nP1|128（含运费）", &["remark"]),
        ("编码|名称|规格|单价\nP1|外墙乳胶漆|20kg/箱|500", &["unit_from_name"]),
        ("名称|单价\n外墙乳胶漆 20kg/桶|128", &["name_taken_apart", "unit_from_name"]),
        ("名称|规格|单价\n外墙乳胶漆|（20kg）|128", &["name_taken_apart"]),
        ("编码|名称|规格|单价\n未知03|外墙乳胶漆|20kg|128", &["placeholder_code"]),
    ] {
        assert_eq!(mends(&sheet(text), 2), expected, "{text}");
    }
    let mut grid = sheet("编码|单价\n0073|12\nP1|128");
    grid.rows[1] = vec![Cell::Number("73".into()), Cell::Number("12.300000000000001".into())];
    assert_eq!(mends(&grid, 2), ["noise", "leading_zeros"]);
    assert_eq!(mends(&grid, 3), ["price_as_text"]);
    let mut grid = sheet("名称|规格|单价\n外墙乳胶漆|20kg|128\n|5kg|34");
    grid.rows[2][0] = Cell::Merged("外墙乳胶漆".to_string());
    assert_eq!(mends(&grid, 3), ["merged"]);
}

#[test]
fn a_remark_behind_the_price_is_kept_as_the_note_and_the_unit_of_the_name_counts() {
    let outcome = read(&sheet("编码|规格|单价\nP1|20kg/箱|500（含运费）"));
    let row = &outcome.read[0].price_row;
    assert_eq!((row.note.as_deref(), row.unit.as_deref()), (Some("含运费"), Some("箱")));
    let with_note = read(&sheet("编码|单价|备注\nP1|500（含运费）|月底止"));
    assert_eq!(with_note.read[0].price_row.note.as_deref(), Some("月底止"));
}

#[test]
fn what_a_person_can_settle_is_asked_and_everything_else_refused() {
    let grid = sheet("编码|单位|单价\nP9|桶|5\nP1|桶|面议\nP1|吨|5\nP2|桶|-1\nP2|桶|#N/A\nP9|桶|-1");
    let outcome = read(&grid);
    let asks: Vec<_> = outcome.refused.iter().map(|row| (row.row, row.asks())).collect();
    assert_eq!(asks, [(2, true), (3, true), (4, true), (5, false), (6, false), (7, false)]);
    let tally = Tally::of(&outcome, grid.rows.len());
    assert_eq!((tally.asked, tally.refused, tally.head, tally.rows), (3, 3, 1, 7));
    assert!(tally.adds_up());
}

#[test]
fn each_fault_says_what_a_person_is_asked_and_nothing_where_the_file_is_to_be_mended() {
    let rows = "P9|桶|5|\nP1|桶|面议|\nP1|桶|0|\nP1|吨|5|\nP2|桶|-1|\nP2|桶|34|三\nP2|桶|34|\nP2|箱|99|10";
    let outcome = read(&sheet(&format!("编码|单位|单价|起订量\n{rows}")));
    let faults = outcome.refused.iter().flat_map(|row| row.faults.iter().map(move |fault| (row.row, fault)));
    let asked: Vec<_> = faults.map(|(row, fault)| (row, fault.question())).collect();
    let expected = [
        (2, Some(Question::Product { of_two: false })),
        (3, Some(Question::Price)),
        (4, Some(Question::Price)),
        (5, Some(Question::Unit { units: vec!["桶", "箱"] })),
        (6, None),
        // What is no number is asked where a price is meant, and nowhere else.
        (7, None),
    ];
    assert_eq!(asked, expected);
    let two = read(&sheet("编码|单价\nP1|128\nP1|127"));
    let asked: Vec<_> = two.refused.iter().map(|row| row.faults[0].question()).collect();
    assert_eq!(asked, [Some(Question::Which), Some(Question::Which)]);
}

#[test]
fn every_fault_has_its_question_or_none() {
    type What = CellFaultCode;
    let (text, words) = (String::new, || vec!["桶".to_string()]);
    let (day, price) = (parse_date("2026-05-05").unwrap(), yuan("1"));
    let of = |of_two| Some(Question::Product { of_two });
    let units = || Some(Question::Unit { units: vec!["桶"] });
    let (unit, price_unit) = ("桶".to_string(), "箱".to_string());
    let two_units = Some(Question::Unit { units: vec!["桶", "箱"] });
    let all = [
        (What::PriceMissing, Some(Question::Price)),
        (What::PriceZero, Some(Question::Price)),
        (What::NotANumber, Some(Question::Price)),
        (What::Negative, None),
        (What::TooManyDecimals { decimals_max: 4 }, None),
        (What::TooLarge { max: text() }, None),
        (What::FormulaError { error: text() }, None),
        (What::ProductMissing, None),
        (What::UnknownProduct, of(false)),
        (What::AmbiguousProduct { products: 2 }, of(true)),
        (What::ProductsDisagree { by_code: text(), by_barcode: text() }, of(true)),
        (What::NameOfOther { product_code: text(), product_name: text() }, of(true)),
        (What::ArchivedProduct { product_code: text() }, None),
        (What::UnitMissing { units: words() }, units()),
        (What::UnknownUnit { unit: text(), units: words() }, units()),
        (What::UnitsDisagree { unit, price_unit }, two_units),
        (What::DateWrong, None),
        (What::FromAfterTo { from: day, to: day }, None),
        (What::NoteTooLong { letters_max: 1 }, None),
        (What::OtherPriceIn { other_row: 2, other_price: price, other_sheet: None }, Some(Question::Which)),
    ];
    let fault = |what| CellFault { meaning: Meaning::Price, column: None, head: text(), text: text(), what };
    let mut met = std::collections::BTreeSet::new();
    for (what, expected) in all {
        met.insert(what.code());
        let fault = fault(what);
        assert_eq!(fault.question(), expected, "{fault:?}");
        assert_eq!(fault.names_two(), expected == of(true), "{fault:?}");
    }
    // Each arm of `code` is a fault, as the compiler holds; of each there is one above.
    let (_, codes) = include_str!("../outcome.rs").split_once("impl CellFaultCode").unwrap();
    let codes = codes.lines().filter(|line| line.trim().starts_with("CellFaultCode::")).count();
    assert_eq!(met.len(), codes, "a fault that is not above: {met:?}");
}

#[test]
fn asked_rows_are_settled_by_product_price_unit_or_by_leaving_them_out() {
    let grid = sheet("编码|单位|单价\nP9|桶|5\nP1|桶|面议\nP1|吨|500\nP8|桶|1");
    let decisions = Decisions::from([
        (2, Decision { product: Some(ProductId(2)), ..Decision::default() }),
        (3, Decision { price: Some(yuan("128")), ..Decision::default() }),
        (4, Decision { unit: Some("箱".to_string()), ..Decision::default() }),
        (5, Decision { skip: true, ..Decision::default() }),
    ]);
    let outcome = settled(&grid, &decisions, &Memory::default());
    assert_eq!(outcome.refused, vec![]);
    let read: Vec<_> =
        outcome.read.iter().map(|row| (row.price_row.product.0, row.price_row.price)).collect();
    assert_eq!(read, [(2, yuan("5")), (1, yuan("128")), (1, yuan("500"))]);
    let tally = Tally::of(&outcome, grid.rows.len());
    assert_eq!((tally.mended, tally.left_out, tally.asked), (3, 1, 0));
}

#[test]
fn a_row_that_was_read_well_stays_whatever_is_settled_beside_it() {
    let grid = sheet("编码|名称|单位|单价\nP1|外墙乳胶漆|桶|102.5\n|外墙乳胶漆|桶|300\nP1|外墙乳胶漆|吨|400");
    let price = Some(yuan("300"));
    let means_p1 = Decision { product: Some(ProductId(1)), ..Decision::default() };
    let by_pail = Decision { unit: Some("桶".to_string()), ..Decision::default() };
    let decisions = Decisions::from([(3, means_p1.clone()), (4, by_pail)]);
    let outcome = settled(&grid, &decisions, &Memory::default());
    assert_eq!(outcome.read.iter().map(|it| it.row).collect::<Vec<_>>(), [2], "{outcome:#?}");
    let told: Vec<_> = outcome.refused.iter().map(|it| (it.row, it.faults[0].what.clone())).collect();
    let beside = CellFaultCode::OtherPriceIn { other_row: 2, other_price: yuan("102.5"), other_sheet: None };
    assert_eq!(told, [(3, beside.clone()), (4, beside)]);
    assert!(outcome.refused.iter().all(RefusedRow::asks));
    // What says the same is no second price, and what is said to count counts.
    let same = Decision { price: Some(yuan("102.5")), ..means_p1.clone() };
    let outcome = settled(&grid, &Decisions::from([(3, same)]), &Memory::default());
    let skipped = SkippedRow { row: 3, reason: SkipReason::SameAs { other_row: 2, other_sheet: None } };
    assert!(outcome.skipped.contains(&skipped));
    let counts = Decision { keep: true, price, ..means_p1.clone() };
    let outcome = settled(&grid, &Decisions::from([(3, counts)]), &Memory::default());
    assert_eq!(outcome.read.iter().map(|it| it.row).collect::<Vec<_>>(), [3]);
    // Where nobody read a row well, all are asked about.
    let grid = sheet("名称|单价\n外墙乳胶漆|300\n外墙乳胶漆|310");
    let both = Decisions::from([(2, means_p1.clone()), (3, means_p1)]);
    let outcome = settled(&grid, &both, &Memory::default());
    assert_eq!((outcome.read.len(), outcome.refused.len()), (0, 2));
}

#[test]
fn of_two_prices_the_chosen_row_counts_also_across_sheets() {
    let (one, two) = (sheet("编码|单价\nP1|128\nP2|34"), sheet("编码|单价\nP1|127\nP2|34"));
    let (first, second) = (inspected(&one), inspected(&two));
    let (none, keep) =
        (Decisions::new(), Decisions::from([(2, Decision { keep: true, ..Decision::default() })]));
    let undecided = read_book(
        &[plan(&one, &first, &none), plan(&two, &second, &none)],
        &shop(),
        AS_LIST,
        &Memory::default(),
    );
    let told: Vec<_> = undecided.iter().map(|sheet| sheet.as_ref().unwrap().refused.len()).collect();
    assert_eq!(told, [1, 1]);
    let same = SkipReason::SameAs { other_row: 3, other_sheet: Some(0) };
    assert!(undecided[1].as_ref().unwrap().skipped.iter().any(|row| row.reason == same));
    let decided = read_book(
        &[plan(&one, &first, &none), plan(&two, &second, &keep)],
        &shop(),
        AS_LIST,
        &Memory::default(),
    );
    let (one, two) = (decided[0].as_ref().unwrap(), decided[1].as_ref().unwrap());
    assert_eq!((one.refused.len(), two.refused.len()), (0, 0));
    assert!(one.skipped.iter().any(|row| row.reason.code() == "outvoted"));
    assert_eq!(two.read[0].price_row.price, yuan("127"));
}

#[test]
fn what_was_settled_is_remembered_for_the_next_file() {
    let grid = sheet("我方料|件|结算\n甲1|大桶|5\n甲2|大桶|6");
    let mapping = Mapping {
        columns: [(Meaning::Code, 0), (Meaning::Unit, 1), (Meaning::Price, 2)].into(),
        ..Mapping::default()
    };
    let head = Some(HeadRows { first: 0, last: 0 });
    let decision =
        Decision { product: Some(ProductId(1)), unit: Some("箱".to_string()), ..Decision::default() };
    let memory = Memory::taught_by(&grid, head, &mapping, &Decisions::from([(2, decision)]), &shop());
    assert_eq!(memory.heads.len(), 3);
    assert_eq!(memory.units.get("大桶").map(String::as_str), Some("箱"));
    let next = sheet("我方料|件|结算\n甲1|大桶|7");
    let how = Inspect { list_includes_tax: true, heads: memory.heads.clone(), ..Inspect::default() };
    let proposal = inspect(&next, &shop(), &how);
    assert_eq!(proposal.mapping.columns, mapping.columns);
    assert!(proposal.columns.iter().all(|guess| guess.reason == Some(GuessReason::Remembered)));
    let none = Decisions::new();
    let read = read_book(&[plan(&next, &proposal, &none)], &shop(), AS_LIST, &memory);
    let row = &read[0].as_ref().unwrap().read[0];
    assert_eq!((row.price_row.product, row.price_row.unit.as_deref()), (ProductId(1), Some("箱")));
    assert_eq!(row.mends.iter().map(Mend::code).collect::<Vec<_>>(), ["remembered", "unit_remembered"]);
}

#[test]
fn heads_of_two_lines_are_read_with_and_without_merged_cells() {
    for text in [
        "编码|名称|价格|\n||含税|不含税\nP1|外墙乳胶漆|128|113\nP2|外墙乳胶漆|34|30",
        "商品||价格|\n编码|名称|含税|不含税\nP1|外墙乳胶漆|128|113\nP2|外墙乳胶漆|34|30",
    ] {
        let proposal = inspected(&sheet(text));
        assert_eq!(proposal.head, Some(HeadRows { first: 0, last: 1 }), "{text}");
        assert_eq!(proposal.mapping.column(Meaning::Price), Some(2), "{text}: {:#?}", proposal.columns);
        assert_eq!(proposal.mapping.includes_tax, Some(true), "{text}");
    }
}

#[test]
fn of_several_sheets_those_with_prices_in_force_are_taken() {
    let named = |name: &str, text: &str| inspected(&Grid { sheet: name.to_string(), ..sheet(text) });
    let prices = "编码|单价\nP1|128";
    let proposals =
        [named("说明", "本表含税"), named("涂料", prices), named("旧价", prices), named("空", "")];
    let taken: Vec<_> = price_sheets(&proposals).iter().map(|guess| (guess.taken, guess.reason)).collect();
    assert_eq!(
        taken,
        [
            (false, SheetReason::NoColumns),
            (true, SheetReason::Columns),
            (false, SheetReason::OtherName),
            (false, SheetReason::Empty)
        ]
    );
    assert!(price_sheets(&[named("历史", prices)])[0].taken, "better than none");
}

#[test]
fn products_that_are_written_alike_are_proposed() {
    let products = shop();
    let grid = sheet("编码|名称|单价\nX1|外墙乳胶漆（净味）20kg|128\nX2|螺丝|1");
    let proposal = inspected(&grid);
    let suggester = Suggester::new(&products);
    let codes = |row| -> Vec<&str> {
        suggester.for_row(&grid, &proposal.mapping, row).iter().map(|it| it.code.as_str()).collect()
    };
    assert_eq!(codes(2), ["P1", "P2"]);
    assert!(codes(3).is_empty());
}

fn any_line() -> impl Strategy<Value = String> {
    let word = |words: &[&'static str]| prop::sample::select(words.to_vec());
    let code = word(&["P1", "P2", "0073", "P4", "P9", "未知01", "", "合计", "编码"]);
    let name = word(&["外墙乳胶漆", "外墙乳胶漆20kg/桶", "羊毛刷", "", "名称"]);
    let unit = word(&["桶", "箱", "把", "吨", "", "单位"]);
    let price = word(&["128", "１２８", "￥1,280", "128（含运费）", "面议", "", "0", "-1", "#N/A", "单价"]);
    (code, name, unit, price).prop_map(|(code, name, unit, price)| format!("{code}|{name}|{unit}|{price}"))
}

fn any_decision() -> impl Strategy<Value = Decision> {
    let product = prop::option::of((1..6i64).prop_map(ProductId));
    let price = prop::option::of((1..9i64).prop_map(|yuan| UnitPrice(yuan * 10_000)));
    let unit = prop::option::of(prop::sample::select(vec!["桶".to_string(), "箱".to_string()]));
    (product, price, unit, any::<bool>(), any::<bool>())
        .prop_map(|(product, price, unit, keep, skip)| Decision { product, price, unit, keep, skip })
}

proptest! {
    #[test]
    fn the_rows_of_all_sheets_add_up_whatever_was_decided(
        texts in prop::collection::vec(prop::collection::vec(any_line(), 0..12), 1..4),
        decisions in prop::collection::btree_map(1usize..14, any_decision(), 0..6),
    ) {
        let texts = texts.iter().map(|lines| format!("编码|名称|单位|单价\n{}", lines.join("\n")));
        let grids: Vec<Grid> = texts.map(|text| sheet(&text)).collect();
        let proposals: Vec<Proposal> = grids.iter().map(inspected).collect();
        let plans: Vec<SheetPlan<'_>> =
            grids.iter().zip(&proposals).map(|(grid, proposal)| plan(grid, proposal, &decisions)).collect();
        let read = read_book(&plans, &shop(), AS_LIST, &Memory::default());
        let mut all = Tally::default();
        for (sheet, grid) in read.iter().zip(&grids) {
            let rows = grid.rows.len();
            let tally = sheet.as_ref().map_or(Tally::of_not_taken(rows), |sheet| Tally::of(sheet, rows));
            prop_assert!(tally.adds_up(), "{:?}", tally);
            all = all.plus(tally);
        }
        prop_assert!(all.adds_up());
        prop_assert_eq!(all.rows, grids.iter().map(|grid| grid.rows.len()).sum::<usize>());
        let sheets: Vec<(&ReadSheet, &Mapping)> = read
            .iter()
            .zip(&proposals)
            .filter_map(|(sheet, proposal)| Some((sheet.as_ref().ok()?, &proposal.mapping)))
            .collect();
        let today = parse_date("2026-05-05").unwrap();
        let compare = |rows: &BTreeMap<String, PriceRow>| {
            changes_of_book(&sheets, &shop(), Compare { rows, replace_all: false, today })
        };
        let counted = |rows: &BTreeMap<String, PriceRow>| {
            count_changes(&sheets, &shop(), Compare { rows, replace_all: false, today })
        };
        let first = compare(&BTreeMap::new());
        let counts = counted(&BTreeMap::new());
        prop_assert_eq!((counts.added, counts.changed), (first.put.len(), 0));
        prop_assert_eq!((counts.unchanged, counts.untouched), (first.unchanged, first.untouched));
        let rows: BTreeMap<String, PriceRow> = first.put.into_iter().map(|change| (change.key, change.new)).collect();
        prop_assert_eq!(compare(&rows).put, vec![], "the same file twice");
        prop_assert_eq!(counted(&rows).unchanged, compare(&rows).unchanged);
        // Every other row costs something else.
        let dearer = |row: &PriceRow| PriceRow { price: UnitPrice(row.price.0 + 1), ..row.clone() };
        let moved: BTreeMap<String, PriceRow> = rows.iter().enumerate().map(|(at, (key, row))| (key.clone(), if at % 2 == 0 { dearer(row) } else { row.clone() })).collect();
        let (counts, changes) = (counted(&moved), compare(&moved));
        prop_assert_eq!((counts.added, counts.changed, counts.unchanged), (0, changes.put.len(), changes.unchanged));
    }
}

/// So many rows for one product, the price of the last one apart.
fn many_rows(count: usize, last: &str) -> Grid {
    let mut rows = vec![vec![Cell::Text("编码".into()), Cell::Text("单价".into())]];
    let row = |price: &str| vec![Cell::Text("P1".into()), Cell::Number(price.into())];
    rows.extend((1..count).map(|_| row("128")));
    rows.push(row(last));
    Grid { sheet: "报价".to_string(), rows }
}

#[test]
fn many_rows_for_one_product_take_no_longer_than_for_many() {
    // Each held against each, these would be read for hours.
    let count = GRID_ROWS_MAX - 1;
    let same = read(&many_rows(count, "128"));
    assert_eq!((same.read.len(), same.skipped.len(), same.refused.len()), (1, count, 0), "and the head");
    let other = read(&many_rows(count, "129"));
    assert_eq!((other.read.len(), other.refused.len()), (0, count));
    let fault = |place: usize| &other.refused[place].faults[0].what;
    let beside = |row: usize, price: &str| CellFaultCode::OtherPriceIn {
        other_row: row,
        other_price: yuan(price),
        other_sheet: None,
    };
    assert_eq!(fault(0), &beside(count + 1, "129"));
    assert_eq!(fault(count - 1), &beside(2, "128"));
}

#[test]
fn reading_stops_within_a_thousand_rows_once_nobody_waits() {
    let (grid, none) = (many_rows(50_000, "128"), Decisions::new());
    let proposal = inspected(&grid);
    let asked = std::cell::Cell::new(0);
    let goes_on = || {
        asked.set(asked.get() + 1);
        asked.get() < 3
    };
    let plans = [plan(&grid, &proposal, &none)];
    let read = read_book_while(&plans, &shop(), AS_LIST, &Memory::default(), &goes_on);
    assert_eq!((read, asked.get()), (None, 3));
}
