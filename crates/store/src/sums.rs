//! Sums that cannot overflow, whatever an old document says.

/// The amount of one document in SQL, never beyond the highest that one may have.
macro_rules! bounded {
    ($column:literal) => {
        concat!(
            "CASE WHEN ",
            $column,
            " > 100000000000 THEN 100000000000 WHEN ",
            $column,
            " < -100000000000 THEN -100000000000 ELSE ",
            $column,
            " END"
        )
    };
}

pub(crate) use bounded;

#[cfg(test)]
mod tests {
    #[test]
    fn the_bound_is_the_highest_amount_of_a_document() {
        let sql = bounded!("net");
        assert!(sql.contains(&format!("> {} THEN", domain::base::NET_MAX.0)), "{sql}");
    }
}
