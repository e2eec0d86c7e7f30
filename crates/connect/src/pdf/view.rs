//! A quotation as the template wants it: words chosen, figures written out, long text cut or given places to break.

use app::ports::PrintMarks;
use domain::base::Fen;
use domain::documents::template::{BlockKind, Language, SettingsRow, Template};
use domain::documents::{
    DocumentState, NAME_CHARS_MAX, NOTES_CHARS_MAX, PrintRefused, PrintedLine, PrintedQuote, TakenOff,
    capital_rmb, cut, printable,
};
use domain::words::documents::{self as words, QuoteLabels};
use domain::words::terms;
use serde_json::{Value, json};

use super::{blocks, one_line};

/// A row with more text than this may be split between two pages.
const ROW_CHARS_KEPT_TOGETHER: usize = 300;

/// Letters of a word that fit into a narrow and a wide column; longer ones may break anywhere.
const NARROW: usize = 12;
const WIDE: usize = 36;

/// Letters of the longest name in large type.
const HEADING_CHARS: usize = 48;

/// Digits of the hash that stand in the footer; the whole of it stands beside the code.
const HASH_SHORT: usize = 16;

/// All that `quote.typ` reads.
pub fn of_quote(quote: &PrintedQuote, marks: &PrintMarks, family: &str) -> Result<Value, PrintRefused> {
    let settings = &marks.template.settings;
    let labels = words::quote_labels(settings.language);
    let title = title(settings, labels.title);
    let reference = reference(quote, &labels);
    let payable = quote.totals.payable().map_err(|_| PrintRefused::TotalsDisagree)?;
    let (price_decimals, rates_differ) = (price_decimals(quote), rates_differ(quote));
    let rows = rows(quote, price_decimals, &marks.template, &labels);
    Ok(json!({
        "labels": labels,
        "fonts": [family],
        "page": page(settings),
        "accent": settings.accent,
        "paper_title": title,
        "title": format!("{title} {reference}"),
        "keywords": quote.hash.iter().collect::<Vec<_>>(),
        "reference": reference,
        "number": name(quote.number.as_deref().unwrap_or(labels.draft_number)),
        "version": quote.number.as_ref().map(|_| format!("V{}", quote.version)),
        "option": quote.option.as_deref().map(name),
        "page_words": words::PAGE_OF_PAGES,
        "page_words_second": (settings.language == Language::ZhEn).then_some(words::PAGE_OF_PAGES_EN),
        "footer": footer(quote, &reference, &labels),
        "blocks": blocks::placed(&marks.template),
        "seller": seller(quote, &marks.template, &labels),
        "customer": customer(quote, &marks.template, &labels),
        "facts": facts(quote, &marks.template, &labels),
        "columns": columns(quote, marks, rates_differ),
        "longest": one_line::longest(&rows),
        "lines": rows,
        "totals": totals(quote, rates_differ, &marks.template, &labels),
        "capital": capital_rmb(payable),
        "payable": format!("¥{}", words::money(payable)),
        "terms": terms(quote, settings.language),
        "notes": notes(&quote.notes),
        "bank": bank(quote, &labels),
        "issued_day": words::day(quote.issued_day),
        "verify": verify(quote, marks.verify_url.as_deref(), &marks.template, &labels),
        "watermark": marks.watermark.as_deref().map(name),
        "watermark_size": watermark_size(marks),
    }))
}

fn terms(quote: &PrintedQuote, language: Language) -> Vec<Value> {
    let term = |(label, value): &(String, String)| fact(&terms::label_in(language, label), name(value));
    quote.terms.iter().map(term).collect()
}

/// The own title, else the usual one; of two languages both, a blank between them.
fn title(settings: &SettingsRow, usual: &str) -> String {
    let (zh, en) = usual.split_once(' ').unwrap_or((usual, ""));
    let own = |own: &str, usual: &str| if own.is_empty() { usual.to_string() } else { name(own) };
    match settings.language {
        Language::Zh => own(&settings.title, zh),
        Language::ZhEn => {
            // An own title without an English one must not stand beside the English of another.
            let second = if settings.title.is_empty() { en } else { "" };
            let title = format!("{} {}", own(&settings.title, zh), own(&settings.title_second, second));
            title.trim().to_string()
        }
    }
}

/// The paper in points, and how close text comes to its edges: 1 mm is 72 / 25.4 points.
fn page(settings: &SettingsRow) -> Value {
    let size = settings.page;
    let (width, height) = size.tenths_of_mm();
    // The outer 12.7 mm of a form are its holes.
    let (side, top, bottom) = match (size.is_form(), size.is_low()) {
        (false, _) => (160, 180, 200),
        (true, false) => (180, 120, 160),
        (true, true) => (180, 100, 120),
    };
    json!({
        "width": width, "height": height, "side": side, "top": top, "bottom": bottom,
        "form": size.is_form(), "low": size.is_low(),
    })
}

