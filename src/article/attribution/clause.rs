//! Subject and verb of a clause, by word order.
//!
//! Comes in: a range of a sentence's tokens. Goes out: where its subject stands and which verb it governs. English
//! news puts the subject first; introductions ("On Monday,") and asides between commas are stepped over.

use std::ops::Range;

use super::introduction;
use super::lexicon as lex;
use super::mentions::{Sentence, Who};
use super::token::{Clitic, Token};
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
pub(super) const LONGEST_ASIDE: usize = 40;

/// How often a phrase that turns out to be no subject is given up for what follows it.
const MOST_ATTEMPTS: usize = 4;

/// The first clause in `range`; `None` where there is no verb to be found.
pub(super) fn find(s: &Sentence<'_>, range: Range<usize>) -> Option<Clause> {
    let mut from = range.start;
    for _ in 0..MOST_ATTEMPTS {
        match attempt(s, from..range.end) {
            Attempt::Found(clause) => return Some(clause),
            Attempt::BrokenOff(at) => from = at + 1,
            Attempt::NoVerb => return None,
        }
    }
    None
}

enum Attempt {
    Found(Clause),
    /// At this token the phrase ends without a verb.
    BrokenOff(usize),
    NoVerb,
}

/// Reads a subject from the beginning of `range` to its verb.
fn attempt(s: &Sentence<'_>, range: Range<usize>) -> Attempt {
    let end = range.end;
    let start = introduction::end(s, range);
    // "saw her uncle killed": nobody is named before the verb.
    if known(s, start).is_some_and(|v| v.form == Form::Past)
        && s.tokens.get(start + 1).is_some_and(|t| lex::is_determiner(&t.lower) || lex::is_pronoun(&t.lower))
    {
        return Attempt::NoVerb;
    }
    let mut subject_end = None;
    let mut aside = None;
    let mut has_noun = false;
    let mut at = start;
    while at < end {
        if let Some(mention) = s.mention_at(at) {
            has_noun = true;
            at = mention.end;
            continue;
        }
        let token = &s.tokens[at];
        let lower = token.lower.as_str();
        if token.clitic == Clitic::Verb && lex::is_pronoun(lower) {
            return Attempt::Found(with_verb(s, start..at + 1, None, at + 1, end));
        }
        if has_noun && finite(s, at, start).is_some() {
            return Attempt::Found(with_verb(s, start..subject_end.unwrap_or(at), aside, at, end));
        }
        if matches!(token.text, "," | "(" | "—" | "–") {
            if let Some(resumed) = after_aside(s, at, end) {
                subject_end.get_or_insert(at);
                aside = aside.or_else(|| name_in_aside(s, at, resumed));
                at = resumed;
                continue;
            }
            if !(has_noun && token.is(",") && (continues_list(s, at + 1) || joins_plural(s, start, at, end)))
            {
                return Attempt::BrokenOff(at);
            }
        } else if token.is_break() || (has_noun && matches!(lower, "while" | "because" | "although" | "but"))
        {
            return Attempt::BrokenOff(at);
        } else if has_noun && matches!(lower, "that" | "which" | "who" | "whom" | "whose") {
            subject_end.get_or_insert(at);
        } else if lex::is_determiner(lower) || lex::is_adverb(lower) {
            let is_subject = || next_word(s, at + 1, end).is_some_and(|i| finite(s, i, start).is_some());
            has_noun |= (lex::can_stand_alone(lower) || lower == "there") && is_subject();
        } else if token.is_word() {
            has_noun |= !lex::is_preposition(lower);
        }
        at += 1;
    }
    Attempt::NoVerb
}

/// Whether a name, or an office before a name, follows the comma before token `at`.
fn continues_list(s: &Sentence<'_>, at: usize) -> bool {
    let is_name =
        |t: &Token<'_>| (t.is_capitalised() || lex::is_title(&t.lower)) && !t.is_one_of(&["the", "a"]);
    s.mention_at(at).is_some() || s.is(at, "and") || s.tokens.get(at).is_some_and(is_name)
}

