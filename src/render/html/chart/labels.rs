//! Names beside points, none above another.

use super::CHARACTER;

/// A part of the drawing, in its units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

impl Area {
    /// `x` more on either side, `y` more above and below.
    pub(super) fn around(x: f64, y: f64, across: f64, down: f64) -> Self {
        Area { left: x - across, right: x + across, top: y - down, bottom: y + down }
    }

    fn meets(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    fn is_inside(&self, other: &Self) -> bool {
        self.left >= other.left
            && self.right <= other.right
            && self.top >= other.top
            && self.bottom <= other.bottom
    }
}

/// A name with its place.
#[derive(Debug, PartialEq)]
pub(super) struct Label<'t> {
    pub(super) text: &'t str,
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) anchor: &'static str,
}

/// Names that want a place, and what they must not cover.
#[derive(Debug)]
pub(super) struct Placed {
    frame: Area,
    taken: Vec<Area>,
    asked: Vec<(String, f64, f64)>,
}

impl Placed {
    pub(super) fn within(left: f64, right: f64, top: f64, bottom: f64) -> Self {
        Placed { frame: Area { left, right, top, bottom }, taken: Vec::new(), asked: Vec::new() }
    }

    pub(super) fn keep_free(&mut self, part: Area) {
        self.taken.push(part);
    }

    /// Wants `text` beside the point at `x`, `y`.
    pub(super) fn ask(&mut self, text: &str, x: f64, y: f64) {
        self.asked.push((text.to_owned(), x, y));
    }

    /// Gives places in the order of asking, to the right of the point, else to the left, above or below; a name
    /// for which all are taken is left out.
    pub(super) fn place(&self) -> Vec<Label<'_>> {
        let mut taken = self.taken.clone();
        let mut placed = Vec::new();
        for (text, x, y) in &self.asked {
            let half = text.chars().count() as f64 * CHARACTER / 2.0;
            let (right, left) = (x + 9.0, x - 9.0);
            let candidates = [
                (right, y + 4.5, "start", right + half),
                (left, y + 4.5, "end", left - half),
                (*x, y - 11.0, "middle", *x),
                (*x, y + 19.0, "middle", *x),
                (right, y - 7.0, "start", right + half),
                (right, y + 16.0, "start", right + half),
                (left, y - 7.0, "end", left - half),
                (left, y + 16.0, "end", left - half),
            ];
            for (x, y, anchor, middle) in candidates {
                let part = Area::around(middle, y - 4.5, half, 7.0);
                if part.is_inside(&self.frame) && !taken.iter().any(|t| t.meets(&part)) {
                    taken.push(part);
                    placed.push(Label { text, x, y, anchor });
                    break;
                }
            }
        }
        placed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_goes_to_the_right_or_wherever_there_is_room() {
        let mut labels = Placed::within(0.0, 200.0, 0.0, 100.0);
        labels.ask("first", 50.0, 50.0);
        labels.ask("same place", 50.0, 50.0);
        labels.ask("at the edge", 190.0, 50.0);
        let anchors: Vec<&str> = labels.place().iter().map(|l| l.anchor).collect();
        assert_eq!(anchors, ["start", "middle", "end"]);
    }

    #[test]
    fn a_name_without_room_is_left_out() {
        let mut labels = Placed::within(0.0, 40.0, 0.0, 20.0);
        labels.ask("much too long", 20.0, 10.0);
        assert_eq!(labels.place(), []);
    }
}
