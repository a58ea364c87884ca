//! Which blocks of a page are the article.
//!
//! The article is in the innermost element that holds most of the page's sentences; its headline stands in it or before
//! it. Elements that say of themselves that they are something else are left out, unless they hold most of the page.

use std::cmp::Reverse;
use std::ops::Range;

use jiff::civil::Date;

use super::blocks::{Block, Kind, Outline};
use super::metadata::Metadata;
use crate::{date, furniture};

/// What is kept of a page.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct MainText {
    pub(super) text: String,
    pub(super) title: Option<String>,
    /// From a line of the page.
    pub(super) date: Option<Date>,
    /// From a line of the page; names without "By".
    pub(super) byline: Option<String>,
}

/// A block with fewer bytes tells nothing about where the article is.
const SHORTEST_SENTENCE: usize = 40;
/// The element of the article holds this share of the page's sentences.
const MAIN_SHARE: f64 = 0.75;
/// An element with more than this share of the sentences is the article, whatever it is called.
const PROTECTED_SHARE: f64 = 0.5;

impl MainText {
    pub(super) fn of(outline: &Outline, metadata: &Metadata) -> MainText {
        let is_left_out = left_out(outline);
        let mut kept: Vec<usize> = (0..outline.blocks.len()).filter(|at| !is_left_out[*at]).collect();
        if kept.is_empty() {
            kept = (0..outline.blocks.len()).collect();
        }
        let headline = headline(outline, &kept, metadata);
        let main = main_range(outline, &kept);
        let title = headline.map(|at| outline.blocks[at].text.clone()).or_else(|| stated_title(metadata));
        let mut out = MainText { title, ..MainText::default() };
        let start = headline
            .filter(|at| *at < main.end)
            .map_or(main.start, |at| if at < main.start { at } else { main.start });
        let mut blocks: Vec<&Block> = Vec::new();
        for at in kept.into_iter().filter(|at| (start..main.end).contains(at)) {
            let block = &outline.blocks[at];
            let is_before = headline.is_some_and(|h| at < h);
            if out.takes_metadata(&block.text) || is_apart(outline, block) || (is_before && !is_prose(block))
            {
                continue;
            }
            if out.title.as_deref().is_some_and(|title| folded(title) == folded(&block.text)) {
                continue;
            }
            blocks.push(block);
        }
        // A date or byline may also stand in what was left out.
        for block in &outline.blocks[..main.end] {
            if out.date.is_none() || out.byline.is_none() {
                out.takes_metadata(&block.text);
            }
        }
        drop_empty_sections(&mut blocks);
        out.text = text(out.title.as_deref(), &blocks);
        out
    }

    /// Whether a line is the article's date or byline or both.
    fn takes_metadata(&mut self, line: &str) -> bool {
        let on = line.strip_prefix("Posted on ").or_else(|| line.strip_prefix("Published on "));
        let (head, rest) = on.unwrap_or(line).split_once(" by ").unwrap_or((line, ""));
        if let Some(date) = date::of_line(head) {
            self.date.get_or_insert(date);
            let name = rest.split(['|', '·', '•']).next().unwrap_or_default().trim();
            if let Some(name) = furniture::byline(&format!("By {name}")).filter(|_| self.byline.is_none()) {
                self.byline = Some(name);
            }
            return true;
        }
        let byline = furniture::byline(line);
        let is_byline = byline.is_some();
        self.byline = self.byline.take().or(byline);
        is_byline
    }
}

/// For each block, whether an element around it stands outside the article.
fn left_out(outline: &Outline) -> Vec<bool> {
    let sentences = sentence_bytes(outline, |_| true);
    let total = sentences.first().copied().unwrap_or(0) as f64;
    let mut is_out = vec![false; outline.places.len()];
    for (at, place) in outline.places.iter().enumerate() {
        let is_main = sentences[at] as f64 > PROTECTED_SHARE * total;
        is_out[at] = is_out[place.parent] || ((place.is_outside || place.is_data) && !is_main);
    }
    outline.blocks.iter().map(|block| is_out[block.element] || furniture::is_furniture(&block.text)).collect()
}

/// For each element, the bytes of the sentences in it.
fn sentence_bytes(outline: &Outline, is_counted: impl Fn(usize) -> bool) -> Vec<usize> {
    let mut bytes = vec![0; outline.places.len()];
    for (at, block) in outline.blocks.iter().enumerate().filter(|(at, _)| is_counted(*at)) {
        let is_linked = outline.link_share(block) > 0.5;
        if block.text.len() >= SHORTEST_SENTENCE && !is_linked && is_prose(block) {
            bytes[block.element] += outline.blocks[at].text.len();
        }
    }
    // Parents stand before their children.
    for at in (1..bytes.len()).rev() {
        bytes[outline.places[at].parent] += bytes[at];
    }
    bytes
}

/// Whether a block ends like a sentence.
fn is_prose(block: &Block) -> bool {
    let inner = block.text.trim_end_matches(['"', '”', '’', '\'', ')', ']']);
    inner.ends_with(['.', '!', '?', '…', ':', ';', ',']) && block.text.contains(' ')
}

