//! Who is meant by an office, a body or a group.
//!
//! Comes in: a noun phrase that such a noun heads. Goes out: the actors it leads to, by the registry of people and by
//! what the document has said before.

use std::ops::Range;

use super::figure::{Context, Figure};
use super::lexicon as lex;
use super::mentions::Sentence;
use super::phrase::Phrases;
use super::role::Role;
use super::token::{Clitic, Token};
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
        let role = Role::read(self.text, s, head, whole, owners, context);
        let (noun, first) = (role.noun, role.first);
        if let Some(mine) = role.own_pronoun().filter(|_| lex::is_of_state(noun) || lex::is_group(noun)) {
            return self.own_body(mine, context);
        }
        // "the group's fighters", "the union's members" are the group and the union.
        if lex::fights(noun)
            && let Some(owner) = role.modifiers().rev().find(|&i| s.tokens[i].clitic == Clitic::Possessive)
            && s.mention_at(owner).is_none()
            && let Some(full) = self.groups.resolve(&s.tokens[owner].lower, &context.groups)
        {
            return vec![Figure::plain(full, Kind::Group)];
        }
        // "Omani opposition leaders" do not speak for Oman.
        if role.is_apart() {
            let kind = if role.is_person { Kind::Person } else { Kind::Group };
            return vec![Figure::plain(role.name, kind)];
        }
        if lex::is_group(noun) && !lex::is_organ(noun) {
            return vec![self.group(role)];
        }
        if first.is_one_of(&["my", "our"]) {
            return self.pronoun("we", context);
        }
        if first.is_one_of(&["its", "their"]) && owners.is_empty() {
            return self.servant(s, noun, &role.name, context).into_iter().collect();
        }
        match self.circle(&role) {
            Some(circle) => vec![circle],
            None if owners.is_empty() => self.unowned(role),
            None => self.owned(role),
        }
    }

    /// "Roe's office", "the colonel's family": those around one person.
    fn circle(self, role: &Role<'_>) -> Option<Figure> {
        let Role { s, noun, .. } = *role;
        if !matches!(noun, "office" | "family" | "aides" | "lawyers" | "team" | "camp") {
            return None;
        }
        let owner = role.modifiers().rev().find(|&i| s.tokens[i].clitic == Clitic::Possessive);
        let one = match (owner, role.own_pronoun()) {
            (Some(owner), _) => self.person_before(s, role.head.start..owner + 1, role.context)?,
            (None, Some(pronoun @ ("he" | "she"))) => {
                self.pronoun(pronoun, role.context).into_iter().next()?
            }
            (None, _) => return None,
        };
        let represents = (noun != "family").then(|| one.holder().to_owned());
        Some(Figure { represents, ..Figure::plain(format!("{}'s {noun}", one.name), Kind::Group) })
    }

    /// "the Omani envoy": the one who is named elsewhere, or the office.
    fn owned(self, role: Role<'_>) -> Vec<Figure> {
        if let ([owner], false) = (role.owners, role.first.is_one_of(&["a", "an", "another"]))
            && let Some(person) = self.people.in_office(role.noun, owner)
        {
            return vec![self.person(person)];
        }
        // "the Kremlin official", right after the Kremlin's spokesman
        let speaker = role.context.speaker.as_ref().filter(|f| {
            f.person.is_some()
                && role.first.is("the")
                && lex::is_any_official(role.noun)
                && role.owners == f.represents.as_slice()
        });
        if let Some(speaker) = speaker {
            return vec![speaker.clone()];
        }
        role.owners.iter().map(|owner| body_or_office(role.is_person, role.name.clone(), owner)).collect()
    }

    /// An office whose owner no name tells: a common noun may, or what was said before.
    fn unowned(self, role: Role<'_>) -> Vec<Figure> {
        let Role { s, context, is_person, .. } = role;
        // "the mayor of Lagos", no state's and no body's
        if is_person && role.whole.end > role.head.end {
            // "a spokesperson for the federal labour minister"
            let serves = |t: &Token<'_>| {
                t.is_one_of(&["federal", "government", "minister", "president", "presidency"])
            };
            let is_state =
                lex::is_mouthpiece(role.noun) && s.tokens[role.head.end..role.whole.end].iter().any(serves);
            let state = context.state_behind("government").filter(|_| is_state && !context.is_spoken);
            // "a spokeswoman for the company"
            let last = role.whole.end - 1;
            let is_for =
                lex::is_voice(role.noun) && role.whole.end == role.head.end + 3 && s.is(last - 1, "the");
            if let Some(full) = self.groups.resolve(&s.tokens[last].lower, &context.groups).filter(|_| is_for)
            {
                let link = s.phrase(self.text, role.start.unwrap_or(role.head.start), role.head.end + 1);
                return vec![Figure::office(format!("{link} {full}"), Some(full.to_owned()))];
            }
            // "a spokesperson for the ministry"
            let body = context.in_office(&s.tokens[last].lower).filter(|f| {
                let is_body = f.kind == Kind::Group && lex::is_state_body(&s.tokens[last].lower);
                is_body
                    && lex::is_voice(role.noun)
                    && s.is(last - 1, "the")
                    && role.whole.end == role.head.end + 3
            });
            if let Some(body) = body {
                let link = s.phrase(self.text, role.start.unwrap_or(role.head.start), role.head.end + 1);
                return vec![Figure::office(format!("{link} {}", body.name), body.represents.clone())];
            }
            return vec![Figure::office(role.name, state.map(str::to_owned))];
        }
        // "the country's interior minister"
        let state = context.state_behind("country").filter(|_| !context.is_spoken);
        if let Some(state) = state
            && let Some(i) =
                role.modifiers().find(|&i| s.is(i, "country") && s.tokens[i].clitic == Clitic::Possessive)
        {
            let office = s.phrase(self.text, i + 1, role.head.end);
            return vec![body_or_office(is_person, format!("{state}'s {office}"), state)];
        }
        // "a league spokesman", "an army officer", "the president's office"
        if let Some(owner) = self.owner_by_noun(s, role.modifiers(), context) {
            let name = self.with_owner(&role, &owner);
            return vec![body_or_office(is_person, name, &owner)];
        }
        // "the company's manager"; "the country's army": whose is not said here.
        let mut before = s.tokens[role.modifiers()].iter().rev();
        if let Some(owner) = before.find(|t| t.clitic == Clitic::Possessive) {
            let full = self.groups.resolve(&owner.lower, &context.groups);
            let named = |full: &str| body_or_office(is_person, self.with_owner(&role, full), full);
            return full.map(named).into_iter().collect();
        }
        self.holder_before(&role).map_or_else(|| self.unheld(role), |figure| vec![figure])
    }

    /// The name of an office with the body's own name for the noun that means it: "Dune Ferries spokesman" for "company
    /// spokesman", "Dune Ferries's spokesman" for "the company's spokesman".
    fn with_owner(self, role: &Role<'_>, owner: &str) -> String {
        let s = role.s;
        let means = |&i: &usize| {
            self.groups.resolve(&s.tokens[i].lower, &role.context.groups) == Some(owner)
                && s.mention_at(i).is_none()
        };
        // "a department spokesman" after "the State Department"
        let body = |i: usize| {
            let lower = s.tokens[i].lower.as_str();
            let known = role
                .context
                .in_office(lower)
                .filter(|_| lex::is_state_body(lower) && s.mention_at(i).is_none());
            known.filter(|f| f.kind == Kind::Group && f.represents.as_deref() == Some(owner))
        };
        let named = role.modifiers().rev().find_map(|i| body(i).map(|f| (i, f.name.as_str())));
        let by_group = || role.modifiers().rev().find(means).map(|i| (i, owner));
        let Some((i, owner)) = named.or_else(by_group).filter(|(i, _)| i + 1 < role.head.end) else {
            return role.name.clone();
        };
        let possessive = if s.tokens[i].clitic == Clitic::Possessive { "'s" } else { "" };
        let start = role.start.filter(|&start| start < i);
        let before = start.map_or(String::new(), |start| format!("{} ", s.description(self.text, start, i)));
        // The mark of a plural owner is a token of its own: "workers’ spokesman".
        let rest = (i + 1..role.head.end).find(|&k| s.tokens[k].is_word()).unwrap_or(i + 1);
        format!("{before}{owner}{possessive} {}", s.phrase(self.text, rest, role.whole.end))
    }

    /// "the envoy", "the transport secretary": the one whom the document has named by this office.
    fn holder_before(self, role: &Role<'_>) -> Option<Figure> {
        let Role { s, context, noun, .. } = *role;
        if !role.is_definite() {
            return None;
        }
        // "the transport secretary" is not any secretary.
        let modifiers: Vec<&str> = s.tokens[role.start.unwrap_or(role.head.start)..role.head.end - 1]
            .iter()
            .filter(|t| t.is_word())
            .map(|t| t.lower.as_str())
            .collect();
        // In someone's own words, who "the president" is depends on who speaks.
        let recent: &[usize] = if context.is_spoken { &[] } else { &context.recent };
        let by_title = |i: &usize| self.people.holds_all(*i, &modifiers);
        // "The spokesperson", after one without a name, is the same.
        let is_same = |f: &&Figure| {
            f.person.is_none()
                && f.kind == Kind::Person
                && f.name.split(' ').any(|w| w == noun)
                && modifiers.len() < 2
        };
        if let Some(same) = context.speaker.as_ref().filter(|_| !context.is_spoken).filter(is_same) {
            return Some(same.clone());
        }
        let only = || self.people.with_portfolio(noun, &modifiers).filter(|_| !context.is_spoken);
        let named =
            self.people.with_title(noun, recent).filter(by_title).or_else(only).map(|i| self.person(i));
        let is_meant = |f: &&Figure| modifiers.iter().all(|m| f.name.to_lowercase().contains(m));
        let is_organ = lex::is_state_body(noun) || lex::is_of_state(noun);
        if named.is_some() || context.is_spoken || !(role.is_person || is_organ) {
            return named;
        }
        // "the former lawmaker", said of someone whom nothing else calls so
        let is_told = role.is_person
            && !modifiers.is_empty()
            && role.owners.is_empty()
            && !lex::is_mouthpiece(noun)
            && !matches!(noun, "minister" | "president");
        let latest =
            || context.latest.last().filter(|f| is_told && f.person.is_some() && role.first.is("the"));
        context.in_office(noun).filter(is_meant).or_else(latest).cloned()
    }

    /// An office of nobody named: the state's that is spoken of, someone's, or one too vague to be told from others.
    fn unheld(self, role: Role<'_>) -> Vec<Figure> {
        let Role { s, context, noun, .. } = role;
        // Someone without a state of his own means the one that is spoken of.
        let is_foreign = !context.is_spoken || context.own.is_none();
        let state = context.state_behind(noun).filter(|_| is_foreign);
        // "the army": that of the state spoken of last.
        // "the federal government"
        let is_whole =
            role.is_bare() || role.modifiers().all(|i| lex::is_of_time(&s.tokens[i].lower) || s.is(i, "the"));
        if lex::is_of_state(noun) && is_whole && role.first.is("the") && (is_foreign || !role.is_bare()) {
            // "the palace" is a name of its own.
            let body = |state: &str| match noun {
                "army" | "military" | "government" | "cabinet" | "junta" | "parliament" | "presidency"
                    if context.states.is_clear(state) =>
                {
                    Figure::body(format!("{state}'s {}", role.name), state)
                }
                _ => Figure::body(role.name.clone(), state),
            };
            return vec![state.map_or_else(Figure::nameless, body)];
        }
        let state = state.filter(|_| !context.is_spoken);
        if let Some(state) = state.filter(|_| noun == "ministry") {
            return vec![Figure::body(format!("{state}'s {}", role.name), state)];
        }
        if role.is_vague() {
            return Vec::new();
        }
        if role.is_bare() {
            return vec![Figure::nameless()];
        }
        if !role.is_person {
            return vec![Figure::plain(role.name, Kind::Group)];
        }
        let serves_state =
            noun == "minister" || s.tokens[role.head.clone()].iter().any(|t| lex::is_of_state(&t.lower));
        let owner = state.filter(|_| serves_state && role.is_definite()).map(str::to_owned);
        vec![Figure::office(role.name, owner)]
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
                return context.state_behind(lower).filter(|_| !context.is_spoken).map(str::to_owned);
            }
            if (lex::is_group(lower) || lex::is_organisation(lower))
                && let Some(full) = self.groups.resolve(lower, &context.groups)
            {
                return Some(full.to_owned());
            }
            // "a department spokesman" after "the State Department"
            if lex::is_state_body(lower)
                && let Some(body) = context.in_office(lower).and_then(|f| f.represents.clone())
            {
                return Some(body);
            }
        }
        None
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
}

/// Someone known by office, or a body, that acts for `owner`.
pub(super) fn body_or_office(is_person: bool, name: String, owner: &str) -> Figure {
    if is_person { Figure::office(name, Some(owner.to_owned())) } else { Figure::body(name, owner) }
}
