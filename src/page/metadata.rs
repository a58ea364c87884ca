//! What a page says of itself: headline, date, author.

use jiff::civil::Date;
use scraper::node::Element;
use scraper::{Html, Node};
use serde_json::Value;

use crate::date;

/// From JSON-LD, then `meta` elements, then elements marked up as such.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Metadata {
    /// The headline as other sites are told.
    pub(super) headline: Option<String>,
    /// The text of `title`, with the site's name.
    pub(super) title: Option<String>,
    pub(super) date: Option<Date>,
    pub(super) byline: Option<String>,
}

/// Names of `meta` elements, best first.
const HEADLINES: &[&str] =
    &["og:title", "twitter:title", "dc.title", "headline", "parsely-title", "sailthru.title"];
const DATES: &[&str] = &[
    "article:published_time",
    "og:published_time",
    "datepublished",
    "citation_publication_date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "parsely-pub-date",
    "sailthru.date",
    "publish-date",
    "publish_date",
    "publication_date",
    "pubdate",
    "ptime",
    "date",
];
const AUTHORS: &[&str] = &[
    "author",
    "byl",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "citation_author",
];

impl Metadata {
    pub(super) fn of(html: &Html) -> Metadata {
        let mut found = Found::default();
        for node in html.tree.root().descendants() {
            let Some(element) = node.value().as_element() else { continue };
            let text = || -> String {
                let texts = node.descendants().filter_map(|n| n.value().as_text());
                clean(&texts.map(|t| t.to_string()).collect::<String>())
            };
            match element.name() {
                "meta" => found.meta(element),
                "title" if found.title.is_none() && !is_in_svg(&node) => found.title = Some(text()),
                "script" if element.attr("type").is_some_and(|t| t.trim() == "application/ld+json") => {
                    if let Ok(value) = serde_json::from_str::<Value>(text().trim()) {
                        found.linked_data(&value, 0);
                    }
                }
                "time" => found.time(element, &text()),
                _ if is_byline(element) && found.marked_author.is_none() => {
                    found.marked_author = Some(text()).filter(|t| !t.is_empty() && t.len() <= LONGEST_BYLINE);
                }
                _ => {}
            }
        }
        found.metadata()
    }
}

const LONGEST_BYLINE: usize = 120;

#[derive(Default)]
struct Found {
    title: Option<String>,
    ld_headline: Option<String>,
    ld_date: Option<Date>,
    ld_authors: Vec<String>,
    /// Rank in the list of names, and the content.
    headlines: Vec<(usize, String)>,
    dates: Vec<(usize, Date)>,
    authors: Vec<(usize, String)>,
    time: Option<Date>,
    published: Option<Date>,
    marked_author: Option<String>,
}

impl Found {
    fn meta(&mut self, element: &Element) {
        let name = ["name", "property", "itemprop"].iter().find_map(|a| element.attr(a));
        let (Some(name), Some(content)) = (name, element.attr("content")) else { return };
        let name = name.to_ascii_lowercase();
        let rank = |names: &[&str]| names.iter().position(|n| *n == name);
        let content = clean(content);
        if content.is_empty() {
            return;
        }
        if let Some(rank) = rank(DATES) {
            self.dates.extend(first_date(&content).map(|date| (rank, date)));
        } else if let Some(rank) = rank(HEADLINES) {
            self.headlines.push((rank, content));
        } else if let Some(rank) = rank(AUTHORS).filter(|_| !is_address(&content)) {
            self.authors.push((rank, content));
        }
    }

    /// Looks for an article in JSON-LD: objects, lists of them and `@graph`.
    fn linked_data(&mut self, value: &Value, depth: usize) {
        if depth > 8 {
            return;
        }
        match value {
            Value::Array(list) => list.iter().for_each(|v| self.linked_data(v, depth + 1)),
            Value::Object(object) => {
                if let Some(graph) = object.get("@graph").or_else(|| object.get("mainEntity")) {
                    self.linked_data(graph, depth + 1);
                }
                let text =
                    |key: &str| object.get(key).and_then(Value::as_str).map(clean).filter(|t| !t.is_empty());
                let date = text("datePublished").as_deref().and_then(first_date);
                let headline = text("headline");
                if date.is_none() && headline.is_none() {
                    return;
                }
                self.ld_date = self.ld_date.or(date);
                if self.ld_headline.is_none() {
                    self.ld_headline = headline;
                }
                if self.ld_authors.is_empty() {
                    self.ld_authors = object.get("author").map(names).unwrap_or_default();
                }
            }
            _ => {}
        }
    }

    fn time(&mut self, element: &Element, text: &str) {
        let date = element.attr("datetime").and_then(first_date).or_else(|| first_date(text));
        let is_published = element.attr("pubdate").is_some()
            || element.attr("itemprop").is_some_and(|p| p.eq_ignore_ascii_case("datePublished"));
        self.time = self.time.or(date);
        self.published = self.published.or(date.filter(|_| is_published));
    }

    fn metadata(self) -> Metadata {
        let best =
            |list: Vec<(usize, String)>| list.into_iter().min_by_key(|(rank, _)| *rank).map(|(_, v)| v);
        let date = self.dates.into_iter().min_by_key(|(rank, _)| *rank).map(|(_, date)| date);
        let authors = (!self.ld_authors.is_empty()).then(|| self.ld_authors.join(", "));
        let byline = authors.or_else(|| best(self.authors)).or(self.marked_author);
        Metadata {
            headline: self.ld_headline.or_else(|| best(self.headlines)),
            title: self.title.filter(|t| !t.is_empty()),
            date: self.ld_date.or(date).or(self.published).or(self.time),
            byline: byline.map(|line| crate::furniture::byline(&line).unwrap_or_else(|| without_by(&line))),
        }
    }
}

/// `<title>` in a drawing is the drawing's.
fn is_in_svg(node: &ego_tree::NodeRef<'_, Node>) -> bool {
    node.ancestors().any(|n| n.value().as_element().is_some_and(|e| e.name() == "svg"))
}

fn is_byline(element: &Element) -> bool {
    let is_it = |name: &str| ["byline", "author", "by-line", "article-author", "post-author"].contains(&name);
    element.attr("rel").is_some_and(|r| r.split(' ').any(|r| r == "author"))
        || element.attr("itemprop") == Some("author")
        || (element.name() != "body" && element.classes().any(|c| is_it(&c.to_ascii_lowercase())))
}

/// The names in an `author` of JSON-LD.
fn names(value: &Value) -> Vec<String> {
    match value {
        Value::String(name) if !is_address(name) => vec![clean(name)],
        Value::Array(list) => list.iter().flat_map(names).collect(),
        Value::Object(object) => object.get("name").map(names).unwrap_or_default(),
        _ => Vec::new(),
    }
}

fn is_address(text: &str) -> bool {
    text.starts_with("http") || text.starts_with('/') || text.starts_with('@')
}

fn first_date(text: &str) -> Option<Date> {
    date::mentions(text).next().map(|m| m.date).or_else(|| date::of_name(text))
}

fn without_by(line: &str) -> String {
    ["By ", "by ", "BY ", "By: "].iter().find_map(|by| line.strip_prefix(by)).unwrap_or(line).to_owned()
}

/// White space as single spaces.
pub(super) fn clean(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
