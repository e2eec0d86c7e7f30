//! Whose a document is, written once for all SQL. The rule is `domain::customers::DocumentStanding::within`.

use domain::access::Scope;
use domain::base::PersonId;

/// Nobody has this number.
const NOBODY: PersonId = PersonId(0);

/// Person and pattern of a scope; of nobody when there is none.
pub(crate) fn reach_of(scope: Option<&Scope>) -> (PersonId, String) {
    scope.map_or((NOBODY, String::new()), |scope| (scope.person, scope.like()))
}

/// Whether a document is seen: `$document` is the alias of its table, `c` of its customer, `b` of its own branch.
/// `$person` asks, `$reach` is the pattern of the reach.
macro_rules! document_seen {
    ($document:literal, $person:literal, $reach:literal) => {
        concat!(
            "(",
            $document,
            ".owner_id = ",
            $person,
            " OR b.path LIKE ",
            $reach,
            " OR ",
            crate::sight::customer_seen!(
                "(SELECT w.path FROM org_unit w WHERE w.id = c.branch_id)",
                $person,
                $reach
            ),
            ")"
        )
    };
}

/// Whether a customer (alias `c`) is seen whose branch has the path `$path`.
macro_rules! customer_seen {
    ($path:literal, $person:literal, $reach:literal) => {
        concat!(
            "(c.owner_id = ",
            $person,
            " OR ",
            $path,
            " LIKE ",
            $reach,
            " OR EXISTS (SELECT 1 FROM customer_helper h WHERE h.customer_id = c.id AND h.person_id = ",
            $person,
            "))"
        )
    };
}

pub(crate) use {customer_seen, document_seen};
