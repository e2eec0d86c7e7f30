//! What a database of a demo company says of its business, for tests of what is true of it.

use domain::base::PersonId;
use store::{Row, Store, StoreError};

const PREMIUM: &str = "
    SELECT r.code AS region, COUNT(DISTINCT q.id) AS sent,
        COUNT(DISTINCT CASE WHEN q.state = 'signed' THEN q.id END) AS signed,
        COUNT(DISTINCT CASE WHEN q.lost_why = 'delivery' THEN q.id END) AS too_late,
        COUNT(DISTINCT CASE WHEN q.lost_why IS NOT NULL THEN q.id END) AS lost
    FROM quote q
    JOIN org_unit b ON b.id = q.branch_id JOIN org_unit r ON r.id = b.parent_id
    JOIN quote_line l ON l.quote_id = q.id
    JOIN product p ON p.id = l.product_id
    WHERE (p.code LIKE 'YB%' OR p.code LIKE 'YS%' OR p.code LIKE 'ZN%') AND q.state IN ('issued', 'signed', 'cancelled')
    GROUP BY r.code ORDER BY r.code";
const VISITS: &str = "
    SELECT c.id AS customer, COALESCE(c.customer_type, '') AS kind, q.created_at AS at
    FROM quote q JOIN customer c ON c.id = q.customer_id
    WHERE q.revision = 1 ORDER BY q.id";
const FIRST_CUSTOMER: &str = "SELECT MIN(id) AS id FROM customer";
const SELLERS: &str = "
    SELECT o.account, COUNT(*) AS line_count, SUM(CASE WHEN l.extra LIKE '%percent_off%' THEN 1 ELSE 0 END) AS given,
        COUNT(DISTINCT q.id) AS quotes, COUNT(DISTINCT CASE WHEN q.state = 'signed' THEN q.id END) AS signed
    FROM quote q JOIN person o ON o.id = q.owner_id JOIN quote_line l ON l.quote_id = q.id
    WHERE q.state IN ('issued', 'signed', 'cancelled')
    GROUP BY o.account ORDER BY o.account";
const LOSSES: &str = "
    SELECT r.code AS region, COALESCE(q.lost_to, '') AS dealer, q.lost_why AS why, COUNT(*) AS times,
        SUM(q.lost_price) AS price, SUM(CASE WHEN q.lost_price IS NULL THEN NULL ELSE q.net END) AS ours
    FROM quote q JOIN org_unit b ON b.id = q.branch_id JOIN org_unit r ON r.id = b.parent_id
    WHERE q.lost_why IS NOT NULL
    GROUP BY r.code, q.lost_to, q.lost_why ORDER BY times DESC, r.code, dealer, why";
const RELEASES: &str = "
    SELECT r.effective_at AS at, d.title FROM release r
    JOIN release_item i ON i.release_id = r.id
    JOIN config_draft d ON d.item_id = i.item_id AND d.published_n = i.rev_n
    JOIN config_item c ON c.id = i.item_id
    WHERE c.kind = 'price_list' ORDER BY r.effective_at, r.id";
const OUTDOORS: &str = "
    SELECT q.created_at AS at,
        CASE WHEN p.code LIKE 'WQ%' OR p.code LIKE 'FS%' OR p.code LIKE 'JC%' THEN 1 ELSE 0 END AS outdoors
    FROM quote q JOIN quote_line l ON l.quote_id = q.id JOIN product p ON p.id = l.product_id
    WHERE q.revision = 1 ORDER BY q.id, l.ord";
const ISSUES: &str = "SELECT issued_at AS at FROM quote WHERE issued_at IS NOT NULL ORDER BY issued_at";

/// What became of premium goods in a region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PremiumOfRegion {
    pub region: String,
    pub sent: i64,
    pub signed: i64,
    /// Lost because they could not be had in time, and lost at all.
    pub too_late: i64,
    pub lost: i64,
}

