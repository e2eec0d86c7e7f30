//! Typed reading of a tree: what is there, what is missing, and where it is wrong.

use domain::base::{BasisPoints, Date, Fen, NET_MAX, Qty, UnitPrice, parse_date};
use domain::calendar::{Hours, WorkTime};
use domain::pricing::Moment;

use super::node::{Node, NotJson};

/// A case that cannot be read: where, and what is wrong there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// `$.lines[0].qty`.
    pub path: String,
    pub what: What,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    NotJson {
        line: usize,
        column: usize,
    },
    TooDeep {
        depth_max: usize,
    },
    UnknownName,
    RepeatedName,
    Missing,
    Wanted(Wanted),
    TooManyDecimals {
        decimals_max: u32,
    },
    Negative,
    NotPositive,
    TooLarge,
    OutOfRange {
        min: &'static str,
        max: &'static str,
    },
    /// An emptied list must not mean "everyone".
    EmptyList,
    RepeatedId {
        id: String,
    },
    /// The id of no line of the case.
    UnknownLine {
        id: String,
    },
    UnknownProduct {
        id: String,
    },
    OneOf {
        names: &'static [&'static str],
    },
    AtMostOneOf {
        names: &'static [&'static str],
    },
    NotInFactors {
        unit: String,
    },
    /// Hours that end as they begin.
    EmptyHours,
    /// It ends before it begins.
    EndBeforeStart,
    NotYet,
}

/// The kind of value that should stand there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    Object,
    List,
    Text,
    Number,
    Whole,
    Bool,
    Moment,
    Factor,
    Day,
    TimeOfDay,
    WorkTime,
    /// A list of two: from and to.
    Pair,
    Word(&'static [&'static str]),
}

/// A value and its path.
#[derive(Clone, Debug)]
pub struct At<'a> {
    pub node: &'a Node,
    pub path: String,
}

/// An object whose names have been checked.
#[derive(Clone, Debug)]
pub struct Object<'a> {
    at: At<'a>,
}

