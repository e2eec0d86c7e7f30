//! What is kept of a customer, and what an edit makes of it.

use super::words::FLOORS;
use crate::base::{FieldFault, Invalid, OrgId, PersonId, fold_width, pinyin_initials, visible};

/// Longest name.
pub const NAME_LETTERS_MAX: usize = 80;
/// Longest name of a city.
pub const CITY_LETTERS_MAX: usize = 40;
/// Longest contact, phone or address.
pub const LINE_LETTERS_MAX: usize = 200;
/// Longest notes.
pub const NOTES_LETTERS_MAX: usize = 2_000;

/// Everything that people may change about a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attributes {
    pub name: String,
    pub contact: String,
    pub phone: String,
    pub city: String,
    pub address: String,
    pub notes: String,
    /// 工程商, 分销商 …
    pub kind: Option<String>,
    pub tier: Option<String>,
    pub owner: PersonId,
    pub branch: OrgId,
}

/// What shall be changed; `None` stays as it is, `Some(None)` empties.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CustomerEdit {
    pub name: Option<String>,
    pub contact: Option<String>,
    pub phone: Option<String>,
    pub city: Option<String>,
    pub address: Option<String>,
    pub notes: Option<String>,
    pub kind: Option<Option<String>>,
    pub tier: Option<Option<String>>,
    pub owner: Option<PersonId>,
    pub branch: Option<OrgId>,
}

/// What type and tier may be chosen from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    pub kinds: Vec<String>,
    /// Tiers in force that no queued release takes away.
    pub tiers: Vec<String>,
}

/// One attribute, by its name on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Name,
    Contact,
    Phone,
    City,
    Address,
    Notes,
    Kind,
    Tier,
    Owner,
    Branch,
}

/// An attribute that is no longer what it was; owner and branch by their numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub field: Field,
    pub before: String,
    pub after: String,
}

impl Field {
    pub const ALL: &'static [Field] = &[
        Field::Name,
        Field::Contact,
        Field::Phone,
        Field::City,
        Field::Address,
        Field::Notes,
        Field::Kind,
        Field::Tier,
        Field::Owner,
        Field::Branch,
    ];

    /// The name in the log and on the wire.
    pub fn key(self) -> &'static str {
        match self {
            Field::Name => "name",
            Field::Contact => "contact",
            Field::Phone => "phone",
            Field::City => "city",
            Field::Address => "address",
            Field::Notes => "notes",
            Field::Kind => "type",
            Field::Tier => "tier",
            Field::Owner => "owner",
            Field::Branch => "branch",
        }
    }

    /// The attribute of that name.
    pub fn from_key(key: &str) -> Option<Field> {
        Field::ALL.iter().copied().find(|field| field.key() == key)
    }

    /// Type, tier, owner and branch decide about prices and sight: changing them needs a right of its own.
    pub fn is_assigned(self) -> bool {
        matches!(self, Field::Kind | Field::Tier | Field::Owner | Field::Branch)
    }
}

impl Attributes {
    /// A customer of whom nothing is known but whose he is.
    pub fn blank(owner: PersonId, branch: OrgId) -> Attributes {
        Attributes {
            name: String::new(),
            contact: String::new(),
            phone: String::new(),
            city: String::new(),
            address: String::new(),
            notes: String::new(),
            kind: None,
            tier: None,
            owner,
            branch,
        }
    }
}

impl CustomerEdit {
    /// Whether it gives the customer another type, tier, owner or branch.
    pub fn assigns(&self, before: &Attributes) -> bool {
        let other = |given: &Option<Option<String>>, kept: &Option<String>| {
            given.is_some() && chosen(given.clone(), kept.as_ref()) != *kept
        };
        other(&self.kind, &before.kind)
            || other(&self.tier, &before.tier)
            || self.owner.is_some_and(|owner| owner != before.owner)
            || self.branch.is_some_and(|branch| branch != before.branch)
    }

    /// Whether it names an attribute that is not assigned.
    pub fn writes(&self) -> bool {
        [&self.name, &self.contact, &self.phone, &self.city, &self.address, &self.notes]
            .into_iter()
            .any(Option::is_some)
    }
}

/// How a text is read: noting its faults, at a path, up to so many letters.
type Read = fn(&mut Invalid, &str, &str, usize) -> String;

