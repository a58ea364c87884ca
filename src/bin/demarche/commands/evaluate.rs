//! `demarche evaluate`

use std::borrow::Cow;

use anyhow::Result;
use demarche::corpus::{ReadOptions, TableReader};
use demarche::evaluate::evaluate;
use demarche::render::evaluation;
use demarche::{Corpus, shipped};

use super::{first_column, note_missing_targets, open_model};
use crate::args::EvaluateArgs;
use crate::output;

pub(crate) fn run(args: EvaluateArgs) -> Result<bool> {
    let mut table = TableReader::open(&args.data)?;
    let columns = table.columns().names();
    let (pipeline, name) = match &args.model {
        Some(path) => (open_model(path)?, path.display().to_string()),
        None => {
            let wanted = args.label.as_deref().or_else(|| first_column(columns, &["stance", "sentiment"]));
            let name = if wanted == Some("sentiment") { "sentiment" } else { "stance" };
            let model = if name == "sentiment" { shipped::sentiment() } else { shipped::stance() };
            (Cow::Borrowed(model), name.to_owned())
        }
    };
    note_missing_targets(&pipeline, args.target.as_deref());
    let label = args.label.clone().unwrap_or_else(|| {
        let own = pipeline.labels().name();
        first_column(columns, &[own, "label"]).unwrap_or(own).to_owned()
    });
    let options = ReadOptions {
        text: args.text,
        label,
        group: args.group,
        target: args.target,
        label_set: Some(pipeline.labels().clone()),
        keep: args.by,
        ..ReadOptions::default()
    };
    let corpus = Corpus::read(&mut table, &options)?;
    let mut report = evaluate(&pipeline, &corpus, args.threads.get(), args.seed)?;
    report.model = Some(name);
    output::print(&match args.format.as_str() {
        "json" => serde_json::to_string_pretty(&report)? + "\n",
        "md" => evaluation::markdown(&report),
        _ => evaluation::text(&report),
    })?;
    Ok(args.min_macro_f1.is_none_or(|least| report.macro_f1.value.is_some_and(|f1| f1 >= least)))
}
