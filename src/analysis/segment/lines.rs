//! Logical lines: physical lines with hard wrapping undone.

use super::words::{TITLES, is_in};
use crate::furniture;
use crate::text::Span;

/// A wrapped text is at least and at most this wide, in characters.
const WRAP_WIDTHS: std::ops::RangeInclusive<usize> = 60..=120;

/// A paragraph, headline, list item or speaker's turn: one or more physical lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LogicalLine {
    /// Its bytes in the text, without outer white space.
    pub span: Span,
    /// Length in bytes of the list marker it begins with ("- ", "1. "), 0 if none.
    pub marker: usize,
    /// Whether a blank line, or the start of the text, stands before it.
    pub after_blank: bool,
}

/// The logical lines of `text`, in order; blank lines are left out.
///
/// A blank line always ends one. A single line break is undone where the text is wrapped: where the next line's
/// first word would not have fitted into the widest line around it.
pub fn logical_lines(text: &str) -> Vec<LogicalLine> {
    let mut lines: Vec<LogicalLine> = Vec::new();
    let mut run: Vec<Span> = Vec::new();
    let mut start = 0;
    for physical in text.split_inclusive('\n') {
        let trimmed = physical.trim();
        if trimmed.is_empty() {
            join_run(text, &mut run, &mut lines);
        } else {
            let lead = physical.len() - physical.trim_start().len();
            run.push(Span::new(start + lead, start + lead + trimmed.len()));
        }
        start += physical.len();
    }
    join_run(text, &mut run, &mut lines);
    lines
}

fn join_run(text: &str, run: &mut Vec<Span>, lines: &mut Vec<LogicalLine>) {
    let width = run.iter().map(|l| l.of(text).chars().count()).max().unwrap_or(0);
    let mut previous: Option<Span> = None;
    for span in run.drain(..) {
        let line = span.of(text);
        match (previous, lines.last_mut()) {
            (Some(before), Some(last)) if is_wrapped(before.of(text), last.marker > 0, line, width) => {
                last.span.end = span.end;
            }
            _ => lines.push(LogicalLine { span, marker: list_marker(line), after_blank: previous.is_none() }),
        }
        previous = Some(span);
    }
}

fn is_wrapped(before: &str, in_list: bool, line: &str, width: usize) -> bool {
    let ends = before.ends_with(['.', '!', '?', ':', ';', '…', '”', '"', ')']);
    if is_bullet(line) || (list_marker(line) > 0 && (ends || in_list)) || is_turn(line) {
        return false;
    }
    if !before.contains(char::is_alphanumeric) || !line.contains(char::is_alphanumeric) {
        return false;
    }
    if furniture::byline(line).is_some() && line.starts_with("By ") {
        return false;
    }
    if ends_in_title(before) {
        return true;
    }
    let length = before.chars().count();
    let first_word = line.split_whitespace().next().unwrap_or_default().chars().count();
    if WRAP_WIDTHS.contains(&width) && length + 1 + first_word > width {
        return ends || !is_title_case(before) || line.starts_with(char::is_lowercase);
    }
    // Ragged e-mail wrapping: a line that goes on in lower case belongs to the one before.
    !ends && length >= 40 && line.starts_with(char::is_lowercase)
}

/// Whether a name must follow: "Mr."
fn ends_in_title(line: &str) -> bool {
    let last = line.rsplit(char::is_whitespace).next().unwrap_or_default();
    last.strip_suffix('.').is_some_and(|word| is_in(TITLES, word.trim_start_matches(['"', '“', '‘', '('])))
        && line.len() > last.len()
}

/// Whether most words of some length are capitalised, as in a headline.
pub(super) fn is_title_case(line: &str) -> bool {
    let mut words = 0;
    let mut capitals = 0;
    for word in line.split_whitespace().filter(|w| w.len() > 3) {
        words += 1;
        capitals += usize::from(word.starts_with(|c: char| !c.is_lowercase()));
    }
    words >= 3 && capitals * 5 >= words * 4
}

fn is_bullet(line: &str) -> bool {
    let mut chars = line.chars();
    matches!(chars.next(), Some('-' | '*' | '•' | '·' | '–' | '▪' | '◦'))
        && chars.next().is_some_and(char::is_whitespace)
}

/// The bytes of the list marker that `line` begins with, white space included.
fn list_marker(line: &str) -> usize {
    let rest = if is_bullet(line) {
        line.trim_start_matches(|c: char| !c.is_whitespace())
    } else {
        let body = line.strip_prefix('(').unwrap_or(line);
        let digits = body.bytes().take_while(u8::is_ascii_digit).count();
        let letter = body.starts_with(|c: char| c.is_ascii_lowercase());
        let after = match digits {
            1..=2 => &body[digits..],
            0 if letter => &body[1..],
            _ => return 0,
        };
        match after.strip_prefix(if digits > 0 { &['.', ')'][..] } else { &[')'][..] }) {
            Some(rest) if rest.starts_with(char::is_whitespace) => rest,
            _ => return 0,
        }
    };
    line.len() - rest.trim_start().len()
}

/// Whether the line begins with a speaker's name and a colon ("Q: ", "MS. ROE: ").
fn is_turn(line: &str) -> bool {
    line.split_once(':').is_some_and(|(label, rest)| {
        label.len() <= 60
            && rest.starts_with(char::is_whitespace)
            && label.split_whitespace().count() <= 6
            && label.split_whitespace().all(|w| w.starts_with(char::is_uppercase))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marker_is_measured_with_its_space_and_a_year_is_none() {
        for (line, bytes) in
            [("- yes", 2), ("•  yes", 5), ("12. yes", 4), ("(a) yes", 4), ("2022. yes", 0), ("3.5", 0)]
        {
            assert_eq!(list_marker(line), bytes, "{line}");
        }
    }

    #[test]
    fn lines_know_whether_a_blank_line_stands_before() {
        let blank: Vec<bool> = logical_lines("a\n\nb\nc").iter().map(|l| l.after_blank).collect();
        assert_eq!(blank, [true, true, false]);
    }
}
