//! What a template does to the paper: page, languages, blocks.

use std::process::Command;

use domain::documents::PrintedQuote;
use domain::documents::template::{BlockKind, BlockRow, Language, PageSize, PlacedBlock, Template};

use super::tests::{agreed, keep, marks, printer, quote, text_of};
use super::*;

fn with(change: impl FnOnce(&mut Template)) -> Template {
    let mut template = Template::default();
    change(&mut template);
    template
}

fn printed(printer: &Printer, quote: &PrintedQuote, template: &Template) -> Vec<u8> {
    let marks = PrintMarks { template: template.clone(), ..marks(printer) };
    printer.print(quote, &marks).unwrap()
}

/// Width and height of every page in points, as the file says; `None` without poppler.
fn pages_of(pdf: &[u8]) -> Option<Vec<(f64, f64)>> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("quote.pdf");
    std::fs::write(&file, pdf).unwrap();
    let told = Command::new("pdfinfo").args(["-box", "-f", "1", "-l", "99"]).arg(&file).output();
    let told = match told {
        Ok(done) => String::from_utf8(done.stdout).unwrap(),
        Err(fault) if std::env::var_os("HUXI_TEST_FONTS_REQUIRED").is_some() => panic!("pdfinfo: {fault}"),
        Err(_) => return None,
    };
    let boxes = told.lines().filter(|line| line.contains("MediaBox:"));
    let sides = |line: &str| {
        let figures: Vec<f64> = line.split_whitespace().filter_map(|word| word.parse().ok()).collect();
        match figures.as_slice() {
            [.., left, bottom, right, top] => (right - left, top - bottom),
            other => panic!("{line}: {other:?}"),
        }
    };
    Some(boxes.map(sides).collect())
}

fn solid(pdf: &[u8]) -> Option<String> {
    text_of(pdf).map(|text| text.split_whitespace().collect())
}

#[test]
fn every_paper_has_its_size_and_a_form_repeats_its_heads() {
    let Some(printer) = printer() else { return };
    for size in PageSize::ALL {
        let template = with(|template| {
            template.settings.page = size;
            template.settings.accent = !size.is_form();
        });
        let pdf = printed(&printer, &quote(30), &template);
        keep(&format!("{}.pdf", size.key()), &pdf);
        let (Some(pages), Some(text)) = (pages_of(&pdf), text_of(&pdf)) else { return };
        let (width, height) = size.tenths_of_mm();
        let points = |tenths: u32| f64::from(tenths) * 72.0 / 254.0;
        assert!(!pages.is_empty());
        for (wide, high) in &pages {
            let fits = (wide - points(width)).abs() < 0.1 && (high - points(height)).abs() < 0.1;
            assert!(fits, "{}: {wide} × {high}", size.key());
        }
        let texts: Vec<&str> = text.trim_end_matches('\u{c}').split('\u{c}').collect();
        assert_eq!(texts.len(), pages.len(), "{}", size.key());
        for (index, page) in texts.iter().enumerate() {
            let solid: String = page.split_whitespace().collect();
            let told = format!("第{}页/共{}页", index + 1, texts.len());
            assert!(solid.contains(&told), "{}: {told} is missing in {page}", size.key());
            assert!(solid.contains("SZ26-000123"), "{}: number on page {}", size.key(), index + 1);
            let head = solid.contains("商品名称及规格");
            assert_eq!(solid.contains("QJ-"), head, "{}: head on page {}: {page}", size.key(), index + 1);
        }
        let all: String = text.split_whitespace().collect();
        for position in 1..=30 {
            assert!(all.contains(&format!("QJ-{}", 1_000 + position)), "{} line {position}", size.key());
        }
    }
}

#[test]
fn nothing_stands_on_the_holes_of_a_form() {
    let Some(printer) = printer() else { return };
    let template = with(|template| template.settings.page = PageSize::Form140);
    let pdf = printed(&printer, &quote(3), &template);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("quote.pdf");
    std::fs::write(&file, &pdf).unwrap();
    let Ok(told) = Command::new("pdftotext").arg("-bbox").arg(&file).arg("-").output() else { return };
    let told = String::from_utf8(told.stdout).unwrap();
    let side = |line: &str, name: &str| -> f64 {
        line.split_once(&format!("{name}=\"")).unwrap().1.split_once('"').unwrap().0.parse().unwrap()
    };
    let words: Vec<&str> = told.lines().filter(|line| line.contains("<word ")).collect();
    assert!(words.len() > 20);
    // 12.7 mm on both sides are holes.
    let holes = 36.0;
    for word in words {
        assert!(side(word, "xMin") >= holes && side(word, "xMax") <= 683.15 - holes, "{word}");
    }
}

