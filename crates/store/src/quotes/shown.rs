//! Drafts of a list as they were last shown, with all that their prices depend on: so that a list can price them anew.

use std::collections::BTreeMap;

use domain::base::{CustomerId, Fen, OrgId, QuoteId};
use domain::pricing::CustomerFacts;
use domain::quotes::{Amounts, DraftLine, ShownFigures, ShownLine, Terms, Whole};

use super::drafts::{line_of, of_json};
use crate::config::{KEYS_AT_ONCE, key_places, with_keys};
use crate::{Row, StoreError, Tx};

/// A draft, what it came to when it was last saved, and for whom it is priced.
#[derive(Clone, Debug)]
pub struct ShownDraft {
    pub id: QuoteId,
    pub customer: CustomerFacts,
    pub terms: Terms,
    pub whole: Whole,
    pub lines: Vec<DraftLine>,
    pub shown: ShownFigures,
}

const DRAFTS: &str = "
    SELECT q.id, q.terms, q.whole, q.net, q.net_ex_tax, q.tax, q.customer_id, c.customer_type, c.tier,
        (SELECT MIN(r.id) FROM org_unit r WHERE r.kind = 'region' AND b.path LIKE r.path || '%') AS region
    FROM quote q JOIN customer c ON c.id = q.customer_id JOIN org_unit b ON b.id = c.branch_id
    WHERE q.state = 'draft' AND q.id IN";
const LINES: &str = "
    SELECT quote_id, line_key, product_id, qty, unit, note, unit_price, net, extra FROM quote_line
    WHERE quote_id IN";

/// Those of these quotations that are drafts, in no order.
pub async fn shown_drafts(tx: &mut Tx<'_>, ids: &[QuoteId]) -> Result<Vec<ShownDraft>, StoreError> {
    let (drafts, lines) = (format!("{DRAFTS} ({})", key_places(1)), key_places(1));
    let lines = format!("{LINES} ({lines}) ORDER BY quote_id, ord");
    let mut found: BTreeMap<i64, ShownDraft> = BTreeMap::new();
    for ids in ids.chunks(KEYS_AT_ONCE) {
        let keys = with_keys(&[], ids);
        for row in tx.query(&drafts, &keys).await? {
            let draft = draft_of(&row)?;
            found.insert(draft.id.0, draft);
        }
        for row in tx.query(&lines, &keys).await? {
            let (line, shown): (DraftLine, ShownLine) = line_of(&row)?;
            if let Some(draft) = found.get_mut(&row.int("quote_id")?) {
                draft.lines.push(line);
                draft.shown.lines.push(shown);
            }
        }
    }
    Ok(found.into_values().collect())
}

fn draft_of(row: &Row) -> Result<ShownDraft, StoreError> {
    let customer = CustomerFacts {
        id: Some(CustomerId(row.int("customer_id")?)),
        kind: row.opt_text("customer_type")?,
        tier: row.opt_text("tier")?,
        tags: Vec::new(),
        region: row.opt_int("region")?.map(OrgId),
    };
    let amounts = Amounts {
        net: Fen(row.int("net")?),
        net_ex_tax: Fen(row.int("net_ex_tax")?),
        tax: Fen(row.int("tax")?),
    };
    Ok(ShownDraft {
        id: QuoteId(row.int("id")?),
        customer,
        terms: of_json(row, "terms")?,
        whole: of_json(row, "whole")?,
        lines: Vec::new(),
        shown: ShownFigures { amounts, lines: Vec::new() },
    })
}