/// Whether the template shows this part; of a block that is not printed the answer does not matter.
fn shows(template: &Template, kind: BlockKind, part: &str) -> bool {
    template.block(kind).is_some_and(|block| block.has(part))
}

fn columns(quote: &PrintedQuote, marks: &PrintMarks, rates_differ: bool) -> Value {
    let template = &marks.template;
    let shows = |part| shows(template, BlockKind::Lines, part);
    let pictured =
        |line: &PrintedLine| line.picture.as_ref().is_some_and(|it| marks.pictures.contains_key(it));
    json!({
        "picture": template.takes_pictures() && quote.lines.iter().any(pictured),
        "unit": shows("unit"),
        "qty": shows("qty"),
        "unit_price": shows("unit_price"),
        "amount": shows("amount"),
        "net": shows("net") && quote.lines.iter().any(|line| line.before_whole() != line.amount),
        "tax_rate": shows("tax_rate") && rates_differ,
        "note": shows("note") && quote.lines.iter().any(|line| !line.note.trim().is_empty()),
    })
}

fn reference(quote: &PrintedQuote, labels: &QuoteLabels) -> String {
    match &quote.number {
        Some(number) => format!("{} V{}", cut(&name(number), 40), quote.version),
        None => labels.draft_number.to_string(),
    }
}

fn footer(quote: &PrintedQuote, reference: &str, labels: &QuoteLabels) -> Vec<String> {
    let mut parts = vec![labels.not_a_contract.to_string()];
    if quote.state != DocumentState::Draft {
        parts.push(reference.to_string());
    }
    if let Some(hash) = &quote.hash {
        let short: String = hash.chars().take(HASH_SHORT).collect();
        parts.push(format!("{} {short}", labels.hash));
    }
    parts
}

fn seller(quote: &PrintedQuote, template: &Template, labels: &QuoteLabels) -> Value {
    let seller = &quote.seller;
    let shows = |part| shows(template, BlockKind::Letterhead, part);
    let ways = [("phone", labels.phone, &seller.phone), ("tax_no", labels.tax_no, &seller.tax_no)];
    let ways: Vec<String> = ways
        .iter()
        .filter(|(part, _, value)| shows(*part) && filled(value))
        .map(|(_, label, value)| format!("{label} {}", name(value)))
        .collect();
    let address = if shows("address") { name(&seller.address) } else { String::new() };
    let lines = [address, ways.join("　")];
    json!({
        "name": name(&seller.name),
        "short_name": cut(&name(&seller.name), 40),
        "long": is_long(&seller.name),
        "lines": lines.into_iter().filter(|line| filled(line)).collect::<Vec<_>>(),
    })
}

fn customer(quote: &PrintedQuote, template: &Template, labels: &QuoteLabels) -> Value {
    let customer = &quote.customer;
    let facts = [
        ("contact", labels.contact, &customer.contact),
        ("phone", labels.phone, &customer.phone),
        ("address", labels.address, &customer.address),
    ];
    let shown =
        facts.iter().filter(|(part, _, value)| shows(template, BlockKind::Parties, part) && filled(value));
    let facts = shown.map(|(_, label, value)| fact(label, name(value)));
    json!({ "name": name(&customer.name), "long": is_long(&customer.name), "facts": facts.collect::<Vec<_>>() })
}

fn facts(quote: &PrintedQuote, template: &Template, labels: &QuoteLabels) -> Vec<Value> {
    let shows = |part| shows(template, BlockKind::Parties, part);
    let person = &quote.salesperson;
    let parts = [&person.name, &person.phone, &person.branch];
    let person: Vec<String> =
        parts.into_iter().filter(|part| filled(part)).map(|part| narrow(part)).collect();
    let mut facts = vec![fact(labels.issued_day, words::day(quote.issued_day))];
    if shows("valid_until") {
        let day = words::day(quote.valid_until);
        facts.push(json!({ "label": labels.valid_until, "value": day, "strong": true }));
    }
    if shows("salesperson") && !person.is_empty() {
        facts.push(fact(labels.salesperson, person.join("　")));
    }
    if shows("price_basis") {
        let language = template.settings.language;
        facts.push(fact(labels.price_basis, words::price_basis_in(language, quote.prices_include_tax)));
    }
    facts
}

