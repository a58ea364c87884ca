//! The tables of an evaluation; text, Markdown and HTML show the same ones.

use super::super::{Grid, UNDEFINED, counts, interval, number};
use crate::evaluate::{Comparison, Estimate, EvaluationReport, Slice, Versus};
use crate::ordered::Ordered;

/// Every score that is better the larger it is.
pub(in crate::render) fn scores(report: &EvaluationReport) -> Grid {
    let always = format!("always {}", report.baseline.label);
    let mut grid = Grid::new(["score", "value", "interval", &always]);
    let mut push = |name: &str, value: Option<f64>, ends: Option<[f64; 2]>, baseline: Option<Option<f64>>| {
        let baseline = baseline.map(number).unwrap_or_default();
        grid.push([name.to_owned(), number(value), interval(ends), baseline]);
    };
    let (own, baseline) = (&report.intervals, &report.baseline);
    let mut estimate = |name: &str, estimate: &Estimate, baseline: Option<Option<f64>>| {
        push(name, estimate.value, estimate.interval, baseline);
    };
    estimate("accuracy", &report.accuracy, Some(baseline.accuracy));
    estimate("macro F1", &report.macro_f1, Some(baseline.macro_f1));
    if let Some(favor_against) = &report.favor_against_f1 {
        estimate("favor/against F1", favor_against, None);
    }
    if let Some(by_target) = &report.favor_against_f1_by_target {
        estimate("favor/against F1 by target", by_target, None);
    }
    push("balanced accuracy", report.balanced_accuracy, own.balanced_accuracy, None);
    push("weighted F1", report.weighted_f1, own.weighted_f1, None);
    push("Matthews correlation", report.mcc, own.mcc, None);
    push("Cohen's kappa", report.kappa, own.kappa, None);
    push("ROC AUC", report.roc_auc.value, report.roc_auc.interval, None);
    push("average precision", report.average_precision.value, report.average_precision.interval, None);
    grid
}

/// Every score of probabilities that is better the smaller it is.
pub(in crate::render) fn calibration(report: &EvaluationReport) -> Grid {
    let (calibration, own) = (&report.calibration, &report.intervals);
    let mut grid = Grid::new(["smaller is better", "value", "interval"]);
    for (name, value, ends) in [
        ("calibration error", calibration.ece, own.ece),
        ("Brier score", calibration.brier, own.brier),
        ("log loss", calibration.log_loss, own.log_loss),
    ] {
        grid.push([name.to_owned(), number(value), interval(ends)]);
    }
    grid
}

pub(in crate::render) fn classes(report: &EvaluationReport) -> Grid {
    let mut grid = Grid::new(["class", "precision", "recall", "F1", "ROC AUC", "AP", "rows"]);
    for (name, class) in report.per_class.iter() {
        let scores = &class.scores;
        let cells = [scores.precision, scores.recall, scores.f1, class.roc_auc, class.average_precision];
        let row = std::iter::once(name.to_owned()).chain(cells.map(number));
        grid.push_row(row.chain([scores.support.to_string()]).collect());
    }
    grid
}

pub(in crate::render) fn confusion(report: &EvaluationReport) -> Grid {
    counts("truth ↓ / predicted →", &report.confusion)
}

/// The bins of confidence that hold rows.
pub(in crate::render) fn reliability(report: &EvaluationReport) -> Grid {
    let mut grid = Grid::new(["confidence", "mean", "accuracy", "rows"]);
    for bin in report.calibration.bins.iter().filter(|bin| bin.n > 0) {
        let ends = format!("{:.3} to {:.3}", bin.low, bin.high);
        grid.push([ends, number(bin.confidence), number(bin.accuracy), bin.n.to_string()]);
    }
    grid
}

/// Every fourth point of the coverage curve, from all rows on.
pub(in crate::render) fn coverage(report: &EvaluationReport) -> Grid {
    let mut grid = Grid::new(["confidence ≥", "coverage", "accuracy", "macro F1", "rows"]);
    for point in report.coverage.iter().step_by(4) {
        let [threshold, coverage] = [point.threshold, point.coverage].map(|value| number(Some(value)));
        grid.push([threshold, coverage, number(point.accuracy), number(point.macro_f1), point.n.to_string()]);
    }
    grid
}

/// The rows at or above the threshold asked for.
pub(in crate::render) fn threshold(report: &EvaluationReport) -> Option<(String, Grid)> {
    let above = report.threshold.as_ref()?;
    let mut grid = Grid::new(["score", "value", "interval"]);
    let scores = &above.scores;
    let estimates = [("accuracy", Some(&scores.accuracy)), ("macro F1", Some(&scores.macro_f1))]
        .into_iter()
        .chain([("favor/against F1", scores.favor_against_f1.as_ref())]);
    for (name, estimate) in estimates {
        if let Some(estimate) = estimate {
            grid.push([name.to_owned(), number(estimate.value), interval(estimate.interval)]);
        }
    }
    let title = format!(
        "confidence at least {}: {} of {} rows (coverage {})",
        above.threshold,
        scores.n,
        report.n,
        number(above.coverage)
    );
    Some((title, grid))
}

