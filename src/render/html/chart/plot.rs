//! Marks between two axes: lines with bands, points with names, columns, references.

use maud::{Markup, html};

use super::axis::Axis;
use super::labels::{Area, Placed};
use super::{CHARACTER, Width, colour, drawing, side_class, unit};

/// A number against another, perhaps with an interval of the second.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Point {
    /// Along the lower edge.
    pub x: f64,
    /// Along the left edge.
    pub y: f64,
    /// Ends of the interval of `y`.
    pub interval: Option<[f64; 2]>,
    /// What appears when the pointer rests on it.
    pub note: String,
}

/// A chart that is put together from layers; later ones lie above earlier ones.
#[derive(Debug)]
pub struct Plot {
    name: String,
    x: Axis,
    y: Axis,
    width: Width,
    height: f64,
    legend: Vec<(usize, String)>,
    layers: Vec<Markup>,
    labels: Placed,
}

const LEFT: f64 = 60.0;
const RIGHT: f64 = 14.0;
const BOTTOM: f64 = 46.0;
/// A line of the legend.
const LINE: f64 = 20.0;

impl Plot {
    /// An empty chart. `name` says what it shows to those who do not see it.
    pub fn new(name: &str, width: Width, x: Axis, y: Axis) -> Self {
        let height = match width {
            Width::Narrow => 270.0,
            Width::Wide => 340.0,
        };
        Self::of_height(height, name, width, x, y)
    }

    /// An empty chart that is low enough to stand among several alike.
    pub fn low(name: &str, x: Axis, y: Axis) -> Self {
        Self::of_height(110.0, name, Width::Narrow, x, y)
    }

    fn of_height(height: f64, name: &str, width: Width, x: Axis, y: Axis) -> Self {
        let labels = Placed::within(LEFT, width.units() - RIGHT, 0.0, height);
        Plot { name: name.to_owned(), x, y, width, height, legend: Vec::new(), layers: Vec::new(), labels }
    }

    /// A line through `points` in the colour of `series`, with a band where they have intervals. A name goes to the
    /// legend; an empty one does not.
    #[must_use]
    pub fn line(mut self, series: usize, name: &str, points: &[Point]) -> Self {
        let colour = colour(series);
        let ends = || points.iter().filter_map(|p| p.interval.map(|i| (p.x, i)));
        let lower = ends().map(|(x, [low, _])| (x, low));
        let band = self.path(lower.chain(ends().rev().map(|(x, [_, high])| (x, high))));
        let line = self.path(points.iter().map(|p| (p.x, p.y)));
        let layer = html! {
            @if !band.is_empty() { polygon class={ "band fill" (colour) } points=(band) {} }
            polyline class={ "line stroke" (colour) " dash" (colour) } points=(line) {}
            @for point in points {
                circle class={ "fill" (colour) } cx=(unit(self.across(point.x))) cy=(unit(self.down(point.y))) r="3" {
                    @if !point.note.is_empty() { title { (point.note) } }
                }
            }
        };
        self.layers.push(layer);
        if !name.is_empty() {
            self.legend.push((series, name.to_owned()));
        }
        self
    }

    /// A course in time: a pale line with a band where points have intervals, and a dot at each in the colour of its
    /// side, the larger the more it rests on.
    #[must_use]
    pub fn course(mut self, points: &[(Point, Option<i8>, usize)]) -> Self {
        let ends: Vec<(f64, [f64; 2])> =
            points.iter().map(|(p, _, _)| (p.x, p.interval.unwrap_or([p.y, p.y]))).collect();
        let lower = ends.iter().map(|&(x, [low, _])| (x, low));
        let band = self.path(lower.chain(ends.iter().rev().map(|&(x, [_, high])| (x, high))));
        let line = self.path(points.iter().map(|(p, _, _)| (p.x, p.y)));
        let layer = html! {
            polygon.band.column points=(band) {}
            polyline.course points=(line) {}
            @for (point, polarity, n) in points {
                @let (x, y) = (self.across(point.x), self.down(point.y));
                @if let Some([low, high]) = point.interval {
                    line.whisker x1=(unit(x)) x2=(unit(x)) y1=(unit(self.down(low))) y2=(unit(self.down(high))) {}
                }
                circle class=(side_class(*polarity)) cx=(unit(x)) cy=(unit(y)) r=(unit(radius(*n))) {
                    title { (point.note) }
                }
            }
        };
        self.layers.push(layer);
        self
    }

