//! An evaluation as one page.

use maud::{Markup, html};

use super::super::evaluation::{headline, tables};
use super::super::{Grid, interval, number};
use super::chart::{Axis, Bar, Plot, Point, Width, bars, heat_map};
use super::mistake::mistake;
use super::{cards, columns, details, figure, join, page, section, table};
use crate::evaluate::{Comparison, CoveragePoint, Estimate, EvaluationReport, FEW_ROWS, Slice, Versus};
use crate::ordered::Ordered;

/// Bars of one column at most; the table below them has more.
const BARS: usize = 30;

/// Rows of one table of slices at most.
const ROWS: usize = 300;

/// The page.
pub fn html(report: &EvaluationReport) -> String {
    let title = match &report.model {
        Some(model) => format!("Evaluation of {model}"),
        None => "Evaluation".to_owned(),
    };
    let body = [
        html! { p.soft { (headline(report)) } },
        headline_cards(report),
        scores(report),
        mistaken_for(report),
        abstaining(report),
        by_columns(report),
        report.versus.as_ref().map(against).unwrap_or_default(),
        errors(report),
    ];
    page(&title, &join(&body))
}

fn headline_cards(report: &EvaluationReport) -> Markup {
    let estimates = [
        ("accuracy", Some(&report.accuracy)),
        ("macro F1", Some(&report.macro_f1)),
        ("favor/against F1", report.favor_against_f1.as_ref()),
        ("the same by target", report.favor_against_f1_by_target.as_ref()),
        ("ROC AUC", Some(&report.roc_auc)),
    ];
    let calibration = Estimate { value: report.calibration.ece, interval: report.intervals.ece };
    let estimates = estimates.into_iter().filter_map(|(name, e)| Some((name, *e?)));
    let all = estimates.chain([("calibration error", calibration)]);
    cards(all.map(|(name, e)| (name, number(e.value), interval(e.interval))))
}

fn scores(report: &EvaluationReport) -> Markup {
    let pooled = join(&[table(&tables::scores(report)), table(&tables::calibration(report))]);
    section("Scores", &columns(&[pooled, table(&tables::classes(report))]))
}

fn mistaken_for(report: &EvaluationReport) -> Markup {
    let confusion = &report.confusion;
    let map = heat_map("Confusion matrix", ["truth", "predicted"], &confusion.labels, &confusion.matrix);
    let map = figure(&map, "Each row is a true label; the darker, the larger the share of its rows.");
    let bins = details("The bins as a table", &table(&tables::reliability(report)));
    let diagram = figure(
        &reliability(report),
        "Points on the dashed line keep their word; below it the model is too sure. Grey columns: rows in each bin.",
    );
    section("What is taken for what, and how sure", &columns(&[map, join(&[diagram, bins])]))
}

fn reliability(report: &EvaluationReport) -> Markup {
    let bins = &report.calibration.bins;
    let most = bins.iter().map(|bin| bin.n).max().unwrap_or(0).max(1) as f64;
    let (x, y) = (Axis::share("confidence"), Axis::share("accuracy"));
    let mut plot = Plot::new("Reliability diagram", Width::Narrow, x, y);
    for bin in bins.iter().filter(|bin| bin.n > 0) {
        let note = format!("{} rows from {:.2} to {:.2}", bin.n, bin.low, bin.high);
        plot = plot.column([bin.low, bin.high], 0.3 * bin.n as f64 / most, &note);
    }
    let points: Vec<Point> = bins
        .iter()
        .filter_map(|bin| {
            let (x, y) = (bin.confidence?, bin.accuracy?);
            let note = format!("confidence {x:.3}, accuracy {y:.3}, {} rows", bin.n);
            Some(Point { x, y, interval: None, note })
        })
        .collect();
    plot.reference(&[(0.0, 0.0), (1.0, 1.0)]).line(0, "", &points).draw()
}

fn abstaining(report: &EvaluationReport) -> Markup {
    if report.coverage.is_empty() {
        return Markup::default();
    }
    let line = |score: fn(&CoveragePoint) -> Option<f64>, name: &str| -> Vec<Point> {
        let point = |p: &CoveragePoint| {
            let y = score(p)?;
            let note = format!("confidence at least {:.3}: {} rows, {name} {y:.3}", p.threshold, p.n);
            Some(Point { x: p.coverage, y, interval: None, note })
        };
        report.coverage.iter().filter_map(point).collect()
    };
    let (accuracy, macro_f1) = (line(|p| p.accuracy, "accuracy"), line(|p| p.macro_f1, "macro F1"));
    let y = Axis::around("score of the rows answered", accuracy.iter().chain(&macro_f1).map(|p| p.y));
    let curve = Plot::new("Score against coverage", Width::Narrow, Axis::share("share of rows answered"), y)
        .line(0, "accuracy", &accuracy)
        .line(1, "macro F1", &macro_f1)
        .draw();
    let curve =
        figure(&curve, "What is left, and how good it is, where only answers of some confidence count.");
    let above = tables::threshold(report)
        .map(|(title, grid)| html! { h3 { (title) } (table(&grid)) })
        .unwrap_or_default();
    let beside = join(&[above, table(&tables::coverage(report))]);
    section("Coverage", &columns(&[curve, beside]))
}

