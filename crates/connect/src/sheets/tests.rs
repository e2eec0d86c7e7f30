use std::io::{Cursor, Write};
use std::path::PathBuf;

use app::ports::SheetCell;
use domain::base::Date;
use domain::documents::CellPlace;
use domain::pricing::import::grid::{Cell, GRID_COLUMNS_MAX, GRID_ROWS_MAX};
use rust_xlsxwriter::{Format, Formula, Workbook};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

fn read(name: &str, bytes: &[u8]) -> Result<Vec<Grid>, SheetRefused> {
    Sheets.read(name, bytes)
}

fn text(value: &str) -> Cell {
    Cell::Text(value.into())
}

fn number(value: &str) -> Cell {
    Cell::Number(value.into())
}

fn price_list() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("价目表").unwrap();
    sheet.merge_range(0, 0, 0, 3, "2026 年 5 月价目表", &Format::new()).unwrap();
    for (column, head) in ["编码", "名称", "含税单价", "生效日"].into_iter().enumerate() {
        sheet.write_string(2, u16::try_from(column).unwrap(), head).unwrap();
    }
    sheet.write_number_with_format(3, 0, 123.0, &Format::new().set_num_format("00000")).unwrap();
    sheet.write_string(3, 1, "外墙乳胶漆").unwrap();
    sheet.write_number(3, 2, 128.1).unwrap();
    let day = rust_xlsxwriter::ExcelDateTime::from_ymd(2026, 5, 1).unwrap();
    sheet.write_datetime_with_format(3, 3, &day, &Format::new().set_num_format("yyyy/m/d")).unwrap();
    sheet.write_number(4, 2, 0.1 + 0.2).unwrap();
    sheet.write_formula(5, 2, Formula::new("=NA()").set_result("#N/A")).unwrap();
    sheet.write_boolean(5, 3, true).unwrap();
    let other = book.add_worksheet().set_name("说明").unwrap();
    other.write_string(0, 0, "第二张").unwrap();
    book.add_worksheet().set_name("底稿").unwrap().set_hidden(true).write_string(0, 0, "藏起来的").unwrap();
    book.save_to_buffer().unwrap()
}

#[test]
fn a_price_list_is_read_as_people_see_it() {
    let grids = read("五月.xlsx", &price_list()).unwrap();
    assert_eq!(grids.iter().map(|grid| grid.sheet.as_str()).collect::<Vec<_>>(), ["价目表", "说明"]);
    let rows = &grids[0].rows;
    let title = "2026 年 5 月价目表";
    let merged = || Cell::Merged(title.into());
    assert_eq!(rows[0], [text(title), merged(), merged(), merged()]);
    assert!(rows[1].iter().all(Cell::is_blank));
    assert_eq!(rows[2], ["编码", "名称", "含税单价", "生效日"].map(text));
    let day = Cell::Day(Date::new(2026, 5, 1).unwrap());
    assert_eq!(rows[3], [text("00123"), text("外墙乳胶漆"), number("128.1"), day]);
    assert_eq!(rows[4][2], number("0.3"));
    assert_eq!(rows[5][2..], [Cell::Error("#N/A".into()), text("TRUE")]);
}

#[test]
fn the_content_decides_and_a_name_that_contradicts_it_is_refused() {
    let book = price_list();
    assert_eq!(read("没有后缀", &book).unwrap().len(), 2);
    assert_eq!(read("旧名.xls", &book).unwrap().len(), 2);
    for (name, extension) in [("照片.png", "png"), ("表.csv", "csv")] {
        let refused = SheetRefused::NameSaysOther { extension: extension.into(), found: FileKind::Xlsx };
        assert_eq!(read(name, &book), Err(refused));
    }
    let refused = SheetRefused::NameSaysOther { extension: "xlsx".into(), found: FileKind::Csv };
    assert_eq!(read("表.XLSX", b"a,b\n1,2"), Err(refused));
}

