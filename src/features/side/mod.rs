//! Which side a target takes, when it is a claim rather than a name.
//!
//! Where the target of a stance is a sentence ("We should ban cars"), a statement that praises cars is against it: whether a
//! statement supports a claim depends on what it says of the claim's object and on whether the claim is for that object
//! (Bar-Haim, Bhattacharya, Dinuzzo, Saha and Slonim 2017). A value multiplied by the side of the target therefore speaks
//! for the object instead of for the claim, and its weight holds for "We should ban cars" and "We should allow cars" alike.
//!
//! Comes in: a target. Goes out: its [`Side`]. It is read of the target's words alone, never of labels.

mod claim;

use super::group::effects::{Event, read};
use super::word_list::Words;

/// Whether a target is for or against what it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// It proposes or praises.
    For,
    /// It opposes or blames.
    Against,
}

impl Side {
    /// 1 or -1.
    pub(super) fn sign(self) -> f64 {
        match self {
            Side::For => 1.0,
            Side::Against => -1.0,
        }
    }
}

/// Reads targets on one thread. The last one is remembered, for tables repeat them.
#[derive(Debug, Default)]
pub(super) struct SideReader {
    words: Words,
    events: Vec<Event>,
    target: String,
    side: Option<Side>,
}

impl SideReader {
    /// The side of a target; `None` without one, or where it has no words.
    pub(super) fn side(&mut self, target: Option<&str>) -> Option<Side> {
        let target = target?;
        if target != self.target {
            let reading = self.words.read(target);
            read(reading, &mut self.events);
            self.side = claim::side(reading, &self.events);
            self.target.clear();
            self.target.push_str(target);
        }
        self.side
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_takes_the_side_that_its_words_say() {
        let mut reader = SideReader::default();
        for (target, side) in [
            ("We should allow trams in the old town", Side::For),
            ("We should ban trams from the old town", Side::Against),
            ("Trams should not be banned", Side::For),
            ("Trams shouldn't run at night", Side::Against),
            ("Cities must have trams", Side::For),
            ("It is time to scrap the trams", Side::Against),
            ("The trams should be replaced", Side::Against),
            ("The city should replace buses with trams", Side::For),
            ("Should trams be abolished?", Side::Against),
            ("Abolish the trams", Side::Against),
            ("Let's not build more trams", Side::Against),
            ("Never close the tram depot", Side::For),
            ("Trams are a danger to walkers", Side::Against),
            ("Trams are good for the city", Side::For),
            ("Trams are not safe", Side::Against),
            ("It is wrong to ban trams", Side::For),
            ("Against trams", Side::Against),
            ("Trams in the old town", Side::For),
        ] {
            assert_eq!(reader.side(Some(target)), Some(side), "{target}");
        }
    }

    #[test]
    fn without_a_target_there_is_no_side() {
        let mut reader = SideReader::default();
        assert_eq!((reader.side(None), reader.side(Some("")), reader.side(Some("?!"))), (None, None, None));
    }

    #[test]
    fn a_remembered_target_takes_the_same_side_again() {
        let mut reader = SideReader::default();
        let targets = ["Ban trams", "Ban trams", "Allow trams", "Ban trams"];
        let sides = targets.map(|target| reader.side(Some(target)));
        assert_eq!(sides, [Side::Against, Side::Against, Side::For, Side::Against].map(Some));
    }
}
