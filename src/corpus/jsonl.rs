//! One JSON object a line, as a table row.
//!
//! Comes in: lines. Goes out: columns (the keys of the first object, in its order) and cells. Scalars become
//! text as written, null and absent keys become empty, arrays and objects stay JSON.

use std::fmt;
use std::io::{BufRead, BufReader, Read};

use csv::StringRecord;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

use super::columns::Columns;
use super::input::MOST_OF_A_ROW;
use crate::error::{Error, Place, Result, shown};

/// A reader of JSON lines.
pub(super) struct JsonLines<R> {
    input: BufReader<R>,
    buffer: Vec<u8>,
    line: u64,
    /// The object that gave the columns, until it is read as a row.
    first: Option<Object>,
}

impl<R: Read> JsonLines<R> {
    /// Reads the first object. `None` if there is none.
    pub(super) fn new(input: R, file: &str) -> Result<Option<(Self, Columns)>> {
        let mut lines = JsonLines { input: BufReader::new(input), buffer: Vec::new(), line: 0, first: None };
        let Some(object) = lines.object(file)? else { return Ok(None) };
        let names = object.0.iter().map(|(key, _)| key.clone()).collect();
        let columns = Columns::new(file, lines.line, names)?;
        lines.first = Some(object);
        Ok(Some((lines, columns)))
    }

    /// Reads one row into `record` and returns its line, or `None` at the end.
    pub(super) fn read(&mut self, columns: &Columns, record: &mut StringRecord) -> Result<Option<u64>> {
        let next = match self.first.take() {
            Some(first) => Some(first),
            None => self.object(columns.file())?,
        };
        let Some(Object(pairs)) = next else { return Ok(None) };
        let mut cells = vec![None; columns.names().len()];
        for (i, (key, value)) in pairs.into_iter().enumerate() {
            // Most objects have their keys in one order; a key without a name is known by its place alone.
            let is_in_place = columns.names().get(i) == Some(&key);
            let Some(at) = is_in_place.then_some(i).or_else(|| columns.position(&key)) else {
                let expected = format!("only keys of the first object ({})", columns.listed());
                let found = format!("the key {}", shown(&key));
                return Err(Error::table(self.place(columns.file()), expected, found));
            };
            if cells[at].replace(text_of(value)).is_some() {
                let found = format!("{} twice", shown(&key));
                return Err(Error::table(self.place(columns.file()), "each key once", found));
            }
        }
        record.clear();
        cells.iter().for_each(|cell| record.push_field(cell.as_deref().unwrap_or_default()));
        Ok(Some(self.line))
    }

    /// The object on the next line that is not blank.
    fn object(&mut self, file: &str) -> Result<Option<Object>> {
        loop {
            self.buffer.clear();
            let mut line = self.input.by_ref().take(MOST_OF_A_ROW + 1);
            let n = line.read_until(b'\n', &mut self.buffer).map_err(|e| Error::read(file, e))?;
            if n == 0 {
                return Ok(None);
            }
            self.line += 1;
            if n as u64 > MOST_OF_A_ROW {
                return Err(Error::table(self.place(file), "a line of at most 64 MiB", "more"));
            }
            if !self.buffer.trim_ascii().is_empty() {
                break;
            }
        }
        let refuse = |found: String| Error::table(self.place(file), "one JSON object", found);
        let text = std::str::from_utf8(&self.buffer)
            .map_err(|e| refuse(format!("bytes that are not UTF-8 at byte {}", e.valid_up_to() + 1)))?;
        let object = serde_json::from_str(text).map_err(|e| {
            let message = e.to_string();
            let reason = message.split(" at line ").next().unwrap_or(&message);
            refuse(format!("{reason} after byte {}", e.column()))
        })?;
        Ok(Some(object))
    }

    /// The stream below.
    pub(super) fn get_ref(&self) -> &R {
        self.input.get_ref()
    }

    fn place(&self, file: &str) -> Place {
        Place::file(file).line(self.line)
    }
}

fn text_of(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text,
        other => other.to_string(),
    }
}

/// Keys and values in the order of the file.
struct Object(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Object;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Object(pairs))
            }
        }
        deserializer.deserialize_map(Pairs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Result<Vec<(u64, Vec<String>)>> {
        let (mut lines, columns) = JsonLines::new(text.as_bytes(), "t.jsonl")?.unwrap();
        let (mut record, mut rows) = (StringRecord::new(), Vec::new());
        while let Some(line) = lines.read(&columns, &mut record)? {
            rows.push((line, record.iter().map(str::to_owned).collect()));
        }
        Ok(rows)
    }

    #[test]
    fn scalars_become_text_in_the_order_of_the_first_object() {
        let found = rows("{\"text\":\"a\",\"id\":7}\n\n{\"id\":1.5}\n{\"id\":null,\"text\":[1,2]}").unwrap();
        let cells = |a: &str, b: &str| vec![a.to_owned(), b.to_owned()];
        assert_eq!(found, [(1, cells("a", "7")), (3, cells("", "1.5")), (4, cells("[1,2]", ""))]);
    }

    #[test]
    fn a_key_without_a_name_is_carried_along_in_its_place() {
        let cells = rows("{\"\":1,\"text\":\"a\",\" \":2}\n{\"\":3,\"text\":\"b\"}").unwrap();
        assert_eq!(cells[0].1, ["1", "a", "2"]);
        assert_eq!(cells[1].1, ["3", "b", ""]);
    }

    #[test]
    fn a_line_that_is_no_object_is_named() {
        for (text, message) in [
            (
                "{\"a\":1}\n[2]",
                "t.jsonl:2: expected one JSON object, found invalid type: sequence, expected an object after byte 0",
            ),
            (
                "{\"a\":1}\n{\"a\":",
                "t.jsonl:2: expected one JSON object, found EOF while parsing a value after byte 5",
            ),
            (
                "{\"a\":1}\n{\"b\":1}",
                "t.jsonl:2: expected only keys of the first object (a), found the key \"b\"",
            ),
            ("{\"a\":1}\n{\"a\":1,\"a\":2}", "t.jsonl:2: expected each key once, found \"a\" twice"),
        ] {
            assert_eq!(rows(text).unwrap_err().to_string(), message);
        }
    }

    #[test]
    fn a_line_without_end_is_refused_before_it_fills_the_memory() {
        for head in ["", "{\"a\":1}\n"] {
            let endless = head.as_bytes().chain(std::io::repeat(b'['));
            let read = || {
                let (mut lines, columns) = JsonLines::new(endless, "t.jsonl")?.unwrap();
                let mut record = StringRecord::new();
                while lines.read(&columns, &mut record)?.is_some() {}
                Ok::<(), Error>(())
            };
            let line = head.lines().count() + 1;
            assert_eq!(
                read().unwrap_err().to_string(),
                format!("t.jsonl:{line}: expected a line of at most 64 MiB, found more")
            );
        }
    }
}
