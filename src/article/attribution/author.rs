//! Who writes an opinion: "OPINION … Ann Roe – Contributed to the Courier".
//!
//! Comes in: the sentences, the lines around the article among them. Goes out: the name whose "I" the article's is, where a
//! line says that it is an opinion. A reporter's "I" it refuses to know.

use super::clause;
use super::mentions::{Sentence, Who};

/// A byline stands among so many sentences at the top.
const TOP: usize = 4;

/// A byline is no longer than so many tokens.
const LONGEST: usize = 12;

/// The author of an opinion; `around` counts the lines at the end of `sentences` that are nobody's statements.
pub(super) fn find(sentences: &[Sentence<'_>], around: usize) -> Option<String> {
    const KINDS: &[&str] = &["column", "comment", "contributed", "guest", "op-ed", "opinion", "viewpoint"];
    let (prose, lines) = sentences.split_at(sentences.len() - around);
    let is_short =
        |s: &&Sentence<'_>| s.tokens.len() <= LONGEST && !s.tokens.last().is_some_and(|t| t.is("."));
    let mut lines = lines.iter().chain(prose.iter().take(TOP)).filter(is_short);
    let is_opinion = lines.clone().any(|s| s.tokens.iter().any(|t| t.is_one_of(KINDS)));
    if !is_opinion {
        return None;
    }
    lines.find_map(|s| {
        // "Ann Roe – Contributed to the Courier", but not "Ann Roe calls it off"
        if clause::find(s, 0..s.tokens.len())
            .is_some_and(|c| c.subject.start == 0 && s.mention_at(c.verb - 1).is_some())
        {
            return None;
        }
        let first = usize::from(s.is(0, "by"));
        match &s.mention_at(first).filter(|m| m.start == first && m.end - m.start > 1)?.who {
            Who::Person(person) => Some(person.name.clone()),
            _ => None,
        }
    })
}
