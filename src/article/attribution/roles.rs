//! Who is meant by an office, a body, an owner or a pronoun.
//!
//! Comes in: the head of a noun phrase. Goes out: the actors it leads to, by the registry of people and by what the
//! document has said before.

use std::ops::Range;

use super::figure::{Context, Figure};
use super::lexicon as lex;
use super::mentions::Sentence;
use super::phrase::{Phrases, owners_in};
use super::token::Clitic;
use crate::article::actors::Kind;

impl Phrases<'_> {
    /// Who is meant by a phrase that ends in the noun of an office, a body or a group.
    pub(super) fn role(
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
        let is_bare = start.is_none_or(|i| i + 1 == head.end);
        let is_common = lex::is_organ(noun) || matches!(noun.as_str(), "source" | "sources");
        if lex::is_group(noun) && !lex::is_organ(noun) {
            if is_bare && is_common {
                return vec![Figure::nameless()];
            }
            let full = context.group_called(&name).filter(|_| s.is(head.start, "the"));
            return vec![Figure::plain(full.unwrap_or(name), Kind::Group)];
        }
        // "the country's army": whose is not said here.
        if s.tokens[head.start..head.end - 1].iter().any(|t| t.clitic == Clitic::Possessive)
            && owners.is_empty()
        {
            return Vec::new();
        }
        let first = &s.tokens[head.start];
        if first.is_one_of(&["my", "our"]) {
            return self.pronoun("we", context);
        }
        if let ([owner], false) = (owners, first.is_one_of(&["a", "an"]))
            && let Some(person) = self.people.in_office(noun, owner)
        {
            return vec![self.person(person)];
        }
        if !owners.is_empty() {
            return owners.iter().map(|owner| Figure::body(name.clone(), owner)).collect();
        }
        // In someone's own words, who "the president" is depends on who speaks.
        let recent: &[usize] = if context.is_spoken { &[] } else { &context.recent };
        let vague = ["people", "side", "state", "office", "statement", "team", "leadership", "king"];
        let counted = ["the", "a", "an", "all", "many", "several", "some", "two"];
        let is_vague = vague.contains(&noun.as_str())
            || (lex::is_determiner(&first.lower) && !first.is_one_of(&counted));
        match self.people.with_title(noun, recent).filter(|_| first.is("the") || head.len() == 1) {
            Some(person) => vec![self.person(person)],
            None if is_vague => Vec::new(),
            None if is_bare => vec![Figure::nameless()],
            None => vec![Figure::plain(name, Kind::Group)],
        }
    }

    /// The owner of a stance noun: "Oman's readiness", "her refusal".
    pub(super) fn owner(self, s: &Sentence<'_>, before: Range<usize>, context: &Context) -> Vec<Figure> {
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

    /// Whom a personal pronoun means.
    pub(super) fn pronoun(self, lower: &str, context: &Context) -> Vec<Figure> {
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
