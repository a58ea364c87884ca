//! Articles, one after another, from files, folders and standard input.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use demarche::Document;
use demarche::analysis::SentenceSegmenter;
use demarche::article::{Models, ScoredArticle};
use demarche::corpus::{StringRecord, TableWriter};
use demarche::render::classification;
use serde_json::json;

use super::has_extension;
use super::tables::{answer_cells, answer_columns};
use crate::output::{self, Output};

/// Scores every article and writes it before the next is read, except in JSON, which is one value.
pub(crate) fn run(inputs: &[PathBuf], models: &Models<'_>, format: &str, mut output: Output) -> Result<()> {
    let is_terminal = matches!(output, Output::Stdout(_));
    let (width, colour) = (output::width(), is_terminal && output::colour());
    let files = files(inputs)?;
    let segmenter = SentenceSegmenter;
    let scored = files.iter().filter_map(|(path, is_explicit)| match read(path) {
        Ok(document) => Some(Ok(models.score_article(&document, &segmenter))),
        Err(error) if *is_explicit => Some(Err(error)),
        Err(error) => {
            output::note(&format!("skipped: {}", output::message(&error)));
            None
        }
    });
    match format {
        "json" => {
            let documents = scored.collect::<Result<Vec<ScoredArticle>>>()?;
            serde_json::to_writer_pretty(&mut output, &json!({ "documents": documents }))?;
            writeln!(output)?;
        }
        "jsonl" => {
            for article in scored {
                for statement in article?.statements {
                    serde_json::to_writer(&mut output, &statement)?;
                    writeln!(output)?;
                }
            }
        }
        "csv" => output = write_csv(scored, models, output)?,
        _ => {
            for (i, article) in scored.enumerate() {
                let article = article?;
                let text = match format {
                    "md" => classification::markdown(&article),
                    _ => classification::text(&article, width, colour),
                };
                write!(output, "{}{text}", if i > 0 { "\n" } else { "" })?;
            }
        }
    }
    output.finish()
}

fn write_csv(
    scored: impl Iterator<Item = Result<ScoredArticle>>,
    models: &Models<'_>,
    output: Output,
) -> Result<Output> {
    let fixed =
        ["document", "index", "sentence", "start", "end", "text", "speaker", "holder"].map(str::to_owned);
    let mut writer = TableWriter::new(output, "output", b',', &fixed, &answer_columns(models))?;
    for article in scored {
        for s in article?.statements {
            let record = StringRecord::from(vec![
                s.document.as_str(),
                &s.index.to_string(),
                &s.statement.sentence.to_string(),
                &s.statement.span.start.to_string(),
                &s.statement.span.end.to_string(),
                &s.statement.text,
                s.statement.speaker.as_deref().unwrap_or(""),
                s.statement.holder().as_deref().unwrap_or(""),
            ]);
            writer.write(&record, &answer_cells(&s.answers))?;
        }
    }
    Ok(writer.finish()?)
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
    let mut paths = entries.map(|e| e.map(|e| e.path())).collect::<std::io::Result<Vec<_>>>()?;
    paths.sort();
    for path in paths {
        if path.is_dir() {
            walk(&path, out)?;
        } else if has_extension(&path, &["txt", "md"]) {
            out.push((path, false));
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<Document> {
    let name = path.display().to_string();
    let mut bytes = Vec::new();
    if name == "-" {
        std::io::stdin().read_to_end(&mut bytes).context("standard input")?;
    } else {
        bytes = std::fs::read(path).with_context(|| name.clone())?;
    }
    Ok(Document::from_utf8(name, bytes)?)
}
