//! Pictures of the demo company's goods: pails, bags, tiles and pipes, drawn, and taken in as any picture is.

use domain::documents::{FileKind, ShapedPicture};
use tiny_skia::{Color, FillRule, Paint, Path, PathBuilder, Pixmap, Rect, Stroke, Transform};

use super::shaping::shape;

/// Pixels a side.
const SIDE: u32 = 720;

#[derive(Clone, Copy)]
enum Shape {
    Pail,
    Bag,
    Tile,
    Pipe,
}

type Colour = (u8, u8, u8);

/// How the codes of products begin, what they look like, and the colour of their label.
const GOODS: &[(&str, Shape, Colour)] = &[
    ("NQ01", Shape::Pail, (15, 107, 92)),
    ("NQ02", Shape::Pail, (214, 120, 40)),
    ("WQ01", Shape::Pail, (52, 96, 168)),
    ("FS01", Shape::Pail, (40, 132, 170)),
    ("NZ01", Shape::Bag, (120, 128, 140)),
    ("SN01", Shape::Bag, (150, 104, 60)),
    ("DZ01", Shape::Tile, (196, 190, 178)),
    ("QZ01", Shape::Tile, (170, 196, 190)),
    ("GS01", Shape::Pipe, (60, 150, 90)),
    ("PS01", Shape::Pipe, (150, 156, 160)),
];

/// How the code of a product begins, and its picture; the same bytes each time.
pub fn demo_goods() -> Vec<(&'static str, ShapedPicture)> {
    let drawn = GOODS.iter().filter_map(|(code, shape_of, colour)| {
        let png = draw(*shape_of, *colour)?;
        Some((*code, shape(FileKind::Png, &png).ok()?))
    });
    drawn.collect()
}

fn draw(shape: Shape, colour: Colour) -> Option<Vec<u8>> {
    let mut canvas = Canvas(Pixmap::new(SIDE, SIDE)?);
    canvas.0.fill(Color::from_rgba8(246, 247, 246, 255));
    match shape {
        Shape::Pail => pail(&mut canvas, colour),
        Shape::Bag => bag(&mut canvas, colour),
        Shape::Tile => tile(&mut canvas, colour),
        Shape::Pipe => pipe(&mut canvas, colour),
    }?;
    canvas.0.encode_png().ok()
}

/// What is drawn on, in pixels.
struct Canvas(Pixmap);

impl Canvas {
    fn fill(&mut self, path: &Path, (red, green, blue): Colour) {
        let mut paint = Paint::default();
        paint.set_color_rgba8(red, green, blue, 255);
        paint.anti_alias = true;
        self.0.fill_path(path, &paint, FillRule::Winding, Transform::identity(), None);
    }

    fn line(&mut self, path: &Path, width: f32, (red, green, blue): Colour) {
        let mut paint = Paint::default();
        paint.set_color_rgba8(red, green, blue, 255);
        paint.anti_alias = true;
        let stroke = Stroke { width, ..Stroke::default() };
        self.0.stroke_path(path, &paint, &stroke, Transform::identity(), None);
    }

    fn rect(&mut self, x: f32, y: f32, width: f32, height: f32, colour: Colour) -> Option<()> {
        let path = PathBuilder::from_rect(Rect::from_xywh(x, y, width, height)?);
        self.fill(&path, colour);
        Some(())
    }

    fn oval(&mut self, x: f32, y: f32, width: f32, height: f32, colour: Colour) -> Option<()> {
        let path = PathBuilder::from_oval(Rect::from_xywh(x, y, width, height)?)?;
        self.fill(&path, colour);
        Some(())
    }
}

/// A closed path through these corners.
fn corners(points: &[(f32, f32)]) -> Option<Path> {
    let mut path = PathBuilder::new();
    let (first, rest) = points.split_first()?;
    path.move_to(first.0, first.1);
    for (x, y) in rest {
        path.line_to(*x, *y);
    }
    path.close();
    path.finish()
}

/// The colour mixed with white (above zero) or black (below), in hundredths.
fn mixed((red, green, blue): Colour, share: i32) -> Colour {
    let part = |part: u8| {
        let to = if share > 0 { 255 } else { 0 };
        let part = i32::from(part);
        u8::try_from(part + (to - part) * share.abs() / 100).unwrap_or_default()
    };
    (part(red), part(green), part(blue))
}

fn shadow(canvas: &mut Canvas) -> Option<()> {
    canvas.oval(130.0, 596.0, 460.0, 60.0, (226, 229, 227))
}

