//! What a list of quotations asks of the database: the conditions that are asked and no others, led by those that one index
//! serves. The rest stands as `(…) IS TRUE`, which is looked at row by row and draws no engine to another index: SQLite has
//! no statistics and would take a state for rarer than a day.

use domain::access::Scope;
use domain::base::Date;
use domain::quotes::{LostAsked, QuoteSort, QuoteState, ShownState};

use super::list::{PlaceKey, QuoteFilter, QuotePlace};
use crate::Value;
use crate::search::{WORDS_MAX, holds, in_name};

/// What a condition is about, as far as an index knows it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum About {
    Customer,
    Owner,
    Branch,
    State,
    /// The last valid day of what is issued.
    Valid,
    Day,
    Money,
    /// Nothing that an index of the list leads to.
    Other,
}

/// Over which index the list goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lead {
    Customer,
    Owner,
    Branch,
    State,
    Valid,
    /// One state, by the last valid day.
    Ending,
    Day,
    Money,
    /// Each part of what the person sees over an index of its own.
    Sight,
}

/// One way to rows: `lead` is served by an index, `held` is looked at in each row.
struct Arm {
    lead: Vec<String>,
    held: Vec<String>,
}

/// A list as it is asked for, and the values that its texts name by their numbers.
#[derive(Clone)]
pub(super) struct Asked<'a> {
    scope: &'a Scope,
    filter: &'a QuoteFilter,
    today: Date,
    after: Option<QuotePlace>,
    /// More are found than are counted: so many that a page is full soon, whatever order is walked.
    many: bool,
    pub(super) values: Vec<Value>,
}

/// The last valid day as lists are sorted by it: what has none comes last.
const END: &str = "COALESCE(q.valid_until, '9999-12-31')";

