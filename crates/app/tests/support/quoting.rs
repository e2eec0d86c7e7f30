//! What sellers do in the small company: quote, issue, sign.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use app::documents::Printing;
use app::ports::{DocumentPrinter, PageRefused, PictureRefused, PrintMarks, PrintRefused, ShapedPicture};
use app::quotes::{self, QuoteView, SignRequest, Signed};
use app::{AppError, customers};
use domain::access::Actor;
use domain::base::{CustomerId, Date, ProductId, QuoteId};
use domain::customers::CustomerEdit;
use domain::documents::{FileKind, PrintedContract, PrintedQuote};
use domain::quotes::{DraftText, LineExtraText, LineText, NO_PRODUCT, OwnText, Seen};
use testkit::TEST_DAY;

use super::{DAY, World};

/// Prints the facts that matter as plain text, and counts how often.
#[derive(Default)]
pub struct CountingPrinter {
    pub prints: AtomicUsize,
}

impl DocumentPrinter for CountingPrinter {
    fn print(&self, quote: &PrintedQuote, marks: &PrintMarks) -> Result<Vec<u8>, PrintRefused> {
        quote.check()?;
        let print = self.prints.fetch_add(1, Ordering::SeqCst);
        let (number, lines) = (quote.number.clone().unwrap_or_default(), quote.lines.len());
        let seal = marks.seal.as_ref().map_or(0, Vec::len);
        let link = marks.verify_url.clone().unwrap_or_default();
        let blocks: Vec<&str> = marks.template.blocks.iter().map(|block| block.kind.key()).collect();
        let title = &marks.template.settings.title;
        let blocks = blocks.join(",");
        let shown = quote.lines.iter().filter_map(|line| marks.pictures.get(line.picture.as_ref()?));
        let pictures: String = shown.map(|it| format!(" {}", String::from_utf8_lossy(it))).collect();
        let text = format!(
            "print {print} {number} V{} lines {lines} seal {seal} {link} {title} [{blocks}]{pictures}",
            quote.version
        );
        Ok(text.into_bytes())
    }

    fn pages(
        &self,
        quote: &PrintedQuote,
        marks: &PrintMarks,
        _: usize,
    ) -> Result<(Vec<String>, usize), PrintRefused> {
        let mark = marks.watermark.clone().unwrap_or_default();
        let page = String::from_utf8(self.print(quote, marks)?).unwrap_or_default();
        Ok((vec![format!("{mark} {page}")], 1))
    }

    fn print_contract(&self, contract: &PrintedContract) -> Result<Vec<u8>, PrintRefused> {
        contract.check()?;
        let clauses: Vec<_> = contract.clauses.iter().map(|clause| clause.body.as_str()).collect();
        Ok(format!("contract {} {}", contract.number, clauses.join(" ")).into_bytes())
    }

    fn check_seal(&self, png: &[u8]) -> Result<(), PrintRefused> {
        if png.starts_with(b"broken") { Err(PrintRefused::SealUnreadable) } else { Ok(()) }
    }

    fn check_page(&self, _: FileKind, content: Vec<u8>) -> Result<(), PageRefused> {
        if content.starts_with(b"broken") { Err(PageRefused::Unreadable) } else { Ok(()) }
    }

    fn shape_picture(&self, _: FileKind, content: &[u8]) -> Result<ShapedPicture, PictureRefused> {
        if content.starts_with(b"broken") {
            return Err(PictureRefused::Unreadable);
        }
        let thumb = [b"small ", content].concat();
        Ok(ShapedPicture { large: [b"large ", content].concat(), thumb, width: 800, height: 600 })
    }
}

impl World {
    /// The same company with a printer that counts.
    pub fn with_printer(&self) -> (World, Arc<CountingPrinter>) {
        let printer = Arc::new(CountingPrinter::default());
        let public_url = Some("https://huxi.example.cn".to_string());
        let printing = Printing { printer: Some(printer.clone()), public_url };
        (World { ctx: self.ctx.clone().with_printing(printing), ..self.clone() }, printer)
    }

    /// Puts a picture into the company's profile as its seal, whatever it is.
    pub async fn gives_seal(&self, picture: &[u8]) {
        let store = &self.ctx.store;
        let now = self.ctx.moment().await.unwrap().now;
        let seal = store::files::put(store, picture.to_vec(), "image/png", "seal.png", None, now).await;
        let seal = seal.unwrap().hash;
        let changed = store.change(move |tx| {
            let seal = seal.clone();
            Box::pin(async move {
                let (mut company, version) = store::access::company(tx).await?.unwrap();
                company.seal_file = Some(seal);
                store::access::update_company(tx, &company, version).await
            })
        });
        assert!(changed.await.unwrap());
    }

