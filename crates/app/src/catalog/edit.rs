//! Making, changing and archiving products.

use domain::access::{AccessRefused, Actor, Right};
use domain::base::{CategoryId, FieldFault, Instant, Invalid, PersonId, ProductId};
use domain::catalog::CATEGORY_NAME_LETTERS_MAX;
use serde_json::json;
use store::catalog::{Barcode, StoredProduct};
use store::{Command, Tx};

use super::form::{ProductChange, ProductForm};
use crate::{AppError, Ctx};

/// Makes a product.
pub async fn create_product(ctx: &Ctx, actor: &Actor, form: ProductForm) -> Result<ProductId, AppError> {
    actor.need(Right::ProductWrite)?;
    let id = ctx.write(CreateProduct { form, by: actor.person }).await?;
    changed(ctx);
    Ok(id)
}

/// Changes the named fields of a product that is still at `version`.
pub async fn update_product(
    ctx: &Ctx,
    actor: &Actor,
    id: ProductId,
    version: i64,
    change: ProductChange,
) -> Result<(), AppError> {
    need_to_change(actor)?;
    let money = change.cost.is_some() || change.floor_price.is_some();
    if money {
        actor.need(Right::PriceCost)?;
    }
    ctx.write(UpdateProduct { id, version, change, by: actor.person }).await?;
    changed(ctx);
    Ok(())
}

/// Takes a product out of sale; nothing that was sold changes.
pub async fn archive_product(ctx: &Ctx, actor: &Actor, id: ProductId) -> Result<(), AppError> {
    set_archived(ctx, actor, id, true).await
}

/// Takes an archived product back into sale.
pub async fn restore_product(ctx: &Ctx, actor: &Actor, id: ProductId) -> Result<(), AppError> {
    set_archived(ctx, actor, id, false).await
}

/// Makes a category under `parent`, after its siblings.
pub async fn create_category(
    ctx: &Ctx,
    actor: &Actor,
    parent: Option<CategoryId>,
    name: &str,
) -> Result<CategoryId, AppError> {
    actor.need(Right::ProductWrite)?;
    let mut faults = Invalid::default();
    let name = faults.name("name", name, CATEGORY_NAME_LETTERS_MAX);
    faults.or_go_on()?;
    ctx.write(CreateCategory { parent, name, by: actor.person }).await
}

async fn set_archived(ctx: &Ctx, actor: &Actor, id: ProductId, archived: bool) -> Result<(), AppError> {
    need_to_change(actor)?;
    ctx.write(ArchiveProduct { id, archived, by: actor.person }).await?;
    changed(ctx);
    Ok(())
}

/// The next one who prices or looks for products on this server finds them as they are now.
fn changed(ctx: &Ctx) {
    ctx.live.expire();
    ctx.shelf.expire();
}

/// Everybody who sells sees products, so who may not change them is told so.
pub(super) fn need_to_change(actor: &Actor) -> Result<(), AppError> {
    if !actor.has(Right::ProductRead) {
        return Err(AccessRefused::NotFound.into());
    }
    Ok(actor.need(Right::ProductWrite)?)
}

#[derive(Clone)]
struct CreateProduct {
    form: ProductForm,
    by: PersonId,
}

impl Command for CreateProduct {
    type Out = ProductId;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<ProductId, AppError> {
        let now = store::events::moment(tx).await?.now;
        let tree = store::catalog::tree(tx).await?;
        let (product, barcodes) = self.form.accept(ProductId(0), &tree, None)?;
        refuse_twins(tx, None, &product.code, &barcodes).await?;
        let id = store::catalog::insert(tx, &product, &barcodes, now).await?;
        let facts = json!({"code": product.code, "name": product.name});
        log(tx, now, self.by, "product.created", id, facts).await?;
        Ok(id)
    }
}

#[derive(Clone)]
struct UpdateProduct {
    id: ProductId,
    version: i64,
    change: ProductChange,
    by: PersonId,
}

impl Command for UpdateProduct {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        let now = store::events::moment(tx).await?.now;
        tx.lock_row("product", "id", self.id).await?;
        let before = store::catalog::find(tx, self.id).await?.ok_or(AccessRefused::NotFound)?;
        if before.version != self.version {
            return Err(AppError::Stale { version: before.version });
        }
        let tree = store::catalog::tree(tx).await?;
        let form = ProductForm::of(&before).with(self.change);
        let (mut product, barcodes) = form.accept(self.id, &tree, Some(&before.product))?;
        product.series = before.product.series.clone();
        refuse_twins(tx, Some(self.id), &product.code, &barcodes).await?;
        if !store::catalog::update(tx, &product, &barcodes, self.version, now).await? {
            return Err(AppError::Stale { version: before.version });
        }
        let after = StoredProduct { product, barcodes, ..before.clone() };
        log(tx, now, self.by, "product.changed", self.id, changed_fields(&before, &after)).await
    }
}

