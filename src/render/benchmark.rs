//! A benchmark as plain text, as Markdown and as CSV.

use super::{Grid, UNDEFINED, interval, number};
use crate::evaluate::benchmark::{BenchmarkReport, ChosenC, EntryReport, MeanScore};

/// Groups left out that are named for each entry; JSON has all of them.
const WORST: usize = 3;

/// Aligned columns without colour.
pub fn text(report: &BenchmarkReport) -> String {
    blocks(report, |title| format!("{title}\n"), Grid::text).join("\n")
}

/// GitHub-flavored Markdown, without a heading.
pub fn markdown(report: &BenchmarkReport) -> String {
    blocks(report, |title| format!("**{}**\n\n", super::plain(&title)), |grid| grid.markdown_left(2))
        .join("\n")
}

fn blocks(
    report: &BenchmarkReport,
    title: impl Fn(String) -> String,
    table: impl Fn(&Grid) -> String,
) -> Vec<String> {
    let mut blocks = vec![headline(report), table(&ladder(report)), method(report)];
    let extras = [
        ("macro F1 by share of the training rows".to_owned(), learning_curves(report)),
        (left_out_title(report), left_out(report)),
        ("macro F1 without names".to_owned(), names_masked(report)),
    ];
    for (words, grid) in extras {
        blocks.extend(grid.map(|grid| title(words) + &table(&grid)));
    }
    blocks
}

pub(super) fn headline(report: &BenchmarkReport) -> String {
    let data = report.data.as_ref().map(|data| format!("{data}: ")).unwrap_or_default();
    let grouped = report.n_groups.map(|n| format!(" in {n} groups")).unwrap_or_default();
    format!("{data}{} rows{grouped}, {} classes; best first\n", report.n, report.labels.len())
}

/// How the figures came about, for the caption of the table.
pub(super) fn method(report: &BenchmarkReport) -> String {
    let BenchmarkReport { folds, repeats, seed, inner_folds, test, correction, .. } = report;
    let kind = if report.n_groups.is_some() { "stratified and grouped" } else { "stratified" };
    let repeated = match repeats {
        1 => "once".to_owned(),
        n => format!("{n} times"),
    };
    let mut grids: Vec<String> = report.entries.iter().filter_map(|e| e.c.as_ref()).map(grid_of).collect();
    grids.retain(|grid| !grid.is_empty());
    grids.dedup();
    let search = match grids.as_slice() {
        [] => String::new(),
        [grid] => format!(", C among {grid} by {inner_folds} inner folds"),
        _ => format!(", C by {inner_folds} inner folds"),
    };
    format!(
        "means over {folds} {kind} folds, {repeated}, seed {seed}; everything is fitted within the training rows{search}\n\
         {} % intervals and p by the {test}; p is two-sided, against the best, adjusted by {correction}\n\
         columns, size and seconds: one fit on all rows with the median C, and one scoring of them, on one thread; \
         * nothing else has a higher mean at less\n",
        report.interval_level * 100.0
    )
}

/// The values that C was chosen from; nothing where it was fixed.
fn grid_of(c: &ChosenC) -> String {
    c.grid.iter().map(f64::to_string).collect::<Vec<_>>().join(", ")
}

pub(super) fn ladder(report: &BenchmarkReport) -> Grid {
    let poles = report.entries.iter().any(|e| e.favor_against_f1.is_some());
    let mut header = vec!["features", "learner", "macro F1", "interval", "to best", "p", "accuracy"];
    header.extend(poles.then_some("favor/against F1"));
    header.extend(["C", "columns", "size", "fit s", "score s"]);
    let mut grid = Grid::of(header.into_iter().map(str::to_owned).collect());
    for entry in &report.entries {
        let mut row = vec![
            entry.name.clone(),
            entry.learner.clone(),
            number(entry.macro_f1.mean),
            interval(entry.macro_f1.interval),
            entry.difference_to_best.map_or_else(|| "best".to_owned(), |d| difference(&d)),
            p_value(entry.adjusted_p_value_vs_best),
            number(entry.accuracy.mean),
        ];
        row.extend(entry.favor_against_f1.map(|f1| number(f1.mean)));
        row.extend([
            entry.c.as_ref().map_or_else(|| UNDEFINED.to_owned(), |c| c.median.to_string()),
            thousands(entry.n_features),
            starred(size(entry.model_bytes), entry.pareto.size),
            format!("{:.2}", entry.fit_seconds),
            starred(format!("{:.2}", entry.score_seconds), entry.pareto.speed),
        ]);
        grid.push_row(row);
    }
    grid
}

pub(super) fn learning_curves(report: &BenchmarkReport) -> Option<Grid> {
    let shares = report.entries.iter().find_map(|e| e.learning_curve.as_ref())?;
    let mut header = vec!["features".to_owned(), "learner".to_owned()];
    header.extend(shares.iter().enumerate().map(|(i, point)| {
        // From an entry that could be fitted on so few rows.
        let mut curves = report.entries.iter().flat_map(|e| &e.learning_curve);
        let rows = curves.find_map(|curve| curve[i].n_train);
        let rows = rows.map_or_else(|| UNDEFINED.to_owned(), |n| thousands(n.round() as usize));
        format!("{} % ({rows} rows)", point.share * 100.0)
    }));
    let mut grid = Grid::of(header);
    for entry in &report.entries {
        let mut row = vec![entry.name.clone(), entry.learner.clone()];
        row.extend(entry.learning_curve.iter().flatten().map(|point| number(point.macro_f1.mean)));
        grid.push_row(row);
    }
    Some(grid)
}

