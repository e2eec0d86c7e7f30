//! The PDF: made once of the frozen document, stored, and given out as the same bytes for ever.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::access::Actor;
use domain::base::{Fen, OutOfRange, QuoteId};
use domain::catalog::factor_text;
use domain::documents::template::Template;
use domain::documents::{
    DocumentState, PrintRefused, PrintedCustomer, PrintedLine, PrintedPack, PrintedQuote, PrintedSalesperson,
    PrintedSeller, PrintedTotals, VerifyCode,
};
use domain::pricing::ManualPart;
use domain::quotes::{FrozenLine, QuoteRefused, Snapshot};
use domain::words;
use serde_json::json;
use store::documents::Pdf;
use store::events::{self, Event};
use store::{Command, StoreError, Tx};

use super::paper::template_at;
use super::seal::stamp_of;
use crate::ports::{DocumentPrinter, PrintMarks};
use crate::quotes::read_quote_head;
use crate::{AppError, Ctx};

/// What printing needs of the outside.
#[derive(Clone, Default)]
pub struct Printing {
    pub printer: Option<Arc<dyn DocumentPrinter>>,
    /// Address that customers open, without a slash at its end; none: no code picture.
    pub public_url: Option<String>,
}

/// A PDF on its way to a reader.
#[derive(Clone, Debug)]
pub struct PdfFile {
    pub content: Vec<u8>,
    pub name: String,
}

/// The PDF of an issued quotation; made now when it has not been made yet.
pub async fn pdf_of_quote(ctx: &Ctx, actor: &Actor, id: QuoteId) -> Result<PdfFile, AppError> {
    let head = read_quote_head(ctx, actor, id).await?;
    let number = head.number.filter(|_| head.issued_at.is_some()).ok_or(QuoteRefused::NotIssued)?;
    let content = pdf_content(ctx, id).await?;
    let name = words::quotes::pdf_name(&number, head.revision, &head.customer_name);
    Ok(PdfFile { content, name })
}

/// What the PDF of an issued quotation holds. One that was made now and cannot be kept, as on a full disk, is given out
/// all the same: everything it shows is frozen, and the next who asks makes and keeps it.
pub(crate) async fn pdf_content(ctx: &Ctx, id: QuoteId) -> Result<Vec<u8>, AppError> {
    let pdf = match make(ctx, id).await? {
        Ready::Kept(pdf) => pdf,
        Ready::Made(made) => match keep(ctx, id, &made).await {
            Ok(pdf) => pdf,
            Err(AppError::Store(error)) => {
                tracing::error!(quote = id.0, %error, "a PDF was given out that could not be kept");
                return Ok(made.content);
            }
            Err(refused) => return Err(refused),
        },
    };
    Ok(store::files::whole(&ctx.store, &pdf.file).await?)
}

/// Makes and keeps the PDF of an issued quotation, unless it is there already. May run twice at once: one is kept.
pub async fn render(ctx: &Ctx, id: QuoteId) -> Result<Pdf, AppError> {
    match make(ctx, id).await? {
        Ready::Kept(pdf) => Ok(pdf),
        Ready::Made(made) => keep(ctx, id, &made).await,
    }
}

/// A PDF that is kept, or one that was made just now.
enum Ready {
    Kept(Pdf),
    Made(MadePdf),
}

struct MadePdf {
    content: Vec<u8>,
    name: String,
    /// The seal that is on it, and the one for which it stands.
    stamped: Option<(String, Option<String>)>,
}

async fn make(ctx: &Ctx, id: QuoteId) -> Result<Ready, AppError> {
    let (kept, loaded) = ctx.store.read(|tx| Box::pin(load(tx, id))).await?;
    if let Some(pdf) = kept {
        return Ok(Ready::Kept(pdf));
    }
    let Issued { snapshot, hash, code, template } = loaded.ok_or(QuoteRefused::NotIssued)?;
    // A paper without a place for it is not sealed.
    let stamp = if template.has_seal_place() { stamp_of(ctx, &snapshot).await? } else { None };
    let (seal, stamped) = stamp.map(|it| (it.picture, (it.file, it.instead_of))).unzip();
    let verify_url = ctx.printing.public_url.as_ref().map(|url| format!("{url}/v/{code}"));
    let quote = printed(&snapshot, &hash, &code)?;
    let pictures = pictures_of(ctx, &snapshot, &template).await?;
    let marks = PrintMarks { seal, verify_url, pictures, watermark: None, template };
    let content = print(ctx, quote, marks).await?;
    let name = words::quotes::pdf_name(&snapshot.number, snapshot.revision, &snapshot.customer.name);
    Ok(Ready::Made(MadePdf { content, name, stamped }))
}

