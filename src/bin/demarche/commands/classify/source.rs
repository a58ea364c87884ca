//! Where articles come from: files, folders, lines of JSON, standard input.

use std::collections::BTreeSet;
use std::fs::DirEntry;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use demarche::corpus::{Format, Row, TableReader};
use demarche::decode::{Utf8Reader, unpack};
use demarche::page::Reading;
use demarche::{Document, date, furniture};
use serde_json::Value;

use super::has_extension;
use crate::output;

/// Extensions of articles in a folder, and of files with an article a line; each may be followed by ".gz".
const ARTICLES: &[&str] = &["txt", "md", "html", "htm", "xhtml"];
const LINES: &[&str] = &["jsonl", "ndjson"];

/// Bytes that an article on a line may have.
const LONGEST_LINE: u64 = 64 << 20;

/// One article, not read yet.
pub(crate) struct Source {
    place: Place,
    /// Whether the user named it: then its failure is an error.
    pub(crate) is_explicit: bool,
}

enum Place {
    File(PathBuf),
    /// A line of JSON, with its file and 1-based number.
    Line(PathBuf, u64, String),
    /// What could not be opened or read.
    Unread(anyhow::Error),
}

/// Files in order, with whether the user named them.
pub(crate) struct Files(Vec<(PathBuf, bool)>);

impl Files {
    /// Files as given, folders recursively in order of their names.
    ///
    /// Says on standard error which other files a folder holds.
    pub(crate) fn of(inputs: &[PathBuf]) -> Result<Files> {
        let mut out = Vec::new();
        for input in inputs {
            if input.is_dir() {
                let (before, mut others) = (out.len(), Others::default());
                walk(input, &mut out, &mut others)?;
                if out.len() == before {
                    let wanted = "articles (.txt, .md, .html, .jsonl or .gz of these)";
                    bail!("{}: expected {wanted}, found none in this folder", input.display());
                }
                others.tell(input);
            } else {
                out.push((input.clone(), true));
            }
        }
        Ok(Files(out))
    }

    /// The number of articles, if each file is one.
    pub(crate) fn count(&self) -> Option<usize> {
        self.0.iter().all(|(path, _)| !is_lines(path)).then_some(self.0.len())
    }

    /// Articles in order; files of lines are read as they are needed.
    pub(crate) fn sources(&self) -> impl Iterator<Item = Source> + '_ {
        self.0.iter().flat_map(|(path, is_explicit)| -> Box<dyn Iterator<Item = Source>> {
            let source = |place| Source { place, is_explicit: *is_explicit };
            if is_lines(path) {
                Box::new(lines(path).map(source))
            } else {
                Box::new(std::iter::once(source(Place::File(path.clone()))))
            }
        })
    }
}

/// Whether the name is that of a file with an object of JSON on each line.
pub(crate) fn is_lines(path: &Path) -> bool {
    has_extension(&uncompressed(path), LINES)
}

/// Whether the file, or standard input, begins like an Arrow stream or Parquet. Nothing is taken from either.
pub(crate) fn is_in_columns(path: &Path) -> bool {
    let mut head = Vec::new();
    if path == Path::new("-") {
        head.extend(std::io::stdin().lock().fill_buf().unwrap_or_default().iter().take(8));
    } else if path.is_file() {
        let _ = std::fs::File::open(path).and_then(|file| file.take(8).read_to_end(&mut head));
    }
    Format::in_columns(&head).is_some()
}

/// Whether the file's first line is an article: it has a title, or its text has several paragraphs or sentences.
pub(crate) fn holds_articles(path: &Path) -> bool {
    if !path.is_file() {
        // What is read of a pipe to look at it is gone.
        return false;
    }
    let Some(Place::Line(_, _, first)) = lines(path).next() else { return false };
    let Ok(Value::Object(object)) = serde_json::from_str(&first) else { return false };
    let Some(text) = object.get("text").and_then(Value::as_str) else { return false };
    let n_sentences = text.split(['.', '!', '?']).filter(|s| s.split_whitespace().count() > 2).count();
    object.get("title").is_some_and(Value::is_string) || text.trim().contains('\n') || n_sentences > 3
}

impl Source {
    /// Reads and decodes the article; of a page, its main text.
    pub(crate) fn read(self) -> Result<Reading> {
        match self.place {
            Place::File(path) => read_file(&path),
            Place::Line(path, number, line) => {
                let name = format!("{}:{number}", path.display());
                let document = document_of_line(&name, &line)?;
                Ok(Reading { document, page_bytes: None, encoding: None })
            }
            Place::Unread(error) => Err(error),
        }
    }
}

fn read_file(path: &Path) -> Result<Reading> {
    let name = path.display().to_string();
    let mut bytes = Vec::new();
    if name == "-" {
        std::io::stdin().read_to_end(&mut bytes).context("standard input")?;
    } else {
        bytes = std::fs::read(path).with_context(|| name.clone())?;
    }
    bytes = unpack(&name, bytes)?;
    if name == "-" && is_like_a_table(&bytes) {
        output::note("standard input looks like a table; to score its rows, add --text text");
    }
    Ok(Reading::of(&name, &bytes)?)
}

