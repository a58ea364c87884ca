//! What the lines of an article are: title, date, headings, list items, paragraphs, furniture.
//!
//! Comes in: a text and the name of its file. Goes out: blocks with byte spans, list markers and datelines cut off.
//! It refuses to know what sentences are and who speaks.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::analysis::segment::{LogicalLine, logical_lines};
use crate::date;
use crate::furniture;
use crate::text::{Document, Span};

/// A line of the article, hard wrapping undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Block {
    /// The whole line.
    pub(super) line: Span,
    /// The line without list marker and dateline.
    pub(super) body: Span,
    pub(super) kind: BlockKind,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BlockKind {
    /// The headline, each time it stands in the text.
    Title,
    /// A short line without a final stop.
    Heading,
    /// A line that says nothing but a date.
    Date,
    /// Captions, bylines, credits, calls to the reader, marks of time, separators: nothing that anyone says.
    Furniture,
    /// A list item.
    Item,
    /// Prose.
    Paragraph,
}

/// The blocks of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) title: Option<Span>,
    pub(super) date: Option<Date>,
    pub(super) byline: Option<String>,
    pub(super) blocks: Vec<Block>,
}

/// A headline is at most this long, in bytes.
const LONGEST_TITLE: usize = 220;
/// A heading inside the text is at most this long, in bytes.
const LONGEST_HEADING: usize = 120;
/// A dateline ends within this many bytes.
const LONGEST_DATELINE: usize = 80;
/// The date stands among this many first lines.
const DATE_LINES: usize = 6;

impl Layout {
    /// Reads the layout of the document's text; what is known of it from outside comes first.
    pub(super) fn read(document: &Document) -> Self {
        let text = document.text.as_str();
        let lines = logical_lines(text);
        let mut blocks: Vec<Block> = lines.iter().map(|line| block(text, line)).collect();
        let title = title(text, &blocks);
        if let Some(title) = title {
            let is_title =
                |b: &&mut Block| b.kind != BlockKind::Furniture && b.body.of(text) == title.of(text);
            blocks.iter_mut().filter(is_title).for_each(|b| b.kind = BlockKind::Title);
        }
        let (date, byline) = (date(document, &blocks), byline(document, &blocks));
        Layout { title, date, byline, blocks }
    }
}

/// From outside, a line near the top, a dateline with its year, the name, a dateline with the year of the name.
fn date(document: &Document, blocks: &[Block]) -> Option<Date> {
    let text = document.text.as_str();
    let first = || blocks.iter().filter(|b| b.kind != BlockKind::Furniture).take(DATE_LINES);
    let line = || first().filter(|b| b.kind == BlockKind::Date).find_map(|b| date::of_line(b.body.of(text)));
    let dateline = |year| {
        let datelines =
            blocks.iter().filter(|b| b.kind == BlockKind::Paragraph && b.line.start < b.body.start);
        let of = |b: &Block| date::of_dateline(Span::new(b.line.start, b.body.start).of(text), year);
        datelines.take(1).find_map(of)
    };
    document
        .date
        .or_else(line)
        .or_else(|| dateline(None))
        .or_else(|| date::of_name(&document.name))
        .or_else(|| dateline(date::year_of_name(&document.name)))
}

/// From outside, or the first line that is a byline.
fn byline(document: &Document, blocks: &[Block]) -> Option<String> {
    let bylines = blocks.iter().filter(|b| b.kind == BlockKind::Furniture);
    document
        .byline
        .clone()
        .or_else(|| bylines.filter_map(|b| furniture::byline(b.line.of(&document.text))).next())
}

fn block(text: &str, line: &LogicalLine) -> Block {
    let words = line.span.of(text);
    let hashes = words.len() - words.trim_start_matches('#').len();
    let is_heading = hashes > 0 && words[hashes..].starts_with(char::is_whitespace);
    let lead = if is_heading { words.len() - words[hashes..].trim_start().len() } else { line.marker };
    let body = &words[lead..];
    let kind = if date::of_line(body).is_some() {
        BlockKind::Date
    } else if furniture::is_furniture(words) || (line.marker == 0 && furniture::byline(words).is_some()) {
        BlockKind::Furniture
    } else if is_heading || (line.marker == 0 && is_unpunctuated(body) && body.len() <= LONGEST_HEADING) {
        BlockKind::Heading
    } else if line.marker > 0 {
        BlockKind::Item
    } else {
        BlockKind::Paragraph
    };
    let lead = lead + if kind == BlockKind::Paragraph { dateline(body) } else { 0 };
    Block { line: line.span, body: Span::new(line.span.start + lead, line.span.end), kind }
}

/// The first line if it is short and has no final stop, or such a line that is repeated.
fn title(text: &str, blocks: &[Block]) -> Option<Span> {
    let lines: Vec<&Block> =
        blocks.iter().filter(|b| !matches!(b.kind, BlockKind::Furniture | BlockKind::Date)).collect();
    let may_be = |b: &&&Block| {
        let line = b.body.of(text);
        matches!(b.kind, BlockKind::Heading | BlockKind::Paragraph)
            && is_unpunctuated(line)
            && line.len() <= LONGEST_TITLE
    };
    let first = lines.first().filter(|_| lines.len() > 1).filter(may_be);
    let repeated = || {
        let last: HashMap<&str, usize> =
            lines.iter().enumerate().map(|(i, b)| (b.body.of(text), i)).collect();
        let has_words = |b: &Block| b.body.of(text).split_whitespace().count() >= 3;
        let recurs = |i: usize, b: &Block| last.get(b.body.of(text)).is_some_and(|&last| last > i);
        lines.iter().enumerate().find(|(i, b)| may_be(b) && recurs(*i, b) && has_words(b)).map(|(_, b)| b)
    };
    first.or_else(repeated).map(|b| b.body)
}

