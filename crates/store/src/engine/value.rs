//! The few types that both engines share: integers, text, bytes and nothing.

use std::sync::Arc;

use domain::base::{
    CategoryId, CustomerId, DraftId, Fen, ImportId, Instant, ItemId, NoticeId, OrderId, OrgId, PersonId,
    ProductId, Qty, QuoteId, QuoteSetId, ReleaseId, RoleId, ShareId, SupplierId, TaskId, UnitPrice,
};

use super::error::StoreError;

/// One bound parameter or one column of an answer. Booleans are 0 and 1, days and JSON are text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    Null,
    Int(i64),
    Text(String),
    Blob(Vec<u8>),
}

/// One row of an answer; columns are read by name.
#[derive(Clone, Debug)]
pub struct Row {
    pub(super) names: Arc<[String]>,
    pub(super) values: Vec<Value>,
}

impl Row {
    fn value(&self, name: &str) -> Result<&Value, StoreError> {
        let index = self.names.iter().position(|known| known == name);
        index
            .and_then(|index| self.values.get(index))
            .ok_or_else(|| StoreError::Decode(format!("no column {name}")))
    }

    /// A whole number; an error when the column is missing, null or something else.
    pub fn int(&self, name: &str) -> Result<i64, StoreError> {
        self.opt_int(name)?.ok_or_else(|| StoreError::Decode(format!("{name} is null")))
    }

    /// A whole number or null.
    pub fn opt_int(&self, name: &str) -> Result<Option<i64>, StoreError> {
        match self.value(name)? {
            Value::Int(value) => Ok(Some(*value)),
            Value::Null => Ok(None),
            Value::Text(_) | Value::Blob(_) => Err(StoreError::Decode(format!("{name} is no integer"))),
        }
    }

    /// 0 or 1.
    pub fn flag(&self, name: &str) -> Result<bool, StoreError> {
        Ok(self.int(name)? != 0)
    }

    /// A text; an error when the column is missing, null or something else.
    pub fn text(&self, name: &str) -> Result<String, StoreError> {
        self.text_ref(name).map(str::to_string)
    }

    /// The same where it is looked at and not kept.
    pub fn text_ref(&self, name: &str) -> Result<&str, StoreError> {
        self.opt_text_ref(name)?.ok_or_else(|| StoreError::Decode(format!("{name} is null")))
    }

    /// A text or null.
    pub fn opt_text(&self, name: &str) -> Result<Option<String>, StoreError> {
        self.opt_text_ref(name).map(|text| text.map(str::to_string))
    }

    fn opt_text_ref(&self, name: &str) -> Result<Option<&str>, StoreError> {
        match self.value(name)? {
            Value::Text(value) => Ok(Some(value)),
            Value::Null => Ok(None),
            Value::Int(_) | Value::Blob(_) => Err(StoreError::Decode(format!("{name} is no text"))),
        }
    }

    /// Bytes; an error when the column is missing, null or something else.
    pub fn blob(&self, name: &str) -> Result<Vec<u8>, StoreError> {
        match self.value(name)? {
            Value::Blob(value) => Ok(value.clone()),
            Value::Null | Value::Int(_) | Value::Text(_) => {
                Err(StoreError::Decode(format!("{name} is no blob")))
            }
        }
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Value {
        Value::Int(value)
    }
}

impl From<u32> for Value {
    fn from(value: u32) -> Value {
        Value::Int(i64::from(value))
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Value {
        Value::Int(i64::from(value))
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Value {
        Value::Text(value.to_string())
    }
}

impl From<&String> for Value {
    fn from(value: &String) -> Value {
        Value::Text(value.clone())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Value {
        Value::Text(value)
    }
}

impl From<Vec<u8>> for Value {
    fn from(value: Vec<u8>) -> Value {
        Value::Blob(value)
    }
}

impl From<domain::base::Date> for Value {
    fn from(value: domain::base::Date) -> Value {
        Value::Text(value.to_string())
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Value {
        value.map_or(Value::Null, Into::into)
    }
}

macro_rules! numbers {
    ($($name:ident),+) => {$(
        impl From<$name> for Value {
            fn from(value: $name) -> Value {
                Value::Int(value.0)
            }
        }
    )+};
}

numbers!(
    OrgId, PersonId, RoleId, CustomerId, CategoryId, ProductId, QuoteId, QuoteSetId, ShareId, OrderId,
    ItemId, DraftId, ReleaseId, ImportId, SupplierId, TaskId, NoticeId, Fen, UnitPrice, Qty, Instant
);

/// Bound parameters in the order of `$1`, `$2` …
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => { &[$($crate::Value::from($value)),*] };
}
