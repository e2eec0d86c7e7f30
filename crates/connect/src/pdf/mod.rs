//! PDF files by Typst, in this process: one template per kind of document, facts in, the same bytes out every time.

mod blocks;
mod contract;
mod fonts;
mod goods;
mod one_line;
#[cfg(test)]
mod picture_tests;
mod pictures;
mod room;
#[cfg(test)]
mod row_tests;
mod seal;
mod shaping;
#[cfg(test)]
mod shaping_tests;
mod stamps;
#[cfg(test)]
mod template_tests;
#[cfg(test)]
mod tests;
mod view;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use app::ports::{DocumentPrinter, PrintMarks};
use domain::documents::{
    DocumentState, FileKind, PageRefused, PictureRefused, PrintRefused, PrintedContract, PrintedQuote,
    ShapedPicture,
};
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};
use typst::foundations::{Bytes, Datetime, Dict, Smart, Value};
use typst_as_lib::{TypstEngine, TypstTemplateMainFile};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, Timestamp};

use fonts::{Fonts, font_folders};
pub use goods::demo_goods;
use room::Room;
use stamps::Stamps;

const TEMPLATE: &str = include_str!("quote.typ");
const CONTRACT_TEMPLATE: &str = include_str!("contract.typ");

/// How many prints a piece of layout that nobody asked for again stays in memory.
const CACHE_AGE: usize = 5;

/// A longer quotation takes some hundred MB while it is laid out (2,000 lines: 340 MB): such are printed one by one.
const LONG_LINES: usize = 200;

/// Letters of the longest verify link that still scans well.
const LINK_BYTES_MAX: usize = 300;

/// Prints documents; reads the fonts at the first print and keeps them.
pub struct Printer {
    folders: Vec<PathBuf>,
    press: Mutex<Option<Arc<Press>>>,
    long_print: Mutex<()>,
    room: Room,
    stamps: Stamps,
}

/// The fonts and the template, made ready once.
struct Press {
    fonts: Fonts,
    engine: TypstEngine<TypstTemplateMainFile>,
    contracts: TypstEngine<TypstTemplateMainFile>,
}

impl Printer {
    /// A printer that looks for fonts in `font_folder` first, then where the system keeps them.
    pub fn new(font_folder: Option<&Path>) -> Printer {
        Printer::with_folders(font_folders(font_folder))
    }

    fn with_folders(folders: Vec<PathBuf>) -> Printer {
        Printer {
            folders,
            press: Mutex::new(None),
            long_print: Mutex::new(()),
            room: Room::default(),
            stamps: Stamps::default(),
        }
    }

    /// Reads the fonts now, so that the first print is as quick as the next; refused when there are none.
    pub fn warm_up(&self) -> Result<(), PrintRefused> {
        self.press().map(|_| ())
    }

    /// The seal of the demo company as PNG with transparency; the same bytes for the same name and font.
    pub fn demo_seal(&self, company: &str, inscription: &str) -> Result<Vec<u8>, PrintRefused> {
        seal::draw_seal(&self.press()?.fonts, company, inscription)
    }

    /// Fonts that are missing now are looked for again at the next print: nobody has to restart the server.
    fn press(&self) -> Result<Arc<Press>, PrintRefused> {
        let mut slot = self.press.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(press) = slot.as_ref() {
            return Ok(Arc::clone(press));
        }
        let fonts = Fonts::find(&self.folders)?;
        let engine = |template: &'static str| {
            TypstEngine::builder()
                .main_file(template)
                .fonts(fonts.all())
                .comemo_evict_max_age(Some(CACHE_AGE))
                .build()
        };
        let (quotes, contracts) = (engine(TEMPLATE), engine(CONTRACT_TEMPLATE));
        let press = Arc::new(Press { fonts, engine: quotes, contracts });
        *slot = Some(Arc::clone(&press));
        Ok(press)
    }
}

impl DocumentPrinter for Printer {
    fn print(&self, quote: &PrintedQuote, marks: &PrintMarks) -> Result<Vec<u8>, PrintRefused> {
        quote.check()?;
        let inputs = marks_as_inputs(quote, marks, &self.stamps)?;
        let press = self.press()?;
        if quote.lines.len() <= LONG_LINES {
            return self.room.run(|| press.typeset(quote, marks, inputs));
        }
        let _alone = self.long_print.lock().unwrap_or_else(PoisonError::into_inner);
        let pdf = self.room.run(|| press.typeset(quote, marks, inputs));
        // What a long layout left in the cache is large and will not be asked for again.
        comemo::evict(0);
        pdf
    }

    fn pages(
        &self,
        quote: &PrintedQuote,
        marks: &PrintMarks,
        pages_max: usize,
    ) -> Result<(Vec<String>, usize), PrintRefused> {
        quote.check()?;
        let inputs = marks_as_inputs(quote, marks, &self.stamps)?;
        let press = self.press()?;
        let _alone = (quote.lines.len() > LONG_LINES)
            .then(|| self.long_print.lock().unwrap_or_else(PoisonError::into_inner));
        let document = press.lay_out(quote, marks, inputs)?;
        let picture = |page| typst_svg::svg(page, &typst_svg::SvgOptions::default());
        let pictures = document.pages().iter().take(pages_max).map(picture).collect();
        Ok((pictures, document.pages().len()))
    }

