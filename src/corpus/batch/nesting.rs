//! How deep the columns of a Parquet file lie in one another.
//!
//! Comes in: a Parquet file. Goes out: an error where its crate, which goes down level by level, would run out of stack.

use parquet::errors::{ParquetError, Result};
use parquet::file::reader::ChunkReader;

use super::thrift::{LIST, NUMBER, STRUCTURE, Thrift};

/// Columns within columns; a list takes two of them.
const DEEPEST: usize = 200;

/// Bytes at the end that say how long the last part is: a number and `PAR1`.
const END: u64 = 8;

/// Refuses columns that lie deeper than any table's. What is no Parquet is left to its reader to tell.
pub(super) fn check(input: &impl ChunkReader) -> Result<()> {
    let Some(start) = input.len().checked_sub(END) else { return Ok(()) };
    let end = input.get_bytes(start, END as usize)?;
    let Some(length) = end.strip_suffix(b"PAR1") else { return Ok(()) };
    let length = u32::from_le_bytes(length.try_into().expect("four of eight bytes"));
    let Some(start) = start.checked_sub(u64::from(length)) else { return Ok(()) };
    let last_part = input.get_bytes(start, length as usize)?;
    match deepest(&mut Thrift(&last_part)) {
        Some(depth) if depth <= DEEPEST => Ok(()),
        Some(_) => Err(ParquetError::General(format!("columns nested more than {DEEPEST} deep"))),
        None => Err(ParquetError::General("its columns cannot be read".to_owned())),
    }
}

/// How deep columns lie in one another, no further than one too many: the last part lists them behind the version, each before those
/// that lie in it.
fn deepest(last_part: &mut Thrift<'_>) -> Option<usize> {
    let (mut field, mut kind) = last_part.field(0)?;
    while field < 2 {
        last_part.pass(kind)?;
        (field, kind) = last_part.field(field)?;
    }
    let (n, of) = last_part.list()?;
    if (field, kind, of) != (2, LIST, STRUCTURE) {
        return None;
    }
    // Of each column around: how many are still to come in it.
    let mut around: Vec<u64> = Vec::new();
    let mut deepest = 0;
    for _ in 0..n {
        let n_inside = columns_inside(last_part)?;
        while around.last() == Some(&0) {
            around.pop();
        }
        if let Some(left) = around.last_mut() {
            *left -= 1;
        }
        around.push(n_inside);
        deepest = deepest.max(around.len());
        if deepest > DEEPEST {
            break;
        }
    }
    Some(deepest)
}

/// Reads a column: the fifth field says how many lie in it.
fn columns_inside(thrift: &mut Thrift<'_>) -> Option<u64> {
    let (mut last, mut inside) = (0, 0);
    loop {
        let (field, kind) = thrift.field(last)?;
        match (field, kind) {
            (_, 0) => return Some(inside),
            (5, NUMBER) => inside = thrift.number()?,
            _ => thrift.pass(kind)?,
        }
        last = field;
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use bytes::Bytes;
    use parquet::basic::{Repetition, Type as Kind};
    use parquet::file::writer::SerializedFileWriter;
    use parquet::schema::types::Type;

    use super::*;

    /// A file without rows whose column lies so deep.
    fn file(depth: usize) -> Bytes {
        let is_there = Repetition::REQUIRED;
        let leaf = |name| Type::primitive_type_builder(name, Kind::INT32).with_repetition(is_there).build();
        let group = |column| {
            Type::group_type_builder("g")
                .with_repetition(is_there)
                .with_fields(vec![Arc::new(column)])
                .build()
        };
        let deep = (2..depth).fold(leaf("n").unwrap(), |column, _| group(column).unwrap());
        let columns = vec![Arc::new(deep), Arc::new(leaf("m").unwrap())];
        let schema = Arc::new(Type::group_type_builder("s").with_fields(columns).build().unwrap());
        SerializedFileWriter::new(Vec::new(), schema, Default::default())
            .unwrap()
            .into_inner()
            .unwrap()
            .into()
    }

    #[test]
    fn columns_are_counted_from_the_whole_down() {
        for depth in [2, 3, 7, DEEPEST] {
            assert!(check(&file(depth)).is_ok(), "{depth}");
        }
        assert_eq!(
            check(&file(DEEPEST + 1)).unwrap_err().to_string(),
            "Parquet error: columns nested more than 200 deep"
        );
    }

    #[test]
    fn a_last_part_that_is_no_list_of_columns_is_refused() {
        let end = [&b"PAR1\x15\x02\x19"[..], &[0xff, 0xff], b"\x05\0\0\0PAR1"].concat();
        let error = check(&Bytes::from(end)).unwrap_err().to_string();
        assert_eq!(error, "Parquet error: its columns cannot be read");
        assert!(
            check(&Bytes::from_static(b"PAR1")).is_ok() && check(&Bytes::from_static(b"PAR1 text")).is_ok()
        );
    }
}
