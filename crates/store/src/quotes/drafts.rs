//! Drafts and their lines.

use domain::base::{CustomerId, Date, Fen, Instant, OrgId, PersonId, ProductId, Qty, QuoteId, UnitPrice};
use domain::quotes::{DraftLine, LineExtra, NO_PRODUCT, ShownFigures, ShownLine, Terms, Whole};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{Ask, Row, StoreError, Tx, Value, params};

/// Of lines that are there at most so many are changed one by one; where more are others, all from the first of them on
/// are written anew, many in one statement.
const CHANGED_ONE_BY_ONE: usize = 8;

/// A draft that does not exist yet.
#[derive(Clone, Debug)]
pub struct NewDraft {
    /// The number that it is a new version of; `None` begins one.
    pub chain: Option<i64>,
    pub revision: i64,
    pub copied_from: Option<QuoteId>,
    pub by: PersonId,
    pub fields: DraftFields,
}

/// What is saved of a draft each time.
#[derive(Clone, Debug)]
pub struct DraftFields {
    pub customer: CustomerId,
    pub owner: PersonId,
    pub branch: OrgId,
    pub valid_until: Option<Date>,
    pub notes: String,
    pub lines: Vec<DraftLine>,
    pub terms: Terms,
    pub whole: Whole,
    /// What is earned; `None` when a cost is not known.
    pub margin: Option<Fen>,
    /// What the lines cost as they are shown now.
    pub shown: ShownFigures,
    pub first_product: Option<String>,
    pub search: String,
    pub today: Date,
    pub now: Instant,
}

/// Lines in their order, and what each cost when it was shown.
type Lines<'l> = (&'l [DraftLine], &'l [ShownLine]);

/// What lists show and search of a quotation, besides its customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedFacts {
    pub line_count: i64,
    pub first_product: Option<String>,
    pub search: String,
}

const BEGIN_CHAIN: &str = "INSERT INTO quote_chain (number) VALUES (NULL) RETURNING id";
const INSERT: &str = "
    INSERT INTO quote (chain_id, revision, customer_id, branch_id, owner_id, state, valid_until, notes,
        net, net_ex_tax, tax, line_count, first_product, listed_day, search, copied_from, priced_at, version,
        created_by, created_at, updated_by, updated_at, terms, whole, margin)
    VALUES ($20, $1, $2, $3, $4, 'draft', $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 1, $16, $15, $16, $15,
        $17, $18, $19)
    RETURNING id";
const SAVE: &str = "
    UPDATE quote SET customer_id = $3, branch_id = $4, owner_id = $5, valid_until = $6, notes = $7,
        net = $8, net_ex_tax = $9, tax = $10, line_count = $11, first_product = $12, listed_day = $13, search = $14,
        priced_at = $15, updated_by = $16, updated_at = $15, version = version + 1,
        terms = $17, whole = $18, margin = $19
    WHERE id = $1 AND version = $2 AND state = 'draft'";
const FORGET_LINES: &str = "DELETE FROM quote_line WHERE quote_id = $1";
const FORGET_LINES_FROM: &str = "DELETE FROM quote_line WHERE quote_id = $1 AND ord >= $2";
const INSERT_LINE: &str = "
    INSERT INTO quote_line (quote_id, ord, line_key, product_id, qty, unit, note, unit_price, net, extra)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
const CHANGE_LINE: &str = "
    UPDATE quote_line SET line_key = $3, product_id = $4, qty = $5, unit = $6, note = $7, unit_price = $8, net = $9,
        extra = $10
    WHERE quote_id = $1 AND ord = $2";
const LINES: &str = "
    SELECT line_key, product_id, qty, unit, note, unit_price, net, extra FROM quote_line
    WHERE quote_id = $1 ORDER BY ord";
const PRODUCT_VERSIONS: &str = "
    SELECT DISTINCT p.id, p.version FROM quote_line l JOIN product p ON p.id = l.product_id
    WHERE l.quote_id = $1 ORDER BY p.id";