#[test]
fn what_is_no_sheet_is_refused_by_what_it_is() {
    assert_eq!(read("a.xlsx", b""), Err(SheetRefused::Empty));
    assert_eq!(read("a.xls", b"<html><table><tr><td>1</td></tr></table>"), Err(SheetRefused::WebPage));
    assert_eq!(read("a.xlsx", b"\x00\x01\x02"), Err(SheetRefused::NotASheet { found: None }));
    let png = b"\x89PNG\r\n\x1A\n\x00\x00\x00\rIHDR";
    assert_eq!(read("a.xlsx", png), Err(SheetRefused::NotASheet { found: Some(FileKind::Png) }));
}

#[test]
fn a_damaged_workbook_is_refused_wherever_it_breaks_off() {
    let book = price_list();
    for length in (40..book.len()).step_by(97) {
        let refused = read("a.xlsx", &book[..length]).unwrap_err();
        let known = matches!(refused, SheetRefused::Damaged { .. } | SheetRefused::NotASheet { .. });
        assert!(known, "{length} bytes: {refused:?}");
    }
}

#[test]
fn a_workbook_with_any_byte_changed_never_brings_the_server_down() {
    let book = price_list();
    for place in (0..book.len()).step_by(13) {
        let mut changed = book.clone();
        changed[place] ^= 0xFF;
        if let Ok(grids) = read("a.xlsx", &changed) {
            assert!(grids.len() <= 3);
        }
    }
}

#[test]
fn a_workbook_that_a_packer_has_locked_is_refused_as_locked() {
    let mut book = price_list();
    for at in 0..book.len() - 10 {
        match [book[at], book[at + 1], book[at + 2], book[at + 3]] {
            [b'P', b'K', 3, 4] => book[at + 6] |= 1,
            [b'P', b'K', 1, 2] => book[at + 8] |= 1,
            _ => {}
        }
    }
    assert_eq!(read("a.xlsx", &book), Err(SheetRefused::Protected));
}

/// The parts of a minimal workbook with `rows` as its sheet data.
fn workbook_of(rows: &str, strings: &str) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>")
    };
    let relations = relation("r1", "worksheet", "worksheets/sheet1.xml")
        + &relation("r2", "sharedStrings", "sharedStrings.xml");
    let parts = [
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{PACKAGE}\">{}</Relationships>",
                relation("r1", "officeDocument", "xl/workbook.xml")
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets><sheet name=\"表\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!("<Relationships xmlns=\"{PACKAGE}\">{relations}</Relationships>"),
        ),
        ("xl/sharedStrings.xml", format!("<sst xmlns=\"{MAIN}\">{strings}</sst>")),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{rows}</sheetData></worksheet>"),
        ),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn cell_at(place: &str) -> String {
    format!("<row><c r=\"{place}\"><v>1</v></c></row>")
}

#[test]
fn rows_and_columns_have_limits_on_both_sides() {
    let at = |place: String| read("a.xlsx", &workbook_of(&cell_at(&place), ""));
    let last_row = at(format!("A{GRID_ROWS_MAX}")).unwrap();
    assert_eq!(last_row[0].rows.len(), GRID_ROWS_MAX);
    let refused = SheetRefused::TooManyRows { sheet: "表".into(), limit: GRID_ROWS_MAX };
    assert_eq!(at(format!("A{}", GRID_ROWS_MAX + 1)), Err(refused));
    let letters = domain::pricing::import::grid::column_letters;
    let last_column = at(format!("{}1", letters(GRID_COLUMNS_MAX - 1))).unwrap();
    assert_eq!(last_column[0].columns(), GRID_COLUMNS_MAX);
    let refused = SheetRefused::TooManyColumns { sheet: "表".into(), limit: GRID_COLUMNS_MAX };
    assert_eq!(at(format!("{}1", letters(GRID_COLUMNS_MAX))), Err(refused));
}

#[test]
fn a_place_that_no_sheet_has_is_damage_and_never_another_cell() {
    for place in ["A99999999999", "ZZZZZZZZZZZZ1", "A4294967297"] {
        let refused = read("a.xlsx", &workbook_of(&cell_at(place), ""));
        assert!(matches!(refused, Err(SheetRefused::Damaged { .. })), "{place}: {refused:?}");
    }
}

