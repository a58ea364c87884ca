//! The table of actors as a file.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use demarche::article::{Actor, Models};
use demarche::corpus::{Cells, StringRecord, TableWriter};
use demarche::render::actor_table;

use super::has_extension;
use crate::output::Output;

/// A file that is opened before any work is done.
pub(crate) enum ActorFile {
    Csv(Output, Cells),
    JsonLines(Output),
}

impl ActorFile {
    /// The extension says what is written.
    pub(crate) fn open(path: &Path, inputs: &[PathBuf], cells: Cells) -> Result<Self> {
        if has_extension(path, &["csv"]) {
            Ok(ActorFile::Csv(Output::open(Some(path), inputs)?, cells))
        } else if has_extension(path, &["jsonl", "ndjson"]) {
            Ok(ActorFile::JsonLines(Output::open(Some(path), inputs)?))
        } else {
            bail!("--actors: expected a file name that ends in .csv or .jsonl, found {}", path.display())
        }
    }

    pub(crate) fn write(self, actors: &[Actor], models: &Models<'_>) -> Result<()> {
        let columns = actor_table::columns(models);
        let rows = actors.iter().flat_map(|actor| actor_table::rows(actor, &columns));
        match self {
            ActorFile::Csv(output, cells) => {
                let mut writer = TableWriter::new(output, "actors", b',', &columns, &[], cells)?;
                for row in rows {
                    writer.write(&StringRecord::from(actor_table::cells(&row)), &StringRecord::new())?;
                }
                writer.finish()?.finish()
            }
            ActorFile::JsonLines(mut output) => {
                for row in rows {
                    serde_json::to_writer(&mut output, &actor_table::object(row, &columns))?;
                    writeln!(output)?;
                }
                output.finish()
            }
        }
    }
}