    /// The company's day, so many days after the one on which tests begin.
    pub fn day(&self, days: i64) -> Date {
        self.ctx.day(TEST_DAY.plus_ms(days * DAY))
    }

    /// Moves the clock to nine o'clock so many days later.
    pub fn on_day(&self, days: i64) {
        self.clock.set(TEST_DAY.plus_ms(days * DAY));
    }

    /// A customer of the seller in a tier.
    pub async fn customer(&self, name: &str, tier: &str) -> CustomerId {
        let edit = CustomerEdit {
            name: Some(name.to_string()),
            tier: Some(Some(tier.to_string())),
            owner: Some(self.seller.person),
            ..CustomerEdit::default()
        };
        customers::create_customer(&self.ctx, &self.manager, edit).await.unwrap()
    }

    pub fn line(&self, id: &str, product: ProductId, qty: &str, unit: &str) -> LineText {
        LineText {
            id: id.to_string(),
            product,
            qty: qty.to_string(),
            unit: unit.to_string(),
            note: String::new(),
            extra: Default::default(),
        }
    }

    /// A draft of sixty pails for a customer of tier A: 117.76 each from 128.00.
    pub async fn drafted(&self) -> QuoteView {
        let name = format!("苏州金鼎{}", NEXT.fetch_add(1, Ordering::SeqCst));
        let customer = self.customer(&name, "A").await;
        let lines = vec![self.line("a", self.paint, "60", "桶")];
        quotes::create_quote(&self.ctx, &self.seller, customer, lines).await.unwrap()
    }

    /// The same, issued.
    pub async fn issued(&self) -> QuoteView {
        let draft = self.drafted().await;
        self.issues(draft.head.id).await.unwrap()
    }

    pub async fn issues(&self, id: QuoteId) -> Result<QuoteView, AppError> {
        quotes::issue_quote(&self.ctx, &self.seller, id, None, &Seen::default()).await
    }

    /// The seller hands in a photo and records the consent of today.
    pub async fn signs(&self, id: QuoteId) -> Result<Signed, AppError> {
        self.signs_as(&self.seller, id).await
    }

    pub async fn signs_as(&self, actor: &Actor, id: QuoteId) -> Result<Signed, AppError> {
        let file = self.photo(actor, &format!("签字页 {}", id.0)).await;
        let today = self.ctx.day(self.ctx.moment().await.unwrap().now).to_string();
        let request = SignRequest { signed_day: today, signer: "王小明".to_string(), file };
        quotes::sign_quote(&self.ctx, actor, id, request).await
    }

    /// A picture that the actor hands in; its hash.
    pub async fn photo(&self, actor: &Actor, content: &str) -> String {
        let now = self.ctx.moment().await.unwrap().now;
        let by = Some(actor.person);
        let bytes = content.as_bytes().to_vec();
        let put = store::files::put(&self.ctx.store, bytes, "image/jpeg", "签字.jpg", by, now).await;
        put.unwrap().hash
    }

    pub async fn reads(&self, id: QuoteId) -> QuoteView {
        quotes::read_quote(&self.ctx, &self.seller, id).await.unwrap()
    }

    /// Saves the draft as it is, with other lines.
    pub async fn saves(&self, view: &QuoteView, lines: Vec<LineText>) -> Result<QuoteView, AppError> {
        let text = DraftText {
            customer: view.head.customer,
            valid_until: None,
            notes: view.head.notes.clone(),
            lines,
            terms: Default::default(),
            whole: Default::default(),
        };
        quotes::save_quote(&self.ctx, &self.seller, view.head.id, view.head.version, text).await
    }

    /// What the database says of one table: for counting rows that must not be there.
    pub async fn count(&self, table: &'static str) -> i64 {
        testkit::rows_in(&self.ctx.store, table).await
    }
}

static NEXT: AtomicUsize = AtomicUsize::new(1);

/// A refusal's facts.
pub fn facts(error: &AppError) -> serde_json::Value {
    match error {
        AppError::Refused(refusal) => refusal.facts(),
        other => panic!("no refusal: {other:?}"),
    }
}

/// Two slabs that are bought for the customer, outside the catalogue.
pub fn bought(price: &str, cost: Option<&str>) -> LineText {
    let own = OwnText {
        kind: "goods".to_string(),
        name: "进口岩板".to_string(),
        price: price.to_string(),
        cost: cost.map(str::to_string),
        supplier: "某某石材".to_string(),
        ..OwnText::default()
    };
    LineText {
        id: "o".to_string(),
        product: NO_PRODUCT,
        qty: "2".to_string(),
        unit: "块".to_string(),
        note: String::new(),
        extra: LineExtraText { own: Some(own), ..LineExtraText::default() },
    }
}