/// Whether the line ends like a headline: in a letter, digit, bracket or question mark.
fn is_unpunctuated(line: &str) -> bool {
    let ends_in_quote = line.ends_with(['"', '”', '\'', '’']);
    let inner = line.trim_end_matches(['"', '”', '\'', '’']);
    if ends_in_quote && (line.starts_with(['"', '“']) || inner.ends_with(['.', '!', '?', ','])) {
        return false;
    }
    let inner = match inner.rsplit_once('(') {
        Some((before, _)) if inner.ends_with(')') => before.trim_end(),
        _ => inner,
    };
    inner.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '?' | '%'))
        && !inner.starts_with(['"', '“', '('])
}

/// The bytes of a dateline such as "GENEVA, May 3 (Agency) — " at the start of a paragraph.
fn dateline(paragraph: &str) -> usize {
    let limit =
        paragraph.char_indices().map(|(i, _)| i).take_while(|i| *i <= LONGEST_DATELINE).last().unwrap_or(0);
    let head = &paragraph[..limit];
    let Some((at, dash)) = ["—", "–", " - ", "--"].iter().filter_map(|d| head.find(d).map(|i| (i, *d))).min()
    else {
        return 0;
    };
    let place = head[..at].trim_end();
    let first = place.split([' ', ',', '(']).next().unwrap_or_default();
    let is_shouted = first.chars().count() >= 3
        && first.chars().all(|c| c.is_uppercase() || matches!(c, '-' | '\'' | '.'));
    let is_agency = place.ends_with(')') && place.starts_with(char::is_uppercase) && !place.contains(". ");
    let rest = paragraph[at + dash.len()..].trim_start();
    let is_plain = place.split_whitespace().all(|w| w.starts_with(|c: char| !c.is_lowercase()));
    let opens = rest.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || matches!(c, '"' | '“'));
    if (is_shouted || is_agency) && is_plain && opens { paragraph.len() - rest.len() } else { 0 }
}

#[cfg(test)]
mod tests {
    use jiff::civil;

    use super::*;

    fn kinds(text: &str) -> Vec<BlockKind> {
        Layout::read(&Document::new("", text)).blocks.iter().map(|b| b.kind).collect()
    }

    #[test]
    fn the_title_is_the_first_line_or_the_heading_that_is_repeated() {
        let title = |text: &str| Layout::read(&Document::new("", text)).title.map(|t| t.of(text).to_owned());
        assert_eq!(title("Talks open\n\nThey go on.").as_deref(), Some("Talks open"));
        assert_eq!(
            title("A lede.\nTalks open in Lagos\n\nTalks open in Lagos\nThey go on.").as_deref(),
            Some("Talks open in Lagos")
        );
        assert_eq!(title("We want talks"), None);
        assert_eq!(title("A lede.\n\nThey go on."), None);
    }

    #[test]
    fn every_line_gets_its_kind() {
        use BlockKind::{Date, Furniture, Heading, Item, Paragraph, Title};
        let text = "Talks open\n\nFriday, May 3, 2024\n\nThey met.\n\n<!-- -->\n\n- one side\n\nMinister Roe on Radio\n\n“Yes.”\n\n###";
        assert_eq!(kinds(text), [Title, Date, Paragraph, Furniture, Item, Heading, Paragraph, Furniture]);
    }

    #[test]
    fn dates_are_read_from_a_line_or_from_the_name() {
        let read = |text: &str, name: &str| Layout::read(&Document::new(name, text)).date;
        assert_eq!(read("Talks\n\n3 May 2024\n\nThey met.", ""), Some(civil::date(2024, 5, 3)));
        assert_eq!(read("Talks\n\nThey met.", "talks_2024-05-06.txt"), Some(civil::date(2024, 5, 6)));
        assert_eq!(read("Talks\n\nThey met on May 3, 2024.", "talks_2024-15-06.txt"), None);
        let wire = "Talks\n\nGENEVA, May 3 (Agency) — They met.";
        assert_eq!(read(wire, "talks.txt"), None);
        assert_eq!(read(wire, "talks_2024.txt"), Some(civil::date(2024, 5, 3)));
        assert_eq!(
            read(&wire.replace("May 3", "3 May 2023"), "2024-06-07.txt"),
            Some(civil::date(2023, 5, 3))
        );
    }

    #[test]
    fn a_byline_is_furniture_and_names_the_author() {
        use BlockKind::{Furniture, Paragraph, Title};
        let document = |text: &str| Document::new("", text);
        let text = "Talks open\n\nBy Ann Roe and Bo Poe, Oslo\n\nBy Monday, both had signed.\n\n7:30 p.m.\n\nPhotograph: The hall (A. Roe)";
        assert_eq!(kinds(text), [Title, Furniture, Paragraph, Furniture, Furniture]);
        assert_eq!(Layout::read(&document(text)).byline.as_deref(), Some("Ann Roe, Bo Poe"));
        let known = Document { byline: Some("Cy Doe".into()), ..document(text) };
        assert_eq!(Layout::read(&known).byline.as_deref(), Some("Cy Doe"));
    }

    #[test]
    fn datelines_are_cut_off_and_other_dashes_are_not() {
        for (line, bytes) in [
            ("GENEVA, May 3 (Agency) — Talks resumed.", 27),
            ("Geneva (Agency) - Talks resumed.", 18),
            ("TPLF — the front — refused.", 0),
            ("The envoys — all of them — left.", 0),
        ] {
            assert_eq!(dateline(line), bytes, "{line}");
        }
    }
}