impl<'a> Asked<'a> {
    /// All that the filter finds.
    pub(super) fn all(scope: &'a Scope, filter: &'a QuoteFilter, today: Date) -> Asked<'a> {
        Asked { scope, filter, today, after: None, many: false, values: Vec::new() }
    }

    /// What comes after the place, of a list that is longer than what is counted (`many`) or not.
    pub(super) fn behind(self, after: Option<QuotePlace>, many: bool) -> Asked<'a> {
        Asked { after, many, ..self }
    }

    /// Whether the index that leads has the rows in the order of the list, so that a page need not read them all.
    pub(super) fn is_in_order(&self) -> bool {
        let known = self.many || self.filter.is_told_by_indexes();
        match self.lead() {
            Lead::Money | Lead::Ending => true,
            Lead::Owner | Lead::State | Lead::Day => known && self.filter.sort == QuoteSort::Listed,
            Lead::Sight => known && self.filter.sort == QuoteSort::Listed && self.scope.path.is_none(),
            Lead::Customer | Lead::Branch | Lead::Valid => false,
        }
    }

    /// Whether the list is one of the whole company, so that it may be much longer than what is counted.
    pub(super) fn is_wide(&self) -> bool {
        let filter = self.filter;
        let known = filter.is_told_by_indexes() && filter.customer.is_none() && filter.owner.is_none();
        known && self.sees_all()
    }

    /// A statement for the rows that are asked, with these columns of `q`; of each row once, in no order.
    pub(super) fn rows(&mut self, columns: &str) -> String {
        let arms: Vec<String> = self.arms().iter().map(|arm| arm.text(columns)).collect();
        arms.join(" UNION ALL ")
    }

    /// What the rows are sorted by, and in which direction; within the same, the newest number first.
    pub(super) fn order(&self) -> (&'static str, &'static str) {
        match self.filter.sort {
            QuoteSort::Listed => ("q.listed_day", "DESC"),
            QuoteSort::Net => ("q.net", "DESC"),
            QuoteSort::ValidUntil if self.have_ends() => ("q.valid_until", "ASC"),
            QuoteSort::ValidUntil => (END, "ASC"),
        }
    }

    /// The same key as what no index has in its order: what must be sorted is found by what is asked, and no engine walks all
    /// rows in the order of the list instead.
    pub(super) fn sorted_by(&self, key: &str) -> String {
        match self.filter.sort {
            QuoteSort::Net => format!("{key} + 0"),
            QuoteSort::Listed | QuoteSort::ValidUntil => format!("{key} || ''"),
        }
    }

    /// Keeps a value; the name by which a text asks for it.
    pub(super) fn put(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }

    /// Whether all that is asked has a last valid day of its own: one state, and not that of drafts.
    fn have_ends(&self) -> bool {
        matches!(self.states().as_slice(), [state] if *state != QuoteState::Draft.key())
    }

    fn sees_all(&self) -> bool {
        self.scope.path.as_deref() == Some("/")
    }

    /// A customer has few. Of many, the most money is soon found from the top. What one person owns, and what a person sees
    /// who sees no branch, is few beside the whole; what is left goes by its branch or its state, and by its day.
    fn lead(&self) -> Lead {
        let filter = self.filter;
        if filter.customer.is_some() {
            Lead::Customer
        } else if self.many && filter.sort == QuoteSort::Net {
            Lead::Money
        } else if filter.owner.is_some() {
            Lead::Owner
        } else if self.scope.path.is_none() {
            Lead::Sight
        } else if !self.many && filter.states == [ShownState::Issued] {
            Lead::Valid
        } else if self.many && filter.sort == QuoteSort::ValidUntil && self.have_ends() {
            Lead::Ending
        } else if !self.many && filter.branch.is_some() {
            Lead::Branch
        } else if !self.many && !self.sees_all() && !self.is_short() {
            Lead::Sight
        } else if self.states().len() == 1 {
            Lead::State
        } else {
            Lead::Day
        }
    }

    /// Drafts, or days of whatever state: few beside all that a region has.
    fn is_short(&self) -> bool {
        let days = self.filter.from.is_some() && self.states().len() != 1;
        days || self.filter.states == [ShownState::Draft]
    }

    fn arms(&mut self) -> Vec<Arm> {
        let lead = self.lead();
        let mut conditions = self.conditions();
        if lead == Lead::Day && (self.many || self.filter.is_told_by_indexes()) {
            // True of every row: without a day SQLite would go over whichever index is the narrowest.
            conditions.push((About::Day, "q.listed_day > ''".to_string()));
        }
        if lead == Lead::Sight {
            return self.arms_of_sight(&conditions);
        }
        let mut arm = Arm::led(&conditions, lead.serves());
        if !self.sees_all() {
            let sight = self.sight();
            arm.held.push(sight);
        }
        vec![arm]
    }

    /// The parts of what the person sees, none of which holds a row of another one.
    fn arms_of_sight(&mut self, conditions: &[(About, String)]) -> Vec<Arm> {
        let person = self.put(self.scope.person);
        let reach = self.reach();
        let customers = customers_seen(&person, reach.as_deref());
        let own = Arm::led(conditions, &[About::Day]).with(format!("q.owner_id = {person}"));
        // What others have quoted to one's customers is little beside what one quoted oneself: found past that.
        let others = ["<", ">"].map(|side| {
            let whose = format!("q.customer_id IN ({customers}) AND q.owner_id {side} {person}");
            Arm::led(conditions, &[]).with(whose)
        });
        let arms = std::iter::once(own).chain(others);
        let Some(reach) = reach else { return arms.collect() };
        let beneath = branches_seen(&reach);
        let elsewhere = format!("q.branch_id NOT IN ({beneath})");
        let beneath = Arm::led(conditions, Lead::Branch.serves()).with(format!("q.branch_id IN ({beneath})"));
        std::iter::once(beneath).chain(arms.map(|arm| arm.holding(elsewhere.clone()))).collect()
    }

    /// Whether a row is seen. The rule is `domain::customers::DocumentStanding::within`.
    fn sight(&mut self) -> String {
        let person = self.put(self.scope.person);
        let reach = self.reach();
        let branch = match &reach {
            Some(reach) => format!(" OR q.branch_id IN ({})", branches_seen(reach)),
            None => String::new(),
        };
        let customers = customers_seen(&person, reach.as_deref());
        format!("q.owner_id = {person}{branch} OR q.customer_id IN ({customers})")
    }

    /// The pattern of the reach; none for own records only.
    fn reach(&mut self) -> Option<String> {
        let beneath = self.scope.path.is_some();
        beneath.then(|| self.put(self.scope.like()))
    }

    /// The states of the table that are asked, each once.
    fn states(&self) -> Vec<&'static str> {
        let mut states: Vec<&'static str> = self.filter.states.iter().map(|it| kept_as(*it).key()).collect();
        if states.is_empty() && self.filter.lost.is_some() {
            states.push(QuoteState::Cancelled.key());
        }
        states.sort_unstable();
        states.dedup();
        states
    }

    fn conditions(&mut self) -> Vec<(About, String)> {
        let mut asked = Vec::new();
        let filter = self.filter;
        if let Some(customer) = filter.customer {
            asked.push((About::Customer, format!("q.customer_id = {}", self.put(customer))));
        }
        if let Some(owner) = filter.owner {
            asked.push((About::Owner, format!("q.owner_id = {}", self.put(owner))));
        }
        if let Some(branch) = filter.branch {
            let beneath = format!(
                "SELECT f.id FROM org_unit r JOIN org_unit f ON f.path LIKE r.path || '%' WHERE r.id = {}",
                self.put(branch)
            );
            asked.push((About::Branch, format!("q.branch_id IN ({beneath})")));
        }
        self.ask_states(&mut asked);
        self.ask_days(&mut asked);
        self.ask_lost(&mut asked);
        if let Some(category) = filter.category {
            let line = format!(
                "EXISTS (SELECT 1 FROM quote_line l JOIN product p ON p.id = l.product_id
                WHERE l.quote_id = q.id AND p.category_id = {})",
                self.put(category)
            );
            asked.push((About::Other, line));
        }
        for word in filter.search.split_whitespace().take(WORDS_MAX) {
            let text = self.holds_word(word);
            asked.push((About::Other, text));
        }
        self.ask_place(&mut asked);
        asked
    }

    /// Whether a quotation, or what the person may know of its customer, holds a word.
    fn holds_word(&mut self, word: &str) -> String {
        let filter = self.filter;
        let held = self.put(holds(word));
        let whole = format!("c.search LIKE {held} ESCAPE '\\'");
        let customer = match &filter.customers {
            Some(scope) if scope.path.as_deref() == Some("/") => whole,
            customers => {
                let name = self.put(in_name(word));
                let named =
                    format!("c.name_key LIKE {name} ESCAPE '\\' OR c.initials LIKE {held} ESCAPE '\\'");
                match customers {
                    Some(scope) => {
                        let person = self.put(scope.person);
                        let reach = scope.path.is_some().then(|| self.put(scope.like()));
                        let seen = customers_seen(&person, reach.as_deref());
                        format!("{named} OR ({whole} AND c.id IN ({seen}))")
                    }
                    None => named,
                }
            }
        };
        let found = format!("SELECT c.id FROM customer c WHERE {customer}");
        format!("q.customer_id IN ({found}) OR q.search LIKE {held} ESCAPE '\\'")
    }

    fn ask_states(&mut self, asked: &mut Vec<(About, String)>) {
        let states = self.states();
        match states.as_slice() {
            [] => return,
            [state] => asked.push((About::State, format!("q.state = '{state}'"))),
            states => asked.push((About::Other, format!("q.state IN ('{}')", states.join("', '")))),
        }
        let among = |state| self.filter.states.contains(&state);
        let side = match (among(ShownState::Issued), among(ShownState::Expired)) {
            (true, false) => ">=",
            (false, true) => "<",
            (true, true) | (false, false) => return,
        };
        let ends = format!("q.valid_until {side} {}", self.put(self.today));
        match states.len() {
            1 => asked.push((About::Valid, ends)),
            _ => asked.push((About::Other, format!("q.state <> 'issued' OR {ends}"))),
        }
    }

    fn ask_days(&mut self, asked: &mut Vec<(About, String)>) {
        if let Some(from) = self.filter.from {
            asked.push((About::Day, format!("q.listed_day >= {}", self.put(from))));
        }
        if let Some(to) = self.filter.to {
            // A place of the list is no later, and an index takes one end on each side.
            let placed = self.after.is_some() && self.filter.sort == QuoteSort::Listed;
            let about = if placed { About::Other } else { About::Day };
            asked.push((about, format!("q.listed_day <= {}", self.put(to))));
        }
        if let Some(last) = self.filter.valid_to {
            asked.push((About::Valid, format!("q.valid_until <= {}", self.put(last))));
        }
    }

    fn ask_lost(&mut self, asked: &mut Vec<(About, String)>) {
        let why = match self.filter.lost {
            None => return,
            Some(LostAsked::Any) => "q.lost_why IS NOT NULL".to_string(),
            Some(LostAsked::Not) => "q.lost_why IS NULL".to_string(),
            Some(LostAsked::Why(why)) => format!("q.lost_why = {}", self.put(why.key())),
        };
        asked.push((About::Other, format!("q.state = 'cancelled' AND {why}")));
    }

    fn ask_place(&mut self, asked: &mut Vec<(About, String)>) {
        let Some(QuotePlace { key, id }) = self.after else { return };
        let key = match key {
            PlaceKey::Day(day) => self.put(day),
            PlaceKey::Net(net) => self.put(net),
        };
        let id = self.put(id);
        let (about, sign) = match self.filter.sort {
            QuoteSort::Listed => (About::Day, "<"),
            QuoteSort::Net => (About::Money, "<"),
            QuoteSort::ValidUntil => (About::Valid, ">"),
        };
        let (column, _) = self.order();
        asked.push((about, format!("{column} {sign}= {key}")));
        asked.push((About::Other, format!("{column} {sign} {key} OR q.id < {id}")));
    }
}