/// What `edit` makes of `before`, every text trimmed and inside its limit. What stays is not looked at again: a tier
/// that was withdrawn meanwhile does not stop a new phone number.
pub fn accept(before: &Attributes, edit: CustomerEdit, choices: &Choices) -> Result<Attributes, Invalid> {
    let mut faults = Invalid::default();
    let name = match edit.name {
        Some(name) if before.name.is_empty() || visible(&name) != before.name => {
            faults.name("name", &name, NAME_LETTERS_MAX)
        }
        Some(_) | None => before.name.clone(),
    };
    let mut text = |read: Read, path: &str, given: Option<String>, kept: &str, letters_max: usize| match given
    {
        Some(given) if visible(&given) != kept => read(&mut faults, path, &given, letters_max),
        Some(_) | None => kept.to_string(),
    };
    let after = Attributes {
        name,
        contact: text(Invalid::line, "contact", edit.contact, &before.contact, LINE_LETTERS_MAX),
        phone: text(Invalid::line, "phone", edit.phone, &before.phone, LINE_LETTERS_MAX),
        city: text(Invalid::line, "city", edit.city, &before.city, CITY_LETTERS_MAX),
        address: text(Invalid::optional, "address", edit.address, &before.address, LINE_LETTERS_MAX),
        notes: text(Invalid::optional, "notes", edit.notes, &before.notes, NOTES_LETTERS_MAX),
        kind: chosen(edit.kind, before.kind.as_ref()),
        tier: chosen(edit.tier, before.tier.as_ref()),
        owner: edit.owner.unwrap_or(before.owner),
        branch: edit.branch.unwrap_or(before.branch),
    };
    if name_key(&after.name).is_empty() && !after.name.is_empty() {
        faults.add("name", FieldFault::BadSign);
    }
    let mut choose = |path: &str, before: &Option<String>, after: &Option<String>, from: &[String]| {
        let known = after.as_ref().is_none_or(|chosen| from.contains(chosen));
        if !known && before != after {
            faults.add(path, FieldFault::NoChoice);
        }
    };
    choose("type", &before.kind, &after.kind, &choices.kinds);
    choose("tier", &before.tier, &after.tier, &choices.tiers);
    faults.or_go_on()?;
    Ok(after)
}

fn chosen(given: Option<Option<String>>, kept: Option<&String>) -> Option<String> {
    match given {
        Some(given) => given.map(|text| text.trim().to_string()).filter(|text| !text.is_empty()),
        None => kept.cloned(),
    }
}

/// Every attribute in which the two differ.
pub fn changed(before: &Attributes, after: &Attributes) -> Vec<Change> {
    let differs = |field: &Field| {
        let (before, after) = (value(before, *field), value(after, *field));
        if before == after { None } else { Some(Change { field: *field, before, after }) }
    };
    Field::ALL.iter().filter_map(differs).collect()
}

fn value(of: &Attributes, field: Field) -> String {
    match field {
        Field::Name => of.name.clone(),
        Field::Contact => of.contact.clone(),
        Field::Phone => of.phone.clone(),
        Field::City => of.city.clone(),
        Field::Address => of.address.clone(),
        Field::Notes => of.notes.clone(),
        Field::Kind => of.kind.clone().unwrap_or_default(),
        Field::Tier => of.tier.clone().unwrap_or_default(),
        Field::Owner => of.owner.0.to_string(),
        Field::Branch => of.branch.0.to_string(),
    }
}

/// A name as it is compared: half width, lower case, without spaces and signs around letters.
pub fn name_key(name: &str) -> String {
    fold_width(name).to_lowercase().chars().filter(|sign| sign.is_alphanumeric()).collect()
}

/// Whether two names read the same: as they are compared, and with the signs that make another name of it: a plus, and a
/// dash that is a minus or keeps two figures apart.
pub fn reads_alike(name: &str, other: &str) -> bool {
    read_aloud(name) == read_aloud(other)
}

fn read_aloud(name: &str) -> String {
    let folded = fold_width(name).to_lowercase();
    let mut read = String::with_capacity(folded.len());
    let (mut before, mut written, mut signs) = (None, None, folded.chars());
    while let Some(sign) = signs.next() {
        let rest = signs.as_str();
        let minus = matches!(sign, '-' | '\u{2212}') && is_minus(before, rest);
        if minus || (is_dash(sign) && keeps_apart(written, rest)) {
            read.push('-');
        } else if sign == '+' || sign.is_alphanumeric() {
            read.push(sign);
        }
        before = Some(sign);
        written = before.filter(|sign| !sign.is_whitespace()).or(written);
    }
    read
}

/// Whether what stands between these is a minus: before a figure where nothing is joined to it, or before a floor. Behind a
/// letter of the alphabet (B-1层) it only joins, as it does before a figure that counts anything else (恒达-2店).
fn is_minus(before: Option<char>, rest: &str) -> bool {
    let behind = rest.trim_start_matches(|sign: char| sign.is_ascii_digit());
    if behind.len() == rest.len() {
        return false;
    }
    match before.filter(|sign| sign.is_alphanumeric()) {
        None => true,
        Some(joined) => !joined.is_ascii() && behind.starts_with(FLOORS),
    }
}

/// Whether a dash stands between two figures, which are one without it: 1-3店 is not 13店.
fn keeps_apart(written: Option<char>, rest: &str) -> bool {
    let is_figure = |sign: char| sign.is_ascii_digit();
    written.is_some_and(is_figure) && rest.trim_start().starts_with(is_figure)
}

/// Every sign that people type for a dash.
fn is_dash(sign: char) -> bool {
    matches!(sign, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// Pinyin initials of the name.
pub fn initials(name: &str) -> String {
    pinyin_initials(name)
}

/// Everything that a customer is found by, in lower case: name, code, contact, phone, initials.
pub fn search_text(code: &str, of: &Attributes) -> String {
    let dialled: String = of.phone.chars().filter(char::is_ascii_digit).collect();
    let initials = [initials(&of.name), initials(&of.contact)].join(" ");
    let words = [of.name.as_str(), code, &of.contact, &of.phone, &dialled, &of.city, &initials];
    fold_width(&words.join(" ")).to_lowercase()
}

/// The code of the `n`th customer: `K000123`.
pub fn code_of(n: i64) -> String {
    format!("K{n:06}")
}
