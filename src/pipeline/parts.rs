//! Counts of parts of a corpus, in files, and the corpus back from them.
//!
//! Comes in: a part of a table, or counts files in the order of their parts. Goes out: a counts file, or [`CountedRows`], from which a
//! pipeline is fitted: the same, byte for byte, as from the whole table. What fitting asks of rows is sums of whole numbers and lists
//! in the order of the rows, so that it does not matter where they were counted. No text is in a counts file, but names of features are.
//!
//! The file, version [`COUNTS_VERSION`]: the magic `demarche counts` and a line feed, the version (4 bytes, little-endian), and checked
//! frames (`src/frames.rs`) that hold, one behind another,
//!
//! 1. a JSON header: the spec with its lexicons, release, hash, stemmer, format of model files, and a fingerprint, BLAKE3 over these;
//! 2. what the table says of rows besides their features: name of the table, column of labels, whether there are groups, targets, ids;
//!    the labels as they are spelt, each with its first line; the groups; the targets; the number of rows; for each row the number of
//!    its label, of its text the first half of BLAKE3 and a hash without case and white space, the numbers of its group and target,
//!    its id;
//! 3. where columns have names, the number of features; for each its group, the lower half of its key and 16 bits of the upper, the
//!    rows that have it, its name without the prefix of the group;
//! 4. for each row the side of its target, where features are read toward it, the number of its occurrences, and the numbers of their
//!    features, or their buckets, in rising order, each as its distance from the one before.
//!
//! Numbers are seven bits a byte, the lowest first; strings have their length before them. A frame is believed once its check is right,
//! no more memory is taken than was read, and a file is read from its beginning to its end, one at a time.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::counted::{CountedRows, Reported, Resources};
use super::file::{FORMAT_VERSION, STEMMER, TOOL};
use super::spec::PipelineSpec;
use super::watched::{Progress, Watched, listening};
use crate::analysis::terms::KEY_ALGORITHM;
use crate::corpus::{Gathered, ReadOptions, TableReader};
use crate::error::{Error, Result};
use crate::features::FeatureSet;
use crate::frames::{FrameReader, FrameWriter, Kind};

/// The layout of a counts file, raised whenever an old one would be misread.
pub const COUNTS_VERSION: u32 = 1;

const COUNTS: Kind = Kind { magic: b"demarche counts\n", version: COUNTS_VERSION, name: "a counts file" };

/// Digits of a fingerprint that a message shows.
const SHOWN: usize = 12;

/// What counts depend on besides the rows.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    tool: String,
    keys: String,
    stemmer: String,
    /// Raised with the lists of words that are part of the program.
    model_format: u32,
    spec: PipelineSpec,
    fingerprint: String,
}

/// Only what must be read before anything else is trusted.
#[derive(Debug, Deserialize)]
struct Release {
    tool: String,
    keys: String,
    stemmer: String,
    model_format: u32,
}

impl Header {
    fn new(spec: &PipelineSpec) -> Self {
        let mut header = Header {
            tool: TOOL.into(),
            keys: KEY_ALGORITHM.into(),
            stemmer: STEMMER.into(),
            model_format: FORMAT_VERSION,
            spec: spec.clone(),
            fingerprint: String::new(),
        };
        header.fingerprint = blake3::hash(header.to_json().as_bytes()).to_hex().to_string();
        header
    }

    fn to_json(&self) -> String {
        serde_json::to_string(self).expect("a header has only string keys")
    }

    fn read<R: Read>(input: &mut FrameReader<R>) -> Result<Self> {
        let json = input.text()?;
        let release: Release = serde_json::from_str(&json).map_err(|e| input.contradiction(e))?;
        let Release { tool, keys, stemmer, model_format } = &release;
        if (tool.as_str(), keys.as_str(), stemmer.as_str(), *model_format)
            != (TOOL, KEY_ALGORITHM, STEMMER, FORMAT_VERSION)
        {
            let of = |tool, keys, stemmer, format| {
                format!("{tool} (hash {keys}, {stemmer}, model format {format})")
            };
            let expected = format!("counts of {}", of(TOOL, KEY_ALGORITHM, STEMMER, FORMAT_VERSION));
            return Err(
                input.expected(expected, format!("counts of {}", of(tool, keys, stemmer, *model_format)))
            );
        }
        let header: Header = serde_json::from_str(&json).map_err(|e| input.contradiction(e))?;
        header.spec.check().map_err(|e| e.in_file(input.name()))?;
        if header.fingerprint != Header::new(&header.spec).fingerprint {
            return Err(input.contradiction("the fingerprint is that of another spec"));
        }
        Ok(header)
    }

