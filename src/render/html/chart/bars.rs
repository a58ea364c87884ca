//! Numbers of many things, one below the other.

use maud::{Markup, html};

use super::axis::Axis;
use super::{CHARACTER, Width, colour, drawing, fitting, side_class, unit};

/// One thing and its number.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bar {
    /// What stands on the left.
    pub name: String,
    /// How long the bar is; without a number there is none.
    pub value: Option<f64>,
    /// Ends of the whisker.
    pub interval: Option<[f64; 2]>,
    /// What stands on the right, mostly the number.
    pub text: String,
    /// What appears when the pointer rests on it.
    pub note: String,
    /// Whether it rests on little and should look like it.
    pub is_pale: bool,
    /// The side that it takes, for the colour of a dot.
    pub polarity: Option<i8>,
}

const ROW: f64 = 26.0;
const TOP: f64 = 6.0;
const BOTTOM: f64 = 44.0;

/// Horizontal bars with whiskers, in the order given, from the axis' zero or its start. `reference` is a dashed
/// line across all of them, for example the number of all rows.
pub fn bars(
    name: &str,
    width: Width,
    axis: &Axis,
    series: usize,
    bars: &[Bar],
    reference: Option<f64>,
) -> Markup {
    let colour = colour(series);
    rows(name, width, axis, bars, reference, &|bar, [from, to], y| {
        html! {
            rect class={ "fill" (colour) @if bar.is_pale { " pale" } }
                x=(unit(from.min(to))) width=(unit((to - from).abs())) y=(unit(y - 7.5)) height="15" {}
        }
    })
}

/// Dots with whiskers instead of bars, in the colours of the sides that they take.
pub fn dots(name: &str, width: Width, axis: &Axis, dots: &[Bar]) -> Markup {
    rows(name, width, axis, dots, None, &|dot, [_, to], y| {
        html! {
            circle class={ (side_class(dot.polarity)) @if dot.is_pale { " pale" } } cx=(unit(to)) cy=(unit(y)) r="6" {}
        }
    })
}

/// Rows of names and numbers between which `mark` draws from the axis' zero to a value.
fn rows(
    name: &str,
    width: Width,
    axis: &Axis,
    bars: &[Bar],
    reference: Option<f64>,
    mark: &dyn Fn(&Bar, [f64; 2], f64) -> Markup,
) -> Markup {
    let longest = |of: fn(&Bar) -> &str| bars.iter().map(|b| of(b).chars().count()).max().unwrap_or(0) as f64;
    let left = (longest(|b| &b.name) * (CHARACTER + 1.0) + 12.0).clamp(40.0, width.units() * 0.36);
    let right = width.units() - (longest(|b| &b.text) * (CHARACTER + 1.0) + 12.0).min(width.units() * 0.3);
    let across = |value: f64| left + axis.place(value) * (right - left);
    let bottom = TOP + ROW * bars.len() as f64;
    let row = |(row, bar): (usize, &Bar)| {
        let y = TOP + ROW * (row as f64 + 0.5);
        let (from, to) = (across(0.0), bar.value.map(across));
        html! {
            g {
                title { (bar.name) ": " (bar.text) @if !bar.note.is_empty() { ", " (bar.note) } }
                text x=(unit(left - 8.0)) y=(unit(y + 4.5)) text-anchor="end" { (fitting(&bar.name, left - 12.0)) }
                @if let Some(to) = to { (mark(bar, [from, to], y)) }
                @if let Some([low, high]) = bar.interval {
                    @let (low, high) = (across(low), across(high));
                    path.whisker d={
                        "M" (unit(low)) " " (unit(y)) "H" (unit(high))
                        "M" (unit(low)) " " (unit(y - 4.0)) "v8M" (unit(high)) " " (unit(y - 4.0)) "v8"
                    } {}
                }
                text x=(unit(right + 8.0)) y=(unit(y + 4.5)) { (bar.text) }
            }
        }
    };
    let content = html! {
        @for (value, text) in axis.ticks(4) {
            line.grid x1=(unit(across(value))) x2=(unit(across(value))) y1=(unit(TOP)) y2=(unit(bottom)) {}
            text.soft x=(unit(across(value))) y=(unit(bottom + 17.0)) text-anchor="middle" { (text) }
        }
        @for bar in bars.iter().enumerate() { (row(bar)) }
        line.axis x1=(unit(across(0.0))) x2=(unit(across(0.0))) y1=(unit(TOP)) y2=(unit(bottom)) {}
        @if let Some(value) = reference {
            line.reference x1=(unit(across(value))) x2=(unit(across(value))) y1=(unit(TOP)) y2=(unit(bottom)) {}
        }
        text x=(unit((left + right) / 2.0)) y=(unit(bottom + 37.0)) text-anchor="middle" { (axis.name()) }
    };
    drawing(name, width, bottom + BOTTOM, &content)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(value: Option<f64>) -> Bar {
        Bar { name: "<wire>".into(), value, text: "0.5".into(), ..Bar::default() }
    }

    #[test]
    fn a_bar_is_as_long_as_its_number_and_absent_without_one() {
        let axis = Axis::share("F1");
        let both = [bar(Some(0.5)), bar(Some(1.0)), bar(None)];
        let svg = bars("Bars", Width::Narrow, &axis, 0, &both, None).into_string();
        let widths: Vec<f64> = svg
            .split("<rect")
            .skip(1)
            .filter_map(|rect| rect.split("width=\"").nth(1)?.split('"').next()?.parse().ok())
            .collect();
        assert!(widths.len() == 2 && (widths[1] - 2.0 * widths[0]).abs() < 0.2, "{widths:?}");
        assert!(svg.contains("&lt;wire&gt;") && !svg.contains("<wire>"));
    }

    #[test]
    fn a_bar_below_zero_goes_to_the_left() {
        let axis = Axis::linear("difference", -1.0, 1.0);
        let svg = bars("Bars", Width::Narrow, &axis, 0, &[bar(Some(-0.5))], None).into_string();
        let number = |element: &str, attribute: &str| -> f64 {
            let after = svg.split(element).nth(1).and_then(|rest| rest.split(attribute).nth(1)).unwrap();
            after.split('"').next().unwrap().parse().unwrap()
        };
        let zero = number("<line class=\"axis\"", " x1=\"");
        let (start, width) = (number("<rect", " x=\""), number("<rect", "width=\""));
        assert!((start + width - zero).abs() < 0.2, "{svg}");
    }
}
