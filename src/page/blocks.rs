//! A page as a list of blocks: paragraphs, headings, list items, each with its place in the tree.

use ego_tree::NodeRef;
use ego_tree::iter::Edge;
use scraper::node::Element;
use scraper::{Html, Node};

use super::outside::{is_block, is_never_text, is_outside};

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A heading and its level; 7 for a line in bold.
    Heading(u8),
    /// The first paragraph of a list item.
    Item,
    /// A paragraph of a block quote.
    Quote,
    /// Any other text.
    Paragraph,
}

/// A run of text between two block elements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) kind: Kind,
    /// White space is single spaces.
    pub(super) text: String,
    /// Bytes of it in each link, by the number of the link's target.
    links: Vec<(usize, usize)>,
    /// The innermost block element around it.
    pub(super) element: usize,
}

/// A block element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// The element around it; the root is its own.
    pub(super) parent: usize,
    pub(super) is_outside: bool,
    /// Whether it is a table with headers, whose cells are no text.
    pub(super) is_data: bool,
}

/// Blocks in document order, and the tree of the elements around them.
#[derive(Debug, Default)]
pub(super) struct Outline {
    pub(super) blocks: Vec<Block>,
    pub(super) places: Vec<Place>,
    /// How many blocks each link target stands in.
    uses: Vec<usize>,
}

/// A link that was never closed runs on through the page: one in more blocks than this is no link.
const MOST_USES: usize = 3;

impl Outline {
    /// The blocks of a page.
    pub(super) fn of(html: &Html) -> Outline {
        let mut reader = Reader::default();
        reader.outline.places.push(Place { parent: 0, is_outside: false, is_data: false });
        for edge in html.tree.root().traverse() {
            match edge {
                Edge::Open(node) => match node.value() {
                    Node::Element(element) => reader.open(element, is_footnote(&node)),
                    Node::Text(text) => reader.text(text),
                    _ => {}
                },
                Edge::Close(node) => {
                    if let Node::Element(element) = node.value() {
                        reader.close(element);
                    }
                }
            }
        }
        reader.flush();
        reader.outline
    }

    /// The share of a block's bytes that stands in links.
    pub(super) fn link_share(&self, block: &Block) -> f64 {
        let linked: usize = block.links.iter().filter(|l| self.uses[l.0] <= MOST_USES).map(|l| l.1).sum();
        linked as f64 / block.text.len().max(1) as f64
    }
}

#[derive(Default)]
struct Reader<'h> {
    outline: Outline,
    /// The innermost open block element.
    at: usize,
    n_silent: usize,
    n_preformatted: usize,
    n_quotes: usize,
    n_bold: usize,
    heading: Option<u8>,
    /// A list item was opened and has no text yet.
    opens_item: bool,
    /// Targets of the open links.
    links: Vec<usize>,
    targets: Vec<&'h str>,
    text: String,
    n_text_bold: usize,
    text_links: Vec<(usize, usize)>,
}

impl<'h> Reader<'h> {
    fn open(&mut self, element: &'h Element, is_footnote: bool) {
        if is_never_text(element) || self.n_silent > 0 || is_footnote {
            self.n_silent += 1;
            return;
        }
        if is_block(element) {
            self.flush();
            let place = Place { parent: self.at, is_outside: is_outside(element), is_data: false };
            self.at = self.outline.places.len();
            self.outline.places.push(place);
        } else if is_outside(element) {
            self.n_silent += 1;
            return;
        }
        match element.name() {
            "br" => self.line_break(),
            "pre" => self.n_preformatted += 1,
            "blockquote" => self.n_quotes += 1,
            "b" | "strong" => self.n_bold += 1,
            "li" => self.opens_item = true,
            "q" => self.text("“"),
            "th" => self.mark_table(),
            "a" => self.open_link(element),
            name => {
                if let Some(level) = heading_level(name) {
                    self.heading = Some(level);
                }
            }
        }
    }

    fn close(&mut self, element: &'h Element) {
        if self.n_silent > 0 {
            self.n_silent -= 1;
            return;
        }
        match element.name() {
            "pre" => self.n_preformatted -= 1,
            "b" | "strong" => self.n_bold -= 1,
            "q" => self.text("”"),
            "a" => drop(self.links.pop()),
            _ => {}
        }
        if is_block(element) {
            self.flush();
            self.at = self.outline.places[self.at].parent;
            match element.name() {
                "blockquote" => self.n_quotes -= 1,
                "li" => self.opens_item = false,
                name if heading_level(name).is_some() => self.heading = None,
                _ => {}
            }
        }
    }

