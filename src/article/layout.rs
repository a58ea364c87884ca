//! What the lines of an article are: title, date, headings, list items, paragraphs, furniture.
//!
//! Comes in: a text and the name of its file. Goes out: blocks with byte spans, list markers and datelines cut off.
//! It refuses to know what sentences are and who speaks.

use crate::analysis::segment::{LogicalLine, logical_lines};
use crate::text::Span;

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
    /// "2019-01-24".
    pub(super) date: Option<String>,
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
    /// Reads the layout of `text`; `name` may hold a date ("talks_2024-05-06.txt").
    pub(super) fn read(text: &str, name: &str) -> Self {
        let lines = logical_lines(text);
        let mut blocks: Vec<Block> = lines.iter().map(|line| block(text, line)).collect();
        let mut date = None;
        for block in blocks.iter_mut().filter(|b| b.kind != BlockKind::Furniture).take(DATE_LINES) {
            if let Some(found) = date_line(block.body.of(text)) {
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
        Layout { title, date: date.or_else(|| iso_date(name)), blocks }
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

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The date that makes up a whole line, as "2019-01-24".
fn date_line(line: &str) -> Option<String> {
    let folded = line.to_lowercase();
    let words: Vec<&str> = folded.split([' ', ',', '.']).filter(|w| !w.is_empty()).collect();
    let words: Vec<&str> = words
        .into_iter()
        .filter(|w| !w.ends_with("day") && !matches!(*w, "published" | "updated" | "on" | "date:"))
        .collect();
    let month = |w: &str| {
        MONTHS
            .iter()
            .position(|m| *m == w || (w.len() >= 3 && w.len() <= 4 && m.starts_with(w)))
            .map(|i| i + 1)
    };
    let number = |w: &str| w.parse::<usize>().ok();
    let (year, month, day) = match words.as_slice() {
        [one] => return iso_date(one).filter(|d| d == one),
        [a, b, year] => match (month(a), number(b), number(a), month(b)) {
            (Some(month), Some(day), _, _) | (_, _, Some(day), Some(month)) => (number(year)?, month, day),
            _ => return None,
        },
        _ => return None,
    };
    ((1500..3000).contains(&year) && (1..=31).contains(&day))
        .then(|| format!("{year:04}-{month:02}-{day:02}"))
}

/// The first "2019-01-24" in `text`.
fn iso_date(text: &str) -> Option<String> {
    let is_date = |w: &&[u8]| {
        w.iter().enumerate().all(|(i, b)| if matches!(i, 4 | 7) { *b == b'-' } else { b.is_ascii_digit() })
    };
    let found = text.as_bytes().windows(10).find(is_date)?;
    let (month, day) = (&found[5..7], &found[8..10]);
    let is_real =
        (b"01"..=b"12").contains(&&[month[0], month[1]]) && (b"01"..=b"31").contains(&&[day[0], day[1]]);
    is_real.then(|| String::from_utf8_lossy(found).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<BlockKind> {
        Layout::read(text, "").blocks.iter().map(|b| b.kind).collect()
    }

    #[test]
    fn the_title_is_the_first_line_or_the_heading_that_is_repeated() {
        let title = |text: &str| Layout::read(text, "").title.map(|t| t.of(text).to_owned());
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
        let date = |text: &str, name: &str| Layout::read(text, name).date;
        assert_eq!(date("Talks\n\n3 May 2024\n\nThey met.", "").as_deref(), Some("2024-05-03"));
        assert_eq!(date("Talks\n\nThey met.", "talks_2024-05-06.txt").as_deref(), Some("2024-05-06"));
        assert_eq!(date("Talks\n\nThey met on May 3, 2024.", "talks_2024-15-06.txt"), None);
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
