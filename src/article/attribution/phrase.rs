//! From a noun phrase to the actors it means.
//!
//! Comes in: a range of a sentence's tokens and what the document has said before. Goes out: the actors; nobody
//! where the phrase is about something else. It reads the head of the phrase only: "violence in Mali" means nobody.

use std::ops::Range;

use super::clause::Clause;
use super::figure::{Context, Figure};
use super::gazetteer;
use super::groups::Groups;
use super::lexicon as lex;
use super::mentions::{Mention, Sentence, Who};
use super::people::People;
use super::shape::{conjuncts, has_complement, head, name_behind_office, without_time};
use super::token::Clitic;
use super::verbs::{self, Form};
use crate::article::actors::Kind;

/// Reads noun phrases of one document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Phrases<'a> {
    pub(super) text: &'a str,
    pub(super) people: &'a People,
    pub(super) groups: &'a Groups,
}

impl Phrases<'_> {
    /// The actors that the phrase `range` means, in order, without repetition.
    pub(super) fn actors(self, s: &Sentence<'_>, range: Range<usize>, context: &Context) -> Vec<Figure> {
        let mut actors: Vec<Figure> = Vec::new();
        let mut opened = false;
        if is_pair(s, &without_time(s, range.clone())) {
            return self.pair_meant(context);
        }
        for part in conjuncts(s, range.clone()) {
            // "a border between Oman and Yemen": what follows "and" belongs to the phrase after the preposition.
            let is_inside = actors.is_empty() && opened;
            opened |= has_complement(s, part.clone());
            if is_inside {
                continue;
            }
            for figure in self.conjunct(s, part, context) {
                if !actors.iter().any(|a| a.name == figure.name && a.represents == figure.represents) {
                    actors.push(figure);
                }
            }
        }
        if is_one_with_titles(s, &range, &actors) {
            actors.remove(0);
        }
        actors
    }

    /// The actors that the subject of a clause means; who is named in an aside goes before the office or common noun.
    pub(super) fn subject(self, s: &Sentence<'_>, clause: &Clause, context: &Context) -> Vec<Figure> {
        let aside = clause.aside.clone().map_or_else(Vec::new, |a| self.actors(s, a, context));
        let names = |range: &Range<usize>| s.mention_at(range.end - 1).is_some();
        if aside.iter().any(|f| f.kind == Kind::Person) || (aside.len() == 1 && !names(&clause.subject)) {
            return aside;
        }
        let subject = self.actors(s, clause.subject.clone(), context);
        if subject.is_empty() { aside } else { subject }
    }

    /// The latest two whom "and" joined, or else the two whom the document is about.
    fn pair_meant(self, context: &Context) -> Vec<Figure> {
        let latest = context.latest_pair();
        if !latest.is_empty() {
            return latest;
        }
        let figure = |name: &String| {
            let kind = if gazetteer::is_state(name) { Kind::State } else { Kind::Group };
            Figure::plain(name.clone(), kind)
        };
        self.groups.main().iter().map(figure).collect()
    }

    /// The actors that a phrase without "and" means.
    pub(super) fn conjunct(self, s: &Sentence<'_>, part: Range<usize>, context: &Context) -> Vec<Figure> {
        let part = without_time(s, part);
        // "ask our governments"
        let is_clause = verbs::lookup(&s.tokens[part.start].lower).is_some_and(|v| v.form != Form::Ing)
            && s.mention_at(part.start).is_none()
            && part.len() > 2
            && lex::is_determiner(&s.tokens[part.start + 1].lower);
        if is_clause {
            return Vec::new();
        }
        if let Some(mention) = name_behind_office(s, &part) {
            return self.mention(s, mention, part, context).into_iter().collect();
        }
        let Some((last, cut)) = head(s, &part) else { return Vec::new() };
        let token = &s.tokens[last];
        let lower = token.lower.as_str();
        if let Some(mention) = s.mention_at(last) {
            let named = || self.mention(s, mention, part, context);
            return (token.clitic != Clitic::Possessive).then(named).flatten().into_iter().collect();
        }
        if let Some(mention) = name_before_noun(s, last) {
            return self.mention(s, mention, part.start..last, context).into_iter().collect();
        }
        if s.tokens[part.start..last].iter().all(|t| lex::is_adverb(&t.lower) || t.is("both")) {
            let by_pronoun = self.pronoun(lower, context);
            if !by_pronoun.is_empty() {
                return by_pronoun;
            }
        }
        let is_several = lower.strip_suffix('s').is_some_and(lex::is_individual);
        if lex::is_organ(lower)
            || lex::is_individual(lower)
            || (is_several && (cut < part.end || part.start == last))
            || (lex::is_group(lower) && !token.is_capitalised())
        {
            return self.office(s, part, last, cut, context);
        }
        // "the Dune Tribe's council": what it decides is the tribe's.
        if lex::governs(lower) && last > part.start && s.tokens[last - 1].clitic == Clitic::Possessive {
            let name = s.description(self.text, part.start, last + 1);
            let owners = self.owners_in(s, part.start..last, context);
            return owners.into_iter().map(|owner| Figure::body(name.clone(), owner)).collect();
        }
        if lex::is_stance(lower) {
            return self.owner(s, part.start..last, context);
        }
        // "the association", by the last word of a name
        // In a headline: "Health authority walks out".
        let is_bare = part.start == 0
            && s.tokens[1..=last].iter().all(|t| !t.is_capitalised())
            && s.mention_at(0).is_none_or(|m| m.end == 1 && lex::is_organisation(&s.tokens[0].lower));
        let is_definite =
            (is_bare || (part.start + 1 == last && s.is(part.start, "the"))) && lex::is_organisation(lower);
        let named = self.groups.resolve(lower, &context.groups).filter(|_| is_definite);
        named.map(|name| Figure::plain(name, Kind::Group)).into_iter().collect()
    }

    /// Who is meant by the phrase `part`, which the office, body or group `last` heads and whose complement begins at
    /// `cut`: "the Omani envoy", "leaders of Oman".
    fn office(
        self,
        s: &Sentence<'_>,
        part: Range<usize>,
        last: usize,
        cut: usize,
        context: &Context,
    ) -> Vec<Figure> {
        let noun = s.tokens[last].lower.as_str();
        let mut owners = self.owners_in(s, part.start..last, context);
        let mut whole = part.start..last + 1;
        // "the chair in Minsk" may be a chair.
        // "two diplomats in Minsk" serve anyone.
        let is_home = || s.is(cut, "from") || (s.is(cut, "in") && !lex::is_abroad(noun));
        let may_own = s.is(cut, "of") || s.is(cut, "for") || (lex::is_organ(noun) && is_home());
        if owners.is_empty() && cut < part.end && may_own {
            // "a spokesman for separatists in Oman" speaks for nobody of Oman.
            let binds = |&i: &usize| {
                s.mention_at(i).is_none()
                    && s.tokens[i].is_one_of(&["in", "at", "from", "near", "with", "on"])
                    && (cut + 1..i)
                        .any(|k| lex::is_people(&s.tokens[k].lower) || lex::is_group(&s.tokens[k].lower))
            };
            let reach = (cut + 2..part.end).find(binds);
            owners = self.owners_in(s, cut..reach.unwrap_or(part.end), context);
            if owners.is_empty() && reach.is_some() && lex::is_voice(noun) {
                whole.end = self.with_complement(s, cut, part.end, last + 1);
            }
            let first = if s.is(cut + 1, "the") { cut + 2 } else { cut + 1 };
            // "a senior official in the planning office"
            if owners.is_empty()
                && lex::is_individual(noun)
                && s.tokens[part.start].is_one_of(&["a", "an", "another"])
            {
                whole.end = self.with_complement(s, cut, part.end, last + 1);
            }
            // "relatives of the captives"
            if owners.is_empty() && lex::is_people_of(noun) && s.is(cut, "of") {
                whole.end = self.with_complement(s, cut, part.end, last + 1);
            }
            if !s.is(cut, "from") && s.mention_at(first).is_some() {
                let stops = |&i: &usize| {
                    let lower = s.tokens[i].lower.as_str();
                    s.mention_at(i).is_none() && (lex::is_preposition(lower) || lex::is_adverb(lower))
                };
                whole.end = (first..part.end).find(stops).unwrap_or(part.end);
            }
        }
        self.role(s, part.start..last + 1, whole, &owners, context)
    }
}

