//! Subject and verb of a clause, by word order.
//!
//! Comes in: a range of a sentence's tokens. Goes out: where its subject stands and which verb it governs. English
//! news puts the subject first; introductions ("On Monday,") and asides between commas are stepped over.

use std::ops::Range;

use super::lexicon as lex;
use super::mentions::{Sentence, Who};
use super::token::Clitic;
use super::verbs::{self, Class, Form, Verb};

/// A subject and its verb.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Clause {
    /// The subject's tokens, asides cut off.
    pub(super) subject: Range<usize>,
    /// A name between commas after the subject: "the envoy, Ann Roe, said".
    pub(super) aside: Option<Range<usize>>,
    /// The verb that matters: "agreed" in "has agreed".
    pub(super) verb: usize,
    pub(super) class: Class,
    /// Whether the subject undergoes it: "was rejected".
    pub(super) passive: bool,
    /// Whether "must", "should" or the like stands before the verb.
    pub(super) demanded: bool,
    /// One past the last token of the range that was read.
    pub(super) end: usize,
}

/// How far an aside between commas may reach, in tokens.
const LONGEST_ASIDE: usize = 40;

/// The first clause in `range`; `None` where there is no verb to be found.
pub(super) fn find(s: &Sentence<'_>, range: Range<usize>) -> Option<Clause> {
    let end = range.end;
    let mut start = after_introduction(s, range);
    let mut subject_end = None;
    let mut aside = None;
    let mut has_noun = false;
    let mut at = start;
    let mut restarts = 0;
    while at < end {
        if let Some(mention) = s.mention_at(at) {
            has_noun = true;
            at = mention.end;
            continue;
        }
        let token = &s.tokens[at];
        if token.clitic == Clitic::Verb && lex::is_pronoun(&token.lower) {
            return Some(with_verb(s, start..at + 1, None, at + 1, end));
        }
        if has_noun && finite(s, at, start).is_some() {
            return Some(with_verb(s, start..subject_end.unwrap_or(at), aside, at, end));
        }
        let is_dash = matches!(token.text, "—" | "–");
        if token.is(",") || token.is("(") || is_dash {
            if let Some(resumed) = after_aside(s, at, end) {
                subject_end.get_or_insert(at);
                aside = aside.or_else(|| name_in_aside(s, at, resumed));
                at = resumed;
                continue;
            }
            let is_list = token.is(",")
                && (s.mention_at(at + 1).is_some() || s.is(at + 1, "and") || starts_name(s, at + 1));
            if !(is_list && has_noun) {
                restarts += 1;
                if restarts > 3 {
                    return None;
                }
                start = after_introduction(s, at + 1..end);
                (subject_end, has_noun, at) = (None, false, start);
                continue;
            }
        } else if token.is_break()
            || (has_noun && matches!(token.lower.as_str(), "while" | "because" | "although" | "but"))
        {
            restarts += 1;
            if restarts > 3 {
                return None;
            }
            start = after_introduction(s, at + 1..end);
            (subject_end, has_noun, at) = (None, false, start);
            continue;
        } else if has_noun && matches!(token.lower.as_str(), "that" | "which" | "who" | "whom" | "whose") {
            subject_end.get_or_insert(at);
        } else if token.is_word() && !lex::is_determiner(&token.lower) && !lex::is_adverb(&token.lower) {
            has_noun |= !lex::is_preposition(&token.lower);
        } else if matches!(
            token.lower.as_str(),
            "this" | "these" | "those" | "that" | "both" | "all" | "one" | "there"
        ) {
            has_noun |= next_word(s, at + 1, end).is_some_and(|i| finite(s, i, start).is_some());
        }
        at += 1;
    }
    None
}

/// "The Omani envoy" before a comma in a list.
fn starts_name(s: &Sentence<'_>, at: usize) -> bool {
    let title = s.tokens.get(at).is_some_and(|t| t.is_capitalised() || lex::is_title(&t.lower));
    title && !s.tokens[at].is_one_of(&["the", "a"])
}

