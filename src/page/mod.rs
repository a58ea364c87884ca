//! The main text of HTML pages.
//!
//! Comes in: a page, or a file that may be one ([`Reading`]). Goes out: a document with headline, date, byline and the
//! paragraphs, headings and list items of the article; what stands around it is left out. It refuses to know what sentences are and who speaks.

mod blocks;
mod main_text;
mod metadata;
mod nesting;
mod outside;
mod reading;

pub use reading::{Reading, refuse_unread};

use scraper::Html;

use crate::text::Document;
use blocks::Outline;

/// A page and what was kept of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The article, its headline first, paragraphs separated by empty lines.
    pub document: Document,
    /// Length of all visible text of the page, in bytes.
    pub n_bytes: usize,
}

impl Page {
    /// Reads the page `html`.
    ///
    /// Paragraphs become lines with an empty line between them; list items begin with "- "; paragraphs of block quotes
    /// stand in quotation marks. Left out are menus, captions, forms, figures, tables of data, social embeds, comments
    /// and calls to the reader. A page without anything that looks like an article keeps all its text.
    ///
    /// ```
    /// let html = "<title>Talks open | Wire</title><nav>Home</nav><h1>Talks open</h1><p>They met.<p>They ate.";
    /// let page = demarche::page::Page::read("talks.html", html);
    /// assert_eq!(page.document.text, "Talks open\n\nThey met.\n\nThey ate.\n");
    /// ```
    pub fn read(name: &str, html: &str) -> Page {
        let html = Html::parse_document(&nesting::limited(html));
        let outline = Outline::of(&html);
        let metadata = metadata::Metadata::of(&html);
        let n_bytes = outline.blocks.iter().map(|b| b.text.len()).sum();
        let main = main_text::MainText::of(&outline, &metadata);
        let document = Document {
            name: name.to_owned(),
            text: main.text,
            title: main.title,
            date: metadata.date.or(main.date),
            byline: metadata.byline.or(main.byline),
        };
        Page { document, n_bytes }
    }
}

/// Whether `bytes` begin like an HTML page.
pub fn is_page(bytes: &[u8]) -> bool {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let start = String::from_utf8_lossy(&start[..start.len().min(HEAD)]).to_ascii_lowercase();
    let mut start = start.trim_start();
    while let Some(rest) = start.strip_prefix("<?xml").or_else(|| start.strip_prefix("<!--")) {
        let Some((_, after)) = rest.split_once('>') else { return false };
        start = after.trim_start();
    }
    ["<!doctype html", "<html", "<head", "<body"].iter().any(|tag| start.starts_with(tag))
}

/// The charset that a page declares in its first 4 kB.
pub fn declared_charset(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_ascii_lowercase();
    let (_, after) = head.split_once("charset=").or_else(|| head.split_once("encoding="))?;
    let name: String = after
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':'))
        .collect();
    (!name.is_empty()).then_some(name)
}

/// Bytes of a page that are looked at before it is parsed.
const HEAD: usize = 4096;