async fn keep(ctx: &Ctx, id: QuoteId, made: &MadePdf) -> Result<Pdf, AppError> {
    let MadePdf { content, name, stamped } = made;
    let now = ctx.moment().await?.now;
    let file = store::files::put(&ctx.store, content.clone(), "application/pdf", name, None, now).await?;
    let pdf = Pdf { file: file.hash, sealed: stamped.is_some() };
    ctx.store.write(KeepPdf { id, pdf, stamped: stamped.clone() }).await
}

/// The small pictures that were frozen, where the paper can carry them. One whose file is lost or changed is left out: the figures
/// are what the paper is for.
pub(super) async fn pictures_of(
    ctx: &Ctx,
    snapshot: &Snapshot,
    template: &Template,
) -> Result<BTreeMap<String, Vec<u8>>, AppError> {
    let mut pictures = BTreeMap::new();
    let frozen = snapshot.lines.iter().filter_map(|line| line.product.picture.as_ref());
    for picture in frozen.filter(|_| template.takes_pictures()) {
        if pictures.contains_key(&picture.thumb) {
            continue;
        }
        match store::files::whole(&ctx.store, &picture.thumb).await {
            Ok(content) => drop(pictures.insert(picture.thumb.clone(), content)),
            Err(lost @ StoreError::File { .. }) => {
                tracing::error!(%lost, "a picture is lost; the PDF is made without it");
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(pictures)
}

/// All that a paper is made of.
pub(super) struct Issued {
    pub snapshot: Snapshot,
    pub hash: String,
    pub code: String,
    pub template: Template,
}

pub(super) async fn load(tx: &mut Tx<'_>, id: QuoteId) -> Result<(Option<Pdf>, Option<Issued>), AppError> {
    let made = store::documents::pdf(tx, id).await?;
    let snapshot = store::quotes::document(tx, id).await?;
    let proof = store::quotes::proof(tx, id).await?;
    let Some((snapshot, (hash, code))) = snapshot.zip(proof) else { return Ok((made, None)) };
    let template = template_at(tx, snapshot.template).await?;
    Ok((made, Some(Issued { snapshot, hash, code, template })))
}

async fn print(ctx: &Ctx, quote: PrintedQuote, marks: PrintMarks) -> Result<Vec<u8>, AppError> {
    on_paper(ctx, move |printer| printer.print(&quote, &marks)).await
}

/// What the printer makes.
pub(super) async fn on_paper(
    ctx: &Ctx,
    made: impl FnOnce(&dyn DocumentPrinter) -> Result<Vec<u8>, PrintRefused> + Send + 'static,
) -> Result<Vec<u8>, AppError> {
    let missing = || PrintRefused::Failed { detail: "no printer is connected".to_string() };
    let printer = ctx.printing.printer.clone().ok_or_else(missing)?;
    // Typesetting takes CPU time and must not hold up those who only read and write.
    let printed = tokio::task::spawn_blocking(move || made(&*printer)).await;
    let printed = printed.map_err(|error| PrintRefused::Failed { detail: error.to_string() })?;
    if let Err(refused) = &printed {
        tracing::error!(%refused, "a PDF was not made");
    }
    Ok(printed?)
}

/// What stands on the paper. It shows the quotation as it was issued, whatever became of it since.
pub(crate) fn printed(snapshot: &Snapshot, hash: &str, code: &str) -> Result<PrintedQuote, AppError> {
    let (seller, customer) = (&snapshot.seller, &snapshot.customer);
    let lines = (1_i64..).zip(&snapshot.lines).map(|(position, line)| printed_line(position, line));
    let lines: Vec<PrintedLine> = lines.collect();
    Ok(PrintedQuote {
        seller: PrintedSeller {
            name: seller.name.clone(),
            address: seller.address.clone(),
            phone: seller.phone.clone(),
            tax_no: seller.tax_no.clone(),
            bank_name: seller.bank_name.clone(),
            bank_account: seller.bank_account.clone(),
        },
        number: Some(snapshot.number.clone()),
        version: snapshot.revision,
        issued_day: snapshot.issued_day,
        valid_until: snapshot.valid_until,
        customer: PrintedCustomer {
            name: customer.name.clone(),
            contact: customer.contact.clone(),
            phone: customer.phone.clone(),
            address: customer.address.clone(),
        },
        salesperson: PrintedSalesperson {
            name: snapshot.salesperson.name.clone(),
            phone: snapshot.salesperson.phone.clone(),
            branch: snapshot.branch.name.clone(),
        },
        prices_include_tax: snapshot.context.prices_include_tax,
        totals: printed_totals(snapshot, &lines).map_err(|OutOfRange| PrintRefused::TotalsDisagree)?,
        lines,
        option: Some(&snapshot.option).filter(|option| !option.is_empty()).map(|it| words::terms::option(it)),
        terms: words::terms::rows(&snapshot.terms, snapshot.amounts()?.net),
        notes: snapshot.notes.clone(),
        state: DocumentState::Issued,
        hash: Some(hash.to_string()),
        verify_code: VerifyCode::parse(code),
    })
}

fn printed_totals(snapshot: &Snapshot, lines: &[PrintedLine]) -> Result<PrintedTotals, OutOfRange> {
    let totals = &snapshot.totals;
    let amount = lines.iter().try_fold(Fen::ZERO, |sum, line| sum.plus(line.amount))?;
    let off =
        |part| snapshot.lines.iter().try_fold(Fen::ZERO, |sum, line| sum.plus(line.priced.manual_off(part)));
    Ok(PrintedTotals {
        amount,
        discount: amount.minus(totals.net)?,
        whole_off: off(ManualPart::Whole)?,
        rounding: off(ManualPart::Rounding)?,
        net: totals.net,
        net_ex_tax: totals.net_ex_tax,
        tax: totals.tax,
    })
}

/// A unit price that was set by hand stands as the price; other reductions stand beside what the rules gave.
fn printed_line(position: i64, line: &FrozenLine) -> PrintedLine {
    let (product, priced) = (&line.product, &line.priced);
    let before_whole = priced.net_before_whole();
    let (unit_price, amount) = match priced.set_unit_price() {
        Some(price) => (price, before_whole),
        None => (priced.unit_price, priced.amount),
    };
    PrintedLine {
        position,
        code: domain::words::quotes::code_with(&product.code, product.customer_code.as_deref()),
        name: product.name.clone(),
        spec: product.spec.clone(),
        unit: priced.unit.clone(),
        pack: product
            .units
            .factor(&priced.unit)
            .filter(|_| priced.unit != product.units.base())
            .map(|factor| PrintedPack { holds: factor_text(factor), base: product.units.base().to_string() }),
        qty: priced.qty,
        unit_price,
        amount,
        net: priced.net,
        share: Fen(before_whole.0.saturating_sub(priced.net.0)),
        tax_rate: priced.tax_rate,
        note: line.note.clone(),
        group: line.extra.group.clone(),
        picture: product.picture.as_ref().map(|picture| picture.thumb.clone()),
    }
}

/// Keeps the PDF; the seal counts as used when its picture is on what was kept.
#[derive(Clone)]
struct KeepPdf {
    id: QuoteId,
    pdf: Pdf,
    /// The seal that is on it, and the one for which it stands.
    stamped: Option<(String, Option<String>)>,
}

impl Command for KeepPdf {
    type Out = Pdf;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<Pdf, AppError> {
        let now = events::moment(tx).await?.now;
        if !store::documents::put_pdf(tx, self.id, &self.pdf, now).await? {
            let kept = store::documents::pdf(tx, self.id).await?;
            return Ok(kept.ok_or_else(|| StoreError::Decode("the PDF has gone".to_string()))?);
        }
        if let Some((seal, instead_of)) = &self.stamped {
            let (issuer, revision) = store::quotes::issuer(tx, self.id).await?;
            let facts = json!({
                "file": self.pdf.file, "document": "quote", "seal": seal, "instead_of": instead_of,
                "issuer": issuer, "revision": revision,
            });
            // The paper is made when it is first wanted, and nobody does it: who issued it said so then.
            let used = Event { actor: None, kind: "seal.used", entity: "quote", entity_id: self.id.0, facts };
            events::append(tx, now, &used).await?;
        }
        Ok(self.pdf)
    }
}