/// "Chad, northern rebels agree": a comma for "and" in a headline, between a name that opens it and a plural.
fn joins_plural(s: &Sentence<'_>, start: usize, comma: usize, end: usize) -> bool {
    let opens = start == 0 && s.mention_at(0).is_some_and(|m| m.end == comma);
    let verb = || (comma + 2..end.min(comma + 6)).find(|&i| finite(s, i, comma + 1).is_some());
    let is_base = |i: usize| known(s, i).is_some_and(|v| v.form == Form::Base);
    opens
        && !s.tokens.last().is_some_and(|t| t.is("."))
        && verb().is_some_and(|i| {
            is_base(i)
                && (comma + 1..i).all(|k| s.tokens[k].is_word() && !lex::is_determiner(&s.tokens[k].lower))
        })
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
    while let Some((n, v)) = next_word(s, i, end).and_then(|n| Some((n, known(s, n)?))) {
        clause.verb = n;
        clause.class = v.class;
        if !v.class.is_auxiliary() {
            let is_done = matches!(v.form, Form::Past | Form::Participle);
            clause.passive = after_be && is_done && !lex::is_active_participle(&s.tokens[n].lower);
            break;
        }
        after_be = v.class == Class::Be;
        clause.demanded |= s.tokens[n].is_one_of(&["must", "should", "ought"])
            || (s.tokens[n].is_one_of(&["had", "has", "have", "needs", "need"]) && s.is(n + 1, "to"));
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
    // "Roe telephones the envoy"
    let may_rule =
        token.lower.len() >= 4 && token.lower.ends_with('s') && !token.lower.ends_with("ss") && i > 0;
    let is_third = may_rule
        && s.tokens[i - 1].clitic == Clitic::None
        && (s.mention_at(i - 1).is_some_and(|m| matches!(m.who, Who::Person(_)))
            || s.tokens[i - 1].is_one_of(&["he", "she"]))
        && (s.mention_at(i + 1).is_some()
            || s.tokens.get(i + 1).is_some_and(|n| {
                lex::is_determiner(&n.lower)
                    || n.is_one_of(&["him", "them", "up", "on", "out", "off", "with", "for"])
            }));
    if is_third && verbs::lookup(&token.lower).is_none() {
        return Some(Verb { class: Class::Act, form: Form::Third });
    }
    let guess = token.lower.len() >= 5 && token.lower.ends_with("ed") && !token.lower.contains('-');
    verbs::lookup(&token.lower).or_else(|| guess.then_some(Verb { class: Class::Act, form: Form::Past }))
}

/// The verb at token `i` if it can carry a clause whose subject begins at `start`.
pub(super) fn finite(s: &Sentence<'_>, i: usize, start: usize) -> Option<Verb> {
    let verb = known(s, i)?;
    // "two people close to the talks"
    if s.is(i, "close") && s.is(i + 1, "to") {
        return None;
    }
    let before = i.checked_sub(1).filter(|&b| b >= start)?;
    // "the leaders “answer every proposal with a grievance”"
    let before = if s.tokens[before].opens_quotation() {
        before.checked_sub(1).filter(|&b| b >= start)?
    } else {
        before
    };
    let previous = &s.tokens[before];
    // "the offer", "Oman's offer", "to offer": no clause turns on these.
    let is_noun_place = lex::is_determiner(&previous.lower) && !lex::can_stand_alone(&previous.lower);
    if previous.clitic == Clitic::Possessive || previous.is("to") || previous.is("of") || is_noun_place {
        return None;
    }
    let verb_follows = || {
        next_word(s, i + 1, s.tokens.len())
            .is_some_and(|n| known(s, n).is_some_and(|v| v.class.is_auxiliary()))
    };
    match verb.form {
        _ if verb.class.is_auxiliary() => Some(verb),
        // "officials briefed on the plan", "a plan rejected by Oman"
        Form::Past
            if lex::follows_noun(&s.tokens[i].lower) && {
                let is_bound =
                    s.tokens.get(i + 1).is_some_and(|t| t.is_one_of(&["on", "in", "by", "at", "about"]));
                is_bound && !known(s, before).is_some_and(|v| v.class.is_auxiliary())
            } =>
        {
            None
        }
        Form::Past => {
            let particle =
                s.tokens.get(i + 1).is_some_and(|t| t.is_one_of(&["forward", "out", "up", "down", "on"]));
            let by = if particle { i + 2 } else { i + 1 };
            // "voted by 12 to 3"
            let counts =
                s.tokens.get(by + 1).is_some_and(|t| t.text.starts_with(|c: char| c.is_ascii_digit()));
            ((!s.is(by, "by") || counts) && !is_reduced(s, i, before)).then_some(verb)
        }
        Form::Third => (!verb_follows() && !lex::is_preposition(&previous.lower)).then_some(verb),
        Form::Base => (is_plural_subject(s, start, before + 1, verb) && !verb_follows()).then_some(verb),
        Form::Participle | Form::Ing => None,
    }
}

/// "the sailors held off Oman called for help": whether the verb at `i` belongs to the noun `before` it, since another verb
/// follows without a subject of its own.
fn is_reduced(s: &Sentence<'_>, i: usize, before: usize) -> bool {
    let is_noun = s.mention_at(before).is_none() && !lex::is_pronoun(&s.tokens[before].lower);
    let is_bound = s.tokens.get(i + 1).is_some_and(|t| lex::is_preposition(&t.lower));
    if !is_noun || !is_bound || !verbs::lookup(&s.tokens[i].lower).is_some_and(|v| v.class == Class::Act) {
        return false;
    }
    let is_small =
        |k: usize| s.tokens.get(k).is_some_and(|t| lex::is_determiner(&t.lower)) && s.mention_at(k).is_none();
    let first = if is_small(i + 2) { i + 3 } else { i + 2 };
    let inner = s.mention_at(first).map_or(first + 1, |m| m.end);
    let ends = |&k: &usize| {
        let t = &s.tokens[k];
        t.is_break() || s.mention_at(k).is_some() || lex::is_function_word(&t.lower) || known(s, k).is_some()
    };
    let end = (inner..s.tokens.len().min(inner + 4)).find(ends);
    end.and_then(|k| known(s, k))
        .is_some_and(|v| v.class.is_speech() && matches!(v.form, Form::Past | Form::Third))
}

/// Whether what stands between `start` and the bare verb at `i` can govern it: "they", "rebels", "Oman and Yemen".
fn is_plural_subject(s: &Sentence<'_>, start: usize, i: usize, verb: Verb) -> bool {
    let previous = &s.tokens[i - 1];
    let in_s = previous.lower.ends_with('s') && !previous.lower.ends_with("ss");
    let plural = match s.mention_at(i - 1) {
        Some(m) => {
            let is_adjective = matches!(m.who, Who::Actor { adjective: true, .. });
            // "we heard Roe say"
            let is_heard = verb.class.takes_clause() && matches!(m.who, Who::Person(_));
            let joined = (start..m.start).any(|k| s.is(k, "and"));
            in_s || (!is_adjective && (is_heard || joined || previous.is("taliban")))
        }
        None => {
            in_s || previous
                .is_one_of(&["we", "they", "i", "you", "people", "both", "men", "women", "police", ")"])
                || lex::is_adverb(&previous.lower)
                || lex::is_calendar(&previous.lower)
        }
    };
    plural || has_plural_head(s, start, i)
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
    let is_form =
        |i: &usize| s.mention_at(*i).is_none() && (s.is(*i, "the") || lex::is_title(&s.tokens[*i].lower));
    let first = (open + 1..resumed).find(|i| !is_form(i))?;
    let mention = s.mention_at(first)?;
    let mut close = mention.end;
    if s.is(close, "(") {
        close = (close..resumed).find(|&i| s.is(i, ")"))? + 1;
    }
    // "Ann Roe of the Dune Front,"
    if s.tokens.get(close).is_some_and(|t| t.is_one_of(&["of", "from", "for"]))
        && matches!(mention.who, Who::Person(_))
    {
        close = (close..resumed).find(|&i| s.tokens[i].is_break())?;
    }
    // "Lagos, Nigeria," is a place.
    let is_place = (open > 0 && s.tokens[open - 1].is_capitalised())
        && !matches!(mention.who, Who::Person(_) | Who::Organisation);
    (s.tokens.get(close)?.is_break() && !is_place).then_some(mention.start..mention.end)
}

/// Behind the aside that opens at token `at`, where a verb goes on with the clause.
fn after_aside(s: &Sentence<'_>, at: usize, end: usize) -> Option<usize> {
    let stop = end.min(at + LONGEST_ASIDE);
    let closers: &[&str] = match s.tokens[at].text {
        "(" => return (at + 1..stop).find(|&i| s.is(i, ")")).map(|i| i + 1),
        "—" | "–" => &["—", "–"],
        _ => &[","],
    };
    (at + 2..stop).filter(|&i| closers.contains(&s.tokens[i].text)).find_map(|i| {
        let mut next = next_word(s, i + 1, end)?;
        // "Roe, who stayed, on Wednesday offered"
        if s.is(next, "on") && s.tokens.get(next + 1).is_some_and(|t| lex::is_calendar(&t.lower)) {
            next = next_word(s, next + 2, end)?;
        }
        let verb = finite(s, next, at)?;
        (verb.form != Form::Base).then_some(next)
    })
}
