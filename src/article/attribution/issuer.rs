//! The state in whose name a document is written: "THE WHITE HOUSE", "Health Ministry of Portugal: Briefing".
//!
//! Comes in: the sentences, the lines at the top among them. Goes out: the state, where a letterhead names one. It refuses
//! to know who speaks.

use super::cast;
use super::gazetteer;
use super::mentions::{Sentence, Who};
use super::token::Token;

/// A letterhead stands among so many sentences at the top, and is no longer than so many tokens.
const TOP: usize = 4;
const LONGEST: usize = 12;

/// The state of the letterhead; `around` counts the lines at the end of `sentences` that are nobody's statements.
pub(super) fn find(sentences: &[Sentence<'_>], around: usize) -> Option<String> {
    let prose = sentences.len() - around;
    let top = sentences[..prose].iter().take(TOP).chain(sentences[prose..].iter().take(TOP));
    top.filter(|s| s.tokens.len() <= LONGEST).find_map(|s| in_capitals(s).or_else(|| body_named(s)))
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
