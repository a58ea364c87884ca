//! Charts as inline SVG.
//!
//! Comes in: numbers with names. Goes out: an `svg` element in the colours of the page's style, so that one chart
//! is right in light, dark and print. Names are escaped; what a mark stands for appears when the pointer rests on
//! it, and the chart as a whole has a name for those who hear the page.

mod axis;
mod bars;
mod days;
mod heat_map;
mod labels;
mod plot;

pub use axis::{Axis, compact};
pub use bars::{Bar, bars, dots};
pub use heat_map::heat_map;
pub use plot::{Plot, Point};

/// The place of a day on an axis of [`Axis::dates`].
pub fn day(date: jiff::civil::Date) -> f64 {
    days::number(date)
}

use maud::{Markup, PreEscaped, html};

/// Colours of the style; a series beyond the last begins again with the first.
const N_COLOURS: usize = 6;

/// Mean width of a character of the charts' type, in units of the drawing.
const CHARACTER: f64 = 7.6;

/// How wide a chart is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Width {
    /// 440 units: two fit beside each other, and one fits a telephone.
    #[default]
    Narrow,
    /// 720 units: alone in its row.
    Wide,
}

impl Width {
    fn units(self) -> f64 {
        match self {
            Width::Narrow => 440.0,
            Width::Wide => 720.0,
        }
    }

    fn class(self) -> &'static str {
        match self {
            Width::Narrow => "narrow",
            Width::Wide => "wide",
        }
    }
}

/// The element around a drawing of `width` by `height` units.
fn drawing(name: &str, width: Width, height: f64, content: &Markup) -> Markup {
    // What pages isolate can't be isolated here: an override in one name would turn round the numbers behind it.
    let undirected = |text: &str| text.replace(is_direction_mark, "");
    html! {
        svg.(width.class()) role="img" aria-label=(undirected(name))
            viewBox={ "0 0 " (unit(width.units())) " " (unit(height)) } {
            (PreEscaped(undirected(&content.0)))
        }
    }
}

/// Embeddings, overrides and isolates, and what ends them.
fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A length or a place in the drawing; a tenth of a unit is finer than anybody sees.
fn unit(length: f64) -> String {
    let text = format!("{length:.1}");
    text.strip_suffix(".0").map_or_else(|| text.clone(), str::to_owned)
}

/// The number that a series' colour has in the style.
fn colour(series: usize) -> usize {
    series % N_COLOURS + 1
}

/// The class of a mark that stands for a mean score: the side that it takes.
fn side_class(polarity: Option<i8>) -> &'static str {
    match polarity {
        Some(1) => "fill1",
        Some(-1) => "fill2",
        _ => "soft",
    }
}

/// `text` cut to what fits into `width` units.
fn fitting(text: &str, width: f64) -> String {
    let room = (width / CHARACTER).max(2.0) as usize;
    if text.chars().count() <= room {
        return text.to_owned();
    }
    let start: String = text.chars().take(room - 1).collect();
    format!("{}…", start.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_too_long_ends_in_an_ellipsis() {
        assert_eq!(fitting("Größe", 40.0), "Größe");
        assert_eq!(fitting("Größenordnung", 40.0), "Größ…");
    }

    #[test]
    fn names_in_a_drawing_do_not_turn_round_what_stands_behind_them() {
        let content = html! { title { "a\u{202e}b\u{2067}: 3 of 4" } };
        let svg = drawing("c\u{202e}", Width::Narrow, 10.0, &content).into_string();
        assert!(svg.contains("aria-label=\"c\"") && svg.contains("<title>ab: 3 of 4</title>"), "{svg}");
    }

    #[test]
    fn places_have_no_more_digits_than_can_be_seen() {
        assert_eq!((unit(3.0), unit(1.0 / 3.0), unit(-0.04)), ("3".into(), "0.3".into(), "-0".into()));
    }
}
