//! What columns lines of JSON make.

use std::cell::Cell;
use std::io::Read;
use std::sync::Arc;

use arrow_json::reader::infer_json_schema_from_iterator;
use arrow_schema::{DataType, Field, FieldRef, Fields, Schema, SchemaRef};
use serde_json::Value;
use unspin_containers::{Compression, JsonRecords, Next};

use crate::columns::names;
use crate::tables::{Error, Reading};

/// The columns that all lines of a file together make: by name, integers as `Int64`, other numbers as `Float64`, members
/// of different simple types as strings, objects and arrays as what they hold. Reads the whole file, one line held.
/// Lines that are no JSON objects are passed over.
///
/// # Errors
/// If the file cannot be read, has a column of ours, or holds members that no column can hold.
pub fn schema_of_lines(
    reader: impl Read + Send,
    compression: Option<Compression>,
    reading: &Reading,
) -> Result<SchemaRef, Error> {
    let mut records = JsonRecords::open(reader, compression, &reading.options())?;
    let (line, mut failed) = (Cell::new(0), None);
    let values = std::iter::from_fn(|| {
        loop {
            match records.advance() {
                Ok(Next::Record) => {
                    line.set(records.number());
                    if let Ok(value @ Value::Object(_)) = serde_json::from_slice(records.line()) {
                        return Some(Ok(value));
                    }
                }
                Ok(Next::Bad(_)) => {}
                Ok(Next::End) => return None,
                Err(error) => {
                    failed = Some(error);
                    return None;
                }
            }
        }
    });
    let inferred = infer_json_schema_from_iterator(values);
    if let Some(error) = failed {
        return Err(error.into());
    }
    let mixed = |why: &str| Error::Mixed { line: line.get(), why: why.to_owned() };
    let inferred = inferred.map_err(|_| {
        mixed("a member is an object or an array here, and something else in a line before it")
    })?;
    let mut fields: Vec<FieldRef> = Vec::new();
    for field in inferred.fields() {
        fields.push(storable(field).ok_or_else(|| {
            mixed(&format!(
                "the object `{}` never has a member, so it makes no column",
                field.name()
            ))
        })?);
    }
    fields.sort_by(|one, other| one.name().cmp(other.name()));
    if let Some(name) = names().iter().find(|name| fields.iter().any(|f| f.name() == *name)) {
        return Err(Error::Taken { name: (*name).to_owned() });
    }
    Ok(Arc::new(Schema::new(fields)))
}

/// A field as every reader of Parquet knows it: what was never anything but null is a string.
fn storable(field: &FieldRef) -> Option<FieldRef> {
    let data_type = match field.data_type() {
        DataType::Null => DataType::Utf8,
        DataType::List(item) => DataType::List(storable(item)?),
        DataType::Struct(fields) if fields.is_empty() => return None,
        DataType::Struct(fields) => {
            DataType::Struct(fields.iter().map(storable).collect::<Option<Fields>>()?)
        }
        other => other.clone(),
    };
    Some(Arc::new(Field::new(field.name(), data_type, true)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schema(lines: &str) -> Result<SchemaRef, Error> {
        schema_of_lines(lines.as_bytes(), None, &Reading::default())
    }

    #[test]
    fn members_become_columns_by_name() {
        let lines = "{\"b\":1,\"a\":\"x\",\"n\":null}\nno JSON\n{\"b\":2.5,\"c\":{\"d\":[true]}}\n[1]\n{\"a\":3}\n";
        let found = schema(lines).unwrap();
        let told: Vec<_> =
            found.fields().iter().map(|f| format!("{} {}", f.name(), f.data_type())).collect();
        assert_eq!(told[0], "a Utf8");
        assert_eq!(told[1], "b Float64");
        assert!(told[2].starts_with("c Struct"), "{told:?}");
        assert_eq!(told[3], "n Utf8");
    }

    #[test]
    fn what_no_column_can_hold_names_its_line() {
        let error = schema("{\"a\":1}\n\n{\"a\":{\"b\":1}}\n").unwrap_err().to_string();
        assert!(error.starts_with("line 3: a member is an object"), "{error}");
        let error = schema("{\"a\":{}}\n").unwrap_err().to_string();
        assert!(error.contains("`a` never has a member"), "{error}");
        let error = schema("{\"unspin_score\":1}\n").unwrap_err().to_string();
        assert!(error.starts_with("there is a column `unspin_score` already"), "{error}");
    }
}