fn pail(canvas: &mut Canvas, colour: Colour) -> Option<()> {
    shadow(canvas)?;
    let mut handle = PathBuilder::new();
    handle.move_to(176.0, 210.0);
    handle.cubic_to(190.0, 60.0, 530.0, 60.0, 544.0, 210.0);
    canvas.line(&handle.finish()?, 9.0, (150, 156, 154));
    canvas
        .fill(&corners(&[(166.0, 200.0), (554.0, 200.0), (522.0, 626.0), (198.0, 626.0)])?, (236, 239, 238));
    canvas
        .fill(&corners(&[(470.0, 200.0), (554.0, 200.0), (522.0, 626.0), (456.0, 626.0)])?, (219, 224, 222));
    canvas.fill(&corners(&[(176.0, 310.0), (544.0, 310.0), (530.0, 540.0), (190.0, 540.0)])?, colour);
    canvas.fill(
        &corners(&[(466.0, 310.0), (544.0, 310.0), (530.0, 540.0), (460.0, 540.0)])?,
        mixed(colour, -14),
    );
    canvas.oval(252.0, 352.0, 150.0, 150.0, mixed(colour, 78))?;
    canvas.oval(282.0, 382.0, 90.0, 90.0, mixed(colour, 30))?;
    canvas.rect(150.0, 176.0, 420.0, 46.0, mixed(colour, -20))?;
    canvas.rect(150.0, 176.0, 420.0, 14.0, mixed(colour, 12))
}

fn bag(canvas: &mut Canvas, colour: Colour) -> Option<()> {
    shadow(canvas)?;
    let body = corners(&[
        (190.0, 120.0),
        (530.0, 120.0),
        (552.0, 180.0),
        (540.0, 600.0),
        (524.0, 636.0),
        (196.0, 636.0),
        (180.0, 600.0),
        (168.0, 180.0),
    ])?;
    canvas.fill(&body, (231, 222, 206));
    canvas.fill(
        &corners(&[(474.0, 120.0), (530.0, 120.0), (552.0, 180.0), (540.0, 600.0), (470.0, 636.0)])?,
        (216, 206, 188),
    );
    canvas.rect(190.0, 112.0, 340.0, 26.0, (206, 194, 172))?;
    canvas.rect(176.0, 250.0, 368.0, 150.0, colour)?;
    canvas.rect(176.0, 414.0, 368.0, 18.0, mixed(colour, 40))?;
    canvas.rect(236.0, 296.0, 210.0, 26.0, mixed(colour, 82))?;
    canvas.rect(236.0, 340.0, 130.0, 18.0, mixed(colour, 60))
}

fn tile(canvas: &mut Canvas, colour: Colour) -> Option<()> {
    for place in 0_u16..9 {
        let (column, row) = (f32::from(place % 3), f32::from(place / 3));
        let (x, y) = (90.0 + column * 182.0, 90.0 + row * 182.0);
        let shade = i32::from((place * 5 + 3) % 7) * 3 - 9;
        canvas.rect(x, y, 176.0, 176.0, mixed(colour, shade))?;
        // A vein that runs on from tile to tile.
        let mut vein = PathBuilder::new();
        vein.move_to(x, y + 40.0 + row * 30.0);
        vein.cubic_to(x + 60.0, y + 10.0, x + 110.0, y + 150.0, x + 176.0, y + 70.0 + row * 24.0);
        canvas.line(&vein.finish()?, 3.0, mixed(colour, -16 + shade));
    }
    Some(())
}

fn pipe(canvas: &mut Canvas, colour: Colour) -> Option<()> {
    shadow(canvas)?;
    for (place, y) in [(0_i32, 150.0_f32), (1, 300.0), (2, 450.0)] {
        let shade = place * 6 - 6;
        canvas.rect(120.0, y, 430.0, 120.0, mixed(colour, shade))?;
        canvas.rect(120.0, y + 20.0, 430.0, 22.0, mixed(colour, shade + 40))?;
        canvas.rect(120.0, y + 94.0, 430.0, 26.0, mixed(colour, shade - 18))?;
        canvas.oval(90.0, y, 60.0, 120.0, mixed(colour, shade - 10))?;
        canvas.oval(520.0, y, 60.0, 120.0, mixed(colour, shade + 22))?;
        canvas.oval(534.0, y + 26.0, 34.0, 68.0, mixed(colour, -45))?;
    }
    Some(())
}
