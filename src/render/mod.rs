//! Reports as people read them.
//!
//! Comes in: a report. Goes out: a `String`. Computes no score and decides nothing but how it looks.

pub mod actor_table;
mod actors;
pub mod agreement;
#[cfg(feature = "arrow")]
pub mod batch;
pub mod benchmark;
pub mod classification;
mod decimal;
pub mod evaluation;
pub mod explanation;
pub mod html;
pub mod model;
pub mod table;

use crate::evaluate::Confusion;

/// Cells in rows and columns. The first column is words and stands on the left, the others are numbers and
/// stand on the right.
struct Grid {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Grid {
    fn new<const N: usize>(header: [&str; N]) -> Self {
        Grid { header: header.map(str::to_owned).to_vec(), rows: Vec::new() }
    }

    /// For a number of columns that is not known before.
    fn of(header: Vec<String>) -> Self {
        Grid { header, rows: Vec::new() }
    }

    fn push<const N: usize>(&mut self, row: [String; N]) {
        self.push_row(row.to_vec());
    }

    fn push_row(&mut self, row: Vec<String>) {
        assert_eq!(row.len(), self.header.len(), "cells against columns");
        self.rows.push(row);
    }

    /// Columns aligned by their number of characters, two spaces apart.
    fn text(&self) -> String {
        let lines: Vec<Vec<String>> =
            self.lines().map(|line| line.iter().map(|c| flat(c)).collect()).collect();
        let widths: Vec<usize> = (0..self.header.len())
            .map(|column| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0))
            .collect();
        let mut text = String::new();
        for line in &lines {
            let cells = line.iter().zip(&widths).enumerate().map(|(column, (cell, &width))| match column {
                0 => format!("{cell:<width$}"),
                _ => format!("{cell:>width$}"),
            });
            text += cells.collect::<Vec<_>>().join("  ").trim_end();
            text.push('\n');
        }
        text
    }

    /// A table of GitHub-flavored Markdown.
    fn markdown(&self) -> String {
        self.markdown_left(1)
    }

    /// The same with the first `left` columns on the left.
    fn markdown_left(&self, left: usize) -> String {
        let mut text = String::new();
        for (number, line) in self.lines().enumerate() {
            let cells: Vec<String> = line.iter().map(|cell| plain(cell)).collect();
            text += &format!("| {} |\n", cells.join(" | "));
            if number == 0 {
                let rules = (0..line.len()).map(|column| if column < left { "---|" } else { "---:|" });
                text += &format!("|{}\n", rules.collect::<String>());
            }
        }
        text
    }

    fn lines(&self) -> impl Iterator<Item = &Vec<String>> {
        std::iter::once(&self.header).chain(&self.rows)
    }
}

/// Counts with a title and the labels along both edges.
fn counts(title: &str, confusion: &Confusion) -> Grid {
    let mut grid = Grid::new([title]);
    grid.header.extend(confusion.labels.iter().cloned());
    for (label, counts) in confusion.labels.iter().zip(&confusion.matrix) {
        grid.push_row(std::iter::once(label.clone()).chain(counts.iter().map(u64::to_string)).collect());
    }
    grid
}

const UNDEFINED: &str = "–";

/// A score, or a dash where it is undefined.
fn number(value: Option<f64>) -> String {
    value.map_or_else(|| UNDEFINED.to_owned(), |value| format!("{value:.3}"))
}

/// An interval, or a dash where there is none.
fn interval(ends: Option<[f64; 2]>) -> String {
    ends.map_or_else(|| UNDEFINED.to_owned(), |[low, high]| format!("{low:.3} to {high:.3}"))
}

/// A score with its sign; what rounds to zero is plain zero.
fn signed(score: f64) -> String {
    let rounded = (score * 100.0).round() / 100.0;
    format!("{:+.2}", if rounded == 0.0 { 0.0 } else { rounded })
}

/// A feature's name with the spaces at word edges of a character n-gram as `_`, where they can be seen.
fn visible(feature: &str) -> String {
    let is_characters = feature.starts_with("char:") || feature.starts_with("in_word:");
    if is_characters { feature.replace(' ', "_") } else { feature.to_owned() }
}

/// A cell on one line.
fn flat(cell: &str) -> String {
    cell.split(|c: char| c.is_control()).collect::<Vec<_>>().join(" ")
}

/// A text in which Markdown sees no markup, no link and no picture, on one line.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in flat(text).chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '\\' | '|' | '*' | '_' | '[' | ']' | '`' | '~' => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_has_no_markup_but_its_own() {
        assert_eq!(
            plain("![a](http://x/) `b` <i>c\\|_d_</i> ~~e~~\n&"),
            r"!\[a\](http://x/) \`b\` &lt;i>c\\\|\_d\_&lt;/i> \~\~e\~\~ &amp;"
        );
    }

    #[test]
    fn spaces_show_in_character_ngrams_alone() {
        assert_eq!(
            ["char:o a", "in_word: no", "word:no talks"].map(visible),
            ["char:o_a", "in_word:_no", "word:no talks"]
        );
    }

    #[test]
    fn columns_are_aligned_by_characters_and_cells_stay_on_their_line() {
        let mut grid = Grid::new(["", "n"]);
        grid.push(["Größe".into(), "7".into()]);
        grid.push(["a|b\nc".into(), "12".into()]);
        assert_eq!(grid.text(), "        n\nGröße   7\na|b c  12\n");
        assert_eq!(grid.markdown(), "|  | n |\n|---|---:|\n| Größe | 7 |\n| a\\|b c | 12 |\n");
    }
}
