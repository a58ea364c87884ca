//! Counts of one part of a corpus for whoever merges them: features with their names, which get other numbers there.
//!
//! A feature that is rare in every part may be frequent enough in all of them, so that a part names all that it meets
//! ([`Tally::of_part`]). Where parts are merged a name is kept when its feature has become frequent enough, as in counting.

use std::io::{self, Read, Write};

use super::{Feature, NONE, Tally};
use crate::analysis::Key;
use crate::error::{Error, Result};
use crate::features::rows::Rows;
use crate::frames::{FrameReader, FrameWriter};
use crate::slots::Slot;

/// Bytes that names may take, so that there is room for those of one more statement: their places are 32-bit numbers.
const MOST_OF_NAMES: usize = 3 << 30;

/// A feature of a part.
pub(in crate::features) struct PartFeature {
    pub(in crate::features) group: u8,
    pub(in crate::features) key: Key,
    /// The statements of the part that have it.
    pub(in crate::features) statements: u32,
}

impl Tally {
    /// Counts a part of a corpus.
    pub(in crate::features) fn of_part() -> Self {
        Tally::new(1)
    }

    /// Whether the names are as long as they may be together.
    pub(in crate::features) fn is_full(&self) -> bool {
        self.names.bytes() > MOST_OF_NAMES
    }

    /// Writes the features in the order of their numbers, and gives the rows of these.
    ///
    /// # Panics
    /// If it does not count a part, or two features share a hash.
    pub(in crate::features) fn write_features<W: Write>(
        self,
        prefixes: &[String],
        out: &mut FrameWriter<W>,
    ) -> io::Result<Rows> {
        assert!(self.collision.is_none() && self.named_at == 1, "counts that are no part's");
        let Tally { features, names, groups, rows, .. } = self;
        let statements = rows.document_frequencies(features.len());
        let mut of_number = vec![Feature::of(Key { lo: 0, hi: 0 }); features.len()];
        for feature in features.into_taken() {
            of_number[feature.id as usize] = feature;
        }
        out.number(of_number.len() as u64)?;
        for (at, (feature, statements)) in of_number.iter().zip(statements).enumerate() {
            let group = groups[at];
            let prefix = prefixes[usize::from(group)].len() + ":".len();
            out.raw(&[group])?;
            out.raw(&feature.lo.to_le_bytes())?;
            out.raw(&feature.check.to_le_bytes())?;
            out.number(statements.into())?;
            out.text(&names.get(at)[prefix..])?;
        }
        Ok(rows)
    }

    /// Takes a feature that occurs in some statements of a part, and gives its number here.
    pub(in crate::features) fn merge(&mut self, part: &PartFeature, prefix: &str, name: &str) -> u32 {
        let key = part.key;
        self.features.reserve(1, |feature| feature.lo);
        let slot = self.features.find(key.lo, |feature| feature.lo == key.lo);
        if self.features.get(slot).is_empty() {
            self.features.take(slot, Feature { id: self.features.len() as u32, ..Feature::of(key) });
        }
        let feature = self.features.get_mut(slot);
        let id = feature.id;
        if feature.check != Feature::of(key).check {
            self.collide(id, 0);
            self.wanted.clear();
            self.push_name(part.group, prefix, name);
            return id;
        }
        if feature.statements < self.named_at {
            let more = u16::try_from(part.statements).unwrap_or(u16::MAX);
            feature.statements = feature.statements.saturating_add(more).min(self.named_at);
            if feature.statements == self.named_at {
                self.named.push(id);
                self.push_name(part.group, prefix, name);
            }
        }
        id
    }

    fn push_name(&mut self, group: u8, prefix: &str, name: &str) {
        if self.names.len() < self.named.len() {
            self.groups.push(group);
            self.names.push_with(|out| out.extend([prefix, ":", name]));
        }
    }

    /// An occurrence of the feature with this number in the present statement, which [`Tally::end_row`] ends.
    #[inline]
    pub(in crate::features) fn push_merged(&mut self, number: u32) {
        debug_assert!(number != NONE);
        self.rows.push(number);
    }

    /// # Errors
    /// [`Error::Fit`] if two features share a hash.
    pub(in crate::features) fn check_collision(&self) -> Result<()> {
        let Some((a, b)) = &self.collision else { return Ok(()) };
        let b = self.names.get(*b);
        let reason =
            format!("feature {b:?} shares its 64-bit hash with {a:?}; remove one of the two from the data");
        Err(Error::Fit { reason })
    }
}

/// Reads the features that [`Tally::write_features`] wrote, with the numbers that `number` gives them.
pub(in crate::features) fn read_features<R: Read>(
    input: &mut FrameReader<R>,
    n_groups: usize,
    mut number: impl FnMut(&PartFeature, &str) -> u32,
) -> Result<Vec<u32>> {
    let (mut numbers, mut name) = (Vec::new(), String::new());
    for _ in 0..input.number()? {
        let group = input.byte()?;
        if usize::from(group) >= n_groups {
            return Err(input.contradiction(format!("group {group} of {n_groups}")));
        }
        let lo = u64::from_le_bytes(input.array()?);
        let check = u16::from_le_bytes(input.array()?);
        let statements = input.number_below(1 << 32, "statements")? as u32;
        input.text_into(&mut name)?;
        if name.contains('\n') {
            return Err(input.contradiction("a name of two lines"));
        }
        let part = PartFeature { group, key: Key { lo, hi: u64::from(check) << 48 }, statements };
        numbers.push(number(&part, &name));
    }
    Ok(numbers)
}
