//! The state in whose name a document is written: "THE WHITE HOUSE", "Health Ministry of Portugal: Briefing".
//!
//! Comes in: the sentences, the lines at the top among them. Goes out: the state, where a letterhead names one. It refuses
//! to know who speaks.

use std::collections::BTreeMap;

use super::cast;
use super::clause;
use super::gazetteer;
use super::lexicon as lex;
use super::mentions::{Sentence, Who};
use super::token::Token;

/// A letterhead stands among so many sentences at the top, and is no longer than so many tokens.
const TOP: usize = 4;
const LONGEST: usize = 12;

/// The state of the letterhead; `around` counts the lines at the end of `sentences` that are nobody's statements.
pub(super) fn find(sentences: &[Sentence<'_>], around: usize) -> Option<String> {
    let prose = sentences.len() - around;
    let top = sentences[..prose].iter().take(TOP).chain(sentences[prose..].iter().take(TOP));
    let letterhead =
        top.filter(|s| s.tokens.len() <= LONGEST).find_map(|s| in_capitals(s).or_else(|| body_named(s)));
    letterhead.or_else(|| signatory(sentences).and_then(|_| by_own_words(&sentences[..prose])))
}

/// The title of a document that someone signs: "Statement by President Ann Roe on the Crisis in Oman".
pub(super) fn signatory<'s, 't>(sentences: &'s [Sentence<'t>]) -> Option<&'s Sentence<'t>> {
    let signs = |s: &&Sentence<'_>| {
        let genre = (0..s.tokens.len().min(4)).find(|&i| lex::is_genre(&s.tokens[i].lower));
        let by = genre.map(|i| i + 1).filter(|&i| s.is(i, "by") || s.is(i, "from"));
        by.is_some() && !s.tokens.last().is_some_and(|t| t.is("."))
    };
    sentences.iter().take(TOP).find(signs)
}

/// The state that urges, condemns or "will continue" in a signed statement: the signatory's own.
fn by_own_words(sentences: &[Sentence<'_>]) -> Option<String> {
    const STANCES: &[&str] = &[
        "committed",
        "continue",
        "continues",
        "ready",
        "remain",
        "remains",
        "stand",
        "stands",
        "support",
        "supports",
    ];
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for s in sentences {
        let Some(clause) = clause::find(s, 0..s.tokens.len()).filter(|c| !c.passive) else { continue };
        let subject = s.mention_at(clause.subject.end - 1);
        let states = clause.class.is_speech() || s.tokens[clause.verb].is_one_of(STANCES);
        if let Some(Who::Actor { entry, adjective: false }) = subject.filter(|_| states).map(|m| &m.who)
            && entry.is_state
        {
            *counts.entry(&entry.name).or_default() += 1;
        }
    }
    counts.into_iter().max_by_key(|(_, n)| *n).map(|(state, _)| state.to_owned())
}

/// "STATE HOUSE, NAIROBI": a line of capitals with nothing but names in it.
fn in_capitals(s: &Sentence<'_>) -> Option<String> {
    let is_shouted = |t: &Token<'_>| !t.is_word() || t.text.chars().all(|c| !c.is_lowercase());
    if s.tokens.len() < 2 || s.tokens.len() > LONGEST / 2 || !s.tokens.iter().all(is_shouted) {
        return None;
    }
    let words: Vec<String> = s.tokens.iter().map(|t| cast::in_title_case(t.text)).collect();
    (0..words.len()).find_map(|i| gazetteer::state_at(&words[i..]).map(str::to_owned))
}

/// "Department of State Noon Briefing", "Health Ministry of Portugal: Briefing".
fn body_named(s: &Sentence<'_>) -> Option<String> {
    const KINDS: &[&str] =
        &["briefing", "communique", "communiqué", "readout", "release", "remarks", "statement", "transcript"];
    let kind = s.tokens.iter().position(|t| t.is_one_of(KINDS))?;
    let is_organ = |i: usize| {
        s.tokens[i].is_one_of(&["department", "embassy", "government", "ministry", "office", "presidency"])
    };
    let organ = (0..s.tokens.len()).find(|&i| is_organ(i))?;
    if s.is(organ, "department") && s.is(organ + 1, "of") && s.is(organ + 2, "state") {
        return Some("United States".to_owned());
    }
    // "Statement by the Foreign Ministry of Oman", but not "Statement on Oman"
    let is_near = |start: usize| start.abs_diff(organ) <= 3 && (kind < organ || start < kind);
    s.mentions.iter().find_map(|m| match &m.who {
        Who::Actor { entry, .. } if entry.is_state && is_near(m.start) => Some(entry.name.clone()),
        _ => None,
    })
}
