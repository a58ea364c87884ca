//! `demarche inspect`

use anyhow::Result;
use demarche::render::model;

use super::open_model;
use crate::args::InspectArgs;
use crate::output;

pub(crate) fn run(args: InspectArgs) -> Result<bool> {
    let pipeline = open_model(&args.model)?;
    let report =
        model::Report::new(&args.model.display().to_string(), &pipeline, args.target.as_deref(), args.top);
    output::print(&match args.format.as_str() {
        "json" => serde_json::to_string_pretty(&report)? + "\n",
        _ => report.text(),
    })?;
    Ok(true)
}
