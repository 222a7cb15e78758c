//! The texts of an array, whatever its type.

use arrow_array::cast::AsArray as _;
use arrow_array::{Array, ArrayRef};
use arrow_schema::DataType;

/// An array that holds no texts.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a column of {found} holds no texts: choose one of strings")]
pub struct NotTexts {
    /// The type that it has.
    pub found: DataType,
}

/// An array of strings or bytes, read in place: `Utf8`, `LargeUtf8`, `Utf8View`, and the same of bytes. A dictionary is
/// unpacked.
#[derive(Debug)]
pub struct Texts {
    array: ArrayRef,
    kind: Kind,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    Utf8,
    LargeUtf8,
    Utf8View,
    Binary,
    LargeBinary,
    BinaryView,
    Null,
}

impl Texts {
    /// # Errors
    /// If the array is of another type.
    pub fn new(array: ArrayRef) -> Result<Self, NotTexts> {
        let found = array.data_type().clone();
        let kind = match &found {
            DataType::Utf8 => Kind::Utf8,
            DataType::LargeUtf8 => Kind::LargeUtf8,
            DataType::Utf8View => Kind::Utf8View,
            DataType::Binary => Kind::Binary,
            DataType::LargeBinary => Kind::LargeBinary,
            DataType::BinaryView => Kind::BinaryView,
            DataType::Null => Kind::Null,
            DataType::Dictionary(_, values) => {
                let plain = arrow_cast::cast(&array, values).map_err(|_| NotTexts { found })?;
                return Self::new(plain);
            }
            _ => return Err(NotTexts { found }),
        };
        Ok(Self { array, kind })
    }

    /// Whether [`Texts::new`] takes arrays of this type.
    pub fn are_in(data_type: &DataType) -> bool {
        Self::new(arrow_array::new_empty_array(data_type)).is_ok()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.array.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.array.is_empty()
    }

    /// The bytes of one; `None` if it is null.
    ///
    /// # Panics
    /// If there are no more than `at`.
    pub fn get(&self, at: usize) -> Option<&[u8]> {
        let array = &self.array;
        if array.is_null(at) {
            return None;
        }
        match self.kind {
            Kind::Utf8 => Some(array.as_string::<i32>().value(at).as_bytes()),
            Kind::LargeUtf8 => Some(array.as_string::<i64>().value(at).as_bytes()),
            Kind::Utf8View => Some(array.as_string_view().value(at).as_bytes()),
            Kind::Binary => Some(array.as_binary::<i32>().value(at)),
            Kind::LargeBinary => Some(array.as_binary::<i64>().value(at)),
            Kind::BinaryView => Some(array.as_binary_view().value(at)),
            Kind::Null => None,
        }
    }
}
