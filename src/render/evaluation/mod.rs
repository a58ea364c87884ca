//! An evaluation as plain text and as Markdown.

pub(super) mod tables;

use super::Grid;
use crate::evaluate::{EvaluationReport, Mistake};

const NO_MISTAKES: &str = "most confident mistakes: none\n";

/// Aligned columns without colour.
pub fn text(report: &EvaluationReport) -> String {
    let mut blocks = blocks(report, |title| format!("{title}\n"), Grid::text);
    if let Some(versus) = report.versus.as_ref().filter(|v| !v.rows.is_empty()) {
        let rows = versus.rows.iter().map(|row| {
            let said = format!("this model {}, {} {}", row.first, tables::short(&versus.model), row.second);
            format!("{}: truth {}, {said}\n    {}\n", row.id, row.truth, super::flat(&row.text))
        });
        blocks.push(format!("rows that only one gets right\n{}", rows.collect::<String>()));
    }
    match report.errors.as_deref() {
        None => {}
        Some([]) => blocks.push(NO_MISTAKES.to_owned()),
        Some(errors) => {
            let mistakes: String = errors.iter().map(mistake).collect();
            blocks.push(format!("most confident mistakes\n{mistakes}"));
        }
    }
    blocks.join("\n")
}

/// GitHub-flavored Markdown, without a heading.
pub fn markdown(report: &EvaluationReport) -> String {
    let title = |title: String| format!("**{}**\n\n", super::plain(&title));
    let mut blocks = blocks(report, title, Grid::markdown);
    let reliability = title("confidence against accuracy".to_owned());
    blocks.push(reliability + &tables::reliability(report).markdown());
    if let Some(versus) = report.versus.as_ref().filter(|v| !v.rows.is_empty()) {
        let rows = tables::discordant(versus);
        blocks.push(title("rows that only one gets right".to_owned()) + &rows.markdown_left(5));
    }
    match tables::errors(report) {
        None => {}
        Some(errors) if errors.rows.is_empty() => blocks.push(NO_MISTAKES.to_owned()),
        Some(errors) => blocks.push(title("most confident mistakes".to_owned()) + &errors.markdown_left(6)),
    }
    blocks.join("\n")
}

fn blocks(
    report: &EvaluationReport,
    title: impl Fn(String) -> String,
    table: impl Fn(&Grid) -> String,
) -> Vec<String> {
    let mut blocks = vec![
        headline(report) + "\n",
        table(&tables::scores(report)),
        table(&tables::classes(report)),
        table(&tables::confusion(report)),
        table(&tables::calibration(report)),
    ];
    if !report.coverage.is_empty() {
        blocks.push(table(&tables::coverage(report)));
    }
    if let Some((name, grid)) = tables::threshold(report) {
        blocks.push(title(name) + &table(&grid));
    }
    for (column, slices) in report.by.iter() {
        let name = format!("by {column}, lowest macro F1 first");
        blocks.push(title(name) + &table(&tables::worst_first(column, slices)));
    }
    if let Some(versus) = &report.versus {
        let name = format!("against {}", versus.model);
        blocks.push(format!(
            "{}{}\n{}\n",
            title(name),
            table(&tables::versus(versus)),
            tables::mcnemar(versus)
        ));
    }
    blocks
}

/// What was measured, and how the intervals came about.
pub(super) fn headline(report: &EvaluationReport) -> String {
    let model = report.model.as_ref().map(|m| format!("{m}: ")).unwrap_or_default();
    let drawn = report.n_groups.map(|n| format!(" in {n} groups")).unwrap_or_default();
    let (level, draws) = (report.interval_level * 100.0, report.draws);
    format!("{model}{} rows{drawn}; {level} % intervals from {draws} bootstrap draws", report.n)
}

fn mistake(mistake: &Mistake) -> String {
    let Mistake { id, predicted, truth, confidence, .. } = mistake;
    let moved = mistake.features.iter().take(5);
    let moved: Vec<String> =
        moved.map(|f| format!("{} {:+.3}", super::visible(&f.feature), f.contribution)).collect();
    let text = super::flat(&mistake.text);
    format!("{id}: {predicted} {confidence:.3}, truth {truth}\n    {text}\n    {}\n", moved.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::Estimate;
    use crate::evaluate::report::tests::small;

    #[test]
    fn the_text_shows_scores_classes_confusions_calibration_and_slices() {
        insta::assert_snapshot!("evaluation", text(&small()));
    }

    #[test]
    fn markdown_has_a_table_for_each_and_a_bold_title_for_a_column() {
        let markdown = markdown(&small());
        assert_eq!(markdown.matches("\n|---|").count(), 7);
        assert!(
            markdown
                .contains("| truth ↓ / predicted → | against | neutral | favor |\n|---|---:|---:|---:|\n")
        );
        assert!(
            markdown.contains("\n\n**by genre, lowest macro F1 first**\n\n| genre | rows |"),
            "{markdown}"
        );
    }

    #[test]
    fn a_text_in_markdown_stays_a_text() {
        let mut grid = Grid::new(["a_b"]);
        grid.push(["*<script>* a|b & c_d".into()]);
        let markdown = grid.markdown();
        assert_eq!(markdown, "| a\\_b |\n|---|\n| \\*&lt;script>\\* a\\|b &amp; c\\_d |\n");
    }

    #[test]
    fn an_undefined_number_is_a_dash() {
        let mut report = small();
        report.accuracy = Estimate { value: None, interval: None };
        assert!(text(&report).contains("accuracy                  –               –"), "{}", text(&report));
    }
}
