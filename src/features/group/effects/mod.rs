//! What a statement says of the things that it names: good or bad, caused, raised, lowered or harmed.
//!
//! Topic by topic other things are praised and blamed, but "protects" and "destroys" mean the same in all of them, so that
//! these few features carry over to topics that training has not seen. Words for what events do to their objects, good or
//! bad, are from Deng, Choi and Wiebe 2013; that the sign of a phrase is composed of those of its parts, from Moilanen and
//! Pulman 2007; negators as shifters from Polanyi and Zaenen 2006.
//!
//! | feature | what it counts |
//! |---|---|
//! | `good+`, `good-`, `lowers+` ... | words of that kind with that sign after what acts on them, at most [`MOST_OF_A_KIND`] |
//! | `negator` | negators |
//! | `net+`, `net-` | the sum of the signs of polar words, at most [`MOST_NET`] |
//! | `sign+`, `sign-` | the sign of that sum, once |
//! | `first+`, `last-` ... | the sign of the first, the last polar word, once |
//!
//! The word lists are part of the program and not of the model file.

mod effect;
mod reader;

use super::{Reading, Sink};
use crate::analysis::Key;
use crate::features::word_list::Words;

use self::effect::Effect;
pub(in crate::features) use self::reader::{Event, read};

/// Words of one kind and sign that count.
const MOST_OF_A_KIND: u8 = 2;

/// Largest sum of signs.
const MOST_NET: u32 = 3;

/// What the group reuses from statement to statement.
#[derive(Debug, Default)]
pub(in crate::features) struct Buffers {
    words: Words,
    events: Vec<Event>,
}

#[derive(Debug, Clone)]
pub(in crate::features) struct Effects {
    pub(super) tag: Key,
}

impl Effects {
    pub(super) fn extract(&self, reading: Reading<'_>, buffers: &mut Buffers, sink: &mut impl Sink) {
        let Buffers { words, events } = buffers;
        read(words.read(reading.text), events);
        let mut seen = [[0; 2]; Effect::ALL.len()];
        for event in events.iter() {
            if event.effect == Effect::Negator {
                self.mark("negator", "", sink);
                continue;
            }
            let count = &mut seen[event.effect as usize][usize::from(event.sign > 0)];
            if *count < MOST_OF_A_KIND {
                *count += 1;
                self.signed(event.effect.name(), event.sign, sink);
            }
        }
        let polar = || events.iter().filter_map(Event::polarity);
        let net: i32 = polar().map(i32::from).sum();
        for _ in 0..net.unsigned_abs().min(MOST_NET) {
            self.signed("net", net.signum() as i8, sink);
        }
        if net != 0 {
            self.signed("sign", net.signum() as i8, sink);
        }
        if let (Some(first), Some(last)) = (polar().next(), polar().next_back()) {
            self.signed("first", first, sink);
            self.signed("last", last, sink);
        }
    }

    fn signed(&self, name: &'static str, sign: i8, sink: &mut impl Sink) {
        self.mark(name, if sign > 0 { "+" } else { "-" }, sink);
    }

    fn mark(&self, name: &'static str, sign: &'static str, sink: &mut impl Sink) {
        sink.add(self.tag.then(Key::of(name)).then(Key::of(sign)), |out| {
            out.push_str(name);
            out.push_str(sign);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::super::names;

    const GROUP: &str = "groups = [{ effects = true }]";

    #[test]
    fn words_count_with_the_sign_that_actions_give_them() {
        assert_eq!(
            names(GROUP, "Trams do not harm health"),
            ["negator", "harms+", "good+", "net+", "net+", "sign+", "first+", "last+"]
        );
        assert_eq!(names(GROUP, "Trams lower noise"), ["lowers+"]);
    }

    #[test]
    fn counts_have_a_ceiling() {
        let found = names(GROUP, "crime poverty hunger fear");
        let count = |name: &str| found.iter().filter(|n| *n == name).count();
        assert_eq!((count("bad-"), count("net-"), count("sign-"), count("first-")), (2, 3, 1, 1));
    }

    #[test]
    fn signs_that_cancel_leave_first_and_last() {
        assert_eq!(names(GROUP, "Freedom or poverty"), ["good+", "bad-", "first+", "last-"]);
        assert!(names(GROUP, "Trams run on rails").is_empty());
    }
}
