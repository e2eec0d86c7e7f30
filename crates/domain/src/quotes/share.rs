//! Share links: until when a customer may open a quotation, and the one-time code that the salesperson hands over.

use super::refused::QuoteRefused;
use super::sign::signing_name;
use crate::base::{Date, FieldFault, Instant, Invalid, parse_date};
use crate::documents::sha256_hex;

/// So many links of one version are open at the same time.
pub const LIVE_LINKS_MAX: usize = 5;
/// So often a code may be mistyped before it is dead.
pub const CODE_TRIES_MAX: i64 = 5;
/// A code holds so long after it was handed over.
pub const CODE_LIFE_MS: i64 = 2 * 3_600_000;
/// Digits of a code.
pub const CODE_DIGITS: usize = 6;
/// The same device that looks again so soon counts once.
pub const VIEW_REST_MS: i64 = 10 * 60_000;
/// So many looks at one link are kept.
pub const VIEWS_MAX: i64 = 1_000;

/// On what a link was opened, as coarsely as it helps to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Device {
    WeChat,
    Phone,
    Tablet,
    Computer,
}

/// What was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looked {
    Page,
    Pdf,
}

/// A code as it was handed over: its hash, and what is left of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandedCode {
    pub hash: String,
    pub until: Instant,
    pub tries: i64,
}

/// Whether what the customer typed opens the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeCheck {
    Right,
    Wrong {
        tries_left: i64,
    },
    /// None was handed over, or it is over.
    NoCode,
    /// Mistyped too often.
    Spent,
}

/// Why a quotation cannot be accepted on its link, as far as a stranger may know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    Expired,
    PricesWithdrawn,
    Superseded,
    Accepted,
    Cancelled,
    /// Nothing that the customer could do anything about.
    Unavailable,
}

/// A share link cannot be made, opened or used.
#[derive(Clone, Debug, PartialEq)]
pub enum ShareRefused {
    Invalid(Invalid),
    TooManyLinks {
        limit: usize,
    },
    /// Taken back, or its last day is over; whom to ask.
    LinkOver {
        salesperson: String,
        phone: String,
    },
    Closed {
        why: Closed,
        salesperson: String,
        phone: String,
    },
    WrongCode {
        tries_left: i64,
    },
    NoCode,
    CodeSpent,
}

impl Device {
    pub const ALL: [Device; 4] = [Device::WeChat, Device::Phone, Device::Tablet, Device::Computer];

    /// What a browser that describes itself like this most likely runs on.
    pub fn of_agent(agent: &str) -> Device {
        let has = |word: &str| agent.contains(word);
        if has("MicroMessenger") {
            Device::WeChat
        } else if has("iPad") || has("Tablet") || (has("Android") && !has("Mobile")) {
            Device::Tablet
        } else if has("Mobile") || has("iPhone") || has("Android") {
            Device::Phone
        } else {
            Device::Computer
        }
    }

    /// The name in the database and on the wire.
    pub fn key(self) -> &'static str {
        match self {
            Device::WeChat => "wechat",
            Device::Phone => "phone",
            Device::Tablet => "tablet",
            Device::Computer => "computer",
        }
    }

    pub fn from_key(key: &str) -> Option<Device> {
        Device::ALL.into_iter().find(|device| device.key() == key)
    }
}

impl Looked {
    /// The name in the database and on the wire.
    pub fn key(self) -> &'static str {
        match self {
            Looked::Page => "page",
            Looked::Pdf => "pdf",
        }
    }

    pub fn from_key(key: &str) -> Option<Looked> {
        [Looked::Page, Looked::Pdf].into_iter().find(|looked| looked.key() == key)
    }
}

/// The last day of a link: what was chosen, or the quotation's last valid day; never later, never past.
pub fn share_last_day(chosen: Option<&str>, valid_until: Date, today: Date) -> Result<Date, ShareRefused> {
    let wrong = |fault| ShareRefused::Invalid(Invalid::one("last_day", fault));
    let Some(text) = chosen.filter(|text| !text.is_empty()) else { return Ok(valid_until) };
    let day = parse_date(text).ok_or_else(|| wrong(FieldFault::NotADay))?;
    if day > valid_until {
        return Err(wrong(FieldFault::DayAfter { last: valid_until }));
    }
    if day < today {
        return Err(wrong(FieldFault::DayBefore { first: today }));
    }
    Ok(day)
}

/// Whether a link still opens: not taken back, its last day included.
pub fn link_opens(last_day: Date, withdrawn: bool, today: Date) -> bool {
    !withdrawn && today <= last_day
}

/// The code that random bytes stand for: six digits.
pub fn code_of(random: [u8; 8]) -> String {
    let number = u64::from_be_bytes(random) % 1_000_000;
    format!("{number:06}")
}

/// What is kept of a code: a hash under its link.
pub fn code_hash(link: &str, code: &str) -> String {
    sha256_hex(format!("{link}:{code}").as_bytes())
}

/// Compares what was typed with what was handed over, in the same time whatever is wrong.
pub fn check_code(link: &str, typed: &str, handed: Option<&HandedCode>, now: Instant) -> CodeCheck {
    let digits: String = crate::base::fold_width(typed).chars().filter(char::is_ascii_digit).collect();
    let given = code_hash(link, &digits);
    let Some(handed) = handed else { return CodeCheck::NoCode };
    let same = same_bytes(given.as_bytes(), handed.hash.as_bytes());
    if handed.tries >= CODE_TRIES_MAX {
        return CodeCheck::Spent;
    }
    if handed.until < now {
        return CodeCheck::NoCode;
    }
    if same { CodeCheck::Right } else { CodeCheck::Wrong { tries_left: CODE_TRIES_MAX - handed.tries - 1 } }
}

/// The name of whoever accepts.
pub fn accepting_name(typed: &str) -> Result<String, ShareRefused> {
    let mut faults = Invalid::default();
    let name = signing_name(typed, &mut faults);
    if faults.fields.is_empty() { Ok(name) } else { Err(ShareRefused::Invalid(faults)) }
}

impl Closed {
    /// The code of the refusal.
    pub fn key(self) -> &'static str {
        match self {
            Closed::Expired => "quote_expired",
            Closed::PricesWithdrawn => "revision_void",
            Closed::Superseded => "superseded",
            Closed::Accepted => "already_signed",
            Closed::Cancelled => "wrong_state",
            Closed::Unavailable => "not_acceptable",
        }
    }

    /// What a stranger may know of why a quotation cannot be signed.
    pub fn of(refused: &QuoteRefused) -> Closed {
        match refused {
            QuoteRefused::Expired { .. } => Closed::Expired,
            QuoteRefused::RevisionVoid { .. } => Closed::PricesWithdrawn,
            QuoteRefused::Superseded { .. } => Closed::Superseded,
            QuoteRefused::AlreadySigned { .. } => Closed::Accepted,
            QuoteRefused::WrongState { .. } => Closed::Cancelled,
            _ => Closed::Unavailable,
        }
    }
}

/// Looks at every byte, wherever the first difference is.
fn same_bytes(one: &[u8], other: &[u8]) -> bool {
    let differences = one.iter().zip(other).fold(0_u8, |all, (a, b)| all | (a ^ b));
    one.len() == other.len() && std::hint::black_box(differences) == 0
}
