//! An evaluation as plain text and as Markdown.

use super::{Grid, interval, number};
use crate::evaluate::{Estimate, EvaluationReport, Slice};
use crate::ordered::Ordered;

/// Aligned columns without colour.
pub fn text(report: &EvaluationReport) -> String {
    blocks(report, |title| format!("{title}\n"), Grid::text).join("\n")
}

/// GitHub-flavored Markdown, without a heading.
pub fn markdown(report: &EvaluationReport) -> String {
    blocks(report, |title| format!("**{title}**\n\n"), Grid::markdown).join("\n")
}

fn blocks(
    report: &EvaluationReport,
    title: impl Fn(String) -> String,
    table: impl Fn(&Grid) -> String,
) -> Vec<String> {
    let mut blocks = vec![
        headline(report),
        table(&scores(report)),
        table(&classes(report)),
        table(&confusion(report)),
        calibration(report),
    ];
    for (column, slices) in report.by.iter() {
        blocks.push(title(format!("by {column}, worst first")) + &table(&worst_first(column, slices)));
    }
    blocks
}

fn headline(report: &EvaluationReport) -> String {
    let model = report.model.as_ref().map(|m| format!("{m}: ")).unwrap_or_default();
    let drawn = report.n_groups.map(|n| format!(" in {n} groups")).unwrap_or_default();
    let (level, draws) = (report.interval_level * 100.0, report.draws);
    format!("{model}{} rows{drawn}; {level} % intervals from {draws} bootstrap draws\n", report.n)
}

fn calibration(report: &EvaluationReport) -> String {
    let c = &report.calibration;
    format!(
        "calibration error {}, Brier score {}, log loss {} (smaller is better)\n",
        number(c.ece),
        number(c.brier),
        number(c.log_loss)
    )
}

fn scores(report: &EvaluationReport) -> Grid {
    let always = format!("always {}", report.baseline.label);
    let mut grid = Grid::new(["score", "value", "interval", &always]);
    let mut push = |name: &str, estimate: &Estimate, baseline: String| {
        grid.push([name.to_owned(), number(estimate.value), interval(estimate.interval), baseline]);
    };
    push("accuracy", &report.accuracy, number(report.baseline.accuracy));
    push("macro F1", &report.macro_f1, number(report.baseline.macro_f1));
    if let Some(estimate) = &report.favor_against_f1 {
        push("favor/against F1", estimate, String::new());
    }
    grid
}

fn classes(report: &EvaluationReport) -> Grid {
    let mut grid = Grid::new(["class", "precision", "recall", "F1", "rows"]);
    for (name, s) in report.per_class.iter() {
        let rows = s.support.to_string();
        grid.push([name.to_owned(), number(s.precision), number(s.recall), number(s.f1), rows]);
    }
    grid
}

fn confusion(report: &EvaluationReport) -> Grid {
    super::counts("truth ↓ / predicted →", &report.confusion)
}

fn worst_first(column: &str, slices: &Ordered<Slice>) -> Grid {
    let mut sorted: Vec<(&str, &Slice)> = slices.iter().collect();
    let key = |slice: &Slice| slice.macro_f1.unwrap_or(f64::INFINITY);
    sorted.sort_by(|a, b| key(a.1).total_cmp(&key(b.1)));
    let mut grid = Grid::new([column, "rows", "accuracy", "macro F1"]);
    for (value, slice) in sorted {
        let value = if value.is_empty() { "(empty)" } else { value };
        grid.push([value.to_owned(), slice.n.to_string(), number(slice.accuracy), number(slice.macro_f1)]);
    }
    grid
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::report::tests::small;

    #[test]
    fn the_text_shows_scores_classes_confusions_calibration_and_slices() {
        insta::assert_snapshot!(text(&small()), @r"
        5 rows; 95 % intervals from 1000 bootstrap draws

        score             value        interval  always neutral
        accuracy          0.800  0.400 to 1.000           0.400
        macro F1          0.822  0.333 to 1.000           0.190
        favor/against F1  0.833  0.000 to 1.000

        class    precision  recall     F1  rows
        against      1.000   1.000  1.000     1
        neutral      0.667   1.000  0.800     2
        favor        1.000   0.500  0.667     2

        truth ↓ / predicted →  against  neutral  favor
        against                      1        0      0
        neutral                      0        2      0
        favor                        0        1      1

        calibration error 0.320, Brier score 0.256, log loss 0.504 (smaller is better)

        by genre, worst first
        genre  rows  accuracy  macro F1
        diary     2     0.500     0.333
        wire      3     1.000     1.000
        ");
    }

    #[test]
    fn markdown_has_a_table_for_each_and_a_bold_title_for_a_column() {
        let markdown = markdown(&small());
        assert_eq!(markdown.matches("|---|---:|---:|---:|").count(), 4);
        assert!(
            markdown
                .contains("| truth ↓ / predicted → | against | neutral | favor |\n|---|---:|---:|---:|\n")
        );
        let end = "\n\n**by genre, worst first**\n\n| genre | rows | accuracy | macro F1 |\n|---|---:|---:|---:|\n\
                   | diary | 2 | 0.500 | 0.333 |\n| wire | 3 | 1.000 | 1.000 |\n";
        assert!(markdown.ends_with(end), "{markdown}");
    }

    #[test]
    fn an_undefined_number_is_a_dash() {
        let mut report = small();
        report.accuracy = Estimate { value: None, interval: None };
        assert!(text(&report).contains("accuracy              –               –"));
    }
}
