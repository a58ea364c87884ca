//! Articles, one after another, from files, folders and standard input.

use std::fs::DirEntry;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use demarche::Document;
use demarche::analysis::SentenceSegmenter;
use demarche::article::Models;
use demarche::corpus::{Row, TableReader};
use indicatif::ProgressBar;

use super::report::{Options, Report};
use super::{has_extension, unread};
use crate::output::{self, Output};

/// Articles that each thread reads before the results are handed on.
const ARTICLES_A_THREAD: usize = 8;

/// Scores articles, some at a time, and hands them on before the next are read.
pub(crate) fn run(
    inputs: &[PathBuf],
    models: &Models<'_>,
    options: &Options,
    threads: usize,
    output: Output,
) -> Result<()> {
    let files = files(inputs)?;
    let is_quick = files.len() == 1 || output.is_shown();
    let progress = if is_quick { ProgressBar::hidden() } else { output::progress(files.len(), "articles") };
    let score = |(path, is_explicit): &(PathBuf, bool)| {
        let article = read(path).map(|document| {
            let article = models.score_article(&document, &SentenceSegmenter);
            (document, article)
        });
        (article, *is_explicit)
    };
    let scored = files
        .chunks(threads * ARTICLES_A_THREAD)
        .flat_map(|files| in_order(files, threads, &score))
        .inspect(|_| progress.inc(1))
        .filter_map(|scored| match scored {
            (Err(error), false) => {
                progress.suspend(|| output::note(&format!("skipped: {}", output::message(&error))));
                None
            }
            (article, _) => Some(article),
        });
    let mut report = Report::new(models, options, output)?;
    for scored in scored {
        let (document, article) = scored?;
        report.write(document, article)?;
    }
    progress.finish_and_clear();
    report.finish(models)
}

/// The results of `work` in the order of `items`, by up to `threads` threads.
fn in_order<T: Sync, R: Send>(items: &[T], threads: usize, work: &(impl Fn(&T) -> R + Sync)) -> Vec<R> {
    if threads == 1 || items.len() == 1 {
        return items.iter().map(work).collect();
    }
    std::thread::scope(|scope| {
        let shares = items.chunks(items.len().div_ceil(threads).max(1));
        let workers: Vec<_> =
            shares.map(|share| scope.spawn(move || share.iter().map(work).collect::<Vec<R>>())).collect();
        let join = |worker: std::thread::ScopedJoinHandle<'_, Vec<R>>| {
            worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        };
        workers.into_iter().flat_map(join).collect()
    })
}

/// Files to read, with whether the user named them: files as given, folders recursively in order of their names.
fn files(inputs: &[PathBuf]) -> Result<Vec<(PathBuf, bool)>> {
    let mut out = Vec::new();
    for input in inputs {
        if input.is_dir() {
            let before = out.len();
            walk(input, &mut out)?;
            if out.len() == before {
                bail!("{}: expected articles (.txt, .md), found none in this folder", input.display());
            }
        } else {
            out.push((input.clone(), true));
        }
    }
    Ok(out)
}

fn walk(folder: &Path, out: &mut Vec<(PathBuf, bool)>) -> Result<()> {
    let entries = std::fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    let mut entries = entries.collect::<std::io::Result<Vec<_>>>()?;
    entries.sort_by_key(DirEntry::path);
    for entry in entries {
        let path = entry.path();
        if path.is_dir() {
            // A linked folder may hold the one we are in.
            if entry.file_type().is_ok_and(|t| t.is_dir()) {
                walk(&path, out)?;
            }
        } else if has_extension(&path, &["txt", "md"]) && !is_about_the_folder(&entry) {
            out.push((path, false));
        }
    }
    Ok(())
}

/// README.md, LICENSE-MIT.txt: not an article.
fn is_about_the_folder(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy().to_uppercase();
    ["README", "SOURCE", "LICENSE", "CHANGELOG"].iter().any(|about| {
        name.strip_prefix(about).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
    })
}

fn read(path: &Path) -> Result<Document> {
    let name = path.display().to_string();
    let mut bytes = Vec::new();
    if name == "-" {
        std::io::stdin().read_to_end(&mut bytes).context("standard input")?;
    } else {
        bytes = std::fs::read(path).with_context(|| name.clone())?;
    }
    unread::refuse(path, &bytes)?;
    if name == "-" && is_like_a_table(&bytes) {
        output::note("standard input looks like a table; to score its rows, add --text text");
    }
    Ok(Document::from_utf8(name, bytes)?)
}

/// Whether two or more columns, one of them called `text`, head a row of as many cells.
fn is_like_a_table(bytes: &[u8]) -> bool {
    TableReader::new(bytes, "-").is_ok_and(|mut table| {
        let columns = table.columns();
        let is_headed = columns.names().len() > 1 && columns.position("text").is_some();
        is_headed && table.read(&mut Row::default()).unwrap_or(false)
    })
}