/// Parses `text` and hands the tree to `then`.
pub fn read<T>(text: &str, then: impl FnOnce(At<'_>) -> Result<T, Fault>) -> Result<T, Fault> {
    let path = "$".to_string();
    let node = Node::parse(text).map_err(|fault| {
        let what = match fault {
            NotJson::Syntax { line, column } => What::NotJson { line, column },
            NotJson::TooDeep { depth_max } => What::TooDeep { depth_max },
        };
        Fault { path: path.clone(), what }
    })?;
    then(At { node: &node, path: path.clone() })
}

impl<'a> At<'a> {
    pub fn fault(&self, what: What) -> Fault {
        Fault { path: self.path.clone(), what }
    }

    /// An object with no names but `names`.
    pub fn object(self, names: &[&str]) -> Result<Object<'a>, Fault> {
        for (name, member) in self.members()? {
            if !names.contains(&name) {
                return Err(member.fault(What::UnknownName));
            }
        }
        Ok(Object { at: self })
    }

    /// The members of an object whose names are free, each name once.
    pub fn members(&self) -> Result<Vec<(&'a str, At<'a>)>, Fault> {
        let Node::Object(members) = self.node else {
            return Err(self.fault(What::Wanted(Wanted::Object)));
        };
        let mut seen = std::collections::HashSet::with_capacity(members.len());
        let mut read = Vec::with_capacity(members.len());
        for (name, node) in members {
            let member = At { node, path: format!("{}.{name}", self.path) };
            if !seen.insert(name) {
                return Err(member.fault(What::RepeatedName));
            }
            read.push((name.as_str(), member));
        }
        Ok(read)
    }

    pub fn list(&self) -> Result<Vec<At<'a>>, Fault> {
        let Node::List(items) = self.node else {
            return Err(self.fault(What::Wanted(Wanted::List)));
        };
        let item = |(place, node)| At { node, path: format!("{}[{place}]", self.path) };
        Ok(items.iter().enumerate().map(item).collect())
    }

    pub fn text(&self) -> Result<&'a str, Fault> {
        self.node.text().ok_or_else(|| self.fault(What::Wanted(Wanted::Text)))
    }

    pub fn bool(&self) -> Result<bool, Fault> {
        match self.node {
            Node::Bool(value) => Ok(*value),
            _ => Err(self.fault(What::Wanted(Wanted::Bool))),
        }
    }

    /// One of the words, as its place among them.
    pub fn word(&self, words: &'static [&'static str]) -> Result<usize, Fault> {
        let found = self.node.text().and_then(|text| words.iter().position(|word| *word == text));
        found.ok_or_else(|| self.fault(What::Wanted(Wanted::Word(words))))
    }

    /// A day, or a day with its time; the moment at which it begins, and whether it is a whole day.
    pub fn moment(&self) -> Result<(Moment, bool), Fault> {
        let moment = self.node.text().and_then(Moment::parse);
        moment.ok_or_else(|| self.fault(What::Wanted(Wanted::Moment)))
    }

    /// A day without a time.
    pub fn day(&self) -> Result<Date, Fault> {
        self.node.text().and_then(parse_date).ok_or_else(|| self.fault(What::Wanted(Wanted::Day)))
    }

    /// `2h`, `1h30m`.
    pub fn work_time(&self) -> Result<WorkTime, Fault> {
        self.node.text().and_then(WorkTime::parse).ok_or_else(|| self.fault(What::Wanted(Wanted::WorkTime)))
    }

    /// A list of two values.
    pub fn pair(&self) -> Result<[At<'a>; 2], Fault> {
        let pair: Result<[At<'a>; 2], _> = self.list()?.try_into();
        pair.map_err(|_| self.fault(What::Wanted(Wanted::Pair)))
    }

    /// `["08:30", "12:00"]`.
    pub fn hours(&self) -> Result<Hours, Fault> {
        let [from, to] = self.pair()?;
        let (opens, closes) = (from.text()?, to.text()?);
        if !Hours::may_open(opens) {
            return Err(from.fault(What::Wanted(Wanted::TimeOfDay)));
        }
        if !Hours::may_close(closes) {
            return Err(to.fault(What::Wanted(Wanted::TimeOfDay)));
        }
        Hours::parse(opens, closes).ok_or_else(|| self.fault(What::EmptyHours))
    }

    /// A price of one unit: at most four decimals, not negative.
    pub fn unit_price(&self) -> Result<UnitPrice, Fault> {
        self.not_negative(4).map(UnitPrice)
    }

    /// Money: at most two decimals, not negative, at most what a document may come to.
    pub fn money(&self) -> Result<Fen, Fault> {
        let amount = self.not_negative(2).map(Fen)?;
        if amount > NET_MAX { Err(self.fault(What::TooLarge)) } else { Ok(amount) }
    }

    /// A quantity: at most three decimals, not negative.
    pub fn qty(&self) -> Result<Qty, Fault> {
        self.not_negative(3).map(Qty)
    }

    /// 0 to 100.
    pub fn percent(&self) -> Result<BasisPoints, Fault> {
        let of = |value| u32::try_from(value).ok().and_then(BasisPoints::of_whole);
        of(self.decimal(2)?).ok_or_else(|| self.fault(What::OutOfRange { min: "0", max: "100" }))
    }

    /// 0 to 1000, for tiers, markups and formulas.
    pub fn markup(&self) -> Result<BasisPoints, Fault> {
        let of = |value| u32::try_from(value).ok().and_then(BasisPoints::of_markup);
        of(self.decimal(2)?).ok_or_else(|| self.fault(What::OutOfRange { min: "0", max: "1000" }))
    }

    /// A number in `10^-scale`, exactly as written.
    pub fn decimal(&self, scale: u32) -> Result<i64, Fault> {
        let exact = match self.node {
            Node::Number(text) => exact(text, scale),
            Node::Text(text) if is_plain(text) => exact(text, scale),
            _ => Err(What::Wanted(Wanted::Number)),
        };
        exact.map_err(|what| self.fault(what))
    }

    fn not_negative(&self, scale: u32) -> Result<i64, Fault> {
        let value = self.decimal(scale)?;
        if value < 0 { Err(self.fault(What::Negative)) } else { Ok(value) }
    }
}

impl<'a> Object<'a> {
    pub fn fault(&self, what: What) -> Fault {
        self.at.fault(what)
    }

    /// The member, when it is there and not null.
    pub fn get(&self, name: &str) -> Option<At<'a>> {
        let node = self.at.node.member(name).filter(|node| **node != Node::Null)?;
        Some(At { node, path: format!("{}.{name}", self.at.path) })
    }

    pub fn required(&self, name: &str) -> Result<At<'a>, Fault> {
        self.get(name).ok_or_else(|| Fault { path: format!("{}.{name}", self.at.path), what: What::Missing })
    }

    /// The items of a list that may be left out.
    pub fn list(&self, name: &str) -> Result<Vec<At<'a>>, Fault> {
        self.get(name).map_or(Ok(Vec::new()), |at| at.list())
    }

    /// The members of an object that may be left out.
    pub fn members(&self, name: &str) -> Result<Vec<(&'a str, At<'a>)>, Fault> {
        self.get(name).map_or(Ok(Vec::new()), |at| at.members())
    }

    /// A member that may be left out, read by `how`.
    pub fn optional<T>(
        &self,
        name: &str,
        how: impl FnOnce(&At<'a>) -> Result<T, Fault>,
    ) -> Result<Option<T>, Fault> {
        self.get(name).map(|at| how(&at)).transpose()
    }
}