/// The blocks of the element that holds most sentences.
fn main_range(outline: &Outline, kept: &[usize]) -> Range<usize> {
    let is_kept = |at: usize| kept.binary_search(&at).is_ok();
    let bytes = sentence_bytes(outline, is_kept);
    let mut n_blocks = vec![0usize; outline.places.len()];
    kept.iter().for_each(|at| n_blocks[outline.blocks[*at].element] += 1);
    for at in (1..n_blocks.len()).rev() {
        n_blocks[outline.places[at].parent] += n_blocks[at];
    }
    // Elements are numbered as they open: the last that holds enough is the innermost.
    let enough = |at: &usize| bytes[*at] as f64 >= MAIN_SHARE * bytes[0] as f64 && n_blocks[*at] > 1;
    let main = (0..outline.places.len()).rev().find(enough).filter(|_| bytes[0] > 0).unwrap_or(0);
    let end = (main + 1..outline.places.len()).find(|at| outline.places[*at].parent < main);
    let inside = main..end.unwrap_or(outline.places.len());
    let is_inside = |block: &Block| inside.contains(&block.element);
    let first = outline.blocks.iter().position(is_inside).unwrap_or(0);
    let last = outline.blocks.iter().rposition(is_inside).map_or(outline.blocks.len(), |at| at + 1);
    first..last
}

/// The block that is the headline: the heading most like what the page says of itself, else the first `h1`, else a line
/// that stands in the page's title.
fn headline(outline: &Outline, kept: &[usize], metadata: &Metadata) -> Option<usize> {
    let stated: Vec<&str> = metadata.headline.iter().chain(&metadata.title).map(String::as_str).collect();
    let blocks = || kept.iter().map(|at| (*at, &outline.blocks[*at]));
    let is_stated = |text: &str| {
        let text = folded(text);
        text.contains(' ') && stated.iter().any(|s| folded(s).contains(&text))
    };
    let headings = || blocks().filter(|(_, b)| matches!(b.kind, Kind::Heading(_)));
    let main_heading = || headings().find(|(_, b)| b.kind == Kind::Heading(1));
    let emphasis = || {
        let before = blocks().take_while(|(_, b)| !is_prose(b) || b.text.len() < SHORTEST_SENTENCE);
        let is_title = |b: &Block| {
            let has_words = b.text.split(' ').count() > 3;
            b.kind == Kind::Heading(7) && has_words && furniture::byline(&b.text).is_none()
        };
        before.filter(|(_, b)| is_title(b)).last()
    };
    // The site's name is in the title too, as a link.
    let is_line = |b: &Block| !is_prose(b) && !is_apart(outline, b) && is_stated(&b.text);
    let line = || blocks().filter(|(_, b)| is_line(b)).max_by_key(|(at, b)| (b.text.len(), Reverse(*at)));
    let found =
        headings().find(|(_, b)| is_stated(&b.text)).or_else(main_heading).or_else(emphasis).or_else(line);
    found.map(|(at, _)| at)
}

/// The headline that the page states, or its title without the site's name.
fn stated_title(metadata: &Metadata) -> Option<String> {
    metadata.headline.clone().or_else(|| {
        let title = metadata.title.as_deref()?;
        let parts = [" | ", " - ", " – ", " — ", " « ", " » ", " :: "]
            .iter()
            .fold(vec![title], |parts, mark| parts.into_iter().flat_map(|part| part.split(mark)).collect());
        parts.into_iter().max_by_key(|part| part.len()).map(|part| part.trim().to_owned())
    })
}

/// Whether a block in the article is not of it: links to elsewhere.
fn is_apart(outline: &Outline, block: &Block) -> bool {
    outline.link_share(block) > 0.6 && !is_prose(block)
}

/// Drops headings that nothing follows.
fn drop_empty_sections(blocks: &mut Vec<&Block>) {
    let mut next_level = Some(0);
    let mut at = blocks.len();
    while at > 0 {
        at -= 1;
        match blocks[at].kind {
            // A line in bold may be anything.
            Kind::Heading(7) => next_level = None,
            Kind::Heading(level) if next_level.is_some_and(|next| next <= level) => drop(blocks.remove(at)),
            Kind::Heading(level) => next_level = Some(level),
            _ => next_level = None,
        }
    }
}

/// The article as text: its headline, then blocks with empty lines between them.
fn text(title: Option<&str>, blocks: &[&Block]) -> String {
    let n_bytes = |kind: fn(Kind) -> bool| -> usize {
        blocks.iter().filter(|b| kind(b.kind)).map(|b| b.text.len()).sum()
    };
    // Some pages indent everything as a block quote.
    let quotes_are_quotes = n_bytes(|k| k == Kind::Quote) * 2 < n_bytes(|_| true);
    let has_marks = |text: &str| text.contains(['"', '“', '”', '«']);
    let mut out = String::new();
    let mut was_item = false;
    for line in title.into_iter().map(str::to_owned).chain(blocks.iter().map(|block| match block.kind {
        Kind::Item => format!("- {}", block.text),
        Kind::Quote if quotes_are_quotes && !has_marks(&block.text) => format!("“{}”", block.text),
        _ => block.text.clone(),
    })) {
        let is_item = line.starts_with("- ");
        out.push_str(match (out.is_empty(), was_item && is_item) {
            (true, _) => "",
            (_, true) => "\n",
            _ => "\n\n",
        });
        out.push_str(&line);
        was_item = is_item;
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

/// Without case, quotation marks and punctuation.
fn folded(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’');
    let words: Vec<String> =
        words.map(|w| w.replace(['\'', '’'], "").to_lowercase()).filter(|w| !w.is_empty()).collect();
    words.join(" ")
}