#[test]
fn a_second_language_stands_beside_the_first() {
    let Some(printer) = printer() else { return };
    let template = with(|template| {
        template.settings.language = Language::ZhEn;
        let mut row = BlockRow::plain(BlockKind::Text, 9);
        (row.heading, row.heading_second) = ("交货".into(), "Delivery".into());
        (row.text, row.text_second) = ("三天内送到。".into(), "Within three days.".into());
        template.blocks.push(PlacedBlock { kind: BlockKind::Text, row });
    });
    let pdf = printed(&printer, &quote(5), &template);
    keep("second.pdf", &pdf);
    let Some(text) = solid(&pdf) else { return };
    for part in [
        "报价单",
        "Quotation",
        "Customer",
        "Unitprice",
        "Amount",
        "Inwords",
        "incl.VAT,CNY",
        "Bankaccount",
        "Delivery",
        "三天内送到。",
        "Withinthreedays.",
        "Page1/",
    ] {
        assert!(text.contains(part), "{part} is missing in {text}");
    }
    let plain = solid(&printed(&printer, &quote(5), &Template::default())).unwrap();
    assert!(!plain.contains("Quotation") && !plain.contains("Page1"), "{plain}");
    let own = with(|template| {
        template.settings.language = Language::ZhEn;
        template.settings.title = "报价函".into();
    });
    let own = solid(&printed(&printer, &quote(1), &own)).unwrap();
    assert!(own.contains("报价函") && !own.contains("报价函Quotation"), "{own}");
}

#[test]
fn blocks_are_left_out_and_moved_and_parts_with_them() {
    let Some(printer) = printer() else { return };
    let template = with(|template| {
        template.blocks.retain(|block| block.kind != BlockKind::Bank);
        template.blocks.swap(0, 1);
        for block in &mut template.blocks {
            match block.kind {
                BlockKind::Lines => block.row.parts.retain(|part| *part != "code" && *part != "unit_price"),
                BlockKind::Totals => block.row.parts.retain(|part| *part != "capital"),
                BlockKind::Notes => block.row.heading = "供货约定".into(),
                BlockKind::Signature => block.row.parts.retain(|part| *part != "customer"),
                _ => {}
            }
        }
    });
    let pdf = printed(&printer, &quote(5), &template);
    keep("moved.pdf", &pdf);
    let Some(text) = solid(&pdf) else { return };
    for gone in ["收款账户", "QJ-1001", "人民币（大写）", "客户确认"] {
        assert!(!text.contains(gone), "{gone} is still in {text}");
    }
    assert!(!text.contains("117.6463") && text.contains("供货约定") && !text.contains("说明1."), "{text}");
    let (customer, title) = (text.find("苏州金鼎"), text.find("报价单"));
    assert!(customer < title, "the customer stands before the letterhead: {text}");
}

#[test]
fn every_block_that_there_is_can_be_printed_with_all_its_parts() {
    let Some(printer) = printer() else { return };
    for kind in BlockKind::ALL.iter().copied() {
        let (rules, usual) = (kind.rules(), BlockRow::plain(kind, 90));
        let text = if rules.text_letters_max > 0 { "自己的话".to_string() } else { String::new() };
        let row = BlockRow { text, parts: rules.parts.to_vec(), ..usual };
        let template = with(|template| {
            template.blocks.retain(|block| block.kind != kind);
            template.blocks.push(PlacedBlock { kind, row });
        });
        let marks = PrintMarks { template, ..marks(&printer) };
        let pdf = printer.print(&quote(1), &marks);
        assert!(pdf.is_ok(), "{}: {:?}", kind.key(), pdf.err());
    }
}