impl Lead {
    /// What its index leads to.
    fn serves(self) -> &'static [About] {
        match self {
            Lead::Customer => &[About::Customer],
            Lead::Owner => &[About::Owner, About::Day],
            Lead::Branch => &[About::Branch, About::State, About::Day],
            Lead::State => &[About::State, About::Day],
            Lead::Valid | Lead::Ending => &[About::State, About::Valid],
            Lead::Day | Lead::Sight => &[About::Day],
            Lead::Money => &[About::Money],
        }
    }
}

impl Arm {
    /// With what the index serves in front, and everything else held.
    fn led(conditions: &[(About, String)], serves: &[About]) -> Arm {
        let texts = |led: bool| {
            let fits = conditions.iter().filter(move |(about, _)| serves.contains(about) == led);
            fits.map(|(_, text)| text.clone()).collect()
        };
        Arm { lead: texts(true), held: texts(false) }
    }

    fn with(mut self, lead: String) -> Arm {
        self.lead.insert(0, lead);
        self
    }

    fn holding(mut self, held: String) -> Arm {
        self.held.push(held);
        self
    }

    fn text(&self, columns: &str) -> String {
        let held = self.held.iter().map(|condition| format!("({condition}) IS TRUE"));
        let conditions: Vec<String> = self.lead.iter().cloned().chain(held).collect();
        let asked = if conditions.is_empty() { "" } else { " WHERE " };
        format!("SELECT {columns} FROM quote q{asked}{}", conditions.join(" AND "))
    }
}

/// As what the table keeps a state that is shown.
fn kept_as(state: ShownState) -> QuoteState {
    match state {
        ShownState::Draft => QuoteState::Draft,
        ShownState::Issued | ShownState::Expired => QuoteState::Issued,
        ShownState::Signed => QuoteState::Signed,
        ShownState::Cancelled => QuoteState::Cancelled,
        ShownState::Superseded => QuoteState::Superseded,
    }
}

fn branches_seen(reach: &str) -> String {
    format!("SELECT w.id FROM org_unit w WHERE w.path LIKE {reach}")
}

/// Customers that the person owns, helps with, or has beneath them.
fn customers_seen(person: &str, reach: Option<&str>) -> String {
    let beneath = match reach {
        Some(reach) => {
            format!(" UNION SELECT c.id FROM customer c WHERE c.branch_id IN ({})", branches_seen(reach))
        }
        None => String::new(),
    };
    format!(
        "SELECT c.id FROM customer c WHERE c.owner_id = {person}
        UNION SELECT h.customer_id FROM customer_helper h WHERE h.person_id = {person}{beneath}"
    )
}