/// One quotation that a customer asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// The customer's place in the book, from 0.
    pub place: usize,
    pub kind: String,
    /// Milliseconds since 1970.
    pub at: i64,
}

/// What a seller sent: lines, how many of them at a price lowered by hand, and what was signed of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SellersHand {
    pub account: String,
    pub lines: i64,
    pub given: i64,
    pub quotes: i64,
    pub signed: i64,
}

/// What was lost in a region to somebody for a reason: their price and ours, where they are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LossesTo {
    pub region: String,
    pub dealer: String,
    pub why: String,
    pub times: i64,
    pub price: Option<i64>,
    pub ours: Option<i64>,
}

const PEOPLE: &str = "SELECT id, account FROM person ORDER BY id";

/// Who signs in with that account.
pub async fn person(store: &Store, account: &str) -> PersonId {
    let people = all(store, PEOPLE, |row| Ok((PersonId(row.int("id")?), row.text("account")?))).await;
    people.into_iter().find(|(_, name)| name == account).map(|(id, _)| id).unwrap()
}

/// Premium goods, region by region.
pub async fn premium_by_region(store: &Store) -> Vec<PremiumOfRegion> {
    let row = |row: &Row| {
        Ok(PremiumOfRegion {
            region: row.text("region")?,
            sent: row.int("sent")?,
            signed: row.int("signed")?,
            too_late: row.int("too_late")?,
            lost: row.int("lost")?,
        })
    };
    all(store, PREMIUM, row).await
}

/// Every quotation that somebody asked for, in the order of time.
pub async fn visits(store: &Store) -> Vec<Visit> {
    let first = all(store, FIRST_CUSTOMER, |row| row.int("id")).await;
    let first = first.first().copied().unwrap_or_default();
    let row = |row: &Row| {
        let place = usize::try_from(row.int("customer")? - first).unwrap_or_default();
        Ok(Visit { place, kind: row.text("kind")?, at: row.int("at")? })
    };
    all(store, VISITS, row).await
}

/// What each seller gives away.
pub async fn hands(store: &Store) -> Vec<SellersHand> {
    let row = |row: &Row| {
        Ok(SellersHand {
            account: row.text("account")?,
            lines: row.int("line_count")?,
            given: row.int("given")?,
            quotes: row.int("quotes")?,
            signed: row.int("signed")?,
        })
    };
    all(store, SELLERS, row).await
}

/// What was lost, the most frequent first.
pub async fn losses(store: &Store) -> Vec<LossesTo> {
    let row = |row: &Row| {
        Ok(LossesTo {
            region: row.text("region")?,
            dealer: row.text("dealer")?,
            why: row.text("why")?,
            times: row.int("times")?,
            price: row.opt_int("price")?,
            ours: row.opt_int("ours")?,
        })
    };
    all(store, LOSSES, row).await
}

/// Releases of prices: when they came into force (milliseconds since 1970), and what they are called.
pub async fn price_releases(store: &Store) -> Vec<(i64, String)> {
    all(store, RELEASES, |row| Ok((row.int("at")?, row.text("title")?))).await
}

/// Lines that were asked for: when, and whether they are for outdoors.
pub async fn outdoor_lines(store: &Store) -> Vec<(i64, bool)> {
    all(store, OUTDOORS, |row| Ok((row.int("at")?, row.int("outdoors")? == 1))).await
}

/// When each version of a quotation was issued, in milliseconds since 1970, the first first.
pub async fn issues(store: &Store) -> Vec<i64> {
    all(store, ISSUES, |row| row.int("at")).await
}

async fn all<T: Send + 'static>(
    store: &Store,
    sql: &'static str,
    read: impl Fn(&Row) -> Result<T, StoreError> + Send + Sync,
) -> Vec<T> {
    let rows = store.read(|tx| Box::pin(async move { tx.query(sql, &[]).await }));
    let rows: Result<Vec<Row>, StoreError> = rows.await;
    rows.unwrap().iter().map(|row| read(row).unwrap()).collect()
}
