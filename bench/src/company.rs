//! A small demo company on a disk of its own, and a salesperson in it.

use std::path::{Path, PathBuf};

use anyhow::anyhow;
use app::{AppError, Ctx, Random, company_zone};
use demo::{Props, Size};
use domain::access::Actor;
use domain::base::{CustomerId, Instant, PersonId, ProductId, parse_date};
use domain::quotes::LineText;
use store::{Clock, Durability, Store, StoreError, StoreOptions, params};

/// The company's history ends here, so that every run of a bench sees the same one.
const TODAY: &str = "2026-11-01";
pub const SELLER_ACCOUNT: &str = "xiaochen";
const ACCOUNT: &str = "SELECT id FROM person WHERE account = $1";
const CUSTOMER: &str = "SELECT id FROM customer WHERE owner_id = $1 ORDER BY id LIMIT 1";
const PRODUCTS: &str = "SELECT id, base_unit FROM product WHERE archived = 0 ORDER BY id LIMIT $1";

/// More products than the company has.
const ALL: i64 = 1_000;

/// The company, opened as the program opens it.
pub struct Company {
    pub ctx: Ctx,
    pub seller: Actor,
    pub customer: CustomerId,
    folder: tempfile::TempDir,
}

/// An error of a use-case, whose words are for users.
pub fn failed(error: AppError) -> anyhow::Error {
    anyhow!("{error:?}")
}

impl Company {
    /// Makes the small company and opens it with the clock of the database.
    pub async fn made() -> anyhow::Result<Company> {
        Company::made_of(Size::Small).await
    }

    /// The same of any size.
    pub async fn made_of(size: Size) -> anyhow::Result<Company> {
        // Beside the build and not in a temporary folder, which may lie in memory.
        let folder = tempfile::tempdir_in(build_folder()?)?;
        let clock = Clock::standing_at(Instant(0));
        // What is made here is thrown away: it need not wait for the disk at every step.
        let durability = Durability::WhenClosed;
        let options = StoreOptions { clock: clock.clone(), durability, ..StoreOptions::default() };
        let store = store::open_sqlite(folder.path(), options).await?;
        let today = parse_date(TODAY).ok_or_else(|| anyhow!("a day"))?;
        demo::build(store, &clock, size, today, Props::default()).await.map_err(failed)?;
        let store = store::open_sqlite(folder.path(), StoreOptions::default()).await?;
        let (seller, customer) = people(&store).await?;
        Ok(Company { ctx: Ctx::new(store, company_zone(), Random::System), seller, customer, folder })
    }

    /// Makes the company on a fresh PostgreSQL and closes it; a customer, and products that have a price with their units.
    pub async fn on_postgres(url: &str) -> anyhow::Result<(i64, Vec<(i64, String)>)> {
        let clock = Clock::standing_at(Instant(0));
        let options = StoreOptions { clock: clock.clone(), ..StoreOptions::default() };
        let store = store::open_postgres(url, options).await?;
        let today = parse_date(TODAY).ok_or_else(|| anyhow!("a day"))?;
        demo::build(store.clone(), &clock, Size::Small, today, Props::default()).await.map_err(failed)?;
        let (_, customer) = people(&store).await?;
        Ok((customer.0, goods(&store, ALL).await?))
    }

    /// Whoever signs in with this account.
    pub async fn actor(&self, account: &'static str) -> anyhow::Result<Actor> {
        actor_of(&self.ctx.store, account).await
    }

    /// Closes the database; the folder lives as long as what comes back.
    pub fn closed(self) -> tempfile::TempDir {
        self.folder
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// So many lines of ten each, of products that have a price.
    pub async fn lines(&self, count: i64) -> anyhow::Result<Vec<LineText>> {
        let rows = goods(&self.ctx.store, count).await?;
        let line = |(nth, (product, unit)): (usize, (i64, String))| LineText {
            id: format!("line-{nth}"),
            product: ProductId(product),
            qty: "10".to_owned(),
            unit,
            note: String::new(),
            extra: Default::default(),
        };
        Ok(rows.into_iter().enumerate().map(line).collect())
    }
}

/// Whoever signs in with this account.
pub async fn actor_of(store: &Store, account: &'static str) -> anyhow::Result<Actor> {
    let found = store.read(move |tx| {
        Box::pin(async move {
            let person = PersonId(tx.query_one(ACCOUNT, params![account]).await?.int("id")?);
            store::access::actor(tx, person).await
        })
    });
    let found: Result<Option<Actor>, StoreError> = found.await;
    found?.ok_or_else(|| anyhow!("no account {account}"))
}

/// So many products with their base units.
async fn goods(store: &Store, count: i64) -> anyhow::Result<Vec<(i64, String)>> {
    let rows = store.read(move |tx| {
        Box::pin(async move {
            let rows = tx.query(PRODUCTS, params![count]).await?;
            rows.iter().map(|row| Ok((row.int("id")?, row.text("base_unit")?))).collect()
        })
    });
    let rows: Result<Vec<(i64, String)>, StoreError> = rows.await;
    Ok(rows?)
}

async fn people(store: &Store) -> anyhow::Result<(Actor, CustomerId)> {
    let found = store.read(|tx| {
        Box::pin(async move {
            let person = PersonId(tx.query_one(ACCOUNT, params![SELLER_ACCOUNT]).await?.int("id")?);
            let actor = store::access::actor(tx, person).await?;
            let customer = CustomerId(tx.query_one(CUSTOMER, params![person]).await?.int("id")?);
            Ok((actor, customer))
        })
    });
    let found: Result<(Option<Actor>, CustomerId), StoreError> = found.await;
    let (actor, customer) = found?;
    Ok((actor.ok_or_else(|| anyhow!("no salesperson"))?, customer))
}

/// Where this program lies; the program huxi lies beside it.
pub fn build_folder() -> anyhow::Result<PathBuf> {
    let program = std::env::current_exe()?;
    Ok(program.parent().ok_or_else(|| anyhow!("a program without a folder"))?.to_path_buf())
}
