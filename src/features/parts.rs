//! Counts of a part of a corpus, written and merged with those of others.
//!
//! Comes in: a [`Counting`] of some statements, or what was written of one. Goes out: frames, or a [`Counting`] that is in the state in which
//! it would be had it counted all statements itself. Counts are sums of whole numbers, so that nothing is rounded on the way.

use std::io::{self, Read, Write};

use super::counts::{Counting, Growing};
use super::rows::Rows;
use super::side::Side;
use super::spec::FeatureSet;
use super::tally::Tally;
use super::tally::part::read_features;
use crate::error::Result;
use crate::frames::{FrameReader, FrameWriter};

/// Which column here a column of a part is.
pub(crate) struct PartColumns(Numbers);

enum Numbers {
    /// By its number there.
    Of(Vec<u32>),
    /// The same, below this one.
    Same(u32),
}

impl Numbers {
    #[inline]
    fn of(&self, column: u64) -> Option<u32> {
        match self {
            Numbers::Of(numbers) => numbers.get(usize::try_from(column).ok()?).copied(),
            Numbers::Same(end) => u32::try_from(column).ok().filter(|column| column < end),
        }
    }
}

impl FeatureSet {
    /// Begins to count a part of a corpus, which will be written.
    pub(crate) fn counting_part(&self) -> Result<Counting> {
        let mut counting = self.counting()?;
        if let Growing::Exact { tally, .. } = &mut counting.columns {
            **tally = Tally::of_part();
        }
        Ok(counting)
    }

    /// Whether counts of `part` can be merged to those of this set: the same, or the same with named columns that are hashed here.
    pub(crate) fn takes_counts_of(&self, part: &FeatureSet) -> bool {
        let hashed = || self.hashing_bits.map(|bits| part.clone().hashed(bits));
        self == part || (part.hashing_bits.is_none() && hashed().as_ref() == Some(self))
    }
}

impl Counting {
    /// Whether the names of features are as long as they may be together.
    pub(crate) fn is_full(&self) -> bool {
        matches!(&self.columns, Growing::Exact { tally, .. } if tally.is_full())
    }

    /// # Errors
    /// [`crate::Error::Fit`] where two features share a hash.
    pub(crate) fn check_collision(&self) -> Result<()> {
        match &self.columns {
            Growing::Exact { tally, .. } => tally.check_collision(),
            Growing::Hashed { .. } => Ok(()),
        }
    }

    /// Writes what was counted of a part: its features, unless they are hashed, and the rows of these.
    ///
    /// # Panics
    /// If no part was counted, or two features share a hash.
    pub(crate) fn write<W: Write>(self, out: &mut FrameWriter<W>) -> io::Result<()> {
        let mut rows = match self.columns {
            Growing::Exact { tally, prefixes, .. } => tally.write_features(&prefixes, out)?,
            Growing::Hashed { rows, .. } => rows,
        };
        rows.sort();
        write_rows(&rows, &self.sides, out)
    }

    /// Reads the features of a part that was counted with the features `part`.
    pub(crate) fn read_columns<R: Read>(
        &mut self,
        part: &FeatureSet,
        input: &mut FrameReader<R>,
    ) -> Result<PartColumns> {
        let n_groups = self.set.groups.len();
        let numbers = match &mut self.columns {
            Growing::Exact { tally, prefixes, .. } => {
                Numbers::Of(read_features(input, n_groups, |part, name| {
                    tally.merge(part, &prefixes[usize::from(part.group)], name)
                })?)
            }
            Growing::Hashed { buckets, .. } => match part.hashing_bits {
                Some(bits) => Numbers::Same((n_groups << bits) as u32),
                None => Numbers::Of(read_features(input, n_groups, |part, _| {
                    buckets.of(usize::from(part.group), part.key.lo)
                })?),
            },
        };
        Ok(PartColumns(numbers))
    }

    /// Reads one row of the part whose columns these are.
    pub(crate) fn read_row<R: Read>(&mut self, of: &PartColumns, input: &mut FrameReader<R>) -> Result<()> {
        if self.set.is_sided() {
            let side = match input.number_below(3, "side")? {
                0 => None,
                1 => Some(Side::For),
                _ => Some(Side::Against),
            };
            self.sides.push(side);
        }
        let mut column = 0u64;
        for _ in 0..input.number()? {
            column = column.saturating_add(input.number()?);
            let here = of.0.of(column);
            let here = here.ok_or_else(|| input.contradiction(format!("an unknown feature {column}")))?;
            match &mut self.columns {
                Growing::Exact { tally, .. } => tally.push_merged(here),
                Growing::Hashed { buckets, rows, .. } => {
                    buckets.take(here);
                    rows.push(here);
                }
            }
        }
        match &mut self.columns {
            Growing::Exact { tally, .. } => tally.end_row(),
            Growing::Hashed { rows, .. } => rows.end_row(),
        }
        Ok(())
    }
}

/// Of each row its side, where rows have one, the number of its occurrences, and by how much the column of each is above the one before.
fn write_rows<W: Write>(rows: &Rows, sides: &[Option<Side>], out: &mut FrameWriter<W>) -> io::Result<()> {
    for row in 0..rows.len() {
        if let Some(side) = sides.get(row) {
            out.number(match side {
                None => 0,
                Some(Side::For) => 1,
                Some(Side::Against) => 2,
            })?;
        }
        let columns = rows.occurrences(row);
        out.number(columns.len() as u64)?;
        let mut before = 0;
        for &column in columns {
            out.number((column - before).into())?;
            before = column;
        }
    }
    Ok(())
}
