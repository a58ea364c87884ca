//! How much memory a header of JSON may ask for.
//!
//! Comes in: the header as text. Goes out: whether its lists are short enough to be read: two bytes of text (`0,`, `""`) may
//! become hundreds in memory. Nothing is kept while counting.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// Values of all lists and objects together that are not within [`LONG`].
const MOST_VALUES: usize = 1 << 16;

/// Values within those.
const MOST_LONG_VALUES: usize = 3 << 18;

/// What grows with the data and the lexicons, of values that are not much larger in memory than in the file.
const LONG: [&str; 6] = ["convergence", "decisions", "entries", "probabilities", "targets", "terms"];

/// Refuses a header with longer lists than any model has.
///
/// # Errors
/// A sentence that says so, or that this is not JSON.
pub(super) fn check(json: &str) -> Result<(), String> {
    let mut left = Left { values: MOST_VALUES, long_values: MOST_LONG_VALUES };
    let mut json = serde_json::Deserializer::from_str(json);
    Walk { left: &mut left, is_long: false }.deserialize(&mut json).map_err(|e| format!("header: {e}"))
}

/// Values that may still come.
struct Left {
    values: usize,
    long_values: usize,
}

struct Walk<'l> {
    left: &'l mut Left,
    /// Whether this is within what may be long.
    is_long: bool,
}

impl Walk<'_> {
    fn count<E: Error>(&mut self) -> Result<(), E> {
        let left = if self.is_long { &mut self.left.long_values } else { &mut self.left.values };
        *left = left.checked_sub(1).ok_or_else(|| E::custom("lists longer than any model has"))?;
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<(), A::Error> {
        while list.next_element_seed(Walk { left: &mut *self.left, is_long: self.is_long })?.is_some() {
            self.count()?;
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            self.count()?;
            let is_long = self.is_long || LONG.contains(&key.as_str());
            map.next_value_seed(Walk { left: &mut *self.left, is_long })?;
        }
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lists(name: &str, n: usize) -> String {
        format!("{{\"a\":1.5,\"b\":[true,null,-1,\"x\",{{\"{name}\":[{}]}}]}}", vec!["0"; n].join(","))
    }

    #[test]
    fn lists_may_be_long_where_they_grow_with_the_data() {
        assert_eq!(check(&lists("names", MOST_VALUES - 8)), Ok(()));
        let reason = check(&lists("names", MOST_VALUES)).unwrap_err();
        assert!(reason.starts_with("header: lists longer than any model has"), "{reason}");
        assert_eq!(check(&lists("entries", MOST_LONG_VALUES)), Ok(()));
        assert!(check(&lists("entries", MOST_LONG_VALUES + 1)).is_err());
        assert!(check("{\"a\":").is_err());
    }
}