/// The slices of a column by macro F1, lowest first.
pub(in crate::render) fn worst_first(column: &str, slices: &Ordered<Slice>) -> Grid {
    let mut grid = Grid::new([column, "rows", "accuracy", "interval", "macro F1", "interval"]);
    let has_poles = slices.iter().any(|(_, slice)| slice.favor_against_f1.is_some());
    if has_poles {
        grid.header.push("favor/against F1".to_owned());
    }
    for (value, slice) in slices.worst_first() {
        let rows = format!("{}{}", slice.n, if slice.is_small { " (few)" } else { "" });
        let mut row = vec![slice_name(value).to_owned(), rows];
        row.extend([number(slice.accuracy), interval(slice.accuracy_interval)]);
        row.extend([number(slice.macro_f1), interval(slice.macro_f1_interval)]);
        row.extend(slice.favor_against_f1.map(number));
        grid.push_row(row);
    }
    grid
}

pub(in crate::render) fn slice_name(value: &str) -> &str {
    if value.is_empty() { "(empty)" } else { value }
}

/// A model's file without its folders.
pub(in crate::render) fn short(model: &str) -> &str {
    model.rsplit(['/', '\\']).next().unwrap_or(model)
}

/// Both figures and the difference with its interval.
pub(in crate::render) fn versus(versus: &Versus) -> Grid {
    let mut grid = Grid::new(["score", "this model", short(&versus.model), "difference", "interval"]);
    let mut push = |name: &str, comparison: &Comparison| {
        grid.push([
            name.to_owned(),
            number(comparison.first),
            number(comparison.second),
            difference(comparison.difference.value),
            signed_interval(comparison.difference.interval),
        ]);
    };
    push("accuracy", &versus.accuracy);
    push("macro F1", &versus.macro_f1);
    if let Some(favor_against) = &versus.favor_against_f1 {
        push("favor/against F1", favor_against);
    }
    grid
}

/// The test and the counts behind it, in a sentence.
pub(in crate::render) fn mcnemar(versus: &Versus) -> String {
    let counts = &versus.discordance;
    format!(
        "right: both {}, only this model {}, only {} {}, neither {}; McNemar's exact test: {}",
        counts.both_right,
        counts.only_first,
        short(&versus.model),
        counts.only_second,
        counts.both_wrong,
        p_value(versus.p_value)
    )
}

/// `p = 0.012`, or `p < 0.001`.
fn p_value(p: f64) -> String {
    if p < 0.001 { "p < 0.001".to_owned() } else { format!("p = {p:.3}") }
}

/// A difference of scores with its sign; what rounds to zero is plain zero.
pub(in crate::render) fn difference(value: Option<f64>) -> String {
    value.map_or_else(|| UNDEFINED.to_owned(), signed)
}

fn signed_interval(ends: Option<[f64; 2]>) -> String {
    ends.map_or_else(|| UNDEFINED.to_owned(), |[low, high]| format!("{} to {}", signed(low), signed(high)))
}

fn signed(value: f64) -> String {
    let text = format!("{value:+.3}");
    if text == "-0.000" { "+0.000".to_owned() } else { text }
}

/// Rows that only one model gets right.
pub(in crate::render) fn discordant(versus: &Versus) -> Grid {
    let mut grid = Grid::new(["id", "truth", "this model", short(&versus.model), "text"]);
    for row in &versus.rows {
        let cells = [&row.id, &row.truth, &row.first, &row.second, &row.text];
        grid.push(cells.map(String::clone));
    }
    grid
}

/// The most confident mistakes, with the features that moved them most.
pub(in crate::render) fn errors(report: &EvaluationReport) -> Option<Grid> {
    let mut grid = Grid::new(["confidence", "predicted", "truth", "id", "text", "moved most by"]);
    for mistake in report.errors.as_ref()? {
        let features = mistake.features.iter().take(4);
        let moved: Vec<String> = features
            .map(|f| format!("{} {}", super::super::visible(&f.feature), signed(f.contribution)))
            .collect();
        grid.push([
            number(Some(mistake.confidence)),
            mistake.predicted.clone(),
            mistake.truth.clone(),
            mistake.id.clone(),
            mistake.text.clone(),
            moved.join(", "),
        ]);
    }
    Some(grid)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_p_value_is_not_zero() {
        assert_eq!([p_value(0.0), p_value(0.01249), p_value(1.0)], ["p < 0.001", "p = 0.012", "p = 1.000"]);
    }

    #[test]
    fn a_difference_has_a_sign_and_no_negative_zero() {
        let texts = [Some(0.0123), Some(-0.0001), None].map(difference);
        assert_eq!(texts, ["+0.012", "+0.000", UNDEFINED]);
    }
}