#[derive(Clone)]
struct ArchiveProduct {
    id: ProductId,
    archived: bool,
    by: PersonId,
}

impl Command for ArchiveProduct {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        let now = store::events::moment(tx).await?.now;
        let found = store::catalog::find(tx, self.id).await?;
        found.ok_or(AccessRefused::NotFound)?;
        if !store::catalog::set_archived(tx, self.id, self.archived, now).await? {
            return Ok(());
        }
        let kind = if self.archived { "product.archived" } else { "product.restored" };
        log(tx, now, self.by, kind, self.id, json!({})).await
    }
}

#[derive(Clone)]
struct CreateCategory {
    parent: Option<CategoryId>,
    name: String,
    by: PersonId,
}

impl Command for CreateCategory {
    type Out = CategoryId;
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<CategoryId, AppError> {
        let now = store::events::moment(tx).await?.now;
        store::catalog::hold_names(tx).await?;
        let all = store::catalog::counted_categories(tx).await?;
        let siblings = all.iter().filter(|known| known.category.parent == self.parent);
        let place = i64::try_from(siblings.clone().count()).unwrap_or(0);
        if siblings.clone().any(|known| known.category.name == self.name) {
            return Err(Invalid::one("name", FieldFault::Taken).into());
        }
        if self.parent.is_some_and(|parent| all.iter().all(|known| known.category.id != parent)) {
            return Err(Invalid::one("parent_id", FieldFault::NoSuchRecord).into());
        }
        let id = store::catalog::insert_category(tx, self.parent, &self.name, place).await?;
        // A tree that has become too deep or holds a twin is refused here, and nothing of it is kept.
        store::catalog::tree(tx).await?;
        let facts = json!({"name": self.name});
        let category = ("category", id.0);
        crate::events::note(tx, (now, self.by), "category.created", category, facts).await?;
        Ok(id)
    }
}

/// Refuses a code or a barcode that another product has; from here on nobody else gives one away.
async fn refuse_twins(
    tx: &mut Tx<'_>,
    own: Option<ProductId>,
    code: &str,
    barcodes: &[Barcode],
) -> Result<(), AppError> {
    store::catalog::hold_names(tx).await?;
    let mut faults = Invalid::default();
    let other = |found: Option<ProductId>| found.is_some_and(|id| Some(id) != own);
    if other(store::catalog::code_taken_by(tx, code).await?) {
        faults.add("code", FieldFault::Taken);
    }
    for (place, barcode) in barcodes.iter().enumerate() {
        if other(store::catalog::barcode_taken_by(tx, &barcode.code).await?) {
            faults.add(format!("barcodes[{place}].code"), FieldFault::Taken);
        }
    }
    Ok(faults.or_go_on()?)
}

/// Old and new of every field that differs; money stays out of the log's plain facts, it is only named.
fn changed_fields(before: &StoredProduct, after: &StoredProduct) -> serde_json::Value {
    let (old, new) = (&before.product, &after.product);
    let mut changed = serde_json::Map::new();
    let mut note = |field: &str, old: String, new: String| {
        if old != new {
            changed.insert(field.to_string(), json!([old, new]));
        }
    };
    note("code", old.code.clone(), new.code.clone());
    note("name", old.name.clone(), new.name.clone());
    note("spec", old.spec.clone().unwrap_or_default(), new.spec.clone().unwrap_or_default());
    note("tax_rate", old.tax_rate.to_percent(), new.tax_rate.to_percent());
    note("units", format!("{:?}", old.units), format!("{:?}", new.units));
    let money = old.cost != new.cost || old.floor_price != new.floor_price;
    if money {
        changed.insert("cost_or_floor".to_string(), json!(true));
    }
    serde_json::Value::Object(changed)
}

pub(super) async fn log(
    tx: &mut Tx<'_>,
    now: Instant,
    by: PersonId,
    kind: &'static str,
    id: ProductId,
    facts: serde_json::Value,
) -> Result<(), AppError> {
    Ok(crate::events::note(tx, (now, by), kind, ("product", id.0), facts).await?)
}