    /// The name of the feature set, with the beginning of the fingerprint.
    fn shown(&self) -> String {
        format!("features {:?}, spec {}", self.spec.features.name, &self.fingerprint[..SHOWN])
    }
}

fn open(path: &Path) -> Result<(FrameReader<impl Read>, Header)> {
    let name = path.display().to_string();
    let file = File::open(path).map_err(|e| Error::io(path, e))?;
    let mut input = FrameReader::new(BufReader::with_capacity(1 << 18, file), &name, COUNTS)?;
    let header = Header::read(&mut input)?;
    Ok((input, header))
}

impl PipelineSpec {
    /// The spec that a counts file was made for.
    ///
    /// # Errors
    /// [`Error::Io`]; [`Error::Table`] on a file that is no counts file of this release, or damaged.
    pub fn of_counts(path: impl AsRef<Path>) -> Result<Self> {
        Ok(open(path.as_ref())?.1.spec)
    }

    /// Reads what is left of a table, counts the features of its texts, writes a counts file, and gives the number of rows and what is
    /// odd about how the table was read.
    ///
    /// # Errors
    /// As [`crate::corpus::Labeling::read`]; [`Error::Parameter`] where features are read toward targets and none are given; [`Error::Io`] as of `out`.
    pub fn write_counts<R: Read + Send, W: Write>(
        &self,
        reader: &mut TableReader<R>,
        options: &ReadOptions,
        threads: usize,
        out: W,
        on_progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<(usize, Vec<String>)> {
        self.check()?;
        self.check_targets(options.target.is_some())?;
        let listening = listening(on_progress);
        let watched = Watched::by(&listening);
        let mut counting = Reported::new(self.features.counting_part()?, None, &watched);
        let rows = counting.read(reader, options, threads, true)?;
        counting.tell()?;
        counting.counting.check_collision()?;
        let write = || {
            let mut out = FrameWriter::new(BufWriter::new(out), COUNTS)?;
            out.text(&Header::new(self).to_json())?;
            rows.write(&mut out)?;
            counting.counting.write(&mut out)?;
            out.finish()?.flush()
        };
        write().map_err(|e| Error::io("counts", e))?;
        Ok((rows.len(), rows.notes().to_vec()))
    }

    /// Merges counts files in this order.
    ///
    /// # Errors
    /// [`Error::Io`]; [`Error::Table`] on a file that is no counts file of this release, or damaged, or of other features or columns;
    /// otherwise as [`PipelineSpec::count_table`].
    pub fn merge_counts(
        &self,
        files: &[PathBuf],
        resources: Resources,
        on_progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<CountedRows> {
        self.check()?;
        let listening = listening(on_progress);
        let watched = Watched::by(&listening);
        let mut counting = Reported::new(self.features.counting()?, resources.memory, &watched);
        let (mut rows, mut first): (Option<Gathered>, Option<(String, Header)>) = (None, None);
        for path in files {
            let (mut input, header) = open(path)?;
            self.check_part(&header, first.as_ref(), &input)?;
            let before = rows.as_ref().map_or(0, Gathered::len);
            let all = Gathered::append(rows.take(), &mut input)?;
            append_counts(&mut counting, &header.spec.features, all.len() - before, &mut input)?;
            first.get_or_insert_with(|| (input.name().to_owned(), header));
            input.finish()?;
            rows = Some(all);
        }
        let none = || Error::parameter("features-from", "one or more counts files", "none");
        self.counted(rows.ok_or_else(none)?.into_labeling(None)?, counting)
    }

    /// Refuses counts of other features than these, and of another spec than the first file's.
    fn check_part<R: Read>(
        &self,
        header: &Header,
        first: Option<&(String, Header)>,
        input: &FrameReader<R>,
    ) -> Result<()> {
        let found = || format!("counts of {}", header.shown());
        if let Some((name, known)) = first.filter(|(_, known)| known.fingerprint != header.fingerprint) {
            return Err(input.expected(format!("counts of {}, as of {name}", known.shown()), found()));
        }
        if !self.features.takes_counts_of(&header.spec.features) {
            return Err(input.expected(format!("counts of {}", Header::new(self).shown()), found()));
        }
        Ok(())
    }
}

fn append_counts<R: Read>(
    to: &mut Reported<'_>,
    features: &FeatureSet,
    n_rows: usize,
    input: &mut FrameReader<R>,
) -> Result<()> {
    let columns = to.counting.read_columns(features, input)?;
    for _ in 0..n_rows {
        to.begin_row()?;
        to.counting.read_row(&columns, input)?;
    }
    Ok(())
}
