//! A whole article read with the shipped models: `datasets/articles/april_talks.txt`, which is messy on purpose.

use std::sync::OnceLock;

use demarche::analysis::SentenceSegmenter;
use demarche::article::{Models, ScoredArticle, ScoredStatement};
use demarche::{Document, shipped};

use crate::support::repository;

fn article() -> &'static ScoredArticle {
    static ARTICLE: OnceLock<ScoredArticle> = OnceLock::new();
    ARTICLE.get_or_init(|| {
        let bytes = std::fs::read(repository("datasets/articles/april_talks.txt")).unwrap();
        let document = Document::from_utf8("april_talks.txt", bytes).unwrap();
        Models::new([shipped::stance(), shipped::sentiment()]).score_article(&document, &SentenceSegmenter)
    })
}

/// The one statement that has `words` in it.
fn statement(words: &str) -> &'static ScoredStatement {
    let found: Vec<&ScoredStatement> =
        article().statements.iter().filter(|s| s.statement.text.contains(words)).collect();
    assert_eq!(found.len(), 1, "{words:?}: {found:?}");
    found[0]
}

fn label(words: &str, model: &str) -> &'static str {
    &statement(words).answers.get(model).unwrap().label
}

#[test]
fn the_headline_is_found_below_the_lede() {
    let title = article().title.as_deref();
    assert_eq!(title, Some("Kyiv and Moscow Edge Toward Direct Talks as U.S. Presses for a Deal"));
}

#[test]
fn no_sentence_ends_inside_an_abbreviation_or_initials() {
    for whole in [
        "diplomats put down to growing impatience in the U.S.",
        "consultations with European and U.S. officials.",
        "He also warned that the U.S. could end its mediation if either of them held up the process.",
        "Hours later Dmitri S. Peskov, the spokesman for the Kremlin, said",
        "according to Ilse K. Hartmann, a mediation scholar at the St. Gereon Institute.",
        "No. 10 declined to comment.",
    ] {
        statement(whole);
    }
    for s in &article().statements {
        let first = s.statement.text.chars().find(|c| c.is_alphanumeric()).unwrap();
        assert!(!first.is_lowercase(), "{:?} begins within a sentence", s.statement.text);
    }
}

#[test]
fn a_sentence_ends_after_an_abbreviation_that_closes_it() {
    assert!(statement("impatience in the U.S.").statement.text.ends_with("U.S."));
    statement("Former rivals of the White House plan now call the moment an opening.");
}

#[test]
fn what_is_printed_twice_is_scored_once_and_listed_once() {
    let words = |text: &str| text.to_owned();
    let statements: Vec<String> = article().statements.iter().map(|s| words(&s.statement.text)).collect();
    let duplicates: Vec<String> = article().duplicates.iter().map(|d| words(&d.text)).collect();
    assert_eq!(
        duplicates.len(),
        8,
        "the headline and the seven sentences of three paragraphs: {duplicates:?}"
    );
    for (list, name) in [(&statements, "statements"), (&duplicates, "duplicates")] {
        let mut different = list.clone();
        different.sort();
        different.dedup();
        assert_eq!(different.len(), list.len(), "{name}: {list:?}");
    }
    assert!(duplicates.iter().all(|d| statements.contains(d)), "{duplicates:?}");
}

#[test]
fn the_speakers_are_those_who_speak() {
    for (words, speaker) in [
        ("said in an evening address", "Volodymyr Zelensky"),
        ("remained open to a settlement", "Dmitri S. Peskov"),
        ("welcomed the signals", "Trump"),
        ("He also warned", "Trump"),
    ] {
        assert_eq!(statement(words).statement.speaker.as_deref(), Some(speaker), "{words:?}");
    }
    for name in ["Volodymyr Zelensky", "Dmitri S. Peskov", "Trump"] {
        assert!(article().actors.iter().any(|a| a.figure.name == name), "{name} is no actor");
    }
}

#[test]
fn what_nobody_could_mistake_is_labelled_so() {
    for (words, stance) in [
        ("willing to negotiate", "favor"),
        ("voiced hope that both sides would make a deal", "favor"),
        ("dismissed the exchange as a trap", "against"),
        ("Shelling killed at least 3 people", "neutral"),
        ("declined to comment", "neutral"),
    ] {
        assert_eq!(label(words, "stance"), stance, "{words:?}");
    }
    assert_eq!(label("Shelling killed at least 3 people", "sentiment"), "negative");
    assert_eq!(label("A Ukrainian delegation was expected in London", "sentiment"), "neutral");
}
