//! The program that makes our own faulty files. `HUXI_WRITE=1` writes them anew.

use std::path::Path;

use domain::pricing::import::grid::Grid;
use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};

use crate::{folder, grids};

/// A sheet: its name, its cells, and areas that are merged (first and last row and column, from 0).
type Table = (&'static str, &'static [&'static [&'static str]], &'static [(u32, u16, u32, u16)]);

/// A text table of rows with commas, in UTF-8 unless the name says otherwise.
const TEXTS: &[(&str, &str)] = &[
    (
        "01_title_above.csv",
        "恒泰建材 2026年5月价格表,,,,\n以下价格均含税,,,,\n\n货号,品名,规格,单位,含税单价\nP1,外墙乳胶漆,20kg,桶,480.00\nP2,外墙乳胶漆,5kg,桶,130.00\nP3,腻子粉,20kg,袋,30.00\n,,,,\n以上价格以当日为准,,,,\n",
    ),
    ("02_gbk.csv", "编码,名称,价格\nP1,外墙乳胶漆,480\nP3,腻子粉,30\n"),
    ("03_utf16_tabs.csv", "编码\t单价\nP1\t480\nP2\t130\nP3\t30\n"),
    ("05_full_width.csv", "编码,单价\nP1,４８０\nＰ２,１３０．５０\nP3,30\n"),
    ("06_currency_and_words.csv", "编码,单价\nP1,\"￥1,480.00\"\nP2,130元\nP3,30元/袋\nP6,人民币260元整\n"),
    (
        "07_remarks_in_prices.csv",
        "编码,单价\nP1,480（含运费）\nP2,130 现款\nP3,\"30，满10袋送1袋\"\nP6,260 起\nP7,12（特价）\n",
    ),
    (
        "08_placeholders.csv",
        "编码,名称,规格,单位,单价\n未知01,腻子粉,20kg,袋,30\n未知02,没见过的漆,,桶,99\nP1,外墙乳胶漆,20kg,桶,面议\nP2,外墙乳胶漆,5kg,桶,—\n待定,羊毛刷,4寸,把,6\nP6,防水涂料,18kg,桶,0\n",
    ),
    ("09_code_twice.csv", "编码,单位,单价\nP1,桶,480\nP3,袋,30\nP1,桶,480.00\nP2,桶,130\nP2,桶,128\n"),
    (
        "10_units_in_names.csv",
        "名称,单价\n外墙乳胶漆20kg/桶,480\n外墙乳胶漆 5kg/箱,500\n防水涂料（18kg/桶）,260\n羊毛刷4寸/把,6\n水泥钉50mm/盒,9\n没有的漆20kg/桶,1\n",
    ),
    (
        "13_two_heads.csv",
        "编码,名称,价格,\n,,含税,不含税\nP1,外墙乳胶漆,480,424.78\nP2,外墙乳胶漆,130,115.04\n",
    ),
    (
        "15_pages_sums_sections.csv",
        "编码,名称,单位,单价\n一、涂料,,,\nP1,外墙乳胶漆,桶,480\nP2,外墙乳胶漆,桶,130\n小计,,,610\n编码,名称,单位,单价\n二、辅料,,,\nP3,腻子粉,袋,30\n合计,,,640\n",
    ),
    ("18_units_unclear.csv", "编码,单位,单价\nP1,,480\nP2,听,130\nP3,袋,30/桶\nP4,盒,55\nP6,桶,520/箱\n"),
    (
        "19_days_and_breaks.csv",
        "编码,单价,起订量,生效日期,失效日期\nP1,480,,2026-05-01,2026-12-31\nP1,470,100,2026-05-01,\nP2,130,,五一,\nP3,30,,2026-06-01,2026-05-01\nP6,260,很多,,\nP7,12,,2026/5/1,长期\nP8,5,,,\n",
    ),
    (
        "20_no_head.csv",
        "P1,外墙乳胶漆,桶,480\nP2,外墙乳胶漆,桶,-130\nP3,腻子粉,袋,30\nP4,羊毛刷,把,6\nP6,防水涂料,桶,260\n",
    ),
];

