//! Scored articles, for the terminal and for Markdown.

use super::{Grid, actors, flat, plain, signed};
use crate::article::{Actor, Answer, ScoredArticle, ScoredStatement};

/// Columns that the statements' text gets at least.
const LEAST_TEXT: usize = 24;

/// Columns that a name gets at most.
const WIDEST_NAME: usize = 22;

/// One article: its statements in a table, then its actors. `width` in columns.
pub fn text(article: &ScoredArticle, width: usize, colour: bool) -> String {
    let mut out = heading(article, flat) + "\n\n";
    if !article.statements.is_empty() {
        out += &statements(article, width, colour);
    }
    if !article.actors.is_empty() {
        out.push('\n');
        out += &paint_grid(&actors::of_article(&article.actors).text(), colour);
    }
    out
}

/// One article in Markdown: two tables under a heading.
pub fn markdown(article: &ScoredArticle) -> String {
    let names = model_names(&article.statements);
    let mut header = vec!["statement".to_owned(), "speaker".to_owned(), "holder".to_owned()];
    header.extend(names.iter().cloned());
    let mut grid = Grid::of(header);
    for s in &article.statements {
        let mut row = vec![s.statement.text.clone(), or_dash(s.statement.speaker.as_deref()), holder(s)];
        row.extend(s.answers.iter().map(|(_, answer)| short(answer)));
        grid.push_row(row);
    }
    let mut out = format!("## {}\n\n{}", heading(article, plain), grid.markdown_left(3));
    if !article.actors.is_empty() {
        out += &format!("\n{}", actors::of_article(&article.actors).markdown());
    }
    out
}

/// The actors of several articles as a table for the terminal.
pub fn pooled_text(actors: &[Actor], documents: usize, colour: bool) -> String {
    format!("{}\n\n{}", pooled_heading(documents), paint_grid(&actors::pooled(actors).text(), colour))
}

/// The actors of several articles in Markdown.
pub fn pooled_markdown(actors: &[Actor], documents: usize) -> String {
    format!("## {}\n\n{}", pooled_heading(documents), actors::pooled(actors).markdown())
}

fn pooled_heading(documents: usize) -> String {
    format!("Actors of {}", counted(documents, "article"))
}

fn heading(article: &ScoredArticle, spelt: fn(&str) -> String) -> String {
    let title = article.title.as_deref().map(|t| format!(" · {}", spelt(t))).unwrap_or_default();
    let repeated = match article.duplicates.len() {
        0 => String::new(),
        n => format!(", {n} repeated and scored once"),
    };
    format!(
        "{}{title}\n{}{repeated}",
        spelt(&article.document),
        counted(article.statements.len(), "statement")
    )
}