    fn print_contract(&self, contract: &PrintedContract) -> Result<Vec<u8>, PrintRefused> {
        contract.check()?;
        let press = self.press()?;
        let _alone = if contract.quote.lines.len() > LONG_LINES {
            Some(self.long_print.lock().unwrap_or_else(PoisonError::into_inner))
        } else {
            None
        };
        self.room.run(|| press.typeset_contract(contract))
    }

    fn check_seal(&self, png: &[u8]) -> Result<(), PrintRefused> {
        pictures::check_seal(png)
    }

    fn check_page(&self, kind: FileKind, content: Vec<u8>) -> Result<(), PageRefused> {
        pictures::check_page(kind, content)
    }

    fn shape_picture(&self, kind: FileKind, content: &[u8]) -> Result<ShapedPicture, PictureRefused> {
        shaping::shape(kind, content)
    }
}

impl Press {
    fn typeset(
        &self,
        quote: &PrintedQuote,
        marks: &PrintMarks,
        inputs: Dict,
    ) -> Result<Vec<u8>, PrintRefused> {
        let document = self.lay_out(quote, marks, inputs)?;
        let pdf = typst_pdf::pdf(&document, &options(quote));
        pdf.map_err(|faults| PrintRefused::Failed { detail: format!("{faults:?}") })
    }

    fn lay_out(
        &self,
        quote: &PrintedQuote,
        marks: &PrintMarks,
        mut inputs: Dict,
    ) -> Result<PagedDocument, PrintRefused> {
        let view = view::of_quote(quote, marks, &self.fonts.family)?;
        inputs.insert("data".into(), Value::Bytes(Bytes::new(view.to_string().into_bytes())));
        let compiled = self.engine.compile_with_input::<_, PagedDocument>(inputs).output;
        compiled.map_err(|fault| PrintRefused::Failed { detail: fault.to_string() })
    }

    fn typeset_contract(&self, contract: &PrintedContract) -> Result<Vec<u8>, PrintRefused> {
        let view = contract::of_contract(contract, &self.fonts.family)?;
        let mut inputs = Dict::new();
        inputs.insert("data".into(), Value::Bytes(Bytes::new(view.to_string().into_bytes())));
        let compiled = self.contracts.compile_with_input::<_, PagedDocument>(inputs).output;
        let document = compiled.map_err(|fault| PrintRefused::Failed { detail: fault.to_string() })?;
        let ident = Smart::Custom(format!("huxi contract {}", contract.number));
        let pdf = typst_pdf::pdf(&document, &PdfOptions { ident, ..options(&contract.quote) });
        pdf.map_err(|faults| PrintRefused::Failed { detail: format!("{faults:?}") })
    }
}

/// Nothing in the file may come from a clock or a random: the stored file's hash is what the verify page compares.
fn options(quote: &PrintedQuote) -> PdfOptions {
    let day = quote.issued_day;
    let month = u8::try_from(day.month()).unwrap_or(1);
    let date = Datetime::from_ymd(i32::from(day.year()), month, u8::try_from(day.day()).unwrap_or(1));
    let number = quote.number.as_deref().unwrap_or_default();
    let hash = quote.hash.as_deref().unwrap_or_default();
    PdfOptions {
        ident: Smart::Custom(format!("huxi quote {number} {} {hash}", quote.version)),
        creator: Smart::Custom(Some("Huxi".into())),
        timestamp: date.map(Timestamp::new_utc),
        // A tag for every cell of the table is most of the work and a third of the bytes of a long quotation.
        tagged: false,
        ..PdfOptions::default()
    }
}

fn marks_as_inputs(quote: &PrintedQuote, marks: &PrintMarks, stamps: &Stamps) -> Result<Dict, PrintRefused> {
    let mut inputs = Dict::new();
    if let Some(seal) = &marks.seal {
        if quote.state == DocumentState::Draft {
            return Err(PrintRefused::SealOnDraft);
        }
        inputs.insert("seal".into(), Value::Bytes(stamps.sound(seal)?));
    }
    let sound = marks.pictures.iter().filter(|(_, jpeg)| shaping::is_thumb(jpeg));
    let pictures: Dict =
        sound.map(|(name, jpeg)| (name.as_str().into(), Value::Bytes(Bytes::new(jpeg.clone())))).collect();
    if !pictures.is_empty() {
        inputs.insert("pictures".into(), Value::Dict(pictures));
    }
    if let Some(link) = &marks.verify_url {
        inputs.insert("code".into(), Value::Bytes(Bytes::new(code_picture(link)?.into_bytes())));
    }
    Ok(inputs)
}

/// The link as an SVG picture that phones read.
fn code_picture(link: &str) -> Result<String, PrintRefused> {
    if link.len() > LINK_BYTES_MAX {
        return Err(PrintRefused::LinkTooLong);
    }
    let code =
        QrCode::with_error_correction_level(link, EcLevel::M).map_err(|_| PrintRefused::LinkTooLong)?;
    let dark = svg::Color("#17211F");
    Ok(code
        .render::<svg::Color<'_>>()
        .quiet_zone(false)
        .dark_color(dark)
        .light_color(svg::Color("#FFFFFF"))
        .build())
}