#[test]
fn styled_but_empty_cells_to_the_end_of_the_sheet_do_no_harm() {
    let rows = format!("{}<row><c r=\"A1048576\" s=\"0\"/><c r=\"XFD1048576\"/></row>", cell_at("A1"));
    let grids = read("a.xlsx", &workbook_of(&rows, "")).unwrap();
    assert_eq!(grids[0].rows, [[number("1")]]);
}

#[test]
fn a_zip_bomb_is_refused_before_it_unpacks() {
    let bomb = workbook_of(&" ".repeat(201 << 20), "");
    assert!(bomb.len() < 1 << 20);
    let endless = Err(SheetRefused::CellTooLong { place: None, limit: 32_767 });
    assert_eq!(read("a.xlsx", &bomb), endless, "what goes on without a tag is not unpacked to its end");
    let told = domain::words::documents::sheet_refused(endless.as_ref().unwrap_err());
    assert!(told.contains("空白") && told.contains("另存为新的"), "there may be no such cell: {told}");
    let tags = workbook_of(&"<row/>".repeat((201 << 20) / 6 + 1), "");
    assert_eq!(read("a.xlsx", &tags), Err(SheetRefused::TooLarge { limit_mb: 200 }));
    let text = format!("<si><t>{}</t></si>", "a".repeat(17 << 20));
    assert_eq!(read("a.xlsx", &workbook_of("", &text)), endless);
    let texts = workbook_of("", &"<si/>".repeat(8_000_001));
    assert_eq!(read("a.xlsx", &texts), Err(SheetRefused::TooLarge { limit_mb: 200 }));
}

#[test]
fn a_text_too_long_for_a_cell_is_named_with_its_place_in_every_format() {
    let held =
        "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"2\"><c r=\"B2\" t=\"s\"><v>0</v></c></row>";
    let of = |letters: usize| {
        let strings = format!("<si><t>{}</t></si>", "漆".repeat(letters));
        read("a.xlsx", &workbook_of(held, &strings)).map(drop)
    };
    let too_long = |sheet: &str| {
        let place = Some(CellPlace { sheet: sheet.into(), row: 1, column: 1 });
        Err(SheetRefused::CellTooLong { place, limit: 32_767 })
    };
    let sheet = read("a.xlsx", &workbook_of(held, "<si><t>短</t></si>")).unwrap()[0].sheet.clone();
    assert_eq!(of(32_767), Ok(()));
    assert_eq!(of(32_768), too_long(&sheet));
    assert_eq!(of(1_000_000), too_long(&sheet), "a megabyte is no bomb");
    let csv = format!("编码,单价\nP1,{}\n", "x".repeat(32_768));
    assert_eq!(read("a.csv", csv.as_bytes()).map(drop), too_long("a.csv"));
    let told = domain::words::documents::sheet_refused(&too_long("报价").unwrap_err());
    assert_eq!(told, "工作表「报价」第 2 行 B 列的文字太长，一格最多 32767 个字。请改短后再上传。");
}

#[test]
fn one_long_text_in_many_cells_is_counted_as_often_as_it_stands() {
    let strings = format!("<si><t>{}</t></si>", "漆".repeat(10_000));
    let rows: String =
        (1..=8_000).map(|row| format!("<row><c r=\"A{row}\" t=\"s\"><v>0</v></c></row>")).collect();
    assert_eq!(read("a.xlsx", &workbook_of(&rows, &strings)), Err(SheetRefused::TooLarge { limit_mb: 200 }));
}

#[test]
fn few_cells_far_to_the_right_may_not_fill_the_memory() {
    let place = domain::pricing::import::grid::column_letters(GRID_COLUMNS_MAX - 1);
    let rows: String = (1..=50_000).map(|row| cell_at(&format!("{place}{row}"))).collect();
    assert!(matches!(read("a.xlsx", &workbook_of(&rows, "")), Err(SheetRefused::TooManyCells { .. })));
}