    fn path(&self, points: impl Iterator<Item = (f64, f64)>) -> String {
        let place = |(x, y)| format!("{},{}", unit(self.across(x)), unit(self.down(y)));
        points.map(place).collect::<Vec<_>>().join(" ")
    }

    /// A dashed line without a meaning of its own, for example the one on which all would be well.
    #[must_use]
    pub fn reference(mut self, points: &[(f64, f64)]) -> Self {
        let places = self.path(points.iter().copied());
        self.layers.push(html! { polyline.reference points=(places) {} });
        self
    }

    /// A point with a whisker where it has an interval and its name beside it, where there is room for one.
    #[must_use]
    pub fn dot(mut self, series: usize, name: &str, point: &Point) -> Self {
        let (x, y, colour) = (self.across(point.x), self.down(point.y), colour(series));
        let whisker = point.interval.map(|[low, high]| (self.down(low), self.down(high)));
        self.labels.keep_free(Area::around(x, y, 6.0, 6.0));
        let layer = html! {
            @if let Some((low, high)) = whisker {
                line.whisker x1=(unit(x)) x2=(unit(x)) y1=(unit(low)) y2=(unit(high)) {}
            }
            circle class={ "fill" (colour) } cx=(unit(x)) cy=(unit(y)) r="5" {
                title { (name) @if !point.note.is_empty() { ": " (point.note) } }
            }
        };
        self.layers.push(layer);
        self.labels.ask(name, x, y);
        self
    }

    /// A column of `height`, a share of the chart's, between two places on the lower edge.
    #[must_use]
    pub fn column(mut self, ends: [f64; 2], height: f64, note: &str) -> Self {
        let (left, right) = (self.across(ends[0]) + 1.0, self.across(ends[1]) - 1.0);
        let tall = height.clamp(0.0, 1.0) * self.height;
        let layer = html! {
            rect.column x=(unit(left)) width=(unit((right - left).max(1.0)))
                y=(unit(self.height - tall)) height=(unit(tall)) { title { (note) } }
        };
        self.layers.push(layer);
        self
    }

    /// The finished chart.
    pub fn draw(self) -> Markup {
        let (legend, top) = self.legend_lines();
        let height = top + self.height + BOTTOM;
        let content = html! {
            (legend)
            g transform={ "translate(0 " (unit(top)) ")" } {
                (self.edges())
                @for layer in &self.layers { (layer) }
                @for label in self.labels.place() {
                    text.halo x=(unit(label.x)) y=(unit(label.y)) text-anchor=(label.anchor) { (label.text) }
                }
            }
        };
        drawing(&self.name, self.width, height, &content)
    }

    fn across(&self, x: f64) -> f64 {
        LEFT + self.x.place(x) * (self.width.units() - LEFT - RIGHT)
    }

    fn down(&self, y: f64) -> f64 {
        (1.0 - self.y.place(y)) * self.height
    }

    fn edges(&self) -> Markup {
        let (right, bottom) = (self.width.units() - RIGHT, self.height);
        html! {
            @for (value, text) in self.y.ticks(if self.height < 200.0 { 2 } else { 5 }) {
                @let y = self.down(value);
                line.grid x1=(unit(LEFT)) x2=(unit(right)) y1=(unit(y)) y2=(unit(y)) {}
                text.soft x=(unit(LEFT - 8.0)) y=(unit(y + 4.5)) text-anchor="end" { (text) }
            }
            @for (value, text) in self.x.ticks(5) {
                @let x = self.across(value);
                line.grid x1=(unit(x)) x2=(unit(x)) y1="0" y2=(unit(bottom)) {}
                text.soft x=(unit(x)) y=(unit(bottom + 18.0)) text-anchor="middle" { (text) }
            }
            line.axis x1=(unit(LEFT)) x2=(unit(right)) y1=(unit(bottom)) y2=(unit(bottom)) {}
            text x=(unit((LEFT + right) / 2.0)) y=(unit(bottom + 38.0)) text-anchor="middle" { (self.x.name()) }
            text transform={ "translate(13 " (unit(bottom / 2.0)) ") rotate(-90)" } text-anchor="middle" { (self.y.name()) }
        }
    }