/// A cell that begins with `=` is a number, one with `#` what a formula failed with.
const BOOKS: &[(&str, &[Table])] = &[
    (
        "04_text_prices.xlsx",
        &[("价格", &[&["编码", "单价"], &["P1", "=480"], &["P2", "130"], &["P3", "30.00"]], &[])],
    ),
    (
        "11_merged_cells.xlsx",
        &[(
            "价格",
            &[
                &["恒泰建材价格表"],
                &["名称", "规格", "单价"],
                &["外墙乳胶漆", "20kg", "=480"],
                &["", "5kg", "=130"],
                &["腻子粉", "20kg", "=30"],
            ],
            &[(0, 0, 0, 2), (2, 0, 3, 0)],
        )],
    ),
    (
        "12_two_heads_merged.xlsx",
        &[(
            "价格",
            &[
                &["编码", "名称", "价格"],
                &["", "", "含税", "不含税"],
                &["P1", "外墙乳胶漆", "=480", "=424.78"],
                &["P2", "外墙乳胶漆", "=130", "=115.04"],
            ],
            &[(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3)],
        )],
    ),
    (
        "14_several_sheets.xlsx",
        &[
            ("封面", &[&["恒泰建材"], &["2026 年 5 月"]], &[]),
            ("涂料", &[&["编码", "单价"], &["P1", "=480"], &["P2", "=130"]], &[]),
            ("五金", &[&["编码", "单价"], &["0073", "=9"], &["P4", "=6"]], &[]),
            ("旧价", &[&["编码", "单价"], &["P1", "=500"]], &[]),
        ],
    ),
    (
        "16_formula_errors.xlsx",
        &[("价格", &[&["编码", "单价"], &["P1", "=480"], &["P2", "#N/A"], &["P3", "#REF!"]], &[])],
    ),
    (
        "17_zeros_and_decimals.xlsx",
        &[("价格", &[&["编码", "单价"], &["=73", "=9"], &["P1", "=480.1"], &["P3", "=30.00001"]], &[])],
    ),
];

fn text_bytes(name: &str, text: &str) -> Vec<u8> {
    let windows = text.replace('\n', "\r\n");
    if name.contains("gbk") {
        return encoding_rs::GB18030.encode(&windows).0.into_owned();
    }
    if name.contains("utf16") {
        return format!("\u{FEFF}{windows}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    }
    format!("\u{FEFF}{windows}").into_bytes()
}

fn book_bytes(tables: &[Table]) -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, rows, merged) in tables {
        let sheet = book.add_worksheet();
        sheet.set_name(*name).unwrap();
        for (first_row, first_column, last_row, last_column) in *merged {
            let format = Format::new();
            sheet.merge_range(*first_row, *first_column, *last_row, *last_column, "", &format).unwrap();
        }
        for (row, cells) in (0u32..).zip(*rows) {
            for (column, cell) in (0u16..).zip(*cells) {
                write_cell(sheet, row, column, cell);
            }
        }
    }
    book.save_to_buffer().unwrap()
}

fn write_cell(sheet: &mut Worksheet, row: u32, column: u16, cell: &str) {
    if let Some(number) = cell.strip_prefix('=') {
        sheet.write_number(row, column, number.parse::<f64>().unwrap()).unwrap();
    } else if cell.starts_with('#') {
        sheet.write_formula(row, column, Formula::new("=1/0").set_result(cell)).unwrap();
    } else if !cell.is_empty() {
        sheet.write_string(row, column, cell).unwrap();
    }
}

/// All our own files by name.
fn made() -> Vec<(&'static str, Vec<u8>)> {
    let texts = TEXTS.iter().map(|(name, text)| (*name, text_bytes(name, text)));
    let books = BOOKS.iter().map(|(name, tables)| (*name, book_bytes(tables)));
    texts.chain(books).collect()
}

/// Writes all our own files.
pub fn write(folder: &Path) {
    std::fs::create_dir_all(folder).unwrap();
    for (name, bytes) in made() {
        std::fs::write(folder.join(name), bytes).unwrap();
    }
}

#[test]
fn our_own_files_are_what_this_program_makes() {
    for (name, bytes) in made() {
        let kept = std::fs::read(folder().join(name)).unwrap();
        // A workbook holds the moment at which it was made; its cells tell whether it is the same.
        let same: (Vec<Grid>, Vec<Grid>) = (grids(name, &kept), grids(name, &bytes));
        assert_eq!(same.0, same.1, "{name}");
    }
    assert_eq!(made().len(), 20);
}