const LISTED: &str = "SELECT line_count, first_product, search FROM quote WHERE id = $1";
const FORGET_ACTIVITY: &str = "DELETE FROM activity WHERE quote_id = $1";
const FORGET_ASKS: &str = "DELETE FROM quote_ask WHERE quote_id = $1";
const DELETE: &str = "DELETE FROM quote WHERE id = $1 AND version = $2 AND state = 'draft'";
const DELETE_CHAIN: &str = "
    DELETE FROM quote_chain WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM quote WHERE chain_id = $1)";

/// Writes a new draft with its lines; its id, and that of its number.
pub async fn insert_draft(tx: &mut Tx<'_>, new: &NewDraft) -> Result<(QuoteId, i64), StoreError> {
    let it = &new.fields;
    let amounts = it.shown.amounts;
    let values = params![
        new.revision,
        it.customer,
        it.branch,
        it.owner,
        it.valid_until,
        &it.notes,
        amounts.net,
        amounts.net_ex_tax,
        amounts.tax,
        count(&it.lines),
        it.first_product.clone(),
        it.today,
        &it.search,
        new.copied_from,
        it.now,
        new.by,
        json_text(&it.terms)?,
        json_text(&it.whole)?,
        it.margin
    ];
    let (chain, id) = match new.chain {
        Some(chain) => {
            let under = [values.as_slice(), params![chain].as_slice()].concat();
            (chain, tx.insert(INSERT, &under).await?)
        }
        None => tx.insert_under(BEGIN_CHAIN, INSERT, values).await?,
    };
    let id = QuoteId(id);
    insert_lines(tx, id, (&it.lines, &it.shown.lines), 0).await?;
    Ok((id, chain))
}

/// Saves a draft while it is at `version`; `false` when somebody was first or it is no draft any more. `before` are its
/// lines at that version, with what they cost: those that are the same stay as they are.
pub async fn save_draft(
    tx: &mut Tx<'_>,
    (id, version): (QuoteId, i64),
    by: PersonId,
    fields: &DraftFields,
    before: Lines<'_>,
) -> Result<bool, StoreError> {
    let amounts = fields.shown.amounts;
    let values = params![
        id,
        version,
        fields.customer,
        fields.branch,
        fields.owner,
        fields.valid_until,
        &fields.notes,
        amounts.net,
        amounts.net_ex_tax,
        amounts.tax,
        count(&fields.lines),
        fields.first_product.clone(),
        fields.today,
        &fields.search,
        fields.now,
        by,
        json_text(&fields.terms)?,
        json_text(&fields.whole)?,
        fields.margin
    ];
    if tx.exec(SAVE, values).await? != 1 {
        return Ok(false);
    }
    put_lines(tx, id, before, (&fields.lines, &fields.shown.lines)).await?;
    Ok(true)
}

/// Puts the lines in place of those before.
async fn put_lines(
    tx: &mut Tx<'_>,
    id: QuoteId,
    before: Lines<'_>,
    now: Lines<'_>,
) -> Result<(), StoreError> {
    let (held, wanted) = (before.0.len(), now.0.len());
    let is_other = |place: &usize| line_at(before, *place) != line_at(now, *place);
    let others: Vec<usize> = (0..held.min(wanted)).filter(is_other).collect();
    let few = others.len() <= CHANGED_ONE_BY_ONE;
    let from = if few { held.min(wanted) } else { others.first().copied().unwrap_or_default() };
    if few && !others.is_empty() {
        let sets: Result<Vec<_>, _> = others.iter().map(|place| line_set(id, now, *place)).collect();
        tx.exec_many_soon(CHANGE_LINE, &sets?).await?;
    }
    if from < held {
        tx.exec_soon(FORGET_LINES_FROM, params![id, place_of(from)]).await?;
    }
    insert_lines(tx, id, now, from).await
}

/// Writes the lines from a place on.
async fn insert_lines(tx: &mut Tx<'_>, id: QuoteId, lines: Lines<'_>, from: usize) -> Result<(), StoreError> {
    let sets: Result<Vec<_>, _> = (from..lines.0.len()).map(|place| line_set(id, lines, place)).collect();
    let sets = sets?;
    if sets.is_empty() {
        return Ok(());
    }
    tx.exec_many_soon(INSERT_LINE, &sets).await
}

