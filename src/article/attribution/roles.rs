//! Who is meant by an office, a body, an owner or a pronoun.
//!
//! Comes in: the head of a noun phrase. Goes out: the actors it leads to, by the registry of people and by what the
//! document has said before.

use std::ops::Range;

use super::clause;
use super::figure::{Context, Figure};
use super::lexicon as lex;
use super::mentions::{Sentence, Who};
use super::phrase::Phrases;
use super::token::Clitic;
use crate::article::actors::Kind;

impl Phrases<'_> {
    /// Who is meant by a phrase that ends in the noun of an office, a body or a group; `whole` has the owner behind it
    /// too: "envoy of Oman".
    pub(super) fn role(
        self,
        s: &Sentence<'_>,
        head: Range<usize>,
        whole: Range<usize>,
        owners: &[String],
        context: &Context,
    ) -> Vec<Figure> {
        let noun = s.tokens[head.end - 1].lower.as_str();
        let is_word_of_name = |&i: &usize| {
            let t = &s.tokens[i];
            t.is_word()
                && !lex::is_determiner(&t.lower)
                && !lex::is_adverb(&t.lower)
                && !t.is_one_of(&["same", "other", "unnamed", "anonymous"])
        };
        let is_counted = |&i: &usize| {
            s.tokens[i].is_one_of(&["two", "three", "four", "five", "six"]) && noun.ends_with('s')
        };
        let start = head.clone().find(|i| is_word_of_name(i) || is_counted(i));
        let is_bare = start.is_none_or(|i| i + 1 == head.end);
        let name = s.description(self.text, start.unwrap_or(head.start), whole.end);
        let first = &s.tokens[head.start];
        let mine = match first.lower.as_str() {
            "my" | "our" => "we",
            "his" => "he",
            "her" => "she",
            _ => "",
        };
        if !mine.is_empty() && (lex::is_of_state(noun) || lex::is_group(noun)) {
            // "his government", "my party": the body for which the person speaks.
            let body = |f: Figure| {
                f.represents
                    .map_or_else(|| Figure::plain(f.name, f.kind), |owner| Figure::plain(owner, Kind::Group))
            };
            return self.pronoun(mine, context).into_iter().map(body).collect();
        }
        if lex::is_group(noun) && !lex::is_organ(noun) {
            if matches!(noun, "source" | "sources") {
                let owned = |owner: &String| Figure::body(name.clone(), owner);
                return vec![owners.first().map_or_else(Figure::nameless, owned)];
            }
            let may_be_named = first.is_one_of(&["the", "this", "that"]) || head.len() == 1;
            let full = self.groups.resolve(&name, &context.groups).filter(|_| may_be_named);
            return vec![Figure::plain(full.map_or(name, str::to_owned), Kind::Group)];
        }
        if first.is_one_of(&["my", "our"]) {
            return self.pronoun("we", context);
        }
        if first.is_one_of(&["its", "their"]) && owners.is_empty() {
            return self.servant(s, noun, &name, context).into_iter().collect();
        }
        let is_person = lex::is_individual(noun);
        // "Roe's office", "the colonel's family"
        if matches!(noun, "office" | "family" | "aides" | "lawyers" | "team" | "camp")
            && let Some(i) =
                (head.start..head.end - 1).rev().find(|&i| s.tokens[i].clitic == Clitic::Possessive)
            && let Some(one) = self.person_before(s, head.start..i + 1, context)
        {
            let owner = if noun == "family" { None } else { Some(one.holder().to_owned()) };
            let name = format!("{}'s {noun}", one.name);
            return vec![Figure { represents: owner, ..Figure::plain(name, Kind::Group) }];
        }
        // "the mayor of Lagos", no state's and no body's
        if owners.is_empty() && is_person && whole.end > head.end {
            return vec![Figure::office(name, None)];
        }
        // "a league spokesman", "an army officer", "the president's office"
        if owners.is_empty()
            && let Some(owner) = self.owner_by_noun(s, head.start..head.end - 1, context)
        {
            return vec![body_or_office(is_person, name, &owner)];
        }
        if let Some(owner) =
            s.tokens[head.start..head.end - 1].iter().rev().find(|t| t.clitic == Clitic::Possessive)
            && owners.is_empty()
        {
            // "the company's manager"; "the country's army": whose is not said here.
            let full = self.groups.resolve(&owner.lower, &context.groups);
            return full.map(|full| body_or_office(is_person, name, full)).into_iter().collect();
        }
        if let ([owner], false) = (owners, first.is_one_of(&["a", "an", "another"]))
            && let Some(person) = self.people.in_office(noun, owner)
        {
            return vec![self.person(person)];
        }
        if !owners.is_empty() {
            return owners.iter().map(|owner| body_or_office(is_person, name.clone(), owner)).collect();
        }
        // In someone's own words, who "the president" is depends on who speaks.
        let recent: &[usize] = if context.is_spoken { &[] } else { &context.recent };
        let vague = ["people", "side", "state", "office", "statement", "team", "leadership", "king"];
        let counted = ["the", "a", "an", "all", "many", "several", "some", "two", "another", "one"];
        let is_vague = vague.contains(&noun)
            || (lex::is_determiner(&first.lower) && !counted.contains(&first.lower.as_str()));
        let is_definite = !first.is_one_of(&counted[1..]) && (first.is("the") || start == Some(head.start));
        // "the transport secretary" is not any secretary.
        let modifiers: Vec<&str> = s.tokens[start.unwrap_or(head.start)..head.end - 1]
            .iter()
            .filter(|t| t.is_word())
            .map(|t| t.lower.as_str())
            .collect();
        let is_meant = |name: &str| modifiers.iter().all(|m| name.to_lowercase().contains(m));
        let by_title = |i: &usize| self.people.holds_all(*i, &modifiers);
        if is_definite
            && !context.is_spoken
            && let Some(known) = context.in_office(noun).filter(|f| is_meant(&f.name))
            && is_person
        {
            let named = self.people.with_title(noun, recent).filter(by_title).map(|i| self.person(i));
            return vec![named.unwrap_or_else(|| known.clone())];
        }
        match self.people.with_title(noun, recent).filter(|_| is_definite).filter(by_title) {
            Some(person) => vec![self.person(person)],
            // "the army": that of the state spoken of last.
            None if lex::is_of_state(noun) && is_bare && first.is("the") && !context.is_spoken => {
                vec![context.main_state().map_or_else(Figure::nameless, |state| Figure::body(name, state))]
            }
            None if noun == "ministry" && !context.is_spoken && context.main_state().is_some() => {
                context.main_state().map(|state| Figure::body(name, state)).into_iter().collect()
            }
            None if is_vague => Vec::new(),
            None if is_bare => vec![Figure::nameless()],
            None if is_person => {
                let serves_state =
                    noun == "minister" || s.tokens[head.clone()].iter().any(|t| lex::is_of_state(&t.lower));
                let state =
                    context.main_state().filter(|_| serves_state && is_definite && !context.is_spoken);
                vec![Figure::office(name, state.map(str::to_owned))]
            }

            None => vec![Figure::plain(name, Kind::Group)],
        }
    }

    /// The body or state that a common noun before the head means: "a league spokesman", "the prime minister's office".
    fn owner_by_noun(self, s: &Sentence<'_>, before: Range<usize>, context: &Context) -> Option<String> {
        for i in before.rev() {
            let token = &s.tokens[i];
            if s.mention_at(i).is_some() || token.is_capitalised() && i > 0 {
                return None;
            }
            let lower = token.lower.as_str();
            if lex::is_of_state(lower)
                || lower == "ministry"
                || (token.clitic == Clitic::Possessive
                    && matches!(lower, "minister" | "president" | "premier"))
            {
                return context.main_state().filter(|_| !context.is_spoken).map(str::to_owned);
            }
            if (lex::is_group(lower) || lex::is_organisation(lower))
                && let Some(full) = self.groups.resolve(lower, &context.groups)
            {
                return Some(full.to_owned());
            }
        }
        None
    }

    /// The person who owns what follows: "Roe's", "the colonel's".
    fn person_before(self, s: &Sentence<'_>, owner: Range<usize>, context: &Context) -> Option<Figure> {
        let last = owner.end - 1;
        if let Some(m) = s.mention_at(last) {
            let Who::Person(person) = &m.who else { return None };
            return self.people.resolve(&person.name, &context.recent).map(|i| self.person(i));
        }
        let noun = s.tokens[last].lower.as_str();
        if !lex::is_individual(noun) {
            return None;
        }
        let known = self.people.with_title(noun, &context.recent).map(|i| self.person(i));
        known.or_else(|| context.in_office(noun).cloned())
    }

    /// "its envoy": the envoy of what the sentence before was about.
    fn servant(self, s: &Sentence<'_>, noun: &str, name: &str, context: &Context) -> Option<Figure> {
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

    /// A person of the registry as a figure.
    pub(super) fn person(self, i: usize) -> Figure {
        let person = self.people.get(i);
        Figure {
            name: person.name.clone(),
            kind: Kind::Person,
            represents: person.represents.clone().filter(|_| !person.is_apart),
            called: None,
            person: Some(i),
        }
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
            "i" => context.voice.iter().take(1).cloned().collect(),
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

fn body_or_office(is_person: bool, name: String, owner: &str) -> Figure {
    if is_person { Figure::office(name, Some(owner.to_owned())) } else { Figure::body(name, owner) }
}
