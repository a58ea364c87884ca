//! The table of actors, tidy: one row an actor, a model and a period.
//!
//! Columns: `actor`, `kind` (person, state, group), `represents`; `model`; `period` ("all", or a day, ISO week or month
//! such as "2019-01-24", "2019-W04", "2019-01"), `from` and `to` (its first and last day; for "all" the first and last
//! date of the actor's articles); `documents`, `statements`, `self_stated`, `reported` (how many); `label`, `score`,
//! `low`, `high` (the mean and its 95 % interval), `self_stated_score`, `reported_score` (means); and for each label of
//! any model `n_LABEL`, its number of statements. What is not defined is empty, or null.

use jiff::civil::Date;
use serde_json::{Map, Value, json};

use crate::article::actors::{PeriodSummary, Summary};
use crate::article::{Actor, Models};

/// The columns before those of labels.
const COLUMNS: [&str; 17] = [
    "actor",
    "kind",
    "represents",
    "model",
    "period",
    "from",
    "to",
    "documents",
    "statements",
    "self_stated",
    "reported",
    "label",
    "score",
    "low",
    "high",
    "self_stated_score",
    "reported_score",
];

/// All columns of the table for these models.
pub fn columns(models: &Models<'_>) -> Vec<String> {
    let mut out = COLUMNS.map(str::to_owned).to_vec();
    for label in models.iter().flat_map(|(_, pipeline)| pipeline.labels().names()) {
        let column = format!("n_{label}");
        if !out.contains(&column) {
            out.push(column);
        }
    }
    out
}

/// The rows of an actor: for each model all of its statements, then period by period.
pub fn rows(actor: &Actor, columns: &[String]) -> Vec<Vec<Value>> {
    let all =
        Stretch { period: "all", from: actor.summary.first, to: actor.summary.last, summary: &actor.summary };
    let series = actor.pooled.iter().flat_map(|pooled| &pooled.series);
    let stretches: Vec<Stretch<'_>> = std::iter::once(all).chain(series.map(Stretch::of)).collect();
    let models = actor.summary.opinions.iter().map(|(model, _)| model);
    let of_model = |model: &str| stretches.iter().map(|s| s.row(actor, model, columns)).collect::<Vec<_>>();
    models.flat_map(of_model).collect()
}

/// A row as cells of a CSV file: numbers with four digits after the point, nothing where nothing is defined.
pub fn cells(row: &[Value]) -> Vec<String> {
    let cell = |value: &Value| match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Number(n) if n.is_f64() => format!("{:.4}", n.as_f64().unwrap_or_default()),
        other => other.to_string(),
    };
    row.iter().map(cell).collect()
}

/// A row as an object of JSON.
pub fn object(row: Vec<Value>, columns: &[String]) -> Map<String, Value> {
    columns.iter().cloned().zip(row).collect()
}

/// A stretch of time with its figures.
struct Stretch<'a> {
    period: &'a str,
    from: Option<Date>,
    to: Option<Date>,
    summary: &'a Summary,
}

impl<'a> Stretch<'a> {
    fn of(PeriodSummary { period, summary }: &'a PeriodSummary) -> Self {
        Stretch { period: &period.name, from: Some(period.from), to: Some(period.to), summary }
    }

    fn row(&self, actor: &Actor, model: &str, columns: &[String]) -> Vec<Value> {
        let (figure, summary) = (&actor.figure, self.summary);
        let opinion = summary.opinions.get(model);
        let end = |i: usize| opinion.and_then(|o| o.interval).map(|ends| ends[i]);
        let fixed: [Value; COLUMNS.len()] = [
            json!(figure.name),
            json!(figure.kind),
            json!(figure.represents),
            json!(model),
            json!(self.period),
            json!(self.from),
            json!(self.to),
            json!(summary.documents),
            json!(summary.statements),
            json!(summary.self_stated),
            json!(summary.reported()),
            json!(opinion.map(|o| &o.label)),
            json!(opinion.and_then(|o| o.score)),
            json!(end(0)),
            json!(end(1)),
            json!(opinion.and_then(|o| o.self_stated.score)),
            json!(opinion.and_then(|o| o.reported.score)),
        ];
        let count = |column: &String| {
            json!(column.strip_prefix("n_").and_then(|label| opinion.and_then(|o| o.labels.get(label))))
        };
        fixed.into_iter().chain(columns[COLUMNS.len()..].iter().map(count)).collect()
    }
}
