//! A table as both databases have it, and what its rows come to.

use sha2::{Digest, Sha256};
use tokio_postgres::types::Type;

use super::MoveFault;
use crate::Value;

/// A column, with what PostgreSQL keeps in it.
pub(super) struct Column {
    pub(super) name: String,
    pub(super) ty: Type,
}

/// A table that is carried.
pub(super) struct Table {
    pub(super) name: String,
    pub(super) columns: Vec<Column>,
    /// How many rows the source has.
    pub(super) rows: u64,
}

impl Table {
    /// Its columns, as they stand in a statement.
    pub(super) fn listed(&self) -> String {
        let names: Vec<String> = self.columns.iter().map(|column| format!("\"{}\"", column.name)).collect();
        names.join(", ")
    }

    /// The statement that reads all of it, on either engine.
    pub(super) fn select(&self) -> String {
        format!("SELECT {} FROM \"{}\"", self.listed(), self.name)
    }

    pub(super) fn differs(&self, sent: u64, found: u64) -> MoveFault {
        MoveFault::Differs { table: self.name.clone(), sent, found }
    }
}

/// How many rows there are and a sum over all that they hold, in whatever order they come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) rows: u64,
    /// The hashes of all rows, added up in two halves.
    sum: [u128; 2],
}

impl Tally {
    pub(super) fn add(&mut self, values: &[Value]) {
        let mut hash = Sha256::new();
        for value in values {
            match value {
                Value::Null => hash.update([0_u8]),
                Value::Int(value) => {
                    hash.update([1_u8]);
                    hash.update(value.to_le_bytes());
                }
                Value::Text(text) => framed(&mut hash, 2, text.as_bytes()),
                Value::Blob(bytes) => framed(&mut hash, 3, bytes),
            }
        }
        let hash = hash.finalize();
        for (sum, half) in self.sum.iter_mut().zip(hash.chunks(16)) {
            let half = half.iter().fold(0_u128, |number, byte| (number << 8) | u128::from(*byte));
            *sum = sum.wrapping_add(half);
        }
        self.rows += 1;
    }
}

/// With its length before it, so that no two rows read the same when their texts are cut at other places.
fn framed(hash: &mut Sha256, kind: u8, bytes: &[u8]) {
    hash.update([kind]);
    hash.update(bytes.len().to_le_bytes());
    hash.update(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(rows: &[&[Value]]) -> Tally {
        let mut tally = Tally::default();
        rows.iter().for_each(|row| tally.add(row));
        tally
    }

    #[test]
    fn rows_come_to_the_same_in_any_order_and_to_something_else_when_one_value_moves() {
        let (one, two) = ([Value::Int(1), Value::from("ab")], [Value::Int(2), Value::Null]);
        assert_eq!(tally(&[&one, &two]), tally(&[&two, &one]));
        let others: [&[Value]; 6] = [
            &[Value::Int(1), Value::from("abc")],
            &[Value::from("ab"), Value::Int(1)],
            &[Value::Int(1), Value::Blob(b"ab".to_vec())],
            &[Value::from("1"), Value::from("ab")],
            &[Value::Int(-1), Value::from("ab")],
            &[Value::Int(1), Value::Null],
        ];
        for other in others {
            assert_ne!(tally(&[&one, &two]), tally(&[other, &two]), "{other:?}");
        }
        let cut: [&[Value]; 2] =
            [&[Value::from("a"), Value::from("bc")], &[Value::from("ab"), Value::from("c")]];
        assert_ne!(tally(&[cut[0]]), tally(&[cut[1]]));
        assert_ne!(
            tally(&[&one, &one]),
            tally(&[&two, &two]),
            "a row that is there twice does not cancel out"
        );
    }
}
