//! What rules can be about. Another kind of record is one more here, and the compiler names the places that have to know it.

use domain::base::Watched;
use store::automation::QUOTE;

/// How timers, tasks and the log call what is about no record of anybody; its id is 1.
const COMPANY: &str = "company";

/// What a timer, a task or a message of a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum About {
    Quote,
    /// The calendar alone.
    Company,
}

impl About {
    /// The name in the log, and of timers and tasks.
    pub fn key(self) -> &'static str {
        match self {
            About::Quote => QUOTE,
            About::Company => COMPANY,
        }
    }

    /// What that name stands for; `None` for what no rule can be about.
    pub fn of(entity: &str) -> Option<About> {
        match Watched::from_key(entity) {
            Some(Watched::Quote) => Some(About::Quote),
            Some(Watched::Order | Watched::Customer | Watched::Task) => None,
            None => Some(About::Company).filter(|about| about.key() == entity),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_rules_can_be_about_is_known_by_its_name_and_nothing_else_is() {
        for about in [About::Quote, About::Company] {
            assert_eq!(About::of(about.key()), Some(about));
        }
        assert_eq!(["order", "customer", "task", "person", ""].map(About::of), [None; 5]);
    }
}
