//! How high the rows of the goods are.

use std::process::Command;

use domain::documents::PrintedPack;

use super::tests::{marks, printer, quote, quote_of};
use super::*;

#[test]
fn no_letter_is_wider_than_it_is_taken_for() {
    let Some(printer) = printer() else { return };
    let press = printer.press().unwrap();
    for font in press.fonts.all() {
        let face = ttf_parser::Face::parse(font.data(), font.index()).unwrap();
        let letters = (0x20..=0xFFFF).filter_map(char::from_u32);
        let known = letters.filter_map(|letter| one_line::at_most(letter).map(|(_, width)| (letter, width)));
        let mut compared = 0;
        for (letter, width) in known {
            let Some(glyph) = face.glyph_index(letter) else { continue };
            let advance = u32::from(face.glyph_hor_advance(glyph).unwrap()) * 100;
            assert!(advance <= width * u32::from(face.units_per_em()), "{letter}: {advance} in {width}");
            compared += 1;
        }
        assert!(compared > 20_000, "{compared}");
    }
}

/// Where the words that begin like this stand on the first page, in points from above; `None` without poppler.
fn heights_of(pdf: &[u8], beginning: &str) -> Option<Vec<f64>> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("quote.pdf");
    std::fs::write(&file, pdf).unwrap();
    let told = Command::new("pdftotext").args(["-bbox", "-l", "1"]).arg(&file).arg("-").output();
    let told = match told {
        Ok(done) => String::from_utf8(done.stdout).unwrap(),
        Err(fault) if std::env::var_os("HUXI_TEST_FONTS_REQUIRED").is_some() => panic!("pdftotext: {fault}"),
        Err(_) => return None,
    };
    let beginning = format!(">{beginning}");
    let words = told.lines().filter(|line| line.contains(&beginning));
    let top = |line: &str| -> f64 {
        line.split_once("yMin=\"").unwrap().1.split_once('"').unwrap().0.parse().unwrap()
    };
    let mut heights: Vec<f64> = words.map(top).collect();
    heights.sort_by(f64::total_cmp);
    Some(heights)
}

#[test]
fn a_row_of_a_height_known_beforehand_is_as_high_as_one_that_follows_its_texts() {
    let Some(printer) = printer() else { return };
    let mut lines = quote(12).lines;
    // Each second name has a letter of which nobody knows how wide it is, so that the row follows its texts.
    for line in lines.iter_mut().skip(1).step_by(2) {
        line.name.push('é');
    }
    for line in lines.iter_mut().skip(6) {
        line.pack = Some(PrintedPack { holds: "4".into(), base: "支".into() });
    }
    let pdf = printer.print(&quote_of(lines), &marks(&printer)).unwrap();
    let Some(heights) = heights_of(&pdf, "QJ-") else { return };
    assert_eq!(heights.len(), 12);
    let steps: Vec<f64> = heights.windows(2).map(|pair| pair[1] - pair[0]).collect();
    for step in &steps {
        assert!((step - steps[0]).abs() < 0.01, "{steps:?}");
    }
}

#[test]
fn a_name_that_does_not_fit_makes_its_row_higher() {
    let Some(printer) = printer() else { return };
    let mut lines = quote(3).lines;
    lines[1].name = "外墙乳胶漆高级弹性抗裂耐候型专用面漆配套底漆".repeat(2);
    let pdf = printer.print(&quote_of(lines), &marks(&printer)).unwrap();
    let Some(heights) = heights_of(&pdf, "QJ-") else { return };
    assert_eq!(heights.len(), 3);
    // Its second line stands above its own code.
    assert!(heights[1] - heights[0] > heights[2] - heights[1] + 8.0, "{heights:?}");
}
