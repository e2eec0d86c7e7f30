//! What a customer reads on a link: what stands on the paper, by the template of the paper, and nothing else but what
//! accepting needs: what goods in which quantity, the total, until when, under which number, and whom to call.

use domain::base::{Date, Fen, Instant, Qty, UnitPrice};
use domain::documents::template::{BlockKind, Language, Template};
use domain::documents::{PrintedLine, PrintedPack, PrintedQuote, TakenOff};
use domain::quotes::{Closed, FrozenPicture, ShownState, Snapshot};

use super::open::Opened;
use crate::AppError;
use crate::documents::printed;

/// A quotation as its customer reads it; what the paper leaves out is empty.
#[derive(Clone, Debug)]
pub struct SharedQuote {
    pub company: String,
    pub number: String,
    pub revision: i64,
    pub state: ShownState,
    pub customer: String,
    pub contact: String,
    pub issued_day: Date,
    pub valid_until: Date,
    pub salesperson: String,
    pub salesperson_phone: String,
    /// `None`: the paper does not tell it.
    pub prices_include_tax: Option<bool>,
    /// In which languages the paper says what it says.
    pub language: Language,
    /// Which alternative it is, as people say it.
    pub option: Option<String>,
    pub lines: Vec<SharedLine>,
    /// What the lines come to before anything is taken off.
    pub amount: Option<Fen>,
    /// What is taken off; empty where the paper does not tell it.
    pub taken_off: Vec<(TakenOff, Fen)>,
    pub amounts: SharedAmounts,
    /// Site, delivery, invoice, payment: what each is called, and what is agreed.
    pub terms: Vec<(String, String)>,
    pub notes: String,
    /// Why it cannot be accepted now; none: it can.
    pub closed: Option<Closed>,
    /// What came of it when it was accepted, or its paper was signed.
    pub accepted: Option<AcceptedBy>,
}

/// Who accepted a quotation or signed its paper, when that was recorded, and the number of the order that it made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AcceptedBy {
    pub signer: String,
    pub at: Instant,
    pub order: String,
}

/// What is paid, always; what of it is without tax, and the tax, where the paper tells them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SharedAmounts {
    pub net: Fen,
    pub net_ex_tax: Option<Fen>,
    pub tax: Option<Fen>,
}

/// A line as the customer reads it; what the paper leaves out is empty.
#[derive(Clone, Debug)]
pub struct SharedLine {
    /// Our code, and the customer's own beside it.
    pub code: String,
    pub name: String,
    pub spec: String,
    pub unit: String,
    /// What one `unit` holds; `None` when it is the base unit.
    pub pack: Option<PrintedPack>,
    pub qty: Qty,
    pub unit_price: Option<UnitPrice>,
    /// Quantity times unit price.
    pub amount: Option<Fen>,
    /// What of it is left after what is taken off this line.
    pub net: Option<Fen>,
    pub note: String,
    /// Its picture, where the quotation shows pictures.
    pub picture: Option<FrozenPicture>,
    /// The room or building part; empty: none.
    pub room: String,
    /// On the last line of a room: what its lines come to.
    pub room_sum: Option<Fen>,
}

/// Everything that the page says of what was opened.
pub(super) fn page_of(
    opened: Opened,
    template: &Template,
    closed: Option<Closed>,
    accepted: Option<AcceptedBy>,
) -> Result<SharedQuote, AppError> {
    let Opened { head, snapshot, today, .. } = opened;
    let paper = printed(&snapshot, head.hash.as_deref().unwrap_or_default(), "")?;
    let has = |kind: BlockKind, part: &str| template.block(kind).is_some_and(|block| block.has(part));
    let notes = template.block(BlockKind::Notes).is_some();
    let (subtotal, tax) = (has(BlockKind::Totals, "subtotal"), has(BlockKind::Totals, "tax"));
    let amounts = snapshot.amounts()?;
    Ok(SharedQuote {
        lines: lines(&paper, &snapshot, &|part| has(BlockKind::Lines, part)),
        amount: subtotal.then_some(paper.totals.amount),
        taken_off: if subtotal { paper.totals.taken_off() } else { Vec::new() },
        amounts: SharedAmounts {
            net: amounts.net,
            net_ex_tax: tax.then_some(amounts.net_ex_tax),
            tax: tax.then_some(amounts.tax),
        },
        state: head.state.shown(head.valid_until, today),
        company: paper.seller.name,
        number: snapshot.number,
        revision: snapshot.revision,
        customer: paper.customer.name,
        contact: if has(BlockKind::Parties, "contact") { paper.customer.contact } else { String::new() },
        issued_day: paper.issued_day,
        // Until when it can be accepted, whatever the paper says.
        valid_until: paper.valid_until,
        // Whom to call now, whoever issued it: nobody can accept without the code that they hand over.
        salesperson: head.owner_name,
        salesperson_phone: head.owner_phone,
        prices_include_tax: has(BlockKind::Parties, "price_basis").then_some(paper.prices_include_tax),
        language: template.settings.language,
        option: paper.option,
        terms: if notes { paper.terms } else { Vec::new() },
        notes: if notes { paper.notes } else { String::new() },
        closed,
        accepted,
    })
}

fn lines(paper: &PrintedQuote, snapshot: &Snapshot, shows: &impl Fn(&str) -> bool) -> Vec<SharedLine> {
    let frozen: Vec<_> = snapshot.lines.iter().filter_map(|line| line.product.picture.as_ref()).collect();
    let picture_of = |line: &PrintedLine| {
        let thumb = line.picture.as_deref()?;
        frozen.iter().find(|picture| picture.thumb == thumb).map(|picture| (*picture).clone())
    };
    let mut lines = Vec::with_capacity(paper.lines.len());
    for (room, run) in paper.rooms() {
        lines.extend(run.iter().map(|line| shared(line, room, picture_of(line), shows)));
        let of_net = shows("net");
        let of_line = |line: &PrintedLine| if of_net { line.before_whole() } else { line.amount };
        let sum = run.iter().map(|line| of_line(line).0).fold(0, i64::saturating_add);
        if let Some(last) = lines.last_mut().filter(|_| !room.is_empty()) {
            last.room_sum = Some(Fen(sum));
        }
    }
    lines
}

fn shared(
    line: &PrintedLine,
    room: &str,
    picture: Option<FrozenPicture>,
    shows: &impl Fn(&str) -> bool,
) -> SharedLine {
    let said = |part: &str, text: &String| if shows(part) { text.clone() } else { String::new() };
    SharedLine {
        code: said("code", &line.code),
        name: line.name.clone(),
        spec: said("spec", &line.spec),
        unit: line.unit.clone(),
        pack: line.pack.clone().filter(|_| shows("unit")),
        qty: line.qty,
        unit_price: Some(line.unit_price).filter(|_| shows("unit_price")),
        amount: Some(line.amount).filter(|_| shows("amount")),
        net: Some(line.before_whole()).filter(|_| shows("net")),
        note: said("note", &line.note),
        picture,
        room: room.to_string(),
        room_sum: None,
    }
}
