//! Which bytes of a document stand inside quotation marks.
//!
//! Comes in: the text and its paragraphs. Goes out: the quotations, also those that run on over several paragraphs.
//! It refuses to know whose words they are.

use crate::text::Span;

/// How many paragraphs on a quotation may end that its paragraph leaves open.
const REACH: usize = 4;

/// The quotations of a document, in order, marks included.
#[derive(Debug, Default)]
pub(super) struct Quotes {
    spans: Vec<Span>,
}

#[derive(PartialEq, Clone, Copy)]
enum Mark {
    Open,
    Close,
}

impl Quotes {
    /// Pairs the double quotation marks (and curly single ones that stand alone) of each paragraph.
    ///
    /// A quotation that its paragraph leaves open ends with the paragraph, unless one of the next few closes it
    /// before opening another.
    pub(super) fn find(text: &str, paragraphs: &[Span]) -> Self {
        let marks: Vec<Vec<(usize, char, Mark)>> = paragraphs.iter().map(|p| marks_in(text, *p)).collect();
        let mut spans = Vec::new();
        let mut open: Option<(usize, char)> = None;
        let mut depth = 0_usize;
        for (i, paragraph) in paragraphs.iter().enumerate() {
            for &(at, c, mark) in &marks[i] {
                match (open, mark) {
                    (None, Mark::Open) => open = Some((at, c)),
                    (Some((_, opener)), Mark::Open) => depth += usize::from(opener == c),
                    (Some((_, opener)), Mark::Close) if is_pair(opener, c) && depth > 0 => depth -= 1,
                    (Some((start, opener)), Mark::Close) if is_pair(opener, c) => {
                        spans.push(Span::new(start, at + c.len_utf8()));
                        open = None;
                    }
                    _ => {}
                }
            }
            depth = 0;
            let is_closed_later = || {
                let later = marks[i + 1..].iter().take(REACH).find_map(|m| m.first());
                later.is_some_and(|m| m.2 == Mark::Close && open.is_some_and(|(_, c)| is_pair(c, m.1)))
            };
            if let Some((start, _)) = open
                && !is_closed_later()
            {
                spans.push(Span::new(start.max(spans.last().map_or(0, |s: &Span| s.end)), paragraph.end));
                open = None;
            }
        }
        Quotes { spans }
    }

    /// The quotation that holds the byte `at`.
    pub(super) fn around(&self, at: usize) -> Option<usize> {
        let i = self.spans.partition_point(|s| s.end <= at);
        (i < self.spans.len() && self.spans[i].start <= at).then_some(i)
    }

    /// Whether a quotation holds the byte `at`.
    pub(super) fn holds(&self, at: usize) -> bool {
        self.around(at).is_some()
    }
}

fn is_single(c: char) -> bool {
    matches!(c, '‘' | '’')
}

fn is_pair(opener: char, closer: char) -> bool {
    is_single(opener) == is_single(closer)
}

/// The marks of one paragraph; a straight mark opens where it leans on the word after it.
fn marks_in(text: &str, paragraph: Span) -> Vec<(usize, char, Mark)> {
    let mut marks = Vec::new();
    let mut before = ' ';
    let mut chars = paragraph.of(text).char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map_or(' ', |n| n.1);
        let leans_right = !after.is_whitespace() && !matches!(after, ',' | '.' | ';' | '!' | '?' | ')');
        let starts = before.is_whitespace() || matches!(before, '(' | '[' | '—' | '–' | '-' | '“' | '‘');
        let mark = match c {
            '“' | '«' => Some(Mark::Open),
            '”' | '»' => Some(Mark::Close),
            '"' if starts && leans_right => Some(Mark::Open),
            '"' => Some(Mark::Close),
            '‘' if starts => Some(Mark::Open),
            '’' if !after.is_alphanumeric() && !before.is_whitespace() => Some(Mark::Close),
            _ => None,
        };
        marks.extend(mark.map(|m| (paragraph.start + at, c, m)));
        before = c;
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(text: &str) -> Vec<&str> {
        let mut paragraphs = Vec::new();
        let mut start = 0;
        for line in text.split('\n') {
            paragraphs.push(Span::new(start, start + line.len()));
            start += line.len() + 1;
        }
        Quotes::find(text, &paragraphs).spans.iter().map(|s| s.of(text)).collect()
    }

    #[test]
    fn curly_and_straight_marks_pair_even_with_each_other() {
        assert_eq!(quoted("“Yes,\" he said. \"No.\""), ["“Yes,\"", "\"No.\""]);
    }

    #[test]
    fn a_quotation_within_a_quotation_does_not_end_it() {
        assert_eq!(quoted("\"The \"plan\" failed.\" So"), ["\"The \"plan\" failed.\""]);
        assert_eq!(
            quoted("“They say ‘never’ and the rebels’ men agree” so"),
            ["“They say ‘never’ and the rebels’ men agree”"]
        );
    }

    #[test]
    fn an_open_quotation_runs_on_only_to_a_mark_that_closes_it() {
        assert_eq!(quoted("\"One.\nTwo.\nThree\", said a voice"), ["\"One.\nTwo.\nThree\""]);
        assert_eq!(quoted("“One.\n“Two.” Three"), ["“One.", "“Two.”"]);
    }
}
