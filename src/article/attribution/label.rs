//! Labels of speakers: "MS. ROE: …".
//!
//! Comes in: a sentence. Goes out: the tokens before the colon that say who speaks, if they do.

use std::ops::Range;

use super::lexicon as lex;
use super::mentions::{Mention, Sentence, Who};
use super::token::Token;

/// Who speaks, announced at the start of a line.
#[derive(Debug, Clone)]
pub(super) struct Label {
    /// The tokens that say who.
    pub(super) words: Range<usize>,
    /// The first token of what is said.
    pub(super) rest: usize,
}

/// The single word of a label that gives a role and no name: "PRESENTER: …", in lower case.
pub(super) fn role<'s>(s: &'s Sentence<'_>) -> Option<&'s str> {
    s.tokens.first().filter(|t| s.is(1, ":") && t.is_acronym()).map(|t| t.lower.as_str())
}

/// The person whom a headline sets off as its source: "Roe: Talks are dead", "Talks are dead: Roe".
pub(super) fn of_headline(s: &Sentence<'_>) -> Option<Range<usize>> {
    let is_person = |m: &&Mention| matches!(m.who, Who::Person(_));
    let colon = s.tokens.iter().position(|t| t.is(":"))?;
    if colon > 0 && colon + 2 < s.tokens.len() {
        let first = s.mention_at(0).filter(is_person).filter(|m| m.end == colon);
        if let Some(m) = first {
            return Some(m.start..m.end);
        }
    }
    let last = s.mention_at(colon + 1).filter(is_person)?;
    (last.start == colon + 1 && last.end == s.tokens.len() && colon > 2).then_some(last.start..last.end)
}

/// A speaker's name and a colon at the start of a line: the tokens of the label, colon excluded.
///
/// "NATO chief Ann Roe: “…”", "MS. ROE: …", "Q: …"; a "Q" set off by white space needs no colon.
pub(super) fn label(s: &Sentence<'_>) -> Option<Label> {
    if let [first, second, ..] = s.tokens.as_slice()
        && first.text == "Q"
        && second.span.start >= first.span.end + 2
    {
        return Some(Label { words: 0..1, rest: 1 });
    }
    let words = before_colon(s)?;
    Some(Label { rest: words.end + 1, words })
}

/// The tokens of a label that a colon ends.
fn before_colon(s: &Sentence<'_>) -> Option<Range<usize>> {
    let from = behind_time(s);
    let colon = s.tokens.iter().enumerate().skip(from).take(24).find(|(_, t)| t.is(":"))?.0;
    let words = &s.tokens[from..colon];
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
        return Some(from..colon);
    }
    let before_quote = s.tokens.get(colon + 1).is_some_and(|t| t.quoted);
    let shouted = words
        .iter()
        .filter(|t| t.is_word())
        .all(|t| t.is_acronym() || t.text.len() == 1 || t.text.ends_with('.'));
    let is_person =
        s.mentions.iter().any(|m| m.end <= colon && matches!(&m.who, Who::Person(p) if p.evident));
    let is_label = words.iter().all(fits) && words.first().is_some_and(Token::is_capitalised);
    (is_label && (before_quote || shouted || is_person)).then_some(from..colon)
}

/// Behind the time that opens an entry of a live page: "12.10 Ann Roe: “…”", "14:32 GMT Ann Roe: “…”".
fn behind_time(s: &Sentence<'_>) -> usize {
    let is_number =
        |i: usize| s.tokens.get(i).is_some_and(|t| t.text.starts_with(|c: char| c.is_ascii_digit()));
    let clock = match (is_number(0), s.is(1, ":") && is_number(2)) {
        (true, true) => 3,
        (true, false) => 1,
        _ => return 0,
    };
    let is_zone = s
        .tokens
        .get(clock)
        .is_some_and(|t| t.is_one_of(&["am", "pm", "a.m.", "p.m.", "gmt", "bst", "cet", "utc"]));
    clock + usize::from(is_zone)
}