#[test]
fn a_merged_area_over_the_whole_sheet_stays_within_the_data() {
    let mut budget = grid::Budget::of_file(&super::Nobody);
    let mut builder = grid::GridBuilder::new("表", &mut budget);
    builder.put(0, 0, text("题")).unwrap();
    builder.put(2, 1, number("1")).unwrap();
    builder.merge((0, 0), (1_048_575, 16_383)).unwrap();
    let grid = builder.finish();
    assert_eq!((grid.rows.len(), grid.columns()), (3, GRID_COLUMNS_MAX));
    assert_eq!(grid.cell(2, 99), &Cell::Merged("题".into()));
}

#[test]
fn an_export_is_read_back_as_it_was_and_nothing_in_it_is_a_formula() {
    let hostile = [
        "=cmd|'/c calc'!A0",
        "+1+1",
        "-2",
        "@SUM(A1)",
        "\t=1",
        "http://example.com",
        "<script>",
        "😀",
        "00123",
    ];
    let day = Date::new(2026, 5, 1).unwrap();
    let mut rows: Vec<Vec<SheetCell>> =
        hostile.iter().map(|value| vec![SheetCell::Text((*value).into())]).collect();
    rows.push(vec![
        SheetCell::Empty,
        SheetCell::Number("1280.50".into()),
        SheetCell::Number("-3".into()),
        SheetCell::Day(day),
    ]);
    rows.push(vec![SheetCell::Number("1234567890123456.78".into()), SheetCell::Number("=1".into())]);
    let table =
        SheetTable { title: "报价/2026*".into(), heads: vec!["=编号".into(), "金额".into()], rows };
    let bytes = Sheets.write(&[table.clone(), table]).unwrap();
    let grids = read("导出.xlsx", &bytes).unwrap();
    assert_eq!(grids.iter().map(|grid| grid.sheet.as_str()).collect::<Vec<_>>(), ["报价2026", "报价2026 2"]);
    let rows = &grids[0].rows;
    assert_eq!(rows[0], [text("=编号"), text("金额")]);
    for (row, value) in hostile.iter().enumerate() {
        assert_eq!(rows[row + 1], [text(value)]);
    }
    assert_eq!(rows[hostile.len() + 1], [Cell::Empty, number("1280.5"), number("-3"), Cell::Day(day)]);
    assert_eq!(rows[hostile.len() + 2], [text("1234567890123456.78"), text("=1")]);
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut sheet = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("xl/worksheets/sheet1.xml").unwrap(), &mut sheet)
        .unwrap();
    assert!(!sheet.contains("<f>") && !sheet.contains("<hyperlink"));
    let mut styles = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("xl/styles.xml").unwrap(), &mut styles).unwrap();
    assert!(styles.contains("quotePrefix=\"1\""), "an edited cell stays text: {styles}");
}

#[test]
fn an_export_that_excel_cannot_hold_is_refused_or_cut() {
    let wide = SheetTable { title: "宽".into(), heads: vec![String::new(); 16_385], rows: Vec::new() };
    let refused = SheetRefused::TooManyColumns { sheet: "宽".into(), limit: 16_384 };
    assert_eq!(Sheets.write(&[wide]), Err(refused));
    let long =
        SheetTable { rows: vec![vec![SheetCell::Text("字".repeat(40_000))]], ..SheetTable::default() };
    let grids = read("长.xlsx", &Sheets.write(&[long]).unwrap()).unwrap();
    assert_eq!(grids[0].sheet, "Sheet");
    assert_eq!(grids[0].cell(1, 0).text().chars().count(), 32_767);
}

/// Somebody who waits until it is so far.
struct Until {
    percent: u8,
    heard: std::sync::Mutex<Vec<u8>>,
}

impl app::ports::Watcher for Until {
    fn goes_on(&self, percent: u8) -> bool {
        self.heard.lock().unwrap().push(percent);
        percent < self.percent
    }
}

