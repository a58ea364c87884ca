//! A table to counts, its texts read once and not held.
//!
//! Comes in: a table of labeled statements. Goes out: [`CountedRows`], from which a pipeline is fitted. With two threads, one
//! reads rows while the other counts; counts come in the order of the rows either way.

use std::io::Read;
use std::sync::mpsc::{SyncSender, sync_channel};

use super::spec::PipelineSpec;
use super::watched::{Progress, Watched, listening};
use crate::corpus::{Corpus, Gathered, Labeling, ReadOptions, TableReader};
use crate::error::{Error, Result};
use crate::features::{Counting, Counts};
use crate::text::Passage;

/// Bytes of text that are handed from the reading thread to the counting one at a time.
const BATCH_BYTES: usize = 1 << 18;
/// Batches that may wait to be counted.
const WAITING: usize = 4;
/// What the program takes before it reads anything.
const PROGRAM_BYTES: usize = 16_000_000;
/// Rows between two reports of progress.
const REPORT_EVERY: usize = 256;

/// What fitting needs of rows: what was counted in their texts, and what is known of them besides.
#[derive(Debug)]
pub struct CountedRows {
    pub(super) counts: Counts,
    labeling: Labeling,
}

impl CountedRows {
    /// What is known of the rows besides their texts.
    pub fn labeling(&self) -> &Labeling {
        &self.labeling
    }
}

/// What training may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resources {
    /// Threads at most.
    pub threads: usize,
    /// Bytes of memory at most, as far as they can be foreseen; `None` for as many as it takes.
    pub memory: Option<usize>,
}

impl Resources {
    /// Columns, as a power of two, to which a group of features is hashed where names take too much memory.
    pub const HASHING_BITS: u32 = 22;
}

impl PipelineSpec {
    /// Reads what is left of a table and counts the features of its texts.
    ///
    /// # Errors
    /// As [`Labeling::read`] and [`PipelineSpec::fit_with`]; [`Error::Memory`] as soon as training is foreseen to take more than it may.
    pub fn count_table<R: Read + Send>(
        &self,
        reader: &mut TableReader<R>,
        options: &ReadOptions,
        resources: Resources,
        on_progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<CountedRows> {
        self.check()?;
        let listening = listening(on_progress);
        let watched = Watched::by(&listening);
        let mut counting = Reported::new(self.features.counting()?, resources.memory, &watched);
        let rows = counting.read(reader, options, resources.threads, false)?;
        self.counted(rows.into_labeling(options.label_set.as_ref())?, counting)
    }

    /// What fitting needs of rows that were counted and labeled.
    pub(super) fn counted(&self, labeling: Labeling, counting: Reported<'_>) -> Result<CountedRows> {
        self.check_labeling(&labeling)?;
        Ok(CountedRows { counts: counting.finish()?, labeling })
    }

    /// Fits on all rows that were counted, with up to `threads` threads.
    ///
    /// # Errors
    /// As [`PipelineSpec::fit_with`].
    pub fn fit_counted(
        &self,
        rows: CountedRows,
        threads: usize,
        on_progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<super::Pipeline> {
        self.fit_counts(rows.counts, &rows.labeling, threads, &Watched::by(&listening(on_progress)))
    }

    /// Counts the features of a corpus.
    pub(super) fn count(
        &self,
        corpus: &Corpus,
        memory: Option<usize>,
        watched: &Watched<'_>,
    ) -> Result<Counts> {
        self.check()?;
        self.check_labeling(corpus)?;
        let mut counting = Reported::new(self.features.counting()?, memory, watched);
        corpus.passages().try_for_each(|passage| counting.push(passage))?;
        counting.finish()
    }
}

/// Counts and says how far it has come.
pub(super) struct Reported<'a> {
    pub(super) counting: Counting,
    rows: usize,
    memory: Option<usize>,
    watched: &'a Watched<'a>,
}

impl<'a> Reported<'a> {
    pub(super) fn new(counting: Counting, memory: Option<usize>, watched: &'a Watched<'a>) -> Self {
        Reported { counting, rows: 0, memory, watched }
    }

