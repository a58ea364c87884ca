//! Clauses of one sentence in which different actors act: "Kyiv accepted the truce, but Moscow turned it down".
//!
//! Comes in: a sentence. Goes out: the token ranges that are statements of their own; one range for most sentences.
//! Words in quotation marks and what someone reports are not taken apart.

use std::ops::Range;

use super::clause::{self, Clause};
use super::figure::{Context, Figure};
use super::lexicon as lex;
use super::mentions::Sentence;
use super::phrase::Phrases;

/// Fewer words than these are no statement.
const SHORTEST: usize = 3;

/// The clauses of `s` that have actors of their own.
pub(super) fn clauses(phrases: Phrases<'_>, s: &Sentence<'_>) -> Vec<Range<usize>> {
    let all = 0..s.tokens.len();
    if s.title_case || s.tokens.iter().any(|t| t.quoted) || s.tokens.last().is_some_and(|t| t.is("?")) {
        return vec![all];
    }
    let mut parts = Vec::new();
    let mut start = 0;
    let first = clause::find(s, all.clone());
    let Some(mut before) = first.and_then(|c| Some((own_actors(phrases, s, &c)?, c.class))) else {
        return vec![all];
    };
    let mut at = 1;
    while at + SHORTEST < s.tokens.len() {
        let Some(from) = joint(s, at) else {
            at += 1;
            continue;
        };
        // What follows "said" is what one actor says of others, up to a semicolon.
        let may_end = at - start >= SHORTEST && (s.is(at, ";") || !before.1.takes_clause());
        let next = clause::find(s, from..s.tokens.len()).filter(|c| may_end && c.subject.start == from);
        let next = next.and_then(|c| Some((own_actors(phrases, s, &c)?, c.class)));
        let Some(next) = next.filter(|(actors, _)| is_apart(actors, &before.0)) else {
            at = from;
            continue;
        };
        parts.push(start..at);
        start = if s.tokens[at].is_word() { at } else { at + 1 };
        before = next;
        at = from + 1;
    }
    parts.push(start..s.tokens.len());
    parts
}

/// Where a clause may begin behind the joint at token `at`: "; ", ", but", "while".
fn joint(s: &Sentence<'_>, at: usize) -> Option<usize> {
    let joins = |i: usize, words: &[&str]| {
        s.mention_at(i).is_none() && s.tokens.get(i).is_some_and(|t| t.is_one_of(words))
    };
    if s.is(at, ";") {
        let is_joined = joins(at + 1, &["and", "but", "while", "yet"]);
        return Some(if is_joined { at + 2 } else { at + 1 });
    }
    if s.is(at, ",") && joins(at + 1, &["but", "while", "whereas", "yet", "and"]) {
        return Some(at + 2);
    }
    joins(at, &["but", "while", "whereas"]).then_some(at + 1)
}

/// The actors of a clause that do or refuse something by themselves.
fn own_actors(phrases: Phrases<'_>, s: &Sentence<'_>, clause: &Clause) -> Option<Vec<Figure>> {
    let is_pronoun = clause.subject.len() == 1 && lex::is_pronoun(&s.tokens[clause.subject.start].lower);
    if is_pronoun || clause.passive {
        return None;
    }
    let mut actors = phrases.subject(s, clause, &Context::default());
    actors.retain(|f| !f.is_nameless());
    (!actors.is_empty()).then_some(actors)
}

fn is_apart(a: &[Figure], b: &[Figure]) -> bool {
    a.iter().all(|x| b.iter().all(|y| x.holder() != y.holder()))
}