/// `-12.50`: digits, at most one point with digits on both sides, no exponent.
fn is_plain(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let bare = text.strip_prefix('-').unwrap_or(text);
    match bare.split_once('.') {
        Some((whole, fraction)) => digits(whole) && digits(fraction),
        None => digits(bare),
    }
}

/// A JSON number in `10^-scale`. Zeros behind the last decimal that counts are no decimals.
fn exact(text: &str, scale: u32) -> Result<i64, What> {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let exponent: i64 = exponent.parse().map_err(|_| What::TooLarge)?;
    let (negative, bare) = mantissa.strip_prefix('-').map_or((false, mantissa), |bare| (true, bare));
    let (whole, fraction) = bare.split_once('.').unwrap_or((bare, ""));
    let digits = format!("{whole}{fraction}");
    let decimals = i64::try_from(fraction.len()).unwrap_or(i64::MAX);
    let kept = digits.trim_end_matches('0');
    let significant = kept.trim_start_matches('0');
    if significant.is_empty() {
        return Ok(0);
    }
    let dropped = i64::try_from(digits.len() - kept.len()).unwrap_or(i64::MAX);
    // The value is `significant` × 10^power.
    let power = exponent.saturating_sub(decimals).saturating_add(dropped);
    let shift = power.saturating_add(i64::from(scale));
    let Ok(shift) = u32::try_from(shift) else {
        return Err(What::TooManyDecimals { decimals_max: scale });
    };
    let significant: i64 = significant.parse().map_err(|_| What::TooLarge)?;
    let value = 10_i64.checked_pow(shift).and_then(|factor| significant.checked_mul(factor));
    let value = value.ok_or(What::TooLarge)?;
    Ok(if negative { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn decimal(json: &str, scale: u32, expected: Result<i64, What>) {
        let outcome = read(json, |at| at.decimal(scale)).map_err(|fault| fault.what);
        assert_eq!(outcome, expected, "{json}");
    }

    #[test]
    fn numbers_are_read_exactly_as_text_or_number() {
        for (json, value) in [
            ("128", 12_800),
            ("\"128.00\"", 12_800),
            ("1.1", 110),
            ("0.1e1", 100),
            ("1.28E+2", 12_800),
            ("12800e-2", 12_800),
            ("-0.05", -5),
            ("\"-0.05\"", -5),
            ("0.000", 0),
            ("1.500", 150),
            ("92233720368547758.07", i64::MAX),
        ] {
            decimal(json, 2, Ok(value));
        }
    }

    #[test]
    fn what_is_no_exact_number_is_refused() {
        for json in ["1.005", "\"1.001\"", "1e-3"] {
            decimal(json, 2, Err(What::TooManyDecimals { decimals_max: 2 }));
        }
        for json in ["92233720368547758.08", "1e30", "1e99999999999999999999"] {
            decimal(json, 2, Err(What::TooLarge));
        }
        for json in
            ["\"1,280\"", "\"￥1\"", "\"1e3\"", "\"\"", "\" 1\"", "\".5\"", "\"5.\"", "true", "[]", "\"--1\""]
        {
            decimal(json, 2, Err(What::Wanted(Wanted::Number)));
        }
    }

    #[test]
    fn a_fault_says_where() {
        let path = |json: &str| {
            let qty = |at: At<'_>| {
                let object = at.object(&["lines"])?;
                object
                    .list("lines")?
                    .into_iter()
                    .map(|line| line.object(&["qty"])?.required("qty")?.qty())
                    .collect()
            };
            let outcome: Result<Vec<Qty>, Fault> = read(json, qty);
            let fault = outcome.unwrap_err();
            (fault.path, fault.what)
        };
        assert_eq!(path(r#"{"lines":[{"qty":1},{}]}"#), ("$.lines[1].qty".to_string(), What::Missing));
        assert_eq!(path(r#"{"lines":[{"qty":-1}]}"#), ("$.lines[0].qty".to_string(), What::Negative));
        assert_eq!(
            path(r#"{"lines":[{"qty":1,"qty":2}]}"#),
            ("$.lines[0].qty".to_string(), What::RepeatedName)
        );
        assert_eq!(path(r#"{"colour":1}"#), ("$.colour".to_string(), What::UnknownName));
        assert_eq!(path(r#"{"lines":{}}"#), ("$.lines".to_string(), What::Wanted(Wanted::List)));
        assert_eq!(path("{\n1}"), ("$".to_string(), What::NotJson { line: 2, column: 1 }));
    }

    #[test]
    fn deep_nesting_is_refused_and_does_not_exhaust_the_stack() {
        let deep = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(read(&deep(33), |_| Ok(())).is_ok());
        for depth in [34, 100_000] {
            let fault = read(&deep(depth), |_| Ok(())).unwrap_err();
            assert!(matches!(fault.what, What::TooDeep { .. } | What::NotJson { .. }), "{depth}: {fault:?}");
        }
    }
}
