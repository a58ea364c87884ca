//! From a noun phrase to the actors it means.
//!
//! Comes in: a range of a sentence's tokens and what the document has said before. Goes out: the actors; nobody
//! where the phrase is about something else. It reads the head of the phrase only: "violence in Mali" means nobody.

use std::ops::Range;

use super::clause::{self, Clause};
use super::figure::{Context, Figure};
use super::lexicon as lex;
use super::mentions::{Mention, PersonMention, Sentence, Who};
use super::people::People;
use super::token::Clitic;
use super::verbs;
use crate::article::actors::Kind;

/// Reads noun phrases of one document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Phrases<'a> {
    pub(super) text: &'a str,
    pub(super) people: &'a People,
}

impl Phrases<'_> {
    /// The actors that the phrase `range` means, in order, without repetition.
    pub(super) fn actors(self, s: &Sentence<'_>, range: Range<usize>, context: &Context) -> Vec<Figure> {
        let mut actors: Vec<Figure> = Vec::new();
        let mut opened = false;
        if let Some(pair) = paired(s, &range, context) {
            return pair;
        }
        for part in conjuncts(s, range) {
            // "a border between Oman and Yemen": what follows "and" belongs to the phrase after the preposition.
            let is_inside = actors.is_empty() && opened;
            opened |= has_complement(s, part.clone());
            if is_inside {
                continue;
            }
            for figure in self.conjunct(s, part, context) {
                if !actors.iter().any(|a| a.name == figure.name) {
                    actors.push(figure);
                }
            }
        }
        actors
    }

    /// `context` with the people of this sentence added, those of its subject as the latest.
    pub(super) fn within(self, s: &Sentence<'_>, from: usize, context: &Context) -> Context {
        let mut inner = context.clone();
        for mention in &s.mentions {
            if let Who::Person(person) = &mention.who
                && let Some(i) = self.people.resolve(&person.name, &context.recent)
                && mention.start >= from
            {
                inner.meet(i, s.tokens[mention.start].quoted);
            }
        }
        if let Some(clause) = clause::find(s, from..s.tokens.len()) {
            let quoted = s.tokens[clause.subject.start].quoted;
            let subject = self.subject(s, &clause, context);
            subject.iter().filter_map(|f| f.person).for_each(|i| inner.meet(i, quoted));
        }
        inner
    }

    /// The actors that the subject of a clause means; a person named in an aside goes before the office.
    pub(super) fn subject(self, s: &Sentence<'_>, clause: &Clause, context: &Context) -> Vec<Figure> {
        let aside = clause.aside.clone().map_or_else(Vec::new, |a| self.actors(s, a, context));
        if aside.iter().any(|f| f.kind == Kind::Person) {
            return aside;
        }
        let subject = self.actors(s, clause.subject.clone(), context);
        if subject.is_empty() { aside } else { subject }
    }

    fn conjunct(self, s: &Sentence<'_>, part: Range<usize>, context: &Context) -> Vec<Figure> {
        let part = without_time(s, part);
        // "the President of Oman Ann Roe", "Ambassador to Oman Ann Roe": the name comes last.
        if let Some(mention) = s.mention_at(part.end.saturating_sub(1))
            && let Who::Person(PersonMention { evident: true, title: Some(_), .. }) = &mention.who
            && s.tokens[mention.end - 1].clitic == Clitic::None
            && (part.start..mention.start).all(|i| is_office_word(s, i))
        {
            return self.mention(s, mention, part.clone(), context).into_iter().collect();
        }
        let ends_head = |i: &usize| {
            let lower = s.tokens[*i].lower.as_str();
            let is_ing =
                lower.ends_with("ing") && verbs::lookup(lower).is_some() && s.mention_at(i - 1).is_some();
            s.mention_at(*i).is_none() && (lex::is_preposition(lower) || is_ing)
        };
        let cut = (part.start + 1..part.end).find(ends_head).unwrap_or(part.end);
        let Some(last) =
            (part.start..cut).rev().find(|&i| s.tokens[i].is_word() && !lex::is_adverb(&s.tokens[i].lower))
        else {
            return Vec::new();
        };
        let token = &s.tokens[last];
        let lower = token.lower.as_str();
        if s.mention_at(last).is_none()
            && (last == part.start
                || s.tokens[part.start..last].iter().all(|t| lex::is_adverb(&t.lower) || t.is("both")))
        {
            let by_pronoun = self.pronoun(lower, context);
            if !by_pronoun.is_empty() {
                return by_pronoun;
            }
        }
        if let Some(mention) = s.mention_at(last) {
            if token.clitic == Clitic::Possessive {
                return Vec::new();
            }
            return self.mention(s, mention, part, context).into_iter().collect();
        }
        let mut owners: Vec<&'static str> = owners_in(s, part.start..last);
        if lex::is_organ(lower) || (lex::is_group(lower) && !token.is_capitalised()) {
            let complement = cut < part.end && s.tokens[cut].is_one_of(&["of", "from", "for", "in"]);
            if owners.is_empty() && complement {
                owners = owners_in(s, cut..part.end);
            }
            return self.role(s, part.start..last + 1, &owners, context);
        }
        if lex::is_stance(lower) {
            return self.owner(s, part.start..last, context);
        }
        Vec::new()
    }

    /// Who is meant by a phrase that ends in the noun of an office, a body or a group.
    fn role(
        self,
        s: &Sentence<'_>,
        head: Range<usize>,
        owners: &[&'static str],
        context: &Context,
    ) -> Vec<Figure> {
        let noun = &s.tokens[head.end - 1].lower;
        let start = head
            .clone()
            .find(|&i| !lex::is_determiner(&s.tokens[i].lower) && !lex::is_adverb(&s.tokens[i].lower));
        let name = s.phrase(self.text, start.unwrap_or(head.start), head.end);
        if lex::is_group(noun) && !lex::is_organ(noun) {
            return vec![Figure::plain(name, Kind::Group)];
        }
        // "the country's army": whose is not said here.
        if s.tokens[head.start..head.end - 1].iter().any(|t| t.clitic == Clitic::Possessive)
            && owners.is_empty()
        {
            return Vec::new();
        }
        for (word, pronoun) in [("my", "we"), ("our", "we")] {
            if s.is(head.start, word) {
                return self.pronoun(pronoun, context);
            }
        }
        let is_indefinite = s.is(head.start, "a") || s.is(head.start, "an");
        if let ([owner], false) = (owners, is_indefinite)
            && let Some(person) = self.people.in_office(noun, owner)
        {
            return vec![self.person(person)];
        }
        if !owners.is_empty() {
            return owners.iter().map(|owner| Figure::body(name.clone(), owner)).collect();
        }
        let first = &s.tokens[head.start];
        let person = self
            .people
            .with_title(noun, if context.is_spoken { &[] } else { &context.recent })
            .filter(|_| first.is("the"));
        let is_vague = matches!(
            noun.as_str(),
            "people" | "side" | "state" | "office" | "statement" | "team" | "leadership" | "king"
        ) || (lex::is_determiner(&first.lower)
            && !first.is_one_of(&["the", "a", "an", "all", "many", "several", "some", "two"]));
        match person {
            Some(person) => vec![self.person(person)],
            None if is_vague => Vec::new(),
            None => vec![Figure::plain(name, Kind::Group)],
        }
    }

    /// The owner of a stance noun: "Oman's readiness", "her refusal".
    fn owner(self, s: &Sentence<'_>, before: Range<usize>, context: &Context) -> Vec<Figure> {
        for i in before.clone().rev() {
            let token = &s.tokens[i];
            let owner = match token.lower.as_str() {
                "his" => self.pronoun("he", context),
                "her" => self.pronoun("she", context),
                "their" => self.pronoun("they", context),
                "its" => self.pronoun("it", context),
                "our" => self.pronoun("we", context),
                "my" => self.pronoun("i", context),
                _ if token.clitic == Clitic::Possessive => match s.mention_at(i) {
                    Some(m) => self.mention(s, m, before, context).into_iter().collect(),
                    None => self.actors(s, before.start..i + 1, context),
                },
                _ => continue,
            };
            return owner;
        }
        // "the Omani refusal"
        owners_in(s, before).into_iter().map(|name| Figure::plain(name, Kind::State)).collect()
    }

    fn mention(
        self,
        s: &Sentence<'_>,
        mention: &Mention,
        part: Range<usize>,
        context: &Context,
    ) -> Option<Figure> {
        match &mention.who {
            Who::Actor { entry, adjective } => {
                // "South Korean" alone is no actor, "the Koreans" and "the Dutch" are.
                let last = &s.tokens[mention.end - 1].lower;
                let is_noun = !adjective
                    || last.ends_with('s')
                    || last.ends_with("ch")
                    || last.ends_with("sh")
                    || last.ends_with("ese");
                is_noun.then(|| Figure::known(entry))
            }
            Who::Person(person) => {
                let known = self.people.resolve(&person.name, &context.recent);
                known.map(|i| self.person(i))
            }
            Who::Organisation if s.is(part.start, "my") || s.is(part.start, "our") => {
                self.pronoun("we", context).into_iter().next()
            }
            Who::Organisation => {
                let body = s.tokens[mention.start..mention.end]
                    .iter()
                    .any(|t| lex::is_organ(&t.lower) || t.is("foreign"));
                let beside = owners_in(s, part.start..mention.start).first().copied();
                let after = s
                    .is(mention.end, "of")
                    .then(|| owners_in(s, mention.end..part.end).first().copied())
                    .flatten();
                let adjacent = s.mentions.iter().find(|m| m.end == mention.start && beside.is_some());
                let name = s.phrase(self.text, adjacent.map_or(mention.start, |m| m.start), mention.end);
                match beside.or(after) {
                    Some(owner) if body => Some(Figure::body(name, owner)),
                    _ if mention.end - mention.start == 1 && lex::is_organisation(&name.to_lowercase()) => {
                        Some(Figure::plain(name.to_lowercase(), Kind::Group))
                    }
                    _ => Some(Figure::plain(name, Kind::Group)),
                }
            }
        }
    }

    /// A person of the registry as a figure.
    pub(super) fn person(self, i: usize) -> Figure {
        let person = self.people.get(i);
        Figure {
            name: person.name.clone(),
            kind: Kind::Person,
            represents: person.represents.clone(),
            mouthpiece: person.mouthpiece,
            person: Some(i),
        }
    }

    fn pronoun(self, lower: &str, context: &Context) -> Vec<Figure> {
        let person = |feminine| self.people.with_pronoun(feminine, &context.recent).map(|i| self.person(i));
        match lower {
            "he" => person(false).into_iter().collect(),
            "she" => person(true).into_iter().collect(),
            "i" => context.voice.iter().take(1).map(|f| Figure { mouthpiece: false, ..f.clone() }).collect(),
            "we" => context
                .voice
                .iter()
                .map(|f| Figure { mouthpiece: f.represents.is_some(), ..f.clone() })
                .collect(),
            "they" => match context.subjects.as_slice() {
                [one] if one.kind == Kind::Group && !one.mouthpiece => vec![one.clone()],
                [_] => Vec::new(),
                many => many.to_vec(),
            },
            "it" => match context.subjects.as_slice() {
                [one] if one.kind != Kind::Person => vec![one.clone()],
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }
}

/// Whether the token can stand in a title before a name: "the former Ambassador to Oman".
fn is_office_word(s: &Sentence<'_>, i: usize) -> bool {
    let t = &s.tokens[i];
    s.mention_at(i).is_some()
        || t.is_capitalised()
        || lex::is_title(&t.lower)
        || t.is_one_of(&["of", "for", "to", "the", "and"])
}

/// Whether a preposition follows the head of the phrase.
fn has_complement(s: &Sentence<'_>, part: Range<usize>) -> bool {
    without_time(s, part)
        .skip(1)
        .any(|i| s.mention_at(i).is_none() && lex::is_preposition(&s.tokens[i].lower))
}

/// "both sides", "the two countries": the latest pair.
fn paired(s: &Sentence<'_>, range: &Range<usize>, context: &Context) -> Option<Vec<Figure>> {
    let words: Vec<&str> = s.tokens[range.clone()].iter().map(|t| t.lower.as_str()).collect();
    match words.as_slice() {
        ["both"] => Some(context.pair.clone()),
        ["both" | "two", noun] | ["the" | "these", "two", noun] if lex::is_paired(noun) => {
            Some(context.pair.clone())
        }
        ["the", "parties"] if !context.pair.is_empty() => Some(context.pair.clone()),
        _ => None,
    }
}

/// The known actors named in `range` as owners: adjectives, possessives and modifiers, or after "of".
fn owners_in(s: &Sentence<'_>, range: Range<usize>) -> Vec<&'static str> {
    let inside = s.mentions.iter().filter(|m| range.contains(&m.start) && m.end <= range.end);
    let mut owners = Vec::new();
    for mention in inside {
        if let Who::Actor { entry, .. } = &mention.who
            && !owners.contains(&entry.name)
        {
            owners.push(entry.name);
        }
    }
    owners
}

/// Cuts at "and" and at commas outside names.
fn conjuncts(s: &Sentence<'_>, range: Range<usize>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = range.start;
    let end = range.end;
    for i in range {
        let is_cut = s.mention_at(i).is_none()
            && (s.tokens[i].is_one_of(&["and", "&", "or"]) || s.tokens[i].is_break());
        if is_cut {
            parts.push(start..i);
            start = i + 1;
        }
    }
    parts.push(start..end);
    parts.retain(|p| !p.is_empty());
    parts
}

/// Without the time words that may stand at either end.
fn without_time(s: &Sentence<'_>, mut range: Range<usize>) -> Range<usize> {
    let is_time = |i: usize| {
        let t = &s.tokens[i];
        lex::is_calendar(&t.lower)
            || t.text.starts_with(|c: char| c.is_ascii_digit())
            || matches!(t.lower.as_str(), "last" | "next" | "this")
    };
    while range.len() > 1 {
        let first = range.start;
        let leads = lex::is_adverb(&s.tokens[first].lower)
            || (s.mention_at(first).is_none() && is_time(first) && !s.is(first, "this"))
            || (lex::is_preposition(&s.tokens[first].lower) && is_time(first + 1));
        if leads {
            range.start += 1;
        } else if is_time(range.end - 1) && s.mention_at(range.end - 1).is_none() {
            range.end -= 1;
        } else if lex::is_preposition(&s.tokens[range.end - 1].lower)
            || lex::is_adverb(&s.tokens[range.end - 1].lower)
        {
            range.end -= 1;
        } else {
            break;
        }
    }
    range
}