/// The lines in their order, each with what it cost when it was last shown.
pub async fn lines(tx: &mut Tx<'_>, id: QuoteId) -> Result<Vec<(DraftLine, ShownLine)>, StoreError> {
    tx.query(LINES, params![id]).await?.iter().map(line_of).collect()
}

/// Id and version of every product that the lines name: what their prices lean on.
pub async fn product_versions(tx: &mut Tx<'_>, id: QuoteId) -> Result<Vec<(i64, i64)>, StoreError> {
    let rows = tx.query(PRODUCT_VERSIONS, params![id]).await?;
    rows.iter().map(|row| Ok((row.int("id")?, row.int("version")?))).collect()
}

/// What `product_versions` asks, for whoever asks more at once.
pub fn asks_products(id: QuoteId) -> Ask {
    Ask::of(PRODUCT_VERSIONS, params![id])
}

/// What `lines` asks, for whoever asks more at once.
pub fn asks_lines(id: QuoteId) -> Ask {
    Ask::of(LINES, params![id])
}

/// What lists show and search of the quotation.
pub async fn listed_facts(tx: &mut Tx<'_>, id: QuoteId) -> Result<ListedFacts, StoreError> {
    let row = tx.query_one(LISTED, params![id]).await?;
    Ok(ListedFacts {
        line_count: row.int("line_count")?,
        first_product: row.opt_text("first_product")?,
        search: row.text("search")?,
    })
}

/// Deletes a draft that is still at `version` with all that hangs on it; `false` when it is not, and then nothing of this
/// transaction may be kept.
pub async fn delete_draft(
    tx: &mut Tx<'_>,
    (id, version): (QuoteId, i64),
    chain: i64,
) -> Result<bool, StoreError> {
    tx.exec(FORGET_LINES, params![id]).await?;
    tx.exec(FORGET_ACTIVITY, params![id]).await?;
    tx.exec(FORGET_ASKS, params![id]).await?;
    let deleted = tx.exec(DELETE, params![id, version]).await? == 1;
    tx.exec(DELETE_CHAIN, params![chain]).await?;
    Ok(deleted)
}

/// The line at a place and what it cost, where there is one.
fn line_at((lines, shown): Lines<'_>, place: usize) -> (Option<&DraftLine>, ShownLine) {
    (lines.get(place), shown.get(place).copied().unwrap_or_default())
}

/// What is written of the line at a place.
fn line_set(id: QuoteId, lines: Lines<'_>, place: usize) -> Result<Vec<Value>, StoreError> {
    let (line, ShownLine { unit_price, net }) = line_at(lines, place);
    let line = line.ok_or_else(|| StoreError::Decode(format!("no line {place}")))?;
    let DraftLine { id: key, product, qty, unit, note, extra } = line;
    let product = Some(*product).filter(|product| *product != NO_PRODUCT);
    let extra = json_text(extra)?;
    Ok(params![id, place_of(place), key, product, *qty, unit, note, unit_price, net, extra].to_vec())
}

fn place_of(place: usize) -> i64 {
    i64::try_from(place).unwrap_or(i64::MAX)
}

pub(super) fn line_of(row: &Row) -> Result<(DraftLine, ShownLine), StoreError> {
    let line = DraftLine {
        id: row.text("line_key")?,
        product: row.opt_int("product_id")?.map_or(NO_PRODUCT, ProductId),
        qty: Qty(row.int("qty")?),
        unit: row.text("unit")?,
        note: row.text("note")?,
        extra: of_json::<LineExtra>(row, "extra")?,
    };
    let shown = ShownLine {
        unit_price: row.opt_int("unit_price")?.map(UnitPrice),
        net: row.opt_int("net")?.map(Fen),
    };
    Ok((line, shown))
}

/// As it stands in a column of JSON.
pub(super) fn json_text(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Decode(error.to_string()))
}

/// What a column of JSON holds.
pub(crate) fn of_json<T: DeserializeOwned>(row: &Row, name: &str) -> Result<T, StoreError> {
    let read = serde_json::from_str(row.text_ref(name)?);
    read.map_err(|error| StoreError::Decode(format!("{name}: {error}")))
}

fn count(lines: &[DraftLine]) -> i64 {
    place_of(lines.len())
}