    /// The names of the lines, in as many lines as they need, and the room that these take.
    fn legend_lines(&self) -> (Markup, f64) {
        let (mut x, mut y) = (LEFT, 12.0);
        let mut entries = Vec::new();
        for (series, name) in &self.legend {
            let width = 34.0 + name.chars().count() as f64 * (CHARACTER + 1.0);
            if x > LEFT && x + width > self.width.units() {
                (x, y) = (LEFT, y + LINE);
            }
            entries.push((x, y, colour(*series), name));
            x += width + 10.0;
        }
        let top = if entries.is_empty() { 10.0 } else { y + LINE };
        let markup = html! {
            @for (x, y, colour, name) in entries {
                line class={ "line stroke" (colour) " dash" (colour) }
                    x1=(unit(x)) x2=(unit(x + 24.0)) y1=(unit(y)) y2=(unit(y)) {}
                text x=(unit(x + 30.0)) y=(unit(y + 4.5)) { (name) }
            }
        };
        (markup, top)
    }
}

/// The radius of a dot that rests on `n` statements: its area grows with them up to a size that hides no neighbour.
fn radius(n: usize) -> f64 {
    (2.5 + 1.3 * (n as f64).sqrt()).min(9.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(x: f64, y: f64) -> Point {
        Point { x, y, ..Point::default() }
    }

    fn plot() -> Plot {
        Plot::new("Name", Width::Narrow, Axis::share("x"), Axis::share("y"))
    }

    #[test]
    fn the_corners_of_the_axes_are_the_corners_of_the_drawing() {
        let svg = plot().line(0, "", &[point(0.0, 0.0), point(1.0, 1.0)]).draw().into_string();
        assert!(svg.contains("points=\"60,270 426,0\""), "{svg}");
    }

    #[test]
    fn a_band_goes_there_along_the_lower_ends_and_back_along_the_upper() {
        let with = |x, interval| Point { x, y: 0.5, interval: Some(interval), note: String::new() };
        let svg = plot().line(0, "a", &[with(0.0, [0.0, 1.0]), with(1.0, [0.5, 1.0])]).draw().into_string();
        assert!(svg.contains("class=\"band fill1\" points=\"60,270 426,135 426,0 60,0\""), "{svg}");
    }

    #[test]
    fn dots_of_a_course_have_the_colour_of_their_side_and_grow_with_what_they_rest_on() {
        let interval = Some([0.0, 0.5]);
        let points = [(Point { interval, ..point(0.0, 0.5) }, Some(1), 1), (point(1.0, 1.0), Some(-1), 100)];
        let svg = Plot::low("Name", Axis::share("x"), Axis::share("y")).course(&points).draw().into_string();
        assert!(svg.contains("class=\"band column\" points=\"60,110 426,0 426,0 60,55\""), "{svg}");
        assert!(svg.contains("<circle class=\"fill1\" cx=\"60\" cy=\"55\" r=\"3.8\">"), "{svg}");
        assert!(svg.contains("<circle class=\"fill2\" cx=\"426\" cy=\"0\" r=\"9\">"), "{svg}");
    }

    #[test]
    fn names_and_notes_are_escaped() {
        let dot = Point { note: "</title><script>".into(), ..point(0.5, 0.5) };
        let svg = plot().dot(1, "<b>", &dot).line(0, "<i>", std::slice::from_ref(&dot)).draw().into_string();
        assert!(!svg.contains("<script") && !svg.contains("<b>") && !svg.contains("<i>"), "{svg}");
        assert!(svg.contains("&lt;b&gt;"));
    }
}
