//! A contract as its template wants it: the goods of the signed quotation, both sides, the clauses.

use domain::documents::template::Template;
use domain::documents::{PrintRefused, PrintedContract, capital_rmb};
use domain::words::contract::CONTRACT_LABELS;
use domain::words::documents as words;
use serde_json::{Value, json};

use super::view::{fact, filled, name, notes, price_decimals, rates_differ, rows, totals};

/// All that `contract.typ` reads.
pub fn of_contract(contract: &PrintedContract, family: &str) -> Result<Value, PrintRefused> {
    // A contract has one look, in one language.
    let (labels, usual) = (CONTRACT_LABELS, Template::default());
    let quote = &contract.quote;
    let payable = quote.totals.payable().map_err(|_| PrintRefused::TotalsDisagree)?;
    let number = name(&contract.number);
    let source = quote.number.as_deref().map(|number| format!("{} V{}", name(number), quote.version));
    let clauses = contract
        .clauses
        .iter()
        .map(|clause| json!({ "title": name(&clause.title), "body": notes(&clause.body) }));
    let bank = [&quote.seller.bank_name, &quote.seller.bank_account];
    let bank: Vec<String> = bank.into_iter().filter(|part| filled(part)).map(|part| name(part)).collect();
    let facts = [
        (labels.quote, source.unwrap_or_default()),
        (words::QUOTE_LABELS.price_basis, words::price_basis(quote.prices_include_tax).to_string()),
        (words::QUOTE_LABELS.bank, bank.join("　")),
    ];
    let facts = facts.into_iter().filter(|(_, value)| filled(value)).map(|(label, value)| fact(label, value));
    Ok(json!({
        "labels": labels,
        "columns_labels": words::QUOTE_LABELS,
        "fonts": [family],
        "title": format!("{} {number}", labels.title),
        "seller": name(&quote.seller.name),
        "footer": format!("{} {number}", labels.number),
        "page_words": words::PAGE_OF_PAGES,
        "sides": [
            side(labels.buyer, &quote.customer.name, fact(labels.number, number.clone())),
            side(labels.seller, &quote.seller.name, fact(labels.signed_day, words::day(contract.signed_day))),
        ],
        "facts": facts.collect::<Vec<_>>(),
        "lines": rows(quote, price_decimals(quote), &usual, &words::QUOTE_LABELS),
        "totals": totals(quote, rates_differ(quote), &usual, &words::QUOTE_LABELS),
        "capital": capital_rmb(payable),
        "payable": format!("¥{}", words::money(payable)),
        "clauses": clauses.collect::<Vec<_>>(),
    }))
}

fn side(label: &str, who: &str, fact: Value) -> Value {
    json!({ "label": label, "name": name(who), "fact": fact })
}
