//! `demarche explain`

use std::borrow::Cow;
use std::io::Read;

use anyhow::{Context, Result, bail};
use demarche::render::explanation;
use demarche::text::{Passage, is_blank};
use demarche::{Error, shipped};

use super::{note_missing_targets, open_model};
use crate::args::ExplainArgs;
use crate::output;

pub(crate) fn run(args: ExplainArgs) -> Result<bool> {
    let pipeline = match &args.model {
        Some(path) => open_model(path)?,
        None => Cow::Borrowed(shipped::stance()),
    };
    note_missing_targets(&pipeline, args.target.as_deref());
    let text = if args.text == "-" {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).context("standard input")?;
        text.trim_end().to_owned()
    } else {
        args.text
    };
    if is_blank(&text) {
        bail!("expected a statement, found an empty text");
    }
    let label = match &args.label {
        None => None,
        Some(name) => Some(pipeline.labels().parse(name).ok_or_else(|| {
            Error::parameter(
                "label",
                format!("one of {}", pipeline.labels().names().join(", ")),
                format!("{name:?}"),
            )
        })?),
    };
    let report =
        explanation::Report::new(&pipeline, Passage::from(&text).toward(args.target.as_deref()), label);
    output::print(&match args.format.as_str() {
        "json" => serde_json::to_string_pretty(&report)? + "\n",
        _ => report.text(args.top),
    })?;
    Ok(true)
}
