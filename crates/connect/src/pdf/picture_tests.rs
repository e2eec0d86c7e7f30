//! Pictures of the goods beside the lines of a quotation: where they stand, and what they cost.

use std::collections::BTreeMap;

use domain::documents::template::{PageSize, Template};
use domain::documents::{FileKind, PrintedQuote, sha256_hex};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

use super::goods::demo_goods;
use super::shaping::shape;
use super::tests::{keep, marks, printer, quote};
use super::*;

/// The largest file of thirty lines with pictures.
const BYTES_MAX: usize = 400 * 1_024;

/// A photo with something rough on it, another one for each number.
fn photo(number: u32) -> Vec<u8> {
    let picture = RgbImage::from_fn(800, 600, |x, y| {
        let mixed = (x / 9 + number * 977).wrapping_mul(2_654_435_761) ^ (y / 9).wrapping_mul(2_246_822_519);
        let [red, green, blue, _] = (mixed ^ mixed >> 15).to_le_bytes();
        Rgb([red, green / 2 + 60, blue])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    DynamicImage::from(picture).write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

/// The quotation with a picture on every line but the second.
fn pictured(lines: i64, thumbs: impl Fn(usize) -> Vec<u8>) -> (PrintedQuote, BTreeMap<String, Vec<u8>>) {
    let mut quote = quote(lines);
    let mut pictures = BTreeMap::new();
    for (place, line) in quote.lines.iter_mut().enumerate().filter(|(place, _)| *place != 1) {
        let thumb = thumbs(place);
        let name = sha256_hex(&thumb);
        pictures.insert(name.clone(), thumb);
        line.picture = Some(name);
    }
    (quote, pictures)
}

fn on(page: PageSize) -> Template {
    let mut template = Template::default();
    template.settings.page = page;
    template
}

#[test]
fn thirty_lines_with_thirty_rough_photos_stay_a_small_file() {
    let Some(printer) = printer() else { return };
    let rough = |place: usize| {
        let photo = photo(u32::try_from(place).unwrap());
        shape(FileKind::Jpeg, &photo).unwrap().thumb
    };
    let (quote, pictures) = pictured(30, rough);
    assert_eq!(pictures.len(), 29, "each is another one");
    let marks = PrintMarks { pictures, ..marks(&printer) };
    let pdf = printer.print(&quote, &marks).unwrap();
    keep("pictures.pdf", &pdf);
    assert!(pdf.len() <= BYTES_MAX, "{} KB", pdf.len() / 1_024);
    let embedded = pdf.windows(9).filter(|part| *part == b"DCTDecode").count();
    assert!(embedded >= 29, "{embedded} photos, kept as they are");
    let (_, pages) = printer.pages(&quote, &marks, 1).unwrap();
    let bare = PrintMarks { pictures: BTreeMap::new(), ..marks };
    let (_, without) = printer.pages(&quote, &bare, 1).unwrap();
    assert!(without <= pages && pages <= without + 2, "{without} pages without, {pages} with");
}

#[test]
fn without_pictures_and_on_forms_the_file_is_what_it_was() {
    let Some(printer) = printer() else { return };
    let goods = demo_goods();
    let (named, pictures) = pictured(5, |place| goods[place % goods.len()].1.thumb.clone());
    let marks = marks(&printer);
    let plain = printer.print(&quote(5), &marks).unwrap();
    assert!(printer.print(&named, &marks).unwrap() == plain, "what is lost takes no place");
    let with = PrintMarks { pictures: pictures.clone(), ..marks.clone() };
    assert!(printer.print(&quote(5), &with).unwrap() == plain, "what no line names is not printed");
    let shown = printer.print(&named, &with).unwrap();
    keep("goods.pdf", &shown);
    assert!(shown != plain && printer.print(&named, &with).unwrap() == shown, "the same bytes again");
    for page in [PageSize::Form280, PageSize::Form140, PageSize::Form93] {
        let bare = PrintMarks { template: on(page), ..marks.clone() };
        let with = PrintMarks { template: on(page), ..with.clone() };
        let (bare, with) = (printer.print(&quote(5), &bare), printer.print(&named, &with));
        assert!(bare.unwrap() == with.unwrap(), "{}", page.key());
    }
}

#[test]
fn a_picture_that_is_none_is_left_out_and_the_rest_is_printed() {
    let Some(printer) = printer() else { return };
    let goods = demo_goods();
    let (named, mut pictures) = pictured(3, |place| goods[place].1.thumb.clone());
    let first = named.lines[0].picture.clone().unwrap();
    pictures.insert(first.clone(), b"\xFF\xD8\xFF\xE0 no picture".to_vec());
    let broken = PrintMarks { pictures: pictures.clone(), ..marks(&printer) };
    let printed = printer.print(&named, &broken).unwrap();
    pictures.remove(&first);
    let without = PrintMarks { pictures, ..marks(&printer) };
    assert!(printer.print(&named, &without).unwrap() == printed);
}

#[test]
fn the_goods_of_the_demo_company_are_drawn_the_same_each_time() {
    let (first, again) = (demo_goods(), demo_goods());
    assert!(first.len() >= 8 && first == again);
    for (code, picture) in &first {
        assert_eq!((picture.width, picture.height), (720, 720), "{code}");
        assert!(picture.thumb.len() < 7 * 1_024, "{code}");
    }
}
