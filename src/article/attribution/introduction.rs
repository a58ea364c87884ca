//! What stands before the clause proper: "On Monday,", "Asked whether he would go,", "And so".
//!
//! Comes in: a range of a sentence's tokens. Goes out: the token at which the subject begins.

use std::ops::Range;

use super::clause::finite;
use super::lexicon as lex;
use super::mentions::{Mention, Sentence, Who};
use super::token::Clitic;
use super::verbs::{self, Form};

/// Where the clause proper begins.
pub(super) fn end(s: &Sentence<'_>, range: Range<usize>) -> usize {
    let mut at = range.start;
    while at < range.end {
        let token = &s.tokens[at];
        let lower = token.lower.as_str();
        if s.mention_at(at).is_some() {
            return at;
        }
        // "Monday they had opened contacts"
        let is_bare_day =
            lex::is_calendar(lower) && s.tokens.get(at + 1).is_some_and(|t| lex::is_pronoun(&t.lower));
        let joins = match lower {
            _ if is_bare_day => true,
            "and" | "but" | "so" | "or" | "nor" => at + 1 < range.end,
            "that" => finite(s, at + 1, at).is_none(),
            _ => lex::is_adverb(lower) && lower != "there",
        };
        if joins || !token.is_word() {
            at += 1;
            continue;
        }
        if !opens(s, at, at == range.start && introduction_end(s, at, range.end).is_some()) {
            return at;
        }
        match introduction_end(s, at, range.end) {
            Some(comma) => at = comma + 1,
            None if lex::is_calendar(lower) || lex::is_subordinator(lower) => at += 1,
            None => {
                // "In Minsk Roe said", "On Monday Roe said": one phrase without a comma.
                let mut next = at + 1;
                while next < range.end && s.mention_at(next).is_none() && is_time(s, next) {
                    next += 1;
                }
                return match s.mention_at(next) {
                    Some(m) if s.mention_at(m.end).is_some() => m.end,
                    _ if next > at + 1 => next,
                    _ if lex::is_preposition(lower) => next_phrase(s, at, range.end).unwrap_or(at),
                    _ => at,
                };
            }
        }
    }
    range.start
}

/// Whether an introduction begins at token `at`; `leads` if it opens the range and a comma follows.
fn opens(s: &Sentence<'_>, at: usize, leads: bool) -> bool {
    let lower = s.tokens[at].lower.as_str();
    let form = verbs::lookup(lower).map(|v| v.form);
    let is_dated = matches!(lower, "last" | "this" | "next" | "earlier")
        && s.tokens.get(at + 1).is_some_and(|t| lex::is_calendar(&t.lower));
    lex::is_preposition(lower)
        || lex::is_subordinator(lower)
        || lex::is_calendar(lower)
        || is_dated
        || matches!(lower, "per" | "according" | "thanks")
        // "Speaking in Lagos, Roe said"
        || (form == Some(Form::Ing) && !lex::is_stance(lower))
        // "Asked whether he would go, Roe laughed"
        || (leads && matches!(form, Some(Form::Past | Form::Participle)))
}

/// Where the subject begins after a phrase without a comma that opens at `at`: "In an open letter the group said".
fn next_phrase(s: &Sentence<'_>, at: usize, end: usize) -> Option<usize> {
    let verb = (at + 2..end).find(|&i| finite(s, i, at).is_some())?;
    last_phrase(s, at + 2..verb)
}

/// The last noun phrase in `range` that no preposition binds to what stands before.
pub(super) fn last_phrase(s: &Sentence<'_>, range: Range<usize>) -> Option<usize> {
    let opens = |&k: &usize| {
        let before = &s.tokens[k - 1];
        let begins = match s.mention_at(k) {
            Some(m) => m.start == k,
            None => s.tokens[k].is_one_of(&["the", "a", "an", "its", "his", "her", "their"]),
        };
        let is_bound = lex::is_preposition(&before.lower)
            || lex::is_determiner(&before.lower)
            || lex::is_title(&before.lower);
        begins
            && before.is_word()
            && !is_bound
            && !before.is("and")
            && before.clitic == Clitic::None
            && !before.is_capitalised()
    };
    range.rev().find(opens)
}

fn is_time(s: &Sentence<'_>, i: usize) -> bool {
    let t = &s.tokens[i];
    lex::is_calendar(&t.lower)
        || t.text.starts_with(|c: char| c.is_ascii_digit())
        || t.is_one_of(&["last", "next", "the", "same"])
}

/// The comma that ends an introduction; commas in lists of names do not.
fn introduction_end(s: &Sentence<'_>, at: usize, end: usize) -> Option<usize> {
    for i in at + 1..end {
        let token = &s.tokens[i];
        if token.is(",") {
            // "From the bus Ann Roe, the leader, says": the name is no part of the introduction.
            if let Some(m) = s
                .mention_at(i - 1)
                .filter(|m| m.start > at + 1 && m.end - m.start > 1 && matches!(m.who, Who::Person(_)))
            {
                let before = &s.tokens[m.start - 1];
                let is_free = before.is_word()
                    && !before.is_capitalised()
                    && !lex::is_function_word(&before.lower)
                    && !lex::is_office(&before.lower)
                    && before.lower != "and";
                if is_free && s.mention_at(m.start - 1).is_none() {
                    return Some(m.start - 1);
                }
            }
            // "In the capital, Juba, the archbishop said"
            let is_named = s.tokens[i - 1]
                .is_one_of(&["capital", "city", "district", "port", "province", "state", "town", "village"])
                && s.mention_at(i - 1).is_none()
                && s.mention_at(i + 1).map_or(i + 2, |m| m.end) < end
                && s.tokens[s.mention_at(i + 1).map_or(i + 2, |m| m.end)].is(",");
            if is_named || opens_apposition(s, i) {
                continue;
            }
            let next = s.mention_at(i + 1).filter(|_| s.mention_at(i - 1).is_some());
            if !next.is_some_and(|m| s.is(m.end, ",") || s.is(m.end, "and")) {
                return Some(i);
            }
        } else if token.is_break() && !token.is("(") && !token.is(")") {
            return None;
        }
    }
    None
}

/// "In Lagos the answer came from Ann Roe, a former cook": what the comma opens tells who she is.
fn opens_apposition(s: &Sentence<'_>, comma: usize) -> bool {
    let is_person = |m: &Mention| matches!(m.who, Who::Person(_)) && m.end - m.start > 1;
    let is_office = |i: usize| lex::is_office(&s.tokens[i].lower);
    s.mention_at(comma - 1).is_some_and(is_person)
        && s.tokens.get(comma + 1).is_some_and(|t| t.is_one_of(&["a", "an"]))
        && (comma + 2..s.tokens.len().min(comma + 6)).any(is_office)
}