/// The lines; those of one room that follow each other under its name, with their subtotal below.
pub(super) fn rows(
    quote: &PrintedQuote,
    price_decimals: usize,
    template: &Template,
    labels: &QuoteLabels,
) -> Vec<Value> {
    let mut rows = Vec::with_capacity(quote.lines.len());
    // The figure of the column under which the subtotal stands.
    let of_net = shows(template, BlockKind::Lines, "net");
    let of_line = |line: &PrintedLine| if of_net { line.before_whole() } else { line.amount };
    for (room, run) in quote.rooms() {
        if room.is_empty() {
            rows.extend(run.iter().map(|line| row(line, price_decimals, template)));
            continue;
        }
        rows.push(json!({ "kind": "group", "name": name(room) }));
        rows.extend(run.iter().map(|line| row(line, price_decimals, template)));
        let sum = run.iter().map(|line| of_line(line).0).fold(0, i64::saturating_add);
        let label = format!("{} {}", name(room), labels.subtotal);
        rows.push(json!({ "kind": "subtotal", "name": label, "amount": words::money(Fen(sum)) }));
    }
    rows
}

fn row(line: &PrintedLine, price_decimals: usize, template: &Template) -> Value {
    let sub: Vec<String> = [("code", &line.code), ("spec", &line.spec)]
        .into_iter()
        .filter(|(part, text)| shows(template, BlockKind::Lines, part) && filled(text))
        .map(|(_, text)| name(text))
        .collect();
    let written = [&line.code, &line.name, &line.spec, &line.note, &line.unit];
    let letters: usize = written.iter().map(|text| text.chars().count()).sum();
    let (name, sub, note) = (name(&line.name), sub.join("　"), narrow(&line.note));
    let unit = softened(&cut(&printable(&line.unit), 20), 4);
    let pack = line.pack.as_ref().map(|pack| narrow(&words::pack(&line.unit, pack)));
    // In the order in which the template takes them apart.
    let ems = one_line::ems(&[&name, &sub, &unit, pack.as_deref().unwrap_or_default(), &note]);
    json!({
        "kind": "line",
        "position": line.position.to_string(),
        "picture": line.picture,
        "name": name,
        "sub": sub,
        "pack": pack,
        "unit": unit,
        "qty": words::thousands(&line.qty.to_text()),
        "unit_price": words::thousands(&padded(&line.unit_price.to_yuan(), price_decimals)),
        "amount": words::money(line.amount),
        "net": words::money(line.before_whole()),
        "tax_rate": format!("{}%", line.tax_rate.to_percent()),
        "note": note,
        "ems": ems,
        "tall": letters > ROW_CHARS_KEPT_TOGETHER,
    })
}

/// So many decimals the unit price with the most of them has.
pub(super) fn price_decimals(quote: &PrintedQuote) -> usize {
    quote.lines.iter().map(|line| decimals(&line.unit_price.to_yuan())).max().unwrap_or(2)
}

/// Whether the lines are not all of one tax rate.
pub(super) fn rates_differ(quote: &PrintedQuote) -> bool {
    quote.lines.windows(2).any(|pair| matches!(pair, [a, b] if a.tax_rate != b.tax_rate))
}

fn decimals(text: &str) -> usize {
    text.split_once('.').map_or(0, |(_, fraction)| fraction.len())
}

/// With zeros behind, so that the points of a column stand below each other.
fn padded(text: &str, wanted: usize) -> String {
    format!("{text}{}", "0".repeat(wanted.saturating_sub(decimals(text))))
}

pub(super) fn totals(
    quote: &PrintedQuote,
    rates_differ: bool,
    template: &Template,
    labels: &QuoteLabels,
) -> Vec<Value> {
    let shows = |part| shows(template, BlockKind::Totals, part);
    let totals = &quote.totals;
    let mut rows = Vec::new();
    if shows("subtotal") && totals.discount != Fen::ZERO {
        rows.push(fact(labels.total_amount, words::money(totals.amount)));
        let off = totals.taken_off().into_iter().map(|(why, amount)| match why {
            TakenOff::Lines => (labels.discount, amount),
            TakenOff::Whole => (labels.whole_off, amount),
            TakenOff::Rounding => (labels.rounding, amount),
        });
        rows.extend(off.map(|(label, amount)| fact(label, words::reduction(amount))));
    }
    if !shows("tax") {
        return rows;
    }
    rows.push(fact(labels.net_ex_tax, words::money(totals.net_ex_tax)));
    let tax = match quote.lines.first() {
        Some(line) if !rates_differ => format!("{} {}%", labels.tax, line.tax_rate.to_percent()),
        Some(_) | None => labels.tax.to_string(),
    };
    rows.push(fact(&tax, words::money(totals.tax)));
    rows
}

