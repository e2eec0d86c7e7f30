//! The names of a list's columns, as the description of the interface says them: the web types its columns from these.

use domain::customers::CustomerColumn;
use domain::quotes::{OrderColumn, QuoteColumn};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

/// A type that stands in the description for the name of a column; what is sent is read by `columns_of`.
macro_rules! column_names {
    ($($name:ident: $column:ty, $about:literal;)*) => {$(
        #[doc = $about]
        pub enum $name {}

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                names(<$column>::ALL.map(<$column>::key))
            }
        }

        impl ToSchema for $name {}
    )*};
}

column_names! {
    QuoteColumnName: QuoteColumn, "A column of a list of quotations, by its name.";
    OrderColumnName: OrderColumn, "A column of a list of orders, by its name.";
    CustomerColumnName: CustomerColumn, "A column of a list of customers, by its name.";
}

/// One of these names.
fn names<const N: usize>(keys: [&'static str; N]) -> RefOr<Schema> {
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(keys)).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interface_names_every_column_that_a_list_reads() {
        for (schema, keys) in [
            (QuoteColumnName::schema(), QuoteColumn::ALL.map(QuoteColumn::key).to_vec()),
            (OrderColumnName::schema(), OrderColumn::ALL.map(OrderColumn::key).to_vec()),
            (CustomerColumnName::schema(), CustomerColumn::ALL.map(CustomerColumn::key).to_vec()),
        ] {
            let said = serde_json::to_value(schema).unwrap();
            assert_eq!(said, serde_json::json!({ "type": "string", "enum": keys }));
        }
    }
}
