//! What became of quotations, counted inside the database.

use domain::access::Scope;
use domain::base::{Date, Fen};
use domain::insights::{Conversion, ConversionBy, Counted};

use crate::sight::document_seen;
use crate::sums::bounded;
use crate::{Row, StoreError, Tx, params};

/// One group: a person, a category or a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConversionRow {
    /// Of a person or a category; none for a month and for goods without a category.
    pub id: Option<i64>,
    /// A name, or `2026-05`.
    pub name: String,
    pub figures: Conversion,
}

/// So many groups are told.
const GROUPS_MAX: i64 = 500;

/// One version stands for each number: what is superseded gave way to the one that counts.
/// `$1` person, `$2` pattern of the reach, `$3`, `$4` days of issue, `$5` today, `$6` how many groups.
macro_rules! counted {
    ($id:literal, $name:literal, $net:literal, $joins:literal, $group:literal) => {
        concat!(
            "SELECT ", $id, " AS id, ", $name, " AS name,
        COUNT(*) AS sent_count, CAST(COALESCE(SUM(", bounded!($net), "), 0) AS BIGINT) AS sent_net,
        SUM(CASE WHEN q.state = 'signed' THEN 1 ELSE 0 END) AS signed_count,
        CAST(SUM(CASE WHEN q.state = 'signed' THEN ", bounded!($net), " ELSE 0 END) AS BIGINT) AS signed_net,
        SUM(CASE WHEN q.state = 'cancelled' AND q.lost_why IS NOT NULL THEN 1 ELSE 0 END) AS lost_count,
        CAST(SUM(CASE WHEN q.state = 'cancelled' AND q.lost_why IS NOT NULL THEN ", bounded!($net), " ELSE 0 END) AS BIGINT) AS lost_net,
        SUM(CASE WHEN q.state = 'cancelled' AND q.lost_why IS NULL THEN 1 ELSE 0 END) AS cancelled_count,
        CAST(SUM(CASE WHEN q.state = 'cancelled' AND q.lost_why IS NULL THEN ", bounded!($net), " ELSE 0 END) AS BIGINT) AS cancelled_net,
        SUM(CASE WHEN q.state = 'issued' AND q.valid_until < $5 THEN 1 ELSE 0 END) AS expired_count,
        CAST(SUM(CASE WHEN q.state = 'issued' AND q.valid_until < $5 THEN ", bounded!($net), " ELSE 0 END) AS BIGINT) AS expired_net,
        SUM(CASE WHEN q.state = 'issued' AND q.valid_until >= $5 THEN 1 ELSE 0 END) AS open_count,
        CAST(SUM(CASE WHEN q.state = 'issued' AND q.valid_until >= $5 THEN ", bounded!($net), " ELSE 0 END) AS BIGINT) AS open_net
    FROM quote q
    JOIN customer c ON c.id = q.customer_id
    JOIN org_unit b ON b.id = q.branch_id
    ", $joins, "
    WHERE q.state IN ('issued', 'signed', 'cancelled') AND q.listed_day >= $3 AND q.listed_day <= $4 AND ",
            document_seen!("q", "$1", "$2"),
            " GROUP BY ", $group, " ORDER BY sent_net DESC, name LIMIT $6"
        )
    };
}

const BY_PERSON: &str =
    counted!("q.owner_id", "o.name", "q.net", "JOIN person o ON o.id = q.owner_id", "q.owner_id, o.name");
/// The days come first within as well: lines of other days are not read.
const BY_CATEGORY: &str = counted!(
    "l.category_id",
    "COALESCE(g.name, '')",
    "l.net",
    "JOIN (SELECT m.quote_id, p.category_id, SUM(COALESCE(m.net, 0)) AS net
        FROM quote d JOIN quote_line m ON m.quote_id = d.id JOIN product p ON p.id = m.product_id
        WHERE d.listed_day >= $3 AND d.listed_day <= $4 GROUP BY m.quote_id, p.category_id) l ON l.quote_id = q.id
    LEFT JOIN category g ON g.id = l.category_id",
    "l.category_id, g.name"
);
const BY_MONTH: &str =
    counted!("CAST(NULL AS BIGINT)", "SUBSTR(q.listed_day, 1, 7)", "q.net", "", "SUBSTR(q.listed_day, 1, 7)");

/// What became of the quotations issued from `from` to `to` within the reach, most money first.
pub async fn conversion(
    tx: &mut Tx<'_>,
    scope: &Scope,
    by: ConversionBy,
    (from, to): (Date, Date),
    today: Date,
) -> Result<Vec<ConversionRow>, StoreError> {
    let sql = match by {
        ConversionBy::Person => BY_PERSON,
        ConversionBy::Category => BY_CATEGORY,
        ConversionBy::Month => BY_MONTH,
    };
    let values = params![scope.person, scope.like(), from, to, today, GROUPS_MAX];
    tx.query(sql, values).await?.iter().map(row_of).collect()
}

fn row_of(row: &Row) -> Result<ConversionRow, StoreError> {
    let counted = |count: &str, net: &str| {
        Ok::<_, StoreError>(Counted { count: row.int(count)?, net: Fen(row.int(net)?) })
    };
    Ok(ConversionRow {
        id: row.opt_int("id")?,
        name: row.text("name")?,
        figures: Conversion {
            sent: counted("sent_count", "sent_net")?,
            signed: counted("signed_count", "signed_net")?,
            lost: counted("lost_count", "lost_net")?,
            cancelled: counted("cancelled_count", "cancelled_net")?,
            expired: counted("expired_count", "expired_net")?,
            open: counted("open_count", "open_net")?,
        },
    })
}