/// An object of JSON with a `text`, and perhaps `title`, `date`, `byline` or `author`, and `id`, `name` or `url`.
fn document_of_line(place: &str, line: &str) -> Result<Document> {
    let expected = "an object with a `text`";
    let value: Value = serde_json::from_str(line)
        .map_err(|error| anyhow!("{place}: expected {expected}, found what is not JSON ({error})"))?;
    let text_of = |key: &str| match value.get(key)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let Some(text) = value.get("text").and_then(Value::as_str) else {
        bail!("{place}: expected {expected}, found none");
    };
    let first = |keys: &[&str]| keys.iter().find_map(|key| text_of(key)).filter(|t| !t.trim().is_empty());
    let byline = first(&["byline", "author"]);
    Ok(Document {
        name: first(&["id", "name", "url"]).unwrap_or_else(|| place.to_owned()),
        text: text.to_owned(),
        title: first(&["title", "headline"]),
        date: first(&["date", "published"]).and_then(|date| date::mentions(&date).next().map(|m| m.date)),
        byline: byline.map(|line| furniture::byline(&line).unwrap_or(line)),
    })
}

/// The lines of a file that are not empty.
fn lines(path: &Path) -> impl Iterator<Item = Place> + use<> {
    let path = path.to_owned();
    let (mut reader, mut failure) = match open(&path) {
        Ok(reader) => (Some(reader), None),
        Err(error) => (None, Some(Place::Unread(error))),
    };
    let mut number = 0;
    std::iter::from_fn(move || {
        loop {
            let Some(open) = reader.as_mut() else { return failure.take() };
            number += 1;
            match read_line(open) {
                Ok(None) => return None,
                Ok(Some(line)) if line.trim().is_empty() => {}
                Ok(Some(line)) => {
                    let line = line.trim_start_matches('\u{feff}').to_owned();
                    return Some(Place::Line(path.clone(), number, line));
                }
                Err(error) => {
                    reader = None;
                    let place = format!("{}:{number}", path.display());
                    return Some(Place::Unread(demarche::Error::read(place, error).into()));
                }
            }
        }
    })
}

/// The next line; `None` at the end.
fn read_line(input: &mut dyn BufRead) -> std::io::Result<Option<String>> {
    let mut line = Vec::new();
    let n = input.take(LONGEST_LINE + 1).read_until(b'\n', &mut line)?;
    if n as u64 > LONGEST_LINE {
        return Err(std::io::Error::other("expected a line of at most 64 MiB, found more"));
    }
    let line = String::from_utf8(line).map_err(std::io::Error::other)?;
    Ok((n > 0).then_some(line))
}

fn open(path: &Path) -> Result<Box<dyn BufRead>> {
    let name = path.display().to_string();
    let file = std::fs::File::open(path).with_context(|| name.clone())?;
    Ok(Box::new(BufReader::new(Utf8Reader::new(file, &name)?)))
}

/// The name without ".gz" or ".zst".
pub(super) fn uncompressed(path: &Path) -> PathBuf {
    if has_extension(path, &["gz", "zst"]) { path.with_extension("") } else { path.to_owned() }
}

fn walk(folder: &Path, out: &mut Vec<(PathBuf, bool)>, others: &mut Others) -> Result<()> {
    let entries = std::fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    let mut entries = entries.collect::<std::io::Result<Vec<_>>>()?;
    entries.sort_by_key(DirEntry::path);
    for entry in entries {
        let path = entry.path();
        if path.is_dir() {
            // A linked folder may hold the one we are in.
            if entry.file_type().is_ok_and(|t| t.is_dir())
                && let Err(error) = walk(&path, out, others)
            {
                output::note(&format!("skipped: {}", output::message(&error)));
            }
        } else if is_about_the_folder(&entry) {
        } else if path.metadata().is_ok_and(|data| !data.is_file()) {
            // A pipe would be waited for, a device may have no end.
            output::note(&format!("skipped: {}: expected a file, found a pipe or a device", path.display()));
        } else if has_extension(&uncompressed(&path), ARTICLES) || is_lines(&path) {
            out.push((path, false));
        } else {
            others.add(&path);
        }
    }
    Ok(())
}

/// README.md, LICENSE-MIT.txt, .hidden: not an article.
fn is_about_the_folder(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy().to_uppercase();
    let is_about = |about: &str| {
        name.strip_prefix(about).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
    };
    name.starts_with('.') || ["README", "SOURCE", "LICENSE", "CHANGELOG"].into_iter().any(is_about)
}

/// Files in a folder that are no articles.
#[derive(Default)]
struct Others {
    count: usize,
    extensions: BTreeSet<String>,
}

impl Others {
    fn add(&mut self, path: &Path) {
        self.count += 1;
        let extension = path.extension().map(|e| format!(".{}", e.to_string_lossy()));
        self.extensions.insert(extension.unwrap_or_else(|| "no extension".to_owned()));
    }

    fn tell(&self, folder: &Path) {
        if self.count == 0 {
            return;
        }
        let shown: Vec<&str> = self.extensions.iter().take(6).map(String::as_str).collect();
        let dots = if self.extensions.len() > shown.len() { ", ..." } else { "" };
        let files = if self.count == 1 { "file" } else { "files" };
        let (folder, count) = (folder.display(), self.count);
        output::note(&format!("{folder}: left out {count} {files} ({}{dots})", shown.join(", ")));
    }
}

/// Whether two or more columns, one of them called `text`, head a row of as many cells.
fn is_like_a_table(bytes: &[u8]) -> bool {
    TableReader::new(bytes, "-").is_ok_and(|mut table| {
        let columns = table.columns();
        let is_headed = columns.names().len() > 1 && columns.position("text").is_some();
        is_headed && table.read(&mut Row::default()).unwrap_or(false)
    })
}