pub(super) fn left_out_title(report: &BenchmarkReport) -> String {
    let left_out = report.entries.iter().find_map(|e| e.leave_one_group_out.as_ref());
    left_out.map_or_else(String::new, |l| {
        format!("each of the {} values of {} left out once", l.groups.0.len(), l.column)
    })
}

pub(super) fn left_out(report: &BenchmarkReport) -> Option<Grid> {
    let mut grid = Grid::new([
        "features",
        "learner",
        "pooled macro F1",
        "pooled accuracy",
        "mean macro F1",
        "worst groups (macro F1)",
    ]);
    for entry in &report.entries {
        let left_out = entry.leave_one_group_out.as_ref()?;
        let worst = left_out.groups.iter().take(WORST).map(|(name, slice)| {
            let name = if name.is_empty() { "(empty)" } else { name };
            format!("{name} {}", number(slice.macro_f1))
        });
        grid.push([
            entry.name.clone(),
            entry.learner.clone(),
            number(left_out.pooled_macro_f1),
            number(left_out.pooled_accuracy),
            number(left_out.mean_macro_f1),
            worst.collect::<Vec<_>>().join(", "),
        ]);
    }
    Some(grid)
}

pub(super) fn names_masked(report: &BenchmarkReport) -> Option<Grid> {
    let mut grid = Grid::new(["features", "learner", "with names", "without", "difference", "interval", "p"]);
    for entry in &report.entries {
        let Some(masked) = &entry.names_masked else { continue };
        let ends = masked.difference.interval;
        grid.push([
            entry.name.clone(),
            entry.learner.clone(),
            number(entry.macro_f1.mean),
            number(masked.macro_f1.mean),
            difference(&masked.difference),
            ends.map_or_else(|| UNDEFINED.to_owned(), |[low, high]| format!("{low:+.3} to {high:+.3}")),
            p_value(masked.adjusted_p_value),
        ]);
    }
    (!grid.rows.is_empty()).then_some(grid)
}

/// A difference of scores with its sign; what rounds to zero is plain zero.
pub(super) fn difference(score: &MeanScore) -> String {
    score.mean.map_or_else(
        || UNDEFINED.to_owned(),
        |mean| {
            let rounded = (mean * 1e3).round() / 1e3;
            format!("{:+.3}", if rounded == 0.0 { 0.0 } else { rounded })
        },
    )
}

pub(super) fn p_value(p: Option<f64>) -> String {
    match p {
        None => UNDEFINED.to_owned(),
        Some(p) if p < 0.001 => "<0.001".to_owned(),
        Some(p) => format!("{p:.3}"),
    }
}

/// A file size in decimal units.
pub(super) fn size(bytes: usize) -> String {
    match bytes {
        0..1_000_000 => format!("{:.0} kB", bytes as f64 / 1e3),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

fn starred(cell: String, is_starred: bool) -> String {
    if is_starred { cell + "*" } else { cell }
}

/// A count with a comma after every three digits from the right.
pub(super) fn thousands(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// One row an entry, best first, every number in full; an undefined one is an empty cell.
pub fn csv(report: &BenchmarkReport) -> String {
    let mut table = csv::Writer::from_writer(Vec::new());
    let header = CSV_COLUMNS.map(str::to_owned).to_vec();
    for cells in std::iter::once(header).chain(report.entries.iter().map(csv_cells)) {
        table.write_record(cells).expect("rows have as many cells as columns");
    }
    let bytes = table.into_inner().expect("memory can be written");
    String::from_utf8(bytes).expect("cells are UTF-8")
}

/// The columns of [`csv`].
const CSV_COLUMNS: [&str; 23] = [
    "name",
    "learner",
    "macro_f1",
    "macro_f1_low",
    "macro_f1_high",
    "accuracy",
    "accuracy_low",
    "accuracy_high",
    "favor_against_f1",
    "favor_against_f1_low",
    "favor_against_f1_high",
    "difference_to_best",
    "difference_to_best_low",
    "difference_to_best_high",
    "p_value_vs_best",
    "adjusted_p_value_vs_best",
    "c",
    "n_features",
    "model_bytes",
    "fit_seconds",
    "score_seconds",
    "pareto_size",
    "pareto_speed",
];

fn csv_cells(entry: &EntryReport) -> Vec<String> {
    let number = |value: Option<f64>| value.map_or_else(String::new, |v| v.to_string());
    let mut cells = vec![entry.name.clone(), entry.learner.clone()];
    let means =
        [Some(entry.macro_f1), Some(entry.accuracy), entry.favor_against_f1, entry.difference_to_best];
    for score in means {
        let ends = score.and_then(|s| s.interval);
        cells.extend([
            number(score.and_then(|s| s.mean)),
            number(ends.map(|e| e[0])),
            number(ends.map(|e| e[1])),
        ]);
    }
    cells.extend([
        number(entry.p_value_vs_best),
        number(entry.adjusted_p_value_vs_best),
        number(entry.c.as_ref().map(|c| c.median)),
        entry.n_features.to_string(),
        entry.model_bytes.to_string(),
        entry.fit_seconds.to_string(),
        entry.score_seconds.to_string(),
        entry.pareto.size.to_string(),
        entry.pareto.speed.to_string(),
    ]);
    cells
}
