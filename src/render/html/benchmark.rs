//! A benchmark as a page.

use maud::{Markup, html};

use super::chart::{Axis, Bar, Plot, Point, Width, bars};
use super::{cards, columns, details, figure, join, page, section, table};
use crate::evaluate::benchmark::{BenchmarkReport, EntryReport};
use crate::render::benchmark as words;
use crate::render::{Grid, interval, number};

/// Learning curves that one chart can hold: the colours of the style.
const MOST_CURVES: usize = 6;

/// A whole page: the ladder as bars, fronts, curves, groups left out, and every entry with its folds.
pub fn benchmark(report: &BenchmarkReport) -> String {
    let title = report.data.as_ref().map_or_else(|| "Benchmark".to_owned(), |d| format!("Benchmark: {d}"));
    let parts = [
        Some(headline(report)),
        Some(section("Entries, best first", &ladder(report))),
        Some(section("What accuracy costs", &fronts(report))),
        learning_curves(report).map(|body| section("Learning curves", &body)),
        words::left_out(report).map(|_| section(&capital(&words::left_out_title(report)), &left_out(report))),
        words::names_masked(report).map(|grid| section("Without names", &names_masked(report, &grid))),
        Some(section("Each entry", &join(&report.entries.iter().map(entry).collect::<Vec<_>>()))),
    ];
    page(&title, &join(&parts.into_iter().flatten().collect::<Vec<_>>()))
}

fn headline(report: &BenchmarkReport) -> Markup {
    let cells = report.entries.first().map(|best| {
        let ends = |e| format!("{} % interval {}", report.interval_level * 100.0, interval(e));
        [
            ("macro F1 of the best", number(best.macro_f1.mean), ends(best.macro_f1.interval)),
            ("its accuracy", number(best.accuracy.mean), ends(best.accuracy.interval)),
        ]
    });
    html! {
        p { (words::headline(report)) }
        @if let Some(best) = report.entries.first() {
            p { "Best: " b { (best.name) } ", " (best.learner) }
        }
        (cards(cells.into_iter().flatten()))
    }
}

fn ladder(report: &BenchmarkReport) -> Markup {
    let scores = report.entries.iter().flat_map(|e| e.macro_f1.mean.into_iter().chain(ends(e)));
    let axis = Axis::around("macro F1", scores);
    let bar = |entry: &EntryReport| Bar {
        name: name(report, entry),
        value: entry.macro_f1.mean,
        interval: entry.macro_f1.interval,
        text: number(entry.macro_f1.mean),
        note: interval(entry.macro_f1.interval),
        // As good as the best, as far as these folds can tell.
        is_pale: entry.adjusted_p_value_vs_best.is_some_and(|p| p < 1.0 - report.interval_level),
        ..Bar::default()
    };
    let rows: Vec<Bar> = report.entries.iter().map(bar).collect();
    let best = report.entries.first().and_then(|e| e.macro_f1.mean);
    let chart = bars("Macro F1 of each entry", Width::Wide, &axis, 0, &rows, best);
    html! {
        (figure(&chart, "Mean macro F1 with its interval. The dashed line is the best mean; pale bars are \
                         significantly below it. The axis need not begin at zero."))
        (table(&words::ladder(report)))
        @for line in words::method(report).lines() { p.soft { (line) } }
    }
}

fn ends(entry: &EntryReport) -> impl Iterator<Item = f64> + use<> {
    entry.macro_f1.interval.into_iter().flatten()
}

/// The features, with the learner where they take part with several.
fn name(report: &BenchmarkReport, entry: &EntryReport) -> String {
    match report.entries.iter().filter(|e| e.name == entry.name).count() {
        1 => entry.name.clone(),
        _ => format!("{}, {}", entry.name, entry.learner),
    }
}

fn fronts(report: &BenchmarkReport) -> Markup {
    let size = |e: &EntryReport| e.model_bytes as f64;
    let seconds = |e: &EntryReport| e.score_seconds;
    let caption =
        |cost: &str| format!("Entries on the line are those that no other beats in macro F1 without {cost}.");
    columns(&[
        figure(
            &front(report, "size of the model file in bytes", &size, &|e| e.pareto.size),
            &caption("a larger file"),
        ),
        figure(
            &front(report, "seconds to score all rows", &seconds, &|e| e.pareto.speed),
            &caption("more time"),
        ),
    ])
}

fn front(
    report: &BenchmarkReport,
    axis: &str,
    cost: &dyn Fn(&EntryReport) -> f64,
    is_on_front: &dyn Fn(&EntryReport) -> bool,
) -> Markup {
    let scored = || report.entries.iter().filter_map(|e| e.macro_f1.mean.map(|f1| (e, f1)));
    let x = Axis::log(axis, scored().map(|(e, _)| cost(e)));
    let y = Axis::around("macro F1", scored().map(|(_, f1)| f1));
    let point = |(entry, f1): (&EntryReport, f64)| Point {
        x: cost(entry),
        y: f1,
        interval: None,
        note: format!(
            "{}: {}, {}",
            name(report, entry),
            number(Some(f1)),
            super::chart::compact(cost(entry))
        ),
    };
    let mut line: Vec<Point> = scored().filter(|(e, _)| is_on_front(e)).map(point).collect();
    line.sort_by(|a, b| a.x.total_cmp(&b.x));
    let plot = Plot::new(&format!("Macro F1 against {axis}"), Width::Narrow, x, y).line(0, "", &line);
    // The front first: its names get the first choice of places.
    let (on, off): (Vec<_>, Vec<_>) = scored().partition(|(e, _)| is_on_front(e));
    let dots = on.into_iter().map(|s| (0, s)).chain(off.into_iter().map(|s| (1, s)));
    dots.fold(plot, |plot, (series, scored)| plot.dot(series, &name(report, scored.0), &point(scored))).draw()
}