/// "Chief engineer and union delegate Ann Roe": one person with two offices.
fn is_one_with_titles(s: &Sentence<'_>, range: &Range<usize>, figures: &[Figure]) -> bool {
    let and = (range.start + 1..range.end).find(|&i| s.is(i, "and") && s.mention_at(i).is_none());
    let is_person = s.mention_at(range.end - 1).is_some_and(|m| matches!(m.who, Who::Person(_)));
    let [first, last] = figures else { return false };
    is_person
        && first.person.is_none()
        && last.person.is_some()
        && !lex::is_determiner(&s.tokens[range.start].lower)
        && and.is_some_and(|i| s.mention_at(i - 1).is_none() && lex::is_individual(&s.tokens[i - 1].lower))
}

/// Whether the words mean two who were named before: "both sides", "the two countries".
fn is_pair(s: &Sentence<'_>, range: &Range<usize>) -> bool {
    let words: Vec<&str> = s.tokens[range.clone()].iter().map(|t| t.lower.as_str()).collect();
    match words.as_slice() {
        ["both"] | ["both", "of", "them"] | ["the", "parties" | "sides"] => true,
        ["both" | "two" | "neither", noun] | ["the" | "these", "two", noun] => lex::is_paired(noun),
        _ => false,
    }
}

/// "the Dune Wire agency", "the ACG union": the organisation that the noun `last` only explains.
fn name_before_noun<'s>(s: &'s Sentence<'_>, last: usize) -> Option<&'s Mention> {
    let noun = s.tokens[last].lower.as_str();
    let before = last
        .checked_sub(1)
        .filter(|_| lex::is_medium(noun) || (lex::is_group(noun) && !lex::is_of_people(noun)))?;
    // "the IRNA news agency", "the NTA rebel group"
    let is_kind = s.mention_at(before).is_none()
        && s.tokens[before].is_one_of(&[
            "armed",
            "guerrilla",
            "insurgent",
            "militant",
            "news",
            "opposition",
            "rebel",
            "separatist",
        ]);
    let before = if is_kind { before.checked_sub(1)? } else { before };
    let is_name = |m: &&Mention| {
        let is_body = match &m.who {
            Who::Organisation => true,
            Who::Actor { entry, .. } => is_kind && !entry.is_state,
            _ => false,
        };
        is_body && s.tokens[before].clitic == Clitic::None
    };
    s.mention_at(before).filter(is_name)
}