/// The verb that the auxiliaries from `at` on lead to.
fn with_verb(
    s: &Sentence<'_>,
    subject: Range<usize>,
    aside: Option<Range<usize>>,
    at: usize,
    end: usize,
) -> Clause {
    let mut clause = Clause {
        subject,
        aside,
        verb: at.min(end.saturating_sub(1)),
        class: Class::Be,
        passive: false,
        demanded: false,
        end,
    };
    let mut i = at;
    let mut after_be = false;
    while let Some(verb) = next_word(s, i, end).and_then(|n| known(s, n).map(|v| (n, v))) {
        let (n, v) = verb;
        clause.verb = n;
        clause.class = v.class;
        if !v.class.is_auxiliary() {
            let is_done = matches!(v.form, Form::Past | Form::Participle);
            clause.passive = after_be && is_done && !lex::is_active_participle(&s.tokens[n].lower);
            break;
        }
        after_be = v.class == Class::Be;
        clause.demanded |= s.tokens[n].is_one_of(&["must", "should", "ought"])
            || (s.tokens[n].is_one_of(&["has", "have", "needs", "need"]) && s.is(n + 1, "to"));
        i = n + 1;
    }
    clause
}

/// The first token at or after `at` that is no adverb or quotation mark.
pub(super) fn next_word(s: &Sentence<'_>, at: usize, end: usize) -> Option<usize> {
    (at..end).find(|&i| {
        let t = &s.tokens[i];
        !(lex::is_adverb(&t.lower) && s.mention_at(i).is_none()) && (t.is_word() || t.is_break())
    })
}

/// The verb that token `i` can be; a lower-case word in "-ed" is one too.
pub(super) fn known(s: &Sentence<'_>, i: usize) -> Option<Verb> {
    let token = s.tokens.get(i)?;
    if s.mention_at(i).is_some()
        || (token.is_capitalised() && !s.title_case)
        || token.clitic == Clitic::Possessive
    {
        return None;
    }
    let guess = token.lower.len() >= 5 && token.lower.ends_with("ed") && !token.lower.contains('-');
    verbs::lookup(&token.lower).or_else(|| guess.then_some(Verb { class: Class::Act, form: Form::Past }))
}

/// The verb at token `i` if it can carry a clause whose subject begins at `start`.
pub(super) fn finite(s: &Sentence<'_>, i: usize, start: usize) -> Option<Verb> {
    let verb = known(s, i)?;
    let before = i.checked_sub(1).filter(|&b| b >= start)?;
    let previous = &s.tokens[before];
    if previous.clitic == Clitic::Possessive
        || previous.is("to")
        || previous.is("of")
        || lex::is_determiner(&previous.lower)
            && !lex::is_pronoun(&previous.lower)
            && !matches!(
                previous.lower.as_str(),
                "this" | "that" | "these" | "those" | "all" | "both" | "one" | "each" | "either" | "neither"
            )
    {
        return None;
    }
    let verb_follows = || {
        next_word(s, i + 1, s.tokens.len())
            .is_some_and(|n| known(s, n).is_some_and(|v| v.class.is_auxiliary()))
    };
    match verb.form {
        _ if verb.class.is_auxiliary() => Some(verb),
        // "a plan rejected by Oman"
        Form::Past => (!s.is(i + 1, "by")).then_some(verb),
        Form::Third => (!verb_follows() && !lex::is_preposition(&previous.lower)).then_some(verb),
        Form::Base => {
            let plural = match s.mention_at(before) {
                Some(m) => {
                    let joined = (start..m.start).any(|k| s.is(k, "and"));
                    let is_adjective =
                        matches!(m.who, Who::Actor { adjective: true, .. }) && !previous.lower.ends_with('s');
                    let is_heard = verb.class.takes_clause() && matches!(m.who, Who::Person(_));
                    (is_heard || joined || previous.lower.ends_with('s') || previous.is("taliban"))
                        && !is_adjective
                }
                None => {
                    previous.is_one_of(&["we", "they", "i", "you", "people", "both"])
                        || (previous.lower.ends_with('s') && !previous.lower.ends_with("ss"))
                        || lex::is_adverb(&previous.lower)
                        || lex::is_calendar(&previous.lower)
                        || previous.is(")")
                }
            };
            ((plural || has_plural_head(s, start, i)) && !verb_follows()).then_some(verb)
        }
        Form::Participle | Form::Ing => None,
    }
}

/// Whether the noun before the first preposition is a plural: "rebels in the north".
fn has_plural_head(s: &Sentence<'_>, start: usize, end: usize) -> bool {
    let first =
        (start + 1..end).find(|&i| s.mention_at(i).is_none() && lex::is_preposition(&s.tokens[i].lower));
    first.is_some_and(|i| {
        let head = &s.tokens[i - 1];
        head.lower.ends_with('s') && !head.lower.ends_with("ss") && head.clitic == Clitic::None
    })
}

