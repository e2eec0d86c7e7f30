//! The verify page: anyone with the code learns what the paper should say, and whether it still holds.

use domain::access::AccessRefused;
use domain::base::{Date, Fen, PersonId, company_day};
use domain::documents::{VerifyCode, mask_name};
use domain::quotes::ShownState;
use store::StoreError;

use crate::{AppError, Ctx};

/// What a stranger with the code may know.
#[derive(Clone, Debug)]
pub struct Verified {
    pub company: String,
    pub number: String,
    pub revision: i64,
    pub day: Date,
    pub customer_masked: String,
    pub total: Fen,
    pub state: ShownState,
    pub valid_until: Date,
    pub hash: String,
    /// sha256 of the PDF as it was given out; none while it has not been made.
    pub pdf_sha256: Option<String>,
}

/// Looks a code up, as people copy it.
pub async fn verify(ctx: &Ctx, code: &str) -> Result<Verified, AppError> {
    let code = VerifyCode::parse(code).ok_or(AccessRefused::NotFound)?;
    let zone = ctx.zone.clone();
    let verified = ctx.store.read(|tx| {
        Box::pin(async move {
            let id = store::documents::by_code(tx, code.as_str()).await?.ok_or(AccessRefused::NotFound)?;
            let today = company_day(store::events::moment(tx).await?.now, &zone);
            // Nobody asks: a stranger is no person.
            let head = store::quotes::head(tx, id, PersonId(0)).await?.ok_or(AccessRefused::NotFound)?;
            let lost = || StoreError::Decode(format!("quote {} has no frozen document", id.0));
            let snapshot = store::quotes::document(tx, id).await?.ok_or_else(lost)?;
            let pdf = store::documents::pdf(tx, id).await?;
            Ok::<_, AppError>(Verified {
                total: snapshot.amounts()?.net,
                company: snapshot.seller.name,
                number: snapshot.number,
                revision: snapshot.revision,
                day: snapshot.issued_day,
                customer_masked: mask_name(&snapshot.customer.name),
                state: head.state.shown(head.valid_until, today),
                valid_until: snapshot.valid_until,
                hash: head.hash.unwrap_or_default(),
                pdf_sha256: pdf.map(|pdf| pdf.file),
            })
        })
    });
    verified.await
}
