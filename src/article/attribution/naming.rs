//! From a name to the figure it names.
//!
//! Comes in: a mention. Goes out: the figure under its fullest name, or the state or body that owns what stands beside
//! the mention. It refuses to read common nouns.

use std::ops::Range;

use super::figure::{Context, Figure};
use super::gazetteer;
use super::groups;
use super::lexicon as lex;
use super::mentions::{Mention, Sentence, Who};
use super::phrase::Phrases;
use super::token::Clitic;
use crate::article::actors::Kind;

impl Phrases<'_> {
    /// Who is meant by a name that heads the phrase `part`.
    pub(super) fn mention(
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
                let is_same = |m: &&Mention| {
                    m.end == mention.start && matches!(&m.who, Who::Actor { entry: e, .. } if e == entry)
                };
                let start = s.mentions.iter().find(is_same).map_or(mention.start, |m| m.start);
                let written = s.phrase(self.text, start, mention.end);
                let known = || Figure::known(entry, &written);
                let is_seat = gazetteer::is_metonym(entry, &written);
                let own =
                    self.groups.resolve(&written, &context.groups).filter(|_| !entry.is_state && !is_seat);
                is_noun.then(|| own.map_or_else(known, |name| Figure::plain(name, Kind::Group)))
            }
            Who::Person(person) => {
                let known = self.people.resolve(&person.name, &context.recent);
                let part_of = || self.groups.resolve(&person.name, &context.groups);
                known
                    .map(|i| self.person(i))
                    .or_else(|| part_of().map(|name| Figure::plain(name, Kind::Group)))
            }
            Who::Place => Some(Figure::plain(s.phrase(self.text, mention.start, mention.end), Kind::State)),
            Who::Organisation if s.is(part.start, "my") || s.is(part.start, "our") => {
                self.pronoun("we", context).into_iter().next()
            }
            Who::Organisation => Some(self.organisation(s, mention, part, context)),
        }
    }

    /// An organisation; one of a state's bodies acts for the state beside its name.
    fn organisation(
        self,
        s: &Sentence<'_>,
        mention: &Mention,
        part: Range<usize>,
        context: &Context,
    ) -> Figure {
        let words = &s.tokens[mention.start..mention.end];
        let owned = mention.start > part.start && s.tokens[mention.start - 1].clitic == Clitic::Possessive;
        let is_body = words.iter().any(|t| {
            lex::is_organ(&t.lower)
                || t.is_one_of(&["foreign", "department", "presidential"])
                || (owned && lex::is_organisation(&t.lower))
        });
        let beside = self.owners_in(s, part.start..mention.start, context).into_iter().next();
        let behind = || {
            let owners = self.owners_in(s, mention.end..part.end, context);
            owners.into_iter().next().filter(|_| s.is(mention.end, "of"))
        };
        let adjacent = s.mentions.iter().find(|m| m.end == mention.start && beside.is_some());
        let written = s.phrase(self.text, adjacent.map_or(mention.start, |m| m.start), mention.end);
        if let Some(owner) = beside.or_else(behind).filter(|_| is_body) {
            // "the Omani embassy in Minsk" is not any of Oman's.
            let seat = s.mention_at(mention.end + 1).filter(|m| {
                s.is(mention.end, "in")
                    && m.end <= part.end
                    && words.last().is_some_and(|t| t.is_one_of(&["consulate", "embassy"]))
            });
            let name = seat.map_or(written.clone(), |m| {
                let start = adjacent.map_or(mention.start, |m| m.start);
                s.phrase(self.text, start, m.end)
            });
            return Figure::body(name, owner);
        }
        let name = s.phrase(self.text, mention.start, mention.end);
        // Only British departments are "for" something.
        if name.starts_with("Department for ") {
            return Figure::body(name, "United Kingdom");
        }
        if let Some(full) = self.groups.resolve(&name, &context.groups) {
            return Figure::plain(full, Kind::Group);
        }
        if adjacent.is_none() && words.len() == 1 && lex::is_organ(&words[0].lower) {
            // A common noun that is capitalised: "Parliament voted".
            Figure::nameless()
        } else if adjacent.is_none() && words.len() == 1 && lex::is_organisation(&words[0].lower) {
            Figure::plain(name.to_lowercase(), Kind::Group)
        } else {
            Figure::plain(groups::plain(&written), Kind::Group)
        }
    }

    /// The first two actors that the sentence names.
    pub(super) fn first_two(self, s: &Sentence<'_>, context: &Context) -> Vec<Figure> {
        let mut two: Vec<Figure> = Vec::new();
        for m in &s.mentions {
            let is_actor = matches!(m.who, Who::Actor { .. }) && two.len() < 2;
            let name = self.owner_named(s, m, context).filter(|_| is_actor);
            let Some(name) = name.filter(|n| two.iter().all(|f| f.name != *n)) else { continue };
            let kind = if gazetteer::is_state(&name) { Kind::State } else { Kind::Group };
            two.push(Figure::plain(name, kind));
        }
        if two.len() == 2 { two } else { Vec::new() }
    }

    /// The state or body that a mention names, as an owner of offices.
    pub(super) fn owner_named(self, s: &Sentence<'_>, m: &Mention, context: &Context) -> Option<String> {
        let owns_nothing = match &m.who {
            Who::Organisation => s.tokens[m.start..m.end].iter().any(|t| lex::is_state_body(&t.lower)),
            Who::Person(person) => self.people.resolve(&person.name, &[]).is_some(),
            _ => false,
        };
        if owns_nothing { None } else { groups::owner(self.groups, self.text, s, m, &context.groups) }
    }

    /// The states and bodies named in `range` as owners: adjectives, possessives and modifiers, or after "of".
    pub(super) fn owners_in(self, s: &Sentence<'_>, range: Range<usize>, context: &Context) -> Vec<String> {
        let inside = s.mentions.iter().filter(|m| range.contains(&m.start) && m.end <= range.end);
        let mut owners = Vec::new();
        for name in inside.filter_map(|m| self.owner_named(s, m, context)) {
            if !owners.contains(&name) {
                owners.push(name);
            }
        }
        owners
    }
}