    /// Reads what is left of a table, `is_part` of one whose counts will be written.
    pub(super) fn read<R: Read + Send>(
        &mut self,
        reader: &mut TableReader<R>,
        options: &ReadOptions,
        threads: usize,
        is_part: bool,
    ) -> Result<Gathered> {
        if threads < 2 {
            return Gathered::read(reader, options, is_part, &mut |passage| self.push(passage));
        }
        std::thread::scope(|scope| {
            let (sender, batches) = sync_channel::<Batch>(WAITING);
            let reading = scope.spawn(|| read_in_batches(reader, options, is_part, sender));
            // Whatever ends the counting closes the channel, which ends the reading.
            batches
                .into_iter()
                .try_for_each(|batch| batch.passages().try_for_each(|passage| self.push(passage)))?;
            reading.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
    }

    fn push(&mut self, passage: Passage<'_>) -> Result<()> {
        self.begin_row()?;
        self.counting.push(passage);
        Ok(())
    }

    /// Says that one more row comes.
    pub(super) fn begin_row(&mut self) -> Result<()> {
        if self.rows.is_multiple_of(REPORT_EVERY) {
            self.tell()?;
            self.check_memory()?;
        }
        if self.counting.is_full() {
            let reason = format!(
                "names of features take more than 3 GB after {} rows: hash them, or count fewer rows",
                self.rows
            );
            return Err(Error::Fit { reason });
        }
        self.rows += 1;
        Ok(())
    }

    pub(super) fn tell(&self) -> Result<()> {
        self.watched.tell(Progress::Reading(self.rows))
    }

    fn check_memory(&self) -> Result<()> {
        match self.memory {
            Some(limit) if PROGRAM_BYTES + self.counting.bytes_to_fit() > limit => {
                let fix = if self.counting.is_exact() { ": hashed features take less" } else { "" };
                Err(Error::Memory { limit, rows: self.rows, fix })
            }
            _ => Ok(()),
        }
    }

    /// What all rows take decides, so that it does not matter where they were counted.
    fn finish(self) -> Result<Counts> {
        self.tell()?;
        self.check_memory()?;
        self.counting.finish()
    }
}

/// Texts with their targets, one behind another.
#[derive(Default)]
struct Batch {
    text: String,
    /// Where each text ends, and its target.
    rows: Vec<(usize, Option<String>)>,
}

impl Batch {
    fn push(&mut self, passage: Passage<'_>) {
        self.text.push_str(passage.text);
        self.rows.push((self.text.len(), passage.target.map(str::to_owned)));
    }

    fn passages(&self) -> impl Iterator<Item = Passage<'_>> {
        let mut start = 0;
        self.rows.iter().map(move |(end, target)| {
            let text = &self.text[std::mem::replace(&mut start, *end)..*end];
            Passage::from(text).toward(target.as_deref())
        })
    }
}

fn read_in_batches<R: Read>(
    reader: &mut TableReader<R>,
    options: &ReadOptions,
    is_part: bool,
    sender: SyncSender<Batch>,
) -> Result<Gathered> {
    let mut batch = Batch::default();
    // Nobody receives where counting has ended with an error, which is told there.
    let send = |batch| sender.send(batch).map_err(|_| Error::Fit { reason: "nobody counts".into() });
    let rows = Gathered::read(reader, options, is_part, &mut |passage| {
        batch.push(passage);
        if batch.text.len() < BATCH_BYTES {
            return Ok(());
        }
        send(std::mem::take(&mut batch))
    })?;
    send(batch)?;
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::FeatureSet;

    #[test]
    fn a_table_that_is_read_and_counted_at_once_gives_the_model_of_its_corpus() {
        let mut table = String::from("text,stance,about\n");
        for i in 0..4_000 {
            let (word, stance) = [("agreed", "pro"), ("refused", "con"), ("rained", "none")][i % 3];
            let padding = "and so on ".repeat(i % 40);
            table += &format!("they {word} on day {i} {padding},{stance},{}\n", ["", "talks"][i % 2]);
        }
        assert!(table.len() > 2 * BATCH_BYTES);
        let options = ReadOptions { target: Some("about".into()), ..ReadOptions::default() };
        let open = || TableReader::new(table.as_bytes(), "t.csv").unwrap();
        let spec = PipelineSpec::new(FeatureSet::built_in("words-1").unwrap());
        let held = spec.fit(&Corpus::read(&mut open(), &options).unwrap()).unwrap().to_bytes();
        for threads in [1, 2] {
            let resources = Resources { threads, memory: Some(1_000_000_000) };
            let rows = spec.count_table(&mut open(), &options, resources, &|_| {}).unwrap();
            assert_eq!(rows.labeling().len(), 4_000);
            assert!(spec.fit_counted(rows, threads, &|_| {}).unwrap().to_bytes() == held);
        }
    }

    #[test]
    fn an_error_in_a_row_is_told_with_any_number_of_threads() {
        let table = "text,stance\na,pro\nb,con\nc, \n";
        let spec = PipelineSpec::new(FeatureSet::built_in("words-1").unwrap());
        for threads in [1, 2] {
            let mut reader = TableReader::new(table.as_bytes(), "t.csv").unwrap();
            let resources = Resources { threads, memory: None };
            let error =
                spec.count_table(&mut reader, &ReadOptions::default(), resources, &|_| {}).unwrap_err();
            assert_eq!(
                error.to_string(),
                "t.csv:4: column \"stance\": expected a label, found an empty cell"
            );
        }
    }

    #[test]
    fn counting_ends_before_training_would_take_more_memory_than_it_may() {
        let rows =
            |n: usize| (0..n).map(|i| format!("word{i} and word{},{}\n", i / 2, ["pro", "con"][i % 2]));
        let table: String = std::iter::once("text,stance\n".to_owned()).chain(rows(40_000)).collect();
        let spec = PipelineSpec::new(FeatureSet::built_in("words-1").unwrap());
        let count = |threads, memory| {
            let mut reader = TableReader::new(table.as_bytes(), "t.csv").unwrap();
            let resources = Resources { threads, memory: Some(memory) };
            spec.count_table(&mut reader, &ReadOptions::default(), resources, &|_| {}).map(|_| ())
        };
        for threads in [1, 2] {
            assert!(count(threads, 100_000_000).is_ok());
            match count(threads, PROGRAM_BYTES + 1_000_000).unwrap_err() {
                Error::Memory { limit: 17_000_000, rows, .. } => assert!(0 < rows && rows < 40_000, "{rows}"),
                other => panic!("{other}"),
            }
        }
    }
}
