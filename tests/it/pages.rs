//! HTML pages of every make in `tests/data/pages`, and what is kept of them.

use std::fmt::Write;

use demarche::page::{Page, declared_charset, is_page};

use crate::support::repository;

fn read(name: &str) -> Page {
    let bytes = std::fs::read(repository("tests/data/pages").join(name)).unwrap();
    assert!(is_page(&bytes), "{name}");
    let decoded = demarche::decode::text(name, &bytes, declared_charset(&bytes).as_deref()).unwrap();
    assert!(!decoded.is_assumed, "{name}");
    Page::read(name, &decoded.text)
}

#[test]
fn what_is_kept_of_each_page() {
    for name in [
        "blog",
        "broadcaster",
        "broken",
        "divs",
        "indented",
        "paywall",
        "press_office",
        "ticker",
        "windows_1252",
    ] {
        let page = read(&format!("{name}.html"));
        let document = &page.document;
        let mut out = String::new();
        writeln!(out, "{} of {} bytes", document.text.len(), page.n_bytes).unwrap();
        writeln!(out, "title:  {}", document.title.as_deref().unwrap_or("–")).unwrap();
        writeln!(out, "date:   {}", document.date.map_or("–".to_owned(), |d| d.to_string())).unwrap();
        writeln!(out, "byline: {}\n", document.byline.as_deref().unwrap_or("–")).unwrap();
        out.push_str(&document.text);
        insta::assert_snapshot!(format!("page_{name}"), out);
    }
}

#[test]
fn the_headline_stands_in_the_text_once_and_first() {
    for name in ["broadcaster", "blog", "divs", "ticker", "broken"] {
        let document = read(&format!("{name}.html")).document;
        let title = document.title.unwrap();
        assert_eq!(document.text.lines().next(), Some(title.as_str()), "{name}");
        assert_eq!(document.text.lines().filter(|line| *line == title).count(), 1, "{name}");
    }
}

#[test]
fn a_page_without_an_article_keeps_its_text() {
    for (html, text) in [
        ("<html><body>We want talks", "We want talks\n"),
        ("<html><title>Talks</title><nav>We want talks</nav>", "Talks\n\nWe want talks\n"),
        ("<html><form><p>We want talks.</form>", "We want talks.\n"),
        ("<html></html>", ""),
    ] {
        assert_eq!(Page::read("a.html", html).document.text, text, "{html}");
    }
}

#[test]
fn spaces_entities_and_line_breaks_become_plain_text() {
    for (html, text) in [
        ("<p>fish &amp;&nbsp;chips &#8212; &lt;b&gt;", "fish & chips — <b>"),
        ("<p>the\n  old <b>to</b>wn</p>", "the old town"),
        ("<p>He spoke.<br>She left.", "He spoke.\n\nShe left."),
        ("<p>He spoke of<br>the old town.", "He spoke of the old town."),
        ("<p>co&shy;oper\u{200b}ate", "cooperate"),
        ("<pre>One line\n\nAnother.</pre>", "One line\n\nAnother."),
        ("<p>He said <q>no</q>.<sup><a href='#1'>1</a></sup>", "He said “no”."),
        ("<ul><li>one<li><p>two</p><p>at last</ul>", "- one\n- two\n\nat last"),
        ("<p>Yes.<script>no()</script><style>p{}</style><noscript>no</noscript>", "Yes."),
        ("<p>Yes.<p hidden>No.<p style='display: none'>No.<p aria-hidden=true>No.", "Yes."),
    ] {
        assert_eq!(Page::read("a.html", &format!("<body>{html}")).document.text.trim_end(), text, "{html}");
    }
}

#[test]
fn deep_and_long_pages_are_read_in_linear_time() {
    let deep = format!("<body>{}They met.", "<div><b>".repeat(3_000));
    assert_eq!(Page::read("a.html", &deep).document.text, "They met.\n");
    let long = format!("<body>{}", "<p>They met in the old town hall on Monday.".repeat(20_000));
    assert_eq!(Page::read("a.html", &long).document.text.matches("They met").count(), 20_000);
}
