//! What the use-cases ask of the outside: small traits, implemented in `connect`.

pub use domain::documents::{PageRefused, PictureRefused, PrintRefused, ShapedPicture, SheetRefused};

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;

use domain::base::{Date, Instant};
use domain::documents::template::Template;
use domain::documents::{FileKind, PrintedContract, PrintedQuote};
use domain::pricing::import::grid::Grid;
use domain::webhooks::WebhookFailure;

/// Turns a quotation into a PDF file.
pub trait DocumentPrinter: Send + Sync {
    /// The PDF of `quote`; the same quotation and marks give the same bytes. Takes CPU time: call it off the async threads.
    fn print(&self, quote: &PrintedQuote, marks: &PrintMarks) -> Result<Vec<u8>, PrintRefused>;

    /// The first pages of the same document as SVG pictures, at most `pages_max`, and how many pages it has. Takes CPU time.
    fn pages(
        &self,
        quote: &PrintedQuote,
        marks: &PrintMarks,
        pages_max: usize,
    ) -> Result<(Vec<String>, usize), PrintRefused>;

    /// The PDF of a contract; the same contract gives the same bytes. It carries no seal: both sides stamp it by hand.
    fn print_contract(&self, contract: &PrintedContract) -> Result<Vec<u8>, PrintRefused>;

    /// Whether `print` would take this picture as a seal. Takes CPU time.
    fn check_seal(&self, png: &[u8]) -> Result<(), PrintRefused>;

    /// Whether people can open this photo or scan and see a page on it; `kind` is a picture or a PDF. Takes CPU time.
    fn check_page(&self, kind: FileKind, content: Vec<u8>) -> Result<(), PageRefused>;

    /// What is kept of a picture of a product; the same picture gives the same bytes. Takes CPU time and memory.
    fn shape_picture(&self, kind: FileKind, content: &[u8]) -> Result<ShapedPicture, PictureRefused>;
}

/// What is put onto a printed document beside its own facts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PrintMarks {
    /// PNG with transparency; only on what is issued within authority.
    pub seal: Option<Vec<u8>>,
    /// Whole address of the public verify page.
    pub verify_url: Option<String>,
    /// Small pictures (JPEG) by the hash under which lines name them; a line whose picture is missing has none.
    pub pictures: BTreeMap<String, Vec<u8>>,
    /// Words across every page.
    pub watermark: Option<String>,
    /// How it looks.
    pub template: Template,
}

/// Who waits for something that takes its time.
pub trait Watcher: Send + Sync {
    /// Hears how far it is, 0 to 100, and says whether it shall go on.
    fn goes_on(&self, percent: u8) -> bool;
}

/// Reads what people keep in spreadsheets.
pub trait SheetReader: Send + Sync {
    /// Every sheet of the file, in its order; `name` is the file's, `bytes` decide. Takes CPU time: call it off the async threads.
    fn read(&self, name: &str, bytes: &[u8]) -> Result<Vec<Grid>, SheetRefused>;

    /// The first row of every sheet, to tell what file it is.
    fn heads(&self, name: &str, bytes: &[u8]) -> Result<Vec<Grid>, SheetRefused> {
        let mut grids = self.read(name, bytes)?;
        grids.iter_mut().for_each(|grid| grid.rows.truncate(1));
        Ok(grids)
    }

    /// Every sheet, for somebody who waits; `SheetRefused::Stopped` once they have let go.
    fn read_watched(
        &self,
        name: &str,
        bytes: &[u8],
        watcher: &dyn Watcher,
    ) -> Result<Vec<Grid>, SheetRefused> {
        if !watcher.goes_on(0) {
            return Err(SheetRefused::Stopped);
        }
        self.read(name, bytes)
    }
}

/// Writes tables for Excel.
pub trait SheetWriter: Send + Sync {
    /// An .xlsx workbook with one sheet per table.
    fn write(&self, tables: &[SheetTable]) -> Result<Vec<u8>, SheetRefused>;
}

/// A table for export: heads once, then rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SheetTable {
    pub title: String,
    pub heads: Vec<String>,
    pub rows: Vec<Vec<SheetCell>>,
}

/// A cell of an export.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SheetCell {
    #[default]
    Empty,
    /// Always text, whatever it begins with: never a formula, never a link.
    Text(String),
    /// Plain decimal text, written as a number with as many decimals as it has: `1280.50`.
    Number(String),
    Day(Date),
}

/// Where the backups of this server lie, and who makes one out of turn.
pub trait BackupKeeper: Send + Sync {
    /// Those that lie there, the newest first; none while the folder is not there. Waits for the disk.
    fn kept(&self) -> Vec<KeptBackup>;

    /// Makes one as soon as it can; while one is being made, that is the one.
    fn make_now(&self);

    /// Whether one is being made, or about to be.
    fn is_making(&self) -> bool;

    /// In which minute of the company's day one is made by itself; `None`: never.
    fn minute(&self) -> Option<u32>;

    /// So many are kept.
    fn keeps(&self) -> usize;
}

/// A backup that lies in the folder, by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptBackup {
    /// `huxi-20261130-033000.zip`.
    pub name: String,
    pub made_at: Instant,
    pub bytes: u64,
}

/// Sends a message to another system.
pub trait WebhookSender: Send + Sync {
    /// Posts it once and says what was answered, whatever the status; ends within some seconds.
    fn post<'p>(&'p self, post: &'p WebhookPost) -> Posting<'p>;
}

/// What comes of a message that is on its way.
pub type Posting<'p> = Pin<Box<dyn Future<Output = Result<Posted, WebhookFailure>> + Send + 'p>>;

/// A message as it goes out; its headers carry id, moment and signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookPost {
    /// As it was accepted: `https://erp.example.cn/hooks`.
    pub address: String,
    pub headers: Vec<(&'static str, String)>,
    /// JSON.
    pub body: String,
}

/// What was answered: the status, and the beginning of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posted {
    pub code: u16,
    pub text: String,
}
