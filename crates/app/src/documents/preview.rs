//! What a draft of a template would look like, shown on a real document that the person may see.

use domain::access::{AccessRefused, Actor, Right};
use domain::base::{DraftId, QuoteId};
use domain::config::{Delta, Kind, apply};
use domain::documents::template::Template;
use domain::documents::{PrintRefused, PrintedQuote, PrintedSeller};
use domain::words::{template_sample, templates};
use store::documents::IssuedDocument;
use store::{StoreError, Tx};

use super::paper::template_of;
use super::pdf::{Issued, load, pictures_of, printed};
use crate::config::draft_for;
use crate::ports::PrintMarks;
use crate::{AppError, Ctx};

/// So many pages are shown; a template looks the same on the later ones.
const PAGES_MAX: usize = 3;
/// Documents to choose from.
const CHOICES_MAX: u32 = 20;

/// A document as a template would print it: marked, and without a seal.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The document that is shown; `None`: a made one.
    pub shown: Option<QuoteId>,
    /// SVG, one each.
    pub pages: Vec<String>,
    /// How many pages the whole document has.
    pub page_count: usize,
    /// Width and height of a page in tenths of a millimetre.
    pub paper: (u32, u32),
    /// The newest documents of the template's place that the person sees.
    pub choices: Vec<IssuedDocument>,
}

/// What is read for a preview, all of one moment.
struct Parts {
    template: Template,
    choices: Vec<IssuedDocument>,
    shown: Option<QuoteId>,
    issued: Option<Issued>,
    seller: PrintedSeller,
}

/// The pages of document `asked`, of the newest when none is named, as the draft's template prints it.
pub async fn template_preview(
    ctx: &Ctx,
    actor: &Actor,
    draft: DraftId,
    asked: Option<QuoteId>,
) -> Result<Preview, AppError> {
    let asker = actor.clone();
    let parts = ctx.store.read(|tx| Box::pin(read(tx, asker, draft, asked))).await?;
    let Parts { template, choices, shown, issued, seller } = parts;
    let (quote, code) = match &issued {
        Some(Issued { snapshot, hash, code, .. }) => (printed(snapshot, hash, code)?, code.clone()),
        None => {
            let sample = template_sample::quote(seller, ctx.day(ctx.moment().await?.now));
            let code = sample.verify_code.as_ref().map(|code| code.as_str().to_string());
            (sample, code.unwrap_or_default())
        }
    };
    let shown_pictures = match &issued {
        Some(Issued { snapshot, .. }) => pictures_of(ctx, snapshot, &template).await?,
        None => Default::default(),
    };
    let verify_url = ctx.printing.public_url.as_ref().map(|url| format!("{url}/v/{code}"));
    let paper = template.settings.page.tenths_of_mm();
    let watermark = Some(templates::PREVIEW_MARK.to_string());
    let marks = PrintMarks { seal: None, verify_url, pictures: shown_pictures, watermark, template };
    let (pages, page_count) = pictures(ctx, quote, marks).await?;
    Ok(Preview { shown, pages, page_count, paper, choices })
}

async fn read(
    tx: &mut Tx<'_>,
    actor: Actor,
    draft: DraftId,
    asked: Option<QuoteId>,
) -> Result<Parts, AppError> {
    let draft = draft_for(tx, &actor, draft).await?;
    if draft.kind != Kind::Template {
        return Err(AccessRefused::NotFound.into());
    }
    let base = store::config::rows_map(tx, draft.item, draft.base_n).await?;
    let delta = store::config::delta(tx, draft.id).await?;
    let delta: Delta = delta.into_iter().map(|row| (row.key, row.content)).collect();
    let rows: Vec<(String, String)> = apply(&base, &delta).into_iter().collect();
    let template = template_of(&rows).map_err(StoreError::Decode)?;
    let choices = match actor.scope(Right::QuoteRead) {
        Ok(scope) => store::documents::newest_issued(tx, &scope, &draft.scope_path, CHOICES_MAX).await?,
        // Whoever sees no quotations is shown a made one.
        Err(_) => Vec::new(),
    };
    let shown = match asked {
        None => choices.first().map(|document| document.id),
        Some(asked) => {
            let known = choices.iter().any(|document| document.id == asked);
            Some(known.then_some(asked).ok_or(AccessRefused::NotFound)?)
        }
    };
    let issued = match shown {
        Some(id) => load(tx, id).await?.1,
        None => None,
    };
    let company = store::access::company(tx).await?.map(|(company, _)| company);
    let seller = company.map(|company| PrintedSeller {
        name: company.name,
        address: company.address,
        phone: company.phone,
        tax_no: company.tax_no,
        bank_name: company.bank_name,
        bank_account: company.bank_account,
    });
    Ok(Parts { template, choices, shown, issued, seller: seller.unwrap_or_default() })
}

async fn pictures(
    ctx: &Ctx,
    quote: PrintedQuote,
    marks: PrintMarks,
) -> Result<(Vec<String>, usize), AppError> {
    let missing = || PrintRefused::Failed { detail: "no printer is connected".to_string() };
    let printer = ctx.printing.printer.clone().ok_or_else(missing)?;
    let made = tokio::task::spawn_blocking(move || printer.pages(&quote, &marks, PAGES_MAX)).await;
    let made = made.map_err(|error| PrintRefused::Failed { detail: error.to_string() })?;
    if let Err(refused) = &made {
        tracing::error!(%refused, "a preview was not made");
    }
    Ok(made?)
}
