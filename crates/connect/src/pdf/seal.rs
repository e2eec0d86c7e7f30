//! A round red company seal as PNG with transparency, drawn from the glyphs of the bold font.

use std::f32::consts::{PI, TAU};
use std::io::Cursor;

use domain::documents::PrintRefused;
use image::{ImageFormat, Rgba, RgbaImage};
use tiny_skia::{FillRule, Paint, Path, PathBuilder, Pixmap, Stroke, Transform};
use ttf_parser::{Face, OutlineBuilder};

use super::fonts::Fonts;

/// Pixels a side: 40 mm at 400 dpi.
const SIDE: u32 = 640;

/// Red, green, blue; and how much of the paper below is covered.
const INK: [u8; 3] = [212, 30, 38];
const COVERS: u8 = 205;

/// The longest name that is still readable on the arc.
const NAME_CHARS_MAX: usize = 24;

/// The seal of `company`: its name on the arc, a star in the middle, `inscription` below it.
pub fn draw_seal(fonts: &Fonts, company: &str, inscription: &str) -> Result<Vec<u8>, PrintRefused> {
    let failed = |what: &str| PrintRefused::Failed { detail: format!("seal: {what}") };
    let mut picture = Pixmap::new(SIDE, SIDE).ok_or_else(|| failed("no picture"))?;
    let middle = half(SIDE);
    let mut ink = Paint::default();
    let [red, green, blue] = INK;
    ink.set_color_rgba8(red, green, blue, COVERS);
    ink.anti_alias = true;
    let rim = PathBuilder::from_circle(middle, middle, middle - 14.0).ok_or_else(|| failed("no rim"))?;
    let stroke = Stroke { width: 15.0, ..Stroke::default() };
    picture.stroke_path(&rim, &ink, &stroke, Transform::identity(), None);
    if let Some(star) = star(middle, middle, 96.0) {
        picture.fill_path(&star, &ink, FillRule::Winding, Transform::identity(), None);
    }
    let font = fonts.heaviest();
    let face = Face::parse(font.data(), font.index()).map_err(|fault| failed(&fault.to_string()))?;
    let fill = |picture: &mut Pixmap, glyph: &Placed| {
        picture.fill_path(&glyph.path, &ink, FillRule::Winding, glyph.place, None);
    };
    for glyph in on_arc(&face, company, middle) {
        fill(&mut picture, &glyph);
    }
    for glyph in on_line(&face, inscription, middle, middle + 178.0) {
        fill(&mut picture, &glyph);
    }
    png_of(&picture).map_err(|fault| failed(&fault.to_string()))
}

/// The ink is the same everywhere, only how much it covers differs: so a PDF with the seal is a fifth smaller than with
/// colours that were rounded at every edge.
fn png_of(picture: &Pixmap) -> image::ImageResult<Vec<u8>> {
    let [red, green, blue] = INK;
    let inked = RgbaImage::from_fn(picture.width(), picture.height(), |x, y| {
        Rgba([red, green, blue, picture.pixel(x, y).map_or(0, |pixel| pixel.alpha())])
    });
    let mut png = Cursor::new(Vec::new());
    inked.write_to(&mut png, ImageFormat::Png)?;
    Ok(png.into_inner())
}

struct Placed {
    path: Path,
    place: Transform,
}

/// Letters stand upright on a circle, open at the bottom; narrower and closer the more there are.
fn on_arc(face: &Face<'_>, text: &str, middle: f32) -> Vec<Placed> {
    let letters: Vec<char> =
        text.chars().filter(|letter| !letter.is_whitespace()).take(NAME_CHARS_MAX).collect();
    let count = small(letters.len());
    let sweep = (count * 0.36).min(TAU * 0.74);
    let step = if count > 1.0 { sweep / (count - 1.0) } else { 0.0 };
    let radius = middle - 84.0;
    let size = (step * (radius + 20.0) * 1.04).clamp(30.0, 88.0);
    let place = |(index, letter): (usize, &char)| {
        let angle = small(index) * step - sweep / 2.0;
        let turn = Transform::from_rotate_at(angle * 180.0 / PI, middle, middle);
        glyph(face, *letter, size * 0.86, size * 1.12, middle, middle - radius, turn)
    };
    letters.iter().enumerate().filter_map(place).collect()
}

fn on_line(face: &Face<'_>, text: &str, middle: f32, baseline: f32) -> Vec<Placed> {
    let letters: Vec<char> = text.chars().take(8).collect();
    let size = 54.0;
    let start = middle - small(letters.len().saturating_sub(1)) * size / 2.0;
    let place = |(index, letter): (usize, &char)| {
        glyph(face, *letter, size * 0.92, size, start + small(index) * size, baseline, Transform::identity())
    };
    letters.iter().enumerate().filter_map(place).collect()
}

/// One letter of `width` × `height`, centred on `(x, y)`, then turned.
fn glyph(
    face: &Face<'_>,
    letter: char,
    width: f32,
    height: f32,
    x: f32,
    y: f32,
    turn: Transform,
) -> Option<Placed> {
    let mut outline = Outline(PathBuilder::new());
    face.outline_glyph(face.glyph_index(letter)?, &mut outline)?;
    let path = outline.0.finish()?;
    let em = f32::from(face.units_per_em());
    // Ideographs fill the em from about -0.12 to 0.88 above the baseline.
    let place = Transform::from_translate(-em / 2.0, -em * 0.38)
        .post_scale(width / em, -height / em)
        .post_translate(x, y)
        .post_concat(turn);
    Some(Placed { path, place })
}

fn star(x: f32, y: f32, radius: f32) -> Option<Path> {
    let mut path = PathBuilder::new();
    for corner in 0u16..10 {
        let reach = if corner % 2 == 0 { radius } else { radius * 0.382 };
        let angle = f32::from(corner) * PI / 5.0 - PI / 2.0;
        let (px, py) = (x + reach * angle.cos(), y + reach * angle.sin());
        if corner == 0 {
            path.move_to(px, py);
        } else {
            path.line_to(px, py);
        }
    }
    path.close();
    path.finish()
}

fn small(count: usize) -> f32 {
    f32::from(u16::try_from(count).unwrap_or(u16::MAX))
}

fn half(side: u32) -> f32 {
    f32::from(u16::try_from(side / 2).unwrap_or(u16::MAX))
}

struct Outline(PathBuilder);

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.0.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.0.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.0.close();
    }
}
