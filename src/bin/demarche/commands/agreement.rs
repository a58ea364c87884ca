//! `demarche agreement`

use anyhow::{Result, bail};
use demarche::corpus::{Annotations, CoderColumn, SharedColumns, Table};
use demarche::evaluate::agreement;
use demarche::render;

use super::first_column;
use crate::args::AgreementArgs;
use crate::output;

pub(crate) fn run(args: AgreementArgs) -> Result<bool> {
    let tables = args.input.iter().map(Table::open).collect::<demarche::Result<Vec<_>>>()?;
    for table in &tables {
        if let Some(remark) = &table.remark {
            output::note(&format!("{}: {remark}", table.columns.file()));
        }
    }
    let coders = coders(&tables, &args.label)?;
    let annotations = Annotations::read(&coders, &SharedColumns { id: args.id, text: args.text })?;
    let report = agreement(&annotations, args.seed);
    output::print(&match args.format.as_str() {
        "json" => serde_json::to_string_pretty(&report)? + "\n",
        "md" => render::agreement::markdown(&report, args.show),
        _ => render::agreement::text(&report, args.show),
    })?;
    Ok(args.min_alpha.is_none_or(|least| report.alpha.value.is_some_and(|alpha| alpha >= least)))
}

/// One table with a column a coder, or a table a coder with one column for all or one for each.
fn coders<'t>(tables: &'t [Table], labels: &'t [String]) -> Result<Vec<CoderColumn<'t>>> {
    let default = [first_column(&tables[0].columns, &["stance", "label", "sentiment"]).unwrap_or("stance")];
    let labels: Vec<&str> =
        if labels.is_empty() { default.to_vec() } else { labels.iter().map(String::as_str).collect() };
    let n = tables.len().max(labels.len());
    if n < 2 {
        bail!("expected two coders or more: several tables, or one table with several --label");
    }
    if ![1, n].contains(&tables.len()) || ![1, n].contains(&labels.len()) {
        bail!("expected one --label for all {} tables or one for each, found {}", tables.len(), labels.len());
    }
    let is_repeated = |i: &usize| {
        let source = |n: usize| (tables[n % tables.len()].columns.file(), labels[n % labels.len()]);
        (0..*i).any(|earlier| source(earlier) == source(*i))
    };
    if let Some(i) = (1..n).find(is_repeated) {
        bail!(
            "expected different coders, found column {:?} of {} twice",
            labels[i % labels.len()],
            tables[i % tables.len()].columns.file()
        );
    }
    let coder = |i: usize| CoderColumn { table: &tables[i % tables.len()], label: labels[i % labels.len()] };
    Ok((0..n).map(coder).collect())
}
