//! Texts of every kind: what is cut out of them lies in them, and their scores do not depend on company.

use demarche::analysis::{Segmenter, SentenceSegmenter};
use demarche::article::Models;
use demarche::text::{Document, Passage};
use proptest::prelude::*;

use crate::support::tiny;

/// Pieces of which texts are put together.
const PIECES: [&str; 40] = [
    "They agreed to talks",
    "“We refuse,”",
    "said Ada Quill",
    ". ",
    "! ",
    "? ",
    "…",
    "\n\n",
    "\n",
    " ",
    "\t",
    "\u{a0}",
    "Mr. ",
    "U.S. ",
    "\"",
    "'",
    "‘",
    "’",
    "(",
    ")",
    "—",
    "-",
    "#",
    "@quill",
    "https://x.example/?a=b",
    "1,000.5",
    "اتفقوا على المحادثات",
    "الرئيس قال",
    "和平谈判。",
    "彼らは合意した",
    "e\u{301}\u{323}",
    "👨\u{200d}👩\u{200d}👧",
    "🇺🇦",
    "👍🏽",
    "\u{200b}",
    "\u{202e}",
    "\u{feff}",
    "ﬁ",
    "İstanbul",
    "ß",
];

fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => proptest::sample::select(&PIECES[..]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
        1 => "\\PC{0,12}",
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn sentences_lie_in_their_text_in_order_and_apart(text in texts()) {
        let mut end = 0;
        for span in SentenceSegmenter.segment(&text) {
            prop_assert!(end <= span.start && span.start < span.end && span.end <= text.len());
            prop_assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end));
            end = span.end;
        }
    }

    #[test]
    fn statements_of_an_article_are_slices_of_it_with_finite_scores(text in texts()) {
        let models = Models::new([tiny("stance")]);
        let article = models.score_article(&Document::new("a", text.clone()), &SentenceSegmenter);
        let mut end = 0;
        for scored in &article.statements {
            let span = scored.statement.span;
            prop_assert_eq!(text.get(span.start..span.end), Some(scored.statement.text.as_str()));
            prop_assert!(end <= span.start, "{} overlaps", span.start);
            end = span.end;
            for (_, answer) in scored.answers.iter() {
                let sum: f64 = answer.probabilities.iter().map(|(_, p)| *p).sum();
                prop_assert!((sum - 1.0).abs() < 1e-9 && answer.score.unwrap().abs() <= 1.0);
            }
        }
    }

    #[test]
    fn a_score_is_the_same_alone_in_a_batch_and_with_any_number_of_threads(batch in proptest::collection::vec(texts(), 1..9)) {
        let pipeline = tiny("stance");
        let passages: Vec<Passage<'_>> = batch.iter().map(|text| Passage::from(text.as_str())).collect();
        let alone: Vec<_> = batch.iter().map(|text| pipeline.score(text.as_str())).collect();
        for threads in [1, 2, 5] {
            prop_assert_eq!(&pipeline.score_all(&passages, threads), &alone);
        }
    }
}

/// A quadratic path would take hours on any of them.
#[test]
fn long_texts_of_one_kind_are_read_in_passing() {
    let models = Models::new([tiny("stance")]);
    for piece in [
        "\"a ",
        "“He said” ",
        "(",
        ". ",
        ".",
        "Mr. ",
        "\n",
        "They met.\n\n",
        "'",
        "e\u{301}",
        "👨\u{200d}👩 ",
        "y",
        "和平",
        "سلام ",
        "said ",
        "Ada Quill ",
        "that ",
        "— ",
        "a-",
        "http://a/",
        "1,000.5 ",
        "a: ",
        "not ",
        "U.S. ",
        "\u{200b}",
    ] {
        let text = piece.repeat((200 << 10) / piece.len());
        let article = models.score_statements(&Document::new("a", text), &SentenceSegmenter);
        assert!(article.statements.iter().all(|s| s.statement.span.end <= 200 << 10), "{piece:?}");
    }
}

#[test]
fn a_document_of_very_many_names_is_read_with_the_first_of_them() {
    let syllables = ["ba", "de", "fi", "go", "lu", "ma", "ne", "pi", "ro", "su"];
    let word =
        |i: usize| format!("B{}{}{}n", syllables[i / 100 % 10], syllables[i / 10 % 10], syllables[i % 10]);
    let unions: String =
        (0..700).map(|i| format!("The Union of {} Workers refused the offer.\n\n", word(i))).collect();
    let people: String =
        (0..200).map(|i| format!("President {} Quill said that talks would resume.\n\n", word(i))).collect();
    let models = Models::new([tiny("stance")]);
    let statements =
        models.score_statements(&Document::new("a", unions + &people), &SentenceSegmenter).statements;
    assert_eq!(statements.len(), 900);
    let holder = |i: usize| statements[i].statement.holder().unwrap_or_default();
    for i in [0, 511, 699] {
        assert_eq!(holder(i), format!("Union of {} Workers", word(i)));
    }
    for i in [0, 63, 199] {
        assert!(
            statements[700 + i].statement.speaker.as_deref().is_some_and(|name| name.ends_with("Quill")),
            "{i}"
        );
    }
}

#[test]
fn pages_that_nest_very_deeply_are_read_in_passing() {
    for piece in ["<div>", "<ul><li>", "<article>", "<b>", "<table><tr><td>", "<svg>"] {
        let html =
            format!("<!DOCTYPE html>{}<p>They agreed to talks.", piece.repeat((1 << 20) / piece.len()));
        let page = demarche::page::Page::read("a.html", &html);
        assert!(page.document.text.len() < 100, "{piece}");
    }
}
