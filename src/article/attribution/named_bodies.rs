//! The organisations that a document names, with what else it calls them.
//!
//! Comes in: the sentences with their names settled. Goes out: [`Groups`]. It refuses to know who speaks for them.

use super::gazetteer;
use super::groups::{self, Groups};
use super::lexicon as lex;
use super::mentions::{Mention, Sentence, Who};

/// The organisations, with what stands in brackets behind them.
pub(super) fn organisations(text: &str, sentences: &[Sentence<'_>]) -> Groups {
    let mut groups = Groups::default();
    let bodies = |s: &Sentence<'_>, m: &Mention| match &m.who {
        Who::Organisation => !s.tokens[m.start..m.end].iter().any(|t| lex::is_state_body(&t.lower)),
        Who::Actor { entry, adjective } => !entry.is_state && !adjective,
        _ => false,
    };
    for s in sentences {
        for m in
            s.mentions.iter().filter(|m| matches!(m.who, Who::Place | Who::Person(_)) && m.end - m.start == 1)
        {
            for class in classes_told(s, m) {
                groups.also_called(&s.phrase(text, m.start, m.end), class);
            }
        }
        for m in s.mentions.iter().filter(|m| bodies(s, m)) {
            let name = s.phrase(text, m.start, m.end);
            match &m.who {
                Who::Actor { entry, .. } => {
                    groups.add_as(&name, &entry.name);
                    if gazetteer::is_bloc(&entry.name) {
                        groups.also_called(&entry.name, "bloc");
                    }
                    if entry.name == "European Union" {
                        groups.also_called(&entry.name, "commission");
                    }
                }
                _ => groups.add(&name),
            }
            let short = s.mention_at(m.end + 1).filter(|_| s.is(m.end, "("));
            let known_as =
                (m.end..s.tokens.len().min(m.end + 12)).find(|&i| s.is(i, "as") || s.is(i, "called"));
            let known_as =
                known_as.filter(|&i| s.tokens[m.end..i].iter().any(|t| t.is("known")) || s.is(i, "called"));
            if let Some(at) = known_as
                && let Some(other) = s.mention_at(if s.is(at + 1, "the") { at + 2 } else { at + 1 })
                && s.tokens[other.start].is_acronym()
            {
                groups.abbreviate(&name, &s.phrase(text, other.start, other.end));
            }
            // "the junta, which calls itself the Dune Council"
            let calls = if s.is(m.start.wrapping_sub(1), "the") {
                m.start.wrapping_sub(2)
            } else {
                m.start.wrapping_sub(1)
            };
            if s.tokens.get(calls).is_some_and(|t| t.is_one_of(&["itself", "themselves"]))
                && let Some(noun) = (0..calls).find(|&i| {
                    s.is(i + 1, ",") && s.tokens.get(i + 2).is_some_and(|t| t.is_one_of(&["which", "who"]))
                })
            {
                groups.also_called(&groups::plain(&name), &s.tokens[noun].lower);
            }
            for class in classes_told(s, m) {
                groups.also_called(&groups::plain(&name), class);
            }
            if let Some(short) = short.filter(|short| s.is(short.end, ")")) {
                groups.abbreviate(&name, &s.phrase(text, short.start, short.end));
            }
        }
    }
    groups
}

/// What an organisation is by the offices it has: "NorthLink's chief executive".
fn classes_told(s: &Sentence<'_>, m: &Mention) -> &'static [&'static str] {
    let mut after = s.tokens[m.end..].iter().take(4);
    if after
        .clone()
        .any(|t| t.is_one_of(&["executive", "manager", "shareholders", "management", "profits", "operating"]))
    {
        return &["company", "firm", "employer", "operator"];
    }
    if after.any(|t| t.is_one_of(&["steward", "strikers"])) { &["union"] } else { &[] }
}
