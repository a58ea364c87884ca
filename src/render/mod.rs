//! Reports as people read them.
//!
//! Comes in: a report. Goes out: a `String`. Computes no score and decides nothing but how it looks.

pub mod evaluation;

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

    fn push<const N: usize>(&mut self, row: [String; N]) {
        self.rows.push(row.to_vec());
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
        let mut text = String::new();
        for (number, line) in self.lines().enumerate() {
            let cells: Vec<String> = line.iter().map(|cell| flat(cell).replace('|', "\\|")).collect();
            text += &format!("| {} |\n", cells.join(" | "));
            if number == 0 {
                text += &format!("|---|{}\n", "---:|".repeat(line.len() - 1));
            }
        }
        text
    }

    fn lines(&self) -> impl Iterator<Item = &Vec<String>> {
        std::iter::once(&self.header).chain(&self.rows)
    }
}

/// A cell on one line.
fn flat(cell: &str) -> String {
    cell.split(|c: char| c.is_control()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned_by_characters_and_cells_stay_on_their_line() {
        let mut grid = Grid::new(["", "n"]);
        grid.push(["Größe".into(), "7".into()]);
        grid.push(["a|b\nc".into(), "12".into()]);
        assert_eq!(grid.text(), "        n\nGröße   7\na|b c  12\n");
        assert_eq!(grid.markdown(), "|  | n |\n|---|---:|\n| Größe | 7 |\n| a\\|b c | 12 |\n");
    }
}
