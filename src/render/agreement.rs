//! Agreement between coders as plain text and as Markdown.

use super::{Grid, interval, number};
use crate::evaluate::{AgreementReport, MOST_LABELS, PairAgreement};

/// Aligned columns without colour, and the first `show` rows on which labels differ.
pub fn text(report: &AgreementReport, show: usize) -> String {
    blocks(report, show, |title| format!("{title}\n"), Grid::text).join("\n")
}

/// GitHub-flavored Markdown, without a heading.
pub fn markdown(report: &AgreementReport, show: usize) -> String {
    blocks(report, show, |title| format!("**{}**\n\n", super::plain(&title)), Grid::markdown).join("\n")
}

fn blocks(
    report: &AgreementReport,
    show: usize,
    title: impl Fn(String) -> String,
    table: impl Fn(&Grid) -> String,
) -> Vec<String> {
    let mut blocks = vec![headline(report), table(&scores(report)), table(&pairs(report))];
    if report.per_class.0.len() <= MOST_LABELS {
        blocks.push(table(&classes(report)));
    }
    if let [PairAgreement { coders: [a, b], confusion: Some(confusion), .. }] = report.pairs.as_slice() {
        blocks.push(table(&super::counts(&format!("{a} ↓ / {b} →"), confusion)));
    }
    let all = report.disagreements.len();
    let differ = if all == 1 { "1 row differs".to_owned() } else { format!("{all} rows differ") };
    blocks.push(match all.min(show) {
        0 => format!("{differ}\n"),
        shown if shown < all => {
            title(format!("{differ}, the first {shown}")) + &table(&disagreements(report, show))
        }
        _ => title(differ) + &table(&disagreements(report, show)),
    });
    blocks
}

fn headline(report: &AgreementReport) -> String {
    let single = match report.n_single {
        0 => String::new(),
        n => format!(", {n} with one label left out"),
    };
    let unlabeled = match report.n_unlabeled {
        0 => String::new(),
        n => format!(", {n} without a label left out"),
    };
    let (level, draws) = (report.interval_level * 100.0, report.draws);
    format!(
        "{}: {} coders, {} rows{single}{unlabeled}; {level} % intervals from {draws} bootstrap draws\n",
        report.label,
        report.coders.len(),
        report.n
    )
}

fn scores(report: &AgreementReport) -> Grid {
    let mut grid = Grid::new(["score", "value", "interval"]);
    grid.push(["equal labels".into(), number(report.agreement), String::new()]);
    let alphas = [
        ("Krippendorff's alpha", Some(&report.alpha)),
        ("the same by polarity", report.alpha_by_polarity.as_ref()),
    ];
    for (name, estimate) in alphas {
        grid.rows.extend(estimate.map(|e| vec![name.to_owned(), number(e.value), interval(e.interval)]));
    }
    grid
}

fn pairs(report: &AgreementReport) -> Grid {
    let mut grid = Grid::new(["coders", "rows", "equal labels", "Cohen's kappa", "interval"]);
    for pair in &report.pairs {
        let kappa = [number(pair.kappa.value), interval(pair.kappa.interval)];
        let [value, ends] = kappa;
        grid.push([pair.coders.join(", "), pair.n.to_string(), number(pair.agreement), value, ends]);
    }
    grid
}

fn classes(report: &AgreementReport) -> Grid {
    let mut grid = Grid::new(["label", "given", "agreement"]);
    for (name, class) in report.per_class.iter() {
        grid.push([name.to_owned(), class.n.to_string(), number(class.agreement)]);
    }
    grid
}

fn disagreements(report: &AgreementReport, show: usize) -> Grid {
    let mut header = vec!["id".to_owned()];
    header.extend(report.coders.iter().cloned());
    header.push("text".to_owned());
    let mut grid = Grid::of(header);
    for row in report.disagreements.iter().take(show) {
        let mut cells = vec![row.id.clone()];
        cells.extend(row.labels.iter().map(|(_, label)| label.clone().unwrap_or_default()));
        cells.push(row.text.clone().unwrap_or_default());
        grid.push_row(cells);
    }
    grid
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::agreement::tests::small;

    #[test]
    fn the_text_shows_scores_pairs_labels_and_rows_that_differ() {
        insta::assert_snapshot!(text(&small(), 1), @r#"
        stance: 3 coders, 4 rows, 1 with one label left out; 95 % intervals from 1000 bootstrap draws

        score                 value         interval
        equal labels          0.583
        Krippendorff's alpha  0.438  -0.333 to 1.000
        the same by polarity  0.775  -0.333 to 1.000

        coders        rows  equal labels  Cohen's kappa        interval
        a.csv, b.csv     4         0.750          0.600  0.000 to 1.000
        a.csv, c.csv     2         0.500          0.333  0.000 to 0.333
        b.csv, c.csv     2         0.500          0.333  0.000 to 0.333

        label    given  agreement
        against      4      0.750
        neutral      2      0.000
        favor        4      0.750

        2 rows differ, the first 1
        id    a.csv  b.csv  c.csv                   text
        r3  neutral  favor         They will "study" it.
        "#);
    }

    #[test]
    fn markdown_has_the_same_tables_and_no_list_where_none_is_asked_for() {
        let markdown = markdown(&small(), 0);
        assert_eq!(markdown.matches("\n|---|").count(), 3);
        assert!(markdown.ends_with("\n\n2 rows differ\n"), "{markdown}");
    }
}
