//! PostgreSQL: plain transactions on pooled connections.

use std::sync::Arc;

use bytes::BytesMut;
use deadpool_postgres::Transaction;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};

use super::error::StoreError;
use super::value::{Row, Value};

impl ToSql for Value {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Value::Null => Ok(IsNull::Yes),
            Value::Int(value) if *ty == Type::INT4 => i32::try_from(*value)?.to_sql(ty, out),
            Value::Int(value) if *ty == Type::INT2 => i16::try_from(*value)?.to_sql(ty, out),
            Value::Int(value) => value.to_sql(ty, out),
            Value::Text(value) => value.to_sql(ty, out),
            Value::Blob(value) => value.to_sql(ty, out),
        }
    }

    fn accepts(ty: &Type) -> bool {
        [Type::INT8, Type::INT4, Type::INT2, Type::TEXT, Type::VARCHAR, Type::UNKNOWN, Type::BYTEA]
            .contains(ty)
    }

    to_sql_checked!();
}

fn borrowed(params: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    params.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

pub(super) async fn exec(
    transaction: &Transaction<'_>,
    sql: &str,
    params: &[Value],
) -> Result<u64, StoreError> {
    let statement = transaction.prepare_cached(sql).await?;
    Ok(transaction.execute(&statement, &borrowed(params)).await?)
}

pub(super) async fn exec_many(
    transaction: &Transaction<'_>,
    sql: &str,
    sets: &[Vec<Value>],
) -> Result<u64, StoreError> {
    let statement = transaction.prepare_cached(sql).await?;
    // Sent without waiting for each answer: the driver pipelines futures that are polled together.
    let mut touched = 0;
    for chunk in sets.chunks(256) {
        let runs = chunk.iter().map(|params| async {
            let params = borrowed(params);
            transaction.execute(&statement, &params).await
        });
        for done in futures::future::join_all(runs).await {
            touched += done?;
        }
    }
    Ok(touched)
}

pub(super) async fn query(
    transaction: &Transaction<'_>,
    sql: &str,
    params: &[Value],
) -> Result<Vec<Row>, StoreError> {
    let statement = transaction.prepare_cached(sql).await?;
    let names: Arc<[String]> = statement.columns().iter().map(|column| column.name().to_string()).collect();
    let types: Vec<Type> = statement.columns().iter().map(|column| column.type_().clone()).collect();
    let rows = transaction.query(&statement, &borrowed(params)).await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let mut values = Vec::with_capacity(types.len());
        for (index, ty) in types.iter().enumerate() {
            values.push(column(&row, index, ty)?);
        }
        found.push(Row { names: names.clone(), values });
    }
    Ok(found)
}

fn column(row: &tokio_postgres::Row, index: usize, ty: &Type) -> Result<Value, StoreError> {
    Ok(match *ty {
        Type::INT8 => row.try_get::<_, Option<i64>>(index)?.map_or(Value::Null, Value::Int),
        Type::INT4 => {
            row.try_get::<_, Option<i32>>(index)?.map_or(Value::Null, |value| Value::Int(i64::from(value)))
        }
        Type::BOOL => row.try_get::<_, Option<bool>>(index)?.map_or(Value::Null, Value::from),
        Type::TEXT | Type::VARCHAR => {
            row.try_get::<_, Option<String>>(index)?.map_or(Value::Null, Value::Text)
        }
        Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(index)?.map_or(Value::Null, Value::Blob),
        _ => return Err(StoreError::Decode(format!("a column of type {ty}"))),
    })
}
