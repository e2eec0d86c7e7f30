//! Lists of customers: the columns that a view or an export may show.

/// A column of a list of customers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CustomerColumn {
    Name,
    Code,
    Tier,
    Type,
    /// The person to talk to and the number, together.
    Contact,
    City,
    Owner,
    Branch,
    /// Day of the last order.
    LastOrder,
    /// What was signed in the last twelve months.
    Net12m,
}

impl CustomerColumn {
    pub const ALL: [CustomerColumn; 10] = [
        CustomerColumn::Name,
        CustomerColumn::Code,
        CustomerColumn::Tier,
        CustomerColumn::Type,
        CustomerColumn::Contact,
        CustomerColumn::City,
        CustomerColumn::Owner,
        CustomerColumn::Branch,
        CustomerColumn::LastOrder,
        CustomerColumn::Net12m,
    ];

    /// The name on the wire.
    pub fn key(self) -> &'static str {
        match self {
            CustomerColumn::Name => "name",
            CustomerColumn::Code => "code",
            CustomerColumn::Tier => "tier",
            CustomerColumn::Type => "type",
            CustomerColumn::Contact => "contact",
            CustomerColumn::City => "city",
            CustomerColumn::Owner => "owner",
            CustomerColumn::Branch => "branch",
            CustomerColumn::LastOrder => "last",
            CustomerColumn::Net12m => "net",
        }
    }

    pub fn from_key(key: &str) -> Option<CustomerColumn> {
        CustomerColumn::ALL.into_iter().find(|column| column.key() == key)
    }
}
