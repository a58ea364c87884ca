//! A column of strings, whichever way Arrow lays it out.

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, LargeStringArray, StringArray, StringViewArray};
use arrow_schema::DataType;

/// A column of strings, some of which may be missing.
#[derive(Debug, Clone)]
pub struct Texts(Layout);

#[derive(Debug, Clone)]
enum Layout {
    Utf8(StringArray),
    Large(LargeStringArray),
    View(StringViewArray),
    /// Nothing in any row.
    Missing,
}

impl Texts {
    /// Whether a column of this kind holds strings: as they are, by number in a dictionary, or none at all.
    pub fn is_kind(kind: &DataType) -> bool {
        match kind {
            DataType::Dictionary(_, values) => is_plain(values),
            other => is_plain(other) || *other == DataType::Null,
        }
    }

    /// The strings of a column, without copying them; `None` for a column of another kind.
    pub fn of(column: &ArrayRef) -> Option<Self> {
        let layout = match column.data_type() {
            DataType::Utf8 => Layout::Utf8(column.as_string::<i32>().clone()),
            DataType::LargeUtf8 => Layout::Large(column.as_string::<i64>().clone()),
            DataType::Utf8View => Layout::View(column.as_string_view().clone()),
            DataType::Null => Layout::Missing,
            DataType::Dictionary(_, values) if is_plain(values) => {
                let unpacked = arrow_cast::cast(column, &DataType::Utf8View).ok()?;
                Layout::View(unpacked.as_string_view().clone())
            }
            _ => return None,
        };
        Some(Texts(layout))
    }

    /// The string in a row, if there is one.
    ///
    /// # Panics
    /// If the row is out of range.
    pub fn get(&self, row: usize) -> Option<&str> {
        match &self.0 {
            Layout::Utf8(column) => column.is_valid(row).then(|| column.value(row)),
            Layout::Large(column) => column.is_valid(row).then(|| column.value(row)),
            Layout::View(column) => column.is_valid(row).then(|| column.value(row)),
            Layout::Missing => None,
        }
    }
}

fn is_plain(kind: &DataType) -> bool {
    matches!(kind, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::types::Int8Type;
    use arrow_array::{DictionaryArray, Int64Array, NullArray};

    use super::*;

    #[test]
    fn every_layout_of_strings_says_the_same() {
        let cells = vec![Some("they agreed to resume the talks"), None, Some("")];
        let columns: [ArrayRef; 4] = [
            Arc::new(StringArray::from(cells.clone())),
            Arc::new(LargeStringArray::from(cells.clone())),
            Arc::new(StringViewArray::from(cells.clone())),
            Arc::new(cells.iter().copied().collect::<DictionaryArray<Int8Type>>()),
        ];
        for column in columns {
            assert!(Texts::is_kind(column.data_type()));
            let texts = Texts::of(&column).unwrap();
            assert_eq!(
                (0..3).map(|row| texts.get(row)).collect::<Vec<_>>(),
                cells,
                "{:?}",
                column.data_type()
            );
        }
    }

    #[test]
    fn a_column_of_nothing_has_no_strings_and_one_of_numbers_is_none() {
        let missing: ArrayRef = Arc::new(NullArray::new(2));
        assert_eq!(Texts::of(&missing).unwrap().get(1), None);
        let numbers: ArrayRef = Arc::new(Int64Array::from(vec![1]));
        assert!(Texts::of(&numbers).is_none() && !Texts::is_kind(numbers.data_type()));
    }
}
