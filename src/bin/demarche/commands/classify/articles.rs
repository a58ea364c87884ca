//! Articles, one after another, from files, folders and standard input.

use std::path::PathBuf;

use anyhow::Result;
use demarche::analysis::SentenceSegmenter;
use demarche::article::{Models, ScoredArticle};
use demarche::page::Reading;
use indicatif::ProgressBar;

use super::report::{Options, Report};
use super::source::{Files, Source};
use super::tally::Tally;
use crate::output::{self, Output};

/// Articles that each thread reads before the results are handed on.
const ARTICLES_A_THREAD: usize = 32;

/// Scores articles, some at a time, and hands them on before the next are read.
pub(crate) fn run(
    inputs: &[PathBuf],
    models: &Models<'_>,
    options: &Options,
    threads: usize,
    output: Output,
) -> Result<()> {
    let files = Files::of(inputs)?;
    let progress = match files.count() {
        Some(1) => ProgressBar::hidden(),
        _ if output.is_shown() => ProgressBar::hidden(),
        Some(n_files) => output::progress(n_files, "articles"),
        None => output::counter("articles"),
    };
    let is_json = options.format == "json";
    let is_rows = matches!(options.format.as_str(), "csv" | "jsonl");
    let score = |source: Source| {
        let is_explicit = source.is_explicit;
        let scored = source.read().map(|reading| {
            let document = &reading.document;
            let mut article = if is_rows {
                models.score_statements(document, &SentenceSegmenter)
            } else {
                models.score_article(document, &SentenceSegmenter)
            };
            // The bytes of a page are not what the offsets count.
            article.text = (is_json && reading.page_bytes.is_some()).then(|| reading.document.text.clone());
            (reading, article)
        });
        (scored, is_explicit)
    };
    let mut tally = Tally::default();
    let mut sources = files.sources().peekable();
    let batches = std::iter::from_fn(|| {
        sources.peek()?;
        Some(sources.by_ref().take(threads * ARTICLES_A_THREAD).collect::<Vec<Source>>())
    });
    let scored = batches
        .flat_map(|batch| in_order(batch, threads, &score))
        .inspect(|_| progress.inc(1))
        .filter_map(|scored: (Result<(Reading, ScoredArticle)>, bool)| match scored {
            (Err(error), false) => {
                progress.suspend(|| output::note(&format!("skipped: {}", output::message(&error))));
                None
            }
            (scored, _) => Some(scored.map(|(reading, article)| {
                tally.add(&reading);
                (reading.document, article)
            })),
        });
    let mut report = Report::new(models, options, output)?;
    for scored in scored {
        let (document, article) = scored?;
        report.write(document, article)?;
    }
    progress.finish_and_clear();
    tally.tell();
    report.finish(models)
}

/// The results of `work` in the order of `items`, by up to `threads` threads.
fn in_order<T: Send, R: Send>(items: Vec<T>, threads: usize, work: &(impl Fn(T) -> R + Sync)) -> Vec<R> {
    if threads == 1 || items.len() == 1 {
        return items.into_iter().map(work).collect();
    }
    std::thread::scope(|scope| {
        let size = items.len().div_ceil(threads).max(1);
        let mut items = items.into_iter().peekable();
        let mut workers = Vec::new();
        while items.peek().is_some() {
            let share: Vec<T> = items.by_ref().take(size).collect();
            workers.push(scope.spawn(move || share.into_iter().map(work).collect::<Vec<R>>()));
        }
        let join = |worker: std::thread::ScopedJoinHandle<'_, Vec<R>>| {
            worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        };
        workers.into_iter().flat_map(join).collect()
    })
}