#[test]
fn rooms_terms_and_reductions_stand_under_whatever_columns_are_chosen() {
    let Some(printer) = printer() else { return };
    let choices: [&[&str]; 4] = [&["unit", "qty", "unit_price", "amount", "net"], &["amount"], &["qty"], &[]];
    for (place, parts) in choices.into_iter().enumerate() {
        let template = with(|template| {
            template.settings.language = Language::ZhEn;
            for block in template.blocks.iter_mut().filter(|block| block.kind == BlockKind::Lines) {
                block.row.parts.retain(|part| parts.contains(part));
            }
        });
        let pdf = printed(&printer, &agreed(), &template);
        keep(&format!("rooms_{place}.pdf"), &pdf);
        let Some(text) = solid(&pdf) else { return };
        let wanted =
            ["方案B", "一楼客厅", "主卫小计Subtotal", "Rounding", "-0.63", "交货与结算Terms", "工地地址Site"];
        for part in wanted {
            assert!(text.contains(part), "{part} is missing with {parts:?} in {text}");
        }
    }
}

#[test]
fn without_a_link_the_code_and_whom_to_ask_stand_where_the_template_wants_them() {
    let Some(printer) = printer() else { return };
    let solid_of = |template: Template| {
        let marks = PrintMarks { template, verify_url: None, ..marks(&printer) };
        solid(&printer.print(&quote(2), &marks).unwrap())
    };
    let alone = with(|template| template.blocks.retain(|block| block.kind != BlockKind::Signature));
    for template in [Template::default(), alone] {
        let Some(text) = solid_of(template) else { return };
        assert_eq!(text.matches("请拨打0512-65880000").count(), 1, "{text}");
        assert!(text.contains("014D-2PF2-DBSQ-QG28-T5CY-4TQK-FF") && !text.contains("扫码验真"), "{text}");
    }
    let gone = with(|template| template.blocks.retain(|block| block.kind != BlockKind::Verify));
    let Some(text) = solid_of(gone) else { return };
    assert!(!text.contains("请拨打") && !text.contains("014D-2PF2"), "{text}");
}

#[test]
fn proof_stands_beside_the_signatures_or_by_itself() {
    let Some(printer) = printer() else { return };
    let alone = with(|template| template.blocks.retain(|block| block.kind != BlockKind::Signature));
    let first = with(|template| {
        let verify = template.blocks.pop().unwrap();
        template.blocks.insert(0, verify);
    });
    for template in [alone, first] {
        let pdf = printed(&printer, &quote(2), &template);
        let Some(text) = solid(&pdf) else { return };
        assert_eq!(text.matches("扫码验真").count(), 1, "{text}");
        assert!(text.contains("014D-2PF2-DBSQ-QG28-T5CY-4TQK-FF"), "{text}");
    }
    let gone = with(|template| template.blocks.retain(|block| block.kind != BlockKind::Verify));
    let Some(text) = solid(&printed(&printer, &quote(2), &gone)) else { return };
    assert!(!text.contains("扫码验真") && text.contains("客户确认"), "{text}");
}

#[test]
fn what_a_template_says_is_never_markup() {
    let Some(printer) = printer() else { return };
    let template = with(|template| {
        template.settings.title = "#panic(\"x\")".into();
        let mut row = BlockRow::plain(BlockKind::Text, 9);
        row.text = "#import \"/etc/passwd\" $a$ *b* <c> @d \\u{41}".into();
        template.blocks.push(PlacedBlock { kind: BlockKind::Text, row });
    });
    let Some(text) = solid(&printed(&printer, &quote(1), &template)) else { return };
    assert!(text.contains("#panic(\"x\")") && text.contains("$a$*b*<c>@d"), "{text}");
}

#[test]
fn a_preview_shows_the_same_pages_as_pictures() {
    let Some(printer) = printer() else { return };
    let plain = PrintMarks { watermark: Some("预览".into()), ..PrintMarks::default() };
    let (pages, count) = printer.pages(&quote(60), &plain, 2).unwrap();
    assert_eq!(pages.len(), 2);
    assert!(count >= 3);
    for page in pages {
        assert!(page.starts_with("<svg") && page.trim_end().ends_with("</svg>"));
        assert!(!page.contains("<script") && !page.contains("<foreignObject"));
    }
}
