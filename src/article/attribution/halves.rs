//! The halves of a divided land: "the North" in an article that names both Koreas.
//!
//! Comes in: the sentences with their names. Goes out: the same, with "the North" and "the South" as names of states.

use super::gazetteer::Entry;
use super::mentions::{Mention, Sentence, Who};

/// What "the North" and "the South" stand for, where both are named.
const HALVES: [(&str, &str); 2] = [("north", "North Korea"), ("south", "South Korea")];

/// Takes the halves for the states wherever a document names both.
pub(super) fn settle(sentences: &mut [Sentence<'_>]) {
    let entries = HALVES.map(|(_, state)| sentences.iter().find_map(|s| named(s, state)));
    let [Some(north), Some(south)] = entries else { return };
    for s in sentences {
        for i in 1..s.tokens.len() {
            let entry = match s.tokens[i].lower.as_str() {
                "north" => north,
                "south" => south,
                _ => continue,
            };
            let is_alone = s.mention_at(i).is_none_or(|m| m.end == m.start + 1);
            let follows = s.tokens.get(i + 1).is_some_and(|t| t.is_capitalised() && t.is_word());
            let ends = s.tokens[i].clitic != super::token::Clitic::None || !follows;
            if s.is(i - 1, "the") && s.tokens[i].is_capitalised() && is_alone && ends {
                s.name(i, i + 1, Who::Actor { entry, adjective: false });
            }
        }
    }
}

/// The entry of `state`, if the sentence names it.
fn named(s: &Sentence<'_>, state: &str) -> Option<&'static Entry> {
    s.mentions.iter().find_map(|m: &Mention| match m.who {
        Who::Actor { entry, .. } if entry.name == state => Some(entry),
        _ => None,
    })
}