fn by_columns(report: &EvaluationReport) -> Markup {
    let parts: Vec<Markup> =
        report.by.iter().map(|(column, slices)| by_column(report, column, slices)).collect();
    if parts.is_empty() { Markup::default() } else { section("Slices", &columns(&parts)) }
}

fn by_column(report: &EvaluationReport, column: &str, slices: &Ordered<Slice>) -> Markup {
    let bar = |(value, slice): &(&str, &Slice)| Bar {
        name: tables::slice_name(value).to_owned(),
        value: slice.macro_f1,
        interval: slice.macro_f1_interval,
        text: format!("{} of {}", number(slice.macro_f1), slice.n),
        note: format!("accuracy {}", number(slice.accuracy)),
        is_pale: slice.is_small,
        ..Bar::default()
    };
    let shown: Vec<Bar> = slices.worst_first().iter().take(BARS).map(bar).collect();
    let chart = bars(
        &format!("Macro F1 by {column}"),
        Width::Narrow,
        &Axis::share("macro F1"),
        0,
        &shown,
        report.macro_f1.value,
    );
    let caption = format!(
        "Lowest first, with the number of rows; dashed: all rows; pale: fewer than {} rows.{}",
        FEW_ROWS,
        more(shown.len(), slices.0.len())
    );
    let mut grid = tables::worst_first(column, slices);
    let all = grid.rows.len();
    grid.rows.truncate(ROWS);
    html! {
        h3 { "By " (column) }
        (figure(&chart, &caption))
        (details("As a table", &table(&grid)))
        @if all > ROWS { p.soft { "The table stops after " (ROWS) " values." } }
    }
}

fn more(shown: usize, all: usize) -> String {
    if all > shown { format!(" {} more are not shown.", all - shown) } else { String::new() }
}

fn against(versus: &Versus) -> Markup {
    let comparisons = [
        ("accuracy", Some(&versus.accuracy)),
        ("macro F1", Some(&versus.macro_f1)),
        ("favor/against F1", versus.favor_against_f1.as_ref()),
    ];
    let bar = |(name, comparison): (&str, Option<&Comparison>)| {
        let difference = comparison?.difference;
        Some(Bar {
            name: name.to_owned(),
            value: difference.value,
            interval: difference.interval,
            text: tables::difference(difference.value),
            ..Bar::default()
        })
    };
    let shown: Vec<Bar> = comparisons.into_iter().filter_map(bar).collect();
    let ends = shown.iter().flat_map(|b| b.interval.into_iter().flatten().chain(b.value)).chain([0.0]);
    let axis = Axis::around("this model less the other", ends);
    let chart = bars("Differences", Width::Narrow, &axis, 0, &shown, None);
    let caption = "A whisker that does not touch zero is a difference that the draws agree on.";
    let both = join(&[table(&tables::versus(versus)), html! { p.soft { (tables::mcnemar(versus)) } }]);
    let rows = if versus.rows.is_empty() {
        Markup::default()
    } else {
        details("Rows that only one gets right", &words_table(&tables::discordant(versus)))
    };
    let body = join(&[columns(&[figure(&chart, caption), both]), rows]);
    section(&format!("Against {}", versus.model), &body)
}

/// A table of words alone.
fn words_table(grid: &Grid) -> Markup {
    html! {
        div.scroll {
            table {
                thead { tr { @for cell in &grid.header { th.words { (cell) } } } }
                tbody { @for row in &grid.rows { tr { @for cell in row { td.words { (cell) } } } } }
            }
        }
    }
}

fn errors(report: &EvaluationReport) -> Markup {
    let Some(errors) = &report.errors else { return Markup::default() };
    let lead = "Blue words and features speak for the prediction, orange ones with a dotted line against it, the more \
                colour the more; faint ones are left plain. Below: the features that moved it most, those without a place in the text too.";
    let body = html! {
        @if errors.is_empty() { p { "There are no mistakes." } } @else { p.soft { (lead) } }
        @for error in errors { (mistake(error)) }
    };
    section("Most confident mistakes", &body)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::report::tests::small;

    #[test]
    fn the_page_has_a_section_for_each_part_of_the_report() {
        let page = html(&small());
        let headings: Vec<&str> =
            page.split("<h2>").skip(1).filter_map(|rest| rest.split("</h2>").next()).collect();
        assert_eq!(headings, ["Scores", "What is taken for what, and how sure", "Coverage", "Slices"]);
        assert_eq!(page.matches("role=\"img\"").count(), 4);
    }

    #[test]
    fn names_of_models_columns_values_and_labels_are_escaped() {
        let mut report = small();
        let bad = "<script>alert(1)</script>".to_owned();
        report.model = Some(bad.clone());
        report.confusion.labels[0] = bad.clone();
        report.per_class.0[0].0 = bad.clone();
        report.baseline.label = bad.clone();
        report.by.0[0].0 = bad.clone();
        report.by.0[0].1.0[0].0 = bad;
        let page = html(&report);
        assert!(!page.contains("<script") && page.contains("&lt;script&gt;"));
    }
}
