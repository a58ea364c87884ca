//! What follows a name: "Ann Roe, spokeswoman for the Kremlin", "Bob Doe of the Miners' League, who leads the talks".
//!
//! Comes in: where a name ends. Goes out: the office that the words behind it tell, and for whom it is held.

use std::ops::Range;

use super::gazetteer;
use super::lexicon as lex;
use super::mentions::{PersonMention, Sentence, Who};
use super::owners::Owners;
use super::token::{Clitic, Token};
use super::verbs;

impl Sentence<'_> {
    /// "Ann Roe of the Miners' League", "Bob Doe from Oman": whom a name's complement tells them to belong to.
    pub(super) fn read_origin(&self, at: usize, person: &mut PersonMention, owners: &Owners<'_>) {
        if !self.tokens.get(at).is_some_and(|t| t.is_one_of(&["of", "from", "for", "with"])) {
            return;
        }
        let is_small = |i: &usize| {
            self.mention_at(*i).is_none()
                && (self.is(*i, "the")
                    || (self.tokens[*i].is_word()
                        && !self.tokens[*i].is_capitalised()
                        && !lex::is_function_word(&self.tokens[*i].lower)))
        };
        let Some(first) = (at + 1..self.tokens.len().min(at + 4)).find(|i| !is_small(i)) else { return };
        let Some(m) = self.mention_at(first).filter(|m| m.start == first) else { return };
        let is_body = match &m.who {
            Who::Organisation => {
                let words = &self.tokens[m.start..m.end];
                // "the Democratic Center" is a party.
                let is_party = words.iter().any(|t| {
                    t.is_one_of(&["civic", "democratic", "liberal", "people's", "progressive", "radical"])
                });
                (is_party || !words.iter().any(|t| lex::is_learned(&t.lower))) && !self.is_consultancy(m.end)
            }
            Who::Actor { entry, .. } => !entry.is_state || self.is(at, "of"),
            _ => false,
        };
        person.evident |= is_body || matches!(m.who, Who::Organisation);
        if is_body && person.represents.is_none() {
            person.represents = owners.of(self, m);
        }
    }

    /// Reads the words from `start` to the next break as an apposition: "spokesman for the Kremlin", "who leads the union".
    pub(super) fn read_apposition(&self, start: usize, person: &mut PersonMention, owners: &Owners<'_>) {
        let end =
            (start..self.tokens.len()).find(|&i| self.tokens[i].is_break()).unwrap_or(self.tokens.len());
        if (start..end).take(1).any(|i| self.tokens[i].is_one_of(&["who", "whose", "of", "from", "ret"])) {
            person.evident = true;
            self.read_relative(start..end, person, owners);
            return;
        }
        // "a fisherman who leads the delegation", "a teacher who is president of the union"
        if let Some(verb) =
            (start..end).find(|&i| self.is(i, "who")).and_then(|who| self.leading_verb(who..end))
            && person.represents.is_none()
        {
            person.evident = true;
            person.represents = self.owner_in(verb + 1..end, owners);
        }
        if let Some(owner) = self.owner_of_office(start..end, owners).filter(|_| person.represents.is_none())
        {
            person.evident = true;
            person.represents = Some(owner);
            return;
        }
        let Some(title) = self.office_in_apposition(start..end) else { return };
        person.evident = true;
        let nouns = (title..end).take_while(|&i| i == title || self.is_office_noun(i));
        person.titles.extend(nouns.map(|i| self.tokens[i].lower.clone()));
        if person.represents.is_some() {
            return;
        }
        // "a former cook who leads the delegation"
        let relative = (start..end).find(|&i| self.is(i, "who"));
        let serves = relative.and_then(|who| self.leading_verb(who..end));
        let noun = start..relative.unwrap_or(end);
        person.is_apart |=
            serves.is_none() && self.tokens[noun.clone()].iter().any(|t| lex::speaks_for_none(&t.lower));
        person.represents = self.owner_in(serves.map_or(noun, |verb| verb + 1..end), owners);
        // "a Democrat from Ohio" speaks for himself.
        let legislates = person
            .titles
            .iter()
            .any(|t| matches!(t.as_str(), "democrat" | "lawmaker" | "republican" | "senator"));
        let is_body = |name: &String| owners.groups.only(name).is_some();
        person.represents = person.represents.take().filter(|name| !legislates || is_body(name));
    }

    /// The noun of the office that the apposition `range` gives; `None` where a clause or the next name stands there.
    fn office_in_apposition(&self, range: Range<usize>) -> Option<usize> {
        let start = range.start;
        let is_set_off = |t: &Token<'_>| t.is_one_of(&["the", "a", "an", "its", "their"]);
        let is_common = |i: usize| is_set_off(&self.tokens[start]) || !self.tokens[i].is_capitalised();
        let mut reach = range.clone().take(8);
        let title = reach.find(|&i| self.is_office_noun(i) && is_common(i) && !self.is(i, "former"))?;
        let is_clause = |i: usize| {
            let t = &self.tokens[i];
            let is_verb = verbs::lookup(&t.lower).is_some() && self.mention_at(i).is_none();
            is_verb || lex::is_subordinator(&t.lower) || t.is("and")
        };
        // "…, Omani minister Ann Roe" is the next name of a list.
        let is_next_name = self.mentions.iter().any(|m| {
            range.contains(&m.start)
                && matches!(m.who, Who::Person(_))
                && !self.tokens[start..m.start].iter().any(|t| lex::is_preposition(&t.lower))
        });
        (!is_next_name && !(start..title).any(is_clause)).then_some(title)
    }

    /// "the authority's administrator", "a leading figure in the Dune Front": an office by any noun, of a named body.
    fn owner_of_office(&self, range: Range<usize>, owners: &Owners<'_>) -> Option<String> {
        let first = range.start;
        if !self.tokens.get(first).is_some_and(|t| t.is_one_of(&["the", "a", "an"])) || range.len() < 3 {
            return None;
        }
        let is_clause = |i: usize| {
            self.mention_at(i).is_none() && (lex::is_subordinator(&self.tokens[i].lower) || self.is(i, "who"))
        };
        if range.clone().any(is_clause) {
            return None;
        }
        // "the authority's administrator"
        if let Some(i) = range.clone().skip(1).take(3).find(|&i| self.tokens[i].clitic == Clitic::Possessive)
        {
            return match self.mention_at(i) {
                Some(m) if !matches!(m.who, Who::Person(_)) => owners.of(self, m),
                Some(_) => None,
                None => owners.called(&self.tokens[i].lower),
            };
        }
        // "a leading figure in the Dune Front"
        let binds = range.clone().find(|&i| {
            self.mention_at(i).is_none()
                && self.tokens[i].is_one_of(&["of", "in", "with", "for"])
                && i > first + 1
        })?;
        let m = (binds + 1..range.end)
            .find_map(|i| self.mention_at(i))
            .filter(|m| m.start <= binds + 4 && matches!(m.who, Who::Organisation))?;
        let is_learned = self.tokens[m.start..m.end].iter().any(|t| lex::is_learned(&t.lower));
        if is_learned { None } else { owners.of(self, m) }
    }

    /// "who leads the union", "whose party holds the hills", "of the Miners' League".
    fn read_relative(&self, range: Range<usize>, person: &mut PersonMention, owners: &Owners<'_>) {
        let first = range.start;
        let second = self.tokens.get(first + 1).map_or("", |t| t.lower.as_str());
        let leads = self.leading_verb(range.clone());
        if let Some(verb) = leads.filter(|_| self.is(first, "who")) {
            person.represents =
                person.represents.take().or_else(|| self.owner_in(verb + 1..range.end, owners));
        } else if self.is(first, "whose") && self.mention_at(first + 1).is_some() {
            person.represents =
                person.represents.take().or_else(|| self.owner_in(first + 1..range.end, owners));
        } else if self.is(first, "whose") && range.clone().take(4).any(|i| self.is(i, "party")) {
            // "the minister Ann Roe, whose far-right party holds six seats", but not "its leader, Ann Roe, whose party …"
            person.is_apart = person.represents.as_deref().is_none_or(gazetteer::is_state);
        } else if self.is(first, "of") || (self.is(first, "from") && second == "the") {
            self.read_origin(first, person, owners);
        }
    }

    /// The verb in `range` by which someone leads or speaks for a body, or the "of" in "is president of".
    pub(super) fn leading_verb(&self, range: Range<usize>) -> Option<usize> {
        let leads = |i: usize| {
            let takes_over = self.is(i, "took") && self.is(i + 1, "over");
            self.mention_at(i).is_none()
                && (takes_over || lex::is_leading(&self.tokens[i].lower))
                && !lex::is_title(&self.tokens[i].lower)
        };
        let holds = |i: usize| {
            self.tokens[i].is_one_of(&["is", "was"])
                && (i + 1..range.end).take(3).any(|k| self.is_office_noun(k) && self.is(k + 1, "of"))
        };
        range.clone().find(|&i| leads(i) || holds(i))
    }

    /// "…, a consultancy in Lagos": whose people speak for themselves.
    fn is_consultancy(&self, at: usize) -> bool {
        self.is(at, ",")
            && (at + 1..self.tokens.len().min(at + 6))
                .take_while(|&i| !self.tokens[i].is_break())
                .any(|i| lex::is_consultancy(&self.tokens[i].lower))
    }

    /// The first body, state or "the union" named in `range`.
    pub(super) fn owner_in(&self, range: Range<usize>, owners: &Owners<'_>) -> Option<String> {
        for i in range {
            let token = &self.tokens[i];
            match self.mention_at(i) {
                // "commands the corps based in Leh"
                Some(m)
                    if i > 0
                        && self.tokens[m.start.saturating_sub(1)]
                            .is_one_of(&["in", "at", "near", "around"])
                        && !matches!(m.who, Who::Organisation) => {}
                // "of the Omani Energy Forum" is not "of Oman"; of a university nobody is an organ.
                Some(m) => match &m.who {
                    Who::Person(_) => {}
                    // "the Minister of Foreign Affairs"
                    _ if self.tokens[m.start..m.end].iter().all(|t| lex::is_portfolio(&t.lower)) => {}
                    Who::Actor { adjective: true, .. } if self.is_name_token(m.end, m.end) => {}
                    _ if self.tokens[m.start..m.end].iter().any(|t| lex::is_learned(&t.lower)) => {
                        return None;
                    }
                    _ => return owners.of(self, m),
                },
                None if token.is_one_of(&["its", "their"]) => return owners.topic(),
                None if token.is_one_of(&["who", "whose", "which", "that"]) => return None,
                None if lex::is_group(&token.lower)
                    || lex::is_of_state(&token.lower)
                    || lex::is_organisation(&token.lower) =>
                {
                    let the = (i.saturating_sub(4)..i).rev().find(|&k| self.is(k, "the"));
                    let Some(the) = the.filter(|&k| {
                        (k + 1..i).all(|j| {
                            self.mention_at(j).is_none() && !lex::is_function_word(&self.tokens[j].lower)
                        })
                    }) else {
                        continue;
                    };
                    // "the federal resources minister"
                    let is_head =
                        !self.tokens.get(i + 1).is_some_and(|t| t.is_word() && lex::is_office(&t.lower));
                    let described =
                        || (the + 2 <= i && is_head).then(|| self.phrase(owners.text, the + 1, i + 1));
                    let is_of_state =
                        (the + 1..i).any(|k| self.tokens[k].is_one_of(&["government", "presidential"]));
                    let state = || owners.governed().or_else(|| owners.state()).filter(|_| is_of_state);
                    let called = owners.called(&token.lower).or_else(state).or_else(described);
                    if called.is_some() {
                        return called;
                    }
                }
                None => {}
            }
        }
        None
    }
}
