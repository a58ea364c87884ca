//! The parts of a noun phrase: conjuncts, head, complement, time words.
//!
//! Comes in: a range of a sentence's tokens. Goes out: ranges and tokens of it. It refuses to know whom they mean.

use std::ops::Range;

use super::lexicon as lex;
use super::mentions::{Mention, PersonMention, Sentence, Who};
use super::token::Clitic;
use super::verbs::{self, Form};

/// The name at the end of "the President of Oman Ann Roe" or "Ambassador to Oman Ann Roe".
pub(super) fn name_behind_office<'s>(s: &'s Sentence<'_>, part: &Range<usize>) -> Option<&'s Mention> {
    let mention = s.mention_at(part.end.checked_sub(1)?)?;
    let in_office = matches!(&mention.who, Who::Person(PersonMention { evident: true, titles, .. }) if !titles.is_empty());
    let is_whole = in_office && s.tokens[mention.end - 1].clitic == Clitic::None;
    (is_whole && (part.start..mention.start).all(|i| is_office_word(s, i))).then_some(mention)
}

/// Adjectives that follow their noun with a complement: "officials familiar with the talks".
const ADJECTIVES_BEHIND: &[&str] = &["familiar", "close", "aware", "responsible", "present", "privy"];

/// Participles that do: "officials briefed on the talks".
const PARTICIPLES_BEHIND: &[&str] = &[
    "briefed",
    "involved",
    "issued",
    "quoted",
    "released",
    "signed",
    "speaking",
    "asked",
    "known",
    "seen",
    "reached",
    "contacted",
    "named",
    "led",
    "headed",
];

/// The noun that heads the phrase, and where its complement begins.
pub(super) fn head(s: &Sentence<'_>, part: &Range<usize>) -> Option<(usize, usize)> {
    let ends_head = |i: &usize| {
        let is_ing = || verbs::lookup(&s.tokens[*i].lower).is_some_and(|v| v.form == Form::Ing);
        // "Roe speaking", "parents picking up children"
        let is_reduced =
            is_ing() && (s.mention_at(i - 1).is_some() || lex::is_people(&s.tokens[i - 1].lower));
        let is_adjective =
            s.tokens[*i].is_one_of(ADJECTIVES_BEHIND) || s.tokens[*i].is_one_of(PARTICIPLES_BEHIND);
        s.mention_at(*i).is_none() && (lex::is_preposition(&s.tokens[*i].lower) || is_reduced || is_adjective)
    };
    let cut = (part.start + 1..part.end).find(ends_head).unwrap_or(part.end);
    let is_noun = |i: &usize| {
        let t = &s.tokens[*i];
        // "officials familiar with the talks"
        let is_adjective = t.is_one_of(ADJECTIVES_BEHIND);
        t.is_word() && !is_adjective && !lex::is_adverb(&t.lower)
    };
    (part.start..cut).rev().find(is_noun).map(|last| (last, cut))
}

/// Whether a preposition follows the head of the phrase.
pub(super) fn has_complement(s: &Sentence<'_>, part: Range<usize>) -> bool {
    without_time(s, part)
        .skip(1)
        .any(|i| s.mention_at(i).is_none() && lex::is_preposition(&s.tokens[i].lower))
}

/// Cuts at "and" and at commas outside names.
pub(super) fn conjuncts(s: &Sentence<'_>, range: Range<usize>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = range.start;
    let end = range.end;
    for i in range {
        let is_cut = s.mention_at(i).is_none()
            && (s.tokens[i].is_one_of(&["and", "&", "or", "nor"]) || s.tokens[i].is_break())
            && !joins_adjectives(s, start, i, end);
        if is_cut {
            parts.push(start..i);
            start = i + 1;
        }
    }
    parts.push(start..end);
    parts.retain(|p| !p.is_empty());
    parts
}

/// "Omani and Western officials": whether the "and" at token `i` joins what modifies one noun.
fn joins_adjectives(s: &Sentence<'_>, start: usize, i: usize, end: usize) -> bool {
    let is_adjective = |k: usize| {
        s.mention_at(k).is_some_and(|m| {
            matches!(m.who, Who::Actor { adjective: true, .. }) && !s.tokens[m.end - 1].lower.ends_with('s')
        })
    };
    let is_side = |k: usize| {
        is_adjective(k) || s.tokens[k].is_one_of(&["western", "eastern", "arab", "local", "foreign"])
    };
    let noun = |k: usize| {
        k < end
            && s.mention_at(k).is_none()
            && s.tokens[k].is_word()
            && lex::is_plural_noun(&s.tokens[k].lower)
    };
    s.is(i, "and")
        && i > start
        && i + 2 < end
        && is_side(i - 1)
        && is_side(i + 1)
        && (is_adjective(i - 1) || is_adjective(i + 1))
        && (i + 2..end.min(i + 5)).any(noun)
}

/// Without the time words that may stand at either end.
pub(super) fn without_time(s: &Sentence<'_>, mut range: Range<usize>) -> Range<usize> {
    let is_time = |i: usize| {
        let t = &s.tokens[i];
        lex::is_calendar(&t.lower)
            || (t.text.starts_with(|c: char| c.is_ascii_digit()) && !t.lower.ends_with("-year-old"))
            || matches!(t.lower.as_str(), "last" | "next" | "this")
    };
    while range.len() > 1 {
        let (first, last) = (range.start, range.end - 1);
        let starts = &s.tokens[first].lower;
        let leads = lex::is_adverb(starts)
            || (s.mention_at(first).is_none() && is_time(first) && starts != "this")
            || (lex::is_preposition(starts) && (is_time(first + 1) || s.is(first + 1, "now")));
        let ends = &s.tokens[last].lower;
        let trails = (is_time(last) && s.mention_at(last).is_none())
            || lex::is_preposition(ends)
            // "Oman and Yemen both"
            || matches!(ends.as_str(), "both" | "each" | "all")
            || lex::is_adverb(ends);
        if leads {
            range.start += 1;
        } else if trails {
            range.end -= 1;
        } else {
            break;
        }
    }
    range
}

/// Whether the token can stand in a title before a name: "the former Ambassador to Oman".
fn is_office_word(s: &Sentence<'_>, i: usize) -> bool {
    let t = &s.tokens[i];
    s.mention_at(i).is_some()
        || t.is_capitalised()
        || lex::is_title(&t.lower)
        || t.is_one_of(&["of", "for", "to", "the", "and"])
}
