//! What is remembered of the files of suppliers, each in the place whose list it was taught for: seen by those who see the
//! configuration of that place, forgotten by those who draft it.

use domain::access::{AccessRefused, Actor, Right};
use domain::base::SupplierId;
use domain::pricing::import::Memory;
use store::config::Supplier;
use store::{Command, Tx};

use crate::config::sight::{may, need, reaches, sight};
use crate::{AppError, Ctx};

/// A supplier with what its files have taught.
#[derive(Clone, Debug)]
pub struct SupplierView {
    pub supplier: Supplier,
    /// Whether this person may forget it.
    pub editable: bool,
    pub memory: Memory,
    /// Code and name of each product that is remembered, by id.
    pub products: std::collections::HashMap<i64, String>,
}

/// The suppliers that are remembered in places in sight, the newest first, and whether the person may forget each.
pub async fn suppliers(ctx: &Ctx, actor: &Actor) -> Result<Vec<(Supplier, bool)>, AppError> {
    let sight = sight(actor)?;
    let found =
        ctx.store.read(|tx| Box::pin(async move { store::config::suppliers(tx, &sight).await })).await?;
    Ok(found.into_iter().map(|supplier| with_right(actor, supplier)).collect())
}

/// What the files of one supplier have taught.
pub async fn supplier(ctx: &Ctx, actor: &Actor, id: SupplierId) -> Result<SupplierView, AppError> {
    let actor = actor.clone();
    ctx.store
        .read(|tx| {
            Box::pin(async move {
                let (supplier, editable) = with_right(&actor, supplier_for(tx, &actor, id).await?);
                let memory = store::config::memory_of(tx, supplier.scope, &supplier.name).await?;
                let goods = store::config::goods(tx).await?.into_iter();
                let named = |id: i64| memory.products.values().any(|product| product.0 == id);
                let products = goods
                    .filter(|goods| named(goods.facts.id.0))
                    .map(|goods| (goods.facts.id.0, format!("{} {}", goods.code, goods.name)))
                    .collect();
                Ok::<_, AppError>(SupplierView { supplier, editable, memory, products })
            })
        })
        .await
}

/// Forgets a supplier and all that its files have taught in that place.
pub async fn forget_supplier(ctx: &Ctx, actor: &Actor, id: SupplierId) -> Result<(), AppError> {
    ctx.write(Forget { actor: actor.clone(), id }).await
}

#[derive(Clone)]
struct Forget {
    actor: Actor,
    id: SupplierId,
}

impl Command for Forget {
    type Out = ();
    type Error = AppError;

    async fn run(self, tx: &mut Tx<'_>) -> Result<(), AppError> {
        let supplier = supplier_for(tx, &self.actor, self.id).await?;
        need(&self.actor, Right::ConfigEdit, &supplier.scope_path)?;
        Ok(store::config::forget_supplier(tx, self.id).await?)
    }
}

/// What is remembered, or "no such record" for whoever does not see the configuration of its place.
async fn supplier_for(tx: &mut Tx<'_>, actor: &Actor, id: SupplierId) -> Result<Supplier, AppError> {
    let supplier = store::config::supplier(tx, id).await?.ok_or(AccessRefused::NotFound)?;
    let path = &supplier.scope_path;
    let above = actor.has(Right::ConfigRead) && actor.org_path.starts_with(path.as_str());
    if above || reaches(actor, path) { Ok(supplier) } else { Err(AccessRefused::NotFound.into()) }
}

fn with_right(actor: &Actor, supplier: Supplier) -> (Supplier, bool) {
    let editable = may(actor, Right::ConfigEdit, &supplier.scope_path);
    (supplier, editable)
}
