//! What a customer calls our products: found when quoting, printed beside our own code.

use std::collections::BTreeMap;

use domain::access::{AccessRefused, Actor, Right};
use domain::base::{CustomerId, FieldFault, Invalid, ProductId, name_fault, visible};
use domain::words::customers as words;
use serde_json::json;
use store::customers::{self as records, ItemCode, code_key};
use store::events::{self, Event};
use store::{Command, Tx};

use crate::{AppError, Ctx};

/// Most codes of one customer.
pub const ITEM_CODES_MAX: usize = 5_000;
/// Longest code.
pub const ITEM_CODE_LETTERS_MAX: usize = 40;

/// Which product is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MeantProduct {
    Id(ProductId),
    /// By our own code, in whatever case.
    Code(String),
}

/// A product and the customer's code for it.
#[derive(Clone, Debug)]
pub struct NewItemCode {
    pub product: MeantProduct,
    pub code: String,
}

/// The codes of a customer whom the person sees.
pub async fn item_codes(ctx: &Ctx, actor: &Actor, id: CustomerId) -> Result<Vec<ItemCode>, AppError> {
    let actor = actor.clone();
    ctx.store
        .read(|tx| {
            Box::pin(async move {
                seen(tx, &actor, id).await?;
                Ok(records::item_codes(tx, id, i64::from(u32::MAX)).await?)
            })
        })
        .await
}

/// Puts codes, each in place of what the product had, and takes others away. All of it, or the rows that are wrong.
pub async fn change_item_codes(
    ctx: &Ctx,
    actor: &Actor,
    id: CustomerId,
    put: Vec<NewItemCode>,
    delete: Vec<ProductId>,
) -> Result<(), AppError> {
    ctx.write(ChangeItemCodes { actor: actor.clone(), id, put, delete }).await
}

#[derive(Clone)]
struct ChangeItemCodes {
    actor: Actor,
    id: CustomerId,
    put: Vec<NewItemCode>,
    delete: Vec<ProductId>,
}

impl Command for ChangeItemCodes {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        let ChangeItemCodes { actor, id, put, delete } = self;
        tx.lock_row("customer", "id", id).await?;
        let found = records::find(tx, id, actor.person).await?.ok_or(AccessRefused::NotFound)?;
        let standing = found.standing();
        standing.seen_by(&actor)?;
        standing.need(&actor, Right::CustomerWrite)?;
        let before = records::codes_by_product(tx, id).await?;
        let mut after = before.clone();
        for product in &delete {
            after.remove(product);
        }
        let wanted = wanted(tx, &put, &before).await?;
        for (product, code) in &wanted {
            after.insert(*product, code.clone());
        }
        no_twin(&after, &wanted)?;
        if after.len() > ITEM_CODES_MAX {
            return Err(Invalid::one("put", FieldFault::Said(words::too_many_codes(ITEM_CODES_MAX))).into());
        }
        // Codes may change places: all that go, go first.
        let moved = |product: &&ProductId| before.get(*product) != after.get(*product);
        for product in before.keys().filter(moved) {
            records::clear_item_code(tx, id, *product).await?;
        }
        let mut changed = 0;
        for (product, code) in after.iter().filter(|(product, _)| moved(product)) {
            records::put_item_code(tx, id, *product, code).await?;
            changed += 1;
        }
        let gone = before.keys().filter(|product| !after.contains_key(product)).count();
        if changed + gone == 0 {
            return Ok(());
        }
        let now = events::moment(tx).await?.now;
        let facts = json!({ "put": changed, "removed": gone });
        let (kind, entity) = ("customer.item_codes", "customer");
        let event = Event { actor: Some(actor.person), kind, entity, entity_id: id.0, facts };
        events::append(tx, now, &event).await?;
        Ok(())
    }
}

/// The products that are meant with their codes as they are kept, or every row that cannot be. A code that stands in
/// `before` already is not looked at again.
async fn wanted(
    tx: &mut Tx<'_>,
    put: &[NewItemCode],
    before: &BTreeMap<ProductId, String>,
) -> Result<Vec<(ProductId, String)>, AppError> {
    let mut faults = Invalid::default();
    let mut wanted = Vec::with_capacity(put.len());
    for (place, row) in put.iter().enumerate() {
        let code = visible(&row.code);
        let product = match &row.product {
            MeantProduct::Id(id) => store::catalog::find(tx, *id).await?.map(|found| found.product.id),
            MeantProduct::Code(code) => store::catalog::code_taken_by(tx, code.trim()).await?,
        };
        let stands = product.is_some_and(|product| before.get(&product) == Some(&code));
        let wrong = code.chars().count() > ITEM_CODE_LETTERS_MAX || name_fault(&row.code).is_some();
        if code.is_empty() {
            faults.add(format!("put[{place}].code"), FieldFault::Missing);
        } else if wrong && !stands {
            let said = words::item_code_wrong(ITEM_CODE_LETTERS_MAX);
            faults.add(format!("put[{place}].code"), FieldFault::Said(said));
        }
        match (product, &row.product) {
            (Some(product), _) => wanted.push((product, code)),
            (None, MeantProduct::Id(id)) => {
                let text = id.0.to_string();
                faults.add(format!("put[{place}].product_id"), FieldFault::NoSuch { text });
            }
            (None, MeantProduct::Code(code)) => {
                let said = words::no_product_of_code(code.trim());
                faults.add(format!("put[{place}].product_code"), FieldFault::Said(said));
            }
        }
    }
    faults.or_go_on()?;
    Ok(wanted)
}

/// One code means one product, to the customer as to us.
fn no_twin(after: &BTreeMap<ProductId, String>, wanted: &[(ProductId, String)]) -> Result<(), Invalid> {
    let mut faults = Invalid::default();
    for (place, (product, code)) in wanted.iter().enumerate() {
        let same =
            |(other, theirs): (&ProductId, &String)| other != product && code_key(theirs) == code_key(code);
        if after.iter().any(same) {
            let said = FieldFault::Said(words::item_code_taken(code));
            faults.add(format!("put[{place}].code"), said);
        }
    }
    faults.or_go_on()
}

async fn seen(tx: &mut Tx<'_>, actor: &Actor, id: CustomerId) -> Result<(), AppError> {
    let found = records::find(tx, id, actor.person).await?.ok_or(AccessRefused::NotFound)?;
    Ok(found.standing().seen_by(actor)?)
}
