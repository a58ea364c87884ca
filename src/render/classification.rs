//! Scored articles, for the terminal and for Markdown.

use super::{Grid, flat, signed};
use crate::article::{Answer, ScoredActor, ScoredArticle, ScoredStatement};

/// Columns that the statements' text gets at least.
const LEAST_TEXT: usize = 24;

/// Columns that a name gets at most.
const WIDEST_NAME: usize = 22;

/// One article: its statements in a table, then its actors. `width` in columns.
pub fn text(article: &ScoredArticle, width: usize, colour: bool) -> String {
    let mut out = heading(article) + "\n\n";
    if !article.statements.is_empty() {
        out += &statements(article, width, colour);
    }
    if !article.actors.is_empty() {
        out.push('\n');
        out += &paint_grid(&actors(article).text(), colour);
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
    let mut out = format!("## {}\n\n{}", heading(article), grid.markdown_left(3));
    if !article.actors.is_empty() {
        out += &format!("\n{}", actors(article).markdown());
    }
    out
}

fn heading(article: &ScoredArticle) -> String {
    let title = article.title.as_deref().map(|t| format!(" · {}", flat(t))).unwrap_or_default();
    let repeated = match article.duplicates.len() {
        0 => String::new(),
        n => format!(", {n} repeated and scored once"),
    };
    format!("{}{title}\n{}{repeated}", article.document, counted(article.statements.len(), "statement"))
}

fn counted(n: usize, what: &str) -> String {
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
        Some(score) => format!("{:<8} {}", answer.label, signed(score)),
        None => answer.label.clone(),
    }
}

/// Actors with their mean opinions; people stand below whom they speak for.
fn actors(article: &ScoredArticle) -> Grid {
    let mut header = vec!["actor".to_owned(), "statements".to_owned(), "by itself".to_owned()];
    let models: Vec<&str> =
        article.actors.first().map(|a| a.opinions.iter().map(|(name, _)| name).collect()).unwrap_or_default();
    for model in &models {
        header.push((*model).to_owned());
        header.push("95 % interval".to_owned());
    }
    let mut grid = Grid::of(header);
    for actor in grouped(&article.actors) {
        grid.push_row(actor_row(actor));
    }
    grid
}

/// Actors in their order, save that those who speak for another one follow it.
fn grouped(actors: &[ScoredActor]) -> Vec<&ScoredActor> {
    let head = |actor: &ScoredActor| actors.iter().position(|a| Some(&a.name) == actor.represents.as_ref());
    // One step up is enough: whom a head represents in turn does not move it.
    let is_head = |i: usize| actors.iter().enumerate().any(|(j, a)| j != i && head(a) == Some(i));
    let mut out = Vec::with_capacity(actors.len());
    for (i, actor) in actors.iter().enumerate() {
        if is_head(i) || head(actor).is_none_or(|h| h == i) {
            out.push(actor);
            let speaks_for = |&(j, a): &(usize, &ScoredActor)| j != i && head(a) == Some(i) && !is_head(j);
            out.extend(actors.iter().enumerate().filter(speaks_for).map(|(_, a)| a));
        }
    }
    out
}

fn actor_row(actor: &ScoredActor) -> Vec<String> {
    let name = match &actor.represents {
        Some(whom) => format!("{} ({})", flat(&actor.name), flat(whom)),
        None => flat(&actor.name),
    };
    let mut row = vec![name, actor.statements.to_string(), actor.self_stated.to_string()];
    for (_, opinion) in actor.opinions.iter() {
        row.push(format!("{} {}", opinion.label, signed(opinion.score)));
        row.push(
            opinion
                .interval
                .map_or("–".into(), |[low, high]| format!("{} to {}", signed(low), signed(high))),
        );
    }
    row
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

    #[test]
    fn people_stand_below_whom_they_speak_for() {
        let actor = |name: &str, represents: Option<&str>| ScoredActor {
            name: name.into(),
            kind: crate::article::Kind::Person,
            represents: represents.map(str::to_owned),
            statements: 1,
            self_stated: 1,
            reported: 0,
            speakers: Vec::new(),
            opinions: crate::Ordered(Vec::new()),
        };
        let of = |names: &[(&str, Option<&str>)]| {
            let actors: Vec<ScoredActor> = names.iter().map(|(n, r)| actor(n, *r)).collect();
            grouped(&actors).iter().map(|a| a.name.clone()).collect::<Vec<_>>()
        };
        let rows = [("Ann", Some("Oman")), ("Rebels", None), ("Oman", None), ("Bea", Some("Oman"))];
        assert_eq!(of(&rows), ["Rebels", "Oman", "Ann", "Bea"]);
        assert_eq!(of(&[("Ann", Some("Oman")), ("Rebels", None)]), ["Ann", "Rebels"], "Oman has no row");
        let ring = [("Ann", Some("Bea")), ("Bea", Some("Ann")), ("Eve", Some("Eve"))];
        assert_eq!(of(&ring).len(), 3, "nobody is lost");
    }
}
