//! What a page of articles shows, and that whatever stands in an article stays a text.

use demarche::analysis::SentenceSegmenter;
use demarche::article::{Models, Pool};
use demarche::render::html::articles::{MOST_IN_FULL, Page};
use demarche::{Document, shipped};

/// The page of documents, given as name and text, by the shipped models.
fn page(documents: &[(&str, &str)]) -> String {
    let models = Models::new([shipped::stance(), shipped::sentiment()]);
    let (mut page, mut pool) = (Page::new(&models), Pool::new(&models));
    for (name, text) in documents {
        let document = Document::new(*name, *text);
        let article = models.score_article(&document, &SentenceSegmenter);
        pool.add(&article);
        page.add(document, article);
    }
    page.parts(&pool.actors(None), pool.time_unit()).collect()
}

const OFFER: &str = "Oman weighs an offer\n\nOman accepted the offer of talks. Foreign Minister Ann Roe of Oman refused to negotiate.\n\n\
                     Share this\n\nOman accepted the offer of talks.";

#[test]
fn statements_have_their_side_score_holder_and_words() {
    let page = page(&[("offer.txt", OFFER)]);
    assert!(page.contains("<h1 dir=\"auto\">Oman weighs an offer</h1>"));
    let favor = page.split("<span class=\"s favor\" tabindex=\"0\"").nth(1).unwrap();
    assert!(
        favor.contains("<b><bdi>favor</bdi> +0.")
            && favor.contains("whose stance </span><b><bdi>Oman</bdi></b>"),
        "{favor}"
    );
    assert!(page.contains("<span class=\"s against\" tabindex=\"0\""));
    assert!(page.contains("class=\"note\"><b>▲ +0.") && page.contains("class=\"note\"><b>▼ -0."));
    assert!(page.contains("<mark class=\"plus\""));
}

#[test]
fn every_word_of_the_text_is_on_the_page_in_its_order() {
    let page = page(&[("offer.txt", OFFER)]);
    assert!(page.contains("<span class=\"other\">Share this</span>"));
    assert!(
        page.contains("<span class=\"again\" title=\"repeated\">Oman accepted the offer of talks.</span>")
    );
    let text = page.split("<div class=\"text\">").nth(1).unwrap();
    let places =
        ["weighs", "refused", "Share this", "class=\"again\""].map(|words| text.find(words).unwrap());
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn markup_in_texts_names_and_file_names_stays_a_text() {
    let text = "<script>alert(1)</script> talks\n\nMinister <img src=x onerror=alert(2)> Roe said “we refuse talks with </span></p><b>them</b>”. \
                He welcomed javascript:alert(3) and the offer.";
    let page = page(&[("\"><script>x.txt", text), ("b.txt", text)]);
    for tag in ["<script", "<img", "<b>them", "href=\"javascript"] {
        assert!(!page.contains(tag), "{tag}");
    }
    assert!(page.contains("&lt;script&gt;") && page.contains("href=\"#a1\""));
}

#[test]
fn direction_marks_do_not_reach_beyond_their_sentence_or_name() {
    let page = page(&[("a\u{202e}b.txt", "Talks\n\nThey \u{202e}accepted the offer of talks. It rained.\n")]);
    assert!(page.contains("<bdi>a\u{202e}b.txt</bdi>"));
    assert!(
        page.contains("<p dir=\"auto\">")
            && page.contains(".s { border-radius: .2rem; unicode-bidi: isolate;")
    );
}

#[test]
fn actors_have_a_course_over_several_dates_and_a_line_on_one() {
    let one = page(&[("a_2024-05-06.txt", OFFER)]);
    assert!(one.contains("aria-label=\"Mean stance of each actor\"") && !one.contains("class=\"course\""));
    let two = page(&[("a_2024-05-06.txt", OFFER), ("b_2024-06-06.txt", OFFER)]);
    assert!(two.contains("aria-label=\"Oman over time\"") && two.contains("2024-W19: "));
    assert!(two.contains("<a href=\"#a2\"><bdi>Oman weighs an offer</bdi></a>") && two.contains("id=\"a2\""));
}

#[test]
fn of_many_articles_those_are_shown_in_full_that_take_sides() {
    let dull = "Ferries carry forty passengers each.";
    let names: Vec<String> = (0..2 * MOST_IN_FULL + 5).map(|i| format!("{i}.txt")).collect();
    let text = |i: usize| if i == 3 || i == 2 * MOST_IN_FULL + 4 { OFFER } else { dull };
    let documents: Vec<(&str, &str)> =
        names.iter().enumerate().map(|(i, name)| (name.as_str(), text(i))).collect();
    let page = page(&documents);
    assert_eq!(page.matches("<section class=\"article\"").count(), MOST_IN_FULL);
    assert!(page.contains("id=\"a4\"") && page.contains("id=\"a405\"") && !page.contains("id=\"a404\""));
    assert!(page.contains("200 of 405 articles are shown in full below"));
}

#[test]
fn nothing_to_read_is_still_a_page() {
    let page = page(&[("empty.txt", " \n")]);
    assert!(page.ends_with("</body></html>") && page.contains("<h1 dir=\"auto\">empty.txt</h1>"));
}

#[test]
fn a_page_of_articles_loads_nothing_and_runs_no_script() {
    let page = page(&[("offer.txt", OFFER)]);
    assert!(page.contains("content=\"default-src 'none'; style-src 'unsafe-inline'\""));
    for word in ["http:", "https:", "url(", "<script", "@import"] {
        assert!(!page.contains(word), "{word}");
    }
}