/// "1 article", "2 articles".
pub(super) fn counted(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

fn model_names(statements: &[ScoredStatement]) -> Vec<String> {
    statements
        .first()
        .map(|s| s.answers.iter().map(|(name, _)| name.to_owned()).collect())
        .unwrap_or_default()
}

fn or_dash(name: Option<&str>) -> String {
    name.map_or_else(|| "–".to_owned(), flat)
}

fn holder(s: &ScoredStatement) -> String {
    or_dash(s.statement.holder().as_deref())
}

fn short(answer: &Answer) -> String {
    match answer.score {
        _ if answer.is_absent() => or_dash(None),
        Some(score) => format!("{} {}", answer.label, signed(score)),
        None => answer.label.clone(),
    }
}

/// Rows of fixed columns with the statement wrapped at the right.
fn statements(article: &ScoredArticle, width: usize, colour: bool) -> String {
    let names = model_names(&article.statements);
    let mut columns: Vec<(String, Vec<String>)> = names
        .iter()
        .map(|name| {
            let cells =
                article.statements.iter().map(|s| s.answers.get(name).map(aligned).unwrap_or_default());
            (name.clone(), cells.collect())
        })
        .collect();
    let speakers = article.statements.iter().map(|s| or_dash(s.statement.speaker.as_deref()));
    columns.push(("speaker".into(), speakers.collect()));
    columns.push(("holder".into(), article.statements.iter().map(holder).collect()));
    let n_answers = names.len();
    let widths: Vec<usize> = columns
        .iter()
        .enumerate()
        .map(|(i, (name, cells))| {
            let widest = cells.iter().map(|c| c.chars().count()).max().unwrap_or(0).max(name.chars().count());
            if i < n_answers { widest } else { widest.min(WIDEST_NAME) }
        })
        .collect();
    let left: usize = widths.iter().map(|w| w + 2).sum();
    let room = width.saturating_sub(left).max(LEAST_TEXT);

    let mut out = String::new();
    let head: Vec<String> =
        columns.iter().zip(&widths).map(|((name, _), w)| format!("{name:<w$}", w = *w)).collect();
    out += &dim(&format!("{}  statement", head.join("  ")), colour);
    out.push('\n');
    for (i, s) in article.statements.iter().enumerate() {
        let cells: Vec<Vec<String>> =
            columns.iter().zip(&widths).map(|((_, c), w)| wrap(&c[i], *w)).collect();
        let text = wrap(&flat(&s.statement.text), room);
        let height = cells.iter().map(Vec::len).max().unwrap_or(1).max(text.len());
        for line in 0..height {
            let mut parts = Vec::new();
            for (column, (cell, w)) in cells.iter().zip(&widths).enumerate() {
                let piece = cell.get(line).map_or("", String::as_str);
                let padded = format!("{piece:<w$}", w = *w);
                let side = s.answers.0.get(column).and_then(|(_, answer)| answer.polarity);
                parts.push(if column < n_answers { paint(&padded, side, colour) } else { padded });
            }
            parts.push(text.get(line).cloned().unwrap_or_default());
            out += parts.join("  ").trim_end();
            out.push('\n');
        }
    }
    out
}

/// Label and score in columns of their own width, so that scores stand below one another.
fn aligned(answer: &Answer) -> String {
    match answer.score {
        _ if answer.is_absent() => or_dash(None),
        Some(score) => format!("{:<8} {}", answer.label, signed(score)),
        None => answer.label.clone(),
    }
}

/// Breaks at spaces so that no line is longer than `width` characters; longer words are cut.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split(' ').filter(|w| !w.is_empty()) {
        let letters: Vec<char> = word.chars().collect();
        for (i, piece) in letters.chunks(width.max(1)).enumerate() {
            let needed = piece.len() + usize::from(used > 0 && i == 0);
            if used > 0 && (i > 0 || used + needed > width) {
                lines.push(String::new());
                used = 0;
            }
            let line = lines.last_mut().expect("there is a first line");
            if used > 0 {
                line.push(' ');
                used += 1;
            }
            line.extend(piece);
            used += piece.len();
        }
    }
    // Padding inside aligned cells must survive wrapping.
    if lines.len() == 1 && text.chars().count() <= width { vec![text.to_owned()] } else { lines }
}

/// In the colour of the side that a label of this polarity takes.
fn paint(text: &str, polarity: Option<i8>, colour: bool) -> String {
    let code = match polarity {
        _ if !colour => return text.to_owned(),
        Some(1) => "32",
        Some(-1) => "31",
        _ => "2",
    };
    format!("\u{1b}[{code}m{text}\u{1b}[0m")
}

fn dim(text: &str, colour: bool) -> String {
    if colour { format!("\u{1b}[2m{text}\u{1b}[0m") } else { text.to_owned() }
}

/// Dims the header line of an aligned table.
fn paint_grid(text: &str, colour: bool) -> String {
    match text.split_once('\n') {
        Some((head, rest)) => format!("{}\n{rest}", dim(head, colour)),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_wraps_at_spaces_and_cuts_only_words_that_do_not_fit() {
        assert_eq!(wrap("they agreed to talks", 11), ["they agreed", "to talks"]);
        assert_eq!(wrap("abcdefg hi", 3), ["abc", "def", "g", "hi"]);
        assert_eq!(wrap("favor    +0.52", 14), ["favor    +0.52"]);
        assert_eq!(wrap("", 5), [""]);
    }

    #[test]
    fn colour_follows_the_side_taken() {
        assert_eq!(paint("x", Some(1), true), "\u{1b}[32mx\u{1b}[0m");
        assert_eq!(paint("x", Some(-1), true), "\u{1b}[31mx\u{1b}[0m");
        assert_eq!(paint("x", Some(0), true), "\u{1b}[2mx\u{1b}[0m");
        assert_eq!(paint("x", Some(1), false), "x");
    }
}
