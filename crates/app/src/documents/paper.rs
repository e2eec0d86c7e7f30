//! Which template and which seal hold for a branch, and a template by the revision that a document remembers.

use domain::base::{Instant, OrgId};
use domain::config::Kind;
use domain::config::kinds::{SEAL_KEY, seal_file};
use domain::documents::template::{SHIPPED_FIRST, Template};
use domain::quotes::FrozenTemplate;
use store::{StoreError, Tx};

use crate::{AppError, Ctx};

/// What a document that is issued now takes along of its branch's place.
#[derive(Clone, Debug, Default)]
pub(crate) struct Paper {
    /// `None`: no template has been published yet, and the first shipped one holds.
    pub template: Option<FrozenTemplate>,
    /// Content hash of the seal's picture.
    pub seal: Option<String>,
}

/// The nearest template of the branch, and the seal of its region, else the company's.
pub(crate) async fn paper_of(
    tx: &mut Tx<'_>,
    branch: OrgId,
    company_seal: Option<String>,
    now: Instant,
) -> Result<Paper, StoreError> {
    let template = store::config::nearest(tx, Kind::Template, branch, now).await?;
    let published = template.first().map(|(item, n)| FrozenTemplate::Published { item: *item, n: *n });
    let template = published.or_else(FrozenTemplate::shipped_now);
    let seal = own_seal(tx, branch, now).await?.or(company_seal);
    Ok(Paper { template, seal })
}

/// The seal that the branch's region has of its own.
pub(super) async fn own_seal(
    tx: &mut Tx<'_>,
    branch: OrgId,
    now: Instant,
) -> Result<Option<String>, StoreError> {
    for (item, n) in store::config::nearest(tx, Kind::Seal, branch, now).await? {
        let rows = store::config::rows_at_keys(tx, item, n, &[SEAL_KEY.to_string()]).await?;
        if let Some(file) = rows.get(SEAL_KEY).and_then(|content| seal_file(content)) {
            return Ok(Some(file));
        }
    }
    Ok(None)
}

/// What the paper of a place does with what is issued there now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaperFacts {
    /// It carries a seal: there is one, and the template has a place for it.
    pub sealed: bool,
    /// Documents show pictures of the goods unless they say otherwise.
    pub pictures_usual: bool,
    /// Pictures can be printed on it.
    pub pictures_printed: bool,
}

/// What becomes of documents that are issued at this place now.
pub async fn paper_facts(ctx: &Ctx, org: OrgId) -> Result<PaperFacts, AppError> {
    let read = ctx.store.read(|tx| {
        Box::pin(async move {
            let now = store::events::moment(tx).await?.now;
            let company = store::access::company(tx).await?.and_then(|(company, _)| company.seal_file);
            let paper = paper_of(tx, org, company, now).await?;
            let template = template_at(tx, paper.template).await?;
            Ok::<_, StoreError>(PaperFacts {
                sealed: template.has_seal_place() && paper.seal.is_some(),
                pictures_usual: template.shows_pictures(),
                pictures_printed: template.takes_pictures(),
            })
        })
    });
    Ok(read.await?)
}

/// The template of that revision or number, as it is for ever.
pub(crate) async fn template_at(
    tx: &mut Tx<'_>,
    frozen: Option<FrozenTemplate>,
) -> Result<Template, StoreError> {
    let (item, n) = match frozen {
        Some(FrozenTemplate::Published { item, n }) => (item, n),
        Some(FrozenTemplate::Shipped { shipped }) => return shipped_at(shipped),
        None => return shipped_at(SHIPPED_FIRST),
    };
    let rows = store::config::rows_of(tx, item, n).await?;
    template_of(&rows).map_err(|fault| StoreError::Decode(format!("template {} V{n}: {fault}", item.0)))
}

fn shipped_at(version: u32) -> Result<Template, StoreError> {
    let unknown = || StoreError::Decode(format!("the shipped template {version} is a newer program's"));
    Template::shipped(version).ok_or_else(unknown)
}

/// The template that these rows make; the fault names the row, for the log.
pub(super) fn template_of(rows: &[(String, String)]) -> Result<Template, String> {
    let rows = rows.iter().map(|(key, content)| (key.as_str(), content.as_str()));
    Template::of_rows(rows).map_err(|(key, fault)| format!("row {key}: {fault:?}"))
}
