//! Records that others watch: open screens, rules with their timers, and other systems that are told.

/// A kind of record that is watched. One more is found by the compiler wherever it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Watched {
    Quote,
    Order,
    Customer,
    Task,
}

impl Watched {
    pub const ALL: [Watched; 4] = [Watched::Quote, Watched::Order, Watched::Customer, Watched::Task];

    /// The name in the log and on the wire.
    pub fn key(self) -> &'static str {
        match self {
            Watched::Quote => "quote",
            Watched::Order => "order",
            Watched::Customer => "customer",
            Watched::Task => "task",
        }
    }

    /// The kind of that name; `None` for what nobody watches.
    pub fn from_key(key: &str) -> Option<Watched> {
        Watched::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

#[cfg(test)]
mod tests {
    use super::Watched;

    #[test]
    fn every_kind_is_known_by_its_name_and_nothing_else_is_watched() {
        for kind in Watched::ALL {
            assert_eq!(Watched::from_key(kind.key()), Some(kind));
        }
        assert_eq!(["person", "Quote", ""].map(Watched::from_key), [None; 3]);
    }
}
