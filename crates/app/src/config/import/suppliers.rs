//! What is remembered of the files of suppliers: seen by all who see configuration, forgotten by those who draft wherever
//! those files were taken over.

use domain::access::{AccessRefused, Actor, Right};
use domain::base::SupplierId;
use domain::pricing::import::Memory;
use store::config::Supplier;
use store::{Command, Tx};

use crate::config::sight::need;
use crate::{AppError, Ctx};

/// A supplier with what its files have taught.
#[derive(Clone, Debug)]
pub struct SupplierView {
    pub supplier: Supplier,
    pub memory: Memory,
    /// Code and name of each product that is remembered, by id.
    pub products: std::collections::HashMap<i64, String>,
}

/// All suppliers that are remembered, the newest first.
pub async fn suppliers(ctx: &Ctx, actor: &Actor) -> Result<Vec<Supplier>, AppError> {
    actor.need(Right::ConfigRead)?;
    Ok(ctx.store.read(|tx| Box::pin(store::config::suppliers(tx))).await?)
}

/// What the files of one supplier have taught.
pub async fn supplier(ctx: &Ctx, actor: &Actor, id: SupplierId) -> Result<SupplierView, AppError> {
    if !actor.has(Right::ConfigRead) {
        return Err(AccessRefused::NotFound.into());
    }
    ctx.store
        .read(|tx| {
            Box::pin(async move {
                let supplier = store::config::supplier(tx, id).await?.ok_or(AccessRefused::NotFound)?;
                let memory = store::config::memory_of(tx, &supplier.name).await?;
                let goods = store::config::goods(tx).await?.into_iter();
                let named = |id: i64| memory.products.values().any(|product| product.0 == id);
                let products = goods
                    .filter(|goods| named(goods.facts.id.0))
                    .map(|goods| (goods.facts.id.0, format!("{} {}", goods.code, goods.name)))
                    .collect();
                Ok::<_, AppError>(SupplierView { supplier, memory, products })
            })
        })
        .await
}

/// Forgets a supplier and all that its files have taught.
pub async fn forget_supplier(ctx: &Ctx, actor: &Actor, id: SupplierId) -> Result<(), AppError> {
    if !actor.has(Right::ConfigRead) {
        return Err(AccessRefused::NotFound.into());
    }
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
        let supplier = store::config::supplier(tx, self.id).await?;
        let supplier = supplier.ok_or(AccessRefused::NotFound)?;
        let mut places = store::config::taught_from(tx, &supplier.name).await?;
        if places.is_empty() {
            places.push(top(tx).await?);
        }
        // What a region's own files have taught is its own to forget; what others lean on too is not.
        for place in &places {
            need(&self.actor, Right::ConfigEdit, place)?;
        }
        Ok(store::config::forget_supplier(tx, self.id).await?)
    }
}

/// The path of head office.
async fn top(tx: &mut Tx<'_>) -> Result<String, AppError> {
    let orgs = store::access::orgs(tx).await?;
    Ok(orgs.first().map_or("/", |top| top.path.as_str()).to_string())
}
