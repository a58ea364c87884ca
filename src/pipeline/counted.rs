//! A table to counts, its texts read once and not held.
//!
//! Comes in: a table of labeled statements. Goes out: [`CountedRows`], from which a pipeline is fitted. With two threads, one
//! reads rows while the other counts; counts come in the order of the rows either way.

use std::io::Read;
use std::sync::mpsc::{SyncSender, sync_channel};

use super::fit::Progress;
use super::spec::PipelineSpec;
use crate::corpus::{Corpus, Labeling, ReadOptions, TableReader};
use crate::error::Result;
use crate::features::{Counting, Counts};
use crate::text::Passage;

/// Bytes of text that are handed from the reading thread to the counting one at a time.
const BATCH_BYTES: usize = 1 << 18;
/// Batches that may wait to be counted.
const WAITING: usize = 4;
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

impl PipelineSpec {
    /// Reads what is left of a table and counts the features of its texts, with up to `threads` threads.
    ///
    /// # Errors
    /// As [`Labeling::read`] and [`PipelineSpec::fit_with`].
    pub fn count_table<R: Read + Send>(
        &self,
        reader: &mut TableReader<R>,
        options: &ReadOptions,
        threads: usize,
        on_progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<CountedRows> {
        self.check()?;
        let mut counting = Reported { counting: self.features.counting()?, rows: 0, on_progress };
        let labeling = if threads < 2 {
            Labeling::read(reader, options, &mut |passage| counting.push(passage))?
        } else {
            std::thread::scope(|scope| {
                let (sender, batches) = sync_channel(WAITING);
                let reading = scope.spawn(|| read_in_batches(reader, options, sender));
                for batch in batches {
                    batch.passages().for_each(|passage| counting.push(passage));
                }
                reading.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            })?
        };
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
        self.fit_counts(rows.counts, &rows.labeling, threads, on_progress)
    }

    /// Counts the features of a corpus.
    pub(super) fn count(&self, corpus: &Corpus, on_progress: &(dyn Fn(Progress) + Sync)) -> Result<Counts> {
        self.check()?;
        self.check_labeling(corpus)?;
        let mut counting = Reported { counting: self.features.counting()?, rows: 0, on_progress };
        corpus.passages().for_each(|passage| counting.push(passage));
        counting.finish()
    }
}

/// Counts and says how far it has come.
struct Reported<'a> {
    counting: Counting,
    rows: usize,
    on_progress: &'a (dyn Fn(Progress) + Sync),
}

impl Reported<'_> {
    fn push(&mut self, passage: Passage<'_>) {
        if self.rows % REPORT_EVERY == 0 {
            (self.on_progress)(Progress::Reading(self.rows));
        }
        self.rows += 1;
        self.counting.push(passage);
    }

    fn finish(self) -> Result<Counts> {
        (self.on_progress)(Progress::Reading(self.rows));
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
    sender: SyncSender<Batch>,
) -> Result<Labeling> {
    let mut batch = Batch::default();
    // Nobody receives only where the other thread has panicked, which is told there.
    let labeling = Labeling::read(reader, options, &mut |passage| {
        batch.push(passage);
        if batch.text.len() >= BATCH_BYTES {
            let _ = sender.send(std::mem::take(&mut batch));
        }
    })?;
    let _ = sender.send(batch);
    Ok(labeling)
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
            let rows = spec.count_table(&mut open(), &options, threads, &|_| {}).unwrap();
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
            let error = spec.count_table(&mut reader, &ReadOptions::default(), threads, &|_| {}).unwrap_err();
            assert_eq!(
                error.to_string(),
                "t.csv:4: column \"stance\": expected a label, found an empty cell"
            );
        }
    }
}