fn learning_curves(report: &BenchmarkReport) -> Option<Markup> {
    let grid = words::learning_curves(report)?;
    let points = |entry: &EntryReport| -> Vec<Point> {
        let curve = entry.learning_curve.iter().flatten();
        let point = |p: &crate::evaluate::benchmark::CurvePoint| {
            let (x, y) = (p.n_train?, p.macro_f1.mean?);
            let note = format!("{} rows: {}, {}", x.round(), number(Some(y)), interval(p.macro_f1.interval));
            // One band can be seen; six would be a fog.
            let is_best = std::ptr::eq(entry, &report.entries[0]);
            let interval = if is_best { p.macro_f1.interval } else { None };
            Some(Point { x, y, interval, note })
        };
        curve.filter_map(point).collect()
    };
    let shown: Vec<&EntryReport> = report.entries.iter().take(MOST_CURVES).collect();
    let all: Vec<Point> = shown.iter().flat_map(|entry| points(entry)).collect();
    let ends = |p: &Point| p.interval.into_iter().flatten().chain([p.y]).collect::<Vec<_>>();
    let x = Axis::log("training rows", all.iter().map(|p| p.x));
    let y = Axis::around("macro F1", all.iter().flat_map(ends));
    let plot = Plot::new("Macro F1 by training rows", Width::Wide, x, y);
    let lines = shown.iter().enumerate();
    let plot = lines.fold(plot, |plot, (i, entry)| plot.line(i, &name(report, entry), &points(entry)));
    let caption = format!(
        "The {} best entries, fitted on shares of each fold's training rows and scored on the same test rows; the band is \
         the interval of the best. Equal steps are equal factors.",
        shown.len()
    );
    Some(html! { (figure(&plot.draw(), &caption)) (table(&grid)) })
}

fn left_out(report: &BenchmarkReport) -> Markup {
    let Some(grid) = words::left_out(report) else { return html! {} };
    let best = report.entries.first().and_then(|e| e.leave_one_group_out.as_ref().map(|l| (e, l)));
    html! {
        p { "Each value is predicted by a model of all others, with the median C of the folds." }
        (table(&grid))
        @if let Some((entry, left_out)) = best {
            @let rows: Vec<Bar> = left_out.groups.iter().take(20).map(|(name, slice)| Bar {
                name: if name.is_empty() { "(empty)".to_owned() } else { name.to_owned() },
                value: slice.macro_f1,
                text: number(slice.macro_f1),
                note: format!("{} rows", slice.n),
                ..Bar::default()
            }).collect();
            (figure(
                &bars("Worst groups", Width::Wide, &Axis::share("macro F1"), 1, &rows, left_out.pooled_macro_f1),
                &format!("The {} values that {} does worst on; the dashed line is all rows pooled. \
                          A class without rows and predictions does not count.", rows.len(), name(report, entry)),
            ))
        }
    }
}

fn names_masked(report: &BenchmarkReport, grid: &Grid) -> Markup {
    html! {
        p {
            "The same entries with names as one term for words and lexicons; characters still see them. A fall means \
             that an entry leans on names. p is adjusted by " (report.correction) "."
        }
        (table(grid))
    }
}

/// An entry's own numbers, folded away.
fn entry(entry: &EntryReport) -> Markup {
    let mut grid = Grid::new(["repeat, fold", "trained on", "tested", "C", "macro F1", "accuracy"]);
    for fold in &entry.per_fold {
        grid.push([
            format!("{}, {}", fold.repeat + 1, fold.fold + 1),
            words::thousands(fold.n_train),
            words::thousands(fold.n_test as usize),
            fold.c.map_or_else(|| "–".to_owned(), |c| c.to_string()),
            number(fold.macro_f1),
            number(fold.accuracy),
        ]);
    }
    let p = |p| words::p_value(p);
    let summary = format!("{}, {}: macro F1 {}", entry.name, entry.learner, number(entry.macro_f1.mean));
    let body = html! {
        p {
            "p against the best " (p(entry.p_value_vs_best)) ", adjusted " (p(entry.adjusted_p_value_vs_best)) "; "
            (words::thousands(entry.n_features)) " columns, " (words::size(entry.model_bytes)) "; fitted in "
            (format!("{:.2}", entry.fit_seconds)) " s, all rows scored in " (format!("{:.2}", entry.score_seconds)) " s"
        }
        (table(&grid))
    };
    details(&summary, &body)
}

/// The text with a capital at its start.
fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
