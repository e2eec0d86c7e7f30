//! A contract as its template wants it: the goods of the signed quotation, both sides, the clauses.

use domain::documents::template::Template;
use domain::documents::{PrintRefused, PrintedContract, PrintedCustomer, PrintedSeller, capital_rmb};
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
    let facts = [
        (labels.quote, source.unwrap_or_default()),
        (words::QUOTE_LABELS.price_basis, words::price_basis(quote.prices_include_tax).to_string()),
        (words::QUOTE_LABELS.bank, bank(&quote.seller)),
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
            buyer(&quote.customer, fact(labels.number, number.clone())),
            seller(&quote.seller, fact(labels.signed_day, words::day(contract.signed_day))),
        ],
        "facts": facts.collect::<Vec<_>>(),
        "lines": rows(quote, price_decimals(quote), &usual, &words::QUOTE_LABELS),
        "totals": totals(quote, rates_differ(quote), &usual, &words::QUOTE_LABELS),
        "capital": capital_rmb(payable),
        "payable": format!("¥{}", words::money(payable)),
        "clauses": clauses.collect::<Vec<_>>(),
    }))
}

fn buyer(customer: &PrintedCustomer, beside: Value) -> Value {
    let words = &words::QUOTE_LABELS;
    let reached = [
        (words.address, customer.address.as_str()),
        (words.contact, customer.contact.as_str()),
        (words.phone, customer.phone.as_str()),
    ];
    side(CONTRACT_LABELS.buyer, &customer.name, &reached, beside)
}

fn seller(seller: &PrintedSeller, beside: Value) -> Value {
    let words = &words::QUOTE_LABELS;
    let reached = [
        (words.address, seller.address.as_str()),
        (words.phone, seller.phone.as_str()),
        (words.tax_no, seller.tax_no.as_str()),
    ];
    side(CONTRACT_LABELS.seller, &seller.name, &reached, beside)
}

/// One of the two who agree: its name with `beside` at the other edge, and under it how it is reached, as far as known.
fn side(label: &str, who: &str, reached: &[(&str, &str)], beside: Value) -> Value {
    let known = reached.iter().filter(|(_, value)| filled(value));
    let known: Vec<Value> = known.map(|(label, value)| fact(label, name(value))).collect();
    json!({ "label": label, "name": name(who), "reached": known, "fact": beside })
}

/// Where to pay: holder, bank and number; empty without a number.
fn bank(seller: &PrintedSeller) -> String {
    if !filled(&seller.bank_account) {
        return String::new();
    }
    let words = &words::QUOTE_LABELS;
    let parts = [
        (words.bank_holder, &seller.name),
        (words.bank_name, &seller.bank_name),
        (words.bank_account, &seller.bank_account),
    ];
    let known = parts.iter().filter(|(_, value)| filled(value));
    known.map(|(label, value)| format!("{label} {}", name(value))).collect::<Vec<_>>().join("　")
}
