//! Whom pronouns and possessives mean: "she", "its envoy", "his government", "Oman's readiness".
//!
//! Comes in: a pronoun, or what stands before a noun. Goes out: the one meant, by what the document has said before.

use std::ops::Range;

use super::clause;
use super::figure::{Context, Figure};
use super::lexicon as lex;
use super::mentions::{Sentence, Who};
use super::phrase::Phrases;
use super::roles::body_or_office;
use super::token::Clitic;
use crate::article::actors::Kind;

impl Phrases<'_> {
    /// "his government", "my party": the body for which the person speaks.
    pub(super) fn own_body(self, pronoun: &str, context: &Context) -> Vec<Figure> {
        // Of "his party" nothing is known where the text does not say whose he is; "we" speak for ourselves.
        let body = |f: Figure| match f.represents {
            Some(owner) => Some(Figure::plain(owner, Kind::Group)),
            None => (pronoun == "we").then(|| Figure::plain(f.name, f.kind)),
        };
        self.pronoun(pronoun, context).into_iter().filter_map(body).collect()
    }

    /// The person who owns what follows: "Roe's", "the colonel's".
    pub(super) fn person_before(
        self,
        s: &Sentence<'_>,
        owner: Range<usize>,
        context: &Context,
    ) -> Option<Figure> {
        let last = owner.end - 1;
        if let Some(m) = s.mention_at(last) {
            let Who::Person(person) = &m.who else { return None };
            return self.people.resolve(&person.name, &context.recent).map(|i| self.person(i));
        }
        let noun = s.tokens[last].lower.as_str();
        if !lex::is_individual(noun) {
            return None;
        }
        // "the prime minister" is not any minister.
        let is_prime = last > owner.start && s.is(last - 1, "prime");
        let fits = |i: &usize| !is_prime || self.people.holds_all(*i, &["prime"]);
        let known = self.people.with_title(noun, &context.recent).filter(fits).map(|i| self.person(i));
        if known.is_none() && is_prime {
            return None;
        }
        known.or_else(|| context.in_office(noun).cloned())
    }

    /// "its envoy": the envoy of what the sentence before was about.
    pub(super) fn servant(
        self,
        s: &Sentence<'_>,
        noun: &str,
        name: &str,
        context: &Context,
    ) -> Option<Figure> {
        // Its owner acts for nobody, and "its" may be the ship's.
        if noun == "owner" {
            return None;
        }
        // "Oman offered a room, according to its envoy"
        let subject = clause::find(s, 0..s.tokens.len())
            .and_then(|c| s.mention_at(c.subject.end - 1))
            .and_then(|m| self.owner_named(s, m, context));
        let before = || match context.subjects.as_slice() {
            [owner] if owner.kind != Kind::Person => Some(owner.holder().to_owned()),
            _ => None,
        };
        let owner = subject.or_else(before)?;
        let owner = owner.as_str();
        let holder = self.people.in_office(noun, owner).map(|i| self.person(i));
        Some(
            holder.unwrap_or_else(|| {
                body_or_office(lex::is_individual(noun), format!("{owner}'s {name}"), owner)
            }),
        )
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
                "what" => Vec::new(),
                _ if token.clitic == Clitic::Possessive => match s.mention_at(i) {
                    Some(m) => self.mention(s, m, before, context).into_iter().collect(),
                    None => self.actors(s, before.start..i + 1, context),
                },
                _ => continue,
            };
            return owner;
        }
        // "the Omani refusal"
        self.owners_in(s, before, context).into_iter().map(|name| Figure::plain(name, Kind::State)).collect()
    }

    /// Whom a personal pronoun means.
    pub(super) fn pronoun(self, lower: &str, context: &Context) -> Vec<Figure> {
        let is_woman = |f: &Figure| match f.person {
            Some(i) => self.people.is_woman(i),
            None => f.name.to_lowercase().split(' ').find_map(lex::gender_of),
        };
        let fits = |f: &&Figure, feminine| is_woman(f).is_none_or(|w| w == feminine);
        let person = |feminine| context.latest.iter().rev().find(|f| fits(f, feminine)).cloned();
        match lower {
            "he" => person(false).into_iter().collect(),
            "she" => person(true).into_iter().collect(),
            "i" => context.voice.iter().chain(&context.author).take(1).cloned().collect(),
            "we" => context.voice.clone(),
            "they" => match context.subjects.as_slice() {
                [one] if one.kind == Kind::Group => vec![one.clone()],
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