#[test]
fn whoever_waits_hears_how_far_it_is_and_may_let_go() {
    let rows = vec![vec![SheetCell::Number("1".into()), SheetCell::Text("x".into())]; 40_000];
    let book = Sheets.write(&[SheetTable { rows, ..SheetTable::default() }]).unwrap();
    let text = "1,x\n".repeat(40_000).into_bytes();
    for (name, bytes) in [("a.xlsx", book), ("a.csv", text)] {
        let patient = Until { percent: 101, heard: Default::default() };
        assert!(Sheets.read_watched(name, &bytes, &patient).is_ok(), "{name}");
        let heard = patient.heard.into_inner().unwrap();
        assert!(heard.len() > 3 && heard.is_sorted() && heard.iter().any(|it| *it > 60), "{name}: {heard:?}");
        let hasty = Until { percent: 50, heard: Default::default() };
        assert_eq!(Sheets.read_watched(name, &bytes, &hasty), Err(SheetRefused::Stopped), "{name}");
    }
}

/// A file of the folder that `HUXI_DATA` names; `None` (and a word about it) without one.
fn shared(name: &str) -> Option<Vec<u8>> {
    let Some(folder) = std::env::var_os("HUXI_DATA") else {
        eprintln!("left out: HUXI_DATA names no folder with {name}");
        return None;
    };
    Some(std::fs::read(PathBuf::from(folder).join(name)).unwrap())
}

#[test]
fn a_real_workbook_of_the_old_kind_is_read() {
    let Some(bytes) = shared("superstore_zh/示例-超市.xls") else { return };
    let grids = read("示例-超市.xls", &bytes).unwrap();
    let counts: Vec<(String, usize)> =
        grids.iter().map(|grid| (grid.sheet.clone(), grid.rows.len())).collect();
    assert_eq!(
        counts,
        [("订单".to_string(), 10_001), ("退货".to_string(), 297), ("销售人员".to_string(), 7)]
    );
    assert_eq!(grids[0].cell(0, 1), &text("订单 ID"));
    assert!(matches!(grids[0].cell(1, 2), Cell::Day(_)), "{:?}", grids[0].rows[1]);
    assert!(grids[0].rows.iter().skip(1).all(|row| matches!(row[16], Cell::Number(_))));
}

#[test]
fn a_real_price_list_is_read() {
    let Some(bytes) = shared("price_list_hardware/price_2024-02-22.csv") else { return };
    let grids = read("price_2024-02-22.csv", &bytes).unwrap();
    assert_eq!(grids[0].rows.len(), 2_340);
    assert_eq!(grids[0].rows[0][..4], ["code", "name", "spec", "price"].map(text));
}

#[test]
fn the_old_kind_with_any_byte_changed_never_brings_the_server_down() {
    let Some(bytes) = shared("superstore_zh/示例-超市.xls") else { return };
    for place in (0..512).step_by(41).chain((512..bytes.len()).step_by(500_009)) {
        let mut changed = bytes.clone();
        changed[place] ^= 0xFF;
        if let Ok(grids) = read("a.xls", &changed) {
            assert!(grids.len() <= 3);
        }
    }
}

#[test]
fn figures_and_days_of_a_price_list_come_back_as_they_went_out() {
    let day = Date::new(2026, 6, 1).unwrap();
    let figures = ["128.00", "500.1234", "40.5", "99999999.9999", "0.01", "115.25"];
    let rows = figures.iter().map(|figure| {
        vec![SheetCell::Text("00123".into()), SheetCell::Number((*figure).into()), SheetCell::Day(day)]
    });
    let heads = vec!["编码/名称".into(), "价格".into(), "开始".into()];
    let bytes =
        Sheets.write(&[SheetTable { title: "标准价目表 V13".into(), heads, rows: rows.collect() }]);
    let grids = read("标准价目表 V13.xlsx", &bytes.unwrap()).unwrap();
    for (row, figure) in figures.iter().enumerate() {
        let cells = &grids[0].rows[row + 1];
        let short = figure.trim_end_matches('0').trim_end_matches('.');
        assert_eq!((&cells[0], &cells[1], &cells[2]), (&text("00123"), &number(short), &Cell::Day(day)));
    }
}
