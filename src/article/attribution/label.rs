//! Labels of speakers: "MS. ROE: …".
//!
//! Comes in: a sentence. Goes out: the tokens before the colon that say who speaks, if they do.

use std::ops::Range;

use super::lexicon as lex;
use super::mentions::{Sentence, Who};
use super::token::Token;

/// A speaker's name and a colon at the start of a line: the tokens of the label, colon excluded.
///
/// "NATO chief Ann Roe: “…”", "MS. ROE: …", "Q: …".
pub(super) fn label(s: &Sentence<'_>) -> Option<Range<usize>> {
    let colon = s.tokens.iter().take(24).position(|t| t.is(":"))?;
    let words = &s.tokens[..colon];
    let fits = |t: &Token<'_>| {
        t.is_capitalised()
            || lex::is_title(&t.lower)
            || matches!(
                t.lower.as_str(),
                "of" | "for" | "to" | "the" | "and" | "," | "(" | ")" | "." | "ret" | "&"
            )
            || lex::is_particle(&t.lower)
    };
    if words.len() == 1 && lex::is_notice(&words[0].lower) {
        return None;
    }
    if words.first().is_some_and(|t| t.is_one_of(&["q", "question"]))
        && words.get(1).is_some_and(|t| t.is("("))
    {
        return Some(0..colon);
    }
    let before_quote = s.tokens.get(colon + 1).is_some_and(|t| t.quoted);
    let shouted = words
        .iter()
        .filter(|t| t.is_word())
        .all(|t| t.is_acronym() || t.text.len() == 1 || t.text.ends_with('.'));
    let is_person =
        s.mentions.iter().any(|m| m.end <= colon && matches!(&m.who, Who::Person(p) if p.evident));
    let is_label = colon > 0 && words.iter().all(fits) && words[0].is_capitalised();
    (is_label && (before_quote || shouted || is_person)).then_some(0..colon)
}