/// The name that makes up the whole aside between the marks at `open` and before `resumed`.
fn name_in_aside(s: &Sentence<'_>, open: usize, resumed: usize) -> Option<Range<usize>> {
    let first = if s.is(open + 1, "the") { open + 2 } else { open + 1 };
    let mention = s.mention_at(first)?;
    let mut close = mention.end;
    if s.is(close, "(") {
        close = (close..resumed).find(|&i| s.is(i, ")"))? + 1;
    }
    // "Darfur, Sudan," is a place.
    let is_place = s.tokens[open - 1].is_capitalised() && !matches!(mention.who, Who::Person(_));
    (s.tokens.get(close)?.is_break() && !is_place).then_some(mention.start..mention.end)
}

/// Where the clause proper begins.
pub(super) fn after_introduction(s: &Sentence<'_>, range: Range<usize>) -> usize {
    let mut at = range.start;
    while at < range.end {
        let token = &s.tokens[at];
        let lower = token.lower.as_str();
        if s.mention_at(at).is_some() {
            return at;
        }
        let is_conjunction = matches!(lower, "and" | "but" | "so" | "or" | "nor" | "that");
        let is_adverb = lex::is_adverb(lower) && lower != "there";
        if (!token.is_word() && !token.is("["))
            || is_conjunction && at + 1 < range.end && !(lower == "that" && finite(s, at + 1, at).is_some())
            || is_adverb
        {
            at += 1;
            continue;
        }
        let is_ing = lower.ends_with("ing") && !lex::is_stance(lower) && verbs::lookup(lower).is_some();
        let opens = lex::is_preposition(lower)
            || lex::is_subordinator(lower)
            || is_ing
            || lex::is_calendar(lower)
            || matches!(lower, "per" | "according" | "thanks");
        let opens = opens
            || (matches!(lower, "last" | "this" | "next" | "earlier")
                && s.tokens.get(at + 1).is_some_and(|t| lex::is_calendar(&t.lower)));
        if !opens {
            return at;
        }
        match introduction_end(s, at, range.end) {
            Some(comma) => at = comma + 1,
            None if lex::is_calendar(lower) || lex::is_subordinator(lower) => at += 1,
            None => {
                // "In Minsk Roe said", "On Monday Roe said": one phrase without a comma.
                let mut next = at + 1;
                while next < range.end && s.mention_at(next).is_none() && is_time_or_determiner(s, next) {
                    next += 1;
                }
                return match s.mention_at(next) {
                    Some(m) if s.mention_at(m.end).is_some() => m.end,
                    _ if next > at + 1 => next,
                    _ => at,
                };
            }
        }
    }
    range.start
}

fn is_time_or_determiner(s: &Sentence<'_>, i: usize) -> bool {
    let t = &s.tokens[i];
    lex::is_calendar(&t.lower)
        || t.text.starts_with(|c: char| c.is_ascii_digit())
        || t.is_one_of(&["last", "next", "the same"])
}

/// The comma that ends an introduction; commas in lists of names do not.
fn introduction_end(s: &Sentence<'_>, at: usize, end: usize) -> Option<usize> {
    let mut i = at + 1;
    while i < end {
        let token = &s.tokens[i];
        if token.is(",") {
            let in_list = s.mention_at(i + 1).is_some_and(|m| s.is(m.end, ",") || s.is(m.end, "and"))
                && s.mention_at(i - 1).is_some();
            let place =
                s.mention_at(i - 1).is_some() && s.mention_at(i + 1).is_some_and(|m| s.is(m.end, ","));
            if !in_list && !place {
                return Some(i);
            }
        } else if token.is_break() && !token.is("(") && !token.is(")") {
            return None;
        }
        i += 1;
    }
    None
}

/// Behind the aside that opens at token `at`, where a verb goes on with the clause.
fn after_aside(s: &Sentence<'_>, at: usize, end: usize) -> Option<usize> {
    let stop = end.min(at + LONGEST_ASIDE);
    let closers: &[&str] = match s.tokens[at].text {
        "(" => &[")"],
        "—" | "–" => &["—", "–"],
        _ => &[","],
    };
    if s.tokens[at].text == "(" {
        return (at + 1..stop).find(|&i| s.is(i, ")")).map(|i| i + 1);
    }
    (at + 2..stop).filter(|&i| closers.contains(&s.tokens[i].text)).find_map(|i| {
        let next = next_word(s, i + 1, end)?;
        // The aside itself must not be a clause's continuation: "Roe left, and Doe, too, said".
        let verb = finite(s, next, at)?;
        (verb.form != Form::Base).then_some(next)
    })
}
