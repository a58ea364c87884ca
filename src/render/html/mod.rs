//! Pages that are one file.
//!
//! Comes in: titles, tables, charts. Goes out: one HTML document with its style inside, readable in light, dark
//! and print, on a telephone and without a network. It runs no script and may load nothing, and its header tells
//! the browser to hold it to that. Every text is escaped by the template, so a statement cannot become markup.

pub mod articles;
pub mod benchmark;
pub mod chart;
pub mod evaluation;
mod marked;
mod mistake;

use maud::{DOCTYPE, PreEscaped, html};

use super::Grid;

pub use maud::Markup;

const STYLE: &str = include_str!("style.css");

/// What a page may do: use the style that it carries.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

/// A whole document with `title` as its heading.
pub fn page(title: &str, body: &Markup) -> String {
    opening(title, "") + &html! { h1 { (title) } (body) }.into_string() + CLOSING
}

/// A document up to the first word of its body, for pages that are written in parts; `style` is added to the common
/// one.
fn opening(title: &str, style: &str) -> String {
    let head = html! {
        (DOCTYPE)
        (PreEscaped("<html lang=\"en\">"))
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta http-equiv="Content-Security-Policy" content=(POLICY);
            title { (title) }
            style { (PreEscaped(STYLE)) (PreEscaped(style)) }
        }
        (PreEscaped("<body>"))
    };
    head.into_string()
}

/// What ends a document that [`opening`] begins.
const CLOSING: &str = "</body></html>";

/// A part of a page under a heading.
pub fn section(heading: &str, body: &Markup) -> Markup {
    html! { section { h2 { (heading) } (body) } }
}

/// One part after another.
pub fn join(parts: &[Markup]) -> Markup {
    html! { @for part in parts { (part) } }
}

/// A chart or a table with a sentence that says how to read it.
pub fn figure(content: &Markup, caption: &str) -> Markup {
    html! {
        figure {
            div.scroll { (content) }
            @if !caption.is_empty() { figcaption { (caption) } }
        }
    }
}

/// Figures side by side where there is room.
pub fn columns(figures: &[Markup]) -> Markup {
    html! { div.columns { @for figure in figures { div { (figure) } } } }
}

/// The numbers to read first: name, value, and a line below it, mostly an interval.
pub fn cards<'c>(cards: impl IntoIterator<Item = (&'c str, String, String)>) -> Markup {
    html! {
        div.cards {
            @for (name, value, range) in cards {
                div.card {
                    div.name { (name) }
                    div.value { (value) }
                    div.range { (range) }
                }
            }
        }
    }
}

/// What a reader may want and need not see.
pub fn details(summary: &str, body: &Markup) -> Markup {
    html! { details { summary { (summary) } (body) } }
}

/// A table with words in the first column and numbers in the others.
pub(super) fn table(grid: &Grid) -> Markup {
    html! {
        div.scroll {
            table {
                thead { tr { @for cell in &grid.header { th { (cell) } } } }
                tbody {
                    @for row in &grid.rows { tr { @for cell in row { td { (cell) } } } }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_text_says_it_stays_a_text() {
        let mut grid = Grid::new(["<b>", "n"]);
        grid.push(["<script>alert(1)</script>".into(), "\"'&".into()]);
        let body = html! {
            (section("<i>a</i>", &figure(&table(&grid), "<img src=x>")))
            (cards([("<u>", "</div>".to_owned(), String::new())]))
        };
        let page = page("</title><script>", &body);
        for tag in ["<script", "<img", "<i>", "<b>", "<u>", "</title><"] {
            let n = page.matches(tag).count();
            assert_eq!(n, usize::from(tag == "</title><"), "{tag} in {page}");
        }
        assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    }

    #[test]
    fn a_page_loads_nothing_and_says_so() {
        let page = page("Nothing", &html! {});
        assert!(page.starts_with("<!DOCTYPE html>"));
        assert!(page.contains("content=\"default-src 'none'; style-src 'unsafe-inline'\""));
        assert!(!page.contains("http:") && !page.contains("https:") && !page.contains("url("));
    }
}
