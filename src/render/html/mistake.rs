//! A mistake with the words that led to it.

use maud::{Markup, html};

use super::super::visible;
use crate::evaluate::Mistake;
use crate::pipeline::Contribution;

/// A word with less than this share of the largest contribution is not coloured.
const FAINT: f64 = 0.15;

/// The row, its words coloured by their part in the decision, and the features that have no place in it.
pub(super) fn mistake(mistake: &Mistake) -> Markup {
    let Mistake { id, predicted, truth, confidence, .. } = mistake;
    html! {
        article.mistake {
            p.head {
                strong { (predicted) } " " (format!("{confidence:.3}")) ", truth " strong { (truth) }
                span.soft { " · " (id) }
            }
            p.text { (coloured(mistake)) }
            p.chips { @for feature in &mistake.features { (chip(feature)) } }
        }
    }
}

fn coloured(mistake: &Mistake) -> Markup {
    let text = mistake.text.as_str();
    let most = mistake.words.iter().map(|word| word.contribution.abs()).fold(0.0, f64::max);
    let words: Vec<_> = mistake.words.iter().filter(|w| w.contribution.abs() >= FAINT * most).collect();
    let parts = words.iter().scan(0, |at, word| {
        let before = &text[*at..word.start];
        *at = word.end;
        Some((before, word))
    });
    html! {
        @for (before, word) in parts {
            (before)
            mark.(side(word.contribution)) style={ "--k:" (strength(word.contribution, most)) }
                title=(format!("{:+.3}", word.contribution)) { (&text[word.start..word.end]) }
        }
        (&text[words.last().map_or(0, |word| word.end)..])
    }
}

fn chip(feature: &Contribution) -> Markup {
    let contribution = feature.contribution;
    html! {
        span.chip.(side(contribution)) { (visible(&feature.feature)) " " b { (format!("{contribution:+.2}")) } }
        " "
    }
}

fn side(contribution: f64) -> &'static str {
    if contribution < 0.0 { "minus" } else { "plus" }
}

/// Percent of the full colour.
fn strength(contribution: f64, most: f64) -> u32 {
    if most > 0.0 { (contribution.abs() / most * 55.0).round() as u32 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::Highlight;

    #[test]
    fn the_words_are_marked_where_they_stand_and_the_text_stays_a_text() {
        let text = "We <b>never</b> talk";
        let word = |start, end, contribution| Highlight { start, end, contribution };
        let feature = |name: &str, contribution| Contribution {
            feature: name.into(),
            value: 1.0,
            weight: contribution,
            contribution,
        };
        let markup = mistake(&Mistake {
            id: "<i>7</i>".into(),
            text: text.into(),
            truth: "against".into(),
            predicted: "favor".into(),
            confidence: 0.9,
            features: vec![feature("stance:<u>", -0.5)],
            words: vec![word(6, 11, -0.4), word(16, 20, 0.8)],
        })
        .into_string();
        assert!(
            markup
                .contains("We &lt;b&gt;<mark class=\"minus\" style=\"--k:28\" title=\"-0.400\">never</mark>")
        );
        assert!(
            markup.contains("<mark class=\"plus\" style=\"--k:55\" title=\"+0.800\">talk</mark></p>"),
            "{markup}"
        );
        assert!(!markup.contains("<b>never") && !markup.contains("<i>") && !markup.contains("<u>"));
    }
}
