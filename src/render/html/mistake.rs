//! A mistake with the words that led to it.

use maud::{Markup, html};

use super::marked::{chip, coloured};
use crate::evaluate::Mistake;

/// The row, its words coloured by their part in the decision, and the features that have no place in it.
pub(super) fn mistake(mistake: &Mistake) -> Markup {
    let Mistake { id, predicted, truth, confidence, .. } = mistake;
    html! {
        article.mistake {
            p.head {
                strong { bdi { (predicted) } } " " (format!("{confidence:.3}")) ", truth " strong { bdi { (truth) } }
                span.soft { " · " bdi { (id) } }
            }
            p.text { bdi { (coloured(&mistake.text, &mistake.words, 0.0)) } }
            p.chips { @for feature in &mistake.features { (chip(feature)) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::{Contribution, Highlight};

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
            markup.contains("<mark class=\"plus\" style=\"--k:55\" title=\"+0.800\">talk</mark></bdi></p>"),
            "{markup}"
        );
        assert!(!markup.contains("<b>never") && !markup.contains("<i>") && !markup.contains("<u>"));
    }
}
