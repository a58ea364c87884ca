//! What the lines of an article are: title, date, headings, list items, paragraphs, furniture.
//!
//! Comes in: a text and the name of its file. Goes out: blocks with byte spans, list markers and datelines cut off.
//! It refuses to know what sentences are and who speaks.

use jiff::civil::Date;

use crate::analysis::segment::{LogicalLine, logical_lines};
use crate::date;
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
    /// The article's date.
    Date,
    /// Separators, legends and leftovers of markup: nothing that anyone says.
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
        let mut date = None;
        for block in blocks.iter_mut().filter(|b| b.kind != BlockKind::Furniture).take(DATE_LINES) {
            if let Some(found) = date::of_line(block.body.of(text)) {
                block.kind = BlockKind::Date;
                date.get_or_insert(found);
            }
        }
        let title = title(text, &blocks);
        if let Some(title) = title {
            let is_title =
                |b: &&mut Block| b.kind != BlockKind::Furniture && b.body.of(text) == title.of(text);
            blocks.iter_mut().filter(is_title).for_each(|b| b.kind = BlockKind::Title);
        }
        let date = document.date.or(date).or_else(|| date::of_name(&document.name));
        Layout { title, date, byline: document.byline.clone(), blocks }
    }
}

fn block(text: &str, line: &LogicalLine) -> Block {
    let words = line.span.of(text);
    let hashes = words.len() - words.trim_start_matches('#').len();
    let is_heading = hashes > 0 && words[hashes..].starts_with(char::is_whitespace);
    let lead = if is_heading { words.len() - words[hashes..].trim_start().len() } else { line.marker };
    let body = &words[lead..];
    let kind = if is_furniture(words) {
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
        lines
            .iter()
            .enumerate()
            .filter(|(_, b)| may_be(b) && b.body.of(text).split_whitespace().count() >= 3)
            .find_map(|(i, b)| {
                lines[i + 1..].iter().any(|later| later.body.of(text) == b.body.of(text)).then_some(b)
            })
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

/// Separators, comments, legends and calls to the reader.
fn is_furniture(line: &str) -> bool {
    const CALLS: &[&str] = &[
        "advertisement",
        "click here",
        "copyright",
        "follow us",
        "image:",
        "photo:",
        "picture:",
        "read more",
        "related:",
        "share this",
        "sign up",
        "subscribe",
        "watch:",
        "©",
    ];
    let folded = line.to_lowercase();
    !line.contains(char::is_alphanumeric)
        || (line.starts_with("<!--") && line.ends_with("-->"))
        || line.starts_with(|c: char| ('\u{2580}'..='\u{25ff}').contains(&c))
        || (line.len() <= LONGEST_HEADING && CALLS.iter().any(|c| folded.starts_with(c)))
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