fn bank(quote: &PrintedQuote, labels: &QuoteLabels) -> Vec<Value> {
    let seller = &quote.seller;
    if !filled(&seller.bank_account) {
        return Vec::new();
    }
    let rows = [
        (labels.bank_holder, &seller.name),
        (labels.bank_name, &seller.bank_name),
        (labels.bank_account, &seller.bank_account),
    ];
    rows.iter().filter(|(_, value)| filled(value)).map(|(label, value)| fact(label, narrow(value))).collect()
}

/// What proves the paper; without a link it says how to ask. Nothing while there is nothing to prove.
fn verify(
    quote: &PrintedQuote,
    link: Option<&str>,
    template: &Template,
    labels: &QuoteLabels,
) -> Option<Value> {
    let shows = |part| shows(template, BlockKind::Verify, part);
    let mut rows = Vec::new();
    if let Some(code) = quote.verify_code.as_ref().filter(|_| shows("code")) {
        rows.push(fact(labels.verify_code, code.grouped()));
    }
    if let Some(hash) = quote.hash.as_ref().filter(|_| shows("hash")) {
        rows.push(fact(labels.hash, hash.clone()));
    }
    let asked = link.is_none() && quote.verify_code.is_some() && shows("code");
    let ask = asked.then(|| {
        let phone = name(&quote.seller.phone);
        let phone = filled(&phone).then_some(phone.as_str());
        words::verify_by_asking(template.settings.language, phone)
    });
    (!rows.is_empty() || link.is_some()).then(|| json!({ "url": link, "rows": rows, "ask": ask }))
}

pub(super) fn notes(text: &str) -> Vec<String> {
    let clean = printable(text.trim());
    let left_out = clean.chars().count().saturating_sub(NOTES_CHARS_MAX);
    let kept: String = clean.chars().take(NOTES_CHARS_MAX).collect();
    let mut paragraphs: Vec<String> =
        kept.lines().filter(|line| filled(line)).map(|line| softened(line, WIDE)).collect();
    if left_out > 0 {
        paragraphs.push(words::notes_cut(left_out));
    }
    paragraphs
}

fn watermark_size(marks: &PrintMarks) -> usize {
    let letters = marks.watermark.as_deref().unwrap_or_default().chars().count().max(1);
    (480 / letters).clamp(24, 120)
}

pub(super) fn fact(label: &str, value: String) -> Value {
    json!({ "label": label, "value": value, "strong": false })
}

/// Too long for a heading in large type.
fn is_long(text: &str) -> bool {
    text.chars().count() > HEADING_CHARS
}

pub(super) fn filled(text: &str) -> bool {
    !text.trim().is_empty()
}

/// One line of text for a wide place.
pub(super) fn name(text: &str) -> String {
    softened(&one_line(text), WIDE)
}

/// One line of text for a narrow place.
fn narrow(text: &str) -> String {
    softened(&one_line(text), NARROW)
}

fn one_line(text: &str) -> String {
    let clean = printable(text);
    cut(clean.split_whitespace().collect::<Vec<_>>().join(" ").as_str(), NAME_CHARS_MAX)
}

/// A word of more than `run_max` letters gets invisible places to break, so that it cannot leave its column.
fn softened(text: &str, run_max: usize) -> String {
    let mut soft = String::new();
    let mut run: Vec<char> = Vec::new();
    for letter in text.chars() {
        let solid = letter.is_ascii_graphic() || (letter.is_alphanumeric() && u32::from(letter) < 0x2E80);
        if solid {
            run.push(letter);
        } else {
            flush(&mut soft, &mut run, run_max);
            soft.push(letter);
        }
    }
    flush(&mut soft, &mut run, run_max);
    soft
}

fn flush(soft: &mut String, run: &mut Vec<char>, run_max: usize) {
    let breaks = run.len() > run_max;
    for (index, letter) in run.drain(..).enumerate() {
        if breaks && index > 0 && index % run_max == 0 {
            soft.push('\u{200B}');
        }
        soft.push(letter);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_too_long_for_their_column_get_places_to_break() {
        assert_eq!(softened("P1-0001 外墙乳胶漆", 12), "P1-0001 外墙乳胶漆");
        assert_eq!(softened("abcdefgh外墙abcd", 4), "abcd\u{200B}efgh外墙abcd");
        assert_eq!(softened("", 4), "");
    }

    #[test]
    fn long_notes_are_cut_with_a_sign() {
        let whole = notes(&"一".repeat(NOTES_CHARS_MAX));
        assert_eq!(whole.len(), 1);
        let over = notes(&"一".repeat(NOTES_CHARS_MAX + 7));
        assert_eq!(over.last().map(String::as_str), Some(words::notes_cut(7).as_str()));
        assert_eq!(notes(" \n\n第一条\r\n\r\n第二条\n"), ["第一条", "第二条"]);
    }
}
