//! What is a repeat and what is not.

use crate::analysis::segment::SentenceSegmenter;
use crate::article::Article;
use crate::text::Document;

fn duplicates(text: &str) -> Vec<String> {
    let article = Article::read(&Document::new("a.txt", text), &SentenceSegmenter);
    article.duplicates.into_iter().map(|d| d.text).collect()
}

/// Two sentences with others between them.
fn is_repeat(first: &str, second: &str) -> bool {
    let text = format!("{first}\n\nIt rained all day in the valley.\n\n{second}\n");
    match duplicates(&text).as_slice() {
        [] => false,
        [one] => one == second,
        more => panic!("{more:?}"),
    }
}

#[test]
fn a_change_that_changes_nothing_makes_a_repeat() {
    let sentence = "The envoys of both states agreed on Monday to meet again in the capital of the republic.";
    for other in [
        "The envoys of both states agreed Monday to meet again in the capital of the republic.",
        "The envoys of both states agreed on Monday that they meet again in the capital of the republic.",
        "The envoys of both states “agreed” on Monday to meet again, in the capital of the republic",
        "The envoys of both states agreed on Monday to meet again.",
        "On Monday, the envoys of both states agreed on Monday to meet again in the capital of the republic.",
    ] {
        let is_last = other.starts_with("On Monday");
        assert_eq!(is_repeat(sentence, other), !is_last, "{other}");
    }
    for (first, second) in [
        (
            "The minister defended the programme of aid for the villages along the old border.",
            "The minister defended the program of aid for the villages along the old border.",
        ),
        (
            "The cease-fire in the hills has been kept by the men of the valley, he said.",
            "The ceasefire in the hills has been kept by the men of the valley, he stated.",
        ),
        (
            "“You do not go to make peace with a creased collar,” he says.",
            "“You don't go to make peace with a creased collar.”",
        ),
        (
            "\"I've buried the hatchet so often I know where to dig,\" the board's president said.",
            "\"I have buried the hatchet so often I know where to dig,\" the board's president said.",
        ),
        (
            "Officials said that the bridge across the river would be mended by spring.",
            "Officials said the bridge across the river would be mended by spring.",
        ),
        (
            "The delegates left the hall at noon without a word to the press, a witness said.",
            "The delegates left the hall at noon without a word to the press.",
        ),
    ] {
        assert!(is_repeat(first, second), "{second}");
    }
}

#[test]
fn a_negation_a_number_a_name_or_an_opposite_makes_another_sentence() {
    for (first, second) in [
        ("The talks resume on Monday.", "The talks resume on Tuesday."),
        (
            "The general said that his men would lay down their arms by the end of the week.",
            "The general said that his men would not lay down their arms by the end of the week.",
        ),
        (
            "The general said that his men would never lay down their arms by the end of the week.",
            "The general said that his men would lay down their arms by the end of the week.",
        ),
        (
            "Shells killed 12 people in the villages along the river on the first night of the truce.",
            "Shells killed 19 people in the villages along the river on the first night of the truce.",
        ),
        (
            "The president of Norvik told reporters that the offer of a pause was being studied.",
            "The president of Sudmark told reporters that the offer of a pause was being studied.",
        ),
        (
            "The council accepted the plan of the mediators for a pause in the hills after a long night.",
            "The council rejected the plan of the mediators for a pause in the hills after a long night.",
        ),
        (
            "The delegation of the rebels came to the old town hall in the morning of the second day.",
            "The delegation of the miners came to the old town hall in the morning of the second day.",
        ),
        (
            "They will hold a vote on the offer of the company in the yard behind the mill.",
            "They may hold a vote on the offer of the company in the yard behind the mill.",
        ),
        (
            "He denied that both sides had come closer on the question of the river tolls.",
            "Both sides had come closer on the question of the river tolls.",
        ),
        (
            "Have both sides come closer on the question of the river tolls this spring?",
            "Have both sides come closer on the question of the river tolls this spring.",
        ),
        (
            "The union spoke for the plan to share the tolls of the harbour with the town.",
            "The union spoke against the plan to share the tolls of the harbour with the town.",
        ),
    ] {
        assert!(!is_repeat(first, second), "{second}");
    }
}

#[test]
fn a_word_may_differ_in_a_run_of_sentences_that_is_printed_again() {
    let first =
        "The envoys met in the town hall on Monday. They spoke for about an hour over a map of the marshes.";
    let again =
        "The envoys met in the town hall on Monday. They talked for about an hour over a map of the marshes.";
    let text = format!("{first}\n\nIt rained all day in the valley.\n\n{again}\n");
    assert_eq!(duplicates(&text).len(), 2);
    let alone = "They talked for about an hour over a map of the marshes.";
    assert!(!is_repeat("They spoke for about an hour over a map of the marshes.", alone));
    let turned = again.replace("talked for", "refused for");
    let text = format!("{first}\n\nIt rained all day in the valley.\n\n{turned}\n");
    assert_eq!(duplicates(&text), ["The envoys met in the town hall on Monday."]);
}

#[test]
fn a_pull_quote_is_a_repeat_above_and_below_its_passage() {
    let passage = "“There is nothing to sign while they shell us,” Brandal told reporters at the pier.";
    let quote = "“There is nothing to sign while they shell us”";
    assert_eq!(duplicates(&format!("{passage}\n\nIt rained.\n\n{quote}\n\nShe left.\n")), [quote]);
    assert_eq!(duplicates(&format!("It rained.\n\n{quote}\n\n{passage}\n\nShe left.\n")), [quote]);
    let bare = "There is nothing to sign while they shell us";
    assert_eq!(duplicates(&format!("It rained.\n\n{bare}\n\n{passage}\n\nShe left.\n")), [bare]);
    let other = "“There is nothing to sign before they shell us”";
    assert!(duplicates(&format!("{passage}\n\n{other}\n\nShe left.\n")).is_empty());
}

#[test]
fn time_is_linear_in_sentences_that_are_alike() {
    let text: String =
        (0..20_000).map(|i| format!("Village number {i} has kept to the terms of the truce.\n\n")).collect();
    assert!(duplicates(&text).is_empty());
}
