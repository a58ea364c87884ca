//! Words and features coloured by what they did to a decision.

use maud::{Markup, html};

use super::super::visible;
use crate::pipeline::{Contribution, Highlight};

/// A word with less than this share of a full contribution is not coloured.
const FAINT: f64 = 0.15;

/// The text with its words coloured by their part in the decision; full is the largest contribution, but at least
/// `full`.
pub(super) fn coloured(text: &str, words: &[Highlight], full: f64) -> Markup {
    let most = words.iter().map(|word| word.contribution.abs()).fold(full, f64::max);
    let words: Vec<_> = words.iter().filter(|w| w.contribution.abs() >= FAINT * most).collect();
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

/// A feature with its contribution.
pub(super) fn chip(feature: &Contribution) -> Markup {
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