    fn open_link(&mut self, element: &'h Element) {
        let target = element.attr("href").unwrap_or_default();
        // Buttons lead nowhere, each to a nowhere of its own.
        let known = self.targets.iter().rposition(|t| *t == target).filter(|_| !target.starts_with('#'));
        let number = known.unwrap_or_else(|| {
            self.targets.push(target);
            self.outline.uses.push(0);
            self.targets.len() - 1
        });
        self.links.push(number);
    }

    fn text(&mut self, text: &str) {
        if self.n_silent > 0 {
            return;
        }
        if self.n_preformatted > 0 && text.contains('\n') {
            for (i, line) in text.split('\n').enumerate() {
                if i > 0 {
                    self.line_break();
                }
                self.inline(line);
            }
        } else {
            self.inline(text);
        }
    }

    /// Adds text, its white space as single spaces, invisible characters gone.
    fn inline(&mut self, text: &str) {
        let before = self.text.len();
        for c in text.chars() {
            match c {
                '\u{ad}' | '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}' => {}
                c if c.is_whitespace() => {
                    if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
                        self.text.push(' ');
                    }
                }
                c => self.text.push(c),
            }
        }
        let n_bytes = self.text.len() - before;
        self.n_text_bold += if self.n_bold > 0 { n_bytes } else { 0 };
        if let Some(target) = self.links.last().filter(|_| n_bytes > 0) {
            self.text_links.push((*target, n_bytes));
        }
    }

    fn line_break(&mut self) {
        self.text.truncate(self.text.trim_end().len());
        if !self.text.is_empty() {
            self.text.push('\n');
        }
    }

    /// The table around a header cell holds data.
    fn mark_table(&mut self) {
        let row = self.outline.places[self.at].parent;
        let body = self.outline.places[row].parent;
        self.outline.places[body].is_data = true;
    }

    /// Ends the current block; line breaks within a sentence become spaces, others end it.
    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        let links = std::mem::take(&mut self.text_links);
        let is_bold = self.n_text_bold > 0
            && self.n_text_bold + 2 >= text.trim_end().len()
            && text.len() <= LONGEST_BOLD_LINE
            && text.trim_end().ends_with(|c: char| c.is_alphanumeric() || c == '?');
        self.n_text_bold = 0;
        let whole = text.trim_end().len();
        if whole == 0 {
            return;
        }
        for (target, _) in &links {
            self.outline.uses[*target] += 1;
        }
        let share = |part: usize| -> Vec<(usize, usize)> {
            links.iter().map(|(target, n)| (*target, n * part / whole.max(1))).collect()
        };
        for line in unwrapped(text.trim_end()) {
            let kind = match self.heading {
                Some(level) => Kind::Heading(level),
                None if std::mem::take(&mut self.opens_item) => Kind::Item,
                None if self.n_quotes > 0 => Kind::Quote,
                None if is_bold => Kind::Heading(7),
                None => Kind::Paragraph,
            };
            let links = share(line.len());
            self.outline.blocks.push(Block { kind, text: line, links, element: self.at });
        }
    }
}

/// A line in bold is a heading up to this length, in bytes.
const LONGEST_BOLD_LINE: usize = 160;

/// Lines, joined where a line break stands within a sentence.
fn unwrapped(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.split('\n').map(str::trim).filter(|l| !l.is_empty()) {
        match lines.last_mut() {
            Some(last)
                if line.starts_with(char::is_lowercase) && !last.ends_with(['.', '!', '?', ':', ';']) =>
            {
                last.push(' ');
                last.push_str(line);
            }
            _ => lines.push(line.to_owned()),
        }
    }
    lines
}

fn heading_level(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    }
}

/// The raised number of a footnote, "1" or "[a]".
fn is_footnote(node: &NodeRef<'_, Node>) -> bool {
    let is_number =
        |text: &str| text.chars().all(|c| c.is_ascii_digit() || matches!(c, '[' | ']' | '*' | '†'));
    let text = || node.descendants().filter_map(|n| n.value().as_text());
    node.value().as_element().is_some_and(|e| e.name() == "sup")
        && (node.descendants().any(|n| n.value().as_element().is_some_and(|e| e.name() == "a"))
            || text().all(|t| is_number(t.trim())))
}
