//! Lists of quotations: what they may be sorted by, and the columns that a view or an export may show.

use super::after::LostWhy;

/// What a list is sorted by; the number breaks ties.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum QuoteSort {
    /// Day of issue, of drafts of their last change; newest first.
    #[default]
    Listed,
    /// Most money first.
    Net,
    /// What ends first on top; drafts without a day of their own come last.
    ValidUntil,
}

/// Which of the ended quotations are asked for: those that count as lost are the ones with a reason of the closed list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LostAsked {
    /// Lost, for whatever reason.
    Any,
    /// Ended otherwise.
    Not,
    /// Lost for this reason.
    Why(LostWhy),
}

/// A column of a list of quotations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuoteColumn {
    Number,
    Customer,
    Content,
    State,
    ValidUntil,
    Owner,
    Branch,
    Issued,
    Updated,
    Lines,
    Order,
    Net,
    /// Only for those who see cost.
    Margin,
}

/// A column of a list of orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderColumn {
    Number,
    Customer,
    Content,
    SignedDay,
    Signer,
    Owner,
    Branch,
    Quote,
    Lines,
    /// Only for those who see prices.
    Net,
}

impl LostAsked {
    /// The name on the wire: `any`, `no`, or the reason's own.
    pub fn key(self) -> &'static str {
        match self {
            LostAsked::Any => "any",
            LostAsked::Not => "no",
            LostAsked::Why(why) => why.key(),
        }
    }

    pub fn from_key(key: &str) -> Option<LostAsked> {
        match key {
            "any" => Some(LostAsked::Any),
            "no" => Some(LostAsked::Not),
            why => LostWhy::from_key(why).map(LostAsked::Why),
        }
    }
}

impl QuoteSort {
    pub const ALL: [QuoteSort; 3] = [QuoteSort::Listed, QuoteSort::Net, QuoteSort::ValidUntil];

    /// The name on the wire.
    pub fn key(self) -> &'static str {
        match self {
            QuoteSort::Listed => "listed",
            QuoteSort::Net => "net",
            QuoteSort::ValidUntil => "valid",
        }
    }

    pub fn from_key(key: &str) -> Option<QuoteSort> {
        QuoteSort::ALL.into_iter().find(|sort| sort.key() == key)
    }
}

impl QuoteColumn {
    pub const ALL: [QuoteColumn; 13] = [
        QuoteColumn::Number,
        QuoteColumn::Customer,
        QuoteColumn::Content,
        QuoteColumn::State,
        QuoteColumn::ValidUntil,
        QuoteColumn::Owner,
        QuoteColumn::Branch,
        QuoteColumn::Issued,
        QuoteColumn::Updated,
        QuoteColumn::Lines,
        QuoteColumn::Order,
        QuoteColumn::Net,
        QuoteColumn::Margin,
    ];

    /// The name on the wire.
    pub fn key(self) -> &'static str {
        match self {
            QuoteColumn::Number => "number",
            QuoteColumn::Customer => "customer",
            QuoteColumn::Content => "content",
            QuoteColumn::State => "state",
            QuoteColumn::ValidUntil => "valid",
            QuoteColumn::Owner => "owner",
            QuoteColumn::Branch => "branch",
            QuoteColumn::Issued => "issued",
            QuoteColumn::Updated => "updated",
            QuoteColumn::Lines => "lines",
            QuoteColumn::Order => "order",
            QuoteColumn::Net => "net",
            QuoteColumn::Margin => "margin",
        }
    }

    pub fn from_key(key: &str) -> Option<QuoteColumn> {
        QuoteColumn::ALL.into_iter().find(|column| column.key() == key)
    }
}

impl OrderColumn {
    pub const ALL: [OrderColumn; 10] = [
        OrderColumn::Number,
        OrderColumn::Customer,
        OrderColumn::Content,
        OrderColumn::SignedDay,
        OrderColumn::Signer,
        OrderColumn::Owner,
        OrderColumn::Branch,
        OrderColumn::Quote,
        OrderColumn::Lines,
        OrderColumn::Net,
    ];

    /// The name on the wire.
    pub fn key(self) -> &'static str {
        match self {
            OrderColumn::Number => "number",
            OrderColumn::Customer => "customer",
            OrderColumn::Content => "content",
            OrderColumn::SignedDay => "day",
            OrderColumn::Signer => "signer",
            OrderColumn::Owner => "owner",
            OrderColumn::Branch => "branch",
            OrderColumn::Quote => "quote",
            OrderColumn::Lines => "lines",
            OrderColumn::Net => "net",
        }
    }

    pub fn from_key(key: &str) -> Option<OrderColumn> {
        OrderColumn::ALL.into_iter().find(|column| column.key() == key)
    }
}
